"""A report says what a run did, in both languages, and nothing that people wrote is markup."""

from __future__ import annotations

import string
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from typer.testing import CliRunner

from assistant.shell.cli import app
from eval.golden.reading import GoldenSet
from eval.measures.catalogue import MEASURES
from eval.measures.models import Asked
from eval.measures.whole.catalogue import WHOLE
from eval.report.diffs import excerpt, word_diff
from eval.report.junit import junit
from eval.report.making import report_of
from eval.report.markdown import escaped, markdown
from eval.report.models import Report
from eval.report.page import SECTIONS, page
from eval.report.sections.axes import round_axis
from eval.report.slices import slices
from eval.report.stages import Stage, first_broken
from eval.report.texts import CATALOGUE
from eval.report.titles import title
from eval.report.why import why
from eval.report.words import Words
from eval.runs.folder import RunFolder, catalogue
from eval.runs.running import run
from knowledge.models import LANGUAGES, Language
from tests.unit.eval.measures.test_measures import ABSTAINED, answered, cannot, case, found
from tests.unit.eval.report.desk import BAD, NASTY, ON, asked, good, report_against, report_alone

VOID = {"meta", "input", "br"}
ALLOWED = set(
    "html head meta title style body input label main header div section p h1 h2 h3 h4 h5 span dl "
    "dt dd nav ul ol li a table thead tbody tr th td figure figcaption details summary small b br "
    "fieldset legend q del ins mark code pre footer svg text line rect circle polygon "
    "polyline".split()
)


