// The parts of the table of formats; rules/formats.cc joins them.

#pragma once

#include "rules/formats.h"

namespace assay::rules::formats {

std::vector<Format> Internet();   // e-mail, URL, addresses of networks
std::vector<Format> Payments();   // accounts, cards, securities
std::vector<Format> Codes();      // of ISO lists
std::vector<Format> Products();   // books and articles
std::vector<Format> Technical();  // UUID, JSON, times, places, versions, colours
std::vector<Format> People();     // phones, post codes, national ids

}  // namespace assay::rules::formats
