"""Lines of plain, packed, cut and damaged files."""

import doctest
import gzip
import io
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.ingest import lines, times
from newscrawl.ingest.lines import DamagedFileError, read_lines

ROWS = [random.Random(number).randbytes(200).hex().encode() for number in range(2000)]
FILE = b"\n".join(ROWS) + b"\n"


def read(content):
    """The lines, and the fault that ended them."""
    found = []
    try:
        for line in read_lines(io.BytesIO(content)):
            found.append(line.content.rstrip())
    except DamagedFileError as error:
        return found, str(error)
    return found, ""


def test_packed_is_told_by_the_content():
    assert read(FILE) == read(gzip.compress(FILE)) == (ROWS, "")


def test_packed_files_may_be_put_together_and_filled_with_zeros():
    assert read(gzip.compress(FILE) + gzip.compress(b"last\n") + b"\0" * 300_000) == ([*ROWS, b"last"], "")


@given(st.floats(0.01, 0.999))
def test_of_a_cut_file_every_whole_row_comes(share):
    packed = gzip.compress(FILE, 1)
    found, fault = read(packed[: int(len(packed) * share)])
    whole = found[:-1]
    assert whole == ROWS[: len(whole)]
    assert abs(len(found) / len(ROWS) - share) < 0.1
    assert "cut" in fault


def test_of_a_damaged_file_the_rows_before_the_fault_come():
    packed = bytearray(gzip.compress(FILE, 1))
    at = len(packed) // 2
    packed[at : at + 64] = b"\xff" * 64
    found, fault = read(bytes(packed))
    assert len(found) > 0.45 * len(ROWS)
    assert found[:900] == ROWS[:900]
    assert "damaged" in fault


def test_a_wrong_checksum_loses_no_row():
    packed = bytearray(gzip.compress(FILE))
    packed[-6] ^= 1
    assert read(bytes(packed)) == (ROWS, read(bytes(packed))[1])
    assert "damaged" in read(bytes(packed))[1]


def test_windows_files_and_blank_lines():
    content = "\ufeff{}\r\n\r\n  \n[]\r\n".encode()
    found = [(one.number, one.content) for one in read_lines(io.BytesIO(content))]
    assert found == [(1, b"{}\r\n"), (4, b"[]\r\n")]


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_an_endless_line_is_one_line(monkeypatch, pack):
    monkeypatch.setattr(lines, "MAX_LINE", 1000)
    found = list(read_lines(io.BytesIO(pack(b"x" * 1_000_000 + b"\nnext\n"))))
    assert [(one.number, len(one.content)) for one in found] == [(1, 1000), (2, 5)]


def test_a_disk_that_fails_in_the_middle_is_said(monkeypatch):
    class Failing(io.BytesIO):
        def read(self, size=-1):
            if self.tell() > 100_000:
                raise OSError(5, "Input/output error")
            return super().read(size)

    monkeypatch.setattr(io, "BytesIO", Failing)
    found, fault = read(FILE)
    assert len(found) > 200
    assert "Input/output error" in fault


def test_doctests():
    assert doctest.testmod(times).failed == 0
