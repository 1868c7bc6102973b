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
    form = c["form"]
    names = {"c": c, "stream": stream}
    if form.is_bound or c["has_draft"] or form.uploads or context["request"].GET:
        return _made(context, "feed/composer/composer.html", names)
    fixed = {name: value for name, value in c.items() if name not in ("form", "community", "draft")}
    looks = (bool(stream), form.auto_id, fixed, form.fields["value"].choices)
    return _kept(context, "feed/composer/composer.html", names, form, looks, size="")


@register.simple_tag(takes_context=True)
def comment_composer(context, c) -> dict:
    """{"html"} of the field below a conversation. `c` of feed.views.composing."""
    form = c["form"]
    if form.is_bound or form.has_draft or c.get("cited"):
        return _made(context, "feed/_composer.html", {"c": c})
    fixed = {name: value for name, value in c.items() if name not in ("form", "post")}
    looks = (c["post"].pk, form.auto_id, fixed)
    return _kept(context, "feed/_composer.html", {"c": c}, form, looks, size="sm")


def _made(context, template_name, names) -> dict:
    names = {**names, "user": context["user"], "ui_language": get_language()}
    return {"html": render_to_string(template_name, names, request=context.get("request"))}


def _kept(context, template_name, names, form, looks, *, size) -> dict:
    key, form.initial["key"] = form.initial["key"], KEY
    here = (template_name, get_language(), timezone.get_current_timezone_name())
    holes = {"csrf_token": TOKEN, "face": FACE, "ui_language": get_language()}
    html = fragments.kept(
        fragments.digest("composer", (here, looks, form.initial)),
        lambda: render_to_string(template_name, {**names, **holes}),
    )
    form.initial["key"] = key
    face = render_to_string("components/face.html", {"user": context["user"], "size": size})
    return {"html": fragments.fill(html, {KEY: key, FACE: face, TOKEN: str(context.get("csrf_token") or "")})}
