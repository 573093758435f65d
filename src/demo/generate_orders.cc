#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <filesystem>

#include "demo/dice.h"
#include "demo/generate.h"
#include "demo/planted_errors.h"
#include "engine/parquet_writer.h"

namespace assay::demo {
namespace {

using engine::ParquetCell;
using std::chrono::days;
using std::chrono::sys_days;

constexpr int kMonths = 6;
constexpr int kFilesPerMonth = 2;
constexpr double kRowsPerFile = 5000;

const std::vector<engine::ParquetColumn>& Columns() {
  using enum engine::ParquetColumnKind;
  static const std::vector<engine::ParquetColumn> columns = {
      {"order_id", kText},    {"customer_id", kInteger},  {"order_date", kDate},
      {"ship_date", kDate},   {"created_at", kTimestamp}, {"status", kText},
      {"channel", kText},     {"currency", kText},        {"sku", kText},
      {"quantity", kInteger}, {"unit_price", kDouble},    {"amount", kDouble}};
  return columns;
}

std::string OrderId(int64_t row) {
  return fmt::format("ORD-{:07}", 1'000'000 + row * 7);
}

/// The rows of the table; the month and file they are in is given from outside.
class Orders {
 public:
  explicit Orders(uint64_t seed)
      : dice_(seed, "orders"),
        errors_(dice_, {{"missing value", "customer_id", 0.004},
                        {"negative amount", "amount", 0.004},
                        {"quantity out of range", "quantity", 0.003},
                        {"misspelt category", "status", 0.004},
                        {"malformed code", "sku", 0.003},
                        {"duplicate key", "order_id", 0.003},
                        {"impossible order of dates", "ship_date", 0.003}}) {}

  const PlantedErrors& errors() const { return errors_; }

  std::vector<ParquetCell> Row(int64_t row, std::chrono::year_month month) const {
    const std::string_view error = errors_.KindOf(row);
    const sys_days first{month / 1};
    const int64_t days_in_month =
        (sys_days{(month + std::chrono::months(1)) / 1} - first).count();
    const sys_days order_date = first + days(dice_.Between(row, "day", 0, days_in_month - 1));
    const std::string& status = dice_.Pick(row, "status", kStatuses);
    const int64_t quantity = dice_.Between(row, "quantity", 1, 20);
    const double unit_price =
        static_cast<double>(dice_.Between(row, "price", 100, 50'000)) / 100;
    const double amount = std::round(static_cast<double>(quantity) * unit_price * 100) / 100;
    return {
        error == "duplicate key" ? OrderId(EarlierRow(row)) : OrderId(row),
        error == "missing value" ? ParquetCell()
                                 : ParquetCell(dice_.Between(row, "customer", 1, 10'000)),
        order_date,
        ShipDate(row, status, order_date),
        Timestamp(order_date) + std::chrono::seconds(dice_.Between(row, "second", 0, 86'399)),
        error == "misspelt category" ? dice_.Pick(row, "typo", kMisspelt) : status,
        dice_.Pick(row, "channel", kChannels),
        dice_.Pick(row, "currency", kCurrencies),
        Sku(row),
        error == "quantity out of range" ? dice_.Between(row, "excess", 500, 900) : quantity,
        unit_price,
        error == "negative amount" ? -amount : amount};
  }

 private:
  inline static const std::vector<std::string> kStatuses = {"pending", "paid", "shipped",
                                                            "delivered", "cancelled"};
  inline static const std::vector<std::string> kMisspelt = {"shiped", "deliverd", "Paid ",
                                                            "canceled"};
  inline static const std::vector<std::string> kChannels = {"web", "app", "store"};
  inline static const std::vector<std::string> kCurrencies = {"EUR", "USD", "GBP"};

  /// A row before this one that shows its own order id.
  int64_t EarlierRow(int64_t row) const {
    int64_t earlier = row - dice_.Between(row, "distance", 1, 2'000);
    if (earlier < 0) earlier = row - 1;
    // Ends at the first rows, which have no errors.
    while (errors_.KindOf(earlier) == "duplicate key") --earlier;
    return earlier;
  }

  ParquetCell ShipDate(int64_t row, const std::string& status, sys_days order_date) const {
    if (errors_.KindOf(row) == "impossible order of dates") {
      return order_date - days(dice_.Between(row, "backwards", 400, 900));
    }
    if (status != "shipped" && status != "delivered") return {};
    return order_date + days(dice_.Between(row, "transport", 1, 9));
  }

  std::string Sku(int64_t row) const {
    const auto letter = [&](const char* what) {
      return static_cast<char>('A' + dice_.Between(row, what, 0, 25));
    };
    const int64_t number = dice_.Between(row, "article", 1000, 9999);
    if (errors_.KindOf(row) == "malformed code")
      return fmt::format("{}{}{}#{}", letter("a"), letter("b"), letter("c"), number);
    return fmt::format("SKU-{}{}{}-{}", letter("a"), letter("b"), letter("c"), number);
  }

  Dice dice_;
  PlantedErrors errors_;
};

}  // namespace

Result<GeneratedTable> GenerateOrders(const GenerateOptions& options, std::stop_token stop) {
  const Orders orders(options.seed);
  GeneratedTable table{.name = "orders", .format = "Parquet", .injected = {}};
  const auto rows_per_file = static_cast<int64_t>(std::ceil(kRowsPerFile * options.scale));
  for (int month_index = 0; month_index < kMonths; ++month_index) {
    const auto month = std::chrono::year(2025) / (month_index + 1);
    for (int part = 1; part <= kFilesPerMonth; ++part) {
      const std::string file =
          fmt::format("orders/order_month=2025-{:02}/orders_{}.parquet", month_index + 1, part);
      const std::filesystem::path path = std::filesystem::path(options.directory) / file;
      std::error_code ignored;  // the writer tells when the folder is missing
      std::filesystem::create_directories(path.parent_path(), ignored);
      ASSAY_TRY(const std::unique_ptr<engine::ParquetWriter> writer,
                engine::ParquetWriter::Open(path.string(), Columns()));
      for (int64_t row_number = 0; row_number < rows_per_file; ++row_number) {
        const int64_t row = table.row_count++;
        ASSAY_RETURN_IF_ERROR(writer->Append(orders.Row(row, month)));
        orders.errors().List(row, file, row_number, table.injected);
      }
      if (stop.stop_requested())
        return Fail(ErrorKind::kCancelled, "stopped while making sample data");
      ASSAY_RETURN_IF_ERROR(writer->Finish());
      ++table.file_count;
    }
  }
  return table;
}

}  // namespace assay::demo
