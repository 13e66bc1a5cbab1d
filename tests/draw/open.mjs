// open.mjs - opens drawings in programs that demarc did not write.
//
//	node open.mjs FILE...
//
// Prints a line of JSON for each file: what the program of its suffix has found
// in it, or {"error": ...}.  'said' is what the browser's console was told.

import { build } from "esbuild";
import { readFile } from "node:fs/promises";
import { extname } from "node:path";

import { launch } from "../browser/browser.mjs";

async function bundle() {
	const built = await build({
		entryPoints: [new URL("openers.mjs", import.meta.url).pathname],
		bundle: true, write: false, format: "iife", globalName: "openers",
		loader: { ".woff2": "empty" }, logLevel: "error",
		conditions: ["production"],
		define: { "process.env.NODE_ENV": '"production"',
			"import.meta.env": "{}" },
	});

	return built.outputFiles.find((f) => f.path.endsWith(".js") ||
		f.path === "<stdout>").text;
}

const browser = await launch();
const page = await (await browser.newContext({ offline: true })).newPage();
const said = [];

page.on("console", (m) => said.push(m.text()));
page.on("dialog", (d) => {
	said.push(`dialog: ${d.message()}`);
	d.dismiss();
});
page.on("request", (r) => said.push(`asks for ${r.url().slice(0, 200)}`));
await page.goto("about:blank");
await page.addScriptTag({ content: await bundle() });
for (const file of process.argv.slice(2)) {
	const opener = extname(file).slice(1);
	const text = await readFile(file, "utf8");
	const result = await page.evaluate(async ([name, drawing]) => {
		try {
			return { found: await globalThis.openers[name](drawing) };
		} catch (error) {
			return { error: String(error) };
		}
	}, [opener, text]);

	console.log(JSON.stringify({ ...result, said: said.splice(0) }));
}
await browser.close();
