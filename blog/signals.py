"""The only signal receivers of the project: Wagtail says that a page was published, unpublished, moved or deleted."""

from django.db.models.signals import pre_delete
from wagtail.models import WorkflowState
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
    workflow_approved,
    workflow_rejected,
    workflow_submitted,
)

from blog.actions import approving, publishing
from blog.models import ArticlePage, BlogPage


def article_published(sender, instance, **kwargs):
    """Also fires for copies and for each alias (sync_post skips those), and when a page is only scheduled."""
    if instance.live:
        publishing.sync_post(page=instance)


def article_unpublished(sender, instance, **kwargs):
    """No version live: the conversation is withdrawn, nothing that others wrote is lost."""
    publishing.withdraw(page=instance)


def article_deleted(sender, instance, **kwargs):
    """The PostPage goes with its page; the Post stays, withdrawn."""
    publishing.withdraw(page=instance)


def blog_published(sender, instance, **kwargs):
    """A renamed blog: the copies of its title follow."""
    publishing.sync_blog(blog_page=instance)


def address_changed(sender, instance, **kwargs):
    """A moved or renamed page: addresses below follow."""
    for blog_page in BlogPage.objects.filter(path__startswith=instance.path[: len(instance.path)]):
        publishing.sync_blog(blog_page=blog_page)
    page = instance.specific  # a move sends the bare Page
    if isinstance(page, ArticlePage) and page.live:
        publishing.sync_post(page=page)


def review_asked(sender, instance, user=None, **kwargs):
    """A draft went to Communications, or again after changes."""
    page = instance.content_object.specific
    if isinstance(page, ArticlePage):
        approving.tell_reviewers(page=page, by=user)


def review_done(sender, instance, user=None, signal=None, **kwargs):
    """Approved, or sent back with a comment."""
    page = instance.content_object.specific
    if isinstance(page, ArticlePage):
        state = instance.current_task_state
        approving.tell_of_decision(
            page=page,
            by=user,
            approved=signal is workflow_approved,
            comment=state.comment if state else "",
            requested_by=instance.requested_by,
        )


def connect():
    """Called once, when the app is ready."""
    workflow_submitted.connect(review_asked, sender=WorkflowState, dispatch_uid="review_asked")
    workflow_approved.connect(review_done, sender=WorkflowState, dispatch_uid="review_approved")
    workflow_rejected.connect(review_done, sender=WorkflowState, dispatch_uid="review_rejected")
    page_published.connect(article_published, sender=ArticlePage, dispatch_uid="article_published")
    page_unpublished.connect(article_unpublished, sender=ArticlePage, dispatch_uid="article_unpublished")
    pre_delete.connect(article_deleted, sender=ArticlePage, dispatch_uid="article_deleted")
    page_published.connect(blog_published, sender=BlogPage, dispatch_uid="blog_published")
    for sender in (ArticlePage, BlogPage):
        page_slug_changed.connect(address_changed, sender=sender, dispatch_uid=f"{sender.__name__}_slug")
        post_page_move.connect(address_changed, sender=sender, dispatch_uid=f"{sender.__name__}_move")
