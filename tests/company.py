"""The company that tests share: a maker of scales, small enough to hold in mind.

company.employee       Eva, reads and comments; in the foundry's audience
company.outsider       Otto, works elsewhere: not in any audience
company.executive      Henrike, owns `company.blog` (for everyone) and `company.foundry_blog` (foundry only)
company.delegate       Dana, drafts and publishes for the executive in `company.blog` only
company.author         Arno, writes in `company.staff_blog`, which needs approval
company.communications Klara    company.moderator Mats (reads the foundry too)    company.administrator Ada
company.article        in German and English, published, open to everyone, with Eva's `company.comment`
company.foundry_article  published in German for the foundry's audience
"""

from types import SimpleNamespace

from people import roles
from people.actions.folding import refold
from tests.factories import (
    ArticleFactory,
    AudienceFactory,
    BlogFactory,
    CommentFactory,
    DepartmentFactory,
    LocationFactory,
    UserFactory,
)


def build_company():
    """Creates everything named above in the current database."""
    found = SimpleNamespace()
    _hire(found)
    found.foundry = AudienceFactory(
        name="Foundry", members=[found.employee, found.executive, found.moderator, found.communications]
    )
    found.blog = BlogFactory(executive=True, owner=found.executive, delegates=[found.delegate])
    found.foundry_blog = BlogFactory(executive=True, owner=found.executive, audience=found.foundry)
    found.staff_blog = BlogFactory(owner=found.author, needs_approval=True)
    found.article = ArticleFactory(
        blog=found.blog,
        author=found.executive,
        languages=("de", "en"),
        title="Why we keep the foundry",
        tags=["foundry"],
    )
    found.post = found.article.post_page.post
    found.comment = CommentFactory(post=found.post, author=found.employee, body="Good. **Who** told Görlitz?")
    found.foundry_article = ArticleFactory(
        blog=found.foundry_blog, author=found.executive, title="Only for the foundry", tags=["furnace"]
    )
    return found


def _hire(found):
    celle, goerlitz = LocationFactory(name="Celle"), LocationFactory(name="Görlitz")
    board = DepartmentFactory(name="Management")
    foundry = DepartmentFactory(name="Foundry", parent=board)
    people = {
        "executive": ("Henrike", "Rautenfeld", "Managing director", board, celle),
        "delegate": ("Dana", "Weiß", "Assistant", board, celle),
        "employee": ("Eva", "Lindner", "Founder's mate", foundry, goerlitz),
        "outsider": ("Otto", "Brandt", "Sales", board, celle),
        "author": ("Arno", "Šebek", "Test engineer", board, celle),
        "communications": ("Klara", "Thoma", "Communications", board, celle),
        "moderator": ("Mats", "Ulrich", "Works council", foundry, goerlitz),
        "administrator": ("Ada", "Quint", "IT", board, celle),
    }
    granted = {"communications": [roles.COMMUNICATIONS], "moderator": [roles.MODERATORS]}
    for role, (first, last, job, department, location) in people.items():
        person = UserFactory(
            first_name=first, last_name=last, handle=first.casefold(), email=f"{first.casefold()}@example.com",
            job_title=job, department=department, location=location, is_superuser=role == "administrator",
            manager=None if role == "executive" else found.executive, roles=granted.get(role),
        )  # fmt: skip
        setattr(found, role, person)
    refold(users=[getattr(found, role) for role in people])
