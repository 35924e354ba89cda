#!/usr/bin/env python3
"""Makes tests/sample/xa-mau: the records of an invented commune, for trying vtlt on.

    make_sample.py [DIR]        DIR: tests/sample/xa-mau by default

Needs the fonts of Debian's fonts-dejavu-core, else only python's standard library. The result is committed; run this
again only to change it. All names of places, people and bodies are invented; only the laws and decrees cited exist.
"""
import csv
import datetime
import sys
from pathlib import Path

from sample_pdf import A4, MM, Pdf, TrueType

FONTS = Path("/usr/share/fonts/truetype/dejavu")
COMMUNE, PROVINCE = "Ủy ban nhân dân xã Hải Mẫu", "Ủy ban nhân dân tỉnh Tam Hải"
HOME_AFFAIRS = "Sở Nội vụ tỉnh Tam Hải"
CHAIR, DEPUTY = "Trần Văn Mẫu", "Lê Thị Thử"
LEFT, RIGHT, TOP, BOTTOM = 30 * MM, A4[0] - 18 * MM, A4[1] - 20 * MM, 20 * MM
SIZE, LEADING = 11, 17


def day(text):
    return datetime.datetime.strptime(text, "%d/%m/%Y").date()


def in_words(date):
    """NĐ30 PL I: a zero before days below 10 and before months 1 and 2."""
    month = f"{date.month:02d}" if date.month < 3 else str(date.month)
    return f"ngày {date.day:02d} tháng {month} năm {date.year}"


class Letter:
    """One official document in the layout of Nghị định 30/2020/NĐ-CP, Phụ lục I."""

    def __init__(self, faces):
        self.pdf, self.y = Pdf(faces), TOP

    def centred(self, font, size, middle, text, y=None):
        width = self.pdf.fonts[font].width(text, size)
        self.pdf.text(font, size, middle - width / 2, self.y if y is None else y, text)
        return width

    def need(self, height):
        if self.y - height > BOTTOM:
            return
        self.pdf.new_page()
        self.y = TOP
        self.centred("R", 10, A4[0] / 2, str(len(self.pdf.pages)), A4[1] - 13 * MM)

    def wrap(self, font, size, text, width, indent=0.0):
        face, rows, row = self.pdf.fonts[font], [], []
        for word in text.split(" "):
            room = width - (0 if rows else indent)
            if row and face.width(" ".join(row + [word]), size) > room:
                rows.append(row)
                row = []
            row.append(word)
        return rows + [row]

    def block(self, font, size, text, middle, width):
        for row in self.wrap(font, size, text, width):
            self.need(LEADING)
            self.centred(font, size, middle, " ".join(row))
            self.y -= size * 1.35

    def paragraph(self, text, font="R", indent=10 * MM):
        rows = self.wrap(font, SIZE, text, RIGHT - LEFT, indent)
        for i, row in enumerate(rows):
            self.need(LEADING)
            shift = 0 if i else indent
            line = " ".join(row)
            spare = RIGHT - LEFT - shift - self.pdf.fonts[font].width(line, SIZE)
            stretch = spare / (len(row) - 1) if i + 1 < len(rows) and len(row) > 1 else 0
            self.pdf.text(font, SIZE, LEFT + shift, self.y, line, stretch)
            self.y -= LEADING
        self.y -= 4

    def head(self, doc):
        left, right = LEFT + 70, RIGHT - 128
        y = self.y
        for text, font in doc["head"]:
            self.block(font, 9.5, text, left, 165)
        self.pdf.line(left - 30, left + 30, self.y + 6)
        self.y -= 12
        self.block("R", 10.5, "Số: " + doc["number"], left, 165)
        if doc["type"] == "Công văn":
            self.block("R", 9, "V/v " + doc["subject"], left, 165)
        low, self.y = self.y, y
        self.block("B", 9.5, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", right, 300)
        width = self.centred("B", 10.5, right, "Độc lập - Tự do - Hạnh phúc")
        self.pdf.line(right - width / 2, right + width / 2, self.y - 4)
        self.y -= 27
        self.block("R", 10.5, f"{doc['place']}, {in_words(day(doc['date']))}", right, 300)
        self.y = min(low, self.y) - 14

    def title(self, doc):
        if doc["type"] == "Công văn":
            self.block("R", SIZE, "Kính gửi: " + doc["to"], A4[0] / 2 + 15, 330)
            self.y -= 10
            return
        self.block("B", 13, doc["type"].upper(), A4[0] / 2, 400)
        self.block("B", SIZE, doc["heading"], A4[0] / 2, 370)
        self.pdf.line(A4[0] / 2 - 40, A4[0] / 2 + 40, self.y + 5)
        self.y -= 14
        if doc["type"] == "Quyết định":
            self.block("B", SIZE, doc["authority"], A4[0] / 2, 400)
            self.y -= 6

    def foot(self, doc):
        self.need(120)
        y = self.y - 6
        self.pdf.text("B", 9.5, LEFT, y, "Nơi nhận:")
        for i, line in enumerate(doc["copies_to"]):
            self.pdf.text("R", 9, LEFT, y - 13 * (i + 1), "- " + line)
        for i, line in enumerate(doc["capacity"]):
            self.centred("B", 10.5, RIGHT - 110, line, y - 15 * i)
        self.centred("R", 9.5, RIGHT - 110, "(mẫu, không có chữ ký)", y - 60)
        self.centred("B", 10.5, RIGHT - 110, doc["signer"], y - 90)
        for page in self.pdf.pages:
            self.pdf.pages.append(page)  # text() writes on the last page
            self.centred("R", 7.5, A4[0] / 2, "Văn bản giả định, làm dữ liệu mẫu của vtlt; không có giá trị pháp lý.", 11 * MM)
            self.pdf.pages.pop()


def write_pdf(faces, path, doc):
    letter = Letter(faces)
    letter.head(doc)
    letter.title(doc)
    for text in doc["body"]:
        bold = text.startswith("**")
        if text == "**QUYẾT ĐỊNH:":
            letter.block("B", SIZE, "QUYẾT ĐỊNH:", A4[0] / 2, 400)
            letter.y -= 6
            continue
        letter.paragraph(text.removeprefix("**"), "B" if bold else "R")
    letter.foot(doc)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(letter.pdf.write(f"{doc['number']} {doc['subject']}", doc["issuer"], day(doc["date"])))
    return len(letter.pdf.pages)


OURS = {"head": [("ỦY BAN NHÂN DÂN", "B"), ("XÃ HẢI MẪU", "B")], "place": "Hải Mẫu", "issuer": COMMUNE,
        "signer": CHAIR, "capacity": ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]}
