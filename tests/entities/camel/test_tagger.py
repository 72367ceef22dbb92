"""CAMeL's tokens and CamelTagger's mentions, each at its place; clear words where it cannot be used."""

import shutil

import numpy as np
import pytest
from camel_tools.tokenizers.word import simple_word_tokenize
from camel_tools.utils.dediac import dediac_ar
from hypothesis import example, given
from hypothesis import strategies as st

from newscrawl.entities import TaggerUnavailable, load_tagger
from newscrawl.entities.camel import CamelTagger, installed, model_files, tagger
from newscrawl.entities.camel.install import bundled_text
from newscrawl.entities.camel.recogniser import Recogniser, Special, WordPieces
from newscrawl.entities.camel.tagger import bare_text, sentences
from tests.entities.camel.test_recogniser import make_tokenizer
from tests.entities.camel.workshop import LABELS, WORDS, vocabulary
from tests.entities.camel.world import run_python

LETTERS = "ابتمحدلنيوهةأإآؤئى"
MARKS = "\u064b\u064e\u064f\u0650\u0651\u0652\u0670"
ODD = "\u0640\u200f\u200e\u200c\u200d\ufeff\u0654\u0653\ufe8d\ufefb\ufdf2\ufdfa\ufe0f\u0301"
OTHER = "az09٣.,،؟!«»()-_#@ \t\n\r\u00a0\u2028😀👍🏽🇱🇧é漢"


def read(text):
    return [(token.text, text[token.start : token.end]) for sentence in sentences(text) for token in sentence]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("مُحَمَّدٌ هنا", [("محمد", "مُحَمَّدٌ"), ("هنا", "هنا")]),
        ("محمـــد", [("محمد", "محمـــد")]),
        ("\u200fمحمد\u200f،", [("محمد", "محمد"), ("،", "،")]),
        ("م\u200fحمد", [("محمد", "م\u200fحمد")]),
        ("اﻹسلام", [("الإسلام", "اﻹسلام")]),
        ("ا\u0654حمد", [("أحمد", "ا\u0654حمد")]),
        ("كافي\u0301ه", [("كافيه", "كافي\u0301ه")]),
        ("cafe\u0301", [("café", "cafe\u0301")]),
        ("(لبنان)\r\nمصر", [("(", "("), ("لبنان", "لبنان"), (")", ")"), ("مصر", "مصر")]),
        ("👍🏽 نعم", [("👍🏽", "👍🏽"), ("نعم", "نعم")]),
        (" \u0651 \u200f ـ ", []),
        ("محمد ﷺ قال", [("محمد", "محمد"), ("قال", "قال")]),
    ],
)
def test_tokens_and_their_places(text, expected):
    assert read(text) == expected


def test_sentences_end_where_lines_and_full_stops_do():
    text = "قال محمد.\r\nثم قال: 3.5 وسكت! نعم\n\nمصر"
    words = [[token.text for token in sentence] for sentence in sentences(text)]
    assert words == [
        ["قال", "محمد", "."],
        ["ثم", "قال", ":", "3", ".", "5", "وسكت", "!"],
        ["نعم"],
        ["مصر"],
    ]


@given(st.text(st.sampled_from(LETTERS + MARKS + ODD + OTHER), max_size=60))
@example("ﷺا")
def test_places_are_right_on_any_text(text):
    end = 0
    for sentence in sentences(text):
        assert sentence
        for token in sentence:
            assert end <= token.start < token.end <= len(text)
            assert bare_text(text[token.start : token.end]).text == token.text
            assert token.text.strip() == token.text
            end = token.end


@given(st.text(st.sampled_from(LETTERS + MARKS + OTHER), max_size=60))
def test_without_oddities_they_are_camel_tools_own(text):
    assert [token for token, _ in read(text)] == simple_word_tokenize(dediac_ar(text))


def test_real_text():
    text = bundled_text().replace("\u0640", "")
    assert [token for token, _ in read(text)] == simple_word_tokenize(dediac_ar(text))
    assert 250 <= len(sentences(text)) <= 400


NAMES = {"محمد": "B-PERS", "الرئيس": "I-PERS", "لبنان": "B-LOC", "شركة": "B-ORG", "النفط": "I-ORG"}


class ByWord:
    """A model that knows some names."""

    def best(self, ids, mask):
        known = {vocabulary().index(word): LABELS.index(tag) for word, tag in NAMES.items()}
        return np.array([[known.get(piece, LABELS.index("O")) for piece in row] for row in ids.tolist()])


