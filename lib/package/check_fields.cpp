#include "package/check_fields.h"

#include <algorithm>
#include <array>
#include <sstream>

#include "base/ascii.h"
#include "text/text.h"

namespace vtlt::package {
namespace {

enum class Type { text, number, date, boolean, code, languages, playtime };
// must: an error when empty; wanted: a warning; noted: a note; free: "nếu có".
enum class Need { must, wanted, noted, free };

struct Field {
  std::string_view name;
  Type type;
  std::size_t length;  // characters; of a code: how many codes there are
  Need need;
};

constexpr Field fields[] = {
    {"fileCode", Type::text, 100, Need::must},
    {"arcFileCode", Type::text, 100, Need::must},
    {"title", Type::text, 1000, Need::must},
    {"maintenance", Type::code, 7, Need::must},
    {"mode", Type::code, 3, Need::wanted},
    {"language", Type::languages, 100, Need::wanted},
    {"startDate", Type::date, 10, Need::wanted},
    {"endDate", Type::date, 10, Need::wanted},
    {"keyword", Type::text, 100, Need::free},
    {"totalDoc", Type::number, 10, Need::must},
    {"numberOfPaper", Type::number, 10, Need::free},
    {"numberOfPage", Type::number, 10, Need::noted},
    {"format", Type::code, 3, Need::free},
    {"inforSign", Type::text, 30, Need::free},
    {"confidenceLevel", Type::code, 3, Need::wanted},
    {"paperFileCode", Type::text, 100, Need::free},
    {"riskRecovery", Type::boolean, 1, Need::free},
    {"riskRecoveryStatus", Type::code, 2, Need::free},
    {"description", Type::text, 2000, Need::free},
    {"source", Type::boolean, 1, Need::wanted},
    {"requestID", Type::text, 100, Need::must},
    {"requestDate", Type::date, 10, Need::must},
    {"purpose", Type::code, 3, Need::wanted},
    {"purposeContent", Type::text, 500, Need::free},
    {"feeObjectType", Type::code, 10, Need::free},
    {"researchTopic", Type::text, 250, Need::free},
    {"docId", Type::text, 25, Need::must},
    {"docCode", Type::text, 100, Need::must},
    {"arcDocCode", Type::text, 100, Need::must},
    {"docOrdinal", Type::number, 7, Need::must},
    {"typeName", Type::code, 32, Need::wanted},
    {"codeNumber", Type::text, 11, Need::free},
    {"codeNotation", Type::text, 30, Need::free},
    {"issuedDate", Type::date, 10, Need::wanted},
    {"organName", Type::text, 200, Need::wanted},
    {"subject", Type::text, 500, Need::must},
    {"autograph", Type::text, 2000, Need::free},
    {"process", Type::boolean, 1, Need::free},
    {"typePic", Type::code, 2, Need::must},
    {"typeMedia", Type::code, 2, Need::must},
    {"archivesNumber", Type::text, 50, Need::free},
    {"eventName", Type::text, 500, Need::free},
    {"imageTitle", Type::text, 500, Need::wanted},
    {"movieTitle", Type::text, 500, Need::wanted},
    {"photographer", Type::text, 300, Need::free},
    {"recorder", Type::text, 300, Need::free},
    {"photoPlace", Type::text, 300, Need::free},
    {"recordPlace", Type::text, 300, Need::free},
    {"photoTime", Type::date, 10, Need::free},
    {"recordDate", Type::date, 10, Need::free},
    {"colour", Type::code, 2, Need::free},
    {"filmSize", Type::text, 30, Need::free},
    {"docAttached", Type::boolean, 1, Need::free},
    {"playTime", Type::playtime, 8, Need::free},
    {"quality", Type::text, 50, Need::free},
};

// In the order of the circular; read in any order.
const char* elements_of(EadForm form) {
  switch (form) {
    case EadForm::sip_file:
      return "fileCode title maintenance mode language startDate endDate keyword totalDoc numberOfPaper "
             "numberOfPage "
             "format inforSign confidenceLevel paperFileCode riskRecovery riskRecoveryStatus description";
    case EadForm::aip_file:
      return "arcFileCode title maintenance mode language startDate endDate keyword totalDoc numberOfPaper "
             "numberOfPage format inforSign confidenceLevel paperFileCode riskRecovery riskRecoveryStatus "
             "description";
    case EadForm::sip_batch:
      return "fileCode title source totalDoc description";
    case EadForm::aip_batch:
      return "arcFileCode title source description";
    case EadForm::dip_request:
      return "requestID requestDate purpose purposeContent feeObjectType researchTopic description";
    case EadForm::sip_document:
      return "docId docCode maintenance typeName codeNumber codeNotation issuedDate organName subject "
             "language "
             "numberOfPage inforSign keyword mode confidenceLevel autograph format riskRecovery "
             "riskRecoveryStatus "
             "process description";
    case EadForm::aip_document:
      return "arcFileCode mode language keyword numberOfPage format inforSign confidenceLevel description "
             "docCode "
             "docOrdinal typeName codeNumber codeNotation issuedDate organName subject autograph process";
    case EadForm::dip_document:
      return "docId arcDocCode maintenance typeName codeNumber codeNotation issuedDate subject language "
             "numberOfPage "
             "inforSign keyword mode confidenceLevel autograph format process riskRecovery "
             "riskRecoveryStatus "
             "description";
    case EadForm::sip_picture:
      return "docCode maintenance typePic archivesNumber inforSign eventName imageTitle photographer "
             "photoPlace "
             "photoTime colour filmSize docAttached mode format riskRecovery riskRecoveryStatus description";
    case EadForm::aip_picture:
      return "arcFileCode docOrdinal typePic archivesNumber inforSign eventName imageTitle photographer "
             "photoPlace "
             "photoTime colour filmSize docAttached mode format description";
    case EadForm::arc_picture:
      return "arcDocCode maintenance typePic archivesNumber inforSign eventName imageTitle photographer "
             "photoPlace "
             "photoTime colour filmSize docAttached mode format riskRecovery riskRecoveryStatus description";
    case EadForm::sip_media:
      return "docCode maintenance typeMedia archivesNumber inforSign eventName movieTitle recorder "
             "recordPlace "
             "recordDate language playTime docAttached mode quality format riskRecovery riskRecoveryStatus "
             "description";
    case EadForm::aip_media:
      return "arcFileCode docOrdinal typeMedia archivesNumber inforSign eventName movieTitle recorder "
             "recordPlace "
             "recordDate language playTime docAttached mode quality format description";
    case EadForm::arc_media:
      return "arcDocCode maintenance typeMedia archivesNumber inforSign eventName movieTitle recorder "
             "recordPlace "
             "recordDate language playTime docAttached mode quality format riskRecovery riskRecoveryStatus "
             "description";
  }
  bug("form", __FILE__, __LINE__);
}

bool is_file_form(EadForm form) {
  return form <= EadForm::dip_request;
}
bool is_sip(EadForm form) {
  return form == EadForm::sip_file || form == EadForm::sip_batch || form == EadForm::sip_document ||
         form == EadForm::sip_picture || form == EadForm::sip_media;
}
bool is_aip(EadForm form) {
  return form == EadForm::aip_file || form == EadForm::aip_batch || form == EadForm::aip_document ||
         form == EadForm::aip_picture || form == EadForm::aip_media;
}
bool is_text_document(EadForm form) {
  return form == EadForm::sip_document || form == EadForm::aip_document || form == EadForm::dip_document;
}

std::vector<Field> form_fields(EadForm form) {
  std::vector<Field> list;
  std::istringstream names(elements_of(form));
  for (std::string name; names >> name;) {
    const auto* found =
        std::find_if(std::begin(fields), std::end(fields), [&](const Field& f) { return name == f.name; });
    VTLT_ASSERT(found != std::end(fields));
    Field field = *found;
    if (!is_file_form(form)) {
      if (name == "numberOfPage") field.length = 4;
      if (name == "description") field.length = 500;
      if (name == "maintenance") field.need = Need::noted;  // the file's term holds then
      // A photograph or a recording need not say what its file says already.
      if (!is_text_document(form) && (name == "mode" || name == "language")) field.need = Need::noted;
    }
    if (name == "source" && form == EadForm::aip_batch) field = {"source", Type::text, 100, Need::wanted};
    if (name == "docId" && !is_sip(form)) field.need = Need::wanted;
    list.push_back(field);
  }
  return list;
}

const std::vector<Field>& fields_of(EadForm form) {
  static const std::vector<std::vector<Field>> all = [] {
    std::vector<std::vector<Field>> made;
    for (int i = 0; i <= static_cast<int>(EadForm::arc_media); ++i)
      made.push_back(form_fields(static_cast<EadForm>(i)));
    return made;
  }();
  return all[static_cast<std::size_t>(form)];
}

// "01" to the list's length.
bool is_code(std::string_view value, std::size_t count) {
  if (value.size() != 2 || !is_number(value)) return false;
  const auto code = static_cast<std::size_t>((value[0] - '0') * 10 + (value[1] - '0'));
  return code >= 1 && code <= count;
}

bool are_languages(std::string_view value) {
  bool any = false;
  for (std::size_t start = 0; start <= value.size();) {
    const std::size_t end = std::min(value.find_first_of(",; ", start), value.size());
    if (end > start) {
      if (!is_code(value.substr(start, end - start), 11)) return false;
      any = true;
    }
    start = end + 1;
  }
  return any;
}

bool is_playtime(std::string_view value) {
  return value.size() == 8 && value[2] == ':' && value[5] == ':' && is_number(value.substr(0, 2)) &&
         is_number(value.substr(3, 2)) && is_number(value.substr(6, 2)) && value[3] < '6' && value[6] < '6';
}

std::string expected_of(const Field& field, bool partial) {
  switch (field.type) {
    case Type::text:
      return "";
    case Type::number:
      return "0-9";
    case Type::date:
      return partial ? "DD/MM/YYYY, MM/YYYY, YYYY" : "DD/MM/YYYY";
    case Type::boolean:
      return "0, 1";
    case Type::code:
      return "01-" + std::string(field.length < 10 ? "0" : "") + std::to_string(field.length);
    case Type::languages:
      return "01-11";
    case Type::playtime:
      return "hh:mm:ss";
  }
  return "";
}

class Check {
 public:
  Check(EadForm form, const EadRecord& record, const std::string& path, Report& report)
      : form_(form), record_(record), path_(path), report_(report) {}

