// CSV and TSV: RFC 4180 with what Excel and its kin write (records-practice.md 8, P41).
#include <algorithm>

#include "base/ascii.h"
#include "exchange/encoding_internal.h"
#include "exchange/readers.h"

namespace vtlt::exchange {
namespace {

// Fed in pieces; calls the sink for each record. Quotes inside an unquoted cell are letters; what follows a
// closing quote is taken on.
class CsvParser {
 public:
  CsvParser(char delimiter, const RowSink& sink) : delimiter_(delimiter), sink_(sink) {}

  bool feed(std::string_view piece) {
    for (std::size_t at = 0; at < piece.size(); ++at) {
      if (const std::size_t end = plain_run(piece, at); end > at) {
        add(piece.substr(at, end - at));
        at = end - 1;
        continue;
      }
      step(piece[at]);
      if (stopped_) return false;
    }
    return true;
  }

  void finish() {
    if (state_ == State::quoted)
      refuse_list(
          "VTLT-LIST-01",
          {"list.quote-unclosed", {{"row", std::to_string(row_)}, {"column", column_text(cells_.size())}}},
          row_, {"list.quote-unclosed.hint"});
    if (state_ != State::cell_start || !cells_.empty()) end_record();
  }

 private:
  enum class State { cell_start, plain, quoted, quote_in_quoted };

  // Letters that only lengthen the cell are taken in one go.
  std::size_t plain_run(std::string_view piece, std::size_t at) const {
    if (state_ != State::plain && state_ != State::quoted) return at;
    const bool quoted = state_ == State::quoted;
    while (at < piece.size()) {
      const char c = piece[at];
      if (c == '\0' || c == '"' || (!quoted && (c == delimiter_ || c == '\n' || c == '\r'))) break;
      ++at;
    }
    return at;
  }

  void step(char c) {
    if (c == '\0')
      refuse_list("VTLT-LIST-02",
                  {"list.nul", {{"row", std::to_string(row_)}, {"column", column_text(cells_.size())}}}, row_,
                  {"list.nul.hint"});
    if (state_ == State::quoted) {
      if (c == '"')
        state_ = State::quote_in_quoted;
      else
        add(c);
      return;
    }
    if (state_ == State::quote_in_quoted && c == '"') {
      add(c);
      state_ = State::quoted;
      return;
    }
    const bool after_return = after_return_;
    after_return_ = false;
    if (c == '\n' && after_return) return;  // CRLF
    if (c == '\n' || c == '\r') {
      after_return_ = c == '\r';
      end_record();
    } else if (c == delimiter_) {
      end_cell();
      state_ = State::cell_start;
    } else if (c == '"' && state_ == State::cell_start) {
      state_ = State::quoted;
    } else {
      add(c);
      state_ = State::plain;
    }
  }

  void add(char c) { add(std::string_view(&c, 1)); }

  void add(std::string_view letters) {
    if (cell_.size() + letters.size() > kMaxCell)
      refuse_list(
          "VTLT-LIST-08",
          {"list.cell-too-long", {{"row", std::to_string(row_)}, {"column", column_text(cells_.size())}}},
          row_, {"list.quote-unclosed.hint"});
    cell_ += letters;
  }

  void end_cell() {
    if (cells_.size() >= kMaxColumns)
      refuse_list(
          "VTLT-LIST-08",
          {"list.too-many-columns", {{"row", std::to_string(row_)}, {"limit", std::int64_t(kMaxColumns)}}},
          row_);
    cells_.push_back(std::move(cell_));
    cell_.clear();
  }

  void end_record() {
    end_cell();
    ReadRow row{row_, std::move(cells_), {}, -1};
    stopped_ = !sink_(row);
    cells_ = std::move(row.cells);
    cells_.clear();
    ++row_;
    state_ = State::cell_start;
  }

