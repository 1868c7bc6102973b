"""An article moves to another blog: in all its languages, and not to more readers than its comments were for."""

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page

from blog.actions import retargeting
from blog.models import ArticlePage, BlogPage


@hooks.register("before_move_page", order=10)
def ask_before_moving(request, page, destination):
    """Same language, a page for every other language there, and a yes where comments would stay behind."""
    page, destination = page.specific, destination.specific
    if not isinstance(page, ArticlePage) or not isinstance(destination, BlogPage):
        return None
    problem = _problem(page, destination)
    if problem:
        messages.error(request, problem)
        return redirect("wagtailadmin_pages:edit", page.pk)
    if request.method != "POST" or "confirm_widening" in request.POST:
        return None
    comments = _left_behind(page, destination)
    if not comments:
        return None
    context = {"page": page, "destination": destination, "comments": comments}
    return render(request, "blog/admin/confirm_move.html", context, status=422)


@hooks.register("after_move_page")
def move_other_languages(request, page):
    """One conversation belongs to one blog."""
    page = page.specific
    if not isinstance(page, ArticlePage):
        return
    for other in page.get_translations():
        target = Page.objects.get(pk=page.get_parent().pk).get_translation_or_none(other.locale)
        if target is not None and other.get_parent().pk != target.pk:
            other.specific.move(target, pos="last-child", user=request.user)


@hooks.register("before_bulk_action", order=10)
def move_one_by_one(request, action_type, objects, action):
    """Several at once would skip the questions above."""
    if action_type == "move" and any(isinstance(page, Page) for page in objects):
        messages.error(request, _("Please move articles one by one."))
        return redirect(action.next_url)
    return None


def _problem(page, destination):
    if page.locale_id != destination.locale_id:
        return _("An article stays in its language. Choose the blog’s page in the same language.")
    for other in page.get_translations():
        if destination.get_translation_or_none(other.locale) is None:
            return _("The article exists in another language too, and that blog has no page in it yet.")
    return ""


def _left_behind(page, destination):
    audience_id = page.effective_audience_id(destination.blog)
    return retargeting.left_behind(posts=retargeting.posts_of(page=page), audience_id=audience_id)
