"""Types of what comes over HTTP; the common ones are in the integration test of fetching."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ingest.loaders import LOADERS
from ingest.loaders.sniff import looks_like_html
from ingest.media import suffix_of_response

HEADER = st.text(st.characters(max_codepoint=255, exclude_characters="\r\n\0"), max_size=80)


@given(HEADER, HEADER, st.binary(max_size=20))
def test_any_headers_give_a_suffix_that_is_read_or_none(
    media_type: str, disposition: str, data: bytes
) -> None:
    for given_type in (media_type, f"text/html;{media_type}", ""):
        headers = {
            "content-type": given_type,
            "content-disposition": f"attachment; filename{disposition}",
        }
        suffix = suffix_of_response("/a", headers, data)
        assert suffix is None or suffix in LOADERS


def test_the_servers_file_name_may_be_written_in_either_way() -> None:
    for parameter in ("filename=a.pdf", "filename*=UTF-8''a%C3%B1o.pdf", 'filename="x/../a.PDF"'):
        headers = {"content-disposition": f"attachment; {parameter}"}
        assert suffix_of_response("/descarga", headers, b"?") == "pdf"


def test_a_page_is_known_behind_any_number_of_comments_at_once() -> None:
    assert looks_like_html(b"<?xml version='1.0'?>" + b"<!-- a --> <!---->\n" * 50 + b"<html>")
    assert not looks_like_html(b"<!---->" * 200)
