// Forms of files on their way to the archives and on the shelf: inventories, minutes, certificates, covers, labels
// (NĐ30 PL V.III, V.V, Đ29.4c; TCVN 9251:2012). Totals are computed from what is recorded, never typed.
#pragma once
#include "exchange/forms.h"
#include "repository/repository.h"

namespace vtlt::repository {

struct FilesForm {
  exchange::Form form;
  exchange::RowSource rows;  // reads the catalogue; may be run more than once
  std::int64_t lines = 0;
  std::vector<Message> notes;  // what is to be said about it beside the form
};

// Mục lục hồ sơ, tài liệu nộp lưu of a submission: the files listed in it, without those returned since. The same for the
// same state, byte for byte: nothing of the day of printing stands in it. Throws exit 2 VTLT-REF-01.
FilesForm inventory_of(Repository& repository, const std::string& submission);
// Mục lục hồ sơ of what a filter finds; filter.fonds is set.
FilesForm inventory_of(Repository& repository, const catalogue::FileFilter& filter);
// Biên bản giao nhận hồ sơ, tài liệu.
FilesForm minutes_of(Repository& repository, const std::string& submission);
// Danh mục hồ sơ, tài liệu giữ lại (Đ31.3d); no lines: nothing was kept back.
FilesForm kept_back_of(Repository& repository, const std::string& submission);
// Chứng từ kết thúc of the files that have paper; the others are in the notes. Throws exit 3 VTLT-P16 when none has.
FilesForm certificates_of(Repository& repository, const std::vector<records::Id>& files);
FilesForm covers_of(Repository& repository, const std::vector<records::Id>& files);
FilesForm labels_of(Repository& repository, const std::vector<records::Id>& boxes);

}  // namespace vtlt::repository
