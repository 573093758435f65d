// The built program, run as users run it.

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "base/id.h"
#include "base/json.h"

namespace assay::cli {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

struct Outcome {
  int exit_code = -1;
  std::string out, err;
};

std::string ReadFile(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

class ProgramTest : public ::testing::Test {
 protected:
  ProgramTest() : folder_(fs::temp_directory_path() / ("assay-program-" + NewUuid())) {
    fs::create_directories(folder_ / "data");
    Write("data/orders_1.csv", "id,status,amount\n1,open,5\n2,paid,7.5\n3,open,\n");
    Write("data/orders_2.csv", "id,status,amount\n4,open,-3\n5,paid,12\n");
    Write("checks.yaml", "- {rule_type: notNull, container: orders_*.csv, fields: [id]}\n");
    Write("failing.yaml",
          "- {rule_type: notNull, container: orders_*.csv, fields: [id]}\n"
          "- {rule_type: notNegative, container: orders_*.csv, fields: [amount]}\n");
  }
  ~ProgramTest() override { fs::remove_all(folder_); }

  void Write(const std::string& name, const std::string& text) const {
    fs::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name) << text;
  }

  /// Runs `assay <arguments>` in the test's folder, through the shell.
  Outcome Assay(const std::string& arguments, const std::string& environment = "") const {
    const std::string command = "cd '" + folder_.string() + "' && " + environment +
                                " '" ASSAY_PROGRAM "' " + arguments +
                                " >out.txt 2>err.txt </dev/null";
    const int status = std::system(command.c_str());
    return {.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1,
            .out = ReadFile(folder_ / "out.txt"),
            .err = ReadFile(folder_ / "err.txt")};
  }

  fs::path folder_;
};

TEST_F(ProgramTest, VersionIsAResult) {
  const Outcome outcome = Assay("version");
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_EQ(outcome.out, "assay " ASSAY_VERSION "\n");
  EXPECT_EQ(outcome.err, "");
}

TEST_F(ProgramTest, EveryCommandHasHelpWithExamples) {
  for (const std::string command :
       {"profile", "suggest", "scan", "containers", "probe", "iam-policy", "demo", "serve",
        "token create", "key rotate", "checks import", "openapi", "version"}) {
    const Outcome outcome = Assay(command + " --help");
    EXPECT_EQ(outcome.exit_code, 0) << command;
    EXPECT_THAT(outcome.out, HasSubstr("Examples:\n  assay " + command)) << command;
    EXPECT_EQ(outcome.err, "") << command;
  }
}

TEST_F(ProgramTest, BadUsageEndsWithTwoAndSaysSoOnStderr) {
  for (const std::string arguments :
       {"", "nonsense", "profile", "profile data --nonsense", "profile data --limit 0",
        "scan data", "suggest data --level 9", "profile data --format docx",
        "profile data --memory-limit much", "token", "token create", "checks import",
        "checks import missing.yml", "checks import data/orders_1.csv",
        "checks import checks.yaml --from excel"}) {
    const Outcome outcome = Assay(arguments);
    EXPECT_EQ(outcome.exit_code, 2) << arguments;
    EXPECT_EQ(outcome.out, "") << arguments;
    EXPECT_THAT(outcome.err, StartsWith("assay: ")) << arguments;
  }
}

TEST_F(ProgramTest, ProfilePrintsATableOfFields) {
  const Outcome outcome = Assay("profile data");
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, StartsWith("orders_*.csv   5 rows · 3 fields · 2 files · "));
  EXPECT_THAT(outcome.out, HasSubstr("\n  id      Integral"));
  EXPECT_THAT(outcome.out, HasSubstr("\n  status  String"));
  EXPECT_THAT(outcome.out, Not(HasSubstr("\x1b")));
  EXPECT_EQ(outcome.err, "");
}

