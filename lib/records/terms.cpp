// Terms of keeping (thời hạn lưu trữ): read, written, compared, counted. records-practice.md 2.2-2.3.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "records/records.h"
#include "records/words.h"
#include "text/text.h"

namespace vtlt::records {
namespace {

constexpr int kMostYears = 199;

struct Event {
  const char* code;    // as written in a scheme
  const char* folded;  // as typed
  const char* until;   // printed for the event alone
  const char* after;   // printed behind "n năm "
};
constexpr Event kEvents[] = {
    {"HL", "hl", "Đến khi văn bản hết hiệu lực", "sau khi văn bản hết hiệu lực"},
    {"CT", "ct", "Theo tuổi thọ công trình", "sau khi hết tuổi thọ công trình"},
    {"TB", "tb", "Theo tuổi thọ thiết bị", "sau khi hết tuổi thọ thiết bị"},
    {"HĐ", "hd", "Đến khi chấm dứt hợp đồng", "sau khi chấm dứt hợp đồng"},
    {"SM", "sm", "Đến khi mất", "sau khi mất"},
};

// Long forms, folded; "den khi", "theo" and "sau khi" before them are taken off first.
struct Wording {
  std::string_view folded;
  const char* code;
};
constexpr Wording kWordings[] = {
    {"van ban het hieu luc thi hanh", "HL"},
    {"van ban het hieu luc", "HL"},
    {"het hieu luc thi hanh", "HL"},
    {"het hieu luc", "HL"},
    {"tuoi tho cong trinh", "CT"},
    {"tuoi tho cua cong trinh", "CT"},
    {"het tuoi tho cong trinh", "CT"},
    {"het tuoi tho cua cong trinh", "CT"},
    {"tuoi tho thiet bi", "TB"},
    {"tuoi tho cua thiet bi", "TB"},
    {"het tuoi tho thiet bi", "TB"},
    {"het tuoi tho cua thiet bi", "TB"},
    {"cham dut hop dong", "HĐ"},
    {"hop dong cham dut", "HĐ"},
    {"het han hop dong", "HĐ"},
    {"hop dong het hieu luc", "HĐ"},
    {"mat", "SM"},
    {"chet", "SM"},
};

const Event* event_of_code(std::string_view code) {
  const auto at = std::find_if(std::begin(kEvents), std::end(kEvents),
                               [&](const Event& event) { return event.code == code; });
  return at == std::end(kEvents) ? nullptr : at;
}

bool drop_front(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

bool drop_back(std::string_view& text, std::string_view suffix) {
  if (!text.ends_with(suffix)) return false;
  text.remove_suffix(suffix.size());
  return true;
}

std::optional<int> years_of(std::string_view digits) {
  const int years = whole_number(digits, 4);
  if (years < 1 || years > kMostYears) return std::nullopt;
  return years;
}

// "hl", "hd", "van ban het hieu luc thi hanh"; "" when it is no event.
std::string event_of(std::string_view folded) {
  for (const Event& event : kEvents)
    if (folded == event.folded) return event.code;
  for (const auto& [wording, code] : kWordings)
    if (folded == wording) return code;
  return {};
}

// "20", "20 nam", "20+", "it nhat 20 nam", "20 nam tro len"
std::optional<Term> years_term(std::string_view text) {
  bool at_least = drop_front(text, "it nhat ") || drop_front(text, "toi thieu ");
  if (drop_front(text, "tu ")) {
    if (!drop_back(text, " tro len")) return std::nullopt;
    at_least = true;
  } else if (drop_back(text, " tro len") || drop_back(text, " +") || drop_back(text, "+")) {
    at_least = true;
  }
  if (!drop_back(text, " nam")) drop_back(text, "nam");
  const auto years = years_of(text);
  if (!years) return std::nullopt;
  return Term{TermKind::years, *years, at_least, {}};
}

std::optional<Term> event_term(std::string_view text) {
  const bool until = drop_front(text, "den khi ");
  if (!until) drop_front(text, "theo ");
  const std::string event = event_of(text);
  // "mat" alone may be a secrecy mark or a lost file.
  if (event.empty() || (event == "SM" && !until && text != "sm")) return std::nullopt;
  return Term{TermKind::event, 0, false, event};
}

// "hd+5", "hd + 5", "5 nam sau khi cham dut hop dong", "10 nam ke tu khi mat"
std::optional<Term> event_years_term(std::string_view text) {
  if (const auto plus = text.find('+'); plus != std::string_view::npos) {
    auto code = text.substr(0, plus), digits = text.substr(plus + 1);
    drop_back(code, " ");
    drop_front(digits, " ");
    if (!drop_back(digits, " nam")) drop_back(digits, "nam");
    const auto years = years_of(digits);
    const bool shorthand = code.size() == 2;
    const std::string event = shorthand ? event_of(code) : std::string();
    if (!years || event.empty()) return std::nullopt;
    return Term{TermKind::event_years, *years, false, event};
  }
  const auto space = text.find(' ');
  if (space == std::string_view::npos) return std::nullopt;
  const auto years = years_of(text.substr(0, space));
  text.remove_prefix(space + 1);
  if (!years || !drop_front(text, "nam ")) return std::nullopt;
  if (!drop_front(text, "sau khi ") && !drop_front(text, "ke tu khi ") && !drop_front(text, "tu khi "))
    return std::nullopt;
  const std::string event = event_of(text);
  if (event.empty()) return std::nullopt;
  return Term{TermKind::event_years, *years, false, event};
}

int rank(TermKind kind) {
  switch (kind) {
    case TermKind::none:
      return 0;
    case TermKind::not_kept:
      return 1;
    case TermKind::years:
      return 2;
    case TermKind::event:
      return 3;
    case TermKind::event_years:
      return 3;
    case TermKind::permanent:
      return 4;
  }
  return 0;
}

}  // namespace

std::optional<Term> parse_term(std::string_view source) {
  const std::string folded = text::fold(source);
  std::string_view text = folded;
  if (text.empty()) return Term{};
  // "Thời hạn bảo quản: 20 năm", "lưu trữ vĩnh viễn": the words of 2011 and of 2024 (P49).
  drop_front(text, "thoi han ");
  if (drop_front(text, "bao quan") || drop_front(text, "luu tru")) {
    drop_front(text, ":");
    drop_front(text, " ");
    if (text.empty()) return std::nullopt;
  }
  if (text == "vv" || text == "vinh vien" || text == "vinhvien" || text == "permanent")
    return Term{TermKind::permanent, 0, false, {}};
  if (text == "kl" || text == "khong luu" || text == "khong luu tru" || text == "khong luu giu")
    return Term{TermKind::not_kept, 0, false, {}};
  if (const auto term = years_term(text)) return term;
  if (const auto term = event_years_term(text)) return term;
  return event_term(text);
}

std::string term_shorthand(const Term& term) {
  switch (term.kind) {
    case TermKind::none:
      return {};
    case TermKind::permanent:
      return "VV";
    case TermKind::years:
      return fmt::format("{}{}", term.years, term.at_least ? "+" : "");
    case TermKind::event:
      return term.event;
    case TermKind::event_years:
      return fmt::format("{}+{}", term.event, term.years);
    case TermKind::not_kept:
      return "KL";
  }
  return {};
}

std::string term_text(const Term& term) {
  const Event* event = event_of_code(term.event);
  switch (term.kind) {
    case TermKind::none:
      return {};
    case TermKind::permanent:
      return "Vĩnh viễn";
    case TermKind::years:
      return fmt::format("{}{} năm", term.at_least ? "ít nhất " : "", term.years);
    case TermKind::event:
      return event == nullptr ? term.event : event->until;
    case TermKind::event_years:
      return event == nullptr ? term_shorthand(term) : fmt::format("{} năm {}", term.years, event->after);
    case TermKind::not_kept:
      return "Không lưu";
  }
  return {};
}

bool longer(const Term& a, const Term& b) {
  if (rank(a.kind) != rank(b.kind)) return rank(a.kind) > rank(b.kind);
  if (a.years != b.years) return a.years > b.years;
  return a.at_least && !b.at_least;
}

std::optional<Date> due_date(const Term& term, int ended_year) {
  if (ended_year < 1) return std::nullopt;
  if (term.kind != TermKind::years && term.kind != TermKind::not_kept) return std::nullopt;
  const int years = term.kind == TermKind::years ? term.years : 0;
  return Date{ended_year + years + 1, 1, 1};
}

namespace {

constexpr struct {
  int years;
  const char* code;
} kTt05Terms[] = {{70, "02"}, {50, "03"}, {30, "04"}, {20, "05"}, {10, "06"}};

}  // namespace

std::string tt05_maintenance(const Term& term) {
  if (term.kind == TermKind::none) return {};
  if (term.kind == TermKind::permanent) return "01";
  for (const auto& [years, code] : kTt05Terms)
    if (term.kind == TermKind::years && !term.at_least && term.years == years) return code;
  return "07";
}

Term term_of_tt05(std::string_view code) {
  Term term;
  if (code == "01") term.kind = TermKind::permanent;
  for (const auto& [years, known] : kTt05Terms)
    if (code == known) {
      term.kind = TermKind::years;
      term.years = years;
    }
  return term;
}

}  // namespace vtlt::records
