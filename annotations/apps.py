"""The one application: wiring that must happen once, when Django is ready."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from annotations.wording import name_columns
from factcheck.checks import register_checks


class AnnotationsConfig(AppConfig):
    """Registers checks, words for columns and the grants that follow every migration."""

    name = "annotations"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Desk")

    def ready(self) -> None:
        """Connect the grants; imported here because models must be loaded first."""
        from annotations.audit import grants  # noqa: PLC0415 (models are not loaded earlier)

        name_columns(self.get_models())
        register_checks()
        post_migrate.connect(grants.apply_after_migrate, sender=self, dispatch_uid="grants")
