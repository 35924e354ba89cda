// What a reader gets: who may have it, until when, and the papers that go with it (TT05 Đ32-42).
#include "base/error.h"
#include "exchange/forms.h"
#include "package/ead.h"
#include "records/printed.h"
#include "records/uses.h"
#include "repository/packing_parts.h"
#include "repository/state.h"
#include "repository/uses.h"
#include "text/text.h"

namespace vtlt::repository {
namespace {

using package::CopyLevel;

constexpr int kDays = 15;  // Đ37, Đ40

records::UseCopy copy_of(CopyLevel level) {
  return level == CopyLevel::authenticated || level == CopyLevel::certified ? records::UseCopy::certified
                                                                            : records::UseCopy::electronic;
}

text::Date until_of(const DipUse& use) {
  if (!use.request.until.empty()) return use.request.until;
  const bool bound = use.copy == CopyLevel::reading || use.copy == CopyLevel::plain;
  return bound ? text::add_days(use.request.date, kDays) : text::Date{};
}

// What the level of the copy means to who has it, in the package itself.
std::string level_words(const DipUse& use) {
  const std::string until = text::to_dmy(until_of(use));
  const std::string term = until.empty() ? "" : "; sử dụng đến hết ngày " + until;
  switch (use.copy) {
    case CopyLevel::reading:
      return "Bản đọc: chỉ xem, không sao chép" + term + ", xóa chậm nhất 05 ngày sau đó";
    case CopyLevel::plain:
      return "BẢN SAO không có xác thực" + term;
    case CopyLevel::authenticated:
      return "BẢN SAO có xác thực của cơ quan lưu trữ" + term;
    case CopyLevel::certified:
      return "Tài liệu lưu trữ có xác thực, kèm giấy xác thực" + term;
  }
  return {};
}

// Of days that cannot be meant: most often a year that was typed wrongly.
void judge_days(const DipUse& use, const text::Date& today, std::vector<Finding>& findings) {
  const auto warn = [&](const char* key, const text::Date& date) {
    findings.push_back(
        warning("VTLT-DIP-03", Message(key, {{"date", text::to_dmy(date)}}), "TT 05/2025 Đ37, Đ40"));
  };
  if (use.request.date > today) warn("repository.dip.ahead", use.request.date);
  const text::Date until = until_of(use);
  if (!until.empty() && until < today) warn("repository.dip.ended", until);
}

void judge_terms(const DipUse& use, const text::Date& today, std::vector<Finding>& findings) {
  judge_days(use, today, findings);
  if (use.request.until.empty()) return;
  if (use.request.until < use.request.date)
    throw Error(Exit::usage, "VTLT-DIP-01", Message("repository.dip.until_before"));
  const text::Date last = text::add_days(std::max(today, use.request.date), kDays);
  if (use.request.until <= last) return;
  const Message message("repository.dip.days",
                        {{"until", text::to_dmy(use.request.until)}, {"last", text::to_dmy(last)}});
  if (use.copy == CopyLevel::reading)
    throw Error(Exit::refused, "VTLT-DIP-01", message,
                Message("repository.dip.days.hint", {{"last", text::to_dmy(last)}}));
  if (use.copy == CopyLevel::plain) findings.push_back(warning("VTLT-DIP-01", message, "TT 05/2025 Đ40"));
}

// Đ41-42: the agency's signature makes it one; that comes from outside.
void say_unsigned(const DipUse& use, std::vector<Finding>& findings) {
  const bool marked = use.copy == CopyLevel::plain || use.copy == CopyLevel::authenticated;
  if (use.copy == CopyLevel::reading) return;
  const char* basis = use.copy == CopyLevel::plain           ? "TT 05/2025 Đ40"
                      : use.copy == CopyLevel::authenticated ? "TT 05/2025 Đ41"
                                                             : "TT 05/2025 Đ42";
  findings.push_back(warning("VTLT-DIP-02", Message(marked ? "repository.dip.mark" : "repository.dip.sign"),
                             basis, {},
                             Message(marked ? "repository.dip.mark.hint" : "repository.dip.sign.hint")));
}

records::Use use_of(const Target& target, const DipUse& use, Repository& repository) {
  records::Use out;
  out.id = records::new_id(records::Kind::use);
  auto& catalogue = repository.catalogue();
  if (target.kind == Target::Kind::file) {
    out.file = target.id;
    if (const auto row = catalogue.file(target.id)) out.fonds = row->file.fonds;
  } else if (target.kind == Target::Kind::entry) {
    out.entry = target.id;
    if (const auto row = catalogue.entry(target.id)) {
      out.document = row->entry.document;
      out.fonds = row->entry.fonds;
    }
  } else {
    out.document = target.id;
    if (const auto row = catalogue.document(target.id)) {
      out.entry = row->document.entry;
      out.fonds = row->document.fonds;
    }
  }
  out.by = use.request.by;
  out.purpose = use.request.content.empty() ? use.request.topic : use.request.content;
  out.copy = copy_of(use.copy);
  out.permit_by = use.request.permit_by;
  out.basis = use.basis;
  return out;
}

std::vector<std::string> document_cells(const package::PackedDocument& packed, const package::Plan& plan) {
  std::string code;
  for (const auto& [name, value] : package::ead_document_fields(plan, packed))
    if (name == "arcDocCode") code = value;
  return {std::to_string(packed.ordinal), code, packed.document.own.text(), packed.document.type,
          records::type_and_subject("", packed.document.subject)};
}

// The eleven items of Đ42. As a page to be printed to PDF/A and signed: vtlt signs nothing in an agency's
// name.
std::string certificate(const Gathered& gathered, const DipUse& use, const std::string& code) {
  const auto& plan = gathered.plan;
  exchange::Form form;
  form.title = "GIẤY XÁC THỰC TÀI LIỆU LƯU TRỮ";
  form.agency = plan.agency;
  form.landscape = false;
  form.under_title = {"Mã xác thực lưu trữ: " + code};
  form.columns = {{"STT", 0.5, true},
                  {"Mã lưu trữ của tài liệu gốc", 2},
                  {"Số, ký hiệu", 1.2},
                  {"Tên loại", 1},
                  {"Trích yếu nội dung", 3}};
  const std::string papers = use.request.papers.empty() ? "" : ", " + use.request.papers;
  form.before = {
      "Cơ quan lưu trữ: " + plan.agency +
          (plan.fonds.archive.empty() ? "" : " (" + plan.fonds.archive + ")") + ".",
      "Cấp cho: " + use.request.by + papers + ".",
      "Mục đích sử dụng: " + (use.request.content.empty() ? use.request.topic : use.request.content) + "."};
  const text::Date issued = *text::from_iso(to_date(plan.time));
  const std::string until = text::to_dmy(until_of(use));
  form.after = {"Ngày cấp: " + text::to_dmy(issued) + ".",
                "Thời hạn sử dụng: " + (until.empty() ? "không ghi" : "đến hết ngày " + until) + ".",
                "Số lượng bản: " + std::to_string(use.request.copies) + ".",
                "Từng tệp tin và mã băm SHA-256 của nó ghi trong representations/rep1/METS.xml."};
  form.signatures = {"", "CƠ QUAN LƯU TRỮ"};
  std::string html;
  exchange::write_html(
      form,
      [&](const auto& each) {
        for (const auto& packed : plan.documents)
          each(document_cells(packed, plan));
      },
      [&](std::string_view part) { html += part; });
  return html;
}

}  // namespace

void settle_use(Repository& repository, Gathered& gathered, const PackRequest& request,
                const text::Date& today) {
  const DipUse& use = *request.use;
  judge_terms(use, today, gathered.findings);
  say_unsigned(use, gathered.findings);
  for (const Target& target : request.targets) {
    records::Use one = use_of(target, use, repository);
    const auto refused = records::check_use(one, access_to(repository, target));
    if (!refused.empty())
      throw Error(Exit::refused, refused.front().code, refused.front().message, refused.front().hint);
    gathered.uses.push_back(std::move(one));
  }
  // A document stricter than its file is not handed out with it.
  for (const auto& id : gathered.documents) {
    const Target target{Target::Kind::document, id};
    const auto refused = records::check_use(use_of(target, use, repository), access_to(repository, target));
    if (!refused.empty())
      throw Error(Exit::refused, refused.front().code, refused.front().message, refused.front().hint)
          .at(name_of(repository, target));
  }
  auto& r = gathered.plan.request;
  r.id = use.request.number;
  r.date = use.request.date;
  r.purpose = use.request.purpose;
  r.content = use.request.content;
  r.fee_object = use.request.fee;
  r.topic = use.request.topic;
  r.copy = use.copy;
  r.note = level_words(use) + (use.request.note.empty() ? "" : ". " + use.request.note);
}

void add_documentation(Gathered& gathered, const DipUse& use, const std::string& name) {
  if (use.copy != CopyLevel::certified) return;
  const std::string code = name + "-" + gathered.plan.seed.hex().substr(0, 12);
  gathered.plan.documentation.push_back(
      {"giay-xac-thuc.html", "text/html", certificate(gathered, use, code)});
}

}  // namespace vtlt::repository
