"""Roles by audience: whoever belongs to the audience has the role, and loses it with the membership (A8)."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people import roles


class RoleGrant(models.Model):
    """A role for everybody in an audience, which may be a directory group's."""

    role = models.CharField(
        _("role"), max_length=40, choices=[(name, roles.NAMES[name]) for name in roles.ALL]
    )
    audience = models.ForeignKey("people.Audience", models.CASCADE, related_name="role_grants")
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("role by audience")
        verbose_name_plural = _("roles by audience")
        constraints = [models.UniqueConstraint(fields=["role", "audience"], name="role_grant_once")]

    def __str__(self):
        return f"{self.role}: audience {self.audience_id}"
