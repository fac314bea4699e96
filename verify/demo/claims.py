"""What the demo desk checks: each claim with the passages that make it and the evidence people found. Data only."""

from __future__ import annotations

from dataclasses import dataclass

from verify.evidence.actions import Entry
from verify.evidence.models import EvidenceKind, Facet, RestsOn, Stance

_LINK, _NOTE = EvidenceKind.LINK, EvidenceKind.NOTE
_FOR, _AGAINST, _ASIDE = Stance.SUPPORTS, Stance.REFUTES, Stance.CONTEXT


@dataclass(frozen=True)
class Claim:
    """A claim, where it stands (article, words of the passage) and what bears on it."""

    wording: str
    passages: tuple[tuple[str, str], ...]
    evidence: tuple[Entry, ...] = ()
    whose: tuple[tuple[int, str, RestsOn], ...] = ()
    """Of which piece it is known whose it is: its number, their name, and how it rests on them."""


_OWN, _WORD = RestsOn.OWN_RECORD, RestsOn.THEIR_WORD
CONTROL = Claim(
    "The Taliban have taken complete control of Panjshir province",
    (
        ("delta-courier", "now in our hands"),
        ("meridian-post", "seized complete control"),
        ("indus-mirror", "the whole of Panjshir, Zabihullah Mujahid"),
        ("delta-courier", "whole of Panjshir province had come"),
    ),
    (
        Entry(_LINK, _ASIDE, "The announcement as the spokesman posted it",
              "Posted on the morning of 6 September. The wording matches two of the three articles.",
              "https://archive.example.org/2021/09/06/announcement"),
        Entry(_NOTE, _FOR, "Pictures from the gate of the governor's compound",
              "Three pictures of armed men at the gate. The gate, the slope behind it and the flagpole match older "
              "pictures of the compound in Bazarak. They show the capital, not the side valleys.", facet=Facet.PLACE),
        Entry(_NOTE, _AGAINST, "Fighting reported after the announcement",
              "On 7 September residents who could be reached spoke of fighting in Dara and Abdullah Khel, which "
              "“complete” leaves out.", facet=Facet.WHOLE),
    ),
    ((1, "Taliban", _WORD), (3, "Residents of Dara", _OWN)),
)  # fmt: skip
SEVEN_HUNDRED = Claim(
    "Nearly 700 Taliban fighters were killed in Panjshir and another 600 captured",
    (("delta-courier", "nearly 700"), ("kabul-ledger", "nearly 700")),
    (
        Entry(_LINK, _ASIDE, "The front's post with the figures",
              "The post gives both figures for three days, without names, places or pictures.",
              "https://archive.example.org/2021/09/05/front-post"),
        Entry(_NOTE, _ASIDE, "What hospitals could say",
              "We wrote to the two hospitals that take in wounded from the valley on 8 September. One answered that it "
              "had treated a small number from both sides; the other has not answered.", facet=Facet.FIGURE),
    ),
)  # fmt: skip
DRONES = Claim(
    "Pakistan used drones and helicopters in Panjshir to help the Taliban",
    (("indus-mirror", "drones and helicopters"), ("free-valley-radio", "sent drones")),
    (
        Entry(_NOTE, _AGAINST, "The footage is from a computer game",
              "The clip that the channel showed as an air attack is, frame by frame, a scene recorded in a game and "
              "posted months earlier.", facet=Facet.WHOLE),
        Entry(_LINK, _ASIDE, "The denial from Islamabad", "A spokesman denies any part in the fighting.",
              "https://archive.example.org/2021/09/07/denial", facet=Facet.ACTOR),
    ),
)  # fmt: skip
DEATHS = Claim(
    "Fahim Dashti and General Abdul Wudod Zara were killed in Panjshir on 5 September 2021",
    (("kabul-ledger", "had been killed in the fighting"), ("free-valley-radio", "died as martyrs"),
     ("kabul-ledger", "Two brothers gave their lives")),
    (
        Entry(_NOTE, _FOR, "A journalists' federation mourns him",
              "Colleagues who knew Dashti for twenty years confirm his death after speaking with his family.",
              facet=Facet.EVENT),
        Entry(_LINK, _FOR, "The front's post on the two deaths", "Concedes a loss of its own.",
              "https://archive.example.org/2021/09/05/two-deaths", facet=Facet.EVENT),
    ),
    ((1, "Federation of Journalists", _OWN), (2, "National Resistance Front", _WORD)),
)  # fmt: skip
TAJIKISTAN = Claim(
    "Amrullah Saleh left Panjshir for Tajikistan on 2 September 2021",
    (("indus-mirror", "Saleh left Panjshir and went"), ("indus-mirror", "had left for Tajikistan")),
    (
        Entry(_NOTE, _AGAINST, "His video message of 3 September",
              "He says that he is in the valley. The message shows no place or date that could be matched.",
              facet=Facet.PLACE),
    ),
)  # fmt: skip
DISTRICTS = Claim(
    "Thousands of Taliban fighters overran eight districts of Panjshir in one night",
    (("free-valley-radio", "eight districts of Panjshir overnight"), ("meridian-post", "overran eight districts")),
    (
        Entry(_NOTE, _ASIDE, "How many districts the province has",
              "Panjshir has seven districts with Bazarak among them; some lists count eight.", facet=Facet.FIGURE),
    ),
)  # fmt: skip
SURRENDER = Claim(
    "Hundreds of Taliban fighters surrendered to the National Resistance Front",
    (("harbour-times", "hundreds of Taliban fighters had surrendered"),),
    (
        Entry(_NOTE, _ASIDE, "No picture of prisoners",
              "We looked through the front's accounts for 3 to 7 September: one video shows eleven men, "
              "seated, without a place or date.", facet=Facet.FIGURE),
    ),
)  # fmt: skip
HOSPITAL = Claim(
    "Taliban fighters reached the Emergency hospital in Anabah",
    (("harbour-times", "reached its hospital in Anabah"), ("free-valley-radio", "its hospital in Anabah had received")),
    (
        Entry(_LINK, _FOR, "The aid group's own statement", "Names the hospital and the day.",
              "https://archive.example.org/2021/09/04/anabah", facet=Facet.EVENT),
        Entry(_NOTE, _FOR, "A call with the hospital's coordinator",
              "On 9 September the coordinator confirmed that armed men had come to the gate on Friday night.",
              facet=Facet.EVENT),
    ),
    ((1, "Emergency", _WORD), (2, "Emergency", _OWN)),
)  # fmt: skip
BAZARAK = Claim(
    "Taliban forces entered Bazarak, the provincial capital, on 5 September 2021",
    (("harbour-times", "had entered Bazarak"),),
    (Entry(_NOTE, _ASIDE, "Where Bazarak is", "The capital lies on the valley road, 25 km from its mouth."),),
)
BAZARAK_AGAIN = Claim(
    "The Taliban have entered the capital of Panjshir", (("free-valley-radio", "entered Bazarak"),)
)
BLACKOUT = Claim(
    "Internet and electricity in Panjshir were cut off by the Taliban",
    (
        ("kabul-ledger", "blocked access to the internet"),
        ("delta-courier", "Telephone lines and the internet"),
    ),
)
HELICOPTERS = Claim("27 helicopters landed special forces in Panjshir", (("indus-mirror", "27 helicopters"),))
PROPAGANDA = Claim(
    "The enemy's propaganda machine spreads confusion", (("harbour-times", "propaganda machine"),)
)
SAFE_PLACE = Claim(
    "A helicopter fired on the house of Amrullah Saleh", (("free-valley-radio", "a helicopter fired"),),
    (Entry(_NOTE, _ASIDE, "Nobody is named", "The article lays it on “reports”; we found none that says who saw it."),),
)  # fmt: skip
STILL_HELD = Claim(
    "The National Resistance Front still holds every strategic position in Panjshir province",
    (("free-valley-radio", "all strategic positions"),),
)
SIX_HUNDRED = Claim(
    "About 600 Taliban fighters were killed in Panjshir on 4 September 2021",
    (("northern-dispatch", "About 600 Taliban fighters"),),
)
STILL_THERE = Claim(
    "Amrullah Saleh was still in Panjshir on 3 September 2021", (("kabul-ledger", "still in Panjshir"),)
)
