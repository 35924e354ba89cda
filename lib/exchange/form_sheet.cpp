// Debian ships libxlsxwriter without a static archive, and few commands need it: it is opened on first use,
// so that it costs the others nothing when they start (design.md, "Numbers to reach").
#include "exchange/form_sheet.h"

#include <archive.h>
#include <archive_entry.h>
#include <xlsxwriter.h>

#include <filesystem>

#include "base/clock.h"
#include "base/encoding.h"
#include "base/error.h"
#include "base/shared_library.h"
#include "text/text.h"

namespace vtlt::exchange {
namespace {

// clang-format off
#define VTLT_XLSX_FUNCTIONS(use) \
  use(workbook_new_opt) use(workbook_close) use(lxw_workbook_free) use(workbook_add_worksheet) \
  use(workbook_add_format) use(workbook_set_properties) use(worksheet_write_string) \
  use(worksheet_merge_range) use(worksheet_set_column) use(worksheet_set_landscape) \
  use(worksheet_set_paper) use(worksheet_set_margins) use(worksheet_repeat_rows) use(worksheet_fit_to_pages) \
  use(worksheet_freeze_panes) use(worksheet_set_footer) use(worksheet_ignore_errors) \
  use(format_set_bold) use(format_set_italic) use(format_set_font_name) use(format_set_font_size) \
  use(format_set_align) use(format_set_text_wrap) use(format_set_border) use(format_set_num_format) \
  use(lxw_strerror)
// clang-format on

struct Library {
#define VTLT_XLSX_POINTER(name) decltype(&::name) name = nullptr;
  VTLT_XLSX_FUNCTIONS(VTLT_XLSX_POINTER)
#undef VTLT_XLSX_POINTER
};

[[noreturn]] void no_library() {
  throw Error(Exit::no_verdict, "VTLT-XLSX-03", Message("sheet.no-library"),
              Message("sheet.no-library.hint"));
}

const Library& library() {
  static const Library loaded = [] {
    Library made;
    SharedLibrary shared(VTLT_XLSXWRITER_SONAME);
#define VTLT_XLSX_LOAD(name) shared.take(made.name, #name);
    VTLT_XLSX_FUNCTIONS(VTLT_XLSX_LOAD)
#undef VTLT_XLSX_LOAD
    if (!shared.complete()) no_library();
    return made;
  }();
  return loaded;
}

[[noreturn]] void failed(const Path& path, const std::string& reason) {
  throw Error(Exit::no_verdict, "VTLT-XLSX-04", Message("sheet.failed", {{"reason", reason}}))
      .at(path.string());
}

bool is_hex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

// "_x0041_" stands for a letter in this format: where it is meant as it reads, its first sign is written so.
std::string escaped(const std::string& words) {
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == '_' && i + 6 < words.size() && words[i + 1] == 'x' && is_hex(words[i + 2]) &&
        is_hex(words[i + 3]) && is_hex(words[i + 4]) && is_hex(words[i + 5]) && words[i + 6] == '_')
      out += "_x005F";
    out += words[i];
  }
  return out;
}

// How many rows there are in the sheet, and whether it is whole.
class SheetCount {
 public:
  explicit SheetCount(const Path& path) : path_(path), archive_(::archive_read_new()) {
    ::archive_read_support_format_zip(archive_);
    if (::archive_read_open_filename(archive_, path.c_str(), 1u << 16) != ARCHIVE_OK) fault();
    archive_entry* entry = nullptr;
    for (int code = 0; (code = ::archive_read_next_header(archive_, &entry)) != ARCHIVE_EOF;) {
      if (code != ARCHIVE_OK) fault();
      const char* name = ::archive_entry_pathname(entry);
      if (name != nullptr && std::string_view(name) == "xl/worksheets/sheet1.xml") read();
    }
  }
  ~SheetCount() { ::archive_read_free(archive_); }
  SheetCount(const SheetCount&) = delete;
  SheetCount& operator=(const SheetCount&) = delete;
  long rows() const { return rows_; }
  bool whole() const { return whole_; }

 private:
  void read() {
    static constexpr std::string_view kRow = "<row ", kEnd = "</worksheet>";
    std::string window;
    std::string buffer(1u << 16, '\0');
    for (;;) {
      const auto got = ::archive_read_data(archive_, buffer.data(), buffer.size());
      if (got < 0) fault();
      if (got == 0) break;
      const std::size_t kept = window.size();
      window.append(buffer, 0, static_cast<std::size_t>(got));
      // What began in the piece before and ended there has been counted.
      for (auto at = window.find(kRow, kept >= kRow.size() ? kept - kRow.size() + 1 : 0);
           at != std::string::npos; at = window.find(kRow, at + kRow.size()))
        ++rows_;
      whole_ = window.ends_with(kEnd);
      if (window.size() > kEnd.size()) window.erase(0, window.size() - kEnd.size());
    }
  }
  [[noreturn]] void fault() {
    const char* words = ::archive_error_string(archive_);
    const std::string reason = words == nullptr ? "" : words;
    ::archive_read_free(archive_);
    failed(path_, reason);
  }