THEIRS = {"head": [("ỦY BAN NHÂN DÂN", "B"), ("TỈNH TAM HẢI", "B")], "place": "Tam Hải", "issuer": PROVINCE,
          "signer": "Phạm Quốc Ví", "capacity": ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]}
SNV = {"head": [("UBND TỈNH TAM HẢI", "R"), ("SỞ NỘI VỤ", "B")], "place": "Tam Hải", "issuer": HOME_AFFAIRS,
       "signer": "Nguyễn Thị Dụ", "capacity": ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]}
STC = {"head": [("UBND TỈNH TAM HẢI", "R"), ("SỞ TÀI CHÍNH", "B")], "place": "Tam Hải",
       "issuer": "Sở Tài chính tỉnh Tam Hải", "signer": "Võ Đình Giả", "capacity": ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]}
TO_COMMUNES = ["Như trên;", "Lưu: VT."]
RECORDS = ("Luật Lưu trữ số 33/2024/QH15 và Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về "
           "công tác văn thư")

# in order of arrival; `file`: the path of the computer file, "" where only paper came
INCOMING = [
    {**THEIRS, "arrival": "03/07/2025", "number": "412/KH-UBND", "date": "02/07/2025", "type": "Kế hoạch",
     "subject": "thực hiện nhiệm vụ phát triển kinh tế - xã hội 6 tháng cuối năm 2025",
     "heading": "Thực hiện nhiệm vụ phát triển kinh tế - xã hội 6 tháng cuối năm 2025",
     "unit": "Văn phòng HĐND và UBND", "note": "", "file": "den/01 KH 412 UBND tinh.pdf",
     "copies_to": ["UBND các xã, phường;", "Các sở, ban, ngành;", "Lưu: VT, TH."],
     "body": ["Ủy ban nhân dân tỉnh ban hành kế hoạch thực hiện nhiệm vụ phát triển kinh tế - xã hội 6 tháng cuối năm "
              "2025 với các nội dung sau:",
              "**1. Mục đích, yêu cầu",
              "Bảo đảm bộ máy chính quyền địa phương 02 cấp hoạt động thông suốt từ ngày 01 tháng 7 năm 2025; không để "
              "gián đoạn việc giải quyết thủ tục hành chính cho người dân, doanh nghiệp; không để thất lạc hồ sơ, tài liệu "
              "khi sắp xếp tổ chức bộ máy.",
              "**2. Nhiệm vụ trọng tâm",
              "a) Giải ngân vốn đầu tư công năm 2025 đạt ít nhất 95% kế hoạch; thu ngân sách đạt và vượt dự toán.",
              "b) Hoàn thành kiểm kê tài sản công, bàn giao hồ sơ, tài liệu của các đơn vị hành chính trước sắp xếp.",
              "c) Chủ động phương án phòng, chống thiên tai, nhất là mưa lũ tháng 9 và tháng 10 năm 2025.",
              "**3. Tổ chức thực hiện",
              "Ủy ban nhân dân các xã, phường xây dựng kế hoạch công tác 6 tháng cuối năm; báo cáo kết quả 9 tháng trước "
              "ngày 25 tháng 9 năm 2025."]},
    {**SNV, "arrival": "08/07/2025", "number": "245/SNV-VTLT", "date": "07/07/2025", "type": "Công văn",
     "subject": "hướng dẫn lập hồ sơ và thu nộp tài liệu năm 2025", "to": "Ủy ban nhân dân các xã, phường",
     "unit": "Văn phòng HĐND và UBND", "note": "", "file": "den/02 CV 245 SNV huong dan lap ho so.pdf",
     "copies_to": TO_COMMUNES,
     "body": [f"Thực hiện {RECORDS}, Sở Nội vụ hướng dẫn Ủy ban nhân dân các xã, phường một số nội dung về lập hồ sơ và thu "
              "nộp tài liệu năm 2025 như sau:",
              "1. Ban hành khung phân loại và danh mục hồ sơ của cơ quan mới; mỗi hồ sơ có số và ký hiệu, tiêu đề, thời hạn "
              "lưu trữ và người lập.",
              "2. Hồ sơ, tài liệu của đơn vị hành chính trước sắp xếp là phông lưu trữ riêng, không nhập chung với phông của "
              "xã, phường mới.",
              "3. Hồ sơ công việc kết thúc năm nào thì nộp vào lưu trữ hiện hành trong thời hạn 01 năm tính từ năm kết thúc "
              "công việc.",
              "Trong quá trình thực hiện, nếu có vướng mắc, đề nghị liên hệ Sở Nội vụ để được hướng dẫn."]},
    {**SNV, "arrival": "15/07/2025", "number": "268/SNV-VTLT", "date": "14/07/2025", "type": "Công văn",
     "subject": "báo cáo tình hình công tác văn thư, lưu trữ sau sắp xếp", "to": "Ủy ban nhân dân các xã, phường",
     "unit": "Văn phòng HĐND và UBND", "note": "Trả lời: 02/BC-UBND", "file": "den/03 CV 268 SNV bao cao VTLT.pdf",
     "copies_to": TO_COMMUNES,
     "body": ["Để có số liệu báo cáo cấp trên, Sở Nội vụ đề nghị Ủy ban nhân dân các xã, phường báo cáo tình hình công tác "
              "văn thư, lưu trữ sau sắp xếp đơn vị hành chính, gồm:",
              "1. Số lượng người làm văn thư, lưu trữ; kho lưu trữ, trang thiết bị bảo quản tài liệu.",
              "2. Khối lượng hồ sơ, tài liệu tiếp nhận từ các đơn vị hành chính trước sắp xếp: mét giá, số hộp, tình trạng "
              "chỉnh lý.",
              "3. Khó khăn, vướng mắc và đề xuất, kiến nghị.",
              "Báo cáo gửi về Sở Nội vụ trước ngày 31 tháng 7 năm 2025."]},
    {"arrival": "22/07/2025", "number": "19/GM-LTLS", "date": "21/07/2025", "type": "Giấy mời",
     "issuer": "Trung tâm Lưu trữ lịch sử tỉnh Tam Hải", "subject": "dự tập huấn lập hồ sơ điện tử",
     "unit": "Văn phòng HĐND và UBND", "note": "Bản giấy", "file": ""},
    {**STC, "arrival": "11/08/2025", "number": "330/STC-NS", "date": "08/08/2025", "type": "Công văn",
     "subject": "rà soát dự toán ngân sách 6 tháng cuối năm 2025", "to": "Ủy ban nhân dân các xã, phường",
     "unit": "Phòng Kinh tế", "note": "", "file": "den/05 CV 330 STC ra soat du toan.pdf", "copies_to": TO_COMMUNES,
     "body": ["Sở Tài chính đề nghị Ủy ban nhân dân các xã, phường rà soát dự toán chi ngân sách 6 tháng cuối năm 2025 của "
              "cơ quan mới, tập trung vào các nội dung:",
              "1. Đối chiếu số dư dự toán nhận bàn giao từ các đơn vị hành chính trước sắp xếp với xác nhận của Kho bạc.",
              "2. Xác định nhiệm vụ chi phát sinh do sắp xếp tổ chức bộ máy.",
              "3. Không đề nghị bổ sung đối với khoản chi đã bố trí trong dự toán đầu năm.",
              "Kết quả rà soát cập nhật trên hệ thống thông tin quản lý ngân sách trước ngày 30 tháng 8 năm 2025."]},
    {**THEIRS, "arrival": "15/09/2025", "number": "2455/UBND-TH", "date": "12/09/2025", "type": "Công văn",
     "subject": "báo cáo kết quả thực hiện nhiệm vụ 9 tháng năm 2025", "to": "Ủy ban nhân dân các xã, phường",
     "unit": "Văn phòng HĐND và UBND", "note": "Trả lời: 03/BC-UBND", "file": "den/06 CV 2455 UBND tinh bao cao 9 thang.pdf",
     "copies_to": TO_COMMUNES,
     "body": ["Ủy ban nhân dân tỉnh yêu cầu Ủy ban nhân dân các xã, phường báo cáo kết quả thực hiện nhiệm vụ 9 tháng năm 2025, "
              "trọng tâm là:",
              "1. Kết quả thu, chi ngân sách; giải ngân vốn đầu tư công.",
              "2. Kết quả giải quyết thủ tục hành chính, số hồ sơ quá hạn và nguyên nhân.",
              "3. Công tác phòng, chống thiên tai; bàn giao, bảo quản hồ sơ, tài liệu sau sắp xếp.",
              "Báo cáo gửi trước ngày 25 tháng 9 năm 2025."]},
    {"arrival": "20/10/2025", "number": "07/TTr-BCHQS", "date": "17/10/2025", "type": "Tờ trình",
     "issuer": "Ban Chỉ huy Quân sự xã Hải Mẫu", "subject": "về việc trang bị vật tư phòng, chống thiên tai",
     "unit": "Phòng Kinh tế", "note": "Bản giấy", "file": ""},
    {**SNV, "arrival": "24/11/2025", "number": "402/SNV-VTLT", "date": "21/11/2025", "type": "Công văn",
     "subject": "đăng ký nộp tài liệu vào Lưu trữ lịch sử năm 2026", "to": "Ủy ban nhân dân các xã, phường",
     "unit": "Văn phòng HĐND và UBND", "note": "Trả lời: 04/UBND-VP", "file": "den/08 CV 402 SNV dang ky nop luu.pdf",
     "copies_to": TO_COMMUNES,
     "body": ["Để xây dựng kế hoạch thu nộp hồ sơ, tài liệu vào Lưu trữ lịch sử tỉnh năm 2026, Sở Nội vụ đề nghị Ủy ban nhân "
              "dân các xã, phường đăng ký:",
              "1. Số lượng hồ sơ có thời hạn lưu trữ vĩnh viễn đã đến hạn nộp, chia theo phông và theo năm.",
              "2. Số hồ sơ điện tử và số hồ sơ giấy; tình trạng mục lục hồ sơ.",
              "3. Thời gian dự kiến giao nộp.",
              "Văn bản đăng ký gửi về Sở Nội vụ trước ngày 05 tháng 12 năm 2025."]},
]

