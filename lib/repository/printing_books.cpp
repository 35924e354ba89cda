// Forms made of register lines and of the book of uses (NĐ30 PL IV).
#include <algorithm>

#include "base/clock.h"
#include "base/error.h"
#include "base/progress.h"
#include "records/handling.h"
#include "records/printed.h"
#include "records/rules.h"
#include "repository/printing_parts.h"
#include "text/messages.h"
#include "text/text.h"

namespace vtlt::repository {
namespace {

using catalogue::EntryRow;
using records::Book;
using records::two_digits;
using Cells = std::vector<std::string>;
using Taker = std::function<void(const Cells&)>;
using text::to_dmy;

std::string note_of(const EntryRow& row) {
  // A number given up stays in the book, and the book says so (NĐ30 Đ22; product.md trap 8).
  const std::string mark = row.voided     ? "bỏ số"
                           : row.reserved ? "số để dành"
                           : row.recalled ? "đã thu hồi"
                                          : "";
  if (mark.empty() || row.entry.note.empty()) return mark + row.entry.note;
  return mark + "; " + row.entry.note;
}

std::string subject_of(const records::RegisterEntry& e) {
  return records::type_and_subject(e.type, e.subject);
}

Cells cells_in(const EntryRow& row) {
  const auto& e = row.entry;
  return {to_dmy(e.arrival),
          two_digits(e.number) + e.suffix,
          e.issuer,
          e.own.text(),
          to_dmy(e.date),
          subject_of(e),
          e.unit,
          to_dmy(e.forwarded),
          e.acknowledged,
          note_of(row)};
}

Cells cells_out(const EntryRow& row) {
  const auto& e = row.entry;
  return {e.own.text(), to_dmy(e.date), subject_of(e),       e.signer,       e.recipients,
          e.unit,       e.copies,       to_dmy(e.forwarded), e.acknowledged, note_of(row)};
}

// The lines of a book, those of secret documents counted and left out.
class Lines {
 public:
  Lines(Repository& repository, const PrintRequest& request, Book book)
      : repository_(repository), fonds_(repository.fonds(request.fonds)) {
    filter_.fonds = fonds_.fonds.id;
    filter_.book = book;
    filter_.year = year_of_book(request);
    filter_.since = request.since;
    filter_.until = request.until;
    filter_.series = request.series;
    filter_.sort = request.sort;
  }

  static int year_of_book(const PrintRequest& request) {
    if (request.year != 0) return request.year;
    return request.since.empty() && request.until.empty() ? vtlt::year_of(now()) : 0;
  }

  const catalogue::FondsRow& fonds() const { return fonds_; }
  catalogue::EntryFilter& filter() { return filter_; }

  // How many were left out.
  std::int64_t each(const std::function<void(const EntryRow&)>& take) const {
    std::int64_t secret = 0;
    repository_.catalogue().entries(filter_, [&](const EntryRow& row) {
      check_interrupted();
      if (row.free) return;  // withdrawn with its list: its number stands for nothing
      if (row.entry.secrecy.empty())
        take(row);
      else
        ++secret;
    });
    return secret;
  }

