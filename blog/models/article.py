"""An article: what an executive or a colleague publishes in a blog."""

from django.conf import settings
from django.db import models
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, TitleFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from blog.blocks import ArticleBlocks
from blog.models.pages import OwnAddress
from feed.models import Tag


class ArticleTag(ItemBase):
    """A tag on an article version; copied to the Post at publishing."""

    tag = models.ForeignKey(Tag, models.CASCADE, related_name="tagged_articles")
    content_object = ParentalKey("blog.ArticlePage", on_delete=models.CASCADE, related_name="tagged_items")


class ArticlePage(OwnAddress):
    """One language version of an article. Its Post is reached through `post_page`; no row = 404."""

    summary = models.TextField(
        _("summary"),
        max_length=400,
        blank=True,
        help_text=_("Two sentences that say what it is about. Shown in lists."),
    )
    cover = models.ForeignKey(
        "people.Picture",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("cover picture"),
    )
    cover_alt = models.CharField(
        _("description of the cover"),
        max_length=255,
        blank=True,
        help_text=_("For people who do not see the picture."),
    )
    body = StreamField(ArticleBlocks(), verbose_name=_("text"), blank=True)
    tags = ClusterTaggableManager(through=ArticleTag, blank=True, verbose_name=_("tags"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="articles",
        verbose_name=_("author"),
        null=True,
        blank=True,
        help_text=_("Who speaks. A delegate chooses the person they write for."),
    )
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    has_own_audience = models.BooleanField(_("other audience than the blog"), default=False)
    audience = models.ForeignKey(
        "people.Audience",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("audience of this article"),
    )
    change_note = models.CharField(
        _("what changed"),
        max_length=255,
        blank=True,
        help_text=_("Shown with the date of the last change. Leave empty for spelling."),
    )
    changed_at = models.DateTimeField(null=True, blank=True, editable=False)

    parent_page_types = ["blog.BlogPage"]
    subpage_types = []
    template = "blog/article_page.html"
    content_panels = [
        TitleFieldPanel("title"),
        "summary",
        MultiFieldPanel(["cover", "cover_alt"], heading=_("Cover")),
        "body",
        "tags",
        "change_note",
    ]
    promote_panels = [
        FieldPanel("author"),
        MultiFieldPanel(["has_own_audience", "audience"], heading=_("Audience")),
        FieldPanel("slug"),
    ]
    search_fields = [*OwnAddress.search_fields, index.SearchField("summary"), index.SearchField("body")]

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")

    preview_modes = [
        ("", _("As a reader")),
        ("list", _("In lists and on the home page")),
        ("outside", _("As somebody outside the audience")),
    ]

    def serve_preview(self, request, mode_name):
        """The page as it will be; previews have no Post. Somebody outside the audience gets nothing, as later."""
        context = {
            "page": self,
            "post": None,
            "author": self.author,
            "user": request.user,
            "ui_language": get_language(),
        }
        if mode_name == "outside" and self.effective_audience_id(self.blog) is not None:
            return render(request, "404.html", status=404)
        if mode_name == "list":
            return render(request, "blog/admin/preview_list.html", context)
        return render(request, self.template, context)

    @property
    def blog(self):
        """The Blog this article belongs to; reads its parent page."""
        return self.get_parent().specific.blog

    def effective_audience_id(self, blog):
        """The audience that counts: its own when set apart, otherwise the blog's. No query."""
        return self.audience_id if self.has_own_audience else blog.audience_id

    def readable_in_admin(self, user):
        """The blog's audience and the article's own: both, as long as it is not published."""
        own = self.audience_id if self.has_own_audience else None
        return self.blog.visible_to(user) and (own is None or own in user.access.audience_ids)

    @property
    def text(self):
        """What a reader reads, without markup, for reading time and lists."""
        parts = self.body.stream_block.get_searchable_content(self.body) if self.body else []
        return " ".join(str(part) for part in parts)
