"""ASGI entry point: pages in a fixed number of threads, open streams of live updates beside them in the event loop."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "intranet.settings")
django.setup(set_prefix=False)

from intranet.live.pages import Pages  # noqa: E402  what it imports needs the line above

application = Pages()
