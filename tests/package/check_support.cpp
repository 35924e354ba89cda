#include "check_support.h"

#include <unistd.h>

#include <array>
#include <catch2/catch.hpp>
#include <fstream>

#include "base/progress.h"
#include "records/formats.h"
#include "sample_contents.h"
#include "text/messages.h"
#include "trust/digest.h"

namespace check_support {
namespace {

using vtlt::records::mime_of_extension;

const std::string objid_uuid = "0F8FAD5B-D9CB-469F-A165-70867728950E";

std::string uuid(int number) {
  char text[40];
  std::snprintf(text, sizeof text, "7C9E6679-7425-40DE-944B-E07FC1F9%04X", static_cast<unsigned>(number));
  return text;
}

void number(std::string& out, std::uint64_t value, int bytes) {
  for (int i = 0; i < bytes; ++i)
    out += static_cast<char>(value >> (8 * i) & 0xff);
}

std::string element(const char* name, const std::string& value) {
  return "  <" + std::string(name) + ">" + value + "</" + name + ">\n";
}

std::string simpledc(const std::vector<std::pair<const char*, std::string>>& fields) {
  std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<simpledc>\n";
  for (const auto& [name, value] : fields)
    text += element(name, value);
  return text + "</simpledc>\n";
}

std::string core(const std::string& mime, const std::string& data) {
  return " MIMETYPE=\"" + mime + "\" SIZE=\"" + std::to_string(data.size()) +
         "\" CREATED=\"2026-06-12T11:45:37.690+07:00\" CHECKSUM=\"" + vtlt::sha256(data).hex() +
         "\" CHECKSUMTYPE=\"SHA-256\"";
}
std::string link(const std::string& href) {
  return " LOCTYPE=\"URL\" xlink:type=\"simple\" xlink:href=\"" + href + "\"";
}
std::string file_element(int id, const std::string& mime, const std::string& href, const std::string& data) {
  return "<file ID=\"ID-" + uuid(id) + "\"" + core(mime, data) + ">\n<FLocat" + link(href) + "/>\n</file>\n";
}
std::string section(const std::string& element, int id, const std::string& type, const std::string& href,
                    const std::string& data) {
  return "<" + element + " ID=\"uuid-" + uuid(id) + "\" CREATED=\"2026-06-12T11:45:37.690+07:00\">\n<mdRef" +
         link(href) + " MDTYPE=\"" + type + "\"" + core("text/xml", data) + "/>\n</" + element + ">\n";
}

std::string head(const std::string& objid, const std::string& profile, const std::string& kind) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
         "<mets xmlns=\"http://www.loc.gov/METS/\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" "
         "xmlns:csip=\"https://DILCIS.eu/XML/METS/CSIPExtensionMETS\"\n OBJID=\"" +
         objid + "\" TYPE=\"Mixed\" PROFILE=\"" + profile +
         "\">\n"
         "<metsHdr CREATEDATE=\"2026-06-12T11:45:37.690+07:00\" RECORDSTATUS=\"NEW\" "
         "csip:OAISPACKAGETYPE=\"" +
         kind +
         "\">\n"
         "<agent ROLE=\"CREATOR\" TYPE=\"OTHER\" OTHERTYPE=\"SOFTWARE\"><name>vtlt</name><note "
         "csip:NOTETYPE=\"SOFTWARE VERSION\">0.1</note></agent>\n"
         "<agent ROLE=\"CREATOR\" TYPE=\"ORGANIZATION\"><name>UBND xã Phong Hải</name><note "
         "csip:NOTETYPE=\"IDENTIFICATIONCODE\">UB</note></agent>\n"
         "<altRecordID TYPE=\"SUBMISSIONAGREEMENT\">TN-2027-0113</altRecordID>\n"
         "</metsHdr>\n";
}

std::string xsd(const std::vector<std::string>& names) {
  std::string text =
      "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\"><xs:element "
      "name=\"simpledc\"><xs:complexType><xs:all>\n";
  for (const std::string& name : names)
    text += "<xs:element name=\"" + name + "\" type=\"xs:string\" minOccurs=\"0\"/>\n";
  return text + "</xs:all></xs:complexType></xs:element></xs:schema>\n";
}

}  // namespace

Workshop::Workshop() {
  std::string pattern = (std::filesystem::temp_directory_path() / "vtlt-check-XXXXXX").string();
  REQUIRE(::mkdtemp(pattern.data()) != nullptr);
  path_ = pattern;
}
Workshop::~Workshop() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

