// The frame of every HTML report: one file that needs nothing else.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "report/report.h"

namespace assay::report {

/// A whole document with inline style, light and dark by the reader's setting, no scripts, and
/// a policy that forbids the browser to load anything. `body` is markup; `title` is text.
std::string HtmlPage(std::string_view title, std::string_view body);

/// The head of a report: title and subtitle (text), and when and by what it was made.
std::string PageHeader(std::string_view title, std::string_view subtitle, Timestamp time);

/// A number with its meaning; `kind` is "", "good", "bad" or "warning".
struct Figure {
  std::string value;
  std::string label;
  std::string kind;
};
std::string FigureRow(const std::vector<Figure>& figures);

/// Lists of what was not read; empty when there is nothing.
std::string UnreadList(const std::vector<Unread>& unread);
std::string FileFailureList(const std::vector<engine::FileFailure>& failures);

/// "container-3": where a container's section can be linked to.
std::string SectionId(size_t container_index);

}  // namespace assay::report
