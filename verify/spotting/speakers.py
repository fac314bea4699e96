"""Who spoke and who was named: what "he", "the group" and "the minister" point back to."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache

from verify.spotting.assertion import Hop, Span
from verify.spotting.genders import pronoun_of
from verify.spotting.grammar import CONJUNCTIONS, FINITE, PREPOSITIONS, SUBORDINATORS
from verify.spotting.names import PERSON_ROLES, Names, strip_possessive

_CAPITALS = re.compile(r"[A-Z][\w'’-]*\w(?:[ \u00a0](?:[A-Z]\.[ \u00a0])?[A-Z][\w'’-]*\w){0,4}")
_LOOK_BACK = 500  # characters; a "he" further from a name than this points to whoever spoke
_LOOK_FAR = 3000
_SUBJECT = 90
_TURNED_AWAY = PREPOSITIONS | CONJUNCTIONS | SUBORDINATORS | FINITE


@lru_cache(maxsize=64)
def _called(noun: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(noun)}[ \u00a0]({_CAPITALS.pattern})")


def aliased(hop: Hop, written: str) -> Hop:
    """Returns the hop with one more form under which the text knows it."""
    forms = dict.fromkeys(form for form in (written, *hop.aliases) if form != hop.name)
    return replace(hop, aliases=tuple(forms))


@dataclass(slots=True)
class Speakers:
    """Who spoke last: what pronouns and "the group" point back to while a text is read from its start."""

    names: Names
    text: str = ""
    person: Hop | None = None
    group: Hop | None = None
    last: Hop | None = None
    at: int = 0  # where the source being read stands
    context: str = ""
    before: Span | None = None  # the sentence before this one, where nobody spoke in it
    spoken: dict[str, Hop] = field(default_factory=dict)  # people by name, the latest last
    pronouns: dict[str, str] = field(default_factory=dict)  # "he" or "she", by name

    def body_nearby(self) -> str | None:
        """Returns the body that "the group" means: one named before it in the sentence, else who spoke last."""
        for match in reversed(list(_CAPITALS.finditer(self.context))):
            words = match.group().split()
            for low in range(len(words)):
                name = self.names.full(strip_possessive(" ".join(words[low:])))
                if name in self.names.bodies:
                    return name
        return self.group.name if self.group else None

    def body_called(self, noun: str) -> Hop | None:
        """Returns the body that the text calls by a noun: "the charity Rest Well" for "the charity"."""
        last = None
        for match in _called(noun).finditer(self.text, max(0, self.at - _LOOK_FAR), self.at):
            last = match
        return Hop(last.group(1), "organisation", noun) if last else None

    def heard(self, hop: Hop) -> None:
        """Remembers a source as the latest speaker of its kind."""
        self.last = hop
        if hop.kind == "person":
            self.person = hop
            self.spoken.pop(hop.name, None)
            self.spoken[hop.name] = hop
            if hop.name not in self.pronouns and (told := self._pronoun_of(hop)):
                self.pronouns[hop.name] = told
        elif hop.kind in ("organisation", "outlet", "agency") and hop.name.lower() not in (
            "they",
            "it",
            "we",
        ):
            self.group = hop

    def _pronoun_of(self, hop: Hop) -> str | None:
        last = hop.name.split()[-1].lower()
        by_title = self.names.titles.get(last)
        return (
            (by_title and pronoun_of([by_title]))
            or pronoun_of((hop.role or "").split())
            or (pronoun_of(hop.name.split()[:1]))
        )

    def fits(self, hop: Hop, pronoun: str) -> bool:
        """Tells whether "he" or "she" may stand for the person."""
        known = self.pronouns.get(hop.name) or self._pronoun_of(hop)
        return known is None or known == pronoun

    def person_meant(self, pronoun: str) -> Hop | None:
        """Returns the person "he" or "she" stands for: who spoke last, or the only one named shortly before."""
        pronoun = pronoun.lower()
        if self.person and self.fits(self.person, pronoun):
            found: Hop | None = self.person
        else:
            fitting = (hop for hop in reversed(self.spoken.values()) if self.fits(hop, pronoun))
            found = self._named_before(pronoun) or next(fitting, None)
        if found and found.terms == "named":
            self.pronouns.setdefault(found.name, pronoun)
        return found

    def _named_before(self, pronoun: str) -> Hop | None:
        """The one person named in the few lines before: None where two may be meant."""
        found: dict[str, None] = {}
        for match in _CAPITALS.finditer(self.text, max(0, self.at - _LOOK_BACK), self.at):
            if name := self._person_in(match.group()):
                found[name] = None
        fitting = [Hop(name, "person") for name in found if self.fits(Hop(name, "person"), pronoun)]
        return fitting[0] if len(fitting) == 1 else None

    def _person_in(self, written: str) -> str | None:
        words = [strip_possessive(word) for word in written.split()]
        for low in range(len(words)):
            name = self.names.full(" ".join(words[low:]))
            if name in self.names.people:
                return name
        return None

    def note_subject(self, sentence: Span) -> None:
        """Remembers the person who is the subject of a sentence in which nobody speaks: "he" may mean them next."""
        self.before = sentence
        match = _CAPITALS.search(self.text, sentence[0], min(sentence[1], sentence[0] + _SUBJECT))
        low = sentence[0]
        while match:
            words = self.text[low : match.start()].lower().split()
            if not _TURNED_AWAY.isdisjoint(words) or any(word.endswith(",") for word in words[-1:]):
                return
            if name := self._person_in(match.group()):
                known = self.spoken.get(name) or Hop(name, "person", self.names.roles.get(name))
                self.person = self.last = known
                return
            low = match.end()
            match = _CAPITALS.search(self.text, low, min(sentence[1], sentence[0] + _SUBJECT))

    def has_role(self, hop: Hop, noun: str) -> bool:
        """Tells whether the text gives the person the role that a noun names: "the minister"."""
        known = f"{hop.role or ''} {self.names.roles.get(hop.name, '')}".lower()
        return noun in known.split() or (noun in PERSON_ROLES and f" {noun}" in f" {known}")

    def role_bearer(self, noun: str) -> Hop | None:
        """Returns the person whom "the minister" means: the latest speaker with that role, else the only one."""
        for hop in reversed(self.spoken.values()):
            if self.has_role(hop, noun):
                return hop
        bearers = [name for name, role in self.names.roles.items() if noun in role.lower().split()]
        return Hop(bearers[0], "person", self.names.roles[bearers[0]]) if len(bearers) == 1 else None
