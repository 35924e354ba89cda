#include "records/similar.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <unordered_map>

#include "records/words.h"
#include "text/text.h"
#include "text/tones.h"

namespace vtlt::records {
namespace {

using Ids = std::vector<std::uint32_t>;

// A word that more titles than this have leads to no candidates: it tells nothing apart.
constexpr std::size_t kCommon = 200;
// Few enough to compare all with all.
constexpr std::size_t kFew = 48;

constexpr std::string_view kSilent[] = {"ve",  "viec", "cua",  "va",  "cac", "nhung", "cho",
                                        "tai", "o",    "theo", "doi", "voi", "trong"};
// Words that give the number beside them its meaning: "thang 6" is not "quy 6", and "6 thang" neither.
constexpr std::string_view kMeasures[] = {"quy", "thang", "ngay", "tuan", "dot", "lan",  "thon",
                                          "to",  "khu",   "khoa", "ky",   "tap", "quyen"};
constexpr std::string_view kBeforeNumbers[] = {"nam", "so"};
constexpr std::string_view kCues[] = {"ong", "ba", "anh", "chi", "em", "cu", "chau", "co", "chu", "bac"};
constexpr std::string_view kSurnames[] = {
    "nguyen", "tran", "le",    "pham",  "hoang", "huynh", "phan", "vu",    "vo",     "dang", "bui",
    "do",     "ho",   "ngo",   "duong", "ly",    "dinh",  "doan", "trinh", "truong", "lam",  "mai",
    "dao",    "cao",  "luong", "luu",   "ha",    "ta",    "chu",  "ton",   "than",   "thai", "phung",
    "tang",   "bach", "kieu",  "mac",   "vuong", "quach", "chau", "nghiem"};
// What ends a name in a title without lower case.
constexpr std::string_view kAfterNames[] = {"thon", "xa", "to",  "phuong", "huyen", "tai", "ve",
                                            "nam",  "va", "so",  "ngay",   "khu",   "thi", "tinh",
                                            "o",    "ap", "cua", "theo",   "voi",   "ban"};
constexpr std::pair<std::string_view, std::string_view> kOpposites[] = {
    {"den", "di"},    {"chi", "thu"},    {"nam", "nu"},   {"ngoai", "trong"}, {"giam", "tang"},
    {"cuoi", "dau"},  {"sau", "truoc"},  {"ban", "mua"},  {"so", "tong"},     {"nhap", "xuat"},
    {"quy", "thang"}, {"thang", "tuan"}, {"quy", "tuan"}, {"khen", "ky"},     {"nhan", "giao"},
    {"dong", "mo"},   {"cap", "thu"}};

// Everyday abbreviations, folded; written in capitals only.
const std::unordered_map<std::string, std::string>& abbreviations() {
  static const std::unordered_map<std::string, std::string> kTable = {
      {"ubnd", "uy ban nhan dan"},
      {"hdnd", "hoi dong nhan dan"},
      {"ubmttq", "uy ban mat tran to quoc"},
      {"mttq", "mat tran to quoc"},
      {"qd", "quyet dinh"},
      {"nq", "nghi quyet"},
      {"kh", "ke hoach"},
      {"bc", "bao cao"},
      {"ttr", "to trinh"},
      {"cv", "cong van"},
      {"qsdd", "quyen su dung dat"},
      {"qsd", "quyen su dung"},
      {"gcn", "giay chung nhan"},
      {"gcnqsdd", "giay chung nhan quyen su dung dat"},
      {"gpmb", "giai phong mat bang"},
      {"xdcb", "xay dung co ban"},
      {"nsnn", "ngan sach nha nuoc"},
      {"tthc", "thu tuc hanh chinh"},
      {"cchc", "cai cach hanh chinh"},
      {"bhxh", "bao hiem xa hoi"},
      {"bhyt", "bao hiem y te"},
      {"ktxh", "kinh te xa hoi"},
      {"qpan", "quoc phong an ninh"},
      {"anqp", "an ninh quoc phong"},
      {"pctt", "phong chong thien tai"},
      {"pccc", "phong chay chua chay"},
      {"ntm", "nong thon moi"},
      {"cntt", "cong nghe thong tin"},
      {"nvqs", "nghia vu quan su"},
      {"htx", "hop tac xa"},
      {"hccb", "hoi cuu chien binh"},
      {"lhpn", "lien hiep phu nu"},
      {"tncs", "thanh nien cong san"},
      {"bch", "ban chap hanh"},
      {"cbcc", "can bo cong chuc"},
      {"knt", "khieu nai to cao"},
      {"kntc", "khieu nai to cao"},
      {"gddt", "giao duc dao tao"},
      {"tnmt", "tai nguyen moi truong"},
      {"thcs", "trung hoc co so"},
      {"thpt", "trung hoc pho thong"},
      {"vtlt", "van thu luu tru"},
      {"ubkt", "uy ban kiem tra"}};
  return kTable;
}

template <typename Words>
bool among(const Words& words, std::string_view word) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

// One piece of a title, as written.
struct Piece {
  std::string written, folded;
  bool capital = false, capitals = false;  // the first letter; all of them, two or more
  char before = ' ';  // what parts it from the piece before: ' ', '/', or '.' for the rest
};

std::size_t letter_size(unsigned char lead) {
  return lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

void mark_capitals(Piece& piece) {
  std::size_t letters = 0, large = 0;
  for (std::size_t at = 0; at < piece.written.size();) {
    const std::string letter =
        piece.written.substr(at, letter_size(static_cast<unsigned char>(piece.written[at])));
    const bool upper = text::fold_case(letter) != letter;
    if (at == 0) piece.capital = upper;
    ++letters;
    large += upper ? 1 : 0;
    at += letter.size();
  }
  piece.capitals = letters > 1 && large == letters;
}

std::vector<Piece> pieces_of(std::string_view title) {
  std::string text = cleaned(title);
  for (const std::string_view mark : {"“", "”", "‘", "’", "«", "»", "…"})
    for (std::size_t at; (at = text.find(mark)) != std::string::npos;)
      text.replace(at, mark.size(), "\"");
  std::vector<Piece> pieces;
  char before = ' ';
  for (std::size_t at = 0; at < text.size();) {
    const auto inside = [&](char c) {
      return static_cast<unsigned char>(c) >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
             (c >= 'A' && c <= 'Z');
    };
    if (!inside(text[at])) {
      if (text[at] != ' ') before = text[at] == '/' && before == ' ' ? '/' : '.';
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && inside(text[end]))
      ++end;
    Piece piece;
    piece.written = text.substr(at, end - at);
    piece.folded = text::fold(piece.written);
    piece.before = before;
    mark_capitals(piece);
    pieces.push_back(std::move(piece));
    before = ' ';
    at = end;
  }
  return pieces;
}

// I to XXXIX; 0: none.
int roman(std::string_view text) {
  int value = 0, last = 0;
  for (auto at = text.rbegin(); at != text.rend(); ++at) {
    const int digit = *at == 'I' ? 1 : *at == 'V' ? 5 : *at == 'X' ? 10 : 0;
    if (digit == 0) return 0;
    value += digit < last ? -digit : digit;
    last = std::max(last, digit);
  }
  return value < 40 && text.size() < 7 ? value : 0;
}

// "06" → "6"; "" when the piece is no number.
std::string number_of(const Piece& piece) {
  const auto& folded = piece.folded;
  if (folded.find_first_of("0123456789") == std::string::npos) {
    if (const int value = roman(piece.written); value > 0) return std::to_string(value);
    // "thôn A"; in a title all of capitals "O" and "Y" are words without their tones.
    const bool single = piece.written.size() == 1 && piece.capital && folded != "o" && folded != "y";
    return single ? folded : std::string();
  }
  const auto start = folded.find_first_not_of('0');
  return start == std::string::npos ? "0" : folded.substr(start);
}

struct Word {
  std::uint32_t folded, written;  // written: lower case, with tones
  bool capitals;                  // an abbreviation by its look
  bool proper;                    // begins with a capital inside the title: a place, a body
};
struct Title {
  std::vector<Word> words;             // without numbers, names of persons and silent words
  Ids bag;                             // their folded forms, ascending
  std::string signature;               // what must be equal: numbers, persons, year
  std::vector<std::string> persons;    // lower case with tones, in the order of their folded forms
  std::vector<std::string> shortened;  // abbreviations that were written out
  bool capitals = false;               // some word looks like one that is not known
};

class Reader {
 public:
  std::uint32_t id(const std::string& word) {
    const auto [at, fresh] = ids_.emplace(word, static_cast<std::uint32_t>(texts_.size()));
    if (fresh) texts_.push_back(&at->first);
    return at->second;
  }
  const std::string& text(std::uint32_t id) const { return *texts_[id]; }
  Title read(const TitleItem& item);

 private:
  void add(Title& title, const std::string& folded, const std::string& written, bool capitals, bool proper) {
    title.words.push_back({id(folded), id(written), capitals, proper});
  }
  std::unordered_map<std::string, std::uint32_t> ids_;
  std::vector<const std::string*> texts_;
};

// Where a name of a person ends that begins at `from`; from: none there.
std::size_t end_of_person(const std::vector<Piece>& pieces, std::size_t from, bool cue, bool cased) {
  const std::size_t most = 5;
  std::size_t end = from;
  while (end < pieces.size() && end - from < most) {
    const Piece& piece = pieces[end];
    if (end > from && piece.before != ' ') break;
    const bool fits = cased ? piece.capital : !among(kAfterNames, piece.folded);
    // A single capital is a name here: "Nguyễn Văn A".
    if (!fits || piece.folded.find_first_of("0123456789") != std::string::npos) break;
    ++end;
  }
  if (cue) return end;
  return cased && end - from >= 2 && among(kSurnames, pieces[from].folded) ? end : from;
}

Title Reader::read(const TitleItem& item) {
  const auto pieces = pieces_of(item.title);
  std::size_t words = 0, large = 0;
  for (const auto& piece : pieces)
    if (piece.folded.find_first_of("0123456789") == std::string::npos) {
      ++words;
      large += piece.capital ? 1 : 0;
    }
  const bool cased = words < 4 || large * 10 < words * 8;  // capitals tell names from words
  Title title;
  std::vector<std::string> signature;
  std::vector<std::pair<std::string, std::string>> persons;
  bool year_named = false;
  for (std::size_t i = 0; i < pieces.size();) {
    const Piece& piece = pieces[i];
    // "V/v", "đ/c"
    if (i + 1 < pieces.size() && pieces[i + 1].before == '/' && piece.folded == "v" &&
        pieces[i + 1].folded == "v") {
      i += 2;
      continue;
    }
    std::size_t cue = 0;
    if (i + 1 < pieces.size() &&
        ((piece.folded == "dong" && pieces[i + 1].folded == "chi") ||
         (piece.folded == "d" && pieces[i + 1].folded == "c" && pieces[i + 1].before == '/')))
      cue = 2;
    else if (among(kCues, piece.folded))
      cue = 1;
    std::size_t person = i + cue, end = end_of_person(pieces, person, cue > 0, cased);
    if (end == person && cue > 0) end = end_of_person(pieces, person = i, false, cased);
    if (end > person) {
      std::string folded, written;
      for (std::size_t at = person; at < end; ++at) {
        folded += (folded.empty() ? "" : " ") + pieces[at].folded;
        written += (written.empty() ? "" : " ") + text::fold_case(pieces[at].written);
      }
      persons.emplace_back(folded, written);
      i = end;
      continue;
    }
    if (std::string number = number_of(piece); !number.empty()) {
      year_named |= number.size() == 4 && (number.starts_with("19") || number.starts_with("20"));
      if (i > 0 && among(kMeasures, pieces[i - 1].folded) && piece.before == ' ')
        number = pieces[i - 1].folded + ":" + number;
      else if (i + 1 < pieces.size() && pieces[i + 1].before == ' ' &&
               (pieces[i + 1].folded == "thang" || pieces[i + 1].folded == "nam"))
        number += ":" + pieces[i + 1].folded;
      signature.push_back(number);
      ++i;
      continue;
    }
    const bool before_number =
        among(kBeforeNumbers, piece.folded) && i + 1 < pieces.size() && !number_of(pieces[i + 1]).empty();
    if (!before_number && !among(kSilent, piece.folded)) {
      const auto known = piece.capitals ? abbreviations().find(piece.folded) : abbreviations().end();
      // In a title all of capitals a word is no abbreviation unless it has the length of one that nobody
      // could speak.
      if (known != abbreviations().end() &&
          (cased || piece.folded.find_first_of("aeiouy") == std::string::npos || piece.folded.size() > 3)) {
        title.shortened.push_back(piece.folded);
        for (const auto part : split_at(known->second, " "))
          if (!among(kSilent, part)) add(title, std::string(part), std::string(part), false, false);
      } else {
        add(title, piece.folded, text::fold_case(piece.written), piece.capitals && cased,
            piece.capital && cased && i > 0);
      }
    }
    ++i;
  }
  if (!year_named && item.year != 0) signature.push_back(std::to_string(item.year));
  std::sort(persons.begin(), persons.end());
  for (const auto& [folded, written] : persons) {
    signature.push_back("@" + folded);
    title.persons.push_back(written);
  }
  std::sort(signature.begin(), signature.end());
  for (const auto& one : signature)
    title.signature += one + "|";
  std::sort(title.shortened.begin(), title.shortened.end());
  for (const auto& word : title.words) {
    title.bag.push_back(word.folded);
    title.capitals |= word.capitals;
  }
  std::sort(title.bag.begin(), title.bag.end());
  return title;
}

bool one_edit(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > 1 || b.size() < 4) return false;
  std::size_t i = 0;
  while (i < a.size() && a[i] == b[i])
    ++i;
  const std::string_view rest_a = a.substr(i), rest_b = b.substr(i);
  if (a.size() != b.size()) return rest_a == rest_b.substr(1);
  return !rest_a.empty() && rest_a.substr(1) == rest_b.substr(1);
}

// Whether one is the other with other tones, or without any.
bool tones_agree(const std::string& a, const std::string& b) {
  return a == b || text::tone_key(a) == text::tone_key(b) || !text::has_tones(a) || !text::has_tones(b);
}

// Compares two titles whose signatures are equal; a comes first in the order of (title, key).
class Comparing {
 public:
  Comparing(const Reader& reader, const Title& a, const Title& b) : reader_(reader), a_(a), b_(b) {}

