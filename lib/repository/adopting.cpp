#include "repository/adopting.h"

#include <algorithm>

#include "base/error.h"
#include "repository/state.h"
#include "scheme/node.h"
#include "text/text.h"

namespace vtlt::repository {
namespace {

records::Date today() {
  return text::from_iso(to_date(now())).value_or(records::Date{});
}

// What the flags and the file say of the decision must agree: the journal cites it for good.
void settle_decision(const AdoptRequest& request, AdoptResult& result) {
  result.number = request.number.empty() ? result.scheme.adopted_number : text::nfc(request.number);
  result.date = request.date.empty() ? result.scheme.adopted_date : request.date;
  if (result.number.empty() || result.date.empty())
    throw Error(Exit::usage, "VTLT-SCHEME-96", Message("repository.scheme.no_decision"),
                Message("repository.scheme.no_decision.hint"));
  const auto& scheme = result.scheme;
  const bool other_number =
      !scheme.adopted_number.empty() && text::fold(scheme.adopted_number) != text::fold(result.number);
  const bool other_date = !scheme.adopted_date.empty() && scheme.adopted_date != result.date;
  if (other_number || other_date)
    throw Error(Exit::refused, "VTLT-SCHEME-95",
                Message("repository.scheme.other_decision",
                        {{"path", text::printable(request.name)},
                         {"theirs", scheme.adopted_number + " " + text::to_dmy(scheme.adopted_date)},
                         {"ours", result.number + " " + text::to_dmy(result.date)}}),
                Message("repository.scheme.other_decision.hint"));
  if (!result.date.whole() || result.date > today())
    throw Error(Exit::refused, "VTLT-SCHEME-97",
                Message("repository.scheme.decision_date", {{"date", text::to_dmy(result.date)}}));
}

records::Fonds renewed(records::Fonds fonds, const scheme::Scheme& scheme) {
  fonds.name = scheme.fonds_name;
  fonds.organ = scheme.organ;
  fonds.archive = scheme.archive;
  fonds.regime = scheme.regime;
  return fonds;
}

// The bytes stand under their digest and are synced before any event names them; a damaged file is put right.
void keep_scheme(Repository& repository, const std::string& text, const std::string& sha) {
  const Path path = repository.root() / "schemes" / (sha + ".yaml");
  Files& files = repository.files();
  if (const auto stat = files.stat(path, false);
      stat && stat->size == text.size() && read_whole(files, path, text.size()) == text)
    return;
  write_whole(files, path, text, SyncPoint::scheme);
}

}  // namespace

catalogue::FondsRow fonds_of_scheme(Repository& repository, const std::string& code,
                                    const scheme::Scheme& scheme) {
  if (code.empty())
    for (auto& row : repository.catalogue().fonds())
      if (row.fonds.code == scheme.fonds_code) return row;
  return repository.fonds(code);
}

Affected affected_files(Repository& repository, const records::Id& fonds, const scheme::Scheme& before,
                        const scheme::Scheme& after, std::size_t most) {
  struct Terms {
    bool changed = false;
    records::Term before, after;
  };
  std::map<std::string, Terms> rules;
  Affected result;
  repository.catalogue().files(fonds, 0, std::nullopt, [&](const catalogue::FileRow& row) {
    if (row.file.rule.empty()) return;
    auto [place, fresh] = rules.emplace(row.file.rule, Terms{});
    Terms& change = place->second;
    if (fresh) {
      const auto* old = before.find_rule(row.file.rule);
      const auto* now = after.find_rule(row.file.rule);
      if (old != nullptr) change.before = old->term;
      if (now != nullptr) change.after = now->term;
      change.changed = change.before != change.after;
    }
    if (!change.changed) return;
    ++result.files;
    if (result.first.size() < most) result.first.push_back({row, change.before, change.after});
  });
  return result;
}

AdoptResult adopt_scheme(Repository& repository, const AdoptRequest& request) {
  AdoptResult result;
  result.scheme = sound_scheme(request.text, request.name);
  settle_decision(request, result);
  const std::string sha = sha256(request.text).hex();
  catalogue::FondsRow row;
  journal::HolidaysSet holidays;
  const auto decide = [&] {
    row = fonds_of_scheme(repository, request.fonds, result.scheme);
    if (row.fonds.code != result.scheme.fonds_code)
      throw Error(Exit::refused, "VTLT-SCHEME-94",
                  Message("repository.scheme.other_fonds", {{"path", text::printable(request.name)},
                                                            {"theirs", result.scheme.fonds_code},
                                                            {"fonds", row.fonds.code},
                                                            {"name", row.fonds.name}}),
                  Message("repository.scheme.other_fonds.hint"));
    result.before = row.fonds;
    result.fonds = renewed(row.fonds, result.scheme);
    result.differences.clear();
    result.affected = {};
    if (!row.scheme.empty()) {
      const scheme::Scheme& before = repository.scheme(row.fonds.id);
      result.differences = scheme::compare(before, result.scheme);
      result.affected = affected_files(repository, row.fonds.id, before, result.scheme);
    }
    const std::string decision = result.number + " " + text::to_dmy(result.date);
    result.changed = row.scheme != sha || row.decision != decision;
    if (!request.holidays) return;
    holidays = *request.holidays;
    holidays.fonds = row.fonds.id;
    result.holidays_changed = journal::encode(holidays) != journal::encode(repository.catalogue().holidays(row.fonds.id));
  };
  if (request.dry_run) {
    decide();
    return result;
  }
  Change change(repository);
  decide();
  keep_scheme(repository, request.text, sha);
  if (!result.changed && !result.holidays_changed) return result;
  if (result.changed) {
    if (journal::encode(result.fonds) != journal::encode(result.before))
      change.add(journal::type::fonds_opened, journal::encode(result.fonds));
    // What it was called before stays known (records-practice.md 5.5).
    if (result.fonds.name != result.before.name || result.fonds.organ != result.before.organ)
      change.add(journal::type::fonds_named,
                 journal::encode(records::FondsName{result.fonds.id, result.before.organ, result.before.name,
                                                    result.before.opened, row.decision}));
    change.add(journal::type::scheme_adopted,
               journal::encode(
                   journal::SchemeAdopted{result.fonds.id, sha, result.scheme.id, result.number, result.date}));
  }
  if (result.holidays_changed) change.add(journal::type::holidays_set, journal::encode(holidays));
  change.commit();
  return result;
}

ConfirmResult confirm_rule(Repository& repository, const ConfirmRequest& request) {
  ConfirmResult result;
  const std::string against = text::nfc(request.against), by = text::nfc(request.by);
  const records::Date date = request.date.empty() ? today() : request.date;
  if (!date.whole() || date > today())
    throw Error(Exit::refused, "VTLT-TRAP-04",
                Message("repository.confirm.date", {{"date", text::to_dmy(date)}}));
  records::Id fonds;
  const auto decide = [&] {
    const auto row = repository.fonds(request.fonds);
    fonds = row.fonds.id;
    const scheme::Scheme& scheme = repository.scheme(fonds);
    const auto* rule = scheme.find_rule(request.rule);
    if (rule == nullptr) {
      std::vector<std::string_view> ids;
      for (const auto& one : scheme.rules)
        ids.push_back(one.id);
      const std::string near = scheme::nearest(request.rule, ids);
      throw Error(Exit::usage, "VTLT-P21",
                  Message("repository.rule.unknown", {{"rule", text::printable(request.rule)}}),
                  near.empty() ? Message{} : Message("scheme.hint.nearest", {{"word", near}}));
    }
    result.before = *rule;
    if (!scheme::names_text_in_force(against, rule->baseline()))
      throw Error(Exit::refused, "VTLT-TRAP-04",
                  Message("repository.confirm.repealed", {{"rule", rule->id}, {"against", against}}),
                  Message("repository.confirm.repealed.hint", {{"rule", rule->id}}));
    scheme::Scheme after;
    after.rules = {*rule};
    scheme::confirm(after, {{rule->id, against, by.empty() ? repository.options().actor : by,
                             text::to_iso(date), rule->term}});
    result.after = after.rules.front();
    result.changed = result.before.checked_against != result.after.checked_against ||
                     (!by.empty() && result.before.checked_by != by) ||
                     (!request.date.empty() && result.before.checked_on != result.after.checked_on);
    result.files = 0;
    repository.catalogue().files(fonds, 0, std::nullopt, [&](const catalogue::FileRow& file) {
      result.files += file.file.rule == rule->id ? 1 : 0;
    });
    // A Party fonds goes by the Party's rules first; a table of the State only serves for comparison (trap
    // 14).
    result.findings.clear();
    if (row.fonds.regime == "party" && !rule->table.empty())
      result.findings.push_back({"VTLT-TRAP-14",
                                 Level::warning,
                                 rule->id,
                                 {},
                                 0,
                                 Message("repository.confirm.party", {{"rule", rule->id}}),
                                 {},
                                 {}});
  };
  if (request.dry_run) {
    decide();
    return result;
  }
  Change change(repository);
  decide();
  if (!result.changed) return result;
  change.add(journal::type::scheme_rule_confirmed,
             journal::encode_fields({{"fonds", fonds.text()},
                                     {"rule", result.after.id},
                                     {"against", against},
                                     {"by", by},
                                     {"date", text::to_iso(date)},
                                     {"term", records::term_shorthand(result.after.term)}}));
  change.commit();
  repository.state().schemes.clear();
  return result;
}

std::string term_basis(Repository& repository, const records::FileRecord& file) {
  constexpr std::string_view unconfirmed = ", chưa đối chiếu";
  const std::string& source = file.term_source;
  if (file.rule.empty() || !std::string_view(source).ends_with(unconfirmed)) return source;
  const auto fonds = repository.catalogue().fonds(file.fonds);
  if (!fonds || fonds->scheme.empty()) return source;
  const auto* rule = repository.scheme(file.fonds).find_rule(file.rule);
  // The term the file has must be the one that was compared.
  return rule != nullptr && rule->term == file.term && scheme::settled(*rule) ? scheme::term_source(*rule)
                                                                              : source;
}

}  // namespace vtlt::repository
