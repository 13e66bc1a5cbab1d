// main.js - starts the page: addresses, refreshing, light and dark.
//
//	location.hash -> a page -> load (asks the collector) -> render -> patch
//
// A page is { tab, title(argument), load(argument, signal),
// render(data, argument) } and may have elsewhere(data), an address that
// answers better than itself, and name(data), a better title than its argument.

import { NotReached, Problem } from "./api.js";
import { html, patch } from "./html.js";
import { found } from "./found.js";
import { host } from "./host.js";
import { hosts } from "./hosts.js";
import { isLive, liveStart } from "./live.js";
import { overview } from "./overview.js";
import { panelStart } from "./panel.js";
import { path } from "./path.js";
import { searchStart } from "./search.js";
import { switchPage } from "./switch.js";
import { switches } from "./switches.js";
import { clockSet, clockStop, tick, wallClock } from "./time.js";
import { vlan } from "./vlan.js";
import { vlans } from "./vlans.js";
import { vm } from "./vm.js";
import { vms } from "./vms.js";
import { vswitch } from "./vswitch.js";
import { vswitches } from "./vswitches.js";

// Ages are told anew by heartbeats, which are no events.
const REFRESH_MS = 2000;
const REFRESH_LIVE_MS = 10000;
const PAGES = {
	"": overview, find: found, path, hosts, host, vms, vm, vswitches, vswitch,
	vlans, vlan, switches,
	switch: switchPage,
};

const main = document.getElementById("main");
const lost = document.getElementById("lost");

let shown = null; // { page, argument, data }: what stands in main
let asked = new AbortController();
let timer = 0;
let lostSince = null;

function decoded(text) {
	try {
		return decodeURIComponent(text);
	} catch {
		return text; // a stray per cent sign: taken as it is
	}
}

function route() {
	const [, name = "", argument = ""] =
		/^#?\/?([^/]*)\/?(.*)$/s.exec(location.hash);

	return { page: PAGES[name] ?? null, argument: decoded(argument) };
}

function draw() {
	const { page, argument, data } = shown;

	patch(main, page.render(data, argument));
	tick(main);
}

function markTab(tab) {
	for (const link of document.querySelectorAll("[data-tab]")) {
		if (link.dataset.tab === tab)
			link.setAttribute("aria-current", "page");
		else
			link.removeAttribute("aria-current");
	}
}

function reached() {
	lostSince = null;
	lost.hidden = true;
	document.body.classList.remove("stale");
	main.setAttribute("aria-busy", "false");
}

function notReached(page) {
	lostSince ??= new Date();
	clockStop();
	lost.textContent = `Collector not reached since ${wallClock(lostSince)}${
		shown ? "; showing what was known then." : ". Trying again."}`;
	lost.hidden = false;
	document.body.classList.add("stale");
	main.setAttribute("aria-busy", "false");
	if (!shown)
		patch(main, html`<h1>${page.title("")}</h1><p>The collector at ${
			location.host} does not answer. This page asks again by
			itself.</p>`);
}

function problem(error) {
	shown = null;
	patch(main, html`<section class="first"><h1>${error.status === 404
		? "Not known" : "The collector refuses"}</h1><p>${error.message}</p>
		<p class="quiet">The search box takes any notation: a MAC address, a NIC,
		a host, a switch or one of its ports.</p></section>`);
	reached();
}

function show(page, argument, data) {
	const elsewhere = page.elsewhere?.(data);

	clockSet(data.now);
	if (elsewhere) {
		location.replace(elsewhere);
		return;
	}
	shown = { page, argument, data };
	document.title = `${page.name?.(data) ?? page.title(argument)} – demarc`;
	draw();
	reached();
}

async function refresh() {
	const { page, argument } = route();

	clearTimeout(timer);
	asked.abort();
	asked = new AbortController();
	const { signal } = asked;

	try {
		const data = await page.load(argument, signal);

		if (!signal.aborted)
			show(page, argument, data);
	} catch (error) {
		if (signal.aborted)
			return;
		if (error instanceof Problem)
			problem(error);
		else if (error instanceof NotReached)
			notReached(page);
		else
			throw error;
	}
	if (!signal.aborted && !document.hidden)
		timer = setTimeout(refresh, isLive() ? REFRESH_LIVE_MS : REFRESH_MS);
}

function navigate(event) {
	const { page, argument } = route();

	if (!page) {
		location.replace("#/");
		return;
	}
	shown = null;
	main.setAttribute("aria-busy", "true");
	document.title = `${page.title(argument)} – demarc`;
	markTab(page.tab);
	if (event) {
		main.focus({ preventScroll: true });
		scrollTo(0, 0);
		document.getElementById("live").textContent = page.title(argument);
	}
	refresh();
}

function switchTheme() {
	const root = document.documentElement;
	const dark = matchMedia("(prefers-color-scheme: dark)").matches;
	const now = root.dataset.theme ?? (dark ? "dark" : "light");

	root.dataset.theme = now === "dark" ? "light" : "dark";
	try {
		localStorage.setItem("theme", root.dataset.theme);
	} catch {
		// Kept until the page is closed.
	}
}

searchStart();
panelStart(main, () => shown && draw());
addEventListener("hashchange", navigate);
document.addEventListener("visibilitychange", () => {
	if (!document.hidden)
		refresh();
});
document.getElementById("theme").addEventListener("click", switchTheme);
document.getElementById("skip").addEventListener("click", (event) => {
	event.preventDefault(); // the address names a page, not a place in it
	main.focus();
});
setInterval(() => tick(main), 1000);
navigate();
liveStart(refresh);
