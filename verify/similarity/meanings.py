"""Words of the news that mean much the same: an event by any of its verbs, a person by any of his trades. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from verify.similarity.reading import compared

_EVENTS = """
take: capture seize take takes taken took taking overrun overran occupy occupied occupation conquer conquest control
 fall falls fallen fell hold holds held retake retaken recapture secure storm
kill: kill killing dead death deaths die dies died dying slain slay murder martyr martyred assassinate assassination
 perish fatal fatality drown drowned casualty lives lost losses
hurt: injure injury wound hurt casualty
flee: flee fled fleeing escape exile left leave leaving leaves depart head headed heading evacuate evacuation displace
enter: enter entry arrive arrival
bomb: bomb bombing bombard shell shelling shellfire strike strikes struck airstrike missile rocket drone helicopter raid
attack: attack assault offensive raid strike struck aggression ambush
blast: blast explosion explode detonate detonation blew blow blown
fire: fire blaze flame burn burnt burning inferno engulf wildfire
sink: sink sank sunk sinking capsize overturn
crash: crash collide collision derail
save: rescue save saved saving
miss: missing unaccounted disappear disappearance vanish
arrest: arrest detain detention jail imprison imprisonment custody prison prisoner captive
 apprehend capture catch caught
yield: surrender capitulate defect capture captive prisoner
free: release free freed freeing liberate
resign: resign resignation quit
talk: talk negotiate negotiation dialogue discuss discussion
deal: deal agreement settle settlement accord pact treaty compromise negotiate negotiation
truce: truce ceasefire cease-fire armistice
meet: meet met meeting conference summit gathering
end: end halt cease stop stopped stopping finish conclude
fight: fight fought fighting battle combat clash war warfare conflict violence hostility hostilities struggle
 invasion invade
