"""Alembic's entry point: runs the migrations on the connection that `newscrawl.store.database` hands over."""

from alembic import context

from newscrawl.store.schema import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=True,
    include_name=lambda name, kind, parents: kind != "table" or name in metadata.tables,
)
with context.begin_transaction():
    context.run_migrations()
