"""Print the house's measures: how many modules, how long they and their functions are, imports in circles.

    python scripts/house.py

Sizes leave out `__init__.py` and migrations; a data table is as long as its data. A function's length is its
lines from `def` to its end, blank lines and comments too, its docstring and decorators not. A circle is a set
of modules of which each reaches each other one by imports; that importing a module runs the `__init__` of its
package counts as none.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Container, Iterator
from functools import cache
from pathlib import Path
from statistics import median, quantiles

ROOT = Path(__file__).resolve().parent.parent / "newscrawl"
SHORT, LONG = 60, 300

Graph = dict[str, set[str]]
"""Module → the modules that it imports."""


@cache
def trees(root: Path = ROOT) -> dict[str, tuple[Path, ast.Module]]:
    """Every module of a package by its dotted name, parsed."""
    found = {}
    for path in sorted(root.rglob("*.py")):
        parts = [root.name, *path.relative_to(root).with_suffix("").parts]
        name = ".".join(parts).removesuffix(".__init__")
        found[name] = path, ast.parse(path.read_text(encoding="utf-8"))
    return found


def at_import(tree: ast.Module) -> Iterator[ast.AST]:
    """The nodes that run when a module is imported: no function's inside, nothing for type checkers only."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        for node in ast.iter_child_nodes(waiting.pop()):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
                continue
            if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
                continue
            yield node
            waiting.append(node)


def import_graph(nodes_of: Callable[[ast.Module], Iterator[ast.AST]], root: Path = ROOT) -> Graph:
    """Who imports whom in a package, by the imports among the nodes that `nodes_of` gives of a module."""
    modules = trees(root)
    return {
        name: {
            target
            for node in nodes_of(tree)
            for target in _targets(node, name, path.name == "__init__.py", modules.keys())
            if target != name
        }
        for name, (path, tree) in modules.items()
    }


def _targets(node: ast.AST, module: str, is_package: bool, known: Container[str]) -> Iterator[str]:
    """The package's own modules that an import statement names."""
    if isinstance(node, ast.Import):
        names = [alias.name for alias in node.names]
    elif isinstance(node, ast.ImportFrom):
        upwards = module.split(".")[: len(module.split(".")) - node.level + is_package] if node.level else []
        base = ".".join([*upwards, *([node.module] if node.module else [])])
        full = [f"{base}.{alias.name}" for alias in node.names]
        names = [one if one in known else base for one in full]
    else:
        return
    yield from (name for name in names if name in known)


def circles(graph: Graph) -> list[list[str]]:
    """The sets of modules that import each other, sorted (Tarjan's strongly connected components)."""
    order: dict[str, int] = {}
    lowest: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []

    def visit(module: str) -> None:
        order[module] = lowest[module] = len(order)
        stack.append(module)
        for other in graph[module]:
            if other not in order:
                visit(other)
                lowest[module] = min(lowest[module], lowest[other])
            elif other in stack:
                lowest[module] = min(lowest[module], order[other])
        if lowest[module] == order[module]:
            start = stack.index(module)
            component, stack[start:] = stack[start:], []
            if len(component) > 1:
                found.append(sorted(component))

    for module in graph:
        if module not in order:
            visit(module)
    return sorted(found)


def function_lengths(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Length and name of each function and method."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if ast.get_docstring(node) is not None:
                text = node.body[0]
                length -= (text.end_lineno or text.lineno) - text.lineno + 1
            yield length, node.name


def main() -> None:
    """Print all of it."""
    modules = trees()
    sizes = {
        name: len(path.read_text(encoding="utf-8").splitlines())
        for name, (path, _) in modules.items()
        if path.name != "__init__.py" and "migrations" not in path.parts
    }
    short = sorted(name for name, size in sizes.items() if size < SHORT)
    long = sorted(name for name, size in sizes.items() if size > LONG)
    functions = [
        (length, f"{name}.{function}")
        for name, (path, tree) in modules.items()
        if "migrations" not in path.parts
        for length, function in function_lengths(tree)
    ]
    lengths = [length for length, _ in functions]
    tenth = quantiles(lengths, n=10)[-1]
    out = sys.stdout.write
    out(f"modules: {len(modules)}; without __init__ and migrations {len(sizes)}\n")
    out(f"under {SHORT} lines: {len(short)}; over {LONG}: {len(long)}; median {median(sizes.values()):.0f}\n")
    out(f"functions: {len(lengths)}; median {median(lengths):.0f} lines, p90 {tenth:.0f}\n")
    for title, names in (("short", short), ("long", long)):
        out("".join(f"  {title}: {name} ({sizes[name]})\n" for name in names))
    out("".join(f"  longest function: {name} ({length})\n" for length, name in sorted(functions)[-5:]))
    for when, nodes_of in (("at import", at_import), ("anywhere", ast.walk)):
        found = circles(import_graph(nodes_of))
        out(f"import circles {when}: {len(found)}\n" + "".join(f"  {' '.join(one)}\n" for one in found))


if __name__ == "__main__":
    main()
