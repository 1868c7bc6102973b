"""Loads the demo company through the product's own functions: people, then blogs, pages, articles, conversations.

Each step looks for what is there already, so that a run after an interruption goes on where the last one stopped
and a second run adds nothing. `filling.fill` is the way in.
"""