  void run() {
    if (record_.root != "simpledc")
      add(Level::error, "root", record_.root_line, say("ead.root", {{"root", shown(record_.root)}}));
    else if (!record_.root_namespace.empty())
      add(Level::warning, "root", record_.root_line, say("ead.namespace"));
    if (record_.nested || record_.crowded) add(Level::error, "root", record_.root_line, say("ead.shape"));
    unknown();
    for (const Field& field : fields_of(form_))
      one(field);
    across();
  }

 private:
  void add(Level level, const std::string& element, long line, Message what,
           Message hint = say("field.hint")) {
    report_.add(level, "TT05-EAD-" + element, {path_, line}, std::move(what), std::move(hint),
                basis_of(form_));
  }

  void unknown() {
    std::vector<std::string_view> seen;
    seen.reserve(record_.elements.size());
    for (const EadElement& element : record_.elements) {
      const auto names = [&element](const Field& field) { return element.name == field.name; };
      const bool known = std::any_of(fields_of(form_).begin(), fields_of(form_).end(), names);
      const bool twice = std::find(seen.begin(), seen.end(), element.name) != seen.end();
      seen.push_back(element.name);
      if (known) {
        if (twice)
          add(Level::error, element.name, element.line, say("ead.twice", {{"element", element.name}}));
        continue;
      }
      // P38, D24: the two names of one code are easily mixed up.
      if (element.name == "docCode" || element.name == "arcDocCode")
        add(Level::error, "docCode", element.line, say("ead.doccode", {{"element", element.name}}));
      else if (std::any_of(std::begin(fields), std::end(fields), names))
        add(Level::error, element.name, element.line, say("ead.unknown", {{"element", element.name}}));
      else  // a code is vtlt's own, never the package's words
        add(Level::error, "unknown", element.line, say("ead.stranger", {{"value", shown(element.name)}}));
    }
  }

