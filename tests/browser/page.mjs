// page.mjs - what the pages must do, each test one sentence.
//
// Ends with "browser: N passed, N failed, N skipped".

import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import { launch, open, overflow, violations, visit } from "./browser.mjs";
import { Collector, report } from "./collector.mjs";

const REFRESH_MOST_MS = 2500;
const WIDE = 1440;
const PHONE = 390;

const DSWITCH =
	"#/vswitch/50%202a%207c%201e%200f%203b%2044%20d1-9a%2010%205e%200c%2077%2021%20ab%2004";

const tests = [];
const test = (name, run) => tests.push({ name, run });

let collector;
let browser;
let ids; // name of a host or switch -> its id

let hasFont = false; // was the hand font there when the page was built in?

const show = (hash, options) => open(browser, collector.url, hash, options);
const mainText = (page) => page.locator("main").innerText();
const hostAt = (name) => `#/host/${ids.get(name)}`;
const switchAt = (name) => `#/switch/${ids.get(name)}`;

function pages() {
	return ["#/", "#/hosts", hostAt("hv1"), hostAt("hv3"), "#/switches",
		switchAt("leaf1a"), "#/path/hv1%20ens1f0", "#/path/hv2%20ens1f1",
		"#/path/hv1%20eno2", "#/path/hv1", "#/find/hv", "#/find/nosuchthing",
		"#/path/nosuchthing", "#/vms", hostAt("hv5"), "#/path/hv5%20web-01",
		"#/path/hv5%20old-01", "#/path/hv5%20router", "#/path/hv5%20br-int",
		hostAt("hv6"), hostAt("esx01"), hostAt("esx02"), "#/path/db-11",
		"#/path/web-21", "#/path/fast-01", "#/path/hv6%20ens1f0np0",
		"#/vswitches", "#/vswitch/hv5%20br-ex", DSWITCH, "#/vlans",
		"#/vlan/140", "#/vm/564d0000-0000-4000-8000-000000000102",
		"#/find/140"];
}

// 'expected' are messages of the browser that the test itself has caused.
async function clean(page, expected = /^$/) {
	const wrong = page.wrong.filter((w) => !expected.test(w) &&
		(hasFont || !w.includes("/a/hand.woff2")));

	assert.deepEqual(wrong, []);
	await page.context().close();
}

async function ask(page, text) {
	await page.keyboard.press("/");
	await page.keyboard.type(text);
	await page.keyboard.press("Enter");
}

// ---- the pages ---------------------------------------------------------------

test("the overview counts and names who is silent", async () => {
	const page = await show("#/");
	const text = await mainText(page);

	assert.match(text, /8\s+hosts/);
	assert.match(text, /5\s+switches/);
	assert.match(text, /hv1 eno2\s+no link: the NIC has no carrier/);
	assert.match(text, /hv3 eno1\s+nobody listens: capture refused/);
	await clean(page);
});

test("the path page answers in large letters, with evidence and age", async () => {
	const page = await show("#/path/hv1%20ens1f0");

	assert.equal(await page.locator(".big").innerText(), "Eth1/1 on leaf1a");
	assert.match(await page.locator(".evidence").innerText(),
		/^LLDP \d+ s ago, CDP \d+ s ago$/);
	assert.deepEqual(await page.locator(".strip .name").allInnerTexts(),
		["hv1", "br0", "bond0", "ens1f0", "Eth1/1", "leaf1a"]);
	assert.match(await page.title(), /hv1 ens1f0 – demarc/);
	await clean(page);
});

test("an expired neighbor is told in the past, with its end", async () => {
	const page = await show("#/path/hv2%20ens1f1");

	assert.equal(await page.locator(".big").innerText(), "was Eth1/2 on leaf1b");
	assert.match(await page.locator(".evidence").innerText(),
		/expired \d+ (s|min) ago/);
	await clean(page);
});

test("a NIC without a neighbor says why", async () => {
	const page = await show("#/path/hv1%20eno2");

	assert.equal(await page.locator(".big").innerText(), "unknown");
	assert.match(await page.locator(".evidence").innerText(), /no carrier/);
	await clean(page);
});

