"""What people can be asked about: rows of Skill are shared, compared by slug, and gone with the last holder."""

from django.db import transaction

from people.handles import tag_slug
from people.models import PersonSkill, Skill


def names_of(*, user) -> list[str]:
    """The person's skills in the order in which they named them. One query."""
    return list(
        PersonSkill.objects.filter(content_object=user).order_by("pk").values_list("tag__name", flat=True)
    )


@transaction.atomic
def replace(*, user, names) -> bool:
    """Make `names` (cleaned, in order) the skills of `user`; whether that changed any. The first spelling stays."""
    wanted = {}
    for name in names:
        wanted.setdefault(tag_slug(name), name)
    before = list(
        PersonSkill.objects.filter(content_object=user).order_by("pk").values_list("tag_id", "tag__slug")
    )
    if [slug for _pk, slug in before] == list(wanted):
        return False
    found = _found(wanted)
    PersonSkill.objects.filter(content_object=user).delete()
    PersonSkill.objects.bulk_create([PersonSkill(content_object=user, tag=found[slug]) for slug in wanted])
    drop_unused(pks=[pk for pk, slug in before if slug not in wanted])
    return True


def _found(wanted):
    """Rows by slug, made where missing and locked, so that nobody drops one that is about to be used."""
    Skill.objects.bulk_create(
        [Skill(name=name, slug=slug) for slug, name in sorted(wanted.items())], ignore_conflicts=True
    )
    locked = Skill.objects.select_for_update(no_key=True).filter(slug__in=wanted).order_by("pk")
    return {skill.slug: skill for skill in locked}


@transaction.atomic
def drop_unused(*, pks) -> None:
    """Forget those of these skills that nobody names any more: what somebody typed leaves with them."""
    locked = [skill.pk for skill in Skill.objects.select_for_update().filter(pk__in=pks).order_by("pk")]
    Skill.objects.filter(pk__in=locked, people=None).delete()
