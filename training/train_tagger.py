"""Trains the tagger, in three steps. `training/README.md` says how each is run, and what it needs."""

from __future__ import annotations

import argparse
import random
import time
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.encoder import TaggerNetwork
from training.examples import (
    IGNORED,
    Batch,
    Example,
    articles,
    attribution_examples,
    batch_of,
    batches,
    sentence_examples,
    worth_examples,
)
from verify.spotting.roles import distance_class
from verify.spotting.wordpieces import Vocabulary

HELD_OUT = 40  # articles kept from training; the thresholds are chosen on them
CUE_WEIGHT, ROLE_WEIGHT = 3.0, 2.0  # cues are few words among many, so their loss is small
RARE = (
    2.5  # weight of sentences worth checking: a quarter of those in training, more of those asked about later
)
SOFTNESS = 2.0  # temperature of the teacher's answers (Hinton et al. 2015)
HEADS_FASTER = 5.0  # the heads begin from nothing, the encoder does not
WARM_UP = 0.06  # share of the steps in which the rate of learning rises


def predicted(network: TaggerNetwork, batch: Batch) -> tuple[Tensor, Tensor | None, Tensor]:
    """Returns cue scores by word, role scores by asked cue (None without one), and worth by row."""
    cue, words, cues, worth = network(batch.pieces, batch.features, batch.mask)

    def at_words(views: Tensor) -> Tensor:
        return views.gather(1, batch.firsts[..., None].expand(-1, -1, views.shape[-1]))

    cue, words, cues = at_words(cue), at_words(words), at_words(cues)
    inner = batch.mask.clone()
    inner[:, 0] = 0  # the marks at both ends are not words of the sentence
    inner[torch.arange(len(inner)), batch.mask.sum(1).long() - 1] = 0
    worth = (worth.float() * inner).sum(1) / inner.sum(1).clamp(min=1)
    if not len(batch.row):
        return cue.float(), None, worth
    place = torch.arange(words.shape[1])[None]
    first, last = batch.first[:, None], batch.last[:, None]
    away = torch.where(
        place < first, place - first, torch.where(place > last, place - last, torch.zeros_like(place))
    )
    asked = (cues[batch.row, batch.first] + cues[batch.row, batch.last]) / 2
    roles = network.roles(words[batch.row], asked, torch.from_numpy(distance_class(away.numpy())))
    return cue.float(), roles.float(), worth


def _told(scores: Tensor, teacher: Tensor, counted: Tensor) -> Tensor:
    """How far the scores are from the teacher's, softened; both as the share of each class."""
    ours = functional.log_softmax(scores[counted] / SOFTNESS, -1)
    theirs = functional.softmax(teacher[counted] / SOFTNESS, -1)
    return functional.kl_div(ours, theirs, reduction="batchmean") * SOFTNESS**2


def attribution_loss(network: TaggerNetwork, teacher: TaggerNetwork | None, batch: Batch) -> Tensor:
    """The loss of cues and roles on one batch; with a teacher, of its answers too."""
    cue, roles, _ = predicted(network, batch)
    with torch.no_grad():
        taught = predicted(teacher, batch) if teacher else None
    loss = CUE_WEIGHT * functional.cross_entropy(
        cue.flatten(0, 1), batch.cues.flatten(), ignore_index=IGNORED
    )
    if taught:
        loss = loss + CUE_WEIGHT * _told(cue, taught[0], batch.cues != IGNORED)
    if roles is not None:
        wanted = batch.roles.flatten()
        loss = loss + ROLE_WEIGHT * functional.cross_entropy(
            roles.flatten(0, 1), wanted, ignore_index=IGNORED
        )
        if taught and taught[1] is not None:
            loss = loss + ROLE_WEIGHT * _told(roles, taught[1], batch.roles != IGNORED)
    return loss


def worth_loss(network: TaggerNetwork, teacher: TaggerNetwork | None, batch: Batch) -> Tensor:
    """The loss of worth on one batch: of what people said, or, with a teacher, of what it says."""
    worth = predicted(network, batch)[2]
    if teacher is None:
        return functional.binary_cross_entropy_with_logits(worth, batch.worth, pos_weight=torch.tensor(RARE))
    with torch.no_grad():
        taught = torch.sigmoid(predicted(teacher, batch)[2])
    return functional.binary_cross_entropy_with_logits(worth, taught)


def examples_of(corpora: Path, vocabulary: Vocabulary) -> tuple[list[Example], list[Example], list[Example]]:
    """Reads windows and sentences of the annotated articles, the held-out ones left away, and the sentences."""
    documents = articles(corpora / "attribution" / "polnear_train.jsonl")
    kept = [document for document in documents if document["id"] not in held_out(documents)]
    windows = [one for document in kept for one in attribution_examples(document, vocabulary)]
    alone = [one for document in kept for one in sentence_examples(document, vocabulary)]
    worth = worth_examples(corpora / "checkworthiness" / "claimbuster_train.jsonl", vocabulary)
    return windows, alone, worth


def held_out(documents: list[dict[str, object]]) -> set[str]:
    """Returns the ids of the articles that no training sees; the same on every run."""
    ids = sorted({str(document["id"]) for document in documents})
    random.Random(0).shuffle(ids)
    return set(ids[:HELD_OUT])


