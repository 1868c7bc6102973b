"""What people say: posts, comments, reactions, follows, notifications, attachments, moderation.

Owns the Post hub (everything that can be talked about is one Post row) and the one visibility rule.
May import `people`; never `blog` or `intranet`.
"""
