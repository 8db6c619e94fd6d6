"""Whatever a command raises -> one line on stderr and an exit code; never a traceback.

Exit codes: 0 done; 1 an error with a line that says what to do; 2 wrong usage; 70 a fault of the
program, its details in the log (``EX_SOFTWARE`` of sysexits.h); 130 interrupted.
"""

from __future__ import annotations

import contextlib
import logging
import os
import sys
from collections.abc import Callable

import typer

from assistant.shell import log

logger = logging.getLogger(__name__)

EXIT_ERROR = 1
EXIT_FAULT = 70
EXIT_INTERRUPTED = 130


def exit_code_of(command: Callable[[], object]) -> int:
    """Run a command and give its exit code; what it raised has been told on stderr.

    Args:
        command: returns its exit code, or anything else for 0.
    """
    log.start()
    try:
        result = command()
        sys.stdout.flush()
    except (KeyboardInterrupt, typer.Abort):
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        _close_quietly()
        return EXIT_ERROR
    except typer.TyperException as error:
        _tell(f"{error.format_message().rstrip('.')}; see `{_help_of(error)}`")
        return error.exit_code
    except SystemExit as error:  # what typer makes of a pipe that nobody reads any more
        _close_quietly()
        return error.code if isinstance(error.code, int) else EXIT_ERROR
    except Exception as error:  # noqa: BLE001 - the last place where anything can be told
        return _told(error)
    return result if isinstance(result, int) else 0


def _told(error: Exception) -> int:
    """Tell an error; what no part of the product foresaw goes to the log in full."""
    from knowledge.errors import KnowledgeBaseError

    if isinstance(error, KnowledgeBaseError):
        _tell(str(error))
        logger.debug("stopped by", exc_info=error)
        return EXIT_ERROR
    logger.critical("unforeseen", exc_info=error)
    what = f"something unforeseen failed ({type(error).__name__}: {error})"
    _tell(f"{what}; {log.whereabouts()}")
    return EXIT_FAULT


def _tell(message: str) -> None:
    """One line, whatever the message holds."""
    with contextlib.suppress(OSError, ValueError):
        typer.echo(" ".join(message.split()), err=True)


def _help_of(error: typer.TyperException) -> str:
    context = getattr(error, "ctx", None)
    return f"{context.command_path if context else 'voz'} --help"


def _close_quietly() -> None:
    """Let the interpreter flush into nothing when it exits."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            os.dup2(nothing, stream.fileno())
