"""People, blogs, articles and comments for tests: `ArticleFactory(blog=…, state="draft")`.

Everyone reads English here, so that tests may compare with the words in the source. Pages and posts come into
being by the product's own functions, so that their rows agree as they do in life.
"""

from datetime import timedelta

import factory
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.utils import timezone
from factory.django import DjangoModelFactory
from wagtail.models import Locale

from blog.actions import publishing, staffing
from blog.models import ArticlePage, Blog, BlogIndexPage, BlogMember, BlogPage
from feed import text
from feed.actions import communities, memberships, tagging
from feed.models import Bookmark, Comment, Community, Notification, Post, Reaction, Report
from people.models import (
    Audience,
    AudienceMember,
    Department,
    DirectorySource,
    FieldConflict,
    Identity,
    Location,
    Picture,
    SyncRun,
    User,
)

PASSWORD = "Rautenfeld-1887"  # of every person made here


class PictureFactory(DjangoModelFactory):
    """A picture of 320 × 200 in one colour, in the collection that everyone may see."""

    class Meta:
        model = Picture

    title = "A picture"
    credit = "Photo: somebody"
    file = factory.django.ImageField(
        width=320, height=200, color="teal", format="PNG", filename="picture.png"
    )


class DepartmentFactory(DjangoModelFactory):
    """A department; `parent=` puts it below another."""

    class Meta:
        model = Department
        skip_postgeneration_save = True

    name = factory.Sequence("Department {}".format)

    @factory.post_generation
    def path(self, create, extracted, **kwargs):
        self.path = f"{self.parent.path if self.parent else '/'}{self.pk}/"
        self.save(update_fields=["path"])


class LocationFactory(DjangoModelFactory):
    class Meta:
        model = Location

    name = factory.Sequence("Location {}".format)
    country = "DE"


class UserFactory(DjangoModelFactory):
    """A colleague who can sign in with PASSWORD; `roles=[roles.MODERATORS]` puts them into groups."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    first_name = "Colleague"
    last_name = factory.Sequence("Number{}".format)
    handle = factory.LazyAttribute(lambda user: f"{user.first_name}.{user.last_name}".casefold())
    email = factory.LazyAttribute(lambda user: f"{user.handle}@example.com")
    password = factory.LazyFunction(lambda: make_password(PASSWORD))
    locale = "en"
    welcomed_at = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def roles(self, create, extracted, **kwargs):
        for name in extracted or ():
            self.groups.add(Group.objects.get_or_create(name=name)[0])


class DirectoryFactory(DjangoModelFactory):
    """An LDAP source with a run; `disagreeing=user` is known to it and has another role there."""

    class Meta:
        model = DirectorySource
        skip_postgeneration_save = True

    name = factory.Sequence("Directory {}".format)
    kind = DirectorySource.Kind.LDAP
    issuer = factory.LazyAttribute(lambda source: f"ldap:{source.name.casefold()}")
    fields = ["job_title"]
    contact = "Ask IT"

    @factory.post_generation
    def disagreeing(self, create, extracted, **kwargs):
        change = {
            "what": "update",
            "user": 0,
            "name": "Eva",
            "line": 0,
            "fields": {"job_title": ["Old", "New"]},
        }
        counts = {
            "table": {"people": {"updated": 1, "skipped": 1}},
            "notes": [[3, "people", "twice in the file", ""]],
        }
        SyncRun.objects.create(
            source=self, state="done", is_dry=True, changes=[change], counts={**counts, "changed": 1}
        )
        if extracted:
            Identity.objects.create(user=extracted, issuer=self.issuer, subject="7")
            FieldConflict.objects.create(user=extracted, source=self, field="job_title", value="Caster")


class AudienceFactory(DjangoModelFactory):
    """A set of users: `members=[user]`."""

    class Meta:
        model = Audience
        skip_postgeneration_save = True

    name = factory.Sequence("Audience {}".format)

    @factory.post_generation
    def members(self, create, extracted, **kwargs):
        self.extra_members.set(extracted or ())
        AudienceMember.objects.bulk_create(
            AudienceMember(audience=self, user=user) for user in extracted or ()
        )


class CommunityFactory(factory.Factory):
    """A community by the product's own function; `owner=`, `members=[user]`, `kind="closed"`."""

    class Meta:
        model = Community

    owner = factory.SubFactory(UserFactory)
    members = ()
    name = factory.Sequence("Circle {}".format)
    kind = Community.Kind.OPEN

    @classmethod
    def _create(cls, model_class, *args, owner, members, **fields):
        made = communities.create(by=owner, created_at=timezone.now(), **fields)
        for user in members:
            memberships.admit(community=made, user=user)
        return made


