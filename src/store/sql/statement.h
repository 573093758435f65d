// One prepared SQL statement: values in, columns out. For the .cc files of this module only.
//
//   Select select(session, "SELECT id, name FROM teams WHERE id > ?", {7});
//   select.Into(team.id, team.name);
//   while (select.Next()) teams.push_back(team);
//
// Faults of the database are exceptions of SOCI here; Access turns them into errors.

#pragma once

#include <soci/soci.h>

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "base/json.h"

namespace assay::store::sql {

/// Times are stored as microseconds since 1970, truth values as 0 and 1, lists and JSON as
/// text.
int64_t ToColumn(Timestamp time);
Timestamp TimestampFromColumn(int64_t column);

/// A value to bind; null when it is an empty optional.
class Value {
 public:
  Value(int64_t value) : value_(value) {}
  Value(int value) : value_(static_cast<int64_t>(value)) {}
  Value(bool value) : value_(static_cast<int64_t>(value ? 1 : 0)) {}
  Value(double value) : value_(value) {}
  Value(std::string value) : value_(std::move(value)) {}
  Value(const char* value) : value_(std::string(value)) {}
  Value(Timestamp value) : value_(ToColumn(value)) {}
  Value(const Json& value) : value_(PrintJson(value)) {}
  Value(const std::vector<std::string>& value) : Value(Json(value)) {}
  Value(const std::vector<int64_t>& value) : Value(Json(value)) {}
  template <class T>
  Value(const std::optional<T>& value) {
    if (value) *this = Value(*value);
  }

  const std::variant<std::monostate, int64_t, double, std::string>& variant() const {
    return value_;
  }

 private:
  std::variant<std::monostate, int64_t, double, std::string> value_;
};

using Values = std::vector<Value>;

/// Runs a statement that returns no rows; `?` marks the values in their order. Returns how many
/// rows it changed.
int64_t Run(soci::session& session, std::string_view text, const Values& values = {});

/// Runs an INSERT of one row into a table with an id and returns that id.
int64_t Insert(soci::session& session, std::string_view text, const Values& values);

/// A statement that returns rows.
class Select {
 public:
  Select(soci::session& session, std::string_view text, const Values& values = {});
  Select(const Select&) = delete;
  Select& operator=(const Select&) = delete;

  /// Names where Next puts the columns, in their order; all of them, once. A null column gives
  /// an empty optional, or the value-initialised T. The targets must outlive the Select.
  template <class... T>
  void Into(T&... targets) {
    (Bind(targets), ...);
  }

  /// Reads the next row; false when there is none.
  bool Next();

 private:
  template <class Stored>
  struct Slot {
    Stored value{};
    soci::indicator indicator = soci::i_null;
  };

  void Bind(int64_t& target);
  void Bind(double& target);
  void Bind(bool& target);
  void Bind(std::string& target);
  void Bind(Timestamp& target);
  void Bind(Json& target);
  void Bind(std::vector<std::string>& target);
  void Bind(std::vector<int64_t>& target);
  void Bind(std::optional<int64_t>& target);
  void Bind(std::optional<bool>& target);
  void Bind(std::optional<std::string>& target);
  void Bind(std::optional<Timestamp>& target);

  void OnInteger(std::function<void(const int64_t*)> store);
  void OnText(std::function<void(const std::string*)> store);

  Values values_;
  soci::indicator null_ = soci::i_null;
  soci::statement statement_;
  std::deque<Slot<int64_t>> integers_;
  std::deque<Slot<double>> doubles_;
  std::deque<Slot<std::string>> texts_;
  std::vector<std::function<void()>> stores_;  // copy slots to targets after a fetch
  bool executed_ = false;
};

/// The first column of the first row, if there is a row.
std::optional<int64_t> SelectInteger(soci::session& session, std::string_view text,
                                     const Values& values = {});

}  // namespace assay::store::sql
