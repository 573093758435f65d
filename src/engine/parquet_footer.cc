#include "engine/parquet_footer.h"

#include <optional>
#include <vector>

namespace assay::engine {
namespace {

/// Type numbers of the compact protocol (thrift-compact-protocol.md).
enum CompactType : uint8_t {
  kStop = 0,
  kTrue = 1,
  kFalse = 2,
  kByte = 3,
  kI16 = 4,
  kI32 = 5,
  kI64 = 6,
  kDouble = 7,
  kBinary = 8,
  kList = 9,
  kSet = 10,
  kMap = 11,
  kStruct = 12,
};

// Of parquet.thrift.
constexpr int kSchemaField =
    2;  // of FileMetaData: list<SchemaElement>, depth first, the root first
constexpr int kTypeField = 1, kChildrenField = 5, kConvertedTypeField = 6;  // of SchemaElement
constexpr int64_t kByteArray = 6;                                           // Type
constexpr int64_t kUtf8 = 0, kEnum = 4, kJson = 19;                         // ConvertedType

struct FieldHeader {
  int id = 0;
  uint8_t type = kStop;
};

/// Reads values one after the other; once a read went wrong all further ones yield zeros.
class CompactReader {
 public:
  explicit CompactReader(std::string_view bytes) : bytes_(bytes) {}

  bool failed() const { return failed_; }
  size_t position() const { return position_; }

  uint8_t Byte() {
    if (position_ >= bytes_.size()) return Fault();
    return static_cast<uint8_t>(bytes_[position_++]);
  }
  uint64_t Varint() {
    uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      const uint8_t byte = Byte();
      value |= static_cast<uint64_t>(byte & 0x7F) << shift;
      if ((byte & 0x80) == 0) return value;
    }
    return Fault();
  }
  int64_t Integer() {
    const uint64_t zigzag = Varint();
    return static_cast<int64_t>(zigzag >> 1) ^ -static_cast<int64_t>(zigzag & 1);
  }
  FieldHeader Field(int previous_id) {
    const uint8_t byte = Byte();
    FieldHeader header{.type = static_cast<uint8_t>(byte & 0x0F)};
    if (byte == kStop) return header;
    const int delta = byte >> 4;
    header.id =
        delta != 0 ? previous_id + delta : static_cast<int>(static_cast<int16_t>(Integer()));
    return header;
  }
  struct ListHeader {
    uint64_t size = 0;
    uint8_t type = kStop;
  };
  ListHeader List() {
    const uint8_t byte = Byte();
    const uint64_t size = byte >> 4;
    return {.size = size == 15 ? Varint() : size, .type = static_cast<uint8_t>(byte & 0x0F)};
  }

  /// Passes over a value; `in_list`: a boolean has a byte of its own there.
  void Skip(uint8_t type, bool in_list = false, int depth = 0) {
    constexpr int kDeepest = 64;
    if (depth > kDeepest) {
      Fault();
      return;
    }
    switch (type) {
      case kTrue:
      case kFalse:
        if (in_list) Byte();
        return;
      case kByte: Byte(); return;
      case kI16:
      case kI32:
      case kI64: Varint(); return;
      case kDouble: Advance(8); return;
      case kBinary: Advance(Varint()); return;
      case kList:
      case kSet: {
        const ListHeader list = List();
        for (uint64_t i = 0; i < list.size && !failed_; ++i) Skip(list.type, true, depth + 1);
        return;
      }
      case kMap: {
        const uint64_t size = Varint();
        const uint8_t types = size == 0 ? uint8_t{0} : Byte();
        for (uint64_t i = 0; i < size && !failed_; ++i) {
          Skip(types >> 4, true, depth + 1);
          Skip(types & 0x0F, true, depth + 1);
        }
        return;
      }
      case kStruct: {
        FieldHeader field;
        while (!failed_ && (field = Field(field.id)).type != kStop)
          Skip(field.type, false, depth + 1);
        return;
      }
      default: Fault();
    }
  }

 private:
  uint8_t Fault() {
    failed_ = true;
    return 0;
  }
  void Advance(uint64_t count) {
    if (count > bytes_.size() - position_) {
      Fault();
    } else {
      position_ += count;
    }
  }

  std::string_view bytes_;
  size_t position_ = 0;
  bool failed_ = false;
};

void AppendFieldHeader(int id, int previous_id, uint8_t type, std::string& out) {
  const int delta = id - previous_id;
  if (delta > 0 && delta <= 15) {
    out += static_cast<char>(delta << 4 | type);
    return;
  }
  out += static_cast<char>(type);
  for (auto zigzag = static_cast<uint32_t>(id * 2) ^ static_cast<uint32_t>(id < 0 ? -1 : 0);;
       zigzag >>= 7) {
    out += static_cast<char>((zigzag & 0x7F) | (zigzag > 0x7F ? 0x80 : 0));
    if (zigzag <= 0x7F) return;
  }
}

struct SchemaElement {
  struct Field {
    FieldHeader header;
    std::string_view value;
  };
  std::vector<Field> fields;
  std::optional<int64_t> type, converted_type;
  int64_t child_count = 0;

  bool is_text() const {
    return child_count == 0 && type == kByteArray &&
           (converted_type == kUtf8 || converted_type == kEnum || converted_type == kJson);
  }
};

SchemaElement ReadElement(CompactReader& reader, std::string_view bytes) {
  SchemaElement element;
  FieldHeader header;
  while (!reader.failed() && (header = reader.Field(header.id)).type != kStop) {
    const size_t from = reader.position();
    if (header.type == kI32) {
      const int64_t value = reader.Integer();
      if (header.id == kTypeField) element.type = value;
      if (header.id == kConvertedTypeField) element.converted_type = value;
      if (header.id == kChildrenField) element.child_count = value;
    } else {
      reader.Skip(header.type);
    }
    element.fields.push_back({header, bytes.substr(from, reader.position() - from)});
  }
  return element;
}

void AppendWithoutConvertedType(const SchemaElement& element, std::string& out) {
  int previous_id = 0;
  for (const auto& [header, value] : element.fields) {
    if (header.id == kConvertedTypeField) continue;
    AppendFieldHeader(header.id, previous_id, header.type, out);
    out += value;
    previous_id = header.id;
  }
  out += static_cast<char>(kStop);
}

}  // namespace

Result<std::string> DeclareTextsAsBytes(std::string_view metadata) {
  CompactReader reader(metadata);
  FieldHeader field;
  while (!reader.failed() && (field = reader.Field(field.id)).type != kStop &&
         field.id != kSchemaField)
    reader.Skip(field.type);
  const CompactReader::ListHeader list = reader.List();
  if (reader.failed() || field.type != kList || list.type != kStruct) {
    return Fail(ErrorKind::kCorruptData,
                "the Parquet file's description of its columns is damaged");
  }
  std::string changed(metadata.substr(0, reader.position()));
  for (uint64_t i = 0; i < list.size && !reader.failed(); ++i) {
    const size_t from = reader.position();
    const SchemaElement element = ReadElement(reader, metadata);
    if (element.is_text()) {
      AppendWithoutConvertedType(element, changed);
    } else {
      changed += metadata.substr(from, reader.position() - from);
    }
  }
  if (reader.failed())
    return Fail(ErrorKind::kCorruptData,
                "the Parquet file's description of its columns is damaged");
  return changed.append(metadata.substr(reader.position()));
}

}  // namespace assay::engine
