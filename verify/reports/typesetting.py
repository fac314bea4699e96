"""Sets a report with typst in a process of its own, so that its memory goes back to the machine when it is done.

`python -m verify.reports.typesetting TIMESTAMP FONTS… < report.json > report.pdf`
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import BinaryIO

from verify.config import PACKAGE, RESOURCES

TEMPLATE = RESOURCES / "templates" / "reports" / "report.typ"
SECONDS = 120


class TypesettingFailed(RuntimeError):
    """Typst could not set the report; the message is its own."""


def typeset(report: str, timestamp: int, fonts: tuple[Path, ...], out: BinaryIO) -> None:
    """Set a report (as JSON) in a child process; the same report and timestamp give the same bytes."""
    command = [sys.executable, "-m", "verify.reports.typesetting", str(timestamp), *map(str, fonts)]
    room = os.environ | {"PYTHONPATH": str(PACKAGE.parent)}
    try:
        done = subprocess.run(
            command, input=report.encode(), capture_output=True, timeout=SECONDS, env=room, check=False
        )
    except subprocess.TimeoutExpired as slow:
        raise TypesettingFailed(f"The report was not set within {SECONDS} seconds.") from slow
    if done.returncode:
        raise TypesettingFailed(done.stderr.decode("utf-8", "replace")[-2000:])
    out.write(done.stdout)


def main() -> None:
    """Read the report from the standard input, write the PDF to the standard output."""
    import typst

    timestamp, *folders = sys.argv[1:]
    pdf = typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=folders),
        ignore_system_fonts=True,
        sys_inputs={"report": sys.stdin.buffer.read().decode()},
        pdf_standards=["ua-1"],
        timestamp=int(timestamp),
    )
    sys.stdout.buffer.write(pdf)


if __name__ == "__main__":
    main()
