"""All benchmarks, in the order in which they are listed."""

from __future__ import annotations

from eval.world.clapnq import CLAPNQ
from eval.world.desks import AGENTS, EXAMPLE
from eval.world.dstc import DSTC
from eval.world.faq_tax import FAQ_TAX
from eval.world.groundedness import GROUNDEDNESS
from eval.world.injections import INJECTIONS
from eval.world.models import Benchmark
from eval.world.mtrag import MTRAG
from eval.world.squad_es import SQUAD_ES
from eval.world.tau_banking import TAU_BANKING
from eval.world.xquad import XQUAD
from eval.world.xquad_r import XQUAD_R
from knowledge.errors import SettingsError

BENCHMARKS: dict[str, Benchmark] = {
    one.name: one
    for one in (
        XQUAD,
        XQUAD_R,
        SQUAD_ES,
        FAQ_TAX,
        CLAPNQ,
        MTRAG,
        TAU_BANKING,
        DSTC,
        GROUNDEDNESS,
        INJECTIONS,
        AGENTS,
        EXAMPLE,
    )
}


def named(name: str) -> Benchmark:
    """The benchmark of a name.

    Raises:
        SettingsError: there is none.
    """
    if name not in BENCHMARKS:
        raise SettingsError(
            f"benchmark {name!r} is not known: expected one of {', '.join(BENCHMARKS)}"
        )
    return BENCHMARKS[name]