class BlogFactory(factory.Factory):
    """A blog with a page in each of `languages`, its Wagtail group and collection; `owner=`, `authors=`, `delegates=`.

    Its pages: `blog.pages.get(locale__language_code="de")`.
    """

    class Meta:
        model = Blog

    class Params:
        executive = factory.Trait(kind=Blog.Kind.EXECUTIVE)

    kind = Blog.Kind.STAFF
    needs_approval = False
    title = factory.Sequence("Blog {}".format)
    slug = factory.Sequence("blog-{}".format)
    languages = ("de", "en")
    owner = factory.SubFactory(UserFactory)
    authors = ()
    delegates = ()
    audience = None

    @classmethod
    def _create(cls, model_class, *args, title, slug, languages, owner, authors, delegates, **fields):
        blog = model_class.objects.create(**fields)
        key = None
        for language in languages:
            index = BlogIndexPage.objects.get(locale__language_code=language)
            page = BlogPage(
                title=f"{title} {language}", slug=slug, blog=blog, owner=owner, locale=index.locale
            )
            page.translation_key = key = key or page.translation_key
            index.add_child(instance=page)
        write = blog.members.create
        write(user=owner, role=BlogMember.Role.OWNER)
        for user in authors:
            write(user=user, role=BlogMember.Role.AUTHOR)
        for user in delegates:
            write(user=user, role=BlogMember.Role.DELEGATE, delegate_for=owner)
        staffing.equip(blog=blog)
        return blog


class ArticleFactory(factory.Factory):
    """An article's page in the first of `languages`; its conversation: `article.post_page.post`.

    `state`: "published", "withdrawn", "draft" (no Post yet) or "scheduled" for `publish_at`. `tags=["a", "b"]`.
    """

    class Meta:
        model = ArticlePage

    title = factory.Sequence("Article {}".format)
    slug = factory.Sequence("article-{}".format)
    summary = "What it is about."
    blog = factory.SubFactory(BlogFactory)
    author = factory.SubFactory(UserFactory)
    languages = ("de",)
    state = "published"
    text = "<p>First paragraph.</p><p>Second paragraph.</p>"
    tags = ()
    published_at = factory.LazyFunction(timezone.now)
    publish_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=1))

    @classmethod
    def _create(
        cls, model_class, *args, blog, languages, state, tags, published_at, publish_at, text, **fields
    ):
        live = state in ("published", "withdrawn")
        pages = []
        for language in languages:
            page = model_class(owner=fields["author"], body=[("text", text)], live=live, **fields)
            page.locale = Locale.objects.get(language_code=language)
            page.translation_key = pages[0].translation_key if pages else page.translation_key
            if live:
                page.first_published_at = page.last_published_at = published_at
            blog.pages.get(locale=page.locale).add_child(instance=page)
            cls._finish(page, state, tags, publish_at)
            pages.append(page)
        return pages[0]

    @staticmethod
    def _finish(page, state, tags, publish_at):
        if tags:
            page.tags.add(*tagging.find_or_make(names=tags))
            page.save()
        if page.live:
            publishing.sync_post(page=page)
        if state == "withdrawn":
            page.unpublish()
        elif state == "scheduled":
            page.go_live_at = publish_at
            page.save_revision().publish()
        elif state == "draft":
            page.save_revision()


class PostFactory(DjangoModelFactory):
    """A short published post, the quickest thing to comment on."""

    class Meta:
        model = Post

    author = factory.SubFactory(UserFactory)
    state = Post.State.PUBLISHED
    body = "Something to talk about."
    body_html = factory.LazyAttribute(lambda post: text.render(post.body))
    published_at = factory.LazyFunction(timezone.now)
    last_activity_at = factory.SelfAttribute("published_at")


class CommentFactory(DjangoModelFactory):
    """A comment; `reply_to=comment` makes it a reply with the right root and post. Counters are brought in step."""

    class Meta:
        model = Comment
        skip_postgeneration_save = True

    class Params:
        hidden = factory.Trait(
            hidden_at=factory.LazyFunction(timezone.now), hidden_reason="Attacks a person."
        )
        deleted = factory.Trait(deleted_at=factory.LazyFunction(timezone.now))
        held = factory.Trait(held_at=factory.LazyFunction(timezone.now))

    reply_to = None
    post = factory.Maybe("reply_to", factory.SelfAttribute("reply_to.post"), factory.SubFactory(PostFactory))
    root = factory.LazyAttribute(lambda made: made.reply_to and (made.reply_to.root or made.reply_to))
    author = factory.SubFactory(UserFactory)
    body = "I see it **this** way."
    body_html = factory.LazyAttribute(lambda comment: text.render(comment.body))

    @factory.post_generation
    def counters(self, create, extracted, **kwargs):
        Post.objects.filter(pk=self.post_id).update(comment_count=self.post.comments.shown().count())
        if self.root_id:
            Comment.objects.filter(pk=self.root_id).update(reply_count=self.root.replies.shown().count())


class ReactionFactory(DjangoModelFactory):
    class Meta:
        model = Reaction

    user = factory.SubFactory(UserFactory)
    comment = None
    post = factory.Maybe("comment", factory.SelfAttribute("comment.post"), factory.SubFactory(PostFactory))
    kind = Reaction.Kind.THANKS


class BookmarkFactory(DjangoModelFactory):
    class Meta:
        model = Bookmark

    user = factory.SubFactory(UserFactory)
    post = factory.SubFactory(PostFactory)


class NotificationFactory(DjangoModelFactory):
    class Meta:
        model = Notification

    user = factory.SubFactory(UserFactory)
    cause = Notification.Cause.COMMENT
    post = factory.SubFactory(PostFactory)
    actor = factory.SubFactory(UserFactory)


class ReportFactory(DjangoModelFactory):
    class Meta:
        model = Report

    reporter = factory.SubFactory(UserFactory)
    comment = factory.SubFactory(CommentFactory)
    rule = Report.Rule.PERSON
