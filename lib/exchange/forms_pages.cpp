// Covers, closing certificates and box labels: each row of the form is one of them.
#include <fmt/format.h>

#include "exchange/forms_internal.h"
#include "text/markup.h"

namespace vtlt::exchange {
namespace {

constexpr const char* kStyle = R"(
body { font-family: "Times New Roman", "Liberation Serif", "Tinos", serif; font-size: 14pt; color: #000; margin: 0; }
.page { box-sizing: border-box; break-after: page; page-break-after: always; overflow-wrap: anywhere; }
.page:last-child { break-after: auto; page-break-after: auto; }
.page p { margin: 4pt 0; }
.cover { border: 0.6mm solid #000; min-height: 255mm; padding: 10mm; display: flex; flex-direction: column; text-align: center; }
.cover .fonds, .cover .unit { font-weight: bold; text-transform: uppercase; }
.cover .word { font-size: 34pt; font-weight: bold; margin: 26mm 0 4mm; }
.cover .title { font-size: 18pt; font-weight: bold; margin: 8mm 0 10mm; }
.cover .foot { margin-top: auto; display: flex; justify-content: space-between; text-align: left; }
.certificate { min-height: 240mm; }
.certificate .agency { font-weight: bold; }
.certificate .word { text-align: center; font-size: 16pt; font-weight: bold; margin: 12mm 0 8mm; }
.certificate .date { text-align: right; font-style: italic; margin-top: 12mm; }
.certificate .signer { text-align: right; font-weight: bold; padding-right: 18mm; height: 30mm; }
.label { border: 0.6mm solid #000; width: 110mm; padding: 6mm; margin: 0 auto 10mm; text-align: center;
  break-inside: avoid; page-break-inside: avoid; }
.label .number { font-size: 40pt; font-weight: bold; margin: 4mm 0; }
.label .archive { font-weight: bold; text-transform: uppercase; }
)";

constexpr const char* kDots = "…………";

// The cells of one row by the form's columns.
class Fields {
 public:
  Fields(const Form& form, const std::vector<std::string>& cells) : form_(form), cells_(cells) {}
  std::string cell(std::size_t i) const {
    return i < cells_.size() ? text::markup(cells_[i], text::LineEnds::breaks) : std::string();
  }
  std::string filled(std::size_t i) const {
    const std::string words = cell(i);
    return words.empty() ? kDots : words;
  }
  // "Hồ sơ số: 12"
  std::string line(std::size_t i) const {
    return "<p>" + text::markup(form_.columns[i].heading, text::LineEnds::space) + ": <b>" + filled(i) + "</b></p>\n";
  }

 private:
  const Form& form_;
  const std::vector<std::string>& cells_;
};

std::string block(const char* style, const std::string& words) {
  return words.empty() ? "" : fmt::format("<div class=\"{}\">{}</div>\n", style, words);
}

std::string cover(const Form& form, const Fields& fields) {
  std::string page = "<div class=\"page cover\">\n";
  page += block("fonds", fields.cell(0)) + block("unit", fields.cell(1));
  page += block("word", text::markup(form.title, text::LineEnds::space));
  if (!fields.cell(2).empty()) page += fields.line(2);
  page += block("title", fields.cell(3));
  page += fields.line(4) + fields.line(5);
  page += "<div class=\"foot\"><div>\n" + fields.line(6) + fields.line(7) + fields.line(8) + "</div><div>\n" +
          fields.line(9) + "</div></div>\n</div>\n";
  return page;
}

std::string certificate(const Form& form, const Fields& fields) {
  std::string page = "<div class=\"page certificate\">\n" +
                     block("agency", text::markup(form.agency, text::LineEnds::space)) +
                     block("word", text::markup(form.title, text::LineEnds::space));
  for (std::size_t i = 0; i + 1 < form.columns.size(); ++i)
    if (i < 3 || i > 5 || !fields.cell(i).empty()) page += fields.line(i);
  page += block("date", fields.filled(10)) + block("signer", "NGƯỜI LẬP") + "</div>\n";
  return page;
}

std::string label(const Form& form, const Fields& fields) {
  std::string page = "<div class=\"label\">\n" + block("archive", fields.cell(0)) + block("fonds", fields.cell(1));
  page += block("number", text::markup(form.title, text::LineEnds::space) + " " + fields.filled(4));
  for (const std::size_t i : {2, 3, 5, 6, 7, 8})
    if (!fields.cell(i).empty()) page += fields.line(i);
  return page + "</div>\n";
}

}  // namespace

void write_pages(const Form& form, const RowSource& rows, const Sink& sink) {
  sink("<!DOCTYPE html>\n<html lang=\"vi\">\n<head>\n<meta charset=\"utf-8\">\n<title>");
  sink(text::markup(form.title, text::LineEnds::space));
  sink("</title>\n<style>\n@page { size: A4 portrait; margin: 15mm 15mm 15mm 25mm; }");
  sink(kStyle);
  sink("</style>\n</head>\n<body>\n");
  rows([&](const std::vector<std::string>& cells) {
    const Fields fields(form, cells);
    switch (form.layout) {
      case Layout::cover: sink(cover(form, fields)); break;
      case Layout::certificate: sink(certificate(form, fields)); break;
      case Layout::label: sink(label(form, fields)); break;
      default: break;
    }
  });
  sink("</body>\n</html>\n");
}

}  // namespace vtlt::exchange
