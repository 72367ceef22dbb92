"""What of extraction can be switched off: each rule, kind of phrase, role and learned weight.

A rule is a function that finds something or nothing (its annotation says which nothing: "", False, an empty
list, None); off, it finds nothing. So the list of rules is the code itself, and no rule is left out of it.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import CodeType, FrameType, FunctionType, ModuleType
from typing import Any
from unittest import mock

import newscrawl.extraction
import newscrawl.page
from newscrawl.extraction import choice, phrases
from newscrawl.extraction.features import DISPUTED, NAMES
from newscrawl.page import roles

_NOTHING: dict[str, Callable[..., Any]] = {
    "str": lambda *_, **__: "",
    "bool": lambda *_, **__: False,
    "list": lambda *_, **__: [],
    "set": lambda *_, **__: set(),
    "frozenset": lambda *_, **__: frozenset(),
    "Sequence": lambda *_, **__: [],
    "Iterator": lambda *_, **__: iter(()),
    "None": lambda *_, **__: None,
}
"""What finds nothing, by the annotation of what is returned."""


@dataclass(frozen=True)
class Switch:
    """One thing that can be switched off, by its family and name."""

    family: str
    name: str

    def __str__(self) -> str:
        return f"{self.family} {self.name}"


def switches() -> list[Switch]:
    """All of them."""
    return [
        *(Switch("rule", name) for name in sorted(_rules())),
        *(Switch("phrases", kind) for kind in phrases._table()),
        *(Switch("role", role) for role in roles._TABLE),
        *(Switch("weight", name) for name in NAMES),
        *(Switch("weight in disputes", name) for name in DISPUTED),
    ]


@contextmanager
def off(switch: Switch) -> Iterator[None]:
    """Switch one off, and on again."""
    how = {"rule": _rule_off, "phrases": _phrases_off, "role": _role_off}
    _forget()
    try:
        with how.get(switch.family, _weight_off)(switch):
            yield
    finally:
        _forget()


@contextmanager
def watched() -> Iterator[set[str]]:
    """The rules that find something meanwhile: off, the others would change nothing."""
    names = {function.__code__: name for name, function in _rules().items()}
    found: set[str] = set()

    def watch(frame: FrameType, event: str, answer: Any) -> None:
        if event == "return" and frame.f_code in names and _is_something(answer):
            found.add(names[frame.f_code])

    _forget()
    sys.setprofile(watch)
    try:
        yield found
    finally:
        sys.setprofile(None)


def counts() -> dict[str, int]:
    """How many rules, phrases, words of roles, weights and numbers of its own extraction has."""
    return {
        "rules": len(_rules()),
        "phrases": sum(map(_entries, phrases._table().values())),
        "words of roles": sum(len(str(entry.get("words", "")).split()) for entry in roles._TABLE.values()),
        "weights": len(NAMES) + len(DISPUTED),
        "numbers": sum(map(_numbers, _modules())),
        "lines of code": sum(len(_source(module).splitlines()) for module in _modules()),
    }


def _modules() -> list[ModuleType]:
    found: list[ModuleType] = []
    for package in (newscrawl.extraction, newscrawl.page):
        names = [info.name for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")]
        found += [package, *map(importlib.import_module, names)]
    return found


def _rules() -> dict[str, FunctionType]:
    """Module and name → function, of those that may find nothing."""
    found: dict[str, FunctionType] = {}
    for module in _modules():
        for holder, prefix in _holders(module):
            for name, value in vars(holder).items():
                function = _function(value)
                own = function is not None and function.__module__ == module.__name__
                if function is not None and own and not name.startswith("__") and _nothing(function):
                    found[f"{module.__name__.removeprefix('newscrawl.')}.{prefix}{name}"] = function
    return found


def _holders(module: ModuleType) -> Iterator[tuple[Any, str]]:
    yield module, ""
    for name, value in vars(module).items():
        if inspect.isclass(value) and value.__module__ == module.__name__:
            yield value, f"{name}."


def _function(value: Any) -> FunctionType | None:
    """The plain function behind a cache or a property."""
    if isinstance(value, cached_property):
        value = value.func
    elif isinstance(value, property):
        value = value.fget
    value = inspect.unwrap(value) if callable(value) else value
    return value if isinstance(value, FunctionType) and not value.__closure__ else None


def _nothing(function: FunctionType) -> CodeType | None:
    """The code that finds nothing in place of a function's; None where it always finds something."""
    said = str(function.__annotations__.get("return", ""))
    kind = "None" if said.endswith("| None") else said.partition("[")[0]
    return getattr(_NOTHING.get(kind), "__code__", None) if said != "None" else None


def _is_something(answer: Any) -> bool:
    try:
        return bool(answer)
    except ValueError:  # a matrix is no truth value
        return True


def _forget() -> None:
    """Empty the caches, which hold what was found with all switches on."""
    for module in _modules():
        for value in vars(module).values():
            if hasattr(value, "cache_clear"):
                value.cache_clear()


@contextmanager
def _rule_off(switch: Switch) -> Iterator[None]:
    function = _rules()[switch.name]
    code, nothing = function.__code__, _nothing(function)
    assert nothing is not None
    function.__code__ = nothing
    try:
        yield
    finally:
        function.__code__ = code


@contextmanager
def _phrases_off(switch: Switch) -> Iterator[None]:
    table = phrases._table()
    rest = {kind: ({} if kind == switch.name else entry) for kind, entry in table.items()}
    rest[switch.name] = {form: [] for form in table[switch.name]}
    with mock.patch.object(phrases, "_table", return_value=rest):
        yield


@contextmanager
def _role_off(switch: Switch) -> Iterator[None]:
    tables = (roles._BY_WORD, roles._BY_TAG, roles._BY_ITEMPROP)
    names = ("_BY_WORD", "_BY_TAG", "_BY_ITEMPROP")
    rest = [{word: role for word, role in table.items() if role != switch.name} for table in tables]
    with mock.patch.multiple(roles, _WORDS=frozenset(rest[0]), **dict(zip(names, rest, strict=True))):
        yield


@contextmanager
def _weight_off(switch: Switch) -> Iterator[None]:
    known = choice.learned()
    blocks, disputed = known.blocks.copy(), known.disputed.copy()
    if switch.family == "weight":
        blocks[NAMES.index(switch.name)] = 0.0
    else:
        disputed[DISPUTED.index(switch.name)] = 0.0
    with mock.patch.object(choice, "learned", return_value=choice.Weights(blocks, disputed)):
        yield


def _entries(kind: dict[str, Any]) -> int:
    return sum(len(value) for value in kind.values())


def _source(module: ModuleType) -> str:
    return Path(str(module.__file__)).read_text(encoding="utf-8")


def _numbers(module: ModuleType) -> int:
    """The numbers that a module's constants are set to."""
    found = 0
    for statement in ast.parse(_source(module)).body:
        if isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value is not None:
            leaves = [node.value for node in ast.walk(statement.value) if isinstance(node, ast.Constant)]
            found += sum(isinstance(value, int | float) and not isinstance(value, bool) for value in leaves)
    return found
