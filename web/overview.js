// overview.js - the first page: how much is known, and who is silent.

import { host, hosts, switches } from "./api.js";
import { html, link } from "./html.js";
import { age } from "./time.js";
import { plural, silenceReason } from "./words.js";

const DETAILS_MOST = 12; // hosts asked for the names of their silent NICs

const known = new Map(); // host id -> { stamp, silent NICs }

// The list of hosts only counts; names are asked anew when the counts moved.
// null: nobody answered, so nothing is known of them.
async function silentNics(h, signal) {
	const stamp = `${h.last_report} ${h.nics} ${h.nics_with_neighbor} ${h.silent}`;
	const old = known.get(h.id);

	if (old?.stamp === stamp)
		return old.nics;
	const detail = await host(h.id, signal).catch(() => null);

	if (!detail)
		return null;
	const nics = (detail.nics ?? []).filter((nic) =>
		nic.neighbor?.state !== "current").map((nic) => ({ nic, host: h }));

	known.set(h.id, { stamp, nics });
	return nics;
}

async function load(_argument, signal) {
	const [hostAnswer, switchAnswer] =
		await Promise.all([hosts(signal), switches(signal)]);
	const lacking = hostAnswer.hosts.filter((h) =>
		!h.silent && h.nics_with_neighbor < h.nics);
	const asked = lacking.slice(0, DETAILS_MOST);
	const nics = await Promise.all(asked.map((h) => silentNics(h, signal)));

	return {
		now: hostAnswer.now,
		hosts: hostAnswer.hosts,
		switches: switchAnswer.switches,
		lacking: lacking.filter((h, i) => !nics[i]),
		nics: nics.filter((some) => some).flat(),
	};
}

function tile(count, one, many, note, bad) {
	return html`<li><b>${count}</b> <span>${count === 1 ? one : many}</span>
		<small class="${bad ? "bad" : ""}">${note}</small></li>`;
}

function tiles(data) {
	const sum = (member) => data.hosts.reduce((n, h) => n + (h[member] ?? 0), 0);
	const silent = data.hosts.filter((h) => h.silent).length;
	const quiet = data.switches.filter((s) => s.state !== "current").length;
	const nics = sum("nics");
	const without = nics - sum("nics_with_neighbor");

	return html`<ul class="tiles">
		${tile(data.hosts.length, "host", "hosts",
			silent ? `${silent} not reporting` : "all report", silent > 0)}
		${tile(data.switches.length, "switch", "switches",
			quiet ? `${quiet} no longer heard` : "all heard of late", quiet > 0)}
		${tile(nics, "NIC", "NICs", "of all hosts")}
		${tile(nics - without, "with a neighbor", "with a neighbor",
			without ? `${without} without` : "none without")}
	</ul>`;
}

function notReporting(all) {
	const silent = all.filter((h) => h.silent);

	return html`<section><h2>Not reporting</h2>${silent.length === 0
		? html`<p class="quiet">Every host reports.</p>`
		: html`<ul class="rows">${silent.map((h) => html`<li data-key="${h.id}">${
			link("host", h.id, html`<b>${h.name}</b> <span class="bad">last
			report ${age(h.last_report)} ago</span>
			<small>${h.os}${h.model && `, ${h.model}`}</small>`)}</li>`)}</ul>`
	}</section>`;
}

function whyQuiet({ nic, host: h }) {
	const n = nic.neighbor;

	if (!n)
		return silenceReason(nic, h);
	return html`was on ${n.port.short_name} of ${n.switch.short_name}`;
}

function hearNothing(data) {
	const rows = data.nics.map((entry) => {
		const name = `${entry.host.name} ${entry.nic.name}`;

		return html`<li data-key="${name}">${link("path", name, html`<b>${name}</b>
			<span>${whyQuiet(entry)}</span>`)}</li>`;
	});
	const others = data.lacking.map((h) => html`<li data-key="${h.id}">${
		link("host", h.id, html`<b>${h.name}</b> <span>${
		h.nics - h.nics_with_neighbor} of ${plural(h.nics, "NIC")}</span>`)}</li>`);

	const away = data.hosts.filter((h) => h.silent)
		.reduce((sum, h) => sum + (h.nics ?? 0), 0);

	return html`<section><h2>NICs without a neighbor</h2>${
		rows.length + others.length > 0 &&
			html`<ul class="rows">${rows}${others}</ul>`}${
		away > 0 ? html`<p class="quiet">${plural(away, "NIC is",
			"NICs are")} on hosts that do not report.</p>`
			: rows.length + others.length === 0 &&
			html`<p class="quiet">Every NIC hears its switch port.</p>`
	}</section>`;
}

function empty() {
	return html`<section class="first"><h1>Nothing reported yet</h1>
		<p>This collector is ready and knows no host. On each host, start the
		agent and name this collector:</p>
		<pre>demarc-agent --collector ${location.origin}</pre>
		<p class="quiet">The first host appears here within seconds of its first
		report, its neighbors with the next LLDP or CDP frame (30 s or 60 s is
		what switches do).</p></section>`;
}

function switchRow(s) {
	return html`<li data-key="${s.id}">${link("switch", s.id, html`<b>${
		s.short_name ?? s.name}</b> <span>${plural(s.ports_seen, "port")} seen,
		${plural(s.hosts, "host")}</span> <small>${s.model}</small>`)}</li>`;
}

export const overview = {
	tab: "overview",
	title: () => "Overview",
	load,
	render(data) {
		if (data.hosts.length === 0)
			return empty();
		return html`<h1 class="hidden">Overview</h1>${tiles(data)}
			<div class="columns"><div>${hearNothing(data)}</div>
			<div>${notReporting(data.hosts)}<section><h2>Switches</h2>
			<ul class="rows">${data.switches.slice(0, 12).map(switchRow)}</ul>
			<p class="more"><a href="#/switches">All switches</a></p></section>
			</div></div>`;
	},
};
