#!/bin/sh
# The tests that touch the database once more, on a PostgreSQL server of their own (tests/cluster.py), which is gone when they end.
set -eu
set -- /usr/lib/postgresql/*/bin/postgres
if [ ! -x "$1" ]; then
    echo "PostgreSQL is not installed: the tests ran on SQLCipher only."
    exit 0
fi
# Campaigns about files, commands and machines, and the whole matrix of permissions, run once, with those on SQLCipher;
# tests/faults/test_postgresql.py starts a server of its own there.
echo "The tests that touch the database once more, on PostgreSQL. Left out, with the reason, stand at the end (SKIPPED)."
POSADA_TEST_DATABASE=postgresql exec .venv/bin/pytest -q -rfEs -n 2 --dist loadgroup -m "not browser" \
    src/posada tests/permissions/test_written.py tests/permissions/test_never_two.py
