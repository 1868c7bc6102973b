"""Exports are read as a stream; broken ones are refused with line and reason."""

import io

import pytest

from blog.importing import records, wxr
from blog.importing.source import WxrError
from tests.blog.importing import files


def read(data: bytes):
    return list(wxr.read(io.BytesIO(data)))


def refused(data: bytes) -> WxrError:
    with pytest.raises(WxrError) as caught:
        read(data)
    return caught.value


def test_site_comes_first_then_authors_terms_and_items():
    found = read(files.WERKSTATT.read_bytes())
    assert found[0] == records.Site(
        "Werkstattblog",
        "Was in der Werkstatt passiert",
        "de-DE",
        "1.2",
        "https://blog.rautenfeld.example",
        "",
    )
    assert [type(each).__name__ for each in found[1:9]] == ["Author"] * 3 + ["Term"] * 5
    assert sum(isinstance(each, records.Item) for each in found) == 11


def test_item_carries_meta_terms_and_comments():
    guss = next(each for each in read(files.WERKSTATT.read_bytes()) if getattr(each, "id", "") == "20")
    assert guss.title == "Der erste Guss & was wir lernten"
    assert guss.date.isoformat() == "2016-05-02T08:30:00+00:00"
    assert dict(guss.meta) == {"_thumbnail_id": "11"}
    assert [term.slug for term in guss.terms] == ["guss", "allgemein", "kalibrierung"]
    assert [(each.id, each.parent, each.approved, each.type) for each in guss.comments][:5] == [
        ("1", "", "1", "comment"), ("2", "1", "1", "comment"), ("3", "2", "1", "comment"),
        ("4", "", "spam", "comment"), ("5", "", "1", "pingback"),
    ]  # fmt: skip
    assert guss.sticky
    assert "192.0.2.7" not in repr(guss)


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2"])
def test_every_version_is_read(version):
    data = files.export(files.item(1)).replace(b"1.2", version.encode())
    assert read(data)[0].version == version


def test_secure_namespaces_are_read():
    data = files.export(files.item(1)).replace(b"http://wordpress.org", b"https://wordpress.org")
    assert read(data)[1].id == "1"


def test_blank_lines_and_mark_before_the_declaration_are_forgiven_and_counted():
    data = b"\n \n\xef\xbb\xbf" + files.export(files.item(1), "<oops>")
    assert read(b"\n\n\n" + files.export(files.item(1)))[1].title == "Post 1"
    plain = refused(files.export(files.item(1), "<oops>")).line
    assert refused(data).line == plain + 2


def test_control_characters_that_xml_forbids_are_left_out():
    assert read(files.export(files.item(1, title="Be\x08ll")))[1].title == "Bell"


def test_utf16_is_read():
    data = files.export(files.item(1, title="Größe")).decode().replace("UTF-8", "UTF-16").encode("utf-16")
    assert read(data)[1].title == "Größe"


@pytest.mark.parametrize(
    ("data", "line", "reason"),
    [
        (b"", 1, "broken"),
        (b"hello", 1, "broken"),
        (b"<html></html>", 1, "not a WordPress export"),
        (b"<rss><channel><title>x</title></channel></rss>", 1, "names no WXR version"),
        (b"<item/>", 1, "not a WordPress export"),
        (files.export().replace(b"1.2</wp", b"9.9</wp"), 5, "9.9"),
        (files.export(files.item(1))[:-200], 9, "broken"),
        (files.export(files.item(1)).replace(b"Text.", b"&nbsp;"), 9, "nbsp"),
        (files.export(files.item(1)).replace(b"Text.", b"\xff\xfe"), 9, "encoding"),
        (files.export(files.item(1)).replace(b"<rss", b'<!DOCTYPE r [<!ENTITY a "b">]><rss', 1), 1, "document type"),
    ],
)  # fmt: skip
def test_broken_file_is_refused_with_line_and_reason(data, line, reason):
    error = refused(data)
    assert abs(error.line - line) <= 1
    assert reason in error.reason


def test_entities_are_never_expanded_or_read_from_disk(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("needle")
    data = files.export(files.item(1, "&x;")).replace(b"&amp;x;", b"&x;")
    data = data.replace(b"<rss", f'<!DOCTYPE r [<!ENTITY x SYSTEM "file://{secret}">]><rss'.encode(), 1)
    assert "needle" not in refused(data).reason


def test_terms_written_twice_by_old_versions_count_once():
    plain = "<category><![CDATA[News]]></category>"
    double = plain + plain.replace("<category>", '<category domain="category" nicename="news">')
    found = read(files.export(files.item(1).replace("</item>", double + "</item>")))[1]
    assert [(term.taxonomy, term.slug) for term in found.terms] == [("category", "news")]


def test_items_half_read_at_a_chunk_border_are_whole():
    many = [files.item(number, "x" * 7001) for number in range(1, 40)]
    found = read(files.export(*many))[1:]
    assert [each.id for each in found] == [str(number) for number in range(1, 40)]
    assert {len(each.content) for each in found} == {7001}
    assert {each.status for each in found} == {"publish"}
