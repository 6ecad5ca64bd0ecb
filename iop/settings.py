"""The one settings file. Every environment variable is read here and listed in the README."""

from __future__ import annotations

from pathlib import Path

import dj_database_url
import pghistory
import structlog
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from iop import environment as env
from iop.demo.sign_ins import as_settings as demo_sign_ins
from iop.email_url import mail_settings
from iop.keys import kept_field_key, kept_secret_key
from iop.logs import path_without_question, place_of_failure, secrets_left_out
from iop.outages.cache_settings import cache_settings
from iop.queues import queue_settings
from iop.sign_in import sign_in_settings

BASE_DIR = Path(__file__).resolve().parent.parent

# --- where data lives -------------------------------------------------------------------------
IOP_DEMO = env.flag("IOP_DEMO")
IOP_DATA_DIR = env.folder("IOP_DATA_DIR", BASE_DIR / "var")
DATABASE_URL = env.text("DATABASE_URL")
DATABASE_OWNER_URL = env.text("DATABASE_OWNER_URL")
REDIS_URL = env.text("REDIS_URL", "redis://127.0.0.1:6379/0")

# The application never acts as the tables' owner: on one login it takes this role for every
# connection; with DATABASE_OWNER_URL its login is that role's member and owns nothing at all.
APP_ROLE = "iop_app"
DATABASES = {
    "default": dj_database_url.parse(
        DATABASE_URL or "postgresql://127.0.0.1/iop",
        conn_max_age=60,
        conn_health_checks=True,
        # Between us and the server a pool that gives each transaction another connection.
        disable_server_side_cursors=env.flag("IOP_BEHIND_PGBOUNCER"),
    )
}
# A server that has gone without a word is noticed; DATABASE_URL may say otherwise.
NOTICED = {"connect_timeout": 5, "keepalives_idle": 30, "keepalives_interval": 10}
DATABASES["default"]["OPTIONS"] = {**NOTICED, **DATABASES["default"].get("OPTIONS", {})}
if not DATABASE_OWNER_URL:
    DATABASES["default"]["OPTIONS"]["assume_role"] = APP_ROLE
CACHES = {"default": cache_settings(REDIS_URL)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- keys and who may reach us ----------------------------------------------------------------
SECRET_KEY = env.text("IOP_SECRET_KEY") or kept_secret_key(IOP_DATA_DIR)
SECRET_KEY_FALLBACKS = env.words("IOP_SECRET_KEY_FALLBACKS")
FIELD_KEYS = env.words("IOP_FIELD_KEYS") or [kept_field_key(IOP_DATA_DIR)]
# Opens backups; where it is not set, a trial keeps one of its own (iop/backup/key.py).
BACKUP_KEY = env.text("IOP_BACKUP_KEY")
PORT = env.whole_number("PORT", 8000)
ALLOWED_HOSTS = env.words("IOP_ALLOWED_HOSTS") or ["localhost", "127.0.0.1", "[::1]"]
SITE_URL = env.text("IOP_SITE_URL", f"http://localhost:{PORT}").rstrip("/")
CSRF_TRUSTED_ORIGINS = [SITE_URL]
INVITATION_DAYS = 7

# --- the apps, lowest floor first -------------------------------------------------------------
INSTALLED_APPS = [
    "accounts",
    "programs",
    "curriculum",
    "groups",
    "reminders",
    "attendance",
    "hours",
    "iop.apps.HouseConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_htmx",
    "django_structlog",
    "lucide",
    "pghistory",
    "pgtrigger",
    "phonenumber_field",
    "template_partials",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "iop.health.requests.CountRequests",
    "csp.middleware.CSPMiddleware",
    "iop.browser_reports.middleware.PermissionsPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "attendance.kiosk.middleware.HoldInKiosk",
    "accounts.languages.OwnLanguage",
    "accounts.signed_in.middleware.WatchSession",
    "accounts.kept_form.KeepForm",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "accounts.factors.middleware.AskForFactor",
    "accounts.middleware.WholePageSignIn",
    "accounts.middleware.HistoryContext",
    "programs.on_trail.OnTrail",
    "accounts.middleware.NoStore",
]
ROOT_URLCONF = "iop.urls"
WSGI_APPLICATION = "iop.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "csp.context_processors.nonce",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "hours.shell.shell",
                "accounts.own_pages.own_pages",
            ],
            "builtins": ["lucide.templatetags.lucide"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = ["bootstrap5"]
CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- people -----------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
# Days until a second factor is required; it is offered in the demo, and required nowhere there.
SECOND_FACTOR_DAYS = None if IOP_DEMO else env.whole_number("IOP_SECOND_FACTOR_DAYS", 7)
IOP_BEHIND_PROXY = env.flag("IOP_BEHIND_PROXY")
globals().update(sign_in_settings(is_demo=IOP_DEMO, is_behind_proxy=IOP_BEHIND_PROXY))
DEMO_SIGN_INS = demo_sign_ins() if IOP_DEMO else []

# --- what a laptop on http cannot meet is relaxed in the demo, and only there --------------------
SECURE_SSL_REDIRECT = not IOP_DEMO
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IOP_BEHIND_PROXY else None
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 0 if IOP_DEMO else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not IOP_DEMO
SECURE_HSTS_PRELOAD = not IOP_DEMO
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = not IOP_DEMO
# A page left alone is covered after so long; a sign-in lasts so long, however busy.
IOP_IDLE_MINUTES = max(1, env.whole_number("IOP_IDLE_MINUTES", 15))
IOP_SESSION_HOURS = max(1, env.whole_number("IOP_SESSION_HOURS", 12))
# The row outlasts that a little: what ends the session is ours, and leaves a line in the trail.
SESSION_COOKIE_AGE = (IOP_SESSION_HOURS + 1) * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_SECURE = not IOP_DEMO
CSRF_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
        "report-uri": ["/browser-report/"],
        "report-to": ["csp"],
    }
}

