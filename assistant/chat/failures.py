"""What goes wrong in a call of a chat model, whichever library makes it, as one of a few reasons.

The libraries of providers have exceptions of their own, and none is imported here: their status
codes and the names of their classes say enough.
"""

from __future__ import annotations

from assistant.models import WhyNone
from knowledge.errors import SettingsError

_REFUSED = (400, 401, 402, 403, 404, 405, 413, 422)
_UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError)


class ChatFailed(Exception):
    """A chat model gave nothing that can be used.

    Attributes:
        why: the reason.
        detail: for the log; no words of the question, the sources or the answer.
    """

    def __init__(self, why: WhyNone, detail: str = "") -> None:
        super().__init__(f"{why}: {detail}" if detail else why)
        self.why: WhyNone = why
        self.detail = detail


def failure_of(error: Exception, *, begun: bool) -> ChatFailed:
    """The reason behind an exception.

    Args:
        error: what was raised in the call.
        begun: whether words had come before.
    """
    if isinstance(error, ChatFailed):
        return error
    chain = [error, *_causes(error)]
    for one in chain:
        if isinstance(one, ChatFailed):  # wrapped on its way by the library
            return one
    detail = type(error).__name__
    if isinstance(error, SettingsError):
        return ChatFailed("refused", str(error))
    status = next(
        (s for one in chain if isinstance(s := getattr(one, "status_code", None), int)), 0
    )
    if status:
        return ChatFailed(_of_status(status), f"{detail} {status}")
    names = " ".join(type(one).__name__ for one in chain)
    if isinstance(error, TimeoutError) or ("Timeout" in names and "ConnectTimeout" not in names):
        return ChatFailed("slow", detail)
    if begun and (any(isinstance(one, OSError) for one in chain) or _of_network(names)):
        return ChatFailed("cut_off", detail)
    if any(isinstance(one, OSError) for one in chain) or _of_network(names):
        return ChatFailed("down", detail)
    if any(isinstance(one, _UNREADABLE) for one in chain):
        return ChatFailed("garbage", detail)
    return ChatFailed("failed", detail)


def _of_status(status: int) -> WhyNone:
    if status == 429:
        return "busy"
    return "refused" if status in _REFUSED or 300 <= status < 400 else "failed"


def _of_network(names: str) -> bool:
    return any(word in names for word in ("Connect", "ReadError", "WriteError", "ProtocolError"))


def _causes(error: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    while len(found) < 10 and (cause := error.__cause__ or error.__context__) is not None:
        found.append(cause)
        error = cause
    return found
