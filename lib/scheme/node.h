// Schemes and term tables are read as every YAML file of ours.
#pragma once
#include "text/yaml.h"

namespace vtlt::scheme {

using text::Args;
using text::nearest;
using text::Node;
using text::parse_yaml;
using text::Place;
using text::refuse;
using text::YamlFile;

}  // namespace vtlt::scheme
