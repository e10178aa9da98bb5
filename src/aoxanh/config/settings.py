"""The one settings module: everything comes from the environment, every variable is documented, bad values stop the start."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from csp.constants import NONCE, SELF
from django.utils.translation import gettext_lazy as _

from aoxanh import __version__
from aoxanh.config import environment as env
from aoxanh.config.connection import connection_to
from aoxanh.config.logs import logging_for
from aoxanh.config.secrets import private_cluster, secret_key

PACKAGE = Path(__file__).resolve().parent.parent
VERSION = __version__

DATA_DIR = Path(
    env.text(
        "AOXANH_DATA_DIR",
        ".aoxanh",
        "Folder of the private PostgreSQL cluster, keys and exported audit heads",
    )
).absolute()
ARCHIVE_DIR = env.text(
    "AOXANH_ARCHIVE_DIR",
    "",
    "Folder for raw sessions, without people, of months whose retention is over; they are dropped without it when empty",
)
DEBUG = env.flag(
    "AOXANH_DEBUG", default=False, meaning="Show error details on pages; never on a public server"
)
SECRET_KEY = env.text(
    "AOXANH_SECRET_KEY", "", "Signing key; made and kept in the data folder when empty"
) or secret_key(DATA_DIR)
# The names of this machine to itself are always answered: health and metrics are asked for under them.
LOOPBACK_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
NAMED_HOSTS = env.words(
    "AOXANH_HOSTS", ",".join(LOOPBACK_HOSTS), "Host names the server answers to, separated by commas"
)
ALLOWED_HOSTS = [*NAMED_HOSTS, *(host for host in LOOPBACK_HOSTS if host not in NAMED_HOSTS)]
CSRF_TRUSTED_ORIGINS = env.words(
    "AOXANH_ORIGINS", "", "Origins with scheme behind a proxy, e.g. https://aoxanh.example"
)
PUBLIC_URL = env.text(
    "AOXANH_PUBLIC_URL",
    "",
    "Address under which everybody reaches the site, e.g. https://aoxanh.example: stands in certificates; the address asked when empty",
).rstrip("/")
CREDENTIAL_KEY = Path(
    env.text(
        "AOXANH_CREDENTIAL_KEY",
        "",
        "File with the key that signs certificates; in the data folder when empty",
    )
    or DATA_DIR / "credential-key"
)
HTTPS = env.flag(
    "AOXANH_HTTPS", default=False, meaning="The site is served over HTTPS: secure cookies and HSTS"
)
REQUIRE_MFA = env.flag(
    "AOXANH_REQUIRE_MFA",
    default=True,
    meaning="Roles above the commune must set up a second factor before anything else",
)
DATABASE_URL = env.text(
    "DATABASE_URL", "", "PostgreSQL >= 15 for the application role; empty starts and uses the private cluster"
)
DATABASE_OWNER_URL = env.text(
    "DATABASE_OWNER_URL",
    "",
    "PostgreSQL URL of the role that owns the tables, for migrations; DATABASE_URL when empty",
)
WAL_ARCHIVE = env.text(
    "AOXANH_WAL_ARCHIVE",
    "",
    "Folder in which the private PostgreSQL keeps its write-ahead log, for recovery to any moment; read when it starts",
)
PGBOUNCER = env.flag(
    "AOXANH_PGBOUNCER", default=False, meaning="The database is reached through PgBouncer in transaction mode"
)
REPLICA_URL = env.text(
    "AOXANH_REPLICA_URL",
    "",
    "PostgreSQL URL of a streaming replica, for the application role, that boards are read from; empty reads the primary",
)
REPLICA_MOST_LAG = env.number(
    "AOXANH_REPLICA_MOST_LAG", 10, "Seconds a replica may be behind before boards are read from the primary"
)
AS_OWNER = env.flag(
    "AOXANH_AS_OWNER",
    default=False,
    meaning="Connect as the owning role; set by `aoxanh migrate` for itself only",
)


def _database() -> dict[str, object]:
    role_url = (DATABASE_OWNER_URL or DATABASE_URL) if AS_OWNER else DATABASE_URL
    url = role_url or private_cluster(DATA_DIR).url("owner" if AS_OWNER else "app")
    return connection_to(url, is_pooled=PGBOUNCER)


def _replica() -> dict[str, object]:
    """Return the replica's connection; one that cannot be reached must cost a page two seconds at most, and seldom."""
    return connection_to(REPLICA_URL, is_pooled=PGBOUNCER, connect_timeout=2, tcp_user_timeout=5000)


