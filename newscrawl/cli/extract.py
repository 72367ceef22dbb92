"""`newscrawl extract FILE --url URL`: one saved page → one JSON object."""

from __future__ import annotations

import sys
from typing import BinaryIO

import click

from newscrawl.article import Rejected
from newscrawl.cli.common import pass_config, print_json
from newscrawl.config import Config
from newscrawl.terminal import say_json


@click.command()
@click.argument("file", type=click.File("rb"))
@click.option("--url", required=True, help="Where the page came from; decides the outlet and its time zone.")
@click.option("--encoding", help="The charset that the server stated, if any.")
@pass_config
def command(config: Config, file: BinaryIO, url: str, encoding: str | None) -> None:
    """Turn one saved page into one JSON article on standard output.

    FILE is an HTML file, or - for standard input. A page that is no Arabic news article prints
    {"outcome": …, "reason": …} and exits with 3; a wrong URL or setting exits with 2.
    """
    from newscrawl.extraction import extract
    from newscrawl.outlets import OutletError, OutletIndex, load_outlets

    try:
        outlet = OutletIndex(load_outlets(config.outlets_dir).values()).outlet_for_url(url)
        result = extract(file.read(), url, outlet=outlet, encoding=encoding, min_words=config.min_words)
    except OutletError as error:
        raise click.UsageError(str(error)) from error
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--url") from error
    if isinstance(result, Rejected):
        say_json({"outcome": result.outcome.value, "reason": result.reason})
        sys.exit(3)
    print_json(result.to_json())
