# Readthrough. `make demo` and `make test` set up what they need; plain `make` is `make check`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.readthrough-ready
BENCH ?= all
TESTS_BESIDE := --numprocesses auto --maxprocesses 4 --dist loadfile
DATA ?=

.DEFAULT_GOAL := check
.PHONY: setup demo test serve check fix eval bench docs assets universe lock help

help:  ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 12

setup: $(STAMP)  ## build .venv from the locked dependencies

$(STAMP): requirements-dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Readthrough needs Python 3.11 or newer; $$($(PYTHON) --version) is first on the path. Try: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "Python's venv module is missing. On Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	@echo "Setting up $(VENV) (about a minute, once)"
	@$(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(BIN)/python -m tools.assets || echo "The grid of holdings could not be fetched: 'make assets' tries again."
	@touch $@

demo: setup  ## read the bundled sample news end to end: notes, alerts, book impact
	@$(BIN)/readthrough demo

test: setup  ## run every test, on up to four processors
	@$(BIN)/pytest $(TESTS_BESIDE)

serve: setup  ## start the desk on http://127.0.0.1:8321
	@$(BIN)/readthrough serve

check: setup  ## format, lint, types and tests, as CI runs them
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/pytest $(TESTS_BESIDE)

fix: setup  ## format and repair what can be repaired
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

eval: setup  ## measure the reading on our own gold articles (and DATA=folder when given)
	@$(BIN)/readthrough eval $(if $(DATA),--data $(DATA))

bench: setup  ## measure speed (BENCH=cli, reading, writing, alerts ... or all)
	@$(BIN)/python -m bench $(BENCH)

docs: setup  ## rebuild the generated reference pages
	@$(BIN)/python -m tools.reference

assets: setup  ## fetch what browsers run that is not ours (needs npm)
	@$(BIN)/python -m tools.assets

universe: setup  ## rebuild the universe tables from their sources
	@$(BIN)/python -m pip install --quiet edgartools pytickersymbols
	@$(BIN)/python tools/build_universe.py

lock:  ## resolve and lock dependencies with hashes
	@test -x $(VENV)-lock/bin/uv || { $(PYTHON) -m venv $(VENV)-lock && $(VENV)-lock/bin/python -m pip install --quiet uv; }
	@$(VENV)-lock/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml -o requirements.lock
	@$(VENV)-lock/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --group dev pyproject.toml -o requirements-dev.lock
	@$(VENV)-lock/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --group bench -o requirements-bench.lock
	@$(VENV)-lock/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --group s3 -o requirements-s3.lock
