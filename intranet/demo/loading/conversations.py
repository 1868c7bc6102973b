"""Comments, questions and reactions below an article or post, through the same functions that an import uses."""

import random
from datetime import timedelta

from feed.actions import bringing, citing, counting, mentioning, questions, reacting
from feed.models import Post, Question

CROWD = 118  # reactions under what is liked most; the texts were written for a house of 1,240
LOUDEST = 440
FLATNESS = 0.62


def load(*, post, row, shelf, blog):
    """Write the comments below an article and let colleagues react; counters are right afterwards."""
    published = shelf.anchor - timedelta(days=row["days_ago"])
    given = talk(post=post, row=row, published=published, shelf=shelf, watch=row["days_ago"] < 45)
    react([post.pk], given, min(published + timedelta(hours=20), shelf.now))


def react(post_ids, given, when):
    """Give the reactions, then bring the counters of these posts in line."""
    reacting.add_many(reactions=given, created_at=when)
    counted = {reaction.post.pk for reaction in given}
    counting.recount(posts=Post.objects.filter(pk__in=set(post_ids) - counted))


def talk(*, post, row, published, shelf, watch=False):
    """Write the comments below `post` with what they ask and answer; returns the reactions for `react`."""
    comments = sorted(row.get("comment", []), key=lambda comment: comment["hours"])
    written = []
    if comments:
        index = {comment["id"]: number for number, comment in enumerate(comments)}
        sources = _paragraphs(post, comments)
        old = [_old(comment, index, published, shelf, sources) for comment in comments]
        written = bringing.add_many(post=post, comments=old, watch=watch, count=False)
        _name(post, written)
        _settle(post, row, comments, written)
    rng = random.Random(f"reactions {row['version'][0]['title'] if 'version' in row else row['id']}")
    may_read = readers(post, shelf, published)
    given = _reactions(post, None, row.get("reactions", {}), may_read, rng)
    for comment, made in zip(comments, written, strict=True):
        given += _reactions(post, made, comment["reactions"], may_read, rng)
    return given


def _old(comment, index, published, shelf, sources):
    when = min(published + timedelta(hours=comment["hours"]), shelf.now - timedelta(minutes=3))
    cited = _quotation(comment.get("cites", ""), sources)
    quote = f"> {comment['cites']}\n\n" if comment.get("cites") and cited is None else ""
    return bringing.OldComment(
        author=shelf.users[comment["author"]],
        body=quote + comment["body"].strip(),
        created_at=when,
        answers=index[comment["reply_to"]] if comment.get("reply_to") else None,
        language=comment["language"],
        cited=cited,
    )


def _paragraphs(post, comments):
    """Return [(page version, anchor, words)] of an article that somebody cites."""
    if not any(comment.get("cites") for comment in comments):
        return []
    versions = list(post.pages.live())
    return [(one, *entry) for one in versions for entry in citing.paragraphs(page=one).items()]


def _quotation(words, sources):
    """Return the quotation of these words, or None when no paragraph holds them."""
    words = " ".join(words.replace("*", "").split())
    found = ((page, anchor) for page, anchor, whole in sources if words and words in whole)
    page, anchor = next(found, (None, ""))
    return page and citing.Quotation(page, anchor, citing.shorten(words=words))


def _name(post, written):
    """Names in older comments are links, and nobody is told of them."""
    for comment in written:
        if "@" in comment.body:
            mentioning.mention(post=post, comment=comment, by=comment.author, quiet=True)


def _settle(post, row, comments, written):
    """Open what a comment asks, and settle what one answers: officially by whom it was addressed to."""
    asked = {}
    if any(comment.get("answers", "") == row.get("id") for comment in comments):
        asked[row["id"]] = Question.objects.get(post=post, comment=None)
    for comment, made in zip(comments, written, strict=True):
        if comment.get("question"):
            asked[comment["id"]] = questions.open_for(
                post=post, asker=made.author, comment=made, created_at=made.created_at
            )
    for comment, made in zip(comments, written, strict=True):
        question = asked.get(comment.get("answers") or None)
        if question is not None:
            official = made.author_id in (question.addressee_id, post.author_id)
            settle = questions.mark_official if official else questions.accept
            by = made.author if official else question.asker
            settle(question=question, comment=made, by=by, created_at=made.created_at)


def readers(post, shelf, published):
    """Return those who may read the post and worked here when it appeared."""
    here = [user for user in shelf.users.values() if user.joined_on <= published.date()]
    if post.audience_id is None:
        return here
    members = shelf.members_of(post.audience)
    return [user for user in here if user.pk in members]


def _reactions(post, comment, counts, readers, rng):
    """Return as many reactions of different people as the counts become in a smaller house."""
    author = comment.author_id if comment else post.author_id
    if not any(counts.values()):
        return []
    others = [user for user in readers if user.pk != author]
    wanted = scaled(counts, len(others))
    kinds = [kind for kind, number in wanted.items() for _ in range(number)]
    return [
        reacting.NewReaction(user=user, post=post, comment=comment, kind=kind)
        for user, kind in zip(rng.sample(others, min(len(others), len(kinds))), kinds, strict=False)
    ]


def scaled(counts, most):
    """Return the counts brought down to at most `most` people: big numbers more than small ones, none to nothing."""
    total = sum(counts.values())
    if not total:
        return {}
    room = min(total, most, max(1, round(CROWD * (total / LOUDEST) ** FLATNESS)))
    shares = {kind: max(1, int(number * room / total)) for kind, number in counts.items() if number}
    while sum(shares.values()) > most:
        shares[max(shares, key=shares.get)] -= 1
    return shares