  void one(const Field& field) {
    const EadElement* element = record_.find(field.name);
    if (element == nullptr) {
      absent(field);
      return;
    }
    // Of a hundred thousand records nearly all are right: nothing is copied before something is to be said.
    const std::string_view value = ascii::trimmed(element->value);
    const auto name = [&field] { return std::string(field.name); };
    if (value.empty()) {
      if (field.need != Need::free)
        add(level_of(field.need), name(), element->line, say("ead.empty", {{"element", name()}}));
      return;
    }
    if (field.type == Type::text || field.type == Type::languages || field.type == Type::number) {
      const std::size_t length = text::length(value);
      if (length > field.length)
        add(Level::error, name(), element->line,
            say("ead.long", {{"element", name()},
                             {"length", static_cast<std::int64_t>(length)},
                             {"limit", static_cast<std::int64_t>(field.length)}}));
    }
    if (!fits(field, value))
      add(mismatch_level(field), name(), element->line,
          say("ead.value", {{"element", name()},
                            {"value", shown(value)},
                            {"expected", expected_of(field, !is_sip(form_))}}));
  }

  static Level level_of(Need need) {
    return need == Need::must ? Level::error : need == Need::wanted ? Level::warning : Level::note;
  }
  // In a SIP the condition is free text in the table and a code in the list.
  Level mismatch_level(const Field& field) const {
    return field.name == "format" && !is_aip(form_) ? Level::warning : Level::error;
  }

