#include "import/dqdl.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "import/dqdl_parser.h"
#include "tests/import/importing.h"

namespace assay::imports::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string BecameOf(const std::string& rule) {
  return Became("Rules = [ " + rule + " ]", Language::kDqdl);
}

const std::vector<Case>& Cases() {
  static const std::vector<Case> cases = {
      {"IsComplete", R"(IsComplete "order-id")", "notNull(order-id)"},
      {"Completeness", R"(Completeness "a" > 0.95)", "notNull(a) coverage 0.95"},
      {"Completeness", R"(Completeness of a between 0.5 and 0.8)",
       "notNull(a) coverage 0.5; lost: the upper bound of the share has no counterpart"},
      {"Completeness", R"(Completeness "a" < 0.5)",
       "not taken over: no counterpart for a share of rows with an upper bound only"},
      {"IsUnique", R"(IsUnique "a" "b")", "unique(a, b)"},
      {"Uniqueness", R"(Uniqueness "a" = 1.0)", "unique(a)"},
      {"UniqueValueRatio", R"(UniqueValueRatio "a" >= 1)", "unique(a)"},
      {"UniqueValueRatio", R"(UniqueValueRatio "a" > 0.5)",
       "not taken over: only a ratio of 1 has a counterpart"},
      {"IsPrimaryKey", R"(IsPrimaryKey "a" "b")", "unique(a, b) & notNull(a, b)"},
      {"ColumnValues", R"(ColumnValues "s" in ["a", "b"])",
       R"(expectedValues(s) {"list":["a","b"]} & notNull(s))"},
      {"ColumnValues", R"(ColumnValues "s" in ["a", NULL, EMPTY])",
       R"(expectedValues(s) {"list":["a",""]})"},
      {"ColumnValues", R"(ColumnValues "s" in ["a", WHITESPACES_ONLY, NULL])",
       R"j(satisfiesExpression(s) {"expression":"(s RLIKE r'^\\s+$') OR (s IN ('a'))"})j"},
      {"ColumnValues", R"(ColumnValues "s" not in ["a", NULL])",
       R"j(satisfiesExpression(s) {"expression":"s NOT IN ('a')"} & notNull(s))j"},
      {"ColumnValues", R"(ColumnValues "s" = NULL)",
       R"(satisfiesExpression(s) {"expression":"s IS NULL"})"},
      {"ColumnValues", R"(ColumnValues "s" != NULL)", "notNull(s)"},
      {"ColumnValues", R"(ColumnValues "s" != EMPTY)",
       R"j(satisfiesExpression(s) {"expression":"s NOT IN ('')"})j"},
      {"ColumnValues", R"(ColumnValues "n" = -5)",
       R"(expectedValues(n) {"list":[-5]} & notNull(n))"},
      {"ColumnValues", R"(ColumnValues "n" between 1 and 2.5)",
       R"(between(n) {"min":1,"max":2.5} & notNull(n))"},
      {"ColumnValues", R"(ColumnValues "n" not between 1 and 2)",
       R"(satisfiesExpression(n) {"expression":"n NOT BETWEEN 1 AND 2"} & notNull(n))"},
      {"ColumnValues", R"(ColumnValues "n" >= 0 with threshold > 0.9)",
       R"j(satisfiesExpression(n) {"expression":"(n >= 0) AND (n IS NOT NULL)"} coverage 0.9)j"},
      {"ColumnValues", R"(ColumnValues "d" between "2024-01-01" and "2024-12-31")",
       R"(betweenTimes(d) {"min_time":"2024-01-01","max_time":"2024-12-31"} & notNull(d))"},
      {"ColumnValues", R"(ColumnValues "d" > (now() - 3 days))",
       R"(satisfiesExpression(d) {"expression":"d > current_timestamp - INTERVAL 3 DAYS"} & )"
       "notNull(d)"},
      {"ColumnValues", R"(ColumnValues "d" between (now() - 3 hours) and now())",
       R"(satisfiesExpression(d) {"expression":"d BETWEEN current_timestamp - INTERVAL 3 HOURS )"
       R"(AND current_timestamp"} & notNull(d))"},
      {"ColumnValues", R"(ColumnValues "s" matches "^[A-Z]\d+$")",
       R"(matchesPattern(s) {"pattern":"^[A-Z]\\d+$"} & notNull(s))"},
      {"ColumnValues", R"(ColumnValues "t" > "9:30 AM")",
       "not taken over: no counterpart for a time of day"},
      {"ColumnValues", R"(ColumnValues "s" in ["A"] with ignoreCase = "true")",
       R"(expectedValues(s) {"list":["A"]} & notNull(s); lost: with ignoreCase: not supported)"},
      {"ColumnLength", R"(ColumnLength "s" between 2 and 5)",
       R"(minLength(s) {"value":2} & maxLength(s) {"value":5} & notNull(s))"},
      {"ColumnLength", R"(ColumnLength "s" < 5)", R"(maxLength(s) {"value":4})"},
      {"ColumnLength", R"(ColumnLength "s" in [2, 3])",
       R"j(satisfiesExpression(s) {"expression":"length(s) IN (2, 3)"})j"},
      {"ColumnDataType", R"(ColumnDataType "s" = "Integer" with threshold >= 0.9)",
       R"(isType(s) {"field_type":"Integral"} coverage 0.9)"},
      {"ColumnDataType", R"(ColumnDataType "s" in ["Date", "String"])",
       "not taken over: only a single type can be taken over"},
      {"ColumnExists", R"(ColumnExists "a")", R"(expectedSchema() {"list":["a"]})"},
      {"ColumnCount", "ColumnCount = 12", R"(fieldCount() {"value":12})"},
      {"ColumnCount", "ColumnCount > 12",
       "not taken over: only a single number of fields has a counterpart, not a range"},
      {"RowCount", "RowCount > 100",
       R"(volumetric() {"comparison":"Absolute Value","min":101})"},
      {"RowCount", "RowCount > 0.8 * avg(last(10))",
       "not taken over: its bound is worked out from earlier runs, and no rule does that"},
      {"RowCount", "RowCount between (0.9 * avg(last(10))) and 1.1 * avg(last(10))",
       "not taken over: its bound is worked out from earlier runs, and no rule does that"},
      {"Sum", R"(Sum "n" = 10)", R"(sum(n) {"value":10})"},
      {"Sum", R"(Sum "n" > 10)",
       R"j(aggregateBetween(n) {"expression":"sum(n)","min":10,"inclusive_min":false})j"},
      {"Mean", R"(Mean "n" between 1 and 2)",
       R"j(aggregateBetween(n) {"expression":"avg(n)","min":1,"max":2})j"},
      {"StandardDeviation", R"(StandardDeviation "n" <= 2)",
       R"j(aggregateBetween(n) {"expression":"stddev_pop(n)","max":2})j"},
      {"Variance", R"(Variance "n" <= 2)",
       R"j(aggregateBetween(n) {"expression":"var_pop(n)","max":2})j"},
      {"DistinctValuesCount", R"(DistinctValuesCount "n" = 3)",
       R"(distinctCount(n) {"value":3})"},
      {"DataFreshness", R"(DataFreshness "d" <= 24 hours)",
       R"(satisfiesExpression(d) {"expression":"d >= current_timestamp - INTERVAL 24 HOURS"})"},
      {"DataFreshness", R"(DataFreshness "d" between 2 days and 4 days)",
       R"(satisfiesExpression(d) {"expression":"d <= current_timestamp - INTERVAL 2 DAYS AND )"
       R"(d >= current_timestamp - INTERVAL 4 DAYS"})"},
      {"ReferentialIntegrity", R"(ReferentialIntegrity "a" "ref.{id}" >= 0.9)",
       R"(existsIn(a) {"ref_container_name":"ref","field_name":"id"} coverage 0.9)"},
      {"ReferentialIntegrity", R"(ReferentialIntegrity "a,b" "ref.{c,d}" = 1.0)",
       "not taken over: only a single column can be taken over"},
      {"DatasetMatch", R"(DatasetMatch "ref" "id" "a, b" = 1.0)",
       R"(dataDiff(id, a, b) {"ref_container_name":"ref"})"},
      {"CustomSql", R"(CustomSql "select count(*) from primary where a < 0" = 0)",
       R"j(satisfiesExpression(a) {"expression":"NOT (a < 0)"})j"},
      {"CustomSql", R"(CustomSql "select count(*) from primary where a < 0" between 1 and 9)",
       R"j(aggregateBetween(a) {"expression":"count_if(a < 0)","min":1,"max":9})j"},
      {"CustomSql", R"(CustomSql "select id from primary where a > 18")",
       R"j(satisfiesExpression(a) {"expression":"coalesce(a > 18, FALSE)"})j"},
      {"CustomSql", R"(CustomSql "select a.id from primary a join b on a.id = b.id" = 0)",
       "not taken over: only the result of count(*) can be taken over"},
  };
  return cases;
}

