#include "base/fields.h"
#include "base/json.h"
#include "connectors/object_files.h"
#include "connectors/relative_path.h"

namespace assay::connectors {
namespace {

struct PartState {
  int64_t number = 0;
  std::string etag;
  std::string checksum_crc32c;

  static const Fields<PartState>& JsonFields() {
    static const Fields<PartState> fields = {
        Required("number", &PartState::number, "From 1."),
        Required("etag", &PartState::etag, "As the store gave it."),
        Optional("checksum_crc32c", &PartState::checksum_crc32c,
                 "Base64; empty if the store has none."),
    };
    return fields;
  }
};

/// What StagedFile::state holds.
struct UploadState {
  std::string key;
  std::string upload_id;
  std::vector<PartState> parts;

  static const Fields<UploadState>& JsonFields() {
    static const Fields<UploadState> fields = {
        Required("key", &UploadState::key, "The object's key."),
        Required("upload_id", &UploadState::upload_id, "As the store gave it."),
        Required("parts", &UploadState::parts, "In order."),
    };
    return fields;
  }
};

std::string PrintState(const engine::PendingUpload& upload) {
  UploadState state{.key = upload.key, .upload_id = upload.upload_id, .parts = {}};
  for (const engine::PendingUpload::Part& part : upload.parts) {
    state.parts.push_back(
        {.number = part.number, .etag = part.etag, .checksum_crc32c = part.checksum_crc32c});
  }
  return PrintJson(UploadState::JsonFields().Print(state));
}

Result<engine::PendingUpload> ParseState(const std::string& text) {
  ASSAY_TRY(const Json json, ParseJson(text));
  ASSAY_TRY(UploadState state, UploadState::JsonFields().Parse(json));
  engine::PendingUpload upload{
      .key = std::move(state.key), .upload_id = std::move(state.upload_id), .parts = {}};
  for (PartState& part : state.parts) {
    upload.parts.push_back({.number = static_cast<int>(part.number),
                            .etag = std::move(part.etag),
                            .checksum_crc32c = std::move(part.checksum_crc32c)});
  }
  return upload;
}

}  // namespace

Result<StagedFile> ObjectWriter::Stage(const std::string& relative_path,
                                       const std::string& local_path, std::stop_token stop) {
  ASSAY_RETURN_IF_ERROR(CheckRelativePath(relative_path));
  ASSAY_TRY(
      const engine::PendingUpload upload,
      place_.store->StageFile(place_.prefix + relative_path, local_path, std::move(stop)));
  return StagedFile{.relative_path = relative_path, .state = PrintState(upload)};
}

Status ObjectWriter::Publish(const StagedFile& file, std::stop_token stop) {
  ASSAY_TRY(const engine::PendingUpload upload, ParseState(file.state));
  if (upload.parts.empty()) {
    return Fail(ErrorKind::kInvalidInput,
                "only what Stage returned can be published: " + file.relative_path);
  }
  return place_.store->Complete(upload, std::move(stop));
}

Status ObjectWriter::Discard(const StagedFile& file, std::stop_token stop) {
  ASSAY_TRY(const engine::PendingUpload upload, ParseState(file.state));
  return place_.store->Abort(upload, std::move(stop));
}

Result<std::vector<StagedFile>> ObjectWriter::ListStaged(const std::string& relative_prefix,
                                                         std::stop_token stop) {
  ASSAY_TRY(const std::vector<engine::PendingUpload> uploads,
            place_.store->ListPending(place_.prefix + relative_prefix, std::move(stop)));
  std::vector<StagedFile> staged;
  for (const engine::PendingUpload& upload : uploads) {
    staged.push_back({.relative_path = upload.key.substr(place_.prefix.size()),
                      .state = PrintState(upload)});
  }
  return staged;
}

Status ObjectWriter::WriteNow(const std::string& relative_path, const std::string& bytes,
                              std::stop_token stop) {
  ASSAY_RETURN_IF_ERROR(CheckRelativePath(relative_path));
  return place_.store->Put(place_.prefix + relative_path, std::as_bytes(std::span(bytes)),
                           std::move(stop));
}

Result<std::vector<std::string>> ObjectWriter::ListVisible(const std::string& relative_prefix,
                                                           std::stop_token stop) {
  std::vector<std::string> paths;
  engine::ListRequest request;
  request.prefix = place_.prefix + relative_prefix;
  do {
    ASSAY_TRY(engine::ListPage page, place_.store->List(request, stop));
    for (const engine::ObjectInfo& object : page.objects) {
      paths.push_back(object.key.substr(place_.prefix.size()));
    }
    request.token = std::move(page.next_token);
  } while (!request.token.empty());
  return paths;
}

Result<std::string> ObjectWriter::ReadNow(const std::string& relative_path,
                                          std::stop_token stop) {
  ASSAY_RETURN_IF_ERROR(CheckRelativePath(relative_path));
  const std::string key = place_.prefix + relative_path;
  ASSAY_TRY(const engine::ObjectInfo info, place_.store->Head(key, stop));
  std::string bytes(static_cast<size_t>(info.size_bytes), '\0');
  if (bytes.empty()) return bytes;
  ASSAY_RETURN_IF_ERROR(place_.store->Read(
      key, info.etag, 0, std::as_writable_bytes(std::span(bytes)), std::move(stop)));
  return bytes;
}

Status ObjectWriter::Remove(const std::string& relative_path, std::stop_token stop) {
  ASSAY_RETURN_IF_ERROR(CheckRelativePath(relative_path));
  return place_.store->Delete(place_.prefix + relative_path, std::move(stop));
}

}  // namespace assay::connectors
