#include "store/process_lock.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "base/id.h"

namespace assay::store {
namespace {

TEST(ProcessLockTest, IsHeldOnceAndGivenUpWithItsObject) {
  const auto directory = std::filesystem::temp_directory_path() / NewUuid();
  std::filesystem::create_directories(directory);
  auto lock = ProcessLock::Acquire(directory);
  ASSERT_TRUE(lock);
  EXPECT_EQ(ProcessLock::Acquire(directory).error().kind, ErrorKind::kConflict);
  lock->reset();
  EXPECT_TRUE(ProcessLock::Acquire(directory));
  std::filesystem::remove_all(directory);
}

TEST(ProcessLockTest, SaysWhenTheFolderIsMissing) {
  EXPECT_EQ(ProcessLock::Acquire("/nonexistent/folder").error().kind, ErrorKind::kUnavailable);
}

}  // namespace
}  // namespace assay::store
