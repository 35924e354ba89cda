// Titles that are nearly equal, and which file a document may belong to.
#include "records/similar.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <chrono>
#include <ctime>
#include <iostream>
#include <random>
#include <set>

#include "records/suggest.h"
#include "text/messages.h"

using namespace vtlt;
using namespace vtlt::records;
using K = TitleDifferenceKind;

namespace {

std::vector<K> kinds(const SimilarPair& pair) {
  std::vector<K> out;
  for (const auto& one : pair.differences) out.push_back(one.kind);
  std::sort(out.begin(), out.end());
  return out;
}

TitleItem item(const std::string& title, int year = 0, const std::string& key = "") { return {key.empty() ? title : key, title, year}; }

// Titles as lists of a commune have them.
std::vector<TitleItem> many_titles(std::size_t count, unsigned seed) {
  static const char* const kKinds[] = {"Hồ sơ", "Tập văn bản", "Kế hoạch, báo cáo", "Tập lưu", "Công văn trao đổi"};
  static const char* const kMatters[] = {"cấp giấy chứng nhận quyền sử dụng đất", "giải quyết đơn khiếu nại, tố cáo", "xây dựng nông thôn mới",
                                         "công tác văn thư, lưu trữ", "tuyển quân và nghĩa vụ quân sự", "thu chi ngân sách xã",
                                         "giao đất, cho thuê đất", "phòng chống thiên tai", "bầu cử đại biểu Hội đồng nhân dân"};
  static const char* const kNames[] = {"Nguyễn Văn", "Lê Thị", "Trần Đình", "Phạm Thị", "Hoàng Văn"};
  static const char* const kGiven[] = {"An", "Bình", "Hoa", "Hòa", "Lan", "Minh", "Sơn", "Tâm", "Thảo", "Yến"};
  static const char* const kPlaces[] = {"Hải Thế", "Hải Nhuận", "Tân Hội", "Thượng Hòa", "Niêm"};
  std::mt19937 random(seed);
  const auto of = [&](const auto& list) { return std::string(list[random() % std::size(list)]); };
  std::vector<TitleItem> items;
  for (std::size_t i = 0; i < count; ++i) {
    std::string title = of(kKinds) + " " + of(kMatters);
    if (random() % 2 == 0) title += " cho ông " + of(kNames) + " " + of(kGiven);
    if (random() % 2 == 0) title += ", thôn " + of(kPlaces);
    if (random() % 4 != 0) title += " năm " + std::to_string(1995 + random() % 30);
    if (random() % 9 == 0) title = "V/v " + title;
    items.push_back({"T" + std::to_string(i), title, 0});
  }
  return items;
}

}  // namespace

TEST_CASE("spelling, tones, order and abbreviations join titles", "[similar]") {
  struct Case {
    const char *a, *b;
    std::vector<K> kinds;
  };
  const Case cases[] = {
      {"Hồ sơ cấp đất ở năm 1998", "Hồ sơ cấp đất ở năm 1998", {}},
      {"Hồ sơ cấp đất ở năm 1998", "HỒ SƠ CẤP ĐẤT Ở, NĂM 1998.", {K::letter_case}},
      {"Hồ sơ về việc cấp đất ở năm 1998", "Hồ sơ cấp đất ở, 1998", {K::letter_case}},
      {"Hồ sơ hòa giải ở cơ sở năm 2020", "Hồ sơ hoà giải ở cơ sở năm 2020", {K::tones}},
      {"Ho so cap dat o nam 1998", "Hồ sơ cấp đất ở năm 1998", {K::tones}},
      {"Kế hoạch, báo cáo công tác văn thư", "Báo cáo, kế hoạch công tác văn thư", {K::order}},
      {"Hồ sơ họp UBND xã về thu ngân sách", "Hồ sơ họp Ủy ban nhân dân xã về thu ngân sách", {K::abbreviation}},
      {"Công tác kiểm tra hoạt động ĐTNCS xã", "Công tác kiểm tra hoạt động đoàn thanh niên cộng sản xã", {K::abbreviation}},
      {"Hồ sơ giải quyết khiếu nại về đất đai", "Hồ sơ giải quiết khiếu nại về đất đai", {K::spelling}},
      {"Hồ sơ xây dựng đường giao thông liên thôn khu vực phía đông", "Hồ sơ xây dựng đường giao thông liên thôn phía đông", {K::words}},
      {"Hồ sơ cấp đất cho ông Nguyễn Văn An", "Ho so cap dat cho ong Nguyen Van An", {K::tones}},
      {"Báo cáo quý I năm 2020 của xã", "Báo cáo quý 1 năm 2020 của xã", {K::letter_case}},
  };
  for (const auto& one : cases) {
    CAPTURE(one.a, one.b);
    const auto pair = compare_titles(item(one.a), item(one.b));
    REQUIRE(pair);
    CHECK(pair->degree >= kSimilarDegree);
    CHECK(kinds(*pair) == one.kinds);
  }
  const auto pair = compare_titles(item("Hồ sơ họp UBND xã về thu ngân sách"), item("Hồ sơ họp Ủy ban nhân dân xã thu ngân sách"));
  REQUIRE(pair);
  CHECK(pair->degree == 1000);
  const auto misspelt = compare_titles(item("Hồ sơ giải quyết khiếu nại về đất đai"), item("Hồ sơ giải quiết khiếu nại về đất đai"));
  REQUIRE(misspelt);
  CHECK(misspelt->differences == std::vector<TitleDifference>{{K::spelling, "quyet", "quiet"}});
}