void put(const vtlt::Path& path, const std::string& bytes) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << bytes;
}

vtlt::Path put_tree(const vtlt::Path& folder, const Tree& tree) {
  for (const auto& [name, bytes] : tree)
    put(folder / name, bytes);
  return folder;
}

namespace {

constexpr std::uint32_t in_zip64 = 0xffffffff;

std::string zip64_field(const std::vector<std::uint64_t>& values) {
  std::string field;
  number(field, 0x0001, 2);
  number(field, values.size() * 8, 2);
  for (const std::uint64_t value : values)
    number(field, value, 8);
  // One more field after it, as other programs write (an Info-ZIP time).
  field += std::string("UT\x05\0\x01\0\0\0\x60", 9);
  return field;
}

}  // namespace

std::string make_zip(const std::vector<ZipEntry>& entries) {
  std::string out, central;
  std::uint16_t count = 0;
  for (const ZipEntry& entry : entries) {
    const std::uint32_t size = entry.size.value_or(static_cast<std::uint32_t>(entry.data.size()));
    const std::uint32_t crc = crc_of(entry.data);
    out += entry.junk;
    const std::uint32_t at = static_cast<std::uint32_t>(out.size());
    const bool later = !entry.descriptor.empty();
    const auto common = [&](std::string& to, bool local, const std::string& name, const std::string& extra) {
      const unsigned flags = entry.flags | (later ? 8U : 0U);
      const std::uint32_t told = entry.zip64 ? in_zip64 : size;
      number(to, local ? entry.local_flags.value_or(static_cast<std::uint16_t>(flags)) : flags, 2);
      number(to, 0, 2);
      number(to, 0x5ccc5ccc, 4);
      number(to, local ? (later ? 0 : crc) : entry.central_crc.value_or(crc), 4);
      number(to, local ? (later ? 0 : told) : entry.central_packed.value_or(told), 4);
      number(to, local && later ? 0 : told, 4);
      number(to, name.size(), 2);
      number(to, extra.size(), 2);
    };
    if (entry.in_local) {
      const std::string extra = (entry.zip64 ? zip64_field({size, size}) : "") + entry.local_extra;
      out += "PK\x03\x04";
      number(out, entry.local_version.value_or(20), 2);
      common(out, true, entry.name, extra);
      out += entry.name + extra + entry.data + entry.descriptor;
    }
    if (!entry.in_central) continue;
    const std::string name = entry.central_name.value_or(entry.name);
    const std::string extra =
        (entry.zip64 ? zip64_field({size, size, entry.place64.value_or(at)}) : "") + entry.central_extra;
    central += "PK\x01\x02";
    number(central, 3 << 8 | 20, 2);
    number(central, entry.central_version.value_or(20), 2);
    common(central, false, name, extra);
    number(central, 0, 2);
    number(central, 0, 2);
    number(central, 0, 2);
    number(central, static_cast<std::uint64_t>(entry.unix_mode) << 16 | entry.dos, 4);
    number(central, entry.zip64 ? in_zip64 : at, 4);
    central += name + extra;
    ++count;
  }
  const std::uint32_t at = static_cast<std::uint32_t>(out.size());
  out += central;
  out += "PK\x05\x06";
  number(out, 0, 4);
  number(out, count, 2);
  number(out, count, 2);
  number(out, central.size(), 4);
  number(out, at, 4);
  number(out, 0, 2);
  return out;
}

std::uint32_t crc_of(std::string_view data) {
  std::uint32_t crc = 0xffffffff;
  for (const char c : data) {
    crc ^= static_cast<unsigned char>(c);
    for (int i = 0; i < 8; ++i)
      crc = (crc >> 1) ^ (0xEDB88320u & (0u - (crc & 1)));
  }
  return ~crc;
}

std::string zip_descriptor(const std::string& data, bool marked, bool wide) {
  std::string out = marked ? "PK\x07\x08" : "";
  number(out, crc_of(data), 4);
  for (int i = 0; i < 2; ++i)
    number(out, data.size(), wide ? 8 : 4);
  return out;
}

std::string make_zip(const std::string& root, const Tree& tree) {
  std::vector<ZipEntry> entries;
  for (const auto& [name, bytes] : tree)
    entries.push_back({root + "/" + name, bytes});
  return make_zip(entries);
}

