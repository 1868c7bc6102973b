"""What a composer needs to know about the place where it stands (`components/composer.html`)."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from feed.actions import drafting, post_editing
from feed.forms import CommentForm
from feed.models import Post
from feed.views import showing


def empty_form(user, place, draft="") -> CommentForm:
    """An empty form, or with the draft that was kept."""
    return CommentForm(user=user, draft=draft, auto_id=auto_id(place))


def auto_id(place) -> str:
    """Ids that are unique on a page with several composers."""
    return f"{place.replace(':', '-')}-%s"


def for_comment(request, post, reply_to, form, page_url="") -> dict:
    """A new comment, or an answer to `reply_to`."""
    action = reverse("feed:comments", args=[post.pk])
    page_url = page_url or showing.page_url(request, post)
    name = reply_to.author.name if reply_to and not reply_to.is_gone and not reply_to.held_at else ""
    url = f"{page_url}?at={reply_to.pk}#comment-{reply_to.pk}" if reply_to else f"{page_url}#conversation"
    composer = _common(form, post, url)
    composer |= {
        "action": f"{action}?reply_to={reply_to.pk}" if reply_to else action,
        "place": drafting.place(post=post, reply_to=reply_to),
        "label": _label(reply_to, name),
        "submit": _("Reply") if reply_to else pgettext("button", "Comment"),
        "target": f"#replies-{reply_to.root_id or reply_to.pk}" if reply_to else "#thread",
        "swap": "beforeend" if reply_to else "afterbegin",
        "cancel_url": url if reply_to else "",
        "opener": f"reply-{reply_to.pk}" if reply_to else "",
        "heading": _("Your comment"),
        "extra": "feed/_comment_extra.html",
        "may_cite": reply_to is None,
    }
    return composer


def for_edit(request, comment, form) -> dict:
    """Another wording of one's own comment."""
    url = showing.comment_url(request, comment)
    composer = _common(form, comment.post, url)
    composer |= {
        "action": reverse("feed:comment_edit", args=[comment.pk]),
        "place": f"edit:{comment.pk}",
        "label": _("Your comment"),
        "submit": _("Save"),
        "target": f"#comment-{comment.pk}",
        "swap": "outerHTML",
        "cancel_url": url,
        "opener": f"edit-{comment.pk}",
        "heading": _("Change your comment"),
        "is_edit": True,
    }
    return composer


def for_post_edit(request, post, form) -> dict:
    """Another wording of one's own short post."""
    waits = post.state != Post.State.PUBLISHED
    url = reverse("feed:scheduled") if waits else reverse("feed:post", args=[post.pk])
    composer = _common(form, post, url)
    composer |= {
        "action": reverse("feed:post_edit", args=[post.pk]),
        "place": post_editing.place(post=post),
        "label": _("Your post"),
        "submit": _("Save"),
        "target": f"#post-{post.pk}",
        "swap": "outerHTML",
        "cancel_url": url,
        "opener": f"edit-p{post.pk}",
        "heading": _("Change your post"),
        "is_edit": True,
    }
    return composer


def for_share(request, post, form) -> dict:
    """A remark about `post`."""
    url = showing.page_url(request, post)
    composer = _common(form, post, url)
    composer |= {
        "action": reverse("feed:share", args=[post.pk]),
        "place": f"share:{post.pk}",
        "label": _("Your remark"),
        "submit": _("Share"),
        "target": "this",
        "swap": "none",
        "cancel_url": url,
        "opener": f"share-p{post.pk}",
        "heading": _("Share with a remark"),
        "extra": "feed/composer/_confirm_group.html",
    }
    return composer


def _common(form, post, back_url) -> dict:
    return {
        "form": form,
        "post": post,
        "back_url": back_url,
        "draft_url": reverse("feed:draft"),
        "preview_url": reverse("feed:preview", args=[post.pk]),
    }


def _label(reply_to, name):
    if name:
        return _("Answer %(name)s") % {"name": name}
    return _("Your answer") if reply_to else _("What do you think about it?")
