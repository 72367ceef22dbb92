"""The exact form: what meets, what stays apart, and the laws it keeps."""

import gzip
import json
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newscrawl.arabic.letters import INVISIBLE, TATWEEL, arabic_share
from newscrawl.arabic.normalise import camel_normalise, normalise

CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "antcorpus_2018.jsonl.gz"

ARABIC_TEXT = st.text(
    st.one_of(
        st.characters(min_codepoint=0x0600, max_codepoint=0x06FF),
        st.characters(min_codepoint=0xFB50, max_codepoint=0xFEFF),
        st.sampled_from(INVISIBLE + " \n\u0301\u0654Aé"),
        st.characters(),
    )
)

SAME = [
    ("أحمد إحمد آحمد ٱحمد", "احمد احمد احمد احمد"),
    ("مدرسة", "مدرسه"),
    ("مستشفى", "مستشفي"),
    ("مسؤول", "مسئول"),
    ("شؤون", "شئون"),
    ("الْعَرَبِيَّةُ", "العربية"),
    ("كتـــاب", "كتاب"),
    ("هٰذا الرحمٰن", "هذا الرحمن"),
    ("و\u0654", "ؤ"),
    ("ا\u0653 ا\u0654 ا\u0655", "آ أ إ"),
    ("کتاب علی", "كتاب علي"),
    ("ہ ۀ ے ھ", "ه ه ي ه"),
    ("ڤيديو پوتين چورج گ", "فيديو بوتين جورج ك"),
    ("ﻻ ﺍﻟﻌﺮﺑﻴﺔ ﷲ", "لا العربية الله"),
    ("٢٠٢٦ ۲۰۲۶", "2026 2026"),
    ("أم\u200cريكا\u200f \ufeffأمريكا", "امريكا امريكا"),
    ("محمد ﷺ", "محمد"),
    ("  سطر\u00a0أول\n\tثان ", "سطر اول ثان"),
    ("BBC Ｂｂｃ Beyoncé", "bbc bbc beyonce"),
    ("E\u0301", "é"),
]


@pytest.mark.parametrize(("text", "other"), SAME)
def test_spellings_of_the_same_words_meet(text, other):
    assert normalise(text) == normalise(other)


@pytest.mark.parametrize(
    ("one", "other"), [("علم", "عالم"), ("سأل", "سال؟"), ("وزير", "الوزير"), ("كلب", "قلب"), ("ضل", "ظل")]
)
def test_different_words_stay_apart(one, other):
    assert normalise(one) != normalise(other)


def test_punctuation_is_kept():
    assert normalise("قال: «نعم»… 1.5%") == "قال: «نعم»… 1.5%"


@given(ARABIC_TEXT)
@example("e\u200d\u0301")
@example("\u1100\u200d\u1161")
def test_is_idempotent(text):
    once = normalise(text)
    assert normalise(once) == once


def test_every_character_is_idempotent():
    for code in [*range(0xD800), *range(0xE000, 0x20000)]:
        once = normalise(chr(code))
        assert normalise(once) == once, hex(code)


@given(ARABIC_TEXT)
def test_composed_and_decomposed_text_meet(text):
    assert normalise(unicodedata.normalize("NFD", text)) == normalise(text)


@given(ARABIC_TEXT)
def test_leaves_nothing_unseen(text):
    assert not set(normalise(text)) & set(INVISIBLE + TATWEEL + "أإآٱىةؤئ")


camel_normalise("")  # the import takes 0.4 s, which is not the property's fault


@given(st.text("ابتثجحخدذرزسشصضطظعغفقكلمنهويةىأإآٱءؤئًٌٍَُِّْٰ ،.«»"))
def test_stands_on_camel_tools(text):
    """Whatever CAMeL Tools folds, we fold the same way; what we fold beyond it, we fold on its output too."""
    assert normalise(camel_normalise(text)) == normalise(text)
    assert normalise(text) == " ".join(camel_normalise(text).replace("ؤ", "ء").replace("ئ", "ء").split())


def test_drops_all_that_dediac_ar_drops():
    from camel_tools.utils.charsets import AR_DIAC_CHARSET

    assert normalise("".join(AR_DIAC_CHARSET)) == ""
    assert camel_normalise("م" + "".join(AR_DIAC_CHARSET)) == "م"


@pytest.mark.skipif(not CORPUS.exists(), reason="needs ../shared/corpus")
def test_stands_on_camel_tools_on_real_text():
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line, _ in zip(lines, range(300), strict=False)]
    for text in texts:
        assert normalise(camel_normalise(text.replace("…", ""))) == normalise(text.replace("…", ""))


def test_importing_and_running_it_loads_no_torch():
    code = (
        "import sys; from newscrawl.arabic.tokens import index_terms; index_terms('الوزير');"
        "assert not {'torch', 'transformers', 'camel_tools.ner', 'camel_tools.data'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


@pytest.mark.parametrize(
    ("text", "share"), [("", 0.0), ("12 !", 0.0), ("وزير", 1.0), ("ab وز", 0.5), ("ﻭﺯَـa", 2 / 3)]
)
def test_arabic_share(text, share):
    assert arabic_share(text) == pytest.approx(share)
