#include "operations/enrichment_move.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/json.h"
#include "operations/enrichment.h"

namespace assay::operations {
namespace {

/// Paths below one folder, and what they become below another.
struct Folders {
  std::string from, to;  // with a '/' at the end

  std::string Moved(const std::string& path) const {
    return path.starts_with(from) ? to + path.substr(from.size()) : path;
  }
  bool IsCommit(const std::string& path) const { return path.starts_with(from + "_commits/"); }
};

/// The commit file as it is to be in the new folder.
Result<std::string> MovedCommit(const std::string& text, const Folders& folders) {
  ASSAY_TRY(Json commit, ParseJson(text));
  if (!commit.is_object() || !commit.contains("files") || !commit["files"].is_array()) {
    return Fail(ErrorKind::kCorruptData, "it is not the commit of a run");
  }
  for (Json& path : commit["files"]) {
    if (path.is_string()) path = folders.Moved(path.get<std::string>());
  }
  return PrintJsonIndented(commit) + "\n";
}

Status Copy(connectors::ResultWriter& writer, const std::string& path, const Folders& folders,
            const std::stop_token& stop) {
  ASSAY_TRY(std::string bytes, writer.ReadNow(path, stop));
  if (folders.IsCommit(path)) {
    auto moved = MovedCommit(bytes, folders);
    if (!moved) return FailWithin(path, moved.error());
    bytes = *std::move(moved);
  }
  return writer.WriteNow(folders.Moved(path), bytes, stop);
}

}  // namespace

Result<int64_t> MoveEnrichment(connectors::ResultWriter& writer, const std::string& from,
                               const std::string& to, const std::function<void()>& on_file,
                               const std::stop_token& stop) {
  const Folders folders{.from = EnrichmentFolder(from) + "/", .to = EnrichmentFolder(to) + "/"};
  if (folders.from == "/" || folders.to == "/" || folders.from == folders.to) {
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("enrichment cannot move from prefix '{}' to '{}'", from, to));
  }
  ASSAY_TRY(std::vector<std::string> paths, writer.ListVisible(folders.from, stop));
  const auto is_commit = [&](const std::string& path) { return folders.IsCommit(path); };
  const auto first_commit =
      std::ranges::stable_partition(paths, std::not_fn(is_commit)).begin();
  for (const std::string& path : paths) {
    ASSAY_RETURN_IF_ERROR(Copy(writer, path, folders, stop));
    on_file();
  }
  std::rotate(paths.begin(), first_commit, paths.end());
  for (const std::string& path : paths) ASSAY_RETURN_IF_ERROR(writer.Remove(path, stop));
  return static_cast<int64_t>(paths.size());
}

}  // namespace assay::operations
