# ruff: noqa: E501  (a table reads better in rows)
"""One identity per article: the cases that the outlets were seen to produce, and the arithmetic's laws."""

import csv
import doctest
import re
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.dedupe import canonical, escapes
from newscrawl.dedupe.canonical import canonical_url, fetch_url
from newscrawl.outlets import CanonicalRules, OutletIndex, load_outlets

OUTLETS = load_outlets()
RULES = [None, *(outlet.canonical for outlet in OUTLETS.values() if outlet.canonical != CanonicalRules())]
SAMPLES = Path(__file__).resolve().parents[2].parent / "shared" / "outlets" / "article_urls.tsv"


def same(outlet_id, *spellings):
    return pytest.param(outlet_id, spellings, id=outlet_id)


# Each row: the outlet, the identity (readable), then every spelling that must come to it.
@pytest.mark.parametrize(
    ("outlet_id", "spellings"),
    [
        same(
            "youm7",
            "https://youm7.com/story/2020/8/24/وزير-الرى/4943459",
            "https://www.youm7.com/story/2020/8/24/وزير-الرى/4943459",
            "https://m.youm7.com/story/2020/8/24/وزير-الرى/4943459?utm_source=fb&fbclid=x",
            "https://m.youm7.com/amp/2020/8/24/وزير-الرى/4943459",
            "http://www.youm7.com/amp/2020/8/24/%D9%88%D8%B2%D9%8A%D8%B1-%D8%A7%D9%84%D8%B1%D9%89/4943459/",
        ),
        same(
            "akhbarelyom",
            "https://akhbarelyom.com/news/newdetails/3126898/1/36-عامًا..-سر-رحيل",
            "https://m.akhbarelyom.com/news/newdetails/3126898/1/36-عامًا..-سر-رحيل/amp",
            "https://akhbarelyom.com/news/newdetails/3126898/1/36-عامًا..-سر-رحيل/",
        ),
        same(
            "albayan",
            "https://albayan.ae/across-the-uae/news-and-reports/2020-06-03-1.3874341",
            "https://www.albayan.ae/across-the-uae/news-and-reports/2020-06-03-1.3874341?ot=ot.AMPPageLayout",
            "https://www.albayan.ae/across-the-uae/news-and-reports/2020-06-03-1.3874341",
        ),
        same(
            "sputnikarabic",
            "https://sputnikarabic.ae/arab_world/202003171044893040-مصر-تسجل",
            "https://arabic.sputniknews.com/amp/arab_world/202003171044893040-مصر-تسجل",
            "https://arabic.sputniknews.com/arab_world/202003171044893040-مصر-تسجل",
            "https://sarabic.ae/arab_world/202003171044893040-مصر-تسجل",
        ),
        same(
            "aljarida",
            "https://aljarida.com/articles/1633509303752808300",
            "https://www.aljarida.com/articles/1633509303752808300/amp/",
        ),
        same(
            "hespress",
            "https://hespress.com/international/468261.html",
            "https://m.hespress.com/international/468261.html",
            "http://www.hespress.com/international/468261.html#comments",
        ),
        same(
            "okaz",
            "https://okaz.com.sa/variety/na/2004354",
            "https://www.okaz.com.sa/variety/na/2004354?ref=rss&format=simple&link=link",
            "https://www.okaz.com.sa/variety/na/2004354?format=simple&amp;ref=rss&amp;link=link",
        ),
        same(
            "almadina",
            "https://al-madina.com/article/691222/آخر-الأخبار/الحلول",
            "https://www.al-madina.com/article/691222/آخر-الأخبار/الحلول?ref=rss&format=simple&link=link",
            "https://www.al-madina.com/article/691222/آخر-الأخبار/الحلول?live",
            "https://www.al-madina.com/article/691222/آخر-الأخبار/الحلول?weekly",
        ),
        same("alraijo", "https://alrai.com/article/10521787/عربي", "http://alrai.com/article/10521787/عربي?rss=1"),
        same("menafnarabic", "https://menafn.com/arabic/1099728915/ربح", "https://menafn.com/arabic/1099728915/ربح?src=Rss"),
        same(
            "lebanon24",
            "https://lebanon24.com/news/lebanon-news/829824/lebanon24",
            "https://www.lebanon24.com/news/lebanon-news/829824/lebanon24?src=rss-feeds-829824&utm_campaign=Softimpact&utm_term=x",
        ),
        same(
            "almadenah",
            "https://almadenahnews.com/article/825080-الموجز",
            "https://www.almadenahnews.com/article/825080-الموجز?ref=tw_btm_bx",
            "https://www.almadenahnews.com/article/825080-الموجز?ref=fb_btm_bx&",
        ),
        same(
            "alanba",
            "https://alanba.com.kw/ar/lebanon-news/947163/22-01-2020-ولادة",
            "https://www.alanba.com.kw/ar/lebanon-news/947163/22-01-2020-ولادة/?utm_source=rssFeed",
        ),
        same(
            "shorouk",
            "https://shorouknews.com/news/view.aspx?cdate=30032020&id=df548d65-7d7d-4327-838b-cd2be38c0d3e",
            "https://www.shorouknews.com/news/view.aspx?cdate=30032020&id=df548d65-7d7d-4327-838b-cd2be38c0d3e",
            "http://shorouknews.com/news/view.aspx?id=df548d65-7d7d-4327-838b-cd2be38c0d3e&cdate=30032020&utm_medium=x",
        ),
        same(
            "kuna",
            "https://kuna.net.kw/ArticleDetails.aspx?Language=ar&id=3265811",
            "https://www.kuna.net.kw/ArticleDetails.aspx?id=3265811&Language=ar",
        ),
        same(
            "lana",
            "https://lana.gov.ly/post.php?id=357396&lang=ar",
            "https://lana.gov.ly/post.php?lang=ar&id=357396",
        ),
        same("marebpress", "https://marebpress.net/news_details.php?lang=arabic&sid=55120", "http://marebpress.net/news_details.php?sid=55120&lang=arabic"),
        same("nayrouz", "https://nayrouz.com/post.php?id=133097", "https://www.nayrouz.com/post.php?id=133097&fbclid=1"),
        same("suna", "https://suna-sd.net/read?id=719877", "https://www.suna-sd.net/read?id=719877"),
        same(
            "alwatansa",
            "https://alwatan.com.sa/Sports/News_Detail.aspx?ArticleID=230873&CategoryID=6",
            "http://www.alwatan.com.sa/Sports/News_Detail.aspx?CategoryID=6&ArticleID=230873",
        ),
        same(
            "alsumaria",
            "https://alsumaria.tv/news/localnews/490157",
            "https://www.alsumaria.tv/news/localnews/490157/رموز-بدل-أسماء",
            "https://www.alsumaria.tv/news/localnews/490157/",
        ),
        same(
            "almamlaka",
            "https://almamlakatv.com/news/209556",
            "https://www.almamlakatv.com/news/209556-",
            "https://www.almamlakatv.com/news/209556-الملك-يلتقي",
        ),
        same(
            "aawsat",
            "https://aawsat.com/العالم-العربي/المشرق/5012345",
            "https://aawsat.com/العالم-العربي/المشرق/5012345-وزير-الخارجية",
        ),
        same("aawsat", "https://aawsat.com/home/article/421436", "http://aawsat.com/home/article/421436/وزير-الخارجية/الولايات"),
        same(
            "wam",
            "https://wam.ae/ar/article/c2ghj1f",
            "https://www.wam.ae/ar/article/c2ghj1f-جري-صيف-الشارقة",
            "https://www.wam.ae/ar/article/c2ghj1f-%d8%ac%d8%b1%d9%8a",
        ),
        same(
            "nna",
            "https://nna-leb.gov.lb/ar/سياسة/815885",
            "http://localhost:3000/ar/سياسة/815885",
            "http://localhost:3000/ar/%D8%B3%D9%8A%D8%A7%D8%B3%D8%A9/815885/عنوان",
            "https://www.nna-leb.gov.lb/ar/سياسة/815885",
        ),
        same("nna", "https://nna-leb.gov.lb/ar/show-news/483137", "http://nna-leb.gov.lb/ar/show-news/483137/"),
        same(
            "lbci",
            "https://lbcgroup.tv/news/lifestyle/898682/ar",
            "https://www.lbcgroup.tv/news/lifestyle/898682/شعر-وردي/ar",
            "https://www.lbcgroup.tv/news/lifestyle/898682/another-slug/ar",
        ),
        same(
            "aletihad",
            "https://aletihad.ae/article/20688/2020/جامعة",
            "https://www.alittihad.ae/article/20688/2020/جامعة",
            "https://alittihad.ae/article/20688/2020/جامعة",
        ),
        same("bbcarabic", "https://bbc.com/arabic/world-45923296", "http://www.bbc.co.uk/arabic/world-45923296", "https://www.bbc.com/arabic/world-45923296?at_medium=RSS&at_campaign=rss"),
        same("dwarabic", "https://dw.com/ar/محاكمة/a-19034872", "http://www.dw.com/ar/محاكمة/a-19034872?maca=ara-rss-ar-all-1125-xml-atom"),
        same("arabi21", "https://arabi21.com/story/1261179/بوتين", "http://arabi21.com//story/1261179/بوتين"),
        same("masress", "https://masress.com/elakhbar/172875", "https://www.masress.com/elakhbar/172875"),
        same(
            "jawharafm",
            "https://jawharafm.net/ar/article/ڨفصة--وفاة-رضيع/141/77901",
            "http://www.jawharafm.net/ar/article/ڨفصة--وفاة-رضيع/141/77901",
            "http://www.jawharafm.net/ar/article/" + quote("ڨفصة--وفاة-رضيع").lower() + "/141/77901",
            "http://www.jawharafm.net/ar/article/" + quote(quote("ڨفصة--وفاة-رضيع")) + "/141/77901",
            "http://www.jawharafm.net/ar/article/" + quote(quote(quote("ڨفصة--وفاة-رضيع"))) + "/141/77901",
            "http://www.jawharafm.net/ar/article/" + quote("ڨفصة--وفاة-رضيع").replace("%D", "%d") + "/141/77901/",
            "http://www.jawharafm.net/ar/article/" + "ڨفصة--وفاة-رضيع".encode().decode("latin-1") + "/141/77901",
            "http://www.jawharafm.net/ar/article/" + quote("ڨفصة--وفاة-رضيع".encode().decode("latin-1")) + "/141/77901",
            "http://www.jawharafm.net/ar/article/" + "ڨفصة--وفاة-رضيع".encode().decode("cp1256") + "/141/77901",
        ),
    ],
)  # fmt: skip
def test_spellings_of_one_article(outlet_id, spellings):
    identity = quote(spellings[0], safe=":/?&=")
    for spelling in spellings:
        assert canonical_url(spelling, OUTLETS[outlet_id].canonical) == identity


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTP://User:Pw@WWW.Qarya.EXAMPLE:80/A/?b=2&a=1#c", "https://qarya.example/A?a=1&b=2"),
        ("https://qarya.example", "https://qarya.example/"),
        ("https://qarya.example/?", "https://qarya.example/"),
        ("https://qarya.example:8443/a", "https://qarya.example:8443/a"),
        ("http://127.0.0.1:8000/a/", "https://127.0.0.1:8000/a"),
        ("http://[::1]:8000/a/", "https://[::1]:8000/a"),
        ("http://localhost/a", "https://localhost/a"),
        ("https://qarya.example./a/../b/./c", "https://qarya.example/b/c"),
        ("https://qarya.example/a/%2E%2e/b", "https://qarya.example/b"),
        ("https://qarya.example/a%2fb", "https://qarya.example/a%2Fb"),
        ("https://qarya.example/%7Ea%2Cb", "https://qarya.example/~a,b"),
        ("https://qarya.example/100%", "https://qarya.example/100%25"),
        ("https://qarya.example/100%25", "https://qarya.example/100%25"),
        ("https://qarya.example/a b", "https://qarya.example/a%20b"),
        ("\n https://qarya.example/a\t\u200f", "https://qarya.example/a"),
        ("https://أخبار.مصر/خبر", "https://xn--igbicxr.xn--wgbh1c/%D8%AE%D8%A8%D8%B1"),
        # A slug cut in the middle of a letter, as one corpus has it.
        ("https://qarya.example/%D9%83%d9", "https://qarya.example/%D9%83%D9"),
        # Decomposed hamza and invisible marks that an editor pasted.
        (
            "https://qarya.example/\u0627\u0655\u0644\u064a-\u200f\u0642",
            "https://qarya.example/%D8%A5%D9%84%D9%8A-%D9%82",
        ),
        # Words of other languages are no mojibake.
        ("https://qarya.example/caf%C3%A9-Ãœber", "https://qarya.example/caf%C3%A9-%C3%83%C5%93ber"),
        ("https://qarya.example/a?b=x+y&c=x%2By", "https://qarya.example/a?b=x%20y&c=x%2By"),
        ("https://qarya.example/a?b=&&c", "https://qarya.example/a?b&c"),
        ("https://qarya.example/a?b=2&b=1&a", "https://qarya.example/a?a&b=2&b=1"),
        ("https://qarya.example/a?UTM_Source=x&gclid=1&id=7&ref=rss", "https://qarya.example/a?id=7"),
        # An id is an id by whatever name: losing an article is worse than having it twice.
        ("https://qarya.example/a?ref=48213&source=7", "https://qarya.example/a?ref=48213&source=7"),
        ("https://qarya.example/a?p=123&page=2", "https://qarya.example/a?p=123&page=2"),
        ("https://qarya.example/a?amp&outputType=amp", "https://qarya.example/a"),
        ("https://qarya.example/amp", "https://qarya.example/amp"),
        ("https://www.example/a", "https://www.example/a"),
        ("https://mobile.qarya.example/a", "https://qarya.example/a"),
        ("https://media.qarya.example/a", "https://media.qarya.example/a"),
    ],
)
def test_general_rules(url, expected):
    assert canonical_url(url) == expected
    assert canonical_url(expected) == expected


