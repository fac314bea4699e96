"""Reports that were built: what was chosen, by whom, and the checksum of the file."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from verify.accounts.models import Person
from verify.db import Base, UtcTime, by_value, one_of
from verify.evidence.models import Blob


class ReportFormat(StrEnum):
    """The formats a report can be built in."""

    HTML = "html"
    PDF = "pdf"
    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"
    JSONLD = "jsonld"


class Report(Base):
    """One file that was built from published verdicts, kept with its checksum."""

    __tablename__ = "report"
    __table_args__ = (
        CheckConstraint(one_of("format", ReportFormat), name="format"),
        Index("ix_report_built_at", "built_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    format: Mapped[ReportFormat] = mapped_column(by_value(ReportFormat))
    criteria: Mapped[dict[str, Any]] = mapped_column(JSON)
    verdict_count: Mapped[int]
    content_sha256: Mapped[str] = mapped_column(String(64))  # of the verdicts in it, the same in every format
    sha256: Mapped[str] = mapped_column(ForeignKey("blob.sha256"))  # of the file
    file_name: Mapped[str] = mapped_column(String(200))
    built_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    built_at: Mapped[datetime] = mapped_column(UtcTime)
    blob: Mapped[Blob] = relationship()
    built_by: Mapped[Person] = relationship()
