// Inside the room: XML as events, and elements kept as text.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "exchange/edxml.h"

namespace vtlt::exchange {

inline constexpr std::string_view kXmlSignature = "http://www.w3.org/2000/09/xmldsig#";
inline constexpr std::string_view kXlink = "http://www.w3.org/1999/xlink";
inline constexpr std::string_view kSoap = "http://schemas.xmlsoap.org/soap/envelope/";

struct XmlStart {
  struct Attribute {
    std::string_view prefix, name, space, value;
  };
  std::string_view prefix, name, space;
  std::vector<std::pair<std::string_view, std::string_view>> declared;  // prefix, namespace
  std::vector<Attribute> attributes;
  long line = 0;

  std::string attribute(std::string_view wanted, std::string_view of_space = {}) const;
};

class XmlEvents {
 public:
  virtual ~XmlEvents() = default;
  virtual void start(const XmlStart& element) = 0;
  virtual void text(std::string_view piece) = 0;
  virtual void end() = 0;
};

// A push parser: no DTD, no entities but the five, no network, no tree. Throws what a handler threw, and
// VTLT-EDXML-01/-02.
class XmlPush {
 public:
  XmlPush(XmlEvents& events, std::string name);
  ~XmlPush();
  XmlPush(const XmlPush&) = delete;
  XmlPush& operator=(const XmlPush&) = delete;
  void feed(std::span<const std::byte> bytes);
  void finish();
  long line() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// One element with all it holds, as XML that stands alone: every prefix it uses is declared in it. What is
// written from it reads back as the same text.
class XmlFragment {
 public:
  void start(const XmlStart& element);
  void text(std::string_view piece);
  bool end();  // true: the element is complete
  std::string take();
  std::size_t size() const { return text_.size(); }

 private:
  std::string name_of(std::string_view prefix, std::string_view name) const;
  bool declared(std::string_view prefix, std::string_view space) const;
  void declare(std::string_view prefix, std::string_view space);
  void close_tag();

  std::string text_;
  std::vector<std::string> open_;
  std::vector<std::size_t> marks_;                          // namespaces known before each open element
  std::vector<std::pair<std::string, std::string>> known_;  // prefix, namespace
  bool tag_open_ = false;
};

[[noreturn]] void refuse_edxml(const char* code, Message what, const std::string& name, long line = 0,
                               Message hint = {});

}  // namespace vtlt::exchange
