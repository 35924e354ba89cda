// What every command shares: global flags, language, the repository it works on, and where its answer goes.
#pragma once
#include <memory>
#include <string>

#include "base/error.h"
#include "base/files.h"
#include "base/finding.h"
#include "base/progress.h"
#include "records/order.h"
#include "repository/repository.h"
#include "text/messages.h"

namespace vtlt::cmd {

using text::Language;

// The flags that mean the same in every command (product.md section 2).
struct Globals {
  std::string directory, fonds, output, format, language, actor, color, wait;
  bool json = false, yes = false, quiet = false, verbose = false;
};

enum class Format { table, csv, tsv, xlsx, html, json, jsonl };
enum class Style { plain, good, attention, bad, next, faint };

// Flag > environment > configuration > locale. Read before the program knows its commands, so that help and
// errors speak the right language.
Language choose_language(Files& files, int argc, const char* const* argv);

class Report;

class Context {
 public:
  Context(Files& files, Language language);
  ~Context();

  Globals globals;
  std::string command;  // "register in", for JSON
  bool wrote = false;   // a writing command: --quiet leaves only what is missing or wrong

  Files& files() const { return files_; }
  Language language() const { return language_; }
  void check_globals();  // values that no command may meet: unknown formats, waits that are no numbers …

  std::string text(const Message& message) const;
  std::string number(std::int64_t value) const { return text::group(value, language_); }
  std::string bytes(std::uint64_t value) const { return text::bytes_text(value, language_); }
  Format format() const { return format_; }
  bool json() const { return format_ == Format::json || format_ == Format::jsonl; }
  std::string paint(Style style, const std::string& words) const;
  std::string paint_error(Style style, const std::string& words) const;  // for stderr
  bool may_ask() const;  // a person sits there, and wants to be asked

  Path start() const;  // -C, VTLT_DIR or the working directory
  repository::Options options();
  // For looking: says first in which state the repository was found. For writing: refused unless it is good.
  repository::Repository& look(Report& report);
  repository::Repository& write();
  repository::ReferenceContext references(bool writing, int year = 0) const;
  Progress& progress();

 private:
  void open(bool writing);
  Files& files_;
  Language language_;
  Format format_ = Format::table;
  bool color_out_ = false, color_error_ = false;
  std::unique_ptr<Progress> progress_;
  std::unique_ptr<repository::Repository> repository_;
};

std::string environment(const char* name);  // "" when it is not set
std::string login_name();
text::Date today();
int current_year();

// A usage error about one flag (exit 2).
[[noreturn]] void wrong_value(const std::string& flag, const std::string& value, const Message& expected);
[[noreturn]] void missing(const std::string& flag);
const std::string& need(const std::string& flag, const std::string& value);
text::Date date_of(const std::string& flag, const std::string& value);  // empty value: empty date
std::string until_of(const std::string& flag,
                     const std::string& value);  // ISO; a month or a year: its last day
records::SortBy sort_of(const std::string& value);  // of --sort
int number_of(const std::string& flag, const std::string& value, int most = 99'999'999);  // empty value: 0
int year_of(const std::string& flag, const std::string& value);                           // empty value: 0

}  // namespace vtlt::cmd