TEST_F(ProgramTest, ProfileWritesJsonForPrograms) {
  const Outcome outcome = Assay("profile data --json -");
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  const Result<Json> json = ParseJson(outcome.out);
  ASSERT_TRUE(json.has_value()) << outcome.out;
  const Json& container = (*json)["containers"][0];
  EXPECT_EQ(container["name"], "orders_*.csv");
  EXPECT_EQ(container["record_count"], 5);
  EXPECT_EQ(container["fields"][2]["name"], "amount");
  EXPECT_EQ(container["fields"][2]["completeness"], 0.8);
  EXPECT_EQ(container["fields"][2]["min"], -3);
  EXPECT_EQ(container["fields"][2]["max"], 12);
}

TEST_F(ProgramTest, ProfileTellsWhatLooksSensitive) {
  Write("data/people.csv",
        "contact,n\njane@example.org,1\njoe@example.org,2\nann@example.org,3\n");
  EXPECT_THAT(Assay("profile data/people.csv").out,
              HasSubstr("contact: looks like email 100.0 %"));
  const Outcome json = Assay("profile data/people.csv --json -");
  EXPECT_EQ((*ParseJson(json.out))["containers"][0]["fields"][0]["field_tags"][0]["tag"],
            "email");
  Assay("profile data/people.csv --html page.html --quiet");
  EXPECT_THAT(ReadFile(folder_ / "page.html"), HasSubstr("looks like email 100.0 %"));
}

/// Customers whose addresses and cards are planted values, and fail checks.
class MaskingProgramTest : public ProgramTest {
 protected:
  MaskingProgramTest() {
    std::string customers = "id,contact,card\n";
    for (int i = 0; i < 30; ++i) {
      customers += std::to_string(i) + ",planted" + std::to_string(i) +
                   "@example.org,411111111111111" + (i < 20 ? "1" : "2") + "\n";
    }
    Write("customers.csv", customers);
    Write(
        "customers.yaml",
        "- {rule_type: maxLength, container: customers.csv, fields: [contact], properties: "
        "{value: 3}}\n"
        "- {rule_type: lessThan, container: customers.csv, fields: [card], properties: {value: "
        "5}}\n"
        "- {rule_type: maxValue, container: customers.csv, fields: [card], coverage: 0.5, "
        "properties: {value: 5}}\n"
        "- {rule_type: sum, container: customers.csv, fields: [card], properties: {value: 5}}\n"
        "- {rule_type: matchesPattern, container: customers.csv, fields: [contact], "
        "properties: {pattern: '^planted7@'}}\n"
        "- {rule_type: sqlAssertion, container: customers.csv, properties: {query: SELECT "
        "contact AS who FROM this WHERE id > 25}}\n");
  }

  /// All that the last commands printed and wrote, tables of the enrichment as a profile of
  /// them.
  std::string Everything() {
    std::string text;
    for (const auto& entry : fs::recursive_directory_iterator(folder_)) {
      const std::string path = entry.path().string();
      const bool is_input = path.ends_with("customers.csv") || path.ends_with("customers.yaml");
      if (entry.is_regular_file() && !is_input) text += ReadFile(entry.path());
    }
    if (fs::exists(folder_ / "results")) text += Assay("profile results --json -").out;
    return text;
  }

  void RunEverything(const std::string& mask) {
    const std::string outputs = " --json all.json --html all.html";
    EXPECT_EQ(Assay("profile customers.csv" + mask + outputs).exit_code, 0);
    fs::rename(folder_ / "out.txt", folder_ / "profile.txt");
    fs::rename(folder_ / "all.json", folder_ / "profile.json");
    fs::rename(folder_ / "all.html", folder_ / "profile.html");
    const Outcome scan = Assay(
        "scan customers.csv --checks customers.yaml --rollup 100 --junit all.xml "
        "--enrich results" +
        mask + outputs);
    EXPECT_EQ(scan.exit_code, 1) << scan.err;
  }
};

