// Forms of files on their way to the archives and on the shelf: inventories, minutes, certificates, covers, labels
// (NĐ30 PL V.III, V.V, Đ29.4c; TCVN 9251:2012). Totals are computed from what is recorded, never typed.

#include <algorithm>
#include <memory>

#include "base/error.h"
#include "records/amounts.h"
#include "records/references.h"
#include "records/sheets.h"
#include "repository/printing_parts.h"
#include "repository/submitting.h"
#include "repository/work.h"
#include "text/messages.h"
#include "text/text.h"

namespace vtlt::repository {
namespace {

using Cells = std::vector<std::string>;
using EachFile = std::function<void(const std::function<void(const catalogue::FileRow&)>&)>;
using records::SubmissionStep;

constexpr const char* kDecree = "Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư";

std::string upper_first(const std::string& words) {
  return words.rfind("ngày", 0) == 0 ? "Ngày" + words.substr(std::string("ngày").size()) : words;
}

std::string span_text(const records::Span& span) {
  const std::string start = text::to_dmy(span.start), end = text::to_dmy(span.end);
  if (start.empty() || end.empty() || start == end) return start.empty() ? end : start;
  return start + " - " + end;
}

// Column 6: sheets of paper, pages of what is electronic.
std::string extent_text(const records::ListedFile& one) {
  const int sheets = one.file->sheets;
  const std::string paper = one.paper && sheets > 0 ? text::group(sheets, text::Language::vi) + " tờ" : "";
  const std::string pages = one.pages > 0 ? text::group(one.pages, text::Language::vi) + " trang" : "";
  if (paper.empty() || (!one.electronic && sheets > 0)) return paper.empty() ? pages : paper;
  return pages.empty() ? paper : paper + "/" + pages;
}

std::string carrier_text(const records::ListedFile& one) {
  return one.paper && one.electronic ? "giấy và điện tử" : one.electronic ? "điện tử" : "";
}

void add_note(std::string& notes, const std::string& more) {
  if (!more.empty()) notes += (notes.empty() ? "" : "; ") + more;
}

std::string agency_of(Repository& repository, const records::Id& fonds) {
  const auto row = repository.catalogue().fonds(fonds);
  return row ? row->fonds.name : "";
}

catalogue::SubmissionRow submission_named(Repository& repository, const std::string& name) {
  const auto row = repository.catalogue().submission(name);
  if (!row)
    throw Error(Exit::usage, "VTLT-REF-01", Message("repository.take.unknown", {{"name", text::printable(name)}}),
                Message("repository.take.unknown.hint"));
  return *row;
}

// Handed over: listed or taken, in the order of the list.
EachFile files_handed_over(Repository& repository, const records::Id& submission) {
  return [&repository, submission](const std::function<void(const catalogue::FileRow&)>& each) {
    for (const auto& one : repository.catalogue().files_of_submission(submission)) {
      if (one.step != SubmissionStep::listed && one.step != SubmissionStep::taken) continue;
      if (const auto row = repository.catalogue().file(one.file)) each(*row);
    }
  };
}

struct Sum {
  records::ListTotals totals;
  records::Span span;
  int year = 0;          // of all of them; 0: several
  bool arranged = false;  // they bear numbers in the fonds
  std::vector<std::string> conditions;
};

using EachCounted = std::function<void(const catalogue::FileRow&, const records::Counted&, std::optional<std::int64_t>)>;

// What is counted in the files, in their order: the documents of a long list are walked over once.
using Counts = std::vector<std::pair<records::Id, records::Counted>>;

Sum sum_of(Repository& repository, const std::function<void(const EachCounted&)>& files) {
  Sum sum;
  Totals totals(repository);
  bool first = true;
  files([&](const catalogue::FileRow& row, const records::Counted& counted, std::optional<std::int64_t> centimetres) {
    check_interrupted();
    totals.add(row, counted, centimetres);
    sum.year = first || sum.year == row.file.year ? row.file.year : 0;
    sum.arranged = sum.arranged || !row.file.number.empty();
    const std::string& condition = row.file.condition;
    if (!condition.empty() && std::find(sum.conditions.begin(), sum.conditions.end(), condition) == sum.conditions.end())
      sum.conditions.push_back(condition);
    first = false;
  });
  sum.totals = totals.sum();
  sum.span = totals.span();
  return sum;
}

Sum sum_of_files(Repository& repository, const EachFile& files, Counts& counts) {
  return sum_of(repository, [&](const EachCounted& each) {
    files([&](const catalogue::FileRow& row) {
      counts.emplace_back(row.file.id, counted(repository, row.file.id));
      each(row, counts.back().second, std::nullopt);
    });
  });
}

// The number in the fonds where there is one, else number and notation; with the year where the list spans several.
std::string designation(const records::FileRecord& file, bool with_year) {
  if (!file.number.empty()) return file.number;
  return with_year ? records::file_reference(file) : file.notation;
}

std::vector<std::string> footer_of(const records::ListTotals& t) {
  std::vector<std::string> lines = {
      "Mục lục này gồm: " + records::amount(t.files, "hồ sơ (đơn vị bảo quản)") + ".",
      "Viết bằng chữ: " + records::amount_in_words(t.files, "hồ sơ (đơn vị bảo quản)") + ".",
      "Trong đó: " + records::amount(t.permanent, "hồ sơ bảo quản vĩnh viễn") + "; " +
          records::amount(t.with_term, "hồ sơ bảo quản có thời hạn") +
          (t.without_term == 0 ? "." : "; " + records::amount(t.without_term, "hồ sơ chưa xác định thời hạn") + ".")};
  if (t.paper_files > 0) {
    std::string paper = "Hồ sơ giấy: " + records::amount(t.paper_files, "hồ sơ");
    if (t.sheets > 0) paper += ", " + records::amount(t.sheets, "tờ");
    if (t.boxes > 0) paper += ", " + records::amount(t.boxes, "hộp");
    if (t.centimetres > 0) paper += ", " + records::shelf(t.centimetres);
    lines.push_back(paper + ".");
  }
  if (t.electronic_files > 0)
    lines.push_back("Hồ sơ điện tử: " + records::amount(t.electronic_files, "hồ sơ") + ", " +
                    records::amount(t.computer_files, "tệp tin") + ".");
  return lines;
}

void note_sheets(const Sum& sum, Printed& printed) {
  if (sum.totals.paper_without_sheets > 0)
    printed.notes.emplace_back(
        "repository.print.no_sheets",
        std::vector<std::pair<std::string, MessageArg>>{{"count", sum.totals.paper_without_sheets}});
}

Printed inventory(Repository& repository, exchange::Form form, const EachFile& files, const Sum& sum, Counts&& counts) {
  Printed printed;
  printed.lines = sum.totals.files;
  form.after = footer_of(sum.totals);
  form.signatures = {"", "NGƯỜI LẬP"};
  printed.form = std::move(form);
  const bool with_year = sum.year == 0;
  const auto kept = std::make_shared<const Counts>(std::move(counts));
  printed.rows = [&repository, files, with_year, kept](const std::function<void(const Cells&)>& each) {
    std::int64_t ordinal = 0;
    files([&](const catalogue::FileRow& row) {
      check_interrupted();
      // Another file stands there when somebody wrote meanwhile.
      const auto at = static_cast<std::size_t>(ordinal);
      const bool known = at < kept->size() && (*kept)[at].first == row.file.id;
      const auto count = known ? (*kept)[at].second : counted(repository, row.file.id);
      const auto one = listed(row, count);
      std::string note = row.file.note;
      add_note(note, carrier_text(one));
      if (row.file.box)
        if (const auto box = repository.catalogue().box(*row.file.box)) add_note(note, "hộp " + box->number);
      each({std::to_string(++ordinal), designation(row.file, with_year), row.file.title,
            span_text(records::shown_span(row.file, count)), records::term_text(row.file.term), extent_text(one), note});
    });
  };
  note_sheets(sum, printed);
  return printed;
}

std::vector<catalogue::FileRow> rows_of(Repository& repository, const std::vector<records::Id>& files) {
  std::vector<catalogue::FileRow> rows;
  for (const auto& id : files)
    if (auto row = repository.catalogue().file(id)) rows.push_back(std::move(*row));
  return rows;
}

Printed inventory_of_submission(Repository& repository, const std::string& name) {
  const auto row = submission_named(repository, name);
  const auto& s = row.submission;
  const auto files = files_handed_over(repository, s.id);
  Counts counts;
  const Sum sum = sum_of_files(repository, files, counts);
  exchange::Form form = exchange::muc_luc_ho_so_nop_luu();
  form.agency = agency_of(repository, s.fonds);
  if (!s.giver_unit.empty()) {
    form.superior = form.agency;
    form.agency = s.giver_unit;
  }
  form.under_title = {"Năm " + std::to_string(s.year)};
  form.place_and_date = upper_first(text::to_long(s.date));
  Printed printed = inventory(repository, std::move(form), files, sum, std::move(counts));
  if (row.returned > 0)
    printed.notes.emplace_back("repository.print.returned",
                               std::vector<std::pair<std::string, MessageArg>>{{"count", row.returned}});
  return printed;
}

Printed inventory_of_files(Repository& repository, const catalogue::FileFilter& filter) {
  const EachFile files = [&repository, filter](const std::function<void(const catalogue::FileRow&)>& each) {
    repository.catalogue().files(filter, each);
  };
  Counts counts;
  const Sum sum = sum_of_files(repository, files, counts);
  exchange::Form form = exchange::muc_luc_ho_so_nop_luu();
  form.title = "MỤC LỤC HỒ SƠ, TÀI LIỆU";
  if (filter.fonds) form.agency = agency_of(repository, *filter.fonds);
  if (filter.year != 0) form.under_title = {"Năm " + std::to_string(filter.year)};
  return inventory(repository, std::move(form), files, sum, std::move(counts));
}

}  // namespace

Printed print_inventory(Repository& repository, const PrintRequest& request) {
  if (!request.submission.empty()) return inventory_of_submission(repository, request.submission);
  catalogue::FileFilter filter;
  filter.fonds = repository.fonds(request.fonds).fonds.id;
  filter.year = request.year;
  filter.states = request.states;
  return inventory_of_files(repository, filter);
}

Printed print_minutes(Repository& repository, const PrintRequest& request) {
  const auto row = submission_named(repository, request.submission);
  const auto& s = row.submission;
  // What was signed stays, whatever became of the files.
  std::int64_t unrecorded = 0;
  const Sum sum = sum_of(repository, [&](const EachCounted& each) {
    handed_over(repository, s.id, [&](const HandedOver& one) {
      unrecorded += one.recorded ? 0 : 1;
      each(one.file, one.counted, one.centimetres);
    });
  });
  const auto& t = sum.totals;
  const std::string agency = agency_of(repository, s.fonds);
  exchange::HandoverMinutes minutes;
  minutes.bases = {kDecree, s.basis};
  minutes.giver_body = s.giver_unit.empty() ? agency : s.giver_unit + ", " + agency;
  minutes.receiver_body = records::in_vocabulary("Lưu trữ cơ quan", request.vocabulary) + " của " + agency;
  minutes.givers = {{s.giver, s.giver_post}};
  minutes.receivers = {{s.receiver, s.receiver_post}};
  minutes.block = s.block;
  minutes.period = span_text(sum.span).empty() ? std::to_string(s.year) : span_text(sum.span);
  minutes.boxes = records::amount(t.boxes);
  minutes.paper_files = records::amount(t.paper_files);
  // Boxes whose length nobody recorded are no zero metres.
  if (t.centimetres > 0 || t.paper_files == 0)
    minutes.shelf_metres = records::metres(t.centimetres) + " (" + records::metres_in_words(t.centimetres) + ")";
  minutes.electronic_files = records::amount(t.electronic_files);
  minutes.computer_files = records::amount(t.computer_files);
  minutes.condition = s.condition.empty() ? text::joined(sum.conditions) : s.condition;
  Printed printed;
  printed.form = exchange::bien_ban_giao_nhan(minutes);
  printed.form.agency = agency;
  printed.form.under_title = {"Đợt nộp lưu: " + s.name};
  printed.form.place_and_date = upper_first(text::to_long(s.date));
  if (!s.leaving.empty())
    printed.form.before.push_back("Giao nộp khi nghỉ hưu, thôi việc, chuyển công tác hoặc đi học dài ngày (NĐ 30/2020 Điều 31): " +
                                 s.leaving + ".");
  if (!s.note.empty()) printed.form.before.push_back("Ghi chú: " + s.note);
  printed.rows = [](const std::function<void(const Cells&)>&) {};
  printed.lines = t.files;
  note_sheets(sum, printed);
  if (unrecorded > 0)
    printed.notes.emplace_back("repository.print.minutes.today",
                               std::vector<std::pair<std::string, MessageArg>>{{"count", unrecorded}});
  if (row.returned > 0)
    printed.notes.emplace_back("repository.print.returned",
                               std::vector<std::pair<std::string, MessageArg>>{{"count", row.returned}});
  return printed;
}

Printed print_kept_back(Repository& repository, const PrintRequest& request) {
  const auto row = submission_named(repository, request.submission);
  const auto& s = row.submission;
  Printed printed;
  printed.form = exchange::danh_muc_giu_lai();
  printed.form.agency = agency_of(repository, s.fonds);
  printed.form.under_title = {"(Kèm theo đợt nộp lưu " + s.name + "; Nghị định số 30/2020/NĐ-CP, Điều 31)"};
  printed.form.place_and_date = upper_first(text::to_long(s.date));
  printed.form.signatures = {"", "NGƯỜI LẬP"};
  printed.lines = row.kept_back;
  printed.form.after = {"Tổng số: " + records::amount(row.kept_back, "hồ sơ") + "."};
  const records::Id id = s.id;
  printed.rows = [&repository, id](const std::function<void(const Cells&)>& each) {
    std::int64_t ordinal = 0;
    for (const auto& one : repository.catalogue().files_of_submission(id)) {
      if (one.step != SubmissionStep::kept_back) continue;
      const auto file = repository.catalogue().file(one.file);
      if (!file) continue;
      each({std::to_string(++ordinal), records::file_reference(file->file), file->file.title,
            span_text(records::shown_span(file->file, counted(repository, one.file))), records::term_text(file->file.term),
            one.reason, one.consent, text::to_dmy(text::from_iso(one.until).value_or(text::Date{}))});
    }
  };
  return printed;
}

Printed print_certificates(Repository& repository, const PrintRequest& request) {
  const auto& files = request.ids;
  Printed printed;
  printed.form = exchange::chung_tu_ket_thuc();
  std::vector<Cells> pages;
  std::string without_paper;
  for (const auto& row : rows_of(repository, files)) {
    check_interrupted();
    printed.form.agency = agency_of(repository, row.file.fonds);
    const auto documents = contents_of(repository, row.file.id);
    if (!listed(row, records::count(documents)).paper) {
      add_note(without_paper, records::file_reference(row.file));
      continue;
    }
    const auto certificate = records::closing_certificate(row.file, documents, request.list_sheets);
    pages.push_back({records::file_reference(row.file), row.file.title,
                     certificate.sheets == 0 ? "" : text::group(certificate.sheets, text::Language::vi),
                     certificate.sheets == 0 ? "" : records::amount_in_words(certificate.sheets, "tờ"), certificate.first,
                     certificate.last, text::joined(certificate.lettered), text::joined(certificate.missing),
                     certificate.list_sheets == 0 ? "" : text::group(certificate.list_sheets, text::Language::vi),
                     certificate.condition, row.file.closed_on.empty() ? "" : upper_first(text::to_long(row.file.closed_on))});
    if (certificate.sheets == 0)
      printed.notes.emplace_back("repository.print.certificate.sheets",
                                 std::vector<std::pair<std::string, MessageArg>>{{"file", records::file_reference(row.file)}});
  }
  if (request.list_sheets != 0 && pages.size() > 1)
    throw Error(Exit::usage, "VTLT-USE-04", Message("repository.print.certificate.one_list"));
  if (pages.empty())
    throw Error(Exit::refused, "VTLT-P16", Message("repository.print.certificate.none", {{"files", without_paper}}));
  if (!without_paper.empty())
    printed.notes.emplace_back("repository.print.certificate.electronic",
                               std::vector<std::pair<std::string, MessageArg>>{{"files", without_paper}});
  printed.lines = static_cast<std::int64_t>(pages.size());
  printed.rows = [pages](const std::function<void(const Cells&)>& each) {
    for (const auto& page : pages) each(page);
  };
  return printed;
}

Printed print_covers(Repository& repository, const PrintRequest& request) {
  const std::vector<records::Id> files = request.ids;
  Printed printed;
  printed.form = exchange::bia_ho_so();
  printed.lines = static_cast<std::int64_t>(files.size());
  printed.rows = [&repository, files](const std::function<void(const Cells&)>& each) {
    for (const auto& row : rows_of(repository, files)) {
      check_interrupted();
      const auto& f = row.file;
      const auto fonds = repository.catalogue().fonds(f.fonds);
      each({fonds ? fonds->fonds.name : "", f.unit, f.notation.empty() ? "" : records::file_reference(f), f.title,
            span_text(records::shown_span(f, counted(repository, f.id))),
            f.sheets == 0 ? "" : text::group(f.sheets, text::Language::vi), fonds ? fonds->fonds.code : "", f.inventory,
            f.number, records::term_text(f.term)});
    }
  };
  return printed;
}

Printed print_labels(Repository& repository, const PrintRequest& request) {
  const std::vector<records::Id> boxes = request.ids;
  Printed printed;
  printed.form = exchange::nhan_hop();
  printed.lines = static_cast<std::int64_t>(boxes.size());
  printed.rows = [&repository, boxes](const std::function<void(const Cells&)>& each) {
    for (const auto& id : boxes) {
      check_interrupted();
      const auto box = repository.catalogue().box(id);
      if (!box) continue;
      const auto fonds = repository.catalogue().fonds(box->fonds);
      catalogue::FileFilter filter;
      filter.box = id;
      filter.all = true;
      std::string first, last;
      std::vector<std::string> inventories;
      Totals totals(repository);
      repository.catalogue().files(filter, [&](const catalogue::FileRow& row) {
        totals.add(row, counted(repository, row.file.id));
        const std::string name = designation(row.file, true);
        if (first.empty() || text::compare(name, first) < 0) first = name;
        if (last.empty() || text::compare(name, last) > 0) last = name;
        const std::string& inventory = row.file.inventory;
        if (!inventory.empty() && std::find(inventories.begin(), inventories.end(), inventory) == inventories.end())
          inventories.push_back(inventory);
      });
      each({fonds ? fonds->fonds.archive : "", fonds ? fonds->fonds.name : "", fonds ? fonds->fonds.code : "",
            text::joined(inventories), box->number, first == last ? first : first + " - " + last,
            text::group(totals.sum().files, text::Language::vi), span_text(totals.span()), box->place});
    }
  };
  return printed;
}

}  // namespace vtlt::repository
