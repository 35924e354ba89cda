# bash completion for vtlt(1): commands, flags, values, computer files, and references asked of vtlt itself.

# The flags of a command; "=" behind those that take a value.
_vtlt_flags() {
  local content="--role= --year= -n --dry-run"
  local line="--date= --subject= --type= --unit= --signer= --answers= --into= --note= --urgency= --secrecy= --value=
    --carrier= --pages= $content"
  case "$1" in
    global) echo "-C= --fonds= -o= --output= --format= --json --lang= --actor= --wait= --color= -y --yes -q --quiet
      -v --verbose -h --help" ;;
    "") echo "--version" ;;
    init) echo "--demo --from= --name= --organ= --code= --numbering= --system= --archive= --submission= --shared=" ;;
    "register in") echo "--arrival= --arrival-date= --sender= --due= --replaces= --amends= --corrects= --recalls= $line" ;;
    "register out" | "register internal") echo "--number= --issuer= --recipients= --copies= --replaces= --amends= --corrects=
      --recalls= $line" ;;
    "register copy") echo "--form= --date= --issuer= --signer= --recipients= --copies= --unit= --subject= --carrier= --pages=
      --into= --note= --year= -n --dry-run" ;;
    "register amend") echo "--subject= --type= --date= --sender= --unit= --signer= --recipients= --copies= --urgency= --due=
      --forwarded= --acknowledged= --note= --reason= --year= -n --dry-run" ;;
    "register link") echo "--replaces= --amends= --corrects= --recalls= --answers= --reason= --year= -n --dry-run" ;;
    "register reserve") echo "--kind= --type= --notation= --count= --reason= --year= -n --dry-run" ;;
    "register void") echo "--reason= --year= -n --dry-run" ;;
    "register undo") echo "--reason= -n --dry-run" ;;
    "register close-year") echo "-n --dry-run" ;;
    "register use") echo "--by= --purpose= --copy= --permit-by= --basis= --date= --due= --returned= --year= -n --dry-run" ;;
    "register attach") echo "$content" ;;
    "register send") echo "--to= --business= --place= --staff= --department= --zip --reason= --year= -n --dry-run" ;;
    "register status") echo "--code= --description= --staff= --department= --year= -n --dry-run" ;;
    "register import") echo "--kind= --partial --encoding= --caps= --sheet= --pivot= --arrival-date= --unit= --year= -n --dry-run --exit-code" ;;
    "register list") echo "--in --out --internal --overdue --unfiled --without-content --since= --until= --sender= --unit=
      --series= --sort= --limit= --year= --as-of= --exit-code" ;;
    "file plan") echo "--from= --sheet= --basis= -n --dry-run" ;;
    "file open") echo "--class= --title= --term= --rule= --notation= --officer= --access= --start= --end= --box= --sheets=
      --paper-code= --confidence= --language= --keyword= --note= --inventory= --condition= --year= -n --dry-run" ;;
    "file add") echo "--year= -n --dry-run" ;;
    "file remove") echo "--reason= --year= -n --dry-run" ;;
    "file amend") echo "--title= --term= --rule= --officer= --unit= --access= --start= --end= --period= --settled= --language=
      --confidence= --keyword= --sheets= --condition= --paper-code= --note= --sheet= --document-term= --document-field= --order= --reason= --basis=
      --year= -n --dry-run" ;;
    "file suggest") echo "--unfiled --limit= --most= --year=" ;;
    "file close") echo "--ended= --confirm-term --term= --settled= --reason= --basis= --year= -n --dry-run" ;;
    "file reopen") echo "--reason= --year= -n --dry-run" ;;
    "file submit") echo "--closed --officer= --unit= --leaving= --to= --keep-back= --reason= --consent= --until= --giver=
      --giver-post= --receiver= --receiver-post= --basis= --block= --condition= --note= --year= -n --dry-run" ;;
    "file take") echo "--list= --encoding= --sheet= --partial --note= --year= -n --dry-run" ;;
    "file return") echo "--reason= --year= -n --dry-run" ;;
    "file list") echo "--state= --class= --officer= --unit= --term= --box= --ended= --overdue --rejected --similar --limit= --year=
      --as-of= --exit-code" ;;
    "file arrange import") echo "--team= --state= --partial --encoding= --caps= --sheet= -n --dry-run --exit-code" ;;
    "file arrange order") echo "--order= --limit=" ;;
    "file arrange number") echo "--order= --inventory= --from= --boxes -n --dry-run" ;;
    "file arrange reject") echo "--reason= --bundle= --volume= --volumes= --undo -n --dry-run" ;;
    "file box list") echo "--unarranged --exit-code" ;;
    "file box add") echo "--label= --place= --unarranged --metres= --condition= --note= -n --dry-run" ;;
    "file box move") echo "--place= --reason= -n --dry-run" ;;
    "file box put") echo "--box= --year= -n --dry-run" ;;
    package) echo "--kind= --spec= --same-system --round= --ordinal= --linked --request= --copy= --basis= --schemas= --profile= --split-size= --zip --registration= --again= --year= -n --dry-run" ;;
    verify) echo "--report= --profile= --baseline= --content= --schemas= --head= --strict --redact" ;;
    print) echo "--since= --until= --series= --sort= --vocabulary= --state= --list-sheets= --year= --as-of=" ;;
    status) echo "--year= --as-of= --exit-code" ;;
    search) echo "--in --out --internal --files --since= --until= --sender= --unit= --sort= --limit= --year= --exit-code" ;;
    log) echo "--limit= --year=" ;;
    show | list) echo "--year=" ;;
    "fonds open") echo "--from=" ;;
    "fonds describe") echo "--history= --language= --backup= --opened= --note= -n --dry-run" ;;
    "fonds name") echo "--name= --organ= --since= --basis= -n --dry-run" ;;
    "fonds close") echo "--date= --basis= --successor= -n --dry-run" ;;
    "scheme new") echo "--from= --name= --organ= --code= --numbering= --system= --archive= --submission=" ;;
    "scheme import") echo "--from= --name= --organ= --code= --numbering= --system= --archive= --submission=
      --decision= --date= --sheet= --year=" ;;
    "scheme check") echo "--strict" ;;
    "scheme diff") echo "--exit-code" ;;
    "scheme use") echo "--decision= --date= -n --dry-run" ;;
    "scheme confirm") echo "--against= --by= --date= -n --dry-run" ;;
    "config set") echo "-n --dry-run" ;;
    repair) echo "--accept-restore --last-number= --reason= --year= -n --dry-run" ;;
  esac
}

