// A list as CSV, web page or workbook; the first letter says which.
#include "exchange/table.h"
#include "fuzz/expected.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  static constexpr const char* names[] = {"a.csv", "a.html", "a.xls", "a.xlsx", "a.txt"};
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  return fuzz::expect([&] {
    vtlt::exchange::read_table(
        bytes, names[data[0] % std::size(names)], {},
        [](std::string_view heading) { return heading.size() > 2; }, 2,
        [](const vtlt::exchange::TableInfo&) {}, [](const vtlt::exchange::TableRow&) {});
  });
}