TEST_F(MaskingProgramTest, WithoutMaskValuesAreShown) {
  RunEverything("");
  EXPECT_THAT(Everything(), HasSubstr("planted3@example.org"));
  EXPECT_THAT(Everything(),
              HasSubstr("returned by the query (who &quot;planted26@example.org"));
  EXPECT_THAT(Everything(), HasSubstr("4111111111111111"));
}

TEST_F(MaskingProgramTest, NoMaskedValueLeaves) {
  RunEverything(" --mask sensitive");
  const std::string everything = Everything();
  EXPECT_THAT(everything, Not(HasSubstr("planted3")));
  EXPECT_THAT(everything, Not(HasSubstr("411111111")));
  EXPECT_THAT(everything, HasSubstr("***MASKED***"));
}

TEST_F(MaskingProgramTest, WhatAnotherContainerHidesIsHidden) {
  Write("visits.csv", "id\n1\n2\n");
  Write("visits.yaml",
        "- rule_type: sqlAssertion\n"
        "  container: visits.csv\n"
        "  properties:\n"
        "    query: SELECT v.id, c.contact AS who FROM this v JOIN c ON c.id = v.id\n"
        "    references: [{name: c, ref_container_name: customers.csv}]\n"
        "- rule_type: aggregationComparison\n"
        "  container: visits.csv\n"
        "  properties:\n"
        "    {expression: count(*), comparison: gt, ref_container_name: customers.csv,\n"
        "    ref_expression: max(card)}\n");
  const std::string scan = "scan visits.csv customers.csv --checks visits.yaml --json -";
  const std::string shown = Assay(scan).out;
  EXPECT_THAT(shown, HasSubstr("planted1@example.org"));
  EXPECT_THAT(shown, HasSubstr("4111111111111112"));
  const Outcome masked = Assay(scan + " --mask sensitive");
  EXPECT_EQ(masked.exit_code, 1) << masked.err;
  EXPECT_THAT(masked.out, Not(HasSubstr("planted")));
  EXPECT_THAT(masked.out, Not(HasSubstr("41111111")));
  EXPECT_THAT(masked.out, HasSubstr("***MASKED***"));
}

TEST_F(MaskingProgramTest, MasksByTagAndMayKeepTheEnd) {
  RunEverything(" --mask card=last4");
  const std::string everything = Everything();
  EXPECT_THAT(everything, HasSubstr("planted3@example.org"));
  EXPECT_THAT(everything, Not(HasSubstr("411111111")));
  EXPECT_THAT(everything, HasSubstr("***1111"));
}

TEST_F(MaskingProgramTest, RefusesUnknownTagsAndHashes) {
  for (const std::string mask : {"mail", "email=half", "email=hash"}) {
    const Outcome outcome = Assay("profile customers.csv --mask " + mask);
    EXPECT_EQ(outcome.exit_code, 2) << mask;
    EXPECT_THAT(outcome.err, HasSubstr("--mask")) << mask;
  }
}

TEST_F(ProgramTest, ProfileWritesAPage) {
  const Outcome outcome = Assay("profile data --html page.html --quiet");
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(ReadFile(folder_ / "page.html"), StartsWith("<!DOCTYPE html>"));
}

TEST_F(ProgramTest, ChecksOfOtherToolsBecomeACheckFile) {
  Write("schema.yml",
        "models:\n- name: orders_*.csv\n  columns:\n  - name: id\n    tests: [unique, "
        "not_null]\n");
  const Outcome outcome = Assay("checks import schema.yml -o imported.yaml");
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(outcome.err,
            "schema.yml:5: unique(id) -> unique(id)\n"
            "schema.yml:5: not_null(id) -> notNull(id)\n"
            "2 checks; taken over: 2, with losses: 0, not taken over: 0\n");
  const Outcome scan = Assay("scan data --checks imported.yaml");
  EXPECT_EQ(scan.exit_code, 0) << scan.err;
}

