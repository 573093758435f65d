# Imported targets for the sources that tools/fetch.sh keeps in the cache, and for Debian's libraries.

if(DEFINED ENV{ASSAY_CACHE})
  set(assay_cache "$ENV{ASSAY_CACHE}")
else()
  set(assay_cache "$ENV{HOME}/.cache/assay")
endif()
set(DUCKDB_DIR "${assay_cache}/duckdb-1.5.5" CACHE PATH "DuckDB: include/ and lib/libduckdb.so of commit d8cdaa33fd, and lib/duckdb_extensions/")
foreach(needed ${DUCKDB_DIR} ${DUCKDB_DIR}/lib/duckdb_extensions ${assay_cache}/aws-crt-0.38.1 ${assay_cache}/datasketches-4.1.0)
  if(NOT EXISTS ${needed})
    message(FATAL_ERROR "${needed} is missing: run tools/setup.sh first (make does)")
  endif()
endforeach()

find_package(Threads REQUIRED)
add_library(duckdb::duckdb SHARED IMPORTED GLOBAL)
set_target_properties(duckdb::duckdb PROPERTIES
  IMPORTED_LOCATION "${DUCKDB_DIR}/lib/libduckdb.so"
  IMPORTED_SONAME "libduckdb.so"
  INTERFACE_INCLUDE_DIRECTORIES "${DUCKDB_DIR}/include"
  INTERFACE_COMPILE_DEFINITIONS "DUCKDB_EXPECTED_SOURCE_ID=\"d8cdaa33fd\""
  INTERFACE_LINK_LIBRARIES Threads::Threads)

list(APPEND CMAKE_PREFIX_PATH "${assay_cache}/aws-crt-0.38.1")
# One libcrypto in a process: libpq and libcurl bring the shared one, and a second one linked into
# the program would take the place of some of its functions.
find_package(OpenSSL REQUIRED)
add_library(AWS::crypto ALIAS OpenSSL::Crypto)
find_package(aws-c-s3 CONFIG REQUIRED)

add_library(datasketches INTERFACE)
target_include_directories(datasketches SYSTEM INTERFACE "${assay_cache}/datasketches-4.1.0/include")

find_package(fmt REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(GTest REQUIRED)
find_package(CURL REQUIRED)
find_package(yaml-cpp REQUIRED)
find_package(CLI11 REQUIRED)
find_package(spdlog REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(re2 REQUIRED IMPORTED_TARGET re2)
pkg_check_modules(pq REQUIRED IMPORTED_TARGET libpq)
pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(jwt REQUIRED IMPORTED_TARGET libjwt)
find_package(restinio REQUIRED)
# The `expected` that Debian's RESTinio was built with, also where a compiler offers std::expected.
target_compile_definitions(restinio::restinio INTERFACE nsel_CONFIG_SELECT_EXPECTED=1)

# Debian's SOCI comes without CMake files.
add_library(soci INTERFACE)
target_link_libraries(soci INTERFACE soci_core soci_sqlite3)
