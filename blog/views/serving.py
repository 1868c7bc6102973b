"""Serves pages by their tree path. Hidden, unpublished and absent pages give the same 404 (A3)."""

from django.db.models import Q
from django.http import Http404, HttpResponsePermanentRedirect
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from blog.models import ArticlePage, BlogPage, StandardPage
from blog.views import articles, blogs, standard
from feed.models import Post


def serve(request, path=""):
    """The page at "/<path>", if its reader may see it; articles are found with one query."""
    url_path = f"/{path.strip('/')}/"
    if "\x00" in url_path or len(url_path) > 1000:
        raise Http404
    for find in (_article, _blog, _standard, _container, _moved):
        answer = find(request, url_path)
        if answer is not None:
            return answer
    raise Http404


def _at(model, url_path):
    """Pages themselves; aliases are refused because they would have a conversation of their own."""
    return model.objects.filter(url_path=url_path, alias_of__isnull=True)


def _article(request, url_path):
    shown = Q(live=True, post_page__is_live=True) | Q(post_page__post__state=Post.State.WITHDRAWN)
    page = (
        _at(ArticlePage, url_path)
        .filter(shown)
        .select_related(
            "locale", "cover", "drafted_by", "approved_by", "post_page__post__posted_by", "post_page__post__audience",
            "post_page__post__author__department", "post_page__post__author__location",
        )
        .defer("post_page__text")
        .first()
    )
    if page is None:
        return None
    if not page.post_page.post.visible_to(request.user):
        raise Http404
    return articles.show(request, page, page.post_page.post)


def _blog(request, url_path):
    page = _at(BlogPage, url_path).filter(live=True).select_related("blog", "locale", "cover").first()
    if page is None:
        return None
    if not page.blog.visible_to(request.user):
        raise Http404
    return blogs.show(request, page)


def _standard(request, url_path):
    page = _at(StandardPage, url_path).filter(live=True).select_related("locale").first()
    return standard.show(request, page) if page else None


def _container(request, url_path):
    page = _at(Page, url_path).filter(live=True, depth__in=(2, 3)).first()
    return page.specific.serve(request) if page else None


def _moved(request, url_path):
    """Addresses of an earlier system lead to the article that took their place, for those who may read it."""
    old = {Redirect.normalise_path(request.get_full_path()), Redirect.normalise_path(request.path)}
    found = Redirect.objects.filter(old_path__in=old).select_related("redirect_page__post_page__post").first()
    post_page = getattr(found and found.redirect_page, "post_page", None)
    if post_page is None or not post_page.post.visible_to(request.user):
        return None
    return HttpResponsePermanentRedirect(found.redirect_page.url_path)
