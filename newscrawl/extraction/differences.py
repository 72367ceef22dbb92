"""What two readings of one page differ in, by kind: how a change of the rules is reviewed and carried out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

from newscrawl.article import Article, Rejected

KINDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "headline": ("title",),
        "body": ("body",),
        "summary": ("summary",),
        "publication": ("published_at", "published_source"),
        "update": ("modified_at",),
        "authors": ("authors",),
        "agency": ("agency",),
        "dateline": ("dateline",),
        "section": ("section",),
        "tags": ("tags",),
        "image": ("image",),
        "outlet": ("outlet_name", "country", "domain"),
    }
)
"""The fields that reading a page decides, but for its address and what follows from the others."""
FOLLOWING = ("language", "word_count", "content_hash", "rules")
"""Fields that follow from those, or say how it was read."""
READ = tuple(name for names in KINDS.values() for name in names)


@dataclass(frozen=True, slots=True)
class Difference:
    """One way in which a page is read otherwise than before."""

    kind: str
    """One of KINDS; of a body "body shorter", "body longer" or "body otherwise"; "refused", "article"."""
    before: str
    """In words."""
    now: str


def reread(before: Article, now: Article) -> Article:
    """An article of the archive as its page is read now: under its address, with the names it has.

    Everything that reading does not decide stays: identity, revision, clusters, when it was fetched.
    """
    return replace(before, **{name: getattr(now, name) for name in (*READ, *FOLLOWING)})


def differences(before: Article | None, now: Article | Rejected) -> list[Difference]:
    """What differs, in the order of KINDS; empty where nothing does.

    Args:
        before: the archive's article; None where the page was refused.
        now: what the page is read as today.
    """
    if isinstance(now, Rejected):
        refused = Difference("refused", before.title if before else "", f"{now.outcome}: {now.reason}")
        return [refused] if before else []
    if before is None:
        return [Difference("article", "", now.title)]
    found = [kind for kind, names in KINDS.items() if _values(before, names) != _values(now, names)]
    return [_difference(kind, before, now) for kind in found]


def _values(article: Article, names: tuple[str, ...]) -> list[str]:
    # As texts: two times of one instant with other offsets are two statements.
    return [_shown(getattr(article, name)) for name in names]


def _difference(kind: str, before: Article, now: Article) -> Difference:
    if kind == "body":
        return _of_bodies(before.body, now.body)
    names = KINDS[kind]
    return Difference(kind, *(" · ".join(filter(None, _values(one, names))) for one in (before, now)))


def _of_bodies(before: str, now: str) -> Difference:
    """Of two bodies: the words, and where the first difference stands."""
    was, becomes = before.split(), now.split()
    how = "otherwise"
    if len(was) != len(becomes):
        how = "shorter" if len(becomes) < len(was) else "longer"
    return Difference(f"body {how}", _around(was, becomes), _around(becomes, was))


_AROUND = 8
"""Words that are shown from the first difference on."""


def _around(words: list[str], others: list[str]) -> str:
    """The number of words, and those at the first difference."""
    pairs = zip(words, others, strict=False)
    same = next((at for at, (one, other) in enumerate(pairs) if one != other), min(len(words), len(others)))
    shown = words[same : same + _AROUND]
    return " ".join([f"{len(words)}:", "…" if same else "", *shown]).replace("  ", " ").strip()


def _shown(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)
