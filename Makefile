# Two commands: `make run` sets everything up and serves, `make test` sets everything up and proves it.

VENV := .venv
PYTHON := $(VENV)/bin/python
BUNDLE := trainer/static/built/manifest.json
CLIENTS := tests/clients/node_modules/.complete
BUNDLE_INPUTS := $(shell find trainer/frontend -name node_modules -prune -o -type f ! -name '*.py' -print)
STEP := $(PYTHON) -I sandbox/steps.py
PIP := $(PYTHON) -m pip install --disable-pip-version-check --no-compile --no-deps
UV_COMPILE := $(VENV)/bin/uv pip compile --quiet --python-version 3.11 --generate-hashes --no-header \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"
BOX_LOCKS := $(wildcard sandbox/images/*/requirements.in)

export SETUP_LOG := $(CURDIR)/.cache/setup.log
# What Python compiled is kept, whatever the environment says: each command starts in half the time.
export PYTHONDONTWRITEBYTECODE :=
export PYTHONPYCACHEPREFIX := $(CURDIR)/.cache/python

.PHONY: run engine images test chaos prove lint bench wheel lock clean help
.NOTPARALLEL:
.DELETE_ON_ERROR:

run: $(VENV)/.run $(BUNDLE) ## Set up what is missing, then serve on http://127.0.0.1:8000 (PORT, TRAINER_HOME)
	@$(PYTHON) -m sandbox.engine --images first || echo "Serving all the same: submissions wait until that is fixed."
	@exec $(VENV)/bin/trainer run

engine: $(VENV)/.run ## Have a container engine: use the one that answers, or install and start Debian's
	@$(PYTHON) -m sandbox.engine

images: $(VENV)/.run ## Build the images of the boxes where their inputs changed
	@$(PYTHON) -m sandbox.engine --images all

test: $(VENV)/.dev $(BUNDLE) $(CLIENTS) ## Set up what is missing, then run all tests (ARGS="-m unit" or "-k name" for some)
	@$(PYTHON) -m sandbox.apt chromium-headless-shell firefox-esr webkit2gtk-driver xvfb docker-registry podman postgresql redis-server rabbitmq-server caddy iproute2
	@$(PYTHON) -m sandbox.engine --images all || echo "Tests that need an engine cannot run."
	@$(PYTHON) -m pytest -n auto --maxprocesses 4 --dist worksteal $(ARGS)

chaos: $(VENV)/.dev $(BUNDLE) ## End everything by kill -9 while submissions are judged (ARGS="--topology --rounds 10")
	@$(PYTHON) -m sandbox.apt postgresql redis-server rabbitmq-server caddy
	@$(PYTHON) -m sandbox.engine --images all
	@exec $(PYTHON) -m tests.chaos $(ARGS)

prove: $(VENV)/.run ## Let packages prove themselves whose proof no longer holds (ARGS=--all for all)
	@$(PYTHON) -m sandbox.engine --images all
	@exec $(VENV)/bin/trainer bank check --changed $(ARGS)

lint: $(VENV)/.dev ## Check style and types
	@$(VENV)/bin/ruff check
	@$(VENV)/bin/ruff format --check
	@$(VENV)/bin/mypy
	@$(STEP) "Checking TypeScript" $(PYTHON) trainer/frontend/bundle.py check

bench: $(VENV)/.dev $(BUNDLE) ## Measure speed and memory, as JSON
	@$(PYTHON) -m sandbox.apt chromium-headless-shell >&2
	@$(PYTHON) -m sandbox.engine --images all >&2
	@exec $(VENV)/bin/trainer bench

wheel: $(VENV)/.run ## Build a wheel into dist/, which needs neither Node nor a checkout
	@$(STEP) "Building a wheel" $(PYTHON) trainer/frontend/bundle.py wheel
	@ls dist/*.whl

lock: $(VENV)/.dev ## Write the lock files anew (ARGS=--upgrade for newer versions)
	$(UV_COMPILE) --universal pyproject.toml --group editable --output-file requirements.lock $(ARGS)
	$(UV_COMPILE) --universal pyproject.toml --group dev --constraint requirements.lock --output-file requirements-dev.lock $(ARGS)
	$(UV_COMPILE) --universal --group build --constraint requirements.lock --output-file requirements-build.lock $(ARGS)
	for file in $(BOX_LOCKS); do \
		$(UV_COMPILE) --python-platform linux $$file --output-file $${file%.in}.lock $(ARGS) || exit 1; done
	$(STEP) "Locking the frontend's packages" $(PYTHON) trainer/frontend/bundle.py lock
	$(STEP) "Locking what reads the API's description" $(PYTHON) -m tests.clients.packages lock

clean: ## Remove all that was made here, except the data in var/
	rm -rf $(VENV) .cache dist build trainer/static/built trainer/frontend/node_modules tests/clients/node_modules
	find trainer sandbox tests -name __pycache__ -prune -exec rm -rf {} +

help: ## This list
	@sed -n 's/^\([a-z]*\):.* ## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 10

$(VENV)/.made: .ci/venv
	@.ci/venv $(VENV)
	@touch $@

$(VENV)/.run: $(VENV)/.made requirements.lock pyproject.toml
	@$(STEP) "Installing locked packages" $(PIP) --require-hashes -r requirements.lock
	@$(STEP) "Installing the trainer" $(PIP) --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.lock
	@$(STEP) "Installing locked packages for tests" $(PIP) --require-hashes -r requirements-dev.lock
	@touch $@

$(CLIENTS): $(VENV)/.dev tests/clients/package-lock.json
	@$(STEP) "Installing what reads the API's description" $(PYTHON) -m tests.clients.packages
	@touch $@

# Node is kept for who develops and leaves again elsewhere: nothing but the next bundle needs it.
$(BUNDLE): $(VENV)/.run $(BUNDLE_INPUTS) trainer/frontend/bundle.py requirements-build.lock
	@$(STEP) "Bundling the editor" $(PYTHON) trainer/frontend/bundle.py
	@test -e $(VENV)/.dev || $(PYTHON) trainer/frontend/bundle.py clear
	@touch $@