test("a host's own frame is never its neighbor", async () => {
	const page = await show("#/path/hv3%20ens1f0");

	assert.equal(await page.locator(".big").innerText(), "Eth1/3 on leaf1a");
	assert.match(await mainText(page), /sent by this host itself/);
	await clean(page);
});

test("the path of a host shows all its legs", async () => {
	const page = await show("#/path/hv1");

	assert.equal(await page.locator(".leg").count(), 4);
	await clean(page);
});

test("the host page shows its NICs and its bridge", async () => {
	const page = await show(hostAt("hv1"));

	assert.equal(await page.locator(".grid tbody tr").count(), 4);
	assert.match(await page.locator(".vswitch").innerText(), /br0/);
	await clean(page);
});

test("the switch page has ports in natural order", async () => {
	const page = await show(switchAt("leaf1a"));
	const names = await page.locator(".grid tbody th").allInnerTexts();

	assert.deepEqual(names, ["Eth1/1", "Eth1/2", "Eth1/3", "Eth1/14"]);
	assert.doesNotMatch(await mainText(page), /\bfree\b/);
	await clean(page);
});

test("the arrows walk over the front of a switch", async () => {
	const page = await show(switchAt("leaf1a"));

	await page.locator("button.slot").first().focus();
	await page.keyboard.press("ArrowRight");
	assert.equal(await page.locator(".card h3").innerText(), "Eth1/2");
	assert.equal(await page.evaluate(() =>
		document.activeElement.getAttribute("aria-pressed")), "true");
	await clean(page);
});

// ---- inside the host ------------------------------------------------------------

test("the path of a VM shows every hop, and both legs", async () => {
	const page = await show("#/path/hv5%20web-01");
	const names = (leg) => page.locator(".leg").nth(leg)
		.locator(".strip .name").allInnerTexts();

	assert.deepEqual(await names(0), ["web-01", "vnet0", "tag 10", "br-int",
		"br-ex", "bond-ex", "ens1f0", "Eth1/5", "leaf2a"]);
	assert.deepEqual(await names(1), ["web-01", "vnet0", "tag 10", "br-int",
		"br-ex", "bond-ex", "ens1f1", "Eth1/5", "leaf2b"]);
	assert.match(await page.locator(".leg h2").nth(0).innerText(), /active/);
	assert.match(await page.locator(".leg h2").nth(1).innerText(), /standby/);
	await clean(page);
});

test("a path that ends in the host says where and why", async () => {
	const page = await show("#/path/hv5%20router");

	assert.equal(await page.locator(".big").innerText(), "unknown");
	assert.match(await page.locator(".evidence").innerText(),
		/does not tell which virtual switch/);
	assert.equal(await page.locator(".strip .unknown").count(), 3);
	await clean(page);
});

test("what holds a VM back is said beside its port", async () => {
	const page = await show("#/path/hv5%20old-01");
	const said = await page.locator(".evidence").innerText();

	assert.equal(await page.locator(".big").innerText(), "Eth1/7 on leaf2a");
	assert.match(said, /the vNIC is not connected/);
	assert.match(said, /br0 does not let VLAN 50 through eno1/);
	await clean(page);
});

test("the host page shows its virtual switches and what is on them", async () => {
	const page = await show(hostAt("hv5"));
	const card = (at) => page.locator(".vswitch").nth(at).innerText();

	assert.equal(await page.locator(".vswitch").count(), 4);
	assert.match(await card(0), /over patch ports[^]*br-int[^]*tag 10[^]*web-01/);
	assert.match(await card(1), /ens1f1\s+leaf2b Eth1\/5, standby/);
	assert.match(await card(2), /old-01 paused, not connected/);
	assert.match(await card(3), /no uplink[^]*virbr9/);
	assert.match(await page.locator(".adrift + .chips").innerText(), /router/);
	await clean(page);
});

