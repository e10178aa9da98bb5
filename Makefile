# Two commands for a newcomer: `make demo` and `make test`. The rest is for people who change the code.
.DEFAULT_GOAL := help
.PHONY: help install demo test faults fuzz check reference messages lock clean

BIN := .venv/bin
# The checks read the settings but need no database: an address that nobody answers keeps them from making one.
UNCONNECTED := DATABASE_URL=postgresql://nobody@/none AOXANH_SECRET_KEY=checks AOXANH_DATA_DIR=.aoxanh

help: ## Say what each command does
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | while IFS='	' read -r name text; do printf '  make %-10s %s\n' "$$name" "$$text"; done

install: ## The local environment .venv, locked
	@tools/install.sh requirements.lock

demo: install ## A seeded campaign on this machine, with the address and a login for each role; Ctrl-C stops it (PORT=8001 for another port)
	@exec $(BIN)/aoxanh demo $(if $(PORT),--port $(PORT))

test: ## Everything the suite needs, Chromium and PgBouncer included, then the whole suite
	@tools/install.sh requirements-dev.lock
	@tools/chromium.sh
	@tools/pgbouncer.sh
	@exec $(BIN)/python -m pytest -n 2 --dist loadfile

fuzz: ## The long storm of hostile input over every door, 50,000 inputs or more (SEED=7 MINUTES=40 for others); JSON last, fails on any breach
	@tools/install.sh requirements-dev.lock
	@exec $(BIN)/python -m tests.fuzz --seed $(or $(SEED),1) --minutes $(or $(MINUTES),40)

faults: ## 100,000 records through broken networks while web server and PostgreSQL are killed (SEED=1 RECORDS=100000)
	@tools/install.sh requirements-dev.lock
	@exec $(BIN)/python -m tests.faults.campaign $(if $(SEED),--seed $(SEED)) $(if $(RECORDS),--records $(RECORDS))

check: ## Lint, format, types, import contracts, migrations, translations, reference pages
	@tools/install.sh requirements-dev.lock
	$(BIN)/ruff check src tests tools
	$(BIN)/ruff format --check src tests tools
	$(UNCONNECTED) $(BIN)/mypy
	$(BIN)/lint-imports
	$(UNCONNECTED) $(BIN)/python -W ignore -m django makemigrations --check --dry-run --settings aoxanh.config.settings
	$(BIN)/python tools/messages.py check
	$(UNCONNECTED) $(BIN)/python tools/reference.py check

reference: ## Write docs/reference/ anew from the code
	@tools/install.sh requirements-dev.lock
	$(UNCONNECTED) $(BIN)/python tools/reference.py write

messages: ## Print the texts without Vietnamese, and compile those that have it
	@tools/install.sh requirements-dev.lock
	$(BIN)/python tools/messages.py missing
	$(BIN)/python tools/messages.py compile

lock: ## Resolve the dependencies anew, with hashes and without addresses (needs uv)
	@command -v uv >/dev/null || { echo "uv is missing: install it (pip install uv), then run make lock again." >&2; exit 1; }
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q requirements.in -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q requirements-dev.in -o requirements-dev.lock

clean: ## Remove what was built; the data in .aoxanh stay
	rm -rf .venv build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache src/*.egg-info
	find src tests tools -name __pycache__ -type d -prune -exec rm -rf {} +
