// path.js - the page that answers: which switch port does this NIC use?

import { host, path as ask } from "./api.js";
import { drawLinks } from "./draw.js";
import { html, joined, link } from "./html.js";
import { heardList } from "./heard.js";
import {
	isDown, isResting, memberState, rankOf, subjectOf,
} from "./inside.js";
import { strip } from "./strip.js";
import { age } from "./time.js";
import { carriesList, toldBy, troubleNotes } from "./told.js";
import {
	endText, evidenceOf, heardText, isUndecided, lifeText, neighborText,
	plural, protocolName, shortPort, shortSwitch, silenceReason, topicName,
} from "./words.js";

const HOSTS_NAMED_MOST = 4;

const nameOf = (leg) => (leg.nic.unknown
	? `${leg.host.name} ${subjectOf(leg) ?? leg.vswitch?.[0]?.name ?? ""}`
	: `${leg.host.name} ${leg.nic.name}`);

// "hv5 ens1f0, standby", from whichever of several vNICs.
function legTitle(leg, several) {
	const state = memberState(leg);

	return html`${several && leg.vnic?.name && html`${leg.vnic.name} by `}${
		link("path", nameOf(leg), nameOf(leg))}${state && `, ${state}`}`;
}

// One leg gets its siblings beside it: "does it work on the other uplink?"
async function load(of, signal) {
	const answer = await ask(of, signal);

	if (answer.legs.length !== 1 || answer.legs[0].nic.unknown)
		return { ...answer, siblings: [] };
	const [leg] = answer.legs;
	const detail = await host(leg.host.id, signal);
	const siblings = detail.nics.filter((nic) => nic.name !== leg.nic.name);

	return { ...answer, siblings };
}

function answerWords(leg) {
	const n = leg.neighbor;

	if (!n || isUndecided(n))
		return "unknown";
	const where = html`${link("path",
		`${shortSwitch(n.switch)} ${shortPort(n.port)}`, shortPort(n.port))}
		on ${link("switch", n.switch.id, shortSwitch(n.switch))}`;

	if (n.state === "ended")
		return html`was ${where}`;
	if (n.state !== "current")
		return html`last known: ${where}`;
	return n.verdict === "unknown" ? html`perhaps ${where}` : where;
}

function answerEvidence(leg) {
	const n = leg.neighbor;
	const heard = heardText(evidenceOf(leg));

	if (!n)
		return silenceReason(leg.nic, leg.host);
	if (isUndecided(n))
		return n.reason;
	if (n.state === "ended")
		return html`<span class="bad">${endText(n.ended)}</span>; last ${heard}`;
	if (n.state !== "current" && isLost(leg.host))
		return html`<span class="bad">its vCenter does not reach the host</span>;
			last ${heard}`;
	if (n.state !== "current" && leg.host.silent)
		return html`<span class="bad">the host has not reported for ${
			age(leg.host.last_report)}</span>; last ${heard}`;
	if (n.state !== "current")
		return html`<span class="bad">time to live has passed</span>; last ${heard}`;
	return heard;
}

const isLost = (h) => (h.connection ?? "connected") !== "connected";

function answerClass(leg) {
	if (!leg.neighbor || isUndecided(leg.neighbor))
		return "none";
	return leg.neighbor.state === "current" && leg.neighbor.verdict === "yes"
		? "sure" : "over";
}

// What keeps a frame from getting as far as the switch.
function obstacles({ workload: w, vnic, uplink }) {
	return [w && isResting(w) && `it does not run: ${w.state}`,
		vnic?.connected === false && "the vNIC is not connected",
		uplink?.member_state === "down" && "this leg is down",
		uplink?.holds_back].filter(Boolean)
		.map((text) => html`<br><span class="bad">${text}</span>`);
}

// What runs, over a leg that is used, uses its switch port.
function verb(leg) {
	const rests = ["off", "suspended"].includes(leg.workload?.state);

	if (!leg.workload && !leg.port_group)
		return "uses";
	if (isDown(leg))
		return "cannot leave: the link is down";
	return rests || memberState(leg) === "standby" ? "would use" : "uses";
}

function answer(leg, title) {
	return html`<header class="answer ${answerClass(leg)}">
		<div class="asked">${title}<p class="uses">${verb(leg)}</p></div>
		<p class="big">${answerWords(leg)}</p>
		<p class="evidence">${answerEvidence(leg)}${obstacles(leg)}</p></header>`;
}

const VERDICTS = {
	yes: ["✓", "agree", "good"],
	no: ["✗", "do not agree", "bad"],
	unknown: ["?", "not known whether they agree", "quiet"],
};

function sideSays(claim, silentWords) {
	const from = claim && [claim.source && protocolOrKernel(claim.source),
		claim.last_heard && html`${age(claim.last_heard)} ago`].filter(Boolean);

	if (!claim)
		return html`<span class="quiet">${silentWords}</span>`;
	return html`${claim.text}<small>${joined(from, ", ")}</small>`;
}

function protocolOrKernel(source) {
	return source === "kernel" ? source : protocolName(source);
}

function claimRow(claim) {
	const [sign, words, tone] = VERDICTS[claim.verdict] ?? VERDICTS.unknown;

	return html`<tr class="${claim.verdict === "no" ? "disagree" : ""}"
		data-key="${claim.topic}"><th scope="row">${topicName(claim.topic)}</th>
		<td class="ours">${sideSays(claim.host, "says nothing of it")}</td>
		<td class="middle"><span class="sign ${tone}" title="${words}"><span
			aria-hidden="true">${sign}</span><span class="hidden">${
			words}</span></span></td>
		<td class="theirs">${sideSays(claim.switch, "was not heard to say")}</td>
		</tr>`;
}

