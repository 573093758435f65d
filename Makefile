# make demo    builds, then makes sample data with known errors and runs the whole cycle on it
# make test    everything that CI runs
# make check   the two-minute loop: layers, unit tests without sanitizers
# make bench-infer   how well inferred checks find wrong cells, beside Deequ
# make judge   what is too long for CI: benchmarks against peers, expressions against Spark, many kills, soak
.PHONY: build demo test check judge bench bench-infer fuzz format setup clean
.DEFAULT_GOAL := build
# Compiler calls of another checkout are the same calls when paths are taken relative to it.
export CCACHE_BASEDIR := $(CURDIR)

setup:
	@tools/setup.sh

build: setup
	@cmake --preset release >/dev/null
	@ninja -C build/release assay
	@echo "build/release/assay is ready"

demo: build
	@build/release/assay demo

test:
	@tools/test.sh

check: setup
	@python3 tools/check_layers.py
	@cmake --preset dev >/dev/null
	@ninja -C build/dev
	@ctest --test-dir build/dev --output-on-failure -j2

judge: build
	@tools/judge.sh

bench: build
	@bench/run.sh

bench-infer: build
	@bench/infer/run.sh

fuzz:
	@tools/fuzz.sh 60

format:
	@git ls-files '*.cc' '*.h' | xargs clang-format-19 -i

clean:
	@rm -rf build
