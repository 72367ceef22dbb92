"""`newscrawl bootstrap`: make a secured Elasticsearch ready for the crawler, as its administrator."""

from __future__ import annotations

from pathlib import Path

import click
from elasticsearch import Elasticsearch

from newscrawl.cli.common import pass_config, reported_errors
from newscrawl.config import Config, variable
from newscrawl.search.elastic.access import KEY_NAME, ensure_key_file, new_key
from newscrawl.search.elastic.connection import ElasticError, addresses, connect, wait_for_login
from newscrawl.search.elastic.setup import set_up
from newscrawl.terminal import say


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
    help=f"Set the password of the user kibana_system to {variable('kibana_system_password')}.",
)
@pass_config
def command(
    config: Config, key_file: Path | None, key_name: str, wait: float, *, kibana_password_from_env: bool
) -> None:
    """Make a secured Elasticsearch ready for the crawler. Run again, it changes only what is not so yet.

    Puts templates and aliases, and makes an API key that can index, search and see our indexes, and nothing
    else. A key in --key-file that works is kept; when a new one is made, older ones of its name end.

    It takes an administrator in $elasticsearch_url, $elasticsearch_user and $elasticsearch_password; the
    crawler then needs $elasticsearch_api_key_file alone.

    Exits with 1 when something is refused or cannot be reached, with 2 when a setting or option is wrong.
    """
    with reported_errors(config), _administrator(config) as client:
        _login(client, wait)
        if kibana_password_from_env:
            _set_kibana_password(client, config)
        _set_up(client)
        _provide_key(client, key_file, key_name)


def _administrator(config: Config) -> Elasticsearch:
    if config.elasticsearch_api_key:
        key, user, password = (variable(f"elasticsearch_{one}") for one in ("api_key", "user", "password"))
        raise ElasticError(
            f"no API key can make another one that has rights; set {user} and {password} instead of {key}"
        )
    return connect(config)


def _login(client: Elasticsearch, wait: float) -> None:
    user = wait_for_login(client, wait, _say)
    _say(f"logged in to {addresses(client)} as {user}")


def _set_kibana_password(client: Elasticsearch, config: Config) -> None:
    password = config.kibana_system_password
    if not password:
        name = variable("kibana_system_password")
        raise ElasticError(f"{name} is not set; `make env` makes one for docker-compose.yml")
    client.security.change_password(username="kibana_system", password=password.get_secret_value())
    _say("the password of kibana_system is set")


def _set_up(client: Elasticsearch) -> None:
    for done in set_up(client):
        _say(done)


def _provide_key(client: Elasticsearch, key_file: Path | None, name: str) -> None:
    if key_file is None:
        say(new_key(client, name))
    elif ensure_key_file(client, key_file, name):
        _say(f"a new API key {name} is in {key_file}; older ones of that name have ended")
    else:
        _say(f"the API key {name} in {key_file} works and is kept")


def _say(sentence: str) -> None:
    """On standard error: standard output is the key's, when it is printed."""
    say(sentence, err=True)
