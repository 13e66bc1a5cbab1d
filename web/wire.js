// wire.js - of the NICs of a host: which VLANs are heard on the wire, and the
// virtual functions of each.

import { html, link } from "./html.js";
import { age } from "./time.js";

const NO_MAC = "00:00:00:00:00:00";

function heardVlan(v) {
	const stale = v.state === "stale";
	const from = [...(v.subnets ?? []), ...(v.subnets?.length > 0 ? []
		: v.addresses ?? [])].slice(0, 3).join(", ");

	return html`<li class="${stale ? "off" : ""}" data-key="${v.id}">${
		link("vlan", v.id, `VLAN ${v.id}`)}<small> ${from && `${from}, `}${
		age(v.last_heard)} ago${stale && ", stale"}</small></li>`;
}

function heardOn(nic) {
	return html`<li data-key="${nic.name}"><b class="mono">${nic.name}</b>
		<ul class="chips">${nic.heard_vlans.map(heardVlan)}</ul></li>`;
}

// Silence is a fact, too: somebody listens, and no tagged frame came.
function heard(nics) {
	const listening = nics.filter((nic) => nic.heard_vlans);
	const silent = listening.filter((nic) => nic.heard_vlans.length === 0);

	return listening.length > 0 && html`<section>
		<h2>VLANs heard on the wire</h2><ul class="wire">${
		listening.filter((nic) => !silent.includes(nic)).map(heardOn)}${
		silent.length > 0 && html`<li data-key="silent"><span class="quiet">No
			tagged frame so far on</span> <b class="mono">${
			silent.map((nic) => nic.name).join(", ")}</b></li>`}</ul></section>`;
}

function userOf(nic, f, workloads) {
	return workloads.find((w) => (w.vnics ?? []).some((n) =>
		n.nic === nic.name && n.vf === f.index));
}

function vfRow(nic, f, data) {
	const user = userOf(nic, f, data.workloads ?? []);

	return html`<tr data-key="${nic.name} ${f.index}"><th scope="row"
		class="mono">${nic.name} VF ${f.index}</th>
		<td class="mono">${f.mac === NO_MAC ? "" : f.mac}</td>
		<td>${f.vlan > 0 && link("vlan", f.vlan, f.vlan)}</td>
		<td class="wide">${f.link}</td>
		<td class="wide">${f.trust && "yes"}</td>
		<td>${user ? link("path", `${data.host.name} ${user.name}`, user.name)
			: html`<span class="quiet">not told</span>`}</td></tr>`;
}

function functions(data) {
	const rows = data.nics.flatMap((nic) =>
		(nic.vfs ?? []).map((f) => vfRow(nic, f, data)));

	return rows.length > 0 && html`<section><h2>Virtual functions</h2>
		<table class="grid"><caption class="hidden">Virtual functions</caption>
		<thead><tr><th scope="col">VF</th><th scope="col">MAC</th>
		<th scope="col">VLAN</th><th scope="col" class="wide">link</th>
		<th scope="col" class="wide">trusted</th>
		<th scope="col">used by</th></tr></thead><tbody>${rows}</tbody></table>
		</section>`;
}

export function wireOf(data) {
	return html`${heard(data.nics)}${functions(data)}`;
}
