"""Themes and measures over a register: who sees what, what erasing leaves, what is not known."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from assistant.shell.themes import bodies, shown
from assistant.shell.themes.knowing import known_of
from assistant.shell.themes.report import make_report
from assistant.shell.themes.room import Room, period_of
from assistant.shell.themes.scoping import Filters
from assistant.themes.measures import SMALLEST_GROUP, Share, Typical
from assistant.themes.models import Themes
from assistant.themes.ports import Known
from assistant.themes.weeks import Period
from knowledge.contacts.contact_schema import contacts
from knowledge.curation_checks import Details
from knowledge.database.database_url import DatabaseUrl
from knowledge.errors import NotFound, SettingsError
from knowledge.identity import account_rows
from knowledge.identity.access import LOCAL, Grant, contact_reach
from knowledge.models import Language, Viewer
from knowledge.themes.need_log import NeedLog
from knowledge.themes.need_rows import NeedHeard
from knowledge.themes.theme_schema import contact_needs
from knowledge.work.questions import Questions
from knowledge.work.work_schema import topics
from tests.integration.theme_house import TODAY, ThemeHouse
from tests.integration.work_made import meaning
from tests.people import TREE

MONTH = period_of(TODAY, 28)
BED, BILL = "¿Qué hago si el colchón llegó roto?", "¿Dónde está mi factura?"


@pytest.fixture
def house(tmp_path: Path, database_url: DatabaseUrl | None) -> Iterator[ThemeHouse]:
    house = ThemeHouse(tmp_path, database_url)
    yield house
    house.close()


@pytest.fixture
def here(tmp_path: Path) -> Iterator[ThemeHouse]:
    house = ThemeHouse(tmp_path)
    yield house
    house.close()


def counted(found: Themes) -> dict[str, tuple[int, int]]:
    return {
        one.name.text if one.name else "": (one.contacts, one.questions) for one in found.themes
    }


def test_contacts_and_questions_that_mean_the_same_are_one_theme(house: ThemeHouse) -> None:
    house.bring("danos.md", "Daños en transporte")
    key = house.called(BED, cited=(("danos.md", 1),))
    house.called("el colchón roto, ¿me lo cambian?", matter=BED, contact=key)
    house.called("colchón llegó roto", "olga", matter=BED, ago=3)
    house.called("my mattress came damaged", "olga", matter=BED, ago=3, language="en")
    house.asked("colchón roto", matter=BED, cited=(("danos.md", 1),))
    house.called(BILL, ago=30)
    found = house.room.themes(house.sight("marta"), MONTH, "es")
    (theme,) = found.themes
    assert (theme.contacts, theme.questions, theme.before) == (3, 1, 0)
    assert found.total == 4
    assert theme.name is not None
    assert theme.name.language == "es"
    assert [found.sources[n].title for n, _ in theme.sources] == ["Daños en transporte"]
    assert theme.sources[0][1] == 2
    (english,) = house.room.themes(house.sight("marta"), MONTH, "en").themes
    assert english.name is not None
    assert english.name.text == "my mattress came damaged"


def test_everybody_sees_only_the_contacts_and_questions_that_are_theirs(house: ThemeHouse) -> None:
    house.called(BED, "ana")
    house.called("colchón roto de Meridiano", "olga", matter=BED)
    house.called(BILL, "olga")
    house.asked("factura", "olga", "meridiano", matter=BILL)
    themes = house.room.themes
    assert counted(themes(house.sight("leo"), MONTH, "es")) == {BED: (1, 0)}
    mar = counted(themes(house.sight("mar"), MONTH, "es"))
    assert sorted(mar.values()) == [(1, 0), (1, 1)]
    assert BED not in mar
    assert sum(map(sum, counted(themes(house.sight("marta"), MONTH, "es")).values())) == 4
    for nobody in ("ana", "pablo", "adela"):
        assert themes(house.sight(nobody), MONTH, "es").total == 0
    theirs = themes(house.sight("mar"), MONTH, "es").themes
    bill = max(theirs, key=lambda one: one.total).number
    with pytest.raises(NotFound, match="no theme"):
        house.room.behind(bill, house.sight("leo"), MONTH, "es")
    behind = house.room.behind(theirs[-1].number, house.sight("leo"), MONTH, "es")
    assert [row["audience"] for row in behind.conversations] == ["levante"]
    assert [row["text"] for row in behind.said] == [BED]
    with pytest.raises(NotFound, match="meridiano"):
        themes(house.sight("leo"), MONTH, "es", Filters(audience="meridiano"))
    assert themes(house.sight("marta"), MONTH, "es", Filters(audience="levante")).total == 1
    groups = house.room.groups(house.sight("leo"), MONTH)["audience"]
    assert [(one.key, one.total) for one in groups] == [("levante", 1)]


def test_a_source_that_one_may_not_see_is_not_named(house: ThemeHouse) -> None:
    house.bring("meridiano.md", "Solo Meridiano", "meridiano")
    house.called(BED, "ana", cited=(("meridiano.md", 1),))
    sight = house.sight("leo")
    assert house.room.themes(sight, MONTH, "es").sources == {}
    assert house.room.groups(sight, MONTH)["source"] == ()
    number = house.register.curation.number_of("meridiano.md")
    with pytest.raises(NotFound):
        house.room.themes(sight, MONTH, "es", Filters(source=number))
    named = house.room.themes(house.sight("marta"), MONTH, "es", Filters(source=number))
    assert [one.title for one in named.sources.values()] == ["Solo Meridiano"]


def test_products_are_counted_where_they_were_cited_or_named(house: ThemeHouse) -> None:
    house.bring("ficha.md", "Lavadora AL-7012")
    house.bring("otra.md", "Plazos")
    manager = Viewer("marta", TREE.managed("staff"))
    house.register.curation.describe("ficha.md", Details(tags={"producto": "Lavadoras"}), manager)
    house.called("¿y la E13?", subjects=("Lavadora AL-7012",))
    house.called("¿qué es E13?", cited=(("ficha.md", 1),))
    house.called(BILL, cited=(("otra.md", 1),))
    house.bring("lavadora-en.md", "Washing machine")
    tags = Details(tags={"product": "Lavadoras"})
    house.register.curation.describe("lavadora-en.md", tags, manager)
    both = (("ficha.md", 1), ("lavadora-en.md", 1))
    house.called("E13 otra vez", cited=both)
    house.bring("cama.md", "Cama")
    house.register.curation.describe("cama.md", Details(kind="product"), manager)
    house.asked("¿y la cama?", cited=(("cama.md", 1),))
    groups = house.room.groups(house.sight("marta"), MONTH)
    assert [(one.title, one.total) for one in groups["product"]] == [("Lavadoras", 3), ("Cama", 1)]
    narrowed = house.room.themes(house.sight("marta"), MONTH, "es", Filters(product="Lavadoras"))
    assert narrowed.total == 3
    with pytest.raises(NotFound, match="Hornos"):
        house.room.themes(house.sight("marta"), MONTH, "es", Filters(product="Hornos"))


def test_erasing_takes_the_words_and_leaves_the_numbers(house: ThemeHouse) -> None:
    house.bring("danos.md", "Daños en transporte")
    keys = [house.called(f"{BED} {n}", matter=BED, cited=(("danos.md", 1),)) for n in range(2)]
    other = house.called(BILL)
    sight = house.sight("marta")
    all_of_it = house.sight("todas")
    house.contacts.erase(keys[0], contact_reach(LOCAL, TREE), "marta")
    one = house.room.themes(sight, MONTH, "es").themes[0]
    assert (one.contacts, one.name.text if one.name else None) == (2, f"{BED} 1")
    behind = house.room.behind(one.number, sight, MONTH, "es")
    assert len(behind.conversations) == 2
    assert len(behind.said) == 1
    house.contacts.erase(other, contact_reach(LOCAL, TREE), "marta")
    left = house.room.themes(all_of_it, MONTH, "es")
    assert (left.total, left.without) == (3, 1)
    with house.store.read() as connection:
        kept = connection.execute(select(contact_needs.c.text)).scalars().all()
        assert len(connection.execute(select(topics.c.id)).all()) == 1
    assert [text for text in kept if text] == [f"{BED} 1"]


def test_words_whose_time_is_over_go_by_themselves(house: ThemeHouse) -> None:
    house.called(BED, ago=1)
    house.asked("colchón roto", matter=BED)
    house.now += timedelta(days=house.store.contact_days + 2)
    Questions(house.store).purge()
    assert house.contacts.purge() == 1
    with house.store.read() as connection:
        assert connection.execute(select(contact_needs.c.text)).scalars().all() == [None]
        assert connection.execute(select(topics.c.id)).all() == []
    past = house.room.themes(house.sight("marta"), MONTH, "es")
    assert (past.total, past.without, past.themes) == (2, 2, ())
    page = make_report(house.room, house.sight("marta"), "2026-11", "es")
    assert BED not in page
    assert "ya no se sabe el tema" in page


def test_a_theme_that_one_still_asks_keeps_its_numbers_and_its_name(house: ThemeHouse) -> None:
    house.called(BED, ago=house.store.contact_days + 1)
    house.called("colchón roto", matter=BED)
    house.contacts.purge()
    found = house.room.themes(house.sight("marta"), period_of(TODAY, 120), "es")
    assert counted(found) == {"colchón roto": (2, 0)}


def test_the_log_writes_needs_and_the_same_turn_heard_again_takes_its_place(
    house: ThemeHouse,
) -> None:
    key = house.called("hola")
    log = NeedLog(house.store)
    phone = "llámenme al 600 123 456"
    for text in ("¿plazo", phone):
        log.heard(NeedHeard(key, 7, "es", text, "answered", 0.9, (), (), meaning("plazo")))
    log.heard(NeedHeard("nobody's", 1, "es", text, "answered", 0.9, (), (), meaning("plazo")))
    log.close()
    with house.store.read() as connection:
        query = select(contact_needs.c.text, contact_needs.c.day, contact_needs.c.audience)
        rows = connection.execute(query.where(contact_needs.c.turn == 7)).all()
    assert [tuple(row) for row in rows] == [("llámenme al […]", "2026-11-25", "levante")]


def test_a_day_is_the_companys(here: ThemeHouse) -> None:
    here.now = here.now.replace(hour=23, minute=30)  # half past midnight in Madrid
    here.called(BED)
    assert here.room.themes(here.sight("marta"), Period(TODAY, TODAY), "es").total == 0
    tomorrow = TODAY + timedelta(days=1)
    assert here.room.themes(here.sight("marta"), Period(tomorrow, tomorrow), "es").total == 1


def test_what_rises_is_marked(here: ThemeHouse) -> None:
    for n in range(8):
        here.called(f"{BED} {n}", matter=BED, ago=n % 6)
    for n in range(30):
        here.called(f"{BILL} {n}", matter=BILL, ago=n)
    found = here.room.themes(here.sight("marta"), MONTH, "es").themes
    marked = [one.total for one in found if one.rise]
    assert marked == [8]


class Answers:
    """Stands where summaries, promises and escalations are: says what a test says."""

    def __init__(self, house: ThemeHouse) -> None:
        self.house = house
        self.customer: dict[str, str] = {}
        self.resolved: set[str] = set()

    def _numbers(self, labels: frozenset[str]) -> dict[str, int]:
        with self.house.store.read() as connection:
            query = select(contacts.c.key, contacts.c.id).where(contacts.c.audience.in_(labels))
            return {row.key: row.id for row in connection.execute(query)}

    def outcomes(self, period, labels):  # type: ignore[no-untyped-def]
        return {n: "resolved" for key, n in self._numbers(labels).items() if key in self.resolved}

    def customers(self, period, labels):  # type: ignore[no-untyped-def]
        numbers = self._numbers(labels)
        return {numbers[key]: who for key, who in self.customer.items() if key in numbers}

    def escalated(self, period, labels):  # type: ignore[no-untyped-def]
        return frozenset(list(self._numbers(labels).values())[-1:])

    def promises(self, period, labels):  # type: ignore[no-untyped-def]
        return ["kept", "broken", "open"]

    def complaints(self, period, labels):  # type: ignore[no-untyped-def]
        return ["met"]


def test_measures_say_what_is_known_and_what_is_not(house: ThemeHouse) -> None:
    house.called(BED, ago=2, minutes=4)
    house.called(BED, ago=0.5, minutes=8, verdict="not_found")
    sight = house.sight("marta")
    nothing = house.room.measures(sight, MONTH).values
    assert nothing["resolved"] == Share(0, 0, 2)
    assert nothing["repeated"] == Share(0, 0, 2)
    assert nothing["escalated"] == Share(0, 0, 2)
    assert nothing["answered"] == Share(1, 2, 0)
    assert nothing["handle_time"] == Typical(360.0, 2, 0)
    assert list(nothing)[-1] == "handle_time"


def test_measures_take_what_other_rooms_know(house: ThemeHouse) -> None:
    answers = Answers(house)
    first = house.called(BED, ago=30)
    second = house.called(BED, "olga", ago=25)
    third = house.called(BED, ago=20)
    answers.customer = {first: "C-1", second: "C-1", third: "C-1"}
    answers.resolved = {second}
    room = Room(house.store, Known(answers, answers, answers, answers, answers))
    values = room.measures(house.sight("marta"), period_of(TODAY, 26)).values
    assert values["resolved"] == Share(1, 1, 1)
    assert values["repeated"] == Share(2, 2, 0)
    assert values["escalated"] == Share(1, 2, 0)
    assert values["promises"] == Share(1, 2, 1, 1)
    own = room.measures(house.sight("leo"), period_of(TODAY, 26)).values["repeated"]
    assert own == Share(0, 1, 0)


def test_a_customer_who_calls_again_about_the_same_is_a_repeat(house: ThemeHouse) -> None:
    keys = [house.called(BED, ago=ago) for ago in (9, 4, 1)]
    house.called(BILL)
    with house.store.database.write() as connection:
        mine = update(contacts).where(contacts.c.key.in_(keys))
        connection.execute(mine.values(customer="C-10001"))
    room, sight = Room(house.store, known_of(house.store)), house.sight("marta")
    assert room.measures(sight, MONTH).values["repeated"] == Share(2, 3, 1)
    assert room.measures(sight, period_of(TODAY, 2)).values["repeated"] == Share(1, 1, 1)
    house.contacts.erase(keys[1], contact_reach(LOCAL, TREE), "marta")
    assert room.measures(sight, MONTH).values["repeated"] == Share(0, 2, 2)


def test_groups_of_few_agents_have_no_measures_of_their_own(here: ThemeHouse) -> None:
    here.called(BED, "ana")
    here.called(BED, "olga")
    groups, left = here.room.by_audience(here.sight("marta"), MONTH)
    assert (groups, left) == ([], ["levante", "meridiano"])
    with here.store.database.write() as connection:
        for n in range(SMALLEST_GROUP):
            who = account_rows.add(
                connection,
                f"agente{n}",
                display_name=f"Agente {n}",
                now=here.now,
            )
            grant = Grant.parse("agent@levante")
            account_rows.add_grant(connection, who, grant, from_provider=False)
    groups, left = here.room.by_audience(here.sight("marta"), MONTH)
    assert [(one.audience, one.contacts) for one in groups] == [("levante", 1)]
    assert left == ["meridiano"]
    assert here.room.by_audience(here.sight("mar"), MONTH) == ([], ["meridiano"])


HOSTILE = '<script>alert(1)</script> "colchón" roto'


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_report_is_one_file_with_everything_escaped(
    here: ThemeHouse, language: Language
) -> None:
    here.bring("malo.md", "<b>Título</b>")
    for n in range(6):
        here.called(HOSTILE, ago=n, cited=(("malo.md", 1),))
    for _ in range(5):
        here.asked("<img src=x onerror=alert(1)>", verdict="not_found")
    page = make_report(here.room, here.sight("marta"), "2026-11", language)
    assert "<script" not in page
    assert "<img" not in page
    assert "<b>Título" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "&lt;img src=x" in page
    assert "http" not in page
    assert "url(" not in page
    assert page.count("<svg") >= 2


def test_what_fewer_than_five_asked_is_not_named_in_the_report(here: ThemeHouse) -> None:
    for n in range(4):
        here.called("¿y mi pedido de Matilde Orejudo?", ago=n)
    for n in range(5):
        here.called(BED, ago=n)
    page = make_report(here.room, here.sight("marta"), "2026-11", "es")
    assert "Matilde" not in page
    assert "1 temas con menos de 5 casos" in page
    assert BED in page


def test_the_report_of_an_empty_month_says_so(here: ThemeHouse) -> None:
    page = make_report(here.room, here.sight("marta"), "2026-10", "en")
    assert "There are no contacts or questions to count this month." in page
    assert "October 2026" in page


@pytest.mark.parametrize(("month", "line"), [("2026-13", "no month"), ("2027-01", "not begun")])
def test_a_month_that_cannot_be_reported_is_refused(
    here: ThemeHouse, month: str, line: str
) -> None:
    with pytest.raises(SettingsError, match=line):
        make_report(here.room, here.sight("marta"), month, "es")


def test_what_is_shown_is_json(here: ThemeHouse) -> None:
    here.bring("danos.md", "Daños en transporte")
    here.called(BED, cited=(("danos.md", 1),))
    sight = here.sight("marta")
    found = here.room.themes(sight, MONTH, "es")
    bodies.ThemesOut.model_validate(json.loads(json.dumps(shown.themes(found))))
    behind = shown.behind(here.room.behind(found.themes[0].number, sight, MONTH, "es"))
    bodies.BehindOut.model_validate(json.loads(json.dumps(behind)))
    whole = here.room.measures(sight, MONTH)
    bodies.MeasuresOut.model_validate(shown.measures(MONTH, whole, [whole], ["levante"]))


def test_no_cell_of_the_table_is_taken_for_a_formula(here: ThemeHouse) -> None:
    here.called('=HYPERLINK("http://x")')
    text = shown.as_csv(here.room.themes(here.sight("marta"), MONTH, "es"))
    assert ",\"'=HYPERLINK" in text
    assert text.splitlines()[0].startswith("theme,name,language,contacts")