OUTGOING = [
    {**OURS, "number": "01/QĐ-UBND", "date": "07/07/2025", "type": "Quyết định",
     "subject": "ban hành Khung phân loại và Danh mục hồ sơ năm 2025 của Ủy ban nhân dân xã Hải Mẫu",
     "heading": "Ban hành Khung phân loại và Danh mục hồ sơ năm 2025 của Ủy ban nhân dân xã Hải Mẫu",
     "authority": "ỦY BAN NHÂN DÂN XÃ HẢI MẪU", "to": "Như Điều 3", "unit": "Văn thư; Văn phòng HĐND và UBND",
     "copies": 8, "note": "", "file": "di/QD 01 khung phan loai.pdf", "copies_to": ["Như Điều 3;", "Sở Nội vụ;", "Lưu: VT."],
     "body": [f"Căn cứ {RECORDS};",
              "Theo đề nghị của Chánh Văn phòng Hội đồng nhân dân và Ủy ban nhân dân xã.",
              "**QUYẾT ĐỊNH:",
              "**Điều 1. Ban hành Khung phân loại và Danh mục hồ sơ năm 2025",
              "1. Khung phân loại hồ sơ của Ủy ban nhân dân xã Hải Mẫu gồm hai đề mục lớn: I. Tổng hợp, văn thư, lưu trữ (VP); "
              "II. Kinh tế, ngân sách (KT). Số và ký hiệu hồ sơ gồm số thứ tự trong đề mục lớn và chữ viết tắt của đề mục đó, ví "
              "dụ 01.VP.",
              "2. Văn bản đi được đăng ký theo hai dãy số: quyết định; các loại văn bản khác. Văn bản đến được đăng ký theo một "
              "dãy số chung cho văn bản giấy và văn bản điện tử. Các dãy số bắt đầu từ số 01 vào ngày 01 tháng 7 năm 2025.",
              "**Điều 2. Trách nhiệm lập hồ sơ",
              "1. Người được giao giải quyết công việc có trách nhiệm mở hồ sơ, thu thập đầy đủ văn bản, tài liệu hình thành "
              "trong quá trình theo dõi, giải quyết công việc và kết thúc hồ sơ khi công việc đã giải quyết xong.",
              "2. Khi kết thúc hồ sơ, người lập hồ sơ loại ra bản trùng, bản nháp; xác định lại thời hạn lưu trữ; hoàn thiện tiêu "
              "đề hồ sơ cho đúng với nội dung tài liệu.",
              "3. Hồ sơ, tài liệu của các đơn vị hành chính trước sắp xếp không được nhập chung với hồ sơ của Ủy ban nhân dân xã "
              "Hải Mẫu.",
              "**Điều 3. Điều khoản thi hành",
              "Quyết định này có hiệu lực kể từ ngày ký. Chánh Văn phòng Hội đồng nhân dân và Ủy ban nhân dân xã, Trưởng phòng "
              "Kinh tế và các tổ chức, cá nhân có liên quan chịu trách nhiệm thi hành Quyết định này."]},
    {**OURS, "number": "01/KH-UBND", "date": "10/07/2025", "type": "Kế hoạch",
     "subject": "công tác 6 tháng cuối năm 2025 của Ủy ban nhân dân xã Hải Mẫu",
     "heading": "Công tác 6 tháng cuối năm 2025 của Ủy ban nhân dân xã Hải Mẫu",
     "to": "UBND tỉnh Tam Hải; các phòng; Trưởng các thôn", "unit": "Văn thư; Văn phòng HĐND và UBND", "copies": 14,
     "note": "Thực hiện văn bản đến số 01", "file": "di/KH 01 cong tac 6 thang cuoi nam.pdf",
     "copies_to": ["UBND tỉnh;", "Các phòng;", "Trưởng các thôn;", "Lưu: VT, VP."],
     "body": ["Thực hiện Kế hoạch số 412/KH-UBND ngày 02 tháng 7 năm 2025 của Ủy ban nhân dân tỉnh, Ủy ban nhân dân xã ban hành "
              "kế hoạch công tác 6 tháng cuối năm 2025 như sau:",
              "**1. Tháng 7 và tháng 8",
              "Ổn định tổ chức bộ máy; kiểm kê, tiếp nhận tài sản, hồ sơ, tài liệu của các xã trước sắp xếp; niêm yết công khai "
              "thủ tục hành chính; rà soát dự toán ngân sách.",
              "**2. Tháng 9 và tháng 10",
              "Báo cáo kết quả 9 tháng; triển khai phương án phòng, chống thiên tai tại các thôn Mẫu Đông, Mẫu Tây và Mẫu Hạ; kiểm "
              "tra việc lập hồ sơ công việc tại các phòng.",
              "**3. Tháng 11 và tháng 12",
              "Xây dựng dự toán năm 2026; kết thúc hồ sơ của công việc đã giải quyết xong; đăng ký nộp tài liệu vào Lưu trữ lịch "
              "sử; tổng kết năm 2025.",
              "**4. Tổ chức thực hiện",
              "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân xã theo dõi, đôn đốc và tổng hợp báo cáo."]},
    {**OURS, "number": "02/QĐ-UBND", "date": "15/07/2025", "type": "Quyết định",
     "subject": "giao nhiệm vụ phụ trách công tác văn thư, lưu trữ",
     "heading": "Giao nhiệm vụ phụ trách công tác văn thư, lưu trữ", "authority": "ỦY BAN NHÂN DÂN XÃ HẢI MẪU",
     "to": "Như Điều 2", "unit": "Văn thư; Văn phòng HĐND và UBND", "copies": 5, "note": "",
     "file": "di/QD 02 phu trach van thu luu tru.pdf", "copies_to": ["Như Điều 2;", "Lưu: VT."],
     "body": [f"Căn cứ {RECORDS};",
              "Theo đề nghị của Chánh Văn phòng Hội đồng nhân dân và Ủy ban nhân dân xã.",
              "**QUYẾT ĐỊNH:",
              "**Điều 1.",
              "Giao bà Hoàng Thị Thí, công chức Văn phòng Hội đồng nhân dân và Ủy ban nhân dân xã, phụ trách công tác văn thư, lưu "
              "trữ của Ủy ban nhân dân xã Hải Mẫu kể từ ngày 15 tháng 7 năm 2025.",
              "**Điều 2.",
              "Chánh Văn phòng Hội đồng nhân dân và Ủy ban nhân dân xã và bà Hoàng Thị Thí chịu trách nhiệm thi hành Quyết định "
              "này."]},
    {**OURS, "number": "02/BC-UBND", "date": "25/07/2025", "type": "Báo cáo",
     "subject": "tình hình công tác văn thư, lưu trữ sau sắp xếp đơn vị hành chính",
     "heading": "Tình hình công tác văn thư, lưu trữ sau sắp xếp đơn vị hành chính", "to": "Sở Nội vụ tỉnh Tam Hải",
     "signer": DEPUTY, "capacity": ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"],
     "unit": "Văn thư; Văn phòng HĐND và UBND", "copies": 3, "note": "Trả lời văn bản đến số 03",
     "file": "di/BC 02 cong tac van thu luu tru.pdf", "copies_to": ["Sở Nội vụ;", "Lưu: VT, VP."],
     "body": ["Thực hiện Công văn số 268/SNV-VTLT ngày 14 tháng 7 năm 2025 của Sở Nội vụ, Ủy ban nhân dân xã Hải Mẫu báo cáo như "
              "sau:",
              "**1. Người làm văn thư, lưu trữ và kho lưu trữ",
              "Xã có 01 công chức phụ trách văn thư, lưu trữ; 01 phòng kho 24 mét vuông, 12 giá; chưa có máy hút ẩm.",
              "**2. Hồ sơ, tài liệu tiếp nhận",
              "Xã tiếp nhận hồ sơ, tài liệu của 03 xã trước sắp xếp: 96 hộp, 13 mét giá. Trong đó 61 hộp đã chỉnh lý, có mục lục; "
              "35 hộp chưa chỉnh lý.",
              "**3. Khó khăn, đề xuất",
              "Tài liệu chưa chỉnh lý còn nhiều, một phần giấy bị ẩm. Đề nghị Sở Nội vụ hướng dẫn thời hạn lưu trữ áp dụng cho "
              "cấp xã và hỗ trợ tập huấn lập hồ sơ điện tử."]},
    {**OURS, "number": "03/BC-UBND", "date": "22/09/2025", "type": "Báo cáo",
     "subject": "kết quả thực hiện nhiệm vụ 9 tháng năm 2025",
     "heading": "Kết quả thực hiện nhiệm vụ 9 tháng và nhiệm vụ trọng tâm quý IV năm 2025",
     "to": "UBND tỉnh Tam Hải", "unit": "Văn thư; Văn phòng HĐND và UBND", "copies": 4,
     "note": "Trả lời văn bản đến số 06", "file": "di/BC 03 ket qua 9 thang.pdf",
     "copies_to": ["UBND tỉnh;", "Thường trực HĐND xã;", "Lưu: VT, VP."],
     "body": ["Thực hiện Công văn số 2455/UBND-TH ngày 12 tháng 9 năm 2025 của Ủy ban nhân dân tỉnh, Ủy ban nhân dân xã Hải Mẫu "
              "báo cáo kết quả thực hiện nhiệm vụ 9 tháng năm 2025 như sau:",
              "**1. Kinh tế, ngân sách",
              "Thu ngân sách trên địa bàn đạt 4.120 triệu đồng, bằng 78% dự toán năm. Chi ngân sách đạt 9.860 triệu đồng, bằng 71% "
              "dự toán. Giải ngân vốn đầu tư công đạt 64% kế hoạch; công trình đường thôn Mẫu Đông hoàn thành 85% khối lượng.",
              "Diện tích lúa hè thu 612 héc ta, năng suất bình quân 58 tạ/héc ta. Đàn gia súc, gia cầm ổn định, không phát sinh "
              "dịch bệnh.",
              "**2. Thủ tục hành chính",
              "Từ ngày 01 tháng 7 đến ngày 15 tháng 9 năm 2025, Trung tâm Phục vụ hành chính công xã tiếp nhận 1.284 hồ sơ; giải "
              "quyết đúng và trước hạn 1.251 hồ sơ, đạt 97,4%; quá hạn 09 hồ sơ; đang giải quyết 24 hồ sơ. Nguyên nhân quá hạn "
              "là dữ liệu đất đai của các xã trước sắp xếp chưa đồng bộ.",
              "**3. Văn hóa, xã hội",
              "Tổ chức khai giảng năm học mới tại 04 trường; chi trả trợ cấp cho 386 người có công và đối tượng bảo trợ xã hội "
              "đúng kỳ. Không phát sinh khiếu nại đông người.",
              "**4. Phòng, chống thiên tai",
              "Đã kiện toàn Ban Chỉ huy phòng thủ dân sự xã, rà soát 142 hộ ở vùng thấp trũng, chuẩn bị 05 điểm sơ tán; lập danh "
              "mục vật tư, phương tiện huy động tại chỗ.",
              "**5. Hồ sơ, tài liệu sau sắp xếp",
              "Đã tiếp nhận 96 hộp tài liệu của 03 xã trước sắp xếp, sắp xếp riêng theo từng phông; chưa chỉnh lý 35 hộp. Toàn bộ "
              "các phòng đã mở hồ sơ công việc theo Danh mục hồ sơ ban hành kèm theo Quyết định số 01/QĐ-UBND ngày 07 tháng 7 "
              "năm 2025.",
              "**6. Khó khăn, vướng mắc",
              "Công chức phụ trách văn thư, lưu trữ kiêm nhiệm nhiều việc; kho lưu trữ chật, chưa có máy hút ẩm; dữ liệu của các "
              "xã trước sắp xếp nằm trên nhiều phần mềm khác nhau.",
              "**7. Nhiệm vụ trọng tâm quý IV",
              "Tập trung hoàn thành các chỉ tiêu năm 2025; quyết toán công trình đường thôn Mẫu Đông; xây dựng dự toán năm 2026; "
              "ứng phó mưa lũ; kết thúc hồ sơ công việc và đăng ký nộp tài liệu vào Lưu trữ lịch sử."]},
    {**OURS, "number": "04/UBND-VP", "date": "28/11/2025", "type": "Công văn",
     "subject": "đăng ký nộp tài liệu vào Lưu trữ lịch sử năm 2026", "to": HOME_AFFAIRS,
     "signer": DEPUTY, "capacity": ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"],
     "unit": "Văn thư; Văn phòng HĐND và UBND", "copies": 2, "note": "Trả lời văn bản đến số 08",
     "file": "di/CV 04 dang ky nop luu.pdf", "copies_to": ["Như trên;", "Lưu: VT, VP."],
     "body": ["Thực hiện Công văn số 402/SNV-VTLT ngày 21 tháng 11 năm 2025 của Sở Nội vụ, Ủy ban nhân dân xã Hải Mẫu đăng ký nộp "
              "tài liệu vào Lưu trữ lịch sử năm 2026 như sau:",
              "1. Phông Ủy ban nhân dân xã Hải Mẫu, năm 2025: 01 hồ sơ có thời hạn lưu trữ vĩnh viễn, là hồ sơ điện tử.",
              "2. Các phông của 03 xã trước sắp xếp: đang chỉnh lý, chưa đăng ký.",
              "3. Thời gian dự kiến giao nộp: tháng 12 năm 2026.",
              "Ủy ban nhân dân xã Hải Mẫu kính đề nghị Sở Nội vụ xem xét, đưa vào kế hoạch thu nộp."]},
]

