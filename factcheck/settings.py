"""Settings, all of them, from the environment (docs/deploy.md describes each variable)."""

import os

import pghistory
from csp.constants import NONE, SELF

from factcheck.database import DatabaseRole, database_settings, role_name
from factcheck.environment import (
    BASE_DIR,
    read_authority,
    read_number,
    read_secret_key,
    read_site,
    read_test_hosts,
    variable_directory,
)

SITE = read_site(os.environ)
SITE_URL = SITE.url
VAR_DIR = variable_directory(os.environ)
FILES_DIR = VAR_DIR / "files"

DEBUG = False
SECRET_KEY = read_secret_key(os.environ)
SECRET_KEY_FALLBACKS = os.environ.get("SECRET_KEY_FALLBACKS", "").split()
ALLOWED_HOSTS = SITE.allowed_hosts
CSRF_TRUSTED_ORIGINS = SITE.trusted_origins

INSTALLED_APPS = [
    "annotations",
    "factcheck.admin_config.FactcheckAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_filters",
    "django_htmx",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "pghistory",
    "pgtrigger",
    "procrastinate.contrib.django",
    "rest_framework",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "annotations.web.language.UserLanguageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "annotations.web.errors.DomainErrorMiddleware",
]

ROOT_URLCONF = "factcheck.urls"
WSGI_APPLICATION = "factcheck.wsgi.application"
FORM_RENDERER = "annotations.web.widgets.QuickWidgets"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "annotations.web.navigation.navigation",
            ],
        },
    },
]

# Database: the embedded server under var/, or DATABASE_URL and MIGRATION_DATABASE_URL.
DATABASES = {"default": database_settings(os.environ)}
DATABASE_APP_ROLE = role_name(os.environ, DatabaseRole.APP)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    # In the database, because rate limits must be counted for all processes together.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache_entries",
    },
}
SESSION_ENGINE = "annotations.accounts.sessions"

# History: written by triggers; who and why are copied into every row (see annotations/audit).
PGHISTORY_CONTEXT_FIELD = pghistory.ContextJSONField()
PGHISTORY_APPEND_ONLY = True
PGHISTORY_OBJ_FIELD = pghistory.ObjForeignKey(related_name="history")
PGHISTORY_FOREIGN_KEY_FIELD = pghistory.ForeignKey(db_index=False)
PGHISTORY_CREATED_AT_FUNCTION = "CLOCK_TIMESTAMP()"

# People
AUTH_USER_MODEL = "annotations.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "project-list"
LOGOUT_REDIRECT_URL = "account_login"

# Signing in, by django-allauth: e-mail and password, TOTP, passkeys; accounts come by invitation.
# Its rate limits count in the cache above, so for all processes together.
ACCOUNT_ADAPTER = "annotations.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # the invitation's link has proved the address
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Factcheck: "
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if SITE.secure else "http"
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "30/m/ip,5/300s/key"}
MFA_ADAPTER = "annotations.accounts.adapter.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Factcheck"
MFA_TOTP_TOLERANCE = 1  # steps of 30 s that a phone's clock may be off
# Behind a TLS proxy the address to count by is the last that the proxy appended.
ALLAUTH_TRUSTED_PROXY_COUNT = read_number(os.environ, "TRUSTED_PROXIES", 1 if SITE.secure else 0)

# Pages
LANGUAGE_CODE = "en"
# Each by its own name: who looks for a language may not read the present one.
LANGUAGES = [("en", "English"), ("uk", "Українська")]
LOCALE_PATHS = [VAR_DIR / "locale"]  # what `manage.py prepare` compiles from locale/
FORMAT_MODULE_PATH = ["factcheck.formats"]
LANGUAGE_COOKIE_NAME = "factcheck_language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SECURE = SITE.secure
LANGUAGE_COOKIE_HTTPONLY = True
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "annotations.web.storage.ModuleStaticFilesStorage"},
}
EVIDENCE_FILE_BYTES = read_number(os.environ, "EVIDENCE_FILE_MIB", 10) * 1024 * 1024
# A program sends a file as the whole body of its request.
DATA_UPLOAD_MAX_MEMORY_SIZE = max(12 * 1024 * 1024, EVIDENCE_FILE_BYTES + 1024 * 1024)
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "annotations.web.upload_limit.BoundedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# Captures: how the network client names itself, and hosts of tests that are this machine.
CAPTURE_USER_AGENT = os.environ.get("CAPTURE_USER_AGENT") or f"Factcheck/0.1 (+{SITE_URL})"
CAPTURE_TEST_HOSTS = read_test_hosts(os.environ)
# Who stamps the time of captures and proof bundles; nobody by default.
TIMESTAMP_AUTHORITY = read_authority(os.environ)
# Watches: seconds between two requests to one host, and checks that are in hand at once.
WATCH_HOST_GAP = read_number(os.environ, "WATCH_HOST_GAP", 10)
WATCH_CHECKS_AT_ONCE = read_number(os.environ, "WATCH_CHECKS_AT_ONCE", 20)

