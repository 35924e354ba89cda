// What has to agree inside a message: the cross-checks of records-practice.md 6.2 and 6.3 (P39, P40), organ
// codes (P37).
#include <algorithm>

#include "exchange/cell_text.h"
#include "exchange/edxml_internal.h"
#include "text/text.h"

namespace vtlt::exchange {
namespace {

using Args = std::vector<std::pair<std::string, MessageArg>>;

const char* basis_of(std::string_view code) {
  return code == "P37" ? "QĐ 20/2020/QĐ-TTg" : code == "P44" ? "" : "QCVN 102:2016/BTTTT";
}

class Checker {
 public:
  Checker(const EdxmlMessage& message, const EdxmlOptions& options, EdxmlFindings& findings)
      : m_(message), options_(options), findings_(findings) {}

  void run() {
    if (m_.business == EdxmlBusiness::status) return check_status();
    check_header();
    check_document_id();
    check_receivers();
    check_traces();
    check_answers();
    check_business();
    check_attachments();
  }

 private:
  void need(const std::string& value, const std::string& path, Level level = Level::warning) {
    if (value.empty()) findings_.add(level, "P39", "edxml.missing", path, {{"field", path}});
  }
  void check_code(const std::string& code, const std::string& path, Level level) {
    if (code.empty()) return;
    for (Finding& found : check_organ_code(code, path)) {
      found.level = std::min(found.level, level);
      found.path = options_.name;
      found.line = findings_.line(path);
      findings_.add(found.level, "P37", "", path) = std::move(found);
    }
  }
  bool same_body(const std::string& a, const std::string& b) const {
    return a == b || (options_.codes != nullptr && options_.codes->related(a, b));
  }

  void check_header();
  void check_document_id();
  void check_receivers();
  void check_traces();
  void check_answers();
  void check_business();
  void check_target();
  void check_replacements();
  void check_status();
  void check_attachments();
  void check_reference(const EdxmlReference& reference, const std::string& path);

