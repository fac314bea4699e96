"""Names in a text: full forms, short forms, initials, and the nouns that tell what a source is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from verify.spotting.grammar import TITLES, words_of
from verify.spotting.known_places import KNOWN, NAMED_AFTER, NAMED_BEFORE

PERSON_ROLES = words_of(
    "spokesman spokeswoman spokesperson spokesmen spokespeople "
    "minister president premier chancellor secretary leader head "
    "chief director commander general colonel major captain "
    "lieutenant sergeant brigadier admiral marshal governor mayor "
    "senator congressman congresswoman representative deputy mp "
    "lawmaker ambassador envoy diplomat chairman chairwoman "
    "chairperson chair ceo founder co-founder owner manager "
    "editor journalist reporter correspondent presenter anchor "
    "analyst expert professor researcher scientist economist "
    "historian lawyer attorney prosecutor judge justice sheriff "
    "official officer aide adviser advisor strategist candidate "
    "nominee pollster activist campaigner cleric bishop pope "
    "imam king queen prince princess emperor sultan author writer "
    "actor actress singer coach player captain negotiator "
    "doctor nurse teacher student resident farmer fighter soldier "
    "warlord strongman militant insurgent defector physician "
    "coordinator organiser organizer inspector detective "
    "constable commissioner superintendent father mother brother "
    "sister son daughter wife husband widow uncle nephew cousin "
    "friend neighbour neighbor colleague vice-president counsel"
)
ORGANISATION_ROLES = words_of(
    "group agency organisation organization charity party movement front company firm union network "
    "broadcaster newspaper magazine channel outlet website ministry"
)
ROLE_NOUNS = PERSON_ROLES
ANONYMOUS_NOUNS = words_of(
    "source sources witness witnesses resident residents insider "
    "insiders reports rumours rumors eyewitness eyewitnesses "
    "people locals villagers observers critics supporters experts "
    "analysts some many others person man woman bystanders "
    "relative neighbour neighbor survivor protester bystander villager critic observer supporter employee "
    "employees worker workers passenger passengers driver parent parents "
    "survivors protesters everyone relatives neighbours neighbors passers-by whistleblower individuals voters"
)
GROUP_NOUNS = words_of(
    "officials leaders authorities fighters forces rebels "
    "militants insurgents police government administration army "
    "military troops party campaign council committee commission "
    "parliament court ministry department office embassy "
    "group front movement militia organisation organization agency "
    "company firm side sides lawmakers lawyers prosecutors "
    "senators republicans democrats conservatives union club "
    "defense defence prosecution alliance coalition opposition bank team spokesmen "
    "spokespeople aides advisers diplomats commanders academics "
    "scholars clerics authors organisers organizers planners medics doctors scientists researchers "
    "economists investigators bureau service services board panel "
    "association federation foundation institute university "
    "college company regime delegation mission body watchdog "
    "charity resistance airline hospital state nation country "
    "negotiators negotiator activists campaigners residents' members "
    "member guard kremlin pentagon congress senate house taliban"
)
OUTLET_NOUNS = words_of(
    "media newspaper newspapers broadcaster broadcasters outlet outlets press magazine channel tv website "
    "news times post tribune herald gazette journal guardian telegraph daily radio television reporters "
    "bbc cnn nbc abc cbs fox msnbc npr pbs sky politico bloomberg aljazeera breitbart buzzfeed "
    "mirror independent observer economist standard chronicle globe mail"
)
AGENCIES = words_of(
    "ap reuters afp tass upi pti ani xinhua interfax anadolu "
    "dpa efe ansa kyodo yonhap ria irna bakhtar pajhwok "
    "aap itar-tass sputnik"
)
DOCUMENT_NOUNS = words_of(
    "report reports statement study survey poll polls document "
    "documents memo letter filing lawsuit indictment complaint "
    "affidavit paper book article editorial release announcement "
    "data figures records email emails message tweet post "
    "note website page transcript dossier analysis review research "
    "audit inquiry investigation probe inquest autopsy manifesto results ruling order bill law constitution agreement "
    "findings evidence estimates census notice text column piece story"
)
MEDIA_NOUNS = words_of(
    "picture pictures photo photos photograph photographs video videos footage image images clip clips "
    "recording recordings audio screenshot screenshots"
)
SOURCE_NOUNS = (
    PERSON_ROLES
    | ORGANISATION_ROLES
    | ANONYMOUS_NOUNS
    | GROUP_NOUNS
    | OUTLET_NOUNS
    | DOCUMENT_NOUNS
    | MEDIA_NOUNS
    | frozenset(word + "s" for word in PERSON_ROLES)
)

_NAME = re.compile(
    r"(?<![\w@])[A-Z][\w'’.-]{0,30}\w(?:[ \u00a0](?:(?:of|the|for|and|"
    r"de|del|della|da|van|von|der|den|bin|ibn|al|el)[ \u00a0]){0,2}"
    r"(?:[A-Z]\.[ \u00a0](?=[A-Z][a-z])){0,2}[A-Z][\w'’-]{0,30}\w){1,6}"
)
_KNOWN_BODY = re.compile(
    r"\b(?:Taliban|Hamas|Hezbollah|Hizbullah|Isis|ISIS|Isil|ISIL|"
    r"Fatah|Kremlin|Pentagon|Congress|Senate|NATO|Nato|EU|UN|"
    r"WHO|FBI|CIA|Houthis|PKK|Al-Qaeda|al-Qaida|al-Shabaab|Boko Haram|Labour|Conservatives|Greens)\b"
)
_INITIALS = re.compile(r"\(([A-Z][A-Z&.]{1,8}[A-Z])s?\)")
NAMED_ROLES = (
    PERSON_ROLES | TITLES | words_of("executive sen rep gov gen col lt capt maj sgt amb rev hon adm cmdr")
) - {
    "head",
    "king",
    "queen",
    "prince",
    "father",
    "mother",
    "brother",
    "sister",
    "son",
    "judge",
    "justice",
    "farmer",
}
_PARTICLES = words_of("of the for and de del della da van von der den bin ibn al el")
_OWNED = words_of("people women men children workers king queen lord saint")  # as in "People's Party"
_NOT_NAMES = words_of(
    "the a an this that on in at by for from with but and as if "
    "when after before he she it they we i his her its their "
    "monday tuesday wednesday thursday friday saturday sunday "
    "january february march april june july august september "
    "october november december earlier late meanwhile however mr mrs ms dr according"
)


def strip_possessive(name: str) -> str:
    """Returns the name without a trailing 's."""
    return name[:-2] if name.endswith(("'s", "’s")) else name.rstrip("'’")


