"""What blog adds to Wagtail's admin. Wagtail imports this module; each noun registers its own hooks."""

from blog.importing import hooks as importing_hooks

__all__ = ["importing_hooks"]
