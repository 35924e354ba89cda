// Every rule of every field of every form (tt05-package-layouts, digital-archives 1.5-1.6), one change at a
// time.
#include <catch2/catch.hpp>

#include <map>
#include <sstream>

#include "package/check_fields.h"
#include "text/messages.h"

using namespace vtlt::package;
using vtlt::Level;

namespace {

// As the circular prints them; not taken from the program.
struct Form {
  EadForm form;
  const char* name;
  const char* elements;
  const char* mandatory;  // an error when it is missing or empty
};
const Form forms[] = {
    {EadForm::sip_file, "SIP_hoso EAD",
     "fileCode title maintenance mode language startDate endDate keyword totalDoc numberOfPaper numberOfPage "
     "format inforSign confidenceLevel paperFileCode riskRecovery riskRecoveryStatus description",
     "fileCode title maintenance totalDoc"},
    {EadForm::aip_file, "AIP_hoso EAD",
     "arcFileCode title maintenance mode language startDate endDate keyword totalDoc numberOfPaper "
     "numberOfPage "
     "format inforSign confidenceLevel paperFileCode riskRecovery riskRecoveryStatus description",
     "arcFileCode title maintenance totalDoc"},
    {EadForm::sip_batch, "SIP_tailieu EAD", "fileCode title source totalDoc description",
     "fileCode title totalDoc"},
    {EadForm::aip_batch, "AIP_tailieu EAD", "arcFileCode title source description", "arcFileCode title"},
    {EadForm::dip_request, "DIP EAD",
     "requestID requestDate purpose purposeContent feeObjectType researchTopic description",
     "requestID requestDate"},
    {EadForm::sip_document, "SIP EAD_doc",
     "docId docCode maintenance typeName codeNumber codeNotation issuedDate organName subject language "
     "numberOfPage inforSign keyword mode confidenceLevel autograph format riskRecovery riskRecoveryStatus "
     "process description",
     "docId docCode subject"},
    {EadForm::aip_document, "AIP EAD_doc",
     "arcFileCode mode language keyword numberOfPage format inforSign confidenceLevel description docCode "
     "docOrdinal typeName codeNumber codeNotation issuedDate organName subject autograph process",
     "arcFileCode docCode docOrdinal subject"},
    {EadForm::dip_document, "DIP EAD_doc",
     "docId arcDocCode maintenance typeName codeNumber codeNotation issuedDate subject language numberOfPage "
     "inforSign keyword mode confidenceLevel autograph format process riskRecovery riskRecoveryStatus "
     "description",
     "arcDocCode subject"},
    {EadForm::sip_picture, "SIP EAD_pic",
     "docCode maintenance typePic archivesNumber inforSign eventName imageTitle photographer photoPlace "
     "photoTime "
     "colour filmSize docAttached mode format riskRecovery riskRecoveryStatus description",
     "docCode typePic"},
    {EadForm::aip_picture, "AIP_hoso EAD_pic",
     "arcFileCode docOrdinal typePic archivesNumber inforSign eventName imageTitle photographer photoPlace "
     "photoTime colour filmSize docAttached mode format description",
     "arcFileCode docOrdinal typePic"},
    {EadForm::arc_picture, "AIP_tailieu, DIP EAD_pic",
     "arcDocCode maintenance typePic archivesNumber inforSign eventName imageTitle photographer photoPlace "
     "photoTime colour filmSize docAttached mode format riskRecovery riskRecoveryStatus description",
     "arcDocCode typePic"},
    {EadForm::sip_media, "SIP EAD_media",
     "docCode maintenance typeMedia archivesNumber inforSign eventName movieTitle recorder recordPlace "
     "recordDate "
     "language playTime docAttached mode quality format riskRecovery riskRecoveryStatus description",
     "docCode typeMedia"},
    {EadForm::aip_media, "AIP_hoso EAD_media",
     "arcFileCode docOrdinal typeMedia archivesNumber inforSign eventName movieTitle recorder recordPlace "
     "recordDate language playTime docAttached mode quality format description",
     "arcFileCode docOrdinal typeMedia"},
    {EadForm::arc_media, "AIP_tailieu, DIP EAD_media",
     "arcDocCode maintenance typeMedia archivesNumber inforSign eventName movieTitle recorder recordPlace "
     "recordDate language playTime docAttached mode quality format riskRecovery riskRecoveryStatus "
     "description",
     "arcDocCode typeMedia"},
};

struct Rule {
  char type;          // s text, n number, d date, b boolean, c code, l languages, t hh:mm:ss
  std::size_t limit;  // characters; of a code: the last one
  const char* right;
};
const std::map<std::string, Rule> rules = {
    {"fileCode", {'s', 100, "H49.64.33.2001.160"}},
    {"arcFileCode", {'s', 100, "LTLS.H49.64.33.2001.160"}},
    {"title", {'s', 1000, "Hồ sơ"}},
    {"maintenance", {'c', 7, "01"}},
    {"mode", {'c', 3, "01"}},
    {"language", {'l', 100, "01;02"}},
    {"startDate", {'d', 0, "05/01/2001"}},
    {"endDate", {'d', 0, "06/12/2001"}},
    {"keyword", {'s', 100, "thu nộp"}},
    {"totalDoc", {'n', 10, "2"}},
    {"numberOfPaper", {'n', 10, "4"}},
    {"numberOfPage", {'n', 10, "6"}},
    {"format", {'c', 3, "01"}},
    {"inforSign", {'s', 30, "KH"}},
    {"confidenceLevel", {'c', 3, "01"}},
    {"paperFileCode", {'s', 100, "LTLS.1/2/3.160"}},
    {"riskRecovery", {'b', 1, "1"}},
    {"riskRecoveryStatus", {'c', 2, "01"}},
    {"description", {'s', 2000, "đủ"}},
    {"source", {'b', 1, "0"}},
    {"requestID", {'s', 100, "YC-01"}},
    {"requestDate", {'d', 0, "05/06/2026"}},
    {"purpose", {'c', 3, "01"}},
    {"purposeContent", {'s', 500, "nghiên cứu"}},
    {"feeObjectType", {'c', 10, "10"}},
    {"researchTopic", {'s', 250, "lịch sử xã"}},
    {"docId", {'s', 25, "H49.64.33.2001.160.1"}},
    {"docCode", {'s', 100, "H49.64.33.2001.160.0000001"}},
    {"arcDocCode", {'s', 100, "LTLS.H49.64.33.2001.160.0000001"}},
    {"docOrdinal", {'n', 7, "1"}},
    {"typeName", {'c', 32, "32"}},
    {"codeNumber", {'s', 11, "15"}},
    {"codeNotation", {'s', 30, "QĐ-UBND"}},
    {"issuedDate", {'d', 0, "05/01/2001"}},
    {"organName", {'s', 200, "UBND xã"}},
    {"subject", {'s', 500, "V/v thu nộp"}},
    {"autograph", {'s', 2000, "đồng ý"}},
    {"process", {'b', 1, "0"}},
    {"typePic", {'c', 2, "02"}},
    {"typeMedia", {'c', 2, "02"}},
    {"archivesNumber", {'s', 50, "A1"}},
    {"eventName", {'s', 500, "Bão số 5"}},
    {"imageTitle", {'s', 500, "Kè biển"}},
    {"movieTitle", {'s', 500, "Kè biển"}},
    {"photographer", {'s', 300, "Trần Văn Hùng"}},
    {"recorder", {'s', 300, "Trần Văn Hùng"}},
    {"photoPlace", {'s', 300, "xã Phong Hải"}},
    {"recordPlace", {'s', 300, "xã Phong Hải"}},
    {"photoTime", {'d', 0, "05/01/2001"}},
    {"recordDate", {'d', 0, "05/01/2001"}},
    {"colour", {'c', 2, "02"}},
    {"filmSize", {'s', 30, "6x9"}},
    {"docAttached", {'b', 1, "1"}},
    {"playTime", {'t', 8, "01:02:03"}},
    {"quality", {'s', 50, "tốt"}},
};

std::vector<std::string> words(const char* list) {
  std::istringstream stream(list);
  std::vector<std::string> all;
  for (std::string word; stream >> word;)
    all.push_back(word);
  return all;
}

bool of_file(EadForm form) {
  return form <= EadForm::dip_request;
}
bool sip(const Form& form) {
  return std::string(form.name).starts_with("SIP");
}
bool text_document(const Form& form) {
  return std::string(form.name).ends_with("EAD_doc");
}

// Where a field of one name differs by form.
Rule rule_of(const Form& form, const std::string& name) {
  Rule rule = rules.at(name);
  if (!of_file(form.form) && name == "numberOfPage") rule.limit = 4;
  if (!of_file(form.form) && name == "description") rule.limit = 500;
  if (form.form == EadForm::aip_batch && name == "source") rule = {'s', 100, "UBND xã"};
  return rule;
}

EadRecord right(const Form& form) {
  EadRecord record;
  record.root = "simpledc";
  record.root_line = 2;
  long line = 2;
  for (const std::string& name : words(form.elements))
    record.elements.push_back({name, rule_of(form, name).right, ++line});
  return record;
}

EadElement& at(EadRecord& record, const std::string& name) {
  for (EadElement& element : record.elements)
    if (element.name == name) return element;
  throw std::logic_error(name);
}

std::vector<vtlt::Finding> check(const Form& form, const EadRecord& record) {
  Report report("goi");
  check_fields(form.form, record, "EAD.xml", report);
  return report.take(false);
}

std::string said(const std::vector<vtlt::Finding>& findings) {
  std::string text;
  for (const auto& one : findings)
    text += one.code + " " + std::to_string(static_cast<int>(one.level)) + " " + std::to_string(one.line) +
            " " + vtlt::text::render(one.message, vtlt::text::Language::en) + "\n";
  return text;
}

void must_tell(const Form& form, const EadRecord& record, const std::string& element, Level level) {
  const auto findings = check(form, record);
  INFO(form.name << " " << element << "\n" << said(findings));
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].code == "TT05-EAD-" + element);
  CHECK(findings[0].level == level);
  CHECK_FALSE(findings[0].basis.empty());
}