test("the VMs page lists VMs and containers with their switch ports", async () => {
	const page = await show("#/vms");

	const names = await page.locator(".grid tbody th").allInnerTexts();
	const web = page.locator(".grid tbody tr")
		.nth(names.indexOf("web-01"));

	assert.equal(names.length, 16);
	assert.match(await mainText(page), /15 VMs, 1 container/);
	assert.match(await web.innerText(),
		/Eth1\/5 on leaf2a\s+Eth1\/5 on leaf2b/);
	for (const [name, state] of [["batch-11", "off"], ["test-11", "suspended"],
		["web-21", "host not responding"]])
		assert.match(await page.locator(".grid tbody tr")
			.nth(names.indexOf(name)).innerText(), new RegExp(state));
	await web.locator("th a").click();
	await page.waitForSelector(".leg");
	assert.match(await mainText(page), /VM, running, on hv5, UUID/);
	await clean(page);
});

test("the list under the box tells VMs, vNICs and port groups apart", async () => {
	const page = await show("#/");

	for (const [question, kind, title] of [["web-01", "VM", "web-01"],
		["52:54:00:05:00:02", "vNIC", "hv5 vnet1"],
		["3f4a5b6c7d8e", "container", "router"],
		["tag 20", "port group", "hv5 br-int tag 20"],
		["br-int", "virtual switch", "hv5 br-int"]]) {
		await page.locator("#query").fill(question);
		await page.locator(`#match-0 b:text-is("${title}")`).waitFor();
		assert.equal(await page.locator("#match-0 .kind").innerText(), kind);
	}
	await clean(page);
});

test("a leg of VMware tells its team, and who told it", async () => {
	const page = await show("#/path/db-11");
	const titles = await page.locator(".leg h2").allInnerTexts();

	assert.deepEqual(titles, ["Network adapter 1 by esx01 vmnic3, active",
		"Network adapter 1 by esx01 vmnic2, standby",
		"Network adapter 2 by esx01 vmnic2, active"]);
	assert.deepEqual(await page.locator(".leg").nth(0)
		.locator(".strip .name").allInnerTexts(), ["db-11",
		"Network adapter 1", "PG-DB", "DSwitch-Prod", "uplinks", "vmnic3",
		"Eth1/13", "leaf2b"]);
	assert.match(await page.locator(".leg .uses").nth(1).innerText(),
		/would use/i);
	assert.match(await mainText(page), /told by vCenter vc1 \d+ s ago/);
	assert.match(await mainText(page), /CDP through vCenter \d+ s ago/);
	assert.match(await mainText(page), /active vmnic3; standby vmnic2/);
	assert.doesNotMatch(await mainText(page), /unused/);
	await clean(page);
});

test("what a vCenter does not reach is never shown as current", async () => {
	const page = await show("#/path/web-21");

	assert.match(await mainText(page),
		/esx02 does not respond to its vCenter for \d+ s/);
	assert.deepEqual(await page.locator(".big").allInnerTexts(),
		["last known: Eth1/22 on leaf2a", "last known: Eth1/23 on leaf2b"]);
	await clean(page);
});

test("each leg says whether it carries the VLAN, and who says so", async () => {
	const page = await show("#/path/hv6%20app-01");
	const carries = (leg) => page.locator(".leg").nth(leg)
		.locator(".carries").innerText();

	assert.match(await carries(0), /VLAN 140\s+✓ carried[^]*told by LLDP \d+ s/);
	assert.match(await carries(0), /heard on the wire \d+ s ago/);
	assert.match(await carries(1), /VLAN 140\s+✓ carried\s+told by LLDP/);
	await visit(page, "#/path/hv6%20app-02");
	assert.match(await carries(1), /VLAN 150\s+\? unknown/);
	await clean(page);
});

test("a macvtap and a VF are paths like any other", async () => {
	const page = await show("#/path/fast-01");
	const names = () => page.locator(".strip .name").allInnerTexts();

	assert.deepEqual(await names(), ["fast-01", "vf0", "tag 140",
		"sriov on ens2f0np0", "ens2f0np0", "Eth1/8", "leaf2a"]);
	await visit(page, "#/path/tap-01");
	assert.deepEqual(await names(), ["tap-01", "macvtap0", "untagged",
		"macvtap on ens2f0np0", "ens2f0np0", "Eth1/8", "leaf2a"]);
	await clean(page);
});

