#include "records/arrangement.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <set>

#include "base/error.h"
#include "records/references.h"
#include "records/words.h"
#include "text/text.h"

namespace vtlt::records {
namespace {

constexpr const char* kNumbers = "CV 283/VTLTNN-NVTW";
constexpr const char* kBundles = "CV 283/VTLTNN-NVTW; TT 06/2025/TT-BNV, Phụ lục II";
constexpr std::size_t kMostDigits = 7;
constexpr std::size_t kMostShown = 20;
constexpr std::uint32_t kUnlisted = 0xFFFFFFFE, kNone = 0xFFFFFFFF;

struct KeyName {
  OrderKey key;
  const char* folded;  // spaces for '-'
};
// The first of each key is what --order prints.
constexpr KeyName kKeys[] = {
    {OrderKey::activity, "mat hoat dong"},
    {OrderKey::activity, "linh vuc"},
    {OrderKey::activity, "linh vuc hoat dong"},
    {OrderKey::activity, "activity"},
    {OrderKey::unit, "co cau"},
    {OrderKey::unit, "co cau to chuc"},
    {OrderKey::unit, "don vi"},
    {OrderKey::unit, "unit"},
    {OrderKey::time, "thoi gian"},
    {OrderKey::time, "nam"},
    {OrderKey::time, "time"},
    {OrderKey::period, "nhiem ky"},
    {OrderKey::period, "period"},
    {OrderKey::term_up, "thoi han"},
    {OrderKey::term_up, "thoi han tang"},
    {OrderKey::term_up, "thoi han bao quan"},
    {OrderKey::term_up, "thoi han luu tru"},
    {OrderKey::term_up, "thoi han bao quan tang"},
    {OrderKey::term_up, "thoi han luu tru tang"},
    {OrderKey::term_up, "term"},
    {OrderKey::term_down, "thoi han giam"},
    {OrderKey::term_down, "thoi han bao quan giam"},
    {OrderKey::term_down, "thoi han luu tru giam"},
    {OrderKey::term_down, "term desc"},
};

std::optional<OrderKey> key_of(std::string_view folded) {
  for (const auto& [key, name] : kKeys)
    if (folded == name) return key;
  return std::nullopt;
}

bool same_key(OrderKey a, OrderKey b) {
  const auto plain = [](OrderKey key) { return key == OrderKey::term_down ? OrderKey::term_up : key; };
  return plain(a) == plain(b);
}

void put(std::string& key, std::uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8)
    key += static_cast<char>(value >> shift & 0xFF);
}
void put(std::string& key, const Date& date) {
  put(key,
      date.empty() ? kNone : static_cast<std::uint32_t>(date.year * 10000 + date.month * 100 + date.day));
}
// Its end sorts below any letter; the bytes of sort_key hold no zero of their own that matters here.
void put(std::string& key, std::string_view words) {
  key += text::sort_key(words);
  key += '\0';
}

std::string heading_of(const std::string& class_no) {
  return class_no.substr(0, class_no.find('.'));
}

std::map<std::string, std::uint32_t> ranks(const std::vector<std::string>& names) {
  std::map<std::string, std::uint32_t> found;
  for (const auto& name : names)
    found.emplace(name, static_cast<std::uint32_t>(found.size()));
  return found;
}

void put_ranked(std::string& key, const std::map<std::string, std::uint32_t>& ranks,
                const std::string& name) {
  if (name.empty()) return put(key, kNone);
  const auto at = ranks.find(name);
  if (at != ranks.end()) return put(key, at->second);
  put(key, kUnlisted);
  put(key, std::string_view(name));
}

// Terms by length, as `longer` has it.
std::uint32_t length_of(const Term& term) {
  const auto years = static_cast<std::uint32_t>(std::clamp(term.years, 0, 999) * 2 + (term.at_least ? 1 : 0));
  switch (term.kind) {
    case TermKind::none:
      return 0;
    case TermKind::not_kept:
      return 1;
    case TermKind::years:
      return 10'000 + years;
    case TermKind::event:
    case TermKind::event_years:
      return 20'000 + years;
    case TermKind::permanent:
      return 30'000;
  }
  return 0;
}

int year_of(const FileRecord& file) {
  if (file.year != 0) return file.year;
  return file.start.empty() ? file.end.year : file.start.year;
}

// "342", or "342-350".
std::string range_text(int from, int to) {
  return from == to ? fmt::format("{:02}", from) : fmt::format("{:02}-{:02}", from, to);
}

std::string missing_text(const std::set<int>& numbers, int first) {
  std::string missing;
  std::size_t shown = 0;
  for (const int number : numbers) {
    if (number > first) {
      if (++shown > kMostShown) return missing + ", …";
      missing += (missing.empty() ? "" : ", ") + range_text(first, number - 1);
    }
    first = std::max(first, number + 1);
  }
  return missing;
}

std::string names(const std::vector<std::string>& refs) {
  std::string all;
  for (std::size_t i = 0; i < refs.size() && i < kMostShown; ++i)
    all += (i == 0 ? "" : ", ") + refs[i];
  return refs.size() > kMostShown ? all + ", …" : all;
}

}  // namespace

