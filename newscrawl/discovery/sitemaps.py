"""Sitemaps, Google-News sitemaps, sitemap indexes and plain lists of URLs → candidates.

Elements are told by their local name: outlets write any prefix, a wrong namespace, or none. The tree is never
built: each entry is read and dropped, so 50 MB of sitemap cost little more than 50 MB. `expand` gives the
addresses of sitemaps that an outlet keeps one a day.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from lxml import etree

from newscrawl.discovery.children import in_order
from newscrawl.discovery.dates import DateReader
from newscrawl.discovery.links import clean_title, is_absolute, language_tag, tidy_url
from newscrawl.discovery.listing import Candidate, ChildSitemap, Listing, Place
from newscrawl.discovery.xml_repair import Root, mend


def read_sitemap(content: bytes, root: Root, place: Place) -> Listing:
    """Read the pages of a sitemap or the children of an index. `content` is UTF-8.

    `lastmod` becomes `modified_at`: it says when the page changed, not when the article appeared.
    `news:publication_date` becomes `published_at`. A day without a time is that day's midnight in
    the outlet's zone. Broken XML is read as far as possible, and said.
    """
    xml, faults = mend(content, root)
    dates = DateReader(place.zone, place.now)
    newest = _Newest(place.limits.max_candidates)
    children: list[ChildSitemap] = []
    entries = unlinked = 0
    for entry in _entries(xml, faults):
        entries += 1
        fields = _fields(entry)
        urls = [url for url in (tidy_url(loc, place.url) for loc in _locs(entry)) if url]
        unlinked += not urls
        versions = _versions(entry, place.url, urls)
        for url in (*urls, *(url for url in versions if url not in urls)):
            if _local_name(str(entry.tag)) != "sitemap":
                newest.add(_candidate(url, fields, place.url, dates, versions.get(url, "")))
                continue
            children.append(ChildSitemap(url, dates.read(fields.get("lastmod"))))
            if len(children) > 2 * place.limits.max_candidates:
                children = in_order(children, since=None, zone=place.zone)[: place.limits.max_candidates]
    if len(children) > place.limits.max_candidates:
        children = in_order(children, since=None, zone=place.zone)[: place.limits.max_candidates]
    listing = Listing("sitemap", newest.kept(), children)
    if children or root.name == "sitemapindex":
        listing.kind = "sitemap-index"
    elif any(candidate.source == "news-sitemap" for candidate in listing.candidates):
        listing.kind = "news-sitemap"
    listing.problems += _problems(place, faults, entries, unlinked, newest.dropped) + dates.problems(
        place.url
    )
    return listing


def read_text_sitemap(content: bytes, place: Place) -> Listing | None:
    """Read a sitemap that is one URL a line; None when the text is not one. `content` is UTF-8."""
    lines = [line.strip() for line in content.decode("utf-8", "replace").splitlines()]
    lines = [line for line in lines if line]
    links = [line for line in lines if is_absolute(line) and " " not in line]
    # One URL on top of prose is a document that begins with a link, not a list.
    if not links or lines[0] != links[0] or len(links) * 2 < len(lines):
        return None
    newest = _Newest(place.limits.max_candidates)
    unlinked = len(lines) - len(links)
    for link in links:
        url = tidy_url(link)
        if url is None:
            unlinked += 1
        else:
            newest.add(Candidate(url, "sitemap", place.url))
    problems = _problems(place, [], len(lines), unlinked, newest.dropped)
    return Listing("text-sitemap", newest.kept(), problems=problems)


def _entries(xml: bytes, faults: list[str]) -> Iterator[etree._Element]:
    """Yield each `url` and `sitemap` element once it is complete; what is wrong goes to `faults`."""
    parser = etree.iterparse(
        io.BytesIO(xml), events=("end",), tag=("{*}url", "{*}sitemap"), encoding="utf-8", recover=True,
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    try:
        for _, element in parser:
            yield element
            _forget(element)
    except etree.LxmlError as error:
        # Raised at the end for what could not be recovered from; the entries before it were yielded.
        faults.append(str(error))
        return
    if len(parser.error_log):
        faults.append(parser.error_log[0].message)


def _forget(element: etree._Element) -> None:
    """Free a finished entry and all that stands before it."""
    element.clear(keep_tail=False)
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _locs(entry: etree._Element) -> list[str]:
    """Return the addresses of an entry: one by the protocol, several from sites that gather their pages."""
    return [_text(child) for child in entry if _local_name(str(child.tag)) == "loc"]


def _versions(entry: etree._Element, base: str, urls: list[str]) -> dict[str, str]:
    """The languages of an entry's pages, where its Arabic version is at another address than the entry's own.

    Each version should have an entry of its own; many sites have one for all (`xhtml:link` with `hreflang`).
    """
    stated: dict[str, str] = {}
    for child in entry:
        tag = language_tag(child.get("hreflang"))
        url = tidy_url(child.get("href") or "", base) if tag else None
        if url:
            stated.setdefault(url, tag)
    arabic = [url for url, tag in stated.items() if tag.partition("-")[0].lower() == "ar"]
    if not arabic or any(url in arabic for url in urls):
        return {}
    return {arabic[0]: "ar"} | {url: stated[url] for url in urls if url in stated}


def _fields(entry: etree._Element) -> dict[str, str]:
    """Return `lastmod` and the `news` element's fields, by local name; the first of each counts."""
    fields: dict[str, str] = {}
    for child in entry:
        name = _local_name(str(child.tag))
        if name == "news":
            fields["news"] = ""
            for part in child.iterdescendants("*"):
                fields.setdefault("news:" + _local_name(str(part.tag)), _text(part))
        elif name == "lastmod":
            fields.setdefault(name, _text(child))
    return fields


