// XML written forward only, in bounded memory: what goes out is hashed and counted on the way.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/files.h"
#include "trust/digest.h"

namespace vtlt::package::writing {

struct Stamp {
  std::uint64_t size = 0;
  Digest digest;
};

using Output = std::function<void(Bytes)>;

class XmlOut {
 public:
  explicit XmlOut(Output output);
  ~XmlOut();
  XmlOut(const XmlOut&) = delete;
  XmlOut& operator=(const XmlOut&) = delete;

  void start(const char* element);
  void attribute(const char* name, std::string_view value);
  void text(std::string_view value);
  void end();
  void element(const char* name, std::string_view value);
  Stamp finish();  // ends the document; nothing may be written after it

 private:
  struct State;
  void done(int status);
  std::unique_ptr<State> state_;
};

// What XML 1.0 cannot hold (control characters, ill-formed UTF-8) becomes U+FFFD.
std::string xml_text(std::string_view value);

}  // namespace vtlt::package::writing
