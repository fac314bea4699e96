"""Finds places by the words around a name ("in", "the town of", "province"), and a short list of known ones."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from verify.spotting.assertion import PlaceMention
from verify.spotting.grammar import MONTHS, WEEKDAYS, words_of
from verify.spotting.known_places import KNOWN, NAMED_AFTER, NAMED_BEFORE, STATES
from verify.spotting.names import PERSON_ROLES, Names, is_body, strip_possessive

_CAPITALISED = r"[A-Z](?:[\w’'-]*\w)?"
_NUMBERED = r"(?:(?:(?<=Terminal)|(?<=Gate)|(?<=Highway)|(?<=Interstate)|(?<=Route))[ \u00a0]\d+)?"
_NAME = re.compile(
    rf"(?<![\w@#.’'-])(?!(?:The|A|An|In|On|At|But|And|From)[ ](?!Hague))"
    rf"(?:U\.S\.(?! [A-Z])|U\.K\.(?! [A-Z])|(?:St\. )?{_CAPITALISED}"
    rf"(?:[ \u00a0](?:(?:de|del|la|al|el|of|upon)[ \u00a0])?{_CAPITALISED}){{0,4}}{_NUMBERED})"
)
_BEFORE = re.compile(r"(?:([\w’'-]+)[ \u00a0]+)?([\w’'-]+)[ \u00a0]+\Z")
_APPOSED = re.compile(r"\b(?:capital|city|town|village|port|stronghold|suburb)(?: [a-z]+ [A-Z]\w+)?, \Z")
_AFTER = re.compile(r"[ \u00a0]+([a-z][\w-]*)")
_STATE_AFTER = re.compile(r",[ \u00a0]((?:[A-Z][\w’'-]+[ \u00a0]){0,2}[A-Z][\w.’'-]*\w|[A-Z]\.[A-Z]\.)")
_PLACING = words_of("in near at across outside inside throughout around within toward towards into")
_TURNING = words_of(
    "northern southern eastern western central north-eastern north-western northeastern southwestern "
    "northwestern southeastern rural downtown upstate mainland occupied neighbouring neighboring nearby"
)
_VISITING = words_of(
    "visit visits visited visiting entered entering left leaving reached reaching stormed besieged"
)
_PLACE_NOUNS = words_of(
    "province district valley region county city town village island islands peninsula state airport port harbor "
    "harbour river lake mountain mountains border suburb neighbourhood neighborhood area coast prison camp"
)
_OF_NOUNS = _PLACE_NOUNS | words_of(
    "capital cities towns villages port outskirts centre center streets people north "
    "south east west suburbs mayor governor bishop residents republic"
)
_NEVER = (
    frozenset(day.capitalize() for day in WEEKDAYS)
    | frozenset(month.capitalize() for month in MONTHS)
    | words_of(
        "I The A An This That It He She We They You In On At But And If When As Our My His Her Their Its Mr Mrs Ms Dr "
        "Parliament Congress Senate Christmas Easter Ramadan English French German Spanish Arabic Russian Chinese "
        "Twitter Facebook Instagram Telegram WhatsApp YouTube God Islam Christianity Brexit Covid COVID-19 Covid-19 "
        "TikTok Google Apple Amazon Microsoft Republican Democratic Labour Conservative British American European"
    )
)
_HEADS_NOBODY = words_of(
    "Act Bill Times Post News University College School Council Committee Commission Bank Party "
    "Ministry Department Agency Group Club United League Cup Games Court Force Forces Street's "
    "Rovers Alliance Association Institute Society Trust Union Church Hotel Hospital"
)


def _is_placed(text: str, match: re.Match[str], name: str, names: Names) -> bool:
    """Judges one name by the words beside it."""
    words = name.split()
    before = _BEFORE.search(text, max(0, match.start() - 40), match.start())
    last, earlier = (before[2].lower(), (before[1] or "").lower()) if before else ("", "")
    if words[-1] in NAMED_AFTER and len(words) > 1:
        return not is_body(name) or last in _PLACING or earlier in _PLACING
    if text[match.start() - 2 : match.start()] == ", " and _APPOSED.search(
        text, max(0, match.start() - 40), match.start()
    ):
        return True  # the capital, Berat
    if last == "the" or words[0] == "The":
        return False
    if len(words) > 1 and words[0] in NAMED_BEFORE and last in _PLACING | _TURNING:
        return True
    after = _AFTER.match(text, match.end())
    if after and after[1] in _PLACE_NOUNS and (len(words) < 3 or last in _PLACING):
        return True
    if last == "of":
        return earlier in _OF_NOUNS
    return last in _PLACING or last in _TURNING or last in _VISITING


_PEOPLES = re.compile(
    r"(?:[a-z]{2,}(?:[ai]ni?an|ese|ish|i?stani|[bdglnrs]ian)|afghan|german|french|dutch|greek|iraqi|saudi)s?"
)


def _may_be_place(name: str, names: Names) -> bool:
    words = name.split()
    return not (
        _PEOPLES.fullmatch(words[-1].lower())
        or words[0] in _NEVER
        or name in ("St", "Mt", "Sen", "Rep", "Gov", "Gen")
        or words[-1] in _NEVER
        or words[-1] in _HEADS_NOBODY
        or name in names.people
        or words[0].lower() in PERSON_ROLES
        or (name.isupper() and len(words) == 1 and len(name) < 6)
        or (len(words) == 1 and name.lower() in names.by_last)
        or (len(words) > 1 and is_body(name) and words[-1] not in NAMED_AFTER)
    )


def _trimmed(name: str) -> str:
    """Cuts a possessive off, and whatever follows it: "Karsu's" and "Kabul's Green Zone" name Karsu and Kabul."""
    words = name.split(" ")
    for at, word in enumerate(words):
        if word.endswith(("'s", "’s")):
            return " ".join([*words[:at], strip_possessive(word)])
    return name


class Places:
    """The places of one text: strong surroundings settle a name, which then counts wherever it stands."""

    def __init__(self, text: str, names: Names, datelines: Sequence[tuple[int, int]] = ()) -> None:
        self.text = text
        seen = [(match, _trimmed(match.group().replace("\u00a0", " "))) for match in _NAME.finditer(text)]
        strong = {
            name
            for match, name in seen
            if name not in KNOWN and _may_be_place(name, names) and _is_placed(text, match, name, names)
        }
        strong |= {text[low:high].split(",")[0].title() for low, high in datelines}
        doubtful = {name for name in KNOWN if name.lower() in names.by_last}
        self.mentions: list[PlaceMention] = []
        lines = list(reversed(datelines))
        end = 0
        for match, name in seen:
            while lines and lines[-1][0] <= match.start():
                end = self._add(*lines.pop())
            if match.start() < end:
                continue
            if name in strong or name in names.bodies:
                known = name in strong and name not in names.bodies
            else:
                known = name in KNOWN and (name not in doubtful or _is_placed(text, match, name, names))
            if known:
                end = self._add(match.start(), self._with_state(match.start() + len(name)))
        for line in reversed(lines):
            self._add(*line)
        self.starts = [mention.start for mention in self.mentions]

    def _add(self, start: int, end: int) -> int:
        self.mentions.append(PlaceMention(self.text[start:end], start, end))
        return end

    def _with_state(self, end: int) -> int:
        """Takes in the state or country behind a town: "Columbus, Ohio"."""
        match = _STATE_AFTER.match(self.text, end)
        return match.end(1) if match and match[1] in KNOWN and match[1] in STATES else end

    def within(self, start: int, end: int) -> tuple[PlaceMention, ...]:
        """Returns the places inside `text[start:end]` in order."""
        low, high = bisect_left(self.starts, start), bisect_left(self.starts, end)
        return tuple(mention for mention in self.mentions[low:high] if mention.end <= end)
