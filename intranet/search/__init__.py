"""Site search: one question over people, articles, posts, comments, communities and tags, for one reader.

asking (what was typed) → choosing (filters) → finding (which texts, in which order) → showing (rows with snippets);
places (people, communities, tags), suggesting (while typing), helping (when nothing was found), views.
The index is feed's (feed.models.search_entry); everything starts at `visible_to`.
"""
