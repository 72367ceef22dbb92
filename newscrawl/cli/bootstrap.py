"""`newscrawl bootstrap`: make a secured Elasticsearch ready for the crawler, as its administrator."""

from __future__ import annotations

import os
from pathlib import Path

import click
from elasticsearch import Elasticsearch

from newscrawl.cli.index import reported_errors
from newscrawl.search.elastic.access import KEY_NAME, ensure_key_file, new_key
from newscrawl.search.elastic.connection import (
    API_KEY,
    PASSWORD,
    USER,
    ElasticError,
    connect,
    secret,
    shown_url,
)
from newscrawl.search.elastic.ready import wait_for_login
from newscrawl.search.elastic.setup import set_up

_KIBANA_PASSWORD = "NEWSCRAWL_KIBANA_SYSTEM_PASSWORD"  # noqa: S105  (the variable's name)


@click.command()
@click.option(
    "--key-file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to keep the crawler's API key; without it, a new key is printed.",
)
@click.option("--key-name", default=KEY_NAME, show_default=True, help="The key's name in Elasticsearch.")
@click.option(
    "--wait",
    type=click.FloatRange(min=0),
    default=0,
    metavar="SECONDS",
    help="Wait so long for an Elasticsearch that is still starting.",
)
@click.option(
    "--kibana-password-from-env",
    is_flag=True,
    help=f"Set the password of the user kibana_system to {_KIBANA_PASSWORD}.",
)
def command(key_file: Path | None, key_name: str, wait: float, *, kibana_password_from_env: bool) -> None:
    """Make a secured Elasticsearch ready for the crawler. Run again, it changes only what is not so yet.

    Puts templates and aliases, and makes an API key that can index, search and see our indexes, and nothing
    else. A key in --key-file that works is kept; when a new one is made, older ones of its name end.

    It takes an administrator, from the environment: NEWSCRAWL_ELASTICSEARCH_URL, …_USER and …_PASSWORD (or
    …_PASSWORD_FILE); the crawler then needs NEWSCRAWL_ELASTICSEARCH_API_KEY_FILE alone. Exits with 1 when
    something is refused or cannot be reached.
    """
    with reported_errors(), _administrator() as client:
        _login(client, wait)
        if kibana_password_from_env:
            _set_kibana_password(client)
        _set_up(client)
        _provide_key(client, key_file, key_name)


def _administrator() -> Elasticsearch:
    if os.environ.get(API_KEY) or os.environ.get(f"{API_KEY}_FILE"):
        raise ElasticError(
            f"no API key can make another one that has rights; set {USER} and {PASSWORD} instead of {API_KEY}"
        )
    return connect()


def _login(client: Elasticsearch, wait: float) -> None:
    user = wait_for_login(client, wait, _say)
    _say(f"logged in to {shown_url()} as {user}")


def _set_kibana_password(client: Elasticsearch) -> None:
    password = secret(_KIBANA_PASSWORD)
    if not password:
        raise ElasticError(f"{_KIBANA_PASSWORD} is not set; `make env` makes one for docker-compose.yml")
    client.security.change_password(username="kibana_system", password=password)
    _say("the password of kibana_system is set")


def _set_up(client: Elasticsearch) -> None:
    for done in set_up(client):
        _say(done)


def _provide_key(client: Elasticsearch, key_file: Path | None, name: str) -> None:
    if key_file is None:
        click.echo(new_key(client, name))
    elif ensure_key_file(client, key_file, name):
        _say(f"a new API key {name} is in {key_file}; older ones of that name have ended")
    else:
        _say(f"the API key {name} in {key_file} works and is kept")


def _say(sentence: str) -> None:
    """On standard error: standard output is the key's, when it is printed."""
    click.echo(sentence, err=True)
