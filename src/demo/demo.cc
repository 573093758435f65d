#include "demo/demo.h"

#include <fmt/format.h>

#include <algorithm>

#include "connectors/connector_type.h"
#include "demo/authored_checks.h"
#include "demo/cycle.h"
#include "demo/demo_text.h"
#include "demo/generate.h"
#include "demo/injected_cells.h"
#include "demo/text_file.h"
#include "demo/workspace.h"
#include "operations/enrichment.h"
#include "report/number_format.h"
#include "rules/check_file.h"

namespace assay::demo {
namespace {

using report::FormatCount;

constexpr const char* kPrefix = "_demo";

Status MakeData(const DemoOptions& options, const Workspace& workspace, std::ostream& out,
                std::stop_token stop) {
  ASSAY_TRY(
      const std::vector<GeneratedTable> tables,
      GenerateData({.directory = workspace.data, .seed = options.seed, .scale = options.scale},
                   stop));
  std::vector<InjectedCell> injected;
  for (const GeneratedTable& table : tables) {
    out << fmt::format("made {}/{}: {} rows of {} in {} files, {} cells made wrong\n",
                       workspace.data, table.name, FormatCount(table.row_count), table.format,
                       table.file_count,
                       FormatCount(static_cast<int64_t>(table.injected.size())));
    injected.insert(injected.end(), table.injected.begin(), table.injected.end());
  }
  return WriteInjectedCells(workspace.injected, injected);
}

/// The authored checks as they stand in the workspace, of one table.
Result<std::vector<rules::CheckDefinition>> AuthoredFor(const std::string& table,
                                                        const Workspace& workspace) {
  ASSAY_TRY(const std::string text, ReadTextFile(workspace.checks));
  ASSAY_TRY(const std::vector<rules::FileCheck> checks, rules::ReadCheckFile(text));
  std::vector<rules::CheckDefinition> definitions;
  for (const rules::FileCheck& check : checks) {
    if (check.container == table) definitions.push_back(check.definition);
  }
  return definitions;
}

std::vector<rules::CheckDefinition> InferredFor(const StudiedContainer& container) {
  std::vector<rules::CheckDefinition> definitions;
  for (const infer::InferredCheck& check : container.inferred)
    definitions.push_back(check.definition);
  return definitions;
}

Status WriteSuggested(const std::vector<StudiedContainer>& containers,
                      const Workspace& workspace) {
  std::vector<rules::FileCheck> checks;
  for (const StudiedContainer& container : containers) {
    for (const infer::InferredCheck& check : container.inferred) {
      checks.push_back({.definition = check.definition, .container = container.table});
    }
  }
  return WriteTextFile(workspace.suggested, rules::WriteCheckFile(checks));
}

/// Writes the enrichment of one operation and makes it visible; gives the folder of the tables.
Result<std::string> WriteEnrichment(int64_t operation_id,
                                    const std::vector<operations::ContainerScan>& scans,
                                    const Workspace& workspace, Timestamp now,
                                    std::stop_token stop) {
  ASSAY_TRY(const connectors::OpenedUri place, connectors::OpenUri(workspace.enrichment, stop));
  operations::EnrichmentRun run;
  run.operation_id = operation_id;
  run.datastore_id = 1;
  run.datastore_name = "demo";
  run.prefix = kPrefix;
  run.operation_time = now;
  run.source_record_limit = 1'000'000'000;
  connectors::ResultWriter& writer = *place.connector->writer();
  ASSAY_TRY(const operations::EnrichmentCommit commit,
            operations::StageEnrichment(writer, run, scans, stop));
  ASSAY_RETURN_IF_ERROR(operations::PublishEnrichment(writer, commit));
  return workspace.enrichment + "/" + operations::EnrichmentFolder(kPrefix) + "/";
}

/// Fields that hold values: not the structs around them.
size_t CellsOfRow(const plan::Schema& schema) {
  return static_cast<size_t>(std::ranges::count_if(schema.fields, [](const plan::Field& field) {
    return field.type != plan::FieldType::kUnknown;
  }));
}

int64_t AnomalyCount(const std::vector<operations::ContainerScan>& scans) {
  int64_t count = 0;
  for (const operations::ContainerScan& scan : scans)
    count += static_cast<int64_t>(scan.anomalies.size());
  return count;
}

}  // namespace

bool DemoOutcome::has_met_targets() const {
  return authored.found == authored.injected && authored.clean_flagged == 0 &&
         inferred.recall() >= kMinInferredRecall &&
         inferred.clean_flagged_share() <= kMaxCleanFlagged;
}

Result<DemoOutcome> RunDemo(const DemoOptions& options, std::ostream& out,
                            const engine::RunContext& context) {
  ASSAY_TRY(const Workspace workspace, PrepareWorkspace(options.directory));
  ASSAY_RETURN_IF_ERROR(MakeData(options, workspace, out, context.stop));
  ASSAY_RETURN_IF_ERROR(WriteTextFile(workspace.checks, std::string(AuthoredChecks())));

  ASSAY_TRY(const std::unique_ptr<engine::Session> session, engine::Session::Open({}));
  ASSAY_TRY(const std::vector<StudiedContainer> containers,
            StudyFolder(*session, workspace.data, options.now, context));
  ASSAY_RETURN_IF_ERROR(WriteSuggested(containers, workspace));

  std::vector<operations::ContainerScan> inferred_scans, authored_scans;
  std::vector<size_t> field_counts;
  for (const StudiedContainer& container : containers) {
    ASSAY_TRY(const std::vector<rules::CheckDefinition> authored,
              AuthoredFor(container.table, workspace));
    const std::vector<rules::CheckDefinition> inferred = InferredFor(container);
    ASSAY_TRY(operations::ContainerScan by_inferred,
              ScanStudied(*session, container, inferred, CheckOrigin::kInferred, options.now,
                          context));
    ASSAY_TRY(operations::ContainerScan by_authored,
              ScanStudied(*session, container, authored, CheckOrigin::kAuthored, options.now,
                          context));
    out << fmt::format("container {}: {} rows, {} fields, {} checks inferred, {} authored\n",
                       container.dataset.name, FormatCount(by_authored.record_count),
                       CellsOfRow(container.schema.schema), inferred.size(), authored.size());
    inferred_scans.push_back(std::move(by_inferred));
    authored_scans.push_back(std::move(by_authored));
    field_counts.push_back(CellsOfRow(container.schema.schema));
  }

  DemoOutcome outcome;
  ASSAY_TRY(outcome.enrichment_folder,
            WriteEnrichment(1, inferred_scans, workspace, options.now, context.stop));
  ASSAY_TRY(outcome.enrichment_folder,
            WriteEnrichment(2, authored_scans, workspace, options.now, context.stop));
  ASSAY_TRY(const std::vector<InjectedCell> injected, ReadInjectedCells(workspace.injected));
  ASSAY_TRY(outcome.inferred, Judge(injected, inferred_scans, field_counts));
  ASSAY_TRY(outcome.authored, Judge(injected, authored_scans, field_counts));
  out << fmt::format(
             "anomalies: {} by inferred checks (operation 1), {} by authored checks (operation "
             "2)\n\n",
             FormatCount(AnomalyCount(inferred_scans)),
             FormatCount(AnomalyCount(authored_scans)))
      << OutcomeTable(outcome) << "\n"
      << OutcomeSummary(outcome) << "\n"
      << EnrichmentHint(outcome);
  return outcome;
}

}  // namespace assay::demo
