"""Pages of sources."""

from flask import Blueprint

bp = Blueprint("sources", __name__)
