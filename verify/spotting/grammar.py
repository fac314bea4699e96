"""Closed classes of English words that the clause rules lean on."""

from __future__ import annotations

import calendar

WEEKDAYS = {day.lower(): number for number, day in enumerate(calendar.day_name)}
MONTHS = {month.lower(): number for number, month in enumerate(calendar.month_name) if month}
MONTHS |= {month.lower(): number for number, month in enumerate(calendar.month_abbr) if month}
MONTHS |= {"sept": 9}


def words_of(line: str) -> frozenset[str]:
    """Returns the words of a line as a set."""
    return frozenset(line.split())


PRONOUNS = words_of("he she it they we i you who")
PERSON_PRONOUNS = words_of("he she")
GROUP_PRONOUNS = words_of("it they")
POSSESSIVES = words_of("his her its their our my your whose")
DETERMINERS = words_of(
    "the a an this that these those some any no each every both either neither another many several few most "
    "all one two three four five six seven eight nine ten dozens hundreds thousands"
)
BE = words_of("is are was were be been being am 's ’s")
HAVE = words_of("has have had having")
MODALS = words_of("will would can could may might must shall should cannot can't won't wouldn't couldn't")
DO = words_of("do does did")
NEGATIONS = words_of("not never n't didn't doesn't don't hasn't haven't hadn't isn't wasn't weren't aren't")
AUXILIARIES = BE | HAVE | MODALS | DO
FINITE = (
    (BE - {"be", "been", "being", "'s", "’s"})
    | (HAVE - {"having"})
    | MODALS
    | DO
    | words_of(
        "became began came fell fled found gave got held kept "
        "killed overran launched led left lost made met moved put "
        "ran saw seized sent took went won died escalated continued remained appeared reached entered"
    )
)
SUBORDINATORS = words_of(
    "that as after before because while when if since though "
    "although than where whether so which whereas until unless once"
)
CONJUNCTIONS = words_of("and but or nor yet")
PREPOSITIONS = words_of(
    "of in on at to for from with by about against over under "
    "during through via into within near inside outside "
    "across along around between among amid without despite after before since until per behind beyond"
)
TIME_WORDS = (
    frozenset(WEEKDAYS)
    | frozenset(MONTHS)
    | words_of(
        "today yesterday tomorrow tonight overnight morning afternoon "
        "evening night week month year weekend earlier later "
        "late early last ago day days weeks months years hours hour minutes recently previously noon midnight"
    )
)
ADVERBS = words_of(
    "also then now still just even again too however meanwhile "
    "once later earlier previously recently repeatedly "
    "already further moreover furthermore instead later often "
    "since first today yesterday have has had himself herself "
    "itself themselves soon long ever always falsely wrongly "
    "rightly originally subsequently tellingly regretfully"
)
PARTICLES = words_of(
    "of de del della di da du des van von der den la le al el bin ibn ben abu ul ur and for the"
)
TITLES = words_of(
    "mr mrs ms miss dr prof professor sir lord lady dame "
    "sheikh shaikh mullah maulvi mawlawi hajji sayyid imam "
    "det insp supt const cllr pc cpl rev reverend father sister pope"
)
CHANNEL_NOUNS = words_of(
    "tweet tweets twitter facebook telegram whatsapp instagram "
    "youtube tiktok statement statements interview interviews "
    "post posts message messages speech address letter letters "
    "email e-mail memo release conference briefing video audio "
    "recording broadcast television tv radio blog article op-ed "
    "column book memoir report account accounts page thread "
    "call telephone phone testimony affidavit filing podcast remarks press weibo reddit"
)