class Parsed(HTMLParser):
    """The elements, whether each is closed, and the text."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.elements: Counter[str] = Counter()
        self.attributes: list[tuple[str, str, str | None]] = []
        self.open: list[str] = []
        self.text: list[str] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements[tag] += 1
        self.attributes += [(tag, *attribute) for attribute in attrs]
        if tag not in VOID and self.get_starttag_text()[-2:] != "/>":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID and not (self.open and self.open.pop() == tag):
            raise AssertionError(f"{tag} closes another element, at {self.getpos()}")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def values(self, name: str) -> list[str]:
        return [value or "" for _, key, value in self.attributes if key == name]


@pytest.fixture(scope="module")
def against() -> Report:
    return report_against()


@pytest.fixture(scope="module")
def alone() -> Report:
    return report_alone()


@pytest.fixture(scope="module")
def pages(against: Report, alone: Report) -> dict[str, Parsed]:
    return {"against": Parsed(page(against, "es")), "alone": Parsed(page(alone, "en"))}


@pytest.mark.parametrize("which", ["against", "alone"])
def test_nothing_that_people_wrote_is_markup(pages: dict[str, Parsed], which: str) -> None:
    parsed = pages[which]
    assert parsed.open == []
    assert set(parsed.elements) <= ALLOWED
    assert not [name for _, name, _ in parsed.attributes if name.startswith("on")]
    told = "".join(parsed.text)
    assert told.count(BAD) > 10  # it is told, as text


@pytest.mark.parametrize("which", ["against", "alone"])
def test_a_report_fetches_nothing(pages: dict[str, Parsed], which: str) -> None:
    parsed = pages[which]
    assert not parsed.values("src")
    assert all(link.startswith("#") for link in parsed.values("href"))
    assert "default-src 'none'" in "".join(parsed.values("content"))
    assert "url(" not in "".join(parsed.text)
    assert "@import" not in "".join(parsed.text)


@pytest.mark.parametrize("which", ["against", "alone"])
def test_links_lead_somewhere_and_places_are_named_once(
    pages: dict[str, Parsed], which: str
) -> None:
    places = pages[which].values("id")
    assert len(places) == len(set(places))
    assert {link[1:] for link in pages[which].values("href")} <= set(places)
    assert set(pages[which].values("for")) <= set(places)


@pytest.mark.parametrize("which", ["against", "alone"])
def test_every_plot_has_words_and_its_data(pages: dict[str, Parsed], which: str) -> None:
    parsed = pages[which]
    plots = [value for tag, key, value in parsed.attributes if (tag, key) == ("svg", "role")]
    named = [value for tag, key, value in parsed.attributes if (tag, key) == ("svg", "aria-label")]
    hidden = [v for tag, key, v in parsed.attributes if (tag, key) == ("svg", "aria-hidden")]
    assert len(plots) == len(named) >= 8
    assert all(named)
    assert len(hidden) + len(plots) == parsed.elements["svg"]
    for words in map(Words, LANGUAGES):
        assert "".join(parsed.text).count(words.say("data")) == len(plots) // 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_sections_are_there_in_both_languages(
    pages: dict[str, Parsed], language: Language
) -> None:
    w = Words(language)
    for which, parsed in pages.items():
        places = set(parsed.values("id"))
        wanted = {key for key, _ in SECTIONS if (which, key) != ("alone", "findings")}
        assert {w.anchor(key.removesuffix("_section")) for key in wanted} <= places


def test_both_languages_have_the_same_texts_with_the_same_values() -> None:
    def fields(text: str) -> set[str | None]:
        return {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}

    spanish, english = CATALOGUE["es"], CATALOGUE["en"]
    assert spanish.keys() == english.keys()
    assert [key for key in spanish if fields(spanish[key]) != fields(english[key])] == []


@pytest.mark.parametrize("measure", [m.name for m in (*MEASURES, *WHOLE)])
def test_every_measure_has_a_title_in_both_languages(measure: str) -> None:
    assert title(measure, "es") != title(measure, "en")
    assert measure not in (title(measure, "es"), title(measure, "en"))


def test_critical_failures_come_first_then_those_that_are_new(against: Report) -> None:
    order = [(not f.asked.case.critical, not f.newly) for f in against.failures]
    assert order == sorted(order)
    by_id = {one.asked.case.id: one for one in against.failures}
    assert not by_id[NASTY].newly  # it failed before too
    assert by_id["c2-en"].stage == "error"
    assert against.missing == ["c1-en"]


def test_the_verdict_is_the_gates(against: Report, pages: dict[str, Parsed]) -> None:
    assert against.compared is not None
    decision = against.compared.decision
    assert decision.verdict == "block"
    text = "".join(pages["against"].text)
    for language in LANGUAGES:
        assert CATALOGUE[language]["verdict_block"] in text
        assert Words(language).told(decision.sentence)[1:] in text


def test_a_run_alone_counts_what_passes(alone: Report, pages: dict[str, Parsed]) -> None:
    passed = len(alone.cases) - len(alone.failures) - 1
    assert f"{passed} of {len(alone.cases)} cases pass." in "".join(pages["alone"].text)


def test_markdown_has_the_verdict_and_escapes(against: Report) -> None:
    for language in LANGUAGES:
        text = markdown(against, language)
        assert CATALOGUE[language]["verdict_block"] in text.splitlines()[0]
        assert "<script" not in text
        assert "@admin" not in text
        assert title("must_facts", language) in text
    assert escaped("a|b\n<i> `x` [l](u) @me") == (r"a\|b &lt;i&gt; \`x\` \[l\](u) &#64;me")


def test_junit_has_a_test_for_each_case(against: Report) -> None:
    root = ET.fromstring(junit(against, "en"))
    (suite,) = root
    cases = suite.findall("testcase")
    assert [one.get("name") for one in cases] == [case.id for case in against.cases]
    failed = [one for one in cases if one.find("failure") is not None]
    errors = [one.get("name") for one in cases if one.find("error") is not None]
    assert suite.get("failures") == str(len(failed))
    assert errors == ["c1-en", "c2-en"]
    assert suite.get("errors") == "2"
    assert len(failed) + 1 == len(against.failures)
    nasty = next(one for one in failed if one.get("name") == NASTY)
    told = nasty.findtext("failure")
    assert told is not None
    assert BAD in told
    assert "\x0b" not in told
    verdict = suite.find("properties/property[@name='verdict']")
    assert verdict is not None
    assert verdict.get("value") == "block"


FACT = [{"id": "f", "must": True, "aliases": ["un mes"]}]
GOLD = [{"document": "d"}]
TOP = found("d", "a")


@pytest.mark.parametrize(
    ("asked", "failing", "stage"),
    [
        (Asked(case(gold=GOLD), ABSTAINED), ["behaviour"], "not_found"),
        (
            Asked(
                case(gold=GOLD), replace(ABSTAINED, retrieved=found("a", "b", "c", "e", "f", "d"))
            ),
            ["behaviour"],
            "ranked_low",
        ),
        (Asked(case(gold=GOLD), replace(ABSTAINED, retrieved=TOP)), ["behaviour"], "not_said"),
        (Asked(case(gold=GOLD), answered("x", retrieved=TOP)), ["must_facts"], "not_said"),
        (
            Asked(case(gold=GOLD), answered("x", retrieved=TOP)),
            ["must_facts", "contradicted_facts"],
            "wrong_value",
        ),
        (
            Asked(case(gold=GOLD), answered("x")),
            ["supported_statements", "number_fidelity"],
            "wrong_value",
        ),
        (Asked(case(gold=GOLD), answered("x")), ["supported_statements"], "unsupported"),
        (Asked(case(gold=GOLD), answered("x")), ["quote_exactness"], "wrong_citation"),
        (Asked(cannot(), answered("x")), ["behaviour"], "wrong_behaviour"),
        (Asked(case(gold=GOLD), answered("x")), ["forbidden"], "style"),
        (Asked(case(), replace(ABSTAINED, error="broken")), ["failed"], "error"),
    ],
)
def test_a_failure_counts_at_the_first_stage_that_broke(
    asked: Asked, failing: list[str], stage: Stage
) -> None:
    assert first_broken(asked, failing) == stage


def test_why_a_case_fails_is_told_in_words(against: Report) -> None:
    nasty = next(one for one in against.failures if one.asked.case.id == NASTY)
    for measure in nasty.measures:
        for language in LANGUAGES:
            assert why(nasty.asked, measure, language), measure
    assert why(nasty.asked, "stale_sources", "es") == [
        f"Cita {BAD}.md, versión 1, que dejó de valer el 1 de octubre de 2026."
    ]
    assert why(nasty.asked, "number_fidelity", "en")[0].startswith("The figure 4 is not")
    assert why(Asked(case(facts=FACT), ABSTAINED), "must_facts", "en") == [
        "It does not say “un mes”."
    ]


def test_a_diff_marks_whole_values_and_escapes() -> None:
    assert word_diff("son 30 € <b>", "son 45 € <b>", "es") == (
        "son <del>30 €</del> &lt;b&gt;",
        "son <ins>45 €</ins> &lt;b&gt;",
    )


def test_an_excerpt_shows_what_is_quoted() -> None:
    text = "x " * 400 + "son 30\ndías & más. " + "y " * 400
    shown = excerpt(text, ("son 30 días & más.",))
    assert "<mark>son 30<br>días &amp; más.</mark>" in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown) < 500
    assert excerpt("corto", ("no está",)) == "corto"


def test_slices_have_means_over_the_cases_that_apply() -> None:
    cases = [case(id="a", tags={"topic": "t"}), case(id="b", lang="en"), case(id="c", lang="en")]
    values = {("a", "must_facts"): 1.0, ("b", "must_facts"): 0.0, ("c", "must_facts"): None}
    got = {
        (s.dimension, s.value): (s.cases, s.means) for s in slices(cases, values, ["must_facts"])
    }
    assert got == {
        ("lang", "en"): (2, ((0.0, 1),)),
        ("lang", "es"): (1, ((1.0, 1),)),
    }


def test_axes_have_round_numbers_that_hold_all_values() -> None:
    axis = round_axis(Words("en"), "ms", 743.0)
    assert [text for _, text in axis.ticks] == ["0", "200", "400", "600", "800"]
    both = round_axis(Words("es"), "d", 0.21, -0.21)
    assert (both.ticks[0][1], both.ticks[-1][1]) == ("-0,3", "0,3")


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with two finished runs."""
    root = tmp_path_factory.mktemp("data")
    cases = GoldenSet.of(asked().cases[:20])
    manifest = {
        "today": ON.isoformat(),
        "golden": {"name": "set", "sha256": cases.sha256},
        "measures": catalogue(MEASURES),
    }
    outcomes = good(cases)
    for name in ("before", "after"):
        folder = RunFolder.create(root / "runs", name, manifest, cases)
        run(folder, lambda case: outcomes[case.id], ON)
    return root


