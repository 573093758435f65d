#!/usr/bin/env bash
# Fetches and builds the pinned third-party sources of tools/third_party.lock, once, into
#   ${ASSAY_CACHE:-~/.cache/assay}/{duckdb,aws-crt,datasketches}-<version>
# with DuckDB's extensions in lib/duckdb_extensions, beside its library.
# Each folder is complete when it exists: it is prepared aside and moved into place in one step.
# Needs: npm, python3 with pip, tar, openssl, cmake, ninja, a C compiler.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
lock=$here/third_party.lock
cache=${ASSAY_CACHE:-$HOME/.cache/assay}
arch=$(uname -m)
mkdir -p "$cache"

say() { printf 'fetch: %s\n' "$*" >&2; }
field() { awk -F'|' -v k="$1" -v f="$2" '$1==k{print $f; ok=1} END{exit !ok}' "$lock"; }

check() {  # check FILE LOCK_NAME
  local algorithm want got
  algorithm=$(field "$2" 4); want=$(field "$2" 5)
  case $algorithm in
    sha512) got=$(openssl dgst -sha512 -binary "$1" | openssl base64 -A) ;;
    sha256) got=$(sha256sum "$1" | cut -d' ' -f1) ;;
  esac
  [ "$got" = "$want" ] || { say "$2: hash mismatch: got $got, want $want"; exit 1; }
}

download() {  # download LOCK_NAME DIRECTORY: prints the path of the checked archive
  local spec dir=$2; spec=$(field "$1" 3)
  mkdir -p "$dir"
  case $(field "$1" 2) in
    npm) (cd "$dir" && npm pack --silent "$spec" >/dev/null 2>&1) ;;
    pypi-sdist) python3 -m pip -q --disable-pip-version-check download --no-deps --no-build-isolation \
                  --no-binary "${spec%%==*}" -d "$dir" "$spec" >/dev/null 2>&1 ||
                python3 -m pip -q --disable-pip-version-check download --no-deps \
                  --no-binary "${spec%%==*}" -d "$dir" "$spec" ;;
    pypi-wheel) python3 -m pip -q --disable-pip-version-check download --no-deps --only-binary :all: -d "$dir" "$spec" ;;
  esac
  local archive; archive=$(ls "$dir"/*.tgz "$dir"/*.tar.gz "$dir"/*.whl 2>/dev/null | head -n 1)
  check "$archive" "$1"
  printf '%s\n' "$archive"
}

once() {  # once NAME FUNCTION: runs FUNCTION OUT_DIRECTORY SCRATCH_DIRECTORY unless NAME is there
  [ -e "$cache/$1" ] && return 0
  exec 9>"$cache/.lock-${1//\//_}"; flock 9
  [ -e "$cache/$1" ] && return 0
  local scratch start=$SECONDS; scratch=$(mktemp -d "$cache/.tmp.XXXXXX")
  say "preparing $1"
  mkdir "$scratch/out"
  ( set -e; "$2" "$scratch/out" "$scratch" ) || { rm -rf "$scratch"; say "$1 failed"; exit 1; }
  mv "$scratch/out" "$cache/$1"; rm -rf "$scratch"
  say "prepared $1 in $((SECONDS - start)) s"
  exec 9>&-
}

duckdb() {
  local lib headers
  lib=$(download "duckdb-lib-$arch" "$2/npm")
  mkdir -p "$1/lib"
  tar -xzf "$lib" -C "$2/npm" package/libduckdb.so package/LICENSE
  mv "$2/npm/package/libduckdb.so" "$1/lib/"
  strip --strip-unneeded "$1/lib/libduckdb.so"
  headers=$(download duckdb-headers "$2/sdist")
  tar -xzf "$headers" -C "$2/sdist" --wildcards '*/external/duckdb/src/include' '*/external/duckdb/LICENSE'
  mv "$2"/sdist/*/external/duckdb/src/include "$1/include"
  mv "$2"/sdist/*/external/duckdb/LICENSE "$1/LICENSE"
}

# The file has to be named as the extension itself is: its entry point is looked for by that name.
duckdb_extensions() {
  local wheel; wheel=$(download "duckdb-postgres-$arch" "$2/wheel")
  python3 -m zipfile -e "$wheel" "$2/wheel"
  mv "$2"/wheel/duckdb_extension_postgres/extensions/v*/postgres.duckdb_extension "$1/postgres_scanner.duckdb_extension"
}

aws_crt() {
  local source; source=$(download aws-crt "$2/sdist")
  tar -xzf "$source" -C "$2/sdist"
  cmake -S "$2"/sdist/awscrt-*/crt -B "$2/build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DUSE_OPENSSL=ON \
    -DBUILD_TESTING=OFF -DCMAKE_INSTALL_PREFIX="$1" -DCMAKE_INSTALL_LIBDIR=lib >"$2/log" 2>&1 &&
    ninja -C "$2/build" install >>"$2/log" 2>&1 || { tail -n 20 "$2/log" >&2; return 1; }
  cp "$2"/sdist/awscrt-*/LICENSE "$1/"
}

datasketches() {
  local source; source=$(download datasketches "$2/sdist")
  tar -xzf "$source" -C "$2/sdist"
  mkdir -p "$1/include"
  find "$2"/sdist/datasketches-*/ \( -path '*/include/*.hpp' \) -exec cp {} "$1/include/" \;
  cp "$2"/sdist/datasketches-*/LICENSE "$1/"
}

once duckdb-1.5.5 duckdb
once duckdb-1.5.5/lib/duckdb_extensions duckdb_extensions
once aws-crt-0.38.1 aws_crt
once datasketches-4.1.0 datasketches
