"""What every page shows: the brand, the bell's count, footer links."""

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import get_language

from blog.models import Blog, StandardPage
from feed.streams import newer
from people import sso
from people.models import Brand
from people.views import handovers

SECONDS = 60


def brand():
    """Name, company and colour; cached for a minute in each process's cache."""
    found = cache.get("brand")
    if found is None:
        row = Brand.load()
        found = {"site_name": row.site_name, "company": row.company, "colour": row.colour}
        cache.set("brand", found, SECONDS)
    return found


def footer_pages(language):
    """Title and address of the standard pages in `language`; cached for a minute."""
    key = f"footer:{language}"
    found = cache.get(key)
    if found is None:
        pages = StandardPage.objects.live().filter(in_footer=True, locale__language_code=language)
        found = [{"title": page.title, "url": page.url_path} for page in pages.order_by("footer_order", "pk")]
        cache.set(key, found, SECONDS)
    return found


def may_write(user):
    """Whether "Write" is offered; cached for a minute. Whether it works is asked where one writes."""
    key = f"may_write:{user.pk}"
    found = cache.get(key)
    if found is None:
        found = Blog.objects.writable_by(user).exists()
        cache.set(key, found, SECONDS)
    return found


def site(request):
    """Context of all templates. Lazily evaluated: a fragment that shows none of it makes no query."""
    user = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated
    return {
        "brand": brand,
        "csp_nonce": getattr(request, "csp_nonce", None),
        "footer_pages": lambda: footer_pages(get_language()) if signed_in else [],
        "unread_count": lambda: newer.unread(user) if signed_in else 0,
        "sign_in_roads": sso.roads,
        "sign_in_help": settings.SIGN_IN_HELP,
        "password_is_closed": not settings.PASSWORD_FOR_EVERYONE,
        "handover_count": lambda: handovers.number(user) if signed_in else 0,
        "may_write": lambda: signed_in and may_write(user),
    }
