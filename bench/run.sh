#!/usr/bin/env bash
# Measures Assay beside its peers in one run and prints the ratios of bench/README.md.
#   bench/run.sh [1m|10m]     rows of the generated table (10m)
#   BENCH_PEERS="duckdb polars"   further ones: pandera pointblank soda gx deequ whylogs ydata dataprofiler
# Data and the peers' Python environments are kept in ${ASSAY_CACHE:-~/.cache/assay}/bench.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
size=${1:-10m}
root=${ASSAY_CACHE:-$HOME/.cache/assay}/bench
export PEERS_ROOT=$root ASSAY=$here/../build/release/assay
mkdir -p "$root/data"
for peer in duckdb awscrt ${BENCH_PEERS:-polars}; do
  "$here/../tools/python_environment.sh" "bench/venvs/$peer" "$here/requirements/$peer.txt" >/dev/null
done
declare -A rows=([100k]=100000 [1m]=1000000 [10m]=10000000)
cd "$root"
[ -e "data/taxi_$size.csv" ] || venvs/duckdb/bin/python "$here/gen.py" --rows "${rows[$size]}" --out "data/taxi_$size" --formats parquet,csv
rm -f results.jsonl limits.jsonl
python3 "$here/ratios.py" cases "$size" "${BENCH_PEERS:-polars}" >cases.json
python3 "$here/bench.py" limits --data data --sizes "$size" --reps 3 --out limits.jsonl >limits.md
python3 "$here/bench.py" run --cases cases.json --reps 3 --out results.jsonl
python3 "$here/ratios.py" print "$size" limits.jsonl results.jsonl | tee "$here/results-$size.md"
ninja -C "$here/../build/release" s3_read >/dev/null
python3 "$here/s3_read.py" "$here/../build/release/s3_read" venvs/awscrt/bin/python \
  "$here/../tests/services/versitygw-up" "$here/../tests/services/versitygw-down" 1 | tee -a "$here/results-$size.md"
