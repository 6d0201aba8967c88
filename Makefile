# make run   the chat on http://localhost:8080, with nothing but Python 3.11 or newer
# make test  everything that is tested, with what it needs; make quick, what takes less than a minute
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
NAME ?= Kontaktperson
PROCESSORS := $(shell $(PYTHON) -c 'import os; print(os.cpu_count() or 1)' 2>/dev/null || echo 2)
# Three more than there are processors: what waits waits beside others.
WORKERS ?= $(shell expr $(PROCESSORS) + 3)
BESIDE := -n $(WORKERS) --dist worksteal
QUICK := tests/dialogs tests/laws tests/storage

.PHONY: run test quick test-all bench siege outages fuzz audit check install lint types laws catalogs translations translate crash lock clean help

help:            ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## */\t/' | expand -t 14

run: $(VENV)/run.done            ## serve the chat, and print a sign-in link for the queue
	@$(BIN)/python -m bot invite "$(NAME)" --administrator
	@$(BIN)/python -m bot serve

install: $(VENV)/run.done        ## the program's own virtual environment

test: $(VENV)/test.done browser pooler  ## every test, or TESTS; says what it had to leave out, and how long each part took
	$(BIN)/python -m pytest $(or $(TESTS),$(BESIDE))

quick: $(VENV)/test.done         ## dialogs, laws, and storage on SQLite: no browser, no process, less than a minute
	$(BIN)/python -m pytest -n $(PROCESSORS) --dist worksteal -m quick --hypothesis-profile=few $(QUICK)

test-all: $(VENV)/test.done browser pooler  ## the same with every matrix whole (before an issue is closed); writes docs/reliability.md
	$(BIN)/python -m tests.whole $(BESIDE)

check: $(VENV)/test.done lint types laws catalogs test  ## everything that CI asks

fuzz: $(VENV)/test.done          ## made-up updates, forms and commands, FUZZ=100 times as many as in the tests, others each time
	FUZZ=$(or $(FUZZ),100) FUZZ_SEED=$$(date +%s) $(BIN)/python -m pytest tests/fuzz

audit: $(VENV)/test.done         ## known weaknesses in what is locked: clean, findings, or PyPI's advisories are not reachable
	@$(BIN)/python -m tests.audit

lint: $(VENV)/test.done          ## ruff: what it finds, and whether it would format anything otherwise
	$(BIN)/ruff check .
	$(BIN)/ruff format --check --quiet .

types: $(VENV)/test.done         ## mypy, strict
	$(BIN)/mypy

laws: $(VENV)/test.done          ## import-linter: the floors, and no circle
	$(BIN)/lint-imports

catalogs: $(VENV)/test.done  ## the template and every catalog are what the source says, in the words of its glossary, set as its language is set
	$(BIN)/python -m locales.check

translations: $(VENV)/test.done  ## bring the template and the catalogs up to date with the source
	$(BIN)/python -m locales.update

bench: $(VENV)/bench.done        ## measures ours beside what others would use (hours), and writes docs/performance.md; PARTS="turns stored" for some of it, BEFORE=folder PARTS=before for an earlier tree beside this one
	$(BIN)/python -m tests.benchmarks $(PARTS)

translate: $(VENV)/run.done      ## the chat in the terminal, in the language LANG=so, for whoever translates it
	@$(BIN)/python -m bot talk $(LANG)

siege: $(VENV)/test.done         ## a minute of strangers who do everything at once, for each way to run it; writes docs/reliability.md
	$(BIN)/python -m tests.siege --write

outages: $(VENV)/test.done       ## half an hour of outages: the database stopped, frozen, silent, full, gone; writes docs/reliability.md
	$(BIN)/python -m tests.outages --write

SEED ?= $(shell date +%s)
crash: $(VENV)/test.done         ## the long crash run: real processes killed over and over; writes docs/reliability.md
	$(BIN)/python -m tests.crash --write --seed $(SEED)

lock: $(VENV)/test.done          ## new versions into the three lock files: hashes, no addresses
	$(BIN)/uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml --group dev -c requirements.txt -o requirements-dev.txt
	$(BIN)/uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --group bench -c requirements-dev.txt -o requirements-bench.txt

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; name it with: make PYTHON=python3.12 …"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "No virtual environment could be made. On Debian: apt install python3-venv"; exit 1; }

$(VENV)/run.done: requirements.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/test.done: requirements-dev.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@ $(VENV)/run.done

$(VENV)/bench.done: requirements-bench.txt $(VENV)/test.done
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.txt
	@touch $@

.PHONY: browser pooler
browser: $(VENV)/test.done       ## a Chromium for the tests, where there is none, or only one with windows
	@$(BIN)/python tests/browser.py

pooler: $(VENV)/test.done        ## a PgBouncer for the tests, where there is none
	@$(BIN)/python -m tests.pgbouncer

clean:                           ## away with the virtual environment and every cache
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
