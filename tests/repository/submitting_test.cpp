// Files on their way to current archives: which go, kept back, taken item by item, returned, due; their papers.
#include "repository/submitting.h"

#include <catch2/catch.hpp>

#include <random>

#include "base/clock.h"
#include "exchange/forms.h"
#include "records/amounts.h"
#include "repository/planning.h"
#include "repository/printing.h"
#include "support.h"

using namespace repository_test;
using vtlt::test::Scratch;

namespace {

struct At {
  explicit At(const std::string& time = "2026-12-21T09:00:00.000+07:00") { to(time); }
  ~At() { set_clock({}); }
  static void to(const std::string& time) {
    Moment moment;
    REQUIRE(from_text(time, moment));
    set_clock([moment] { return moment; });
  }
};

struct Wanted {
  std::string title, term = "20";
  int sheets = 0, documents = 1;
  bool electronic = true, closed = true;
  std::string box, officer = "Nguyễn Văn A";
};

// A file with documents, closed unless said otherwise.
records::Id file_with(Repository& repository, const Path& base, const Wanted& wanted) {
  FileOpenRequest opening_it;
  opening_it.file.title = wanted.title;
  opening_it.file.year = 2026;
  opening_it.file.term = records::parse_term(wanted.term).value();
  opening_it.file.sheets = wanted.sheets;
  opening_it.file.officer = wanted.officer;
  opening_it.class_no = "I";
  opening_it.box = wanted.box;
  const auto file = open_file(repository, opening_it).file.file.id;
  std::vector<records::Id> documents;
  for (int i = 0; i < wanted.documents; ++i) {
    std::vector<Path> contents;
    if (wanted.electronic) {
      contents.push_back(base / "in" / (file.brief() + std::to_string(i) + ".pdf"));
      put(contents.back(), pdf(file.brief(12) + std::to_string(i)));
    }
    auto request = outgoing("QĐ-UBND", wanted.title + " " + std::to_string(i), contents);
    if (!wanted.electronic) {
      // Sheets one after the other, the last document has what is left.
      request.document.carrier = records::Carrier::paper;
      const std::string first = std::to_string(i + 1);
      request.document.sheets = i + 1 < wanted.documents ? first : first + "-" + std::to_string(wanted.sheets);
    }
    documents.push_back(register_document(repository, request).document.id);
  }
  add_to_file(repository, file, documents, false);
  if (wanted.closed) close_file(repository, closing(file));
  return file;
}

SubmitRequest all_closed() {
  SubmitRequest request;
  request.closed = true;
  return request;
}

SubmitRequest keeping(const records::Id& file, const records::Date& until, const std::string& consent = "15/QĐ-UBND") {
  SubmitRequest request = all_closed();
  request.keep_back = {file};
  request.reason = "còn theo dõi";
  request.consent = consent;
  request.until = until;
  return request;
}

records::FileState state_of(Repository& repository, const records::Id& file) {
  return repository.catalogue().file(file)->file.state;
}

Printed print(Repository& repository, const char* form, const std::string& submission) {
  PrintRequest request;
  request.submission = submission;
  return print_form(repository, *find_printable_form(form), request);
}

std::string html(const Printed& printed) {
  std::string text;
  exchange::write_html(printed.form, printed.rows, [&](std::string_view bytes) { text += bytes; });
  return text;
}

std::string csv(const Printed& printed) {
  std::string text;
  exchange::write_csv(printed.form, printed.rows, [&](std::string_view bytes) { text += bytes; });
  return text;
}

bool holds(const std::vector<std::string>& lines, const std::string& piece) {
  for (const auto& line : lines)
    if (line.find(piece) != std::string::npos) return true;
  return false;
}

}  // namespace

