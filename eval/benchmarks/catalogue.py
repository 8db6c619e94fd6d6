"""All benchmarks, in the order in which they are listed."""

from __future__ import annotations

from eval.benchmarks.clapnq import CLAPNQ
from eval.benchmarks.desks import AGENTS, EXAMPLE
from eval.benchmarks.dstc import DSTC
from eval.benchmarks.faq_tax import FAQ_TAX
from eval.benchmarks.groundedness import GROUNDEDNESS
from eval.benchmarks.injections import INJECTIONS
from eval.benchmarks.models import Benchmark
from eval.benchmarks.mtrag import MTRAG
from eval.benchmarks.refusal import REFUSAL
from eval.benchmarks.squad_es import SQUAD_ES
from eval.benchmarks.tau_banking import TAU_BANKING
from eval.benchmarks.xquad import XQUAD
from eval.benchmarks.xquad_r import XQUAD_R

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
        REFUSAL,
        INJECTIONS,
        AGENTS,
        EXAMPLE,
    )
}
