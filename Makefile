# `make run` on a fresh machine sets everything up in .venv and answers the shipped case; `make test` checks
# everything. Both need Python 3.11 or newer and make, and a network only the first time.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SUFFIXES:
.NOTPARALLEL:

# The first Python that is new enough and can make a virtual environment; say PYTHON=… to choose another.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	"$$p" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 \
	&& { echo "$$p"; break; }; done)
UV ?= uv
PY := .venv/bin/python
PIP := $(PY) -m pip --disable-pip-version-check -qq

# An environment knows the folder it was made in; a clone that was moved makes it anew.
ifneq "$(shell cat .venv/made-in 2>/dev/null)" "$(CURDIR)"
.venv/made: moved
endif

.PHONY: help run test setup setup-dev lint form types tests words bench fuzz slips docs wheel lock clean moved

help: ## show what can be made
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{ printf "%-16s %s\n", $$1, $$2 }'

run: setup ## set up, then assess the shipped case
	@.venv/bin/foedus assess kazakhstan-2022

test: lint types tests ## lint, layers, types, then all tests

setup: .venv/installed ## make .venv with what Foedus needs to run

setup-dev: .venv/installed-dev ## the same, with what its tests need

lint: setup-dev ## form and layers
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/lint-imports --no-logo

form: setup-dev ## put the code into form, and mend what ruff can mend safely
	.venv/bin/ruff check --fix-only --quiet .
	.venv/bin/ruff format .

types: setup-dev ## types (strict in src)
	$(PY) -m pyright --pythonpath $(PY) --warnings

tests: setup-dev ## all tests; ARGS='-k words' for some
	$(PY) -m pytest -n auto $(ARGS)

words: setup-dev ## bring the catalogues of words up to the code
	$(PY) -m tests.words.extract

bench: setup-dev ## the benchmarks, each printing its figures
	@set -e; for b in speed startup mutation keystroke; do echo "== bench/$$b.py"; $(PY) "bench/$$b.py"; done

fuzz: setup-dev ## look for inputs that fell a reader, FOR=60 seconds for each target (Linux)
	@set -e; for t in page dossier command document; do PYTHONPATH=src:. $(PY) -m fuzz $$t $(FOR); done

slips: setup-dev ## leave out every line and EVERY=40th character of every page, and see that it is told or harmless
	@PYTHONPATH=src:. $(PY) -m fuzz.slips --every $(EVERY)

FOR ?= 60
EVERY ?= 40

docs: setup-dev ## the documentation as a site, in build/site
	@$(PY) docs/site/stage.py build/docs
	@$(PY) -m sphinx -b html -W --keep-going -q -c docs/site -d build/doctrees build/docs build/site
	@echo "build/site/index.html"

wheel: setup-dev ## what pipx installs, in dist
	@$(PY) -m foedus.register.built
	@$(PY) -m hatchling build -t wheel; done=$$?; rm -f src/foedus/register/built.json; exit $$done

lock: ## compile requirements/*.txt anew, with hashes (needs uv and a network)
	$(UV) pip compile --quiet $(LOCK) --group build pyproject.toml --output-file requirements/base.txt
	$(UV) pip compile --quiet $(LOCK) --group dev pyproject.toml --constraints requirements/base.txt \
		--output-file requirements/dev.txt
	$(UV) pip compile --quiet $(LOCK) --group spark --constraints requirements/dev.txt \
		--output-file requirements/spark.txt

# A full recompile: no output file is read back, so that versions move and stale pins do not linger.
LOCK = --universal --python-version 3.11 --generate-hashes --upgrade \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links

clean: ## remove .venv and every cache
	rm -rf .venv build dist .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/made:
	@p="$(PYTHON)"; p="$${p:-python3}"; say() { echo "Foedus needs $$*." >&2; exit 1; }; \
	command -v "$$p" >/dev/null || say "Python 3.11 or newer, and $$p was not found"; \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	|| say "Python 3.11 or newer, and $$p is $$("$$p" --version 2>&1 | head -n 1)"; \
	"$$p" -c 'import venv, ensurepip' 2>/dev/null \
	|| say "Python's venv module, which $$p lacks (on Debian or Ubuntu: apt install python3-venv)"
	@echo "Setting up .venv ($$("$(PYTHON)" --version)) …" >&2
	@rm -rf .venv && "$(PYTHON)" -m venv .venv
	@pwd > .venv/made-in && touch $@

.venv/installed: .venv/made requirements/base.txt pyproject.toml
	@$(PIP) install --require-hashes -r requirements/base.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

.venv/installed-dev: .venv/installed requirements/dev.txt
	@echo "Setting up what the tests need …" >&2
	@$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@