TEST_CASE("only files of five years and more are submitted, the others are listed apart", "[repository][P19]") {
  const Scratch base;
  const At at;
  make(system_files(), base.path());
  Repository repository(system_files(), options_at(base.path()), true);
  CHECK(refusal([&] { submit(repository, all_closed()); }) == "VTLT-P19 3");
  const auto two = file_with(repository, base.path(), {"hai năm", "2"});
  const auto five = file_with(repository, base.path(), {"năm năm", "5"});
  const auto ever = file_with(repository, base.path(), {"vĩnh viễn", "VV"});
  const auto open = file_with(repository, base.path(), {"đang làm", "20", 0, 1, true, false});
  SubmitRequest dry = all_closed();
  dry.dry_run = true;
  CHECK(submit(repository, dry).submitted.size() == 2);
  CHECK(repository.catalogue().submissions(std::nullopt).empty());
  // What is named one by one has to be ready; nothing is written otherwise.
  SubmitRequest named;
  named.files = {five, open};
  CHECK(refusal([&] { submit(repository, named); }) == "VTLT-P19 3");
  CHECK(state_of(repository, five) == records::FileState::closed);
  named.files = {two};
  CHECK(refusal([&] { submit(repository, named); }) == "VTLT-P19 3");
  named.files = {five, five};
  CHECK(refusal([&] { submit(repository, named); }) == "VTLT-USE-02 2");

  const auto result = submit(repository, all_closed());
  CHECK(result.submission.name == "nop-2026-01");
  CHECK(result.submitted.size() == 2);
  REQUIRE(result.shorter.size() == 1);
  CHECK(result.shorter[0].file.file.id == two);
  CHECK(result.not_yet.empty());
  CHECK(state_of(repository, two) == records::FileState::closed);
  CHECK(state_of(repository, five) == records::FileState::submitted);
  CHECK(state_of(repository, ever) == records::FileState::submitted);
  CHECK(state_of(repository, open) == records::FileState::open);
  // A second time there is nothing, and a file that went does not go again.
  named.files = {five};
  CHECK(refusal([&] { submit(repository, named); }) == "VTLT-P19 3");
  CHECK(refusal([&] { submit(repository, all_closed()); }) == "VTLT-P19 3");
  require_sound(base.path());
}

TEST_CASE("files are kept back with consent, for two years at most", "[repository][P18][D13]") {
  const Scratch base;
  const At at;
  make(system_files(), base.path());
  Repository repository(system_files(), options_at(base.path()), true);
  const auto file = file_with(repository, base.path(), {"giữ lại", "20"});
  const auto shorter = file_with(repository, base.path(), {"ngắn hạn", "2"});
  // Work ended in 2026: due by the law on 31/12/2027, kept until 31/12/2029 at the latest.
  CHECK(refusal([&] { submit(repository, keeping(file, {2029, 12, 31}, "")); }) == "VTLT-P18 3");
  CHECK(refusal([&] { submit(repository, keeping(file, {2030, 1, 1})); }) == "VTLT-P18 3");
  CHECK(refusal([&] { submit(repository, keeping(file, {2026, 12, 20})); }) == "VTLT-P18 3");
  CHECK(refusal([&] { submit(repository, keeping(file, {2028, 0, 0})); }) == "VTLT-P18 3");
  CHECK(refusal([&] { submit(repository, keeping(shorter, {2028, 1, 1})); }) == "VTLT-P18 3");
  SubmitRequest without_reason = keeping(file, {2029, 12, 31});
  without_reason.reason.clear();
  CHECK(refusal([&] { submit(repository, without_reason); }) == "VTLT-P18 3");
  CHECK(repository.catalogue().submissions(std::nullopt).empty());

  const auto result = submit(repository, keeping(file, {2028, 6, 30}));
  CHECK(result.submitted.empty());
  REQUIRE(result.kept_back.size() == 1);
  CHECK(state_of(repository, file) == records::FileState::closed);
  const auto step = repository.catalogue().submission_of(file);
  REQUIRE(step);
  CHECK(step->second.step == records::SubmissionStep::kept_back);
  CHECK(step->second.until == "2028-06-30");
  const std::string list = csv(print(repository, "danh-muc-giu-lai", result.submission.name));
  CHECK(list.find("còn theo dõi,15/QĐ-UBND,30/06/2028") != std::string::npos);

  // With consent it is not late before that ends; then it is.
  const auto due_on = [&](const records::Date& day) {
    std::vector<Due> all;
    due_files(repository, {}, day, [&](const Due& due) { all.push_back(due); });
    return all;
  };
  CHECK(due_on({2028, 3, 1}).empty());
  const auto late = due_on({2028, 7, 1});
  REQUIRE(late.size() == 1);
  CHECK(late[0].file.file.id == file);
  CHECK(late[0].overdue);
  require_sound(base.path());
}