function claims(leg) {
	if (!leg.claims?.length)
		return html`<p class="quiet">Nothing to compare: the switch side was
			not heard.</p>`;
	return html`<table class="claims"><caption class="hidden">What both sides say
		about this cable</caption><thead><tr>
		<th scope="col"><span class="hidden">What</span></th>
		<th scope="col" class="ours">the host says</th>
		<th scope="col" class="middle"><span class="hidden">agree</span></th>
		<th scope="col" class="theirs">the switch says</th></tr></thead>
		<tbody>${leg.claims.map(claimRow)}</tbody></table>`;
}

function sibling(leg, nic) {
	const name = `${leg.host.name} ${nic.name}`;
	const where = nic.neighbor
		? html`${neighborText(nic.neighbor)} ${lifeText(nic)}`
		: html`<span class="quiet">${silenceReason(nic, leg.host)}</span>`;

	return html`<li data-key="${nic.name}"><span class="nic">${
		link("path", name, nic.name)}</span> <span class="where">${where}</span></li>`;
}

function siblingsList(title, leg, nics) {
	return nics.length > 0 && html`<section><h2>${title}</h2>
		<ul class="siblings">${nics.map((nic) => sibling(leg, nic))}</ul></section>`;
}

function siblings(leg, nics) {
	const { master } = leg.nic;
	const same = nics.filter((nic) => master && nic.master === master);
	const others = nics.filter((nic) => !same.includes(nic));

	return html`${siblingsList(
		`The other uplink${same.length > 1 ? "s" : ""} of ${master}`, leg, same)}
		${siblingsList(`Other NICs of ${leg.host.name}`, leg, others)}`;
}

function why(leg) {
	const n = leg.neighbor;

	return n && html`<section><h2>How demarc knows</h2>
		<p>${n.reason}</p>${candidates(n)}${n.evidence?.length > 0 &&
		html`<ul class="plain">${n.evidence.map(evidence)}</ul>`}</section>`;
}

function evidence(e) {
	if (e.protocol)
		return html`<li>${protocolName(e.protocol)} ${e.source_mac
			? html`from <span class="mono">${e.source_mac}</span>`
			: `through vCenter${e.via ? ` ${e.via}` : ""}`} says
			<span class="mono">${e.says_port}</span>,
			last ${age(e.last_heard)} ago, first ${age(e.first_heard)} ago</li>`;
	return html`<li>${e.rule}${e.text &&
		html`: <span class="mono">${e.text}</span>`}</li>`;
}

function candidates(n) {
	return isUndecided(n) && html`<ul class="plain">${n.candidates.map((c) =>
		html`<li>perhaps ${neighborText({ ...c, state: "current" })}, by ${
			protocolName(c.protocol)}</li>`)}</ul>`;
}

// Who told the host's side, and when; the strip says it of the other one.
function told({ host: h }) {
	return html`<p class="quiet told">As of ${link("host", h.id, h.name)}: ${
		toldBy(h)}</p>`;
}

function oneLeg(data) {
	const [leg] = data.legs;

	return html`${answer(leg, html`<h1>${subjectOf(leg) ?? nameOf(leg)}</h1>`)}${
		troubleNotes(leg.host)}${strip(leg)}${carriesList(leg)}${told(leg)}
		<div class="columns wide-left"><section><h2>Both sides of the line</h2>${
		claims(leg)}</section><div>${siblings(leg, data.siblings)}${why(leg)}
		</div></div>${heardList(leg)}`;
}

function legOfMany(leg, several) {
	return html`<article class="leg" data-key="${leg.vnic?.name ?? ""} ${
		nameOf(leg)}">
		${answer(leg, html`<h2>${legTitle(leg, several)}</h2>`)}
		${strip(leg)}${carriesList(leg)}<details><summary>Both sides of the
		line</summary>${
		claims(leg)}</details></article>`;
}

// Each host of the legs once, with what is wrong with it.
function hostsOf(legs) {
	const hosts = new Map(legs.map((leg) => [leg.host.id, leg]));

	return [...hosts.values()].slice(0, HOSTS_NAMED_MOST).map((leg) =>
		[told(leg), troubleNotes(leg.host)]);
}

const vnicOf = (leg) => leg.vnic && `${leg.host.id} ${leg.workload?.id} ${
	leg.vnic.name}`;

// Those of one vNIC stay together, those in use first.
function ordered(legs) {
	const places = new Map();

	legs.forEach((leg, i) => {
		const key = vnicOf(leg) ?? i;

		places.set(key, [...(places.get(key) ?? []), leg]);
	});
	return [...places.values()].flatMap((own) =>
		own.sort((a, b) => rankOf(a) - rankOf(b)));
}

// All legs of an answer, one under the other.
export function legsOf(data) {
	const vnics = new Set(data.legs.map((leg) => leg.vnic?.name));

	return html`${ordered(data.legs).map((leg) => legOfMany(leg, vnics.size > 1))}${
		data.truncated && html`<p class="quiet">There are more legs.</p>`}`;
}

function manyLegs(data, of) {
	const known = data.legs.filter((leg) =>
		leg.neighbor?.state === "current").length;

	return html`<h1>${of}</h1><p class="quiet">${plural(data.legs.length, "leg")},
		${known} with a switch port heard of late.</p>${hostsOf(data.legs)}${
		legsOf(data)}`;
}

export const path = {
	tab: "",
	title: (of) => `Path ${of}`,
	load,
	render: (data, of) => html`${data.legs.length === 1 ? oneLeg(data)
		: manyLegs(data, of)}${drawLinks(of)}`,
};
