#include "infer/references.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "engine/profile/distinct_sample.h"

namespace assay::infer {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

/// A field with these integers, each in `times` rows.
engine::FieldProfile Numbers(const std::string& name, const std::vector<int64_t>& values,
                             int64_t times) {
  engine::FieldProfile profile;
  profile.field = {.name = name, .path = {name}, .type = plan::FieldType::kIntegral};
  const auto count = static_cast<int64_t>(values.size());
  profile.record_count = count * times;
  profile.approximate_distinct_values = count;
  profile.unique_distinct_ratio = times == 1 ? 1 : 0;
  profile.min = std::to_string(*std::ranges::min_element(values));
  profile.max = std::to_string(*std::ranges::max_element(values));
  engine::ValueSketch& sketch = profile.value_sketch.emplace();
  for (const int64_t value : values)
    sketch.hashes.push_back(engine::profile::HashWord(static_cast<uint64_t>(value)));
  std::ranges::sort(sketch.hashes);
  sketch.counts.assign(values.size(), times);
  return profile;
}

std::vector<int64_t> Range(int64_t first, int64_t last, int64_t step = 1) {
  std::vector<int64_t> values;
  for (int64_t value = first; value <= last; value += step) values.push_back(value);
  return values;
}

KnownContainer Container(int64_t id, const std::string& name,
                         const std::vector<engine::FieldProfile>& fields) {
  return {.id = id, .name = name, .keys = KeysOf(fields)};
}

TEST(References, OnlyFieldsThatHardlyRepeatAreKeys) {
  const auto keys =
      KeysOf({Numbers("id", Range(1, 100), 1), Numbers("amount", Range(1, 100), 5)});
  ASSERT_THAT(keys, SizeIs(1));
  EXPECT_EQ(keys[0].name, "id");
  EXPECT_EQ(keys[0].max, 100);
}

TEST(References, OfDenseNumbersTheNamesMustSaySo) {
  const auto customers = Container(7, "customers.csv", {Numbers("id", Range(1, 1000), 1)});
  const auto found = FindReferences(
      {Numbers("customer", Range(1, 300), 4), Numbers("quantity", Range(1, 300), 4)}, 1,
      {customers});
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].field, "customer");
  EXPECT_EQ(found[0].container_id, 7);
  EXPECT_EQ(found[0].key, "id");
}

TEST(References, OfSparseNumbersTheValuesSaySo) {
  const auto things =
      Container(7, "things", {Numbers("number", Range(1'000, 900'000, 977), 1)});
  EXPECT_THAT(FindReferences({Numbers("which", Range(1'000, 90'000, 977), 4)}, 1, {things}),
              SizeIs(1));
  EXPECT_THAT(FindReferences({Numbers("which", Range(1'000, 90'000, 1000), 4)}, 1, {things}),
              IsEmpty());
}

TEST(References, ErrorsMayBeAmongTheValues) {
  const auto things = Container(7, "things", {Numbers("id", Range(1'000, 900'000, 977), 1)});
  engine::FieldProfile thing = Numbers("thing", Range(1'000, 90'000, 977), 20);
  const auto add_wrong = [&](int64_t values, int64_t times) {
    engine::FieldProfile wrong = thing;
    std::vector<std::pair<uint64_t, int64_t>> all;
    for (size_t i = 0; i < thing.value_sketch->hashes.size(); ++i)
      all.emplace_back(thing.value_sketch->hashes[i], thing.value_sketch->counts[i]);
    for (int64_t i = 0; i < values; ++i)
      all.emplace_back(engine::profile::HashWord(static_cast<uint64_t>(5'000'000 + i)), times);
    std::ranges::sort(all);
    wrong.value_sketch->hashes.clear();
    wrong.value_sketch->counts.clear();
    for (const auto& [hash, count] : all) {
      wrong.value_sketch->hashes.push_back(hash);
      wrong.value_sketch->counts.push_back(count);
    }
    return wrong;
  };
  EXPECT_THAT(FindReferences({add_wrong(400, 1)}, 1, {things}), SizeIs(1));
  // The same rows, of few values that repeat: another kind of thing.
  EXPECT_THAT(FindReferences({add_wrong(20, 20)}, 1, {things}), IsEmpty());
  EXPECT_THAT(FindReferences({add_wrong(2000, 1)}, 1, {things}), IsEmpty());
}

TEST(References, TheBestKeyIsTaken) {
  const auto a = Container(3, "archive", {Numbers("order_id", Range(10, 90'000, 11), 1)});
  const auto b = Container(4, "orders", {Numbers("order_id", Range(10, 9'000, 11), 1)});
  const auto own = Container(5, "lines", {Numbers("line", Range(1, 700), 1)});
  const auto found =
      FindReferences({Numbers("order_id", Range(10, 7'000, 11), 3)}, 5, {a, b, own});
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].container_id, 4);
}

TEST(References, AFieldDoesNotReferToItselfButMayToItsContainer) {
  const std::vector<engine::FieldProfile> fields = {
      Numbers("id", Range(10, 90'000, 110), 1), Numbers("parent_id", Range(10, 9'000, 110), 3)};
  const auto found = FindReferences(fields, 5, {Container(5, "parts", fields)});
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].field, "parent_id");
}

}  // namespace
}  // namespace assay::infer
