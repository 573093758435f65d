// A folder that a test may fill; removed with everything in it.

#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace assay::connectors {

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "assay-test-XXXXXX").string();
    EXPECT_NE(mkdtemp(name.data()), nullptr);
    path_ = std::filesystem::canonical(name);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  std::string path() const { return path_.string(); }

  /// Writes a file and the folders above it; returns its absolute path.
  std::string Write(const std::string& relative_path, const std::string& bytes) const {
    const std::filesystem::path path = path_ / relative_path;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << bytes;
    return path.string();
  }

  std::string Read(const std::string& relative_path) const {
    std::ostringstream bytes;
    bytes << std::ifstream(path_ / relative_path, std::ios::binary).rdbuf();
    return bytes.str();
  }

  bool Holds(const std::string& relative_path) const {
    return std::filesystem::exists(path_ / relative_path);
  }

 private:
  std::filesystem::path path_;
};

}  // namespace assay::connectors
