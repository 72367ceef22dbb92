"""The outlets there are: our own files, and a user's folder that adds to them or replaces some.

`OutletIndex` finds the outlet that a URL belongs to.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterable, Iterator
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from pydantic import BaseModel, ValidationError

from newscrawl.config import load_config, variable
from newscrawl.outlets.domains import host_of
from newscrawl.outlets.layout import Layout
from newscrawl.outlets.model import CanonicalRules, DateRules, Outlet


class OutletError(Exception):
    """Outlet files that cannot be used. Its text has one line per fault: file, place, fault, mend."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


def load_outlets(extra_dir: Path | None = None, *, only: Iterable[str] | None = None) -> dict[str, Outlet]:
    """All outlets, or those in `only`, sorted by id. A file in `extra_dir` replaces ours of that id.

    Raises:
        OutletError: a file is faulty or cannot be read, `extra_dir` is no folder, or an id in `only`
            is unknown. All faults are told at once.
    """
    files = _files(extra_dir)
    wanted = sorted(files if only is None else set(only))
    outlets: dict[str, Outlet] = {}
    faults: list[str] = []
    for outlet_id in wanted:
        if outlet_id not in files:
            faults.append(unknown_outlet(outlet_id, files))
            continue
        try:
            outlets[outlet_id] = read_outlet(files[outlet_id])
        except OutletError as error:
            faults += error.faults
    if faults:
        raise OutletError(faults)
    return outlets


def outlet_ids(extra_dir: Path | None = None) -> list[str]:
    """The ids of all outlets, sorted, without reading a file: an outlet's id is its file's name.

    Raises:
        OutletError: `extra_dir` is no folder.
    """
    return sorted(_files(extra_dir))


def outlets_from_environment(*, only: Iterable[str] | None = None) -> dict[str, Outlet]:
    """`load_outlets` with the user's own folder, where one is configured.

    Raises:
        OutletError: as `load_outlets`.
    """
    return load_outlets(extra_dir_from_environment(), only=only)


def extra_dir_from_environment() -> Path | None:
    """The configured folder with the user's own outlets, or None."""
    return load_config().outlets_dir


def unknown_outlet(outlet_id: str, known: Iterable[str]) -> str:
    """A message for an id that no outlet has, with the ids it may have meant."""
    near = difflib.get_close_matches(outlet_id, list(known), n=3, cutoff=0.5)
    mend = f"did you mean {' or '.join(near)}?" if near else "`newscrawl outlets` lists them all"
    return f"no outlet {outlet_id!r}; {mend}"


def read_outlet(file: Traversable) -> Outlet:
    """One outlet from its file.

    Raises:
        OutletError: the file cannot be read, is no TOML, or breaks a rule of `Outlet`.
    """
    where = str(file) if isinstance(file, Path) else file.name
    try:
        values = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise OutletError([f"{where}: cannot be read ({error.strerror}); check it and its rights"]) from None
    except UnicodeDecodeError as error:
        raise OutletError([f"{where}: not UTF-8 at byte {error.start}; save it as UTF-8"]) from None
    except tomllib.TOMLDecodeError as error:
        raise OutletError([f"{where}: not TOML: {error}; mend that line"]) from None
    try:
        outlet = Outlet.model_validate(values)
    except ValidationError as error:
        raise OutletError(
            f"{where}: {fault}" for fault in dict.fromkeys(map(_fault, error.errors()))
        ) from None
    if outlet.id != file.name.removesuffix(".toml"):
        mend = f'rename the file to {outlet.id}.toml or write id = "{file.name.removesuffix(".toml")}"'
        raise OutletError([f"{where}: id: {outlet.id!r} is not the file's name; {mend}"])
    return outlet


def _files(extra_dir: Path | None) -> dict[str, Traversable]:
    """Id → file. Names that begin with a dot or underscore are drafts and editors' leavings."""
    files = dict(_toml_files(resources.files("newscrawl.outlets").joinpath("data")))
    if extra_dir is not None:
        if not extra_dir.is_dir():
            mend = f"make it or unset {variable('outlets_dir')}"
            raise OutletError([f"{extra_dir}: no such folder of outlets; {mend}"])
        files.update(_toml_files(extra_dir))
    return files


