#include "text/messages.h"

#include <algorithm>

namespace vtlt::text {
namespace {

struct Entry {
  std::string_view key, english, vietnamese;
};

// all_messages.inc is written by CMake: one #include for each lib/text/messages/*.inc.
constexpr Entry kEntries[] = {
#define VTLT_MESSAGE(key, english, vietnamese) {key, english, vietnamese},
#include "all_messages.inc"
#undef VTLT_MESSAGE
};

const std::vector<Entry>& sorted() {
  static const std::vector<Entry> table = [] {
    std::vector<Entry> entries(std::begin(kEntries), std::end(kEntries));
    std::stable_sort(entries.begin(), entries.end(),
                     [](const Entry& a, const Entry& b) { return a.key < b.key; });
    return entries;
  }();
  return table;
}

const Entry* find(std::string_view key) {
  const auto& table = sorted();
  const auto at =
      std::lower_bound(table.begin(), table.end(), key,
                       [](const Entry& entry, std::string_view wanted) { return entry.key < wanted; });
  return at != table.end() && at->key == key ? &*at : nullptr;
}

std::string value_of(const MessageArg& arg, Language language) {
  if (const auto* number = std::get_if<std::int64_t>(&arg)) return group(*number, language);
  const std::string& text = std::get<std::string>(arg);
  // "{journal.fault.chain}": an argument that is itself a message.
  if (text.size() > 2 && text.front() == '{' && text.back() == '}') {
    const std::string_view inner = raw_message(std::string_view(text).substr(1, text.size() - 2), language);
    if (!inner.empty()) return std::string(inner);
  }
  return text;
}

}  // namespace

std::string render(const Message& message, Language language) {
  std::string_view rest = raw_message(message.key, language);
  if (rest.empty()) return message.key;
  std::string out;
  while (!rest.empty()) {
    const auto open = rest.find('{');
    out += rest.substr(0, open);
    if (open == std::string_view::npos) break;
    rest.remove_prefix(open);
    const auto close = rest.find('}');
    const auto name = close == std::string_view::npos ? rest : rest.substr(1, close - 1);
    const auto arg = std::find_if(message.args.begin(), message.args.end(),
                                  [&](const auto& candidate) { return candidate.first == name; });
    const auto size = close == std::string_view::npos ? rest.size() : close + 1;
    // An argument that was not given stays visible as {name}.
    out += arg == message.args.end() ? std::string(rest.substr(0, size)) : value_of(arg->second, language);
    rest.remove_prefix(size);
  }
  return out;
}

bool has_message(std::string_view key) {
  return find(key) != nullptr;
}

std::vector<std::string_view> all_message_keys() {
  std::vector<std::string_view> keys;
  keys.reserve(sorted().size());
  for (const auto& entry : sorted())
    keys.push_back(entry.key);
  return keys;
}

std::string_view raw_message(std::string_view key, Language language) {
  const Entry* entry = find(key);
  if (entry == nullptr) return {};
  return language == Language::vi ? entry->vietnamese : entry->english;
}

}  // namespace vtlt::text
