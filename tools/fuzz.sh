#!/usr/bin/env bash
# Builds the fuzz targets with clang 19 and runs each for SECONDS (first argument, 60), two at a time.
# Finds are left in build/asan/fuzz/finds; move them to tests/fuzz/corpus/<target>/ with the fix.
set -euo pipefail
cd "$(dirname "$0")/.."
tools/setup.sh tools/apt_clang.txt
cmake --preset asan >/dev/null
folder=build/asan/fuzz; mkdir -p $folder/finds
ninja -C build/asan fuzz_targets >$folder/build.log 2>&1 || { tail -n 40 $folder/build.log; exit 1; }

fuzz() {  # fuzz SECONDS BINARY
  local seconds=$1 binary=$2 name=${2##*/}
  local corpus=$folder/corpus/$name seeds=tests/fuzz/corpus/$name
  mkdir -p "$corpus"; [ -d "$seeds" ] || seeds=
  if "$binary" "$corpus" $seeds -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -print_final_stats=0 \
      -artifact_prefix="$folder/finds/$name-" >"$folder/$name.log" 2>&1; then
    echo "fuzz: $name ran ${seconds} s, no find"
  else
    echo "fuzz: $name found something"; tail -n 30 "$folder/$name.log"; return 1
  fi
}
export -f fuzz; export folder
printf '%s\n' build/asan/tests/fuzz/*_fuzz | xargs -P 2 -I '{}' bash -c 'fuzz "$@"' run "${1:-60}" '{}'
