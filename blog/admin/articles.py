"""The article's editor: what is asked for, when, and of whom. Drafts may lack what publishing needs."""

import zoneinfo

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import (
    FieldPanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
    TitleFieldPanel,
)

from blog.actions import retargeting, staffing
from blog.models import ArticlePage
from feed.actions import tagging
from people.models import Audience, User

SPEAKS_FOR_SELF = (staffing.Role.OWNER, staffing.Role.AUTHOR)


def speakers(blog, user, current_id=None):
    """Whose names `user` may put on an article of `blog`: their own, those they are delegate of; Communications may
    choose among all who write there. Whoever is named already stays possible."""
    members = blog.members.current()
    if user.is_communications:
        named = Q(pk__in=members.filter(role__in=SPEAKS_FOR_SELF).values("user"))
    else:
        own = members.filter(user=user, role__in=SPEAKS_FOR_SELF)
        spoken_for = members.filter(user=user, role=staffing.Role.DELEGATE)
        named = Q(pk__in=own.values("user")) | Q(pk__in=spoken_for.values("delegate_for"))
    return User.objects.filter(named | Q(pk=current_id)).order_by("last_name", "first_name", "pk")


def _first_speaker(people, user):
    """Oneself where possible, otherwise the first of those one writes for."""
    found = list(people)
    return user if user in found else next(iter(found), None)


class ArticleForm(WagtailAdminPageForm):
    """Offers the allowed authors and audiences; asks for summary, credit and description before readers see it."""

    confirm_widening = forms.BooleanField(
        label=gettext_lazy("Yes, start a new conversation for the new readers"),
        required=False,
        help_text=gettext_lazy(
            "Asked for only when comments were written for fewer people: they stay with those people, locked."
        ),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        parent = self.parent_page or self.instance.get_parent()
        self.blog = parent.specific.blog
        if "author" in self.fields:
            field = self.fields["author"]
            field.queryset = speakers(self.blog, self.for_user, self.instance.author_id)
            field.required = False
            if not self.instance.author_id:
                self.initial["author"] = _first_speaker(field.queryset, self.for_user)
        if "audience" in self.fields:
            mine = Q(pk__in=self.for_user.access.audience_ids)
            self.fields["audience"].queryset = Audience.objects.filter(mine)
            self.fields["audience"].empty_label = _("everyone who is signed in")
        self._name_zone()

    def _name_zone(self):
        zone = timezone.get_current_timezone_name()
        for name in ("go_live_at", "expire_at"):
            if name in self.fields:
                self.fields[name].help_text = _("Time zone: %(zone)s") % {"zone": zone}

    def clean(self):
        """Everything is checked when it goes to readers or to review; a draft may be half done."""
        cleaned = super().clean()
        self._ask_about_impossible_times()
        if not self.is_deferred_validation:
            self._check_for_readers(cleaned)
        if cleaned.get("has_own_audience") and not self._may_choose(cleaned.get("audience")):
            self.add_error("audience", _("You cannot choose an audience that you are not in yourself."))
        if not cleaned.get("has_own_audience"):
            cleaned["audience"] = None
        if not self.is_deferred_validation:
            self._ask_about_widening(cleaned)
        return cleaned

    def clean_tags(self):
        """Spellings that fold together are the one tag that exists, under the name it is shown by."""
        return [tag.name for tag in tagging.find_or_make(names=self.cleaned_data["tags"])]

    def _ask_about_widening(self, cleaned):
        """Comments were written for certain readers: more readers need a yes, with the number (retargeting)."""
        own, audience = cleaned.get("has_own_audience"), cleaned.get("audience")
        new_id = (audience.pk if audience else None) if own else self.blog.audience_id
        posts = retargeting.posts_of(page=self.instance)
        comments = retargeting.left_behind(posts=posts, audience_id=new_id) if posts else 0
        if comments and not cleaned.get("confirm_widening"):
            question = ngettext(
                "%(n)s comment was written for fewer people. It stays with those who could read it, locked."
                " Tick the box to go on.",
                "%(n)s comments were written for fewer people. They stay with those who could read them, locked."
                " Tick the box to go on.",
                comments,
            )
            self.add_error("confirm_widening", question % {"n": comments})

    def _may_choose(self, audience):
        return audience is None or audience.pk in self.for_user.access.audience_ids

    def _check_for_readers(self, cleaned):
        cover = cleaned.get("cover")
        if not (cleaned.get("summary") or "").strip() and "summary" in self.fields:
            self.add_error("summary", _("Say in two sentences what it is about, before it is published."))
        if cover is not None and not cover.credit.strip():
            self.add_error("cover", _("This picture has no credit. Edit the picture and say who made it."))
        if cover is not None and not (cleaned.get("cover_alt") or "").strip():
            self.add_error("cover_alt", _("Describe the cover for people who do not see it."))

    def _ask_about_impossible_times(self):
        """Summer time skips an hour and repeats another: ask instead of guessing (A35)."""
        zone = timezone.get_current_timezone()
        for name in ("go_live_at", "expire_at"):
            error = self.errors.get(name)
            if error is None or not isinstance(zone, zoneinfo.ZoneInfo):
                continue
            if any(one.code == "ambiguous_timezone" for one in error.as_data()):
                message = _(
                    "The clocks change on this day: this time does not exist or exists twice in %(zone)s. "
                    "Choose another."
                )
                self.errors[name] = self.error_class([message % {"zone": zone.key}])

    def save(self, commit=True):
        """Both names are kept: who speaks, and who wrote it down for them (A7)."""
        page = self.instance
        if page.author_id is None:
            page.author = _first_speaker(speakers(self.blog, self.for_user), self.for_user) or self.for_user
        if self._writes_for_somebody(page):
            page.drafted_by = self.for_user
        if "change_note" in self.changed_data and page.change_note and page.first_published_at:
            page.changed_at = timezone.now()
        return super().save(commit=commit)

    def _writes_for_somebody(self, page):
        if page.author_id == self.for_user.pk:
            return False
        delegate = self.blog.members.current().filter(
            user=self.for_user, role=staffing.Role.DELEGATE, delegate_for=page.author_id
        )
        return page.pk is None or delegate.exists()


def install():
    """Called once, when the app is ready: models cannot import forms."""
    content = [
        TitleFieldPanel("title", help_text=gettext_lazy("What readers see first.")),
        FieldPanel("summary"),
        MultiFieldPanel(["cover", "cover_alt"], heading=gettext_lazy("Cover")),
        FieldPanel("body"),
        FieldPanel("tags"),
        FieldPanel("change_note"),
    ]
    people = [
        FieldPanel("author"),
        MultiFieldPanel(
            ["has_own_audience", "audience", FieldPanel("confirm_widening")],
            heading=gettext_lazy("Who may read it"),
        ),
        FieldPanel("slug"),
        PublishingPanel(),
    ]
    ArticlePage.edit_handler = TabbedInterface(
        [
            ObjectList(content, heading=gettext_lazy("Content")),
            ObjectList(people, heading=gettext_lazy("Author and readers")),
        ],
        base_form_class=ArticleForm,
    )
