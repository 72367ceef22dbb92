import pytest

from newscrawl.article import EntityLabel, Mention
from newscrawl.entities.canonical_names import name_mentions
from newscrawl.entities.name_lists import country_code
from newscrawl.entities.protocol import Span

LABELS: dict[str, EntityLabel] = {"P": "PERSON", "O": "ORGANIZATION", "L": "LOCATION", "M": "MISC"}


def mentions(marked: str) -> list[Mention]:
    """Mentions of a text whose spans are marked [P:…], [O:…], [L:…] or [M:…]."""
    text, spans = "", []
    for part in marked.split("["):
        if "]" in part and part[1:2] == ":":
            inside, _, rest = part.partition("]")
            spans.append(Span(LABELS[inside[0]], len(text), len(text) + len(inside) - 2))
            text += inside[2:] + rest
        else:
            text += part
    return name_mentions(text, spans)


def names(marked: str) -> list[str]:
    return [mention.name for mention in mentions(marked)]


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("[L:ولبنان]", "لبنان"),
        ("[L:للصين]", "الصين"),
        ("[L:بموسكو]", "موسكو"),
        ("[L:وبالقاهرة]", "القاهرة"),
        ("[L:فلروسيا]", "روسيا"),
        ("[O:للأمم المتحدة]", "الأمم المتحدة"),
        ("[O:وللاتحاد الأوروبي]", "الاتحاد الأوروبي"),
        ("[P:ولافروف]", "سيرغي لافروف"),
        ("[P:لبوتين]", "فلاديمير بوتين"),
    ],
)
def test_proclitics_come_off(marked: str, name: str) -> None:
    assert names(marked) == [name]


@pytest.mark.parametrize(
    "name",
    [
        *("بكين", "كييف", "لبنان", "بيروت", "البحرين", "لندن", "فرنسا", "كندا", "ليبيا", "ولاية نهر النيل"),
        *(
            "وانغ يي",
            "وائل الدحدوح",
            "بلال حبشي",
            "كريم يونس",
            "فادي الهاشم",
            "لينا شاماميان",
            "وارن كريستوفر",
        ),
    ],
)
def test_letters_that_are_the_names_own_stay(name: str) -> None:
    label = "P" if " " in name and not name.startswith("ولاية") else "L"
    assert names(f"قال [{label}:{name}] اليوم") == [name]


def test_an_unknown_name_loses_a_clitic_only_where_the_article_shows_it() -> None:
    assert names("تحدث [P:كوستوف] و[P:غريشين]")[0] == "كوستوف"
    assert names("قال [P:بزورنيك] أمس، ثم عاد [P:زورنيك] وقال") == ["زورنيك", "زورنيك"]
    assert names("قال [P:بزورنيك] أمس") == ["بزورنيك"]


def test_a_conjunction_after_a_name_is_no_part_of_the_next() -> None:
    assert names("[P:تورغيل] [P:وشتيفانوف]")[1] == "شتيفانوف"


@pytest.mark.parametrize(
    ("label", "name", "spellings"),
    [
        ("L", "شنغهاي", ["شنغهاي", "شنجهاي", "شنغهای", "شانغهاي"]),
        ("P", "شي جي بينغ", ["شي جي بينغ", "شي جين بينج", "شي جينبينغ"]),
        ("L", "الولايات المتحدة", ["أمريكا", "أميركا", "امريكا", "الولايات المتحدة الأمريكية"]),
        ("O", "الاتحاد الأوروبي", ["الاتحاد الأوروبي", "الاتحاد الاوربي", "الإتحاد الأوربي"]),
        ("O", "فاغنر", ["فاغنر", "فاجنر", "مجموعة فاغنر", "ميليشيا فاجنر"]),
        ("P", "فولوديمير زيلينسكي", ["زيلينسكي", "زلينسكي", "زيلنسكي", "فولوديمير زيلينسكي"]),
        ("L", "نيودلهي", ["نيودلهي", "نيو دلهي"]),
        ("L", "إسطنبول", ["إسطنبول", "اسطنبول", "استانبول", "مدينة إسطنبول"]),
        ("P", "محمد بن سلمان", ["محمد بن سلمان", "محمّد بن سلمان", "محمد بن سلمـــان"]),
    ],
)
def test_spellings_of_one_name_meet(label: str, name: str, spellings: list[str]) -> None:
    for spelling in spellings:
        assert names(f"[{label}:{spelling}]") == [name]


