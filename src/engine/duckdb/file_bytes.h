// The bytes of a dataset's files, read without DuckDB's readers.

#pragma once

#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "engine/dataset.h"
#include "engine/file_encodings.h"
#include "engine/session.h"

namespace assay::engine {

/// Gets the bytes of a file block by block; false ends the reading.
using ByteConsumer = std::function<bool(std::string_view block)>;

/// The bytes as stored at `uri`. The failure of the store or file system; kCancelled after a
/// stop request.
Status ReadStoredBytes(Session& session, const std::string& uri, const std::stop_token& stop,
                       const ByteConsumer& consume);

/// The bytes without their compression, if any (PlainReader).
Status ReadPlainBytes(Session& session, const std::string& uri, const std::stop_token& stop,
                      const ByteConsumer& consume);

/// The text of a delimited or JSON file as DuckDB sees it: plain UTF-8, but for a mark at its
/// start. Fails as reading it with DuckDB does.
Status ReadText(Session& session, const Dataset& dataset, const FileEncodings& encodings,
                size_t file_index, const std::stop_token& stop, const ByteConsumer& consume);

/// A small file as a whole; nullopt when there is none. kInvalidInput above `max_bytes`.
Result<std::optional<std::string>> ReadSmallFile(Session& session, const std::string& uri,
                                                 int64_t max_bytes,
                                                 const std::stop_token& stop);

}  // namespace assay::engine
