#!/bin/sh
# Scanners of the source: bandit (nothing of high severity), semgrep with the house's own rules, hashes of every package.
# With the word "audit": known faults of the packages, too; that asks the network, and says what it could not check.
set -eu
if [ ! -e .venv-scan/ready ] || [ requirements/scan.txt -nt .venv-scan/ready ]; then
    [ -x .venv-scan/bin/python ] || .venv/bin/python -m venv .venv-scan
    .venv-scan/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/scan.txt
    touch .venv-scan/ready
fi
bin=$(pwd)/.venv-scan/bin
PATH="$bin:$PATH"
export PATH SEMGREP_SEND_METRICS=off SEMGREP_ENABLE_VERSION_CHECK=0
step() { printf 'scan: %s\n' "$1"; }

step "bandit: nothing of high severity"
"$bin/bandit" --quiet --recursive src --exclude '*/tests/*' --severity-level high
step "semgrep: each rule finds its sample"
(cd tools/scan && "$bin/semgrep" scan --quiet --test .)
step "semgrep: no rule finds anything in src"
"$bin/semgrep" scan --quiet --error --config tools/scan/rules.yaml --exclude tests src
step "every package is locked with a hash"
for file in requirements/base.txt requirements/dev.txt requirements/scan.txt requirements/peers.txt; do
    wanted=$(grep -c '^[A-Za-z0-9].*==' "$file")
    held=$(awk '/^[A-Za-z0-9].*==/ { package = 1 } /--hash=sha256:/ && package { count++; package = 0 } END { print count }' "$file")
    [ "$wanted" = "$held" ] || { echo "$file: $wanted packages, $held with a hash" >&2; exit 1; }
    printf '  %s: %s packages, all with hashes\n' "$file" "$wanted"
done
[ "${1:-}" = audit ] || exit 0
step "known faults of the packages"
"$bin/python" tools/scan/audit.py requirements/base.txt
