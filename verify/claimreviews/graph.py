"""Finding the reviews in linked data, wherever they stand: alone, in a list, in a graph, in a feed. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Node = Mapping[str, Any]
_PREFIXES = ("", "schema:", "http://schema.org/", "https://schema.org/")
MOST_TOLD_OF = 20  # things that one review may point at elsewhere in its document


@dataclass(frozen=True, slots=True)
class Placed:
    """A review as it stands in a document, with what surrounds it."""

    node: Any
    place: str  # for people: “entry 4, review 2”
    page: str  # the address that the entry around it names
    context: Any


@dataclass(slots=True)
class Document:
    """What was parsed, and every node in it that others may point at by its @id."""

    root: Any
    named: dict[str, Node] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.named = {
            one["@id"]: one for one in _nodes(self.root) if isinstance(one.get("@id"), str) and len(one) > 1
        }

    def reviews(self, place: str = "") -> Iterator[Placed]:
        """Every review in it, in order; none inside another."""
        context = self.root.get("@context") if isinstance(self.root, dict) else None
        start = Placed(self.root, place, "", context)
        waiting = [start]
        while waiting:
            here = waiting.pop()
            if isinstance(here.node, dict) and is_review(here.node):
                yield here
            else:
                waiting.extend(reversed(list(_within(here))))


@dataclass(slots=True)
class Pointing:
    """Reads the properties of a node, following what points elsewhere in its document, and notes where that led."""

    document: Document
    led_to: dict[str, Node] = field(default_factory=dict)

    def all(self, node: Any, name: str) -> list[Any]:
        """Every value of a property, however it is spelt."""
        if not isinstance(node, dict):
            return []
        for prefix in _PREFIXES:
            if (value := node.get(prefix + name)) is not None:
                return [self._plain(one) for one in (value if isinstance(value, list) else [value])]
        return []

    def one(self, node: Any, *names: str) -> Any:
        """The first value that says anything, of the first property that has one."""
        for name in names:
            for value in self.all(node, name):
                if value not in ("", None, [], {}):
                    return value
        return None

    def _plain(self, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        if "@value" in value:
            return value["@value"]
        if value.keys() == {"@id"}:
            found = self.document.named.get(value["@id"]) if isinstance(value["@id"], str) else None
            if found is None:
                return value["@id"]
            if len(self.led_to) < MOST_TOLD_OF:
                self.led_to[value["@id"]] = found
            return found
        return value


def types_of(node: Any) -> set[str]:
    """The types of a node, without the vocabulary they are taken from."""
    stated = node.get("@type") if isinstance(node, dict) else None
    listed = stated if isinstance(stated, list) else [stated]
    return {one.rpartition("/")[2].rpartition(":")[2] for one in listed if isinstance(one, str)}


def is_review(node: Node) -> bool:
    """Whether a node is a ClaimReview, or says which claim it reviews and forgot its type."""
    return "ClaimReview" in types_of(node) or any(prefix + "claimReviewed" in node for prefix in _PREFIXES)


def _within(here: Placed) -> Iterator[Placed]:
    """What stands one step further in; the place of what is listed says its number."""
    if isinstance(here.node, list):
        for number, one in enumerate(here.node, 1):
            yield Placed(one, _joined(here.place, f"number {number}"), here.page, here.context)
    elif isinstance(here.node, dict):
        page = here.node.get("url")
        page = page if isinstance(page, str) else here.page
        for name, value in here.node.items():
            if isinstance(value, dict):
                yield Placed(value, here.place, page, here.context)
            elif isinstance(value, list):
                word = {"dataFeedElement": "entry", "item": "review"}.get(name, "number")
                for number, one in enumerate(value, 1):
                    alone = word == "review" and len(value) == 1
                    place = here.place if alone else _joined(here.place, f"{word} {number}")
                    yield Placed(one, place, page, here.context)


def _joined(place: str, further: str) -> str:
    return f"{place}, {further}" if place else further


def _nodes(root: Any) -> Iterator[dict[str, Any]]:
    waiting = [root]
    while waiting:
        here = waiting.pop()
        if isinstance(here, dict):
            yield here
            waiting.extend(here.values())
        elif isinstance(here, list):
            waiting.extend(here)
