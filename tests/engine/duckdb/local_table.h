// Files of a test in a folder of their own, as a dataset, with an open session.

#pragma once

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "engine/profile.h"
#include "engine/session.h"

namespace assay::engine {

class LocalTableTest : public ::testing::Test {
 protected:
  explicit LocalTableTest(const SessionOptions& options = {}) {
    std::string pattern =
        (std::filesystem::temp_directory_path() / "assay-table-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
    dataset_.name = "table";
    dataset_.format = FileFormat::kDelimited;
    auto session = Session::Open(options);
    EXPECT_TRUE(session) << session.error().message;
    session_ = *std::move(session);
  }
  ~LocalTableTest() override {
    session_.reset();
    std::filesystem::remove_all(folder_);
  }

  std::string Path(const std::string& name) const { return folder_ + "/" + name; }

  void Write(const std::string& name, const std::string& text) const {
    std::filesystem::create_directories(std::filesystem::path(Path(name)).parent_path());
    std::ofstream(Path(name), std::ios::binary) << text;
  }

  /// Writes a file and makes it one of the dataset's, as it is now.
  void Add(const std::string& name, const std::string& text) {
    Write(name, text);
    AddExisting(name);
  }

  void AddExisting(const std::string& name) {
    struct stat facts{};
    ASSERT_EQ(stat(Path(name).c_str(), &facts), 0);
    dataset_.files.push_back(
        {.uri = Path(name), .relative_path = name, .size_bytes = facts.st_size});
  }

  DatasetSchema Schema() {
    auto schema = ReadSchema(*session_, dataset_, {});
    EXPECT_TRUE(schema) << schema.error().message;
    return *std::move(schema);
  }

  std::string folder_;
  Dataset dataset_;
  std::unique_ptr<Session> session_;
};

}  // namespace assay::engine