  void absent(const Field& field) {
    const std::string_view name = field.name;
    // The circular contradicts itself on these three: 18, 17 and 16 fields in frame, table and schema.
    const bool disputed = name == "numberOfPaper" || name == "riskRecovery" || name == "riskRecoveryStatus";
    if (name == "docCode" && record_.find("arcDocCode") != nullptr) return;  // said already
    if (name == "arcDocCode" && record_.find("docCode") != nullptr) return;
    const Level level = field.need == Need::must ? Level::error : disputed ? Level::note : Level::warning;
    add(level, std::string(name), record_.root_line, say("ead.absent", {{"element", std::string(name)}}));
  }

  bool fits(const Field& field, std::string_view value) const {
    switch (field.type) {
      case Type::text:
        return true;
      case Type::number:
        return is_number(value);
      case Type::date:
        return tt05_date(value, !is_sip(form_)).has_value();
      case Type::boolean:
        return value == "0" || value == "1";
      case Type::code:
        return is_code(value, field.length);
      case Type::languages:
        return are_languages(value);
      case Type::playtime:
        return is_playtime(value);
    }
    return true;
  }

  void across() {
    if (record_.value("riskRecovery") == "1" && record_.value("riskRecoveryStatus").empty())
      add(Level::error, "riskRecoveryStatus", record_.line("riskRecoveryStatus"), say("ead.recovery"));
    const std::string confidence = record_.value("confidenceLevel");
    if (is_file_form(form_) && confidence == "02" && record_.value("paperFileCode").empty())
      add(Level::error, "paperFileCode", record_.line("paperFileCode"), say("ead.papercode"),
          say("ead.papercode.hint"));
    if (is_text_document(form_) && (confidence == "01" || confidence == "03") &&
        record_.value("process").empty())
      add(Level::error, "process", record_.line("process"), say("ead.process"));
    const auto start = tt05_date(record_.value("startDate"), true),
               end = tt05_date(record_.value("endDate"), true);
    const bool months = start && end && start->month != 0 && end->month != 0,
               days = months && start->whole() && end->whole();
    // As far as both are known.
    if (start && end &&
        (start->year > end->year || (months && start->year == end->year && start->month > end->month) ||
         (days && *start > *end)))
      add(Level::error, "endDate", record_.line("endDate"), say("ead.span"));
  }

