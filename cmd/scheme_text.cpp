#include "scheme_text.h"

#include <algorithm>

#include "exchange/file_list.h"
#include "prompt.h"
#include "scheme/holidays.h"
#include "text/text.h"
#include "trust/digest.h"

namespace vtlt::cmd {
namespace {

// Codes of TT05 stand in file names and XML: what cannot be one is said at once.
std::string internal_or_external(const Context& context, const TemplateOptions& o) {
  std::string mode = o.numbering;
  if (mode.empty()) mode = ask(context, Message("cmd.init.ask.numbering"), "--numbering", "1", true);
  if (mode == "1") mode = "external";
  if (mode == "2") mode = "internal";
  if (mode != "external" && mode != "internal")
    wrong_value("--numbering", mode, Message("cmd.expected.numbering"));
  return mode;
}

std::string submission(const Context& context, const TemplateOptions& o) {
  if (o.submission.empty())
    return ask_yes(context, Message("cmd.init.ask.submission"), true) ? "true" : "false";
  const std::string said = text::fold(o.submission);
  if (said == "yes" || said == "co") return "true";
  if (said == "no" || said == "khong") return "false";
  wrong_value("--submission", o.submission, Message("cmd.expected.yes_no"));
}

}  // namespace

void add_template_flags(Command& command, TemplateOptions& o) {
  command.value("--name", o.name, Message("option.init.name"), Message("value.text"));
  command.value("--organ", o.organ, Message("option.init.organ"), Message("value.code"));
  command.value("--code", o.code, Message("option.init.code"), Message("value.code"));
  command.value("--numbering", o.numbering, Message("option.init.numbering"), Message("value.numbering"));
  command.value("--system", o.system, Message("option.init.system"), Message("value.text"));
  command.value("--archive", o.archive, Message("option.init.archive"), Message("value.code"));
  command.value("--submission", o.submission, Message("option.init.submission"), Message("value.yes_no"));
}

std::vector<std::pair<std::string, std::string>> answers_given(const TemplateOptions& o) {
  std::vector<std::pair<std::string, std::string>> given;
  for (const auto& [flag, value] : {std::pair<const char*, const std::string&>{"--name", o.name},
                                    {"--organ", o.organ},
                                    {"--code", o.code},
                                    {"--numbering", o.numbering},
                                    {"--submission", o.submission},
                                    {"--archive", o.archive},
                                    {"--system", o.system}})
    if (!value.empty()) given.emplace_back(flag, value);
  return given;
}

bool is_template(const std::string& from) {
  const auto names = scheme::template_names();
  return std::find(names.begin(), names.end(), from) != names.end();
}

std::string filled_template(const Context& context, const TemplateOptions& o, std::string& name) {
  name = o.name.empty() ? ask(context, Message("cmd.init.ask.name"), "--name", "", true) : text::nfc(o.name);
  std::string organ =
      o.organ.empty() ? ask(context, Message("cmd.init.ask.organ"), "--organ", "", false) : o.organ;
  if (!organ.empty() && records::organ_code_form(organ) == records::OrganCodeForm::invalid)
    wrong_value("--organ", organ, Message("cmd.expected.organ"));
  const std::string mode = internal_or_external(context, o);
  std::string system = o.system;
  if (mode == "external" && system.empty()) system = context.text(Message("cmd.init.system"));
  return scheme::fill_template(o.from, {{"name", name},
                                        {"organ", organ},
                                        {"code", o.code.empty() ? "P01" : o.code},
                                        {"mode", mode},
                                        {"system", system},
                                        {"submission", submission(context, o)},
                                        {"archive", o.archive}});
}

std::string read_scheme_file(Context& context, const std::string& path) {
  if (!context.files().stat(path)) {
    std::string names;
    for (const std::string& name : scheme::template_names())
      names += (names.empty() ? "" : ", ") + name;
    throw Error(Exit::usage, "VTLT-USE-03",
                Message("cmd.init.no_scheme", {{"from", text::printable(path)}, {"names", names}}));
  }
  return read_whole(context.files(), path, 4u << 20);
}

std::vector<scheme::ListLine> read_file_lines(Context& context, const std::string& path, const std::string& sheet) {
  if (!context.files().stat(path))
    throw Error(Exit::usage, "VTLT-USE-05", Message("cmd.no_file", {{"path", text::printable(path)}}));
  const std::string bytes = read_whole(context.files(), path, 64u << 20);
  exchange::TableOptions options;
  options.sheet = sheet;
  std::vector<scheme::ListLine> lines;
  exchange::read_file_list(bytes, Path(path).filename().string(), options, [&](exchange::FileListRow&& row) {
    lines.push_back({row.row, std::move(row.notation), std::move(row.title), std::move(row.term),
                     std::move(row.officer), std::move(row.note), std::move(row.rule)});
  });
  return lines;
}

std::string scheme_in_use(repository::Repository& repository, const catalogue::FondsRow& fonds) {
  repository.scheme(fonds.fonds.id);  // says what is wrong when there is none
  const Path path = repository.root() / "schemes" / (fonds.scheme + ".yaml");
  if (!repository.files().stat(path, false))
    throw Error(Exit::no_verdict, "VTLT-SCHEME-91",
                Message("repository.scheme.missing", {{"path", path.string()}}))
        .at(path.string());
  std::string text = read_whole(repository.files(), path, 8u << 20);
  if (sha256(text).hex() != fonds.scheme)
    throw Error(Exit::no_verdict, "VTLT-SCHEME-92",
                Message("repository.scheme.changed", {{"path", path.string()}}))
        .at(path.string());
  return text;
}

std::optional<journal::HolidaysSet> holidays_beside(Context& context, const std::string& scheme_file,
                                                    const scheme::Scheme& scheme, std::vector<Finding>& findings) {
  if (scheme_file.empty() || scheme.holidays.empty()) return std::nullopt;
  const Path path = Path(scheme_file).parent_path() / scheme.holidays;
  const auto stat = context.files().stat(path);
  if (!stat || stat->kind != FileKind::file) {
    findings.push_back({"P05", Level::warning, scheme.holidays, text::printable(scheme_file), 0,
                        Message("scheme.holidays.absent", {{"path", text::printable(path.string())}}), {},
                        "NĐ 30/2020/NĐ-CP Đ15.2"});
    return std::nullopt;
  }
  const auto file = scheme::read_holidays({path.string(), read_whole(context.files(), path, 1u << 20)});
  journal::HolidaysSet set;
  set.name = text::nfc(path.filename().string());
  set.basis = file.basis;
  set.off.assign(file.days.off.begin(), file.days.off.end());
  set.work.assign(file.days.work.begin(), file.days.work.end());
  return set;
}

}  // namespace vtlt::cmd
