# fish completion for vtlt(1): commands, flags, values, computer files, and references asked of vtlt itself.

# Flags that take a value: what follows them is no command and no word.
set -g __vtlt_taking -C --fonds -o --output --format --lang --actor --wait --color \
    --from --name --organ --code --numbering --system --archive --submission --shared \
    --arrival --arrival-date --sender --due --number --issuer --recipients --copies --date --subject --type --unit --signer \
    --answers --into --note --urgency --secrecy --role --value --carrier --pages --year --kind --encoding --caps --sheet \
    --since --until --limit --as-of --class --title --term --rule --notation --officer --access --start --end --box --sheets \
    --paper-code --confidence --language --keyword --inventory --condition --reason --ended --state --spec --registration \
    --again --report --head --last-number --replaces --amends --corrects --recalls --forwarded --acknowledged --count \
    --decision --against --by --team --order --bundle --volume --volumes --label --place --metres

# The words typed so far, without flags and their values.
function __vtlt_typed
    set -l tokens (commandline -opc)
    set -l skip 0
    for token in $tokens[2..-1]
        if test $skip = 1
            set skip 0
        else if contains -- $token $__vtlt_taking
            set skip 1
        else if not string match -q -- '-*' $token
            echo -- $token
        end
    end
end

# Whether exactly this command is being typed: __vtlt_is register in
function __vtlt_is
    set -l typed (__vtlt_typed)
    test (count $typed) -ge (count $argv); or return 1
    for i in (seq (count $argv))
        test "$typed[$i]" = "$argv[$i]"; or return 1
    end
end

# Whether exactly these words have been typed, and nothing behind them.
function __vtlt_just
    set -l typed (__vtlt_typed)
    test (count $typed) -eq (count $argv); or return 1
    test (count $argv) -eq 0; or __vtlt_is $argv
end

# Whether so many words stand behind a command of so many words: __vtlt_place 0 file add
function __vtlt_place
    __vtlt_is $argv[2..-1]; and test (math (count (__vtlt_typed)) - (count $argv) + 1) -eq $argv[1]
end

# First column of a list of vtlt's; silent when there is none.
function __vtlt_ask
    set -l here
    set -l tokens (commandline -opc)
    if set -l at (contains -i -- -C $tokens); and test $at -lt (count $tokens)
        set here -C $tokens[(math $at + 1)]
    end
    timeout 1 vtlt $here $argv --format tsv --lang en 2>/dev/null </dev/null | string replace -r '\t.*' '' | sed 1d
end

complete -c vtlt -f

# flags of every command
complete -c vtlt -s C -x -a '(__fish_complete_directories)' -d 'work in this folder'
complete -c vtlt -l fonds -x -d 'the fonds'
complete -c vtlt -s o -l output -r -F -d 'write the answer to'
complete -c vtlt -l format -x -a 'table csv tsv html json jsonl' -d 'form of the answer'
complete -c vtlt -l json -d 'short for --format json'
complete -c vtlt -l lang -x -a 'vi en' -d 'language of the messages'
complete -c vtlt -l actor -x -d 'who acts'
complete -c vtlt -l wait -x -d 'seconds to wait for another writer'
complete -c vtlt -l color -x -a 'auto always never' -d 'colours'
complete -c vtlt -s y -l yes -d 'ask nothing'
complete -c vtlt -s q -l quiet -d 'no progress, no next commands'
complete -c vtlt -s v -l verbose -d 'more'
complete -c vtlt -s h -l help -d 'help'
complete -c vtlt -n __vtlt_just -l version -d 'the version'