TEST_CASE("deadlines are said each with its article, and only the law's is overdue", "[repository][P18][D13]") {
  const Scratch base;
  const At at;
  make(system_files(), base.path());
  Repository repository(system_files(), options_at(base.path()), true);
  const auto file = file_with(repository, base.path(), {"việc năm 2026", "20"});
  file_with(repository, base.path(), {"ngắn hạn", "2"});
  struct Row {
    records::Date day;
    bool listed, overdue;
    const char* article;
  };
  // The document is of 03/02/2026.
  const Row rows[] = {
      {{2026, 3, 1}, false, false, ""},                                  // nothing near
      {{2026, 4, 5}, true, false, "TT 05/2025"},                         // 60 days have passed
      {{2027, 1, 10}, true, false, "Phụ lục VI"},                        // 30 days ahead of a year
      {{2027, 2, 4}, true, false, "NĐ 30/2020/NĐ-CP, Điều 30"},          // the year has passed
      {{2027, 12, 5}, true, false, "Luật Lưu trữ 33/2024/QH15, Điều 17"},  // 30 days ahead of the law's day
      {{2027, 12, 31}, true, false, "Luật Lưu trữ"},
      {{2028, 1, 1}, true, true, "Luật Lưu trữ 33/2024/QH15, Điều 17"},
      {{2035, 1, 1}, true, true, "Luật Lưu trữ 33/2024/QH15, Điều 17"},
  };
  for (const Row& row : rows) {
    INFO(text::to_dmy(row.day));
    std::vector<Due> all;
    due_files(repository, {}, row.day, [&](const Due& due) { all.push_back(due); });
    REQUIRE(all.size() == (row.listed ? 1 : 0));
    if (!row.listed) continue;
    CHECK(all[0].file.file.id == file);
    CHECK(all[0].overdue == row.overdue);
    std::string articles;
    for (const auto& finding : all[0].findings) articles += finding.basis + "; ";
    CHECK(articles.find(row.article) != std::string::npos);
  }
  submit(repository, all_closed());
  due_files(repository, {}, {2035, 1, 1}, [](const Due&) { CHECK(false); });
}

TEST_CASE("a submission is taken item by item, also against a list", "[repository][P20]") {
  const Scratch base;
  const At at;
  make(system_files(), base.path());
  Repository repository(system_files(), options_at(base.path()), true);
  const auto a = file_with(repository, base.path(), {"Hồ sơ giấy", "VV", 46, 2, false, true, "09"});
  const auto b = file_with(repository, base.path(), {"Hồ sơ điện tử", "20"});
  const auto c = file_with(repository, base.path(), {"Hồ sơ ba", "10"});
  const std::string name = submit(repository, all_closed()).submission.name;
  const auto ref = [&](const records::Id& id) { return repository.catalogue().file(id)->file.notation; };
  const auto line = [&](const records::Id& id, const std::string& title, const std::string& rest) {
    return ref(id) + ",\"" + title + "\"," + rest + "\n";
  };
  const std::string head = "Số và ký hiệu HS,Tiêu đề hồ sơ,Thời hạn bảo quản,Số tờ/Số trang\n";
  TakeRequest request;
  request.submission = name;
  request.list = base / "in" / "muc-luc.csv";
  put(request.list, head + line(a, "Hồ sơ giấy", "Vĩnh viễn,47 tờ") + line(b, "Hồ sơ điện tử", "10 năm,") + "99.I,Lạ,5 năm,1\n");
  auto result = take(repository, request);
  CHECK_FALSE(result.written);
  CHECK(state_of(repository, a) == records::FileState::submitted);
  REQUIRE(result.differences.size() == 4);
  CHECK(result.differences[0].line == 2);  // sheets
  CHECK(result.differences[1].line == 3);  // term
  CHECK(result.differences[2].line == 4);  // on the list, not there
  CHECK(result.differences[3].line == 0);  // there, not on the list
  CHECK(result.differing == 3);

  // A row that cannot be read is not agreed with.
  put(request.list, head + line(a, "Hồ sơ giấy", "Vĩnh viễn,nhiều") + line(b, "hồ sơ  điện tử", "20 năm,") + line(c, "Hồ sơ ba", "10,"));
  result = take(repository, request);
  CHECK_FALSE(result.written);
  CHECK(result.differences.size() == 1);
  request.partial = true;
  result = take(repository, request);
  CHECK(result.written);
  CHECK(result.taken.size() == 2);
  CHECK(state_of(repository, a) == records::FileState::submitted);
  CHECK(state_of(repository, b) == records::FileState::archived);
  CHECK(result.submission.taken == 2);
  CHECK(result.submission.listed == 1);

  // The list of the whole agrees with what is left of it.
  request.partial = false;
  put(request.list, csv(print(repository, "muc-luc-ho-so", name)));
  result = take(repository, request);
  CHECK(result.differences.empty());
  CHECK(result.taken.size() == 1);
  CHECK(state_of(repository, a) == records::FileState::archived);
  CHECK(refusal([&] { take(repository, request); }) == "VTLT-P20 3");
  request.submission = "nop-2026-77";
  CHECK(refusal([&] { take(repository, request); }) == "VTLT-REF-01 2");
  request.submission = name;
  put(request.list, "Cột một,Cột hai\n1,2\n");
  CHECK(refusal([&] { take(repository, request); }) == "VTLT-LIST-03 2");
  require_sound(base.path());
}