  const EdxmlMessage& m_;
  const EdxmlOptions& options_;
  EdxmlFindings& findings_;
};

const std::string kHeader = "Header/MessageHeader";
const std::string kBusiness = "Header/TraceHeaderList/Bussiness";

void Checker::check_header() {
  need(m_.from.organ_id, kHeader + "/From/OrganId", Level::error);
  check_code(m_.from.organ_id, kHeader + "/From/OrganId", Level::error);
  need(m_.number + m_.notation, kHeader + "/Code", Level::error);
  if (m_.date.empty() && m_.original.count(kHeader + "/PromulgationInfo/PromulgationDate") == 0)
    need("", kHeader + "/PromulgationInfo/PromulgationDate", Level::error);
  need(m_.type_name, kHeader + "/DocumentType/TypeName");
  need(m_.subject, kHeader + "/Subject");
  need(m_.signer, kHeader + "/SignerInfo/FullName");
  if (m_.priority > 4)
    findings_.add(Level::warning, "P09", "edxml.priority-unknown", kHeader + "/OtherInfo/Priority",
                  {{"value", std::to_string(m_.priority)}});
  if (m_.due.whole() && m_.date.whole() && m_.due < m_.date)
    findings_.add(Level::warning, "P47", "edxml.due-before-date", kHeader + "/DueDate",
                  {{"due", text::to_dmy(m_.due)}, {"date", text::to_dmy(m_.date)}});
}

// DocumentId = From/OrganId + PromulgationDate + Code.
void Checker::check_document_id() {
  const std::string path = kHeader + "/DocumentId";
  if (m_.document_id.empty()) return need("", path, Level::error);
  const auto id = parse_document_id(m_.document_id);
  if (!id) {
    findings_.add(Level::error, "P39", "edxml.document-id-bad", path, {{"id", shown_value(m_.document_id)}},
                  true);
    return;
  }
  EdxmlDocumentId made{m_.from.organ_id, m_.date, {}};
  const auto number = records::parse_document_number(
      m_.number.find('/') != std::string::npos ? m_.number : m_.number + "/" + m_.notation);
  if (number)
    made.number = *number;
  else
    made.number.written = m_.number + "/" + m_.notation;
  if (!same_document(*id, made))
    findings_.add(Level::error, "P39", "edxml.document-id-differs", path,
                  {{"id", shown_value(m_.document_id)}, {"made", shown_value(document_id_text(made))}});
}

void Checker::check_receivers() {
  if (m_.to.empty()) return need("", kHeader + "/To", Level::error);
  bool for_us = options_.own_codes.empty();
  for (std::size_t i = 0; i < m_.to.size(); ++i) {
    const std::string path = kHeader + "/To[" + std::to_string(i + 1) + "]/OrganId";
    const std::string& code = m_.to[i].organ_id;
    need(code, path, Level::error);
    check_code(code, path, Level::error);
    for (const std::string& own : options_.own_codes)
      for_us = for_us || same_body(own, code);
  }
  if (!for_us) {
    Finding& found = findings_.add(Level::warning, "P39", "edxml.not-for-us", kHeader + "/To[1]",
                                   {{"code", shown_value(m_.to.front().organ_id)}}, true);
    found.basis = "NĐ 30/2020/NĐ-CP Đ21.2";
  }
}

void Checker::check_traces() {
  if (m_.traces.empty()) need("", "Header/TraceHeaderList/TraceHeader");
  for (std::size_t i = 0; i < m_.traces.size(); ++i)
    check_code(m_.traces[i].organ_id,
               "Header/TraceHeaderList/TraceHeader[" + std::to_string(i + 1) + "]/OrganId", Level::warning);
}

void Checker::check_reference(const EdxmlReference& reference, const std::string& path) {
  check_code(reference.organ_id, path + "/OrganId", Level::warning);
  const auto id = parse_document_id(reference.document_id);
  if (!id) {
    if (reference.document_id.empty())
      need("", path + "/DocumentId");
    else
      findings_.add(Level::warning, "P39", "edxml.document-id-bad", path + "/DocumentId",
                    {{"id", shown_value(reference.document_id)}}, true);
    return;
  }
  EdxmlDocumentId made{reference.organ_id.empty() ? id->organ_id : reference.organ_id,
                       reference.date.empty() ? id->date : reference.date, id->number};
  if (const auto number = records::parse_document_number(reference.code)) made.number = *number;
  if (!same_document(*id, made))
    findings_.add(
        Level::warning, "P39", "edxml.document-id-differs", path + "/DocumentId",
        {{"id", shown_value(reference.document_id)}, {"made", shown_value(document_id_text(made))}});
}

void Checker::check_answers() {
  for (std::size_t i = 0; i < m_.answers.size(); ++i)
    check_reference(m_.answers[i], kHeader + "/ResponseFor[" + std::to_string(i + 1) + "]");
}

// Types 1 and 2 name one document; it is the sender's own to recall or update (NĐ30 Đ18.3-4).
void Checker::check_target() {
  const std::string path = kBusiness + "/DocumentId";
  const auto id = parse_document_id(m_.target_id);
  if (!id) {
    findings_.add(Level::error, "P40", "edxml.document-id-bad", path, {{"id", shown_value(m_.target_id)}},
                  true);
    return;
  }
  if (!same_body(id->organ_id, m_.from.organ_id))
    findings_
        .add(Level::error, "P40", "edxml.target-not-own", path,
             {{"id", shown_value(m_.target_id)}, {"sender", shown_value(m_.from.organ_id)}})
        .basis = "NĐ 30/2020/NĐ-CP Đ18.3, Đ18.4";
}

void Checker::check_replacements() {
  for (std::size_t i = 0; i < m_.replacements.size(); ++i) {
    const EdxmlReplacement& one = m_.replacements[i];
    const std::string path =
        kBusiness + "/ReplacementInfoList/ReplacementInfo[" + std::to_string(i + 1) + "]/DocumentId";
    const auto id = parse_document_id(one.document_id);
    if (!id)
      findings_.add(Level::error, "P40", "edxml.document-id-bad", path,
                    {{"id", shown_value(one.document_id)}}, true);
    else if (!same_body(id->organ_id, m_.from.organ_id))
      findings_.add(Level::warning, "P40", "edxml.replaced-not-own", path,
                    {{"id", shown_value(one.document_id)}, {"sender", shown_value(m_.from.organ_id)}});
    for (const std::string& code : one.organ_ids)
      check_code(code, path, Level::warning);
  }
}

void Checker::check_business() {
  if (m_.business == EdxmlBusiness::document) return;
  const bool replaces = m_.business == EdxmlBusiness::replace;
  if (m_.target_id.empty() && (m_.replacements.empty() || !replaces)) {
    findings_.add(Level::error, "P40", "edxml.target-missing", kBusiness,
                  {{"business", std::string("{edxml.business.") + business_text(m_.business) + "}"}});
    return;
  }
  if (!m_.target_id.empty()) check_target();
  check_replacements();
  if (m_.reason.empty()) need("", kBusiness + "/BussinessDocReason");
  for (std::size_t i = 0; i < m_.receivers.size(); ++i) {
    const std::string path =
        kBusiness + "/BussinessDocumentInfo/ReceiverList/Receiver[" + std::to_string(i + 1) + "]";
    check_code(m_.receivers[i].organ_id, path + "/OrganId", Level::warning);
    if (m_.receivers[i].type != 0 && m_.receivers[i].type != 1)
      findings_.add(Level::warning, "P40", "edxml.receiver-type", path + "/ReceiverType");
  }
}

void Checker::check_status() {
  const std::string path = "Header/Status";
  if (status_meaning(m_.status_code).empty())
    findings_.add(Level::error, "P40", "edxml.status-unknown", path + "/StatusCode",
                  {{"value", shown_value(m_.status_code)}});
  need(m_.from.organ_id, path + "/From/OrganId", Level::error);
  check_code(m_.from.organ_id, path + "/From/OrganId", Level::error);
  if (m_.status_of.document_id.empty() && (m_.status_of.code.empty() || m_.status_of.date.empty()))
    findings_.add(Level::error, "P40", "edxml.target-missing", path + "/ResponseFor",
                  {{"business", std::string("{edxml.business.status}")}});
  else
    check_reference(m_.status_of, path + "/ResponseFor");
  if (m_.status_time.date.empty() && m_.original.count(path + "/Timestamp") == 0)
    need("", path + "/Timestamp");
}

// Every Reference has one Attachment with the same ContentId and the other way round. What no Reference names
// stands outside the signed part: nobody vouches for it.
void Checker::check_attachments() {
  std::size_t reference = 0;
  for (const EdxmlAttachment& one : m_.attachments) {
    if (one.listed) ++reference;
    const std::string path =
        one.listed ? "Body/Manifest/Reference[" + std::to_string(reference) + "]" : "AttachmentEncoded";
    if (!one.listed)
      findings_.add(Level::error, "P39", "edxml.not-listed", path, {{"name", shown_value(one.name)}});
    else if (!one.present)
      findings_.add(Level::error, "P39", "edxml.content-missing", path, {{"name", shown_value(one.name)}});
    if (one.listed && one.content_id.empty()) need("", path + "/ContentId", Level::error);
  }
  if (m_.attachments.empty() && m_.business != EdxmlBusiness::recall)
    findings_.add(Level::warning, "P39", "edxml.no-attachment", "Body/Manifest");
}

}  // namespace

std::string shown_value(std::string_view value) {
  return text::cut(text::printable(value), 80);
}

Finding& EdxmlFindings::add(Level level, const char* code, const char* key, const std::string& path,
                            Args args, bool hint) {
  Finding& found = list_.emplace_back();
  found.code = code;
  found.level = level;
  found.path = name_;
  found.line = line(path);
  found.message = {key, std::move(args)};
  if (hint) found.hint = {std::string(key) + ".hint"};
  found.basis = basis_of(code);
  return found;
}

void check_message(const EdxmlMessage& message, const EdxmlOptions& options, EdxmlFindings& findings) {
  Checker(message, options, findings).run();
}

std::vector<Finding> check_edxml(const EdxmlMessage& message, const EdxmlOptions& options) {
  EdxmlFindings findings(options.name, {});
  check_message(message, options, findings);
  return findings.take();
}

}  // namespace vtlt::exchange