# commands
complete -c vtlt -n __vtlt_just -a init -d 'make a new repository'
complete -c vtlt -n __vtlt_just -a register -d 'register documents'
complete -c vtlt -n __vtlt_just -a file -d 'files (hồ sơ)'
complete -c vtlt -n __vtlt_just -a package -d 'packages of closed files'
complete -c vtlt -n __vtlt_just -a verify -d 'check a repository or packages'
complete -c vtlt -n __vtlt_just -a print -d 'statutory forms'
complete -c vtlt -n __vtlt_just -a status -d 'what is there, what to do'
complete -c vtlt -n __vtlt_just -a search -d 'find by words'
complete -c vtlt -n __vtlt_just -a show -d 'one thing'
complete -c vtlt -n __vtlt_just -a list -d overview
complete -c vtlt -n __vtlt_just -a log -d 'what happened'
complete -c vtlt -n __vtlt_just -a fonds -d 'the fonds'
complete -c vtlt -n __vtlt_just -a scheme -d schemes
complete -c vtlt -n __vtlt_just -a config -d settings
complete -c vtlt -n __vtlt_just -a repair -d 'mend the repository'
complete -c vtlt -n __vtlt_just -a help -d help
complete -c vtlt -n '__vtlt_just register' -a 'in out internal copy attach amend link reserve void undo close-year import list'
complete -c vtlt -n '__vtlt_just file' -a 'open add remove close list arrange box'
complete -c vtlt -n '__vtlt_just file arrange' -a 'import order number reject'
complete -c vtlt -n '__vtlt_just file box' -a 'list add move put'
complete -c vtlt -n '__vtlt_just fonds' -a 'list open'
complete -c vtlt -n '__vtlt_just scheme' -a 'new import check diff use confirm'
complete -c vtlt -n '__vtlt_just config' -a 'get set list'

# flags with one meaning in several commands
for command in 'register in' 'register out' 'register internal' 'register copy' 'register attach' 'register import' 'file open' 'file add' \
        'file remove' 'file close' package 'config set' repair 'register amend' 'register link' 'register reserve' \
        'register void' 'register undo' 'register close-year' 'scheme use' 'scheme confirm' 'file arrange import' \
        'file arrange number' 'file arrange reject' 'file box add' 'file box move' 'file box put'
    complete -c vtlt -n "__vtlt_is $command" -s n -l dry-run -d 'say what would happen, write nothing'
end
for command in 'register in' 'register out' 'register internal' 'register copy' 'register attach' 'register import' 'register list' 'file open' \
        'file add' 'file remove' 'file close' 'file list' package print status search show list log repair \
        'register amend' 'register link' 'register reserve' 'register void' 'scheme import' 'file box put'
    complete -c vtlt -n "__vtlt_is $command" -l year -x -d 'year of the register or file'
end
for command in 'register import' 'register list' 'file list' status search 'scheme diff' 'file arrange import' 'file box list'
    complete -c vtlt -n "__vtlt_is $command" -l exit-code -d 'status 1 when something is found'
end
for command in 'file remove' 'file close' repair 'register amend' 'register link' 'register reserve' 'register void' \
        'register undo' 'file arrange reject' 'file box move'
    complete -c vtlt -n "__vtlt_is $command" -l reason -x -d why
end
for command in 'register list' print search
    complete -c vtlt -n "__vtlt_is $command" -l since -x -d 'from this date on'
    complete -c vtlt -n "__vtlt_is $command" -l until -x -d 'up to this date'
end
for command in 'register list' status
    complete -c vtlt -n "__vtlt_is $command" -l as-of -x -d 'look as of this day'
end
for command in 'register list' log search
    complete -c vtlt -n "__vtlt_is $command" -l limit -x -d 'at most so many'
end
for command in 'register in' 'register out' 'register internal' 'register attach'
    complete -c vtlt -n "__vtlt_is $command" -l role -x -a 'main annex scan draft opinion copy' -d 'role of the computer files'
end

# search
complete -c vtlt -n '__vtlt_is search' -l in -d 'incoming documents only'
complete -c vtlt -n '__vtlt_is search' -l out -d 'outgoing documents only'
complete -c vtlt -n '__vtlt_is search' -l internal -d 'internal documents only'
complete -c vtlt -n '__vtlt_is search' -l files -d 'files (ho so) only'
complete -c vtlt -n '__vtlt_is search' -l sender -x -d 'part of the issuing body'
complete -c vtlt -n '__vtlt_is search' -l unit -x -d 'part of the unit or person'

# init
complete -c vtlt -n '__vtlt_is init' -l from -r -F -a 'xa phuong dang-uy truong so' -d 'a ready scheme or your own YAML'
complete -c vtlt -n '__vtlt_is init' -l name -x -d 'name of the office'
complete -c vtlt -n '__vtlt_is init' -l organ -x -d 'organ code'
complete -c vtlt -n '__vtlt_is init' -l code -x -d 'code of the fonds'
complete -c vtlt -n '__vtlt_is init' -l numbering -x -a 'external internal' -d 'where numbers are given'
complete -c vtlt -n '__vtlt_is init' -l system -x -d 'the software that gives the numbers'
complete -c vtlt -n '__vtlt_is init' -l archive -x -d 'code of the archives that receive'
complete -c vtlt -n '__vtlt_is init' -l submission -x -a 'yes no' -d 'submits to historical archives'
complete -c vtlt -n '__vtlt_is init' -l demo -d 'an invented commune to play with'
complete -c vtlt -n '__vtlt_is init' -l shared -x -a '(__fish_complete_groups)' -d 'a group that may read and write'
complete -c vtlt -n '__vtlt_place 0 init' -x -a '(__fish_complete_directories)'

