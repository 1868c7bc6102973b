"""What follows in articles when communications merges two tags (called by feed.actions.tagging)."""

from django.db import transaction
from django.db.models import Q
from wagtail.models import Revision

from blog.models import ArticlePage, ArticleTag, ImportedItem
from feed.models import Tag


@transaction.atomic
def move(*, tag: Tag, into: Tag) -> None:
    """Articles, their unpublished versions and what imports brought carry `into` instead of `tag`."""
    there = set(ArticleTag.objects.filter(tag=into).values_list("content_object_id", flat=True))
    here = ArticleTag.objects.filter(tag=tag)
    pages = set(here.values_list("content_object_id", flat=True))
    here.filter(content_object_id__in=there).delete()
    here.update(tag=into)
    ImportedItem.objects.filter(tag=tag).update(tag=into)
    drafts = ArticlePage.objects.filter(Q(has_unpublished_changes=True) | Q(live=False)).values_list(
        "pk", flat=True
    )
    for page_ids in _batches(sorted(pages.union(drafts))):
        rows = ArticlePage.objects.filter(pk__in=page_ids)
        used = Q(pk__in=rows.values("latest_revision")) | Q(pk__in=rows.values("live_revision"))
        used |= Q(object_id__in=[str(pk) for pk in page_ids], approved_go_live_at__isnull=False)
        _rewrite(Revision.page_revisions.filter(used), tag, into)


def _rewrite(revisions, tag, into):
    """A revision names its tags by id; one that is gone would be dropped when it is published."""
    for revision in revisions:
        items = revision.content.get("tagged_items", [])
        if any(item["tag"] == tag.pk for item in items):
            kept = {}
            for item in items:
                item["tag"] = into.pk if item["tag"] == tag.pk else item["tag"]
                kept.setdefault(item["tag"], item)
            revision.content["tagged_items"] = list(kept.values())
            Revision.objects.filter(pk=revision.pk).update(content=revision.content)


def _batches(ids, size=500):
    return (ids[start : start + size] for start in range(0, len(ids), size))
