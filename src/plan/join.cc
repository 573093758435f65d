#include "plan/join.h"

#include <fmt/format.h>

#include <array>
#include <set>

#include "plan/coercion.h"
#include "plan/letter_case.h"
#include "plan/typed.h"

namespace assay::plan {
namespace {

constexpr std::array kTypes = {Join::Type::kInner,    Join::Type::kLeft,
                               Join::Type::kRight,    Join::Type::kOuter,
                               Join::Type::kLeftSemi, Join::Type::kLeftAnti};
constexpr std::string_view kOlderOuter = "full";

bool IsOfLeftOnly(Join::Type type) {
  return type == Join::Type::kLeftSemi || type == Join::Type::kLeftAnti;
}

/// "left_id": a prefix that ends in an underscore brings its own.
std::string Prefixed(const std::string& prefix, const std::string& name) {
  return prefix + (prefix.ends_with('_') ? "" : "_") + name;
}

void AddSide(const std::string& prefix, const Schema& side, Schema& joined) {
  for (Field field : side.fields) {
    field.name = Prefixed(prefix, field.name);
    field.path.front() = Prefixed(prefix, field.path.front());
    field.is_partition = false;
    joined.fields.push_back(std::move(field));
  }
}

void AddOtherNames(const std::string& prefix, const Schema& side, OtherNames& names) {
  for (const Field& field : side.fields)
    names.emplace(prefix + "." + field.name, Prefixed(prefix, field.name));
}

Result<Typed> Key(const char* name, const std::string& field, const Schema& side) {
  auto typed = Analyze(Expression::Column(field), side);
  if (!typed) return FailWithin(name, typed.error());
  return typed;
}

Status CheckNames(const Schema& joined) {
  std::set<std::string> names;
  for (const Field& field : joined.fields) {
    if (names.insert(LowerAscii(field.name)).second) continue;
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("left_prefix and right_prefix must keep the fields apart; with "
                            "these two are called '{}'",
                            field.name));
  }
  return {};
}

}  // namespace

const char* JoinTypeName(Join::Type type) {
  switch (type) {
    case Join::Type::kInner: return "inner";
    case Join::Type::kLeft: return "left";
    case Join::Type::kRight: return "right";
    case Join::Type::kOuter: return "outer";
    case Join::Type::kLeftSemi: return "left_semi";
    case Join::Type::kLeftAnti: return "left_anti";
  }
  return "inner";
}

Result<Join::Type> ParseJoinType(std::string_view name) {
  if (name == kOlderOuter) return Join::Type::kOuter;
  for (const Join::Type type : kTypes) {
    if (name == JoinTypeName(type)) return type;
  }
  return Fail(
      ErrorKind::kInvalidInput,
      fmt::format("must be inner, left, right, outer, left_semi or left_anti, not {}", name));
}

Schema JoinedSchema(Join::Type type, const std::string& left_prefix, const Schema& left,
                    const std::string& right_prefix, const Schema& right) {
  Schema joined;
  AddSide(left_prefix, left, joined);
  if (!IsOfLeftOnly(type)) AddSide(right_prefix, right, joined);
  return joined;
}

Result<Join> ParseJoin(const JoinText& text, const Schema& left, const Schema& right) {
  const auto type = ParseJoinType(text.join_type);
  if (!type) return FailWithin("join_type", type.error());
  for (const auto& [name, prefix] : {std::pair("left_prefix", &text.left_prefix),
                                     std::pair("right_prefix", &text.right_prefix)}) {
    if (prefix->empty())
      return Fail(ErrorKind::kInvalidInput, fmt::format("{}: must not be empty", name));
  }
  ASSAY_TRY(Typed left_key, Key("left_join_field_name", text.left_join_field_name, left));
  ASSAY_TRY(Typed right_key, Key("right_join_field_name", text.right_join_field_name, right));
  if (const Status status = MakeComparable(left_key, right_key); !status)
    return FailWithin("left_join_field_name and right_join_field_name", status.error());
  const Schema joined = JoinedSchema(*type, text.left_prefix, left, text.right_prefix, right);
  ASSAY_RETURN_IF_ERROR(CheckNames(joined));
  OtherNames other_names;
  AddOtherNames(text.left_prefix, left, other_names);
  if (!IsOfLeftOnly(*type)) AddOtherNames(text.right_prefix, right, other_names);
  ASSAY_TRY(Projection projection, ParseProjection(text.projection, joined, other_names));
  if (projection.IsGrouped()) {
    return Fail(ErrorKind::kInvalidInput,
                "select_clause: a join is not grouped; make a computed file of it, with the "
                "aggregates there");
  }
  return Join{.type = *type,
              .left_key = Expression::Column(text.left_join_field_name),
              .right_key = Expression::Column(text.right_join_field_name),
              .left_prefix = text.left_prefix,
              .right_prefix = text.right_prefix,
              .projection = std::move(projection)};
}

}  // namespace assay::plan
