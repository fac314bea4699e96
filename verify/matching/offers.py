"""A match as it was shown to a person, carried by the form in which they decide, so that just this is kept."""

from __future__ import annotations

from dataclasses import astuple, dataclass

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer

from verify.errors import Refused

_LONGEST_WORDS = 1_000


@dataclass(frozen=True, slots=True)
class Offer:
    """Two claims by their keys, how sure the machine is that they are the same, by which method, and why."""

    one: str
    other: str
    score: float
    none: float
    method: str
    why: tuple[str, ...]
    one_words: str
    other_words: str


def sealed(offer: Offer) -> str:
    """The offer as a form carries it; nobody can change it on the way."""
    short = (*astuple(offer)[:6], offer.one_words[:_LONGEST_WORDS], offer.other_words[:_LONGEST_WORDS])
    return str(_seal().dumps(short))


def unsealed(carried: str) -> Offer:
    """The offer that a form brought back."""
    try:
        one, other, score, none, method, why, one_words, other_words = _seal().loads(carried)
    except (BadData, ValueError, TypeError):
        raise Refused("This page is from before. Reload it, look at the match again, then decide.") from None
    return Offer(one, other, score, none, method, tuple(why), one_words, other_words)


def _seal() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt="a match that was shown")
