"""Every record of every form of file; of a damaged file all but what the damage has hit."""

import gzip
import io
import random
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.warc import packing
from newscrawl.warc.records import is_warc, read_records
from tests.warc.records_made import FORMS, pack, record

TRAPS = (
    b"",
    b"\r\n\r\n",
    b"WARC/1.0\r\n",
    b"\r\nWARC/1.0\r\nContent-Length: 1\r\n\r\nx",
    gzip.compress(b"WARC/1.0"),
)
BLOCKS = st.lists(
    st.one_of(st.binary(max_size=300), st.sampled_from(TRAPS), st.integers(0, 200_000).map(bytes)),
    max_size=12,
)
NOISE = [random.Random(number).randbytes(3000).hex().encode() for number in range(60)]
"""Blocks that do not pack to nothing."""


def read(content, **known):
    return list(read_records(io.BytesIO(content), **known))


def blocks(content, **known):
    return [one.block for one in read(content, **known) if not one.fault]


def faults(content, **known):
    return [one.fault for one in read(content, **known) if one.fault]


@given(BLOCKS, st.sampled_from(FORMS))
def test_every_record_comes_once_and_whole(contents, form):
    made = [record(content, WARC_Type="response") for content in contents]
    found = read(pack(made, form))
    assert [one.fault for one in found] == [""] * len(found)
    assert [one.block for one in found] == contents
    assert {one.type for one in found} <= {"response"}


@given(BLOCKS, st.sampled_from(FORMS))
def test_each_can_be_read_again_at_its_place(contents, form):
    content = pack([record(one, WARC_Type="response") for one in contents], form)
    for one in read(content):
        stream = io.BytesIO(content)
        stream.seek(one.offset)
        again = next(found for found in read_records(stream, offset=one.offset) if found.inner == one.inner)
        assert (again.place, again.block) == (one.place, one.block)


@given(st.data())
def test_damage_costs_what_it_hits(data):
    """Of packed records: zeroed, cut out or overwritten bytes cost the members that they touch, no other."""
    members = [gzip.compress(record(block, WARC_Type="response")) for block in NOISE]
    ends = [sum(map(len, members[: number + 1])) for number in range(len(members))]
    start = data.draw(st.integers(0, ends[-1] - 1))
    stop = data.draw(st.integers(start + 1, min(start + 20_000, ends[-1])))
    instead = data.draw(
        st.sampled_from([b"", b"\0" * (stop - start), b"\x1f\x8b\x08" * 9, gzip.compress(b"x")])
    )
    content = b"".join(members)
    found = blocks(content[:start] + instead + content[stop:])
    hit = {number for number, end in enumerate(ends) if start < end and stop > end - len(members[number])}
    untouched = [block for number, block in enumerate(NOISE) if number not in hit]
    assert [block for block in found if block in untouched] == untouched
    assert set(found) <= set(NOISE)


@given(st.binary(max_size=3000), st.booleans())
def test_of_any_bytes_no_exception_comes(content, packed):
    read(gzip.compress(content) if packed else content)
    read(record(b"first") + content + record(b"last"))


@pytest.mark.parametrize("form", FORMS)
def test_a_cut_tail_is_one_fault(form):
    content = pack([record(block) for block in NOISE], form)
    for cut in (1 if form != "plain" else 5, 9, 500):
        found = read(content[:-cut])
        assert [bool(one.fault) for one in found] == [False] * 59 + [True], cut
    assert "cut" in found[-1].fault or "there are" in found[-1].fault


def test_a_record_that_was_cut_and_written_on_behind_costs_itself():
    first, second = (gzip.compress(record(block)) for block in NOISE[:2])
    content = first + second[:-700] + first
    assert [one.block for one in read(content)] == [NOISE[0], None, NOISE[0]]
    assert read(content)[2].offset == len(content) - len(first)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("length", [0, 3, 100, 10**9, 10**14, "", "-1", "x", "9" * 500])
