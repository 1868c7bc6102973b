"""Export files for tests: the workshop's blog as a file, and small ones made on the spot."""

from pathlib import Path
from xml.sax.saxutils import escape

FIXTURES = Path(__file__).parent / "fixtures"
WERKSTATT = FIXTURES / "werkstatt.xml"
UPLOADS = FIXTURES / "uploads"

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Old blog</title><link>https://old.example</link><language>en</language>
<wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>https://old.example</wp:base_blog_url>
"""
TAIL = "</channel></rss>\n"


def item(
    number: int,
    content: str = "Text.",
    *,
    title: str = "",
    status: str = "publish",
    comments: str = "",
    **fields,
) -> str:
    """One post; `fields` are further wp: elements."""
    more = "".join(f"<wp:{name}>{escape(str(value))}</wp:{name}>" for name, value in fields.items())
    return f"""<item><title>{escape(title or f"Post {number}")}</title>
<link>https://old.example/post-{number}/</link><guid>https://old.example/?p={number}</guid>
<dc:creator>ann</dc:creator><content:encoded>{escape(content)}</content:encoded>
<wp:post_id>{number}</wp:post_id><wp:post_date_gmt>2015-03-0{number % 9 + 1} 10:00:00</wp:post_date_gmt>
<wp:post_name>post-{number}</wp:post_name><wp:status>{status}</wp:status><wp:post_type>post</wp:post_type>{more}{comments}</item>
"""


def comment(
    number: int, parent: int = 0, content: str = "Hm.", *, approved: str = "1", kind: str = ""
) -> str:
    """One comment of a reader."""
    return f"""<wp:comment><wp:comment_id>{number}</wp:comment_id><wp:comment_author>Reader {number}</wp:comment_author>
<wp:comment_author_email>reader{number}@old.example</wp:comment_author_email>
<wp:comment_date_gmt>2015-04-01 10:{number % 60:02}:00</wp:comment_date_gmt>
<wp:comment_content>{escape(content)}</wp:comment_content>
<wp:comment_approved>{approved}</wp:comment_approved><wp:comment_type>{kind}</wp:comment_type>
<wp:comment_parent>{parent}</wp:comment_parent></wp:comment>"""


def export(*items: str, head: str = "") -> bytes:
    """A whole file."""
    return (HEAD + head + "".join(items) + TAIL).encode()
