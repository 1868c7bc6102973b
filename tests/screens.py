"""The screens that a person meets, in one list: HTML validity, accessibility and headers go through all of them."""

from django.urls import reverse

from feed.models import JoinRequest
from tests.factories import (
    ArticleFactory,
    BookmarkFactory,
    CommentFactory,
    CommunityFactory,
    NotificationFactory,
    PostFactory,
    ReactionFactory,
    ReportFactory,
)

PUBLIC = {
    "sign-in": "/accounts/login/",
    "forgotten password": "/accounts/password/reset/",
    "forgotten password, sent": "/accounts/password/reset/done/",
    "reset link used up": "/accounts/password/reset/key/1-absent/",
    "signed out": "/accounts/inactive/",
}


def furnish(company):
    """Adds to the company what the screens below show."""
    post = company.post
    company.reply = CommentFactory(
        reply_to=company.comment, author=company.executive, body="Nobody yet. I will."
    )
    company.hidden = CommentFactory(post=post, author=company.outsider, hidden=True)
    CommentFactory(reply_to=company.hidden, author=company.employee)
    company.held = CommentFactory(post=post, author=company.outsider, held=True)
    company.foreign = CommentFactory(
        post=post, author=company.outsider, body="- one\n- two\n\n> cited `code`"
    )
    company.share = PostFactory(author=company.employee, shared=post, body="Read this.")
    ReactionFactory(post=post, user=company.outsider)
    ReactionFactory(comment=company.comment, user=company.outsider)
    BookmarkFactory(user=company.employee, post=post)
    NotificationFactory(user=company.employee, post=post, comment=company.reply, actor=company.executive)
    ReportFactory(comment=company.foreign, reporter=company.employee)
    company.community = CommunityFactory(
        name="Cyclists", purpose="We ride to work.", rules="- **Ride** on the right", owner=company.employee,
        members=[company.executive], kind="request",
    )  # fmt: skip
    PostFactory(
        author=company.executive, community=company.community, audience_id=company.community.readers_id
    )
    JoinRequest.objects.create(community=company.community, user=company.outsider, text="I ride too.")
    company.executive.about = "I ask questions."
    company.executive.save()
    company.withdrawn = ArticleFactory(blog=company.blog, author=company.executive, state="withdrawn")


def of(company):
    """{name: (role, address)} for people who are signed in."""
    post, comment, foreign = company.post.pk, company.comment.pk, company.foreign.pk
    blog = company.blog.pages.get(locale__language_code="de")
    article, english = [version.url for version in company.post.pages.order_by("language")]
    employee = {
        "home": reverse("home"),
        "blogs": reverse("blog:index"),
        "blog": blog.url_path,
        "article": article,
        "article in English": english,
        "article, oldest first": f"{article}?sort=oldest",
        "article, answering": f"{article}?at={foreign}&reply={foreign}",
        "withdrawn article": company.withdrawn.url_path,
        "tag": reverse("feed:tag", args=["foundry"]),
        "topics": reverse("feed:tags"),
        "asking for a blog": reverse("blog:request"),
        "people": reverse("people:list"),
        "communities": reverse("feed:communities"),
        "new community": reverse("feed:community_new"),
        "community": reverse("feed:community", args=[company.community.slug]),
        "community members": reverse("feed:community_members", args=[company.community.slug]),
        "changing a community": reverse("feed:community_change", args=[company.community.slug]),
        "leaving a community": reverse("feed:community_leave", args=[company.community.slug]),
        "reporting a profile": reverse("feed:person_report", args=[company.executive.handle]),
        "profile": reverse("people:profile", args=[company.executive.handle]),
        "own profile": reverse("people:profile", args=[company.employee.handle]),
        "settings": reverse("people:settings"),
        "password": reverse("account_change_password"),
        "bookmarks": reverse("feed:bookmarks"),
        "feed": reverse("feed:feed"),
        "feed: everything": reverse("feed:everything"),
        "feed: mentions": reverse("feed:mentions"),
        "posts by a person": reverse("feed:person", args=[company.employee.handle]),
        "what I follow": reverse("feed:following"),
        "where it was shared": reverse("feed:travels", args=[company.share.pk]),
        "notifications": reverse("feed:notifications"),
        "share": reverse("feed:post", args=[company.share.pk]),
        "sharing": reverse("feed:share", args=[post]),
        "who reacted": reverse("feed:reactions", args=[post]),
        "reporting an article": reverse("feed:report", args=[post]),
        "reporting a comment": reverse("feed:comment_report", args=[foreign]),
        "editing a comment": reverse("feed:comment_edit", args=[comment]),
        "deleting a comment": reverse("feed:comment_delete", args=[comment]),
        "history of a comment": reverse("feed:comment_history", args=[comment]),
        "nothing here": "/nothing/here/",
        "staff only": "/admin/",
    }
    moderator = {
        "article, moderating": article,
        "moderation": reverse("feed:moderation"),
        "moderation, held": reverse("feed:moderation") + "?view=held",
        "moderation, log": reverse("feed:moderation") + "?view=log",
        "hiding a comment": reverse("feed:comment_hide", args=[foreign]),
        "restoring a comment": reverse("feed:comment_restore", args=[company.hidden.pk]),
        "locking": reverse("feed:lock", args=[post]),
    }
    communications = {"pinning to home": reverse("feed:pin", args=[company.share.pk])}
    author = {"writing": reverse("blog:write")}
    by_role = {
        "employee": employee,
        "moderator": moderator,
        "executive": author,
        "communications": communications,
    }
    return {name: (role, url) for role, names in by_role.items() for name, url in names.items()}
