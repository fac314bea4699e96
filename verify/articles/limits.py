"""How much of a file or a text is taken in: one table, named in every refusal."""

from dataclasses import asdict, dataclass

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """What one article may weigh, and what reading it may cost."""

    upload_bytes: int = 20 * MEBIBYTE
    text_characters: int = 1_000_000
    pages: int = 500
    entries: int = 1_000
    unpacked_bytes: int = 200 * MEBIBYTE
    seconds: int = 10
    memory_bytes: int = 1024 * MEBIBYTE

    def as_numbers(self) -> dict[str, int]:
        """Return the table as plain numbers, for the reading process."""
        return asdict(self)


LIMITS = Limits()


def megabytes(size: int) -> str:
    """Return a size in bytes as people read it, such as "20.4 MB"."""
    return f"{size / MEBIBYTE:,.1f} MB"
