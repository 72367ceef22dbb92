"""`newscrawl runs [ID]`: where every URL of a run ended, per outlet."""

from __future__ import annotations

import dataclasses

import click

from newscrawl.cli.common import open_archive, pass_config, say_waiting
from newscrawl.config import Config
from newscrawl.store import Run
from newscrawl.terminal import say, say_json, say_row


@click.command()
@click.argument("run_id", type=int, required=False)
@click.option("--last", default=5, show_default=True, help="How many runs to show, the newest first.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option("--outcome", help="With RUN_ID: list the URLs that ended so, e.g. http_error, and why.")
@pass_config
def command(config: Config, run_id: int | None, last: int, as_json: bool, outcome: str | None) -> None:
    """Show past runs: how many URLs ended in which outcome, per outlet.

    With RUN_ID, one run; with --outcome too, its single URLs and the reasons; of URLs that were listed and
    not fetched, the first hundred of each outcome at each outlet. A line with ⚠ names an outlet
    whose newest articles have clearly shorter bodies, or lack fields, that those of the 30 days before had.
    Another says at which outlets trafilatura's text was stored in place of our own reading, or added to it,
    because it found more; with --json it is `guarded`. A run under way shows its newest heartbeat; one whose
    process is gone, or that gave no sign of life for two minutes, is shown as killed.

    Exits with 2 when there is no such run.
    """
    archive = open_archive(config)
    if run_id is None:
        runs = archive.newest_runs(last)
        if not runs:
            raise click.UsageError("there are no runs yet; try `newscrawl crawl OUTLET`")
    else:
        run = archive.run(run_id)
        if run is None:
            raise click.UsageError(f"there is no run {run_id}; `newscrawl runs` shows the newest")
        runs = [run]
    if outcome and run_id is not None:
        for row in archive.candidates(run_id, outcome):
            say_row(row.outlet, row.url, row.reason)
        if more := archive.only_counted(run_id, outcome):
            say(f"{more:,} more ended so and are only counted.", err=True)
        return
    for run in runs:
        _show(run, as_json)
    if not as_json:
        say_waiting(config, archive)


def _show(run: Run, as_json: bool) -> None:
    from newscrawl.report import print_run

    if not as_json:
        print_run(run)
        return
    record = {
        "run": run.id,
        "kind": run.kind,
        "name": run.name,
        "arguments": run.arguments,
        "started_at": run.started_at.isoformat(),
        "ended_at": run.ended_at.isoformat() if run.ended_at else None,
        "status": run.status,
        "reason": run.reason,
        "heartbeat_at": run.heartbeat_at.isoformat() if run.heartbeat_at else None,
        "outlets": {
            tally.outlet: {outcome.value: number for outcome, number in tally.counts.items()}
            for tally in run.tallies
        },
        "left_to": {tally.outlet: tally.left_to for tally in run.tallies if tally.left_to},
        "guarded": {tally.outlet: tally.guarded for tally in run.tallies if tally.guarded},
        "drift": [dataclasses.asdict(drift) for drift in run.drift],
    }
    say_json(record)