class Course:
    """One training: what is learnt, by which network, from which teachers."""

    def __init__(self, options: argparse.Namespace) -> None:
        """Reads the corpora and the networks that the options name."""
        torch.manual_seed(options.seed)
        self.options, self.rng = options, random.Random(options.seed)
        self.vocabulary = Vocabulary(options.vocabulary)
        self.windows, self.alone, self.worth = examples_of(options.corpora, self.vocabulary)
        self.network = TaggerNetwork(len(options.layers), wide=options.wide)
        self.teacher = load_network(options.teacher) if options.teacher else None
        self.worth_teacher = load_network(options.worth_teacher) if options.worth_teacher else None
        if larger := load_network(options.within) if options.within else self.teacher:
            self.network.start_within(larger, options.layers)
        else:
            self.network.start_from(options.start, options.layers)
        started = ("pieces", "places", "norm", "layers")
        body = [one for name, one in self.network.named_parameters() if name.split(".")[0] in started]
        known = {id(one) for one in body}
        heads = [one for one in self.network.parameters() if id(one) not in known]
        self.rates = (options.rate, HEADS_FASTER * options.rate)
        self.optimiser = torch.optim.AdamW([{"params": body}, {"params": heads}], weight_decay=0.01)

    def work(self) -> list[tuple[list[Example], bool]]:
        """Returns the batches of one round in random order; True marks those about worth.

        With a teacher of worth, which needs no labels, sentences of articles are asked about as well: those that
        people judged are few and soon learnt by heart.
        """
        mixed = [*self.windows, *self.rng.sample(self.alone, len(self.alone) // 4)]
        sentences = self.worth
        if self.worth_teacher:
            half = len(self.worth) // 2
            sentences = [*self.rng.sample(self.worth, half), *self.rng.sample(self.alone, half)]
        found = [(one, False) for one in batches(mixed, self.options.pieces, self.rng)]
        found += [(one, True) for one in batches(sentences, self.options.pieces, self.rng)]
        self.rng.shuffle(found)
        return found

    def step(self, examples: list[Example], *, about_worth: bool, pace: float) -> float:
        """Learns from one batch at `pace` times the full rate; returns the loss."""
        for group, rate in zip(self.optimiser.param_groups, self.rates, strict=True):
            group["lr"] = rate * pace
        batch = batch_of(examples, self.vocabulary)
        with torch.autocast("cpu", torch.bfloat16):
            if about_worth:
                loss = worth_loss(self.network, self.worth_teacher, batch)
            else:
                loss = attribution_loss(self.network, self.teacher, batch)
        self.optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimiser.step()
        return float(loss.item())


def train(options: argparse.Namespace) -> None:
    """Trains and saves after every round, each under its own name; prints the mean loss now and then."""
    course = Course(options)
    course.network.train()
    step, steps, began = 0, 0, time.monotonic()
    for number in range(1, options.rounds + 1):
        work = course.work()
        steps = steps or len(work) * options.rounds
        summed = 0.0
        for at, (examples, about_worth) in enumerate(work, 1):
            pace = min(1.0, step / (WARM_UP * steps)) * max(0.0, (steps - step) / steps)
            summed += course.step(examples, about_worth=about_worth, pace=pace)
            step += 1
            if at % 50 == 0:
                spent = time.monotonic() - began
                print(
                    f"round {number}, step {step} of {steps}, loss {summed / at:.4f}, {spent:.0f} s",
                    flush=True,
                )
        saved = {"layers": len(options.layers), "wide": options.wide, "weights": course.network.state_dict()}
        torch.save(saved, options.out.with_suffix(f".{number}.pt"))


def load_network(path: Path) -> TaggerNetwork:
    """Reads a saved network, ready to answer."""
    saved = torch.load(path, weights_only=True)
    network = TaggerNetwork(saved["layers"], wide=saved["wide"])
    network.load_state_dict(saved["weights"])
    return network.eval()


def main() -> None:
    """Reads the options and trains."""
    here = Path(__file__).parents[1]
    parser = argparse.ArgumentParser(description="Trains the tagger of attributions and check-worthiness.")
    begins = parser.add_mutually_exclusive_group(required=True)
    begins.add_argument("--start", type=Path, help="folder of the BERT to start from")
    begins.add_argument("--teacher", type=Path, help="a larger tagger to start from and to learn from")
    parser.add_argument(
        "--within", type=Path, help="a tagger to cut this one from; the teacher if none is named"
    )
    parser.add_argument("--worth-teacher", type=Path, help="a tagger that says what is worth checking")
    parser.add_argument(
        "--layers", type=int, nargs="+", default=[0, 1, 2, 3, 4, 5], help="its layers to keep"
    )
    parser.add_argument("--wide", type=int, default=1536, help="units of the wide step of each layer")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--corpora", type=Path, default=here.parent / "shared" / "corpora")
    parser.add_argument(
        "--vocabulary", type=Path, default=here / "verify" / "spotting" / "trained" / "vocabulary.txt"
    )
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--rate", type=float, default=2.5e-4)
    parser.add_argument("--pieces", type=int, default=3000, help="pieces in a batch")
    parser.add_argument("--seed", type=int, default=1)
    train(parser.parse_args())


if __name__ == "__main__":
    main()
