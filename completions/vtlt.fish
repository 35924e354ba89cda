# fish completion for vtlt(1): commands, flags, values, computer files, and references asked of vtlt itself.

# Flags that take a value: what follows them is no command and no word.
set -g __vtlt_taking -C --fonds -o --output --format --lang --actor --wait --color \
    --from --name --organ --code --numbering --system --archive --submission --shared \
    --arrival --arrival-date --sender --due --number --issuer --recipients --copies --date --subject --type --unit --signer \
    --answers --into --note --urgency --secrecy --role --value --carrier --pages --year --kind --encoding --caps --sheet --pivot \
    --since --until --limit --as-of --class --title --term --rule --notation --officer --access --start --end --box --sheets \
    --paper-code --confidence --language --keyword --inventory --condition --reason --ended --state --spec --registration \
    --again --report --head --last-number --replaces --amends --corrects --recalls --forwarded --acknowledged --count \
    --decision --against --by --to --business --place --staff --department --description --team --order --bundle --volume --volumes --label --metres

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
complete -c vtlt -l format -x -a 'table csv tsv xlsx html json jsonl' -d 'form of the answer'
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
complete -c vtlt -n '__vtlt_just register' -a 'in out internal copy attach amend link reserve void undo close-year use import send status list'
complete -c vtlt -n '__vtlt_just file' -a 'plan open add remove amend suggest close reopen submit take return list arrange box'
complete -c vtlt -n '__vtlt_just file arrange' -a 'import order number reject'
complete -c vtlt -n '__vtlt_just file box' -a 'list add move put'
complete -c vtlt -n '__vtlt_just fonds' -a 'list show open describe name close'
complete -c vtlt -n '__vtlt_just scheme' -a 'new import check diff use confirm'
complete -c vtlt -n '__vtlt_just config' -a 'get set list'

# flags with one meaning in several commands
for command in 'register in' 'register out' 'register internal' 'register copy' 'register attach' 'register import' 'file open' 'file add' \
        'file remove' 'file plan' 'file amend' 'file close' 'file reopen' 'file submit' 'file take' 'file return' package 'config set' repair 'register amend' 'register link' 'register reserve' \
        'register void' 'register undo' 'register close-year' 'register use' 'register send' 'register status' 'scheme use' 'scheme confirm' 'file arrange import' \
        'file arrange number' 'file arrange reject' 'file box add' 'file box move' 'file box put'
    complete -c vtlt -n "__vtlt_is $command" -s n -l dry-run -d 'say what would happen, write nothing'
end
for command in 'register in' 'register out' 'register internal' 'register copy' 'register attach' 'register import' 'register list' 'file open' \
        'file add' 'file remove' 'file amend' 'file suggest' 'file close' 'file reopen' 'file submit' 'file take' 'file return' 'file list' package print status search show list log repair \
        'register amend' 'register link' 'register reserve' 'register void' 'register use' 'register send' 'register status' 'scheme import' 'file box put'
    complete -c vtlt -n "__vtlt_is $command" -l year -x -d 'year of the register or file'
end
for command in 'register import' 'register list' 'file list' status search 'scheme diff' 'file arrange import' 'file box list'
    complete -c vtlt -n "__vtlt_is $command" -l exit-code -d 'status 1 when something is found'
end
for command in 'file remove' 'file amend' 'file close' 'file reopen' 'file submit' 'file return' repair 'register amend' 'register link' 'register reserve' 'register void' \
        'register undo' 'register send' 'file arrange reject' 'file box move'
    complete -c vtlt -n "__vtlt_is $command" -l reason -x -d why
end
for command in 'register list' print search
    complete -c vtlt -n "__vtlt_is $command" -l since -x -d 'from this date on'
    complete -c vtlt -n "__vtlt_is $command" -l until -x -d 'up to this date'
end
for command in 'register list' print status 'file list'
    complete -c vtlt -n "__vtlt_is $command" -l as-of -x -d 'look as of this day'
