"""What a WXR file contains, as plain records in the words of WordPress."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(slots=True)
class Site:
    """The head of the file. `url` is the address of the blog that was exported, without a slash at the end."""

    title: str
    description: str
    language: str
    version: str
    url: str
    generator: str


@dataclass(slots=True)
class Author:
    """Somebody who wrote in the old blog; `login` is what items name as their creator."""

    id: str
    login: str
    email: str
    display_name: str
    first_name: str
    last_name: str
    description: str


@dataclass(slots=True)
class Term:
    """A category (taxonomy "category"), tag ("post_tag") or term of another taxonomy."""

    taxonomy: str
    slug: str
    name: str
    parent: str = ""
    description: str = ""
    meta: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class Comment:
    """A comment, pingback or trackback. Network addresses of the writers are not read at all."""

    id: str
    parent: str
    author: str
    email: str
    url: str
    date: datetime | None
    content: str
    approved: str
    type: str
    user_id: str
    meta: list[tuple[str, str]]


@dataclass(slots=True)
class Item:
    """A post, page, attachment, menu entry … with everything that hangs on it; `line` is where it begins."""

    line: int
    id: str
    type: str
    status: str
    title: str
    link: str
    guid: str
    creator: str
    date: datetime | None
    modified: datetime | None
    content: str
    excerpt: str
    slug: str
    parent: str
    password: str
    sticky: bool
    comment_status: str
    attachment_url: str
    terms: list[Term]
    meta: list[tuple[str, str]]
    comments: list[Comment]

    @property
    def key(self) -> str:
        """What tells this item from all others of the same site: its number together with its permanent identifier.

        Numbers alone start over when a site is set up anew.
        """
        return f"{self.id} {self.guid or self.link}".strip()[:400]


Record = Site | Author | Term | Item
