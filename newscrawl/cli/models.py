"""`newscrawl models`: which recognisers of names are here, and how CAMeL Tools' own is installed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newscrawl.cli.common import name_variables, pass_config
from newscrawl.config import Config, variable
from newscrawl.tables import plain_table, print_table
from newscrawl.terminal import say

if TYPE_CHECKING:
    from newscrawl.entities.camel.model_files import Agreement, Manifest

ARTICLES = 200
"""How many of the archive's newest articles tags are compared on."""


@click.group()
@name_variables
def command() -> None:
    """Show and install the models that find names.

    The light model comes with newscrawl. CAMeL Tools' is larger, slower and better; nothing is downloaded
    before you ask for it here. $tagger chooses: auto (camel once installed), camel, light, off.
    """


@command.command()
@click.argument("name", type=click.Choice(["camel"]))
@click.option(
    "--from",
    "source",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A copy of the model's folder, for hosts without a network.",
)
@click.option(
    "--text",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Compare tags on these articles (JSONL with title and body). Default: the archive's newest.",
)
@pass_config
def install(config: Config, name: str, source: Path | None, text: Path | None) -> None:
    """Install CAMeL Tools' recogniser: download, export to ONNX, quantise, compare.

    It is downloaded (542 MB) where `camel_data` would put it, unless it is there or you name a copy. The
    quantised model (int8) is used where it gives at least 99 % of all tokens the tag that the original gives
    them, else the exact one (fp32). Takes some minutes. Run it again after an upgrade, or with other text.

    Exits with 1 when it cannot be installed.
    """
    from newscrawl.entities.camel import ModelError
    from newscrawl.entities.camel.install import install as install_model
    from newscrawl.entities.camel.model_files import exported_folder

    texts = _texts_of_file(text) if text else _texts_of_archive(config)
    try:
        manifest = install_model(source, texts, lambda line: say(f"{name}: {line} …"))
    except ModelError as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(
            f"{error.filename or exported_folder()} cannot be written ({error.strerror or error}): free some "
            f"space (2 GB), or set {variable('models')} and CAMELTOOLS_DATA to folders that can be"
        ) from error
    say(_verdict(manifest))
    say(f"Installed in {exported_folder()}; `newscrawl retag` gives old articles their names anew.")


def _verdict(manifest: Manifest) -> str:
    agreed = _agreement(manifest.agreement)
    if manifest.precision == "int8":
        return f"int8 agrees with the original: {agreed}. It is used."
    return f"int8 is refused, under 99 % of all tags: {agreed}. The exact model (fp32) is used."


def _agreement(found: Agreement) -> str:
    return (
        f"{_percent(found.tags)} of {found.tokens:,} tokens, {_percent(found.named)} of those in names, "
        f"F1 of entities {_percent(found.entities)}"
    )


def _percent(share: float) -> str:
    """A share in per cent, rounded down: 98.999 % is no 99.

    >>> _percent(0.98999), _percent(1.0)
    ('98.99 %', '100.00 %')
    """
    return f"{int(share * 10_000) / 100:.2f} %"


def _texts_of_archive(config: Config) -> Iterator[str]:
    """The newest articles; none where there is no archive."""
    from newscrawl.entities.taggers import tagged_text
    from newscrawl.filters import Filters
    from newscrawl.store import StoreError, open_store

    try:
        archive = open_store(config.store_url, create=False)
    except StoreError:
        return
    articles = archive.numbered(archive.to_tag(Filters(), None)[-ARTICLES:])
    archive.close()
    yield from map(tagged_text, articles)


def _texts_of_file(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8") as stream:
        for number, line in enumerate(stream, 1):
            try:
                values = json.loads(line)
                yield f"{values['title']}\n{values['body']}"
            except (ValueError, KeyError, TypeError) as error:
                raise click.BadParameter(
                    f"{path}:{number}: no JSON object with title and body (`newscrawl export` writes such)",
                    param_hint="--text",
                ) from error


@command.command(name="list")
@click.option("--verify", is_flag=True, help="Read the installed files through, and compare their SHA-256.")
@pass_config
def list_models(_config: Config, *, verify: bool) -> None:
    """Show the models: whether they are here, where, and how well they agree.

    Exits with 1 when --verify finds a damaged file.
    """
    table = plain_table("model", "state", "runs as", "size", "agreement of int8", "date", "where")
    table.add_row("light", *_light())
    table.add_row("camel", *_camel())
    print_table(table)
    if verify:
        _verify()


def _light() -> tuple[str, ...]:
    try:
        from newscrawl.entities.light import LightTagger

        identity = LightTagger().identity
    except Exception as error:  # whatever a damaged file makes the libraries raise
        return f"cannot be loaded ({error}): install newscrawl anew", "", "", "", "", ""
    return "ships with newscrawl", "numpy", "", "", identity.removeprefix("light").strip(), ""


def _camel() -> tuple[str, ...]:
    from newscrawl.entities.camel import ModelError
    from newscrawl.entities.camel.model_files import (
        Manifest,
        exported_folder,
        has_exported,
        has_original,
        original_folder,
    )

    if has_exported():
        folder = exported_folder()
        try:
            manifest = Manifest.read(folder)
        except ModelError as error:
            return str(error), "", _size(folder), "", "", str(folder)
        agreed, date = _percent(manifest.agreement.tags), manifest.exported_at[:10]
        return "installed", manifest.precision, _size(folder), agreed, date, str(folder)
    if has_original():
        folder = original_folder()
        state = "not exported, slow: `newscrawl models install camel`"
        return state, "torch", _size(folder), "", "", str(folder)
    return "not installed: `newscrawl models install camel`", "", "", "", "", ""


def _size(folder: Path) -> str:
    return f"{sum(path.stat().st_size for path in folder.rglob('*') if path.is_file()) / 1e6:.0f} MB"


def _verify() -> None:
    from newscrawl.entities.camel import ModelError
    from newscrawl.entities.camel.model_files import AGAIN, Manifest, exported_folder, has_exported

    if not has_exported():
        return
    folder = exported_folder()
    try:
        damaged = Manifest.read(folder).damaged(folder)
    except ModelError as error:
        raise click.ClickException(str(error)) from error
    if damaged:
        raise click.ClickException(f"{folder}: damaged: {', '.join(damaged)}; {AGAIN}")
    say("All files of camel are as they were written.")
