"""What feed adds to Wagtail's admin. Wagtail imports this module; each noun registers its own hooks."""

from feed.admin import communities, tags, values

__all__ = ["communities", "tags", "values"]