end
for command in 'register list' print
    complete -c vtlt -n "__vtlt_is $command" -l series -x -d 'only this series of the scheme'
end
for command in 'register list' print search
    complete -c vtlt -n "__vtlt_is $command" -l sort -x -a 'number date due forwarded sender subject unit signer' -d 'in this order'
end
for command in 'register list' log search 'file list' 'file suggest'
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
complete -c vtlt -n '__vtlt_is register import' -l pivot -x -d 'last two-digit year of this century'
complete -c vtlt -n '__vtlt_is register import' -l arrival-date -x -d 'day of arrival'
complete -c vtlt -n '__vtlt_is register import' -l unit -x -d 'unit or person who gets it'
complete -c vtlt -n '__vtlt_place 0 register send' -x -a '(__vtlt_ask register list --out --limit 200)'
complete -c vtlt -n '__vtlt_is register send' -l to -x -d 'receiver: code=name'
complete -c vtlt -n '__vtlt_is register send' -l business -x -a 'new recall update replace' -d 'what the message is'
complete -c vtlt -n '__vtlt_is register send' -l place -x -d 'place of issue'
complete -c vtlt -n '__vtlt_is register send' -l zip -d 'each computer file in a zip'
complete -c vtlt -n '__vtlt_place 0 register status' -x -a '(__vtlt_ask register list --in --limit 200)'
complete -c vtlt -n '__vtlt_is register status' -l code -x -a '01 02 03 04 05 06 13 15 16' -d status
complete -c vtlt -n '__vtlt_is register status' -l description -x -d 'in words'
for command in 'register send' 'register status'
    complete -c vtlt -n "__vtlt_is $command" -l staff -x -d 'who may be asked'
    complete -c vtlt -n "__vtlt_is $command" -l department -x -d 'in which department'
end
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
complete -c vtlt -n '__vtlt_is register use' -l by -x -d 'who uses it'
complete -c vtlt -n '__vtlt_is register use' -l purpose -x -d 'what for'
complete -c vtlt -n '__vtlt_is register use' -l copy -x -a 'reading certified photo electronic' -d 'what is given'
complete -c vtlt -n '__vtlt_is register use' -l permit-by -x -d 'who permits it'
complete -c vtlt -n '__vtlt_is register use' -l basis -x -d 'the paper that allows it'
complete -c vtlt -n '__vtlt_is register use' -l date -x -d 'first day'
complete -c vtlt -n '__vtlt_is register use' -l due -x -d 'agreed day of return'
complete -c vtlt -n '__vtlt_is register use' -l returned -x -d 'it came back on this day'
complete -c vtlt -n '__vtlt_place 0 register use' -x -a '(__vtlt_ask register list --limit 200; __vtlt_ask file list)'
complete -c vtlt -n '__vtlt_place 0 register undo' -x -a '(__vtlt_ask list batches)'

# file
complete -c vtlt -n '__vtlt_is file plan' -l from -r -F -d 'the list of the year'
complete -c vtlt -n '__vtlt_is file plan' -l sheet -x -d 'sheet of a workbook'
for command in 'file plan' 'file amend' 'file close'
    complete -c vtlt -n "__vtlt_is $command" -l basis -x -d 'the paper that allows it'
end
for command in 'file amend' 'file close'
    complete -c vtlt -n "__vtlt_is $command" -l settled -x -d 'day of final settlement'
