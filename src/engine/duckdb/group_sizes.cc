#include "engine/duckdb/group_sizes.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/duckdb/query.h"
#include "engine/scan/group_tally.h"
#include "plan/dialects/duckdb.h"
#include "plan/parser.h"

namespace assay::engine {
namespace {

/// Columns of one query for the sizes of expected groups.
constexpr size_t kGroupsAtOnce = 200;

const plan::GroupSizeCheck& FormOf(const plan::Check& check) {
  return std::get<plan::GroupSizeCheck>(check.form);
}

bool IsSizeWithin(const plan::GroupSizeCheck& check, int64_t rows) {
  return (!check.min_rows || rows >= *check.min_rows) &&
         (!check.max_rows || rows <= *check.max_rows);
}

std::string SizeText(const std::string& group, int64_t rows) {
  return rows == 0 ? group + " has none" : fmt::format("{} has {}", group, rows);
}

/// Adds up the sizes of groups into an outcome.
class SizeTally {
 public:
  explicit SizeTally(const plan::Check& check) : check_(check), groups_(check.coverage) {}

  void Add(const std::string& group, int64_t rows) {
    const bool is_within = IsSizeWithin(FormOf(check_), rows);
    groups_.AddRows(rows, is_within ? 0 : rows);
    if (is_within) {
      groups_.Hold();
    } else {
      groups_.Fail(SizeText(group, rows));
    }
  }

  CheckOutcome Finish() const { return groups_.Finish(); }

