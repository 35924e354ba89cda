#include "package/reader.h"

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlschemas.h>

#include <algorithm>
#include <cstring>
#include <exception>

#include "base/buffer.h"
#include "base/progress.h"
#include "package/check_report.h"
#include "package/reader_schema.h"

namespace vtlt::package {
namespace {

std::string_view view(const xmlChar* text) {
  return text == nullptr ? std::string_view() : std::string_view(reinterpret_cast<const char*>(text));
}

std::string_view of(const char* text) {
  return text == nullptr ? std::string_view() : std::string_view(text);
}

std::string first_line(const char* text) {
  const std::string_view all = of(text);
  return shown(all.substr(0, all.find('\n')));
}

struct FreeParser {
  void operator()(xmlParserCtxt* context) const {
    if (context->myDoc != nullptr) xmlFreeDoc(context->myDoc);
    xmlFreeParserCtxt(context);
  }
};
using Parser = std::unique_ptr<xmlParserCtxt, FreeParser>;

// A package holds tens of thousands of small files: one parser serves all that its thread reads. It knows the
// names it met, so one that met many, or broke off, is not kept.
class ParserInUse {
 public:
  ParserInUse() : parser_(std::move(kept())) {
    if (!parser_) parser_.reset(xmlNewParserCtxt());
    VTLT_ASSERT(parser_ != nullptr);
  }
  ~ParserInUse() {
    if (parser_->wellFormed == 0 || parser_->disableSAX != 0 || xmlDictSize(parser_->dict) > most_names)
      return;
    xmlCtxtReset(parser_.get());
    kept() = std::move(parser_);
  }
  ParserInUse(const ParserInUse&) = delete;
  ParserInUse& operator=(const ParserInUse&) = delete;
  xmlParserCtxt* get() const { return parser_.get(); }
  xmlParserCtxt* operator->() const { return parser_.get(); }

