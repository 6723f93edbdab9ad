"""The admin site."""

from django.contrib.admin import AdminSite


class FactcheckAdminSite(AdminSite):
    """Django admin for operators, and for moderators and admins of projects."""
