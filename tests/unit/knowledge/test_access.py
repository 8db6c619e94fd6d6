"""Who may do what: the table, how far grants reach, and what must hold for every tree."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.audience import MANAGERS_ONLY, ROOT, Audience, AudienceTree
from knowledge.errors import SettingsError
from knowledge.identity.access import (
    ACTIONS,
    ALLOWED,
    LOCAL,
    ROLES,
    SEEING,
    Action,
    Grant,
    Principal,
    contact_reach,
    may,
    may_anywhere,
    reach,
    viewer_of,
    why,
)

TREE = AudienceTree.of(
    [
        ROOT,
        Audience("contractors", "Contratas", "staff"),
        Audience("levante", "Contacta Levante", "contractors"),
        Audience("meridiano", "Meridiano CX", "contractors"),
        Audience("home", "En casa", "staff"),
    ]
)
LABELS = sorted(TREE.audiences)

grants = st.builds(Grant, st.sampled_from(ROLES), st.sampled_from([*LABELS, "gone"]))
grant_sets = st.frozensets(grants, max_size=4)
label_sets = st.frozensets(st.sampled_from(LABELS), max_size=3)
actions = st.sampled_from(ACTIONS)


def holding(*texts: str) -> Principal:
    return Principal(1, "ana", frozenset(map(Grant.parse, texts)), "session")


@pytest.mark.parametrize(
    ("grant", "action", "labels", "allowed"),
    [
        ("agent@levante", "read_source", {"levante"}, True),
        ("agent@levante", "read_source", {"staff"}, True),
        ("agent@levante", "read_source", {"meridiano"}, False),
        ("agent@levante", "read_source", {"meridiano", "levante"}, True),
        ("agent@staff", "read_source", {"levante"}, False),
        ("agent@staff", "read_source", set(), False),
        ("agent@staff", "edit_source", {"staff"}, False),
        ("manager@contractors", "read_source", {"levante"}, True),
        ("manager@contractors", "read_source", {"staff"}, True),
        ("manager@contractors", "read_source", {"home"}, False),
        ("manager@contractors", "edit_source", {"levante", "meridiano"}, True),
        ("manager@contractors", "edit_source", {"levante", "home"}, False),
        ("manager@contractors", "edit_source", {"staff"}, False),
        ("manager@contractors", "edit_source", set(), False),
        ("manager@staff", "edit_source", set(), True),
        ("manager@staff", "read_source", set(), True),
        ("manager@staff", "publish", {"staff"}, False),
        ("approver@staff", "publish", {"home"}, True),
        ("approver@staff", "edit_source", {"home"}, False),
        ("qa@staff", "read_source", {"levante"}, True),
        ("qa@staff", "read_source", set(), False),
        ("qa@contractors", "read_audit", {"levante"}, True),
        ("qa@contractors", "read_audit", {"home"}, False),
        ("agent@levante", "see_customer", {"levante"}, True),
        ("agent@levante", "see_customer_contact", {"levante"}, False),
        ("manager@levante", "see_customer_contact", {"levante"}, True),
        ("qa@staff", "see_customer", {"staff"}, False),
        ("admin@staff", "see_customer", {"staff"}, False),
        ("admin@staff", "ask", {"staff"}, False),
        ("admin@contractors", "manage_accounts", {"meridiano"}, True),
        ("admin@contractors", "manage_accounts", {"staff"}, False),
        ("manager@gone", "edit_source", {"gone"}, False),
    ],
)
def test_a_grant_reaches_up_for_seeing_and_down_for_managing(
    grant: str, action: Action, labels: set[str], allowed: bool
) -> None:
    principal = holding(grant)
    assert may(principal, action, labels, TREE) is allowed
    line = str(why(principal, action, labels, TREE))
    assert "\n" not in line
    assert (" may not " in line) is not allowed
    assert grant in line


def test_the_table_is_what_the_roles_are_for() -> None:
    """Written out: a change of it is a decision, and shows here."""
    rights = {role: "".join("x" if a in ALLOWED[role] else "." for a in ACTIONS) for role in ROLES}
    assert rights == {
        "agent": "xxxx............x..",
        "manager": "xxxxxx.xx..x..x.xxx",
        "approver": "xxxxx.xxx.........x",
        "expert": "xxxx..............x",
        "qa": "xxxx...xxxxx..x....",
        "admin": "..........x.xx.....",
        "channel": "...............x...",
    }


@given(st.frozensets(st.sampled_from(LABELS)), actions)
def test_nothing_is_allowed_without_a_grant(labels: frozenset[str], action: Action) -> None:
    nobody = holding()
    assert not may(nobody, action, labels, TREE)
    assert not may_anywhere(nobody, action, TREE)
    assert viewer_of(nobody, TREE).audiences == frozenset()


@given(grant_sets, grants, label_sets, actions)
def test_another_grant_never_takes_a_right_away(
    held: frozenset[Grant], more: Grant, labels: frozenset[str], action: Action
) -> None:
    before = Principal(1, "ana", held, "session")
    after = Principal(1, "ana", held | {more}, "session")
    assert may(after, action, labels, TREE) or not may(before, action, labels, TREE)


@given(grant_sets, grant_sets, label_sets, actions)
def test_a_key_never_does_more_than_its_owner(
    held: frozenset[Grant], bound: frozenset[Grant], labels: frozenset[str], action: Action
) -> None:
    key = Principal(1, "key:crm", held, "key", within=bound)
    owner = Principal(1, "ana", bound, "session")
    assert may(owner, action, labels, TREE) or not may(key, action, labels, TREE)
    assert reach(key, action, TREE) <= reach(owner, action, TREE)


@given(grant_sets, label_sets, actions)
def test_more_labels_let_more_people_see_and_fewer_manage(
    held: frozenset[Grant], labels: frozenset[str], action: Action
) -> None:
    principal = Principal(1, "ana", held, "session")
    for label in labels:
        one = may(principal, action, {label}, TREE)
        whole = may(principal, action, labels, TREE)
        assert whole or not one if action in SEEING else one or not whole


@given(grant_sets, label_sets)
def test_what_retrieval_shows_is_what_may_be_read(
    held: frozenset[Grant], labels: frozenset[str]
) -> None:
    principal = Principal(1, "ana", held, "session")
    viewer = viewer_of(principal, TREE)
    assert viewer.name == "ana"
    seen = bool(viewer.audiences & (labels or {MANAGERS_ONLY}))
    assert may(principal, "read_source", labels, TREE) is seen


@given(grant_sets)
def test_who_may_ask_may_read_what_is_answered_from(held: frozenset[Grant]) -> None:
    principal = Principal(1, "ana", held, "session")
    assert reach(principal, "ask", TREE) == reach(principal, "read_source", TREE)


@given(label_sets, actions)
def test_whoever_runs_commands_here_may_do_everything(
    labels: frozenset[str], action: Action
) -> None:
    assert may(LOCAL, action, labels, TREE)


@given(grant_sets, label_sets, actions)
def test_the_explanation_agrees_with_the_decision(
    held: frozenset[Grant], labels: frozenset[str], action: Action
) -> None:
    principal = Principal(1, "ana", held, "session")
    allowed = may(principal, action, labels, TREE)
    assert (" may not " in str(why(principal, action, labels, TREE))) is not allowed


def test_the_explanation_of_a_key_names_its_owner() -> None:
    key = Principal(1, "key:crm", frozenset({Grant("agent", "levante")}), "key", within=frozenset())
    line = str(why(key, "ask", {"levante"}, TREE))
    assert line.endswith("the account that it belongs to may not")


@pytest.mark.parametrize(("role", "audience"), list(product(ROLES, ["staff", "levante"])))
def test_a_grant_is_read_back_from_its_text(role: str, audience: str) -> None:
    assert str(Grant.parse(f"{role}@{audience}")) == f"{role}@{audience}"


@pytest.mark.parametrize("text", ["", "agent", "agent@", "@staff", "root@staff", "Agent@staff"])
def test_what_is_no_grant_is_refused_in_a_line(text: str) -> None:
    with pytest.raises(SettingsError, match=r"no grant: write ROLE@AUDIENCE.*agent, manager"):
        Grant.parse(text)


# Contacts: maker, agent, audience

OWN, OTHERS = ("key:centralita", "ana", "levante"), ("key:centralita", "olga", "meridiano")


@pytest.mark.parametrize(
    ("grant", "own", "of_others", "elsewhere"),
    [
        ("agent@levante", "feeds", "", ""),
        ("agent@staff", "", "", ""),
        ("manager@levante", "feeds", "sees", ""),
        ("manager@staff", "feeds", "sees", "sees"),
        ("qa@contractors", "feeds", "sees", "sees"),
        ("approver@levante", "feeds", "", ""),
        ("admin@staff", "", "", ""),
        ("channel@levante", "", "", ""),
    ],
)
def test_a_person_adds_to_their_own_contacts_and_reads_what_a_role_lets_them(
    grant: str, own: str, of_others: str, elsewhere: str
) -> None:
    reach = contact_reach(holding(grant), TREE)
    third = ("key:centralita", "leo", "levante")
    for parties, right in ((OWN, own), (third, of_others), (OTHERS, elsewhere)):
        assert reach.feeds(*parties) is (right == "feeds")
        assert reach.sees(*parties) is bool(right)


def test_a_program_adds_to_what_it_brought_in_and_reads_nothing_else() -> None:
    grants = frozenset({Grant("channel", "contractors")})
    reach = contact_reach(Principal(None, "key:centralita", grants, "key"), TREE)
    assert reach.feeds(*OWN)
    assert reach.feeds(*OTHERS)
    assert not reach.sees("key:chat", "ana", "levante")
    assert not reach.sees("key:centralita", "ana", "home")
    assert reach.told == {"staff", "contractors", "levante", "meridiano"}
    assert reach.opens("ana", "levante")
    assert not reach.opens("ana", "staff")


def test_a_key_that_asks_holds_no_contacts_though_its_owner_does() -> None:
    grants = frozenset({Grant("agent", "levante")})
    key = Principal(1, "ana", grants, "key", within=grants)
    assert not reach(key, "hold_contacts", TREE)
    assert "is an API key" in str(why(key, "hold_contacts", {"levante"}, TREE))
    assert reach(Principal(1, "ana", grants, "session"), "hold_contacts", TREE)
