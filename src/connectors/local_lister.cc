#include <dirent.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <system_error>
#include <utility>

#include "connectors/local_files.h"

namespace assay::connectors {
namespace {

constexpr size_t kPageSize = 1000;

using FolderId = std::pair<dev_t, ino_t>;

std::string Reason(int error_number) {
  return std::generic_category().message(error_number);
}

Timestamp ModificationTime(const struct stat& info) {
  return Timestamp(std::chrono::seconds(info.st_mtim.tv_sec) +
                   std::chrono::duration_cast<std::chrono::microseconds>(
                       std::chrono::nanoseconds(info.st_mtim.tv_nsec)));
}

/// The names in a folder, sorted bytewise; an errno otherwise.
std::expected<std::vector<std::string>, int> NamesIn(const std::string& path) {
  const std::unique_ptr<DIR, int (*)(DIR*)> folder(opendir(path.c_str()), closedir);
  if (!folder) return std::unexpected(errno);
  std::vector<std::string> names;
  while (true) {
    errno = 0;
    const dirent* entry = readdir(folder.get());
    if (entry == nullptr) break;
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") names.emplace_back(name);
  }
  if (errno != 0) return std::unexpected(errno);
  std::sort(names.begin(), names.end());
  return names;
}

class Walk {
 public:
  Walk(const std::string& root, const std::function<Status(std::vector<ListedFile>)>& on_page,
       std::stop_token stop)
      : root_(root), on_page_(on_page), stop_(std::move(stop)) {}

  Status Run() {
    struct stat info{};
    if (stat(root_.c_str(), &info) != 0)
      return std::unexpected(LocalError("cannot list the folder", root_, errno));
    auto names = NamesIn(root_);
    if (!names)
      return std::unexpected(LocalError("cannot list the folder", root_, names.error()));
    ASSAY_RETURN_IF_ERROR(VisitAll({}, *names, {info.st_dev, info.st_ino}));
    return HandOver();
  }

 private:
  Status VisitAll(const std::string& relative_folder, const std::vector<std::string>& names,
                  FolderId id) {
    above_.push_back(id);
    for (const std::string& name : names) {
      if (stop_.stop_requested()) return Fail(ErrorKind::kCancelled, "listing was stopped");
      ASSAY_RETURN_IF_ERROR(
          Visit(relative_folder.empty() ? name : relative_folder + "/" + name));
    }
    above_.pop_back();
    return {};
  }

  Status Visit(const std::string& relative_path) {
    const std::string path = root_ + "/" + relative_path;
    struct stat info{};
    if (stat(path.c_str(), &info) != 0) {
      const int error_number = errno;
      struct stat link{};
      const bool is_link = lstat(path.c_str(), &link) == 0 && S_ISLNK(link.st_mode);
      // A file that vanished since its folder was read is no longer part of the list.
      if (error_number == ENOENT && !is_link) return {};
      return AddUnreadable(relative_path,
                           is_link ? "link to nothing that can be read" : Reason(error_number));
    }
    if (S_ISDIR(info.st_mode))
      return VisitFolder(relative_path, path, {info.st_dev, info.st_ino});
    if (!S_ISREG(info.st_mode)) return AddUnreadable(relative_path, "not a regular file");
    ListedFile file;
    file.uri = path;
    file.relative_path = relative_path;
    file.size_bytes = info.st_size;
    file.last_modified = ModificationTime(info);
    file.etag = fmt::format("{:x}-{:x}.{:09}-{:x}", info.st_size, info.st_mtim.tv_sec,
                            info.st_mtim.tv_nsec, info.st_ino);
    return Add(std::move(file));
  }

  Status VisitFolder(const std::string& relative_path, const std::string& path, FolderId id) {
    if (std::find(above_.begin(), above_.end(), id) != above_.end()) {
      return AddUnreadable(relative_path + "/", "link to a folder that it stands in");
    }
    const auto names = NamesIn(path);
    if (!names) return AddUnreadable(relative_path + "/", Reason(names.error()));
    return VisitAll(relative_path, *names, id);
  }

  Status AddUnreadable(const std::string& relative_path, std::string reason) {
    ListedFile file;
    file.uri = root_ + "/" + relative_path;
    file.relative_path = relative_path;
    file.unreadable_because = std::move(reason);
    return Add(std::move(file));
  }

  Status Add(ListedFile file) {
    page_.push_back(std::move(file));
    return page_.size() < kPageSize ? Status() : HandOver();
  }

  Status HandOver() {
    if (page_.empty()) return {};
    return on_page_(std::exchange(page_, {}));
  }

  const std::string& root_;
  const std::function<Status(std::vector<ListedFile>)>& on_page_;
  std::stop_token stop_;
  std::vector<FolderId> above_;
  std::vector<ListedFile> page_;
};

}  // namespace

Status LocalLister::List(const std::function<Status(std::vector<ListedFile>)>& on_page,
                         std::stop_token stop) {
  return Walk(root_, on_page, std::move(stop)).Run();
}

}  // namespace assay::connectors
