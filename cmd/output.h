// How answers look: sentences for people, one JSON envelope for programs, tables in the formats of --format.
// Commands say what happened; nothing outside this header prints to stdout.
#pragma once
#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/message.h"
#include "context.h"
#include "exchange/forms.h"

namespace vtlt::cmd {

int terminal_width(const Context& context);  // of stdout; 0: no terminal, or -o
bool has_spoken();                           // something has gone to stdout already

// stdout, or the computer file named by -o: whole or not at all.
class Sink {
 public:
  explicit Sink(Context& context);
  Sink(Context& context, const Path& path);
  ~Sink();
  Sink(const Sink&) = delete;
  Sink& operator=(const Sink&) = delete;
  void write(std::string_view bytes);
  void finish();
  // Throws, exit 2, for what can become no computer file: a folder, or one in a folder that is not there.
  static void require(Files& files, const Path& path, const char* if_folder = "cmd.output.directory");
  std::uint64_t bytes() const { return bytes_; }

 private:
  void begin(const Path& path);
  Files& files_;
  Path path_, temporary_;
  std::unique_ptr<File> file_;
  std::string buffer_;
  std::uint64_t bytes_ = 0;
};

// Thrown when the reader of a pipe has gone away: nothing is left to be said.
struct ReaderGone {};

struct Next {
  std::string command;  // what to type
  Message why;          // may be empty
};

// The answer of one command. The first thing said is what happened.
class Report {
 public:
  void condition(Message what) { conditions_.push_back(std::move(what)); }
  void say(Message what) { lines_.push_back({std::move(what), {}, false}); }
  void say_text(std::string words) { lines_.push_back({{}, std::move(words), false}); }
  void lacks(Message what) { lines_.push_back({std::move(what), {}, true}); }
  void next(std::string command, Message why = {}) { next_.push_back({std::move(command), std::move(why)}); }
  void found(const Finding& finding) { findings_.push_back(finding); }
  void found(const std::vector<Finding>& findings) {
    findings_.insert(findings_.end(), findings.begin(), findings.end());
  }
  void result(std::string json) { result_ = std::move(json); }  // a JSON value

  void show(Context& context) const;
  // For answers that are streamed: what stands before and after.
  void show_head(Context& context, Sink& sink) const;
  void show_tail(Context& context, Sink& sink) const;
  std::string json_tail(const Context& context) const;  // ,"findings":[…],"next":[…]}

 private:
  struct Line {
    Message message;
    std::string words;
    bool lacking = false;
  };
  std::vector<Message> conditions_;
  std::vector<Line> lines_;
  std::vector<Finding> findings_;
  std::vector<Next> next_;
  std::string result_ = "null";
};

// A command to type next, with the --fonds of this one where it matters.
std::string in_fonds(const Context& context, const std::string& command);
std::string json_of(const Context& context, const Finding& finding);
// "lỗi P38 EAD_DOC_3.xml:7 năm … · sửa: …" without colours or marks.
std::string finding_text(const Context& context, const Finding& finding);
void show_error(Context& context, const Error& error);
void warn(const Context& context, const Message& what);  // a line on stderr

// Rows in the format of --format. Cells are for people; json() gives the row as stored.
struct Column {
  Message heading;
  bool right = false;
  bool wide = false;  // may be cut where the terminal is narrow
};

class SheetFile;

class Table {
 public:
  // name: the key of the rows in JSON, "entries"; its heading on paper is the message "table.entries".
  Table(Context& context, Report& report, std::string name, std::vector<Column> columns);
  ~Table();
  void row(std::vector<std::string> cells, const std::function<std::string()>& json);
  // Further members of the JSON result, after the rows: "\"total\":3".
  void finish(const std::string& more = {});
  std::size_t rows() const { return count_; }

 private:
  exchange::Form on_paper() const;
  void begin();
  void flush();
  void write_aligned(const std::vector<std::string>& cells, bool heading);
  Context& context_;
  Report& report_;
  std::string name_;
  std::vector<Column> columns_;
  std::vector<int> widths_;
  std::vector<bool> left_out_;
  std::vector<std::vector<std::string>> waiting_;  // until the widths are known
  bool begun_ = false, aligned_ = false;
  std::size_t count_ = 0;
  std::unique_ptr<Sink> sink_;        // of every format but xlsx
  std::unique_ptr<SheetFile> sheet_;  // of xlsx
};

// Names and values, one pair a line, as `show` gives them.
class Details {
 public:
  void add(Message name, std::string value);  // an empty value is left out
  void show(Context& context, Report& report) const;

 private:
  std::vector<std::pair<Message, std::string>> pairs_;
};

}  // namespace vtlt::cmd
