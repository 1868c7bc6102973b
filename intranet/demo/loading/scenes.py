"""What happened since yesterday: answers, a report, a hidden comment, a locked thread, drafts, shares, bookmarks."""

import random

from django.db import transaction

from blog.actions import requesting
from blog.models import ArticlePage, BlogRequest
from feed.actions import (
    bookmarking,
    comment_editing,
    commenting,
    drafting,
    following,
    moderating,
    reporting,
    sharing,
    watching,
)
from feed.models import Comment, Follow, Post, Tag, Watch
from intranet.demo.colleagues import read

BOOKMARKS, FOLLOWED_BLOGS, FOLLOWED_PEOPLE, FOLLOWED_TAGS = 3, 2, 2, 2


def play(shelf):
    """Let everything in scenes.toml happen once; what has happened is recognised by its words."""
    scenes, users = read("scenes.toml"), shelf.users
    with transaction.atomic():
        _watch(users)
    with transaction.atomic():
        for number, row in enumerate(scenes["comment"]):
            _say(row, number, users)
        _report(scenes["report"], users)
        _moderate(scenes, users)
        _correct(scenes["edit"], users)
        _take_back(scenes["delete"], users)
    with transaction.atomic():
        for number, row in enumerate(scenes["share"]):
            post = _post(row["article"])
            sharing.share(
                post=post, author=users[row["author"]], body=row["body"], key=f"demo-share-{number}"
            )
        for row in scenes["draft"]:
            place = drafting.place(post=_post(row["article"]))
            drafting.save(user=users[row["user"]], place=place, body=row["body"])
        _ask_for_blog(scenes["blog_request"], users)
    with transaction.atomic():
        _keep_and_follow(shelf)


def _post(slug):
    return ArticlePage.objects.get(slug=slug).post_page.post


def _comment(row, name):
    """Return the comment that begins with the words in `row[name]`, after its quotation if it has one."""
    return Comment.objects.get(post=_post(row["article"]), body__contains=row[name])


def _watch(users):
    """Delegates watch what is said under the newest articles of whom they write for."""
    posts = Post.objects.filter(author=users["matthias"], kind=Post.Kind.ARTICLE).order_by("-published_at")[
        :5
    ]
    for post in posts:
        watching.set_level(user=users["olga"], post=post, level=Watch.Level.WATCHING)


def _say(row, number, users):
    if Comment.objects.filter(body=row["body"]).exists():
        return
    commenting.add(
        post=_post(row["article"]),
        author=users[row["author"]],
        body=row["body"],
        reply_to=_comment(row, "under") if row["under"] else None,
        key=f"demo-comment-{number}",
    )


def _report(row, users):
    comment = _comment(row, "comment")
    if not comment.reports.exists():
        reporting.report(reporter=users[row["reporter"]], rule=row["rule"], text=row["text"], comment=comment)


def _moderate(scenes, users):
    row = scenes["hide"]
    moderating.hide(comment=_comment(row, "comment"), by=users[row["moderator"]], reason=row["reason"])
    row = scenes["lock"]
    moderating.lock(post=_post(row["article"]), by=users[row["moderator"]], reason=row["reason"])


def _correct(row, users):
    comment = _comment(row, "comment")
    if comment.edited_at is None:
        comment_editing.edit(
            comment=comment, editor=users[row["author"]], body=row["body"], version=comment.version
        )


def _take_back(row, users):
    """Somebody deletes a comment that was answered meanwhile: a tombstone stays."""
    post, author = _post(row["article"]), users[row["author"]]
    if Comment.objects.filter(post=post, author=author, body=row["body"]).exists():
        return
    comment = commenting.add(post=post, author=author, body=row["body"])
    commenting.add(post=post, author=users[row["reply_by"]], body=row["reply"], reply_to=comment)
    comment_editing.delete(comment=comment, by=author)


def _ask_for_blog(row, users):
    user = users[row["user"]]
    if not BlogRequest.objects.filter(user=user).exists():
        requesting.ask(user=user, title=row["title"], purpose=row["purpose"], language=row["language"])


def _keep_and_follow(shelf):
    """Everybody keeps a few articles and follows a few blogs, people and tags; the same ones on every machine."""
    if Follow.objects.exists():
        return
    posts = list(
        Post.objects.filter(kind=Post.Kind.ARTICLE, audience=None, state=Post.State.PUBLISHED).order_by("pk")
    )
    writers = [
        shelf.users[key]
        for key in ("henrike", "jana", "amara", "karlheinz", "paul", "ines", "mehmet", "katka")
    ]
    pages = [min(versions.values(), key=lambda page: page.pk) for versions in shelf.blogs.values()]
    tags = list(Tag.objects.order_by("pk"))
    for key, user in sorted(shelf.users.items()):
        rng = random.Random(f"follows {key}")
        for post in rng.sample(posts, rng.randint(0, BOOKMARKS)):
            bookmarking.keep(user=user, post=post)
        for page in rng.sample(pages, FOLLOWED_BLOGS):
            following.follow(follower=user, page=page)
        for writer in rng.sample(writers, rng.randint(0, FOLLOWED_PEOPLE)):
            following.follow(follower=user, user=writer)
        for tag in rng.sample(tags, rng.randint(0, FOLLOWED_TAGS)):
            following.follow(follower=user, tag=tag)
