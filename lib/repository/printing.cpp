#include "repository/printing.h"

#include <algorithm>

#include "base/error.h"
#include "repository/printing_parts.h"
#include "text/messages.h"
#include "text/text.h"

namespace vtlt::repository {
namespace {

const PrintableForm kForms[] = {
    {"so-den", PrintNeeds::nothing, true, true, print_incoming},
    {"so-di", PrintNeeds::nothing, true, true, print_outgoing},
    {"so-gui-buu-dien", PrintNeeds::nothing, true, true, print_posted},
    {"so-su-dung-ban-luu", PrintNeeds::nothing, true, false, print_uses},
    {"so-theo-doi-giai-quyet", PrintNeeds::nothing, true, true, print_handling_in},
    {"so-theo-doi-van-ban-di", PrintNeeds::nothing, true, true, print_handling_out},
    {"dau-den", PrintNeeds::incoming, false, false, print_stamp},
    {"phieu-giai-quyet", PrintNeeds::incoming, false, false, print_slip},
    {"muc-luc-van-ban", PrintNeeds::file, false, false, print_contents},
    {"danh-muc-ho-so", PrintNeeds::nothing, false, false, print_file_list},
};

// What the form says itself. Lines under the title name files and agencies, rows are what was written.
void choose_words(exchange::Form& form, records::Vocabulary vocabulary) {
  const auto choose = [&](std::string& words) { words = records::in_vocabulary(words, vocabulary); };
  choose(form.title);
  for (auto& column : form.columns)
    choose(column.heading);
  for (auto& line : form.after)
    choose(line);
  for (auto& signature : form.signatures)
    choose(signature);
}

}  // namespace

const std::vector<PrintableForm>& printable_forms() {
  static const std::vector<PrintableForm> all(std::begin(kForms), std::end(kForms));
  return all;
}

const PrintableForm* find_printable_form(std::string_view name) {
  for (const PrintableForm& form : printable_forms())
    if (name == form.name) return &form;
  return nullptr;
}

Printed print_form(Repository& repository, const PrintableForm& form, const PrintRequest& request) {
  if (!request.series.empty()) {
    const auto& series = repository.scheme(repository.fonds(request.fonds).fonds.id).series;
    std::string names;
    for (const auto& one : series)
      names += (names.empty() ? "" : " ") + one.id;
    if (std::none_of(series.begin(), series.end(), [&](const auto& one) { return one.id == request.series; }))
      throw Error(Exit::usage, "VTLT-USE-03",
                  Message("repository.print.series", {{"series", text::printable(request.series)}}),
                  Message("repository.print.series.hint", {{"names", names}}));
  }
  Printed printed = form.make(repository, request);
  choose_words(printed.form, request.vocabulary);
  return printed;
}

std::string in_figures_and_words(const std::string& what, std::int64_t count) {
  return what + ": " + text::group(count, text::Language::vi) + " (" + text::in_words(count) + ").";
}

}  // namespace vtlt::repository
