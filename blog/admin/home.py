"""The first screen of the admin: what waits for the person, and what they have begun."""

from django.db.models import Q
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.models import Revision, TaskState, WorkflowState

from blog.models import ArticlePage, BlogRequest
from blog.permissions import reach
from feed.models import Comment, Report

SHOWN = 15


class Waiting(Component):
    """Reviews, reports, held comments and requests: somebody else waits for these."""

    order = 10
    template_name = "blog/admin/home_waiting.html"

    def get_context_data(self, parent_context):
        """Each list says how many there are; nothing outside the person's reach is counted."""
        user = parent_context["request"].user
        reviews = TaskState.objects.reviewable_by(user).select_related("workflow_state__requested_by")
        return {
            "reviews": [_review(state) for state in reviews.order_by("started_at")[:SHOWN]],
            "reports": Report.objects.visible_to(user).open().count() if user.is_moderator else 0,
            "held": Comment.objects.visible_to(user).filter(held_at__isnull=False).count()
            if user.is_moderator
            else 0,
            "wishes": BlogRequest.objects.filter(state=BlogRequest.State.OPEN).count()
            if user.is_communications
            else 0,
        }


class Mine(Component):
    """My drafts, what came back with a comment, and what appears by itself."""

    order = 20
    template_name = "blog/admin/home_mine.html"

    def get_context_data(self, parent_context):
        """Drafts of the person or written for them; scheduled articles of all their blogs."""
        user = parent_context["request"].user
        mine = Q(author=user) | Q(owner=user) | Q(drafted_by=user)
        within = ArticlePage.objects.filter(reach(user).pages()).order_by("-latest_revision_created_at")
        open_drafts = within.filter(mine, has_unpublished_changes=True, go_live_at__isnull=True)
        return {
            "drafts": open_drafts[:SHOWN],
            "returned": _returned(within.filter(mine)),
            "scheduled": _scheduled(within),
            "write_url": reverse("blog:write"),
        }


@hooks.register("construct_homepage_panels", order=1000)
def only_our_panels(request, panels):
    """Wagtail's panels list pages by who edited them, also those that the person may no longer read."""
    panels[:] = [Waiting(), Mine()]


@hooks.register("construct_homepage_summary_items", order=1000)
def no_counts(request, items):
    """The number of all pages and files tells nobody here anything."""
    items.clear()


def _review(state):
    page = state.workflow_state.content_object
    return {"page": page, "url": reverse("wagtailadmin_pages:edit", args=[page.pk]), "since": state.started_at,
            "by": state.workflow_state.requested_by}  # fmt: skip


def _returned(pages):
    """Articles that a reviewer sent back, with the comment."""
    by_id = {str(page.pk): page for page in pages.filter(live=False)[:200]}
    states = WorkflowState.objects.filter(
        status=WorkflowState.STATUS_NEEDS_CHANGES, object_id__in=by_id
    ).select_related("current_task_state__finished_by")
    return [{"page": by_id[state.object_id], "state": state.current_task_state} for state in states]


def _scheduled(pages):
    """(page, time) of revisions that wait for their time, soonest first."""
    waiting = Revision.page_revisions.filter(approved_go_live_at__isnull=False).order_by(
        "approved_go_live_at"
    )
    times = dict(waiting.values_list("object_id", "approved_go_live_at"))
    found = pages.filter(pk__in=[int(key) for key in times])
    return sorted(((page, times[str(page.pk)]) for page in found), key=lambda row: row[1])[:SHOWN]
