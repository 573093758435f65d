#include "api/enrichment_link.h"

#include <fmt/format.h>

#include <optional>

#include "operations/enrichment.h"
#include "operations/requests.h"
#include "store/operations.h"

namespace assay::api {
namespace {

constexpr size_t kMaxPrefixLength = 60;
constexpr int64_t kMostMoves = 1000;  // that wait or run at a time

/// Another datastore that writes under `prefix` of the enrichment datastore, if any.
Result<std::optional<store::Datastore>> FindPrefixUser(store::Access& access,
                                                       int64_t enrichment_id,
                                                       const std::string& prefix,
                                                       int64_t except_id) {
  for (store::PageRequest page{.page = 1, .size = 1000};; ++page.page) {
    ASSAY_TRY(const auto datastores, store::Datastores(access).List({}, page));
    for (const store::Datastore& datastore : datastores.items) {
      if (datastore.id != except_id && datastore.enrichment_datastore_id == enrichment_id &&
          datastore.enrichment_prefix == prefix) {
        return datastore;
      }
    }
    if (page.page * page.size >= datastores.total) return std::nullopt;
  }
}

/// A move that another datastore's tables wait for, away from that prefix, if any.
Result<std::optional<store::Operation>> FindMoveAway(store::Access& access,
                                                     const store::Datastore& datastore) {
  store::OperationFilter filter;
  filter.types = {operations::kMoveType};
  filter.states = {store::OperationState::kQueued, store::OperationState::kRunning};
  ASSAY_TRY(const auto moves,
            store::Operations(access).List(filter, {.page = 1, .size = kMostMoves}));
  for (const store::Operation& move : moves.items) {
    ASSAY_TRY(const auto request, operations::MoveRequest::JsonFields().Parse(move.settings));
    if (move.datastore_id != datastore.id &&
        request.enrichment_datastore_id == datastore.enrichment_datastore_id &&
        request.from_prefix == datastore.enrichment_prefix) {
      return move;
    }
  }
  return std::nullopt;
}

/// A prefix made of the datastore's name, shortened so that `ending` fits behind it.
Result<std::string> ProposePrefix(const std::string& name, const std::string& ending) {
  std::string ascii;
  for (const char c : name) ascii += static_cast<unsigned char>(c) < 0x80 ? c : '_';
  ascii.resize(std::min(ascii.size(), kMaxPrefixLength - 1 - ending.size()));
  const Result<std::string> prefix = operations::NormalizePrefix(ascii + ending);
  return prefix ? prefix : operations::NormalizePrefix("datastore" + ending);
}

}  // namespace

Status CheckPrefixIsFree(store::Access& access, const store::Datastore& datastore) {
  if (!datastore.enrichment_datastore_id || datastore.enrichment_prefix.empty()) return {};
  ASSAY_TRY(const auto other, FindPrefixUser(access, *datastore.enrichment_datastore_id,
                                             datastore.enrichment_prefix, datastore.id));
  if (other) {
    return Fail(
        ErrorKind::kConflict,
        fmt::format("enrichment_prefix: datastore '{}' (id {}) writes there already: '{}'",
                    other->name, other->id, datastore.enrichment_prefix));
  }
  ASSAY_TRY(const auto move, FindMoveAway(access, datastore));
  if (!move) return {};
  return Fail(ErrorKind::kConflict,
              fmt::format("enrichment_prefix: operation {} still moves other tables away from "
                          "there; try again when it has ended: '{}'",
                          move->id, datastore.enrichment_prefix));
}

Status LinkEnrichment(store::Access& transaction, int64_t datastore_id, int64_t enrichment_id) {
  store::Datastores datastores(transaction);
  ASSAY_RETURN_IF_ERROR(datastores.LinkEnrichment(datastore_id, enrichment_id));
  ASSAY_TRY(store::Datastore datastore, datastores.Get(datastore_id));
  if (!datastore.enrichment_prefix.empty()) return CheckPrefixIsFree(transaction, datastore);
  ASSAY_TRY(datastore.enrichment_prefix, ProposePrefix(datastore.name, ""));
  if (!CheckPrefixIsFree(transaction, datastore)) {
    ASSAY_TRY(datastore.enrichment_prefix,
              ProposePrefix(datastore.name, fmt::format("_{}", datastore_id)));
    ASSAY_RETURN_IF_ERROR(CheckPrefixIsFree(transaction, datastore));
  }
  return datastores.Update(datastore);
}

Status QueueMoveOfEnrichment(store::Access& transaction, const store::Datastore& before,
                             const store::Datastore& after, const std::string& triggered_by,
                             Timestamp now) {
  if (!before.enrichment_datastore_id ||
      before.enrichment_datastore_id != after.enrichment_datastore_id ||
      before.enrichment_prefix.empty() || before.enrichment_prefix == after.enrichment_prefix) {
    return {};
  }
  const operations::MoveRequest request{
      .enrichment_datastore_id = *before.enrichment_datastore_id,
      .from_prefix = before.enrichment_prefix,
      .to_prefix = after.enrichment_prefix};
  store::Operation operation;
  operation.created = now;
  operation.type = operations::kMoveType;
  operation.datastore_id = after.id;
  operation.triggered_by = triggered_by;
  operation.settings = operations::MoveRequest::JsonFields().Print(request);
  ASSAY_TRY([[maybe_unused]] const auto queued,
            store::Operations(transaction).Enqueue(std::move(operation)));
  return {};
}

}  // namespace assay::api
