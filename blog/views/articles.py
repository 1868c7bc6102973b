"""One article: text, people, and the conversation below it."""

from django.shortcuts import render
from django.utils.translation import get_language

from blog.pictures import focal, load_body_renditions
from blog.streams import load_renditions
from feed.models import Follow, Post, PostPage

COVER = ("width-1600|format-webp", "width-900|format-webp")


def show(request, page, post):
    """The article page; of a withdrawn one its former readers see title and date (architecture.md)."""
    if post.state == Post.State.WITHDRAWN:
        return render(request, "blog/article_withdrawn.html", {"page": page, "post": post, "section": "blogs"})
    load_renditions([page.cover] if page.cover else [], *COVER)
    load_body_renditions(page.body)
    versions = PostPage.objects.live().filter(post=post).exclude(pk=page.post_page.pk).only("language", "title", "url", "post_id")
    context = {
        "page": page,
        "post": post,
        "author": post.author,
        "version": page.post_page,
        "cover_focal": focal(page.cover),
        "versions": versions,
        "tags": post.tags.all(),
        "follows_author": _follows_author(request.user, post),
        "section": "blogs",
        "ui_language": get_language(),
    }
    return render(request, "blog/article_page.html", context)


def _follows_author(user, post) -> bool:
    return Follow.objects.filter(follower=user, user=post.author_id, muted=False).exists()
