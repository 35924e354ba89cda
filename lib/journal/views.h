// The two bodies of which there are millions, read without copying: the texts stand in the decoder until its next body.
#pragma once
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "records/records.h"

namespace vtlt::journal {

struct NumberView {
  int number = 0;
  std::string_view suffix;
  int year = 0;
  std::string_view notation, written;
};
// In the order of the map that records keep, each key once.
using OriginalView = std::vector<std::pair<std::string_view, std::string_view>>;

// As records::RegisterEntry; dates as written (they have been checked), "" where there is none.
struct EntryView {
  records::Id id{records::Kind::entry};
  records::Id fonds{records::Kind::fonds};
  std::optional<records::Id> document;
  records::Book book = records::Book::in;
  std::string_view series;
  int year = 0, number = 0;
  std::string_view suffix;
  NumberView own;
  std::string_view type, date, arrival, issuer, issuer_code, subject, signer, recipients, unit, copies, forwarded,
      acknowledged, note, due, urgency, secrecy, circulation, document_id;
  std::vector<records::Id> answers;
  std::optional<records::Id> batch;
  int row = 0;
  bool given = false;
  OriginalView original;
};

// As records::Document.
struct DocumentView {
  records::Id id{records::Kind::document};
  records::Id fonds{records::Kind::fonds};
  std::optional<records::Id> entry;
  NumberView own;
  std::string_view type, date, issuer, issuer_code, subject, language;
  int pages = 0;
  std::string_view access, confidence, value;
  records::Carrier carrier = records::Carrier::unknown;
  std::string_view keyword, info_sign, autograph, condition, signer, note, process, sheets, media;
  records::Term term;
  OriginalView original;
};

// Refuses what Decoder refuses. Not for several threads at once.
class ViewDecoder {
 public:
  ViewDecoder();
  ~ViewDecoder();
  EntryView entry(std::string_view body);
  DocumentView document(std::string_view body);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace vtlt::journal