vtlt::package::Verdict run(const vtlt::Path& path, const vtlt::package::CheckOptions& options) {
  return vtlt::package::check(vtlt::system_files(), path, options, vtlt::no_progress());
}

bool has(const vtlt::package::Verdict& verdict, const std::string& code, std::optional<vtlt::Level> level) {
  for (const vtlt::Finding& finding : verdict.findings)
    if (finding.code == code && (!level || finding.level == *level)) return true;
  return false;
}

std::string text_of(const vtlt::package::Verdict& verdict) {
  std::string text = verdict.format + "\n";
  for (const vtlt::Finding& finding : verdict.findings)
    text += std::string(finding.level == vtlt::Level::error     ? "error "
                        : finding.level == vtlt::Level::warning ? "warning "
                                                                : "note ") +
            finding.code + " " + finding.path + ":" + std::to_string(finding.line) + " " +
            vtlt::text::render(finding.message, vtlt::text::Language::en) + "\n";
  return text;
}

void replace(std::string& text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  INFO("not in the text: " << from);
  REQUIRE(at != std::string::npos);
  text.replace(at, from.size(), to);
}

std::string Maker::folder() const {
  return kind == "AIP" ? "urn_uuid_" + objid_uuid : "uuid-" + objid_uuid;
}

namespace {

std::string document(const std::string& kind, const std::string& file_code, int ordinal) {
  char tail[16];
  std::snprintf(tail, sizeof tail, ".%07d", ordinal);
  const std::string number = std::to_string(ordinal);
  if (kind == "AIP")
    return simpledc({{"arcFileCode", "LTLS." + file_code},
                     {"mode", "01"},
                     {"language", "01"},
                     {"keyword", ""},
                     {"numberOfPage", "3"},
                     {"format", ""},
                     {"inforSign", ""},
                     {"confidenceLevel", "01"},
                     {"description", ""},
                     {"docCode", file_code + tail},
                     {"docOrdinal", number},
                     {"typeName", "02"},
                     {"codeNumber", "15"},
                     {"codeNotation", "QĐ-UBND"},
                     {"issuedDate", "05/01/2026"},
                     {"organName", "UBND xã Phong Hải"},
                     {"subject", "Về việc thu nộp tài liệu"},
                     {"autograph", ""},
                     {"process", "0"}});
  return simpledc({{"docId", file_code + "." + number},
                   {"docCode", file_code + tail},
                   {"maintenance", "01"},
                   {"typeName", "02"},
                   {"codeNumber", "15"},
                   {"codeNotation", "QĐ-UBND"},
                   {"issuedDate", "05/01/2026"},
                   {"organName", "UBND xã Phong Hải"},
                   {"subject", "Về việc thu nộp tài liệu"},
                   {"language", "01"},
                   {"numberOfPage", "3"},
                   {"inforSign", ""},
                   {"keyword", ""},
                   {"mode", "01"},
                   {"confidenceLevel", "01"},
                   {"autograph", ""},
                   {"format", ""},
                   {"riskRecovery", "0"},
                   {"riskRecoveryStatus", ""},
                   {"process", "0"},
                   {"description", ""}});
}

std::string premis_text(const std::string& id, const std::string& objects, bool events) {
  std::string text =
      "<premis:premis xmlns:premis=\"http://www.loc.gov/premis/v3\" "
      "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" version=\"3.0\">\n"
      "<premis:object xsi:type=\"premis:representation\"><premis:objectIdentifier>"
      "<premis:objectIdentifierType>OBJID</premis:objectIdentifierType>"
      "<premis:objectIdentifierValue>" +
      id + "</premis:objectIdentifierValue></premis:objectIdentifier></premis:object>\n" + objects;
  if (events)
    text +=
        "<premis:event><premis:eventIdentifier><premis:eventIdentifierType>UUID</premis:eventIdentifierType>"
        "<premis:eventIdentifierValue>E1</premis:eventIdentifierValue></premis:eventIdentifier>\n"
        "<premis:eventType>information package creation</premis:eventType>\n"
        "<premis:eventDateTime>2026-06-12T11:45:37.690+07:00</premis:eventDateTime></premis:event>\n";
  return text + "</premis:premis>\n";
}

std::string premis_file(int number, const std::string& path, const std::string& data) {
  return "<premis:object xsi:type=\"premis:file\"><premis:objectIdentifier><premis:objectIdentifierType>UUID"
         "</premis:objectIdentifierType><premis:objectIdentifierValue>F" +
         std::to_string(number) +
         "</premis:objectIdentifierValue></"
         "premis:objectIdentifier>\n<premis:objectCharacteristics><premis:fixity>"
         "<premis:messageDigestAlgorithm>SHA-256</premis:messageDigestAlgorithm><premis:messageDigest>" +
         vtlt::sha256(data).hex() + "</premis:messageDigest></premis:fixity><premis:size>" +
         std::to_string(data.size()) +
         "</premis:size></premis:objectCharacteristics>\n<premis:originalName>quyết định " +
         std::to_string(number) +
         ".pdf</premis:originalName>\n<premis:storage><premis:contentLocation>"
         "<premis:contentLocationType>relative "
         "path</premis:contentLocationType><premis:contentLocationValue>" +
         path + "</premis:contentLocationValue></premis:contentLocation></premis:storage></premis:object>\n";
}

}  // namespace

