#include "engine/object_store/read_ahead.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <cstring>
#include <thread>

namespace assay::engine {
namespace {

using testing::ElementsAre;

constexpr int64_t kMiB = int64_t{1} << 20;

/// One object in memory, which remembers what was asked of it.
class MemoryStore final : public ObjectStore {
 public:
  explicit MemoryStore(std::string content) : content_(std::move(content)) {}

  Status Read(const std::string&, const std::string& etag, int64_t offset,
              std::span<std::byte> buffer, std::stop_token stop) override {
    {
      const std::lock_guard lock(mutex_);
      reads_.emplace_back(offset, static_cast<int64_t>(buffer.size()));
    }
    if (etag != "v1") return Fail(ErrorKind::kConflict, "changed");
    if (blocked_) {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, stop, [] { return false; });
      return Fail(ErrorKind::kCancelled, "cancelled");
    }
    std::memcpy(buffer.data(), content_.data() + offset, buffer.size());
    return {};
  }
  /// Offset and length of each read so far, in order of offset.
  std::vector<std::pair<int64_t, int64_t>> reads() {
    const std::lock_guard lock(mutex_);
    std::vector<std::pair<int64_t, int64_t>> sorted = reads_;
    std::ranges::sort(sorted);
    return sorted;
  }
  void Block() { blocked_ = true; }
  const std::string& content() const { return content_; }

  const std::string& bucket() const override { return content_; }
  Result<ListPage> List(const ListRequest&, std::stop_token) override { return ListPage(); }
  Result<ObjectInfo> Head(const std::string&, std::stop_token) override { return ObjectInfo(); }
  Result<std::string> BucketRegion(std::stop_token) override { return ""; }
  Status Put(const std::string&, std::span<const std::byte>, std::stop_token) override {
    return {};
  }
  Result<PendingUpload> StageFile(const std::string&, const std::string&,
                                  std::stop_token) override {
    return PendingUpload();
  }
  Status Complete(const PendingUpload&, std::stop_token) override { return {}; }
  Status Abort(const PendingUpload&, std::stop_token) override { return {}; }
  Result<std::vector<PendingUpload>> ListPending(const std::string&, std::stop_token) override {
    return std::vector<PendingUpload>();
  }
  Status Delete(const std::string&, std::stop_token) override { return {}; }

 private:
  const std::string content_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::vector<std::pair<int64_t, int64_t>> reads_;
  std::atomic<bool> blocked_ = false;
};

std::string Numbered(int64_t size) {
  std::string text(static_cast<size_t>(size), '\0');
  for (size_t i = 0; i < text.size(); ++i) text[i] = static_cast<char>((i * 2654435761u) >> 24);
  return text;
}

class ReadAheadTest : public testing::Test {
 protected:
  ObjectVersion Version(const std::string& etag = "v1") {
    return {
        .key = "a", .etag = etag, .size_bytes = static_cast<int64_t>(store_.content().size())};
  }
  std::string Read(ReadAhead& reader, int64_t offset, int64_t length) {
    std::string text(static_cast<size_t>(length), '?');
    const Status read = reader.Read(offset, std::as_writable_bytes(std::span(text)), {});
    return read ? text : read.error().message;
  }
  std::string Expected(int64_t offset, int64_t length) {
    return store_.content().substr(static_cast<size_t>(offset), static_cast<size_t>(length));
  }

  MemoryStore store_{Numbered(20 * kMiB + 123)};
  ByteBudget budget_{64 * kMiB};
};

TEST_F(ReadAheadTest, SmallReadsInSequenceGiveTheContentInGrowingBlocks) {
  ReadAhead reader(store_, Version(), budget_);
  std::string text;
  for (int64_t offset = 0; offset < Version().size_bytes; offset += 100'000) {
    text += Read(reader, offset, std::min(int64_t{100'000}, Version().size_bytes - offset));
  }
  EXPECT_TRUE(text == store_.content());
  EXPECT_THAT(store_.reads(),
              ElementsAre(std::pair(0 * kMiB, 1 * kMiB), std::pair(1 * kMiB, 2 * kMiB),
                          std::pair(3 * kMiB, 4 * kMiB), std::pair(7 * kMiB, 8 * kMiB),
                          std::pair(15 * kMiB, 5 * kMiB + 123)));
}

TEST_F(ReadAheadTest, LargeReadsGoStraightToTheCallerAndTheNextBlockFollows) {
  {
    ReadAhead reader(store_, Version(), budget_);
    EXPECT_TRUE(Read(reader, 0, 10 * kMiB) == Expected(0, 10 * kMiB));
    EXPECT_TRUE(Read(reader, 10 * kMiB, 100) == Expected(10 * kMiB, 100));
  }
  EXPECT_THAT(store_.reads(),
              ElementsAre(std::pair(0 * kMiB, 10 * kMiB), std::pair(10 * kMiB, 1 * kMiB),
                          std::pair(11 * kMiB, 2 * kMiB)));
}

TEST_F(ReadAheadTest, JumpsGiveTheRightBytes) {
  ReadAhead reader(store_, Version(), budget_);
  for (const int64_t offset :
       {15 * kMiB, 0 * kMiB, 1 * kMiB - 10, 20 * kMiB, 3 * kMiB, 2 * kMiB}) {
    EXPECT_TRUE(Read(reader, offset, 100) == Expected(offset, 100)) << offset;
  }
}

TEST_F(ReadAheadTest, WithoutMemoryItReadsWhatIsAskedFor) {
  const auto everything = budget_.TryAcquire(64 * kMiB);
  ReadAhead reader(store_, Version(), budget_);
  EXPECT_EQ(Read(reader, 0, 10), Expected(0, 10));
  EXPECT_EQ(Read(reader, 10, 10), Expected(10, 10));
  EXPECT_THAT(store_.reads(), ElementsAre(std::pair(0, 10), std::pair(10, 10)));
}

TEST_F(ReadAheadTest, MemoryIsGivenBack) {
  {
    ReadAhead reader(store_, Version(), budget_);
    Read(reader, 0, 10);
  }
  EXPECT_TRUE(budget_.TryAcquire(64 * kMiB).has_value());
}

TEST_F(ReadAheadTest, FailuresArePassedOn) {
  ReadAhead reader(store_, Version("v0"), budget_);
  EXPECT_EQ(Read(reader, 0, 10), "changed");
  EXPECT_EQ(Read(reader, 0, 10 * kMiB), "changed");
}

TEST_F(ReadAheadTest, AStopRequestEndsTheWaitForABlock) {
  store_.Block();
  ReadAhead reader(store_, Version(), budget_);
  std::stop_source stop;
  std::thread stopper([&] { stop.request_stop(); });
  std::array<std::byte, 10> buffer{};
  EXPECT_EQ(reader.Read(0, buffer, stop.get_token()).error().kind, ErrorKind::kCancelled);
  stopper.join();
}

TEST_F(ReadAheadTest, ManyThreadsMayRead) {
  ReadAhead reader(store_, Version(), budget_);
  std::vector<std::jthread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&, i] {
      for (int64_t offset = i * 1000; offset < 2 * kMiB; offset += 50'000) {
        EXPECT_TRUE(Read(reader, offset, 500) == Expected(offset, 500));
      }
    });
  }
}

}  // namespace
}  // namespace assay::engine
