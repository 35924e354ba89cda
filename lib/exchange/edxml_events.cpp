#include "exchange/edxml_events.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#include <cstring>
#include <exception>
#include <new>

#include "base/error.h"
#include "text/text.h"

namespace vtlt::exchange {
namespace {

std::string_view view(const xmlChar* text) {
  return text == nullptr ? std::string_view() : std::string_view(reinterpret_cast<const char*>(text));
}

std::string first_line(const char* text) {
  const std::string_view all = text == nullptr ? "" : text;
  return text::cut(text::printable(all.substr(0, all.find('\n'))), 200);
}

void escape(std::string& out, std::string_view text, bool quoted) {
  for (const char c : text)
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '\r':
        out += "&#13;";
        break;
      case '"':
        out += quoted ? "&quot;" : "\"";
        break;
      case '\n':
        out += quoted ? "&#10;" : "\n";
        break;
      case '\t':
        out += quoted ? "&#9;" : "\t";
        break;
      default:
        out += c;
    }
}

}  // namespace

void refuse_edxml(const char* code, Message what, const std::string& name, long line, Message hint) {
  Error error(Exit::usage, code, std::move(what), std::move(hint));
  error.at(name, line);
  throw error;
}

std::string XmlStart::attribute(std::string_view wanted, std::string_view of_space) const {
  for (const Attribute& one : attributes)
    if (one.name == wanted && one.space == of_space) return std::string(one.value);
  return {};
}

// ---- the parser ----

struct XmlPush::State {
  XmlEvents* events = nullptr;
  std::string name;
  xmlParserCtxtPtr parser = nullptr;
  std::exception_ptr thrown;  // libxml2 is C: an exception waits until its call has returned
  bool doctype = false, broken = false;
  long broken_line = 0;
  std::string reason;
  XmlStart element;

  long line() const { return parser == nullptr || parser->input == nullptr ? 0 : parser->input->line; }
  static State& of(void* data) { return *static_cast<State*>(data); }

  template <typename Call>
  void guarded(const Call& call) {
    if (thrown || doctype) return;
    try {
      call();
    } catch (...) {
      thrown = std::current_exception();
      xmlStopParser(parser);
    }
  }

  static void on_doctype(void* data, const xmlChar*, const xmlChar*, const xmlChar*) {
    State& state = of(data);
    if (state.doctype) return;
    state.doctype = true;
    state.broken_line = state.line();
    xmlStopParser(state.parser);
  }
  static void on_start(void* data, const xmlChar* name, const xmlChar* prefix, const xmlChar* space,
                       int declared, const xmlChar** namespaces, int count, int, const xmlChar** attributes) {
    State& state = of(data);
    XmlStart& element = state.element;
    state.guarded([&] {
      element.prefix = view(prefix);
      element.name = view(name);
      element.space = view(space);
      element.line = state.line();
      element.declared.clear();
      element.attributes.clear();
      for (std::ptrdiff_t i = 0; i < declared; ++i)
        element.declared.emplace_back(view(namespaces[2 * i]), view(namespaces[2 * i + 1]));
      for (std::ptrdiff_t i = 0; i < count; ++i) {
        const xmlChar** one = attributes + 5 * i;
        element.attributes.push_back(
            {view(one[1]),
             view(one[0]),
             view(one[2]),
             {reinterpret_cast<const char*>(one[3]), static_cast<std::size_t>(one[4] - one[3])}});
      }
      state.events->start(element);
    });
  }
  static void on_end(void* data, const xmlChar*, const xmlChar*, const xmlChar*) {
    State& state = of(data);
    state.guarded([&] { state.events->end(); });
  }
  static void on_text(void* data, const xmlChar* text, int length) {
    State& state = of(data);
    state.guarded([&] {
      state.events->text({reinterpret_cast<const char*>(text), static_cast<std::size_t>(length)});
    });
  }
  static void on_error(void* data, xmlErrorPtr error) {
    State& state = of(data);
    if (state.broken || state.doctype || error->level < XML_ERR_ERROR) return;
    state.broken = true;
    state.broken_line = error->line;
    state.reason = first_line(error->message);
  }

