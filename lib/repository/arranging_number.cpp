// Order and numbers of an arranged fonds; what is sorted out.
#include <algorithm>
#include <set>

#include "base/error.h"
#include "records/file_names.h"
#include "repository/arranging.h"
#include "repository/state.h"
#include "text/text.h"

namespace vtlt::repository {
namespace {

// What a file of a long list is sorted by; the rows themselves would be ten times as much.
struct Place {
  std::string key;
  records::Id file{records::Kind::file};
  std::optional<records::Id> box;
};

records::ClassOrder class_order(const scheme::Scheme& scheme) {
  records::ClassOrder order;
  for (const auto& large : scheme.classes) {
    order.classes.push_back(large.no);
    for (const auto& small : large.sub)
      order.classes.push_back(small.no);
  }
  for (const auto& unit : scheme.units)
    order.units.push_back(unit.abbreviation);
  return order;
}

records::Order order_of(const scheme::Scheme& scheme, const records::Order& asked) {
  if (!asked.empty()) return asked;
  const auto own = records::parse_order(scheme.arrangement);
  if (own.order.empty())
    throw Error(Exit::usage, "VTLT-P45", Message("arrange.order_missing"),
                Message("arrange.order_missing.hint"));
  return own.order;
}

std::vector<Place> places(Repository& repository, const catalogue::FondsRow& fonds,
                          const records::Order& order) {
  const records::Arranger arranger(order, class_order(repository.scheme(fonds.fonds.id)));
  std::vector<Place> all;
  catalogue::FileFilter filter;
  filter.fonds = fonds.fonds.id;
  filter.unnumbered = true;
  repository.catalogue().files(filter, [&](const catalogue::FileRow& row) {
    all.push_back({arranger.key(row.file), row.file.id, row.file.box});
  });
  std::sort(all.begin(), all.end(), [](const Place& a, const Place& b) { return a.key < b.key; });
  for (auto& place : all)
    std::string().swap(place.key);  // they have done their work, and are large
  return all;
}

// Numbers that files of the fonds bear or bore.
struct Uses {
  int last = 0;           // the highest
  std::string inventory;  // in which it stands
  int largest_inventory = 0;
  bool padded = true;  // inventories are written "01"
};

Uses uses_of(Repository& repository, const records::Id& fonds) {
  Uses uses;
  catalogue::FileFilter filter;
  filter.fonds = fonds;
  filter.all = true;
  const auto add = [&](const std::string& number, const std::string& inventory) {
    const auto read = records::parse_file_number(number);
    if (read && read->number >= uses.last) {
      uses.last = read->number;
      uses.inventory = inventory;
    }
    const auto of = records::parse_file_number(inventory);
    if (of) {
      uses.largest_inventory = std::max(uses.largest_inventory, of->number);
      if (of->number < 10 && inventory.front() != '0') uses.padded = false;
    }
  };
  repository.catalogue().files(filter, [&](const catalogue::FileRow& row) {
    if (!row.file.number.empty()) add(row.file.number, row.file.inventory);
  });
  // What destroyed files bore stands in the journal only.
  catalogue::FileFilter gone;
  gone.states = {records::FileState::destroyed};
  gone.all = true;
  if (repository.catalogue().count_files(gone) == 0) return uses;
  std::set<records::Id> destroyed;
  repository.catalogue().files(gone, [&](const catalogue::FileRow& row) { destroyed.insert(row.file.id); });
  for (const auto& stream : repository.catalogue().streams()) {
    journal::Decoder decoder;
    repository.stream_of(stream.name).read({}, [&](const journal::Event& event) {
      if (event.blank || event.type != journal::type::file_numbered) return;
      const auto fields = decoder.fields(event.body);
      records::Id file{records::Kind::file};
      if (!records::Id::parse(fields.at("file"), file) || destroyed.count(file) == 0) return;
      const auto number = fields.find("number"), inventory = fields.find("inventory");
      if (number != fields.end()) add(number->second, inventory == fields.end() ? "" : inventory->second);
    });
  }
  return uses;
}

std::string two_digits(int number, bool padded) {
  const std::string text = std::to_string(number);
  return padded && number < 10 ? "0" + text : text;
}

// Boxes that hold nothing but files that are numbered now, in the order of these.
void renumber_boxes(Repository& repository, const catalogue::FondsRow& fonds, const std::vector<Place>& all,
                    Change* change, ArrangeNumberResult& result) {
  std::vector<records::Id> order;
  std::map<records::Id, std::int64_t> counted;
  for (const auto& place : all)
    if (place.box && counted[*place.box]++ == 0) order.push_back(*place.box);
  // What was sorted out lies in bundles, whichever box it came from.
  catalogue::FileFilter rejected;
  rejected.fonds = fonds.fonds.id;
  rejected.rejected = true;
  std::map<records::Id, std::int64_t> out;
  repository.catalogue().files(rejected, [&](const catalogue::FileRow& row) {
    if (row.file.box) ++out[*row.file.box];
  });
  std::map<records::Id, records::Box> boxes;
  int last = 0;
  for (const auto& row : repository.catalogue().boxes_with_counts(fonds.fonds.id)) {
    const auto found = counted.find(row.box.id);
    if (found != counted.end() && found->second + out[row.box.id] == row.files && !row.box.unarranged) {
      boxes.emplace(row.box.id, row.box);
    } else if (const auto number = records::parse_file_number(row.box.number)) {
      last = std::max(last, number->number);
    }
  }
  for (const auto& id : order) {
    const auto found = boxes.find(id);
    if (found == boxes.end()) continue;
    const std::string number = two_digits(++last, true);
    if (result.boxes++ == 0) result.first_box = number;
    result.last_box = number;
    if (found->second.number == number || change == nullptr) continue;
    found->second.number = number;
    change->add(journal::type::box_made, journal::encode(found->second));
  }
}

}  // namespace

records::Order order_files(Repository& repository, const std::string& code, const records::Order& asked,
                           int limit,
                           const std::function<void(std::int64_t, const catalogue::FileRow&)>& each) {
  const auto fonds = repository.fonds(code);
  const records::Order order = order_of(repository.scheme(fonds.fonds.id), asked);
  std::int64_t at = 0;
  for (const auto& place : places(repository, fonds, order)) {
    if (limit != 0 && at >= limit) break;
    if (const auto row = repository.catalogue().file(place.file)) each(++at, *row);
  }
  return order;
}

ArrangeNumberResult number_files(Repository& repository, const ArrangeNumberRequest& request) {
  ArrangeNumberResult result;
  const auto fonds = repository.fonds(request.fonds);
  const auto decide = [&](Change* change) {
    result = {};
    result.order = order_of(repository.scheme(fonds.fonds.id), request.order);
    const auto all = places(repository, fonds, result.order);
    result.files = static_cast<std::int64_t>(all.size());
    if (all.empty())
      throw Error(Exit::refused, "VTLT-P46", Message("arrange.number.none", {{"fonds", fonds.fonds.code}}),
                  Message("arrange.number.none.hint"));
    const Uses uses = uses_of(repository, fonds.fonds.id);
    result.after = uses.last;
    result.after_inventory = uses.inventory;
    if (request.from != 0 && request.from <= uses.last)
      throw Error(Exit::refused, "VTLT-P46",
                  Message("arrange.number.from",
                          {{"from", std::to_string(request.from)}, {"last", std::to_string(uses.last)}}));
    result.inventory =
        request.inventory.empty() ? two_digits(uses.largest_inventory + 1, uses.padded) : request.inventory;
    int number = request.from != 0 ? request.from - 1 : uses.last;
    result.first = records::FileNumber{number + 1, {}}.text();
    if (change != nullptr) change->follow(result.files);
    for (const auto& place : all) {
      const std::string text = records::FileNumber{++number, {}}.text();
      if (change != nullptr)
        change->add(journal::type::file_numbered,
                    journal::encode_fields(
                        {{"file", place.file.text()}, {"inventory", result.inventory}, {"number", text}}));
      if (number % 1000 == 0) check_interrupted();
    }
    result.last = records::FileNumber{number, {}}.text();
    if (request.boxes) renumber_boxes(repository, fonds, all, change, result);
  };
  if (request.dry_run) {
    decide(nullptr);
    return result;
  }
  Change change(repository);
  decide(&change);
  change.commit();
  return result;
}

SimilarFiles similar_files(Repository& repository, const std::optional<records::Id>& fonds) {
  SimilarFiles found;
  for (const auto& one : repository.catalogue().fonds()) {
    if (fonds && one.fonds.id != *fonds) continue;
    std::vector<records::TitleItem> items;
    const std::size_t before = found.files.size();
    catalogue::FileFilter filter;
    filter.fonds = one.fonds.id;
    repository.catalogue().files(filter, [&](const catalogue::FileRow& row) {
      if (row.file.state == records::FileState::destroyed || row.file.title.empty()) return;
      // As many bytes of the id as a string holds by itself.
      items.push_back({std::string(reinterpret_cast<const char*>(row.file.id.bits.data()), 15),
                       row.file.title, row.file.year});
      found.files.push_back(row.file.id);
    });
    auto titles = records::similar_titles(items);
    found.complete = found.complete && titles.complete;
    for (auto& pair : titles.pairs) {
      pair.a += before;
      pair.b += before;
      found.pairs.push_back(std::move(pair));
    }
  }
  return found;
}

// ---- sorted-out material ----

namespace {

int whole(const std::string& text) {
  const auto number = records::parse_file_number(text);
  return number ? number->number : 0;
}

Error refused(Message message, Message hint = {}) {
  return Error(Exit::refused, "VTLT-P26", std::move(message), std::move(hint));
}

class Rejecting {
 public:
  Rejecting(Repository& repository, const RejectRequest& request)
      : repository_(repository), request_(request) {}

