// hosts.js - the page of all hosts.

import { hosts as ask } from "./api.js";
import { html, joined, link } from "./html.js";
import { age } from "./time.js";
import { clockText, troubles } from "./told.js";
import { ROWS_MOST, cutNote, kindName } from "./words.js";

// "chassis CZ3740C7K1, bay 3"
export const place = (h) => [h.chassis && `chassis ${h.chassis}`,
	h.slot && `bay ${h.slot}`].filter(Boolean).join(", ");

function row(h) {
	const lacking = h.nics - h.nics_with_neighbor;
	const notes = [...troubles(h), clockText(h)].filter(Boolean);

	return html`<tr class="${h.silent ? "alarm" : ""}" data-key="${h.id}">
		<th scope="row">${link("host", h.id, h.name)}</th>
		<td class="wide">${h.os ?? (h.platform && kindName(h.platform))}</td>
		<td class="wide">${h.model}${place(h) && html`<br><small>${
		place(h)}</small>`}</td>
		<td>${h.nics_with_neighbor} of ${h.nics}${lacking > 0 && !h.silent &&
			html` <small>${lacking} without</small>`}</td>
		<td>${joined((h.switches ?? []).map((s) => link("switch", s, s)), ", ")}</td>
		<td>${h.silent
			? html`<span class="bad">silent for ${age(h.last_report)}</span>`
			: html`${age(h.last_report)} ago`}${h.via &&
			html` <small>by vCenter ${h.via}</small>`}${notes.map((text) =>
		html`<br><small class="bad">${text}</small>`)}</td></tr>`;
}

export const hosts = {
	tab: "hosts",
	title: () => "Hosts",
	load: (_argument, signal) => ask(signal),
	render: (data) => html`<h1>Hosts <small>${data.hosts.length}</small></h1>
		${data.hosts.length === 0 && html`<p>No host has reported yet.</p>`}
		<table class="grid"><caption class="hidden">All hosts</caption><thead><tr>
		<th scope="col">host</th><th scope="col" class="wide">system</th>
		<th scope="col" class="wide">model</th>
		<th scope="col">NICs with a neighbor</th><th scope="col">switches</th>
		<th scope="col">last report</th></tr></thead>
		<tbody>${data.hosts.slice(0, ROWS_MOST).map(row)}</tbody></table>
		${cutNote(data.hosts.length, "hosts")}`,
};
