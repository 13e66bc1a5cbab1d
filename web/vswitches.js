// vswitches.js - the page of all virtual switches; a distributed one is one row
// with all its hosts.

import { vswitches as ask } from "./api.js";
import { html, joined, link } from "./html.js";
import { uplinkText } from "./inside.js";
import { ROWS_MOST, cutNote, kindName, onePort, plural } from "./words.js";

const PORTS_MOST = 8; // of one row; its own page has them all

// How its page is asked for: a name alone may be that of another.
const addressOf = (s) => s.uuid ?? `${s.host} ${s.name}`;

// The parts of one distributed switch become one.
function merged(all) {
	const rows = new Map();

	for (const s of all) {
		const key = s.kind === "distributed" && s.uuid ? s.uuid
			: `${s.host_id} ${s.name}`;

		rows.set(key, [...(rows.get(key) ?? []), s]);
	}
	return [...rows];
}

const isLost = (s) => s.silent ||
	(s.connection ?? "connected") !== "connected";

function uplink(u, kind) {
	const members = (u.members ?? []).map((m) => (m.state && u.kind !== "nic"
		? `${m.nic} ${m.state}` : m.nic)).join(", ");
	const how = u.kind !== "nic" && uplinkText(u, kind);

	return html`<span>${u.kind === "nic" ? members || u.name
		: `${u.name} (${members})`}${
		how && html` <small>${how}</small>`}</span>`;
}

function uplinks([s, ...more]) {
	const own = (s.uplinks ?? []).filter((u) => u.kind !== "patch");

	if (more.length > 0)
		return html`<small>each host's own</small>`;
	if (own.length === 0)
		return html`<span class="quiet">${s.patches?.length > 0
			? "over patch ports" : "none"}</span>`;
	return joined(own.map((u) => uplink(u, s.kind)), html`<br>`);
}

function hosts(parts) {
	const lost = parts.filter(isLost).length;

	return html`${parts.length === 1
		? link("host", parts[0].host_id, parts[0].host)
		: plural(parts.length, "host")}${lost > 0 &&
		html` <span class="bad">${parts.length > 1 ? `${lost} stale`
			: "stale"}</span>`}`;
}

function ports(parts) {
	const current = new Set(parts.flatMap((s) => s.switches ?? []));
	const stale = new Set(parts.flatMap((s) => s.stale_ports ?? []));
	const all = [...[...current].map((port) => ({ switch_port: port })),
		...[...stale].filter((port) => !current.has(port))
			.map((port) => ({ stale_port: port }))];
	const more = all.length - PORTS_MOST;

	return all.length > 0 ? html`${joined(all.slice(0, PORTS_MOST)
		.map(onePort), html`<br>`)}${more > 0 &&
		html`<br><small>and ${more} more</small>`}`
		: html`<span class="quiet">not known</span>`;
}

function row([key, parts]) {
	const [s] = parts;

	return html`<tr data-key="${key}"><th scope="row">${
		link("vswitch", addressOf(s), s.name)}</th>
		<td class="wide">${kindName(s.kind)}</td><td>${hosts(parts)}</td>
		<td class="wide">${uplinks(parts)}</td>
		<td class="wide">${s.port_groups}</td>
		<td>${parts.reduce((sum, part) => sum + part.vnics, 0)}</td>
		<td>${ports(parts)}</td></tr>`;
}

function table(rows) {
	return html`<table class="grid"><caption class="hidden">Virtual
		switches</caption><thead><tr><th scope="col">name</th>
		<th scope="col" class="wide">kind</th><th scope="col">host</th>
		<th scope="col" class="wide">uplinks</th>
		<th scope="col" class="wide">port groups</th>
		<th scope="col">vNICs</th><th scope="col">switch ports</th></tr></thead>
		<tbody>${rows.slice(0, ROWS_MOST).map(row)}</tbody></table>`;
}

export const vswitches = {
	tab: "vswitches",
	title: () => "Virtual switches",
	load: (_argument, signal) => ask(signal),
	render(data) {
		const rows = merged(data.vswitches);

		return html`<h1>Virtual switches <small>${rows.length}</small></h1>${
			rows.length > 0 ? table(rows)
				: html`<p>No host has reported one.</p>`}
			${cutNote(rows.length, "virtual switches")}`;
	},
};