bool may_begin(FileState state, bool arranged) {
  if (arranged) return state == FileState::archived;
  return state == FileState::planned || state == FileState::open;
}

const char* order_key_text(OrderKey key) {
  switch (key) {
    case OrderKey::activity:
      return "mat-hoat-dong";
    case OrderKey::unit:
      return "co-cau";
    case OrderKey::time:
      return "thoi-gian";
    case OrderKey::period:
      return "nhiem-ky";
    case OrderKey::term_up:
      return "thoi-han";
    case OrderKey::term_down:
      return "thoi-han-giam";
  }
  return "";
}

ParsedOrder parse_order(std::string_view source) {
  std::string folded = text::fold(cleaned(source));
  // " - " parts keys, as schemes write them; a '-' inside a key stands for its space.
  for (std::size_t at; (at = folded.find(" - ")) != std::string::npos;)
    folded.replace(at, 3, ",");
  std::replace(folded.begin(), folded.end(), '-', ' ');
  std::replace(folded.begin(), folded.end(), '_', ' ');
  std::erase_if(folded, [](char c) { return c == '(' || c == ')'; });
  ParsedOrder parsed;
  for (const auto part : split_at(folded, ",;/>")) {
    const std::string word = cleaned(part);
    const auto key = key_of(word);
    const bool twice = key && std::any_of(parsed.order.begin(), parsed.order.end(),
                                          [&](OrderKey other) { return same_key(other, *key); });
    if (!key || twice) return {{}, word};
    parsed.order.push_back(*key);
  }
  return parsed;
}

const std::vector<ArrangementScheme>& arrangement_schemes() {
  using K = OrderKey;
  static const std::vector<ArrangementScheme> kSchemes = {
      {{K::unit, K::time}, "Cơ cấu tổ chức - Thời gian", "structure, time"},
      {{K::time, K::unit}, "Thời gian - Cơ cấu tổ chức", "time, structure"},
      {{K::activity, K::time}, "Mặt hoạt động - Thời gian", "activity, time"},
      {{K::time, K::activity}, "Thời gian - Mặt hoạt động", "time, activity"},
      {{K::activity, K::period}, "Mặt hoạt động - Nhiệm kỳ", "activity, term of office"},
      {{K::period, K::activity}, "Nhiệm kỳ - Mặt hoạt động", "term of office, activity"},
      {{K::term_up, K::activity, K::time},
       "Thời hạn (tăng) - Mặt hoạt động - Thời gian",
       "term up, activity, time"},
      {{K::term_down, K::activity, K::time},
       "Thời hạn (giảm) - Mặt hoạt động - Thời gian",
       "term down, activity, time"},
      {{K::term_up, K::time, K::activity},
       "Thời hạn (tăng) - Thời gian - Mặt hoạt động",
       "term up, time, activity"},
      {{K::term_down, K::time, K::activity},
       "Thời hạn (giảm) - Thời gian - Mặt hoạt động",
       "term down, time, activity"},
  };
  return kSchemes;
}

std::string order_text(const Order& order) {
  std::string text;
  for (const OrderKey key : order)
    text += (text.empty() ? "" : ",") + std::string(order_key_text(key));
  return text;
}

Arranger::Arranger(Order order, const ClassOrder& classes)
    : order_(std::move(order)), classes_(ranks(classes.classes)), units_(ranks(classes.units)) {
  for (const auto& name : classes.classes)
    headings_.emplace(heading_of(name), static_cast<std::uint32_t>(headings_.size()));
}

