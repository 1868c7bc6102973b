"""Addresses of the blogs that are not pages."""

from django.urls import path

from blog.views import blogs, writing

app_name = "blog"
urlpatterns = [
    path("blogs/", blogs.index, name="index"),
    path("blogs/request/", writing.ask, name="request"),
    path("write/", writing.write, name="write"),
]