void must_pass(const Form& form, const EadRecord& record) {
  const auto findings = check(form, record);
  INFO(form.name << "\n" << said(findings));
  CHECK(findings.empty());
}

void with(const Form& form, const std::string& element, const std::string& value, Level level) {
  EadRecord record = right(form);
  at(record, element).value = value;
  INFO(element << " = " << value.substr(0, 60));
  must_tell(form, record, element, level);
}

std::string letters(std::size_t count) {  // decomposed: each is one letter after NFC
  std::string text;
  for (std::size_t i = 0; i < count; ++i)
    text += "e\xCC\x81";
  return text;
}

bool among(const char* list, const std::string& word) {
  for (const std::string& one : words(list))
    if (one == word) return true;
  return false;
}

}  // namespace

TEST_CASE("every form has exactly the elements of the circular, in its order", "[package][D5][D6]") {
  std::size_t counted = 0;
  for (const Form& form : forms) {
    std::vector<std::string> own;
    for (const auto name : form_elements(form.form))
      own.emplace_back(name);
    INFO(form.name);
    CHECK(own == words(form.elements));
    for (const std::string& name : own)
      CHECK(rules.contains(name));
    must_pass(form, right(form));
    ++counted;
  }
  CHECK(counted == static_cast<std::size_t>(EadForm::arc_media) + 1);
  CHECK(words(forms[0].elements).size() == 18);
  CHECK(words(forms[5].elements).size() == 21);
  CHECK(words(forms[6].elements).size() == 19);
  CHECK(words(forms[7].elements).size() == 20);
}

