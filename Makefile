# make run   install, load the example company, print one answer, serve http://127.0.0.1:7860
# make test  install what is missing, then everything that .ci/run checks
#
# Each works alone on a clean clone and is quick the second time: files in .venv say what is done.

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	command -v $$p >/dev/null && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	&& echo $$p && break; done)

# Torch goes in first and alone: asked for among the rest, pip takes the newest CUDA build, several
# gigabytes that nothing here uses. Where the plain wheel is the CUDA one too (most of Linux), give
# the address of PyTorch's index of CPU wheels: make run TORCH_INDEX=...
TORCH_SPEC ?= torch==2.13.0
TORCH_INDEX ?=

DATA ?= $(or $(VOZ_DATA_DIR),data)
QUESTION ?= La lavadora LAV-AL-7012 marca E13, ¿qué le digo al cliente?

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: help run test lint bench browser postgresql clean
.DEFAULT_GOAL := help

help:
	@echo "make run    install, load the example company, print one answer, serve the page"
	@echo "make test   install what is missing, lint, check types and imports, run every test"
	@echo "make lint   ruff, mypy and the import contracts"
	@echo "make bench  measure speed on this machine"
	@echo "make clean  delete $(VENV) and caches; $(DATA) stays"

run: export VOZ_DATA_DIR := $(DATA)
run: export VOZ_CUSTOMERS ?= examples/almendro/crm/mapping-sql.toml
run: $(VENV)/.installed $(DATA)/.example-loaded examples/almendro/crm/crm.sqlite
	$(BIN)/voz serve

test: export HF_HUB_OFFLINE := 1
test: export TOKENIZERS_PARALLELISM := false
test: export OMP_NUM_THREADS := 1
test: lint browser postgresql
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

lint: $(VENV)/.dev-installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

bench: export VOZ_DATA_DIR := $(DATA)
bench: $(VENV)/.dev-installed $(DATA)/.example-loaded
	$(BIN)/voz bench startup
	$(BIN)/voz bench ingest
	$(BIN)/voz bench retrieval

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find assistant eval examples ingest knowledge tests -name __pycache__ -prune -exec rm -rf {} +

$(VENV)/.made:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; name it with PYTHON=" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --upgrade pip
	@touch $@

$(VENV)/.torch-installed: $(VENV)/.made
	@echo "installing $(TORCH_SPEC) (about 200 MB)"
	$(PIP) install $(if $(TORCH_INDEX),--index-url $(TORCH_INDEX)) "$(TORCH_SPEC)"
	@touch $@

$(VENV)/.installed: $(VENV)/.torch-installed pyproject.toml constraints.txt
	@echo "installing the rest (a minute or two)"
	$(PIP) install -c constraints.txt -e .
	@touch $@

$(VENV)/.dev-installed: $(VENV)/.torch-installed pyproject.toml constraints.txt
	@echo "installing what tests need (a minute or two)"
	$(PIP) install -c constraints.txt -e '.[dev]'
	@touch $@ $(VENV)/.installed

$(DATA)/.example-loaded: | $(VENV)/.installed
	$(BIN)/voz ingest examples/almendro/documents
	$(BIN)/voz ask "$(QUESTION)"
	@touch $@

examples/almendro/crm/crm.sqlite: $(VENV)/.installed $(wildcard examples/almendro/crm/*.csv)
	$(BIN)/python examples/almendro/crm/build.py --day "$$(date +%F)"

# The pages are tested in Debian's Chromium without its windows, which takes half the time of the
# whole browser; where that is not packaged, in the whole one.
browser:
	@if command -v chromium-headless-shell >/dev/null; then :; \
	elif command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
		echo "installing chromium-headless-shell"; \
		apt-get update -qq; export DEBIAN_FRONTEND=noninteractive; \
		install="apt-get install -y -qq --no-install-recommends"; \
		$$install chromium-headless-shell >/dev/null || command -v chromium >/dev/null \
		|| $$install chromium >/dev/null \
		|| echo "chromium could not be installed: browser tests are skipped"; \
	elif command -v chromium >/dev/null || command -v chromium-browser >/dev/null; then :; \
	else echo "no chromium here: browser tests are skipped (apt-get install chromium)"; fi

# The register is tested in a server of the tests' own, made from Debian's programs
postgresql:
	@if command -v pg_ctl >/dev/null || ls /usr/lib/postgresql/*/bin/pg_ctl >/dev/null 2>&1; then :; \
	elif command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
		echo "installing postgresql"; \
		{ apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
			apt-get install -y -qq --no-install-recommends postgresql >/dev/null; } \
		|| echo "postgresql could not be installed: its tests are skipped"; \
	else echo "no postgresql here: its tests are skipped (apt-get install postgresql)"; fi
