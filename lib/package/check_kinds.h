// One checker for each kind of package; check() chooses.
#pragma once
#include "package/package.h"
#include "package/source.h"

namespace vtlt::package {

void check_tt05(Files& files, PackageSource& source, const CheckOptions& options, Report& report,
                Progress& progress, Verdict& verdict);
void check_csip(Files& files, PackageSource& source, const CheckOptions& options, Report& report,
                Progress& progress, Verdict& verdict);
void check_bag(PackageSource& source, Report& report, Progress& progress, Verdict& verdict);

// By names; by what its EAD.xml is, where that alone would tell: E-ARK packages may have a file of that name.
Found recognise(PackageSource& source);

}  // namespace vtlt::package
