"""What the demo desk's people made of suggestions that lead to no ticket: set aside with a reason, or worded better."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.orm import Session

from verify.articles.actions import dismiss, edit_assertion
from verify.articles.models import Article, AssertionState, Ground
from verify.articles.wording import as_words, from_words
from verify.demo.library import assertion
from verify.demo.people import Cast

# article, words of the passage, reason of the list, own words
SET_ASIDE = [
    ("delta-courier", "Panjshir taken as resistance", Ground.SAID_ELSEWHERE, ""),
    ("free-valley-radio", "Night of fighting leaves", Ground.SAID_ELSEWHERE, "The next paragraph says who says so."),
    ("harbour-times", "Fighters look down", Ground.NOT_A_CLAIM, "The caption of a picture."),
    ("harbour-times", "not possible to confirm", Ground.NOT_A_CLAIM, ""),
    ("harbour-times", "Our men are ready", Ground.OPINION, ""),
    ("meridian-post", "the war is over", Ground.OPINION, ""),
    ("indus-mirror", "Drones over the valley", Ground.NOT_A_CLAIM, "A headline that asks."),
    ("kabul-ledger", "In the battle for the valley", Ground.NOT_WORTH_IT, ""),
]  # fmt: skip
# article, words of the passage, what it says, why it was changed
REWORDED = [
    (
        "delta-courier", "held every strategic position",
        "The National Resistance Front held every strategic position in Panjshir",
        "“Its” said nothing without the sentence before.",
    ),
    (
        "indus-mirror", "any part in the fighting",
        "Pakistan’s forces took part in the fighting in Panjshir",
        "The denial is a card of its own: this is what is denied.",
    ),
]  # fmt: skip


def decide_on_suggestions(session: Session, cast: Cast, articles: dict[str, Article]) -> None:
    """Set some suggestions aside and word some better, as checkers do while they read."""
    for name, passage, ground, reason in SET_ASIDE:
        one = assertion(session, articles[name], passage)
        if one.state is AssertionState.SUGGESTED:
            dismiss(session, cast.nadia, one, ground=ground, reason=reason)
    for name, passage, statement, reason in REWORDED:
        one = assertion(session, articles[name], passage)
        if one.state is AssertionState.SUGGESTED:
            wording = replace(from_words(as_words(one)), statement=statement)
            edit_assertion(session, cast.aiko, one, wording=wording, reason=reason)
