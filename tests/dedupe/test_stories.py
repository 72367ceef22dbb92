"""What an article says, and what stories articles make."""

from newscrawl.dedupe.stories import CHARACTERS, WORDS, stories, terms_of


def test_a_word_says_more_in_the_title_than_in_the_lead_and_least_behind_it():
    terms = terms_of("مصر", f"لبنان {'كلام ' * (WORDS // 2)} سوريا {'كلام ' * WORDS} تونس")
    assert terms["مصر"] > terms["لبنان"] > terms["سوريا"]
    assert "تونس" not in terms


def test_spellings_of_a_word_are_one_term():
    assert terms_of("الزلزال", "") == terms_of("زلزال", "")
    assert terms_of("إندونيسيا", "") == terms_of("اندونيسيا", "")


def test_what_stands_behind_the_words_that_are_read_makes_no_difference():
    body = "كلام " * 2 * WORDS
    assert terms_of("مصر", body) == terms_of("مصر", body[:CHARACTERS])


def test_a_follow_up_does_not_put_two_events_together():
    quake = dict.fromkeys([("a", "b"), ("a", "c"), ("b", "c")], 0.5)
    aid = dict.fromkeys([("x", "y"), ("x", "z"), ("y", "z")], 0.5)
    assert stories({**quake, **aid, ("c", "x"): 0.9, ("c", "y"): 0.3}) == [["a", "b"], ["c", "x", "y", "z"]]
    assert stories({**quake, **aid, ("c", "x"): 0.3}) == [["a", "b", "c"], ["x", "y", "z"]]


def test_an_article_like_no_other_is_in_no_story():
    assert stories({}) == []
