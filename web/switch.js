// switch.js - the page of one switch: its front, and what hangs on each port.

import { switchOf } from "./api.js";
import { drawLinks } from "./draw.js";
import { html, joined, link } from "./html.js";
import { chosenPort, panel, portKey } from "./panel.js";
import { age } from "./time.js";
import { plural, shortSwitch, stateText } from "./words.js";

function facts(s) {
	const words = [s.model, s.software, ...(s.management_addresses ?? []).slice(0, 4),
		...(s.serials ?? []).map((serial) => `serial ${serial}`),
		s.last_heard > 0 && html`heard ${age(s.last_heard)} ago`];

	return html`<p class="quiet">${joined(words.filter(Boolean), ", ")}</p>`;
}

function says(port) {
	return [
		port.native_vlan !== undefined && port.native_vlan !== null &&
			`native ${port.native_vlan}`,
		port.pvid !== undefined && port.pvid !== null && `PVID ${port.pvid}`,
		port.vlans?.length > 0 &&
			`VLANs ${port.vlans.map((v) => v.id ?? v).join(", ")}`,
		port.max_frame && `frames to ${port.max_frame}`,
		!port.max_frame && port.mtu && `MTU ${port.mtu}`,
	].filter(Boolean).join(", ");
}

function behind(port) {
	const hosts = port.hosts ?? [];

	if (hosts.length === 0)
		return html`<span class="quiet">no host</span>`;
	return joined(hosts.map((h) => html`${link("host", h.host_id, h.host)}
		<span class="mono">${link("path", `${h.host} ${h.nic}`, h.nic)}</span>`),
	", ");
}

function portRow(port, s) {
	const name = `${shortSwitch(s)} ${port.short_name ?? port.name}`;

	return html`<tr class="${port.state === "current" ? "" : "alarm"}"
		data-key="${portKey(port)}"><th scope="row" class="mono">${
		link("path", name, port.short_name ?? port.name)}</th>
		<td>${behind(port)}</td><td class="wide">${port.description}</td>
		<td class="wide">${says(port)}</td>
		<td>${port.state !== "current" && html`${stateText(port.state,
			port.ended)}, `}${age(port.last_heard)} ago</td></tr>`;
}

function detail(port) {
	if (!port)
		return html`<p class="quiet">No port of this switch was seen.</p>`;
	const other = (port.names ?? []).filter((name) => name !== port.short_name);

	return html`<h3 class="mono">${port.short_name ?? port.name}</h3>
		${other.length > 0 && html`<p class="quiet">also called ${
		other.join(", ")}</p>`}
		<ul class="plain">${(port.hosts ?? []).map((h) => html`<li>
		${link("host", h.host_id, h.host)}
		${link("path", `${h.host} ${h.nic}`, h.nic)}
		<span class="mono quiet">${h.mac}</span></li>`)}</ul>
		<p>${says(port)}</p><p class="quiet">${port.description &&
		html`described as “${port.description}”, `}heard ${
		age(port.last_heard)} ago</p>`;
}

function identity(s) {
	const names = (s.names ?? []).filter((name) => name !== s.name);
	const row = (name, values) => values?.length > 0 &&
		html`<div><dt>${name}</dt><dd>${values.join(", ")}</dd></div>`;

	return html`<section><h2>Why this is one switch</h2>
		<dl class="members">${row("full name", [s.name])}${
		row("also called", names)}${row("chassis IDs", s.chassis_ids)}${
		(s.evidence ?? []).map((e) => row(e.text ? e.rule : "rule",
			[e.text ?? e.rule]))}</dl></section>`;
}

export const switchPage = {
	tab: "switches",
	title: (id) => `Switch ${id}`,
	load: (id, signal) => switchOf(id, signal),
	name: (data) => shortSwitch(data.switch),
	render(data) {
		const { switch: s, ports } = data;

		return html`<div class="heading"><h1>${shortSwitch(s)}</h1>${facts(s)}</div>
			${panel(ports)}<div class="columns wide-right">
			<section><h2>Behind the port</h2><div class="card">${
			detail(chosenPort(ports))}</div></section>
			<section><h2>Ports seen <small>${plural(ports.length, "port")}</small>
			</h2><table class="grid"><caption class="hidden">Ports seen</caption>
			<thead><tr><th scope="col">port</th><th scope="col">behind it</th>
			<th scope="col" class="wide">description</th>
			<th scope="col" class="wide">switch says</th>
			<th scope="col">heard</th></tr></thead>
			<tbody>${ports.map((port) => portRow(port, s))}</tbody></table>
			</section></div>${identity(s)}${drawLinks(`switch:${s.id}`)}`;
	},
};
