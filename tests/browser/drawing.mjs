// drawing.mjs - drawings as programs see them that demarc did not write.
//
// Chromium, librsvg (by demarc-picture), xmllint and pdftotext; the situations
// are those of tests/support/scenes.h.  Ends with "drawings: N passed, ...".

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";

import { launch, open } from "./browser.mjs";
import { Collector } from "./collector.mjs";

const SITUATIONS = ["rack", "path", "pod"];
const MODES = ["embed", "inline", "outlines"];
const HOSTILE = ["<b onload=alert(1)>", "]]>-->", "\"'&amp;", "\u202egnp.exe",
	"a\x01\x7f\x1b[31m", "x".repeat(10000), "=cmd|'/C calc'!A0", "`${x}`"];
const APART_MOST = 0.03; // root of the mean square, of the whole range
const WIDTH_OFF_MOST_PX = 0.05;
const CONTRAST_LEAST = 4.5;

const build = process.env.BUILD;
const hasFont = existsSync(new URL("../../web/hand.woff2", import.meta.url));
const pictures = hasFont && existsSync(`${build}/demarc-picture`);

const tests = [];
const test = (name, run, can = true) => tests.push({ name, run, can });

let browser;

function draw(situation, format, { name, theme, mode } = {}) {
	return execFileSync(`${build}/write-drawing`,
		[situation, format, ...(name === undefined ? [] : [name])], {
			env: { ...process.env, THEME: theme ?? "light",
				MODE: mode ?? "embed" },
			maxBuffer: 1 << 27,
		});
}

// What 'program' says of 'input'; it has to like it.
function told(program, args, input) {
	const { status, stdout, stderr } = spawnSync(program, args,
		{ input, encoding: "utf8", maxBuffer: 1 << 27 });

	assert.equal(status, 0, `${program}: ${stderr}`);
	assert.equal(stderr, "");
	return stdout;
}

// The drawing alone in a page of its size.
async function shown(svg) {
	const [, width, height] =
		/ width="([\d.]+)" height="([\d.]+)"/.exec(svg).map(Number);
	const context = await browser.newContext({
		viewport: { width: Math.ceil(width), height: Math.ceil(height) },
	});
	const page = await context.newPage();

	await page.setContent(
		`<body style="margin:0;font-size:0">${svg}</body>`);
	await page.evaluate(() => document.fonts.ready);
	return page;
}

// How far two PNGs are apart, each pixel's channels from 0 to 1.
async function apart(a, b) {
	const page = await browser.newPage();
	const result = await page.evaluate(async (files) => {
		const [x, y] = await Promise.all(files.map(async (file) => {
			const image = new Image();

			image.src = `data:image/png;base64,${file}`;
			await image.decode();
			const canvas = new OffscreenCanvas(image.width, image.height);
			const context = canvas.getContext("2d");

			context.drawImage(image, 0, 0);
			return context.getImageData(0, 0, image.width, image.height);
		}));
		let sum = 0;
		let coloured = 0;

		if (x.width !== y.width || x.height !== y.height)
			return { sizes: `${x.width}x${x.height} ${y.width}x${y.height}` };
		for (let i = 0; i < x.data.length; i += 1) {
			sum += ((x.data[i] - y.data[i]) / 255) ** 2;
			if (i % 4 === 0 && (x.data[i] !== x.data[i + 1] ||
					x.data[i] !== x.data[i + 2]))
				coloured += 1;
		}
		return { rms: Math.sqrt(sum / (x.data.length * 0.75)), coloured };
	}, [a, b].map((png) => png.toString("base64")));

	await page.close();
	assert.equal(result.sizes, undefined);
	return result;
}

// Thousandths of the size for each letter, as layout measures them.
async function widths() {
	const source = await readFile(new URL(
		"../../collector/draw/letters.c", import.meta.url), "utf8");
	const table = (name) => new RegExp(`${name}\\[[^\\]]*\\] = \\{([^}]*)\\}`)
		.exec(source)[1].split(",").map(Number);

	return { ascii: table("ascii"), latin: table("latin") };
}

