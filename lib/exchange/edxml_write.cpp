// The model → an edXML file, forward only.
#include <archive.h>
#include <archive_entry.h>
#include <libxml/parser.h>
#include <libxml/xmlwriter.h>

#include <algorithm>
#include <exception>
#include <new>

#include "base/encoding.h"
#include "base/error.h"
#include "base/progress.h"
#include "exchange/edxml_internal.h"
#include "text/text.h"

namespace vtlt::exchange {
namespace {

constexpr std::size_t kLine = 57;  // bytes of one line of base64: 76 letters

[[noreturn]] void refuse(const char* key, const std::string& value) {
  throw Error(Exit::refused, "VTLT-EDXML-06", {key, {{"value", shown_value(value)}}});
}

const xmlChar* chars(const std::string& text) {
  return reinterpret_cast<const xmlChar*>(text.c_str());
}

bool fits_xml(std::string_view text) {
  if (!is_utf8(text)) return false;
  for (const char c : text)
    if (static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r') return false;
  return text.find("\xEF\xBF\xBE") == std::string_view::npos &&
         text.find("\xEF\xBF\xBF") == std::string_view::npos;
}

// libxml2's writer with an end that hashes.
class Writer {
 public:
  explicit Writer(const std::function<void(Bytes)>& output) : output_(output) {
    xmlInitParser();  // all of it, before another thread can use half of it
    xmlOutputBufferPtr buffer = xmlOutputBufferCreateIO(on_write, on_close, this, nullptr);
    if (buffer == nullptr) throw std::bad_alloc();
    writer_ = xmlNewTextWriter(buffer);
    if (writer_ == nullptr) {
      xmlOutputBufferClose(buffer);
      throw std::bad_alloc();
    }
  }
  ~Writer() {
    closing_ = true;
    if (writer_ != nullptr) xmlFreeTextWriter(writer_);
  }
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  void begin() {
    done(xmlTextWriterSetIndent(writer_, 1));
    done(xmlTextWriterSetIndentString(writer_, chars("  ")));
    done(xmlTextWriterStartDocument(writer_, "1.0", "UTF-8", nullptr));
  }
  void start(const char* name) {
    done(xmlTextWriterStartElement(writer_, chars(std::string("edXML:") + name)));
  }
  void attribute(const char* name, const std::string& value) {
    check(value);
    done(xmlTextWriterWriteAttribute(writer_, chars(name), chars(value)));
  }
  void end() { done(xmlTextWriterEndElement(writer_)); }
  void text(const char* name, const std::string& value) {
    check(value);
    start(name);
    if (!value.empty()) done(xmlTextWriterWriteString(writer_, chars(value)));
    end();
  }
  void optional(const char* name, const std::string& value) {
    if (!value.empty()) text(name, value);
  }
  void number(const char* name, int value) {
    if (value >= 0) text(name, std::to_string(value));
  }
  void raw(const std::string& xml) { done(xmlTextWriterWriteRaw(writer_, chars(xml))); }
  Digest finish() {
    done(xmlTextWriterEndDocument(writer_));
    done(xmlTextWriterFlush(writer_));
    return hasher_.finish();
  }

 private:
  static int on_write(void* self, const char* data, int length) {
    Writer& writer = *static_cast<Writer*>(self);
    if (writer.closing_) return length;
    if (writer.thrown_ || length < 0) return -1;
    try {
      const Bytes bytes = as_bytes({data, static_cast<std::size_t>(length)});
      writer.hasher_.update(bytes);
      writer.output_(bytes);
      return length;
    } catch (...) {
      writer.thrown_ = std::current_exception();  // libxml2 is C: thrown after it has returned
      return -1;
    }
  }
  static int on_close(void*) { return 0; }
  void done(int status) {
    if (thrown_) std::rethrow_exception(std::exchange(thrown_, nullptr));
    if (status < 0) throw std::bad_alloc();
  }
  static void check(const std::string& value) {
    if (!fits_xml(value)) refuse("edxml.write.text", value);
  }
  static const xmlChar* chars(const std::string& text) { return exchange::chars(text); }

  const std::function<void(Bytes)>& output_;
  Hasher hasher_;
  xmlTextWriterPtr writer_ = nullptr;
  std::exception_ptr thrown_;
  bool closing_ = false;
};

// Lines of 76 letters, each written when it is full.
class Base64Lines {
 public:
  explicit Base64Lines(Writer& writer) : writer_(writer) {}
  void put(std::string_view bytes) {
    while (!bytes.empty()) {
      const std::size_t taken = std::min(bytes.size(), kBlock - held_.size());
      held_ += bytes.substr(0, taken);
      bytes.remove_prefix(taken);
      if (held_.size() == kBlock) flush();
    }
  }
  void finish() { flush(); }

 private:
  static constexpr std::size_t kBlock = kLine * 512;
  void flush() {
    std::string lines;
    for (std::string_view rest = held_; !rest.empty(); rest.remove_prefix(std::min(kLine, rest.size()))) {
      if (!first_) lines += '\n';
      first_ = false;
      lines += base64(rest.substr(0, kLine));
    }
    held_.clear();
    if (!lines.empty()) writer_.raw(lines);
  }
  Writer& writer_;
  std::string held_;
  bool first_ = true;
};

// A zip of one, written forward. Its one time is fixed: the same message gives the same bytes.
class ZipOfOne {
 public:
  ZipOfOne(Base64Lines& out, const EdxmlAttachment& attachment) : out_(out), archive_(archive_write_new()) {
    if (archive_ == nullptr) throw std::bad_alloc();
    archive_write_set_format_zip(archive_);
    archive_write_set_bytes_per_block(archive_, 0);
    done(archive_write_set_options(archive_, "zip:compression=deflate"));
    done(archive_write_open(archive_, this, nullptr, on_write, nullptr));
    archive_entry* entry = archive_entry_new();
    if (entry == nullptr) throw std::bad_alloc();
    // P44: names vtlt makes are ASCII; the exact one is AttachmentName.
    archive_entry_set_pathname(entry, text::ascii_name(attachment.name).c_str());
    archive_entry_set_size(entry, static_cast<la_int64_t>(attachment.size));
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_mtime(entry, 315532800, 0);  // 1980, where a zip's time begins
    const int result = archive_write_header(archive_, entry);
    archive_entry_free(entry);
    done(result);
  }
  ~ZipOfOne() { archive_write_free(archive_); }
  ZipOfOne(const ZipOfOne&) = delete;
  ZipOfOne& operator=(const ZipOfOne&) = delete;
  void put(Bytes bytes) {
    if (archive_write_data(archive_, bytes.data(), bytes.size()) < 0) done(ARCHIVE_FATAL);
  }
  void finish() {
    done(archive_write_finish_entry(archive_));
    done(archive_write_close(archive_));
  }

 private:
  static la_ssize_t on_write(archive*, void* self, const void* data, std::size_t size) {
    ZipOfOne& zip = *static_cast<ZipOfOne*>(self);
    if (zip.thrown_) return -1;
    try {
      zip.out_.put({static_cast<const char*>(data), size});
      return static_cast<la_ssize_t>(size);
    } catch (...) {
      zip.thrown_ = std::current_exception();
      return -1;
    }
  }
  void done(int result) {
    if (thrown_) std::rethrow_exception(std::exchange(thrown_, nullptr));
    if (result == ARCHIVE_OK || result == ARCHIVE_WARN) return;
    const char* reason = archive_error_string(archive_);
    throw Error(Exit::no_verdict, "VTLT-EDXML-07",
                {"edxml.write.zip", {{"reason", std::string(reason == nullptr ? "" : reason)}}});
  }
  Base64Lines& out_;
  archive* archive_;
  std::exception_ptr thrown_;
};

class MessageWriter {
 public:
  MessageWriter(const EdxmlMessage& message, const EdxmlWriteOptions& options, Writer& out,
                const std::function<EdxmlContent(std::size_t)>& open)
      : m_(message), options_(options), out_(out), open_(open) {}

  void run() {
    out_.begin();
    out_.start("edXML");
    out_.attribute("xmlns:edXML",
                   std::string(m_.space == EdxmlNamespace::older ? kEdxmlOlder : kEdxmlQcvn102));
    out_.start("edXMLEnvelope");
    out_.start("edXMLHeader");
    if (m_.business == EdxmlBusiness::status) {
      status();
    } else {
      message_header();
      trace_headers();
    }
    kept("Header");
    out_.end();
    if (m_.business != EdxmlBusiness::status) body();
    out_.end();
    contents();
    kept("");
    out_.end();
  }
  bool all_kept() const { return written_ == m_.unknown.size(); }

 private:
  void kept(const std::string& path) {
    for (const EdxmlUnknown& one : m_.unknown) {
      if (one.path != path) continue;
      out_.raw(one.xml);
      ++written_;
    }
  }
  void organ(const char* name, const std::string& path, const EdxmlOrgan& organ) {
    out_.start(name);
    for (const auto& [field, member] : kOrganFields)
      out_.text(field, organ.*member);
    kept(path);
    out_.end();
  }
  void staff(const std::string& path) {
    if (m_.staff.empty()) return;
    out_.start("StaffInfo");
    for (const auto& [field, member] : kStaffFields)
      out_.text(field, m_.staff.*member);
    kept(path);
    out_.end();
  }
  void reference(const char* name, const std::string& path, const EdxmlReference& reference) {
    out_.start(name);
    out_.text("OrganId", reference.organ_id);
    out_.text("Code", reference.code);
    out_.text("PromulgationDate", edxml_date(reference.date));
    out_.text("DocumentId", reference.document_id);
    kept(path);
    out_.end();
  }
  void message_header();
  void other_info(const std::string& path);
  void trace_headers();
  void business();
  void status();
  void body();
  void contents();
  void content(std::size_t index);
  std::string transfer_type(const EdxmlAttachment& attachment) const {
    if (options_.zip) return "application/zip";
    return attachment.transfer_type.empty() || attachment.zipped ? attachment.content_type
                                                                 : attachment.transfer_type;
  }

  const EdxmlMessage& m_;
  const EdxmlWriteOptions& options_;
  Writer& out_;
  const std::function<EdxmlContent(std::size_t)>& open_;
  std::size_t written_ = 0;
};

std::string item(const std::string& path, std::size_t index) {
  return path + "[" + std::to_string(index + 1) + "]";
}

void MessageWriter::message_header() {
  const std::string path = "Header/MessageHeader";
  out_.start("MessageHeader");
  organ("From", path + "/From", m_.from);
  for (std::size_t i = 0; i < m_.to.size(); ++i)
    organ("To", item(path + "/To", i), m_.to[i]);
  out_.start("Code");
  out_.text("CodeNumber", m_.number);
  out_.text("CodeNotation", m_.notation);
  kept(path + "/Code");
  out_.end();
  out_.start("PromulgationInfo");
  out_.text("Place", m_.place);
  out_.text("PromulgationDate", edxml_date(m_.date));
  kept(path + "/PromulgationInfo");
  out_.end();
  out_.start("DocumentType");
  out_.text("Type", m_.type_code);
  out_.optional("TypeDetail", m_.type_detail);
  out_.text("TypeName", m_.type_name);
  kept(path + "/DocumentType");
  out_.end();
  out_.text("Subject", m_.subject);
  out_.optional("Content", m_.content);
  out_.start("SignerInfo");
  out_.text("Competence", m_.competence);
  out_.text("Position", m_.position);
  out_.text("FullName", m_.signer);
  kept(path + "/SignerInfo");
  out_.end();
  out_.optional("DueDate", edxml_date(m_.due));
  out_.start("ToPlaces");
  for (const std::string& place : m_.to_places)
    out_.text("Place", place);
  kept(path + "/ToPlaces");
  out_.end();
  other_info(path + "/OtherInfo");
  for (std::size_t i = 0; i < m_.answers.size(); ++i)
    reference("ResponseFor", item(path + "/ResponseFor", i), m_.answers[i]);
  out_.number("SteeringType", m_.steering);
  out_.text("DocumentId", m_.document_id);
  kept(path);
  out_.end();
}

void MessageWriter::other_info(const std::string& path) {
  out_.start("OtherInfo");
  out_.number("Priority", m_.priority);
  out_.optional("SphereOfPromulgation", m_.circulation);
  out_.optional("TyperNotation", m_.typist);
  out_.number("PromulgationAmount", m_.copies);
  out_.number("PageAmount", m_.pages);
  out_.start("Appendixes");
  for (const std::string& name : m_.appendixes)
    out_.text("Appendix", name);
  kept(path + "/Appendixes");
  out_.end();
  kept(path);
  out_.end();
}

void MessageWriter::trace_headers() {
  const std::string path = "Header/TraceHeaderList";
  out_.start("TraceHeaderList");
  const std::pair<const char*, const std::string*> attributes[] = {
      {"id", &m_.trace_id},
      {"version", &m_.trace_version},
      {"mustUnderstand", &m_.trace_must_understand},
      {"actor", &m_.trace_actor}};
  for (const auto& [name, value] : attributes)
    if (!value->empty()) out_.attribute(name, *value);
  for (std::size_t i = 0; i < m_.traces.size(); ++i) {
    out_.start("TraceHeader");
    out_.text("OrganId", m_.traces[i].organ_id);
    out_.text("Timestamp", edxml_time(m_.traces[i].time));
    kept(item(path + "/TraceHeader", i));
    out_.end();
  }
  business();
  kept(path);
  out_.end();
}

void MessageWriter::business() {
  const std::string path = "Header/TraceHeaderList/Bussiness";
  out_.start("Bussiness");
  out_.text("BussinessDocType", std::to_string(static_cast<int>(m_.business)));
  out_.text("BussinessDocReason", m_.reason);
  if (m_.document_info >= 0 || m_.document_receiver >= 0 || !m_.receivers.empty()) {
    const std::string info = path + "/BussinessDocumentInfo";
    out_.start("BussinessDocumentInfo");
    out_.number("DocumentInfo", m_.document_info);
    out_.number("DocumentReceiver", m_.document_receiver);
    out_.start("ReceiverList");
    for (std::size_t i = 0; i < m_.receivers.size(); ++i) {
      out_.start("Receiver");
      out_.number("ReceiverType", m_.receivers[i].type);
      out_.text("OrganId", m_.receivers[i].organ_id);
      kept(item(info + "/ReceiverList/Receiver", i));
      out_.end();
    }
    kept(info + "/ReceiverList");
    out_.end();
    kept(info);
    out_.end();
  }
  out_.optional("DocumentId", m_.target_id);
  staff(path + "/StaffInfo");
  out_.number("Paper", m_.paper);
  if (!m_.replacements.empty()) {
    const std::string list = path + "/ReplacementInfoList";
    out_.start("ReplacementInfoList");
    for (std::size_t i = 0; i < m_.replacements.size(); ++i) {
      out_.start("ReplacementInfo");
      out_.text("DocumentId", m_.replacements[i].document_id);
      out_.start("OrganIdList");
      for (const std::string& code : m_.replacements[i].organ_ids)
        out_.text("OrganId", code);
      kept(item(list + "/ReplacementInfo", i) + "/OrganIdList");
      out_.end();
      kept(item(list + "/ReplacementInfo", i));
      out_.end();
    }
    kept(list);
    out_.end();
  }
  kept(path);
  out_.end();
}

void MessageWriter::status() {
  const std::string path = "Header/Status";
  out_.start("Status");
  reference("ResponseFor", path + "/ResponseFor", m_.status_of);
  organ("From", path + "/From", m_.from);
  out_.text("StatusCode", m_.status_code);
  out_.text("Description", m_.status_description);
  out_.text("Timestamp", edxml_time(m_.status_time));
  staff(path + "/StaffInfo");
  kept(path);
  out_.end();
}

void MessageWriter::body() {
  out_.start("edXMLBody");
  out_.start("edXMLManifest");
  out_.attribute("version", "1.0");
  out_.attribute("xmlns:xlink", std::string(kXlink));
  for (std::size_t i = 0; i < m_.attachments.size(); ++i) {
    const EdxmlAttachment& attachment = m_.attachments[i];
    out_.start("Reference");
    out_.attribute("xlink:href", "cid:" + attachment.content_id);
    out_.text("AttachmentName", attachment.name);
    out_.text("ContentId", attachment.content_id);
    out_.text("ContentType", attachment.content_type);
    out_.text("Description", attachment.description);
    kept(item("Body/Manifest/Reference", i));
    out_.end();
  }
  kept("Body/Manifest");
  out_.end();
  kept("Body");
  out_.end();
}

void MessageWriter::contents() {
  if (m_.attachments.empty() &&
      std::none_of(m_.unknown.begin(), m_.unknown.end(),
                   [](const EdxmlUnknown& one) { return one.path == "AttachmentEncoded"; }))
    return;
  out_.start("AttachmentEncoded");
  for (std::size_t i = 0; i < m_.attachments.size(); ++i) {
    const EdxmlAttachment& attachment = m_.attachments[i];
    out_.start("Attachment");
    out_.text("ContentType", transfer_type(attachment));
    out_.text("ContentId", attachment.content_id);
    out_.text("Description", attachment.transfer_description);
    out_.start("ContentTransferEncoded");
    content(i);
    out_.end();
    out_.text("AttachmentName", attachment.name);
    kept(item("AttachmentEncoded/Attachment", i));
    out_.end();
  }
  kept("AttachmentEncoded");
  out_.end();
}

void MessageWriter::content(std::size_t index) {
  const EdxmlAttachment& attachment = m_.attachments[index];
  const EdxmlContent read = open_(index);
  Base64Lines lines(out_);
  std::optional<ZipOfOne> zip;
  if (options_.zip) zip.emplace(lines, attachment);
  std::vector<std::byte> buffer(std::size_t{1} << 16);
  Hasher hasher;
  std::uint64_t size = 0;
  while (const std::size_t got = read(buffer)) {
    const Bytes bytes = Bytes(buffer).first(got);
    size += got;
    if (size > attachment.size) break;
    hasher.update(bytes);
    zip ? zip->put(bytes) : lines.put({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    check_interrupted();
  }
  if (size != attachment.size || (!attachment.sha256.empty() && hasher.finish_hex() != attachment.sha256)) {
    Error error(Exit::no_verdict, "VTLT-EDXML-05", {"edxml.changed"}, {"edxml.changed.hint"});
    error.at(attachment.name);
    throw error;
  }
  if (zip) zip->finish();
  lines.finish();
}

}  // namespace

Digest write_edxml(const EdxmlMessage& message, const EdxmlWriteOptions& options,
                   const std::function<EdxmlContent(std::size_t)>& open,
                   const std::function<void(Bytes)>& output) {
  std::vector<Finding> errors;
  for (Finding& finding : check_edxml(message))
    if (finding.level == Level::error) errors.push_back(std::move(finding));
  if (!errors.empty()) {
    Error error(Exit::refused, "VTLT-EDXML-06", {"edxml.write.errors"});
    error.because(std::move(errors));
    throw error;
  }
  Writer writer(output);
  MessageWriter sequence(message, options, writer, open);
  sequence.run();
  const Digest digest = writer.finish();
  if (!sequence.all_kept()) refuse("edxml.write.unknown", message.document_id);
  return digest;
}

}  // namespace vtlt::exchange
