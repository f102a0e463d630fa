# Posada. `make help` lists what can be done.
SHELL := /bin/sh
.DEFAULT_GOAL := help
PYTHON ?= python3.11
PORT ?= 8000
DIR ?= var/demo
BIN := .venv/bin
APPS := ui vault accounts records people shelter family asylum interop oversight desk config

.PHONY: help setup demo test check scan bench bench-peers messages lock test-long

help:  ## list the targets
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 14

setup: .venv/ready  ## virtual environment with all that a site and its tests need

.venv/ready: requirements/dev.txt pyproject.toml tools/setup.sh
	@sh tools/setup.sh "$(PYTHON)"
	@touch .venv/ready

demo: setup  ## a demonstration site: PORT=8000 DIR=var/demo; stop with Ctrl-C
	@exec $(BIN)/python -m tools.demo.serve --folder "$(DIR)" --port "$(PORT)"

test: setup  ## everything: the checks, then the tests
	@sh tools/system_packages.sh
	@POSADA_STRUCTURE=later $(MAKE) --no-print-directory check
	@$(MAKE) --no-print-directory scan
	$(BIN)/pytest -q -n 2 --dist loadgroup -m "not browser"
	@sh tools/test_postgresql.sh
	$(BIN)/pytest -q -n 2 --dist loadgroup -m browser -p no:randomly

test-long: setup  ## the slow campaigns, with their full counts
	@sh tools/scan.sh audit
	POSADA_LONG=1 $(BIN)/pytest -q -n 2 --dist loadgroup -m "not browser"
	@POSADA_LONG=1 sh tools/test_postgresql.sh
	POSADA_LONG=1 $(BIN)/pytest -q -n 2 --dist loadgroup -m browser -p no:randomly

check: setup  ## style, types, architecture, templates, migrations, deployment, translations, structure
	@sh tools/check.sh

scan: setup  ## scanners of the source: bandit, semgrep with our own rules, hashes of every package
	@sh tools/scan.sh

bench: setup  ## the figures of bench/, written to bench/results/
	$(BIN)/python -m bench

bench-peers: setup  ## what others use to find the same person, for `kinmatch bench` to measure beside it
	@sh tools/peers.sh

messages: setup  ## collect the words of every room into its locale folder (needs gettext)
	@for app in $(APPS); do (cd src/posada/$$app && ../../../$(BIN)/django-admin makemessages -l es --no-location --no-obsolete -v 0); done
	@$(BIN)/python tools/compile_messages.py

lock: setup  ## rewrite requirements/*.txt from *.in
	@sh tools/lock.sh