  EadForm form_;
  const EadRecord& record_;
  const std::string& path_;
  Report& report_;
};

}  // namespace

// ---- reading ----

const EadElement* EadRecord::find(std::string_view name) const {
  for (const EadElement& element : elements)
    if (element.name == name) return &element;
  return nullptr;
}
std::string EadRecord::value(std::string_view name) const {
  const EadElement* element = find(name);
  return element == nullptr ? std::string() : std::string(ascii::trimmed(element->value));
}
long EadRecord::line(std::string_view name) const {
  const EadElement* element = find(name);
  return element == nullptr ? root_line : element->line;
}

void EadReader::start(std::string_view ns, std::string_view name, const XmlAttributes&, long line) {
  ++depth_;
  if (depth_ == 1) {
    record_.root = name;
    record_.root_namespace = ns;
    record_.root_line = line;
    record_.elements.reserve(32);  // more than any form has
  } else if (depth_ == 2) {
    if (record_.elements.size() < 200)
      record_.elements.push_back({std::string(name), "", line});
    else
      record_.crowded = true;
  } else {
    record_.nested = true;
  }
}

void EadReader::text(std::string_view piece) {
  constexpr std::size_t longest = 100'000;
  if (depth_ == 2 && !record_.crowded && record_.elements.back().value.size() < longest)
    record_.elements.back().value += piece.substr(0, longest);
}

void EadReader::end(std::string_view, std::string_view, long) {
  --depth_;
}

// ---- forms ----

bool is_number(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<text::Date> tt05_date(std::string_view value, bool partial) {
  const auto shape = [&](std::string_view form) {
    if (value.size() != form.size()) return false;
    for (std::size_t i = 0; i < form.size(); ++i)
      if (form[i] == '/' ? value[i] != '/' : value[i] < '0' || value[i] > '9') return false;
    return true;
  };
  if (shape("dd/mm/yyyy") || (partial && (shape("mm/yyyy") || shape("yyyy")))) return text::parse_date(value);
  return std::nullopt;
}

std::vector<std::string_view> form_elements(EadForm form) {
  std::vector<std::string_view> names;
  for (const Field& field : fields_of(form))
    names.emplace_back(field.name);
  return names;
}

const char* form_group(EadForm form) {
  switch (form) {
    case EadForm::sip_file:
    case EadForm::aip_file:
      return "file";
    case EadForm::sip_batch:
    case EadForm::aip_batch:
      return "batch";
    case EadForm::dip_request:
      return "request";
    case EadForm::sip_document:
    case EadForm::aip_document:
    case EadForm::dip_document:
      return "document";
    case EadForm::sip_picture:
    case EadForm::aip_picture:
    case EadForm::arc_picture:
      return "picture";
    case EadForm::sip_media:
    case EadForm::aip_media:
    case EadForm::arc_media:
      return "media";
  }
  bug("form", __FILE__, __LINE__);
}

std::vector<std::string_view> elements_of_forms(std::string_view group) {
  std::vector<std::string_view> all;
  for (int i = 0; i <= static_cast<int>(EadForm::arc_media); ++i) {
    if (form_group(static_cast<EadForm>(i)) != group) continue;
    for (const auto name : form_elements(static_cast<EadForm>(i)))
      if (std::find(all.begin(), all.end(), name) == all.end()) all.push_back(name);
  }
  return all;
}

const char* basis_of(EadForm form) {
  switch (form) {
    case EadForm::aip_batch:
      return "TT 05/2025 PL II";
    case EadForm::sip_batch:
      return "TT 05/2025 PL IV";
    case EadForm::dip_request:
    case EadForm::dip_document:
    case EadForm::arc_picture:
    case EadForm::arc_media:
      return "TT 05/2025 PL V";
    default:
      return is_aip(form) ? "TT 05/2025 PL I" : "TT 05/2025 PL III";
  }
}

void check_fields(EadForm form, const EadRecord& record, const std::string& path, Report& report) {
  Check(form, record, path, report).run();
}

}  // namespace vtlt::package
