"""Pages with hand-made gold, and how far an extractor's reading of them is from it.

`python -m tests.extraction.golden` prints the measures and the worst pages; `--raise` lifts the floors in
`floors.toml` to what is measured, and lowers none.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import fmean
from typing import Any
from urllib.parse import urlsplit

from newscrawl.article import Article, Rejected
from newscrawl.extraction import extract
from newscrawl.outlets import Outlet, OutletIndex, load_outlets

OWN = Path(__file__).parent / "pages"
SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "pages"
FLOORS = Path(__file__).with_name("floors.toml")
FETCHED_AT = datetime(2026, 11, 24, tzinfo=UTC)
TRAPS = frozenset(
    """
    advertisement-line agency-after-dash aggregator-glued-lines amp-page app-prompt arabic-indic-digits
    articles-related articles-similar audio-player author-bio author-hidden author-with-place authors-joined
    body-in-table body-of-br bullet-list canonical-with-tracking canonical-wrong caption-figcaption
    caption-glued caption-numbered caption-plain-div charset-header-lies charset-iso-8859-6
    charset-meta-lies charset-meta-malformed charset-utf-16 charset-windows-1256 comment-rules comments
    copyright-line correction-note crawl-day-widget day-in-utc decomposed-hamza direction-marks
    duplicated-content embedded-post follow-us font-size-controls harakat heading-differs
    headings-as-paragraphs hijri-and-gregorian infinite-scroll keyword-line lead-outside-container line-up
    links-in-paragraphs long-comments long-feature may-interest modified-before-published months-levant
    months-maghreb most-read news-related newsletter-box opinion-disclaimer paragraph-like-a-prompt
    persian-letters photo-credit-not-agency poem-or-quote poll-box press-review prose-in-date-meta
    question-and-answer read-more read-time related-card-in-body related-heading-list
    related-inline-paragraph related-other-wording related-plain-text relative-time-only
    second-article-after-heading second-article-after-read-also second-article-br-soup
    second-article-same-people share-prompt short-news sidebar-time site-name-in-title source-line
    split-body sub-headings-kept table-of-contents text-about-furniture text-in-statement-only timeline
    topics-related verse-signs visible-date-only visible-time-is-update watch-also word-paste
    """.split()
)
"""What is known to mislead extractors of Arabic news pages; each page's gold names the ones it holds."""

SHORT = 3
"""A must-not text of fewer words ("إعلان") leaks only as a line of its own: in a sentence it is a word."""

_UNSEEN = re.compile(
    "[\u0610-\u061a\u064b-\u0652\u0656-\u065f\u0670\u06d6-\u06ed\u0640\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u061c]"
)
_WORD = re.compile(
    "[\u0621-\u063f\u0641-\u064a\u0653-\u0655\u066e\u066f\u0671-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06ff\u0750-\u077f]+"
)
_LAYOUT = re.compile(r"[\s*#|>_-]+")


@dataclass(frozen=True)
class Gold:
    """A page, and what a person says is on it."""

    folder: Path
    values: dict[str, Any]

    @property
    def name(self) -> str:
        """The page's file name without its ending."""
        return str(self.values["file"]).removesuffix(".html")

    @property
    def content(self) -> bytes:
        """The page's bytes."""
        return (self.folder / f"{self.name}.html").read_bytes()

    @property
    def is_article(self) -> bool:
        """Whether the page is an article, rather than one that must be turned away."""
        return "body" in self.values

    def accepts(self, key: str, found: Any) -> bool:
        """Whether a value is the gold's, or one that it accepts as well; compared in normal form."""
        given = self.values.get(key)
        wanted = [given if given is not None else "", *self.values.get(f"{key}_accept", [])]
        return any(_comparable(found) == _comparable(value) for value in wanted)


@dataclass(frozen=True)
class Reading:
    """What an extractor made of a page. Without a text it rejected the page."""

    title: str = ""
    text: str = ""
    published: datetime | str | None = None
    """A string is a day: 2026-11-24."""
    article: Article | None = None
    rejected: Rejected | None = None


@dataclass
class Score:
    """One page's marks: each between 0 and 1, by measure; a measure that the gold is silent on is absent."""

    name: str
    marks: dict[str, float] = field(default_factory=dict)
    leaked: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    """Fields that are wrong, as "key: found, not wanted"."""

    @property
    def worth(self) -> float:
        """For the order of the worst pages: what is wrong with the text weighs most."""
        fields = [mark for key, mark in self.marks.items() if key not in ("f1", "clean")]
        text = self.marks.get("f1", 1.0) + self.marks.get("clean", 1.0)
        return text + (fmean(fields) if fields else 1.0)


