// browser.mjs - Debian's chromium, and pages that note whatever is wrong.

import { readFile } from "node:fs/promises";

import { chromium } from "playwright-core";

const axe = await readFile(new URL("node_modules/axe-core/axe.min.js",
	import.meta.url), "utf8");
const READY = "main[aria-busy=false] h1";

const SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-quic",
	"--no-first-run", "--disable-background-networking",
	"--disable-component-update", "--disable-sync"];

export const launch = () => chromium.launch({
	executablePath: process.env.CHROMIUM, args: SWITCHES,
});

// Opens the page at 'hash'; page.wrong collects what should not happen.
export async function open(browser, url, hash, options = {}) {
	const context = await browser.newContext({
		viewport: { width: options.width ?? 1440, height: 900 },
		colorScheme: options.theme ?? "light",
	});
	const page = await context.newPage();

	page.wrong = [];
	page.on("console", (m) => page.wrong.push(
		`console: ${m.text()} ${m.location().url}`));
	page.on("pageerror", (e) => page.wrong.push(`error: ${e.message}`));
	page.on("dialog", (d) => {
		page.wrong.push(`dialog: ${d.message()}`);
		d.dismiss();
	});
	page.on("request", (r) => {
		if (!r.url().startsWith(`${url}/`))
			page.wrong.push(`foreign request: ${r.url()}`);
	});
	await page.addInitScript(() => {
		addEventListener("securitypolicyviolation", (e) =>
			console.error(`CSP ${e.violatedDirective} ${e.blockedURI}`));
	});
	await page.goto(`${url}/${hash}`);
	await page.waitForSelector(READY);
	return page;
}

// Goes to another hash of the same document, as a link would.
export async function visit(page, hash) {
	await page.evaluate((to) => { location.hash = to; }, hash);
	await page.waitForSelector(READY);
}

// What axe-core finds against WCAG 2.2 AA and its best practices.
export async function violations(page) {
	await page.evaluate(axe);
	const result = await page.evaluate(() => globalThis.axe.run());

	return result.violations.map((v) =>
		`${v.id}: ${v.nodes.slice(0, 3).map((n) => n.target.join(" ")).join("; ")}`);
}

export function overflow(page) {
	return page.evaluate(() =>
		document.documentElement.scrollWidth - innerWidth);
}
