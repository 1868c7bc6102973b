"""Thanks to colleagues, perhaps under one of the company's values. No points, no ranking."""

from django.conf import settings
from django.core.cache import cache
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from feed.models.post import Post

MAX_THANKED = 20


class CompanyValue(models.Model):
    """What the company stands for; kept in the admin by communications."""

    CACHED = "company-values"

    name_de = models.CharField(_("name in German"), max_length=60, unique=True)
    name_en = models.CharField(_("name in English"), max_length=60)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    is_active = models.BooleanField(_("offered"), default=True)

    class Meta:
        verbose_name = _("company value")
        verbose_name_plural = _("company values")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.name

    @classmethod
    def offered(cls) -> list:
        """The active ones in order; kept for a minute, for every composer shows them."""
        found = cache.get(cls.CACHED)
        if found is None:
            found = list(cls.objects.filter(is_active=True))
            cache.set(cls.CACHED, found, 60)
        return found

    @property
    def name(self):
        """In the reader's language."""
        return self.name_en if get_language() == "en" else self.name_de


class Kudos(models.Model):
    """What somebody is thanked for is the post's body."""

    post = models.OneToOneField(Post, models.CASCADE, related_name="kudos")
    value = models.ForeignKey(CompanyValue, models.SET_NULL, null=True, blank=True, related_name="+")
    thanked = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="feed.Thanked", related_name="kudos_received"
    )

    class Meta:
        verbose_name = _("kudos")
        verbose_name_plural = _("kudos")

    def __str__(self):
        return f"kudos {self.pk}"


class Thanked(models.Model):
    """One of those who are thanked."""

    kudos = models.ForeignKey(Kudos, models.CASCADE, related_name="thanks")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="thanks_received")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kudos", "user"], name="thanked_once")]

    def __str__(self):
        return f"{self.user_id} by {self.kudos_id}"
