"""Which contacts are reviewed, and by whom: at random, by contractor and tenure, the same again.

A contact's place in the order is a hash of the seed and its key (permanent random numbers, Ohlsson
1995): it does not depend on how many contacts there are, on their order or on the release of a
library, and a larger sample of the same seed has the smaller one in it.
"""

from __future__ import annotations

import hashlib
import math
import secrets
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence

from eval.refusals import because
from knowledge.errors import SettingsError
from knowledge.reviews.models import Candidate, Placed, Tenure, Wanted

MAX_SIZE = 500
NEW_DAYS = 90
SETTLED_DAYS = 365

Stratum = tuple[str, Tenure]
"""Label of the audience a contact belongs to, and how long its agent has been there."""


def tenure(days: int | None) -> Tenure:
    """How long an agent has been there, from days between their beginning and the contact.

    >>> tenure(0), tenure(90), tenure(365), tenure(None)
    ('under_90', 'under_365', 'from_365', 'unknown')
    """
    if days is None:
        return "unknown"
    if days < NEW_DAYS:
        return "under_90"
    return "under_365" if days < SETTLED_DAYS else "from_365"


def new_seed() -> str:
    """One that nobody chose, short enough to be told and typed."""
    return secrets.token_hex(4)


def draw(candidates: Sequence[Candidate], wanted: Wanted) -> list[Placed]:
    """The contacts of a sample with their reviewers, in the order in which they are worked through.

    Nobody reviews a contact of their own, nor one that they had before. Contacts that nobody is
    left for are no part of the population.

    Raises:
        SettingsError: nothing can be drawn as wanted.
    """
    check(wanted)
    free = {
        one.number: tuple(
            name for name in wanted.reviewers if name != one.agent and name not in one.had
        )
        for one in candidates
    }
    population = [one for one in candidates if free[one.number]]
    if not population:
        raise SettingsError(because("sample-nothing"))
    strata: dict[Stratum, list[Candidate]] = defaultdict(list)
    for one in population:
        strata[one.audience, tenure(one.days)].append(one)
    sizes = {stratum: len(members) for stratum, members in strata.items()}
    taken = allocated(sizes, wanted.size)
    drawn: list[tuple[Stratum, Candidate]] = []
    for stratum, count in sorted(taken.items()):
        members = sorted(strata[stratum], key=lambda one: _place(wanted.seed, "draw", one.key))
        drawn += [(stratum, one) for one in members[:count]]
    drawn.sort(key=lambda pair: _place(wanted.seed, "order", pair[1].key))
    twice = _double([one for _, one in drawn], free, wanted)
    assigned = _assigned([one for _, one in drawn], free, twice, wanted.seed)
    return [
        Placed(one.number, stratum[1], sizes[stratum], assigned[one.number])
        for stratum, one in drawn
    ]


def check(wanted: Wanted) -> None:
    """See to it that a sample can be drawn as wanted.

    Raises:
        SettingsError: it cannot.
    """
    if not 1 <= wanted.size <= MAX_SIZE:
        raise SettingsError(because("sample-size", size=wanted.size, limit=MAX_SIZE))
    if not 0 <= wanted.double_share <= 1:
        raise SettingsError(because("sample-share", share=wanted.double_share))
    if wanted.double_share > 0 and len(set(wanted.reviewers)) < 2:
        raise SettingsError(because("sample-reviewers"))


def allocated(sizes: Mapping[Stratum, int], size: int) -> dict[Stratum, int]:
    """How many of each stratum, in proportion to it, and one at least where there are enough.

    What proportions leave over goes to the largest remainders (Hamilton).

    Args:
        sizes: members of each stratum, at least 1.
        size: how many in all.

    >>> allocated({("a", "under_90"): 90, ("b", "under_90"): 9, ("c", "under_90"): 1}, 10)
    {('a', 'under_90'): 8, ('b', 'under_90'): 1, ('c', 'under_90'): 1}
    """
    total = sum(sizes.values())
    size = min(size, total)
    least = 1 if size >= len(sizes) else 0
    exact = {stratum: count * size / total for stratum, count in sizes.items()}
    taken = {s: min(sizes[s], max(least, math.floor(share))) for s, share in exact.items()}
    while (left := size - sum(taken.values())) != 0:
        step = 1 if left > 0 else -1
        open_to = [s for s in sizes if least <= taken[s] + step <= sizes[s]]
        chosen = max(open_to, key=lambda s: (step * (exact[s] - taken[s]), sizes[s], s))
        taken[chosen] += step
    return taken


def _double(
    drawn: Sequence[Candidate], free: Mapping[int, tuple[str, ...]], wanted: Wanted
) -> set[int]:
    """Contacts that two review: so many at random of those that two are left for."""
    count = math.ceil(wanted.double_share * len(drawn))
    able = [one for one in drawn if len(free[one.number]) > 1]
    able.sort(key=lambda one: _place(wanted.seed, "double", one.key))
    return {one.number for one in able[:count]}


def _assigned(
    drawn: Sequence[Candidate],
    free: Mapping[int, tuple[str, ...]],
    twice: Collection[int],
    seed: str,
) -> dict[int, tuple[str, ...]]:
    """Reviewers of each contact, whoever has least to do first, then by chance."""
    load: Counter[str] = Counter()
    found = {}
    for one in drawn:
        people = sorted(
            free[one.number], key=lambda name: (load[name], _place(seed, "who", one.key, name))
        )
        chosen = people[: 2 if one.number in twice else 1]
        load.update(chosen)
        chosen.sort(key=lambda name: _place(seed, "slot", one.key, name))
        found[one.number] = tuple(chosen)
    return found


def _place(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
