// Forms of files: vtlt print, and what vtlt file submit prints beside itself.
#pragma once
#include <string>
#include <vector>

#include "context.h"
#include "repository/printing_archives.h"

namespace vtlt::cmd {

class Report;

// Which kind of reference a form of files takes.
enum class FilesFormOf { submission_or_filter, submission, file, box };
struct FilesFormName {
  const char* name;  // "muc-luc-ho-so"
  FilesFormOf of;
};
const FilesFormName* find_files_form(std::string_view name);  // nullptr: not one of these

struct FilesFormOptions {
  std::vector<std::string> references;
  std::vector<std::string> states;
  std::string year;
};
// The form for what is referred to; a wrong or missing reference is a usage error.
repository::FilesForm make_files_form(Context& context, repository::Repository& repository, const FilesFormName& form,
                                      const FilesFormOptions& options);
std::vector<records::FileState> states_of(const std::vector<std::string>& words);  // "closed,submitted" "archived"

// Writes a form as HTML; SHA-256 of its bytes in hex.
std::string write_html_file(Context& context, const repository::FilesForm& form, const Path& path);

}  // namespace vtlt::cmd
