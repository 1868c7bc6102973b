"""The product's settings for a measured server: no limits, and beside our screens a bare Django view."""

from intranet.settings import *  # noqa: F403
from people import ratelimit

ROOT_URLCONF = "intranet.bench.urls"
ratelimit.LIMITS.update(dict.fromkeys(ratelimit.LIMITS, (10**9, 60)))
