#!/usr/bin/env bash
# What is too long for CI: expressions compared with Spark and with Trino; and, with results to commit, benchmarks beside peers
# (bench/results-*.md) and endurance (bench/results-endurance.md). JUDGE_KILLS and JUDGE_SOAK_MINUTES shorten the latter.
set -euo pipefail
cd "$(dirname "$0")/.."
bench/run.sh
bench/infer/run.sh
tests/spark/run.sh
tests/trino/run.sh
{
  echo "# Endurance"
  echo
  tests/service/run.sh /dev/null -m judge -s | grep -E '^[0-9]+ (kills|cycles|passed|failed)|FAILED|Error'
} | tee bench/results-endurance.md