TEST_CASE("numbers, years, persons and places keep titles apart", "[similar]") {
  const std::pair<const char*, const char*> cases[] = {
      {"Hồ sơ cấp đất ở đợt 1 năm 1998", "Hồ sơ cấp đất ở đợt 1 năm 1999"},
      {"Hồ sơ cấp đất ở đợt 1 năm 1998", "Hồ sơ cấp đất ở đợt 2 năm 1998"},
      {"Báo cáo quý 1 năm 2020 của xã", "Báo cáo tháng 1 năm 2020 của xã"},
      {"Báo cáo tháng 6 năm 2020 của xã", "Báo cáo 6 tháng năm 2020 của xã"},
      {"Báo cáo quý I năm 2020", "Báo cáo quý II năm 2020"},
      {"Hồ sơ cấp giấy chứng nhận cho ông Nguyễn Văn An", "Hồ sơ cấp giấy chứng nhận cho ông Nguyễn Văn Anh"},
      {"Hồ sơ cấp giấy chứng nhận cho bà Lê Thị Hoa", "Hồ sơ cấp giấy chứng nhận cho bà Lê Thị Hòa"},
      {"Hồ sơ cấp giấy chứng nhận của Lê Thị Hoa", "Hồ sơ cấp giấy chứng nhận của Trần Thị Hoa"},
      {"Hồ sơ cấp giấy chứng nhận cho ông Nguyễn Văn A", "Hồ sơ cấp giấy chứng nhận cho ông Nguyễn Văn B"},
      {"Hồ sơ quy hoạch chi tiết xây dựng khu dân cư xã Phong Hải", "Hồ sơ quy hoạch chi tiết xây dựng khu dân cư xã Phong Hiền"},
      {"Hồ sơ xây dựng trường mầm non thôn A", "Hồ sơ xây dựng trường mầm non thôn B"},
      {"Sổ đăng ký văn bản đi của ủy ban xã", "Sổ đăng ký văn bản đến của ủy ban xã"},
      {"Công tác văn thư", "Công tác dân quân"},
  };
  for (const auto& [a, b] : cases) {
    CAPTURE(a, b);
    CHECK_FALSE(compare_titles(item(a), item(b)));
  }
  // The year of the file stands for one that the title does not name.
  CHECK_FALSE(compare_titles(item("Công tác văn thư", 2019, "a"), item("Công tác văn thư", 2020, "b")));
  CHECK(compare_titles(item("Công tác văn thư năm 2019", 0), item("Công tác văn thư", 2019)));
  CHECK(compare_titles(item("Công tác văn thư năm 2019", 2021, "a"), item("Công tác văn thư năm 2019", 2019, "b")));
}

TEST_CASE("a title is near itself, and nearness has no direction", "[similar]") {
  const auto items = many_titles(300, 3);
  for (std::size_t i = 0; i < items.size(); ++i) {
    const auto self = compare_titles(items[i], items[i]);
    REQUIRE(self);
    CHECK(self->degree == 1000);
    CHECK(self->differences.empty());
    const auto& other = items[(i * 7 + 1) % items.size()];
    const auto there = compare_titles(items[i], other, 300), back = compare_titles(other, items[i], 300);
    REQUIRE(there.has_value() == back.has_value());
    if (!there) continue;
    CHECK(there->degree == back->degree);
    REQUIRE(there->differences.size() == back->differences.size());
    for (std::size_t k = 0; k < there->differences.size(); ++k) {
      CHECK(there->differences[k].kind == back->differences[k].kind);
      CHECK(there->differences[k].left == back->differences[k].right);
      CHECK(there->differences[k].right == back->differences[k].left);
    }
  }
}