  char delimiter_;
  const RowSink& sink_;
  State state_ = State::cell_start;
  std::vector<std::string> cells_;
  std::string cell_;
  long row_ = 1;
  bool after_return_ = false, stopped_ = false;
};

bool is_wide(Encoding encoding) {
  return encoding == Encoding::utf16le || encoding == Encoding::utf16be;
}
bool is_utf8_kind(Encoding encoding) {
  return encoding == Encoding::utf8 || encoding == Encoding::utf8_bom;
}

// A pair of surrogates stays together.
bool ends_in_half(std::string_view wide, bool big) {
  if (wide.size() < 2) return false;
  const auto high = static_cast<unsigned char>(wide[wide.size() - (big ? 2 : 1)]);
  return high >= 0xD8 && high <= 0xDB;
}

std::string_view without_bom(std::string_view bytes, Encoding encoding) {
  const std::string_view bom = encoding == Encoding::utf16le   ? "\xFF\xFE"
                               : encoding == Encoding::utf16be ? "\xFE\xFF"
                               : is_utf8_kind(encoding)        ? kBom
                                                               : std::string_view();
  if (!bom.empty() && bytes.starts_with(bom)) bytes.remove_prefix(bom.size());
  return bytes;
}

// All encodings but UTF-16 keep the delimiters as the same single bytes, so records are cut before decoding.
// False: the sink wants no more.
bool parse(std::string_view bytes, Encoding encoding, CsvParser& parser) {
  if (!is_wide(encoding)) return parser.feed(bytes);
  constexpr std::size_t kPiece = 64 * 1024;
  const bool big = encoding == Encoding::utf16be;
  while (!bytes.empty()) {
    std::size_t length = std::min(kPiece, bytes.size());
    if (length < bytes.size() && ends_in_half(bytes.substr(0, length), big)) length -= 2;
    std::size_t ignored = 0;
    if (!parser.feed(utf16_to_utf8(bytes.substr(0, length), big, ignored))) return false;
    bytes.remove_prefix(length);
  }
  return true;
}

// The same for a list in pieces: what of a piece belongs to the next one waits for it.
bool parse_pieces(std::string_view bytes, const CsvFormat& format, CsvParser& parser) {
  const bool big = format.encoding == Encoding::utf16be;
  std::string waiting;
  for (std::string_view piece = bytes; !piece.empty(); piece = format.more()) {
    if (!is_wide(format.encoding)) {
      if (!parser.feed(piece)) return false;
      continue;
    }
    waiting += piece;
    std::size_t length = waiting.size() - waiting.size() % 2;
    if (ends_in_half(std::string_view(waiting).substr(0, length), big)) length -= 2;
    if (!parse(std::string_view(waiting).substr(0, length), format.encoding, parser)) return false;
    waiting.erase(0, length);
  }
  return parse(waiting, format.encoding, parser);
}

std::string_view first_line(std::string_view text) {
  return text.substr(0, std::min(text.find_first_of("\r\n"), text.size()));
}

// `sep=;`, written by Excel for Excel; 0: no such line.
char declared_delimiter(std::string_view line) {
  if (line.size() >= 2 && line.front() == '"' && line.back() == '"') line = line.substr(1, line.size() - 2);
  if (line.size() != 5) return 0;
  return ascii::lower(line.substr(0, 4)) == "sep=" ? line[4] : '\0';
}

std::string head_as_utf8(std::string_view bytes, Encoding encoding, std::size_t limit) {
  const std::string_view head = bytes.substr(0, limit - limit % 2);
  std::size_t ignored = 0;
  return is_wide(encoding) ? utf16_to_utf8(head, encoding == Encoding::utf16be, ignored) : std::string(head);
}

void decode_cells(ReadRow& row, Encoding encoding, bool keep_caps) {
  const bool unicode = is_wide(encoding) || is_utf8_kind(encoding);
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    std::string& cell = row.cells[i];
    std::string decoded = to_utf8(cell, is_wide(encoding) ? Encoding::utf8 : encoding, keep_caps);
    // Composing makes text shorter; a mark of byte order does too.
    if (unicode && row.recomposed < 0 && decoded.size() < cell.size() && !cell.starts_with(kBom))
      row.recomposed = static_cast<int>(i);
    cell = std::move(decoded);
  }
}

}  // namespace

char find_delimiter(std::string_view bytes, Encoding encoding, const HeadingCount& headings) {
  bytes = without_bom(bytes, encoding);
  const std::string head = head_as_utf8(bytes, encoding, 256 * 1024);
  if (const char declared = declared_delimiter(first_line(head)); declared != 0) return declared;
  struct Rank {
    char delimiter = ',';
    int known = -1;
    std::size_t columns = 0;
  } best;
  for (const char delimiter : {',', ';', '\t', '|'}) {
    Rank rank{delimiter, 0, 0};
    int rows = 0;
    const RowSink look = [&](ReadRow& row) {
      decode_cells(row, encoding, true);
      rank.known = std::max(rank.known, headings(row.cells));
      rank.columns = std::max(rank.columns, row.cells.size());
      return ++rows < kHeadingRows;
    };
    CsvParser parser(delimiter, look);
    try {
      if (parse(head, is_wide(encoding) ? Encoding::utf8 : encoding, parser) && head.size() < 256 * 1024 - 4) parser.finish();
    } catch (const Error&) {
      // The rows before the fault are enough to judge by; reading in earnest will report it.
    }
    if (rank.known > best.known || (rank.known == best.known && rank.columns > best.columns)) best = rank;
  }
  return best.delimiter;
}

void read_csv(std::string_view bytes, const CsvFormat& format, const RowSink& sink) {
  bytes = without_bom(bytes, format.encoding);
  const std::string head = head_as_utf8(bytes, format.encoding, 64);
  if (const auto line = first_line(head); declared_delimiter(line) != 0) {
    // Spreadsheets do not show this line, so it is not counted.
    std::size_t length = line.size();
    if (head.substr(length).starts_with("\r\n"))
      length += 2;
    else if (length < head.size())
      length += 1;
    bytes.remove_prefix(std::min(bytes.size(), is_wide(format.encoding) ? 2 * length : length));
  }
  const RowSink decoded = [&](ReadRow& row) {
    decode_cells(row, format.encoding, format.keep_caps);
    return sink(row);
  };
  CsvParser parser(format.delimiter, decoded);
  if (format.more ? parse_pieces(bytes, format, parser) : parse(bytes, format.encoding, parser)) parser.finish();
}

std::string csv_line(const std::vector<std::string>& cells, bool guard) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) line += ',';
    std::string cell = cells[i];
    if (guard && !cell.empty() && std::string_view("=+-@\t\r").find(cell.front()) != std::string_view::npos)
      cell.insert(0, 1, '\'');
    const bool quote = cell.find_first_of(",;|\t\"\r\n") != std::string::npos ||
                       (!cell.empty() && (cell.front() == ' ' || cell.back() == ' '));
    if (!quote) {
      line += cell;
      continue;
    }
    line += '"';
    for (const char c : cell) {
      if (c == '"') line += '"';
      line += c;
    }
    line += '"';
  }
  return line + "\r\n";
}

}  // namespace vtlt::exchange
