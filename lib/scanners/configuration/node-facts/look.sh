# Looks at one node and prints what it saw, one record per line; parse.ts reads it. Runs in busybox and in any POSIX shell,
# changes nothing, and prints no secret: what could hold one is taken out here, before a line leaves the node.
#
#   look.sh root=/host proc=/proc nonce=TEXT [file=PATH | folder=PATH]...
#
# Fields are separated by tabs. A field of text starts with `=`, or with `~` when it holds characters that could be taken for
# the end of a field or line and is written in hexadecimal. So no file name and no content can forge a record.
exec 2>/dev/null
LC_ALL=C
export LC_ALL
tab=$(printf '\t')
nl='
'
root= proc=/proc nonce= records=0
most_records=4000 most_entries=300 most_processes=40 most_arguments=200 most_bytes=131072 most_characters=12000
looked=$nl known_gone=$nl users=' ' groups=' '

say() {
  line=$1
  shift
  for field; do line=$line$tab$field; done
  printf '%s\n' "$line"
  records=$((records + 1))
}

# safe TEXT: sets $safe to a field of text.
safe() {
  case $1 in
    *[!\ -~]*) safe="~$(printf %s "$1" | od -An -v -tx1 | tr -d ' \n')" ;;
    *) safe="=$1" ;;
  esac
}

# resolve PATH: follows symbolic links as the node itself would, never out of $root. Sets $real, or fails and sets $gone to the part that is missing.
resolve() {
  rest=$1 real= hops=0
  while :; do
    rest=${rest#"${rest%%[!/]*}"}
    [ -n "$rest" ] || break
    part=${rest%%/*}
    case $rest in */*) rest=${rest#*/} ;; *) rest= ;; esac
    case $part in
      .) continue ;;
      ..) real=${real%/*} && continue ;;
    esac
    gone=$real/$part
    if [ -L "$root$gone" ]; then
      hops=$((hops + 1))
      [ "$hops" -le 40 ] || return 1
      link=$(readlink "$root$gone" && echo .)
      link=${link%??}
      [ -n "$link" ] || return 1
      case $link in /*) real= ;; esac
      rest=$link/$rest
    elif [ -e "$root$gone" ]; then
      real=$gone
    else
      return 1
    fi
  done
  [ -n "$real" ] || real=/
}

# missing ASKED: nothing was found; says whether nothing is there, or looking was refused (mandatory access control can do that even to root).
missing() {
  case $known_gone in
    *"$nl$gone$nl"*) say gone "$1" && return ;;
  esac
  case $(ls -ld "$root$gone" 2>&1 >/dev/null) in
    '' | *'No such file'* | *'Not a directory'*) known_gone=$known_gone$gone$nl && say gone "$1" ;;
    *) say denied "$1" ;;
  esac
}

# describe ASKED: says mode, owner and group of $real.
describe() {
  mode=
  read -r mode links uid gid rest <<END
$(ls -ldn "$root$real")
END
  [ -n "$mode" ] || { say denied "$1" && return; }
  case $users in *" $uid "*) ;; *) users="$users$uid " ;; esac
  case $groups in *" $gid "*) ;; *) groups="$groups$gid " ;; esac
  safe "$real"
  say file "$1" "$safe" "$mode" "$uid" "$gid"
}

# look PATH: says what is at a path; fails when nothing is.
look() {
  case $looked in *"$nl$1$nl"*) resolve "$1" && return ;; esac
  looked=$looked$1$nl
  [ "$records" -lt "$most_records" ] || { full=yes && return 1; }
  safe "$1"
  asked=$safe
  if resolve "$1"; then describe "$asked"; else missing "$asked" && return 1; fi
}

# walk ASKED REAL DEPTH: everything in a folder and, down to a depth, in the folders in it.
walk() {
  ls "$root$2" >/dev/null || { safe "$1" && say denied "$safe" && return; }
  for entry in "$root$2"/* "$root$2"/.[!.]* "$root$2"/..?*; do
    [ -e "$entry" ] || [ -L "$entry" ] || continue
    entries=$((entries + 1))
    [ "$entries" -le "$most_entries" ] || return
    entry=${entry##*/}
    safe "$1/$entry"
    asked=$safe
    looked=$looked$1/$entry$nl
    [ "$records" -lt "$most_records" ] || { full=yes && return; }
    resolve "$2/$entry" || { missing "$asked" && continue; }
    describe "$asked"
    [ -d "$root$real" ] && [ "$3" -gt 1 ] && walk "$1/$entry" "$real" $(($3 - 1))
  done
}

# look_into PATH DEPTH: a folder and what lies in it.
look_into() {
  case $folders in *"$nl$1$nl"*) return ;; esac
  folders=$folders$1$nl
  look "$1" || return
  [ -d "$root$real" ] || return
  entries=0
  walk "$1" "$real" "$2"
  [ "$entries" -le "$most_entries" ] || { safe "$1" && say more "$safe" "$most_entries"; }
}
folders=$nl