 private:
  static constexpr int most_names = 10'000;
  static Parser& kept() {
    thread_local Parser parser;
    return parser;
  }
  Parser parser_;
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
  Reading(ByteStream& stream, XmlHandler& handler, std::uint64_t limit, XmlOutcome& outcome)
      : stream_(stream), handler_(handler), limit_(limit), outcome_(outcome) {
    xmlSAXHandler& sax = *parser_->sax;
    std::memset(&sax, 0, sizeof sax);
    sax.initialized = XML_SAX2_MAGIC;
    sax.internalSubset = on_doctype;
    sax.startElementNs = on_start;
    sax.endElementNs = on_end;
    sax.characters = on_text;
    sax.ignorableWhitespace = on_text;
    sax.cdataBlock = on_text;
    sax.serror = on_error;
    parser_->userData = this;
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

  void run() {
    if (const auto rest = stream_.rest(); rest && rest->size() < block_bytes) {
      first_ = *rest;
      if (first_.size() > limit_) over_limit(0);
      look_for_nul(first_, true);
    } else {
      block().resize(block_bytes);
      fill();
      first_ = std::span(block()).first(held_);
    }
    if (!thrown_ && outcome_.well_formed) parse();
    plug_.reset();
    if (thrown_) std::rethrow_exception(thrown_);
    if (stopped_ || !outcome_.well_formed) return;
    // With a schema in between the parser's own handler of errors is not asked.
    if (parser_->wellFormed == 0) broke(parser_->lastError);
    if (parser_->encoding != nullptr)
      outcome_.encoding = shown(view(parser_->encoding));
    else if (parser_->input != nullptr && parser_->input->encoding != nullptr)
      outcome_.encoding = shown(view(parser_->input->encoding));
  }

 private:
  static constexpr std::size_t most_attributes = 10'000, block_bytes = 1 << 16;
  static constexpr std::uint64_t most_text_cost = 500'000'000;  // half a million letters in one value
  static constexpr int most_depth = 256, most_known_names = 100'000, most_namespaces = 256,
                       most_inherited = 8192;

  static Buffer& block() {
    thread_local Buffer bytes;
    return bytes;
  }

  void parse() {
    xmlParserInputBuffer* buffer =
        first_.size() < block_bytes
            ? xmlParserInputBufferCreateMem(reinterpret_cast<const char*>(first_.data()),
                                            static_cast<int>(first_.size()), XML_CHAR_ENCODING_NONE)
            : xmlParserInputBufferCreateIO(on_read, nullptr, this, XML_CHAR_ENCODING_NONE);
    VTLT_ASSERT(buffer != nullptr);
    xmlParserInput* input = xmlNewIOInputStream(parser_.get(), buffer, XML_CHAR_ENCODING_NONE);
    VTLT_ASSERT(input != nullptr);
    inputPush(parser_.get(), input);
    xmlParseDocument(parser_.get());
  }

  // The next block of the stream; held_ 0: there is none.
  void fill() {
    taken_ = held_ = 0;
    if (thrown_ || stopped_ || !outcome_.well_formed) return;
    // libxml2 compares each attribute of a tag with all before: one tag of a million would take hours.
    if (heard_) unread_attributes_ = last_attributes_;
    heard_ = false;
    if (unread_attributes_ > most_attributes) return over_limit(line());
    // Its table of names does not grow beyond 16,384 places.
    if (xmlDictSize(parser_->dict) > most_known_names) return over_limit(line());
    try {
      while (const std::size_t got = stream_.read(std::span(block()).subspan(held_)))
        held_ += got;
      total_ += held_;
      if ((total_ & 0xfffff) < held_) check_interrupted();
    } catch (...) {
      thrown_ = std::current_exception();
      held_ = 0;
    }
    if (total_ > limit_) {
      held_ = 0;
      return over_limit(0);
    }
    look_for_nul(std::span(block()).first(held_), total_ == held_);
    if (held_ == block_bytes) count_attributes(block());
  }
  static int on_read(void* data, char* out, int size) {
    Reading& reading = self(data);
    if (reading.taken_ == reading.held_) reading.fill();
    const std::size_t step = std::min(static_cast<std::size_t>(size), reading.held_ - reading.taken_);
    std::memcpy(out, block().data() + reading.taken_, step);
    reading.taken_ += step;
    return static_cast<int>(step);
  }

  // libxml2 takes a NUL behind the root element for the end of all.
  void look_for_nul(std::span<const std::byte> bytes, bool first) {
    if (bytes.empty()) return;
    const auto nul = [](std::span<const std::byte> part) {
      return std::memchr(part.data(), 0, part.size()) != nullptr;
    };
    const auto start = static_cast<unsigned char>(bytes[0]);
    if (first)
      wide_ = start == 0xFE || start == 0xFF || nul(bytes.first(std::min<std::size_t>(4, bytes.size())));
    if (wide_ || !nul(bytes)) return;
    broke(0, "NUL");
    outcome_.nul = true;
  }

  // By their signs of equality: in the block as a whole, and behind its last tag that begins.
  void count_attributes(std::span<const std::byte> bytes) {
    const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    const std::size_t tag = text.rfind('<');
    const auto equals = [](std::string_view part) {
      std::size_t count = 0;
      for (std::size_t at = 0; (at = part.find('=', at)) != std::string_view::npos; ++at)
        ++count;
      return count;
    };
    last_attributes_ = tag == std::string_view::npos ? 0 : equals(text.substr(tag));
    unread_attributes_ += equals(text);
  }
  // For its schema libxml2 keeps the text of an element, and measures it anew for each piece that comes.
  void count_text(std::size_t length) {
    if (!valid_) return;
    text_cost_ += text_length_ += length;
    if (text_cost_ <= most_text_cost || stopped_) return;
    over_limit(line());
    stop();
  }
  static Reading& self(void* data) { return *static_cast<Reading*>(data); }
  long line() const { return parser_->input == nullptr ? 0 : parser_->input->line; }

  void broke(long at, std::string reason) {
    if (!outcome_.well_formed) return;
    outcome_.well_formed = false;
    outcome_.line = at;
    // libxml2 names the option that would lift its limits, or says what is too long.
    const auto says = [&](std::string_view word) { return reason.find(word) != std::string::npos; };
    outcome_.limit = says("HUGE") || says("huge") || says("Huge") || says("too long");
    outcome_.reason = std::move(reason);
  }
  void broke(const xmlError& error) {
    if (!outcome_.well_formed) return;
    broke(error.line > 0 ? error.line : line(), first_line(error.message));
    outcome_.code = error.code;
    outcome_.name = shown(of(error.str1));
    outcome_.other = shown(of(error.str2));
    outcome_.opened = error.int1;
  }
  void over_limit(long at) {
    if (!outcome_.well_formed) return;
    broke(at, "limit");
    outcome_.limit = true;
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

  static void on_doctype(void* data, const xmlChar* name, const xmlChar*, const xmlChar*) {
    Reading& reading = self(data);
    reading.outcome_.doctype = true;
    if (name != nullptr) reading.outcome_.name = reinterpret_cast<const char*>(name);
    reading.outcome_.line = reading.line();
    reading.stop();
  }
  static void on_start(void* data, const xmlChar* name, const xmlChar*, const xmlChar* uri, int namespaces,
                       const xmlChar**, int count, int, const xmlChar** attributes) {
    Reading& reading = self(data);
    reading.heard_ = true;
    reading.text_length_ = 0;
    // Each is compared with all before; nsNr counts a prefix and an address.
    if (namespaces > most_namespaces || reading.parser_->nsNr > 2 * most_inherited ||
        static_cast<std::size_t>(count) > most_attributes || ++reading.depth_ > most_depth) {
      reading.over_limit(reading.line());
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
    reading.text_length_ = 0;
    reading.guarded([&] { reading.handler_.end(view(uri), view(name), reading.line()); });
  }
  static void on_text(void* data, const xmlChar* text, int length) {
    Reading& reading = self(data);
    reading.heard_ = true;
    reading.count_text(static_cast<std::size_t>(length));
    reading.guarded([&] {
      reading.handler_.text({reinterpret_cast<const char*>(text), static_cast<std::size_t>(length)});
    });
  }
  static void on_error(void* data, xmlErrorPtr error) {
    Reading& reading = self(data);
    if (reading.stopped_ || error->level < XML_ERR_ERROR) return;
    reading.broke(*error);
  }
  static void on_breach(void* data, xmlErrorPtr error) {
    Reading& reading = self(data);
    auto& breaches = reading.outcome_.breaches;
    if (error->level < XML_ERR_ERROR || breaches.size() >= 20 ||
        (!breaches.empty() && breaches.back().undecided))
      return;
    const bool undecided = std::string_view(error->message).starts_with("Internal error");
    breaches.push_back({reading.line(), error->code, first_line(error->message), undecided});
  }

  ByteStream& stream_;
  XmlHandler& handler_;
  std::uint64_t limit_, total_ = 0;
  XmlOutcome& outcome_;
  std::span<const std::byte> first_;  // all there is, when it is less than a block
  std::size_t held_ = 0, taken_ = 0;  // of the block
  std::vector<XmlAttribute> attributes_;
  bool stopped_ = false, heard_ = false;
  bool wide_ = false;  // in UTF-16 or wider
  int depth_ = 0;
  std::uint64_t text_length_ = 0, text_cost_ = 0;
  std::size_t unread_attributes_ = 0, last_attributes_ = 0;
  std::exception_ptr thrown_;
  // The plug hangs into the parser's handlers and the validation: it goes first.
  ParserInUse parser_;
  std::unique_ptr<xmlSchemaValidCtxt, FreeValid> valid_;
  std::unique_ptr<xmlSchemaSAXPlugStruct, FreePlug> plug_;
};

}  // namespace

XmlOutcome read_xml(ByteStream& stream, XmlHandler& handler, const XmlSchema* schema, std::uint64_t limit) {
  XmlOutcome outcome;
  prepare_libxml();
  Reading reading(stream, handler, limit, outcome);
  if (schema != nullptr) reading.validate(*schema);
  reading.run();
  return outcome;
}

}  // namespace vtlt::package
