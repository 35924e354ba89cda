#include "support.h"

#include <catch2/catch.hpp>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/error.h"
#include "text/messages.h"

namespace repository_test {

std::string small_scheme(const std::string& code, const std::string& mode) {
  return "vtlt: scheme/1\nid: nho\n"
         "fonds: {code: " +
         code +
         ", name: UBND xã Thử, organ: H57.32.15, archive: H57.05}\n"
         "issuers: {UBND: Ủy ban nhân dân xã}\n"
         "numbering: {mode: " +
         mode +
         ", system: Phần mềm của tỉnh}\n"
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

std::string commune_scheme(const std::string& mode) {
  return scheme::fill_template("xa", {{"code", "UB"},
                                      {"name", "UBND xã Phong Hải"},
                                      {"organ", "H57.32.15"},
                                      {"archive", "H57.05"},
                                      {"mode", mode},
                                      {"system", mode == "external" ? "Phần mềm của tỉnh" : ""},
                                      {"submission", "true"}});
}

Options options_at(const Path& base) {
  Options options;
  options.start = base / "kho";
  options.state = base / "state";
  options.actor = "lan";
  return options;
}

InitResult make(Files& files, const Path& base, const std::string& scheme) {
  InitRequest request;
  request.directory = base / "kho";
  request.scheme_text = scheme;
  request.scheme_name = "khung.yaml";
  request.config = {{"lang", "vi"}};
  request.actor_name = "Nguyễn Thị Lan";
  request.actor_position = "Văn thư";
  return init(files, request, options_at(base));
}

void put(const Path& path, std::string_view bytes) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary | std::ios::trunc)
      .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

std::string get(const Path& path) {
  return read_whole(system_files(), path);
}

std::string pdf(const std::string& words) {
  std::string text = "%PDF-1.4\n";
  std::vector<std::size_t> places;
  const auto object = [&](const std::string& body) {
    places.push_back(text.size());
    text += std::to_string(places.size()) + " 0 obj\n" + body + "\nendobj\n";
  };
  const std::string page = "BT /F1 12 Tf 72 720 Td (" + words + ") Tj ET";
  object("<< /Type /Catalog /Pages 2 0 R >>");
  object("<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
  object(
      "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R "
      ">> >> >>");
  object("<< /Length " + std::to_string(page.size()) + " >>\nstream\n" + page + "\nendstream");
  object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
  const std::size_t at = text.size();
  text += "xref\n0 6\n0000000000 65535 f \n";
  for (const std::size_t place : places) {
    const std::string digits = std::to_string(place);
    text += std::string(10 - digits.size(), '0') + digits + " 00000 n \n";
  }
  return text + "trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n" + std::to_string(at) + "\n%%EOF\n";
}

void copy_tree(const Path& from, const Path& to) {
  std::filesystem::remove_all(to);
  std::filesystem::create_directories(to.parent_path());
  std::filesystem::copy(
      from, to, std::filesystem::copy_options::recursive | std::filesystem::copy_options::copy_symlinks);
}

std::vector<Path> files_below(const Path& root) {
  std::vector<Path> all;
  if (!std::filesystem::exists(root)) return all;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root))
    if (!entry.is_directory()) all.push_back(entry.path());
  return all;
}

namespace {
std::vector<ContentRequest> contents_of_paths(const std::vector<Path>& paths) {
  std::vector<ContentRequest> all;
  for (const auto& path : paths)
    all.push_back({path, all.empty() ? records::Role::main : records::Role::annex});
  return all;
}
}  // namespace

RegisterRequest incoming(const std::string& own, const std::string& subject, std::vector<Path> contents) {
  RegisterRequest request;
  request.entry.book = records::Book::in;
  request.entry.own = records::parse_document_number(own).value();
  request.entry.date = {2026, 1, 5};
  request.entry.arrival = {2026, 1, 6};
  request.entry.issuer = "UBND tỉnh";
  request.entry.subject = subject;
  request.contents = contents_of_paths(contents);
  return request;
}

RegisterRequest outgoing(const std::string& notation, const std::string& subject,
                         std::vector<Path> contents) {
  RegisterRequest request;
  request.entry.book = records::Book::out;
  request.entry.own.notation = notation;
  request.entry.date = {2026, 2, 3};
  request.entry.subject = subject;
  request.contents = contents_of_paths(contents);
  return request;
}

RegisterRequest inside(const std::string& subject, std::vector<Path> contents) {
  RegisterRequest request;
  request.entry.book = records::Book::internal;
  request.entry.date = {2026, 3, 4};
  request.entry.subject = subject;
  request.contents = contents_of_paths(contents);
  return request;
}

AttachRequest attaching(const records::Id& document, std::vector<Path> contents) {
  AttachRequest request;
  request.document = document;
  request.contents = contents_of_paths(contents);
  return request;
}

FileOpenRequest opening(const std::string& title) {
  FileOpenRequest request;
  request.file.title = title;
  request.file.year = 2026;
  request.file.rule = "viec";
  request.class_no = "I";
  request.box = "09";
  return request;
}

FileCloseRequest closing(const records::Id& file) {
  FileCloseRequest request;
  request.file = file;
  request.ended = 2026;
  request.confirm_term = true;
  return request;
}

