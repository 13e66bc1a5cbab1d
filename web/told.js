// told.js - who says so, and when: of hosts, and of VLANs on a leg.

import { html, joined, link } from "./html.js";
import { age } from "./time.js";
import { protocolName } from "./words.js";

// "report 2 s ago", "told by vCenter vc1 40 s ago".
export function toldBy(host) {
	const who = host.via ? `told by vCenter ${host.via}` : "report";

	if (host.silent)
		return html`<span class="bad">${host.via ? `vCenter ${host.via} told`
			: "no report"} ${host.via ? "last" : "for"} ${
			age(host.last_report)}${host.via && " ago"}</span>`;
	return html`${who} ${age(host.last_report)} ago`;
}

const LOST = {
	disconnected: "is disconnected from its vCenter",
	not_responding: "does not respond to its vCenter",
};

// What keeps a host from being believed whole; empty: nothing.
export function troubles(host) {
	const { connection, connection_since: since } = host;

	return [
		LOST[connection] && html`${host.host ?? host.name} ${LOST[connection]}${
			since > 0 && html` for ${age(since)}`}: nothing of it is current`,
		host.trouble,
	].filter(Boolean);
}

export function clockText(host) {
	const ahead = host.clock_ahead_s;

	return ahead && `clock ${Math.abs(ahead)} s ${ahead > 0 ? "ahead"
		: "behind"}, times here are put right`;
}

// A paragraph for each; nothing when all is well.
export function troubleNotes(host) {
	return troubles(host).map((text) =>
		html`<p class="trouble bad">${text}</p>`);
}

// ---- does a leg carry a VLAN? --------------------------------------------------

const VERDICTS = {
	yes: ["✓", "carried", "good"],
	no: ["✗", "not carried", "bad"],
	unknown: ["?", "unknown", "quiet"],
};

export function verdictSign(verdict) {
	const [sign, words, tone] = VERDICTS[verdict] ?? VERDICTS.unknown;

	return html`<span class="${tone}"><span aria-hidden="true">${sign}</span> ${
		words}</span>`;
}

// "told by LLDP 3 s ago"; what the host itself does is its own sentence.
function evidence(e) {
	const who = e.by === "wire" ? "heard on the wire"
		: `told by ${protocolName(e.by)}`;

	if (e.by === "host")
		return e.text;
	return html`${who}${e.untagged && " (untagged)"}${
		e.source === "vsphere" && " through vCenter"}${e.last_heard > 0 &&
		html` ${age(e.last_heard)} ago`}${e.state !== "current" &&
		html` <span class="bad">stale</span>`}${e.subnets?.length > 0 &&
		html` <span class="quiet">${e.subnets.join(", ")}</span>`}`;
}

// Why a VLAN is carried, or the collector's sentence why it is not, or why
// nobody knows.
export function carriedBy(one) {
	if (one.verdict !== "yes" || !one.evidence?.length)
		return one.text;
	return joined(one.evidence.map(evidence), ", ");
}

function carriesRow(one) {
	const untold = one.unknown_vlan ? "its VLAN" : "untagged frames";
	const name = one.vlan === undefined ? untold
		: link("vlan", one.vlan, `VLAN ${one.vlan}`);

	return html`<li data-key="${one.vlan ?? untold}"><b>${name}</b>
		${verdictSign(one.verdict)} <span>${carriedBy(one)}</span></li>`;
}

// Of a leg: each VLAN of the port group.
export function carriesList(leg) {
	return leg.carries?.length > 0 && html`<ul class="carries"
		aria-label="VLANs on this leg">${leg.carries.map(carriesRow)}</ul>`;
}