test("a VM that does not run says so beside its port", async () => {
	const page = await show("#/path/batch-11");

	assert.match(await page.locator(".evidence").first().innerText(),
		/it does not run: off/);
	await clean(page);
});

test("the host page tells bay, clock, VLANs heard and functions", async () => {
	const page = await show(hostAt("hv6"));
	const text = await mainText(page);

	assert.match(text, /chassis MX7000-K2, bay 7/);
	assert.match(text, /clock 120 s ahead/);
	assert.match(text, /VLAN 140 10\.1\.140\.0\/24/);
	assert.match(text, /VLAN 999 [^]*stale/);
	assert.match(text, /ens2f0np0 VF 0\s+52:54:00:06:00:40\s+140[^]*fast-01/);
	await visit(page, hostAt("esx02"));
	assert.match(await mainText(page), /esx02 does not respond to its vCenter/);
	await clean(page);
});

test("a distributed switch is one, with all its hosts", async () => {
	const page = await show("#/vswitches");

	assert.equal(await page.locator("th a:text-is('DSwitch-Prod')").count(), 1);
	await page.locator("th a:text-is('DSwitch-Prod')").click();
	await page.waitForSelector("main h1:text-is('DSwitch-Prod')");
	const text = await mainText(page);

	assert.match(text, /distributed vSwitch, on 2 hosts/);
	assert.match(text, /active vmnic2; unused vmnic3/);
	assert.match(text, /PG-DMZ\s+VLAN 201, private VLAN 200,201/);
	assert.match(text, /esx02 does not respond/);
	assert.match(await page.locator("tr", { hasText: "PG-WEB" }).innerText(),
		/2\s+4\s+web-11\s+batch-11 off\s+web-21\s+batch-21 off/);
	await clean(page);
});

test("the VLAN page says who needs it and where it is carried", async () => {
	const page = await show("#/vlans");

	await page.locator("th a:text-is('140')").click();
	await page.waitForSelector("main h1:has-text('VLAN 140')");
	const row = (name) => page.locator("tr", { hasText: name }).first()
		.innerText();

	assert.match(await mainText(page), /needed by \d+ vNICs on \d+ hosts/);
	assert.match(await row("esx01 vmnic2"), /PG-BACKUP\s+\? unknown/);
	assert.match(await row("hv6 ens1f0np0"),
		/✓ carried\s+heard on the wire \d+ s ago [^]*told by LLDP/);
	assert.match(await mainText(page), /Unknown is not no/);
	await clean(page);
});

// ---- searching ------------------------------------------------------------------

const QUESTIONS = [
	["b8:ce:f6:00:01:00", "Eth1/1 on leaf1a"],
	["b8ce.f600.0100", "Eth1/1 on leaf1a"],
	["B8-CE-F6-00-01-00", "Eth1/1 on leaf1a"],
	["b8cef6000100", "Eth1/1 on leaf1a"],
	["hv1 ens1f0", "Eth1/1 on leaf1a"],
	["leaf1a e1/1", "Eth1/1 on leaf1a"],
	["leaf1a Ethernet1/1", "Eth1/1 on leaf1a"],
	["5254.0005.0007", "Eth1/7 on leaf2a"],
	["hv5 br0 tag 50", "Eth1/7 on leaf2a"],
];

for (const [question, answer] of QUESTIONS) {
	test(`"${question}" is answered at once`, async () => {
		const page = await show("#/");

		await ask(page, question);
		await page.waitForSelector(".big");
		assert.equal(await page.locator(".big").innerText(), answer);
		await clean(page);
	});
}

for (const [question, heading] of [["hv3", "hv3"], ["HV3", "hv3"],
	["cat-b07", "cat-b07"], ["hv5 br-ex", "br-ex"], ["MX7000-K2", "hv6"], ["7H2K906", "hv6"], ["10.99.0.4", "hv4"], ["10.99.1.12", "leaf1b"]]) {
	test(`"${question}" leads to ${heading}`, async () => {
		const page = await show("#/hosts");

		await ask(page, question);
		await page.waitForSelector(`main h1:text-is("${heading}")`);
		await clean(page);
	});
}