def _toml_files(folder: Traversable) -> Iterator[tuple[str, Traversable]]:
    for file in folder.iterdir():
        if file.name.endswith(".toml") and not file.name.startswith((".", "_")):
            yield file.name.removesuffix(".toml"), file


_PLAIN_FAULTS = {
    "missing": "missing; add it",
    "string_type": "not a text; put it in quotes",
    "tuple_type": "not a list; put it in [ ]",
    "bool_type": "neither true nor false; write one, without quotes",
    "bool_parsing": "neither true nor false; write one, without quotes",
    "dict_type": "not a table; write it as { key = value }",
    "model_type": "not a table; write its keys under a [heading]",
    "model_attributes_type": "not a table; write its keys under a [heading]",
    "string_too_short": "empty; fill it in",
    "string_pattern_mismatch": "not an id; use small Latin letters, digits and _, beginning with a letter",
}


def _fault(error: Any) -> str:
    """One of pydantic's errors as `key: fault; mend`."""
    path = tuple(str(part) for part in error["loc"] if part != "[key]")
    place = ".".join(path)
    kind = error["type"]
    if kind == "extra_forbidden":
        return f"{place}: unknown key; {_known_keys(path)}"
    if kind == "value_error":
        fault = str(error["ctx"]["error"])
    elif kind == "literal_error":
        fault = f"{error['input']!r} is none of the choices; write {error['ctx']['expected']}"
    elif kind == "tuple_type" and isinstance(error["input"], dict):
        fault = f"one table, not a list of them; write its heading as [[{place}]]"
    else:
        fault = _PLAIN_FAULTS.get(kind, f"{error['msg']}; see newscrawl/outlets/model.py")
    return f"{place}: {fault}" if place else fault


_TABLES: dict[str, type[BaseModel]] = {"canonical": CanonicalRules, "dates": DateRules, "layouts": Layout}
"""The tables in an outlet's file."""


def _known_keys(path: tuple[str, ...]) -> str:
    model = _TABLES.get(path[0], Outlet) if len(path) > 1 else Outlet
    near = difflib.get_close_matches(path[-1], model.model_fields, n=1, cutoff=0.5)
    return f"did you mean {near[0]}?" if near else f"there are {', '.join(model.model_fields)}"


class OutletIndex:
    """Finds the outlet of a URL by its host, then by its path where several could claim it."""

    def __init__(self, outlets: Iterable[Outlet]) -> None:
        self._by_domain: dict[str, list[Outlet]] = {}
        for outlet in outlets:
            for domain in outlet.domains:
                self._by_domain.setdefault(domain, []).append(outlet)

    def outlet_for_url(self, url: str) -> Outlet | None:
        """The outlet with the longest domain or alias that holds the URL's host, if it is its page.

        Article patterns age, so an outlet that has its domain to itself, or no pattern, owns every
        page on it. One with a pattern whose homepage is a folder of a larger site (bbc.com/arabic)
        owns that folder and what its pattern matches, no more. Never raises.
        """
        for domain in _upwards(host_of(url)):
            if domain in self._by_domain:
                return _claimant(self._by_domain[domain], url)
        return None


def _upwards(host: str) -> Iterable[str]:
    labels = host.split(".")
    return (".".join(labels[start:]) for start in range(len(labels)))


def _claimant(outlets: list[Outlet], url: str) -> Outlet | None:
    for outlet in outlets:
        pattern = outlet.article_pattern
        if pattern and (pattern.match(url) or pattern.match(unquote(url))):
            return outlet
    path = f"{urlsplit(url).path.rstrip('/')}/"
    for outlet in outlets:
        folder = f"{urlsplit(outlet.homepage).path.rstrip('/')}/"
        if outlet.article_pattern is None or path.startswith(folder):
            return outlet
    return None
