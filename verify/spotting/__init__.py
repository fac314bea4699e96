"""Text in, assertions out. Pure: no web framework, no database, no clock, no network."""

from verify.spotting.assertion import METHOD, VERSION, Assertion, DateMention, Hop, PlaceMention, Quantity
from verify.spotting.furniture import Credit
from verify.spotting.spot import Found, credits_in, find, spot
from verify.spotting.together import Attributed, method

__all__ = [
    "METHOD",
    "VERSION",
    "Assertion",
    "Attributed",
    "Credit",
    "DateMention",
    "Found",
    "Hop",
    "PlaceMention",
    "Quantity",
    "credits_in",
    "find",
    "method",
    "spot",
]