# The border: nothing inline, nothing from elsewhere, HTTPS wherever the address says so.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
        "manifest-src": [SELF],
    },
}
SESSION_COOKIE_SECURE = SITE.secure
CSRF_COOKIE_SECURE = SITE.secure
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "factcheck_session"
CSRF_COOKIE_NAME = "factcheck_csrf"
SECURE_SSL_REDIRECT = SITE.secure
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if SITE.secure else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SITE.secure
SECURE_HSTS_PRELOAD = SITE.secure
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SITE.secure else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# The probes of a load balancer speak plain http on the inside.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]

# The REST API (see annotations/api)
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "annotations.api.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": [
        "rest_framework.permissions.IsAuthenticated",
        "annotations.api.authentication.HasScope",
    ],
    "DEFAULT_PARSER_CLASSES": ["annotations.api.encoding.JSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["annotations.api.encoding.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "annotations.api.schema.ApiSchema",
    "DEFAULT_METADATA_CLASS": None,
    "EXCEPTION_HANDLER": "annotations.api.errors.problem_handler",
    "COERCE_DECIMAL_TO_STRING": False,
    # `format` belongs to exports; representations are chosen by Accept alone.
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Factcheck",
    "DESCRIPTION": "Claims, who said them, whether they hold, and what became of them.",
    "VERSION": "1",
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    # A link inside the button that opens an operation could not be reached by a screen reader.
    # Groups are opened by whoever reads them: drawing 200 operations at once took minutes.
    "SWAGGER_UI_SETTINGS": {
        "deepLinking": False,
        "docExpansion": "none",
        "defaultModelsExpandDepth": -1,
    },
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": {
        "ArticleKindEnum": "annotations.articles.models.ArticleKind",
        "BlockKindEnum": "annotations.articles.models.BlockKind",
        "SourceKindEnum": "annotations.sources.models.SourceKind",
        "StatementStateEnum": "annotations.statements.models.StatementState",
        "ClaimTypeEnum": "annotations.claims.choices.ClaimType",
        "EventTypeEnum": "annotations.lifecycle.choices.EventType",
        "EventGroupEnum": "annotations.lifecycle.choices.EventGroup",
        "CheckOutcomeEnum": "annotations.lifecycle.watches.choices.CheckOutcome",
        "StandingEnum": "annotations.lifecycle.choices.Standing",
        "AssignmentStateEnum": "annotations.verification.assignments.choices.AssignmentState",
        "PlacementStateEnum": "annotations.claims.placements.models.State",
        "RoundStateEnum": "annotations.claims.rounds.RoundState",
        "VerdictStateEnum": "annotations.verification.verdicts.models.VerdictState",
        "FlagKindEnum": "annotations.moderation.choices.FlagKind",
        "FlagReasonEnum": "annotations.moderation.choices.FlagReason",
        "FlagStateEnum": "annotations.moderation.choices.FlagState",
        "FlagOutcomeEnum": "annotations.moderation.choices.FlagOutcome",
        "WarningAnswerEnum": "annotations.verification.evidence.warnings.Answer",
        "LabelEnum": "annotations.verification.models.Label",
        "RoleEnum": "annotations.accounts.roles.Role",
        "ScopeEnum": "annotations.accounts.models.Scope",
    },
}

# Mail: printed by the worker unless a server is named.
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if os.environ.get("EMAIL_HOST")
    else "django.core.mail.backends.console.EmailBackend"
)
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = read_number(os.environ, "EMAIL_PORT", 587)
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = bool(os.environ.get("EMAIL_HOST"))
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("EMAIL_FROM") or f"factcheck@{SITE.host}"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}

PROCRASTINATE_ON_APP_READY = "annotations.tasks.register"
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "tasks"
