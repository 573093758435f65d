#include "engine/duckdb/aggregate_values.h"

#include <fmt/format.h>

#include "engine/duckdb/collected_rows.h"
#include "engine/duckdb/query.h"
#include "engine/measure.h"
#include "plan/aggregates.h"
#include "plan/dialects/duckdb.h"
#include "plan/typed.h"

namespace assay::engine {
namespace {

using plan::Expression;
using plan::Literal;

Result<std::string> Print(const Expression& expression, const plan::Schema& schema) {
  return plan::dialects::DuckDb().Print(expression, schema);
}

Expression CastTo(Expression value, plan::ValueType type) {
  return Expression::Call(
      "cast", {std::move(value), Expression::Constant(Literal::String(plan::TypeName(type)))});
}

/// What joins the values of files, as a query over column `c`; empty: it takes all values.
std::string JoinedValue(const std::string& aggregate, const std::string& c) {
  if (aggregate == "count" || aggregate == "count_if")
    return fmt::format("coalesce(sum({}), 0)", c);
  if (aggregate == "sum" || aggregate == "min" || aggregate == "max")
    return fmt::format("{}({})", aggregate, c);
  return "";
}

/// avg as the quotient that it is.
Result<Expression> WithoutAverages(const Expression& expression, const plan::Schema& schema) {
  Status status;
  Expression result = plan::ReplaceInnermostAggregates(expression, [&](const Expression& call) {
    if (call.name() != "avg") return call;
    const auto typed = plan::Analyze(call, schema);
    if (!typed) {
      status = std::unexpected(typed.error());
      return call;
    }
    Expression value = call.arguments().front();
    if (!plan::Analyze(value, schema)->type.IsNumber())
      value = CastTo(std::move(value), plan::ValueType::Double());
    return CastTo(Expression::Call("divide", {Expression::Call("sum", {value}),
                                              Expression::Call("count", {value})}),
                  typed->type);
  });
  ASSAY_RETURN_IF_ERROR(status);
  return result;
}

Literal ToLiteral(const duckdb::Value& value) {
  using duckdb::LogicalTypeId;
  if (value.IsNull()) return Literal::Null();
  switch (value.type().id()) {
    case LogicalTypeId::BOOLEAN: return Literal::Boolean(value.GetValue<bool>());
    case LogicalTypeId::FLOAT:
    case LogicalTypeId::DOUBLE: return Literal::Double(value.GetValue<double>());
    case LogicalTypeId::DATE: return {plan::LiteralKind::kDate, value.ToString()};
    case LogicalTypeId::TIMESTAMP: return {plan::LiteralKind::kTimestamp, value.ToString()};
    case LogicalTypeId::DECIMAL: return {plan::LiteralKind::kDecimal, value.ToString()};
    case LogicalTypeId::VARCHAR: return Literal::String(value.GetValue<std::string>());
    default: return {plan::LiteralKind::kInteger, value.ToString()};
  }
}

/// The constant of `type` in an expression. Literals of decimals and nulls do not tell all of
/// their type.
Expression TypedConstant(Literal literal, plan::ValueType type) {
  const bool tells_type =
      literal.kind != plan::LiteralKind::kNull && literal.kind != plan::LiteralKind::kDecimal;
  Expression constant = Expression::Constant(std::move(literal));
  const bool has_name = type.kind != plan::ValueType::Kind::kNull;
  return tells_type || !has_name ? constant : CastTo(std::move(constant), type);
}

CollectedRows::QueryText Select(const std::string& columns,
                                const std::string& condition = "true") {
  return [=](const std::string& rows) {
    return fmt::format("SELECT {} FROM {} WHERE {}", columns, rows, condition);
  };
}

/// The aggregates of one level, and where what they need is collected.
class Level {
 public:
  Level(Session& session, const Dataset& dataset, const DatasetSchema& schema,
        int64_t max_rows_per_file)
      : session_(session),
        schema_(schema),
        rows_(session, dataset, schema, max_rows_per_file) {}

  /// Prepares the innermost aggregates of a request.
  Status Add(const Expression& expression, const std::optional<Expression>& filter) {
    std::string condition = "true";
    if (filter) {
      ASSAY_TRY(condition, Print(*filter, schema_.schema));
    }
    for (const Expression& call : plan::InnermostAggregates(expression)) {
      if (Find(call, condition) != nullptr) continue;
      ASSAY_TRY(Part part, Prepare(call, condition));
      parts_.push_back(std::move(part));
    }
    return {};
  }

  Status Read(const RunContext& context) {
    if (!file_values_.empty()) {
      ASSAY_TRY(joined_table_,
                rows_.Add(Select(fmt::format("{}", fmt::join(file_values_, ", ")))));
    }
    ASSAY_RETURN_IF_ERROR(rows_.Read("measuring", context));
    for (Part& part : parts_) {
      const auto result = RunQuery(session_, schema_,
                                   fmt::format("SELECT {} FROM {}", part.value,
                                               rows_.Table(part.query.value_or(joined_table_))),
                                   context.stop);
      if (result) {
        part.constant = TypedConstant(ToLiteral((*result)->GetValue(0, 0)), part.type);
      } else if (result.error().kind == ErrorKind::kCancelled) {
        return std::unexpected(result.error());
      } else {
        part.constant = std::unexpected(result.error());
      }
    }
    return {};
  }