DATABASES = {"default": _database()}
if REPLICA_URL and not AS_OWNER:
    DATABASES["replica"] = _replica()
    DATABASE_ROUTERS = ["aoxanh.kernel.replica.Router"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS: list[str] = [
    "aoxanh.web",
    "aoxanh.api",
    "aoxanh.simulation",
    "aoxanh.oversight",
    "aoxanh.staffing",
    "aoxanh.initiatives",
    "aoxanh.desk",
    "aoxanh.assistant",
    "aoxanh.sheets",
    "aoxanh.procedures",
    "aoxanh.training",
    "aoxanh.safety",
    "aoxanh.people",
    "aoxanh.places",
    "aoxanh.privacy",
    "aoxanh.audit",
    "aoxanh.kernel",
    "django.contrib.postgres",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "aoxanh.web.watch.requests.Watched",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "aoxanh.web.compression.QuickGZip",
    "csp.middleware.CSPMiddleware",
    "aoxanh.api.middleware.OneErrorShape",
    "aoxanh.web.middleware.PlainInput",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "aoxanh.web.middleware.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "aoxanh.web.middleware.SignedInOnly",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "aoxanh.web.middleware.SeenNowAndThen",
    "aoxanh.web.middleware.ActingPerson",
    "aoxanh.web.middleware.SecondFactorFirst",
]

ROOT_URLCONF = "aoxanh.config.urls"
WSGI_APPLICATION = "aoxanh.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "aoxanh.web.context.page",
            ]
        },
    }
]

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["aoxanh.web.sign_in.AccountBackend"]
PASSWORD_HASHERS = ["aoxanh.people.passwords.Argon2idHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["username", "display_name"]},
    },
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"

# Holds the counts of failed sign-ins; large, so that a flood of names cannot push a count out.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache_entry",
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    }
}

_MAIL = urlsplit(
    env.text(
        "AOXANH_MAIL_URL",
        "",
        "Mail server for word of fraud reports, e.g. smtps://name:password@mail.example:465; no mail is sent when empty",
    )
)
EMAIL_HOST = _MAIL.hostname or ""
EMAIL_PORT = _MAIL.port or (465 if _MAIL.scheme == "smtps" else 587)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_MAIL.username or ""), unquote(_MAIL.password or "")
EMAIL_USE_SSL, EMAIL_USE_TLS = _MAIL.scheme == "smtps", _MAIL.scheme == "smtp"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("AOXANH_MAIL_FROM", "aoxanh@localhost", "Sender of those mails")

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "aoxanh.web.storage.HashedFiles"},
}

SESSION_ENGINE = "aoxanh.web.sessions"
SESSION_COOKIE_AGE = 30 * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz|metrics)$"]  # asked for on this machine, without TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_048_576
CONTENT_SECURITY_POLICY: dict[str, dict[str, list[Any]]] = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": [SELF],
        "frame-ancestors": ["'none'"],
    }
}

METRICS_TOKEN = env.text(
    "AOXANH_METRICS_TOKEN",
    "",
    "Bearer token for /metrics and /readyz; when empty they answer only who asks from this machine without a proxy",
)
LOGGING = logging_for(
    level=env.text("AOXANH_LOG_LEVEL", "INFO", "Level of the product's own log lines"),
    style=env.choice(
        "AOXANH_LOG_FORMAT", "text", ("text", "json"), "text for eyes, json for one JSON object a line"
    ),
)

from aoxanh.config.language_model import (  # noqa: E402 - read by the assistant
    LLM_DAILY_BUDGET,  # noqa: F401
    LLM_ENABLED,  # noqa: F401
    LLM_ENDPOINT,  # noqa: F401
    LLM_SEARCH_TERMS,  # noqa: F401
)
from aoxanh.config.push import (  # noqa: E402 - read by the oversight room
    PUSH_CONTACT,  # noqa: F401
    PUSH_HOSTS,  # noqa: F401
    push_key,
)
from aoxanh.config.sign_in import *  # noqa: E402, F403 - allauth reads module-level names only
from aoxanh.config.sign_in import OIDC_ISSUER  # noqa: E402

PUSH_KEY = push_key(DATA_DIR)
# No variable sets this: only the suite, whose push service is a server on this machine.
PUSH_TO_LOOPBACK = False

if OIDC_ISSUER:
    INSTALLED_APPS.append("allauth.socialaccount.providers.openid_connect")
    # Browsers hold redirects of a form to this rule too, and signing in there is such a redirect.
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"].append(
        "{0.scheme}://{0.netloc}".format(urlsplit(OIDC_ISSUER))
    )

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aoxanh.config.settings")
