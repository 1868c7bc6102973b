"""The one step between a staff blog's draft and its readers: Communications reads and approves it."""

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Task, TaskState


class ReviewTask(Task):
    """Approval by those of Communications who may read the article (A6); nobody else sees that it waits."""

    class Meta:
        verbose_name = _("review by Communications")
        verbose_name_plural = _("reviews by Communications")

    def user_can_access_editor(self, obj, user):
        """Whoever may approve may also correct."""
        return self._may_review(obj, user)

    def locked_for_user(self, obj, user):
        """Authors may go on writing; what they save is reviewed again."""
        return False

    def get_actions(self, obj, user):
        """(name, label, whether a comment is asked for), as Wagtail's editor shows them."""
        if not self._may_review(obj, user):
            return []
        return [
            ("reject", _("Ask for changes"), True),
            ("approve", _("Approve and publish"), False),
            ("approve", _("Approve with a comment"), True),
        ]

    def get_task_states_user_can_moderate(self, user, **kwargs):
        """What waits for `user`: only articles within their reach."""
        if not user.is_communications:
            return TaskState.objects.none()
        waiting = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS).select_related(
            "workflow_state"
        )
        readable = {str(page.pk) for page in self._pages(waiting) if self._may_review(page, user)}
        return self.task_states.filter(
            status=TaskState.STATUS_IN_PROGRESS, workflow_state__object_id__in=readable
        )

    def on_action(self, task_state, user, action_name, **kwargs):
        """Approving notes by whom, in the revision that is published then."""
        if action_name == "approve":
            revision = task_state.revision
            revision.content["approved_by"] = user.pk
            revision.save(update_fields=["content"])
        return super().on_action(task_state, user, action_name, **kwargs)

    @classmethod
    def get_description(cls):
        """Shown where administrators look at workflows."""
        return _("Communications approves each article before it appears.")

    @staticmethod
    def _may_review(obj, user):
        return user.is_communications and obj.specific.readable_in_admin(user)

    @staticmethod
    def _pages(states):
        ids = [int(state.workflow_state.object_id) for state in states]
        return Page.objects.filter(pk__in=ids).specific()
