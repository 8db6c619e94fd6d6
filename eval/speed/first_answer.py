"""``python -m eval.speed.first_answer``: open the assistant of the environment's settings and ask.

Prints one line of JSON: seconds of each stage. A process of its own, because nothing may be loaded
before it starts.
"""

import time

_STARTED = time.perf_counter()

import json  # noqa: E402
import sys  # noqa: E402

QUESTIONS = ("¿Cuántos días tengo para devolver un colchón?", "who pays for the colection")


def main() -> None:
    """Measure each stage once."""
    stages: dict[str, float] = {}
    last = _STARTED

    def lap(name: str) -> None:
        nonlocal last
        now = time.perf_counter()
        stages[name], last = round(now - last, 4), now

    from assistant.bootstrap import LOCAL_VIEWER, wire
    from knowledge.encoders.embedding import SentenceTransformerEmbedder
    from knowledge.register import Register
    from knowledge.settings import load

    lap("imports")
    settings = load()
    embedder = SentenceTransformerEmbedder.open(settings)
    lap("model")
    register = Register.open(settings)
    lap("register")
    assistant = wire(register, embedder, settings)
    assistant.is_empty(LOCAL_VIEWER)
    lap("indexes")
    assistant.ask(QUESTIONS[0], LOCAL_VIEWER)
    lap("first_answer")
    assistant.ask(QUESTIONS[1], LOCAL_VIEWER)
    lap("second_answer")
    assistant.close()
    until = list(stages).index("first_answer") + 1
    stages["until_first_answer"] = round(sum(list(stages.values())[:until]), 4)
    stages["cpu"] = round(time.process_time(), 4)
    sys.stdout.write(json.dumps(stages) + "\n")


if __name__ == "__main__":
    main()
