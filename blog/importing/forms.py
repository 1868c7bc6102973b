"""The form that starts an import in the admin."""

import re
from pathlib import Path

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from blog.models import Blog, BlogPage

MAX_UPLOAD = 2 * 1024**3
HOST = re.compile(r"[a-z0-9]([a-z0-9.-]{0,250}[a-z0-9])?")
FILES = (".xml", ".wxr", ".rss")


def folder() -> Path:
    """Where whoever runs the server puts large exports and copies of uploads folders (IMPORT_FOLDER)."""
    return Path(settings.IMPORT_FOLDER)


def _inside(wanted) -> list[str]:
    try:
        return sorted(each.name for each in folder().iterdir() if wanted(each) and not each.is_symlink())
    except OSError:
        return []


class ImportForm(forms.Form):
    """Which file, into which blog, and where its pictures are. Paths are chosen from a folder, never typed."""

    file = forms.FileField(
        label=_("WordPress export"), required=False,
        help_text=_("In WordPress: Tools, Export, All content. The file ends with .xml."),
    )  # fmt: skip
    server_file = forms.ChoiceField(
        label=_("Or a file on the server"), required=False, help_text=_("For exports too large to upload.")
    )
    blog = forms.ModelChoiceField(
        BlogPage.objects.none(),
        label=_("Blog"),
        required=False,
        empty_label=_("A new blog, named like the old one"),
    )
    language = forms.ChoiceField(
        label=_("Language of the articles"), required=False,
        choices=[("", _("As the export says")), *settings.LANGUAGES],
    )  # fmt: skip
    media = forms.ChoiceField(
        label=_("Pictures and files"), required=False,
        help_text=_("A copy of the folder wp-content/uploads that was put on the server."),
    )  # fmt: skip
    hosts = forms.CharField(
        label=_("Fetch pictures from"), required=False, max_length=500,
        help_text=_("Host names of the old blog, separated by spaces. Without any, nothing is fetched from anywhere."),
    )  # fmt: skip
    schedule_future = forms.BooleanField(
        label=_("Schedule posts that are dated in the future"), required=False,
        help_text=_("Otherwise they become drafts."),
    )  # fmt: skip

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        readable = (
            BlogPage.objects.filter(blog__in=_writable(user)).select_related("locale").order_by("title")
        )
        self.fields["blog"].queryset = readable
        self.fields["blog"].label_from_instance = lambda page: f"{page.title} ({page.locale.language_code})"
        files = _inside(lambda each: each.is_file() and each.suffix.casefold() in FILES)
        self.fields["server_file"].choices = [("", _("None")), *((name, name) for name in files)]
        self.fields["media"].choices = [
            ("", _("None: articles link to where they were")), *((name, name) for name in _inside(Path.is_dir))
        ]  # fmt: skip

    def clean_file(self):
        """Refuse what is too large before it is stored."""
        file = self.cleaned_data["file"]
        if file and file.size > MAX_UPLOAD:
            raise ValidationError(_("The file is larger than 2 GB. Please put it on the server instead."))
        return file

    def clean_hosts(self):
        """Bare host names only."""
        names = self.cleaned_data["hosts"].casefold().replace(",", " ").split()
        for name in names:
            if not HOST.fullmatch(name):
                raise ValidationError(
                    _("“%(name)s” is not a host name such as blog.example.com."), params={"name": name}
                )
        return names

    def clean(self):
        """Exactly one file; the language is the chosen blog's."""
        cleaned = super().clean()
        if "file" in cleaned and bool(cleaned["file"]) == bool(cleaned.get("server_file")):
            self.add_error("file", _("Choose a file to upload, or one on the server."))
        return cleaned

    def options(self) -> dict:
        """What blog.importing.runs.start takes."""
        cleaned = self.cleaned_data
        blog = cleaned["blog"]
        return {
            "path": str(folder() / cleaned["server_file"]) if cleaned["server_file"] else "",
            "file": cleaned["file"] or None,
            "media": str(folder() / cleaned["media"]) if cleaned["media"] else "",
            "hosts": cleaned["hosts"],
            "language": blog.locale.language_code if blog else cleaned["language"],
            "blog_slug": blog.slug if blog else "",
            "schedule_future": cleaned["schedule_future"],
        }


def _writable(user):
    """Blogs that somebody of communications may read; importing needs no membership."""
    return Blog.objects.visible_to(user).filter(archived_at__isnull=True)
