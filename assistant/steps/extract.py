"""A version of a source, as a viewer sees it -> the procedures in it.

What is no procedure must give none: rights, rules, definitions and examples are lists as well.
A counted list is taken when most of its entries are instructions; an uncounted one only when nearly
all are and its heading, or the words before it, announce steps.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median

from assistant.steps import signals
from assistant.steps.instructions import forbids, instructs
from assistant.steps.models import Condition, Form, Note, Procedure, Step
from assistant.steps.prose import prose_run
from assistant.steps.reading import Place, conditions_at, notes_of, sentences_at, steps_of
from assistant.steps.runs import Item, Run, Section, grids, list_runs, sections
from assistant.steps.tables import steps_in
from knowledge.models import Block, Document
from knowledge.sections import inside
from knowledge.text import fold, words

COUNTED_INSTRUCT = 0.6
"""Share of the entries of a counted list that are instructions."""
COUNTED_ANNOUNCED = 0.5
"""The same, where a heading announces steps."""
BULLETS_INSTRUCT = 0.8
MIN_BULLETS = 3
LONGEST_MEDIAN_CHARS = 450
"""Of entries; longer ones are clauses of a contract."""
MAX_STEPS = 60
"""Entries of one list that are read."""


def procedures_of(document: Document) -> tuple[Procedure, ...]:
    """The procedures of a version, in order; empty where it has none.

    Args:
        document: what the viewer may see of it; what is withheld is not in its blocks.
    """
    found: list[Procedure] = []
    every = sections(document)
    for section in every:
        found += _of_section(section, document)
    found += _of_step_headings(every, document)
    return tuple(sorted(found, key=lambda procedure: procedure.start))


def _of_section(section: Section, document: Document) -> Iterator[Procedure]:
    for run in list_runs(document, section):
        form = _form_of(run, section, document)
        if form is not None:
            yield from _made(form, _steps_of_run(run, document), section, document, run)
    for grid in grids(document, section):
        read = steps_in(grid, document)
        if read is not None:
            yield from _made(read[0], read[1], section, document)
    for block in section.blocks:
        if block.kind == "paragraph":
            spoken = prose_run(block, document)
            if spoken is not None:
                yield from _made("prose", _steps_of_run(spoken, document), section, document)


def _form_of(run: Run, section: Section, document: Document) -> Form | None:
    """Which kind of procedure a list is; `None` where it is none."""
    texts = [document.text[item.start : item.block.end] for item in run.items]
    allowed = [text for text in texts if not forbids(text)]
    if len(allowed) < 2 or len(allowed) < len(texts) / 2:
        return None
    if median(map(len, texts)) > LONGEST_MEDIAN_CHARS:
        return None
    told = sum(instructs(text, document.language) for text in allowed)
    heading = section.above[-1] if section.heading is not None else document.title
    lead = _last_sentence(run.before, document)
    if signals.speaks_of_rights(lead) or signals.speaks_of_rights(heading):
        return None
    nearest = lead if signals.speaks_of_steps(lead) or signals.speaks_of_other(lead) else heading
    announced = signals.speaks_of_steps(nearest)
    other = signals.speaks_of_other(nearest)
    if run.numbered:
        if other and not announced:
            return None
        named = all(
            signals.step_label(document.text[i.block.start : i.block.end]) for i in run.items
        )
        if named:
            return "labelled"
        least = COUNTED_ANNOUNCED if announced else COUNTED_INSTRUCT
        if told < max(2, least * len(allowed)) or (other and not announced):
            return None
        return "numbered"
    share = COUNTED_INSTRUCT if signals.counts_on_steps(lead) else BULLETS_INSTRUCT
    enough = len(texts) >= MIN_BULLETS and told >= max(2, share * len(allowed))
    return "bulleted" if enough and announced and not other else None


def _steps_of_run(run: Run, document: Document) -> list[Step]:
    found: list[Step] = []
    n = 0
    for item in run.items[:MAX_STEPS]:
        text = document.text[item.start : item.block.end]
        if found and forbids(text):
            found[-1] = _noted(found[-1], item, document)
            continue
        steps = steps_of(item, Place(document, str(n + 1)))
        n += bool(steps)
        found += steps
    return found


def _noted(step: Step, item: Item, document: Document) -> Step:
    """The step with an entry beside it that says what not to do."""
    spans = sentences_at(document, item.start, item.block.end)
    notes = notes_of(spans, document, item.block.page)
    return replace(step, notes=(*step.notes, *notes))


def _of_step_headings(every: Sequence[Section], document: Document) -> Iterator[Procedure]:
    """Headings "Paso 1", "Paso 2", …: each with what stands under it is a step."""
    at = 0
    while at < len(every):
        group = _counted_sections(every, at, document)
        if len(group) < 2:
            at += 1
            continue
        items = [_heading_item(heading, section, document) for heading, section in group]
        first, within = group[0]
        outer = Section(first, within.above[:-1] or (document.title,), ())
        steps = _steps_of_run(Run(numbered=True, items=tuple(items)), document)
        yield from _made("labelled", steps, outer, document)
        at += len(group)


def _counted_sections(
    every: Sequence[Section], at: int, document: Document
) -> list[tuple[Block, Section]]:
    """The sections from a place on whose headings count steps from one, with their headings."""
    found: list[tuple[Block, Section]] = []
    for section in every[at:]:
        if section.heading is None:
            break
        label = signals.step_label(document.text[section.heading.start : section.heading.end])
        if label is None or label[0] != len(found) + 1:
            break
        found.append((section.heading, section))
    return found


def _heading_item(heading: Block, section: Section, document: Document) -> Item:
    text = document.text[heading.start : heading.end]
    label = signals.step_label(text)
    length = label[1] if label and label[1] < len(text) else 0
    own = Item(
        heading, heading.start + length, label[0] if label else 0, text[:length].strip(" .:")
    )
    under = tuple(Item(block, block.start) for block in section.blocks if block.kind != "table")
    return Item(own.block, own.start, own.number, own.label, under)


def _made(
    form: Form,
    steps: Sequence[Step],
    section: Section,
    document: Document,
    run: Run | None = None,
) -> Iterator[Procedure]:
    if len(steps) < 2:
        return
    heading = section.above[-1] if section.above else document.title
    title = signals.without_number(heading) or document.title
    begins = min(step.quote.start for step in steps)
    ends = max(_end_of(step) for step in steps)
    conditions: tuple[Condition, ...] = ()
    notes: tuple[Note, ...] = ()
    if run is not None and run.before is not None:
        lead = sentences_at(document, run.before.start, run.before.end)[-1:]
        for a, b in lead:
            if document.text[a:b].rstrip().endswith(":"):
                conditions = conditions_at(document, a, b, "0", page=run.before.page)
        notes = tuple(_warnings(run.before, document))
    if run is not None and run.after is not None:
        notes = (*notes, *_warnings(run.after, document))
    start = section.heading.start if section.heading is not None else begins
    yield Procedure(
        key=_key(document, title, steps),
        document=document.name,
        source_title=document.title,
        version=document.version,
        title=title,
        language=document.language,
        form=form,
        headings=section.above,
        start=min(start, begins),
        end=ends,
        page=steps[0].quote.page,
        conditions=conditions,
        notes=notes,
        steps=tuple(steps),
        internal=inside(begins, ends, document.internal),
    )


def _warnings(block: Block, document: Document) -> list[Note]:
    spans = sentences_at(document, block.start, block.end)
    return [note for note in notes_of(spans, document, block.page) if note.kind == "warning"]


def _end_of(step: Step) -> int:
    return max([step.quote.end, *(note.quote.end for note in step.notes)])


def _last_sentence(block: Block | None, document: Document) -> str:
    """What announces a list: the sentence before it, where it ends in a colon."""
    if block is None:
        return ""
    spans = sentences_at(document, block.start, block.end)
    if not spans:
        return ""
    last = document.text[spans[-1][0] : spans[-1][1]]
    return last if re.search(r"[:：]\s*$", last) or len(words(last)) <= 6 else ""


def _key(document: Document, title: str, steps: Sequence[Step]) -> str:
    said = "\n".join((document.name, fold(title), *(step.quote.text for step in steps[:3])))
    return hashlib.sha256(said.encode()).hexdigest()[:16]
