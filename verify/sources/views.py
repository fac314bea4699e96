"""Pages of sources, gathered from the modules that hold them."""

from verify.sources import (
    duplicate_views,
    identity_views,
    merge_views,
    name_views,
    registry_views,
    reliability_views,
    tie_views,
)
from verify.sources.blueprint import bp

__all__ = [
    "bp",
    "duplicate_views",
    "identity_views",
    "merge_views",
    "name_views",
    "registry_views",
    "reliability_views",
    "tie_views",
]