TEST_F(ProgramTest, WhatAnImportLosesEndsWithOne) {
  Write("rules.dqdl", "Rules = [\n  IsComplete \"id\",\n  Entropy \"id\" > 1\n]\n");
  const Outcome outcome = Assay("checks import rules.dqdl --container a.csv --quiet");
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.out, HasSubstr("- rule_type: notNull\n"));
  EXPECT_THAT(outcome.out, HasSubstr("  container: 'a.csv'\n"));
  EXPECT_EQ(
      outcome.err,
      "assay: rules.dqdl:3: Entropy \"id\" > 1 -> not taken over: no counterpart: no rule "
      "bounds this measure of a field\n");
}

TEST_F(ProgramTest, ImportIntoAFolderMakesAFileForEachContainer) {
  Write("checks.soda.yml",
        "checks for shop.orders:\n  - missing_count(id) = 0\n"
        "checks for customers:\n  - missing_count(id) = 0\n");
  const Outcome outcome = Assay("checks import checks.soda.yml --out imported/");
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(ReadFile(folder_ / "imported/shop_orders.yaml"),
              HasSubstr("container: 'shop.orders'"));
  EXPECT_THAT(ReadFile(folder_ / "imported/customers.yaml"), HasSubstr("container: customers"));
}

TEST_F(ProgramTest, FormatOverridesTheName) {
  Write("data/orders_1.dat", "id|x\n1|a\n2|b\n");
  const Outcome outcome = Assay("profile data/orders_1.dat --format psv --json -");
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  const Result<Json> json = ParseJson(outcome.out);
  ASSERT_TRUE(json.has_value());
  EXPECT_EQ((*json)["containers"][0]["name"], "orders_*.dat");
  EXPECT_EQ((*json)["containers"][0]["fields"].size(), 2u);
}

TEST_F(ProgramTest, WhatCannotBeReadDoesNotStopTheOthers) {
  Write("data/broken.parquet", "PAR1 this is no parquet file");
  const Outcome outcome = Assay("profile data gone --json -");
  EXPECT_EQ(outcome.exit_code, 2) << outcome.err;
  EXPECT_THAT(outcome.err, HasSubstr("assay: gone: "));
  EXPECT_THAT(outcome.err, HasSubstr("broken.parquet"));
  const Result<Json> json = ParseJson(outcome.out);
  ASSERT_TRUE(json.has_value());
  EXPECT_EQ((*json)["containers"].size(), 1u);
  EXPECT_EQ((*json)["errors"].size(), 2u);
}

TEST_F(ProgramTest, NothingReadableEndsWithTwo) {
  const Outcome outcome = Assay("profile gone");
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_EQ(outcome.out, "");
  EXPECT_THAT(outcome.err, StartsWith("assay: gone: "));
}

TEST_F(ProgramTest, ScanEndsWithZeroWhenAllHold) {
  const Outcome outcome = Assay("scan data --checks checks.yaml");
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("The check holds\n"));
}

TEST_F(ProgramTest, ScanEndsWithOneAndShowsTheRow) {
  const Outcome outcome =
      Assay("scan data --checks failing.yaml --junit junit.xml --html page.html");
  EXPECT_EQ(outcome.exit_code, 1) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("1 of 2 checks failed\n"));
  EXPECT_THAT(outcome.out, HasSubstr("orders_2.csv, row 1"));
  EXPECT_THAT(ReadFile(folder_ / "junit.xml"), HasSubstr("tests=\"2\" failures=\"1\""));
  EXPECT_THAT(ReadFile(folder_ / "page.html"), HasSubstr("class=\"failing\""));
}

TEST_F(ProgramTest, ScanEndsWithTwoWhenACheckCannotRun) {
  Write("checks.yaml", "- {rule_type: notNull, container: orders_*.csv, fields: [nonsense]}\n");
  const Outcome outcome = Assay("scan data --checks checks.yaml");
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.out, HasSubstr("! not run"));
}

TEST_F(ProgramTest, ScanNamesTheLineOfABadCheckFile) {
  Write("checks.yaml", "- rule_type: notNull\n  feilds: [id]\n");
  const Outcome outcome = Assay("scan data --checks checks.yaml");
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, StartsWith("assay: checks.yaml: line 2: "));
  EXPECT_EQ(Assay("scan data --checks gone.yaml").exit_code, 2);
}