  // The degree; below `least` nothing else is sure.
  int run(int least, std::vector<TitleDifference>& differences) {
    for (std::size_t i = 0; i < a_.persons.size(); ++i)
      if (!tones_agree(a_.persons[i], b_.persons[i])) return 0;
    residue();
    if (opposites()) return 0;
    const int words = static_cast<int>(a_.bag.size() + b_.bag.size());
    const int common = static_cast<int>(a_.bag.size() - left_.size());
    int half = common * 2000;  // twice the matched words, in thousandths
    initials(left_, right_, a_.words, half, false);
    initials(right_, left_, b_.words, half, true);
    if (any_proper(left_, a_) && any_proper(right_, b_)) return 0;  // another place, another body
    spelling(half);
    int degree = words == 0 ? 1000 : half / words;
    if (const auto both = std::min(left_.size(), right_.size()); both > 0)
      degree -= static_cast<int>(both * 500 / std::max(a_.bag.size(), b_.bag.size()));
    degree -= tones();
    degree = std::max(degree, 0);
    if (degree < least) return degree;
    if (!left_.empty() || !right_.empty())
      found_.push_back(
          {TitleDifferenceKind::words, text::joined(texts(left_), " "), text::joined(texts(right_), " ")});
    if (a_.shortened != b_.shortened)
      found_.push_back({TitleDifferenceKind::abbreviation, text::joined(a_.shortened, " "),
                        text::joined(b_.shortened, " ")});
    if (a_.bag == b_.bag && other_order()) {
      found_.push_back({TitleDifferenceKind::order, {}, {}});
      degree -= 10;
    }
    differences = std::move(found_);
    return degree;
  }

