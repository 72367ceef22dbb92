"""Values that a query is asked for, as many as there are: one statement, made once, whatever their number."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa


def given(parameter: str) -> sa.Select[Any]:
    """The values of a list, which is given to the statement as JSON under this name."""
    return sa.select(sa.func.json_each(sa.bindparam(parameter)).table_valued("value").c.value)


def given_pairs(parameter: str) -> sa.Subquery:
    """Pairs of integers, `one` and `other`, from a list of lists that is given as JSON under this name."""
    value = sa.func.json_each(sa.bindparam(parameter)).table_valued("value").c.value
    places = {"one": "$[0]", "other": "$[1]"}
    return sa.select(
        *(sa.func.json_extract(value, place, type_=sa.Integer).label(name) for name, place in places.items())
    ).subquery()
