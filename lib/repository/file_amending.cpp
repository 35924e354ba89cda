// Files described anew, put in another order, opened again; and what their events say.
#include <algorithm>

#include "base/error.h"
#include "records/term_change.h"
#include "repository/filing.h"
#include "repository/planning.h"
#include "repository/state.h"
#include "scheme/confirmed.h"
#include "text/text.h"

namespace vtlt::repository {
namespace {

using records::FileState;

// Takes a request apart, and says what has to be written.
class Amender {
 public:
  Amender(Repository& repository, const FileAmendRequest& request) : repository_(repository), request_(request) {
    if ((request.change || !request.terms.empty()) && request.reason.empty())
      throw Error(Exit::usage, "VTLT-USE-08", Message("repository.reason"), Message("repository.reason.hint"));
  }

  FileAmendResult decide() {
    result_ = {};
    order_.clear();
    result_.before = result_.after = file_there(repository_, request_.file);
    name_ = file_name(repository_, request_.file);
    rows_ = repository_.catalogue().documents_of(request_.file);
    documents();
    description();
    if (request_.order || !request_.first.empty()) place();
    return result_;
  }

  void write(Change& change) {
    for (const auto& [ordinal, document] : result_.described) 
      change.add(journal::type::document_described, with_field(journal::encode(document), "reason", request_.reason));
    if (!result_.fields.empty())
      change.add(journal::type::file_amended, journal::encode_amended(result_.after.file, request_.reason, request_.basis));
    for (const auto& [ordinal, document] : result_.described) lengthen(change, result_.after.file, document);
    // The document is the same in its other files: they are kept as long (P17, P23).
    for (auto& other : result_.lengthened)
      for (const auto& [ordinal, document] : result_.described) lengthen(change, other, document);
    if (!result_.moved.empty()) reorder(change, request_.file, 1, order_);
  }

 private:
  [[noreturn]] void refuse(std::vector<Finding> findings) {
    throw Error(Exit::refused, "VTLT-AMEND", Message("repository.amend.refused", {{"file", name_}})).because(std::move(findings));
  }

  catalogue::FiledRow& row_at(int ordinal) {
    for (auto& row : rows_)
      if (row.ordinal == ordinal) return row;
    throw Error(Exit::usage, "VTLT-REF-01",
                Message("repository.file.no_ordinal", {{"ordinal", std::to_string(ordinal)}, {"file", name_}}));
  }

  // What is written of documents in a file that is still being made.
  void must_be_made() {
    if (result_.before.file.state == FileState::open || result_.before.file.state == FileState::planned) return;
    throw Error(Exit::refused, "VTLT-P15", Message("repository.file.not_open", {{"file", name_}}),
                result_.before.file.state == FileState::closed ? Message("repository.file.not_open.hint", {{"file", name_}}) : Message());
  }

  void documents() {
    if (request_.sheets.empty() && request_.terms.empty() && request_.fields.empty()) return;
    must_be_made();
    std::vector<int> touched;
    const auto at = [&](int ordinal) -> records::Document& {
      auto& row = row_at(ordinal);
      if (std::find(touched.begin(), touched.end(), ordinal) == touched.end()) {
        touched.push_back(ordinal);
        before_.emplace_back(ordinal, row.document.document);
      }
      return row.document.document;
    };
    for (const auto& [ordinal, sheets] : request_.sheets) at(ordinal).sheets = sheets;
    for (const auto& [ordinal, term] : request_.terms) at(ordinal).term = term;
    for (const auto& field : request_.fields) {
      records::Document& document = at(field.ordinal);
      if (field.name == "medium")
        document.media = field.value;
      else if (field.value.empty())
        document.original.erase(field.name);
      else
        document.original[field.name] = field.value;
    }
    for (const auto& [ordinal, before] : before_) {
      const records::Document& now = row_at(ordinal).document.document;
      if (now.sheets == before.sheets && now.term == before.term && now.media == before.media && now.original == before.original)
        continue;
      result_.described.emplace_back(ordinal, now);
      for (const auto& id : repository_.catalogue().files_of(now.id)) {
        if (id == request_.file) continue;
        const auto other = file_there(repository_, id);
        if (records::longer(now.term, other.file.term) && other.file.state != FileState::destroyed) result_.lengthened.push_back(other.file);
      }
    }
    before_.clear();
  }

  void description() {
    records::FileRecord& after = result_.after.file;
    if (!request_.change) return;
    const records::FileRecord before = after;
    request_.change(after);
    const auto& scheme = repository_.scheme(after.fonds);
    const scheme::Rule* rule = nullptr;
    if (!after.rule.empty()) {
      rule = scheme.find_rule(after.rule);
      if (rule == nullptr && after.rule != before.rule)
        throw Error(Exit::usage, "VTLT-P21", Message("repository.rule.unknown", {{"rule", after.rule}}));
    }
    if (rule != nullptr && after.rule != before.rule) {
      if (after.term == before.term) after.term = rule->term;
      if (after.term == rule->term) after.term_source = scheme::term_source(*rule);
    }
    // A term of its own rests on the paper, or on the reason given.
    if (after.term != before.term && after.term_source == before.term_source)
      after.term_source = rule != nullptr && after.term == rule->term ? scheme::term_source(*rule)
                          : !request_.basis.empty()                   ? request_.basis
                                                                      : request_.reason;
    auto findings = records::check_amend({before, after, !request_.basis.empty()});
    if (after.term != before.term)
      for (auto& finding : check_term(before, after, rule)) findings.push_back(std::move(finding));
    if (std::any_of(findings.begin(), findings.end(), [](const Finding& one) { return one.level == Level::error; })) refuse(std::move(findings));
    result_.fields = records::changed_fields(before, after);
    result_.findings = std::move(findings);
    for (auto& finding : records::check_file(after)) result_.findings.push_back(std::move(finding));
  }

