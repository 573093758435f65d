// From a list of files or tables to containers: which files are one table. The rule is
// documented in docs/containers.md and pinned by tests/connectors/containers_cases.*.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "connectors/connector.h"
#include "engine/dataset.h"

namespace assay::connectors {

enum class Grouping {
  kByName,    // files of one folder, extension and name pattern
  kByFolder,  // all files of a folder and format
};

struct GroupingOptions {
  Grouping grouping = Grouping::kByName;
  /// Patterns a user gave in place of automatic ones; a file goes to the first that matches.
  std::vector<std::string> pattern_overrides;  // relative, "orders/2024/*_v?.csv"
};

/// One container as found: its name is the pattern of its files below the root.
struct FoundContainer {
  std::string
      name;  // "orders_*.csv", unique within the root: "sales/orders_*.csv" if not at its top
  /// What the files share and any further file of the table will share, too: folder, extension,
  /// staying words and their places; hashed, 32 characters. The name may change when a file
  /// arrives that has another delimiter or compression; the key does not. Keys are stored: the
  /// same files have the same key in every release.
  std::string key;
  /// The one of GroupingOptions::pattern_overrides that it is named by; empty for all others,
  /// also for those that show their extension beside the pattern.
  std::string given_pattern;
  std::string folder;  // relative, without "k=v" levels
  engine::FileFormat format = engine::FileFormat::kParquet;
  std::string container_type = "file";          // or "table", "view"
  std::optional<engine::TableName> table = {};  // of tables and views
  std::vector<std::string> partition_fields;    // of "k=v" folders, outermost first
  std::vector<engine::DataFile> files;          // by path
};

/// Why a file, or a table that cannot be read, is where it is; for `assay containers
/// --explain`.
struct FilePlacement {
  std::string relative_path;
  std::string container;          // empty: left out
  bool is_closed_folder = false;  // one that cannot be listed: files may be missing
  std::string reason;  // "'orders' stays; '20240229' varies (a date)", "folder marker",
                       // "archived (GLACIER)"
};

struct Grouped {
  std::vector<FoundContainer> containers;  // by name
  std::vector<FilePlacement>
      left_out;  // folder markers, _SUCCESS, hidden, zero bytes, archived, unknown formats
  std::vector<FilePlacement>
      placements;  // of all other files, in list order; only filled on request
};

/// Every table is a container of its own, known by its name; those that cannot be read are left
/// out.
Grouped GroupTables(const std::vector<ListedTable>& tables);

enum class Explain { kNo, kYes };

/// Deterministic: the order of `files` does not matter. O(n log n), under 1,000 bytes a file.
Grouped GroupFiles(std::vector<ListedFile> files, const GroupingOptions& options,
                   Explain explain);

}  // namespace assay::connectors
