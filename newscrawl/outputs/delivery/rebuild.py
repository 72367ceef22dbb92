"""The whole index again from the store, beside the one in use."""

from __future__ import annotations

from elasticsearch import Elasticsearch

from newscrawl.outputs.delivery.deliver import Deliverer, Report
from newscrawl.search.elastic.connection import ElasticError
from newscrawl.search.elastic.migrate import point_readers, point_writers
from newscrawl.search.elastic.setup import next_name, put_templates, read_state, set_up
from newscrawl.store import Archive


def rebuild(
    archive: Archive, client: Elasticsearch, deliverer: Deliverer, patience: float | None
) -> tuple[Report, tuple[str, ...]]:
    """Fill a new index with every article of the store, then let readers use it.

    Until then they see the old one. Killed in between, run it again: it fills the same new index from the
    beginning, which changes nothing that is there already.

    Returns:
        The delivery's report, and the indexes that are out of use now (none when it did not end).

    Raises:
        ElasticError: after the delivery the index holds fewer articles than it must.
        elasticsearch.ApiError, elastic_transport.TransportError: refused, or not reached.
    """
    set_up(client)
    state = read_state(client)
    new = state.write[0]
    if state.read == state.write:
        new = next_name(state)
        put_templates(client)
        client.indices.create(index=new)
        point_writers(client, state, new)
    archive.requeue_all()  # after the alias has moved: what is delivered from here on is in the new index
    report = deliverer.drain(patience)
    if archive.pending():
        return report, ()
    client.indices.refresh(index=new)
    found = int(client.count(index=new)["count"])
    expected = archive.count() - archive.count_dead_letters() - archive.pending()
    if found < expected:
        raise ElasticError(f"{new} holds {found:,} of {expected:,} articles; readers stay with the old index")
    return report, point_readers(client, new)