def test_a_transcription_that_varies_within_an_article_gets_its_most_frequent_form() -> None:
    found = names("[P:هانز غيرهارت] و[P:هانز جيرهارت]، ثم [P:هانز غيرهارت]")
    assert found == ["هانز غيرهارت"] * 3


def test_names_of_few_consonants_are_not_taken_for_transcriptions_of_each_other() -> None:
    assert names("[P:سامي] و[P:سيما]") == ["سامي", "سيما"]


def test_a_short_name_gets_the_full_one_of_its_article() -> None:
    assert names("قال [P:خالد الدرويش] اليوم. وأضاف [P:الدرويش]") == ["خالد الدرويش"] * 2
    assert names("[P:الدرويش] يستقيل. قدم [P:خالد الدرويش] استقالته") == ["خالد الدرويش"] * 2
    assert names("تصريحات [P:شي] عن [P:شي جي بينغ]") == ["شي جي بينغ"] * 2


def test_a_short_name_is_the_last_person_of_that_name() -> None:
    found = names("[P:خالد الدرويش] أولا. [P:سعاد الدرويش] ثانيا. قال [P:الدرويش]")
    assert found[-1] == "سعاد الدرويش"


def test_a_first_name_that_two_people_share_stays() -> None:
    assert names("[P:خالد الدرويش] و[P:خالد منصور]. قال [P:خالد]")[-1] == "خالد"


def test_a_known_family_name_follows_the_article_before_the_gazetteer() -> None:
    assert names("[P:ليودميلا بوتين] تظهر. قالت [P:بوتين]")[-1] == "ليودميلا بوتين"


def test_places_have_their_class_whatever_the_recogniser_said() -> None:
    assert [(one.name, one.label) for one in mentions("فازت [O:روسيا]")] == [("روسيا", "LOCATION")]


def test_offsets_and_surface_are_the_texts_own() -> None:
    text = "زار «بُوتين» مـــوسكو"
    found = name_mentions(text, [Span("PERSON", 4, 12), Span("LOCATION", 13, len(text))])
    assert [text[one.start : one.end] for one in found] == [one.text for one in found]
    assert [one.name for one in found] == ["فلاديمير بوتين", "موسكو"]


def test_a_span_without_letters_is_left_out() -> None:
    assert name_mentions("« » قال", [Span("PERSON", 0, 3)]) == []


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ("لبنان", "LB"),
        ("موسكو", "RU"),
        ("حلب", "SY"),
        ("شنغهاي", "CN"),
        ("امريكا", "US"),
        ("أوروبا", ""),
        ("زورنيك", ""),
    ],
)
def test_a_place_has_the_code_of_its_country(place: str, code: str) -> None:
    assert country_code(place) == code


def test_a_lone_nationality_is_nobody() -> None:
    assert names("الرئيس [P:البيلاروسي] و[P:المصرية]") == []
    assert names("قال [P:نجيب المصري] ثم عاد [P:المصري]") == ["نجيب المصري"] * 2


def test_longer_forms_of_a_person_s_name_are_one():
    assert (
        names("[P:ماجد عمر الفارس] ثم [P:ماجد عمر] ثم [P:ماجد الفارس] ثم [P:الفارس]")
        == ["ماجد عمر الفارس"] * 4
    )


def test_a_father_is_not_his_son():
    assert names("[P:طارق بن ماجد بن حمد] و[P:ماجد بن حمد]") == ["طارق بن ماجد بن حمد", "ماجد بن حمد"]


def test_a_word_of_the_sentence_behind_a_name_is_no_part_of_it():
    assert names("[P:ماجد عمر] ثم [P:ماجد عمر استبعدني]") == ["ماجد عمر", "ماجد عمر"]
    assert names("[P:ماجد عمر] و[P:ماجد عمر] ثم [P:ماجد عمر صالح]") == ["ماجد عمر"] * 3


def test_an_organisation_has_its_longest_name():
    assert names("[O:أوبتيكا] من [O:لندن أوبتيكا] ثم [O:أوبتيكا]") == ["لندن أوبتيكا"] * 3
    assert names("[O:أوبتيكا] و[O:لندن أوبتيكا] و[O:باريس أوبتيكا]")[0] == "أوبتيكا"


def test_a_name_has_one_class():
    found = mentions("[O:سارلاند] ثم [L:سارلاند] ثم [L:سارلاند] و[M:نوفاتيك] و[M:نوفاتيك] و[O:نوفاتيك]")
    assert [mention.label for mention in found] == ["LOCATION"] * 3 + ["ORGANIZATION"] * 3