Tree Maker::make_copy() const {
  Maker copy = *this;
  return copy.make();
}

Tree Maker::make() {
  const bool aip = kind == "AIP";
  const auto apply = [](const std::function<void(std::string&)>& hook, std::string& text) {
    if (hook) hook(text);
  };
  Tree tree;
  const std::string rep1 = "representations/rep1/", descriptive = rep1 + "metadata/descriptive/";
  std::string& ead = tree["metadata/descriptive/EAD.xml"];
  ead = simpledc({{aip ? "arcFileCode" : "fileCode", (aip ? "LTLS." : "") + file_code},
                  {"title", "Công tác văn thư, lưu trữ năm 2026"},
                  {"maintenance", "01"},
                  {"mode", "01"},
                  {"language", "01"},
                  {"startDate", "01/01/2026"},
                  {"endDate", "31/12/2026"},
                  {"keyword", ""},
                  {"totalDoc", "2"},
                  {"numberOfPaper", ""},
                  {"numberOfPage", "6"},
                  {"format", ""},
                  {"inforSign", ""},
                  {"confidenceLevel", "01"},
                  {"paperFileCode", ""},
                  {"riskRecovery", "0"},
                  {"riskRecoveryStatus", ""},
                  {"description", "Trần Thị Hoa"}});
  apply(file_record, ead);
  tree[descriptive + "EAD_doc_1.xml"] = document(kind, file_code, 1);
  apply(first_document, tree[descriptive + "EAD_doc_1.xml"]);
  tree[descriptive + "EAD_doc_2.xml"] = document(kind, file_code, 2);
  apply(second_document, tree[descriptive + "EAD_doc_2.xml"]);
  tree[rep1 + "data/1.pdf"] = make_pdf(3);
  tree[rep1 + "data/2.pdf"] = make_pdf(3, "<x:xmpmeta/>");
  if (schemas.empty()) {
    tree["schemas/EAD.xsd"] =
        xsd({aip ? "arcFileCode" : "fileCode", "title", "maintenance", "mode", "language", "startDate",
             "endDate", "keyword", "totalDoc", "numberOfPaper", "numberOfPage", "format", "inforSign",
             "confidenceLevel", "paperFileCode", "riskRecovery", "riskRecoveryStatus", "description"});
    tree["schemas/EAD_doc.xsd"] = "<!-- of no use to a validator -->\n";
  }
  for (const auto& [name, bytes] : schemas)
    tree["schemas/" + name] = bytes;
  if (aip) {
    tree["metadata/preservation/PREMIS.xml"] = premis_text("urn:uuid:" + objid_uuid, "", true);
    apply(premis, tree["metadata/preservation/PREMIS.xml"]);
    tree[rep1 + "metadata/preservation/PREMIS_rep1.xml"] =
        premis_text("uuid-" + uuid(99),
                    premis_file(1, "data/1.pdf", tree[rep1 + "data/1.pdf"]) +
                        premis_file(2, "data/2.pdf", tree[rep1 + "data/2.pdf"]),
                    false);
    apply(premis_rep1, tree[rep1 + "metadata/preservation/PREMIS_rep1.xml"]);
  }
  if (before_mets) before_mets(tree);

  std::string mets = head("uuid-" + uuid(99), "https://earkcsip.dilcis.eu/profile/E-ARK-CSIP.xml", kind);
  int id = 100;
  std::string files, links;
  for (const auto& [path, bytes] : tree)
    if (path.starts_with(descriptive)) {
      mets += section("dmdSec", id, "EAD", path.substr(rep1.size()), bytes);
      // "1.pdf", or "1.docx" when a test put one in its place.
      const std::string stem = rep1 + "data/" + path.substr(path.size() - 5, 1) + ".";
      const auto data = tree.lower_bound(stem);
      if (data != tree.end() && data->first.starts_with(stem))
        files += file_element(id + 1, std::string(mime_of_extension(data->first.substr(stem.size()))),
                              data->first.substr(rep1.size()), data->second);
      links += "<div ID=\"uuid-" + uuid(id + 2) + "\" LABEL=\"MetadataLink/File\" DMDID=\"uuid-" + uuid(id) +
               "\">\n<fptr FILEID=\"ID-" + uuid(id + 1) + "\"/>\n</div>\n";
      id += 10;
    }
  if (aip)
    mets += "<amdSec>\n" +
            section("digiprovMD", 20, "PREMIS", "metadata/preservation/PREMIS_rep1.xml",
                    tree[rep1 + "metadata/preservation/PREMIS_rep1.xml"]) +
            "</amdSec>\n";
  mets += "<fileSec ID=\"uuid-" + uuid(21) + "\">\n<fileGrp ID=\"uuid-" + uuid(22) + "\" USE=\"Data\">\n" +
          files + "</fileGrp>\n</fileSec>\n<structMap ID=\"uuid-" + uuid(23) +
          "\" TYPE=\"PHYSICAL\" LABEL=\"CSIP\">\n<div ID=\"uuid-" + uuid(24) + "\" LABEL=\"rep1\" TYPE=\"" +
          (aip ? "NORMALIZED" : "ORIGINAL") + "\">\n<div ID=\"uuid-" + uuid(25) +
          "\" LABEL=\"Data\"><fptr FILEID=\"uuid-" + uuid(22) + "\"/></div>\n<div ID=\"uuid-" + uuid(26) +
          "\" LABEL=\"MetadataLink\">\n" + links + "</div>\n</div>\n</structMap>\n</mets>\n";
  apply(rep1_mets, mets);
  tree[rep1 + "METS.xml"] = mets;

  std::string root = head(
      aip ? "urn:uuid:" + objid_uuid : "uuid-" + objid_uuid,
      aip ? "http://www.ra.ee/METS/v01/IP.xml" : "https://earkcsip.dilcis.eu/profile/E-ARK-CSIP.xml", kind);
  root += section("dmdSec", 1, "EAD", "metadata/descriptive/EAD.xml", ead);
  if (aip)
    root += "<amdSec>\n" +
            section("digiprovMD", 2, "PREMIS", "metadata/preservation/PREMIS.xml",
                    tree["metadata/preservation/PREMIS.xml"]) +
            "</amdSec>\n";
  root += "<fileSec ID=\"uuid-" + uuid(3) + "\">\n<fileGrp ID=\"uuid-" + uuid(4) + "\" USE=\"Schemas\">\n";
  id = 30;
  for (const auto& [path, bytes] : tree)
    if (path.starts_with("schemas/")) root += file_element(id++, "text/xml", path, bytes);
  root += "</fileGrp>\n<fileGrp ID=\"uuid-" + uuid(5) + "\" USE=\"Representations/rep1\">\n" +
          file_element(6, "text/xml", "representations/rep1/METS.xml", mets) +
          "</fileGrp>\n</fileSec>\n<structMap ID=\"uuid-" + uuid(7) +
          "\" TYPE=\"PHYSICAL\" LABEL=\"CSIP\">\n<div ID=\"uuid-" + uuid(8) +
          "\" LABEL=\"goi\">\n<div ID=\"uuid-" + uuid(9) + "\" LABEL=\"Metadata\" DMDID=\"uuid-" + uuid(1) +
          "\"" + (aip ? " ADMID=\"uuid-" + uuid(2) + "\"" : std::string()) + "/>\n<div ID=\"uuid-" +
          uuid(10) + "\" LABEL=\"Schemas\"><fptr FILEID=\"uuid-" + uuid(4) + "\"/></div>\n<div ID=\"uuid-" +
          uuid(11) + "\" LABEL=\"Representations/rep1\">\n<mptr" + link("representations/rep1/METS.xml") +
          " xlink:title=\"uuid-" + uuid(5) + "\"/>\n</div>\n</div>\n</structMap>\n</mets>\n";
  apply(root_mets, root);
  tree["METS.xml"] = root;
  return tree;
}

}  // namespace check_support
