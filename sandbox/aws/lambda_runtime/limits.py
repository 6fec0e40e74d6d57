"""A worker's memory limit, by a control group where this machine lets us make one."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

CGROUPS = Path("/sys/fs/cgroup")
PREFIX = "lakehouse-sandbox-"


class MemoryLimits(Protocol):
    """How workers are kept within their function's memory."""

    # For people to read, such as "cgroup v1" or "not enforced".
    description: str

    def create(self, name: str, megabytes: int) -> "Path | None":
        """The directory of a new group, whose cgroup.procs a worker has to enter."""

    def peak_bytes(self, group: Path) -> int | None:
        """The most memory that the group has had."""


class NoLimits:
    """This machine does not let us limit anything."""

    def __init__(self, reason: str) -> None:
        """Says why."""
        self.description = f"not enforced: {reason}"

    def create(self, _name: str, _megabytes: int) -> None:
        """No group."""

    def peak_bytes(self, _group: Path) -> None:
        """Not known."""


class ControlGroups:
    """Groups of either version: they differ in where they lie and in the names of their files."""

    def __init__(self, parent: Path, *, version: int) -> None:
        """Groups below `parent`."""
        self.description = f"cgroup v{version}"
        self._parent = parent
        self._limits = (
            ["memory.limit_in_bytes", "memory.memsw.limit_in_bytes"]
            if version == 1
            else ["memory.max", "memory.swap.max"]
        )
        self._peak = "memory.max_usage_in_bytes" if version == 1 else "memory.peak"
        self._swap_limit = None if version == 1 else "0"

    def create(self, name: str, megabytes: int) -> Path:
        """Makes a group; swap does not extend it where the kernel counts swap."""
        group = self._parent / f"{PREFIX}{os.getpid()}-{name}"
        group.mkdir()
        memory, swap = self._limits
        size = str(megabytes * 2**20)
        (group / memory).write_text(size)
        if (group / swap).exists():
            (group / swap).write_text(self._swap_limit or size)
        return group

    def peak_bytes(self, group: Path) -> int | None:
        """From the kernel's own count; None where it does not keep one."""
        file = group / self._peak
        return int(file.read_text()) if file.exists() else None


def find_memory_limits(cgroups: Path = CGROUPS) -> MemoryLimits:
    """What this machine allows; removes the groups of servers that were killed."""
    parent, version = cgroups / "memory", 1
    if (cgroups / "cgroup.controllers").exists():
        parent, version = cgroups, 2
        if "memory" not in (cgroups / "cgroup.subtree_control").read_text().split():
            return NoLimits("its control groups do not limit memory")
    if not parent.is_dir():
        return NoLimits("it has no control groups")
    for abandoned in parent.glob(f"{PREFIX}*"):
        if not Path("/proc", abandoned.name[len(PREFIX) :].split("-")[0]).exists():
            _ignoring_errors(abandoned.rmdir)
    limits = ControlGroups(parent, version=version)
    try:
        limits.create("probe", 64).rmdir()
    except OSError as error:
        return NoLimits(f"its control groups cannot be changed ({error.strerror})")
    return limits


def remove(group: Path) -> None:
    """Removes a group whose processes have been killed: the kernel needs a moment."""
    for _ in range(50):
        if _ignoring_errors(group.rmdir):
            return
        time.sleep(0.02)


def _ignoring_errors(action: Callable[[], object]) -> bool:
    try:
        action()
    except OSError:
        return False
    return True
