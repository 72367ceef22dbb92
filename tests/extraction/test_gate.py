import pytest

from newscrawl.article import Outcome
from newscrawl.extraction import gate

ARABIC = (
    "قال وزير الخارجية إن الاجتماع الذي عقد في القاهرة أمس بحث العلاقات بين البلدين وأكد أن التعاون "
    "في مجال الطاقة سيستمر على جميع المستويات خلال العام المقبل مع توقيع اتفاقيات جديدة"
)
PERSIAN = (
    "وزیر امور خارجه گفت که این نشست در تهران برگزار شد و مذاکرات با طرف مقابل ادامه دارد و این موضوع "
    "برای هر دو کشور مهم است و باید به نتیجه برسد و تاکید کرد که همکاری ها نیز ادامه خواهد داشت"
)
URDU = (
    "وزیر خارجہ نے کہا ہے کہ اجلاس میں دونوں ممالک کے تعلقات پر بات چیت کی گئی اور یہ بھی کہا گیا کہ "
    "توانائی کے شعبے میں تعاون جاری رہے گا اور اس سلسلے میں نئے معاہدے بھی کیے جائیں گے"
)
SORANI = (
    "وەزیری دەرەوە لە کۆبوونەوەیەک لەگەڵ ڕۆژنامەنووسان ڕایگەیاند کە پەیوەندییەکان لە نێوان هەردوو "
    "وڵات بەردەوام دەبن بۆ ئەم ساڵە و ئەو ڕێککەوتنە بە گرنگ دەزانێت لەسەر وزە هەروەها دوای کۆبوونەوەکە بوو"
)
EGYPTIAN = (
    "النهارده الحكومة قالت إنها مش هتزود الأسعار تاني السنة دي عشان الناس تعبانة والوزير قال كمان إن فيه "
    "حاجات كتير هتتغير وإحنا لسه مستنيين نشوف إيه اللي هيحصل بعد كده في البلد كلها"
)
VOCALISED = "قَالَ المُعَلِّمُ لِتَلامِيذِهِ إِنَّ العِلْمَ نُورٌ لا يُطْفِئُهُ شَيْءٌ وَإِنَّ مَنْ سَارَ عَلَى الدَّرْبِ وَصَلَ"
GADGETS = (
    "أعلنت شركة Apple عن هاتف iPhone 15 Pro Max بمعالج A17 Bionic وساعة Apple Watch Series 9 وقالت إن البيع "
    "سيبدأ في الأسواق يوم الجمعة بسعر يبدأ من 999 دولارا وإن الهاتف يعمل بنظام iOS 17 ويدعم شبكات Wi-Fi 6E"
)
ENGLISH = "The minister said that the meeting which was held in Cairo yesterday had been useful. " * 4


@pytest.mark.parametrize(
    "body",
    [ARABIC, EGYPTIAN, GADGETS, ARABIC.replace("ي", "ی").replace("ك", "ک"), f"{ARABIC}\n\n{VOCALISED}"],
)
def test_arabic_in_all_its_dress_passes(body):
    assert gate("عنوان الخبر", body) is None


@pytest.mark.parametrize(
    ("body", "said"), [(PERSIAN, "Persian"), (URDU, "Urdu"), (SORANI, "Sorani"), (ENGLISH, "0%")]
)
def test_other_languages_do_not(body, said):
    rejected = gate("", body)
    assert rejected.outcome is Outcome.NOT_ARABIC
    assert said in rejected.reason


def test_an_arabic_title_does_not_make_an_english_article_arabic():
    rejected = gate("زيارة وزير الخارجية إلى القاهرة", ENGLISH)
    assert rejected.outcome is Outcome.NOT_ARABIC
    assert "of the letters are Arabic" in rejected.reason


def test_vowel_signs_do_not_cut_words():
    words = len(VOCALISED.split())
    assert gate("", VOCALISED).reason == f"{words} words, fewer than 25"


def test_a_little_persian_quoted_in_arabic_passes():
    assert gate("", ARABIC + " " + " ".join(PERSIAN.split()[:4])) is None


@pytest.mark.parametrize("body", ["", " \n ", "…"])
def test_no_text_is_no_article(body):
    assert gate("عنوان", body).outcome is Outcome.NOT_ARTICLE


def test_too_short_by_the_default_and_as_given():
    short = " ".join(ARABIC.split()[:24])
    rejected = gate("عنوان", short)
    assert (rejected.outcome, rejected.reason) == (Outcome.TOO_SHORT, "24 words, fewer than 25")
    assert gate("عنوان", " ".join(ARABIC.split()[:25])) is None
    assert gate("عنوان", short, 10) is None