void Arranger::add(std::string& key, OrderKey one, const FileRecord& file) const {
  const int year = year_of(file);
  switch (one) {
    case OrderKey::activity:
      return put_ranked(key, headings_, heading_of(file.class_no));
    case OrderKey::unit:
      return put_ranked(key, units_, file.unit);
    case OrderKey::time:
      return put(key, year == 0 ? kNone : static_cast<std::uint32_t>(year));
    case OrderKey::term_up:
      return put(key, length_of(file.term));
    case OrderKey::term_down:
      return put(key, kNone - length_of(file.term));
    case OrderKey::period: {
      // A file without one stands where its year would.
      const auto period = parse_period(file.period);
      const int first = period ? period->first : year, last = period ? period->second : year;
      put(key, first == 0 ? kNone : static_cast<std::uint32_t>(first));
      return put(key, static_cast<std::uint32_t>(last));
    }
  }
}

std::string Arranger::key(const FileRecord& file) const {
  std::string key;
  for (const OrderKey one : order_)
    add(key, one, file);
  put_ranked(key, headings_, heading_of(file.class_no));
  put_ranked(key, classes_, file.class_no);
  put(key, file.start);
  put(key, file.end);
  put(key, std::string_view(file.title));
  put(key, std::string_view(file.provisional));
  key.append(reinterpret_cast<const char*>(file.id.bits.data()), file.id.bits.size());
  return key;
}

std::vector<std::size_t> Arranger::arrange(const std::vector<const FileRecord*>& files) const {
  std::vector<std::string> keys;
  keys.reserve(files.size());
  for (const auto* file : files)
    keys.push_back(key(*file));
  std::vector<std::size_t> places(files.size());
  std::iota(places.begin(), places.end(), std::size_t{0});
  std::stable_sort(places.begin(), places.end(),
                   [&](std::size_t a, std::size_t b) { return keys[a] < keys[b]; });
  return places;
}

std::optional<std::pair<int, int>> parse_period(std::string_view source) {
  const std::string text = cleaned(source);
  std::vector<int> years;
  for (std::size_t at = 0; at < text.size();) {
    const auto from = text.find_first_of("0123456789", at);
    if (from == std::string::npos) break;
    const auto to = std::min(text.find_first_not_of("0123456789", from), text.size());
    if (to - from == 4) years.push_back(whole_number(std::string_view(text).substr(from, 4), 4));
    at = to;
  }
  if (years.size() != 2 || years[0] < 1900 || years[1] < years[0]) return std::nullopt;
  return std::pair{years[0], years[1]};
}

std::string FileNumber::text() const {
  return fmt::format("{:02}{}", number, suffix);
}

std::optional<FileNumber> parse_file_number(std::string_view source) {
  const std::string text = text::fold_case(cleaned(source));
  const auto end = std::min(text.find_first_not_of("0123456789"), text.size());
  const int number = whole_number(std::string_view(text).substr(0, end), kMostDigits);
  if (number < 1) return std::nullopt;
  const std::string suffix = text.substr(end);
  const bool letter = suffix.size() == 1 && suffix[0] >= 'a' && suffix[0] <= 'z';
  if (!suffix.empty() && !letter && suffix != "đ") return std::nullopt;
  return FileNumber{number, suffix};
}

int last_file_number(const std::vector<NumberUse>& uses) {
  int last = 0;
  for (const auto& use : uses)
    if (const auto number = parse_file_number(use.number)) last = std::max(last, number->number);
  return last;
}

std::vector<std::string> next_file_numbers(const std::vector<NumberUse>& uses, std::size_t count) {
  int next = last_file_number(uses);
  std::vector<std::string> numbers;
  numbers.reserve(count);
  while (numbers.size() < count)
    numbers.push_back(FileNumber{++next, {}}.text());
  return numbers;
}

