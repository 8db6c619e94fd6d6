"""The contacts that the bench of themes counts: so many, once, such as the lists can count."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import func, select

from assistant.shell.themes.room import Room, period_of
from assistant.shell.themes.sight import Sight
from eval.speed.themes import _fill
from ingest.pipeline import ingest
from knowledge.contacts.contact_schema import contacts
from knowledge.models import Viewer
from knowledge.register import Register
from knowledge.settings import Settings
from knowledge.work.work_store import WorkStore
from tests.fakes import HashingEmbedder


def test_so_many_contacts_are_stored_once_and_counted(tmp_path: Path) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    for number in range(3):
        (documents / f"norma-{number}.md").write_text(f"# Norma {number}\n\nSon {number} días.\n")
    settings = Settings(data_dir=tmp_path / "data")
    with Register.open(settings, write=True) as register:
        ingest([documents], register, HashingEmbedder(), settings)
        tree = register.audiences()
    told: list[str] = []
    _fill(settings, 300, told.append)
    _fill(settings, 300, told.append)
    assert len(told) == 1
    store = WorkStore.open(settings)
    with store.read() as connection:
        assert connection.scalar(select(func.count()).select_from(contacts)) == 300
    viewer = Viewer("manager", tree.managed("staff"))
    sight = Sight(tree.below("staff"), viewer, viewer, tree)
    found = Room(store).themes(sight, period_of(store.today(), 90), "es")
    assert 200 <= found.total <= 600
    assert found.themes
