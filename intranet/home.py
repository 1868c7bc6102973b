"""The home page: what is new, what people talk about, who is new; and the brand's colour as a style sheet."""

from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control

from blog import streams
from blog.views import serving
from intranet import context
from people.models import User

NEW_DAYS = 60
OLD_ADDRESS = {"p", "page_id"}  # short addresses of a WordPress blog that moved in: /?p=12
FOLLOWED, TALKED, COLLEAGUES = 6, 4, 5


def home(request):
    """The reader's front page. The same number of queries however much there is to show."""
    if OLD_ADDRESS & request.GET.keys() and (elsewhere := serving.moved(request)):
        return elsewhere
    user, language = request.user, get_language()
    headline = list(streams.headline(user))
    shown = {post.pk for post in headline}
    followed = [post for post in streams.followed(user)[: FOLLOWED + 1] if post.pk not in shown][:FOLLOWED]
    talked = list(streams.talked_about(user)[:TALKED])
    by_post = {page.post.pk: page for page in streams.with_versions(headline + followed + talked, language)}
    today = timezone.localdate()
    content = {
        "greeting": greeting(timezone.localtime()),
        "today": today,
        "hero": next((by_post[post.pk] for post in headline if post.pk in by_post), None),
        "featured": bool(headline and headline[0].featured),
        "followed": [by_post[post.pk] for post in followed if post.pk in by_post],
        "talked": [by_post[post.pk] for post in talked if post.pk in by_post],
        "colleagues": User.objects.new_since(today - timedelta(days=NEW_DAYS)).for_cards()[:COLLEAGUES],
        "ui_language": language,
        "section": "home",
    }
    return render(request, "intranet/home.html", content)


def greeting(now) -> str:
    """Which greeting fits the reader's clock: "morning", "day" or "evening"."""
    if 4 <= now.hour < 11:
        return "morning"
    return "day" if 11 <= now.hour < 18 else "evening"


@login_not_required
@cache_control(public=True, max_age=300)
def brand_css(request):
    """The company's colour; everything else is derived from it in tokens.css. Public: the sign-in page needs it."""
    colour = context.brand()["colour"]
    return HttpResponse(
        f"@layer tokens {{ :root {{ --brand: {colour}; }} }}\n", content_type="text/css; charset=utf-8"
    )
