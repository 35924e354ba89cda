// Random histories of files: whatever is done in whatever order, nothing that was filed is lost, no number comes twice,
// and a file is kept as long as the longest of its documents.
#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <random>
#include <set>

#include "repository/planning.h"
#include "repository/state.h"
#include "support.h"
#include "text/text.h"

using namespace repository_test;
using namespace vtlt::test;

namespace {

using records::FileState;

std::string scheme_with_plan(bool continuous) {
  return std::string("vtlt: scheme/1\nid: nho\n"
                     "fonds: {code: UB, name: UBND xã Thử, organ: H57.32.15, archive: H57.05}\n"
                     "issuers: {UBND: Ủy ban nhân dân xã}\n"
                     "numbering: {mode: internal}\n"
                     "series:\n"
                     "  - {id: den, book: in}\n"
                     "  - {id: qd-ub, book: out, issuer: UBND, types: [QĐ], kept: viec}\n"
                     "  - {id: khac-ub, book: out, issuer: UBND, types: other}\n"
                     "files: {numbering: ") +
         (continuous ? "continuous" : "per-heading") +
         "}\n"
         "classes:\n"
         "  - no: I\n    abbr: VP\n    title: Văn phòng\n    files:\n"
         "      - viec: Hồ sơ công tác năm {year}\n"
         "      - ngan: Công văn trao đổi năm {year}\n"
         "  - no: II\n    abbr: KT\n    title: Kinh tế\n    files:\n"
         "      - viec: Hồ sơ ngân sách năm {year}\n"
         "      - {rule: viec, title: \"Hồ sơ công trình {name}\", per: case}\n"
         "rules:\n"
         "  - {id: viec, title: Hồ sơ công việc, term: 20, basis: Bảng thời hạn, status: agency-table}\n"
         "  - {id: ngan, title: Công văn trao đổi, term: 3, basis: Bảng thời hạn, status: agency-table}\n";
}

// What the history so far must have left: kept beside the repository, by other code.
struct Model {
  std::vector<records::Id> documents;
  std::map<records::Id, std::vector<records::Id>> files;  // in order
  std::map<records::Id, FileState> states;
  std::set<records::Id> out_of_files;                     // documents that no file holds
};

class History {
 public:
  History(const Path& base, unsigned seed) : base_(base), random_(seed) {
    make(system_files(), base, scheme_with_plan(seed % 2 == 0));
    repository_.emplace(system_files(), options_at(base), true);
  }

  void step() {
    static constexpr void (History::*kSteps[])() = {
        &History::register_one, &History::register_one, &History::register_into, &History::plan,   &History::open,
        &History::open_planned_one, &History::add,      &History::add,           &History::add,    &History::remove,
        &History::amend,            &History::set_term, &History::order,         &History::close,  &History::close,
        &History::reopen};
    const auto before = state();
    try {
      (this->*kSteps[below(std::size(kSteps))])();
    } catch (const Error& error) {
      // A refusal by a rule, and nothing has happened.
      REQUIRE((error.exit() == Exit::refused || error.exit() == Exit::usage));
      REQUIRE(state() == before);
      ++refused;
    }
  }

