"""Two articles side by side: every passage that they share."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from verify.accounts.sessions import reader
from verify.articles import lookups, shared_text_lookups, shared_text_words
from verify.db import db
from verify.permissions import Permission, requires

bp = Blueprint("shared_text", __name__)


@bp.get("/<int:article_id>/shared/<int:version_id>")
@requires(Permission.READ_DESK)
def beside(article_id: int, version_id: int) -> ResponseReturnValue:
    """An article beside another one, passage by passage."""
    article = lookups.article(db.session, reader(), article_id)
    version = lookups.frozen_text(db.session, reader(), article)
    other = shared_text_lookups.beside(db.session, reader(), version, version_id)
    return render_template(
        "articles/shared_beside.html",
        article=article,
        other=other,
        here=version.id,
        shared_words=shared_text_words,
    )
