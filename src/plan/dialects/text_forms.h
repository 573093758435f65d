// Which texts casts read, and which texts are values of a type: RE2 patterns for every engine.

#pragma once

namespace assay::plan::dialects {

// What engines read beyond Spark is kept out: underscores between digits, hexadecimal, words
// such as "epoch", other separators; and what they would round is cut off.
inline constexpr const char* kIntegerText = R"(^\s*([+-]?[0-9]+)(?:\.[0-9]*)?\s*$)";
inline constexpr const char* kFractionText = R"(^\s*[+-]?\.[0-9]*\s*$)";  // no digit before it
inline constexpr const char* kDateText = R"(^\s*([0-9]{4}-[0-9]{1,2}-[0-9]{1,2})(?:[T ].*)?$)";

// What isType calls a value of the type: stricter than a cast, which also cuts and trims.
inline constexpr const char* kIntegerValue = "[+-]?[0-9]+";
inline constexpr const char* kFractionalValue =
    R"([+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?)"
    R"(|[+-]?([nN][aA][nN]|[iI][nN][fF]([iI][nN][iI][tT][yY])?))";
inline constexpr const char* kDateValue = "[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}";
inline constexpr const char* kTimeValue =
    R"([0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([T ][0-9]{1,2}:[0-9]{1,2}(:[0-9]{1,2}(\.[0-9]+)?)?)"
    R"( ?(Z|UTC|[+-][0-9]{1,2}(:?[0-9]{2})?)?)?)";

}  // namespace assay::plan::dialects
