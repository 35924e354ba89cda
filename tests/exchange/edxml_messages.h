// A good message, ways of breaking it, and what reading it said.
#pragma once
#include <catch2/catch.hpp>

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "base/encoding.h"
#include "base/error.h"
#include "exchange/edxml.h"
#include "text/messages.h"
#include "trust/digest.h"

namespace messages {

namespace ex = vtlt::exchange;

struct Edit {
  std::string from, to;
};

inline std::string replaced(std::string text, const Edit& edit) {
  const auto at = text.find(edit.from);
  INFO(edit.from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, edit.from.size(), edit.to);
}

inline std::string edited(std::string text, const std::vector<Edit>& edits) {
  for (const Edit& edit : edits)
    text = replaced(std::move(text), edit);
  return text;
}

struct Zipped {
  std::string name, bytes;
};

inline std::string zip(const std::vector<Zipped>& entries, const char* options = nullptr) {
  std::string out(1 << 20, '\0');
  std::size_t used = 0;
  archive* writer = archive_write_new();
  archive_write_set_format_zip(writer);
  if (options != nullptr) REQUIRE(archive_write_set_options(writer, options) == ARCHIVE_OK);
  REQUIRE(archive_write_open_memory(writer, out.data(), out.size(), &used) == ARCHIVE_OK);
  for (const Zipped& one : entries) {
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, one.name.c_str());
    archive_entry_set_size(entry, static_cast<la_int64_t>(one.bytes.size()));
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    REQUIRE(archive_write_header(writer, entry) == ARCHIVE_OK);
    REQUIRE(archive_write_data(writer, one.bytes.data(), one.bytes.size()) == la_ssize_t(one.bytes.size()));
    archive_entry_free(entry);
  }
  REQUIRE(archive_write_close(writer) == ARCHIVE_OK);
  archive_write_free(writer);
  out.resize(used);
  return out;
}

inline std::string attachment(const std::string& id, const std::string& name, const std::string& bytes,
                              const std::string& type = "application/pdf") {
  return "<e:Attachment><e:ContentType>" + type + "</e:ContentType><e:ContentId>" + id +
         "</e:ContentId><e:ContentTransferEncoded>" + vtlt::base64(bytes) +
         "</e:ContentTransferEncoded><e:AttachmentName>" + name + "</e:AttachmentName></e:Attachment>";
}

inline const std::string kContent = "%PDF-1.7 nội dung";

// 87/UBND-VP with one attachment; nothing about it is to be remarked on.
inline std::string good() {
  return R"(<?xml version="1.0" encoding="UTF-8"?>
<e:edXML xmlns:e="http://www.mic.gov.vn/TBT/QCVN_102_2016" xmlns:xlink="http://www.w3.org/1999/xlink">
<e:edXMLEnvelope><e:edXMLHeader><e:MessageHeader>
<e:From><e:OrganId>H57.31</e:OrganId><e:OrganName>UBND huyện Tam Lãng</e:OrganName></e:From>
<e:To><e:OrganId>H57.31.07</e:OrganId><e:OrganName>UBND xã Phong Hải</e:OrganName></e:To>
<e:Code><e:CodeNumber>87</e:CodeNumber><e:CodeNotation>UBND-VP</e:CodeNotation></e:Code>
<e:PromulgationInfo><e:Place>Tam Lãng</e:Place><e:PromulgationDate>2024/12/24</e:PromulgationDate></e:PromulgationInfo>
<e:DocumentType><e:Type>18</e:Type><e:TypeName>Công văn</e:TypeName></e:DocumentType>
<e:Subject>V/v thu nộp tài liệu &amp; hồ sơ</e:Subject>
<e:SignerInfo><e:Competence>KT.</e:Competence><e:Position>Phó Chủ tịch</e:Position><e:FullName>Trần Văn An</e:FullName></e:SignerInfo>
<e:DueDate>2025/01/10</e:DueDate>
<e:OtherInfo><e:Priority>1</e:Priority><e:PageAmount>3</e:PageAmount></e:OtherInfo>
<e:ResponseFor><e:OrganId>H57.31.07</e:OrganId><e:Code>02/UBND-TCKT</e:Code><e:PromulgationDate>2024/03/18</e:PromulgationDate><e:DocumentId>H57.31.07,2024/03/18,2/UBND-TCKT</e:DocumentId></e:ResponseFor>
<e:DocumentId>H57.31,2024/12/24,87/UBND-VP</e:DocumentId>
</e:MessageHeader>
<e:TraceHeaderList id="t1" version="1.0"><e:TraceHeader><e:OrganId>H57.31</e:OrganId><e:Timestamp>2024/12/24 09:18:25</e:Timestamp></e:TraceHeader>
<e:Bussiness><e:BussinessDocType>0</e:BussinessDocType><e:BussinessDocReason>Mới</e:BussinessDocReason><e:Paper>0</e:Paper></e:Bussiness></e:TraceHeaderList>
</e:edXMLHeader><e:edXMLBody><e:edXMLManifest version="1.0">
<e:Reference xlink:href="cid:a1"><e:AttachmentName>87.pdf</e:AttachmentName><e:ContentId>a1</e:ContentId><e:ContentType>application/pdf</e:ContentType><e:Description>Văn bản</e:Description></e:Reference>
</e:edXMLManifest></e:edXMLBody></e:edXMLEnvelope>
<e:AttachmentEncoded>)" +
         attachment("a1", "87.pdf", kContent) + "</e:AttachmentEncoded></e:edXML>\n";
}

