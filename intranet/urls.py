"""Every address of the site. tests/test_access.py fails for an address that is not classified."""

from django.urls import include, path
from django.views.generic import RedirectView
from wagtail.admin import urls as wagtailadmin_urls

from blog.views import serving
from intranet import health, home
from intranet.live import view as live
from intranet.search import views as search
from people import admin_users
from people.views import sign_in

handler404 = "intranet.errors.page_not_found"
handler429 = "intranet.errors.too_many"  # allauth asks for it
urlpatterns = [
    path("", home.home, name="home"),
    path("brand.css", home.brand_css, name="brand_css"),
    path("live/", live.live, name="live"),
    path("search/", search.search, name="search"),
    path("search/suggest/", search.suggest, name="search_suggest"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    # Wagtail's own sign-in would bypass allauth's limits: shadow it (dependencies.md §0.8).
    path("admin/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    # Wagtail's bulk actions give roles and switch accounts past people.actions and past A8.
    path("admin/bulk/people/user/<str:action>/", admin_users.refuse, name="person_bulk_closed"),
    path("admin/", include(wagtailadmin_urls)),
    # The address is the directory's; people cannot add further ones to their account (A11).
    path(
        "accounts/email/", RedirectView.as_view(pattern_name="people:settings"), name="account_email_closed"
    ),
    # Accounts elsewhere are linked by people.actions.linking only (A11).
    path(
        "accounts/3rdparty/", RedirectView.as_view(pattern_name="people:settings"), name="connections_closed"
    ),
    path(
        "accounts/3rdparty/signup/", RedirectView.as_view(pattern_name="account_login"), name="signup_closed"
    ),
    path("sign-in/<str:kind>/<str:one>/", sign_in.elsewhere, name="sign_in_elsewhere"),
    path("accounts/", include("allauth.urls")),
    path("scim/v2/", include("people.scim_urls")),  # a bearer token of their own, no session
    path("", include("people.urls")),
    path("", include("feed.urls")),
    path("", include("blog.urls")),
    path("<path:path>", serving.serve, name="wagtail_serve"),
]
