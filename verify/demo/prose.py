"""Claims and articles by the thousand for measuring, about places that do not exist. Pure, and the same every time."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from random import Random

_PLACES = [
    "Orta",
    "Belen",
    "Karsu",
    "Delik",
    "Yaren",
    "Tamur",
    "Selde",
    "Oruk",
    "Haldi",
    "Minre",
    "Tosar",
    "Velik",
    "Ambar",
    "Derin",
    "Kolay",
    "Sarin",
    "Teper",
    "Ulvan",
    "Zirek",
    "Boren",
    "Calik",
    "Dovar",
    "Edrin",
    "Falun",
    "Gerze",
    "Hanov",
    "Ilgar",
    "Jorat",
]
_FIRST = [
    "Lale",
    "Tarik",
    "Mina",
    "Orhan",
    "Selma",
    "Davit",
    "Anush",
    "Karel",
    "Ruta",
    "Bogdan",
    "Ines",
    "Pavel",
    "Nora",
    "Emin",
    "Salome",
    "Viktor",
    "Aida",
    "Luka",
    "Tomas",
    "Irma",
]
_LAST = [
    "Demir",
    "Onal",
    "Vardan",
    "Kovar",
    "Petrosyan",
    "Lindt",
    "Sahin",
    "Morel",
    "Ostrova",
    "Belak",
    "Tamm",
    "Rossi",
    "Hadzic",
    "Moravec",
    "Yilmaz",
]
_OUTLETS = ("Courier", "Post", "Ledger", "Gazette", "Mirror")
_BODIES = (
    "water board",
    "fire service",
    "regional hospital",
    "road office",
    "district council",
    "harbour office",
)
_THINGS = ("houses", "families", "cars", "bridges", "farms", "shops", "trees", "boats", "wells", "schools")
_EVENTS = (
    "were flooded", "were left without power", "were moved to safety", "were damaged by the storm",
    "were counted anew", "were cut off by the landslide", "were closed for repairs", "were struck by hail",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_BOUNDS = ("", "Nearly ", "At least ", "More than ", "About ")

PEOPLE = [f"{first} {last}" for first, last in product(_FIRST, _LAST)]
OUTLETS = [f"{place} {word}" for place, word in product(_PLACES, _OUTLETS)]


@dataclass(frozen=True)
class Passage:
    """One sentence of an article: where it stands, what it claims and who says so."""

    start: int
    end: int
    claim: str
    speaker: str
    role: str


@dataclass(frozen=True)
class Piece:
    """One article: its title, outlet, text and the passages that make a claim."""

    title: str
    outlet: str
    text: str
    passages: tuple[Passage, ...]


def claim(random: Random, number: int) -> str:
    """A claim that no other number gives: the figure and the mark of the report tell them apart."""
    bound, figure = random.choice(_BOUNDS), random.randint(11, 989)
    what = f"{figure} {random.choice(_THINGS)} {random.choice(_EVENTS)}"
    return f"{bound}{what} in {random.choice(_PLACES)} on {random.choice(_DAYS)}, by report {number}"


def piece(random: Random, number: int, claims: list[tuple[str, str]]) -> Piece:
    """An article that makes these claims, each by its speaker, with some sentences of its own around them."""
    place, outlet = random.choice(_PLACES), random.choice(OUTLETS)
    title = f"What is known about the night in {place}, part {number}"
    text, passages = f"{title}\n\n", []
    for wording, speaker in claims:
        role = f"spokeswoman for the {random.choice(_BODIES)}"
        sentence = f"{wording}, said {speaker}, {role}."
        passages.append(Passage(len(text), len(text) + len(sentence), wording, speaker, role))
        text += f"{sentence}\n\nThe road through {random.choice(_PLACES)} stayed open in the evening.\n\n"
    text += f"{outlet} will follow the work of the {random.choice(_BODIES)} in the days to come.\n"
    return Piece(title, outlet, text, tuple(passages))
