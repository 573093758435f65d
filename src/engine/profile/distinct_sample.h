// The distinct values of a column with their counts: all of them while they are few, a uniform
// sample of them when they are many.

#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "engine/profile/byte_stream.h"
#include "engine/profile/column_view.h"

namespace assay::engine::profile {

/// A bottom-k sample over hashes of values (Beyer et al., "On Synopses for Distinct-Value
/// Estimation Under Multiset Operations", 2007), k = kSampleSize.
///
/// Holds the distinct values with the kSampleSize smallest hashes and how often each occurred.
/// The threshold only falls, so a value that is in the final sample was in it from its first
/// occurrence: its count is exact, and any split of the rows gives the same sample. With at
/// most kSampleSize distinct values it holds them all.
///
/// Invariants: 1. every held hash is <= threshold(). 2. size() <= kMaximumSize between calls.
/// Memory: 16 bytes a slot, at most 32,768 slots, plus Payload for each held value.
template <class Payload>
class DistinctSample {
 public:
  static constexpr size_t kSampleSize = 16384;  // 1 / sqrt(k) = 0.78 %, so 2.3 % at three sigma
  static constexpr size_t kMaximumSize = kSampleSize + kSampleSize / 4;

  struct Entry {
    uint64_t hash;
    int64_t count;
  };

  DistinctSample() { Rehash(64); }

  /// Whether a value with this hash is, or will be, held. Cheap: most values of a column with
  /// many distinct ones stop here.
  bool Wants(uint64_t hash) const { return hash <= threshold_; }

  /// Counts `count` occurrences of the value with a wanted `hash` (never 0: use Hash*
  /// functions). `make_payload()` is called when the value is new.
  template <class MakePayload>
  void Add(uint64_t hash, int64_t count, MakePayload&& make_payload) {
    size_t slot = hash & mask_;
    while (entries_[slot].hash != hash) {
      if (entries_[slot].hash == 0) {
        entries_[slot] = {hash, count};
        payloads_[slot] = make_payload();
        ++size_;
        if (size_ > kMaximumSize) {
          Shrink();
        } else if (size_ * 8 > (mask_ + 1) * 5) {
          Rehash((mask_ + 1) * 2);
        }
        return;
      }
      slot = (slot + 1) & mask_;
    }
    entries_[slot].count += count;
  }

  void Combine(const DistinctSample& other) {
    if (other.threshold_ < threshold_) {
      threshold_ = other.threshold_;
      RemoveAboveThreshold();
    }
    for (size_t slot = 0; slot <= other.mask_; ++slot) {
      const Entry& entry = other.entries_[slot];
      if (entry.hash != 0 && Wants(entry.hash)) {
        Add(entry.hash, entry.count, [&] { return other.payloads_[slot]; });
      }
    }
  }

  /// Brings the sample to its final size; needed before reading it.
  void Settle() {
    if (size_ > kSampleSize) Shrink();
  }

  bool is_complete() const { return threshold_ == UINT64_MAX; }
  size_t size() const { return size_; }
  uint64_t threshold() const { return threshold_; }

  /// Number of distinct values; exact when is_complete().
  double DistinctCount() const {
    if (is_complete()) return static_cast<double>(size_);
    // (k - 1) / U, where U is the largest held hash as a share of all hashes.
    return static_cast<double>(size_ - 1) / (static_cast<double>(threshold_) / 0x1p64);
  }

  template <class Visit>
  void ForEach(Visit&& visit) const {
    for (size_t slot = 0; slot <= mask_; ++slot) {
      if (entries_[slot].hash != 0) visit(entries_[slot], payloads_[slot]);
    }
  }

  template <class WritePayload>
  void Serialize(ByteWriter& out, WritePayload&& write_payload) const {
    out.Put(threshold_);
    out.Put(static_cast<uint64_t>(size_));
    ForEach([&](const Entry& entry, const Payload& payload) {
      out.Put(entry.hash);
      out.Put(entry.count);
      write_payload(out, payload);
    });
  }
  template <class ReadPayload>
  void Deserialize(ByteReader& in, ReadPayload&& read_payload) {
    threshold_ = in.Get<uint64_t>();
    const auto size = in.Get<uint64_t>();
    for (uint64_t i = 0; i < size && in.ok(); ++i) {
      const auto hash = in.Get<uint64_t>();
      const auto count = in.Get<int64_t>();
      Payload payload = read_payload(in);
      if (in.ok() && hash != 0 && Wants(hash))
        Add(hash, count, [&] { return std::move(payload); });
    }
  }

 private:
  void Rehash(size_t slots) {
    auto entries = std::exchange(entries_, std::vector<Entry>(slots, Entry{0, 0}));
    auto payloads = std::exchange(payloads_, std::vector<Payload>(slots));
    mask_ = slots - 1;
    for (size_t i = 0; i < entries.size(); ++i) {
      if (entries[i].hash == 0) continue;
      size_t slot = entries[i].hash & mask_;
      while (entries_[slot].hash != 0) slot = (slot + 1) & mask_;
      entries_[slot] = entries[i];
      payloads_[slot] = std::move(payloads[i]);
    }
  }

  void RemoveAboveThreshold() {
    size_ = 0;
    for (Entry& entry : entries_) {
      if (entry.hash > threshold_) {
        entry.hash = 0;
      } else if (entry.hash != 0) {
        ++size_;
      }
    }
    Rehash(mask_ + 1);
  }

  void Shrink() {
    std::vector<uint64_t> hashes;
    hashes.reserve(size_);
    for (const Entry& entry : entries_) {
      if (entry.hash != 0) hashes.push_back(entry.hash);
    }
    std::nth_element(hashes.begin(), hashes.begin() + (kSampleSize - 1), hashes.end());
    threshold_ = hashes[kSampleSize - 1];
    RemoveAboveThreshold();
  }

  std::vector<Entry> entries_;  // open addressing, linear probing; hash 0 is an empty slot
  std::vector<Payload> payloads_;
  size_t mask_ = 0;
  size_t size_ = 0;
  uint64_t threshold_ = UINT64_MAX;
};

/// Mixes 64 bits so that every input bit reaches every output bit (the finaliser of
/// MurmurHash3, Austin Appleby, public domain). Never 0.
inline uint64_t HashWord(uint64_t word) {
  word += 0x9E3779B97F4A7C15u;
  word ^= word >> 33;
  word *= 0xFF51AFD7ED558CCDu;
  word ^= word >> 33;
  word *= 0xC4CEB9FE1A85EC53u;
  word ^= word >> 33;
  return word + (word == 0);
}

inline uint64_t HashWide(Int128 value) {
  return HashWord(static_cast<uint64_t>(value) ^
                  HashWord(static_cast<uint64_t>(static_cast<Uint128>(value) >> 64)));
}

/// XXH3 of the bytes; never 0.
uint64_t HashText(std::string_view text);

}  // namespace assay::engine::profile