@dataclass(slots=True)
class Names:
    """Full names of one text, found by surname and by initials; people are told from bodies by their titles."""

    by_last: dict[str, str] = field(default_factory=dict)
    by_initials: dict[str, str] = field(default_factory=dict)
    people: set[str] = field(default_factory=set)
    bodies: set[str] = field(default_factory=set)
    titles: dict[str, str] = field(default_factory=dict)  # "mr", "ms" and the like, by surname
    roles: dict[str, str] = field(default_factory=dict)  # "Interior Minister", by full name

    def knows(self, word: str) -> bool:
        """Tells whether a word in lower case is a surname, initials or a body that the text names."""
        return word in self.by_last or word in self.by_initials or word.capitalize() in self.bodies

    def full(self, written: str) -> str:
        """Returns the fullest form that the text gives for a name, or the name itself."""
        key = written.lower()
        if key in self.by_initials:
            return self.by_initials[key]
        if " " not in written and key in self.by_last:
            return self.by_last[key]
        return written


def _core(written: str) -> tuple[list[str], str]:
    words = written.replace("\u00a0", " ").split()
    owners = [
        at
        for at, word in enumerate(words[:-1])
        if word.endswith(("'s", "’s")) and word[:-2].lower() not in _OWNED
    ]
    words = [strip_possessive(word) for word in words[owners[-1] + 1 if owners else 0 :]]
    return _after_role(words)