TEST_F(ProgramTest, ScanComparesWithOtherDataByNameOrPath) {
  Write("data/statuses.csv", "status\nopen\npaid\n");
  Write("elsewhere/ids.csv", "id\n1\n2\n3\n4\n");
  Write(
      "references.yaml",
      "- rule_type: existsIn\n"
      "  container: orders_*.csv\n"
      "  fields: [status]\n"
      "  properties: {ref_container_name: statuses.csv, field_name: status}\n"
      "- rule_type: existsIn\n"
      "  container: orders_*.csv\n"
      "  fields: [id]\n"
      "  properties: {ref_container_name: elsewhere/, field_name: id}\n"
      "- rule_type: notExistsIn\n"
      "  container: orders_*.csv\n"
      "  fields: [id]\n"
      "  properties: {ref_datastore_name: elsewhere, ref_container_name: ids.csv, field_name: "
      "id}\n");
  const Outcome outcome = Assay("scan data --checks references.yaml");
  EXPECT_EQ(outcome.exit_code, 1) << outcome.out << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("id does not exist in id of ids.csv"));
  EXPECT_THAT(outcome.out, Not(HasSubstr("status does not exist")));
  EXPECT_THAT(outcome.out, HasSubstr("id exists in id of ids.csv"));
}

TEST_F(ProgramTest, ScanSaysWhyOtherDataCannotBeCompared) {
  Write("references.yaml",
        "- rule_type: existsIn\n"
        "  container: orders_*.csv\n"
        "  fields: [id]\n"
        "  properties: {ref_container_name: nowhere/, field_name: id}\n"
        "- rule_type: existsIn\n"
        "  container: orders_*.csv\n"
        "  fields: [id]\n"
        "  properties: {ref_container_id: 7, field_name: id}\n");
  const Outcome outcome = Assay("scan data --checks references.yaml --json -");
  EXPECT_EQ(outcome.exit_code, 2) << outcome.out << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("neither the name of data that is scanned nor a place"));
  EXPECT_THAT(outcome.out, HasSubstr("ids mean something on a server only"));
}

TEST_F(ProgramTest, ScanRunsQueriesOverSeveralContainers) {
  Write("data/statuses.csv", "status\nopen\n");
  Write("query.yaml",
        "- rule_type: sqlAssertion\n"
        "  container: orders_*.csv\n"
        "  properties:\n"
        "    query: SELECT t.id, t.status FROM this t ANTI JOIN s USING (status)\n"
        "    references: [{name: s, ref_container_name: statuses.csv}]\n"
        "- rule_type: sqlAssertion\n"
        "  container: orders_*.csv\n"
        "  properties: {query: \"SELECT * FROM '../checks.yaml'\"}\n");
  const Outcome outcome = Assay("scan data --checks query.yaml");
  EXPECT_EQ(outcome.exit_code, 1) << outcome.out << outcome.err;
  EXPECT_THAT(outcome.out,
              HasSubstr("the row is returned by the query (id 2, status \"paid\")"));
  EXPECT_THAT(outcome.out, HasSubstr("there is no table ../checks.yaml"));
}

