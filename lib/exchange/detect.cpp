// Which encoding a list is in: decode a sample each way and count the words that are possible Vietnamese
// syllables.
#include <algorithm>
#include <cmath>

#include "base/encoding.h"
#include "exchange/encoding_internal.h"
#include "exchange/letters.h"
#include "text/text.h"

namespace vtlt::exchange {
namespace {

constexpr std::size_t kSample = 64 * 1024;
constexpr int kNoIdea = 30;

struct Trial {
  Encoding encoding = Encoding::latin1;
  WordScore score;
  double undecodable_share = 0;
  double rank() const { return score.share() - undecodable_share; }
};

Trial try_encoding(std::string_view sample, Encoding encoding) {
  Trial trial;
  trial.encoding = encoding;
  std::size_t bad = 0;
  const std::string decoded = to_utf8(sample, encoding, true, &bad);
  trial.score = score_words(decoded);
  const auto beyond = std::count_if(sample.begin(), sample.end(),
                                    [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  trial.undecodable_share = beyond == 0 ? 0 : double(bad) / double(beyond);
  return trial;
}

// Best first; on a tie the order given (the commoner encoding) stands.
std::vector<Trial> try_legacy(std::string_view sample) {
  std::vector<Trial> trials;
  for (const Encoding encoding :
       {Encoding::tcvn3, Encoding::vni, Encoding::cp1258, Encoding::viscii, Encoding::latin1})
    trials.push_back(try_encoding(sample, encoding));
  std::stable_sort(trials.begin(), trials.end(),
                   [](const Trial& a, const Trial& b) { return a.rank() > b.rank(); });
  return trials;
}

// Few words or a close second make a weak case.
int confidence_of(const Trial& best, const Trial& second) {
  const double evidence = double(best.score.words) / (best.score.words + 1);
  const double margin = std::min(1.0, 0.5 + std::max(0.0, best.rank() - second.rank()));
  const double value = 100 * std::max(0.0, best.rank()) * evidence * margin;
  return std::clamp(static_cast<int>(std::lround(value)), 1, 99);
}

// From the line that holds the first byte beyond ASCII on.
std::string_view sample_of(std::string_view bytes) {
  const auto first =
      std::find_if(bytes.begin(), bytes.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  const auto at = static_cast<std::size_t>(first - bytes.begin());
  if (at == bytes.size()) return {};
  std::size_t start = bytes.substr(0, at).find_last_of("\r\n");
  start = start == std::string_view::npos || at - start > 1000 ? (at > 1000 ? at - 1000 : 0) : start + 1;
  std::string_view sample = bytes.substr(start, kSample);
  // A cut in the middle of a line would break a letter of two bytes.
  if (sample.size() == kSample)
    if (const auto end = sample.find_last_of("\r\n"); end != std::string_view::npos && end > kSample / 2)
      sample = sample.substr(0, end);
  return sample;
}

std::string shown_sample(std::string_view sample, Encoding encoding) {
  const std::string decoded = to_utf8(sample.substr(0, 4096), encoding, false);
  std::size_t at = 0, space = 0;
  while (at < decoded.size() && static_cast<unsigned char>(decoded[at]) < 0x80) {
    if (decoded[at] == ' ' || decoded[at] == ',' || decoded[at] == '\n' || decoded[at] == '"') space = at + 1;
    ++at;
  }
  const std::size_t start = at == decoded.size() ? 0 : space;
  std::string piece = decoded.substr(start, 400);
  if (const auto end = piece.find_first_of("\r\n"); end != std::string::npos && end > 0) piece.resize(end);
  while (!is_utf8(piece))
    piece.pop_back();
  return text::cut(text::printable(piece), 60);
}

struct Utf8Count {
  std::size_t letters = 0, broken = 0;
};

Utf8Count count_utf8(std::string_view bytes) {
  Utf8Count count;
  for (std::size_t at = 0; at < bytes.size();) {
    if (static_cast<unsigned char>(bytes[at]) < 0x80) {
      ++at;
      continue;
    }
    bool well_formed = true;
    next_code(bytes, at, well_formed);
    ++(well_formed ? count.letters : count.broken);
  }
  return count;
}

// Lines with letters beyond ASCII: all of them well-formed UTF-8, at least two bytes of a letter, or not.
struct LineCount {
  std::size_t good = 0, bad = 0;
};

LineCount count_lines(std::string_view bytes) {
  LineCount lines;
  while (!bytes.empty()) {
    const auto end = std::min(bytes.find('\n'), bytes.size());
    const Utf8Count count = count_utf8(bytes.substr(0, end));
    if (count.broken > 0)
      ++lines.bad;
    else if (count.letters > 0)
      ++lines.good;
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
  }
  return lines;
}

std::optional<Encoding> utf16_without_bom(std::string_view bytes) {
  const std::string_view head = bytes.substr(0, 4096);
  std::size_t even = 0, odd = 0, pairs = head.size() / 2;
  for (std::size_t i = 0; i + 1 < head.size(); i += 2) {
    even += head[i] == 0 ? 1 : 0;
    odd += head[i + 1] == 0 ? 1 : 0;
  }
  if (pairs < 4 || bytes.size() % 2 != 0) return std::nullopt;
  if (odd * 10 > pairs * 3 && even * 20 < pairs) return Encoding::utf16le;
  if (even * 10 > pairs * 3 && odd * 20 < pairs) return Encoding::utf16be;
  return std::nullopt;
}

Detected detected(std::string_view bytes, Encoding encoding, int confidence) {
  std::string_view sample = encoding == Encoding::utf16le || encoding == Encoding::utf16be
                                ? bytes.substr(0, 4096 - 4096 % 2)
                                : sample_of(bytes);
  return {encoding, confidence, shown_sample(sample, encoding)};
}

}  // namespace

Detected detect_encoding(std::string_view bytes) {
  if (bytes.starts_with(kBom)) return detected(bytes, Encoding::utf8_bom, 100);
  if (bytes.starts_with("\xFF\xFE")) return detected(bytes, Encoding::utf16le, 100);
  if (bytes.starts_with("\xFE\xFF")) return detected(bytes, Encoding::utf16be, 100);
  if (const auto wide = utf16_without_bom(bytes)) return detected(bytes, *wide, 90);
  const std::string_view sample = sample_of(bytes);
  if (sample.empty()) return {Encoding::utf8, 100, ""};
  const Utf8Count count = count_utf8(bytes);
  if (count.broken == 0) return detected(bytes, Encoding::utf8, count.letters >= 3 ? 100 : 80);
  // Software that cuts text at a number of bytes leaves half a letter here and there.
  if (count.letters >= 50 && count.broken * 50 <= count.letters) return detected(bytes, Encoding::utf8, 80);
  // Rows pasted from another list are in its encoding. Text of an old encoding is never well-formed UTF-8.
  if (const LineCount lines = count_lines(bytes); lines.good * 5 >= lines.bad && lines.good > 0)
    return detected(bytes, Encoding::utf8, static_cast<int>(lines.good * 100 / (lines.good + lines.bad)));
  const auto trials = try_legacy(sample);
  const Trial& best = trials.front();
  if (best.encoding == Encoding::latin1 || best.rank() < 0.3)
    return detected(bytes, Encoding::latin1, kNoIdea);
  return detected(bytes, best.encoding, confidence_of(best, trials[1]));
}

bool reads_worse(std::string_view bytes, Encoding given, Encoding other) {
  const auto rank = [&](Encoding encoding) {
    const bool wide = encoding == Encoding::utf16le || encoding == Encoding::utf16be;
    return try_encoding(wide ? bytes.substr(0, 4096) : sample_of(bytes), encoding).rank();
  };
  return rank(given) + 0.2 < rank(other);
}

Detected detect_font_text(const std::vector<std::string>& cells) {
  std::string sample, bytes;
  for (const std::string& cell : cells) {
    if (is_ascii(cell) || !to_windows_1252(cell, bytes)) continue;
    sample += bytes;
    sample += '\n';
    if (sample.size() > kSample) break;
  }
  Detected plain;
  if (sample.empty()) return plain;
  const Trial as_is = try_encoding(sample, Encoding::latin1);
  Trial best = try_encoding(sample, Encoding::tcvn3);
  Trial other = try_encoding(sample, Encoding::vni);
  if (other.rank() > best.rank()) std::swap(best, other);
  if (best.score.words < 3 || best.rank() < 0.7 || best.rank() - as_is.rank() < 0.3) return plain;
  const Trial& second = other.rank() > as_is.rank() ? other : as_is;
  return {best.encoding, confidence_of(best, second), shown_sample(sample, best.encoding)};
}

void mend_font_text(std::string& cell, Encoding encoding, bool keep_caps, bool forced) {
  std::string bytes;
  if (is_ascii(cell) || !to_windows_1252(cell, bytes)) return;
  std::string decoded = to_utf8(bytes, encoding, keep_caps);
  if (forced || score_words(decoded).share() > score_words(cell).share()) cell = std::move(decoded);
}

}  // namespace vtlt::exchange
