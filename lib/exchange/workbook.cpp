#include "exchange/workbook.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <map>

#include "exchange/letters.h"
#include "exchange/readers.h"
#include "text/text.h"

namespace vtlt::exchange {
namespace {

constexpr int kMaxEntries = 10000;
constexpr std::uint64_t kFreeBytes = 16u << 20;  // below this the ratio does not matter
constexpr std::uint64_t kMaxRatio = 250;
constexpr std::size_t kMaxStrings = 8u << 20;

[[noreturn]] void refuse_damaged(const std::string& part) {
  refuse_list("VTLT-LIST-05", {"list.xlsx-damaged", {{"part", part}}}, 0, {"list.xlsx-damaged.hint"});
}

[[noreturn]] void refuse_hostile(const std::string& part) {
  refuse_list("VTLT-LIST-06", {"list.xlsx-too-large", {{"part", part}}}, 0, {"list.xlsx-too-large.hint"});
}

std::string entry_name(archive_entry* entry) {
  const char* name = archive_entry_pathname(entry);
  if (name == nullptr) name = archive_entry_pathname_utf8(entry);
  return name == nullptr ? std::string() : std::string(name);
}

// "xl/workbook.xml" + "worksheets/sheet1.xml" → "xl/worksheets/sheet1.xml"
std::string resolve(const std::string& base, const std::string& target) {
  if (target.starts_with('/')) return target.substr(1);
  std::string folder = base.substr(0, base.rfind('/') == std::string::npos ? 0 : base.rfind('/') + 1);
  std::string rest = target;
  while (rest.starts_with("../") || rest.starts_with("./")) {
    if (rest.starts_with("../")) {
      if (!folder.empty()) folder.pop_back();
      const auto slash = folder.rfind('/');
      folder.resize(slash == std::string::npos ? 0 : slash + 1);
    }
    rest = rest.substr(rest.find('/') + 1);
  }
  return folder + rest;
}

std::string relations_of(const std::string& part) {
  const auto slash = part.rfind('/');
  const std::size_t cut = slash == std::string::npos ? 0 : slash + 1;
  return part.substr(0, cut) + "_rels/" + part.substr(cut) + ".rels";
}

struct Relation {
  std::string id, type, target;
};

std::vector<Relation> read_relations(std::string_view zip, const std::string& part) {
  std::vector<Relation> relations;
  XmlPart xml(zip, part.empty() ? "_rels/.rels" : relations_of(part), kMaxSmallPart);
  if (!xml.found()) return relations;
  while (xml.next())
    if (xml.type() == XML_READER_TYPE_ELEMENT && xml.local_name() == "Relationship")
      relations.push_back(
          {xml.attribute("Id"), xml.attribute("Type"), resolve(part, xml.attribute("Target"))});
  return relations;
}

std::string target_of_type(const std::vector<Relation>& relations, std::string_view ending) {
  for (const Relation& relation : relations)
    if (relation.type.ends_with(ending)) return relation.target;
  return "";
}

struct Sheet {
  std::string name, relation;
  bool hidden = false;
};

std::vector<Sheet> read_sheets(std::string_view zip, const std::string& part, bool& since_1904) {
  std::vector<Sheet> sheets;
  XmlPart xml(zip, part, kMaxSmallPart);
  if (!xml.found()) refuse_damaged(part);
  while (xml.next()) {
    if (xml.type() != XML_READER_TYPE_ELEMENT) continue;
    if (xml.local_name() == "workbookPr") {
      const std::string value = xml.attribute("date1904");
      since_1904 = value == "1" || value == "true";
    } else if (xml.local_name() == "sheet") {
      std::string id =
          xml.attribute("id", "http://schemas.openxmlformats.org/officeDocument/2006/relationships");
      if (id.empty()) id = xml.attribute("id", "http://purl.oclc.org/ooxml/officeDocument/relationships");
      const std::string state = xml.attribute("state");
      sheets.push_back(
          {text::nfc(xml.attribute("name")), std::move(id), state == "hidden" || state == "veryHidden"});
    }
  }
  return sheets;
}

const Sheet& choose_sheet(const std::vector<Sheet>& sheets, const std::string& wanted) {
  if (sheets.empty()) refuse_damaged("workbook.xml");
  if (wanted.empty()) {
    const auto visible =
        std::find_if(sheets.begin(), sheets.end(), [](const Sheet& sheet) { return !sheet.hidden; });
    return visible == sheets.end() ? sheets.front() : *visible;
  }
  for (const Sheet& sheet : sheets)
    if (sheet.name == text::nfc(wanted)) return sheet;
  for (const Sheet& sheet : sheets)
    if (text::fold(sheet.name) == text::fold(wanted)) return sheet;
  std::string all;
  for (const Sheet& sheet : sheets)
    all += (all.empty() ? "" : ", ") + sheet.name;
  refuse_list("VTLT-LIST-07",
              {"list.no-sheet", {{"sheet", wanted}, {"sheets", text::cut(text::printable(all), 200)}}});
}

int number_of(const std::string& text) {
  int number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

std::vector<NumberFormat> read_formats(std::string_view zip, const std::string& part) {
  std::vector<NumberFormat> formats;
  std::map<int, NumberFormat> custom;
  XmlPart xml(zip, part, kMaxSmallPart);
  if (!xml.found()) return formats;
  bool in_cells = false;
  while (xml.next()) {
    const auto name = xml.local_name();
    if (xml.type() == XML_READER_TYPE_END_ELEMENT && name == "cellXfs") in_cells = false;
    if (xml.type() != XML_READER_TYPE_ELEMENT) continue;
    if (name == "cellXfs") {
      in_cells = !xml.empty_element();
    } else if (name == "numFmt") {
      custom[number_of(xml.attribute("numFmtId"))] = parse_format(xml.attribute("formatCode"));
    } else if (name == "xf" && in_cells) {
      const int id = number_of(xml.attribute("numFmtId"));
      const auto own = custom.find(id);
      formats.push_back(own != custom.end() ? own->second : builtin_format(id));
    }
  }
  return formats;
}

std::vector<std::string> read_strings(std::string_view zip, const std::string& part) {
  std::vector<std::string> strings;
  XmlPart xml(zip, part, kMaxStringsPart);
  if (!xml.found()) return strings;
  bool in_text = false, in_reading = false;  // reading: phonetic help, not part of the string
  std::string current;
  while (xml.next()) {
    const auto name = xml.local_name();
    switch (xml.type()) {
      case XML_READER_TYPE_ELEMENT:
        if (name == "si") {
          current.clear();
          if (xml.empty_element()) strings.emplace_back();
        }
        if (name == "rPh") in_reading = !xml.empty_element();
        if (name == "t") in_text = !xml.empty_element();
        break;
      case XML_READER_TYPE_END_ELEMENT:
        if (name == "t") in_text = false;
        if (name == "rPh") in_reading = false;
        if (name == "si") strings.push_back(unescape_ooxml(std::move(current)));
        if (strings.size() > kMaxStrings) refuse_hostile(part);
        break;
      case XML_READER_TYPE_TEXT:
      case XML_READER_TYPE_CDATA:
      case XML_READER_TYPE_WHITESPACE:
      case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
        if (in_text && !in_reading) current += xml.value();
        break;
      default:
        break;
    }
  }
  return strings;
}

}  // namespace

// ---- ZipPart ----

ZipPart::ZipPart(std::string_view zip, const std::string& name, std::uint64_t limit)
    : name_(name), limit_(limit), compressed_(zip.size()) {
  archive_ = archive_read_new();
  if (archive_ == nullptr) throw std::bad_alloc();
  try {
    archive_read_support_format_zip_seekable(archive_);
    if (archive_read_open_memory(archive_, zip.data(), zip.size()) != ARCHIVE_OK) refuse_damaged("zip");
    archive_entry* entry = nullptr;
    for (int count = 0;; ++count) {
      const int result = archive_read_next_header(archive_, &entry);
      if (result == ARCHIVE_EOF) return;
      if (result != ARCHIVE_OK && result != ARCHIVE_WARN) refuse_damaged("zip");
      if (count >= kMaxEntries) refuse_hostile("zip");
      const std::string found = entry_name(entry);
      if (text::fold(found) != text::fold(name)) continue;
      if (archive_entry_is_encrypted(entry)) refuse_list("VTLT-LIST-05", {"list.xlsx-encrypted"});
      if (archive_entry_size_is_set(entry) && archive_entry_size(entry) > 0 &&
          std::uint64_t(archive_entry_size(entry)) > limit)
        refuse_hostile(name);
      found_ = true;
      return;
    }
  } catch (...) {
    archive_read_free(archive_);
    throw;
  }
}

ZipPart::~ZipPart() {
  archive_read_free(archive_);
}

std::size_t ZipPart::read(char* buffer, std::size_t size) {
  const la_ssize_t count = archive_read_data(archive_, buffer, size);
  if (count < 0) refuse_damaged(name_);
  produced_ += std::uint64_t(count);
  if (produced_ > limit_ || (produced_ > kFreeBytes && produced_ / kMaxRatio > compressed_))
    refuse_hostile(name_);
  return std::size_t(count);
}

// ---- XmlPart ----

XmlPart::XmlPart(std::string_view zip, const std::string& name, std::uint64_t limit)
    : part_(zip, name, limit), name_(name) {
  if (!part_.found()) return;
  reader_.reset(
      xmlReaderForIO(on_read, nullptr, this, nullptr, nullptr,
                     XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA));
  if (!reader_) throw std::bad_alloc();
  xmlTextReaderSetStructuredErrorHandler(
      reader_.get(), [](void*, xmlErrorPtr) {}, nullptr);
}

int XmlPart::on_read(void* self, char* buffer, int size) {
  auto& part = *static_cast<XmlPart*>(self);
  try {
    return static_cast<int>(part.part_.read(buffer, std::size_t(size)));
  } catch (...) {
    part.failure_ = std::current_exception();  // libxml2 is C: thrown after it has returned
    return -1;
  }
}

bool XmlPart::next() {
  const int result = xmlTextReaderRead(reader_.get());
  if (failure_) std::rethrow_exception(failure_);
  if (result < 0) refuse_damaged(name_);
  if (result == 0) return false;
  // Workbooks have no DTD; whoever puts one in wants entities to be expanded.
  if (type() == XML_READER_TYPE_DOCUMENT_TYPE || type() == XML_READER_TYPE_ENTITY_REFERENCE)
    refuse_damaged(name_);
  return true;
}

int XmlPart::type() const {
  return xmlTextReaderNodeType(reader_.get());
}

std::string_view XmlPart::local_name() const {
  const xmlChar* name = xmlTextReaderConstLocalName(reader_.get());
  return name == nullptr ? std::string_view() : reinterpret_cast<const char*>(name);
}

std::string_view XmlPart::value() const {
  const xmlChar* value = xmlTextReaderConstValue(reader_.get());
  return value == nullptr ? std::string_view() : reinterpret_cast<const char*>(value);
}

bool XmlPart::empty_element() const {
  return xmlTextReaderIsEmptyElement(reader_.get()) == 1;
}

namespace {

std::string take_text(xmlChar* text) {
  if (text == nullptr) return "";
  std::string result(reinterpret_cast<const char*>(text));
  xmlFree(text);
  return result;
}

const xmlChar* xml_text(const char* text) {
  return reinterpret_cast<const xmlChar*>(text);
}

}  // namespace

std::string XmlPart::attribute(const char* name) const {
  return take_text(xmlTextReaderGetAttribute(reader_.get(), xml_text(name)));
}

std::string XmlPart::attribute(const char* name, const char* space) const {
  return take_text(xmlTextReaderGetAttributeNs(reader_.get(), xml_text(name), xml_text(space)));
}

// ---- workbook ----

std::string unescape_ooxml(std::string text) {
  std::size_t at = text.find("_x");
  if (at == std::string::npos) return text;
  std::string out = text.substr(0, at);
  while (at < text.size()) {
    unsigned code = 0;
    const char* digits = text.data() + at + 2;
    const bool escape = text.compare(at, 2, "_x") == 0 && at + 7 <= text.size() && text[at + 6] == '_' &&
                        std::from_chars(digits, digits + 4, code, 16).ptr == digits + 4 && code != 0 &&
                        (code < 0xD800 || code > 0xDFFF);
    if (escape) {
      append_utf8(out, code);
      at += 7;
    } else {
      out += text[at++];
    }
  }
  return out;
}

Workbook open_workbook(std::string_view zip, const std::string& sheet) {
  std::string part = target_of_type(read_relations(zip, ""), "/officeDocument");
  if (part.empty()) part = "xl/workbook.xml";
  if (!ZipPart(zip, part, kMaxSmallPart).found())
    refuse_list("VTLT-LIST-04", {"list.foreign-format", {{"format", std::string("ZIP")}}}, 0,
                {"list.foreign-format.hint"});
  Workbook workbook;
  const auto sheets = read_sheets(zip, part, workbook.since_1904);
  const Sheet& chosen = choose_sheet(sheets, sheet);
  if (sheet.empty())
    for (const Sheet& other : sheets)
      if (!other.hidden && &other != &chosen) workbook.other_sheets.push_back(other.name);
  const auto relations = read_relations(zip, part);
  for (const Relation& relation : relations)
    if (relation.id == chosen.relation) workbook.sheet_part = relation.target;
  if (workbook.sheet_part.empty()) refuse_damaged(relations_of(part));
  if (const std::string styles = target_of_type(relations, "/styles"); !styles.empty())
    workbook.formats = read_formats(zip, styles);
  if (const std::string strings = target_of_type(relations, "/sharedStrings"); !strings.empty())
    workbook.strings = read_strings(zip, strings);
  return workbook;
}

namespace {

// "A5:B7" → rows 5-7 of column A; nothing when it stays in one row.
void add_merge(std::string_view range, std::vector<MergedCells>& merges) {
  MergedCells merge;
  const auto cell = [](std::string_view reference, std::size_t& column, long& row) {
    std::size_t at = 0, number = 0;
    while (at < reference.size() && reference[at] >= 'A' && reference[at] <= 'Z' && number < 100000)
      number = number * 26 + std::size_t(reference[at++] - 'A') + 1;
    column = number - 1;
    return number != 0 && std::from_chars(reference.data() + at, reference.data() + reference.size(), row).ec ==
                              std::errc();
  };
  const auto colon = range.find(':');
  std::size_t last_column = 0;
  if (colon == std::string_view::npos || !cell(range.substr(0, colon), merge.column, merge.first) ||
      !cell(range.substr(colon + 1), last_column, merge.last) || merge.last <= merge.first ||
      merge.column >= kMaxColumns)
    return;
  merges.push_back(merge);
}

}  // namespace

std::vector<MergedCells> read_merges(std::string_view zip, const std::string& sheet_part) {
  constexpr std::size_t kMostMerges = 100000;
  constexpr std::string_view kElement = "mergeCell ";
  std::vector<MergedCells> merges;
  ZipPart part(zip, sheet_part, kMaxSheetPart);
  if (!part.found()) return merges;
  std::string window;
  std::vector<char> piece(256 * 1024);
  for (;;) {
    const std::size_t count = part.read(piece.data(), piece.size());
    if (count == 0) break;
    window.append(piece.data(), count);
    std::size_t done = 0;
    for (std::size_t at = window.find(kElement); at != std::string::npos; at = window.find(kElement, done)) {
      const std::size_t end = window.find('>', at);
      if (end == std::string::npos) break;
      const std::string_view element = std::string_view(window).substr(at, end - at);
      const std::size_t ref = element.find("ref=\"");
      if (ref != std::string_view::npos) {
        const std::string_view value = element.substr(ref + 5);
        add_merge(value.substr(0, value.find('"')), merges);
      }
      if (merges.size() > kMostMerges) refuse_hostile(sheet_part);
      done = end;
    }
    // What may be the beginning of an element stays.
    const std::size_t keep = std::max(done, window.size() > 512 ? window.size() - 512 : 0);
    window.erase(0, keep);
  }
  std::stable_sort(merges.begin(), merges.end(),
                   [](const MergedCells& a, const MergedCells& b) { return a.first < b.first; });
  return merges;
}

}  // namespace vtlt::exchange
