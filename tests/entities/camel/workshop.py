"""Everything that needs torch, in one process: `python -m tests.entities.camel.workshop FOLDER`.

Importing camel_tools.ner takes seconds and 368 MB, and reads its environment once. So this process makes a
tiny BERT, tags sentences with the stock recogniser, exports, and tells of it in FOLDER/record.json.
"""

import json
import os
import random
import sys
from pathlib import Path

LABELS = ["B-LOC", "B-ORG", "B-PERS", "B-MISC", "I-LOC", "I-ORG", "I-PERS", "I-MISC", "O"]
WORDS = "قال محمد الرئيس في القاهرة وزير خارجية مصر لبنان بيروت يوم إن أمس على شركة النفط التي من".split()
LETTERS = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي"
SIGNS = list("0123456789.,،؛:؟!()[]«»\"'-/%abcdefghijklmnopqrstuvwxyz")
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]


def vocabulary():
    return [*SPECIAL, *WORDS, *LETTERS, *SIGNS, *(f"##{letter}" for letter in [*LETTERS, *SIGNS])]


def make_model(folder: Path, seed: int = 0) -> None:
    """A BERT of 0.2 MB with random weights that uses all its labels, as CAMeL Tools keeps one."""
    import torch
    from transformers import BertConfig, BertForTokenClassification

    folder.mkdir(parents=True)
    (folder / "vocab.txt").write_text("\n".join(vocabulary()) + "\n", encoding="utf-8")
    settings = {"do_lower_case": False, "model_max_length": 512}
    (folder / "tokenizer_config.json").write_text(json.dumps(settings))
    torch.manual_seed(seed)
    config = BertConfig(
        vocab_size=len(vocabulary()),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=512,
        initializer_range=0.3,
        id2label=dict(enumerate(LABELS)),
        label2id={label: number for number, label in enumerate(LABELS)},
    )
    BertForTokenClassification(config).save_pretrained(folder)


def catalogue():
    datasets = {"arabert": {"path": "ner/arabert"}}
    component = {"NamedEntityRecognition": {"default": "arabert", "datasets": datasets}}
    return {"version": "1.6.0", "packages": {}, "components": component}


def clean_sentences():
    """Sentences as the stock recogniser can read them: of real text, of random words, of every length."""
    from camel_tools.tokenizers.word import simple_word_tokenize
    from camel_tools.utils.dediac import dediac_ar

    from newscrawl.entities.camel.install import bundled_text

    chance = random.Random(0)
    real = [simple_word_tokenize(dediac_ar(line)) for line in bundled_text().splitlines()[:25]]
    made = [
        [
            chance.choice(WORDS)
            if chance.random() < 0.6
            else "".join(chance.choices(LETTERS, k=chance.randint(1, 6)))
            for _ in range(chance.randint(1, 30))
        ]
        for _ in range(40)
    ]
    full = [WORDS[number % len(WORDS)] for number in range(254)]
    return [sentence for sentence in [*real, *made, full] if fits(sentence)]


def fits(sentence):
    """Whether the stock recogniser reads it in one go: at most 254 pieces (known words, and letters)."""
    return sum(1 if word in WORDS else len(word) for word in sentence) <= 254


def main(folder: Path) -> None:
    import torch

    from newscrawl.entities.camel import runners

    torch.set_num_threads(1)  # more would only wait for each other: the model is tiny, the cores are busy
    runners.threads_here = lambda: 1
    data = folder / "data"
    model = data / "data" / "ner" / "arabert"
    make_model(model)
    (data / "catalogue.json").write_text(json.dumps(catalogue()))
    os.environ.update(CAMELTOOLS_DATA=str(data), HF_HUB_OFFLINE="1", NEWSCRAWL_MODELS=str(folder / "none"))
    os.environ["NEWSCRAWL_STORE_URL"] = f"sqlite:///{folder}/none.db"
    record = {"sentences": clean_sentences()}

    from camel_tools.ner import NERecognizer

    record["stock"] = NERecognizer.pretrained(use_gpu=False).predict(record["sentences"])

    from newscrawl.entities.camel.tagger import load

    recogniser, record["torch_identity"] = load()
    record["torch"] = recogniser.tag_tokens(record["sentences"])
    record["installs"] = installs(folder, model)
    (folder / "record.json").write_text(json.dumps(record), encoding="utf-8")


def installs(folder: Path, model: Path):
    """`newscrawl models install camel`, with int8 accepted and refused, and a model of other labels."""
    from click.testing import CliRunner

    from newscrawl.cli.models import command
    from newscrawl.entities.camel import model_files

    text = folder / "text.jsonl"
    article = {"title": "قال الرئيس في القاهرة", "body": "\n".join(" ".join(WORDS) for _ in range(100))}
    text.write_text(json.dumps(article) + "\n", encoding="utf-8")
    wrong = folder / "wrong"
    make_model(wrong)
    config = json.loads((wrong / "config.json").read_text())
    config["id2label"]["0"] = "B-PER"
    (wrong / "config.json").write_text(json.dumps(config))
    found = {}
    least = model_files.LEAST_AGREEMENT
    for name, limit, words in (
        ("accepted", 0.0, ["--text", str(text)]),
        ("refused", 1.01, ["--from", str(model)]),
        ("again", 0.0, ["--from", str(model), "--text", str(text)]),
        ("wrong", 0.0, ["--from", str(wrong), "--text", str(text)]),
    ):
        model_files.LEAST_AGREEMENT = limit
        place = folder / ("accepted" if name == "again" else name)
        os.environ["NEWSCRAWL_MODELS"] = str(place)
        result = CliRunner().invoke(command, ["install", "camel", *words])
        found[name] = {"code": result.exit_code, "output": result.output}
        found[name]["files"] = sorted(str(path.relative_to(place)) for path in place.rglob("*"))
    model_files.LEAST_AGREEMENT = least
    return found


if __name__ == "__main__":
    main(Path(sys.argv[1]))
