#include "demo/workspace.h"

#include "demo/text_file.h"
#include "tests/demo/temporary_folder.h"

namespace assay::demo {
namespace {

using WorkspaceTest = FolderTest;

TEST_F(WorkspaceTest, ClearsWhatAnEarlierDemoLeft) {
  const auto first = PrepareWorkspace(Path("demo"));
  ASSERT_TRUE(first.has_value()) << first.error().message;
  ASSERT_TRUE(WriteTextFile(first->data + "/orders/old.csv", "x").has_value());
  ASSERT_TRUE(WriteTextFile(Path("demo/notes.txt"), "mine").has_value());
  const auto second = PrepareWorkspace(Path("demo"));
  ASSERT_TRUE(second.has_value()) << second.error().message;
  EXPECT_FALSE(std::filesystem::exists(second->data));
  EXPECT_TRUE(std::filesystem::is_directory(second->enrichment));
  EXPECT_EQ(ReadTextFile(Path("demo/notes.txt")).value_or(""), "mine");
}

TEST_F(WorkspaceTest, LeavesAFolderOfSomeoneElseAlone) {
  ASSERT_TRUE(WriteTextFile(Path("data/precious.csv"), "x").has_value());
  const auto workspace = PrepareWorkspace(folder_.string());
  EXPECT_EQ(workspace.error().kind, ErrorKind::kConflict);
  EXPECT_EQ(ReadTextFile(Path("data/precious.csv")).value_or(""), "x");
}

TEST_F(WorkspaceTest, TellsWhenTheFolderCannotBeMade) {
  ASSERT_TRUE(WriteTextFile(Path("file"), "x").has_value());
  EXPECT_EQ(PrepareWorkspace(Path("file/demo")).error().kind, ErrorKind::kUnavailable);
}

}  // namespace
}  // namespace assay::demo