def normal(text: str | None) -> str:
    """Composed, without harakat, tatweel and invisible marks, white space in one form; letters unfolded."""
    return " ".join(_UNSEEN.sub("", unicodedata.normalize("NFC", text or "")).split())


def words(text: str) -> list[str]:
    """The Arabic-script words of a text."""
    return _WORD.findall(normal(text))


def body_f1(found: str, wanted: Sequence[str], optional: Sequence[str] = ()) -> float:
    """F1 over bags of Arabic words; words of optional lines neither help nor hurt."""
    have, want = Counter(words(found)), Counter(words("\n".join(wanted)))
    hits = (have & want).total()
    extra = (have - want - Counter(words("\n".join(optional)))).total()
    if not hits:
        return 0.0
    precision, recall = hits / (hits + extra), hits / want.total()
    return 2 * precision * recall / (precision + recall)


def leaks(found: str, must_not: Iterable[str]) -> list[str]:
    """Those of the texts that must not be there that are."""
    whole, lines = normal(found), {normal(line) for line in found.split("\n")}
    return [
        text
        for text in must_not
        if (normal(text) in whole if len(text.split()) >= SHORT else normal(text) in lines)
    ]


def lost_paragraphs(found: str, wanted: Iterable[str]) -> list[str]:
    """The gold paragraphs that are not whole in the text; list bullets and the like do not count."""
    flat = _LAYOUT.sub("", normal(found))
    return [paragraph for paragraph in wanted if _LAYOUT.sub("", normal(paragraph)) not in flat]


def load(folder: Path) -> list[Gold]:
    """The golds of a folder in order of name; empty where there is no such folder."""
    golds = (
        Gold(folder, json.loads(path.read_text(encoding="utf-8"))) for path in sorted(folder.glob("*.json"))
    )
    return [gold for gold in golds if "file" in gold.values]


def outlet_of(gold: Gold, index: OutletIndex | None = None) -> Outlet | None:
    """The outlet that a page is read as: the one its gold describes, or the registered one of its address."""
    stated = gold.values.get("outlet")
    if isinstance(stated, dict):
        host = (urlsplit(gold.values["url"]).hostname or "").removeprefix("www.").removeprefix("m.")
        return Outlet(
            id="golden", name="صحيفة", name_en="Golden", domain=host, homepage=f"https://{host}/",
            sections=(f"https://{host}/",), kind="newspaper", **stated,
        )  # fmt: skip
    return index.outlet_for_url(gold.values["url"]) if index else None


def read(gold: Gold, index: OutletIndex | None = None) -> Reading:
    """Our own extraction's reading of a page."""
    result = extract(
        gold.content,
        gold.values["url"],
        outlet=outlet_of(gold, index),
        fetched_at=FETCHED_AT,
        encoding=gold.values.get("header"),
    )
    if isinstance(result, Rejected):
        return Reading(rejected=result)
    return Reading(result.title, result.body, result.published_at, article=result)


def score(gold: Gold, reading: Reading) -> Score:
    """The marks of one reading."""
    marked = Score(gold.name)
    if not gold.is_article:
        outcome = reading.rejected.outcome.value if reading.rejected else "stored"
        _mark(marked, gold, "outcome", outcome)
        return marked
    values = gold.values
    marked.marks["f1"] = body_f1(reading.text, values["body"], values.get("optional", []))
    marked.leaked = leaks(reading.text, values["must_not"])
    marked.marks["clean"] = 1 - len(marked.leaked) / max(1, len(values["must_not"]))
    marked.lost = lost_paragraphs(reading.text, values["body"])
    marked.marks["paragraphs"] = 1 - len(marked.lost) / len(values["body"])
    titles = {normal(title) for title in (values["title"], *values.get("title_alt", []))}
    _put(marked, "title", normal(reading.title) in titles, reading.title, values["title"])
    _put(marked, "day", _same_day(gold, reading.published), reading.published, values["published"])
    if len(values["published"]) > len("2026-11-24"):
        same = reading.published == datetime.fromisoformat(values["published"])
        _put(marked, "instant", same, reading.published, values["published"])
    if reading.rejected:
        marked.faults.append(f"rejected: {reading.rejected.outcome} ({reading.rejected.reason})")
    if reading.article or reading.rejected:
        _score_fields(marked, gold, reading.article)
    return marked


