"""What `voz eval privacy` is measured on holds what it says, and the measure can fail."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from stdnum import iban, luhn
from stdnum.es import cif, cups, dni, nie
from typer.testing import CliRunner

from assistant.shell.cli import app
from eval.components.privacy import values
from eval.components.privacy.cases import about_customers, utterances
from eval.components.privacy.measuring import covers, measure
from eval.scores import score_of
from eval.work import Work
from knowledge.privacy.controls import is_nss, is_phone
from knowledge.settings import Settings
from tests.fakes import HashingEmbedder

FLOOR_SURE, FLOOR, FALSE_HITS, PRECISION = 0.99, 0.95, 0.01, 0.97
SURE = frozenset("dni nie iban card email phone".split())


def test_there_are_enough_utterances_in_both_halves_and_no_sentence_is_in_both() -> None:
    for half in ("fit", "report"):
        made = utterances(half)
        assert sum(one.kind is not None for one in made) >= 2000
        assert sum(one.kind is None and one.form == "written" for one in made) >= 500
        assert {one.half for one in made} == {half}
        assert all(one.half == half for one in about_customers(half))
    kinds = Counter((one.kind, one.form) for one in utterances() if one.kind)
    assert min(kinds.values()) >= 60


def test_the_same_seed_makes_the_same_and_another_something_else() -> None:
    assert utterances(seed=3) == utterances(seed=3)
    assert utterances(seed=3) != utterances(seed=4)


def test_a_label_is_where_the_value_stands() -> None:
    for one in utterances():
        value = one.text[slice(*one.span)]
        assert bool(value) is (one.kind is not None)
        assert value == value.strip()


def test_made_values_pass_the_checks_of_others() -> None:
    random = Random(5)
    for _ in range(200):
        assert dni.is_valid(values.dni(random))
        assert nie.is_valid(values.nie(random))
        assert cif.is_valid(values.cif(random))
        assert iban.is_valid(values.iban(random), check_country=False)
        assert luhn.is_valid(values.card(random))
        assert cups.is_valid(values.cups(random))
        assert is_nss(values.nss(random))
    assert sum(is_phone(values.phone(random), "ES") for _ in range(200)) >= 195


def test_what_is_half_found_is_not_found() -> None:
    text = "DNI 12.345.678-Z."
    assert covers([(4, 16)], text, (4, 16))
    assert covers([(4, 14), (15, 16)], text, (4, 16))
    assert not covers([(4, 15)], text, (4, 16))
    assert not covers([], text, (4, 16))


def test_what_is_typed_in_the_half_looked_at_holds_the_floors() -> None:
    """The other half is for `voz eval privacy` alone, so that nothing is written for it."""
    work = Work(Path(), Settings(), HashingEmbedder, half="fit")
    scores = [one for one in map(score_of, measure(work)) if one.set.startswith("written")]
    assert len(scores) > 50
    for one in scores:
        assert one.value is not None
        name, _, kind = one.measure.partition(" ")
        if name == "recall":
            assert one.value >= (FLOOR_SURE if kind in SURE else FLOOR), one
        elif one.measure == "false hits":
            assert one.value <= FALSE_HITS, one
        elif one.measure == "precision":
            assert one.value >= PRECISION, one


@pytest.mark.parametrize("half", ["report"])
def test_the_command_prints_json(half: str) -> None:
    result = CliRunner().invoke(app, ["eval", "privacy", "--half", half, "--json"])
    assert result.exit_code == 0
    rows = json.loads(result.stdout)
    assert {"written es", "spoken en", "known customer", "time"} <= {row["set"] for row in rows}
