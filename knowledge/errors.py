"""What can go wrong, as a caller can act on it.

KnowledgeBaseError
├── SettingsError        a setting or argument is wrong: fix it and call again
│   └── NotFound         there is no such thing, or none for whoever asks: look what there is
├── NotAllowed           a rule forbids it to whoever asks: ask somebody else
│   └── WrongState       the state that it is in forbids it: look what became of it
├── DocumentRefused      a file gives no document: its reason is for the person who sent it
├── RegisterError        the register cannot be read or written
│   ├── RegisterLocked   another process is writing: wait and retry
│   └── StorageFull      no space or no permission in the data folder
├── AccessRefused        not signed in, or not allowed: sign in, or ask an administrator
│   └── TooManyTries     signing in failed too often: wait and retry
├── ModelError           the embedding model cannot be loaded or does not match the register
└── IndexDamaged         a derived index is unusable: serve without it and rebuild

Every message says what failed with its value, what was expected, and the next step.
A mistake of the programmer is a ValueError or TypeError, never one of these.
"""

from __future__ import annotations

from knowledge.models import Language
from knowledge.refusals import because
from knowledge.refusals.reason import Reason


class KnowledgeBaseError(Exception):
    """Base of every error that a user may be shown as one line.

    Args:
        why: the line in English, or the reason, where pages show it in their language.

    Attributes:
        reason: the reason, if it was given one.
    """

    def __init__(self, why: str | Reason) -> None:
        super().__init__(str(why))
        self.reason = why if isinstance(why, Reason) else None

    def told(self, language: Language) -> str | None:
        """The line in a language; `None` where it is known in English alone."""
        if self.reason is not None:
            return self.reason.told(language)
        return str(self) if language == "en" else None


class SettingsError(KnowledgeBaseError):
    """A setting or an argument has a value that cannot be used."""


class NotFound(SettingsError):
    """Something that was named is not there, or not for whoever asks: both are told alike."""


class NotAllowed(KnowledgeBaseError):
    """A rule forbids this to this account."""


class WrongState(NotAllowed):
    """The state that something is in forbids this, whoever asks."""


class DocumentRefused(KnowledgeBaseError):
    """A file gives no document.

    Attributes:
        code: stable identifier of the reason, e.g. ``needs-ocr``, ``password-needed``,
            ``unsupported``, ``damaged``, ``empty``, ``too-large``, ``timeout``, ``memory``.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class RegisterError(KnowledgeBaseError):
    """The register cannot be opened, read or written."""


class RegisterLocked(RegisterError):
    """Another process holds the writer's lock."""


class StorageFull(RegisterError):
    """The data folder has no space left or may not be written."""


class AccessRefused(KnowledgeBaseError):
    """Somebody is not who they say, or may not do what they ask for."""


class TooManyTries(AccessRefused):
    """Signing in failed too often.

    Attributes:
        retry_after_s: seconds until the next try is looked at, 1 or more.
    """

    def __init__(self, retry_after_s: int) -> None:
        super().__init__(because("sign-in-wait", seconds=retry_after_s))
        self.retry_after_s = retry_after_s


class ModelError(KnowledgeBaseError):
    """The embedding model is missing, damaged, or not the one the register was built with."""


class IndexDamaged(KnowledgeBaseError):
    """A derived index is missing or unreadable; the register can rebuild it."""
