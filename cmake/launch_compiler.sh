#!/usr/bin/env bash
# Runs a compiler call through ccache so that it is the same call in every checkout (CCACHE_BASEDIR). Two things need help:
# - ccache makes paths relative, save those behind -Xclang, by which CMake names clang's precompiled headers.
# - clang's precompiled headers hold the paths of their checkout. So each checkout makes its own, and beside it a checksum of
#   what the headers say, which ccache takes for it (CCACHE_PCH_EXTSUM).
export CCACHE_NOHASHDIR=1 CCACHE_PCH_EXTSUM=1 CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
call=("${@/#$PWD\//}")
[[ " ${call[*]} " == *" -emit-pch "* ]] || exec ccache "${call[@]}"

preprocess=() output=
for ((i = 0; i < ${#call[@]}; ++i)); do
  case "${call[i]} ${call[i + 1]-}" in
    "-Xclang -emit-pch") ((++i)) ;;
    "-o "*) output=${call[i + 1]}; ((++i)) ;;
    "-MD "*) ;;
    "-MT "* | "-MF "*) ((++i)) ;;
    *) preprocess+=("${call[i]}") ;;
  esac
done
"${call[@]}" || exit
{ "${call[0]}" --version; printf '%s\n' "${preprocess[@]}"; "${preprocess[@]}" -E -P -dD; } | sed "s|${CCACHE_BASEDIR:-$PWD}||g" |
  sha256sum >"$output.sum"
