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

/// The encoding in which a plain file that the reader refuses may be readable: of delimited
/// files that of the text from the first byte on that is not ASCII, if it is one of one byte a
/// character; else "utf-8", whose faults are carried along. Cost: reads the file up to 1 MiB
/// after that byte.
std::string EncodingAfterFault(Session& session, const Dataset& dataset, size_t file_index);

/// `read()`, a Result. A plain file that turns out damaged is read once more through a decoder
/// (EncodingAfterFault), as its text may be all that is wrong with it; when that fails too,
/// that failure is what is returned and the file stays plain.
template <class Read>
auto ReadEscapingFaults(Session& session, const Dataset& dataset, FileEncodings& encodings,
                        size_t file_index, const Read& read) -> decltype(read()) {
  auto plain = read();
  const bool may_be_text = !plain && plain.error().kind == ErrorKind::kCorruptData &&
                           encodings.Get(file_index).empty();
  if (!may_be_text) return plain;
  encodings.Set(file_index, EncodingAfterFault(session, dataset, file_index));
  auto decoded = read();
  if (!decoded && decoded.error().kind != ErrorKind::kCancelled) encodings.Set(file_index, "");
  return decoded;
}

}  // namespace assay::engine
