#!/bin/sh
# What others use to find the same person, locked, in .venv-peers: an environment of its own, for `kinmatch bench`.
set -eu
[ -x .venv-peers/bin/python ] || .venv/bin/python -m venv .venv-peers
.venv-peers/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/peers.txt
touch .venv-peers/ready
