"""The people tables. Import models from here; one file per noun."""

from people.models.audience import Audience, AudienceMember, CollectionAudience
from people.models.brand import Brand
from people.models.data_request import DataRequest
from people.models.department import Department, Location
from people.models.field_rule import FieldRule
from people.models.files import DocumentFile, Picture, Rendition, Video
from people.models.identity import FeedKey, Identity
from people.models.invitation import Invitation
from people.models.outbox import OutboxMessage
from people.models.privacy_rules import PrivacyRules
from people.models.role_grant import RoleGrant
from people.models.scim_account import ScimAccount
from people.models.skill import PersonSkill, Skill
from people.models.source import DirectoryGroup, DirectorySource, FieldConflict, ScimToken, SyncRun
from people.models.user import FORMER_HANDLE, User

__all__ = [
    "FORMER_HANDLE",
    "Audience",
    "AudienceMember",
    "Brand",
    "CollectionAudience",
    "DataRequest",
    "Department",
    "DirectoryGroup",
    "DirectorySource",
    "DocumentFile",
    "FeedKey",
    "FieldConflict",
    "FieldRule",
    "Identity",
    "Invitation",
    "Location",
    "OutboxMessage",
    "PersonSkill",
    "Picture",
    "PrivacyRules",
    "Rendition",
    "RoleGrant",
    "ScimAccount",
    "ScimToken",
    "Skill",
    "SyncRun",
    "User",
    "Video",
]
