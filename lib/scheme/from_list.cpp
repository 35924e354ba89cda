// A scheme of a yearly file list: headings and files from the list, everything else from another scheme.
#include <algorithm>
#include <map>
#include <regex>
#include <set>

#include "scheme/check.h"
#include "scheme/file_list.h"
#include "scheme/node.h"
#include "scheme/roman.h"
#include "text/text.h"

namespace vtlt::scheme {

namespace {

struct Notation {
  int ordinal = 0;
  std::string digits, abbreviation;
};

// "01.VP", "1/VP", "01-VP", "01 VP"
std::optional<Notation> read_notation(const std::string& text) {
  Notation read;
  std::size_t at = 0;
  while (at < text.size() && at < 5 && text[at] >= '0' && text[at] <= '9')
    read.ordinal = read.ordinal * 10 + (text[at++] - '0');
  if (at == 0 || at == text.size() || read.ordinal == 0) return std::nullopt;
  read.digits = text.substr(0, at);
  if (read.digits.size() < 2) read.digits = "0" + read.digits;
  const std::size_t mark = at;
  while (at < text.size() && (text[at] == '.' || text[at] == '/' || text[at] == '-' || text[at] == ' '))
    ++at;
  read.abbreviation = text.substr(at);
  if (at == mark || read.abbreviation.empty() || read.abbreviation.size() > 60 ||
      read.abbreviation.find_first_of(" ./:,'\"") != std::string::npos)
    return std::nullopt;
  return read;
}

bool is_roman(const std::string& text) {
  return !text.empty() && text.size() < 9 && text.find_first_not_of("IVXLC") == std::string::npos;
}
bool is_arabic(const std::string& text) {
  return !text.empty() && text.size() < 4 && text.find_first_not_of("0123456789") == std::string::npos;
}

struct Heading {
  bool large = false;
  std::string title;
};

std::string trimmed(const std::string& text) {
  const auto first = text.find_first_not_of(" .-:)");
  return first == std::string::npos ? std::string() : text.substr(first);
}

bool all_capitals(const std::string& text) {
  const std::string small = text::fold_case(text);
  if (small == text) return false;
  // A capital letter is one that folding changes; the first letter of a sentence is one too.
  int changed = 0, letters = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c >= 'A' && c <= 'Z') ++changed, ++letters;
    if (c >= 'a' && c <= 'z') ++letters;
  }
  return letters > 0 && changed == letters;
}

// A line without a term whose number, before the title or in the first column, is that of a heading.
std::optional<Heading> read_heading(const ListLine& line, bool any_large) {
  if (!line.term.empty() || line.title.empty() || read_notation(line.notation)) return std::nullopt;
  std::string number = line.notation, title = line.title;
  while (!number.empty() && (number.back() == '.' || number.back() == ')'))
    number.pop_back();
  if (number.empty()) {
    const std::size_t end = title.find_first_of(". )");
    const std::string front = title.substr(0, end);
    if (end != std::string::npos && (is_arabic(front) || (is_roman(front) && title[end] != ' '))) {
      number = front;
      title = trimmed(title.substr(end));
    }
  }
  if (title.empty()) return std::nullopt;
  if (is_roman(number)) return Heading{true, title};
  if (is_arabic(number)) return Heading{!any_large, title};
  // A line without a number may be a file whose term was forgotten.
  if (!number.empty() || !all_capitals(title)) return std::nullopt;
  return Heading{true, title};
}

// The three totals at the foot of the form, and the column numbers a sheet may repeat.
bool is_foot(const ListLine& line) {
  const std::string folded = text::fold(line.title.empty() ? line.notation : line.title);
  for (const char* begins :
       {"ban danh muc ho so nay", "tong so ho so", "tong cong", "trong do", "nguoi lap bieu"})
    if (folded.rfind(begins, 0) == 0) return true;
  return folded.find("ho so bao quan vinh vien") != std::string::npos ||
         folded.find("ho so bao quan co thoi han") != std::string::npos;
}

