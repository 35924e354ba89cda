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

}  // namespace vtlt::repository
