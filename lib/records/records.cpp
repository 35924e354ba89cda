#include "records/records.h"

#include <fmt/format.h>

#include <array>

#include "text/text.h"

namespace vtlt::records {
namespace {

template <typename Value>
struct Word {
  Value value;
  const char* stored;
  std::array<std::string_view, 3> others;  // folded, as people write it
};

template <typename Value, std::size_t count>
const char* stored_word(const Word<Value> (&words)[count], Value value) {
  for (const auto& word : words)
    if (word.value == value) return word.stored;
  return "";
}

template <typename Value, std::size_t count>
std::optional<Value> parse_word(const Word<Value> (&words)[count], std::string_view text) {
  const std::string folded = text::fold(text);
  for (const auto& word : words) {
    if (folded == word.stored) return word.value;
    for (const auto other : word.others)
      if (!other.empty() && folded == other) return word.value;
  }
  return std::nullopt;
}

constexpr Word<Book> kBooks[] = {
    {Book::in, "in", {"den", "van ban den", "so den"}},
    {Book::out, "out", {"di", "van ban di", "so di"}},
    {Book::internal, "internal", {"nb", "noi bo"}},
    {Book::copy, "copy", {"sao", "ban sao"}},
};

constexpr Word<Role> kRoles[] = {
    {Role::main, "main", {"chinh", "van ban chinh"}},
    {Role::annex, "annex", {"phu luc", "kem theo"}},
    {Role::scan, "scan", {"ban quet", "ban so hoa"}},
    {Role::draft, "draft", {"du thao", "ban thao", "ban nhap"}},
    {Role::opinion, "opinion", {"y kien"}},
    {Role::copy, "copy", {"sao", "ban sao"}},
    {Role::message, "message", {"goi tin"}},
};

constexpr Word<Carrier> kCarriers[] = {
    {Carrier::unknown, "", {}},
    {Carrier::paper, "paper", {"giay", "ban giay"}},
    {Carrier::electronic, "electronic", {"dien tu", "ban dien tu", "so"}},
    {Carrier::both, "both", {"ca hai", "giay va dien tu"}},
};

constexpr Word<FileState> kStates[] = {
    {FileState::planned, "planned", {"du kien"}},
    {FileState::open, "open", {"dang lap"}},
    {FileState::closed, "closed", {"da ket thuc"}},
    {FileState::submitted, "submitted", {"da giao nop"}},
    {FileState::archived, "archived", {"luu tru hien hanh"}},
    {FileState::transferred, "transferred", {"da nop lich su"}},
    {FileState::listed, "listed", {"xem xet huy"}},
    {FileState::destroyed, "destroyed", {"da huy"}},
};
constexpr Word<SubmissionStep> kSteps[] = {
    {SubmissionStep::listed, "listed", {"giao nop"}},
    {SubmissionStep::kept_back, "kept_back", {"de lai", "giu lai"}},
    {SubmissionStep::taken, "taken", {"da nhan", "tiep nhan"}},
    {SubmissionStep::returned, "returned", {"tra lai"}},
};

}  // namespace

const char* book_text(Book book) {
  return stored_word(kBooks, book);
}
std::optional<Book> parse_book(std::string_view text) {
  return parse_word(kBooks, text);
}

const char* book_prefix(Book book) {
  switch (book) {
    case Book::in:
      return "den";
    case Book::out:
      return "di";
    case Book::internal:
      return "nb";
    case Book::copy:
      return "sao";
  }
  return "";
}

const char* role_text(Role role) {
  return stored_word(kRoles, role);
}
std::optional<Role> parse_role(std::string_view text) {
  return parse_word(kRoles, text);
}

const char* carrier_text(Carrier carrier) {
  return stored_word(kCarriers, carrier);
}
std::optional<Carrier> parse_carrier(std::string_view text) {
  return parse_word(kCarriers, text);
}

const char* state_text(FileState state) {
  return stored_word(kStates, state);
}
std::optional<FileState> parse_state(std::string_view text) {
  return parse_word(kStates, text);
}
const char* step_text(SubmissionStep step) {
  return stored_word(kSteps, step);
}
std::optional<SubmissionStep> parse_step(std::string_view text) {
  return parse_word(kSteps, text);
}

std::string RegisterEntry::designation() const {
  if (book != Book::in && !own.empty()) return own.text();
  return number == 0 ? std::string() : fmt::format("{:02}{}", number, suffix);
}

std::string file_code(const Fonds& fonds, const FileRecord& file) {
  std::string code = fonds.organ;
  const auto add = [&](const std::string& part) {
    if (!part.empty()) code += (code.empty() ? "" : ".") + part;
  };
  if (file.year != 0) add(fmt::format("{}", file.year));
  add(file.notation.empty() ? file.number : file.notation);
  return code;
}

}  // namespace vtlt::records
