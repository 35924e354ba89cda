#include <catch2/catch.hpp>
#include <fstream>
#include <map>
#include <set>

#include "records/records.h"

using namespace vtlt::records;

TEST_CASE("numbers and notations are taken apart and printed", "[numbers][P07]") {
  struct Row {
    std::string written;
    int number;
    std::string suffix;
    int year;
    std::string notation, printed;
  };
  const std::vector<Row> rows = {
      {"15/QĐ-UBND", 15, "", 0, "QĐ-UBND", "15/QĐ-UBND"},
      {"5/QĐ-UBND", 5, "", 0, "QĐ-UBND", "05/QĐ-UBND"},
      {"05/BNV-VP", 5, "", 0, "BNV-VP", "05/BNV-VP"},
      {"06/2025/TT-BNV", 6, "", 2025, "TT-BNV", "06/2025/TT-BNV"},
      {"1/2026/QĐ-UBND", 1, "", 2026, "QĐ-UBND", "01/2026/QĐ-UBND"},
      {"12a/KH-UBND", 12, "a", 0, "KH-UBND", "12a/KH-UBND"},
      {"12A/KH-UBND", 12, "a", 0, "KH-UBND", "12a/KH-UBND"},
      {"3đ/BC-VP", 3, "đ", 0, "BC-VP", "03đ/BC-VP"},
      {"15/QÐ-UBND", 15, "", 0, "QĐ-UBND", "15/QĐ-UBND"},
      {" Số: 15 / QĐ - UBND ", 15, "", 0, "QĐ-UBND", "15/QĐ-UBND"},
      {"Số 245/SNV-VTLT", 245, "", 0, "SNV-VTLT", "245/SNV-VTLT"},
      {"15/QĐ–UBND", 15, "", 0, "QĐ-UBND", "15/QĐ-UBND"},
      {"348/LĐTBXH-BTXH", 348, "", 0, "LĐTBXH-BTXH", "348/LĐTBXH-BTXH"},
      {"12/TTr-UBND.VX", 12, "", 0, "TTr-UBND.VX", "12/TTr-UBND.VX"},
      {"7/GD&ĐT-TCCB", 7, "", 0, "GD&ĐT-TCCB", "07/GD&ĐT-TCCB"},
      {"14204-CV/VPTW", 14204, "", 0, "CV/VPTW", "14204-CV/VPTW"},
      {"5-NQ/ĐU", 5, "", 0, "NQ/ĐU", "05-NQ/ĐU"},
      {"5–NQ/ĐU", 5, "", 0, "NQ/ĐU", "05-NQ/ĐU"},
      {"115/QĐ/UB", 115, "", 0, "QĐ/UB", "115/QĐ/UB"},
      {"64/HĐBT", 64, "", 0, "HĐBT", "64/HĐBT"},
      {"170-HĐBT", 170, "", 0, "HĐBT", "170-HĐBT"},
      {"15", 15, "", 0, "", "15"},
      {"7", 7, "", 0, "", "07"},
      {"15/2020", 15, "", 2020, "", "15/2020"},
      {"/QĐ-UBND", 0, "", 0, "QĐ-UBND", "/QĐ-UBND"},
      {"…/QĐ-UBND", 0, "", 0, "QĐ-UBND", "/QĐ-UBND"},
      {"Số:      /QĐ-UBND", 0, "", 0, "QĐ-UBND", "/QĐ-UBND"},
      {"999999/QĐ-UBND", 999999, "", 0, "QĐ-UBND", "999999/QĐ-UBND"},
      {"0015/qđ-ubnd", 15, "", 0, "qđ-ubnd", "15/qđ-ubnd"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.written);
    const auto read = parse_document_number(row.written);
    REQUIRE(read.has_value());
    CHECK(read->number == row.number);
    CHECK(read->suffix == row.suffix);
    CHECK(read->year == row.year);
    CHECK(read->notation == row.notation);
    CHECK(read->text() == row.printed);
    CHECK_FALSE(read->empty());
    const auto again = parse_document_number(row.printed);
    REQUIRE(again.has_value());
    CHECK(again->text() == row.printed);
  }
  CHECK(parse_document_number(" 15/QÐ-UBND ")->written == "15/QÐ-UBND");
  CHECK(DocumentNumber{}.empty());
  CHECK(DocumentNumber{}.text().empty());
  CHECK(DocumentNumber{5, "", 0, "QĐ-UBND", ""}.text() == "05/QĐ-UBND");
  CHECK(DocumentNumber{5, "", 0, "NQ/ĐU", ""}.text() == "05-NQ/ĐU");
}

