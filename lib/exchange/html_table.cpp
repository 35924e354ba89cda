// Tables of web pages saved as .xls: what many administrative systems call "export to Excel". Read as a
// stream of events by libxml2; nothing is fetched, no tree is built.
#include <libxml/HTMLparser.h>
#include <libxml/xmlerror.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <exception>
#include <memory>

#include "base/ascii.h"
#include "exchange/encoding_internal.h"
#include "exchange/readers.h"

namespace vtlt::exchange {
namespace {

std::size_t span_of(const xmlChar** attributes, const char* name, std::size_t most) {
  for (; attributes != nullptr && attributes[0] != nullptr; attributes += 2) {
    if (std::strcmp(reinterpret_cast<const char*>(attributes[0]), name) != 0 || attributes[1] == nullptr)
      continue;
    const std::string_view value(reinterpret_cast<const char*>(attributes[1]));
    std::size_t span = 1;
    std::from_chars(value.data(), value.data() + value.size(), span);
    return std::clamp<std::size_t>(span, 1, most);
  }
  return 1;
}

class TableReader {
 public:
  explicit TableReader(const RowSink& sink) : sink_(sink) {}

  void start(std::string_view name, const xmlChar** attributes) {
    if (name == "table") {
      ++tables_;
    } else if (name == "script" || name == "style") {
      ++hidden_;
    } else if (tables_ != 1) {
      if (name == "br" && in_cell_) add("\n");
    } else if (name == "tr") {
      end_row();
      in_row_ = true;
    } else if (name == "td" || name == "th") {
      end_cell();
      in_row_ = in_cell_ = true;
      columns_ = span_of(attributes, "colspan", kMaxColumns);
      rows_ = span_of(attributes, "rowspan", 65535);
    } else if ((name == "br" || name == "p" || name == "div") && in_cell_ && !cell_.empty()) {
      add("\n");
    }
  }

  void end(std::string_view name) {
    if (name == "table" && tables_ > 0) {
      if (tables_ == 1) end_row();
      --tables_;
    } else if (name == "script" || name == "style") {
      hidden_ = std::max(0, hidden_ - 1);
    } else if (tables_ == 1 && (name == "td" || name == "th")) {
      end_cell();
    } else if (tables_ == 1 && name == "tr") {
      end_row();
    }
  }

  // White space of the source counts as one space, line breaks come from <br>.
  void text(std::string_view piece) {
    if (!in_cell_ || hidden_ > 0) return;
    for (const char c : piece) {
      const bool space = c == ' ' || c == '\n' || c == '\r' || c == '\t';
      if (!space)
        add(std::string_view(&c, 1));
      else if (!cell_.empty() && cell_.back() != ' ' && cell_.back() != '\n')
        add(" ");
    }
  }

  void finish() {
    if (!stopped_) end_row();
  }
  bool stopped() const { return stopped_; }

 private:
  void add(std::string_view piece) {
    if (cell_.size() + piece.size() > kMaxCell)
      refuse_list(
          "VTLT-LIST-08",
          {"list.cell-too-long", {{"row", std::to_string(row_)}, {"column", column_text(cells_.size())}}},
          row_);
    cell_ += piece;
  }

  // Columns still covered by a cell of a row above have its value.
  void skip_covered() {
    while (cells_.size() < covered_.size() && covered_[cells_.size()].rows > 0) {
      Covered& covered = covered_[cells_.size()];
      --covered.rows;
      if (!covered.value.empty()) filled_.push_back(cells_.size());
      cells_.push_back(covered.value);
    }
  }

  void end_cell() {
    if (!in_cell_) return;
    in_cell_ = false;
    skip_covered();
    for (std::size_t i = 0; i < columns_; ++i) {
      if (cells_.size() >= kMaxColumns)
        refuse_list(
            "VTLT-LIST-08",
            {"list.too-many-columns", {{"row", std::to_string(row_)}, {"limit", std::int64_t(kMaxColumns)}}},
            row_);
      if (rows_ > 1) {
        if (covered_.size() <= cells_.size()) covered_.resize(cells_.size() + 1);
        covered_[cells_.size()] = {rows_ - 1, i == 0 ? cell_ : std::string()};
      }
      cells_.push_back(i == 0 ? cell_ : std::string());
    }
    cell_.clear();
  }

  void end_row() {
    end_cell();
    if (!in_row_) return;
    in_row_ = false;
    skip_covered();
    ReadRow row{row_, std::move(cells_), std::move(filled_), -1};
    if (!stopped_) stopped_ = !sink_(row);
    cells_.clear();
    filled_.clear();
    ++row_;
  }

  const RowSink& sink_;
  std::vector<std::string> cells_;
  struct Covered {
    std::size_t rows = 0;
    std::string value;
  };
  std::vector<Covered> covered_;
  std::vector<std::size_t> filled_;
  std::string cell_;
  std::size_t columns_ = 1, rows_ = 1;
  long row_ = 1;
  int tables_ = 0, hidden_ = 0;
  bool in_row_ = false, in_cell_ = false, stopped_ = false;
};

// The parser is C: an exception waits here until it has returned.
struct Context {
  TableReader reader;
  htmlParserCtxtPtr parser = nullptr;
  std::exception_ptr failure;

