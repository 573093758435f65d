// Datasets made of other datasets: projections, joins, and fields computed from others. They
// are profiled, scanned and compared with like any other.

#pragma once

#include <string>
#include <vector>

#include "engine/dataset.h"
#include "engine/profile.h"
#include "engine/session.h"
#include "plan/join.h"
#include "plan/projection.h"

namespace assay::engine {

/// Rows that are computed while they are read, or were copied into the session.
struct ComputedDataset {
  Dataset dataset;
  DatasetSchema schema;
};

/// What a computed dataset is called, and which of its fields are not read.
struct ComputedName {
  std::string name;
  std::vector<std::string> exclude_fields = {};
};

/// The schema with further fields behind its own, computed while rows are read. kInvalidInput
/// when an expression cannot be evaluated over the schema or two fields would have one name,
/// kUnsupported when the engine cannot express it.
Result<DatasetSchema> AddFields(Session& session, const Dataset& dataset,
                                const DatasetSchema& schema,
                                const std::vector<plan::NamedExpression>& fields);

/// The rows of a projection. One without groups has the files of its source and keeps their row
/// numbers: each row is computed while it is read, and its address is that of the row it is
/// made of. Rows of groups have no file: they are computed here, once, and copied into the
/// session, which spills them; all of the source has to be readable then, and the first file
/// that is not is the error, with its name. Memory does not grow with rows, but for values of
/// groups that count(DISTINCT ...), median and percentile keep. Errors else as AddFields.
Result<ComputedDataset> Project(Session& session, const Dataset& source,
                                const DatasetSchema& source_schema,
                                const plan::Projection& projection, const ComputedName& name,
                                const RunContext& context);

/// One side of a join, readable in the session of the other.
struct JoinSide {
  const Dataset& dataset;
  const DatasetSchema& schema;
};

/// The rows of a join: computed here, once, of copies of the fields that it uses, and copied
/// into the session. Each may spill. Both sides have to be readable as a whole, else as Project
/// of groups; errors name the side.
Result<ComputedDataset> JoinDatasets(Session& session, const JoinSide& left,
                                     const JoinSide& right, const plan::Join& join,
                                     const ComputedName& name, const RunContext& context);

}  // namespace assay::engine
