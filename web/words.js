// words.js - how facts of the API are put into words, the same on every page.

import { html, joined, link } from "./html.js";
import { age, lifeBar } from "./time.js";

const PROTOCOLS = {
	lldp: "LLDP", cdp: "CDP", edp: "EDP", fdp: "FDP", sonmp: "SONMP",
};
const ENDS = {
	expired: "expired",
	goodbye: "the sender said goodbye",
	link_down: "the link went down",
	replaced: "another device took its place",
	nic_removed: "the NIC was removed",
};
const KINDS = {
	openvswitch: "Open vSwitch", vlan: "VLAN", nic: "NIC", macvtap: "macvtap",
	vm: "VM", vnic: "vNIC", vswitch: "virtual switch", linux_bridge: "bridge",
	sriov: "SR-IOV", standard: "standard vSwitch",
	distributed: "distributed vSwitch", opaque: "NSX vSwitch", team: "teaming",
	esxi: "ESXi", linux: "Linux",
};
const SOURCES = {
	libvirt: "libvirt", vsphere: "vSphere", ovs: "Open vSwitch", proc: "/proc",
	netns: "/run/netns", kernel: "the kernel",
};
const TOPICS = {
	mtu: "MTU", vlans: "VLANs", vlan_untagged: "Untagged",
	aggregation: "Aggregate",
};

const spaced = (word) => String(word).replaceAll("_", " ");
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

export const protocolName = (p) => PROTOCOLS[p] ?? spaced(p).toUpperCase();
export const kindName = (kind) => KINDS[kind] ?? spaced(kind);
export const topicName = (topic) => TOPICS[topic] ?? capital(spaced(topic));
export const memberName = spaced;
export const sourceName = (source) => SOURCES[source] ?? spaced(source);

// "Eth1/5 on leaf2a" leads to that port.
function portLink(text) {
	const [name, on] = text.split(" on ");

	return link("path", on ? `${on} ${name}` : text, text);
}

// What a thing has of "switch_port" and "stale_port".
export function onePort(one) {
	if (one.switch_port)
		return portLink(one.switch_port);
	return one.stale_port ? html`${portLink(one.stale_port)} <span class="bad">stale</span>`
		: html`<span class="quiet">not known</span>`;
}

export function plural(count, one, many = `${one}s`) {
	return `${count} ${count === 1 ? one : many}`;
}

export function speed(mbps) {
	if (!mbps)
		return null;
	return mbps % 1000 === 0 ? `${mbps / 1000}G` : `${mbps}M`;
}

export const shortSwitch = (s) => s.short_name ?? s.name ?? "a switch without name";
export const shortPort = (p) => p.short_name ?? p.name ?? "a port without name";

// "LLDP 2 s ago, CDP 41 s ago": who said it and when last.
export function heardText(heard) {
	return joined((heard ?? []).map((h) =>
		html`${protocolName(h.protocol)}${
			h.source === "vsphere" && " through vCenter"} ${
			age(h.last_heard)} ago`), ", ");
}

// The claims that a neighbor stands on: without those of others on the wire.
export function evidenceOf(leg) {
	const heard = (leg.heard ?? []).filter((h) => !h.own && !h.phantom);
	const same = heard.filter((h) => h.state === leg.neighbor?.state);

	return same.length > 0 ? same : heard;
}

const endReason = (reason) => ENDS[reason] ?? spaced(reason ?? "ended");

export function endText(ended) {
	return html`${endReason(ended?.reason)}${
		ended?.at ? html` ${age(ended.at)} ago` : ""}`;
}

// The state of something heard, in words that a bad day does not bend.
export function stateText(state, ended) {
	switch (state) {
	case "current":
		return html`<span class="state good">current</span>`;
	case "stale":
		return html`<span class="state bad">stale</span>`;
	case "ended":
		return html`<span class="state bad">${endText(ended)}</span>`;
	case "silent":
		return html`<span class="state quiet">hears nothing</span>`;
	default:
		return html`<span class="state quiet">unknown</span>`;
	}
}

// Why a NIC has no neighbor: yes, no and unknown are three answers.
export function silenceReason(nic, host) {
	if (host?.silent)
		return html`unknown: the host has not reported for ${
			age(host.last_report)}`;
	if (nic.unknown)
		return nic.unknown;
	if (nic.up === false)
		return "the NIC is down";
	if (nic.carrier === false)
		return "no link: the NIC has no carrier";
	if (nic.listening === false)
		return `nobody listens: ${nic.listening_reason ?? "no reason given"}`;
	return nic.reason || "nothing heard that names a switch port";
}

