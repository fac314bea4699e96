"""The marks of a queue row, drawn by the macros of other pages and kept: the kinds are few, the rows fifty."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import current_app, request
from markupsafe import Markup

_MOST = 4_000  # marks kept in one process; past it the store begins anew


class Cells:
    """Grade triads, origin counts, status and rating marks for the address under which the desk is served."""

    def __init__(self) -> None:
        self.kept: dict[tuple[Any, ...], Markup] = current_app.extensions.setdefault("verify_cells", {})
        self.root = request.script_root
        if len(self.kept) > _MOST:
            self.kept.clear()

    def triad(self, sourcing: int | None, attribution: int | None, confirmation: int | None) -> Markup:
        """The three small bars."""
        grades = {"sourcing": sourcing, "attribution": attribution, "confirmation": confirmation}
        key = ("triad", self.root, sourcing, attribution, confirmation)
        return self.kept.get(key) or self._draw(key, lambda: _macro("triad", "triad")(grades))

    def origins(self, articles: int, lower: int, upper: int, party: bool) -> Markup:
        """“7 articles → 1 origin (party)”."""
        key = ("origins", articles, lower, upper, party)
        return self.kept.get(key) or self._draw(
            key, lambda: _macro("origins", "origin_count")(articles, lower, upper, party)
        )

    def status(self, status: str, rating: str | None) -> Markup:
        """Rating, where there is one, and status."""
        key = ("status", self.root, status, rating)
        return self.kept.get(key) or self._draw(key, lambda: _marks(status, rating))

    def _draw(self, key: tuple[Any, ...], draw: Callable[[], Markup]) -> Markup:
        mark = Markup(" ".join(draw().split()))  # nosec B704  # our own macros, autoescaped
        self.kept[key] = mark
        return mark


def _marks(status: str, rating: str | None) -> Markup:
    rated: Markup = _macro("verdict", "verdict_mark")(rating) if rating else Markup("")
    return rated + _macro("verdict", "status_mark")(status)


def _macro(template: str, name: str) -> Callable[..., Markup]:
    macro: Callable[..., Markup] = getattr(
        current_app.jinja_env.get_template(f"components/{template}.html").module, name
    )
    return macro
