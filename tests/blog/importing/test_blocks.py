"""HTML of either WordPress editor becomes the blocks that articles here are made of."""

from blog.importing.html import convert


def blocks(source, **options):
    return [(block["type"], block["value"]) for block in convert(source, **options).blocks]


def test_blank_lines_make_paragraphs_and_newlines_breaks_in_classic_text():
    assert blocks("one\ntwo\n\n<b>three\n\nfour</b>") == [
        ("text", "<p>one<br/>two</p><p><b>three</b></p><p><b>four</b></p>")
    ]


def test_newlines_mean_nothing_inside_blocks_and_something_between_them():
    source = "<!-- wp:paragraph --><p>one\ntwo</p><!-- /wp:paragraph -->\n\nthree\nfour"
    assert blocks(source) == [("text", "<p>one two</p><p>three<br/>four</p>")]


def test_headings_become_headings_and_small_ones_rich_text():
    assert blocks("<h1>A</h1><h3>B</h3><h5>C</h5>") == [
        ("heading", {"text": "A", "level": "h2"}),
        ("heading", {"text": "B", "level": "h3"}),
        ("text", "<h4>C</h4>"),
    ]


def test_linked_heading_keeps_its_link():
    assert blocks('<h2><a href="https://a.example/">A</a></h2>') == [
        ("text", '<h3><a href="https://a.example/">A</a></h3>')
    ]


def test_caption_shortcode_is_a_picture_with_caption_and_original():
    source = (
        '[caption id="attachment_9" width="300"]<a href="https://o.example/wp-content/uploads/a.jpg">'
        '<img class="wp-image-9" src="https://o.example/wp-content/uploads/a-300x200.jpg" alt="A"></a> Words[/caption]'
    )
    (kind, value), *rest = blocks(source)
    assert (kind, rest) == ("image", [])
    assert value == {
        "src": "https://o.example/wp-content/uploads/a-300x200.jpg",
        "full": "https://o.example/wp-content/uploads/a.jpg",
        "id": "9",
        "alt": "A",
        "caption": "Words",
    }


def test_picture_in_the_middle_of_a_sentence_stands_between_its_halves():
    kinds = [kind for kind, _ in blocks('before <em>and <img src="https://o.example/a.jpg"> after</em>')]
    assert kinds == ["text", "image", "text"]


def test_galleries_of_all_ages():
    new = (
        '<!-- wp:gallery --><figure class="wp-block-gallery"><!-- wp:image --><figure class="wp-block-image">'
        '<img src="https://o.example/a.jpg"/><figcaption>A</figcaption></figure><!-- /wp:image -->'
        '<figure class="wp-block-image"><img src="https://o.example/b.jpg"/></figure>'
        "<figcaption>Both</figcaption></figure><!-- /wp:gallery -->"
    )
    old = (
        '<ul class="wp-block-gallery"><li class="blocks-gallery-item"><figure><img src="https://o.example/a.jpg"/>'
        '<figcaption>A</figcaption></figure></li><li><figure><img src="https://o.example/b.jpg"/></figure></li></ul>'
    )
    for source, caption in ((new, "Both"), (old, "")):
        (kind, value), *rest = blocks(source)
        assert (kind, rest, value["caption"]) == ("gallery", [], caption)
        assert [picture["caption"] for picture in value["pictures"]] == ["A", ""]
    assert blocks('[gallery ids="4,5"]')[0][1]["ids"] == ["4", "5"]
    assert blocks("[gallery]")[0][1]["attached"] is True


def test_code_is_kept_as_typed():
    source = "[sourcecode language='js']\nif (a < b && c) {\n\n  x(\"<b>\");\n}\n[/sourcecode]"
    assert blocks(source) == [
        ("code", {"language": "javascript", "code": 'if (a < b && c) {\n\n  x("<b>");\n}'})
    ]
    source = '<pre class="wp-block-code"><code class="language-python">a\n  b &lt; c</code></pre>'
    assert blocks(source) == [("code", {"language": "python", "code": "a\n  b < c"})]


