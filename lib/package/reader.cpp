#include "package/reader.h"

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlschemas.h>

#include <algorithm>
#include <cstring>
#include <exception>

#include "base/progress.h"
#include "package/reader_schema.h"

namespace vtlt::package {
namespace {

std::string_view view(const xmlChar* text) {
  return text == nullptr ? std::string_view() : std::string_view(reinterpret_cast<const char*>(text));
}

std::string first_line(const char* text) {
  const std::string_view all = text == nullptr ? "" : text;
  return shown(all.substr(0, all.find('\n')));
}

struct FreeParser {
  void operator()(xmlParserCtxt* context) const {
    if (context->myDoc != nullptr) xmlFreeDoc(context->myDoc);
    xmlFreeParserCtxt(context);
  }
};
struct FreeValid {
  void operator()(xmlSchemaValidCtxt* context) const { xmlSchemaFreeValidCtxt(context); }
};
struct FreePlug {
  void operator()(xmlSchemaSAXPlugStruct* plug) const { xmlSchemaSAXUnplug(plug); }
};

// One reading. The callbacks stand between C frames: nothing is thrown through them.
class Reading {
 public:
  Reading(XmlHandler& handler, XmlOutcome& outcome) : handler_(handler), outcome_(outcome) {
    xmlSAXHandler sax;
    std::memset(&sax, 0, sizeof sax);
    sax.initialized = XML_SAX2_MAGIC;
    sax.internalSubset = on_doctype;
    sax.startElementNs = on_start;
    sax.endElementNs = on_end;
    sax.characters = on_text;
    sax.cdataBlock = on_text;
    sax.serror = on_error;
    parser_.reset(xmlCreatePushParserCtxt(&sax, this, nullptr, 0, nullptr));
    VTLT_ASSERT(parser_ != nullptr);
    // NOENT: without it libxml2 hands over "&amp;" in an attribute as "&#38;". No entity is expanded by it: a
    // DTD, which alone could declare one, ends the reading.
    xmlCtxtUseOptions(parser_.get(), XML_PARSE_NONET | XML_PARSE_NOENT);
  }

  void validate(const XmlSchema& schema) {
    valid_.reset(xmlSchemaNewValidCtxt(schema.compiled().schema));
    if (!valid_) return;
    xmlSchemaSetValidStructuredErrors(valid_.get(), on_breach, this);
    plug_.reset(xmlSchemaSAXPlug(valid_.get(), &parser_->sax, &parser_->userData));
  }

  // False: no more is wanted.
  bool feed(std::span<const std::byte> bytes) {
    // libxml2 compares each attribute of a tag with all before: one tag of a million would take hours.
    if (unread_attributes_ > most_attributes) {
      broke(line(), "limit");
      return false;
    }
    heard_ = false;
    count_attributes(bytes);
    xmlParseChunk(parser_.get(), reinterpret_cast<const char*>(bytes.data()), static_cast<int>(bytes.size()),
                  0);
    if (heard_) unread_attributes_ = last_attributes_;
    return settle();
  }
  void finish() {
    xmlParseChunk(parser_.get(), nullptr, 0, 1);
    settle();
    // With a schema in between the parser's own handler of errors is not asked.
    if (outcome_.well_formed && parser_->wellFormed == 0)
      broke(parser_->lastError.line > 0 ? parser_->lastError.line : line(),
            first_line(parser_->lastError.message));
    if (parser_->encoding != nullptr) outcome_.encoding = shown(view(parser_->encoding));
  }

 private:
  static constexpr std::size_t most_attributes = 10'000;
  static constexpr int most_depth = 256;  // what libxml2 keeps to when it reads a file at once

  // By their signs of equality: in the block as a whole, and behind its last tag that begins.
  void count_attributes(std::span<const std::byte> bytes) {
    const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    const std::size_t tag = text.rfind('<');
    const auto equals = [](std::string_view part) {
      return static_cast<std::size_t>(std::count(part.begin(), part.end(), '='));
    };
    last_attributes_ = tag == std::string_view::npos ? 0 : equals(text.substr(tag));
    unread_attributes_ += equals(text);
  }
  static Reading& self(void* data) { return *static_cast<Reading*>(data); }
  long line() const { return parser_->input == nullptr ? 0 : parser_->input->line; }