SCHEME = """\
# Khung phân loại của UBND xã Hải Mẫu (xã, mã và số quyết định đều là giả định)
vtlt: scheme/1
id: xa-hai-mau
adopted: {number: 01/QĐ-UBND, date: 07/07/2025}
uses: [vn-statute-2026, vn-tt10-confirmed, vn-tt09-baseline]

fonds: {code: UB, name: UBND xã Hải Mẫu, organ: H57.32.15, regime: state}
policy: {source_of_submission: true, due_rule: next-january, late_days: 1}

issuers: {UBND: Ủy ban nhân dân xã}
units: {VP: Văn phòng HĐND và UBND, KT: Phòng Kinh tế}

numbering: {mode: external, system: Phần mềm quản lý văn bản của tỉnh}
series:
  - {id: den, book: in}
  - {id: qd, book: out, issuer: UBND, types: [QĐ], kept: tt09-150b}
  - {id: khac, book: out, issuer: UBND, types: other, kept: tt09-150c}

files: {numbering: per-heading, arrangement: mặt hoạt động - thời gian, sheet_numbers_from: 5}
classes:
  - no: I
    abbr: VP
    title: Tổng hợp, văn thư, lưu trữ
    by: VP
    sub:
      - no: 1
        title: Chỉ đạo, điều hành
        files:
          - tt09-5b: Kế hoạch, báo cáo công tác năm {year} của UBND xã
          - tt09-16: Công văn trao đổi chung năm {year}
      - no: 2
        title: Văn thư, lưu trữ
        files:
          - tt09-148: Hồ sơ công tác văn thư, lưu trữ năm {year}
  - no: II
    abbr: KT
    title: Kinh tế, ngân sách
    by: KT
    sub:
      - no: 1
        title: Ngân sách, kế toán
        files:
          - tt09-75: Hồ sơ ngân sách xã năm {year}

suggest:
  - {class: I.2, sender: [Sở Nội vụ], words: [văn thư, lưu trữ, lập hồ sơ]}
  - {class: I.1, types: [CTr, KH, BC]}
  - {class: II.1, words: [ngân sách, dự toán, quyết toán]}

access:
  default: open
  open: {mode: "01", label: Công khai}
  conditional: {mode: "02", label: Sử dụng có điều kiện, permit: Chủ tịch UBND xã, personal_data: true}
  secret: {mode: "03", label: Mật, policy: refuse}
"""

