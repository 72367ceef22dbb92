"""Migration: a new index is filled beside the old one and then used, while others write and search.

    create ─► copy ─► writers to the new ─► write block on the old ─► copy the rest ─► readers to the new

Copies carry the documents' versions (`version_type: external`), so that nothing newer is overwritten, and a
copy repeated after a kill takes what is missing. The block returns only once writes under way on the old
index have ended; one that comes after it is refused with `cluster_block_exception`, which the delivery waits
out and sends again, by then to the new index. So the second copy misses nothing. Every step looks at what is
there: run again after a kill, it goes on.
"""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass

from elasticsearch import Elasticsearch
from elasticsearch.exceptions import GeneralAvailabilityWarning

from newscrawl.search.elastic.connection import ElasticError
from newscrawl.search.elastic.mapping import MAPPING_VERSION, READ_ALIAS, WRITE_ALIAS, index_name
from newscrawl.search.elastic.setup import State, put_templates, read_state, set_up

BATCH = 500
_POLL_S = 0.5

Progress = Callable[[str, int, int], None]
"""Called with what is done, how many documents are done, and how many there are."""


@dataclass(frozen=True, slots=True)
class Migration:
    """What a migration did."""

    index: str
    """The index in use now."""
    old: tuple[str, ...] = ()
    """Indexes that were replaced; they are kept, write-blocked, until someone deletes them."""
    copied: int = 0


def migrate(
    client: Elasticsearch, version: int = MAPPING_VERSION, progress: Progress = lambda *_: None
) -> Migration:
    """Move to the index of a mapping version; nothing happens where it is in use already.

    Raises:
        ElasticError: the index there is newer than this program, or a copy failed.
        elasticsearch.ApiError, elastic_transport.TransportError: refused, or not reached.
    """
    state = read_state(client)
    if not state.write:
        set_up(client, version)
        return Migration(read_state(client).write[0])
    if (state.version or 0) > version:
        raise ElasticError(
            f"{state.write[0]} has mapping version {state.version}, this newscrawl knows {version}: "
            "update newscrawl"
        )
    if state.version == version and state.read == state.write:
        return Migration(state.write[0])
    new = _target(state, version)
    put_templates(client, version)
    if new not in state.versions:
        client.indices.create(index=new)
    olds = tuple(name for name in {*state.read, *state.write} if name != new)
    copied = sum(copy(client, old, new, progress) for old in olds)
    point_writers(client, state, new)
    for old in olds:
        client.indices.add_block(index=old, block="write")
        client.indices.refresh(index=old)
        copied += copy(client, old, new, progress)
    client.indices.refresh(index=new)
    point_readers(client, new)
    return Migration(new, olds, copied)


def _target(state: State, version: int) -> str:
    """The index to move to: one that an earlier, killed migration has begun, else a new one."""
    begun = [name for name in state.versions if state.versions[name] == version and name not in state.read]
    if state.version == version:
        return state.write[0]
    return max(begun, default=index_name(version))


def copy(client: Elasticsearch, old: str, new: str, progress: Progress = lambda *_: None) -> int:
    """Copy the documents that the new index lacks or has in an older version. Returns how many.

    Raises:
        ElasticError: a document could not be copied; it names the first.
    """
    task = client.reindex(
        source={"index": old, "size": BATCH},
        dest={"index": new, "version_type": "external"},
        conflicts="proceed",
        wait_for_completion=False,
    )["task"]
    while True:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", GeneralAvailabilityWarning)  # "technical preview" since 5.0
            state = client.tasks.get(task_id=task)
        status = state["task"]["status"]
        done = status["created"] + status["updated"]
        progress(f"{old} → {new}", done + status["version_conflicts"], status["total"])
        if state["completed"]:
            break
        time.sleep(_POLL_S)
    failures = state.body.get("response", {}).get("failures") or state.body.get("error")
    if failures:
        first = failures[0] if isinstance(failures, list) else failures
        raise ElasticError(f"copying {old} to {new} failed: {first}; mend that and run it again")
    return int(done)


def point_writers(client: Elasticsearch, state: State, new: str) -> None:
    """Move the write alias in one step."""
    actions: list[dict[str, dict[str, object]]] = [
        {"remove": {"index": old, "alias": WRITE_ALIAS}} for old in state.write if old != new
    ]
    actions.append({"add": {"index": new, "alias": WRITE_ALIAS, "is_write_index": True}})
    client.indices.update_aliases(actions=actions)


def point_readers(client: Elasticsearch, new: str) -> tuple[str, ...]:
    """Move the read alias in one step. Returns the indexes that it left."""
    olds = tuple(name for name in read_state(client).read if name != new)
    actions: list[dict[str, dict[str, object]]] = [
        {"remove": {"index": old, "alias": READ_ALIAS}} for old in olds
    ]
    actions.append({"add": {"index": new, "alias": READ_ALIAS}})
    client.indices.update_aliases(actions=actions)
    return olds
