#include "app.h"

int main(int argc, char** argv) {
  return vtlt::vtlt_main(argc, argv);
}
