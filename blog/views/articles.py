"""One article: text, people, and the conversation below it."""

from django.shortcuts import render
from django.utils.translation import get_language

from blog.paragraphs import words_of
from blog.pictures import BODY, COVER, focal, of_body
from blog.streams import earlier_conversation, load_renditions, versions_of
from feed.models import Post
from feed.views import conversation


def show(request, page, post):
    """The article page; of a withdrawn one its former readers see title and date (architecture.md)."""
    if post.state == Post.State.WITHDRAWN:
        return render(
            request, "blog/article_withdrawn.html", {"page": page, "post": post, "section": "blogs"}
        )
    pictures = of_body(page.body)
    load_renditions([*pictures, page.cover] if page.cover else pictures, *COVER, *BODY)
    post.versions = versions_of(post)
    paragraphs = words_of(page.body)
    context = {
        "page": page,
        "post": post,
        "author": post.author,
        "version": page.post_page,
        "cover_focal": focal(page.cover),
        "versions": [one for one in post.versions if one.is_live and one.page_id != page.pk],
        "tags": post.tags.all(),
        "earlier": earlier_conversation(request.user, post),
        "section": "blogs",
        "ui_language": get_language(),
        **conversation.context(request, post, page.url_path, page.post_page, paragraphs),
    }
    return render(request, "blog/article_page.html", context)
