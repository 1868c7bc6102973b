"""E-mail addresses in the one form that accounts are kept by (requirements A11). No database."""

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _

_validate = EmailValidator()


def check_address(text: str) -> str:
    """The address case-folded. Raises ValidationError unless it is plain ASCII without encoded words."""
    address = text.strip()
    if not address.isascii() or "=?" in address or len(address) > 254:
        raise ValidationError(_("Enter a plain e-mail address."), code="invalid")
    _validate(address)
    return address.casefold()