test("a question for a VLAN leads to the VLAN", async () => {
	const page = await show("#/hosts");

	await ask(page, "vlan 140");
	await page.waitForSelector("main h1:has-text('VLAN 140')");
	assert.match(await page.locator("main h1").innerText(), /backup, prod/);
	await visit(page, "#/find/140");
	assert.match(await page.locator("main h2").first().innerText(), /^VLAN/);
	await clean(page);
});

test("a phone shows which VMs do not run", async () => {
	const page = await show("#/vms", { width: PHONE });
	const row = (name) => page.locator("tbody tr", { hasText: name }).first()
		.innerText();

	assert.match(await row("batch-11"), /off/);
	assert.match(await row("web-21"), /host not responding/);
	assert.doesNotMatch(await row("web-11"), /running/);
	await clean(page);
});

test("a phone shows what each claim is about, and whole words", async () => {
	const page = await show("#/path/hv1%20ens1f0", { width: PHONE });
	const topics = page.locator(".claims tbody th");

	assert.ok((await topics.allInnerTexts()).includes("MTU"));
	for (const topic of await topics.all())
		assert.ok(await topic.isVisible());
	await visit(page, "#/switches");
	// no header cell is narrower than its longest word
	assert.equal(await page.locator(".grid thead th:visible").evaluateAll(
		(cells) => cells.filter((th) => getComputedStyle(th).overflowWrap !==
			"normal" || th.scrollWidth > th.clientWidth).length), 0);
	await clean(page);
});

test("a port that nobody hears is told as that", async () => {
	const page = await show("#/");
	const said = await page.evaluate(async () => {
		const { hitState } = await import("/a/words.js");

		return [hitState({ kind: "port" }), hitState({ kind: "nic" }),
			hitState({ kind: "nic", answer: "p on s", state: "ended",
				ended_reason: "link_down" })].map((t) => t.text ?? t);
	});

	assert.deepEqual(said, ["no NIC hears it now", "hears nothing",
		"was p on s; ended: the link went down"]);
	await clean(page);
});

test("what is not known is said, and called neither free nor absent", async () => {
	const page = await show("#/find/nosuchthing");

	assert.match(await mainText(page), /Nothing known by this name/);
	assert.match(await mainText(page), /does not mean it is free/);
	await clean(page);
});

test("the list under the box is walked with keys", async () => {
	const page = await show("#/");
	const box = page.locator("#query");

	await page.keyboard.press("/");
	await page.keyboard.type("hv");
	await page.waitForSelector("#matches li");
	assert.equal(await box.getAttribute("aria-expanded"), "true");
	await page.keyboard.press("ArrowDown");
	await page.keyboard.press("ArrowDown");
	assert.equal(await box.getAttribute("aria-activedescendant"), "match-1");
	await page.keyboard.press("ArrowUp");
	const title = await page.locator("#match-0 b").innerText();

	await page.keyboard.press("Enter");
	await page.waitForSelector(`main h1:text-is("${title}")`);
	await clean(page);
});

test("Escape closes the list, then leaves the box", async () => {
	const page = await show("#/");

	await page.keyboard.press("/");
	await page.keyboard.type("b8ce.f600.0100");
	await page.waitForSelector("#matches li");
	assert.match(await page.locator("#read-as").innerText(),
		/read as .*b8:ce:f6:00:01:00/);
	await page.keyboard.press("Escape");
	assert.equal(await page.locator("#matches-box").isVisible(), false);
	await page.keyboard.press("Escape");
	assert.notEqual(await page.evaluate(() => document.activeElement.id), "query");
	await clean(page);
});

// ---- living pages ---------------------------------------------------------------

