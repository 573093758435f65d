#include "connectors/blame.h"

namespace assay::connectors {

const char* BlameName(Blame blame) {
  switch (blame) {
    case Blame::kCredentials: return "credentials";
    case Blame::kKey: return "key";
    case Blame::kSignature: return "signature";
    case Blame::kSessionToken: return "session_token";
    case Blame::kClock: return "clock";
    case Blame::kPermission: return "permission";
    case Blame::kExplicitDeny: return "explicit_deny";
    case Blame::kGuardrail: return "guardrail";
    case Blame::kBucketPolicy: return "bucket_policy";
    case Blame::kPublicAccessBlock: return "public_access_block";
    case Blame::kKms: return "kms";
    case Blame::kBucket: return "bucket";
    case Blame::kObject: return "object";
    case Blame::kRegion: return "region";
    case Blame::kAccount: return "account";
    case Blame::kAssumeRole: return "assume_role";
    case Blame::kExternalIdMissing: return "external_id_missing";
    case Blame::kExternalIdWrong: return "external_id_wrong";
    case Blame::kRole: return "role";
    case Blame::kDns: return "dns";
    case Blame::kConnection: return "connection";
    case Blame::kTls: return "tls";
    case Blame::kTimeout: return "timeout";
    case Blame::kNetwork: return "network";
    case Blame::kEndpoint: return "endpoint";
    case Blame::kStore: return "store";
    case Blame::kUnknown: return "unknown";
  }
  return "";
}

const char* BlameText(Blame blame) {
  switch (blame) {
    case Blame::kCredentials: return "the credentials: there are none";
    case Blame::kKey: return "the access key id: not known here, deactivated or deleted";
    case Blame::kSignature: return "the secret access key: it does not belong to the key id";
    case Blame::kSessionToken:
      return "the session token of temporary keys: missing, wrong or expired";
    case Blame::kClock: return "this machine's clock";
    case Blame::kPermission: return "the permissions: no policy of the identity allows this";
    case Blame::kExplicitDeny: return "an explicit deny: it outweighs every allow";
    case Blame::kGuardrail:
      return "a limit above the identity: permissions boundary, session or organization policy";
    case Blame::kBucketPolicy: return "the bucket's policy";
    case Blame::kPublicAccessBlock: return "Block Public Access of the bucket or its account";
    case Blame::kKms: return "the KMS key by which objects are encrypted";
    case Blame::kBucket: return "the bucket: there is none of that name";
    case Blame::kObject: return "the object";
    case Blame::kRegion: return "the region";
    case Blame::kAccount: return "the AWS account of the bucket or of the caller";
    case Blame::kAssumeRole: return "the caller: it may not call sts:AssumeRole on the role";
    case Blame::kExternalIdMissing:
      return "the role's trust policy: it demands an external id or does not name the caller";
    case Blame::kExternalIdWrong:
      return "the role's trust policy: it expects another external id or does not name the "
             "caller";
    case Blame::kRole: return "the role";
    case Blame::kDns: return "the host name: it has no address";
    case Blame::kConnection: return "the connection: it is refused";
    case Blame::kTls: return "the secure connection: TLS or the certificate";
    case Blame::kTimeout: return "the network: no answer in time";
    case Blame::kNetwork: return "the network";
    case Blame::kEndpoint: return "the endpoint: what answers there is not S3";
    case Blame::kStore: return "the store: it is busy or failing";
    case Blame::kUnknown: return "not known";
  }
  return "";
}

bool HoldsForAllRequests(Blame blame) {
  switch (blame) {
    case Blame::kPermission:
    case Blame::kExplicitDeny:
    case Blame::kGuardrail:
    case Blame::kBucketPolicy:
    case Blame::kPublicAccessBlock:
    case Blame::kKms:
    case Blame::kObject:
    case Blame::kStore:
    case Blame::kUnknown: return false;
    case Blame::kCredentials:
    case Blame::kKey:
    case Blame::kSignature:
    case Blame::kSessionToken:
    case Blame::kClock:
    case Blame::kBucket:
    case Blame::kRegion:
    case Blame::kAccount:
    case Blame::kAssumeRole:
    case Blame::kExternalIdMissing:
    case Blame::kExternalIdWrong:
    case Blame::kRole:
    case Blame::kDns:
    case Blame::kConnection:
    case Blame::kTls:
    case Blame::kTimeout:
    case Blame::kNetwork:
    case Blame::kEndpoint: return true;
  }
  return false;
}

}  // namespace assay::connectors
