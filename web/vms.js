// vms.js - the page of all VMs, containers and namespaces.

import { vms as ask } from "./api.js";
import { html, joined, link } from "./html.js";
import {
	ROWS_MOST, cutNote, kindName, memberName as spaced, onePort, plural,
} from "./words.js";

function network(n) {
	const group = [n.vswitch, n.port_group].filter(Boolean).join(" ");

	return html`<span>${group || "virtual switch not told"}</span>${
		n.connected === false && html` <span class="bad">not connected</span>`}`;
}

// What is known of a VM is as good as what is known of its host.
export function stateOf(vm) {
	if (vm.silent)
		return html`<span class="bad">host silent</span>`;
	if ((vm.connection ?? "connected") !== "connected")
		return html`<span class="bad">host ${spaced(vm.connection)}</span>`;
	return vm.state;
}

const isWell = (vm) => !vm.silent && vm.state === "running" &&
	(vm.connection ?? "connected") === "connected";

// An id without a UUID is only known on its host.
const target = (vm) => (vm.uuid ? ["vm", vm.uuid]
	: ["path", `${vm.host} ${vm.name}`]);

function ports(vm) {
	const all = [...vm.switches.map((port) => ({ switch_port: port })),
		...(vm.stale_ports ?? []).map((port) => ({ stale_port: port }))];

	return joined((all.length > 0 ? all : [{}]).map(onePort), html`<br>`);
}

function row(vm) {
	return html`<tr data-key="${vm.host_id} ${vm.id}"><th scope="row">${
		link(...target(vm), vm.name)}${!isWell(vm) &&
		html`<small class="narrow">${stateOf(vm)}</small>`}</th>
		<td class="wide">${kindName(vm.kind)}</td>
		<td class="wide">${stateOf(vm)}</td>
		<td>${link("host", vm.host_id, vm.host)}</td>
		<td class="wide mono">${joined(vm.vnics.map((n) => n.mac).filter(Boolean),
			html`<br>`)}</td>
		<td class="wide">${joined(vm.vnics.map(network), html`<br>`)}</td>
		<td>${ports(vm)}</td></tr>`;
}

function counts(all) {
	const kinds = new Map();

	for (const { kind } of all)
		kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
	return [...kinds].map(([kind, n]) => plural(n, kindName(kind))).join(", ");
}

export const vms = {
	tab: "vms",
	title: () => "VMs and containers",
	load: (_argument, signal) => ask(signal),
	render: (data) => html`<h1>VMs and containers <small>${
		data.vms.length}</small></h1><p class="quiet">${data.vms.length > 0
		? counts(data.vms) : "No host has reported one."}</p>
		${data.vms.length > 0 && html`<table class="grid">
		<caption class="hidden">VMs, containers and namespaces</caption><thead><tr>
		<th scope="col">name</th><th scope="col" class="wide">kind</th>
		<th scope="col" class="wide">state</th><th scope="col">host</th>
		<th scope="col" class="wide">MAC</th>
		<th scope="col" class="wide">virtual switch, port group</th>
		<th scope="col">leaves by</th></tr></thead>
		<tbody>${data.vms.slice(0, ROWS_MOST).map(row)}</tbody></table>`}
		${cutNote(data.vms.length, "VMs and containers")}`,
};