test("a moved cable shows without a reload, focus and place kept", async () => {
	const page = await show(hostAt("hv4"));
	const moved = await report("hv4");
	const [heard] = moved.nics[1].neighbors;

	await page.evaluate(() => { globalThis.mark = "same page"; });
	await page.locator(".grid a").first().focus();
	heard.port_id.value = "Ethernet1/20";
	moved.nics[1].neighbors = [heard];
	moved.digest = "00000000000000aa";
	await collector.post(moved);
	await page.locator("main", { hasText: "Eth1/20" })
		.waitFor({ timeout: REFRESH_MOST_MS });
	assert.equal(await page.evaluate(() => globalThis.mark), "same page");
	assert.equal(await page.evaluate(() => document.activeElement.localName), "a");
	await clean(page);
});

test("what changes is shown at once, and asked for seldom", async () => {
	const page = await show(hostAt("hv4"));
	const moved = await report("hv4");
	const [heard] = moved.nics[1].neighbors;
	let asked = 0;

	await page.waitForTimeout(REFRESH_MOST_MS);
	page.on("request", () => { asked += 1; });
	await page.waitForTimeout(REFRESH_MOST_MS);
	assert.ok(asked <= 1, `asked ${asked} times although nothing changed`);
	heard.port_id.value = "Ethernet1/21";
	moved.nics[1].neighbors = [heard];
	moved.digest = "00000000000000ab";
	await collector.post(moved);
	await page.locator("main", { hasText: "Eth1/21" }).waitFor({ timeout: 1000 });
	await clean(page);
});

test("ages tick between two answers", async () => {
	const page = await show("#/path/hv1%20ens1f0");
	const before = await page.locator(".evidence").innerText();

	await page.waitForFunction((old) =>
		document.querySelector(".evidence").innerText !== old, before,
	{ timeout: REFRESH_MOST_MS });
	await clean(page);
});

test("what the reader opened stays open", async () => {
	const page = await show("#/path/hv1%20ens1f0");

	await page.locator(".heard summary").first().click();
	await page.waitForTimeout(REFRESH_MOST_MS);
	assert.equal(await page.locator(".heard details[open]").count(), 1);
	assert.match(await page.locator(".heard dl").first().innerText(), /NX-OS/);
	await clean(page);
});

test("a collector that is gone is said, and what was known stays", async () => {
	const page = await show("#/path/hv1%20ens1f0");

	await collector.stop();
	await page.locator("#lost").waitFor({ timeout: 2 * REFRESH_MOST_MS });
	assert.match(await page.locator("#lost").innerText(), /^Collector not reached since \d\d:\d\d:\d\d; showing what was known then/);
	assert.equal(await page.locator(".big").innerText(), "Eth1/1 on leaf1a");
	assert.equal(await page.locator("body.stale").count(), 1);
	await collector.start();
	await page.locator("#lost").waitFor({ state: "hidden",
		timeout: 2 * REFRESH_MOST_MS });
	await clean(page, /net::ERR_/);
});

test("light and dark are the reader's choice and are kept", async () => {
	const page = await show("#/", { theme: "light" });

	await page.locator("#theme").click();
	await page.reload();
	await page.waitForSelector("main h1");
	assert.equal(await page.evaluate(() =>
		document.documentElement.dataset.theme), "dark");
	await clean(page);
});

test("going back shows the page before", async () => {
	const page = await show("#/hosts");

	await page.locator("main tbody a").first().click();
	await page.waitForSelector(".vswitch, .heading h1");
	await page.goBack();
	await page.waitForSelector("main h1:has-text('Hosts')");
	await clean(page);
});

test("paper gets the answer without the tools", async () => {
	const page = await show("#/path/hv1%20ens1f0");

	await page.emulateMedia({ media: "print" });
	assert.equal(await page.locator("header.top").isVisible(), false);
	assert.equal(await page.locator(".big").isVisible(), true);
	await clean(page);
});

// ---- for everyone ------------------------------------------------------------------

for (const theme of ["light", "dark"]) {
	for (const width of [WIDE, PHONE]) {
		test(`axe finds nothing at ${width} px in the ${theme}`, async () => {
			const page = await show("#/", { theme, width });

			for (const hash of pages()) {
				await visit(page, hash);
				assert.deepEqual(await violations(page), [], hash);
			}
			await clean(page, / 404 .*nosuchthing/);
		});
	}
}

