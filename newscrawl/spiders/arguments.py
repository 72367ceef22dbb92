"""Spider arguments (`-a name=value`), typed; a wrong one is refused with the fault and the mend."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Annotated, Any, TypeVar
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)

from newscrawl.terminal import parse_when


class ArgumentError(Exception):
    """A spider argument is wrong; the message is for the person who typed it."""


def _moment(value: Any) -> Any:
    return parse_when(value, datetime.now(UTC)) if isinstance(value, str) else value


def _names(value: Any) -> Any:
    return (
        tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value
    )


def _addresses(value: Any) -> Any:
    """Addresses separated by commas or blanks; a comma may also be a part of one."""
    return tuple(re.split(r"[\s,]+(?=https?:)", value.strip())) if isinstance(value, str) else value


def _day_end(value: Any) -> Any:
    return parse_when(value, datetime.now(UTC), end=True) if isinstance(value, str) else value


def _web_address(text: str) -> str:
    """An address that a request can be sent to; urlsplit and its port raise ValueError for broken ones."""
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.port == 0:
        raise ValueError("not a web address; write e.g. https://example.org/")
    return text


Moment = Annotated[datetime, BeforeValidator(_moment)]
Until = Annotated[datetime, BeforeValidator(_day_end)]
Names = Annotated[tuple[str, ...], BeforeValidator(_names)]
WebAddress = Annotated[str, AfterValidator(_web_address)]


class CrawlArguments(BaseModel):
    """What every spider takes."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    limit: int | None = Field(None, ge=1, description="only the newest N candidates of each outlet")
    since: Moment | None = Field(None, description="not older than: 2d, 12h, 2026-11-01")
    until: Until | None = Field(None, description="not newer than, same forms; with since: backfill by day")
    urls: Annotated[tuple[WebAddress, ...], BeforeValidator(_addresses)] = Field(
        (), description="only these pages, known, rejected or quarantined as they may be"
    )

    @model_validator(mode="after")
    def _in_order(self) -> CrawlArguments:
        if self.since and self.until and self.since > self.until:
            raise ValueError("since lies after until; swap them")
        return self


class NewsArguments(CrawlArguments):
    """Which outlets `news` reads; without any choice, all of them."""

    outlets: Names = Field((), description="ids, separated by commas")
    country: Names = Field((), description="country codes, separated by commas: EG,SA")
    kind: Names = Field((), description="agency, broadcaster, newspaper, portal, aggregator")


class SiteArguments(CrawlArguments):
    """What `site` reads."""

    url: WebAddress = Field(description="any page of the site, e.g. https://example.org/")
    timezone: str = Field("UTC", description="IANA zone for times without an offset")


T = TypeVar("T", bound=CrawlArguments)


def read_arguments(model: type[T], values: dict[str, Any]) -> T:
    """Read spider arguments.

    Raises:
        ArgumentError: one line per fault, then what there is.
    """
    try:
        return model(**values)
    except ValidationError as error:
        lines = [_fault(fault) for fault in error.errors()]
        known = "\n".join(f"  -a {name}=   {field.description}" for name, field in model.model_fields.items())
        raise ArgumentError("\n".join([*lines, "Arguments of this spider:", known])) from error


def _fault(fault: Any) -> str:
    name = ".".join(str(part) for part in fault["loc"]) or "arguments"
    message = fault["msg"].removeprefix("Value error, ")
    if fault["type"] == "extra_forbidden":
        return f"-a {name}=: this spider has no such argument"
    if fault["type"] == "missing":
        return f"-a {name}= is needed"
    return f"-a {name}={fault['input']}: {message}" if fault["loc"] else message