  Result<Expression> Replace(const Expression& expression,
                             const std::optional<Expression>& filter) const {
    std::string condition = "true";
    if (filter) {
      ASSAY_TRY(condition, Print(*filter, schema_.schema));
    }
    Status status;
    Expression replaced =
        plan::ReplaceInnermostAggregates(expression, [&](const Expression& call) {
          const Result<Expression>& constant = Find(call, condition)->constant;
          if (!constant) status = std::unexpected(constant.error());
          return constant.value_or(call);
        });
    ASSAY_RETURN_IF_ERROR(status);
    return replaced;
  }

 private:
  struct Part {
    Expression call;
    std::string condition;  // of the rows
    plan::ValueType type;
    std::optional<size_t> query = {};  // of its own; else it shares the one of a row a file
    std::string value = {};            // over the table of the query
    Result<Expression> constant = Fail(ErrorKind::kInternal, "not yet read");
  };

  const Part* Find(const Expression& call, const std::string& condition) const {
    for (const Part& part : parts_) {
      if (part.call == call && part.condition == condition) return &part;
    }
    return nullptr;
  }

  Result<Part> Prepare(const Expression& call, const std::string& condition) {
    ASSAY_TRY(const plan::Typed typed, plan::Analyze(call, schema_.schema));
    Part part{.call = call, .condition = condition, .type = typed.type};
    part.value = JoinedValue(call.name(), fmt::format("c{}", file_values_.size()));
    if (!part.value.empty()) {
      ASSAY_TRY(const std::string sql, Print(call, schema_.schema));
      const std::string value = fmt::format("{} FILTER (WHERE ({}) IS TRUE)", sql, condition);
      // Whether it can be bound, before it is joined with others.
      ASSAY_RETURN_IF_ERROR(rows_.Describe(Select(value)));
      file_values_.push_back(value);
      return part;
    }
    return call.name() == "count_distinct" ? KeepDistinct(std::move(part))
                                           : KeepNumbers(std::move(part));
  }

  Result<Part> KeepDistinct(Part part) {
    std::string columns, names;
    std::string condition = fmt::format("({}) IS TRUE", part.condition);
    for (size_t i = 0; i < part.call.arguments().size(); ++i) {
      ASSAY_TRY(const std::string sql, Print(part.call.arguments()[i], schema_.schema));
      condition += fmt::format(" AND ({}) IS NOT NULL", sql);
      columns += fmt::format("{}{}", i > 0 ? ", " : "", sql);
      names += fmt::format("{}c{}", i > 0 ? ", " : "", i);
    }
    // Each combination once for a file.
    ASSAY_TRY(part.query, rows_.Add(Select("DISTINCT " + columns, condition)));
    part.value = fmt::format("count(DISTINCT ({}))", names);
    return part;
  }

  /// Of aggregates whose first argument is read as a double, and others are written out.
  Result<Part> KeepNumbers(Part part) {
    std::vector<Expression> arguments = part.call.arguments();
    ASSAY_TRY(const std::string sql,
              Print(CastTo(arguments.front(), plan::ValueType::Double()), schema_.schema));
    ASSAY_TRY(part.query, rows_.Add(Select(sql, fmt::format("({}) IS TRUE AND ({}) IS NOT NULL",
                                                            part.condition, sql))));
    const plan::Schema kept{{{.name = "c0",
                              .path = {"c0"},
                              .type = plan::FieldType::kFractional,
                              .native_type = "DOUBLE"}}};
    arguments.front() = Expression::Column("c0");
    ASSAY_TRY(part.value,
              Print(Expression::Call(part.call.name(), std::move(arguments)), kept));
    return part;
  }

  Session& session_;
  const DatasetSchema& schema_;
  CollectedRows rows_;
  std::vector<std::string> file_values_;  // columns of the query that gives one row a file
  size_t joined_table_ = 0;
  std::vector<Part> parts_;
};

}  // namespace

Result<std::vector<Result<Expression>>> ReplaceAggregates(
    Session& session, const Dataset& dataset, const DatasetSchema& schema,
    const std::vector<AggregateRequest>& requests, int64_t max_rows_per_file,
    const RunContext& context) {
  std::vector<Result<Expression>> results;
  for (const AggregateRequest& request : requests) results.emplace_back(request.expression);
  while (true) {
    Level level(session, dataset, schema, max_rows_per_file);
    std::vector<size_t> pending;
    for (size_t i = 0; i < requests.size(); ++i) {
      if (!results[i] || !plan::HasAggregates(*results[i])) continue;
      results[i] = WithoutAverages(*results[i], schema.schema);
      if (!results[i]) continue;
      if (Status added = level.Add(*results[i], requests[i].filter); !added) {
        results[i] = std::unexpected(added.error());
        continue;
      }
      pending.push_back(i);
    }
    if (pending.empty()) return results;
    const Status read = level.Read(context);
    if (!read && read.error().kind == ErrorKind::kCancelled)
      return std::unexpected(read.error());
    for (const size_t i : pending) {
      results[i] = read ? level.Replace(*results[i], requests[i].filter)
                        : Result<Expression>(std::unexpected(read.error()));
    }
  }
}

Result<Literal> ValueOf(Session& session, const Expression& expression) {
  ASSAY_TRY(const std::string sql, Print(expression, plan::Schema{}));
  ASSAY_TRY(const auto rows, RunQuery(session, "SELECT " + sql, {}));
  return ToLiteral(rows->GetValue(0, 0));
}

Result<Literal> Measure(Session& session, const Dataset& dataset, const DatasetSchema& schema,
                        const Expression& measure, const std::optional<Expression>& filter,
                        const RunContext& context) {
  ASSAY_TRY(const auto replaced,
            ReplaceAggregates(session, dataset, schema, {{measure, filter}}, -1, context));
  ASSAY_TRY(const Expression value, replaced.front());
  return ValueOf(session, value);
}

}  // namespace assay::engine
