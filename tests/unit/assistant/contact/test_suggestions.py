"""What stands beside the conversation: few, in their places, and what is taken away stays away."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from assistant.contact.heard import AskBack, Heard, Need, Suggestion
from assistant.contact.suggestions import (
    CLEARLY,
    MAX_SHOWN,
    Shown,
    Worded,
    dismiss,
    pin,
    same_need,
    switch,
    unpin,
    update,
    word,
)
from assistant.models import Citation, Composed, Statement
from assistant.speech import said_stems

ASK = AskBack("delivery_date", "¿En qué fecha lo recibió?")


def suggestion(key: str, score: float) -> Suggestion:
    cited = Citation("guia.md", "Guía", 1, None, (), key, 0, len(key), "es")
    return Suggestion(key, Statement(key, (cited,), key), "plazo", score)


def heard(
    *suggestions: Suggestion,
    words: str = "plazo devolucion",
    needed: bool = True,
    ask_back: AskBack | None = None,
) -> Heard:
    need = Need(needed, 0.9 if needed else 0.1, words, said_stems(words, "es"), (), "es")
    found = tuple(replace(one, asked=words) for one in suggestions)
    return Heard(need, None, found, ask_back, {})


def keys(shown: Shown) -> list[str]:
    return [s.key for s in shown.suggestions]


names = st.sampled_from("abcdefg")
scores = st.floats(0, 1)
turns = st.builds(
    lambda found, words, needed: heard(
        *(suggestion(k, s) for k, s in found.items()), words=words, needed=needed
    ),
    found=st.dictionaries(names, scores, max_size=4),
    words=st.sampled_from(["plazo devolucion", "plazo devolver sofa", "averia lavadora", ""]),
    needed=st.booleans(),
)


@given(st.lists(turns, max_size=8), names)
def test_however_the_call_goes_few_are_shown_once_each_and_what_is_pinned_stays(
    call: list[Heard], chosen: str
) -> None:
    shown = Shown()
    for turn in call:
        before = pin(shown, chosen)
        shown = update(before, turn)
        assert len(shown.suggestions) <= MAX_SHOWN
        assert len(set(keys(shown))) == len(shown.suggestions)
        for place, kept in enumerate(keys(before)):
            if kept in before.pinned or kept in keys(shown):
                assert keys(shown)[place] == kept


@given(turns, turns)
def test_only_a_clearly_better_one_replaces_another_of_the_same_need(
    first: Heard, second: Heard
) -> None:
    before = update(Shown(), first)
    after = update(before, second)
    if not same_need(before.words, second.need.words):
        return
    now = {s.key: s.score for s in second.suggestions}
    for old, new in zip(before.suggestions, after.suggestions, strict=False):
        if old.key != new.key:
            assert max(now.values()) >= now.get(old.key, old.score) + CLEARLY


@given(st.lists(turns, min_size=1, max_size=8), names)
def test_what_was_dismissed_does_not_come_back_while_the_need_is_the_same(
    call: list[Heard], chosen: str
) -> None:
    shown = dismiss(update(Shown(), heard(suggestion(chosen, 0.9))), chosen)
    assert chosen not in keys(shown)
    for turn in call:
        shown = update(shown, turn)
        if same_need(frozenset({"plazo", "devolucion"}), turn.need.words):
            assert chosen not in keys(shown) or not turn.need.needed


def test_what_was_dismissed_may_answer_another_need() -> None:
    shown = dismiss(update(Shown(), heard(suggestion("a", 0.9))), "a")
    assert keys(update(shown, heard(suggestion("a", 0.9), words="averia lavadora"))) == ["a"]


def test_a_turn_that_needs_nothing_moves_nothing() -> None:
    shown = update(Shown(), heard(suggestion("a", 0.5), ask_back=ASK))
    assert update(shown, heard(suggestion("b", 1.0), needed=False)) == shown


def test_a_new_need_takes_the_places_of_the_old_one_best_first() -> None:
    old = heard(*(suggestion(key, 0.9 - i / 10) for i, key in enumerate("abc")))
    new = heard(
        *(suggestion(key, 0.9 - i / 10) for i, key in enumerate("def")), words="averia lavadora"
    )
    assert keys(update(update(Shown(), old), new)) == ["d", "e", "f"]


def test_what_is_pinned_keeps_its_place_through_a_new_need_until_it_is_let_go() -> None:
    shown = update(Shown(), heard(*(suggestion(key, 0.9) for key in "abc")))
    new = heard(*(suggestion(key, 0.9) for key in "def"), words="averia lavadora")
    pinned = update(pin(shown, "b"), new)
    assert keys(pinned) == ["d", "b", "e"]
    later = heard(*(suggestion(key, 0.9) for key in "xyz"), words="financiar cuotas")
    assert "b" not in keys(update(unpin(pinned, "b"), later))


def test_the_question_to_ask_back_goes_when_it_is_answered() -> None:
    shown = update(Shown(), heard(suggestion("a", 0.9), ask_back=ASK))
    assert shown.ask_back == ASK
    assert update(shown, heard(suggestion("a", 0.9))).ask_back is None


def test_switched_off_nothing_is_suggested_and_only_what_is_pinned_stays() -> None:
    shown = pin(update(Shown(), heard(suggestion("a", 0.9), suggestion("b", 0.8))), "b")
    off = switch(shown, listening=False)
    assert keys(off) == ["b"]
    assert update(off, heard(suggestion("c", 1.0))) == off
    assert keys(update(switch(off, listening=True), heard(suggestion("c", 1.0)))) == ["b", "c"]


def test_what_is_not_shown_can_be_neither_pinned_nor_dismissed() -> None:
    shown = update(Shown(), heard(suggestion("a", 0.9)))
    assert pin(shown, "x") == shown
    assert dismiss(shown, "x") == shown


def test_what_was_suggested_for_another_need_makes_room_for_the_present_one() -> None:
    """However sure it was: it fades at each turn that needs something else."""
    first = heard(suggestion("a", 0.98), words="tercera vez que llamo")
    second = heard(suggestion("b", 0.71), suggestion("c", 0.64), words="venia roto el embalaje")
    third = heard(suggestion("d", 0.64), words="venia roto el embalaje estoy en plazo")
    shown = update(update(Shown(), first), second)
    assert keys(shown) == ["a", "b", "c"]
    assert keys(update(shown, third)) == ["d", "b", "c"]


def worded(one: Suggestion, asked: str) -> Worded:
    return Worded(asked, Composed("m", "compose.es/2", (one.statement,)))


def test_what_was_composed_goes_with_the_need_with_its_source_and_with_listening() -> None:
    one, other = suggestion("a", 0.9), suggestion("b", 0.8)
    shown = update(Shown(), heard(one, other, words="plazo"))
    composed = word(shown, worded(one, "plazo"))
    assert composed.worded is not None
    assert update(composed, heard(one, words="plazo")).worded == composed.worded
    assert update(composed, heard(needed=False)).worded == composed.worded
    assert update(composed, heard(one, words="precio")).worded is None
    assert dismiss(dismiss(composed, "a"), "b").worded is None
    assert switch(composed, listening=False).worded is None
    assert word(switch(shown, listening=False), worded(one, "plazo")).worded is None
    elsewhere = replace(one.statement.citations[0], document="otra.md")
    foreign = Suggestion("z", Statement("z", (elsewhere,)), "plazo", 0.5)
    assert word(shown, worded(foreign, "plazo")) == shown
