#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

#include "operations/enrichment.h"

namespace assay::operations {
namespace {

constexpr size_t kMaxPrefixLength = 60;

struct FileEntry {
  std::string relative_path;
  std::string state;

  static const Fields<FileEntry>& JsonFields() {
    static const Fields<FileEntry> fields = {
        Required("relative_path", &FileEntry::relative_path, "Where the file will appear."),
        Required("state", &FileEntry::state, "What the connector needs to publish it."),
    };
    return fields;
  }
};

struct CommitEntry {
  int64_t operation_id = 0;
  std::string commit_path;
  std::vector<FileEntry> files;

  static const Fields<CommitEntry>& JsonFields() {
    static const Fields<CommitEntry> fields = {
        Required("operation_id", &CommitEntry::operation_id, "The run."),
        Required("commit_path", &CommitEntry::commit_path,
                 "Of the file that lists the others."),
        Required("files", &CommitEntry::files, "All staged files."),
    };
    return fields;
  }
};

bool IsLower(char c) {
  return c >= 'a' && c <= 'z';
}
bool IsUpper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}

/// Whether a word of a camel-case text starts at `i`: "orderItems", "HTTPServer".
bool StartsWord(const std::string& text, size_t i) {
  if (i == 0 || !IsUpper(text[i])) return false;
  if (IsLower(text[i - 1]) || IsDigit(text[i - 1])) return true;
  return IsUpper(text[i - 1]) && i + 1 < text.size() && IsLower(text[i + 1]);
}

/// The run that a file is of: 7 for "a/op-7-part-1.parquet" and "a/op-7.json"; 0 for others.
int64_t RunOf(const std::string& relative_path) {
  constexpr std::string_view kStart = "op-";
  const std::string name = relative_path.substr(relative_path.rfind('/') + 1);
  int64_t run = 0;
  if (name.starts_with(kStart)) {
    std::from_chars(name.data() + kStart.size(), name.data() + name.size(), run);
  }
  return run;
}

/// Whether no process can be at work on a staged file any more.
bool IsDead(const std::string& relative_path, OrphansOf whose, Timestamp now) {
  // No server counts as far as a run at the turn of the millennium.
  constexpr Timestamp kFirstTime = std::chrono::sys_days(std::chrono::January / 1 / 2000);
  const int64_t run = RunOf(relative_path);
  if (run < RunAt(kFirstTime)) return whose == OrphansOf::kEveryone;
  return run < RunAt(now - kLongestRun);
}

}  // namespace

Json EnrichmentCommit::ToJson() const {
  CommitEntry entry{.operation_id = operation_id, .commit_path = commit_path, .files = {}};
  for (const connectors::StagedFile& file : files) {
    entry.files.push_back({file.relative_path, file.state});
  }
  return CommitEntry::JsonFields().Print(entry);
}

Result<EnrichmentCommit> EnrichmentCommit::FromJson(const Json& json) {
  ASSAY_TRY(CommitEntry entry, CommitEntry::JsonFields().Parse(json));
  EnrichmentCommit commit{.operation_id = entry.operation_id,
                          .commit_path = std::move(entry.commit_path),
                          .files = {}};
  for (FileEntry& file : entry.files) {
    commit.files.push_back({std::move(file.relative_path), std::move(file.state)});
  }
  return commit;
}

std::string CommitPath(const std::string& prefix, int64_t operation_id) {
  return fmt::format("{}/_commits/op-{}.json", EnrichmentFolder(prefix), operation_id);
}

int64_t RunAt(Timestamp time) {
  return time.time_since_epoch().count();
}

Status PublishEnrichment(connectors::ResultWriter& writer, const EnrichmentCommit& commit) {
  const std::stop_token never;
  Json paths = Json::array();
  for (const connectors::StagedFile& file : commit.files) {
    ASSAY_RETURN_IF_ERROR(writer.Publish(file, never));
    paths.push_back(file.relative_path);
  }
  const Json content = {{"operation_id", commit.operation_id}, {"files", std::move(paths)}};
  return writer.WriteNow(commit.commit_path, PrintJsonIndented(content) + "\n", never);
}

Status CheckRunIsNew(connectors::ResultWriter& writer, const EnrichmentRun& run,
                     std::stop_token stop) {
  const std::string path = CommitPath(run.prefix, run.operation_id);
  ASSAY_TRY(const std::vector<std::string> found, writer.ListVisible(path, std::move(stop)));
  if (std::ranges::find(found, path) == found.end()) return {};
  return Fail(ErrorKind::kConflict,
              fmt::format("the results of another installation lie there, which also has a run "
                          "{}; choose another enrichment prefix or root: {}{}",
                          run.operation_id, writer.root_uri(), path));
}

void DiscardStaged(connectors::ResultWriter& writer, const EnrichmentCommit& commit) {
  for (const connectors::StagedFile& file : commit.files) (void)writer.Discard(file, {});
}

Status DiscardOrphans(connectors::ResultWriter& writer, const std::string& prefix,
                      const std::vector<EnrichmentCommit>& remembered, OrphansOf whose,
                      Timestamp now, std::stop_token stop) {
  const std::string folder = EnrichmentFolder(prefix);
  if (folder.empty()) return Fail(ErrorKind::kInvalidInput, "enrichment needs a prefix");
  std::set<std::string> kept;
  for (const EnrichmentCommit& commit : remembered) {
    for (const connectors::StagedFile& file : commit.files) kept.insert(file.relative_path);
  }
  ASSAY_TRY(const std::vector<connectors::StagedFile> staged,
            writer.ListStaged(folder + "/", stop));
  for (const connectors::StagedFile& file : staged) {
    if (kept.contains(file.relative_path) || !IsDead(file.relative_path, whose, now)) continue;
    ASSAY_RETURN_IF_ERROR(writer.Discard(file, stop));
  }
  return {};
}

Result<std::string> NormalizePrefix(const std::string& prefix) {
  std::string normal = "_";
  for (size_t i = 0; i < prefix.size(); ++i) {
    const char c = prefix[i];
    const bool is_word = IsLower(c) || IsUpper(c) || IsDigit(c);
    if ((!is_word || StartsWord(prefix, i)) && normal.back() != '_') normal += '_';
    if (is_word) normal += IsUpper(c) ? static_cast<char>(c - 'A' + 'a') : c;
  }
  while (normal.size() > 1 && normal.back() == '_') normal.pop_back();
  if (normal == "_") {
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("enrichment prefix needs a letter or digit: '{}'", prefix));
  }
  if (normal.size() > kMaxPrefixLength) {
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("enrichment prefix may have {} characters, has {}: '{}'",
                            kMaxPrefixLength, normal.size(), normal));
  }
  return normal;
}

std::string EnrichmentFolder(const std::string& prefix) {
  const size_t start = prefix.find_first_not_of('_');
  return start == std::string::npos ? "" : prefix.substr(start);
}

}  // namespace assay::operations
