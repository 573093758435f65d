#include "connectors/local_connector.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include "base/id.h"
#include "connectors/durable_file.h"
#include "connectors/folder_levels.h"
#include "connectors/probe_steps.h"
#include "connectors/relative_path.h"

namespace assay::connectors {
namespace {

Status CheckNothingOfOtherTypes(const ConnectionSettings& settings) {
  const bool has_credentials =
      settings.credentials.source == auth::AwsCredentialsSource::kStatic ||
      !settings.credentials.access_key_id.empty() || !settings.credentials.profile.empty();
  const char* given = has_credentials                    ? "credentials"
                      : !settings.endpoint.empty()       ? "endpoint"
                      : !settings.region.empty()         ? "region"
                      : settings.requester_pays          ? "requester_pays"
                      : !settings.kms_key_id.empty()     ? "kms_key_id"
                      : !settings.ca_bundle_path.empty() ? "ca_bundle_path"
                                                         : nullptr;
  if (given == nullptr) return {};
  return Fail(ErrorKind::kInvalidInput, fmt::format("a local folder takes no {}", given));
}

Status ReadOneByte(const std::string& path) {
  const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return std::unexpected(LocalError("cannot open the file", path, errno));
  char byte = 0;
  const ssize_t got = read(descriptor, &byte, 1);
  const int error_number = errno;
  close(descriptor);
  if (got < 0) return std::unexpected(LocalError("cannot read the file", path, error_number));
  return {};
}

}  // namespace

Status LocalConnector::AttachTo(engine::Session& /*session*/) {
  return {};
}

std::vector<ProbeStep> LocalConnector::Probe(Access access, std::stop_token stop) {
  ProbeSteps steps(stop);
  std::string first;
  const bool can_list =
      steps.Try("list", "grant this user read and search (r-x) on the folders", [&] {
        return lister_.List(
            [&](const std::vector<ListedFile>& page) -> Status {
              for (const ListedFile& file : page) {
                if (file.relative_path.ends_with('/')) {
                  return Fail(ErrorKind::kDenied,
                              fmt::format("a folder cannot be listed: {}: {}", file.uri,
                                          file.unreadable_because));
                }
                if (first.empty() && file.unreadable_because.empty() && file.size_bytes > 0)
                  first = file.uri;
              }
              return {};
            },
            stop);
      });
  if (first.empty()) {
    steps.Skip("read", "",
               can_list ? "there is no file to read below " + root_uri()
                        : "no file is known to try it on");
  } else {
    steps.Try("read", "grant this user read (r) on the files",
              [&] { return ReadOneByte(first); });
  }
  if (access == Access::kRead) return steps.Take();

  const std::string written = fmt::format("{}/.assay-probe-{}", root_, NewUuid());
  const std::string renamed = written + "-renamed";
  const std::string remedy = "grant this user write and search (-wx) on " + root_;
  if (!steps.Try("write", remedy, [&] { return WriteDurably(written, "assay probe\n"); })) {
    steps.Skip("rename", "", "there is no file to rename");
    steps.Skip("delete", "", "there is no file to delete");
    return steps.Take();
  }
  const bool is_renamed =
      steps.Try("rename", remedy, [&] { return RenameDurably(written, renamed); });
  const std::string& left = is_renamed ? renamed : written;
  steps.Try("delete", remedy + "; the file " + left + " stays", [&]() -> Status {
    if (unlink(left.c_str()) != 0)
      return std::unexpected(LocalError("cannot delete the file", left, errno));
    return {};
  });
  // Whatever the steps said, nothing of ours is to stay that can be removed.
  unlink(written.c_str());
  return steps.Take();
}

bool IsLocalUri(const std::string& uri) {
  return uri.starts_with("file:") || uri.find("://") == std::string::npos;
}

Result<std::string> PathOfLocalUri(const std::string& uri) {
  std::string path = uri;
  if (uri.starts_with("file:")) {
    path = uri.substr(5);
    if (path.starts_with("//localhost/")) path = path.substr(11);
    if (path.starts_with("///")) path = path.substr(2);
    if (!path.starts_with('/') || path.starts_with("//")) {
      return Fail(ErrorKind::kInvalidInput,
                  fmt::format("a file URI needs an absolute path (file:///dir): '{}'", uri));
    }
    path = DecodePercent(path);
  } else if (uri.find("://") != std::string::npos) {
    return Fail(ErrorKind::kInvalidInput, fmt::format("not a local path: '{}'", uri));
  }
  if (path.empty()) return Fail(ErrorKind::kInvalidInput, "the path is empty");
  std::error_code error;
  const std::filesystem::path resolved =
      std::filesystem::weakly_canonical(std::filesystem::absolute(path, error), error);
  if (error) return std::unexpected(LocalError("cannot resolve the path", path, error.value()));
  std::string text = resolved.string();
  while (text.size() > 1 && text.ends_with('/')) text.pop_back();
  return text;
}

Result<std::unique_ptr<Connector>> OpenLocalConnector(const ConnectionSettings& settings) {
  ASSAY_RETURN_IF_ERROR(CheckNothingOfOtherTypes(settings));
  ASSAY_TRY(std::string root, PathOfLocalUri(settings.uri));
  if (const std::string below = TrimSlashes(settings.root_path); !below.empty()) {
    ASSAY_RETURN_IF_ERROR(CheckRelativePath(below));
    root += (root.ends_with('/') ? "" : "/") + below;
  }
  struct stat info{};
  if (stat(root.c_str(), &info) != 0)
    return std::unexpected(LocalError("cannot open the folder", root, errno));
  if (!S_ISDIR(info.st_mode))
    return Fail(ErrorKind::kInvalidInput, fmt::format("not a folder: {}", root));
  return std::make_unique<LocalConnector>(std::move(root));
}

}  // namespace assay::connectors
