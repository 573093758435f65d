#!/usr/bin/env bash
# Everything that CI runs. Ends with one line "N passed, N failed"; exits non-zero when anything failed.
#
# 1. layers and generated files   2. the release binary: the demo, service tests against real servers
# 3. unit tests with ASan and UBSan   4. threaded code with TSan   5. each fuzz target for FUZZ_SECONDS (60)
set -uo pipefail
cd "$(dirname "$0")/.."
# Compiler calls of another checkout are the same calls when paths are taken relative to it.
export CCACHE_BASEDIR=$PWD
passed=0 failed=0
results=$(mktemp -d); trap 'rm -rf "$results"' EXIT

step() { printf '\n== %s (after %d min)\n' "$*" $((SECONDS / 60)); }
record() {  # record NAME STATUS: one check of our own
  if [ "$2" = 0 ]; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAILED: $1"; fi
}
build() {  # build PRESET TARGET...: its status is also left in $built
  local preset=$1; shift
  cmake --preset "$preset" >"$results/$preset.log" 2>&1 && nice ninja -C "build/$preset" "$@" >>"$results/$preset.log" 2>&1
  built=$?; record "$preset build" $built
  [ $built = 0 ] || tail -n 60 "$results/$preset.log"
}
run_gtests() {  # run_gtests FOLDER "SUITE..." [ENV=VALUE...]: two at a time
  local folder=$1 suites=$2; shift 2
  printf '%s\n' $suites | xargs -P 2 -I '{}' env "$@" bash -c '
    "$1/$2_test" --gtest_brief=1 --gtest_output=json:"$3.json" >"$3.log" 2>&1; echo $? >"$3.status"' \
    run "$folder" '{}' "$results/${folder##*/}_{}"
  for suite in $suites; do count_gtest "${folder##*/}_$suite"; done
}
count_gtest() {  # count_gtest NAME: what a suite left in $results
  local name=$1 report=$results/$1.json status
  status=$(cat "$results/$name.status")
  if [ -s "$report" ]; then
    read -r tests failures < <(python3 -c 'import json, sys; r = json.load(open(sys.argv[1])); print(r["tests"] - r.get("disabled", 0), r["failures"] + r["errors"])' "$report")
    passed=$((passed + tests - failures)); failed=$((failed + failures))
    [ "$status" = 0 ] || [ "$failures" != 0 ] || failed=$((failed + 1))
  else
    failed=$((failed + 1))  # it died before it could report
  fi
  [ "$status" = 0 ] || { echo "FAILED: $name"; tail -n 60 "$results/$name.log"; }
  grep -h '^\[  SKIPPED' "$results/$name.log" || true
}
count_service() {  # what the service tests left in $results
  [ -e "$results/service.log" ] || return
  tail -n 200 "$results/service.log"
  read -r tests failures < <(python3 -c '
import sys, xml.etree.ElementTree as tree
try:
    suites = [s for s in tree.parse(sys.argv[1]).iter("testsuite")]
    print(sum(int(s.get("tests")) - int(s.get("skipped", 0)) for s in suites), sum(int(s.get("failures")) + int(s.get("errors")) for s in suites))
except Exception:
    print(1, 1)' "$results/service.xml")
  passed=$((passed + tests - failures)); failed=$((failed + failures))
}

step "setting up (apt packages, pinned sources)"
tools/setup.sh tools/apt_clang.txt || { echo "0 passed, 1 failed"; exit 1; }

step "layers"
python3 tools/check_layers.py; record layers $?

step "release binary"
build release assay
if [ $built = 0 ]; then
  build/release/assay openapi | diff -u api/openapi.json -; record "api/openapi.json is what the program prints" $?
  build/release/assay demo --once --dir "$results/demo"; record "demo" $?
  # They mostly wait for their servers; the next build leaves them as much of the machine as they want.
  tests/service/run.sh "$results/service.xml" >"$results/service.log" 2>&1 &
fi

step "unit tests with AddressSanitizer and UndefinedBehaviorSanitizer, beside the service tests"
suites="base auth net plan engine rules import infer connectors store operations report demo api cli"
build asan assay fuzz_targets ${suites// /_test }_test
sanitized=$built
wait
step "results of the service tests"
count_service
if [ $sanitized = 0 ]; then
  step "running the unit tests"
  # libduckdb.so is not instrumented: leaks inside it cannot be told from ours.
  run_gtests build/asan "$suites" ASAN_OPTIONS=detect_leaks=0 UBSAN_OPTIONS=print_stacktrace=1
fi

step "threaded code with ThreadSanitizer"
threaded="net store"
build tsan ${threaded// /_test }_test
if [ $built = 0 ]; then
  run_gtests build/tsan "$threaded" TSAN_OPTIONS=halt_on_error=1
fi

step "fuzz targets"
tools/fuzz.sh "${FUZZ_SECONDS:-60}"; record "fuzz targets" $?

printf '\n%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" = 0 ]