TEST_CASE("each element of each form may be missing, empty, twice, or another form's", "[package][D5][D24]") {
  for (const Form& form : forms)
    for (const std::string& name : words(form.elements)) {
      EadRecord record = right(form);
      std::erase_if(record.elements, [&](const EadElement& one) { return one.name == name; });
      const bool mandatory = among(form.mandatory, name);
      const bool disputed = name == "numberOfPaper" || name == "riskRecovery" || name == "riskRecoveryStatus";
      // What depends on another field is told below.
      if (name == "riskRecoveryStatus") at(record, "riskRecovery").value = "0";
      if (name == "process") at(record, "confidenceLevel").value = "02";
      must_tell(form, record, name, mandatory ? Level::error : disputed ? Level::note : Level::warning);

      record = right(form);
      at(record, name).value = " \n";
      if (name == "riskRecoveryStatus") at(record, "riskRecovery").value = "0";
      if (name == "process") at(record, "confidenceLevel").value = "02";
      const auto findings = check(form, record);
      INFO(form.name << " " << name << "\n" << said(findings));
      if (mandatory) {
        REQUIRE(findings.size() == 1);
        CHECK(findings[0].level == Level::error);
      } else {
        for (const auto& one : findings)
          CHECK(one.level != Level::error);
      }

      record = right(form);
      record.elements.push_back({name, at(record, name).value, 99});
      must_tell(form, record, name, Level::error);

      for (const Form& other : forms)
        for (const std::string& strange : words(other.elements)) {
          if (name != words(form.elements).front() || among(form.elements, strange)) continue;
          record = right(form);
          record.elements.push_back({strange, strange == "riskRecovery" ? "0" : rules.at(strange).right, 99});
          must_tell(form, record, strange == "arcDocCode" ? "docCode" : strange, Level::error);
        }
    }
}

TEST_CASE("each text of each form has its length in letters after NFC", "[package][D6]") {
  for (const Form& form : forms)
    for (const std::string& name : words(form.elements)) {
      const Rule rule = rule_of(form, name);
      if (rule.type == 's') {
        EadRecord record = right(form);
        at(record, name).value = letters(rule.limit);
        INFO(name);
        must_pass(form, record);
        with(form, name, letters(rule.limit + 1), Level::error);
      } else if (rule.type == 'n') {
        EadRecord record = right(form);
        at(record, name).value = std::string(rule.limit, '1');
        must_pass(form, record);
        with(form, name, std::string(rule.limit + 1, '1'), Level::error);
      }
    }
}

