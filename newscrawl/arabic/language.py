"""Tells Arabic, its dialects among it, from the other languages written in its script.

Sources: Lucene's Arabic stop-word list for the words of the written language; those of the dialects and of
the other languages (particles, pronouns, auxiliaries) were put together by hand. The other languages' letters
are those of each alphabet in Unicode chapter 9.2, without ی, ک and ھ: Persian keyboards and OCR put them into
Arabic words too. Words and letters were tried on the Universal Declaration of Human Rights in seven of the
languages, cut into pieces of 25 words: of 1,004 pieces 1,002 were told from Arabic. A word that is common in
Arabic and in another language (من، ما، بعد) tells nothing and is in no list.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from newscrawl.arabic.charmap import CharacterMap
from newscrawl.arabic.letters import (
    ARABIC_LETTERS,
    COMBINING_HAMZA,
    HARAKAT,
    PRESENTATION_BLOCKS,
    SUPERSCRIPT_ALEF,
    TATWEEL,
)
from newscrawl.arabic.normalise import normalise

FUNCTION_WORDS = frozenset(
    "في من على إلى الى عن أن ان التي الذي الذين هذا هذه ذلك تلك كما بعد قبل بين خلال قال وقال وأضاف كان كانت "
    "لا ما لم لن قد أو او ثم حتى منذ عند مع هو هي وفي ومن وعلى إن وأن الى حيث كل غير عبر ضد يوم "
    "اليوم وكان".split()
)
"""The commonest words of written Arabic that the other languages of the script do not share."""

NO_STOP_WORDS = frozenset({"على", "وعلى", "يوم", "اليوم"})
"""Once normalised, على is also the name علي; and the day is in the names of newspapers."""

DIALECTS = frozenset(
    # Egypt and Sudan
    "مش اللي كده كدا عشان علشان إيه ايه كمان زي دلوقتي النهارده إمبارح ازاي فين ليه حاجة لسه احنا إحنا "
    "انا أنا يعني برضه بتاع بتاعة شنو زول ليها فيها دايرين هسع داك ديل بيقول بقى "
    # the Levant
    "شو هيك هاد هاي هدول كتير منشان عم رح بدي بدنا بدو وين ليش هلق هلأ لسا مافي إنو انو عنا عندن مو "
    # Iraq and the Gulf
    "هسه شلون اكو ماكو آني احنه هاي هذوله مال وياه ويا حيل وايد شفيك ليش الحين أبي ابي يبي نبي عقب چان "
    # the Maghreb
    "واش بزاف ديال ديالي ديالو ديالهم باش برشا توا كيفاش علاش شحال دابا راه راهم هاد حنا احنا كيما تاع "
    "نتاع هذاك فما موش ياسر متاع متاعنا".split()
)
"""Words of the dialects that the written language lacks; every one of them is Arabic."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A language that shares Arabic's script."""

    name: str
    """In English."""
    letters: frozenset[str]
    """Letters that it has and written Arabic lacks."""
    words: frozenset[str]
    """Particles, pronouns and auxiliaries, as its own orthography writes them."""


def _language(name: str, letters: str, words: str) -> Neighbour:
    return Neighbour(name, frozenset(letters), frozenset(words.split()))


