"""The blogs in both languages, with their people and rules."""

from uuid import NAMESPACE_URL, uuid5

from django.db import transaction

from blog.models import Blog, BlogIndexPage, BlogMember, BlogPage
from intranet.demo.colleagues import read


@transaction.atomic
def load(users, pictures):
    """Return {blog key: {language: BlogPage}}; what is there is left as it is."""
    indexes = {page.locale.language_code: page for page in BlogIndexPage.objects.select_related("locale")}
    found = {}
    for row in read("people.toml")["blog"]:
        pages = BlogPage.objects.filter(slug=row["key"], path__startswith="0001").select_related(
            "locale", "blog"
        )
        found[row["key"]] = {page.locale.language_code: page for page in pages} or _create(
            row, users, indexes
        )
    return found


def _create(row, users, indexes):
    blog = Blog.objects.create(
        kind=row["kind"],
        needs_approval=row["needs_approval"],
        comments_close_after_days=row.get("comments_close_after_days"),
    )
    _staff(blog, row, users)
    pages = {}
    for language, index in indexes.items():
        index.refresh_from_db(fields=["numchild", "path", "depth"])
        pages[language] = BlogPage(
            title=row[f"name_{language}"],
            slug=row["key"],
            intro=row[f"intro_{language}"],
            blog=blog,
            locale=index.locale,
            translation_key=uuid5(NAMESPACE_URL, f"blog {row['key']}"),
            owner=users[row["authors"][0]],
        )
        index.add_child(instance=pages[language])
    return pages


def _staff(blog, row, users):
    owner, *authors = row["authors"]
    members = [BlogMember(blog=blog, user=users[owner], role=BlogMember.Role.OWNER)]
    members += [BlogMember(blog=blog, user=users[key]) for key in authors]
    members += [
        BlogMember(blog=blog, user=users[key], role=BlogMember.Role.DELEGATE, delegate_for=users[owner])
        for key in row["delegates"]
    ]
    BlogMember.objects.bulk_create(members)
