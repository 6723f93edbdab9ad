"""Puts the project's own admin site in the place of Django's default one."""

from django.contrib.admin.apps import AdminConfig


class FactcheckAdminConfig(AdminConfig):
    """See annotations/admin/site.py."""

    default_site = "annotations.admin.site.FactcheckAdminSite"
