"""Tags: found or made by one rule of spelling, set on posts, and kept in order by communications."""

from collections.abc import Callable, Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from feed import text
from feed.actions.refusals import Refused
from feed.models import Follow, Post, Tag, TagAlias, TaggedPost
from people.handles import tag_slug
from people.models import User
from people.text import clean_line

MAX_NAME, MAX_DESCRIPTION = 100, 300

# What else points at tags, in packages above: (*, tag, into) -> None, called before a merged tag goes.
merge_steps: list[Callable[..., None]] = []


def find_or_make(*, names: Iterable[str]) -> list[Tag]:
    """The tags called so, each once, in order; a new one is shown as written here first. Safe in a race.

    Spellings that fold together are one tag, and the earlier name of a merged or renamed one leads to it. At most
    four queries for any number.
    """
    wanted: dict[str, str] = {}
    for name in names:
        wanted.setdefault(tag_slug(name), name.strip()[:MAX_NAME])
    wanted.pop("", None)
    found = _by_slug(wanted)
    missing = [slug for slug in wanted if slug not in found]
    if missing:
        # sorted: two writers take the unique keys in the same order, so neither waits for the other forever
        Tag.objects.bulk_create(
            [Tag(name=wanted[slug], slug=slug) for slug in sorted(missing)], ignore_conflicts=True
        )
        found |= _by_slug(missing)
    return list(dict.fromkeys(found[slug] for slug in wanted if slug in found))


def _by_slug(slugs: Iterable[str]) -> dict[str, Tag]:
    found = {tag.slug: tag for tag in Tag.objects.filter(slug__in=slugs)}
    rest = [slug for slug in slugs if slug not in found]
    if rest:
        aliases = TagAlias.objects.filter(slug__in=rest).select_related("tag")
        found |= {alias.slug: alias.tag for alias in aliases}
    return found


@transaction.atomic
def tag(*, post: Post) -> list[Tag]:
    """Set a short post's tags to the #words of its source; answers them."""
    tags = find_or_make(names=text.find_tag_words(post.body))
    put(post=post, tag_ids=[one.pk for one in tags])
    return tags


@transaction.atomic
def put(*, post: Post, tag_ids: Iterable[int]) -> None:
    """Replace the tags of `post`; their rows carry the time of the post."""
    wanted = set(tag_ids)
    rows = TaggedPost.objects.filter(content_object=post)
    now = set(rows.values_list("tag_id", flat=True))
    if now - wanted:
        rows.filter(tag_id__in=now - wanted).delete()
    TaggedPost.objects.bulk_create(
        [
            TaggedPost(content_object=post, tag_id=pk, published_at=post.published_at)
            for pk in sorted(wanted - now)
        ],
        ignore_conflicts=True,
    )
    if now & wanted:
        set_published(post=post)


def set_published(*, post: Post) -> None:
    """The rows of `post` follow its time of publishing."""
    TaggedPost.objects.filter(content_object=post).update(published_at=post.published_at)


@transaction.atomic
def merge(*, tag: Tag, into: Tag, by: User) -> int:
    """Everything marked with or following `tag` goes to `into`; its address leads on. Answers the number of posts.

    Raises Refused for somebody outside communications, for a tag and itself, and when one of them is gone.
    """
    tag, into = _locked(by, tag, into)
    posts = _move(TaggedPost.objects.filter(tag=tag), into, "content_object_id")
    _move(Follow.objects.filter(tag=tag), into, "follower_id")
    for step in merge_steps:
        step(tag=tag, into=into)
    TagAlias.objects.filter(tag=tag).update(tag=into)
    slug, name = tag.slug, tag.name
    Tag.objects.filter(pk=tag.pk).delete()
    TagAlias.objects.update_or_create(slug=slug, defaults={"tag": into})
    log(instance=into, action="feed.merge_tag", user=by, data={"name": name, "posts": posts})
    return posts


def _move(rows, into, owner) -> int:
    """Point rows at `into`; where the owner has a row there already, that one stays. Answers how many there were."""
    there = set(rows.model.objects.filter(tag=into).values_list(owner, flat=True))
    here = dict(rows.values_list("pk", owner))
    double = [pk for pk, whose in here.items() if whose in there]
    rows.filter(pk__in=double).delete()
    rows.update(tag=into)
    return len(here)


@transaction.atomic
def rename(*, tag: Tag, name: str, by: User) -> Tag:
    """Call a tag otherwise; its old address leads on.

    Raises Refused for somebody outside communications or when another tag is called so (then merge them), and
    ValidationError for a name that is empty or too long.
    """
    [tag] = _locked(by, tag)
    name = clean_line(name.strip().removeprefix("#"), max_chars=MAX_NAME)
    slug = tag_slug(name)
    if not slug:
        raise ValidationError(_("Please give it a name."))
    if Tag.objects.filter(slug=slug).exclude(pk=tag.pk).exists():
        raise Refused(_("Another tag is called so already. Merge the two instead."))
    old = tag.name
    TagAlias.objects.filter(slug=slug).delete()
    if slug != tag.slug:
        TagAlias.objects.update_or_create(slug=tag.slug, defaults={"tag": tag})
    tag.name, tag.slug = name, slug
    tag.save(update_fields=["name", "slug"])
    log(instance=tag, action="feed.rename_tag", user=by, data={"old": old, "new": name})
    return tag


@transaction.atomic
def describe(*, tag: Tag, description: str, by: User) -> Tag:
    """Say what belongs under a tag. Raises Refused outside communications, ValidationError beyond 300 characters."""
    [tag] = _locked(by, tag)
    tag.description = clean_line(description, max_chars=MAX_DESCRIPTION)
    tag.save(update_fields=["description"])
    log(instance=tag, action="feed.describe_tag", user=by, data={"description": tag.description})
    return tag


def _locked(by: User, *tags: Tag) -> list[Tag]:
    """The rows as they are now, locked in the order of their ids, given back in the order asked for."""
    if not by.is_communications:
        raise Refused(_("Only communications keeps the tags."))
    wanted = [one.pk for one in tags]
    if len(set(wanted)) < len(wanted):
        raise Refused(_("A tag cannot be merged into itself."))
    found = {one.pk: one for one in Tag.objects.select_for_update().filter(pk__in=wanted).order_by("pk")}
    if len(found) < len(wanted):
        raise Refused(_("This tag is no longer there."))
    return [found[pk] for pk in wanted]
