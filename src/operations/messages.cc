#include "operations/messages.h"

#include <fmt/format.h>

namespace assay::operations {
namespace {

constexpr size_t kMaxViolation =
    200;  // code points: lists and expressions of users may be long
constexpr size_t kMaxNamedFields = 5;

/// `text` is valid UTF-8 or already damaged; a cut never splits a character.
std::string Cut(const std::string& text, size_t code_points) {
  size_t seen = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool starts_character = (text[i] & 0xC0) != 0x80;
    if (starts_character && seen++ == code_points) return text.substr(0, i) + "…";
  }
  return text;
}

std::string ValueText(const Json& value) {
  return Cut(PrintJson(value), kMaxMessageValue);
}

/// "a", "a and b", "a, b and c", "a, b, c, d, e and 3 more".
std::string NameList(const std::vector<std::string>& names) {
  if (names.empty()) return "the row";
  std::string list = Cut(names.front(), kMaxMessageValue);
  const size_t shown = names.size() <= kMaxNamedFields ? names.size() : kMaxNamedFields;
  for (size_t i = 1; i < shown; ++i) {
    list += (i + 1 == names.size() ? " and " : ", ") + Cut(names[i], kMaxMessageValue);
  }
  if (shown < names.size()) list += fmt::format(" and {} more", names.size() - shown);
  return list;
}

/// " (a 2, b 1)"; nothing without fields.
std::string FirstValues(const Json& record, const std::vector<std::string>& fields) {
  std::string values;
  for (size_t i = 0; i < fields.size() && i < kMaxNamedFields; ++i) {
    values += fmt::format("{}{} {}", i == 0 ? "" : ", ", Cut(fields[i], kMaxMessageValue),
                          ValueText(RecordValue(record, fields[i])));
  }
  return values.empty() ? "" : " (" + values + ")";
}

/// With a coverage below 1: how many may fail.
std::string Allowance(const rules::CompiledCheck& check) {
  if (check.plan.coverage >= 1) return "";
  return fmt::format(", more than the {:.6g} % that may", 100 * (1 - check.plan.coverage));
}

std::string Statement(const rules::CompiledCheck& check) {
  return NameList(check.fields) + " " + Cut(check.violation, kMaxViolation);
}

std::string ShowMeasure(const std::optional<plan::Literal>& measure) {
  return measure ? Cut(measure->text, kMaxMessageValue) : "null";
}

/// Of a check that fails: what was measured, and what it was compared with.
std::string Measured(const plan::CheckForm& form, const engine::CheckOutcome& outcome) {
  const std::string measure = ShowMeasure(outcome.measure);
  if (std::holds_alternative<plan::FreshnessCheck>(form))
    return "the last update was " + measure;
  if (!outcome.compared_with) return "it is " + measure;
  const std::string other = ShowMeasure(outcome.compared_with);
  return std::holds_alternative<plan::ComparisonCheck>(form)
             ? fmt::format("it is {}, and that is {}", measure, other)
             : fmt::format("it was {} and is {}", other, measure);
}

double Percent(int64_t part, int64_t whole) {
  return whole == 0 ? 0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

Json RecordValue(const Json& record, const std::string& field) {
  if (!record.is_object()) return nullptr;
  if (const auto found = record.find(field); found != record.end()) return *found;
  for (size_t dot = field.find('.'); dot != std::string::npos; dot = field.find('.', dot + 1)) {
    const auto parent = record.find(field.substr(0, dot));
    if (parent != record.end()) return RecordValue(*parent, field.substr(dot + 1));
  }
  return nullptr;
}

std::string RowMessage(const rules::CompiledCheck& check, const Json& record) {
  const std::string message = Statement(check);
  if (check.fields.size() == 1) {
    const Json value = RecordValue(record, check.fields.front());
    return value.is_null() ? message : message + fmt::format(" (value {})", ValueText(value));
  }
  return message + FirstValues(record, check.fields);
}

std::string ReturnedRowMessage(const rules::CompiledCheck& check, const Json& record) {
  std::vector<std::string> fields;
  for (const auto& [field, value] : record.items()) fields.push_back(field);
  return Statement(check) + FirstValues(record, fields);
}

std::optional<std::string> GivenMessage(const Json& record, const std::string& field) {
  const Json value = RecordValue(record, field);
  if (value.is_null()) return std::nullopt;
  const std::string text = value.is_string() ? value.get<std::string>() : PrintJson(value);
  if (text.empty()) return std::nullopt;
  return Cut(text, kMaxGivenMessage);
}

std::string CountMessage(const rules::CompiledCheck& check, const engine::CheckCounts& counts) {
  return fmt::format("{} in {} of {} {}rows ({:.3f} %){}", Statement(check),
                     counts.failing_rows, counts.asserted_rows,
                     check.plan.filter ? "filtered " : "",
                     Percent(counts.failing_rows, counts.asserted_rows), Allowance(check));
}

std::string DifferenceMessage(const std::string& container, const rules::CompiledCheck& check,
                              const engine::CheckOutcome& outcome) {
  const engine::DifferenceOutcome counts =
      outcome.difference.value_or(engine::DifferenceOutcome{});
  const int64_t differing = outcome.total.failing_rows;
  return fmt::format(
      "{} {}{} between {} ({}) and {} ({}){}", differing, check.plan.filter ? "filtered " : "",
      differing == 1 ? "record differs" : "records differ", container, counts.records,
      check.reference_name, counts.reference_records, Allowance(check));
}

std::string WholeMessage(const std::string& container, const rules::CompiledCheck& check,
                         const engine::CheckOutcome& outcome) {
  const std::string names = check.fields.empty() ? container : NameList(check.fields);
  const std::string violation = Cut(check.violation, kMaxViolation);
  if (std::holds_alternative<plan::SchemaCheck>(check.plan.form))
    return SchemaMessage(container, check, outcome.detail);
  if (std::holds_alternative<plan::FreshnessCheck>(check.plan.form))
    return fmt::format("{} {}: {}", container, violation, Measured(check.plan.form, outcome));
  if (plan::IsMeasured(check.plan.form)) {
    return fmt::format("{} {}: {}", Cut(check.wording.subject, kMaxViolation), violation,
                       Measured(check.plan.form, outcome));
  }
  if (plan::IsOfGroups(check.plan.form)) {
    const auto [asserted, failing] = outcome.groups;
    return fmt::format("{} {} {} {} of {} {} ({:.3f} %){}: {}", names, violation,
                       check.wording.preposition, failing, asserted, check.wording.groups,
                       Percent(failing, asserted), Allowance(check), outcome.detail);
  }
  if (std::holds_alternative<plan::DifferenceCheck>(check.plan.form))
    return DifferenceMessage(container, check, outcome);
  if (std::holds_alternative<plan::QueryCheck>(check.plan.form)) {
    const int64_t rows = outcome.total.failing_rows;
    return fmt::format("the query returned {} {}", rows, rows == 1 ? "row" : "rows");
  }
  return CountMessage(check, outcome.total);
}

std::string SchemaMessage(const std::string& container, const rules::CompiledCheck& check,
                          const std::string& detail) {
  const std::string message = container + " " + Cut(check.violation, kMaxViolation);
  return detail.empty() ? message : message + ": " + detail;
}

}  // namespace assay::operations
