// Forms for the printer: one HTML file for A4, laid out as NĐ30 PL I and IV show them.
#include <fmt/format.h>

#include "exchange/forms.h"
#include "text/markup.h"

namespace vtlt::exchange {
namespace {

std::string escaped(std::string_view words) {
  return text::markup(words, text::LineEnds::breaks);
}

// Only a decimal point, whatever the machine's locale.
std::string percent(double part, double whole) {
  const int tenths = whole > 0 ? static_cast<int>(part / whole * 1000 + 0.5) : 0;
  return fmt::format("{}.{}%", tenths / 10, tenths % 10);
}

constexpr const char* kStyle = R"(
body { font-family: "Times New Roman", "Liberation Serif", "Tinos", serif; font-size: 13pt; color: #000; margin: 0; }
.top { width: 100%; border-collapse: collapse; margin-bottom: 14pt; }
.top td { text-align: center; vertical-align: top; width: 50%; }
.agency { font-weight: bold; }
.rule { display: block; width: 34%; margin: 2pt auto 0; border-top: 1px solid #000; }
.nation { font-weight: bold; }
.motto { font-weight: bold; font-size: 14pt; }
h1 { font-size: 15pt; text-align: center; margin: 0 0 4pt; }
.under { text-align: center; margin: 0 0 2pt; }
p { margin: 4pt 0; text-align: justify; }
table.rows { width: 100%; border-collapse: collapse; table-layout: fixed; margin: 10pt 0; font-size: 11.5pt; }
table.rows thead { display: table-header-group; }
table.rows tr { page-break-inside: avoid; break-inside: avoid; }
table.rows th, table.rows td { border: 1px solid #000; padding: 3pt 4pt; overflow-wrap: anywhere; vertical-align: top; }
table.rows th { text-align: center; vertical-align: middle; }
table.rows tr.numbers th { font-weight: normal; font-style: italic; }
td.right { text-align: right; }
.part { font-weight: bold; margin-top: 10pt; }
.fill { border-bottom: 1px dotted #000; min-height: 16pt; }
.close { page-break-inside: avoid; break-inside: avoid; }
.place { text-align: right; font-style: italic; margin-top: 10pt; }
.signers { width: 100%; border-collapse: collapse; margin-top: 4pt; }
.signers td { text-align: center; vertical-align: top; font-weight: bold; height: 34mm; }
@media screen { body { margin: 10mm auto; max-width: 277mm; } }
)";

constexpr const char* kStampStyle = R"(
body { font-family: "Times New Roman", "Liberation Serif", "Tinos", serif; color: #000; margin: 0; }
.stamp { box-sizing: border-box; width: 50mm; height: 35mm; border: 0.4mm solid #000; font-size: 8.5pt; overflow: hidden;
  display: flex; flex-direction: column; margin-bottom: 10mm; break-inside: avoid; page-break-inside: avoid; }
.stamp .agency { font-weight: bold; text-align: center; border-bottom: 0.2mm solid #000; padding: 0.6mm 1mm; }
.stamp .middle { display: flex; border-bottom: 0.2mm solid #000; flex: 1 1 auto; }
.stamp .word { font-weight: bold; font-size: 13pt; width: 17mm; display: flex; align-items: center;
  justify-content: center; border-right: 0.2mm solid #000; }
.stamp .lines { padding: 0.6mm 1mm; }
.stamp .line { padding: 0.6mm 1mm; }
.stamp .line + .line { border-top: 0.2mm solid #000; }
)";

void begin_page(const Form& form, const Sink& sink) {
  sink("<!DOCTYPE html>\n<html lang=\"vi\">\n<head>\n<meta charset=\"utf-8\">\n<title>");
  sink(text::markup(form.title, text::LineEnds::space));
  sink("</title>\n<style>\n");
}

void write_head(const Form& form, const Sink& sink) {
  begin_page(form, sink);
  // Browsers that do not know margin boxes print their own page numbers.
  sink(
      fmt::format("@page {{ size: A4 {}; margin: 20mm 15mm 18mm {}mm; @bottom-center {{ content: "
                  "counter(page) \"/\" counter(pages); "
                  "font-family: \"Times New Roman\", serif; font-size: 11pt; }} }}",
                  form.landscape ? "landscape" : "portrait", form.landscape ? 20 : 30));
  sink(kStyle);
  sink("</style>\n</head>\n<body>\n<table class=\"top\"><tr><td>");
  if (!form.superior.empty()) sink(escaped(form.superior) + "<br>");
  sink("<span class=\"agency\">" + escaped(form.agency) + "</span>");
  if (!form.agency.empty()) sink("<span class=\"rule\"></span>");
  sink(
      "</td><td><span class=\"nation\">CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</span><br>"
      "<span class=\"motto\">Độc lập - Tự do - Hạnh phúc</span><span "
      "class=\"rule\"></span></td></tr></table>\n<h1>");
  sink(escaped(form.title) + "</h1>\n");
  for (const std::string& line : form.under_title)
    sink("<p class=\"under\">" + escaped(line) + "</p>\n");
  for (const std::string& line : form.before)
    sink("<p>" + escaped(line) + "</p>\n");
}

void write_table(const Form& form, const RowSource& rows, const Sink& sink) {
  double width = 0;
  for (const FormColumn& column : form.columns)
    width += column.width;
  sink("<table class=\"rows\">\n<colgroup>");
  for (const FormColumn& column : form.columns)
    sink("<col style=\"width:" + percent(column.width, width) + "\">");
  sink("</colgroup>\n<thead>\n<tr>");
  for (const FormColumn& column : form.columns)
    sink("<th>" + escaped(column.heading) + "</th>");
  sink("</tr>\n<tr class=\"numbers\">");
  for (std::size_t i = 1; i <= form.columns.size(); ++i)
    sink(fmt::format("<th>({})</th>", i));
  sink("</tr>\n</thead>\n<tbody>\n");
  std::string line;
  rows([&](const std::vector<std::string>& cells) {
    line = "<tr>";
    for (std::size_t i = 0; i < form.columns.size(); ++i) {
      line += form.columns[i].right ? "<td class=\"right\">" : "<td>";
      if (i < cells.size()) line += escaped(cells[i]);
      line += "</td>";
    }
    sink(line + "</tr>\n");
  });
  sink("</tbody>\n</table>\n");
}

// One sheet may bear several stamps, cut out or printed on the document's first page: under the number and notation, or
// below the subject of an official letter (NĐ30 PL IV).
void write_stamps(const Form& form, const RowSource& rows, const Sink& sink) {
  begin_page(form, sink);
  sink("@page { size: A4 portrait; margin: 20mm; }\n");
  sink(kStampStyle);
  sink("</style>\n</head>\n<body>\n");
  rows([&](const std::vector<std::string>& cells) {
    const auto cell = [&](std::size_t i) { return i < cells.size() ? escaped(cells[i]) : std::string(); };
    const auto heading = [&](std::size_t i) { return escaped(form.columns[i].heading); };
    sink("<div class=\"stamp\"><div class=\"agency\">" + cell(0) + "</div><div class=\"middle\"><div class=\"word\">" +
         escaped(form.title) + "</div><div class=\"lines\">");
    sink("<div>" + heading(1) + ": <b>" + cell(1) + "</b></div><div>" + heading(2) + ": <b>" + cell(2) + "</b></div></div></div>");
    for (std::size_t i = 3; i < form.columns.size(); ++i)
      sink("<div class=\"line\">" + heading(i) + ": <b>" + cell(i) + "</b></div>");
    sink("</div>\n");
  });
  sink("</body>\n</html>\n");
}

// Parts with lines to be written on by hand; what is known stands there already.
void write_slip(const Form&, const RowSource& rows, const Sink& sink) {
  std::string part;
  rows([&](const std::vector<std::string>& cells) {
    if (cells.size() < 3) return;
    if (cells[0] != part) {
      part = cells[0];
      sink("<p class=\"part\">" + escaped(part) + "</p>\n");
    }
    sink("<p class=\"fill\">" + (cells[1].empty() ? "" : escaped(cells[1]) + ": ") + escaped(cells[2]) + "</p>\n");
  });
}

void write_end(const Form& form, const Sink& sink) {
  for (const std::string& text : form.after)
    sink("<p>" + escaped(text) + "</p>\n");
  sink("<div class=\"close\">\n");
  if (!form.place_and_date.empty()) sink("<p class=\"place\">" + escaped(form.place_and_date) + "</p>\n");
  if (!form.signatures.empty()) {
    sink("<table class=\"signers\"><tr>");
    for (const std::string& signer : form.signatures)
      sink("<td>" + escaped(signer) + "</td>");
    sink("</tr></table>\n");
  }
  sink("</div>\n</body>\n</html>\n");
}

}  // namespace

void write_html(const Form& form, const RowSource& rows, const Sink& sink) {
  if (form.layout == Layout::stamp) return write_stamps(form, rows, sink);
  write_head(form, sink);
  if (form.layout == Layout::slip)
    write_slip(form, rows, sink);
  else if (!form.columns.empty()) write_table(form, rows, sink);
  write_end(form, sink);
}

}  // namespace vtlt::exchange
