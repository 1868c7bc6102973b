"""Moving in: reads what another blog exported and writes it as articles, people, tags and comments.

Owns the readers of foreign formats (`wxr`, `html` and what they need) and the two passes of an import.
The readers know neither database nor models; may import feed, people and the models and actions of blog.
"""
