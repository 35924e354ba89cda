# What zsh would complete: zsh -f complete.zsh FOLDER-OF-_vtlt 'vtlt re'
# A shell of its own on a pseudo-terminal, in which compadd tells what it was given.
zmodload zsh/zpty
work=$(mktemp -d)
hits=$work/hits
cat >$work/.zshrc <<RC
PROMPT='' fpath=(${(q)1} \$fpath)
autoload -Uz compinit && compinit -u -D
zstyle ':completion:*' verbose no
compadd() {
  local -a found
  builtin compadd -A found "\$@"
  [[ " \$* " == *' -'[OAD]' '* ]] || print -rl -- \$found >>$hits
  builtin compadd "\$@"
}
finish() { print -r -- DONE >>$hits }
comppostfuncs=(finish)
bindkey '^I' complete-word
print READY >$work/ready
RC
zpty completing "ZDOTDIR=$work TERM=dumb zsh -i"
for i in {1..300}; do
  [[ -e $work/ready ]] && break
  sleep 0.1
done
zpty -w -n completing "$2"$'\t'
for i in {1..300}; do
  grep -qs '^DONE$' $hits && break
  sleep 0.1
  zpty -r -t completing out
done
zpty -d completing
grep -v '^DONE$' $hits
rm -rf $work