TEST_CASE("the pairs of a list do not depend on its order", "[similar]") {
  auto items = many_titles(1200, 5);
  std::mt19937 random(9);
  std::set<std::tuple<std::string, std::string, int>> expected;
  for (int round = 0; round < 4; ++round) {
    const auto found = similar_titles(items);
    std::set<std::tuple<std::string, std::string, int>> pairs;
    for (const auto& pair : found.pairs) {
      CHECK(pair.a < pair.b);
      const auto &a = items[pair.a], &b = items[pair.b];
      CHECK(compare_titles(a, b)->degree == pair.degree);
      pairs.emplace(std::min(a.key, b.key), std::max(a.key, b.key), pair.degree);
    }
    CHECK(pairs.size() == found.pairs.size());
    if (round == 0) expected = pairs;
    CHECK_FALSE(pairs.empty());
    CHECK(pairs == expected);
    std::shuffle(items.begin(), items.end(), random);
  }
}

TEST_CASE("the index finds what comparing all with all finds", "[similar]") {
  // No numbers in them: one group, large enough for the index.
  std::vector<TitleItem> items;
  static const char* const kWords[] = {"khảo", "sát", "đường", "cầu", "trạm", "nước", "điện", "chợ", "kênh", "rừng", "biển", "lúa", "trường", "nghề", "quỹ", "thuế"};
  std::mt19937 random(21);
  for (int i = 0; i < 400; ++i) {
    std::string title = "Hồ sơ";
    for (int k = 0; k < 8; ++k) title += std::string(" ") + kWords[random() % std::size(kWords)];
    items.push_back({"k" + std::to_string(i), title, 0});
    if (i % 8 == 0) items.push_back({"v" + std::to_string(i), title + " chung", 0});
  }
  std::set<std::pair<std::size_t, std::size_t>> all, found;
  for (std::size_t i = 0; i < items.size(); ++i)
    for (std::size_t j = i + 1; j < items.size(); ++j)
      if (compare_titles(items[i], items[j])) all.emplace(i, j);
  const auto result = similar_titles(items);
  for (const auto& pair : result.pairs) found.emplace(pair.a, pair.b);
  CHECK(std::includes(all.begin(), all.end(), found.begin(), found.end()));
  if (result.complete) CHECK(found == all);
  CHECK(found.size() >= 50);
}

TEST_CASE("equal titles give a chain, not all pairs, and the number of pairs is bounded", "[similar]") {
  std::vector<TitleItem> items;
  for (int i = 0; i < 1000; ++i) items.push_back({"k" + std::to_string(i), "Hồ sơ nhân sự", 0});
  CHECK(similar_titles(items).pairs.size() == 999);
  const auto few = similar_titles(items, kSimilarDegree, 10);
  CHECK(few.pairs.size() == 10);
  CHECK_FALSE(few.complete);
  CHECK(similar_titles({}).pairs.empty());
  CHECK(similar_titles({item("", 0, "a"), item("…", 0, "b"), item("\xF0\x9F\x93\x81", 0, "c")}).complete);
}

TEST_CASE("a hundred thousand titles are compared in seconds", "[similar]") {
  const auto items = many_titles(100'000, 1);
  const auto start = std::chrono::steady_clock::now();
  const std::clock_t cpu = std::clock();
  const auto found = similar_titles(items);
  const auto used = (std::clock() - cpu) * 1000 / CLOCKS_PER_SEC;
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start).count();
  std::cout << "similar titles: 100000 titles, " << found.pairs.size() << " pairs, " << ms << " ms, " << used << " ms of the processor\n";
  CHECK_FALSE(found.pairs.empty());
}

// ---- suggest ----
namespace {

std::string said(const Suggested& one) {
  std::string all;
  for (const auto& reason : one.reasons) all += (all.empty() ? "" : " · ") + text::render(reason.message, text::Language::vi);
  return all;
}

}  // namespace

