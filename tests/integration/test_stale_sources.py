"""Findings of staleness over a real register, for who manages the sources."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from knowledge.curation import Details
from knowledge.register import Register
from knowledge.settings import load
from knowledge.work.feedback import Feedback, Remark
from knowledge.work.stale_sources import stale_sources
from tests.integration.work_made import DAY, Company


def test_use_complaints_and_translations_are_looked_up(tmp_path: Path) -> None:
    with Register.open(load(data_dir=tmp_path / "data"), write=True) as register:
        company = Company(load(data_dir=tmp_path / "data"), register)
        company.bring("returns.md", "Thirty days.")
        company.bring("devoluciones.md", "Treinta días.")
        company.bring("nunca.md", "Nadie pregunta.", audience="contractor-b")
        translation = Details(translation_of="returns.md", review_days=60)
        company.curation.describe("devoluciones.md", translation, company.manager())
        company.bring("returns.md", "Fifteen days.")
        began = company.now
        company.now = began - 100 * DAY
        company.ask("¿?", company.agent(), "answered", cited=(("devoluciones.md", 1),))
        company.now = datetime.now(UTC) + 91 * DAY
        cited = (("devoluciones.md", 1), ("returns.md", 2))
        company.ask("¿días?", company.agent(), "answered", cited=cited)
        Feedback(company.store).give(Remark("wrong", source="devoluciones.md"), company.agent())
        found = {(f.source, f.kind) for f in stale_sources(company.store, company.manager())}
        assert found == {
            ("devoluciones.md", "review_due"),
            ("devoluciones.md", "translation_behind"),
            ("devoluciones.md", "voted_wrong"),
            ("nunca.md", "never_cited"),
        }
        others = stale_sources(company.store, company.manager("contractor-a"))
        assert "nunca.md" not in {finding.source for finding in others}
        company.close()
