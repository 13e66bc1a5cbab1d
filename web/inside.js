// inside.js - the hops of a path inside the host: VM, vNIC, port group, virtual
// switch, uplink.  A hop that nobody tells is a box of its own that says why.

import { html, joined } from "./html.js";
import { kindName, sourceName } from "./words.js";

// Does the path tell its virtual switches better than the kernel's links do?
export function isInside(leg) {
	return Boolean(leg.workload || leg.vnic || leg.port_group ||
		(leg.vswitch?.length > 0 && !leg.vswitch[0].unknown));
}

// What the path began at: "web-01"; null where it began at a NIC.
export function subjectOf(leg) {
	return leg.workload?.name ?? leg.port_group?.name ?? null;
}

// "active", "standby" where an uplink has several NICs or none that works.
export function memberState(leg) {
	const { kind, member_state: state } = leg.uplink ?? {};

	if (!state || state === "unknown" || (kind === "nic" && state === "active"))
		return null;
	return state;
}

// Is the NIC of the leg without a link?
export const isDown = ({ nic }) => nic.up === false || nic.carrier === false;

// In use: 0; waiting: 1; of no use: 2.
export function rankOf(leg) {
	const state = memberState(leg);

	if (isDown(leg) || state === "down")
		return 2;
	return state && state !== "active" ? 1 : 0;
}

export function vlanText(group) {
	return [group.vlan !== undefined && `VLAN ${group.vlan}`,
		group.unknown_vlan && "VLAN unknown",
		group.trunks && `trunk ${group.trunks}`, group.pvlan &&
		`private VLAN ${group.pvlan.primary},${group.pvlan.secondary}`]
		.filter(Boolean).join(", ");
}

// VMware's words may break: loadbalance_srcid.
const breakable = (text) => joined(text.split("_"), html`_<wbr>`);

// "active vmnic3; standby vmnic2; loadbalance_srcid": the uplinks that a port
// group may use; those that it may not are told at its virtual switch only.
export function teamText(team, unused) {
	const kinds = ["active", "standby", unused && "unused"].filter(Boolean);

	return [...kinds.filter((kind) => team?.[kind]?.length > 0)
		.map((kind) => `${kind} ${team[kind].join(", ")}`), team?.policy]
		.filter(Boolean).join("; ");
}

export const isResting = (w) =>
	Boolean(w.state) && !["running", "unknown"].includes(w.state);

// The kernel and Open vSwitch tell when LACP has no partner, a vCenter tells
// what was configured alone.
const lacpText = (state, kind) => ({ negotiated: "LACP",
	configured: ["linux_bridge", "openvswitch"].includes(kind)
		? "LACP not negotiated" : "LACP configured, state not known" })[state];

// The switch of the uplink knows which of its NICs are in use; "kind" is its.
export function uplinkText(uplink, kind) {

	return [uplink.vlan !== undefined && `VLAN ${uplink.vlan}`, uplink.mode,
		lacpText(uplink.lacp, kind)].filter(Boolean).join(", ");
}

function lost(kind, why) {
	return { side: "unknown", kind, name: "unknown", facts: why };
}

function workloadBox({ workload: w, host }) {
	return w && { side: "systems", kind: kindName(w.kind), name: w.name,
		facts: html`on ${host.name}${isResting(w) &&
			html`, <span class="bad">${w.state}</span>`}${w.source &&
			html`<br>told by ${sourceName(w.source)}`}`,
		target: ["path", `${host.name} ${w.name}`] };
}

function vnicBox({ vnic }) {
	if (!vnic || vnic.unknown)
		return vnic && lost("vNIC", vnic.unknown);
	const off = vnic.connected === false;

	const how = [vnic.type, vnic.mode, vnic.vf !== undefined && `VF ${vnic.vf}`,
		vnic.nic && `on ${vnic.nic}`, vnic.network && `network ${vnic.network}`]
		.filter(Boolean).join(", ");

	return { side: off ? "systems past" : "systems", kind: "vNIC",
		name: vnic.name, facts: html`${joined([vnic.mac &&
			html`<span class="mono">${vnic.mac}</span>`, how].filter(Boolean),
		html`<br>`)}${
			off && html` <span class="bad">not connected</span>`}` };
}

function groupBox({ port_group: group, vswitch, host, uplink }) {
	if (!group || group.unknown)
		return group && lost("port group", group.unknown);
	const on = vswitch?.[0]?.name;

	return { side: "network", kind: "port group", name: group.name,
		facts: uplink?.holds_back
			? html`<span class="bad">${uplink.holds_back}</span>`
			: joined([vlanText(group) !== group.name && vlanText(group),
				breakable(teamText(group.team))].filter((t) => t.length > 0),
			html`<br>`),
		target: on && ["path", `${host.name} ${on} ${group.name}`] };
}

function switchBoxes({ vswitch, host }) {
	return (vswitch ?? []).map((s) => (s.unknown
		? lost("virtual switch", s.unknown)
		: { side: "network virtual", kind: kindName(s.kind), name: s.name,
			facts: "switch in the host",
			target: ["vswitch", s.uuid ?? `${host.name} ${s.name}`] }));
}

// A plain NIC as uplink is the NIC that follows.
function uplinkBoxes({ uplink, chain, vswitch }) {
	if (!uplink || uplink.kind === "nic")
		return [];
	if (uplink.unknown)
		return [lost("uplink", uplink.unknown)];
	const below = uplink.kind !== "vlan" ? []
		: (chain ?? []).filter((l) => l.kind === "bond");

	return [{ side: "systems", kind: kindName(uplink.kind), name: uplink.name,
		facts: joined([breakable(uplinkText(uplink,
			vswitch?.at(-1)?.kind) || "uplink"),
			uplink.carries && `lets through ${uplink.carries}`]
			.filter(Boolean), html`<br>`) },
	...below.map((l) => ({ side: "systems", kind: kindName(l.kind),
		name: l.name, facts: "uplink" }))];
}

// The boxes before the NIC, from the workload outwards.
export function insideBoxes(leg) {
	return [workloadBox(leg), vnicBox(leg), groupBox(leg), ...switchBoxes(leg),
		...uplinkBoxes(leg)].filter(Boolean);
}
