#include "engine/postgres/target.h"

#include <fmt/format.h>

namespace assay::engine {

std::string PostgresTarget::Name() const {
  return fmt::format("{}:{}/{}", host, port, database);
}

std::vector<std::pair<std::string, std::string>> ConnectionOptions(
    const PostgresTarget& target) {
  std::vector<std::pair<std::string, std::string>> options = {
      {"host", target.host},
      {"port", std::to_string(target.port)},
      {"user", target.user},
      {"dbname", target.database},
      {"sslmode", target.ssl_mode},
      {"sslrootcert", target.ca_bundle_path},
      {"application_name", target.application_name},
      {"connect_timeout", std::to_string(kConnectSeconds)},
      {"client_encoding", "UTF8"},
      // A server that vanished without a word is noticed within half a minute.
      {"keepalives_idle", "10"},
      {"keepalives_interval", "5"},
      {"keepalives_count", "3"},
      {"tcp_user_timeout", "25000"},
      // Texts of values are the same whatever the server's settings are. Sequential scans start
      // at the front and are not split, so that rows come in one order.
      {"options", fmt::format("-c default_transaction_read_only=on -c lock_timeout={}s "
                              "-c idle_in_transaction_session_timeout=0 -c "
                              "synchronize_seqscans=off -c max_parallel_workers_per_gather=0 "
                              "-c DateStyle=ISO -c IntervalStyle=postgres -c TimeZone=UTC "
                              "-c bytea_output=hex -c extra_float_digits=1 "
                              "-c standard_conforming_strings=on",
                              kLockWaitSeconds)}};
  std::erase_if(options, [](const auto& option) { return option.second.empty(); });
  return options;
}

std::string ConnectionText(const PostgresTarget& target) {
  std::string text;
  for (const auto& [keyword, value] : ConnectionOptions(target)) {
    text += fmt::format("{}{}='", text.empty() ? "" : " ", keyword);
    for (const char c : value) {
      if (c == '\'' || c == '\\') text += '\\';
      text += c;
    }
    text += '\'';
  }
  return text;
}

}  // namespace assay::engine
