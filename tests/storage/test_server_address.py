"""What is said of an address that is wrong, and of refusals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest

from storage.driver.postgresql_errors import refused
from tests.e2e.run import khobor

if TYPE_CHECKING:
    from pathlib import Path

WRONG = (
    "mysql://u:not-shown@127.0.0.1/x",
    "postgres//u:not-shown@127.0.0.1",
    "postgresql://u:not%zz-shown@127.0.0.1/x",
    "postgresql://u:not#-shown@127.0.0.1/x",
    "postgresql://u:not/-shown@127.0.0.1/x",
    "postgresql://u:not?-shown@127.0.0.1/x",
    "postgresql://u:not@-shown@127.0.0.1/x?what=1",
    "postgresql://u:not-shown@127.0.0.1:port/x",
    "postgresql://u:not-shown@[::1/x",
    "postgresql://u:not-shown@127.0.0.1/x?nonsense=not-shown",
)


@pytest.mark.parametrize("address", WRONG)
def test_an_address_that_cannot_be_read_is_said_without_its_password(tmp_path: Path, address: str) -> None:
    file = str(tmp_path / "copy")
    for arguments, extra in (
        (("sources",), {"DATABASE_URL": address}),
        (("check",), {"DATABASE_URL": address}),
        (("migrate",), {"DATABASE_URL": address}),
        (("backup", file), {"DATABASE_URL": address}),
        (("restore", file), {"DATABASE_URL": address}),
        (("move", "--to", file), {"DATABASE_URL": address}),
        (("move", "--to", address), {}),
        (("move",), {"MOVE_TO": address}),
    ):
        done = khobor(tmp_path, *arguments, **extra)
        said = done.stdout + done.stderr
        assert done.returncode == 1, said
        assert "postgresql://user:password@host:5432/name" in said
        assert "shown" not in said
        assert "Traceback" not in said


@pytest.mark.parametrize(
    ("said", "advice"),
    [
        ('FATAL:  password authentication failed for user "u"', "refuses the password"),
        ("fe_sendauth: no password supplied", "refuses the password"),
        ('FATAL:  role "u" does not exist', "does not let this user in"),
        ('FATAL:  no pg_hba.conf entry for host "10.0.0.1", user "u"', "pg_hba.conf"),
        ('FATAL:  database "x" does not exist', "has no such database"),
        ("server does not support SSL, but SSL was required", "speaks no TLS"),
        ('root certificate file "/root/.postgresql/root.crt" does not exist', "sslrootcert=system"),
        ("SSL error: certificate verify failed", "sslrootcert=system"),
        ("failed to resolve host 'db.example': [Errno -2] Name or service not known", "no host of that name"),
        ("FATAL:  sorry, too many clients already", "no connection left"),
        ("Connection refused", "cannot be reached"),
    ],
)
def test_each_refusal_says_what_to_do(said: str, advice: str) -> None:
    error = psycopg.OperationalError(f'connection failed: connection to server at "127.0.0.1" failed: {said}')
    assert advice in str(refused(error, "postgresql://127.0.0.1:5432/x"))
