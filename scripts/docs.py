"""Print the pages that are made from the program: docs/settings.md and docs/cli.md.

`python scripts/docs.py` writes them, `--check` only says whether they are as the program is (exit code 1).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from newscrawl.cli import COMMANDS, main
from newscrawl.config import FROM_FILES, PREFIX, READ_ELSEWHERE, Config, variable

DOCS = Path(__file__).resolve().parents[1] / "docs"
COMPUTED = {
    "store_url": "in the project's or the user's data folder",
    "pages": "`pages` beside the archive",
    "workers": "number of cores, at most 8",
    "worker_memory_mb": "half of what there is, at most 1024",
    "memory_mb": "half of what there is, at most 2048",
    "models": "`models` in the same folder",
}
"""Defaults that depend on the machine."""
WIDTH = 100
"""Columns of a help text on the page."""


def settings_page() -> str:
    """docs/settings.md: every setting with its default and meaning."""
    rows = [
        f"| `{variable(name)}` | {_default(name)} | {' '.join((field.description or '').split())} |"
        for name, field in Config.model_fields.items()
    ]
    files = ", ".join(f"`{variable(f'{name}_file')}`" for name in FROM_FILES)
    loop = ", ".join(f"`{PREFIX}{name}`" for name in READ_ELSEWHERE)
    return f"""# Settings

Made by `python scripts/docs.py` from `newscrawl/config.py`.

Every setting is an environment variable. `scrapy crawl -s NAME=VALUE` stands above it. An empty variable
counts as not set. A wrong value ends every command with one sentence and exit code 2; `newscrawl doctor`
shows all that is wrong.

| variable | default | meaning |
|---|---|---|
{chr(10).join(rows)}

A login may also stand in a file that another variable names: {files}.

`docker/crawl-loop.sh` has variables of its own ([docker.md](docker.md)): {loop}. Where CAMeL Tools keeps its
models is said by its own variable `CAMELTOOLS_DATA`.
"""


def _default(name: str) -> str:
    default = Config.model_fields[name].default
    if name in COMPUTED:
        return COMPUTED[name]
    if default is None or default == "":
        return "none"
    return f"`{default:g}`" if isinstance(default, float) else f"`{default}`"


def cli_page() -> str:
    """docs/cli.md: the help of every command."""
    return "\n".join(_cli_page())


def _cli_page() -> Iterator[str]:
    yield """# The command line

Made by `python scripts/docs.py` from the program's own help; `newscrawl COMMAND -h` shows the same. Crawls
are Scrapy's, and in the project `scrapy list` and `scrapy crawl OUTLET` do the same as `newscrawl crawl`.
Each command says on standard error, or below its table, where the archive is.

Exit codes: 0 done; 1 something failed, or nothing was found; 2 a wrong option, argument or setting; 3 (only
`extract`) the page is no Arabic news article; 130 after Ctrl-C. All settings: [settings.md](settings.md).
"""
    root = _context(main, "newscrawl", None)
    yield from _help(root)
    for name in sorted(COMMANDS):
        command = main.get_command(root, name)
        assert command is not None
        yield from _with_subcommands(command, name, root)


def _with_subcommands(command: click.Command, name: str, parent: click.Context) -> Iterator[str]:
    context = _context(command, name, parent)
    yield from _help(context)
    if isinstance(command, click.Group):
        for inner in sorted(command.list_commands(context)):
            found = command.get_command(context, inner)
            assert found is not None
            yield from _with_subcommands(found, inner, context)


def _context(command: click.Command, name: str, parent: click.Context | None) -> click.Context:
    return click.Context(
        command,
        info_name=name,
        parent=parent,
        terminal_width=WIDTH,
        max_content_width=WIDTH,
        **main.context_settings,
    )


def _help(context: click.Context) -> Iterator[str]:
    yield f"## {context.command_path}\n"
    yield f"```text\n{context.get_help()}\n```\n"


def run(*, check: bool) -> int:
    """Write the pages, or compare them; the exit code."""
    stale = []
    for name, text in (("settings.md", settings_page()), ("cli.md", cli_page())):
        page = DOCS / name
        if page.is_file() and page.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if not check:
            page.write_text(text, encoding="utf-8")
    if check and stale:
        sys.stderr.write(f"docs/{' and docs/'.join(stale)}: not as the program is; python scripts/docs.py\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(run(check="--check" in sys.argv[1:]))
