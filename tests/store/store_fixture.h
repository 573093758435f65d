// A store in a folder of its own, and the things that tests put into it.

#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>

#include "base/id.h"
#include "store/anomalies.h"
#include "store/cipher.h"
#include "store/connections.h"
#include "store/container_scans.h"
#include "store/containers.h"
#include "store/database.h"
#include "store/datastores.h"
#include "store/operations.h"
#include "store/quality_checks.h"

namespace assay::store {

/// 2026-01-31T00:00:00Z and `seconds` more.
inline Timestamp At(int64_t seconds) {
  return ParseTimestamp("2026-01-31").value() + std::chrono::seconds(seconds);
}

class FixedClock final : public Clock {
 public:
  Timestamp Now() override { return At(0); }
};

/// Reverses the text and appends place and key: enough to see whether the store encrypts, and
/// binds to the place.
class ReversingCipher final : public Cipher {
 public:
  explicit ReversingCipher(std::string key = "k") : key_(std::move(key)) {}

  Result<std::string> Encrypt(const Secret& plain, std::string_view place) const override {
    const std::string& text = plain.Reveal();
    return std::string(text.rbegin(), text.rend()) + Ending(place);
  }
  Result<Secret> Decrypt(std::string_view encrypted, std::string_view place) const override {
    const std::string ending = Ending(place);
    if (!encrypted.ends_with(ending)) return Fail(ErrorKind::kDenied, "another key or place");
    const std::string_view text = encrypted.substr(0, encrypted.size() - ending.size());
    return Secret(std::string(text.rbegin(), text.rend()));
  }

 private:
  std::string Ending(std::string_view place) const {
    return "|" + std::string(place) + "|" + key_;
  }
  std::string key_;
};

class StoreTest : public testing::Test {
 protected:
  StoreTest() {
    std::filesystem::create_directories(directory_);
    database_ = Database::Open({.path = directory_ / "assay.db"}, clock_).value();
  }
  ~StoreTest() override {
    database_.reset();
    std::filesystem::remove_all(directory_);
  }

  Database& database() { return *database_; }

  Connection AddConnection(const std::string& name) {
    Connection connection;
    connection.created = At(0);
    connection.name = name;
    connection.type = "local";
    connection.properties = {{"uri", "/data"}};
    return Connections(database(), cipher_).Create(connection).value();
  }

  Datastore NewDatastore(const std::string& name) {
    Datastore datastore;
    datastore.created = At(0);
    datastore.name = name;
    datastore.connection_id = AddConnection(name + " connection").id;
    datastore.teams = {"Public"};
    return datastore;
  }

  Datastore AddDatastore(const std::string& name) {
    return Datastores(database()).Create(NewDatastore(name)).value();
  }

  Container AddContainer(int64_t datastore_id, const std::string& name) {
    Container container;
    container.created = At(0);
    container.datastore_id = datastore_id;
    container.name = name;
    return Containers(database()).Create(container).value();
  }

  QualityCheck NewCheck(int64_t container_id, const std::string& rule,
                        const std::string& field) {
    QualityCheck check;
    check.created = check.last_updated = At(0);
    check.container_id = container_id;
    check.rule_type = rule;
    check.fields = {field};
    return check;
  }

  QualityCheck AddCheck(int64_t container_id, const std::string& rule, const std::string& field,
                        const Json& properties = Json::object()) {
    QualityCheck check = NewCheck(container_id, rule, field);
    if (!properties.empty()) check.properties = properties;
    return QualityChecks(database()).Create(check).value();
  }

  Operation AddOperation(int64_t datastore_id, const std::string& type) {
    Operation operation;
    operation.created = At(0);
    operation.type = type;
    operation.datastore_id = datastore_id;
    operation.triggered_by = "ana";
    return Operations(database()).Enqueue(operation).value();
  }

  int64_t AddScan(int64_t operation_id, int64_t container_id) {
    ContainerScan scan;
    scan.operation_id = operation_id;
    scan.container_id = container_id;
    scan.start_time = At(0);
    scan.end_time = At(1);
    scan.result = "success";
    return ContainerScans(database()).Add(scan, {}).value();
  }

  const std::filesystem::path directory_ = std::filesystem::temp_directory_path() / NewUuid();
  FixedClock clock_;
  ReversingCipher cipher_;
  std::unique_ptr<Database> database_;
};

}  // namespace assay::store
