# The verbs of the project; `make` alone lists them. Needs make, Python 3.11 to 3.13 and a package
# index, nothing else: the rest goes into .venv. Written for GNU Make 3.81, which macOS ships.

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help chat ingest setup setup-dev browser test test-long test-all eval check lint typecheck \
    format bench bench-growth lock clean

VENV := .venv
BIN := $(VENV)/bin
RUNTIME := $(VENV)/.installed-runtime
DEVELOPMENT := $(VENV)/.installed-dev
BENCHMARKS := $(VENV)/.installed-bench

# make PYTHON=/path/to/python3.12 uses that one; make UV= uses pip although uv is installed.
PYTHON ?=
UV ?= $(shell command -v uv 2>/dev/null)
ARTICLES ?= seeds
ARGS ?=

CANDIDATES := $(if $(PYTHON),$(PYTHON),python3.11 python3.12 python3.13 python3 python)
SUPPORTED := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))

# nltk, which llama-index needs, refuses to read files that are hard links, uv's default.
export UV_LINK_MODE := copy

PIP := $(BIN)/python -m pip --quiet --no-input --disable-pip-version-check
INSTALL := $(if $(UV),$(UV) pip install --quiet --python $(BIN)/python,$(PIP) install)
LOCKED := --no-deps --require-hashes --only-binary :all: -r
EDITABLE := --no-deps --no-build-isolation -e .

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

chat: $(RUNTIME) ## Install, ingest seeds/ and serve the chat on http://127.0.0.1:7860
	@$(BIN)/rag ingest $(ARTICLES)
	@$(BIN)/rag serve $(ARGS)

ingest: $(RUNTIME) ## Bring seeds/ into the archive (ARTICLES=folder for another one)
	@$(BIN)/rag ingest $(ARTICLES)

setup: $(RUNTIME) ## Install what running needs into .venv

setup-dev: $(DEVELOPMENT) ## Install what developing needs into .venv

browser: ## Install Chromium for the browser tests (Debian, as root)
	@if command -v chromium >/dev/null 2>&1; then \
	    echo "chromium is installed"; \
	elif [ "$$(id -u)" = 0 ] && grep -q '^ID=debian' /etc/os-release 2>/dev/null; then \
	    echo "Installing chromium ..."; \
	    apt-get update -qq && apt-get install -y -qq chromium >/dev/null; \
	else \
	    echo "make browser: knows only Debian, as root; elsewhere install Chromium yourself," >&2; \
	    echo "so that the command chromium is in PATH." >&2; \
	    exit 1; \
	fi

test: $(DEVELOPMENT) ## Run the test suite, in minutes (ARGS="-k name" for a part of it)
	@$(BIN)/python -m pytest -n auto --dist loadfile -m "not long" $(ARGS)

test-long: $(DEVELOPMENT) ## Run the long tests: kills, damages, every page in a browser
	@$(BIN)/python -m pytest -n auto --dist loadfile -m long $(ARGS)

test-all: test test-long ## Run both

eval: $(RUNTIME) ## Ask the canned questions; fails below tests/eval/floors.toml
	@$(BIN)/rag eval --fail-under tests/eval/floors.toml $(ARGS)

check: lint typecheck ## Everything that reads the code without running it

lint: $(DEVELOPMENT) ## Style, format and layers
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports

typecheck: $(DEVELOPMENT) ## Types
	@$(BIN)/mypy

format: $(DEVELOPMENT) ## Format the code and mend what can be mended
	@$(BIN)/ruff check --fix-only .
	@$(BIN)/ruff format .

# ARTICLES=folder QUESTIONS=file choose other ones than squad-a (ARTICLES counts if you set it).
bench: $(BENCHMARKS) ## Measure against LlamaIndex and bare Chroma, in minutes
	@$(BIN)/python -m bench.quick \
	    $(if $(filter file,$(origin ARTICLES)),,--articles "$(ARTICLES)") \
	    $(if $(QUESTIONS),--questions "$(QUESTIONS)") $(ARGS)

# SIZES=1000,10000; SERVER=1 on a Chroma server; NEWS=file; WORK=folder, which is emptied.
bench-growth: $(BENCHMARKS) ## Measure from 1,000 to 100,000 paragraphs, in hours
	@$(BIN)/python -m bench.growth $(if $(SIZES),--sizes "$(SIZES)") $(if $(SERVER),--server) \
	    $(if $(NEWS),--news "$(NEWS)") $(if $(WORK),--work "$(WORK)") $(ARGS)

lock: ## Resolve the dependencies anew (needs uv; ARGS=--upgrade for newer versions)
	@UV="$(UV)" scripts/lock.sh $(ARGS)

clean: ## Remove .venv and all caches, never the archive in .rag
	rm -rf $(VENV) build dist .gradio
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find rag tests -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamps: an install is repeated only after a change of its lock or of pyproject.toml.
$(RUNTIME): requirements.lock pyproject.toml | $(BIN)/python
	$(call install,requirements.lock)
	@touch $@

# What developing needs includes what running needs.
$(DEVELOPMENT): requirements-dev.lock requirements.lock pyproject.toml | $(BIN)/python
	$(call install,requirements-dev.lock)
	@touch $(RUNTIME) $@

# What measuring needs includes what running needs, too.
$(BENCHMARKS): requirements-bench.lock requirements.lock pyproject.toml | $(BIN)/python
	$(call install,requirements-bench.lock)
	@touch $(RUNTIME) $@

# $(1): the lock. The project itself comes last, and is built with what the lock holds.
define install
@$(BIN)/python -c '$(SUPPORTED)' || { \
    echo "make: $(VENV) has another Python than 3.11 to 3.13; remove it with: make clean" >&2; \
    exit 1; }
@echo "Installing $(1) with $(if $(UV),uv,pip; the first time takes minutes) ..." >&2
@$(if $(UV),:,$(PIP) --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip >/dev/null)
@$(INSTALL) $(LOCKED) $(1) && $(INSTALL) $(EDITABLE) || { \
    echo "make: the install failed, see above; can the package index be reached?" >&2; \
    exit 1; }
endef

# A python that is in PATH may still not run (a shim of pyenv), so each candidate is tried.
$(BIN)/python:
	@found=; \
	for candidate in $(CANDIDATES); do \
	    if "$$candidate" -c '$(SUPPORTED)' >/dev/null 2>&1; then found=$$candidate; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
	    echo "make: no Python 3.11, 3.12 or 3.13 among: $(CANDIDATES); install one, or name one with make PYTHON=path" >&2; \
	    exit 1; \
	fi; \
	executable=$$("$$found" -c 'import sys; print(sys.executable)'); \
	echo "Creating $(VENV) with $$("$$found" --version) ..." >&2; \
	rm -rf $(VENV); \
	if ! $(if $(UV),$(UV) venv --quiet --python "$$executable" $(VENV),"$$executable" -m venv $(VENV)); then \
	    rm -rf $(VENV); \
	    echo "make: $$executable can't create a virtual environment (Debian, Ubuntu: apt-get install python3-venv)" >&2; \
	    exit 1; \
	fi