def _score_fields(marked: Score, gold: Gold, article: Article | None) -> None:
    fields = (
        ("section", "section"),
        ("agency", "agency"),
        ("dateline_place", "dateline"),
        ("authors", "authors"),
    )
    for key, attribute in fields:
        _mark(marked, gold, key, getattr(article, attribute, None))
    _mark(marked, gold, "tags", getattr(article, "tags", None))
    for key, attribute in (("image", "image"), ("canonical", "canonical_url")):
        if gold.values.get(key):
            _mark(marked, gold, key, getattr(article, attribute, None))
    modified = gold.values.get("modified")
    published = gold.values["published"]
    if modified and len(published) > len("2026-11-24"):
        stated, day = datetime.fromisoformat(modified), datetime.fromisoformat(published)
        earlier = stated.astimezone(day.tzinfo).date() < day.date()
        wanted = None if earlier else stated  # an update of the day before the news is no update
        found = article.modified_at if article else None
        _put(marked, "modified", found == wanted and article is not None, found, wanted)


def _mark(marked: Score, gold: Gold, key: str, found: Any) -> None:
    """Mark a field; None is what a rejected page has, and always wrong."""
    right = found is not None and gold.accepts(key, found)
    _put(marked, key, right, found, gold.values.get(key))


def _put(marked: Score, key: str, right: bool, found: Any, wanted: Any) -> None:
    marked.marks[key] = float(right)
    if not right:
        marked.faults.append(f"{key}: {found!s}, not {wanted!s}")


def _comparable(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return frozenset(normal(item) for item in value) or ""
    return normal(str(value))


def _same_day(gold: Gold, found: datetime | str | None) -> bool:
    """Whether a time falls on the gold's day, as its own clock has it; "" accepts no time at all."""
    accepted = [gold.values["published"], *gold.values.get("published_accept", [])]
    if found is None:
        return "" in accepted
    if isinstance(found, str):
        return any(found[:10] == day[:10] for day in accepted)
    zone = datetime.fromisoformat(accepted[0]).tzinfo if len(accepted[0]) > len("2026-11-24") else None
    day = (found.astimezone(zone) if zone else found).date().isoformat()
    return any(day == accept[:10] for accept in accepted)


def score_all(golds: Iterable[Gold], reader: Callable[[Gold], Reading] | None = None) -> list[Score]:
    """The scores of all pages, read by our own extraction or by another reader."""
    index = OutletIndex(load_outlets().values())
    return [score(gold, reader(gold) if reader else read(gold, index)) for gold in golds]


def measures(scores: Iterable[Score]) -> dict[str, float]:
    """The mean mark by measure, over the pages that have it."""
    by_measure: dict[str, list[float]] = {}
    for one in scores:
        for key, mark in one.marks.items():
            by_measure.setdefault(key, []).append(mark)
    return {key: fmean(marks) for key, marks in by_measure.items()}


def worst(scores: Iterable[Score], count: int = 15) -> str:
    """The pages with the most wrong, with the lines that leaked and the paragraphs that were lost."""
    lines = []
    for one in sorted(scores, key=lambda one: one.worth)[:count]:
        if not (one.leaked or one.lost or one.faults):
            break
        text = f"F1 {one.marks['f1']:.3f}" if "f1" in one.marks else "not an article"
        lines.append(f"{one.name}: {text}")
        lines += [f"    leaked    {_cut(line)}" for line in one.leaked]
        lines += [f"    lost      {_cut(line)}" for line in one.lost]
        lines += [f"    wrong     {fault}" for fault in one.faults]
    return "\n".join(lines)


def _cut(line: str) -> str:
    return line if len(line) <= 100 else line[:99] + "…"


def floors() -> dict[str, dict[str, float]]:
    """The floors by set of pages (own, shared) and measure."""
    return tomllib.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}


def floored(value: float) -> float:
    """A measure as a floor is written: cut, not rounded, to thousandths."""
    return int(value * 1000 + 1e-6) / 1000


def raised(measured: dict[str, dict[str, float]]) -> str:
    """The text of `floors.toml` with every floor at the greater of itself and what is measured."""
    lines = [
        "# Means over the golden pages (own) and the real ones beside the checkout (shared).",
        "# Written by `python -m tests.extraction.golden --raise`; what each measure is, golden.py says.",
    ]
    old = floors()
    for name in ("own", "shared"):
        values = {key: floored(mark) for key, mark in measured.get(name, {}).items()}
        for key, floor in old.get(name, {}).items():
            values[key] = max(floor, values.get(key, 0.0))
        lines += ["", f"[{name}]", *(f"{key} = {value:.3f}" for key, value in values.items())]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Print measures and worst pages; with --raise lift the floors."""
    measured = {}
    for name, folder in (("own", OWN), ("shared", SHARED)):
        scores = score_all(load(folder))
        measured[name] = measures(scores)
        print(f"## {name}: {len(scores)} pages")
        print("  ".join(f"{key} {mark:.3f}" for key, mark in measured[name].items()))
        print(worst(scores))
    if "--raise" in sys.argv[1:]:
        FLOORS.write_text(raised(measured), encoding="utf-8")


if __name__ == "__main__":
    main()
