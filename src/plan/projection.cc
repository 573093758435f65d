#include "plan/projection.h"

#include <fmt/format.h>

#include <algorithm>

#include "plan/aggregates.h"
#include "plan/bind_now.h"
#include "plan/functions.h"
#include "plan/letter_case.h"
#include "plan/lexer.h"
#include "plan/parser.h"
#include "plan/syntax.h"
#include "plan/typed.h"

namespace assay::plan {
namespace {

constexpr size_t kLongestName = 255;

/// The fields of a source and how they may be called.
struct Source {
  const Schema& schema;
  const OtherNames& other_names;

  /// nullptr when there is none of that name.
  const Field* Find(const std::string& name) const {
    if (const Field* field = schema.Find(name)) return field;
    const auto other = other_names.find(name);
    return other == other_names.end() ? nullptr : schema.Find(other->second);
  }

  /// The expression with the names of fields as the schema has them, so that equal ones are
  /// equal.
  Expression Spelled(const Expression& expression) const {
    if (expression.kind() == Expression::Kind::kLiteral) return expression;
    if (expression.kind() == Expression::Kind::kColumn) {
      const Field* field = Find(expression.name());
      return field == nullptr ? expression : Expression::Column(field->name);
    }
    std::vector<Expression> arguments;
    for (const Expression& argument : expression.arguments())
      arguments.push_back(Spelled(argument));
    return Expression::Call(expression.name(), std::move(arguments));
  }
};

Result<Syntax> SyntaxOf(const std::string& text, Syntax::Aggregates aggregates) {
  static const Variables none;
  ASSAY_TRY(std::vector<Token> tokens, Tokenize(text));
  return Syntax(text, std::move(tokens), none, aggregates);
}

std::unexpected<Error> RefuseAt(const std::string& text, size_t offset, const Error& error) {
  return FailWithin(Position(text, offset), error);
}

std::unexpected<Error> RefuseAt(const std::string& text, size_t offset, std::string message) {
  return RefuseAt(text, offset, Error{ErrorKind::kInvalidInput, std::move(message)});
}

/// Columns of a projection, and where each stands in the text.
class ColumnList {
 public:
  ColumnList(const std::string& text, const Source& source) : text_(text), source_(source) {}

  Status Add(const Syntax::SelectItem& item) {
    if (!item.value) return AddAll(item.offset);
    const Expression value = source_.Spelled(*item.value);
    if (const auto typed = Analyze(value, source_.schema); !typed)
      return RefuseAt(text_, item.offset, typed.error());
    if (item.name) return AddOne(*item.name, value, item.offset);
    if (value.kind() != Expression::Kind::kColumn) {
      return RefuseAt(text_, item.offset,
                      "a value that is not just a field needs a name: ... AS name");
    }
    return AddOne(source_.Find(value.name())->path.back(), value, item.offset);
  }

  const std::vector<NamedExpression>& columns() const { return columns_; }
  size_t offset(size_t column) const { return offsets_[column]; }

 private:
  Status AddAll(size_t offset) {
    for (const Field& field : source_.schema.fields) {
      if (field.path.size() > 1 || field.name.ends_with("[]")) continue;
      ASSAY_RETURN_IF_ERROR(AddOne(field.name, Expression::Column(field.name), offset));
    }
    return {};
  }

  Status AddOne(const std::string& name, const Expression& value, size_t offset) {
    if (name.size() > kLongestName) {
      return RefuseAt(text_, offset,
                      fmt::format("the name of a column may have {} bytes, this one has {}",
                                  kLongestName, name.size()));
    }
    const std::string lower = LowerAscii(name);
    for (const NamedExpression& other : columns_) {
      if (LowerAscii(other.name) != lower) continue;
      return RefuseAt(text_, offset,
                      fmt::format("two columns cannot have one name: '{}'", name));
    }
    columns_.push_back({name, value});
    offsets_.push_back(offset);
    return {};
  }

  const std::string& text_;
  const Source source_;
  std::vector<NamedExpression> columns_;
  std::vector<size_t> offsets_;
};

Result<ColumnList> ParseColumns(const std::string& text, const Source& source) {
  ASSAY_TRY(Syntax syntax, SyntaxOf(text, Syntax::Aggregates::kAllowed));
  ASSAY_TRY(const auto items, syntax.SelectList());
  ColumnList list(text, source);
  for (const Syntax::SelectItem& item : items) ASSAY_RETURN_IF_ERROR(list.Add(item));
  return list;
}

/// What an item of GROUP BY stands for: a column by its position or name, or itself.
Result<Expression> KeyOf(const Expression& item, const Source& source,
                         const std::vector<NamedExpression>& columns) {
  if (item.kind() == Expression::Kind::kLiteral) {
    for (size_t i = 0; i < columns.size(); ++i) {
      if (item.literal() == Literal::Integer(static_cast<int64_t>(i) + 1))
        return columns[i].value;
    }
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("expected the position of a column, from 1 to {}", columns.size()));
  }
  if (item.kind() == Expression::Kind::kColumn && source.Find(item.name()) == nullptr) {
    for (const NamedExpression& column : columns) {
      if (LowerAscii(column.name) == LowerAscii(item.name())) return column.value;
    }
  }
  const Expression key = source.Spelled(item);
  ASSAY_RETURN_IF_ERROR(Analyze(key, source.schema));
  return key;
}

Result<std::vector<Expression>> ParseKeys(const std::string& text, const Source& source,
                                          const std::vector<NamedExpression>& columns) {
  ASSAY_TRY(Syntax syntax, SyntaxOf(text, Syntax::Aggregates::kRefused));
  ASSAY_TRY(const auto items, syntax.GroupingList());
  std::vector<Expression> keys;
  for (const Syntax::SelectItem& item : items) {
    Result<Expression> key = KeyOf(*item.value, source, columns);
    if (!key) return RefuseAt(text, item.offset, key.error());
    if (HasAggregates(*key))
      return RefuseAt(text, item.offset, "there is no grouping by an aggregate");
    keys.push_back(*std::move(key));
  }
  return keys;
}

Result<Expression> ParseCondition(const std::string& text, const Source& source) {
  ASSAY_TRY(const Expression condition, ParseExpression(text));
  Expression spelled = source.Spelled(condition);
  ASSAY_RETURN_IF_ERROR(CheckPredicate(spelled, source.schema));
  return spelled;
}

/// Builds the columns of a Grouping from those of its projection.
class GroupedColumns {
 public:
  explicit GroupedColumns(Grouping& grouping) : grouping_(grouping) {}

