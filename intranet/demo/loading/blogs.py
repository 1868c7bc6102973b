"""The blogs in both languages, with their people, rules and files."""

from django.db import transaction

from blog.actions import staffing
from blog.models import BlogPage
from intranet.demo.colleagues import read

LANGUAGES = ("de", "en")


@transaction.atomic
def load(users):
    """Return {blog key: {language: BlogPage}}; what is there is left as it is."""
    found = {}
    for row in read("people.toml")["blog"]:
        pages = BlogPage.objects.filter(slug=row["key"]).select_related("locale", "blog")
        if not pages.exists():
            _create(row, users)
        found[row["key"]] = {page.locale.language_code: page for page in pages.all()}
    return found


def _create(row, users):
    owner, *authors = row["authors"]
    staffing.create_blog(
        kind=row["kind"],
        titles={language: row[f"name_{language}"] for language in LANGUAGES},
        intros={language: row[f"intro_{language}"] for language in LANGUAGES},
        slug=row["key"],
        owner=users[owner],
        authors=[users[key] for key in authors],
        delegates=[users[key] for key in row["delegates"]],
        by=users["lena"],
        needs_approval=row["needs_approval"],
        comments_close_after_days=row.get("comments_close_after_days"),
    )
