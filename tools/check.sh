#!/bin/sh
# Every check, each named before it runs; stops at the first that fails.
set -eu
bin=.venv/bin
export DJANGO_SETTINGS_MODULE=posada.config.settings_test
say() { printf '== %s\n' "$1"; }
say "ruff";            $bin/ruff check .
                       $bin/ruff format --check .
say "mypy";            $bin/mypy
say "import-linter";   $bin/lint-imports --no-cache
say "templates";       $bin/djlint src/posada --lint --quiet
say "migrations";      $bin/django-admin makemigrations --check --dry-run
say "deployment";      POSADA_TLS=1 $bin/django-admin check --deploy --fail-level WARNING --settings posada.config.settings_deploy
say "translations";    $bin/python tools/compile_messages.py
# `make test` runs the tests of the structure with all others, once.
if [ "${POSADA_STRUCTURE:-now}" = now ]; then
    say "structure";   $bin/pytest -q tests/structure
fi