README = """\
# Xã Hải Mẫu / the commune Hải Mẫu

Dữ liệu mẫu để thử vtlt: sổ văn bản của một xã **không có thật**, năm 2025. Mọi địa danh, tên người, cơ quan, số liệu đều
bịa ra; chỉ có các luật, nghị định được viện dẫn là có thật. Văn bản không có chữ ký và không có giá trị pháp lý.

Sample data for trying vtlt: the register books of an **invented** commune in 2025. Names of places, people and bodies and
all figures are fictional; only the laws and decrees cited exist. Nothing is signed.

| | |
|---|---|
| `so-den.csv` | sổ đăng ký văn bản đến: 8 dòng, 6 có tệp tin · register of incoming documents: 8 lines, 6 with a computer file |
| `so-di.csv` | sổ đăng ký văn bản đi: 6 dòng, đều có tệp tin · register of outgoing documents: 6 lines, all with a computer file |
| `van-ban/` | 12 tệp PDF, một hoặc hai trang · 12 PDF files of one or two pages |
| `khung-phan-loai.yaml` | khung phân loại, xem vtlt-scheme(5) · the scheme, see vtlt-scheme(5) |

`tests/install-and-run.sh` registers all of it and makes two files (hồ sơ) from it: the plans and reports of the year
(kept permanently) and the records work of the year (20 years). Three incoming documents stay in no file.

Made by `tests/tools/make_sample.py`. The PDFs hold subsets of the DejaVu fonts, which may be embedded freely.
"""