end
complete -c vtlt -n '__vtlt_place 0 file open' -x -a '(__vtlt_ask file list --state planned)'
complete -c vtlt -n '__vtlt_place 0 file amend' -x -a '(__vtlt_ask file list)'
complete -c vtlt -n '__vtlt_place 0 file reopen' -x -a '(__vtlt_ask file list --state closed)'
complete -c vtlt -n '__vtlt_is file suggest' -x -a '(__vtlt_ask register list --unfiled --limit 200)'
complete -c vtlt -n '__vtlt_is file suggest' -l unfiled -d 'documents that are in no file'
complete -c vtlt -n '__vtlt_is file suggest' -l most -x -d 'proposals for each document'
complete -c vtlt -n '__vtlt_is file amend' -l title -x -d title
complete -c vtlt -n '__vtlt_is file amend' -l term -x -d 'another term'
complete -c vtlt -n '__vtlt_is file amend' -l rule -x -d 'rule of retention'
complete -c vtlt -n '__vtlt_is file amend' -l officer -x -d 'who keeps the file'
complete -c vtlt -n '__vtlt_is file amend' -l unit -x -d unit
complete -c vtlt -n '__vtlt_is file amend' -l access -x -a 'open conditional secret' -d 'level of access'
complete -c vtlt -n '__vtlt_is file amend' -l start -x -d 'begin of the documents'
complete -c vtlt -n '__vtlt_is file amend' -l end -x -d 'end of the documents'
complete -c vtlt -n '__vtlt_is file amend' -l period -x -d 'term of office'
complete -c vtlt -n '__vtlt_is file amend' -l language -x -d 'language of the documents'
complete -c vtlt -n '__vtlt_is file amend' -l confidence -x -d 'born digital, digitised, mixed'
complete -c vtlt -n '__vtlt_is file amend' -l keyword -x -d keywords
complete -c vtlt -n '__vtlt_is file amend' -l sheets -x -d 'number of sheets'
complete -c vtlt -n '__vtlt_is file amend' -l condition -x -d 'physical condition'
complete -c vtlt -n '__vtlt_is file amend' -l paper-code -x -d 'code of the paper file'
complete -c vtlt -n '__vtlt_is file amend' -l note -x -d note
complete -c vtlt -n '__vtlt_is file amend' -l sheet -x -d 'sheets of a document'
complete -c vtlt -n '__vtlt_is file amend' -l document-term -x -d 'own term of a document'
complete -c vtlt -n '__vtlt_is file amend' -l document-field -x -d 'field of a photo, sound or film document'
complete -c vtlt -n '__vtlt_is file amend' -l order -x -a 'date number received' -d 'order of the documents'
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
for command in 'file list' print
    complete -c vtlt -n "__vtlt_is $command" -l state -x -a 'planned open closed submitted archived transferred listed destroyed' -d 'only in this state'
end
complete -c vtlt -n '__vtlt_is file list' -l class -x -d 'only this class'
complete -c vtlt -n '__vtlt_is file list' -l officer -x -d 'only files of this officer'
complete -c vtlt -n '__vtlt_is file list' -l unit -x -d 'only files of this unit'
complete -c vtlt -n '__vtlt_is file list' -l term -x -d 'only with this term'
complete -c vtlt -n '__vtlt_is file list' -l box -x -d 'only in this box'
complete -c vtlt -n '__vtlt_is file list' -l ended -x -d 'only ended in this year'
complete -c vtlt -n '__vtlt_is file list' -l overdue -d 'past a deadline of submission or near it'
complete -c vtlt -n '__vtlt_is file list' -l rejected -d 'only sorted out'
complete -c vtlt -n '__vtlt_is file submit' -x -a '(__vtlt_ask file list --state closed)'
complete -c vtlt -n '__vtlt_is file submit' -l closed -d 'every closed file that fits'
complete -c vtlt -n '__vtlt_is file submit' -l officer -x -d 'only files of this officer'
complete -c vtlt -n '__vtlt_is file submit' -l unit -x -d 'the unit that hands over'
complete -c vtlt -n '__vtlt_is file submit' -l leaving -x -d 'who leaves and hands over everything'
complete -c vtlt -n '__vtlt_is file submit' -l to -x -d 'who follows'
complete -c vtlt -n '__vtlt_is file submit' -l keep-back -x -a '(__vtlt_ask file list --state closed)' -d 'a file kept back'
complete -c vtlt -n '__vtlt_is file submit' -l consent -x -d 'written consent of the head'
complete -c vtlt -n '__vtlt_is file submit' -l until -x -d 'kept back until this day'
complete -c vtlt -n '__vtlt_is file submit' -l giver -x -d 'who hands over'
complete -c vtlt -n '__vtlt_is file submit' -l giver-post -x -d 'post of the giver'
complete -c vtlt -n '__vtlt_is file submit' -l receiver -x -d 'who receives'
complete -c vtlt -n '__vtlt_is file submit' -l receiver-post -x -d 'post of the receiver'
complete -c vtlt -n '__vtlt_is file submit' -l basis -x -d 'list of the year or plan of collection'
complete -c vtlt -n '__vtlt_is file submit' -l block -x -d 'name of what is handed over'
complete -c vtlt -n '__vtlt_is file submit' -l condition -x -d 'condition of the records'
complete -c vtlt -n '__vtlt_is file submit' -l note -x -d note
for command in 'file take' 'file return'
    complete -c vtlt -n "__vtlt_place 0 $command" -x -a '(__vtlt_ask list submissions)'