TEST(DqdlTest, EveryRuleOfTheTableBecomesWhatItSays) {
  ExpectComplete(DqdlTable(), Cases());
  for (const Case& tested : Cases()) {
    SCOPED_TRACE(tested.parameters);
    EXPECT_EQ(BecameOf(tested.parameters), tested.expected);
    ExpectDocumented(DqdlTable(), tested);
  }
}

TEST(DqdlTest, EverySyntaxOfTheLanguageIsRead) {
  for (const std::string rule : {
           R"(RowCountMatch "reference" between 0.8 and 0.98)",
           R"(ColumnNamesMatchPattern "aws_.*_[a-zA-Z0-9]+")",
           R"(ColumnCount = avg(std(last(percentile(1,2,3)))))",
           R"(ColumnCorrelation of col_1 and "col abc" between 0.4 and 0.8)",
           R"(ColumnValues "a" in [now(),(now() - 3 hours),(now() + 4 days)])",
           R"j(AggregateMatch "sum(a)" "sum(reference.b)" >= 0.95)j",
           R"(DetectAnomalies of Completeness of "colA")",
           R"(FileMatch "S3://PATH" in ["hash","hash"] with hashAlgorithm = "MD5")",
           R"(FileFreshness "S3://PATH" between (now() - 2 hours) and "21:45")",
           "FileSize not in [500 KB,150 GB]",
           R"(FileSize < 5 B labels=["key1"="value1", "key2"="value2"])",
           R"(Entropy "a" <= 10.0 where "b > 100")",
       }) {
    const auto ruleset = ParseDqdl("Rules = [ " + rule + " ]");
    ASSERT_TRUE(ruleset.has_value()) << rule;
    ASSERT_EQ(ruleset->entries.size(), 1u) << rule;
    EXPECT_EQ(ruleset->entries[0].error, "") << rule;
    EXPECT_EQ(ruleset->entries[0].text, rule);
  }
}

