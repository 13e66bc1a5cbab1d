// openers.mjs - reads drawings by the programs that they are for, in a browser.
//
// Each gives what it has found; what it says on the way is the page's console.

import { loadFromBlob } from "@excalidraw/excalidraw";
import { GraphDataModel, ModelXmlSerializer } from "@maxgraph/core";
import mermaid from "mermaid";

// The cells as its codecs read them; how they look is draw.io's.
export function drawio(text) {
	const file = new DOMParser().parseFromString(text, "text/xml");
	const model = new GraphDataModel();

	new ModelXmlSerializer(model).import(
		new XMLSerializer().serializeToString(
			file.querySelector("mxGraphModel")));
	return Object.values(model.cells).map((cell) => ({
		id: cell.id,
		edge: cell.isEdge(),
		vertex: cell.isVertex(),
		parent: cell.parent?.id ?? null,
		source: cell.source?.id ?? null,
		target: cell.target?.id ?? null,
		x: cell.geometry?.x ?? null,
		label: cell.value?.getAttribute?.("label") ?? cell.value ?? "",
	}));
}

export async function excalidraw(text) {
	const blob = new Blob([text], { type: "application/json" });

	return (await loadFromBlob(blob, null, null)).elements;
}

// Only what strict security lets through, as a wiki would show it.
export async function mmd(text) {
	mermaid.initialize({ startOnLoad: false, securityLevel: "strict" });

	const { diagramType } = await mermaid.parse(text);
	const { svg } = await mermaid.render("drawing", text);
	const read = new DOMParser().parseFromString(svg, "text/html");
	const all = (what) => [...read.querySelectorAll(what)];

	return {
		type: diagramType,
		nodes: all(".node").length + all(".cluster").length,
		edges: all(".flowchart-link").length,
		labels: all(".nodeLabel").map((e) => e.textContent),
		claims: all(".edgeLabel p").map((e) => e.innerHTML),
		scripts: all("script, a, img").length,
	};
}
