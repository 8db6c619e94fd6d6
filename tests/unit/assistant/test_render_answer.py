"""What the page shows of an answer, its conversation and its sources."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest

from assistant.models import Answer, ChangedSince, Citation, Statement, Verdict
from assistant.shell.pages.desk import (
    Desk,
    citations,
    closed,
    failed,
    history,
    opened,
    readable,
    renewed,
    restored,
    shown,
)
from assistant.shell.pages.desk import answered as answered_for
from assistant.shell.pages.markup import (
    answer_html,
    cited_text,
    conversation_html,
    header_html,
    notice_html,
    plain_text,
)
from assistant.shell.pages.source import Source, context_blocks, page_url, source_html
from knowledge.models import Block, Document, Language

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</mark></p><svg onload=alert(1)>",
    "![x](http://evil.example/x.png)",
    "<a href=javascript:alert(1)>x</a>",
    "&lt;b&gt; &amp; <!-- ",
)
STAFF = frozenset({"staff"})
LEVANTE = frozenset({"staff", "levante"})

TEXT = "Título\nAntes. El plazo es de 14 días. Después.\nOtro párrafo.\n"
DOCUMENT = Document(
    name="guia.md",
    title="Guía",
    text=TEXT,
    blocks=(Block("heading", 0, 6, level=1), Block("paragraph", 7, 46), Block("paragraph", 47, 60)),
    language="es",
    media_type="md",
    sha256="0" * 64,
)


def answered(desk: Desk, answer: Answer) -> Desk:
    return answered_for(desk, answer, STAFF)


def citation(document: Document = DOCUMENT, quote: str = "El plazo es de 14 días.") -> Citation:
    start = document.text.index(quote)
    return Citation(
        document=document.name,
        title=document.title,
        page=None,
        row=None,
        headings=("Título",),
        quote=quote,
        start=start,
        end=start + len(quote),
        language=document.language,
    )


def answer(*texts: str, question: str = "¿plazo?", language: Language = "es") -> Answer:
    statements = tuple(Statement(text, (citation(),)) for text in texts)
    return Answer(
        question=question,
        query=question,
        verdict="answered" if texts else "not_found",
        statements=statements,
        nearest=() if texts else (citation(),),
        confidence=0.876,
        language=language,
        timings_ms={"total": 83.4},
    )


class Tags(HTMLParser):
    """Which tags and attributes a browser would see."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.handlers: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.handlers += [name for name, _ in attrs if name.startswith("on")]


def assert_harmless(html: str) -> None:
    seen = Tags(html)
    assert seen.tags.isdisjoint({"script", "img", "svg", "iframe", "link", "style", "object"})
    assert seen.handlers == []
    assert "javascript:" not in "".join(seen.handlers)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_escaped_wherever_it_is_shown(text: str) -> None:
    document = replace(
        DOCUMENT,
        name=text,
        title=text,
        text=f"{text}\n{text}\n",
        blocks=(
            Block("heading", 0, len(text), level=1),
            Block("paragraph", len(text) + 1, 2 * len(text) + 1),
        ),
    )
    cited = replace(citation(document, text), headings=(text,))
    found = replace(answer(text, question=text), statements=(Statement(text, (cited,)),))
    nothing = replace(found, verdict="not_found", statements=(), nearest=(cited,))
    for desk in (answered(Desk(), found), answered(Desk(), nothing), failed(Desk(), text)):
        for language in ("es", "en"):
            assert_harmless(answer_html(desk, language, empty=False))
            assert_harmless(conversation_html(desk, language))
    assert_harmless(notice_html(text))
    for source in (Source(1, cited, document), Source(1, cited, None)):
        assert_harmless(source_html(source, "es"))


def test_the_first_statement_is_shown_alone_and_then_with_the_others() -> None:
    desk = answered(Desk(), answer("Uno.", "Dos."))
    first = answer_html(desk, "es", empty=False, statements=1)
    whole = answer_html(desk, "es", empty=False)
    assert "Uno." in first
    assert "<li" in first
    assert '<p lang="es">Dos.' not in first
    assert 'data-whole="0"' in first
    assert whole.index("Uno.") < whole.index('<p lang="es">Dos.')
    assert 'data-whole="1"' in whole


def test_confidence_time_and_verdict_are_in_the_interfaces_language() -> None:
    desk = answered(Desk(), answer("Uno."))
    assert "Seguro" in answer_html(desk, "es", empty=False)
    assert "88 %" in answer_html(desk, "es", empty=False)
    assert "0,08 s" in answer_html(desk, "es", empty=False)
    assert "0.08 s" in answer_html(desk, "en", empty=False)
    assert "Sure" in answer_html(desk, "en", empty=False)


def test_not_found_says_so_and_shows_what_is_near() -> None:
    html = answer_html(answered(Desk(), answer()), "es", empty=False)
    assert "No consta con seguridad" in html
    assert "El plazo es de 14 días." in html
    assert 'data-cite="1"' in html


