"""What managers do with sources, and what each viewer finds afterwards, on which day."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from alembic import command

from knowledge import migrations
from knowledge.audience import MANAGERS_ONLY
from knowledge.curation import Curation, Details
from knowledge.database.connection import Database
from knowledge.database.database_url import DatabaseUrl
from knowledge.errors import NotAllowed, SettingsError
from knowledge.models import EVERYONE, Document, Filing, Viewer
from knowledge.register import Register
from knowledge.search.indexes import Indexes
from knowledge.settings import Settings, load
from knowledge.validity import Validity
from tests.fakes import HashingEmbedder, document_of

DAY = timedelta(days=1)
NAME = "devoluciones.md"
ADMIN = Viewer("admin", frozenset())


@dataclass
class Company:
    """A register, its indexes, and the people who use it."""

    register: Register
    indexes: Indexes
    embedder: HashingEmbedder

    @property
    def curation(self) -> Curation:
        return self.register.curation

    @property
    def today(self) -> date:
        return self.register.today()

    @property
    def rosa(self) -> Viewer:
        return Viewer("rosa", self.register.audiences().managed(EVERYONE))

    @property
    def hugo(self) -> Viewer:
        return Viewer("hugo", self.register.audiences().managed(EVERYONE))

    def agent(self, label: str, on: date | None = None, told: datetime | None = None) -> Viewer:
        return Viewer("agent", self.register.audiences().above(label), on, told)

    def bring(
        self, *paragraphs: str, name: str = NAME, audience: str = EVERYONE, **filed: object
    ) -> str:
        document, chunks, original = document_of(name, paragraphs, audience=audience)
        self.register.bind_model(self.embedder.fingerprint)
        vectors = self.embedder.embed_chunks(chunks)
        hashes = [chunk.content_hash for chunk in chunks]
        self.register.store_embeddings(dict(zip(hashes, vectors, strict=True)))
        filing = Filing(author="rosa", **filed)  # type: ignore[arg-type]
        return self.register.put_document(document, chunks, original, filing=filing)

    def bring_part(self, heading: str, *below: str, draft: bool = False) -> Document:
        """A version whose first line is a heading and the rest its part."""
        document, chunks, original = document_of(NAME, [heading, *below])
        first = replace(document.blocks[0], kind="heading", level=1)
        document = replace(document, blocks=(first, *document.blocks[1:]))
        self.register.bind_model(self.embedder.fingerprint)
        vectors = self.embedder.embed_chunks(chunks)
        hashes = [chunk.content_hash for chunk in chunks]
        self.register.store_embeddings(dict(zip(hashes, vectors, strict=True)))
        filing = Filing(author="rosa", draft=draft)
        self.register.put_document(document, chunks, original, filing=filing)
        return document

    def found(self, viewer: Viewer) -> list[str]:
        """Texts of every chunk that a viewer can find, by the indexes and by key alike."""
        self.indexes.refresh()
        keys = sorted(self.indexes.snapshot(viewer).keys.tolist())
        everything = [row.key for row in self.register.index_rows()]
        assert keys == sorted(one.key for one in self.register.chunks(everything, viewer))
        return sorted(one.chunk.text for one in self.register.chunks(keys, viewer))


@pytest.fixture
def settings(tmp_path: Path, database_url: DatabaseUrl | None) -> Settings:
    return load(data_dir=tmp_path / "data", database_url=database_url)


@pytest.fixture
def company(settings: Settings) -> Iterator[Company]:
    with Register.open(settings, write=True) as register:
        for label in ("company", "contractor-a", "contractor-b"):
            register.curation.add_audience(label, label.title(), ADMIN)
        indexes = Indexes(register, settings)
        yield Company(register, indexes, HashingEmbedder())
        indexes.close()


def test_a_draft_is_found_by_nobody_until_somebody_else_approves_it(company: Company) -> None:
    assert company.bring("Treinta días.", draft=True) == "added"
    assert company.found(company.rosa) == company.found(company.agent(EVERYONE)) == []
    assert company.register.documents(company.rosa) == []
    with pytest.raises(NotAllowed, match="is draft, not in review"):
        company.curation.publish(NAME, 1, company.hugo)
    company.curation.submit(NAME, 1, company.rosa)
    assert company.found(company.rosa) == []
    with pytest.raises(NotAllowed, match="somebody else must approve"):
        company.curation.publish(NAME, 1, company.rosa)
    company.curation.publish(NAME, 1, company.hugo)
    assert company.found(company.agent(EVERYONE)) == ["Treinta días."]
    (version,) = company.curation.versions(NAME, company.rosa)
    assert (version.state, version.author, version.approver) == ("published", "rosa", "hugo")


def test_a_version_sent_back_can_be_handed_in_again(company: Company) -> None:
    company.bring("Treinta días.", draft=True)
    company.curation.submit(NAME, 1, company.rosa)
    company.curation.send_back(NAME, 1, company.hugo, note="falta el plazo de recogida")
    (version,) = company.curation.versions(NAME, company.rosa)
    assert (version.state, version.note) == ("draft", "hugo: falta el plazo de recogida")
    company.curation.submit(NAME, 1, company.rosa)
    with pytest.raises(NotAllowed, match="is in review, not draft"):
        company.curation.submit(NAME, 1, company.rosa)


def test_a_draft_without_a_day_is_in_force_from_its_approval_on(company: Company) -> None:
    company.bring("Treinta días.")
    company.bring("Quince días.", draft=True)
    company.curation.submit(NAME, 2, company.rosa)
    company.curation.publish(NAME, 2, company.hugo)
    newer, older = company.curation.versions(NAME, company.rosa)
    assert newer.in_force == (Validity(start=company.today),)
    assert older.in_force == (Validity(end=company.today),)
    company.bring("Un plazo nuevo.", name="otra.md", draft=True)
    company.curation.submit("otra.md", 1, company.rosa)
    company.curation.publish("otra.md", 1, company.hugo)
    (first,) = company.curation.versions("otra.md", company.rosa)
    assert first.in_force == (Validity(),)


def test_a_version_for_next_week_is_in_force_from_then_on(company: Company) -> None:
    company.bring("Treinta días.")
    monday = company.today + 7 * DAY
    company.bring("Cuarenta y cinco días.", draft=True, valid_from=monday)
    company.curation.submit(NAME, 2, company.rosa)
    company.curation.publish(NAME, 2, company.hugo)
    assert company.found(company.agent(EVERYONE)) == ["Treinta días."]
    assert company.found(company.agent(EVERYONE, monday - DAY)) == ["Treinta días."]
    assert company.found(company.agent(EVERYONE, monday)) == ["Cuarenta y cinco días."]
    (info,) = company.curation.sources(company.rosa)
    assert (info.current, info.next_change, info.versions) == (1, monday, 2)
    newer, older = company.curation.versions(NAME, company.rosa)
    assert older.in_force == (Validity(end=monday),)
    assert newer.in_force == (Validity(start=monday),)


def test_a_rule_for_some_days_gives_way_to_what_was_before(company: Company) -> None:
    company.bring("Treinta días.")
    first, last = company.today + DAY, company.today + 3 * DAY
    company.bring("En Navidad, sesenta.", draft=True, valid_from=first, valid_to=last)
    company.curation.submit(NAME, 2, company.rosa)
    company.curation.publish(NAME, 2, company.hugo)
    days = [company.today + n * DAY for n in range(5)]
    found = [company.found(company.agent(EVERYONE, day)) for day in days]
    usual, christmas = ["Treinta días."], ["En Navidad, sesenta."]
    assert found == [usual, christmas, christmas, usual, usual]


def test_a_retired_source_is_gone_from_answers_and_stays_citable(company: Company) -> None:
    company.bring("Treinta días.")
    agent = company.agent(EVERYONE)
    company.curation.retire(NAME, company.hugo)
    assert company.found(agent) == []
    assert company.register.document(NAME, agent) is None
    past = company.register.document(NAME, agent, version=1)
    assert past is not None
    assert past.text == "Treinta días."
    yesterday = company.agent(EVERYONE, company.today - DAY)
    assert company.found(yesterday) == ["Treinta días."]
    assert company.curation.versions(NAME, company.rosa)[0].state == "retired"
    with pytest.raises(NotAllowed, match="nothing in force"):
        company.curation.retire(NAME, company.hugo)


def test_an_old_version_can_be_restored_from_today_on(company: Company) -> None:
    company.bring("Treinta días.")
    company.bring("Quince días.")
    assert company.found(company.agent(EVERYONE)) == ["Quince días."]
    company.curation.publish(NAME, 1, company.hugo)
    assert company.found(company.agent(EVERYONE)) == ["Treinta días."]
    assert [v.state for v in company.curation.versions(NAME, company.rosa)] == [
        "retired",
        "published",
    ]


def test_what_was_said_at_a_moment_can_be_asked_for_ever(company: Company) -> None:
    company.bring("Treinta días.")
    then = datetime.now(UTC)
    company.bring("Quince días.")
    later = datetime.now(UTC)
    company.curation.retire(NAME, company.hugo)
    day = company.today
    assert company.found(company.agent(EVERYONE, day, then)) == ["Treinta días."]
    assert company.found(company.agent(EVERYONE, day, later)) == ["Quince días."]
    assert company.found(company.agent(EVERYONE, day)) == []
    before = datetime(2020, 1, 1, tzinfo=UTC)
    assert company.found(company.agent(EVERYONE, day, before)) == []


def test_each_circle_finds_its_own(company: Company) -> None:
    company.bring("Para la empresa y la contrata A.", audience="company contractor-a")
    company.bring("Para nadie más.", name="b.md", audience="contractor-b")
    assert company.found(company.agent("company")) == ["Para la empresa y la contrata A."]
    assert company.found(company.agent("contractor-a")) == ["Para la empresa y la contrata A."]
    assert company.found(company.agent("contractor-b")) == ["Para nadie más."]
    assert company.found(company.agent(EVERYONE)) == []
    assert len(company.found(company.rosa)) == 2


def test_a_source_without_audience_is_its_managers(company: Company) -> None:
    company.bring("Borrador de trabajo.")
    company.curation.set_audience(NAME, [], company.rosa)
    assert company.found(company.agent("company")) == []
    assert company.found(company.rosa) == ["Borrador de trabajo."]
    assert MANAGERS_ONLY in company.rosa.audiences
    (info,) = company.curation.sources(company.rosa)
    assert info.audience == frozenset()


def test_an_audience_taken_away_takes_past_versions_with_it(company: Company) -> None:
    company.bring("Treinta días.", audience="company contractor-a")
    company.bring("Quince días.", audience="company contractor-a")
    company.curation.set_audience(NAME, ["company"], company.rosa)
    agent = company.agent("contractor-a")
    assert company.found(agent) == company.found(replace(agent, on=company.today - DAY)) == []
    assert [company.register.document(NAME, agent, version=n) for n in (None, 1, 2)] == [None] * 3
    assert company.found(company.agent("company")) == ["Quince días."]


def test_an_audience_taken_away_takes_what_was_said_before_with_it(company: Company) -> None:
    company.bring("Treinta días.", audience="company contractor-a")
    then = datetime.now(UTC)
    company.curation.set_audience(NAME, ["company"], company.rosa)
    told = company.agent("contractor-a", company.today, then)
    assert company.found(told) == []
    assert company.register.documents(told) == []
    assert company.register.document(NAME, told) is None
    company.curation.set_audience(NAME, [EVERYONE], company.rosa)
    assert company.found(told) == ["Treinta días."]
    outsider = company.agent("contractor-b", company.today, then)
    assert company.found(outsider) == []
    assert company.found(replace(outsider, told=None)) == ["Treinta días."]


def test_a_part_kept_to_fewer_is_kept_so_in_what_was_said_before(company: Company) -> None:
    company.bring_part("Compensación", "Hasta 40 €.")
    then = datetime.now(UTC)
    company.curation.restrict(NAME, "Compensación", company.rosa, audience=["contractor-a"])
    for label, texts in (("contractor-b", []), ("contractor-a", ["Compensación", "Hasta 40 €."])):
        assert company.found(company.agent(label, company.today, then)) == texts


def test_managers_read_no_part_that_is_kept_from_them(company: Company) -> None:
    document = company.bring_part("Márgenes de B", "El 12 %.")
    company.curation.restrict(NAME, "Márgenes de B", company.rosa, audience=["contractor-b"])
    other = Viewer("otro", company.register.audiences().managed("contractor-a"))
    seen = company.curation.text(NAME, 1, other)
    assert (seen.text.strip(), seen.blocks) == ("", ())
    assert [info.sections for info in company.curation.sources(other)] == [()]
    assert company.curation.text(NAME, 1, company.rosa).text == document.text
    told: list[str] = []
    for heading in ("Márgenes de B", "No existe"):
        with pytest.raises(SettingsError, match="has no heading") as refused:
            company.curation.restrict(NAME, heading, other, internal=True)
        told.append(str(refused.value).replace(heading, "X"))
    assert told[0] == told[1]


def test_where_two_kept_parts_meet_only_who_may_see_both_reads(company: Company) -> None:
    company.curation.add_audience("shop", "Shop", ADMIN, parent="company")
    company.bring_part("Compensación", "Hasta 40 €.")
    company.curation.restrict(NAME, "Compensación", company.rosa, audience=["contractor-a"])
    company.curation.restrict(NAME, "COMPENSACION", company.rosa, audience=["contractor-b"])
    both = Viewer("qa", company.register.audiences().managed(EVERYONE) - {MANAGERS_ONLY})
    assert company.found(both) == []
    seen = company.register.document(NAME, both)
    assert seen is not None
    assert seen.text.strip() == ""
    assert len(company.found(company.rosa)) == 2


def test_a_part_that_got_another_name_is_published_to_nobody_by_mistake(company: Company) -> None:
    company.bring_part("Compensación", "Hasta 40 €.")
    company.curation.restrict(NAME, "Compensación", company.rosa, audience=["contractor-a"])
    company.bring_part("Compensaciones", "Hasta 60 €.")  # not as a draft, and yet it waits
    outside = company.agent("contractor-b")
    assert company.found(outside) == []
    assert company.curation.versions(NAME, company.rosa)[0].state == "draft"
    company.bring_part("Compensaciones", "Hasta 60 €.")
    assert len(company.curation.versions(NAME, company.rosa)) == 2
    company.curation.submit(NAME, 2, company.rosa)
    with pytest.raises(NotAllowed, match=r"version 2 .* has no heading 'Compensación'"):
        company.curation.publish(NAME, 2, company.hugo)
    company.curation.restrict(NAME, "Compensaciones", company.rosa, audience=["contractor-a"])
    company.curation.publish(NAME, 2, company.hugo, gone=["Compensación"])
    assert company.found(outside) == []
    assert company.found(replace(outside, on=company.today - DAY)) == []
    assert company.found(company.agent("contractor-a")) == ["Compensaciones", "Hasta 60 €."]


def test_a_part_of_an_older_version_can_be_kept_to_fewer(company: Company) -> None:
    company.bring_part("Compensación", "Hasta 40 €.")
    company.bring("Sin apartados.")
    company.curation.restrict(NAME, "compensacion", company.rosa, audience=["contractor-a"])
    past = company.agent("contractor-b", company.today - DAY)
    assert company.found(past) == []
    assert company.found(replace(past, on=None)) == ["Sin apartados."]


def test_a_part_can_be_kept_to_fewer_people_or_within_the_staff(company: Company) -> None:
    document = company.bring_part("Compensación", "Hasta 40 €.")
    company.bring("Otro.", name="b.md")
    company.curation.restrict(
        NAME, "Compensación", company.rosa, audience=["contractor-a"], internal=True
    )
    outside, inside = company.agent("contractor-b"), company.agent("contractor-a")
    assert company.found(outside) == ["Otro."]
    assert company.found(inside) == ["Compensación", "Hasta 40 €.", "Otro."]
    seen = company.register.document(NAME, outside)
    assert seen is not None
    assert (seen.text.strip(), seen.withheld) == ("", ((0, len(document.text)),))
    whole = replace(document, internal=((0, len(document.text)),))
    assert company.register.document(NAME, inside) == whole
    keys = company.indexes.snapshot(inside).keys.tolist()
    flags = {one.chunk.text: one.internal for one in company.register.chunks(keys, inside)}
    assert flags == {"Compensación": True, "Hasta 40 €.": True, "Otro.": False}
    with pytest.raises(SettingsError, match="no heading 'Precio': it has 'Compensación'"):
        company.curation.restrict(NAME, "Precio", company.rosa, internal=True)
    company.curation.restrict(NAME, "Compensación", company.rosa)
    assert len(company.found(outside)) == 3


def test_a_narrowed_part_never_widens_its_source(company: Company) -> None:
    document, chunks, original = document_of(NAME, ["Compensación"], audience="company")
    heading = replace(document.blocks[0], kind="heading", level=1)
    company.bring("Compensación", name="z.md")
    company.register.put_document(replace(document, blocks=(heading,)), chunks, original)
    company.curation.restrict(NAME, "Compensación", company.rosa, audience=["contractor-a"])
    company.curation.erase("z.md", company.rosa)
    for label in ("company", "contractor-a", EVERYONE):
        assert company.found(company.agent(label)) == []


def test_a_source_that_had_drafts_only_is_for_whom_its_first_version_is(company: Company) -> None:
    company.bring("Borrador.", audience="contractor-a", draft=True)
    company.bring("Solo para la empresa.", audience="company")
    assert company.found(company.agent("contractor-a")) == []
    assert company.found(company.agent("company")) == ["Solo para la empresa."]


def test_a_draft_does_not_change_who_may_see_its_source(company: Company) -> None:
    company.bring("Treinta días.")
    with pytest.raises(SettingsError, match=r"devoluciones\.md.*'contractor-a'.*cannot change"):
        company.bring("Solo para A.", audience="contractor-a", draft=True)
    assert len(company.curation.versions(NAME, company.rosa)) == 1


def test_a_source_for_its_managers_takes_new_versions(company: Company) -> None:
    company.bring("Borrador de trabajo.")
    company.curation.set_audience(NAME, [], company.rosa)
    company.bring("Otro borrador.", audience=company.register.sources()[NAME].audience)
    assert company.found(company.rosa) == ["Otro borrador."]
    assert company.found(company.agent("company")) == []


def test_details_are_checked_and_kept(company: Company) -> None:
    company.bring("Treinta días.")
    company.bring("Thirty days.", name="returns.md")
    details = Details(
        title="Devoluciones",
        kind="policy",
        owner="rosa",
        translation_of="returns.md",
        tags={"producto": "colchones"},
        review_days=90,
    )
    company.curation.describe(NAME, details, company.rosa)
    info = company.curation.sources(company.rosa)[0]
    assert (info.title, info.kind, info.owner) == ("Devoluciones", "policy", "rosa")
    assert (info.translation_of, dict(info.tags)) == ("returns.md", {"producto": "colchones"})
    assert info.review_due() == company.today + 90 * DAY
    company.curation.reviewed(NAME, company.rosa)
    assert company.curation.sources(company.rosa)[0].reviewed_on == company.today
    for wrong in (Details(kind="poem"), Details(review_days=-1), Details(translation_of=NAME)):
        with pytest.raises(SettingsError):
            company.curation.describe(NAME, wrong, company.rosa)
    assert company.curation.sources(company.rosa)[0].kind == "policy"


def test_what_a_manager_may_not_see_does_not_exist(company: Company) -> None:
    company.bring("Solo para B.", audience="contractor-b")
    other = Viewer("otro", company.register.audiences().managed("contractor-a"))
    assert company.curation.sources(other) == []
    company.bring("Only for A.", name="a.md", audience="contractor-a")
    company.curation.describe("a.md", Details(translation_of=NAME), company.rosa)
    assert [info.translation_of for info in company.curation.sources(other)] == [None]
    assert company.curation.sources(company.rosa)[0].translation_of == NAME
    with pytest.raises(SettingsError) as hidden:
        company.curation.versions(NAME, other)
    with pytest.raises(SettingsError) as absent:
        company.curation.versions("no-existe.md", other)
    assert str(hidden.value).replace(NAME, "X") == str(absent.value).replace("no-existe.md", "X")


def test_an_audience_in_use_stays(company: Company) -> None:
    company.bring("Solo para B.", audience="contractor-b")
    with pytest.raises(SettingsError, match=r"contractor-b.*1 sources.*devoluciones\.md"):
        company.curation.remove_audience("contractor-b", ADMIN)
    company.curation.remove_audience("contractor-a", ADMIN)
    assert "contractor-a" not in company.register.audiences().audiences
    for label in (EVERYONE, "contractor-x"):
        with pytest.raises(SettingsError):
            company.curation.remove_audience(label, ADMIN)


def test_a_label_that_something_was_told_to_is_not_given_to_others(company: Company) -> None:
    company.bring("Solo para B.", audience="contractor-b")
    then = datetime.now(UTC)
    company.curation.set_audience(NAME, ["company"], company.rosa)
    company.curation.remove_audience("contractor-b", ADMIN)
    with pytest.raises(SettingsError, match="there was an audience 'contractor-b'"):
        company.curation.add_audience("contractor-b", "Otra contrata", ADMIN)
    former = Viewer("antes", frozenset({EVERYONE, "contractor-b"}), company.today, then)
    assert company.found(former) == []


def test_a_register_of_the_first_version_keeps_everything(tmp_path: Path) -> None:
    settings = load(data_dir=tmp_path)  # the first version knew no other database than SQLite
    database = Database(settings.register_path, write=True)
    with database.write() as connection:
        command.upgrade(migrations.config(connection), "0001")
    database.close()
    with sqlite3.connect(settings.register_path) as old:
        old.executescript(
            """
            INSERT INTO models VALUES (1, 'hashing-64');
            UPDATE collection SET revision = 3, model_id = 1;
            INSERT INTO documents VALUES (7, 'a.md', 'A', 'es', 'md', 'staff', 'ab', '5', 9, 1, 2,
                '2026-01-02T03:04:05+00:00');
            INSERT INTO documents VALUES (8, 'b.md', 'B', 'es', 'md', 'norte', 'cd', '5', 4, 1, 3,
                '2026-01-02T03:04:06+00:00');
            INSERT INTO document_texts VALUES (7, 'Uno. Dos.', '[]'), (8, 'Tres', '[]');
            INSERT INTO chunks VALUES (4, 7, 0, 0, 9, NULL, NULL, '[]', '', 'Uno. Dos.', 'es',
                '[[0,9]]', 'uno dos', 1, 2), (5, 8, 0, 0, 4, NULL, NULL, '[]', '', 'Tres', 'es',
                '[[0,4]]', 'tres', 1, 3);
            INSERT INTO removed_chunks VALUES (9, 3);
            """
        )
        vector = HashingEmbedder().embed_query("uno").tobytes()
        old.execute("INSERT INTO embeddings VALUES (1, 1, 'h', ?)", (vector,))
        old.execute("INSERT INTO sentence_vectors VALUES (1, ?)", (b"\0" * 128,))
    old.close()
    with Register.open(settings, write=True) as register:
        staff, north = (Viewer("x", frozenset({label})) for label in (EVERYONE, "norte"))
        assert [one.chunk.text for one in register.chunks([4, 5, 9], staff)] == ["Uno. Dos."]
        assert [one.chunk.text for one in register.chunks([4, 5, 9], north)] == ["Tres"]
        assert register.audiences().audiences["norte"].parent == EVERYONE
        assert register.removed_keys(0) == [9]
        assert (register.revision(), register.fingerprint()) == (3, "hashing-64")
        company = Company(register, Indexes(register, settings), HashingEmbedder())
        company.bring("Cuatro.", name="c.md")
        keys = [row.key for row in register.index_rows(3)]
        assert keys == [10]
        (info,) = company.curation.sources(staff)[:1]
        assert (info.name, info.current, info.state) == ("a.md", 1, "published")
