#include "operations/completeness.h"

#include <gtest/gtest.h>

namespace assay::operations {
namespace {

engine::FieldProfile Field(const std::string& name, int64_t records, int64_t nulls) {
  engine::FieldProfile field;
  field.field.name = name;
  field.record_count = records;
  field.null_count = nulls;
  return field;
}

TEST(CompletenessTest, CountsTheCellsOfRowsOverAllContainers) {
  std::vector<engine::ContainerProfile> containers(2);
  containers[0].fields = {Field("a", 10, 5), Field("b", 10, 0)};
  containers[1].fields = {Field("c", 20, 5)};
  EXPECT_EQ(Completeness(containers), 0.75);
  EXPECT_EQ(Completeness({containers.data(), 1}), 0.75);
}

TEST(CompletenessTest, WhatLiesInListsHasNoCells) {
  std::vector<engine::ContainerProfile> containers(1);
  containers[0].fields = {Field("tags", 10, 0), Field("tags[]", 100, 90),
                          Field("items[].price", 100, 90), Field("m.value[]", 5, 5)};
  EXPECT_EQ(Completeness(containers), 1);
}

TEST(CompletenessTest, NoCellsAreComplete) {
  EXPECT_EQ(Completeness({}), 1);
}

}  // namespace
}  // namespace assay::operations