@lru_cache(maxsize=256)  # the same dozen tags, some 500,000 times
def _local_name(tag: str) -> str:
    return tag.rpartition("}")[2].rpartition(":")[2].lower()


def _text(element: etree._Element) -> str:
    return "".join(str(piece) for piece in element.itertext()) if len(element) else element.text or ""


def _candidate(
    url: str, fields: dict[str, str], found_in: str, dates: DateReader, language: str
) -> Candidate:
    return Candidate(
        url=url,
        source="news-sitemap" if "news" in fields else "sitemap",
        found_in=found_in,
        title=clean_title(fields.get("news:title", "")),
        published_at=dates.read(fields.get("news:publication_date")),
        modified_at=dates.read(fields.get("lastmod")),
        language=language_tag(fields.get("news:language")) or language,
    )


_UNDATED = datetime.min.replace(tzinfo=UTC)


class _Newest:
    """The newest candidates of a listing, in the listing's order, in bounded memory.

    Not simply the first: many sitemaps begin with the outlet's oldest article.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._found: list[tuple[int, Candidate]] = []
        self._count = 0

    def add(self, candidate: Candidate) -> None:
        self._found.append((self._count, candidate))
        self._count += 1
        if len(self._found) >= max(2 * self._limit, 1000):
            self._prune()

    def _prune(self) -> None:
        self._found.sort(
            key=lambda pair: pair[1].published_at or pair[1].modified_at or _UNDATED, reverse=True
        )
        del self._found[self._limit :]

    def kept(self) -> list[Candidate]:
        if len(self._found) > self._limit:
            self._prune()
        return [candidate for _, candidate in sorted(self._found, key=lambda pair: pair[0])]

    @property
    def dropped(self) -> int:
        return max(0, self._count - self._limit)


def _problems(place: Place, faults: list[str], entries: int, unlinked: int, dropped: int) -> list[str]:
    problems = []
    if faults:
        problems.append(
            f"{place.url}: the sitemap is not well-formed XML ({'; '.join(faults)[:200]}); read as far as "
            f"possible, {entries} entries. Check that none is missing, and tell the outlet."
        )
    if unlinked:
        problems.append(
            f"{place.url}: {unlinked} of {entries} entries have no usable web address and are left out. "
            "Look at their <loc>."
        )
    if dropped:
        problems.append(
            f"{place.url}: {dropped:,} links more than the limit of {place.limits.max_candidates:,}; "
            "the oldest are left out."
        )
    if not entries:
        problems.append(
            f"{place.url}: a sitemap without entries. Open it in a browser; if it stays empty, remove it "
            "from the outlet's file."
        )
    return problems


_PLACEHOLDER = re.compile(r"\{(yyyy-mm-dd|yyyy|mm|m|dd|d)\}")


def is_template(url: str) -> bool:
    """Tell whether a sitemap's address holds a day's placeholders.

    >>> is_template("https://news.example/Sitemap/{yyyy}/{m}/{d}"), is_template("https://news.example/s.xml")
    (True, False)
    """
    return bool(_PLACEHOLDER.search(url))


def expand(
    template: str,
    *,
    zone: ZoneInfo,
    now: datetime,
    since: datetime | None = None,
    until: datetime | None = None,
) -> list[str]:
    """Return the addresses for each day from `since` to `until`, both included, newest first.

    Days are the outlet's: the same moment is another day in Muscat than in Rabat. Without a range:
    today and yesterday. With `since` alone, up to today; with `until` alone, its day and the day
    before. Placeholders: {yyyy} {mm} {m} {dd} {d} {yyyy-mm-dd}. An address without any is returned
    as it is; one with a month but no day appears once a month. No day lies after today.

    Raises:
        ValueError: a time without an offset.

    >>> from datetime import UTC
    >>> late = datetime(2026, 3, 1, 22, tzinfo=UTC)
    >>> expand("https://n.example/{yyyy}/{m}/{d}", zone=ZoneInfo("Asia/Dubai"), now=late)
    ['https://n.example/2026/3/2', 'https://n.example/2026/3/1']
    """
    for moment in (now, since, until):
        if moment is not None and moment.tzinfo is None:
            raise ValueError(f"{moment.isoformat()} has no offset; give one, so that its day is certain")
    today = now.astimezone(zone).date()
    last = min(until.astimezone(zone).date(), today) if until else today
    first = since.astimezone(zone).date() if since else last - timedelta(days=1)
    if not is_template(template):
        return [template]
    return list(dict.fromkeys(_fill(template, day) for day in _days_back(last, first)))


def _days_back(last: date, first: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield last - timedelta(days=number)


def _fill(template: str, day: date) -> str:
    values = {
        "yyyy-mm-dd": day.isoformat(),
        "yyyy": f"{day:%Y}",
        "mm": f"{day:%m}",
        "m": str(day.month),
        "dd": f"{day:%d}",
        "d": str(day.day),
    }
    return _PLACEHOLDER.sub(lambda match: values[match[1]], template)
