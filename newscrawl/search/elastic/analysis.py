"""How Elasticsearch reads Arabic: the rules of `newscrawl.arabic`, written as its analysis settings.

Nothing about the language is decided here. Letters, words, clitics and spellings are those of
`newscrawl.arabic`, which the embedded index uses too, so that both find the same. Elasticsearch's own
`arabic` analyzer is not used: it cuts the endings off names (بوتين → بوت, لبنان → لبن) and keeps وزير and
الوزير apart. Its `standard` tokenizer is not either: it takes القاهرة.وقال for one word.

| analyzer | for | words |
|---|---|---|
| `ar_text` | titles and texts, when indexed | without proclitics |
| `ar_search` | the same fields, when searched | the same, other spellings added, stop words dropped |
| `ar_exact` | `.exact` fields, quoted phrases | as normalised, with proclitics |
| `ar_keyword` | `.norm` fields (a normalizer) | the whole value, normalised |
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Any

from newscrawl.arabic.gazetteer import load_gazetteer
from newscrawl.arabic.language import stop_words
from newscrawl.arabic.letters import ARABIC_LETTERS, COMBINING_HAMZA, LATIN_LETTERS
from newscrawl.arabic.normalise import fold, normalise
from newscrawl.arabic.stem import ARTICLE_PATTERN, CONJUNCTION_PATTERN, exceptions, stem
from newscrawl.arabic.tokens import spellings

DONE = "="
"""Put before a stem found in a table of exceptions, so that no later pattern touches it; then taken off.
No token holds one: the tokenizer lets only letters and digits through."""

LONGEST_TERM = 255
"""Characters; the rest of a longer word (a URL, laughter) is cut off."""

_LAST_BMP = 0xFFFF


@cache
def analysis() -> dict[str, Any]:
    """The `analysis` part of an index's settings (1 s once; some 28,000 rules, 0.7 MB)."""
    words = ["ar_case", "ar_thousands", "ar_decimal", "ar_longest"]
    stems = ["ar_whole", "ar_conjunction", "ar_bare", "ar_article", "ar_done"]
    letters = {"char_filter": ["ar_letters"], "type": "custom"}
    return {
        "char_filter": {"ar_letters": {"type": "mapping", "mappings": letter_mappings()}},
        "tokenizer": {"ar_words": {"type": "pattern", "pattern": word_pattern(), "group": 0}},
        "filter": {
            "ar_case": {"type": "lowercase"},
            "ar_thousands": _replace("(?<=\\d)[,\u066c](?=\\d{3}(?!\\d))", ""),
            "ar_decimal": _replace("(?<=\\d)[,\u066b](?=\\d)", "."),
            "ar_longest": {"type": "truncate", "length": LONGEST_TERM},
            "ar_stop": {"type": "stop", "stopwords": sorted(stop_words())},
            "ar_whole": _override(exceptions().whole),
            "ar_conjunction": _replace(CONJUNCTION_PATTERN, ""),
            "ar_bare": _override(exceptions().bare),
            "ar_article": _replace(ARTICLE_PATTERN, ""),
            "ar_done": _replace(f"^{DONE}", ""),
            "ar_spellings": {"type": "synonym_graph", "synonyms": spelling_rules()},
        },
        "analyzer": {
            "ar_text": {**letters, "tokenizer": "ar_words", "filter": [*words, *stems]},
            "ar_search": {
                **letters,
                "tokenizer": "ar_words",
                "filter": [*words, "ar_stop", *stems, "ar_spellings"],
            },
            "ar_exact": {**letters, "tokenizer": "ar_words", "filter": words},
        },
        "normalizer": {"ar_keyword": {**letters, "filter": ["lowercase"]}},
    }


def _replace(pattern: str, replacement: str) -> dict[str, Any]:
    return {"type": "pattern_replace", "pattern": pattern, "replacement": replacement, "all": True}


def _override(table: dict[str, str]) -> dict[str, Any]:
    """A stemmer_override filter; words with one stem share a rule."""
    by_stem: dict[str, list[str]] = {}
    for word in sorted(table):
        by_stem.setdefault(table[word], []).append(word)
    rules = [f"{', '.join(words)} => {DONE}{stem}" for stem, words in by_stem.items()]
    return {"type": "stemmer_override", "rules": rules}


def letter_mappings() -> list[str]:
    """What `normalise` does to single letters, as rules of a mapping char filter.

    Case is left to the `lowercase` filter. A letter and the hamza or madda on it, written as two
    characters, are one rule where the pair means another letter than the first alone.
    """
    rules = [
        _mapping(character, fold(character))
        for character in map(chr, range(0x80, _LAST_BMP))
        if not 0xD800 <= ord(character) <= 0xDFFF and fold(character) not in (character, character.lower())
    ]
    for letter in map(chr, range(0x0600, 0x0700)):
        for mark in COMBINING_HAMZA:
            pair = unicodedata.normalize("NFC", letter + mark)
            if len(pair) == 1 and fold(pair) != fold(letter):
                rules.append(_mapping(letter + mark, fold(pair)))
    return rules


def _mapping(source: str, target: str) -> str:
    return f"{_escaped(source)}=>{_escaped(target)}"


def _escaped(text: str) -> str:
    units = text.encode("utf-16-be")  # Java's characters: two for a letter beyond U+FFFF
    return "".join(f"\\u{units[place : place + 2].hex().upper()}" for place in range(0, len(units), 2))


def word_pattern() -> str:
    """The words of `newscrawl.arabic.tokens` as a regular expression of Java's, after the char filter.

    Marks inside words are gone by then, and letters of other shapes are plain ones. The repeated group is
    possessive: an ordinary one makes Java recurse once for each repetition, and a page with ten thousand
    commas among its digits would take the server down with a stack overflow. (`simple_pattern` needs no
    such care, but Elasticsearch 9.4 refuses every pattern of this kind: "please determinize".)
    """
    latin = LATIN_LETTERS
    return "|".join(
        [
            f"[{ARABIC_LETTERS}]+",
            f"[0-9]*[{latin}][0-9{latin}]*",
            "[0-9]+(?:[.,\u066b\u066c][0-9]+)*+",
            f"[[\\p{{L}}\\p{{Nl}}\\p{{No}}]&&[^{ARABIC_LETTERS}{latin}]]+",
        ]
    )


def spelling_rules() -> list[str]:
    """Spellings of one word that no rule joins (أمريكا, أميركا), as stems."""
    groups = {
        tuple(sorted({other for word in group for other in spellings(stem(normalise(word)))}))
        for group in load_gazetteer().spellings
    }
    return sorted(", ".join(group) for group in groups if len(group) > 1)
