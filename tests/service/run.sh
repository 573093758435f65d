#!/usr/bin/env bash
# Runs the service tests against build/release/assay: tests/service/run.sh [JUNIT_XML] [pytest arguments]
# Those marked "judge" take long and run only when asked for: -m judge.
# Keeps the servers it needs in ${ASSAY_SERVICES:-~/.cache/assay-services}.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
environment=$("$here/../../tools/python_environment.sh" service-venv "$here/requirements.txt")
report=${1:-$(mktemp)}; shift || true
exec "$environment/bin/python" -m pytest -q -p no:cacheprovider -m "not judge" "$here" --junitxml="$report" "$@"
