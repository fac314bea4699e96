"""What the tagger learns from: windows of annotated articles, and sentences that people called worth checking."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from verify.spotting.quotations import quotations_in
from verify.spotting.roles import CONTENT, SOURCE
from verify.spotting.sentences import paragraphs_of, sentences_of
from verify.spotting.wordpieces import WINDOW, Vocabulary, Window

IGNORED = -100


@dataclass(frozen=True)
class Labelled:
    """A cue, first and last word, and the role of every word of its window: 0, or SOURCE or CONTENT and one more."""

    first: int
    last: int
    roles: tuple[int, ...]


@dataclass(frozen=True)
class Example:
    """One window with its attributions, or, where `worth` is set, one sentence with what people said of it."""

    window: Window
    labels: tuple[Labelled, ...] = ()
    worth: int | None = None

    @property
    def size(self) -> int:
        """Pieces, the two marks at the ends included."""
        return sum(len(word.pieces) for word in self.window) + 2


def _label(window: Window, attribution: dict[str, Any]) -> Labelled | None:
    def words(start: int, end: int) -> list[int]:
        return [at for at, word in enumerate(window) if word.start < end and word.end > start]

    if not attribution["cue"] or not (cue := words(*attribution["cue"][0])):
        return None
    roles = [0] * len(window)
    for name, role in (("source", SOURCE), ("content", CONTENT)):
        for span in attribution[name]:
            for number, at in enumerate(words(*span)):
                if not cue[0] <= at <= cue[-1]:
                    roles[at] = role + (number > 0)
    return Labelled(cue[0], cue[-1], tuple(roles))


def articles(path: Path) -> list[dict[str, Any]]:
    """Reads a corpus, one JSON record a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def attribution_examples(document: dict[str, Any], vocabulary: Vocabulary) -> Iterator[Example]:
    """Yields the windows of one annotated article, those without attribution too."""
    for window in vocabulary.windows(document["text"]):
        labels = (_label(window, one) for one in document["attributions"])
        yield Example(window, tuple(label for label in labels if label))


def sentence_examples(document: dict[str, Any], vocabulary: Vocabulary) -> Iterator[Example]:
    """Yields the sentences of one annotated article, each as if it stood alone; what runs over its ends is cut."""
    text = document["text"]
    for paragraph in paragraphs_of(text):
        quotes = list(quotations_in(text, paragraph))
        for start, end in sentences_of(text, paragraph, quotes):
            inside = [one for one in quotes if start < one.end and one.start < end]
            window = vocabulary.words(text, (start, end), inside)
            if window and sum(len(word.pieces) for word in window) <= WINDOW:
                labels = (_label(window, one) for one in document["attributions"])
                yield Example(window, tuple(label for label in labels if label))


def worth_examples(path: Path, vocabulary: Vocabulary) -> list[Example]:
    """Reads sentences with a label, 1 for worth checking."""
    found = []
    for record in articles(path):
        if window := next(vocabulary.windows(record["text"]), None):
            found.append(Example(window, worth=record["label"]))
    return found


@dataclass(frozen=True)
class Batch:
    """Padded tensors. By piece: pieces, features, mask. By word: firsts, cues. By cue: row, first, last, roles."""

    pieces: Tensor
    features: Tensor
    mask: Tensor
    firsts: Tensor
    cues: Tensor
    row: Tensor
    first: Tensor
    last: Tensor
    roles: Tensor
    worth: Tensor


def batch_of(examples: Sequence[Example], vocabulary: Vocabulary) -> Batch:
    """Pads examples of like length to one batch; padding is ignored by every loss."""
    rows, pieces = len(examples), max(example.size for example in examples)
    words = max(len(example.window) for example in examples)
    numbers, features, mask = (
        np.zeros((rows, pieces), int),
        np.zeros((rows, pieces), int),
        np.zeros((rows, pieces)),
    )
    firsts, cues = np.zeros((rows, words), int), np.full((rows, words), IGNORED)
    asked: list[tuple[int, int, int]] = []
    roles: list[list[int]] = []
    for at, example in enumerate(examples):
        sizes = [len(word.pieces) for word in example.window]
        row = [piece for word in example.window for piece in word.pieces]
        numbers[at, : example.size] = [vocabulary.first, *row, vocabulary.last]
        features[at, 1 : example.size - 1] = [word.feature for word in example.window for _ in word.pieces]
        mask[at, : example.size] = 1
        firsts[at, : len(sizes)] = np.cumsum(sizes) - sizes + 1
        cues[at, : len(sizes)] = 0
        for label in example.labels:
            cues[at, label.first] = 1
            cues[at, label.first + 1 : label.last + 1] = 2
            asked.append((at, label.first, label.last))
            line = [*label.roles, *[IGNORED] * (words - len(label.roles))]
            line[label.first : label.last + 1] = [IGNORED] * (label.last + 1 - label.first)
            roles.append(line)
    row, first, last = (torch.tensor([one[at] for one in asked], dtype=torch.long) for at in range(3))
    return Batch(
        *(torch.from_numpy(one) for one in (numbers, features, mask.astype(np.float32), firsts, cues)),
        row,
        first,
        last,
        torch.tensor(roles, dtype=torch.long).reshape(len(asked), words),
        torch.tensor([float(example.worth or 0) for example in examples]),
    )


def batches(examples: Sequence[Example], pieces: int, rng: random.Random) -> Iterator[list[Example]]:
    """Yields examples of like length, at most `pieces` pieces at once, padding included, in random order."""
    ordered = sorted(examples, key=lambda example: example.size + 6 * rng.random())
    groups: list[list[Example]] = [[]]
    widest = 0
    for example in ordered:
        widest = max(widest, example.size)
        if groups[-1] and widest * (len(groups[-1]) + 1) > pieces:
            groups.append([])
            widest = example.size
        groups[-1].append(example)
    rng.shuffle(groups)
    yield from groups
