"""The invented company with which Flurfunk is tried out: people, faces, articles, comments and pages.

All of it was written and drawn for this project. Owns the content files here, the composers of further people and
older articles, and the loading of it through the same functions that people use. May import every package below;
nothing imports it but the command `demo`.
"""
