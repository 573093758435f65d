// Writing and reading whole text files.

#pragma once

#include <string>
#include <vector>

#include "base/result.h"

namespace assay::demo {

/// Makes the folders above it where needed. kUnavailable when it cannot be written.
Status WriteTextFile(const std::string& path, const std::string& text);

/// kNotFound when it cannot be read.
Result<std::string> ReadTextFile(const std::string& path);

/// A line of CSV (RFC 4180), with '\n' behind it: values with a comma, quote or blank at an end
/// are quoted.
std::string CsvLine(const std::vector<std::string>& values);

/// The values of a line of CSV without line breaks in values. kCorruptData for a quote that
/// does not end.
Result<std::vector<std::string>> ParseCsvLine(const std::string& line);

}  // namespace assay::demo
