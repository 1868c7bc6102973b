"""Categories and tags of another site as tags here."""

import html

from django.core.exceptions import ValidationError

from blog.importing import judging, plan, records
from blog.models import ImportedItem, ImportRun
from feed.actions import tagging
from feed.models import Tag, TagAlias
from people.handles import tag_slug
from people.text import clean_line

MAX_NAME = 100
Kind = ImportedItem.Kind


class Tags:
    """Answers tags; one instance serves one pass."""

    def __init__(self, run: ImportRun, the_plan: plan.Plan):
        self.run = run
        self.plan = the_plan
        self.tags: dict[str, Tag] = {}
        self.by_slug = by_slug()

    def of(self, item: records.Item) -> list[Tag]:
        """The item's tags, each once."""
        found = {}
        for term in item.terms:
            key = plan.term_key(term)
            known = self.plan.terms.get(key, term)
            if not judging.term(known).reason:
                tag = self._find(key, known.name or term.name)
                found[tag.pk] = tag
        return list(found.values())

    def _find(self, key: str, name: str) -> Tag:
        if key in self.tags:
            return self.tags[key]
        row = (
            ImportedItem.objects.filter(site=self.run.site, kind=Kind.TAG, key=key)
            .select_related("tag")
            .first()
        )
        if row is None:
            name = tag_name(name) or "tag"
            tag = self.by_slug.get(tag_slug(name))
            row = ImportedItem(run=self.run, site=self.run.site, kind=Kind.TAG, key=key, created=tag is None)
            row.tag = tag or self._create(name)
            row.save()
        self.tags[key] = row.tag
        return row.tag

    def _create(self, name: str) -> Tag:
        [tag] = tagging.find_or_make(names=[name])
        self.by_slug[tag_slug(name)] = tag
        return tag


def by_slug() -> dict[str, Tag]:
    """All tags by what their names are compared by, earlier names of merged ones included."""
    aliases = TagAlias.objects.select_related("tag")
    return {alias.slug: alias.tag for alias in aliases} | {tag.slug: tag for tag in Tag.objects.all()}


def tag_name(name: str) -> str:
    """A term's name as a tag's: entities resolved, cut to what fits."""
    name = html.unescape(name)[: MAX_NAME * 2]
    try:
        return clean_line(name, max_chars=MAX_NAME)
    except ValidationError:
        return name.strip()[: MAX_NAME // 2]
