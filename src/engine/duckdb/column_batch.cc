#include "engine/duckdb/column_batch.h"

#include <array>
#include <numeric>

namespace assay::engine {
namespace {

static_assert(sizeof(profile::TextRef) == sizeof(duckdb::string_t));
static_assert(duckdb::string_t::INLINE_LENGTH == 12);
static_assert(sizeof(duckdb::hugeint_t) == sizeof(profile::Int128));
static_assert(sizeof(duckdb::sel_t) == sizeof(uint32_t));
static_assert(sizeof(duckdb::validity_t) == sizeof(uint64_t));

/// 0, 1, 2, ...: lets a view of flat values begin at any row.
const uint32_t* Ascending() {
  static const auto numbers = [] {
    std::array<uint32_t, STANDARD_VECTOR_SIZE> all{};
    std::iota(all.begin(), all.end(), 0U);
    return all;
  }();
  return numbers.data();
}

bool IsNamedDictionary(const duckdb::Vector& vector) {
  return vector.GetVectorType() == duckdb::VectorType::DICTIONARY_VECTOR &&
         duckdb::DictionaryVector::DictionarySize(vector).IsValid() &&
         !duckdb::DictionaryVector::DictionaryId(vector).empty();
}

}  // namespace

bool ColumnViewer::BeginsDictionary(const duckdb::Vector& vector) const {
  if (!IsNamedDictionary(vector)) return dictionary_ != nullptr;
  return dictionary_name_ != duckdb::DictionaryVector::DictionaryId(vector);
}

void ColumnViewer::ReleaseDictionary() {
  dictionary_.reset();
  dictionary_name_.clear();
}

profile::ColumnView ColumnViewer::View(duckdb::Vector& vector, size_t vector_rows, size_t first,
                                       size_t count) {
  vector.ToUnifiedFormat(vector_rows, format_);
  profile::ColumnView view{.row_count = count,
                           .values = format_.data,
                           .selection = format_.sel->data(),
                           .validity = format_.validity.GetData()};
  if (view.selection) {
    view.selection += first;
  } else if (first > 0) {
    view.selection = Ascending() + first;
  }
  if (IsNamedDictionary(vector)) {
    if (!dictionary_) {
      dictionary_name_ = duckdb::DictionaryVector::DictionaryId(vector);
      dictionary_ = duckdb::make_uniq<duckdb::Vector>(vector.GetType());
      dictionary_->Reference(vector);
      ++dictionary_id_;
    }
    view.dictionary_size = duckdb::DictionaryVector::DictionarySize(vector).GetIndex();
    view.dictionary_id = dictionary_id_;
  }
  return view;
}

profile::ColumnView ColumnViewer::ViewElements(duckdb::Vector& vector, size_t vector_rows,
                                               size_t first, size_t count) {
  vector.ToUnifiedFormat(vector_rows, format_);
  const auto* lists = duckdb::UnifiedVectorFormat::GetData<duckdb::list_entry_t>(format_);
  duckdb::Vector& child = duckdb::ListVector::GetEntry(vector);
  child.ToUnifiedFormat(duckdb::ListVector::GetListSize(vector), element_format_);
  elements_.clear();
  for (size_t row = first; row < first + count; ++row) {
    const auto index = format_.sel->get_index(row);
    if (!format_.validity.RowIsValid(index)) continue;
    for (duckdb::idx_t i = 0; i < lists[index].length; ++i) {
      elements_.push_back(
          static_cast<uint32_t>(element_format_.sel->get_index(lists[index].offset + i)));
    }
  }
  return {.row_count = elements_.size(),
          .values = element_format_.data,
          .selection = elements_.data(),
          .validity = element_format_.validity.GetData()};
}

}  // namespace assay::engine
