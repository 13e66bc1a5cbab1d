// cards.js - the virtual switches of one host: uplinks above, port groups
// with what hangs on them below.

import { html, link } from "./html.js";
import { isResting, teamText, uplinkText, vlanText } from "./inside.js";
import { kindName, shortPort, shortSwitch } from "./words.js";

const CHIPS_MOST = 24; // of one port group; a host page is no list of VMs

function member(m, uplink, data) {
	const nic = data.nics.find((n) => n.name === m.nic);
	const n = nic?.neighbor;
	const well = n?.state === "current" && m.state !== "down";
	const idle = ["standby", "down", "unused"].includes(m.state)
		? `, ${m.state}` : "";

	return html`<li class="${well ? "" : "off"}" data-key="${uplink.name} ${
		m.nic}">${nic
		? link("path", `${data.host.name} ${m.nic}`, m.nic) : m.nic}<small>${
		n ? `${shortSwitch(n.switch)} ${shortPort(n.port)}`
			: nic ? "no neighbor" : "not reported"}${idle}</small></li>`;
}

const OWN = (u) => u.kind !== "patch";

function uplinks(s, data) {
	const own = (s.uplinks ?? []).filter(OWN);
	const patched = s.patches?.length > 0;

	if (own.length === 0)
		return html`<li class="off">${patched ? "over patch ports"
			: "no uplink"}</li>`;
	return own.map((u) => (u.members?.length > 0
		? u.members.map((m) => member(m, u, data))
		: html`<li class="off" data-key="${u.name}">${u.name}<small>its NICs are
			not known</small></li>`));
}

function facts(s) {
	const own = (s.uplinks ?? []).filter((u) => OWN(u) && u.kind !== "nic");
	const peers = [...new Set((s.patches ?? []).map((p) =>
		p.peer_vswitch ?? "a switch that is not reported"))];

	return [kindName(s.kind), s.datapath === "userspace" && "in userspace",
		s.vlan_filtering && "filters VLANs", s.mtu && `MTU ${s.mtu}`,
		s.discovery && `${s.discovery.protocol.toUpperCase()} ${
			s.discovery.operation ?? ""}`.trim(),
		...own.map((u) => `over ${kindName(u.kind)} ${u.name}${
			uplinkText(u) && ` (${uplinkText(u, s.kind)})`}`),
		peers.length > 0 && `patched to ${peers.join(", ")}`,
	].filter(Boolean).join("; ");
}

function chip([w, vnic], host) {
	const kernel = w.kind === "kernel_port";
	const target = kernel ? vnic.name : w.name ?? w.id;
	const rests = isResting(w) && !kernel;
	const off = vnic.connected === false || rests ? " off" : "";
	const why = [rests && w.state, vnic.connected === false && "not connected"]
		.filter(Boolean).join(", ");

	return html`<li class="${kernel ? "kernel" : ""}${off}"
		data-key="${w.id} ${vnic.name}">${link("path",
		`${host.name} ${target}`, target)}${off && html`<small> ${
			why}</small>`}</li>`;
}

function group(name, note, on, host) {
	return html`<li data-key="${name}"><b>${name}</b> <small>${
		note}</small>${on.length > 0 && html`<ul class="chips">${
		on.slice(0, CHIPS_MOST).map((pair) => chip(pair, host))}${
		on.length > CHIPS_MOST && html`<li class="more">and ${
			on.length - CHIPS_MOST} more</li>`}</ul>`}</li>`;
}

const groupNote = (g) => [vlanText(g) !== g.name && vlanText(g),
	teamText(g.team)].filter(Boolean).join("; ");

function groups(s, data, pairs) {
	const known = data.port_groups.filter((g) => g.vswitch === s.name);
	const names = new Set(known.map((g) => g.name));
	const on = (name) => pairs.filter(([, n]) => n.port_group === name);
	const rest = pairs.filter(([, n]) => !names.has(n.port_group));

	return (known.length > 0 || rest.length > 0) && html`<ul class="groups">${
		known.map((g) => group(g.name, groupNote(g), on(g.name), data.host))}${
		rest.length > 0 && group("port group not told", "", rest, data.host)
	}</ul>`;
}

function card(s, data, pairs) {
	return html`<div class="vswitch" data-key="${s.name}"><ul class="uplinks">${
		uplinks(s, data)}</ul><div class="body network"><b>${
		link("vswitch", s.uuid ?? `${data.host.name} ${s.name}`, s.name)}</b>
		<small>${facts(s)}</small></div>${groups(s, data, pairs)}</div>`;
}

function adrift(data, pairs) {
	return pairs.length > 0 && html`<p class="quiet adrift">Not told which virtual
		switch they are on:</p><ul class="chips">${pairs.slice(0, CHIPS_MOST)
		.map((pair) => chip(pair, data.host))}</ul>`;
}

// Empty when the host does not report what is inside it.
export function insideOf(data) {
	const bySwitch = new Map(data.vswitches.map((s) => [s.name, []]));
	const lost = [];

	for (const w of data.workloads) {
		for (const vnic of w.vnics ?? [])
			(bySwitch.get(vnic.vswitch) ?? lost).push([w, vnic]);
	}
	return (data.vswitches.length > 0 || lost.length > 0) &&
		html`<section><h2>Virtual switches</h2><div class="vswitches">${
			data.vswitches.map((s) => card(s, data, bySwitch.get(s.name)))}</div>${
			adrift(data, lost)}</section>`;
}
