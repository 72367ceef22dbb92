"""Write .env for docker-compose.yml: .env.example with new passwords and keys in it.

    python3 scripts/make_env.py [--add-missing]

An .env that is there already is never overwritten: its passwords may be the ones that a running Elasticsearch
knows. --add-missing puts at its end the variables of .env.example that it lacks. Runs with any Python 3.9
or newer, outside .venv: a machine that only runs the containers needs nothing else.
"""

from __future__ import annotations

import argparse
import os
import re
import secrets
import string
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SECRETS = (
    "ELASTIC_PASSWORD",
    "KIBANA_SYSTEM_PASSWORD",
    "KIBANA_SECURITY_KEY",
    "KIBANA_SAVED_OBJECTS_KEY",
    "KIBANA_REPORTING_KEY",
)
LENGTH = 40
"""Letters and digits: 238 bits. Kibana's keys have at least 32 characters. No other characters, for neither
a shell nor compose then sees anything in a password."""

_VARIABLE = re.compile(r"^(#?)([A-Z][A-Z0-9_]*)=(.*)$")
"""A variable, or a setting left at its default: `#NAME=value`."""


class EnvError(Exception):
    """There is nothing to do, or it cannot be done; the message says what to do instead."""


def new_secret() -> str:
    """A password that nobody has seen."""
    return "".join(secrets.choice(string.ascii_letters + string.digits) for _ in range(LENGTH))


def empty_secrets(text: str) -> set[str]:
    """The secrets that stand in an .env without a value, as in .env.example."""
    return set(SECRETS) & {found[2] for found in _found(text) if not found[1] and not found[3].strip()}


def filled(text: str) -> str:
    """The text with a new value for each secret that has none."""
    empty = empty_secrets(text)
    lines = []
    for line in text.splitlines():
        found = _VARIABLE.match(line)
        lines.append(f"{found[2]}={new_secret()}" if found and found[2] in empty else line)
    return "\n".join(lines) + "\n"


def variables(text: str) -> set[str]:
    """The names of all variables in an .env, also of those left at their defaults."""
    return {found[2] for found in _found(text)}


def _found(text: str) -> list[re.Match[str]]:
    return [found for found in map(_VARIABLE.match, text.splitlines()) if found]


def missing(template: str, present: set[str]) -> str:
    """The template's variables that are not present, each with the comment above it."""
    kept: list[str] = []
    comment: list[str] = []
    for line in template.splitlines():
        found = _VARIABLE.match(line)
        if found:
            if found[2] not in present:
                kept += [*comment, line]
            comment = []
        elif line.startswith("#"):
            comment.append(line)
        else:  # an empty line: what stands above it is about no single variable
            comment = []
    return "\n".join(kept)


def make(target: Path, template: str) -> str:
    """Write a new .env, and say so.

    Raises:
        EnvError: it is there already, or cannot be written.
    """
    try:
        _write(target, filled(template))
    except FileExistsError:
        raise EnvError(
            f"{target} is there already and stays as it is; "
            "--add-missing adds the variables that it lacks, and changes none"
        ) from None
    return (
        f"{target} written, readable by you alone. Set NEWSCRAWL_CONTACT in it. "
        "ELASTIC_PASSWORD is the password of the user elastic in Kibana."
    )


def add_missing(target: Path, template: str) -> str:
    """Add to an .env what it lacks, and say what that was.

    Raises:
        EnvError: there is no .env, or it cannot be written.
    """
    try:
        text = target.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise EnvError(f"there is no {target} yet; leave --add-missing away to write one") from None
    lacking = missing(template, variables(text))
    added = variables(lacking) | empty_secrets(text)
    if not added:
        return f"{target} has all variables; nothing changed."
    other = target.with_name(f"{target.name}.new")
    other.unlink(missing_ok=True)
    _write(other, filled(f"{text.rstrip()}\n\n{lacking}" if lacking else text))
    other.replace(target)
    return f"added to {target}: {', '.join(sorted(added))}"


def _write(target: Path, text: str) -> None:
    # 0600 from the first byte on: a chmod after writing would leave a moment for others to read it.
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        stream.write(text)


def main() -> int:
    """Write or complete .env."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--add-missing", action="store_true", help="complete an .env that is there")
    parser.add_argument(
        "--target", type=Path, default=ROOT / ".env", help="default: .env beside the compose file"
    )
    arguments = parser.parse_args()
    job = add_missing if arguments.add_missing else make
    try:
        template = (ROOT / ".env.example").read_text(encoding="utf-8")
        sys.stdout.write(f"{job(arguments.target, template)}\n")
    except (EnvError, OSError) as error:
        sys.stderr.write(f"make_env: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
