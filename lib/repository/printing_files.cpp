// Forms made of files (NĐ30 PL V).
#include <algorithm>

#include "base/clock.h"
#include "base/error.h"
#include "base/progress.h"
#include "records/printed.h"
#include "repository/planning.h"
#include "repository/printing_parts.h"
#include "repository/work.h"
#include "scheme/file_list.h"
#include "text/messages.h"
#include "text/text.h"

namespace vtlt::repository {
namespace {

using Cells = std::vector<std::string>;

struct Totals {
  std::int64_t files = 0, permanent = 0, none = 0;
  void count(const records::Term& term) {
    ++files;
    if (term.kind == records::TermKind::permanent) ++permanent;
    if (term.kind == records::TermKind::none) ++none;
  }
  std::int64_t with_term() const { return files - permanent - none; }
};

struct FileLine {
  const scheme::Class* large = nullptr;  // nullptr: under no heading of the scheme
  const scheme::Class* heading = nullptr;
  records::Term term;
  Cells cells;
};

// The files planned for a year, where a plan was made; else what the scheme plans for every year.
std::vector<FileLine> lines_of_list(Repository& repository, const records::Id& fonds,
                                    const scheme::Scheme& scheme, int year,
                                    const std::optional<YearPlan>& plan) {
  std::vector<FileLine> lines;
  repository.catalogue().files(fonds, year, std::nullopt, [&](const catalogue::FileRow& row) {
    const auto& file = row.file;
    FileLine line;
    line.heading = scheme.find_class(file.class_no);
    line.large = scheme.find_class(file.class_no.substr(0, file.class_no.find('.')));
    line.term = file.term;
    line.cells = {file.notation, file.title, records::term_text(file.term), file.officer, file.note};
    if (plan && file.kept.empty()) lines.push_back(std::move(line));
  });
  if (plan) {
    // What is opened for each matter stands in the list as one line.
    for (const auto& pattern : plan->patterns) {
      FileLine line;
      line.heading = scheme.find_class(pattern.class_no);
      line.large = scheme.find_class(pattern.class_no.substr(0, pattern.class_no.find('.')));
      line.term = pattern.term;
      line.cells = {pattern.notation, pattern.title, records::term_text(pattern.term), pattern.officer, pattern.note};
      lines.push_back(std::move(line));
    }
    const auto place = [](const FileLine& line) {
      return line.heading != nullptr ? line.heading->no : std::string("~");
    };
    std::stable_sort(lines.begin(), lines.end(), [&](const FileLine& a, const FileLine& b) {
      const int order = text::compare(place(a), place(b));
      return order != 0 ? order < 0 : text::compare(a.cells[0], b.cells[0]) < 0;
    });
    // Headings in the order of the scheme, whatever their numbers look like.
    const auto rank = [&](const FileLine& line) {
      const auto at = std::find_if(scheme.classes.begin(), scheme.classes.end(),
                                   [&](const auto& one) { return &one == line.large; });
      return at - scheme.classes.begin();
    };
    std::stable_sort(lines.begin(), lines.end(),
                     [&](const FileLine& a, const FileLine& b) { return rank(a) < rank(b); });
    return lines;
  }
  lines.clear();
  for (const auto& listed : scheme::file_list(scheme, year)) {
    const auto& file = *listed.planned;
    std::string note = file.note;
    if (!file.deadline.empty()) note += (note.empty() ? "" : "; ") + file.deadline;
    const records::Term term = listed.rule != nullptr ? listed.rule->term : records::Term{};
    lines.push_back({listed.large,
                     listed.heading,
                     term,
                     {listed.notation, listed.title, records::term_text(term), file.officer, note}});
  }
  return lines;
}

// Headings stand in the column of the titles, numbered as PL V.II has them.
void write_list(const std::vector<FileLine>& lines, const std::function<void(const Cells&)>& each) {
  const scheme::Class* large = nullptr;
  const scheme::Class* heading = nullptr;
  const auto write_heading = [&](const scheme::Class& one) {
    each({"", one.no.substr(one.no.rfind('.') + 1) + ". " + one.title, "", "", ""});
  };
  for (const FileLine& line : lines) {
    check_interrupted();
    if (line.large != nullptr && line.large != large) write_heading(*line.large);
    if (line.heading != nullptr && line.heading != heading && line.heading != line.large)
      write_heading(*line.heading);
    large = line.large;
    heading = line.heading;
    each(line.cells);
  }
}

}  // namespace

Printed print_contents(Repository& repository, const PrintRequest& request) {
  const auto found = request.id ? repository.catalogue().file(*request.id) : std::nullopt;
  if (!found) throw Error(Exit::usage, "VTLT-REF-03", Message("repository.print.file"));
  const auto& row = *found;
  const auto documents = contents_of(repository, row.file.id);
  exchange::Form form = exchange::muc_luc_van_ban();
  const auto fonds = repository.catalogue().fonds(row.file.fonds);
  form.agency = fonds ? fonds->fonds.name : "";
  form.under_title = {"Hồ sơ số: " + row.file.notation + " · Năm " + std::to_string(row.file.year),
                      row.file.title};
  std::int64_t pages = 0;
  for (const auto& filed : documents)
    pages += filed.document.pages;
  form.after.push_back(in_figures_and_words("Tổng số văn bản", static_cast<std::int64_t>(documents.size())));
  if (pages > 0) form.after.push_back(in_figures_and_words("Tổng số trang", pages));
  const auto rows = [documents](const std::function<void(const Cells&)>& each) {
    for (const auto& filed : documents) {
      const auto& d = filed.document;
      // Sheet numbers of paper where there are any; else how many pages.
      const std::string sheets = !d.sheets.empty() ? d.sheets
                                 : d.pages > 0     ? std::to_string(d.pages) + " trang"
                                                   : "";
      each({std::to_string(filed.ordinal), d.own.text(), text::to_dmy(d.date),
            records::type_and_subject(d.type, d.subject), d.issuer, sheets, d.note});
    }
  };
  return {form, rows, static_cast<std::int64_t>(documents.size()), {}};
}

Printed print_file_list(Repository& repository, const PrintRequest& request) {
  const auto fonds = repository.fonds(request.fonds);
  const auto& scheme = repository.scheme(fonds.fonds.id);
  const int year = request.year != 0 ? request.year : vtlt::year_of(now());
  const auto plan = plan_of_year(repository, fonds.fonds.id, year);
  const auto lines = lines_of_list(repository, fonds.fonds.id, scheme, year, plan);
  Totals totals;
  for (const FileLine& line : lines)
    totals.count(line.term);
  exchange::Form form = exchange::danh_muc_ho_so();
  form.agency = fonds.fonds.name;
  form.under_title = {"Năm " + std::to_string(year)};
  // The decision that the year's list was adopted by; else that of the scheme.
  const std::string decision = plan && !plan->basis.empty() ? plan->basis : fonds.decision;
  if (!decision.empty()) {
    const auto space = decision.rfind(' ');
    const auto date = space == std::string::npos ? std::nullopt : text::parse_date(decision.substr(space + 1));
    form.under_title.push_back(
        "(Kèm theo Quyết định số " +
        (date ? decision.substr(0, space) + " " + text::to_long(*date) : decision) + " của " +
        fonds.fonds.name + ")");
  }
  form.after = {"Bản Danh mục hồ sơ này có " + text::group(totals.files, text::Language::vi) + " (" +
                    text::in_words(totals.files) + ") hồ sơ, bao gồm:",
                text::group(totals.permanent, text::Language::vi) + " (" + text::in_words(totals.permanent) +
                    ") hồ sơ bảo quản vĩnh viễn;",
                text::group(totals.with_term(), text::Language::vi) + " (" +
                    text::in_words(totals.with_term()) + ") hồ sơ bảo quản có thời hạn."};
  form.signatures = {"", "QUYỀN HẠN, CHỨC VỤ CỦA NGƯỜI KÝ"};
  Printed printed;
  printed.lines = totals.files;
  printed.notes.emplace_back(
      "cmd.print.list.totals",
      std::vector<std::pair<std::string, MessageArg>>{
          {"files", totals.files}, {"permanent", totals.permanent}, {"terms", totals.with_term()}});
  if (totals.none > 0) {
    form.after.push_back("Chưa xác định thời hạn: " + text::group(totals.none, text::Language::vi) +
                         " hồ sơ.");
    printed.notes.emplace_back("cmd.print.list.no_term",
                               std::vector<std::pair<std::string, MessageArg>>{{"count", totals.none}});
  }
  printed.form = form;
  // Headings are looked up in the scheme, which stays in the repository.
  printed.rows = [lines](const std::function<void(const Cells&)>& each) { write_list(lines, each); };
  return printed;
}

}  // namespace vtlt::repository
