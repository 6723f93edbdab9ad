"""Static files with hashed names, inside ES modules too."""

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage


class ModuleStaticFilesStorage(ManifestStaticFilesStorage):
    """Rewrites `import` paths of ES modules to hashed names, so browsers may cache for ever."""

    support_js_module_import_aggregation = True
