"""Pages and WARC files as others make them, for the tests of ingest."""

import gzip

from tests.warc.records_made import record

SITE = "https://www.aljazeera.net/news/2020/5/1/story-"
"""Addresses of an outlet that the registry has."""


def page(number, text="", head=""):
    """A news page with a text of its own."""
    body = "".join(
        f"<p>أعلنت الهيئة في بيان رقم {number} أن المشروع {line} سيبدأ خلال الشهر المقبل في القاهرة، وقال "
        f"رئيسها إن التمويل متوفر من الموازنة العامة للسنة المقبلة. {text}</p>"
        for line in range(4)
    )
    title = f"الهيئة تعلن المشروع {number}"
    top = f"<html lang=ar><head><title>{title}</title>{head}</head>"
    return f"{top}<body><article><h1>{title}</h1>{body}</article></body></html>"


def answer(body, *headers, status="200 OK"):
    """An HTTP answer."""
    body = body.encode() if isinstance(body, str) else body
    return "\r\n".join([f"HTTP/1.1 {status}", *headers, "", ""]).encode() + body


def html(body, *headers, status="200 OK"):
    return answer(body, "Content-Type: text/html; charset=UTF-8", *headers, status=status)


def chunked_gzip(body):
    """An answer as servers really send it."""
    packed = gzip.compress(body.encode())
    half = len(packed) // 2
    frames = b"".join(
        f"{len(some):x}\r\n".encode() + some + b"\r\n" for some in (packed[:half], packed[half:])
    )
    return html(frames + b"0\r\n\r\n", "Transfer-Encoding: chunked", "Content-Encoding: gzip")


def response(url, block, day="2020-05-02T10:00:00Z", **fields):
    return record(
        block,
        WARC_Type="response",
        WARC_Target_URI=url,
        WARC_Date=day,
        Content_Type="application/http; msgtype=response",
        **fields,
    )


def other(kind, url="", content_type="application/warc-fields", block=b"x: y\r\n", **fields):
    uri = {"WARC_Target_URI": url} if url else {}
    return record(
        block, WARC_Type=kind, WARC_Date="2020-05-02T10:00:00Z", Content_Type=content_type, **uri, **fields
    )


def revisit(url, of, day="2020-05-03T10:00:00Z", of_day="2020-05-02T10:00:00Z", **fields):
    return other(
        "revisit",
        url,
        "application/http; msgtype=response",
        html(""),
        WARC_Profile="http://netpreserve.org/warc/1.1/revisit/identical-payload-digest",
        WARC_Refers_To_Target_URI=of,
        WARC_Refers_To_Date=of_day,
        **fields,
    ).replace(b"WARC-Date: 2020-05-02T10:00:00Z", f"WARC-Date: {day}".encode(), 1)
