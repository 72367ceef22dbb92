"""Lists of names: the gazetteer's by kind, and the wide ones of data/names.tsv."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from newscrawl.arabic.gazetteer import load_gazetteer

OWN_KINDS = ("country", "city", "organization", "person")
WIDE_KINDS = ("place", "given", "family")

_KIND_OF = {
    "country": "country",
    "capital": "city",
    "city": "city",
    "organization": "organization",
    "person": "person",
}


@cache
def own_names() -> Mapping[str, list[str]]:
    """The gazetteer's names and their variants, as written, by kind of OWN_KINDS."""
    names: dict[str, list[str]] = {kind: [] for kind in OWN_KINDS}
    for entry in load_gazetteer().entries:
        if entry.kind in _KIND_OF:
            names[_KIND_OF[entry.kind]] += [entry.name, *entry.variants]
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
