"""Pages of several documents or articles, and pages that state an article which nobody chose the text of."""

import pytest

from newscrawl.article import Article, Outcome, Rejected
from newscrawl.extraction import body, extract
from newscrawl.extraction.choice import Choice
from tests.extraction.test_kinds import CARDS, HEADLINES, SENTENCES, TITLE, og, paragraphs

URL = "https://www.sahifa.example/news/71828"
OTHER = "مزارعو الوادي يطالبون بتعويضات عن موسم الجفاف الطويل"
OTHERS = (
    "طالب مزارعو الوادي الحكومة بصرف تعويضات عن موسم الجفاف الطويل الذي أتلف نصف محصول القمح هذا العام.",
    "وقال نقيب المزارعين إن الوادي فقد آلاف الأشجار المثمرة وإن صندوق التعويضات لم يصرف شيئا منذ الشتاء.",
    "وذكر أحد المزارعين أن الآبار جفت وأن الجفاف دفع كثيرين إلى بيع مواشيهم بأقل من نصف سعرها.",
)
DATED = '<meta property="article:published_time" content="2026-11-20T10:00:00+03:00">'
FIRST = {
    "an advertisement": "<html><head><title>x</title></head><body><div>إعلان</div></body></html>",
    "an empty frame": "<html><body></body></html>",
    "a proxy's": "<HTML><HEAD></HEAD><BODY><!-- cached --><a href='/'>-</a></BODY></HTML>",
    "a counter": "<!DOCTYPE html><html><body><img src='/c.gif'></body></html>\n",
}


def document(title, lines, around="<article>{}</article>"):
    inside = around.format(f"<h1>{title}</h1>{paragraphs(chr(10) * 2 + (chr(10) * 2).join(lines))}")
    head = f"<meta charset='utf-8'><title>{title}</title>{og('article')}{DATED}"
    return f"<!doctype html><html lang='ar'><head>{head}</head><body>{inside}</body></html>"


@pytest.mark.parametrize("first", FIRST.values(), ids=FIRST)
def test_a_document_before_the_sites_own_hides_nothing(first):
    article = extract((first + document(TITLE, SENTENCES)).encode(), URL)
    assert isinstance(article, Article)
    assert article.title == TITLE
    assert [line for line in SENTENCES if line not in article.body] == []
    assert article.published_at is not None


@pytest.mark.parametrize(
    "around", ["<article>{}</article>", "<div class='story'>{}</div>", "<main>{}</main>", "{}"]
)
@pytest.mark.parametrize("one_document", [True, False])
def test_of_two_articles_in_a_row_the_first_is_read(around, one_document):
    first, second = document(TITLE, SENTENCES, around), document(OTHER, OTHERS, around)
    if one_document:
        second = second.partition("<body>")[2]
        first = first.replace("</body></html>", "")
    article = extract((first + second).encode(), URL)
    assert isinstance(article, Article)
    assert article.title == TITLE
    assert [line for line in SENTENCES if line not in article.body] == []
    assert [line for line in OTHERS if line in article.body] == []


@pytest.mark.parametrize("under", ["", f"<aside>{CARDS}</aside>", "<p>جميع الحقوق محفوظة</p>"])
def test_a_page_that_states_an_article_is_not_called_empty(monkeypatch, under):
    monkeypatch.setattr(body, "choose", lambda *_: Choice(()))
    page = document(TITLE, SENTENCES, f"<div>{{}}</div>{under}")
    article = extract(page.encode(), URL)
    assert isinstance(article, Article)
    assert [line for line in SENTENCES if line not in article.body] == []


@pytest.mark.parametrize("lines", [SENTENCES[:1], HEADLINES[:2]])
def test_but_a_page_without_running_text_is(monkeypatch, lines):
    monkeypatch.setattr(body, "choose", lambda *_: Choice(()))
    found = extract(document(TITLE, lines).encode(), URL)
    assert isinstance(found, Rejected)
    assert found.outcome in (Outcome.NOT_ARTICLE, Outcome.TOO_SHORT)
