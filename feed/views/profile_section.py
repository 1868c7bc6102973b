"""What conversations add to a profile: the follow button, the tabs "Posts", "Thanks" and "Comments"."""

from django.db.models import Prefetch
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from feed.models import Comment, Follow, Post
from feed.streams import communities, timeline
from people.field_visibility import shown_fields
from people.paging import take
from people.profile_sections import Head, Section

SIZE, POSTS, THANKS_SHOWN = 20, 5, 5


def _comments(request, person, after):
    """Shown comments under what the reader may see, newest first. Three queries."""
    posts = Prefetch("post", Post.objects.visible_to(request.user).with_versions())
    found = Comment.objects.visible_to(request.user).shown().filter(author=person)
    found = found.select_related("reply_to__author").prefetch_related(posts)
    page = take(found, ("-created_at", "-pk"), after=after, size=SIZE)
    for comment in page:
        comment.title = comment.post.title_in(get_language())
    return {"comments": page, "after": after, "person": person}


def _posts(request, person, after):
    """The newest they wrote, as cards; the rest stands on a page of its own."""
    return {
        "page": timeline.of_person(request.user, person, after=after, size=POSTS),
        "person": person,
        "stream": "person",
    }


def _thanks(request, person, after):
    """The newest thanks to them that the reader may see, as cards; no number. The rest stands on a page of its own."""
    return {"page": timeline.thanks_to(request.user, person, size=THANKS_SHOWN), "person": person}


def _follow(request, person):
    follows = Follow.objects.filter(follower=request.user, user=person, muted=False).exists()
    return {"person": person, "follows": follows, "is_me": person.pk == request.user.pk}


COMMENTS = Section("comments", _("Comments"), "feed/_profile_comments.html", _comments)
POSTS_SECTION = Section("posts", _("Posts"), "feed/_profile_posts.html", _posts)
THANKS = Section("thanks", _("Thanks"), "feed/_profile_thanks.html", _thanks)
FOLLOW = Head("feed/_profile_follow.html", _follow)


def _communities(request, person, after):
    """Communities that the person is in and the reader may know of. One query."""
    return {"communities": communities.of_person(request.user, person), "person": person}


def _in_common(request, person):
    """Communities that both are in. One query, none on one's own profile."""
    mine = person.pk == request.user.pk
    return {"communities": [] if mine else communities.in_common(request.user, person)}


def _moderate(request, person):
    """Saying that the profile's text breaks a rule, and hiding it."""
    readable = bool(person.about) and "about" in shown_fields(person, request.user)
    others = readable and person.pk != request.user.pk
    return {
        "person": person,
        "may_report": others and person.about_hidden_at is None,
        "may_moderate": readable and request.user.is_moderator,
    }


COMMUNITIES = Section("communities", _("Communities"), "feed/_profile_communities.html", _communities)
IN_COMMON = Head("feed/_profile_in_common.html", _in_common)
MODERATE = Head("feed/_profile_moderate.html", _moderate)