TEST_CASE("what is no number is refused", "[numbers][P07]") {
  for (const std::string written : {"", "abc", "0/QĐ-UBND", "1234567/QĐ-UBND", "15/", "15/QĐ--UBND",
                                    "15/QĐ UBND", "15bis/QĐ", "05/01/2026", "05-01-2026", "15/12", "QĐ-UBND",
                                    "15-QĐ-UBND", "15/QĐ-UBND;16/QĐ-UBND", "không số", "b/n", "15/漢字"}) {
    CAPTURE(written);
    CHECK_FALSE(parse_document_number(written).has_value());
  }
  CHECK_FALSE(parse_document_number("15/" + std::string(500, 'A')).has_value());
}

TEST_CASE("the 29 types and their codes", "[types][P07]") {
  CHECK(document_types().size() == 29);
  std::set<std::string> codes, names;
  for (const auto& type : document_types()) {
    codes.insert(type.tt05);
    names.insert(type.name_vi);
    CAPTURE(type.name_vi);
    CHECK(find_document_type(type.name_vi) == &type);
    CHECK(find_document_type(type.tt05) == &type);
    if (*type.abbreviation != '\0') CHECK(find_document_type(type.abbreviation) == &type);
  }
  CHECK(names.size() == 29);
  CHECK(codes.size() == 29);
  CHECK(*codes.begin() == "01");
  CHECK(*codes.rbegin() == "29");
}

TEST_CASE("a type is found however it is written", "[types][P07][P42]") {
  const std::vector<std::pair<std::string, std::string>> rows = {
      {"Quyết định", "02"},
      {"quyet dinh", "02"},
      {"QUYẾT ĐỊNH", "02"},
      {"QĐ", "02"},
      {"qđ", "02"},
      {"QD", "02"},
      {"QÐ", "02"},
      {"Nghị quyết (cá biệt)", "01"},
      {"HD", "08"},
      {"HĐ", "21"},
      {"hđ", "21"},
      {"hop dong", "21"},
      {"DA", "13"},
      {"ĐA", "12"},
      {"Đề án", "12"},
      {"du an", "13"},
      {"CD", "23"},
      {"QyĐ", "05"},
      {"quy dinh", "05"},
      {"CV", "22"},
      {"cong van", "22"},
      {"Bản thoả thuận", "25"},
      {"Giấy uỷ quyền", "16"},
      {"Tờ trình", "15"},
      {"Biên bản", "20"},
      {"Giấy  mời", "26"},
      {"Thư công", "29"},
      {"Bản đồ", "30"},
      {"32", "32"},
      {"Khác", "32"},
  };
  for (const auto& [written, code] : rows) {
    CAPTURE(written);
    const auto* type = find_document_type(written);
    REQUIRE(type != nullptr);
    CHECK(std::string(type->tt05) == code);
  }
  for (const std::string unknown : {"", " ", "Nghị định", "Luật", "33", "2", "Quyết", "(cá biệt)"}) {
    CAPTURE(unknown);
    CHECK(find_document_type(unknown) == nullptr);
  }
}

TEST_CASE("the type in a notation", "[types][P07]") {
  const std::vector<std::pair<std::string, std::string>> rows = {
      {"QĐ-UBND", "QĐ"},  {"qđ-ubnd", "QĐ"}, {"QD-UBND", "QĐ"},    {"TTr-UBND", "TTr"}, {"UBND-VP", "CV"},
      {"SNV-VTLT", "CV"}, {"HD-SNV", "HD"},  {"HĐ-UBND", "HĐ"},    {"CV/VPTW", "CV"},   {"NQ/TU", "NQ"},
      {"GM-UBND", "GM"},  {"CĐ-UBND", "CĐ"}, {"GD&ĐT-TCCB", "CV"}, {"BCH-QL", "CV"},
  };
  for (const auto& [notation, abbreviation] : rows) {
    CAPTURE(notation);
    const auto* type = type_of_notation(notation);
    REQUIRE(type != nullptr);
    CHECK(std::string(type->abbreviation) == abbreviation);
  }
  for (const std::string none : {"", "TT-BNV", "NĐ-CP", "SY-UBND", "TrS-UBND", "HĐBT", "KL/TW"}) {
    CAPTURE(none);
    CHECK(type_of_notation(none) == nullptr);
  }
}

