// What is wrong with an XML, in the reader's language; libxml2's own words are English.
#pragma once
#include "package/reader.h"

namespace vtlt::package {

// Of one that is not well formed.
Message broken_xml(const XmlOutcome& outcome);
// A schema that does not know the element at all.
bool is_unknown_element(const XmlOutcome::Breach& breach);
Message broken_schema(const XmlOutcome::Breach& breach, const XmlSchema& schema);

}  // namespace vtlt::package
