# make demo   set up .venv and build a graph from the sample articles
# make test   set up .venv and run the tests
# make lint   style, types, import order
# make check  lint and test, as CI does
.DEFAULT_GOAL := demo
.PHONY: demo test lint check clean

VENV  := .venv
BIN   := $(VENV)/bin
STAMP := $(VENV)/.stamp

# The first python of these that is 3.11 or newer; `make PYTHON=/path/to/python demo` chooses one.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	2>/dev/null && { echo $$p; break; }; done)

# Reinstalled only when pyproject.toml changes: the package itself is installed editable.
$(STAMP): pyproject.toml
	@test -n "$(PYTHON)" || { echo "kg needs Python 3.11 or newer: install it, or run make PYTHON=/path/to/python3.11" >&2; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "setting up $(VENV) with $$($(BIN)/python --version) (once; a minute or two)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

demo: $(STAMP)
	@$(BIN)/kg demo

test: $(STAMP)
	$(BIN)/python -m pytest -q -n 2 --dist loadfile

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check: lint test

clean:
	rm -rf $(VENV) build dist kg-record .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find kg tests scripts -name __pycache__ -type d -prune -exec rm -rf {} +
