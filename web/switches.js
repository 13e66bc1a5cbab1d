// switches.js - the page of all switches that were heard.

import { switches as ask, switchOf } from "./api.js";
import { html, link } from "./html.js";
import { smallPanel } from "./panel.js";
import { age } from "./time.js";
import { ROWS_MOST, cutNote, plural, shortSwitch } from "./words.js";

const FRONTS_MOST = 12; // drawn: more would be a wall of sockets
const FRONT_MS = 15000; // a front is asked for anew after that

const fronts = new Map(); // switch id -> { at, ports }

// The list has no ports: each front is a question of its own, asked rarely.
async function frontOf(s, signal) {
	const old = fronts.get(s.id);

	if (old && Date.now() - old.at < FRONT_MS)
		return { ...old, of: s };
	const answer = await switchOf(s.id, signal).catch(() => null);
	const front = { at: Date.now(), ports: answer?.ports ?? [] };

	if (answer)
		fronts.set(s.id, front);
	return { ...front, of: s };
}

async function load(_argument, signal) {
	const answer = await ask(signal);

	return {
		...answer,
		fronts: await Promise.all(answer.switches.slice(0, FRONTS_MOST)
			.map((s) => frontOf(s, signal))),
	};
}

function front({ of: s, ports }) {
	const label = `Front of ${shortSwitch(s)}: ${plural(ports.length, "port")} seen`;

	return ports.length > 0 && html`<li data-key="${s.id}">
		<h3>${link("switch", s.id, shortSwitch(s))} <small>${s.model}</small></h3>
		${smallPanel(ports, label)}</li>`;
}

function row(s) {
	const past = s.state !== "current";

	return html`<tr class="${past ? "alarm" : ""}" data-key="${s.id}">
		<th scope="row">${link("switch", s.id, shortSwitch(s))}${
		s.name !== shortSwitch(s) && html` <small class="wide">${s.name}</small>`}
		</th><td>${s.model || html`<span class="quiet">not told</span>`}</td>
		<td class="wide">${s.software}</td>
		<td class="mono wide">${(s.management_addresses ?? []).slice(0, 2)
		.join(", ")}</td><td>${s.ports_seen}</td><td>${s.hosts}</td>
		<td>${past && html`<span class="bad">${s.state}</span>, `}${
		s.last_heard > 0 ? html`${age(s.last_heard)} ago` : "never"}</td></tr>`;
}

export const switches = {
	tab: "switches",
	title: () => "Switches",
	load,
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
		${cutNote(data.switches.length, "switches")}
		<section class="later"><h2 class="hidden">Fronts</h2>
		<ul class="fronts">${data.fronts.map(front)}</ul></section>`,
};