 private:
  std::vector<std::string> texts(const Ids& ids) const {
    std::vector<std::string> all;
    for (const auto id : ids)
      all.push_back(reader_.text(id));
    std::sort(all.begin(), all.end());
    return all;
  }

  void residue() {
    std::set_difference(a_.bag.begin(), a_.bag.end(), b_.bag.begin(), b_.bag.end(),
                        std::back_inserter(left_));
    std::set_difference(b_.bag.begin(), b_.bag.end(), a_.bag.begin(), a_.bag.end(),
                        std::back_inserter(right_));
    // By text: ids follow the order in which words were met.
    const auto by_text = [&](auto x, auto y) { return reader_.text(x) < reader_.text(y); };
    std::sort(left_.begin(), left_.end(), by_text);
    std::sort(right_.begin(), right_.end(), by_text);
  }

  bool opposites() const {
    const auto has = [&](const Ids& ids, std::string_view word) {
      return std::any_of(ids.begin(), ids.end(), [&](auto id) { return reader_.text(id) == word; });
    };
    return std::any_of(std::begin(kOpposites), std::end(kOpposites), [&](const auto& pair) {
      return (has(left_, pair.first) && has(right_, pair.second)) ||
             (has(left_, pair.second) && has(right_, pair.first));
    });
  }

