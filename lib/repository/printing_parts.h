// Inside the room: each form, from the catalogue.
#pragma once
#include "repository/printing.h"

namespace vtlt::repository {

// "Tổng số văn bản: 1.312 (một nghìn ba trăm mười hai)."
std::string in_figures_and_words(const std::string& what, std::int64_t count);

Printed print_incoming(Repository& repository, const PrintRequest& request);
Printed print_outgoing(Repository& repository, const PrintRequest& request);
Printed print_posted(Repository& repository, const PrintRequest& request);
Printed print_handling_in(Repository& repository, const PrintRequest& request);
Printed print_handling_out(Repository& repository, const PrintRequest& request);
Printed print_uses(Repository& repository, const PrintRequest& request);
Printed print_stamp(Repository& repository, const PrintRequest& request);
Printed print_slip(Repository& repository, const PrintRequest& request);
Printed print_contents(Repository& repository, const PrintRequest& request);
Printed print_file_list(Repository& repository, const PrintRequest& request);
// Mục lục hồ sơ, tài liệu nộp lưu of a submission: the files listed in it, without those returned since. The same for the
// same state, byte for byte: nothing of the day of printing stands in it. Else what year and states find.
Printed print_inventory(Repository& repository, const PrintRequest& request);
Printed print_minutes(Repository& repository, const PrintRequest& request);
Printed print_kept_back(Repository& repository, const PrintRequest& request);
// Of the files that have paper; the others are in the notes. Throws exit 3 VTLT-P16 when none has.
Printed print_certificates(Repository& repository, const PrintRequest& request);
Printed print_covers(Repository& repository, const PrintRequest& request);
Printed print_labels(Repository& repository, const PrintRequest& request);

}  // namespace vtlt::repository
