"""Which comments quote the paragraphs of an article, and which ask: read together."""

from django.db.models import Exists, OuterRef, Q

from feed.models import Comment, Post, PostPage, Question, QuestionInterest
from feed.streams import questions

MOST = 500
ASKS = ("question__asker", "question__addressee", "question__department", "question__answer__author")


def cited(post: Post, page: PostPage) -> list[Comment]:
    """Shown comments that quote `page`, best supported first; of a post that the reader was allowed to find.

    One query. Hidden, held and deleted ones never count.
    """
    rows = _shown(post).filter(_quotes(page)).select_related("author")
    return list(rows.order_by("-support", "pk")[:MOST])


def of_article(post: Post, page: PostPage, user) -> tuple[list[Question], list[Comment]]:
    """What `questions.of_conversation` and `cited` say of an article, with one query (two with departments)."""
    rows = _shown(post).filter(_quotes(page) | Q(question__isnull=False)).select_related("author", *ASKS)
    interest = QuestionInterest.objects.filter(question=OuterRef("question"), user=user)
    rows = rows.annotate(wanted_by_me=Exists(interest)).order_by("-support", "pk")[:MOST]
    asked, quoting = [], []
    for comment in rows:
        if getattr(comment, "question", None) is not None:
            comment.question.wanted_by_me = comment.wanted_by_me
            asked.append(comment.question)
        if comment.cited_page_id == page.pk and comment.cited_anchor:
            quoting.append(comment)
    return questions.in_order(asked, post, user), quoting


def _shown(post):
    return Comment.objects.filter(post=post).shown()


def _quotes(page):
    return Q(cited_page=page) & ~Q(cited_anchor="")
