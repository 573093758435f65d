#include <fmt/format.h>

#include <chrono>
#include <cmath>

#include "base/clock.h"
#include "demo/dice.h"
#include "demo/generate.h"
#include "demo/planted_errors.h"
#include "demo/text_file.h"

namespace assay::demo {
namespace {

constexpr int kFiles = 4;
constexpr double kRowsPerFile = 2500;

const std::vector<std::string> kHeader = {"customer_id",    "full_name",  "email",
                                          "phone",          "country",    "segment",
                                          "loyalty_points", "birth_date", "signup_date"};

class Customers {
 public:
  explicit Customers(uint64_t seed)
      : dice_(seed, "customers"),
        errors_(dice_, {{"malformed e-mail", "email", 0.007},
                        {"malformed phone number", "phone", 0.006},
                        {"over-long text", "country", 0.006},
                        {"value of another field", "segment", 0.006},
                        {"text in a number field", "loyalty_points", 0.007}}) {}

  const PlantedErrors& errors() const { return errors_; }

  std::vector<std::string> Row(int64_t row) const {
    const std::string_view error = errors_.KindOf(row);
    const std::string& country = dice_.Pick(row, "country", kCountries);
    return {
        std::to_string(row + 1),
        dice_.Pick(row, "given", kGivenNames) + " " + dice_.Pick(row, "family", kFamilyNames),
        Email(row),
        Phone(row),
        error == "over-long text" ? "the country whose code is " + country : country,
        error == "value of another field" ? country : dice_.Pick(row, "segment", kSegments),
        error == "text in a number field"
            ? dice_.Pick(row, "words", kNotNumbers)
            : std::to_string(dice_.Between(row, "points", 0, 5000)),
        Day(row, "birth", 1945, 60 * 365),
        Day(row, "signup", 2018, 7 * 365)};
  }

 private:
  inline static const std::vector<std::string> kGivenNames = {
      "Anna", "Ben", "Chloé", "David", "Elif", "Farah", "Goran", "Hana", "Ivan", "José"};
  inline static const std::vector<std::string> kFamilyNames = {
      "Adeyemi", "Baker",  "Costa",  "Dubois", "Eriksen",
      "Fischer", "García", "Haddad", "Ito",    "O'Neil, Jr."};
  inline static const std::vector<std::string> kCountries = {"DE", "FR", "ES", "IT",
                                                             "NL", "PL", "GB", "US"};
  inline static const std::vector<std::string> kSegments = {"consumer", "business",
                                                            "enterprise"};
  inline static const std::vector<std::string> kNotNumbers = {"unknown", "n/a", "twelve",
                                                              "12 points"};
  inline static const std::vector<std::string> kMailHosts = {"example.com", "example.org",
                                                             "example.net"};

  std::string Email(int64_t row) const {
    const std::string name = fmt::format("user{:05}", row + 1);
    const std::string& host = dice_.Pick(row, "host", kMailHosts);
    if (errors_.KindOf(row) != "malformed e-mail") return name + "@" + host;
    switch (dice_.Between(row, "broken mail", 0, 2)) {
      case 0: return name + host;
      case 1: return name + "@@" + host;
      default: return name + " at " + host;
    }
  }

  std::string Phone(int64_t row) const {
    const int64_t number = dice_.Between(row, "number", 1'000'000, 9'999'999);
    if (errors_.KindOf(row) == "malformed phone number") return fmt::format("ext. {}", number);
    return fmt::format("+{}-{}-{}", dice_.Between(row, "prefix", 30, 49),
                       dice_.Between(row, "area", 100, 999), number);
  }

  std::string Day(int64_t row, const char* what, int first_year, int64_t span_days) const {
    const std::chrono::sys_days first{std::chrono::year(first_year) / 1 / 1};
    const Timestamp day = first + std::chrono::days(dice_.Between(row, what, 0, span_days));
    return FormatTimestamp(day).substr(0, 10);
  }

  Dice dice_;
  PlantedErrors errors_;
};

}  // namespace

Result<GeneratedTable> GenerateCustomers(const GenerateOptions& options, std::stop_token stop) {
  const Customers customers(options.seed);
  GeneratedTable table{.name = "customers", .format = "CSV", .injected = {}};
  const auto rows_per_file = static_cast<int64_t>(std::ceil(kRowsPerFile * options.scale));
  for (int part = 1; part <= kFiles; ++part) {
    const std::string file = fmt::format("customers/customers_{:03}.csv", part);
    std::string text = CsvLine(kHeader);
    for (int64_t row_number = 0; row_number < rows_per_file; ++row_number) {
      const int64_t row = table.row_count++;
      text += CsvLine(customers.Row(row));
      customers.errors().List(row, file, row_number, table.injected);
    }
    if (stop.stop_requested())
      return Fail(ErrorKind::kCancelled, "stopped while making sample data");
    ASSAY_RETURN_IF_ERROR(WriteTextFile(options.directory + "/" + file, text));
    ++table.file_count;
  }
  return table;
}

}  // namespace assay::demo
