"""What is asked and not answered becomes ranked work, for those who answer for who asked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.database.database_url import DatabaseUrl
from knowledge.errors import NotAllowed, SettingsError
from knowledge.models import EVERYONE
from knowledge.register import Register
from knowledge.settings import load
from knowledge.work.gaps import CLOSED_AGAIN, DISMISSED_AGAIN, EXAMPLES, Gaps
from knowledge.work.notices import Notices
from knowledge.work.questions import Questions
from tests.integration.work_made import DAY, Company


@pytest.fixture
def company(tmp_path: Path, database_url: DatabaseUrl | None) -> Iterator[Company]:
    settings = load(data_dir=tmp_path / "data", database_url=database_url)
    with Register.open(settings, write=True) as register:
        made = Company(settings, register)
        yield made
        made.close()


@pytest.fixture
def gaps(company: Company) -> Gaps:
    return Gaps(company.store)


def missed(company: Company, matter: str, times: int, *, label: str = EVERYONE) -> int:
    """The topic of a matter, missed so many times from now on."""
    for _ in range(times):
        company.ask(f"¿{matter}?", company.agent(label), matter=matter)
    (number,) = [
        gap.number
        for gap in Gaps(company.store).all(company.manager(), settled=True)
        if gap.question == f"¿{matter}?"
    ]
    return number


def test_gaps_rank_by_how_often_and_how_badly_they_were_missed(
    company: Company, gaps: Gaps
) -> None:
    agent = company.agent()
    for confidence in (0.05, 0.1):
        company.ask("¿montaje?", agent, matter="montaje", confidence=confidence)
    for _ in range(3):
        company.ask("¿plazos?", agent, "partly", matter="plazos", confidence=0.6)
    company.ask("¿envío?", agent, "answered", matter="envío", confidence=0.95)
    worst, other = gaps.all(company.manager())
    assert [(g.question, g.not_found, g.partly) for g in (worst, other)] == [
        ("¿montaje?", 2, 0),
        ("¿plazos?", 0, 3),
    ]
    assert (worst.missed, other.missed) == (pytest.approx(1.85), pytest.approx(1.2))
    assert gaps.count_open(company.manager()) == 2


def test_a_gap_tells_when_in_what_languages_and_in_what_words_it_was_asked(
    company: Company, gaps: Gaps
) -> None:
    agent = company.agent()
    first = company.now
    company.ask("¿Montan el armario?", agent, "answered", matter="montaje", confidence=0.9)
    for wording in range(EXAMPLES + 2):
        company.now += DAY
        company.ask(f"montaje {wording}", agent, matter="montaje")
        company.ask(f"  MONTAJE   {wording}", agent, matter="montaje")
    company.now += DAY
    company.ask("do you assemble it?", agent, matter="montaje", language="en", wording=0.2)
    (gap,) = gaps.all(company.manager())
    assert (gap.asked, gap.not_found) == (16, 15)
    assert gap.languages == {"es": 14, "en": 1}
    assert (gap.first, gap.last) == (first + DAY, company.now)
    assert [e.text for e in gap.examples][:2] == ["do you assemble it?", "  MONTAJE   6"]
    assert len(gap.examples) == EXAMPLES
    company.now += DAY / 2
    assert gaps.all(company.manager(), days=1)[0].asked == 1


def test_who_answers_for_none_of_the_askers_sees_no_gap(company: Company, gaps: Gaps) -> None:
    number = missed(company, "montaje", 2, label="contractor-a")
    assert gaps.all(company.manager("contractor-b")) == []
    assert gaps.count_open(company.manager("contractor-b")) == 0
    for act in (gaps.close, gaps.get):
        with pytest.raises(SettingsError, match=f"no gap {number}"):
            act(number, company.manager("contractor-b"))
    (own,) = gaps.all(company.manager("contractor-a"))
    assert (own.audience, own.not_found) == ("contractor-a", 2)


def test_a_gap_of_several_circles_is_decided_by_who_answers_for_all(
    company: Company, gaps: Gaps
) -> None:
    number = missed(company, "montaje", 1, label="contractor-a")
    missed(company, "montaje", 2, label="contractor-b")
    a, everything = company.manager("contractor-a"), company.manager()
    assert gaps.get(number, a).not_found == 1
    with pytest.raises(NotAllowed, match="others"):
        gaps.dismiss(number, "no lo vendemos", a)
    assert gaps.get(number, everything).not_found == 3
    gaps.dismiss(number, "no lo vendemos", everything)
    assert gaps.all(a) == []


def test_an_assigned_gap_is_its_owners_who_is_told(company: Company, gaps: Gaps) -> None:
    number = missed(company, "montaje", 1)
    gaps.assign(number, "hugo", company.manager(name="rosa"))
    gap = gaps.get(number, company.manager())
    assert (gap.state, gap.owner) == ("in_work", "hugo")
    (notice,) = Notices(company.store).inbox(company.manager(name="hugo"))
    assert (notice.kind, notice.gap) == ("gap_assigned", number)
    gaps.assign(number, "rosa", company.manager(name="rosa"))
    assert Notices(company.store).inbox(company.manager(name="rosa")) == []
    with pytest.raises(SettingsError, match="no name of an account"):
        gaps.assign(number, "rosa pérez", company.manager())
    assert company.audited() == [("rosa", "gap.assigned", f"gap:{number}")] * 2


def test_a_dismissed_gap_comes_back_when_it_is_asked_often_again(
    company: Company, gaps: Gaps
) -> None:
    number = missed(company, "montaje", 7)
    with pytest.raises(SettingsError, match="reason is empty"):
        gaps.dismiss(number, "  ", company.manager())
    gaps.dismiss(number, "lo hace el fabricante", company.manager())
    company.now += DAY
    assert gaps.all(company.manager()) == []
    missed(company, "montaje", DISMISSED_AGAIN)
    (settled,) = gaps.all(company.manager(), settled=True)
    assert (settled.state, settled.reason) == ("dismissed", "lo hace el fabricante")
    missed(company, "montaje", 7 - DISMISSED_AGAIN)
    (back,) = gaps.all(company.manager())
    assert (back.state, back.came_back, back.not_found) == ("open", True, 14)
    assert gaps.count_open(company.manager()) == 1


def test_a_closed_gap_comes_back_sooner_and_can_be_opened_again(
    company: Company, gaps: Gaps
) -> None:
    number = missed(company, "montaje", 1)
    gaps.close(number, company.manager())
    assert gaps.all(company.manager()) == []
    gaps.reopen(number, company.manager())
    assert gaps.get(number, company.manager()).state == "open"
    gaps.close(number, company.manager())
    company.now += DAY
    missed(company, "montaje", CLOSED_AGAIN)
    assert gaps.all(company.manager())[0].came_back


def test_a_gap_is_closed_once_its_card_is_in_force(company: Company, gaps: Gaps) -> None:
    number = missed(company, "montaje", 1)
    company.bring("fichas/montaje.md", "El montaje va incluido.", draft=True)
    gaps.drafted(number, "fichas/montaje.md", company.manager())
    gap = gaps.get(number, company.manager())
    assert (gap.state, gap.card) == ("in_work", "fichas/montaje.md")
    company.curation.submit("fichas/montaje.md", 1, company.manager(name="rosa"))
    company.curation.publish("fichas/montaje.md", 1, company.manager(name="hugo"))
    assert gaps.all(company.manager()) == []
    assert gaps.get(number, company.manager()).state == "closed"
    company.now += DAY
    missed(company, "montaje", CLOSED_AGAIN)
    assert gaps.all(company.manager())[0].came_back
    with pytest.raises(SettingsError, match="no source"):
        gaps.drafted(number, "fichas/otra.md", company.manager())


def test_gaps_go_with_the_words_of_their_questions(company: Company, gaps: Gaps) -> None:
    number = missed(company, "montaje", 2)
    gaps.assign(number, "hugo", company.manager())
    company.now += 91 * DAY
    Questions(company.store).purge()
    assert gaps.all(company.manager(), settled=True) == []
    assert Notices(company.store).inbox(company.manager(name="hugo")) == []