REFUSAL = r"is not an http or https address|has no usable host"
NOT_ADDRESSES = [
    "",
    " ",
    "/a/b",
    "qarya.example/a",
    "//qarya.example/a",
    "ftp://qarya.example/a",
    "javascript:void(0)",
    "mailto:a@qarya.example",
    "http://",
    "http:///a",
    "https://?a",
    "http://[::1",
    "http://[::g]/",
    "http://qarya.example:port/",
    "http://qarya.example:99999/",
    "http://a..b/",
    "http://-/",
    "http://" + "ا" * 80 + ".example/",
    "http://a b.example/",
    "http://\udcff/",
]


@pytest.mark.parametrize("url", NOT_ADDRESSES)
@pytest.mark.parametrize("function", [canonical_url, fetch_url])
def test_not_an_address(function, url):
    with pytest.raises(ValueError, match=REFUSAL):
        function(url)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            " \nhttps://www.wam.ae/ar/article/c2-جري#top",
            "https://www.wam.ae/ar/article/c2-%D8%AC%D8%B1%D9%8A",
        ),
        ("http://QARYA.example:80//A/%d8%a7/?b=%d8&a=+#x", "http://qarya.example:80//A/%d8%a7/?b=%d8&a=+"),
        ("https://qarya.example/a b?c=d e", "https://qarya.example/a%20b?c=d%20e"),
        ("https://أخبار.مصر", "https://xn--igbicxr.xn--wgbh1c"),
        ("https://qarya.example/?utm_source=x&id=1", "https://qarya.example/?utm_source=x&id=1"),
        ("http://u:p@[::1]:8000/a", "http://u:p@[::1]:8000/a"),
    ],
)
def test_fetch_url(url, expected):
    assert fetch_url(url) == expected
    assert fetch_url(expected) == expected