TEST_CASE("type and subject stand in one cell", "[types][P41]") {
  struct Row {
    std::string cell, type, subject;
  };
  const std::vector<Row> rows = {
      {"Kế hoạch thực hiện nhiệm vụ năm 2024", "KH", "thực hiện nhiệm vụ năm 2024"},
      {"Công văn về việc treo cờ Tổ quốc", "CV", "về việc treo cờ Tổ quốc"},
      {"Giấy mời dự Hội nghị sơ kết", "GM", "dự Hội nghị sơ kết"},
      {"QUYẾT ĐỊNH: về việc bổ nhiệm", "QĐ", "về việc bổ nhiệm"},
      {"quyet  dinh ve viec bo nhiem", "QĐ", "ve viec bo nhiem"},
      {"Quyết định - V/v bổ nhiệm", "QĐ", "V/v bổ nhiệm"},
      {"Quye\u0302\u0301t đi\u0323nh bổ nhiệm", "QĐ", "bổ nhiệm"},
      {" Báo cáo\ncông tác tháng 3 ", "BC", "công tác tháng 3"},
      {"Báo cáo, giải trình số liệu", "BC", "giải trình số liệu"},
      {"Bản ghi nhớ hợp tác", "BGN", "hợp tác"},
      {"Thông báo", "TB", ""},
      {"Thông báo kết luận của Chủ tịch", "TB", "kết luận của Chủ tịch"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.cell);
    const auto [type, subject] = split_type_and_subject(row.cell);
    REQUIRE(type != nullptr);
    CHECK(std::string(type->abbreviation) == row.type);
    CHECK(subject == row.subject);
  }
  const auto [drawing, place] = split_type_and_subject("Bản vẽ kỹ thuật cầu Hải Thế");
  REQUIRE(drawing != nullptr);
  CHECK(std::string(drawing->tt05) == "31");
  CHECK(place == "cầu Hải Thế");
  for (const std::string cell : {"Về việc quyết định bổ nhiệm", "Quyết địnhbổ nhiệm",
                                 "Nghị định về công tác văn thư", "Khác với năm trước", "Quyết"}) {
    CAPTURE(cell);
    const auto [type, subject] = split_type_and_subject(cell);
    CHECK(type == nullptr);
    CHECK(subject == cell);
  }
  CHECK(split_type_and_subject("").second.empty());
}

TEST_CASE("the sample registers: type of the cell and of the notation agree", "[types][P41]") {
  const auto fields = [](const std::string& line) {
    std::vector<std::string> out(1);
    bool quoted = false;
    for (const char c : line) {
      if (c == '"')
        quoted = !quoted;
      else if (c == ',' && !quoted)
        out.emplace_back();
      else if (c != '\r')
        out.back() += c;
    }
    return out;
  };
  const std::string folder = std::string(VTLT_SOURCE_DIR) + "/../shared/samples/xa-phong-hai/";
  const std::map<std::string, std::pair<std::size_t, std::size_t>> columns = {{"van-ban-den.csv", {3, 5}},
                                                                              {"van-ban-di.csv", {0, 2}}};
  for (const auto& [name, column] : columns) {
    std::ifstream in(folder + name);
    if (!in) {
      WARN("SKIPPED: no shared/");
      return;
    }
    std::string line;
    std::getline(in, line);
    int rows = 0;
    while (std::getline(in, line)) {
      const auto row = fields(line);
      if (row.size() <= column.second) continue;
      CAPTURE(name, line);
      const auto number = parse_document_number(row[column.first]);
      REQUIRE(number.has_value());
      CHECK(number->text() == row[column.first]);
      const auto [type, subject] = split_type_and_subject(row[column.second]);
      CHECK(type != nullptr);
      CHECK(type == type_of_notation(number->notation));
      CHECK_FALSE(subject.empty());
      ++rows;
    }
    CHECK(rows > 50);
  }
}

