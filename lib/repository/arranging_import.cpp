// Lists of phiếu tin, and sheets that repeat a file's data on the row of each of its documents.
#include <algorithm>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "base/conveyor.h"
#include "base/error.h"
#include "records/file_names.h"
#include "records/fonds.h"
#include "records/names.h"
#include "records/rules.h"
#include "records/totals.h"
#include "repository/arranging.h"
#include "repository/filing.h"
#include "repository/list_paths.h"
#include "repository/registering.h"
#include "text/messages.h"
#include "text/text.h"

namespace vtlt::repository {
namespace {

using records::FileState;

// A row of a file that is there already and takes documents.
struct Told {
  long row = 0;
  std::string key;                       // what says that it is a document the file holds
  std::optional<records::Id> registered;  // the document of its register line
  std::vector<std::string> paths;
  text::Date date;
  int pages = 0;
};

// A file as the lists tell of it, over all its rows.
struct Group {
  records::Id id{records::Kind::file};
  std::size_t list = 0;
  long row = 0;                                             // the first
  bool failed = false, present = false, whole_row = false;  // whole_row: this row is all there is of it
  std::string title, provisional, box;
  int told = 0, pages_told = 0, pages = 0, without_pages = 0, documents = 0, largest = 0, next = 0;
  bool in_order = true;  // ordinals run 1, 2, 3 …
  bool begun = false;    // written already
  bool counted = false;  // its provisional number does not stand in the list
  int held = 0;          // documents of the file that is present
  std::optional<records::FileRecord> into;  // the file that is present, when its new documents go into it
  std::vector<Told> rows;                   // of `into`
  std::map<long, std::optional<records::Id>> fresh;  // of them, those that it does not hold; their registered document
  text::Date start, end, first, last;
};

struct BoxOfList {
  records::Id id{records::Kind::box};
  bool made = false;
  std::string place;
  std::int64_t centimetres = 0;
};

bool same_words(const std::string& a, const std::string& b) {
  return a == b || text::fold_case(a) == text::fold_case(b);
}

bool has_document(const exchange::ListRow& row) {
  return row.ordinal > 0 || !row.document.own.empty() || !row.document.subject.empty() || !row.paths.empty();
}

// The digits that a name ends in: "to2.xlsx" → 2; 0: none.
int digits_of(const Path& path) {
  const std::string stem = path.stem().string();
  const std::size_t end = stem.find_last_not_of("0123456789");
  const std::string digits = end == std::string::npos ? stem : stem.substr(end + 1);
  return digits.empty() || digits.size() > 3 ? 0 : std::atoi(digits.c_str());
}

std::string upper(std::string text) {
  for (char& c : text)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return text;
}

// What two documents of one file agree in when they are one: what a document without a subject is called is its file.
std::string what_it_is(const records::Document& d, const std::string& title) {
  return text::fold(d.own.text()) + "\n" + text::to_iso(d.date) + "\n" + text::fold(d.issuer) + "\n" +
         text::fold(d.subject.empty() ? title : d.subject);
}

class Importer {
 public:
  Importer(Repository& repository, const ArrangeImportRequest& request)
      : repository_(repository),
        request_(request),
        fonds_(repository.fonds(request.fonds)),
        scheme_(repository.scheme(fonds_.fonds.id)) {}
  ArrangeImportResult run();

 private:
  using Take = std::function<void(std::size_t list, exchange::ListRow&&, Group*)>;

  void read(const Take& take);
  Group* group_of(std::size_t list, exchange::ListRow& row);
  void judge();
  void judge_row(std::size_t list, exchange::ListRow& row, Group* group);
  void judge_first(std::size_t list, const exchange::ListRow& row, Group& group);
  void judge_document(std::size_t list, exchange::ListRow& row, Group& group);
  void judge_groups();
  void judge_held_contents(std::size_t list, long row, const std::vector<std::string>& paths,
                           const catalogue::DocumentRow& held);
  bool holds_content(std::size_t list, const std::string& path, const records::Id& document);
  bool may_grow(const catalogue::FileRow& held) const;
  void judge_growth(Group& group);
  void judge_fresh(Group& group, Told& told, records::Counted& counted);
  void judge_names();
  void note_contents(std::size_t list, const exchange::ListRow& row, const std::optional<records::Document>& registered,
                     Group& group);
  void judge_closing();
  bool find_on_disk(std::size_t list, long row, std::string& path, Group& group);
  void note_names(const exchange::ListRow& row, const Group& group);
  void take_finding(std::size_t list, long row, Finding&& finding, Group& group);
  void find_present(const exchange::ListRow& row, std::size_t list, Group& group);
  std::optional<records::Document> registered(const exchange::ListRow& row, const Group& group);
  records::FileRecord file_of(const exchange::ListRow& row, const Group& group) const;
  void set_class(records::FileRecord& file, const exchange::ListRow& row) const;
  void stage(Staging& staging);
  void write(Staging* staging);
  void write_row(Change& change, exchange::ListRow&& row, Group& group);
  void write_document(Change& change, exchange::ListRow& row, Group& group);
  void set_contents(const exchange::ListRow& row, records::Document& document,
                    std::vector<records::Component>& made);
  void write_box(Change& change, const Group& group);
  void write_errors(std::size_t list);
  void find(Level level, std::size_t list, long row, std::string code, Message message, Message hint = {});
  void fail(Group& group, std::size_t list, long row, std::string code, Message message, Message hint = {}) {
    group.failed = true;
    find(Level::error, list, row, std::move(code), std::move(message), std::move(hint));
  }
  std::string lists_digest() const;
  Path source_of(std::size_t list, const std::string& path) const {
    return request_.lists[list].parent_path() / path;
  }
  std::string identity(const exchange::ListRow& row) const;

