"""The articles of the demo desk, written for it. The outlets are invented; what the articles tell happened."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from importlib.resources import files

from sqlalchemy import select
from sqlalchemy.orm import Session

from verify.accounts.models import Person
from verify.articles.actions import Description, File, take_in
from verify.articles.models import Article, ArticleVersion, Assertion

# file, outlet, byline, published on
ARTICLES = [
    ("harbour-times", "Harbour Times", "Agencies", date(2021, 9, 5)),
    ("delta-courier", "Delta Courier", "Ines Falk in Kabul", date(2021, 9, 6)),
    ("meridian-post", "Meridian Post", "", date(2021, 9, 6)),
    ("kabul-ledger", "Kabul Ledger", "Our staff", date(2021, 9, 6)),
    ("indus-mirror", "Indus Mirror", "Web desk", date(2021, 9, 7)),
    ("free-valley-radio", "Free Valley Radio", "", date(2021, 9, 7)),
    ("northern-dispatch", "Northern Dispatch", "", date(2021, 9, 4)),
]


def texts() -> Iterator[tuple[str, str]]:
    """Each article's file name without its ending, and its text."""
    folder = files("verify.demo") / "articles"
    for name, *_ in ARTICLES:
        yield name, (folder / f"{name}.txt").read_text(encoding="utf-8")


def take_in_articles(session: Session, actor: Person) -> dict[str, Article]:
    """Take the articles in, by the names of their files; the spotter suggests their assertions."""
    about = {name: (outlet, byline, day) for name, outlet, byline, day in ARTICLES}
    taken = {}
    for name, text in texts():
        outlet, byline, day = about[name]
        described = Description(
            title=text.splitlines()[0], outlet=outlet, byline=byline, language="en", published_on=day,
            url=f"https://{name}.example/{day:%Y/%m/%d}/panjshir",
        )  # fmt: skip
        file = File(name=f"{name}.txt")
        taken[name] = take_in(session, actor, text=text, described=described, file=file).article
    return taken


def assertion(session: Session, article: Article, words: str) -> Assertion:
    """The assertion of an article whose passage holds these words."""
    asked = select(Assertion).join(ArticleVersion).where(ArticleVersion.article_id == article.id)
    for found in session.scalars(asked.order_by(Assertion.start)):
        if words in found.version.text[found.start : found.end]:
            return found
    raise LookupError(f"“{words}” is not asserted in {article.title}")