// Databases in use write these for terms that are no years (records-practice.md 2.3).
std::optional<records::Term> term_of(const std::string& text) {
  if (const auto term = records::parse_term(text)) return term;
  const std::string folded = text::fold(text);
  const std::string digits = folded.substr(0, folded.find_first_not_of("0123456789"));
  if (digits == "1000") return records::parse_term("VV");
  if (digits == "500") return records::parse_term("HL");
  if (digits == "200") return records::parse_term("CT");
  return std::nullopt;
}

int year_most_named(const std::vector<ListLine>& lines) {
  static const std::regex named("nam ((19|20)[0-9][0-9])");
  std::map<int, int> counts;
  for (const ListLine& line : lines) {
    const std::string folded = text::fold(line.title);
    for (std::sregex_iterator at(folded.begin(), folded.end(), named), end; at != end; ++at)
      ++counts[std::stoi((*at)[1].str())];
  }
  int best = 0;
  for (const auto& [year, count] : counts)
    if (best == 0 || count >= counts[best]) best = year;
  return best;
}

// "… năm 2026" → "… năm {year}"
std::string with_place(std::string title, int year) {
  if (year == 0) return title;
  const std::string digits = std::to_string(year);
  for (std::size_t at = title.find(digits); at != std::string::npos; at = title.find(digits, at + 6)) {
    std::string before = text::fold(title.substr(at < 12 ? 0 : at - 12, at < 12 ? at : 12));
    if (before.size() >= 3 && before.compare(before.size() - 3, 3, "nam") == 0)
      title.replace(at, 4, "{year}");
  }
  return title;
}

// As a list shows a title whose places are filled when the file is opened.
std::string as_printed(std::string title) {
  for (const std::string place : {"{name}", "{code}"})
    for (std::size_t at = title.find(place); at != std::string::npos; at = title.find(place))
      title.replace(at, place.size(), "…");
  return title;
}

// "Tổ chức cán bộ" → "TCCB"
std::string initials(const std::string& title) {
  std::string out;
  bool begins = true;
  for (const char c : text::fold(title)) {
    if (begins && c >= 'a' && c <= 'z' && out.size() < 5) out += static_cast<char>(c - 'a' + 'A');
    begins = c == ' ' || c == ',' || c == '-';
  }
  return out.empty() ? "HS" : out;
}

class Builder {
 public:
  explicit Builder(const FromListRequest& request) : request_(request) {}

  FromList build(const std::vector<ListLine>& lines) {
    result_.scheme = request_.base;
    Scheme& scheme = result_.scheme;
    result_.year = request_.year != 0 ? request_.year : year_most_named(lines);
    scheme.classes.clear();
    scheme.adopted_number = request_.decision;
    scheme.adopted_date = request_.date;
    each_class(request_.base, [&](const Class& heading, const Class&) {
      for (const PlannedFile& file : heading.files)
        planned_.emplace(text::fold(as_printed(file.title)), &file);
    });
    for (const ListLine& line : lines)
      add(line);
    number();
    settle_headings();
    add_rules();
    keep_suggestions();
    return std::move(result_);
  }

 private:
  void find(const ListLine& line, Level level, const char* code, Message message) {
    Finding finding;
    finding.code = code;
    finding.level = level;
    finding.line = line.row;
    finding.message = std::move(message);
    finding.basis = "NĐ 30/2020/NĐ-CP PL V";
    result_.findings.push_back(std::move(finding));
  }

  void add(const ListLine& line) {
    if (is_foot(line)) return;
    auto& classes = result_.scheme.classes;
    if (const auto heading = read_heading(line, !classes.empty())) {
      Class one;
      one.title = heading->title;
      ++result_.headings;
      if (heading->large) {
        one.no = roman(static_cast<int>(classes.size()) + 1);
        classes.push_back(std::move(one));
      } else {
        Class& large = classes.back();
        one.no = large.no + "." + std::to_string(large.sub.size() + 1);
        large.sub.push_back(std::move(one));
      }
      return;
    }
    add_file(line);
  }

