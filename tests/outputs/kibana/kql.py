"""What can be said about a KQL query without a Kibana: the fields it names, and broken brackets."""

from __future__ import annotations

import re

_QUOTED = re.compile(r'"(?:\\.|[^"\\])*"', re.DOTALL)
_FIELD = re.compile(r"""([^\s():<>{}"]+)\s*(?::|<=|>=|<|>)""")


def query_fields(query: str) -> list[str]:
    """Name the fields of a query, in its order; wildcards as they stand.

    >>> query_fields('title: "a: b" and (cluster_size > 1 or not copy_of: *) and وزير')
    ['title', 'cluster_size', 'copy_of']
    """
    return _FIELD.findall(_QUOTED.sub('""', query))


def query_faults(query: str) -> list[str]:
    """Say what is broken or needs a nested field; empty where nothing is seen.

    >>> query_faults('(title: "a"'), query_faults('title: "a')
    (['brackets do not match'], ['a quotation mark is missing'])
    """
    bare = _QUOTED.sub("", query)
    faults = []
    if '"' in bare.replace('\\"', ""):
        faults.append("a quotation mark is missing")
    if bare.count("(") != bare.count(")") or bare.count("{") != bare.count("}"):
        faults.append("brackets do not match")
    if "{" in bare:
        faults.append("asks for nested fields, which the articles have not")
    return faults
