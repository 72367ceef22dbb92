"""The shipped tagger itself: what it finds, what it does without, names made consistent. Floors only rise."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from newscrawl.article import Mention
from newscrawl.entities import load_tagger
from newscrawl.entities.light.model import load_model
from newscrawl.entities.light.tagger import consistent
from newscrawl.entities.taggers import canonical_names
from newscrawl.extraction import extract
from tests.entities.light.gold import read_marked

SHARED = Path(__file__).parents[4] / "shared"
DATA = Path(__file__).parents[3] / "newscrawl" / "entities" / "light" / "data"

GOLD_FLOORS = {"all": 0.825, "PERSON": 0.825, "LOCATION": 0.905, "ORGANIZATION": 0.66}
DEVELOPMENT_FLOOR = 0.71

EXPECTED = {
    "person": "فلاديمير بوتين، شي جي بينغ، يفغيني بريغوجين، ألكسندر لوكاشينكو",
    "organization": "منظمة شنغهاي للتعاون، فاغنر",
    "location": "روسيا، الصين، الهند، باكستان، إيران، كازاخستان، طاجيكستان، قرغيزستان، أوزبكستان، أوكرانيا، "
    "نيودلهي، بكين، موسكو، طهران، واشنطن",
}


def f1(found: set[tuple], gold: set[tuple]) -> float:
    right = len(found & gold)
    return 2 * right / (len(found) + len(gold))


def spans(mentions: list[Mention]) -> set[tuple]:
    return {(one.label, one.start, one.end) for one in mentions}


def test_it_finds_the_names_of_our_own_annotated_news() -> None:
    articles = read_marked()
    tagged = load_tagger("light").tag([text for text, _ in articles])
    found = {(number, *one) for number, mentions in enumerate(tagged) for one in spans(mentions)}
    gold = {
        (number, span.label, span.start, span.end)
        for number, (_, annotated) in enumerate(articles)
        for span in annotated
    }
    scores = {"all": f1(found, gold)}
    for label in ("PERSON", "LOCATION", "ORGANIZATION"):
        scores[label] = f1(
            {one for one in found if one[1] == label}, {one for one in gold if one[1] == label}
        )
    assert {name: score for name, score in scores.items() if score < GOLD_FLOORS[name]} == {}, scores


@pytest.mark.skipif(not (SHARED / "ner").is_dir(), reason="../shared/ner is absent")
def test_it_finds_the_names_of_the_development_part() -> None:
    from training.annotated import read_bio, split
    from training.score import report

    _, held = split(read_bio(SHARED / "ner" / "anercorp_train.txt"))
    scores = report(load_model().tag, held)
    assert scores["micro avg"] >= DEVELOPMENT_FLOOR, scores


@pytest.mark.skipif(not (SHARED / "pages").is_dir(), reason="../shared/pages is absent")
def test_an_articles_names_come_out_once_each_and_in_full() -> None:
    page = (SHARED / "pages" / "seed_aggregator.html").read_bytes()
    article = extract(page, "https://aggregator.example/a")
    text = f"{article.title}\n{article.body.split('المصدر:')[0]}"  # the primary article
    names = canonical_names(load_tagger("light").tag([text])[0])
    expected = {(kind, name) for kind, line in EXPECTED.items() for name in line.split("، ")}
    found = {(kind, name) for kind, some in names.items() for name in some}
    assert len(expected & found) >= 0.9 * len(expected), expected - found
    assert set(names["person"]) <= set(EXPECTED["person"].split("، "))


def test_an_articles_names_do_not_depend_on_its_neighbours() -> None:
    texts = [text for text, _ in read_marked()[:12]]
    together = load_tagger("light").tag(texts)
    assert [load_tagger("light").tag([text])[0] for text in texts] == together


def test_texts_without_words_have_no_names() -> None:
    assert load_tagger("light").tag(["", " \n\n ", "\u200f", "…", "12:30"]) == [[], [], [], [], []]


def test_every_mention_stands_where_it_says() -> None:
    text = "قال الرئيس الروسي فلاديمـــير بُوتين\u200f، في موسكو 😀\r\nوأضاف بوتين: زرتُ للصين"
    for mention in load_tagger("light").tag([text])[0]:
        assert text[mention.start : mention.end] == mention.text


def test_it_needs_neither_torch_nor_a_network() -> None:
    program = """
import socket, sys
def refuse(*_, **__): raise AssertionError("a socket was opened")
socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = refuse
from newscrawl.entities import load_tagger
mentions = load_tagger("light").tag(["التقى الرئيس الروسي فلاديمير بوتين نظيره الصيني في موسكو"])[0]
print([mention.name for mention in mentions])
heavy = {"torch", "transformers", "camel_tools.ner", "gensim", "sklearn"} & set(sys.modules)
assert not heavy, heavy
"""
    ran = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONUTF8": "1"},
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.strip() == "['فلاديمير بوتين', 'موسكو']"


def test_the_model_is_small_and_has_its_card() -> None:
    assert sum(file.stat().st_size for file in DATA.iterdir()) <= 10_000_000
    card = (DATA / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert load_model().version in card
    for word in ("ANERcorp", "CC BY-SA", "GeoNames", "CC BY 4.0"):
        assert word in card


def tagged(*sentences: str) -> list[list[tuple[str, str]]]:
    """Sentences of words; a word is followed by /P, /p, /L, /l … for the beginning or inside of a class."""
    kinds = {"p": "PERS", "l": "LOC", "o": "ORG"}
    found = []
    for sentence in sentences:
        pairs = []
        for item in sentence.split():
            word, _, mark = item.partition("/")
            pairs.append((word, ("B-" if mark.isupper() else "I-") + kinds[mark.lower()] if mark else "O"))
        found.append(pairs)
    return found


def after(*sentences: str) -> list[list[tuple[str, str]]]:
    given = tagged(*sentences)
    words = [[word for word, _ in one] for one in given]
    tags = consistent(words, [[tag for _, tag in one] for one in given])
    return [list(zip(one, new, strict=True)) for one, new in zip(words, tags, strict=True)]


def test_a_full_name_is_found_again() -> None:
    assert after("قال هانز/P غيرهارت/p", "مع هانز غيرهارت امس") == tagged(
        "قال هانز/P غيرهارت/p", "مع هانز/P غيرهارت/p امس"
    )


def test_so_is_a_family_name_also_behind_a_proclitic() -> None:
    assert after("قال هانز/P غيرهارت/p", "وغيرهارت امس")[1] == tagged("وغيرهارت/P امس")[0]


def test_a_common_word_that_ends_a_name_is_no_name_by_itself() -> None:
    assert after("قال هانز/P السلام/p", "وعم السلام")[1] == tagged("وعم السلام")[0]


def test_a_name_of_two_classes_spreads_as_neither() -> None:
    assert after("زار زورنيك/L", "قال زورنيك/P", "عاد زورنيك")[2] == tagged("عاد زورنيك")[0]


def test_tags_that_are_there_stay() -> None:
    assert after("زار زورنيك/L", "بلديه/O زورنيك/o")[1] == tagged("بلديه/O زورنيك/o")[0]
