"""A function of single characters applied to a whole text, fast: normal forms and keys are made of such."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from functools import cached_property
from typing import Any

_COMMON = (
    "".join(map(chr, [*range(128), *range(0x0621, 0x063B), *range(0x0640, 0x0653), *range(0x0660, 0x0672)]))
    + "،؛؟پچژگڤیکھہ«»–—…“”‘’•·éèàçêâîôûïüöñäßíóúáÉÀÖÜÄ©®°€"
    + "\u00a0\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\ufeff"
)
"""What nearly all news in Arabic, English and French is written with."""
_SIZE = 256
_PIECE = 200
"""Characters that one rare character among them makes slow."""
_NONE = "\ufffe"
"""Stands in a charset for no character."""


class CharacterMap(dict[int, str]):
    """What a function makes of each character, worked out once.

    Texts of common characters are taken through a charset of one byte each: several times as fast as
    `str.translate`, which the pieces of others take that hold a rarer one.
    """

    def __init__(self, function: Callable[[str], str]) -> None:
        super().__init__()
        self._function = function

    def __missing__(self, code: int) -> str:
        made = self[code] = self._function(chr(code))
        return made

    @cached_property
    def _charsets(self) -> tuple[Any, bytes, str]:
        """The charset of the text, its bytes that become nothing, and the charset of what is made of it."""
        made = [self[ord(character)] for character in _COMMON]
        single = [sign if len(to) < 2 else _NONE for sign, to in zip(_COMMON, made, strict=True)]
        dropped = bytes(place for place, to in enumerate(made) if not to)
        fill = _NONE * (_SIZE - len(_COMMON))
        into = [to if len(to) == 1 else _NONE for to in made]
        return codecs.charmap_build("".join(single) + fill), dropped, "".join(into) + fill

    def __call__(self, text: str) -> str:
        """The text with each character as the function makes it."""
        charset, dropped, made = self._charsets
        try:
            coded = codecs.charmap_encode(text, "strict", charset)[0]
        except UnicodeEncodeError:
            if len(text) <= _PIECE:
                return text.translate(self)
            return "".join(self(text[at : at + _PIECE]) for at in range(0, len(text), _PIECE))
        return codecs.charmap_decode(coded.translate(None, dropped), "strict", made)[0]
