// A rule type: parameters in, plan out. One .cc in rules/types/ each; the registry is
// generated.

#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/fields.h"
#include "plan/check.h"
#include "plan/parser.h"
#include "plan/schema.h"
#include "rules/container_reference.h"

namespace assay::rules {

/// How many fields a check of this type names.
enum class FieldScope {
  kSingle,      // exactly one
  kMultiple,    // one or more
  kCalculated,  // none given: those of its expression
  kNone,        // the container as a whole
};

/// Of what a check says something; scans can be asked for one of both.
enum class CheckCategory {
  kDataIntegrity,  // its records
  kMetadata,       // how many there are, and of when
};

/// What a check is compiled against.
struct Target {
  const plan::Schema& schema;  // of the container
  std::vector<const plan::Field*>
      fields;                        // those the check names, found and of an accepted type
  Timestamp now;                     // fixed once per operation
  const plan::Variables& variables;  // values for {{ placeholders }}
  const References& references;      // other containers that the check may name
  const std::optional<plan::Expression>& filter;  // of the check

  const plan::Field& OnlyField() const { return *fields.front(); }
  plan::Expression OnlyColumn() const { return plan::Expression::Column(fields.front()->name); }
};

/// What else sentences about checks of all rows together need.
struct Wording {
  /// Of measures: what was measured, to begin the sentence: "the sum of amount".
  std::string subject = {};
  /// Of group sizes: "in" 3 of 7 "months".
  std::string preposition = "in";
  std::string groups = "groups";
};

/// A compiled check and how to speak of its failures.
struct CompiledRule {
  plan::CheckForm form;
  /// What failing rows do, to complete a sentence after the field and value: "is below 0".
  std::string violation;
  Wording wording = {};
  std::string reference_name = {};  // of the container that it refers to, for people
};

/// A small table and what the rule says about it; documentation that the tests hold to be true.
struct RuleExample {
  struct Field {
    std::string name;
    plan::FieldType type = plan::FieldType::kUnknown;
  };
  /// The container that the property ref_container_name names.
  struct Reference {
    std::string name;  // empty: there is none
    std::vector<Field> fields = {};
    std::vector<std::vector<Json>> rows = {};
  };
  Json properties = Json::object();
  std::vector<Field> fields = {};  // all are named by the check, where its scope names any
  std::vector<Field> other_fields = {};  // further ones of the table, which it does not name
  std::vector<std::vector<Json>> rows = {};  // a value for each of both; times are texts
  std::vector<int64_t> failing_rows = {};    // from 0, ascending
  /// What it says: which rows fail; or, of a rule about all rows together, that they do.
  enum class Verdict { kOfRows, kFails };
  Verdict verdict = Verdict::kOfRows;
  Reference reference = {};
};

/// The declaration of a rule type; immutable.
struct RuleType {
  std::string name;     // stable identifier, "between"
  std::string summary;  // one sentence: what passes
  FieldScope scope = FieldScope::kSingle;
  std::vector<plan::FieldType> accepts = {};  // of each named field; empty: every type
  bool filterable = true;
  bool supports_coverage = true;
  int weight = 1;  // 1 to 3, platform weight of a check
  CheckCategory category = CheckCategory::kDataIntegrity;
  Json properties_schema = Json::object();  // empty: it has none, and given ones are refused
  RuleExample example = {};
  std::function<Result<CompiledRule>(const Target&, const Json& properties)> compile;
};

/// All rule types by name, in the order of their names. Built once, thread-safe.
std::span<const RuleType> AllRuleTypes();

/// nullptr when there is none; old names of a rule (requiredFields, dataType, ...) find the
/// current one.
const RuleType* FindRuleType(std::string_view name);

/// The message for a name without rule type: what to use in its place if there once was such a
/// rule, else the nearest name and all that are known.
std::string UnknownRuleMessage(std::string_view name);

}  // namespace assay::rules
