#!/bin/sh
# Installs what is missing (root or sudo), builds vtlt and does its main job on tests/sample/xa-mau, the records of an
# invented commune: two register books go in, checked packages of Thông tư 05/2025 and a printed register come out.
#
#   sh tests/install-and-run.sh
#
# Writes only below build/. VTLT_LANG=en: what vtlt says in English. VTLT_JOBS: how many compilers at a time.
set -eu
cd "$(dirname "$0")/.."
. tests/tools/debian.sh

# shellcheck disable=SC2086 # a list of names
install_missing $build_packages
mkdir -p build
build release vtlt

demo=build/demo
count=1
while [ -e "$demo" ]; do
  count=$((count + 1))
  demo=build/demo-$count
done
mkdir "$demo"

: "${VTLT_LANG:=vi}"
PATH=$PWD/build/release/cmd:$PATH
VTLT_DIR=$demo/kho
VTLT_NOPROMPT=1
XDG_STATE_HOME=$PWD/$demo/state   # where vtlt remembers heads: nothing of a trial stays in the home directory
export VTLT_LANG PATH VTLT_DIR VTLT_NOPROMPT XDG_STATE_HOME
unset VTLT_ACTOR VTLT_WAIT

# Shows a command as one would type it, then runs it.
run() {
  shown=
  for word in "$@"; do
    case $word in
      *[!A-Za-z0-9./_=:-]*) shown="$shown '$word'" ;;
      *) shown="$shown $word" ;;
    esac
  done
  printf '\n$%s\n' "$shown"
  "$@" </dev/null || fail "lệnh trên kết thúc với mã $? / the command above ended with status $?"
}

sample=tests/sample/xa-mau
say "1. Lập kho hồ sơ theo khung phân loại / A repository from a scheme"
printf '\n$ export VTLT_DIR=%s\n' "$VTLT_DIR"
run vtlt init "$VTLT_DIR" --from $sample/khung-phan-loai.yaml

say "2. Nhập hai sổ của năm 2025 cùng tệp tin / Two register books of 2025 with their computer files"
run vtlt register import $sample/so-den.csv --kind in
run vtlt register import $sample/so-di.csv --kind out

say "3. Lập hai hồ sơ / Two files (hồ sơ)"
run vtlt file open --year 2025 --class I.1 --rule tt09-5b --title 'Kế hoạch, báo cáo công tác năm 2025 của UBND xã' \
  --notation 01.VP --officer 'Hoàng Thị Thí' --confidence 'Gốc điện tử'
run vtlt file add 2025.01.VP --year 2025 den.1 01/KH-UBND den.6 03/BC-UBND
run vtlt file close 2025.01.VP --ended 2025 --confirm-term
run vtlt file open --year 2025 --class I.2 --rule tt09-148 --title 'Hồ sơ công tác văn thư, lưu trữ năm 2025' \
  --notation 02.VP --officer 'Hoàng Thị Thí' --confidence 'Gốc điện tử'
run vtlt file add 2025.02.VP --year 2025 01/QĐ-UBND den.2 02/QĐ-UBND den.3 02/BC-UBND den.8 04/UBND-VP
run vtlt file close 2025.02.VP --ended 2025 --confirm-term

say "4. Đóng gói / Packages"
run vtlt package 2025.01.VP --kind sip --zip -o "$demo/goi"
run vtlt package 2025.01.VP 2025.02.VP --kind aip -o "$demo/goi"

say "5. Kiểm tra các gói và cả kho / The packages and the whole repository are checked"
run vtlt verify "$demo"/goi/*
run vtlt verify

say "6. In sổ và mục lục / Printed forms"
run vtlt print so-den --year 2025 -o "$demo/so-den-2025.html"
run vtlt print so-di --year 2025 -o "$demo/so-di-2025.html"
run vtlt print muc-luc-van-ban 2025.01.VP -o "$demo/muc-luc-2025.01.VP.html"
run vtlt status --year 2025

sip=$(echo "$demo"/goi/*.zip)
[ -f "$sip" ] && [ -s "$demo/so-den-2025.html" ] || fail "thiếu gói hoặc sổ in / a package or the printed register is missing"
cat <<END

==============================================================================
XONG. Hai sổ của một xã (giả định) đã vào kho; hai hồ sơ đã lập, đã kết thúc;
các gói tin theo Thông tư 05/2025 đã được kiểm tra: đạt.
  Gói SIP đã kiểm tra:  $sip
  Gói AIP đã kiểm tra:  $demo/goi/
  Sổ đăng ký văn bản:   $demo/so-den-2025.html  (mở bằng trình duyệt, in khổ A4)
  Kho hồ sơ:            $VTLT_DIR
Làm tiếp:  build/release/cmd/vtlt -C $VTLT_DIR list     ·  vtlt help bat-dau

DONE. Two register books of an (invented) commune are in a repository; two
files (hồ sơ) were made and closed; their packages of Thông tư 05/2025 were
checked: passed (structure and integrity, not legal validity).
  Checked SIP:          $sip
  Checked AIPs:         $demo/goi/
  Printed register:     $demo/so-den-2025.html  (open in a browser, prints on A4)
  Repository:           $VTLT_DIR
Go on with:  build/release/cmd/vtlt -C $VTLT_DIR --lang en list
==============================================================================
END
