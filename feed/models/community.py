"""Communities: a place for posts with members, owners, rules and a stream of its own."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people import roles
from people.models import AudienceMember, User

OWNED = "owned communities"  # in the viewer's access


def owned_source(user_id):
    """For people.models.access: the communities somebody owns, read with their audiences."""
    return Membership.objects.filter(user_id=user_id, role=Membership.Role.OWNER), "community_id"


class CommunityQuerySet(models.QuerySet):
    """A closed community exists only for those inside; also its name, members and counts (A3)."""

    def visible_to(self, user):
        """Open ones and those on request for everybody, closed ones for members; hidden ones for members and
        moderators entitled there. Uses the user's audience ids only; one truth."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        inside = Q(audience__in=user.access.audience_ids)
        shown = Q(hidden_at__isnull=True) & ~Q(kind=Community.Kind.CLOSED)
        if user.is_moderator:
            shown = ~Q(kind=Community.Kind.CLOSED)
        return self.filter(shown | inside)

    def known_to(self, user):
        """Visible ones, and those whose owners asked `user` in: the invitation names the community."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        asked_in = JoinRequest.objects.filter(
            user=user, invited_by__isnull=False, state=JoinRequest.State.OPEN
        ).values("community")
        return self.filter(Q(pk__in=Community.objects.visible_to(user).values("pk")) | Q(pk__in=asked_in))

    def of_member(self, user):
        """Those that `user` is a member of."""
        return self.filter(audience__in=user.access.audience_ids, archived_at__isnull=True)

    def active(self):
        """Not archived."""
        return self.filter(archived_at__isnull=True)

    def owned_by(self, user):
        """Those that `user` owns."""
        owner = Membership.objects.filter(community=OuterRef("pk"), user=user, role=Membership.Role.OWNER)
        return self.filter(Exists(owner))


class Community(models.Model):
    """A place. Its members' audience reads what is posted there, or everybody when it is open.

    `Membership` rows say who is in; `audience` is kept in step by feed.actions.communities only.
    """

    class Kind(models.TextChoices):
        """Who reads and who may join."""

        OPEN = "open", _("open")
        REQUEST = "request", _("on request")
        CLOSED = "closed", _("closed")

    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.OPEN)
    purpose = models.CharField(_("purpose"), max_length=300, blank=True)
    rules = models.TextField(_("rules"), max_length=4000, blank=True)
    rules_html = models.TextField(blank=True)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="de")
    cover = models.ForeignKey("people.Picture", models.SET_NULL, null=True, blank=True, related_name="+")
    audience = models.OneToOneField("people.Audience", models.PROTECT, related_name="community")
    collection = models.OneToOneField("wagtailcore.Collection", models.PROTECT, null=True, related_name="+")
    member_count = models.PositiveIntegerField(default=0)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    archived_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_reason = models.CharField(max_length=500, blank=True)

    objects = CommunityQuerySet.as_manager()

    class Meta:
        verbose_name = _("community")
        verbose_name_plural = _("communities")
        ordering = ["name"]
        indexes = [models.Index(fields=["name", "id"], name="community_by_name")]  # the directory
        permissions = [("create_community", "Can create communities when that is restricted")]

    def __str__(self):
        return self.name

    @property
    def readers_id(self):
        """The audience that posts here have: everybody (None) when open, the members otherwise."""
        return None if self.kind == self.Kind.OPEN else self.audience_id

    def visible_to(self, user):
        """The same rule as the queryset, for one row."""
        if not (user.is_authenticated and user.is_active):
            return False
        if self.has_member(user):
            return True
        return self.kind != self.Kind.CLOSED and (self.hidden_at is None or user.is_moderator)

    def has_member(self, user):
        """Whether `user` is inside. No query beyond the user's access."""
        return self.audience_id in user.access.audience_ids

    def keeps_order_itself(self):
        """Whether reports go to its owners: it is closed and no moderator is inside. One query for a closed one."""
        inside = AudienceMember.objects.filter(audience=self.audience_id).values("user")
        moderators = User.objects.with_role(roles.MODERATORS).filter(pk__in=inside)
        return self.kind == self.Kind.CLOSED and not moderators.exists()

    @property
    def hue(self):
        """Stable hue in degrees for a place without cover."""
        return (self.pk or 0) * 47 % 360

    def owned(self, user):
        """Whether `user` owns it. No query beyond the user's access."""
        return self.has_member(user) and self.pk in user.access.ids(OWNED)

    def moderatable_by(self, user):
        """Moderators act only on what they may read (A6)."""
        return user.is_moderator and self.visible_to(user)


class Membership(models.Model):
    """Somebody is in a community. Written only by feed.actions.communities, together with the audience."""

    class Role(models.TextChoices):
        """Owners change the community and let people in."""

        OWNER = "owner", _("owner")
        MEMBER = "member", _("member")

    community = models.ForeignKey(Community, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=8, choices=Role.choices, default=Role.MEMBER)
    joined_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "user"], name="membership_once")]
        indexes = [models.Index(fields=["user", "community"], name="membership_by_user")]

    def __str__(self):
        return f"{self.user_id} in {self.community_id}"


class JoinRequest(models.Model):
    """Somebody asks to come in, or (`invited_by` set) is asked in. Gone when answered with yes."""

    class State(models.TextChoices):
        """Where it stands."""

        OPEN = "open", _("waiting")
        DECLINED = "declined", _("declined")

    community = models.ForeignKey(Community, models.CASCADE, related_name="join_requests")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="join_requests")
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+"
    )
    text = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    created_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "user"], name="join_request_once")]

    def __str__(self):
        return f"{self.user_id} to {self.community_id}"
