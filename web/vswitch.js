// vswitch.js - the page of one virtual switch: its hosts when it is a
// distributed one, every NIC of its uplinks, its port groups, what hangs on it.

import { host, vswitch as ask } from "./api.js";
import { html, joined, link } from "./html.js";
import { teamText, uplinkText, vlanText } from "./inside.js";
import { age } from "./time.js";
import { troubleNotes } from "./told.js";
import { ROWS_MOST, cutNote, kindName, onePort, plural } from "./words.js";

const HOSTS_ASKED_MOST = 4; // for workloads: each is an answer of its own
const CHIPS_MOST = 48;

// What hangs on it is told by its hosts.
async function load(which, signal) {
	const answer = await ask(which, signal);
	const asked = answer.hosts.length <= HOSTS_ASKED_MOST ? answer.hosts : [];
	const details = await Promise.all(asked.map((part) =>
		host(part.host_id, signal)));

	return { ...answer, details };
}

function facts({ vswitch: s, hosts }) {
	return [kindName(s.kind), hosts.length > 1 && `on ${hosts.length} hosts`,
		s.uuid && `UUID ${s.uuid}`].filter(Boolean).join(", ");
}

function heardCell(m) {
	if (!m.last_heard)
		return "";
	return html`${m.heard !== "current" && html`<span class="bad">${m.heard},
		</span> `}${age(m.last_heard)} ago`;
}

const STATES = { down: "bad", unused: "quiet", standby: "quiet" };

function memberRow(part, m, kind) {
	const how = [m.kind !== "nic" && m.uplink, uplinkText(m, kind)].filter(Boolean);

	return html`<tr data-key="${part.host_id} ${m.uplink} ${m.nic}">
		<th scope="row">${link("host", part.host_id, part.host)}</th>
		<td class="mono">${link("path", `${part.host} ${m.nic}`, m.nic)}</td>
		<td><span class="${STATES[m.state] ?? ""}">${m.state}</span></td>
		<td class="wide">${how.join(", ")}</td>
		<td>${onePort(m)}</td>
		<td class="wide">${heardCell(m)}</td></tr>`;
}

function members(data) {
	const rows = data.hosts.flatMap((part) =>
		part.members.map((m) => memberRow(part, m, data.vswitch.kind)));

	return html`<section><h2>Uplinks</h2>${rows.length === 0
		? html`<p class="quiet">It has no uplink of its own.</p>`
		: html`<table class="grid"><caption class="hidden">NICs of its
		uplinks</caption><thead><tr><th scope="col">host</th>
		<th scope="col">NIC</th><th scope="col">state</th>
		<th scope="col" class="wide">uplink</th><th scope="col">switch port</th>
		<th scope="col" class="wide">heard</th></tr></thead><tbody>${
		rows.slice(0, ROWS_MOST)}</tbody></table>`}${
		cutNote(rows.length, "NICs")}</section>`;
}

// The port groups of a distributed switch are the same on all its hosts.
function merged(parts) {
	const groups = new Map();

	for (const part of parts) {
		for (const g of part.port_groups) {
			const key = `${g.name} ${vlanText(g)}`;
			const one = groups.get(key) ?? { ...g, key, vnics: 0, on: [] };

			one.vnics += g.vnics;
			one.on.push(part);
			groups.set(key, one);
		}
	}
	return [...groups.values()];
}

// Chips of what is in the group, from as many hosts as were asked.
function workloads(group, data) {
	const found = data.details.flatMap((d) => (d.workloads ?? []).flatMap((w) =>
		(w.vnics ?? []).filter((n) => n.port_group === group.name &&
			data.hosts.some((part) => part.host_id === d.host.id &&
				part.name === n.vswitch))
			.map((n) => [d.host.name, w, n])));

	return found.length > 0 && html`<ul class="chips">${
		found.slice(0, CHIPS_MOST).map(([on, w, n]) => chip(on, w, n))}${
		found.length > CHIPS_MOST && html`<li class="more">and ${
			found.length - CHIPS_MOST} more</li>`}</ul>`;
}

function chip(on, w, n) {
	const kernel = w.kind === "kernel_port";
	const rests = w.state === "off" || w.state === "suspended";
	const name = kernel ? n.name : w.name ?? w.id;

	return html`<li class="${kernel ? "kernel" : ""} ${
		rests || n.connected === false ? "off" : ""}" data-key="${on} ${w.id} ${
		n.name}">${link("path", `${on} ${name}`, name)}${rests &&
		html`<small> ${w.state}</small>`}</li>`;
}

function groupRow(g, data) {
	const [part] = g.on;
	const where = g.on.length === 1 && `${part.host} ${part.name} ${g.name}`;
	const many = data.hosts.length > 1;

	return html`<tr data-key="${g.key}"><th scope="row">${
		where ? link("path", where, g.name) : g.name}</th>
		<td>${vlanCell(g)}</td>
		<td class="wide">${teamText(g.team, true) || "as the switch"}</td>
		${many && html`<td class="wide">${g.on.length}</td>`}
		<td>${g.vnics}</td><td>${workloads(g, data)}</td></tr>`;
}

function vlanCell(g) {
	const { vlan: id, ...rest } = g;

	if (id === undefined)
		return vlanText(g) || "untagged";
	return joined([link("vlan", id, `VLAN ${id}`), vlanText(rest)]
		.filter(Boolean), ", ");
}

function groups(data) {
	const all = merged(data.hosts);
	const many = data.hosts.length > 1;

	return all.length > 0 && html`<section><h2>Port groups</h2>
		<table class="grid"><caption class="hidden">Port groups</caption>
		<thead><tr><th scope="col">name</th><th scope="col">VLAN</th>
		<th scope="col" class="wide">uplinks</th>${
		many && html`<th scope="col" class="wide">hosts</th>`}
		<th scope="col">vNICs</th><th scope="col">on it</th></tr></thead>
		<tbody>${all.slice(0, ROWS_MOST).map((g) => groupRow(g, data))}</tbody>
		</table>${cutNote(all.length, "port groups")}${data.details.length === 0 &&
		html`<p class="quiet">What is on it stands on the page of each
		host.</p>`}</section>`;
}

function others({ vswitch: s }) {
	return s.others > 0 && html`<p class="quiet">${plural(s.others,
		"other virtual switch is", "other virtual switches are")} called so; ${
		link("vswitches", "", "all virtual switches")} tells them apart.</p>`;
}

function paths({ vswitch: s, hosts }) {
	return html`<p class="quiet">Its path to the switches: ${joined(hosts
		.slice(0, CHIPS_MOST).map((part) => link("path",
			`${part.host} ${part.name ?? s.name}`, part.host)), ", ")}</p>`;
}

export const vswitch = {
	tab: "vswitches",
	title: (which) => `Virtual switch ${which}`,
	load,
	name: (data) => data.vswitch.name,
	render: (data) => html`<div class="heading"><h1>${data.vswitch.name}</h1>
		<p class="quiet">${facts(data)}</p>${others(data)}${
		data.hosts.map(troubleNotes)}</div>${members(data)}${groups(data)}${
		paths(data)}`,
};
