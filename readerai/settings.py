"""Django's settings. What an operator can change comes from the environment (``env.py``)."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONCE, NONE, SELF

from . import env as environment
from .model_prices import model_price

BASE_DIR = environment.BASE_DIR
env = environment.env
flag = environment.flag
whole_number = environment.whole_number

DEBUG = flag("DEBUG", default=False)
SECRET_KEY = environment.secret_key(debug=DEBUG)
ALLOWED_HOSTS: list[str] = env.list(
    "ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"] if DEBUG else []
)
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])

READERAI_DATA: Path = environment.data_dir()
READERAI_KEYS = environment.master_keys(debug=DEBUG, data=READERAI_DATA)
READERAI_TRUST_PROXY = flag("READERAI_TRUST_PROXY", default=False)
READERAI_RATE_LIMITS = flag("READERAI_RATE_LIMITS", default=True)
READERAI_QUESTIONS_PER_HOUR = whole_number("READERAI_QUESTIONS_PER_HOUR", default=60)
READERAI_AUDIO_CPU_SECONDS = whole_number("READERAI_AUDIO_CPU_SECONDS", default=30)
# Which voice reads English books and answers; empty for the natural one that comes with us.
READERAI_VOICE: str = env.str("READERAI_VOICE", default="")
READERAI_DRAIN_SECONDS = whole_number("READERAI_DRAIN_SECONDS", default=10, least=1)
READERAI_MAX_SESSIONS = whole_number("READERAI_MAX_SESSIONS", default=2000, least=1)
READERAI_MAX_BOOK_WORDS = whole_number("READERAI_MAX_BOOK_WORDS", default=2_000_000, least=1)
READERAI_MAX_BOOK_MIB = whole_number("READERAI_MAX_BOOK_MIB", default=300, least=1)
READERAI_IDLE_SECONDS = whole_number("READERAI_IDLE_SECONDS", default=900, least=1)
READERAI_TUTOR_MODEL: str = env.str("READERAI_TUTOR_MODEL", default="claude-haiku-4-5")
READERAI_TUTOR_CONTEXT = whole_number("READERAI_TUTOR_CONTEXT", default=0)
READERAI_TUTOR_OUTPUT = whole_number("READERAI_TUTOR_OUTPUT", default=600, least=50)
READERAI_TUTOR_THINKING = flag("READERAI_TUTOR_THINKING", default=False)
READERAI_TUTOR_FIRST_SECONDS = whole_number("READERAI_TUTOR_FIRST_SECONDS", default=6, least=1)
READERAI_TUTOR_GAP_SECONDS = whole_number("READERAI_TUTOR_GAP_SECONDS", default=5, least=1)
READERAI_TUTOR_SECONDS = whole_number("READERAI_TUTOR_SECONDS", default=30, least=1)
READERAI_TUTOR_CENTS_A_DAY = whole_number("READERAI_TUTOR_CENTS_A_DAY", default=0)
READERAI_LOGS = environment.one_of("READERAI_LOGS", "plain", "json")
READERAI_METRICS_FROM: list[str] = env.list("READERAI_METRICS_FROM", default=["127.0.0.1", "::1"])
ANTHROPIC_API_KEY: str = env.str("ANTHROPIC_API_KEY", default="")
ANTHROPIC_BASE_URL: str = env.str("ANTHROPIC_BASE_URL", default="")
READERAI_TUTOR_PRICE = model_price(
    "READERAI_TUTOR_PRICE",
    model=READERAI_TUTOR_MODEL,
    is_free=ANTHROPIC_BASE_URL != "" or not ANTHROPIC_API_KEY,
)
REDIS_URL: str = env.str("REDIS_URL", default="")
READERAI_URL = environment.site_url(debug=DEBUG, hosts=ALLOWED_HOSTS, origins=CSRF_TRUSTED_ORIGINS)

# Without a mail server nobody is told of anything by mail; the desk and the metrics say so.
_mail = environment.mail_server()
READERAI_MAIL = _mail is not None
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if _mail else 'dummy'}.EmailBackend"
if _mail:
    EMAIL_HOST, EMAIL_PORT = _mail.host, _mail.port
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.user, _mail.password
    EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.scheme == "smtp+tls", _mail.scheme == "smtp+ssl"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL: str = env.str(
    "READERAI_MAIL_FROM",
    default=f"ReaderAI <readerai@{urlsplit(READERAI_URL).hostname or 'localhost'}>",
)

INSTALLED_APPS = [
    "daphne",
    "channels",
    "readerai.accounts",
    "library",
    "sessions_app",
    "teachers",
    "readerai.accounts.admin_site.ReaderAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "csp",
]

MIDDLEWARE = [
    "readerai.logs.RequestIdMiddleware",
    "readerai.monitoring.health.HealthMiddleware",
    "readerai.monitoring.metrics.MetricsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "readerai.security.HeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "readerai.accounts.login.middleware.SignInMiddleware",
    "readerai.error_pages.ErrorPagesMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "readerai.urls"
ASGI_APPLICATION = "readerai.asgi.application"
APPEND_SLASH = False

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
            ],
        },
    }
]

DATABASES = {"default": environment.database(READERAI_DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {
            "hosts": [REDIS_URL],
            "prefix": env.str("READERAI_REDIS_PREFIX", default="readerai"),
        },
    }
    if REDIS_URL
    else {"BACKEND": "channels.layers.InMemoryChannelLayer"}
}

AUTH_USER_MODEL = "accounts.User"
PASSWORD_HASHERS = ["readerai.accounts.login.hashing.GatedArgon2"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 86_400
LOGIN_URL = "/login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/login"

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = READERAI_DATA / "static"
_FONTS = BASE_DIR / "node_modules" / "@fontsource"
STATICFILES_DIRS: list[str | tuple[str, str]] = [
    str(BASE_DIR / "static"),
    *(
        (f"fonts/{family}", str(_FONTS / family / "files"))
        for family in (
            "andika",
            "lexend",
            "atkinson-hyperlegible",
            "literata",
            "opendyslexic",
        )
        if (_FONTS / family / "files").is_dir()
    ),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "readerai.static_storage.StaticStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = DEBUG
MEDIA_ROOT = READERAI_DATA / "media"
MEDIA_URL = "/media/"
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_048_576

SESSION_ENGINE = "readerai.accounts.login.browser_sessions"
SESSION_COOKIE_NAME = "readerai_session"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = not DEBUG
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_NAME = "readerai_csrf"
CSRF_COOKIE_SECURE = not DEBUG
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = not DEBUG
SECURE_HSTS_SECONDS = 0 if DEBUG else 365 * 86400
SECURE_HSTS_INCLUDE_SUBDOMAINS = not DEBUG
SECURE_HSTS_PRELOAD = not DEBUG
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
X_FRAME_OPTIONS = "DENY"
if READERAI_TRUST_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    USE_X_FORWARDED_HOST = False

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "media-src": [SELF, "blob:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
        "manifest-src": [SELF],
        "worker-src": [SELF],
    }
}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "readerai.accounts.login.authentication.BearerAuthentication",
        "readerai.accounts.login.authentication.BrowserAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["readerai.api.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["readerai.api.renderers.JSONParser"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "readerai.api.renderers.OneKindOfAnswer",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "readerai.api.errors.answer_error",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "DATETIME_FORMAT": "%Y-%m-%dT%H:%M:%S.%fZ",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "ReaderAI",
    "DESCRIPTION": "Books, reading sessions and classes. The sockets are described in the docs.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SERVE_AUTHENTICATION": [],
    "ENUM_NAME_OVERRIDES": {
        "SessionStatus": ["active", "paused", "completed"],
        "InterruptionStatus": ["pending", "answered", "failed", "cancelled"],
    },
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "sessions_app.student.openapi.add_stream_calls",
        "readerai.api.description.add_error_shape",
    ],
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"discreet": {"()": "readerai.logs.DiscreetFilter"}},
    "formatters": {
        "plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"},
        "json": {"()": "readerai.logs.JSONFormatter"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": READERAI_LOGS,
            "filters": ["discreet"],
        }
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"level": "INFO", "handlers": ["console"], "propagate": False},
        # Its lines carry addresses and, with DEBUG, request bodies; ours say what is needed.
        "django.request": {"level": "ERROR", "propagate": True},
        "django.security.DisallowedHost": {"level": "CRITICAL", "propagate": True},
        "daphne": {"level": "WARNING", "propagate": True},
        # Named here so that uvicorn's own handlers go, and its lines pass through the filter.
        "uvicorn": {"level": "INFO", "propagate": True},
        "uvicorn.error": {"level": "INFO", "propagate": True},
        "uvicorn.access": {"level": "INFO", "propagate": True},
        "httpx": {"level": "WARNING", "propagate": True},
        "httpx2": {"level": "WARNING", "propagate": True},
        "anthropic": {"level": "WARNING", "propagate": True},
    },
}
