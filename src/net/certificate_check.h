// Whether a server can be spoken to securely, found out at once.

#pragma once

#include <stop_token>
#include <string>

namespace assay::net {

enum class Certificate {
  kTrusted,
  kRefused,  // no TLS there, or a certificate that is not trusted or not the host's
  kUnknown,  // the server was not reached, or `stop` was requested
};

/// Makes a secure connection to the host of `url` ("https://host:port") and closes it, within
/// five seconds; nothing is asked. Without a proxy. `ca_bundle_path` is a PEM file; empty: the
/// system's certificates.
Certificate CheckCertificate(const std::string& url, const std::string& ca_bundle_path,
                             const std::stop_token& stop);

}  // namespace assay::net
