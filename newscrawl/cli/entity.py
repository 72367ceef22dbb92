"""`newscrawl entity NAME`: everything around one name."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import click

from newscrawl.cli.common import open_archive, pass_config, print_json, since_option
from newscrawl.cli.entities import KINDS
from newscrawl.config import Config
from newscrawl.filters import Filters
from newscrawl.store.names import Counted, Headline, Named
from newscrawl.terminal import amount, isolated, printable, say, styled

DAYS = 14
"""The newest days with the name that are shown."""
TOGETHER = 8
"""Names of a kind that are shown with it."""
HEADLINES = 5
NEAR = 5
BAR = 30
"""Characters of the longest bar."""


@dataclass(frozen=True, slots=True)
class About:
    """What the archive knows of a name."""

    kinds: list[Counted]
    days: dict[date, int]
    """By this machine's clock, the newest first."""
    outlets: dict[str, int]
    together: dict[str, list[Counted]]
    headlines: list[Headline]

    @property
    def articles(self) -> int:
        """How many articles mention it, under whatever kind."""
        return sum(self.days.values())


@click.command()
@click.argument("name", nargs=-1, required=True)
@since_option("Only articles not older than: 2026-11-01, 2d, 12h.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs; with all days.")
@pass_config
def command(config: Config, *, name: tuple[str, ...], since: datetime | None, as_json: bool) -> None:
    """Show when and where a name is mentioned, and which others with it.

    NAME is a canonical name, as `newscrawl entities` lists it, in any spelling of hamza, ة and ى. Where no
    article mentions it, names that are like it are shown, and the exit code is 1.
    """
    wanted = " ".join(name)
    archive = open_archive(config)
    with archive.named() as named:
        about = _read(named, wanted, Filters(since=since))
        near = [] if about.kinds else named.near(wanted, NEAR)
    archive.close()
    if as_json:
        print_json(_as_json(wanted, about, near))
    elif about.kinds:
        _show(about)
    else:
        _show_nothing(wanted, since, near)
    sys.exit(0 if about.kinds else 1)


def _read(named: Named, name: str, filters: Filters) -> About:
    kinds = named.look_up(name, filters)
    if not kinds:
        return About([], {}, {}, {}, [])
    naming = named.articles(name, filters)
    others = named.together(name, filters)
    return About(
        kinds,
        dict(Counter(one.event_time.astimezone().date() for one in naming)),
        dict(Counter(one.outlet for one in naming).most_common()),
        {kind: [one for one in others if one.kind == kind][:TOGETHER] for kind in KINDS},
        named.headlines([one.number for one in naming[:HEADLINES]]),
    )


def _as_json(wanted: str, about: About, near: list[Counted]) -> dict[str, Any]:
    return {
        "name": about.kinds[0].name if about.kinds else wanted,
        "types": {one.kind: {"articles": one.articles, "mentions": one.mentions} for one in about.kinds},
        "articles": about.articles,
        "days": {day.isoformat(): count for day, count in about.days.items()},
        "outlets": about.outlets,
        "together": {
            kind: [{"name": one.name, "articles": one.articles} for one in names]
            for kind, names in about.together.items()
        },
        "newest": [
            {
                "title": one.title,
                "url": one.url,
                "outlet": one.outlet,
                "event_time": one.event_time.isoformat(),
            }
            for one in about.headlines
        ],
        "near": [{"name": one.name, "type": one.kind, "articles": one.articles} for one in near],
    }


def _show_nothing(wanted: str, since: datetime | None, near: list[Counted]) -> None:
    span = f" since {since.astimezone():%Y-%m-%d %H:%M}" if since else ""
    say(f"No article{span} mentions ", isolated(wanted), ".")
    if near:
        say("Did you mean (in the whole archive):" if since else "Did you mean:")
    for one in near:
        say("  ", isolated(one.name), f" · {one.kind} · {amount(one.articles, 'article')}")


def _show(about: About) -> None:
    for one in about.kinds:
        mentions = amount(one.mentions, "mention")
        articles = amount(one.articles, "article")
        say(styled(isolated(one.name), bold=True), f" · {one.kind} · {articles}, {mentions}")
    _show_counts("Days", {day.isoformat(): count for day, count in about.days.items()}, DAYS)
    _show_counts(
        "Outlets", {printable(name): count for name, count in about.outlets.items()}, len(about.outlets)
    )
    for kind, names in about.together.items():
        if names:
            say()
            say(f"{KINDS[kind]} in the same articles")
            for one in names:
                say(f"  {one.articles:>6,}  ", isolated(one.name))
    say()
    say("Newest")
    for line in about.headlines:
        say("  ", isolated(line.title))
        when = f"{line.event_time.astimezone():%Y-%m-%d %H:%M}"
        say(f"    {line.outlet} · {when} · {line.url}")


def _show_counts(heading: str, counts: dict[str, int], limit: int) -> None:
    """Counts with a bar each, drawn to the longest of them."""
    shown = dict(list(counts.items())[:limit])
    longest, width = max(shown.values()), max(map(len, shown))
    say()
    say(heading)
    for label, count in shown.items():
        bar = "█" * max(1, round(BAR * count / longest))
        say(f"  {label:<{width}}  {count:>6,}  {bar}")
    if len(counts) > limit:
        rest = sum(counts.values()) - sum(shown.values())
        say(f"  and {rest:,} more articles on {len(counts) - limit:,} earlier days")