  void settle() {
    if (thrown) std::rethrow_exception(std::exchange(thrown, nullptr));
    if (doctype) refuse_edxml("VTLT-EDXML-02", {"edxml.doctype"}, name, broken_line, {"edxml.doctype.hint"});
    if (broken)
      refuse_edxml("VTLT-EDXML-01", {"edxml.not-xml", {{"reason", reason}}}, name, broken_line,
                   {"edxml.not-xml.hint"});
  }
};

XmlPush::XmlPush(XmlEvents& events, std::string name) : state_(std::make_unique<State>()) {
  xmlInitParser();
  state_->events = &events;
  state_->name = std::move(name);
  xmlSAXHandler sax;
  std::memset(&sax, 0, sizeof sax);
  sax.initialized = XML_SAX2_MAGIC;
  sax.internalSubset = State::on_doctype;
  sax.startElementNs = State::on_start;
  sax.endElementNs = State::on_end;
  sax.characters = State::on_text;
  sax.ignorableWhitespace = State::on_text;
  sax.cdataBlock = State::on_text;
  sax.serror = State::on_error;
  state_->parser = xmlCreatePushParserCtxt(&sax, state_.get(), nullptr, 0, nullptr);
  if (state_->parser == nullptr) throw std::bad_alloc();
  // NOENT only makes "&amp;" in attributes an "&": a DTD, the one place to define others, ends the reading.
  xmlCtxtUseOptions(state_->parser, XML_PARSE_NONET | XML_PARSE_NOENT);
}

XmlPush::~XmlPush() {
  if (state_->parser->myDoc != nullptr) xmlFreeDoc(state_->parser->myDoc);
  xmlFreeParserCtxt(state_->parser);
}

void XmlPush::feed(std::span<const std::byte> bytes) {
  xmlParseChunk(state_->parser, reinterpret_cast<const char*>(bytes.data()), static_cast<int>(bytes.size()),
                0);
  state_->settle();
}

void XmlPush::finish() {
  xmlParseChunk(state_->parser, nullptr, 0, 1);
  state_->settle();
  if (state_->parser->wellFormed == 0)
    refuse_edxml("VTLT-EDXML-01",
                 {"edxml.not-xml", {{"reason", first_line(state_->parser->lastError.message)}}}, state_->name,
                 state_->line(), {"edxml.not-xml.hint"});
}

long XmlPush::line() const {
  return state_->line();
}

// ---- kept elements ----

std::string XmlFragment::name_of(std::string_view prefix, std::string_view name) const {
  return prefix.empty() ? std::string(name) : std::string(prefix) + ":" + std::string(name);
}

bool XmlFragment::declared(std::string_view prefix, std::string_view space) const {
  for (auto one = known_.rbegin(); one != known_.rend(); ++one)
    if (one->first == prefix) return one->second == space;
  return prefix == "xml";
}

void XmlFragment::declare(std::string_view prefix, std::string_view space) {
  text_ += prefix.empty() ? " xmlns" : " xmlns:" + std::string(prefix);
  text_ += "=\"";
  escape(text_, space, true);
  text_ += '"';
  known_.emplace_back(prefix, space);
}

void XmlFragment::close_tag() {
  if (tag_open_) text_ += '>';
  tag_open_ = false;
}

void XmlFragment::start(const XmlStart& element) {
  close_tag();
  marks_.push_back(known_.size());
  open_.push_back(name_of(element.prefix, element.name));
  text_ += '<' + open_.back();
  for (const auto& [prefix, space] : element.declared)
    declare(prefix, space);
  // A fragment without a namespace must stand alone under any default one.
  if (!declared(element.prefix, element.space)) declare(element.prefix, element.space);
  for (const auto& one : element.attributes)
    if (!one.prefix.empty() && !declared(one.prefix, one.space)) declare(one.prefix, one.space);
  for (const auto& one : element.attributes) {
    text_ += ' ' + name_of(one.prefix, one.name) + "=\"";
    escape(text_, one.value, true);
    text_ += '"';
  }
  tag_open_ = true;
}

void XmlFragment::text(std::string_view piece) {
  close_tag();
  escape(text_, piece, false);
}

bool XmlFragment::end() {
  if (tag_open_)
    text_ += "/>";
  else
    text_ += "</" + open_.back() + ">";
  tag_open_ = false;
  open_.pop_back();
  known_.resize(marks_.back());
  marks_.pop_back();
  return open_.empty();
}

std::string XmlFragment::take() {
  known_.clear();
  return std::exchange(text_, {});
}

}  // namespace vtlt::exchange
