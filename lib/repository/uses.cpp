#include "repository/uses.h"

#include <algorithm>

#include "base/clock.h"
#include "base/error.h"
#include "text/text.h"

namespace vtlt::repository {
namespace {

using records::Access;

[[noreturn]] void not_usable(Repository& repository, const Target& target) {
  throw Error(Exit::usage, "VTLT-REF-03",
              Message("repository.use.what", {{"name", name_of(repository, target)}}));
}

Access access_to_file(Repository& repository, const records::FileRecord& file, const std::string& document) {
  const auto& scheme = repository.scheme(file.fonds);
  std::string of_class;
  // The level nearest above: "I.2", else "I".
  for (std::string no = file.class_no; !no.empty() && of_class.empty();) {
    if (const auto* heading = scheme.find_class(no)) of_class = heading->access;
    const auto dot = no.rfind('.');
    no = dot == std::string::npos ? std::string() : no.substr(0, dot);
  }
  return records::nearest_access(document, file.access, of_class, scheme.default_access);
}

Access access_to_document(Repository& repository, const records::Document& document) {
  std::optional<Access> strictest;
  for (const auto& id : repository.catalogue().files_of(document.id))
    if (const auto row = repository.catalogue().file(id)) {
      const Access access = access_to_file(repository, row->file, document.access);
      strictest = strictest ? records::stricter(*strictest, access) : access;
    }
  if (strictest) return *strictest;
  return records::nearest_access(document.access, {}, {}, repository.scheme(document.fonds).default_access);
}

// Fills in what is used.
void find_used(Repository& repository, const Target& target, records::Use& use) {
  auto& catalogue = repository.catalogue();
  use.entry = use.document = use.file = std::nullopt;
  if (target.kind == Target::Kind::file) {
    const auto row = catalogue.file(target.id);
    if (!row) not_usable(repository, target);
    use.file = target.id;
    use.fonds = row->file.fonds;
    return;
  }
  if (target.kind == Target::Kind::entry) {
    const auto row = catalogue.entry(target.id);
    if (!row) not_usable(repository, target);
    if (row->voided || row->reserved)
      throw Error(Exit::refused, "VTLT-P08",
                  Message("repository.entry.void", {{"entry", name_of(repository, target)}}));
    use.entry = target.id;
    use.document = row->entry.document;
    use.fonds = row->entry.fonds;
    return;
  }
  if (target.kind != Target::Kind::document) not_usable(repository, target);
  const auto row = catalogue.document(target.id);
  if (!row) not_usable(repository, target);
  use.document = target.id;
  use.entry = row->document.entry;
  use.fonds = row->document.fonds;
}

std::string name_of_used(Repository& repository, const records::Use& use) {
  if (use.file) return name_of(repository, {Target::Kind::file, *use.file});
  if (use.entry) return name_of(repository, {Target::Kind::entry, *use.entry});
  return use.document ? name_of(repository, {Target::Kind::document, *use.document}) : std::string();
}

std::vector<catalogue::UseRow> outstanding(Repository& repository, const records::Use& used) {
  auto& catalogue = repository.catalogue();
  std::vector<catalogue::UseRow> rows;
  for (auto& row : catalogue.uses_of(used.file ? *used.file : used.document ? *used.document : *used.entry))
    if (row.returned.empty() && records::comes_back(row.use)) rows.push_back(std::move(row));
  return rows;
}

}  // namespace

Access access_to(Repository& repository, const Target& target) {
  auto& catalogue = repository.catalogue();
  if (target.kind == Target::Kind::file) {
    const auto row = catalogue.file(target.id);
    if (!row) not_usable(repository, target);
    return access_to_file(repository, row->file, {});
  }
  std::optional<records::Id> document = target.id;
  if (target.kind == Target::Kind::entry) {
    const auto row = catalogue.entry(target.id);
    if (!row) not_usable(repository, target);
    if (!row->entry.secrecy.empty()) return Access::secret;
    document = row->entry.document;
    if (!document) return records::access_of(repository.scheme(row->entry.fonds).default_access);
  }
  const auto row = catalogue.document(*document);
  if (!row) not_usable(repository, target);
  // A line marked secret makes its document so.
  if (row->document.entry)
    if (const auto entry = catalogue.entry(*row->document.entry); entry && !entry->entry.secrecy.empty())
      return Access::secret;
  return access_to_document(repository, row->document);
}

UseResult record_use(Repository& repository, const UseRequest& request) {
  UseResult result;
  const auto judge = [&](Moment time) {
    result = {};
    result.use = request.use;
    result.use.id = records::new_id(records::Kind::use);
    if (result.use.from.empty()) result.use.from = *text::from_iso(to_date(time));
    find_used(repository, request.target, result.use);
    result.access = access_to(repository, request.target);
    const auto findings = records::check_use(result.use, result.access);
    if (!findings.empty())
      throw Error(Exit::refused, findings.front().code, findings.front().message, findings.front().hint);
    if (!result.use.due.empty() && result.use.due < result.use.from)
      throw Error(Exit::usage, "VTLT-USE-04", Message("repository.use.due"));
    result.lent = outstanding(repository, result.use);
  };
  if (request.dry_run) {
    judge(now());
    return result;
  }
  Change change(repository);
  judge(change.time());
  change.add(journal::type::use_recorded, journal::encode(result.use));
  change.commit();
  return result;
}

catalogue::UseRow record_return(Repository& repository, const ReturnRequest& request) {
  catalogue::UseRow result;
  const auto judge = [&](Moment time) {
    records::Use used;
    find_used(repository, request.target, used);
    const std::string name = name_of_used(repository, used);
    auto rows = outstanding(repository, used);
    if (!request.by.empty())
      std::erase_if(rows, [&](const catalogue::UseRow& row) {
        return text::fold(row.use.by) != text::fold(request.by);
      });
    if (rows.empty())
      throw Error(Exit::refused, "VTLT-USE-RETURN", Message("repository.use.none", {{"name", name}}));
    if (rows.size() > 1) {
      std::string names;
      for (const auto& row : rows)
        names += (names.empty() ? "" : ", ") + row.use.by + " (" + text::to_dmy(row.use.from) + ")";
      // The same person twice: what went first comes back first.
      const bool same = std::all_of(rows.begin(), rows.end(), [&](const catalogue::UseRow& row) {
        return text::fold(row.use.by) == text::fold(rows.front().use.by);
      });
      if (!same)
        throw Error(Exit::usage, "VTLT-USE-SEVERAL",
                    Message("repository.use.several", {{"name", name}, {"people", names}}),
                    Message("repository.use.several.hint"));
    }
    result = rows.front();
    result.returned = request.returned;
    if (result.returned < result.use.from)
      throw Error(Exit::refused, "VTLT-USE-RETURN",
                  Message("repository.use.before", {{"from", text::to_dmy(result.use.from)}}));
    if (text::to_iso(result.returned) > to_date(time))
      throw Error(Exit::refused, "VTLT-USE-RETURN", Message("repository.use.future"));
  };
  if (request.dry_run) {
    judge(now());
    return result;
  }
  Change change(repository);
  judge(change.time());
  change.add(
      journal::type::use_returned,
      journal::encode_fields({{"use", result.use.id.text()}, {"returned", text::to_iso(result.returned)}}));
  change.commit();
  return result;
}

}  // namespace vtlt::repository
