"""What an Arabic reader means by a word, on a real server: through `_analyze` and through search."""

import pytest

from newscrawl.arabic.normalise import normalise
from newscrawl.arabic.stem import PROCLITICS, stem
from newscrawl.search import open_index
from newscrawl.search.elastic.search import ElasticIndex
from tests.arabic.test_stem import GOLDEN, HELD_OUT
from tests.search.world import archive, row
from tests.servers.search.conftest import article_of

FLOOR_GOLDEN = 0.99
FLOOR_HELD_OUT = 0.95
FLOOR_SAME = 0.97

MEET = """
وزير الوزير والوزير للوزير وللوزير بالوزير كالوزير لوزير بوزير ووزير فالوزير
مصر ومصر بمصر لمصر ولمصر
لبنان ولبنان بلبنان للبنان وللبنان
إيران وإيران بإيران لإيران ايران إیران ايرانِ
الرئيس رئيس للرئيس والرئيس برئيس الرّئيس الرئـــيس
السودان سودان بالسودان للسودان والسودان
حكومة الحكومة للحكومة والحكومة حكومه الحكومه بالحكومة
مسؤول مسئول المسؤول المسئول والمسؤول للمسؤول
أمريكا أميركا امريكا اميركا وأمريكا بأميركا
شنغهاي شنجهاي شانغهاي وشنغهاي بشنغهاي
مستشفى المستشفى مستشفي بالمستشفى للمستشفى
شؤون شئون الشؤون لشؤون
كتاب الكتاب کتاب بالكتاب للكتاب والكتاب كتــاب
بوتين وبوتين لبوتين ببوتين
سوريا سورية وسوريا بسوريا لسوريا
غوغل جوجل قوقل
""".strip().splitlines()
"""Words of a line find each other."""

APART = [
    ("لبنان", "لبن"), ("لبنان", "لبناني"), ("إيران", "إيراني"), ("إيران", "اير"), ("السودان", "السود"),
    ("بيان", "بي"), ("شؤون", "شؤ"), ("قرآن", "قر"), ("بوتين", "بوت"), ("ماكرون", "ماكر"), ("طهران", "طهر"),
    ("رمضان", "رمض"), ("سورية", "سورة"), ("وزير", "زير"), ("بكين", "كين"), ("وفد", "فد"), ("الله", "له"),
    ("ليبيا", "يبيا"), ("سلطان", "سلط"), ("ياسين", "ياس"), ("ألمانيا", "مانيا"), ("كرة", "رة"),
]  # fmt: skip
"""Words that must not find each other."""

WHOLE = """السودان شؤون قرآن بوتين ماكرون طهران لبنان بيان رمضان سلطان ياسين بكين واشنطن وانغ لافروف فاغنر
بايدن بلينكن كييف فرنسا كندا باريس لندن بغداد وارسو فيينا كابل بيروت ليبيا باكستان كازاخستان""".split()
"""Names that keep all their letters but the article's."""


def test_there_are_enough_golden_words():
    assert sum(len(line.split()) for line in MEET) + len(APART) + len(WHOLE) >= 120


def test_families_meet_through_analyze(cluster):
    for line in MEET:
        words = line.split()
        stems = {word: set(cluster.analyze(word, "ar_search")) for word in words}
        indexed = {word: set(cluster.analyze(word)) for word in words}
        apart = [(a, b) for a in words for b in words if not stems[a] & indexed[b]]
        assert apart == []


def test_strangers_stay_apart_through_analyze(cluster):
    for one, other in APART:
        assert not set(cluster.analyze(one, "ar_search")) & set(cluster.analyze(other)), (one, other)
        assert not set(cluster.analyze(other, "ar_search")) & set(cluster.analyze(one)), (one, other)


def test_names_keep_their_letters_through_analyze(cluster):
    for word in WHOLE:
        bare = normalise(word).removeprefix("ال")
        for proclitic in ("", "و", "ب", "ل", "ول", "وب"):
            assert cluster.analyze(proclitic + bare) == [bare], proclitic + bare


def test_the_stemmers_golden_table_through_analyze(cluster):
    for rows, floor in ((GOLDEN, FLOOR_GOLDEN), (HELD_OUT, FLOOR_HELD_OUT)):
        found = cluster.analyze("\n".join(word for word, _ in rows))
        assert len(found) == len(rows)
        wrong = [(w, f, b) for (w, b), f in zip(rows, found, strict=True) if f != normalise(b)]
        assert 1 - len(wrong) / len(rows) >= floor, wrong
        same = sum(stem(normalise(w)) == f for (w, _), f in zip(rows, found, strict=True))
        assert same / len(rows) >= FLOOR_SAME


def test_golden_words_through_search_in_both_indexes(cluster, tmp_path):
    words = sorted({word for line in MEET for word in line.split()} | {w for pair in APART for w in pair})
    # A sentence around each word, so that no title is only the word.
    rows = [row(1 + n % 28, f"خبر {n}", f"كلام {word} كلام", number=n + 1) for n, word in enumerate(words)]
    embedded = open_index(archive(tmp_path / "a.db", rows))
    cluster.put(map(article_of, rows))
    elastic = ElasticIndex(cluster.client)
    numbers = {word: f"https://x.example/{n + 1}" for n, word in enumerate(words)}
    for index in (embedded, elastic):
        found = {word: {hit.url for hit in index.search(word, limit=1000).hits} for word in words}
        for line in MEET:
            family = line.split()
            missing = [(a, b) for a in family for b in family if numbers[b] not in found[a]]
            assert missing == [], type(index)
        assert [(a, b) for a, b in APART if numbers[b] in found[a] or numbers[a] in found[b]] == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("القاهرة.وقال الوزير", ["قاهره", "قال", "وزير"]),
        ("عاصي_الحلاني", ["عاصي", "حلاني"]),
        ("١٬٠٠٠ و1,000 و٣٫٥ و۲۰۲۶", ["1000", "و", "1000", "و", "3.5", "و", "2026"]),
        ("كوفيد19 G20 Straße", ["كوفيد", "19", "g20", "strasse"]),
        ("كتـــابٌ ﻻ ﷲ", ["كتاب", "لا", "الله"]),
        ("طه\u200cـران\u200f علی", ["طهران", "علي"]),
        ("إ" + "\u0627\u0655" + "ن مسو\u0654ول", ["اان", "مسءول"]),
        ("москва Ελλάδα 東京", ["москва", "ελλαδα", "東京"]),
        ("عثمان ﷺ قال", ["عثمان", "قال"]),
    ],
)
def test_words_are_those_of_our_own_tokeniser(cluster, text, words):
    from newscrawl.arabic.tokens import tokenise

    assert [token.stem for token in tokenise(text)] == words
    assert cluster.analyze(text) == words


def test_exact_forms_keep_their_proclitics(cluster):
    assert cluster.analyze("وللوزير بمصر", "ar_exact") == ["وللوزير", "بمصر"]


def test_stop_words_are_dropped_from_searches_only(cluster):
    assert cluster.analyze("وزير في مصر", "ar_search") == ["وزير", "مصر"]
    assert cluster.analyze("وزير في مصر") == ["وزير", "في", "مصر"]


def test_an_endless_word_or_number_does_no_harm(cluster):
    tokens = cluster.analyze("ه" * 40_000 + " " + "1,1" * 3_000 + " " + "1," * 3_000)
    assert max(map(len, tokens)) <= 255


def test_every_form_of_a_listed_noun_is_taken_apart(cluster):
    forms = [proclitic + "حكومة" for proclitic in PROCLITICS]
    assert cluster.analyze(" ".join(forms)) == ["حكومه"] * len(forms)
