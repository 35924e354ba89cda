// Series of numbers: what the head of the agency decided must give every document exactly one (P03, NĐ30
// Đ15).
#include <algorithm>
#include <map>
#include <set>

#include "scheme/check.h"
#include "text/text.h"

namespace vtlt::scheme {

namespace {

using records::Book;
constexpr const char* series_basis = "NĐ 30/2020/NĐ-CP Đ15.1; PL I phần I.II.3a";

bool copy_type(std::string_view type) {
  return type == "SY" || type == "SL" || type == "TrS";
}

void check_single_books(const Scheme& scheme, Findings& findings) {
  auto count = [&](Book book) {
    return std::count_if(scheme.series.begin(), scheme.series.end(),
                         [&](const Series& s) { return s.book == book; });
  };
  if (count(Book::in) == 0)
    add(findings,
        {"P06", Level::warning, "in", 0, Message("scheme.check.no_incoming"), {}, "NĐ 30/2020/NĐ-CP Đ22.2"});
  if (count(Book::out) == 0)
    add(findings, {"P03", Level::warning, "out", 0, Message("scheme.check.no_outgoing"), {}, series_basis});
  std::map<Book, std::string> first;
  for (const Series& series : scheme.series) {
    if (series.book != Book::in && series.book != Book::copy) continue;
    auto [place, fresh] = first.emplace(series.book, series.id);
    if (fresh) continue;
    bool in = series.book == Book::in;
    add(findings, {in ? "P06" : "P03",
                   Level::error,
                   series.id,
                   series.line,
                   Message(in ? "scheme.check.two_incoming" : "scheme.check.two_copies",
                           {{"series", series.id}, {"other", place->second}}),
                   {},
                   in ? "NĐ 30/2020/NĐ-CP Đ22.2" : "NĐ 30/2020/NĐ-CP PL I phần II.II.1c"});
  }
}

void check_types(const Scheme& scheme, const Series& series, Findings& findings) {
  for (const std::string& type : series.types) {
    if (copy_type(type) != (series.book == Book::copy)) {
      add(findings, {"P03",
                     Level::error,
                     series.id,
                     series.line,
                     Message("scheme.check.copy_type", {{"series", series.id}, {"type", type}}),
                     {},
                     "NĐ 30/2020/NĐ-CP PL III"});
      continue;
    }
    const auto* known = records::find_document_type(type);
    if (copy_type(type) || (known && known->abbreviation == type)) continue;
    // The Party's types are not NĐ30's; sector acts (TT, NĐ) have abbreviations of their own.
    Level level = scheme.regime == "party" || series.normative ? Level::note : Level::warning;
    add(findings,
        {"P07", level, series.id, series.line,
         Message("scheme.check.unknown_type", {{"series", series.id}, {"type", type}}),
         known ? Message("scheme.hint.nearest", {{"word", std::string(known->abbreviation)}}) : Message{},
         "NĐ 30/2020/NĐ-CP PL III"});
  }
}

// One document, two series: the number would depend on who registers it.
void check_overlaps(const Scheme& scheme, Findings& findings) {
  std::map<std::string, const Series*> owner;
  for (const Series& series : scheme.series) {
    if (series.book != Book::out && series.book != Book::internal) continue;
    std::vector<std::string> types = series.types;
    if (series.other) types = {"*other"};
    if (types.empty()) types = {"*any"};
    std::string scope = std::string(records::book_text(series.book)) + ' ' + text::fold_case(series.issuer) +
                        (series.normative ? " + " : " - ");
    for (const std::string& type : types) {
      auto [place, fresh] = owner.emplace(scope + text::fold_case(type), &series);
      if (fresh) continue;
      bool named = type[0] != '*';
      add(findings, {"P03",
                     Level::error,
                     series.id,
                     series.line,
                     Message(named ? "scheme.check.overlap_type" : "scheme.check.overlap",
                             {{"series", series.id}, {"other", place->second->id}, {"type", type}}),
                     {},
                     series_basis});
    }
    if (series.other && owner.count(scope + "*any"))
      add(findings, {"VTLT-SCHEME-37",
                     Level::warning,
                     series.id,
                     series.line,
                     Message("scheme.check.unreachable_series",
                             {{"series", series.id}, {"other", owner[scope + "*any"]->id}}),
                     {},
                     series_basis});
  }
}

void check_gaps(const Scheme& scheme, Findings& findings) {
  for (const records::Issuer& issuer : scheme.issuers) {
    bool any = false, rest = false;
    for (const Series& series : scheme.series) {
      if (series.book != Book::out || (!series.issuer.empty() && series.issuer != issuer.abbreviation))
        continue;
      any = true;
      rest = rest || (!series.normative && (series.other || series.types.empty()));
    }
    if (rest) continue;
    add(findings, {"P03",
                   Level::note,
                   issuer.abbreviation,
                   0,
                   Message(any ? "scheme.check.gap_types" : "scheme.check.gap_issuer",
                           {{"issuer", issuer.abbreviation}}),
                   {},
                   series_basis});
  }
}

}  // namespace

void check_series(const Scheme& scheme, Findings& findings) {
  check_single_books(scheme, findings);
  std::set<std::string> agencies;
  for (const Series& series : scheme.series)
    if (series.book == Book::out && !series.advisory) agencies.insert(series.issuer);
  for (const Series& series : scheme.series) {
    check_types(scheme, series, findings);
    // Trap 2: without a kept set the original of a permanent document goes with a ten-year file.
    if (series.book == Book::out && series.kept.empty())
      add(findings, {"VTLT-SCHEME-38",
                     Level::warning,
                     series.id,
                     series.line,
                     Message("scheme.check.no_kept", {{"series", series.id}}),
                     {},
                     "NĐ 30/2020/NĐ-CP Đ19.1"});
    if (series.advisory && agencies.count(series.issuer))
      add(findings, {"P03",
                     Level::warning,
                     series.id,
                     series.line,
                     Message("scheme.check.advisory", {{"series", series.id}, {"issuer", series.issuer}}),
                     {},
                     "NĐ 30/2020/NĐ-CP PL I phần I.II.3a"});
  }
  check_overlaps(scheme, findings);
  check_gaps(scheme, findings);
}

}  // namespace vtlt::scheme
