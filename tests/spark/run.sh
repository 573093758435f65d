#!/usr/bin/env bash
# Compares expressions with real Spark, row by row: tests/spark/run.sh [--count N] [--rows N] [--seed N], with build/release/assay.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
tools=$here/../../tools
"$tools/setup.sh" "$tools/apt_java.txt"
environment=$("$tools/python_environment.sh" spark-venv "$here/requirements.txt")
exec "$environment/bin/python" "$here/run.py" "$here/../../build/release/assay" "$@"
