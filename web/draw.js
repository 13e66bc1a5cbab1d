// draw.js - from a page to its drawing, in every format.

import { html, joined } from "./html.js";

const FORMATS = [["svg", "SVG"], ["pdf", "PDF"], ["drawio", "draw.io"],
	["excalidraw", "Excalidraw"], ["txt", "text"]];

function addressOf(format, scope) {
	return `/api/v1/draw.${format}?scope=${encodeURIComponent(scope)}`;
}

// "Draw it: SVG, PDF, ..." of a scope as the API has it: "host:ID".
export function drawLinks(scope) {
	return html`<p class="draw quiet">Draw it: ${joined(FORMATS.map(([format, name]) =>
		html`<a href="${addressOf(format, scope)}" target="_blank"
			rel="noreferrer">${name}</a>`), ", ")}</p>`;
}
