#include "auth/key_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/crypto.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "base/id.h"

namespace assay::auth {
namespace {

Result<Secret> ReadKeyFile(const std::string& path, int descriptor) {
  struct stat status{};
  if (fstat(descriptor, &status) != 0)
    return Fail(ErrorKind::kUnavailable, std::strerror(errno));
  if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return Fail(ErrorKind::kDenied,
                fmt::format("others than its owner may use the key file; chmod 600 {}", path));
  }
  std::array<char, 256> buffer{};
  const ssize_t count = read(descriptor, buffer.data(), buffer.size());
  if (count < 0) return Fail(ErrorKind::kUnavailable, std::strerror(errno));
  Secret text(std::string(buffer.data(), static_cast<size_t>(count)));
  OPENSSL_cleanse(buffer.data(), buffer.size());
  return text;
}

std::unexpected<Error> Failed(const char* what, const std::string& path, int reason) {
  return Fail(ErrorKind::kUnavailable,
              fmt::format("cannot {} the key file {}: {}", what, path, std::strerror(reason)));
}

/// A file beside `path`, on disk, from where it is brought into place. Returns its name.
Result<std::string> WriteAside(const std::string& path, const MasterKey& key) {
  std::string aside = fmt::format("{}.{}", path, NewUuid());
  const int descriptor = open(aside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor < 0) return Failed("make", path, errno);
  const Secret line(key.ToText().Reveal() + "\n");
  const bool written = write(descriptor, line.Reveal().data(), line.Reveal().size()) ==
                           static_cast<ssize_t>(line.Reveal().size()) &&
                       fsync(descriptor) == 0;
  const int reason = errno;
  close(descriptor);
  if (written) return aside;
  unlink(aside.c_str());
  return Failed("write", path, reason);
}

/// Makes a change of names in the folder of `path` last.
void SynchronizeFolderOf(const std::string& path) {
  const std::string folder = std::filesystem::absolute(path).parent_path();
  const int descriptor = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  fsync(descriptor);
  close(descriptor);
}

/// Linked into place, so that of two first starts one wins.
Result<MasterKey> MakeKeyFile(const std::string& path) {
  ASSAY_TRY(MasterKey key, MasterKey::Generate());
  ASSAY_TRY(const std::string aside, WriteAside(path, key));
  const bool linked = link(aside.c_str(), path.c_str()) == 0;
  const int reason = errno;
  unlink(aside.c_str());
  if (!linked && reason != EEXIST) return Failed("make", path, reason);
  if (!linked) return LoadMasterKey({.text = {}, .file = path});
  SynchronizeFolderOf(path);
  return key;
}

}  // namespace

Result<MasterKey> LoadMasterKey(const MasterKeySource& source) {
  if (!source.text.empty()) return MasterKey::Parse(source.text);
  const int descriptor = open(source.file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) {
    const int reason = errno;
    if (reason == ENOENT && source.missing_file == MasterKeySource::MissingFile::kMake) {
      return MakeKeyFile(source.file);
    }
    const ErrorKind kind = reason == ENOENT   ? ErrorKind::kNotFound
                           : reason == EACCES ? ErrorKind::kDenied
                                              : ErrorKind::kUnavailable;
    return Fail(
        kind,
        fmt::format("cannot open the key file {}: {}{}", source.file, std::strerror(reason),
                    reason == ENOENT ? "; `openssl rand -hex 32` makes a key" : ""));
  }
  const Result<Secret> text = ReadKeyFile(source.file, descriptor);
  close(descriptor);
  if (!text) return std::unexpected(text.error());
  auto key = MasterKey::Parse(*text);
  if (!key) return FailWithin(source.file, key.error());
  return key;
}

Status WriteKeyFile(const std::string& path, const MasterKey& key) {
  ASSAY_TRY(const std::string aside, WriteAside(path, key));
  if (rename(aside.c_str(), path.c_str()) != 0) {
    const int reason = errno;
    unlink(aside.c_str());
    return Failed("write", path, reason);
  }
  SynchronizeFolderOf(path);
  return {};
}

}  // namespace assay::auth
