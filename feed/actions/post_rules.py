"""Who may post what, where and for whom. Each refusal says why; nothing is changed here."""

from contextlib import suppress

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from feed.actions import counting
from feed.actions.refusals import Refused
from feed.models import Community, Post
from people.actions import audience_choices
from people.models import Audience, AudienceMember, User

Kind = Post.Kind


def lock_author(*, author: User) -> User:
    """One post of a person at a time, so that a double click makes one. Raises Refused for somebody who left."""
    locked = User.objects.select_for_update(no_key=True).get(pk=author.pk)
    if not locked.is_active:
        raise Refused(_("You can no longer post here."))
    return locked


def refuse_unless_allowed(*, post: Post, has_files: bool = False, poll=None, kudos=None) -> None:
    """Raise Refused when the author may not post this: an unsaved row, or one that its time has come for."""
    if not post.body and not (has_files and post.kind == Kind.POST):
        raise Refused(_("Write something first."))
    if (post.kind == Kind.POLL) != (poll is not None) or (post.kind == Kind.KUDOS) != (kudos is not None):
        raise Refused(_("Something is missing for this kind of post."))
    if post.publish_at is not None and post.publish_at <= timezone.now():
        raise Refused(_("This time is over. Choose a later one, or leave the field empty to post now."))
    refuse_unless_inside(post=post)


def refuse_unless_inside(*, post: Post) -> None:
    """The author belongs to the readers and may speak for the company, as the tables say now (A4)."""
    if post.community_id:
        _refuse_unless_member(post)
    elif post.audience_id and not _belongs(post.audience_id, post.author):
        raise Refused(_("You can only post to people you belong to."))
    if post.for_company and not post.author.is_communications:
        raise Refused(_("Only communications posts for the company."))
    if post.shared_id:
        _refuse_unless_shareable(post)


def _refuse_unless_member(post):
    # Locked, so that the community does not change its readers meanwhile.
    community = Community.objects.select_for_update(no_key=True).get(pk=post.community_id)
    post.community = community
    if not _belongs(community.audience_id, post.author):
        raise Refused(_("Only members post in a community."))
    if community.archived_at or community.hidden_at:
        raise Refused(_("This community is closed for new posts."))


def _refuse_unless_shareable(post):
    # Locked, so that the original does not change its readers meanwhile; the share has the same.
    post.shared = counting.lock_post(pk=post.shared_id)
    if not (post.shared.is_live and post.shared.visible_to(post.author)):
        raise Refused(_("This can no longer be shared."))
    post.audience_id = post.shared.audience_id


def _belongs(audience_id, user) -> bool:
    return AudienceMember.objects.filter(audience=audience_id, user=user.pk).exists()


def find_readers(*, user: User, value: str) -> tuple[Audience | None, Community | None]:
    """The audience or community that a form's `value` names, as far as `user` may choose it. Raises Refused."""
    kind, _colon, key = value.partition(":")
    if kind == "community":
        known = key.isascii() and key.isdigit() and len(key) < 19
        community = Community.objects.of_member(user).filter(pk=int(key)).first() if known else None
        if community is None:
            raise Refused(_("Only members post in a community."))
        return None, community
    try:
        found = audience_choices.choose(user=user, value=value)
    except ValidationError as error:
        raise Refused(error.messages[0]) from error
    with suppress(AttributeError):  # the audience may have been made just now
        del user.access
    return found, None


def value_of(*, post: Post) -> str:
    """The form's value for those who read `post` now. Reads its audience."""
    if post.community_id:
        return f"community:{post.community_id}"
    if post.audience is None:
        return ""
    for name in ("location", "department"):
        if key := getattr(post.audience, f"of_{name}_id"):
            return f"{name}:{key}"
    return f"audience:{post.audience_id}"


def readers_offered(*, user: User, communities: list[Community]) -> list[dict]:
    """What the composer offers: value, label and number of people; everybody first, then groups, then `communities`."""
    groups = [
        {
            "value": "" if one.value == audience_choices.EVERYONE else one.value,
            "label": one.label,
            "count": one.number,
        }
        for one in audience_choices.offered_to(user=user)
    ]
    places = [
        {"value": f"community:{one.pk}", "label": one.name, "count": one.member_count}
        for one in communities
        if one.hidden_at is None
    ]
    return groups + places