TEST_CASE("minutes keep the figures of the day of submission", "[repository][P20]") {
  const Scratch base;
  const At at;
  make(system_files(), base.path());
  Repository repository(system_files(), options_at(base.path()), true);
  Wanted paper{"giấy", "20", 12, 2, false};
  paper.box = "01";
  const auto a = file_with(repository, base.path(), paper);
  const auto b = file_with(repository, base.path(), {"điện tử", "VV", 0, 3});
  const auto submitted = submit(repository, all_closed());
  const std::string name = submitted.submission.name;
  const std::string minutes = html(print(repository, "bien-ban-giao-nhan", name));
  std::int64_t handed = 0;
  handed_over(repository, submitted.submission.id, [&](const HandedOver& one) {
    handed += one.recorded ? 1 : 0;
    CHECK(one.counted == counted(repository, one.file.file.id));
  });
  CHECK(handed == 2);
  FileAmendRequest amend;
  amend.file = a;
  amend.change = [](records::FileRecord& file) {
    file.sheets = 40;
    file.start = {1990, 1, 1};
    file.condition = "rách";
    file.box.reset();
  };
  amend.reason = "đếm lại";
  amend.basis = "5/QĐ-UBND";
  amend_file(repository, amend);
  amend.file = b;
  amend.change = [](records::FileRecord& file) { file.sheets = 7; };  // it would count as paper from now on
  amend_file(repository, amend);
  CHECK(repository.catalogue().file(a)->file.sheets == 40);
  CHECK(html(print(repository, "bien-ban-giao-nhan", name)) == minutes);
  CHECK(html(print(repository, "muc-luc-ho-so", name)).find("40") != std::string::npos);
  // Events of earlier versions have no figures: those of today are taken, and it is said.
  records::Submission old = submitted.submission;
  old.id = records::new_id(records::Kind::submission);
  old.name = "nop-2026-90";
  {
    Change change(repository);
    change.add(journal::type::submission_made, journal::encode(old));
    change.add(journal::type::file_submitted, journal::encode_fields({{"submission", old.id.text()}, {"file", b.text()}}));
    change.commit();
  }
  const auto printed = print(repository, "bien-ban-giao-nhan", old.name);
  CHECK(std::any_of(printed.notes.begin(), printed.notes.end(),
                    [](const Message& one) { return one.key == "repository.print.minutes.today"; }));
  require_sound(base.path());
}

TEST_CASE("a file returned is a closed file again and can be submitted anew", "[repository][P20]") {
  const Scratch base;
  const At at;
  make(system_files(), base.path());
  Repository repository(system_files(), options_at(base.path()), true);
  const auto a = file_with(repository, base.path(), {"một", "20"});
  const auto b = file_with(repository, base.path(), {"hai", "20"});
  const std::string name = submit(repository, all_closed()).submission.name;
  const std::string minutes = html(print(repository, "bien-ban-giao-nhan", name));
  CHECK(refusal([&] { return_files(repository, name, {a}, "", false); }) == "VTLT-USAGE-REASON 2");
  return_files(repository, name, {a}, "thiếu tờ", true);
  CHECK(state_of(repository, a) == records::FileState::submitted);
  return_files(repository, name, {a}, "thiếu tờ", false);
  CHECK(state_of(repository, a) == records::FileState::closed);
  CHECK(refusal([&] { return_files(repository, name, {a}, "lần nữa", false); }) == "VTLT-P20 3");
  // The minutes are of what was handed over.
  CHECK(html(print(repository, "bien-ban-giao-nhan", name)) != minutes);
  CHECK(print(repository, "muc-luc-ho-so", name).lines == 1);
  TakeRequest request;
  request.submission = name;
  request.files = {a};
  CHECK(refusal([&] { take(repository, request); }) == "VTLT-P20 3");
  request.files = {b};
  CHECK(take(repository, request).taken.size() == 1);
  CHECK(refusal([&] { return_files(repository, name, {b}, "muộn", false); }) == "VTLT-P20 3");
  const auto again = submit(repository, all_closed());
  CHECK(again.submission.name == "nop-2026-02");
  CHECK(again.submitted.size() == 1);
  require_sound(base.path());
}