TEST_CASE("files are ranked by what links them to a document, with the evidence", "[suggest]") {
  const Id asked = new_id(Kind::entry);
  CandidateTraits archive, land, class_one;
  archive.ref = "2026.04.VP";
  archive.title = "Công tác văn thư, lưu trữ năm 2026";
  archive.year = 2026;
  archive.senders = {{"Sở Nội vụ", 7}};
  archive.types = {{"Công văn", 5}};
  archive.unit = "VP";
  land.ref = "2026.01.ĐC";
  land.title = "Cấp giấy chứng nhận quyền sử dụng đất";
  land.year = 2026;
  land.documents = {new_id(Kind::document), asked};
  class_one.ref = "I.2";
  class_one.is_file = false;
  class_one.title = "Văn thư, lưu trữ";
  class_one.words = {"thu nộp"};
  class_one.senders = {{"so noi vu", 1}};
  DocumentTraits document;
  document.subject = "V/v thu nộp tài liệu lưu trữ năm 2026";
  document.sender = "Sở  Nội vụ";
  document.type = "CV";
  document.unit = "vp";
  document.notation = "SNV-VTLT";
  document.year = 2026;

  const Suggester suggester({land, class_one, archive});
  auto ranked = suggester.rank(document);
  REQUIRE(ranked.size() == 2);
  CHECK(ranked[0].candidate == 1);  // the class: sender, a word of the scheme, title
  CHECK(said(ranked[0]) ==
        "cùng cơ quan gửi: so noi vu (1) · từ khóa của khung phân loại: \"thu nộp\" · từ trong tiêu đề: lưu, trữ");
  CHECK(ranked[1].candidate == 2);  // "thu" is not "thư"
  CHECK(said(ranked[1]) ==
        "cùng cơ quan gửi: Sở Nội vụ (7) · từ trong tiêu đề: lưu, trữ · cùng tên loại: Công văn (5) · cùng đơn vị: vp");

  // Without tones both are meant.
  DocumentTraits bare = document;
  bare.subject = "Thu nop tai lieu luu tru";
  CHECK(said(suggester.rank(bare)[0]) ==
        "cùng cơ quan gửi: Sở Nội vụ (7) · từ trong tiêu đề: thu, luu, tru · cùng tên loại: Công văn (5) · cùng đơn vị: vp");

  // A link goes before everything else.
  document.linked = {asked};
  ranked = suggester.rank(document);
  REQUIRE(ranked.size() == 3);
  CHECK(ranked[0].candidate == 0);
  CHECK(ranked[0].reasons[0].kind == ReasonKind::linked);
  CHECK(said(ranked[0]) == "có 1 văn bản cùng chuỗi trả lời, liên kết với văn bản này");
  CHECK(suggester.rank(document, 1).size() == 1);

  // Nothing in common: nothing is said; type, unit and number alone are no reason.
  DocumentTraits other;
  other.type = "CV";
  other.unit = "VP";
  other.subject = "Đại hội thể thao";
  CHECK(suggester.rank(other).empty());
  CHECK(suggester.rank({}).empty());
}

TEST_CASE("a link weighs more than all other reasons together", "[suggest]") {
  CandidateTraits all, linked;
  all.ref = "1";
  all.title = "Phòng chống thiên tai, bão lụt, cứu nạn, hạn hán";
  all.words = {"bão lụt"};
  all.senders = {{"Sở Nông nghiệp", 900}};
  all.types = {{"Báo cáo", 900}};
  all.notations = {{"SNN-TL", 900}};
  all.unit = "ĐC";
  linked.ref = "2";
  linked.documents = {new_id(Kind::document)};
  DocumentTraits document;
  document.subject = "Phòng chống thiên tai, bão lụt, cứu nạn, hạn hán";
  document.sender = "Sở Nông nghiệp";
  document.type = "Báo cáo";
  document.notation = "SNN-TL";
  document.unit = "ĐC";
  document.linked = linked.documents;
  const auto ranked = Suggester({all, linked}).rank(document);
  REQUIRE(ranked.size() == 2);
  CHECK(ranked[0].candidate == 1);
  for (const auto& one : ranked) {
    int points = 0;
    for (const auto& reason : one.reasons) points += reason.points;
    CHECK(points == one.points);
  }
}

TEST_CASE("the ranking does not depend on the order of the candidates", "[suggest]") {
  std::vector<CandidateTraits> candidates;
  for (int i = 0; i < 40; ++i) {
    CandidateTraits one;
    one.ref = "2026." + std::to_string(i) + ".VP";
    one.year = 2020 + i % 7;
    one.is_file = i % 3 != 0;
    one.senders = {{"Sở Nội vụ", i}};
    candidates.push_back(one);
  }
  DocumentTraits document;
  document.sender = "Sở Nội vụ";
  document.year = 2024;
  std::mt19937 random(2);
  std::vector<std::string> expected;
  for (int round = 0; round < 4; ++round) {
    std::vector<std::string> refs;
    for (const auto& one : Suggester(candidates).rank(document, 10)) refs.push_back(candidates[one.candidate].ref);
    if (round == 0) expected = refs;
    CHECK(refs == expected);
    std::shuffle(candidates.begin(), candidates.end(), random);
  }
  CHECK(expected.front() == "2026.4.VP");  // a file, of the document's year, the smallest reference
}