# register
complete -c vtlt -n '__vtlt_is register in' -l arrival -x -d 'arrival number'
complete -c vtlt -n '__vtlt_is register in' -l arrival-date -x -d 'day of arrival'
complete -c vtlt -n '__vtlt_is register in' -l sender -x -d 'issuing body'
complete -c vtlt -n '__vtlt_is register in' -l due -x -d 'reply due'
complete -c vtlt -n '__vtlt_is register copy' -l form -x -a 'sao-y sao-luc trich-sao' -d 'form of the copy'
complete -c vtlt -n '__vtlt_place 0 register copy' -x -a '(__vtlt_ask register list --limit 200)'
complete -c vtlt -n '__vtlt_is register copy; and not __vtlt_place 0 register copy' -F
for command in 'register out' 'register internal'
    complete -c vtlt -n "__vtlt_is $command" -l number -x -d 'number, when not part of the first word'
end
for command in 'register out' 'register internal' 'register copy'
    complete -c vtlt -n "__vtlt_is $command" -l issuer -x -d 'issuing body'
    complete -c vtlt -n "__vtlt_is $command" -l recipients -x -d recipients
    complete -c vtlt -n "__vtlt_is $command" -l copies -x -d 'number of copies'
end
for command in 'register in' 'register out' 'register internal' 'register copy'
    complete -c vtlt -n "__vtlt_is $command" -l date -x -d 'date of the document'
    complete -c vtlt -n "__vtlt_is $command" -l subject -x -d subject
    complete -c vtlt -n "__vtlt_is $command" -l unit -x -d 'unit or person who gets it'
    complete -c vtlt -n "__vtlt_is $command" -l signer -x -d signer
    complete -c vtlt -n "__vtlt_is $command" -l into -x -a '(__vtlt_ask file list --state open)' -d 'put it into this file too'
    complete -c vtlt -n "__vtlt_is $command" -l note -x -d note
    complete -c vtlt -n "__vtlt_is $command" -l carrier -x -a 'paper electronic both' -d 'what it is on'
    complete -c vtlt -n "__vtlt_is $command" -l pages -x -d 'number of pages'
end
for command in 'register in' 'register out' 'register internal'
    complete -c vtlt -n "__vtlt_is $command" -l type -x -d 'type of document'
    complete -c vtlt -n "__vtlt_is $command" -l answers -x -a '(__vtlt_ask register list --in --limit 200)' -d 'the document that this one answers'
    complete -c vtlt -n "__vtlt_is $command" -l urgency -x -d urgency
    complete -c vtlt -n "__vtlt_is $command" -l secrecy -x -d 'mark of secrecy: refused'
    complete -c vtlt -n "__vtlt_is $command" -l value -x -d 'original, copy, draft'
    complete -c vtlt -n "__vtlt_is $command" -F
end
complete -c vtlt -n '__vtlt_place 0 register attach' -x -a '(__vtlt_ask register list --without-content --limit 200)'
complete -c vtlt -n '__vtlt_is register attach; and not __vtlt_place 0 register attach' -F
complete -c vtlt -n '__vtlt_is register import' -F
complete -c vtlt -n '__vtlt_is register import' -l kind -x -a 'in out internal' -d 'which register'
complete -c vtlt -n '__vtlt_is register import' -l partial -d 'take in the good rows'
complete -c vtlt -n '__vtlt_is register import' -l encoding -x -a 'auto utf-8 utf-16 tcvn3 vni viscii cp1258' -d 'encoding of the list'
complete -c vtlt -n '__vtlt_is register import' -l caps -x -a 'mend keep' -d 'capitals of TCVN3 lists'
complete -c vtlt -n '__vtlt_is register import' -l sheet -x -d 'sheet of a workbook'
complete -c vtlt -n '__vtlt_is register list' -l in -d 'incoming only'
complete -c vtlt -n '__vtlt_is register list' -l out -d 'outgoing only'
complete -c vtlt -n '__vtlt_is register list' -l internal -d 'internal only'
complete -c vtlt -n '__vtlt_is register list' -l overdue -d 'reply overdue'
complete -c vtlt -n '__vtlt_is register list' -l unfiled -d 'in no file yet'
complete -c vtlt -n '__vtlt_is register list' -l without-content -d 'without a computer file'
complete -c vtlt -n '__vtlt_is register list' -l sender -x -d 'issuing body, in part'
complete -c vtlt -n '__vtlt_is register list' -l unit -x -d 'unit, in part'

