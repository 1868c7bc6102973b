"""Articles and comments in every state, each with words of its own, and who may ever read them.

`build()` returns the people by role, the things by state, and `may`: for each secret word the roles that may meet
it somewhere. The table is written by hand from the requirements (A3–A6, T1), not computed by the product's rule.
"""

from types import SimpleNamespace

from django.utils import timezone

from feed.actions import memberships, questions
from feed.models import Bookmark, Notification, Post, Watch
from people import roles
from people.models import Audience, AudienceMember
from tests.factories import (
    ArticleFactory,
    AudienceFactory,
    BlogFactory,
    CommentFactory,
    CommunityFactory,
    PostFactory,
    ReactionFactory,
    ReportFactory,
    UserFactory,
)

GROUPS = {"communications": [roles.COMMUNICATIONS], "moderator": [roles.MODERATORS]}
GROUPS["outside_moderator"] = GROUPS["moderator"]
ROLES = (
    "outsider", "insider", "removed", "commenter", "author", "executive", "delegate",
    "communications", "moderator", "outside_moderator", "administrator", "deactivated",
)  # fmt: skip
EVERYONE = frozenset(ROLES) - {"deactivated"}
INSIDE = frozenset({"insider", "commenter", "author", "executive", "moderator"})
STAFF_OF_OPEN_BLOG = frozenset({"executive", "delegate", "author", "communications", "administrator"})
NOBODY = frozenset()

ARTICLES = {
    # state: (who may meet the title, who the text, who the comments)
    "open": (EVERYONE, EVERYONE, EVERYONE),
    "locked": (EVERYONE, EVERYONE, EVERYONE),
    "audience": (INSIDE, INSIDE, INSIDE),
    "ownaudience": (INSIDE, INSIDE, INSIDE),
    "moved": (INSIDE, INSIDE, INSIDE),
    "hidden": ({"executive", "moderator", "outside_moderator"} | STAFF_OF_OPEN_BLOG,) * 3,
    "withdrawn": (EVERYONE, STAFF_OF_OPEN_BLOG, NOBODY),
    "deleted": (EVERYONE, NOBODY, NOBODY),  # a former reader's bookmark may still name it
    "draft": (STAFF_OF_OPEN_BLOG, STAFF_OF_OPEN_BLOG, NOBODY),
    "scheduled": (STAFF_OF_OPEN_BLOG, STAFF_OF_OPEN_BLOG, NOBODY),
    "draftinside": (INSIDE - {"insider", "commenter", "moderator"},) * 2 + (NOBODY,),
}
COMMENTS = {
    "shown": EVERYONE,
    "hidden": {"commenter", "moderator", "outside_moderator", "administrator"},
    "held": {"commenter", "executive", "moderator", "outside_moderator", "administrator"},
    "deleted": NOBODY,
    "replytohidden": EVERYONE,
}
MEMBERS = frozenset({"insider", "commenter", "moderator"})  # of each community; "removed" was one
COMMUNITIES = {
    # kind: (who may meet its name and purpose, who what is written there)
    "open": (EVERYONE, EVERYONE),
    "request": (EVERYONE, MEMBERS),
    "closed": (MEMBERS, MEMBERS),
}


def word(kind, state):
    """A word that stands nowhere else.

    Kind "t" title and address, "b" text, "c" comment, "r" unpublished revision, "n" a community's name, "p" its post.
    """
    return f"zq{kind}{state}"


def build():
    """Fills the database; see the module's docstring."""
    world = SimpleNamespace(articles={}, posts={}, comments={}, may={}, places={})
    world.people = {
        role: UserFactory(last_name=role, is_superuser=role == "administrator", roles=GROUPS.get(role))
        for role in ROLES
    }
    _open_blogs(world)
    _write_articles(world)
    _comment(world)
    _share(world)
    _gather(world)
    _everyone_was_here(world)
    _change_later(world)
    return world


def _open_blogs(world):
    people = world.people
    members = [people[role] for role in ROLES if role in INSIDE or role == "removed"]
    world.audience = AudienceFactory(name="Inside", members=members)
    staff = {"owner": people["executive"], "authors": [people["author"]]}
    world.open_blog = BlogFactory(executive=True, delegates=[people["delegate"]], **staff)
    world.inside_blog = BlogFactory(executive=True, audience=world.audience, **staff)