def test_rewrites_that_chase_each_other_end():
    rules = CanonicalRules.model_validate({"rewrite": [["/a$", "/b"], ["/c$", "/a"], ["/b$", "/c"]]})
    assert canonical_url("https://qarya.example/a", rules).startswith("https://qarya.example/")


def test_the_query_is_kept_where_it_is_the_article():
    rules = CanonicalRules(keep_query=True)
    assert (
        canonical_url("https://q.example/a?ref=rss&amp=1&utm_source=x", rules)
        == "https://q.example/a?amp=1&ref=rss"
    )


def test_real_urls_keep_their_identity_in_every_spelling():
    if not SAMPLES.is_file():
        pytest.skip("no ../shared/outlets/article_urls.tsv beside this checkout")
    index = OutletIndex(OUTLETS.values())
    with SAMPLES.open(encoding="utf-8", newline="") as file:
        urls = [row["url"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]
    assert len(urls) > 600
    for url in urls:
        outlet = index.outlet_for_url(url)
        rules = outlet.canonical if outlet else None
        identity = canonical_url(url, rules)
        spellings = [
            identity,
            fetch_url(url),
            unquote(url),
            re.sub("%..", lambda found: found[0].lower(), url),
        ]
        assert {canonical_url(spelling, rules) for spelling in spellings} == {identity}


def test_real_urls_are_told_apart():
    if not SAMPLES.is_file():
        pytest.skip("no ../shared/outlets/article_urls.tsv beside this checkout")
    index = OutletIndex(OUTLETS.values())
    with SAMPLES.open(encoding="utf-8", newline="") as file:
        urls = {row["url"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)}
    merged = {}
    for url in urls:
        outlet = index.outlet_for_url(url)
        merged.setdefault(canonical_url(url, outlet.canonical if outlet else None), []).append(url)
    twins = [group for group in merged.values() if len(set(map(unquote, group))) > 1]
    # The mobile and the AMP page of one article, and one article shared on two networks.
    assert all(re.search(r"//m\.|\?ref=", " ".join(group)) for group in twins), twins


# Letters that URLs of Arabic sites are made of, and the troublemakers among them.
LETTERS = st.sampled_from(
    "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءآأإؤئڨپچگیک٠١٢3456ZaØÙ§\u0655\u064b\u0640-_.~!$&'()*+,;=:@%/?#é\u200f \\\"<>[]|^`{}\ud83d\ude00"
)
TEXT = st.text(alphabet=LETTERS, max_size=30)
PIECE = st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءآأإabcXYZ0189-_", min_size=1, max_size=20)


@given(rest=TEXT, rules=st.sampled_from(RULES))
def test_idempotent(rest, rules):
    once = canonical_url(f"https://qarya.example/{rest}", rules)
    assert canonical_url(once, rules) == once
    assert once.isascii()


@given(url=st.text(max_size=60) | TEXT.map(lambda rest: f"http://{rest}"), rules=st.sampled_from(RULES))
def test_garbage_gives_an_identity_or_a_value_error(url, rules):
    for function in (lambda: canonical_url(url, rules), lambda: fetch_url(url)):
        refused = ""
        try:
            answer = function()
        except ValueError as error:  # any other exception, UnicodeError included, fails below or here
            refused = f"{type(error).__name__}: {error}"
        if refused:
            assert re.search(rf"^ValueError: .*({REFUSAL})", refused, re.S)
        else:
            assert answer.startswith(("http://", "https://"))
            assert answer.isascii()


@given(pieces=st.lists(PIECE, min_size=1, max_size=4), values=st.dictionaries(PIECE, PIECE, max_size=3))
def test_every_encoding_is_one_identity(pieces, values):
    def url(encode):
        query = "&".join(f"{encode(name)}={encode(value)}" for name, value in values.items())
        return f"https://qarya.example/{'/'.join(map(encode, pieces))}?{query}"

    identity = canonical_url(url(quote))
    assert canonical_url(url(str)) == identity
    assert (
        canonical_url(url(lambda text: re.sub("%..", lambda found: found[0].lower(), quote(text))))
        == identity
    )
    assert canonical_url(url(lambda text: "".join(f"%{byte:02x}" for byte in text.encode()))) == identity
    assert canonical_url(fetch_url(url(str))) == identity


@given(
    words=st.lists(
        st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهويىة", min_size=1, max_size=8), min_size=1, max_size=5
    )
)
def test_arabic_words_are_never_taken_for_mojibake(words):
    slug = "-".join(words)
    assert escapes.undo_mojibake(slug) == slug


@given(slug=st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهوي-", min_size=3, max_size=20))
def test_mojibake_is_undone(slug):
    if sum(letter != "-" for letter in slug) < 3:
        return
    for encoding in ("latin-1", "cp1256"):
        assert escapes.undo_mojibake(slug.encode().decode(encoding)) == slug


@given(slug=st.text(alphabet=LETTERS, max_size=30).filter(lambda text: not re.search(r"[\r\n\t]", text)))
def test_fetch_url_is_idempotent(slug):
    once = fetch_url(f"http://qarya.example/{slug}")
    assert fetch_url(once) == once


def test_backslashes_are_slashes():
    assert canonical_url(r"https:\\n.example\news\1?q=\a") == canonical_url(r"https://n.example/news/1?q=\a")
    assert fetch_url(r"https:\\n.example\news\1") == "https://n.example/news/1"


@pytest.mark.parametrize("module", [canonical, escapes])
def test_examples(module):
    assert not doctest.testmod(module).failed
