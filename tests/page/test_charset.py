import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.page.parse import decode

TEXT = (
    "قال وزير الخارجية إن الاجتماع الذي عقد في القاهرة أمس بحث العلاقات بين البلدين، "
    "وأكد أن التعاون في مجال الطاقة سيستمر على جميع المستويات خلال العام المقبل."
)
CHARSETS = ["utf-8", "windows-1256", "iso-8859-6"]
SAYS = ["utf-8", "windows-1256", "iso-8859-6", "iso-8859-1", "windows-1252", "no-such-charset"]


def html(charset, meta=None):
    head = f'<meta http-equiv="Content-Type" content="text/html; charset={meta}">' if meta else ""
    return f"<html><head>{head}</head><body><p>{TEXT}</p></body></html>".encode(charset)


@pytest.mark.parametrize("charset", CHARSETS)
@pytest.mark.parametrize("meta", [None, *SAYS])
@pytest.mark.parametrize("header", [None, *SAYS])
def test_declared_missing_or_lying(charset, meta, header):
    assert TEXT in decode(html(charset, meta), header)


def test_truncated_utf8_stays_utf8():
    content = TEXT.encode()
    for cut in range(1, 5):
        text = decode(content[:-cut], "windows-1256")
        assert text.startswith(TEXT[:-5])
        assert text.count("\ufffd") <= 1


def test_a_foreign_widget_in_utf8_stays_utf8():
    content = (TEXT * 5).encode() + "\u00a9".encode("latin-1") + TEXT.encode()
    assert decode(content).startswith(TEXT)


@pytest.mark.parametrize(
    ("bom", "charset"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_decides_and_goes(bom, charset):
    assert decode(bom + TEXT.encode(charset), "windows-1256") == TEXT


@given(
    content=st.one_of(st.binary(), st.text(alphabet="ابتثجحخدذرز ").map(lambda t: t.encode("cp1256"))),
    declared=st.one_of(st.none(), st.text(max_size=20), st.sampled_from([*SAYS, "rot13", "base64", "idna"])),
)
def test_never_raises(content, declared):
    assert isinstance(decode(content, declared), str)


@given(st.text())
def test_utf8_comes_back_as_it_was(text):
    assert decode(text.encode("utf-8", "replace")) == text.encode("utf-8", "replace").decode().removeprefix(
        "\ufeff"
    )


@pytest.mark.parametrize("name", ["rot13", "base64", "hex", "idna", "unicode_escape", "x" * 500, "\0", ""])
def test_charset_names_that_are_none(name):
    assert TEXT in decode(html("windows-1256", None), name)


@pytest.mark.parametrize("name", ["idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"])
def test_pythons_own_codecs_read_no_page(name):
    text = TEXT.replace(" ", " \\p ")
    assert text in decode(
        f"<p>{text}</p>".encode("windows-1256"), name
    )  # Python warns of \\p: an error in tests


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("declared", [None, "utf-16", "utf-8", "windows-1256"])
def test_utf_16_without_a_byte_order_mark_is_told_by_its_zeros(encoding, declared):
    page = "<html><head><title>خبر</title></head><body><p>قال الوزير إن المشروع بدأ.</p></body></html>"
    assert decode(page.encode(encoding), declared) == page
