#include "connectors/containers.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <optional>
#include <span>
#include <unordered_map>
#include <utility>

#include "base/hash.h"
#include "connectors/container_names.h"
#include "connectors/file_ending.h"
#include "connectors/folder_levels.h"
#include "connectors/left_out.h"
#include "connectors/name_pattern.h"
#include "connectors/path_glob.h"

namespace assay::connectors {
namespace {

constexpr uint32_t kLeftOut = UINT32_MAX;

struct HashOfHash {
  size_t operator()(const Hash128& hash) const { return hash.low; }
};

template <class T>
using ByKey = std::unordered_map<Hash128, T, HashOfHash>;

/// One container while it is being put together.
struct Group {
  static constexpr size_t kNoOverride = SIZE_MAX;

  size_t override_index = kNoOverride;
  bool is_named_by_pattern = false;  // by the override, without its extension behind
  std::string folder, folder_with_keys;
  std::vector<std::string> partition_fields;
  std::string_view extension;
  engine::FileFormat format = engine::FileFormat::kParquet;
  std::optional<NamePattern> pattern;  // none: all files of the folder
  std::string ending;                  // empty: the files differ in it
  size_t file_count = 0;
  Hash128 key;
};

std::vector<std::string> FieldNames(const FolderLevels& levels) {
  std::vector<std::string> names;
  for (const auto& [name, value] : levels.partition_values) names.push_back(name);
  return names;
}

/// The folder that all matches of a pattern share: its levels before the first star.
std::string FixedFolder(const std::string& pattern) {
  std::string_view folder =
      SplitAtName(std::string_view(pattern).substr(0, pattern.find_first_of("*?"))).folder;
  return ReadFolders(folder).pattern;
}

/// Does the grouping of one call. The files are looked at in order of their paths, so groups
/// come into being in an order that the list's own order cannot change.
class Grouper {
 public:
  Grouper(std::vector<ListedFile> files, const GroupingOptions& options, Explain explain)
      : files_(std::move(files)),
        options_(options),
        explain_(explain),
        order_(OrderByPath(files_)),
        group_of_(files_.size(), kLeftOut) {
    for (const std::string& pattern : options.pattern_overrides)
      overrides_.push_back(NormalizePathPattern(pattern));
    if (explain_ == Explain::kYes) reasons_.resize(files_.size());
  }

  Grouped Run() {
    std::vector<uint32_t> data_files = LeaveOut();
    if (options_.grouping == Grouping::kByName) CollectEvidence(data_files);
    for (const uint32_t i : data_files) PlaceFile(i);
    evidence_ = {};
    group_by_key_ = {};
    const std::vector<std::string> names = ChooseNames(NameChoices());
    Explanations(names);
    data_files = {};
    reasons_ = {};
    MoveFiles(names);
    return std::move(result_);
  }

 private:
  struct FileView {
    FileEnding ending;
    SplitPath path;
  };

  FileView View(uint32_t i) const {
    const SplitPath path = SplitAtName(files_[i].relative_path);
    return {.ending = *ReadFileEnding(path.name), .path = path};
  }

  /// Neighbours in path order are mostly of one folder.
  const FolderLevels& Folders(std::string_view folder) {
    if (!cached_folder_ || *cached_folder_ != folder) {
      cached_levels_ = ReadFolders(folder);
      cached_folder_ = std::string(folder);
    }
    return cached_levels_;
  }

  /// Reports what is no data; returns the rest in path order.
  std::vector<uint32_t> LeaveOut() {
    const std::vector<std::string> result_folders = FindResultFolders(files_);
    std::vector<uint32_t> data_files;
    data_files.reserve(files_.size());
    for (const uint32_t i : order_) {
      const std::string& folder_reason =
          Folders(SplitAtName(files_[i].relative_path).folder).reason_to_skip;
      std::string reason =
          ReasonToLeaveOut(files_[i], folder_reason, files_, order_, result_folders);
      if (reason.empty()) {
        data_files.push_back(i);
      } else {
        result_.left_out.push_back({.relative_path = files_[i].relative_path,
                                    .container = {},
                                    .is_closed_folder = IsClosedFolder(files_[i]),
                                    .reason = std::move(reason)});
      }
    }
    return data_files;
  }

  size_t FindOverride(uint32_t i) const {
    for (size_t k = 0; k < overrides_.size(); ++k) {
      if (PathMatches(overrides_[k], files_[i].relative_path)) return k;
    }
    return Group::kNoOverride;
  }

