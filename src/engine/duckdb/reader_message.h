// What DuckDB's readers say of a file, in words for the file's owner.

#pragma once

#include <string>

namespace assay::engine {

/// The message without paths, rows and advice on DuckDB's own options, which mean nothing to
/// our users: where the fault is and what it is. Messages of other parts of DuckDB come back as
/// their first paragraph.
std::string ReaderMessage(const std::string& message);

}  // namespace assay::engine
