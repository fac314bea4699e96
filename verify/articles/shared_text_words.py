"""What the pages say about text that articles share, in words that an editor uses. Pure."""

from __future__ import annotations

from verify.reuse import Kind, Strength

STRENGTHS = {
    Strength.COPY: "Copy",
    Strength.PARTLY_COPIED: "Partly copied",
    Strength.SAME_STATEMENT: "Same statement",
    Strength.INDEPENDENT: "Independent",
}
MEANINGS = {
    Strength.COPY: "Half or more of what one of them tells stands in the other too.",
    Strength.PARTLY_COPIED: "Some of what they tell is the same, word for word.",
    Strength.SAME_STATEMENT: "They print the same public statement. That makes neither a copy of the other.",
    Strength.INDEPENDENT: "They share too little to lean on each other.",
}
KINDS = {
    Kind.NARRATIVE: "Narrative",
    Kind.QUOTATION: "Quotation",
    Kind.HEADLINE: "Headline",
    Kind.CAPTION: "Caption",
    Kind.FURNITURE: "Site furniture",
    Kind.EMBED: "Embedded post",
    Kind.STATEMENT: "Same statement, worded anew",
}


def counts(kind: Kind) -> bool:
    """Whether a shared passage of this kind speaks for copying."""
    return kind is Kind.NARRATIVE
