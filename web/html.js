// html.js - markup from templates that escape, and pages that change in place.
//
//	values -> [html`...`] -> markup -> [patch] -> the document
//
// Whatever stands in ${} is text, with two exceptions: markup made by html,
// and arrays of such.  So a name that a stranger sent over the wire cannot
// become an element.  null, undefined and false become nothing.

const TEXT_MOST = 300; // a name longer than that is an attack or an accident

// Controls, and what turns or hides text: they could make one name look like
// another.
// eslint-disable-next-line no-control-regex
const DECEIVING = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

class Markup {
	constructor(text) {
		this.text = text;
	}
}

function cleaned(value) {
	let text = String(value);

	if (text.length > TEXT_MOST)
		text = `${[...text.slice(0, TEXT_MOST)].slice(0, -1).join("")}…`;
	return text.replace(DECEIVING, "\ufffd");
}

function written(value) {
	if (value instanceof Markup)
		return value.text;
	if (Array.isArray(value))
		return value.map(written).join("");
	if (value === null || value === undefined || value === false)
		return "";
	return cleaned(value).replace(/[&<>"'`]/g,
		(c) => `&#${c.charCodeAt(0)};`);
}

export function html(strings, ...values) {
	return new Markup(strings.reduce((text, string, i) =>
		text + written(values[i - 1]) + string));
}

// Markup with something between its parts: joined(links, ", ").
export function joined(parts, between) {
	return parts.map((part, i) => (i === 0 ? part : [between, part]));
}

// A link within the page: link("path", "hv1 ens1f0", html`<b>ens1f0</b>`).
export function link(page, argument, content) {
	return html`<a href="${address(page, argument)}">${content}</a>`;
}

// Not cut like other text: a cut address would lead elsewhere.
export function address(page, argument) {
	const escaped = encodeURIComponent(argument).replaceAll("'", "%27");

	return new Markup(`#/${page}/${escaped}`);
}

function keyOf(node) {
	return node.nodeType === Node.ELEMENT_NODE ? node.dataset?.key : undefined;
}

function patchAttributes(live, next) {
	for (const { name } of [...live.attributes]) {
		if (!next.hasAttribute(name) && !ownedByReader(live, name))
			live.removeAttribute(name);
	}
	for (const { name, value } of next.attributes) {
		if (live.getAttribute(name) !== value && !ownedByReader(live, name))
			live.setAttribute(name, value);
	}
}

// What the reader opened stays open.
function ownedByReader(element, attribute) {
	return element.localName === "details" && attribute === "open";
}

function patchNode(live, next) {
	if (live.nodeType !== Node.ELEMENT_NODE) {
		if (live.nodeValue !== next.nodeValue)
			live.nodeValue = next.nodeValue;
		return;
	}
	patchAttributes(live, next);
	patchChildren(live, next);
}

function alike(live, next) {
	return live !== null && live.nodeName === next.nodeName &&
		keyOf(live) === keyOf(next);
}

// Walks both lists of children; everything before 'at' is done.
function patchChildren(live, next) {
	const keyed = new Map([...live.childNodes].filter(keyOf)
		.map((node) => [keyOf(node), node]));
	let at = live.firstChild;

	for (const wanted of [...next.childNodes]) {
		const moved = keyed.get(keyOf(wanted));
		const found = alike(at, wanted) ? at : moved;

		if (found && found.nodeName === wanted.nodeName) {
			keyed.delete(keyOf(wanted));
			if (found !== at)
				live.insertBefore(found, at);
			patchNode(found, wanted);
			at = found.nextSibling;
		} else {
			live.insertBefore(wanted, at);
		}
	}
	while (at !== null) {
		const after = at.nextSibling;

		at.remove();
		at = after;
	}
}

// Makes the children of 'element' what 'markup' says and touches only what
// differs: focus, scrolling, selection and what was opened stay.  Elements
// with data-key are recognised when they moved.
export function patch(element, markup) {
	const template = document.createElement("template");

	template.innerHTML = written(markup);
	patchChildren(element, template.content);
}
