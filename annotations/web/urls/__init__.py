"""Every page, by concept."""

from annotations.web.urls import (
    accounts,
    articles,
    claims,
    evidence,
    exports,
    projects,
    rounds,
    statements,
)

urlpatterns = [
    *accounts.urlpatterns,
    *projects.urlpatterns,
    *rounds.urlpatterns,
    *articles.urlpatterns,
    *claims.urlpatterns,
    *evidence.urlpatterns,
    *statements.urlpatterns,
    *exports.urlpatterns,
]