end
complete -c vtlt -n '__vtlt_is file take; and not __vtlt_place 0 file take' -x -a '(__vtlt_ask file list --state submitted)'
complete -c vtlt -n '__vtlt_is file return; and not __vtlt_place 0 file return' -x -a '(__vtlt_ask file list --state submitted)'
complete -c vtlt -n '__vtlt_is file take' -l list -r -d 'list to compare with'
complete -c vtlt -n '__vtlt_is file take' -l encoding -x -a 'auto utf-8 utf-16 tcvn3 vni viscii cp1258' -d 'encoding of the list'
complete -c vtlt -n '__vtlt_is file take' -l sheet -x -d 'sheet of a workbook'
complete -c vtlt -n '__vtlt_is file take' -l partial -d 'take the files that agree'
complete -c vtlt -n '__vtlt_is file take' -l note -x -d note
complete -c vtlt -n '__vtlt_is file list' -l similar -d 'pairs of nearly equal titles'
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
complete -c vtlt -n '__vtlt_is package' -l kind -x -a 'sip aip dip' -d 'kind of package'
complete -c vtlt -n '__vtlt_is package' -l spec -x -a 'tt05 bagit-1.0' -d 'form of the package'
complete -c vtlt -n '__vtlt_is package' -l same-system -d 'the receiver works in the same system'
complete -c vtlt -n '__vtlt_is package' -l round -x -d 'round of transfer of loose documents'
complete -c vtlt -n '__vtlt_is package' -l ordinal -x -d 'ordinal of the first ZIP in the submission'
complete -c vtlt -n '__vtlt_is package' -l linked -d 'link what another package has'
complete -c vtlt -n '__vtlt_is package' -l request -r -d 'a reader\'s request'
complete -c vtlt -n '__vtlt_is package' -l copy -x -a 'reading plain authenticated dip' -d 'what the reader gets'
complete -c vtlt -n '__vtlt_is package' -l basis -x -d 'the paper that allows it'
complete -c vtlt -n '__vtlt_is package' -l schemas -r -d 'folder of schemas to go in'
complete -c vtlt -n '__vtlt_is package' -l profile -r -d 'pack what this receiver takes'
complete -c vtlt -n '__vtlt_is package' -l split-size -x -d 'divide a larger ZIP into parts'
complete -c vtlt -n '__vtlt_is package' -l zip -d 'one ZIP instead of a folder'
complete -c vtlt -n '__vtlt_is package' -l registration -x -d 'code of the transfer request'
complete -c vtlt -n '__vtlt_is package' -l again -x -a '(__vtlt_ask list packages)' -d 'make an earlier package again'
complete -c vtlt -n '__vtlt_is package' -x -a '(__vtlt_ask file list --state closed)'
complete -c vtlt -n '__vtlt_is verify' -l report -x -a 'text json junit sarif html' -d 'a report'
complete -c vtlt -n '__vtlt_is verify' -l profile -r -F -a luu-tru-lich-su-tinh -d 'what the receiver wants'
complete -c vtlt -n '__vtlt_is verify' -l baseline -r -F -d 'findings accepted for a time'
complete -c vtlt -n '__vtlt_is verify' -l content -x -a 'quick deep none' -d 'how far contents are looked into'
complete -c vtlt -n '__vtlt_is verify' -l schemas -x -a '(__fish_complete_directories)' -d 'a folder of schemas'
complete -c vtlt -n '__vtlt_is verify' -l head -x -d 'the head written down earlier'
complete -c vtlt -n '__vtlt_is verify' -l strict -d 'warnings count as errors'
complete -c vtlt -n '__vtlt_is verify' -l redact -d 'codes and paths only'
complete -c vtlt -n '__vtlt_is verify' -F
complete -c vtlt -n '__vtlt_is print' -l list-sheets -x -d 'sheets of the list of documents'
complete -c vtlt -n '__vtlt_is print' -l vocabulary -x -a '2011 2024' -d 'words of the archives law'
complete -c vtlt -n '__vtlt_place 0 print' -x -a 'so-den so-di so-gui-buu-dien so-su-dung-ban-luu so-theo-doi-giai-quyet so-theo-doi-van-ban-di dau-den phieu-giai-quyet muc-luc-van-ban danh-muc-ho-so muc-luc-ho-so bien-ban-giao-nhan danh-muc-giu-lai chung-tu-ket-thuc bia-ho-so nhan-hop'
complete -c vtlt -n '__vtlt_is print; and not __vtlt_place 0 print' -x -a '(__vtlt_ask file list; __vtlt_ask register list --in --limit 200; __vtlt_ask list submissions)'

