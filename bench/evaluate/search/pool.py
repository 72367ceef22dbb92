"""`python -m bench.evaluate.search.pool --archive FILE --server URL FOLDER`: what is to be judged.

Writes the articles that any system found for a need and nobody has judged as batch files, shuffled and
without the system's name: address aside, the title, the beginning, and the places of the query's words.
`pool.py --keep FOLDER` reads the judgements back: FOLDER/NAME.grades holds one digit for each article of
FOLDER/NAME.txt, in order; anything else in it is left out.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from elasticsearch import Elasticsearch

from bench.evaluate.search import systems
from bench.evaluate.search.needs import GRADES, Grades, Need, read_grades, read_needs
from newscrawl.search.query import parse_query
from newscrawl.search.snippets import snippet
from newscrawl.store import Archive, open_store
from newscrawl.store.schema import articles

BATCH = 60
BEGINNING = 350
"""Characters of a body shown; the places of the words come after it."""


def main() -> None:
    """Write batches, or keep their judgements."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--archive", default="", help="the store with the articles")
    parser.add_argument("--server", default="", metavar="URL", help="an Elasticsearch")
    parser.add_argument("--keep", action="store_true", help="read judgements back")
    args = parser.parse_args()
    if args.keep:
        keep(args.folder)
        return
    archive = open_store(f"sqlite:///{args.archive}")
    client = Elasticsearch(args.server, request_timeout=120)
    found = systems.embedded(archive) | systems.on_server(archive, client) | systems.only_pooled(client)
    write(args.folder, archive, pooled(read_needs(), found.values(), read_grades()))


def pooled(
    needs: Sequence[Need], answering: Iterable[systems.System], known: Grades
) -> list[tuple[Need, list[str]]]:
    """By need, the addresses found and not judged, shuffled."""
    answering = list(answering)
    pool = []
    for need in needs:
        judged = known.get(need.number, {}).keys()
        found = sorted({url for system in answering for url in system(need.query)} - judged)
        random.Random(need.number).shuffle(found)  # noqa: S311
        pool.append((need, found))
    return pool


def write(folder: Path, archive: Archive, pool: Iterable[tuple[Need, list[str]]]) -> None:
    """The batches: NAME.txt to be read, and NAME.urls that says which articles those were."""
    folder.mkdir(parents=True, exist_ok=True)
    pairs = [(need, url) for need, urls in pool for url in urls]
    for start in range(0, len(pairs), BATCH):
        batch = pairs[start : start + BATCH]
        name = f"{start // BATCH:02d}"
        texts = _texts(archive, {url for _, url in batch})
        lines, shown = [], ""
        for place, (need, url) in enumerate(batch, 1):
            if need.number != shown:
                lines.append(f"\n===== {need.number}  {need.query}\n===== wanted: {need.wanted}")
                shown = need.number
            lines.append(f"{place}. {_shown(texts[url], need.query)}")
        (folder / f"{name}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
        urls = "\n".join(f"{need.number}\t{url}" for need, url in batch)
        (folder / f"{name}.urls").write_text(urls + "\n", encoding="utf-8")


def keep(folder: Path) -> None:
    """Add the judgements of all batches that have some to the grades."""
    grades = read_grades()
    for path in sorted(folder.glob("*.grades")):
        digits = re.findall("[012]", path.read_text(encoding="utf-8"))
        lines = path.with_suffix(".urls").read_text(encoding="utf-8").splitlines()
        if len(digits) != len(lines):
            raise SystemExit(f"{path}: {len(digits)} grades for {len(lines)} articles")
        for digit, line in zip(digits, lines, strict=True):
            number, url = line.split("\t")
            grades.setdefault(number, {})[url] = int(digit)
    write_grades(grades)


def write_grades(grades: Mapping[str, Mapping[str, int]], path: Path = GRADES) -> None:
    """All judgements, by need and address."""
    lines = ["# Judged by reading: need<TAB>canonical address<TAB>2 about it, 1 in part, 0 not about it."]
    lines += [
        f"{need}\t{url}\t{grades[need][url]}" for need in sorted(grades) for url in sorted(grades[need])
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _texts(archive: Archive, urls: set[str]) -> dict[str, Any]:
    chosen = sa.select(articles.c.url, articles.c.title, articles.c.summary, articles.c.body)
    with archive.engine.connect() as connection:
        rows: list[Any] = list(connection.execute(chosen.where(articles.c.url.in_(urls))))
    return {row.url: row for row in rows}


def _shown(row: Any, query: str) -> str:
    body = " ".join(row.body.split())
    piece = snippet(row.body, parse_query(query)).text
    place = f"\n   … {piece[:170]}" if piece.strip("… ")[:60] not in body[:BEGINNING] else ""
    return f"{row.title}\n   {body[:BEGINNING]}{place}"


if __name__ == "__main__":
    main()
