#include "commands.h"

#include <CLI/CLI.hpp>

namespace vtlt::cmd {

Command::Command(CLI::App& parent, Context& context, Chosen& chosen, const char* name, const Message& what,
                 Statuses statuses)
    : app_(*parent.add_subcommand(name, context.text(what))), context_(context), chosen_(chosen) {
  app_.fallthrough();
  app_.set_help_flag("-h,--help", context.text(Message("option.help")));
  note_statuses(app_, statuses);
}

void Command::run(std::function<int()> action) {
  app_.callback([this_app = &app_, &context = context_, &chosen = chosen_, action = std::move(action)] {
    std::string name = this_app->get_name();
    for (const CLI::App* up = this_app->get_parent(); up != nullptr && up->get_parent() != nullptr;
         up = up->get_parent())
      name = up->get_name() + " " + name;
    context.command = name;
    chosen.run = action;
  });
}

namespace {

// CLI11 takes "[a,b]" apart into a list; run() has marked such words, for a computer file may have that name.
std::string unmarked(std::string word) {
  if (!word.empty() && word.back() == list_mark) word.pop_back();
  return word;
}

}  // namespace

void Command::flag(const char* names, bool& value, const Message& what) {
  app_.add_flag(names, value, context_.text(what));
}

// A flag given twice is a slip of the hand or two meanings: the last one does not win in silence.
void Command::value(const char* names, std::string& value, const Message& what, const Message& placeholder) {
  app_.add_option(names, value, context_.text(what))
      ->type_name(context_.text(placeholder))
      ->transform(unmarked);
}

void Command::values(const char* names, std::vector<std::string>& values, const Message& what,
                     const Message& placeholder) {
  app_.add_option(names, values, context_.text(what))
      ->type_name(context_.text(placeholder))
      ->expected(1)
      ->allow_extra_args(false)
      ->transform(unmarked)
      ->take_all();
}

void Command::check(const char* name, std::function<void(const std::string&)> judge) {
  app_.get_option(name)->check([judge = std::move(judge)](const std::string& value) {
    judge(value);
    return std::string();
  });
}

void Command::place(const char* name, std::string& value, const Message& what) {
  app_.add_option(name, value, context_.text(what))->type_name("")->transform(unmarked);
}

void Command::places(const char* name, std::vector<std::string>& values, const Message& what) {
  app_.add_option(name, values, context_.text(what))->type_name("")->transform(unmarked);
}

void Command::group() {
  app_.require_subcommand(0, 1);
}
void Command::example(const char* line) {
  note_example(app_, line);
}

void Command::dry_run(bool& value) {
  flag("-n,--dry-run", value, Message("option.dry_run"));
}
void Command::year(std::string& value) {
  this->value("--year", value, Message("option.year"), Message("value.year"));
}
void Command::reason(std::string& value) {
  this->value("--reason", value, Message("option.reason"), Message("value.text"));
}
void Command::as_of(std::string& value) {
  this->value("--as-of", value, Message("option.as_of"), Message("value.date"));
}
void Command::exit_code(bool& value) {
  flag("--exit-code", value, Message("option.exit_code"));
}

}  // namespace vtlt::cmd
