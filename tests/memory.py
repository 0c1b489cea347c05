"""Where the tests' temporary files lie: in memory, where there is room.

A run opens hundreds of databases and writes thousands of pictures, each flushed to the disk as the bot has
to. On a disk the tests of the store take 88 instead of 62 s (two cores, two workers).
"""

import os
from pathlib import Path

import psutil

_SHARED_MEMORY = Path("/dev/shm")  # a tmpfs on Linux; a container's may be tiny, or run no programs
_ROOM = 4 * 2**30  # bytes; a whole run has half a GiB there at most
_LEFT = 4 * 2**30  # bytes of memory for the tests themselves


def memory_folder() -> Path | None:
    """A folder in memory with room for a run; None where there is none."""
    if not os.access(_SHARED_MEMORY, os.W_OK | os.X_OK) or psutil.virtual_memory().available < _ROOM + _LEFT:
        return None
    found = os.statvfs(_SHARED_MEMORY)
    runs_programs = not found.f_flag & os.ST_NOEXEC
    return _SHARED_MEMORY if runs_programs and found.f_bavail * found.f_frsize >= _ROOM else None