@pytest.fixture
def kept(runs: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder as that of the settings."""
    monkeypatch.setenv("VOZ_DATA_DIR", str(runs))
    return runs


def test_the_command_writes_what_is_asked_for(kept: Path) -> None:
    files = [kept / name for name in ("r.html", "r.md", "r.xml")]
    options = zip(("--out", "--markdown", "--junit"), map(str, files), strict=True)
    given = [text for option in options for text in option]
    result = CliRunner().invoke(
        app, ["eval", "report", "after", "--against", "before", "--language", "en", *given]
    )
    assert result.exit_code == 0, result.output
    whole, summary, xml = (path.read_text("utf-8") for path in files)
    # The same outcomes with the same times: nothing was asked anew.
    assert "Comparison invalid" in whole
    assert '<html lang="en">' in whole
    assert summary.startswith("## ⚠️ Comparison invalid · after")
    assert ET.fromstring(xml.encode()).get("tests") == "20"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["after"], "give --out FILE, --markdown FILE or --junit FILE"),
        (["other", "--out", "r.html"], "there is no run 'other'"),
        (["after", "--against", "other", "--out", "r.html"], "there is no run 'other'"),
        (["after", "--out", "no/such/folder/r.html"], "no/such/folder/r.html cannot be written"),
    ],
)
def test_the_command_says_what_is_wrong(kept: Path, arguments: list[str], told: str) -> None:
    result = CliRunner().invoke(app, ["eval", "report", *arguments])
    assert result.exit_code != 0
    assert told in result.output + str(result.exception)


def test_what_a_run_keeps_is_told_only_if_it_is_true(runs: Path) -> None:
    folder = RunFolder.open(runs / "runs", "after")
    before = report_of(folder, today=ON)
    assert (*before.summaries, *before.whole) == tuple(folder.summaries())
    scores, kept = folder.path / "scores.jsonl", folder.path / "summary.json"
    written = scores.read_text("utf-8"), kept.read_text("utf-8")
    try:
        scores.write_text(written[0].replace('"value": 1.0', '"value": 0.5', 1), "utf-8")
        kept.write_text(written[1].replace('"mean": 1.0', '"mean": 0.123'), "utf-8")
        again = report_of(folder, today=ON)
        assert 0.123 not in {one.mean for one in again.summaries}
        assert again.summaries == before.summaries
    finally:
        scores.write_text(written[0], "utf-8")
        kept.write_text(written[1], "utf-8")