for command in 'register in' 'register out' 'register internal' 'register link'
    complete -c vtlt -n "__vtlt_is $command" -l replaces -x -a '(__vtlt_ask register list --out --limit 200)' -d 'it takes the place of'
    complete -c vtlt -n "__vtlt_is $command" -l amends -x -a '(__vtlt_ask register list --out --limit 200)' -d 'it changes'
    complete -c vtlt -n "__vtlt_is $command" -l corrects -x -a '(__vtlt_ask register list --out --limit 200)' -d 'it corrects'
    complete -c vtlt -n "__vtlt_is $command" -l recalls -x -a '(__vtlt_ask register list --out --limit 200)' -d 'it recalls'
end
complete -c vtlt -n '__vtlt_is register link' -l answers -x -a '(__vtlt_ask register list --in --limit 200)' -d 'it answers'
complete -c vtlt -n '__vtlt_is register amend' -l subject -x -d subject
complete -c vtlt -n '__vtlt_is register amend' -l type -x -d 'type of document'
complete -c vtlt -n '__vtlt_is register amend' -l date -x -d 'date of the document'
complete -c vtlt -n '__vtlt_is register amend' -l sender -x -d 'issuing body'
complete -c vtlt -n '__vtlt_is register amend' -l unit -x -d 'unit or person who gets it'
complete -c vtlt -n '__vtlt_is register amend' -l signer -x -d signer
complete -c vtlt -n '__vtlt_is register amend' -l recipients -x -d recipients
complete -c vtlt -n '__vtlt_is register amend' -l copies -x -d 'number of copies'
complete -c vtlt -n '__vtlt_is register amend' -l urgency -x -d urgency
complete -c vtlt -n '__vtlt_is register amend' -l due -x -d 'reply due'
complete -c vtlt -n '__vtlt_is register amend' -l forwarded -x -d 'day it was passed on'
complete -c vtlt -n '__vtlt_is register amend' -l acknowledged -x -d 'who signed for it'
complete -c vtlt -n '__vtlt_is register amend' -l note -x -d note
complete -c vtlt -n '__vtlt_is register reserve' -l kind -x -a 'out in' -d 'which register'
complete -c vtlt -n '__vtlt_is register reserve' -l type -x -d 'type of document'
complete -c vtlt -n '__vtlt_is register reserve' -l notation -x -d notation
complete -c vtlt -n '__vtlt_is register reserve' -l count -x -d 'how many'
for command in 'register amend' 'register link' 'register void'
    complete -c vtlt -n "__vtlt_place 0 $command" -x -a '(__vtlt_ask register list --limit 200)'
end
complete -c vtlt -n '__vtlt_place 0 register undo' -x -a '(__vtlt_ask list batches)'

# file
complete -c vtlt -n '__vtlt_is file open' -l class -x -d 'class of the scheme'
complete -c vtlt -n '__vtlt_is file open' -l title -x -d title
complete -c vtlt -n '__vtlt_is file open' -l term -x -d 'term of retention'
complete -c vtlt -n '__vtlt_is file open' -l rule -x -d 'rule of retention'
complete -c vtlt -n '__vtlt_is file open' -l notation -x -d 'number and notation'
complete -c vtlt -n '__vtlt_is file open' -l officer -x -d 'who keeps the file'
complete -c vtlt -n '__vtlt_is file open' -l access -x -a 'open conditional secret' -d 'level of access'
complete -c vtlt -n '__vtlt_is file open' -l start -x -d 'begin of the documents'
complete -c vtlt -n '__vtlt_is file open' -l end -x -d 'end of the documents'
complete -c vtlt -n '__vtlt_is file open' -l box -x -d box
complete -c vtlt -n '__vtlt_is file open' -l sheets -x -d 'number of sheets'
complete -c vtlt -n '__vtlt_is file open' -l paper-code -x -d 'code of the paper file'
complete -c vtlt -n '__vtlt_is file open' -l confidence -x -d 'born digital, digitised, mixed'
complete -c vtlt -n '__vtlt_is file open' -l language -x -d 'language of the documents'
complete -c vtlt -n '__vtlt_is file open' -l keyword -x -d keywords
complete -c vtlt -n '__vtlt_is file open' -l note -x -d note
complete -c vtlt -n '__vtlt_is file open' -l inventory -x -d inventory
complete -c vtlt -n '__vtlt_is file open' -l condition -x -d 'physical condition'
for command in 'file add' 'file remove' 'file close'
    complete -c vtlt -n "__vtlt_place 0 $command" -x -a '(__vtlt_ask file list --state open)'