  bool settle() {
    if (thrown_) std::rethrow_exception(thrown_);
    return !stopped_ && outcome_.well_formed;
  }
  void broke(long at, std::string reason) {
    if (!outcome_.well_formed) return;
    outcome_.well_formed = false;
    outcome_.line = at;
    // libxml2 names the option that would lift its limits.
    outcome_.limit = reason == "limit" || reason.find("HUGE") != std::string::npos ||
                     reason.find("huge") != std::string::npos || reason.find("Huge") != std::string::npos;
    outcome_.reason = std::move(reason);
  }
  void stop() {
    stopped_ = true;
    xmlStopParser(parser_.get());
  }
  template <typename Call>
  void guarded(const Call& call) {
    if (thrown_ || stopped_) return;
    try {
      call();
    } catch (...) {
      thrown_ = std::current_exception();
      stop();
    }
  }

  static void on_doctype(void* data, const xmlChar*, const xmlChar*, const xmlChar*) {
    Reading& reading = self(data);
    reading.outcome_.doctype = true;
    reading.outcome_.line = reading.line();
    reading.stop();
  }
  static void on_start(void* data, const xmlChar* name, const xmlChar*, const xmlChar* uri, int,
                       const xmlChar**, int count, int, const xmlChar** attributes) {
    Reading& reading = self(data);
    reading.heard_ = true;
    if (static_cast<std::size_t>(count) > most_attributes || ++reading.depth_ > most_depth) {
      reading.broke(reading.line(), "limit");
      reading.stop();
    }
    reading.guarded([&] {
      reading.attributes_.clear();
      for (int i = 0; i < count; ++i) {
        const xmlChar** one = attributes + std::ptrdiff_t{5} * i;
        reading.attributes_.push_back({view(one[2]), view(one[0]),
                                       std::string_view(reinterpret_cast<const char*>(one[3]),
                                                        static_cast<std::size_t>(one[4] - one[3]))});
      }
      reading.handler_.start(view(uri), view(name), XmlAttributes(reading.attributes_), reading.line());
    });
  }
  static void on_end(void* data, const xmlChar* name, const xmlChar*, const xmlChar* uri) {
    Reading& reading = self(data);
    reading.heard_ = true;
    --reading.depth_;
    reading.guarded([&] { reading.handler_.end(view(uri), view(name), reading.line()); });
  }
  static void on_text(void* data, const xmlChar* text, int length) {
    Reading& reading = self(data);
    reading.heard_ = true;
    reading.guarded([&] {
      reading.handler_.text({reinterpret_cast<const char*>(text), static_cast<std::size_t>(length)});
    });
  }
  static void on_error(void* data, xmlErrorPtr error) {
    Reading& reading = self(data);
    if (reading.stopped_ || error->level < XML_ERR_ERROR) return;
    reading.broke(error->line, first_line(error->message));
  }
  static void on_breach(void* data, xmlErrorPtr error) {
    Reading& reading = self(data);
    if (error->level < XML_ERR_ERROR || reading.outcome_.breaches.size() >= 20) return;
    reading.outcome_.breaches.push_back({reading.line(), first_line(error->message)});
  }

  XmlHandler& handler_;
  XmlOutcome& outcome_;
  std::vector<XmlAttribute> attributes_;
  bool stopped_ = false, heard_ = false;
  int depth_ = 0;
  std::size_t unread_attributes_ = 0, last_attributes_ = 0;
  std::exception_ptr thrown_;
  // The plug hangs into the parser's handlers and the validation: it goes first.
  std::unique_ptr<xmlParserCtxt, FreeParser> parser_;
  std::unique_ptr<xmlSchemaValidCtxt, FreeValid> valid_;
  std::unique_ptr<xmlSchemaSAXPlugStruct, FreePlug> plug_;
};

}  // namespace

XmlOutcome read_xml(ByteStream& stream, XmlHandler& handler, const XmlSchema* schema, std::uint64_t limit) {
  XmlOutcome outcome;
  prepare_libxml();
  Reading reading(handler, outcome);
  if (schema != nullptr) reading.validate(*schema);
  thread_local std::vector<std::byte> block(1 << 16);
  std::uint64_t total = 0;
  while (const std::size_t got = stream.read(block)) {
    total += got;
    if (total > limit) {
      outcome.well_formed = false;
      outcome.limit = true;
      outcome.reason = "limit";
      return outcome;
    }
    if (!reading.feed(std::span(block).first(got))) return outcome;
    if ((total & 0xfffff) < got) check_interrupted();
  }
  reading.finish();
  return outcome;
}

}  // namespace vtlt::package
