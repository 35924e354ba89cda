// XML as events: what the letters say, and nothing that a document brings from elsewhere.
#include <catch2/catch.hpp>

#include <algorithm>
#include <cstring>

#include "package/reader.h"

using namespace vtlt;
using namespace vtlt::package;

namespace {

class Letters : public ByteStream {
 public:
  explicit Letters(std::string text) : text_(std::move(text)) {}
  std::size_t read(std::span<std::byte> into) override {
    const std::size_t size = std::min(into.size(), text_.size() - at_);
    std::memcpy(into.data(), text_.data() + at_, size);
    at_ += size;
    return size;
  }

 private:
  std::string text_;
  std::size_t at_ = 0;
};

struct Told : XmlHandler {
  void start(std::string_view, std::string_view, const XmlAttributes& attributes, long) override { value += attributes.get("a"); }
  void text(std::string_view words) override { value += words; }
  std::string value;
};

std::string told(const std::string& xml, XmlOutcome* outcome = nullptr) {
  Letters letters(xml);
  Told handler;
  const XmlOutcome found = read_xml(letters, handler);
  if (outcome != nullptr) *outcome = found;
  return handler.value;
}

}  // namespace

TEST_CASE("the five entities that XML has are letters, in attributes too") {
  CHECK(told("<r a='x&amp;y'/>") == "x&y");
  CHECK(told("<r a='&lt;&gt;&quot;&apos;&#38;&#x26;'/>") == "<>\"'&&");
  CHECK(told("<r>x&amp;y&lt;z</r>") == "x&y<z");
}

TEST_CASE("no entity is expanded and no DTD is read") {
  XmlOutcome outcome;
  told("<!DOCTYPE r [<!ENTITY e 'bomb'>]><r a='&e;'>&e;</r>", &outcome);
  CHECK(outcome.doctype);
  CHECK(told("<!DOCTYPE r SYSTEM 'file:///etc/passwd'><r a='&e;'/>", &outcome).empty());
  CHECK(outcome.doctype);
  CHECK(told("<r a='&e;'/>", &outcome).empty());
  CHECK_FALSE(outcome.well_formed);
}
