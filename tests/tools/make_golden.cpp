// Makes the golden repository of format 1: every event type, a blanked body, an adopted stream, several
// segments, an event of a type to come. Time and chance are fixed, so the same program makes the same bytes.
//
//   make_golden DIRECTORY     (must not exist; DIRECTORY/dot-vtlt and DIRECTORY/expected.json are made)
//
// It was run once; later formats get a repository of their own beside it, and this one stays as it is.
#include <fcntl.h>
#include <sys/stat.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "base/clock.h"
#include "base/encoding.h"
#include "base/error.h"
#include "repository/checking.h"
#include "repository/mending.h"
#include "repository/packing.h"
#include "repository/work.h"

using namespace vtlt;
using namespace vtlt::repository;
namespace type = vtlt::journal::type;
using journal::encode_fields;

namespace {

constexpr std::uint64_t kSegment = 4000;

std::string scheme_text(const std::string& code, const std::string& name) {
  return "vtlt: scheme/1\nid: khung-mau\nadopted: {number: 01/QĐ-UBND, date: 2026-01-02}\n"
         "fonds: {code: " +
         code + ", name: " + name +
         ", organ: H57.32.15, archive: H57.05}\n"
         "issuers: {UBND: Ủy ban nhân dân xã}\n"
         "numbering: {mode: internal}\n"
         "series:\n"
         "  - {id: den, book: in}\n"
         "  - {id: qd-ub, book: out, issuer: UBND, types: [QĐ]}\n"
         "  - {id: khac-ub, book: out, issuer: UBND, types: other}\n"
         "classes:\n"
         "  - {no: I, abbr: VP, title: Văn phòng}\n"
         "rules:\n"
         "  - {id: viec, title: Hồ sơ công việc, term: 20, basis: Bảng thời hạn của cơ quan, status: "
         "agency-table}\n";
}

Path source(const Path& folder, const std::string& name, const std::string& bytes) {
  std::filesystem::create_directories(folder);
  std::ofstream(folder / name, std::ios::binary) << bytes;
  const timespec times[2] = {{1'767'600'000, 0}, {1'767'600'000, 0}};  // 05/01/2026
  if (::utimensat(AT_FDCWD, (folder / name).c_str(), times, 0) != 0) throw std::runtime_error("utimensat");
  return folder / name;
}

void raw(Repository& repository, std::string_view event, const std::string& body) {
  Change change(repository);
  change.add(event, body);
  change.commit();
}

RegisterRequest request(records::Book book, const std::string& number, const std::string& subject) {
  RegisterRequest one;
  one.entry.book = book;
  if (book == records::Book::in) {
    one.entry.own = records::parse_document_number(number).value();
    one.entry.arrival = {2026, 1, 6};
    one.entry.issuer = "UBND tỉnh";
  } else {
    one.entry.own.notation = number;
  }
  one.entry.date = {2026, 1, 5};
  one.entry.subject = subject;
  return one;
}

InitResult make(const Path& base, const std::string& text, const Options& options) {
  InitRequest wish;
  wish.directory = base;
  wish.scheme_text = text;
  wish.scheme_name = "khung.yaml";
  wish.config = {{"lang", "vi"}};
  wish.actor_name = "Nguyễn Thị Lan";
  wish.actor_position = "Văn thư";
  return init(system_files(), wish, options);
}

void fill(const Path& work, Options options) {
  const Path in = work / "in";
  Options other_options = options;
  other_options.start = work / "khac";
  make(work / "khac", scheme_text("HD", "HĐND xã Thử"), other_options);
  {
    Repository other(system_files(), other_options, true);
    auto foreign = request(records::Book::out, "QĐ-UBND", "của phông khác");
    foreign.contents = {{source(in, "khac.txt", "nội dung của phông khác\n"), records::Role::main}};
    register_document(other, foreign);
  }

  const auto made = make(work / "kho", scheme_text("UB", "UBND xã Thử"), options);
  Repository repository(system_files(), options, true);
  raw(repository, type::format, journal::encode(journal::Features{{"pictures"}, {}, {}}));
  raw(repository, type::role_granted, encode_fields({{"actor", "lan"}, {"role", "van-thu"}}));
  raw(repository, type::policy_set, encode_fields({{"policy", "late_days"}, {"value", "1"}}));

  auto in_1 = request(records::Book::in, "15/QĐ-UBND", "giao dự toán ngân sách năm 2026");
  in_1.entry.due = {2026, 1, 20};
  in_1.entry.original = {{"Ngày đến", "6/1/26"}};
  in_1.contents = {{source(in, "quyet dinh.txt", "Điều 1. Giao dự toán\n"), records::Role::main},
                   {source(in,
                           "Phu lu\xCC\xA3"
                           "c.txt",
                           "Phụ lục\n"),
                    records::Role::annex},
                   {source(in,
                           "C\xAB"
                           "ng.txt",
                           ""),
                    records::Role::annex}};
  const auto first = register_document(repository, in_1);
  auto out_1 = request(records::Book::out, "QĐ-UBND", "phân bổ dự toán");
  out_1.answers = {first.entry.id};
  out_1.document.value = "bản gốc";
  out_1.document.carrier = records::Carrier::both;
  out_1.document.language = "Tiếng Việt";
  const auto second = register_document(repository, out_1);
  attach(
      repository,
      {second.document.id, {{source(in, "phan bo.txt", "Phân bổ dự toán\n"), records::Role::main}}, false});
  const auto third =
      register_document(repository, request(records::Book::out, "BC-UBND", "báo cáo \"quý I\" \\ 2026"));
  raw(repository, type::register_linked,
      encode_fields(
          {{"entry", third.entry.id.text()}, {"relation", "amends"}, {"to", second.entry.id.text()}}));
  raw(repository, type::register_voided,
      encode_fields({{"entry", third.entry.id.text()}, {"reason", "ghi nhầm"}}));
  auto copy = request(records::Book::copy, "SY-UBND", "sao y quyết định 15");
  copy.entry.number = 1;
  copy.entry.own.number = 1;
  register_document(repository, copy);

  auto secret = request(records::Book::out, "QĐ-UBND", "giải quyết đơn");
  secret.document.note = "phần này bị hủy";
  secret.contents = {{source(in, "don.txt", "nội dung đơn, bị hủy\n"), records::Role::main},
                     {source(in, "phan bo.txt", "Phân bổ dự toán\n"), records::Role::annex}};
  const auto destroyed = register_document(repository, secret);

  source(work / "anh", "so do.txt", "sơ đồ\n");
  ImportRequest import;
  import.list = work / "anh";
  import_list(repository, import);

  FileOpenRequest open;
  open.file.title = "Hồ sơ dự toán ngân sách năm 2026";
  open.file.year = 2026;
  open.file.rule = "viec";
  open.file.keyword = "dự toán";
  open.class_no = "I";
  open.box = "09";
  const auto file = open_file(repository, open).file.file.id;
  add_to_file(repository, file, {first.document.id, second.document.id, destroyed.document.id}, false);
  remove_from_file(repository, file, {3}, "nhầm hồ sơ", false);
  FileCloseRequest close;
  close.file = file;
  close.ended = 2026;
  close.confirm_term = true;
  close_file(repository, close);
  PackRequest pack_request;
  pack_request.file = file;
  pack_request.directory = work / "out";
  pack(repository, pack_request);
  raw(repository, type::file_state_changed,
      encode_fields({{"file", file.text()}, {"state", "submitted"}, {"basis", "biên bản 01"}}));

  const auto old = open_fonds(repository, scheme_text("CU", "UBND xã cũ"), "cu.yaml");
  raw(repository, type::fonds_closed,
      encode_fields({{"fonds", old.id.text()},
                     {"closed", "2025-06-30"},
                     {"basis", "sắp xếp đơn vị hành chính"},
                     {"successor", made.fonds.id.text()}}));
  destroy(repository, {"huy-2027-01", "21/QĐ-UBND", {destroyed.document.id}, {}});
  adopt(repository, work / "khac" / ".vtlt");
  raw(repository, "picture.taken/1", R"({"of":"a type to come","size":[1,2]})");
}

void restore_and_cut(const Path& work, Options options) {
  // Two numbers were given after the copy was made.
  options.state = work / "state";
  const Path copy = work / "copy";
  std::filesystem::copy(work / "kho", copy, std::filesystem::copy_options::recursive);
  {
    Repository repository(system_files(), options, true);
    RegisterRequest later = request(records::Book::out, "QĐ-UBND", "chỉ còn trên giấy");
    later.fonds = "UB";
    register_document(repository, later);
  }
  std::filesystem::remove_all(work / "kho");
  std::filesystem::rename(copy, work / "kho");
  accept_restore(system_files(), options, "đĩa hỏng", {{"UB/qd-ub", 3}}, 2026);
  Path head;
  {
    Repository repository(system_files(), options, true);
    const auto stream = repository.stream_of(repository.stream());
    head = stream.head_path(stream.segments().back());
  }
  // A command was killed in the middle of a header.
  std::ofstream(head, std::ios::binary | std::ios::app) << R"({"v":1,"seq":)";
  Repository repository(system_files(), options, true);
  RegisterRequest next = request(records::Book::out, "QĐ-UBND", "sau khi khôi phục");
  next.fonds = "UB";
  register_document(repository, next);
}

void describe(const Path& work, const Options& options, const Path& target) {
  Repository repository(system_files(), options, false);
  const auto report = check(system_files(), options, {}, no_progress());
  const auto counts = repository.catalogue().counts("2026-02-01");
  std::string text = "{\n";
  const auto number = [&](const char* key, std::uint64_t value) {
    text += "  \"" + std::string(key) + "\": " + std::to_string(value) + ",\n";
  };
  number("segment_bytes", kSegment);
  number("events", report.events);
  number("bodies", report.bodies);
  number("blanked", report.blanked);
  number("objects", report.objects);
  number("entries", static_cast<std::uint64_t>(counts.entries));
  number("documents", static_cast<std::uint64_t>(counts.documents));
  number("components", static_cast<std::uint64_t>(counts.components));
  number("files", static_cast<std::uint64_t>(counts.files));
  number("boxes", static_cast<std::uint64_t>(counts.boxes));
  number("overdue", static_cast<std::uint64_t>(counts.overdue));
  number("streams", repository.catalogue().streams().size());
  number("fonds", repository.catalogue().fonds().size());
  text += "  \"stream\": \"" + repository.stream() + "\",\n";
  text += "  \"head\": \"" + journal::printed(repository.head()) + "\",\n";
  text += "  \"next_number\": " +
          std::to_string(
              repository.catalogue().largest_number(repository.fonds("UB").fonds.id, "qd-ub", 2026) + 1) +
          "\n}\n";
  std::filesystem::create_directories(target);
  std::ofstream(target / "expected.json", std::ios::binary) << text;
  // Without the cache, the locks and what git does not keep anyway: empty directories.
  const auto copy = std::filesystem::copy_options::recursive;
  for (const char* part : {"journal", "objects", "schemes"}) {
    std::filesystem::create_directories(target / "dot-vtlt");
    std::filesystem::copy(work / "kho" / ".vtlt" / part, target / "dot-vtlt" / part, copy);
  }
  std::filesystem::copy(work / "kho" / ".vtlt" / "config.yaml", target / "dot-vtlt" / "config.yaml");
  for (int i = 0; i < 256; ++i) {
    const unsigned char byte = static_cast<unsigned char>(i);
    const Path directory = target / "dot-vtlt" / "objects" / hex({&byte, 1});
    if (std::filesystem::is_empty(directory)) std::filesystem::remove(directory);
  }
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2 || std::filesystem::exists(arguments[1])) {
    std::fputs("make_golden DIRECTORY (a new one)\n", stderr);
    return 2;
  }
  std::int64_t time = 1'767'664'800'000;  // 2026-01-06T09:00:00+07:00
  set_clock([&] { return Moment{time += 1000}; });
  std::uint64_t chance = 0;
  set_random([&] {
    const Digest digest = sha256("golden " + std::to_string(++chance));
    std::array<unsigned char, 16> bytes{};
    std::copy_n(digest.bytes.begin(), 16, bytes.begin());
    return bytes;
  });
  const Path work = std::filesystem::absolute(std::string(arguments[1]) + ".work");
  try {
    std::filesystem::remove_all(work);
    Options options;
    options.start = work / "kho";
    options.actor = "lan";
    options.software = "vtlt";
    options.segment_bytes = kSegment;
    std::filesystem::create_directories(work);
    fill(work, options);
    restore_and_cut(work, options);
    describe(work, options, arguments[1]);
    std::filesystem::remove_all(work);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "make_golden: %s\n", error.what());
    return 70;
  }
  return 0;
}
