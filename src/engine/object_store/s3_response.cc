#include "engine/object_store/s3_response.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <ctime>

#include "auth/aws_xml.h"
#include "engine/object_store/s3_address.h"

namespace assay::engine {
namespace {

Result<int64_t> ParseSize(const std::string& text) {
  int64_t size = -1;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, size);
  if (error != std::errc() || stop != end || size < 0) {
    return Fail(ErrorKind::kCorruptData,
                fmt::format("the object store gave no valid object size: '{}'", text));
  }
  return size;
}

/// Undoes the encoding of keys if the answer says that it has one.
class KeyDecoder {
 public:
  explicit KeyDecoder(const auth::XmlElement& root)
      : encoded_(root.Text("EncodingType") == "url") {}
  std::string Decode(std::string key) const {
    return encoded_ ? DecodeListedKey(key) : std::move(key);
  }

 private:
  bool encoded_;
};

Result<auth::XmlElement> ParseRoot(const std::string& body, std::string_view root_name,
                                   const std::set<std::string_view>& with_children) {
  ASSAY_TRY(auth::XmlElement root, auth::ParseXml(body, with_children));
  if (root.name != root_name) {
    return Fail(
        ErrorKind::kCorruptData,
        fmt::format("the object store answered with <{}> instead of <{}>; check that the "
                    "endpoint speaks S3",
                    root.name, root_name));
  }
  return root;
}

Result<ObjectInfo> ParseListedObject(const auth::XmlElement& element,
                                     const KeyDecoder& decoder) {
  ObjectInfo object;
  object.key = decoder.Decode(element.Text("Key"));
  ASSAY_TRY(object.size_bytes, ParseSize(element.Text("Size")));
  if (const std::string modified = element.Text("LastModified"); !modified.empty()) {
    ASSAY_TRY(object.last_modified, ParseTimestamp(modified));
  }
  object.etag = StripEtag(element.Text("ETag"));
  object.storage_class = element.Text("StorageClass");
  return object;
}

}  // namespace

std::string S3Response::Header(std::string_view name) const {
  const auto found =
      std::ranges::find(headers, name, &std::pair<std::string, std::string>::first);
  return found == headers.end() ? std::string() : found->second;
}

Result<ListPage> ParseListObjects(const std::string& body) {
  ASSAY_TRY(const auth::XmlElement root,
            ParseRoot(body, "ListBucketResult", {"Contents", "CommonPrefixes"}));
  const KeyDecoder decoder(root);
  ListPage page;
  for (const auth::XmlElement& child : root.children) {
    if (child.name == "Contents") {
      ASSAY_TRY(ObjectInfo object, ParseListedObject(child, decoder));
      page.objects.push_back(std::move(object));
    } else if (child.name == "CommonPrefixes") {
      page.common_prefixes.push_back(decoder.Decode(child.Text("Prefix")));
    }
  }
  if (root.Text("IsTruncated") == "true") {
    page.next_token = root.Text("NextContinuationToken");
    if (page.next_token.empty()) {
      return Fail(ErrorKind::kCorruptData,
                  "the object store says that the listing goes on, but not where");
    }
  }
  return page;
}

Result<std::string> ParseUploadId(const std::string& body) {
  ASSAY_TRY(const auth::XmlElement root, ParseRoot(body, "InitiateMultipartUploadResult", {}));
  std::string id = root.Text("UploadId");
  if (id.empty()) {
    return Fail(ErrorKind::kCorruptData,
                "the object store started an upload without naming it");
  }
  return id;
}

Result<UploadPage> ParseListUploads(const std::string& body) {
  ASSAY_TRY(const auth::XmlElement root,
            ParseRoot(body, "ListMultipartUploadsResult", {"Upload"}));
  const KeyDecoder decoder(root);
  UploadPage page;
  for (const auth::XmlElement& child : root.children) {
    if (child.name != "Upload") continue;
    page.uploads.push_back({.key = decoder.Decode(child.Text("Key")),
                            .upload_id = child.Text("UploadId"),
                            .parts = {}});
  }
  if (root.Text("IsTruncated") == "true") {
    page.next_key_marker = decoder.Decode(root.Text("NextKeyMarker"));
    page.next_upload_id_marker = root.Text("NextUploadIdMarker");
    if (page.next_key_marker.empty()) {
      return Fail(ErrorKind::kCorruptData,
                  "the object store says that the list of uploads goes on, but not where");
    }
  }
  return page;
}

Result<std::string> ParseBucketLocation(const std::string& body) {
  ASSAY_TRY(
      const auth::XmlElement root,
      auth::ParseXml("<Answer>" +
                         body.substr(std::min(body.find("<LocationConstraint"), body.size())) +
                         "</Answer>",
                     {}));
  const auth::XmlElement* location = root.Find("LocationConstraint");
  if (location == nullptr) {
    return Fail(ErrorKind::kCorruptData,
                "the object store did not answer with the bucket's location");
  }
  if (location->text.empty()) return "us-east-1";
  if (location->text == "EU") return "eu-west-1";
  return location->text;
}

Result<ObjectInfo> ParseObjectHeaders(const std::string& key, const S3Response& response) {
  ObjectInfo object;
  object.key = key;
  ASSAY_TRY(object.size_bytes, ParseSize(response.Header("content-length")));
  if (const std::string modified = response.Header("last-modified"); !modified.empty()) {
    ASSAY_TRY(object.last_modified, ParseHttpDate(modified));
  }
  object.etag = StripEtag(response.Header("etag"));
  object.storage_class = response.Header("x-amz-storage-class");
  return object;
}

S3ErrorBody ParseErrorBody(const std::string& body) {
  const Result<auth::XmlElement> parsed = auth::ParseXml(body, {"Error"});
  if (!parsed) return {};
  // Some servers wrap it in an ErrorResponse.
  const auth::XmlElement* inner = parsed->Find("Error");
  const auth::XmlElement& error = inner == nullptr ? *parsed : *inner;
  if (error.name != "Error") return {};
  return {.code = error.Text("Code"),
          .message = error.Text("Message"),
          .region = error.Text("Region")};
}

std::string StripEtag(std::string_view etag) {
  if (etag.starts_with("W/")) etag.remove_prefix(2);
  if (etag.starts_with('"')) etag.remove_prefix(1);
  if (etag.ends_with('"')) etag.remove_suffix(1);
  return std::string(etag);
}

Result<Timestamp> ParseHttpDate(const std::string& text) {
  std::tm time{};
  const char* end = strptime(text.c_str(), "%a, %d %b %Y %H:%M:%S", &time);
  if (end == nullptr || std::string_view(end) != " GMT") {
    return Fail(ErrorKind::kCorruptData,
                fmt::format("the object store gave no valid time of modification: '{}'", text));
  }
  return Timestamp(std::chrono::seconds(timegm(&time)));
}

}  // namespace assay::engine
