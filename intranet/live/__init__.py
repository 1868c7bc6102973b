"""Live updates: open pages hear that something happened (server-sent events), and ask for it at normal addresses.

`view` decides with the site's own middleware who may listen, `hub` holds the open pages of this process, `listener` is
the one thread that reads what was announced, `hearing` decides who hears of it, `stream` writes to one page.
"""
