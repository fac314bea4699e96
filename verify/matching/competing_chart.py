"""A small chart of the figures given for one thing: days across, values up, each labelled with who gave it.

What the words leave open stays open in the drawing: “at least” has an arrow upwards, “about” a whisker, a range two
ends, and a vague word a dashed box without a point. Values begin at zero; where they span more than two orders of
magnitude, the scale is logarithmic and says so.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from verify.matching.competing import Figure, Shape, number

WIDTH, LEFT, RIGHT, TOP = 376, 46, 180, 16
_LABELS, _LINE, _BELOW, _APART = 194, 34, 30, 9
_NAME, _MOST = 32, 9
_BEYOND = 1.5
"""How far the scale goes beyond the firmest values for a vague word, which is left open above that."""

_OPEN = Markup(
    '<svg class="figures-chart" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
    'height="{height}" role="img" aria-labelledby="{id}-title {id}-desc"><title id="{id}-title">{title}</title>'
    '<desc id="{id}-desc">{desc}</desc>'
)
_LINE_UP = Markup('<path class="figures-chart__{kind}" d="M{x} {top}V{bottom}"/>')
_ACROSS = Markup('<path class="figures-chart__{kind}" d="M{left} {y}H{right}"/>')
_TEXT = Markup('<text class="figures-chart__{kind}" x="{x}" y="{y}" text-anchor="{anchor}">{words}</text>')
_POINT = Markup('<circle class="figures-chart__point{open}" cx="{x}" cy="{y}" r="4"/>')
_ARROW = Markup('<path class="figures-chart__tip" d="M{x} {y}l-4 {by}h8z"/>')
_BOX = Markup('<path class="figures-chart__box" d="M{left} {top}V{bottom}H{right}V{top}{close}"/>')
_LEADER = Markup('<path class="figures-chart__leader" d="M{x} {y}L{to} {label}"/>')


@dataclass(frozen=True, slots=True)
class Mark:
    """One value on the chart: the figure, the day it was given, by whom, and in how many articles."""

    figure: Figure
    day: date
    who: str
    party: bool = False
    articles: int = 1

    @property
    def told(self) -> str:
        """The mark in words, for who does not see it."""
        more = f" ({self.articles} articles)" if self.articles > 1 else ""
        who = f"{self.who} (party)" if self.party else self.who
        return f"{self.figure.written}, {who}, {self.day.day} {self.day:%B %Y}{more}"


def _ends(figures: Iterable[Figure]) -> list[float]:
    """Every value that figures name or reach, but zero and what is open."""
    return [end for one in figures for end in (*one.means, one.value or 0.0) if 0 < end < math.inf]


class _Scale:
    """From values to heights: linear from zero, or by powers of ten."""

    def __init__(self, marks: Sequence[Mark], *, wide: bool, bottom: float) -> None:
        ends = _ends(mark.figure for mark in marks)
        most, least = max(ends, default=1.0), min(ends, default=1.0)
        firm = _ends(mark.figure for mark in marks if mark.figure.shape is not Shape.VAGUE)
        if firm and not wide:
            most = min(most, max(firm) * _BEYOND)
        self.wide, self.bottom, self.most = wide, bottom, most
        self.low = math.floor(math.log10(least)) if wide else 0.0
        self.high = math.ceil(math.log10(most) + 0.001) if wide else most * 1.12

    def at(self, value: float) -> float:
        """The height of a value; what lies beyond the scale stands at its end."""
        if self.wide:
            value = math.log10(value) if value > 0 else self.low
        share = (value - self.low) / ((self.high - self.low) or 1)
        return round(self.bottom - max(0.0, min(1.0, share)) * (self.bottom - TOP), 1)

    def ticks(self) -> list[float]:
        """Three or four round values."""
        if self.wide:
            return [10.0**power for power in range(int(self.low), int(self.high) + 1)]
        step = 10.0 ** math.floor(math.log10(self.high)) if self.high > 0 else 1.0
        step = next(one for one in (step / 5, step / 2, step, step * 2, step * 5) if self.high / one <= 4)
        return [step * count for count in range(int(self.high / step) + 1)]


def draw(marks: Sequence[Mark], title: str, *, wide: bool, name: str) -> Markup:
    """Write the chart as SVG; of very many values the first are labelled, and the table has them all."""
    labelled = list(marks)[:_MOST]
    bottom = TOP + max(150, _LINE * len(labelled))
    scale = _Scale(marks, wide=wide, bottom=bottom)
    at_x = _places(marks)
    parts = [
        _OPEN.format(width=WIDTH, height=bottom + _BELOW, id=name, title=title, desc=_told(marks, wide=wide))
    ]
    parts += _axes(marks, scale, at_x)
    parts += [part for mark, x in zip(marks, at_x, strict=True) for part in _mark(mark.figure, x, scale)]
    parts += _labels(labelled, at_x, scale)
    return Markup("").join([*parts, Markup("</svg>")])


def _told(marks: Sequence[Mark], *, wide: bool) -> str:
    scale = "The scale is logarithmic. " if wide else ""
    return f"{scale}In order of time: {'; '.join(mark.told for mark in marks)}."


def _places(marks: Sequence[Mark]) -> list[float]:
    """Where each mark stands by its day; those that would cover each other stand side by side."""
    first, stretch = marks[0].day, (marks[-1].day - marks[0].day).days
    room = RIGHT - LEFT - 34
    beside = min(_APART, room / max(1, len(marks) - 1))
    places: list[float] = []
    for mark in marks:
        share = (mark.day - first).days / stretch if stretch else 0.35
        x = LEFT + 10 + share * room
        places.append(round(max(x, places[-1] + beside) if places else x, 1))
    over = max(0.0, places[-1] - RIGHT + 6)
    return [round(x - over * rank / len(places), 1) for rank, x in enumerate(places, 1)]


def _axes(marks: Sequence[Mark], scale: _Scale, at_x: Sequence[float]) -> list[Markup]:
    parts = []
    for tick in scale.ticks():
        y = scale.at(tick)
        parts.append(_ACROSS.format(kind="rule", left=LEFT, right=RIGHT, y=y))
        parts.append(_TEXT.format(kind="tick", x=LEFT - 6, y=y + 4, anchor="end", words=number(tick)))
    for x, words in _days(marks, at_x):
        parts.append(_LINE_UP.format(kind="day", x=x, top=scale.bottom, bottom=scale.bottom + 5))
        parts.append(_TEXT.format(kind="tick", x=x, y=scale.bottom + 18, anchor="middle", words=words))
    if scale.wide:
        parts.append(_TEXT.format(kind="tick", x=LEFT, y=9, anchor="start", words="logarithmic scale"))
    return parts


def _days(marks: Sequence[Mark], at_x: Sequence[float]) -> list[tuple[float, str]]:
    """The first and the last day, each where its first mark stands; the year once, where it is one."""
    first, last = marks[0].day, marks[-1].day
    if first == last:
        return [(at_x[0], f"{first.day} {first:%b %Y}")]
    begins = f"{first.day} {first:%b}" if first.year == last.year else f"{first.day} {first:%b %Y}"
    x = next(place for mark, place in zip(marks, at_x, strict=True) if mark.day == last)
    return [(at_x[0], begins), (x, f"{last.day} {last:%b %Y}")]


def _mark(figure: Figure, x: float, scale: _Scale) -> list[Markup]:
    low, high = scale.at(figure.low), scale.at(figure.high)
    if figure.shape is Shape.VAGUE:
        close = "z" if figure.high <= scale.most else ""
        return [_BOX.format(left=x - 4, right=x + 4, top=high, bottom=low, close=close)]
    ends = [_ACROSS.format(kind="end", left=x - 4, right=x + 4, y=y) for y in (low, high)]
    up = _LINE_UP.format(kind="bar", x=x, top=high, bottom=low)
    if figure.shape is Shape.AT_LEAST:
        return [up, ends[0], _ARROW.format(x=x, y=high - 2, by=8)]
    if figure.shape is Shape.AT_MOST:
        return [up, ends[1], _ARROW.format(x=x, y=low + 2, by=-8)]
    if figure.shape is Shape.RANGE:
        return [up, *ends]
    point = _POINT.format(x=x, y=scale.at(figure.value or 0), open="")
    if figure.shape is Shape.ABOUT:
        return [
            up,
            *ends,
            _POINT.format(x=x, y=scale.at(figure.value or 0), open=" figures-chart__point--open"),
        ]
    return [point]


def _labels(marks: Sequence[Mark], at_x: Sequence[float], scale: _Scale) -> list[Markup]:
    """The words beside the chart, in the order of the values, pushed apart so that none covers another."""
    anchors = [_anchor(mark.figure, scale) for mark in marks]
    order = sorted(range(len(marks)), key=lambda place: (anchors[place], at_x[place]))
    lowest = scale.bottom - _LINE * len(order)
    parts, y = [], -math.inf
    for rank, place in enumerate(order):
        mark, x = marks[place], at_x[place]
        y = max(y + _LINE, min(anchors[place] - 4, lowest + _LINE * (rank + 0.4)), TOP - 4)
        parts.append(_LEADER.format(x=x + 6, y=anchors[place], to=_LABELS - 5, label=round(y + 1, 1)))
        words = mark.figure.written if mark.articles == 1 else f"{mark.figure.written} ({mark.articles}×)"
        parts.append(
            _TEXT.format(kind="value", x=_LABELS, y=round(y + 5, 1), anchor="start", words=_cut(words, 20))
        )
        parts.append(
            _TEXT.format(kind="who", x=_LABELS, y=round(y + 18, 1), anchor="start", words=_who(mark))
        )
    return parts


def _who(mark: Mark) -> str:
    return f"{_cut(mark.who, _NAME - 7)} (party)" if mark.party else _cut(mark.who, _NAME)


def _anchor(figure: Figure, scale: _Scale) -> float:
    """The height that a label points to."""
    if figure.value is not None:
        return scale.at(figure.value)
    return round((scale.at(figure.low) + scale.at(figure.high)) / 2, 1)


def _cut(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"
