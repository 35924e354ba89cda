// PDFs that are held whole, by libqpdf. Debian ships it with libraries that few commands need: it is opened
// on first use (design.md, "Numbers to reach"). It walks what it reads by recursion and unpacks without a
// bound, so it works apart.
#include <qpdf/qpdf-c.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <cstring>
#include <new>
#include <type_traits>

#include "base/apart.h"
#include "base/error.h"
#include "base/shared_library.h"
#include "trust/content.h"

namespace vtlt::content {
namespace {

// clang-format off
#define VTLT_QPDF_FUNCTIONS(use) \
  use(qpdf_init) use(qpdf_cleanup) use(qpdf_silence_errors) use(qpdf_set_suppress_warnings) \
  use(qpdf_read_memory) use(qpdf_has_error) use(qpdf_get_error) use(qpdf_more_warnings) use(qpdf_next_warning) \
  use(qpdf_get_error_code) use(qpdf_get_error_message_detail) use(qpdf_get_pdf_version) \
  use(qpdf_is_encrypted) use(qpdf_get_num_pages) use(qpdf_get_root) use(qpdf_oh_get_key_if_dict) \
  use(qpdf_oh_is_name) use(qpdf_oh_get_name) use(qpdf_oh_is_stream) use(qpdf_oh_get_stream_data)
// clang-format on

struct Library {
#define VTLT_QPDF_POINTER(name) decltype(&::name) name = nullptr;
  VTLT_QPDF_FUNCTIONS(VTLT_QPDF_POINTER)
#undef VTLT_QPDF_POINTER
};

[[noreturn]] void no_library() {
  throw Error(Exit::no_verdict, "VTLT-PDF-01", Message("trust.no-qpdf"), Message("trust.no-qpdf.hint"));
}

const Library& library() {
  static const Library loaded = [] {
    Library made;
    SharedLibrary shared(VTLT_QPDF_SONAME);
#define VTLT_QPDF_LOAD(name) shared.take(made.name, #name);
    VTLT_QPDF_FUNCTIONS(VTLT_QPDF_LOAD)
#undef VTLT_QPDF_LOAD
    if (!shared.complete()) no_library();
    return made;
  }();
  return loaded;
}

// As it comes from the helper.
struct Answer {
  std::int32_t pages = 0;
  std::uint8_t opened = 0, locked = 0, encrypted = 0, pdfa_known = 0, damaged = 0;
  char version[8] = {}, pdfa[4] = {}, reason[320] = {};
};
static_assert(std::is_trivially_copyable_v<Answer> && sizeof(Answer) <= Apart::longest_answer);

template <std::size_t size>
void put(char (&field)[size], std::string_view text) {
  std::memcpy(field, text.data(), std::min(size, text.size()));
}
template <std::size_t size>
std::string text_of(const char (&field)[size]) {
  return {field, ::strnlen(field, size)};
}
template <std::size_t size>
std::string word_of(const char (&field)[size]) {
  std::string word = text_of(field);
  const bool right =
      std::all_of(word.begin(), word.end(), [](unsigned char c) { return std::isalnum(c) || c == '.'; });
  return right ? word : std::string();
}

class Judgement {
 public:
  explicit Judgement(std::string_view bytes) : q_(library()), data_(q_.qpdf_init()) {
    q_.qpdf_silence_errors(data_);
    q_.qpdf_set_suppress_warnings(data_, QPDF_TRUE);
    q_.qpdf_read_memory(data_, "", bytes.data(), bytes.size(), "");
    take_faults();
    if (fault_ == qpdf_e_success) {
      answer_.opened = 1;
      look();
      take_faults();
    }
    answer_.locked = fault_ == qpdf_e_password ? 1 : 0;
    const std::string& reason = reasons_.empty() ? consequences_ : reasons_;
    answer_.damaged = reason.empty() ? 0 : 1;
    put(answer_.reason, reason);
  }
  ~Judgement() { q_.qpdf_cleanup(&data_); }
  Judgement(const Judgement&) = delete;
  Judgement& operator=(const Judgement&) = delete;

  std::string answer() const { return {reinterpret_cast<const char*>(&answer_), sizeof answer_}; }

