"""What the product's own steps are called in Wagtail's log and history."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

VERBS = {
    "blog.people": _("Changed the people of the blog"),
    "blog.rules": _("Changed the rules of the blog"),
    "blog.audience": _("Changed the readers of the blog"),
    "blog.archive": _("Archived the blog"),
    "blog.reopen": _("Opened the blog again"),
    "blog.feature": _("Featured on home"),
    "blog.unfeature": _("No longer featured on home"),
}


@hooks.register("register_log_actions")
def register(actions):
    """Each verb with its words."""
    for verb, words in VERBS.items():
        actions.register_action(verb, words, words)
