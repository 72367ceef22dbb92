"""The crawler's API key: with it one can index, search and see our indexes, and nothing else.

The key lives in a file that the crawler's settings name (`elasticsearch_api_key_file`). Each key carries a
fingerprint of its rights, so that a later version with other rights replaces it.
"""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from elasticsearch import AuthenticationException, Elasticsearch, NotFoundError

from newscrawl.files import replacing
from newscrawl.search.elastic.connection import ElasticError
from newscrawl.search.elastic.mapping import INDEX_PATTERN, READ_ALIAS, WRITE_ALIAS

KEY_NAME = "newscrawl-crawler"

RIGHTS: dict[str, Any] = {
    "newscrawl-crawler": {
        "cluster": [],
        "indices": [
            {
                "names": [READ_ALIAS, WRITE_ALIAS, INDEX_PATTERN],
                "privileges": [
                    # Put and replace documents, not delete them. The privilege `index` would say the same,
                    # but with it 8.x and 9.x let the mapping be changed too.
                    "indices:data/write/bulk*",
                    "indices:data/write/index*",
                    "read",
                    # Which indexes the aliases stand for. All else about indexes is the administrator's.
                    "view_index_metadata",
                ],
            }
        ],
    }
}
"""What the key may do. An API key without role descriptors would be able to do all that its maker can."""

_MADE_BY = "newscrawl"


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key as Elasticsearch gives it out, once."""

    id: str
    encoded: str = field(repr=False)


def ensure_key_file(client: Elasticsearch, path: Path, name: str = KEY_NAME) -> bool:
    """See to it that the file holds a key that works and has the rights of this version.

    Args:
        client: of a user who may make API keys.
        path: the key's file, in a folder that exists; it appears whole, for its owner alone.
        name: of the key.

    Returns:
        Whether a new key was made. All other keys of that name that newscrawl made are invalid then.

    Raises:
        ElasticError: the file cannot be read or written.
        elasticsearch.ApiError, elastic_transport.TransportError: refused, or not reached.
    """
    try:
        old = _good_key_id(client, _read(path), name)
        if old is not None:
            _retire_others(client, name, keep=old)
            return False
        # The file comes first: where it cannot be written, no key is made that nobody has.
        with replacing(path, private=True) as stream:
            key = _make(client, name)
            stream.write(key.encoded.encode("ascii"))
    except OSError as error:
        raise ElasticError(f"the key file {path} cannot be read or written ({error.strerror})") from error
    _retire_others(client, name, keep=key.id)
    return True


def new_key(client: Elasticsearch, name: str = KEY_NAME) -> str:
    """A new key in its encoded form; all others of that name that newscrawl made are invalid then."""
    key = _make(client, name)
    _retire_others(client, name, keep=key.id)
    return key.encoded


def _make(client: Elasticsearch, name: str) -> ApiKey:
    metadata = {"made_by": _MADE_BY, "rights": _fingerprint()}
    answer = client.security.create_api_key(name=name, role_descriptors=RIGHTS, metadata=metadata)
    return ApiKey(answer["id"], answer["encoded"])


def _fingerprint() -> str:
    return hashlib.sha256(json.dumps(RIGHTS, sort_keys=True).encode()).hexdigest()[:16]


def _good_key_id(client: Elasticsearch, encoded: str, name: str) -> str | None:
    """The id of a key that works and is what we would make now; None for any other text."""
    key_id = _id_of(encoded)
    if key_id is None:
        return None
    try:
        client.options(api_key=encoded).security.authenticate()
        found = client.security.get_api_key(id=key_id)["api_keys"]
    except (AuthenticationException, NotFoundError):
        return None
    as_now = {"made_by": _MADE_BY, "rights": _fingerprint()}
    return key_id if any(key["name"] == name and key.get("metadata") == as_now for key in found) else None


def _id_of(encoded: str) -> str | None:
    """The id in an encoded key: base64 of id:secret."""
    try:
        key_id, colon, _secret = base64.b64decode(encoded, validate=True).decode("ascii").partition(":")
    except ValueError:
        return None
    return key_id if key_id and colon else None


def _retire_others(client: Elasticsearch, name: str, *, keep: str) -> None:
    """Invalidate our other keys of that name; somebody else's key that is called the same is left alone."""
    old = [
        key["id"]
        for key in client.security.get_api_key(name=name)["api_keys"]
        if key["id"] != keep and not key["invalidated"] and key.get("metadata", {}).get("made_by") == _MADE_BY
    ]
    if old:
        client.security.invalidate_api_key(ids=old)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii").strip()
    except (FileNotFoundError, UnicodeDecodeError):
        return ""
