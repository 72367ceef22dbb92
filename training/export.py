"""Write a fitted ensemble as the files that newscrawl.entities.light reads."""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from torch import nn

from newscrawl.entities.light.cues import CUES
from newscrawl.entities.light.vectors import Quantised
from training.annotated import TAGS
from training.network import INNER, Member

OPSET = 17
LARGEST = 15
"""Vectors are kept in whole numbers up to this: some four bits each once packed."""
FILES = ("words.txt.gz", "vectors.npz", "network.onnx")


def _unpacked(name: str, weights: np.ndarray) -> tuple[list[onnx.NodeProto], list[onnx.TensorProto]]:
    """Weights kept in eight bits, with a scale a row, and the nodes that unpack them.

    ONNX Runtime does that once, when it loads the graph. What runs is float32 throughout: quantised sums,
    whose scale depends on all of a batch, would make an article's names depend on what it was tagged with.
    """
    scales = np.maximum(np.abs(weights).max(axis=-1, keepdims=True), 1e-8) / 127
    numbers = np.rint(weights / scales).astype(np.int8)
    nodes = [
        helper.make_node("Cast", [f"{name}_numbers"], [f"{name}_floats"], to=TensorProto.FLOAT),
        helper.make_node("Mul", [f"{name}_floats", f"{name}_scales"], [name]),
    ]
    kept = {f"{name}_numbers": numbers, f"{name}_scales": scales.astype(np.float32)}
    return nodes, [numpy_helper.from_array(array, part) for part, array in kept.items()]


def _lstm_weights(lstm: nn.LSTM) -> dict[str, np.ndarray]:
    """Weights of a two-way LSTM as ONNX has them: gates i o f c, where torch has i f g o."""

    def ordered(tensor: np.ndarray) -> np.ndarray:
        i, f, g, o = np.split(tensor, 4)
        return np.concatenate([i, o, f, g])

    def both(part: str) -> np.ndarray:
        ways = ("", "_reverse")
        return np.stack([ordered(getattr(lstm, f"{part}_l0{way}").detach().numpy()) for way in ways])

    bias = np.concatenate([both("bias_ih"), both("bias_hh")], axis=1)
    return {"W": both("weight_ih"), "R": both("weight_hh"), "B": bias}


def _member(member: Member, number: int) -> tuple[list[onnx.NodeProto], list[onnx.TensorProto]]:
    """Nodes from words<number> and cues to scores<number>, and their weights."""
    name = f"m{number}"
    lstm = _lstm_weights(member.lstm)
    weights = [
        numpy_helper.from_array(lstm["B"], f"{name}_B"),
        numpy_helper.from_array(member.head.weight.detach().numpy().T.copy(), f"{name}_head"),
        numpy_helper.from_array(member.head.bias.detach().numpy(), f"{name}_bias"),
    ]
    nodes = []
    for part in ("W", "R"):
        more, own = _unpacked(f"{name}_{part}", lstm[part])
        nodes += more
        weights += own
    inputs = [f"{name}_seen", f"{name}_W", f"{name}_R", f"{name}_B", "lengths"]
    nodes += [
        helper.make_node("Concat", [f"words{number}", "cues"], [f"{name}_seen"], axis=2),
        helper.make_node("LSTM", inputs, [f"{name}_ways"], hidden_size=INNER, direction="bidirectional"),
        helper.make_node("Transpose", [f"{name}_ways"], [f"{name}_side"], perm=[0, 2, 1, 3]),
        helper.make_node("Reshape", [f"{name}_side", "inner"], [f"{name}_inner"]),
        helper.make_node("MatMul", [f"{name}_inner", f"{name}_head"], [f"{name}_plain"]),
        helper.make_node("Add", [f"{name}_plain", f"{name}_bias"], [f"scores{number}"]),
    ]
    return nodes, weights


def ensemble_graph(members: list[Member]) -> onnx.ModelProto:
    """The graph: words<number> and cues (length, n, …), lengths (n,) → mean scores (length, n, tags)."""
    nodes, weights = [], [numpy_helper.from_array(np.array([0, 0, 2 * INNER], dtype=np.int64), "inner")]
    for number, member in enumerate(members):
        more, own = _member(member, number)
        nodes += more
        weights += own
    nodes.append(helper.make_node("Mean", [f"scores{number}" for number in range(len(members))], ["scores"]))
    width = members[0].lstm.input_size - len(CUES)
    graph = helper.make_graph(
        nodes,
        "light",
        [
            *(
                helper.make_tensor_value_info(f"words{number}", TensorProto.FLOAT, ["length", "n", width])
                for number in range(len(members))
            ),
            helper.make_tensor_value_info("cues", TensorProto.FLOAT, ["length", "n", len(CUES)]),
            helper.make_tensor_value_info("lengths", TensorProto.INT32, ["n"]),
        ],
        [helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["length", "n", len(TAGS)])],
        weights,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=9)
    onnx.checker.check_model(model)
    return model


def _tables(members: list[Member], vectors: np.ndarray, met: np.ndarray) -> dict[str, np.ndarray]:
    """The arrays of vectors.npz."""
    arrays = {"met": met.astype(np.int32)}
    common = vectors.copy()
    common[met] = 0  # the networks have their own of these
    tables = {"common": common}
    for number, member in enumerate(members):
        tables[f"own{number}"] = member.words.weight.detach().numpy()
        arrays[f"letters{number}_codes"] = member.letters.weight.detach().numpy()
        arrays[f"letters{number}_kernel"] = member.runs.weight.detach().numpy()
        arrays[f"letters{number}_bias"] = member.runs.bias.detach().numpy()
    for name, table in tables.items():
        few = Quantised.of(table, LARGEST)
        arrays |= {name: few.numbers, f"{name}_scales": few.scales.astype(np.float16)}
    return arrays


def _chain(members: list[Member]) -> dict[str, list[float]]:
    """The mean of the members' chains."""
    return {
        part: np.mean([getattr(one.chain, part).detach().numpy() for one in members], axis=0)
        .round(4)
        .tolist()
        for part in ("between", "first", "last")
    }


def export(
    members: list[Member], vectors: np.ndarray, met: np.ndarray, words: list[str], folder: Path, version: str
) -> None:
    """The files of the model: words, vectors in few bits, networks in eight, chain and facts."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "words.txt.gz").write_bytes(gzip.compress("\t".join(words).encode(), mtime=0))
    np.savez_compressed(folder / "vectors.npz", **_tables(members, vectors, met))
    onnx.save(ensemble_graph(members), folder / "network.onnx")
    facts = {"version": version, "networks": len(members), "tags": TAGS, "cues": CUES, **_chain(members)}
    facts["sha256"] = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in FILES}
    (folder / "model.json").write_text(
        json.dumps(facts, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