IN_COLUMNS = ["Ngày đến", "Số đến", "Tác giả", "Số, ký hiệu văn bản", "Ngày tháng văn bản",
              "Tên loại và trích yếu nội dung văn bản", "Đơn vị hoặc người nhận", "Ngày chuyển", "Ký nhận", "Ghi chú",
              "Đường dẫn tệp", "Mức độ tin cậy"]
OUT_COLUMNS = ["Số, ký hiệu văn bản", "Ngày tháng văn bản", "Tên loại và trích yếu nội dung văn bản", "Người ký",
               "Nơi nhận văn bản", "Đơn vị, người nhận bản lưu", "Số lượng bản", "Ngày chuyển", "Ký nhận", "Ghi chú",
               "Đường dẫn tệp", "Mức độ tin cậy"]


def named(doc):
    link = " về việc " if doc["type"] == "Công văn" else " "
    return doc["type"] + link + doc["subject"]


def path_of(doc):
    return "van-ban/" + doc["file"] if doc["file"] else ""


def content(doc):
    return [path_of(doc), "Gốc điện tử"] if doc["file"] else ["", ""]


def check():
    """What the books promise: dates in order, numbers without gaps, answers after what they answer."""
    arrivals = [day(d["arrival"]) for d in INCOMING]
    assert arrivals == sorted(arrivals)
    assert all(day(d["date"]) <= day(d["arrival"]) for d in INCOMING)
    dates = [day(d["date"]) for d in OUTGOING]
    assert dates == sorted(dates)
    for decisions in (True, False):
        numbers = [int(d["number"].split("/")[0]) for d in OUTGOING if ("QĐ" in d["number"]) == decisions]
        assert numbers == list(range(1, len(numbers) + 1))
    outgoing = {d["number"]: d for d in OUTGOING}
    for doc in INCOMING:
        if doc["note"].startswith("Trả lời: "):
            assert day(outgoing[doc["note"].split(": ")[1]]["date"]) >= day(doc["arrival"])


