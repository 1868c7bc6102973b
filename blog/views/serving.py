"""Serves pages by their tree path. Hidden, unpublished and absent pages give the same 404 (A3)."""

from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpResponsePermanentRedirect
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from blog.models import ArticlePage, BlogPage, StandardPage
from blog.views import articles, blogs, standard
from feed.models import Follow, Post


def serve(request, path=""):
    """The page at "/<path>", if its reader may see it. The depth says what it can be, so that one query finds it."""
    url_path = f"/{path.strip('/')}/"
    if "\x00" in url_path or len(url_path) > 1000:
        raise Http404
    find = FINDERS.get(url_path.count("/") - 1, _nothing)
    answer = find(request, url_path) or moved(request, url_path)
    if answer is None:
        raise Http404
    return answer


def _at(model, url_path):
    """Pages themselves; aliases are refused because they would have a conversation of their own."""
    return model.objects.filter(url_path=url_path, alias_of__isnull=True)


def _article(request, url_path):
    shown = Q(live=True, post_page__is_live=True) | Q(post_page__post__state=Post.State.WITHDRAWN)
    followed = Follow.objects.filter(
        follower=request.user, user=OuterRef("post_page__post__author"), muted=False
    )
    page = (
        _at(ArticlePage, url_path)
        .filter(shown)
        .select_related(
            "locale", "cover", "drafted_by", "approved_by", "post_page__post__posted_by", "post_page__post__audience",
            "post_page__post__author__department", "post_page__post__author__location",
        )
        .annotate(follows_author=Exists(followed))
        .defer("post_page__text")
        .first()
    )  # fmt: skip
    if page is None or not page.post_page.post.visible_to(request.user):
        return None
    return articles.show(request, page, page.post_page.post)


def _blog(request, url_path):
    """The blog's page with its pages in other languages, in one query."""
    pages = blogs.pages_of(_at(BlogPage, url_path).filter(live=True).values("blog"), request.user)
    page = next((one for one in pages if one.url_path == url_path), None)
    if page is None or not page.blog.visible_to(request.user):
        return None
    return blogs.show(request, page, pages)


def _standard(request, url_path):
    page = _at(StandardPage, url_path).filter(live=True).select_related("locale").first()
    return standard.show(request, page) if page else _container(request, url_path)


def _container(request, url_path):
    page = _at(Page, url_path).filter(live=True, depth__in=(2, 3)).first()
    return page.specific.serve(request) if page else None


def _nothing(request, url_path):
    return None


def moved(request, url_path=""):
    """Addresses of an earlier system lead to the article that took their place, for those who may read it."""
    old = {Redirect.normalise_path(request.get_full_path()), Redirect.normalise_path(request.path)}
    found = Redirect.objects.filter(old_path__in=old).select_related("redirect_page__post_page__post").first()
    post_page = getattr(found and found.redirect_page, "post_page", None)
    if post_page is None or not post_page.post.visible_to(request.user):
        return None
    return HttpResponsePermanentRedirect(found.redirect_page.url_path)


# "/de/" is a container, "/de/help/" a standard page or the blogs' container, "/de/blogs/<blog>/<article>/" …
FINDERS = {1: _container, 2: _standard, 3: _blog, 4: _article}
