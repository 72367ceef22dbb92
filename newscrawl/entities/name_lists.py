"""Lists of names, and how names are compared with them.

The gazetteer's standard names, wide lists (data/names.tsv), demonyms; words, keys and skeletons of names.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files

from newscrawl.arabic.gazetteer import Entry, load_gazetteer
from newscrawl.arabic.letters import WORD_MARKS
from newscrawl.arabic.normalise import normalise
from newscrawl.arabic.stem import stem
from newscrawl.arabic.tokens import common_spelling
from newscrawl.article import EntityLabel

_MARKS = re.compile(f"[{WORD_MARKS}]")
_SHAPED = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]+")
_BETWEEN = re.compile(r"[\s_]+")
_EDGES = "\"'«»“”„‘’`()[]{}<>.,،؛;:!؟?…-–—*#/\\|+= "

Key = tuple[str, ...]

HEADS: dict[EntityLabel, frozenset[str]] = {
    "LOCATION": frozenset(
        "مدينه دوله جمهوريه مملكه عاصمه العاصمه ولايه محافظه اقليم جزيره بلده قريه امارة اماره مقاطعه".split()
    ),
    "ORGANIZATION": frozenset(
        "مجموعه مليشيا ميليشيا حركه تنظيم شركه جماعه حلف وكاله صحيفه موقع منظمه قوات".split()
    ),
    "PERSON": frozenset(
        "الرءيس رءيس الوزير وزير الملك الامير الشيخ السيد السيده الدكتور د الجنرال العقيد اللواء".split()
    ),
    "MISC": frozenset(),
}
"""Words that say what a name is, and are no part of it (مدينة, مجموعة فاغنر), normalised."""

LEAST_SKELETON = 4
"""Letters of a skeleton that are enough to tell a transcription of one name from another name."""


def plain_words(surface: str) -> list[str]:
    """The words of a mention with their letters as published (hamza, ى and ة stay): "" gives [].

    Harakat, tatweel, invisible characters and quotation marks at a word's ends go.
    """
    composed = unicodedata.normalize("NFC", surface)
    shaped = _SHAPED.sub(lambda match: unicodedata.normalize("NFKC", match.group()), composed)
    return [word.strip(_EDGES) for word in _BETWEEN.split(_MARKS.sub("", shaped)) if word.strip(_EDGES)]


def exact_words(words: list[str]) -> tuple[str, ...]:
    """The normalised words of written ones, one for one where they are one word each."""
    return tuple(normalise(word) for word in words)


def skeleton(exact: tuple[str, ...]) -> str:
    """The consonants of a name, for joining transcriptions: شنغهاي شنجهاي, زيلينسكي زلنسكي.

    g is written غ ج ق or گ, and vowels of foreign names are written long or not at all: the letters غ ق ج
    become one, and ا و ي ه ء fall out except at the beginning of a word, as do doubled letters.
    Arabic's own roots differ in those too, so it tells two names apart only where four letters remain.
    """
    return " ".join(map(_word_skeleton, exact))


def _word_skeleton(word: str) -> str:
    word = word.replace("غ", "ج").replace("ق", "ج").replace("ث", "ت").replace("ذ", "د")
    kept = word[:1]
    for letter in word[1:]:
        if letter not in "اويءه" and letter != kept[-1:]:
            kept += letter
    return kept


def key_of(exact: Key) -> Key:
    """What the spellings of one name have in common: words without proclitics, in their common spelling."""
    return tuple(common_spelling(stem(word)) for word in exact)


def without_head(exact: Key, label: EntityLabel) -> Key:
    """The words after those that only say what the name is; at least one stays."""
    first = 0
    while first < len(exact) - 1 and exact[first] in HEADS[label]:
        first += 1
    return exact[first:]


OWN_KINDS = ("country", "city", "organization", "person")
WIDE_KINDS = ("place", "given", "family")
_ENDINGS = ("ي", "يه", "يون", "يين", "يات", "يا")
"""Of adjectives of nationality, normalised."""

LABEL_OF: dict[str, EntityLabel] = {
    "country": "LOCATION",
    "capital": "LOCATION",
    "city": "LOCATION",
    "organization": "ORGANIZATION",
    "person": "PERSON",
}
"""Kind of an entry that is a name → its label; the gazetteer's other kinds are words."""


