// Boxes (hộp) and unarranged blocks (khối chưa chỉnh lý): records of their own, which stand somewhere and can
// be moved.
#pragma once
#include "repository/repository.h"

namespace vtlt::repository {

struct BoxRequest {
  records::Box box;   // number, label, place, shelf_metres, unarranged, note; id and fonds are set here
  std::string fonds;  // code
  bool dry_run = false;
};
// Throws exit 3 VTLT-P17 when the fonds has a box of this number.
records::Box add_box(Repository& repository, const BoxRequest& request);

struct BoxMoveRequest {
  records::Id box;
  std::string place, reason;  // the reason is mandatory
  bool dry_run = false;
};
struct BoxMoveResult {
  records::Box before, after;
};
// Throws exit 3 VTLT-P17 when it stands there already.
BoxMoveResult move_box(Repository& repository, const BoxMoveRequest& request);

struct BoxPutRequest {
  std::vector<records::Id> files;
  records::Id box;
  bool dry_run = false;
};
struct BoxPutResult {
  records::Box box;
  std::vector<catalogue::FileRow> put;      // as they are now
  std::vector<catalogue::FileRow> present;  // lay in it already
};
// Throws exit 3 VTLT-P17 for a box of another fonds or an unarranged block: files come out of a block by
// being arranged.
BoxPutResult put_into_box(Repository& repository, const BoxPutRequest& request);

}  // namespace vtlt::repository
