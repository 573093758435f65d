#include "tests/rules/failing_rows.h"

#include <duckdb.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include "plan/aggregates.h"
#include "plan/dialects/duckdb.h"
#include "plan/names/clusters.h"
#include "plan/typed.h"
#include "tests/plan/text_is_function.h"

namespace assay::rules::testing {
namespace {

/// One in-memory database for all tests of the process.
class Database {
 public:
  Database() {
    if (duckdb_open(nullptr, &database_) == DuckDBError ||
        duckdb_connect(database_, &connection_) == DuckDBError) {
      ADD_FAILURE() << "cannot open DuckDB";
    }
    plan::RegisterTextIs(connection_);
  }
  ~Database() {
    duckdb_disconnect(&connection_);
    duckdb_close(&database_);
  }
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  /// The first column of the result, as text or "null".
  std::vector<std::string> QueryTexts(const std::string& sql) {
    duckdb_result result;
    std::vector<std::string> values;
    if (duckdb_query(connection_, sql.c_str(), &result) == DuckDBError) {
      ADD_FAILURE() << duckdb_result_error(&result) << "\nin: " << sql;
    } else {
      for (idx_t row = 0; row < duckdb_row_count(&result); ++row) {
        char* text = duckdb_value_varchar(&result, 0, row);
        values.emplace_back(text == nullptr ? "null" : text);
        duckdb_free(text);
      }
    }
    duckdb_destroy_result(&result);
    return values;
  }
  std::vector<int64_t> Query(const std::string& sql) {
    std::vector<int64_t> numbers;
    for (const std::string& text : QueryTexts(sql)) numbers.push_back(std::stoll(text));
    return numbers;
  }

