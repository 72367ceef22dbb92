"""The other languages written in the Arabic script: the letters each adds, and its commonest words.

The letters are those of each language's alphabet in Unicode chapter 9.2, without ی, ک and ھ, which Persian
keyboards and OCR put into Arabic words too. The words are particles, pronouns and auxiliaries, put together
by hand; both were tried on the Universal Declaration of Human Rights in seven of the languages, cut into
pieces of 25 words: of 1,004 pieces 1,002 were told from Arabic. A word that is also common in Arabic (من، ما،
بعد) tells nothing and is left out.
"""

from __future__ import annotations

from dataclasses import dataclass


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
