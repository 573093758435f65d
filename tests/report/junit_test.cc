#include "report/junit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/report/markup_reader.h"
#include "tests/report/sample_reports.h"

namespace assay::report {
namespace {

constexpr const char* kSample = R"xml(<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="assay scan" tests="5" failures="2" errors="1" skipped="1" time="1.250">
  <testsuite name="orders_*.csv" tests="5" failures="2" errors="1" skipped="1" time="1.250" timestamp="2026-01-01T00:00:00Z">
    <testcase classname="orders_*.csv" name="notNull(order_no)"/>
    <testcase classname="orders_*.csv" name="between(amount)"><failure message="2 of 1,191,000 rows fail">amount is -12.50, below 0 (orders_2025.csv, row 17)&#10;amount is -3, below 0 (orders_2025.csv, row 1300)</failure></testcase>
    <testcase classname="orders_*.csv" name="matchesPattern(order_no)"><failure message="12,000 of 1,200,000 rows fail">order_no does not match the pattern in 12,000 of 1,200,000 rows</failure></testcase>
    <testcase classname="orders_*.csv" name="notFuture(ordered_at)"><skipped message="no row was asserted"/></testcase>
    <testcase classname="orders_*.csv" name="maxLength(colour)"><error message="maxLength: no field colour; the nearest is coupon"/></testcase>
  </testsuite>
</testsuites>
)xml";

TEST(JunitTest, OneCaseForEachCheck) {
  EXPECT_EQ(JunitXml(SampleScan()), kSample);
}

TEST(JunitTest, HostileTextStaysText) {
  const Markup markup = ReadMarkup(JunitXml(ScanOfText("]]></failure><x y=\"1\"/>&'\x02\xfe")));
  EXPECT_EQ(markup.error, "");
  EXPECT_EQ(markup.Count("x"), 0u);
}

TEST(JunitTest, WhatWasNotReadIsAnError) {
  ScanReport report;
  report.unread = {{"s3://gone/", {ErrorKind::kNotFound, "no such bucket: gone"}}};
  const Markup markup = ReadMarkup(JunitXml(report));
  ASSERT_EQ(markup.error, "");
  EXPECT_EQ(markup.elements.front().attributes.at("errors"), "1");
  EXPECT_EQ(markup.elements.back().attributes.at("message"), "no such bucket: gone");
}

}  // namespace
}  // namespace assay::report
