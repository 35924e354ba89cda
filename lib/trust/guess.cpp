// What bytes of no format of ours look like, by libmagic. Few packages need it: it is opened on first use,
// and works apart, for it tries thousands of patterns on bytes that nobody knows.
#include <magic.h>

#include <algorithm>

#include "base/apart.h"
#include "base/error.h"
#include "base/shared_library.h"
#include "trust/content.h"

namespace vtlt::content {
namespace {

constexpr std::size_t enough_bytes = 64 << 10;  // ISO 9660 is known by what stands at 32 KiB
constexpr std::size_t longest_mime = 100;
// Debian's own, not one of the user's: a verdict is the same for everyone.
constexpr const char* database = "/usr/share/misc/magic.mgc";
// Text, OLE and ZIP files are judged already; ELF and archives are not looked into.
constexpr int flags = MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_TEXT |
                      MAGIC_NO_CHECK_ENCODING | MAGIC_NO_CHECK_CDF | MAGIC_NO_CHECK_CSV |
                      MAGIC_NO_CHECK_JSON | MAGIC_NO_CHECK_ELF;

struct Magic {
  magic_t cookie = nullptr;  // nullptr: not installed
  decltype(&::magic_buffer) buffer = nullptr;

  Magic() {
    SharedLibrary shared(VTLT_MAGIC_SONAME);
    decltype(&::magic_open) open = nullptr;
    decltype(&::magic_load) load = nullptr;
    decltype(&::magic_close) close = nullptr;
    shared.take(open, "magic_open");
    shared.take(load, "magic_load");
    shared.take(close, "magic_close");
    shared.take(buffer, "magic_buffer");
    if (!shared.complete()) return;
    cookie = open(flags);
    if (cookie == nullptr || load(cookie, database) == 0) return;
    close(cookie);
    cookie = nullptr;
  }
};

// Made here, used by the helpers only, each of which has it for itself.
const Magic& magic() {
  static const Magic made;
  return made;
}

std::string look_up(std::string_view bytes) {
  const char* mime = magic().buffer(magic().cookie, bytes.data(), bytes.size());
  return mime == nullptr ? "" : mime;
}

bool is_mime(std::string_view mime) {
  return mime.size() <= longest_mime && std::count(mime.begin(), mime.end(), '/') == 1 &&
         std::all_of(mime.begin(), mime.end(), [](unsigned char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  std::string_view("/.+-_").find(static_cast<char>(c)) != std::string_view::npos;
         });
}

}  // namespace

std::string guess_of(const Window& window) {
  if (window.head.empty() || magic().cookie == nullptr) return {};
  thread_local Apart apart(
      look_up, {.bytes = enough_bytes, .memory = 64u << 20, .time = std::chrono::milliseconds(1000)});
  std::optional<std::string> mime;
  try {
    mime = apart.ask(window.head.substr(0, enough_bytes));
  } catch (const Error& error) {
    if (error.code() != "VTLT-APART-01") throw;  // nothing depends on a guess
  }
  if (!mime || !is_mime(*mime)) return {};
  // Words for not knowing, and text, which it is not.
  const bool nothing = *mime == "application/octet-stream" || *mime == "application/x-empty" ||
                       mime->starts_with("text/") || mime->starts_with("inode/");
  return nothing ? std::string() : *mime;
}

}  // namespace vtlt::content
