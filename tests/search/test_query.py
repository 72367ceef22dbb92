"""The query language: what is read, what is refused and why, what SQLite is told."""

import pytest

from newscrawl.search.query import MAX_TERMS, Query, QueryError, Term, parse_query, to_match


def word(text, **kind):
    return Term((text,), **kind)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("الوزير", Query(((word("وزير"),),))),
        ("مصر لبنان", Query(((word("مصر"),), (word("لبنان"),)))),
        ("مصر AND لبنان", Query(((word("مصر"),), (word("لبنان"),)))),
        ("مصر OR لبنان تونس", Query(((word("مصر"), word("لبنان")), (word("تونس"),)))),
        ("مصر أو لبنان", Query(((word("مصر"), word("لبنان")),))),
        ("مصر|لبنان", Query(((word("مصر"), word("لبنان")),))),
        ("مصر OR لبنان OR تونس", Query(((word("مصر"), word("لبنان"), word("تونس")),))),
        ("مصر -كرة", Query(((word("مصر"),),), (word("كره"),))),
        ("-كرة مصر", Query(((word("مصر"),),), (word("كره"),))),
        ("مصر NOT كرة", Query(((word("مصر"),),), (word("كره"),))),
        ("مصر - لبنان", Query(((word("مصر"),), (word("لبنان"),)))),
        ("روسيا-أوكرانيا", Query(((Term(("روسيا", "اوكرانيا")),),))),
        ("#كأس_العالم", Query(((Term(("كاس", "عالم")),),))),
        ('"كأس العالم"', Query(((Term(("كاس", "العالم"), exact=True),),))),
        ("«كأس العالم»", Query(((Term(("كاس", "العالم"), exact=True),),))),
        ("“كأس العالم”", Query(((Term(("كاس", "العالم"), exact=True),),))),
        ('مصر -"كأس العالم"', Query(((word("مصر"),),), (Term(("كاس", "العالم"), exact=True),))),
        ("title:الوزير", Query(((word("وزير", title_only=True),),))),
        ("عنوان: الوزير", Query(((word("وزير", title_only=True),),))),
        ("مصر -title:كرة", Query(((word("مصر"),),), (word("كره", title_only=True),))),
        ("اقتصاد*", Query(((word("اقتصاد", prefix=True),),))),
        ("٢٠٢٦ !؟ ،", Query(((word("2026"),),))),
        ("or not and", Query(((word("or"),), (word("not"),), (word("and"),)))),
    ],
)
def test_reads(text, query):
    assert parse_query(text) == query


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "no word to look for"),
        (" ؟! ", "no word to look for"),
        ('""', "no word to look for"),
        ("*", "no word to look for"),
        ('مصر "كأس', "quotation mark at character 5"),
        ("كأس»", "quotation mark at character 4"),
        ("-مصر", "not only words to leave out"),
        ("OR مصر", "OR at character 1"),
        ("مصر OR", "missing after OR"),
        ("مصر | | لبنان", "at character 7"),
        ("مصر OR -لبنان", "cannot join"),
        ("-مصر OR لبنان", "OR at character 6"),
        ("مصر NOT", "missing after NOT"),
        ("AND", "AND at character 1"),
        ("title:", "needs a word after it"),
        ("ا*", "letters of a word"),
        ("ال*", "letters of a word"),
        ("ا" * 1001, "1,001 characters"),
        ("كلمة " * (MAX_TERMS + 1), f"more than {MAX_TERMS} words"),
    ],
)
def test_refuses_with_a_reason(text, message):
    with pytest.raises(QueryError, match=message.replace("*", r"\*")):
        parse_query(text)


def test_every_word_is_quoted_for_sqlite():
    match = to_match(parse_query('وزير OR "NEAR(a b)" -title:NOT قمة*'))
    assert match == (
        '(({title summary body} : ("وزير")) OR ({title_exact summary_exact body_exact} : ("near a b")))'
        ' AND (({title summary body title_exact summary_exact body_exact} : ("قمه" *)))'
    ).join(["(", ') NOT ((({title} : ("not")) AND ({title summary body} : ("not"))))'])


def test_spellings_widen_words_but_not_phrases():
    assert '"اميركا"' in to_match(parse_query("أمريكا"))
    assert '"اميركا"' not in to_match(parse_query('"أمريكا"'))
