// Corrections of register lines: amended, reserved, void, linked, withdrawn, closed with their year.
#include <algorithm>
#include <set>

#include "base/error.h"
#include "repository/arranging.h"
#include "repository/registering.h"
#include "text/text.h"

namespace vtlt::repository {
namespace {

using records::Book;

Error refused(Message message, Message hint = {}) {
  return Error(Exit::refused, "VTLT-P08", std::move(message), std::move(hint));
}

std::string name_of_entry(Repository& repository, const records::Id& id) {
  return name_of(repository, {Target::Kind::entry, id});
}

catalogue::EntryRow standing(Repository& repository, const records::Id& id) {
  const auto row = repository.catalogue().entry(id);
  if (!row) throw Error(Exit::refused, "VTLT-REF-04", Message("repository.document.gone", {{"id", id.brief()}}));
  if (row->voided) throw refused(Message("repository.entry.void", {{"entry", name_of_entry(repository, id)}}));
  return *row;
}

void need_reason(const std::string& reason) {
  if (reason.empty()) throw Error(Exit::usage, "VTLT-USE-08", Message("repository.reason"), Message("repository.reason.hint"));
}

std::string files_with(Repository& repository, const records::Id& document) {
  std::string names;
  for (const auto& file : repository.catalogue().files_of(document))
    names += (names.empty() ? "" : ", ") + name_of(repository, {Target::Kind::file, file});
  return names;
}

// Whether anything was written about a line or its document after they came: a transaction writes the line, the document
// and its contents one right after the other.
bool changed_since(catalogue::Catalogue& catalogue, const records::RegisterEntry& entry) {
  std::vector<catalogue::Touch> touches = catalogue.touches(entry.id);
  if (entry.document)
    for (const auto& touch : catalogue.touches(*entry.document)) touches.push_back(touch);
  std::set<std::pair<std::string, std::uint64_t>> places;
  for (const auto& touch : touches) places.emplace(touch.stream, touch.seq);
  if (places.empty()) return false;
  const auto& first = *places.begin();
  const auto& last = *places.rbegin();
  return first.first != last.first || last.second - first.second + 1 != places.size();
}

// Names of types begin with a capital: "Quyết định", "Đề án".
std::string within_a_sentence(std::string name) {
  if (name.rfind("Đ", 0) == 0) return "đ" + name.substr(std::string("Đ").size());
  if (!name.empty() && name[0] >= 'A' && name[0] <= 'Z') name[0] = static_cast<char>(name[0] - 'A' + 'a');
  return name;
}

}  // namespace

void refuse_frozen(Repository& repository, const catalogue::EntryRow& row) {
  if (row.recalled)
    throw refused(Message("repository.entry.recalled", {{"entry", name_of_entry(repository, row.entry.id)}}));
}

void refuse_closed_year(Repository& repository, const records::RegisterEntry& entry) {
  if (repository.catalogue().year_closed(entry.fonds, entry.year))
    throw Error(Exit::refused, "VTLT-P02-YEAR", Message("repository.year.closed", {{"year", std::to_string(entry.year)}}),
                Message("repository.year.closed.hint", {{"year", std::to_string(entry.year)}}));
}

AmendResult amend(Repository& repository, const AmendRequest& request) {
  need_reason(request.reason);
  AmendResult result;
  const auto judge = [&] {
    const auto row = standing(repository, request.entry);
    refuse_frozen(repository, row);
    result.before = result.after = row.entry;
    request.change(result.after);
    const auto& a = result.before;
    const auto& b = result.after;
    if (a.id != b.id || a.fonds != b.fonds || a.book != b.book || a.series != b.series || a.year != b.year ||
        a.number != b.number || a.suffix != b.suffix || a.own.number != b.own.number || a.own.notation != b.own.notation)
      throw Error(Exit::refused, "VTLT-P06", Message("repository.amend.number"), Message("repository.amend.number.hint"));
    const std::string secrecy = records::secrecy_of(b.secrecy);
    if (!secrecy.empty())
      throw Error(Exit::refused, "VTLT-P12", Message("repository.secret", {{"level", secrecy}}), Message("repository.secret.hint"));
    result.changed = journal::encode(a) != journal::encode(b);
    result.findings = records::check_entry(b);
  };
  if (request.dry_run) {
    judge();
    return result;
  }
  Change change(repository);
  judge();
  if (!result.changed) return result;
  change.add(journal::type::register_amended, journal::encode_amended(result.after, request.reason));
  if (const auto row = result.after.document ? repository.catalogue().document(*result.after.document) : std::nullopt) {
    records::Document document = row->document;
    // What was the line's signer is the document's too; one that was set apart stays.
    if (document.signer == result.before.signer) document.signer = result.after.signer;
    change.add(journal::type::document_described, journal::encode(document_of(result.after, document)));
  }
  change.commit();
  return result;
}

std::vector<records::RegisterEntry> reserve(Repository& repository, const ReserveRequest& request) {
  need_reason(request.reason);
  const auto fonds = repository.fonds(request.fonds);
  const auto& scheme = repository.scheme(fonds.fonds.id);
  std::vector<records::RegisterEntry> lines;
  const auto judge = [&](Moment time) {
    lines.clear();
    if (!scheme.numbering_internal)
      throw Error(Exit::refused, "VTLT-TRAP-07",
                  Message(request.book == Book::in ? "repository.number.external.in" : "repository.number.external.out",
                          {{"system", scheme.numbering_system}}));
    records::RegisterEntry line;
    line.book = request.book;
    line.type = request.type;
    line.year = request.year;
    if (!request.notation.empty())
      if (const auto own = records::parse_document_number("/" + request.notation)) line.own = *own;
    prepare_entry(scheme, fonds.fonds, time, line);
    if (request.year != 0) line.year = request.year;
    refuse_closed_year(repository, line);
    line.note = request.reason;
    line.given = true;
    line.arrival = {};
    line.own.written.clear();
    std::int64_t last = repository.catalogue().largest_number(line.fonds, line.series, line.year);
    for (int i = 0; i < request.count; ++i) {
      line.id = records::new_id(records::Kind::entry);
      line.number = static_cast<int>(++last);
      if (line.book != Book::in) line.own.number = line.number;
      lines.push_back(line);
    }
  };
  if (request.dry_run) {
    judge(now());
    return lines;
  }
  Change change(repository);
  judge(change.time());
  for (const auto& line : lines) change.add(journal::type::register_reserved, journal::encode(line));
  change.commit();
  return lines;
}

records::RegisterEntry void_entry(Repository& repository, const VoidRequest& request) {
  need_reason(request.reason);
  const auto judge = [&] {
    const auto row = standing(repository, request.entry);
    refuse_frozen(repository, row);
    const std::string files = row.entry.document ? files_with(repository, *row.entry.document) : std::string();
    if (!files.empty())
      throw refused(Message("repository.void.filed", {{"entry", name_of_entry(repository, request.entry)}, {"files", files}}),
                    Message("repository.void.filed.hint"));
    return row.entry;
  };
  if (request.dry_run) return judge();
  Change change(repository);
  const auto entry = judge();
  change.add(journal::type::register_voided, journal::encode_fields({{"entry", entry.id.text()}, {"reason", request.reason}}));
  change.commit();
  return entry;
}

void link_entries(Repository& repository, const LinkRequest& request) {
  const auto judge = [&] {
    const auto from = standing(repository, request.entry), to = standing(repository, request.to);
    if (request.entry == request.to) throw refused(Message("repository.link.itself"));
    if (from.entry.fonds != to.entry.fonds) throw refused(Message("repository.link.fonds"));
    for (const auto& link : repository.catalogue().links_of(request.entry))
      if (link.entry == request.entry && link.to == request.to && link.relation == request.relation)
        throw refused(Message("repository.link.there"));
  };
  if (request.dry_run) return judge();
  Change change(repository);
  judge();
  change.add(journal::type::register_linked,
             journal::encode_fields({{"entry", request.entry.text()}, {"relation", request.relation},
                                     {"to", request.to.text()}, {"reason", request.reason}}));
  change.commit();
}

namespace {
// Files that came with lists of an arrangement (result.entries): the first that were made behind the batch, as many as its
// rows; and those of their documents that no register knows. Throws when something happened to them since.
void judge_arrangement(Repository& repository, const journal::Batch& batch, const catalogue::Touch& at, WithdrawResult& result) {
  namespace type = journal::type;
  auto& catalogue = repository.catalogue();
  const auto begun = catalogue.event(at.stream, at.seq);
  std::set<std::uint64_t> made;
  std::uint64_t end = at.seq;
  for (std::uint64_t seq = at.seq + 1;; ++seq) {
    const auto event = catalogue.event(at.stream, seq);
    if (!event || !begun || event->time != begun->time) break;
    const bool file = event->type == type::file_arranged || event->type == type::file_opened;
    if (file && static_cast<std::int64_t>(made.size()) == batch.rows) break;
    if (file) made.insert(seq);
    const bool of_import = file || event->type == type::document_described || event->type == type::content_attached ||
                           event->type == type::file_document_added || event->type == type::file_boxed ||
                           event->type == type::box_made || event->type == type::file_closed ||
                           event->type == type::file_amended;
    if (!of_import) break;
    end = seq;
    if (seq % 1000 == 0) check_interrupted();
  }
  std::vector<records::Id> files;
  catalogue::FileFilter filter;
  filter.all = true;
  catalogue.files(filter, [&](const catalogue::FileRow& row) { files.push_back(row.file.id); });
  const auto of_batch = [&](const catalogue::Touch& one) { return one.stream == at.stream && one.seq > at.seq && one.seq <= end; };
  std::vector<records::Id> grown;
  std::erase_if(files, [&](const records::Id& file) {
    const auto touches = catalogue.touches(file);
    if (!touches.empty() && touches.front().stream == at.stream && made.count(touches.front().seq) != 0) return false;
    if (std::any_of(touches.begin(), touches.end(), of_batch)) grown.push_back(file);
    return true;
  });
  const std::set<records::Id> together(files.begin(), files.end());
  std::set<records::Id> documents;
  std::vector<std::string> dependents;
  const auto touched_since = [&](const records::Id& id) {
    const auto touches = catalogue.touches(id);
    return std::any_of(touches.begin(), touches.end(), [&](const auto& one) { return one.stream != at.stream || one.seq > end; });
  };
  for (const auto& file : files) {
    if (++result.entries % 1000 == 0) check_interrupted();
    bool depends = touched_since(file);
    for (const auto& filed : catalogue.documents_of(file)) {
      const auto& document = filed.document.document;
      if (document.entry || !documents.insert(document.id).second) continue;
      result.components += filed.document.components;
      for (const auto& other : catalogue.files_of(document.id)) depends = depends || together.count(other) == 0;
      depends = depends || touched_since(document.id);
    }
    if (depends) dependents.push_back(name_of(repository, {Target::Kind::file, file}));
  }
  for (const auto& file : grown) {
    std::set<std::uint64_t> put;
    for (const auto& one : catalogue.touches(file))
      if (of_batch(one)) put.insert(one.seq);
    bool depends = touched_since(file);
    for (const auto& filed : catalogue.documents_of(file)) {
      const auto& document = filed.document.document;
      const auto touches = catalogue.touches(document.id);
      if (std::none_of(touches.begin(), touches.end(), [&](const auto& one) { return of_batch(one) && put.count(one.seq) != 0; }))
        continue;
      result.added.emplace_back(file, document.id);
      if (document.entry || !documents.insert(document.id).second) continue;
      result.components += filed.document.components;
      depends = depends || touched_since(document.id);
    }
    if (depends) dependents.push_back(name_of(repository, {Target::Kind::file, file}));
  }
  if (dependents.empty()) return;
  std::string names;
  for (std::size_t i = 0; i < std::min<std::size_t>(5, dependents.size()); ++i) names += (i == 0 ? "" : ", ") + dependents[i];
  throw refused(Message("repository.batch.files_depend", {{"count", static_cast<std::int64_t>(dependents.size())}, {"files", names}}));
}
}  // namespace

WithdrawResult withdraw_batch(Repository& repository, const WithdrawRequest& request) {
  WithdrawResult result;
  const auto judge = [&] {
    result = {};
    auto& catalogue = repository.catalogue();
    const auto batch = catalogue.batch(request.batch);
    if (!batch)
      throw Error(Exit::usage, "VTLT-REF-05", Message("repository.batch.unknown", {{"batch", request.batch}}),
                  Message("repository.batch.unknown.hint"));
    result.batch = *batch;
    if (catalogue.batch_withdrawn(batch->id))
      throw refused(Message("repository.batch.withdrawn", {{"batch", request.batch}}));
    const auto made = catalogue.touches(batch->id);
    const auto event = made.empty() ? std::nullopt : catalogue.event(made.front().stream, made.front().seq);
    if (event && event->actor != repository.options().actor)
      throw Error(Exit::refused, "VTLT-P08-ACTOR",
                  Message("repository.batch.actor", {{"batch", request.batch}, {"actor", event->actor}}));
    if (batch->book == kArrangement && !made.empty()) judge_arrangement(repository, *batch, made.front(), result);
    std::set<std::string> files;
    std::vector<std::string> dependents;
    std::int64_t filed = 0;
    catalogue::EntryFilter filter;
    filter.batch = batch->id;
    std::vector<catalogue::EntryRow> rows;
    catalogue.entries(filter, [&](const catalogue::EntryRow& row) { rows.push_back(row); });
    std::set<records::Id> own;
    for (const auto& row : rows) own.insert(row.entry.id);
    for (const auto& row : rows) {
      ++result.entries;
      result.given = result.given || row.entry.given;
      if (row.voided) dependents.push_back(name_of_entry(repository, row.entry.id));
      for (const auto& link : catalogue.links_of(row.entry.id))
        if (own.count(link.entry) == 0 || own.count(link.to) == 0) dependents.push_back(name_of_entry(repository, row.entry.id));
      if (!row.entry.document) continue;
      const auto in = catalogue.files_of(*row.entry.document);
      filed += in.empty() ? 0 : 1;
      for (const auto& file : in) files.insert(name_of(repository, {Target::Kind::file, file}));
      result.components += static_cast<std::int64_t>(catalogue.components(*row.entry.document).size());
      if (changed_since(catalogue, row.entry) || !catalogue.uses_of(row.entry.id).empty()) dependents.push_back(name_of_entry(repository, row.entry.id));
    }
    if (!files.empty()) {
      std::string names;
      for (const auto& name : files) names += (names.empty() ? "" : ", ") + name;
      throw refused(Message("repository.batch.filed", {{"count", filed}, {"files", names}}), Message("repository.void.filed.hint"));
    }
    if (!dependents.empty()) {
      std::sort(dependents.begin(), dependents.end());
      dependents.erase(std::unique(dependents.begin(), dependents.end()), dependents.end());
      std::string names;
      for (std::size_t i = 0; i < std::min<std::size_t>(5, dependents.size()); ++i) names += (i == 0 ? "" : ", ") + dependents[i];
      throw refused(Message("repository.batch.depends",
                            {{"count", static_cast<std::int64_t>(dependents.size())}, {"entries", names}}));
    }
    if (result.components != 0 && request.reason.empty())
      throw Error(Exit::usage, "VTLT-USE-08", Message("repository.batch.reason", {{"count", result.components}}),
                  Message("repository.reason.hint"));
  };
  if (request.dry_run) {
    judge();
    return result;
  }
  Change change(repository);
  judge();
  for (const auto& [file, document] : result.added)
    change.add(journal::type::file_document_removed,
               journal::encode_fields({{"file", file.text()},
                                       {"document", document.text()},
                                       {"reason", "rút đợt " + result.batch.name + (request.reason.empty() ? "" : ": " + request.reason)}}));
  change.add(journal::type::batch_withdrawn,
             journal::encode_fields({{"batch", result.batch.id.text()}, {"reason", request.reason}}));
  change.commit();
  return result;
}

std::string kept_set_title(const scheme::Scheme& scheme, const std::string& series, int year) {
  for (const auto& one : scheme.series) {
    if (one.id != series || one.kept.empty()) continue;
    std::string types;
    for (const auto& type : one.types) {
      const auto* known = records::find_document_type(type);
      types += (types.empty() ? "" : ", ") + within_a_sentence(known != nullptr ? known->name_vi : type);
    }
    if (types.empty()) types = one.other && scheme.series.size() > 2 ? "văn bản khác" : "văn bản đi";
    return "Tập lưu " + types + " " + std::to_string(year);
  }
  return {};
}

CloseYearResult close_year(Repository& repository, const CloseYearRequest& request) {
  const auto fonds = repository.fonds(request.fonds);
  const auto& scheme = repository.scheme(fonds.fonds.id);
  CloseYearResult result;
  struct KeptSet {
    records::FileRecord file;
    std::vector<records::Id> documents;
  };
  std::vector<KeptSet> sets;
  const auto judge = [&](Moment time) {
    auto& catalogue = repository.catalogue();
    result = {};
    sets.clear();
    if (to_date(time) < std::to_string(request.year) + "-12-31")
      throw Error(Exit::refused, "VTLT-P02-YEAR", Message("repository.year.early", {{"year", std::to_string(request.year)}}));
    if (catalogue.year_closed(fonds.fonds.id, request.year))
      throw Error(Exit::refused, "VTLT-P02-YEAR", Message("repository.year.twice", {{"year", std::to_string(request.year)}}));
    catalogue::EntryFilter filter;
    filter.fonds = fonds.fonds.id;
    filter.year = request.year;
    filter.book = Book::in;
    result.in = catalogue.count_entries(filter);
    catalogue.entries(filter, [&](const catalogue::EntryRow& row) {
      if (!row.voided && !row.answered && !row.entry.due.empty()) ++result.unanswered;
    });
    filter.book = Book::out;
    result.out = catalogue.count_entries(filter);
    std::map<std::string, std::vector<records::Id>> outgoing;
    catalogue.entries(filter, [&](const catalogue::EntryRow& row) {
      if (!row.voided && !row.reserved && row.entry.document) outgoing[row.entry.series].push_back(*row.entry.document);
    });
    for (const auto& series : scheme.series) {
      for (const int number : catalogue.missing_numbers(fonds.fonds.id, series.id, request.year, 5)) {
        Finding finding;
        finding.code = "VTLT-P02";
        finding.level = Level::warning;
        finding.ref = series.id;
        finding.message = Message("repository.year.missing", {{"series", series.id}, {"number", number}});
        finding.basis = "NĐ 30/2020 Đ15.1";
        result.findings.push_back(std::move(finding));
      }
      if (series.book != Book::out || series.kept.empty() || outgoing[series.id].empty()) continue;
      KeptSet set;
      set.file.id = records::new_id(records::Kind::file);
      set.file.fonds = fonds.fonds.id;
      set.file.year = request.year;
      set.file.notation = "TL." + series.id;
      set.file.title = kept_set_title(scheme, series.id, request.year);
      set.file.kept = series.id;
      set.file.rule = series.kept;
      if (const auto* rule = scheme.find_rule(series.kept)) {
        set.file.term = rule->term;
        set.file.term_source = rule->basis;
      }
      set.documents = outgoing[series.id];
      sets.push_back(std::move(set));
    }
    for (const auto& set : sets) result.kept_sets.push_back({set.file, static_cast<int>(set.documents.size())});
  };
  if (request.dry_run) {
    judge(now());
    return result;
  }
  Change change(repository);
  judge(change.time());
  for (const auto& set : sets) {
    change.add(journal::type::file_opened, journal::encode(set.file));
    std::int64_t ordinal = 0;
    for (const auto& document : set.documents)
      change.add(journal::type::file_document_added,
                 journal::encode_fields({{"file", set.file.id.text()}, {"document", document.text()}}, {{"ordinal", ++ordinal}}));
  }
  change.add(journal::type::register_year_closed,
             journal::encode_fields({{"fonds", fonds.fonds.id.text()}}, {{"year", request.year}}));
  change.commit();
  return result;
}

}  // namespace vtlt::repository
