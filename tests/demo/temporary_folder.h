// A folder that a test may fill.

#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "base/id.h"

namespace assay::demo {

/// Each test gets a folder of its own, removed in the end.
class FolderTest : public testing::Test {
 protected:
  FolderTest()
      : folder_(std::filesystem::temp_directory_path() / ("assay-demo-test-" + NewUuid())) {
    std::filesystem::create_directories(folder_);
  }
  ~FolderTest() override { std::filesystem::remove_all(folder_); }

  std::string Path(const std::string& name) const { return (folder_ / name).string(); }

  std::filesystem::path folder_;
};

}  // namespace assay::demo
