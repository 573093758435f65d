// What is to blame when a right is refused: named for programs, described for people.

#pragma once

namespace assay::connectors {

enum class Blame {
  kCredentials,        // there are none
  kKey,                // the access key id
  kSignature,          // the secret
  kSessionToken,       // of temporary keys: missing, wrong or expired
  kClock,              // of this machine
  kPermission,         // no policy allows the action
  kExplicitDeny,       // a policy of the identity, or one above it, forbids the action
  kGuardrail,          // a boundary, session or organization policy does not allow the action
  kBucketPolicy,       // the bucket's own policy
  kPublicAccessBlock,  // S3 Block Public Access
  kKms,                // the key by which objects are encrypted
  kBucket,             // there is none of that name
  kObject,             // archived, or changed meanwhile
  kRegion,
  kAccount,            // suspended, or not signed up
  kAssumeRole,         // sts:AssumeRole is not allowed to the caller
  kExternalIdMissing,  // or the role's trust policy does not name the caller
  kExternalIdWrong,    // likewise
  kRole,               // STS refuses the role for another reason
  kDns,
  kConnection,  // refused
  kTls,
  kTimeout,
  kNetwork,   // cut off
  kEndpoint,  // what answers is not this service
  kStore,     // busy or failing
  kUnknown,
};

/// Stable identifier such as "session_token", used in JSON.
const char* BlameName(Blame blame);

/// For people: "the session token: missing, wrong or expired". Begins in lower case, no full
/// stop.
const char* BlameText(Blame blame);

/// Whether every other request would fail for the same reason, so that trying it tells nothing.
bool HoldsForAllRequests(Blame blame);

}  // namespace assay::connectors