 private:
  void look() {
    answer_.encrypted = q_.qpdf_is_encrypted(data_) != QPDF_FALSE ? 1 : 0;
    const int pages = q_.qpdf_get_num_pages(data_);
    take_faults();
    answer_.pages = std::max(pages, 0);
    if (pages == 0) add_reason(reasons_, "the tree of pages has none");
    const qpdf_oh root = q_.qpdf_get_root(data_);
    put(answer_.version, q_.qpdf_get_pdf_version(data_));
    const qpdf_oh version = q_.qpdf_oh_get_key_if_dict(data_, root, "/Version");
    if (q_.qpdf_oh_is_name(data_, version) != QPDF_FALSE)
      if (const std::string_view name = q_.qpdf_oh_get_name(data_, version); name.size() == 4)
        put(answer_.version, name.substr(1));
    const qpdf_oh metadata = q_.qpdf_oh_get_key_if_dict(data_, root, "/Metadata");
    if (q_.qpdf_oh_is_stream(data_, metadata) == QPDF_FALSE) {
      answer_.pdfa_known = 1;
    } else {
      QPDF_BOOL plain = QPDF_FALSE;
      unsigned char* bytes = nullptr;
      std::size_t size = 0;
      const auto done =
          q_.qpdf_oh_get_stream_data(data_, metadata, qpdf_dl_generalized, &plain, &bytes, &size);
      if (done == QPDF_SUCCESS && plain != QPDF_FALSE && bytes != nullptr) {
        answer_.pdfa_known = 1;
        put(answer_.pdfa, pdfa_of({reinterpret_cast<const char*>(bytes), size}));
      }
      std::free(bytes);
    }
  }

  void take_faults() {
    while (q_.qpdf_more_warnings(data_) != QPDF_FALSE)
      add(q_.qpdf_next_warning(data_));
    if (q_.qpdf_has_error(data_) == QPDF_FALSE) return;
    const qpdf_error error = q_.qpdf_get_error(data_);
    fault_ = q_.qpdf_get_error_code(data_, error);
    add(error);
  }
  // What is not to be read by this library is not damaged by that.
  void add(qpdf_error error) {
    const qpdf_error_code_e code = q_.qpdf_get_error_code(data_, error);
    if (code == qpdf_e_password || code == qpdf_e_unsupported) return;
    const std::string_view reason = q_.qpdf_get_error_message_detail(data_, error);
    // What it says once it has no more memory is not of the PDF.
    if (reason.find("bad_alloc") != std::string_view::npos) throw std::bad_alloc();
    code == qpdf_e_object ? add_reason(consequences_, reason) : add_reason(reasons_, reason);
  }
  static void add_reason(std::string& all, std::string_view reason) {
    if (all.size() > sizeof Answer::reason || all.find(reason) != std::string::npos) return;
    all += all.empty() ? "" : "; ";
    all += reason;
  }

  const Library& q_;
  qpdf_data data_;
  qpdf_error_code_e fault_ = qpdf_e_success;
  std::string reasons_, consequences_;  // the latter: objects that are not of the kind they should be
  Answer answer_;
};

std::string judge(std::string_view bytes) {
  return Judgement(bytes).answer();
}

}  // namespace

void need_whole_pdf() {
  library();
}

Pdf whole_pdf_of(const Window& window) {
  VTLT_ASSERT(window.whole() && window.size <= whole_pdf_bytes);
  library();
  thread_local Apart apart(judge, {.bytes = whole_pdf_bytes, .memory = 256u << 20});
  const auto bytes = apart.ask(window.head);
  Answer answer;
  const bool answered = bytes && bytes->size() == sizeof answer;
  if (answered) std::memcpy(&answer, bytes->data(), sizeof answer);
  if (answer.opened == 0) {
    Pdf pdf = pdf_of(window);
    pdf.encrypted = pdf.encrypted || answer.locked != 0;
    pdf.broken = answer.damaged != 0 || !answered;
    pdf.reason = text_of(answer.reason);
    return pdf;
  }
  Pdf pdf;
  pdf.version = word_of(answer.version);
  pdf.pages = std::max(answer.pages, 0);
  pdf.encrypted = answer.encrypted != 0;
  pdf.pdfa = word_of(answer.pdfa);
  pdf.pdfa_known = answer.pdfa_known != 0;
  pdf.broken = answer.damaged != 0;
  pdf.reason = text_of(answer.reason);
  return pdf;
}

}  // namespace vtlt::content