_vtlt_commands() {
  case "$1" in
    "") echo "init register file package verify print status search show list log fonds scheme config repair help" ;;
    register) echo "in out internal copy attach amend link reserve void undo close-year use import send status list" ;;
    file) echo "plan open add remove amend suggest close reopen submit take return list arrange box" ;;
    "file arrange") echo "import order number reject" ;;
    "file box") echo "list add move put" ;;
    fonds) echo "list show open describe name close" ;;
    scheme) echo "new import check diff use confirm" ;;
    config) echo "get set list" ;;
  esac
}

_vtlt_words() { mapfile -t COMPREPLY < <(compgen -W "$1" -- "$2"); }

_vtlt_paths() {  # $1: -f computer files, -d folders
  compopt -o filenames 2>/dev/null
  mapfile -t COMPREPLY < <(compgen "$1" -- "$2")
}

# First column of a list of vtlt's; silent when there is none. Names that a shell would read as more than a word are
# left out: what stands in a repository is never expanded.
_vtlt_ask() {
  local cur=$1 name
  shift
  while IFS=$'\t' read -r name _; do
    [[ $name == "$cur"* && $name != *[[:space:]\"\'\`\$\;\&\|\<\>\(\)\{\}\[\]\*\?\\\!\~\#]* ]] && COMPREPLY+=("$name")
  done < <(timeout 1 "${COMP_WORDS[0]}" "$@" --format tsv --lang en 2>/dev/null </dev/null | sed 1d)
}

_vtlt_value() {  # command, flag, what is typed of the value
  local -a there=(${directory:+-C "$directory"})
  case "$2" in
    -C | --schemas) _vtlt_paths -d "$3" ;;
    -o | --output) if [[ $1 == package || $1 == "file submit" ]]; then _vtlt_paths -d "$3"; else _vtlt_paths -f "$3"; fi ;;
    --format) _vtlt_words "table csv tsv xlsx html json jsonl" "$3" ;;
    --lang) _vtlt_words "vi en" "$3" ;;
    --color) _vtlt_words "auto always never" "$3" ;;
    --numbering) _vtlt_words "external internal" "$3" ;;
    --form) _vtlt_words "sao-y sao-luc trich-sao" "$3" ;;
    --submission) _vtlt_words "yes no" "$3" ;;
    --sort) _vtlt_words "number date due forwarded sender subject unit signer" "$3" ;;
    --vocabulary) _vtlt_words "2011 2024" "$3" ;;
    --copy) if [[ $1 == package ]]; then _vtlt_words "reading plain authenticated dip" "$3"
      else _vtlt_words "reading certified photo electronic" "$3"; fi ;;
    --role) _vtlt_words "main annex scan draft opinion copy" "$3" ;;
    --carrier) _vtlt_words "paper electronic both" "$3" ;;
    --kind) if [[ $1 == package ]]; then _vtlt_words "sip aip dip" "$3"
      elif [[ $1 == "register reserve" ]]; then _vtlt_words "in out" "$3"
      else _vtlt_words "in out internal" "$3"; fi ;;
    --business) _vtlt_words "new recall update replace" "$3" ;;
    --code) if [[ $1 == "register status" ]]; then _vtlt_words "01 02 03 04 05 06 13 15 16" "$3"; fi ;;
    --spec) _vtlt_words "tt05 bagit-1.0" "$3" ;;
    --encoding) _vtlt_words "auto utf-8 utf-16 tcvn3 vni viscii cp1258" "$3" ;;
    --caps) _vtlt_words "mend keep" "$3" ;;
    --access) _vtlt_words "open conditional secret" "$3" ;;
    --state) if [[ $1 == "file arrange import" ]]; then _vtlt_words "archived closed" "$3"; return; fi
      _vtlt_words "planned open closed submitted archived transferred listed destroyed" "$3" ;;
    --content) _vtlt_words "quick deep none" "$3" ;;
    --baseline) _vtlt_paths -f "$3" ;;
    --profile)
      _vtlt_paths -f "$3"
      mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -W "luu-tru-lich-su-tinh" -- "$3") ;;
    --report) _vtlt_words "text json junit sarif html" "$3" ;;
    --order) if [[ $1 == "file amend" ]]; then _vtlt_words "date number received" "$3"; return; fi
      _vtlt_words "mat-hoat-dong,thoi-gian thoi-gian,mat-hoat-dong co-cau,thoi-gian thoi-gian,co-cau
      thoi-han-giam,mat-hoat-dong,thoi-gian nhiem-ky,mat-hoat-dong" "$3" ;;
    --box) [[ $1 == "file box put" ]] && _vtlt_ask "$3" "${there[@]}" file box list ;;
    --from)
      [[ $1 == "file arrange number" ]] && return
      _vtlt_paths -f "$3"
      if [[ $1 == init || $1 == scheme* ]]; then
        mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -W "xa phuong dang-uy truong so" -- "$3")
      fi ;;
    --into) _vtlt_ask "$3" "${there[@]}" file list --state open ;;
    --replaces | --amends | --corrects | --recalls) _vtlt_ask "$3" "${there[@]}" register list --out --limit 200 ;;
    --answers) _vtlt_ask "$3" "${there[@]}" register list --in --limit 200 ;;
    --keep-back) _vtlt_ask "$3" "${there[@]}" file list --state closed ;;
    --list) _vtlt_paths -f "$3" ;;
    --again) _vtlt_ask "$3" "${there[@]}" list packages ;;
  esac
}

