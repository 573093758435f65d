// The WHERE clause of a list, built from filters. For the .cc files of this module only.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "store/datastore_scope.h"
#include "store/page.h"
#include "store/sql/statement.h"

namespace assay::store::sql {

/// Conditions that all must hold. Empty filters add none. Column names are ours, values are
/// bound.
class Where {
 public:
  /// A condition with `?` for its values.
  void Add(const std::string& condition, const Values& values = {});

  template <class T>
  void In(const std::string& column, const std::vector<T>& values) {
    if (values.empty()) return;
    Add(column + " IN (" + Marks(values.size()) + ")", Values(values.begin(), values.end()));
  }
  void Equals(const std::string& column, const std::string& text);
  void Equals(const std::string& column, const std::optional<bool>& value);
  /// `search` is a part of the column's text, in any case.
  void Contains(const std::string& column, const std::string& search);
  void Between(const std::string& column, const std::optional<Timestamp>& from,
               const std::optional<Timestamp>& to);
  /// `column` is the id of a datastore within the scope; nullopt adds no condition.
  void Within(const std::string& column, const std::optional<DatastoreScope>& scope);
  /// `archived` is an SQL condition.
  void State(const std::string& archived, Archived which);

  /// "" or " WHERE ...".
  std::string text() const;
  const Values& values() const { return values_; }

  /// "?, ?, ?"
  static std::string Marks(size_t count);

 private:
  std::string text_;
  Values values_;
};

/// " LIMIT ? OFFSET ?" with the values of one page added to those of `where`.
Values WithPage(const Where& where, const PageRequest& page);
inline constexpr const char* kPageLimits = " LIMIT ? OFFSET ?";

/// " ASC" or " DESC".
const char* Direction(SortOrder order);

}  // namespace assay::store::sql
