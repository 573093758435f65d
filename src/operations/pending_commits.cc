#include "operations/pending_commits.h"

#include <fmt/format.h>

namespace assay::operations {
namespace {

constexpr std::string_view kCommitEnding = ".json";
constexpr std::string_view kPendingEnding = ".pending.json";

/// "a/op-7.json" -> "a/op-7.pending.json".
std::string PendingPath(const EnrichmentCommit& commit) {
  std::string path = commit.commit_path;
  path.resize(path.size() - kCommitEnding.size());
  return path.append(kPendingEnding);
}

Result<EnrichmentCommit> ReadCommit(connectors::ResultWriter& writer, const std::string& path,
                                    std::stop_token stop) {
  ASSAY_TRY(const std::string text, writer.ReadNow(path, std::move(stop)));
  ASSAY_TRY(const Json json, ParseJson(text));
  ASSAY_TRY(EnrichmentCommit commit, EnrichmentCommit::FromJson(json));
  // The file is in the user's hands: it must not make us write elsewhere.
  if (!commit.commit_path.ends_with(kCommitEnding) || PendingPath(commit) != path) {
    return Fail(ErrorKind::kCorruptData, "it is not the commit of this run");
  }
  return commit;
}

Status Complete(connectors::ResultWriter& writer, const EnrichmentCommit& commit) {
  ASSAY_RETURN_IF_ERROR(PublishEnrichment(writer, commit));
  return writer.Remove(PendingPath(commit), {});
}

}  // namespace

Status PublishWithPending(connectors::ResultWriter& writer, const std::string& prefix,
                          const EnrichmentCommit& commit) {
  const std::string text = PrintJson(commit.ToJson());
  if (const Status written = writer.WriteNow(PendingPath(commit), text, {}); !written) {
    // It may be there all the same, when only the answer was lost.
    const Status removed = writer.Remove(PendingPath(commit), {});
    if (removed) DiscardStaged(writer, commit);
    return written;
  }
  const Status completed = Complete(writer, commit);
  if (completed) return {};
  return Fail(completed.error().kind,
              fmt::format("the next scan that writes to the prefix {} completes this run: {}",
                          prefix, completed.error().message));
}

Result<PendingCommits> PublishPending(connectors::ResultWriter& writer,
                                      const std::string& prefix, std::stop_token stop) {
  const std::string folder = EnrichmentFolder(prefix);
  if (folder.empty()) return Fail(ErrorKind::kInvalidInput, "enrichment needs a prefix");
  PendingCommits pending;
  ASSAY_TRY(const std::vector<std::string> paths,
            writer.ListVisible(folder + "/_commits/", stop));
  for (const std::string& path : paths) {
    if (!path.ends_with(kPendingEnding)) continue;
    if (stop.stop_requested()) return Fail(ErrorKind::kCancelled, "publishing was stopped");
    Result<EnrichmentCommit> commit = ReadCommit(writer, path, stop);
    if (!commit && commit.error().kind == ErrorKind::kNotFound)
      continue;  // completed meanwhile
    if (!commit) return FailWithin(path, commit.error());
    const Status completed = Complete(writer, *commit);
    if (completed) continue;
    pending.warnings.push_back(fmt::format(
        "an earlier run is not completed; delete its files and {} if it cannot be: {}", path,
        completed.error().message));
    pending.left.push_back(*std::move(commit));
  }
  return pending;
}

}  // namespace assay::operations
