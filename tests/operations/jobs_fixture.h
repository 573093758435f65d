// Jobs over local folders, run on the test's own thread.

#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

#include "operations/jobs.h"
#include "operations/requests.h"
#include "store/fields.h"
#include "store/queue.h"
#include "tests/store/store_fixture.h"

namespace assay::operations {

class JobsTest : public store::StoreTest {
 protected:
  JobsTest() {
    options_.data_directory = directory_;
    options_.memory_limit_bytes = int64_t{1} << 30;
    options_.threads = 2;
    source_ = AddFolder("orders", false);
  }

  /// A datastore over the folder `name` below the test's directory.
  int64_t AddFolder(const std::string& name, bool enrichment_only) {
    std::filesystem::create_directories(directory_ / name);
    store::Connection connection;
    connection.name = name;
    connection.type = "local";
    connection.properties = {{"uri", (directory_ / name).string()}};
    store::Datastore datastore;
    datastore.created = store::At(0);
    datastore.name = name;
    datastore.connection_id =
        store::Connections(database(), cipher_).Create(connection).value().id;
    datastore.enrichment_only = enrichment_only;
    datastore.teams = {"Public"};
    return store::Datastores(database()).Create(datastore).value().id;
  }

  void Write(const std::string& path, const std::string& text) {
    const std::filesystem::path file = directory_ / "orders" / path;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
  }

  /// Runs the job as a worker would; the outcome is also the operation's in the store.
  Result<JobOutcome> Run(const std::string& type, Json body = Json::object()) {
    return RunOn(source_, type, std::move(body));
  }
  Result<JobOutcome> RunOn(int64_t datastore_id, const std::string& type,
                           Json body = Json::object()) {
    body["type"] = type;
    body["datastore_id"] = datastore_id;
    const OperationRequest request = ParseOperationRequest(body).value();
    store::Operation operation;
    operation.created = store::At(0);
    operation.type = request.type;
    operation.datastore_id = datastore_id;
    operation.settings = request.settings;
    const int64_t id = store::Operations(database()).Enqueue(operation).value().id;
    return RunAgain(id);
  }

  /// Runs an operation that is in the store, whatever became of it before.
  Result<JobOutcome> RunAgain(int64_t id) {
    last_ = store::Operations(database()).Get(id).value();
    std::stop_source stop;
    if (stopped_) stop.request_stop();
    JobContext context(last_, database(), now_, stop.get_token());
    Result<JobOutcome> outcome = Fail(ErrorKind::kInternal, "no such job");
    for (const JobKind& kind : AllJobs(datastores_, options_)) {
      if (kind.type == last_.type) outcome = kind.run(context);
    }
    last_ = store::Operations(database()).Get(id).value();
    last_.counters = context.counters();
    return outcome;
  }

  store::Container Find(const std::string& name) {
    return store::Containers(database()).FindByName(source_, name).value();
  }

  std::vector<std::string> ContainerNames() {
    std::vector<std::string> names;
    const auto listing = store::Containers(database()).Listing(source_, "").value();
    for (const auto& each : listing) names.push_back(each.name);
    return names;
  }

  OperationsOptions options_;
  const DatastoreAccess datastores_{database(), cipher_};
  int64_t source_ = 0;
  bool stopped_ = false;  // jobs find a stop request
  Timestamp now_ = store::At(1000);
  store::Operation last_;  // with the counters of the last run
};

}  // namespace assay::operations
