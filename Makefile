# Wegwijzer: `make run` and `make test` are all a fresh clone needs. `make help` lists the rest.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

PYTHON := .venv/bin/python
# The environment is built again only when the locked requirements change.
LOCK := $(shell sha256sum requirements.txt | cut -c1-16)
READY := .venv/.built-$(LOCK)

export RASA_TELEMETRY_ENABLED ?= false
export SQLALCHEMY_SILENCE_UBER_WARNING ?= 1
export HOST ?= 127.0.0.1
export PORT ?= 5005

.PHONY: help run train test test-full lint bench validate rulebook mutants review impact

help: ## what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

run: $(READY) ## start Wegwijzer; prints the address to open (HOST, PORT from the environment)
	@exec $(PYTHON) -m assistant serve

train: $(READY) ## train the model, if none fits the data
	@$(PYTHON) -m assistant train

test: lint ## the tests for every change
	@$(PYTHON) -m pytest -m "not full"

test-full: lint ## the long tests too
	@$(PYTHON) -m pytest

lint: $(READY) ## style and types
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@$(PYTHON) -m mypy

validate: $(READY) ## Rasa's own check of domain, rules and training data
	@.venv/bin/rasa data validate --fail-on-warnings

bench: $(READY) ## the figures of the README, each printed by its script
	@for script in benchmarks/*.py; do echo; echo "$$script"; $(PYTHON) -m benchmarks.$$(basename $$script .py); done

rulebook: $(READY) ## the rules in Dutch for lawyers: docs/rulebook/index.html
	@$(PYTHON) -m wegwijzer rulebook

mutants: $(READY) ## what the tests of the law notice of it: conditions, then functions (half an hour)
	@$(PYTHON) -m tests.law.mutation
	@$(PYTHON) -m venv .cache/mutants-venv && .cache/mutants-venv/bin/pip install --quiet cosmic-ray==8.7.0
	@$(PYTHON) -m tests.law.functions $(CURDIR)/.cache/mutants-venv/bin

review: $(READY) ## what no lawyer has signed yet, or too long ago
	@$(PYTHON) -m wegwijzer review

impact: $(READY) ## which kinds of people change outcome since BASE (default: main)
	@$(PYTHON) -m wegwijzer impact $(or $(BASE),main)

# uv builds the environment; where it is missing it gets its own small one (Debian refuses pip outside of one).
$(READY): requirements.txt
	@uv=$$(command -v uv || true); \
	if [ -z "$$uv" ]; then \
	  if [ ! -x .cache/uv-venv/bin/uv ]; then \
	    python3 -c 'import ensurepip, venv' 2>/dev/null || { echo "Python's venv module is missing: install the package python3-venv."; exit 1; }; \
	    python3 -m venv .cache/uv-venv; \
	    .cache/uv-venv/bin/pip install --quiet --disable-pip-version-check uv; \
	  fi; \
	  uv=.cache/uv-venv/bin/uv; \
	fi; \
	[ -x $(PYTHON) ] || "$$uv" venv --quiet --python 3.10 .venv; \
	"$$uv" pip sync --quiet --python $(PYTHON) requirements.txt; \
	rm -f .venv/.built-*; \
	touch $@
