"""Lists of Wagtail's admin that ask no permission policy, and steps that would go around the blog's rules."""

from django.core.exceptions import PermissionDenied
from wagtail import hooks
from wagtail.models import Page
from wagtail.permissions import register_permission_policy

from blog.models import ArticlePage, BlogIndexPage, HomePage, StandardPage
from blog.permissions import ReachPolicy, reach
from people.models import DocumentFile, Picture, User, Video
from people.permissions import FilePolicy, PersonPolicy, readable_collections

register_permission_policy(Page, ReachPolicy())
# For exactly these classes: Wagtail's apps register their own policies afterwards, for the same classes and below.
register_permission_policy(User, PersonPolicy(User), exact_class=True)
for model, owner in (
    (Picture, "uploaded_by_user"),
    (DocumentFile, "uploaded_by_user"),
    (Video, "uploaded_by"),
):
    register_permission_policy(model, FilePolicy(model, owner_field_name=owner), exact_class=True)


@hooks.register("construct_page_chooser_queryset")
@hooks.register("construct_explorer_page_queryset")
def only_within_reach(*arguments):
    """Wagtail hands over (pages, request) or (parent, pages, request)."""
    pages, request = arguments[-2:]
    return pages.filter(reach(request.user).pages())


@hooks.register("construct_image_chooser_queryset")
@hooks.register("construct_document_chooser_queryset")
def only_readable_files(files, request):
    """Choosers show files of collections that the person may read."""
    return files.filter(collection__in=readable_collections(request.user).values("pk"))


@hooks.register("before_copy_page")
def refuse_alias(request, page):
    """An alias would be an article without a conversation of its own; blogs are made by Communications' own screen."""
    if request.POST.get("alias") or not isinstance(page.specific, (ArticlePage, StandardPage)):
        raise PermissionDenied


@hooks.register("before_delete_page")
@hooks.register("before_unpublish_page")
@hooks.register("before_move_page")
def keep_the_tree(request, page, destination=None):
    """Languages, the list of blogs and blogs themselves stay where they are: a blog is archived, not deleted."""
    if not isinstance(page.specific, (ArticlePage, StandardPage)):
        raise PermissionDenied


@hooks.register("before_edit_page")
def keep_containers(request, page):
    """A language and the list of blogs have nothing to edit, and their addresses never change."""
    if isinstance(page.specific, (HomePage, BlogIndexPage)):
        raise PermissionDenied


@hooks.register("before_bulk_action")
def keep_the_tree_in_bulk(request, action_type, objects, action):
    """The same for several at once."""
    if action_type in ("delete", "move", "unpublish"):
        for page in objects:
            if isinstance(page, Page):
                keep_the_tree(request, page)


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def readers_of_drafts(request, page):
    """A draft's readers count from the first save: the admin asks the row, not the revision."""
    if isinstance(page, ArticlePage):
        ArticlePage.objects.filter(pk=page.pk, live=False).update(
            has_own_audience=page.has_own_audience, audience=page.audience_id
        )
