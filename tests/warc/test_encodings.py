"""Bodies are unpacked as browsers do it, and to a limit."""

import gzip
import zlib

import brotli
import pytest
from backports import zstd

from newscrawl.warc.encodings import MAX_MEMBERS, TooMuchError, UnpackError, gunzip, unpack

TEXT = ("خبر " * 50_000).encode()
LIMIT = len(TEXT)
PACKERS = {
    "gzip": lambda text: gzip.compress(text, mtime=0),
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstd.compress,
}
RAW = zlib.compress(TEXT)[2:-4]


@pytest.mark.parametrize("name", PACKERS)
def test_each_encoding_is_undone_up_to_the_limit(name):
    packed = PACKERS[name](TEXT)
    assert unpack(packed, [name.upper()], LIMIT) == TEXT
    assert unpack(packed, [name], 0) == TEXT
    with pytest.raises(TooMuchError):
        unpack(packed, [name], LIMIT - 1)


@pytest.mark.parametrize("name", PACKERS)
def test_of_a_body_that_is_cut_off_comes_what_it_holds(name):
    dense = bytes(range(256)) * 4 + TEXT
    found = unpack(PACKERS[name](dense)[:-1], [name], 0)
    assert dense.startswith(found)
    assert unpack(b"", [name], 0) == b""


@pytest.mark.parametrize("name", PACKERS)
def test_what_is_not_packed_so_is_said(name):
    with pytest.raises(UnpackError, match=f"not {name}, though its header says so") as caught:
        unpack(b"<html lang=ar>", [name], LIMIT)
    assert not isinstance(caught.value, TooMuchError)


def test_deflate_without_its_frame_is_read_too():
    assert unpack(RAW, ["deflate"], LIMIT) == TEXT


def test_several_layers_are_undone_from_the_last_to_one_that_nobody_knows():
    twice = PACKERS["br"](PACKERS["gzip"](TEXT))
    assert unpack(twice, ["gzip, br"], LIMIT) == TEXT
    assert unpack(twice, ["gzip", "br"], LIMIT) == TEXT
    assert unpack(twice, ["compress, br"], LIMIT) == PACKERS["gzip"](TEXT)
    assert unpack(TEXT, ["utf-8"], LIMIT) == TEXT
    with pytest.raises(TooMuchError, match="3 times over"):
        unpack(twice, ["gzip, gzip", "br"], LIMIT)


def test_members_of_gzip_follow_one_another_but_not_for_ever():
    two = PACKERS["gzip"](TEXT[:9]) + PACKERS["gzip"](TEXT[9:])
    assert gunzip(two + b"\0\0\0", LIMIT) == TEXT
    with pytest.raises(TooMuchError):
        gunzip(PACKERS["gzip"](b"") * (MAX_MEMBERS + 1), LIMIT)
