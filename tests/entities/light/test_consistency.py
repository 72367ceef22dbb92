from newscrawl.entities.light.consistency import consistent


def tagged(*sentences: str) -> list[list[tuple[str, str]]]:
    """Sentences of words; a word is followed by /P, /p, /L, /l … for the beginning or inside of a class."""
    kinds = {"p": "PERS", "l": "LOC", "o": "ORG"}
    found = []
    for sentence in sentences:
        pairs = []
        for item in sentence.split():
            word, _, mark = item.partition("/")
            pairs.append((word, ("B-" if mark.isupper() else "I-") + kinds[mark.lower()] if mark else "O"))
        found.append(pairs)
    return found


def after(*sentences: str) -> list[list[tuple[str, str]]]:
    given = tagged(*sentences)
    words = [[word for word, _ in one] for one in given]
    tags = consistent(words, [[tag for _, tag in one] for one in given])
    return [list(zip(one, new, strict=True)) for one, new in zip(words, tags, strict=True)]


def test_a_full_name_is_found_again() -> None:
    assert after("قال هانز/P غيرهارت/p", "مع هانز غيرهارت امس") == tagged(
        "قال هانز/P غيرهارت/p", "مع هانز/P غيرهارت/p امس"
    )


def test_so_is_a_family_name_also_behind_a_proclitic() -> None:
    assert after("قال هانز/P غيرهارت/p", "وغيرهارت امس")[1] == tagged("وغيرهارت/P امس")[0]


def test_a_common_word_that_ends_a_name_is_no_name_by_itself() -> None:
    assert after("قال هانز/P السلام/p", "وعم السلام")[1] == tagged("وعم السلام")[0]


def test_a_name_of_two_classes_spreads_as_neither() -> None:
    assert after("زار زورنيك/L", "قال زورنيك/P", "عاد زورنيك")[2] == tagged("عاد زورنيك")[0]


def test_tags_that_are_there_stay() -> None:
    assert after("زار زورنيك/L", "بلديه/O زورنيك/o")[1] == tagged("بلديه/O زورنيك/o")[0]