_vtlt_place() {  # command, how many words stand before, what is typed
  local -a there=(${directory:+-C "$directory"})
  case "$1" in
    init) _vtlt_paths -d "$3" ;;
    "register in" | "register out" | "register internal" | "register import" | "file arrange import" | verify | \
      "scheme check" | "scheme diff")
      _vtlt_paths -f "$3" ;;
    "scheme use" | "scheme import") (($2 == 0)) && _vtlt_paths -f "$3" ;;
    "register amend" | "register link" | "register void") (($2 == 0)) && _vtlt_ask "$3" "${there[@]}" register list --limit 200 ;;
    "fonds show" | "fonds describe" | "fonds name" | "fonds close") (($2 == 0)) && _vtlt_ask "$3" "${there[@]}" fonds list ;;
    "register send") (($2 == 0)) && _vtlt_ask "$3" "${there[@]}" register list --out --limit 200 ;;
    "register status") (($2 == 0)) && _vtlt_ask "$3" "${there[@]}" register list --in --limit 200 ;;
    "register use") if (($2 == 0)); then
        _vtlt_ask "$3" "${there[@]}" register list --limit 200
        _vtlt_ask "$3" "${there[@]}" file list
      fi ;;
    "register undo") (($2 == 0)) && _vtlt_ask "$3" "${there[@]}" list batches ;;
    "register copy")
      if (($2 == 0)); then _vtlt_ask "$3" "${there[@]}" register list --limit 200
      else _vtlt_paths -f "$3"; fi ;;
    "register attach")
      if (($2 == 0)); then _vtlt_ask "$3" "${there[@]}" register list --without-content --limit 200
      else _vtlt_paths -f "$3"; fi ;;
    "file add")
      if (($2 == 0)); then _vtlt_ask "$3" "${there[@]}" file list --state open
      else _vtlt_ask "$3" "${there[@]}" register list --unfiled --limit 200; fi ;;
    "file open") (($2 == 0)) && _vtlt_ask "$3" "${there[@]}" file list --state planned ;;
    "file remove") (($2 == 0)) && _vtlt_ask "$3" "${there[@]}" file list --state open ;;
    "file close") _vtlt_ask "$3" "${there[@]}" file list --state open ;;
    "file amend") (($2 == 0)) && _vtlt_ask "$3" "${there[@]}" file list ;;
    "file reopen") (($2 == 0)) && _vtlt_ask "$3" "${there[@]}" file list --state closed ;;
    "file suggest") _vtlt_ask "$3" "${there[@]}" register list --unfiled --limit 200 ;;
    "file submit" | package) _vtlt_ask "$3" "${there[@]}" file list --state closed ;;
    "file take" | "file return")
      if (($2 == 0)); then _vtlt_ask "$3" "${there[@]}" list submissions
      else _vtlt_ask "$3" "${there[@]}" file list --state submitted; fi ;;
    "file arrange reject" | "file box put") _vtlt_ask "$3" "${there[@]}" file list --state archived ;;
    "file box move") (($2 == 0)) && _vtlt_ask "$3" "${there[@]}" file box list ;;
    print)
      if (($2 == 0)); then _vtlt_words "so-den so-di so-gui-buu-dien so-su-dung-ban-luu so-theo-doi-giai-quyet so-theo-doi-van-ban-di dau-den phieu-giai-quyet muc-luc-van-ban danh-muc-ho-so muc-luc-ho-so bien-ban-giao-nhan danh-muc-giu-lai chung-tu-ket-thuc bia-ho-so nhan-hop" "$3"
      else
        _vtlt_ask "$3" "${there[@]}" file list
        _vtlt_ask "$3" "${there[@]}" register list --in --limit 200
        _vtlt_ask "$3" "${there[@]}" list submissions
      fi ;;
    show | log)
      if (($2 == 0)); then
        _vtlt_ask "$3" "${there[@]}" file list
        _vtlt_ask "$3" "${there[@]}" list packages
        _vtlt_ask "$3" "${there[@]}" list submissions
      fi ;;
    list) (($2 == 0)) && _vtlt_words "fonds files boxes batches submissions packages uses" "$3" ;;
    "config get" | "config set")
      (($2 == 0)) && _vtlt_words "lang actor.name wait import.partial secrets.policy vocabulary" "$3" ;;
    help) if (($2 == 0)); then _vtlt_words "bat-dau start $(_vtlt_commands "")" "$3"; fi ;;
  esac
}

