#include "scheme/holidays.h"

#include "scheme/keys.h"
#include "text/text.h"

namespace vtlt::scheme {
namespace {

void take_days(const YamlFile& file, std::string_view key, std::set<text::Date>& days, const std::set<text::Date>& other) {
  const Node* list = file.root.find(key);
  if (list == nullptr) return;
  const auto take = [&](const Node& node) {
    const auto day = text::parse_date(node.text);
    if (!day || !day->whole())
      refuse({file.path, node.line, node.column}, "VTLT-SCHEME-20", "scheme.holidays.no_day", {{"value", text::cut(node.text, 60)}});
    if (other.count(*day) != 0)
      refuse({file.path, node.line, node.column}, "VTLT-SCHEME-20", "scheme.holidays.both", {{"day", text::to_dmy(*day)}});
    days.insert(*day);
  };
  if (list->kind == Node::Kind::scalar) take(*list);
  for (const Node& node : list->items) take(node);
}

}  // namespace

HolidayFile read_holidays(const Source& source) {
  const YamlFile file = parse_yaml(source.name, source.text);
  if (file.root.kind != Node::Kind::map || file.root.find("vtlt") == nullptr)
    refuse({file.path, 1, 1}, "VTLT-SCHEME-11", "scheme.not_a_scheme",
           {{"key", std::string("vtlt")},
            {"section", std::string("holidays")},
            {"value", std::string()},
            {"allowed", std::string("holidays/1")}});
  validate(file, file.root, "holidays");
  HolidayFile out;
  out.basis = text_at(file.root, "basis");
  take_days(file, "off", out.days.off, {});
  take_days(file, "work", out.days.work, out.days.off);
  return out;
}

}  // namespace vtlt::scheme
