"""The people tables. Import models from here; one file per noun."""

from people.models.audience import Audience, AudienceMember, CollectionAudience
from people.models.brand import Brand
from people.models.department import Department, Location
from people.models.files import DocumentFile, Picture, Rendition, Video
from people.models.identity import FeedKey, Identity
from people.models.user import FORMER_HANDLE, User

__all__ = [
    "FORMER_HANDLE",
    "Audience",
    "AudienceMember",
    "Brand",
    "CollectionAudience",
    "Department",
    "DocumentFile",
    "FeedKey",
    "Identity",
    "Location",
    "Picture",
    "Rendition",
    "User",
    "Video",
]