// Several ports are heard and none is known to be the neighbor.
export function isUndecided(neighbor) {
	return neighbor.verdict === "unknown" && neighbor.candidates?.length > 1;
}

// Who a NIC hears, with links to the switch: one table cell.
export function neighborText(neighbor) {
	const sure = neighbor.verdict !== "unknown";

	if (isUndecided(neighbor))
		return html`<span class="quiet">unknown: ${neighbor.reason}</span>`;
	const current = neighbor.state === "current";

	return html`<span class="${current && sure ? "" : "past"}">${
		current ? "" : "was "}${sure ? "" : "perhaps "}${
		link("switch", neighbor.switch.id, shortSwitch(neighbor.switch))}
		<span class="mono">${shortPort(neighbor.port)}</span></span>`;
}

// Age and time to live of the freshest evidence: one table cell.
export function lifeText(leg) {
	const newest = evidenceOf(leg)
		.reduce((a, b) => (a && a.last_heard >= b.last_heard ? a : b), null);

	if (leg.neighbor?.state === "ended")
		return html`<span class="state bad">${endText(leg.neighbor.ended)}</span>`;
	if (!newest)
		return "";
	return html`<span class="life ${leg.neighbor?.state === "stale" ? "past" : ""}">${
		lifeBar(newest.last_heard, newest.expires)}
		<span>${protocolName(newest.protocol)} ${age(newest.last_heard)}</span>
		</span>`;
}

// "container" rather than "VM" for what is found inside a host.
export const hitKind = (hit) => kindName(hit.workload_kind ?? hit.kind);

// Where a hit of find leads.
export function hitTarget(hit) {
	if (hit.kind === "vswitch" && hit.path)
		return ["vswitch", hit.path];
	if (hit.path)
		return ["path", hit.path];
	if (hit.kind === "host")
		return ["host", hit.host_id ?? hit.host];
	if (hit.kind === "switch")
		return ["switch", hit.switch_id ?? hit.switch];
	if (hit.kind === "vlan" && hit.vlan)
		return ["vlan", hit.vlan];
	return ["find", hit.title];
}

export function hitState(hit) {
	if (hit.answer && (hit.state === "stale" || hit.state === "ended"))
		return html`was ${hit.answer}${hit.ended_reason
			&& html`; ended: ${endText({ reason: hit.ended_reason,
				at: hit.ended_at })}`}`;
	if (hit.answer)
		return hit.answer;
	if (hit.kind === "port")
		return hit.reason ? `unknown: ${hit.reason}` : "no NIC hears it now";
	if (["nic", "vm", "vnic", "port_group", "vswitch"]
		.includes(hit.kind))
		return hit.reason ? `unknown: ${hit.reason}` : "hears nothing";
	return hit.why;
}

// A thing outranks what only carries its name or its MAC: the port described as
// "hv1 ens1f0", the bond with the MAC of its first NIC.
const RANKS = [["nic", "host", "vm", "vnic", "port_group", "vswitch", "switch"],
	["port"], ["link", "kernel_port"]];

// The one hit that answers the question, if there is one.
export function clearHit(answer) {
	// What only comes close is shown as that.
	if (!answer.named)
		return null;
	if (answer.hits.length === 1)
		return answer.hits[0];
	const exact = answer.hits.filter((hit) => hit.exact);
	const number = exact.find((hit) => hit.kind === "vlan");

	// "vlan 140" asks for the VLAN, not for what has to do with it.
	if (number && answer.read_as?.every((r) => r.kind === "vlan"))
		return number;
	const best = RANKS.map((kinds) =>
		exact.filter((hit) => kinds.includes(hit.kind)))
		.find((hits) => hits.length > 0);

	return best?.length === 1 ? best[0] : null;
}

// Lists longer than this are cut, aloud: nobody reads on, and every row costs.
export const ROWS_MOST = 500;

export function cutNote(count, what) {
	return count > ROWS_MOST && html`<p class="quiet">The first ${ROWS_MOST} of ${
		count} ${what}; the search finds the others.</p>`;
}
