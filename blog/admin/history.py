"""The site's history without what its reader may not see: pages out of reach, deleted ones, others' files."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Q
from django.db.models.functions import Cast
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.reports.audit_logging import LogEntriesView
from wagtail.models import ModelLogEntry, Page, PageLogEntry

from blog.permissions import reach
from people.models import DocumentFile, Picture, Video
from people.permissions import readable_collections


class ReadableHistory(LogEntriesView):
    """Wagtail's report; each of its two logs is narrowed before they are joined."""

    def filter_queryset(self, queryset):
        """`queryset` is of one log model."""
        return super().filter_queryset(_readable(queryset, self.request.user))


def replacement(request, name):
    """The answer in place of Wagtail's own view, or None."""
    if name not in ("wagtailadmin_reports:site_history", "wagtailadmin_reports:site_history_results"):
        return None
    view = ReadableHistory.as_view(results_only=name.endswith("results"))
    return require_admin_access(view)(request)


def _readable(queryset, user):
    if queryset.model is PageLogEntry:
        return queryset.filter(page_id__in=Page.objects.filter(reach(user).pages()).values("pk"))
    if queryset.model is not ModelLogEntry:
        return queryset
    # Sign-ins, roles and requests of people are in the audit log, which is for administrators (people.audit).
    hidden = Q() if user.is_administrator else Q(action__startswith="people.")
    for model in (Picture, DocumentFile, Video):
        shown = model.objects.filter(collection__in=readable_collections(user).values("pk"))
        keys = shown.annotate(key=Cast("pk", CharField())).values("key")
        hidden |= Q(content_type=ContentType.objects.get_for_model(model)) & ~Q(object_id__in=keys)
    return queryset.exclude(hidden)