def write_csv(path, columns, rows):
    with open(path, "w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream, lineterminator="\r\n").writerows([columns, *rows])


def main():
    here = Path(__file__).resolve().parent.parent
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else here / "sample" / "xa-mau"
    check()
    faces = {"R": (TrueType(FONTS / "DejaVuSerif.ttf"), "DejaVuSerif"),
             "B": (TrueType(FONTS / "DejaVuSerif-Bold.ttf"), "DejaVuSerif-Bold")}
    for doc in INCOMING + OUTGOING:
        if doc["file"]:
            pages = write_pdf(faces, target / path_of(doc), doc)
            print(f"{pages} trang  {path_of(doc)}")
    write_csv(target / "so-den.csv", IN_COLUMNS, [
        [d["arrival"], f"{i:02d}", d["issuer"], d["number"], d["date"], named(d), d["unit"], d["arrival"], "Đã nhận",
         d["note"], *content(d)] for i, d in enumerate(INCOMING, 1)])
    write_csv(target / "so-di.csv", OUT_COLUMNS, [
        [d["number"], d["date"], named(d), d["signer"], d["to"], d["unit"], d["copies"], d["date"], "Qua trục liên thông",
         d["note"], *content(d)] for d in OUTGOING])
    (target / "khung-phan-loai.yaml").write_text(SCHEME, encoding="utf-8")
    (target / "README.md").write_text(README, encoding="utf-8")


if __name__ == "__main__":
    main()
