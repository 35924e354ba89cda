#include "package/check_report.h"

#include <algorithm>
#include <tuple>

#include "text/text.h"

namespace vtlt::package {

std::string shown(std::string_view bytes) {
  constexpr std::size_t longest = 240;
  if (bytes.size() <= longest) return text::printable(bytes);
  // Cut before printing: a value may be as long as the file it stands in.
  std::size_t end = longest;
  while (end > 0 && (static_cast<unsigned char>(bytes[end]) & 0xC0) == 0x80)
    --end;
  return text::printable(bytes.substr(0, end)) + "…";
}

Message say(const char* key, std::vector<std::pair<std::string, MessageArg>> args) {
  return Message(std::string("package.check.") + key, std::move(args));
}

std::uint64_t stands_for(const Finding& finding) {
  if (finding.message.key != "package.check.more") return 1;
  for (const auto& [name, value] : finding.message.args)
    if (const auto* count = std::get_if<std::int64_t>(&value)) return static_cast<std::uint64_t>(*count);
  return 1;
}

bool Report::may_lie_unread(const Place& place, const Message& what) const {
  using namespace std::string_view_literals;
  static constexpr auto sums = {"package.check.bag.oxum"sv, "package.check.totaldoc"sv,
                                "package.check.pages"sv};
  static constexpr auto absences = {"package.check.missing"sv,
                                    "package.check.member.absent"sv,
                                    "package.check.rep1.absent"sv,
                                    "package.check.document.none"sv,
                                    "package.check.data.none"sv,
                                    "package.check.schemas.none"sv,
                                    "package.check.representation.none"sv,
                                    "package.check.bag.missing"sv,
                                    "package.check.bag.hole"sv,
                                    "package.check.bag.nomanifest"sv};
  const auto among = [&what](const auto& keys) {
    return std::find(keys.begin(), keys.end(), what.key) != keys.end();
  };
  if (among(sums)) return true;
  if (!among(absences)) return false;
  const std::string* path = &place.path;
  for (const auto& [name, value] : what.args)
    if (name == "path" && std::holds_alternative<std::string>(value)) path = &std::get<std::string>(value);
  // Some say of a folder, or of the whole package, that it has none.
  return std::any_of(unread_folders_.begin(), unread_folders_.end(), [&](const std::string& folder) {
    return path->empty() || path->starts_with(folder) || folder.starts_with(*path);
  });
}

void Report::add(Level level, std::string code, const Place& place, Message what, Message hint,
                 std::string basis) {
  if (!unread_folders_.empty() && may_lie_unread(place, what)) return;
  const std::lock_guard hold(guard_);
  if (level == Level::error) ++errors_;
  Count& count = counts_[code];
  count.level = std::max(count.level, level);
  if (++count.found > kept_) return;
  findings_.push_back({std::move(code), level, ref_, shown(place.path), place.line, std::move(what),
                       std::move(hint), std::move(basis)});
}

void Report::add_once(Level level, const std::string& code, const Place& place, Message what, Message hint,
                      std::string basis) {
  {
    const std::lock_guard hold(guard_);
    if (!once_.emplace(code + '\n' + place.path, true).second) return;
  }
  add(level, code, place, std::move(what), std::move(hint), std::move(basis));
}

void Report::unread_folder(const std::string& path, const Error& error) {
  unread(path, error);
  unread_folders_.push_back(path);
}

void Report::unread(const std::string& path, const Error& error) {
  complete_ = false;
  if (error.code().starts_with("VTLT-ZIP-") || error.code().starts_with("VTLT-TAR-")) {
    // Not the disk but the package is broken.
    add_once(Level::error, error.code(), {path}, error.message(), say("archive.hint"));
    return;
  }
  if (error.code() == "VTLT-METS-CROWD") {  // nor is it the disk here
    add_once(Level::error, error.code(), {path}, error.message(), say("repack.hint"));
    return;
  }
  add(Level::warning, error.code(), {path}, say("unread", {{"reason", error.code()}}), say("unread.hint"));
}

std::vector<Finding> Report::take(bool strict) {
  const std::lock_guard hold(guard_);
  for (const auto& [code, count] : counts_)
    if (count.found > kept_)
      findings_.push_back({code,
                           count.level,
                           ref_,
                           "",
                           0,
                           say("more", {{"count", static_cast<std::int64_t>(count.found - kept_)}}),
                           {},
                           ""});
  if (strict)
    for (Finding& finding : findings_)
      // What could not be read is no fault of the package: it stays exit 4.
      if (finding.level == Level::warning && !finding.code.starts_with("VTLT-IO-"))
        finding.level = Level::error;
  std::stable_sort(findings_.begin(), findings_.end(), [](const Finding& a, const Finding& b) {
    return std::tie(a.path, a.line, a.code) < std::tie(b.path, b.line, b.code);
  });
  return std::move(findings_);
}

}  // namespace vtlt::package
