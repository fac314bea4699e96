"""Text that articles share. Pure: no web framework, no database, no clock, no network."""

from verify.reuse.comparison import Comparison, Passage, Strength, compare
from verify.reuse.parts import Kind
from verify.reuse.reading import Reading, read
from verify.reuse.statements import same_statement

__all__ = ["Comparison", "Kind", "Passage", "Reading", "Strength", "compare", "read", "same_statement"]
