// Where a document may belong: files and classes, ranked, with the reasons. Looks only; learns nothing.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "records/suggest.h"
#include "repository/repository.h"

namespace vtlt::repository {

struct Proposal {
  std::optional<catalogue::FileRow> file;  // none: a class, in which no file is open yet
  std::string class_no, title;             // of the class, or of the file
  int points = 0;
  std::vector<Message> reasons;            // strongest first
};
struct Proposals {
  records::Id document{records::Kind::document};
  std::optional<catalogue::EntryRow> entry;
  catalogue::DocumentRow row;
  std::vector<Proposal> best;              // empty: nothing tells
};

// Reads the open and planned files of a fonds once; then each document costs a few look-ups, whatever their number is.
class Proposer {
 public:
  Proposer(Repository& repository, const records::Id& fonds);
  ~Proposer();
  // Candidates come from the chain of replies, words of the titles, what the same sender's documents were filed into
  // lately, and the scheme's suggestions.
  Proposals propose(const catalogue::DocumentRow& document, std::size_t most);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace vtlt::repository
