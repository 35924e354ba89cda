#include "views.h"

#include "base/encoding.h"
#include "journal/bodies.h"
#include "records/file_names.h"
#include "text/text.h"

namespace vtlt::cmd {

std::string name_of(const records::RegisterEntry& entry) {
  const std::string year =
      entry.year != 0 && entry.year != current_year() ? std::to_string(entry.year) + "." : "";
  const std::string designation = entry.designation();
  if (designation.empty()) return entry.id.brief();
  if (entry.book == records::Book::in) return "den." + year + designation;
  if (designation.find('/') != std::string::npos || designation.find('-') != std::string::npos)
    return year + designation;
  return std::string(records::book_prefix(entry.book)) + "." + year + designation;
}

std::string name_of(const records::FileRecord& file) {
  return records::file_name(file);
}

std::string names_of(const std::vector<catalogue::FileRow>& files, std::size_t most) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < files.size() && i <= most; ++i)
    names.push_back(name_of(files[i].file));
  return text::joined(names, ", ", most);
}

std::string name_of(const records::Document& document) {
  return document.own.empty() ? document.id.brief() : document.own.text();
}

std::string state_name(const Context& context, records::FileState state) {
  return context.text(Message("state." + std::string(records::state_text(state))));
}
std::string book_name(const Context& context, records::Book book) {
  return context.text(Message("book." + std::string(records::book_text(book))));
}
std::string role_name(const Context& context, records::Role role) {
  return context.text(Message("role." + std::string(records::role_text(role))));
}
std::string carrier_name(const Context& context, records::Carrier carrier) {
  if (carrier == records::Carrier::unknown) return {};
  return context.text(Message("carrier." + std::string(records::carrier_text(carrier))));
}

std::string time_shown(const std::string& iso) {
  if (iso.size() < 16) return iso;
  return iso.substr(8, 2) + "/" + iso.substr(5, 2) + "/" + iso.substr(0, 4) + " " + iso.substr(11, 5);
}

