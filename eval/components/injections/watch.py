"""Instrument: what a process asks of the network and of the machine, by Python's audit events.

Nothing in Python opens a connection, looks up a name or starts a program without one
(https://docs.python.org/3/library/audit_events.html), whatever library does it.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

VARIABLE = "EVAL_WATCHED"
"""Environment variable: the file that a watched process writes to."""

WATCHED = frozenset(
    {
        "socket.connect",
        "socket.sendto",
        "socket.getaddrinfo",
        "socket.gethostbyname",
        "subprocess.Popen",
        "os.system",
        "os.exec",
        "os.posix_spawn",
        "os.startfile",
        "webbrowser.open",
        "ftplib.connect",
        "smtplib.connect",
        "urllib.Request",
    }
)


def watch(path: Path) -> None:
    """Write every such event of this process to a file from now on; it cannot be undone.

    Event loops that are not Python's, which make no such events, are kept out.
    """
    sys.modules["uvloop"] = None  # type: ignore[assignment] # its connections make no such events
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def heard(event: str, arguments: tuple[Any, ...]) -> None:
        if event in WATCHED:
            line = json.dumps([event, [repr(one)[:200] for one in arguments]])
            os.write(file, line.encode() + b"\n")

    sys.addaudithook(heard)


def watched(path: Path) -> list[tuple[str, str]]:
    """What was written: event and arguments, in order."""
    if not path.exists():
        return []
    read = map(json.loads, path.read_text("utf-8").splitlines())
    return [(event, " ".join(arguments)) for event, arguments in read]


def strange(events: list[tuple[str, str]], ports: frozenset[int]) -> list[str]:
    """The events that are not of connections to this machine's own ports.

    Args:
        events: as `watched` gives them.
        ports: of the chat model and the receiver of summaries, on 127.0.0.1.
    """
    known = tuple(f"'127.0.0.1'{sign} {port}" for port in ports for sign in (",", ""))
    return [
        f"{event} {arguments}"
        for event, arguments in events
        if not (event.startswith("socket.") and any(one in arguments for one in known))
    ]