# placed PROCESS: sets $placed to `static-pod` or `pod` for a process in a pod, else to `host`. The kubelet names the pod in the control group; the uid of a
# static pod is a hash without dashes. What the node as a whole runs in (a node may itself be a container) does not count.
placed() {
  placed=host
  while IFS= read -r group; do
    group=${group#*:}
    group=${group#*:}
    group=${group#"$outer"}
    case $group in *pod[0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f]*) ;; *) continue ;; esac
    group=${group##*pod}
    group=${group%%[!0-9a-f_-]*}
    case $group in *[-_]*) placed=pod ;; *) placed=static-pod ;; esac
  done <"$1/cgroup"
}

# reduce ARGUMENT: sets $kept to what of it may leave the node, $flag and $value to its parts. Values stay that are paths, numbers or truth values, or that
# belong to flags known to be harmless; a flag named after a secret keeps none.
reduce() {
  case $1 in
    -*=*) flag=${1%%=*} value=${1#*=} prefix=${1%%=*}= ;;
    -*) flag=$1 value= prefix=$1 ;;
    *) value=$1 prefix= ;;
  esac
  case $flag in
    *[Tt]oken | *[Pp]assword* | *[Ss]ecret | *[Pp]assphrase) [ -z "$value" ] || value='(removed)' ;;
    *-hostname-override | *-node-name | *-authorization-mode | *-cloud-provider | *-tls-cipher-suites | *-feature-gates) ;;
    *) case $value in
      '' | /* | true | false) ;;
      *[!0-9.smhuKMGTi]* | [!0-9]*) value='(removed)' ;;
    esac ;;
  esac
  case $value in /*[!\ -~]*) value='(removed)' ;; esac
  [ "${#value}" -le 2000 ] || value='(removed)'
  kept=$prefix$value
}

# remember: keeps the paths that later steps need, from $program, $flag and $value.
remember() {
  case $value in /*) paths=$paths$value$nl ;; *) return ;; esac
  case $program$flag in
    kubelet*--config) kubelet_config=$value ;;
    kubelet*--config-dir) kubelet_config_dir=$value ;;
    kubelet*--pod-manifest-path) manifests=$value ;;
    kube-apiserver*--audit-policy-file) audit_policy=$value ;;
    kube-apiserver*--encryption-provider-config) encryption=$value ;;
    kube-apiserver*--authentication-config) authentication=$value ;;
    kube-apiserver*--authorization-config) authorization=$value ;;
    kube-apiserver*--client-ca-file) pki=${value%/*} client_ca=$value ;;
    etcd*--trusted-ca-file) etcd_ca=$value ;;
  esac
}

# process FOLDER: says the command line of one process of interest.
process() {
  name=
  read -r name <"$1/comm" || return
  case $name in
    kubelet | kube-apiserver | kube-controller* | kube-scheduler | etcd | kube-proxy | k3s* | rke2* | kubelite) ;;
    *) return ;;
  esac
  placed "$1"
  # any pod can call its process kubelet; of pods that are not static only kube-proxy is a component
  [ "$placed" != pod ] || [ "$name" = kube-proxy ] || return
  processes=$((processes + 1))
  [ "$processes" -le "$most_processes" ] || { full=yes && return; }
  arguments=0 flag= program=
  while IFS= read -r argument; do
    arguments=$((arguments + 1))
    [ "$arguments" -le "$most_arguments" ] || break
    if [ "$arguments" = 1 ]; then
      # what follows a blank is a title that the program gave itself
      argument=${argument%% *}
      program=${argument##*/}
      safe "$program"
      say process "$placed" "$safe"
      continue
    fi
    reduce "$argument"
    [ "$placed" = pod ] || remember
    safe "$kept"
    say argument "$safe"
  done <<END
$(tr '\000\012' '\012\001' <"$1/cmdline")
END
}

# setting NAME FILE: prints a path that the kubelet's configuration (YAML or JSON) gives a field.
setting() {
  sed -n -e '/^[[:space:]]*#/d' -e "s/^.*$1[\"']*[[:space:]]*:[[:space:]]*[\"']*\(\/[^\"',}[:space:]]*\).*\$/\1/p" "$root$2" | head -n 1
}

# settings FILE: says the settings that name paths; a later file overrides an earlier one.
settings() {
  for key in clientCAFile staticPodPath; do
    value=$(setting "$key" "$1")
    [ -n "$value" ] || continue
    safe "$value"
    say setting "=$key" "$safe"
    paths=$paths$value$nl
    [ "$key" != staticPodPath ] || [ -n "$manifests_by_flag" ] || manifests=$value
  done
}