NEIGHBOURS = (
    _language(
        "Persian",
        "پچژگۀ",
        "است که این را از به با برای می های ها شود شد کرد کرده شده خود یک آن نیز باید گفت اند هم تا بود دارد "
        "یا در بر نمی اگر چه پس هر همه دیگر پیش دو سه چند بوده باشد خواهد کند کنند کردند شدند دارند بودند "
        "داده دهد آنها آنان وی نیست هستند گفته توان افزود همین همچنین چنین روی زیر ولی چون ام اش ایم "
        "هایی هایش هنوز کنیم بودم دیگری",
    ),
    _language(
        "Urdu",
        "پچژگٹڈڑںہےۓۂۃ",
        "ہے ہیں کی کے کا میں نے سے کو اور پر یہ کہ بھی تھا تھی تھے گیا گئی گئے جو وہ اس ایک ہو رہا رہے رہی "
        "کر کیا دیا لیے ساتھ جس نہیں تک اپنے کرنے والے ہوئے ہوا جبکہ کہا ہم انہوں اسے",
    ),
    _language(
        "Punjabi",
        "پچژگٹڈڑںہےۓۂۃݨࣇ",
        "دا دی دے وچ نوں اے تے نیں ایہہ اوہ سی سن نال توں کیتا ہویا جے کوئی ایس اوس کول لئی ہور وی گل کردے "
        "اک ایہ ہوئے دیاں",
    ),
    _language(
        "Saraiki",
        "پچژگٹڈڑںہےۓۂۃٻڄڋݙڳݨ",
        "دا دی دے وچ کوں ہے تے نال ایں اتے ہن دیاں ہک کیتا تھیا کیتے ہوندا جیندے ویسی تھی ایندا",
    ),
    _language(
        "Kashmiri",
        "پچژگٹڈڑںہےۄٲٳؠۍێۆۆٟ",
        "چھ چھہ چھِ چھُ تہ تہٕ منز منٛز اوس آسہِ کرنہٕ اکھ یتھ ہند ہُند سان کینہہ پیٹھ باپت یہ",
    ),
    _language(
        "Pashto",
        "پچژګگټډړږښڼېۍۀڅځ",
        "د په چې دی ده دي کې يې یې سره کړي کړه کړ شوي شو شوې وي هم دا خو ته هغه دغه ويل وایي کوي لري تر پورې "
        "لپاره نه څخه کوم يو یو دې وه ول به",
    ),
    _language(
        "Sorani Kurdish",
        "پچژگڤەۆێڕڵ",
        "لە بۆ کە بە ئەو ئەم لەو لەم دەکات کرد هەیە بوو لەسەر نێوان دوای ڕۆژی هەروەها یان ئەوە ئەوەی هەموو "
        "لەگەڵ بەڵام لەلایەن ئەوان کرا دەبێت نییە بەو بەم پێش تا ئێمە "
        # the older orthography, where ە is heh and a zero-width non-joiner: ئه‌و، كه‌، ده‌كات
        "ئه هه كه نه وه بۆ",
    ),
    _language(
        "Kurmanji Kurdish",
        "پچژگڤەۆێڕڵ",
        "ل ژ ب د یێ یا یێن ئەڤ ئەڤە ئەڤێ دێ گەل لگەل دگەل کو ژی وی وێ وان مە ئێک ژبۆ هاتیە هاتە نینە هەمی "
        "پشتی بەری دهێتە گوت دکەت ئەو بۆ",
    ),
    _language(
        "Uyghur",
        "پچژگڭەۆۇۈۋې",
        "ۋە بىلەن بۇ بىر ئۈچۈن ھەم دەپ قىلدى بولۇپ ئىكەن ھەر ئۇ ئۇنىڭ قىلىش كېيىن ئىدى بولغان قىلغان "
        "ئارقىلىق بولدى كېرەك ياكى ئەمما لېكىن",
    ),
    _language(
        "Kazakh",
        "پچگڭەۇۆۋٴ",
        "جانە مەن بەن پەن بۇل ەدى دەپ بولىپ ۇشىن كەيىن بويىنشا تۋرالى ەكەن دە دا ول وسى عانا بار جىلى",
    ),
    _language(
        "Sindhi",
        "پچگڪٻڀٺٽٿڃڄڇڌڏڊڍڙڦڳڱڻ۽۾",
        "۾ ۽ جي جو جا جون آهي آهن کي کان سان ته هن هڪ ٿي ٿيو ڪري ڪيو ڪرڻ چيو هو هئا هئي تي اهو انهن ويو جنهن",
    ),
    _language(
        "Azerbaijani",
        "پچژگۆێۇۈ",
        "بیر بو ایله اوچون ده دا کی اولان اولاراق سونرا گؤره اولدو ائدیب ائدن ایکی داها چوخ وار یوخ دیر ایدی "
        "اونون بونون لر لار نین اوز اؤز آراسیندا طرفیندن کیمی آنجاق هم ائتدی ائدیر گون ایل",
    ),
    _language(
        "Malay",
        "چڠڤڬݢڽۏ",
        "دان يڠ دي اين ايت كڤد تيدق دڠن اونتوق اداله داري اتاو اوليه دالم سباڬاي تله اكن جوڬ ڤد سموا سرتا "
        "اورڠ مريک ستياڤ باݢي باڬي كران اد",
    ),
)

SAMPLE = 20_000
"""So many characters are read: some 3,500 words, of which a tenth would do."""
OTHER_SHARE = 0.12
"""Share of words that must speak for the other language. Running text has .3 (Persian) to .9 (Sorani);
an Arabic report about Iran .02."""
FEWEST_WORDS = 4
"""So many words must speak: of a photo's caption (د. فيصل) one is the Pashto "of"."""
STRANGE_SHARE = 0.3
"""Share of words with letters that no Arabic is written with, for languages that have no list here."""
UNNAMED = "another language of the Arabic script"

