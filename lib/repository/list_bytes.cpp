#include "repository/list_bytes.h"

#include "exchange/table.h"

namespace vtlt::repository {

ListBytes open_list(Files& files, const Path& list) {
  constexpr std::size_t kBeginning = 8u << 20;
  ListBytes out;
  auto file = files.open(list, OpenMode::read);
  const FileStat stat = file->stat();
  if (stat.kind == FileKind::file && stat.size > kBeginning) {
    out.bytes.resize(kBeginning);
    out.bytes.resize(file->read_at(0, {reinterpret_cast<std::byte*>(out.bytes.data()), out.bytes.size()}));
    if (exchange::in_pieces(out.bytes)) out.rest = std::move(file);
    // Half a letter at the end would look like a fault of the encoding; where there are zeros, letters are pairs of bytes.
    const std::size_t feed = out.bytes.rfind('\n');
    if (feed != std::string::npos && out.bytes.substr(0, 4096).find('\0') == std::string::npos) out.bytes.resize(feed + 1);
  }
  if (!out.rest) out.bytes = read_whole(files, list, 512u << 20);
  return out;
}

}  // namespace vtlt::repository
