#include <fmt/format.h>

#include <chrono>
#include <cmath>

#include "base/clock.h"
#include "base/json.h"
#include "demo/dice.h"
#include "demo/generate.h"
#include "demo/planted_errors.h"
#include "demo/text_file.h"

namespace assay::demo {
namespace {

using std::chrono::seconds;

constexpr int kFiles = 4;
constexpr double kRowsPerFile = 10'000;
constexpr int64_t kSecondsPerDay = 86'400;

class Events {
 public:
  explicit Events(uint64_t seed)
      : dice_(seed, "events"),
        errors_(dice_, {{"missing value", "session_id", 0.003},
                        {"misspelt category", "event_type", 0.003},
                        {"malformed identifier", "event_id", 0.003},
                        {"time in the future", "occurred_at", 0.003},
                        {"negative duration", "duration_ms", 0.003}}) {}

  const PlantedErrors& errors() const { return errors_; }

  Json Row(int64_t row) const {
    const std::string_view error = errors_.KindOf(row);
    const Timestamp start = std::chrono::sys_days{std::chrono::year(2025) / 1 / 1};
    const Timestamp occurred_at =
        start + seconds(dice_.Between(row, "second", 0, 180 * kSecondsPerDay - 1));
    const Timestamp shown =
        error == "time in the future" ? occurred_at + std::chrono::years(60) : occurred_at;
    const int64_t duration = dice_.Between(row, "duration", 5, 60'000);
    return {{"event_id", EventId(row)},
            {"session_id",
             error == "missing value"
                 ? Json(nullptr)
                 : Json(fmt::format("s{:08}", dice_.Between(row, "session", 1, 99'999'999)))},
            {"customer_id", dice_.Between(row, "customer", 1, 10'000)},
            {"event_type",
             dice_.Pick(row, "type", error == "misspelt category" ? kMisspelt : kTypes)},
            {"occurred_at", FormatTimestamp(std::chrono::floor<seconds>(shown))},
            {"received_at",
             FormatTimestamp(occurred_at + seconds(dice_.Between(row, "delay", 0, 30)))},
            {"duration_ms", error == "negative duration" ? -duration : duration},
            {"device",
             {{"os", dice_.Pick(row, "os", kSystems)},
              {"version", dice_.Between(row, "version", 10, 18)}}}};
  }

 private:
  inline static const std::vector<std::string> kTypes = {"page_view", "search", "add_to_cart",
                                                         "checkout", "purchase"};
  inline static const std::vector<std::string> kMisspelt = {"pageview", "serch", "check out"};
  inline static const std::vector<std::string> kSystems = {"ios", "android", "windows",
                                                           "linux"};

  std::string EventId(int64_t row) const {
    const uint64_t number = dice_.Roll(row, "id") % 1'000'000'000'000;
    return errors_.KindOf(row) == "malformed identifier" ? fmt::format("{}?", number % 1000)
                                                         : fmt::format("evt-{:012}", number);
  }

  Dice dice_;
  PlantedErrors errors_;
};

}  // namespace

Result<GeneratedTable> GenerateEvents(const GenerateOptions& options, std::stop_token stop) {
  const Events events(options.seed);
  GeneratedTable table{.name = "events", .format = "NDJSON", .injected = {}};
  const auto rows_per_file = static_cast<int64_t>(std::ceil(kRowsPerFile * options.scale));
  for (int part = 1; part <= kFiles; ++part) {
    const std::string file = fmt::format("events/events_{:03}.ndjson", part);
    std::string text;
    for (int64_t row_number = 0; row_number < rows_per_file; ++row_number) {
      const int64_t row = table.row_count++;
      text += PrintJson(events.Row(row)) + "\n";
      events.errors().List(row, file, row_number, table.injected);
    }
    if (stop.stop_requested())
      return Fail(ErrorKind::kCancelled, "stopped while making sample data");
    ASSAY_RETURN_IF_ERROR(WriteTextFile(options.directory + "/" + file, text));
    ++table.file_count;
  }
  return table;
}

}  // namespace assay::demo
