"""The one user table: login and directory entry in one row."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from people import roles
from people.models import access

FORMER_HANDLE = "former-colleague-"


class UserQuerySet(models.QuerySet):
    """Chainable questions about people."""

    def with_role(self, role):
        """Present colleagues who have the role by themselves or through an audience (RoleGrant)."""
        granted = models.Q(groups__name=role) | models.Q(audience_members__audience__role_grants__role=role)
        return self.present().filter(pk__in=self.model.objects.filter(granted).values("pk"))

    def present(self):
        """Colleagues who work here now and may be shown in lists."""
        return self.filter(is_active=True)

    def new_since(self, day):
        """Present colleagues who joined on or after `day`, newest first."""
        return self.present().filter(joined_on__gte=day).order_by("-joined_on", "pk")

    def for_cards(self):
        """With what a face, name and role line needs; no query per row."""
        return self.select_related("department", "location")


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    """Creates users; the address is stored case-folded so that it is unique (A11)."""

    use_in_migrations = False

    def get_by_natural_key(self, email):
        """Find by address, whatever its case."""
        return self.get(email=(email or "").strip().casefold())

    def create_user(self, email, password=None, **fields):
        """Create an account; without a password nobody can sign in with one."""
        user = self.model(email=email.strip().casefold(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        """Create an administrator."""
        fields.setdefault("handle", email.split("@")[0].casefold())
        return self.create_user(email, password, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A colleague. Inactive rows stay as authors of what they wrote; they can never sign in."""

    class Theme(models.TextChoices):
        """How the pages look."""

        SYSTEM = "system", _("like my device")
        LIGHT = "light", _("light")
        DARK = "dark", _("dark")

    email = models.EmailField(_("e-mail"), unique=True)
    handle = models.CharField(
        _("handle"), max_length=60, unique=True, help_text=_("Short name in addresses and mentions.")
    )
    first_name = models.CharField(_("first name"), max_length=100, blank=True)
    last_name = models.CharField(_("last name"), max_length=100, blank=True)
    pronunciation = models.CharField(
        _("pronunciation"), max_length=100, blank=True, help_text=_("How the name is said, “CHEH-lik”.")
    )
    pronouns = models.CharField(_("pronouns"), max_length=40, blank=True)
    job_title = models.CharField(_("role"), max_length=160, blank=True)
    department = models.ForeignKey(
        "people.Department",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="people",
        verbose_name=_("department"),
    )
    location = models.ForeignKey(
        "people.Location",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="people",
        verbose_name=_("location"),
    )
    manager = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="reports", verbose_name=_("manager")
    )
    employment = models.CharField(_("employment kind"), max_length=40, blank=True)
    phone = models.CharField(_("phone"), max_length=60, blank=True)
    room = models.CharField(_("room"), max_length=60, blank=True)
    languages = models.JSONField(
        _("languages"), default=list, blank=True, help_text=_("Language codes, best first.")
    )
    skills = TaggableManager(through="people.PersonSkill", blank=True, verbose_name=_("ask me about"))
    mobile = models.CharField(_("mobile"), max_length=60, blank=True)
    absent_from = models.DateField(_("absent from"), null=True, blank=True)
    absent_until = models.DateField(_("absent until"), null=True, blank=True)
    deputy = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("deputy")
    )
    # {"phone": "department"}: who sees a field; what is not named here sees everyone (people/field_visibility.py)
    shown_to = models.JSONField(default=dict, blank=True, editable=False)
    # {"job_title": source id}: which directory wrote a field last (people/actions/mastering.py)
    mastered = models.JSONField(default=dict, blank=True, editable=False)
    about = models.TextField(_("about me"), max_length=1000, blank=True)
    about_hidden_at = models.DateTimeField(null=True, blank=True, editable=False)
    about_hidden_reason = models.CharField(max_length=500, blank=True, editable=False)
    photo = models.FileField(_("photo"), upload_to="faces", blank=True, max_length=120)
    photo_small = models.FileField(upload_to="faces", blank=True, max_length=120, editable=False)
    locale = models.CharField(
        _("language"), max_length=5, blank=True, choices=[("de", "Deutsch"), ("en", "English")]
    )
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True)
    theme = models.CharField(_("appearance"), max_length=6, choices=Theme.choices, default=Theme.SYSTEM)
    joined_on = models.DateField(_("joined on"), null=True, blank=True)
    left_on = models.DateField(_("left on"), null=True, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    # A leaver whose name is not shown any more, by the company's rule (people.actions.leaving).
    shown_as_former = models.BooleanField(default=False, db_default=False, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    hint_dismissed_at = models.DateTimeField(null=True, editable=False)
    welcomed_at = models.DateTimeField(null=True, editable=False)
    # Folded words of name, handle, role, department, location, skills, phone: what the directory searches.
    folded = models.TextField(blank=True, editable=False)
    notifications_seen_at = models.DateTimeField(null=True, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        indexes = [
            # people list: by name, keyset-paged
            models.Index(fields=["last_name", "first_name", "id"], name="user_by_name"),
            # home: new colleagues
            models.Index(fields=["joined_on"], name="user_joined", condition=models.Q(is_active=True)),
        ]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_once_any_case"),
            models.UniqueConstraint(Lower("handle"), name="user_handle_once_any_case"),
        ]

    def __str__(self):
        return self.name

    @property
    def name(self):
        """Full name as shown everywhere; the address's local part when no name is known."""
        if self.shown_as_former:
            return str(_("Former colleague"))
        name = f"{self.first_name} {self.last_name}".strip()
        return name or (str(_("Former colleague")) if self.is_erased else self.handle)

    @property
    def is_erased(self):
        """Erased people stay as anonymous authors (people.actions.privacy)."""
        return self.handle.startswith(FORMER_HANDLE)

    def is_away_on(self, day):
        """Whether `day` lies in the absence that is entered. Who may know: people.field_visibility, "absence"."""
        first, last = self.absent_from, self.absent_until
        return first is not None and last is not None and first <= day <= last

    @property
    def initials(self):
        """One or two letters for a face without photo."""
        if self.shown_as_former:
            return "–"
        parts = [part for part in (self.first_name, self.last_name) if part]
        return "".join(part[0] for part in parts).upper() or self.handle[:2].upper()

    @property
    def hue(self):
        """Stable hue in degrees for the initials' background."""
        return (self.pk or 0) * 47 % 360

    @property
    def role_line(self):
        """Job and place for bylines, "Shift lead foundry, Görlitz". Reads `department` and `location` (`for_cards`)."""
        if self.shown_as_former:
            return ""
        job = self.job_title or (self.department.name if self.department_id else "")
        place = self.location.name if self.location_id else ""
        return ", ".join(part for part in (job, place) if part)

    @property
    def is_staff(self):
        """Django's admin is not mounted; Wagtail asks its own permission."""
        return self.is_superuser

    @cached_property
    def access(self):
        """Audience ids and roles, read once per request with one query."""
        return access.load(self)

    @property
    def is_administrator(self):
        """Runs the installation."""
        return self.is_active and self.is_superuser

    @property
    def is_communications(self):
        """Communications staff and administrators."""
        return self.is_administrator or roles.COMMUNICATIONS in self.access.roles

    @property
    def is_moderator(self):
        """Moderators and administrators; only over what they may read (A6)."""
        return self.is_administrator or roles.MODERATORS in self.access.roles

    @property
    def is_people_administrator(self):
        """People administrators and administrators: create, change and end accounts, never above their own (A8)."""
        return self.is_administrator or roles.PEOPLE_ADMINISTRATORS in self.access.roles

    def get_full_name(self):
        """Asked by Wagtail's admin."""
        return self.name

    def get_short_name(self):
        """Asked by Wagtail's admin."""
        return self.first_name or self.name

    def clean(self):
        """Case-fold the address (A11)."""
        super().clean()
        self.email = (self.email or "").strip().casefold()
