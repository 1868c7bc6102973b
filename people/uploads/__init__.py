"""Every file that comes from outside passes here before it is stored (requirements A20, T9). No database.

Pictures are decoded and written anew, so that no metadata and no second meaning of the bytes survives; documents,
videos and captions are recognised by content. What is broken or forbidden raises ValidationError, never anything else.
"""

from people.uploads.files import CheckedFile, check_captions, check_document, check_video
from people.uploads.images import ProcessedImage, process_face, process_image
from people.uploads.quota import check_quota, quota_sources

__all__ = [
    "CheckedFile",
    "ProcessedImage",
    "check_captions",
    "check_document",
    "check_quota",
    "check_video",
    "process_face",
    "process_image",
    "quota_sources",
]
