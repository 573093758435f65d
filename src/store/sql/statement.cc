#include "store/sql/statement.h"

namespace assay::store::sql {
namespace {

/// SOCI's own notation for parameters, which each of its back ends turns into that of its
/// database.
std::string NameParameters(std::string_view text) {
  std::string named;
  named.reserve(text.size() + 32);
  int number = 0;
  for (const char c : text) {
    if (c == '?') {
      named += ":p" + std::to_string(++number);
    } else {
      named += c;
    }
  }
  return named;
}

/// `values` and `null` must outlive the execution of `statement`.
void BindValues(soci::statement& statement, const Values& values, soci::indicator& null) {
  static const std::string kNoText;
  for (const Value& value : values) {
    if (const auto* integer = std::get_if<int64_t>(&value.variant())) {
      statement.exchange(soci::use(*integer));
    } else if (const auto* number = std::get_if<double>(&value.variant())) {
      statement.exchange(soci::use(*number));
    } else if (const auto* text = std::get_if<std::string>(&value.variant())) {
      statement.exchange(soci::use(*text));
    } else {
      statement.exchange(soci::use(kNoText, null));
    }
  }
}

Json ParseColumn(const std::string* text) {
  if (text == nullptr) return Json();
  return Json::parse(*text, nullptr, /*allow_exceptions=*/false);
}

template <class T>
std::vector<T> ParseList(const std::string* text) {
  const Json json = ParseColumn(text);
  std::vector<T> list;
  if (json.is_array()) {
    for (const Json& item : json) list.push_back(item.get<T>());
  }
  return list;
}

}  // namespace

int64_t ToColumn(Timestamp time) {
  return time.time_since_epoch().count();
}
Timestamp TimestampFromColumn(int64_t column) {
  return Timestamp(std::chrono::microseconds(column));
}

int64_t Run(soci::session& session, std::string_view text, const Values& values) {
  soci::indicator null = soci::i_null;
  soci::statement statement(session);
  BindValues(statement, values, null);
  statement.alloc();
  statement.prepare(NameParameters(text));
  statement.define_and_bind();
  statement.execute(true);
  return statement.get_affected_rows();
}

int64_t Insert(soci::session& session, std::string_view text, const Values& values) {
  const std::string returning = std::string(text) + " RETURNING id";
  return SelectInteger(session, returning, values).value();
}

Select::Select(soci::session& session, std::string_view text, const Values& values)
    : values_(values), statement_(session) {
  BindValues(statement_, values_, null_);
  statement_.alloc();
  statement_.prepare(NameParameters(text));
}

bool Select::Next() {
  bool found = false;
  if (!executed_) {
    statement_.define_and_bind();
    found = statement_.execute(true);
    executed_ = true;
  } else {
    found = statement_.fetch();
  }
  if (found) {
    for (const auto& store : stores_) store();
  }
  return found;
}

void Select::OnInteger(std::function<void(const int64_t*)> store) {
  Slot<int64_t>& slot = integers_.emplace_back();
  statement_.exchange(soci::into(slot.value, slot.indicator));
  stores_.push_back([&slot, store = std::move(store)] {
    store(slot.indicator == soci::i_null ? nullptr : &slot.value);
  });
}

void Select::OnText(std::function<void(const std::string*)> store) {
  Slot<std::string>& slot = texts_.emplace_back();
  statement_.exchange(soci::into(slot.value, slot.indicator));
  stores_.push_back([&slot, store = std::move(store)] {
    store(slot.indicator == soci::i_null ? nullptr : &slot.value);
  });
}

void Select::Bind(double& target) {
  Slot<double>& slot = doubles_.emplace_back();
  statement_.exchange(soci::into(slot.value, slot.indicator));
  stores_.push_back(
      [&slot, &target] { target = slot.indicator == soci::i_null ? 0 : slot.value; });
}

void Select::Bind(int64_t& target) {
  OnInteger([&target](const int64_t* value) { target = value ? *value : 0; });
}

void Select::Bind(bool& target) {
  OnInteger([&target](const int64_t* value) { target = value && *value != 0; });
}

void Select::Bind(Timestamp& target) {
  OnInteger([&target](const int64_t* value) {
    target = value ? TimestampFromColumn(*value) : Timestamp{};
  });
}

void Select::Bind(std::optional<int64_t>& target) {
  OnInteger([&target](const int64_t* value) {
    target = value ? std::optional(*value) : std::nullopt;
  });
}

void Select::Bind(std::optional<bool>& target) {
  OnInteger([&target](const int64_t* value) {
    target = value ? std::optional(*value != 0) : std::nullopt;
  });
}

void Select::Bind(std::optional<Timestamp>& target) {
  OnInteger([&target](const int64_t* value) {
    target = value ? std::optional(TimestampFromColumn(*value)) : std::nullopt;
  });
}

void Select::Bind(std::string& target) {
  OnText([&target](const std::string* value) { target = value ? *value : std::string(); });
}

void Select::Bind(std::optional<std::string>& target) {
  OnText([&target](const std::string* value) {
    target = value ? std::optional(*value) : std::nullopt;
  });
}

void Select::Bind(Json& target) {
  OnText([&target](const std::string* value) { target = ParseColumn(value); });
}

void Select::Bind(std::vector<std::string>& target) {
  OnText([&target](const std::string* value) { target = ParseList<std::string>(value); });
}

void Select::Bind(std::vector<int64_t>& target) {
  OnText([&target](const std::string* value) { target = ParseList<int64_t>(value); });
}

std::optional<int64_t> SelectInteger(soci::session& session, std::string_view text,
                                     const Values& values) {
  Select select(session, text, values);
  std::optional<int64_t> value;
  select.Into(value);
  if (!select.Next()) return std::nullopt;
  return value;
}

}  // namespace assay::store::sql
