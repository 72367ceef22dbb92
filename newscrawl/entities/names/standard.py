"""The standard name of what the gazetteer knows, by any of its spellings."""

from __future__ import annotations

from functools import cache, lru_cache

from newscrawl.arabic.gazetteer import Entry, load_gazetteer
from newscrawl.arabic.normalise import normalise
from newscrawl.arabic.stem import stem
from newscrawl.arabic.tokens import common_spelling
from newscrawl.article import EntityLabel
from newscrawl.entities.lists import place_codes
from newscrawl.entities.names.written import exact_words, skeleton

LABEL_OF: dict[str, EntityLabel] = {
    "country": "LOCATION",
    "capital": "LOCATION",
    "city": "LOCATION",
    "organization": "ORGANIZATION",
    "person": "PERSON",
}

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

Key = tuple[str, ...]


def key_of(exact: Key) -> Key:
    """What the spellings of one name have in common: words without proclitics, in their common spelling."""
    return tuple(common_spelling(stem(word)) for word in exact)


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
def standard(exact: Key, label: EntityLabel) -> Entry | None:
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


def without_head(exact: Key, label: EntityLabel) -> Key:
    """The words after those that only say what the name is; at least one stays."""
    first = 0
    while first < len(exact) - 1 and exact[first] in HEADS[label]:
        first += 1
    return exact[first:]


def _choose(entries: list[Entry], label: EntityLabel) -> Entry | None:
    """Of entries that share a spelling (عمان) the first of the class asked for, else the first."""
    return next(
        (entry for entry in entries if LABEL_OF[entry.kind] == label), entries[0] if entries else None
    )


def country_code(name: str) -> str:
    """The ISO 3166-1 alpha-2 code of the country that a place is or lies in; "" where it is not known."""
    entry = standard(exact_words(name.split()), "LOCATION")
    if entry is not None and entry.code:
        return entry.code
    names = (name, entry.name, *entry.variants) if entry is not None else (name,)
    return next((code for code in (place_codes().get(normalise(one)) for one in names) if code), "")
