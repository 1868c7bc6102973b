"""Named sets of users, and the audience that a file collection has."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Audience(models.Model):
    """A set of users: by rule over directory attributes, by explicit members, or both (union).

    A rule matches users whose attributes satisfy every filled criterion; no criterion filled = no rule.
    `of_department` and `of_location` mark the ones that a post's author chooses ("everybody in Görlitz").
    `is_kept`: made and kept by the program (these, and communities'); nobody edits them by hand.
    The result is materialised in AudienceMember by people.actions.audiences.
    """

    name = models.CharField(_("name"), max_length=120, unique=True)
    departments = models.ManyToManyField(
        "people.Department",
        blank=True,
        related_name="+",
        verbose_name=_("departments"),
        help_text=_("With everything below them."),
    )
    locations = models.ManyToManyField(
        "people.Location", blank=True, related_name="+", verbose_name=_("locations")
    )
    employment = models.CharField(_("employment kind"), max_length=40, blank=True)
    language = models.CharField(_("language"), max_length=5, blank=True)
    extra_members = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="+", verbose_name=_("named members")
    )
    of_department = models.OneToOneField(
        "people.Department", models.PROTECT, null=True, blank=True, editable=False, related_name="audience"
    )
    of_location = models.OneToOneField(
        "people.Location", models.PROTECT, null=True, blank=True, editable=False, related_name="audience"
    )
    is_kept = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("audience")
        verbose_name_plural = _("audiences")
        ordering = ["name"]

    def __str__(self):
        return self.name


class AudienceMember(models.Model):
    """One user in one audience. Written only by people.actions.audiences."""

    audience = models.ForeignKey(Audience, models.CASCADE, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="audience_members")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "audience"], name="audience_member_once")]

    def __str__(self):
        return f"{self.user_id} in {self.audience_id}"


class CollectionAudience(models.Model):
    """Who may see the files of a collection. `audience` NULL: everyone signed in; no row: administrators only."""

    collection = models.OneToOneField(
        "wagtailcore.Collection", models.CASCADE, related_name="collection_audience"
    )
    audience = models.ForeignKey(Audience, models.PROTECT, null=True, blank=True, related_name="+")

    def __str__(self):
        return f"collection {self.collection_id}: audience {self.audience_id}"

    def visible_to(self, user):
        """Whether `user` may see the files in this collection. No query beyond the user's access."""
        return user.is_active and (self.audience_id is None or self.audience_id in user.access.audience_ids)
