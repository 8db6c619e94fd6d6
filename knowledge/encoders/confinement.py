"""What a child process gives up before it opens a file that nobody vouches for."""

from __future__ import annotations

import ctypes
import resource

_PR_SET_PDEATHSIG = 1
_SIGKILL = 9
_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000
"""Constants of Linux: prctl(2), signal(7), clone(2)."""


def set_limits(*, memory_mb: int, cpu_s: int, file_mb: int, open_files: int) -> None:
    """Limit this process, for good; never above what it is limited to already.

    Args:
        memory_mb: address space.
        cpu_s: processor time.
        file_mb: size of any file it writes.
        open_files: descriptors.
    """
    for kind, value in (
        (resource.RLIMIT_AS, memory_mb << 20),
        (resource.RLIMIT_CPU, cpu_s),
        (resource.RLIMIT_FSIZE, file_mb << 20),
        (resource.RLIMIT_NOFILE, open_files),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(kind)[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (value, value))


def isolate() -> None:
    """Die with the parent, and have no network where the kernel lets this user leave it."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_PDEATHSIG, _SIGKILL, 0, 0, 0)
    if libc.unshare(_CLONE_NEWNET) != 0:
        libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET)
