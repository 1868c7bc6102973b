"""What a screen costs the database does not depend on how much there is to show (aims in the issue and T25)."""

import base64
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from blog.paragraphs import words_of
from feed.actions import memberships, questions
from feed.models import (
    Attachment,
    Community,
    Follow,
    Kudos,
    Mention,
    Option,
    Poll,
    Question,
    Tag,
    TaggedPost,
    Thanked,
)
from people import audit, roles
from people.actions import folding, skills
from people.models import DataRequest, FeedKey, Invitation, RoleGrant
from tests.factories import (
    ArticleFactory,
    AudienceFactory,
    BlogFactory,
    BookmarkFactory,
    CommentFactory,
    CommunityFactory,
    DepartmentFactory,
    DirectoryFactory,
    NotificationFactory,
    PictureFactory,
    PostFactory,
    ReactionFactory,
    ReportFactory,
    UserFactory,
)

FAR = base64.urlsafe_b64encode(b'["2999-01-01T00:00:00+00:00", 1]').decode().rstrip("=")
AIMS = {
    "home": 25,  # 4 of every page, 10 of cards of all kinds, 6 of the composer, lists
    "feed": 25,
    "feed, older": 18,
    "everything": 24,
    "person": 14,
    "blogs": 10,
    "blog": 10,
    "article with comments": 12,
    "profile": 13,  # skills, reports, the department's path, what may be seen, communities in common
}  # session and user included


def screens(company):
    """{name: (role, address)} of the measured screens."""
    key = FeedKey.objects.get_or_create(user=company.employee)[0].key
    blog = company.blog.pages.get(locale__language_code="de")
    person = reverse("people:profile", args=[company.executive.handle])
    return {
        "home": ("employee", reverse("home")),
        "blogs": ("employee", reverse("blog:index")),
        "blog": ("employee", blog.url_path),
        "article with comments": ("employee", company.article.url_path),
        "article by support": ("employee", f"{company.article.url_path}?sort=support"),
        "profile": ("employee", person),
        "profile, comments": ("employee", f"{reverse('people:profile', args=['eva'])}?show=comments"),
        "notifications": ("employee", reverse("feed:notifications")),
        "scheduled posts": ("employee", reverse("feed:scheduled")),
        "bookmarks": ("employee", reverse("feed:bookmarks")),
        "people": ("employee", reverse("people:list")),
        "people, searched": ("employee", reverse("people:list") + "?q=colleague&language=de&new=1&as=cards"),
        "new colleagues": ("employee", reverse("people:newcomers")),
        "organisation chart": ("employee", reverse("people:org_tops")),
        "around a person": ("employee", reverse("people:org", args=[company.employee.handle])),
        "below a person": ("employee", reverse("people:org_below", args=[company.employee.handle])),
        "departments": ("employee", reverse("people:departments")),
        "department": ("employee", reverse("people:department", args=[company.employee.department.pk])),
        "communities": ("employee", reverse("feed:communities")),
        "community": ("employee", reverse("feed:community", args=[company_place(company).slug])),
        "community members": (
            "employee",
            reverse("feed:community_members", args=[company_place(company).slug]),
        ),
        "community reports": (
            "employee",
            reverse("feed:community_reports", args=[company_circle(company).slug]),
        ),
        "tag": ("employee", reverse("feed:tag", args=["foundry"])),
        "topics": ("employee", reverse("feed:tags")),
        "feed": ("employee", reverse("feed:feed")),
        "feed, older": ("employee", reverse("feed:feed") + "?after=" + FAR),
        "everything": ("employee", reverse("feed:everything")),
        "mentions": ("employee", reverse("feed:mentions")),
        "person": ("employee", reverse("feed:person", args=["henrike"])),
        "what I follow": ("employee", reverse("feed:following")),
        "thanks to a person": ("employee", reverse("feed:kudos_of", args=[company.employee.handle])),
        "who reacted": ("employee", reverse("feed:reactions", args=[company.post.pk])),
        "questions": ("employee", reverse("feed:questions")),
        "moderation": ("moderator", reverse("feed:moderation")),
        "invitations": ("administrator", reverse("people:invitations")),
        "welcome": ("employee", reverse("people:welcome")),
        "moderation, held": ("moderator", reverse("feed:moderation") + "?view=held"),
        "accounts": ("administrator", reverse("people:accounts")),
        "roles by audience": ("administrator", reverse("people:role_grants")),
        "directories": ("administrator", reverse("people:sources")),
        "disagreements": ("administrator", reverse("people:source_conflicts")),
        "erasures": ("administrator", reverse("people:data_requests")),
        "audit log": ("administrator", reverse("people:audit")),
        "new owners": ("executive", reverse("people:handovers")),
        "Atom": ("employee", reverse("feed:atom_all", args=[key])),
    }


def say(company, person, article):
    """One post of each kind, all of them for the employee: in a place, by somebody followed, naming them."""
    place = company_place(company)
    DirectoryFactory(disagreeing=person)
    post, _question, poll, kudos = (
        PostFactory(author=person, kind=kind, community=place)
        for kind in ("post", "question", "poll", "kudos")
    )
    Question.objects.create(post=_question, asker=person, addressee=company.employee)
    asked = Poll.objects.create(post=poll, ends_at=timezone.now() + timedelta(days=1))
    for position in range(2):
        Option.objects.create(poll=asked, text=f"Option {position}", position=position)
    Thanked.objects.create(kudos=Kudos.objects.create(post=kudos), user=company.employee)
    Mention.objects.create(post=post, user=company.employee)
    PostFactory(author=person, shared=post, audience=company.foundry)
    PostFactory(author=company.executive, shared=article)
    tag, _made = Tag.objects.get_or_create(slug="foundry", defaults={"name": "foundry"})
    TaggedPost.objects.create(tag=tag, content_object=post, published_at=post.published_at)
    Attachment.objects.create(
        post=post, owner=person, file="attachments/none.webp", size=1, width=4, height=3
    )
    for target in ({"user": person}, {"tag": tag}):
        Follow.objects.get_or_create(follower=company.employee, **target)
    return post


