// panel.js - the front of a switch, as far as agents have seen it.
//
// A listener cannot tell a free port from one without an agent behind it: what
// was not seen is called "not seen" and nothing else.

import { html } from "./html.js";

const SLOTS_MOST = 96; // a row of more is no picture of a switch

// Junos counts ports from 0: ge-0/0/0.
const FROM_ZERO = /^(fe|ge|mge|xe|et)-\d+\//;

let chosen = ""; // the port that the reader looks at

// Ethernet1/12 is number 12 of the row "Ethernet1/"; without a number: null.
function place(port) {
	const match = /^(.*?)(\d{1,4})$/.exec(port.name ?? port.short_name ?? "");

	return match && { row: match[1], number: Number(match[2]) };
}

function rowsOf(ports) {
	const rows = new Map();

	for (const port of ports) {
		const at = place(port) ?? { row: port.name, number: null };
		const row = rows.get(at.row) ?? new Map();

		row.set(at.number, port);
		rows.set(at.row, row);
	}
	return rows;
}

// Numbers from the first port of the row to the last one seen, in pairs.
function slots(name, row) {
	const seen = [...row.keys()].filter((n) => n !== null);
	const last = Math.max(...seen);
	const first = seen.includes(0) || FROM_ZERO.test(name) ? 0 : 1;

	if (seen.length === 0 || last - first >= SLOTS_MOST)
		return [...row.keys()];
	const count = Math.ceil((last - first + 1) / 2) * 2;

	return Array.from({ length: count }, (_, i) => first + i);
}

export function portKey(port) {
	return port.name ?? port.short_name;
}

export function chosenPort(ports) {
	return ports.find((port) => portKey(port) === chosen) ?? ports[0] ?? null;
}

function slot(port, number, current) {
	if (!port)
		return html`<li class="slot" title="not seen"><span
			aria-hidden="true">${number}</span><span class="hidden">port ${
			number}: not seen</span></li>`;
	const on = portKey(port) === portKey(current);
	const tone = port.state === "current" ? "live" : "past";
	const behind = (port.hosts ?? []).map((h) => `${h.host} ${h.nic}`);

	return html`<li><button type="button" class="slot ${tone}"
		data-port="${portKey(port)}" aria-pressed="${on}"
		tabindex="${on ? 0 : -1}" aria-label="${port.short_name}, ${
		behind.join(", ") || "no host"}, ${port.state}">${
		number ?? port.short_name}</button></li>`;
}

function row([name, ports], draw) {
	return html`<div class="front" data-key="${name}"><span class="prefix">${
		name}</span><ol class="slots">${slots(name, ports).map((number) =>
		draw(ports.get(number), number))}</ol></div>`;
}

function smallSlot(port, number) {
	const tone = port && (port.state === "current" ? "live" : "past");

	return html`<li class="slot ${tone ?? ""}">${number ?? ""}</li>`;
}

// The same without buttons, to be looked at: one picture for a screen reader.
export function smallPanel(ports, label) {
	return html`<div class="panel small" role="img" tabindex="0"
		aria-label="${label}">${
		[...rowsOf(ports)].map((r) => row(r, smallSlot))}</div>`;
}

export function panel(ports) {
	const current = chosenPort(ports);

	if (!current)
		return "";
	return html`<div class="panel" role="group" aria-label="Front panel">${
		[...rowsOf(ports)].map((r) => row(r, (port, number) =>
		slot(port, number, current)))}</div>
		<ul class="legend"><li><i class="slot live"></i>host behind it</li>
		<li><i class="slot past"></i>stale or ended</li>
		<li><i class="slot"></i>not seen: no agent is behind it</li>
		</ul>`;
}

function choose(button, redraw) {
	chosen = button.dataset.port;
	redraw();
	button.focus();
}

// Arrow keys go from seen port to seen port.
function stepped(event, redraw) {
	const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
	const button = event.target.closest("[data-port]");

	if (!button || !(event.key in step))
		return;
	event.preventDefault();
	const all = [...button.closest(".panel").querySelectorAll("[data-port]")];
	const next = all[all.indexOf(button) + step[event.key]];

	if (next)
		choose(next, redraw);
}

// Listens below 'root' once and for all; 'redraw' draws the page anew.
export function panelStart(root, redraw) {
	root.addEventListener("click", (event) => {
		const button = event.target.closest("[data-port]");

		if (button)
			choose(button, redraw);
	});
	root.addEventListener("keydown", (event) => stepped(event, redraw));
}
