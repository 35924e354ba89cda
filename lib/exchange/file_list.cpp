#include "exchange/file_list.h"

#include <array>

#include "exchange/cell_text.h"
#include "exchange/list_internal.h"
#include "exchange/readers.h"

namespace vtlt::exchange {
namespace {

enum class Meaning { notation, title, term, officer, note, rule, none };
constexpr std::size_t kMeanings = static_cast<std::size_t>(Meaning::none);

// By what the heading holds: "Thời hạn bảo quản (lưu trữ)", "Đơn vị, người lập hồ sơ".
Meaning meaning_in_list(std::string_view heading) {
  if (heading.size() > 300) return Meaning::none;
  const std::string key = heading_key(heading);
  const auto holds = [&](const char* words) { return key.find(words) != std::string::npos; };
  if (holds("quy tac")) return Meaning::rule;
  if (holds("tieu de") || holds("ten de muc") || key == "ten ho so") return Meaning::title;
  if (holds("thoi han") || key == "thbq" || key == "thlt") return Meaning::term;
  if (holds("nguoi lap") || holds("don vi lap") || holds("ca nhan lap")) return Meaning::officer;
  if (holds("ky hieu") || key == "so ho so" || key == "ho so so") return Meaning::notation;
  if (holds("ghi chu")) return Meaning::note;
  return Meaning::none;
}

}  // namespace

FileListInfo read_file_list(std::string_view bytes, const std::string& file_name, const TableOptions& options,
                            const std::function<void(FileListRow&&)>& row) {
  FileListInfo info;
  std::array<int, kMeanings> place;
  place.fill(-1);
  const auto begun = [&](const TableInfo& table) {
    for (std::size_t i = 0; i < table.headings.size(); ++i) {
      const Meaning meaning = meaning_in_list(table.headings[i]);
      if (meaning == Meaning::none || place[static_cast<std::size_t>(meaning)] >= 0) {
        if (!table.headings[i].empty()) info.unused.push_back(table.headings[i]);
        continue;
      }
      place[static_cast<std::size_t>(meaning)] = static_cast<int>(i);
    }
    if (place[static_cast<std::size_t>(Meaning::title)] < 0 ||
        place[static_cast<std::size_t>(Meaning::term)] < 0)
      refuse_list("VTLT-LIST-20", Message("list.no-file-list"), table.heading_row,
                  Message("list.no-file-list.hint"));
  };
  TableOptions whole = options;
  whole.ends_with_totals = true;
  info.table = read_table(
      bytes, file_name, whole,
      [](std::string_view heading) { return meaning_in_list(heading) != Meaning::none; }, 2, begun,
      [&](const TableRow& one) {
        const auto cell = [&](Meaning meaning) {
          const int at = place[static_cast<std::size_t>(meaning)];
          return at < 0 || static_cast<std::size_t>(at) >= one.cells.size()
                     ? std::string()
                     : clean_cell(one.cells[static_cast<std::size_t>(at)]);
        };
        row({one.number, cell(Meaning::notation), cell(Meaning::title), cell(Meaning::term),
             cell(Meaning::officer), cell(Meaning::note), cell(Meaning::rule)});
      });
  return info;
}

}  // namespace vtlt::exchange