  static bool is_proper(std::uint32_t id, const Title& title) {
    return std::any_of(title.words.begin(), title.words.end(),
                       [&](const Word& w) { return w.folded == id && w.proper; });
  }
  static bool any_proper(const Ids& ids, const Title& title) {
    return std::any_of(ids.begin(), ids.end(), [&](auto id) { return is_proper(id, title); });
  }

  // A word in capitals on one side, its initials as words in a row on the other.
  void initials(Ids& from, Ids& to, const std::vector<Word>& words, int& half, bool swapped) {
    const std::vector<Word>& others = swapped ? a_.words : b_.words;
    for (std::size_t i = 0; i < from.size();) {
      const bool capitals = std::any_of(words.begin(), words.end(),
                                        [&](const Word& w) { return w.folded == from[i] && w.capitals; });
      const std::string& letters = reader_.text(from[i]);
      std::size_t at = 0;
      bool fits = false;
      for (; capitals && letters.size() >= 2 && at + letters.size() <= others.size() && !fits; ++at) {
        fits = true;
        Ids rest = to;
        for (std::size_t k = 0; k < letters.size() && fits; ++k) {
          const auto word = others[at + k].folded;
          const auto there = std::find(rest.begin(), rest.end(), word);
          fits = there != rest.end() && reader_.text(word)[0] == letters[k];
          if (there != rest.end()) rest.erase(there);
        }
        if (!fits) continue;
        std::vector<std::string> full;
        for (std::size_t k = 0; k < letters.size(); ++k)
          full.push_back(reader_.text(others[at + k].folded));
        found_.push_back({TitleDifferenceKind::abbreviation, swapped ? text::joined(full, " ") : letters,
                          swapped ? letters : text::joined(full, " ")});
        to = std::move(rest);
        half += 1000 * static_cast<int>(letters.size() + 1);
        break;
      }
      if (fits)
        from.erase(from.begin() + static_cast<std::ptrdiff_t>(i));
      else
        ++i;
    }
  }

