"""What other organisations found about the demo's claims. The organisations are invented, and so are their words."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy.orm import Session

from verify.accounts.models import Person
from verify.claimreviews import actions
from verify.claimreviews.reading import read
from verify.claimreviews.wording import sha256_of_content
from verify.claimreviews.words import UNKNOWN

PLUMB_LINE = {"@type": "Organization", "name": "Plumb Line", "url": "https://plumbline.example.org"}
SECOND_LOOK = {
    "@type": "NewsMediaOrganization",
    "name": "Second Look",
    "url": "https://secondlook.example.net",
}
ORCHARD = {"@type": "Organization", "name": "Orchard Facts", "url": "https://orchard.example.com"}
Made = dict[str, Any]


def import_others(session: Session, actor: Person) -> None:
    """Import three files: one that came again with a change, and one with a line that nobody can read."""
    _bring_in(session, actor, "plumb-line.json", "CC BY 4.0", [_game_clip("Needs context", "3"), _control()])
    _bring_in(session, actor, "plumb-line.json", "CC BY 4.0", [_game_clip("False", "1"), _control()])
    _bring_in(
        session, actor, "second-look.json", "By agreement with the publisher", [_seven_hundred(), _saleh()]
    )
    nameless = _made(ORCHARD, "panjshir-rumours", "", "Unproven", "", "2021-09-12")
    del nameless["claimReviewed"]
    _bring_in(session, actor, "orchard.json", UNKNOWN, [_districts(), nameless])


def _bring_in(session: Session, actor: Person, name: str, licence: str, reviews: list[Made]) -> None:
    content = json.dumps(reviews).encode()
    found = read(content)
    sha256 = sha256_of_content(content)
    actions.import_file(session, actor, name=name, sha256=sha256, licence=licence, reading=found)


def _made(publisher: Made, slug: str, claim: str, word: str, reason: str, on: str) -> Made:
    return {
        "@context": "https://schema.org", "@type": "ClaimReview", "url": f"{publisher['url']}/checks/{slug}",
        "claimReviewed": claim, "author": publisher, "datePublished": on, "inLanguage": "en",
        "reviewRating": {"@type": "Rating", "alternateName": word, "ratingExplanation": reason},
    }  # fmt: skip


def _game_clip(word: str, value: str) -> Made:
    review = _made(
        PLUMB_LINE, "game-clip", "A video shows Pakistani drones and helicopters attacking Panjshir.", word,
        "The clip was recorded in a computer game and was posted eight months before the fighting.", "2021-09-08",
    )  # fmt: skip
    review["reviewRating"] |= {"ratingValue": value, "bestRating": "5", "worstRating": "1"}
    review["headline"] = "The air attack on Panjshir is a scene from a game"
    review["itemReviewed"] = {
        "@type": "Claim", "author": {"@type": "Organization", "name": "A news channel"}, "datePublished": "2021-09-06",
        "appearance": [{"@type": "VideoObject", "url": "https://video.example.org/clip/8812", "name": "The clip"}],
    }  # fmt: skip
    return review


def _control() -> Made:
    review = _made(
        PLUMB_LINE, "all-of-panjshir", "The Taliban control all of Panjshir province.", "Not shown",
        "Pictures place them in the capital of the province. Nobody has shown them in the side valleys.", "2021-09-09",
    )  # fmt: skip
    review["reviewRating"] |= {"ratingValue": "3", "bestRating": "5", "worstRating": "1"}
    review["itemReviewed"] = {
        "@type": "Claim", "author": {"@type": "Person", "name": "Zabihullah Mujahid"}, "datePublished": "2021-09-06",
        "firstAppearance": {"@type": "CreativeWork", "url": "https://posts.example.org/mujahid/106"},
    }  # fmt: skip
    return review


def _seven_hundred() -> Made:
    review = _made(
        SECOND_LOOK, "seven-hundred", "About 700 Taliban fighters died in Panjshir and 600 were taken prisoner.",
        "Unproven", "The figures come from one side, which gave neither names nor places.", "2021-09-07",
    )  # fmt: skip
    review["itemReviewed"] = {
        "@type": "Claim",
        "author": {"name": "A spokesman of the front"},
        "datePublished": "2021-09",
    }
    return review


def _saleh() -> Made:
    review = _made(
        SECOND_LOOK, "saleh", "Amrullah Saleh has fled Panjshir to Tajikistan.", "Not true when it was said",
        "Two people who met him in the valley a day later described the place and the hour.", "2021-09-05",
    )  # fmt: skip
    review["itemReviewed"] = {
        "@type": "Claim",
        "author": {"name": "Several accounts"},
        "datePublished": "2021-09-02",
    }
    return review


def _districts() -> Made:
    review = _made(
        ORCHARD, "eight-districts", "Eight districts of Panjshir fell in a single night.", "Exaggerated",
        "People in three of them told us that the fighting went on for days.", "10 September 2021",
    )  # fmt: skip
    review["itemReviewed"] = {"@type": "Claim", "author": {"name": "A provincial radio station"}}
    return review
