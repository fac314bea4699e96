"""Reporting cues: the words by which news English says that somebody said something."""

from __future__ import annotations

from typing import NamedTuple

from verify.spotting.assertion import CueType
from verify.spotting.grammar import words_of


class Cue(NamedTuple):
    """A reporting verb in one of its forms."""

    lemma: str
    type: CueType
    manner: str  # "speech" | "clause" | "intent" | "evidence" | "denial"
    form: str  # "past" | "base" | "present" | "participle"
    noun_like: bool


IRREGULAR = {
    "say": ("said", "said", "says", "saying"),
    "tell": ("told", "told", "tells", "telling"),
    "write": ("wrote", "written", "writes", "writing"),
    "think": ("thought", "thought", "thinks", "thinking"),
    "feel": ("felt", "felt", "feels", "feeling"),
    "swear": ("swore", "sworn", "swears", "swearing"),
    "read": ("read", "read", "reads", "reading"),
    "know": ("knew", "known", "knows", "knowing"),
    "find": ("found", "found", "finds", "finding"),
    "show": ("showed", "shown", "shows", "showing"),
    "deny": ("denied", "denied", "denies", "denying"),
    "reply": ("replied", "replied", "replies", "replying"),
    "testify": ("testified", "testified", "testifies", "testifying"),
    "admit": ("admitted", "admitted", "admits", "admitting"),
    "rebut": ("rebutted", "rebutted", "rebuts", "rebutting"),
    "quip": ("quipped", "quipped", "quips", "quipping"),
    "refer": ("referred", "referred", "refers", "referring"),
    "retweet": ("retweeted", "retweeted", "retweets", "retweeting"),
    "tweet": ("tweeted", "tweeted", "tweets", "tweeting"),
    "foresee": ("foresaw", "foreseen", "foresees", "foreseeing"),
    "hear": ("heard", "heard", "hears", "hearing"),
    "learn": ("learned", "learnt", "learns", "learning"),
}

VERBS: dict[tuple[str, CueType], str] = {
    (
        "speech",
        "neutral",
    ): "say tell announce state add report tweet declare note explain write reply respond answer "
    "remark comment observe recall disclose reiterate stress "
    "emphasise emphasize post retweet read testify quip joke "
    "mention relate recount describe detail outline continue "
    "conclude repeat echo summarise proclaim inform signal "
    "specify clarify counter retort stipulate caution warn advise "
    "advertise brief caption exclaim shout yell whisper cry lament "
    "complain joke tease muse",
    (
        "speech",
        "claim",
    ): "claim allege assert contend maintain insist argue accuse boast purport affirm opine "
    "speculate hint imply intimate criticise criticize blast slam condemn blame denounce",
    ("speech", "admission"): "admit acknowledge concede confess confirm",
    ("denial", "denial"): "deny reject dismiss refute rebut dispute rubbish",
    (
        "clause",
        "belief",
    ): "believe think hope expect fear suspect feel predict suggest estimate doubt assume know "
    "reckon guess foresee forecast understand propose agree disagree",
    ("clause", "question"): "ask wonder question inquire enquire query",
    ("intent", "promise"): "vow pledge promise swear threaten assure guarantee reassure",
    ("intent", "neutral"): "urge demand request appeal recommend encourage",
    ("evidence", "neutral"): "show find indicate reveal hear learn",
}

NOUN_LIKE = words_of(
    "report claim state note tweet comment post demand charge "
    "remark question promise pledge vow answer request "
    "reply estimate hope fear find show offer appeal boast "
    "dispute stress detail outline signal cry blast slam blame "
    "counter caution brief caption guess forecast shout yell "
    "address doubt query echo read sound joke guarantee "
    "mention relate book will muse tease"
)


def _forms(lemma: str) -> tuple[str, str, str, str]:
    """Returns past, participle, third person and -ing form of a regular verb."""
    if lemma in IRREGULAR:
        return IRREGULAR[lemma]
    if lemma.endswith("e"):
        return lemma + "d", lemma + "d", lemma + "s", lemma[:-1] + "ing"
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return lemma[:-1] + "ied", lemma[:-1] + "ied", lemma[:-1] + "ies", lemma + "ing"
    third = lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x")) else "s")
    return lemma + "ed", lemma + "ed", third, lemma + "ing"


def _table() -> dict[str, Cue]:
    cues: dict[str, Cue] = {}
    for (manner, kind), lemmas in VERBS.items():
        for lemma in lemmas.split():
            past, participle, third, gerund = _forms(lemma)
            noun_like = lemma in NOUN_LIKE
            cues[lemma] = Cue(lemma, kind, manner, "base", noun_like)
            cues[third] = Cue(lemma, kind, manner, "present", noun_like)
            cues[gerund] = Cue(lemma, kind, manner, "participle", False)
            cues[participle] = Cue(lemma, kind, manner, "past", False)
            cues[past] = Cue(lemma, kind, manner, "past", False)
    cues["read"] = Cue("read", "neutral", "speech", "present", True)
    return cues


CUES = _table()

SPEECH_NOUNS = words_of(
    "announcement claim claims statement statements allegation "
    "allegations accusation accusations remark remarks comment "
    "comments report reports declaration assertion assertions "
    "denial suggestion suggestions rumour rumours rumor rumors "
    "promise pledge vow warning admission confession notion "
    "idea charge charges view findings finding belief argument "
    "account accounts acknowledgment acknowledgement acknowledgements revelation"
)
# The only verbs that may end a sentence after its content ("..., he said.") or stand inverted ("..., said he.").
AFTERWARDS = frozenset(
    cue.lemma
    for cue in CUES.values()
    if (
        cue.manner == "speech"
        and cue.lemma
        not in {
            "describe",
            "detail",
            "criticise",
            "criticize",
            "blast",
            "slam",
            "condemn",
            "blame",
            "denounce",
            "accuse",
            "outline",
            "inform",
        }
    )
    or cue.lemma
    in {
        "ask",
        "wonder",
        "think",
        "believe",
        "promise",
        "vow",
        "pledge",
        "urge",
        "suggest",
        "predict",
        "learn",
        "inquire",
        "threaten",
    }
)
CITING = frozenset({"citing", "quoting"})
TRIGGERS = (
    frozenset(CUES)
    | CITING
    | SPEECH_NOUNS
    | {
        "according",
        "quoted",
        "quotes",
        "quote",
        "cited",
        "cites",
        "called",
        "calls",
        "call",
        "calling",
        "spokesman",
        "spokesperson",
        "spokeswoman",
        "saying",
        "words",
        "put",
        "puts",
    }
)
