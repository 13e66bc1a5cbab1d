// vlan.js - the page of one VLAN: who needs it, and which NICs carry it.
//
// Three answers for each NIC: carried (told or heard), not carried, unknown.

import { vlan as ask } from "./api.js";
import { drawLinks } from "./draw.js";
import { html, joined, link } from "./html.js";
import { carriedBy, verdictSign } from "./told.js";
import { ROWS_MOST, cutNote, onePort, plural } from "./words.js";

// What is wrong first, then what is unknown; each needed before not needed.
const ORDER = ["no", "unknown", "yes"];
const rank = (n) => (n.needed ? 0 : ORDER.length) + ORDER.indexOf(n.verdict);

function nicRow(n) {
	const lacking = n.needed && n.verdict === "no";

	return html`<tr class="${lacking ? "alarm" : ""}"
		data-key="${n.host_id} ${n.nic}"><th scope="row">${
		link("host", n.host_id, n.host)} <span class="mono">${
		link("path", `${n.host} ${n.nic}`, n.nic)}</span></th>
		<td>${onePort(n)}</td>
		<td class="wide">${n.needed_by?.length > 0 ? n.needed_by.join(", ")
			: html`<span class="quiet">${n.needed ? "yes" : "nobody"}</span>`}</td>
		<td>${verdictSign(n.verdict)}<br><small>${carriedBy(n)}</small></td>
		</tr>`;
}

function nics(all) {
	const rows = [...all].sort((a, b) => rank(a) - rank(b));

	return html`<section><h2>Where it is carried</h2>${rows.length === 0
		? html`<p class="quiet">No NIC needs, hears or is told it.</p>`
		: html`<table class="grid"><caption class="hidden">NICs</caption>
		<thead><tr><th scope="col">NIC</th><th scope="col">switch port</th>
		<th scope="col" class="wide">needed by</th>
		<th scope="col">carried</th></tr></thead><tbody>${
		rows.slice(0, ROWS_MOST).map(nicRow)}</tbody></table>
		<p class="quiet">Unknown is not no: a VLAN that is not told may still be
		allowed.</p>`}${cutNote(rows.length, "NICs")}</section>`;
}

function groupRow(g) {
	const name = `${g.host} ${g.vswitch}`;

	return html`<tr data-key="${g.host_id} ${g.vswitch} ${g.name}">
		<th scope="row">${link("host", g.host_id, g.host)}</th>
		<td>${link("vswitch", name, g.vswitch)}</td>
		<td>${link("path", `${name} ${g.name}`, g.name)}</td>
		<td>${g.vnics}</td></tr>`;
}

function groups(all) {
	return all.length > 0 && html`<section><h2>Who needs it</h2>
		<table class="grid"><caption class="hidden">Port groups</caption>
		<thead><tr><th scope="col">host</th><th scope="col">virtual switch</th>
		<th scope="col">port group</th><th scope="col">vNICs</th></tr></thead>
		<tbody>${all.slice(0, ROWS_MOST).map(groupRow)}</tbody></table>${
		cutNote(all.length, "port groups")}</section>`;
}

function facts(v) {
	return html`needed by ${plural(v.needed_by, "vNIC")} on ${
		plural(v.hosts, "host")}, told on ${
		plural(v.told_on_ports, "switch port")}, heard on ${
		plural(v.heard_on_nics, "NIC")}`;
}

export const vlan = {
	tab: "vlans",
	title: (id) => `VLAN ${id}`,
	load: (id, signal) => ask(id, signal),
	name: (data) => `VLAN ${data.vlan.id}`,
	render: (data) => html`<div class="heading"><h1>VLAN ${data.vlan.id}
		<small>${joined(data.vlan.names ?? [], ", ")}</small></h1>
		<p class="quiet">${facts(data.vlan)}</p></div>${nics(data.nics)}${
		groups(data.port_groups)}${drawLinks(`vlan:${data.vlan.id}`)}`,
};
