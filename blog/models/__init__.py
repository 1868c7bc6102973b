"""What is published. Import models from here; one file per noun."""

from blog.models.article import ArticlePage, ArticleTag
from blog.models.blogs import Blog, BlogMember, BlogRequest
from blog.models.import_run import ImportedItem, ImportRun
from blog.models.pages import BlogIndexPage, BlogPage, HomePage, StandardPage
from blog.models.review import ReviewTask

__all__ = [
    "ArticlePage",
    "ArticleTag",
    "Blog",
    "BlogIndexPage",
    "BlogMember",
    "BlogPage",
    "BlogRequest",
    "HomePage",
    "ImportRun",
    "ImportedItem",
    "ReviewTask",
    "StandardPage",
]
