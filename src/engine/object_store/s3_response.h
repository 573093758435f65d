// What S3 answers, taken apart. Pure functions.

#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "engine/object_store/object_store.h"

namespace assay::engine {

struct S3Response {
  int status = 0;                                                 // HTTP
  std::vector<std::pair<std::string, std::string>> headers = {};  // names in lower case
  std::string body = {};  // empty if it was received into a buffer of the caller

  /// The header's value; empty if there is none. `name` in lower case.
  std::string Header(std::string_view name) const;
};

/// What an error answer says about itself.
struct S3ErrorBody {
  std::string code;     // "NoSuchKey"
  std::string message;  // of the server's wording
  std::string region;   // the right one, if the server names it
};

struct UploadPage {
  std::vector<PendingUpload> uploads;  // no parts
  std::string next_key_marker;         // both empty on the last page
  std::string next_upload_id_marker;
};

// All are kCorruptData if the answer does not have the form it should have.

Result<ListPage> ParseListObjects(const std::string& body);
Result<std::string> ParseUploadId(const std::string& body);
Result<UploadPage> ParseListUploads(const std::string& body);
/// An empty location is "us-east-1", and "EU" is "eu-west-1".
Result<std::string> ParseBucketLocation(const std::string& body);
/// From the headers of a HeadObject.
Result<ObjectInfo> ParseObjectHeaders(const std::string& key, const S3Response& response);
/// Empty members for what is absent, also if the body is no S3 error at all.
S3ErrorBody ParseErrorBody(const std::string& body);

/// An etag without quotes and without the mark of a weak one.
std::string StripEtag(std::string_view etag);

/// "Wed, 21 Oct 2015 07:28:00 GMT". kCorruptData otherwise.
Result<Timestamp> ParseHttpDate(const std::string& text);

}  // namespace assay::engine
