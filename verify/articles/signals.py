"""What other packages can hear about articles; tickets listens, so that a filed assertion's ticket follows."""

from blinker import Signal

article_described = Signal("a person corrected what is said about an article: article, session=, actor=")
assertion_decided = Signal("a person marked, dismissed or restored an assertion: assertion, session=")
suggestions_put = Signal(
    "suggestions of a text came, or gave way to others: its version, session=, new= and gone= their numbers"
)
assertion_changed = Signal("a person edited an assertion or its chain: assertion, session=, actor=")
text_spotted = Signal(
    "a text's suggestions are in: its version, session=, first= whether it was never spotted before"
)
texts_compared = Signal(
    "old texts were compared with the archive, and something else is known of them now: article ids, session="
)
