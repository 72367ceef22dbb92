"""`newscrawl search "استعلام"`: search the archive."""

from __future__ import annotations

import sys
from typing import Any

import click

from newscrawl.cli.common import filter_options, open_archive, pass_config, print_json
from newscrawl.config import Config
from newscrawl.filters import Filters
from newscrawl.search import (
    Hit,
    Match,
    QueryError,
    RelatedWordsError,
    Results,
    SearchIndex,
    elastic_index,
    open_index,
)
from newscrawl.search.rewording import ENOUGH
from newscrawl.search.snippets import Snippet
from newscrawl.terminal import Piece, amount, isolated, say, styled

_EMPTY = "the archive is empty; fill it with `newscrawl crawl OUTLET` or `newscrawl ingest FILE`"
_EMPTY_ELASTIC = (
    "Elasticsearch shows no article yet; `newscrawl index` sends what waits, to be found half a minute later"
)


@click.command(context_settings={"ignore_unknown_options": True})  # -كلمة is a word to leave out
@click.argument("query", nargs=-1, required=True)
@filter_options("outlet", "country", "section", "person", "org", "place", "since", "until")
@filter_options("story_id", "originals", "collapse")
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 1000))
@click.option("--sort", type=click.Choice(["relevance", "date"]), default="relevance", show_default=True)
@click.option("--all", "match", flag_value=Match.ALL, help="Only articles with all words.")
@click.option("--any", "match", flag_value=Match.ANY, help="Articles with any of the words, as with OR.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
@pass_config
def command(
    config: Config,
    /,
    query: tuple[str, ...],
    limit: int,
    sort: str,
    match: Match | None,
    as_json: bool,
    **chosen: object,
) -> None:
    """Search the archive in Arabic.

    Words are found with or without the article and proclitics (وزير finds الوزير and للوزير), in any spelling
    of hamza, ة and ى. Articles with all words come first, then those with at least half of them, each with
    the words that it lacks; with --sort date or --all, all words must occur. Where few articles have all
    words, synonyms, dialect words and other numbers of a noun stand for them, too. "Quoted phrases" are
    exact; OR or أو joins alternatives; -word or NOT word leaves out; title:word looks in titles; word*
    takes any ending. Times are in this machine's zone. Exits with 1 when nothing is found.

    With --collapse, an article and its copies are one hit and count once: the one that ranks first, or the
    newest, of those that are found. Below it stands how many copies of the text the archive has besides.

    Where $elasticsearch_url is set, Elasticsearch is searched, else the archive's own index.
    """
    for word in query:
        if word.startswith("--"):
            raise click.NoSuchOption(word, ctx=click.get_current_context())
    filters = Filters.from_options(**chosen)
    text = " ".join(query)
    options = {"limit": limit, "newest_first": sort == "date", "match": match or Match.MOST}
    results, size, suggestions = _ask(config, text, filters, options)
    if as_json:
        print_json(_as_json(results, suggestions))
    elif results.hits:
        _show(results, collapsed=filters.collapse)
    else:
        say(f"Nothing found among {size:,} articles. Try fewer words, or word* for other endings.")
    if not as_json:
        _show_help(results, suggestions)
    sys.exit(0 if results.hits else 1)


def _ask(
    config: Config, text: str, filters: Filters, options: dict[str, Any]
) -> tuple[Results, int, dict[str, str]]:
    """Results, how many articles there are, and where few have all words, words to try."""
    from newscrawl.search import IndexUnavailableError

    try:
        elastic = elastic_index(config)
        index: SearchIndex = elastic or open_index(open_archive(config).engine, config)
        size = index.count()
        if not size:
            raise click.UsageError(_EMPTY_ELASTIC if elastic else _EMPTY)
        results = index.search(text, filters, **options)
        return results, size, index.suggest(text) if results.total < ENOUGH else {}
    except (QueryError, RelatedWordsError, IndexUnavailableError) as error:
        raise click.UsageError(str(error)) from error


def _as_json(results: Results, suggestions: dict[str, str]) -> dict[str, object]:
    return {
        "total": results.total,
        "total_most": results.total_most,
        "without": results.without,
        "spellings": results.spellings,
        "other_words": results.other_words,
        "suggestions": suggestions,
        "took_ms": round(results.took_ms, 1),
        "hits": [
            {
                "id": hit.id,
                "title": hit.title.text,
                "title_highlights": hit.title.highlights,
                "url": hit.url,
                "outlet": hit.outlet,
                "outlet_name": hit.outlet_name,
                "published_at": hit.published_at.isoformat() if hit.published_at else None,
                "event_time": hit.event_time.isoformat(),
                "score": round(hit.score, 4),
                "missing": hit.missing,
                "copies": hit.copies,
                "snippet": {"text": hit.snippet.text, "highlights": hit.snippet.highlights},
            }
            for hit in results.hits
        ],
    }


def _show_help(results: Results, suggestions: dict[str, str]) -> None:
    """Words that may be mistyped, and what leaving a word out would find."""
    for word, other in suggestions.items():
        say(isolated(word), " is in few articles or none; ", isolated(other), " is in many more.")
    for word, number in results.without.items():
        say("Without ", isolated(word), f": {amount(number, 'article')} with all other words.")


def _show(results: Results, *, collapsed: bool) -> None:
    shown = f"found in {results.took_ms:.0f} ms, {len(results.hits)} shown."
    if collapsed:
        shown = f"{shown[:-1]}; copies of one text count once."
    if results.total_most > results.total:
        say(f"{results.total:,} with all words, {results.total_most:,} with most of them, {shown}")
    else:
        say(f"{amount(results.total, 'article')} {shown}")
    for word, others in results.spellings.items():
        say(isolated(word), " also as ", isolated("، ".join(others)))
    for word, others in results.other_words.items():
        say("For ", isolated(word), " also ", isolated("، ".join(others)))
    say()
    for hit in results.hits:
        _show_hit(hit, collapsed=collapsed)


def _show_hit(hit: Hit, *, collapsed: bool = False) -> None:
    # The reader's own clock; where an article states no time, the day it was fetched.
    local = (hit.published_at or hit.event_time).astimezone()
    when = f"{local:%Y-%m-%d %H:%M}" if hit.published_at else f"{local:%Y-%m-%d}"
    say(isolated(*_marked(hit.title, bold=True)))
    say("  ", isolated(hit.outlet_name), f" · {when} · ", hit.url)
    say("  ", isolated(*_marked(hit.snippet)))
    if hit.missing:
        say("  without ", isolated(" · ".join(hit.missing)))
    if collapsed and hit.copies:
        more = "1 more copy" if hit.copies == 1 else f"{hit.copies:,} more copies"
        say(f"  {more}: newscrawl cluster {hit.id}")
    say()


def _marked(piece: Snippet, *, bold: bool = False) -> list[Piece]:
    """The text, hits in colour."""
    out: list[Piece] = []
    last = 0
    for start, end in piece.highlights:
        hit = styled(piece.text[start:end], bold=True, colour="yellow")
        out += [styled(piece.text[last:start], bold=bold), hit]
        last = end
    return [*out, styled(piece.text[last:], bold=bold)]
