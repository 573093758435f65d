// An object store (S3 and what speaks like it): what the engine and the connectors need of it.
// Main interface of this folder: start here.

#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"

namespace assay::engine {

struct ObjectInfo {
  std::string key;  // without the bucket
  int64_t size_bytes = 0;
  Timestamp last_modified{};
  std::string etag;           // with its quotes removed; empty when the store gives none
  std::string storage_class;  // "STANDARD", "GLACIER", ...; empty: standard
};

struct ListPage {
  std::vector<ObjectInfo> objects;
  std::vector<std::string> common_prefixes;  // only with a delimiter
  std::string next_token;                    // empty on the last page
};

struct ListRequest {
  std::string prefix;
  std::string delimiter;  // empty: the whole tree
  std::string token;      // next_token of the page before
  int max_keys = 1000;
};

/// An upload whose bytes are stored but not visible yet. Serialisable, so that a later process
/// can finish or drop it.
struct PendingUpload {
  struct Part {
    int number = 0;
    std::string etag;
    std::string checksum_crc32c;  // base64; empty when the server has none
  };
  std::string key;
  std::string upload_id;
  std::vector<Part> parts;
};

/// One bucket, seen with one set of credentials.
///
/// All calls are thread-safe, block, retry what is worth it within the store's retry budget,
/// and return kCancelled within a second once `stop` is requested. Common failures:
/// kUnauthenticated (key, signature, expiry, clock), kDenied (with the S3 action that was
/// refused), kNotFound (bucket or key), kConflict (the object is not the version asked for),
/// kUnavailable, kTimeout.
class ObjectStore {
 public:
  virtual ~ObjectStore() = default;

  virtual const std::string& bucket() const = 0;

  /// One page in key order. Costs one request.
  virtual Result<ListPage> List(const ListRequest& request, std::stop_token stop) = 0;

  virtual Result<ObjectInfo> Head(const std::string& key, std::stop_token stop) = 0;

  /// Fills `buffer` from `offset`. Large reads run as parallel ranges. With a non-empty `etag`
  /// the object must still be that version, else kConflict. Reading past the end is
  /// kInvalidInput.
  virtual Status Read(const std::string& key, const std::string& etag, int64_t offset,
                      std::span<std::byte> buffer, std::stop_token stop) = 0;

  /// The bucket's region, as the store tells ("us-east-1").
  virtual Result<std::string> BucketRegion(std::stop_token stop) = 0;

  /// Writes a small object at once and visibly.
  virtual Status Put(const std::string& key, std::span<const std::byte> bytes,
                     std::stop_token stop) = 0;

  /// Uploads the local file in parts and leaves the upload uncompleted: nothing is visible yet.
  /// On failure the upload is aborted.
  virtual Result<PendingUpload> StageFile(const std::string& key, const std::string& local_path,
                                          std::stop_token stop) = 0;
  /// Makes a staged upload visible. Completing one that was completed before succeeds.
  virtual Status Complete(const PendingUpload& upload, std::stop_token stop) = 0;
  /// Drops a staged upload and its parts. Aborting one that is gone succeeds.
  virtual Status Abort(const PendingUpload& upload, std::stop_token stop) = 0;
  /// Uploads under `prefix` that are neither completed nor aborted (no parts listed).
  virtual Result<std::vector<PendingUpload>> ListPending(const std::string& prefix,
                                                         std::stop_token stop) = 0;

  /// Deleting what is not there succeeds.
  virtual Status Delete(const std::string& key, std::stop_token stop) = 0;
};

}  // namespace assay::engine
