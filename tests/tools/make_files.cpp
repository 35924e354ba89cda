// Makes a repository of an arranged backlog for measuring: files with documents, provisional numbers and
// boxes, in one transaction through the library; no computer files.
//
//   make_files DIRECTORY [FILES [DOCUMENTS_TO_A_FILE]]     (100000 and 20 when not given; DIRECTORY must not
//   exist)
//
// The same counts give the same records; their ids are by chance.
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "base/error.h"
#include "repository/work.h"
#include "text/messages.h"

using namespace vtlt;
using namespace vtlt::repository;
namespace type = vtlt::journal::type;

namespace {

constexpr const char* kPlaces[] = {"thôn Hải Thành", "thôn Hải Nhuận", "thôn Hải Thế",
                                   "thôn Hải Phú",   "thôn Đông",      "thôn Trung"};
constexpr const char* kMatters[] = {"cấp giấy chứng nhận quyền sử dụng đất",
                                    "giải quyết đơn khiếu nại",
                                    "xây dựng đường liên thôn",
                                    "quyết toán ngân sách",
                                    "công tác phòng, chống thiên tai",
                                    "thi đua, khen thưởng",
                                    "rà soát hộ nghèo",
                                    "quản lý hộ tịch"};
constexpr const char* kSurnames[] = {"Nguyễn Văn", "Trần Thị",  "Lê Văn",
                                     "Phạm Thị",   "Hoàng Văn", "Huỳnh Thị"};
constexpr const char* kTypes[] = {"Tờ trình", "Quyết định", "Báo cáo", "Công văn", "Biên bản"};
constexpr const char* kNotations[] = {"TTr-UB", "QĐ-UB", "BC-UB", "CV-UB", "BB-UB"};

std::string scheme_text() {
  return "vtlt: scheme/1\nid: do\nfonds: {code: DH, name: UBND xã Điền Hải, organ: H57.32.15, archive: "
         "H57.05}\n"
         "issuers: {UBND: Ủy ban nhân dân xã}\nnumbering: {mode: external, system: x}\nseries:\n  - {id: "
         "den, book: in}\n"
         "units: {VP: Văn phòng, ĐC: Địa chính, TC: Tài chính}\n"
         "classes:\n  - {no: I, abbr: VP, title: Văn phòng}\n  - {no: II, abbr: ĐĐ, title: Đất đai}\n"
         "  - {no: III, abbr: TC, title: Tài chính}\n  - {no: IV, abbr: VX, title: Văn hóa - Xã hội}\n"
         "rules:\n  - {id: viec, title: Hồ sơ công việc, term: 20, basis: Bảng thời hạn, status: "
         "agency-table}\n";
}

template <std::size_t N>
const char* pick(const char* const (&list)[N], long at) {
  return list[static_cast<std::size_t>(at) % N];
}

records::FileRecord file_of(const records::Id& fonds, long at) {
  records::FileRecord file;
  file.id = records::new_id(records::Kind::file);
  file.fonds = fonds;
  const int year = 1976 + static_cast<int>(at % 45);
  file.year = year;
  file.title = std::string("Hồ sơ ") + pick(kMatters, at / 7) + " của ông (bà) " + pick(kSurnames, at) + " " +
               static_cast<char>('A' + at % 26) + std::to_string(at / 26) + ", " + pick(kPlaces, at / 3) +
               ", năm " + std::to_string(year);
  constexpr const char* kClasses[] = {"I", "II", "III", "IV"};
  constexpr const char* kUnits[] = {"VP", "ĐC", "TC"};
  file.class_no = pick(kClasses, at / 5);
  file.unit = pick(kUnits, at / 11);
  file.start = {year, 1 + static_cast<int>(at % 12), 0};
  file.end = {year, 12, 0};
  file.ended = year;
  file.term =
      at % 4 == 0 ? records::Term{records::TermKind::permanent} : records::Term{records::TermKind::years, 20};
  file.access = "open";
  file.sheets = 20 + static_cast<int>(at % 80);
  file.provisional = "T" + std::to_string(1 + at / 10'000) + "-" + std::to_string(1 + at % 10'000);
  return file;
}

records::Document document_of(const records::Id& fonds, const records::FileRecord& file, long at,
                              int ordinal) {
  records::Document document;
  document.id = records::new_id(records::Kind::document);
  document.fonds = fonds;
  document.own = {static_cast<int>(at % 900) + ordinal, {}, 0, pick(kNotations, ordinal), {}};
  document.type = pick(kTypes, ordinal);
  document.date = {file.year, 1 + ordinal % 12, 1 + static_cast<int>(at % 28)};
  document.issuer = "UBND xã Điền Hải";
  document.subject = std::string("V/v ") + pick(kMatters, at) + " tại " + pick(kPlaces, at + ordinal);
  document.pages = 1 + ordinal % 4;
  document.carrier = records::Carrier::paper;
  document.sheets = std::to_string(ordinal);
  return document;
}

void fill(Repository& repository, const records::Id& fonds, long files, int documents) {
  Change change(repository);
  change.follow(static_cast<std::int64_t>(files) * (2 + 2 * documents));
  records::Box box;
  for (long at = 0; at < files; ++at) {
    if (at % 12 == 0) {
      box = {};
      box.id = records::new_id(records::Kind::box);
      box.fonds = fonds;
      box.number = std::to_string(at / 12 + 1);
      box.place = "Kho 1.Giá " + std::to_string(at / 600 + 1);
      box.shelf_metres = 0.12;
      change.add(type::box_made, journal::encode(box));
    }
    const auto file = file_of(fonds, at);
    change.add(type::file_arranged, journal::encode(file));
    change.add(type::file_boxed, journal::encode_fields({{"file", file.id.text()}, {"box", box.id.text()}}));
    for (int ordinal = 1; ordinal <= documents; ++ordinal) {
      const auto document = document_of(fonds, file, at, ordinal);
      change.add(type::document_described, journal::encode(document));
      change.add(type::file_document_added,
                 journal::encode_fields({{"file", file.id.text()}, {"document", document.id.text()}},
                                        {{"ordinal", ordinal}}));
    }
  }
  change.commit();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "make_files DIRECTORY [FILES [DOCUMENTS_TO_A_FILE]]\n");
    return 2;
  }
  try {
    const Path base = argv[1];
    const long files = argc > 2 ? std::atol(argv[2]) : 100'000;
    const int documents = argc > 3 ? std::atoi(argv[3]) : 20;
    std::filesystem::create_directory(base);
    Options options;
    options.start = base;
    InitRequest request;
    request.directory = base;
    request.scheme_text = scheme_text();
    request.scheme_name = "khung.yaml";
    const auto made = init(system_files(), request, options);
    Repository repository(system_files(), options, true);
    fill(repository, made.fonds.id, files, documents);
    std::printf("%ld files, %ld documents\n", files, files * documents);
    return 0;
  } catch (const Error& error) {
    std::fprintf(stderr, "%s: %s\n", error.code().c_str(),
                 text::render(error.message(), text::Language::en).c_str());
    return 1;
  }
}
