// What reader.cpp and reader_schema.cpp share of libxml2; included by these two only.
#pragma once
#include <libxml/xmlschemas.h>

#include "package/reader.h"

namespace vtlt::package {

struct XmlSchema::Compiled {
  explicit Compiled(xmlSchemaPtr made) : schema(made) {}
  ~Compiled() { xmlSchemaFree(schema); }
  Compiled(const Compiled&) = delete;
  Compiled& operator=(const Compiled&) = delete;
  xmlSchemaPtr schema;
};

// Once for the process, before threads use libxml2.
void prepare_libxml();

}  // namespace vtlt::package
