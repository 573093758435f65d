// The description of the data at the end of a Parquet file.

#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace assay::engine {

/// `metadata` (parquet-format's FileMetaData in Thrift's compact protocol) with all
/// texts (UTF8, ENUM and JSON), also inside of columns, declared as bytes, so that a reader
/// takes their values as they are. All else is copied. kCorruptData when it is no such
/// structure.
Result<std::string> DeclareTextsAsBytes(std::string_view metadata);

}  // namespace assay::engine
