#include "boxes.h"

#include <algorithm>
#include <charconv>

#include "views.h"

namespace vtlt::cmd {

void show_box(Context& context, Report& report, Details& details, repository::Repository& repository,
              const records::Id& id) {
  constexpr std::int64_t kShown = 20;
  auto& catalogue = repository.catalogue();
  const auto box = catalogue.box(id);
  if (!box) return;
  catalogue::FileFilter filter;
  filter.box = id;
  filter.all = true;
  std::int64_t files = 0, sheets = 0;
  std::vector<std::string> names;
  std::string shown;
  catalogue.files(filter, [&](const catalogue::FileRow& row) {
    sheets += row.file.sheets;
    names.push_back(journal::json_string(name_of(row.file)));
    if (++files <= kShown) shown += (files == 1 ? ": " : ", ") + name_of(row.file);
  });
  report.say_text("hop." + box->number + (box->label.empty() ? "" : "  " + box->label) +
                  (box->unarranged ? "  (" + context.text(Message("box.block")) + ")" : ""));
  details.add(Message("field.place"), box->place);
  details.add(Message("field.box.files"),
              files == 0 ? "" : context.number(files) + shown + (files > kShown ? ", …" : ""));
  details.add(Message("field.sheets"), sheets == 0 ? "" : context.number(sheets));
  details.add(Message("field.box.metres"),
              metres_text(context, static_cast<std::int64_t>(box->shelf_metres * 100 + 0.5)));
  details.add(Message("field.note"), box->note);
  report.result(
      Object(json_of(*box)).add("count", files).add("sheets", sheets).raw("files", array(names)).text());
}

std::string metres_text(const Context& context, std::int64_t centimetres) {
  if (centimetres == 0) return {};
  std::string digits = std::to_string(centimetres % 100);
  if (digits.size() < 2) digits.insert(0, "0");
  while (!digits.empty() && digits.back() == '0')
    digits.pop_back();
  const std::string whole = context.number(centimetres / 100);
  return digits.empty() ? whole : whole + (context.language() == Language::vi ? "," : ".") + digits;
}

std::int64_t centimetres_of(const std::string& flag, const std::string& value) {
  std::string number = value;
  std::replace(number.begin(), number.end(), ',', '.');
  double metres = 0;
  const char* const last = number.data() + number.size();
  const auto [end, problem] = std::from_chars(number.data(), last, metres, std::chars_format::fixed);
  if (problem != std::errc() || end != last || metres < 0 || metres > 99'999)
    wrong_value(flag, value, Message("cmd.expected.metres"));
  return static_cast<std::int64_t>(metres * 100 + 0.5);
}

}  // namespace vtlt::cmd
