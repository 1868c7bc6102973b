"""What people send, one file per noun. Text is cleaned here, pictures are read here. Import forms from here."""

from feed.forms.choices import FollowForm, ReactForm, TargetForm
from feed.forms.comments import CommentForm, EditForm
from feed.forms.communities import (
    AskForm,
    CommunityForm,
    DecisionForm,
    InviteForm,
    LeaveForm,
    PinForm,
    RoleForm,
)
from feed.forms.fields import KeyedForm, LocalTime, Repeated, TypedText
from feed.forms.moderation import ReasonForm, ReportForm
from feed.forms.pictures import PictureFields
from feed.forms.posts import AudienceForm, PostForm, ShareForm, WhenForm
from feed.forms.streams import MuteForm, UntilForm

__all__ = [
    "AskForm",
    "AudienceForm",
    "CommentForm",
    "CommunityForm",
    "DecisionForm",
    "EditForm",
    "FollowForm",
    "InviteForm",
    "KeyedForm",
    "LeaveForm",
    "LocalTime",
    "MuteForm",
    "PictureFields",
    "PinForm",
    "PostForm",
    "ReactForm",
    "ReasonForm",
    "Repeated",
    "ReportForm",
    "RoleForm",
    "ShareForm",
    "TargetForm",
    "TypedText",
    "UntilForm",
    "WhenForm",
]