  void require_invariants() {
    auto& catalogue = repository_->catalogue();
    std::set<std::string> numbers;
    std::size_t found = 0;
    catalogue.files(std::nullopt, 0, std::nullopt, [&](const catalogue::FileRow& row) {
      ++found;
      REQUIRE(numbers.insert(std::to_string(row.file.year) + "." + text::fold(row.file.notation)).second);
      const auto model = model_.files.find(row.file.id);
      REQUIRE(model != model_.files.end());
      REQUIRE(row.file.state == model_.states.at(row.file.id));
      const auto contents = contents_of(*repository_, row.file.id);
      REQUIRE(contents.size() == model->second.size());
      REQUIRE(row.documents == static_cast<int>(contents.size()));
      for (std::size_t i = 0; i < contents.size(); ++i) {
        REQUIRE(contents[i].ordinal == static_cast<int>(i) + 1);
        REQUIRE(contents[i].document.id == model->second[i]);
      }
      REQUIRE(records::longest_term(row.file, contents) == row.file.term);
      if (row.file.state == FileState::closed) REQUIRE(row.file.ended == 2026);
      if (row.file.state == FileState::open) REQUIRE((row.file.ended == 0 && row.file.closed_on.empty()));
      if (!contents.empty()) REQUIRE(row.file.state != FileState::planned);
    });
    REQUIRE(found == model_.files.size());
    std::set<records::Id> unfiled;
    catalogue::EntryFilter filter;
    filter.unfiled = true;
    catalogue.entries(filter, [&](const catalogue::EntryRow& row) { unfiled.insert(*row.entry.document); });
    for (const auto& document : model_.documents) {
      const auto in = catalogue.files_of(document);
      REQUIRE(catalogue.document(document)->files == static_cast<int>(in.size()));
      REQUIRE(in.empty() == (unfiled.count(document) != 0));
      std::size_t expected = 0;
      for (const auto& [file, inside] : model_.files)
        expected += std::find(inside.begin(), inside.end(), document) != inside.end() ? 1 : 0;
      REQUIRE(in.size() == expected);
    }
  }

  void require_rebuilt() {
    CatchUp result;
    auto& state = repository_->state();
    const auto fresh = fresh_catalogue(state.files, state.root, state.stream, result, no_progress());
    REQUIRE(fresh->content_digest() == repository_->catalogue().content_digest());
  }

  int refused = 0;

 private:
  std::size_t below(std::size_t most) { return random_() % most; }
  std::string state() { return summary(*repository_) + std::to_string(repository_->head().events); }

  records::Id any_file() {
    if (model_.files.empty()) throw Error(Exit::refused, "none", Message("repository.plan.empty"));
    auto at = model_.files.begin();
    std::advance(at, static_cast<std::ptrdiff_t>(below(model_.files.size())));
    return at->first;
  }

  RegisterRequest a_document() {
    RegisterRequest request = below(3) == 0 ? outgoing(below(2) == 0 ? "QĐ-UBND" : "UBND-VP", "văn bản")
                              : below(2) == 0 ? inside("tài liệu")
                                              : incoming(std::to_string(1 + below(900)) + "/SNV", "văn bản đến");
    request.entry.subject += " " + std::to_string(model_.documents.size());
    request.entry.date = {2026, 1 + static_cast<int>(below(10)), 1 + static_cast<int>(below(28))};
    request.document.carrier = records::Carrier::paper;
    request.document.sheets = std::to_string(model_.documents.size() + 1);
    static const char* kTerms[] = {"", "", "", "5", "50", "VV", "HL"};
    request.document.term = *records::parse_term(kTerms[below(std::size(kTerms))]);
    return request;
  }

  void register_one() { model_.documents.push_back(register_document(*repository_, a_document()).document.id); }

  void register_into() {
    const auto file = any_file();
    RegisterRequest request = a_document();
    request.into = file;
    const auto result = register_document(*repository_, request);
    model_.documents.push_back(result.document.id);
    model_.files[file].push_back(result.document.id);
    model_.states[file] = FileState::open;
  }

  void plan() {
    PlanRequest request;
    request.year = 2026 + static_cast<int>(below(2));
    const auto result = plan_files(*repository_, request);
    for (const auto& file : result.planned) {
      model_.files[file.id];
      model_.states[file.id] = FileState::planned;
    }
    const auto again = plan_files(*repository_, request);
    REQUIRE(again.planned.empty());
    REQUIRE(again.present.size() == result.planned.size() + result.present.size());
  }

  void open() {
    static const char* kTitles[] = {"Hồ sơ việc A", "Hồ sơ việc B", "Hồ sơ công tác năm 2026", "Hồ sơ ngân sách năm 2027"};
    FileOpenRequest request = opening(kTitles[below(std::size(kTitles))]);
    request.file.year = 2026 + static_cast<int>(below(2));
    request.class_no = below(2) == 0 ? "I" : "II";
    if (below(4) == 0) request.file.notation = "0" + std::to_string(1 + below(9)) + (below(2) == 0 ? ".VP" : ".KT");
    const auto file = open_file(*repository_, request).file.file;
    model_.files[file.id];
    model_.states[file.id] = FileState::open;
  }