_MARK = re.compile(
    f"[{HARAKAT}{COMBINING_HAMZA}{SUPERSCRIPT_ALEF}{TATWEEL}\u0610-\u061a\u0656-\u065f\u06d6-\u06dc]"
)
_SHAPED = re.compile("[" + "".join(f"{chr(first)}-{chr(last)}" for first, last in PRESENTATION_BLOCKS) + "]")
# The two Sindhi signs for "and" and "in" are symbols to Unicode and words to readers.
_SIGNS = "\u06fd\u06fe"
_LETTER = re.compile(f"[{ARABIC_LETTERS}]")
# Keyboards and OCR mix these; hamza on alef is left out as often as written.
_FOLD = str.maketrans("یىکھأإٱ", "ييكهااا")
_ARTICLE = re.compile("[وف]?(?:[بك]?ال|لل|عال|هال)..")
_BORROWED = frozenset("پچژگڤڭڨ")
"""Letters of other languages that Arabic borrows for names, and Iraqis and Maghrebis for their own sounds."""
_BEYOND_ARABIC = re.compile("[^ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهويىٱ]")


def _fold(text: str) -> str:
    return text.translate(_FOLD)


_ARABIC_WORDS = frozenset(map(_fold, FUNCTION_WORDS | DIALECTS))


def _speakers() -> dict[str, list[str]]:
    """Each common word → the languages that have it."""
    found: dict[str, list[str]] = {}
    for neighbour in NEIGHBOURS:
        for word in frozenset(map(_fold, neighbour.words)) - _ARABIC_WORDS:
            found.setdefault(word, []).append(neighbour.name)
    return found


_SPEAKERS = _speakers()


def other_language(text: str) -> str:
    """The English name of the other language that a text in Arabic script is written in.

    Every word speaks for Arabic (a common word, the article, teh marbuta), for the languages among whose
    common words it is or whose letters it has, or for none. Arabic that quotes Persian, writes ی for ي
    or spells names with پ and گ stays Arabic: another language must have more words than Arabic has.

    Returns:
        The name of one of NEIGHBOURS; UNNAMED where only the letters are known to be strange;
        "" for Arabic and for a text without words. Texts from about 25 words are told.
    """
    arabic = strange = 0
    common: Counter[str] = Counter()
    lettered: Counter[str] = Counter()
    counts = _words(text)
    for word, times in counts.items():
        is_arabic, is_strange, by_word, by_letters = _speaks_for(word)
        arabic += times if is_arabic else 0
        strange += times if is_strange else 0
        for name in by_word:
            common[name] += times
        for name in by_letters:
            lettered[name] += times
    enough = max(arabic + 1, FEWEST_WORDS, OTHER_SHARE * counts.total())
    likely = [name for name in common + lettered if common[name] + lettered[name] >= enough]
    if likely:  # languages share letters more than words
        return max(likely, key=lambda name: 2 * common[name] + lettered[name])
    return UNNAMED if strange >= max(arabic + 1, FEWEST_WORDS, STRANGE_SHARE * counts.total()) else ""


@lru_cache(maxsize=1 << 15)
def _speaks_for(word: str) -> tuple[bool, bool, Sequence[str], Sequence[str]]:
    """Whether a word is Arabic, whether its letters are strange, and the languages that have it, or them."""
    if _is_arabic(word):
        return True, False, (), ()
    letters = frozenset(_BEYOND_ARABIC.findall(word))
    speakers = _SPEAKERS.get(word, ())
    fitting = [one.name for one in NEIGHBOURS if letters <= one.letters] if letters else []
    return False, bool(letters - _BORROWED), speakers, [name for name in fitting if name not in speakers]


def _words(text: str) -> Counter[str]:
    text = text[:SAMPLE]
    if _SHAPED.search(text):
        text = unicodedata.normalize("NFKC", text)
    return Counter(_LETTERS(text).split())


def _letter(character: str) -> str:
    """A letter folded, nothing for a mark on one, else a space."""
    if _MARK.match(character):
        return ""
    if character in _SIGNS:
        return f" {character} "
    return _fold(character) if _LETTER.match(character) else " "


_LETTERS = CharacterMap(_letter)


def _is_arabic(word: str) -> bool:
    # Pakistani typesetting of Arabic. In short words it would make Urdu ہو the Arabic هو.
    if len(word) > 3 and ("ہ" in word or "ۃ" in word):
        word = word.replace("ہ", "ه").replace("ۃ", "ة")
    return word in _ARABIC_WORDS or bool(_ARTICLE.match(word)) or (len(word) > 3 and word.endswith("ة"))


@cache
def stop_words() -> frozenset[str]:
    """Words so common that they say nothing of what an article is about; normalised."""
    return frozenset(normalise(word) for word in FUNCTION_WORDS - NO_STOP_WORDS)