# without_secrets: an encryption configuration with its structure and the names of resources only. Every other word becomes `x`, and so does everything
# between `secret` and the next field, so that a key survives in no notation: block, flow, JSON, folded, quoted, in a comment.
without_secrets() {
  awk '
    BEGIN {
      count = split("apiVersion kind resources providers aescbc aesgcm secretbox kms identity keys name secret endpoint timeout cachesize", list, " ")
      for (i = 1; i <= count; i++) field[list[i]] = 1
      count = split("EncryptionConfiguration EncryptionConfig apiserver.config.k8s.io/v1 v1 v2", list, " ")
      for (i = 1; i <= count; i++) known[list[i]] = 1
    }
    function kept(word, plain) {
      if (word ~ /^-+$/) return word
      if (word in field) { hide = (word == "secret"); return word }
      if (hide) return "x"
      if (word in known) return word
      plain = word
      gsub(/k8s/, "", plain)
      return plain ~ /^[a-z.*-]*$/ ? word : "x"
    }
    {
      rest = $0
      sub(/^[ \t]*#.*$/, "", rest)
      sub(/[ \t]#.*$/, "", rest)
      line = ""
      while (match(rest, /[A-Za-z0-9+\/=_.*-]+/)) {
        line = line substr(rest, 1, RSTART - 1) kept(substr(rest, RSTART, RLENGTH))
        rest = substr(rest, RSTART + RLENGTH)
      }
      line = line rest
      gsub(/[^ -~]|\\/, "", line)
      print line
    }'
}

# document PATH SIGN FILTER...: says the text of a file through a filter, if the file holds the sign of what it should be.
document() {
  asked_path=$1 sign=$2
  shift 2
  look "$asked_path"
  resolve "$asked_path" || return
  safe "$asked_path"
  asked=$safe
  [ -f "$root$real" ] || { say strange "$asked" && return; }
  size=$(wc -c <"$root$real")
  [ -n "$size" ] || { say denied "$asked" && return; }
  [ "$size" -le "$most_bytes" ] || { say long "$asked" && return; }
  grep -q "$sign" "$root$real" || { say strange "$asked" && return; }
  say document "$asked"
  while IFS= read -r text; do
    [ "${#text}" -le "$most_characters" ] || { say long "$asked" && return; }
    safe "$text"
    say text "$safe"
  done <<END
$("$@" <"$root$real")
END
}
without_comments() { sed -e '/^[[:space:]]*#/d'; }
# certificates: those in a file, and nothing else of it; a certificate is no secret.
certificates() { sed -n -e '/^-----BEGIN CERTIFICATE-----/,/^-----END CERTIFICATE-----/p'; }

# names KIND FILE NUMBERS: says the names that the node itself gives to the numbers seen.
names() {
  resolve "$2" || return
  while IFS=: read -r name password number rest; do
    case $number in '' | *[!0-9]*) continue ;; esac
    case $3 in *" $number "*) safe "$name" && say "$1" "$number" "$safe" ;; esac
  done <"$root$real"
}

full= paths= processes=0 manifests= manifests_by_flag= kubelet_config= kubelet_config_dir= audit_policy= encryption= authentication= authorization= pki= client_ca= etcd_ca=
for argument; do
  case $argument in
    root=*) root=${argument#root=} ;;
    proc=*) proc=${argument#proc=} ;;
    nonce=*) nonce=${argument#nonce=} ;;
  esac
done
printf 'gatehouse-node-facts\t1\t%s\n' "$nonce"

outer=
while IFS= read -r group; do
  group=${group#*:}
  case ${group#*:} in *pod[0-9a-f]*) outer=${group#*:} ;; esac
done <<END
$(cat "$proc/1/cgroup")
END

if resolve /etc/os-release; then
  while IFS= read -r text; do
    case $text in ID=*) text=${text#ID=} && text=${text#[\"\']} && safe "${text%[\"\']}" && say system "$safe" ;; esac
  done <"$root$real"
fi
for folder in "$proc"/[0-9]*; do process "$folder"; done
manifests_by_flag=$manifests
[ -n "$processes" ] && [ "$processes" -gt 0 ] || say blind
if [ -n "$kubelet_config" ] && look "$kubelet_config"; then settings "$real"; fi
if [ -n "$kubelet_config_dir" ]; then
  look_into "$kubelet_config_dir" 1
  resolve "$kubelet_config_dir" && for entry in "$root$real"/*.conf; do
    [ -f "$entry" ] && settings "${entry#"$root"}"
  done
fi
[ -z "$manifests" ] || look_into "$manifests" 1
[ -z "$audit_policy" ] || document "$audit_policy" 'audit\.k8s\.io' without_comments
[ -z "$encryption" ] || document "$encryption" 'EncryptionConfig' without_secrets
[ -z "$authentication" ] || document "$authentication" 'AuthenticationConfiguration' without_comments
[ -z "$authorization" ] || document "$authorization" 'AuthorizationConfiguration' without_comments
if [ -n "$etcd_ca" ] && [ -n "$client_ca" ]; then
  document "$etcd_ca" 'BEGIN CERTIFICATE' certificates
  [ "$client_ca" = "$etcd_ca" ] || document "$client_ca" 'BEGIN CERTIFICATE' certificates
fi
while IFS= read -r argument; do
  [ -z "$argument" ] || look "$argument"
done <<END
$paths
END
case $pki in /*/*) look_into "$pki" 3 ;; esac
for argument; do
  case $argument in
    file=*) look "${argument#file=}" ;;
    folder=*) look_into "${argument#folder=}" 3 ;;
  esac
done
names user /etc/passwd "$users"
names group /etc/group "$groups"
[ -z "$full" ] || say full
printf 'end\t%s\t%s\n' "$nonce" "$records"