  RejectResult decide() {
    RejectResult result;
    std::set<records::Id> asked;
    std::vector<catalogue::FileRow> rows;
    for (const auto& id : request_.files) {
      const auto row = repository_.catalogue().file(id);
      if (!row)
        throw Error(Exit::usage, "VTLT-REF-01",
                    Message("repository.reference.none", {{"reference", id.brief()}}));
      if (!asked.insert(id).second) continue;
      rows.push_back(*row);
      if (row->file.fonds != rows.front().file.fonds)
        throw Error(Exit::usage, "VTLT-P30-FONDS", Message("arrange.several_fonds"));
      may(*row);
    }
    if (rows.empty()) return result;
    gather(rows.front().file.fonds);
    if (request_.undo)
      take_back(rows, asked, result);
    else
      put(rows, result);
    return result;
  }

 private:
  void may(const catalogue::FileRow& row) const {
    const auto& file = row.file;
    const std::string name = records::file_name(file);
    if (request_.undo) {
      if (file.rejected.empty()) throw refused(Message("arrange.reject.is_not", {{"file", name}}));
      if (file.state != records::FileState::archived)
        throw refused(Message("arrange.reject.state", {{"file", name}}));
      return;
    }
    if (!file.rejected.empty())
      throw refused(
          Message("arrange.reject.is", {{"file", name}, {"bundle", file.bundle}, {"volume", file.volume}}));
    if (!file.number.empty() || file.state != records::FileState::archived || !file.kept.empty())
      throw refused(Message(file.number.empty() ? "arrange.reject.state" : "arrange.reject.numbered",
                            {{"file", name}, {"number", file.number}}),
                    Message("arrange.reject.hint"));
  }