 private:
  duckdb_database database_ = nullptr;
  duckdb_connection connection_ = nullptr;
};

Database& SharedDatabase() {
  static Database database;
  return database;
}

const plan::Dialect& Sql() {
  return plan::dialects::DuckDb();
}

/// Queries for the failing and for the asserted rows.
struct CheckSql {
  std::string failing, asserted;
};

/// The rows that a check asserts, for FROM.
Result<std::string> PrintAsserted(const plan::Check& check, const Table& table) {
  std::string filter = "true";
  if (check.filter) {
    ASSAY_TRY(filter, Sql().Print(*check.filter, table.Schema()));
  }
  return fmt::format("(SELECT * FROM ({}) WHERE ({}) IS TRUE)", PrintTable(table), filter);
}

/// The constant for a value that the engine prints; "null" is null.
plan::Literal ToLiteral(const std::string& value, plan::ValueType type) {
  if (value == "null") return plan::Literal::Null();
  if (type.kind == plan::ValueType::Kind::kDouble)
    return {plan::LiteralKind::kDouble, value == "nan" ? "NaN" : value};
  return plan::Literal::Number(value).value_or(plan::Literal::String(value));
}

/// With the aggregates in it replaced by their values.
plan::Expression WithoutAggregates(plan::Expression expression, const std::string& data,
                                   const plan::Schema& schema) {
  while (plan::HasAggregates(expression)) {
    expression =
        plan::ReplaceInnermostAggregates(expression, [&](const plan::Expression& aggregate) {
          const std::string sql = Sql().Print(aggregate, schema).value();
          const std::string value =
              SharedDatabase().QueryTexts(fmt::format("SELECT {} FROM {}", sql, data)).front();
          return plan::Expression::Constant(
              ToLiteral(value, plan::Analyze(aggregate, schema)->type));
        });
  }
  return expression;
}

Result<CheckSql> PrintEntities(const plan::EntityCheck& check, const std::string& data,
                               const plan::Schema& schema) {
  ASSAY_TRY(const std::string name, Sql().Print(check.name, schema));
  ASSAY_TRY(const std::string distinction, Sql().Print(check.distinction, schema));
  const std::string asserted = fmt::format(
      "SELECT n, {0} AS k, {1} AS v FROM {2} WHERE length({0}) <= {3} AND {1} IS NOT "
      "NULL",
      name, distinction, data, plan::EntityCheck::kLongestName);
  const std::vector<std::string> names =
      SharedDatabase().QueryTexts(fmt::format("SELECT DISTINCT k FROM ({})", asserted));
  ASSAY_TRY(const auto clusters, plan::names::Cluster(names, check.similarity, {}));
  std::string numbered = "SELECT '' AS k, 0 AS c WHERE false";
  for (size_t i = 0; i < names.size(); ++i)
    numbered +=
        fmt::format(" UNION ALL SELECT {}, {}", Sql().QuoteString(names[i]), clusters[i]);
  const std::string joined =
      fmt::format("(SELECT * FROM ({}) JOIN ({}) USING (k))", asserted, numbered);
  return CheckSql{
      fmt::format("SELECT n FROM {0} WHERE c IN (SELECT c FROM {0} GROUP BY c HAVING "
                  "count(DISTINCT v) > 1) ORDER BY n",
                  joined),
      asserted};
}

Result<CheckSql> PrintCheck(const plan::Check& check, const Table& table) {
  const plan::Schema schema = table.Schema();
  ASSAY_TRY(const std::string data, PrintAsserted(check, table));
  if (const auto* row_check = std::get_if<plan::RowCheck>(&check.form)) {
    ASSAY_TRY(const std::string predicate,
              Sql().Print(WithoutAggregates(row_check->predicate, data, schema), schema));
    return CheckSql{
        fmt::format("SELECT n FROM {} WHERE ({}) IS FALSE ORDER BY n", data, predicate),
        fmt::format("SELECT n FROM {}", data)};
  }
  if (const auto* unique = std::get_if<plan::UniqueCheck>(&check.form)) {
    std::vector<std::string> keys, conditions;
    for (const plan::Expression& argument : unique->keys) {
      ASSAY_TRY(const std::string key, Sql().Print(argument, schema));
      keys.push_back(key);
      conditions.push_back(fmt::format("({}) IS NOT NULL", key));
    }
    const std::string asserted = fmt::format(
        "SELECT n, row_number() OVER (PARTITION BY {} ORDER BY n) AS occurrence FROM {} WHERE "
        "{}",
        fmt::join(keys, ", "), data, fmt::join(conditions, " AND "));
    return CheckSql{fmt::format("SELECT n FROM ({}) WHERE occurrence > 1 ORDER BY n", asserted),
                    asserted};
  }
  if (const auto* dependency = std::get_if<plan::DependencyCheck>(&check.form)) {
    std::vector<std::string> keys, values, conditions;
    for (const auto& [expressions, printed] :
         {std::pair(&dependency->keys, &keys), std::pair(&dependency->values, &values)}) {
      for (const plan::Expression& expression : *expressions) {
        ASSAY_TRY(std::string sql, Sql().Print(expression, schema));
        conditions.push_back(fmt::format("({}) IS NOT NULL", sql));
        printed->push_back(std::move(sql));
      }
    }
    const std::string asserted = fmt::format(
        "SELECT n, row({}) AS k, row({}) AS v FROM {} WHERE {}", fmt::join(keys, ", "),
        fmt::join(values, ", "), data, fmt::join(conditions, " AND "));
    if (dependency->failing == plan::DependencyCheck::Failing::kMinority) {
      // A row fails when other values of its key are at least as frequent as its own.
      return CheckSql{
          fmt::format("WITH a AS ({}), c AS (SELECT k, v, count(*) AS rows FROM a GROUP BY k, "
                      "v) SELECT n FROM a WHERE EXISTS (SELECT 1 FROM c AS own, c AS other "
                      "WHERE own.k = a.k AND own.v = a.v AND other.k = a.k AND other.v <> a.v "
                      "AND other.rows >= own.rows) ORDER BY n",
                      asserted),
          asserted};
    }
    return CheckSql{
        fmt::format("SELECT n FROM ({0}) WHERE k IN (SELECT k FROM ({0}) GROUP BY k "
                    "HAVING count(DISTINCT v) > 1) ORDER BY n",
                    asserted),
        asserted};
  }
  if (const auto* entity = std::get_if<plan::EntityCheck>(&check.form))
    return PrintEntities(*entity, data, schema);
  if (const auto* order = std::get_if<plan::OrderCheck>(&check.form)) {
    using enum plan::OrderCheck::Order;
    ASSAY_TRY(const std::string value, Sql().Print(order->value, schema));
    const std::string asserted = fmt::format(
        "SELECT n, {0} AS v, lag({0}) OVER (ORDER BY n) AS p FROM {1} WHERE {0} IS "
        "NOT NULL",
        value, data);
    const bool is_strict =
        order->order == kStrictlyAscending || order->order == kStrictlyDescending;
    const bool is_ascending = order->order == kAscending || order->order == kStrictlyAscending;
    return CheckSql{fmt::format("SELECT n FROM ({}) WHERE v {}{} p ORDER BY n", asserted,
                                is_ascending ? "<" : ">", is_strict ? "=" : ""),
                    asserted};
  }
  if (const auto* membership = std::get_if<plan::MembershipCheck>(&check.form)) {
    const Table other(table.other_columns);
    ASSAY_TRY(const auto values,
              Sql().PrintComparable(membership->value, schema, membership->reference_value,
                                    other.Schema()));
    const bool must_exist = membership->expected == plan::MembershipCheck::Expected::kPresent;
    return CheckSql{
        fmt::format(
            "SELECT n FROM {0} WHERE ({1}) IS NOT NULL AND ({1}) {2}IN (SELECT {3} AS v FROM "
            "({4}) WHERE v IS NOT NULL) ORDER BY n",
            data, values.a, must_exist ? "NOT " : "", values.b, PrintTable(other)),
        fmt::format("SELECT n FROM {}", data)};
  }
  if (const auto* difference = std::get_if<plan::DifferenceCheck>(&check.form)) {
    // Without repeated rows, those that were changed or removed.
    const Table other(table.other_columns);
    std::string other_filter = "true", values, other_values;
    if (difference->reference_filter) {
      ASSAY_TRY(other_filter, Sql().Print(*difference->reference_filter, other.Schema()));
    }
    std::vector<plan::DifferenceCheck::Value> all = difference->identifiers;
    all.insert(all.end(), difference->compared.begin(), difference->compared.end());
    for (size_t i = 0; i < all.size(); ++i) {
      ASSAY_TRY(
          const auto sides,
          Sql().PrintComparable(all[i].value, schema, all[i].reference_value, other.Schema()));
      values += fmt::format("{}m{} := {}", i == 0 ? "" : ", ", i, sides.a);
      other_values += fmt::format("{}m{} := {}", i == 0 ? "" : ", ", i, sides.b);
    }
    return CheckSql{
        fmt::format(
            "SELECT n FROM (SELECT n, struct_pack({}) AS v FROM {}) WHERE v NOT IN (SELECT "
            "struct_pack({}) FROM ({}) WHERE ({}) IS TRUE) ORDER BY n",
            values, data, other_values, PrintTable(other), other_filter),
        fmt::format("SELECT n FROM {}", data)};
  }
  return Fail(ErrorKind::kUnsupported, "this form has no failing rows");
}

/// The value of a measure over the rows of `data`.
Result<plan::Literal> Measure(const plan::Expression& measure, const std::string& data,
                              const plan::Schema& schema) {
  ASSAY_TRY(const plan::Typed typed, plan::Analyze(measure, schema));
  ASSAY_TRY(const std::string sql,
            Sql().Print(WithoutAggregates(measure, data, schema), schema));
  const std::string value = SharedDatabase().QueryTexts("SELECT " + sql).front();
  const plan::FieldType type = plan::ToFieldType(typed.type);
  const bool is_time = type == plan::FieldType::kDate || type == plan::FieldType::kTimestamp;
  if (is_time && value != "null") return plan::Literal::DateOrTime(value);
  return ToLiteral(value, typed.type);
}

/// Whether the measure of a form is as it has to be; nothing when it is not asserted.
Result<std::optional<bool>> Holds(const plan::CheckForm& form, const plan::Literal& measure,
                                  const Table& table,
                                  const std::optional<plan::Literal>& earlier) {
  if (measure.kind == plan::LiteralKind::kNull) return std::optional<bool>();
  if (const auto* freshness = std::get_if<plan::FreshnessCheck>(&form))
    return plan::Compare(measure, freshness->not_before) >= 0;
  if (const auto* comparison = std::get_if<plan::ComparisonCheck>(&form)) {
    const Table other(table.other_columns);
    ASSAY_TRY(const std::string data,
              PrintAsserted({.form = form, .filter = comparison->reference_filter}, other));
    ASSAY_TRY(const plan::Literal reference,
              Measure(comparison->reference_measure, data, other.Schema()));
    if (reference.kind == plan::LiteralKind::kNull) return std::optional<bool>();
    return plan::Compares(measure, comparison->comparison, reference);
  }
  const auto& check = std::get<plan::MeasureCheck>(form);
  if (!check.change) return plan::IsWithin(measure, check.min, check.max);
  if (!earlier) return true;
  return plan::IsChangeWithin(check.change->kind, *earlier, measure, check.min, check.max);
}

Result<WholeOutcome> RunGroupSizes(const plan::GroupSizeCheck& check, const std::string& data,
                                   const plan::Schema& schema) {
  std::vector<std::string> queries;
  if (!check.key) queries.push_back("SELECT count(*) FROM " + data);
  for (const plan::Literal& key : check.expected_keys) {
    ASSAY_TRY(const std::string is_key,
              Sql().Print(plan::Equal(*check.key, plan::Expression::Constant(key)), schema));
    queries.push_back(fmt::format("SELECT count(*) FROM {} WHERE {}", data, is_key));
  }
  if (queries.empty()) {
    ASSAY_TRY(const std::string key, Sql().Print(*check.key, schema));
    queries.push_back(
        fmt::format("SELECT size FROM (SELECT {0} AS k, count(*) AS size FROM {1} WHERE {0} IS "
                    "NOT NULL GROUP BY {0}) ORDER BY k",
                    key, data));
  }
  WholeOutcome outcome;
  for (const std::string& query : queries) {
    for (const int64_t size : SharedDatabase().Query(query)) {
      outcome.group_sizes.push_back(size);
      const bool is_within =
          size >= check.min_rows.value_or(0) && size <= check.max_rows.value_or(INT64_MAX);
      outcome.failing_groups += is_within ? 0 : 1;
    }
  }
  if (!outcome.group_sizes.empty()) outcome.holds = outcome.failing_groups == 0;
  return outcome;
}

/// What a distribution check measures, by the definition of each statistic and in quadratic
/// time; p-values are tested with the engine's functions.
Result<WholeOutcome> RunDistribution(const plan::DistributionCheck& check,
                                     const std::string& data, const Table& table) {
  using Statistic = plan::DistributionCheck::Statistic;
  const Table other(table.other_columns);
  ASSAY_TRY(const auto values, Sql().PrintComparable(check.value, table.Schema(),
                                                     check.reference_value, other.Schema()));
  std::string filter = "true";
  if (check.reference_filter) {
    ASSAY_TRY(filter, Sql().Print(*check.reference_filter, other.Schema()));
  }
  const std::string samples = fmt::format(
      "WITH h AS (SELECT {} AS v FROM {} WHERE v IS NOT NULL), b AS (SELECT {} AS v FROM ({}) "
      "WHERE v IS NOT NULL AND ({}) IS TRUE), n AS (SELECT (SELECT count(*) FROM h)::DOUBLE AS "
      "h, (SELECT count(*) FROM b)::DOUBLE AS b)",
      values.a, data, values.b, PrintTable(other), filter);
  const std::string key =
      check.bins == 0
          ? "v"
          : fmt::format(
                "least(floor({0} * (SELECT count(*) FROM b WHERE b.v < s.v) / (SELECT b "
                "FROM n)), {0} - 1)",
                check.bins);
  const std::string counts = fmt::format(
      "SELECT k, sum(here) AS x, sum(1 - here) AS y FROM (SELECT {} AS k, here FROM (SELECT v, "
      "1 "
      "AS here FROM h UNION ALL SELECT v, 0 FROM b) AS s) GROUP BY k",
      key);
  std::string measure;
  switch (check.statistic) {
    case Statistic::kKolmogorovSmirnov:
      measure =
          "SELECT max(abs((SELECT count(*) FROM h WHERE h.v <= s.v) / n.h - (SELECT count(*) "
          "FROM "
          "b WHERE b.v <= s.v) / n.b)) FROM (SELECT v FROM h UNION SELECT v FROM b) AS s, n";
      break;
    case Statistic::kJensenShannon:
      measure = fmt::format(
          "SELECT sqrt(sum(CASE WHEN p > 0 THEN p * log2(2 * p / (p + q)) ELSE 0 END + CASE "
          "WHEN "
          "q > 0 THEN q * log2(2 * q / (p + q)) ELSE 0 END) / 2) FROM (SELECT x / n.h AS p, y "
          "/ "
          "n.b AS q FROM ({}), n)",
          counts);
      break;
    case Statistic::kChiSquare:
      measure = fmt::format(
          "SELECT sum((x - e) ** 2 / e + (y - f) ** 2 / f) FROM (SELECT x, y, n.h * (x + y) / "
          "(n.h + n.b) AS e, n.b * (x + y) / (n.h + n.b) AS f FROM ({}), n)",
          counts);
      break;
  }
  WholeOutcome outcome;
  outcome.measure = SharedDatabase().QueryTexts(fmt::format("{} {}", samples, measure)).front();
  if (outcome.measure != "null") {
    outcome.holds =
        plan::IsWithin({plan::LiteralKind::kDouble, outcome.measure}, check.min, check.max);
  }
  return outcome;
}

/// As the engine binds it, but for what it refuses.
Result<WholeOutcome> RunQuery(const plan::QueryCheck& check, const std::string& data,
                              const Table& table) {
  std::string tables =
      fmt::format("{} AS (SELECT * EXCLUDE (n) FROM {})", plan::QueryCheck::kContainer, data);
  for (const auto& [name, key] : check.references) {
    tables += fmt::format(", {} AS (SELECT * EXCLUDE (n) FROM ({}))",
                          Sql().QuoteIdentifier(name), PrintTable(Table(table.other_columns)));
  }
  WholeOutcome outcome;
  outcome.measure =
      SharedDatabase()
          .QueryTexts(fmt::format("WITH {} SELECT count(*) FROM ({})", tables, check.sql))
          .front();
  outcome.holds = outcome.measure == "0";
  return outcome;
}

Result<WholeOutcome> RunWholeCheck(const CheckDefinition& definition, const Table& table,
                                   const std::optional<plan::Literal>& earlier) {
  ASSAY_TRY(const CompiledCheck compiled,
            Compile(definition, table.Schema(), TestNow(), {}, ReferencesOf(table)));
  ASSAY_TRY(const std::string data, PrintAsserted(compiled.plan, table));
  if (const auto* distribution = std::get_if<plan::DistributionCheck>(&compiled.plan.form))
    return RunDistribution(*distribution, data, table);
  if (const auto* query = std::get_if<plan::QueryCheck>(&compiled.plan.form))
    return RunQuery(*query, data, table);
  if (const auto* groups = std::get_if<plan::GroupSizeCheck>(&compiled.plan.form))
    return RunGroupSizes(*groups, data, table.Schema());
  const plan::Expression* measure = plan::MeasureOf(compiled.plan.form);
  if (measure == nullptr) return Fail(ErrorKind::kUnsupported, "this form is about rows");
  ASSAY_TRY(const plan::Literal value, Measure(*measure, data, table.Schema()));
  WholeOutcome outcome;
  outcome.measure = value.kind == plan::LiteralKind::kNull ? "null" : value.text;
  ASSAY_TRY(outcome.holds, Holds(compiled.plan.form, value, table, earlier));
  return outcome;
}

}  // namespace

WholeOutcome RunWhole(const std::string& rule, const Json& properties, const Table& table,
                      const std::string& filter, const std::optional<plan::Literal>& earlier) {
  CheckDefinition definition = CheckOver(rule, properties, table);
  if (!filter.empty()) definition.filter = filter;
  const Result<WholeOutcome> outcome = RunWholeCheck(definition, table, earlier);
  if (outcome) return *outcome;
  ADD_FAILURE() << outcome.error().message;
  return {};
}

Timestamp TestNow() {
  return ParseTimestamp("2026-06-15T12:00:00Z").value();
}

Result<Outcome> RunCheck(const CheckDefinition& definition, const Table& table,
                         const plan::Variables& variables) {
  ASSAY_TRY(const CompiledCheck compiled,
            Compile(definition, table.Schema(), TestNow(), variables, ReferencesOf(table)));
  ASSAY_TRY(const CheckSql sql, PrintCheck(compiled.plan, table));
  return Outcome{
      .failing_rows = SharedDatabase().Query(sql.failing),
      .asserted_rows = static_cast<int64_t>(SharedDatabase().Query(sql.asserted).size())};
}

CheckDefinition CheckOver(const std::string& rule, const Json& properties, const Table& table) {
  CheckDefinition definition = {.rule = rule, .properties = properties};
  const RuleType* type = FindRuleType(rule);
  if (type != nullptr &&
      (type->scope == FieldScope::kSingle || type->scope == FieldScope::kMultiple)) {
    for (const Column& column : table.columns) definition.fields.push_back(column.name);
  }
  return definition;
}

std::vector<int64_t> FailingRows(const std::string& rule, const Json& properties,
                                 const Table& table, const std::string& filter) {
  CheckDefinition definition = CheckOver(rule, properties, table);
  if (!filter.empty()) definition.filter = filter;
  return FailingRows(definition, table);
}

std::vector<int64_t> FailingRows(const CheckDefinition& definition, const Table& table) {
  const Result<Outcome> outcome = RunCheck(definition, table);
  if (!outcome) {
    ADD_FAILURE() << outcome.error().message;
    return {-1};
  }
  return outcome->failing_rows;
}

std::vector<int64_t> RowsWhere(const plan::Expression& condition, const Table& table) {
  const Result<std::string> sql = Sql().Print(condition, table.Schema());
  if (!sql) {
    ADD_FAILURE() << sql.error().message;
    return {-1};
  }
  return SharedDatabase().Query(
      fmt::format("SELECT n FROM ({}) WHERE ({}) IS TRUE ORDER BY n", PrintTable(table), *sql));
}

std::string Refusal(const CheckDefinition& definition, const Table& table) {
  const Result<CompiledCheck> compiled =
      Compile(definition, table.Schema(), TestNow(), {}, ReferencesOf(table));
  if (compiled) {
    ADD_FAILURE() << "not refused";
    return "";
  }
  EXPECT_EQ(compiled.error().kind, ErrorKind::kInvalidInput);
  return compiled.error().message;
}

std::string Refusal(const std::string& rule, const Json& properties, const Table& table) {
  return Refusal(CheckOver(rule, properties, table), table);
}

std::string Violation(const std::string& rule, const Json& properties, const Table& table) {
  return Violation(CheckOver(rule, properties, table), table);
}

std::string Violation(const CheckDefinition& definition, const Table& table) {
  const Result<CompiledCheck> compiled =
      Compile(definition, table.Schema(), TestNow(), {}, ReferencesOf(table));
  if (!compiled) ADD_FAILURE() << compiled.error().message;
  return compiled ? compiled->violation : "";
}

CheckDefinition ExampleCheck(const RuleType& rule) {
  CheckDefinition definition =
      CheckOver(rule.name, rule.example.properties, ExampleTable(rule.example));
  if (!definition.fields.empty()) definition.fields.resize(rule.example.fields.size());
  return definition;
}

}  // namespace assay::rules::testing