end
complete -c vtlt -n '__vtlt_is file add; and not __vtlt_place 0 file add' -x -a '(__vtlt_ask register list --unfiled --limit 200)'
complete -c vtlt -n '__vtlt_is file close' -l ended -x -d 'year the work ended'
complete -c vtlt -n '__vtlt_is file close' -l confirm-term -d 'the term stands'
complete -c vtlt -n '__vtlt_is file close' -l term -x -d 'another term'
complete -c vtlt -n '__vtlt_is file list' -l state -x -a 'planned open closed submitted archived transferred listed destroyed' -d 'only in this state'
complete -c vtlt -n '__vtlt_is file list' -l similar -d 'pairs of nearly equal titles'
complete -c vtlt -n '__vtlt_is file list' -l rejected -d 'what an arrangement sorted out'
complete -c vtlt -n '__vtlt_is file arrange import' -F
complete -c vtlt -n '__vtlt_is file arrange import' -l team -x -d 'number of the team of the first list'
complete -c vtlt -n '__vtlt_is file arrange import' -l state -x -a 'archived closed' -d 'state of the files'
complete -c vtlt -n '__vtlt_is file arrange import' -l partial -d 'take in the files without errors'
complete -c vtlt -n '__vtlt_is file arrange import' -l encoding -x -a 'auto utf-8 utf-16 tcvn3 vni viscii cp1258' -d 'encoding of the lists'
complete -c vtlt -n '__vtlt_is file arrange import' -l caps -x -a 'mend keep' -d 'capitals of TCVN3 lists'
complete -c vtlt -n '__vtlt_is file arrange import' -l sheet -x -d 'sheet of a workbook'
for command in 'file arrange order' 'file arrange number'
    complete -c vtlt -n "__vtlt_is $command" -l order -x -a 'mat-hoat-dong,thoi-gian thoi-gian,mat-hoat-dong co-cau,thoi-gian thoi-gian,co-cau thoi-han-giam,mat-hoat-dong,thoi-gian nhiem-ky,mat-hoat-dong' -d 'order of the files'
end
complete -c vtlt -n '__vtlt_is file arrange order' -l limit -x -d 'at most so many'
complete -c vtlt -n '__vtlt_is file arrange number' -l inventory -x -d 'inventory'
complete -c vtlt -n '__vtlt_is file arrange number' -l from -x -d 'the first number'
complete -c vtlt -n '__vtlt_is file arrange number' -l boxes -d 'number the boxes anew'
for command in 'file arrange reject' 'file box put'
    complete -c vtlt -n "__vtlt_is $command" -x -a '(__vtlt_ask file list --state archived)'
end
complete -c vtlt -n '__vtlt_is file arrange reject' -l bundle -x -d bundle
complete -c vtlt -n '__vtlt_is file arrange reject' -l volume -x -d 'volume in it'
complete -c vtlt -n '__vtlt_is file arrange reject' -l volumes -x -d 'volumes to a bundle'
complete -c vtlt -n '__vtlt_is file arrange reject' -l undo -d 'take them back'
complete -c vtlt -n '__vtlt_is file box list' -l unarranged -d 'only blocks that are not arranged yet'
complete -c vtlt -n '__vtlt_is file box add' -l label -x -d 'what its label says'
for command in 'file box add' 'file box move'
    complete -c vtlt -n "__vtlt_is $command" -l place -x -d 'where it stands'
end
complete -c vtlt -n '__vtlt_is file box add' -l unarranged -d 'a block that is not arranged yet'
complete -c vtlt -n '__vtlt_is file box add' -l metres -x -d 'metres of shelf'
complete -c vtlt -n '__vtlt_is file box add' -l condition -x -d 'physical condition'
complete -c vtlt -n '__vtlt_is file box add' -l note -x -d note
complete -c vtlt -n '__vtlt_place 0 file box move' -x -a '(__vtlt_ask file box list)'
complete -c vtlt -n '__vtlt_is file box put' -l box -x -a '(__vtlt_ask file box list)' -d 'the box'

