"""The network of the tagger: a BERT encoder cut to a few layers, and three small heads."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from verify.spotting.roles import DISTANCES
from verify.spotting.wordpieces import FEATURES

HEAD = 128  # width of the second head
CUE_CLASSES, ROLE_CLASSES = 3, 5  # outside, begins, goes on; and the same for source and content
_NAMES = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "out": "attention.output.dense",
    "norm_out": "attention.output.LayerNorm",
    "wide": "intermediate.dense",
    "narrow": "output.dense",
    "norm": "output.LayerNorm",
}


class Layer(nn.Module):
    """One layer of BERT (Devlin et al. 2019): attention and a wide step, each followed by a norm."""

    def __init__(self, width: int, wide: int, heads: int, dropout: float = 0.1) -> None:
        """Sets up a layer `width` wide with `heads` attention heads."""
        super().__init__()
        self.heads, self.rate = heads, dropout
        self.query, self.key, self.value, self.out = (nn.Linear(width, width) for _ in range(4))
        self.wide, self.narrow = nn.Linear(width, wide), nn.Linear(wide, width)
        self.norm_out, self.norm = nn.LayerNorm(width, eps=1e-12), nn.LayerNorm(width, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, views: Tensor, mask: Tensor) -> Tensor:
        """Takes and returns (rows, pieces, width); `mask` is 0 where a piece counts, else far below."""
        rows, pieces, width = views.shape
        size = width // self.heads

        def by_head(one: Tensor) -> Tensor:
            return one.view(rows, pieces, self.heads, size).transpose(1, 2)

        query, key, value = by_head(self.query(views)), by_head(self.key(views)), by_head(self.value(views))
        if torch.onnx.is_in_onnx_export():  # written out, so that the exporter sees plain products
            shares = torch.softmax(torch.matmul(query, key.transpose(-1, -2)) / math.sqrt(size) + mask, -1)
            seen = torch.matmul(shares, value)
        else:
            rate = self.rate if self.training else 0.0
            seen = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask, dropout_p=rate)
        seen = seen.transpose(1, 2).reshape(rows, pieces, width)
        views = self.norm_out(views + self.dropout(self.out(seen)))
        return self.norm(views + self.dropout(self.narrow(functional.gelu(self.wide(views)))))


class TaggerNetwork(nn.Module):
    """Encoder and heads: cues, the two views by which a cue finds its source and content, and worth."""

    def __init__(self, layers: int, *, vocabulary: int = 30522, width: int = 384, wide: int = 1536) -> None:
        """Sets up a network of `layers` layers; `start_from` gives it the weights of a BERT."""
        super().__init__()
        self.wide = wide
        self.pieces, self.places = nn.Embedding(vocabulary, width), nn.Embedding(512, width)
        self.shapes = nn.Embedding(FEATURES, width)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(width, wide, width // 32) for _ in range(layers))
        self.cue = nn.Linear(width, CUE_CLASSES)
        self.word_view, self.cue_view = nn.Linear(width, HEAD), nn.Linear(width, HEAD)
        self.distances, self.role = nn.Embedding(DISTANCES, HEAD), nn.Linear(HEAD, ROLE_CLASSES)
        self.worth = nn.Linear(width, 1)
        self.dropout = nn.Dropout(0.1)
        for table in (self.shapes, self.distances):
            nn.init.normal_(table.weight, std=0.02)

    def start_from(self, folder: Path, keep: Sequence[int]) -> None:
        """Takes over the embeddings and the layers `keep` of the BERT whose weights lie in `folder`."""
        there = load_file(folder / "model.safetensors")
        here = dict(self.named_parameters())
        here["pieces.weight"].data.copy_(there["embeddings.word_embeddings.weight"])
        kind = there["embeddings.token_type_embeddings.weight"][0]  # every piece is of the first kind
        here["places.weight"].data.copy_(there["embeddings.position_embeddings.weight"] + kind)
        for part in ("weight", "bias"):
            here[f"norm.{part}"].data.copy_(there[f"embeddings.LayerNorm.{part}"])
            for at, layer in enumerate(keep):
                for ours, theirs in _NAMES.items():
                    weight = there[f"encoder.layer.{layer}.{theirs}.{part}"]
                    here[f"layers.{at}.{ours}.{part}"].data.copy_(weight)

    def start_within(self, larger: TaggerNetwork, keep: Sequence[int]) -> None:
        """Takes over a larger tagger: of its layers those in `keep`, of their wide steps the weightiest units.

        A unit weighs as much as the weights into it times those out of it.
        """
        theirs = {
            name: weight for name, weight in larger.state_dict().items() if not name.startswith("layers.")
        }
        for at, layer in enumerate(keep):
            one = larger.layers[layer].state_dict()
            weight = one["wide.weight"].norm(dim=1) * one["narrow.weight"].norm(dim=0)
            kept = weight.topk(self.wide).indices.sort().values
            for name in ("wide.weight", "wide.bias"):
                one[name] = one[name][kept]
            one["narrow.weight"] = one["narrow.weight"][:, kept]
            theirs |= {f"layers.{at}.{name}": weight for name, weight in one.items()}
        self.load_state_dict(theirs)

    def encode(self, pieces: Tensor, features: Tensor, mask: Tensor) -> Tensor:
        """Returns the views of all pieces, (rows, pieces, width)."""
        places = torch.arange(pieces.shape[1], device=pieces.device)
        views = self.pieces(pieces) + self.places(places)[None] + self.shapes(features)
        views = self.dropout(self.norm(views))
        hidden = (1.0 - mask[:, None, None, :]) * -1e4
        for layer in self.layers:
            views = layer(views, hidden)
        return self.dropout(views)

    def roles(self, words: Tensor, cues: Tensor, distances: Tensor) -> Tensor:
        """Returns role scores (cues, words, 5) from views (cues, words, HEAD) and (cues, HEAD), and classes."""
        return self.role(functional.relu(words + cues[:, None] + self.distances(distances)))

    def forward(
        self, pieces: Tensor, features: Tensor, mask: Tensor
    ) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Returns what is exported: cue scores, word views, cue views and worth, all by piece."""
        views = self.encode(pieces, features, mask)
        return self.cue(views), self.word_view(views), self.cue_view(views), self.worth(views)[..., 0]