  void gather(const records::Id& fonds) {
    catalogue::FileFilter filter;
    filter.fonds = fonds;
    filter.rejected = true;
    filter.kept = true;
    repository_.catalogue().files(filter, [&](const catalogue::FileRow& row) {
      if (row.file.state == records::FileState::destroyed) return;
      held_.push_back(row);
      int& last = volumes_[whole(row.file.bundle)];
      last = std::max(last, whole(row.file.volume));
    });
  }

  // In the last bundle while it has room, else in a new one; or where it was asked for, if that leaves no
  // gap.
  void put(const std::vector<catalogue::FileRow>& rows, RejectResult& result) {
    int bundle = volumes_.empty() ? 1 : volumes_.rbegin()->first;
    if (request_.bundle != 0) {
      const int next = volumes_.empty() ? 1 : volumes_.rbegin()->first + 1;
      if (request_.bundle > next)
        throw refused(Message("arrange.reject.bundle_gap", {{"bundle", two_digits(request_.bundle, true)},
                                                            {"next", two_digits(next, true)}}));
      bundle = request_.bundle;
      const int volume = volumes_[bundle] + 1;
      if (request_.volume != 0 && request_.volume != volume)
        throw refused(Message("arrange.reject.volume", {{"bundle", two_digits(bundle, true)},
                                                        {"volume", two_digits(request_.volume, true)},
                                                        {"next", two_digits(volume, true)}}));
    }
    const int used = volumes_[bundle];
    // The volumes that are there already come first, so that the marks go on behind them.
    const int volumes =
        request_.bundle != 0 ? used + static_cast<int>(rows.size()) : std::max(request_.volumes, 1);
    const auto marks =
        used >= volumes
            ? records::bundle_marks(std::vector<bool>(rows.size()), volumes, bundle)
            : records::bundle_marks(std::vector<bool>(static_cast<std::size_t>(used) + rows.size()), volumes,
                                    bundle - 1);
    const std::size_t skip = marks.size() - rows.size();
    for (std::size_t i = 0; i < rows.size(); ++i) {
      Rejected one{rows[i], true};
      one.file.file.bundle = marks[skip + i].bundle;
      one.file.file.volume = marks[skip + i].volume;
      one.file.file.rejected = request_.reason;
      if (one.file.file.term.kind == records::TermKind::permanent &&
          text::fold(request_.reason).find("trung") == std::string::npos) {
        Finding finding;
        finding.code = "VTLT-P26";
        finding.level = Level::warning;
        finding.ref = records::file_name(one.file.file);
        finding.message = Message("arrange.reject.permanent", {{"file", finding.ref}});
        result.findings.push_back(std::move(finding));
      }
      result.files.push_back(std::move(one));
    }
  }