TEST(DqdlTest, FiltersLabelsAndVariables) {
  const auto items = Items(R"(# of the sales team
states = ["open", "closed"]
DefaultLabels = ["team" = "sales"]
Rules = [
    ColumnValues "status" in $states where "region = 'EU'",   # the usual
    IsComplete "id" labels = ["prio" = "high"]
]
)",
                           Language::kDqdl);
  ASSERT_EQ(items.size(), 2u);
  EXPECT_EQ(items[0].line, 5);
  EXPECT_EQ(Describe(items[0].checks.at(0).definition),
            R"(expectedValues(status) {"list":["open","closed"]} where region = 'EU')");
  EXPECT_EQ(items[1].checks.at(0).additional_metadata["labels"],
            Json({{"prio", "high"}, {"team", "sales"}}));
  EXPECT_THAT(BecameOf(R"j(IsComplete "id" where "exists (select 1)")j"),
              HasSubstr("not taken over: where: no filter of ours"));
}

TEST(DqdlTest, CompositesBecomeSeveralChecksOrOneCondition) {
  EXPECT_EQ(BecameOf(R"((IsComplete "a") and (IsUnique "a") AND (Mean "a" > 3))"),
            R"j(notNull(a) & unique(a) & aggregateBetween(a) {"expression":"avg(a)","min":3,)j"
            R"("inclusive_min":false})");
  EXPECT_EQ(
      BecameOf(R"((ColumnValues "a" > 21) or (ColumnValues "a" = NULL))"),
      R"(satisfiesExpression(a) {"expression":"((a > 21) AND (a IS NOT NULL)) OR )"
      R"j((a IS NULL)"}; lost: or: holds row by row here, which is weaker than for one of )j"
      "the rules as a whole");
  EXPECT_EQ(BecameOf(R"((RowCount > 0) or ((IsComplete "a") and (IsUnique "a")))"),
            "not taken over: or: RowCount is not about single rows");
}

