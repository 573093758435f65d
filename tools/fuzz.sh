#!/usr/bin/env bash
# Builds the fuzz targets with clang 19 and runs each for SECONDS (first argument, 60), two at a time.
# Finds are left in build/fuzz/finds; move them to tests/fuzz/corpus/<target>/ with the fix.
set -euo pipefail
cd "$(dirname "$0")/.."
tools/setup.sh tools/apt_clang.txt
cmake --preset fuzz >/dev/null
ninja -C build/fuzz fuzz_targets >build/fuzz/build.log 2>&1 || { tail -n 40 build/fuzz/build.log; exit 1; }
mkdir -p build/fuzz/finds

fuzz() {  # fuzz SECONDS BINARY
  local seconds=$1 binary=$2 name=${2##*/}
  local corpus=build/fuzz/corpus/$name seeds=tests/fuzz/corpus/$name
  mkdir -p "$corpus"; [ -d "$seeds" ] || seeds=
  if "$binary" "$corpus" $seeds -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -print_final_stats=0 \
      -artifact_prefix="build/fuzz/finds/$name-" >"build/fuzz/$name.log" 2>&1; then
    echo "fuzz: $name ran ${seconds} s, no find"
  else
    echo "fuzz: $name found something"; tail -n 30 "build/fuzz/$name.log"; return 1
  fi
}
export -f fuzz
printf '%s\n' build/fuzz/tests/fuzz/*_fuzz | xargs -P 2 -I '{}' bash -c 'fuzz "$@"' run "${1:-60}" '{}'
