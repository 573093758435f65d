// What no server at hand lists: archived objects. Everything else runs against a real one
// (types/s3_test.cc).

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "connectors/object_files.h"

namespace assay::connectors {
namespace {

/// A bucket that can only be listed, two objects a page.
class ListedBucket final : public engine::ObjectStore {
 public:
  explicit ListedBucket(std::vector<engine::ObjectInfo> objects)
      : objects_(std::move(objects)) {}

  const std::string& bucket() const override { return bucket_; }
  Result<engine::ListPage> List(const engine::ListRequest& request, std::stop_token) override {
    constexpr size_t kPageSize = 2;
    ++requests;
    const size_t from = request.token.empty() ? 0 : std::stoul(request.token);
    engine::ListPage page;
    for (size_t i = from; i < objects_.size() && i < from + kPageSize; ++i) {
      if (objects_[i].key.starts_with(request.prefix)) page.objects.push_back(objects_[i]);
    }
    if (from + kPageSize < objects_.size()) page.next_token = std::to_string(from + kPageSize);
    return page;
  }
  Result<engine::ObjectInfo> Head(const std::string&, std::stop_token) override {
    return Refuse();
  }
  Status Read(const std::string&, const std::string&, int64_t, std::span<std::byte>,
              std::stop_token) override {
    return Refuse();
  }
  Result<std::string> BucketRegion(std::stop_token) override { return Refuse(); }
  Status Put(const std::string&, std::span<const std::byte>, std::stop_token) override {
    return Refuse();
  }
  Result<engine::PendingUpload> StageFile(const std::string&, const std::string&,
                                          std::stop_token) override {
    return Refuse();
  }
  Status Complete(const engine::PendingUpload&, std::stop_token) override { return Refuse(); }
  Status Abort(const engine::PendingUpload&, std::stop_token) override { return Refuse(); }
  Result<std::vector<engine::PendingUpload>> ListPending(const std::string&,
                                                         std::stop_token) override {
    return Refuse();
  }
  Status Delete(const std::string&, std::stop_token) override { return Refuse(); }

  int requests = 0;

 private:
  static std::unexpected<Error> Refuse() { return Fail(ErrorKind::kUnsupported, "only lists"); }

  std::string bucket_ = "lake";
  std::vector<engine::ObjectInfo> objects_;
};

engine::ObjectInfo Object(const std::string& key, const std::string& storage_class) {
  engine::ObjectInfo object;
  object.key = key;
  object.size_bytes = 10;
  object.storage_class = storage_class;
  return object;
}

TEST(ObjectListerTest, ArchivedObjectsAreMarkedAndPagesFollowed) {
  const auto bucket = std::make_shared<ListedBucket>(std::vector{
      Object("raw/", ""), Object("raw/a.csv", "STANDARD"), Object("raw/b.csv", "GLACIER"),
      Object("raw/c.csv", "DEEP_ARCHIVE"), Object("raw/d.csv", "GLACIER_IR"),
      Object("raw/e.csv", "INTELLIGENT_TIERING")});
  ObjectLister lister({.store = bucket, .prefix = "raw/"});
  std::map<std::string, std::string> reasons;
  std::vector<size_t> pages;
  const Status status = lister.List(
      [&](const std::vector<ListedFile>& page) -> Status {
        pages.push_back(page.size());
        for (const ListedFile& file : page) {
          reasons[file.relative_path] = file.unreadable_because;
          EXPECT_EQ(file.is_archived, !file.unreadable_because.empty());
          EXPECT_EQ(file.uri, "s3://lake/raw/" + file.relative_path);
        }
        return {};
      },
      {});
  ASSERT_TRUE(status) << status.error().message;
  EXPECT_EQ(reasons, (std::map<std::string, std::string>{{"a.csv", ""},
                                                         {"b.csv", "archived (GLACIER)"},
                                                         {"c.csv", "archived (DEEP_ARCHIVE)"},
                                                         {"d.csv", ""},
                                                         {"e.csv", ""}}));
  EXPECT_THAT(pages, ::testing::ElementsAre(1, 2, 2));
  EXPECT_EQ(bucket->requests, 3) << "no more requests than pages";
}

}  // namespace
}  // namespace assay::connectors