  void add_file(const ListLine& line) {
    auto& classes = result_.scheme.classes;
    if (classes.empty()) return find(line, Level::error, "P13", Message("scheme.list.no_heading"));
    if (line.title.empty()) return find(line, Level::error, "P13", Message("scheme.list.no_title"));
    const auto term = term_of(line.term);
    if (!term || term->kind == records::TermKind::none)
      return find(line, Level::error, "P13",
                  line.term.empty() ? Message("scheme.list.no_term", {{"title", text::cut(line.title, 60)}})
                                    : Message("scheme.list.bad_term", {{"term", text::cut(line.term, 40)}}));
    Class& large = classes.back();
    PlannedFile file;
    if (const auto notation = read_notation(line.notation)) {
      if (large.abbreviation.empty()) large.abbreviation = notation->abbreviation;
      if (text::fold_case(large.abbreviation) != text::fold_case(notation->abbreviation))
        return find(line, Level::error, "P13",
                    Message("scheme.list.other_heading",
                            {{"notation", line.notation}, {"abbr", large.abbreviation}}));
      file.notation = notation->digits + "." + large.abbreviation;
      if (!notations_.insert(file.notation).second)
        return find(line, Level::error, "P13", Message("scheme.list.twice", {{"notation", file.notation}}));
    } else if (!line.notation.empty() && !is_arabic(line.notation)) {
      return find(line, Level::error, "P13",
                  Message("scheme.list.notation", {{"notation", text::cut(line.notation, 40)}}));
    }
    file.title = with_place(line.title, result_.year);
    file.officer = line.officer;
    file.note = line.note;
    file.line = line.row;
    file.rule = rule_for(line, file, *term);
    ++result_.files;
    if (term->kind == records::TermKind::permanent) ++result_.permanent;
    (large.sub.empty() ? large : large.sub.back()).files.push_back(std::move(file));
  }

  // The rule the list names, else that of the same file in the base, else one of the list itself.
  std::string rule_for(const ListLine& line, PlannedFile& file, const records::Term& term) {
    const auto fits = [&](const std::string& id) {
      const Rule* rule = request_.base.find_rule(id);
      return rule != nullptr && rule->term == term;
    };
    if (!line.rule.empty()) {
      if (fits(line.rule)) {
        ++result_.known_rules;
        return line.rule;
      }
      find(line, Level::warning, "P21",
           Message(request_.base.find_rule(line.rule) != nullptr ? "scheme.list.rule_term"
                                                                 : "scheme.list.rule_unknown",
                   {{"rule", text::cut(line.rule, 60)}, {"term", records::term_text(term)}}));
    }
    const auto same = planned_.find(text::fold(file.title));
    if (same != planned_.end() && fits(same->second->rule)) {
      ++result_.known_rules;
      file.per = same->second->per;
      if (file.note == same->second->deadline) std::swap(file.note, file.deadline);
      // The list was printed by vtlt: places for names come back.
      if (file.title.find("…") != std::string::npos) file.title = same->second->title;
      return same->second->rule;
    }
    std::string id = "dm-";
    for (const char c : text::fold(records::term_shorthand(term)))
      id += c == '+' ? '-' : c;
    if (term.at_least) id += "tro-len";
    terms_[id] = term;
    return id;
  }

