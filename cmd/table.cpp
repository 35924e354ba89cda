// Rows: aligned for a terminal, or CSV, TSV, HTML, JSON. Streams; only the first rows wait until widths are
// known.
#include <algorithm>

#include "exchange/table.h"
#include "journal/journal.h"
#include "output.h"
#include "sheet.h"
#include "text/markup.h"
#include "text/text.h"

namespace vtlt::cmd {
namespace {

constexpr std::size_t kWaiting = 500;

// One line a row: what would break it becomes a space; what would drive the terminal is taken out.
std::string one_line(std::string words) {
  for (char& c : words)
    if (c == '\n' || c == '\t' || c == '\r') c = ' ';
  return text::printable(words);
}

std::string tsv_line(const std::vector<std::string>& cells) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i)
    line += (i == 0 ? "" : "\t") + one_line(cells[i]);
  return line + "\n";
}

}  // namespace

Table::Table(Context& context, Report& report, std::string name, std::vector<Column> columns)
    : context_(context),
      report_(report),
      name_(std::move(name)),
      columns_(std::move(columns)) {
  if (context.format() == Format::xlsx)
    sheet_ = std::make_unique<SheetFile>(context, on_paper());
  else
    sink_ = std::make_unique<Sink>(context);
}
Table::~Table() = default;

exchange::Form Table::on_paper() const {
  exchange::Form form;
  form.title = context_.text(Message("table." + name_));
  for (const Column& column : columns_)
    form.columns.push_back({context_.text(column.heading), column.wide ? 3.5 : 1.3, column.right});
  return form;
}

void Table::begin() {
  begun_ = true;
  std::vector<std::string> headings;
  for (const Column& column : columns_)
    headings.push_back(context_.text(column.heading));
  switch (context_.format()) {
    case Format::json:
      sink_->write("{\"vtlt\":1,\"command\":" + journal::json_string(context_.command) + ",\"result\":{" +
                  journal::json_string(name_) + ":[");
      break;
    case Format::csv:
      sink_->write(std::string(exchange::kBom) + exchange::csv_line(headings));
      break;
    case Format::tsv:
      sink_->write(tsv_line(headings));
      break;
    case Format::html: {
      sink_->write("<!DOCTYPE html>\n<meta charset=\"utf-8\">\n<title>vtlt " +
                  text::markup(context_.command, text::LineEnds::space) +
                  "</title>\n<table border=\"1\">\n<tr>");
      for (const std::string& heading : headings)
        sink_->write("<th>" + text::markup(heading, text::LineEnds::space) + "</th>");
      sink_->write("</tr>\n");
      break;
    }
    case Format::table:
      report_.show_head(context_, *sink_);
      break;
    case Format::xlsx:
    case Format::jsonl:
      break;
  }
}

void Table::row(std::vector<std::string> cells, const std::function<std::string()>& json) {
  if (!begun_) begin();
  check_interrupted();
  switch (context_.format()) {
    case Format::json:
      sink_->write((count_ == 0 ? "" : ",") + json());
      break;
    case Format::jsonl:
      sink_->write(json() + "\n");
      break;
    case Format::csv:
      sink_->write(exchange::csv_line(cells, true));
      break;
    case Format::tsv:
      sink_->write(tsv_line(cells));
      break;
    case Format::xlsx:
      sheet_->row(cells);
      break;
    case Format::html:
      sink_->write("<tr>");
      for (const std::string& cell : cells)
        sink_->write("<td>" + text::markup(cell, text::LineEnds::space) + "</td>");
      sink_->write("</tr>\n");
      break;
    case Format::table:
      for (std::string& cell : cells)
        cell = one_line(std::move(cell));
      waiting_.push_back(std::move(cells));
      if (aligned_ || waiting_.size() >= kWaiting) flush();
      break;
  }
  ++count_;
}

void Table::flush() {
  if (!aligned_) {
    aligned_ = true;
    widths_.assign(columns_.size(), 0);
    int total = 0;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      widths_[i] = text::display_width(context_.text(columns_[i].heading));
      for (const auto& cells : waiting_)
        widths_[i] = std::max(widths_[i], text::display_width(cells[i]));
      total += widths_[i] + 2;
    }
    // Where the terminal is narrow, a column in which nothing stands is left out, if all rows are known.
    const int room = terminal_width(context_);
    left_out_.assign(columns_.size(), false);
    for (std::size_t i = columns_.size(); i-- > 0 && room > 0 && total - 2 > room && count_ < kWaiting;) {
      left_out_[i] = std::all_of(waiting_.begin(), waiting_.end(),
                                 [i](const std::vector<std::string>& cells) { return cells[i].empty(); });
      if (left_out_[i]) total -= widths_[i] + 2;
    }
    // Then the widest of the wide columns gives way.
    for (int over = total - 2 - room; room > 0 && over > 0;) {
      std::size_t widest = columns_.size();
      for (std::size_t i = 0; i < columns_.size(); ++i)
        if (columns_[i].wide && !left_out_[i] && widths_[i] > 12 &&
            (widest == columns_.size() || widths_[i] > widths_[widest]))
          widest = i;
      if (widest == columns_.size()) break;
      --widths_[widest];
      --over;
    }
    std::vector<std::string> headings;
    for (const Column& column : columns_)
      headings.push_back(context_.text(column.heading));
    write_aligned(headings, true);
  }
  for (const auto& cells : waiting_)
    write_aligned(cells, false);
  waiting_.clear();
}

void Table::write_aligned(const std::vector<std::string>& cells, bool heading) {
  const bool narrow = terminal_width(context_) > 0;
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    std::string cell = narrow && columns_[i].wide ? text::cut(cells[i], widths_[i]) : cells[i];
    if (i + 1 < cells.size() || columns_[i].right) cell = text::pad(cell, widths_[i], columns_[i].right);
    if (!left_out_[i]) line += (line.empty() ? "" : "  ") + cell;
  }
  line.erase(line.find_last_not_of(' ') + 1);
  sink_->write((heading ? context_.paint(Style::faint, line) : line) + "\n");
}

void Table::finish(const std::string& more) {
  if (!begun_) begin();
  switch (context_.format()) {
    case Format::json:
      sink_->write("]" + (more.empty() ? "" : "," + more) + "}" + report_.json_tail(context_));
      break;
    case Format::html:
      sink_->write("</table>\n");
      break;
    case Format::table:
      if (!waiting_.empty()) flush();
      report_.show_tail(context_, *sink_);
      break;
    case Format::xlsx:
      sheet_->form().after = {context_.text(Message("table.total", {{"count", static_cast<std::int64_t>(count_)}}))};
      sheet_->finish();
      return;
    default:
      break;
  }
  sink_->finish();
}

}  // namespace vtlt::cmd
