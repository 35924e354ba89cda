#include "list_flags.h"

namespace vtlt::cmd {

void add_list_flags(Command& command, ListFlags& flags, Caps caps) {
  command.value("--encoding", flags.encoding, Message("option.encoding"), Message("value.encoding"));
  if (caps == Caps::told) command.value("--caps", flags.caps, Message("option.caps"), Message("value.caps"));
  command.value("--sheet", flags.sheet, Message("option.sheet"), Message("value.text"));
}

exchange::TableOptions table_options(const ListFlags& flags) {
  exchange::TableOptions options;
  if (!flags.encoding.empty() && flags.encoding != "auto") {
    options.encoding = exchange::parse_encoding(flags.encoding);
    if (!options.encoding) wrong_value("--encoding", flags.encoding, Message("cmd.expected.encoding"));
  }
  if (!flags.caps.empty() && flags.caps != "keep" && flags.caps != "mend")
    wrong_value("--caps", flags.caps, Message("cmd.expected.caps"));
  options.keep_caps = flags.caps == "keep";
  options.sheet = flags.sheet;
  return options;
}

std::vector<std::pair<const char*, std::string>> flags_given(const ListFlags& flags) {
  std::vector<std::pair<const char*, std::string>> all{
      {"--encoding", flags.encoding}, {"--caps", flags.caps}, {"--sheet", flags.sheet}};
  std::erase_if(all, [](const auto& one) { return one.second.empty(); });
  return all;
}

}  // namespace vtlt::cmd
