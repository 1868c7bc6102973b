"""Comments with their quotations and questions, and reactions of an article, through the functions an import uses."""

import random
from datetime import timedelta

from feed.actions import bringing, citing, questions, reacting

CROWD = 118  # reactions under what is liked most; the texts were written for a house of 1,240
LOUDEST = 440
FLATNESS = 0.62


def load(*, post, row, shelf, blog):
    """Write the comments below `post` and let colleagues react; counters are right afterwards."""
    published = shelf.anchor - timedelta(days=row["days_ago"])
    comments = sorted(row.get("comment", []), key=lambda comment: comment["hours"])
    index = {comment["id"]: number for number, comment in enumerate(comments)}
    pages = [(page, citing.paragraphs(page=page)) for page in post.pages.order_by("pk")]
    written = bringing.add_many(
        post=post,
        comments=[_old(comment, index, published, shelf, pages) for comment in comments],
        watch=row["days_ago"] < 45,
    )
    _ask(post, comments, written, shelf)
    rng = random.Random(f"reactions {row['version'][0]['title']}")
    readers = _readers(post, shelf, published)
    given = _reactions(post, None, row.get("reactions", {}), readers, rng)
    for comment, made in zip(comments, written, strict=True):
        given += _reactions(post, made, comment["reactions"], readers, rng)
    reacting.add_many(reactions=given, created_at=min(published + timedelta(hours=20), shelf.now))


def _old(comment, index, published, shelf, pages):
    when = min(published + timedelta(hours=comment["hours"]), shelf.now - timedelta(minutes=3))
    cited = _cited(comment.get("cites", ""), pages)
    quote = f"> {comment['cites']}\n\n" if comment.get("cites") and cited is None else ""
    return bringing.OldComment(
        author=shelf.users[comment["author"]],
        body=quote + comment["body"].strip(),
        created_at=when,
        answers=index[comment["reply_to"]] if comment.get("reply_to") else None,
        language=comment["language"],
        cited=cited,
    )


def _cited(words, pages):
    """Return the paragraph in which `words` stand, in whichever language; None outside of the running text."""
    for page, found in pages:
        anchor = citing.place(found=found, anchor="", text=" ".join(words.split())) if words else ""
        if anchor:
            return citing.quote(page=page, anchor=anchor, words=words)
    return None


def _ask(post, comments, written, shelf):
    """Open what was asked and settle what was answered, at the time of the words.

    The article's author answers officially; a colleague as the one who was asked, or the asker accepts it.
    """
    by_id = {comment["id"]: made for comment, made in zip(comments, written, strict=True)}
    answers = {comment["answers"]: by_id[comment["id"]] for comment in comments if comment.get("answers")}
    author = post.author
    for comment in comments:
        if not comment.get("question"):
            continue
        made, answer = by_id[comment["id"]], answers.get(comment["id"])
        accepts = answer is not None and answer.author != author and int(made.pk) % 3 == 0
        to = None if accepts else (answer.author if answer else author)
        question = questions.open_for(
            post=post,
            comment=made,
            asker=made.author,
            ask=questions.Ask(addressee=to if to != made.author else None),
            created_at=made.created_at,
        )
        if answer is not None:
            settle, by = (
                (questions.accept, made.author) if accepts else (questions.mark_official, answer.author)
            )
            when = min(answer.created_at + timedelta(minutes=7), shelf.now - timedelta(minutes=1))
            settle(question=question, comment=answer, by=by, created_at=when)


def _readers(post, shelf, published):
    """Return those who may read the post and worked here when it appeared."""
    here = [user for user in shelf.users.values() if user.joined_on <= published.date()]
    if post.audience_id is None:
        return here
    members = set(post.audience.members.values_list("user_id", flat=True))
    return [user for user in here if user.pk in members]


def _reactions(post, comment, counts, readers, rng):
    """Return as many reactions of different people as the counts become in a smaller house."""
    author = comment.author_id if comment else post.author_id
    crowd = rng.sample([user for user in readers if user.pk != author], len(readers) - 1)
    wanted = scaled(counts, len(crowd))
    kinds = [kind for kind, number in wanted.items() for _ in range(number)]
    return [
        reacting.NewReaction(user=user, post=post, comment=comment, kind=kind)
        for user, kind in zip(crowd, kinds, strict=False)
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
