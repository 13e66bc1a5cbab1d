// heard.js - everything heard on one NIC, with state and reasons.

import { html } from "./html.js";
import { age, lifeBar } from "./time.js";
import { endText, memberName, protocolName } from "./words.js";

// Long words of the report that read better short.
const NAMES = {
	ttl_s: "time to live, s", pvid: "PVID", mtu: "MTU", med: "MED",
	vtp_domain: "VTP domain", source_mac: "source MAC", chassis_id: "chassis ID",
	destination_mac: "destination MAC", port_id: "port ID", native_vlan:
	"native VLAN", vlans: "VLANs", vlan_tags: "VLAN tags", voice_vlan:
	"voice VLAN", management_vlan: "management VLAN", unknown_tlvs:
	"unknown TLVs", skipped_tlvs: "skipped TLVs",
};

// Any JSON value as a line of text: what a new vendor says is shown, too.
function told(value) {
	if (Array.isArray(value))
		return value.map(told).join(", ") || "none";
	if (value !== null && typeof value === "object" && "value" in value)
		return `${told(value.value)} (${memberName(value.type ?? "")})`;
	if (value !== null && typeof value === "object")
		return Object.entries(value).map(([name, inner]) =>
			`${memberName(name)} ${told(inner)}`).join(", ");
	if (typeof value === "boolean")
		return value ? "yes" : "no";
	return String(value);
}

function member([name, value]) {
	return html`<div><dt>${NAMES[name] ?? memberName(name)}</dt>
		<dd>${name === "protocol" ? protocolName(value) : told(value)}</dd></div>`;
}

// What is no word of the switch on this cable; "why" says whose it is.
function tag(h) {
	return (h.own || h.phantom) &&
		html`<span class="tag bad">not the neighbor</span>`;
}

function state(h) {
	if (h.state === "ended" || h.ended)
		return html`<span class="state bad">${endText(h.ended)}</span>`;
	return html`<span class="life ${h.state === "current" ? "" : "past"}">${
		lifeBar(h.last_heard, h.expires)} <span>${age(h.last_heard)} ago${
		h.state === "stale" ? ", stale" : ""}</span></span>`;
}

function heardOne(h) {
	const n = h.neighbor ?? {};
	const key = `${h.protocol} ${n.source_mac} ${n.port_id?.value}`;

	return html`<li data-key="${key}"><details><summary>
		<b class="protocol">${protocolName(h.protocol)}</b>
		<span class="who">${n.system_name ?? n.chassis_id?.value ??
			n.source_mac ?? "a sender without name"}
			<span class="mono">${n.port_id?.value}</span> ${tag(h)}</span>
		${state(h)}<small class="why">${h.why}</small></summary>
		<dl class="members">${member(["first heard", `${
			new Date(h.first_heard * 1000).toISOString().slice(0, 19)
				.replace("T", " ")} UTC`])}${
		Object.entries(n).map(member)}</dl></details></li>`;
}

export function heardList(leg) {
	const heard = leg.heard ?? [];

	return html`<section><h2>Everything heard on ${leg.nic.name}</h2>${
		heard.length === 0 ? html`<p class="quiet">No frame of a discovery
			protocol was heard on this NIC.</p>`
			: html`<ul class="heard">${heard.map(heardOne)}</ul>`}</section>`;
}
