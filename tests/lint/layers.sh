#!/bin/bash
# layers.sh - refuses an #include that points the wrong way.
#
# The picture is in CONTRIBUTING.md: agent, collector and cli stand on report,
# report on base, base on nothing; tests may see all of them.  Inside agent/,
# "reach" (touches the world), "read" (octets to values) and "remember" (values
# over time) never include each other, and no headers form a circle.
. "$(dirname "$0")/files.sh"

# "file line header" for each #include of ours
includes() {
	c_files | xargs awk '
		FNR == 1 { line = 0 }
		/^[ \t]*#[ \t]*include[ \t]*"/ {
			split($0, part, "\"")
			print FILENAME, FNR, part[2]
		}'
}

may_include() { # folder folder
	case $1-$2 in
	tests-* | "$1-$1") return 0 ;;
	agent-report | agent-base | vsphere-report | vsphere-base) return 0 ;;
	collector-report | collector-base | collector-schema) return 0 ;;
	collector-generated | cli-report | cli-base | report-base) return 0 ;;
	esac
	return 1
}

# The groups inside agent/; a module that is in none of them connects others.
group() { # module
	case $1 in
	ethernet | lldp | lldp_* | cdp | cdp_* | edp | fdp | sonmp | tlv | \
		decode | decode_* | links | ovs | bridge_vlans | \
		machine | cgroup | vfs | fdb | teams | smbios | tagged | \
		domain | domain_* | domains | domains_*) echo read ;;
	capture | capture_* | netlink | control | deliver | spool | uplink | \
		ethtool | privilege | ovsdb | opener | opener_* | \
		path_watch | team_socket | libvirt) echo reach ;;
	neighbors | neighbors_* | heard_vlans | window | own_macs)
		echo remember ;;
	esac
}

module() { # path: agent/lldp.c -> agent/lldp
	echo "${1%.[ch]}"
}

check_folders() {
	while read -r file line header; do
		from=${file%%/*} to=${header%%/*}
		case $header in
		*/*) ;;
		*) to=generated ;;
		esac
		if [ "$to" = generated ] && [ -e "${file%/*}/$header" ]; then
			wrong "$file:$line" "\"$header\" is written without its" \
				"folder; write \"${file%/*}/$header\""
			continue
		fi
		may_include "$from" "$to" || wrong "$file:$line" \
			"$from/ must not include \"$header\" (of $to/):" \
			"that turns an arrow between the folders round"
	done
}

check_groups() {
	while read -r file line header; do
		case $file in agent/*) ;; *) continue ;; esac
		from=$(group "$(basename "$(module "$file")")")
		to=$(group "$(basename "$(module "$header")")")
		case $from-$header in
		read-base/log.h | remember-base/log.h) wrong "$file:$line" \
			"\"$header\": the modules that $from do not log;" \
			"return a status and let agent.c say it" ;;
		esac
		case $header in agent/*) ;; *) continue ;; esac
		[ -n "$from" ] && [ -n "$to" ] && [ "$from" != "$to" ] &&
			wrong "$file:$line" "\"$header\" is of the group \"$to\"," \
				"this file of \"$from\"; they meet in agent.c only"
	done
}

# Inside vsphere/: what reads and remembers neither logs nor reaches out, and
# what reaches out knows nothing of what is said.
vsphere_group() { # module
	case $1 in
	xml | soap | fields | shapes | shapes_* | values | list | ask | names | \
		hints | hearing | inventory | inventory_* | inside | inside_* | \
		compose) echo pure ;;
	http) echo reach ;;
	esac
}

check_vsphere() {
	while read -r file line header; do
		case $file in vsphere/*) ;; *) continue ;; esac
		from=$(vsphere_group "$(basename "$(module "$file")")")
		to=$(vsphere_group "$(basename "$(module "$header")")")
		case $from-$header in
		pure-base/log.h | pure-base/loop.h) wrong "$file:$line" \
			"\"$header\": the modules that read and remember do" \
			"not log or wait; let session.c do it" ;;
		esac
		case $from-$header in
		pure-vsphere/* | reach-vsphere/*) [ "$from" = "$to" ] ||
			wrong "$file:$line" "\"$header\" is not of the group" \
				"\"$from\", as this file is" ;;
		esac
	done
}

# Drawings and rules are pure: they know no store, no model, no clock, no log.
check_pure() {
	while read -r file line header; do
		case $file in
		collector/draw/* | collector/rules/*) ;;
		*) continue ;;
		esac
		case $header in
		base/log.h | base/loop.h | base/clock.h) ;;
		"${file%/*}"/* | base/*) continue ;;
		collector/arena.h | collector/vlans.h) continue ;;
		esac
		wrong "$file:$line" "\"$header\": ${file%/*}/ includes its own" \
			"headers, collector/arena.h, collector/vlans.h and what" \
			"is pure in base/; what it needs of the model is filled" \
			"in from outside"
	done
}

# tsort names the members of a circle, if there is one.
check_circles() {
	local loop
	loop=$(awk '$1 ~ /\.h$/ && $3 ~ /\// { print $1, $3 }' |
		tsort 2>&1 > /dev/null | sed -n 's,^tsort: \([a-z]*/\),\1,p')
	[ -z "$loop" ] || wrong "$(head -n 1 <<< "$loop")" \
		"these headers include each other in a circle:" \
		"$(tr '\n' ' ' <<< "$loop")"
}

list=$(includes)
check_folders <<< "$list"
check_groups <<< "$list"
check_vsphere <<< "$list"
check_pure <<< "$list"
check_circles <<< "$list"
exit $bad
