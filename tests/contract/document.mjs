// document.mjs - schema/api.yaml: is it OpenAPI, and does a reply hold to it?
//
// Answers are held to more than the schemas say: a member that no schema names
// is a mistake, too, of the collector or of the document.  (Clients ignore
// what they do not know, so the document itself does not forbid it.)

import { readFile } from "node:fs/promises";
import Ajv from "ajv/dist/2020.js";
import { Validator } from "@seriousme/openapi-schema-validator";
import { parse } from "yaml";

const HOME = "https://demarc.invalid/schema/";
const APPLIED_IN_PLACE = ["allOf", "anyOf", "oneOf", "if", "then", "else"];
// What every reply may have, without being named each time.
const USUAL_HEADERS = new Set(["allow", "cache-control", "connection",
	"content-encoding", "content-length", "content-security-policy",
	"content-type", "cross-origin-opener-policy",
	"cross-origin-resource-policy", "date", "etag",
	"keep-alive", "referrer-policy",
	"transfer-encoding", "vary", "x-content-type-options"]);
// Of each reply that has a body.
const ALWAYS = { "cache-control": /./, "content-security-policy": /default-src 'none'/,
	"referrer-policy": /^no-referrer$/, "x-content-type-options": /^nosniff$/ };
const NEEDED = { 401: "www-authenticate", 405: "allow", 429: "retry-after",
	503: "retry-after", 304: "etag" };

function isObject(value) {
	return value !== null && typeof value === "object" && !Array.isArray(value);
}

// The value at a JSON pointer such as "#/components/schemas/Host".
function at(document, pointer) {
	return pointer.split("/").slice(1).reduce((value, step) =>
		value?.[step.replaceAll("~1", "/").replaceAll("~0", "~")], document);
}

export class Document {
	// 'api' is schema/api.yaml, 'report' schema/report.json, as values.
	constructor(api, report) {
		this.written = api;
		// References that can be followed from everywhere.
		this.api = JSON.parse(JSON.stringify(api)
			.replaceAll('"$ref":"#/', '"$ref":"api.yaml#/'));
		this.report = report;
		this.validators = new Map();
		// Lengths are in octets, as both documents say.  In an answer the text
		// of a report is cleaned, and may be longer.
		this.reports = Document.ajv(report, (most, text) =>
			Buffer.byteLength(text) <= most);
		this.ajv = Document.ajv(report, () => true);
		this.ajv.addSchema({ $id: HOME + "api.yaml", components: {
			schemas: this.closedEach(this.api.components.schemas, false) } });
		this.operations = Object.entries(this.api.paths).flatMap(([path, item]) =>
			Object.entries(item).map(([method, operation]) =>
				this.operation(path, method.toUpperCase(), operation)));
	}

	static ajv(report, isShort) {
		const ajv = new Ajv({ strict: true, strictTypes: false,
			strictRequired: false, validateFormats: false, allowUnionTypes: true });

		for (const word of ["components", "schemas"])
			ajv.addKeyword(word);
		return ajv.removeKeyword("maxLength").addKeyword({ keyword: "maxLength",
			type: "string", schemaType: "number", validate: isShort })
			.addSchema(report, HOME + "report.json");
	}

	static async read(root) {
		const api = await readFile(new URL("schema/api.yaml", root), "utf8");
		const report = await readFile(new URL("schema/report.json", root), "utf8");

		return new Document(parse(api), JSON.parse(report));
	}

	operation(path, method, operation) {
		const pattern = path.replaceAll(/[.*+?^$()|[\]\\]/g, "\\$&")
			.replaceAll(/\{[^}]*\}/g, "(.+)");

