"""Topics: one tag with everything that is marked with it, and all tags by name."""

from django.db.models import Q
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from feed.models import Follow
from feed.streams import timeline, topics
from feed.views.timeline import stream
from people.models import FeedKey


@require_GET
def tag(request, slug):
    """What is marked with it, newest first. Other spellings and earlier names lead here; an unused one is absent."""
    user = request.user
    found = topics.find(user, slug)
    if found.slug != slug:
        return redirect("feed:tag", found.slug, permanent=False)
    page = timeline.of_tag(user, found, after=request.GET.get("after", ""))
    found.is_followed = found.muted is False
    key = FeedKey.objects.filter(user=user).values_list("key", flat=True).first()
    context = {
        **stream(request, page, "tag"),
        "tag": found,
        "related": topics.related(user, found),
        "atom_url": reverse("feed:atom_tag", args=[key, found.slug]) if key else "",
        "may_keep": user.is_communications,
        "section": "feed",
    }
    return render(request, "feed/tag.html", context)


@require_GET
def tags(request):
    """All tags that mark something the reader may see, beside the week's and the followed ones."""
    after = request.GET.get("after", "")
    mine = Follow.objects.filter(Q(tag__isnull=False), follower=request.user, muted=False).select_related(
        "tag"
    )
    context = {
        "page": topics.all_tags(request.user, after=after),
        "week": topics.of_week(request.user),
        "my_topics": [row.tag for row in mine.order_by("tag__name")],
        "after": after,
        "ui_language": get_language(),
        "section": "feed",
    }
    return render(request, "feed/tags.html", context)
