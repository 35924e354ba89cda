// The nouns: fonds, register line, document, component, file, box. Pure data with the rules that hold for one
// of them; no I/O, no clock. Text is UTF-8 in NFC; lengths are characters (D6). An empty string means "not
// recorded". Values as the source wrote them stand in `original` when reading changed them (D9).
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "records/ids.h"
#include "text/date.h"

namespace vtlt::records {

using text::Date;

// ---- terms (thời hạn lưu trữ), records-practice.md 2.3 ----
enum class TermKind { none, permanent, years, event, event_years, not_kept };
struct Term {
  TermKind kind = TermKind::none;
  int years = 0;
  bool at_least = false;  // "ít nhất n năm"
  std::string event;      // HL, CT, TB, HĐ, SM … for event and event_years
  auto operator<=>(const Term&) const = default;
};
// The office's shorthand and the long forms: "VV", "Vĩnh viễn", "20", "20 năm", "20+", "ít nhất 20 năm",
// "HL", "CT", "TB", "HĐ+5", "Đến khi văn bản hết hiệu lực thi hành", "Theo tuổi thọ công trình", "KL".
// Empty text is the term `none`; nullopt: not a term. 200 years and more are refused: databases in use write
// 1000 for permanent, 500 and 200 for events (records-practice.md 2.3).
std::optional<Term> parse_term(std::string_view text);
std::string term_shorthand(const Term& term);  // "VV", "20", "20+", "HL", "HĐ+5", "KL", ""
// The text printed on forms: "Vĩnh viễn", "20 năm", "ít nhất 20 năm", "Đến khi văn bản hết hiệu lực" …
std::string term_text(const Term& term);
// An event outlasts any number of years: nobody knows when it comes, so a person has to look.
bool longer(const Term& a, const Term& b);  // for "the longest term of its documents" (P23, D12)
// 1 January of (ended + N + 1) (P22); nullopt: permanent, waiting for an event, or no year.
std::optional<Date> due_date(const Term& term, int ended_year);

// ---- numbers, notations, codes ----
// "15/QĐ-UBND", "06/2025/TT-BNV", "12a/KH-UBND" (records-practice.md 1.3); Party: "14204-CV/VPTW";
// old: "15/QĐ/UB".
struct DocumentNumber {
  int number = 0;        // 0: none
  std::string suffix;    // "a"
  int year = 0;          // inside the number of normative acts; 0: none
  std::string notation;  // "QĐ-UBND"; kept as written, Ð folded to Đ
  std::string written;   // the whole as the source has it, "" when there is none
  // As printed: below 10 with a leading 0, "05/QĐ-UBND", "01/2026/QĐ-UBND". A Party number keeps its "-".
  std::string text() const;
  bool empty() const { return number == 0 && notation.empty(); }
};
// Also a number alone ("15") and a notation still waiting for one ("/QĐ-UBND").
std::optional<DocumentNumber> parse_document_number(std::string_view text);

// The 29 types of NĐ30 Đ7, with abbreviation, and TT05's typeName code 01-32 (never from NĐ30's order).
struct DocumentType {
  const char* abbreviation;  // "QĐ"; "CV" only as everyday key of công văn (its notation has no type part)
  const char* name_vi;       // "Quyết định"
  const char* name_en;
  const char* tt05;  // "02"
};
const std::vector<DocumentType>& document_types();
// By abbreviation (any case), name with or without tones, or tt05 code; nullptr: unknown. Knows bản đồ, bản
// vẽ kỹ thuật and khác of TT05 (30-32) too. "HD" is hướng dẫn, "HĐ" hợp đồng; "DA" dự án, "ĐA" đề án.
const DocumentType* find_document_type(std::string_view text);
// The type a notation carries ("QĐ-UBND" → Quyết định; "UBND-VP" → Công văn). nullptr: none, or one that is
// no administrative document (TT, NĐ …; SY, SL, TrS).
const DocumentType* type_of_notation(std::string_view notation);
// "Tên loại và trích yếu" stand in one cell of the registers: the longest type name that starts the cell, and
// the rest. nullptr and the whole cell when it starts with no type. The spelling of the subject is kept.
std::pair<const DocumentType*, std::string> split_type_and_subject(std::string_view cell);

// Codes of TT05 appendices, tt05-package-layouts.md; "" when the text has no code (maintenance: 07 then).
std::string tt05_maintenance(const Term& term);       // 01-07
std::string tt05_mode(std::string_view access_text);  // open/Công khai 01, conditional 02, secret 03
std::string tt05_language(std::string_view text);     // "Tiếng Việt" 01 …
std::string tt05_confidence(std::string_view text);   // gốc điện tử 01, số hóa 02, hỗn hợp 03
std::string tt05_condition(std::string_view text);    // tốt 01, bình thường 02, hỏng 03
// And back: how a code is written here. One that is not of the circular's list stays as it stands.
Term term_of_tt05(std::string_view code);  // none for 07, which says only that it is another
std::string access_of_tt05(std::string_view code);
std::string confidence_of_tt05(std::string_view code);
std::string condition_of_tt05(std::string_view code);

// Organ codes (QĐ 20/2020, QCVN 102:2016), records-practice.md 6.4.
enum class OrganCodeForm { qd20, z_form, enterprise, legacy13, legacy_short, invalid };
OrganCodeForm organ_code_form(std::string_view code);

// ---- fonds and issuers ----
struct Issuer {
  std::string abbreviation;  // "UBND"
  std::string name;          // "Ủy ban nhân dân xã"
  bool operator==(const Issuer&) const = default;
};
struct Fonds {
  Id id{Kind::fonds};
  std::string code;  // "UB", "P01"
  std::string name;
  std::string organ;             // organ code, may be empty
  std::string archive;           // mã cơ quan lưu trữ, for AIPs
  std::string regime = "state";  // state | party
  Date opened, closed;           // closed not empty: đóng phông
  std::string note;
  // TT05 Đ4, D1: what a fonds is described by.
  std::string history;   // lịch sử đơn vị hình thành phông
  std::string language;
  std::string backup;    // chế độ dự phòng
  // Of a closed fonds: the act it was closed by, and who follows (P34).
  std::string closed_basis, successor;
};
// What a creator was called, and under which code, from a day on (records-practice.md 5.5). Records keep the code they
// were made under.
struct FondsName {
  Id fonds{Kind::fonds};
  std::string organ, name;
  Date since;
  std::string basis;  // the act: "1675/NQ-UBTVQH15"
};

// ---- register ----
enum class Book { in, out, internal, copy };
const char* book_text(Book book);  // "in" "out" "internal" "copy": as stored
std::optional<Book> parse_book(std::string_view text);
const char* book_prefix(Book book);  // "den" "di" "nb" "sao": references

// One line of a register (NĐ30 PL IV). It is a record of its own and outlives the document
// (product.md trap 1).
struct RegisterEntry {
  Id id{Kind::entry};
  Id fonds{Kind::fonds};
  std::optional<Id> document;  // the archived record it stands for
  Book book = Book::in;
  std::string series;  // id in the scheme
  int year = 0;        // of the register, not of the document
  int number = 0;      // số đến for `in`; the document's own number for the others
  std::string suffix;
  DocumentNumber own;  // số, ký hiệu of the document; for `out` own.number = number
  std::string type;    // name as in DocumentType::name_vi, or as written
  Date date;           // of the document
  Date arrival;        // ngày đến (in)
  std::string issuer;  // tác giả (in) / issuing body (out)
  std::string issuer_code;
  std::string subject;  // trích yếu
  std::string signer;
  std::string recipients;    // nơi nhận (out)
  std::string unit;          // đơn vị hoặc người nhận / nhận bản lưu
  std::string copies;        // số lượng bản
  Date forwarded;            // ngày chuyển
  std::string acknowledged;  // ký nhận
  std::string note;
  Date due;             // hạn trả lời
  std::string urgency;  // "", khẩn, thượng khẩn, hỏa tốc
  std::string secrecy;  // "", mật, tối mật, tuyệt mật (refused by default, trap 5)
  std::string circulation;
  std::vector<Id> answers;                      // entries answered by this one
  std::optional<Id> batch;                      // đợt nhập
  int row = 0;                                  // row in the imported list
  bool given = false;                           // the number was given by vtlt: it stays spent whatever happens
  std::string document_id;                      // the sender's, of an edXML message: "OrganId,yyyy/MM/dd,số/ký hiệu"
  std::map<std::string, std::string> original;  // source values that reading changed, by column heading
  // The printed designation: "1312" for in, "87/UBND-VP" for out.
  std::string designation() const;
};

// ---- archived records ----
// message: the edXML message that brought a document; evidence beside it, in no package.
enum class Role { main, annex, scan, draft, opinion, copy, message };
const char* role_text(Role role);
std::optional<Role> parse_role(std::string_view text);
enum class Carrier { unknown, paper, electronic, both };
const char* carrier_text(Carrier carrier);
std::optional<Carrier> parse_carrier(std::string_view text);

// Master data (dữ liệu chủ) of one document: erased together with it (LLT Đ36.4).
struct Document {
  Id id{Kind::document};
  Id fonds{Kind::fonds};
  std::optional<Id> entry;
  DocumentNumber own;
  std::string type;  // name_vi or as written
  Date date;
  std::string issuer, issuer_code;
  std::string subject;
  std::string language;    // "" = Tiếng Việt when printed
  int pages = 0;           // 0: not known
  std::string access;      // open | conditional | secret, "" = the file's
  std::string confidence;  // text as given: "Gốc điện tử", "Số hóa", "Hỗn hợp"
  std::string value;       // bản gốc, bản chính, bản sao, dự thảo (P15, P25, D31)
  Carrier carrier = Carrier::unknown;
  std::string keyword, info_sign, autograph, condition, signer, note;
  std::string process;  // "1" when a processing-flow file is attached
  std::string sheets;   // tờ số, "9" or "15a-17"
  std::string media;    // "", "photo", "audio", "video": which EAD it needs
  Term term;            // none: the file's
  std::map<std::string, std::string> original;
};

// One computer file of a document. The object is named by its digest.
struct Component {
  Id id{Kind::component};
  Id document{Kind::document};
  Role role = Role::main;
  int ordinal = 1;         // within the document
  std::string name;        // file name in NFC, for people
  std::string name_bytes;  // the source's bytes when they were not valid UTF-8 in NFC; else ""
  std::uint64_t size = 0;  // bytes
  std::string sha256;      // 64 hex
  std::string mime;        // by content and extension
  std::int64_t modified_ms = 0;
  int pages = 0;  // PDF, TIFF; 0: not known
};

// ---- files (hồ sơ) ----
enum class FileState { planned, open, closed, submitted, archived, transferred, listed, destroyed };
const char* state_text(FileState state);  // "open": as stored
std::optional<FileState> parse_state(std::string_view text);

struct FileRecord {
  Id id{Kind::file};
  Id fonds{Kind::fonds};
  int year = 0;          // năm hình thành: part of the code
  std::string notation;  // "04.VP"
  std::string title;
  std::string class_no;  // "I.2" of the scheme; "" = outside the list
  std::string rule;      // retention rule id in the scheme
  Term term;
  std::string term_source;  // basis of the term as shown
  std::string officer;      // người lập
  Date start, end;          // given; computed from documents where empty
  std::string access;       // open | conditional | secret
  std::string language, keyword, info_sign, confidence, condition, note;
  std::string paper_code;  // mã hồ sơ gốc giấy, mandatory when digitised
  int sheets = 0;          // số lượng tờ
  std::string kept;        // id of the series whose tập lưu this is (NĐ30 Đ19); "" = a work file
  std::string inventory;   // mục lục số
  std::string number;      // hồ sơ số of an arranged fonds
  std::string unit;        // đơn vị, on cover and phiếu tin
  std::string period;      // nhiệm kỳ, "2020-2025": the time unit of Party fonds and elected bodies (P45)
  std::string autograph;   // bút tích
  std::string provisional; // hồ sơ số tạm of an arrangement, "T1-12"
  std::string bundle, volume;  // bó, tập of rejected material
  std::string rejected;    // why an arrangement sorted it out; "" = kept
  Date settled;            // construction: the day of final settlement (NĐ30 Đ30.2a)
  int documents_told = 0, pages_told = 0;  // totals as the source wrote them, compared with what is there (D8)
  FileState state = FileState::open;
  int ended = 0;  // năm kết thúc công việc: never the closing date (trap 3)
  Date closed_on;
  std::optional<Id> box;
  std::map<std::string, std::string> original;
};
// H57.32.15.2026.04.VP (D3); the organ code may be empty: then 2026.04.VP.
std::string file_code(const Fonds& fonds, const FileRecord& file);

// A box (hộp) or an unarranged block (khối) is a record: it can be listed, moved, handed over.
struct Box {
  Id id{Kind::box};
  Id fonds{Kind::fonds};
  std::string number;  // "09"
  std::string label;
  std::string place;        // kho.giá
  double shelf_metres = 0;  // not stored as a float: centimetres in the journal
  bool unarranged = false;
  std::string note;
};

// Files handed by those who made them to the current archives of the same body (NĐ30 Đ30): "nop-2026-01".
struct Submission {
  Id id{Kind::submission};
  Id fonds{Kind::fonds};
  std::string name;
  int year = 0;  // of the list or plan it follows
  Date date;
  std::string giver, giver_post, giver_unit;  // bên giao
  std::string receiver, receiver_post;        // bên nhận
  std::string basis;      // the year's Danh mục or the collection plan
  std::string block;      // tên khối tài liệu
  std::string condition;  // tình trạng tài liệu
  std::string leaving;    // who leaves the office and hands over everything (NĐ30 Đ31.3đ)
  std::string note;
};
// What became of one file of a submission.
enum class SubmissionStep { listed, kept_back, taken, returned };
const char* step_text(SubmissionStep step);
std::optional<SubmissionStep> parse_step(std::string_view text);

}  // namespace vtlt::records
