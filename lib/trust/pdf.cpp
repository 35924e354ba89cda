// As much of a PDF as its own table of objects leads to: the catalogue, the root of its pages, its metadata.
// Contents are not looked at. Every length and offset in it may be a lie.
#include <zlib.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "trust/content.h"

namespace vtlt::content {
namespace {

constexpr std::size_t most_inflated = 16u << 20;  // of one document
constexpr int deepest = 40;

bool is_space(char c) {
  return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0';
}
bool is_delimiter(char c) {
  return std::string_view("()<>[]{}/%").find(c) != std::string_view::npos;
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Objects of a PDF, one after the other. Empty views: it is not one.
class Scan {
 public:
  explicit Scan(std::string_view text) : text_(text) {}

  void skip_space() {
    while (at_ < text_.size()) {
      if (text_[at_] == '%')
        at_ = std::min(text_.find_first_of("\r\n", at_), text_.size());
      else if (is_space(text_[at_]))
        ++at_;
      else
        return;
    }
  }
  bool take(std::string_view word) {
    skip_space();
    if (!rest().starts_with(word)) return false;
    at_ += word.size();
    return true;
  }
  std::optional<std::uint64_t> number() {
    skip_space();
    std::uint64_t value = 0;
    const auto read = std::from_chars(text_.data() + at_, text_.data() + text_.size(), value);
    if (read.ec != std::errc()) return std::nullopt;
    at_ = static_cast<std::size_t>(read.ptr - text_.data());
    return value;
  }
  std::string_view value(int depth = 0) {
    skip_space();
    const std::size_t start = at_;
    if (at_ >= text_.size() || depth > deepest || !pass(depth)) return {};
    return text_.substr(start, at_ - start);
  }
  std::size_t at() const { return at_; }
  std::string_view rest() const { return text_.substr(std::min(at_, text_.size())); }

 private:
  bool pass(int depth) {
    if (text_.compare(at_, 2, "<<") == 0) return at_ += 2, pass_until(">>", depth);
    switch (text_[at_]) {
      case '[':
        return ++at_, pass_until("]", depth);
      case '(':
        return pass_string();
      case '<':
        at_ = text_.find('>', at_);
        if (at_ == std::string_view::npos) return at_ = text_.size(), false;
        return ++at_, true;
      case ')':
      case '>':
      case ']':
        return false;
      default:
        break;
    }
    const std::size_t start = at_++;
    while (at_ < text_.size() && !is_space(text_[at_]) && !is_delimiter(text_[at_]))
      ++at_;
    if (is_digit(text_[start])) pass_reference();
    return true;
  }
  bool pass_until(std::string_view end, int depth) {
    while (true) {
      skip_space();
      if (at_ >= text_.size()) return false;
      if (text_.compare(at_, end.size(), end) == 0) return at_ += end.size(), true;
      if (value(depth + 1).empty()) return false;
    }
  }
  bool pass_string() {
    int open = 0;
    for (; at_ < text_.size(); ++at_) {
      if (text_[at_] == '\\' && at_ + 1 < text_.size())
        ++at_;
      else if (text_[at_] == '(')
        ++open;
      else if (text_[at_] == ')' && --open == 0)
        return ++at_, true;
    }
    return false;
  }
  // "12 0 R" is one value.
  void pass_reference() {
    std::size_t at = at_;
    while (at < text_.size() && is_space(text_[at]))
      ++at;
    const std::size_t digits = at;
    while (at < text_.size() && is_digit(text_[at]))
      ++at;
    if (at == digits) return;
    while (at < text_.size() && is_space(text_[at]))
      ++at;
    if (at < text_.size() && text_[at] == 'R') at_ = at + 1;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

std::string_view member(std::string_view dictionary, std::string_view name) {
  Scan scan(dictionary);
  if (!scan.take("<<")) return {};
  while (!scan.take(">>")) {
    const std::string_view key = scan.value();
    if (key.empty() || key.front() != '/') return {};
    const std::string_view value = scan.value();
    if (value.empty()) return {};
    if (key == name) return value;
  }
  return {};
}

std::optional<std::uint64_t> number_of(std::string_view value) {
  std::uint64_t number = 0;
  const auto read = std::from_chars(value.data(), value.data() + value.size(), number);
  if (read.ec != std::errc() || read.ptr != value.data() + value.size()) return std::nullopt;
  return number;
}

std::optional<std::uint32_t> reference_of(std::string_view value) {
  Scan scan(value);
  const auto object = scan.number();
  if (!object || !scan.number() || !scan.take("R") || *object > 0x7fffffff) return std::nullopt;
  return static_cast<std::uint32_t>(*object);
}

std::vector<std::uint64_t> numbers_of(std::string_view array) {
  std::vector<std::uint64_t> numbers;
  Scan scan(array);
  if (!scan.take("[")) return numbers;
  while (const auto number = scan.number())
    if (numbers.push_back(*number), numbers.size() > 10'000) break;
  return numbers;
}

std::optional<std::string> inflated(std::string_view bytes, std::size_t limit) {
  z_stream stream{};
  if (inflateInit(&stream) != Z_OK) return std::nullopt;
  std::string out;
  std::array<char, 64 << 10> block;
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(std::min<std::size_t>(bytes.size(), 1u << 30));
  int state = Z_OK;
  while (state == Z_OK && out.size() < limit) {
    stream.next_out = reinterpret_cast<Bytef*>(block.data());
    stream.avail_out = static_cast<uInt>(block.size());
    state = inflate(&stream, Z_NO_FLUSH);
    out.append(block.data(), block.size() - stream.avail_out);
  }
  inflateEnd(&stream);
  if (state != Z_STREAM_END) return std::nullopt;
  return out;
}

// PNG's predictors, as streams of objects use them.
std::optional<std::string> unfiltered(const std::string& bytes, std::size_t columns) {
  if (columns == 0 || columns > 4096 || bytes.size() % (columns + 1) != 0) return std::nullopt;
  std::string out, above(columns, '\0'), row(columns, '\0');
  for (std::size_t at = 0; at < bytes.size(); at += columns + 1) {
    for (std::size_t i = 0; i < columns; ++i) {
      const int left = i == 0 ? 0 : static_cast<unsigned char>(row[i - 1]);
      const int up = static_cast<unsigned char>(above[i]);
      const int corner = i == 0 ? 0 : static_cast<unsigned char>(above[i - 1]);
      const int guess = left + up - corner;
      const int to_left = std::abs(guess - left), to_up = std::abs(guess - up),
                to_corner = std::abs(guess - corner);
      const int paeth = to_left <= to_up && to_left <= to_corner ? left : to_up <= to_corner ? up : corner;
      const int add = bytes[at] == 1   ? left
                      : bytes[at] == 2 ? up
                      : bytes[at] == 3 ? (left + up) / 2
                      : bytes[at] == 4 ? paeth
                                       : 0;
      row[i] = static_cast<char>(static_cast<unsigned char>(bytes[at + 1 + i]) + add);
    }
    out += row;
    above = row;
  }
  return out;
}

class Document {
 public:
  explicit Document(const Window& window) : window_(window) {}

  // False: what is held does not lead to the catalogue.
  bool open() {
    const std::string_view end = window_.end();
    const std::size_t mark = end.rfind("startxref");
    if (mark == std::string_view::npos) return broken_ = true, false;
    Scan scan(end.substr(mark + 9));
    auto place = scan.number();
    std::set<std::uint64_t> seen;
    while (place && seen.size() < 100 && seen.insert(*place).second) {
      const auto before = read_section(*place);
      if (!before) break;
      place = *before;
      if (place == 0) break;
    }
    return !root_.empty();
  }
  // What is held should have led there, and did not.
  bool broken() const { return broken_; }
  bool encrypted() const { return encrypted_; }

  Pdf describe() {
    Pdf pdf;
    pdf.encrypted = encrypted_;
    const std::string_view catalogue = object(root_);
    if (catalogue.empty()) return pdf;
    if (const std::string_view version = member(catalogue, "/Version"); version.size() == 4)
      pdf.version = version.substr(1);
    const std::string_view pages = object(member(catalogue, "/Pages"));
    const std::string_view count = member(pages, "/Count");
    const auto number = number_of(reference_of(count) ? object(count) : count);
    if (number && *number < 1'000'000) pdf.pages = static_cast<int>(*number);
    const std::string_view metadata = member(catalogue, "/Metadata");
    if (metadata.empty()) {
      pdf.pdfa_known = true;
    } else if (!encrypted_) {
      if (const auto xmp = stream_of(object(metadata))) {
        pdf.pdfa_known = true;
        pdf.pdfa = pdfa_of(*xmp);
      }
    }
    return pdf;
  }

 private:
  struct Section {
    std::uint64_t first = 0, count = 0;
    std::uint64_t place = 0;  // of the first row in the file; 0: rows stand in bytes
    std::string bytes;
    std::array<std::size_t, 3> widths{};
  };

  // The place of the section before it, 0: none; nullopt: not to be read.
  std::optional<std::uint64_t> read_section(std::uint64_t place) {
    if (place >= window_.size) return broken_ = true, std::nullopt;
    const std::string_view text = window_.from(place);
    if (text.empty()) return std::nullopt;
    Scan scan(text);
    std::string_view trailer;
    if (scan.take("xref")) {
      while (const auto first = scan.number()) {
        const auto count = scan.number();
        scan.skip_space();
        if (!count || *count > 10'000'000) return broken_ = true, std::nullopt;
        sections_.push_back({*first, *count, place + scan.at(), {}, {}});
        const std::uint64_t after = place + scan.at() + 20 * *count;
        const std::string_view more = window_.from(after);
        if (more.empty()) return std::nullopt;
        scan = Scan(more);
        place = after;
      }
      if (!scan.take("trailer")) return broken_ = true, std::nullopt;
      trailer = scan.value();
      if (const auto hybrid = number_of(member(trailer, "/XRefStm"))) read_section(*hybrid);
    } else {
      trailer = read_stream_section(scan);
    }
    if (trailer.empty()) return broken_ = true, std::nullopt;
    if (root_.empty()) root_ = member(trailer, "/Root");
    encrypted_ = encrypted_ || !member(trailer, "/Encrypt").empty();
    return number_of(member(trailer, "/Prev")).value_or(0);
  }

  std::string_view read_stream_section(Scan& scan) {
    if (!scan.number() || !scan.number() || !scan.take("obj")) return {};
    const std::string_view rest = scan.rest(), dictionary = scan.value();
    const auto bytes = stream_of(rest);
    const auto widths = numbers_of(member(dictionary, "/W"));
    if (!bytes || widths.size() != 3) return {};
    auto index = numbers_of(member(dictionary, "/Index"));
    if (index.empty()) index = {0, number_of(member(dictionary, "/Size")).value_or(0)};
    std::size_t row = 0;
    Section section;
    for (std::size_t i = 0; i < 3; ++i) {
      if (widths[i] > 8) return {};
      section.widths[i] = static_cast<std::size_t>(widths[i]);
      row += section.widths[i];
    }
    if (row == 0) return {};
    std::size_t at = 0;
    for (std::size_t i = 0; i + 1 < index.size(); i += 2) {
      section.first = index[i];
      section.count = std::min<std::uint64_t>(index[i + 1], (bytes->size() - at) / row);
      section.bytes = bytes->substr(at, section.count * row);
      at += section.bytes.size();
      sections_.push_back(section);
    }
    return dictionary;
  }

  // The decoded bytes of "<<…>> stream …".
  std::optional<std::string> stream_of(std::string_view text) {
    Scan scan(text);
    const std::string_view dictionary = scan.value();
    if (dictionary.empty() || !scan.take("stream")) return std::nullopt;
    std::string_view bytes = scan.rest();
    bytes.remove_prefix(bytes.starts_with("\r\n") ? 2 : bytes.starts_with('\n') ? 1 : 0);
    const std::string_view length = member(dictionary, "/Length");
    const auto count = number_of(reference_of(length) ? object(length) : length);
    if (!count || *count > bytes.size()) return std::nullopt;
    bytes = bytes.substr(0, *count);
    std::string_view filter = member(dictionary, "/Filter");
    if (filter.starts_with('[')) filter = Scan(filter.substr(1)).value();
    if (filter.empty()) return std::string(bytes.substr(0, most_inflated));
    if (filter != "/FlateDecode" && filter != "/Fl") return std::nullopt;
    auto plain = inflated(bytes, left_);
    left_ -= plain ? std::min(left_, plain->size()) : left_ / 2;  // what failed was work too
    std::string_view how = member(dictionary, "/DecodeParms");
    if (how.starts_with('[')) how = Scan(how.substr(1)).value();
    if (plain && number_of(member(how, "/Predictor")).value_or(1) >= 10)
      return unfiltered(*plain, number_of(member(how, "/Columns")).value_or(1));
    return plain;
  }

  // What a reference points to; empty: not held, or not there.
  std::string_view object(std::string_view reference) {
    const auto number = reference_of(reference);
    if (!number || ++asked_ > 100) return {};
    for (const Section& section : sections_) {
      if (*number < section.first || *number - section.first >= section.count) continue;
      const std::uint64_t row = *number - section.first;
      if (section.place != 0) {
        const std::string_view text = window_.from(section.place + 20 * row);
        if (text.size() < 18 || text[17] == 'f') return {};
        Scan scan(text);
        const auto place = scan.number();
        return place ? object_at(*place, *number) : std::string_view();
      }
      std::array<std::uint64_t, 3> values = {1, 0, 0};
      std::size_t at = row * (section.widths[0] + section.widths[1] + section.widths[2]);
      for (std::size_t i = 0; i < 3; ++i) {
        if (section.widths[i] > 0) values[i] = 0;
        for (std::size_t j = 0; j < section.widths[i]; ++j)
          values[i] = values[i] << 8 | static_cast<unsigned char>(section.bytes[at++]);
      }
      if (values[0] == 1) return object_at(values[1], *number);
      return values[0] == 2 ? packed(values[1], *number) : std::string_view();
    }
    return {};
  }

  std::string_view object_at(std::uint64_t place, std::uint32_t number) {
    const std::string_view text = window_.from(place);
    if (text.empty()) {
      broken_ = broken_ || place >= window_.size;
      return {};
    }
    Scan scan(text);
    if (scan.number() != number || !scan.number() || !scan.take("obj")) {
      broken_ = true;
      return {};
    }
    scan.skip_space();
    // A stream is wanted with its bytes, anything else as it is.
    const std::string_view rest = scan.rest(), value = scan.value();
    return scan.take("stream") ? rest : value;
  }

  std::string_view packed(std::uint64_t stream, std::uint32_t number) {
    if (encrypted_ || stream > 0x7fffffff) return {};
    auto found = unpacked_.find(stream);
    if (found == unpacked_.end()) {
      const std::string_view text = object(std::to_string(stream) + " 0 R");
      const std::string_view dictionary = Scan(text).value();
      const auto first = number_of(member(dictionary, "/First"));
      auto bytes = stream_of(text);
      found =
          unpacked_.emplace(stream, Packed{bytes && first ? std::move(*bytes) : "", first.value_or(0)}).first;
    }
    const std::string_view bytes = found->second.bytes;
    Scan scan(bytes.substr(0, std::min<std::size_t>(found->second.first, bytes.size())));
    while (const auto one = scan.number()) {
      const auto offset = scan.number();
      if (!offset) break;
      if (*one != number) continue;
      const std::uint64_t at = found->second.first + *offset;
      return at < bytes.size() ? Scan(bytes.substr(at)).value() : std::string_view();
    }
    return {};
  }

  struct Packed {
    std::string bytes;
    std::uint64_t first = 0;
  };
  const Window& window_;
  std::vector<Section> sections_;  // newest first
  std::map<std::uint64_t, Packed> unpacked_;
  std::string_view root_;
  bool encrypted_ = false, broken_ = false;
  int asked_ = 0;
  std::size_t left_ = most_inflated;
};

// Leaves of the page tree in the open, where nothing leads to its root.
int count_pages(std::string_view bytes) {
  int pages = 0;
  for (std::size_t at = 0; (at = bytes.find("/Type", at)) != std::string_view::npos;) {
    at += 5;
    const std::size_t name = bytes.find_first_not_of(" \r\n\t", at);
    if (name == std::string_view::npos || bytes.compare(name, 5, "/Page") != 0) continue;
    const char after = name + 5 < bytes.size() ? bytes[name + 5] : ' ';
    pages += is_space(after) || is_delimiter(after) ? 1 : 0;
  }
  return pages;
}

}  // namespace

// "2b" from XMP, as elements or attributes.
std::string pdfa_of(std::string_view xmp) {
  const auto value = [&](std::string_view name) -> std::string_view {
    std::size_t at = xmp.find(name);
    if (at == std::string_view::npos) return {};
    at += name.size();
    while (at < xmp.size() && std::string_view(" \t\r\n=>\"'").find(xmp[at]) != std::string_view::npos)
      ++at;
    return at < xmp.size() ? xmp.substr(at, 1) : std::string_view();
  };
  const std::string_view part = value("pdfaid:part"), level = value("pdfaid:conformance");
  if (part.empty() || !is_digit(part.front())) return {};
  std::string said(part);
  if (!level.empty() && level.front() >= 'A' && level.front() <= 'Z')
    said += static_cast<char>(level.front() + 32);
  else if (!level.empty() && level.front() >= 'a' && level.front() <= 'z')
    said += level;
  return said;
}

Pdf pdf_of(const Window& window) {
  Document document(window);
  const bool opened = document.open();
  Pdf pdf;
  if (opened) pdf = document.describe();
  pdf.encrypted = document.encrypted();
  pdf.broken = document.broken() || (window.whole() && pdf.pages == 0 && !pdf.encrypted);
  if (pdf.broken && window.whole()) {
    pdf.pages = count_pages(window.head);
    pdf.pdfa = pdfa_of(window.head);
    pdf.pdfa_known = true;
  }
  const std::size_t mark = window.head.substr(0, 1024).find("%PDF-");
  if (pdf.version.empty() && mark != std::string_view::npos && window.head.size() >= mark + 8)
    pdf.version = window.head.substr(mark + 5, 3);
  return pdf;
}

}  // namespace vtlt::content
