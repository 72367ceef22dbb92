"""How much memory there is: of every group that holds the process, the lowest limit counts."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from newscrawl.machine import memory_limit
from tests.memory_group import memory_group

PHYSICAL = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
UNLIMITED_1 = 2**63 - 4096
"""What version 1 says where there is no limit."""


class Kernel:
    """What the kernel shows of a process: its groups, and where they are mounted."""

    def __init__(self, folder: Path, groups: str, *mounts: str) -> None:
        self.process, self.mounted = folder / "proc self", folder / "sys fs"
        self.process.mkdir()
        (self.process / "cgroup").write_text(groups)
        seen = str(self.mounted).replace(" ", "\\040")
        (self.process / "mountinfo").write_text("".join(f"{line}\n" for line in mounts).replace("AT", seen))

    def limit(self) -> int:
        return memory_limit(self.process)

    def write(self, name: str, text: object) -> None:
        file = self.mounted / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"{text}\n")


PLAIN = "22 1 254:0 / / rw,relatime - ext4 /dev/vda rw"
V2 = "30 22 0:26 / AT/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate"
V1 = "31 22 0:27 / AT/cgroup/memory rw shared:12 master:3 - cgroup cgroup rw,memory"
CPU = "32 22 0:28 / AT/cgroup/cpu rw - cgroup cgroup rw,cpu,cpuacct"


def test_of_version_2_the_lowest_of_a_group_and_its_parents(tmp_path):
    kernel = Kernel(tmp_path, "0::/a.slice/b.service\n", PLAIN, V2)
    assert kernel.limit() == PHYSICAL
    kernel.write("cgroup/a.slice/b.service/memory.max", "max")
    assert kernel.limit() == PHYSICAL
    kernel.write("cgroup/a.slice/memory.max", 600_000_000)
    kernel.write("cgroup/other.slice/memory.max", 1)
    assert kernel.limit() == 600_000_000
    kernel.write("cgroup/a.slice/b.service/memory.max", 500_000_000)
    assert kernel.limit() == 500_000_000
    kernel.write("cgroup/a.slice/b.service/memory.high", 400_000_000)
    assert kernel.limit() == 400_000_000


def test_of_version_1_the_limits_of_parents_that_are_not_seen_too(tmp_path):
    kernel = Kernel(tmp_path, "8:pids:/\n4:memory:/docker/1f\n0::/\n", PLAIN, CPU, V1)
    kernel.write("cgroup/memory/docker/1f/memory.limit_in_bytes", UNLIMITED_1)
    assert kernel.limit() == PHYSICAL
    kernel.write("cgroup/memory/docker/memory.limit_in_bytes", 600_000_000)
    assert kernel.limit() == 600_000_000
    kernel.write("cgroup/memory/docker/1f/memory.stat", "cache 1\nhierarchical_memory_limit 500000000")
    assert kernel.limit() == 500_000_000


@pytest.mark.parametrize(
    ("groups", "mount", "file"),
    [
        # Docker, version 1: the container sees its own group as the top, and is told the whole path.
        ("4:memory:/docker/1f\n", V1.replace("/ AT", "/docker/1f AT"), "memory/memory.limit_in_bytes"),
        # A namespace of groups: the process is at the top of what it sees, or beside it.
        ("0::/\n", V2.replace("/ AT", "/../.. AT"), "memory.max"),
        ("0::/../other\n", V2, "memory.max"),
        # Two hierarchies, of which the first counts memory, together with another thing.
        (
            "5:cpu,memory:/x\n0::/\n",
            V1.replace("rw,memory", "rw,cpu,memory"),
            "memory/x/memory.limit_in_bytes",
        ),
    ],
)
def test_a_container_sees_its_own_group(tmp_path, groups, mount, file):
    kernel = Kernel(tmp_path, groups, PLAIN, mount)
    kernel.write(f"cgroup/{file}", 400_000_000)
    assert kernel.limit() == 400_000_000


def test_without_a_word_of_groups_the_machine_counts(tmp_path):
    assert memory_limit(tmp_path) == PHYSICAL
    assert Kernel(tmp_path, "\nnonsense\n4\n", "", "x - y", " - cgroup2").limit() == PHYSICAL


def test_the_kernels_own_groups():
    words = [sys.executable, "-c", "from newscrawl.machine import memory_limit as limit; print(limit())"]

    def limit_in(group):
        done = subprocess.run(group.command(words), capture_output=True, check=True, text=True)
        return int(done.stdout)

    with memory_group() as outer:
        outer.limit(500_000_768)
        assert limit_in(outer) == 500_000_768 // 4096 * 4096
        with memory_group(outer) as inner:
            assert limit_in(inner) == 500_000_768 // 4096 * 4096
            inner.limit(300_000_000)
            assert limit_in(inner) == 300_000_000 // 4096 * 4096
