"""Forms of audit."""

from __future__ import annotations

from verify.forms import DeskForm


class ExportForm(DeskForm):
    """A button that needs nothing typed."""