inline std::string good_status() {
  return R"(<edXML xmlns="http://www.mic.gov.vn/TBT/QCVN_102_2016"><edXMLEnvelope><edXMLHeader><Status>
<ResponseFor><OrganId>H57.31</OrganId><Code>87/UBND-VP</Code><PromulgationDate>2024/12/24</PromulgationDate><DocumentId>H57.31,2024/12/24,87/UBND-VP</DocumentId></ResponseFor>
<From><OrganId>H57.31.07</OrganId><OrganName>UBND xã Phong Hải</OrganName></From>
<StatusCode>03</StatusCode><Description>đã tiếp nhận</Description><Timestamp>2024/12/25 08:00:01</Timestamp>
<StaffInfo><Department>Văn thư</Department><Staff>Lê Thị Hoa</Staff></StaffInfo>
</Status></edXMLHeader></edXMLEnvelope></edXML>)";
}

// With this content, carried in a zip, for the one there.
inline std::string with_zip(const std::string& bytes, const std::string& name = "87.pdf") {
  return edited(good(),
                {{attachment("a1", "87.pdf", kContent), attachment("a1", name, bytes, "application/zip")},
                 {"<e:AttachmentName>87.pdf", "<e:AttachmentName>" + name}});
}

inline ex::EdxmlReading read(const std::string& text, const ex::EdxmlOptions& options = {}) {
  return ex::read_edxml(ex::edxml_input(text), options);
}

// Every way a piece of the input can end must give the same.
inline ex::EdxmlReading read_in_pieces(const std::string& text, std::size_t piece) {
  const auto input = ex::edxml_input(text);
  return ex::read_edxml([&](std::uint64_t offset, std::span<std::byte> out) {
    return input(offset, out.first(std::min(piece, out.size())));
  });
}

// "error edxml.missing", in order. Each is a sentence in both languages.
inline std::vector<std::string> said(const std::vector<vtlt::Finding>& findings) {
  std::vector<std::string> all;
  for (const vtlt::Finding& finding : findings) {
    const char* level = finding.level == vtlt::Level::error     ? "error "
                        : finding.level == vtlt::Level::warning ? "warning "
                                                                : "note ";
    CHECK_FALSE(finding.code.empty());
    for (const auto language : {vtlt::text::Language::vi, vtlt::text::Language::en}) {
      const std::string text = vtlt::text::render(finding.message, language);
      CHECK(text != finding.message.key);
      CHECK(text.find('{') == std::string::npos);
    }
    if (!finding.hint.empty()) CHECK(vtlt::text::has_message(finding.hint.key));
    all.push_back(level + finding.message.key);
  }
  return all;
}

inline std::string refusal(const std::string& text, const ex::EdxmlOptions& options = {}) {
  try {
    read(text, options);
  } catch (const vtlt::Error& error) {
    CHECK(error.exit() == vtlt::Exit::usage);
    CHECK(vtlt::text::has_message(error.message().key));
    return error.code();
  }
  return "";
}

class Gather final : public ex::EdxmlSink {
 public:
  void begin(std::size_t index, const ex::EdxmlAttachment& attachment) override {
    names[index] = attachment.name;
    contents[index];
  }
  void write(vtlt::Bytes bytes) override {
    contents.rbegin()->second.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    largest = std::max(largest, bytes.size());
  }
  void end(std::size_t index) override { ended.push_back(index); }
  std::map<std::size_t, std::string> names, contents;
  std::vector<std::size_t> ended;
  std::size_t largest = 0;
};

inline Gather contents(const std::string& text, const ex::EdxmlReading& reading) {
  Gather gather;
  ex::read_edxml_contents(ex::edxml_input(text), reading, {}, gather);
  CHECK(gather.ended.size() == gather.contents.size());
  return gather;
}

}  // namespace messages