TEST_CASE("who leaves hands over everything in one transaction", "[repository][P18]") {
  const Scratch base;
  const At at;
  make(system_files(), base.path());
  Repository repository(system_files(), options_at(base.path()), true);
  const auto done = file_with(repository, base.path(), {"xong", "20"});
  const auto shorter = file_with(repository, base.path(), {"ngắn hạn", "2"});
  const auto open = file_with(repository, base.path(), {"đang làm", "20", 0, 1, true, false});
  const auto other = file_with(repository, base.path(), {"của người khác", "20", 0, 1, true, true, "", "Nguyễn Văn An"});
  SubmitRequest request;
  request.leaving = "nguyễn văn a";
  const auto events = repository.head().events;
  CHECK(refusal([&] { submit(repository, request); }) == "VTLT-P18-LEAVING 3");
  request.successor = "NGUYỄN VĂN A";
  CHECK(refusal([&] { submit(repository, request); }) == "VTLT-USE-03 2");
  request.leaving = "Không Ai";
  request.successor = "Trần Thị B";
  CHECK(refusal([&] { submit(repository, request); }) == "VTLT-P18-LEAVING 3");
  CHECK(repository.head().events == events);
  request.leaving = "Nguyễn Văn A";
  const auto result = submit(repository, request);
  CHECK(result.submitted.size() == 1);
  CHECK(result.handed_on.size() == 2);
  CHECK(state_of(repository, done) == records::FileState::submitted);
  for (const auto& id : {shorter, open}) CHECK(repository.catalogue().file(id)->file.officer == "Trần Thị B");
  CHECK(state_of(repository, shorter) == records::FileState::closed);
  CHECK(repository.catalogue().file(shorter)->file.ended == 2026);
  CHECK(repository.catalogue().file(open)->documents == 1);
  CHECK(repository.catalogue().file(other)->file.officer == "Nguyễn Văn An");
  CHECK(repository.catalogue().file(done)->file.officer == "Nguyễn Văn A");
  CHECK(holds(print(repository, "bien-ban-giao-nhan", result.submission.name).form.before, "Nguyễn Văn A"));
  require_sound(base.path());
}