  /// Files of one folder pattern and extension, by a further key.
  static Hash128 Key(const FolderLevels& levels, std::string_view extension,
                     std::string_view name_key) {
    return StableHash128(
        fmt::format("{}\n{}\n{}", levels.pattern_with_keys, extension, name_key));
  }

  static bool NeedsEvidence(const NameTokens& tokens) {
    return std::any_of(tokens.tokens.begin(), tokens.tokens.end(),
                       [](const NameToken& token) { return VariesByEvidence(token.kind); });
  }

  void CollectEvidence(std::span<const uint32_t> data_files) {
    NameTokens tokens;
    for (const uint32_t i : data_files) {
      const FileView file = View(i);
      CutName(file.ending.stem, tokens);
      if (!NeedsEvidence(tokens) || FindOverride(i) != Group::kNoOverride) continue;
      const Hash128 key =
          Key(Folders(file.path.folder), file.ending.extension, EvidenceKey(tokens));
      evidence_[key].Add(tokens);
    }
  }

  void PlaceFile(uint32_t i) {
    const FileView file = View(i);
    const FolderLevels& levels = Folders(file.path.folder);
    if (const size_t k = FindOverride(i); k != Group::kNoOverride) {
      PlaceByOverride(i, k, file, levels);
      return;
    }
    NameTokens& tokens = tokens_;
    const bool by_name = options_.grouping == Grouping::kByName;
    std::string name_key;
    if (by_name) {
      CutName(file.ending.stem, tokens);
      if (NeedsEvidence(tokens)) {
        evidence_.at(Key(levels, file.ending.extension, EvidenceKey(tokens)))
            .MarkVarying(tokens);
      }
      name_key = PatternKey(file.ending.stem, tokens);
    }
    Group& group = GroupFor(i, Key(levels, file.ending.extension, name_key));
    if (++group.file_count == 1) {
      SetUp(group, file, levels);
      if (by_name) group.pattern.emplace(file.ending.stem, tokens);
    } else {
      if (by_name) group.pattern->Add(tokens);
      if (group.ending != file.ending.ending) group.ending.clear();
    }
    if (explain_ == Explain::kYes) {
      reasons_[i] = (by_name ? DescribeTokens(tokens) : "all files of a folder together") +
                    Remarks(file, levels);
    }
  }

  void PlaceByOverride(uint32_t i, size_t k, const FileView& file, const FolderLevels& levels) {
    const Hash128 key =
        StableHash128(fmt::format("\nby pattern {}\n{}", overrides_[k], file.ending.extension));
    Group& group = GroupFor(i, key);
    if (++group.file_count == 1) {
      SetUp(group, file, levels);
      group.override_index = k;
      group.folder = FixedFolder(overrides_[k]);
    } else {
      // A given pattern may reach over folders with different levels: what all of them have
      // remains.
      std::erase_if(group.partition_fields, [&](const std::string& name) {
        return std::none_of(levels.partition_values.begin(), levels.partition_values.end(),
                            [&](const auto& value) { return value.first == name; });
      });
    }
    if (explain_ == Explain::kYes)
      reasons_[i] = fmt::format("matches the given pattern '{}'", overrides_[k]);
  }

  Group& GroupFor(uint32_t i, const Hash128& key) {
    const auto [found, is_new] =
        group_by_key_.emplace(key, static_cast<uint32_t>(groups_.size()));
    if (is_new) groups_.emplace_back().key = key;
    group_of_[i] = found->second;
    return groups_[found->second];
  }

  static void SetUp(Group& group, const FileView& file, const FolderLevels& levels) {
    group.folder = levels.pattern;
    group.folder_with_keys = levels.pattern_with_keys;
    group.partition_fields = FieldNames(levels);
    group.extension = file.ending.extension;
    group.format = file.ending.format;
    group.ending = file.ending.ending;
  }

  static std::string Remarks(const FileView& file, const FolderLevels& levels) {
    std::string remarks;
    if (levels.pattern_with_keys != file.path.folder) {
      remarks += fmt::format("; folder read as '{}'", levels.pattern_with_keys);
    }
    if (!levels.partition_values.empty()) {
      remarks += fmt::format("; partition fields {}", fmt::join(FieldNames(levels), ", "));
    }
    return remarks;
  }

