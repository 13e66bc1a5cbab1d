// switches.js - the page of all switches that were heard.

import { switches as ask } from "./api.js";
import { html, link } from "./html.js";
import { age } from "./time.js";
import { ROWS_MOST, cutNote, shortSwitch } from "./words.js";

function row(s) {
	const past = s.state !== "current";

	return html`<tr class="${past ? "alarm" : ""}" data-key="${s.id}">
		<th scope="row">${link("switch", s.id, shortSwitch(s))}${
		s.name !== shortSwitch(s) && html` <small class="wide">${s.name}</small>`}
		</th><td>${s.model ?? html`<span class="quiet">not told</span>`}</td>
		<td class="wide">${s.software}</td>
		<td class="mono wide">${(s.management_addresses ?? []).slice(0, 2)
		.join(", ")}</td><td>${s.ports_seen}</td><td>${s.hosts}</td>
		<td>${past && html`<span class="bad">${s.state}</span>, `}${
		s.last_heard ? html`${age(s.last_heard)} ago` : "never"}</td></tr>`;
}

export const switches = {
	tab: "switches",
	title: () => "Switches",
	load: (_argument, signal) => ask(signal),
	render: (data) => html`<h1>Switches <small>${data.switches.length}</small></h1>
		${data.switches.length === 0 && html`<p>No switch has been heard yet.
		Switches announce themselves every 30 s (LLDP) or 60 s (CDP), where that
		is configured.</p>`}
		<table class="grid"><caption class="hidden">All switches</caption>
		<thead><tr><th scope="col">switch</th><th scope="col">model</th>
		<th scope="col" class="wide">software</th>
		<th scope="col" class="wide">management</th>
		<th scope="col">ports seen</th><th scope="col">hosts</th>
		<th scope="col">last heard</th></tr></thead>
		<tbody>${data.switches.slice(0, ROWS_MOST).map(row)}</tbody></table>
		${cutNote(data.switches.length, "switches")}`,
};
