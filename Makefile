# What can be done with this project; `make` alone lists it. The work is in .ci/.

.DEFAULT_GOAL := help
.PHONY: help run test crash soak fuzz interop interop-quick lint fmt deny bench bench-correction bench-scale bench-ui bench-engine bench-events bench-across bench-pages train train-events train-across dist dist-twice pages python python-quick spark bench-python bare clean

# A fresh rustup may not be on the PATH yet; what is on the PATH already goes first, unless it is too old: then
# .ci/toolchain links another as target/rust.
export PATH := $(CURDIR)/target/rust:$(PATH):$(HOME)/.cargo/bin

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
	@.ci/lint where-there
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

python: ## build the Python package, install the wheel into a fresh environment and try it there (a release build: slow)
	@.ci/toolchain
	@.ci/need build python
	python/run

python-quick: ## the same with a debug build
	@.ci/toolchain
	@.ci/need build python
	python/run dev

spark: python ## read 20,000 articles by Apache Spark and by GNU parallel, end an executor in the midst, compare with one machine
	@.ci/need cluster
	python/cluster/run

lint: ## format and lints only
	@.ci/toolchain fmt clippy
	@.ci/lint

fmt: ## format the code
	cargo fmt --all

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

bench-python: python ## set the Python package against the program's own stream, on one thread and on two
	target/python/venv/bin/python benches/python.py

bench-correction: ## count what correcting suggestions costs, in keys, clicks and drags
	@.ci/toolchain
	@.ci/need build
	cargo bench $(CARGO_FLAGS) --bench correction

bench-events: ## measure events on annotated news passages: triggers, types, slots, dates, cost
	@.ci/toolchain
	cargo bench $(CARGO_FLAGS) --no-default-features --bench events

bench-across: ## measure what is one across articles, on the sets in ../shared
	@.ci/toolchain
	cargo bench $(CARGO_FLAGS) --no-default-features --bench across

LEARN = cargo run $(CARGO_FLAGS) --release --no-default-features --quiet -- evaluate --learn ../shared/data/dev
bench-learning: ## show what is learned from articles corrected one after the other, on the sets in ../shared
	@.ci/toolchain
	@test -d ../shared/data/dev || { echo "../shared/data/dev is not there: the annotated sets are needed"; exit 1; }
	@for set in own_kinds_politics own_kinds_science crossre_news_dev "en-worldwide --as-own=ORG" en-worldwide-hard lgl event_records; do \
		echo "== $$set"; set -- $$set; $(LEARN)/$$1.jsonl $$2 || exit 1; done

bench-pages: ## set the reader of web pages against trafilatura and readability on 150 pages (fetches both from PyPI)
	@.ci/toolchain
	benches/pages/run.py

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
	MALLOC_MMAP_MAX_=0 MALLOC_TRIM_THRESHOLD_=8589934592 target/tagger/venv/bin/python training/tagger/readers.py
	cargo build --release --no-default-features
	target/tagger/venv/bin/python training/tagger/calibrate.py target/release/rubricator --records

train-across: ## fit what makes tellings of different articles one happening, to the sets in ../shared (minutes)
	@test -d ../shared/data/train || { echo "../shared/data/train is not there: the annotated sets are needed; the program does without"; exit 1; }
	@.ci/toolchain
	cargo bench $(CARGO_FLAGS) --no-default-features --bench across -- --fit
	$(MAKE) bench-across

dist: ## build what is shipped (slow: whole-program optimisation), pack it as .deb, .rpm and .tar.gz, check them
	@.ci/toolchain
	@.ci/dist

dist-twice: ## the same in two folders: are the bytes the same?
	@.ci/toolchain
	@.ci/dist twice

pages: ## write the manual pages and shell completions anew, after a change of the commands
	@.ci/toolchain
	@.ci/need build
	cargo test $(CARGO_FLAGS) --lib -- --ignored write_manual_and_completions

# For the parts alone: .ci/bare run, .ci/bare test, .ci/bare package.
bare: ## try all that the README promises in a bare Debian: run and test cold, the .deb of `make dist` (root; an hour)
	@.ci/bare

clean: ## remove everything that was built
	cargo clean
