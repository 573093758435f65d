#!/usr/bin/env bash
# Compares expressions printed as Trino's SQL with our engine, row by row: tests/trino/run.sh [--count N] [--rows N] [--seed N].
# Starts a Trino of its own. ASSAY_BUILD is where assay and trino_sql are: build/release unless given.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
tools=$here/../../tools
services=$here/../services
build=${ASSAY_BUILD:-$here/../../build/release}
port=${TRINO_PORT:-18080}
"$tools/setup.sh" "$tools/apt_java.txt"
[ -n "${ASSAY_BUILD:-}" ] || ninja -C "$build" trino_sql >/dev/null
environment=$("$tools/python_environment.sh" trino-venv "$here/requirements.txt")
trap '"$services/trino-down" "$port"' EXIT
url=$("$services/trino-up" "$port" | sed -n 's/^TRINO_URL=//p')
"$environment/bin/python" "$here/run.py" "$build/assay" "$build/trino_sql" "$url" "$@"
