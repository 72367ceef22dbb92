"""The answers a crawler has to survive: slow, broken, endless, misleading."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from functools import cache

from tests.newsroom.reply import Answer, Reply, Visit, always

MEGABYTE = 1 << 20
HUGE_PAGE = 30 * MEGABYTE
BOMB_EXPANDS_TO = 40 * MEGABYTE
DRIPS = 200

PARAGRAPH = "<p>تستمر هذه الصفحة بلا نهاية، وكل فقرة فيها تعيد ما قالته الفقرة التي سبقتها حرفا بحرف.</p>\n"
HEAD = (
    '<!DOCTYPE html>\n<html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{title}</title></head>\n'
    "<body><article><h1>{title}</h1>\n"
)
TAIL = "</article></body></html>\n"


def slow(visit: Visit) -> Reply:
    """A page that drips: whole only after `slow_seconds`."""
    whole = (HEAD.format(title="صفحة بطيئة") + PARAGRAPH * 20 + TAIL).encode()
    step = len(whole) // DRIPS + 1
    drops = [whole[start : start + step] for start in range(0, len(whole), step)]

    def drip() -> Iterator[bytes]:
        for drop in drops:
            if visit.wait(visit.slow_seconds / len(drops)):
                return
            yield drop

    return Reply(drip(), length=len(whole))


def error(status: int) -> Answer:
    """An error page in Arabic, as servers send them."""
    return always(Reply((HEAD.format(title="عذرا، حدث خطأ") + TAIL).encode(), status))


def flaky(then: Answer) -> Answer:
    """500 on the first visit, the real page from then on."""
    broken = error(500)
    return lambda visit: (then if visit.earlier else broken)(visit)


def redirect(target: str, status: int = 302) -> Answer:
    """A redirect, the target written as given."""
    return always(Reply(b"", status, headers=(("Location", target),)))


def after(url: str, then: Answer, seconds: float = 4) -> Answer:
    """An answer held back until `url` has been served, so that it is a second way to a page already read."""

    def answer(visit: Visit) -> Reply:
        visit.wait_for(url, seconds)
        return then(visit)

    return answer


def huge(visit: Visit) -> Reply:
    """A page of 30 MB, made as it is sent, its length not stated."""
    piece = (PARAGRAPH * 500).encode()

    def stream() -> Iterator[bytes]:
        yield HEAD.format(title="صفحة ضخمة").encode()
        for _ in range(HUGE_PAGE // len(piece) + 1):
            if visit.wait(0):
                return
            yield piece

    return Reply(stream())


@cache
def _bomb() -> bytes:
    squeeze = zlib.compressobj(9, wbits=31)
    piece = (PARAGRAPH * 5000).encode()
    parts = [squeeze.compress(HEAD.format(title="صفحة مضغوطة").encode())]
    parts += [squeeze.compress(piece) for _ in range(BOMB_EXPANDS_TO // len(piece) + 1)]
    return b"".join([*parts, squeeze.flush()])


def gzip_bomb(visit: Visit) -> Reply:
    """A small answer that expands to 40 MB."""
    return Reply(_bomb(), headers=(("Content-Encoding", "gzip"),))


def cut_off(visit: Visit) -> Reply:
    """A connection closed in the middle of the body."""
    half = (HEAD.format(title="صفحة مبتورة") + PARAGRAPH * 10).encode()
    return Reply(half, length=len(half) * 2)


def pdf(visit: Visit) -> Reply:
    """A document that is not a page."""
    return Reply(
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 0/Kids[]>>endobj\n"
        b"trailer<</Root 1 0 R>>\n%%EOF\n",
        content_type="application/pdf",
    )


def script_shell(visit: Visit) -> Reply:
    """A page whose words only a browser would fetch."""
    return Reply(
        '<!DOCTYPE html>\n<html lang="ar" dir="rtl"><head><meta charset="utf-8">'
        "<title>ملف تفاعلي - جريدة المرفأ</title>"
        '<meta property="og:type" content="article"><meta property="og:title" content="ملف تفاعلي">'
        '</head><body><div id="root"></div><script>window.__STATE__={"story":8841};</script>'
        '<script src="/static/js/main.4f1c.js" defer></script></body></html>\n'.encode()
    )


def entity_bomb() -> bytes:
    """A small RSS feed whose entities expand to a thousand million words; its item has no link."""
    steps = "\n".join(
        f'<!ENTITY b{level} "{f"&b{level - 1};" * 10}">' if level else '<!ENTITY b0 "خبر">'
        for level in range(10)
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE rss [\n{steps}\n]>\n<rss version="2.0"><channel>'
        "<title>أسواق</title><item><title>&b9;</title><description>&b9;</description></item></channel></rss>\n"
    ).encode()