  void open_planned_one() {
    PlannedOpenRequest request;
    request.file = any_file();
    request.change = [](records::FileRecord& file) { file.officer = "Nguyễn Thị Lan"; };
    open_planned(*repository_, request);
    model_.states[request.file] = FileState::open;
  }

  void add() {
    if (model_.documents.empty()) return;
    const auto file = any_file();
    std::vector<records::Id> documents;
    for (std::size_t i = 0; i <= below(3); ++i) documents.push_back(model_.documents[below(model_.documents.size())]);
    const auto result = add_to_file(*repository_, file, documents, false);
    auto& inside = model_.files[file];
    for (const auto& id : documents)
      if (std::find(inside.begin(), inside.end(), id) == inside.end()) inside.push_back(id);
    if (!result.added.empty()) model_.states[file] = FileState::open;
  }

  void remove() {
    const auto file = any_file();
    auto& inside = model_.files[file];
    const std::size_t first = below(inside.size() + 1), second = below(inside.size() + 1);
    std::vector<int> ordinals = {static_cast<int>(first) + 1};
    if (second != first) ordinals.push_back(static_cast<int>(second) + 1);
    remove_from_file(*repository_, file, ordinals, "nhầm hồ sơ", false);
    std::sort(ordinals.rbegin(), ordinals.rend());
    for (const int ordinal : ordinals) inside.erase(inside.begin() + ordinal - 1);
  }

  void amend() {
    FileAmendRequest request;
    request.file = any_file();
    request.reason = "đặt lại";
    if (below(2) == 0) request.basis = "15/QĐ-UBND";
    static const char* kTerms[] = {"5", "20", "50", "VV"};
    const auto term = *records::parse_term(kTerms[below(std::size(kTerms))]);
    request.change = [&](records::FileRecord& file) { file.term = term; };
    amend_file(*repository_, request);
  }

  void set_term() {
    FileAmendRequest request;
    request.file = any_file();
    request.reason = "xác định giá trị";
    const std::size_t count = model_.files[request.file].size();
    request.terms = {{static_cast<int>(below(count + 1)) + 1, *records::parse_term(below(2) == 0 ? "70" : "VV")}};
    amend_file(*repository_, request);
  }

  void order() {
    FileAmendRequest request;
    request.file = any_file();
    auto& inside = model_.files[request.file];
    std::vector<int> order(inside.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<int>(i) + 1;
    std::shuffle(order.begin(), order.end(), random_);
    if (below(3) == 0) {
      request.order = records::DocumentOrder::date;
      amend_file(*repository_, request);
      inside.clear();
      for (const auto& row : repository_->catalogue().documents_of(request.file)) inside.push_back(row.document.document.id);
      return;
    }
    request.first = order;
    amend_file(*repository_, request);
    std::vector<records::Id> now;
    for (const int ordinal : order) now.push_back(inside[static_cast<std::size_t>(ordinal) - 1]);
    inside = now;
  }

  void close() {
    const auto file = any_file();
    close_file(*repository_, closing(file));
    model_.states[file] = FileState::closed;
  }

  void reopen() {
    const auto file = any_file();
    reopen_file(*repository_, file, "còn việc", false);
    model_.states[file] = FileState::open;
  }

  Path base_;
  std::mt19937 random_;
  std::optional<Repository> repository_;
  Model model_;
};

}  // namespace

TEST_CASE("random histories of files lose nothing", "[files][property][P15][P17][P23][D3][D4]") {
  const char* more = std::getenv("VTLT_TEST_SEEDS");
  const unsigned seeds = more != nullptr ? static_cast<unsigned>(std::atoi(more)) : 24;
  int refused = 0;
  for (unsigned seed = 1; seed <= seeds; ++seed) {
    INFO("seed " << seed);
    const Scratch base;
    History history(base.path(), seed);
    for (int i = 0; i < 60; ++i) {
      INFO("step " << i);
      history.step();
      if (i % 4 == 3) history.require_invariants();
    }
    history.require_invariants();
    history.require_rebuilt();
    refused += history.refused;
    if (seed == 1) require_sound(base.path());
  }
  CHECK(refused > 0);  // rules were met on the way
}