  // A name that is spelt in another way is another name.
  void spelling(int& half) {
    for (std::size_t i = 0; i < left_.size();) {
      const auto at = std::find_if(right_.begin(), right_.end(), [&](auto id) {
        return !is_proper(left_[i], a_) && !is_proper(id, b_) &&
               one_edit(reader_.text(left_[i]), reader_.text(id));
      });
      if (at == right_.end()) {
        ++i;
        continue;
      }
      found_.push_back({TitleDifferenceKind::spelling, reader_.text(left_[i]), reader_.text(*at)});
      half += 1600;
      left_.erase(left_.begin() + static_cast<std::ptrdiff_t>(i));
      right_.erase(at);
    }
  }

  // Words of the same letters with other tones; what they cost. Tones left out cost nothing.
  int tones() {
    std::map<std::string, std::array<std::vector<std::string>, 2>> written;
    for (const auto& word : a_.words)
      written[reader_.text(word.folded)][0].push_back(reader_.text(word.written));
    for (const auto& word : b_.words)
      written[reader_.text(word.folded)][1].push_back(reader_.text(word.written));
    std::vector<std::string> left, right;
    int cost = 0;
    for (auto& [folded, sides] : written) {
      for (auto& side : sides)
        std::sort(side.begin(), side.end());
      const std::size_t both = std::min(sides[0].size(), sides[1].size());
      if (sides[0].size() != sides[1].size()) continue;
      for (std::size_t i = 0; i < both; ++i) {
        const auto &one = sides[0][i], &two = sides[1][i];
        if (one == two) continue;
        const bool known = a_.shortened != b_.shortened;  // words written out have no tones here
        if (!(known && (one == folded || two == folded))) {
          left.push_back(one);
          right.push_back(two);
        }
        if (!tones_agree(one, two)) cost += 5;
      }
    }
    for (std::size_t i = 0; i < a_.persons.size(); ++i)
      if (a_.persons[i] != b_.persons[i]) {
        left.push_back(a_.persons[i]);
        right.push_back(b_.persons[i]);
      }
    if (!left.empty())
      found_.push_back({TitleDifferenceKind::tones, text::joined(left, " "), text::joined(right, " ")});
    return cost;
  }

