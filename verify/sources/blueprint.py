"""The blueprint of sources, which several view modules share."""

from flask import Blueprint

bp = Blueprint("sources", __name__, url_prefix="/sources")
