"""Pages of accounts, gathered from the modules that hold them."""

from verify.accounts import account_views, people_views, sign_in_views
from verify.accounts.blueprint import bp

__all__ = ["account_views", "bp", "people_views", "sign_in_views"]
