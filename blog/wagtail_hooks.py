"""What blog adds to Wagtail's admin. Wagtail imports this module; each noun registers its own hooks."""

from blog.admin import hooks
from blog.importing import hooks as importing_hooks

__all__ = ["hooks", "importing_hooks"]
