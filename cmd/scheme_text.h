// Where the text of a scheme comes from: a ready one filled in by answers, or a YAML file. Shared by init and
// scheme.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "commands.h"
#include "scheme/file_list.h"

namespace vtlt::cmd {

struct TemplateOptions {
  std::string from, name, organ, code, numbering, system, archive, submission;
};
void add_template_flags(Command& command, TemplateOptions& options);  // all but --from
// Flags that were given, in an order; they answer questions of a ready scheme only.
std::vector<std::pair<std::string, std::string>> answers_given(const TemplateOptions& options);

bool is_template(const std::string& from);
// Asks for what the flags leave open. `name`: of the office, for naming its folder.
std::string filled_template(const Context& context, const TemplateOptions& options, std::string& name);
// Exit 2 with the names of the ready schemes when there is no such file.
std::string read_scheme_file(Context& context, const std::string& path);
// The days off beside a scheme (`policy.holidays`), read and checked; a warning is added when the file is not there.
// scheme_file: "" for a ready scheme, which has none.
std::optional<journal::HolidaysSet> holidays_beside(Context& context, const std::string& scheme_file,
                                                    const scheme::Scheme& scheme, std::vector<Finding>& findings);
// The lines of a yearly file list (CSV, TSV, XLSX, HTML). Exit 2 when there is no such file.
std::vector<scheme::ListLine> read_file_lines(Context& context, const std::string& path, const std::string& sheet);
// The YAML of the scheme in force, from the repository.
std::string scheme_in_use(repository::Repository& repository, const catalogue::FondsRow& fonds);

}  // namespace vtlt::cmd
