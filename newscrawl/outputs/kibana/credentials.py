"""Who we are for Kibana: an API key or a user, from the environment only, and never in a message."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

PREFIXES = ("NEWSCRAWL_KIBANA", "NEWSCRAWL_ELASTICSEARCH")
"""The first of these with any credential counts: Kibana asks Elasticsearch who may enter."""


class CredentialsError(ValueError):
    """The environment's credentials are incomplete or cannot be read; the message holds no secret."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """An API key (the encoded form), or a user and a password."""

    api_key: str = field(default="", repr=False)
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)

    def header(self) -> str:
        """The value of the Authorization header.

        Raises:
            CredentialsError: the API key holds characters that no key has.
        """
        if not self.api_key:
            return f"Basic {_base64(f'{self.user}:{self.password}')}"
        # http.client would refuse such a value with the value itself in the message.
        if not self.api_key.isascii() or not self.api_key.isprintable() or " " in self.api_key:
            raise CredentialsError("the API key holds characters that no key has; is it the encoded form?")
        return f"ApiKey {self.api_key}"

    def hide(self, text: str) -> str:
        """The text without our secrets, should a server send them back."""
        secrets = {self.api_key, self.password, _base64(f"{self.user}:{self.password}")}
        for secret in sorted(secrets - {""}, key=len, reverse=True):
            text = text.replace(secret, "…")
        return text


def credentials_from_environment(environ: Mapping[str, str]) -> Credentials | None:
    """The credentials of the first prefix that has any, an API key before a user, or None.

    Each variable may also be given as NAME_FILE, a file that holds the value.

    Raises:
        CredentialsError: a file cannot be read, or a user has no password.
    """
    for prefix in PREFIXES:
        api_key, user, password = (
            _value(environ, f"{prefix}_{name}") for name in ("API_KEY", "USER", "PASSWORD")
        )
        if api_key:
            return Credentials(api_key=api_key)
        if bool(user) != bool(password):
            missing, given = ("PASSWORD", "USER") if user else ("USER", "PASSWORD")
            raise CredentialsError(f"{prefix}_{given} is set but {prefix}_{missing} is not")
        if user:
            return Credentials(user=user, password=password)
    return None


def _value(environ: Mapping[str, str], name: str) -> str:
    value, path = environ.get(name, ""), environ.get(f"{name}_FILE", "")
    if value or not path:
        return value.strip()
    try:
        value = Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "is no UTF-8 text"
        raise CredentialsError(f"{name}_FILE names {path}: {reason}") from None
    if not value:
        raise CredentialsError(f"{name}_FILE names {path}, which is empty")
    return value


def _base64(text: str) -> str:
    return base64.b64encode(text.encode("utf-8")).decode("ascii")
