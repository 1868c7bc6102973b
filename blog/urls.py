"""Addresses of the blogs that are not pages."""

from django.urls import path

from blog.views import blogs, community_blog, delegates, writing

app_name = "blog"
urlpatterns = [
    path("blogs/", blogs.index, name="index"),
    path("blogs/request/", writing.ask, name="request"),
    path("communities/<slug:slug>/blog/", community_blog.ask, name="community_request"),
    path("blogs/write/", writing.write, name="write"),
    path("settings/delegates/", delegates.delegates, name="delegates"),
    path("settings/delegates/<int:pk>/end/", delegates.end, name="delegation_end"),
    path("blogs/from-post/", writing.from_post, name="from_post"),
]
