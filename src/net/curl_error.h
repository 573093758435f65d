// From libcurl's codes to errors that a user can act on. Only for the HTTP client.

#pragma once

#include <curl/curl.h>

#include "base/result.h"
#include "net/url_parts.h"

namespace assay::net {

/// `code` is not CURLE_OK and belongs to the request that `easy` has made to `target`. `reason`
/// is libcurl's own text; only what it says about certificates is repeated.
Error CurlError(CURLcode code, CURL* easy, const char* reason, const UrlParts& target);

}  // namespace assay::net
