"""What a link means that was written with the wrong slashes."""

from __future__ import annotations

import re

_OTHER_SCHEME = re.compile(r"\s*(?!https?:)[a-z][a-z0-9+.-]+:", re.I)


def forward_slashes(link: str) -> str:
    r"""Return a web link as browsers read it: a `\` before its query is a `/`.

    >>> forward_slashes(r"https:\\news.example\2026\1?q=a\b"), forward_slashes(r"\news\1#a\b")
    ('https://news.example/2026/1?q=a\\b', '/news/1#a\\b')
    >>> forward_slashes(r"javascript:show('\n')")
    "javascript:show('\\n')"
    """
    if "\\" not in link or _OTHER_SCHEME.match(link):
        return link
    end = min((at for at in map(link.find, "?#") if at >= 0), default=len(link))
    return link[:end].replace("\\", "/") + link[end:]