 private:
  Repository& repository_;
  catalogue::FondsRow fonds_;
  catalogue::EntryFilter filter_;
};

std::string period_text(const PrintRequest& request, int year) {
  if (year != 0) return "Năm " + std::to_string(year);
  const auto day = [](const std::string& iso) {
    // The last day of a month is written as its 31st, for comparing.
    auto date = text::from_iso(iso);
    if (!date && iso.ends_with("-31")) date = text::from_iso(iso.substr(0, 7));
    return date ? to_dmy(*date) : std::string();
  };
  std::string words;
  if (!request.since.empty()) words = "Từ ngày " + day(request.since);
  if (!request.until.empty()) words += (words.empty() ? "Đến ngày " : " đến ngày ") + day(request.until);
  return words;
}

// What stands around the rows of every book.
void dress(Printed& printed, Repository& repository, const PrintRequest& request,
           const catalogue::FondsRow& fonds, int year, std::int64_t secret) {
  auto& form = printed.form;
  form.agency = fonds.fonds.name;
  std::vector<std::string> under = {period_text(request, year)};
  if (!request.series.empty()) under.push_back("Sổ: " + request.series);
  form.under_title.insert(form.under_title.begin(), under.begin(), under.end());
  const auto& scheme = repository.scheme(fonds.fonds.id);
  if (!scheme.numbering_internal) {
    form.after.push_back(
        "Bản đối chiếu; sổ chính ở: " +
        (scheme.numbering_system.empty() ? "hệ thống quản lý văn bản" : scheme.numbering_system) + ".");
    printed.notes.emplace_back("cmd.print.external");
  }
  if (secret > 0)
    printed.notes.emplace_back("cmd.print.secret",
                               std::vector<std::pair<std::string, MessageArg>>{{"count", secret}});
}

Message counted(const char* key, std::int64_t count) {
  return Message(key, std::vector<std::pair<std::string, MessageArg>>{{"count", count}});
}

// Longer than NĐ30 PL VI allows (P10): printed whole, and said.
bool is_too_long(const records::RegisterEntry& entry) {
  const auto findings = records::check_entry(entry);
  return std::any_of(findings.begin(), findings.end(), [](const Finding& one) { return one.code == "P10"; });
}

Printed print_book(Repository& repository, const PrintRequest& request, Book book) {
  Lines lines(repository, request, book);
  Printed printed;
  printed.form = book == Book::in ? exchange::so_dang_ky_van_ban_den() : exchange::so_dang_ky_van_ban_di();
  int first = 0, last = 0;
  std::int64_t too_long = 0;
  const std::int64_t secret = lines.each([&](const EntryRow& row) {
    ++printed.lines;
    too_long += is_too_long(row.entry);
    if (first == 0 || row.entry.number < first) first = row.entry.number;
    last = std::max(last, row.entry.number);
  });
  // Outgoing numbers run in several series, and each year has its own: one range would say nothing.
  if (book == Book::in && printed.lines > 0 && lines.filter().year != 0)
    printed.form.under_title.push_back("Từ số " + two_digits(first) + " đến số " + two_digits(last));
  printed.form.after.push_back(in_figures_and_words("Tổng số văn bản", printed.lines));
  dress(printed, repository, request, lines.fonds(), lines.filter().year, secret);
  if (too_long > 0) printed.notes.push_back(counted("cmd.print.long", too_long));
  printed.rows = [lines, book](const Taker& take) {
    lines.each([&](const EntryRow& row) { take(book == Book::in ? cells_in(row) : cells_out(row)); });
  };
  return printed;
}

// By post goes what is on paper: a document known to be electronic only is sent through the network.
bool posted(Repository& repository, const EntryRow& row) {
  if (row.voided || row.reserved || records::sent_by_network(row.entry.acknowledged)) return false;
  if (!row.entry.document) return true;
  const auto document = repository.catalogue().document(*row.entry.document);
  return !document || document->document.carrier != records::Carrier::electronic;
}

struct Answer {
  std::string names;
  records::Date on;  // of the first one
};

// The lines that answer this one and stand.
Answer answer_to(Repository& repository, const EntryRow& row) {
  Answer answer;
  if (!row.answered) return answer;
  for (const auto& link : repository.catalogue().links_of(row.entry.id)) {
    if (link.to != row.entry.id || link.relation != "answers") continue;
    const auto other = repository.catalogue().entry(link.entry);
    if (!other || other->voided) continue;
    const auto& e = other->entry;
    std::string name = e.own.text();
    if (e.book == Book::in)
      name = "Số đến " + two_digits(e.number) + e.suffix + (name.empty() ? "" : " (" + name + ")");
    answer.names += (answer.names.empty() ? "" : "; ") + name;
    const records::Date day = e.book == Book::in ? e.arrival : e.date;
    if (answer.on.empty() || (!day.empty() && day < answer.on)) answer.on = day;
  }
  return answer;
}

// What has a deadline, or was answered. A number that stands for nothing waits for nothing.
bool is_followed(const EntryRow& row) {
  return !row.voided && !row.reserved && (!row.entry.due.empty() || row.answered);
}

struct Tally {
  std::int64_t followed = 0, answered = 0, within = 0, overdue = 0, without = 0;
};

Printed print_handling(Repository& repository, const PrintRequest& request, Book book) {
  Lines lines(repository, request, book);
  Printed printed;
  const bool in = book == Book::in;
  printed.form = in ? exchange::so_theo_doi_giai_quyet_van_ban_den() : exchange::theo_doi_van_ban_di();
  const records::Date today = request.today;
  Tally tally;
  const std::int64_t secret = lines.each([&](const EntryRow& row) {
    if (!is_followed(row)) {
      tally.without += !row.voided && !row.reserved;
      return;
    }
    ++tally.followed;
    switch (records::handling_of(row.entry.due, row.answered, {}, today).progress) {
      case records::Progress::answered:
        ++tally.answered;
        break;
      case records::Progress::within:
        ++tally.within;
        break;
      case records::Progress::overdue:
        ++tally.overdue;
        break;
      case records::Progress::no_deadline:
        break;
    }
  });
  printed.lines = tally.followed;
  const auto figure = [](std::int64_t count) { return text::group(count, text::Language::vi); };
  printed.form.under_title.push_back("Tính đến ngày " + to_dmy(today));
  printed.form.after = {
      in_figures_and_words(in ? "Tổng số văn bản phải giải quyết" : "Tổng số văn bản cần trả lời",
                           tally.followed),
      "Đã trả lời: " + figure(tally.answered) + "; còn hạn: " + figure(tally.within) +
          "; quá hạn: " + figure(tally.overdue) + "."};
  if (tally.without > 0)
    printed.form.after.push_back("Không đặt thời hạn: " + figure(tally.without) +
                                 " văn bản, không ghi ở đây.");
  dress(printed, repository, request, lines.fonds(), lines.filter().year, secret);
  printed.rows = [&repository, lines, in, today](const Taker& take) {
    lines.each([&](const EntryRow& row) {
      if (!is_followed(row)) return;
      const auto& e = row.entry;
      const Answer answer = answer_to(repository, row);
      const std::string progress =
          records::handling_text(records::handling_of(e.due, row.answered, answer.on, today), answer.on);
      if (in)
        take({two_digits(e.number) + e.suffix, records::cited(e.type, e.own, e.date, e.issuer), e.unit,
              to_dmy(e.due), progress, answer.names, note_of(row)});
      else
        take({e.own.text(), to_dmy(e.date), subject_of(e), e.recipients, to_dmy(e.due), progress,
              answer.names, note_of(row)});
    });
  };
  return printed;
}

std::string notations(Repository& repository, const records::Id& document) {
  std::string all;
  for (const auto& id : repository.catalogue().files_of(document))
    if (const auto row = repository.catalogue().file(id); row && row->file.kept.empty())
      all += (all.empty() ? "" : "; ") + row->file.notation;
  return all;
}

Cells cells_of_use(Repository& repository, const catalogue::UseRow& row) {
  auto& catalogue = repository.catalogue();
  const auto& u = row.use;
  std::string designation, subject, file;
  const auto name = [&](const std::string& number, const records::Date& date) {
    designation = number + (number.empty() || date.empty() ? "" : " ngày ") + to_dmy(date);
  };
  if (u.file) {
    if (const auto used = catalogue.file(*u.file))
      subject = "Hồ sơ: " + used->file.title, file = used->file.notation;
  } else if (const auto entry = u.entry ? catalogue.entry(*u.entry) : std::nullopt) {
    name(entry->entry.own.text(), entry->entry.date);
    subject = subject_of(entry->entry);
  } else if (const auto document = u.document ? catalogue.document(*u.document) : std::nullopt) {
    name(document->document.own.text(), document->document.date);
    subject = records::type_and_subject(document->document.type, document->document.subject);
  }
  if (u.document) file = notations(repository, *u.document);
  std::string note = records::use_copy_name(u.copy);
  if (!u.purpose.empty()) note += "; " + u.purpose;
  if (!u.basis.empty()) note += "; theo " + u.basis;
  if (row.returned.empty() && !u.due.empty()) note += "; hẹn trả " + to_dmy(u.due);
  // The signature of column 6 is given on paper.
  return {to_dmy(u.from), u.by, designation, subject, file, "", to_dmy(row.returned), u.permit_by, note};
}

EntryRow incoming(Repository& repository, const PrintRequest& request) {
  const auto row = request.id ? repository.catalogue().entry(*request.id) : std::nullopt;
  if (!row || row->entry.book != Book::in)
    throw Error(Exit::usage, "VTLT-REF-03", Message("repository.print.incoming"));
  if (!row->entry.secrecy.empty())
    throw Error(Exit::refused, "VTLT-P12", Message("repository.secret", {{"level", row->entry.secrecy}}),
                Message("repository.secret.hint"));
  return *row;
}

std::string name_of_fonds(Repository& repository, const records::Id& id) {
  const auto row = repository.catalogue().fonds(id);
  return row ? row->fonds.name : std::string();
}

}  // namespace

Printed print_incoming(Repository& repository, const PrintRequest& request) {
  return print_book(repository, request, Book::in);
}

Printed print_outgoing(Repository& repository, const PrintRequest& request) {
  return print_book(repository, request, Book::out);
}

Printed print_posted(Repository& repository, const PrintRequest& request) {
  Lines lines(repository, request, Book::out);
  // The book runs by the day of sending.
  if (request.sort == records::SortBy::usual) lines.filter().sort = records::SortBy::forwarded;
  Printed printed;
  printed.form = exchange::so_gui_van_ban_di_buu_dien();
  std::int64_t electronic = 0;
  const std::int64_t secret = lines.each([&](const EntryRow& row) {
    if (posted(repository, row))
      ++printed.lines;
    else
      electronic += !row.voided && !row.reserved;
  });
  printed.form.after.push_back(in_figures_and_words("Tổng số văn bản", printed.lines));
  if (electronic > 0) printed.notes.push_back(counted("cmd.print.electronic", electronic));
  dress(printed, repository, request, lines.fonds(), lines.filter().year, secret);
  printed.rows = [&repository, lines](const Taker& take) {
    lines.each([&](const EntryRow& row) {
      // How many envelopes is not known before they are closed: written in by hand, as the stamp of the post
      // is.
      const auto& e = row.entry;
      if (posted(repository, row))
        take({to_dmy(e.forwarded), e.own.text(), e.recipients, "", e.acknowledged, note_of(row)});
    });
  };
  return printed;
}

Printed print_handling_in(Repository& repository, const PrintRequest& request) {
  return print_handling(repository, request, Book::in);
}

Printed print_handling_out(Repository& repository, const PrintRequest& request) {
  return print_handling(repository, request, Book::out);
}

Printed print_uses(Repository& repository, const PrintRequest& request) {
  const auto fonds = repository.fonds(request.fonds);
  const int year = Lines::year_of_book(request);
  catalogue::UseFilter filter;
  filter.fonds = fonds.fonds.id;
  filter.since = request.since;
  filter.until = request.until;
  if (year != 0) {
    filter.since = std::max(filter.since, std::to_string(year) + "-01-01");
    const std::string end = std::to_string(year) + "-12-31";
    filter.until = filter.until.empty() ? end : std::min(filter.until, end);
  }
  Printed printed;
  printed.form = exchange::so_su_dung_ban_luu();
  std::int64_t away = 0;
  repository.catalogue().uses(filter, [&](const catalogue::UseRow& row) {
    ++printed.lines;
    away += row.returned.empty() && records::comes_back(row.use);
  });
  printed.form.agency = fonds.fonds.name;
  printed.form.under_title = {period_text(request, year)};
  printed.form.after = {in_figures_and_words("Tổng số lượt sử dụng", printed.lines)};
  if (away > 0) printed.form.after.push_back("Chưa trả: " + text::group(away, text::Language::vi) + " lượt.");
  printed.rows = [&repository, filter](const Taker& take) {
    repository.catalogue().uses(filter, [&](const catalogue::UseRow& row) {
      check_interrupted();
      take(cells_of_use(repository, row));
    });
  };
  return printed;
}

Printed print_stamp(Repository& repository, const PrintRequest& request) {
  const EntryRow row = incoming(repository, request);
  Printed printed;
  printed.form = exchange::dau_den();
  printed.lines = 1;
  const auto& e = row.entry;
  const Cells cells = {name_of_fonds(repository, e.fonds), two_digits(e.number) + e.suffix, to_dmy(e.arrival),
                       e.unit, e.document ? notations(repository, *e.document) : ""};
  printed.rows = [cells](const Taker& take) { take(cells); };
  return printed;
}

Printed print_slip(Repository& repository, const PrintRequest& request) {
  const EntryRow row = incoming(repository, request);
  const auto& e = row.entry;
  Printed printed;
  printed.form = exchange::phieu_giai_quyet();
  printed.lines = 1;
  printed.form.agency = name_of_fonds(repository, e.fonds);
  printed.form.under_title = {
      "Số đến: " + two_digits(e.number) + e.suffix + " · Ngày đến: " + to_dmy(e.arrival),
      records::cited(e.type, e.own, e.date, e.issuer), e.subject};
  const std::string leader = "Ý kiến của lãnh đạo cơ quan, tổ chức", unit = "Ý kiến của lãnh đạo đơn vị",
                    handler = "Ý kiến đề xuất của người giải quyết";
  const std::vector<Cells> rows = {
      {leader, "Giao đơn vị, cá nhân chủ trì", e.unit},
      {leader, "Giao các đơn vị, cá nhân tham gia phối hợp giải quyết văn bản đến (nếu có)", ""},
      {leader, "Thời hạn giải quyết đối với mỗi đơn vị, cá nhân", to_dmy(e.due)},
      {leader, "Ngày tháng cho ý kiến phân phối, giải quyết", ""},
      {unit, "Giao cho cá nhân giải quyết", ""},
      {unit, "Thời hạn giải quyết đối với cá nhân", ""},
      {unit, "Ngày tháng cho ý kiến", ""},
      {handler, "Ý kiến đề xuất giải quyết văn bản đến", ""},
      {handler, "Ngày tháng đề xuất ý kiến", ""}};
  printed.rows = [rows](const Taker& take) {
    for (const Cells& cells : rows)
      take(cells);
  };
  return printed;
}

}  // namespace vtlt::repository
