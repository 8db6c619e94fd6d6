"""Planted themes are found among noise with few false alarms."""

from __future__ import annotations

from pathlib import Path

from assistant.themes.rising import FALSE_DISCOVERIES
from eval.components.themes import KINDS, measure
from eval.scores import score_of
from eval.work import Work
from knowledge.settings import Settings
from tests.fakes import HashingEmbedder


def test_planted_themes_are_found_among_noise_with_few_false_alarms(tmp_path: Path) -> None:
    work = Work(tmp_path, Settings(data_dir=tmp_path), HashingEmbedder, limit=150)
    found = [score_of(one) for one in measure(work)]
    values = {(one.set, one.measure): one.value or 0.0 for one in found}
    assert len(values) == 3 * len(KINDS)
    for name, least in ((KINDS[1], 0.95), (KINDS[3], 0.5)):
        assert values[name, "wrong marks among marks"] <= FALSE_DISCOVERIES
        assert values[name, "registers alarmed for nothing"] <= FALSE_DISCOVERIES
        assert values[name, "risen themes marked"] >= least
