"""Static files with hashed names, inside ES modules too."""

from typing import Any

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage


class ModuleStaticFilesStorage(ManifestStaticFilesStorage):
    """Rewrites `import` paths of ES modules to hashed names, so browsers may cache for ever."""

    support_js_module_import_aggregation = True

    def hashed_name(self, name: str, content: Any = None, filename: str | None = None) -> str:
        """Hash a name; a package's file may mention one it does not ship, ours may not."""
        try:
            return str(super().hashed_name(name, content, filename))
        except ValueError:
            if name.startswith("annotations/"):
                raise
            return name
