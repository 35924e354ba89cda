// Rows of a list that has more of them than memory should hold: the first ones in memory, all of them in a
// temporary SQLite (in SQLITE_TMPDIR, TMPDIR or /var/tmp, gone with the list) as soon as there are more.
#pragma once
#include <algorithm>
#include <cstring>
#include <deque>
#include <functional>
#include <memory>
#include <span>
#include <type_traits>

#include "package/source.h"

namespace vtlt::package {

// The temporary SQLite. Throws Error, no verdict, VTLT-SPILL where it cannot be written.
class SpilledRows {
 public:
  SpilledRows();
  ~SpilledRows();
  SpilledRows(const SpilledRows&) = delete;
  SpilledRows& operator=(const SpilledRows&) = delete;

  using Row = std::span<const std::byte>;
  void add(const BriefKey& key, std::uint32_t line, Row row);
  void sort();  // by key, then line; nothing is added afterwards
  // In the order they were added, after sort() in that order.
  void walk(const std::function<void(Row)>& each);
  // Those of a key by their line, after sort(). Each says whether it goes on.
  void find(const BriefKey& key, const std::function<bool(std::int64_t number, Row)>& each);
  void replace(std::int64_t number, Row row);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// T: plain bytes with `BriefKey key` and `std::uint32_t line`.
template <typename T>
class SpillingList {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  explicit SpillingList(std::size_t most_held) : most_held_(most_held) {}

  void add(const T& one) {
    if (held_.size() >= most_held_) spill();
    held_.push_back(one);
  }
  T& last() { return held_.back(); }  // until the next is added

  void sort() {
    if (rows_) {
      spill();
      rows_->sort();
      return;
    }
    std::sort(held_.begin(), held_.end(),
              [](const T& a, const T& b) { return a.key != b.key ? a.key < b.key : a.line < b.line; });
  }

  // In the order they were added, after sort() by key and line.
  template <typename Each>
  void walk(const Each& each) {
    if (rows_) rows_->walk([&](SpilledRows::Row row) { each(of(row)); });
    for (const T& one : held_)
      each(one);
  }

  // After sort(), those of a key; changes are kept. Each says whether it goes on.
  template <typename Each>
  void find(const BriefKey& key, const Each& each) {
    if (!rows_) {
      auto found = std::lower_bound(held_.begin(), held_.end(), key,
                                    [](const T& a, const BriefKey& wanted) { return a.key < wanted; });
      while (found != held_.end() && found->key == key && each(*found))
        ++found;
      return;
    }
    rows_->find(key, [&](std::int64_t number, SpilledRows::Row row) {
      T one = of(row);
      const bool more = each(one);
      if (std::memcmp(&one, row.data(), row.size()) != 0) rows_->replace(number, bytes_of(one));
      return more;
    });
  }

 private:
  static SpilledRows::Row bytes_of(const T& one) { return std::as_bytes(std::span(&one, 1)); }
  static T of(SpilledRows::Row row) {
    T one;
    std::memcpy(&one, row.data(), sizeof(T));
    return one;
  }
  void spill() {
    if (!rows_) rows_ = std::make_unique<SpilledRows>();
    for (const T& one : held_)
      rows_->add(one.key, one.line, bytes_of(one));
    held_.clear();
  }

  std::size_t most_held_;
  std::deque<T> held_;  // no second copy of them while they become more
  std::unique_ptr<SpilledRows> rows_;
};

}  // namespace vtlt::package
