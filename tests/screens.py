"""The screens that a person meets, in one list: HTML validity, accessibility and headers go through all of them."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from blog.paragraphs import words_of
from feed.actions import posting, questions, thanking, voting
from feed.actions.questions import Ask
from feed.models import JoinRequest
from people import roles
from people.actions import data_requests, granting, leaving, scim_tokens
from people.models import DataRequest, DirectorySource
from tests.factories import (
    ArticleFactory,
    AudienceFactory,
    BlogFactory,
    BookmarkFactory,
    CommentFactory,
    CommunityFactory,
    DirectoryFactory,
    NotificationFactory,
    PostFactory,
    ReactionFactory,
    ReportFactory,
    UserFactory,
)

PUBLIC = {
    "sign-in": "/accounts/login/",
    "forgotten password": "/accounts/password/reset/",
    "forgotten password, sent": "/accounts/password/reset/done/",
    "reset link used up": "/accounts/password/reset/key/1-absent/",
    "signed out": "/accounts/inactive/",
    "invitation that is over": "/join/",
    "sign-in cancelled": "/accounts/3rdparty/login/cancelled/",
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
    company.question = questions.open_for(
        post=post, comment=company.foreign, asker=company.outsider, ask=Ask(addressee=company.employee)
    )
    anchor, words = next(iter(words_of(company.article.body).items()))
    version = company.article.post_page
    CommentFactory(
        post=post, author=company.outsider, cited_page=version, cited_anchor=anchor, cited_text=words
    )
    company.share = PostFactory(author=company.employee, shared=post, body="Read this.")
    company.waiting = PostFactory(
        author=company.employee, body="Later.", state="scheduled", published_at=None,
        publish_at=timezone.now() + timedelta(days=1),
    )  # fmt: skip
    company.said = PostFactory(author=company.employee, body="Furnace two hums.")
    company.said.earlier.create(version=1, body="Old.", body_html="<p>Old.</p>", written_at=timezone.now())
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
    company.circle = CommunityFactory(
        name="Inner circle", kind="closed", owner=company.employee, members=[company.executive]
    )
    inside = {"community": company.circle, "audience_id": company.circle.readers_id}
    ReportFactory(
        post=PostFactory(author=company.executive, **inside), comment=None, reporter=company.executive
    )
    JoinRequest.objects.create(community=company.community, user=company.outsider, text="I ride too.")
    company.executive.about = "I ask questions."
    company.executive.save()
    furnish_polls(company)
    furnish_governing(company)
    source = DirectorySource.objects.create(name="Entra ID", kind="scim", issuer="https://login.example/")
    ends = timezone.now() + timedelta(days=90)
    scim_tokens.create(source=source, label="Provisioning", expires_at=ends, by=company.administrator)
    company.directory = DirectoryFactory(disagreeing=company.employee)
    company.withdrawn = ArticleFactory(blog=company.blog, author=company.executive, state="withdrawn")


def furnish_governing(company):
    """A leaver whose blog and answer wait, a role by audience, a request for erasure, a copy of data."""
    company.former = UserFactory(first_name="Fred", last_name="Gone", manager=company.executive)
    BlogFactory(owner=company.former)
    question = PostFactory(author=company.outsider, kind="question", body="Who has the key?")
    questions.open_for(post=question, asker=company.outsider, ask=Ask(addressee=company.former))
    leaving.deactivate(user=company.former, by=company.administrator)
    office = AudienceFactory(name="Press office", members=[company.outsider])
    granting.give_to_audience(role=roles.COMMUNICATIONS, audience=office, by=company.administrator)
    data_requests.ask_erasure(user=company.outsider, keep_content=True, by=company.outsider, reason="I go.")
    data_requests.make_copy(pk=DataRequest.objects.create(user=company.employee, kind="export").pk)


def furnish_polls(company):
    """A named poll with votes, one to vote in, a secret one, a binding one that has ended, and thanks."""
    people = company.employee, company.executive, company.outsider
    soon = timezone.now() + timedelta(days=3)
    ended = timezone.now() - timedelta(days=3)

    def ask(body, ends_at=soon, **terms):
        terms = voting.PollTerms(("Lotte", "Gabelmann der Zweite"), ends_at, **terms)
        when = ended - timedelta(days=1) if ends_at is ended else None
        return posting.add(author=company.employee, body=body, kind="poll", poll=terms, created_at=when)

    company.poll = ask("What shall we call the new forklift?")
    ids = list(company.poll.poll.options.values_list("pk", flat=True))
    votes = [(person, [ids[n % 2]]) for n, person in enumerate(people)]
    voting.bring(poll=company.poll.poll, votes=votes)
    company.ballot = ask("Which one again?", is_secret=True, is_multiple=True)
    company.bound = ask("And the old one?", ended, pledge="We paint the name on it.")
    thanks = thanking.Thanks((company.executive,))
    posting.add(author=company.outsider, body="For the coffee at four.", kind="kudos", kudos=thanks)


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
        "people, as cards": reverse("people:list") + "?as=cards&q=e",
        "people, nobody": reverse("people:list") + "?q=nirgendwer",
        "new colleagues": reverse("people:newcomers"),
        "organisation chart": reverse("people:org_tops"),
        "around a person": reverse("people:org", args=[company.employee.handle]),
        "around a person, table": reverse("people:org", args=[company.employee.handle]) + "?as=table",
        "departments": reverse("people:departments"),
        "department": reverse("people:department", args=[company.employee.department.pk]),
        "communities": reverse("feed:communities"),
        "new community": reverse("feed:community_new"),
        "community": reverse("feed:community", args=[company.community.slug]),
        "community members": reverse("feed:community_members", args=[company.community.slug]),
        "reports in a community": reverse("feed:community_reports", args=[company.circle.slug]),
        "changing a community": reverse("feed:community_change", args=[company.community.slug]),
        "leaving a community": reverse("feed:community_leave", args=[company.community.slug]),
        "reporting a profile": reverse("feed:person_report", args=[company.executive.handle]),
        "profile": reverse("people:profile", args=[company.executive.handle]),
        "own profile": reverse("people:profile", args=[company.employee.handle]),
        "editing skills": reverse("people:edit", args=[company.employee.handle, "skills"]),
        "editing an absence": reverse("people:edit", args=[company.employee.handle, "absence"]),
        "own photo": reverse("people:edit_photo", args=[company.employee.handle]),
        "settings": reverse("people:settings"),
        "password": reverse("account_change_password"),
        "bookmarks": reverse("feed:bookmarks"),
        "feed": reverse("feed:feed"),
        "feed: everything": reverse("feed:everything"),
        "feed: mentions": reverse("feed:mentions"),
        "posts by a person": reverse("feed:person", args=[company.employee.handle]),
        "what I follow": reverse("feed:following"),
        "poll": reverse("feed:post", args=[company.poll.pk]),
        "secret poll": reverse("feed:post", args=[company.ballot.pk]),
        "ended poll": reverse("feed:post", args=[company.bound.pk]),
        "who voted": reverse("feed:voters", args=[company.poll.pk]),
        "what came of it": reverse("feed:poll_outcome", args=[company.bound.pk]),
        "thanks to a person": reverse("feed:kudos_of", args=[company.executive.handle]),
        "thanks on a profile": reverse("people:profile", args=[company.executive.handle]) + "?show=thanks",
        "where it was shared": reverse("feed:travels", args=[company.share.pk]),
        "notifications": reverse("feed:notifications"),
        "share": reverse("feed:post", args=[company.share.pk]),
        "sharing": reverse("feed:share", args=[post]),
        "writing a post": reverse("feed:write"),
        "writing a poll": reverse("feed:write") + "?kind=poll",
        "scheduled posts": reverse("feed:scheduled"),
        "another time": reverse("feed:post_reschedule", args=[company.waiting.pk]),
        "editing a post": reverse("feed:post_edit", args=[company.said.pk]),
        "deleting a post": reverse("feed:post_delete", args=[company.said.pk]),
        "history of a post": reverse("feed:post_history", args=[company.said.pk]),
        "who reads a post": reverse("feed:audience", args=[company.said.pk]),
        "who reacted": reverse("feed:reactions", args=[post]),
        "reporting an article": reverse("feed:report", args=[post]),
        "reporting a comment": reverse("feed:comment_report", args=[foreign]),
        "editing a comment": reverse("feed:comment_edit", args=[comment]),
        "deleting a comment": reverse("feed:comment_delete", args=[comment]),
        "history of a comment": reverse("feed:comment_history", args=[comment]),
        "questions": reverse("feed:questions"),
        "questions, all": reverse("feed:questions") + "?state=all&order=wanted",
        "passing a question on": reverse("feed:question_pass", args=[company.question.pk]),
        "marking an answer": reverse("feed:question_answer", args=[company.question.pk, company.reply.pk]),
        "asking a comment": reverse("feed:comment_ask", args=[comment]),
        "my data": reverse("people:my_data"),
        "about my data": reverse("people:about_data"),
        "asking for erasure": reverse("people:my_erasure"),
        "my delegates": reverse("blog:delegates"),
        "search": reverse("search") + "?q=foundry",
        "search, by person": reverse("search") + "?q=from:henrike&period=week",
        "search, nothing found": reverse("search") + "?q=zeppelin",
        "search, before asking": reverse("search"),
        "nothing here": "/nothing/here/",
        "staff only": "/admin/",
        "welcome": reverse("people:welcome"),
        "passkeys and codes": reverse("mfa_index"),
        "is it still you": reverse("account_reauthenticate"),
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
    author = {"writing": reverse("blog:write"), "naming delegates": reverse("blog:delegates")}
    by_role = {
        "employee": employee,
        "moderator": moderator,
        "executive": author,
        "communications": communications,
        "administrator": {"SCIM": reverse("people:scim"), **governing(company)},
    }
    return {name: (role, url) for role, names in by_role.items() for name, url in names.items()}


def governing(company):
    """Screens of people administrators."""
    eva, request = company.employee.pk, DataRequest.objects.get(kind="erasure").pk
    return {
        "accounts": reverse("people:accounts"),
        "invitations": reverse("people:invitations"),
        "new account": reverse("people:account_new"),
        "account": reverse("people:account", args=[eva]),
        "ending an account": reverse("people:account_end", args=[eva]),
        "opening an account": reverse("people:account_reopen", args=[company.former.pk]),
        "erasing somebody": reverse("people:account_erasure", args=[eva]),
        "roles by audience": reverse("people:role_grants"),
        "directories": reverse("people:sources"),
        "connecting LDAP": reverse("people:source_new", args=["ldap"]),
        "a directory": reverse("people:source", args=[company.directory.pk]),
        "a run of a directory": reverse("people:sync_run", args=[company.directory.runs.get().pk]),
        "disagreements": reverse("people:source_conflicts"),
        "links by hand": reverse("people:source_links") + "?person=eva",
        "erasures": reverse("people:data_requests"),
        "erasure": reverse("people:data_request", args=[request]),
        "audit log": reverse("people:audit"),
        "new owners": reverse("people:handovers"),
    }
