#include "engine/duckdb/text_function.h"

#include <duckdb/common/vector_operations/unary_executor.hpp>

#include "engine/utf8.h"

namespace assay::engine {
namespace {

using duckdb::LogicalType;
using duckdb::LogicalTypeId;
using duckdb::Vector;

/// `stored` with the bytes that are texts in `wanted` as texts.
LogicalType WithTexts(const LogicalType& stored, const LogicalType& wanted) {
  const bool are_texts =
      stored.id() == LogicalTypeId::BLOB && wanted.id() == LogicalTypeId::VARCHAR;
  if (are_texts) return LogicalType::VARCHAR;
  if (stored.id() != wanted.id()) return stored;
  switch (stored.id()) {
    case LogicalTypeId::STRUCT: {
      const auto& wanted_members = duckdb::StructType::GetChildTypes(wanted);
      auto members = duckdb::StructType::GetChildTypes(stored);
      for (auto& [name, type] : members) {
        const auto found = std::ranges::find(wanted_members, name,
                                             [](const auto& member) { return member.first; });
        if (found != wanted_members.end()) type = WithTexts(type, found->second);
      }
      return LogicalType::STRUCT(std::move(members));
    }
    case LogicalTypeId::LIST:
      return LogicalType::LIST(WithTexts(duckdb::ListType::GetChildType(stored),
                                         duckdb::ListType::GetChildType(wanted)));
    case LogicalTypeId::MAP:
      return LogicalType::MAP(
          WithTexts(duckdb::MapType::KeyType(stored), duckdb::MapType::KeyType(wanted)),
          WithTexts(duckdb::MapType::ValueType(stored), duckdb::MapType::ValueType(wanted)));
    default: return stored;
  }
}

void BytesToText(Vector& bytes, Vector& texts, duckdb::idx_t count) {
  std::string text;
  duckdb::UnaryExecutor::Execute<duckdb::string_t, duckdb::string_t>(
      bytes, texts, count, [&](duckdb::string_t value) {
        text.clear();
        AppendEscaped({value.GetData(), value.GetSize()}, InputEnds::kYes, text);
        return duckdb::StringVector::AddString(texts, text);
      });
}

/// Fills `result`, of the type that WithTexts() gave for that of `stored`.
void Convert(Vector& stored, Vector& result, duckdb::idx_t count) {
  if (stored.GetType() == result.GetType()) return result.Reference(stored);
  if (stored.GetType().id() == LogicalTypeId::BLOB) return BytesToText(stored, result, count);
  stored.Flatten(count);
  result.SetVectorType(duckdb::VectorType::FLAT_VECTOR);
  duckdb::FlatVector::SetValidity(result, duckdb::FlatVector::Validity(stored));
  if (stored.GetType().id() == LogicalTypeId::STRUCT) {
    auto& members = duckdb::StructVector::GetEntries(stored);
    auto& results = duckdb::StructVector::GetEntries(result);
    for (size_t i = 0; i < members.size(); ++i) Convert(*members[i], *results[i], count);
    return;
  }
  // Lists, and maps, which are lists of their entries.
  const duckdb::idx_t elements = duckdb::ListVector::GetListSize(stored);
  std::copy_n(duckdb::FlatVector::GetData<duckdb::list_entry_t>(stored), count,
              duckdb::FlatVector::GetData<duckdb::list_entry_t>(result));
  duckdb::ListVector::Reserve(result, elements);
  duckdb::ListVector::SetListSize(result, elements);
  Convert(duckdb::ListVector::GetEntry(stored), duckdb::ListVector::GetEntry(result), elements);
}

void Run(duckdb::DataChunk& arguments, duckdb::ExpressionState&, Vector& result) {
  Convert(arguments.data[0], result, arguments.size());
}

duckdb::unique_ptr<duckdb::FunctionData> Bind(
    duckdb::ClientContext&, duckdb::ScalarFunction& function,
    duckdb::vector<duckdb::unique_ptr<duckdb::Expression>>& arguments) {
  function.arguments[0] = arguments[0]->return_type;
  function.return_type = WithTexts(arguments[0]->return_type, arguments[1]->return_type);
  duckdb::Function::EraseArgument(function, arguments, 1);
  return nullptr;
}

}  // namespace

duckdb::ScalarFunction MakeTextFunction() {
  duckdb::ScalarFunction function("assay_text", {LogicalType::ANY, LogicalType::ANY},
                                  LogicalType::ANY, Run, Bind);
  // Else the null that tells the type would make every result null.
  function.null_handling = duckdb::FunctionNullHandling::SPECIAL_HANDLING;
  return function;
}

}  // namespace assay::engine
