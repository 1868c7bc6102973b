"""Suggestions for tags: only those of articles that the writer may read or works on (A3)."""

from django.db.models import Exists, OuterRef
from django.http import JsonResponse
from wagtail.admin.auth import require_admin_access

from blog.models import ArticlePage, ArticleTag
from blog.permissions import reach
from feed.models import Post, Tag, TaggedPost

SHOWN = 10


@require_admin_access
def suggest(request):
    """Names that begin with `term`, as Wagtail's tag field asks for them."""
    term = request.GET.get("term", "").strip()[:100]
    if not term:
        return JsonResponse([], safe=False)
    within = ArticlePage.objects.filter(reach(request.user).pages()).values("pk")
    read = TaggedPost.objects.filter(
        tag=OuterRef("pk"), content_object__in=Post.objects.visible_to(request.user)
    )
    written = ArticleTag.objects.filter(tag=OuterRef("pk"), content_object__in=within)
    found = Tag.objects.filter(name__istartswith=term).filter(Exists(read) | Exists(written)).order_by("name")
    return JsonResponse(list(found.values_list("name", flat=True)[:SHOWN]), safe=False)
