"""Every page, by concept."""

from annotations.web.urls import (
    accounts,
    articles,
    claims,
    evidence,
    exports,
    moderation,
    projects,
    statements,
)

urlpatterns = [
    *accounts.urlpatterns,
    *projects.urlpatterns,
    *articles.urlpatterns,
    *claims.urlpatterns,
    *evidence.urlpatterns,
    *statements.urlpatterns,
    *exports.urlpatterns,
    *moderation.urlpatterns,
]
