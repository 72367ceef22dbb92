"""Templates and aliases: everything that must be in Elasticsearch before the first document."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from elasticsearch import Elasticsearch, NotFoundError

from newscrawl.search.elastic.analysis import analysis
from newscrawl.search.elastic.mapping import (
    CATCH_ALL,
    INDEX_PATTERN,
    MAPPING_VERSION,
    READ_ALIAS,
    TEMPLATE,
    WRITE_ALIAS,
    index_name,
    mappings,
)

TEMPLATE_PRIORITY = 500
"""Above what a cluster brings itself (0 … 200)."""
REFRESH_INTERVAL = "30s"
"""A news desk can wait half a minute; a refresh a second would cost the crawl its indexing."""


@dataclass(frozen=True, slots=True)
class State:
    """What a cluster has of ours."""

    read: tuple[str, ...] = ()
    """Concrete indexes behind the read alias."""
    write: tuple[str, ...] = ()
    """… behind the write alias; one, or none before the first set-up."""
    versions: dict[str, int] = field(default_factory=dict)
    """Concrete index → version of its mapping."""

    @property
    def version(self) -> int | None:
        """The mapping version written to; None before the first set-up."""
        return self.versions.get(self.write[0]) if self.write else None


def component(version: int = MAPPING_VERSION) -> dict[str, Any]:
    """The component template: mapping and analysis in one, for Elasticsearch checks each template alone."""
    index = {
        "number_of_shards": 1,
        "number_of_replicas": 0,
        "auto_expand_replicas": "0-1",
        "refresh_interval": REFRESH_INTERVAL,
        "codec": "default",  # a search reads fifty articles: packed best, each takes 1 ms to unpack
        "mapping": {"total_fields": {"limit": 300}},
        "query": {"default_field": CATCH_ALL},
        "analysis": analysis(),
    }
    template = {"settings": {"index": index}, "mappings": mappings(version)}
    return {"template": template, "version": version, "meta": {"schema_version": version}}


def read_state(client: Elasticsearch) -> State:
    """Which indexes and aliases there are."""
    try:
        answer = client.indices.get(index=INDEX_PATTERN, features=["aliases", "mappings"])
    except NotFoundError:
        return State()
    read, write, versions = [], [], {}
    for name, index in sorted(answer.body.items()):
        aliases = index.get("aliases", {})
        if READ_ALIAS in aliases:
            read.append(name)
        if WRITE_ALIAS in aliases:
            write.append(name)
        versions[name] = index.get("mappings", {}).get("_meta", {}).get("schema_version", 0)
    return State(tuple(read), tuple(write), versions)


def next_name(state: State, version: int = MAPPING_VERSION) -> str:
    """The first free name for another index of the version: after news-articles-v1-000001, …-000002."""
    stem = index_name(version).removesuffix("000001")
    numbers = [int(name[len(stem) :]) for name in state.versions if re.fullmatch(rf"{stem}\d{{6}}", name)]
    return f"{stem}{max(numbers, default=0) + 1:06d}"


def set_up(client: Elasticsearch, version: int = MAPPING_VERSION) -> list[str]:
    """Put templates, and the first index with its aliases if there is none. Running it again changes nothing.

    An index of an older version stays where the aliases point until `migrate` replaces it.

    Returns:
        What was done, a sentence each.

    Raises:
        elasticsearch.ApiError, elastic_transport.TransportError: refused, or not reached.
    """
    put_templates(client, version)
    done = [f"templates {TEMPLATE}, version {version}"]
    state = read_state(client)
    if not state.write:
        name = index_name(version)
        if name not in state.versions:
            client.indices.create(index=name)
            done.append(f"index {name}")
        add = [{"add": {"index": name, "alias": WRITE_ALIAS, "is_write_index": True}}]
        if not state.read:
            add.append({"add": {"index": name, "alias": READ_ALIAS}})
        client.indices.update_aliases(actions=add)
        done.append(f"aliases {READ_ALIAS}, {WRITE_ALIAS} → {name}")
    elif state.version != version:
        done.append(
            f"{state.write[0]} has mapping version {state.version}; "
            f"`newscrawl index --migrate` moves to {version}"
        )
    return done


def put_templates(client: Elasticsearch, version: int = MAPPING_VERSION) -> None:
    """Put the component template and the index template of a version."""
    client.cluster.put_component_template(name=TEMPLATE, **component(version))
    client.indices.put_index_template(
        name=TEMPLATE,
        index_patterns=[INDEX_PATTERN],
        composed_of=[TEMPLATE],
        priority=TEMPLATE_PRIORITY,
        version=version,
        meta={"schema_version": version},
    )
