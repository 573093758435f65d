#include "connectors/s3_rights.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "engine/object_store/s3_address.h"

namespace assay::connectors {
namespace {

constexpr std::string_view kListBucket = "s3:ListBucket";

constexpr std::array kRights = {
    S3Right{kListBucket, S3Level::kBucket, Access::kRead},
    S3Right{"s3:GetBucketLocation", S3Level::kBucket, Access::kRead},
    S3Right{"s3:ListBucketMultipartUploads", S3Level::kBucket, Access::kRead},
    S3Right{"s3:GetObject", S3Level::kObjects, Access::kRead},
    S3Right{"s3:PutObject", S3Level::kObjects, Access::kWrite},
    S3Right{"s3:ListMultipartUploadParts", S3Level::kObjects, Access::kWrite},
    S3Right{"s3:AbortMultipartUpload", S3Level::kObjects, Access::kWrite},
    S3Right{"s3:DeleteObject", S3Level::kObjects, Access::kWrite},
};

/// Text as it stands for itself in a Resource or in StringLike.
std::string EscapePattern(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '*' || c == '?' || c == '$') {
      escaped += fmt::format("${{{}}}", c);
    } else {
      escaped += c;
    }
  }
  return escaped;
}

S3Level LevelOf(std::string_view action) {
  const auto found = std::ranges::find(kRights, action, &S3Right::action);
  return found == kRights.end() ? S3Level::kObjects : found->level;
}

/// Only listing tells S3 a prefix that a policy can look at.
bool NeedsCondition(std::string_view action, const S3PolicyPlace& place) {
  return action == kListBucket && !place.prefix.empty();
}

/// Of actions that share level and condition.
Json Statement(const std::vector<std::string_view>& actions, const S3PolicyPlace& place) {
  Json statement = {{"Effect", "Allow"}, {"Action", actions}};
  const bool is_bucket = LevelOf(actions.front()) == S3Level::kBucket;
  statement["Resource"] = Json::array({is_bucket ? BucketArn(place) : ObjectsArn(place)});
  if (NeedsCondition(actions.front(), place)) {
    statement["Condition"]["StringLike"]["s3:prefix"] =
        Json::array({EscapePattern(place.prefix) + "*"});
  }
  return statement;
}

Json Policy(std::vector<Json> statements) {
  return {{"Version", "2012-10-17"}, {"Statement", std::move(statements)}};
}

bool Includes(Access access, const S3Right& right) {
  return access == Access::kWrite || right.access == Access::kRead;
}

}  // namespace

std::span<const S3Right> AllS3Rights() {
  return kRights;
}

std::string BucketArn(const S3PolicyPlace& place) {
  const auto point = engine::ParseAccessPointArn(place.bucket);
  if (!point) return fmt::format("arn:{}:s3:::{}", place.partition, place.bucket);
  return fmt::format("arn:{}:s3:{}:{}:accesspoint/{}", point->partition, point->region,
                     point->account, point->name);
}

std::string ObjectsArn(const S3PolicyPlace& place) {
  const bool is_access_point = place.bucket.starts_with("arn:");
  return fmt::format("{}{}{}*", BucketArn(place), is_access_point ? "/object/" : "/",
                     EscapePattern(place.prefix));
}

Json GrantStatement(std::string_view action, const S3PolicyPlace& place) {
  return Statement({action}, place);
}

Json KeyStatement(std::span<const std::string_view> actions, const std::string& key_arn) {
  return {{"Effect", "Allow"},
          {"Action", std::vector<std::string_view>(actions.begin(), actions.end())},
          {"Resource", Json::array({key_arn})}};
}

Json LeastPolicy(const S3PolicyPlace& place, Access access) {
  std::vector<std::vector<std::string_view>> groups;  // of one statement each
  for (const S3Right& right : kRights) {
    if (!Includes(access, right)) continue;
    const auto same = std::ranges::find_if(groups, [&](const auto& group) {
      return LevelOf(group.front()) == right.level &&
             NeedsCondition(group.front(), place) == NeedsCondition(right.action, place);
    });
    if (same == groups.end()) {
      groups.push_back({right.action});
    } else {
      same->push_back(right.action);
    }
  }
  std::vector<Json> statements;
  for (const auto& group : groups) statements.push_back(Statement(group, place));
  if (!place.kms_key_arn.empty()) {
    constexpr std::array<std::string_view, 2> kKeyActions = {"kms:Decrypt",
                                                             "kms:GenerateDataKey"};
    const size_t count = access == Access::kWrite ? 2 : 1;
    statements.push_back(KeyStatement(std::span(kKeyActions).first(count), place.kms_key_arn));
  }
  return Policy(std::move(statements));
}

Json VendorPolicy(const S3PolicyPlace& place, Access access) {
  std::vector<std::string_view> actions;
  for (const S3Right& right : kRights) {
    if (!Includes(access, right)) continue;
    const std::string_view action =
        right.action.starts_with("s3:Get") ? "s3:Get*" : right.action;
    if (std::ranges::find(actions, action) == actions.end()) actions.push_back(action);
  }
  S3PolicyPlace whole = place;
  whole.prefix.clear();
  return Policy({{{"Effect", "Allow"},
                  {"Action", actions},
                  {"Resource", Json::array({BucketArn(whole), ObjectsArn(whole)})}}});
}

}  // namespace assay::connectors
