"""The stores that the tests run on: a file, and a PostgreSQL server that the tests start themselves."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from foedus.council.ledger.database import Database, Sqlite
from foedus.council.ledger.postgresql import Postgresql
from tests.conftest import search_path


def open_store(url: str) -> Database:
    """A store by its address: `postgresql://…`, or a path."""
    return Database(Postgresql(url) if url.startswith("postgresql://") else Sqlite(url))


@contextmanager
def postgresql(folder: Path) -> Generator[str]:
    """A server of its own in a folder, on a socket there and on no port; its address."""
    programs = search_path()
    initdb, postgres = shutil.which("initdb", path=programs), shutil.which("pg_ctl", path=programs)
    assert initdb and postgres
    as_other: dict[str, object] = {}
    if os.geteuid() == 0:  # PostgreSQL will not run as root
        other = pwd.getpwnam("postgres")
        os.chown(folder, other.pw_uid, other.pw_gid)
        for above in folder.parents:
            if above.stat().st_uid == 0 and above != Path("/") and str(above).startswith("/tmp/"):
                above.chmod(above.stat().st_mode | 0o011)
        as_other = {"user": other.pw_uid, "group": other.pw_gid, "extra_groups": []}
    data = folder / "data"
    options = f"-k {folder} -c listen_addresses='' -c fsync=on"
    run = {
        "check": True,
        "stdout": subprocess.DEVNULL,
        "stderr": subprocess.DEVNULL,
        "cwd": folder,
        **as_other,
    }
    subprocess.run([initdb, "-D", data, "-U", "foedus", "-A", "trust", "-E", "UTF8"], **run)  # type: ignore[call-overload]
    start = [postgres, "-D", data, "-w", "-l", folder / "log", "-o", options, "start"]
    subprocess.run(start, **run)  # type: ignore[call-overload]
    try:
        yield f"postgresql://foedus@/postgres?host={folder}"
    finally:
        subprocess.run([postgres, "-D", data, "-m", "immediate", "stop"], **run)  # type: ignore[call-overload]
