"""Stands before every view of Wagtail's admin: what an address names must be within the person's reach (A3).

Wagtail's views trust administrators and often load an object before they ask whose it is. So that no view of this
or a later version shows a title too many, every page and file that an address or a form names is looked up here.
"""

import re

from django.apps import apps
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page
from wagtail.users.models import UserProfile

from blog.admin import history, tags
from blog.models import ArticlePage, StandardPage
from blog.permissions import reach
from people.models import DocumentFile, Picture, Video

PREFIX = "/admin/"
PAGE_KEYS = ("page_id", "parent_page_id", "page_to_move_id", "destination_id")
PAGE_FIELDS = ("new_parent_page", "parent_page", "chooser", "parent_id", "childOf", "destination")
FILE_KEYS = ("image_id", "document_id", "pk", "object_id")
FILES = {
    "wagtailimages": Picture, "wagtailimages_chooser": Picture, "wagtailimages_image": Picture,
    "wagtaildocs": DocumentFile, "wagtaildocs_chooser": DocumentFile, "wagtaildocs_document": DocumentFile,
    "wagtailsnippets_people_video": Video, "wagtailsnippetchoosers_people_video": Video,
}  # fmt: skip
# Screens that this product does not use, or that list pages without asking who may read them.
CLOSED = re.compile(
    r"^(wagtailadmin_workflows|wagtailadmin_collections|wagtailusers_groups|wagtailredirects|wagtailforms|wagtailsites"
    r"|wagtaillocales|wagtailsnippets:index|wagtailadmin_reports:page_types_usage|wagtailadmin_pages:(set_privacy|"
    r"convert_alias)|wagtailadmin_tag_autocomplete$|wagtailadmin_error_test|wagtailadmin_api:(images|documents)"
    r"|wagtailimages:(url_generator|generate_url))"
)


class ReachDoor:
    """Middleware; 404 for what is out of reach and for what is not there, alike."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """All happens once the view is known."""
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """Look at the names in the address, then at those in the query and the form."""
        if not request.path_info.startswith(PREFIX) or not request.user.is_authenticated:
            return None
        name = request.resolver_match.view_name
        if CLOSED.match(name):
            raise Http404
        if name == "wagtailadmin_account":
            return redirect("people:settings")
        _use_own_settings(request.user)
        _check_files(request, kwargs)
        _check_pages(request, name, kwargs)
        if name == "simple_translation:submit_page_translation":
            return _refuse_translation(request, kwargs["page_id"])
        if name == "wagtailadmin_tag_model_autocomplete":
            return tags.suggest(request)
        return history.replacement(request, name)


def _refuse_translation(request, page_id):
    """Wagtail would make an alias of a blog that has no page in the other language; only staffing makes blogs."""
    page = get_object_or_404(Page, pk=page_id)
    fits = issubclass(page.specific_class, (ArticlePage, StandardPage))
    if fits and page.get_parent().get_translations().exists():
        return None
    messages.error(request, _("This blog has no page in the other language yet. Communications can add one."))
    return redirect("wagtailadmin_explore", page.pk)


def _use_own_settings(user):
    """Language, zone and colours of the admin are those of the intranet; Wagtail would keep a second set of them."""
    profile = getattr(user, "wagtail_userprofile", None) or UserProfile(user=user)
    profile.preferred_language, profile.current_time_zone = user.locale, user.time_zone
    profile.theme = user.theme


def _check_files(request, kwargs):
    model = next(
        (FILES[space] for space in reversed(request.resolver_match.namespaces) if space in FILES), None
    )
    if request.resolver_match.url_name == "wagtail_bulk_action":
        model = _model(kwargs.get("app_label"), kwargs.get("model_name"))
        model = model if model in FILES.values() else None
    if model is None:
        return
    ids = _numbers([kwargs.get(key) for key in FILE_KEYS] + request.GET.getlist("id"))
    for file in model.objects.filter(pk__in=ids).select_related("collection__collection_audience"):
        if not file.visible_to(request.user):
            raise Http404


def _check_pages(request, name, kwargs):
    ids = [kwargs.get(key) for key in PAGE_KEYS]
    ids += [source.get(key) for source in (request.GET, request.POST) for key in PAGE_FIELDS]
    if name.startswith("wagtailadmin_pages:"):
        ids.append(kwargs.get("pk"))
    if name == "wagtailadmin_editing_sessions:ping" and _is_page(kwargs["app_label"], kwargs["model_name"]):
        ids.append(kwargs["object_id"])
    if name == "wagtailadmin_choose_page_chosen_multiple":
        ids += request.GET.getlist("id")
    if name == "wagtail_bulk_action" and _is_page(kwargs["app_label"], kwargs["model_name"]):
        _name_all(request)
        ids += request.GET.getlist("id")
    mine = reach(request.user)
    for page in Page.objects.filter(pk__in=_numbers(ids)).only("path", "depth"):
        if not mine.covers(page):
            raise Http404


def _name_all(request):
    """ "All in this listing" becomes the pages of the listing that are within reach."""
    if "all" not in request.GET.getlist("id"):
        return
    parent = Page.objects.filter(pk__in=_numbers([request.GET.get("childOf")])).first()
    if parent is None or request.GET.get("q"):
        raise Http404
    pages = parent.get_children().filter(reach(request.user).pages())
    query = request.GET.copy()
    query.setlist("id", [str(pk) for pk in pages.values_list("pk", flat=True)])
    request.GET = query


def _numbers(values):
    """Those of `values` that are numbers of rows; view arguments may be text."""
    return {int(value) for value in values if str(value or "").isdecimal() and len(str(value)) < 16}


def _model(app_label, name):
    try:
        return apps.get_model(app_label, name)
    except (LookupError, ValueError):
        return None


def _is_page(app_label, name):
    model = _model(app_label, name)
    return model is not None and issubclass(model, Page)
