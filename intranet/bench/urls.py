"""The site, and a bare view: twenty rows with their authors, as little as a page of a feed can be."""

from functools import cache

from django.http import HttpResponse
from django.template import engines
from django.urls import include, path

from feed.models import Post

PAGE = (
    "<!doctype html><title>Bare</title><p>{{ user.email }}</p><ul>{% for post in posts %}"
    "<li>{{ post.author.first_name }} {{ post.author.last_name }}: {{ post.body }}</li>{% endfor %}</ul>"
)


def bare(request):
    """Two queries beside the session's: the reader, and the rows."""
    posts = Post.objects.visible_to(request.user).listed().select_related("author").newest_first()[:20]
    return HttpResponse(_template().render({"posts": posts, "user": request.user}))


@cache
def _template():
    return engines["django"].from_string(PAGE)


urlpatterns = [path("bare/", bare), path("", include("intranet.urls"))]