TEST_F(ProgramTest, ScanLooksAtFilesAndDistributions) {
  Write("elsewhere/amounts.csv", "amount\n5\n7.5\n-3\n12\n");
  Write(
      "files.yaml",
      "- rule_type: fileHeader\n"
      "  container: orders_*.csv\n"
      "  properties: {names: [id, status, price]}\n"
      "- rule_type: uniqueFiles\n"
      "  container: orders_*.csv\n"
      "- rule_type: fileCount\n"
      "  container: orders_*.csv\n"
      "  properties: {min: 3}\n"
      "- rule_type: kolmogorovSmirnov\n"
      "  container: orders_*.csv\n"
      "  fields: [amount]\n"
      "  properties: {ref_container_name: elsewhere/, field_name: amount, max_statistic: 0}\n");
  const Outcome outcome = Assay("scan data --checks files.yaml --json -");
  EXPECT_EQ(outcome.exit_code, 1) << outcome.out << outcome.err;
  EXPECT_THAT(
      outcome.out,
      HasSubstr("orders_*.csv does not have the expected header in 2 of 2 files (100.000 "
                "%): orders_1.csv lacks 'price', orders_2.csv lacks 'price'"));
  EXPECT_THAT(outcome.out, HasSubstr("the number of files is not at least 3: it is 2"));
  EXPECT_THAT(outcome.out, Not(HasSubstr("Kolmogorov-Smirnov statistic of amount")));
}

TEST_F(ProgramTest, SuggestedChecksHoldOnTheirOwnData) {
  std::string rows = "id,status\n";
  for (int i = 0; i < 400; ++i)
    rows += std::to_string(i) + (i % 3 == 0 ? ",open\n" : ",paid\n");
  Write("many.csv", rows);
  const Outcome suggest = Assay("suggest many.csv -o suggested.yaml");
  ASSERT_EQ(suggest.exit_code, 0) << suggest.err;
  EXPECT_THAT(ReadFile(folder_ / "suggested.yaml"), HasSubstr("rule_type: expectedValues"));
  const Outcome scan = Assay("scan many.csv --checks suggested.yaml");
  EXPECT_EQ(scan.exit_code, 0) << scan.out << scan.err;
}

TEST_F(ProgramTest, SuggestedReferencesHoldOnTheirOwnData) {
  std::string customers = "id,name\n", orders = "number,customer\n";
  for (int i = 1; i <= 300; ++i) customers += fmt::format("{},n{}\n", i, i % 7);
  for (int i = 0; i < 1000; ++i)
    orders += fmt::format("{},{}\n", i, i == 5 ? 999 : 1 + i % 200);
  Write("orders.csv", orders);
  Write("customers.csv", customers);
  const Outcome suggest = Assay("suggest orders.csv customers.csv --level 3 -o suggested.yaml");
  ASSERT_EQ(suggest.exit_code, 0) << suggest.err;
  EXPECT_THAT(ReadFile(folder_ / "suggested.yaml"),
              HasSubstr("ref_container_name: 'customers.csv'"));
  const Outcome scan = Assay("scan orders.csv customers.csv --checks suggested.yaml");
  EXPECT_EQ(scan.exit_code, 1) << scan.out << scan.err;
  EXPECT_THAT(scan.out, HasSubstr("existsIn"));
}

TEST_F(ProgramTest, EnrichmentLiesInOneFolderATable) {
  const Outcome outcome =
      Assay("scan data --checks failing.yaml --enrich results --enrich-prefix Orders");
  EXPECT_EQ(outcome.exit_code, 1) << outcome.err;
  for (const std::string table :
       {"check_metrics", "failed_checks", "source_records", "scan_operations"}) {
    EXPECT_TRUE(fs::is_directory(folder_ / "results/orders" / table)) << table;
  }
  EXPECT_FALSE(fs::is_empty(folder_ / "results/orders/_commits"));
}

TEST_F(ProgramTest, EnrichmentPlacesAreWrittenAsPathsOrFileUris) {
  const std::string scan = "scan data --checks failing.yaml --enrich-prefix q --enrich ";
  EXPECT_EQ(Assay(scan + "'file://" + folder_.string() + "/my%20results'").exit_code, 1);
  EXPECT_TRUE(fs::is_directory(folder_ / "my results/q/_commits"));
  EXPECT_FALSE(fs::exists(folder_ / "my%20results"));
  EXPECT_EQ(Assay(scan + "'file:" + folder_.string() + "/short'").exit_code, 1);
  EXPECT_TRUE(fs::is_directory(folder_ / "short/q/_commits"));
  EXPECT_FALSE(fs::exists(folder_ / "file:"));
}