  // The list's ways of counting; what does not follow them keeps its own notation.
  void number() {
    Scheme& scheme = result_.scheme;
    const auto deviations = [&](bool continuous) {
      int count = 0, ordinal = 0;
      for (const Class& large : scheme.classes) {
        if (!continuous) ordinal = 0;
        const auto go = [&](const Class& heading) {
          for (const PlannedFile& file : heading.files) {
            ++ordinal;
            if (file.notation.empty()) continue;
            const auto read = read_notation(file.notation);
            if (read && read->ordinal != ordinal) {
              ++count;
              ordinal = read->ordinal;
            }
          }
        };
        go(large);
        for (const Class& small : large.sub)
          go(small);
      }
      return count;
    };
    const bool continuous = deviations(true) < deviations(false);
    scheme.file_numbering = continuous ? "continuous" : "per-heading";
    int ordinal = 0;
    for (Class& large : scheme.classes) {
      if (!continuous) ordinal = 0;
      const auto go = [&](Class& heading) {
        for (PlannedFile& file : heading.files) {
          ++ordinal;
          const auto read = read_notation(file.notation);
          if (!read) continue;
          const std::string expected = (ordinal < 10 ? "0" : "") + std::to_string(ordinal);
          if (read->digits == expected)
            file.notation.clear();
          else
            ordinal = read->ordinal;
        }
      };
      go(large);
      for (Class& small : large.sub)
        go(small);
    }
  }

  void settle_headings() {
    std::set<std::string> taken;
    for (const Class& large : result_.scheme.classes)
      taken.insert(text::fold_case(large.abbreviation));
    for (Class& large : result_.scheme.classes) {
      if (large.abbreviation.empty()) {
        const std::string wish = initials(large.title);
        std::string made = wish;
        for (int i = 2; taken.count(text::fold_case(made)) != 0; ++i)
          made = wish + std::to_string(i);
        taken.insert(text::fold_case(made));
        large.abbreviation = made;
        ListLine nowhere;
        find(nowhere, Level::warning, "P13",
             Message("scheme.list.abbreviation",
                     {{"no", large.no}, {"title", text::cut(large.title, 60)}, {"abbr", made}}));
      }
      const Class* before = request_.base.class_of_abbreviation(large.abbreviation);
      if (before == nullptr) continue;
      large.by = before->by;
      large.access = before->access;
      for (Class& small : large.sub)
        for (const Class& old : before->sub)
          if (text::fold(old.title) == text::fold(small.title)) {
            small.by = old.by;
            small.access = old.access;
          }
    }
  }

  void add_rules() {
    Scheme& scheme = result_.scheme;
    std::string basis = "Danh mục hồ sơ";
    if (result_.year != 0) basis += " năm " + std::to_string(result_.year);
    basis +=
        request_.decision.empty() ? " của cơ quan (" + request_.list_name + ")" : " kèm " + request_.decision;
    std::vector<Rule> own;
    for (const auto& [id, term] : terms_) {
      Rule rule;
      rule.id = id;
      rule.title = "Hồ sơ có thời hạn \"" + records::term_text(term) + "\" trong danh mục hồ sơ";
      rule.term = term;
      rule.basis = basis;
      rule.status = "agency-table";
      own.push_back(std::move(rule));
    }
    // Rules of the base that are no longer used say nothing any more; kept sets still need theirs.
    std::set<std::string> used;
    for (const Series& series : scheme.series)
      used.insert(series.kept);
    each_class(scheme, [&](const Class& heading, const Class&) {
      for (const PlannedFile& file : heading.files)
        used.insert(file.rule);
    });
    for (Rule& rule : scheme.rules)
      if (terms_.count(rule.id) == 0 && (!rule.table.empty() || used.count(rule.id) != 0))
        own.push_back(std::move(rule));
    scheme.rules = std::move(own);
  }

  void keep_suggestions() {
    Scheme& scheme = result_.scheme;
    std::vector<Suggestion> kept;
    for (Suggestion& one : scheme.suggest) {
      const Class* before = request_.base.find_class(one.class_no);
      const Class* after = scheme.find_class(one.class_no);
      if (before != nullptr && after != nullptr && text::fold(before->title) == text::fold(after->title))
        kept.push_back(std::move(one));
    }
    scheme.suggest = std::move(kept);
  }

  const FromListRequest& request_;
  FromList result_;
  std::map<std::string, const PlannedFile*> planned_;
  std::map<std::string, records::Term> terms_;
  std::set<std::string> notations_;
};

}  // namespace

FromList scheme_from_list(const std::vector<ListLine>& lines, const FromListRequest& request) {
  return Builder(request).build(lines);
}

}  // namespace vtlt::scheme
