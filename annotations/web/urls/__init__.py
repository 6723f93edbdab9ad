"""Every page, by concept."""

from annotations.web.urls import (
    accounts,
    articles,
    assignments,
    claims,
    evidence,
    exports,
    projects,
    statements,
    talk,
    verdicts,
)

urlpatterns = [
    *accounts.urlpatterns,
    *projects.urlpatterns,
    *articles.urlpatterns,
    *claims.urlpatterns,
    *evidence.urlpatterns,
    *assignments.urlpatterns,
    *statements.urlpatterns,
    *verdicts.urlpatterns,
    *exports.urlpatterns,
    *talk.urlpatterns,
]