 private:
  const plan::Check& check_;
  scan::GroupTally groups_;
};

/// The key as a column of the collected rows: of the type that the printed expression has.
Result<plan::Field> KeptKey(const plan::Expression& key, const plan::Schema& schema) {
  plan::Field kept{.name = "c0", .path = {"c0"}};
  ASSAY_TRY(kept.type, plan::TypeOf(key, schema));
  switch (kept.type) {
    case plan::FieldType::kBoolean: kept.native_type = "BOOLEAN"; break;
    case plan::FieldType::kDate: kept.native_type = "DATE"; break;
    case plan::FieldType::kTimestamp: kept.native_type = "TIMESTAMP"; break;
    case plan::FieldType::kString: kept.native_type = "VARCHAR"; break;
    default: {
      const plan::Field* column =
          key.kind() == plan::Expression::Kind::kColumn ? schema.Find(key.name()) : nullptr;
      if (column != nullptr && column->reading == plan::Reading::kDirect)
        kept.native_type = column->native_type;
    }
  }
  return kept;
}

std::string Shown(const plan::Literal& key) {
  return key.kind == plan::LiteralKind::kString ? fmt::format("'{}'", key.text) : key.text;
}

/// The condition under which a size `n` is out of bounds.
std::string OutOfBounds(const plan::GroupSizeCheck& check) {
  std::string condition = "false";
  if (check.min_rows) condition += fmt::format(" OR n < {}", *check.min_rows);
  if (check.max_rows) condition += fmt::format(" OR n > {}", *check.max_rows);
  return condition;
}

}  // namespace

CheckOutcome FileSizesOutcome(const plan::Check& check, const Dataset& dataset,
                              const std::vector<size_t>& files,
                              const std::vector<int64_t>& asserted_rows) {
  SizeTally tally(check);
  for (const size_t file : files)
    tally.Add(dataset.files[file].relative_path, asserted_rows[file]);
  return tally.Finish();
}

Status GroupSizes::Add(size_t index, const plan::Check& check) {
  const plan::Dialect& dialect = plan::dialects::DuckDb();
  const plan::Expression& expression = *FormOf(check).key;
  const plan::Schema& schema = schema_.schema;
  ASSAY_TRY(const std::string key, dialect.Print(expression, schema));
  std::string condition = fmt::format("({}) IS NOT NULL", key);
  if (check.filter) {
    ASSAY_TRY(const std::string filter, dialect.Print(*check.filter, schema));
    condition += fmt::format(" AND ({}) IS TRUE", filter);
  }
  if (!FormOf(check).expected_keys.empty()) {
    ASSAY_TRY(const std::string expected,
              dialect.Print(plan::In(expression, FormOf(check).expected_keys), schema));
    condition += fmt::format(" AND ({}) IS TRUE", expected);
  }
  ASSAY_TRY(plan::Field kept, KeptKey(expression, schema));
  const auto sizes = [=](const std::string& rows) {
    // Grouped by a column: the engine cannot group by every expression.
    return fmt::format(
        "SELECT key, count(*) FROM (SELECT {} AS key FROM {} WHERE {}) GROUP BY key", key, rows,
        condition);
  };
  ASSAY_TRY(const size_t query, rows_.Add(sizes));
  added_.push_back({.index = index, .check = check, .query = query, .key = std::move(kept)});
  return {};
}

Status GroupSizes::Run(const RunContext& context, WholeChecks& whole) {
  if (added_.empty()) return {};
  const Status read = rows_.Read("counting groups", context);
  if (!read && read.error().kind == ErrorKind::kCancelled) return read;
  for (const Added& added : added_) {
    Result<CheckOutcome> outcome = read ? OutcomeOf(added, context.stop)
                                        : Result<CheckOutcome>(std::unexpected(read.error()));
    if (outcome) {
      whole.outcomes[added.index] = *std::move(outcome);
    } else if (outcome.error().kind == ErrorKind::kCancelled) {
      return std::unexpected(outcome.error());
    } else {
      whole.refusals[added.index] = outcome.error().message;
    }
  }
  return {};
}

Result<CheckOutcome> GroupSizes::OutcomeOf(const Added& added,
                                           const std::stop_token& stop) const {
  return FormOf(added.check).expected_keys.empty() ? OfAllGroups(added, stop)
                                                   : OfExpectedGroups(added, stop);
}

Result<CheckOutcome> GroupSizes::OfAllGroups(const Added& added,
                                             const std::stop_token& stop) const {
  const std::string groups =
      fmt::format("(SELECT c0, CAST(sum(c1) AS BIGINT) AS n FROM {} GROUP BY c0)",
                  rows_.Table(added.query));
  const std::string fails = OutOfBounds(FormOf(added.check));
  ASSAY_TRY(const auto sums,
            RunQuery(session_, schema_,
                     fmt::format("SELECT count(*), count(CASE WHEN {0} THEN 1 END), "
                                 "CAST(coalesce(sum(n), 0) AS BIGINT), "
                                 "CAST(coalesce(sum(CASE WHEN {0} THEN n END), 0) AS BIGINT) "
                                 "FROM {1}",
                                 fails, groups),
                     stop));
  const auto number = [&](size_t column) {
    return sums->GetValue(column, 0).GetValue<int64_t>();
  };
  scan::GroupTally tally(added.check.coverage);
  tally.AddRows(number(2), number(3));
  tally.SetSums({.asserted_groups = number(0), .failing_groups = number(1)});
  ASSAY_TRY(const auto first,
            RunQuery(session_, schema_,
                     fmt::format("SELECT CAST(c0 AS VARCHAR), n FROM {} WHERE {} ORDER BY c0 "
                                 "LIMIT {}",
                                 groups, fails, scan::GroupTally::kNamed),
                     stop));
  for (size_t row = 0; row < first->RowCount(); ++row) {
    tally.Name(SizeText(first->GetValue(0, row).GetValue<std::string>(),
                        first->GetValue(1, row).GetValue<int64_t>()));
  }
  return tally.Finish();
}

Result<CheckOutcome> GroupSizes::OfExpectedGroups(const Added& added,
                                                  const std::stop_token& stop) const {
  const std::vector<plan::Literal>& keys = FormOf(added.check).expected_keys;
  const plan::Schema kept{{added.key}};
  SizeTally tally(added.check);
  for (size_t start = 0; start < keys.size(); start += kGroupsAtOnce) {
    const size_t end = std::min(keys.size(), start + kGroupsAtOnce);
    std::string columns;
    for (size_t i = start; i < end; ++i) {
      ASSAY_TRY(
          const std::string is_key,
          plan::dialects::DuckDb().Print(plan::Equal(plan::Expression::Column(added.key.name),
                                                     plan::Expression::Constant(keys[i])),
                                         kept));
      columns += fmt::format("{}CAST(coalesce(sum(CASE WHEN {} THEN c1 END), 0) AS BIGINT)",
                             i > start ? ", " : "", is_key);
    }
    ASSAY_TRY(
        const auto sizes,
        RunQuery(session_, schema_,
                 fmt::format("SELECT {} FROM {}", columns, rows_.Table(added.query)), stop));
    for (size_t i = start; i < end; ++i)
      tally.Add(Shown(keys[i]), sizes->GetValue(i - start, 0).GetValue<int64_t>());
  }
  return tally.Finish();
}

}  // namespace assay::engine
