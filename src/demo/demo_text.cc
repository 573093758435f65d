#include "demo/demo_text.h"

#include <fmt/format.h>

#include "report/number_format.h"
#include "report/terminal_table.h"

namespace assay::demo {
namespace {

using report::FormatCount;

std::string Name(const FieldKey& field) {
  return field.first + "." + field.second;
}

/// Clean cells that were flagged in fields without injected cells.
int64_t FlaggedElsewhere(const Verdict& verdict) {
  int64_t count = verdict.clean_flagged;
  std::map<FieldKey, int64_t> left = verdict.clean_flagged_by_field;
  for (const Verdict::OfKind& kind : verdict.kinds) {
    const auto found = left.find(kind.field);
    if (found == left.end()) continue;
    count -= found->second;
    left.erase(found);  // two kinds may share a field
  }
  return count;
}

int64_t FlaggedIn(const Verdict& verdict, const FieldKey& field) {
  const auto found = verdict.clean_flagged_by_field.find(field);
  return found == verdict.clean_flagged_by_field.end() ? 0 : found->second;
}

report::TableCell Count(int64_t count, int64_t wanted) {
  return {FormatCount(count), count == wanted ? report::Tone::kPlain : report::Tone::kWarning};
}

std::string Kept(bool is_kept) {
  return is_kept ? "kept  " : "MISSED";
}

}  // namespace

std::string OutcomeTable(const DemoOutcome& outcome) {
  using enum report::Alignment;
  report::TerminalTable table({{.title = "kind of error", .min_width = 10},
                               {.title = "field", .min_width = 10},
                               {.title = "injected", .alignment = kRight},
                               {.title = "found by inferred", .alignment = kRight},
                               {.title = "clean flagged", .alignment = kRight},
                               {.title = "found by authored", .alignment = kRight},
                               {.title = "clean flagged", .alignment = kRight}});
  const Verdict& inferred = outcome.inferred;
  const Verdict& authored = outcome.authored;
  for (size_t i = 0; i < inferred.kinds.size(); ++i) {
    const Verdict::OfKind& kind = inferred.kinds[i];
    table.AddRow({{kind.kind},
                  {Name(kind.field)},
                  {FormatCount(kind.injected)},
                  Count(kind.found, kind.injected),
                  Count(FlaggedIn(inferred, kind.field), 0),
                  Count(authored.kinds[i].found, kind.injected),
                  Count(FlaggedIn(authored, kind.field), 0)});
  }
  table.AddRow({{"(none)"},
                {"all other fields"},
                {"0"},
                {""},
                Count(FlaggedElsewhere(inferred), 0),
                {""},
                Count(FlaggedElsewhere(authored), 0)});
  table.AddRow({{"sum"},
                {""},
                {FormatCount(inferred.injected)},
                Count(inferred.found, inferred.injected),
                Count(inferred.clean_flagged, 0),
                Count(authored.found, authored.injected),
                Count(authored.clean_flagged, 0)});
  return table.Print({}, 2);
}

std::string OutcomeSummary(const DemoOutcome& outcome) {
  const Verdict& inferred = outcome.inferred;
  const Verdict& authored = outcome.authored;
  return fmt::format(
      "  {}  authored checks find exactly the injected cells: {} of {}, {} clean cells "
      "flagged\n"
      "  {}  inferred checks find at least {:.0f} % of them: {:.2f} %\n"
      "  {}  inferred checks flag at most {:.1f} % of the clean cells: {:.4f} % of {}\n",
      Kept(authored.found == authored.injected && authored.clean_flagged == 0),
      FormatCount(authored.found), FormatCount(authored.injected),
      FormatCount(authored.clean_flagged), Kept(inferred.recall() >= kMinInferredRecall),
      100 * kMinInferredRecall, 100 * inferred.recall(),
      Kept(inferred.clean_flagged_share() <= kMaxCleanFlagged), 100 * kMaxCleanFlagged,
      100 * inferred.clean_flagged_share(), FormatCount(inferred.clean_cells));
}

std::string EnrichmentHint(const DemoOutcome& outcome) {
  const std::string& folder = outcome.enrichment_folder;
  return fmt::format(
      "The enrichment lies in {}: check_metrics, failed_checks, source_records, "
      "scan_operations.\n"
      "Any engine reads them, for example DuckDB:\n"
      "  SELECT SOURCE_CONTAINER, QUALITY_CHECK_RULE_TYPE, QUALITY_CHECK_FIELDS, "
      "count(DISTINCT ANOMALY_UUID) AS "
      "anomalies\n"
      "  FROM read_parquet('{}failed_checks/*/*.parquet') WHERE OPERATION_ID = 2 GROUP BY ALL "
      "ORDER BY ALL;\n",
      folder, folder);
}

}  // namespace assay::demo