def company_place(company):
    """A community that the employee is in."""
    found = Community.objects.filter(slug="cyclists").first()
    if found is None:
        found = CommunityFactory(name="Cyclists", owner=company.executive, members=[company.employee])
        Community.objects.filter(pk=found.pk).update(cover=PictureFactory())
    return found


def company_circle(company):
    """A closed community that the employee owns."""
    found = Community.objects.filter(slug="circle").first()
    return found or CommunityFactory(name="Circle", kind="closed", owner=company.employee)


def grow(company, number):
    """Adds `number` of everything that the screens list."""
    for turn in range(number):
        person = hire(company)
        cover = PictureFactory()
        blog = BlogFactory(executive=True, owner=person)
        place = CommunityFactory(owner=person, members=[company.employee] if turn % 2 else [])
        Community.objects.filter(pk=place.pk).update(cover=cover)
        memberships.join(community=company_place(company), user=person)
        ArticleFactory(blog=blog, author=person, cover=cover, tags=["foundry"])
        article = ArticleFactory(blog=company.blog, author=company.executive, cover=cover, tags=["foundry"])
        post = article.post_page.post
        root = CommentFactory(post=company.post, author=person)
        CommentFactory(reply_to=root, author=company.employee)
        CommentFactory(post=post, author=company.employee)
        CommentFactory(post=company.post, author=person, held=True)
        ask_and_cite(company, person)
        ReactionFactory(post=company.post, user=person)
        ReactionFactory(comment=root, user=company.employee)
        ReportFactory(comment=root, reporter=company.employee)
        circle = company_circle(company)
        inside = PostFactory(author=person, community=circle, audience_id=circle.readers_id)
        ReportFactory(post=inside, comment=None, reporter=person)
        BookmarkFactory(user=company.employee, post=post)
        PostFactory(
            author=company.employee,
            state="scheduled",
            published_at=None,
            publish_at=timezone.now(),
            community=place,
        )
        BookmarkFactory(user=company.employee, post=say(company, person, post))
        govern(company, person)
        NotificationFactory(user=company.employee, post=post, comment=root, actor=person)


def hire(company):
    """A new colleague of the employee's, who is their manager, with a skill and a department of their own to lead."""
    team = {"department": company.employee.department, "location": company.employee.location}
    person = UserFactory(**team, manager=company.employee, languages=["de"], joined_on=timezone.localdate())
    skills.replace(user=person, names=["Glue"])
    folding.refold(users=[person])
    DepartmentFactory(parent=company.employee.department, lead=person)
    return person


def govern(company, person):
    """Somebody left and owes an answer and a blog; somebody has a role through an audience; somebody wants to go."""
    left = UserFactory(manager=company.executive, is_active=False)
    Question.objects.create(post=PostFactory(author=person, kind="question"), asker=person, addressee=left)
    blog = BlogFactory(owner=left)
    blog.members.all().delete()
    audience = AudienceFactory(members=[person])
    RoleGrant.objects.create(role=roles.MODERATORS, audience=audience, granted_by=company.administrator)
    DataRequest.objects.create(user=person, kind="erasure", asked_by=person, decided_by=company.administrator)
    audit.record(action="people.role.grant", by=person, target=person)
    Invitation.objects.create(user=person, digest=person.handle, expires_at=timezone.now())


def ask_and_cite(company, person):
    """A question below the article, answered, an open one, and a comment on its first paragraph."""
    page = company.article.post_page
    anchor, words = next(iter(words_of(company.article.body).items()))
    cited = {"cited_page": page, "cited_anchor": anchor, "cited_text": words}
    asking = [CommentFactory(post=company.post, author=person, **cited) for _ in range(2)]
    for comment in asking:
        question = questions.open_for(
            post=company.post, comment=comment, asker=person, ask=questions.Ask(addressee=company.author)
        )
    answer = CommentFactory(reply_to=asking[-1], author=company.author)
    questions.mark_official(question=question, comment=answer, by=company.author)


def measure(company, client_for):
    """{name: [queries]} of each screen, asked a second time so that renditions and the brand are there."""
    found = {}
    for name, (role, url) in screens(company).items():
        client = client_for(getattr(company, role))
        client.get(url)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = client.get(url)
        assert answer.status_code == 200, f"{name}: {answer.status_code}"
        found[name] = [query["sql"] for query in queries]
    return found


@pytest.fixture
def counts(company, client_for):
    grow(company, 1)
    few = measure(company, client_for)
    grow(company, 49)
    cache.clear()
    return few, measure(company, client_for)


def test_screens_ask_the_same_number_of_questions_at_1_and_50_items(counts):
    few, many = counts
    print("\n".join(f"{name}: {len(few[name])} → {len(many[name])}" for name in few))
    grown = [name for name in few if len(few[name]) != len(many[name])]
    told = [
        f"{name}: {len(few[name])} → {len(many[name])}\n" + "\n".join(sorted(many[name])) for name in grown
    ]
    assert not grown, "\n\n".join(told)
    over = {name: len(many[name]) for name, aim in AIMS.items() if len(many[name]) > aim}
    assert not over, "\n\n".join(f"{name}: {count}\n" + "\n".join(many[name]) for name, count in over.items())
