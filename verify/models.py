"""Every table in one place, for migrations and tests; importing this module knows them all."""

from typing import Any

from verify import forms, guards
from verify.accounts import models as accounts
from verify.articles import models as articles
from verify.articles import shared_text_models, spottings
from verify.audit import models as audit
from verify.claimreviews import models as claimreviews
from verify.claimreviews import search_index as claimreview_search_index
from verify.db import Base
from verify.evidence import models as evidence
from verify.grading import models as grading
from verify.jobs import models as jobs
from verify.matching import contradiction_models as contradictions
from verify.matching import models as matching
from verify.matching import store_models
from verify.origins import models as origins
from verify.publishing import models as publishing
from verify.reports import models as reports
from verify.search import index as everything_index
from verify.search import models as search
from verify.sources import models as sources
from verify.tickets import models as tickets
from verify.tickets import search_index

__all__ = [
    "accounts",
    "articles",
    "audit",
    "claimreviews",
    "contradictions",
    "evidence",
    "forms",
    "grading",
    "jobs",
    "matching",
    "origins",
    "publishing",
    "reports",
    "search",
    "shared_text_models",
    "sources",
    "spottings",
    "store_models",
    "tickets",
]
metadata = Base.metadata
guards.install(metadata)
search_index.install(metadata.tables["ticket"])
claimreview_search_index.install(metadata.tables["claimreview"])
everything_index.install(metadata)


def compared(_thing: Any, name: str | None, _kind: str, _reflected: bool, _other: Any) -> bool:
    """Whether comparing a database with the models looks at this: all but the search index and its shadow tables."""
    return "_fts" not in (name or "")
