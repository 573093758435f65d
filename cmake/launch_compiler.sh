#!/usr/bin/env bash
# Runs a compiler call through ccache so that it is the same call in every checkout: ccache makes paths relative to
# CCACHE_BASEDIR, save those behind -Xclang, by which CMake names precompiled headers.
export CCACHE_NOHASHDIR=1 CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
exec ccache "${@/#$PWD\//}"
