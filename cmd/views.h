// How things are named and written out: for people in lists and sentences, for programs as JSON.
#pragma once
#include <string>
#include <vector>

#include "context.h"
#include "output.h"
#include "records/printed.h"
#include "repository/work.h"

namespace vtlt::cmd {

// "den.1312", "87/UBND-VP", "2025.15/QĐ-UBND", "nb.3": what can be typed as a reference again.
std::string name_of(const records::RegisterEntry& entry);
std::string name_of(const records::FileRecord& file);  // "2026.04.VP"
constexpr std::size_t kShownFiles = 20;  // in one sentence
std::string names_of(const std::vector<catalogue::FileRow>& files, std::size_t most = std::string::npos);
// A document without a register line is named by its number, else by its brief id.
std::string name_of(const records::Document& document);

using records::two_digits;
using records::type_and_subject;
std::string state_name(const Context& context, records::FileState state);
std::string book_name(const Context& context, records::Book book);
std::string role_name(const Context& context, records::Role role);
std::string carrier_name(const Context& context, records::Carrier carrier);
std::string time_shown(const std::string& iso);  // "05/11/2026 08:30"

// As it has to be typed in a shell.
std::string typed(const std::string& word);

// "87/UBND-VP", "2026.04.VP": what was used, as it can be typed again.
std::string name_of_used(repository::Repository& repository, const records::Use& use);

// Lists name the fonds of each row where there are several and none was asked for.
// "(bỏ số)", "(để dành)", "(đã thu hồi)"; "" for a line that simply stands.
std::string mark_of(const Context& context, const catalogue::EntryRow& row);
std::string marked(const std::string& mark, const std::string& words);

class FondsColumn {
 public:
  FondsColumn(const Context& context, repository::Repository& repository);
  const std::optional<records::Id>& asked() const { return asked_; }
  std::vector<Column> with(std::vector<Column> columns) const;
  std::vector<std::string> with(const records::Id& fonds, std::vector<std::string> cells) const;

 private:
  std::optional<records::Id> asked_;
  std::vector<std::pair<records::Id, std::string>> codes_;  // empty: no column
};

class Report;
void list_fonds(Context& context, Report& report, repository::Repository& repository);
void show_fonds(Context& context, Report& report, repository::Repository& repository, const catalogue::FondsRow& row);

// The document that a reference names: itself, or the one of a register line (exit 2 for anything else).
records::Id document_of(repository::Repository& repository, const std::string& reference,
                        const repository::ReferenceContext& context);

// A JSON object, members in the order of adding; empty strings are left out.
class Object {
 public:
  Object() = default;
  explicit Object(const std::string& encoded);  // goes on from an encoded object
  Object& add(const char* key, const std::string& value);
  Object& add(const char* key, std::int64_t value);
  Object& yes(const char* key, bool value);
  Object& raw(const char* key, const std::string& json);
  std::string text() const { return "{" + members_ + "}"; }
  std::string members() const { return members_; }  // without braces

 private:
  Object& put(const char* key, const std::string& json);
  std::string members_;
};
std::string array(const std::vector<std::string>& values);  // of JSON values

std::string json_of(const catalogue::EntryRow& row);
std::string json_of(const catalogue::FileRow& row);
std::string json_of(const catalogue::DocumentRow& row);
std::string json_of(const catalogue::FondsRow& row);
std::string json_of(const catalogue::PackageRow& row);
std::string json_of(const catalogue::UseRow& row);
std::string json_of(const records::Component& component);
std::string json_of(const records::Box& box);
std::string json_of(const journal::Batch& batch);
std::string json_of(const catalogue::SubmissionRow& row);
std::string step_name(const Context& context, records::SubmissionStep step);

}  // namespace vtlt::cmd