		return { path, method, pattern: new RegExp(`^${pattern}$`, "su"),
			parameters: (operation.parameters ?? []).map((one) => this.resolve(one)),
			body: operation.requestBody?.content?.["application/json"]?.schema,
			responses: Object.fromEntries(Object.entries(operation.responses)
				.map(([status, one]) => [status, this.resolve(one)])) };
	}

	// A reference in either document; others are given back.
	resolve(value) {
		if (!value?.$ref)
			return value;
		const [file, pointer = ""] = value.$ref.split("#");
		const found = at(file === "api.yaml" ? this.api : this.report, pointer);

		if (found === undefined)
			throw new Error(`${value.$ref} leads nowhere`);
		return this.resolve(found);
	}

	// Does the schema, or what it stands on, name members?
	namesMembers(schema) {
		const whole = this.resolve(schema);

		return isObject(whole) && (whole.properties !== undefined ||
			APPLIED_IN_PLACE.some((word) => [whole[word] ?? []].flat()
				.some((part) => this.namesMembers(part))));
	}

	closedEach(schemas, areValues) {
		return Object.fromEntries(Object.entries(schemas).map(([name, inner]) =>
			[name, this.closed(inner, areValues)]));
	}

	// The schema with the members forbidden that it does not name: of its own
	// value, if it is a value's and no part of another schema, and below.
	closed(schema, isValue) {
		if (!isObject(schema))
			return schema;
		const out = { ...schema };

		if (schema.properties)
			out.properties = this.closedEach(schema.properties, true);
		if (schema.items)
			out.items = this.closed(schema.items, true);
		for (const word of APPLIED_IN_PLACE.filter((one) => schema[one]))
			out[word] = Array.isArray(schema[word])
				? schema[word].map((part) => this.closed(part, false))
				: this.closed(schema[word], false);
		if (isValue && this.namesMembers(schema) &&
			schema.additionalProperties === undefined)
			out.unevaluatedProperties = false;
		return out;
	}

	// What validates values; 'name' stands for the schema.
	validator(name, schema) {
		if (!this.validators.has(name))
			this.validators.set(name, this.ajv.compile({
				$id: HOME + encodeURIComponent(name),
				...this.closed(schema, true) }));
		return this.validators.get(name);
	}

	isReport(value) {
		return this.reports.getSchema(HOME + "report.json")(value);
	}

	// The mistakes of the document itself.
	async mistakes() {
		// The validator knows one file only; those that lead to the other one
		// are followed below, where each schema is compiled.
		const alone = JSON.parse(JSON.stringify(this.written)
			.replaceAll(/"report\.json[^"]*"/g, '"#/components/schemas/Problem"'));
		const judged = await new Validator().validate(alone);
		const found = judged.valid ? [] : [judged.errors].flat().map((error) =>
			`${error.instancePath ?? ""} ${error.message ?? error}`);
		const text = JSON.stringify(this.api);

		for (const [kind, parts] of Object.entries(this.api.components))
			for (const name of Object.keys(parts))
				// Of what has no schema, as an event, a description speaks.
				if (kind !== "securitySchemes" && !text.includes(`a ${name}`) &&
					!text.includes(`"api.yaml#/components/${kind}/${name}"`))
					found.push(`components/${kind}/${name} is used nowhere`);
		for (const one of this.operations)
			for (const [status, response] of Object.entries(one.responses))
				for (const [type, media] of Object.entries(response.content ?? {}))
					this.validator(`${one.method} ${one.path} ${status} ${type}`,
						media.schema ?? {});
		return found;
	}

	// The operation that a request means, if any.
	find(method, path) {
		const asked = method === "HEAD" ? "GET" : method;
		const fit = this.operations.filter((one) => one.pattern.test(path))
			.sort((a, b) => a.path.includes("{") - b.path.includes("{"));

		return fit.find((one) => one.method === asked);
	}

	judgeHeaders(reply, response, wrong) {
		for (const [name, least] of Object.entries(reply.status === 204 ? {} : ALWAYS))
			if (!least.test(reply.headers[name] ?? ""))
				wrong(`the header ${name} is ${reply.headers[name]}`);
		if (NEEDED[reply.status] && !reply.headers[NEEDED[reply.status]])
			wrong(`the header ${NEEDED[reply.status]} is missing`);
		for (const [name, value] of Object.entries(reply.headers)) {
			const told = Object.entries(response?.headers ?? {})
				.find(([one]) => one.toLowerCase() === name);

			if (told)
				this.judgeHeader(told, value, wrong);
			else if (!USUAL_HEADERS.has(name) && NEEDED[reply.status] !== name)
				wrong(`the header ${name} is not in the document`);
		}
	}

	judgeHeader([name, header], value, wrong) {
		const { schema } = this.resolve(header);
		const number = schema.type === "integer" && /^\d+$/.test(value);
		const validate = this.validator(`header ${name}`, schema);

		if (!validate(number ? Number(value) : value))
			wrong(`the header ${name} is "${value}"`);
	}

	judgeBody(name, reply, response, wrong) {
		const type = (reply.headers["content-type"] ?? "").split(";")[0];
		const media = response.content?.[type];

		if (reply.method === "HEAD" || !response.content) {
			if (reply.body.length > 0)
				wrong(`there is a body of ${reply.body.length} octets`);
			return;
		}
		if (!media) {
			wrong(`the body is "${type}"`);
			return;
		}
		if (!type.endsWith("json")) {
			if (media.schema?.const !== undefined &&
				media.schema.const !== reply.body.toString())
				wrong(`the body is "${reply.body}"`);
			return;
		}
		this.judgeJson(`${name} ${type}`, reply, media.schema, wrong);
	}

	judgeJson(name, reply, schema, wrong) {
		let value;

		try {
			value = JSON.parse(new TextDecoder("utf-8", { fatal: true })
				.decode(reply.body));
		} catch (error) {
			wrong(`the body is no JSON: ${error.message}`);
			return;
		}
		const validate = this.validator(name, schema);

		if (!validate(value))
			for (const error of validate.errors)
				wrong(`${error.instancePath} ${error.message} ` +
					JSON.stringify(error.params));
		if (name.endsWith("problem+json") && value.status !== reply.status)
			wrong(`the problem's status is ${value.status}`);
	}

	// What is wrong with a reply: an array of sentences.
	judge(reply) {
		const operation = this.find(reply.method, reply.path);
		const found = [], wrong = (what) => found.push(what);
		const unlisted = { content: { "application/problem+json":
			{ schema: { $ref: "api.yaml#/components/schemas/Problem" } } } };
		let response = operation?.responses[reply.status];

		// What is in no path, or no text, is told in either way; or to nobody
		// who may not ask at all.
		if (!operation && [401, 403, 404, 405, 429].includes(reply.status))
			response = unlisted;
		if (reply.status >= 500)
			wrong(`the status is ${reply.status}`);
		if (!response) {
			wrong(`${reply.status} is not in the document`);
			return found;
		}
		this.judgeHeaders(reply, response, wrong);
		this.judgeBody(operation && response !== unlisted
			? `${operation.method} ${operation.path} ${reply.status}` : "unlisted",
		reply, response, wrong);
		return found;
	}
}
