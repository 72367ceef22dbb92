"""Facts about the Arabic script as the web writes it: letters, marks, look-alikes, digits.

Sources: Unicode 15.1 (code charts and UnicodeData.txt, read through `unicodedata`), UAX #9 for the
characters that steer direction, Unicode chapter 9.2 for tatweel and the joiners.
"""

from __future__ import annotations

import re
import unicodedata

from newscrawl.arabic.charmap import CharacterMap

ARABIC_BLOCKS = (
    (0x0600, 0x06FF),  # Arabic
    (0x0750, 0x077F),  # Arabic Supplement
    (0x0870, 0x089F),  # Arabic Extended-B
    (0x08A0, 0x08FF),  # Arabic Extended-A
    (0xFB50, 0xFDFF),  # Arabic Presentation Forms-A
    (0xFE70, 0xFEFE),  # Arabic Presentation Forms-B (U+FEFF, the byte order mark, is not Arabic)
)
"""First and last code point of every block that holds Arabic script."""

PRESENTATION_BLOCKS = ARABIC_BLOCKS[-2:]

TATWEEL = "\u0640"
"""The stroke that stretches a word (كتـــاب) and means nothing."""

HARAKAT = "".join(map(chr, range(0x064B, 0x0653)))
"""Tanwin, the short vowels, shadda, sukun."""

COMBINING_HAMZA = "\u0653\u0654\u0655"
"""Madda above, hamza above, hamza below, as marks of their own (decomposed text)."""

SUPERSCRIPT_ALEF = "\u0670"

INVISIBLE = "".join(
    map(
        chr,
        [
            0x00AD,  # soft hyphen
            0x034F,  # combining grapheme joiner
            0x061C,  # Arabic letter mark
            0x180E,  # Mongolian vowel separator, once a space of no width
            *range(0x200B, 0x2010),  # zero width space, non-joiner, joiner, LRM, RLM
            *range(0x202A, 0x202F),  # embeddings, overrides, pop
            *range(0x2060, 0x2065),  # word joiner, invisible operators
            *range(0x2066, 0x2070),  # isolates, and the deprecated format characters
            *range(0xFE00, 0xFE10),  # variation selectors
            0xFEFF,  # byte order mark
        ],
    )
)
"""Characters that are not seen: they are part of no word and end none."""

PHRASE_LIGATURES = "".join(
    map(chr, [0xFDFA, 0xFDFB, 0xFDFD, 0xFDFE, 0xFDFF, *range(0xFD40, 0xFD50), *range(0xFDCF, 0xFDD0)])
)
"""Whole phrases drawn as one sign (ﷺ, ﷽): ornaments beside a name, not words of the article."""

LOOK_ALIKES = {
    # Persian, Urdu, Kurdish, Uyghur letters that keyboards put where the Arabic one stands.
    "\u06cc": "ي",  # ی Farsi yeh
    "\u06d2": "ي",  # ے Urdu yeh barree
    "\u06d3": "ي",  # ۓ
    "\u06d0": "ي",  # ې
    "\u06cd": "ي",  # ۍ
    "\u06ce": "ي",  # ێ
    "\u06a9": "ك",  # ک keheh
    "\u06aa": "ك",  # ڪ swash kaf
    "\u06c1": "ه",  # ہ heh goal
    "\u06c2": "ه",  # ۂ
    "\u06c3": "ه",  # ۃ teh marbuta goal
    "\u06c0": "ه",  # ۀ
    "\u06be": "ه",  # ھ heh doachashmee
    "\u06d5": "ه",  # ە
    # Sounds that Arabic lacks, in names from elsewhere: the letter that news writes instead.
    "\u067e": "ب",  # پ p
    "\u0686": "ج",  # چ ch, and Egyptian j
    "\u0698": "ز",  # ژ zh
    "\u06a4": "ف",  # ڤ v
    "\u06a8": "ق",  # ڨ Maghrebi g
    "\u06a7": "ق",  # ڧ Maghrebi qaf
    "\u06a2": "ف",  # ڢ Maghrebi feh
    "\u06a1": "ف",  # ڡ dotless feh
    "\u066f": "ق",  # ٯ dotless qaf
    "\u066e": "ب",  # ٮ dotless beh
    "\u06ad": "ك",  # ڭ Moroccan g
    "\u06af": "ك",  # گ g
}
"""Letters of other languages in the Arabic script → the Arabic letter that the same word is written with."""

