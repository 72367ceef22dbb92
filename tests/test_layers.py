"""No module imports a floor above its own, at the top of the file or inside a function; none in a circle."""

import ast
from pathlib import Path

import pytest

import newscrawl
from scripts.house import at_import, circles, import_graph

ROOT = Path(newscrawl.__file__).parent
FLOORS = (
    {
        "arabic",
        "article",
        "config",
        "fields",
        "files",
        "filters",
        "machine",
        "places",
        "streams",
        "tables",
        "terminal",
        "workers",
    },
    {"page"},
    {"outlets", "discovery", "extraction", "dedupe", "entities"},
    {"store", "warc"},
    {"search"},
    {"steps"},
    {"outputs"},
    {
        "settings",
        "spiders",
        "items",
        "middlewares",
        "pipelines",
        "extensions",
        "commands",
        "report",
        "ingest",
    },
    {"cli"},
)
SIDEWAYS = {
    "discovery": {"outlets.domains", "outlets.model"},
    "dedupe": {"outlets.model", "outlets.domains"},
    "extraction": {
        "outlets.domains",
        "outlets.layout",
        "outlets.model",
        "dedupe.canonical",
        "dedupe.content",
    },
}
"""What parts of the floors of pure parts and of state may take from their neighbours; nothing else."""
OUTSIDE = {"", "__main__"}
"""The package itself, and what starts it."""

LEVEL = {part: number for number, floor in enumerate(FLOORS) for part in floor}
MODULES = [path for path in sorted(ROOT.rglob("*.py")) if "migrations" not in path.parts]


def part_of(module):
    return module.split(".")[0]


def imports(path):
    """The newscrawl modules that a file imports, without the `newscrawl.`."""
    package = [*path.relative_to(ROOT).parent.parts]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = ["newscrawl", *package[: len(package) - node.level + 1]] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            names = [f"{module}.{alias.name}" for alias in node.names] if module == "newscrawl" else [module]
        else:
            continue
        for name in names:
            if name.startswith("newscrawl."):
                yield name.removeprefix("newscrawl.")


def allowed(part, module):
    """Whether a part may import a module."""
    other = part_of(module)
    if other == part or other.startswith("__"):
        return True
    if other not in LEVEL:
        return False
    if LEVEL[other] == LEVEL[part] and LEVEL[part] in (2, 3):
        return module in SIDEWAYS.get(part, ())
    return LEVEL[other] <= LEVEL[part]


def name_of(path):
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix("__init__").rstrip(".")


def test_every_part_stands_on_a_floor():
    assert {part_of(name_of(path)) for path in MODULES} - OUTSIDE - LEVEL.keys() == set()


def test_nothing_is_imported_from_above():
    inside = [path for path in MODULES if part_of(name_of(path)) not in OUTSIDE]
    found = [(name_of(path), module) for path in inside for module in imports(path)]
    assert len(found) > 500
    assert [pair for pair in found if not allowed(part_of(pair[0]), pair[1])] == []


def test_the_rule_sees_what_it_forbids():
    assert not allowed("extraction", "store")
    assert not allowed("store", "cli.runs")
    assert not allowed("extraction", "discovery.find")
    assert not allowed("article", "outlets")
    assert not allowed("warc", "store")
    assert not allowed("store", "warc")
    assert allowed("cli", "store")


def test_the_database_is_the_stores_alone():
    for path in MODULES:
        if part_of(name_of(path)) in ("store", "search"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            assert not any(name.split(".")[0] in ("sqlalchemy", "alembic") for name in names), name_of(path)


@pytest.mark.parametrize("nodes_of", [at_import, ast.walk], ids=["at import", "anywhere"])
def test_no_modules_import_each_other_in_a_circle(nodes_of):
    assert circles(import_graph(nodes_of)) == []


def test_the_circle_test_sees_circles(tmp_path):
    root = tmp_path / "house"
    (root / "attic").mkdir(parents=True)
    files = {
        "__init__": "",
        "attic/__init__": "from .roof import tiles",
        "attic/roof": "if TYPE_CHECKING:\n    from house import attic\ntiles = 1",
        "cellar": "import house.hall",
        "hall": "def door():\n    from house.cellar import wine",
        "stairs": "from house import stove",
        "stove": "from house.stairs import step",
    }
    for name, text in files.items():
        (root / f"{name}.py").write_text(text)
    loop = ["house.stairs", "house.stove"]
    assert circles(import_graph(at_import, root)) == [loop]
    attic, rooms = ["house.attic", "house.attic.roof"], ["house.cellar", "house.hall"]
    assert circles(import_graph(ast.walk, root)) == [attic, rooms, loop]
