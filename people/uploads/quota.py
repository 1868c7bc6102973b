"""How much one person may keep on the server."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

DEFAULT_BYTES = 2 * 1024**3

# Each package that stores people's files appends a function (user) -> bytes, in AppConfig.ready.
quota_sources: list[Callable[[object], int]] = []


def check_quota(user, size: int) -> None:
    """Raise ValidationError when ``size`` bytes more would exceed what one person may keep (UPLOAD_QUOTA_BYTES)."""
    limit = getattr(settings, "UPLOAD_QUOTA_BYTES", DEFAULT_BYTES)
    if sum(source(user) for source in quota_sources) + size > limit:
        raise ValidationError(
            _("Your storage of %(limit)s MB is used up. Please remove pictures you no longer need."),
            code="quota",
            params={"limit": limit // 1024 // 1024},
        )
