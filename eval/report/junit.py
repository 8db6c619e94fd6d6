"""A report as JUnit XML, for continuous integration: a test case for each golden case."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from eval.measures.models import Asked
from eval.report.models import Failure, Report
from eval.report.why import why
from eval.report.words import Words
from knowledge.models import Language

_NO_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no place for (section 2.2)."""


def junit(report: Report, language: Language) -> str:
    """The XML; a case that does not pass has a failure, one that failed or was not asked an error.

    The gate's verdict is a property of the suite: it is no case.
    """
    w = Words(language)
    failures = {one.asked.case.id: one for one in report.failures}
    asked = {one.case.id: one for one in report.asked}
    name = str(report.run.manifest.get("golden", {}).get("name", "golden"))
    errors = len(report.missing) + sum(one.stage == "error" for one in failures.values())
    counts = {
        "tests": str(len(report.cases)),
        "failures": str(len(failures) + len(report.missing) - errors),
        "errors": str(errors),
        "time": f"{sum(map(_seconds, asked.values())):.3f}",
    }
    root = ET.Element("testsuites", counts)
    suite = ET.SubElement(root, "testsuite", {"name": _plain(name), **counts})
    properties = ET.SubElement(suite, "properties")
    for key, value in _properties(report, w).items():
        ET.SubElement(properties, "property", {"name": key, "value": _plain(value)})
    for case in report.cases:
        kind = f"{name}.{case.lang}" + (".critical" if case.critical else "")
        found = asked.get(case.id)
        seconds = f"{_seconds(found):.3f}" if found else "0.000"
        element = ET.SubElement(
            suite,
            "testcase",
            {"classname": _plain(kind), "name": _plain(case.id), "time": seconds},
        )
        if found is None:
            ET.SubElement(element, "error", {"message": w.say("no_outcome")})
        elif (failure := failures.get(case.id)) is not None:
            _failed(element, failure, w)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, "unicode") + "\n"


def _failed(element: ET.Element, failure: Failure, w: Words) -> None:
    tag = "error" if failure.stage == "error" else "failure"
    message = "; ".join(w.title(measure) for measure in failure.measures)
    told = ET.SubElement(element, tag, {"message": _plain(message), "type": failure.stage})
    lines = [failure.asked.case.question]
    for measure in failure.measures:
        lines += [f"{w.title(measure)}: {one}" for one in why(failure.asked, measure, w.language)]
    told.text = _plain("\n".join(lines))


def _properties(report: Report, w: Words) -> dict[str, str]:
    found = {"run": report.run.id, "golden_sha256": report.run.golden_sha256}
    if report.compared is not None:
        decision = report.compared.decision
        found |= {
            "baseline": decision.before,
            "verdict": decision.verdict,
            "sentence": w.told(decision.sentence),
        }
    return found


def _seconds(asked: Asked) -> float:
    return asked.outcome.timings_ms.get("total", 0.0) / 1000


def _plain(text: str) -> str:
    return _NO_XML.sub("\ufffd", text)