  Repository& repository_;
  const ArrangeImportRequest& request_;
  catalogue::FondsRow fonds_;
  const scheme::Scheme& scheme_;
  std::vector<std::string> bytes_;
  ArrangeImportResult result_;
  std::unordered_map<std::string, Group> groups_;
  std::vector<Group*> order_;
  std::map<std::string, BoxOfList> boxes_;
  std::vector<PathsOfList> disk_;                        // of each list
  std::vector<std::pair<Group*, std::string>> paths_;    // of documents without contents yet
  std::unordered_map<std::string, std::size_t> staged_;  // path → received
  std::vector<Received> received_;
  std::unordered_map<std::string, records::Id> documents_;  // of these lists, by what they are
  std::set<std::pair<const Group*, records::Id>> links_;    // register documents that a file has
  std::set<records::Id> linked_;                            // documents of register lines
  std::set<std::string> unknown_classes_;
  std::set<records::Id> growing_;  // files that are there already and take documents
  Group* last_ = nullptr;  // while reading
  const Group* names_of_ = nullptr;
  std::vector<std::pair<std::string, long>> names_;  // contents of one file, and their rows
  Group* closing_of_ = nullptr;
  records::FileRecord closing_;                        // that file
  std::vector<records::FiledDocument> closing_documents_;
  std::vector<std::int64_t> counted_;                // files of each list, for provisional numbers
  journal::Head judged_at_;
  bool fonds_told_ = false;
};

void Importer::find(Level level, std::size_t list, long row, std::string code, Message message,
                    Message hint) {
  Finding finding;
  finding.code = std::move(code);
  finding.level = level;
  finding.path = request_.lists[list].string();
  finding.line = row;
  finding.message = std::move(message);
  finding.hint = std::move(hint);
  result_.findings.push_back(std::move(finding));
}

void Importer::take_finding(std::size_t list, long row, Finding&& finding, Group& group) {
  finding.path = request_.lists[list].string();
  finding.line = row;
  group.failed = group.failed || finding.level == Level::error;
  result_.findings.push_back(std::move(finding));
}

// Which file a row is of. nullptr: it does not say.
Group* Importer::group_of(std::size_t list, exchange::ListRow& row) {
  if (!row.file) {
    // Merged cells: the file's data stands on its first row only.
    return last_ != nullptr && last_->list == list && has_document(row) && !last_->whole_row ? last_
                                                                                             : nullptr;
  }
  records::FileRecord& file = *row.file;
  auto& told = result_.lists[list];
  std::string key;
  bool numbered = false;
  if (!file.provisional.empty()) {
    const bool plain = file.provisional.find_first_not_of("0123456789") == std::string::npos;
    const std::string full = plain ? "T" + std::to_string(told.team) + "-" +
                                         std::to_string(std::atoi(file.provisional.substr(0, 9).c_str()))
                                   : upper(file.provisional);
    if (full != file.provisional) file.original.emplace("provisional", file.provisional);
    file.provisional = full;
  }
  if (!file.notation.empty())
    key = "k" + std::to_string(file.year) + "." + text::fold(file.notation);
  else if (!file.provisional.empty())
    key = "t" + file.provisional;
  else if (!file.number.empty())
    key = "s" + file.inventory + "/" + text::fold(file.number);
  else if (has_document(row))
    key = "v" + std::to_string(list) + "/" + text::fold_case(file.title) + "/" + text::to_iso(file.start),
    numbered = true;
  else
    key = "d" + std::to_string(list) + "/" + std::to_string(row.row), numbered = true;
  const auto [place, fresh] = groups_.try_emplace(key);
  Group& group = place->second;
  if (fresh) {
    group.list = list;
    group.row = row.row;
    group.id = records::new_id(records::Kind::file);
    group.title = file.title;
    group.whole_row = !has_document(row);
    order_.push_back(&group);
    group.counted = numbered;
    if (numbered)
      group.provisional = "T" + std::to_string(told.team) + "-" + std::to_string(++counted_[list]);
    else
      group.provisional = file.provisional;
  }
  return last_ = &group;
}

void Importer::read(const Take& take) {
  exchange::ListOptions options = request_.options;
  options.book = records::Book::internal;
  for (std::size_t list = 0; list < request_.lists.size(); ++list) {
    last_ = nullptr;
    exchange::ListInfo& info = result_.lists[list].info;
    using Rows = std::vector<exchange::ListRow>;
    const auto make = [&](const std::function<void(Rows &&)>& put) {
      Rows rows;
      info = exchange::read_register_list(
          bytes_[list], request_.lists[list].filename().string(), options, [](const exchange::ListInfo&) {},
          [&](exchange::ListRow&& one) {
            rows.push_back(std::move(one));
            if (rows.size() < 64) return;
            put(std::move(rows));
            rows = {};
          });
      put(std::move(rows));
    };
    convey<Rows>(make, [&](Rows&& rows) {
      for (auto& one : rows) {
        Group* const group = group_of(list, one);
        take(list, std::move(one), group);
      }
    });
  }
}

// Whether what a later list says of its documents goes into it: arranged files only, whose documents nobody else has
// answered for since.
bool Importer::may_grow(const catalogue::FileRow& held) const {
  return request_.state == FileState::archived && held.file.state == FileState::archived &&
         held.file.rejected.empty() && held.file.kept.empty() &&
         !repository_.catalogue().submission_of(held.file.id);
}

// The same file from an earlier list; or another one under its name.
void Importer::find_present(const exchange::ListRow& row, std::size_t list, Group& group) {
  auto& catalogue = repository_.catalogue();
  const records::FileRecord& file = *row.file;
  const auto judge = [&](const catalogue::FileRow& held, const char* code, const std::string& name) {
    if (same_words(held.file.title, file.title)) {
      group.present = true;
      group.held = held.documents;
      if (!group.counted && may_grow(held) && growing_.insert(held.file.id).second) {
        group.into = held.file;
        group.next = catalogue.last_ordinal(held.file.id);
      }
    } else {
      fail(group, list, row.row, code,
           Message("arrange.taken", {{"file", name}, {"title", text::cut(held.file.title, 60)}}),
           Message("arrange.taken.hint"));
    }
  };
  if (!file.notation.empty()) {
    const auto held = catalogue.files_by_notation(fonds_.fonds.id, file.year, file.notation);
    if (!held.empty()) judge(held.front(), "VTLT-D03", std::to_string(file.year) + "." + file.notation);
    return;
  }
  const std::string& name = group.provisional.empty() ? file.number : group.provisional;
  for (const auto& held : catalogue.files_by_notation(fonds_.fonds.id, 0, name)) {
    const bool provisional = !group.provisional.empty() && same_words(held.file.provisional, name);
    const bool number =
        group.provisional.empty() && held.file.number == name && held.file.inventory == file.inventory;
    if (!provisional && !number) continue;
    judge(held, "VTLT-P46", "hs." + name);
    return;
  }
}

void Importer::judge_first(std::size_t list, const exchange::ListRow& row, Group& group) {
  const records::FileRecord& file = *row.file;
  group.told = file.documents_told;
  group.pages_told = file.pages_told;
  group.start = file.start;
  group.end = file.end;
  group.box = row.box;
  if (file.title.empty()) fail(group, list, row.row, "VTLT-ARRANGE-02", Message("arrange.title_missing"));
  if (!file.notation.empty() && file.year == 0)
    fail(group, list, row.row, "VTLT-D03", Message("arrange.year_missing", {{"file", file.notation}}));
  // What was made after its creator had ended belongs to another fonds (P34).
  const text::Date newest = file.end.empty() ? file.start : file.end;
  if (!newest.empty())
    for (auto& finding : records::check_fonds_act(fonds_.fonds, records::FondsAct::add, newest))
      take_finding(list, row.row, std::move(finding), group);
  records::FileRecord named = file;
  named.provisional = group.provisional;
  set_class(named, row);
  if (named.class_no.empty() && !row.file_class.empty() &&
      unknown_classes_.insert(text::fold(row.file_class)).second)
    find(Level::warning, list, row.row, "VTLT-P13",
         Message("repository.class.unknown", {{"class", row.file_class}}),
         Message("repository.class.unknown.hint"));
  for (auto& finding : records::check_file(named))
    take_finding(list, row.row, std::move(finding), group);
  if (!group.failed) find_present(row, list, group);
  judge_closing();
  if (!group.present && !group.failed) {
    closing_of_ = &group;
    closing_ = named;
  }
  if (!row.box.empty()) {
    BoxOfList& box = boxes_[row.box];
    if (box.place.empty()) box.place = row.place;
    const auto centimetres = static_cast<std::int64_t>(row.shelf_metres * 100 + 0.5);
    if (box.centimetres == 0)
      box.centimetres = centimetres;
    else if (centimetres != 0 && centimetres != box.centimetres)
      find(Level::warning, list, row.row, "VTLT-ARRANGE-03",
           Message("arrange.metres_differ", {{"box", row.box}}));
  }
}

// What makes two rows one document, in as many bytes as a string holds by itself: there may be very many. "":
// nothing does.
std::string Importer::identity(const exchange::ListRow& row) const {
  const auto& d = row.document;
  if (row.paths.empty() && d.own.empty()) return {};
  const std::string all = (row.paths.empty() ? "" : row.paths.front()) + "\n" + text::fold(d.own.text()) +
                          "\n" + text::to_iso(d.date) + "\n" + text::fold(d.issuer) + "\n" +
                          text::fold(d.subject);
  const Digest digest = sha256(all);
  return std::string(reinterpret_cast<const char*>(digest.bytes.data()), 15);
}

// The document of the register line that says the same number, notation, date and issuer; a second row of the
// same file that says them (an annex) is a document of its own.
std::optional<records::Document> Importer::registered(const exchange::ListRow& row, const Group& group) {
  const auto& d = row.document;
  if (d.own.number == 0 || d.own.notation.empty() || d.date.empty()) return std::nullopt;
  std::optional<catalogue::EntryRow> found;
  for (const auto& held : repository_.catalogue().entries_by_own(fonds_.fonds.id, std::nullopt, 0, d.own)) {
    if (held.free || held.voided || held.reserved || !held.entry.document || held.entry.date != d.date)
      continue;
    const bool ours =
        held.entry.book != records::Book::in &&
        (d.issuer.empty() || (held.entry.issuer.empty() && same_words(d.issuer, fonds_.fonds.name)));
    if (!ours && !same_words(held.entry.issuer, d.issuer)) continue;
    if (!found || same_words(held.entry.subject, d.subject)) found = held;
  }
  if (!found || !links_.emplace(&group, *found->entry.document).second) return std::nullopt;
  const auto document = repository_.catalogue().document(*found->entry.document);
  return document ? std::optional(document->document) : std::nullopt;
}

// A path that is none counts as held: it is told elsewhere.
bool Importer::holds_content(std::size_t list, const std::string& path, const records::Id& document) {
  const Path source = source_of(list, path);
  const auto stat = repository_.files().stat(source);
  if (!stat || stat->kind != FileKind::file) return true;
  std::string sha;
  for (const auto& one : repository_.catalogue().components(document)) {
    if (one.size != stat->size) continue;
    if (sha.empty()) sha = sha256_file(repository_.files(), source).hex();
    if (one.sha256 == sha) return true;
  }
  return false;
}

// Contents that a document has already stay as they are; others are named.
void Importer::judge_held_contents(std::size_t list, long row, const std::vector<std::string>& paths,
                                   const catalogue::DocumentRow& held) {
  for (const auto& path : paths)
    if (!holds_content(list, path, held.document.id))
      find(Level::warning, list, row, "VTLT-P25",
           Message("arrange.content_differs",
                   {{"path", path},
                    {"document", name_of(repository_, {Target::Kind::document, held.document.id})}}));
}

// P44: names that are one name on another system. A file's rows stand together.
void Importer::judge_names() {
  std::vector<std::string> names;
  for (const auto& [path, row] : names_)
    names.push_back(Path(path).filename().string());
  for (const auto& collision : records::name_collisions(names)) {
    const auto& [first, first_row] = names_[collision.names.front()];
    const auto& [second, second_row] = names_[collision.names[1]];
    find(Level::warning, names_of_->list, second_row, "VTLT-P44",
         Message("arrange.names_collide", {{"first", first}, {"second", second}}),
         Message("arrange.names_collide.hint"));
  }
  names_.clear();
}

// What the list knows and the register does not.
bool complete(records::Document& held, const records::Document& told) {
  const std::string before = journal::encode(held);
  const auto text = [](std::string& into, const std::string& from) {
    if (into.empty()) into = from;
  };
  text(held.language, told.language);
  text(held.access, told.access);
  text(held.confidence, told.confidence);
  text(held.value, told.value);
  text(held.keyword, told.keyword);
  text(held.info_sign, told.info_sign);
  text(held.autograph, told.autograph);
  text(held.condition, told.condition);
  text(held.signer, told.signer);
  text(held.note, told.note);
  text(held.process, told.process);
  text(held.sheets, told.sheets);
  text(held.media, told.media);
  text(held.subject, told.subject);
  if (held.pages == 0) held.pages = told.pages;
  if (held.carrier == records::Carrier::unknown) held.carrier = told.carrier;
  for (const auto& [heading, value] : told.original)
    held.original.emplace(heading, value);
  return journal::encode(held) != before;
}

// On what a document is when the list does not say.
records::Carrier carrier_of(const records::Document& document, bool contents) {
  if (document.carrier != records::Carrier::unknown) return document.carrier;
  if (!contents) return records::Carrier::paper;
  return records::tt05_confidence(document.confidence) == "02" ? records::Carrier::both
                                                               : records::Carrier::electronic;
}

// What closing would say of a file (P15, P16). Files that are in the archives are there: it is no reason to refuse them.
void Importer::judge_closing() {
  if (closing_of_ == nullptr) return;
  Group& group = *std::exchange(closing_of_, nullptr);
  auto documents = std::exchange(closing_documents_, {});
  // Only what is equally long can be the same: the others are not read.
  std::map<std::uint64_t, std::vector<records::Component*>> by_size;
  for (auto& filed : documents)
    for (auto& one : filed.components)
      by_size[one.size].push_back(&one);
  for (const auto& [size, all] : by_size)
    for (auto* one : all)
      if (one->sha256.empty() && all.size() > 1)
        one->sha256 = sha256_file(repository_.files(), source_of(group.list, one->name)).hex();
  const auto tell = [&](std::vector<Finding>&& findings) {
    for (auto& finding : findings) {
      if (request_.state == FileState::archived && finding.level == Level::error) finding.level = Level::warning;
      take_finding(group.list, group.row, std::move(finding), group);
    }
  };
  if (request_.state == FileState::closed &&
      records::longest_term(closing_, documents).kind == records::TermKind::none)
    fail(group, group.list, group.row, "VTLT-P15-TERM", Message("arrange.term_missing"),
         Message("arrange.term_missing.hint"));
  // A row that is a whole file tells of no document: its list may come later.
  if (documents.empty()) return;
  tell(records::check_closing(closing_, documents));
  tell(records::check_sheets(closing_, documents, scheme_.sheet_numbers_from));
}

void Importer::note_contents(std::size_t list, const exchange::ListRow& row,
                             const std::optional<records::Document>& registered, Group& group) {
  if (closing_of_ != &group) return;
  records::FiledDocument filed;
  filed.ordinal = group.documents;
  filed.document = row.document;
  if (registered) {
    filed.document = *registered;
    complete(filed.document, row.document);
    filed.components = repository_.catalogue().components(registered->id);
  }
  if (filed.components.empty())
    for (const auto& path : row.paths) {
      auto& one = filed.components.emplace_back();
      one.name = path;
      one.role = filed.components.size() > 1 ? records::Role::annex : records::Role::main;
      const auto stat = repository_.files().stat(source_of(list, path));
      one.size = stat ? stat->size : 0;
    }
  filed.document.carrier = carrier_of(filed.document, !filed.components.empty());
  closing_documents_.push_back(std::move(filed));
}

void Importer::note_names(const exchange::ListRow& row, const Group& group) {
  if (names_of_ != &group) {
    judge_names();
    names_of_ = &group;
  }
  for (const auto& path : row.paths)
    if (std::none_of(names_.begin(), names_.end(), [&](const auto& one) { return one.first == path; }))
      names_.emplace_back(path, row.row);
}

bool Importer::find_on_disk(std::size_t list, long row, std::string& path, Group& group) {
  using How = PathOnDisk::How;
  const auto found = disk_[list].find(path);
  if (found.how == How::same || found.again) {
    path = found.path;
    return true;
  }
  const char* key = found.how == How::form          ? "arrange.path_form"
                    : found.how == How::letter_case ? "arrange.path_case"
                    : found.how == How::several     ? "arrange.path_many"
                    : found.how == How::folder      ? "arrange.path_folder"
                                                    : "arrange.path";
  Message message(key, {{"path", path}, {"found", found.path}, {"others", found.others}});
  if (found.there()) {
    find(found.how == How::form ? Level::note : Level::warning, list, row, "VTLT-P44", std::move(message));
  } else {
    const Path folder = request_.lists[list].parent_path();
    fail(group, list, row, "VTLT-IMPORT-PATH", std::move(message),
         Message("repository.import.path.hint", {{"folder", folder.empty() ? "." : folder.string()}}));
  }
  path = found.path;
  return found.there();
}

void Importer::judge_document(std::size_t list, exchange::ListRow& row, Group& group) {
  ++group.documents;
  group.pages += row.document.pages;
  group.without_pages += row.document.pages == 0 ? 1 : 0;
  if (row.ordinal != group.documents) group.in_order = false;
  group.largest = std::max(group.largest, row.ordinal);
  const text::Date& date = row.document.date;
  if (!date.empty()) {
    if (group.first.empty() || date < group.first) group.first = date;
    if (group.last.empty() || date > group.last) group.last = date;
  }
  bool found = true;
  for (auto& path : row.paths)
    if (!find_on_disk(list, row.row, path, group)) found = false;
  note_names(row, group);
  if ((group.present && !group.into) || group.failed || !found) return;
  const auto document = registered(row, group);
  note_contents(list, row, document, group);
  if (group.into) {
    group.rows.push_back({row.row, what_it_is(row.document, group.title),
                          document ? std::optional(document->id) : std::nullopt, row.paths, date,
                          row.document.pages});
    return;
  }
  if (document) {
    linked_.insert(document->id);
    const auto held = repository_.catalogue().document(document->id);
    if (held && held->components > 0) {
      judge_held_contents(list, row.row, row.paths, *held);
      return;
    }
  }
  for (const auto& path : row.paths)
    paths_.emplace_back(&group, source_of(list, path).string());
}

void Importer::judge_row(std::size_t list, exchange::ListRow& row, Group* group) {
  auto& told = result_.lists[list];
  ++told.rows;
  bool good = true;
  for (auto& finding : row.findings) {
    finding.path = request_.lists[list].string();
    if (finding.line == 0) finding.line = row.row;
    good = good && finding.level != Level::error;
    result_.findings.push_back(std::move(finding));
  }
  if (group == nullptr) {
    if (good)
      find(Level::error, list, row.row, "VTLT-ARRANGE-01", Message("arrange.no_file"),
           Message("arrange.no_file.hint"));
    ++told.failed;  // whichever file it was of
    return;
  }
  if (!good) group->failed = true;
  if (!fonds_told_ && !row.fonds.empty() && !same_words(row.fonds, fonds_.fonds.name) &&
      !same_words(row.fonds, fonds_.fonds.code)) {
    fonds_told_ = true;
    find(Level::warning, list, row.row, "VTLT-ARRANGE-04",
         Message("arrange.other_fonds",
                 {{"told", row.fonds}, {"code", fonds_.fonds.code}, {"name", fonds_.fonds.name}}));
  }
  if (group->row == row.row && group->list == list) {
    judge_first(list, row, *group);
  } else {
    if (row.file && !same_words(row.file->title, group->title) && !row.file->title.empty())
      find(Level::warning, list, row.row, "VTLT-ARRANGE-05",
           Message("arrange.title_differs",
                   {{"row", std::to_string(group->row)}, {"title", text::cut(row.file->title, 60)}}));
    if (group->list != list || group->whole_row || !has_document(row))
      fail(*group, list, row.row, "VTLT-D03",
           Message("arrange.twice", {{"row", std::to_string(group->row)},
                                     {"list", request_.lists[group->list].filename().string()}}));
    if (!row.box.empty() && !group->box.empty() && row.box != group->box)
      find(Level::warning, list, row.row, "VTLT-ARRANGE-06",
           Message("arrange.box_differs", {{"box", row.box}, {"first", group->box}}));
  }
  if (has_document(row)) judge_document(list, row, *group);
}

// A document that the file does not hold yet.
void Importer::judge_fresh(Group& group, Told& told, records::Counted& counted) {
  if (!told.date.empty())
    for (auto& finding : records::check_fonds_act(fonds_.fonds, records::FondsAct::add, told.date))
      take_finding(group.list, told.row, std::move(finding), group);
  ++counted.documents;
  counted.pages += told.pages;
  counted.without_pages += told.pages == 0 ? 1 : 0;
  if (!told.date.empty()) {
    if (counted.first.empty() || told.date < counted.first) counted.first = told.date;
    if (counted.last.empty() || told.date > counted.last) counted.last = told.date;
  }
  group.fresh.emplace(told.row, told.registered);
  if (told.registered) {
    linked_.insert(*told.registered);
    const auto held = repository_.catalogue().document(*told.registered);
    if (held && held->components > 0) return judge_held_contents(group.list, told.row, told.paths, *held);
  }
  for (const auto& path : told.paths)
    paths_.emplace_back(&group, source_of(group.list, path).string());
}

// Which rows of a file that is there already are documents it holds: by the register's document, then by what the
// document is and its computer file, then by what it is alone. The others are put into it.
void Importer::judge_growth(Group& group) {
  auto contents = contents_of(repository_, group.into->id);
  std::vector<bool> taken(contents.size());
  std::vector<Told*> open;
  for (auto& told : group.rows)
    open.push_back(&told);
  const auto match = [&](const std::function<bool(const Told&, const records::FiledDocument&)>& same) {
    std::erase_if(open, [&](const Told* told) {
      for (std::size_t i = 0; i < contents.size(); ++i) {
        if (taken[i] || !same(*told, contents[i])) continue;
        taken[i] = true;
        const auto held = repository_.catalogue().document(contents[i].document.id);
        if (held) judge_held_contents(group.list, told->row, told->paths, *held);
        return true;
      }
      return false;
    });
  };
  const auto key = [&](const records::FiledDocument& filed) { return what_it_is(filed.document, group.into->title); };
  match([](const Told& told, const records::FiledDocument& filed) {
    return told.registered && *told.registered == filed.document.id;
  });
  match([&](const Told& told, const records::FiledDocument& filed) {
    return !told.registered && !told.paths.empty() && !filed.components.empty() && told.key == key(filed) &&
           holds_content(group.list, told.paths.front(), filed.document.id);
  });
  match([&](const Told& told, const records::FiledDocument& filed) {
    return !told.registered && told.key == key(filed);
  });
  if (open.empty()) return;
  records::Counted counted = records::count(contents);
  for (Told* told : open)
    judge_fresh(group, *told, counted);
  records::FileRecord told_file = *group.into;
  if (group.told != 0) told_file.documents_told = group.told;
  if (group.pages_told != 0) told_file.pages_told = group.pages_told;
  for (auto& finding : records::check_totals(told_file, counted))
    take_finding(group.list, group.row, std::move(finding), group);
}

// What can only be said when all rows of a file are known.
void Importer::judge_groups() {
  for (Group* group : order_) {
    auto& told = result_.lists[group->list];
    if (group->into && !group->failed) judge_growth(*group);
    if (group->failed) {
      ++told.failed;
      continue;
    }
    if (group->present) {
      ++told.present;
      const auto added = static_cast<std::int64_t>(group->fresh.size());
      if (added != 0) {
        told.added += added;
        ++result_.grown;
        result_.documents += added;
        find(Level::note, group->list, group->row, "VTLT-ARRANGE-09",
             Message("arrange.grown", {{"held", std::int64_t{group->held}}, {"added", added}}));
      }
      if (!group->into && group->documents > group->held)
        find(Level::warning, group->list, group->row, "VTLT-ARRANGE-08",
             Message("arrange.present_documents",
                     {{"held", std::int64_t{group->held}}, {"found", std::int64_t{group->documents}}}),
             Message("arrange.present_documents.hint"));
      continue;
    }
    records::FileRecord told_file;
    told_file.documents_told = group->told;
    told_file.pages_told = group->pages_told;
    told_file.start = group->start;
    told_file.end = group->end;
    records::Counted counted;
    counted.documents = group->documents;
    counted.pages = group->pages;
    counted.without_pages = group->without_pages;
    counted.first = group->first;
    counted.last = group->last;
    for (auto& finding : records::check_totals(told_file, counted))
      take_finding(group->list, group->row, std::move(finding), *group);
    if (group->documents != 0 && !group->in_order && group->largest != 0)
      find(Level::warning, group->list, group->row, "VTLT-D04", Message("arrange.ordinals"));
    const int ended = !group->end.empty() ? group->end.year : group->last.year;
    if (ended == 0 && request_.state == FileState::closed) {
      group->failed = true;
      ++told.failed;
      find(Level::error, group->list, group->row, "VTLT-TRAP-03", Message("arrange.end_missing"),
           Message("arrange.end_missing.hint"));
      continue;
    }
    if (request_.state == FileState::closed && group->documents == 0)
      find(Level::warning, group->list, group->row, "P15", Message("records.close.empty"),
           Message("arrange.close_empty.hint"));
    if (group->failed) {
      ++told.failed;
      continue;
    }
    ++told.files;
    if (!group->provisional.empty()) {
      if (told.first.empty()) told.first = group->provisional;
      told.last = group->provisional;
    }
  }
  for (auto& told : result_.lists) {
    result_.rows += told.rows;
    result_.files += told.files;
    result_.present += told.present;
    result_.added += told.added;
    result_.failed += told.failed;
  }
  std::set<std::string> boxes;
  for (const Group* group : order_)
    if (!group->failed && !group->box.empty() && boxes.insert(group->box).second) {
      ++result_.boxes;
      result_.centimetres += boxes_[group->box].centimetres;
    }
  std::erase_if(paths_, [](const auto& one) { return one.first->failed; });
}

void Importer::judge() {
  result_ = {};
  groups_.clear();
  order_.clear();
  boxes_.clear();
  paths_.clear();
  disk_.clear();
  for (const auto& list : request_.lists)
    disk_.emplace_back(repository_.files(), list.parent_path());
  unknown_classes_.clear();
  documents_.clear();
  linked_.clear();
  links_.clear();
  growing_.clear();
  closing_of_ = nullptr;
  closing_documents_.clear();
  names_of_ = nullptr;
  names_.clear();
  fonds_told_ = false;
  counted_.assign(request_.lists.size(), 0);
  judged_at_ = repository_.head();
  std::set<int> teams;
  for (std::size_t i = 0; i < request_.lists.size(); ++i) {
    ArrangedList& list = result_.lists.emplace_back();
    list.path = request_.lists[i];
    const int named = request_.team != 0 ? 0 : digits_of(list.path);
    list.team = request_.team != 0 ? request_.team + static_cast<int>(i)
                : named != 0       ? named
                                   : static_cast<int>(i) + 1;
    while (!teams.insert(list.team).second)
      ++list.team;
  }
  const auto batch = repository_.catalogue().batch_of_list(lists_digest());
  if (batch && !repository_.catalogue().batch_withdrawn(batch->id)) {
    result_.present = batch->rows;
    find(Level::note, 0, 0, "VTLT-ARRANGE-07", Message("arrange.list_present", {{"batch", batch->name}}));
    return;
  }
  std::unordered_set<std::string> seen;                          // documents of all the files
  std::map<std::pair<const Group*, std::string>, long> seen_in;  // and where, in the file at hand
  const Group* before = nullptr;
  std::int64_t rows = 0;
  read([&](std::size_t list, exchange::ListRow&& row, Group* group) {
    if (++rows % 1000 == 0) check_interrupted();
    judge_row(list, row, group);
    if (group == nullptr || group->failed || (group->present && !group->into) || !has_document(row)) return;
    const std::string key = identity(row);
    if (!group->into && (key.empty() || seen.insert(key).second)) ++result_.documents;
    if (key.empty()) return;
    if (before != group && seen_in.size() > 100'000) seen_in.clear();  // a file's rows stand together
    before = group;
    const auto [place, fresh] = seen_in.try_emplace({group, key}, row.row);
    if (!fresh)
      fail(*group, list, row.row, "VTLT-P04",
           Message("arrange.document_twice", {{"row", std::to_string(place->second)}}));
  });
  judge_names();
  judge_closing();
  judge_groups();
  result_.linked = static_cast<std::int64_t>(linked_.size());
}

// Of one list its own, as of a register's list.
std::string Importer::lists_digest() const {
  if (bytes_.size() == 1) return sha256(bytes_.front()).hex();
  std::string all;
  for (const auto& bytes : bytes_)
    all += sha256(bytes).hex();
  return sha256(all).hex();
}

void Importer::stage(Staging& staging) {
  std::vector<Path> sources;
  for (const auto& [group, path] : paths_)
    if (staged_.emplace(path, sources.size()).second) sources.push_back(path);
  Progress& progress = repository_.state().progress();
  progress.start(Message("repository.progress.stage"), sources.size(), 0);
  received_ = staging.add(sources);
  progress.finish();
  staging.sync();
}

void Importer::set_class(records::FileRecord& file, const exchange::ListRow& row) const {
  const scheme::Class* one = nullptr;
  if (!row.file_class.empty()) {
    one = scheme_.find_class(row.file_class);
    if (one == nullptr) one = scheme_.class_of_abbreviation(row.file_class);
    const std::string folded = text::fold(row.file_class);
    for (const auto& large : scheme_.classes) {
      if (one == nullptr && text::fold(large.title) == folded) one = &large;
      for (const auto& small : large.sub)
        if (one == nullptr && text::fold(small.title) == folded) one = &small;
    }
  }
  const std::size_t dot = file.notation.find('.');
  if (one == nullptr && dot != std::string::npos)
    one = scheme_.class_of_abbreviation(file.notation.substr(dot + 1));
  if (one != nullptr) file.class_no = one->no;
  if (!row.file_class.empty() && (one == nullptr || one->no != row.file_class))
    file.original["class"] = row.file_class;
  if (file.access.empty())
    file.access = one != nullptr && !one->access.empty() ? one->access : scheme_.default_access;
}

records::FileRecord Importer::file_of(const exchange::ListRow& row, const Group& group) const {
  records::FileRecord file = *row.file;
  file.id = group.id;
  file.fonds = fonds_.fonds.id;
  file.provisional = group.provisional;
  file.ended = !group.end.empty() ? group.end.year : group.last.year;
  set_class(file, row);
  return file;
}

void Importer::write_box(Change& change, const Group& group) {
  if (group.box.empty()) return;
  BoxOfList& told = boxes_[group.box];
  if (!told.made) {
    told.made = true;
    if (const auto held = repository_.catalogue().box(fonds_.fonds.id, group.box)) {
      told.id = held->id;
    } else {
      records::Box box;
      box.id = told.id = records::new_id(records::Kind::box);
      box.fonds = fonds_.fonds.id;
      box.number = group.box;
      box.place = told.place;
      box.shelf_metres = static_cast<double>(told.centimetres) / 100;
      change.add(journal::type::box_made, journal::encode(box));
    }
  }
  change.add(journal::type::file_boxed,
             journal::encode_fields({{"file", group.id.text()}, {"box", told.id.text()}}));
}

void Importer::set_contents(const exchange::ListRow& row, records::Document& document,
                            std::vector<records::Component>& made) {
  const bool scanned = records::tt05_confidence(document.confidence) == "02";
  for (const auto& path : row.paths) {
    const auto found = staged_.find(path);
    if (found == staged_.end()) continue;  // held already
    const auto role = !made.empty() ? records::Role::annex
                      : scanned     ? records::Role::scan
                                    : records::Role::main;
    made.push_back(component_of(Path(path).filename().string(), received_.at(found->second), document.id,
                                role, static_cast<int>(made.size()) + 1));
    if (made.size() == 1 && document.pages == 0) document.pages = made.front().pages;
    result_.bytes += made.back().size;
  }
  document.carrier = carrier_of(document, !made.empty() || !row.paths.empty());
}

void Importer::write_document(Change& change, exchange::ListRow& row, Group& group) {
  for (auto& path : row.paths)
    path = source_of(group.list, disk_[group.list].known(path)).string();
  const bool as_told = group.in_order && !group.into;
  const int ordinal = as_told ? row.ordinal : ++group.next;
  if (!as_told && row.ordinal != 0 && row.ordinal != ordinal)
    row.document.original.emplace("ordinal", std::to_string(row.ordinal));
  const std::string key = identity(row);
  const auto known = key.empty() ? documents_.end() : documents_.find(key);
  records::Id id{records::Kind::document};
  records::Document lengthening;
  if (known != documents_.end()) {
    id = known->second;
    links_.emplace(&group, id);
  } else {
    std::vector<records::Component> made;
    std::optional<records::Document> held;
    if (!group.into) {
      held = registered(row, group);
    } else if (const auto& known_id = group.fresh.at(row.row)) {
      held = repository_.catalogue().document(*known_id)->document;
    }
    records::Document document = held ? *held : row.document;
    if (!held) {
      document.id = records::new_id(records::Kind::document);
      document.fonds = fonds_.fonds.id;
      if (document.subject.empty()) document.subject = group.title;
      if (!row.entry.original.empty())
        for (const auto& [heading, value] : row.entry.original)
          document.original.emplace(heading, value);
    }
    records::Document told = held ? row.document : document;
    told.id = document.id;
    set_contents(row, told, made);
    if (held ? complete(document, told) : true)
      change.add(journal::type::document_described, journal::encode(held ? document : told));
    for (const auto& component : made)
      change.add(journal::type::content_attached, journal::encode(component));
    result_.components += static_cast<std::int64_t>(made.size());
    id = document.id;
    if (!key.empty()) documents_.emplace(key, id);
    lengthening = document;
  }
  change.add(
      journal::type::file_document_added,
      journal::encode_fields({{"file", (group.into ? group.into->id : group.id).text()}, {"document", id.text()}},
                             {{"ordinal", ordinal}}));
  if (group.into) lengthen(change, *group.into, lengthening);
}

void Importer::write_row(Change& change, exchange::ListRow&& row, Group& group) {
  if (group.into) {
    if (group.fresh.count(row.row) != 0) write_document(change, row, group);
    return;
  }
  if (!group.begun) {
    group.begun = true;
    const bool archived = request_.state == FileState::archived;
    change.add(archived ? journal::type::file_arranged : journal::type::file_opened,
               journal::encode(file_of(row, group)));
    write_box(change, group);
  }
  if (has_document(row)) write_document(change, row, group);
}

void Importer::write(Staging* staging) {
  Change change(repository_);
  const auto before = paths_.size();
  if (repository_.head() != judged_at_) {
    // Another writer was quicker: judged again under the lock.
    judge();
    if (paths_.size() != before)
      throw Error(Exit::busy, "VTLT-BUSY", Message("repository.import.overtaken"),
                  Message("repository.busy.hint"));
  }
  if ((result_.failed != 0 && !request_.partial) || (result_.files == 0 && result_.added == 0)) return;
  change.follow(3 * result_.rows);
  const int year = year_of(change.time());
  journal::Batch batch;
  batch.id = records::new_id(records::Kind::batch);
  batch.name = result_.batch = counted_name("nhap", year, repository_.catalogue().batches_of_year(year) + 1);
  batch.book = kArrangement;
  for (const auto& list : request_.lists)
    batch.list_name += (batch.list_name.empty() ? "" : ", ") + text::printable(list.filename().string());
  // Of lists that come in only in part the rest is to come: they are not the same lists.
  if (result_.failed == 0) batch.list_sha256 = lists_digest();
  batch.rows = result_.files;
  change.add(journal::type::batch_imported, journal::encode(batch));
  links_.clear();
  std::int64_t done = 0;
  read([&](std::size_t, exchange::ListRow&& row, Group* group) {
    if (group == nullptr || group->failed || (group->present && !group->into)) return;
    if (++done % 1000 == 0) check_interrupted();
    write_row(change, std::move(row), *group);
  });
  if (request_.state == FileState::closed)
    for (const Group* group : order_)
      if (group->begun)
        change.add(
            journal::type::file_closed,
            journal::encode_fields({{"file", group->id.text()}, {"closed", to_date(change.time())}},
                                   {{"ended", !group->end.empty() ? group->end.year : group->last.year}}));
  change.commit(staging);
  result_.written = true;
}

// The rows of the files that failed, with two or three columns more, so that they can be mended and fed
// again.
void Importer::write_errors(std::size_t list) {
  std::map<long, std::string> reasons;
  for (const auto& finding : result_.findings)
    if (finding.level == Level::error && finding.path == request_.lists[list].string()) {
      std::string& text = reasons[finding.line];
      text += (text.empty() ? "" : "; ") + text::render(finding.message, text::Language::vi) + " [" +
              finding.code + "]";
    }
  std::map<long, std::string> failed;  // row → provisional number
  last_ = nullptr;
  read([&](std::size_t of, exchange::ListRow&& row, Group* group) {
    if (of == list && (group == nullptr || group->failed))
      failed.emplace(row.row, group == nullptr ? "" : group->provisional);
  });
  const auto& columns = result_.lists[list].info.columns;
  const bool numbered =
      std::none_of(columns.begin(), columns.end(),
                   [](const auto& one) { return one.second == exchange::Column::file_provisional; }) &&
      std::any_of(failed.begin(), failed.end(), [](const auto& one) { return !one.second.empty(); });
  const auto& headings_read = result_.lists[list].info.table.headings;
  std::string out(exchange::kBom);
  bool begun = false;
  exchange::read_table(
      bytes_[list], request_.lists[list].filename().string(), request_.options.table,
      [](std::string_view) { return true; }, 1,
      [&](const exchange::TableInfo&) {
        std::vector<std::string> headings = headings_read;
        if (numbered) headings.push_back("Số hồ sơ tạm");
        headings.push_back("Dòng");
        headings.push_back("Lý do chưa nhập");
        out += exchange::csv_line(headings);
        begun = true;
      },
      [&](const exchange::TableRow& row) {
        const auto found = failed.find(row.number);
        if (!begun || found == failed.end()) return;
        std::vector<std::string> cells = row.cells;
        cells.resize(headings_read.size());
        if (numbered) cells.push_back(found->second);
        cells.push_back(std::to_string(row.number));
        cells.push_back(reasons[row.number]);
        out += exchange::csv_line(cells);
      });
  const Path& path = request_.lists[list];
  result_.lists[list].errors = path.parent_path() / (path.stem().string() + ".loi.csv");
  write_whole(repository_.files(), result_.lists[list].errors, out, SyncPoint::package_contents);
}

ArrangeImportResult Importer::run() {
  for (const auto& path : request_.lists) {
    const auto stat = repository_.files().stat(path);
    if (!stat || stat->kind != FileKind::file)
      throw Error(Exit::usage, "VTLT-OBJECT-04", Message("objects.absent", {{"path", path.string()}}))
          .at(path.string());
    bytes_.push_back(read_whole(repository_.files(), path, 512u << 20));
  }
  judge();
  if (result_.failed != 0 && !request_.partial && !request_.dry_run) return std::move(result_);
  if (!request_.dry_run && (result_.files != 0 || result_.added != 0)) {
    std::optional<Staging> staging;
    if (!paths_.empty()) {
      staging.emplace(repository_);
      stage(*staging);
    }
    write(staging ? &*staging : nullptr);
  }
  if (result_.failed != 0 && request_.partial && !request_.dry_run)
    for (std::size_t i = 0; i < request_.lists.size(); ++i)
      if (result_.lists[i].failed != 0) write_errors(i);
  return std::move(result_);
}

}  // namespace

ArrangeImportResult import_arrangement(Repository& repository, const ArrangeImportRequest& request) {
  return Importer(repository, request).run();
}

}  // namespace vtlt::repository