@cache
def own_names() -> Mapping[str, list[str]]:
    """The gazetteer's names and their variants, as written, by kind of OWN_KINDS."""
    names: dict[str, list[str]] = {kind: [] for kind in OWN_KINDS}
    for entry in load_gazetteer().entries:
        if entry.kind in LABEL_OF:
            names["city" if entry.kind == "capital" else entry.kind] += [entry.name, *entry.variants]
    return names


@cache
def _wide_rows() -> list[list[str]]:
    text = (files("newscrawl.entities") / "data" / "names.tsv").read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and line[0] != "#"]


@cache
def wide_names() -> Mapping[str, list[str]]:
    """Thousands of names, normalised, by kind of WIDE_KINDS; the file's head names their sources."""
    names: dict[str, list[str]] = {kind: [] for kind in WIDE_KINDS}
    for kind, name, *_ in _wide_rows():
        names[kind].append(name)
    return names


@cache
def place_codes() -> Mapping[str, str]:
    """Places of the wide lists, normalised → ISO 3166-1 code of their country."""
    return {name: code[0] for _, name, *code in _wide_rows() if code and code[0]}


@cache
def name_words() -> frozenset[str]:
    """Every single word that is a name by one of the wide lists, normalised."""
    return frozenset(word for names in wide_names().values() for word in names if " " not in word)


@cache
def _by_key() -> dict[Key, list[Entry]]:
    table: dict[Key, list[Entry]] = {}
    for entry in load_gazetteer().entries:
        if entry.kind in LABEL_OF:
            for name in (entry.name, *entry.variants):
                table.setdefault(key_of(exact_words(name.split())), []).append(entry)
    return table


@cache
def _by_skeleton() -> dict[str, Entry | None]:
    """Entries by skeleton; None where two share one."""
    table: dict[str, Entry | None] = {}
    for key, entries in _by_key().items():
        bones = skeleton(key)
        if len(bones.replace(" ", "")) >= LEAST_SKELETON:
            known = table.get(bones, entries[0])
            table[bones] = entries[0] if known == entries[0] else None
    return table


@lru_cache(maxsize=16_384)
def standard_entry(exact: Key, label: EntityLabel) -> Entry | None:
    """The gazetteer's entry for a name, or None.

    Args:
        exact: its words, normalised.
        label: of what class it was taken to be. A name that is spelled as the gazetteer has it is found
            whatever its class; one with a head word or of another transcription only in its class.
    """
    entry = _choose(_by_key().get(key_of(exact), []), label)
    if entry is not None:
        return entry
    shorter = without_head(exact, label)
    if shorter != exact:
        entry = _choose(_by_key().get(key_of(shorter), []), label)
        if entry is not None and LABEL_OF[entry.kind] == label:
            return entry
    near = _by_skeleton().get(skeleton(key_of(exact)))
    return near if near is not None and LABEL_OF[near.kind] == label else None


def _choose(entries: list[Entry], label: EntityLabel) -> Entry | None:
    """Of entries that share a spelling (عمان) the first of the class asked for, else the first."""
    return next(
        (entry for entry in entries if LABEL_OF[entry.kind] == label), entries[0] if entries else None
    )


def country_code(name: str) -> str:
    """The ISO 3166-1 alpha-2 code of the country that a place is or lies in; "" where it is not known."""
    entry = standard_entry(exact_words(name.split()), "LOCATION")
    if entry is not None and entry.code:
        return entry.code
    names = (name, entry.name, *entry.variants) if entry is not None else (name,)
    return next((code for code in (place_codes().get(normalise(one)) for one in names) if code), "")


@cache
def demonyms() -> frozenset[str]:
    """The adjectives of all countries of the gazetteer with a name of one word, without article."""
    found: set[str] = set()
    for name in own_names()["country"]:
        words = exact_words(name.split())
        if len(words) == 1:
            base = stem(words[0])
            for ending in ("يا", "ا", "ه"):
                if base.endswith(ending) and len(base) - len(ending) > 2:
                    base = base.removesuffix(ending)
                    break
            found.update(base + ending for ending in _ENDINGS)
    return frozenset(found)


def is_demonym(exact: str) -> bool:
    """Whether a normalised word says of which country somebody is. المصري is that, and a family's name."""
    return stem(exact) in demonyms()
