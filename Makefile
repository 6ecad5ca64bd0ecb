# What a person does with this program, by name. `make` alone lists it.
# Works with GNU make 3.81, which macOS ships.

SHELL = /bin/sh
RUN = .venv/bin/python
CHECKED = accounts programs curriculum groups reminders attendance hours iop tests tools manage.py
# One worker per core, and tests that share servers of their own on the same worker.
PYTEST = $(RUN) -m pytest -n logical --maxprocesses 4 --dist loadgroup
TEST_DATA = IOP_DATA_DIR="$${IOP_TEST_DATA_DIR:-var/test}"
DEMO_DATA = "$${IOP_DATA_DIR:-var/demo}"
# As on a clinic's server; these addresses are never asked for.
AS_SERVED = DATABASE_URL=postgresql://iop@database.invalid/iop \
	REDIS_URL=redis://queue.invalid/0 IOP_ALLOWED_HOSTS=clinic.invalid \
	IOP_SITE_URL=https://clinic.invalid IOP_DEMO= \
	IOP_SECRET_KEY="$$($(RUN) -c 'import secrets; print(secrets.token_urlsafe(60))')" \
	IOP_FIELD_KEYS="$$($(RUN) -c 'import base64, os; \
		print(base64.urlsafe_b64encode(os.urandom(32)).decode())')"

.PHONY: help demo demo-reset test test-servers check format lint types layers migrations deployment messages \
	screenshots bench lock audit clean runtime dev

help: ## list what there is
	@grep -E '^[a-z-]+:.*## ' Makefile | sed 's/:.*## /|/' | \
		while IFS='|' read -r name words; do printf '  make %-13s %s\n' "$$name" "$$words"; done

demo: runtime ## the demo clinic in this terminal, until Ctrl-C (PORT=8001 moves it)
	@IOP_DEMO=1 IOP_DATA_DIR=$(DEMO_DATA) exec $(RUN) manage.py demo

demo-reset: runtime ## remove the demo clinic and everything entered into it
	@$(RUN) -m iop.processes.reset $(DEMO_DATA)

test: dev ## every test, in a data folder of their own (ARGS="-k weekly" narrows it)
	@browser="$$($(RUN) -m tests.browser_path --install)" && \
		$(TEST_DATA) IOP_TEST_BROWSER="$$browser" $(PYTEST) $(ARGS)

test-servers: dev ## the tests again, on this machine's PostgreSQL and Redis where they run
	@$(TEST_DATA) $(RUN) -m tools.on_servers $(PYTEST) -m "not browser and not embedded" $(ARGS)

check: lint types layers migrations deployment test ## what CI runs

format: dev ## put code and templates into their one form
	@$(RUN) -m ruff format $(CHECKED)
	@$(RUN) -m ruff check --fix $(CHECKED)
	@find templates -name '*.html' -exec .venv/bin/djade --target-version 5.2 {} +

lint: dev ## form and habits of code and templates
	@echo "Code: ruff"
	@$(RUN) -m ruff format --check $(CHECKED)
	@$(RUN) -m ruff check $(CHECKED)
	@echo "Templates: djade"
	@find templates -name '*.html' -exec .venv/bin/djade --check --target-version 5.2 {} +
	@echo "Django's newer ways: django-upgrade"
	@find $(CHECKED) -name '*.py' -not -path '*/migrations/*' \
		-exec .venv/bin/django-upgrade --check --target-version 5.2 {} +

types: dev ## types, with Django's own
	@echo "Types: mypy"
	@$(RUN) -m mypy $(CHECKED)

layers: dev ## the apps stand in one line
	@echo "Layers: import-linter"
	@.venv/bin/lint-imports --no-logo

migrations: dev ## every change of a model has its migration
	@echo "Migrations: makemigrations --check"
	@$(TEST_DATA) $(RUN) manage.py makemigrations --check --dry-run

deployment: dev ## Django's list for a server, on a configuration as served
	@echo "Deployment: check --deploy"
	@$(AS_SERVED) $(TEST_DATA) $(RUN) manage.py check --deploy --fail-level WARNING

messages: SPANISH = locale/es/LC_MESSAGES/django.po
messages: dev ## collect what is to be translated, and compile what has been
	@$(RUN) manage.py makemessages --locale es --no-location --ignore 'var/*' --ignore '.venv/*' \
		--ignore 'tests/*'
	@sed -e '/^"POT-Creation-Date: /d' -e '/^"Report-Msgid-Bugs-To: /d' $(SPANISH) >$(SPANISH).new && \
		mv $(SPANISH).new $(SPANISH)
	@$(RUN) manage.py compilemessages --locale es --ignore 'var/*' --ignore '.venv/*'

screenshots: dev ## pictures of every page of a running demo (ARGS=--readme)
	@$(RUN) -m tests.screenshots $(or $(ARGS),var/screenshots)

bench: dev ## how long pages take (SCALE=clinic, operator or chain: on a made-up clinic of that size)
	@$(TEST_DATA) $(RUN) -m tests.bench $(if $(SCALE),--scale $(SCALE)) $(ARGS)

lock: dev ## write the lock files anew from pyproject.toml
	@$(RUN) tools/lock.py

audit: ## known weaknesses of the locked packages (needs the network)
	@PYTHON="$(PYTHON)" sh tools/audit.sh

clean: ## remove the environment and every cache, but no data
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

runtime:
	@PYTHON="$(PYTHON)" sh tools/environment.sh runtime

dev:
	@PYTHON="$(PYTHON)" sh tools/environment.sh runtime dev
