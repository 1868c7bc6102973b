"""What questions, polls and kudos need beyond their text. Errors go to the form's fields."""

from django.utils.translation import gettext as _

from feed.models.kudos import MAX_THANKED
from feed.models.poll import MAX_OPTIONS, MIN_OPTIONS
from people.models import Department, User
from people.text import comparison_key


def check_ask(form, data) -> dict | None:
    """Whom a question is for: nobody in particular, a person by handle, or "department:7"."""
    to = (data.get("to") or "").strip().removeprefix("@")
    kind, _colon, key = to.partition(":")
    found = {"addressee": None, "department": None}
    if not to:
        return found
    if kind == "department" and key.isascii() and key.isdigit() and len(key) < 19:
        found["department"] = Department.objects.filter(pk=int(key)).first()
    else:
        found["addressee"] = User.objects.present().filter(handle=comparison_key(to)).first()
    if not any(found.values()):
        form.add_error("to", _("Nobody here goes by this name. Choose somebody from the list."))
        return None
    if found["addressee"] == form.user:
        form.add_error("to", _("Ask somebody else than yourself."))
    return found


def check_poll(form, data) -> dict | None:
    """Two to ten different options, and how they are voted on."""
    options = data.get("option", [])
    if len({comparison_key(one) for one in options}) < len(options):
        form.add_error("option", _("Two options say the same."))
    elif not MIN_OPTIONS <= len(options) <= MAX_OPTIONS and "option" not in form.errors:
        form.add_error("option", _("A poll has two to ten options."))
    if form.errors:
        return None
    return {
        "options": options,
        "days": data["ends"],
        "is_multiple": data["multiple"],
        "is_secret": data["secret"],
        "hides_results": data["hide_results"] or data["secret"],
        "may_change": not data["secret"],
        "pledge": data["pledge"],
    }


def check_thanks(form, data) -> dict | None:
    """One or several colleagues by handle, perhaps with commas between them, and the value."""
    typed = [name for one in data.get("thanks", []) for name in one.replace(",", " ").split()]
    handles = list(dict.fromkeys(comparison_key(name.removeprefix("@")) for name in typed))
    if not handles:
        form.add_error("thanks", _("Say whom you thank."))
    elif len(handles) > MAX_THANKED:
        form.add_error("thanks", _("At most twenty people can be thanked at once."))
    else:
        known = {user.handle: user for user in User.objects.present().filter(handle__in=handles)}
        absent = [handle for handle in handles if handle not in known]
        if absent:
            form.add_error("thanks", _("Nobody here goes by the name %(name)s.") % {"name": absent[0]})
        elif form.user.handle in known:
            form.add_error("thanks", _("Thank somebody else than yourself."))
        else:
            return {"users": [known[handle] for handle in handles], "value": data.get("value")}
    return None
