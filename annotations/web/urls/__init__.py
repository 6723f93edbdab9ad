"""Every page, by concept."""

from annotations.web.urls import accounts, articles, claims, exports, projects, statements

urlpatterns = [
    *accounts.urlpatterns,
    *projects.urlpatterns,
    *articles.urlpatterns,
    *claims.urlpatterns,
    *statements.urlpatterns,
    *exports.urlpatterns,
]
