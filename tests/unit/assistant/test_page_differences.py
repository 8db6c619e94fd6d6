from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.shell.pages import differences as page
from assistant.shell.pages.differences import differences_html
from assistant.shell.pages.source import source_html, whole
from knowledge.differences.compare import compare
from tests.unit.knowledge.test_differences import made

OLD = made((1, "Plazos"), (0, "Son 30 días. Sin <b>recargo</b> alguno."))
NEW = made((1, "Plazos"), (0, "Son 14 días. Cuesta 5 € <img src=x onerror=alert(1)>."))


def test_each_sentence_says_what_became_of_it_and_of_which_words() -> None:
    html = differences_html(compare(OLD, NEW), "a.md", "es")
    assert 'Son <del class="value">30</del> días.' in html
    assert 'Son <ins class="value">14</ins> días.' in html
    assert "<strong>Cambiada</strong> Plazos · p. 1" in html
    assert "1 cambiada, 1 añadida, 1 quitada; 1 cifra" in html
    assert '<ins>Cuesta <strong class="value">5 €</strong>' in html


def test_what_a_document_says_is_text() -> None:
    html = differences_html(compare(OLD, NEW), "a.md", "en")
    assert "<b>" not in html
    assert "<img" not in html
    assert "<del>Sin &lt;b&gt;recargo&lt;/b&gt; alguno.</del>" in html


def test_where_nothing_is_different_that_is_said() -> None:
    html = differences_html(compare(OLD, OLD), "a.md", "en")
    assert "Nothing of what it says is different." in html
    assert "<ul" not in html


def test_what_is_not_for_customers_is_flagged() -> None:
    inside = replace(NEW, internal=((0, len(NEW.text)),))
    assert 'class="inside"' in differences_html(compare(OLD, inside), "a.md", "en")
    assert 'class="inside"' not in differences_html(compare(OLD, NEW), "a.md", "en")


def test_a_long_list_says_what_it_leaves_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "SHOWN", 1)
    html = differences_html(compare(OLD, NEW), "a.md", "en")
    assert html.count("<li") == 1
    assert "There are 2 more differences" in html


def test_they_stand_above_the_whole_text_of_the_open_source() -> None:
    html = source_html(whole(NEW, compare(OLD, NEW)), "es")
    assert html.index('class="differences"') < html.index('class="context"')
    assert 'class="differences"' not in source_html(whole(NEW), "es")