HAMZA_SEATS = {"ؤ": "ء", "ئ": "ء"}
"""Hamza on waw or yeh → bare hamza.

Egypt writes مسئول and شئون where the Levant and the Gulf write مسؤول and شؤون. With the seat gone the
two meet; a reader loses next to nothing, since few pairs of words differ only there (بئر, بؤر).
"""

ALEF_WASLA = "\u0671"

_LETTER_RANGES = "\u0620-\u063f\u0641-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06fc\u06ff"
_MORE_LETTERS = "\u0750-\u077f\u0870-\u0887\u0889-\u088e\u08a0-\u08c9"
_FORM_LETTERS = "\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufd8f\ufd92-\ufdc7\ufdf0-\ufdf9\ufe80-\ufefc"

ARABIC_LETTERS = _LETTER_RANGES + _MORE_LETTERS + _FORM_LETTERS
"""Every letter of the Arabic script, as the inside of a regular expression's `[…]`."""

LATIN_LETTERS = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff\ufb00-\ufb06\uff21-\uff3a\uff41-\uff5a"
)
"""Latin letters, as the inside of a `[…]`."""

WORD_MARKS = (
    HARAKAT
    + COMBINING_HAMZA
    + "\u0656-\u065f"  # further marks over and under letters
    + SUPERSCRIPT_ALEF
    + "\u0610-\u061a\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u08ca-\u08e1\u08e3-\u08ff"  # Quranic marks
    + "\ufe70-\ufe7f\ufbb2-\ufbc2"  # marks as presentation forms
    + "\u0300-\u036f"  # Latin accents, decomposed
    + TATWEEL
    + INVISIBLE
)
"""What may stand inside a word without being a letter of it, as the inside of a `[…]`."""

_ARABIC_LETTER = re.compile(f"[{ARABIC_LETTERS}]")
_LETTER = re.compile(rf"[^\W\d_{PHRASE_LIGATURES}\ufe70-\ufe7f\u0640\u06e5\u06e6]")


def presentation_forms() -> dict[str, str]:
    """Each shaped letter or ligature (ﻻ, ﷲ) → its plain letters; a shaped mark or ornament → nothing."""
    forms: dict[str, str] = {}
    for first, last in PRESENTATION_BLOCKS:
        for code in range(first, last + 1):
            character = chr(code)
            plain = unicodedata.normalize("NFKC", character)
            if character in PHRASE_LIGATURES:
                forms[character] = " "
            elif plain != character:
                # The NFKC of a mark that stands alone begins with a space or a tatweel.
                forms[character] = plain.strip().replace(TATWEEL, "")
    return forms


def arabic_share(text: str) -> float:
    """The share of Arabic-script letters among all letters of a text: 0.0 … 1.0; without letters 0.0."""
    letters = _LETTERS(text)
    return len(_ARABIC(letters)) / len(letters) if letters else 0.0


_LETTERS = CharacterMap(lambda sign: sign if _LETTER.match(sign) else "")
_ARABIC = CharacterMap(lambda sign: sign if _ARABIC_LETTER.match(sign) else "")
_LETTERS_AND_ENDS = CharacterMap(
    lambda sign: sign if (sign.isalnum() and sign != TATWEEL) or sign == "\n" else ""
)
ENOUGH_LETTERS = 240
"""Characters of a line that are compared: no two paragraphs of an article begin with so many alike."""


def letters(line: str, most: int | None = ENOUGH_LETTERS) -> str:
    """The letters and digits of a line's beginning: no spaces, quotes, harakat, tatweel, marks.

    >>> letters("«شي» – قال:") == letters('"شي" قال')
    True
    """
    return "".join(letters_by_line(line[:most]))


def letters_by_line(text: str) -> list[str]:
    r"""The letters and digits of each line of a text, read in one pass.

    >>> letters_by_line("«شي» – قال:\n\n3!")
    ['شيقال', '', '3']
    """
    return _LETTERS_AND_ENDS(text).split("\n")
