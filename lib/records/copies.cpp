// Copies of documents: NĐ30 Đ25, PL I part II, PL III; requirement P11.
#include "records/rules.h"
#include "records/words.h"
#include "text/text.h"

namespace vtlt::records {
namespace {

struct Form {
  CopyForm form;
  const char* abbreviation;
  const char* name;
  const char* folded;
};
constexpr Form kForms[] = {
    {CopyForm::full, "SY", "Sao y", "sao y"},
    {CopyForm::of_copy, "SL", "Sao lục", "sao luc"},
    {CopyForm::extract, "TrS", "Trích sao", "trich sao"},
};

Finding refusal(Message message, Message hint) {
  Finding finding;
  finding.code = "P11";
  finding.level = Level::error;
  finding.message = std::move(message);
  finding.hint = std::move(hint);
  finding.basis = "NĐ 30/2020/NĐ-CP, Điều 25";
  return finding;
}

}  // namespace

const char* copy_abbreviation(CopyForm form) { return kForms[static_cast<int>(form)].abbreviation; }
const char* copy_name(CopyForm form) { return kForms[static_cast<int>(form)].name; }

std::optional<CopyForm> parse_copy_form(std::string_view text) {
  std::string folded = text::fold(cleaned(text));
  for (char& c : folded)
    if (c == '-' || c == '_') c = ' ';
  if (folded.starts_with("ban ")) folded.erase(0, 4);
  for (const Form& one : kForms)
    if (folded == one.folded || folded == text::fold(one.abbreviation)) return one.form;
  return std::nullopt;
}

std::optional<CopyForm> copy_form_of_notation(std::string_view notation) {
  const auto groups = split_at(notation, "-/");
  if (groups.empty()) return std::nullopt;
  for (const Form& one : kForms)
    if (text::fold(groups.front()) == text::fold(one.abbreviation)) return one.form;
  return std::nullopt;
}

std::vector<Finding> check_copy(CopyForm form, std::optional<CopyForm> source_form, Carrier source, Carrier made) {
  std::vector<Finding> found;
  if (form == CopyForm::of_copy && source_form != CopyForm::full)
    found.push_back(refusal(Message("records.copy.not_of_copy"), Message("records.copy.not_of_copy.hint")));
  if (form != CopyForm::of_copy && source_form)
    found.push_back(refusal(Message("records.copy.of_copy"), Message("records.copy.of_copy.hint")));
  // From electronic to electronic only an extract is made.
  if (form != CopyForm::extract && source == Carrier::electronic && made == Carrier::electronic)
    found.push_back(refusal(Message("records.copy.electronic", {{"form", copy_name(form)}}), Message("records.copy.electronic.hint")));
  return found;
}

}  // namespace vtlt::records
