#include "package/xml_out.h"

#include <libxml/xmlwriter.h>

#include <exception>
#include <new>

#include "package/reader_schema.h"

namespace vtlt::package::writing {
namespace {

const xmlChar* chars(const char* text) {
  return reinterpret_cast<const xmlChar*>(text);
}

// Length of the well-formed UTF-8 sequence of an XML character at the start of `text`; 0: there is none.
std::size_t xml_character(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(0);
  if (first < 0x80) return first >= 0x20 || first == '\t' || first == '\n' || first == '\r' ? 1 : 0;
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || text.size() < length) return 0;
  std::uint32_t code = first & (0xFFu >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return 0;
    code = (code << 6) | (byte(i) & 0x3Fu);
  }
  constexpr std::uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
  if (code < smallest[length] || code > 0x10FFFF) return 0;
  if ((code >= 0xD800 && code <= 0xDFFF) || code == 0xFFFE || code == 0xFFFF) return 0;
  return length;
}

}  // namespace

std::string xml_text(std::string_view value) {
  std::string out;
  std::size_t good = 0;  // so many bytes at the start of `value` stand as they are
  while (good < value.size()) {
    const std::size_t length = xml_character(value.substr(good));
    good += length;
    if (length != 0) continue;
    out += value.substr(0, good);
    out += "\xEF\xBF\xBD";
    value.remove_prefix(good + 1);
    good = 0;
  }
  if (out.empty()) return std::string(value);
  out += value;
  return out;
}

struct XmlOut::State {
  Output output;
  Hasher hasher;
  std::uint64_t size = 0;
  std::exception_ptr failure;  // libxml2 is C: an exception waits here until its call has returned
  xmlTextWriterPtr writer = nullptr;

  static int write(void* context, const char* data, int length) {
    auto& state = *static_cast<State*>(context);
    if (state.failure || length < 0) return -1;
    try {
      const Bytes bytes = as_bytes(std::string_view(data, static_cast<std::size_t>(length)));
      state.hasher.update(bytes);
      state.size += bytes.size();
      state.output(bytes);
      return length;
    } catch (...) {
      state.failure = std::current_exception();
      return -1;
    }
  }
  static int close(void*) { return 0; }
};

XmlOut::XmlOut(Output output) : state_(std::make_unique<State>()) {
  // Documents are written by several threads: libxml2 fills its table of encodings when it is first used, and
  // whoever comes while it does reads what is not there yet.
  prepare_libxml();
  state_->output = std::move(output);
  xmlOutputBufferPtr buffer = xmlOutputBufferCreateIO(State::write, State::close, state_.get(), nullptr);
  if (buffer == nullptr) throw std::bad_alloc();
  state_->writer = xmlNewTextWriter(buffer);
  if (state_->writer == nullptr) {
    xmlOutputBufferClose(buffer);
    throw std::bad_alloc();
  }
  try {
    done(xmlTextWriterSetIndent(state_->writer, 1));
    done(xmlTextWriterSetIndentString(state_->writer, chars("  ")));
    done(xmlTextWriterStartDocument(state_->writer, "1.0", "UTF-8", nullptr));
  } catch (...) {
    xmlFreeTextWriter(state_->writer);
    throw;
  }
}

XmlOut::~XmlOut() {
  // A document that was not finished is thrown away, not closed.
  if (state_->writer == nullptr) return;
  if (!state_->failure) state_->output = [](Bytes) {};
  xmlFreeTextWriter(state_->writer);
}

void XmlOut::done(int status) {
  if (state_->failure) std::rethrow_exception(state_->failure);
  if (status < 0) throw std::bad_alloc();
}

void XmlOut::start(const char* element) {
  done(xmlTextWriterStartElement(state_->writer, chars(element)));
}

void XmlOut::attribute(const char* name, std::string_view value) {
  done(xmlTextWriterWriteAttribute(state_->writer, chars(name), chars(xml_text(value).c_str())));
}

void XmlOut::text(std::string_view value) {
  done(xmlTextWriterWriteString(state_->writer, chars(xml_text(value).c_str())));
}

void XmlOut::end() {
  done(xmlTextWriterEndElement(state_->writer));
}

void XmlOut::element(const char* name, std::string_view value) {
  start(name);
  if (!value.empty()) text(value);
  end();
}

Stamp XmlOut::finish() {
  done(xmlTextWriterEndDocument(state_->writer));
  done(xmlTextWriterFlush(state_->writer));
  xmlFreeTextWriter(state_->writer);
  state_->writer = nullptr;
  done(0);
  return {state_->size, state_->hasher.finish()};
}

}  // namespace vtlt::package::writing
