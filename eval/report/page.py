"""A report -> one HTML file in both languages, without a network and without scripts."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from eval.report.models import Report
from eval.report.sections.appendix import appendix, whole
from eval.report.sections.confidence import confidence
from eval.report.sections.failures import failures
from eval.report.sections.gated import gated
from eval.report.sections.operations import operations
from eval.report.sections.retrieval import retrieval
from eval.report.sections.slices import slices
from eval.report.sections.stages import stages
from eval.report.sections.support import support
from eval.report.sections.verdict import findings, verdict
from eval.report.style import STYLE
from eval.report.words import Words
from knowledge.models import LANGUAGES, Language

_NAMES: dict[Language, str] = {"es": "Español", "en": "English"}
_SWITCH = "Idioma / Language"
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""Nothing is fetched and nothing runs, whatever a document says."""
SECTIONS: tuple[tuple[str, Callable[[Words, Report], str]], ...] = (
    ("gated", gated),
    ("findings", findings),
    ("failures", failures),
    ("stages", stages),
    ("slices", slices),
    ("retrieval", retrieval),
    ("confidence_section", confidence),
    ("whole", whole),
    ("support", support),
    ("operations", operations),
    ("appendix", appendix),
)
"""In order, by the key of their headings."""


def page(report: Report, language: Language) -> str:
    """The whole file.

    Args:
        report: what it shows.
        language: shown first; the other one is a key away.
    """
    title = f"{Words(language).say('title')} · {report.run.id}"
    switch = "".join(
        f'<input type="radio" name="language" id="to-{one}"{" checked" if one == language else ""}>'
        f'<label for="to-{one}" lang="{one}">{_NAMES[one]}</label>'
        for one in LANGUAGES
    )
    bodies = "".join(_body(report, one) for one in LANGUAGES)
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head>"
        f'<body><header><fieldset class="languages"><legend>{_SWITCH}</legend>{switch}</fieldset>'
        f"</header>{bodies}</body></html>\n"
    )


def _body(report: Report, language: Language) -> str:
    w = Words(language)
    written = [(key, write(w, report)) for key, write in SECTIONS]
    there = [(key, content) for key, content in written if content]
    links = "".join(
        f'<li><a href="#{w.anchor(key.removesuffix("_section"))}">{escape(w.say(key))}</a></li>'
        for key, _ in there
    )
    contents = "".join(content for _, content in there)
    return (
        f'<main lang="{language}">{verdict(w, report)}'
        f'<nav aria-label="{escape(w.say("title"))}"><ul>{links}</ul></nav>{contents}'
        f'<footer class="hint">{escape(w.say("print_hint"))}</footer></main>'
    )
