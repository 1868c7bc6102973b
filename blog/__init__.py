"""What is published: blogs and articles as Wagtail pages, their workflow, and moving in from elsewhere.

May import `feed` and `people`; never `intranet`.
"""
