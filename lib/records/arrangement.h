// Arrangement (chỉnh lý): the order of files in a fonds and their numbers (P45, P46; CV283,
// records-practice.md 3.1-3.5).
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/finding.h"
#include "records/records.h"

namespace vtlt::records {

// The states a file may enter with: planned by the year's list, open, and archived for arranged material, which has
// stood in the archives all along (product.md, "States of a file"). What follows: may_follow in rules.h.
bool may_begin(FileState state, bool arranged);

// ---- order ----
enum class OrderKey {
  activity,   // mặt hoạt động: the large heading of the class
  unit,       // cơ cấu tổ chức: the unit
  time,       // thời gian: the year
  period,     // nhiệm kỳ: the term of office, for Party fonds and elected bodies
  term_up,    // thời hạn bảo quản, the shortest first
  term_down,  // the longest first: permanent files in front
};
using Order = std::vector<OrderKey>;       // from the largest group to the smallest
const char* order_key_text(OrderKey key);  // "mat-hoat-dong", as --order takes it

struct ParsedOrder {
  Order order;          // empty: not an order
  std::string unknown;  // the word that is no key, or stands twice
};
// "mat-hoat-dong,thoi-gian", "mặt hoạt động - thời gian" (as schemes write it),
// "thoi-han-giam,mat-hoat-dong,thoi-gian"; keys: mat-hoat-dong, co-cau (cơ cấu tổ chức, đơn vị), thoi-gian
// (năm), nhiem-ky, thoi-han (= thoi-han-tang), thoi-han-giam; with or without tones, and English: activity
// unit time period term term-desc. A key stands once; the two directions of the term are one key.
ParsedOrder parse_order(std::string_view text);

// The four schemes of CV283, and what software tenders ask for beside them (3.1), with nhiệm kỳ for the year.
struct ArrangementScheme {
  Order order;
  const char* name_vi;  // "Mặt hoạt động - Thời gian"
  const char* name_en;
};
const std::vector<ArrangementScheme>& arrangement_schemes();
std::string order_text(const Order& order);  // "mat-hoat-dong,thoi-gian"

// The order that the office gives to classes and units; what is not in a list comes after it, in Vietnamese
// order, and what has none at all last.
struct ClassOrder {
  std::vector<std::string> classes;  // "I", "I.1", "I.2", "II" …: as the scheme has them
  std::vector<std::string> units;    // "VP", "ĐC-XD"
};

class Arranger {
 public:
  Arranger(Order order, const ClassOrder& classes);
  // Bytes; their order is the order of the files. After the keys come the class as a whole, the span of
  // dates, the title in Vietnamese order, the provisional number and the id, so that no two files are equal.
  std::string key(const FileRecord& file) const;
  // Places in `files`, first to last.
  std::vector<std::size_t> arrange(const std::vector<const FileRecord*>& files) const;

 private:
  void add(std::string& key, OrderKey one, const FileRecord& file) const;
  Order order_;
  std::map<std::string, std::uint32_t> headings_, classes_, units_;
};

// "2020-2025", "nhiệm kỳ 2020 - 2025", "khóa XV (2020-2025)" → {2020, 2025}; nullopt: no two years in it, or
// backwards.
std::optional<std::pair<int, int>> parse_period(std::string_view text);

// ---- numbers ----
// Hồ sơ số: continuous through the whole fonds, whatever the inventory (mục lục số) is; "341", "07", "341a".
struct FileNumber {
  int number = 0;  // 1 to 9,999,999
  std::string suffix;
  std::string text() const;  // "07", "341a": below 10 with a zero
  auto operator<=>(const FileNumber&) const = default;
};
std::optional<FileNumber> parse_file_number(std::string_view text);

// One use of a number, now or before: a number that was given stays spent, also of a destroyed or transferred
// file.
struct NumberUse {
  std::string number;  // as recorded
  Id file{Kind::file};
  std::string ref;      // for findings
  bool current = true;  // false: the file bore it before, or is gone
};
// The highest number that was ever used; 0: none. Unreadable ones are passed over.
int last_file_number(const std::vector<NumberUse>& uses);
// `count` numbers after it: {"342", …}; "01" begins a fonds.
std::vector<std::string> next_file_numbers(const std::vector<NumberUse>& uses, std::size_t count);
// P46, for verify: a number that two files bear, or that a file bears after another one had it: errors; gaps,
// a suffix without its number, numbers that cannot be read: warnings. `first`: where the fonds' numbers begin
// (an older part may be elsewhere).
std::vector<Finding> check_file_numbers(const std::string& fonds, const std::vector<NumberUse>& uses,
                                        int first = 1);

// ---- rejected material: bundles (bó) through the whole fonds, volumes (tập) inside each (3.5, P26) ----
struct BundleMark {
  std::string bundle, volume;  // "01"
  bool operator==(const BundleMark&) const = default;
};
// Marks for files in the order of the list, `volumes` to a bundle at most, after the last bundle of the
// fonds. A new bundle begins where `break_before` is true (another class, another box).
std::vector<BundleMark> bundle_marks(const std::vector<bool>& break_before, int volumes, int last_bundle);
// Gaps and repeats among the marks of a fonds, and files that lack one half: errors, with P26.
struct MarkedFile {
  BundleMark mark;
  std::string ref;
};
std::vector<Finding> check_bundles(const std::string& fonds, const std::vector<MarkedFile>& files);

}  // namespace vtlt::records
