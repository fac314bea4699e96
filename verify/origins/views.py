"""Pages of origins."""

from flask import Blueprint

bp = Blueprint("origins", __name__)
