// Forms of files (NĐ30 PL V; TCVN 9251:2012): inventories, minutes, certificates, covers, labels.
#include "print_files.h"

#include "output.h"
#include "repository/work.h"
#include "text/text.h"
#include "trust/digest.h"
#include "views.h"

namespace vtlt::cmd {
namespace {

constexpr FilesFormName kForms[] = {{"muc-luc-ho-so", FilesFormOf::submission_or_filter},
                                    {"bien-ban-giao-nhan", FilesFormOf::submission},
                                    {"danh-muc-giu-lai", FilesFormOf::submission},
                                    {"chung-tu-ket-thuc", FilesFormOf::file},
                                    {"bia-ho-so", FilesFormOf::file},
                                    {"nhan-hop", FilesFormOf::box}};

const std::string& the_submission(const Context& context, const FilesFormOptions& o) {
  if (o.references.size() != 1) missing(context.text(Message("place.submission")));
  return o.references.front();
}

std::vector<records::Id> files_of(Context& context, repository::Repository& repository, const FilesFormOptions& o) {
  if (o.references.empty()) missing(context.text(Message("place.files")));
  const auto references = context.references(false, year_of("--year", o.year));
  std::vector<records::Id> ids;
  for (const std::string& reference : o.references) {
    // A box stands for the files in it.
    if (reference.rfind("hop.", 0) == 0) {
      catalogue::FileFilter filter;
      filter.box = repository::resolve(repository, reference, references).id;
      repository.catalogue().files(filter, [&](const catalogue::FileRow& row) { ids.push_back(row.file.id); });
      continue;
    }
    ids.push_back(repository::resolve_file(repository, reference, references).file.id);
  }
  return ids;
}

std::vector<records::Id> boxes_of(Context& context, repository::Repository& repository, const FilesFormOptions& o) {
  std::vector<records::Id> ids;
  for (std::string reference : o.references) {
    if (reference.rfind("hop.", 0) != 0) reference = "hop." + reference;
    const auto target = repository::resolve(repository, reference, context.references(false));
    ids.push_back(target.id);
  }
  if (o.references.empty())
    for (const auto& row : repository.catalogue().boxes_with_counts(repository.fonds(context.globals.fonds).fonds.id))
      ids.push_back(row.box.id);
  if (ids.empty()) missing(context.text(Message("place.boxes")));
  return ids;
}

}  // namespace

const FilesFormName* find_files_form(std::string_view name) {
  for (const auto& form : kForms)
    if (name == form.name) return &form;
  return nullptr;
}

std::vector<records::FileState> states_of(const std::vector<std::string>& words) {
  std::vector<records::FileState> states;
  for (const std::string& word : words)
    for (std::string_view rest = word;;) {
      const auto comma = rest.find(',');
      const std::string one(rest.substr(0, comma));
      const auto state = records::parse_state(one);
      if (!state) wrong_value("--state", one, Message("cmd.expected.state"));
      states.push_back(*state);
      if (comma == std::string_view::npos) break;
      rest.remove_prefix(comma + 1);
    }
  return states;
}

repository::FilesForm make_files_form(Context& context, repository::Repository& repository, const FilesFormName& form,
                                      const FilesFormOptions& o) {
  const std::string_view name = form.name;
  if (form.of == FilesFormOf::submission_or_filter) {
    if (!o.references.empty()) return repository::inventory_of(repository, the_submission(context, o));
    if (o.year.empty() && o.states.empty()) missing(context.text(Message("place.submission.or")));
    catalogue::FileFilter filter;
    filter.fonds = repository.fonds(context.globals.fonds).fonds.id;
    filter.year = year_of("--year", o.year);
    filter.states = states_of(o.states);
    return repository::inventory_of(repository, filter);
  }
  if (name == "bien-ban-giao-nhan") return repository::minutes_of(repository, the_submission(context, o));
  if (name == "danh-muc-giu-lai") return repository::kept_back_of(repository, the_submission(context, o));
  if (name == "chung-tu-ket-thuc") return repository::certificates_of(repository, files_of(context, repository, o));
  if (name == "bia-ho-so") return repository::covers_of(repository, files_of(context, repository, o));
  return repository::labels_of(repository, boxes_of(context, repository, o));
}

std::string write_html_file(Context& context, const repository::FilesForm& form, const Path& path) {
  Sink sink(context, path);
  Hasher hasher;
  exchange::write_html(form.form, form.rows, [&](std::string_view bytes) {
    hasher.update(bytes);
    sink.write(bytes);
  });
  sink.finish();
  return hasher.finish().hex();
}

}  // namespace vtlt::cmd
