// Rows made of those of two containers: what computed joins are.

#pragma once

#include <string>
#include <string_view>

#include "plan/projection.h"

namespace assay::plan {

/// Pairs of rows, one of each side, whose keys are equal (null equals nothing), and what is
/// made of them.
struct Join {
  enum class Type {
    kInner,
    kLeft,      // and left rows without counterpart, with nulls
    kRight,     // and right ones
    kOuter,     // and both
    kLeftSemi,  // left rows with a counterpart, once, by themselves
    kLeftAnti,  // left rows without
  };

  Type type = Type::kInner;
  Expression left_key, right_key;  // over the fields of each side
  std::string left_prefix, right_prefix;
  Projection projection;  // over JoinedSchema; not grouped
};

/// "inner", "left", "right", "outer" (also "full"), "left_semi", "left_anti".
const char* JoinTypeName(Join::Type type);
/// kInvalidInput with the names when it is none of them.
Result<Join::Type> ParseJoinType(std::string_view name);

/// A join as users write it.
struct JoinText {
  std::string join_type = "inner";
  std::string left_join_field_name, right_join_field_name;
  std::string left_prefix = "left", right_prefix = "right";
  ProjectionText projection = {};
};

/// The fields of both sides, each under its prefix: "left_id". Of a semi or anti join those of
/// the left side.
Schema JoinedSchema(Join::Type type, const std::string& left_prefix, const Schema& left,
                    const std::string& right_prefix, const Schema& right);

/// Parses a join over the fields of its sides, which clauses may also call "left.id". Errors
/// begin with the name of what is at fault: kInvalidInput for an unknown type or key, keys that
/// cannot be compared, prefixes that give two fields one name, and grouping; else as
/// ParseProjection.
Result<Join> ParseJoin(const JoinText& text, const Schema& left, const Schema& right);

}  // namespace assay::plan
