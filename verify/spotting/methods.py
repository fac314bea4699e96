"""What finds assertions, in words: a method is written “rules/1”, its name before the stroke and its version after."""

from __future__ import annotations

METHODS = {
    "rules": ("rules", "written rules about reporting words, quotation marks and names"),
    "tagger": ("trained tagger", "a small model that learned from annotated news who says what"),
}


def in_words(method: str) -> str:
    """Returns a method for people, such as “rules and trained tagger, version 2”."""
    finder, _, version = method.partition("/")
    parts = [METHODS.get(part, (part, ""))[0] for part in finder.split("+")]
    return " and ".join(parts) + (f", version {version}" if version else "")


def meaning(method: str) -> str:
    """Returns what a method is, for who has not met it; nothing for one that is not listed."""
    finder = method.partition("/")[0]
    return "; ".join(METHODS[part][1] for part in finder.split("+") if part in METHODS)
