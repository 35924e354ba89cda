// vtlt show of a hồ sơ: its data and what is in it.
#include "output.h"
#include "repository/adopting.h"
#include "repository/planning.h"
#include "show.h"
#include "text/text.h"
#include "views.h"

namespace vtlt::cmd {

std::string access_name(const Context& context, const std::string& access) {
  return access.empty() ? "" : context.text(Message("access." + access));
}

void show_submission(Context& context, Report& report, repository::Repository& repository,
                     const catalogue::SubmissionRow& row) {
  const auto& s = row.submission;
  report.say(Message("cmd.show.submission", {{"name", s.name},
                                             {"date", text::to_dmy(s.date)},
                                             {"files", row.listed + row.taken + row.returned},
                                             {"taken", row.taken},
                                             {"listed", row.listed},
                                             {"returned", row.returned},
                                             {"kept", row.kept_back}}));
  const auto person = [](const std::string& name, const std::string& post) {
    return post.empty() ? name : name + " (" + post + ")";
  };
  Details details;
  details.add(Message("field.giver"), person(s.giver, s.giver_post));
  details.add(Message("field.unit"), s.giver_unit);
  details.add(Message("field.receiver"), person(s.receiver, s.receiver_post));
  details.add(Message("field.leaving"), s.leaving);
  details.add(Message("field.block"), s.block);
  details.add(Message("field.basis"), s.basis);
  details.add(Message("field.condition"), s.condition);
  details.add(Message("field.note"), s.note);
  details.add(Message("field.id"), context.globals.verbose ? s.id.text() : s.id.brief());
  details.show(context, report);
  std::vector<std::string> rows;
  for (const auto& one : repository.catalogue().files_of_submission(s.id)) {
    const auto file = repository.catalogue().file(one.file);
    if (!file) continue;
    const std::string name = name_of(file->file), until = text::to_dmy(text::from_iso(one.until).value_or(text::Date{}));
    const std::string day = text::to_dmy(text::from_iso(one.day).value_or(text::Date{}));
    std::string line = text::pad(std::to_string(one.ordinal), 5, true) + "  " + text::pad(name, 12) + "  " +
                       text::pad(step_name(context, one.step), 9) + "  " + file->file.title;
    if (one.step == records::SubmissionStep::kept_back)
      line += "  (" + context.text(Message("field.kept_until")) + " " + until + "; " + one.consent + ": " + one.reason + ")";
    else if (one.step == records::SubmissionStep::returned)
      line += "  (" + day + ": " + one.reason + ")";
    report.say_text(line);
    rows.push_back(Object()
                       .add("ordinal", one.ordinal)
                       .add("file", name)
                       .add("step", records::step_text(one.step))
                       .add("day", one.day)
                       .add("reason", one.reason)
                       .add("consent", one.consent)
                       .add("until", one.until)
                       .text());
  }
  if (row.listed > 0) report.next("vtlt file take " + s.name);
  report.result(Object(json_of(row)).raw("files", array(rows)).text());
}

namespace {

// "2 lần, gần nhất 06/11/2026: tiêu đề (đặt lại cho đúng)"; the whole history is the log's.
std::string amendments(const Context& context, repository::Repository& repository, const records::Id& file) {
  std::int64_t count = 0;
  std::optional<catalogue::LogRow> last;
  for (const auto& touch : repository.catalogue().touches(file)) {
    const auto event = repository.catalogue().event(touch.stream, touch.seq);
    if (!event || event->type != journal::type::file_amended) continue;
    ++count;
    last = event;
  }
  if (!last) return {};
  std::string fields, reason;
  if (const auto said = repository::file_event(repository, file, last->stream, last->seq)) {
    for (const auto& field : said->fields)
      if (field != "term_source") fields += (fields.empty() ? "" : ", ") + context.text(Message("amend." + field));
    reason = said->reason;
  }
  const std::string what = fields + (reason.empty() ? "" : " (" + reason + ")");
  return context.text(Message("cmd.show.amended", {{"count", count}, {"time", time_shown(last->time).substr(0, 10)}, {"what", what}}));
}

}  // namespace

std::string tell_uses(Context& context, Report& report, catalogue::Catalogue& catalogue, const records::Id& thing) {
  std::vector<std::string> rows;
  for (const auto& row : catalogue.uses_of(thing)) {
    rows.push_back(json_of(row));
    const auto& u = row.use;
    std::string line = "  " + context.text(Message("cmd.show.use")) + " " + text::to_dmy(u.from) + ": " + u.by + ", " +
                       context.text(Message("use.copy." + std::string(records::use_copy_text(u.copy))));
    if (!row.returned.empty())
      line += ", " + context.text(Message("cmd.show.use.back", {{"returned", text::to_dmy(row.returned)}}));
    else if (records::comes_back(u))
      line += ", " + context.text(u.due.empty() ? Message("cmd.show.use.away")
                                                : Message("cmd.show.use.due", {{"due", text::to_dmy(u.due)}}));
    if (!u.basis.empty()) line += " (" + u.basis + ")";
    report.say_text(line);
  }
  return rows.empty() ? std::string() : array(rows);
}

void show_file(Context& context, Report& report, repository::Repository& repository,
               const catalogue::FileRow& row) {
  const auto& f = row.file;
  report.say_text(name_of(f) + "  " + f.title + "  (" + state_name(context, f.state) + ")");
  Details details;
  const auto fonds = repository.catalogue().fonds(f.fonds);
  details.add(Message("field.code"), fonds ? records::file_code(fonds->fonds, f) : "");
  details.add(Message("field.class"), f.class_no);
  const std::string source = repository::term_basis(repository, f);
  details.add(Message("field.term"),
              records::term_text(f.term) + (source.empty() ? "" : " (" + source + ")"));
  details.add(Message("field.ended"), f.ended == 0 ? "" : std::to_string(f.ended));
  details.add(Message("field.closed_on"), text::to_dmy(f.closed_on));
  details.add(Message("field.officer"), f.officer);
  details.add(Message("field.dates"),
              f.start.empty() && f.end.empty() ? "" : text::to_dmy(f.start) + " - " + text::to_dmy(f.end));
  details.add(Message("field.access"), access_name(context, f.access));
  details.add(Message("field.language"), f.language);
  details.add(Message("field.keyword"), f.keyword);
  details.add(Message("field.confidence"), f.confidence);
  details.add(Message("field.paper_code"), f.paper_code);
  details.add(Message("field.sheets"), f.sheets == 0 ? "" : std::to_string(f.sheets));
  details.add(Message("field.inventory"), f.inventory);
  details.add(Message("field.condition"), f.condition);
  // What was sorted out lies in its bundle; the box is where it was found.
  const bool out = !f.rejected.empty();
  if (out) {
    details.add(Message("field.bundle"), context.text(Message("cmd.reject.place", {{"bundle", f.bundle}, {"volume", f.volume}})));
    details.add(Message("field.rejected"), f.rejected);
  }
  if (const auto box = f.box ? repository.catalogue().box(*f.box) : std::nullopt)
    details.add(Message(out ? "field.taken_from" : "field.box"),
                out ? context.text(Message("cmd.show.taken_from", {{"box", box->number}})) : box->number);
  if (const auto submission = repository.catalogue().submission_of(f.id)) {
    const auto& [handed, one] = *submission;
    std::string words = handed.submission.name + " (";
    if (one.step == records::SubmissionStep::kept_back)
      words += context.text(Message("field.kept_until")) + " " +
               text::to_dmy(text::from_iso(one.until).value_or(text::Date{})) + ", " + one.consent;
    else
      words += step_name(context, one.step);
    if (one.step == records::SubmissionStep::returned) words += ": " + one.reason;
    details.add(Message("field.submission"), words + ")");
  }
  details.add(Message("field.note"), f.note);
  details.add(Message("field.amended"), amendments(context, repository, f.id));
  details.add(Message("field.id"), context.globals.verbose ? f.id.text() : f.id.brief());
  details.show(context, report);
  std::vector<std::string> rows;
  for (const auto& filed : repository.catalogue().documents_of(f.id)) {
    const auto& d = filed.document.document;
    rows.push_back(Object().add("ordinal", filed.ordinal).raw("document", json_of(filed.document)).text());
    std::string line = text::pad(std::to_string(filed.ordinal), 5, true) + "  " +
                       text::pad(d.own.text(), 16) + "  " + text::pad(text::to_dmy(d.date), 10) + "  " +
                       type_and_subject(d.type, d.subject);
    if (filed.document.components == 0) line += "  " + context.text(Message("cmd.show.without"));
    report.say_text(line);
  }
  if (rows.empty()) report.lacks(Message("cmd.show.empty_file"));
  Object object(json_of(row));
  object.raw("contents", array(rows));
  if (const std::string uses = tell_uses(context, report, repository.catalogue(), f.id); !uses.empty()) object.raw("uses", uses);
  report.result(object.text());
}

}  // namespace vtlt::cmd
