// host.js - the page of one host: its NICs, who they hear, what they carry.

import { host as ask } from "./api.js";
import { drawLinks } from "./draw.js";
import { html, joined, link } from "./html.js";
import { place } from "./hosts.js";
import { clockText, toldBy, troubleNotes } from "./told.js";
import { insideOf } from "./cards.js";
import { wireOf } from "./wire.js";
import {
	kindName, lifeText, neighborText, shortPort, shortSwitch, silenceReason,
	speed,
} from "./words.js";

function facts(h) {
	const machine = [h.vendor, h.model].filter(Boolean).join(" ");
	const clock = clockText(h);
	const words = [h.os ?? (h.platform && kindName(h.platform)),
		h.kernel && `kernel ${h.kernel}`, machine,
		h.serial && `serial ${h.serial}`, place(h),
		...(h.addresses ?? []).slice(0, 4), clock &&
		html`<span class="bad">${clock}</span>`, toldBy(h)];

	return html`<p class="quiet">${joined(words.filter(Boolean), ", ")}</p>${
		troubleNotes(h)}`;
}

function linkState(nic) {
	if (nic.up === false)
		return "down";
	if (nic.carrier === false)
		return "no carrier";
	const rate = [speed(nic.speed_mbps), nic.duplex === "half" && "half"];

	return rate.filter(Boolean).join(" ") || (nic.carrier ? "up" : "unknown");
}

function switchSays(nic) {
	const said = (member) => nic.heard?.find((h) => !h.phantom && !h.own &&
		h.neighbor?.[member] !== undefined)?.neighbor[member];
	const vlans = said("vlans");

	return [
		said("native_vlan") !== undefined && `native ${said("native_vlan")}`,
		said("pvid") !== undefined && `PVID ${said("pvid")}`,
		vlans?.length > 0 && `VLANs ${vlans.map((v) => v.id ?? v).join(", ")}`,
		said("max_frame") !== undefined && `frames to ${said("max_frame")}`,
	].filter(Boolean).join(", ");
}

// "p0, slot 2": what is written on the machine.
function front(nic) {
	const words = [nic.port_name, nic.slot && `slot ${nic.slot}`];

	return words.some(Boolean) && html`<br><small>${
		words.filter(Boolean).join(", ")}</small>`;
}

function nicRow(nic, h) {
	const n = nic.neighbor;
	const past = n && n.state !== "current";

	return html`<tr class="${past ? "alarm" : ""}" data-key="${nic.name}">
		<th scope="row" class="mono">${
		link("path", `${h.name} ${nic.name}`, nic.name)}${front(nic)}</th>
		<td class="mono wide">${nic.mac}</td>
		<td class="link">${linkState(nic)}</td>
		<td class="wide">${nic.master}</td>
		<td>${n ? neighborText(n)
			: html`<span class="quiet">${silenceReason(nic, h)}</span>`}</td>
		<td>${n && lifeText(nic)}</td>
		<td class="wide">${n && switchSays(nic)}</td></tr>`;
}

function nics(data) {
	return html`<section><h2>NICs and neighbors</h2><table class="grid">
		<caption class="hidden">NICs and the switch ports that they hear</caption>
		<thead><tr><th scope="col">NIC</th><th scope="col" class="wide">MAC</th>
		<th scope="col">link</th><th scope="col" class="wide">part of</th>
		<th scope="col">neighbor</th><th scope="col">neighbor age</th>
		<th scope="col" class="wide">switch says</th></tr></thead>
		<tbody>${data.nics.map((nic) => nicRow(nic, data.host))}</tbody>
		</table></section>`;
}

// The NICs that leave through 'link', by way of whatever bond is between.
function uplinksOf(link, data) {
	const below = data.links.filter((l) => l.master === link.name &&
		l.kind !== "vlan");

	return [...data.nics.filter((nic) => nic.master === link.name),
		...below.flatMap((l) => uplinksOf(l, { ...data,
			links: data.links.filter((other) => other !== l) }))];
}

function uplink(nic, h) {
	const n = nic.neighbor;
	const well = n?.state === "current";

	return html`<li class="${well ? "" : "off"}" data-key="${nic.name}">${
		link("path", `${h.name} ${nic.name}`, nic.name)}<small>${
		n ? `${shortSwitch(n.switch)} ${shortPort(n.port)}` : "no neighbor"
	}</small></li>`;
}

// The kernel does not tell which ports an Open vSwitch bridge has.
const noUplink = (top) =>
	(top.kind === "openvswitch" ? "uplinks not known" : "no uplink");

const BRIDGES = ["bridge", "openvswitch"];

function virtualSwitch(top, data) {
	const ups = uplinksOf(top, data);
	const bonds = data.links.filter((l) => l.master === top.name &&
		data.nics.some((nic) => nic.master === l.name));
	const tabs = data.links.filter((l) => !bonds.includes(l) &&
		(l.master === top.name || l.lower === top.name));

	return html`<div class="vswitch" data-key="${top.name}"><ul class="uplinks">${
		ups.length > 0 ? ups.map((nic) => uplink(nic, data.host))
			: html`<li class="off">${noUplink(top)}</li>`}</ul>
		<div class="body ${BRIDGES.includes(top.kind) ? "network" : "systems"}">
		<b>${top.name}</b> <small>${kindName(top.kind)}${
		bonds.map((b) => `, over ${kindName(b.kind)} ${b.name}`)}${
		top.mtu && `, MTU ${top.mtu}`}</small></div>
		${tabs.length > 0 && html`<ul class="groups">${tabs.map((l) =>
		html`<li data-key="${l.name}"><b>${l.name}</b> <small>${l.vlan
			? `VLAN ${l.vlan}` : kindName(l.kind)}</small></li>`)}</ul>`}</div>`;
}

function virtualSwitches(data, wanted) {
	const tops = data.links.filter((l) => !l.master && !l.lower && wanted(l) &&
		(BRIDGES.includes(l.kind) ||
			data.nics.some((nic) => nic.master === l.name)));

	return tops.length > 0 && html`<section><h2>Bridges and bonds</h2>
		<div class="vswitches">${tops.map((top) =>
		virtualSwitch(top, data))}</div></section>`;
}

// What the host reports of its inside, and the bonds and bridges of the kernel
// where an older agent reports no more.
function inside(data) {
	const told = insideOf({ ...data, vswitches: data.vswitches ?? [],
		port_groups: data.port_groups ?? [], workloads: data.workloads ?? [] });
	const known = new Set((data.vswitches ?? []).map((s) => s.name));
	const uplinks = new Set((data.vswitches ?? []).flatMap((s) =>
		(s.uplinks ?? []).map((u) => u.name)));

	return [told, virtualSwitches(data, (l) =>
		!known.has(l.name) && !uplinks.has(l.name))];
}

export const host = {
	tab: "hosts",
	title: (id) => `Host ${id}`,
	load: (id, signal) => ask(id, signal),
	name: (data) => data.host.name,
	render: (data) => html`<div class="heading"><h1>${data.host.name}</h1>${
		facts(data.host)}</div>${nics(data)}${wireOf(data)}${
		inside({ ...data, links: data.links ?? [] })}${
		drawLinks(`host:${data.host.id}`)}`,
};