# package, verify, print
complete -c vtlt -n '__vtlt_is package' -l kind -x -a 'sip aip' -d 'kind of package'
complete -c vtlt -n '__vtlt_is package' -l spec -x -a tt05 -d 'form of the package'
complete -c vtlt -n '__vtlt_is package' -l zip -d 'one ZIP instead of a folder'
complete -c vtlt -n '__vtlt_is package' -l registration -x -d 'code of the transfer request'
complete -c vtlt -n '__vtlt_is package' -l again -x -a '(__vtlt_ask list packages)' -d 'make an earlier package again'
complete -c vtlt -n '__vtlt_is package' -x -a '(__vtlt_ask file list --state closed)'
complete -c vtlt -n '__vtlt_is verify' -l report -x -a 'text json junit sarif html' -d 'a report'
complete -c vtlt -n '__vtlt_is verify' -l head -x -d 'the head written down earlier'
complete -c vtlt -n '__vtlt_is verify' -l strict -d 'warnings count as errors'
complete -c vtlt -n '__vtlt_is verify' -l redact -d 'codes and paths only'
complete -c vtlt -n '__vtlt_is verify' -F
complete -c vtlt -n '__vtlt_place 0 print' -x -a 'so-den so-di muc-luc-van-ban danh-muc-ho-so'
complete -c vtlt -n '__vtlt_place 1 print' -x -a '(__vtlt_ask file list)'

# looking
for command in show log
    complete -c vtlt -n "__vtlt_place 0 $command" -x -a '(__vtlt_ask file list; __vtlt_ask list packages)'
end
complete -c vtlt -n '__vtlt_place 0 list' -x -a 'fonds files boxes batches packages'

# the rest
complete -c vtlt -n '__vtlt_is fonds open' -l from -r -F -d 'the scheme of the fonds'
for command in 'scheme new' 'scheme import'
    complete -c vtlt -n "__vtlt_is $command" -l from -r -F -a 'xa phuong dang-uy truong so' -d 'a ready scheme'
    complete -c vtlt -n "__vtlt_is $command" -l name -x -d 'name of the office'
    complete -c vtlt -n "__vtlt_is $command" -l organ -x -d 'organ code'
    complete -c vtlt -n "__vtlt_is $command" -l code -x -d 'code of the fonds'
    complete -c vtlt -n "__vtlt_is $command" -l numbering -x -a 'external internal' -d 'where numbers are given'
    complete -c vtlt -n "__vtlt_is $command" -l system -x -d 'the software that gives the numbers'
    complete -c vtlt -n "__vtlt_is $command" -l archive -x -d 'code of the archives that receive'
    complete -c vtlt -n "__vtlt_is $command" -l submission -x -a 'yes no' -d 'submits to historical archives'
end
for command in 'scheme import' 'scheme use'
    complete -c vtlt -n "__vtlt_is $command" -l decision -x -d 'number of the decision'
    complete -c vtlt -n "__vtlt_is $command" -l date -x -d 'date of the decision'
end
complete -c vtlt -n '__vtlt_is scheme import' -l sheet -x -d 'sheet of a workbook'
complete -c vtlt -n '__vtlt_is scheme check' -l strict -d 'warnings count as errors'
complete -c vtlt -n '__vtlt_is scheme confirm' -l against -x -d 'the official text'
complete -c vtlt -n '__vtlt_is scheme confirm' -l by -x -d 'who compared'
complete -c vtlt -n '__vtlt_is scheme confirm' -l date -x -d 'day of comparing'
for command in 'scheme import' 'scheme check' 'scheme diff' 'scheme use'
    complete -c vtlt -n "__vtlt_is $command" -F
end
for command in 'config get' 'config set'
    complete -c vtlt -n "__vtlt_place 0 $command" -x -a 'lang actor.name wait import.partial secrets.policy'
end
complete -c vtlt -n '__vtlt_is repair' -l accept-restore -d 'go on writing from a restored copy'
complete -c vtlt -n '__vtlt_is repair' -l last-number -x -d 'last number used on paper, as den=1312'
complete -c vtlt -n '__vtlt_place 0 help' -x -a 'bat-dau start init register file package verify print status search show list log fonds scheme config repair'