def _after_role(words: list[str]) -> tuple[list[str], str]:
    """Parts "Interior Minister Goran Sabit" into the name and the role before it."""
    last = max(
        (at for at, word in enumerate(words[:-1]) if word.lower().rstrip(".") in NAMED_ROLES), default=-1
    )
    role = words[: last + 1] if last >= 0 and words[last + 1].lower() not in _PARTICLES else []
    words = words[len(role) :]
    while words and (words[0].lower() in _NOT_NAMES or words[0].lower().rstrip(".") in PERSON_ROLES):
        role.append(words.pop(0))
    while words and words[0].lower() in _PARTICLES:
        words.pop(0)
    return words, " ".join(word for word in role if word.lower() not in _NOT_NAMES)


def _initials_of(words: list[str]) -> str:
    return "".join(word[0] for word in words if word.lower() not in _PARTICLES).lower()


def is_body(name: str) -> bool:
    """Tells whether a capitalised name is that of an organisation, by a noun it contains."""
    words = [word.lower() for word in name.split()]
    return any(
        word in GROUP_NOUNS or word in OUTLET_NOUNS or word in ORGANISATION_ROLES or word in _BODY_WORDS
        for word in words
    ) or name in (
        "White House",
        "Downing Street",
        "Wall Street",
        "Capitol Hill",
        "Scotland Yard",
        "Red Cross",
        "Red Crescent",
    )


_BODY_WORDS = words_of(
    "front force national united international association inc "
    "corp ltd committee nations states union league institute "
    "centre center foundation trust society watch house "
    "airlines group security defense defense-ministry "
    "defence affairs ab ag sa se nv bv plc llc llp gmbh oy asa spa holdings "
    "bank motors airways industries systems partners technologies pharmaceuticals "
    "university college school hospital church ministry department agency "
    "alliance rovers wanderers athletic albion"
)


def names_in(text: str) -> Names:
    """Collects the names of a text in one pass."""
    names = Names()
    counted: set[str] = set()
    for match in _NAME.finditer(text):
        words, role = _core(match.group())
        if words and role:
            names.titles.setdefault(words[-1].lower(), role.split()[-1])
        if len(words) < 2:
            continue
        full = " ".join(words)
        if role:
            names.roles.setdefault(full, role)
        if full in counted:
            continue
        counted.add(full)
        initials = _initials_of(words)
        if is_body(full):
            names.bodies.add(full)
            if len(initials) >= 3:
                names.by_initials.setdefault(initials, full)
            continue
        last = words[-1].lower()
        if words[-1] in NAMED_AFTER or words[0] in NAMED_BEFORE or full in KNOWN:
            continue
        if len(words) <= 4 and not any(
            word.lower() in _PARTICLES - {"al", "el", "bin", "de", "van", "von"} for word in words
        ):
            names.by_last.setdefault(last, full)
            names.people.add(full)
    for match in _INITIALS.finditer(text):
        _pair_initials(text, match, names)
    names.bodies |= {match.group() for match in _KNOWN_BODY.finditer(text)}
    for short in [key for key in names.by_initials if len(key) > 3]:
        names.by_initials.setdefault(short[:-1], names.by_initials[short])
    return names


def _pair_initials(text: str, match: re.Match[str], names: Names) -> None:
    """Pairs "National Resistance Front of Afghanistan (NRFA)" with its initials."""
    initials = match.group(1).replace(".", "").lower()
    before = text[max(0, match.start() - 120) : match.start()].split()
    for length in range(2, min(10, len(before)) + 1):
        words = [strip_possessive(word) for word in before[-length:]]
        if (
            words[0][:1].isupper()
            and _initials_of([word for word in words if word[:1].isalnum()]) == initials
        ):
            while words and words[0].lower() in ("the", "a", "an"):
                words.pop(0)
            names.by_initials[initials] = " ".join(words)
            names.bodies |= {match.group(1), " ".join(words)}
            return
