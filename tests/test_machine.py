import os

from newscrawl.machine import memory_limit


def test_the_lowest_limit_counts(tmp_path):
    group = tmp_path / "a.slice" / "b.service"
    group.mkdir(parents=True)
    physical = memory_limit(tmp_path, "/a.slice/b.service")
    assert physical == os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    (group / "memory.max").write_text("max\n")
    assert memory_limit(tmp_path, "/a.slice/b.service") == physical
    (group.parent / "memory.max").write_text("600000000\n")
    assert memory_limit(tmp_path, "/a.slice/b.service") == 600_000_000
    (group / "memory.max").write_text("500000000\n")
    assert memory_limit(tmp_path, "/a.slice/b.service") == 500_000_000
    assert memory_limit(tmp_path, "/") == physical
    (tmp_path / "memory").mkdir()
    (tmp_path / "memory" / "memory.limit_in_bytes").write_text("400000000\n")
    assert memory_limit(tmp_path, "/") == 400_000_000