std::string typed(const std::string& word) {
  const std::string shown = text::printable(word);
  if (!shown.empty() && shown.find_first_of(" '\"\\$`!*?[](){}<>|&;#~") == std::string::npos) return shown;
  std::string quoted = "'";
  for (const char c : shown)
    quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

std::string name_of_used(repository::Repository& repository, const records::Use& use) {
  auto& catalogue = repository.catalogue();
  if (const auto file = use.file ? catalogue.file(*use.file) : std::nullopt) return name_of(file->file);
  if (const auto entry = use.entry ? catalogue.entry(*use.entry) : std::nullopt) return name_of(entry->entry);
  if (const auto document = use.document ? catalogue.document(*use.document) : std::nullopt)
    return name_of(document->document);
  return use.document ? use.document->brief() : use.id.brief();  // destroyed since
}

records::Id document_of(repository::Repository& repository, const std::string& reference,
                        const repository::ReferenceContext& context) {
  const auto target = repository::resolve(repository, reference, context);
  if (target.kind == repository::Target::Kind::document) return target.id;
  if (target.kind == repository::Target::Kind::entry) {
    const auto row = repository.catalogue().entry(target.id);
    if (row && row->entry.document) return *row->entry.document;
  }
  throw Error(Exit::usage, "VTLT-REF-03",
              Message("cmd.not_a_document", {{"reference", text::printable(reference)}}));
}

FondsColumn::FondsColumn(const Context& context, repository::Repository& repository) {
  if (!context.globals.fonds.empty()) {
    asked_ = repository.fonds(context.globals.fonds).fonds.id;
    return;
  }
  for (const auto& row : repository.catalogue().fonds())
    codes_.emplace_back(row.fonds.id, row.fonds.code);
  if (codes_.size() < 2) codes_.clear();
}

std::vector<Column> FondsColumn::with(std::vector<Column> columns) const {
  if (!codes_.empty()) columns.insert(columns.begin(), {Message("column.fonds")});
  return columns;
}

std::vector<std::string> FondsColumn::with(const records::Id& fonds, std::vector<std::string> cells) const {
  for (const auto& [id, code] : codes_)
    if (id == fonds) cells.insert(cells.begin(), code);
  return cells;
}

Object::Object(const std::string& encoded) {
  if (encoded.size() > 2) members_ = encoded.substr(1, encoded.size() - 2);
}
Object& Object::put(const char* key, const std::string& json) {
  if (!members_.empty()) members_ += ',';
  members_ += '"' + std::string(key) + "\":" + json;
  return *this;
}
Object& Object::add(const char* key, const std::string& value) {
  if (value.empty()) return *this;
  return put(key, journal::json_string(is_utf8(value) ? value : text::printable(value)));
}
Object& Object::add(const char* key, std::int64_t value) {
  return put(key, std::to_string(value));
}
Object& Object::yes(const char* key, bool value) {
  return put(key, value ? "true" : "false");
}
Object& Object::raw(const char* key, const std::string& json) {
  return put(key, json);
}

std::string array(const std::vector<std::string>& values) {
  std::string json = "[";
  for (const std::string& value : values)
    json += (json.size() > 1 ? "," : "") + value;
  return json + "]";
}

std::string json_of(const catalogue::EntryRow& row) {
  Object object(journal::encode(row.entry));
  object.add("ref", name_of(row.entry));
  if (row.voided) object.yes("voided", true);
  if (row.reserved) object.yes("reserved", true);
  if (row.recalled) object.yes("recalled", true);
  object.yes("answered", row.answered);
  if (row.registered_ms != 0) object.add("registered", to_text(Moment{row.registered_ms}));
  return object.text();
}

std::string json_of(const catalogue::FileRow& row) {
  Object object(journal::encode(row.file));
  object.add("ref", name_of(row.file)).add("state", std::string(records::state_text(row.file.state)));
  object.add("closed_on", text::to_iso(row.file.closed_on));
  if (row.file.box) object.add("box", row.file.box->text());
  return object.add("documents", row.documents).text();
}

std::string json_of(const catalogue::DocumentRow& row) {
  return Object(journal::encode(row.document))
      .add("components", row.components)
      .add("files", row.files)
      .text();
}

std::string json_of(const catalogue::FondsRow& row) {
  return Object(journal::encode(row.fonds))
      .add("scheme", row.scheme)
      .add("scheme_name", row.scheme_name)
      .add("decision", row.decision)
      .text();
}

std::string json_of(const catalogue::PackageRow& row) {
  return Object(journal::encode(row.plan)).add("time", row.time).text();
}

std::string json_of(const catalogue::UseRow& row) {
  return Object(journal::encode(row.use)).add("returned", text::to_iso(row.returned)).text();
}

std::string json_of(const records::Component& component) {
  return journal::encode(component);
}
std::string json_of(const records::Box& box) {
  return journal::encode(box);
}
std::string json_of(const journal::Batch& batch) {
  return journal::encode(batch);
}

std::string mark_of(const Context& context, const catalogue::EntryRow& row) {
  const char* key = row.voided ? "cmd.voided" : row.reserved ? "cmd.reserved" : row.recalled ? "cmd.recalled" : nullptr;
  return key == nullptr ? std::string() : context.text(Message(key));
}

std::string marked(const std::string& mark, const std::string& words) {
  return mark.empty() ? words : mark + " " + words;
}

std::string json_of(const catalogue::SubmissionRow& row) {
  return Object(journal::encode(row.submission))
      .add("waiting", row.listed)
      .add("taken", row.taken)
      .add("returned", row.returned)
      .add("kept_back", row.kept_back)
      .text();
}

std::string step_name(const Context& context, records::SubmissionStep step) {
  return context.text(Message(std::string("step.") + records::step_text(step)));
}

}  // namespace vtlt::cmd
