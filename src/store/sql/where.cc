#include "store/sql/where.h"

#include <algorithm>

namespace assay::store::sql {

void Where::Add(const std::string& condition, const Values& values) {
  text_ += (text_.empty() ? " WHERE (" : " AND (") + condition + ")";
  values_.insert(values_.end(), values.begin(), values.end());
}

void Where::Equals(const std::string& column, const std::string& text) {
  if (!text.empty()) Add(column + " = ?", {text});
}

void Where::Equals(const std::string& column, const std::optional<bool>& value) {
  if (value) Add(column + " = ?", {*value});
}

void Where::Contains(const std::string& column, const std::string& search) {
  if (search.empty()) return;
  std::string pattern = "%";
  for (const char c : search) {
    if (c == '%' || c == '_' || c == '\\') pattern += '\\';
    pattern += c;
  }
  Add("LOWER(" + column + ") LIKE LOWER(?) ESCAPE '\\'", {pattern + "%"});
}

void Where::Between(const std::string& column, const std::optional<Timestamp>& from,
                    const std::optional<Timestamp>& to) {
  if (from) Add(column + " >= ?", {*from});
  if (to) Add(column + " <= ?", {*to});
}

void Where::Within(const std::string& column, const std::optional<DatastoreScope>& scope) {
  if (!scope) return;
  Values values = {scope->user_id};
  for (const Permission permission : AllPermissions()) {
    if (permission >= scope->permission) values.emplace_back(PermissionName(permission));
  }
  Add(column +
          " IN (SELECT datastore_id FROM datastore_teams JOIN teams ON teams.id = "
          "datastore_teams.team_id JOIN team_members ON team_members.team_id = teams.id "
          "WHERE user_id = ? AND permission IN (" +
          Marks(values.size() - 1) + "))",
      values);
}

void Where::State(const std::string& archived, Archived which) {
  switch (which) {
    case Archived::kExclude: return Add("NOT (" + archived + ")");
    case Archived::kOnly: return Add(archived);
    case Archived::kInclude: return;
  }
}

std::string Where::text() const {
  return text_;
}

std::string Where::Marks(size_t count) {
  std::string marks;
  for (size_t i = 0; i < count; ++i) marks += i == 0 ? "?" : ", ?";
  return marks;
}

Values WithPage(const Where& where, const PageRequest& page) {
  // Beyond any list; keeps the product below the range of 64 bits.
  constexpr int64_t kMost = int64_t{1} << 30;
  const int64_t size = std::clamp<int64_t>(page.size, 1, kMost);
  const int64_t number = std::clamp<int64_t>(page.page, 1, kMost);
  Values values = where.values();
  values.emplace_back(size);
  values.emplace_back((number - 1) * size);
  return values;
}

const char* Direction(SortOrder order) {
  return order == SortOrder::kAscending ? " ASC" : " DESC";
}

}  // namespace assay::store::sql
