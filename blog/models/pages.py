"""The page types besides articles: containers, blogs, and standard pages such as the house rules."""

from django.db import models
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from blog.blocks import StandardBlocks


class OwnAddress(Page):
    """Base of all pages here: the address is the tree path, "/de/blogs/…", found in one query (blog.views.serving)."""

    private_page_options = []
    show_in_menus_default = False
    promote_panels = [FieldPanel("slug")]
    settings_panels = []

    class Meta:
        abstract = True

    def get_url_parts(self, request=None):
        """(site id, root url, path) without any query; the path equals `url_path`."""
        return (0, "", self.url_path)

    @property
    def language(self):
        """Language code of the content."""
        return self.locale.language_code

    def readable_in_admin(self, user):
        """Whether `user` may read what the admin would show: containers and standard pages are for all."""
        return user.is_authenticated and user.is_active


class HomePage(OwnAddress):
    """Top of one language's tree; a container without content of its own."""

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["blog.BlogIndexPage", "blog.StandardPage"]
    is_creatable = False

    class Meta:
        verbose_name = _("language")

    def serve(self, request, *args, **kwargs):
        """The home page is a view of its own."""
        return HttpResponseRedirect(reverse("home"))


class BlogIndexPage(OwnAddress):
    """Holds the blogs of one language."""

    parent_page_types = ["blog.HomePage"]
    subpage_types = ["blog.BlogPage"]
    is_creatable = False

    class Meta:
        verbose_name = _("blogs")

    def serve(self, request, *args, **kwargs):
        """The list of blogs is a view of its own."""
        return HttpResponseRedirect(reverse("blog:index"))


class BlogPage(OwnAddress):
    """A blog in one language. Created and staffed by blog.actions.staffing."""

    blog = models.ForeignKey("blog.Blog", models.PROTECT, related_name="pages", editable=False)
    intro = models.TextField(_("what this blog is about"), max_length=500, blank=True)
    cover = models.ForeignKey(
        "people.Picture",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("cover picture"),
    )

    parent_page_types = ["blog.BlogIndexPage"]
    subpage_types = ["blog.ArticlePage"]
    is_creatable = False
    template = "blog/blog_page.html"
    content_panels = [*Page.content_panels, "intro", "cover"]

    class Meta:
        verbose_name = _("blog")
        verbose_name_plural = _("blogs")

    def readable_in_admin(self, user):
        """Its blog's audience decides, administrators included."""
        return self.blog.visible_to(user)


class StandardPage(OwnAddress):
    """House rules, privacy, imprint, accessibility, help: editable texts that the footer links, in both languages."""

    body = StreamField(StandardBlocks(), verbose_name=_("text"))
    in_footer = models.BooleanField(_("link in the footer"), default=True)
    footer_order = models.PositiveSmallIntegerField(_("place in the footer"), default=10)

    parent_page_types = ["blog.HomePage"]
    subpage_types = []
    template = "blog/standard_page.html"
    content_panels = [*Page.content_panels, "body"]
    promote_panels = [FieldPanel("slug"), FieldPanel("in_footer"), FieldPanel("footer_order")]

    class Meta:
        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")
