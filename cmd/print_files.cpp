#include "print_files.h"

#include <algorithm>

#include "output.h"
#include "repository/work.h"
#include "text/text.h"
#include "trust/digest.h"

namespace vtlt::cmd {
namespace {

using repository::PrintNeeds;

void add(std::vector<records::Id>& ids, const records::Id& id) {
  if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
}

bool names_submission(const std::string& reference) { return reference.rfind("nop-", 0) == 0; }

std::vector<records::Id> files_of(Context& context, repository::Repository& repository,
                                  const std::vector<std::string>& references, int year) {
  const auto resolving = context.references(false, year);
  std::vector<records::Id> ids;
  for (const std::string& reference : references) {
    if (reference.rfind("hop.", 0) == 0) {
      catalogue::FileFilter filter;
      filter.box = repository::resolve(repository, reference, resolving).id;
      repository.catalogue().files(filter, [&](const catalogue::FileRow& row) { add(ids, row.file.id); });
    } else if (names_submission(reference)) {
      const auto target = repository::resolve(repository, reference, resolving);
      for (const auto& row : repository.catalogue().files_of_submission(target.id)) add(ids, row.file);
    } else {
      add(ids, repository::resolve_file(repository, reference, resolving).file.id);
    }
  }
  if (ids.empty()) missing(context.text(Message("place.files")));
  return ids;
}

std::vector<records::Id> boxes_of(Context& context, repository::Repository& repository,
                                  const std::vector<std::string>& references, int year) {
  std::vector<records::Id> ids;
  if (references.empty())
    for (const auto& row : repository.catalogue().boxes_with_counts(repository.fonds(context.globals.fonds).fonds.id))
      ids.push_back(row.box.id);
  for (std::string reference : references) {
    // "09" can be nothing else here.
    if (reference.find_first_not_of("0123456789") == std::string::npos) reference.insert(0, "hop.");
    if (reference.rfind("hop.", 0) == 0) {
      add(ids, repository::resolve(repository, reference, context.references(false, year)).id);
      continue;
    }
    for (const auto& id : files_of(context, repository, {reference}, year))
      if (const auto file = repository.catalogue().file(id); file && file->file.box) add(ids, *file->file.box);
  }
  if (ids.empty()) missing(context.text(Message("place.boxes")));
  return ids;
}

}  // namespace

void refer(Context& context, repository::Repository& repository, const std::vector<std::string>& references, int year,
           PrintNeeds needs, repository::PrintRequest& request) {
  request.id.reset();
  request.ids.clear();
  request.submission.clear();
  switch (needs) {
    case PrintNeeds::nothing:
      return;
    case PrintNeeds::incoming:
      if (references.size() != 1) missing(context.text(Message("place.print.incoming")));
      request.id = repository::resolve_entry(repository, references.front(), context.references(false, year)).entry.id;
      return;
    case PrintNeeds::file:
      if (references.empty()) missing(context.text(Message("place.file")));
      request.id = repository::resolve_file(repository, references.front(), context.references(false, year)).file.id;
      return;
    case PrintNeeds::files:
      request.ids = files_of(context, repository, references, year);
      return;
    case PrintNeeds::boxes:
      request.ids = boxes_of(context, repository, references, year);
      return;
    case PrintNeeds::inventory:
      if (references.empty() && (year != 0 || !request.states.empty())) return;
      if (references.size() != 1) missing(context.text(Message("place.submission.or")));
      request.submission = references.front();
      return;
    case PrintNeeds::submission:
      if (references.size() != 1) missing(context.text(Message("place.submission")));
      request.submission = references.front();
      return;
  }
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

records::Vocabulary vocabulary_of(repository::Repository& repository, const std::string& flag) {
  const std::string wanted = flag.empty() ? repository.catalogue().config("vocabulary") : flag;
  if (wanted.empty()) return records::Vocabulary::as_printed;
  const auto vocabulary = records::parse_vocabulary(wanted);
  if (!vocabulary)
    wrong_value("--vocabulary", wanted, Message("cmd.expected.one_of", {{"values", "2011|2024"}}));
  return *vocabulary;
}

std::string write_html_file(Context& context, const repository::Printed& printed, const Path& path) {
  Sink sink(context, path);
  Hasher hasher;
  exchange::write_html(printed.form, printed.rows, [&](std::string_view bytes) {
    hasher.update(bytes);
    sink.write(bytes);
  });
  sink.finish();
  return hasher.finish().hex();
}

}  // namespace vtlt::cmd
