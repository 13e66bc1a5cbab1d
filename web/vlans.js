// vlans.js - the page of all VLANs: who needs them, who tells and hears them.

import { vlans as ask } from "./api.js";
import { html, link } from "./html.js";
import { age } from "./time.js";
import { ROWS_MOST, cutNote, plural } from "./words.js";

const count = (n) => (n > 0 ? n : html`<span class="quiet">none</span>`);

function heard(v) {
	return html`${count(v.heard_on_nics)}${v.last_heard > 0 &&
		html` <small>${v.heard_on_nics > 0 ? "" : "last "}${
			age(v.last_heard)} ago</small>`}`;
}

function row(v) {
	return html`<tr data-key="${v.id}"><th scope="row">${
		link("vlan", v.id, v.id)}</th>
		<td class="names">${v.names.join(", ")}</td>
		<td>${v.needed_by > 0 ? plural(v.needed_by, "vNIC") : count(0)}</td>
		<td class="wide">${count(v.hosts)}</td>
		<td>${count(v.told_on_ports)}</td><td>${heard(v)}</td></tr>`;
}

export const vlans = {
	tab: "vlans",
	title: () => "VLANs",
	load: (_argument, signal) => ask(signal),
	render: (data) => html`<h1>VLANs <small>${data.vlans.length}</small></h1>
		<p class="quiet">${data.vlans.length > 0
		? "A VLAN that no switch port tells may still be allowed there."
		: "No port group needs one, and none is told or heard."}</p>
		${data.vlans.length > 0 && html`<table class="grid">
		<caption class="hidden">VLANs</caption><thead><tr>
		<th scope="col">VLAN</th><th scope="col">name</th>
		<th scope="col">needed by</th><th scope="col" class="wide">hosts</th>
		<th scope="col">told on ports</th><th scope="col">heard on NICs</th>
		</tr></thead><tbody>${data.vlans.slice(0, ROWS_MOST).map(row)}</tbody>
		</table>`}${cutNote(data.vlans.length, "VLANs")}`,
};
