// Checks as files in YAML, to keep in version control: what `assay suggest` writes, `assay scan
// --checks` reads, and the config-as-code of the public client exchanges.
//
//   rule_type: between
//   description: an order holds at most 100 pieces
//   container: orders
//   fields: [quantity]
//   coverage: 1.0
//   filter: null
//   anomaly_message_field: null
//   properties: {min: 1, max: 100}
//   tags: []
//   status: Active
//   additional_metadata: {_qualytics_check_uid: orders__between__quantity}

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/check.h"

namespace assay::rules {

/// The key in FileCheck::additional_metadata that holds CheckUid; its name is that of the
/// public client, which finds a check again by it.
inline constexpr std::string_view kCheckUidKey = "_qualytics_check_uid";

/// One check of a file.
struct FileCheck {
  CheckDefinition definition;
  std::string container;  // empty: the only one that is scanned
  std::optional<std::string> anomaly_message_field = {};
  std::vector<std::string> tags = {};
  std::string status =
      "Active";  // Active, Draft, Invalid or Discarded; only Active ones are run
  Json additional_metadata = Json::object();
  std::string comment = {};  // written above the check, one "# " line each; not read
  int line = 0;              // where it starts in the file, from 1
};

/// Reads a file that holds one check in each document, a list of checks, or {checks: [...]}.
/// Only rule_type is required; `rule` is accepted for it. Former names of rule types become the
/// current ones. kInvalidInput "line N: ..." for what is not YAML (see yaml_document.h),
/// unknown keys (with the nearest known one) and values of a wrong type; whether a check fits a
/// container is for Compile to say. Linear in the text, which may come from anyone.
Result<std::vector<FileCheck>> ReadCheckFile(std::string_view yaml);

/// A list of checks that ReadCheckFile reads back as they were, with CheckUid in each check's
/// metadata unless it holds one.
std::string WriteCheckFile(const std::vector<FileCheck>& checks);

/// What stays the same when a check is edited: `{container}__{rule}__{fields}`, each in lower
/// case with runs of other characters than letters and digits as "_", fields sorted and joined
/// by "_".
std::string CheckUid(std::string_view container, const CheckDefinition& definition);

}  // namespace assay::rules
