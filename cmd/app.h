// The program: from the command line to an exit status. main.cpp calls it, and so do tests that fix time and
// chance.
#pragma once

namespace vtlt {

int vtlt_main(int argc, char** argv);

}  // namespace vtlt
