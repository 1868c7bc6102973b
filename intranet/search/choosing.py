"""The filters of the search page, and which entries they leave; unknown and hidden names leave none, alike (A3)."""

from datetime import timedelta

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models import Blog, BlogPage
from feed.models import Community, PostPage, TagAlias, TaggedPost
from intranet.search.asking import MAX_CHARS, Asked
from people.handles import slugify_de, tag_slug
from people.models import Department, User

PERIODS = [
    ("", _("Any time")),
    ("week", _("Past week")),
    ("month", _("Past month")),
    ("year", _("Past year")),
]
DAYS = {"week": 7, "month": 31, "year": 366}
KINDS = ("answers", "articles", "posts", "comments", "people", "communities", "tags")
ORDERS = [("best", _("Best first")), ("newest", _("Newest first"))]


class SearchForm(forms.Form):
    """What narrows a search. Nothing is required; what does not fit says so and the typed text stays."""

    q = forms.CharField(
        label=_("Search"), required=False, max_length=MAX_CHARS, strip=True,
        error_messages={"max_length": _("At most %(limit_value)d characters fit into a search.")},
    )  # fmt: skip
    kind = forms.ChoiceField(choices=[("", ""), *((kind, kind) for kind in KINDS)], required=False)
    order = forms.ChoiceField(choices=ORDERS, required=False)
    period = forms.ChoiceField(label=_("When"), choices=PERIODS, required=False, widget=forms.RadioSelect)
    language = forms.ChoiceField(
        label=_("Language"), required=False, widget=forms.RadioSelect,
        choices=[("", _("All languages")), ("de", _("German")), ("en", _("English"))],
    )  # fmt: skip
    author = forms.CharField(label=_("Written by"), required=False, max_length=80)
    department = forms.CharField(label=_("Department of the author"), required=False, max_length=120)
    tag = forms.CharField(label=_("Tag"), required=False, max_length=100)
    place = forms.CharField(label=_("Community or blog"), required=False, max_length=100)

    HARD = ("author", "department", "tag", "place")
    SOFT = ("period", "language")

    @property
    def narrowed(self) -> list[str]:
        """Names of the filters in use."""
        return [name for name in (*self.SOFT, *self.HARD) if self.cleaned_data.get(name)]


def hard(user, asked: Asked, data: dict) -> list[Q]:
    """Conditions on entries that the operators and the named filters make."""
    found = [_by(user, name) for name in _all(asked.authors, data.get("author"))]
    found += [_tagged(name) for name in _all(asked.tags, data.get("tag"))]
    found += [_inside(user, name) for name in _all(asked.places, data.get("place"))]
    if data.get("department"):
        found.append(_from_department(data["department"]))
    return found


def since(period: str):
    """The moment at which a period begins, or None."""
    return timezone.now() - timedelta(days=DAYS[period]) if period in DAYS else None


def _all(typed, one):
    return [*typed, one.strip().lstrip("@#")] if one and one.strip().lstrip("@#") else list(typed)


def _by(user, name):
    """Texts by whoever has this handle, or these words in their name; "me" is the reader."""
    if name.casefold() in ("me", "mich", "mir"):
        return Q(author=user)
    named = Q(handle=slugify_de(name, separator="."))
    spoken = Q()
    for word in name.replace(".", " ").split()[:4]:
        spoken &= Q(first_name__istartswith=word) | Q(last_name__istartswith=word)
    return Q(author__in=User.objects.filter(named | spoken, is_active=True).values("pk"))


def _from_department(name):
    """Texts by the people of departments whose name begins so, and of those below them."""
    inside = Q(pk__in=[])
    for path in Department.objects.filter(name__istartswith=name.strip()).values_list("path", flat=True)[:20]:
        inside |= Q(department__path__startswith=path)
    return Q(author__in=User.objects.filter(inside).values("pk"))


def _tagged(name):
    slug = tag_slug(name)
    tags = Q(tag__slug=slug) | Q(tag__in=TagAlias.objects.filter(slug=slug).values("tag"))
    return Q(post__in=TaggedPost.objects.filter(tags).values("content_object"))


def _inside(user, name):
    """In a community or blog that the reader may know of, by its address or name."""
    slug = slugify_de(name)
    communities = Community.objects.visible_to(user).filter(Q(slug=slug) | Q(name__iexact=name))
    blogs = Blog.objects.visible_to(user).values("pk")
    pages = BlogPage.objects.filter(Q(slug=slug) | Q(title__iexact=name), blog__in=blogs)
    articles = PostPage.objects.visible_to(user).filter(blog_page__in=pages.values("pk"))
    return Q(post__community__in=communities.values("pk")) | Q(post__in=articles.values("post"))
