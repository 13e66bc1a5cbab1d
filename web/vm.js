// vm.js - the page of one VM, container or namespace: its vNICs, and the path of
// each to the switches.

import { vm as ask } from "./api.js";
import { html, joined, link } from "./html.js";
import { legsOf } from "./path.js";
import { toldBy, troubleNotes } from "./told.js";
import { stateOf } from "./vms.js";
import { kindName, sourceName } from "./words.js";

function facts(vm, host) {
	const state = stateOf(vm);
	const words = [kindName(vm.kind),
		state === "unknown" ? "state unknown" : state,
		html`on ${link("host", vm.host_id, vm.host)}`,
		vm.uuid && `UUID ${vm.uuid}`,
		vm.source && `told by ${sourceName(vm.source)}`,
		host && toldBy(host)];

	return html`<p class="quiet">${joined(words.filter(Boolean), ", ")}</p>`;
}

function vnicRow(n, vm) {
	return html`<tr data-key="${n.name}"><th scope="row">${n.name}<br>
		<small class="mono">${n.mac}</small></th><td class="wide">${n.type}</td>
		<td>${n.vswitch ? link("vswitch", `${vm.host} ${n.vswitch}`, n.vswitch)
			: html`<span class="quiet">not told</span>`}</td>
		<td>${n.port_group}${n.connected === false &&
		html` <span class="bad">not connected</span>`}</td>
		<td class="wide">${n.network}</td></tr>`;
}

function vnics(vm) {
	return html`<section><h2>vNICs</h2>${vm.vnics.length === 0
		? html`<p class="quiet">It has none.</p>` : html`<table class="grid">
		<caption class="hidden">vNICs</caption><thead><tr>
		<th scope="col">vNIC</th>
		<th scope="col" class="wide">type</th>
		<th scope="col">virtual switch</th><th scope="col">port group</th>
		<th scope="col" class="wide">network</th></tr></thead><tbody>${
		vm.vnics.map((n) => vnicRow(n, vm))}</tbody></table>`}</section>`;
}

export const vm = {
	tab: "vms",
	title: (id) => `VM ${id}`,
	load: (id, signal) => ask(id, signal),
	name: (data) => data.vm.name,
	render: (data) => html`<div class="heading"><h1>${data.vm.name}</h1>${
		facts(data.vm, data.legs[0]?.host)}${
		data.legs.length > 0 && troubleNotes(data.legs[0].host)}</div>${
		vnics(data.vm)}${legsOf(data)}`,
};
