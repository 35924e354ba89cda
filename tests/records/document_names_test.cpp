#include <catch2/catch.hpp>

#include "records/document_names.h"

using namespace vtlt::records;

TEST_CASE("names of computer files give number, notation, type, year, annex, organ code", "[P07][P37]") {
  struct Case {
    const char* name;
    const char* organ;
    const char* own;  // as printed
    const char* type;
    int year, annex;
    const char* doubt;
  };
  const Case cases[] = {
      {"00.00.H57_275_KH_UBND_2025_PL1_signed.pdf", "00.00.H57", "275/KH-UBND", "Kế hoạch", 2025, 1, ""},
      {"00.00.H57-20-CT-UBND-2024_signed.pdf", "00.00.H57", "20/CT-UBND", "Chỉ thị", 0, 0, ""},
      {"00.00.H57-20-CT-UBND-2024-signed.pdf", "00.00.H57", "20/CT-UBND", "Chỉ thị", 2024, 0, ""},
      {"000.00.00.K57-55-2025-NQ-HDND-2025-PL1.pdf", "000.00.00.K57", "55/2025/NQ-HĐND", "Nghị quyết", 2025, 1,
       ""},
      {"H57.31.07_01_KH_UBND_2024_signed.pdf", "H57.31.07", "01/KH-UBND", "Kế hoạch", 2024, 0, ""},
      {"00.05.H57_412_SNV_VTLT_2024_signed.pdf", "00.05.H57", "412/SNV-VTLT", "Công văn", 2024, 0, ""},
      {"H57.31.07_15_QD_UBND_2024.pdf", "H57.31.07", "15/QĐ-UBND", "Quyết định", 2024, 0, ""},
      {"H57.31.07_12a_TTR_UBND_2024.PDF", "H57.31.07", "12a/TTr-UBND", "Tờ trình", 2024, 0, ""},
      {"275_KH_UBND_2025.pdf", "", "275/KH-UBND", "Kế hoạch", 2025, 0, ""},
      {"scan/H57.31.07_15_QĐ_HĐND_2024_PL.docx", "H57.31.07", "15/QĐ-HĐND", "Quyết định", 2024, 1, ""},
      // Without marks HD is hướng dẫn or hợp đồng, SLDTBXH may have an Đ: not set, said so.
      {"H57_19_HD_SNV_2024.pdf", "H57", "19", "", 2024, 0, "HD"},
      {"H57_7_BC_SLDTBXH_2024.pdf", "H57", "07", "Báo cáo", 2024, 0, "SLDTBXH"},
  };
  for (const Case& c : cases) {
    INFO(c.name);
    const auto name = parse_document_name(c.name);
    REQUIRE(name);
    CHECK(name->organ == c.organ);
    CHECK(name->own.text() == c.own);
    CHECK(std::string(name->type == nullptr ? "" : name->type->name_vi) == c.type);
    CHECK(name->annex == c.annex);
    CHECK(name->doubt == c.doubt);
    if (c.year != 0) CHECK(name->year == c.year);
  }
  CHECK(parse_document_name("H57_7_BC_SLDTBXH_2024.pdf", {"SLĐTBXH"})->own.notation == "BC-SLĐTBXH");
  CHECK(parse_document_name("00.00.H57-20-CT-UBND-2024_signed.pdf")->is_signed);
}

TEST_CASE("titles and other names give nothing", "[P07]") {
  for (const char* name :
       {"QĐ 01 ban hành Danh mục hồ sơ năm 2024.pdf", "KH 04 UBND huyện nhiệm vụ KTXH 2024.pdf", "scan0001.pdf",
        "IMG_20220916_0915.jpg", "01-ke-hoach-cong-tac-nam-2024.pdf", "12/001.pdf", "", ".pdf", "2024.pdf",
        "Q3-5-1-10-4.pdf", "H57.31.07.2024.01.VP.001.pdf", "Báo cáo 2024_final.docx"})
    CHECK_FALSE(parse_document_name(name));
}