TEST(DqdlTest, ABrokenRuleDoesNotStopTheOthers) {
  const auto items = Items(R"(Rules = [
  IsComplete "a",
  ColumnValues "b" in ["x", ,
  ]
  , Completeness "c" >,
  (IsUnique "d",
  IsUniqe "e",
  IsUnique "f"
]
Analyzers = [ Completeness "a", AllStatistics "b" ]
)",
                           Language::kDqdl);
  std::vector<std::string> lines;
  for (const ImportedItem& item : items) {
    lines.push_back(fmt::format("{}: {}", item.line, ReportLine(item)));
  }
  EXPECT_THAT(
      lines, ElementsAre(
                 "2: IsComplete \"a\" -> notNull(a)",
                 "3: ColumnValues \"b\" in [\"x\", , ] -> not taken over: expected a number, "
                 "unexpected "
                 "','",
                 "5: Completeness \"c\" > -> not taken over: expected a number, unexpected ','",
                 "6: (IsUnique \"d\" -> not taken over: expected ), unexpected ','",
                 "7: IsUniqe \"e\" -> not taken over: not known (did you mean 'IsUnique'?)",
                 "8: IsUnique \"f\" -> unique(f)",
                 "10: Completeness \"a\" -> not taken over: an analyzer asserts nothing",
                 "10: AllStatistics \"b\" -> not taken over: an analyzer asserts nothing"));
}

TEST(DqdlTest, RefusesWhatIsNoRuleset) {
  const auto message = [](const std::string& text) {
    const auto file = ImportChecks(text, {.language = Language::kDqdl});
    return file ? "" : file.error().message;
  };
  EXPECT_EQ(message(""), "no list of rules: Rules = [ ... ]");
  EXPECT_EQ(message("Rules = [\nIsComplete \"a"), "line 2: the text is not closed by \"");
  EXPECT_EQ(message("Rules = [\nIsComplete \"a\"\n"), "line 3: the list is not closed by ]");
  EXPECT_EQ(message("Rules [ ]"), "line 1: expected a section such as Rules = [ ... ]");
  EXPECT_EQ(message("Rules = [ ~ ]"), "line 1: unexpected character with code 126");
  EXPECT_EQ(message("Rules = []"), "");
}

TEST(DqdlTest, DeepNestingIsRefused) {
  const std::string parentheses = "Rules = [" + std::string(100'000, '(') + "]";
  const std::string arithmetic = "Rules = [RowCount > " + std::string(100'000, '(') + "]";
  for (const std::string& text : {parentheses, arithmetic}) {
    const auto file = ImportChecks(text, {.language = Language::kDqdl});
    ASSERT_TRUE(file.has_value()) << file.error().message;
    ASSERT_EQ(file->items.size(), 1u);
    EXPECT_THAT(file->items[0].losses.at(0), HasSubstr("nested"));
  }
}

}  // namespace
}  // namespace assay::imports::testing
