"""Who: users, departments, audiences, sign-in, privacy, files' audiences, and how a person is reached.

The lowest of the four packages. May import Django, Wagtail and other libraries; never `feed`, `blog` or `intranet`.
"""
