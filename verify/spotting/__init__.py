"""Text in, assertions out. Pure: no web framework, no database, no clock, no network."""

from verify.spotting.assertion import METHOD, VERSION, Assertion, DateMention, Hop, PlaceMention, Quantity
from verify.spotting.furniture import Credit
from verify.spotting.spot import credits_in, spot

__all__ = [
    "METHOD",
    "VERSION",
    "Assertion",
    "Credit",
    "DateMention",
    "Hop",
    "PlaceMention",
    "Quantity",
    "credits_in",
    "spot",
]