  void take_back(const std::vector<catalogue::FileRow>& rows, const std::set<records::Id>& asked,
                 RejectResult& result) {
    for (const auto& row : rows) {
      Rejected one{row, true};
      one.file.file.bundle = one.file.file.volume = one.file.file.rejected = {};
      result.files.push_back(std::move(one));
    }
    std::erase_if(held_, [&](const catalogue::FileRow& row) { return asked.count(row.file.id) != 0; });
    std::stable_sort(held_.begin(), held_.end(), [](const auto& a, const auto& b) {
      return std::pair(whole(a.file.bundle), whole(a.file.volume)) <
             std::pair(whole(b.file.bundle), whole(b.file.volume));
    });
    int bundle = 0, volume = 0, before = -1;
    for (auto& row : held_) {
      const int of = whole(row.file.bundle);
      if (of != before) ++bundle, volume = 0;
      before = of;
      const std::string new_bundle = two_digits(bundle, true), new_volume = two_digits(++volume, true);
      if (row.file.bundle == new_bundle && row.file.volume == new_volume) continue;
      Rejected one{row, false};
      one.file.file.bundle = new_bundle;
      one.file.file.volume = new_volume;
      result.files.push_back(std::move(one));
    }
  }

  Repository& repository_;
  const RejectRequest& request_;
  std::vector<catalogue::FileRow> held_;
  std::map<int, int> volumes_;  // bundle → its last volume
};

}  // namespace

RejectResult reject_files(Repository& repository, const RejectRequest& request) {
  if (request.reason.empty() && !request.undo)
    throw Error(Exit::usage, "VTLT-USAGE-REASON", Message("repository.reason_missing"));
  if (request.dry_run) return Rejecting(repository, request).decide();
  Change change(repository);
  RejectResult result = Rejecting(repository, request).decide();
  for (const auto& one : result.files) {
    const auto& file = one.file.file;
    change.add(journal::type::file_rejected, journal::encode_fields({{"file", file.id.text()},
                                                                     {"bundle", file.bundle},
                                                                     {"volume", file.volume},
                                                                     {"reason", file.rejected}}));
  }
  change.commit();
  return result;
}

}  // namespace vtlt::repository
