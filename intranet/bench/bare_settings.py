"""What Django costs by itself: session and sign-in, nothing else. For the same view in the same run."""

from intranet.settings import *  # noqa: F403

ROOT_URLCONF = "intranet.bench.urls"
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",  # the app does not start without
]
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "OPTIONS": {}}]
