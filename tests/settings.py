"""The settings of the tests: the real ones, faster, on http, and apart from anything that runs."""

from __future__ import annotations

import hashlib
import os

from iop.queues import TRANSPORT
from iop.settings import *  # noqa: F403
from iop.settings import CACHES, DATABASES

IOP_DEMO = False
SITE_URL = "http://testserver"
SECRET_KEY = "a key for tests and nothing else, " * 2
FIELD_KEYS = ["dGVzdHMgdGVzdHMgdGVzdHMgdGVzdHMgdGVzdHMgdGU="]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False

# Each request of a live server has a thread and a connection of its own; it ends with the request.
DATABASES["default"]["CONN_MAX_AGE"] = 0
DATABASES["default"]["ENGINE"] = "tests.emptying"

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True

# One Redis serves every test process: each has names of its own there.
PROCESS = f"iop-tests-{os.getpid()}"
CELERY_BROKER_TRANSPORT_OPTIONS = {**TRANSPORT, "global_keyprefix": f"{PROCESS}:"}


def cache_key(key: str, prefix: str, version: int) -> str:
    """Return the key's name in Redis: the running test's own, so that no test sees another's."""
    test, _, _ = os.environ.get("PYTEST_CURRENT_TEST", "").rpartition(" ")
    name = hashlib.sha256(test.encode()).hexdigest()[:16]
    return f"{PROCESS}:{name}:{key}:{version}"


CACHES["default"]["KEY_FUNCTION"] = "tests.settings.cache_key"

EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
EMAIL_URL = SMS_URL = ""

# Offered, not required: the tests of it say themselves when it is.
SECOND_FACTOR_DAYS = None
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
