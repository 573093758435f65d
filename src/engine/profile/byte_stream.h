// Writing and reading the serialised form of profile states: little-endian, length-prefixed.

#pragma once

#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>

#include "base/result.h"

namespace assay::engine::profile {

class ByteWriter {
 public:
  template <class T>
    requires std::is_trivially_copyable_v<T>
  void Put(const T& value) {
    bytes_.append(reinterpret_cast<const char*>(&value), sizeof(T));
  }
  void PutText(std::string_view text) {
    Put(static_cast<uint64_t>(text.size()));
    bytes_.append(text);
  }
  std::string Take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

/// Reads what ByteWriter wrote. Reading past the end gives zeros and makes status()
/// kCorruptData, so that a reader checks once at its end; loops over a count must also stop
/// when !ok().
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : bytes_(bytes) {}

  template <class T>
    requires std::is_trivially_copyable_v<T>
  T Get() {
    T value{};
    if (bytes_.size() < sizeof(T)) {
      ok_ = false;
      bytes_ = {};
    } else {
      std::memcpy(&value, bytes_.data(), sizeof(T));
      bytes_.remove_prefix(sizeof(T));
    }
    return value;
  }
  std::string_view GetText() {
    const auto size = Get<uint64_t>();
    if (size > bytes_.size()) {
      ok_ = false;
      bytes_ = {};
      return {};
    }
    const std::string_view text = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
    return text;
  }
  bool ok() const { return ok_; }
  bool at_end() const { return bytes_.empty(); }
  Status status() const {
    if (ok_) return {};
    return Fail(ErrorKind::kCorruptData,
                "a stored profile state is cut short or damaged; profile the file again");
  }

 private:
  std::string_view bytes_;
  bool ok_ = true;
};

}  // namespace assay::engine::profile