TEST_CASE("each code, date, number and truth of each form is one", "[package][D5][D10]") {
  for (const Form& form : forms)
    for (const std::string& name : words(form.elements)) {
      const Rule rule = rule_of(form, name);
      // In SIP and DIP the condition is free text in the table and a code in the list.
      const bool loose = name == "format" && !std::string(form.name).starts_with("AIP_hoso") &&
                         !std::string(form.name).starts_with("AIP EAD");
      const Level level = loose ? Level::warning : Level::error;
      switch (rule.type) {
        case 'c': {
          for (std::size_t code = 1; code <= rule.limit; ++code) {
            EadRecord record = right(form);
            char text[8];
            std::snprintf(text, sizeof text, "%02d", static_cast<int>(code));
            at(record, name).value = text;
            if (name == "confidenceLevel") at(record, name).value = "01";
            INFO(name << " " << text);
            must_pass(form, record);
          }
          char above[8];
          std::snprintf(above, sizeof above, "%02d", static_cast<int>(rule.limit + 1));
          for (const std::string& bad : {std::string("00"), std::string("1"), std::string("001"),
                                         std::string("ab"), std::string("Tốt"), std::string(above)})
            with(form, name, bad, level);
          break;
        }
        case 'l':
          for (const char* bad : {"12", "00", "01;12", "vi", "1"})
            with(form, name, bad, Level::error);
          break;
        case 'd': {
          for (const char* bad : {"2001-01-05", "31/02/2001", "5/1/2001", "05.01.2001", "05/13/2001",
                                  "hôm qua", "05/01/01", "0501/2001"})
            with(form, name, bad, Level::error);
          // Partial dates only where archives write (D10).
          for (const char* partial : {"01/2001", "2001"}) {
            EadRecord record = right(form);
            at(record, name).value = partial;
            if (sip(form))
              with(form, name, partial, Level::error);
            else
              must_pass(form, record);
          }
          break;
        }
        case 'n':
          for (const char* bad : {"hai", "2a", "-1", "1.5", "1 2"})
            with(form, name, bad, Level::error);
          break;
        case 'b':
          for (const char* bad : {"2", "có", "true", "01"})
            with(form, name, bad, Level::error);
          break;
        case 't':
          for (const char* bad : {"1:02:03", "01:60:00", "01:00:60", "010203", "01:02", "một giờ"})
            with(form, name, bad, Level::error);
          break;
        default:
          break;
      }
    }
}

TEST_CASE("fields that depend on another one", "[package][D5]") {
  for (const Form& form : forms) {
    if (among(form.elements, "riskRecovery"))
      for (const bool there : {true, false}) {
        EadRecord record = right(form);
        if (there)
          at(record, "riskRecoveryStatus").value = "";
        else
          std::erase_if(record.elements,
                        [](const EadElement& one) { return one.name == "riskRecoveryStatus"; });
        const auto findings = check(form, record);
        INFO(form.name << "\n" << said(findings));
        CHECK(std::any_of(findings.begin(), findings.end(), [](const auto& one) {
          return one.code == "TT05-EAD-riskRecoveryStatus" && one.level == Level::error;
        }));
      }
    if (among(form.elements, "paperFileCode")) {
      EadRecord record = right(form);
      at(record, "confidenceLevel").value = "02";
      must_pass(form, record);
      at(record, "paperFileCode").value = "";
      must_tell(form, record, "paperFileCode", Level::error);
      at(record, "confidenceLevel").value = "03";
      must_pass(form, record);
    }
    if (text_document(form))
      for (const char* level : {"01", "02", "03"}) {
        EadRecord record = right(form);
        at(record, "confidenceLevel").value = level;
        at(record, "process").value = "";
        INFO(level);
        if (std::string_view(level) == "02")
          must_pass(form, record);  // nothing was processed in a system
        else
          must_tell(form, record, "process", Level::error);
      }
    if (among(form.elements, "endDate")) {
      EadRecord record = right(form);
      at(record, "endDate").value = "04/01/2001";
      must_tell(form, record, "endDate", Level::error);
    }
  }
}

TEST_CASE("the root of every form is simpledc without a namespace", "[package][D24]") {
  for (const Form& form : forms) {
    EadRecord record = right(form);
    record.root = "ead";
    must_tell(form, record, "root", Level::error);
    record = right(form);
    record.root_namespace = "http://purl.org/dc/elements/1.1/";
    must_tell(form, record, "root", Level::warning);
    record = right(form);
    record.nested = true;
    must_tell(form, record, "root", Level::error);
    record = right(form);
    std::reverse(record.elements.begin(), record.elements.end());
    must_pass(form, record);
  }
}
