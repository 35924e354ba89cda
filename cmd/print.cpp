// vtlt print: the statutory forms from what is registered and filed.
#include <algorithm>

#include "commands.h"
#include "exchange/forms.h"
#include "output.h"
#include "repository/planning.h"
#include "scheme/file_list.h"
#include "text/text.h"
#include "views.h"

namespace vtlt::cmd {
namespace {

struct PrintOptions {
  std::string form, reference, year, since, until;
};

using Cells = std::vector<std::string>;

struct Extent {
  std::int64_t lines = 0, secret = 0;
  int first = 0, last = 0;
};

std::string note_of(const catalogue::EntryRow& row) {
  // A number given up stays in the book, and the book says so (NĐ30 Đ22; product.md trap 8).
  const std::string mark = row.voided ? "bỏ số" : row.reserved ? "số để dành" : row.recalled ? "đã thu hồi" : "";
  if (mark.empty() || row.entry.note.empty()) return mark + row.entry.note;
  return mark + "; " + row.entry.note;
}

Cells cells_in(const catalogue::EntryRow& row) {
  const auto& e = row.entry;
  return {text::to_dmy(e.arrival),
          two_digits(e.number) + e.suffix,
          e.issuer,
          e.own.text(),
          text::to_dmy(e.date),
          type_and_subject(e.type, e.subject),
          e.unit,
          text::to_dmy(e.forwarded),
          e.acknowledged,
          note_of(row)};
}

Cells cells_out(const catalogue::EntryRow& row) {
  const auto& e = row.entry;
  return {e.own.text(),
          text::to_dmy(e.date),
          type_and_subject(e.type, e.subject),
          e.signer,
          e.recipients,
          e.unit,
          e.copies,
          text::to_dmy(e.forwarded),
          e.acknowledged,
          note_of(row)};
}

std::string in_figures_and_words(const char* what, std::int64_t count) {
  return std::string(what) + ": " + text::group(count, Language::vi) + " (" + text::in_words(count) + ").";
}

void write(Context& context, const exchange::Form& form, const exchange::RowSource& rows) {
  if (context.format() == Format::table || context.format() == Format::html ||
      context.format() == Format::csv) {
    Sink sink(context);
    const exchange::Sink to = [&](std::string_view bytes) { sink.write(bytes); };
    if (context.format() == Format::csv)
      exchange::write_csv(form, rows, to);
    else
      exchange::write_html(form, rows, to);
    sink.finish();
    return;
  }
  throw Error(Exit::usage, "VTLT-USE-04", Message("cmd.print.format"));
}

struct Printed {
  std::int64_t lines = 0;
  std::vector<Message> notes;
};

Printed print_book(Context& context, repository::Repository& repository, const PrintOptions& o,
                   records::Book book) {
  const auto fonds = repository.fonds(context.globals.fonds);
  catalogue::EntryFilter filter;
  filter.fonds = fonds.fonds.id;
  filter.book = book;
  filter.year = o.year.empty() ? current_year() : year_of("--year", o.year);
  filter.since = text::to_iso(date_of("--since", o.since));
  filter.until = until_of("--until", o.until);
  Extent extent;
  repository.catalogue().entries(filter, [&](const catalogue::EntryRow& row) {
    if (row.free) return;  // withdrawn with its list: its number stands for nothing
    if (!row.entry.secrecy.empty()) {
      ++extent.secret;
      return;
    }
    ++extent.lines;
    if (extent.first == 0 || row.entry.number < extent.first) extent.first = row.entry.number;
    extent.last = std::max(extent.last, row.entry.number);
  });
  exchange::Form form =
      book == records::Book::in ? exchange::so_dang_ky_van_ban_den() : exchange::so_dang_ky_van_ban_di();
  form.agency = fonds.fonds.name;
  form.under_title = {"Năm " + std::to_string(filter.year)};
  // Outgoing numbers run in several series: one range would say nothing.
  if (book == records::Book::in && extent.lines > 0)
    form.under_title.push_back("Từ số " + two_digits(extent.first) + " đến số " + two_digits(extent.last));
  form.after.push_back(in_figures_and_words("Tổng số văn bản", extent.lines));
  Printed printed{extent.lines, {}};
  const auto& scheme = repository.scheme(fonds.fonds.id);
  if (!scheme.numbering_internal) {
    form.after.push_back(
        "Bản đối chiếu; sổ chính ở: " +
        (scheme.numbering_system.empty() ? "hệ thống quản lý văn bản" : scheme.numbering_system) + ".");
    printed.notes.emplace_back("cmd.print.external");
  }
  if (extent.secret > 0)
    printed.notes.emplace_back("cmd.print.secret",
                               std::vector<std::pair<std::string, MessageArg>>{{"count", extent.secret}});
  write(context, form, [&](const std::function<void(const Cells&)>& each) {
    repository.catalogue().entries(filter, [&](const catalogue::EntryRow& row) {
      check_interrupted();
      if (row.entry.secrecy.empty() && !row.free) each(book == records::Book::in ? cells_in(row) : cells_out(row));
    });
  });
  return printed;
}

Printed print_contents(Context& context, repository::Repository& repository, const PrintOptions& o) {
  need(context.text(Message("place.file")), o.reference);
  const auto row =
      repository::resolve_file(repository, o.reference, context.references(false, year_of("--year", o.year)));
  const auto documents = repository::contents_of(repository, row.file.id);
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
  write(context, form, [&](const std::function<void(const Cells&)>& each) {
    for (const auto& filed : documents) {
      const auto& d = filed.document;
      // Sheet numbers of paper where there are any; else how many pages.
      const std::string sheets = !d.sheets.empty() ? d.sheets
                                 : d.pages > 0     ? std::to_string(d.pages) + " trang"
                                                   : "";
      each({std::to_string(filed.ordinal), d.own.text(), text::to_dmy(d.date),
            type_and_subject(d.type, d.subject), d.issuer, sheets, d.note});
    }
  });
  return {static_cast<std::int64_t>(documents.size()), {}};
}

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
std::vector<FileLine> lines_of_list(repository::Repository& repository, const records::Id& fonds,
                                    const scheme::Scheme& scheme, int year,
                                    const std::optional<repository::YearPlan>& plan) {
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

Printed print_file_list(Context& context, repository::Repository& repository, const PrintOptions& o) {
  const auto fonds = repository.fonds(context.globals.fonds);
  const auto& scheme = repository.scheme(fonds.fonds.id);
  const int year = o.year.empty() ? current_year() : year_of("--year", o.year);
  const auto plan = repository::plan_of_year(repository, fonds.fonds.id, year);
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
  form.after = {"Bản Danh mục hồ sơ này có " + text::group(totals.files, Language::vi) + " (" +
                    text::in_words(totals.files) + ") hồ sơ, bao gồm:",
                text::group(totals.permanent, Language::vi) + " (" + text::in_words(totals.permanent) +
                    ") hồ sơ bảo quản vĩnh viễn;",
                text::group(totals.with_term(), Language::vi) + " (" + text::in_words(totals.with_term()) +
                    ") hồ sơ bảo quản có thời hạn."};
  form.signatures = {"", "QUYỀN HẠN, CHỨC VỤ CỦA NGƯỜI KÝ"};
  Printed printed{totals.files, {}};
  printed.notes.emplace_back(
      "cmd.print.list.totals",
      std::vector<std::pair<std::string, MessageArg>>{
          {"files", totals.files}, {"permanent", totals.permanent}, {"terms", totals.with_term()}});
  if (totals.none > 0) {
    form.after.push_back("Chưa xác định thời hạn: " + text::group(totals.none, Language::vi) + " hồ sơ.");
    printed.notes.emplace_back("cmd.print.list.no_term",
                               std::vector<std::pair<std::string, MessageArg>>{{"count", totals.none}});
  }
  write(context, form, [&](const std::function<void(const Cells&)>& each) { write_list(lines, each); });
  return printed;
}

int run(Context& context, const PrintOptions& o) {
  need(context.text(Message("place.form")), o.form);
  Report report;
  auto& repository = context.look(report);
  Printed printed;
  if (o.form == "so-den")
    printed = print_book(context, repository, o, records::Book::in);
  else if (o.form == "so-di")
    printed = print_book(context, repository, o, records::Book::out);
  else if (o.form == "muc-luc-van-ban")
    printed = print_contents(context, repository, o);
  else if (o.form == "danh-muc-ho-so")
    printed = print_file_list(context, repository, o);
  else
    wrong_value(context.text(Message("place.form")), o.form, Message("cmd.expected.form"));
  const std::string path = context.globals.output;
  if (path.empty() || path == "-") return 0;
  // The form is in its computer file; what is said about it goes to the terminal.
  context.globals.output.clear();
  Report done = report;
  done.say(Message("cmd.print.done", {{"lines", printed.lines}, {"path", text::printable(path)}}));
  for (const Message& note : printed.notes)
    done.say(note);
  if (context.format() == Format::table || context.format() == Format::html)
    done.say(Message("cmd.print.how"));
  if (!context.globals.quiet) {
    Sink sink(context);
    done.show_head(context, sink);
    sink.finish();
  }
  return 0;
}

}  // namespace

void add_print(CLI::App& parent, Context& context, Chosen& chosen) {
  Command command(parent, context, chosen, "print", Message("command.print"), Statuses::looking);
  auto o = std::make_shared<PrintOptions>();
  command.place("form", o->form, Message("place.form.which"));
  command.place("ref", o->reference, Message("place.print.reference"));
  command.value("--since", o->since, Message("option.since"), Message("value.date"));
  command.value("--until", o->until, Message("option.until"), Message("value.date"));
  command.year(o->year);
  command.example("vtlt print so-den --year 2026 -o so-den-2026.html");
  command.example("vtlt print so-di --year 2026 --format csv -o so-di-2026.csv");
  command.example("vtlt print muc-luc-van-ban 2026.04.VP -o muc-luc.html");
  command.example("vtlt print danh-muc-ho-so --year 2027 -o danh-muc-2027.html");
  command.run([&context, o] { return run(context, *o); });
}

}  // namespace vtlt::cmd
