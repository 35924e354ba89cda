#include "demo.h"

#include <chrono>

#include "exchange/table.h"
#include "output.h"
#include "repository/work.h"
#include "text/text.h"
#include "views.h"

namespace vtlt::cmd {
namespace {

struct Incoming {
  const char *sender, *own, *subject, *unit;
};
struct Outgoing {
  const char *own, *subject, *signer, *recipients;
};

// Places, people and bodies are invented.
constexpr Incoming kIncoming[] = {
#define VTLT_DEMO_IN(sender, own, subject, unit) {sender, own, subject, unit},
#define VTLT_DEMO_OUT(own, subject, signer, recipients)
#include "demo_papers.inc"
#undef VTLT_DEMO_IN
#undef VTLT_DEMO_OUT
};
constexpr Outgoing kOutgoing[] = {
#define VTLT_DEMO_IN(sender, own, subject, unit)
#define VTLT_DEMO_OUT(own, subject, signer, recipients) {own, subject, signer, recipients},
#include "demo_papers.inc"
#undef VTLT_DEMO_IN
#undef VTLT_DEMO_OUT
};

// Spread from the first day of the year to today: no date of the demonstration lies ahead.
text::Date day_of(std::size_t number, std::size_t count) {
  using namespace std::chrono;
  const text::Date now = today();
  const sys_days first{year{now.year} / 1 / 1};
  const sys_days last{year{now.year} / static_cast<unsigned>(now.month) / static_cast<unsigned>(now.day)};
  const year_month_day day{first + (last - first) * static_cast<int>(number) / static_cast<int>(count)};
  return {int{day.year()}, static_cast<int>(unsigned{day.month()}), static_cast<int>(unsigned{day.day()})};
}

std::string file_name(std::size_t number, const char* own) {
  return "van-ban/" + two_digits(static_cast<int>(number)) + "-" + text::ascii_name(own) + ".pdf";
}

// One page with a few lines in a font that every reader has; that has no Vietnamese letters, so there are
// none.
std::string pdf_page(const std::vector<std::string>& lines) {
  std::string words = "BT /F1 12 Tf 60 780 Td 18 TL\n";
  for (const std::string& line : lines) {
    words += "(";
    for (const char c : text::fold(line)) {
      if (c == '(' || c == ')' || c == '\\') words += '\\';
      words += c;
    }
    words += ") Tj T*\n";
  }
  words += "ET\n";
  const std::string objects[] = {
      "<< /Type /Catalog /Pages 2 0 R >>",
      "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
      "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
      "/Resources << /Font << /F1 5 0 R >> >> >>",
      "<< /Length " + std::to_string(words.size()) + " >>\nstream\n" + words + "endstream",
      "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
  };
  std::string out = "%PDF-1.4\n", table = "0000000000 65535 f \n";
  int number = 0;
  for (const std::string& object : objects) {
    const std::string offset = std::to_string(out.size());
    table += std::string(10 - offset.size(), '0') + offset + " 00000 n \n";
    out += std::to_string(++number) + " 0 obj\n" + object + "\nendobj\n";
  }
  const std::string start = std::to_string(out.size());
  return out + "xref\n0 " + std::to_string(number + 1) + "\n" + table + "trailer\n<< /Size " +
         std::to_string(number + 1) + " /Root 1 0 R >>\nstartxref\n" + start + "\n%%EOF\n";
}

void put(Files& files, const Path& path, const std::string& bytes) {
  files.open(path, OpenMode::create_new)->write_at(0, as_bytes(bytes));
}

void put_page(Files& files, const Path& path, const char* own, const char* subject) {
  put(files, path, pdf_page({"vtlt: van ban mau, khong co gia tri", own, subject}));
}

// As registers come out of a spreadsheet: UTF-8 with its mark.
constexpr const char* kBornDigital = "Gốc điện tử";
constexpr const char* kMark = "\xEF\xBB\xBF";

void write_incoming(Files& files, const Path& directory) {
  std::string list =
      kMark + exchange::csv_line({"Ngày đến", "Số đến", "Tác giả", "Số, ký hiệu văn bản",
                                  "Ngày tháng văn bản", "Tên loại và trích yếu nội dung văn bản",
                                  "Đơn vị hoặc người nhận", "Đường dẫn tệp", "Mức độ tin cậy"});
  std::size_t number = 0;
  for (const Incoming& one : kIncoming) {
    const std::string day = text::to_dmy(day_of(number, std::size(kIncoming)));
    const std::string paper = file_name(++number, one.own);
    put_page(files, directory / paper, one.own, one.subject);
    list += exchange::csv_line({day, two_digits(static_cast<int>(number)), one.sender, one.own, day,
                                one.subject, one.unit, paper, kBornDigital});
  }
  put(files, directory / "so-den.csv", list);
}

void write_outgoing(Files& files, const Path& directory) {
  std::string list = kMark + exchange::csv_line({"Số, ký hiệu văn bản", "Ngày tháng văn bản",
                                                 "Tên loại và trích yếu nội dung văn bản", "Người ký",
                                                 "Nơi nhận văn bản", "Đường dẫn tệp", "Mức độ tin cậy"});
  std::size_t number = 0;
  for (const Outgoing& one : kOutgoing) {
    const std::string day = text::to_dmy(day_of(number, std::size(kOutgoing)));
    // The last one has no computer file yet: `status` has something to say.
    const bool bare = ++number == std::size(kOutgoing);
    const std::string paper = bare ? "" : file_name(std::size(kIncoming) + number, one.own);
    if (!bare) put_page(files, directory / paper, one.own, one.subject);
    list += exchange::csv_line(
        {one.own, day, one.subject, one.signer, one.recipients, paper, bare ? "" : kBornDigital});
  }
  put(files, directory / "so-di.csv", list);
}

std::int64_t take_in(repository::Repository& repository, const Path& list, records::Book book) {
  repository::ImportRequest request;
  request.list = list;
  request.book = request.options.book = book;
  return repository::import_list(repository, request).fresh;
}

void open_file(repository::Repository& repository, const char* class_no, const char* rule,
               const std::string& title, const std::vector<std::string>& references) {
  repository::FileOpenRequest request;
  request.class_no = class_no;
  request.file.rule = rule;
  request.file.title = title;
  request.file.year = current_year();
  const records::Id file = repository::open_file(repository, request).file.file.id;
  std::vector<records::Id> documents;
  const repository::ReferenceContext context{{}, 0, true, current_year()};
  for (const std::string& reference : references)
    documents.push_back(document_of(repository, reference, context));
  repository::add_to_file(repository, file, documents, false);
}

}  // namespace

void need_empty_folder(Context& context, const Path& directory) {
  Files& files = context.files();
  if (files.stat(directory) && !files.list(directory).empty())
    throw Error(Exit::refused, "VTLT-REPO-04",
                Message("cmd.init.demo.taken", {{"path", text::printable(directory.string())}}));
}

DemoFilled fill_demo(Context& context, const Path& directory) {
  Files& files = context.files();
  files.make_directory(directory / "van-ban");
  write_incoming(files, directory);
  write_outgoing(files, directory);
  repository::Options options = context.options();
  options.start = directory;
  repository::Repository repository(files, options, true);
  DemoFilled filled;
  filled.in = take_in(repository, directory / "so-den.csv", records::Book::in);
  filled.out = take_in(repository, directory / "so-di.csv", records::Book::out);
  const std::string year = std::to_string(current_year());
  open_file(repository, "I.2", "tt09-148", "Hồ sơ công tác văn thư, lưu trữ năm " + year,
            {"den.2", "den.3", "02/QĐ-UBND", "02/BC-UBND"});
  open_file(repository, "I.1", "tt09-5b", "Kế hoạch, báo cáo công tác năm " + year + " của UBND xã",
            {"den.1", "01/KH-UBND", "01/BC-UBND"});
  filled.files = 2;
  return filled;
}

}  // namespace vtlt::cmd
