// generate.mjs - values that a JSON Schema allows, and values to do harm with.

import fc from "fast-check";

// Longer lists cost time and find nothing that shorter ones do not.
const ITEMS_MOST = 4;
const LENGTH_MORE = 12;

// Texts that somebody somewhere has choked on.
const HARMFUL = ["'", "\"", "<script>alert(1)</script>", "=1+1", "%", "%s%n", "../../..",
	"\\", "{}", "[]", "null", "-1", "0", "1e999", " ", "\t", "\r\n", "\u202e", "\u2028",
	"\ufeff", "\u{1f9e8}", "e\u0301", "\u00df", "\u0130", "a".repeat(300), "\u00e4".repeat(200),
	"00:11:22:33:44:55", "0:0:0:0:0:0", "::", "::ffff:1.2.3.4", "999.1.1.1", "vlan 4095",
	"vlan", "chassis bay", "Eth1/1", "a b c d e f", "*", "?", "'; DROP TABLE host; --"];

export const harmful = fc.oneof(fc.constantFrom(...HARMFUL),
	fc.string({ unit: "binary", maxLength: 40 }));

// Text of at most so many octets; U+0000 is nowhere allowed.
export function text(least = 0, most = 255) {
	const plain = fc.string({ unit: "grapheme-ascii", minLength: least,
		maxLength: Math.min(most, least + LENGTH_MORE) });

	return fc.oneof({ arbitrary: plain, weight: 4 },
		fc.string({ unit: "binary", minLength: least,
			maxLength: Math.min(most, least + LENGTH_MORE) }),
		harmful, fc.constant("x".repeat(most)))
		.filter((value) => value.trim().length >= least &&
			Buffer.byteLength(value) <= most && !value.includes("\0"));
}

// What no pattern can say of a list of VLANs.
function goesUp(list) {
	return list.split(",").map((part) => part.split("-"))
		.every(([first, last = first]) => Number(first) <= Number(last));
}

export class Generator {
	constructor(document) {
		this.document = document;
	}

	value(written) {
		const schema = this.document.resolve(written);

		if (schema.const !== undefined)
			return fc.constant(schema.const);
		if (schema.enum)
			return fc.constantFrom(...schema.enum);
		if (schema.anyOf)
			return fc.oneof(...schema.anyOf.map((one) => this.value(one)));
		switch ([schema.type].flat()[0]) {
		case "integer":
			return this.integer(schema);
		case "boolean":
			return fc.boolean();
		case "array":
			return this.array(schema);
		case "object":
			return this.object(schema);
		case "string":
			return this.string(schema);
		default:
			return fc.constant(null);
		}
	}

	integer(schema) {
		const least = schema.minimum ?? 0;
		const most = Math.min(schema.maximum ?? Number.MAX_SAFE_INTEGER,
			Number.MAX_SAFE_INTEGER);

		return fc.oneof(fc.constantFrom(least, most), fc.maxSafeNat()
			.map((number) => least + number % (most - least + 1)));
	}

	string(schema) {
		const least = schema.minLength ?? 0, most = schema.maxLength ?? 255;

		if (!schema.pattern?.startsWith("^"))
			return text(least, most).filter((value) =>
				new RegExp(schema.pattern ?? "", "u").test(value));
		// What looks ahead is not made, but chosen.
		if (schema.pattern.includes("(?="))
			return fc.oneof(fc.ipV4(), fc.ipV6());
		return fc.stringMatching(new RegExp(schema.pattern, "u"))
			.filter((value) => value.length >= least && value.length <= most &&
				(!schema.pattern.includes("409[0-5]") || goesUp(value)));
	}

	array(schema) {
		return fc.array(this.value(schema.items ?? {}), {
			minLength: schema.minItems ?? 0,
			maxLength: Math.min(schema.maxItems ?? ITEMS_MOST, ITEMS_MOST) });
	}

	object(schema) {
		const members = Object.entries(schema.properties ?? {});

		return fc.record(Object.fromEntries(members.map(([name, inner]) =>
			[name, this.value(inner)])), { requiredKeys: schema.required ?? [] });
	}

	// A whole document of one kind: "report" or "heartbeat".
	report(kind) {
		const head = this.document.report;
		const rest = this.document.report.$defs[kind];

		return this.object({
			properties: { ...head.properties, ...rest.properties },
			required: [...head.required, ...rest.required ?? []] });
	}
}

// One place of the document changed to something else, or left out.
export function damaged(value) {
	const places = [...placesOf(value)];

	return fc.record({ place: fc.constantFrom(...places),
		other: fc.option(fc.oneof(fc.jsonValue({ maxDepth: 2 }), harmful,
			fc.integer(), fc.constantFrom(1e300, -0.5, [], {}, null)),
		{ nil: undefined }) })
		.map(({ place, other }) => changed(value, place, other));
}

function* placesOf(value, path = []) {
	if (path.length > 0)
		yield path;
	if (value !== null && typeof value === "object")
		for (const [key, inner] of Object.entries(value))
			yield* placesOf(inner, [...path, key]);
}

function changed(value, place, other) {
	const copy = structuredClone(value);
	const holder = place.slice(0, -1).reduce((at, key) => at[key], copy);

	if (other !== undefined)
		holder[place.at(-1)] = other;
	else if (Array.isArray(holder))
		holder.splice(Number(place.at(-1)), 1);
	else
		delete holder[place.at(-1)];
	return copy;
}
