// search.js - the search box: a combobox whose list the collector answers.
//
// Keys: "/" from anywhere, arrows, Enter, Escape.

import { address, html, patch } from "./html.js";
import { find, NotReached } from "./api.js";
import { hitKind, hitState, hitTarget, plural } from "./words.js";

const PAUSE_MS = 120; // typing is over when no key came for this long
const SHOWN_MOST = 8;

const box = document.getElementById("query");
const popup = document.getElementById("matches-box");
const list = document.getElementById("matches");
const readAs = document.getElementById("read-as");
const live = document.getElementById("live");

let hits = [];
let marked = -1;
let asked = new AbortController();
let timer = 0;

function close() {
	popup.hidden = true;
	box.setAttribute("aria-expanded", "false");
	box.removeAttribute("aria-activedescendant");
	marked = -1;
}

function mark(index) {
	marked = index;
	for (const [i, row] of [...list.children].entries())
		row.setAttribute("aria-selected", String(i === index));
	box.setAttribute("aria-activedescendant", `match-${index}`);
	list.children[index].scrollIntoView({ block: "nearest" });
}

function showNote(text) {
	hits = [];
	patch(readAs, html`${text}`);
	patch(list, html``);
	open();
}

function open() {
	popup.hidden = false;
	box.setAttribute("aria-expanded", String(hits.length > 0));
	box.removeAttribute("aria-activedescendant");
	marked = -1;
}

function row(hit, i) {
	return html`<li role="option" id="match-${i}" aria-selected="false"
		data-index="${i}"><span class="kind">${hitKind(hit)}</span>
		<b>${hit.title}</b> <small>${hitState(hit)}</small></li>`;
}

function show(answer) {
	const reading = (answer.read_as ?? []).map((r) => r.text).join(" or ");
	const more = answer.count - SHOWN_MOST;

	hits = answer.hits.slice(0, SHOWN_MOST);
	if (hits.length === 0) {
		showNote(`nothing known by this name${reading && `, read as ${reading}`}`);
		live.textContent = "No match";
		return;
	}
	patch(readAs, html`${reading && `read as ${reading}`}${
		more > 0 && `; ${more} more, Enter lists all`}`);
	patch(list, html`${hits.map(row)}`);
	live.textContent = plural(answer.count, "match", "matches");
	open();
}

async function ask(text) {
	asked.abort();
	asked = new AbortController();
	const { signal } = asked;

	try {
		const answer = await find(text, signal);

		if (!signal.aborted && box.value.trim() === text)
			show(answer);
	} catch (error) {
		if (signal.aborted)
			return;
		showNote(error instanceof NotReached
			? "the collector cannot be reached" : error.message);
	}
}

function typed() {
	const text = box.value.trim();

	clearTimeout(timer);
	if (text === "") {
		asked.abort();
		close();
	} else {
		timer = setTimeout(ask, PAUSE_MS, text);
	}
}

function go(target) {
	clearTimeout(timer);
	asked.abort();
	close();
	box.blur();
	location.hash = address(...target).text;
}

async function submit(event) {
	const text = box.value.trim();

	event.preventDefault();
	if (marked >= 0) {
		go(hitTarget(hits[marked]));
		return;
	}
	if (text === "")
		return;
	go(["find", text]);
}

function keyed(event) {
	const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];

	if (event.key === "Escape" && popup.hidden) {
		box.blur();
	} else if (event.key === "Escape") {
		event.preventDefault();
		close();
	} else if (step && !popup.hidden && hits.length > 0) {
		event.preventDefault();
		if (marked < 0)
			mark(step > 0 ? 0 : hits.length - 1);
		else
			mark((marked + step + hits.length) % hits.length);
	}
}

function slash(event) {
	const typing = /^(input|textarea|select)$/
		.test(document.activeElement.localName);

	if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
		event.preventDefault();
		box.focus();
		box.select();
	}
}

export function searchStart() {
	box.addEventListener("input", typed);
	box.addEventListener("keydown", keyed);
	box.addEventListener("blur", close);
	document.getElementById("search").addEventListener("submit", submit);
	document.addEventListener("keydown", slash);
	popup.addEventListener("mousedown", (event) => {
		const chosen = event.target.closest("[data-index]");

		event.preventDefault(); // keep the focus: blur would close the list
		if (chosen)
			go(hitTarget(hits[Number(chosen.dataset.index)]));
	});
}