TEST_CASE("totals are the sums of the parts, and the copies are the same bytes", "[repository][P20][P14][D26]") {
  std::mt19937 random(20260);  // NOLINT: the same histories every time
  for (int round = 0; round < 6; ++round) {
    const Scratch base;
    const At at;
    make(system_files(), base.path());
    Repository repository(system_files(), options_at(base.path()), true);
    const auto upto = [&](int most) { return static_cast<int>(random() % static_cast<unsigned>(most + 1)); };
    const char* terms[] = {"VV", "70", "20", "10", "5", "2"};
    std::int64_t files = 0, permanent = 0, sheets = 0, contents = 0, paper = 0, electronic = 0;
    std::set<std::string> boxes;
    const int count = 3 + upto(6);
    for (int i = 0; i < count; ++i) {
      Wanted wanted{"Hồ sơ " + std::to_string(round) + "-" + std::to_string(i), terms[upto(5)]};
      wanted.electronic = upto(1) == 1;
      wanted.documents = 1 + upto(3);
      if (!wanted.electronic || upto(2) == 0) {
        wanted.sheets = wanted.documents + 1 + upto(120);
        wanted.box = "0" + std::to_string(1 + upto(3));
      }
      file_with(repository, base.path(), wanted);
      if (wanted.term == "2") continue;
      ++files;
      permanent += wanted.term == "VV" ? 1 : 0;
      sheets += wanted.sheets;
      contents += wanted.electronic ? wanted.documents : 0;
      paper += !wanted.electronic || wanted.sheets > 0 ? 1 : 0;
      electronic += wanted.electronic ? 1 : 0;
      if (!wanted.box.empty()) boxes.insert(wanted.box);
    }
    if (files == 0) continue;
    const auto result = submit(repository, all_closed());
    const auto& t = result.totals;
    CHECK(t.files == files);
    CHECK(t.permanent == permanent);
    CHECK(t.permanent + t.with_term == files);
    CHECK(t.sheets == sheets);
    CHECK(t.computer_files == contents);
    CHECK(t.paper_files == paper);
    CHECK(t.electronic_files == electronic);
    CHECK(t.boxes == static_cast<std::int64_t>(boxes.size()));

    const std::string& name = result.submission.name;
    const auto inventory = print(repository, "muc-luc-ho-so", name);
    std::int64_t rows = 0;
    inventory.rows([&](const std::vector<std::string>& cells) {
      CHECK(cells.size() == 7);
      CHECK(cells[0] == std::to_string(++rows));
    });
    CHECK(rows == files);
    CHECK(holds(inventory.form.after, records::amount(files, "hồ sơ (đơn vị bảo quản)")));
    CHECK(holds(inventory.form.after, records::amount_in_words(files, "hồ sơ (đơn vị bảo quản)")));
    const auto minutes = print(repository, "bien-ban-giao-nhan", name);
    CHECK(holds(minutes.form.before, "Tổng số hồ sơ: " + records::amount(electronic)));
    CHECK(holds(minutes.form.before, "Tổng số tệp tin trong hồ sơ: " + records::amount(contents)));
    CHECK(holds(minutes.form.before, "Tổng số hộp (cặp): " + records::amount(static_cast<std::int64_t>(boxes.size()))));

    // Another day, another process, after all was taken: the same bytes.
    const std::string first = html(inventory), second = html(minutes);
    TakeRequest taking;
    taking.submission = name;
    take(repository, taking);
    At::to("2028-05-05T10:00:00.000+07:00");
    Repository later(system_files(), options_at(base.path()), false);
    CHECK(html(print(later, "muc-luc-ho-so", name)) == first);
    CHECK(html(print(later, "bien-ban-giao-nhan", name)) == second);
  }
}

TEST_CASE("papers of files and boxes say what is recorded", "[repository][P14][P16]") {
  const Scratch base;
  const At at;
  make(system_files(), base.path());
  Repository repository(system_files(), options_at(base.path()), true);
  const auto paper = file_with(repository, base.path(), {"Hồ sơ <giấy>", "VV", 46, 2, false, true, "09"});
  const auto electronic = file_with(repository, base.path(), {"Hồ sơ điện tử", "20"});
  PrintRequest request;
  request.ids = {paper, electronic};
  const auto covers = print_form(repository, *find_printable_form("bia-ho-so"), request);
  const std::string page = html(covers);
  CHECK(page.find("Hồ sơ &lt;giấy&gt;") != std::string::npos);
  CHECK(page.find("Vĩnh viễn") != std::string::npos);
  std::size_t pages = 0;
  for (auto found = page.find("class=\"page cover\""); found != std::string::npos; found = page.find("class=\"page cover\"", found + 1))
    ++pages;
  CHECK(pages == 2);
  const auto certificates = print_form(repository, *find_printable_form("chung-tu-ket-thuc"), request);
  CHECK(certificates.lines == 1);
  CHECK(certificates.notes.size() == 1);
  CHECK(html(certificates).find("Bốn mươi sáu tờ") != std::string::npos);
  request.ids = {electronic};
  CHECK(refusal([&] { print_form(repository, *find_printable_form("chung-tu-ket-thuc"), request); }) == "VTLT-P16 3");
  request.ids = {repository.catalogue().boxes(std::nullopt).at(0).id};
  const std::string label = html(print_form(repository, *find_printable_form("nhan-hop"), request));
  CHECK(label.find("HỘP SỐ 09") != std::string::npos);
  PrintRequest of_year;
  of_year.year = 2026;
  of_year.states = {records::FileState::closed};
  of_year.vocabulary = records::Vocabulary::new_2024;
  const auto inventory = print_form(repository, *find_printable_form("muc-luc-ho-so"), of_year);
  CHECK(inventory.lines == 2);
  CHECK(inventory.form.columns[4].heading == "Thời hạn lưu trữ");
}
