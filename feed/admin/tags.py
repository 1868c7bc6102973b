"""Tags in Wagtail's admin: communications renames, describes and merges those that mark what they may read (A3)."""

from django import forms
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, Exists, OuterRef
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import HeaderButton
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from feed.actions import tagging
from feed.actions.refusals import Refused
from feed.models import Post, Tag, TaggedPost
from people.handles import tag_slug

VERBS = {
    "feed.merge_tag": gettext_lazy("Merged another tag into this one"),
    "feed.rename_tag": gettext_lazy("Renamed the tag"),
    "feed.describe_tag": gettext_lazy("Described the tag"),
}


@hooks.register("register_log_actions")
def register_verbs(actions):
    """Each verb with its words."""
    for verb, words in VERBS.items():
        actions.register_action(verb, words, words)


class TagPolicy(ModelPermissionPolicy):
    """Communications and administrators; nobody adds a tag without using it, nobody deletes one."""

    def user_has_permission(self, user, action):
        """Seeing and changing."""
        return user.is_active and user.is_communications and action in ("view", "change")

    def user_has_any_permission(self, user, actions):
        """One of several."""
        return any(self.user_has_permission(user, action) for action in actions)


register_permission_policy(Tag, TagPolicy(Tag))


def kept_by(user):
    """The tags that mark something `user` may read, as the reader's eye counts them (`posts`)."""
    rows = TaggedPost.objects.filter(content_object__in=Post.objects.visible_to(user).listed())
    number = rows.filter(tag=OuterRef("pk")).order_by().values("tag").annotate(n=Count("pk")).values("n")
    return Tag.objects.filter(Exists(rows.filter(tag=OuterRef("pk")))).annotate(used=number)


class TagForm(WagtailAdminModelForm):
    """What it is called and what belongs under it."""

    def clean_name(self):
        """One line that no other tag is called by."""
        name = self.cleaned_data["name"].strip().removeprefix("#")
        if not tag_slug(name):
            raise ValidationError(_("Please give it a name."))
        if Tag.objects.filter(slug=tag_slug(name)).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("Another tag is called so already. Merge the two instead."))
        return name

    def save(self, commit=True):
        """Through the actions, so that the old address leads on and the log knows."""
        asked, by = self.cleaned_data, self.for_user
        if "name" in self.changed_data:
            tagging.rename(tag=self.instance, name=asked["name"], by=by)
        if "description" in self.changed_data:
            tagging.describe(tag=self.instance, description=asked["description"], by=by)
        return Tag.objects.get(pk=self.instance.pk)


class OnlyReadable:
    """Lists and finds only tags that mark what the person may read."""

    def get_base_queryset(self):
        """For the list."""
        return kept_by(self.request.user)

    def get_object(self, queryset=None):
        """For one: what marks nothing they may read is absent."""
        return get_object_or_404(kept_by(self.request.user), pk=unquote(str(self.kwargs["pk"])))


class TagIndexView(OnlyReadable, generic.IndexView):
    """All of them, the most used first."""

    default_ordering = "name"


class TagEditView(OnlyReadable, generic.EditView):
    """Name and description; merging is a screen of its own."""

    def log_action(self):
        """The actions have logged what changed."""

    @property
    def header_buttons(self):
        """From here to merging."""
        return [
            HeaderButton(
                _("Merge into another"), reverse("merge_tag", args=[self.object.pk]), icon_name="link"
            )
        ]


class TagUsageView(OnlyReadable, generic.UsageView):
    """Where it is used; Wagtail's list would name what the person may not read."""

    def dispatch(self, request, *args, **kwargs):
        """Closed."""
        raise PermissionDenied


class TagViewSet(ModelViewSet):
    """The tags."""

    model = Tag
    icon = "tag"
    menu_label = gettext_lazy("Tags")
    menu_order = 330
    add_to_admin_menu = True
    index_view_class = TagIndexView
    edit_view_class = TagEditView
    usage_view_class = TagUsageView
    copy_view_enabled = False
    inspect_view_enabled = False
    search_fields = ["name"]
    list_display = ["name", Column("used", label=gettext_lazy("Posts")), "description"]
    edit_handler = ObjectList([FieldPanel("name"), FieldPanel("description")], base_form_class=TagForm)


@hooks.register("register_admin_viewset")
def tags():
    """In the main menu."""
    return TagViewSet("tags")


class MergeForm(forms.Form):
    """Into which one; the second sending confirms."""

    into = forms.CharField(label=gettext_lazy("Tag that stays"), max_length=tagging.MAX_NAME)
    confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, tag, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.tag, self.user = tag, user

    def clean_into(self):
        """Another tag that the person may know of."""
        slug = tag_slug(self.cleaned_data["into"].strip().removeprefix("#"))
        found = kept_by(self.user).filter(slug=slug).exclude(pk=self.tag.pk).first()
        if found is None:
            raise ValidationError(_("There is no other tag called so."))
        return found


@require_http_methods(["GET", "POST"])
def merge(request, pk):
    """Ask into which tag, name the number of posts, and do it."""
    if not request.user.is_communications:
        raise PermissionDenied
    tag = get_object_or_404(kept_by(request.user), pk=pk)
    form = MergeForm(request.POST or None, tag=tag, user=request.user)
    into = form.cleaned_data["into"] if form.is_valid() else None
    if into is not None and form.cleaned_data["confirmed"]:
        try:
            tagging.merge(tag=tag, into=into, by=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(
                request, _("#%(name)s is now #%(into)s.") % {"name": tag.name, "into": into.name}
            )
            return redirect("tags:edit", into.pk)
    context = {"form": form, "tag": tag, "into": into}
    return render(request, "feed/admin/merge_tag.html", context, status=422 if form.errors else 200)


@hooks.register("register_admin_urls")
def merge_url():
    """Below /admin/merge-tag/."""
    return [path("merge-tag/<int:pk>/", merge, name="merge_tag")]