function luminance(hex) {
	const digits = hex.length === 4
		? [...hex.slice(1)].map((d) => d + d) : hex.slice(1).match(/../g);
	const [r, g, b] = digits.map((d) => parseInt(d, 16) / 255).map((c) =>
		(c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));

	return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

test("Chromium and librsvg draw the same", async () => {
	for (const situation of SITUATIONS) {
		const page = await shown(draw(situation, "svg").toString());
		const { rms } = await apart(
			await page.screenshot(), draw(situation, "png"));

		assert.ok(rms < APART_MOST, `${situation}: ${rms}`);
		await page.context().close();
	}
}, pictures);

test("a text is as wide as the table says", async () => {
	const { ascii, latin } = await widths();

	for (const situation of SITUATIONS) {
		const page = await shown(draw(situation, "svg").toString());
		const texts = await page.evaluate(() =>
			[...document.querySelectorAll("text")].map((t) => ({
				text: t.textContent,
				size: Number(t.getAttribute("font-size")),
				width: t.getComputedTextLength(),
			})));

		assert.ok(texts.length > 20);
		for (const { text, size, width } of texts) {
			const sum = [...text].map((c) => c.charCodeAt(0))
				.reduce((all, c) => all +
					(c < 0x7f ? ascii[c - 0x20] : latin[c - 0xa0]), 0);

			assert.ok(Math.abs(width - sum * size / 1000) <
				WIDTH_OFF_MOST_PX, `${text}: ${width} for ${sum * size / 1000}`);
		}
		await page.context().close();
	}
}, hasFont);

test("xmllint has nothing to say, whatever the names are", () => {
	for (const mode of MODES) {
		for (const situation of SITUATIONS)
			told("xmllint", ["--noout", "-"],
				draw(situation, "svg", { mode }));
		for (const name of HOSTILE) {
			const svg = draw("hostile", "svg",
				{ name: name.replace("\0", ""), mode });

			told("xmllint", ["--noout", "-"], svg);
			assert.ok(!svg.includes("\u202e"));
			assert.ok(svg.length < 1 << 19, `${svg.length}`);
		}
	}
});

test("no name runs anything in a browser", async () => {
	for (const name of HOSTILE) {
		const page = await browser.newPage();
		const said = [];

		page.on("dialog", (d) => { said.push("dialog"); d.dismiss(); });
		page.on("pageerror", (e) => said.push(e.message));
		await page.setContent(
			draw("hostile", "svg", { name }).toString());
		assert.equal(await page.locator("svg b, svg script").count(), 0);
		assert.deepEqual(said, []);
		await page.close();
	}
});

test("a PDF has its texts as texts, and is the same twice", () => {
	const pdf = draw("rack", "pdf");
	const text = told("pdftotext", ["-", "-"], pdf);

	for (const name of ["Rack C07", "sw-c07-b", "esx-07", "web-01", "vmnic3",
		"carries 130", "needs 120, 130", "demarc"])
		assert.ok(text.includes(name), name);
	assert.match(told("pdffonts", ["-"], pdf), /Patrick/);
	assert.ok(pdf.equals(draw("rack", "pdf")));
	assert.ok(draw("rack", "png").equals(draw("rack", "png")));
}, pictures);

test("on paper there is no colour, and every text is read", async () => {
	const png = draw("rack", "png", { theme: "print" });
	const { coloured } = await apart(png, png);

	assert.equal(coloured, 0);
}, pictures);

test("every text has contrast enough, by day, at night, on paper", () => {
	for (const theme of ["light", "dark", "print"]) {
		const svg = draw("rack", "svg", { theme }).toString();
		const ground = luminance(/\.wipe\{fill:(#\w+)/.exec(svg)[1]);
		const inks = [...svg.matchAll(/\.t[kbgry]\{fill:(#\w+)/g)];

		assert.equal(inks.length, 5);
		for (const [, ink] of inks) {
			const [low, high] =
				[luminance(ink), ground].sort((a, b) => a - b);

			assert.ok((high + 0.05) / (low + 0.05) >= CONTRAST_LEAST,
				`${theme}: ${ink}`);
		}
	}
});

// The styles that the classes of a drawing come to.
const styles = () => {
	const of = (node, names) => {
		const style = getComputedStyle(node);

		return names.map((name) => style[name]).join(" ");
	};

	return Object.fromEntries(["ground", "paper", "wipe", "pk", "pb", "pg",
		"pr", "py", "hk", "hb", "hg", "hl", "tk", "tb", "tg", "tr", "ty"]
		.map((name) => [name, document.querySelector(`svg .${name}`)])
		.filter(([, node]) => node)
		.map(([name, node]) => [name, of(node, ["fill", "stroke", "opacity",
			"strokeLinecap", "mixBlendMode"])]));
};

test("a drawing in a page looks as the file does, and breaks no policy", async () => {
	const collector = await Collector.create();

	try {
		for (const theme of ["light", "dark"]) {
			const file = await shown(
				draw("rack", "svg", { theme }).toString());
			const page = await open(browser, collector.url, "#/", { theme });

			await page.evaluate((svg) => {
				document.querySelector("main").innerHTML = svg;
			}, draw("rack", "svg", { mode: "inline" }).toString());
			assert.deepEqual(await page.evaluate(styles),
				await file.evaluate(styles));
			assert.deepEqual(page.wrong.filter(
				(w) => !w.includes("hand.woff2")), []);
			await page.context().close();
			await file.context().close();
		}
	} finally {
		await collector.remove();
	}
});

let failed = 0;
let passed = 0;

browser = await launch();
for (const { name, run, can } of tests) {
	if (!can) {
		console.log(`skipped ${name}: ${hasFont
			? "demarc-picture is not built" : "the font is missing"}`);
		continue;
	}
	try {
		await run();
		passed += 1;
		console.log(`ok     ${name}`);
	} catch (error) {
		failed += 1;
		console.log(`FAILED ${name}\n       ${
			error.message.split("\n").join("\n       ")}`);
	}
}
await browser.close();
console.log(`drawings: ${passed} passed, ${failed} failed, ${
	tests.length - passed - failed} skipped`);
process.exitCode = failed > 0 ? 1 : 0;
