"""Characters that are no text: controls, halves of characters, and references that stand for them.

XML holds none of them, and lxml refuses them, but libxml2 lets through what HTML writes as `&#1;`.
"""

from __future__ import annotations

import re

_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# &#0; and those of halves (&#xD800;) become U+FFFD in libxml2, which is text.
_REFERENCE = re.compile(
    r"&#(?:0*(?:[1-8]|1[124-9]|2\d|3[01]|6553[45])(?!\d)"
    r"|[xX]0*(?:[1-8bBcCeEfF]|1[0-9a-fA-F]|[fF]{3}[eEfF])(?![0-9a-fA-F]));?"
)


def only_text(text: str) -> str:
    """A page's source without them.

    >>> only_text("كا&#x1;تب &#65534;&#1575;")
    'كاتب &#1575;'
    """
    # What stood around a reference may make another: &#&#1;1;
    return _REFERENCE.sub("\ufffd", _REFERENCE.sub("", _NO_TEXT.sub("", text)))