# looking
for command in show log
    complete -c vtlt -n "__vtlt_place 0 $command" -x -a '(__vtlt_ask file list; __vtlt_ask list packages; __vtlt_ask list submissions)'
end
complete -c vtlt -n '__vtlt_place 0 list' -x -a 'fonds files boxes batches submissions packages uses'

# the rest
complete -c vtlt -n '__vtlt_is fonds open' -l from -r -F -d 'the scheme of the fonds'
for command in 'fonds describe' 'fonds name' 'fonds close'
    complete -c vtlt -n "__vtlt_is $command" -s n -l dry-run -d 'say what would happen, write nothing'
end
complete -c vtlt -n '__vtlt_is fonds describe' -l history -x -d 'history of the creator'
complete -c vtlt -n '__vtlt_is fonds describe' -l language -x -d languages
complete -c vtlt -n '__vtlt_is fonds describe' -l backup -x -d 'backup regime'
complete -c vtlt -n '__vtlt_is fonds describe' -l opened -x -d 'when it began'
complete -c vtlt -n '__vtlt_is fonds describe' -l note -x -d note
complete -c vtlt -n '__vtlt_is fonds name' -l name -x -d 'name of the body'
complete -c vtlt -n '__vtlt_is fonds name' -l organ -x -d 'organ code'
complete -c vtlt -n '__vtlt_is fonds name' -l since -x -d 'from this day on'
complete -c vtlt -n '__vtlt_is fonds name' -l basis -x -d 'the act'
complete -c vtlt -n '__vtlt_is fonds close' -l date -x -d 'the day the activity ended'
complete -c vtlt -n '__vtlt_is fonds close' -l basis -x -d 'the act'
complete -c vtlt -n '__vtlt_is fonds close' -l successor -x -d 'the body that follows'
for command in show describe name close
    complete -c vtlt -n "__vtlt_place 0 fonds $command" -x -a '(__vtlt_ask fonds list)'
end
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
    complete -c vtlt -n "__vtlt_place 0 $command" -x -a 'lang actor.name wait import.partial secrets.policy vocabulary'
end
complete -c vtlt -n '__vtlt_is repair' -l accept-restore -d 'go on writing from a restored copy'
complete -c vtlt -n '__vtlt_is repair' -l last-number -x -d 'last number used on paper, as den=1312'
complete -c vtlt -n '__vtlt_place 0 help' -x -a 'bat-dau start init register file package verify print status search show list log fonds scheme config repair'
