#include "package/check_documents.h"

#include <algorithm>
#include <charconv>

namespace vtlt::package {
namespace {

std::vector<std::string_view> parts_of(std::string_view code) {
  std::vector<std::string_view> parts;
  for (std::size_t start = 0; start <= code.size();) {
    const std::size_t end = std::min(code.find('.', start), code.size());
    parts.push_back(code.substr(start, end - start));
    start = end + 1;
  }
  return parts;
}

bool is_year(std::string_view part) {
  return part.size() == 4 && is_number(part) && part >= "1800" && part <= "2199";
}

bool starts_without_case(std::string_view text, std::string_view start) {
  return text.size() >= start.size() &&
         std::equal(start.begin(), start.end(), text.begin(), [](char a, char b) {
           return (a >= 'A' && a <= 'Z' ? a + 32 : a) == (b >= 'A' && b <= 'Z' ? b + 32 : b);
         });
}

}  // namespace

EadForm file_form(const PackageSort& sort) {
  switch (sort.kind) {
    case PackageKind::sip:
      return sort.batch ? EadForm::sip_batch : EadForm::sip_file;
    case PackageKind::aip:
      return sort.batch ? EadForm::aip_batch : EadForm::aip_file;
    case PackageKind::dip:
      break;
  }
  return EadForm::dip_request;
}

bool document_form(std::string_view name, const PackageSort& sort, EadForm& form) {
  const bool sip = sort.kind == PackageKind::sip, file_aip = sort.kind == PackageKind::aip && !sort.batch;
  if (starts_without_case(name, "EAD_doc_"))
    form = sip                             ? EadForm::sip_document
           : sort.kind == PackageKind::aip ? EadForm::aip_document
                                           : EadForm::dip_document;
  else if (starts_without_case(name, "EAD_pic_"))
    form = sip ? EadForm::sip_picture : file_aip ? EadForm::aip_picture : EadForm::arc_picture;
  else if (starts_without_case(name, "EAD_media_"))
    form = sip ? EadForm::sip_media : file_aip ? EadForm::aip_media : EadForm::arc_media;
  else
    return false;
  return starts_without_case(name.substr(name.size() < 4 ? 0 : name.size() - 4), ".xml");
}

Documents::Documents(const PackageSort& sort, const FileFacts& file, std::uint64_t expected, Report& report)
    : sort_(sort), file_(file), report_(report) {
  ordinals_.reserve(expected);
  codes_.reserve(expected);
}

// An AIP's document may leave out the code of the archive that stands before the file's (c).
bool Documents::belongs(const std::string& prefix) const {
  if (prefix == file_.code) return true;
  if (sort_.kind != PackageKind::aip || !file_.code.ends_with('.' + prefix)) return false;
  // What is left of it begins with the organ and has the year: no mere end of the code.
  const auto parts = parts_of(prefix);
  return !parts.empty() && !parts[0].empty() && !is_number(parts[0]) && !is_year(parts[0]) &&
         std::any_of(parts.begin() + 1, parts.end(), [](std::string_view part) { return is_year(part); });
}

// P38: the year is the part of the code that one product in use got wrong in every document.
void Documents::check_year(const std::string& prefix, long line, const std::string& path, const char* basis) {
  const auto own = parts_of(prefix);
  auto file = parts_of(file_.code);
  if (sort_.kind == PackageKind::aip && file.size() > own.size())
    file.erase(file.begin(), file.begin() + static_cast<std::ptrdiff_t>(file.size() - own.size()));
  if (own.size() == file.size()) {
    int differing = 0;
    std::size_t where = 0;
    for (std::size_t i = 0; i < own.size(); ++i)
      if (own[i] != file[i]) {
        ++differing;
        where = i;
      }
    if (differing == 1 && is_year(own[where]) && is_year(file[where])) {
      report_.add(Level::error, "P38", {path, line},
                  say("p38", {{"year", std::string(own[where])}, {"file", std::string(file[where])}}),
                  say("p38.hint"), basis);
      return;
    }
  }
  report_.add(Level::error, "TT05-EAD-docCode", {path, line},
              say("doccode.file", {{"code", shown(prefix)}, {"file", shown(file_.code)}}), say("p38.hint"),
              basis);
}

void Documents::check_code(const std::string& code, const EadRecord& record, const std::string& element,
                           const std::string& path) {
  const long line = record.line(element);
  const char* basis = sort_.kind == PackageKind::sip ? "TT 05/2025 PL III; P38" : "TT 05/2025 PL I; P38";
  const std::size_t dot = code.rfind('.');
  const std::string ordinal = dot == std::string::npos ? "" : code.substr(dot + 1);
  if (ordinal.size() != 7 || !is_number(ordinal)) {
    report_.add(sort_.batch ? Level::warning : Level::error, "TT05-EAD-docCode", {path, line},
                say("doccode.ordinal", {{"code", shown(code)}}), say("p38.hint"), basis);
    return;
  }
  std::uint32_t number = 0;
  std::from_chars(ordinal.data(), ordinal.data() + ordinal.size(), number);
  const std::string given = record.value("docOrdinal");
  std::uint32_t said = 0;
  if (!given.empty() && std::from_chars(given.data(), given.data() + given.size(), said).ec == std::errc() &&
      said != number)
    report_.add(Level::error, "TT05-EAD-docOrdinal", {path, record.line("docOrdinal")},
                say("docordinal", {{"ordinal", shown(given)}, {"code", shown(code)}}), say("p38.hint"),
                basis);
  if (sort_.batch || sort_.kind == PackageKind::dip) return;  // documents of many files, or of none
  {
    const std::lock_guard hold(guard_);
    ordinals_.push_back(number);
  }
  if (file_.read && !file_.code.empty() && !belongs(code.substr(0, dot)))
    check_year(code.substr(0, dot), line, path, basis);
}

void Documents::take(EadForm form, const EadRecord& record, const std::string& path) {
  check_fields(form, record, path, report_);
  std::string element = record.find("docCode") != nullptr ? "docCode" : "arcDocCode";
  const std::string code = record.value(element);
  if (!code.empty()) {
    check_code(code, record, element, path);
  } else if (const std::string given = record.value("docOrdinal"); is_number(given) && !sort_.batch) {
    std::uint32_t number = 0;
    if (std::from_chars(given.data(), given.data() + given.size(), number).ec == std::errc()) {
      const std::lock_guard hold(guard_);
      ordinals_.push_back(number);
      uncoded_ = true;
    }
  }
  const std::string parent = record.value("arcFileCode");
  if (!parent.empty() && file_.read && !file_.code.empty() && parent != file_.code && !sort_.batch)
    report_.add(Level::error, "TT05-EAD-arcFileCode", {path, record.line("arcFileCode")},
                say("arcfilecode", {{"code", shown(parent)}, {"file", shown(file_.code)}}), say("p38.hint"),
                basis_of(form));
  const auto date = tt05_date(record.value("issuedDate"), true);
  // Of dates that are known in part the years can be compared.
  const bool whole = date && date->whole() && file_.start.whole() && file_.end.whole();
  const bool outside = whole ? *date < file_.start || *date > file_.end
                             : date && ((!file_.start.empty() && date->year < file_.start.year) ||
                                        (!file_.end.empty() && date->year > file_.end.year));
  if (outside)
    report_.add(Level::warning, "TT05-EAD-issuedDate", {path, record.line("issuedDate")},
                say("outside", {{"date", text::to_dmy(*date)},
                                {"start", text::to_dmy(file_.start)},
                                {"end", text::to_dmy(file_.end)}}),
                say("field.hint"), "D8; TT 05/2025 Đ24");
  const std::string pages = record.value("numberOfPage"), id = record.value("docId");
  const std::lock_guard hold(guard_);
  std::uint32_t count = 0;
  if (is_number(pages) && pages.size() <= 6)
    std::from_chars(pages.data(), pages.data() + pages.size(), count);
  else if (form < EadForm::sip_picture)  // photos and recordings have no pages
    pages_known_ = false;
  pages_ += count;
  const auto number = static_cast<std::uint32_t>(paths_.size());
  paths_.push_back(path.substr(path.rfind('/') + 1));
  if (!id.empty()) ids_.push_back({brief_key(id), static_cast<std::uint32_t>(record.line("docId")), number});
  if (!code.empty())
    codes_.push_back({brief_key(code), static_cast<std::uint32_t>(record.line(element)), number});
}

void Documents::report_twice(std::vector<Seen>& seen, const char* code, const char* element) {
  // By the files' names, so that the outcome is the same for any order of threads.
  std::sort(seen.begin(), seen.end(), [this](const Seen& a, const Seen& b) {
    return a.key != b.key ? a.key < b.key : paths_[a.path] < paths_[b.path];
  });
  for (std::size_t i = 1; i < seen.size(); ++i)
    if (seen[i].key == seen[i - 1].key)
      report_.add(Level::error, code,
                  {"representations/rep1/metadata/descriptive/" + paths_[seen[i].path], seen[i].line},
                  say("twice", {{"element", element}, {"other", shown(paths_[seen[i - 1].path])}}),
                  say("p38.hint"), "D4; TT 05/2025 PL I-V");
}

void Documents::settle(const std::string& ead_path, std::uint64_t documents) {
  report_twice(ids_, "TT05-EAD-docId", "docId");
  report_twice(codes_, "TT05-EAD-docCode", "docCode");
  // Where a document could not be read, sums and rows with a gap say nothing against the package.
  const bool all_read = paths_.size() == documents;
  if (!file_.read) return;
  std::uint64_t total = 0;
  if (is_number(file_.total) &&
      std::from_chars(file_.total.data(), file_.total.data() + file_.total.size(), total).ec == std::errc() &&
      total != documents)
    report_.add(Level::error, "TT05-EAD-totalDoc", {ead_path, file_.total_line},
                say("totaldoc", {{"total", static_cast<std::int64_t>(total)},
                                 {"found", static_cast<std::int64_t>(documents)}}),
                say("p38.hint"), "D8; TT 05/2025 Đ24");
  std::uint64_t pages = 0;
  if (pages_known_ && all_read && documents > 0 && is_number(file_.pages) && file_.pages.size() < 19 &&
      std::from_chars(file_.pages.data(), file_.pages.data() + file_.pages.size(), pages).ec == std::errc() &&
      pages != pages_)
    report_.add(Level::warning, "TT05-EAD-numberOfPage", {ead_path, file_.pages_line},
                say("pages", {{"total", static_cast<std::int64_t>(pages)},
                              {"found", static_cast<std::int64_t>(pages_)}}),
                say("field.hint"), "D8; TT 05/2025 Đ24");
  if (!all_read || sort_.batch || sort_.kind == PackageKind::dip) return;
  // D4: from 1 without gaps, each once. Equal codes are told above.
  std::sort(ordinals_.begin(), ordinals_.end());
  const auto twice = std::adjacent_find(ordinals_.begin(), ordinals_.end());
  if (uncoded_ && twice != ordinals_.end())
    report_.add(Level::error, "D4", {ead_path}, say("ordinal.twice", {{"ordinal", std::to_string(*twice)}}),
                say("p38.hint"), "D4; TT 05/2025 PL I, III");
  ordinals_.erase(std::unique(ordinals_.begin(), ordinals_.end()), ordinals_.end());
  for (std::size_t i = 0; i < ordinals_.size(); ++i)
    if (ordinals_[i] != i + 1) {
      report_.add(Level::error, "D4", {ead_path}, say("gap", {{"ordinal", std::to_string(i + 1)}}),
                  say("p38.hint"), "D4; TT 05/2025 PL I, III");
      break;
    }
}

}  // namespace vtlt::package