TEST_CASE("codes of TT05", "[codes][D5][P42]") {
  const std::vector<std::pair<std::string, std::string>> modes = {{"open", "01"},
                                                                  {"Công khai", "01"},
                                                                  {"01", "01"},
                                                                  {"conditional", "02"},
                                                                  {"Sử dụng có điều kiện", "02"},
                                                                  {"hạn chế", "02"},
                                                                  {"secret", "03"},
                                                                  {"Mật", "03"},
                                                                  {"", ""},
                                                                  {"tùy", ""}};
  for (const auto& [text, code] : modes)
    CHECK(tt05_mode(text) == code);
  const std::vector<std::pair<std::string, std::string>> languages = {{"Tiếng Việt", "01"},
                                                                      {"tieng viet", "01"},
                                                                      {"Việt", "01"},
                                                                      {"Tiếng Anh", "02"},
                                                                      {"Pháp", "03"},
                                                                      {"Nga", "04"},
                                                                      {"Tiếng Trung Quốc", "05"},
                                                                      {"Việt - Anh", "06"},
                                                                      {"Tiếng Việt - Tiếng Nga", "07"},
                                                                      {"Việt-Pháp", "08"},
                                                                      {"Hán Nôm", "09"},
                                                                      {"Việt Trung", "10"},
                                                                      {"Khác", "11"},
                                                                      {"Tiếng Việt; Tiếng Anh", "01;02"},
                                                                      {"Tiếng Việt, Tiếng Anh", "01;02"},
                                                                      {"01", "01"},
                                                                      {"01; 02", "01;02"},
                                                                      {"", ""},
                                                                      {"Tiếng Việt; Sao Hỏa", ""}};
  for (const auto& [text, code] : languages) {
    CAPTURE(text);
    CHECK(tt05_language(text) == code);
  }
  const std::vector<std::pair<std::string, std::string>> confidences = {
      {"Gốc điện tử", "01"}, {"Số hóa", "02"}, {"số hoá", "02"}, {"Hỗn hợp", "03"},
      {"02", "02"},          {"", ""},         {"cao", ""}};
  for (const auto& [text, code] : confidences)
    CHECK(tt05_confidence(text) == code);
  const std::vector<std::pair<std::string, std::string>> conditions = {
      {"Tốt", "01"}, {"Bình thường", "02"}, {"Hỏng", "03"}, {"", ""}, {"rách", ""}};
  for (const auto& [text, code] : conditions)
    CHECK(tt05_condition(text) == code);
  for (const char* code : {"01", "02", "03"}) {
    CAPTURE(code);
    CHECK(tt05_mode(access_of_tt05(code)) == code);
    CHECK(tt05_confidence(confidence_of_tt05(code)) == code);
    CHECK(tt05_condition(condition_of_tt05(code)) == code);
  }
  CHECK(confidence_of_tt05("Chưa rõ") == "Chưa rõ");
  for (const char* code : {"01", "02", "03", "04", "05", "06"})
    CHECK(tt05_maintenance(term_of_tt05(code)) == code);
  for (const char* code : {"07", "08", "", "30"})
    CHECK(term_of_tt05(code).kind == TermKind::none);
}

TEST_CASE("forms of agency codes", "[codes][P37]") {
  using Form = OrganCodeForm;
  const std::vector<std::pair<std::string, Form>> rows = {
      {"G09", Form::qd20},
      {"G12.18", Form::qd20},
      {"H57.32.15", Form::qd20},
      {"H49.64.33", Form::qd20},
      {"H57." + std::string(31, '1'), Form::qd20},
      {"H57." + std::string(32, '1'), Form::invalid},
      {"Z01ABC123", Form::z_form},
      {"Z99" + std::string(32, '9'), Form::z_form},
      {"Z00A", Form::invalid},
      {"Z01", Form::invalid},
      {"Z01.02", Form::invalid},
      {"Z01" + std::string(33, '9'), Form::invalid},
      {"0101234567", Form::enterprise},
      {"0101234567-001", Form::enterprise},
      {"000.00.00.H57", Form::legacy13},
      {"000.00.04.G14", Form::legacy13},
      {"00.00.H57", Form::legacy_short},
      {"000.00.H57", Form::legacy_short},
      {"h57.32", Form::invalid},
      {"H57.", Form::invalid},
      {"H57..01", Form::invalid},
      {"H5", Form::invalid},
      {"H57-32", Form::invalid},
      {"H57.ĐC", Form::invalid},
      {"", Form::invalid},
  };
  for (const auto& [code, form] : rows) {
    CAPTURE(code);
    CHECK(organ_code_form(code) == form);
  }
}
