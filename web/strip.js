// strip.js - the chain from the host to the switch with the line through it.
//
// An ordered list, so that a screen reader reads it in order; the style sheet
// draws it from left to right, on a phone from top to bottom.  Green belongs to
// the systems team, blue to the network team: a virtual switch is blue although
// it lives inside the host.

import { address, html } from "./html.js";
import { insideBoxes, isInside, memberState } from "./inside.js";
import { age } from "./time.js";
import { toldBy } from "./told.js";
import {
	evidenceOf, isUndecided, kindName, protocolName, shortPort, shortSwitch, speed,
} from "./words.js";

const VIRTUAL_SWITCHES = ["bridge", "openvswitch", "vswitch", "macvtap"];

function box(side, kind, name, facts, target) {
	const label = target
		? html`<a class="name" href="${address(...target)}">${name}</a>`
		: html`<b class="name">${name}</b>`;

	return html`<li class="box ${side}"><span class="kind">${kind}</span>${
		label}<small>${facts}</small></li>`;
}

function hostBox({ host }) {
	return box("systems", "host", host.name, toldBy(host), ["host", host.id]);
}

function chainBox(link) {
	const virtual = VIRTUAL_SWITCHES.includes(link.kind);

	return box(virtual ? "network virtual" : "systems", kindName(link.kind),
		link.name, virtual ? "switch in the host" : link.mode ?? "uplink");
}

// A path from within begins at the workload; the NIC then tells the host.
function insideOfHost(leg) {
	const from = leg.workload || leg.port_group ? "" : hostBox(leg);

	return [from, insideBoxes(leg).map((b) =>
		box(b.side, b.kind, b.name, b.facts, b.target))];
}

function nicBox(leg) {
	const { nic, host } = leg;
	const state = memberState(leg);
	const kind = leg.workload || leg.port_group ? `NIC of ${host.name}` : "NIC";
	const idle = state === "standby" || state === "down";
	const place = [nic.port_name && `port ${nic.port_name}`,
		nic.slot && `slot ${nic.slot}`].filter(Boolean).join(", ");

	return box(idle ? "systems past" : "systems", kind, nic.name,
		html`<span class="mono">${nic.mac}</span>${state &&
		html` <span class="${state === "down" ? "bad" : ""}">${state}</span>`}${
		place && html`<br>${place}`}`,
		["path", `${host.name} ${nic.name}`]);
}

function portFacts(leg) {
	const newest = evidenceOf(leg)[0];
	const heard = newest && html`${protocolName(newest.protocol)} ${
		age(newest.last_heard)} ago`;
	const rate = speed(leg.nic.speed_mbps);

	return html`${rate && leg.nic.carrier ? `${rate}, ` : ""}${heard ?? ""}`;
}

function networkBoxes(leg) {
	const n = leg.neighbor;
	const past = n && (n.state !== "current" || n.verdict === "unknown");
	const side = `network ${past ? "past" : ""}`;

	if (!n)
		return box("unknown", "port", "unknown", leg.nic.unknown ? "no NIC is known"
			: "nothing heard that names it");
	if (isUndecided(n))
		return box("unknown", "port", "unknown",
			`${n.candidates.length} ports are heard here`);
	return [
		box(side, "port", shortPort(n.port), portFacts(leg),
			["path", `${shortSwitch(n.switch)} ${shortPort(n.port)}`]),
		box(side, "switch", shortSwitch(n.switch),
			n.switch.model || "model not told", ["switch", n.switch.id]),
	];
}

export function strip(leg) {
	const n = leg.neighbor;
	const broken = n?.state !== "current" || n.verdict === "unknown";

	const long = isInside(leg) && insideBoxes(leg).length > 3;

	return html`<ol class="strip ${broken ? "broken" : ""} ${long ? "long" : ""}"
		aria-label="Path to the switch">
		${isInside(leg) ? insideOfHost(leg)
			: [hostBox(leg), (leg.chain ?? []).map(chainBox)]}${
		!leg.nic.unknown && nicBox(leg)}
		<li class="demarc"><span class="ours">systems</span>
		<span class="word">demarc</span><span class="theirs">network</span></li>
		${networkBoxes(leg)}</ol>`;
}
