"""A person's copy of their data: a ZIP of JSON for programs, HTML for people, and their pictures (GDPR Art. 15, 20)."""

import io
import json
import zipfile

from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.html import format_html, format_html_join

from people import data_kinds, registries
from people.models import PrivacyRules, User

MAX_DEPTH = 6


def export_zip(*, user: User) -> bytes:
    """The whole copy in memory: for tests and small uses."""
    buffer = io.BytesIO()
    write(user=user, target=buffer)
    return buffer.getvalue()


def write(*, user: User, target) -> None:
    """Write the ZIP into the open binary file `target`, in the person's language."""
    with (
        translation.override(user.locale or None),
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        contents = registries.export.run(user=user)
        for name, content in contents.items():
            archive.writestr(f"{name}.json", _json(content))
        archive.writestr("index.html", _page(user, contents))
        for found in registries.export_files.run(user=user).values():
            for name, file in found:
                _add(archive, name, file)


def _json(content):
    return json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)


def _add(archive, name, file):
    """A file that is not in its place any more leaves no gap in the rest."""
    try:
        with file.storage.open(file.name, "rb") as opened, archive.open(name, "w") as copied:
            for chunk in opened.chunks():
                copied.write(chunk)
    except FileNotFoundError:
        archive.writestr(f"{name}.missing.txt", "")


def _page(user, contents):
    parts = [
        (name.replace("_", " "), _shown(json.loads(_json(content)))) for name, content in contents.items()
    ]
    context = {
        "person": user,
        "parts": parts,
        "kinds": data_kinds.kinds.values(),
        "rules": PrivacyRules.load(),
        "made_at": timezone.now(),
        "language": translation.get_language(),
    }
    return render_to_string("people/data_copy.html", context)


def _shown(value, depth=0):
    """Any JSON as nested lists, escaped."""
    if isinstance(value, dict) and depth < MAX_DEPTH:
        rows = ((key.replace("_", " "), _shown(one, depth + 1)) for key, one in value.items())
        return format_html("<dl>{}</dl>", format_html_join("", "<dt>{}</dt><dd>{}</dd>", rows))
    if isinstance(value, list) and depth < MAX_DEPTH:
        rows = ((_shown(one, depth + 1),) for one in value)
        return format_html("<ol>{}</ol>", format_html_join("", "<li>{}</li>", rows)) if value else "–"
    return "–" if value in (None, "") else format_html("<span>{}</span>", str(value))
