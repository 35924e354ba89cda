// Help: for a command, its flags and exit statuses; `vtlt help bat-dau`; what `vtlt` alone says.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <map>

#include "commands.h"
#include "output.h"
#include "repository/repository.h"
#include "text/text.h"

namespace vtlt::cmd {
namespace {

struct Notes {
  Statuses statuses = Statuses::looking;
  std::vector<std::string> examples;
};

std::map<const CLI::App*, Notes>& notes() {
  static std::map<const CLI::App*, Notes> all;
  return all;
}

// What stands for a word in a usage line.
std::string word_of(const CLI::Option& option, const Context& context) {
  return context.text(Message("word." + option.get_name()));
}

std::string left_of(const CLI::Option& option, const Context& context) {
  if (option.get_positional()) return word_of(option, context);
  std::string words;
  for (const std::string& name : option.get_snames())
    words += (words.empty() ? "-" : ", -") + name;
  for (const std::string& name : option.get_lnames())
    words += (words.empty() ? "    --" : ", --") + name;
  if (!option.get_type_name().empty() && option.get_items_expected_max() > 0)
    words += " " + option.get_type_name();
  return words;
}

// As wide as the terminal, within what is read with ease.
int page_width(const Context& context) {
  const int width = terminal_width(context);
  return width == 0 ? 80 : std::clamp(width, 60, 100);
}

// Names to the left, meanings to the right, folded to the width of a page.
std::string rows_text(const std::vector<std::pair<std::string, std::string>>& rows, int width,
                      int left = 26) {
  const int right = width - left - 1;
  std::string out;
  for (const auto& [name, meaning] : rows) {
    std::string line = "  " + text::pad(name, left - 2);
    line +=
        text::display_width(line) > left ? "\n" + std::string(static_cast<std::size_t>(left) + 1, ' ') : " ";
    std::string rest = meaning;
    bool first = true;
    while (!rest.empty()) {
      std::size_t cut = rest.size();
      while (text::display_width(rest.substr(0, cut)) > right) {
        const auto space = rest.rfind(' ', cut - 1);
        if (space == std::string::npos || space == 0) break;
        cut = space;
      }
      line +=
          (first ? "" : std::string(static_cast<std::size_t>(left) + 1, ' ')) + rest.substr(0, cut) + "\n";
      rest = cut >= rest.size() ? "" : rest.substr(cut + 1);
      first = false;
    }
    out += meaning.empty() ? line + "\n" : line;
  }
  return out;
}

std::string usage_text(const CLI::App& app, const std::string& name, const Context& context) {
  std::string words = name;
  if (!app.get_subcommands({}).empty()) words += " " + context.text(Message("value.command"));
  for (const CLI::Option* option : app.get_options())
    if (option->get_positional())
      words += " [" + word_of(*option, context) + "]" + (option->get_items_expected_max() > 1 ? "…" : "");
  return words + " " + context.text(Message("help.options"));
}

std::vector<std::pair<std::string, std::string>> option_rows(const CLI::App& app, bool positional,
                                                             const Context& context, bool whole = true) {
  std::vector<std::pair<std::string, std::string>> rows;
  for (const CLI::Option* option : app.get_options())
    if (option->get_positional() == positional &&
        (whole || (option->get_name() != "--help" && option->get_name() != "--version")))
      rows.emplace_back(left_of(*option, context), option->get_description());
  return rows;
}

std::string statuses_text(const CLI::App& app, const Context& context) {
  const Statuses statuses = statuses_of(app);
  std::vector<std::pair<std::string, std::string>> rows;
  const auto add = [&](const char* code, const Message& meaning) {
    rows.emplace_back(code, context.text(meaning));
  };
  add("0", statuses == Statuses::judging ? Message("help.exit.passed") : Message("help.exit.done"));
  if (statuses == Statuses::judging) add("1", Message("help.exit.findings"));
  add("2", Message("help.exit.usage"));
  if (statuses != Statuses::looking) add("3", Message("help.exit.refused"));
  add("4", Message("help.exit.no_verdict"));
  if (statuses != Statuses::looking) add("5", Message("help.exit.busy"));
  add("130", Message("help.exit.interrupted"));
  return rows_text(rows, page_width(context), 6);
}

const CLI::App& find_command(const CLI::App& root, const std::vector<std::string>& words) {
  const CLI::App* at = &root;
  for (const std::string& word : words) {
    const CLI::App* next = nullptr;
    for (const CLI::App* command : at->get_subcommands({}))
      if (command->get_name() == word) next = command;
    if (next == nullptr)
      throw Error(Exit::usage, "VTLT-USE-01", Message("cmd.help.none", {{"word", text::printable(word)}}),
                  Message("cmd.help.none.hint"));
    at = next;
  }
  return *at;
}

}  // namespace

void note_statuses(const CLI::App& app, Statuses statuses) {
  notes()[&app].statuses = statuses;
}
Statuses statuses_of(const CLI::App& app) {
  return notes()[&app].statuses;
}
void note_example(const CLI::App& app, const char* line) {
  notes()[&app].examples.emplace_back(line);
}

std::string help_text(const CLI::App& app, const Context& context) {
  std::string name;
  const CLI::App* root = &app;
  for (; root->get_parent() != nullptr; root = root->get_parent())
    name = " " + root->get_name() + name;
  name = "vtlt" + name;
  const bool whole = root == &app;
  const int width = page_width(context);
  std::string out =
      whole ? context.text(Message("help.vtlt")) + "\n\n" : name + ": " + app.get_description() + "\n\n";
  out += context.text(Message("help.usage")) + " " + usage_text(app, name, context) + "\n";
  const auto section = [&](const Message& title, const std::string& body) {
    if (!body.empty()) out += "\n" + context.text(title) + "\n" + body;
  };
  std::vector<std::pair<std::string, std::string>> commands;
  for (const CLI::App* command : app.get_subcommands({}))
    commands.emplace_back(command->get_name(), command->get_description());
  section(Message("help.commands"), rows_text(commands, width));
  section(Message("help.places"), rows_text(option_rows(app, true, context), width));
  if (!whole) section(Message("help.flags"), rows_text(option_rows(app, false, context), width));
  section(Message("help.globals"), rows_text(option_rows(*root, false, context, whole), width));
  section(Message("help.exits"), statuses_text(app, context));
  std::string examples;
  for (const std::string& line : notes()[&app].examples)
    examples += "  " + line + "\n";
  section(Message("help.examples"), examples);
  return out;
}

std::string overview_text(Context& context) {
  std::string out = context.text(Message("overview"));
  const auto root = repository::find(context.files(), context.start());
  const std::string shown = root ? text::printable(root->parent_path().string()) : "";
  return out + "\n" +
         context.text(root ? Message("overview.here", {{"path", shown}}) : Message("overview.none")) + "\n";
}

void add_help(CLI::App& parent, Context& context, Chosen& chosen) {
  Command command(parent, context, chosen, "help", Message("command.help"), Statuses::looking);
  auto words = std::make_shared<std::vector<std::string>>();
  command.places("topic", *words, Message("place.topic"));
  command.run([&parent, &context, words] {
    Sink sink(context);
    if (words->empty()) {
      sink.write(help_text(parent, context));
    } else if (words->front() == "bat-dau" || words->front() == "start") {
      sink.write(context.text(Message("help.start")) + "\n");
    } else {
      sink.write(help_text(find_command(parent, *words), context));
    }
    sink.finish();
    return 0;
  });
}

}  // namespace vtlt::cmd
