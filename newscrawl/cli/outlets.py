"""`newscrawl outlets`: what this archive can read, and (`check`) how well it does."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NoReturn

import click

from newscrawl.cli.outlets_check import check

if TYPE_CHECKING:
    from newscrawl.outlets import Outlet


class _ShowUnlessNamed(click.Group):
    """A group whose command `show` needs no name: `outlets ID` is `outlets show ID`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the name in front of arguments that begin with no command's."""
        if not args or args[0] not in self.commands:
            args = ["show", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_ShowUnlessNamed)
def command() -> None:
    """Show the outlets this archive can read, or check how well one is read."""


command.add_command(check)


@command.command()
@click.argument("outlet_id", metavar="[ID]", required=False)
@click.option("--country", metavar="CODE", help="Only this country's: EG, SA, … or pan.")
@click.option("--kind", metavar="KIND", help="Only this kind: agency, broadcaster, newspaper, …")
@click.option("--json", "as_json", is_flag=True, help="Print JSON: one object with ID, a list without.")
def show(outlet_id: str | None, country: str | None, kind: str | None, *, as_json: bool) -> None:
    """Show the outlets this archive can read, or one of them (ID) in full.

    Your own outlets, one TOML file each, are read from the folder in NEWSCRAWL_OUTLETS_DIR. How well an
    outlet's pages are read is shown by `newscrawl outlets check ID`.
    """
    outlets = _load()
    if outlet_id is not None:
        _show_one(outlets, outlet_id, as_json=as_json)
        return
    chosen = _only(list(outlets.values()), "country", country)
    chosen = _only(chosen, "kind", kind)
    if as_json:
        _print_json([outlet.model_dump(mode="json") for outlet in chosen])
    else:
        _print_table(chosen)


def _load() -> dict[str, Outlet]:
    from newscrawl.outlets import OutletError, outlets_from_environment

    try:
        return outlets_from_environment()
    except OutletError as error:
        _stop(str(error))


def _stop(message: str) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(2)


def _only(outlets: list[Outlet], field: str, wanted: str | None) -> list[Outlet]:
    if wanted is None:
        return outlets
    chosen = [one for one in outlets if getattr(one, field).lower() == wanted.lower()]
    if not chosen:
        there_are = ", ".join(sorted({getattr(one, field) for one in outlets}))
        _stop(f"no outlet with {field} {wanted!r}; there are {there_are}")
    return chosen


def _show_one(outlets: dict[str, Outlet], outlet_id: str, *, as_json: bool) -> None:
    from newscrawl.outlets.registry import unknown_outlet

    outlet = outlets.get(outlet_id)
    if outlet is None:
        _stop(unknown_outlet(outlet_id, outlets))
    values = outlet.model_dump(mode="json")
    if as_json:
        _print_json(values)
        return
    width = max(map(len, values)) + 2
    for key, value in values.items():
        for number, line in enumerate(_lines(value)):
            click.echo(f"{'' if number else key:<{width}}{line}".rstrip())


def _lines(value: Any) -> Iterable[str]:
    if isinstance(value, dict):
        joint = " → " if all(isinstance(inner, str) for inner in value.values()) else ": "
        return [f"{key}{joint}{line}" for key, inner in value.items() for line in _lines(inner)] or ["-"]
    if isinstance(value, list):
        return [_line(one) for one in value] or ["-"]
    if isinstance(value, bool):
        return ["yes" if value else "no"]
    return ["-" if value is None else str(value)]


def _line(value: Any) -> str:
    """One of a list's values: a pair of a rewrite, a layout's table, or a text."""
    if isinstance(value, list):
        return " → ".join(value)
    if isinstance(value, dict):
        return "; ".join(f"{key} {', '.join(_lines(inner))}" for key, inner in value.items() if inner)
    return str(value)


def _print_json(values: Any) -> None:
    click.echo(json.dumps(values, ensure_ascii=False, indent=2))


def _print_table(outlets: list[Outlet]) -> None:
    from newscrawl.cli.tables import plain_table, print_table

    table = plain_table("id", "name", "name in Latin letters", "country", "kind")
    for heading in ("feeds", "sitemaps", "sections"):
        table.add_column(heading, justify="right", no_wrap=True)
    for one in outlets:
        counts = (len(one.feeds), len(one.sitemaps), len(one.sections))
        table.add_row(one.id, one.name, one.name_en, one.country, one.kind, *map(str, counts))
    print_table(table)
    click.echo(f"{len(outlets)} outlet{'' if len(outlets) == 1 else 's'}")
