#include "exchange/register_list.h"

#include "exchange/list_internal.h"

namespace vtlt::exchange {

ListInfo read_register_list(std::string_view bytes, const std::string& file_name, const ListOptions& options,
                            const std::function<void(const ListInfo&)>& begun,
                            const std::function<void(ListRow&&)>& row) {
  constexpr int kLeastKnown = 2;
  ListInfo info;
  std::optional<RowReader> reader;
  const auto start = [&](const TableInfo& table) {
    info.table = table;
    const auto columns = resolve_columns(table.headings);
    for (std::size_t i = 0; i < columns.size(); ++i) {
      info.columns.emplace_back(table.headings[i], columns[i]);
      if (columns[i] == Column::unused && !table.headings[i].empty())
        info.unused.push_back(table.headings[i]);
    }
    reader.emplace(options, table.headings, columns);
    begun(info);
  };
  const auto known = [](std::string_view heading) { return meaning_of(heading) != Column::unused; };
  info.table = read_table(bytes, file_name, options.table, known, kLeastKnown, start,
                          [&](const TableRow& table_row) { row(reader->read(table_row)); });
  return info;
}

}  // namespace vtlt::exchange