@pytest.mark.parametrize("verdict", ["partly", "not_found"])
def test_words_that_no_source_has_are_named(verdict: Verdict) -> None:
    statements = answer("Uno.").statements if verdict == "partly" else ()
    lacking = replace(
        answer("Uno."), verdict=verdict, statements=statements, missing=("E55", "<b>Lisboa")
    )
    desk = answered(Desk(), lacking)
    spanish, english = (answer_html(desk, one, empty=False) for one in ("es", "en"))
    assert "Las fuentes encontradas no dicen: «E55», «&lt;b&gt;Lisboa»." in spanish
    assert "The sources found do not say: “E55”, “&lt;b&gt;Lisboa”." in english
    assert "no dicen" not in answer_html(answered(Desk(), answer("Uno.")), "es", empty=False)


def test_partly_says_why_to_check() -> None:
    partly = replace(answer("Uno."), verdict="partly")
    assert "Compruebe la fuente" in answer_html(answered(Desk(), partly), "es", empty=False)


def test_with_no_documents_the_page_names_the_command() -> None:
    assert "voz ingest" in answer_html(Desk(), "es", empty=True)
    assert "voz ingest" not in answer_html(Desk(), "es", empty=False)


def test_copies_are_plain_text_with_and_without_citations() -> None:
    found = answer("Uno.", "Dos.")
    assert plain_text(found) == "Uno.\nDos."
    assert cited_text(found, "es") == "Uno. [1]\nDos. [1]\n\n[1] Guía, Título"


def test_of_a_passage_the_sentence_that_answers_is_copied_and_all_of_it_with_its_source() -> None:
    found = answer("Antes. El plazo es de 14 días. Después.")
    found = replace(
        found, statements=(replace(found.statements[0], focus="El plazo es de 14 días."),)
    )
    assert plain_text(found) == "El plazo es de 14 días."
    assert cited_text(found, "es").startswith("Antes. El plazo es de 14 días. Después. [1]")


def test_the_same_citation_has_one_number() -> None:
    assert len(citations(answer("Uno.", "Dos."))) == 1


def test_the_passage_is_marked_where_it_stands() -> None:
    html = source_html(Source(1, citation(), DOCUMENT), "es")
    assert "Antes. <mark>El plazo es de 14 días.</mark> Después." in html


def test_a_passage_over_two_blocks_is_marked_in_both() -> None:
    spread = replace(citation(), quote=TEXT[14:59], start=14, end=59)
    html = source_html(Source(1, spread, DOCUMENT), "es")
    assert html.count("<mark>") == 2
    assert "Después.</mark>" in html
    assert "<mark>Otro párrafo</mark>." in html


def test_a_changed_document_is_told_and_marks_nothing() -> None:
    changed = replace(DOCUMENT, text=TEXT.replace("14", "30"))
    html = source_html(Source(1, citation(), changed), "es")
    assert "ha cambiado" in html
    assert "<mark>" not in html


def test_a_removed_document_shows_what_was_cited() -> None:
    html = source_html(Source(1, citation(), None), "en")
    assert "no longer there" in html
    assert "El plazo es de 14 días." in html


def test_context_is_cut_at_whole_blocks_around_the_passage() -> None:
    blocks = context_blocks(DOCUMENT, 14, 37, around=5)
    assert blocks == [DOCUMENT.blocks[1]]
    assert context_blocks(DOCUMENT, 14, 37) == list(DOCUMENT.blocks)


def test_the_image_of_a_page_is_asked_for_by_offsets_and_version_only() -> None:
    cited = replace(citation(), page=3, document='a&b"/ñ.pdf', version=2)
    assert page_url(cited) == (
        "/v1/page.png?document=a%26b%22%2F%C3%B1.pdf&page=3&start=14&end=37&version=2"
    )


def test_an_answer_about_another_day_says_so_and_what_is_different_today() -> None:
    cited = replace(citation(), version=2, valid_from=date(2025, 9, 1), valid_to=date(2026, 1, 1))
    found = replace(
        answer("Plazo."),
        statements=(Statement("Plazo.", (cited,)),),
        on=date(2025, 9, 2),
        changed=(ChangedSince("a.md", "Plazos <b>", 2, 3), ChangedSince("b.md", "Envíos", 1, None)),
    )
    desk = answered(Desk(on=found.on), found)
    assert desk.on == found.on
    html = answer_html(desk, "es", empty=False)
    assert "Lo que está en vigor el 2/9/2025" in html
    assert "«Plazos &lt;b&gt;», citada en su versión 2, va por la 3" in html
    assert "«Envíos», versión 1" in html
    assert "v. 2" in html
    place = source_html(Source(1, cited, None), "es")
    assert "versión 2, desde el 1/9/2025, hasta el 31/12/2025 incluido" in place
    assert "as-on" not in answer_html(answered(Desk(), answer("Plazo.")), "es", empty=False)


