#include "app.h"

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <new>

#include "commands.h"
#include "output.h"
#include "repository/mending.h"
#include "text/text.h"

namespace vtlt {
namespace cmd {
namespace {

void add_globals(CLI::App& app, Context& context) {
  Globals& g = context.globals;
  const auto value = [&](const char* names, std::string& to, const Message& what,
                         const Message& placeholder) {
    app.add_option(names, to, context.text(what))->type_name(context.text(placeholder));
  };
  value("-C", g.directory, Message("option.directory"), Message("value.directory"));
  value("--fonds", g.fonds, Message("option.fonds"), Message("value.code"));
  value("-o,--output", g.output, Message("option.output"), Message("value.path"));
  value("--format", g.format, Message("option.format"), Message("value.format"));
  app.add_flag("--json", g.json, context.text(Message("option.json")));
  value("--lang", g.language, Message("option.lang"), Message("value.lang"));
  value("--actor", g.actor, Message("option.actor"), Message("value.text"));
  value("--wait", g.wait, Message("option.wait"), Message("value.seconds"));
  value("--color", g.color, Message("option.color"), Message("value.color"));
  app.add_flag("-y,--yes", g.yes, context.text(Message("option.yes")));
  app.add_flag("-q,--quiet", g.quiet, context.text(Message("option.quiet")));
  app.add_flag("-v,--verbose", g.verbose, context.text(Message("option.verbose")));
}

void add_commands(CLI::App& app, Context& context, Chosen& chosen) {
  add_init(app, context, chosen);
  add_register(app, context, chosen);
  add_file(app, context, chosen);
  add_package(app, context, chosen);
  add_verify(app, context, chosen);
  add_print(app, context, chosen);
  add_status(app, context, chosen);
  add_search(app, context, chosen);
  add_show(app, context, chosen);
  add_list(app, context, chosen);
  add_log(app, context, chosen);
  add_fonds(app, context, chosen);
  add_scheme(app, context, chosen);
  add_config(app, context, chosen);
  add_repair(app, context, chosen);
  add_help(app, context, chosen);
}

const CLI::App& deepest(const CLI::App& app) {
  const CLI::App* at = &app;
  while (!at->get_subcommands().empty())
    at = at->get_subcommands().back();
  return *at;
}

// The nearest command name, when a word is a slip away from it.
std::string nearest(const CLI::App& app, const std::string& word) {
  std::string best;
  std::size_t least = 3;
  for (const CLI::App* command : app.get_subcommands({})) {
    const std::string& name = command->get_name();
    std::vector<std::size_t> row(name.size() + 1);
    for (std::size_t j = 0; j <= name.size(); ++j)
      row[j] = j;
    for (std::size_t i = 1; i <= word.size(); ++i) {
      std::size_t corner = row[0];
      row[0] = i;
      for (std::size_t j = 1; j <= name.size(); ++j) {
        const std::size_t above = row[j];
        row[j] = std::min({above + 1, row[j - 1] + 1, corner + (word[i - 1] == name[j - 1] ? 0 : 1)});
        corner = above;
      }
    }
    if (row[name.size()] < least) {
      least = row[name.size()];
      best = name;
    }
  }
  return best;
}

std::string full_name(const CLI::App& app) {
  std::string name;
  for (const CLI::App* at = &app; at->get_parent() != nullptr; at = at->get_parent())
    name = at->get_name() + (name.empty() ? "" : " ") + name;
  return name.empty() ? "vtlt" : "vtlt " + name;
}

// CLI11's complaints, in our words (its codes are all mapped to 2).
Error usage_error(const CLI::App& app, const CLI::ParseError& error) {
  const CLI::App& at = deepest(app);
  const std::string help = full_name(at) + " --help";
  const std::string what = error.what();
  if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr) {
    const auto words = app.remaining(true);
    std::string word = words.empty() ? what : words.front();
    for (const std::string& one : words)
      if (one.size() > 1 && one.front() == '-') {
        word = one;
        break;
      }
    const std::string shown = text::printable(word);
    if (!word.empty() && word.front() == '-')
      return {Exit::usage, "VTLT-USE-01",
              Message("cmd.use.flag", {{"flag", shown}, {"command", full_name(at)}}),
              Message("cmd.use.see", {{"command", help}})};
    if (!at.get_subcommands({}).empty()) {
      const std::string near = nearest(at, word);
      return {Exit::usage, "VTLT-USE-01",
              Message("cmd.use.command", {{"word", shown}, {"command", full_name(at)}}),
              near.empty() ? Message("cmd.use.see", {{"command", help}})
                           : Message("cmd.use.meant", {{"command", full_name(at) + " " + near}})};
    }
    return {Exit::usage, "VTLT-USE-01",
            Message("cmd.use.extra", {{"word", shown}, {"command", full_name(at)}}),
            Message("cmd.use.see", {{"command", help}})};
  }
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) {
    std::string flag = what.substr(0, what.find(": "));
    if (const auto space = flag.find(' '); space != std::string::npos) flag.resize(space);
    for (const CLI::App* level = &at; level != nullptr; level = level->get_parent())
      for (const CLI::Option* option : level->get_options())
        if (option->get_name() == flag && option->count() > 1)
          return {Exit::usage, "VTLT-USE-03", Message("cmd.use.twice", {{"flag", flag}}),
                  Message("cmd.use.see", {{"command", help}})};
    return {Exit::usage, "VTLT-USE-02", Message("cmd.use.no_value", {{"flag", flag}}),
            Message("cmd.use.see", {{"command", help}})};
  }
  return {Exit::usage, "VTLT-USE-03", Message("cmd.use.other", {{"what", text::printable(what)}}),
          Message("cmd.use.see", {{"command", help}})};
}

int run(CLI::App& app, Context& context, Chosen& chosen, int argc, char** argv) {
  bool version = false;
  app.add_flag("--version", version, context.text(Message("option.version")));
  app.set_help_flag("-h,--help", context.text(Message("option.help")));
  app.require_subcommand(0, 1);
  note_statuses(app, Statuses::writing);
  add_globals(app, context);
  add_commands(app, context, chosen);
  // What is asked for as JSON is answered so even when the line cannot be understood.
  for (int i = 1; i < argc; ++i)
    if (std::string_view(argv[i]) == "--json") context.globals.json = true;
  std::vector<std::string> words;
  for (int i = argc - 1; i > 0; --i) {
    words.emplace_back(argv[i]);
    if (words.back().size() > 1 && words.back().front() == '[' && words.back().back() == ']')
      words.back() += list_mark;
  }
  try {
    app.parse(words);
  } catch (const CLI::CallForHelp&) {
    Sink sink(context);
    sink.write(help_text(deepest(app), context));
    sink.finish();
    return 0;
  } catch (const CLI::ParseError& error) {
    context.check_globals();
    context.command =
        full_name(deepest(app)).substr(std::min<std::size_t>(5, full_name(deepest(app)).size()));
    throw usage_error(app, error);
  }
  context.check_globals();
  if (version) {
    Sink sink(context);
    sink.write("vtlt " VTLT_VERSION "\n");
    sink.finish();
    return 0;
  }
  if (chosen.run) {
    // Before anything is done: a form that cannot be given is no reason to fail after writing.
    if (context.format() != Format::table && !context.json() &&
        statuses_of(deepest(app)) != Statuses::looking)
      throw Error(Exit::usage, "VTLT-USE-04",
                  Message("cmd.use.no_rows", {{"format", context.globals.format}}));
    return chosen.run();
  }
  const CLI::App& at = deepest(app);
  Sink sink(context);
  if (&at == &app) {
    sink.write(overview_text(context));
    sink.finish();
    return 0;
  }
  // "vtlt register" alone: its subcommands, and a status that says nothing was done.
  sink.write(help_text(at, context));
  sink.finish();
  return static_cast<int>(Exit::usage);
}

int run(Context& context, int argc, char** argv) {
  CLI::App app("", "vtlt");
  Chosen chosen;
  return run(app, context, chosen, argc, argv);
}

// A torn catalogue is no reason to fail a command that only looks: it is a cache. A writing command may have
// written already, and is not done twice; its error names `vtlt repair`.
bool renewed(Context& context, const Error& error) {
  if (error.code() != "VTLT-CATALOGUE-01" || context.wrote || has_spoken()) return false;
  try {
    repository::renew_catalogue(context.files(), context.options());
  } catch (const Error&) {  // the first failure is the one to tell
    return false;
  }
  if (!context.globals.quiet) warn(context, Message("cmd.catalogue.renewed"));
  return true;
}

int failed(Context& context, const Error& error) {
  try {
    context.progress().finish();  // its line is not the place of the error
    show_error(context, error);
  } catch (const Error&) {  // neither stdout nor stderr takes anything: the status is all that is left
  }
  return static_cast<int>(error.exit());
}

}  // namespace
}  // namespace cmd

int vtlt_main(int argc, char** argv) {
  using namespace cmd;
  install_interrupt_handler();
  // What glibc takes anyway, but unsaid it looks for a change of that file at every date in an archive.
  ::setenv("TZ", ":/etc/localtime", 0);
  Files& files = system_files();
  Context context(files, choose_language(files, argc, argv));
  try {
    try {
      return cmd::run(context, argc, argv);
    } catch (const Error& error) {
      if (!renewed(context, error)) throw;
    }
    Context again(files, context.language());
    return cmd::run(again, argc, argv);
  } catch (const ReaderGone&) {
    return static_cast<int>(Exit::done);
  } catch (const Error& error) {
    return failed(context, error);
  } catch (const std::bad_alloc&) {
    return failed(context, Error(Exit::no_verdict, "VTLT-MEMORY", Message("cmd.memory")));
  } catch (const std::exception& error) {
    return failed(context,
                  Error(Exit::bug, "VTLT-BUG", Message("base.bug", {{"what", text::printable(error.what())}}),
                        Message("cmd.bug.hint")));
  }
}

}  // namespace vtlt