@pytest.fixture
def camel(monkeypatch):
    recogniser = Recogniser(ByWord(), WordPieces(make_tokenizer()), Special(2, 3, 0), LABELS)
    monkeypatch.setattr(tagger, "load", lambda threads: (recogniser, "camel arabert int8"))
    return CamelTagger()


@pytest.fixture
def nowhere(monkeypatch, tmp_path):
    monkeypatch.setenv("CAMELTOOLS_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("NEWSCRAWL_MODELS", str(tmp_path / "models"))
    return tmp_path


def found(mentions):
    return [(mention.text, mention.label, mention.start, mention.end) for mention in mentions]


def test_mentions_stand_in_the_text_as_published(camel):
    text = "قال مُحَمَّـد.\r\n\u200fفي لُبنان\u200f، شركة النفط 👍🏽"
    (mentions,) = camel.tag([text])
    assert [mention.text for mention in mentions] == ["مُحَمَّـد", "لُبنان", "شركة النفط"]
    assert [mention.label for mention in mentions] == ["PERSON", "LOCATION", "ORGANIZATION"]
    assert all(text[mention.start : mention.end] == mention.text for mention in mentions)


def test_texts_are_tagged_together_and_kept_apart(camel):
    texts = ["محمد في لبنان", "", "قال", "لبنان. لبنان"]
    together = camel.tag(texts)
    assert [len(mentions) for mentions in together] == [2, 0, 0, 2]
    assert [found(one) for one in together] == [found(camel.tag([text])[0]) for text in texts]
    assert camel.tag([]) == []
    assert camel.identity == "camel arabert int8"


def test_a_name_does_not_run_on_into_the_next_sentence(camel):
    (mentions,) = camel.tag(["محمد\nمحمد"])
    assert [mention.text for mention in mentions] == ["محمد", "محمد"]


def test_what_only_says_what_an_organisation_is_is_no_name(camel):
    (mentions,) = camel.tag(["شركة النفط في شركة"])
    assert [mention.text for mention in mentions] == ["شركة النفط"]


def test_not_installed(nowhere):
    assert not installed()
    with pytest.raises(TaggerUnavailable, match="newscrawl models install camel") as error:
        CamelTagger()
    assert "\n" not in str(error.value)
    with pytest.raises(TaggerUnavailable):
        load_tagger("camel")


@pytest.mark.parametrize("broken", ["manifest.json", "int8.onnx", "tokenizer.json"])
def test_damaged(nowhere, world, broken):
    shutil.copytree(world.exported, nowhere / "models" / "camel")
    assert installed()
    (nowhere / "models" / "camel" / broken).write_text("{}")
    with pytest.raises(TaggerUnavailable, match="run `newscrawl models install camel` again"):
        CamelTagger()


def test_a_folder_that_is_no_model(nowhere, monkeypatch):
    """CAMeL Tools' folder is there, half of it."""
    folder = nowhere / "data" / "data" / "ner" / "arabert"
    folder.mkdir(parents=True)
    assert not installed()
    (folder / "config.json").write_text("{}")
    monkeypatch.setattr(model_files, "find_spec", lambda name: object())
    assert installed()


def test_at_work_there_is_no_torch_and_no_network(world):
    """In a process of its own, where to open a socket is an error."""
    text = " ".join(WORDS)
    program = f"""
import socket, sys

def refuse(*_, **__):
    raise AssertionError("a socket was opened")

socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse
import newscrawl.cli.models
import newscrawl.entities.camel as camel

heavy = {{"torch", "transformers", "camel_tools.ner", "camel_tools.data"}}
heavy |= {{"onnx", "onnxruntime", "tokenizers"}}
assert camel.installed()
assert not heavy & set(sys.modules), heavy & set(sys.modules)
tagger = camel.CamelTagger(threads=1)
mentions = tagger.tag([{text!r}])
assert tagger.identity == "camel arabert int8"
assert mentions[0]
assert {{"onnxruntime", "tokenizers"}} == heavy & set(sys.modules), heavy & set(sys.modules)
"""
    made = run_python(program, NEWSCRAWL_MODELS=str(world.exported.parent), CAMELTOOLS_DATA="/nonexistent")
    assert made.returncode == 0, made.stderr
