// How sure a share seen in some rows is of the share in all rows.

#pragma once

#include <cstdint>
#include <string_view>

#include "engine/profile.h"

namespace assay::infer {

/// Data to learn from may be wrong itself: up to this share of a field's values is taken for
/// errors rather than for evidence against a check, whatever they are.
inline constexpr double kMaxErrorShare = 0.05;

/// Up to this share is, where at least kExplainedShare of them are what errors look like: near
/// misses of right values, numbers far from all others.
inline constexpr double kMaxExplainedShare = 0.35;
inline constexpr double kExplainedShare = 0.75;

/// With fewer training rows nothing is proposed.
inline constexpr int64_t kMinTrainingRows = 30;

/// Upper end of Wilson's 95 % interval for the share of `exceptions` among `total` (Wilson
/// 1927): what the true share may well be. 1 when total is 0. With no exceptions about 3.8 /
/// total.
double UpperShare(int64_t exceptions, int64_t total);

/// The share of held-out rows that must pass when `error_share` of the training rows did not:
/// twice that share and one percent more may fail, since errors come in bursts; of many errors
/// a quarter more and 3 %.
double HoldingShare(double error_share);

/// The coverage to ask for where `share` of `total` rows passed: below what it may well be, in
/// whole percent, with room for ordinary change. 0 when that leaves nothing to ask for.
double CoverageBelow(double share, int64_t total);

/// Non-null values.
int64_t ValueCount(const engine::FieldProfile& profile);

/// Whether the name of a field says that its values identify things: one of its words is id,
/// key, code, number, ... ("customerId", "order_no", "zip"). Such numbers are not quantities.
bool IsIdentifierName(std::string_view name);

/// Whether the name says that the values may well be below zero or move without limits,
/// although those seen are not: balances, coordinates, temperatures, differences.
bool IsSignedName(std::string_view name);

}  // namespace assay::infer
