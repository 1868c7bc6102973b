"""Skills: what colleagues may be asked about. Words that can be searched, never scores."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.models import ItemBase, TagBase

from people.handles import tag_slug


class Skill(TagBase):
    """A word for something people know; shown as typed first, compared by its slug (`people.handles.tag_slug`)."""

    free_tagging = True

    class Meta:
        verbose_name = _("skill")
        verbose_name_plural = _("skills")
        ordering = ["name"]

    def slugify(self, tag, i=None):
        """What taggit asks for where it makes a skill itself."""
        return tag_slug(tag) if i is None else f"{tag_slug(tag, max_chars=94)}-{i}"


class PersonSkill(ItemBase):
    """A skill that a person names."""

    tag = models.ForeignKey(Skill, models.CASCADE, related_name="people")
    content_object = models.ForeignKey("people.User", models.CASCADE, related_name="person_skills")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="person_skill_once")]
