# What can be done here: `make demo`, `make test`, `make check`, `make eval`, `make bench`, `make screenshots`, `make fuzz`, `make docs`.
PYTHON ?= python3
BIN := .venv/bin
SHARED ?= ../shared

.DEFAULT_GOAL := help
.PHONY: help setup demo test spark check eval bench screenshots fuzz docs train lock clean

help: ## List what can be done
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 16

setup: .venv/.ready ## Make .venv with everything in the lock

.venv/.ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "firsthand needs Python 3.11 or newer: make PYTHON=python3.12"; exit 2; }
	@echo "Setting up .venv (once, about a minute) ..."
	@$(PYTHON) -m venv --clear .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

demo: setup ## Assess the example case and write its page
	@$(BIN)/firsthand assess examples/libya-2011 --brief -o examples/libya-2011/build/assessment.html

test: setup ## Run all tests
	@$(BIN)/python -m pytest

spark: setup ## Install Spark (half a gigabyte, needs Java 17) into .venv, so that its tests are run
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-spark.lock

check: setup ## Style, types and formatting
	@$(BIN)/ruff check src tests benchmarks training
	@$(BIN)/ruff format --check src tests benchmarks training
	@$(BIN)/mypy
	@$(BIN)/deno check --quiet --no-remote src/firsthand/workbench/static/*.js

eval: setup ## Measure quality on the development data beside the repository, where it is
	@$(BIN)/python benchmarks/evaluate.py $(SHARED)

bench: setup ## Measure speed and memory and print a table (BENCH=--big: 2 GB of pages)
	@$(BIN)/python benchmarks/bench.py $(SHARED) $(BENCH)
	@$(BIN)/python benchmarks/passages.py
	@$(BIN)/python benchmarks/origins.py
	@$(BIN)/python benchmarks/inference.py
	@$(BIN)/python benchmarks/workbench.py

screenshots: setup ## Photograph every page of the workbench into build/screenshots (needs chromium)
	@$(BIN)/python benchmarks/screenshots.py

fuzz: setup ## Throw 20,000 broken files at every reader
	@$(BIN)/python benchmarks/fuzz.py 20000

docs: setup ## Run the documentation's examples
	@$(BIN)/python -m pytest tests/test_documentation.py

train: setup ## Fit the shipped weights of claims and origins anew (attribution: training/README.md)
	@$(BIN)/python training/train_claims.py
	@$(BIN)/python training/train_origins.py

lock: setup ## Renew requirements.lock and requirements-spark.lock from pyproject.toml
	@$(BIN)/uv pip compile --universal --generate-hashes --no-header --no-annotate --quiet pyproject.toml --group dev -o requirements.lock
	@$(BIN)/uv pip compile --universal --generate-hashes --no-header --no-annotate --quiet --group pyproject.toml:spark -o requirements-spark.lock

clean: ## Take away what was made
	@rm -rf .venv examples/*/build .mypy_cache .ruff_cache .pytest_cache .hypothesis