def test_a_length_that_lies_costs_its_record(form, length):
    content = pack([record(b"first"), record(b"ten letters", length=length), record(b"last")], form)
    assert blocks(content) in ([b"first", b"last"], [b"first"])  # behind an unheld length nothing is found …
    assert blocks(content) == [b"first", b"last"] or form != "members"  # … but the next member
    if length in (0, 3, 100):
        assert blocks(content) == [b"first", b"last"]
    [fault] = faults(content)
    assert "Content-Length" in fault


def test_a_length_that_lies_hides_no_record():
    """In a file that is not packed, records that a length takes in are found nevertheless."""
    content = record(b"first", length=200) + record(b"second") * 5
    found = read(content)
    assert [one.block for one in found] == [None] + [b"second"] * 5
    assert [content[one.offset :][:5] for one in found] == [b"WARC/"] * 6


@pytest.mark.parametrize("form", FORMS)
def test_a_large_record_is_not_held(form):
    content = pack([record(b"x" * 5_000_000, WARC_Type="response"), record(b"next")], form)
    large, after = read(content, max_block=1000)
    assert (large.block, large.length, large.fault, large.type) == (None, 5_000_000, "", "response")
    assert after.block == b"next"


@pytest.mark.parametrize("form", FORMS)
def test_memory_does_not_grow_with_a_record(form):
    content = pack([record(bytes(30_000_000)), record(b"next")], form)
    read(content[:100])
    tracemalloc.start()
    found = read(content, max_block=1000)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [one.length for one in found] == [30_000_000, 4]
    assert peak < 3_000_000


def test_a_bomb_is_a_fault(monkeypatch):
    monkeypatch.setattr(packing, "BOMB", 1_000_000)
    content = pack([record(bytes(30_000_000)), record(b"next")])
    bomb, after = read(content, max_block=1000)
    assert "unpacks to more than" in bomb.fault
    assert after.block == b"next"


@pytest.mark.parametrize("form", FORMS)
def test_an_endless_header_is_a_fault(form):
    content = pack([record(b"a"), record(b"b", X="x" * 500_000), record(b"c")], form)
    assert blocks(content) == [b"a", b"c"]
    [fault] = faults(content)
    assert "header is longer" in fault


def test_headers_of_any_kind():
    content = b"WARC/1.1\nwarc-type:Response\nWARC-Target-URI:  <http://x.example/\n  a>\nno colon\n"
    content += b"X: \xff\x00\nX: 2\ncontent-length: 2\n\nab\n\n"
    [one] = read(content)
    assert one.type == "response"
    assert one.headers["warc-target-uri"] == "<http://x.example/ a>"
    assert (one.headers["x"], one.block) == ("�\x00", b"ab")


def test_files_filled_with_zeros_or_put_together():
    packed = pack([record(b"a"), record(b"b")])
    assert blocks(packed + b"\0" * 300_000) == [b"a", b"b"]
    assert faults(packed + b"\0" * 300_000) == []
    assert blocks(b"\0" * 100_000 + packed + packed) == [b"a", b"b"] * 2
    assert blocks(packed + b"rubbish" * 50_000 + packed) == [b"a", b"b"] * 2
    assert len(faults(packed + b"rubbish" * 50_000 + packed)) == 1
    assert blocks(record(b"a") + b"\0" * 300_000) == [b"a"]


def test_what_is_a_warc_file():
    assert all(is_warc(io.BytesIO(pack([record(b"a")], form))) for form in FORMS)
    others = [b"", b"{}", b"\x1f\x8b", gzip.compress(b"{}"), b"WARC"]
    assert not any(is_warc(io.BytesIO(content)) for content in others)


def test_a_disk_that_fails_is_no_damage():
    class Failing(io.BytesIO):
        def read(self, size=-1):
            if self.tell() > 100_000:
                raise OSError(5, "Input/output error")
            return super().read(size)

    reading = read_records(Failing(pack([record(block) for block in NOISE])))
    assert [next(reading).block for _ in range(25)] == NOISE[:25]
    with pytest.raises(OSError, match="Input/output"):
        list(reading)