  bool other_order() const {
    return !std::equal(a_.words.begin(), a_.words.end(), b_.words.begin(), b_.words.end(),
                       [](const Word& x, const Word& y) { return x.folded == y.folded; });
  }

  const Reader& reader_;
  const Title &a_, &b_;
  Ids left_, right_;
  std::vector<TitleDifference> found_;
};

bool comes_first(const TitleItem& a, const TitleItem& b) {
  return a.title != b.title ? a.title < b.title : a.key < b.key;
}

// i, j: places of the items.
std::optional<SimilarPair> compared(const Reader& reader, const TitleItem& item_i, std::size_t i,
                                    const Title& title_i, const TitleItem& item_j, std::size_t j,
                                    const Title& title_j, int least) {
  if (title_i.signature != title_j.signature) return std::nullopt;
  const bool swapped = comes_first(item_j, item_i);
  SimilarPair pair;
  pair.degree = Comparing(reader, swapped ? title_j : title_i, swapped ? title_i : title_j)
                    .run(least, pair.differences);
  if (pair.degree < least) return std::nullopt;
  if (pair.differences.empty() && item_i.title != item_j.title)
    pair.differences.push_back({TitleDifferenceKind::letter_case, {}, {}});
  pair.a = std::min(i, j);
  pair.b = std::max(i, j);
  if (swapped != (j < i))
    for (auto& one : pair.differences)
      std::swap(one.left, one.right);
  return pair;
}

struct ReadTitle {
  std::size_t place;  // of the item
  Title title;
};

// Titles of one signature.
class Group {
 public:
  // titles: of the items, by key.
  Group(const Reader& reader, const std::vector<TitleItem>& items, const std::vector<ReadTitle>& titles,
        int least, SimilarTitles& out)
      : reader_(reader), items_(items), titles_(titles), least_(least), out_(out) {}

  void run() {
    const auto less = [](const Ids* a, const Ids* b) { return *a < *b; };
    std::map<const Ids*, std::size_t, decltype(less)> forms(less);  // bag → the title that stands for it
    for (std::size_t i = 0; i < titles_.size(); ++i) {
      const auto [at, fresh] = forms.emplace(&titles_[i].title.bag, i);
      if (!fresh) compare(at->second, i);
    }
    std::vector<std::size_t> heads;
    for (const auto& [bag, title] : forms)
      heads.push_back(title);
    if (heads.size() <= kFew) {
      for (std::size_t i = 0; i < heads.size(); ++i)
        for (std::size_t j = i + 1; j < heads.size(); ++j)
          compare_if_near(heads[i], heads[j]);
      return;
    }
    by_index(heads);
  }

 private:
  void compare(std::size_t i, std::size_t j) {
    const auto &a = titles_[i], &b = titles_[j];
    if (auto pair =
            compared(reader_, items_[a.place], a.place, a.title, items_[b.place], b.place, b.title, least_))
      out_.pairs.push_back(std::move(*pair));
  }

  void compare_if_near(std::size_t i, std::size_t j) {
    const Ids &a = titles_[i].title.bag, &b = titles_[j].title.bag;
    std::size_t common = 0;
    for (std::size_t x = 0, y = 0; x < a.size() && y < b.size();) {
      if (a[x] == b[y]) ++common;
      const bool left = a[x] <= b[y], right = b[y] <= a[x];
      x += left ? 1 : 0;
      y += right ? 1 : 0;
    }
    // Room for two misspelt words; more where initials may stand for words in a row.
    const std::size_t apart = a.size() + b.size() - 2 * common;
    const std::size_t room = titles_[i].title.capitals || titles_[j].title.capitals ? 7 : 4;
    if (apart <= std::max(room, (a.size() + b.size()) * 35 / 100)) compare(i, j);
  }