  Path path_;
  archive* archive_;
  long rows_ = 0;
  bool whole_ = false;
};

}  // namespace

struct FormSheet::State {
  explicit State(Form made) : form(std::move(made)) {}
  ~State() {
    if (workbook != nullptr) library().lxw_workbook_free(workbook);
    std::error_code ignored;
    if (!finished) std::filesystem::remove(path, ignored);
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  void lay_out() {
    const Library& x = library();
    for (std::size_t i = 0; i < form.columns.size(); ++i) {
      double all = 0;
      for (const FormColumn& column : form.columns)
        all += column.width;
      const double letters = form.landscape ? 132 : 90;
      x.worksheet_set_column(sheet, column_at(i), column_at(i),
                             std::max(6.0, form.columns[i].width / all * letters), nullptr);
    }
    x.worksheet_set_paper(sheet, 9);  // A4
    if (form.landscape) x.worksheet_set_landscape(sheet);
    // Inches; as write_html has them.
    x.worksheet_set_margins(sheet, form.landscape ? 0.79 : 1.18, 0.59, 0.79, 0.71);
    x.worksheet_fit_to_pages(sheet, 1, 0);
    x.worksheet_set_footer(sheet, "&C&P/&N");
    // Numbers kept as text are meant.
    x.worksheet_ignore_errors(sheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT, "A1:XFD1048576");
    write_above();
    heading_row = at;
    const bool numbered = !form.agency.empty();
    for (std::size_t i = 0; i < form.columns.size(); ++i)
      put(i, form.columns[i].heading, heading);
    next();
    for (std::size_t i = 0; numbered && i < form.columns.size(); ++i)
      put(i, "(" + std::to_string(i + 1) + ")", numbers);
    if (numbered) next();
    x.worksheet_repeat_rows(sheet, heading_row, at - 1);
    x.worksheet_freeze_panes(sheet, at, 0);
  }

  void write_above() {
    if (!form.agency.empty()) {
      const std::size_t half = form.columns.size() / 2;
      if (!form.superior.empty()) {
        across(0, half, form.superior, middle);
        next();
      }
      across(0, half, form.agency, strong);
      across(half, form.columns.size(), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", strong);
      next();
      across(half, form.columns.size(), "Độc lập - Tự do - Hạnh phúc", strong);
      next();
      next();
    }
    if (!form.title.empty()) {
      across(0, form.columns.size(), form.title, title);
      next();
    }
    for (const std::string& line : form.under_title) {
      across(0, form.columns.size(), line, middle);
      next();
    }
    for (const std::string& line : form.before) {
      across(0, form.columns.size(), line, plain);
      next();
    }
    if (at > 0) next();
  }

  void write_below() {
    next();
    for (const std::string& line : form.after) {
      across(0, form.columns.size(), line, plain);
      next();
    }
    if (!form.place_and_date.empty()) {
      across(form.columns.size() / 2, form.columns.size(), form.place_and_date, slanted);
      next();
    }
    const std::size_t signers = form.signatures.size();
    if (signers > form.columns.size()) return;
    for (std::size_t i = 0; i < signers; ++i)
      if (!form.signatures[i].empty())
        across(form.columns.size() * i / signers, form.columns.size() * (i + 1) / signers, form.signatures[i],
               strong);
    if (signers > 0) next();
  }

  void across(std::size_t first, std::size_t last, const std::string& words, lxw_format* format) {
    if (last <= first + 1) return put(first, words, format);
    check(library().worksheet_merge_range(sheet, at, column_at(first), at, column_at(last - 1),
                                          fitting(words, first).c_str(), format));
    used = true;
  }

  void put(std::size_t column, const std::string& words, lxw_format* format) {
    check(library().worksheet_write_string(sheet, at, column_at(column), fitting(words, column).c_str(),
                                           format));
    used = true;
  }

  std::string fitting(const std::string& words, std::size_t column) const {
    std::string text = escaped(is_utf8(words) ? words : text::printable(words));
    // No text has more letters than bytes.
    if (text.size() > kMaxSheetCell && text::length(text) > kMaxSheetCell)
      throw Error(Exit::usage, "VTLT-XLSX-02",
                  Message("sheet.cell-too-long", {{"row", std::to_string(at + 1)},
                                                  {"column", form.columns[column].heading},
                                                  {"most", std::to_string(kMaxSheetCell)}}),
                  Message("sheet.other-format.hint"));
    // A zero ends a text in C; it stands in no record, and in no cell.
    std::erase(text, '\0');
    return text;
  }

  void next() {
    if (used) ++rows;
    used = false;
    ++at;
  }

  void check(lxw_error error) const {
    if (error != LXW_NO_ERROR) failed(path, library().lxw_strerror(error));
  }

  static lxw_col_t column_at(std::size_t column) { return static_cast<lxw_col_t>(column); }

  lxw_format* format(bool bold, bool italic, double size, int align, bool border) {
    const Library& x = library();
    lxw_format* made = x.workbook_add_format(workbook);
    x.format_set_font_name(made, "Times New Roman");
    x.format_set_font_size(made, size);
    x.format_set_num_format(made, "@");  // text stays text when it is edited
    x.format_set_text_wrap(made);
    x.format_set_align(made, static_cast<std::uint8_t>(align));
    x.format_set_align(made, border && !bold ? LXW_ALIGN_VERTICAL_TOP : LXW_ALIGN_VERTICAL_CENTER);
    if (bold) x.format_set_bold(made);
    if (italic) x.format_set_italic(made);
    if (border) x.format_set_border(made, LXW_BORDER_THIN);
    return made;
  }

  Form form;
  Path path;
  std::string temporary;
  lxw_workbook* workbook = nullptr;
  lxw_worksheet* sheet = nullptr;
  lxw_format *title = nullptr, *strong = nullptr, *middle = nullptr, *plain = nullptr, *slanted = nullptr,
             *heading = nullptr, *numbers = nullptr, *left = nullptr, *right = nullptr;
  lxw_row_t at = 0, heading_row = 0;
  long rows = 0;      // with something in them
  bool used = false;  // the row being written
  bool finished = false;
};

FormSheet::FormSheet(Form form, const Path& path, const Path& temporary_directory)
    : state_(std::make_unique<State>(std::move(form))) {
  VTLT_ASSERT(!state_->form.columns.empty());
  const Library& x = library();
  State& s = *state_;
  s.path = path;
  s.temporary = temporary_directory.string();
  lxw_workbook_options options{};
  options.constant_memory = LXW_TRUE;
  options.tmpdir = s.temporary.data();
  options.use_zip64 = LXW_TRUE;
  s.workbook = x.workbook_new_opt(path.c_str(), &options);
  s.sheet = s.workbook == nullptr ? nullptr : x.workbook_add_worksheet(s.workbook, nullptr);
  if (s.sheet == nullptr) failed(path, "libxlsxwriter");
  lxw_doc_properties properties{};
  properties.title = s.form.title.data();
  properties.created = static_cast<time_t>(now().milliseconds / 1000);
  x.workbook_set_properties(s.workbook, &properties);
  s.title = s.format(true, false, 14, LXW_ALIGN_CENTER, false);
  s.strong = s.format(true, false, 12, LXW_ALIGN_CENTER, false);
  s.middle = s.format(false, false, 12, LXW_ALIGN_CENTER, false);
  s.plain = s.format(false, false, 12, LXW_ALIGN_LEFT, false);
  s.slanted = s.format(false, true, 12, LXW_ALIGN_CENTER, false);
  s.heading = s.format(true, false, 11, LXW_ALIGN_CENTER, true);
  s.numbers = s.format(false, true, 11, LXW_ALIGN_CENTER, true);
  s.left = s.format(false, false, 11, LXW_ALIGN_LEFT, true);
  s.right = s.format(false, false, 11, LXW_ALIGN_RIGHT, true);
  s.lay_out();
}

FormSheet::~FormSheet() = default;

Form& FormSheet::form() {
  return state_->form;
}

void FormSheet::row(const std::vector<std::string>& cells) {
  State& s = *state_;
  const long below = static_cast<long>(s.form.after.size()) + 4;
  if (static_cast<long>(s.at) + below >= kMaxSheetRows)
    throw Error(Exit::usage, "VTLT-XLSX-01",
                Message("sheet.too-many-rows", {{"most", std::int64_t{kMaxSheetRows}}}),
                Message("sheet.other-format.hint"));
  for (std::size_t i = 0; i < s.form.columns.size(); ++i)
    s.put(i, i < cells.size() ? cells[i] : std::string(), s.form.columns[i].right ? s.right : s.left);
  s.next();
}

void FormSheet::finish() {
  State& s = *state_;
  s.write_below();
  const lxw_error error = library().workbook_close(s.workbook);
  s.workbook = nullptr;  // closing frees it, whatever comes of it
  s.check(error);
  const SheetCount count(s.path);
  if (!count.whole() || count.rows() != s.rows)
    failed(s.path, std::to_string(count.rows()) + " < " + std::to_string(s.rows));
  s.finished = true;
}

void write_xlsx(const Form& form, const RowSource& rows, const Path& path, const Path& temporary_directory) {
  FormSheet sheet(form, path, temporary_directory);
  rows([&](const std::vector<std::string>& cells) { sheet.row(cells); });
  sheet.finish();
}

}  // namespace vtlt::exchange