_vtlt() {
  local cur=${COMP_WORDS[COMP_CWORD]} command="" flag="" directory="" word flags commands
  local -i places=0 i plain=0
  COMPREPLY=()
  # What has been typed: the command, how many words, a flag that waits for its value.
  for ((i = 1; i < COMP_CWORD; ++i)); do
    word=${COMP_WORDS[i]}
    if [[ $word == "=" && -n $flag ]]; then continue; fi
    if [[ -n $flag ]]; then
      [[ $flag == -C ]] && directory=${word/#\~/$HOME}
      flag=""
      continue
    fi
    flags=" $(_vtlt_flags global) $(_vtlt_flags "$command") "
    flags=${flags//$'\n'/ }
    commands=" $(_vtlt_commands "$command") "
    if ((plain == 0)) && [[ $word == -- ]]; then plain=1
    elif ((plain == 0)) && [[ $word == -* ]]; then [[ $flags == *" $word= "* ]] && flag=$word
    elif ((places == 0)) && [[ $commands == *" $word "* ]]; then command+="${command:+ }$word"
    else ((++places))
    fi
  done
  if [[ -n $flag ]]; then
    [[ $cur == "=" ]] && cur=""
    _vtlt_value "$command" "$flag" "$cur"
  elif ((plain == 0)) && [[ $cur == -* ]]; then
    flags="$(_vtlt_flags global) $(_vtlt_flags "$command")"
    _vtlt_words "${flags//=/}" "$cur"
  elif ((places == 0)) && [[ -n $(_vtlt_commands "$command") ]]; then
    _vtlt_words "$(_vtlt_commands "$command")" "$cur"
  else
    _vtlt_place "$command" "$places" "$cur"
  fi
}

complete -F _vtlt vtlt
