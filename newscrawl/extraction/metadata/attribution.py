"""Credit given in a sentence: نشر موقع Middle East Eye البريطاني، أن · وفق ما نقل موقع دايلي ميل."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.arabic.credits import is_place, load_houses
from newscrawl.arabic.normalise import normalise

_TOKEN = re.compile(r"[\w'’&-]+|[^\w\s]")
_LATIN = re.compile(r"[A-Za-z][\w'’&.-]*")
_ADJECTIVE = re.compile(r"ال\w+يه?$")
"""Behind a house's name, normalised: البريطانية, الأميركي, الإخباري."""
_SMALL_WORDS = frozenset("ان عن في من علي الي قد خبرا تقريرا مقالا".split())
_BEGINS_CLAUSE = frozenset("ان عن في".split())
_KNOWN_WORDS = 5
_OTHER_WORDS = 3


def credited_houses(text: str) -> Iterator[str]:
    """The houses behind a verb or preposition of crediting and the kind of house."""
    houses = load_houses()
    tokens = [(match[0], match.start(), match.end()) for match in _TOKEN.finditer(text)]
    folded = [normalise(token) for token, _, _ in tokens]
    for at, word in enumerate(folded):
        kind = word.removeprefix("ل") if word.removeprefix("ل") in houses.kinds else word
        if kind in houses.kinds and _is_credited(folded, at, kind != word):
            name = _name_after(text, tokens, folded, at + 1, known_only=kind in houses.known_only)
            if name:
                yield name


def _is_credited(folded: list[str], at: int, joined: bool) -> bool:
    """Whether crediting words stand before the kind of house: وفق ما نقل موقع, نشرت صحيفة, وفقا لصحيفة."""
    houses = load_houses()
    for back in range(1, 5):
        if at < back:
            return False
        word = folded[at - back]
        if word in houses.kinds:
            continue  # نقلا عن موقع صحيفة ماركا
        bare = word.removeprefix("و") if word.removeprefix("و") in houses.published else word
        if word in houses.according or bare in houses.according or word.removeprefix("و") in houses.according:
            return True
        if bare in houses.published:
            return not joined and (back == 1 or _according_before(folded, at - back))
        if word not in houses.fillers:
            return False
    return False


def _according_before(folded: list[str], at: int) -> bool:
    houses = load_houses()
    return any(word in houses.according or word in houses.fillers for word in folded[max(0, at - 2) : at])


def _name_after(
    text: str, tokens: list[tuple[str, int, int]], folded: list[str], at: int, *, known_only: bool
) -> str:
    """The name that begins at a token: a known house, a quoted name, Latin words, or up to three others."""
    houses = load_houses()
    if at < len(tokens) and folded[at] in houses.kinds:
        return ""
    for last in range(min(at + 5, len(tokens)) - 1, at - 1, -1):
        name = text[tokens[at][1] : tokens[last][2]]
        if houses.is_house(name):
            return re.split(r"[»\"”]", name.lstrip("«\"'“ ("))[0].strip(" ().،,:'")
    if at >= len(tokens) or known_only:
        return ""
    if tokens[at][0] in '«"“(':
        inside = text[tokens[at][2] :][:40]
        return re.split('[»"”)\n]', inside)[0].strip()
    if _LATIN.match(tokens[at][0]):
        last = at
        while last + 1 < len(tokens) and _LATIN.fullmatch(tokens[last + 1][0]):
            last += 1
        return text[tokens[at][1] : tokens[last][2]]
    return _other_name(text, tokens, folded, at)


def _other_name(text: str, tokens: list[tuple[str, int, int]], folded: list[str], at: int) -> str:
    """A name of Arabic words that no list has: up to three, before a mark, an adjective or a clause."""
    if not _may_be_name(folded[at]):
        return ""
    end = at
    while end < min(at + _OTHER_WORDS, len(tokens)) and _goes_on(folded[end], first=end == at):
        end += 1
    follows = folded[end] if end < len(tokens) else "."
    ended = not follows[:1].isalnum() or _ADJECTIVE.search(follows) or follows in _BEGINS_CLAUSE
    name = text[tokens[at][1] : tokens[end - 1][2]] if end > at and ended else ""
    return "" if is_place(name) else name


def _may_be_name(word: str) -> bool:
    """Whether a house's name may begin with a word: no verb (تصدر), no adjective (بريطانية)."""
    houses = load_houses()
    if word in houses.not_houses or word in houses.kinds:
        return False
    return word.startswith("ال") or not word.endswith(("يه", "ي"))


def _goes_on(word: str, *, first: bool) -> bool:
    if len(word) < 3 or not word[0].isalpha() or word in _SMALL_WORDS:
        return False
    return first or not _ADJECTIVE.search(word)
