"""The product's settings with what tests change: cheap passwords, a temporary folder for files, no mail."""

import os
import tempfile
from importlib.util import find_spec

os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "x" * 50)
os.environ.setdefault("LOG_LEVEL", "WARNING")
if find_spec("onelogin"):  # so that its addresses are there; tests name the provider that they start
    os.environ.setdefault("SAML_PROVIDERS", "elsewhere")
    os.environ.setdefault("SAML_ELSEWHERE_ENTITY_ID", "urn:elsewhere")
    os.environ.setdefault("SAML_ELSEWHERE_SSO_URL", "http://127.0.0.1:1/sso")
    os.environ.setdefault("SAML_ELSEWHERE_CERTIFICATE", "none")

from intranet.settings import *  # noqa: F403
from intranet.settings import CACHES, REDIS_URL, STORAGES, TASKS

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MEDIA_ROOT = tempfile.mkdtemp(prefix=f"flurfunk-media-{WORKER}-")
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
TASKS = {"default": {**TASKS["default"], "BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
SOCIALACCOUNT_PROVIDERS = {}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
if REDIS_URL:  # one numbered database for each worker: a test empties its cache
    number = int(WORKER.removeprefix("gw")) + 1 if WORKER.startswith("gw") else 0
    CACHES = {"default": {**CACHES["default"], "LOCATION": f"{REDIS_URL.rstrip('/')}/{number}"}}
