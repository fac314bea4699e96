#!/usr/bin/env python3
"""Sets up and starts Verify, with nothing but Python 3.11 or newer.

    python3 run.py                  serve the desk with demo data, on SQLite in ./var
    python3 run.py test [options]   run the tests; options go to pytest
    python3 run.py WORD [options]   any other word goes to the verify command line

Everything it installs stays in this folder, under .venv.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036  # the whole point is to tell people with an older one
    found = ".".join(str(part) for part in sys.version_info[:3])
    sys.exit("Verify needs Python 3.11 or newer; this is Python %s. Try: python3.11 run.py" % found)  # noqa: UP031

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BOOT = ROOT / ".boot"
PYTHON = VENV / "bin" / "python"
WATCHED = ("pyproject.toml", "package-lock.json", "hatch_build.py", "static/icons.txt")


def sh(*command: str | Path, quiet: bool = False, **env: str) -> bool:
    """Run a command in the checkout; whether it succeeded."""
    sink = subprocess.DEVNULL if quiet else None
    environment = {**os.environ, **env}
    return subprocess.run(command, cwd=ROOT, env=environment, stdout=sink, stderr=sink).returncode == 0


def stamp(kind: str) -> str:
    """A hash over everything that decides what is installed."""
    names = (f"requirements/{kind}.lock", *WATCHED)
    parts = [sys.version.encode(), str(ROOT).encode(), *((ROOT / name).read_bytes() for name in names)]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def make_environment() -> None:
    """An environment of our own, also where Debian ships Python without its venv package."""
    if PYTHON.exists() and sh(PYTHON, "-m", "pip", "--version", quiet=True):
        return
    shutil.rmtree(VENV, ignore_errors=True)
    if sh(sys.executable, "-m", "venv", VENV, quiet=True):
        return
    shutil.rmtree(VENV, ignore_errors=True)
    pip = (sys.executable, "-m", "pip", "install", "-q", "--target", BOOT, "virtualenv")
    if not (sh(*pip) and sh(sys.executable, "-m", "virtualenv", "-q", VENV, PYTHONPATH=str(BOOT))):
        sys.exit(
            "This Python has neither venv nor pip. Install python3-venv (or python3-pip), then try again."
        )
    shutil.rmtree(BOOT, ignore_errors=True)


def install(kind: str) -> None:
    """The locked packages and this checkout, unless they are in already."""
    mark = VENV / f".verify-{kind}"
    if PYTHON.exists() and mark.is_file() and mark.read_text() == stamp(kind):
        return
    print(f"Setting up in {VENV} (the first time takes about half a minute) …", file=sys.stderr, flush=True)
    make_environment()
    lock = f"requirements/{kind}.lock"
    locked = ("--require-hashes", "-r", lock)
    pip = (PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check")
    uv = (PYTHON, "-m", "uv", "pip", "install", "-q")
    env = {"VIRTUAL_ENV": str(VENV)}
    # uv is several times faster; pip knows mirrors that uv does not, so it gets the second try
    fast = sh(*pip, "uv>=0.9") and sh(*uv, *locked, quiet=True, **env)
    if not fast and not sh(*pip, *locked):
        sys.exit(
            "The locked packages could not be installed: see above. Is the package index reachable from here?"
        )
    checkout = ("--no-deps", "-e", ".")
    if not (fast and sh(*uv, *checkout, quiet=True, **env)) and not sh(*pip, *checkout):
        sys.exit("The checkout could not be installed: see above. Is the npm registry reachable from here?")
    for installed in ("runtime", kind):  # the packages of the tests include those of the desk
        (VENV / f".verify-{installed}").write_text(stamp(installed))


def main() -> None:
    """Set up what the first word needs, and become it."""
    word, *rest = sys.argv[1:] or ["demo"]
    install("test" if word == "test" else "runtime")
    os.environ.setdefault("VERIFY_DATA", str(ROOT / "var"))
    if word == "test":
        os.chdir(ROOT)
        workers = (
            []
            if any(option.startswith(("-n", "--pdb")) for option in rest)
            else ["-n", "logical", "--dist", "loadgroup"]
        )
        command = [str(PYTHON), "-m", "pytest", *workers, *rest]
    else:
        command = [str(PYTHON), "-m", "verify.cli", word, *rest]
    sys.stdout.flush()
    os.execv(PYTHON, command)


if __name__ == "__main__":
    main()
