// In which encoding a text file is written, from its first bytes.

#pragma once

#include "engine/dataset.h"
#include "engine/file_encodings.h"
#include "engine/session.h"

namespace assay::engine {

/// Finds out how file `file_index` of a delimited or JSON dataset is to be read, and sets it;
/// the encoding that the user gave wins. kCorruptData when it holds no text; failures of
/// opening it. Cost: one read of 192 KiB, none when the user gave the encoding.
Status DetectEncoding(Session& session, const Dataset& dataset, size_t file_index,
                      FileEncodings& encodings);

}  // namespace assay::engine