def _write_articles(world):
    made_as = {"draft": "draft", "draftinside": "draft", "scheduled": "scheduled"}
    for state, (title, text, comments) in ARTICLES.items():
        inside = state in ("audience", "draftinside")
        article = ArticleFactory(
            blog=world.inside_blog if inside else world.open_blog,
            author=world.people["executive"],
            title=word("t", state),
            slug=word("t", state),
            summary=word("b", state),
            text=f"<p>{word('b', state)}</p>",
            tags=[word("t", state)],
            state=made_as.get(state, "published"),
            has_own_audience=state == "ownaudience",
            audience=world.audience if state == "ownaudience" else None,
        )
        world.articles[state] = article
        world.may |= {word("t", state): title, word("b", state): text, word("c", state): comments}
        if state not in made_as:
            post = world.posts[state] = Post.objects.get(pages__page=article)
            CommentFactory(post=post, author=world.people["commenter"], body=word("c", state))
    revised = world.articles["open"].specific
    revised.summary = word("r", "open")
    revised.save_revision()
    world.may[word("r", "open")] = STAFF_OF_OPEN_BLOG


def _comment(world):
    post, writer = world.posts["open"], world.people["commenter"]
    for state, readers in COMMENTS.items():
        traits = {state: True} if state in ("hidden", "held", "deleted") else {}
        answered = world.comments["hidden"] if state == "replytohidden" else None
        place = {"reply_to": answered} if answered else {"post": post}
        body = word("c", f"c{state}")
        world.comments[state] = CommentFactory(author=writer, body=body, **place, **traits)
        world.may[body] = readers
        asking = {"post": world.comments[state].post, "comment": world.comments[state], "asker": writer}
        questions.open_for(**asking, created_at=timezone.now())
        ReactionFactory(comment=world.comments[state], user=world.people["executive"])
        ReportFactory(comment=world.comments[state], reporter=world.people["insider"])


def _share(world):
    body = word("b", "share")
    sharer = world.people["insider"]
    world.posts["share"] = PostFactory(author=sharer, body=body, shared=world.posts["audience"])
    world.may[body] = EVERYONE


def _gather(world):
    """A community of each kind, with a post; the insider owns it."""
    for kind, (name, text) in COMMUNITIES.items():
        members = [world.people[role] for role in ("removed", *sorted(MEMBERS - {"insider"}))]
        place = CommunityFactory(
            name=word("n", kind),
            purpose=word("n", kind),
            kind=kind,
            owner=world.people["insider"],
            members=members,
        )
        post = PostFactory(
            author=world.people["commenter"],
            body=word("p", kind),
            community=place,
            audience_id=place.readers_id,
        )
        world.places[kind] = place, post
        world.may |= {word("n", kind): name, word("p", kind): text}
        ReportFactory(comment=None, post=post, reporter=world.people["insider"])
        for person in world.people.values():
            Bookmark.objects.create(user=person, post=post)
            Notification.objects.create(
                user=person, cause=Notification.Cause.COMMUNITY, community=place, text="owner"
            )


def _everyone_was_here(world):
    """All could read everything once: they kept, watched and were told. Nothing of that may outlive their right."""
    for person in world.people.values():
        for post in world.posts.values():
            Bookmark.objects.create(user=person, post=post)
            Watch.objects.create(user=person, post=post)
            told = {"user": person, "cause": Notification.Cause.COMMENT, "actor": world.people["commenter"]}
            Notification.objects.create(post=post, comment=post.comments.first(), **told)


def _change_later(world):
    """What happened since: members left, articles moved, were hidden, locked, withdrawn or deleted."""
    for place, _post in world.places.values():
        memberships.expel(community=place, user=world.people["removed"])
    AudienceMember.objects.filter(user=world.people["removed"]).delete()
    Audience.extra_members.through.objects.filter(user=world.people["removed"]).delete()
    inside_page = world.inside_blog.pages.get(locale__language_code="de")
    world.articles["moved"].move(inside_page, pos="last-child")
    now = timezone.now()
    Post.objects.filter(pk=world.posts["hidden"].pk).update(hidden_at=now)
    Post.objects.filter(pk=world.posts["locked"].pk).update(locked_at=now, lock_reason="Enough said.")
    world.articles["withdrawn"].unpublish()
    world.articles["deleted"].delete()
    world.people["deactivated"].is_active = False
    world.people["deactivated"].save()