  std::vector<Finding> check_term(const records::FileRecord& before, const records::FileRecord& after, const scheme::Rule* rule) {
    records::TermChange change;
    change.to = after.term;
    if (rule != nullptr) {
      change.rule = rule->term;
      change.rule_name = rule->id;
      change.rule_repealed = rule->baseline() && !rule->checked();
    }
    change.decision = request_.basis;
    // With the terms that this change gives to documents.
    std::vector<records::FiledDocument> documents;
    for (const auto& row : rows_) documents.push_back({row.ordinal, row.document.document, {}});
    records::FileRecord file = before;
    file.rule = after.rule;
    return records::check_term_change(file, documents, change);
  }

  void place() {
    must_be_made();
    std::vector<records::PlacedDocument> placed;
    for (const auto& row : rows_) {
      records::PlacedDocument one;
      one.ordinal = row.ordinal;
      one.date = row.document.document.date;
      one.own = row.document.document.own;
      if (request_.order == records::DocumentOrder::received && row.document.document.entry)
        if (const auto entry = repository_.catalogue().entry(*row.document.document.entry); entry && entry->entry.book == records::Book::in) {
          one.arrival = entry->entry.arrival;
          one.arrival_number = entry->entry.number;
        }
      placed.push_back(std::move(one));
    }
    const auto ordinals = request_.order ? std::optional(records::ordered(placed, *request_.order)) : records::ordered(placed, request_.first);
    if (!ordinals)
      throw Error(Exit::usage, "VTLT-D04", Message("repository.amend.order", {{"file", name_}, {"count", static_cast<std::int64_t>(placed.size())}}));
    int now = 0;
    for (const int ordinal : *ordinals) {
      order_.push_back(row_at(ordinal).document.document.id);
      if (++now != ordinal) result_.moved.emplace_back(ordinal, now);
    }
  }

  Repository& repository_;
  const FileAmendRequest& request_;
  FileAmendResult result_;
  std::string name_;
  std::vector<catalogue::FiledRow> rows_;
  std::vector<std::pair<int, records::Document>> before_;
  std::vector<records::Id> order_;
};

}  // namespace

FileAmendResult amend_file(Repository& repository, const FileAmendRequest& request) {
  Amender amender(repository, request);
  if (request.dry_run) return amender.decide();
  Change change(repository);
  FileAmendResult result = amender.decide();
  if (!result.changed()) return result;
  amender.write(change);
  change.commit();
  result.after = file_there(repository, request.file);
  return result;
}

catalogue::FileRow reopen_file(Repository& repository, const records::Id& file, const std::string& reason, bool dry_run) {
  if (reason.empty()) throw Error(Exit::usage, "VTLT-USE-08", Message("repository.reason"), Message("repository.reason.hint"));
  catalogue::FileRow row;
  const auto decide = [&] {
    row = file_there(repository, file);
    const std::string name = file_name(repository, file);
    if (row.file.state == FileState::closed) {
      must_allow(repository.catalogue().fonds(row.file.fonds)->fonds, records::FondsAct::open_file);
      row.file.state = FileState::open;
      row.file.ended = 0;
      row.file.closed_on = {};
      return;
    }
    const bool before = row.file.state == FileState::open || row.file.state == FileState::planned;
    throw Error(Exit::refused, "VTLT-P15-REOPEN",
                Message(before ? "repository.reopen.open" : "repository.reopen.handed_over", {{"file", name}}),
                row.file.state == FileState::submitted ? Message("repository.reopen.return.hint", {{"file", name}}) : Message());
  };
  if (dry_run) {
    decide();
    return row;
  }
  Change change(repository);
  decide();
  change.add(journal::type::file_state_changed,
             journal::encode_fields({{"file", file.text()}, {"state", "open"}, {"reason", reason}}));
  change.commit();
  return row;
}

std::optional<FileEvent> file_event(Repository& repository, const records::Id& file, const std::string& stream, std::uint64_t seq) {
  const auto event = repository.catalogue().event(stream, seq);
  if (!event || event->blank) return std::nullopt;
  namespace type = journal::type;
  const std::string& kind = event->type;
  const bool amended = kind == type::file_amended;
  if (!amended && kind != type::file_state_changed && kind != type::file_planned && kind != type::file_document_removed) return std::nullopt;
  const std::string body = repository.stream_of(stream).body(seq);
  if (body.empty()) return std::nullopt;
  journal::Decoder decoder;
  const auto fields = decoder.fields(body);
  const auto value = [&](const char* key) {
    const auto at = fields.find(key);
    return at == fields.end() ? std::string() : at->second;
  };
  FileEvent said;
  said.type = kind.substr(0, kind.find('/'));
  said.reason = value("reason");
  said.basis = value("basis");
  said.state = value("state");
  if (amended) {
    // Against the description before it.
    const records::FileRecord after = decoder.file(body);
    std::optional<catalogue::Touch> last;
    for (const auto& touch : repository.catalogue().touches(file)) {
      if (touch.stream != stream || touch.seq >= seq) continue;
      const auto earlier = repository.catalogue().event(touch.stream, touch.seq);
      if (earlier && !earlier->blank && (earlier->type == type::file_opened || earlier->type == type::file_planned ||
                                         earlier->type == type::file_arranged || earlier->type == type::file_amended))
        last = touch;
    }
    if (last) {
      const std::string before = repository.stream_of(stream).body(last->seq);
      if (!before.empty()) said.fields = records::changed_fields(decoder.file(before), after);
    }
  }
  return said;
}

}  // namespace vtlt::repository
