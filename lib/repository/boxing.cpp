#include "repository/boxing.h"

#include "base/error.h"
#include "records/file_names.h"
#include "repository/state.h"

namespace vtlt::repository {
namespace {

Error refused(Message message) {
  return Error(Exit::refused, "VTLT-P17", std::move(message));
}

records::Box must_exist(Repository& repository, const records::Id& id) {
  const auto box = repository.catalogue().box(id);
  if (!box)
    throw Error(Exit::usage, "VTLT-REF-01",
                Message("repository.reference.none", {{"reference", id.brief()}}));
  return *box;
}

}  // namespace

records::Box add_box(Repository& repository, const BoxRequest& request) {
  const auto fonds = repository.fonds(request.fonds);
  records::Box box = request.box;
  box.id = records::new_id(records::Kind::box);
  box.fonds = fonds.fonds.id;
  if (box.number.empty()) throw Error(Exit::usage, "VTLT-USAGE-BOX", Message("box.number_missing"));
  const auto decide = [&] {
    if (const auto held = repository.catalogue().box(fonds.fonds.id, box.number))
      throw refused(Message("box.exists", {{"box", held->number}, {"place", held->place}}));
  };
  if (request.dry_run) {
    decide();
    return box;
  }
  Change change(repository);
  decide();
  change.add(journal::type::box_made, journal::encode(box));
  change.commit();
  return box;
}

BoxMoveResult move_box(Repository& repository, const BoxMoveRequest& request) {
  if (request.reason.empty())
    throw Error(Exit::usage, "VTLT-USAGE-REASON", Message("repository.reason_missing"));
  if (request.place.empty()) throw Error(Exit::usage, "VTLT-USAGE-BOX", Message("box.place_missing"));
  BoxMoveResult result;
  const auto decide = [&] {
    result.before = result.after = must_exist(repository, request.box);
    if (result.before.place == request.place)
      throw refused(Message("box.there", {{"box", result.before.number}, {"place", request.place}}));
    result.after.place = request.place;
  };
  if (request.dry_run) {
    decide();
    return result;
  }
  Change change(repository);
  decide();
  change.add(journal::type::box_moved,
             journal::encode_fields(
                 {{"box", request.box.text()}, {"place", request.place}, {"reason", request.reason}}));
  change.commit();
  return result;
}

BoxPutResult put_into_box(Repository& repository, const BoxPutRequest& request) {
  BoxPutResult result;
  const auto decide = [&] {
    result = {};
    result.box = must_exist(repository, request.box);
    if (result.box.unarranged) throw refused(Message("box.unarranged", {{"box", result.box.number}}));
    for (const auto& id : request.files) {
      auto row = repository.catalogue().file(id);
      if (!row)
        throw Error(Exit::usage, "VTLT-REF-01",
                    Message("repository.reference.none", {{"reference", id.brief()}}));
      if (row->file.fonds != result.box.fonds)
        throw refused(Message("box.other_fonds",
                              {{"file", records::file_name(row->file)}, {"box", result.box.number}}));
      const bool present = row->file.box == request.box;
      row->file.box = request.box;
      (present ? result.present : result.put).push_back(std::move(*row));
    }
  };
  if (request.dry_run) {
    decide();
    return result;
  }
  Change change(repository);
  decide();
  for (const auto& row : result.put)
    change.add(journal::type::file_boxed,
               journal::encode_fields({{"file", row.file.id.text()}, {"box", request.box.text()}}));
  change.commit();
  return result;
}

}  // namespace vtlt::repository