def test_videos_of_allowed_hosts_are_embedded_and_others_linked():
    source = (
        '<iframe src="//www.youtube-nocookie.com/embed/abc"></iframe>\n\nhttps://vimeo.com/7\n\n'
        "[embed]https://tube.example/1[/embed]"
    )
    found = convert(source, embeddable=lambda url: "tube.example" not in url)
    assert [(block["type"], block["value"]) for block in found.blocks] == [
        ("embed", {"url": "https://www.youtube.com/watch?v=abc", "caption": ""}),
        ("embed", {"url": "https://vimeo.com/7", "caption": ""}),
        ("text", '<p><a href="https://tube.example/1">https://tube.example/1</a></p>'),
    ]
    assert found.notes["embed", "https://tube.example/1"] == 1


def test_quotations_with_a_source_are_pull_quotes_others_stay_text():
    assert blocks("<blockquote>Said\nso<cite>Me</cite></blockquote>") == [
        ("quote", {"text": "Said\nso", "attribution": "Me"})
    ]
    assert blocks("<blockquote><p>a</p><p>b</p></blockquote>") == [
        ("text", "<blockquote>a<br/>b</blockquote>")
    ]
    pull = '<figure class="wp-block-pullquote"><blockquote><p>Large</p></blockquote></figure>'
    assert blocks(pull) == [("quote", {"text": "Large", "attribution": ""})]


def test_plain_tables_are_tables_and_others_html():
    (kind, value), *_ = blocks(
        "<table><tr><th>A</th><th>B</th></tr><tr><td>1<br>2</td><td>x</td></tr></table>"
    )
    assert (kind, value["data"], value["first_row_is_table_header"]) == (
        "table",
        [["A", "B"], ["1\n2", "x"]],
        True,
    )
    kept = convert(
        '<table><tr><td colspan="2" onclick="x">A <a href="https://a.example">l</a></td></tr></table>'
    )
    assert kept.blocks[0]["type"] == "html"
    assert 'colspan="2"' in kept.blocks[0]["value"]
    assert "onclick" not in kept.blocks[0]["value"]
    assert kept.notes["html", "table"] == 1


def test_empty_frames_and_paragraphs_leave_nothing():
    assert (
        blocks("<dl><dt></dt></dl><p>&nbsp;</p><blockquote> </blockquote><ul><li></li></ul><table></table>")
        == []
    )


def test_pictures_in_a_layout_table_are_pictures():
    kinds = [
        kind for kind, _ in blocks('<table><tr><td><img src="https://o.example/a.jpg"></td></tr></table>')
    ]
    assert kinds == ["image"]


def test_nested_lists_stay_lists():
    assert blocks("<ul><li>a<ol><li>b</li></ol></li></ul>") == [
        ("text", "<ul><li>a<ol><li>b</li></ol></li></ul>")
    ]


def test_dangerous_markup_leaves_words_and_a_note():
    found = convert(
        '<p onclick="x">a <a href="javascript:alert(1)">b</a></p><script>c()</script><style>d{}</style>'
    )
    assert found.blocks == [{"type": "text", "value": "<p>a b</p>"}]
    assert found.notes["dropped", "script"] == found.notes["dropped", "style"] == 1


def test_unknown_shortcodes_stay_as_typed_and_doubled_brackets_are_text():
    found = convert("[rezept id=7] [[gallery]]")
    assert found.blocks == [{"type": "text", "value": "<p>[rezept id=7] [gallery]</p>"}]
    assert found.notes["shortcode", "rezept"] == 1


def test_what_the_old_site_computed_is_listed():
    found = convert(
        '<!-- wp:latest-posts {"postsToShow":3} /--><!-- wp:paragraph --><p>x</p><!-- /wp:paragraph -->'
    )
    assert found.blocks == [{"type": "text", "value": "<p>x</p>"}]
    assert found.notes["dynamic", "latest-posts"] == 1


def test_broken_block_attributes_do_no_harm():
    assert blocks("<!-- wp:paragraph {broken --><p>x</p><!-- /wp:paragraph --><!-- /wp:group -->") == [
        ("text", "<p>x</p>")
    ]
