#!/bin/sh
# Makes .venv and installs the locked requirements and the project itself. The first word is the Python to use.
set -eu
python=${1:-python3.11}
command -v "$python" >/dev/null 2>&1 || python=python3
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "Posada needs Python 3.11 or newer; this is $("$python" --version 2>&1)." >&2
    exit 1
}
[ -x .venv/bin/python ] || "$python" -m venv .venv
echo "Installing what is locked in requirements/dev.txt (about a minute)."
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
.venv/bin/python tools/compile_messages.py
