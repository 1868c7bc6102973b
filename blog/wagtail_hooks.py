"""What blog adds to Wagtail's admin. Wagtail imports this module; each noun registers its own hooks."""

from blog.admin import home, hooks, menu, moving, verbs
from blog.importing import hooks as importing_hooks

__all__ = ["home", "hooks", "importing_hooks", "menu", "moving", "verbs"]