# What one request may hold beside its files, whose limit is their page's (accounts/uploads.py).
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
DATA_UPLOAD_MAX_NUMBER_FILES = 50

# --- words, dates, files ----------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["iop.formats"]
USE_TZ = True
TIME_ZONE = "UTC"
PHONENUMBER_DEFAULT_REGION = "US"
PHONENUMBER_DB_FORMAT = "E164"
STATIC_URL = "static/"
STATIC_ROOT = IOP_DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "iop.static_files.ChosenFiles",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "iop.static_files.FingerprintedFiles"},
}

# --- files sent by staff: encrypted, outside of what the web server serves ----------------------
DOCUMENTS_ROOT = IOP_DATA_DIR / "documents"
# Clinic folders on their way in, until they are imported or dropped. Web and worker share it.
UPLOADS_ROOT = IOP_DATA_DIR / "uploads"
# Past what its page takes a file is thrown away as it arrives; a large one is never in memory.
FILE_UPLOAD_HANDLERS = [
    "accounts.uploads.NoMoreThanItsPageTakes",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# --- row history: who changed which clinical row, written by triggers ---------------------------
PGHISTORY_APPEND_ONLY = True
PGHISTORY_CONTEXT_FIELD = pghistory.ContextJSONField()
PGHISTORY_DEFAULT_TRACKERS = (
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
)

# --- the queue: PostgreSQL holds what is due, messages say only "look now" -----------------------
globals().update(queue_settings(REDIS_URL))

# --- ways out: EMAIL_URL and SMS_URL each choose a carrier; the demo prints, others wait ----------
EMAIL_URL = env.text("EMAIL_URL", "console://" if IOP_DEMO else "")
globals().update(mail_settings(EMAIL_URL))
DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM", "reminders@localhost")
# Text messages: webhook+https://…, twilio://…; nothing goes out by text where it is empty.
SMS_URL = env.text("SMS_URL", "console://" if IOP_DEMO else "")
# How long a server or a gateway may take over each step before it counts as not answering.
SEND_TIMEOUT_SECONDS = EMAIL_TIMEOUT = max(1, env.whole_number("IOP_SEND_TIMEOUT", 10))
# What the links in messages begin with: an address that does not name the clinic, where it has one.
LINK_URL = env.text("IOP_LINK_URL", SITE_URL).rstrip("/")
# Who asks for the figures shows this; without one there are none.
METRICS_TOKEN = env.text("IOP_METRICS_TOKEN")
# While this file is there, this web process asks for no more requests (`iop/serving`).
DRAIN_FILE = env.text("IOP_DRAIN_FILE")

# --- how far ahead sessions stand in the calendar -----------------------------------------------
SESSION_HORIZON_WEEKS = 13

# --- log lines: JSON, a request id, no names ----------------------------------------------------
LOG_LEVEL = env.text("IOP_LOG_LEVEL", "INFO").upper()
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                place_of_failure,
                path_without_question,
                secrets_left_out,
                structlog.processors.JSONRenderer(),
            ],
            "foreign_pre_chain": [
                structlog.contextvars.merge_contextvars,
                structlog.processors.TimeStamper(fmt="iso"),
                structlog.stdlib.add_log_level,
            ],
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    # One line for each message that goes out, with the gateway's address, is of no use.
    "loggers": {"httpx": {"level": "WARNING"}, "httpcore": {"level": "WARNING"}},
}
structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.stdlib.add_log_level,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
