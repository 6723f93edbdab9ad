"""Puts the project's own admin site in the place of Django's default one."""

from importlib import import_module

from django.contrib.admin.apps import AdminConfig


class FactcheckAdminConfig(AdminConfig):
    """See annotations/admin/site.py."""

    default_site = "annotations.admin.site.FactcheckAdminSite"

    def ready(self) -> None:
        """Register our pages once the site stands; importing them earlier would make two sites."""
        super().ready()
        import_module("annotations.admin.desk")
