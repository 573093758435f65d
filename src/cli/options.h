// Options that several commands share.

#pragma once

#include <CLI/App.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "cli/console.h"
#include "connectors/containers.h"
#include "engine/session.h"

namespace assay::cli {

/// The validator without the text that it would add to --help: our descriptions say it.
inline CLI::Validator Quiet(CLI::Validator validator) {
  return validator.description("");
}

/// Which data to read and how.
struct SourceOptions {
  std::vector<std::string> uris;
  std::optional<engine::FileFormat> format;  // instead of what the file names say
  engine::ReadOptions read;
  connectors::GroupingOptions grouping;
};

/// URI... and the options on formats and grouping.
void DeclareSourceOptions(CLI::App& app, SourceOptions& options);

/// --memory-limit and --threads.
void DeclareEngineOptions(CLI::App& app, engine::SessionOptions& options);

/// --quiet.
void DeclareQuiet(CLI::App& app, Verbosity& verbosity);

/// --limit; -1 when it is not given.
void DeclareRowLimit(CLI::App& app, int64_t& max_rows_per_file);

/// "4GB", "512 MiB", "1000000": bytes; kB is 1000, KiB 1024, without unit bytes. kInvalidInput
/// for other texts, zero, and what does not fit 63 bits.
Result<int64_t> ParseByteSize(const std::string& text);

}  // namespace assay::cli