std::vector<Finding> check_file_numbers(const std::string& fonds, const std::vector<NumberUse>& uses,
                                        int first) {
  std::vector<Finding> found;
  const auto report = [&](Level level, std::string ref, Message message, Message hint = {}) {
    found.push_back(finding("P46", level, std::move(ref), std::move(message), std::move(hint), kNumbers));
  };
  std::map<FileNumber, std::vector<const NumberUse*>> by_number;
  std::vector<std::string> unreadable;
  for (const auto& use : uses) {
    if (const auto number = parse_file_number(use.number))
      by_number[*number].push_back(&use);
    else if (use.current)
      unreadable.push_back(use.ref + " (\"" + use.number + "\")");
  }
  std::set<int> numbers;
  for (const auto& [number, of] : by_number) {
    if (number.suffix.empty()) numbers.insert(number.number);
    std::map<Id, std::string> bearers, former;
    for (const auto* use : of)
      (use->current ? bearers : former).emplace(use->file, use->ref);
    std::vector<std::string> refs;
    for (const auto& [id, ref] : bearers)
      refs.push_back(ref);
    std::sort(refs.begin(), refs.end());
    if (bearers.size() > 1)
      report(Level::error, fonds,
             Message("records.numbers.twice", {{"number", number.text()}, {"files", names(refs)}}),
             Message("records.numbers.twice.hint"));
    for (const auto& [id, ref] : former)
      if (!bearers.empty() && !bearers.contains(id)) {
        report(Level::error, refs.front(),
               Message("records.numbers.again", {{"number", number.text()}, {"file", ref}}),
               Message("records.numbers.twice.hint"));
        break;
      }
  }
  std::vector<std::string> orphans;
  for (const auto& [number, of] : by_number)
    if (!number.suffix.empty() && !numbers.contains(number.number)) {
      orphans.push_back(number.text());
      numbers.insert(number.number);
    }
  if (!orphans.empty())
    report(Level::warning, fonds, Message("records.numbers.suffix", {{"numbers", names(orphans)}}));
  if (const std::string missing = missing_text(numbers, first); !missing.empty())
    report(Level::warning, fonds, Message("records.numbers.gap", {{"missing", missing}}));
  if (!unreadable.empty())
    report(Level::warning, fonds, Message("records.numbers.unreadable", {{"files", names(unreadable)}}));
  return found;
}

std::vector<BundleMark> bundle_marks(const std::vector<bool>& break_before, int volumes, int last_bundle) {
  VTLT_ASSERT(volumes > 0 && last_bundle >= 0);
  std::vector<BundleMark> marks;
  int bundle = last_bundle, volume = volumes;
  for (const bool fresh : break_before) {
    if (fresh || volume == volumes) {
      ++bundle;
      volume = 0;
    }
    marks.push_back({fmt::format("{:02}", bundle), fmt::format("{:02}", ++volume)});
  }
  return marks;
}

std::vector<Finding> check_bundles(const std::string& fonds, const std::vector<MarkedFile>& files) {
  std::vector<Finding> found;
  const auto report = [&](Message message) {
    found.push_back(
        finding("P26", Level::error, fonds, std::move(message), Message("records.bundles.hint"), kBundles));
  };
  std::map<int, std::map<int, std::vector<std::string>>> bundles;
  std::vector<std::string> unmarked;
  for (const auto& [mark, ref] : files) {
    const auto bundle = parse_file_number(mark.bundle), volume = parse_file_number(mark.volume);
    if (!bundle || !volume || !bundle->suffix.empty() || !volume->suffix.empty())
      unmarked.push_back(ref);
    else
      bundles[bundle->number][volume->number].push_back(ref);
  }
  if (!unmarked.empty()) report(Message("records.bundles.unmarked", {{"files", names(unmarked)}}));
  std::set<int> numbers;
  for (const auto& [bundle, volumes] : bundles) {
    numbers.insert(bundle);
    std::set<int> inside;
    for (const auto& [volume, refs] : volumes) {
      inside.insert(volume);
      if (refs.size() > 1)
        report(Message("records.bundles.twice", {{"bundle", range_text(bundle, bundle)},
                                                 {"volume", range_text(volume, volume)},
                                                 {"files", names(refs)}}));
    }
    if (const std::string missing = missing_text(inside, 1); !missing.empty())
      report(
          Message("records.bundles.volumes", {{"bundle", range_text(bundle, bundle)}, {"missing", missing}}));
  }
  if (const std::string missing = missing_text(numbers, 1); !missing.empty())
    report(Message("records.bundles.gap", {{"missing", missing}}));
  return found;
}

}  // namespace vtlt::records
