// Inside the room: forms that are not tables.
#pragma once
#include "exchange/forms.h"

namespace vtlt::exchange {

// A page (cover, certificate) or a block (label) for each row.
void write_pages(const Form& form, const RowSource& rows, const Sink& sink);

}  // namespace vtlt::exchange