TEST_F(ProgramTest, TheNextEnrichmentCompletesWhatAKilledRunLeft) {
  const std::string scan = "scan data --checks failing.yaml --enrich results --enrich-prefix q";
  ASSERT_EQ(Assay(scan).exit_code, 1);
  const fs::path commits = folder_ / "results/q/_commits";
  // As if that run had been killed before its last step, and another one while it staged.
  const fs::path commit = fs::directory_iterator(commits)->path();
  const std::string run = commit.stem().string();
  Json files = Json::array();
  for (const auto& entry : fs::recursive_directory_iterator(folder_ / "results/q")) {
    if (entry.path().extension() != ".parquet") continue;
    files.push_back(
        {{"relative_path", fs::relative(entry, folder_ / "results").string()},
         {"state", PrintJson({{"id", "gone"}, {"size_bytes", entry.file_size()}})}});
  }
  const Json pending = {{"operation_id", std::stoll(run.substr(3))},
                        {"commit_path", "q/_commits/" + run + ".json"},
                        {"files", files}};
  fs::remove(commit);
  Write("results/q/_commits/" + run + ".pending.json", PrintJson(pending));
  const std::string orphan =
      "results/.assay-staging/x/q/check_metrics/op-1000000000000000-part-1";
  fs::create_directories((folder_ / orphan).parent_path());
  Write(orphan, "");
  const Outcome outcome = Assay(scan);
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_EQ(outcome.err, "");
  EXPECT_TRUE(fs::exists(commit));
  EXPECT_FALSE(fs::exists(commits / (run + ".pending.json")));
  EXPECT_FALSE(fs::exists(folder_ / orphan));
}

TEST_F(ProgramTest, AnEnrichmentPlaceThatCannotBeRecoveredIsAWarning) {
  fs::create_directories(folder_ / "results/q/_commits");
  Write("results/q/_commits/op-1.pending.json", "{");
  const Outcome outcome =
      Assay("scan data --checks failing.yaml --enrich results --enrich-prefix q");
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("q/_commits/op-1.pending.json"));
}

TEST_F(ProgramTest, ACheckWithoutRowsHolds) {
  Write("checks.yaml",
        "- {rule_type: notNull, container: orders_*.csv, fields: [amount], filter: id > 9}\n"
        "- {rule_type: notNull, container: orders_*.csv, fields: [id]}\n");
  const Outcome outcome = Assay("scan data --checks checks.yaml --junit junit.xml");
  EXPECT_EQ(outcome.exit_code, 0) << outcome.out << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("no rows  notNull(amount)"));
  EXPECT_THAT(outcome.out, HasSubstr("All 2 checks hold, 1 without rows"));
  EXPECT_THAT(ReadFile(folder_ / "junit.xml"), HasSubstr("errors=\"0\" skipped=\"1\""));
}

TEST_F(ProgramTest, ContainersExplainsEveryFile) {
  Write("data/_SUCCESS", "");
  const Outcome outcome = Assay("containers data --explain --json -");
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  const Result<Json> json = ParseJson(outcome.out);
  ASSERT_TRUE(json.has_value());
  EXPECT_EQ((*json)["containers"][0]["files"],
            Json::parse(R"(["orders_1.csv","orders_2.csv"])"));
  EXPECT_EQ((*json)["placements"].size(), 2u);
  EXPECT_EQ((*json)["left_out"][0]["file"], "_SUCCESS");
}

TEST_F(ProgramTest, ProbeTriesEachRight) {
  EXPECT_EQ(Assay("probe data --write").exit_code, 0);
  const Outcome missing = Assay("probe gone --json -");
  EXPECT_NE(missing.exit_code, 0);
}

