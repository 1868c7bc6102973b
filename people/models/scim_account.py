"""A person as a SCIM client knows them: the name and number it uses, beside the identity that links them."""

from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone


class ScimAccount(models.Model):
    """One person of one SCIM source. The person themselves is `identity.user`; everything else is read from there.

    `removed_at`: the client deleted it; the row is absent for the client, while the person stays, deactivated (A12).
    """

    source = models.ForeignKey("people.DirectorySource", models.CASCADE, related_name="scim_accounts")
    identity = models.OneToOneField("people.Identity", models.CASCADE, related_name="scim_account")
    user_name = models.CharField(max_length=255)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "source",
                Lower("user_name"),
                name="scim_user_name_once",
                condition=models.Q(removed_at__isnull=True),
            )
        ]

    def __str__(self):
        return f"{self.user_name} in source {self.source_id}"

    @property
    def user(self):
        """The person. Reads `identity__user` (select_related)."""
        return self.identity.user
