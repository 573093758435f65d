#include "cli/sources.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "connectors/file_ending.h"

namespace assay::cli {
namespace {

/// Put behind names without a known ending when the user says what the files are, so that they
/// are grouped like any others; taken off again afterwards.
std::string_view EndingOf(engine::FileFormat format) {
  switch (format) {
    case engine::FileFormat::kParquet: return ".parquet";
    case engine::FileFormat::kDelimited: return ".csv";
    case engine::FileFormat::kJson: return ".json";
    case engine::FileFormat::kTable: break;  // no file
  }
  return "";
}

std::string_view NameOf(std::string_view path) {
  return path.substr(path.rfind('/') + 1);
}

bool NeedsEnding(const connectors::ListedFile& file) {
  const std::string_view name = NameOf(file.relative_path);
  return !name.empty() && connectors::ReasonToSkipFile(name).empty() &&
         !connectors::ReadFileEnding(name);
}

/// Containers found below one URI.
struct Listing {
  std::unique_ptr<connectors::Connector> connector;
  connectors::Grouped grouped;
};

Result<Listing> List(const std::string& uri, const SourceOptions& options,
                     connectors::Explain explain, const std::stop_token& stop) {
  ASSAY_TRY(connectors::OpenedUri opened, connectors::OpenUri(uri, stop));
  connectors::FileLister* lister = opened.connector->files();
  if (lister == nullptr)
    return Fail(ErrorKind::kUnsupported, "this kind of place holds no files");

  std::vector<connectors::ListedFile> files;
  std::set<std::string> extended;  // paths that got an ending
  ASSAY_RETURN_IF_ERROR(lister->List(
      [&](std::vector<connectors::ListedFile> page) -> Status {
        for (auto& file : page) {
          if (!opened.only_file.empty() && file.relative_path != opened.only_file) continue;
          if (options.format && NeedsEnding(file)) {
            file.relative_path += EndingOf(*options.format);
            extended.insert(file.relative_path);
          }
          files.push_back(std::move(file));
        }
        return {};
      },
      stop));
  if (files.empty()) {
    return Fail(ErrorKind::kNotFound,
                opened.only_file.empty() ? "there are no files" : "there is no such file");
  }

  Listing listing{
      .connector = std::move(opened.connector),
      .grouped = connectors::GroupFiles(std::move(files), options.grouping, explain)};
  const auto take_ending_off = [&](std::string& path) {
    path.erase(path.size() - std::min(path.size(), EndingOf(*options.format).size()));
  };
  for (auto& container : listing.grouped.containers) {
    if (options.format) container.format = *options.format;
    bool all_extended = !container.files.empty();
    for (auto& file : container.files) {
      if (extended.contains(file.relative_path)) {
        take_ending_off(file.relative_path);
      } else {
        all_extended = false;
      }
    }
    if (all_extended && container.name.ends_with(EndingOf(*options.format)))
      take_ending_off(container.name);
  }
  if (listing.grouped.containers.empty()) {
    const connectors::FilePlacement& first = listing.grouped.left_out.front();
    return Fail(ErrorKind::kNotFound, fmt::format("no file holds data ({} left out; {}: {})",
                                                  listing.grouped.left_out.size(),
                                                  first.relative_path, first.reason));
  }
  return listing;
}

/// Puts the URI in front of names that several URIs use.
void TellApart(std::vector<Source>& containers, const std::vector<std::string>& uris) {
  std::map<std::string, int> uses;
  for (const auto& source : containers) ++uses[source.dataset.name];
  for (size_t i = 0; i < containers.size(); ++i) {
    std::string& name = containers[i].dataset.name;
    if (uses[name] > 1)
      name = fmt::format("{}{}{}", uris[i], uris[i].ends_with('/') ? "" : "/", name);
  }
}

}  // namespace

Result<Sources> FindSources(const SourceOptions& options, connectors::Explain explain,
                            std::stop_token stop) {
  Sources sources;
  std::vector<std::string> uri_of;  // parallel to containers
  for (const auto& uri : options.uris) {
    Result<Listing> listing = List(uri, options, explain, stop);
    if (stop.stop_requested()) return Fail(ErrorKind::kCancelled, "stopped while listing");
    if (!listing) {
      sources.unread.push_back({.name = uri, .error = std::move(listing).error()});
      continue;
    }
    const std::string root = listing->connector->root_uri();
    for (auto& found : listing->grouped.containers) {
      sources.containers.push_back({.dataset = {.name = std::move(found.name),
                                                .format = found.format,
                                                .options = options.read,
                                                .files = std::move(found.files)},
                                    .partition_fields = std::move(found.partition_fields)});
      uri_of.push_back(root);
    }
    for (const connectors::FilePlacement& placement : listing->grouped.left_out) {
      if (!placement.is_closed_folder) continue;
      sources.unread.push_back(
          {.name = placement.relative_path, .error = {ErrorKind::kDenied, placement.reason}});
    }
    std::ranges::move(listing->grouped.left_out, std::back_inserter(sources.left_out));
    std::ranges::move(listing->grouped.placements, std::back_inserter(sources.placements));
    sources.connectors.push_back(std::move(listing->connector));
  }
  TellApart(sources.containers, uri_of);
  return sources;
}

Result<std::unique_ptr<engine::Session>> OpenSession(const engine::SessionOptions& options,
                                                     const Sources& sources) {
  ASSAY_TRY(std::unique_ptr<engine::Session> session, engine::Session::Open(options));
  for (const auto& connector : sources.connectors)
    ASSAY_RETURN_IF_ERROR(connector->AttachTo(*session));
  return session;
}

}  // namespace assay::cli
