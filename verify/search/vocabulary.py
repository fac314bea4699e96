"""The words of the desk, by which other forms and spellings of what a person typed are found.

Words come in with the texts that hold them, in the same transaction. Only what every reader of the desk may see is
read here: no comment, and nothing that is sealed, so that no suggestion tells what somebody may not know.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, event, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, SessionTransaction, UOWTransaction

from verify.articles.models import Article, ArticleVersion
from verify.claimreviews.models import ClaimReview, ReviewPublisher
from verify.evidence.models import Evidence
from verify.publishing.models import VerdictVersion
from verify.search import words
from verify.search.models import Kind, SearchEntry, SearchWord
from verify.sources.models import Source, SourceAlias
from verify.tickets.models import Ticket

_TOGETHER = 500  # words asked for or written at once
_TEXTS = 50  # texts read at once, each up to a megabyte
_MOST = 20_000  # different words kept of one text: more than that is no text
_NOTED = "search_texts"
# Whose words are kept, and which of their columns.
_READ: dict[type[Any], tuple[str, ...]] = {
    Ticket: ("reference", "claim", "claimant"),
    Article: ("title", "byline"),
    ArticleVersion: ("text",),
    Source: ("name", "note"),
    SourceAlias: ("name",),
    Evidence: ("title", "note", "file_name", "url"),
    ClaimReview: ("claim", "claimant", "title", "explanation"),
    ReviewPublisher: ("name",),
}


def install() -> None:
    """Have every session keep the words of what it writes."""
    for name, listener in (
        ("after_flush", _gather),
        ("before_commit", _keep),
        ("after_soft_rollback", _forget),
    ):
        if not event.contains(Session, name, listener):
            event.listen(Session, name, listener)


def _gather(session: Session, _context: UOWTransaction) -> None:
    """Note the words of rows that are new, or whose words were changed."""
    texts: list[str] = []
    for row in (*session.new, *session.dirty):
        columns = _READ.get(type(row), ())
        if isinstance(row, VerdictVersion):
            texts.append(str(row.content.get("summary", "")))
        elif columns and (row in session.new or session.is_modified(row)):
            loaded = row.__dict__  # a text that was not loaded was not changed
            texts += [str(loaded[column]) for column in columns if loaded.get(column)]
    if texts:
        session.info.setdefault(_NOTED, []).extend(texts)


def _keep(session: Session) -> None:
    """Write the words last of all and in their order, so that two who write the same ones wait at most for a commit."""
    session.flush()
    texts = session.info.pop(_NOTED, None)
    if texts:
        learn(session.connection(), texts)


def _forget(session: Session, _previous: SessionTransaction) -> None:
    session.info.pop(_NOTED, None)


def learn(connection: Connection, texts: Iterable[str]) -> None:
    """Keep the words of some texts."""
    seen: dict[str, bool] = {}
    for text in texts:
        of_text: dict[str, bool] = {}
        for word, name in words.kept_words(text):
            if word in of_text or len(of_text) < _MOST:
                of_text[word] = of_text.get(word, True) and name
        seen.update({word: seen.get(word, True) and name for word, name in of_text.items()})
    for some in _parts(sorted(seen)):
        _learn(connection, {word: seen[word] for word in some})


def _learn(connection: Connection, seen: dict[str, bool]) -> None:
    asked = select(SearchWord.word, SearchWord.name).where(SearchWord.word.in_(seen))
    known = {row[0]: row[1] for row in connection.execute(asked)}
    fresh = [_row(word, name) for word, name in seen.items() if word not in known]
    if fresh:
        dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
        connection.execute(dialect.insert(SearchWord).on_conflict_do_nothing(), fresh)
    no_names = [{"seen": word} for word in seen if known.get(word) and not seen[word]]
    if no_names:
        small = update(SearchWord).where(SearchWord.word == bindparam("seen")).values(name=False)
        connection.execute(small, no_names)


def _row(word: str, name: bool) -> dict[str, Any]:
    return {
        "word": word, "start": words.start_of(word), "stem": words.stem_of(word), "sound": words.sound_of(word),
        "name": name,
    }  # fmt: skip


def _parts(all_words: Sequence[str]) -> Iterator[Sequence[str]]:
    for at in range(0, len(all_words), _TOGETHER):
        yield all_words[at : at + _TOGETHER]


def learn_everything(connection: Connection) -> int:
    """Keep the words of everything that can be found and that all may read; how many words there are then."""
    last = 0
    while True:
        asked = (
            select(
                SearchEntry.id, SearchEntry.title, SearchEntry.names, SearchEntry.body, ArticleVersion.text
            )
            .outerjoin(ArticleVersion, ArticleVersion.id == SearchEntry.version_id)
            .where(SearchEntry.id > last, SearchEntry.kind != Kind.COMMENT)
            .order_by(SearchEntry.id)
            .limit(_TEXTS)
        )
        found = connection.execute(asked).all()
        if not found:
            return connection.scalar(select(func.count()).select_from(SearchWord)) or 0
        learn(connection, [str(text) for row in found for text in row[1:] if text])
        last = found[-1][0]