TEST_F(ProgramTest, IamPolicyPrintsJson) {
  const Outcome read = Assay("iam-policy s3://lake/raw/orders_1.csv --partition aws-cn");
  ASSERT_EQ(read.exit_code, 0) << read.err;
  const Json policy = ParseJson(read.out).value();
  EXPECT_EQ(policy["Version"], "2012-10-17");
  EXPECT_EQ(policy["Statement"][2], Json::parse(R"({"Effect": "Allow",
      "Action": ["s3:GetObject"], "Resource": ["arn:aws-cn:s3:::lake/raw/*"]})"));
  const Outcome vendor = Assay("iam-policy s3://lake --vendor --write --partition aws");
  ASSERT_EQ(vendor.exit_code, 0) << vendor.err;
  EXPECT_THAT(vendor.out, HasSubstr("s3:Get*"));
  for (const char* arguments : {"iam-policy data", "iam-policy s3://lake --kms-key alias/x",
                                "iam-policy s3://lake --partition mars"}) {
    const Outcome refused = Assay(arguments);
    EXPECT_EQ(refused.exit_code, 2) << arguments;
    EXPECT_THAT(refused.err, StartsWith("assay: ")) << arguments;
  }
}

TEST_F(ProgramTest, OutputsThatCannotBeWrittenStopTheRunAtOnce) {
  const Outcome outcome = Assay("profile data --html gone/page.html");
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(outcome.err, "assay: cannot write gone/page.html: No such file or directory\n");
}

TEST_F(ProgramTest, AFullDiskIsReported) {
  const Outcome outcome = Assay("profile data --json /dev/full");
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("cannot write /dev/full"));
}

/// Whether the process blocks the signal, to wait for it, by now: a busy machine takes its
/// time.
bool Blocks(pid_t process, int signal) {
  std::ifstream status(fmt::format("/proc/{}/status", process));
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("SigBlk:"))
      return (std::stoull(line.substr(7), nullptr, 16) >> (signal - 1) & 1) != 0;
  }
  return false;
}

TEST_F(ProgramTest, CtrlCStopsWithinASecondAndLeavesNothing) {
  std::ofstream big(folder_ / "big.csv");
  big << "a,b,c,d,e,f\n";
  for (int i = 0; i < 2'000'000; ++i)
    big << i << "," << i * 7 << ",text number " << i << ",x,2.5,y\n";
  big.close();
  const pid_t child = fork();
  if (child == 0) {
    (void)chdir(folder_.c_str());
    (void)freopen("/dev/null", "w", stdout);
    (void)freopen("err.txt", "w", stderr);
    execl(ASSAY_PROGRAM, "assay", "profile", "big.csv", "--threads", "1", "--html", "page.html",
          nullptr);
    _exit(127);
  }
  while (!Blocks(child, SIGINT) && waitpid(child, nullptr, WNOHANG) == 0)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  std::this_thread::sleep_for(std::chrono::milliseconds(400));
  kill(child, SIGINT);
  const auto asked = std::chrono::steady_clock::now();
  int status = 0;
  waitpid(child, &status, 0);
  const auto took = std::chrono::steady_clock::now() - asked;
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 130) << ReadFile(folder_ / "err.txt");
  EXPECT_LT(took, std::chrono::seconds(2));
  for (const auto& entry : fs::directory_iterator(folder_)) {
    EXPECT_THAT(entry.path().filename().string(), Not(HasSubstr("page.html")));
  }
}

TEST_F(ProgramTest, ServeRefusesUnknownKeys) {
  Write("assay.yaml", "data: state\nprot: 80\n");
  const Outcome outcome = Assay("serve --config assay.yaml");
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("prot"));
  EXPECT_FALSE(fs::exists(folder_ / "state"));
}

TEST_F(ProgramTest, TokensAreMadeForUsersThatExist) {
  const Outcome outcome = Assay("token create --data data --user nobody --name x");
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_EQ(outcome.out, "");
  EXPECT_THAT(outcome.err, HasSubstr("nobody"));
}

TEST_F(ProgramTest, OpenApiIsJson) {
  const Outcome outcome = Assay("openapi");
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_TRUE(ParseJson(outcome.out).has_value());
}

}  // namespace
}  // namespace assay::cli
