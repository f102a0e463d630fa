#!/bin/sh
# Rewrites requirements/*.txt from *.in, with hashes and without the address of any registry.
set -eu
lock() { .venv/bin/uv pip compile -q --python-version 3.11 --generate-hashes --no-emit-index-url --no-header "$@"; }
lock requirements/base.in requirements/build.in -o requirements/base.txt
lock -c requirements/base.txt requirements/dev.in -o requirements/dev.txt
lock requirements/scan.in -o requirements/scan.txt
lock requirements/peers.in -o requirements/peers.txt
