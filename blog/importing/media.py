"""Files of another site: found in a folder or fetched from an allowed host, checked as uploads are, stored once."""

import os
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Collection

from blog.importing import fetching, plan
from blog.importing.addresses import file_key, upload_path, without_size
from blog.models import ImportedItem, ImportRun
from people import uploads
from people.models import DocumentFile, Picture, Video

MAX_SIDE = 2400
VIDEOS = (".mp4", ".m4v", ".webm")
DOCUMENTS = (".pdf", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".txt", ".csv")
Kind = ImportedItem.Kind


class Folder:
    """A copy of the old site's uploads folder. Nothing outside of it is ever opened."""

    def __init__(self, path: str):
        self.root = Path(path).resolve() if path else None
        self.by_name: dict[str, list[Path]] | None = None

    def find(self, *paths: str) -> Path | None:
        """The first of some paths ("2014/05/team.jpg") that is there; else a file of that name if there is only one."""
        if self.root is None:
            return None
        for path in paths:
            for candidate in (path, without_size(path)):
                for prefix in ("", "uploads/", "wp-content/uploads/"):
                    if candidate and (found := self._inside(self.root / (prefix + candidate))):
                        return found
        for path in paths:
            for name in (os.path.basename(path), os.path.basename(without_size(path))):
                if name and len(named := self._names().get(name, [])) == 1:
                    return self._inside(named[0])
        return None

    def _inside(self, path: Path) -> Path | None:
        try:
            resolved = path.resolve()
            return resolved if resolved.is_file() and resolved.is_relative_to(self.root) else None
        except (OSError, ValueError):
            return None

    def _names(self) -> dict[str, list[Path]]:
        if self.by_name is None:
            self.by_name = {}
            for folder, _folders, names in os.walk(self.root):
                for name in names:
                    self.by_name.setdefault(name, []).append(Path(folder, name))
        return self.by_name


class Media:
    """Answers pictures and documents for the references that `blog.importing.html` leaves."""

    def __init__(self, run: ImportRun, the_plan: plan.Plan, collection, note, beat, private_hosts: bool):
        self.run = run
        self.plan = the_plan
        self.collection = collection or Collection.get_first_root_node()
        self.note = note
        self.beat = beat
        self.private_hosts = private_hosts
        self.folder = Folder(run.media)
        self.by_url = {file_key(each.url): each for each in the_plan.attachments.values()}

    def picture(self, reference: dict) -> Picture | None:
        """The picture for {"src", "full", "id"}, or None and a note."""
        row = self._row(reference, self._store_picture)
        return row.picture if row else None

    def file(self, reference: dict) -> DocumentFile | Video | None:
        """The document or video for {"src", "title"}, or None and a note."""
        row = self._row(reference, self._store_file)
        return (row.document or row.video) if row else None

    def attachment(self, reference: dict) -> plan.Attachment | None:
        """What the old site knew about the file."""
        by_number = self.plan.attachments.get(reference.get("id") or "")
        return by_number or self.by_url.get(file_key(reference.get("full") or reference.get("src") or ""))

    def _row(self, reference: dict, store) -> ImportedItem | None:
        attachment = self.attachment(reference)
        address = reference.get("src") or (attachment.url if attachment else "")
        key = attachment.key if attachment else file_key(address)
        row = ImportedItem.objects.filter(site=self.run.site, kind=Kind.FILE, key=key).first()
        if row is not None and not row.reason and (row.picture_id or row.document_id or row.video_id):
            return row
        row = row or ImportedItem(site=self.run.site, kind=Kind.FILE, key=key)
        row.run, row.reason = self.run, ""
        try:
            file = self._open(reference, attachment)
            if file is None:
                row.reason = "missing" if self.run.media or self.run.hosts else "no media"
            else:
                with file, transaction.atomic():
                    store(row, file, attachment, address)
                    row.save()
        except ValidationError as error:
            row.reason = "refused"
            self.note("file", f"{address} ({' '.join(error.messages)})")
        if row.reason:
            row.save()
        self.beat()
        if row.reason and row.reason != "refused":
            self.note("file", address)
        return None if row.reason else row

    def _open(self, reference: dict, attachment: plan.Attachment | None) -> File | None:
        urls = [reference.get("full"), attachment.url if attachment else "", reference.get("src")]
        urls = [url for url in dict.fromkeys(urls) if url]
        found = self.folder.find(attachment.path if attachment else "", *map(upload_path, urls))
        if found is not None:
            return File(found.open("rb"), name=found.name)
        for url in urls if self.run.hosts else ():
            try:
                content = fetching.fetch(url, hosts=self.run.hosts, private=self.private_hosts)
            except fetching.NotFetched:
                continue
            return File(content, name=os.path.basename(upload_path(url)))
        return None

    def _store_picture(
        self, row: ImportedItem, file: File, attachment: plan.Attachment | None, address: str
    ) -> None:
        processed = uploads.process_image(file, max_side=MAX_SIDE)
        row.picture = Picture.objects.create(
            title=_title(attachment, address),
            file=processed.content,
            width=processed.width,
            height=processed.height,
            file_size=processed.content.size,
            description=(attachment.alt if attachment else "")[:255],
            credit=credit(self.run),
            collection=self.collection,
        )

    def _store_file(
        self, row: ImportedItem, file: File, attachment: plan.Attachment | None, address: str
    ) -> None:
        if file.name.casefold().endswith(VIDEOS):
            checked = uploads.check_video(file)
            stored = Video(title=_title(attachment, address), content_type=checked.content_type)
            row.video = stored
        elif file.name.casefold().endswith(DOCUMENTS):
            checked = uploads.check_document(file)
            stored = DocumentFile(title=_title(attachment, address))
            row.document = stored
        else:
            raise ValidationError(_("This kind of file is not taken over."))
        stored.file_size, stored.collection = checked.size, self.collection
        stored.file.save(checked.name, file, save=False)
        stored.save()


def _title(attachment: plan.Attachment | None, address: str) -> str:
    return ((attachment.title if attachment else "") or os.path.basename(upload_path(address)) or "?")[:255]


def credit(run: ImportRun) -> str:
    """Who made a picture is not in the file; where it comes from is."""
    return (_("From the blog “%(title)s”") % {"title": run.site_title or run.site_url})[:255]