  Result<Expression> Of(const Expression& expression) {
    for (const NamedExpression& key : grouping_.keys) {
      if (key.value == expression) return Expression::Column(key.name);
    }
    if (expression.kind() == Expression::Kind::kLiteral) return expression;
    if (expression.kind() == Expression::Kind::kColumn) {
      return Fail(ErrorKind::kInvalidInput,
                  fmt::format("a field must be grouped by or stand in an aggregate, such as "
                              "max({0}): '{0}'",
                              expression.name()));
    }
    if (IsAggregate(expression)) return Expression::Column(NameOf(expression));
    std::vector<Expression> arguments;
    for (const Expression& argument : expression.arguments()) {
      ASSAY_TRY(Expression replaced, Of(argument));
      arguments.push_back(std::move(replaced));
    }
    return Expression::Call(expression.name(), std::move(arguments));
  }

 private:
  static bool IsAggregate(const Expression& call) {
    const Function* function = FindFunction(call.name());
    return function != nullptr && function->sees == Function::Sees::kAllRows;
  }

  const std::string& NameOf(const Expression& aggregate) {
    auto& aggregates = grouping_.aggregates;
    const auto found = std::ranges::find(aggregates, aggregate, &NamedExpression::value);
    if (found != aggregates.end()) return found->name;
    return aggregates.emplace_back(fmt::format("aggregate {}", aggregates.size()), aggregate)
        .name;
  }

  Grouping& grouping_;
};

/// A fault of the columns, at the first that has it.
std::unexpected<Error> RefuseColumn(const Projection& projection, const ColumnList& list,
                                    const std::string& text) {
  Projection one = projection;
  for (size_t i = 0; i < projection.columns.size(); ++i) {
    one.columns = {projection.columns[i]};
    if (const auto grouping = GroupingOf(one); !grouping)
      return RefuseAt(text, list.offset(i), grouping.error());
  }
  return Fail(ErrorKind::kInternal, "a grouped projection is at fault in none of its columns");
}

void AddNames(const Expression& expression, std::vector<std::string>& names) {
  for (const std::string& name : expression.FieldNames()) {
    if (std::ranges::find(names, name) == names.end()) names.push_back(name);
  }
}

}  // namespace

bool Projection::IsGrouped() const {
  return !keys.empty() || std::ranges::any_of(columns, HasAggregates, &NamedExpression::value);
}

Result<Projection> ParseProjection(const ProjectionText& text, const Schema& schema,
                                   const OtherNames& other_names) {
  const Source source{schema, other_names};
  const auto columns = ParseColumns(text.select_clause, source);
  if (!columns) return FailWithin("select_clause", columns.error());
  Projection projection{.columns = columns->columns()};
  if (projection.columns.empty())
    return Fail(ErrorKind::kInvalidInput, "select_clause: the source has no fields");
  if (text.where_clause) {
    auto where = ParseCondition(*text.where_clause, source);
    if (!where) return FailWithin("where_clause", where.error());
    projection.where = *std::move(where);
  }
  if (text.group_by_clause) {
    auto keys = ParseKeys(*text.group_by_clause, source, projection.columns);
    if (!keys) return FailWithin("group_by_clause", keys.error());
    projection.keys = *std::move(keys);
  }
  if (projection.IsGrouped() && !GroupingOf(projection)) {
    return FailWithin("select_clause",
                      RefuseColumn(projection, *columns, text.select_clause).error());
  }
  return projection;
}

Projection BindNow(const Projection& projection, Timestamp now) {
  Projection bound = projection;
  for (NamedExpression& column : bound.columns) column.value = BindNow(column.value, now);
  if (bound.where) bound.where = BindNow(*bound.where, now);
  for (Expression& key : bound.keys) key = BindNow(key, now);
  return bound;
}

Result<Grouping> GroupingOf(const Projection& projection) {
  Grouping grouping;
  for (const Expression& key : projection.keys)
    grouping.keys.push_back({fmt::format("key {}", grouping.keys.size()), key});
  GroupedColumns columns(grouping);
  for (const NamedExpression& column : projection.columns) {
    ASSAY_TRY(Expression value, columns.Of(column.value));
    grouping.columns.push_back({column.name, std::move(value)});
  }
  return grouping;
}

std::vector<std::string> FieldNames(const Projection& projection) {
  std::vector<std::string> names;
  for (const NamedExpression& column : projection.columns) AddNames(column.value, names);
  if (projection.where) AddNames(*projection.where, names);
  for (const Expression& key : projection.keys) AddNames(key, names);
  return names;
}

}  // namespace assay::plan
