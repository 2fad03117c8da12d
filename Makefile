# What can be done with this project; `make` alone lists it. The work is in .ci/.

.DEFAULT_GOAL := help
.PHONY: help run test crash soak fuzz interop interop-quick lint fmt deny bench bench-correction bench-scale bench-ui bench-engine bench-events train train-events dist clean

# A fresh rustup may not be on the PATH yet; what is on the PATH already goes first.
export PATH := $(PATH):$(HOME)/.cargo/bin

# Continuous integration builds exactly what Cargo.lock says.
ifdef CI
CARGO_FLAGS += --locked
endif
export CARGO_FLAGS

# Arguments for the program, as in: make run ARGS="my-article.txt"
ARGS ?= --sample

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## build and open the window on a sample article (without a display: a demo in the terminal)
	@.ci/toolchain
	@.ci/start $(ARGS)

# The property tests get one seed here, so that a run tells of the change and not of chance; without it they explore.
test: ## format, lints, all tests, the build without a window, and the real window end to end
	@.ci/toolchain fmt clippy
	@.ci/need build window test
	cargo fmt --check
	cargo clippy $(CARGO_FLAGS) --all-targets -- -D warnings
	cargo clippy $(CARGO_FLAGS) --all-targets --no-default-features -- -D warnings
	PROPTEST_RNG_SEED=1 cargo test $(CARGO_FLAGS)
	tests/e2e/run.sh

interop: ## have the programs that people use read the exports, doccano and Label Studio as servers (fetches them from PyPI)
	@.ci/toolchain
	cargo build $(CARGO_FLAGS) --features parquet
	tests/interop/run

interop-quick: ## the same without the two servers
	@.ci/toolchain
	cargo build $(CARGO_FLAGS)
	tests/interop/run quick

lint: ## lints only
	@.ci/toolchain fmt clippy
	cargo fmt --check
	cargo clippy $(CARGO_FLAGS) --all-targets -- -D warnings

fmt: ## format the code
	cargo fmt

deny: ## licences and sources of the dependencies (installs cargo-deny where it is missing)
	@.ci/toolchain
	.ci/deny

SECONDS_EACH ?= 60
fuzz: ## fuzz all that reads files of others, each SECONDS_EACH=60, or TARGETS="project stream"
	@.ci/toolchain
	@.ci/need build
	SECONDS_EACH=$(SECONDS_EACH) fuzz/run $(TARGETS)

bench: ## measure speed
	@.ci/toolchain
	cargo bench $(CARGO_FLAGS) --bench rooms

bench-ui: ## measure the time the window takes for a frame, on long articles and many
	@.ci/toolchain
	@.ci/need build window
	cargo bench $(CARGO_FLAGS) --bench ui

bench-scale: ## measure projects of 1,000, 10,000 and 50,000 articles (SIZES="1000" for less): open, save, edit, memory
	@.ci/toolchain
	cargo bench $(CARGO_FLAGS) --no-default-features --bench scale

bench-engine: ## set the engine against spaCy's small model, speed and accuracy (fetches spaCy from PyPI)
	@.ci/toolchain
	benches/engine.py

bench-correction: ## count what correcting suggestions costs, in keys, clicks and drags
	@.ci/toolchain
	@.ci/need build
	cargo bench $(CARGO_FLAGS) --bench correction

bench-events: ## measure events on annotated news passages: triggers, types, slots, dates, cost
	@.ci/toolchain
	cargo bench $(CARGO_FLAGS) --no-default-features --bench events

crash: ## end the program 500 times in the midst of its work, fail each single write, and count what is lost
	@.ci/toolchain
	cargo test $(CARGO_FLAGS) --lib -- --include-ignored fault
	cargo test $(CARGO_FLAGS) --test crash -- --kills 500

COMMANDS ?= 100000
soak: ## use the window by chance for COMMANDS=100000 commands, keys and clicks, and open the project again and again
	@.ci/toolchain
	@.ci/need build window
	cargo test $(CARGO_FLAGS) --test soak -- --commands $(COMMANDS)

train: ## train the tagger and the reader anew from the annotated sets in ../shared (over two hours)
	@test -d ../shared/data/train || { echo "../shared/data/train is not there: the annotated sets are needed; the program does without"; exit 1; }
	python3 -m venv target/tagger/venv
	target/tagger/venv/bin/pip install -q -r training/tagger/requirements.txt
	MALLOC_MMAP_MAX_=0 MALLOC_TRIM_THRESHOLD_=8589934592 target/tagger/venv/bin/python training/tagger/train.py
	cargo build --release --no-default-features
	target/tagger/venv/bin/python training/tagger/calibrate.py target/release/rubricator
	$(MAKE) train-events

train-events: ## train the reader of events from the event records in ../shared, beginning with the tagger in assets (about an hour)
	@test -d ../shared/data/train || { echo "../shared/data/train is not there: the annotated sets are needed; the program does without"; exit 1; }
	python3 -m venv target/tagger/venv
	target/tagger/venv/bin/pip install -q -r training/tagger/requirements.txt
	cargo build --release --no-default-features
	target/tagger/venv/bin/python training/tagger/parse.py target/release/rubricator
	MALLOC_MMAP_MAX_=0 MALLOC_TRIM_THRESHOLD_=8589934592 target/tagger/venv/bin/python training/tagger/events.py
	cargo build --release --no-default-features
	target/tagger/venv/bin/python training/tagger/calibrate.py target/release/rubricator --records

dist: ## build what is shipped (slow: whole-program optimisation) and pack it
	@.ci/toolchain
	@.ci/need build
	cargo build --locked --profile dist
	@.ci/dist

clean: ## remove everything that was built
	cargo clean
