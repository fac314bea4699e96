"""The blueprint of accounts, which several view modules share."""

from flask import Blueprint

bp = Blueprint("accounts", __name__)
