// The full text index of register lines and files: search-<generation>.sqlite beside the catalogue it belongs to. A cache
// of a cache: brought up to date when somebody searches, thrown away with its generation.
//
// Words are folded before they enter (marks off, đ→d), because FTS5's own folding leaves đ.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "catalogue/catalogue.h"

namespace vtlt::catalogue {

struct Hit {
  records::Id id;  // of a register line, a document without one, or a file
};

class SearchIndex {
 public:
  ~SearchIndex();
  // Made when it is not there or not usable. An empty path: one for this process alone.
  static std::unique_ptr<SearchIndex> open(const Path& file, const Path& temporary_directory);

  // Takes in what the catalogue has more; returns how many rows.
  std::int64_t update(Catalogue& catalogue, const std::function<void(std::int64_t)>& progress);
  // All of the words, each a run of folded words in a row; a `*` at the end of one: words that begin so. Newest first,
  // until each() says false. What is found may have been changed since or be gone: look it up.
  void find(const std::vector<std::string>& words, const std::function<bool(const Hit&)>& each);

 private:
  struct State;
  explicit SearchIndex(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace vtlt::catalogue