  // Near titles share at least half of their words, so one of the rarer half of each: those are looked up.
  void by_index(const std::vector<std::size_t>& heads) {
    std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> index;
    for (std::size_t h = 0; h < heads.size(); ++h) {
      const Ids& bag = titles_[heads[h]].title.bag;
      for (std::size_t i = 0; i < bag.size(); ++i)
        if (i == 0 || bag[i] != bag[i - 1]) index[bag[i]].push_back(static_cast<std::uint32_t>(h));
    }
    std::vector<std::size_t> seen(heads.size(), static_cast<std::size_t>(-1));
    for (std::size_t h = 0; h < heads.size(); ++h) {
      Ids rare = titles_[heads[h]].title.bag;
      rare.erase(std::unique(rare.begin(), rare.end()), rare.end());
      const std::size_t words = rare.size();
      std::sort(rare.begin(), rare.end(), [&](auto a, auto b) {
        const auto x = index[a].size(), y = index[b].size();
        return x != y ? x < y : reader_.text(a) < reader_.text(b);
      });
      rare.resize(std::min(words, words - (words + 1) / 2 + 1));
      bool asked = words == 0;
      for (const auto word : rare) {
        const auto& others = index[word];
        if (others.size() > kCommon) continue;
        asked = true;
        for (const auto other : others) {
          if (other == h || seen[other] == h) continue;
          seen[other] = h;
          compare_if_near(heads[h], heads[other]);
        }
      }
      if (!asked) out_.complete = false;
    }
  }

  const Reader& reader_;
  const std::vector<TitleItem>& items_;
  const std::vector<ReadTitle>& titles_;
  int least_;
  SimilarTitles& out_;
};

}  // namespace

const char* difference_key(TitleDifferenceKind kind) {
  switch (kind) {
    case TitleDifferenceKind::letter_case:
      return "records.similar.case";
    case TitleDifferenceKind::tones:
      return "records.similar.tones";
    case TitleDifferenceKind::order:
      return "records.similar.order";
    case TitleDifferenceKind::abbreviation:
      return "records.similar.abbreviation";
    case TitleDifferenceKind::spelling:
      return "records.similar.spelling";
    case TitleDifferenceKind::words:
      return "records.similar.words";
  }
  return "";
}

std::optional<SimilarPair> compare_titles(const TitleItem& a, const TitleItem& b, int least) {
  Reader reader;
  const Title first = reader.read(a), second = reader.read(b);
  return compared(reader, a, 0, first, b, 1, second, least);
}

SimilarTitles similar_titles(const std::vector<TitleItem>& items, int least, std::size_t most) {
  Reader reader;
  // Titles that were read are several times as large as their words: all are read once for what must be
  // equal, and only those of one group a second time, whole.
  std::vector<std::pair<std::size_t, std::uint32_t>> order;  // hash of the signature, place
  order.reserve(items.size());
  for (std::size_t i = 0; i < items.size(); ++i)
    order.emplace_back(std::hash<std::string>()(reader.read(items[i]).signature),
                       static_cast<std::uint32_t>(i));
  std::sort(order.begin(), order.end());
  SimilarTitles out;
  for (std::size_t from = 0, to = 0; from < order.size(); from = to) {
    while (to < order.size() && order[to].first == order[from].first)
      ++to;
    if (to - from == 1) continue;
    std::map<std::string, std::vector<ReadTitle>>
        groups;  // more than one where two hashes are equal by chance
    for (std::size_t at = from; at < to; ++at) {
      Title title = reader.read(items[order[at].second]);
      std::string signature = title.signature;
      groups[std::move(signature)].push_back({order[at].second, std::move(title)});
    }
    for (auto& [signature, titles] : groups) {
      std::sort(titles.begin(), titles.end(),
                [&](const auto& a, const auto& b) { return items[a.place].key < items[b.place].key; });
      Group(reader, items, titles, least, out).run();
    }
  }
  std::sort(out.pairs.begin(), out.pairs.end(), [](const auto& x, const auto& y) {
    return x.degree != y.degree ? x.degree > y.degree : std::pair{x.a, x.b} < std::pair{y.a, y.b};
  });
  out.pairs.erase(std::unique(out.pairs.begin(), out.pairs.end(),
                              [](const auto& x, const auto& y) { return x.a == y.a && x.b == y.b; }),
                  out.pairs.end());
  if (out.pairs.size() > most) {
    out.pairs.resize(most);
    out.complete = false;
  }
  return out;
}

}  // namespace vtlt::records
