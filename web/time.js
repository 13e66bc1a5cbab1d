// time.js - ages, by the collector's clock.
//
// Every answer says what time it is at the collector, so a wrong clock in the
// reader's machine makes no wrong age.  While the collector is not reached the
// clock stands still: what is shown is what was known then.

import { html } from "./html.js";

let ahead = 0; // the collector's clock minus ours, seconds
let stopped = null; // the collector's time at which the clock stands

const ours = () => Date.now() / 1000;

export function clockSet(collectorNow) {
	ahead = collectorNow - ours();
	stopped = null;
}

export function clockStop() {
	stopped ??= ours() + ahead;
}

export function now() {
	return stopped ?? ours() + ahead;
}

// "12 s", "3 min", "5 h", "4 d": as precise as people want it.
function ageText(seconds) {
	const s = Math.max(0, Math.round(seconds));

	if (s < 90)
		return `${s} s`;
	if (s < 90 * 60)
		return `${Math.round(s / 60)} min`;
	if (s < 36 * 3600)
		return `${Math.round(s / 3600)} h`;
	return `${Math.round(s / 86400)} d`;
}

// The age of a moment, which tick keeps true.
export function age(moment) {
	return html`<span data-since="${moment}">${
		ageText(now() - moment)}</span>`;
}

// How much of a neighbor's time to live is left.
export function lifeBar(heard, expires) {
	const life = Math.max(1, expires - heard);
	const left = Math.max(0, Math.min(life, expires - now()));

	return html`<meter min="0" max="${life}" value="${Math.round(left)}"
		low="${life / 4}" data-until="${expires}"
		aria-label="time to live left">${Math.round(left)} s</meter>`;
}

// Brings all ages and bars below 'root' to this second.
export function tick(root) {
	const moment = now();

	for (const element of root.querySelectorAll("[data-since]")) {
		const text = ageText(moment - Number(element.dataset.since));

		if (element.textContent !== text)
			element.textContent = text;
	}
	for (const bar of root.querySelectorAll("meter[data-until]"))
		bar.value = Math.max(0, Number(bar.dataset.until) - moment);
}

// A moment as the clock on the reader's wall shows it: "12:04:11".
export function wallClock(date) {
	return date.toLocaleTimeString("en-GB", { hour12: false });
}
