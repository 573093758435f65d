#include "store/check_templates.h"

#include <fmt/format.h>

#include "store/sql/change.h"
#include "store/sql/tag_links.h"

namespace assay::store {
namespace {

constexpr const char* kColumns =
    "SELECT id, created, rule_type, filter, coverage, properties, description, is_locked, "
    "additional_metadata, anomaly_message_field, last_editor, last_updated, "
    "(SELECT COUNT(*) FROM quality_checks WHERE template_id = quality_check_templates.id AND "
    "status IN ('Active', 'Draft')) FROM quality_check_templates";

std::unexpected<Error> Missing(int64_t id) {
  return Fail(ErrorKind::kNotFound, fmt::format("no template {}", id));
}

std::vector<CheckTemplate> ReadAll(soci::session& session, const std::string& rest,
                                   const sql::Values& values) {
  std::vector<CheckTemplate> templates;
  CheckTemplate row;
  sql::Select select(session, kColumns + rest, values);
  select.Into(row.id, row.created, row.rule_type, row.filter, row.coverage, row.properties,
              row.description, row.is_locked, row.additional_metadata,
              row.anomaly_message_field, row.last_editor, row.last_updated, row.check_count);
  while (select.Next()) templates.push_back(row);
  sql::FillTags(session, TaggedKind::kQualityCheckTemplate, templates);
  return templates;
}

Result<CheckTemplate> Find(soci::session& session, int64_t id) {
  auto found = ReadAll(session, " WHERE id = ?", {id});
  if (found.empty()) return Missing(id);
  return std::move(found.front());
}

const char* SortColumn(CheckTemplateFilter::Sort sort) {
  switch (sort) {
    case CheckTemplateFilter::Sort::kId: return "id";
    case CheckTemplateFilter::Sort::kCreated: return "created";
    case CheckTemplateFilter::Sort::kRuleType: return "rule_type";
  }
  return "id";
}

sql::Where Conditions(const CheckTemplateFilter& filter) {
  sql::Where where;
  where.In("id", filter.ids);
  where.In("rule_type", filter.rule_types);
  where.Equals("is_locked", filter.is_locked);
  where.Contains("description", filter.search);
  sql::AddTagFilter(where, TaggedKind::kQualityCheckTemplate, "quality_check_templates.id",
                    filter.tags);
  return where;
}

}  // namespace

Result<CheckTemplate> CheckTemplates::Create(CheckTemplate check_template) {
  return access_.Write([&](soci::session& session) -> Result<CheckTemplate> {
    sql::Change change(access_, session, EntityType::kQualityCheckTemplate);
    check_template.id = sql::Insert(
        session,
        "INSERT INTO quality_check_templates (created, rule_type, filter, coverage, "
        "properties, "
        "description, is_locked, additional_metadata, anomaly_message_field, last_editor, "
        "last_updated) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        {check_template.created, check_template.rule_type, check_template.filter,
         check_template.coverage, check_template.properties, check_template.description,
         check_template.is_locked, check_template.additional_metadata,
         check_template.anomaly_message_field, check_template.last_editor,
         check_template.last_updated});
    sql::AssignTags(session, TaggedKind::kQualityCheckTemplate, check_template.id,
                    check_template.tags, check_template.created);
    change.Record("create", check_template.id);
    return Find(session, check_template.id);
  });
}

Result<CheckTemplate> CheckTemplates::Get(int64_t id) {
  return access_.Read([&](soci::session& session) { return Find(session, id); });
}

Status CheckTemplates::Update(const CheckTemplate& check_template) {
  return access_.Write([&](soci::session& session) -> Status {
    sql::Change change(access_, session, EntityType::kQualityCheckTemplate, check_template.id);
    const int64_t changed = sql::Run(
        session,
        "UPDATE quality_check_templates SET filter = ?, coverage = ?, properties = ?, "
        "description = ?, is_locked = ?, additional_metadata = ?, anomaly_message_field = ?, "
        "last_editor = ?, last_updated = ? WHERE id = ?",
        {check_template.filter, check_template.coverage, check_template.properties,
         check_template.description, check_template.is_locked,
         check_template.additional_metadata, check_template.anomaly_message_field,
         check_template.last_editor, check_template.last_updated, check_template.id});
    if (changed == 0) return Missing(check_template.id);
    sql::AssignTags(session, TaggedKind::kQualityCheckTemplate, check_template.id,
                    check_template.tags, check_template.last_updated);
    change.Record("update");
    return {};
  });
}

Status CheckTemplates::Delete(int64_t id) {
  return access_.Write([&](soci::session& session) -> Status {
    sql::Change change(access_, session, EntityType::kQualityCheckTemplate, id);
    sql::Run(session,
             "UPDATE quality_checks SET template_id = NULL, template_values = '[]' WHERE "
             "template_id = ?",
             {id});
    if (sql::Run(session, "DELETE FROM quality_check_templates WHERE id = ?", {id}) == 0) {
      return Missing(id);
    }
    change.Record("delete");
    return {};
  });
}

Result<Page<CheckTemplate>> CheckTemplates::List(const CheckTemplateFilter& filter,
                                                 const PageRequest& page) {
  return access_.Read([&](soci::session& session) -> Result<Page<CheckTemplate>> {
    const sql::Where where = Conditions(filter);
    Page<CheckTemplate> result;
    result.total = sql::SelectInteger(
                       session, "SELECT COUNT(*) FROM quality_check_templates" + where.text(),
                       where.values())
                       .value_or(0);
    const char* direction = sql::Direction(filter.order);
    result.items = ReadAll(
        session,
        where.text() +
            fmt::format(" ORDER BY {}{}, id{}", SortColumn(filter.sort), direction, direction) +
            sql::kPageLimits,
        sql::WithPage(where, page));
    return result;
  });
}

}  // namespace assay::store
