"""Who we are for Kibana: an API key or a user, as configured, and never in a message."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from newscrawl.config import Config, variable

if TYPE_CHECKING:
    from pydantic import SecretStr


class CredentialsError(ValueError):
    """The configured credentials are incomplete; the message holds no secret."""


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


def configured_credentials(config: Config) -> Credentials | None:
    """The credentials configured for Kibana, else Elasticsearch's, which Kibana asks who may enter; or None.

    An API key counts before a user.

    Raises:
        CredentialsError: a user has no password, or a password no user.
    """
    for server in ("kibana", "elasticsearch"):
        key: SecretStr | None = getattr(config, f"{server}_api_key")
        user: str = getattr(config, f"{server}_user")
        password: SecretStr | None = getattr(config, f"{server}_password")
        if key:
            return Credentials(api_key=key.get_secret_value())
        if bool(user) != bool(password):
            missing, given = ("password", "user") if user else ("user", "password")
            raise CredentialsError(
                f"{variable(f'{server}_{given}')} is set but {variable(f'{server}_{missing}')} is not"
            )
        if user and password:
            return Credentials(user=user, password=password.get_secret_value())
    return None


def _base64(text: str) -> str:
    return base64.b64encode(text.encode("utf-8")).decode("ascii")