resist: resist resistance oppose defy withstand withstood repel fight fought fighting
ready: ready willing willingness open prepared agree accept welcome
ask: ask asked call called urge request demand appeal
vow: vow promise pledge swear swore assure assurance guarantee confidence
win: win won winner victory victorious triumph beat
lose: lose lost losing loss losses defeat
rise: rise rose risen rising increase grow grew grown growth jump soar surge climb spike
drop: drop fall falls fell fallen decline decrease shrink shrank plunge slump reduce reduction cut
shut: shut shutdown close closed closure shutter
reopen: open opened opening reopen
begin: begin began begun start launch resume
ban: ban prohibit outlaw forbid forbidden illegal
permit: allow permit legal legalise legalize authorise authorize
vote: vote election elect poll ballot referendum
march: march protest demonstrate demonstration demonstrator protester rally
sorry: apologise apologize apology sorry regret regretful
blame: blame accuse accusation
dispute: disagreement disagree dispute quarrel rift division conflict feud
delay: delay prevent hinder postpone obstruct stall
found: create creation establish establishment formation
stop-licence: suspend suspension revoke withdraw withdrew withdrawn
cause: cause blame trigger
warn: warn warning caution alert
destroy: destroy destruction demolish raze wreck ruin
help: aid help assist assistance relief
fake: fake hoax doctored photoshop fabricated staged
spread: spread circulate
surround: besiege siege surround encircle
hide: whereabouts hiding
sell: sell sold sale sales
buy: buy bought purchase
build: build built construct construction
pay: pay paid payment salary wage
marry: marry marriage wed wedding
born: born birth
rape: rape assault harass harassment abuse molest
steal: steal stole stolen theft rob robbery loot
mourn: mourn mourning
infect: infect infection contract
shoot: shoot shooting shot gunfire gunshot fired
charge: charge indict indictment prosecute
sentence: sentence convict conviction guilty
acquit: acquit acquittal
sue: sue lawsuit
kidnap: kidnap abduct abduction hijack hijacking commandeer hostage
sack: sack fired sacked dismiss dismissal
appoint: appoint appointment nominate nomination
quake: quake earthquake tremor
storm: hurricane cyclone typhoon storm tornado
probe: investigate investigation probe inquiry
visit: visit trip tour
retreat: withdraw withdrew withdrawal retreat
send: send sent deploy deployment dispatch
supply: supply deliver delivery shipment
approve: approve approval adopt adoption ratify ratification endorse pass passed
refuse: refuse refusal veto
foil: foil thwart repulse prevent avert
pursue: chase pursue hunt
board: board boarding
threaten: threaten threat menace
"""
_THINGS = """
whole: complete completely full fully entire entirely whole wholly total totally
big: large huge massive major considerable heavy significant big great
many: numerous many number several
picture: picture photo photograph image video footage clip film
fighter: force troop soldier army militia militant rebel insurgent military
scholar: scholar academic academics expert cleric ulema ulama
stronghold: stronghold bastion fortress holdout
leader: leader head chief boss commander
government: government administration cabinet regime
firm: company firm business corporation
doctor: doctor physician medic
house: house home residence
people: people person resident citizen inhabitant passenger
refugee: refugee migrant asylum
ship: ship boat vessel ferry ferries
plane: plane aircraft airplane jet airliner
car: car vehicle truck lorry
school: school classroom
child: child children kid
woman: woman women
hospital: hospital clinic
vaccine: vaccine vaccination vaccinate jab immunise immunize
covid: covid coronavirus covid19
weapon: weapon gun rifle firearm arms
law: law bill legislation
plant: plant works factory
spokesperson: spokesman spokesperson spokeswoman
area: area region territory district province
condition: condition requirement
twice: twice double
safe: safe safely safety
anger: anger angry outrage
licence: licence license permit
harm: harm danger dangerous hazard
quick: immediate immediately instant
permanent: permanent permanently forever
police: police policeman officer
money: money cash fund funding
price: price cost
pupil: pupil student
lawyer: lawyer attorney
teacher: teacher professor
"""


PHRASES = {
    r"h[eo]ld(?:s|ing)? (?:off|out)|resistance to|(?:fought|fighting|fight) (?:off|back)": "resisting",
    r"g(?:a|i)ve[sn]? (?:(?:him|her|them)sel(?:f|ves) )?up|giv(?:es|ing) up|lay down (?:their|its) arms": "surrendered",
    r"open(?:s|ed|ing)? fire": "shot",
    r"(?:shot|gunned|stabbed|beaten|shoots?) (?:\w+ ){0,2}(?:dead|to death|down)": "killed",
    r"step(?:s|ped|ping)? down": "resigned",
    r"(?:went|gone|goes|going|go) down|turned over|keeled over": "sank",
    r"carr(?:y|ies|ied|ying) on|ke(?:ep|eps|pt) on|go(?:es|ing)? on|went on": "continue",
    r"(?:cease|truce)[- ]fire": "ceasefire",
    r"put(?:s|ting)? an (?:immediate )?end to|put(?:s|ting)? a stop to": "end",
    r"(?:fought|forced|battled|shot|pushed) (?:its|their|his) way (?:in)?to"
    r"|(?:swept|pushed|marched|moved|broke) into": "entered",
    r"(?:the )?upper hand": "winning",
    r"take[ns]? prisoner|taken captive|took prisoner|taken into custody|(?:is|are|was|were) held": "arrested",
    r"take[ns]? over|took over|taking over|in (?:\w+ )?control": "seized control",
    r"bl(?:ew|own|ow|ows) up": "destroyed",
    r"(?:set|sets|setting) up": "established",
    r"(?:pulls?|pulled|bring|brought|get|got) (?:\w+ ){0,3}(?:out )?from the (?:water|sea|river|rubble|lake)": (
        "rescued from the water"
    ),
    r"sworn in|took office": "inaugurated",
    r"call(?:s|ed|ing)? (?:on|for|upon)": "urged",
    r"call(?:s|ed|ing)? (?:off|up)": "cancelled",
    r"pull(?:s|ed|ing)? (?:out|back)": "withdrew",
    r"turn(?:s|ed)? down": "refused",
    r"lays? off|laid off|lost (?:his|her|their) jobs?": "sacked",
    r"passed away|lost (?:his|her|their) li(?:fe|ves)|burn(?:ed|t) to death": "died",
    r"on condition(?: that)?|provided(?: that)?|as long as": "if",
    r"due to|because of|owing to": "caused by",
    r"right away|at once|straight away": "immediately",
    r"put out": "extinguish",
}
"""Words that mean something together, and one word that means it."""

_AS_WRITTEN = {
    **dict.fromkeys(("fighter", "fighters"), "«fighter»"),
    **dict.fromkeys(("leader", "leaders", "head"), "«leader»"),
    "works": "«plant»",
    "resistance": "resistance",
    **dict.fromkeys(("climber", "climbers"), "climber"),
}
"""Words whose ending tells what they mean: fighters do not fight in every sentence that names them."""


def _lines(table: str) -> Iterator[tuple[str, list[str]]]:
    """One meaning a line; an indented line goes on with the one before."""
    for line in table.strip().replace("\n ", " ").splitlines():
        sign, words = line.split(": ")
        yield sign, words.split()


def _inflected(word: str) -> Iterator[str]:
    """A word with the endings that a verb or a noun may have."""
    stem = word.removesuffix("e")
    last = word[-1]
    yield from (word, f"{word}s", f"{stem}ed", f"{stem}ing", f"{word}{last}ed", f"{word}{last}ing")


def _senses() -> tuple[dict[str, tuple[str, ...]], frozenset[str]]:
    found: dict[str, tuple[str, ...]] = {}
    events = set()
    for table in (_EVENTS, _THINGS):
        for name, words in _lines(table):
            sign = f"«{name}»"
            if table is _EVENTS:
                events.add(sign)
            for form in sorted({compared(one) for word in words for one in _inflected(word)} - {""}):
                found[form] = (*found.get(form, ()), sign)
    return found, frozenset(events)


_SENSES, EVENTS = _senses()


_PHRASE = re.compile(
    "|".join(rf"(?P<p{at}>\b(?:{words})\b)" for at, words in enumerate(PHRASES)), re.IGNORECASE
)
_PLAIN = tuple(PHRASES.values())


def in_single_words(text: str) -> str:
    """Write what is said in two words in the one that means it: “stepped down” is resigned."""
    return _PHRASE.sub(lambda found: _PLAIN[int((found.lastgroup or "p0")[1:])], text)


@lru_cache(maxsize=65_536)
def senses(form: str, written: str) -> tuple[str, ...]:
    """What a word can mean, as signs; how it is heard where nothing is known to mean the same."""
    alone = _AS_WRITTEN.get(written.lower())
    if alone:
        return (alone,)
    return _SENSES.get(form) or (_of_a_place(heard(form)) if written[:1].isupper() else heard(form),)


_BELONGING = re.compile(r"(?<=....)(?:ist(?:an)?|is|i?ans?|es|ish|i|a)$")


def _of_a_place(name: str) -> str:
    """Fold a place and whoever is from there: Somalia and Somali, Yemen and Yemeni, Afghanistan and Afghan."""
    while (shorter := _BELONGING.sub("", name)) != name:
        name = shorter
    return name


_HEARD = (("ee", "i"), ("y", "i"), ("oo", "u"), ("ou", "u"), ("o", "u"), ("q", "k"), ("ph", "f"))


@lru_cache(maxsize=65_536)
def heard(form: str) -> str:
    """Fold what differs between two spellings of one sound: Dashti and Dashty, Rokha and Rukhah."""
    if form[0].isdigit():
        return form
    folded = form
    for written, sound in _HEARD:
        folded = folded.replace(written, sound)
    return re.sub(r"(.)\1", r"\1", folded).removesuffix("h") or form
