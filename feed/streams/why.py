"""Why somebody sees a post in a stream: one short phrase from what is loaded already."""

from django.utils.translation import gettext as _

from feed.streams.wants import Wants


def reason(post, user, facts: dict, mine: Wants | None = None) -> str:
    """The nearest reason: what concerns me in person first, then my places, then what I follow, then everybody.

    `facts`: what `feed.streams.loading` found about this post and this reader. No query.
    """
    if post.author_id == user.pk:
        return _("You wrote this")
    return _personal(facts) or _place(post, user) or _followed(post, facts, mine) or _("For everyone")


def _personal(facts):
    if "named" in facts:
        return _("Mentions you")
    if "asked" in facts:
        return _("A question to your department") if facts["asked"] else _("A question to you")
    return _("Thanks you") if "thanked" in facts else ""


def _place(post, user):
    if post.community_id is not None:
        words = _("In your community %(name)s") if post.community.has_member(user) else _("In %(name)s")
        return words % {"name": post.community.name}
    return _("For everybody in %(name)s") % {"name": post.audience.name} if post.audience_id else ""


def _followed(post, facts, mine):
    if mine is not None and post.author_id in mine.users:
        return _("You follow %(name)s") % {"name": post.author.name}
    if "tag" in facts:
        return _("You follow %(name)s") % {"name": f"#{facts['tag']}"}
    if post.page is not None:
        return _("From the blog %(name)s") % {"name": post.page.blog_title}
    return ""
