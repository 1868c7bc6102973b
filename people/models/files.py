"""Images, documents and videos in Wagtail's libraries. A file's visibility is its collection's audience."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.documents.models import Document as WagtailDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.images.models import Image as WagtailImage
from wagtail.models import CollectionMember
from wagtail.search import index


def collection_visible_to(collection, user):
    """Whether `user` may see the files of `collection`; without an audience row only administrators may."""
    row = getattr(collection, "collection_audience", None)
    return user.is_administrator if row is None else row.visible_to(user)


class Picture(AbstractImage):
    """A picture with its credit; shown only with one."""

    credit = models.CharField(
        _("credit"),
        max_length=255,
        blank=True,
        help_text=_("Who made the picture, for example “Photo: Jana Petersen”."),
    )

    # Without tags: their suggestions would name files that the editor may not see.
    admin_form_fields = (*(name for name in WagtailImage.admin_form_fields if name != "tags"), "credit")

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        permissions = [("choose_picture", "Can choose picture")]

    def visible_to(self, user):
        """Its collection's audience decides; originals and renditions alike."""
        return collection_visible_to(self.collection, user)


class Rendition(AbstractRendition):
    """A size of an image. Its address is a view that asks the image's audience, never the storage."""

    image = models.ForeignKey(Picture, models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="unique_rendition"
            ),
        ]

    @property
    def url(self):
        """Address of the bytes, behind the permission check."""
        return reverse("people:rendition", args=[self.pk, self.file.name.rsplit("/", 1)[-1]])


class DocumentFile(AbstractDocument):
    """A file to download."""

    admin_form_fields = tuple(name for name in WagtailDocument.admin_form_fields if name != "tags")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions = [("choose_documentfile", "Can choose document")]

    @property
    def url(self):
        """Address of the download, behind the permission check."""
        return reverse("people:document", args=[self.pk, self.filename])

    def visible_to(self, user):
        """Its collection's audience decides."""
        return collection_visible_to(self.collection, user)


class Video(CollectionMember, index.Indexed, models.Model):
    """An uploaded video with captions, served by range behind the permission check."""

    title = models.CharField(_("title"), max_length=255)
    file = models.FileField(
        _("video"), upload_to="videos", max_length=120, help_text=_("MP4 or WebM, at most 200 MB.")
    )
    captions = models.FileField(
        _("captions"),
        upload_to="videos",
        max_length=120,
        help_text=_("WebVTT file. Everybody must be able to follow the video without sound."),
    )
    captions_language = models.CharField(
        _("language of the captions"), max_length=5, choices=settings.LANGUAGES, default="de"
    )
    content_type = models.CharField(max_length=40, editable=False, default="video/mp4")
    file_size = models.PositiveBigIntegerField(default=0, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    search_fields = [
        *CollectionMember.search_fields,
        index.SearchField("title"),
        index.AutocompleteField("title"),
    ]

    class Meta:
        verbose_name = _("video")
        verbose_name_plural = _("videos")
        permissions = [("choose_video", "Can choose video")]
        ordering = ["-created_at"]

    def __str__(self):
        return self.title

    @property
    def url(self):
        """Address of the bytes, behind the permission check."""
        return reverse("people:video", args=[self.pk])

    @property
    def captions_url(self):
        """Address of the captions, behind the permission check."""
        return reverse("people:captions", args=[self.pk])

    def visible_to(self, user):
        """Its collection's audience decides; captions alike."""
        return collection_visible_to(self.collection, user)
