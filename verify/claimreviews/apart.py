"""Reading a stranger's file in a process of its own, with limits: what happens to it there costs nobody else anything.

The process gets the file on its standard input and answers in lines of JSON. It is this very module, run by its path.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from verify.claimreviews import reading
from verify.claimreviews.reading import Problem, Reading
from verify.errors import Refused

MEBIBYTE = 1024 * 1024
# One thread for whatever counts: the reading process shares the machine with people who wait for pages.
_ENVIRONMENT = {"PATH": os.defpath, "LANG": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1"}


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may weigh, and what reading it may cost."""

    file_bytes: int = 50 * MEBIBYTE
    memory_bytes: int = 1536 * MEBIBYTE
    seconds: int = 60


LIMITS = Limits()


def read(content: bytes, *, page: str = "", content_type: str = "", limits: Limits = LIMITS) -> Reading:
    """Read a file or an answer; whatever it does to its reader becomes a problem with a reason."""
    if len(content) > limits.file_bytes:
        raise Refused(
            f"This has {len(content) / MEBIBYTE:,.1f} MB; at most {limits.file_bytes / MEBIBYTE:,.0f} MB are read. "
            "Split it, and import the parts.",
            field="upload",
        )
    words = json.dumps({"page": page, "content_type": content_type, "limits": asdict(limits)})
    command = [sys.executable, "-I", "-B", str(Path(__file__).resolve()), words]
    try:
        # The command is ours, word for word; what is read travels on standard input only.
        done = subprocess.run(
            command,
            input=content,
            capture_output=True,
            timeout=limits.seconds * 2,
            env=_ENVIRONMENT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        done = None
    if done is None or done.returncode:
        return Reading(
            problems=[Problem(reading.WHOLE, "It needs more time or memory than one file may take.")]
        )
    return reading.from_lines(iter(done.stdout.decode("utf-8").splitlines()))


def confine(limits: Limits) -> None:
    """Limit this process's memory, time and files before it sees the file."""
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes,) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds,) * 2)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """Read standard input under the limits named first, and write what was found."""
    words = json.loads(sys.argv[1])
    confine(Limits(**words["limits"]))
    found = reading.read(sys.stdin.buffer.read(), page=words["page"], content_type=words["content_type"])
    for one in reading.as_lines(found):
        sys.stdout.write(one + "\n")


if __name__ == "__main__":
    main()
