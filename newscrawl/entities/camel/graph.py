"""BERT for token classification, written down as an ONNX graph over the weights of a trained model.

CAMeL Tools reads every recogniser as one architecture, so one graph does for all of them; torch's exporters
change with its versions (one is deprecated, the other needs one more package), and trace what a graph of
sixty lines states. Attention and GELU are the fused operators of ONNX Runtime; layer norms are not: its
fused one (SkipLayerNormalization) costs 8 % of the whole in int8, an addition and a plain one 2 %. Word
embeddings are no part of the graph: `runners.WordRows` reads them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Weights = Mapping[str, NDArray[Any]]

OPSET = 17
FUSED = "com.microsoft"
CLASSIFIER = "classifier"
"""The name of the last multiplication, which is never quantised: it is small, and decides."""
WORDS = "bert.embeddings.word_embeddings.weight"
LARGE = 1 << 20
"""Bytes from which a weight lies in the file beside the graph, which is mapped into memory, not read."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What of a BERT's config.json decides the graph."""

    layers: int
    heads: int
    epsilon: float

    @classmethod
    def read(cls, config: Mapping[str, Any]) -> Shape:
        """The shape by config.json's values.

        Raises:
            ValueError: it is no BERT whose graph is known here.
        """
        kind, activation = config.get("model_type", "bert"), config.get("hidden_act", "gelu")
        if kind != "bert" or activation != "gelu":
            raise ValueError(f"config.json: a {kind} with {activation} is not the BERT that can be exported")
        return cls(config["num_hidden_layers"], config["num_attention_heads"], config["layer_norm_eps"])


class _Graph:
    """Nodes and weights as they are added; every node has one output, named like the node."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self.nodes: list[Any] = []
        self.initializers: dict[str, Any] = {}

    def node(self, kind: str, inputs: list[str], name: str, domain: str = "", **attributes: Any) -> str:
        from onnx import helper

        self.nodes.append(helper.make_node(kind, inputs, [name], name=name, domain=domain, **attributes))
        return name

    def constant(self, name: str, values: NDArray[Any]) -> str:
        from onnx import numpy_helper

        self.initializers[name] = numpy_helper.from_array(np.ascontiguousarray(values), name)
        return name

    def weight(self, *names: str) -> str:
        """A weight of the model, or several joined; a matrix as x·W has it, where torch keeps x·Wᵀ."""
        values = np.concatenate([self.weights[name] for name in names])
        return self.constant(names[0], values.T if values.ndim == 2 else values)

    def thirds(self, source: str, names: list[str], size: int) -> list[str]:
        """Three parts of one size of a source's last dimension."""
        from onnx import helper

        sizes = self.constant(f"{source}.thirds", np.full(3, size, np.int64))
        self.nodes.append(helper.make_node("Split", [source, sizes], names, axis=2))
        return names

    def normed(self, source: str, bias: str, kept: str, name: str, epsilon: float) -> str:
        """Layer norm of source + bias + what was kept from before: the end of each half of a layer."""
        biased = self.node("Add", [source, self.weight(bias)], f"{name}.biased")
        both = self.node("Add", [biased, kept], f"{name}.sum")
        inputs = [both, self.weight(f"{name}.weight"), self.weight(f"{name}.bias")]
        return self.node("LayerNormalization", inputs, name, axis=-1, epsilon=epsilon)


def save_graph(weights: Weights, shape: Shape, path: Path) -> None:
    """Write the graph to `path`, its large weights to `path` with `.data` at the end.

    Inputs are words, float32 (batch, length, width), the rows of WORDS, and attention_mask, int64 (batch,
    length); the output is logits, float32 (batch, length, labels).
    """
    import onnx
    from onnx import TensorProto, helper

    graph = _Graph(weights)
    hidden = _embedded(graph, shape)
    graph.node("Cast", ["attention_mask"], "mask", to=TensorProto.INT32)
    for number in range(shape.layers):
        hidden = _layer(graph, hidden, f"bert.encoder.layer.{number}", shape)
    product = graph.node("MatMul", [hidden, graph.weight("classifier.weight")], CLASSIFIER)
    graph.node("Add", [product, graph.weight("classifier.bias")], "logits")
    inputs = [
        _value("words", TensorProto.FLOAT, weights[WORDS].shape[1]),
        _value("attention_mask", TensorProto.INT64),
    ]
    outputs = [_value("logits", TensorProto.FLOAT, weights["classifier.bias"].size)]
    built = helper.make_graph(graph.nodes, "bert", inputs, outputs, list(graph.initializers.values()))
    opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(FUSED, 1)]
    model = helper.make_model(built, opset_imports=opsets, ir_version=9)
    onnx.save_model(
        model, str(path), save_as_external_data=True, location=f"{path.name}.data", size_threshold=LARGE
    )


def _value(name: str, kind: int, *width: int) -> Any:
    from onnx import helper

    return helper.make_tensor_value_info(name, kind, ["batch", "length", *width])


def _embedded(graph: _Graph, shape: Shape) -> str:
    """Word, place and (always the first) segment embeddings, summed and normed."""
    prefix = "bert.embeddings"
    places = graph.weights[f"{prefix}.position_embeddings.weight"]
    segment = graph.weights[f"{prefix}.token_type_embeddings.weight"][0]
    graph.constant("places", places + segment)
    graph.constant("zero", np.array([0], np.int64))
    graph.node("Shape", ["words"], "length", start=1, end=2)
    graph.node("Slice", ["places", "zero", "length", "zero"], "some_places")
    graph.node("Add", ["words", "some_places"], "embedded")
    norm = [graph.weight(f"{prefix}.LayerNorm.weight"), graph.weight(f"{prefix}.LayerNorm.bias")]
    return graph.node("LayerNormalization", ["embedded", *norm], "normed", axis=-1, epsilon=shape.epsilon)


def _layer(graph: _Graph, hidden: str, name: str, shape: Shape) -> str:
    attention = f"{name}.attention"
    three = [f"{attention}.self.{part}" for part in ("query", "key", "value")]
    joined = graph.node(
        "MatMul", [hidden, graph.weight(*(f"{part}.weight" for part in three))], f"{name}.qkv"
    )
    parts = graph.thirds(joined, [f"{name}.{part}" for part in "qkv"], graph.weights[f"{three[0]}.bias"].size)
    inputs = [*parts, graph.weight(*(f"{part}.bias" for part in three)), "mask"]
    attended = graph.node("MultiHeadAttention", inputs, f"{name}.attended", FUSED, num_heads=shape.heads)
    projected = graph.node(
        "MatMul", [attended, graph.weight(f"{attention}.output.dense.weight")], f"{name}.projected"
    )
    half = f"{attention}.output"
    middle = graph.normed(projected, f"{half}.dense.bias", hidden, f"{half}.LayerNorm", shape.epsilon)
    wide = graph.node("MatMul", [middle, graph.weight(f"{name}.intermediate.dense.weight")], f"{name}.wide")
    bias = graph.weight(f"{name}.intermediate.dense.bias")
    activated = graph.node("BiasGelu", [wide, bias], f"{name}.activated", FUSED)
    narrow = graph.node("MatMul", [activated, graph.weight(f"{name}.output.dense.weight")], f"{name}.narrow")
    return graph.normed(
        narrow, f"{name}.output.dense.bias", middle, f"{name}.output.LayerNorm", shape.epsilon
    )
