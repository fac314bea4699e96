"""Starts the demo from the checkout and from an installed wheel, asks each for pages and files, stops it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent
ASKED = (
    "/sign-in",
    "/verdicts",
    "/static/vendor/inter-latin.woff2",
    "/static/vendor/icons.svg",
    "/static/css/tokens.css",
)
SECONDS_TO_START, SECONDS_TO_STOP = 180, 15


def status(address: str) -> int:
    """The status an address answers with; 0 while nobody listens."""
    try:
        with urlopen(address, timeout=10) as answer:  # nosec B310  # our own address on this machine
            return int(answer.status)
    except URLError:
        return 0


def check(name: str, command: list[str], port: int, data: Path) -> None:
    """Serve, ask, stop; any of the three failing ends this program."""
    began = time.monotonic()
    environment = {**os.environ, "VERIFY_DATA": str(data)}
    process = subprocess.Popen([*command, "demo", "--port", str(port)], env=environment, cwd=ROOT.parent)
    try:
        address = f"http://127.0.0.1:{port}"
        while status(address + ASKED[0]) != 200:
            if process.poll() is not None or time.monotonic() - began > SECONDS_TO_START:
                sys.exit(f"{name}: the demo did not start (exit {process.poll()}).")
            time.sleep(0.2)
        print(f"{name}: first page after {time.monotonic() - began:.1f} s", flush=True)
        answers = {path: status(address + path) for path in ASKED}
        if set(answers.values()) != {200}:
            sys.exit(f"{name}: not everything was served: {answers}")
        process.send_signal(signal.SIGTERM)
        if process.wait(SECONDS_TO_STOP) != 0:
            sys.exit(f"{name}: stopped with exit {process.returncode} instead of 0.")
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def installed_wheel(scratch: Path) -> str:
    """Build a wheel, install it with the locked packages into an environment of its own; its `verify`."""
    uv = [sys.executable, "-m", "uv"]
    venv = scratch / "installed"
    install = [*uv, "pip", "install", "-q", "--python", str(venv / "bin" / "python")]
    for command in (
        [*uv, "build", "-q", "--wheel", "--out-dir", str(scratch / "dist"), str(ROOT)],
        [*uv, "venv", "-q", str(venv)],
        [*install, "--require-hashes", "-r", str(ROOT / "requirements" / "runtime.lock")],
    ):
        subprocess.run(command, check=True)
    wheel = next((scratch / "dist").glob("*.whl"))
    subprocess.run([*install, "--no-deps", str(wheel)], check=True)
    return str(venv / "bin" / "verify")


def main() -> None:
    """Both ways, one after the other."""
    scratch = Path(sys.argv[1])
    check("checkout", [sys.executable, str(ROOT / "run.py")], 18431, scratch / "checkout-data")
    check("wheel", [installed_wheel(scratch)], 18432, scratch / "wheel-data")


if __name__ == "__main__":
    main()