test("nothing is wider than a phone", async () => {
	const page = await show("#/", { width: PHONE });

	for (const hash of pages()) {
		await visit(page, hash);
		assert.equal(await overflow(page) <= 0, true, `${hash} overflows`);
	}
	await clean(page, / 404 .*nosuchthing/);
});

// Last: it leaves a hostile host behind.
test("hostile names stay text on every page", async () => {
	const hostile = await report("hostile");

	await collector.post(hostile);
	await learnIds();
	const places = [...pages(), hostAt(hostile.host.name),
		...hostile.workloads.map((w) => `#/path/${encodeURIComponent(w.name)}`),
		...hostile.vswitches.flatMap((s) => ["path", "vswitch"].map((at) =>
			`#/${at}/${encodeURIComponent(`${hostile.host.name} ${s.name}`)}`)),
		`#/find/${encodeURIComponent(hostile.port_groups[0].name.slice(0, 60))}`,
		...[...ids.entries()].filter(([name]) => /img|safe|WWW/.test(name))
			.map(([, id]) => `#/switch/${id}`),
		...hostile.nics.map((nic) => `#/path/${
			encodeURIComponent(`${hostile.host.name} ${nic.name}`)}`),
		`#/find/${encodeURIComponent(hostile.nics[0].neighbors[0].system_name)}`,
		`#/find/${"x".repeat(10000)}`, "#/find/%E0%A4%A", "#/path/%00"];

	const page = await show("#/", { width: PHONE });

	for (const hash of places) {
		await visit(page, hash);
		assert.equal(await page.locator("main :is(img, script, iframe, table h1)")
			.count(), 0, `${hash} has made an element`);
		assert.equal(await overflow(page) <= 0, true, `${hash} overflows`);
		assert.doesNotMatch(await mainText(page), /[\u202a-\u202e\u2066-\u2069]/);
	}
	await clean(page, / 4(00|04|14) /);
});

// ---- running -----------------------------------------------------------------------

async function learnIds() {
	const get = async (what) => (await fetch(`${collector.url}/api/v1/${what}`))
		.json();
	const { hosts } = await get("hosts");
	const { switches } = await get("switches");

	ids = new Map([...hosts.map((h) => [h.name, h.id]),
		...switches.map((s) => [s.short_name ?? s.name, s.id])]);
}

// Fresh, so that nothing has expired by the time a late test looks.
async function feed() {
	for (const name of ["hv1", "hv2", "hv3", "hv4", "hv5", "hv6", "esx01",
		"esx02"])
		await collector.post(await report(name));
}

async function takePictures(directory) {
	await mkdir(directory, { recursive: true });
	for (const theme of ["light", "dark"]) {
		for (const width of [WIDE, PHONE]) {
			const page = await show("#/", { theme, width });

			await feed();
			for (const hash of pages()) {
				const name = hash.replace(/[^a-z0-9]+/gi, "-");

				await visit(page, hash);
				await page.screenshot({ fullPage: true,
					path: join(directory, `${name}-${theme}-${width}.png`) });
			}
			await page.context().close();
		}
	}
}

async function runAll() {
	const only = process.env.ONLY ?? "";
	let failed = 0;
	let passed = 0;

	if (!hasFont)
		console.log("skipped: the hand font is not built in; fetched by " +
			"make setup, built in by make");

	for (const { name, run } of tests.filter((t) => t.name.includes(only))) {
		try {
			await feed();
			await run();
			passed += 1;
			console.log(`ok     ${name}`);
		} catch (error) {
			failed += 1;
			console.log(`FAILED ${name}\n       ${
				error.message.split("\n").join("\n       ")}`);
		}
	}
	console.log(`browser: ${passed} passed, ${failed} failed, ${
		hasFont ? 0 : 1} skipped`);
	return failed;
}

collector = await Collector.create();
browser = await launch();
try {
	await feed();
	await learnIds();
	hasFont = (await fetch(`${collector.url}/a/hand.woff2`)).ok;
	if (process.env.PICTURES)
		await takePictures(process.env.PICTURES);
	process.exitCode = await runAll() > 0 ? 1 : 0;
} finally {
	await browser.close();
	await collector.remove();
}
