#include "store/sql/quality_check_rows.h"

#include <fmt/format.h>

#include "store/sql/tag_links.h"

namespace assay::store::sql {
namespace {

constexpr const char* kFrom =
    " FROM quality_checks JOIN containers ON containers.id = container_id";
constexpr const char* kHasAnomalies =
    "EXISTS (SELECT 1 FROM anomaly_failed_checks WHERE check_id = quality_checks.id)";
constexpr const char* kHasOpenAnomalies =
    "EXISTS (SELECT 1 FROM anomaly_failed_checks JOIN anomalies ON anomalies.id = anomaly_id "
    "WHERE check_id = quality_checks.id AND is_open = 1)";
constexpr const char* kTagWeight =
    "((SELECT COALESCE(SUM(weight_modifier), 0) FROM quality_check_tags JOIN global_tags ON "
    "global_tags.id = tag_id WHERE check_id = quality_checks.id) + "
    "(SELECT COALESCE(SUM(weight_modifier), 0) FROM container_tags JOIN global_tags ON "
    "global_tags.id = tag_id WHERE container_tags.container_id = quality_checks.container_id))";
constexpr const char* kColumns =
    "SELECT quality_checks.id, quality_checks.created, container_id, rule_type, fields, "
    "filter, coverage, properties, quality_checks.description, status, inferred, evidence, "
    "is_new, quality_checks.favorite, rule_weight, quality_checks.additional_metadata, "
    "anomaly_message_field, owner_id, default_anomaly_assignee_id, template_id, "
    "template_values, last_editor, last_updated, quality_checks.deleted_at, last_asserted, "
    "is_passing, num_container_scans, "
    "(SELECT COUNT(*) FROM anomaly_failed_checks WHERE check_id = quality_checks.id), "
    "(SELECT COUNT(*) FROM anomaly_failed_checks JOIN anomalies ON anomalies.id = anomaly_id "
    "WHERE check_id = quality_checks.id AND is_open = 1), "
    "containers.name, container_type, datastore_id, "
    "(SELECT is_locked FROM quality_check_templates WHERE quality_check_templates.id = "
    "template_id), ";

/// As QualityCheck::weight().
std::string Weight() {
  return fmt::format(
      "rule_weight + {0} + CASE WHEN inferred = 1 THEN CASE WHEN {1} THEN {2} ELSE {3} END "
      "WHEN {1} THEN {4} ELSE {5} END",
      kTagWeight, kHasAnomalies, OriginWeight(true, true), OriginWeight(true, false),
      OriginWeight(false, true), OriginWeight(false, false));
}

std::string SortColumn(QualityCheckFilter::Sort sort) {
  switch (sort) {
    case QualityCheckFilter::Sort::kId: return "quality_checks.id";
    case QualityCheckFilter::Sort::kCreated: return "quality_checks.created";
    case QualityCheckFilter::Sort::kRuleType: return "rule_type";
    case QualityCheckFilter::Sort::kWeight: return Weight();
  }
  return "quality_checks.id";
}

std::string AssertedCondition(QualityCheckFilter::Asserted asserted) {
  switch (asserted) {
    case QualityCheckFilter::Asserted::kPassed:
      return std::string("(last_asserted IS NOT NULL AND NOT ") + kHasOpenAnomalies + ")";
    case QualityCheckFilter::Asserted::kFailed: return kHasOpenAnomalies;
    case QualityCheckFilter::Asserted::kNotYet: return "last_asserted IS NULL";
  }
  return "";
}

void AddAsserted(Where& where, const std::vector<QualityCheckFilter::Asserted>& asserted) {
  std::string condition;
  for (const QualityCheckFilter::Asserted each : asserted) {
    condition += (condition.empty() ? "" : " OR ") + AssertedCondition(each);
  }
  if (!condition.empty()) where.Add(condition);
}

Where Conditions(const QualityCheckFilter& filter) {
  Where where;
  where.In("quality_checks.id", filter.ids);
  where.In("datastore_id", filter.datastore_ids);
  where.In("container_id", filter.container_ids);
  where.In("rule_type", filter.rule_types);
  where.In("owner_id", filter.owner_ids);
  where.In("template_id", filter.template_ids);
  where.Within("datastore_id", filter.scope);
  where.Equals("inferred", filter.inferred);
  where.Equals("quality_checks.favorite", filter.favorite);
  if (filter.important) {
    where.Add(fmt::format("{}(inferred = 0 OR {})", *filter.important ? "" : "NOT ",
                          kHasOpenAnomalies));
  }
  AddAsserted(where, filter.asserted);
  where.Contains("quality_checks.description", filter.search);
  AddTagFilter(where, TaggedKind::kQualityCheck, "quality_checks.id", filter.tags);
  if (!filter.fields.empty()) {
    where.Add(
        "quality_checks.id IN (SELECT check_id FROM quality_check_fields WHERE name IN (" +
            Where::Marks(filter.fields.size()) + "))",
        Values(filter.fields.begin(), filter.fields.end()));
  }
  if (filter.statuses.empty()) {
    where.State("status IN ('Invalid', 'Discarded')", filter.archived);
  } else {
    where.In("status", filter.statuses);
  }
  return where;
}

}  // namespace

std::vector<QualityCheck> ReadQualityChecks(soci::session& session, const std::string& rest,
                                            const Values& values) {
  std::vector<QualityCheck> checks;
  QualityCheck row;
  Select select(session, std::string(kColumns) + kTagWeight + kFrom + rest, values);
  select.Into(row.id, row.created, row.container_id, row.rule_type, row.fields, row.filter,
              row.coverage, row.properties, row.description, row.status, row.inferred,
              row.evidence, row.is_new, row.favorite, row.rule_weight, row.additional_metadata,
              row.anomaly_message_field, row.owner_id, row.default_anomaly_assignee_id,
              row.template_id, row.template_values, row.last_editor, row.last_updated,
              row.deleted_at, row.last_asserted, row.is_passing, row.num_container_scans,
              row.anomaly_count, row.active_anomaly_count, row.container_name,
              row.container_type, row.datastore_id, row.template_locked, row.tag_weight);
  while (select.Next()) checks.push_back(row);
  FillTags(session, TaggedKind::kQualityCheck, checks);
  return checks;
}

Page<QualityCheck> ReadQualityCheckPage(soci::session& session,
                                        const QualityCheckFilter& filter,
                                        const PageRequest& page) {
  const Where where = Conditions(filter);
  Page<QualityCheck> result;
  result.total = SelectInteger(session, std::string("SELECT COUNT(*)") + kFrom + where.text(),
                               where.values())
                     .value_or(0);
  const char* direction = Direction(filter.order);
  result.items =
      ReadQualityChecks(session,
                        where.text() +
                            fmt::format(" ORDER BY {}{}, quality_checks.id{}",
                                        SortColumn(filter.sort), direction, direction) +
                            kPageLimits,
                        WithPage(where, page));
  return result;
}

}  // namespace assay::store::sql
