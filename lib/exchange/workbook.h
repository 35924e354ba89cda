// The parts of an XLSX workbook that stand beside its sheets, and the streams they are read from.
#pragma once
#include <libxml/xmlreader.h>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "exchange/number_format.h"

struct archive;

namespace vtlt::exchange {

// A hostile file may promise little and unpack to anything: every part has a limit in bytes.
inline constexpr std::uint64_t kMaxSmallPart = 32u << 20;  // workbook, styles, relations
inline constexpr std::uint64_t kMaxStringsPart = 512u << 20;
inline constexpr std::uint64_t kMaxSheetPart = 4ull << 30;

// One entry of the zip as a stream.
class ZipPart {
 public:
  ZipPart(std::string_view zip, const std::string& name, std::uint64_t limit);
  ~ZipPart();
  ZipPart(const ZipPart&) = delete;
  ZipPart& operator=(const ZipPart&) = delete;
  bool found() const { return found_; }
  std::size_t read(char* buffer, std::size_t size);

 private:
  archive* archive_ = nullptr;
  std::string name_;
  bool found_ = false;
  std::uint64_t limit_, produced_ = 0, compressed_;
};

// Pull parser over a part: no DTD, no entities, no network.
class XmlPart {
 public:
  XmlPart(std::string_view zip, const std::string& name, std::uint64_t limit);
  bool found() const { return part_.found(); }
  bool next();  // false at the end; throws for broken XML
  int type() const;
  std::string_view local_name() const;
  std::string_view value() const;
  bool empty_element() const;
  std::string attribute(const char* name) const;  // "" when absent
  std::string attribute(const char* name, const char* space) const;

 private:
  static int on_read(void* self, char* buffer, int size);
  struct FreeReader {
    void operator()(xmlTextReaderPtr reader) const { xmlFreeTextReader(reader); }
  };
  ZipPart part_;
  std::string name_;
  std::exception_ptr failure_;
  std::unique_ptr<xmlTextReader, FreeReader> reader_;
};

// Cells merged over several rows (one column wide, or the first column of a wider range).
struct MergedCells {
  long first = 0, last = 0;
  std::size_t column = 0;
};

struct Workbook {
  std::string sheet_part;
  std::vector<std::string> other_sheets;  // visible, not chosen, when no sheet was asked for
  std::vector<MergedCells> merges;        // by first row
  std::vector<std::string> strings;
  std::vector<NumberFormat> formats;  // by cell style
  bool since_1904 = false;
};
// Finds the sheet by name, "" for the first visible one.
Workbook open_workbook(std::string_view zip, const std::string& sheet);

// A sheet tells its merged cells after its rows: they are looked for before these are read.
std::vector<MergedCells> read_merges(std::string_view zip, const std::string& sheet_part);

std::string unescape_ooxml(std::string text);  // _x000D_

}  // namespace vtlt::exchange