  template <typename Work>
  void guarded(Work work) {
    if (failure || reader.stopped()) return;
    try {
      work();
    } catch (...) {
      failure = std::current_exception();
    }
    if ((failure || reader.stopped()) && parser != nullptr) xmlStopParser(parser);
  }
};

std::string_view local_name(const xmlChar* name) {
  return reinterpret_cast<const char*>(name);
}

void on_start(void* context, const xmlChar* name, const xmlChar** attributes) {
  auto& self = *static_cast<Context*>(context);
  self.guarded([&] { self.reader.start(local_name(name), attributes); });
}

void on_end(void* context, const xmlChar* name) {
  auto& self = *static_cast<Context*>(context);
  self.guarded([&] { self.reader.end(local_name(name)); });
}

void on_text(void* context, const xmlChar* text, int length) {
  auto& self = *static_cast<Context*>(context);
  self.guarded([&] { self.reader.text({reinterpret_cast<const char*>(text), std::size_t(length)}); });
}

struct FreeParser {
  void operator()(htmlParserCtxtPtr parser) const { htmlFreeParserCtxt(parser); }
};

// The parser sees UTF-8 only. Bytes of other encodings become Windows-1252 characters; read_table turns them
// into Vietnamese like the font text of a workbook.
std::string piece_as_utf8(std::string_view piece, Encoding encoding) {
  std::size_t ignored = 0;
  std::string text;
  switch (encoding) {
    case Encoding::utf8:
    case Encoding::utf8_bom:
      text = to_utf8(piece, Encoding::utf8, true);
      break;
    case Encoding::utf16le:
      text = utf16_to_utf8(piece, false, ignored);
      break;
    case Encoding::utf16be:
      text = utf16_to_utf8(piece, true, ignored);
      break;
    default:
      text = from_windows_1252(piece);
  }
  std::replace(text.begin(), text.end(), '\0', ' ');
  return text;
}

// A piece that ends between two letters.
std::string_view next_piece(std::string_view bytes, Encoding encoding) {
  std::string_view piece = bytes.substr(0, 16 * 1024);
  if (piece.size() == bytes.size()) return piece;
  const auto byte = [&piece](std::size_t from_end) {
    return static_cast<unsigned char>(piece[piece.size() - from_end]);
  };
  if (encoding == Encoding::utf16le || encoding == Encoding::utf16be) {
    const unsigned char high = byte(encoding == Encoding::utf16be ? 2 : 1);
    if (high >= 0xD8 && high <= 0xDB) piece.remove_suffix(2);
    return piece;
  }
  for (int i = 0; i < 3 && (byte(1) & 0xC0) == 0x80; ++i)
    piece.remove_suffix(1);
  if (byte(1) >= 0xC0) piece.remove_suffix(1);
  return piece;
}

}  // namespace

bool looks_like_html(std::string_view bytes) {
  if (bytes.starts_with(kBom)) bytes.remove_prefix(kBom.size());
  std::string head;
  for (const char c : bytes.substr(0, 8192))
    if (c != '\0' && c != '\xFF' && c != '\xFE') head += ascii::lower(c);
  const auto first = head.find_first_not_of(" \t\r\n");
  if (first == std::string::npos || head[first] != '<') return false;
  for (const char* sign : {"<html", "<table", "<meta", "<!doctype html", "<head", "<body", "<style", "<div"})
    if (head.find(sign) != std::string::npos) return true;
  return false;
}

void read_html(std::string_view bytes, Encoding encoding, const RowSink& sink) {
  if (bytes.starts_with(kBom)) bytes.remove_prefix(kBom.size());
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) bytes.remove_prefix(2);
  Context context{TableReader(sink)};
  htmlSAXHandler handler{};
  handler.startElement = on_start;
  handler.endElement = on_end;
  handler.characters = on_text;
  handler.ignorableWhitespace = on_text;
  handler.cdataBlock = on_text;
  const std::unique_ptr<htmlParserCtxt, FreeParser> parser(
      htmlCreatePushParserCtxt(&handler, &context, nullptr, 0, nullptr, XML_CHAR_ENCODING_UTF8));
  if (!parser) throw std::bad_alloc();
  context.parser = parser.get();
  htmlCtxtUseOptions(parser.get(), HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                                       HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC);
  while (!bytes.empty() && !context.failure && !context.reader.stopped()) {
    const std::string_view piece = next_piece(bytes, encoding);
    const std::string text = piece_as_utf8(piece, encoding);
    htmlParseChunk(parser.get(), text.data(), static_cast<int>(text.size()), 0);
    bytes.remove_prefix(piece.size());
  }
  if (!context.failure && !context.reader.stopped()) htmlParseChunk(parser.get(), nullptr, 0, 1);
  if (!context.failure) context.guarded([&] { context.reader.finish(); });
  if (context.failure) std::rethrow_exception(context.failure);
}

}  // namespace vtlt::exchange