def test_what_is_not_for_customers_is_flagged_and_not_copied_for_them() -> None:
    inside = replace(citation(), internal=True)
    card = replace(citation(), start=1, end=24, approved=True)
    told, kept = Statement("Tiene 14 días.", (card,)), Statement("Hasta 40 €.", (inside,))
    found = replace(answer(), verdict="answered", statements=(told, kept))
    assert plain_text(found) == "Tiene 14 días."
    assert "(Solo para usted: no se lo diga al cliente) Hasta 40 €." in cited_text(found, "es")
    html = answer_html(answered(Desk(), found), "es", empty=False)
    assert html.count('class="flag internal"') == html.count('class="flag approved"') == 1
    assert ' data-internal="1"' in html
    outside = replace(answer(), verdict="answered", statements=(told,))
    assert "data-internal" not in answer_html(answered(Desk(), outside), "es", empty=False)


def test_a_part_that_is_not_for_customers_says_so_in_the_open_source() -> None:
    block = DOCUMENT.blocks[1]
    document = replace(DOCUMENT, internal=((block.start, block.end),))
    html = source_html(Source(1, citation(), document), "en")
    assert html.count("data-flag=") == 1
    assert "do not tell the customer" in html


def test_a_page_with_parts_for_others_is_not_drawn() -> None:
    pdf = replace(DOCUMENT, media_type="pdf")
    assert Source(1, replace(citation(), page=1), pdf).paged
    assert not Source(1, replace(citation(), page=1), replace(pdf, withheld=((0, 3),))).paged


def test_only_a_pdf_whose_passage_still_stands_has_an_image() -> None:
    pdf = replace(DOCUMENT, media_type="pdf")
    cited = replace(citation(), page=3)
    assert "data-page=" in source_html(Source(1, cited, pdf), "es")
    assert "data-page=" not in source_html(Source(1, cited, DOCUMENT), "es")
    assert "data-page=" not in source_html(Source(1, citation(), pdf), "es")
    changed = replace(pdf, text=TEXT.replace("14", "30"))
    assert "data-page=" not in source_html(Source(1, cited, changed), "es")


def test_history_is_the_conversation_in_order() -> None:
    desk = answered(answered(Desk(), answer("Uno.", "Dos.")), answer(question="¿y si no?"))
    assert [(turn.role, turn.text) for turn in history(desk)] == [
        ("agent", "¿plazo?"),
        ("assistant", "Uno. Dos."),
        ("agent", "¿y si no?"),
    ]


def test_a_source_opens_only_when_the_answer_has_it() -> None:
    desk = answered(Desk(), answer("Uno."))
    assert opened(desk, 2) == desk
    assert opened(desk, 1).citation == citation()
    assert closed(opened(desk, 1)) == desk


def test_an_error_keeps_the_conversation_and_the_next_answer_clears_it() -> None:
    desk = failed(answered(Desk(), answer("Uno.")), "una línea")
    assert len(desk.answers) == 1
    assert "una línea" in answer_html(desk, "es", empty=False)
    assert answered(desk, answer("Dos.")).error is None


def test_a_new_conversation_can_be_undone_until_the_next_question() -> None:
    desk = renewed(answered(Desk(), answer("Uno.")))
    assert desk.answers == ()
    assert "data-undo" in conversation_html(desk, "es")
    assert restored(desk).answers == (answer("Uno."),)
    assert restored(renewed(desk)).answers == (answer("Uno."),)
    assert answered(desk, answer("Dos.")).set_aside == ()


def test_an_earlier_answer_can_be_shown_again() -> None:
    desk = answered(answered(Desk(), answer("Uno.")), answer("Dos."))
    assert shown(desk, 0).answer == answer("Uno.")
    assert shown(desk, 7) == desk


def test_a_conversation_is_gone_once_not_all_of_it_may_be_read_any_more() -> None:
    desk = answered_for(answered(Desk(), answer("Uno.")), answer("Dos."), LEVANTE)
    assert readable(desk, LEVANTE) is desk
    assert readable(desk, LEVANTE | {"meridiano"}) is desk
    for left in (STAFF, frozenset({"levante"}), frozenset()):
        gone = readable(desk, left)
        assert (gone.answers, gone.set_aside, gone.shown) == ((), (), None)
        assert gone.turn > desk.turn


def test_what_was_put_aside_is_gone_with_the_right_to_read_it() -> None:
    desk = renewed(answered_for(Desk(), answer("Uno."), LEVANTE))
    assert readable(desk, STAFF).set_aside == ()
    assert restored(readable(desk, LEVANTE)).answers == desk.set_aside
    assert readable(restored(desk), STAFF).answers == ()


def test_the_header_names_who_is_signed_in_and_lets_them_out() -> None:
    html = header_html("es", "<b>Ana</b>")
    assert "&lt;b&gt;Ana&lt;/b&gt;" in html
    assert 'data-do="sign-out"' in html
    assert "sign-out" not in header_html("es", "")
