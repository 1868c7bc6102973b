"""What feed adds to Wagtail's admin. Wagtail imports this module; each noun registers its own hooks."""

from feed.admin import tags, values

__all__ = ["tags", "values"]
