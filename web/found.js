// found.js - the page of a question: the list of what matches, by kind.
//
// When one thing is clearly meant the page steps aside for it.

import { find } from "./api.js";
import { address, html, link } from "./html.js";
import {
	clearHit, heardText, hitState, hitTarget, kindName, plural,
} from "./words.js";

function hitRow(hit) {
	const when = hit.heard?.length > 0 && html`, ${heardText(hit.heard)}`;

	return html`<li data-key="${hit.kind} ${hit.title} ${
		hit.workload ?? ""}">${
		link(...hitTarget(hit), html`<b>${hit.title}</b>${
		hit.workload && ` of ${hit.workload}`}
		<span>${hitState(hit)}</span> <small>${hit.why}${when}</small>`)}</li>`;
}

function group([kind, hits]) {
	return html`<section data-key="${kind}"><h2>${kindName(kind)}
		<small>${hits.length}</small></h2>
		<ul class="rows">${hits.map(hitRow)}</ul></section>`;
}

// The VLAN itself before all that has to do with it.
const first = (hit) => Number(hit.exact && hit.kind === "vlan");

function grouped(hits) {
	const groups = new Map();

	for (const hit of [...hits].sort((a, b) => first(b) - first(a)))
		groups.set(hit.kind, [...(groups.get(hit.kind) ?? []), hit]);
	return [...groups];
}

function nothing() {
	return html`<p>Nothing known by this name. demarc knows NICs, MAC addresses,
		hosts, VMs, containers, switches, their ports, VLANs and IP addresses that
		an agent has reported or a switch has announced. A port where no agent listens is not known;
		that does not mean it is free.</p>`;
}

export const found = {
	tab: "",
	title: (query) => `Search: ${query}`,
	load: (query, signal) => find(query, signal),

	// Another address when the page has no reason to stay.
	elsewhere(answer) {
		const hit = clearHit(answer);
		const target = hit && hitTarget(hit);

		return target && target[0] !== "find" ? address(...target).text : null;
	},

	render(answer, query) {
		const reading = (answer.read_as ?? []).map((r) => r.text).join(" or ");

		return html`<h1>“${query}”</h1>
			${answer.count > 0 && !answer.named &&
				html`<p>Nothing is called so. What comes close:</p>`}
			<p class="quiet">${reading && `Read as ${reading}. `}${
				plural(answer.count, "match", "matches")}${
				answer.truncated && `, the first ${answer.hits.length} are shown`
			}.</p>${answer.count === 0 ? nothing()
				: grouped(answer.hits).map(group)}`;
	},
};
