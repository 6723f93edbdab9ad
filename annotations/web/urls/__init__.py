"""Every page, by concept."""

from annotations.web.urls import (
    accounts,
    articles,
    assignments,
    captures,
    claims,
    evidence,
    exports,
    moderation,
    placements,
    projects,
    rounds,
    statements,
    talk,
    verdicts,
    watches,
)

urlpatterns = [
    *accounts.urlpatterns,
    *projects.urlpatterns,
    *rounds.urlpatterns,
    *articles.urlpatterns,
    *claims.urlpatterns,
    *placements.urlpatterns,
    *evidence.urlpatterns,
    *assignments.urlpatterns,
    *captures.urlpatterns,
    *statements.urlpatterns,
    *watches.urlpatterns,
    *verdicts.urlpatterns,
    *exports.urlpatterns,
    *talk.urlpatterns,
    *moderation.urlpatterns,
]
