// PREMIS 3.0 of an AIP (TT05 PL I): what the objects are, what happened to them, who did it. Streamed.
#pragma once
#include "package/package.h"
#include "package/xml_out.h"

namespace vtlt::package::writing {

Stamp write_premis(const Plan& plan, Output output);                 // package, events, agents
Stamp write_representation_premis(const Plan& plan, Output output);  // rep1 and every content file

}  // namespace vtlt::package::writing