  std::vector<NameChoice> NameChoices() {
    // Of the formats that one given pattern catches, the one with the most files bears its
    // name.
    std::map<size_t, const Group*> largest;
    for (const Group& group : groups_) {
      if (group.override_index == Group::kNoOverride) continue;
      const Group*& best = largest[group.override_index];
      const bool is_better =
          best == nullptr || group.file_count > best->file_count ||
          (group.file_count == best->file_count && group.extension < best->extension);
      if (is_better) best = &group;
    }
    std::vector<NameChoice> choices;
    choices.reserve(groups_.size());
    for (Group& group : groups_) {
      if (group.override_index != Group::kNoOverride) {
        const std::string& pattern = overrides_[group.override_index];
        group.is_named_by_pattern = largest.at(group.override_index) == &group;
        std::string name = group.is_named_by_pattern
                               ? pattern
                               : fmt::format("{} [{}]", pattern, group.extension);
        choices.push_back({.brief = name, .full = name});
        continue;
      }
      choices.push_back(
          {.brief = Name(group, group.folder, NamePattern::Detail::kShort),
           .full = Name(group, group.folder_with_keys, NamePattern::Detail::kLong)});
    }
    return choices;
  }

  static std::string Name(const Group& group, const std::string& folder,
                          NamePattern::Detail detail) {
    std::string name = folder.empty() ? "" : folder + "/";
    name += group.pattern ? group.pattern->Print(detail) : "*";
    const bool has_ending = !group.ending.empty() && group.pattern;
    return has_ending ? name + group.ending : fmt::format("{}.{}", name, group.extension);
  }

  void Explanations(std::span<const std::string> names) {
    if (explain_ == Explain::kNo) return;
    for (size_t i = 0; i < files_.size(); ++i) {
      if (group_of_[i] == kLeftOut) continue;
      result_.placements.push_back({.relative_path = files_[i].relative_path,
                                    .container = names[group_of_[i]],
                                    .reason = std::move(reasons_[i])});
    }
  }

  void MoveFiles(std::span<const std::string> names) {
    std::vector<uint32_t> by_name(groups_.size());
    for (uint32_t g = 0; g < by_name.size(); ++g) by_name[g] = g;
    std::sort(by_name.begin(), by_name.end(),
              [&](uint32_t a, uint32_t b) { return names[a] < names[b]; });
    std::vector<uint32_t> position(groups_.size());
    result_.containers.reserve(groups_.size());
    for (const uint32_t g : by_name) {
      position[g] = static_cast<uint32_t>(result_.containers.size());
      Group& group = groups_[g];
      FoundContainer& container = result_.containers.emplace_back();
      container.name = names[g];
      container.key = fmt::format("{:016x}{:016x}", group.key.high, group.key.low);
      if (group.is_named_by_pattern)
        container.given_pattern = options_.pattern_overrides[group.override_index];
      container.folder = std::move(group.folder);
      container.format = group.format;
      container.partition_fields = std::move(group.partition_fields);
      container.files.reserve(group.file_count);
    }
    groups_ = {};
    for (const uint32_t i : order_) {
      if (group_of_[i] != kLeftOut)
        MoveFile(files_[i], result_.containers[position[group_of_[i]]]);
    }
  }

  void MoveFile(ListedFile& listed, FoundContainer& container) {
    engine::DataFile& file = container.files.emplace_back();
    if (!container.partition_fields.empty()) {
      file.partition_values =
          Folders(SplitAtName(listed.relative_path).folder).partition_values;
      std::erase_if(file.partition_values, [&](const auto& value) {
        const auto& fields = container.partition_fields;
        return std::find(fields.begin(), fields.end(), value.first) == fields.end();
      });
    }
    file.uri = std::move(listed.uri);
    file.relative_path = std::move(listed.relative_path);
    file.size_bytes = listed.size_bytes;
    file.last_modified = listed.last_modified;
    file.etag = std::move(listed.etag);
  }

  std::vector<ListedFile> files_;
  const GroupingOptions& options_;
  Explain explain_;
  std::vector<std::string> overrides_;
  std::vector<uint32_t> order_;
  std::vector<uint32_t> group_of_;
  std::vector<std::string> reasons_;
  ByKey<NameEvidence> evidence_;
  ByKey<uint32_t> group_by_key_;
  std::vector<Group> groups_;
  NameTokens tokens_;
  std::optional<std::string> cached_folder_;
  FolderLevels cached_levels_;
  Grouped result_;
};

}  // namespace

Grouped GroupFiles(std::vector<ListedFile> files, const GroupingOptions& options,
                   Explain explain) {
  return Grouper(std::move(files), options, explain).Run();
}

}  // namespace assay::connectors