std::string summary(Repository& repository) {
  auto& catalogue = repository.catalogue();
  std::string text;
  for (const auto& row : catalogue.fonds())
    text += "fonds " + row.fonds.code + " " + row.fonds.organ + " " + row.decision + ", " +
            std::to_string(catalogue.rules_confirmed(row.fonds.id).size()) + " rules confirmed\n";
  std::vector<std::string> lines;
  catalogue.entries({}, [&](const catalogue::EntryRow& row) {
    std::string line = std::string(records::book_text(row.entry.book)) + " " + row.entry.series + " " +
                       std::to_string(row.entry.year) + " " + std::to_string(row.entry.number) + " " +
                       row.entry.subject;
    const auto document = row.entry.document ? catalogue.document(*row.entry.document) : std::nullopt;
    line += document ? " | " + std::to_string(document->components) + " contents, " +
                           std::to_string(document->files) + " files"
                     : " | gone";
    lines.push_back(line);
  });
  std::sort(lines.begin(), lines.end());
  for (const auto& line : lines)
    text += line + "\n";
  lines.clear();
  catalogue.files(std::nullopt, 0, std::nullopt, [&](const catalogue::FileRow& row) {
    lines.push_back("file " + std::to_string(row.file.year) + "." + row.file.notation + " " +
                    records::state_text(row.file.state) + " " + std::to_string(row.documents) +
                    (row.file.provisional.empty() ? "" : " " + row.file.provisional) +
                    (row.file.number.empty() ? "" : " no. " + row.file.inventory + "/" + row.file.number));
  });
  std::sort(lines.begin(), lines.end());
  for (const auto& line : lines)
    text += line + "\n";
  for (const auto& box : catalogue.boxes(std::nullopt))
    text += "box " + box.number + "\n";
  for (const auto& row : catalogue.submissions(std::nullopt))
    text += row.submission.name + " " + std::to_string(row.listed) + " listed, " +
            std::to_string(row.kept_back) + " kept back, " + std::to_string(row.taken) + " taken, " +
            std::to_string(row.returned) + " returned\n";
  for (const auto& row : catalogue.packages())
    text += "package " + row.plan.name + "\n";
  text += "streams " + std::to_string(catalogue.streams().size()) + "\n";
  return text;
}

std::string summary_at(const Path& base) {
  Repository repository(system_files(), options_at(base), false);
  return summary(repository);
}

std::string told(const Error& error) {
  return error.code() + " " + std::to_string(static_cast<int>(error.exit())) + " " +
         text::render(error.message(), text::Language::en) + " " + error.path();
}

std::string refusal(const std::function<void()>& work) {
  try {
    work();
  } catch (const Error& error) {
    return error.code() + " " + std::to_string(static_cast<int>(error.exit()));
  }
  return {};
}

std::string errors_of(const Path& base, Files& files) {
  try {
    const CheckReport report = check(files, options_at(base), {}, no_progress());
    std::string text;
    for (const auto& finding : report.findings)
      if (finding.level == Level::error)
        text += finding.code + " " + finding.path + ": " + text::render(finding.message, text::Language::en) +
                "\n";
    if (!report.complete) text += "not complete\n";
    return text;
  } catch (const Error& error) {
    return told(error) + "\n";
  }
}

std::string reader_says(const Path& base, std::uint64_t segment_bytes) {
  const Path said = base / "reader.txt";
  std::string command = "python3 '" + std::string(VTLT_SOURCE_DIR) + "/tests/tools/read_repository.py' ";
  if (segment_bytes != 0) command += "--segment=" + std::to_string(segment_bytes) + " ";
  command += "'" + (base / "kho").string() + "' > '" + said.string() + "' 2>&1";
  const int status = std::system(command.c_str());
  const std::string text = get(said);
  std::filesystem::remove(said);
  return status == 0 ? std::string() : text + "exit " + std::to_string(status);
}

void prepared(const Path& base) {
  make(system_files(), base);
  put(base / "in" / "a.pdf", pdf("mot"));
  put(base / "in" / "b.txt", "hai");
  Repository repository(system_files(), options_at(base), true);
  register_document(repository, outgoing("QĐ-UBND", "có từ trước", {base / "in" / "a.pdf"}));
}

RegisterRequest the_request(const Path& base) {
  return outgoing("QĐ-UBND", "gặp sự cố", {base / "in" / "b.txt", base / "in" / "a.pdf"});
}

void require_sound(const Path& base, std::uint64_t segment_bytes) {
  CHECK(errors_of(base) == "");
  CHECK(reader_says(base, segment_bytes) == "");
  std::string grown, shown;
  {
    Repository repository(system_files(), options_at(base), true);
    grown = repository.catalogue().content_digest();
    shown = summary(repository);
  }
  const RepairReport report = repair(system_files(), options_at(base));
  CHECK(report.catalogue_rebuilt);
  CHECK(report.findings.empty());
  Repository repository(system_files(), options_at(base), false);
  CHECK(repository.condition() == Condition::good);
  CHECK(summary(repository) == shown);
  CHECK(repository.catalogue().content_digest() == grown);
}

}  // namespace repository_test
