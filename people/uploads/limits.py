"""How much of an uploaded file is read at all."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def read_limited(file, most: int) -> bytes:
    """All bytes of an uploaded file. Raises ValidationError when it is empty or has more than ``most`` bytes."""
    if (getattr(file, "size", 0) or 0) > most:
        raise too_heavy(most)
    file.seek(0)
    data = file.read(most + 1)
    file.seek(0)
    if len(data) > most:
        raise too_heavy(most)
    if not data:
        raise ValidationError(_("The file is empty."), code="empty")
    return data


def too_heavy(most: int) -> ValidationError:
    """The refusal of a file with more than ``most`` bytes."""
    return ValidationError(
        _("The file is too large: at most %(limit)s MB."),
        code="file_size",
        params={"limit": most // 1024 // 1024},
    )
