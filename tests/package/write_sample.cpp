#include "write_sample.h"

#include <unistd.h>
#include <algorithm>
#include <atomic>
#include <fstream>

namespace write_test {

using namespace vtlt;

Folder::Folder() {
  static std::atomic<int> number{0};
  path_ = std::filesystem::temp_directory_path() /
          ("vtlt-write-" + std::to_string(getpid()) + "-" + std::to_string(++number));
  std::filesystem::remove_all(path_);
  std::filesystem::create_directories(path_);
}

Folder::~Folder() {
  std::filesystem::remove_all(path_);
}

package::Content make_content(const Path& source, const std::string& name, const std::string& bytes,
                              records::Role role) {
  std::filesystem::create_directories(source.parent_path());
  std::ofstream(source, std::ios::binary) << bytes;
  package::Content content;
  content.source = source;
  content.component.name = name;
  content.component.role = role;
  content.component.size = bytes.size();
  content.component.sha256 = sha256(std::string_view(bytes)).hex();
  return content;
}

package::Plan sample(package::Kind kind, const Path& sources) {
  package::Plan plan;
  plan.kind = kind;
  plan.seed = sha256(std::string_view(kind == package::Kind::aip ? "aip" : "sip"));
  plan.time.milliseconds = 1793842200123;  // 2026-11-05T08:30:00.123+07:00
  plan.agency = "Ủy ban nhân dân xã Phong Hải";
  plan.registration = "ĐK-2026-0007";
  plan.software_version = "0.1.0";
  plan.fonds.code = "P01";
  plan.fonds.organ = "H57.32.15";
  plan.fonds.archive = "H57.05";
  plan.file.year = 2026;
  plan.file.notation = "04.VP";
  plan.file.title = "Hồ sơ về công tác phòng chống thiên tai năm 2026";
  plan.file.term = *records::parse_term("Vĩnh viễn");
  plan.file.access = "open";
  plan.file.officer = "Nguyễn Thị Lan";
  plan.file.note = "đủ tài liệu";

  package::PackedDocument decision;
  decision.ordinal = 1;
  decision.document.own = *records::parse_document_number("05/QĐ-UBND");
  decision.document.type = "Quyết định";
  decision.document.date = {2026, 1, 9};
  decision.document.issuer = "Ủy ban nhân dân xã Phong Hải";
  decision.document.subject = "Về việc kiện toàn Ban Chỉ huy <phòng> & chống thiên tai";
  decision.document.pages = 3;
  decision.document.carrier = records::Carrier::electronic;
  decision.contents.push_back(make_content(sources / "a", "Quyết định số 5.PDF", "%PDF-1.7 quyet dinh"));
  decision.contents.push_back(
      make_content(sources / "b", "phụ lục.docx", "PK phu luc", records::Role::annex));

  package::PackedDocument photo;
  photo.ordinal = 2;
  photo.document.type = "Ảnh";
  photo.document.media = "photo";
  photo.document.date = {2026, 9, kind == package::Kind::aip ? 0 : 14};
  photo.document.subject = "Kè biển thôn Hải Thế sau bão";
  photo.document.issuer = "Trần Văn Hùng";
  photo.document.original["eventName"] = "Bão số 5";
  photo.document.original["colour"] = "01";
  photo.document.carrier = records::Carrier::electronic;
  photo.contents.push_back(make_content(sources / "c", "ảnh kè.jpeg", "\xFF\xD8\xFF jpeg"));

  package::PackedDocument dispatch;
  dispatch.ordinal = 3;
  dispatch.document.own = *records::parse_document_number("87/UBND-VP");
  dispatch.document.date = {2026, 10, 21};
  dispatch.document.issuer = "Ủy ban nhân dân xã Phong Hải";
  dispatch.document.subject = "Về việc báo cáo thiệt hại";
  dispatch.document.access = "conditional";
  dispatch.document.pages = 2;
  dispatch.document.carrier = records::Carrier::electronic;
  dispatch.contents.push_back(make_content(sources / "d", "van ban", std::string(3u << 20, 'x')));

  plan.documents = {decision, photo, dispatch};
  if (kind == package::Kind::aip) {
    plan.source_objid = "uuid-0A1B2C3D-0000-8000-8000-000000000001";
    plan.events.push_back(
        {"e1", "transfer", "Số hóa tại bộ phận Văn phòng", "", plan.time, "Nguyễn Thị Lan"});
    plan.events.push_back({"e2", "virus check", "", "success", plan.time, "vtlt"});
  }
  return plan;
}

package::Plan sample_loose(package::Kind kind, const Path& sources) {
  package::Plan plan = sample(kind, sources);
  plan.unit = package::Unit::loose;
  plan.loose.code = "H57.32.15.2026.01.0000007";
  for (std::size_t i = 0; i < plan.documents.size(); ++i)
    edit(plan, i, [&](package::PackedDocument& document) {
      document.document.id.bits[0] = static_cast<unsigned char>(i + 1);
    });
  plan.loose.title = "Văn bản đi năm 2026 của Ủy ban nhân dân xã Phong Hải";
  return plan;
}

package::Plan sample_dip(const Path& sources) {
  package::Plan plan = sample(package::Kind::sip, sources);
  plan.kind = package::Kind::dip;
  plan.registration.clear();
  plan.request.id = "YC-031";
  plan.request.date = {2026, 11, 5};
  plan.request.purpose = "01";
  plan.request.content = "làm thủ tục đất đai";
  plan.request.note = "Bản đọc: chỉ xem";
  plan.documentation.push_back({"giay-xac-thuc.html", "text/html", "<html></html>"});
  edit(plan, 0, [](package::PackedDocument& document) {
    document.file_code = "H57.32.15.1998.112";
    document.file_ordinal = 12;
    document.document.date = {1998, 0, 0};  // a reader's copy of an old paper may know the year only
  });
  return plan;
}

package::Plan sample_bag(const Path& sources) {
  package::Plan plan = sample(package::Kind::sip, sources);
  plan.spec = package::Spec::bagit_1_0;
  return plan;
}

std::string read(const Path& path) {
  return read_whole(system_files(), path);
}

std::string everything(const Path& path) {
  std::vector<Path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(path))
    if (entry.is_regular_file()) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  std::string text;
  for (const auto& file : files)
    text += file.lexically_relative(path).string() + "\n" + read(file) + "\n";
  return text;
}

}  // namespace write_test
