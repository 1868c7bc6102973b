"""Tags whose names fold together become one; every tag's slug follows the one rule; its rows carry the post's time."""

from django.db import migrations
from django.db.models import OuterRef, Subquery

from people.handles import tag_slug

OWNERS = (
    ("feed", "TaggedPost", "content_object_id"),
    ("feed", "Follow", "follower_id"),
    ("blog", "ArticleTag", "content_object_id"),
)


def fold(apps, schema_editor):
    """The oldest of equal tags stays; the slugs of the others lead on."""
    Tag, TagAlias = apps.get_model("feed", "Tag"), apps.get_model("feed", "TagAlias")
    kept = {}
    for tag in Tag.objects.order_by("pk"):
        into = kept.setdefault(tag_slug(tag.name), tag)
        if into.pk != tag.pk:
            merge(apps, tag, into)
    for slug, tag in kept.items():
        if tag.slug != slug:
            Tag.objects.filter(slug=slug).exclude(pk=tag.pk).update(slug=f"{slug[:80]}-before-{tag.pk}")
            TagAlias.objects.get_or_create(slug=tag.slug, defaults={"tag_id": tag.pk})
            TagAlias.objects.filter(slug=slug).delete()
            Tag.objects.filter(pk=tag.pk).update(slug=slug)
    TagAlias.objects.filter(slug__contains="-before-").delete()
    TagAlias.objects.filter(slug__in=kept).delete()


def merge(apps, tag, into):
    """Point everything at `into` and let the old slug lead there."""
    for app, name, owner in OWNERS:
        rows = apps.get_model(app, name).objects
        there = list(rows.filter(tag_id=into.pk).values_list(owner, flat=True))
        rows.filter(tag_id=tag.pk, **{f"{owner}__in": there}).delete()
        rows.filter(tag_id=tag.pk).update(tag_id=into.pk)
    apps.get_model("blog", "ImportedItem").objects.filter(tag_id=tag.pk).update(tag_id=into.pk)
    aliases = apps.get_model("feed", "TagAlias").objects
    aliases.filter(tag_id=tag.pk).update(tag_id=into.pk)
    tag.delete()
    aliases.get_or_create(slug=tag.slug, defaults={"tag_id": into.pk})


def date(apps, schema_editor):
    """When the post was published."""
    rows, posts = apps.get_model("feed", "TaggedPost").objects, apps.get_model("feed", "Post").objects
    when = posts.filter(pk=OuterRef("content_object_id")).values("published_at")[:1]
    rows.filter(published_at__isnull=True).update(published_at=Subquery(when))


class Migration(migrations.Migration):
    dependencies = [("blog", "0008_talk"), ("feed", "0003_talk")]
    operations = [
        migrations.RunPython(fold, migrations.RunPython.noop),
        migrations.RunPython(date, migrations.RunPython.noop),
    ]
