"""A newcomer has seen the first page."""

from django.db import transaction
from django.utils import timezone

from people import welcome
from people.models import User


@transaction.atomic
def finish(*, user: User, chosen: dict[str, set[str]] | None = None, locale: str = "") -> None:
    """Keep the language and, for each step's offers, what was ticked; the page is not shown again. None: skipped."""
    user.welcomed_at = timezone.now()
    user.locale = locale or user.locale
    user.save(update_fields=["welcomed_at", "locale"])
    for key, values in (chosen or {}).items():
        step = welcome.steps[key]
        step.save(user, {choice.value: choice.value in values for choice in step.load(user)})
