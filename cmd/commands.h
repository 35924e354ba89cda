// The commands. Each add_…() adds one subcommand to its parent: its flags, and what to run when it was
// chosen.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "context.h"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace vtlt::cmd {

// Which exit statuses a command's help names.
enum class Statuses { looking, writing, judging };

// Ends words that CLI11 would take for a list of values.
inline constexpr char list_mark = '\x01';

// What parsing chose to run; nothing runs before the whole line has been understood.
struct Chosen {
  std::function<int()> run;
};

// Adds a command and its flags, in the language of the run.
class Command {
 public:
  Command(CLI::App& parent, Context& context, Chosen& chosen, const char* name, const Message& what,
          Statuses statuses);
  void run(std::function<int()> action);

  void flag(const char* names, bool& value, const Message& what);
  void value(const char* names, std::string& value, const Message& what, const Message& placeholder);
  void values(const char* names, std::vector<std::string>& values, const Message& what,
              const Message& placeholder);
  // Judged as soon as it is read, an empty value too; `judge` throws.
  void check(const char* name, std::function<void(const std::string&)> judge);
  void place(const char* name, std::string& value, const Message& what);
  void places(const char* name, std::vector<std::string>& values, const Message& what);
  void example(const char* line);
  void group();  // has subcommands, of which one is chosen

  // Flags with one meaning everywhere.
  void dry_run(bool& value);
  void year(std::string& value);
  void reason(std::string& value);
  void as_of(std::string& value);
  void exit_code(bool& value);

  CLI::App& app() { return app_; }
  Context& context() { return context_; }
  Chosen& chosen() { return chosen_; }

 private:
  CLI::App& app_;
  Context& context_;
  Chosen& chosen_;
};

void add_init(CLI::App& parent, Context& context, Chosen& chosen);
void add_register(CLI::App& parent, Context& context, Chosen& chosen);
void add_register_write(CLI::App& parent, Context& context, Chosen& chosen);  // in, out, internal
void add_register_copy(CLI::App& parent, Context& context, Chosen& chosen);
void add_register_attach(CLI::App& parent, Context& context, Chosen& chosen);
void add_register_import(CLI::App& parent, Context& context, Chosen& chosen);
void add_register_correct(CLI::App& parent, Context& context, Chosen& chosen);  // amend, link, reserve, void, undo …
void add_register_message(CLI::App& parent, Context& context, Chosen& chosen);  // send, status
void add_register_use(CLI::App& parent, Context& context, Chosen& chosen);      // the book of uses
void add_register_list(CLI::App& parent, Context& context, Chosen& chosen);
void add_file(CLI::App& parent, Context& context, Chosen& chosen);
void add_file_plan(CLI::App& parent, Context& context, Chosen& chosen);
void add_file_open(CLI::App& parent, Context& context, Chosen& chosen);
void add_file_add(CLI::App& parent, Context& context, Chosen& chosen);
void add_file_remove(CLI::App& parent, Context& context, Chosen& chosen);
void add_file_amend(CLI::App& parent, Context& context, Chosen& chosen);
void add_file_suggest(CLI::App& parent, Context& context, Chosen& chosen);
void add_file_close(CLI::App& parent, Context& context, Chosen& chosen);
void add_file_reopen(CLI::App& parent, Context& context, Chosen& chosen);
void add_file_submit(CLI::App& parent, Context& context, Chosen& chosen);
void add_file_take(CLI::App& parent, Context& context, Chosen& chosen);
void add_file_return(CLI::App& parent, Context& context, Chosen& chosen);
void add_file_list(CLI::App& parent, Context& context, Chosen& chosen);
void add_package(CLI::App& parent, Context& context, Chosen& chosen);
void add_verify(CLI::App& parent, Context& context, Chosen& chosen);
void add_print(CLI::App& parent, Context& context, Chosen& chosen);
void add_status(CLI::App& parent, Context& context, Chosen& chosen);
void add_show(CLI::App& parent, Context& context, Chosen& chosen);
void add_list(CLI::App& parent, Context& context, Chosen& chosen);
void add_log(CLI::App& parent, Context& context, Chosen& chosen);
void add_fonds(CLI::App& parent, Context& context, Chosen& chosen);
void add_scheme(CLI::App& parent, Context& context, Chosen& chosen);
void add_scheme_check(CLI::App& parent, Context& context, Chosen& chosen);
void add_scheme_write(CLI::App& parent, Context& context, Chosen& chosen);  // new, import
void add_scheme_use(CLI::App& parent, Context& context, Chosen& chosen);    // diff, use, confirm
void add_config(CLI::App& parent, Context& context, Chosen& chosen);
void add_repair(CLI::App& parent, Context& context, Chosen& chosen);
void add_search(CLI::App& parent, Context& context, Chosen& chosen);
void add_help(CLI::App& parent, Context& context, Chosen& chosen);

// Help as people read it: usage, flags, exit statuses, examples.
std::string help_text(const CLI::App& app, const Context& context);
std::string overview_text(Context& context);
void note_statuses(const CLI::App& app, Statuses statuses);
Statuses statuses_of(const CLI::App& app);
void note_example(const CLI::App& app, const char* line);

}  // namespace vtlt::cmd
