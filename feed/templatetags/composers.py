"""The empty composer: the same HTML for all who may choose the same readers, until somebody types or has a draft."""

from django import template
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language

from people import fragments
from people.fragments import FACE, KEY, TOKEN

register = template.Library()


@register.simple_tag(takes_context=True)
def composer(context, c, stream=False) -> dict:
    """{"html"}. `c` of feed.views.post_composer; `stream`: what is posted goes to #timeline."""
    form, request = c["form"], context["request"]
    own = {"stream": stream, "user": context["user"], "ui_language": get_language()}
    if form.is_bound or c["has_draft"] or form.uploads or request.GET:
        return {"html": render_to_string("feed/composer/composer.html", own | {"c": c}, request=request)}
    key, form.initial["key"] = form.initial["key"], KEY
    fixed = {name: value for name, value in c.items() if name not in ("form", "community", "draft")}
    here = (get_language(), timezone.get_current_timezone_name(), bool(stream), form.auto_id)
    html = fragments.kept(
        fragments.digest("composer", (here, fixed, form.initial, form.fields["value"].choices)),
        lambda: render_to_string(
            "feed/composer/composer.html", own | {"c": c, "csrf_token": TOKEN, "face": FACE, "request": None}
        ),
    )
    face = render_to_string("components/face.html", {"user": context["user"], "size": ""})
    return {"html": fragments.fill(html, {KEY: key, FACE: face, TOKEN: str(context["csrf_token"])})}
