#!/usr/bin/env node
import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);

// src/config/nearest.ts
function nearest(word, candidates) {
  if (word.length > 64) return;
  let best, fewest = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (let candidate of candidates) {
    let edits = distance(word.toLowerCase(), candidate.toLowerCase());
    edits < fewest && (best = candidate, fewest = edits);
  }
  return best;
}
function distance(a, b) {
  let twoAbove = [], above = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    let row = [i];
    for (let j = 1; j <= b.length; j++) {
      let replaced2 = (above[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1), swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (twoAbove[j - 2] ?? i) + 1 : 1 / 0;
      row.push(Math.min(replaced2, swapped, (above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    twoAbove = above, above = row;
  }
  return above[b.length] ?? 0;
}

// src/report/escape.ts
var HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, NAMED_ESCAPES = { "\n": "\\n", "\r": "\\r", "	": "\\t" };
function visible(text2) {
  return text2.replace(HIDDEN, (character) => NAMED_ESCAPES[character] ?? codePointEscape(character));
}
function codePointEscape(character) {
  let code = character.codePointAt(0) ?? 0;
  return code <= 255 ? `\\x${code.toString(16).padStart(2, "0")}` : code <= 65535 ? `\\u${code.toString(16).padStart(4, "0")}` : `\\u{${code.toString(16)}}`;
}
function terminalText(text2) {
  return visible(text2);
}
var BREAK = "&#8203;";
function markdownText(text2) {
  return htmlText(text2).replace(/[\\`*_[\]|~]/g, "\\$&").replace(/\$/g, "<span>$</span>").replace(/^( *)([-+=#]|\d+(?=[.)]))/, blockMarker);
}
function htmlText(text2) {
  return visible(text2).replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/#(?=\d)/g, `#${BREAK}`).replace(/@(?=[a-zA-Z0-9])/g, `@${BREAK}`).replace(/(GH)-(?=\d)/gi, `$1-${BREAK}`).replace(/:(?=\/\/)/g, `:${BREAK}`).replace(/(www)\./gi, `$1${BREAK}.`).replace(/:(?=[\w+-]+:)/g, `:${BREAK}`);
}
function blockMarker(_, spaces, marker) {
  return /\d/.test(marker) ? `${spaces}${marker}${BREAK}` : `${spaces}\\${marker}`;
}
function markdownCode(text2) {
  let content = visible(text2);
  if (content.trim() === "") return "` `";
  let fence = "`".repeat(longestRun(content, "`") + 1), padding = /^[` ]|[` ]$/.test(content) ? " " : "";
  return `${fence}${padding}${content}${padding}${fence}`;
}
function markdownFence(text2, language) {
  let content = text2.split(/\r\n|\r|\n/).map((line) => line.split("	").map(visible).join("	")).join(`
`).replace(/\n+$/, ""), fence = "`".repeat(Math.max(3, longestRun(content, "`") + 1));
  return `${fence}${language}
${content}
${fence}`;
}
function longestRun(text2, character) {
  let longest = 0, run = 0;
  for (let each of text2)
    run = each === character ? run + 1 : 0, longest = Math.max(longest, run);
  return longest;
}
function uriPath(path) {
  return path.split("/").map(uriSegment).join("/");
}
function uriSegment(segment) {
  let sound = segment.replace(new RegExp("\\p{Cs}", "gu"), "�");
  return encodeURIComponent(sound).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`
  );
}
function commandMessage(lines2) {
  return lines2.map((line) => visible(line).replaceAll("%", "%25")).join("%0A");
}
function commandProperty(text2) {
  return visible(text2).replaceAll("%", "%25").replaceAll(":", "%3A").replaceAll(",", "%2C");
}
var XML_ENTITIES = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;"
};
function xmlText(text2) {
  return visible(text2).replace(/[\ufffe\uffff]/g, "�").replace(/[&<>"']/g, (character) => XML_ENTITIES[character] ?? "");
}
function jsonText(value2) {
  return `${JSON.stringify(value2, void 0, 2).replace(/[^\n\P{Cc}]|[\p{Cf}\p{Zl}\p{Zp}]/gu, jsonEscape)}
`;
}
function jsonEscape(character) {
  return Array.from({ length: character.length }, (_, i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, "0")}`).join("");
}

// src/report/tool.ts
var TOOL = { name: "istio-upgrade-guard", version: "0.1.0" };

// src/source/snapshot.ts
var SourceError = class extends Error {
  name = "SourceError";
  code;
  /** What the user can do about it; one sentence. */
  advice;
  constructor(code, message, advice = "") {
    super(message), this.code = code, this.advice = advice;
  }
};

// src/cli/analyze-command.ts
import { relative as relative3, resolve as resolve6, sep as sep3 } from "node:path";

// src/source/limits.ts
var LIMITS = {
  maxFileBytes: 8388608,
  maxFiles: 5e4,
  maxTotalBytes: 268435456,
  maxEntries: 5e5
}, FOREIGN_DIRECTORIES = /* @__PURE__ */ new Set([".git", ".terraform", "node_modules"]), LOCK_FILES = /* @__PURE__ */ new Set(["package-lock.json", "npm-shrinkwrap.json", "pnpm-lock.yaml", "composer.lock"]);
function isForeignDirectory(name) {
  return FOREIGN_DIRECTORIES.has(name);
}
function isManifestPath(path) {
  let segments = path.split("/"), name = segments.pop() ?? "";
  return !/\.(?:ya?ml|json)$/i.test(name) && name !== "Kustomization" ? !1 : !LOCK_FILES.has(name) && !segments.some(isForeignDirectory);
}
function omissionsByLimit(entries, limits) {
  let omitted = [], files = 0, bytes = 0;
  for (let { path, kind, size = 0 } of entries) {
    if (kind !== "file" || !isManifestPath(path)) continue;
    let why = tooMuch(size, files, bytes, limits);
    if (why !== void 0) {
      omitted.push({ path, why });
      continue;
    }
    files += 1, bytes += size;
  }
  return omitted;
}
function tooLarge({ maxFileBytes }) {
  return `larger than ${megabytes(maxFileBytes)}`;
}
function tooMuch(size, files, bytes, limits) {
  if (size > limits.maxFileBytes) return tooLarge(limits);
  if (files >= limits.maxFiles) return `beyond the first ${limits.maxFiles} manifests of the repository`;
  if (bytes + size > limits.maxTotalBytes)
    return `beyond the first ${megabytes(limits.maxTotalBytes)} of manifests of the repository`;
}
function megabytes(bytes) {
  let mebibytes = bytes / 1048576;
  return mebibytes >= 1 ? `${Math.round(mebibytes)} MB` : `${bytes} bytes`;
}

// src/render/chart-templates.ts
var TEMPLATES = "templates/";
function templatesOf(chart) {
  return `Helm templates of ${chart}`;
}
function chartOfTemplate(path, exists) {
  for (let at2 = path.indexOf(TEMPLATES); at2 >= 0; at2 = path.indexOf(TEMPLATES, at2 + 1))
    if (!(at2 > 0 && path[at2 - 1] !== "/") && exists(`${path.slice(0, at2)}Chart.yaml`))
      return at2 === 0 ? "." : path.slice(0, at2 - 1);
}

// src/yaml/decode.ts
var GIT_CRYPT = new TextEncoder().encode("\0GITCRYPT\0");
function decode(bytes) {
  let first = bytes[0], second = bytes[1];
  if (first === 255 && second === 254 || first === 254 && second === 255)
    return { text: "", damaged: !0, problem: { kind: "encoding", message: "The file is UTF-16; Kubernetes manifests are UTF-8.", line: 1, column: 1 } };
  if (startsWith(bytes, GIT_CRYPT))
    return { text: "", damaged: !0, problem: { kind: "encrypted", message: "The file is encrypted with git-crypt and cannot be read.", line: 1, column: 1 } };
  try {
    return { text: lineFeeds(new TextDecoder("utf-8", { fatal: !0 }).decode(bytes)), damaged: !1 };
  } catch {
    return { text: lineFeeds(new TextDecoder("utf-8").decode(bytes)), damaged: !0 };
  }
}
function startsWith(bytes, prefix) {
  return prefix.every((byte, index) => bytes[index] === byte);
}
function lineFeeds(text2) {
  let feeds = text2.includes("\r") ? text2.replace(/\r(?!\n)/g, `
`) : text2;
  return feeds.includes(`
\uFEFF`) ? feeds.replaceAll(`
\uFEFF`, `
`) : feeds;
}

// src/yaml/expansion.ts
var ExpansionBudget = class {
  #left;
  /** @param nodes how many nodes the aliases of one file may expand to. */
  constructor(nodes) {
    this.#left = nodes;
  }
  /** Allows more: a longer text may expand to more. */
  grow(nodes) {
    this.#left += nodes;
  }
  /**
   * Charges `value`, which holds aliases.
   * @returns why it is refused: it contains itself, nests deeper than `maxDepth`, or expands to more than is left.
   */
  charge(value2, maxDepth) {
    let counter = new Expansion(maxDepth, this.#left), size = counter.measure(value2);
    if (counter.refused !== void 0) return counter.refused;
    this.#left -= size;
  }
}, Expansion = class {
  refused;
  #sizes = /* @__PURE__ */ new Map();
  #open = /* @__PURE__ */ new Set();
  #maxDepth;
  #maxNodes;
  constructor(maxDepth, maxNodes) {
    this.#maxDepth = maxDepth, this.#maxNodes = maxNodes;
  }
  /** Nodes a walk sees; long text weighs more, because aliases repeat it too. Each shared node is measured once. */
  measure(value2) {
    if (typeof value2 == "string") return 1 + (value2.length >> 6);
    if (typeof value2 != "object" || value2 === null) return 1;
    let known = this.#sizes.get(value2);
    if (known !== void 0) return known;
    if (this.#open.has(value2)) return this.#refuse("an alias that contains itself");
    if (this.#open.size >= this.#maxDepth)
      return this.#refuse(`aliases nested deeper than ${this.#maxDepth} levels`);
    this.#open.add(value2);
    let size = 1;
    for (let item of Object.values(value2))
      if (size += this.measure(item), size > this.#maxNodes && this.#refuse("aliases that expand to a huge value"), this.refused !== void 0) return size;
    return this.#open.delete(value2), this.#sizes.set(value2, size), size;
  }
  #refuse(why) {
    return this.refused ??= why, 0;
  }
};

// src/yaml/header.ts
function scanHeader(text2) {
  return { apiVersion: topLevelValue(text2, "apiVersion"), kind: topLevelValue(text2, "kind") };
}
function topLevelKey(text2, key) {
  let marker = `${key}:`;
  for (let at2 = text2.indexOf(marker); at2 >= 0; at2 = text2.indexOf(marker, at2 + marker.length))
    if (at2 === 0 || text2.charCodeAt(at2 - 1) === 10) return at2;
  return -1;
}
function topLevelValue(text2, key) {
  let at2 = topLevelKey(text2, key);
  if (at2 < 0) return "";
  let from = at2 + key.length + 1, line = /^[^\r\n]*/.exec(text2.slice(from, from + 300))?.[0] ?? "";
  return /^[ \t]*(?:"([^"]*)"|'([^']*)'|([^\s#"']\S*))[ \t]*(?:#|$)/.exec(line)?.slice(1).find(Boolean) ?? "";
}

// node_modules/js-yaml/dist/js-yaml.mjs
/*! js-yaml 5.5.0 https://github.com/nodeca/js-yaml @license MIT */
var NOT_RESOLVED = /* @__PURE__ */ Symbol("NOT_RESOLVED");
function defineScalarTag(tagName, options) {
  return {
    tagName,
    nodeKind: "scalar",
    implicit: options.implicit ?? !1,
    matchByTagPrefix: options.matchByTagPrefix ?? !1,
    implicitFirstChars: options.implicitFirstChars ?? null,
    resolve: options.resolve,
    identify: options.identify,
    represent: options.represent ?? ((data) => String(data)),
    representTagName: options.representTagName ?? (() => tagName)
  };
}
function defineSequenceTag(tagName, options) {
  let carrierIsResult = options.finalize === void 0;
  return {
    tagName,
    nodeKind: "sequence",
    implicit: !1,
    matchByTagPrefix: options.matchByTagPrefix ?? !1,
    create: options.create,
    addItem: options.addItem,
    finalize: options.finalize ?? ((carrier) => carrier),
    carrierIsResult,
    identify: options.identify,
    represent: options.represent ?? ((data) => data),
    representTagName: options.representTagName ?? (() => tagName)
  };
}
function defineMappingTag(tagName, options) {
  let carrierIsResult = options.finalize === void 0;
  return {
    tagName,
    nodeKind: "mapping",
    implicit: !1,
    matchByTagPrefix: options.matchByTagPrefix ?? !1,
    create: options.create,
    addPair: options.addPair,
    has: options.has,
    keys: options.keys,
    get: options.get,
    finalize: options.finalize ?? ((carrier) => carrier),
    carrierIsResult,
    identify: options.identify,
    represent: options.represent ?? ((data) => data),
    representTagName: options.representTagName ?? (() => tagName)
  };
}
var strTag = defineScalarTag("tag:yaml.org,2002:str", {
  resolve: (source2) => source2,
  identify: (data) => typeof data == "string"
}), NULL_VALUES$1 = [
  "",
  "~",
  "null",
  "Null",
  "NULL"
], nullCoreTag = defineScalarTag("tag:yaml.org,2002:null", {
  implicit: !0,
  implicitFirstChars: [
    "",
    "~",
    "n",
    "N"
  ],
  resolve: (source2) => NULL_VALUES$1.indexOf(source2) !== -1 ? null : NOT_RESOLVED,
  identify: (object) => object === null,
  represent: () => "null"
}), nullJsonTag = defineScalarTag("tag:yaml.org,2002:null", {
  implicit: !0,
  implicitFirstChars: ["n"],
  resolve: (source2, isExplicit) => source2 === "null" || isExplicit && source2 === "" ? null : NOT_RESOLVED,
  identify: (object) => object === null,
  represent: () => "null"
}), NULL_VALUES = [
  "",
  "~",
  "null",
  "Null",
  "NULL"
], nullYaml11Tag = defineScalarTag("tag:yaml.org,2002:null", {
  implicit: !0,
  implicitFirstChars: [
    "",
    "~",
    "n",
    "N"
  ],
  resolve: (source2) => NULL_VALUES.indexOf(source2) !== -1 ? null : NOT_RESOLVED,
  identify: (object) => object === null,
  represent: () => "null"
}), TRUE_VALUES$2 = [
  "true",
  "True",
  "TRUE"
], FALSE_VALUES$2 = [
  "false",
  "False",
  "FALSE"
], boolCoreTag = defineScalarTag("tag:yaml.org,2002:bool", {
  implicit: !0,
  implicitFirstChars: [
    "t",
    "T",
    "f",
    "F"
  ],
  resolve: (source2) => TRUE_VALUES$2.indexOf(source2) !== -1 ? !0 : FALSE_VALUES$2.indexOf(source2) !== -1 ? !1 : NOT_RESOLVED,
  identify: (object) => Object.prototype.toString.call(object) === "[object Boolean]",
  represent: (object) => object ? "true" : "false"
}), TRUE_VALUES$1 = ["true"], FALSE_VALUES$1 = ["false"], boolJsonTag = defineScalarTag("tag:yaml.org,2002:bool", {
  implicit: !0,
  implicitFirstChars: ["t", "f"],
  resolve: (source2) => TRUE_VALUES$1.indexOf(source2) !== -1 ? !0 : FALSE_VALUES$1.indexOf(source2) !== -1 ? !1 : NOT_RESOLVED,
  identify: (object) => Object.prototype.toString.call(object) === "[object Boolean]",
  represent: (object) => object ? "true" : "false"
}), TRUE_VALUES = [
  "true",
  "True",
  "TRUE",
  "y",
  "Y",
  "yes",
  "Yes",
  "YES",
  "on",
  "On",
  "ON"
], FALSE_VALUES = [
  "false",
  "False",
  "FALSE",
  "n",
  "N",
  "no",
  "No",
  "NO",
  "off",
  "Off",
  "OFF"
], boolYaml11Tag = defineScalarTag("tag:yaml.org,2002:bool", {
  implicit: !0,
  implicitFirstChars: [
    "y",
    "Y",
    "n",
    "N",
    "t",
    "T",
    "f",
    "F",
    "o",
    "O"
  ],
  resolve: (source2) => TRUE_VALUES.indexOf(source2) !== -1 ? !0 : FALSE_VALUES.indexOf(source2) !== -1 ? !1 : NOT_RESOLVED,
  identify: (object) => Object.prototype.toString.call(object) === "[object Boolean]",
  represent: (object) => object ? "true" : "false"
}), YAML_INTEGER_IMPLICIT_PATTERN$1 = /* @__PURE__ */ new RegExp("^(?:0o[0-7]+|0x[0-9a-fA-F]+|[-+]?[0-9]+)$"), YAML_INTEGER_EXPLICIT_PATTERN$1 = /* @__PURE__ */ new RegExp("^(?:[-+]?0b[0-1]+|[-+]?0o[0-7]+|[-+]?0x[0-9a-fA-F]+|[-+]?[0-9]+)$");
function parseYamlInteger$2(source2) {
  let value2 = source2, sign = 1;
  return (value2[0] === "-" || value2[0] === "+") && (value2[0] === "-" && (sign = -1), value2 = value2.slice(1)), value2.startsWith("0b") ? sign * parseInt(value2.slice(2), 2) : value2.startsWith("0o") ? sign * parseInt(value2.slice(2), 8) : value2.startsWith("0x") ? sign * parseInt(value2.slice(2), 16) : sign * parseInt(value2, 10);
}
function resolveYamlInteger$2(source2, isExplicit) {
  if (isExplicit) {
    if (!YAML_INTEGER_EXPLICIT_PATTERN$1.test(source2)) return NOT_RESOLVED;
  } else if (!YAML_INTEGER_IMPLICIT_PATTERN$1.test(source2)) return NOT_RESOLVED;
  let result = parseYamlInteger$2(source2);
  return Number.isFinite(result) ? result : NOT_RESOLVED;
}
var intCoreTag = defineScalarTag("tag:yaml.org,2002:int", {
  implicit: !0,
  implicitFirstChars: [
    "-",
    "+",
    ..."0123456789"
  ],
  resolve: resolveYamlInteger$2,
  identify: (object) => Number.isInteger(object) && !Object.is(object, -0) && object.toString(10).indexOf("e") < 0,
  represent: (object) => object.toString(10)
}), YAML_INTEGER_IMPLICIT_PATTERN = /* @__PURE__ */ new RegExp("^-?(?:0|[1-9][0-9]*)$"), YAML_INTEGER_EXPLICIT_PATTERN = /* @__PURE__ */ new RegExp("^(?:[-+]?0b[0-1]+|[-+]?0o[0-7]+|[-+]?0x[0-9a-fA-F]+|[-+]?[0-9]+)$");
function parseYamlInteger$1(source2) {
  let value2 = source2, sign = 1;
  return (value2[0] === "-" || value2[0] === "+") && (value2[0] === "-" && (sign = -1), value2 = value2.slice(1)), value2.startsWith("0b") ? sign * parseInt(value2.slice(2), 2) : value2.startsWith("0o") ? sign * parseInt(value2.slice(2), 8) : value2.startsWith("0x") ? sign * parseInt(value2.slice(2), 16) : sign * parseInt(value2, 10);
}
function resolveYamlInteger$1(source2, isExplicit) {
  if (isExplicit) {
    if (!YAML_INTEGER_EXPLICIT_PATTERN.test(source2)) return NOT_RESOLVED;
  } else if (!YAML_INTEGER_IMPLICIT_PATTERN.test(source2)) return NOT_RESOLVED;
  let result = parseYamlInteger$1(source2);
  return Number.isFinite(result) ? result : NOT_RESOLVED;
}
var intJsonTag = defineScalarTag("tag:yaml.org,2002:int", {
  implicit: !0,
  implicitFirstChars: ["-", ..."0123456789"],
  resolve: resolveYamlInteger$1,
  identify: (object) => Number.isInteger(object) && !Object.is(object, -0) && object.toString(10).indexOf("e") < 0,
  represent: (object) => object.toString(10)
}), YAML_INTEGER_PATTERN = /* @__PURE__ */ new RegExp("^(?:[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?0x[0-9a-fA-F_]+|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+|[-+]?(?:0|[1-9][0-9_]*))$");
function parseYamlInteger(source2) {
  let value2 = source2.replace(/_/g, ""), sign = 1;
  if ((value2[0] === "-" || value2[0] === "+") && (value2[0] === "-" && (sign = -1), value2 = value2.slice(1)), value2.startsWith("0b")) return sign * parseInt(value2.slice(2), 2);
  if (value2.startsWith("0x")) return sign * parseInt(value2.slice(2), 16);
  if (value2.includes(":")) {
    let result = 0;
    for (let part of value2.split(":")) result = result * 60 + Number(part);
    return sign * result;
  }
  return value2 !== "0" && value2[0] === "0" ? sign * parseInt(value2, 8) : sign * parseInt(value2, 10);
}
function resolveYamlInteger(source2) {
  if (!YAML_INTEGER_PATTERN.test(source2)) return NOT_RESOLVED;
  let result = parseYamlInteger(source2);
  return Number.isFinite(result) ? result : NOT_RESOLVED;
}
var intYaml11Tag = defineScalarTag("tag:yaml.org,2002:int", {
  implicit: !0,
  implicitFirstChars: [
    "-",
    "+",
    ..."0123456789"
  ],
  resolve: resolveYamlInteger,
  identify: (object) => Number.isInteger(object) && !Object.is(object, -0) && object.toString(10).indexOf("e") < 0,
  represent: (object) => object.toString(10)
}), YAML_FLOAT_PATTERN$1 = /* @__PURE__ */ new RegExp("^(?:[-+]?[0-9]+(?:\\.[0-9]*)?(?:[eE][-+]?[0-9]+)?|[-+]?\\.[0-9]+(?:[eE][-+]?[0-9]+)?|[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN))$"), YAML_FLOAT_SPECIAL_PATTERN$1 = /* @__PURE__ */ new RegExp("^(?:[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN))$");
function resolveYamlFloat$2(source2) {
  if (!YAML_FLOAT_PATTERN$1.test(source2)) return NOT_RESOLVED;
  let value2 = source2.toLowerCase(), sign = value2[0] === "-" ? -1 : 1;
  if ("+-".includes(value2[0]) && (value2 = value2.slice(1)), value2 === ".inf") return sign === 1 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  if (value2 === ".nan") return NaN;
  let result = sign * parseFloat(value2);
  return Number.isFinite(result) || YAML_FLOAT_SPECIAL_PATTERN$1.test(source2) ? result : NOT_RESOLVED;
}
function representYamlFloat$2(object) {
  if (isNaN(object)) return ".nan";
  if (object === Number.POSITIVE_INFINITY) return ".inf";
  if (object === Number.NEGATIVE_INFINITY) return "-.inf";
  if (Object.is(object, -0)) return "-0.0";
  let result = object.toString(10);
  return /^[-+]?[0-9]+e/.test(result) ? result.replace("e", ".e") : result;
}
var floatCoreTag = defineScalarTag("tag:yaml.org,2002:float", {
  implicit: !0,
  implicitFirstChars: [
    "-",
    "+",
    ".",
    ..."0123456789"
  ],
  resolve: resolveYamlFloat$2,
  identify: (object) => typeof object == "number" && (!Number.isInteger(object) || Object.is(object, -0) || object.toString(10).indexOf("e") >= 0),
  represent: representYamlFloat$2
}), YAML_FLOAT_IMPLICIT_PATTERN = /* @__PURE__ */ new RegExp("^-?(?:0|[1-9][0-9]*)(?:\\.[0-9]*)?(?:[eE][-+]?[0-9]+)?$"), YAML_FLOAT_EXPLICIT_PATTERN = /* @__PURE__ */ new RegExp("^(?:[-+]?[0-9]+(?:\\.[0-9]*)?(?:[eE][-+]?[0-9]+)?|[-+]?\\.[0-9]+(?:[eE][-+]?[0-9]+)?|[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN))$");
function resolveYamlFloat$1(source2, isExplicit) {
  if (isExplicit) {
    if (!YAML_FLOAT_EXPLICIT_PATTERN.test(source2)) return NOT_RESOLVED;
    let value2 = source2.toLowerCase(), sign = value2[0] === "-" ? -1 : 1;
    if ("+-".includes(value2[0]) && (value2 = value2.slice(1)), value2 === ".inf") return sign === 1 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
    if (value2 === ".nan") return NaN;
    let result2 = sign * parseFloat(value2);
    return Number.isFinite(result2) ? result2 : NOT_RESOLVED;
  }
  if (!YAML_FLOAT_IMPLICIT_PATTERN.test(source2)) return NOT_RESOLVED;
  let result = Number(source2);
  return Number.isFinite(result) ? result : NOT_RESOLVED;
}
function representYamlFloat$1(object) {
  if (isNaN(object)) return ".nan";
  if (object === Number.POSITIVE_INFINITY) return ".inf";
  if (object === Number.NEGATIVE_INFINITY) return "-.inf";
  if (Object.is(object, -0)) return "-0.0";
  let result = object.toString(10);
  return /^[-+]?[0-9]+e/.test(result) ? result.replace("e", ".e") : result;
}
var floatJsonTag = defineScalarTag("tag:yaml.org,2002:float", {
  implicit: !0,
  implicitFirstChars: ["-", ..."0123456789"],
  resolve: resolveYamlFloat$1,
  identify: (object) => typeof object == "number" && (!Number.isInteger(object) || Object.is(object, -0) || object.toString(10).indexOf("e") >= 0),
  represent: representYamlFloat$1
}), YAML_FLOAT_PATTERN = /* @__PURE__ */ new RegExp("^(?:[-+]?(?:(?:[0-9][0-9_]*)?\\.[0-9_]*)(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\\.[0-9_]*|[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN))$"), YAML_FLOAT_SPECIAL_PATTERN = /* @__PURE__ */ new RegExp("^(?:[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN))$");
function resolveYamlFloat(source2) {
  if (!YAML_FLOAT_PATTERN.test(source2)) return NOT_RESOLVED;
  let value2 = source2.toLowerCase().replace(/_/g, ""), sign = value2[0] === "-" ? -1 : 1;
  if ("+-".includes(value2[0]) && (value2 = value2.slice(1)), value2 === ".inf") return sign === 1 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  if (value2 === ".nan") return NaN;
  let result = 0;
  if (value2.includes(":")) {
    for (let part of value2.split(":")) result = result * 60 + Number(part);
    result *= sign;
  } else result = sign * parseFloat(value2);
  return Number.isFinite(result) || YAML_FLOAT_SPECIAL_PATTERN.test(source2) ? result : NOT_RESOLVED;
}
function representYamlFloat(object) {
  if (isNaN(object)) return ".nan";
  if (object === Number.POSITIVE_INFINITY) return ".inf";
  if (object === Number.NEGATIVE_INFINITY) return "-.inf";
  if (Object.is(object, -0)) return "-0.0";
  let result = object.toString(10);
  return /^[-+]?[0-9]+e/.test(result) ? result.replace("e", ".e") : result;
}
var floatYaml11Tag = defineScalarTag("tag:yaml.org,2002:float", {
  implicit: !0,
  implicitFirstChars: [
    "-",
    "+",
    ".",
    ..."0123456789"
  ],
  resolve: resolveYamlFloat,
  identify: (object) => typeof object == "number" && (!Number.isInteger(object) || Object.is(object, -0) || object.toString(10).indexOf("e") >= 0),
  represent: representYamlFloat
}), mergeTag = defineScalarTag("tag:yaml.org,2002:merge", {
  implicit: !0,
  implicitFirstChars: ["<"],
  resolve: (source2, isExplicit) => source2 === "<<" || isExplicit && source2 === "" ? "<<" : NOT_RESOLVED,
  identify: () => !1
}), BASE64_PATTERN = /^[A-Za-z0-9+/]*={0,2}$/;
function resolveYamlBinary(source2) {
  let input = source2.replace(/\s/g, "");
  if (input.length % 4 !== 0 || !BASE64_PATTERN.test(input)) return NOT_RESOLVED;
  let binary = atob(input), result = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index++) result[index] = binary.charCodeAt(index);
  return result;
}
function representYamlBinary(object) {
  let binary = "";
  for (let index = 0; index < object.length; index++) binary += String.fromCharCode(object[index]);
  return btoa(binary);
}
var binaryTag = defineScalarTag("tag:yaml.org,2002:binary", {
  resolve: resolveYamlBinary,
  identify: (object) => Object.prototype.toString.call(object) === "[object Uint8Array]",
  represent: representYamlBinary
}), YAML_DATE_REGEXP = /* @__PURE__ */ new RegExp("^([0-9][0-9][0-9][0-9])-([0-9][0-9])-([0-9][0-9])$"), YAML_TIMESTAMP_REGEXP = /* @__PURE__ */ new RegExp("^([0-9][0-9][0-9][0-9])-([0-9][0-9]?)-([0-9][0-9]?)(?:[Tt]|[ \\t]+)([0-9][0-9]?):([0-9][0-9]):([0-9][0-9])(?:\\.([0-9]*))?(?:[ \\t]*(Z|([-+])([0-9][0-9]?)(?::([0-9][0-9]))?))?$");
function makeUtcDate(year, month, day, hour = 0, minute = 0, second = 0, fraction = 0) {
  let date = new Date(Date.UTC(year, month, day, hour, minute, second, fraction));
  return date.setUTCFullYear(year, month, day), date;
}
function resolveYamlTimestamp(source2) {
  let match = YAML_DATE_REGEXP.exec(source2);
  if (match === null && (match = YAML_TIMESTAMP_REGEXP.exec(source2)), match === null) return NOT_RESOLVED;
  let year = +match[1], month = +match[2] - 1, day = +match[3];
  if (!match[4]) {
    let date2 = makeUtcDate(year, month, day);
    return date2.getUTCFullYear() !== year || date2.getUTCMonth() !== month || date2.getUTCDate() !== day ? NOT_RESOLVED : date2;
  }
  let hour = +match[4], minute = +match[5], second = +match[6], fraction = 0;
  if (hour > 23 || minute > 59 || second > 59) return NOT_RESOLVED;
  if (match[7]) {
    let value2 = match[7].slice(0, 3);
    for (; value2.length < 3; ) value2 += "0";
    fraction = +value2;
  }
  let date = makeUtcDate(year, month, day, hour, minute, second, fraction);
  if (date.getUTCFullYear() !== year || date.getUTCMonth() !== month || date.getUTCDate() !== day) return NOT_RESOLVED;
  if (match[9]) {
    let offsetHour = +match[10], offsetMinute = +(match[11] || 0);
    if (offsetHour > 23 || offsetMinute > 59) return NOT_RESOLVED;
    let offset = (offsetHour * 60 + offsetMinute) * 6e4;
    date.setTime(date.getTime() - (match[9] === "-" ? -offset : offset));
  }
  return date;
}
var timestampTag = defineScalarTag("tag:yaml.org,2002:timestamp", {
  implicit: !0,
  implicitFirstChars: [..."0123456789"],
  resolve: resolveYamlTimestamp,
  identify: (object) => object instanceof Date,
  represent: (object) => object.toISOString()
}), seqTag = defineSequenceTag("tag:yaml.org,2002:seq", {
  create: () => [],
  addItem: (container, item) => {
    container.push(item);
  },
  identify: Array.isArray
});
function isPlainObject(data) {
  if (data === null || typeof data != "object" || Array.isArray(data)) return !1;
  let prototype = Object.getPrototypeOf(data);
  return prototype === null || prototype === Object.prototype;
}
var omapTag = defineSequenceTag("tag:yaml.org,2002:omap", {
  create: () => ({
    list: [],
    seen: /* @__PURE__ */ new Set()
  }),
  addItem: (carrier, item) => {
    let key;
    if (item instanceof Map) {
      if (item.size !== 1) return "cannot resolve an ordered map item";
      key = item.keys().next().value;
    } else if (isPlainObject(item)) {
      let itemKeys = Object.keys(item);
      if (itemKeys.length !== 1) return "cannot resolve an ordered map item";
      key = itemKeys[0];
    } else return "cannot resolve an ordered map item";
    return carrier.seen.has(key) ? "duplicate key in ordered map" : (carrier.seen.add(key), carrier.list.push(item), "");
  },
  finalize: (carrier) => carrier.list,
  identify: () => !1
}), pairsTag = defineSequenceTag("tag:yaml.org,2002:pairs", {
  create: () => [],
  addItem: (container, item) => {
    if (item instanceof Map)
      return item.size !== 1 ? "cannot resolve a pairs item" : (container.push(item.entries().next().value), "");
    if (Object.prototype.toString.call(item) !== "[object Object]") return "cannot resolve a pairs item";
    let object = item, keys = Object.keys(object);
    return keys.length !== 1 ? "cannot resolve a pairs item" : (container.push([keys[0], object[keys[0]]]), "");
  },
  identify: () => !1
}), mapTag = defineMappingTag("tag:yaml.org,2002:map", {
  create: () => ({}),
  identify: isPlainObject,
  represent: (o) => {
    let map = /* @__PURE__ */ new Map();
    for (let key of Object.keys(o)) map.set(key, o[key]);
    return map;
  },
  addPair: (container, key, value2) => {
    if (key !== null && typeof key == "object") return "object-based map does not support complex keys";
    let normalizedKey = String(key);
    return normalizedKey === "__proto__" ? Object.defineProperty(container, normalizedKey, {
      value: value2,
      enumerable: !0,
      configurable: !0,
      writable: !0
    }) : container[normalizedKey] = value2, "";
  },
  has: (container, key) => key !== null && typeof key == "object" ? !1 : Object.prototype.hasOwnProperty.call(container, String(key)),
  keys: (container) => Object.keys(container),
  get: (container, key) => {
    let normalizedKey = String(key);
    return Object.prototype.hasOwnProperty.call(container, normalizedKey) ? container[normalizedKey] : null;
  }
}), setTag = defineMappingTag("tag:yaml.org,2002:set", {
  create: () => /* @__PURE__ */ new Set(),
  identify: (data) => data instanceof Set,
  represent: (data) => {
    let map = /* @__PURE__ */ new Map();
    for (let key of data) map.set(key, null);
    return map;
  },
  addPair: (container, key, value2) => value2 !== null ? "cannot resolve a set item" : (container.add(key), ""),
  has: (container, key) => container.has(key),
  keys: (container) => container.keys(),
  get: () => null
});
function createTagDefinitionMap() {
  return {
    scalar: /* @__PURE__ */ Object.create(null),
    sequence: /* @__PURE__ */ Object.create(null),
    mapping: /* @__PURE__ */ Object.create(null)
  };
}
function createTagDefinitionListMap() {
  return {
    scalar: [],
    sequence: [],
    mapping: []
  };
}
function compileTags(tags) {
  let result = [];
  for (let tag2 of tags) {
    let index = result.length;
    for (let previousIndex = 0; previousIndex < result.length; previousIndex++) {
      let previous = result[previousIndex];
      if (previous.nodeKind === tag2.nodeKind && previous.tagName === tag2.tagName && previous.matchByTagPrefix === tag2.matchByTagPrefix) {
        index = previousIndex;
        break;
      }
    }
    result[index] = tag2;
  }
  return result;
}
var Schema = class Schema2 {
  tags;
  /** @internal */
  implicitScalarTags;
  /**
  * Dispatch implicit scalar resolvers by `source.charAt(0)`. Each bucket holds
  * the resolvers that may match that key, in schema order; a key absent from
  * the map uses
  * {@link Schema.implicitScalarAnyFirstChar}
  * (resolvers that declared no first-char constraint, so they apply to any
  * first character).
  */
  implicitScalarByFirstChar;
  implicitScalarAnyFirstChar;
  /**
  * The default scalar tag (`!!str`), resolved once so the composer's fallback
  * for unresolved plain scalars avoids a keyed lookup per scalar.
  *
  * @internal
  */
  defaultScalarTag;
  /**
  * The default container tags (`!!seq` / `!!map`), used by the dumper: when a
  * value is identified by its default tag, the tag is implicit and not
  * printed. Undefined if the schema does not define them (then such values
  * can't be dumped).
  *
  * @internal
  */
  defaultSequenceTag;
  /** @internal */
  defaultMappingTag;
  exact;
  prefix;
  constructor(tags) {
    let compiledTags = compileTags(tags), implicitScalarTags = [], exact = createTagDefinitionMap(), prefix = createTagDefinitionListMap();
    for (let tag2 of compiledTags) {
      if (tag2.nodeKind === "scalar" && tag2.implicit) {
        if (tag2.matchByTagPrefix) throw new Error("Implicit scalar tags cannot match by tag prefix");
        implicitScalarTags.push(tag2);
      }
      switch (tag2.nodeKind) {
        case "scalar":
          tag2.matchByTagPrefix ? prefix.scalar.push(tag2) : exact.scalar[tag2.tagName] = tag2;
          break;
        case "sequence":
          tag2.matchByTagPrefix ? prefix.sequence.push(tag2) : exact.sequence[tag2.tagName] = tag2;
          break;
        case "mapping":
          tag2.matchByTagPrefix ? prefix.mapping.push(tag2) : exact.mapping[tag2.tagName] = tag2;
      }
    }
    let implicitScalarAnyFirstChar = implicitScalarTags.filter((tag2) => tag2.implicitFirstChars === null), keys = /* @__PURE__ */ new Set();
    for (let tag2 of implicitScalarTags) if (tag2.implicitFirstChars !== null) for (let key of tag2.implicitFirstChars) keys.add(key);
    let implicitScalarByFirstChar = /* @__PURE__ */ new Map();
    for (let key of keys) implicitScalarByFirstChar.set(key, implicitScalarTags.filter((tag2) => tag2.implicitFirstChars === null || tag2.implicitFirstChars.indexOf(key) !== -1));
    let defaultScalarTag = exact.scalar["tag:yaml.org,2002:str"];
    if (!defaultScalarTag) throw new Error("schema does not define the default scalar tag (tag:yaml.org,2002:str)");
    this.tags = compiledTags, this.implicitScalarTags = implicitScalarTags, this.implicitScalarByFirstChar = implicitScalarByFirstChar, this.implicitScalarAnyFirstChar = implicitScalarAnyFirstChar, this.defaultScalarTag = defaultScalarTag, this.defaultSequenceTag = exact.sequence["tag:yaml.org,2002:seq"], this.defaultMappingTag = exact.mapping["tag:yaml.org,2002:map"], this.exact = exact, this.prefix = prefix;
  }
  /** @internal */
  lookupScalarTag(tagName) {
    let exactTag = this.exact.scalar[tagName];
    if (exactTag) return exactTag;
    for (let tag2 of this.prefix.scalar) if (tagName.startsWith(tag2.tagName)) return tag2;
  }
  /** @internal */
  lookupSequenceTag(tagName) {
    let exactTag = this.exact.sequence[tagName];
    if (exactTag) return exactTag;
    for (let tag2 of this.prefix.sequence) if (tagName.startsWith(tag2.tagName)) return tag2;
  }
  /** @internal */
  lookupMappingTag(tagName) {
    let exactTag = this.exact.mapping[tagName];
    if (exactTag) return exactTag;
    for (let tag2 of this.prefix.mapping) if (tagName.startsWith(tag2.tagName)) return tag2;
  }
  /** @internal */
  resolveImplicitScalarTag(source2) {
    let candidates = this.implicitScalarByFirstChar.get(source2.charAt(0)) ?? this.implicitScalarAnyFirstChar;
    for (let tag3 of candidates) {
      let value2 = tag3.resolve(source2, !1, tag3.tagName);
      if (value2 !== NOT_RESOLVED) return {
        value: value2,
        tag: tag3
      };
    }
    let tag2 = this.defaultScalarTag;
    return {
      value: tag2.resolve(source2, !1, tag2.tagName),
      tag: tag2
    };
  }
  /**
  * Creates a new schema with the specified tags added. If a tag already
  * exists, it is replaced by the specified tag.
  *
  * @example
  *
  * ```javascript
  * import { CORE_SCHEMA, mergeTag, realMapTag } from 'js-yaml'
  *
  * const schema = CORE_SCHEMA.withTags(mergeTag, realMapTag)
  * ```
  */
  withTags(...tags) {
    let flatTags = [];
    for (let tag2 of tags) flatTags = flatTags.concat(tag2);
    return new Schema2([...this.tags, ...flatTags]);
  }
}, FAILSAFE_SCHEMA = new Schema([
  strTag,
  seqTag,
  mapTag
]), JSON_SCHEMA = new Schema([
  ...FAILSAFE_SCHEMA.tags,
  nullJsonTag,
  boolJsonTag,
  intJsonTag,
  floatJsonTag
]), CORE_SCHEMA = new Schema([
  ...FAILSAFE_SCHEMA.tags,
  nullCoreTag,
  boolCoreTag,
  intCoreTag,
  floatCoreTag
]), YAML11_SCHEMA = new Schema([
  ...FAILSAFE_SCHEMA.tags,
  nullYaml11Tag,
  boolYaml11Tag,
  intYaml11Tag,
  floatYaml11Tag,
  timestampTag,
  mergeTag,
  binaryTag,
  omapTag,
  pairsTag,
  setTag
]), DUMP_SCHEMA = YAML11_SCHEMA.withTags({
  ...intYaml11Tag,
  resolve: (source2, isExplicit, tagName) => {
    let result = intYaml11Tag.resolve(source2, isExplicit, tagName);
    return result === NOT_RESOLVED ? intCoreTag.resolve(source2, isExplicit, tagName) : result;
  }
}, {
  ...floatYaml11Tag,
  resolve: (source2, isExplicit, tagName) => {
    let result = floatYaml11Tag.resolve(source2, isExplicit, tagName);
    return result === NOT_RESOLVED ? floatCoreTag.resolve(source2, isExplicit, tagName) : result;
  }
}), realMapTag = defineMappingTag("tag:yaml.org,2002:map", {
  create: () => /* @__PURE__ */ new Map(),
  addPair: (container, key, value2) => (container.set(key, value2), ""),
  has: (container, key) => container.has(key),
  keys: (container) => container.keys(),
  get: (container, key) => container.get(key),
  identify: (data) => data instanceof Map || isPlainObject(data),
  represent: (data) => {
    if (data instanceof Map) return data;
    let map = /* @__PURE__ */ new Map(), obj = data;
    for (let key of Object.keys(obj)) map.set(key, obj[key]);
    return map;
  }
});
function normalizeKey(key) {
  if (Array.isArray(key)) {
    let array = Array.prototype.slice.call(key);
    for (let index = 0; index < array.length; index++) {
      if (Array.isArray(array[index])) return null;
      typeof array[index] == "object" && Object.prototype.toString.call(array[index]) === "[object Object]" && (array[index] = "[object Object]");
    }
    return String(array);
  }
  return typeof key == "object" && Object.prototype.toString.call(key) === "[object Object]" ? "[object Object]" : String(key);
}
var legacyMapTag = defineMappingTag("tag:yaml.org,2002:map", {
  create: () => ({}),
  identify: isPlainObject,
  represent: (o) => {
    let map = /* @__PURE__ */ new Map();
    for (let key of Object.keys(o)) map.set(key, o[key]);
    return map;
  },
  addPair: (container, key, value2) => {
    let normalizedKey = normalizeKey(key);
    return normalizedKey === null ? "nested arrays are not supported inside keys" : (normalizedKey === "__proto__" ? Object.defineProperty(container, normalizedKey, {
      value: value2,
      enumerable: !0,
      configurable: !0,
      writable: !0
    }) : container[normalizedKey] = value2, "");
  },
  has: (container, key) => {
    let normalizedKey = normalizeKey(key);
    return normalizedKey !== null && Object.prototype.hasOwnProperty.call(container, normalizedKey);
  },
  keys: (container) => Object.keys(container),
  get: (container, key) => {
    let normalizedKey = String(key);
    return Object.prototype.hasOwnProperty.call(container, normalizedKey) ? container[normalizedKey] : null;
  }
}), DEFAULT_SNIPPET_OPTIONS = {
  maxLength: 79,
  indent: 1,
  linesBefore: 3,
  linesAfter: 2
};
function getLine(buffer, lineStart, lineEnd, position, maxLineLength) {
  let head = "", tail = "", maxHalfLength = Math.floor(maxLineLength / 2) - 1;
  return position - lineStart > maxHalfLength && (head = " ... ", lineStart = position - maxHalfLength + head.length), lineEnd - position > maxHalfLength && (tail = " ...", lineEnd = position + maxHalfLength - tail.length), {
    str: head + buffer.slice(lineStart, lineEnd).replace(/\t/g, "→") + tail,
    pos: position - lineStart + head.length
  };
}
function padStart(string, max) {
  return " ".repeat(Math.max(max - string.length, 0)) + string;
}
function makeSnippet(mark, options) {
  if (!mark.buffer) return null;
  let opts = {
    ...DEFAULT_SNIPPET_OPTIONS,
    ...options
  }, re = /\r?\n|\r|\0/g, lineStarts2 = [0], lineEnds = [], match, foundLineNo = -1;
  for (; match = re.exec(mark.buffer); )
    lineEnds.push(match.index), lineStarts2.push(match.index + match[0].length), mark.position <= match.index && foundLineNo < 0 && (foundLineNo = lineStarts2.length - 2);
  foundLineNo < 0 && (foundLineNo = lineStarts2.length - 1);
  let result = "", lineNoLength = Math.min(mark.line + opts.linesAfter, lineEnds.length).toString().length, maxLineLength = opts.maxLength - (opts.indent + lineNoLength + 3);
  for (let i = 1; i <= opts.linesBefore && !(foundLineNo - i < 0); i++) {
    let line2 = getLine(mark.buffer, lineStarts2[foundLineNo - i], lineEnds[foundLineNo - i], mark.position - (lineStarts2[foundLineNo] - lineStarts2[foundLineNo - i]), maxLineLength);
    result = `${" ".repeat(opts.indent)}${padStart((mark.line - i + 1).toString(), lineNoLength)} | ${line2.str}
${result}`;
  }
  let line = getLine(mark.buffer, lineStarts2[foundLineNo], lineEnds[foundLineNo], mark.position, maxLineLength);
  result += `${" ".repeat(opts.indent)}${padStart((mark.line + 1).toString(), lineNoLength)} | ${line.str}
`, result += `${"-".repeat(opts.indent + lineNoLength + 3 + line.pos)}^
`;
  for (let i = 1; i <= opts.linesAfter && !(foundLineNo + i >= lineEnds.length); i++) {
    let line2 = getLine(mark.buffer, lineStarts2[foundLineNo + i], lineEnds[foundLineNo + i], mark.position - (lineStarts2[foundLineNo] - lineStarts2[foundLineNo + i]), maxLineLength);
    result += `${" ".repeat(opts.indent)}${padStart((mark.line + i + 1).toString(), lineNoLength)} | ${line2.str}
`;
  }
  return result.replace(/\n$/, "");
}
function formatError(exception, compact) {
  let where = "";
  return exception.mark ? (exception.mark.name && (where += `in "${exception.mark.name}" `), where += `(${exception.mark.line + 1}:${exception.mark.column + 1})`, !compact && exception.mark.snippet && (where += `

${exception.mark.snippet}`), `${exception.reason} ${where}`) : exception.reason;
}
var YAMLException = class YAMLException2 extends Error {
  reason;
  mark;
  /**
  * Optional `mark` contains source snippet data. Usually, use
  * {@link YAMLException.throwAt} instead of passing it directly.
  */
  constructor(reason, mark) {
    super(), this.name = "YAMLException", this.reason = reason, this.mark = mark, this.message = formatError(this, !1), Error.captureStackTrace && Error.captureStackTrace(this, this.constructor);
  }
  /**
  * Returns the formatted error, omitting the source snippet in compact mode.
  */
  toString(compact) {
    return `${this.name}: ${formatError(this, compact)}`;
  }
  /**
  * Builds a YAMLException with a source snippet and throws it. `source` is
  * the raw input text; `position` is an offset into it.
  */
  static throwAt(source2, position, message, filename = "") {
    let line = 0, lineStart = 0;
    for (let index = 0; index < position; index++) {
      let ch = source2.charCodeAt(index);
      ch === 10 ? (line++, lineStart = index + 1) : ch === 13 && (line++, source2.charCodeAt(index + 1) === 10 && index++, lineStart = index + 1);
    }
    let mark = {
      name: filename,
      buffer: source2,
      position,
      line,
      column: position - lineStart
    };
    throw mark.snippet = makeSnippet(mark), new YAMLException2(message, mark);
  }
}, EVENT_ID = {
  DOCUMENT: 1,
  SEQUENCE: 2,
  MAPPING: 3,
  SCALAR: 4,
  ALIAS: 5,
  POP: 6
}, SCALAR_STYLE = {
  PLAIN: 1,
  SINGLE_QUOTED: 2,
  DOUBLE_QUOTED: 3,
  LITERAL_BLOCK: 4,
  FOLDED_BLOCK: 5
}, COLLECTION_STYLE = {
  BLOCK: 1,
  FLOW: 2
}, CHOMPING_MODE = {
  CLIP: 1,
  STRIP: 2,
  KEEP: 3
}, NO_RANGE$3 = -1;
function simpleEscapeSequence(c) {
  switch (c) {
    case 48:
      return "\0";
    case 97:
      return "\x07";
    case 98:
      return "\b";
    case 116:
      return "	";
    case 9:
      return "	";
    case 110:
      return `
`;
    case 118:
      return "\v";
    case 102:
      return "\f";
    case 114:
      return "\r";
    case 101:
      return "\x1B";
    case 32:
      return " ";
    case 34:
      return '"';
    case 47:
      return "/";
    case 92:
      return "\\";
    case 78:
      return "";
    case 95:
      return " ";
    case 76:
      return "\u2028";
    case 80:
      return "\u2029";
    default:
      return "";
  }
}
var simpleEscapeCheck = new Array(256), simpleEscapeMap = new Array(256);
for (let i = 0; i < 256; i++)
  simpleEscapeCheck[i] = simpleEscapeSequence(i) ? 1 : 0, simpleEscapeMap[i] = simpleEscapeSequence(i);
function charFromCodepoint(c) {
  return c <= 65535 ? String.fromCharCode(c) : String.fromCharCode((c - 65536 >> 10) + 55296, (c - 65536 & 1023) + 56320);
}
function fromHexCode$1(c) {
  return c >= 48 && c <= 57 ? c - 48 : (c | 32) - 97 + 10;
}
function escapedHexLen$1(c) {
  return c === 120 ? 2 : c === 117 ? 4 : 8;
}
function skipFoldedBreaks(input, position, end) {
  let breaks = 0;
  for (; position < end; ) {
    let ch = input.charCodeAt(position);
    if (ch === 10)
      breaks++, position++;
    else if (ch === 13)
      breaks++, position++, input.charCodeAt(position) === 10 && position++;
    else if (ch === 32 || ch === 9) position++;
    else break;
  }
  return {
    position,
    breaks
  };
}
function foldedBreaks(count2) {
  return count2 === 1 ? " " : `
`.repeat(count2 - 1);
}
function getPlainValue(input, start, end) {
  let result = "", position = start, captureStart = start, captureEnd = start;
  for (; position < end; ) {
    let ch = input.charCodeAt(position);
    if (ch === 10 || ch === 13) {
      result += input.slice(captureStart, captureEnd);
      let fold = skipFoldedBreaks(input, position, end);
      result += foldedBreaks(fold.breaks), position = captureStart = captureEnd = fold.position;
    } else
      position++, ch !== 32 && ch !== 9 && (captureEnd = position);
  }
  return result + input.slice(captureStart, captureEnd);
}
function getSingleQuotedValue(input, start, end) {
  let result = "", position = start, captureStart = start, captureEnd = start;
  for (; position < end; ) {
    let ch = input.charCodeAt(position);
    if (ch === 39)
      result += input.slice(captureStart, position) + "'", position += 2, captureStart = captureEnd = position;
    else if (ch === 10 || ch === 13) {
      result += input.slice(captureStart, captureEnd);
      let fold = skipFoldedBreaks(input, position, end);
      result += foldedBreaks(fold.breaks), position = captureStart = captureEnd = fold.position;
    } else
      position++, ch !== 32 && ch !== 9 && (captureEnd = position);
  }
  return result + input.slice(captureStart, end);
}
function getDoubleQuotedValue(input, start, end) {
  let result = "", position = start, captureStart = start, captureEnd = start;
  for (; position < end; ) {
    let ch = input.charCodeAt(position);
    if (ch === 92) {
      result += input.slice(captureStart, position), position++;
      let escaped = input.charCodeAt(position);
      if (escaped === 10 || escaped === 13) position = skipFoldedBreaks(input, position, end).position;
      else if (escaped < 256 && simpleEscapeCheck[escaped])
        result += simpleEscapeMap[escaped], position++;
      else {
        let hexLength = escapedHexLen$1(escaped), hexResult = 0;
        for (; hexLength > 0; hexLength--) {
          position++;
          let digit = fromHexCode$1(input.charCodeAt(position));
          hexResult = (hexResult << 4) + digit;
        }
        result += charFromCodepoint(hexResult), position++;
      }
      captureStart = captureEnd = position;
    } else if (ch === 10 || ch === 13) {
      result += input.slice(captureStart, captureEnd);
      let fold = skipFoldedBreaks(input, position, end);
      result += foldedBreaks(fold.breaks), position = captureStart = captureEnd = fold.position;
    } else
      position++, ch !== 32 && ch !== 9 && (captureEnd = position);
  }
  return result + input.slice(captureStart, end);
}
function getBlockValue(input, start, end, indent, chomping, folded3) {
  let textIndent = indent < 0 ? 0 : indent, region = input.slice(start, end).replace(/\r\n?/g, `
`), lines2 = region === "" ? [] : (region.endsWith(`
`) ? region.slice(0, -1) : region).split(`
`), result = "", didReadContent = !1, emptyLines = 0, atMoreIndented = !1;
  for (let line of lines2) {
    let column = 0;
    for (; column < textIndent && line.charCodeAt(column) === 32; ) column++;
    if (indent < 0 || column >= line.length) {
      emptyLines++;
      continue;
    }
    let content = line.slice(textIndent), first = content.charCodeAt(0);
    folded3 ? first === 32 || first === 9 ? (atMoreIndented = !0, result += `
`.repeat(didReadContent ? 1 + emptyLines : emptyLines)) : atMoreIndented ? (atMoreIndented = !1, result += `
`.repeat(emptyLines + 1)) : emptyLines === 0 ? didReadContent && (result += " ") : result += `
`.repeat(emptyLines) : result += `
`.repeat(didReadContent ? 1 + emptyLines : emptyLines), result += content, didReadContent = !0, emptyLines = 0;
  }
  return chomping === CHOMPING_MODE.KEEP ? result += `
`.repeat(didReadContent ? 1 + emptyLines : emptyLines) : chomping !== CHOMPING_MODE.STRIP && didReadContent && (result += `
`), result;
}
function getScalarValue(input, scalar) {
  if (scalar.valueStart === NO_RANGE$3) return "";
  let { valueStart, valueEnd } = scalar;
  if (scalar.fast) return input.slice(valueStart, valueEnd);
  switch (scalar.style) {
    case SCALAR_STYLE.SINGLE_QUOTED:
      return getSingleQuotedValue(input, valueStart, valueEnd);
    case SCALAR_STYLE.DOUBLE_QUOTED:
      return getDoubleQuotedValue(input, valueStart, valueEnd);
    case SCALAR_STYLE.LITERAL_BLOCK:
      return getBlockValue(input, valueStart, valueEnd, scalar.indent, scalar.chomping, !1);
    case SCALAR_STYLE.FOLDED_BLOCK:
      return getBlockValue(input, valueStart, valueEnd, scalar.indent, scalar.chomping, !0);
    default:
      return getPlainValue(input, valueStart, valueEnd);
  }
}
var DEFAULT_TAG_HANDLERS = Object.assign(/* @__PURE__ */ Object.create(null), {
  "!": "!",
  "!!": "tag:yaml.org,2002:"
}), TAG_SUFFIX_CHARS = "-#;/?:@&=+$_.~*'()", TAG_URI_CHARS = TAG_SUFFIX_CHARS + "!,[]";
function tagPercentDecode(source2) {
  let result = "", index = 0;
  for (; index < source2.length; ) {
    if (source2.charCodeAt(index) !== 37) {
      result += source2[index++];
      continue;
    }
    let ch = parseInt(source2.slice(index + 1, index + 3), 16);
    if (index += 3, ch >= 192) {
      let remaining = ch < 224 ? 1 : ch < 240 ? 2 : 3;
      for (ch &= (1 << 6 - remaining) - 1; remaining-- > 0; )
        ch = ch << 6 | parseInt(source2.slice(index + 1, index + 3), 16) & 63, index += 3;
    }
    ch < 65536 ? result += String.fromCharCode(ch) : (ch -= 65536, result += String.fromCharCode(55296 | ch >> 10, 56320 | ch & 1023));
  }
  return result;
}
function tagNameFull(rawTag, tagHandlers) {
  if (rawTag.startsWith("!<") && rawTag.endsWith(">")) return tagPercentDecode(rawTag.slice(2, -1));
  let handleEnd = rawTag.indexOf("!", 1), handle = handleEnd === -1 ? "!" : rawTag.slice(0, handleEnd + 1);
  return tagPercentDecode(tagHandlers?.[handle] ?? DEFAULT_TAG_HANDLERS[handle] ?? handle) + tagPercentDecode(rawTag.slice(handle.length));
}
var NO_RANGE$2 = -1, MERGE_TAG_NAME = "tag:yaml.org,2002:merge", DEFAULT_CONSTRUCTOR_OPTIONS = {
  filename: "",
  schema: CORE_SCHEMA,
  json: !1,
  maxTotalMergeKeys: 1e4,
  maxAliases: -1
};
function eventPosition$1(event) {
  return "tagStart" in event && event.tagStart !== NO_RANGE$2 ? event.tagStart : "anchorStart" in event && event.anchorStart !== NO_RANGE$2 ? event.anchorStart : "valueStart" in event && event.valueStart !== NO_RANGE$2 ? event.valueStart : "start" in event ? event.start : 0;
}
function throwError$1(state, message) {
  YAMLException.throwAt(state.source, state.position, message, state.filename);
}
function finalizeCollection(state, position, tag2, carrier) {
  try {
    return tag2.finalize(carrier);
  } catch (error) {
    if (error instanceof YAMLException) throw error;
    YAMLException.throwAt(state.source, position, error instanceof Error ? error.message : String(error), state.filename);
  }
}
function constructScalar(state, event) {
  let source2 = getScalarValue(state.source, event), rawTag = event.tagStart === NO_RANGE$2 ? "" : state.source.slice(event.tagStart, event.tagEnd), strTag2 = state.schema.defaultScalarTag;
  if (rawTag !== "") {
    if (rawTag === "!") return {
      value: source2,
      tag: strTag2
    };
    let tagName = tagNameFull(rawTag, state.tagHandlers), scalarTag = state.schema.lookupScalarTag(tagName);
    if (scalarTag) {
      let result = scalarTag.resolve(source2, !0, tagName);
      return result === NOT_RESOLVED && throwError$1(state, `cannot resolve a node with !<${tagName}> explicit tag`), {
        value: result,
        tag: scalarTag
      };
    }
    let collectionTagDef = state.schema.lookupMappingTag(tagName) ?? state.schema.lookupSequenceTag(tagName);
    if (collectionTagDef) {
      source2 !== "" && throwError$1(state, `cannot resolve a node with !<${tagName}> explicit tag`);
      let carrier = collectionTagDef.create(tagName);
      return {
        value: collectionTagDef.carrierIsResult ? carrier : finalizeCollection(state, state.position, collectionTagDef, carrier),
        tag: collectionTagDef
      };
    }
    throwError$1(state, `unknown scalar tag !<${tagName}>`);
  }
  return event.style === SCALAR_STYLE.PLAIN ? state.schema.resolveImplicitScalarTag(source2) : {
    value: strTag2.resolve(source2, !1, strTag2.tagName),
    tag: strTag2
  };
}
function collectionTagName(state, event, defaultTagName) {
  let rawTag = event.tagStart === NO_RANGE$2 ? "" : state.source.slice(event.tagStart, event.tagEnd);
  return rawTag === "" || rawTag === "!" ? defaultTagName : tagNameFull(rawTag, state.tagHandlers);
}
function isMappingTag(tag2) {
  return tag2.nodeKind === "mapping";
}
function chargeMergeWork(state) {
  state.totalMergeKeys++, state.maxTotalMergeKeys !== -1 && state.totalMergeKeys > state.maxTotalMergeKeys && throwError$1(state, `merge keys exceeded maxTotalMergeKeys (${state.maxTotalMergeKeys})`);
}
function mergeKeys(state, frame2, source2, sourceTag) {
  chargeMergeWork(state);
  for (let sourceKey2 of sourceTag.keys(source2)) {
    if (chargeMergeWork(state), frame2.tag.has(frame2.value, sourceKey2)) continue;
    let err = frame2.tag.addPair(frame2.value, sourceKey2, sourceTag.get(source2, sourceKey2));
    err && throwError$1(state, err), frame2.overridable ??= /* @__PURE__ */ new Set(), frame2.overridable.add(sourceKey2);
  }
}
function mergeSource(state, frame2, source2, sourceTag) {
  if (state.position = frame2.keyPosition, isMappingTag(sourceTag)) mergeKeys(state, frame2, source2, sourceTag);
  else if (sourceTag.nodeKind === "sequence" && Array.isArray(source2)) {
    source2.length > 100 && throwError$1(state, "abnormal merge sequence size");
    for (let element of source2) {
      let elementTag = state.nodeTags.get(element);
      elementTag || throwError$1(state, "cannot merge mappings; the provided source object is unacceptable"), mergeKeys(state, frame2, element, elementTag);
    }
  } else throwError$1(state, "cannot merge mappings; the provided source object is unacceptable");
}
function addMappingValue(state, frame2, key, value2, tag2) {
  if (state.position = frame2.keyPosition, frame2.keyIsMerge) {
    mergeSource(state, frame2, value2, tag2);
    return;
  }
  !state.json && frame2.tag.has(frame2.value, key) && !frame2.overridable?.has(key) && throwError$1(state, "duplicated mapping key");
  let err = frame2.tag.addPair(frame2.value, key, value2);
  err && throwError$1(state, err), frame2.overridable?.delete(key);
}
function addValue(state, value2, tag2) {
  let frame2 = state.frames[state.frames.length - 1];
  if (frame2.kind === "document")
    frame2.value = value2, frame2.hasValue = !0;
  else if (frame2.kind === "sequence") {
    isMappingTag(tag2) && state.nodeTags.set(value2, tag2);
    let err = frame2.tag.addItem(frame2.value, value2, frame2.index++);
    err && throwError$1(state, err);
  } else if (frame2.hasKey) {
    let key = frame2.key;
    frame2.key = void 0, frame2.hasKey = !1, addMappingValue(state, frame2, key, value2, tag2);
  } else
    frame2.key = value2, frame2.keyPosition = state.position, frame2.hasKey = !0, frame2.keyIsMerge = tag2.tagName === MERGE_TAG_NAME;
}
function storeAnchor(state, event, value2, tag2, isValueFinal) {
  if (event.anchorStart !== NO_RANGE$2) {
    let anchor = {
      value: value2,
      tag: tag2,
      isValueFinal
    };
    return state.anchors.set(state.source.slice(event.anchorStart, event.anchorEnd), anchor), anchor;
  }
  return null;
}
function constructFromEvents(events2, options) {
  let state = {
    ...DEFAULT_CONSTRUCTOR_OPTIONS,
    ...options,
    events: events2,
    documents: [],
    eventIndex: 0,
    position: 0,
    frames: [],
    anchors: /* @__PURE__ */ new Map(),
    nodeTags: /* @__PURE__ */ new Map(),
    tagHandlers: /* @__PURE__ */ Object.create(null),
    totalMergeKeys: 0,
    aliasCount: 0
  };
  for (; state.eventIndex < state.events.length; ) {
    let event = state.events[state.eventIndex++];
    switch (state.position = eventPosition$1(event), event.type) {
      case EVENT_ID.DOCUMENT:
        state.anchors = /* @__PURE__ */ new Map(), state.nodeTags = /* @__PURE__ */ new Map(), state.aliasCount = 0, state.tagHandlers = /* @__PURE__ */ Object.create(null);
        for (let directive of event.directives) directive.kind === "tag" && (state.tagHandlers[directive.handle] = directive.prefix);
        state.frames.push({
          kind: "document",
          position: state.position,
          value: void 0,
          hasValue: !1
        });
        break;
      case EVENT_ID.SCALAR: {
        let { value: value2, tag: tag2 } = constructScalar(state, event);
        storeAnchor(state, event, value2, tag2, !0), addValue(state, value2, tag2);
        break;
      }
      case EVENT_ID.SEQUENCE: {
        let tagName = collectionTagName(state, event, "tag:yaml.org,2002:seq"), tag2 = state.schema.lookupSequenceTag(tagName);
        tag2 || throwError$1(state, `unknown sequence tag !<${tagName}>`);
        let value2 = tag2.create(tagName), anchor = storeAnchor(state, event, value2, tag2, tag2.carrierIsResult);
        state.frames.push({
          kind: "sequence",
          position: state.position,
          value: value2,
          tag: tag2,
          anchor,
          index: 0
        });
        break;
      }
      case EVENT_ID.MAPPING: {
        let tagName = collectionTagName(state, event, "tag:yaml.org,2002:map"), tag2 = state.schema.lookupMappingTag(tagName);
        tag2 || throwError$1(state, `unknown mapping tag !<${tagName}>`);
        let value2 = tag2.create(tagName), anchor = storeAnchor(state, event, value2, tag2, tag2.carrierIsResult);
        state.frames.push({
          kind: "mapping",
          position: state.position,
          value: value2,
          tag: tag2,
          anchor,
          key: void 0,
          keyPosition: state.position,
          hasKey: !1,
          keyIsMerge: !1,
          overridable: null
        });
        break;
      }
      case EVENT_ID.ALIAS: {
        state.maxAliases !== -1 && ++state.aliasCount > state.maxAliases && throwError$1(state, `aliases exceeded maxAliases (${state.maxAliases})`);
        let name = state.source.slice(event.anchorStart, event.anchorEnd), anchor = state.anchors.get(name);
        anchor || throwError$1(state, `unidentified alias "${name}"`), anchor.isValueFinal || throwError$1(state, `recursive alias "${name}" is not supported for tag ${anchor.tag.tagName} because it uses finalize()`), addValue(state, anchor.value, anchor.tag);
        break;
      }
      case EVENT_ID.POP: {
        let frame2 = state.frames.pop();
        if (frame2.kind === "mapping" && frame2.hasKey && (state.position = frame2.keyPosition, throwError$1(state, "incomplete mapping pair in event stream")), frame2.kind === "document") state.documents.push(frame2.value);
        else {
          let value2 = frame2.tag.carrierIsResult ? frame2.value : finalizeCollection(state, frame2.position, frame2.tag, frame2.value);
          frame2.anchor && (frame2.anchor.value = value2, frame2.anchor.isValueFinal = !0), addValue(state, value2, frame2.tag);
        }
        break;
      }
    }
  }
  return state.documents;
}
var NO_RANGE$1 = -1, HAS_OWN = Object.prototype.hasOwnProperty, CONTEXT_FLOW_IN = 1, CONTEXT_FLOW_OUT = 2, CONTEXT_BLOCK_IN = 3, CONTEXT_BLOCK_OUT = 4, PATTERN_NON_PRINTABLE = /[\x00-\x08\x0B\x0C\x0E-\x1F\x7F-\x84\x86-\x9F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?:[^\uD800-\uDBFF]|^)[\uDC00-\uDFFF]/, PATTERN_FLOW_INDICATORS = /[,\[\]{}]/, PATTERN_TAG_HANDLE = /^(?:!|!!|![0-9A-Za-z-]+!)$/, NS_URI_CHAR = String.raw`(?:%[0-9A-Fa-f]{2}|[0-9A-Za-z\-#;/?:@&=+$,_.!~*'()\[\]])`, NS_TAG_CHAR = String.raw`(?:%[0-9A-Fa-f]{2}|[0-9A-Za-z\-#;/?:@&=+$.~*'()_])`, PATTERN_TAG_URI = new RegExp(`^(?:${NS_URI_CHAR})*$`), PATTERN_TAG_SUFFIX = new RegExp(`^(?:${NS_TAG_CHAR})+$`), PATTERN_TAG_PREFIX = new RegExp(`^(?:!(?:${NS_URI_CHAR})*|${NS_TAG_CHAR}(?:${NS_URI_CHAR})*)$`), DEFAULT_PARSER_OPTIONS = {
  filename: "",
  maxDepth: 100
};
function addDocumentEvent(state, explicitStart, explicitEnd) {
  state.events.push({
    type: EVENT_ID.DOCUMENT,
    explicitStart,
    explicitEnd,
    directives: state.directives
  });
}
function addSequenceEvent(state, start, anchorStart, anchorEnd, tagStart, tagEnd, style) {
  state.events.push({
    type: EVENT_ID.SEQUENCE,
    start,
    anchorStart,
    anchorEnd,
    tagStart,
    tagEnd,
    style
  });
}
function addMappingEvent(state, start, anchorStart, anchorEnd, tagStart, tagEnd, style) {
  state.events.push({
    type: EVENT_ID.MAPPING,
    start,
    anchorStart,
    anchorEnd,
    tagStart,
    tagEnd,
    style
  });
}
function insertFlowPairMappingEvent(state, snapshot) {
  state.events.splice(snapshot.eventsLength, 0, {
    type: EVENT_ID.MAPPING,
    start: snapshot.position,
    anchorStart: NO_RANGE$1,
    anchorEnd: NO_RANGE$1,
    tagStart: NO_RANGE$1,
    tagEnd: NO_RANGE$1,
    style: COLLECTION_STYLE.FLOW
  });
}
function addScalarEvent(state, valueStart, valueEnd, anchorStart, anchorEnd, tagStart, tagEnd, style, chomping = CHOMPING_MODE.CLIP, indent = -1, fast = !1) {
  state.events.push({
    type: EVENT_ID.SCALAR,
    valueStart,
    valueEnd,
    anchorStart,
    anchorEnd,
    tagStart,
    tagEnd,
    style,
    chomping,
    indent,
    fast
  });
}
function addAliasEvent(state, anchorStart, anchorEnd) {
  state.events.push({
    type: EVENT_ID.ALIAS,
    anchorStart,
    anchorEnd
  });
}
function addPopEvent(state) {
  state.events.push({ type: EVENT_ID.POP });
}
function addEmptyScalarEvent(state) {
  addScalarEvent(state, NO_RANGE$1, NO_RANGE$1, NO_RANGE$1, NO_RANGE$1, NO_RANGE$1, NO_RANGE$1, SCALAR_STYLE.PLAIN);
}
function emptyProperties() {
  return {
    anchorStart: NO_RANGE$1,
    anchorEnd: NO_RANGE$1,
    tagStart: NO_RANGE$1,
    tagEnd: NO_RANGE$1
  };
}
function snapshotState(state) {
  return {
    position: state.position,
    line: state.line,
    lineStart: state.lineStart,
    lineIndent: state.lineIndent,
    firstTabInLine: state.firstTabInLine,
    eventsLength: state.events.length
  };
}
function restoreState(state, snapshot) {
  state.position = snapshot.position, state.line = snapshot.line, state.lineStart = snapshot.lineStart, state.lineIndent = snapshot.lineIndent, state.firstTabInLine = snapshot.firstTabInLine, state.events.length = snapshot.eventsLength;
}
function throwError(state, message) {
  YAMLException.throwAt(state.input.slice(0, state.length), state.position, message, state.filename);
}
function isEol(c) {
  return c === 10 || c === 13;
}
function isWhiteSpace(c) {
  return c === 9 || c === 32;
}
function isWsOrEol(c) {
  return isWhiteSpace(c) || isEol(c);
}
function isWsOrEolOrEnd(c) {
  return c === 0 || isWsOrEol(c);
}
function isFlowIndicator(c) {
  return c === 44 || c === 91 || c === 93 || c === 123 || c === 125;
}
function fromDecimalCode(c) {
  return c >= 48 && c <= 57 ? c - 48 : -1;
}
function fromHexCode(c) {
  if (c >= 48 && c <= 57) return c - 48;
  let lc = c | 32;
  return lc >= 97 && lc <= 102 ? lc - 97 + 10 : -1;
}
function escapedHexLen(c) {
  return c === 120 ? 2 : c === 117 ? 4 : c === 85 ? 8 : 0;
}
function isSimpleEscape(c) {
  return c === 48 || c === 97 || c === 98 || c === 116 || c === 9 || c === 110 || c === 118 || c === 102 || c === 114 || c === 101 || c === 32 || c === 34 || c === 47 || c === 92 || c === 78 || c === 95 || c === 76 || c === 80;
}
function consumeLineBreak(state) {
  state.input.charCodeAt(state.position) === 10 ? state.position++ : (state.position++, state.input.charCodeAt(state.position) === 10 && state.position++), state.line++, state.lineStart = state.position, state.lineIndent = 0, state.firstTabInLine = -1;
}
function skipSeparationSpace(state, allowComments) {
  let lineBreaks = 0, ch = state.input.charCodeAt(state.position), hasSeparation = state.position === state.lineStart || isWsOrEol(state.input.charCodeAt(state.position - 1));
  for (; ch !== 0; ) {
    for (; isWhiteSpace(ch); )
      hasSeparation = !0, ch === 9 && state.firstTabInLine === -1 && (state.firstTabInLine = state.position), ch = state.input.charCodeAt(++state.position);
    if (allowComments && hasSeparation && ch === 35) do
      ch = state.input.charCodeAt(++state.position);
    while (!isEol(ch) && ch !== 0);
    if (!isEol(ch)) break;
    for (consumeLineBreak(state), lineBreaks++, hasSeparation = !0, ch = state.input.charCodeAt(state.position); ch === 32; )
      state.lineIndent++, ch = state.input.charCodeAt(++state.position);
  }
  return lineBreaks;
}
function testDocumentSeparator(state, position = state.position) {
  let ch = state.input.charCodeAt(position);
  if ((ch === 45 || ch === 46) && ch === state.input.charCodeAt(position + 1) && ch === state.input.charCodeAt(position + 2)) {
    let following = state.input.charCodeAt(position + 3);
    return following === 0 || isWsOrEol(following);
  }
  return !1;
}
function skipByteOrderMark(state) {
  state.position === state.lineStart && state.input.charCodeAt(state.position) === 65279 && (state.position++, state.lineStart = state.position);
}
function testDocumentBoundary(state) {
  if (state.position !== state.lineStart) return !1;
  if (testDocumentSeparator(state)) return !0;
  if (state.input.charCodeAt(state.position) !== 65279) return !1;
  let snapshot = snapshotState(state);
  skipByteOrderMark(state), skipSeparationSpace(state, !0);
  let ch = state.input.charCodeAt(state.position), result = state.position === state.lineStart && (ch === 37 || ch === 45 && testDocumentSeparator(state));
  return restoreState(state, snapshot), result;
}
function skipUntilLineEnd(state) {
  let ch = state.input.charCodeAt(state.position);
  for (; ch !== 0 && !isEol(ch); ) ch = state.input.charCodeAt(++state.position);
}
function checkPrintable(state, start, end) {
  let match = PATTERN_NON_PRINTABLE.exec(state.input.slice(start, end));
  match !== null && (state.position = start + match.index + match[0].length - 1, throwError(state, "the stream contains non-printable characters"));
}
function readTagProperty(state, props, inFlow) {
  if (state.input.charCodeAt(state.position) !== 33) return !1;
  props.tagStart !== NO_RANGE$1 && throwError(state, "duplication of a tag property");
  let start = state.position, isVerbatim = !1, isNamed = !1, tagHandle = "!", ch = state.input.charCodeAt(++state.position);
  ch === 60 ? (isVerbatim = !0, ch = state.input.charCodeAt(++state.position)) : ch === 33 && (isNamed = !0, tagHandle = "!!", ch = state.input.charCodeAt(++state.position));
  let suffixStart = state.position, tagName;
  if (isVerbatim) {
    for (; ch !== 0 && ch !== 62; ) ch = state.input.charCodeAt(++state.position);
    ch !== 62 && throwError(state, "unexpected end of the stream within a verbatim tag"), tagName = state.input.slice(suffixStart, state.position), state.position++;
  } else {
    for (; ch !== 0 && !isWsOrEol(ch) && !(inFlow && isFlowIndicator(ch)); )
      ch === 33 && (isNamed ? throwError(state, "tag suffix cannot contain exclamation marks") : (tagHandle = state.input.slice(suffixStart - 1, state.position + 1), PATTERN_TAG_HANDLE.test(tagHandle) || throwError(state, "named tag handle cannot contain such characters"), isNamed = !0, suffixStart = state.position + 1)), ch = state.input.charCodeAt(++state.position);
    tagName = state.input.slice(suffixStart, state.position), PATTERN_FLOW_INDICATORS.test(tagName) && throwError(state, "tag suffix cannot contain flow indicator characters");
  }
  return tagName && !(isVerbatim ? PATTERN_TAG_URI.test(tagName) : PATTERN_TAG_SUFFIX.test(tagName)) && throwError(state, `tag name cannot contain such characters: ${tagName}`), !isVerbatim && tagHandle !== "!" && tagHandle !== "!!" && !HAS_OWN.call(state.tagHandlers, tagHandle) && throwError(state, `undeclared tag handle "${tagHandle}"`), props.tagStart = start, props.tagEnd = state.position, !0;
}
function readAnchorProperty(state, props) {
  if (state.input.charCodeAt(state.position) !== 38) return !1;
  props.anchorStart !== NO_RANGE$1 && throwError(state, "duplication of an anchor property"), state.position++;
  let start = state.position;
  for (; state.input.charCodeAt(state.position) !== 0 && !isWsOrEol(state.input.charCodeAt(state.position)) && !isFlowIndicator(state.input.charCodeAt(state.position)); ) state.position++;
  return state.position === start && throwError(state, "name of an anchor node must contain at least one character"), props.anchorStart = start, props.anchorEnd = state.position, !0;
}
function readAlias(state, props) {
  if (state.input.charCodeAt(state.position) !== 42) return !1;
  (props.anchorStart !== NO_RANGE$1 || props.tagStart !== NO_RANGE$1) && throwError(state, "alias node should not have any properties"), state.position++;
  let start = state.position;
  for (; state.input.charCodeAt(state.position) !== 0 && !isWsOrEol(state.input.charCodeAt(state.position)) && !isFlowIndicator(state.input.charCodeAt(state.position)); ) state.position++;
  return state.position === start && throwError(state, "name of an alias node must contain at least one character"), addAliasEvent(state, start, state.position), !0;
}
function readFlowScalarBreak(state, nodeIndent) {
  skipSeparationSpace(state, !1), state.lineIndent < nodeIndent && throwError(state, "deficient indentation");
}
function readSingleQuotedScalar(state, nodeIndent, props) {
  if (state.input.charCodeAt(state.position) !== 39) return !1;
  state.position++;
  let start = state.position, simple = !0;
  for (; state.input.charCodeAt(state.position) !== 0; ) {
    let ch = state.input.charCodeAt(state.position);
    if (ch === 39) {
      if (state.input.charCodeAt(state.position + 1) === 39) {
        simple = !1, state.position += 2;
        continue;
      }
      let end = state.position;
      return state.position++, addScalarEvent(state, start, end, props.anchorStart, props.anchorEnd, props.tagStart, props.tagEnd, SCALAR_STYLE.SINGLE_QUOTED, CHOMPING_MODE.CLIP, -1, simple), !0;
    }
    isEol(ch) ? (simple = !1, readFlowScalarBreak(state, nodeIndent)) : state.position === state.lineStart && testDocumentSeparator(state) ? throwError(state, "unexpected end of the document within a single quoted scalar") : ch !== 9 && ch < 32 ? throwError(state, "expected valid JSON character") : state.position++;
  }
  throwError(state, "unexpected end of the stream within a single quoted scalar");
}
function readDoubleQuotedScalar(state, nodeIndent, props) {
  if (state.input.charCodeAt(state.position) !== 34) return !1;
  state.position++;
  let start = state.position, simple = !0;
  for (; state.input.charCodeAt(state.position) !== 0; ) {
    let ch = state.input.charCodeAt(state.position);
    if (ch === 34) {
      let end = state.position;
      return state.position++, addScalarEvent(state, start, end, props.anchorStart, props.anchorEnd, props.tagStart, props.tagEnd, SCALAR_STYLE.DOUBLE_QUOTED, CHOMPING_MODE.CLIP, -1, simple), !0;
    }
    if (ch === 92) {
      simple = !1;
      let escaped = state.input.charCodeAt(++state.position);
      if (isEol(escaped)) readFlowScalarBreak(state, nodeIndent);
      else if (isSimpleEscape(escaped)) state.position++;
      else {
        let hexLength = escapedHexLen(escaped);
        for (hexLength === 0 && throwError(state, "unknown escape sequence"); hexLength-- > 0; )
          state.position++, fromHexCode(state.input.charCodeAt(state.position)) < 0 && throwError(state, "expected hexadecimal character");
        state.position++;
      }
    } else isEol(ch) ? (simple = !1, readFlowScalarBreak(state, nodeIndent)) : state.position === state.lineStart && testDocumentSeparator(state) ? throwError(state, "unexpected end of the document within a double quoted scalar") : ch !== 9 && ch < 32 ? throwError(state, "expected valid JSON character") : state.position++;
  }
  throwError(state, "unexpected end of the stream within a double quoted scalar");
}
function readBlockScalar(state, parentIndent, props) {
  let ch = state.input.charCodeAt(state.position), chomping = CHOMPING_MODE.CLIP, indent = -1, detectedIndent = !1;
  if (ch !== 124 && ch !== 62) return !1;
  let style = ch === 124 ? SCALAR_STYLE.LITERAL_BLOCK : SCALAR_STYLE.FOLDED_BLOCK;
  for (state.position++; state.input.charCodeAt(state.position) !== 0; ) {
    let current = state.input.charCodeAt(state.position), digit = fromDecimalCode(current);
    if (current === 43 || current === 45)
      chomping !== CHOMPING_MODE.CLIP && throwError(state, "repeat of a chomping mode identifier"), chomping = current === 43 ? CHOMPING_MODE.KEEP : CHOMPING_MODE.STRIP, state.position++;
    else if (digit >= 0)
      digit === 0 && throwError(state, "bad explicit indentation width of a block scalar; it cannot be less than one"), detectedIndent && throwError(state, "repeat of an indentation width identifier"), indent = parentIndent + digit - 1, detectedIndent = !0, state.position++;
    else break;
  }
  let hadWhitespace = !1;
  for (; isWhiteSpace(state.input.charCodeAt(state.position)); )
    hadWhitespace = !0, state.position++;
  hadWhitespace && state.input.charCodeAt(state.position) === 35 && skipUntilLineEnd(state), isEol(state.input.charCodeAt(state.position)) ? consumeLineBreak(state) : state.input.charCodeAt(state.position) !== 0 && throwError(state, "a line break is expected");
  let contentIndent2 = detectedIndent ? indent : -1, maxLeadingIndent = 0, valueStart = state.position, valueEnd = state.position;
  for (; state.input.charCodeAt(state.position) !== 0; ) {
    let linePosition = state.position, column = 0;
    for (; state.input.charCodeAt(linePosition + column) === 32; ) column++;
    let first = state.input.charCodeAt(linePosition + column);
    if (first === 0) {
      contentIndent2 >= 0 ? column > contentIndent2 && (valueEnd = linePosition + column) : column > 0 && (valueEnd = linePosition + column);
      break;
    }
    if (testDocumentBoundary(state)) break;
    if (!detectedIndent && contentIndent2 === -1 && isEol(first) && (maxLeadingIndent = Math.max(maxLeadingIndent, column)), !detectedIndent && contentIndent2 === -1 && !isEol(first) && (first === 9 && column < parentIndent && (state.position = linePosition + column, throwError(state, "tab characters must not be used in indentation")), column >= parentIndent && column < maxLeadingIndent && (state.position = linePosition + column, throwError(state, "bad indentation of a mapping entry"))), contentIndent2 === -1 && first !== 0 && !isEol(first) && column < parentIndent) {
      state.lineIndent = column, state.position = linePosition + column;
      break;
    }
    !detectedIndent && first !== 0 && !isEol(first) && contentIndent2 === -1 && (contentIndent2 = column);
    let requiredIndent = contentIndent2 === -1 ? parentIndent + 1 : contentIndent2;
    if (first !== 0 && !isEol(first) && column < requiredIndent) {
      state.lineIndent = column, state.position = linePosition + column;
      break;
    }
    skipUntilLineEnd(state), valueEnd = state.position, isEol(state.input.charCodeAt(state.position)) && (consumeLineBreak(state), valueEnd = state.position);
  }
  return checkPrintable(state, valueStart, valueEnd), addScalarEvent(state, valueStart, valueEnd, props.anchorStart, props.anchorEnd, props.tagStart, props.tagEnd, style, chomping, contentIndent2), !0;
}
function canStartPlainScalar(state, nodeContext) {
  let ch = state.input.charCodeAt(state.position), inFlow = nodeContext === CONTEXT_FLOW_IN;
  if (ch === 0 || isWsOrEol(ch) || ch === 35 || ch === 38 || ch === 42 || ch === 33 || ch === 124 || ch === 62 || ch === 39 || ch === 34 || ch === 37 || ch === 64 || ch === 96 || isFlowIndicator(ch)) return !1;
  if (ch === 63 || ch === 45) {
    let following = state.input.charCodeAt(state.position + 1);
    if (isWsOrEolOrEnd(following) || inFlow && isFlowIndicator(following)) return !1;
  }
  return !0;
}
function readPlainScalar(state, nodeIndent, nodeContext, props) {
  if (!canStartPlainScalar(state, nodeContext)) return !1;
  let start = state.position, end = state.position, ch = state.input.charCodeAt(state.position), inFlow = nodeContext === CONTEXT_FLOW_IN, multiline = !1;
  for (; ch !== 0 && !testDocumentBoundary(state); ) {
    if (ch === 58) {
      let following = state.input.charCodeAt(state.position + 1);
      if (isWsOrEolOrEnd(following) || inFlow && isFlowIndicator(following)) break;
    } else if (ch === 35) {
      if (isWsOrEol(state.input.charCodeAt(state.position - 1))) break;
    } else {
      if (inFlow && isFlowIndicator(ch)) break;
      if (isEol(ch)) {
        let savedPosition = state.position, savedLine = state.line, savedLineStart = state.lineStart, savedLineIndent = state.lineIndent;
        if (skipSeparationSpace(state, !1), state.lineIndent >= nodeIndent) {
          multiline = !0, ch = state.input.charCodeAt(state.position);
          continue;
        }
        state.position = savedPosition, state.line = savedLine, state.lineStart = savedLineStart, state.lineIndent = savedLineIndent;
        break;
      }
    }
    isWhiteSpace(ch) || (end = state.position + 1), ch = state.input.charCodeAt(++state.position);
  }
  return end === start ? !1 : (checkPrintable(state, start, end), addScalarEvent(state, start, end, props.anchorStart, props.anchorEnd, props.tagStart, props.tagEnd, SCALAR_STYLE.PLAIN, CHOMPING_MODE.CLIP, -1, !multiline), !0);
}
function skipFlowSeparationSpace(state, nodeIndent) {
  let startLine = state.line;
  skipSeparationSpace(state, !0), (state.line > startLine && state.lineIndent < nodeIndent || state.firstTabInLine !== -1 && state.lineIndent < nodeIndent) && throwError(state, "deficient indentation");
}
function readFlowCollection(state, nodeIndent, props) {
  let ch = state.input.charCodeAt(state.position), isMapping3 = ch === 123, start = state.position, readNext = !0;
  if (ch !== 91 && ch !== 123) return !1;
  let terminator = isMapping3 ? 125 : 93;
  for (isMapping3 ? addMappingEvent(state, start, props.anchorStart, props.anchorEnd, props.tagStart, props.tagEnd, COLLECTION_STYLE.FLOW) : addSequenceEvent(state, start, props.anchorStart, props.anchorEnd, props.tagStart, props.tagEnd, COLLECTION_STYLE.FLOW), state.position++; state.input.charCodeAt(state.position) !== 0; ) {
    skipFlowSeparationSpace(state, nodeIndent);
    let ch2 = state.input.charCodeAt(state.position);
    if (ch2 === terminator)
      return state.position++, addPopEvent(state), !0;
    readNext ? ch2 === 44 && throwError(state, "expected the node content, but found ','") : throwError(state, "missed comma between flow collection entries");
    let isPair = !1, isExplicitPair = !1;
    ch2 === 63 && isWsOrEol(state.input.charCodeAt(state.position + 1)) && (isPair = isExplicitPair = !0, state.position += 1, skipFlowSeparationSpace(state, nodeIndent));
    let entryLine = state.line, entryStart = snapshotState(state), keyWasRead = parseNode(state, nodeIndent, CONTEXT_FLOW_IN, !1, !0);
    skipFlowSeparationSpace(state, nodeIndent), ch2 = state.input.charCodeAt(state.position), (isMapping3 || isExplicitPair || state.line === entryLine) && ch2 === 58 ? (isPair = !0, state.position++, skipFlowSeparationSpace(state, nodeIndent), isMapping3 || insertFlowPairMappingEvent(state, entryStart), keyWasRead || addEmptyScalarEvent(state), parseNode(state, nodeIndent, CONTEXT_FLOW_IN, !1, !0) || addEmptyScalarEvent(state), skipFlowSeparationSpace(state, nodeIndent), isMapping3 || addPopEvent(state)) : isMapping3 && isPair ? (keyWasRead || addEmptyScalarEvent(state), addEmptyScalarEvent(state)) : isMapping3 ? addEmptyScalarEvent(state) : isPair && (insertFlowPairMappingEvent(state, entryStart), keyWasRead || addEmptyScalarEvent(state), addEmptyScalarEvent(state), addPopEvent(state)), ch2 = state.input.charCodeAt(state.position), ch2 === 44 ? (readNext = !0, state.position++) : readNext = !1;
  }
  throwError(state, "unexpected end of the stream within a flow collection");
}
function readBlockSequence(state, nodeIndent, props) {
  if (state.firstTabInLine !== -1 || state.input.charCodeAt(state.position) !== 45 || !isWsOrEolOrEnd(state.input.charCodeAt(state.position + 1))) return !1;
  for (addSequenceEvent(state, state.position, props.anchorStart, props.anchorEnd, props.tagStart, props.tagEnd, COLLECTION_STYLE.BLOCK); state.input.charCodeAt(state.position) === 45 && isWsOrEolOrEnd(state.input.charCodeAt(state.position + 1)); ) {
    state.firstTabInLine !== -1 && (state.position = state.firstTabInLine, throwError(state, "tab characters must not be used in indentation"));
    let entryLine = state.line;
    state.position++;
    let hadBreak = skipSeparationSpace(state, !0) > 0;
    if (state.firstTabInLine !== -1 && state.input.charCodeAt(state.position) === 45 && isWsOrEolOrEnd(state.input.charCodeAt(state.position + 1)) && throwError(state, "bad indentation of a sequence entry"), hadBreak && state.lineIndent <= nodeIndent ? addEmptyScalarEvent(state) : parseNode(state, nodeIndent, CONTEXT_BLOCK_IN, !1, !0), skipSeparationSpace(state, !0), state.lineIndent < nodeIndent || state.position >= state.length) break;
    state.lineIndent > nodeIndent && throwError(state, "bad indentation of a sequence entry"), state.line === entryLine && state.input.charCodeAt(state.position) === 45 && isWsOrEolOrEnd(state.input.charCodeAt(state.position + 1)) && throwError(state, "bad indentation of a sequence entry");
  }
  return addPopEvent(state), !0;
}
function readBlockMapping(state, nodeIndent, flowIndent, props) {
  let atExplicitKey = !1, detected = !1, mappingOpened = !1, pendingExplicitKey = !1;
  if (state.firstTabInLine !== -1) return !1;
  let ch = state.input.charCodeAt(state.position);
  for (; ch !== 0; ) {
    !atExplicitKey && state.firstTabInLine !== -1 && (state.position = state.firstTabInLine, throwError(state, "tab characters must not be used in indentation"));
    let following = state.input.charCodeAt(state.position + 1), entryLine = state.line;
    if ((ch === 63 || ch === 58) && isWsOrEolOrEnd(following))
      mappingOpened || (addMappingEvent(state, state.position, props.anchorStart, props.anchorEnd, props.tagStart, props.tagEnd, COLLECTION_STYLE.BLOCK), mappingOpened = !0), ch === 63 ? (atExplicitKey && addEmptyScalarEvent(state), detected = !0, atExplicitKey = !0) : (atExplicitKey || (addEmptyScalarEvent(state), detected = !0), atExplicitKey = !1), state.position += 1, pendingExplicitKey = !0;
    else {
      atExplicitKey && (addEmptyScalarEvent(state), atExplicitKey = !1);
      let beforeKey = snapshotState(state);
      if (!parseNode(state, flowIndent, CONTEXT_FLOW_OUT, !1, !0)) break;
      if (state.line === entryLine) {
        for (ch = state.input.charCodeAt(state.position); isWhiteSpace(ch); ) ch = state.input.charCodeAt(++state.position);
        if (ch === 58)
          ch = state.input.charCodeAt(++state.position), isWsOrEolOrEnd(ch) || throwError(state, "a whitespace character is expected after the key-value separator within a block mapping"), mappingOpened || (state.events.splice(beforeKey.eventsLength, 0, {
            type: EVENT_ID.MAPPING,
            start: beforeKey.position,
            anchorStart: props.anchorStart,
            anchorEnd: props.anchorEnd,
            tagStart: props.tagStart,
            tagEnd: props.tagEnd,
            style: COLLECTION_STYLE.BLOCK
          }), mappingOpened = !0), detected = !0, atExplicitKey = !1, pendingExplicitKey = !1;
        else if (detected) throwError(state, "expected ':' after a mapping key");
        else
          return props.anchorStart !== NO_RANGE$1 || props.tagStart !== NO_RANGE$1 ? (restoreState(state, beforeKey), !1) : !0;
      } else if (detected) throwError(state, "can not read a block mapping entry; a multiline key may not be an implicit key");
      else
        return props.anchorStart !== NO_RANGE$1 || props.tagStart !== NO_RANGE$1 ? (restoreState(state, beforeKey), !1) : !0;
    }
    if (parseNode(state, nodeIndent, CONTEXT_BLOCK_OUT, !0, pendingExplicitKey) && (pendingExplicitKey = !1), atExplicitKey || pendingExplicitKey && (addEmptyScalarEvent(state), pendingExplicitKey = !1), skipSeparationSpace(state, !0), ch = state.input.charCodeAt(state.position), (state.line === entryLine || state.lineIndent > nodeIndent) && ch !== 0) throwError(state, "bad indentation of a mapping entry");
    else if (state.lineIndent < nodeIndent) break;
  }
  return detected ? (atExplicitKey && addEmptyScalarEvent(state), mappingOpened && addPopEvent(state), !0) : !1;
}
function parseNode(state, parentIndent, nodeContext, allowToSeek, allowCompact, allowPropertyMapping = !0) {
  state.depth >= state.maxDepth && throwError(state, `nesting exceeded maxDepth (${state.maxDepth})`), state.depth++;
  let indentStatus = 1, atNewLine = !1, hasContent = !1, propertyStart = null, props = emptyProperties(), allowBlockScalars = nodeContext === CONTEXT_BLOCK_OUT || nodeContext === CONTEXT_BLOCK_IN, allowBlockCollections = allowBlockScalars, allowBlockStyles = allowBlockScalars;
  if (allowToSeek && skipSeparationSpace(state, !0) && (atNewLine = !0, state.lineIndent > parentIndent ? indentStatus = 1 : state.lineIndent === parentIndent ? indentStatus = 0 : indentStatus = -1), indentStatus === 1) for (; ; ) {
    let ch = state.input.charCodeAt(state.position), propertyState = snapshotState(state);
    if (atNewLine && indentStatus !== 1 && (ch === 33 || ch === 38)) break;
    if (atNewLine && allowBlockStyles && (props.tagStart !== NO_RANGE$1 || props.anchorStart !== NO_RANGE$1) && (ch === 33 || ch === 38)) {
      let fallbackState = snapshotState(state), flowIndent = parentIndent + 1;
      if (readBlockMapping(state, state.position - state.lineStart, flowIndent, props) && state.events[fallbackState.eventsLength]?.type === EVENT_ID.MAPPING)
        return state.depth--, !0;
      restoreState(state, fallbackState);
    }
    if (atNewLine && (ch === 33 && props.tagStart !== NO_RANGE$1 || ch === 38 && props.anchorStart !== NO_RANGE$1) || !readTagProperty(state, props, nodeContext === CONTEXT_FLOW_IN) && !readAnchorProperty(state, props)) break;
    propertyStart === null && (propertyStart = propertyState), skipSeparationSpace(state, !0) ? (atNewLine = !0, allowBlockCollections = allowBlockStyles, state.lineIndent > parentIndent ? indentStatus = 1 : state.lineIndent === parentIndent ? indentStatus = 0 : indentStatus = -1) : allowBlockCollections = !1;
  }
  if (allowBlockCollections && (allowBlockCollections = atNewLine || allowCompact), indentStatus === 1 || nodeContext === CONTEXT_BLOCK_OUT) {
    let flowIndent = nodeContext === CONTEXT_FLOW_IN || nodeContext === CONTEXT_FLOW_OUT ? parentIndent : parentIndent + 1, blockIndent = state.position - state.lineStart;
    if (indentStatus === 1)
      if (allowBlockCollections && (readBlockSequence(state, blockIndent, props) || readBlockMapping(state, blockIndent, flowIndent, props)) || readFlowCollection(state, flowIndent, props)) hasContent = !0;
      else {
        let ch = state.input.charCodeAt(state.position);
        if (propertyStart !== null && allowPropertyMapping && allowBlockStyles && !allowBlockCollections && ch !== 124 && ch !== 62) {
          let fallbackState = snapshotState(state), propertyIndent = propertyStart.position - propertyStart.lineStart;
          restoreState(state, propertyStart), readBlockMapping(state, propertyIndent, flowIndent, emptyProperties()) && state.events[fallbackState.eventsLength]?.type === EVENT_ID.MAPPING ? hasContent = !0 : restoreState(state, fallbackState);
        }
        !hasContent && (allowBlockScalars && readBlockScalar(state, flowIndent, props) || readSingleQuotedScalar(state, flowIndent, props) || readDoubleQuotedScalar(state, flowIndent, props) || readAlias(state, props) || readPlainScalar(state, flowIndent, nodeContext, props)) && (hasContent = !0);
      }
    else indentStatus === 0 && (hasContent = allowBlockCollections && readBlockSequence(state, blockIndent, props));
  }
  return allowBlockScalars = allowBlockScalars && !hasContent, !hasContent && (props.anchorStart !== NO_RANGE$1 || props.tagStart !== NO_RANGE$1 || allowBlockScalars) && (addScalarEvent(state, NO_RANGE$1, NO_RANGE$1, props.anchorStart, props.anchorEnd, props.tagStart, props.tagEnd, SCALAR_STYLE.PLAIN), hasContent = !0), state.depth--, hasContent || props.anchorStart !== NO_RANGE$1 || props.tagStart !== NO_RANGE$1;
}
function readDirective(state) {
  if (state.lineIndent > 0 || state.input.charCodeAt(state.position) !== 37) return !1;
  state.position++;
  let nameStart = state.position;
  for (; state.input.charCodeAt(state.position) !== 0 && !isWsOrEol(state.input.charCodeAt(state.position)); ) state.position++;
  let name = state.input.slice(nameStart, state.position), args = [];
  for (name.length === 0 && throwError(state, "directive name must not be less than one character in length"); state.input.charCodeAt(state.position) !== 0 && !isEol(state.input.charCodeAt(state.position)); ) {
    for (; isWhiteSpace(state.input.charCodeAt(state.position)); ) state.position++;
    if (state.input.charCodeAt(state.position) === 35 || isEol(state.input.charCodeAt(state.position)) || state.input.charCodeAt(state.position) === 0) break;
    let start = state.position;
    for (; state.input.charCodeAt(state.position) !== 0 && !isWsOrEol(state.input.charCodeAt(state.position)); ) state.position++;
    args.push(state.input.slice(start, state.position));
  }
  if (isEol(state.input.charCodeAt(state.position)) && consumeLineBreak(state), name === "YAML") {
    state.directives.some((directive) => directive.kind === "yaml") && throwError(state, "duplication of %YAML directive"), args.length !== 1 && throwError(state, "YAML directive accepts exactly one argument");
    let match = /^([0-9]+)\.([0-9]+)$/.exec(args[0]);
    match === null && throwError(state, "ill-formed argument of the YAML directive"), parseInt(match[1], 10) !== 1 && throwError(state, "unacceptable YAML version of the document"), state.directives.push({
      kind: "yaml",
      version: args[0]
    });
  } else if (name === "TAG") {
    args.length !== 2 && throwError(state, "TAG directive accepts exactly two arguments");
    let [handle, prefix] = args;
    PATTERN_TAG_HANDLE.test(handle) || throwError(state, "ill-formed tag handle (first argument) of the TAG directive"), HAS_OWN.call(state.tagHandlers, handle) && throwError(state, `there is a previously declared suffix for "${handle}" tag handle`), PATTERN_TAG_PREFIX.test(prefix) || throwError(state, "ill-formed tag prefix (second argument) of the TAG directive"), state.tagHandlers[handle] = prefix, state.directives.push({
      kind: "tag",
      handle,
      prefix
    });
  }
  return !0;
}
function readDocument(state) {
  state.directives = [], state.tagHandlers = /* @__PURE__ */ Object.create(null);
  let hasDirectives = !1;
  for (skipSeparationSpace(state, !0); readDirective(state); )
    hasDirectives = !0, skipSeparationSpace(state, !0);
  let explicitStart = !1, explicitEnd = !1, allowCompact = !0;
  if (state.lineIndent === 0 && state.input.charCodeAt(state.position) === 45 && state.input.charCodeAt(state.position + 1) === 45 && state.input.charCodeAt(state.position + 2) === 45 && isWsOrEolOrEnd(state.input.charCodeAt(state.position + 3))) {
    explicitStart = !0;
    let markerLine = state.line;
    state.position += 3, skipSeparationSpace(state, !0), allowCompact = state.line > markerLine;
  } else hasDirectives && throwError(state, "directives end mark is expected");
  let documentEventIndex = state.events.length;
  if (!explicitStart && state.position === state.lineStart && state.input.charCodeAt(state.position) === 46 && testDocumentSeparator(state)) {
    state.position += 3, skipSeparationSpace(state, !0);
    return;
  }
  if (addDocumentEvent(state, explicitStart, !1), parseNode(state, state.lineIndent - 1, CONTEXT_BLOCK_OUT, !1, allowCompact, allowCompact) || addEmptyScalarEvent(state), skipSeparationSpace(state, !0), state.position === state.lineStart && testDocumentSeparator(state) && (explicitEnd = state.input.charCodeAt(state.position) === 46, explicitEnd)) {
    let markerLine = state.line;
    state.position += 3, skipSeparationSpace(state, !0), state.line === markerLine && state.position < state.length && throwError(state, "end of the stream or a document separator is expected");
  }
  let documentEvent = state.events[documentEventIndex];
  documentEvent?.type === EVENT_ID.DOCUMENT && (documentEvent.explicitEnd = explicitEnd), addPopEvent(state), !explicitEnd && state.position < state.length && !testDocumentBoundary(state) && throwError(state, "end of the stream or a document separator is expected");
}
function parseEvents(input, options) {
  let length = input.length, state = {
    ...DEFAULT_PARSER_OPTIONS,
    ...options,
    input: `${input}\0`,
    length,
    position: 0,
    line: 0,
    lineStart: 0,
    lineIndent: 0,
    firstTabInLine: -1,
    depth: 0,
    directives: [],
    tagHandlers: /* @__PURE__ */ Object.create(null),
    events: []
  }, nullpos = input.indexOf("\0");
  for (nullpos !== -1 && YAMLException.throwAt(input, nullpos, "null byte is not allowed in input", state.filename); state.position < state.length && (skipByteOrderMark(state), skipSeparationSpace(state, !0), !(state.position >= state.length)); ) {
    let documentStart = state.position;
    readDocument(state), state.position === documentStart && throwError(state, "can not read a document");
  }
  return state.events;
}
var DEFAULT_LOAD_OPTIONS = {
  ...DEFAULT_PARSER_OPTIONS,
  ...DEFAULT_CONSTRUCTOR_OPTIONS
};
function hasBit(mask, bit) {
  return (mask & 1 << bit) !== 0;
}
var DEFAULT_SCALAR_STYLE_RULES = {
  applyQuoteFlowKeysOption,
  doubleQuoteForInvisibles,
  doubleQuoteWhitespaceOnly,
  applyForceQuotesOption,
  tryLongOrMultilineAsBlock,
  quoteInvalidPlain,
  fallbackToDoubleQuoted
};
function _preferredQuotedStyle(layout) {
  return layout.presenterOptions.quoteStyle === "single" && hasBit(layout.allowedStylesMask, SCALAR_STYLE.SINGLE_QUOTED) ? SCALAR_STYLE.SINGLE_QUOTED : SCALAR_STYLE.DOUBLE_QUOTED;
}
function applyQuoteFlowKeysOption(layout) {
  layout.presenterOptions.quoteFlowKeys && (!layout.isKey || !layout.flowOnly || layout.style !== SCALAR_STYLE.PLAIN || (layout.style = SCALAR_STYLE.DOUBLE_QUOTED));
}
function doubleQuoteForInvisibles(layout) {
  layout.style === SCALAR_STYLE.PLAIN && /[\t\x7F-\xA0\u2028\u2029\uFEFF\uFFFE\uFFFF]/.test(layout.node.value) && (layout.style = SCALAR_STYLE.DOUBLE_QUOTED);
}
function doubleQuoteWhitespaceOnly(layout) {
  layout.style === SCALAR_STYLE.PLAIN && /^\s+$/.test(layout.node.value) && (layout.style = SCALAR_STYLE.DOUBLE_QUOTED);
}
function applyForceQuotesOption(layout) {
  layout.presenterOptions.forceQuotes && (layout.isKey || layout.style !== SCALAR_STYLE.PLAIN || layout.node.tag === layout.presenterOptions.schema.defaultScalarTag.tagName && (layout.style = layout.node.value.includes(`
`) ? SCALAR_STYLE.DOUBLE_QUOTED : _preferredQuotedStyle(layout)));
}
function tryLongOrMultilineAsBlock(layout) {
  if (layout.style !== SCALAR_STYLE.PLAIN || layout.isKey) return;
  let value2 = layout.node.value, multiline = value2.indexOf(`
`) !== -1;
  if (!hasBit(layout.allowedStylesMask, SCALAR_STYLE.LITERAL_BLOCK)) {
    multiline && (layout.style = SCALAR_STYLE.DOUBLE_QUOTED);
    return;
  }
  let w = layout.presenterOptions.lineWidth;
  if (w === -1) {
    multiline && (layout.style = SCALAR_STYLE.LITERAL_BLOCK);
    return;
  }
  let availableWidth = Math.max(Math.min(w, 40), w - layout.shiftOfContent), position = 0, shouldFold = !1;
  for (; position <= value2.length; ) {
    let lineEnd = value2.length, nextLineBreak = value2.indexOf(`
`, position);
    nextLineBreak !== -1 && (lineEnd = nextLineBreak);
    let line = value2.slice(position, lineEnd);
    if (line.length > availableWidth && line[0] !== " " && / [^ \t]/.test(line) && (shouldFold = !0), nextLineBreak === -1) break;
    position = nextLineBreak + 1;
  }
  shouldFold ? layout.style = SCALAR_STYLE.FOLDED_BLOCK : multiline && (layout.style = SCALAR_STYLE.LITERAL_BLOCK);
}
function quoteInvalidPlain(layout) {
  layout.style === SCALAR_STYLE.PLAIN && !hasBit(layout.allowedStylesMask, SCALAR_STYLE.PLAIN) && (layout.style = _preferredQuotedStyle(layout));
}
function fallbackToDoubleQuoted(layout) {
  hasBit(layout.allowedStylesMask, layout.style) || (layout.style = SCALAR_STYLE.DOUBLE_QUOTED);
}
var SRC_C_PRINTABLE = "[\\x09\\x0A\\x0D\\x20-\\x7E\\x85\\xA0-\\uD7FF\\uE000-\\uFFFD\\u{10000}-\\u{10FFFF}]", SRC_B_CHAR = "[\\n\\r]", SRC_C_BYTE_ORDER_MARK = "\\uFEFF", SRC_S_WHITE = "[ \\t]", SRC_NB_CHAR = `(?:(?!(?:${SRC_B_CHAR}|${SRC_C_BYTE_ORDER_MARK}))${SRC_C_PRINTABLE})`, SRC_NS_CHAR = `(?:(?!${SRC_S_WHITE})${SRC_NB_CHAR})`, SRC_NB_JSON = "[\\x09\\x20-\\uD7FF\\uE000-\\uFFFF\\u{10000}-\\u{10FFFF}]", SRC_C_INDICATOR = "[-?:,\\[\\]{}#&*!|>'\"%@`]", SRC_C_FLOW_INDICATOR = "[,\\[\\]{}]", SRC_NS_PLAIN_SAFE_FLOW_OUT = SRC_NS_CHAR, SRC_NS_PLAIN_SAFE_FLOW_IN = `(?:(?!${SRC_C_FLOW_INDICATOR})${SRC_NS_CHAR})`, SRC_NS_PLAIN_FIRST_FLOW_OUT = `(?:(?:(?!${SRC_C_INDICATOR})${SRC_NS_CHAR})|[?:-](?=${SRC_NS_PLAIN_SAFE_FLOW_OUT}))`, SRC_NS_PLAIN_FIRST_FLOW_IN = `(?:(?:(?!${SRC_C_INDICATOR})${SRC_NS_CHAR})|[?:-](?=${SRC_NS_PLAIN_SAFE_FLOW_IN}))`, SRC_NS_PLAIN_CHAR_FLOW_OUT = `(?:(?:(?![:#])${SRC_NS_PLAIN_SAFE_FLOW_OUT})|:(?=${SRC_NS_PLAIN_SAFE_FLOW_OUT}))#*`, SRC_NS_PLAIN_CHAR_FLOW_IN = `(?:(?:(?![:#])${SRC_NS_PLAIN_SAFE_FLOW_IN})|:(?=${SRC_NS_PLAIN_SAFE_FLOW_IN}))#*`, SRC_NB_NS_PLAIN_IN_LINE_FLOW_OUT = `(?:${SRC_S_WHITE}*${SRC_NS_PLAIN_CHAR_FLOW_OUT})*`, SRC_NB_NS_PLAIN_IN_LINE_FLOW_IN = `(?:${SRC_S_WHITE}*${SRC_NS_PLAIN_CHAR_FLOW_IN})*`, SRC_NS_PLAIN_ONE_LINE_FLOW_OUT = `${SRC_NS_PLAIN_FIRST_FLOW_OUT}#*${SRC_NB_NS_PLAIN_IN_LINE_FLOW_OUT}`, SRC_NS_PLAIN_ONE_LINE_FLOW_IN = `${SRC_NS_PLAIN_FIRST_FLOW_IN}#*${SRC_NB_NS_PLAIN_IN_LINE_FLOW_IN}`, SRC_NS_PLAIN_ONE_LINE_BLOCK_KEY = SRC_NS_PLAIN_ONE_LINE_FLOW_OUT, SRC_NS_PLAIN_ONE_LINE_FLOW_KEY = SRC_NS_PLAIN_ONE_LINE_FLOW_IN, SRC_S_NS_PLAIN_NEXT_LINE_FLOW_OUT = `\\n+${SRC_NS_PLAIN_CHAR_FLOW_OUT}${SRC_NB_NS_PLAIN_IN_LINE_FLOW_OUT}`, SRC_S_NS_PLAIN_NEXT_LINE_FLOW_IN = `\\n+${SRC_NS_PLAIN_CHAR_FLOW_IN}${SRC_NB_NS_PLAIN_IN_LINE_FLOW_IN}`, SRC_NS_PLAIN_MULTI_LINE_FLOW_OUT = `${SRC_NS_PLAIN_ONE_LINE_FLOW_OUT}(?:${SRC_S_NS_PLAIN_NEXT_LINE_FLOW_OUT})*`, SRC_NS_PLAIN_MULTI_LINE_FLOW_IN = `${SRC_NS_PLAIN_ONE_LINE_FLOW_IN}(?:${SRC_S_NS_PLAIN_NEXT_LINE_FLOW_IN})*`, NS_PLAIN_FLOW_OUT = new RegExp(`^(?:${SRC_NS_PLAIN_MULTI_LINE_FLOW_OUT})$`, "u"), NS_PLAIN_FLOW_IN = new RegExp(`^(?:${SRC_NS_PLAIN_MULTI_LINE_FLOW_IN})$`, "u"), NS_PLAIN_BLOCK_KEY = new RegExp(`^(?:${SRC_NS_PLAIN_ONE_LINE_BLOCK_KEY})$`, "u"), NS_PLAIN_FLOW_KEY = new RegExp(`^(?:${SRC_NS_PLAIN_ONE_LINE_FLOW_KEY})$`, "u"), NB_SINGLE_ONE_LINE = new RegExp(`^(?:${SRC_NB_JSON})*$`, "u"), NB_SINGLE_MULTI_LINE = new RegExp(`^(?:${SRC_NB_JSON}|\\n)*$`, "u"), BLOCK_SCALAR_CONTENT = new RegExp(`^(?:${SRC_NB_CHAR}|\\n)*$`, "u");
var DEFAULT_PRESENTER_OPTIONS = {
  indent: 2,
  seqNoIndent: !1,
  seqInlineFirst: !0,
  lineWidth: 80,
  flowBracketPadding: !1,
  flowSkipCommaSpace: !1,
  flowSkipColonSpace: !1,
  quoteFlowKeys: !1,
  quoteStyle: "single",
  forceQuotes: !1,
  scalarStyleRules: Object.keys(DEFAULT_SCALAR_STYLE_RULES).map((name) => Reflect.get(DEFAULT_SCALAR_STYLE_RULES, name)),
  tagBeforeAnchor: !1
};
var DEFAULT_DUMP_OPTIONS = {
  ...DEFAULT_PRESENTER_OPTIONS,
  schema: DUMP_SCHEMA,
  skipInvalid: !1,
  noRefs: !1,
  flowLevel: -1,
  sortKeys: !1,
  transform: () => {
  }
};
var EVENT_DOCUMENT = EVENT_ID.DOCUMENT, EVENT_SEQUENCE = EVENT_ID.SEQUENCE, EVENT_MAPPING = EVENT_ID.MAPPING, EVENT_SCALAR = EVENT_ID.SCALAR, EVENT_ALIAS = EVENT_ID.ALIAS, EVENT_POP = EVENT_ID.POP, SCALAR_STYLE_PLAIN = SCALAR_STYLE.PLAIN, SCALAR_STYLE_SINGLE_QUOTED = SCALAR_STYLE.SINGLE_QUOTED, SCALAR_STYLE_DOUBLE_QUOTED = SCALAR_STYLE.DOUBLE_QUOTED, SCALAR_STYLE_LITERAL_BLOCK = SCALAR_STYLE.LITERAL_BLOCK, SCALAR_STYLE_FOLDED_BLOCK = SCALAR_STYLE.FOLDED_BLOCK, COLLECTION_STYLE_BLOCK = COLLECTION_STYLE.BLOCK, COLLECTION_STYLE_FLOW = COLLECTION_STYLE.FLOW, CHOMPING_CLIP = CHOMPING_MODE.CLIP, CHOMPING_STRIP = CHOMPING_MODE.STRIP, CHOMPING_KEEP = CHOMPING_MODE.KEEP;

// src/yaml/locate.ts
var NOWHERE = -1, MERGE_KEY = "<<", Locator = class {
  #events;
  #source;
  /** @param events of one document, which begin with its DOCUMENT event. */
  constructor(events2, source2) {
    this.#events = events2, this.#source = source2;
  }
  /** A missing path gives its deepest existing ancestor. `undefined` for a document without content. */
  locate(path, what) {
    let node = { at: 1, key: NOWHERE };
    for (let segment of path) {
      let next = this.#step(this.#resolve(node.at), segment);
      if (next === void 0) break;
      node = next;
    }
    let value2 = this.#range(node.at), key = node.key === NOWHERE ? void 0 : this.#range(node.key);
    return what === "key" ? key ?? value2 : value2 ?? key;
  }
  #step(at2, segment) {
    let type = this.#events[at2]?.type;
    if (type === EVENT_ID.MAPPING) return this.#entry(at2, String(segment), /* @__PURE__ */ new Set());
    if (type === EVENT_ID.SEQUENCE && typeof segment == "number") return this.#item(at2, segment);
  }
  /** The last entry of that key, else the first merged mapping that has it. `seen` bounds mappings merged repeatedly. */
  #entry(mapping2, name, seen) {
    if (seen.has(mapping2)) return;
    seen.add(mapping2);
    let merged6 = [], found2;
    for (let key = mapping2 + 1; this.#isNode(key); ) {
      let value2 = this.#after(key), text2 = this.#keyText(key);
      text2 === name && (found2 = { at: value2, key }), text2 === MERGE_KEY && merged6.push(...this.#mergedMappings(value2)), key = this.#after(value2);
    }
    for (let next = 0; found2 === void 0 && next < merged6.length; next += 1)
      found2 = this.#entry(merged6[next] ?? NOWHERE, name, seen);
    return found2;
  }
  #mergedMappings(value2) {
    let at2 = this.#resolve(value2), type = this.#events[at2]?.type;
    if (type === EVENT_ID.MAPPING) return [at2];
    if (type !== EVENT_ID.SEQUENCE) return [];
    let mappings = [];
    for (let item = at2 + 1; this.#isNode(item); item = this.#after(item)) {
      let target = this.#resolve(item);
      this.#events[target]?.type === EVENT_ID.MAPPING && mappings.push(target);
    }
    return mappings;
  }
  #item(sequence, index) {
    let item = sequence + 1;
    for (let n = 0; n < index && this.#isNode(item); n += 1) item = this.#after(item);
    return this.#isNode(item) ? { at: item, key: NOWHERE } : void 0;
  }
  #isNode(at2) {
    let event = this.#events[at2];
    return event !== void 0 && event.type !== EVENT_ID.POP;
  }
  /** A key's text as the constructed value has it; `undefined` for keys that are no scalars. */
  #keyText(at2) {
    let event = this.#events[this.#resolve(at2)];
    return event?.type === EVENT_ID.SCALAR ? getScalarValue(this.#source, event) : void 0;
  }
  /** The event behind the node at `at`. */
  #after(at2) {
    let depth = 0, index = at2;
    do {
      let type = this.#events[index]?.type;
      type === EVENT_ID.SEQUENCE || type === EVENT_ID.MAPPING || type === EVENT_ID.DOCUMENT ? depth += 1 : type === EVENT_ID.POP && (depth -= 1), index += 1;
    } while (depth > 0 && index < this.#events.length);
    return index;
  }
  /** What an alias points to: the last anchor of its name before it. Anything else is itself. */
  #resolve(at2) {
    let event = this.#events[at2];
    if (event?.type !== EVENT_ID.ALIAS) return at2;
    let name = this.#source.slice(event.anchorStart, event.anchorEnd);
    for (let index = at2 - 1; index > 0; index -= 1) {
      let candidate = this.#events[index];
      if (!(candidate === void 0 || !("tagStart" in candidate) || candidate.anchorStart === NOWHERE) && this.#source.slice(candidate.anchorStart, candidate.anchorEnd) === name)
        return index;
    }
    return at2;
  }
  #range(at2) {
    let event = this.#events[at2];
    if (event === void 0) return;
    let start = offsetOf(event, this.#source);
    if (start === void 0) return;
    let end = start, after = this.#after(at2);
    for (let index = at2; index < after; index += 1)
      end = Math.max(end, endOf(this.#events[index], this.#source));
    return { start, end };
  }
};
function offsetOf(event, source2) {
  if (event.type === EVENT_ID.SEQUENCE || event.type === EVENT_ID.MAPPING) return event.start;
  if (event.type === EVENT_ID.ALIAS) return event.anchorStart - 1;
  if (!(event.type !== EVENT_ID.SCALAR || event.valueStart === NOWHERE))
    return isQuoted(event) ? event.valueStart - 1 : isBlock(event) ? blockIndicator(event.valueStart, source2) : event.valueStart;
}
function endOf(event, source2) {
  if (event?.type === EVENT_ID.ALIAS) return event.anchorEnd;
  if (event?.type !== EVENT_ID.SCALAR || event.valueStart === NOWHERE) return NOWHERE;
  if (isQuoted(event)) return event.valueEnd + 1;
  if (!isBlock(event)) return event.valueEnd;
  let end = event.valueEnd;
  for (; end > event.valueStart && /\s/.test(source2.charAt(end - 1)); ) end -= 1;
  return end;
}
function isQuoted({ style }) {
  return style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED;
}
function isBlock({ style }) {
  return style === SCALAR_STYLE.LITERAL_BLOCK || style === SCALAR_STYLE.FOLDED_BLOCK;
}
function blockIndicator(valueStart, source2) {
  let lineEnd = valueStart - 1, lineStart = source2.lastIndexOf(`
`, Math.max(0, lineEnd - 1)) + 1, indicator = /[|>][-+0-9]{0,2}[ \t\r\n]*(?:#|$)/.exec(source2.slice(lineStart, valueStart));
  return indicator ? lineStart + indicator.index : valueStart;
}

// src/yaml/kubernetes-schema.ts
var TRUE = ["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"], FALSE = ["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"], BOOLEANS = new Map([
  ...TRUE.map((text2) => [text2, !0]),
  ...FALSE.map((text2) => [text2, !1])
]), INTEGER = /^[-+]?(?:0|[1-9][0-9_]*|0[0-7_]+|0o[0-7_]+|0b[01_]+|0[xX][0-9a-fA-F_]+)$/, FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/, INFINITE = /^[-+]?\.(?:inf|Inf|INF)$/, NOT_A_NUMBER = /^\.(?:nan|NaN|NAN)$/, LONGEST_NUMBER = 64, bool = defineScalarTag("tag:yaml.org,2002:bool", {
  implicit: !0,
  implicitFirstChars: Array.from("yYtToOnNfF"),
  identify: (value2) => typeof value2 == "boolean",
  resolve: (text2) => BOOLEANS.get(text2) ?? NOT_RESOLVED
}), int = defineScalarTag("tag:yaml.org,2002:int", {
  implicit: !0,
  implicitFirstChars: Array.from("-+0123456789"),
  identify: (value2) => Number.isInteger(value2),
  resolve: (text2) => integer(text2) ?? NOT_RESOLVED
}), float = defineScalarTag("tag:yaml.org,2002:float", {
  implicit: !0,
  implicitFirstChars: Array.from("-+.0123456789"),
  identify: (value2) => typeof value2 == "number",
  resolve: (text2) => decimal(text2) ?? NOT_RESOLVED
});
function integer(text2) {
  if (text2.length > LONGEST_NUMBER || !INTEGER.test(text2)) return;
  let digits = text2.replace(/^[-+]/, "").replace(/_/g, ""), value2 = Number(/^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits);
  if (!Number.isNaN(value2))
    return text2.startsWith("-") ? -value2 : value2;
}
function decimal(text2) {
  if (text2.length > LONGEST_NUMBER) return;
  if (INFINITE.test(text2)) return text2.startsWith("-") ? -1 / 0 : 1 / 0;
  if (NOT_A_NUMBER.test(text2)) return NaN;
  let digits = text2.replace(/_/g, "");
  return FLOAT.test(digits) ? Number(digits) : void 0;
}
var foreignTags = ["!", "tag:"].flatMap((prefix) => [
  defineScalarTag(prefix, { matchByTagPrefix: !0, identify: () => !1, resolve: (text2) => text2 }),
  defineSequenceTag(prefix, { ...seqTag, matchByTagPrefix: !0, identify: () => !1 }),
  defineMappingTag(prefix, { ...mapTag, matchByTagPrefix: !0, identify: () => !1 })
]), KUBERNETES_SCHEMA = CORE_SCHEMA.withTags(bool, int, float, mergeTag, foreignTags);

// src/yaml/alias-keys.ts
var ALIAS_KEY = /(^|[\s,{?-])\*([\w-]+):(?=\s)/g;
function spaceAliasKeys(text2) {
  let names2 = new Set([...text2.matchAll(ALIAS_KEY)].map((match) => match[2] ?? ""));
  if (names2.size > 20) return;
  let spaced = text2;
  for (let name of [...names2].sort()) {
    let shorter = name.slice(0, -1);
    if (shorter === "" || mentions(text2, shorter)) return;
    spaced = spaced.replace(new RegExp(`([&*])${name}(?=[\\s,:\\]}])`, "g"), `$1${shorter} `);
  }
  return spaced === text2 ? void 0 : spaced;
}
function mentions(text2, name) {
  return new RegExp(`[&*]${name}(?![\\w-])`).test(text2);
}

// src/yaml/flow-indentation.ts
var DEFICIENT_INDENTATION = "deficient indentation";
function joinsAllowed(text2) {
  return Math.min(500, Math.floor(8e6 / Math.max(1, text2.length)));
}
function joinToLineBefore(text2, offset) {
  let lineBreak = text2.lastIndexOf(`
`, offset - 1);
  if (lineBreak < 0) return;
  let lineStart = text2.lastIndexOf(`
`, lineBreak - 1) + 1, line = text2.slice(lineStart, lineBreak), comment = line.search(/(?:^|[ \t])#/);
  if (comment >= 0 && /["']/.test(line) && !/^[ \t]*#/.test(line)) return;
  let from = comment < 0 ? lineBreak : lineStart + comment;
  return text2.slice(0, from) + " ".repeat(lineBreak + 1 - from) + text2.slice(lineBreak + 1);
}

// src/yaml/parse-piece.ts
var MAX_DEPTH = 100, MAX_MERGED_KEYS = 5e4;
function eventsOf(text2) {
  return parseEvents(text2, { maxDepth: MAX_DEPTH });
}
function parsePiece(text2) {
  let parsed = parseAsIs(text2);
  if (parsed.outcome !== "fault") return parsed;
  let mended = parseMended(parsed, text2), spaced = mended.outcome === "fault" ? spaceAliasKeys(text2) : void 0, result = spaced === void 0 ? mended : parseMended(parseAsIs(spaced), spaced);
  return result.outcome === "fault" ? parsed : result;
}
function parseMended(first, text2) {
  let parsed = first, next = text2;
  for (let left = joinsAllowed(text2); left > 0 && parsed.outcome === "fault" && !(parsed.fault.reason !== DEFICIENT_INDENTATION || (next = joinToLineBefore(next, parsed.fault.offset), next === void 0)); left -= 1)
    parsed = parseAsIs(next);
  return parsed;
}
function parseAsIs(text2) {
  try {
    return construct(text2, eventsOf(text2));
  } catch (error) {
    return { outcome: "fault", fault: faultOf(error) };
  }
}
function construct(text2, events2) {
  let start = firstOffset(events2, text2);
  if (start === void 0) return { outcome: "empty" };
  let options = { source: text2, schema: KUBERNETES_SCHEMA, maxTotalMergeKeys: MAX_MERGED_KEYS }, hasAliases = text2.includes("*") && events2.some(({ type }) => type === EVENT_ID.ALIAS), common = { outcome: "value", start, hasAliases, nodes: events2.length, text: text2 };
  try {
    return { ...common, value: constructFromEvents(events2, options)[0], repeatedKeys: [] };
  } catch (error) {
    if (!(error instanceof YAMLException) || error.reason !== "duplicated mapping key") throw error;
    let value2 = constructFromEvents(events2, { ...options, json: !0 })[0], repeated = repeatedKeys(events2, text2);
    return { ...common, value: value2, repeatedKeys: repeated.length > 0 ? repeated : [faultOf(error)] };
  }
}
function firstOffset(events2, text2) {
  for (let event of events2) {
    let offset = offsetOf(event, text2);
    if (offset !== void 0) return offset;
  }
}
function repeatedKeys(events2, text2) {
  let faults = [], open = [];
  for (let event of events2) {
    let parent = open.at(-1);
    if (event.type === EVENT_ID.POP) {
      open.pop();
      continue;
    }
    let isKey = parent?.atKey === !0;
    if (parent && (parent.atKey = !parent.atKey), isKey && event.type === EVENT_ID.SCALAR) {
      let key = getScalarValue(text2, event);
      parent.seen.has(key) && faults.push({ reason: key, offset: offsetOf(event, text2) ?? 0 }), key !== "<<" && parent.seen.add(key);
    } else event.type === EVENT_ID.MAPPING ? open.push({ seen: /* @__PURE__ */ new Set(), atKey: !0 }) : event.type !== EVENT_ID.SCALAR && event.type !== EVENT_ID.ALIAS && open.push(void 0);
  }
  return faults;
}
function faultOf(error) {
  if (error instanceof YAMLException) return { reason: error.reason, offset: error.mark?.position ?? 0 };
  if (error instanceof RangeError) return { reason: "nesting exceeded what can be read", offset: 0 };
  throw error;
}

// src/yaml/lazy-document.ts
var LazyDocument = class {
  index;
  value;
  #parts;
  #locator;
  constructor(parts) {
    this.index = parts.index, this.value = parts.value, this.#parts = parts;
  }
  get line() {
    return this.#parts.lines.at(this.#parts.offset + this.#parts.start).line;
  }
  locate(path, what = "value") {
    let { offset, start, lines: lines2 } = this.#parts, found2 = this.#locate(path, what) ?? { start, end: start }, { line, column } = lines2.at(offset + found2.start);
    return { line, column, endLine: lines2.at(offset + found2.end).line };
  }
  #locate(path, what) {
    if (this.value !== void 0)
      return this.#locator ??= new Locator(events(this.#parts.text), this.#parts.text), this.#locator.locate(path, what);
  }
};
function events(text2) {
  try {
    return eventsOf(text2);
  } catch {
    return [];
  }
}

// src/yaml/lines.ts
var Lines = class {
  #text;
  #starts;
  constructor(text2) {
    this.#text = text2;
  }
  /** The place of the character at `offset`; offsets beyond the text are its end. */
  at(offset) {
    let starts = this.#starts ??= lineStarts(this.#text), wanted = Math.max(0, Math.min(offset, this.#text.length)), low = 0, high = starts.length - 1;
    for (; low < high; ) {
      let middle = low + high + 1 >> 1;
      (starts[middle] ?? 0) <= wanted ? low = middle : high = middle - 1;
    }
    return { line: low + 1, column: wanted - (starts[low] ?? 0) + 1 };
  }
};
function lineStarts(text2) {
  let starts = [0];
  for (let end = text2.indexOf(`
`); end >= 0; end = text2.indexOf(`
`, end + 1)) starts.push(end + 1);
  return starts;
}

// src/yaml/problems.ts
var LIMIT = /^(?:nesting exceeded|merge keys exceeded|an alias |aliases )/;
function diagnose(reason, isTemplate) {
  return LIMIT.test(reason) ? { kind: "limit", message: `The document is not read: ${reason}.` } : isTemplate ? { kind: "template", message: "The document is a template: it is no YAML before it is rendered." } : reason.startsWith("null byte") ? { kind: "encoding", message: "The document holds a NUL byte." } : { kind: "syntax", message: `The document is no valid YAML: ${reason}.` };
}
function templateSyntaxAt(text2) {
  return text2.search(/\{\{|\{%|<%|#@|\(\(/);
}
function repeatsOnPurpose(text2) {
  return /#@|^[ \t]*#.*\{[{%]/m.test(text2);
}
var TOO_MANY = {
  kind: "limit",
  message: "The rest of the file is not read: it holds more documents, or more broken ones, than anyone writes."
};
function repeatedKey(key) {
  return {
    kind: "duplicate-key",
    message: `The key ${quoted(key)} stands here a second time; the last one wins, and kubectl refuses the document.`
  };
}
var NOT_UTF8 = {
  kind: "encoding",
  message: "The document holds bytes that are not UTF-8."
}, ENCRYPTED = {
  kind: "encrypted",
  message: "Values of this document are encrypted with SOPS and cannot be read."
};
function quoted(text2) {
  let line = text2.replace(/\s+/g, " ");
  return `\`${line.length > 60 ? `${line.slice(0, 60)}...` : line}\``;
}

// src/yaml/split.ts
function splitDocuments(text2) {
  let pieces = [], start = 0;
  for (let { at: at2, next } of boundaries(text2))
    at2 > start && !onlyDirectives(text2, start, at2) ? (pieces.push({ start, end: next }), start = next) : next > at2 && (start = next);
  return start < text2.length && pieces.push({ start, end: text2.length }), pieces;
}
function* boundaries(text2) {
  let dashes = markerFrom(text2, "---", 0), dots = markerFrom(text2, "...", 0);
  for (; dashes >= 0 || dots >= 0; )
    if (dots < 0 || dashes >= 0 && dashes < dots)
      yield { at: dashes, next: dashes }, dashes = markerFrom(text2, "---", dashes + 3);
    else {
      let lineEnd = text2.indexOf(`
`, dots);
      yield { at: dots, next: lineEnd < 0 ? text2.length : lineEnd + 1 }, dots = markerFrom(text2, "...", dots + 3);
    }
}
function markerFrom(text2, marker, from) {
  let at2 = from === 0 && text2.startsWith(marker) ? 0 : afterBreak(text2, marker, from);
  for (; at2 >= 0 && !isBlankOrEnd(text2.charCodeAt(at2 + 3)); ) at2 = afterBreak(text2, marker, at2 + 3);
  return at2;
}
function afterBreak(text2, marker, from) {
  return text2.indexOf(`
${marker}`, Math.max(0, from - 1)) + 1 || -1;
}
function isBlankOrEnd(code) {
  return Number.isNaN(code) || code === 32 || code === 9 || code === 10 || code === 13;
}
function onlyDirectives(text2, start, end) {
  let found2 = !1;
  for (let at2 = start; at2 < end; ) {
    let lineEnd = text2.indexOf(`
`, at2), next = lineEnd < 0 || lineEnd >= end ? end : lineEnd + 1;
    if (text2.startsWith("%", at2)) found2 = !0;
    else if (!/^[ \t\r\n]*(?:#|$)/.test(text2.slice(at2, Math.min(next, at2 + 200)))) return !1;
    at2 = next;
  }
  return found2;
}

// src/yaml/parse.ts
var MAX_PROBLEMS = 100, MAX_DOCUMENTS = 5e4, MAX_BROKEN = 1e3, FREE_EXPANSION = 1e4;
function parseFile(bytes, options = {}) {
  let decoded = decode(bytes);
  return decoded.problem !== void 0 ? { documents: [], problems: [decoded.problem], skipped: 0 } : read(decoded.text, decoded.damaged, options);
}
function parseText(text2, options = {}) {
  return read(lineFeeds(text2), !1, options);
}
function read(text2, damaged, options) {
  let reader = new FileReader(text2, damaged, options), pieces = options.json ? [{ start: 0, end: text2.length }] : splitDocuments(text2);
  for (let piece of pieces) reader.isExhausted(piece) || reader.read(piece);
  return { documents: reader.documents, problems: reader.problems(), skipped: reader.skipped };
}
var FileReader = class {
  documents = [];
  skipped = 0;
  #text;
  #damaged;
  #options;
  #lines;
  #budget;
  #found = [];
  #pieces = 0;
  #exhausted = !1;
  constructor(text2, damaged, options) {
    this.#text = text2, this.#damaged = damaged, this.#options = options, this.#lines = new Lines(text2), this.#budget = new ExpansionBudget(FREE_EXPANSION);
  }
  /** True when the rest of the file, from this piece on, is not worth reading; told once. */
  isExhausted({ start }) {
    return this.#pieces += 1, this.#exhausted ? !0 : (this.#exhausted = this.#pieces > MAX_DOCUMENTS || this.#found.length >= MAX_BROKEN, this.#exhausted && this.#found.unshift({ ...TOO_MANY, offset: start }), this.#exhausted);
  }
  read(piece) {
    let text2 = this.#text.slice(piece.start, piece.end), wanted = this.#wanted(text2);
    if (wanted === !1) {
      this.skipped += 1, this.#add(piece, text2, firstContent(text2), void 0);
      return;
    }
    let lost = this.#damaged ? text2.indexOf("�") : -1;
    lost >= 0 ? this.#refuse(piece, text2, { ...NOT_UTF8, offset: piece.start + lost }) : this.#accept(piece, text2, this.#parse(wanted === "head" ? beforeSpec(text2) : text2));
  }
  /** In the order of the text, without those of a kind that only follow from another. */
  problems() {
    return this.#found.slice(0, MAX_PROBLEMS).sort((a, b) => a.offset - b.offset).map(({ kind, message, offset }) => ({ kind, message, ...this.#lines.at(offset) }));
  }
  #wanted(text2) {
    let { wants, json } = this.#options;
    if (wants === void 0 || json) return !0;
    let header = scanHeader(text2);
    return header.apiVersion === "" && header.kind === "" ? !0 : wants(header, text2);
  }
  #parse(text2) {
    return (this.#options.json ? parseJson(text2) : void 0) ?? parsePiece(text2);
  }
  #accept(piece, text2, parsed) {
    if (parsed.outcome === "empty") return;
    if (parsed.outcome === "fault") {
      let { reason, offset } = parsed.fault, template2 = templateSyntaxAt(text2), diagnosis = diagnose(reason, template2 >= 0), place = diagnosis.kind === "template" ? template2 : offset;
      this.#refuse(piece, text2, { ...diagnosis, offset: piece.start + place });
      return;
    }
    this.#budget.grow(10 * parsed.nodes);
    let refused2 = parsed.hasAliases ? this.#budget.charge(parsed.value, MAX_DEPTH) : void 0;
    if (refused2 !== void 0) {
      this.#refuse(piece, text2, { ...diagnose(refused2, !1), offset: piece.start + parsed.start });
      return;
    }
    this.#add(piece, parsed.text, parsed.start, parsed.value);
    let meant = parsed.repeatedKeys.length > 0 && repeatsOnPurpose(text2);
    for (let { reason, offset } of meant ? [] : parsed.repeatedKeys)
      this.#found.push({ ...repeatedKey(reason), offset: piece.start + offset });
    let sops = this.#options.json ? -1 : topLevelKey(text2, "sops");
    sops >= 0 && this.#found.push({ ...ENCRYPTED, offset: piece.start + sops });
  }
  #refuse(piece, text2, problem) {
    this.#found.push(problem), this.#add(piece, text2, firstContent(text2), void 0);
  }
  #add({ start: offset }, text2, start, value2) {
    let index = this.documents.length;
    this.documents.push(new LazyDocument({ index, value: value2, text: text2, offset, start, lines: this.#lines }));
  }
};
function parseJson(text2) {
  let start = text2.search(/\S/);
  if (start < 0) return { outcome: "empty" };
  try {
    return { outcome: "value", value: JSON.parse(text2), start, repeatedKeys: [], hasAliases: !0, nodes: text2.length, text: text2 };
  } catch {
    return;
  }
}
function beforeSpec(text2) {
  let spec = topLevelKey(text2, "spec");
  return spec < 0 ? text2 : text2.slice(0, spec);
}
function firstContent(text2) {
  for (let { index } of text2.matchAll(/^(?![ \t]*(?:#|\r?$)|---|%).*$/gm)) return index;
  return 0;
}

// src/render/plain.ts
import { createHash } from "node:crypto";
var MAX_LIST_DEPTH = 4;
function resourcesOf(parsed, file, blob) {
  return parsed.documents.flatMap((document) => unfold(document.value, new Place(file, blob, document, [])));
}
function unfold(value2, place) {
  if (!isFields(value2)) return [];
  let items = own(value2, "items"), kind = own(value2, "kind");
  if (typeof kind != "string" || !kind.endsWith("List") || !Array.isArray(items)) {
    let resource = toResource(value2, place, place.digestOf(value2));
    return resource ? [resource] : [];
  }
  return place.prefix.length >= 2 * MAX_LIST_DEPTH ? [] : items.flatMap((item, index) => unfold(item, place.within(["items", index])));
}
function toResource(body, origin, digest) {
  let apiVersion = own(body, "apiVersion"), kind = own(body, "kind");
  if (typeof apiVersion != "string" || typeof kind != "string" || apiVersion === "" || kind === "")
    return;
  let metadata = own(body, "metadata"), slash = apiVersion.indexOf("/");
  return {
    apiVersion,
    group: slash < 0 ? "" : apiVersion.slice(0, slash),
    kind,
    namespace: scalarText(field(metadata, "namespace")) ?? "",
    name: scalarText(field(metadata, "name")) ?? "",
    labels: textMap(field(metadata, "labels")),
    annotations: textMap(field(metadata, "annotations")),
    body,
    origin,
    digest
  };
}
var NONE = Object.freeze(/* @__PURE__ */ Object.create(null));
function textMap(value2) {
  if (!isFields(value2)) return NONE;
  let result = /* @__PURE__ */ Object.create(null);
  for (let [key, entry2] of Object.entries(value2)) {
    let text2 = scalarText(entry2);
    text2 !== void 0 && (result[key] = text2);
  }
  return result;
}
function scalarText(value2) {
  return typeof value2 == "string" ? value2 : typeof value2 == "number" || typeof value2 == "boolean" ? String(value2) : void 0;
}
var Place = class _Place {
  file;
  prefix;
  through = [];
  #blob;
  #document;
  constructor(file, blob, document, prefix) {
    this.file = file, this.prefix = prefix, this.#blob = blob, this.#document = document;
  }
  within(steps) {
    return new _Place(this.file, this.#blob, this.#document, [...this.prefix, ...steps]);
  }
  at(path, what = "value") {
    return { file: this.file, ...this.#document.locate([...this.prefix, ...path], what) };
  }
  digestOf(value2) {
    let place = `${this.#document.index}:${this.prefix.join(".")}:${this.file}`;
    return this.#blob !== void 0 ? `${this.#blob}:${place}` : `${createHash("sha256").update(JSON.stringify(value2)).digest("hex")}:${this.#document.line}:${place}`;
  }
};
function isFields(value2) {
  return typeof value2 == "object" && value2 !== null && !Array.isArray(value2);
}
function own(fields2, key) {
  return Object.hasOwn(fields2, key) ? fields2[key] : void 0;
}
function field(value2, key) {
  return isFields(value2) ? own(value2, key) : void 0;
}

// src/render/resource-interest.ts
var HEAD_ONLY = /* @__PURE__ */ new Set([
  "CustomResourceDefinition",
  "GrafanaDashboard",
  "PrometheusRule"
]);
function wantedPart({ kind }, text2) {
  return HEAD_ONLY.has(kind) ? "head" : !(kind === "ConfigMap" && text2.length > 262144 && !/istio|envoy/i.test(text2));
}

// src/render/content-cache.ts
var TEMPLATE = {
  documents: [],
  problems: [{ kind: "template", message: "A template of a Helm chart, not rendered.", line: 1, column: 1 }],
  skipped: 0
}, ContentCache = class {
  #parsed = /* @__PURE__ */ new Map();
  #files = /* @__PURE__ */ new Map();
  /**
   * The file with this content at this path. `read` is asked for the bytes of contents not seen before.
   * @throws what `read` throws
   */
  async file(path, blob, read2) {
    let key = `${blob} ${path}`, known = this.#files.get(key);
    if (known) return known;
    let parsed = await this.#parse(path, blob, read2);
    return this.#remember(key, { path, blob, parsed, resources: resourcesOf(parsed, path, blob) });
  }
  /** A template of a Helm chart: a file without documents. */
  template(path, blob) {
    let key = `template ${blob} ${path}`;
    return this.#files.get(key) ?? this.#remember(key, { path, blob, parsed: TEMPLATE, resources: [] });
  }
  async #parse(path, blob, read2) {
    let json = /\.json$/i.test(path), key = `${json ? "json" : "yaml"} ${blob}`, known = this.#parsed.get(key);
    if (known) return known;
    let bytes = await read2(), parsed = this.#parsed.get(key) ?? parseFile(bytes, { json, wants: wantedPart });
    return this.#parsed.set(key, parsed), parsed;
  }
  #remember(key, file) {
    return this.#files.set(key, file), file;
  }
};
function isChartTemplate(file) {
  return file.parsed === TEMPLATE;
}

// src/render/unread-files.ts
var REASONS = {
  syntax: "not valid YAML or JSON",
  template: "templates, not YAML before they are rendered",
  encrypted: "encrypted values",
  limit: "nested or expanded beyond what is read",
  encoding: "bytes that are not UTF-8",
  "duplicate-key": void 0
}, UnreadFiles = class {
  #entries = /* @__PURE__ */ new Map();
  add(what, why, path, { line, column } = { line: 1, column: 1 }) {
    let key = JSON.stringify([what, why]), entry2 = this.#entries.get(key) ?? { what, why, count: 0, examples: [] };
    entry2.count += 1, entry2.examples.length < 3 && entry2.examples.push({ file: path, line, column, endLine: line }), this.#entries.set(key, entry2);
  }
  addProblem(path, problem) {
    let why = REASONS[problem.kind];
    why !== void 0 && this.add("documents", why, path, problem);
  }
  /** Sorted by what and why, whatever order they were found in. */
  unchecked() {
    return [...this.#entries].sort(([a], [b]) => a < b ? -1 : 1).map(([, entry2]) => entry2);
  }
};

// src/render/read-repository.ts
var CONCURRENT_READS = 64, MAX_TEXT_BYTES = 1024 * 1024;
async function readRepository(snapshot, cache) {
  let entries = new Map(snapshot.list().map((entry2) => [entry2.path, entry2])), exists = (path) => entries.has(path), unread2 = new UnreadFiles();
  for (let { path, why } of snapshot.omitted) unread2.add("files", why, path);
  let files = /* @__PURE__ */ new Map(), problems = [], results = await readAll(snapshot, cache, manifestsOf(snapshot), exists);
  for (let { path, file, why } of results) {
    if (file === void 0) {
      unread2.add("files", why, path);
      continue;
    }
    if (files.set(path, file), isChartTemplate(file)) {
      unread2.add(templatesOf(chartOfTemplate(path, exists) ?? ""), "the chart is not rendered", path);
      continue;
    }
    for (let problem of file.parsed.problems)
      problems.push({ path, problem }), unread2.addProblem(path, problem);
  }
  return { snapshot, files, has: exists, text: (path) => textOf(snapshot, entries.get(path)), problems, unchecked: unread2.unchecked() };
}
function manifestsOf(snapshot) {
  let omitted = new Set(snapshot.omitted.map(({ path }) => path));
  return snapshot.list().filter(({ path, kind }) => kind === "file" && isManifestPath(path) && !omitted.has(path));
}
async function readAll(snapshot, cache, entries, exists) {
  let results = [];
  for (let at2 = 0; at2 < entries.length; at2 += CONCURRENT_READS) {
    let batch = entries.slice(at2, at2 + CONCURRENT_READS);
    results.push(...await Promise.all(batch.map((entry2) => readOne(snapshot, cache, entry2, exists))));
  }
  return results;
}
async function readOne(snapshot, cache, { path, blob }, exists) {
  if (chartOfTemplate(path, exists) !== void 0) return { path, file: cache.template(path, blob) };
  try {
    return { path, file: await cache.file(path, blob, () => snapshot.read(path)) };
  } catch (error) {
    if (error instanceof SourceError && error.code === "unreadable")
      return { path, why: "they cannot be read" };
    throw error;
  }
}
async function textOf(snapshot, entry2) {
  if (!(entry2?.kind !== "file" || (entry2.size ?? 0) > MAX_TEXT_BYTES))
    try {
      let bytes = await snapshot.read(entry2.path);
      return bytes.length > MAX_TEXT_BYTES || bytes.includes(0) ? void 0 : utf8(bytes);
    } catch (error) {
      if (error instanceof SourceError && error.code === "unreadable") return;
      throw error;
    }
}
function utf8(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: !0 }).decode(bytes);
  } catch {
    return;
  }
}

// src/environments/repository-path.ts
function parentOf(path) {
  let slash = path.lastIndexOf("/");
  return slash < 0 ? "" : path.slice(0, slash);
}
function baseName(path) {
  return path.slice(path.lastIndexOf("/") + 1);
}
function joinPath(dir, name) {
  return dir === "" ? name : `${dir}/${name}`;
}
function resolvePath(dir, relative4) {
  if (relative4.startsWith("/") && dir !== "") return;
  let steps = dir === "" ? [] : dir.split("/");
  for (let step2 of relative4.split("/"))
    if (!(step2 === "" || step2 === ".")) {
      if (step2 !== "..") steps.push(step2);
      else if (steps.pop() === void 0) return;
    }
  return steps.join("/");
}
function isUnder(path, dir) {
  return dir === "" || path === dir || path.startsWith(`${dir}/`);
}
function byText(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}
function commonDirectory(a, b) {
  let left = a.split("/"), right = b.split("/"), length = 0;
  for (; length < left.length && length < right.length && left[length] === right[length]; ) length++;
  return left.slice(0, length).join("/");
}

// src/yaml/placeholders.ts
var SHAPES = [
  // ${REGION}, ${REGION:=eu}: Flux postBuild, envsubst, Terraform. ${{ x }}: Backstage, GitHub.
  /\$\{/,
  // $(NAMESPACE): kustomize vars, container variables, make.
  /\$\([A-Za-z_]/,
  // $REVISION: envsubst, Argo CD. Not `$1`, nor the `$` that ends a regular expression.
  /\$[A-Za-z_]/,
  // Helm, Jinja, Argo Workflows and ApplicationSets; ERB; Terraform.
  /\{\{|\{%|<%|%\{/,
  // <CHANGE_ME>, <your namespace>: documentation. Not `(?P<name>x)` of a regular expression, not kubectl's `<none>`.
  /(?<!\?P?)<(?!none>|nil>)[A-Za-z_][\w .:/-]*>/,
  // %%TAG%%: sed. Not Envoy's `%REQ(X)%`.
  /%%[\w.-]+%%/,
  // @version@: Maven, autoconf. Not the `@` of an address.
  /(?<![\w.-])@[A-Za-z][\w.-]*@/,
  // ((domain)): Concourse, BOSH. Not the groups of a regular expression, which hold more than a name.
  /\(\([A-Za-z][\w./-]*\)\)/,
  // #{Tag}#: Azure DevOps, Octopus.
  /#\{[A-Za-z]/,
  // __IMAGE__: sed. Not Prometheus' `__name__`, which is lower case.
  /__[A-Z][A-Z0-9_]*__/,
  // Values that SOPS encrypted.
  /^ENC\[/,
  // Names that stand in until a kustomization replaces them.
  /^(?:_|not-used|placeholder|PLACEHOLDER)$/,
  // CHANGEME, REPLACE_ME: documentation.
  /^(?:CHANGE|REPLACE|change|replace)[-_]?(?:ME|me)$/
], ANY_SHAPE = new RegExp(SHAPES.map(({ source: source2 }) => source2).join("|"));
function isKnown(value2) {
  return typeof value2 == "string" && !ANY_SHAPE.test(value2);
}

// src/render/untyped.ts
function asMap(value2) {
  return typeof value2 == "object" && value2 !== null && !Array.isArray(value2) ? value2 : void 0;
}
function asList(value2) {
  return Array.isArray(value2) ? value2 : [];
}
function asText(value2) {
  return typeof value2 == "string" ? value2 : "";
}
function field2(value2, key) {
  let map = asMap(value2);
  return map !== void 0 && Object.hasOwn(map, key) ? map[key] : void 0;
}
function valueAt(value2, path) {
  let current = value2;
  for (let step2 of path)
    if (current = typeof step2 == "number" ? asList(current)[step2] : field2(current, step2), current === void 0) return;
  return current;
}
function existingPart(value2, path) {
  let length = path.length;
  for (; length > 0 && valueAt(value2, path.slice(0, length)) === void 0; ) length -= 1;
  return path.slice(0, length);
}
function isSame(a, b) {
  if (a === b) return !0;
  if (Array.isArray(a))
    return Array.isArray(b) && a.length === b.length && a.every((item, index) => isSame(item, b[index]));
  let [left, right] = [asMap(a), asMap(b)];
  if (!left || !right) return !1;
  let keys = Object.keys(left);
  return keys.length === Object.keys(right).length && keys.every((key) => Object.hasOwn(right, key) && isSame(left[key], right[key]));
}
function* textsIn(value2, path = []) {
  if (typeof value2 == "string" && (yield { path, text: value2 }), Array.isArray(value2))
    for (let [index, item] of value2.entries()) yield* textsIn(item, [...path, index]);
  for (let [key, item] of Object.entries(asMap(value2) ?? {})) yield* textsIn(item, [...path, key]);
}

// src/environments/untyped.ts
function scalarText2(value2) {
  return typeof value2 == "string" ? value2 : typeof value2 == "number" || typeof value2 == "boolean" ? String(value2) : void 0;
}
function withEntry(map, key, value2) {
  let copy = { ...map };
  return Object.defineProperty(copy, key, { value: value2, enumerable: !0, configurable: !0, writable: !0 }), copy;
}
function withoutEntry(map, key) {
  let copy = { ...map };
  return Reflect.deleteProperty(copy, key), copy;
}
function withValueAt(root, path, value2) {
  let [step2, ...rest] = path;
  if (step2 === void 0) return value2;
  if (typeof step2 == "number") {
    let list2 = [...asList(root)];
    return list2[step2] = withValueAt(list2[step2], rest, value2), list2;
  }
  return withEntry(asMap(root) ?? {}, step2, withValueAt(field2(root, step2), rest, value2));
}

// src/environments/istio-charts.ts
var ISTIO_CHARTS = /* @__PURE__ */ new Set([
  "base",
  "istiod",
  "cni",
  "ztunnel",
  "gateway",
  "ambient",
  "istiod-remote",
  "istio-discovery",
  "istio-cni",
  "istio-ingress",
  "istio-egress",
  "revisiontags"
]), TELLING_CHARTS = /* @__PURE__ */ new Set(["istiod", "ztunnel", "istio-discovery", "istio-cni", "istiod-remote"]);
function isOfficialIstioChart({ name, repository }) {
  return TELLING_CHARTS.has(name) ? !0 : ISTIO_CHARTS.has(name) && /istio/i.test(repository);
}

// src/environments/opaque-resources.ts
function opaqueResources(resources) {
  return resources.flatMap((resource) => resource.group === "helm.toolkit.fluxcd.io" && resource.kind === "HelmRelease" ? helmRelease(resource, resources) : resource.group === "helm.cattle.io" && resource.kind === "HelmChart" ? cattleChart(resource) : resource.group === "argoproj.io" && resource.kind === "Application" ? application(resource) : []);
}
function helmRelease(release3, resources) {
  if (isOfficialIstioChart(fluxChart(release3, resources))) return [];
  let target = asText(valueAt(release3.body, ["spec", "targetNamespace"])) || release3.namespace;
  return [source(release3, target)];
}
function fluxChart(release3, resources) {
  let reference = valueAt(release3.body, ["spec", "chartRef"]), spec = valueAt(release3.body, ["spec", "chart", "spec"]), from = reference ?? field2(spec, "sourceRef"), name = asText(field2(from, "name")), origin = resources.find(
    (candidate) => candidate.group === "source.toolkit.fluxcd.io" && candidate.kind === asText(field2(from, "kind")) && candidate.name === name
  ), url = asText(valueAt(origin?.body, ["spec", "url"]));
  return reference === void 0 ? { name: asText(field2(spec, "chart")), repository: url || name } : { name: url.slice(url.lastIndexOf("/") + 1), repository: url };
}
function cattleChart(chart) {
  let name = asText(valueAt(chart.body, ["spec", "chart"])), repository = asText(valueAt(chart.body, ["spec", "repo"]));
  return isOfficialIstioChart({ name, repository }) ? [] : [source(chart, asText(valueAt(chart.body, ["spec", "targetNamespace"])) || chart.namespace)];
}
function application(app) {
  let spec = app.body.spec, several = asList(field2(spec, "sources"));
  return (several.length > 0 ? several : [field2(spec, "source")]).filter((candidate) => asText(field2(candidate, "chart")) !== "").map((candidate) => ({
    name: asText(field2(candidate, "chart")),
    repository: asText(field2(candidate, "repoURL"))
  })).every(isOfficialIstioChart) ? [] : [source(app, asText(valueAt(spec, ["destination", "namespace"])))];
}
function source(resource, namespace) {
  let label = resource.namespace === "" ? resource.name : `${resource.namespace}/${resource.name}`;
  return {
    what: `${resource.kind} ${label}`,
    namespaces: namespace === "" || !isKnown(namespace) ? void 0 : [namespace],
    at: resource.origin.at(["metadata", "name"])
  };
}

// src/environments/assemble.ts
var NOTHING = {
  resources: [],
  files: /* @__PURE__ */ new Set(),
  charts: [],
  opaque: [],
  unchecked: []
};
function merged(parts) {
  let [only] = parts;
  return only && parts.length === 1 ? only : {
    resources: [...new Set(parts.flatMap(({ resources }) => resources))],
    files: new Set(parts.flatMap(({ files }) => [...files])),
    charts: [...new Set(parts.flatMap(({ charts }) => charts))],
    opaque: distinct(parts.flatMap(({ opaque }) => opaque)),
    unchecked: parts.flatMap(({ unchecked: unchecked2 }) => unchecked2),
    rendered: new Set(parts.flatMap(({ rendered }) => [...rendered ?? []])),
    assumed: new Set(parts.flatMap(({ assumed }) => [...assumed ?? []]))
  };
}
function assemble(identity4, parts) {
  let whole2 = merged(parts);
  return {
    ...identity4,
    roots: [...new Set(identity4.roots.map((root) => root || "."))].sort(byText),
    resources: whole2.resources,
    files: whole2.files,
    charts: whole2.charts,
    opaque: distinct([...opaqueResources(whole2.resources), ...whole2.opaque]),
    unchecked: whole2.unchecked,
    ...whole2.rendered && whole2.rendered.size > 0 ? { rendered: whole2.rendered } : {},
    ...whole2.assumed && whole2.assumed.size > 0 ? { assumed: whole2.assumed } : {}
  };
}
function distinct(sources) {
  let seen = /* @__PURE__ */ new Map();
  for (let source2 of sources) {
    let key = `${source2.what}
${source2.namespaces?.join(",") ?? "*"}`;
    seen.has(key) || seen.set(key, source2);
  }
  return [...seen.values()];
}

// src/environments/kustomization.ts
var KUSTOMIZATION_NAMES = ["kustomization.yaml", "kustomization.yml", "Kustomization"];
function kustomizationsOf(repository) {
  let found2 = /* @__PURE__ */ new Map();
  for (let file of repository.files.values()) {
    if (!KUSTOMIZATION_NAMES.includes(baseName(file.path))) continue;
    let kustomization = readKustomization(file);
    kustomization && !found2.has(kustomization.dir) && found2.set(kustomization.dir, kustomization);
  }
  return found2;
}
function readKustomization(file) {
  let document = file.parsed.documents.find(({ value: value3 }) => asMap(value3) !== void 0), value2 = asMap(document?.value);
  if (!(!document || !value2 || !isKustomizationApi(asText(field2(value2, "apiVersion")))))
    return {
      dir: parentOf(file.path),
      file: file.path,
      blob: file.blob,
      component: field2(value2, "kind") === "Component",
      value: value2,
      at: (path, what) => locationIn(file.path, document, path, what)
    };
}
function isKustomizationApi(apiVersion) {
  return apiVersion === "" || apiVersion.startsWith("kustomize.config.k8s.io/");
}
function locationIn(file, document, path, what) {
  return { file, ...document.locate(path, what) };
}

// src/environments/chart-dependencies.ts
function chartDependencies(dir, repository, locks, namespaces) {
  let chart = documentOf(repository, joinPath(dir, "Chart.yaml")), values = documentOf(repository, joinPath(dir, "values.yaml")), owner = { dir, values, namespaces }, charts = [], opaque = [];
  for (let source2 of [chart, documentOf(repository, joinPath(dir, "requirements.yaml"))])
    source2 && asList(field2(source2.document.value, "dependencies")).forEach((dependency, index) => {
      if (isOff(dependency, values)) return;
      let declared2 = declaredDependency(dependency, ["dependencies", index], source2, owner);
      charts.push(withLock(declared2, dir, locks)), !isOfficialIstioChart({ name: declared2.chart, repository: declared2.repository }) && opaque.push({ what: `chart ${declared2.chart} in ${source2.path}`, namespaces, at: declared2.at });
    });
  let own3 = chart && vendored(chart, owner);
  return { charts: own3 ? [...charts, own3] : charts, opaque, official: own3 !== void 0 };
}
function declaredDependency(dependency, path, source2, owner) {
  let text2 = (key2) => scalarText2(field2(dependency, key2)) ?? "", key = text2("alias") || text2("name"), { values } = owner;
  return {
    chart: text2("name"),
    repository: text2("repository"),
    version: text2("version"),
    releaseName: baseName(owner.dir) || text2("name"),
    namespace: owner.namespaces?.[0] ?? "",
    values: dependencyValues(values?.document.value, key),
    installer: "helm",
    at: locationIn(source2.path, source2.document, [...path, text2("version") === "" ? "name" : "version"]),
    valueAt(asked2) {
      if (!values) return locationIn(source2.path, source2.document, path);
      let global = asked2[0] === "global" && valueAt(values.document.value, [key, ...asked2]) === void 0;
      return locationIn(values.path, values.document, global ? asked2 : [key, ...asked2]);
    }
  };
}
function dependencyValues(values, key) {
  let own3 = asMap(field2(values, key)) ?? {}, global = asMap(field2(values, "global"));
  return global ? { ...own3, global: { ...global, ...asMap(field2(own3, "global")) } } : own3;
}
function isOff(dependency, values) {
  for (let path of asText(field2(dependency, "condition")).split(",")) {
    let value2 = path.trim() === "" ? void 0 : valueAt(values?.document.value, path.trim().split("."));
    if (typeof value2 == "boolean") return !value2;
  }
  return !1;
}
var LOCK_NAMES = ["Chart.lock", "requirements.lock"];
async function readLocks(repository, dirs) {
  let locks = /* @__PURE__ */ new Map();
  for (let dir of dirs)
    for (let path of LOCK_NAMES.map((name) => joinPath(dir, name))) {
      let text2 = repository.has(path) ? await repository.text(path) : void 0, document = text2 === void 0 ? void 0 : parseText(text2).documents[0];
      document && locks.set(path, document);
    }
  return locks;
}
function withLock(chart, dir, locks) {
  if (/^v?\d+\.\d+\.\d+[\w.+-]*$/.test(chart.version)) return chart;
  for (let path of LOCK_NAMES.map((name) => joinPath(dir, name))) {
    let lock = locks.get(path), entries = asList(field2(lock?.value, "dependencies")), index = entries.findIndex((entry2) => field2(entry2, "name") === chart.chart), version = scalarText2(field2(entries[index], "version"));
    if (lock && version !== void 0)
      return { ...chart, version, at: locationIn(path, lock, ["dependencies", index, "version"]) };
  }
  return chart;
}
var OWN_REPOSITORY = /istio/i;
function vendored(chart, owner) {
  let { value: value2 } = chart.document, name = asText(field2(value2, "name")), saysIstio = [
    ...asList(field2(value2, "sources")),
    ...asList(field2(value2, "keywords")),
    field2(value2, "description")
  ].some((hint) => OWN_REPOSITORY.test(asText(hint)));
  if (!isOfficialIstioChart({ name, repository: saysIstio ? "istio" : "" }) || !saysIstio) return;
  let app = scalarText2(field2(value2, "appVersion"));
  return {
    chart: name,
    repository: owner.dir,
    version: app ?? scalarText2(field2(value2, "version")) ?? "",
    releaseName: name,
    namespace: owner.namespaces?.[0] ?? "",
    values: asMap(owner.values?.document.value) ?? {},
    installer: "helm",
    at: locationIn(chart.path, chart.document, [app === void 0 ? "version" : "appVersion"]),
    valueAt(asked2) {
      let { values } = owner;
      return values ? locationIn(values.path, values.document, asked2) : locationIn(chart.path, chart.document, []);
    }
  };
}
function documentOf(repository, path) {
  let document = repository.files.get(path)?.parsed.documents.find(({ value: value2 }) => asMap(value2) !== void 0);
  return document && { path, document };
}

// src/environments/notes.ts
var EXAMPLES = 3, Notes = class {
  tally = /* @__PURE__ */ new Map();
  /** A place that is given as a function is only looked up when it will be named. */
  add(what, why, at2, count2 = 1) {
    let key = `${what}
${why}`, entry2 = this.tally.get(key) ?? { what, why, count: 0, at: [] };
    entry2.count += count2, at2 && entry2.at.length < EXAMPLES && entry2.at.push(typeof at2 == "function" ? at2() : at2), this.tally.set(key, entry2);
  }
  addAll(notes) {
    for (let { what, why, count: count2, examples } of notes) {
      let [first, ...rest] = examples;
      this.add(what, why, first, count2);
      for (let at2 of rest) this.add(what, why, at2, 0);
    }
  }
  list() {
    return [...this.tally.values()].map(({ what, why, count: count2, at: at2 }) => ({ what, why, count: count2, examples: at2 })).sort((a, b) => byText(a.what, b.what) || byText(a.why, b.why));
  }
};

// src/environments/kubernetes-kinds.ts
var CLUSTER_SCOPED = /* @__PURE__ */ new Set([
  "Namespace",
  "Node",
  "PersistentVolume",
  "ComponentStatus",
  "CustomResourceDefinition.apiextensions.k8s.io",
  "APIService.apiregistration.k8s.io",
  "MutatingWebhookConfiguration.admissionregistration.k8s.io",
  "ValidatingWebhookConfiguration.admissionregistration.k8s.io",
  "ValidatingAdmissionPolicy.admissionregistration.k8s.io",
  "ValidatingAdmissionPolicyBinding.admissionregistration.k8s.io",
  "ClusterRole.rbac.authorization.k8s.io",
  "ClusterRoleBinding.rbac.authorization.k8s.io",
  "StorageClass.storage.k8s.io",
  "CSIDriver.storage.k8s.io",
  "VolumeSnapshotClass.snapshot.storage.k8s.io",
  "PriorityClass.scheduling.k8s.io",
  "IngressClass.networking.k8s.io",
  "RuntimeClass.node.k8s.io",
  "PodSecurityPolicy.policy",
  "GatewayClass.gateway.networking.k8s.io",
  "ClusterIssuer.cert-manager.io",
  "ClusterSecretStore.external-secrets.io",
  "ClusterExternalSecret.external-secrets.io",
  "ClusterPolicy.kyverno.io",
  "Istio.sailoperator.io",
  "IstioRevision.sailoperator.io",
  "IstioRevisionTag.sailoperator.io",
  "IstioCNI.sailoperator.io",
  "ZTunnel.sailoperator.io"
]);
function isClusterScoped({ group, kind }) {
  return CLUSTER_SCOPED.has(group === "" ? kind : `${kind}.${group}`);
}
var BUILT_IN_GROUPS = /* @__PURE__ */ new Set([
  "",
  "apps",
  "batch",
  "autoscaling",
  "policy",
  "extensions",
  "networking.k8s.io",
  "rbac.authorization.k8s.io",
  "admissionregistration.k8s.io",
  "apiregistration.k8s.io",
  "storage.k8s.io"
]);
function isBuiltIn(group) {
  return BUILT_IN_GROUPS.has(group);
}
function podTemplatePath(kind) {
  return kind === "Pod" ? [] : kind === "CronJob" ? ["spec", "jobTemplate", "spec", "template"] : TEMPLATED.has(kind) ? ["spec", "template"] : void 0;
}
var TEMPLATED = /* @__PURE__ */ new Set([
  "Deployment",
  "StatefulSet",
  "DaemonSet",
  "ReplicaSet",
  "ReplicationController",
  "Job",
  "Rollout",
  "DeploymentConfig"
]);

// src/environments/derived-resource.ts
function transformed(resource, body, transformer, trace) {
  if (body === resource.body) return resource;
  let origin = tracedOrigin(resource.origin, transformer.name, trace);
  return toResource(body, origin, `${resource.digest}|${transformer.signature}`) ?? resource;
}
function withField(resource, path, value2, transformer, at2) {
  if (valueAt(resource.body, path) === value2) return resource;
  let body = asMap(withValueAt(resource.body, path, value2)) ?? resource.body;
  return transformed(
    resource,
    body,
    transformer,
    (asked2) => startsWith2(asked2, path) ? { at: at2(asked2.slice(path.length)) } : { before: asked2 }
  );
}
function tracedOrigin(before2, through, trace) {
  return {
    file: before2.file,
    through: before2.through.includes(through) ? before2.through : [through, ...before2.through],
    at(path, what) {
      let traced = trace(path, what);
      return "at" in traced ? traced.at : before2.at(traced.before, what);
    }
  };
}
function startsWith2(path, prefix) {
  return prefix.length <= path.length && prefix.every((step2, index) => step2 === path[index]);
}

// src/environments/transform-metadata.ts
function withNamespace(resource, { value: value2, at: at2 }, through) {
  let transformer = { name: through, signature: `namespace=${value2}@${at2.file}:${at2.line}` };
  if (resource.kind === "Namespace" && resource.group === "")
    return withField(resource, ["metadata", "name"], value2, transformer, () => at2);
  if (isClusterScoped(resource)) return withSubjects(resource, value2, transformer, at2);
  let moved = withField(resource, ["metadata", "namespace"], value2, transformer, () => at2);
  return withSubjects(moved, value2, transformer, at2);
}
function withSubjects(resource, namespace, transformer, at2) {
  return resource.kind !== "RoleBinding" && resource.kind !== "ClusterRoleBinding" ? resource : asList(field2(resource.body, "subjects")).reduce((current, subject, index) => field2(subject, "kind") === "ServiceAccount" && field2(subject, "name") === "default" ? withField(current, ["subjects", index, "namespace"], namespace, transformer, () => at2) : current, resource);
}
function withDefaultNamespace(resource, { value: value2, at: at2 }, through) {
  if (resource.namespace !== "" || isClusterScoped(resource)) return resource;
  let transformer = { name: through, signature: `default-namespace=${value2}@${at2.file}:${at2.line}` };
  return withField(resource, ["metadata", "namespace"], value2, transformer, () => at2);
}
var NAMES_STAY = /* @__PURE__ */ new Set(["CustomResourceDefinition", "APIService", "Namespace"]);
function withAffixes(resource, { prefix, suffix, at: at2 }, through) {
  if (prefix === "" && suffix === "" || NAMES_STAY.has(resource.kind)) return resource;
  let transformer = { name: through, signature: `name=${prefix}*${suffix}@${at2.file}:${at2.line}` }, name = `${prefix}${resource.name}${suffix}`;
  return withField(resource, ["metadata", "name"], name, transformer, () => at2);
}
var PLAIN_SELECTORS = /* @__PURE__ */ new Set(["Service", "ReplicationController", "DeploymentConfig"]), MATCH_LABELS = /* @__PURE__ */ new Set(["Deployment", "ReplicaSet", "DaemonSet", "StatefulSet"]), OPTIONAL_SELECTORS = /* @__PURE__ */ new Set(["Job", "PodDisruptionBudget"]);
function withLabels(resource, labels2, scope, through) {
  let paths = [
    ["metadata", "labels"],
    ...selectorPaths(resource, scope),
    ...templatePaths(resource, scope, "labels")
  ];
  return writeAll(resource, labels2, paths, through);
}
function withAnnotations(resource, annotations, templates, through) {
  let paths = [["metadata", "annotations"], ...templatePaths(resource, { selectors: !1, templates }, "annotations")];
  return writeAll(resource, annotations, paths, through);
}
function selectorPaths(resource, scope) {
  if (!scope.selectors) return [];
  if (PLAIN_SELECTORS.has(resource.kind))
    return valueAt(resource.body, ["spec", "selector"]) === void 0 && resource.kind !== "Service" ? [] : [["spec", "selector"]];
  let path = ["spec", "selector", "matchLabels"];
  return MATCH_LABELS.has(resource.kind) ? [path] : OPTIONAL_SELECTORS.has(resource.kind) && valueAt(resource.body, path) !== void 0 ? [path] : [];
}
function templatePaths(resource, scope, name) {
  let template2 = podTemplatePath(resource.kind);
  return !template2 || template2.length === 0 || !(scope.templates || scope.selectors) ? [] : asMap(valueAt(resource.body, template2)) ? [[...template2, "metadata", name]] : [];
}
function writeAll(resource, { values, at: at2 }, paths, through) {
  let current = resource;
  for (let [key, raw] of Object.entries(asMap(values) ?? {})) {
    let value2 = scalarText2(raw);
    if (value2 === void 0) continue;
    let place = at2(key), transformer = { name: through, signature: `${key}=${value2}@${place.file}:${place.line}` };
    for (let path of paths)
      current = withField(current, [...path, key], value2, transformer, () => place);
  }
  return current;
}
function written(holder, key) {
  let value2 = asText(field2(holder.value, key));
  return value2 === "" ? void 0 : { value: value2, at: holder.at([key]) };
}

// src/environments/chart-contribution.ts
function chartContribution(dir, workspace, namespaces, deployed) {
  let { repository, locks } = workspace, files = workspace.directories.filesBelow(dir), templates = files.some((path) => path.startsWith(joinPath(dir, "templates/"))), { charts, opaque, official } = chartDependencies(dir, repository, locks, namespaces), facts = {
    ...NOTHING,
    files: /* @__PURE__ */ new Set([...files, ...valuesFiles(deployed, workspace)]),
    charts,
    opaque
  };
  if (official || !templates && opaque.length === 0) return facts;
  let rendered = deployed && renderedBy(deployed, workspace, facts.files);
  if (deployed && rendered && !rendered.failed) {
    let made = fromTool(rendered, deployed), own3 = made.resources.filter(({ origin }) => !isUnder(origin.file, joinPath(dir, "charts")));
    return { ...facts, ...made, resources: charts.length > 0 ? own3 : made.resources, opaque: [] };
  }
  let notes = new Notes(), why = deployed?.doubt ?? rendered?.failed?.why;
  why !== void 0 && notes.add(`chart ${dir || "."}`, why, rendered?.failed?.at);
  let unseen = templates ? [{ what: `templates in ${dir || "the root chart"}`, namespaces }] : [];
  return { ...facts, opaque: [...unseen, ...opaque], unchecked: notes.list() };
}
function renderedBy({ release: release3, by, doubt }, workspace, files) {
  return doubt === void 0 && isKnown(release3.releaseName) && isKnown(release3.namespace) ? workspace.renderings.helm(release3, [...files, by]) : void 0;
}
function fromTool({ resources, unchecked: unchecked2, files }, { release: release3 }) {
  let through = `helm ${release3.path || "."}`;
  return { resources: resources.map((resource) => {
    if (release3.namespace === "") return resource;
    let place = { value: release3.namespace, at: resource.origin.at(["metadata"]) };
    return withDefaultNamespace(resource, place, through);
  }), unchecked: unchecked2, rendered: new Set(files) };
}
function valuesFiles(deployed, { repository }) {
  return (deployed?.release.valuesFiles ?? []).filter((path) => repository.has(path));
}

// src/environments/argo-application.ts
var IN_CLUSTER = "in-cluster", IN_CLUSTER_NAMES = /* @__PURE__ */ new Set([
  "",
  IN_CLUSTER,
  "https://kubernetes.default.svc",
  "https://kubernetes.default"
]);
function isApplication({ group, kind }) {
  return group === "argoproj.io" && kind === "Application";
}
function argoApplication(resource) {
  let spec = resource.body.spec, destination = field2(spec, "destination"), cluster = asText(field2(destination, "name")) || asText(field2(destination, "server"));
  return {
    resource,
    sources: sourcesOf(spec),
    cluster: IN_CLUSTER_NAMES.has(cluster.replace(/\/$/, "")) ? IN_CLUSTER : cluster,
    namespace: asText(field2(destination, "namespace"))
  };
}
function sourcesOf(spec) {
  let several = asList(field2(spec, "sources"));
  if (several.length > 0) return several.map((source2, index) => sourceOf(source2, ["spec", "sources", index]));
  let single = field2(spec, "source");
  return single === void 0 ? [] : [sourceOf(single, ["spec", "source"])];
}
function sourceOf(source2, path) {
  let written2 = field2(source2, "path");
  return {
    repoURL: asText(field2(source2, "repoURL")),
    dir: typeof written2 == "string" ? resolvePath("", written2) : void 0,
    chart: asText(field2(source2, "chart")),
    recurse: valueAt(source2, ["directory", "recurse"]) === !0,
    ref: asText(field2(source2, "ref")),
    kustomize: asMap(field2(source2, "kustomize")) ?? {},
    path
  };
}

// src/environments/argo-helm.ts
function argoRelease({ resource, namespace, sources }, source2, workspace) {
  let dir = source2.dir ?? "", helm = valueAt(resource.body, [...source2.path, "helm"]), at2 = (path) => resource.origin.at([...source2.path, "helm", ...path]), files = valueFilesOf(helm, dir, sources, workspace), given = valuesOf(helm, at2), doubt = files.doubt ?? given.doubt;
  return {
    release: {
      path: dir,
      releaseName: asText(field2(helm, "releaseName")) || resource.name,
      namespace,
      valuesFiles: files.paths,
      ...given.values ? { values: given.values, valuesAt: given.valuesAt } : {},
      includeCrds: field2(helm, "skipCrds") !== !0
    },
    by: resource.origin.file,
    ...doubt === void 0 ? {} : { doubt }
  };
}
function valueFilesOf(helm, dir, sources, { repository }) {
  let paths = [];
  for (let text2 of asList(field2(helm, "valueFiles")).map(asText)) {
    let path = text2.includes("{{") ? void 0 : pathOf(text2, dir, sources);
    if (path === void 0) return { paths, doubt: `its values file ${text2} stands elsewhere` };
    (repository.has(path) || field2(helm, "ignoreMissingValueFiles") !== !0) && paths.push(path);
  }
  return { paths };
}
function pathOf(text2, dir, sources) {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text2)) return;
  if (!text2.startsWith("$")) return text2.startsWith("/") ? resolvePath("", text2) : resolvePath(dir, text2);
  let slash = text2.indexOf("/"), ref = slash < 0 ? "" : text2.slice(1, slash), named2 = sources.find((source2) => source2.ref === ref), here = sources.some((source2) => source2.dir !== void 0 && source2.repoURL === named2?.repoURL);
  return named2 && here ? resolvePath("", text2.slice(slash)) : void 0;
}
function valuesOf(helm, at2) {
  let inPlace = asMap(field2(helm, "valuesObject")), text2 = asText(field2(helm, "values")), base = inPlace ?? (text2 === "" ? void 0 : asMap(parseText(text2).documents[0]?.value)), parameters = asList(field2(helm, "parameters")), places = /* @__PURE__ */ new Map(), values = base, doubt = undecided(helm, base === void 0 && text2 !== "", values);
  for (let [index, parameter] of parameters.entries()) {
    let name = asText(field2(parameter, "name"));
    /^[\w-]+(?:\.[\w-]+)*$/.test(name) ? name.split(".").includes("__proto__") || (values = asMap(withValueAt(values ?? {}, name.split("."), parameterValue(parameter))), places.set(name, index)) : doubt ??= `its parameter ${name} is not read`;
  }
  return { values, valuesAt: (path) => {
    let index = places.get(path.join("."));
    return at2(index !== void 0 ? ["parameters", index, "value"] : inPlace ? ["valuesObject", ...path] : ["values"]);
  }, ...doubt === void 0 ? {} : { doubt } };
}
function undecided(helm, unreadable2, values) {
  return unreadable2 ? "its values are no mapping" : asList(field2(helm, "fileParameters")).length > 0 ? "its file parameters are not read" : JSON.stringify(values ?? {}).includes("{{") ? "its values hold placeholders" : void 0;
}
function parameterValue(parameter) {
  let text2 = scalarText2(field2(parameter, "value")) ?? "";
  return field2(parameter, "forceString") === !0 ? text2 : text2 === "true" || text2 === "false" ? text2 === "true" : text2 === "null" ? null : /^(?:0|-?[1-9]\d{0,15})$/.test(text2) ? Number(text2) : text2;
}

// src/environments/path-glob.ts
function matchesPathGlob(glob, path) {
  return matchesSegments(segmentsOf(glob), segmentsOf(path));
}
function segmentsOf(text2) {
  return text2.split("/").filter((segment) => segment !== "" && segment !== ".");
}
function matchesSegments(glob, path) {
  return matchesRun(
    glob.length,
    path.length,
    (index) => glob[index] === "**",
    (index, at2) => matchesText(glob[index] ?? "", path[at2] ?? "")
  );
}
function matchesText(glob, text2) {
  return matchesRun(
    glob.length,
    text2.length,
    (index) => glob[index] === "*",
    (index, at2) => glob[index] === "?" || glob[index] === text2[at2]
  );
}
function matchesRun(patternLength, length, isRun, equal) {
  let index = 0, at2 = 0, run = -1, runAt = 0;
  for (; at2 < length; )
    if (index < patternLength && isRun(index))
      run = index++, runAt = at2;
    else if (index < patternLength && equal(index, at2))
      index++, at2++;
    else if (run >= 0)
      index = run + 1, at2 = ++runAt;
    else return !1;
  for (; index < patternLength && isRun(index); ) index++;
  return index === patternLength;
}

// src/environments/argo-application-set.ts
var MAX_APPLICATIONS = 500;
function isApplicationSet({ group, kind }) {
  return group === "argoproj.io" && kind === "ApplicationSet";
}
function applicationsOf(set2, workspace) {
  return asList(valueAt(set2.body, ["spec", "generators"])).flatMap((generator) => parametersOf(generator, workspace) ?? [NO_PARAMETERS]).slice(0, MAX_APPLICATIONS).flatMap((parameters) => instance(set2, parameters));
}
var NO_PARAMETERS = /* @__PURE__ */ new Map();
function parametersOf(generator, workspace) {
  let list2 = field2(generator, "list");
  if (list2 !== void 0) return asList(field2(list2, "elements")).map((element) => flattened(element));
  let git = field2(generator, "git");
  if (git !== void 0) return gitParameters(git, workspace);
  let matrix = field2(generator, "matrix");
  if (matrix !== void 0)
    return asList(field2(matrix, "generators")).reduce(
      (rows, next) => {
        let more = parametersOf(next, workspace) ?? [NO_PARAMETERS];
        return rows.flatMap((row) => more.map((extra) => new Map([...row, ...extra]))).slice(0, MAX_APPLICATIONS);
      },
      [NO_PARAMETERS]
    );
}
function gitParameters(git, workspace) {
  let rows = asList(field2(git, "files")).flatMap((entry2) => {
    let glob = asText(field2(entry2, "path"));
    return [...workspace.repository.files.values()].filter(({ path }) => matchesPathGlob(glob, path)).map(
      (file) => new Map([...flattened(file.parsed.documents[0]?.value), ...pathParameters(parentOf(file.path))])
    );
  }), directories = asList(field2(git, "directories")), patterns = (excluded) => directories.filter((entry2) => field2(entry2, "exclude") === !0 === excluded).map((entry2) => asText(field2(entry2, "path"))), out = patterns(!0);
  for (let dir of workspace.directories.all)
    patterns(!1).some((glob) => matchesPathGlob(glob, dir)) && (out.some((glob) => matchesPathGlob(glob, dir) || isUnder(dir, glob)) || rows.push(pathParameters(dir)));
  return rows;
}
function pathParameters(dir) {
  let parameters = /* @__PURE__ */ new Map([
    ["path", dir],
    ["path.path", dir],
    ["path.basename", baseName(dir)],
    ["path.basenameNormalized", baseName(dir).replace(/[^\w.-]/g, "-")]
  ]);
  return dir.split("/").forEach((segment, index) => {
    parameters.set(`path[${index}]`, segment), parameters.set(`path.segments[${index}]`, segment);
  }), parameters;
}
function flattened(value2, prefix = "", depth = 0) {
  let result = /* @__PURE__ */ new Map();
  for (let [key, item] of Object.entries(asMap(value2) ?? {})) {
    let text2 = scalarText2(item);
    if (text2 !== void 0) result.set(prefix + key, text2);
    else if (depth < 8)
      for (let [inner, leaf] of flattened(item, `${prefix}${key}.`, depth + 1)) result.set(inner, leaf);
  }
  return result;
}
function instance(set2, parameters) {
  let template2 = asMap(valueAt(set2.body, ["spec", "template"]));
  if (!template2) return [];
  let filled3 = asMap(fillIn(template2, parameters)) ?? template2, metadata = asMap(field2(filled3, "metadata")) ?? {}, body = {
    ...filled3,
    apiVersion: set2.apiVersion,
    kind: "Application",
    metadata: { namespace: set2.namespace, ...metadata }
  }, signature = `instance ${JSON.stringify([...parameters])}`, name = `ApplicationSet ${set2.name}`;
  return [transformed(set2, body, { name, signature }, (path) => ({ before: ["spec", "template", ...path] }))];
}
var PARAMETER = /\{\{-?\s*\.?([\w.\-[\]]{1,200})\s*-?\}\}/g, INDEXED = /\{\{\s*index\s+\.path\.segments\s+(\d+)\s*\}\}/g;
function fillIn(value2, parameters) {
  if (typeof value2 == "string")
    return value2.includes("{{") ? value2.replace(INDEXED, (whole2, index) => parameters.get(`path.segments[${index}]`) ?? whole2).replace(PARAMETER, (whole2, name) => parameters.get(name) ?? whole2) : value2;
  if (Array.isArray(value2)) return value2.map((item) => fillIn(item, parameters));
  let map = asMap(value2);
  return map ? Object.keys(map).reduce(
    (current, key) => withEntry(current, key, fillIn(map[key], parameters)),
    {}
  ) : value2;
}

// src/environments/kustomize-item.ts
function itemOf(resource) {
  return { resource, earlier: [] };
}
function replaced(item, resource) {
  let { name, namespace } = item.resource;
  return resource === item.resource ? item : name === resource.name && namespace === resource.namespace ? { ...item, resource } : { resource, earlier: [...item.earlier, { name, namespace }] };
}
function idsOf({ resource, earlier }) {
  return [{ name: resource.name, namespace: resource.namespace }, ...earlier];
}

// src/environments/strategic-merge.ts
var MERGE_KEYS = /* @__PURE__ */ new Map([
  ["containers", ["name"]],
  ["initContainers", ["name"]],
  ["ephemeralContainers", ["name"]],
  ["env", ["name"]],
  ["volumes", ["name"]],
  ["imagePullSecrets", ["name"]],
  ["secrets", ["name"]],
  ["webhooks", ["name"]],
  ["volumeMounts", ["mountPath"]],
  ["volumeDevices", ["devicePath"]],
  ["hostAliases", ["ip"]],
  ["topologySpreadConstraints", ["topologyKey"]],
  ["ports", ["containerPort", "port"]]
]), MAX_DEPTH2 = 100;
function strategicMerge(object, patch, keyed) {
  if (field2(patch, "$patch") !== "delete")
    return mergeMaps(object, patch, { keyed, object: [], patch: [] });
}
function step(place, object, patch) {
  return { ...place, object: [...place.object, object], patch: [...place.patch, patch] };
}
function mergeMaps(object, patch, place) {
  if (field2(patch, "$patch") === "replace")
    return { value: withoutEntry(patch, "$patch"), provenance: { from: "patch", path: place.patch } };
  let value2 = object, parts = /* @__PURE__ */ new Map();
  for (let [key, change4] of Object.entries(patch)) {
    if (key.startsWith("$")) continue;
    if (change4 === null) {
      value2 = withoutEntry(value2, key);
      continue;
    }
    let merged6 = mergeField(key, field2(object, key), change4, step(place, key, key));
    merged6 === void 0 ? value2 = withoutEntry(value2, key) : (value2 = merged6.value === field2(value2, key) ? value2 : withEntry(value2, key, merged6.value), parts.set(key, merged6.provenance));
  }
  return { value: value2, provenance: { from: "both", path: place.object, parts } };
}
function mergeField(key, before2, change4, place) {
  let [beforeMap, changeMap] = [asMap(before2), asMap(change4)];
  if (!(changeMap && field2(changeMap, "$patch") === "delete")) {
    if (place.patch.length < MAX_DEPTH2) {
      if (beforeMap && changeMap) return mergeMaps(beforeMap, changeMap, place);
      if (changeMap) return { value: cleaned(changeMap), provenance: { from: "patch", path: place.patch } };
      let keys = place.keyed ? MERGE_KEYS.get(key) : void 0;
      if (keys && Array.isArray(before2) && Array.isArray(change4))
        return mergeLists(before2, change4, keys, place);
    }
    return before2 === change4 ? { value: before2, provenance: { from: "object", path: place.object } } : { value: change4, provenance: { from: "patch", path: place.patch } };
  }
}
function cleaned(patch) {
  return Object.entries(patch).some(([key, value2]) => value2 === null || key === "$patch") ? Object.fromEntries(Object.entries(patch).filter(([key, value2]) => value2 !== null && key !== "$patch")) : patch;
}
function mergeLists(before2, change4, keys, place) {
  if (change4.some((item) => field2(item, "$patch") === "replace"))
    return { value: change4.filter((item) => field2(item, "$patch") === void 0), provenance: { from: "patch", path: place.patch } };
  let added = [], items = before2.map((value2, index) => ({
    value: value2,
    provenance: { from: "object", path: [...place.object, index] }
  }));
  change4.forEach((item, index) => {
    let found2 = before2.findIndex((candidate) => sameElement(candidate, item, keys)), [old, update] = [asMap(before2[found2]), asMap(item)];
    field2(item, "$patch") === "delete" ? items[found2] = void 0 : old && update ? items[found2] = mergeMaps(old, update, step(place, found2, index)) : added.push({ value: item, provenance: { from: "patch", path: [...place.patch, index] } });
  });
  let all2 = [...added, ...items.filter((item) => item !== void 0)];
  return {
    value: all2.map(({ value: value2 }) => value2),
    provenance: {
      from: "both",
      path: place.object,
      parts: new Map(all2.map(({ provenance }, index) => [index, provenance]))
    }
  };
}
function sameElement(object, patch, keys) {
  let key = keys.find((candidate) => field2(patch, candidate) !== void 0);
  if (key === void 0 || field2(object, key) !== field2(patch, key)) return !1;
  let protocol = (item) => field2(item, "protocol") ?? "TCP";
  return !keys.includes("port") || protocol(object) === protocol(patch);
}
function provenanceOf(root, path) {
  let node = root;
  for (let [index, segment] of path.entries()) {
    if (node.from !== "both") return { from: node.from, path: [...node.path, ...path.slice(index)] };
    let part = node.parts.get(segment);
    if (!part) return { from: "object", path: [...node.path, ...path.slice(index)] };
    node = part;
  }
  return { from: node.from === "patch" ? "patch" : "object", path: node.path };
}
function patchObjects(value2) {
  return (Array.isArray(value2) ? asList(value2) : [value2]).map(asMap).filter((item) => item !== void 0);
}

// src/environments/json-patch.ts
function jsonPatch(value2, operations) {
  let current = { value: value2, trace: (path) => ({ before: path }) };
  for (let [index, operation] of operations.entries()) {
    let next = applyOperation(current, operation, index);
    if (typeof next == "string") return { failure: next, operation: index };
    current = next;
  }
  return current;
}
function applyOperation(current, operation, index) {
  let path = pointer(asText(field2(operation, "path")), current.value), value2 = field2(operation, "value");
  if (path === void 0) return "its path is no JSON pointer";
  switch (field2(operation, "op")) {
    case "add":
      return add(current, path, value2, index);
    case "replace":
      return valueAt(current.value, path) === void 0 ? "it replaces a field that does not exist" : set(current, path, value2, index);
    case "remove":
      return valueAt(current.value, path) === void 0 ? "it removes a field that does not exist" : remove(current, path);
    case "test":
      return current;
    case "copy":
    case "move":
      return relocate(current, operation, path, index);
    default:
      return "its operation is not one of JSON Patch";
  }
}
function relocate(current, operation, path, index) {
  let from = pointer(asText(field2(operation, "from")), current.value), value2 = from && valueAt(current.value, from);
  if (from === void 0 || value2 === void 0) return "it takes a field that does not exist";
  let rest = field2(operation, "op") === "move" ? remove(current, from) : current;
  return add(rest, path, value2, index);
}
function add(current, path, value2, operation) {
  let parent = path.slice(0, -1), last = path.at(-1), holder = valueAt(current.value, parent);
  if (last === void 0) return set(current, path, value2, operation);
  if (Array.isArray(holder)) {
    if (typeof last != "number" || last > holder.length) return "its list index is out of range";
    let list2 = [...asList(holder)];
    return list2.splice(last, 0, value2), shifted(current, parent, list2, (index) => index < last ? index : index - 1, {
      index: last,
      operation
    });
  }
  return asMap(holder) === void 0 ? "it adds to a parent that does not exist" : set(current, path, value2, operation);
}
function set(current, path, value2, operation) {
  return {
    value: withValueAt(current.value, path, value2),
    trace: (asked2) => path.every((step2, index) => step2 === asked2[index]) ? { operation, rest: asked2.slice(path.length) } : current.trace(asked2)
  };
}
function remove(current, path) {
  let parent = path.slice(0, -1), last = path.at(-1), holder = valueAt(current.value, parent);
  if (Array.isArray(holder) && typeof last == "number") {
    let list2 = asList(holder).filter((_, index) => index !== last);
    return shifted(current, parent, list2, (index) => index < last ? index : index + 1);
  }
  let map = withoutEntry(asMap(holder) ?? {}, String(last));
  return { value: withValueAt(current.value, parent, map), trace: current.trace };
}
function shifted(current, parent, list2, indexBefore, inserted) {
  return {
    value: withValueAt(current.value, parent, list2),
    trace(asked2) {
      let index = asked2[parent.length];
      if (!(typeof index == "number" && parent.every((step2, depth) => step2 === asked2[depth]))) return current.trace(asked2);
      let rest = asked2.slice(parent.length + 1);
      return inserted?.index === index ? { operation: inserted.operation, rest } : current.trace([...parent, indexBefore(index), ...rest]);
    }
  };
}
function pointer(text2, value2) {
  if (text2 === "") return [];
  if (!text2.startsWith("/")) return;
  let path = [], current = value2;
  for (let raw of text2.slice(1).split("/")) {
    let step2 = raw.replaceAll("~1", "/").replaceAll("~0", "~");
    if (Array.isArray(current)) {
      if (step2 !== "-" && !/^\d{1,6}$/.test(step2)) return;
      path.push(step2 === "-" ? current.length : Number(step2));
    } else path.push(step2);
    current = valueAt(current, path.slice(-1));
  }
  return path;
}

// src/environments/name-pattern.ts
function matchesNamePattern(pattern, name) {
  if (pattern === "" || pattern === name) return !0;
  let bare = pattern.replace(/^\^/, "").replace(/\$$/, "").replace(/^\((.*)\)$/, "$1");
  if (!(!/^[\w\-.*+|]*$/.test(bare) || /(?:^|[^.])[*+]/.test(bare)))
    return bare.split("|").some((alternative) => matchesSteps(stepsOf(alternative), name));
}
function stepsOf(pattern) {
  let steps = [];
  for (let index = 0; index < pattern.length; index++) {
    let char = pattern[index] ?? "", next = pattern[index + 1], any = char === ".";
    any && next === "+" && steps.push({ any, many: !1, char }), any && (next === "*" || next === "+") ? (steps.push({ any, many: !0, char }), index++) : steps.push({ any, many: !1, char });
  }
  return steps;
}
function matchesSteps(steps, name) {
  let step2 = 0, at2 = 0, run = -1, runAt = 0;
  for (; at2 < name.length; ) {
    let current = steps[step2];
    if (current?.many)
      run = step2++, runAt = at2;
    else if (current && (current.any || current.char === name[at2]))
      step2++, at2++;
    else if (run >= 0)
      step2 = run + 1, at2 = ++runAt;
    else return !1;
  }
  return steps.slice(step2).every(({ many }) => many);
}

// src/environments/label-selector.ts
function matchesSelectorText(selector, labels2) {
  return requirements(selector).every((requirement2) => matchesRequirement(requirement2.trim(), labels2));
}
function requirements(selector) {
  let parts = [], depth = 0, current = "";
  for (let char of selector)
    char === "(" && depth++, char === ")" && depth--, char === "," && depth === 0 ? (parts.push(current), current = "") : current += char;
  return [...parts, current].filter((part) => part.trim() !== "");
}
var SET = /^(\S+)\s+(in|notin)\s*\(([^)]*)\)$/, EQUALITY = /^([^\s=!]+)\s*(==|=|!=)\s*(\S*)$/, EXISTENCE = /^(!?)\s*([^\s=!]+)$/;
function matchesRequirement(text2, labels2) {
  let valueOf = (key = "") => Object.hasOwn(labels2, key) ? labels2[key] : void 0, set2 = SET.exec(text2);
  if (set2) {
    let value2 = valueOf(set2[1]), listed = value2 !== void 0 && (set2[3] ?? "").split(",").some((item) => item.trim() === value2);
    return set2[2] === "in" ? listed : !listed;
  }
  let equality = EQUALITY.exec(text2);
  if (equality) {
    let equal = valueOf(equality[1]) === equality[3];
    return equality[2] === "!=" ? !equal : equal;
  }
  let existence = EXISTENCE.exec(text2);
  return existence ? valueOf(existence[2]) !== void 0 == (existence[1] === "") : !1;
}

// src/environments/apply-patch.ts
function applyPatch(items, patch, through, notes) {
  let operations = Array.isArray(patch.value) ? patch.value : void 0;
  if (operations?.every((operation) => field2(operation, "op") !== void 0)) {
    let { target } = patch;
    return target ? items.map(
      (item) => targets(target, item, patch, notes) ? withOperations(item, operations, patch, through, notes) : item
    ) : [...items];
  }
  return patchObjects(patch.value).reduce(
    (current, change4) => current.flatMap((item) => (patch.target ? targets(patch.target, item, patch, notes) : names(change4, item)) ? withMerge(item, change4, patch, through) : [item]),
    [...items]
  );
}
function withOperations(item, operations, patch, through, notes) {
  let { resource } = item, result = jsonPatch(resource.body, operations);
  if ("failure" in result) {
    let what = `JSON patch on ${resource.kind} ${resource.name}`;
    return notes.add(what, result.failure, patch.at([result.operation, "path"])), item;
  }
  let body = asMap(result.value) ?? resource.body, transformer = { name: through, signature: `json ${patch.signature}` }, next = transformed(resource, body, transformer, (path, what) => {
    let traced = result.trace(path);
    return "before" in traced ? traced : { at: patch.at([traced.operation, "value", ...traced.rest], what) };
  });
  return replaced(item, next);
}
function withMerge(item, change4, patch, through) {
  let { resource } = item, update = withoutIdentity(change4, patch.allowNameChange), merged6 = strategicMerge(resource.body, update, isBuiltIn(resource.group));
  if (!merged6) return [];
  let transformer = { name: through, signature: `merge ${patch.signature}` }, body = asMap(merged6.value) ?? resource.body, next = transformed(resource, body, transformer, (path, what) => {
    let source2 = provenanceOf(merged6.provenance, path);
    return source2.from === "object" ? { before: source2.path } : { at: patch.at(source2.path, what) };
  });
  return [replaced(item, next)];
}
function withoutIdentity(change4, allowNameChange) {
  let rest = withoutEntry(withoutEntry(change4, "apiVersion"), "kind"), metadata = asMap(field2(rest, "metadata"));
  if (!metadata) return rest;
  let placed2 = withoutEntry(metadata, "namespace");
  return withEntry(rest, "metadata", allowNameChange ? placed2 : withoutEntry(placed2, "name"));
}
function names(change4, item) {
  let { resource } = item;
  if (field2(change4, "kind") !== resource.kind) return !1;
  let apiVersion = asText(field2(change4, "apiVersion"));
  if (groupOf(apiVersion) !== resource.group) return !1;
  let metadata = field2(change4, "metadata"), [name, namespace] = [asText(field2(metadata, "name")), asText(field2(metadata, "namespace"))];
  return idsOf(item).some((id) => id.name === name && sameNamespace(id, namespace));
}
function sameNamespace(id, namespace) {
  return (id.namespace || "default") === (namespace || "default");
}
function groupOf(apiVersion) {
  let slash = apiVersion.indexOf("/");
  return slash < 0 ? "" : apiVersion.slice(0, slash);
}
function targets(target, item, patch, notes) {
  let { resource } = item, wanted = (key) => asText(field2(target, key)), version = resource.apiVersion.slice(resource.apiVersion.indexOf("/") + 1), plain = [
    ["group", resource.group],
    ["version", version],
    ["kind", resource.kind]
  ];
  for (let [key, actual] of plain)
    if (wanted(key) !== "" && matchesNamePattern(wanted(key), actual) !== !0) return !1;
  if (!selects(wanted("labelSelector"), resource.labels) || !selects(wanted("annotationSelector"), resource.annotations)) return !1;
  let answers = idsOf(item).map((id) => idMatches(id, wanted("name"), wanted("namespace")));
  return answers.includes(!0) ? !0 : (answers.includes(void 0) && notes.add(
    `patch for ${resource.kind} ${resource.name}`,
    "its target is a regular expression that is not evaluated",
    patch.at([])
  ), !1);
}
function idMatches(id, name, namespace) {
  let answers = [
    matchesNamePattern(name, id.name),
    matchesNamePattern(namespace, id.namespace || "default")
  ];
  return answers.includes(!1) ? !1 : answers.includes(void 0) ? void 0 : !0;
}
function selects(selector, labels2) {
  return selector === "" || matchesSelectorText(selector, labels2);
}

// src/environments/kustomize-patches.ts
function patchesOf(holder, keys, repository, notes) {
  return keys.flatMap(
    (key) => asList(field2(holder.value, key)).flatMap((entry2, index) => {
      let path = [key, index], map = asMap(entry2), options = { target: asMap(field2(entry2, "target")), allowNameChange: field2(field2(entry2, "options"), "allowNameChange") === !0 }, inline = map ? asText(field2(entry2, "patch")) : asText(entry2);
      if (map ? inline !== "" : inline.includes(`
`))
        return inlinePatches(holder, map ? [...path, "patch"] : path, inline, options);
      let named2 = map ? asText(field2(entry2, "path")) : inline;
      return filePatches(holder, named2, path, options, repository, notes);
    })
  );
}
function inlinePatches(holder, path, text2, options) {
  let { documents } = parseText(text2);
  return documents.map((document) => ({
    ...options,
    value: document.value,
    signature: `${holder.digest}#${path.join(".")}#${document.index}`,
    at: (asked2, what) => inlineLocation(holder.at(path), document, asked2, what)
  }));
}
function inlineLocation(scalar, document, path, what) {
  if (scalar.endLine === scalar.line) return scalar;
  let range = document.locate(path, what), line = Math.min(scalar.line + range.line, scalar.endLine), endLine = Math.min(scalar.line + range.endLine, scalar.endLine);
  return { file: scalar.file, line, column: scalar.column, endLine };
}
function filePatches(holder, named2, path, options, repository, notes) {
  let resolved = resolvePath(holder.dir, named2), file = resolved === void 0 ? void 0 : repository.files.get(resolved);
  return file ? file.parsed.documents.filter(({ value: value2 }) => value2 != null).map((document) => ({
    ...options,
    value: document.value,
    signature: `${file.path}=${file.blob}#${document.index}`,
    at: (asked2, what) => ({ file: file.path, ...document.locate(asked2, what) })
  })) : (notes.add(`patch ${named2}`, "the file is not in the repository or cannot be read", holder.at(path)), []);
}

// src/environments/transform-images.ts
function imageChanges(value2, at2) {
  return asList(field2(value2, "images")).flatMap((image, index) => {
    let text2 = (key) => scalarText2(field2(image, key)) ?? "", shown5 = ["digest", "newTag", "newName"].find((key) => text2(key) !== "");
    return text2("name") === "" || shown5 === void 0 ? [] : {
      name: text2("name"),
      newName: text2("newName"),
      newTag: text2("newTag"),
      digest: text2("digest"),
      at: at2(["images", index, shown5])
    };
  });
}
var CONTAINER_LISTS = ["containers", "initContainers", "ephemeralContainers"];
function withImages(resource, changes, through) {
  let template2 = changes.length > 0 ? podTemplatePath(resource.kind) : void 0;
  if (!template2) return resource;
  let current = resource;
  for (let list2 of CONTAINER_LISTS) {
    let path = [...template2, "spec", list2];
    for (let [index] of asList(valueAt(resource.body, path)).entries())
      current = changes.reduce(
        (next, change4) => withImage(next, [...path, index, "image"], change4, through),
        current
      );
  }
  return current;
}
function withImage(resource, path, change4, through) {
  let image = asText(valueAt(resource.body, path)), { name, suffix } = splitImage(image);
  if (name !== change4.name) return resource;
  let next = `${change4.newName || name}${newSuffix(change4, suffix)}`, transformer = { name: through, signature: `image=${next}@${change4.at.file}:${change4.at.line}` };
  return withField(resource, path, next, transformer, () => change4.at);
}
function newSuffix({ newTag, digest }, suffix) {
  return digest !== "" ? `${newTag === "" ? "" : `:${newTag}`}@${digest}` : newTag === "" ? suffix : `:${newTag}`;
}
function splitImage(image) {
  let digest = image.indexOf("@"), end = digest < 0 ? image.length : digest, colon = image.slice(0, end).lastIndexOf(":"), cut = colon > image.slice(0, end).lastIndexOf("/") ? colon : end;
  return { name: image.slice(0, cut), suffix: image.slice(cut) };
}

// src/environments/kustomize-transform.ts
function transformItems(items, instructions, repository, notes) {
  let { name } = instructions, current = items;
  for (let patch of patchesOf(instructions, ["patchesStrategicMerge", "patches"], repository, notes))
    current = applyPatch(current, patch, name, notes);
  current = labelled(renamed(current, instructions), instructions);
  for (let patch of patchesOf(instructions, ["patchesJson6902"], repository, notes))
    current = applyPatch(current, patch, name, notes);
  let images = imageChanges(instructions.value, (path) => instructions.at(path));
  return current.map((item) => replaced(item, withImages(item.resource, images, name)));
}
function renamed(items, instructions) {
  let namespace = written(instructions, "namespace"), prefix = scalarText2(field2(instructions.value, "namePrefix")) ?? "", suffix = scalarText2(field2(instructions.value, "nameSuffix")) ?? "";
  if (!namespace && prefix === "" && suffix === "") return items;
  let affixes = { prefix, suffix, at: instructions.at([prefix === "" ? "nameSuffix" : "namePrefix"]) };
  return items.map((item) => {
    let moved = namespace ? withNamespace(item.resource, namespace, instructions.name) : item.resource;
    return replaced(item, withAffixes(moved, affixes, instructions.name));
  });
}
function labelled(items, instructions) {
  let { value: value2, name } = instructions, sets = [
    { labels: field2(value2, "commonLabels"), path: ["commonLabels"], selectors: !0, templates: !0 },
    ...asList(field2(value2, "labels")).map((entry2, index) => ({
      labels: field2(entry2, "pairs"),
      path: ["labels", index, "pairs"],
      selectors: field2(entry2, "includeSelectors") === !0,
      templates: field2(entry2, "includeTemplates") === !0
    }))
  ], annotations = field2(value2, "commonAnnotations");
  return items.map((item) => {
    let { resource } = item;
    for (let { labels: labels2, path, ...scope } of sets)
      resource = withLabels(
        resource,
        { values: labels2, at: (key) => instructions.at([...path, key]) },
        scope,
        name
      );
    return replaced(item, withAnnotations(resource, {
      values: annotations,
      at: (key) => instructions.at(["commonAnnotations", key])
    }, !0, name));
  });
}

// src/environments/manifest-files.ts
function isKustomizationObject({ group }) {
  return group === "kustomize.config.k8s.io";
}
var TOOL_DIRECTORIES = /(^|\/)(\.github|\.gitlab|\.circleci|\.tekton-ci|\.vscode|\.taskfiles|node_modules)\//, TOOL_FILES = /^(Chart|Chart\.lock|values[\w.-]*|requirements|helmfile[\w.-]*|docker-compose[\w.-]*|skaffold|Taskfile|mkdocs|action|galaxy|playbook)\.ya?ml$/;
function isManifestFile({ path }) {
  let name = baseName(path);
  return !KUSTOMIZATION_NAMES.includes(name) && !TOOL_FILES.test(name) && !TOOL_DIRECTORIES.test(path);
}
function objectsOf(file) {
  return isManifestFile(file) ? file.resources.some(isKustomizationObject) ? file.resources.filter((resource) => !isKustomizationObject(resource)) : file.resources : [];
}
function chartDirectories(repository) {
  let found2 = /* @__PURE__ */ new Set();
  for (let path of repository.files.keys())
    baseName(path) === "Chart.yaml" && found2.add(parentOf(path));
  return found2;
}

// src/environments/environment-names.ts
var HOLDERS = /* @__PURE__ */ new Set([
  "overlays",
  "overlay",
  "clusters",
  "environments",
  "environment",
  "envs",
  "env",
  "stages"
]), SHARED = /* @__PURE__ */ new Set(["base", "bases", "common", "components", "shared", "templates"]), STAGE = /^(?:[a-z0-9]+[-_])?(?:dev|develop|development|int|integration|test|testing|qa|uat|stage|staging|stg|sit|perf|preprod|pre-prod|preproduction|prod|production|prd|live|sandbox|canary|nonprod|non-prod)(?:\d{1,3}|[-_][a-z0-9]{1,12}){0,3}$/i;
function isStageName(name) {
  return STAGE.test(name);
}
var EnvironmentNames = class {
  stages;
  constructor(directories) {
    let byParent = /* @__PURE__ */ new Map();
    for (let dir of new Set(directories)) {
      if (!isStageName(baseName(dir))) continue;
      let parent = parentOf(dir);
      byParent.set(parent, [...byParent.get(parent) ?? [], dir]);
    }
    this.stages = new Set([...byParent.values()].filter(({ length }) => length > 1).flat());
  }
  of(dir) {
    let steps = dir === "" ? [] : dir.split("/"), current = "";
    for (let [index, step2] of steps.entries()) {
      current = joinPath(current, step2);
      let child = steps[index + 1];
      if (HOLDERS.has(step2) && child !== void 0 && !SHARED.has(child)) return child;
      if (this.stages.has(current)) return step2;
    }
  }
};

// src/environments/set-aside.ts
var RETIRED = /* @__PURE__ */ new Set([
  "archive",
  "archived",
  "deprecated",
  "disabled",
  "obsolete",
  "unused",
  "retired",
  "graveyard",
  "attic",
  "old"
]), FOREIGN = /* @__PURE__ */ new Set([
  "test",
  "tests",
  "testdata",
  "test-data",
  "test_files",
  "fixtures",
  "e2e",
  "node_modules",
  "vendor",
  "third_party",
  "third-party",
  "testing",
  "_vendir"
]), SHOWN = /* @__PURE__ */ new Set([
  "example",
  "examples",
  "sample",
  "samples",
  "docs",
  "doc",
  "demo",
  "demos",
  "template",
  "templates"
]);
function setAsideAt(path) {
  let steps = path.split("/").slice(0, -1);
  for (let [index, step2] of steps.entries()) {
    let name = step2.replace(/^[._]+/, "").toLowerCase(), dir = steps.slice(0, index + 1).join("/");
    if (RETIRED.has(name)) return { dir, as: "retired" };
    if (FOREIGN.has(name) || FOREIGN.has(step2)) return { dir, as: "foreign" };
    if (SHOWN.has(name)) return { dir, as: "shown" };
  }
}

// src/environments/directory-tree.ts
var DirectoryTree = class {
  /** Code-unit order. */
  all;
  names;
  paths;
  direct = /* @__PURE__ */ new Map();
  constructor(paths) {
    this.paths = [...paths].sort(byText);
    let found2 = /* @__PURE__ */ new Set([""]);
    for (let path of this.paths) {
      let parent = parentOf(path), siblings = this.direct.get(parent);
      siblings ? siblings.push(path) : this.direct.set(parent, [path]);
      for (let dir = parent; !found2.has(dir); dir = parentOf(dir)) found2.add(dir);
    }
    this.all = new Set([...found2].sort(byText)), this.names = new EnvironmentNames(this.all);
  }
  has(dir) {
    return this.all.has(dir);
  }
  /** Files in `dir` itself. */
  filesIn(dir) {
    return this.direct.get(dir) ?? [];
  }
  /** Files in `dir` and everywhere below it. */
  filesBelow(dir) {
    if (dir === "") return this.paths;
    let prefix = joinPath(dir, ""), start = this.firstFrom(prefix), end = start;
    for (; this.paths[end]?.startsWith(prefix); ) end++;
    return this.paths.slice(start, end);
  }
  /**
   * Why a file is not part of a running cluster, by the directory that says so. A directory called `test` that is an
   * environment (`overlays/test`, or beside `prod`) says nothing of the sort.
   */
  asideAt(path) {
    let aside = setAsideAt(path);
    return aside && this.names.of(aside.dir) === baseName(aside.dir) ? void 0 : aside;
  }
  isSetAside(path) {
    return this.asideAt(path) !== void 0;
  }
  firstFrom(text2) {
    let low = 0, high = this.paths.length;
    for (; low < high; ) {
      let middle = low + high >>> 1;
      byText(this.paths[middle] ?? "", text2) < 0 ? low = middle + 1 : high = middle;
    }
    return low;
  }
};

// src/environments/config-generators.ts
async function readGeneratorInputs(repository, kustomizations) {
  let inputs = /* @__PURE__ */ new Map();
  for (let kustomization of kustomizations)
    for (let generator of asList(field2(kustomization.value, "configMapGenerator")))
      for (let { path } of filesOf(generator, kustomization.dir)) {
        let text2 = inputs.has(path) || !repository.has(path) ? void 0 : await repository.text(path);
        text2 !== void 0 && inputs.set(path, text2);
      }
  return inputs;
}
function withGenerated(items, kustomization, inputs, notes) {
  let current = [...items];
  for (let [key, kind] of GENERATORS)
    for (let [index, generator] of asList(field2(kustomization.value, key)).entries()) {
      let at2 = kustomization.at([key, index]), data = kind === "ConfigMap" ? dataOf(generator, kustomization.dir, inputs, notes, at2) : {};
      current = placed(current, generator, { kind, data, at: at2, kustomization });
    }
  return current;
}
var GENERATORS = [
  ["configMapGenerator", "ConfigMap"],
  ["secretGenerator", "Secret"]
];
function placed(items, generator, generated) {
  let { kind, data, at: at2, kustomization } = generated, name = asText(field2(generator, "name")), behavior = asText(field2(generator, "behavior")), through = { name: `kustomize ${kustomization.dir || "."}`, signature: signatureOf(generated, name) }, existing2 = items.findIndex(({ resource }) => resource.kind === kind && resource.name === name), found2 = items[existing2];
  if (found2 && (behavior === "merge" || behavior === "replace")) {
    let before2 = behavior === "merge" ? asMap(field2(found2.resource.body, "data")) : void 0, body2 = withEntry(found2.resource.body, "data", { ...before2, ...data }), next = transformed(
      found2.resource,
      body2,
      through,
      (path) => path[0] === "data" && (path[1] === void 0 || Object.hasOwn(data, path[1])) ? { at: at2 } : { before: path }
    );
    return items.map((item, index) => index === existing2 ? replaced(item, next) : item);
  }
  let namespace = asText(field2(generator, "namespace")), options = field2(generator, "options"), metadata = {
    name,
    ...namespace === "" ? {} : { namespace },
    labels: field2(options, "labels"),
    annotations: field2(options, "annotations")
  }, body = { apiVersion: "v1", kind, metadata, data }, origin = { file: kustomization.file, through: [through.name], at: () => at2 }, made = toResource(body, origin, through.signature);
  return made ? [...items, itemOf(made)] : [...items];
}
function signatureOf({ kind, data, at: at2 }, name) {
  return `${kind} ${name} ${JSON.stringify(data)}@${at2.file}:${at2.line}`;
}
function dataOf(generator, dir, inputs, notes, at2) {
  let data = {};
  for (let { key, path } of filesOf(generator, dir)) {
    let text2 = inputs.get(path);
    text2 === void 0 ? notes.add("files of generated ConfigMaps", "they cannot be read", at2) : key === void 0 ? data = { ...data, ...environmentFile(text2) } : data = withEntry(data, key, text2);
  }
  for (let literal of asList(field2(generator, "literals"))) {
    let text2 = scalarText2(literal) ?? "", equals = text2.indexOf("=");
    equals > 0 && (data = withEntry(data, text2.slice(0, equals), unquoted(text2.slice(equals + 1))));
  }
  return data;
}
function filesOf(generator, dir) {
  let found2 = [], add2 = (key, relative4) => {
    let path = relative4 === "" ? void 0 : resolvePath(dir, relative4);
    path !== void 0 && found2.push({ key, path });
  };
  for (let env of [field2(generator, "env"), ...asList(field2(generator, "envs"))])
    add2(void 0, asText(env));
  for (let item of asList(field2(generator, "files")).map(asText)) {
    let equals = item.indexOf("="), relative4 = item.slice(equals + 1);
    add2(equals > 0 ? item.slice(0, equals) : baseName(relative4), relative4);
  }
  return found2;
}
function environmentFile(text2) {
  let data = {};
  for (let line of text2.split(/\r?\n/)) {
    let equals = line.indexOf("=");
    equals > 0 && !line.startsWith("#") && (data = withEntry(data, line.slice(0, equals), line.slice(equals + 1)));
  }
  return data;
}
function unquoted(text2) {
  let quote = text2[0];
  return text2.length > 1 && (quote === '"' || quote === "'") && text2.endsWith(quote) ? text2.slice(1, -1) : text2;
}

// src/environments/kustomize-charts.ts
function kustomizeCharts(kustomization, repository) {
  let entries = asList(field2(kustomization.value, "helmCharts")), charts = [], opaque = [];
  return entries.forEach((entry2, index) => {
    let chart = declared(entry2, ["helmCharts", index], kustomization, repository);
    if (charts.push(chart), isOfficialIstioChart({ name: chart.chart, repository: chart.repository })) return;
    let namespaces = chart.namespace === "" ? void 0 : [chart.namespace];
    opaque.push({ what: `Helm chart ${chart.chart} in ${kustomization.file}`, namespaces, at: chart.at });
  }), { charts, opaque };
}
function declared(entry2, path, kustomization, repository) {
  let text2 = (key) => scalarText2(field2(entry2, key)) ?? "", inline = asMap(field2(entry2, "valuesInline")), valuesPath = resolvePath(kustomization.dir, asText(field2(entry2, "valuesFile")) || "values.yaml"), file = valuesPath === void 0 ? void 0 : repository.files.get(valuesPath), document = text2("valuesFile") === "" ? void 0 : file?.parsed.documents[0];
  return {
    chart: text2("name"),
    repository: text2("repo"),
    version: text2("version"),
    releaseName: text2("releaseName") || text2("name"),
    namespace: text2("namespace") || asText(field2(kustomization.value, "namespace")),
    values: { ...asMap(document?.value), ...inline },
    installer: "helm",
    at: kustomization.at([...path, text2("version") === "" ? "name" : "version"]),
    valueAt(asked2) {
      let [first] = asked2;
      return inline !== void 0 && typeof first == "string" && Object.hasOwn(inline, first) || !file || !document ? kustomization.at([...path, "valuesInline", ...asked2]) : locationIn(file.path, document, asked2);
    }
  };
}

// src/environments/kustomize-build.ts
var MAX_DEPTH3 = 50, KustomizeBuilder = class {
  repository;
  graph;
  inputs;
  cache;
  constructor(repository, graph, inputs, cache) {
    this.repository = repository, this.graph = graph, this.inputs = inputs, this.cache = cache;
  }
  /** The build of the kustomization in `dir`; the same object for the same content. */
  build(dir) {
    return this.cache.remember(`kustomize ${dir}
${this.graph.contentKey(dir)}`, () => {
      let notes = new Notes(), gathered = this.gather(dir, { items: [], opaque: [], charts: [] }, [], notes);
      return {
        items: gathered.items,
        resources: gathered.items.map(({ resource }) => resource),
        files: this.graph.closureOf(dir),
        charts: gathered.charts,
        opaque: gathered.opaque,
        unchecked: notes.list(),
        partial: this.isPartial(dir)
      };
    });
  }
  /** The objects of `dir`; a component is given what its includer has gathered so far. */
  gather(dir, start, above, notes) {
    let kustomization = this.graph.kustomizations.get(dir);
    if (!kustomization) return start;
    if (above.includes(dir) || above.length > MAX_DEPTH3)
      return notes.add(
        `kustomization ${kustomization.file}`,
        "it includes itself or nests too deep",
        kustomization.at([])
      ), start;
    let inside = [...above, dir], current = start;
    for (let entry2 of this.graph.resourcesOf(dir))
      current = joined(current, this.entry(entry2, inside, notes));
    for (let entry2 of this.graph.componentsOf(dir))
      current = entry2.kind === "directory" ? this.gather(entry2.path, current, inside, notes) : joined(current, this.entry(entry2, inside, notes));
    let charts = kustomizeCharts(kustomization, this.repository), items = withGenerated(current.items, kustomization, this.inputs, notes);
    return this.noteWhatIsNotModelled(kustomization, notes), {
      items: transformItems(items, instructionsOf(kustomization), this.repository, notes),
      opaque: [...current.opaque, ...charts.opaque],
      charts: [...current.charts, ...charts.charts]
    };
  }
  entry(entry2, above, notes) {
    let nothing = { items: [], opaque: [], charts: [] };
    if (entry2.kind === "directory") return this.gather(entry2.path, nothing, above, notes);
    if (entry2.kind === "remote")
      return {
        ...nothing,
        opaque: [{ what: `remote base ${entry2.path}`, namespaces: void 0, at: entry2.at }]
      };
    if (entry2.kind === "broken")
      return notes.add(`kustomize entry ${entry2.path}`, entry2.why, entry2.at), nothing;
    let file = this.repository.files.get(entry2.path);
    file || notes.add(`kustomize entry ${entry2.path}`, "the file cannot be read as YAML", entry2.at);
    let resources = file?.resources ?? [];
    return { ...nothing, items: resources.filter((item) => !isKustomizationObject(item)).map(itemOf) };
  }
  isPartial(dir) {
    let files = this.graph.closureOf(dir);
    return [...this.graph.kustomizations.values()].filter(({ file }) => files.has(file)).some(({ value: value2 }) => NOT_MODELLED.some(([key]) => asList(field2(value2, key)).length > 0));
  }
  noteWhatIsNotModelled(kustomization, notes) {
    for (let [key, why] of NOT_MODELLED)
      asList(field2(kustomization.value, key)).length > 0 && notes.add(`kustomize ${key}`, why, kustomization.at([key], "key"));
  }
}, NOT_MODELLED = [
  ["generators", "objects they generate are not seen"],
  ["transformers", "what they change is not seen"],
  ["replacements", "values they copy are not seen"],
  ["vars", "values they insert are not seen"]
];
function instructionsOf(kustomization) {
  let { dir, file, blob, value: value2 } = kustomization;
  return {
    name: `kustomize ${dir || "."}`,
    dir,
    value: value2,
    digest: `${file}=${blob}`,
    at: (path, what) => kustomization.at(path, what)
  };
}
function joined(a, b) {
  return {
    items: [...a.items, ...b.items],
    opaque: [...a.opaque, ...b.opaque],
    charts: [...a.charts, ...b.charts]
  };
}

// src/environments/kustomize-graph.ts
var KustomizeGraph = class {
  kustomizations;
  paths;
  entries = /* @__PURE__ */ new Map();
  closures = /* @__PURE__ */ new Map();
  constructor(repository) {
    this.kustomizations = kustomizationsOf(repository), this.paths = new Map(repository.snapshot.list().map((entry2) => [entry2.path, entry2]));
  }
  has(dir) {
    return this.kustomizations.has(dir);
  }
  /** `resources` and `bases` of the kustomization in `dir`, in order. */
  resourcesOf(dir) {
    return this.listed(dir, ["resources", "bases"]);
  }
  componentsOf(dir) {
    return this.listed(dir, ["components"]);
  }
  /** Every file that can change what the kustomization in `dir` builds: itself, and all it includes, patches too. */
  closureOf(dir) {
    let known = this.closures.get(dir);
    if (known) return known;
    let files = /* @__PURE__ */ new Set(), visited = /* @__PURE__ */ new Set(), pending = [dir];
    for (let next = pending.pop(); next !== void 0; next = pending.pop()) {
      let kustomization = this.kustomizations.get(next);
      if (!(!kustomization || visited.has(next))) {
        visited.add(next), files.add(kustomization.file);
        for (let path of this.inputFiles(kustomization)) files.add(path);
        for (let entry2 of [...this.resourcesOf(next), ...this.componentsOf(next)])
          entry2.kind === "file" && files.add(entry2.path), entry2.kind === "directory" && pending.push(entry2.path);
      }
    }
    return this.closures.set(dir, files), files;
  }
  /** Equal keys mean equal builds: paths and content of the closure. */
  contentKey(dir) {
    return this.contentOf(this.closureOf(dir));
  }
  /** Names and blob ids of files: equal texts mean equal content. */
  contentOf(files) {
    return [...files].map((path) => `${path}=${this.paths.get(path)?.blob ?? ""}`).sort(byText).join(`
`);
  }
  /** Directories of kustomizations that another kustomization includes. */
  includedDirectories() {
    let included = /* @__PURE__ */ new Set();
    for (let dir of this.kustomizations.keys())
      for (let entry2 of [...this.resourcesOf(dir), ...this.componentsOf(dir)])
        entry2.kind === "directory" && entry2.path !== dir && included.add(entry2.path);
    return included;
  }
  listed(dir, keys) {
    let id = `${keys.join("+")} ${dir}`, known = this.entries.get(id);
    if (known) return known;
    let kustomization = this.kustomizations.get(dir), entries = kustomization ? keys.flatMap(
      (key) => asList(field2(kustomization.value, key)).map(
        (item, index) => this.entryOf(kustomization, asText(item), kustomization.at([key, index]))
      )
    ) : [];
    return this.entries.set(id, entries), entries;
  }
  entryOf(kustomization, text2, at2) {
    if (isRemote(text2)) return { kind: "remote", path: text2, at: at2 };
    let path = resolvePath(kustomization.dir, text2);
    if (path === void 0) return { kind: "broken", path: text2, why: "it leaves the repository", at: at2 };
    if (this.kustomizations.has(path)) return { kind: "directory", path, at: at2 };
    let kind = this.paths.get(path)?.kind;
    return kind === "file" ? { kind: "file", path, at: at2 } : kind === "symlink" ? { kind: "broken", path, why: "it is a symbolic link", at: at2 } : kind === "submodule" ? { kind: "broken", path, why: "it is a submodule", at: at2 } : { kind: "broken", path, why: "it is not in the repository", at: at2 };
  }
  /** Patches, generator inputs and values a kustomization names, when they are files of this repository. */
  inputFiles({ dir, value: value2 }) {
    return [
      ...asList(field2(value2, "patchesStrategicMerge")).map(asText),
      ...[...asList(field2(value2, "patches")), ...asList(field2(value2, "patchesJson6902"))].map(
        (patch) => asText(field2(patch, "path"))
      ),
      ...["configMapGenerator", "secretGenerator"].flatMap(
        (key) => asList(field2(value2, key)).flatMap(generatorFiles)
      ),
      ...["generators", "transformers", "validators", "replacements", "configurations", "crds"].flatMap(
        (key) => asList(field2(value2, key)).map((item) => asText(item) || asText(field2(item, "path")))
      ),
      ...asList(field2(value2, "helmCharts")).flatMap((chart) => [
        asText(field2(chart, "valuesFile")),
        ...asList(field2(chart, "additionalValuesFiles")).map(asText)
      ])
    ].flatMap((text2) => {
      let path = text2 === "" || text2.includes(`
`) ? void 0 : resolvePath(dir, text2);
      return path !== void 0 && this.paths.get(path)?.kind === "file" ? [path] : [];
    });
  }
};
function generatorFiles(generator) {
  return [...asList(field2(generator, "files")).map((item) => asText(item).replace(/^[^=]*=/, "")), ...asList(field2(generator, "envs")).map(asText), asText(field2(generator, "env"))];
}
function isRemote(text2) {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(text2) || text2.startsWith("git::") || text2.startsWith("git@") || text2.includes("?ref=") || text2.includes("?version=") ? !0 : /^(github\.com|gitlab\.com|bitbucket\.org)[/:]/i.test(text2);
}

// src/environments/renderings.ts
var Renderings = class {
  done = /* @__PURE__ */ new Map();
  asked = /* @__PURE__ */ new Map();
  snapshot;
  rendering;
  constructor(snapshot, rendering) {
    this.snapshot = snapshot, this.rendering = rendering;
  }
  /** @param inputs the files that decide what comes out, those that ask for it included */
  helm(release3, inputs) {
    let key = `helm ${JSON.stringify(release3)}`;
    return this.ask(key, inputs, (renderers) => renderers.helm(release3, this.snapshot));
  }
  /** @param inputs the files that decide what comes out */
  kustomize(dir, inputs) {
    return this.ask(`kustomize ${dir}`, inputs, (renderers) => renderers.kustomize(dir, this.snapshot));
  }
  /** Renders what was asked for since the last time. False when there was nothing: then all answers are final. */
  async settle() {
    let { rendering } = this;
    if (!rendering || this.asked.size === 0) return !1;
    let asked2 = [...this.asked];
    this.asked.clear();
    let rendered = await Promise.all(
      asked2.map(async ([key, render]) => [key, await render(rendering.renderers)])
    );
    for (let [key, result] of rendered) this.done.set(key, result);
    return !0;
  }
  /** Is a rendering of these files of interest, and is there anything to render with? */
  isWanted(inputs) {
    if (!this.rendering) return !1;
    let { changed } = this.rendering;
    return changed === void 0 || [...inputs].some((path) => changed.has(path));
  }
  ask(key, inputs, render) {
    let known = this.done.get(key);
    if (known || this.done.size + this.asked.size >= 200) return known;
    this.isWanted(inputs) && this.asked.set(key, render);
  }
};

// src/environments/workspace.ts
var CHART_FOLDERS = /* @__PURE__ */ new Set([
  "templates",
  "charts",
  "crds",
  "ci",
  "examples",
  "files",
  "tests",
  "profiles"
]), Workspace = class _Workspace {
  repository;
  directories;
  graph;
  cache;
  /** Directories that hold a Helm chart. */
  charts;
  locks;
  renderings;
  builder;
  constructor(repository, graph, charts, inputs, cache, renderings) {
    this.repository = repository, this.directories = new DirectoryTree(repository.files.keys()), this.graph = graph, this.charts = charts, this.locks = inputs.locks, this.cache = cache, this.renderings = renderings, this.builder = new KustomizeBuilder(repository, graph, inputs.generators, cache);
  }
  static async open(repository, cache, rendering) {
    let graph = new KustomizeGraph(repository), charts = chartDirectories(repository), generators = await readGeneratorInputs(repository, graph.kustomizations.values()), locks = await readLocks(repository, charts);
    return new _Workspace(
      repository,
      graph,
      charts,
      { generators, locks },
      cache,
      new Renderings(repository.snapshot, rendering)
    );
  }
  /** What the kustomization in `dir` gives: by our own reading of it, by the tool where that misses something. */
  build(dir) {
    let built = this.builder.build(dir);
    if (!built.partial || built.opaque.length > 0) return built;
    let rendered = this.renderings.kustomize(dir, built.files);
    if (!rendered) return built;
    let { resources, failed, unchecked: unchecked2, files } = rendered;
    if (failed) {
      let { why, at: at2 } = failed, note = { what: `kustomization ${dir || "."}`, why, count: 1, examples: at2 ? [at2] : [] };
      return { ...built, unchecked: [...built.unchecked, note] };
    }
    let items = resources.map(itemOf);
    return { ...built, partial: !1, items, resources, unchecked: unchecked2, rendered: new Set(files) };
  }
  /**
   * What Flux applies for a path: its kustomization, else every manifest below it, where a directory with a kustomization
   * counts as that kustomization. Archives below it are left out, as their owner thinks of them.
   */
  tree(dir) {
    if (this.graph.has(dir)) return this.build(dir);
    let files = this.directories.filesBelow(dir).filter((path) => !isRetiredBelow(path, dir)), kustomized = /* @__PURE__ */ new Set(), plain = [];
    for (let path of files) {
      let owner = this.outermostKustomization(parentOf(path), dir);
      owner !== void 0 ? kustomized.add(owner) : this.isInChart(path) || plain.push(path);
    }
    let built = [...kustomized].map((owner) => this.build(owner)), key = `${this.graph.contentOf(files)}
${renderingOf(built)}`;
    return this.cache.remember(`tree ${dir}
${key}`, () => joinBuilt([this.files(plain), ...built]));
  }
  /** Plain manifests, as they stand. */
  files(paths) {
    let resources = paths.flatMap((path) => {
      let file = this.repository.files.get(path);
      return file ? objectsOf(file) : [];
    });
    return {
      resources,
      items: resources.map(itemOf),
      files: new Set(paths),
      charts: [],
      opaque: [],
      unchecked: [],
      partial: !1
    };
  }
  /** Files that Helm renders or reads; what else lies beside a Chart.yaml is applied by other means. */
  isInChart(path) {
    let chart = this.chartOf(path);
    if (chart === void 0) return !1;
    let inside = chart === "" ? path : path.slice(chart.length + 1);
    return CHART_FOLDERS.has(inside.slice(0, Math.max(0, inside.indexOf("/"))));
  }
  /** The innermost chart directory `path` is in. */
  chartOf(path) {
    for (let dir = parentOf(path); ; dir = parentOf(dir)) {
      if (this.charts.has(dir)) return dir;
      if (dir === "") return;
    }
  }
  /** The highest directory from below `top` down to `dir` that has a kustomization. */
  outermostKustomization(dir, top) {
    let found2;
    for (let current = dir; current !== top && isUnder(current, top) && (this.graph.has(current) && (found2 = current), current !== ""); current = parentOf(current))
      ;
    return found2;
  }
};
function isRetiredBelow(path, dir) {
  return setAsideAt(dir === "" ? path : path.slice(dir.length + 1))?.as === "retired";
}
function joinBuilt(parts) {
  let union2 = {
    resources: parts.flatMap(({ resources }) => resources),
    files: new Set(parts.flatMap(({ files }) => [...files])),
    charts: parts.flatMap(({ charts }) => charts),
    opaque: parts.flatMap(({ opaque }) => opaque),
    unchecked: parts.flatMap(({ unchecked: unchecked2 }) => unchecked2)
  }, rendered = new Set(parts.flatMap((part) => [...part.rendered ?? []]));
  return {
    ...union2,
    items: parts.flatMap(({ items }) => items),
    partial: parts.some(({ partial }) => partial),
    ...rendered.size > 0 ? { rendered } : {}
  };
}
function renderingOf(parts) {
  return parts.flatMap(({ rendered }) => [...rendered ?? []]).join(`
`);
}

// src/environments/argo-clusters.ts
var MAX_APPLICATIONS2 = 2e3;
function argoEnvironments(workspace) {
  let clusters = /* @__PURE__ */ new Map(), applications = expanded(writtenObjects(workspace), workspace);
  for (let application2 of applications) {
    let { resource } = application2, parts = clusters.get(application2.cluster) ?? [];
    clusters.set(application2.cluster, parts), parts.push({ ...NOTHING, resources: [resource], files: /* @__PURE__ */ new Set([resource.origin.file]) });
    for (let source2 of application2.sources) {
      let part = contributionOf(application2, source2, workspace);
      parts.push({ ...part, resources: part.resources.filter((object) => !isArgo(object)) });
      let inside = part.rendered ? expanded(part.resources.filter(isArgo), workspace) : [];
      applications.push(...inside.slice(0, MAX_APPLICATIONS2 - applications.length));
    }
  }
  return [...clusters.keys()].sort(byText).map((cluster) => {
    let name = cluster === IN_CLUSTER ? "default" : clusterName(cluster), mine = applications.filter((application2) => application2.cluster === cluster), roots = mine.flatMap(({ sources }) => sources.flatMap(({ dir }) => dir ?? [])), files = [...new Set(mine.map(({ resource }) => parentOf(resource.origin.file) || "."))].sort(
      byText
    ), because = `Argo CD Applications in ${files.slice(0, 3).join(", ")}${files.length > 3 ? ", ..." : ""}`;
    return assemble({ name, roots, because }, clusters.get(cluster) ?? []);
  });
}
function writtenObjects(workspace) {
  return [...workspace.repository.files.values()].filter(({ path }) => !workspace.directories.isSetAside(path) && !workspace.isInChart(path)).flatMap(objectsOf).filter(isArgo);
}
function isArgo(resource) {
  return isApplication(resource) || isApplicationSet(resource);
}
function expanded(written2, workspace) {
  return written2.flatMap((resource) => isApplicationSet(resource) ? applicationsOf(resource, workspace) : [resource]).slice(0, MAX_APPLICATIONS2).map(argoApplication);
}
function contributionOf(application2, source2, workspace) {
  let { resource, namespace } = application2, { dir } = source2;
  if (dir === void 0) return NOTHING;
  let namespaces = namespace === "" || namespace.includes("{{") ? void 0 : [namespace], at2 = resource.origin.at([...source2.path, "path"]);
  if (dir.includes("{{") || !workspace.directories.has(dir)) {
    let what = `Argo CD Application ${resource.name} (path ${dir} of ${source2.repoURL})`;
    return { ...NOTHING, opaque: [{ what, namespaces, at: at2 }] };
  }
  if (workspace.charts.has(dir) && !workspace.graph.has(dir))
    return chartContribution(dir, workspace, namespaces, argoRelease(application2, source2, workspace));
  let { directories } = workspace, files = source2.recurse ? directories.filesBelow(dir) : directories.filesIn(dir), built = workspace.graph.has(dir) ? workspace.build(dir) : workspace.files(files), key = [
    `argo ${resource.digest}`,
    dir,
    workspace.graph.contentOf(built.files),
    renderingOf([built])
  ].join(`
`);
  return workspace.cache.remember(key, () => {
    let notes = new Notes();
    notes.addAll(built.unchecked);
    let name = `Argo CD Application ${resource.name}`, instructions = {
      name,
      dir,
      value: source2.kustomize,
      digest: resource.digest,
      at: (path) => resource.origin.at([...source2.path, "kustomize", ...path])
    }, items = transformItems(built.items, instructions, workspace.repository, notes), place = { value: namespace, at: resource.origin.at(["spec", "destination", "namespace"]) }, resources = items.map(
      ({ resource: object }) => namespaces ? withDefaultNamespace(object, place, name) : object
    );
    return { ...built, resources, unchecked: notes.list() };
  });
}
function clusterName(cluster) {
  return cluster.replace(/^https?:\/\//, "").replace(/[:/].*$/, "") || IN_CLUSTER;
}

// src/environments/environment-cache.ts
var EnvironmentCache = class {
  entries = /* @__PURE__ */ new Map();
  /** The value made for `key`, made now when it is asked for the first time. Keys name the kind of thing first. */
  remember(key, make) {
    if (this.entries.has(key)) return this.entries.get(key);
    let made = make();
    return this.entries.set(key, made), made;
  }
};

// src/environments/flux-kustomization.ts
function isFluxKustomization({ group, kind }) {
  return group === "kustomize.toolkit.fluxcd.io" && kind === "Kustomization";
}
function fluxKustomization(resource) {
  let spec = resource.body.spec, { file, line } = resource.origin.at(["kind"]);
  return {
    resource,
    key: `${file}:${line}`,
    path: asText(field2(spec, "path")),
    dir: void 0,
    source: `${asText(valueAt(spec, ["sourceRef", "kind"]))} ${asText(valueAt(spec, ["sourceRef", "name"]))}`,
    otherCluster: asText(valueAt(spec, ["kubeConfig", "secretRef", "name"]))
  };
}
function instructionsOf2({ resource, dir }) {
  let spec = asMap(resource.body.spec) ?? {}, copied = [
    "namePrefix",
    "nameSuffix",
    "patches",
    "images",
    "patchesStrategicMerge",
    "patchesJson6902"
  ], value2 = { namespace: field2(spec, "targetNamespace") };
  for (let key of copied) value2[key] = field2(spec, key);
  return {
    name: `Flux Kustomization ${resource.name}`,
    dir: dir ?? "",
    value: value2,
    digest: resource.digest,
    at: (path, what) => resource.origin.at(["spec", ...specPath(path)], what)
  };
}
function specPath(path) {
  return path[0] === "namespace" ? ["targetNamespace"] : path;
}
function commonMetadata({ resource }) {
  let path = ["spec", "commonMetadata"], value2 = valueAt(resource.body, path);
  return {
    labels: field2(value2, "labels"),
    annotations: field2(value2, "annotations"),
    at: (kind, key) => resource.origin.at([...path, kind, key])
  };
}
function postBuildOf({ resource }) {
  let value2 = asMap(valueAt(resource.body, ["spec", "postBuild"]));
  if (value2)
    return {
      inline: asMap(field2(value2, "substitute")) ?? {},
      from: asList(field2(value2, "substituteFrom")).map((entry2) => ({
        kind: asText(field2(entry2, "kind")),
        name: asText(field2(entry2, "name"))
      }))
    };
}

// src/environments/flux-sources.ts
var FluxSources = class {
  roots;
  constructor(written2, workspace) {
    let paths = pathsBySource(written2), weights = [...paths].map(([source2, dirs]) => [source2, evidenceOf(dirs, workspace)]), artefacts = [...paths].flatMap(([source2, dirs]) => {
      let root = artefactRoot(source2, dirs, workspace);
      return root === void 0 ? [] : [[source2, root]];
    }), proven = weights.filter(([, weight]) => weight > 0).map(([source2]) => [source2, ""]), undecided4 = weights.filter(([, weight]) => weight === 0).map(([source2]) => [source2, ""]), certain = [...artefacts, ...proven], known = new Map(certain.length > 0 ? certain : undecided4);
    for (let source2 of sameAddress(known, workspace)) known.set(source2, "");
    this.roots = known;
  }
  /** The Kustomization with its directory in this repository; without one when its source is another repository. */
  place(kustomization) {
    return { ...kustomization, dir: this.resolve(kustomization.source, kustomization.path) };
  }
  /** A path of a source as a path of this repository; `undefined` when it is one of another repository. */
  resolve(source2, path) {
    let root = this.roots.get(source2);
    return root === void 0 ? void 0 : resolvePath(root, `./${path}`);
  }
};
function pathsBySource(written2) {
  let paths = /* @__PURE__ */ new Map();
  for (let { source: source2, path } of written2) {
    let dir = resolvePath("", path), found2 = paths.get(source2) ?? /* @__PURE__ */ new Set();
    paths.set(source2, found2.add(dir ?? ".."));
  }
  return paths;
}
function evidenceOf(dirs, { directories }) {
  return [...dirs].reduce((sum, dir) => sum + (dir === "" ? 0 : directories.has(dir) ? 1 : -1), 0);
}
var ENOUGH_PATHS = 2;
function artefactRoot(source2, dirs, workspace) {
  if (!/^(?:OCIRepository|Bucket) /.test(source2)) return;
  let { directories } = workspace, [first, ...rest] = [...dirs].filter((dir) => dir !== "");
  if (first === void 0 || rest.length + 1 < ENOUGH_PATHS || directories.has(first)) return;
  let roots = [...directories.all].filter((dir) => dir.endsWith(`/${first}`) && !directories.isSetAside(`${dir}/`)).map((dir) => dir.slice(0, -first.length - 1)).filter((root) => rest.every((dir) => directories.has(`${root}/${dir}`)));
  return roots.length === 1 ? roots[0] : void 0;
}
function sameAddress(known, workspace) {
  let addresses = [...workspace.repository.files.values()].flatMap(objectsOf).filter(isGitRepository).map(
    (resource) => [`GitRepository ${resource.name}`, addressOf(resource)]
  ), own3 = new Set(addresses.filter(([source2]) => known.get(source2) === "").map(([, address]) => address));
  return own3.delete(""), addresses.filter(([, address]) => own3.has(address)).map(([source2]) => source2);
}
function isGitRepository({ group, kind }) {
  return group === "source.toolkit.fluxcd.io" && kind === "GitRepository";
}
function addressOf({ body }) {
  return asText(valueAt(body, ["spec", "url"])).toLowerCase().replace(/^[a-z+]+:\/\//, "").replace(/^[^@/]*@/, "").replace(":", "/").replace(/\/+$/, "").replace(/\.git$/, "");
}

// src/environments/flux-clusters.ts
function fluxClusters(workspace) {
  let written2 = [...workspace.repository.files.values()].flatMap(objectsOf).filter(isFluxKustomization).map(fluxKustomization), sources = new FluxSources(written2, workspace), all2 = written2.map((kustomization) => sources.place(kustomization)).filter(({ dir }) => dir !== void 0 && workspace.directories.has(dir)), entries = entryPoints(all2, workspace), homes = [...new Set(entries.map(clusterHome))], clusters = /* @__PURE__ */ new Map();
  for (let entry2 of entries) {
    let home = outermostHome(clusterHome(entry2), homes);
    clusters.set(home, [...clusters.get(home) ?? [], entry2]);
  }
  let kept = [...clusters.keys()];
  return [...clusters].map(([home, members]) => ({ name: clusterName2(home, members, kept), entries: members, sources })).sort((a, b) => byText(a.name, b.name));
}
function entryPoints(all2, workspace) {
  let byKey = new Map(all2.map((kustomization) => [kustomization.key, kustomization])), children = new Map(all2.map((parent) => [parent.key, childrenOf(parent, byKey, workspace)])), reached = new Map(all2.map(({ key }) => [key, reachOf(key, children)])), reaches4 = (from, to) => reached.get(from)?.has(to) ?? !1, free = all2.filter(
    ({ key, resource }) => !workspace.directories.isSetAside(resource.origin.file) && !all2.some((other) => reaches4(other.key, key) && !(reaches4(key, other.key) && key <= other.key))
  );
  return free.filter(
    ({ key, resource }) => !free.some(
      (other) => other.key !== key && [other.key, ...reached.get(other.key) ?? []].some((via) => {
        let dir = byKey.get(via)?.dir;
        return dir !== void 0 && dir !== "" && isUnder(resource.origin.file, dir);
      })
    )
  );
}
function childrenOf(parent, byKey, workspace) {
  return parent.dir === void 0 ? [] : workspace.tree(parent.dir).resources.filter(isFluxKustomization).map((resource) => fluxKustomization(resource).key).filter((key) => key !== parent.key && byKey.has(key));
}
function reachOf(start, children) {
  let reached = /* @__PURE__ */ new Set(), pending = [...children.get(start) ?? []];
  for (let next = pending.pop(); next !== void 0; next = pending.pop())
    reached.has(next) || (reached.add(next), pending.push(...children.get(next) ?? []));
  return reached;
}
var GENERIC = /* @__PURE__ */ new Set([
  "",
  "apps",
  "base",
  "bootstrap",
  "cluster",
  "clusters",
  "config",
  "configs",
  "deploy",
  "flux",
  "flux-system",
  "gitops",
  "gotk-system",
  "infrastructure",
  "k8s",
  "kubernetes",
  "kustomizations",
  "main",
  "manifests",
  "namespaces",
  "sync",
  "vars"
]);
function clusterHome({ resource }) {
  let home = parentOf(resource.origin.file);
  for (; home !== "" && GENERIC.has(baseName(home)); ) home = parentOf(home);
  return home;
}
function outermostHome(home, homes) {
  return homes.filter((other) => other !== home && isUnder(home, other) && NAMED_CLUSTER.test(other)).sort((a, b) => a.length - b.length)[0] ?? home;
}
var NAMED_CLUSTER = /(?:^|\/)(?:clusters?|environments?|envs?)\/[^/]+$/;
function clusterName2(home, entries, homes) {
  let name = baseName(home), twins = homes.filter((other) => baseName(other) === name).length > 1;
  if (name !== "") return twins ? home : name;
  let path = entries.length === 1 ? baseName(entries[0]?.dir ?? "") : "";
  return GENERIC.has(path) ? "default" : path;
}

// src/environments/flux-helm-release.ts
function fluxRelease(resource, sources) {
  if (resource.group !== "helm.toolkit.fluxcd.io" || resource.kind !== "HelmRelease") return;
  let spec = resource.body.spec, chart = valueAt(spec, ["chart", "spec"]), kind = asText(valueAt(chart, ["sourceRef", "kind"]));
  if (kind === "" || kind === "HelmRepository") return;
  let source2 = `${kind} ${asText(valueAt(chart, ["sourceRef", "name"]))}`, path = sources.resolve(source2, asText(field2(chart, "chart")));
  if (path === void 0) return;
  let files = [...asList(field2(chart, "valuesFiles")), field2(chart, "valuesFile")].map(asText).filter((text2) => text2 !== ""), target = asText(field2(spec, "targetNamespace")), values = asMap(field2(spec, "values")), doubt = doubtOf(spec);
  return {
    release: {
      path,
      releaseName: asText(field2(spec, "releaseName")) || [target, resource.name].filter(Boolean).join("-"),
      namespace: target || resource.namespace,
      valuesFiles: files.flatMap((text2) => sources.resolve(source2, text2) ?? []),
      ...values ? { values, valuesAt: (at2) => resource.origin.at(["spec", "values", ...at2]) } : {},
      includeCrds: !0
    },
    by: resource.origin.file,
    ...doubt === void 0 ? {} : { doubt }
  };
}
function doubtOf(spec) {
  return asList(field2(spec, "valuesFrom")).length > 0 ? "some of its values stand in other objects" : asList(field2(spec, "postRenderers")).length > 0 ? "what its post-renderers change is not seen" : JSON.stringify(field2(spec, "values") ?? {}).includes("${") ? "its values hold placeholders" : void 0;
}

// src/environments/substitution.ts
var VARIABLE = /\$\{([A-Za-z_]\w*)(?:(:?[-=])([^${}]*))?\}/g, OPT_OUT = "kustomize.toolkit.fluxcd.io/substitute";
function substituted(resource, variables, through) {
  if (asText(resource.annotations[OPT_OUT]) === "disabled" || asText(resource.labels[OPT_OUT]) === "disabled")
    return resource;
  let used = /* @__PURE__ */ new Set(), fill = (text2) => filled(text2, variables, used), body = asMap(mapped(resource.body, fill, !1)) ?? resource.body;
  if (body === resource.body) return resource;
  let signature = [...used].sort().join(",");
  return transformed(resource, body, { name: through, signature }, (path) => ({ before: path }));
}
function filled(text2, { values, complete }, used) {
  return text2.replace(VARIABLE, (whole2, name, _operator, fallback) => {
    let value2 = values.get(name) ?? (complete ? fallback : void 0);
    return value2 === void 0 ? whole2 : (used.add(`${name}=${value2}`), value2);
  });
}
function mapped(value2, fill, isText) {
  if (typeof value2 == "string") return value2.includes("${") ? retyped(value2, fill(value2), isText) : value2;
  if (Array.isArray(value2)) {
    let items = value2.map((item) => mapped(item, fill, isText));
    return items.some((item, index) => item !== value2[index]) ? items : value2;
  }
  let map = asMap(value2);
  return map ? Object.keys(map).reduce((current, key) => {
    let before2 = field2(map, key), after = mapped(before2, fill, isText || TEXT_MAPS.has(key));
    return after === before2 ? current : withEntry(current, key, after);
  }, map) : value2;
}
var TEXT_MAPS = /* @__PURE__ */ new Set([
  "labels",
  "annotations",
  "matchLabels",
  "data",
  "stringData",
  "env",
  "args",
  "command"
]);
function retyped(before2, after, isText) {
  return isText || before2 === after || !/^\$\{[^{}]*\}$/.test(before2) ? after : /^(0|[1-9]\d{0,14})$/.test(after) ? Number(after) : after === "true" || after === "false" ? after === "true" : after;
}
function configMapVariables(configMap) {
  return Object.entries(asMap(configMap.body.data) ?? {}).flatMap(([key, value2]) => {
    let text2 = scalarText2(value2);
    return text2 === void 0 || text2.includes("${") ? [] : [[key, text2]];
  });
}

// src/environments/flux-variables.ts
var FluxVariables = class {
  configMaps;
  home;
  constructor(workspace, entries) {
    this.configMaps = [...workspace.repository.files.values()].flatMap(objectsOf).filter(({ kind, group }) => kind === "ConfigMap" && group === ""), this.home = parentOf(entries[0]?.resource.origin.file ?? "");
  }
  /** `undefined` when the Kustomization substitutes nothing. Values of Secrets stay unknown. */
  of(kustomization) {
    let postBuild = postBuildOf(kustomization);
    if (!postBuild) return;
    let values = /* @__PURE__ */ new Map(), complete = !0;
    for (let { kind, name } of postBuild.from) {
      let configMap = kind === "ConfigMap" ? this.find(name) : void 0;
      if (!configMap) complete = !1;
      else for (let [key, value2] of configMapVariables(configMap)) values.set(key, value2);
    }
    for (let [key, raw] of Object.entries(postBuild.inline)) {
      let text2 = scalarText2(raw);
      text2 !== void 0 && !text2.includes("${") ? values.set(key, text2) : values.delete(key);
    }
    return { values, complete };
  }
  /** The ConfigMap of that name; of several, the one that shares most of its path with the cluster's entry point. */
  find(name) {
    let named2 = this.configMaps.filter((configMap) => configMap.name === name), nearness = (configMap) => commonDirectory(this.home, configMap.origin.file).length, [best, next] = named2.sort((a, b) => nearness(b) - nearness(a));
    return best && next && nearness(best) === nearness(next) ? void 0 : best;
  }
};

// src/environments/pending-kustomizations.ts
var PendingKustomizations = class {
  waiting = /* @__PURE__ */ new Map();
  taken = /* @__PURE__ */ new Set();
  constructor(entries) {
    this.add(entries);
  }
  /** A Kustomization added again, before its turn, is the newer form of it. */
  add(kustomizations) {
    for (let kustomization of kustomizations)
      this.taken.has(kustomization.key) || this.waiting.set(kustomization.key, kustomization);
  }
  /** The next one; `undefined` when all have had their turn. */
  take() {
    let paths = countBy([...this.waiting.values()].flatMap(({ dir }) => dir ?? [])), all2 = [...this.waiting.values()], next = all2.find((kustomization) => !isApplied(kustomization, paths)) ?? all2[0];
    return next && (this.waiting.delete(next.key), this.taken.add(next.key)), next;
  }
};
function isApplied({ resource, dir }, paths) {
  for (let current = parentOf(resource.origin.file); ; current = parentOf(current)) {
    if ((paths.get(current) ?? 0) - +(dir === current) > 0) return !0;
    if (current === "") return !1;
  }
}
function countBy(texts2) {
  let counts2 = /* @__PURE__ */ new Map();
  for (let text2 of texts2) counts2.set(text2, (counts2.get(text2) ?? 0) + 1);
  return counts2;
}

// src/environments/flux-environment.ts
function fluxEnvironment(cluster, workspace) {
  let variables = new FluxVariables(workspace, cluster.entries), pending = new PendingKustomizations(cluster.entries), parts = [];
  for (let next = pending.take(); next !== void 0; next = pending.take()) {
    let part = contributionOf2(next, workspace, variables);
    parts.push(part);
    let children = part.resources.filter(isFluxKustomization).map(fluxKustomization);
    pending.add(children.map((child) => cluster.sources.place(child)));
  }
  let roots = cluster.entries.flatMap(({ dir }) => dir ?? []), because = cluster.entries.map(({ resource }) => resource.origin.file).join(", ");
  return assemble({ name: cluster.name, roots, because: `Flux Kustomization in ${because}` }, [
    ...parts,
    bootstrapOf(cluster, parts, workspace),
    ...releasedCharts(parts, cluster, workspace)
  ]);
}
function releasedCharts(parts, { sources }, workspace) {
  return parts.flatMap(({ resources }) => resources).flatMap((resource) => {
    let deployed = fluxRelease(resource, sources);
    if (!deployed || !workspace.charts.has(deployed.release.path)) return [];
    let { path, namespace } = deployed.release;
    return [chartContribution(path, workspace, namespace === "" ? void 0 : [namespace], deployed)];
  });
}
function bootstrapOf({ entries }, parts, workspace) {
  let reached = new Set(parts.flatMap(({ files: files2 }) => [...files2])), applied = new Set(parts.flatMap(({ resources }) => resources.filter(isFluxKustomization).map(keyOf))), beside = [...new Set(entries.map(({ resource }) => parentOf(resource.origin.file)))].filter((dir) => dir !== "" && !workspace.graph.has(dir)).flatMap((dir) => workspace.directories.filesIn(dir)).filter((path) => !reached.has(path) && isManifestFile({ path })), own3 = entries.map(({ resource }) => resource).filter((resource) => !applied.has(keyOf(resource))), others2 = workspace.files(beside).resources.filter((resource) => !isFluxKustomization(resource)), files = [...entries.map(({ resource }) => resource.origin.file), ...beside];
  return { ...NOTHING, resources: [...own3, ...others2], files: new Set(files) };
}
function keyOf(resource) {
  return fluxKustomization(resource).key;
}
function contributionOf2(kustomization, workspace, variables) {
  let { resource, dir } = kustomization;
  if (dir === void 0 || !workspace.directories.has(dir)) return elsewhere(kustomization);
  let built = workspace.tree(dir), values = variables.of(kustomization), key = [
    `flux ${resource.digest}`,
    values ? JSON.stringify([[...values.values], values.complete]) : "",
    workspace.graph.contentOf(built.files),
    renderingOf([built])
  ].join(`
`);
  return workspace.cache.remember(key, () => {
    let notes = new Notes();
    notes.addAll(built.unchecked);
    let instructions = instructionsOf2(kustomization), items = transformItems(built.items, instructions, workspace.repository, notes), metadata = commonMetadata(kustomization), resources = items.map(({ resource: object }) => {
      let labelled2 = withCommonMetadata(object, metadata, instructions.name);
      return values ? substituted(labelled2, values, instructions.name) : labelled2;
    });
    return { ...built, resources, opaque: retargeted(built.opaque, kustomization), unchecked: notes.list() };
  });
}
function withCommonMetadata(resource, metadata, through) {
  let nowhere = { selectors: !1, templates: !1 }, labels2 = { values: metadata.labels, at: (key) => metadata.at("labels", key) }, annotations = { values: metadata.annotations, at: (key) => metadata.at("annotations", key) };
  return withAnnotations(withLabels(resource, labels2, nowhere, through), annotations, !1, through);
}
function retargeted(sources, kustomization) {
  let target = asText(valueAt(kustomization.resource.body, ["spec", "targetNamespace"]));
  return target === "" ? sources : sources.map((source2) => ({ ...source2, namespaces: [target] }));
}
function elsewhere({ resource, path, source: source2 }) {
  let target = asText(valueAt(resource.body, ["spec", "targetNamespace"])), at2 = resource.origin.at(["spec", "path"]), what = `Flux Kustomization ${resource.name} (${source2}, path ${path || "./"})`;
  return {
    resources: [],
    files: /* @__PURE__ */ new Set(),
    charts: [],
    opaque: [{ what, namespaces: target === "" ? void 0 : [target], at: at2 }],
    unchecked: []
  };
}

// src/environments/unreached.ts
function noteUnreached(environments, workspace, notes) {
  for (let file of workspace.repository.files.values()) {
    let [first] = file.resources;
    !first || !isManifestFile(file) || workspace.directories.isSetAside(file.path) || workspace.isInChart(file.path) || environments.some(({ files }) => files.has(file.path)) || notes.add(
      "manifests that no environment reaches",
      "nothing deploys them as far as the repository shows",
      () => first.origin.at(["kind"])
    );
  }
}

// src/environments/settings-environments.ts
function settingsEnvironments({ environments }, workspace) {
  return environments.map(({ name, paths }) => {
    let matched = [...workspace.repository.files.keys()].filter(
      (path) => paths.some((glob) => matchesPathGlob(glob, path) || matchesPathGlob(`${glob}/**`, path))
    ), dirs = new Set(matched.map(parentOf).filter((dir) => workspace.graph.has(dir))), included = new Set(
      [...dirs].flatMap(
        (dir) => [...workspace.graph.resourcesOf(dir), ...workspace.graph.componentsOf(dir)].map(({ path }) => path)
      )
    ), builds = [...dirs].filter(
      (dir) => !included.has(dir) && workspace.graph.kustomizations.get(dir)?.component === !1
    ).map((dir) => workspace.build(dir)), kustomized = new Set([...dirs].flatMap((dir) => [...workspace.graph.closureOf(dir)])), plain = matched.filter((path) => !kustomized.has(path) && !workspace.isInChart(path));
    return assemble({ name, roots: paths, because: "settings" }, [...builds, workspace.files(plain)]);
  });
}

// src/environments/standalone-charts.ts
function standaloneChart(dir, workspace) {
  let chart = workspace.repository.files.get(joinPath(dir, "Chart.yaml"))?.parsed.documents[0]?.value, releaseName2 = asText(field2(chart, "name")), part = chartContribution(dir, workspace, void 0, { release: { path: dir, releaseName: releaseName2, namespace: "", valuesFiles: [], includeCrds: !0 }, by: joinPath(dir, "Chart.yaml") });
  if (!part.rendered) return part;
  let opaque = [{ what: `chart ${dir || "."} with other values`, namespaces: void 0 }];
  return { ...part, opaque, assumed: part.rendered };
}
function standaloneCharts(environments, workspace) {
  let { charts, directories, renderings } = workspace;
  return [...charts].filter(
    (dir) => !workspace.isInChart(joinPath(dir, "Chart.yaml")) && !directories.isSetAside(`${dir}/`) && renderings.isWanted(directories.filesBelow(dir)) && !environments.some(({ files }) => files.has(joinPath(dir, "Chart.yaml")))
  ).map((dir) => assemble({
    name: dir || "default",
    roots: [dir],
    because: "a chart, with its own default values"
  }, [standaloneChart(dir, workspace)]));
}

// src/environments/collisions.ts
var SHARE = 0.5, MANY = 4;
function splitAtCollisions(atoms, depth = 0) {
  let variants = depth > 20 ? /* @__PURE__ */ new Set() : variantDirectories(atoms);
  if (variants.size === 0) return [{ dir: "", atoms }];
  let groups2 = /* @__PURE__ */ new Map();
  for (let atom of atoms) {
    let dir = outermost(atom.dir, variants);
    groups2.set(dir, [...groups2.get(dir) ?? [], atom]);
  }
  return [...groups2].sort(([a], [b]) => byText(a, b)).flatMap(([dir, members]) => dir === "" ? [{ dir, atoms: members }] : splitAtCollisions(members, depth + 1).map((inner) => ({
    dir: inner.dir === "" ? dir : inner.dir,
    atoms: inner.atoms
  })));
}
function variantDirectories(atoms) {
  let places = /* @__PURE__ */ new Map();
  for (let { dir, ids } of atoms)
    for (let id of ids) places.set(id, (places.get(id) ?? /* @__PURE__ */ new Set()).add(dir));
  let shared = /* @__PURE__ */ new Map();
  for (let dirs of places.values())
    for (let dir of parted([...dirs])) shared.set(dir, (shared.get(dir) ?? 0) + 1);
  if (shared.size === 0) return /* @__PURE__ */ new Set();
  let sizes = /* @__PURE__ */ new Map();
  for (let dirs of places.values()) {
    let above = new Set([...dirs].flatMap((dir) => prefixes(dir)));
    for (let dir of above) shared.has(dir) && sizes.set(dir, (sizes.get(dir) ?? 0) + 1);
  }
  let isVariant = ([dir, count2]) => count2 >= MANY || count2 >= SHARE * (sizes.get(dir) ?? 0);
  return new Set([...shared].filter(isVariant).map(([dir]) => dir));
}
function parted(dirs) {
  let [first, ...rest] = dirs;
  if (first === void 0 || rest.length === 0) return [];
  let top = rest.reduce(commonDirectory, first), children = /* @__PURE__ */ new Map();
  for (let dir of dirs) {
    let child = childOf(top, dir);
    children.set(child, [...children.get(child) ?? [], dir]);
  }
  let siblings = [...children.keys()].filter((child) => child !== top);
  return [...siblings, ...siblings.flatMap((child) => parted(children.get(child) ?? []))];
}
function prefixes(dir) {
  let steps = dir === "" ? [] : dir.split("/");
  return steps.map((_, index) => steps.slice(0, index + 1).join("/"));
}
function childOf(top, dir) {
  if (dir === top) return top;
  let rest = top === "" ? dir : dir.slice(top.length + 1);
  return joinPath(top, rest.split("/")[0] ?? "");
}
function outermost(dir, variants) {
  let current = "";
  for (let step2 of dir.split("/"))
    if (current = joinPath(current, step2), variants.has(current)) return current;
  return "";
}

// src/environments/helmfile.ts
function isHelmfile(path) {
  return /^helmfile[\w.-]*\.ya?ml$/.test(baseName(path)) || baseName(parentOf(path)) === "helmfile.d";
}
function helmfileContribution(file, workspace) {
  let { repository } = workspace, local = [], charts = [], opaque = [], files = /* @__PURE__ */ new Set([file.path]);
  for (let document of file.parsed.documents) {
    let repositories = repositoriesOf(document.value);
    asList(field2(document.value, "releases")).forEach((release3, index) => {
      if (field2(release3, "installed") === !1) return;
      let chart = releaseOf({ release: release3, index, file, document, repository }, repositories, files);
      if (charts.push(chart), isOfficialIstioChart({ name: chart.chart, repository: chart.repository })) return;
      let namespaces = isKnown(chart.namespace) && chart.namespace !== "" ? [chart.namespace] : void 0, deployed = localRelease({ release: release3, index, file, document, repository }, chart);
      if (deployed && workspace.charts.has(deployed.release.path)) {
        local.push(chartContribution(deployed.release.path, workspace, namespaces, deployed));
        return;
      }
      opaque.push({ what: `helmfile release ${chart.releaseName}`, namespaces, at: chart.at });
    });
  }
  return merged([{ ...NOTHING, files, charts, opaque }, ...local]);
}
function localRelease(described, chart) {
  let { release: release3, file } = described, written2 = asText(field2(release3, "chart")), path = /^\.{1,2}(?:\/|$)/.test(written2) ? resolvePath(parentOf(file.path), written2) : void 0;
  if (path === void 0) return;
  let doubt = undecided2(described);
  return {
    release: {
      path,
      releaseName: chart.releaseName,
      namespace: chart.namespace,
      valuesFiles: [],
      values: chart.values,
      valuesAt: (asked2) => chart.valueAt(asked2),
      includeCrds: !0
    },
    by: file.path,
    ...doubt === void 0 ? {} : { doubt }
  };
}
function undecided2({ release: release3, file, repository }) {
  return asList(field2(release3, "values")).some((entry2) => {
    let path = resolvePath(parentOf(file.path), asText(entry2));
    return asMap(entry2) === void 0 && (path === void 0 || !repository.files.has(path));
  }) ? "some of its values files stand elsewhere" : asList(field2(release3, "secrets")).length > 0 ? "some of its values are secrets" : JSON.stringify(release3).includes("{{") ? "its values hold placeholders" : void 0;
}
function releaseOf({ release: release3, index, file, document, repository }, repositories, files) {
  let text2 = (key) => scalarText2(field2(release3, key)) ?? "", path = ["releases", index], layers = valueLayers({ release: release3, index, file, document, repository }, files), slash = text2("chart").lastIndexOf("/"), alias = text2("chart").slice(0, Math.max(0, slash));
  return {
    chart: text2("chart").slice(slash + 1),
    repository: repositories.get(alias) ?? alias,
    version: text2("version"),
    releaseName: text2("name"),
    namespace: text2("namespace"),
    values: layers.reduce((merged6, { values }) => deepMerged(merged6, values), {}),
    installer: "helm",
    at: locationIn(file.path, document, [...path, text2("version") === "" ? "chart" : "version"]),
    valueAt(asked2) {
      let last = layers.findLast(({ values }) => valueAt(values, asked2) !== void 0);
      return last ? last.at(asked2) : locationIn(file.path, document, path);
    }
  };
}
function valueLayers({ release: release3, index, file, document, repository }, files) {
  let base = ["releases", index], layers = asList(field2(release3, "values")).flatMap((entry2, at2) => {
    let inline = asMap(entry2);
    if (inline)
      return [
        { values: inline, at: (path) => locationIn(file.path, document, [...base, "values", at2, ...path]) }
      ];
    let resolved = resolvePath(parentOf(file.path), asText(entry2)), source2 = resolved === void 0 ? void 0 : repository.files.get(resolved), parsed = source2?.parsed.documents[0], values = asMap(parsed?.value);
    return !source2 || !parsed || !values ? [] : (files.add(source2.path), [{ values, at: (path) => locationIn(source2.path, parsed, path) }]);
  }), set2 = asList(field2(release3, "set")).map((entry2, at2) => {
    let path = asText(field2(entry2, "name")).split(".");
    return { values: asMap(withValueAt({}, path, field2(entry2, "value"))) ?? {}, at: () => locationIn(file.path, document, [...base, "set", at2, "value"]) };
  });
  return [...layers, ...set2];
}
function repositoriesOf(value2) {
  return new Map(
    asList(field2(value2, "repositories")).map((entry2) => [
      asText(field2(entry2, "name")),
      asText(field2(entry2, "url"))
    ])
  );
}
function deepMerged(below, above, depth = 0) {
  let merged6 = { ...below };
  for (let [key, value2] of Object.entries(above)) {
    let [lower, upper] = [asMap(field2(below, key)), asMap(value2)];
    key !== "__proto__" && (merged6[key] = lower && upper && depth < 50 ? deepMerged(lower, upper, depth + 1) : value2);
  }
  return merged6;
}

// src/environments/structure-environments.ts
var MAX_SHARING = 8;
function structureEnvironments(workspace, notes) {
  let { directories } = workspace, units = unitsOf(workspace, notes), deployed = units.filter(({ dir }) => directories.asideAt(`${dir}/`) === void 0), shown5 = units.filter(({ dir }) => directories.asideAt(`${dir}/`)?.as === "shown"), named2 = /* @__PURE__ */ new Map(), common = [];
  for (let unit2 of deployed) {
    let name = directories.names.of(unit2.dir);
    name === void 0 ? common.push(unit2) : named2.set(name, [...named2.get(name) ?? [], unit2]);
  }
  let environments = named2.size > 0 ? byName(named2, common) : bySimilarity(common, "default");
  return [...environments, ...shownEnvironments(shown5, directories, environments.length === 0)];
}
function byName(named2, common) {
  let sharing = named2.size <= MAX_SHARING, shared = sharing ? common : [], environments = [...named2].flatMap(([name, units]) => splitAtCollisions(units).map(({ dir, atoms }) => {
    let full = dir === "" ? name : `${name}/${baseName(dir)}`;
    return environmentOf(full, nameReason(atoms), atoms, shared);
  }));
  return sharing ? environments : [...bySimilarity(common, "default"), ...environments];
}
function nameReason(units) {
  return units.every(({ kind }) => kind === "kustomize") ? "kustomize overlays of that name" : "directories of that name";
}
function bySimilarity(units, rest) {
  if (units.every(
    ({ part }) => part.resources.length === 0 && part.charts.length === 0 && part.opaque.length === 0
  ))
    return [];
  let groups2 = splitAtCollisions(units);
  return groups2.length === 1 ? [environmentOf(rest, wholeReason(units), units, [])] : groups2.map(({ dir, atoms }) => dir === "" ? environmentOf(rest, "what no other environment holds", atoms, []) : environmentOf(dir, "a directory whose objects other directories hold too", atoms, []));
}
function wholeReason(units) {
  let kustomized = units.filter(({ kind }) => kind === "kustomize"), [only] = kustomized;
  return only && units.length === 1 ? `the kustomization in ${only.dir || "the root"}` : kustomized.length === units.length ? "the kustomizations that nobody includes" : "the whole repository";
}
function shownEnvironments(units, directories, alone) {
  let byDirectory = /* @__PURE__ */ new Map();
  for (let unit2 of units) {
    let dir = directories.asideAt(`${unit2.dir}/`)?.dir ?? "";
    byDirectory.set(dir, [...byDirectory.get(dir) ?? [], unit2]);
  }
  return [...byDirectory].sort(([a], [b]) => byText(a, b)).flatMap(([dir, members]) => bySimilarity(members, alone && byDirectory.size === 1 ? "default" : dir)).map((environment) => ({ ...environment, because: "manifests shown to readers, kept apart" }));
}
function environmentOf(name, because, own3, common) {
  let units = [...common, ...own3].sort((a, b) => byText(a.dir, b.dir)), roots = own3.map(({ dir }) => dir);
  return assemble(
    { name, because, roots: because === "the whole repository" ? [""] : roots },
    units.map(({ part }) => part)
  );
}
function unitsOf(workspace, notes) {
  let included = workspace.graph.includedDirectories(), overlays = [...workspace.graph.kustomizations.values()].filter(
    ({ dir, component: component4 }) => !component4 && !included.has(dir) && !isLibrary(dir)
  ).map(({ dir }) => unit(dir, "kustomize", workspace.build(dir))), charts = [...workspace.charts].filter((dir) => !workspace.isInChart(dir)).map((dir) => unit(dir, "chart", standaloneChart(dir, workspace))), helmfiles = [...workspace.repository.files.values()].filter(({ path }) => isHelmfile(path)).map((file) => unit(parentOf(file.path), "helmfile", helmfileContribution(file, workspace)));
  return [...overlays, ...charts, ...helmfiles, ...plainUnits(workspace, notes)];
}
function plainUnits(workspace, notes) {
  let { directories, graph } = workspace, reached = new Set([...graph.kustomizations.keys()].flatMap((dir) => [...graph.closureOf(dir)]));
  return [...directories.all].flatMap((dir) => {
    let paths = directories.filesIn(dir).filter((path) => !reached.has(path)), [first] = paths;
    if (first === void 0 || workspace.isInChart(first)) return [];
    let part = workspace.files(paths.filter((path) => isManifestFile({ path }))), why = whyNotDeployed(dir, workspace);
    if (why === void 0) return part.files.size > 0 ? [unit(dir, "plain", part)] : [];
    for (let resource of part.resources) notes.add(why.what, why.why, () => resource.origin.at(["kind"]));
    return [];
  });
}
function whyNotDeployed(dir, workspace) {
  let aside = workspace.directories.asideAt(`${dir}/`);
  return aside?.as === "retired" || aside?.as === "foreign" ? { what: `manifests in ${aside.dir}`, why: "the directory is not taken for part of a cluster" } : isKustomized(dir, workspace) ? { what: "manifests that no kustomization lists", why: UNLISTED } : void 0;
}
var UNLISTED = "nothing deploys them as far as the repository shows";
function isKustomized(dir, workspace) {
  for (let current = dir; current !== ""; current = parentOf(current))
    if (workspace.graph.has(current)) return !0;
  return workspace.graph.has("");
}
function unit(dir, kind, part) {
  let ids = kind === "chart" ? [] : part.resources.filter(isOfAMesh).map(idOf);
  return { dir, kind, part, ids };
}
function isOfAMesh({ group }) {
  return isBuiltIn(group) || group.endsWith("istio.io");
}
function idOf({ kind, group, namespace, name }) {
  return `${kind}.${group} ${namespace}/${name}`;
}
function isLibrary(dir) {
  return /(?:^|\/)(?:base|bases|components|lib)$/.test(dir);
}

// src/environments/discover.ts
var MOST_ROUNDS = 4;
async function environmentsOf(repository, settings, cache = new EnvironmentCache(), rendering) {
  let workspace = await Workspace.open(repository, cache, rendering), notes = new Notes(), environments = found(workspace, settings, notes);
  for (let round = 0; round < MOST_ROUNDS && await workspace.renderings.settle(); round++)
    notes = new Notes(), environments = found(workspace, settings, notes);
  return {
    environments: withUniqueNames(environments).map((environment) => withProblems(environment, repository)).sort((a, b) => byText(a.name, b.name)),
    unchecked: notes.list()
  };
}
function found(workspace, settings, notes) {
  if (settings.environments.length > 0) return settingsEnvironments(settings, workspace);
  let flux = fluxClusters(workspace).map((cluster) => fluxEnvironment(cluster, workspace)), argo = flux.length > 0 ? [] : argoEnvironments(workspace), controlled = [...flux, ...argo];
  return controlled.length === 0 ? structureEnvironments(workspace, notes) : (noteUnreached(controlled, workspace, notes), [...controlled, ...standaloneCharts(controlled, workspace)]);
}
function withUniqueNames(environments) {
  let taken = /* @__PURE__ */ new Set();
  return environments.map((environment) => {
    let name = taken.has(environment.name) ? `${environment.name} (${environment.roots[0] ?? String(taken.size)})` : environment.name;
    return taken.add(name), name === environment.name ? environment : { ...environment, name };
  });
}
function withProblems(environment, repository) {
  let problems = repository.problems.filter(({ path }) => environment.files.has(path));
  return problems.length === 0 ? environment : { ...environment, problems };
}

// src/facts/versions.ts
var RELEASE = /^[v=]?(1)\.(\d{1,2})(?:\.(\d{1,3}|[xX*]))?(?![\d.])/, PACKAGED = /\+up(1\.\d{1,2}\.\d{1,3})/;
function parseIstioVersion(text2) {
  let written2 = PACKAGED.exec(text2)?.[1] ?? text2.trim();
  if (!(written2.length > 128))
    return /^[~<>]/.test(written2) ? minorOfRange(written2) : /[<>|*{}$]|\s/.test(written2.replace(/\.[*]$/, "")) ? void 0 : release(written2);
}
function release(text2) {
  let match = RELEASE.exec(text2);
  if (!match) return;
  let patch = match[3];
  return {
    major: Number(match[1]),
    minor: Number(match[2]),
    patch: patch === void 0 || /\D/.test(patch) ? void 0 : Number(patch)
  };
}
function minorOfRange(range) {
  let tilde = /^~>?\s*(\S+)$/.exec(range)?.[1];
  if (tilde !== void 0) {
    let from = release(tilde);
    return from && { ...from, patch: void 0 };
  }
  let bounds = /^>=?\s*([^\s,]+)\s*,?\s*<(=?)\s*(\S+)$/.exec(range), lower = release(bounds?.[1] ?? ""), upper = release(bounds?.[3] ?? "");
  return !lower || !upper ? void 0 : (bounds?.[2] === "=" || (upper.patch ?? 0) > 0 ? upper.minor : upper.minor - 1) === lower.minor ? { ...lower, patch: void 0 } : void 0;
}
function versionTextOfNumber(value2) {
  let text2 = String(value2);
  return ["1", "1.1", "1.2", "1.3"].includes(text2) ? void 0 : text2;
}
function formatVersion(version) {
  let { major, minor, patch } = version;
  return patch === void 0 ? `${major}.${minor}` : `${major}.${minor}.${patch}`;
}
function compareVersions(a, b) {
  return a.major - b.major || a.minor - b.minor || (a.patch ?? 0) - (b.patch ?? 0);
}
function atLeast(version, minor) {
  return version && (version.major > 1 || version.minor >= minor);
}
function minorDistance(from, to) {
  return (to.major - from.major) * 1e3 + to.minor - from.minor;
}

// src/mesh/fields.ts
var NOTHING2 = Object.freeze(/* @__PURE__ */ Object.create(null)), NO_ITEMS = Object.freeze([]);
function isMapping(value2) {
  return typeof value2 == "object" && value2 !== null && !Array.isArray(value2);
}
function fieldAt(value2, ...path) {
  let here = value2;
  for (let step2 of path) {
    if (typeof here != "object" || here === null || !Object.hasOwn(here, step2)) return;
    here = here[step2];
  }
  return here;
}
function mappingAt(value2, ...path) {
  let found2 = fieldAt(value2, ...path);
  return isMapping(found2) ? found2 : NOTHING2;
}
function listAt(value2, ...path) {
  let found2 = fieldAt(value2, ...path);
  return Array.isArray(found2) ? found2 : NO_ITEMS;
}
function textAt(value2, ...path) {
  let found2 = fieldAt(value2, ...path);
  return typeof found2 == "string" ? found2 : "";
}
function numberAt(value2, ...path) {
  let found2 = fieldAt(value2, ...path);
  return typeof found2 == "number" && Number.isFinite(found2) ? found2 : void 0;
}
function textsAt(value2, ...path) {
  return listAt(value2, ...path).filter((item) => typeof item == "string");
}
function textMapAt(value2, ...path) {
  let texts2 = /* @__PURE__ */ Object.create(null);
  for (let [key, item] of Object.entries(mappingAt(value2, ...path)))
    typeof item == "string" ? texts2[key] = item : typeof item == "number" || typeof item == "boolean" ? texts2[key] = String(item) : item === null && (texts2[key] = "");
  return texts2;
}

// src/mesh/installations/installation.ts
var UNKNOWN_REVISION = "<set elsewhere>";

// src/mesh/installations/istiod-values.ts
function istiodSettings({ values, at: at2 }) {
  let webhook = mappingAt(values, "sidecarInjectorWebhook"), legacy = fieldAt(webhook, "useLegacySelectors"), autoInject = fieldAt(values, "global", "proxy", "autoInject"), unread2 = Object.keys(mappingAt(values, "global", "meshConfig")).sort();
  return {
    meshConfig: mappingAt(values, "meshConfig"),
    meshConfigAt: (path) => at2(["meshConfig", ...path]),
    ...unread2.length > 0 ? { unreadMeshConfig: { fields: unread2, at: at2(["global", "meshConfig"]) } } : {},
    env: Object.assign(
      /* @__PURE__ */ Object.create(null),
      textMapAt(values, "env"),
      textMapAt(values, "pilot", "env")
    ),
    injectsByDefault: fieldAt(webhook, "enableNamespacesByDefault") === !0,
    neverInject: listAt(webhook, "neverInjectSelector"),
    alwaysInject: listAt(webhook, "alwaysInjectSelector"),
    ...typeof autoInject == "string" ? { autoInject } : {},
    ...typeof legacy == "boolean" ? { legacySelectors: legacy } : {}
  };
}
function revisionOf(values) {
  let written2 = fieldAt(values, "revision");
  return typeof written2 == "number" ? String(written2) : typeof written2 == "string" && written2 !== "" ? written2 : "default";
}
function tagNames(values) {
  return listAt(values, "revisionTags").flatMap(
    (name, index) => typeof name == "string" && name !== "" ? [{ name, path: ["revisionTags", index] }] : []
  );
}

// src/mesh/installations/merge-values.ts
function mergeValues(under, over) {
  let merged6 = /* @__PURE__ */ Object.create(null);
  for (let [key, value2] of Object.entries(under)) merged6[key] = value2;
  for (let [key, value2] of Object.entries(over)) {
    let below = merged6[key];
    value2 === null ? Reflect.deleteProperty(merged6, key) : merged6[key] = isMapping(below) && isMapping(value2) ? mergeValues(below, value2) : value2;
  }
  return merged6;
}
function mergeLayers(layers, fallback) {
  let empty = /* @__PURE__ */ Object.create(null);
  return {
    values: layers.reduce((merged6, { values }) => mergeValues(merged6, values), empty),
    at: (path) => decidingLayer(layers, path)?.at(path) ?? fallback
  };
}
function decidingLayer(layers, path) {
  for (let length = path.length; length > 0; length--) {
    let asked2 = path.slice(0, length), layer = layers.findLast(({ values }) => fieldAt(values, ...asked2) !== void 0);
    if (layer) return layer;
  }
}
function nested(path, value2) {
  return path.reduceRight((inner, key) => {
    let map = /* @__PURE__ */ Object.create(null);
    return map[key] = inner, map;
  }, value2);
}

// src/mesh/installations/image-reference.ts
function parseImage(image) {
  let [reference = "", digest = ""] = image.split("@", 2), slash = reference.lastIndexOf("/"), last = reference.slice(slash + 1), colon = last.indexOf(":");
  return {
    hub: slash < 0 ? "" : reference.slice(0, slash),
    name: colon < 0 ? last : last.slice(0, colon),
    tag: colon < 0 ? "" : last.slice(colon + 1),
    digest
  };
}

// src/mesh/installations/version-fact.ts
function versionTextAt(value2, ...path) {
  let found2 = fieldAt(value2, ...path);
  return typeof found2 == "string" ? found2.trim() : typeof found2 == "number" ? versionTextOfNumber(found2) ?? "" : "";
}
function imageVersion(values, paths, chart) {
  for (let path of paths) {
    let written2 = versionTextAt(values.values, ...path), text2 = path.at(-1) === "image" ? parseImage(written2).tag : written2;
    if (text2 === "") continue;
    return { ...{ versionText: text2, at: values.at(path), confidence: chart.confidence }, version: parseIstioVersion(text2) };
  }
  return chart;
}

// src/mesh/installations/chart-release.ts
var TAG_PATHS = {
  istiod: [["pilot", "image"], ["pilot", "tag"], ["tag"], ["global", "tag"]],
  cni: [["cni", "tag"], ["tag"], ["global", "tag"]],
  ztunnel: [["tag"], ["global", "tag"]]
};
function chartInstallation(release3) {
  let values = mergeLayers(release3.layers, release3.versionAt);
  switch (release3.chart) {
    case "istiod":
      return istiod(release3, values);
    case "tags":
      return { tags: tagsOf(release3, values, revisionIn(release3, values)) };
    case "ambient":
      return ambient(release3, values);
    case "legacy-gateway":
      return { components: [component(release3, values, "gateway")] };
    default:
      return { components: [component(release3, values, release3.chart)] };
  }
}
function istiod(release3, values) {
  let fact = versionOf(release3, values, "istiod"), revision = revisionIn(release3, values);
  return { controlPlanes: [{
    revision,
    ...fact,
    installer: release3.installer,
    release: release3.releaseName,
    namespace: textAt(values.values, "global", "istioNamespace") || release3.namespace || "istio-system",
    resource: release3.resource,
    ...istiodSettings(values)
  }], tags: tagsOf(release3, values, revision) };
}
function ambient(release3, values) {
  let found2 = ["base", "istiod", "cni", "ztunnel"].map((chart) => {
    let own3 = {
      values: mappingAt(values.values, chart),
      at: (path) => values.at([chart, ...path])
    }, global = { values: { global: mappingAt(values.values, "global") }, at: values.at };
    return chartInstallation({ ...release3, chart, layers: [own3, global] });
  });
  return {
    controlPlanes: found2.flatMap(({ controlPlanes = [] }) => controlPlanes),
    components: found2.flatMap(({ components = [] }) => components),
    tags: found2.flatMap(({ tags = [] }) => tags)
  };
}
function component(release3, values, kind) {
  let revision = fieldAt(values.values, "revision");
  return {
    component: kind,
    name: release3.releaseName,
    namespace: release3.namespace,
    revision: kind === "gateway" && typeof revision == "string" && revision !== "" ? revision : void 0,
    ...versionOf(release3, values, kind),
    installer: release3.installer
  };
}
function versionOf(release3, values, kind) {
  let chart = chartVersion(release3);
  return kind === "istiod" || kind === "cni" || kind === "ztunnel" ? imageVersion(values, TAG_PATHS[kind], chart) : chart;
}
function chartVersion({ version, chartRelease, versionAt, confidence }) {
  return { version: chartRelease, versionText: version, at: versionAt, confidence };
}
function revisionIn(release3, values) {
  let written2 = fieldAt(values.values, "revision") !== void 0;
  return release3.valuesElsewhere && !written2 ? UNKNOWN_REVISION : revisionOf(values.values);
}
function tagsOf(release3, values, revision) {
  let tags = tagNames(values.values).map(({ name, path }) => ({
    name,
    revision,
    at: values.at(path),
    resource: release3.resource
  }));
  return atLeast(release3.chartRelease, 17) === !1 ? tags.slice(-1) : tags;
}

// src/mesh/installations/application-sets.ts
var MAX_APPLICATIONS3 = 200;
function applicationsOfSet(set2) {
  let elements = listAt(set2.body, "spec", "generators").flatMap(
    (generator, index) => elementsOf(generator, ["spec", "generators", index])
  ), template2 = mappingAt(set2.body, "spec", "template");
  return elements.length === 0 && elements.push({ values: {}, path: ["spec", "generators"] }), elements.slice(0, MAX_APPLICATIONS3).map((element) => ({
    name: filled2(textAt(template2, "metadata", "name"), element, /* @__PURE__ */ new Set()),
    spec: mappingAt({ spec: filled2(mappingAt(template2, "spec"), element, /* @__PURE__ */ new Set()) }, "spec"),
    at: (path) => set2.origin.at(sourceOf2(path, element, template2) ?? ["spec", "template", "spec", ...path])
  }));
}
function elementsOf(generator, path) {
  let own3 = listAt(generator, "list", "elements").flatMap(
    (element, index) => isMapping(element) ? [{ values: element, path: [...path, "list", "elements", index] }] : []
  ), combined = ["matrix", "merge"].flatMap(
    (kind) => listAt(generator, kind, "generators").flatMap(
      (inner, index) => elementsOf(inner, [...path, kind, "generators", index])
    )
  );
  return [...own3, ...combined];
}
var PLACEHOLDER = /\{\{-?\s*\.?([\w.-]+?)\s*-?\}\}/g;
function filled2(value2, element, inside) {
  if (typeof value2 == "string")
    return value2.replace(PLACEHOLDER, (whole2, name) => valueFor(name, element)?.text ?? whole2);
  if (typeof value2 != "object" || value2 === null || inside.has(value2)) return value2;
  inside.add(value2);
  let copy = Array.isArray(value2) ? value2.map((item) => filled2(item, element, inside)) : Object.fromEntries(Object.entries(value2).map(([key, item]) => [key, filled2(item, element, inside)]));
  return inside.delete(value2), copy;
}
function valueFor(name, element) {
  for (let path of [name.split("."), [name]]) {
    let found2 = fieldAt(element.values, ...path);
    if (typeof found2 == "string" || typeof found2 == "number") return { text: String(found2), path };
  }
}
function sourceOf2(path, element, template2) {
  let written2 = fieldAt(template2, "spec", ...path);
  if (typeof written2 != "string") return;
  let [only, ...more] = [...written2.matchAll(PLACEHOLDER)], found2 = more.length === 0 ? valueFor(only?.[1] ?? "", element) : void 0;
  return found2 && [...element.path, ...found2.path];
}

// src/mesh/installations/embedded-yaml.ts
function embeddedYaml(text2, block) {
  let document = parseFile(new TextEncoder().encode(text2), { json: !1 }).documents[0];
  if (!document || !isMapping(document.value)) return;
  let lines2 = text2.replace(/\n$/, "").split(`
`).length, first = firstLine(block, lines2);
  return {
    values: document.value,
    at(path) {
      if (first === void 0) return block;
      let { line, column, endLine } = document.locate(path);
      return { file: block.file, line: first + line - 1, column, endLine: first + endLine - 1 };
    }
  };
}
function firstLine(block, lines2) {
  let spanned = block.endLine - block.line + 1;
  return spanned === lines2 ? block.line : spanned === lines2 + 1 ? block.line + 1 : void 0;
}

// src/mesh/installations/istio-charts.ts
var CHARTS = /* @__PURE__ */ new Map([
  ["base", "base"],
  ["istio-init", "base"],
  ["istiod", "istiod"],
  ["istio-discovery", "istiod"],
  ["istiod-remote", "istiod"],
  ["istio", "istiod"],
  ["cni", "cni"],
  ["istio-cni", "cni"],
  ["ztunnel", "ztunnel"],
  ["gateway", "gateway"],
  ["istio-ingress", "legacy-gateway"],
  ["istio-egress", "legacy-gateway"],
  ["ambient", "ambient"],
  ["revisiontags", "tags"]
]), AMBIGUOUS = /* @__PURE__ */ new Set(["istio", "istio-ingress", "istio-egress"]), BEFORE_ISTIOD = /* @__PURE__ */ new Set(["istio", "istio-init"]), TELLING = /* @__PURE__ */ new Set(["istiod", "istio-discovery", "istiod-remote", "ztunnel"]), OFFICIAL = /^(?:https?|oci):\/\/(?:istio-release\.storage\.googleapis\.com\/charts|storage\.googleapis\.com\/istio-release\/|(?:[a-z]+\.)?gcr\.io\/istio-(?:release|testing)\/|registry\.istio\.io\/)|^(?:gcr\.io\/istio-release|registry\.istio\.io)\//;
function istioChart({ name, repository, version }) {
  let chart = CHARTS.get(name);
  if (chart === void 0) return;
  let parsed = parseIstioVersion(version), vendored2 = !BEFORE_ISTIOD.has(name) && (parsed?.minor === 1 || parsed?.minor === 2), chartRelease = vendored2 ? void 0 : parsed;
  return OFFICIAL.test(repository) ? { chart, confidence: "certain", chartRelease } : AMBIGUOUS.has(name) ? void 0 : (TELLING.has(name) || /istio/i.test(repository)) && (vendored2 || mayBeRelease(version, parsed)) ? { chart, confidence: "likely", chartRelease } : void 0;
}
function mayBeRelease(version, parsed) {
  return version === "" || !isKnown(version) || /[<>~^*|]/.test(version) ? !0 : parsed !== void 0 && parsed.minor >= 6;
}

// src/mesh/installations/argo-sources.ts
function argoReleases(application2) {
  let several = listAt(application2.spec, "sources");
  return (several.length > 0 ? several.map((_, index) => ["sources", index]) : [["source"]]).flatMap((path) => releaseOf2(application2, path));
}
function releaseOf2(application2, path) {
  let source2 = mappingAt(application2.spec, ...path), repository = textAt(source2, "repoURL"), chart = textAt(source2, "chart"), oci = repository.startsWith("oci://") && chart === "", name = oci ? repository.replace(/\/$/, "").split("/").at(-1) ?? "" : chart, version = versionTextAt(source2, "targetRevision"), recognised = istioChart({ name, repository: oci ? repository : `${repository}/`, version });
  if (!recognised || name === "") return [];
  let helm = mappingAt(source2, "helm");
  return [
    {
      ...recognised,
      releaseName: textAt(helm, "releaseName") || application2.name,
      namespace: textAt(application2.spec, "destination", "namespace"),
      version,
      versionAt: application2.at([...path, version === "" ? "chart" : "targetRevision"]),
      installer: "argocd",
      layers: layersOf(helm, (inner) => application2.at([...path, "helm", ...inner])),
      valuesElsewhere: valuesElsewhere(helm)
    }
  ];
}
function valuesElsewhere(helm) {
  let text2 = textAt(helm, "values"), unreadable2 = text2 !== "" && fieldAt(helm, "valuesObject") === void 0 && !embeddedYaml(text2, NOWHERE2);
  return listAt(helm, "valueFiles").length > 0 || listAt(helm, "fileParameters").length > 0 || unreadable2;
}
var NOWHERE2 = { file: "", line: 1, column: 1, endLine: 1 };
function layersOf(helm, at2) {
  let layers = [], text2 = textAt(helm, "values");
  if (fieldAt(helm, "valuesObject") !== void 0)
    layers.push({ values: mappingAt(helm, "valuesObject"), at: (path) => at2(["valuesObject", ...path]) });
  else if (text2 !== "") {
    let embedded = embeddedYaml(text2, at2(["values"]));
    embedded && layers.push(embedded);
  }
  return listAt(helm, "parameters").forEach((parameter, index) => {
    let name = textAt(parameter, "name");
    if (name === "" || name.includes("[")) return;
    let place = at2(["parameters", index, "value"]), value2 = parameterValue2(parameter);
    layers.push({ values: nested(name.split(".").slice(0, 20), value2), at: () => place });
  }), layers;
}
function parameterValue2(parameter) {
  let value2 = fieldAt(parameter, "value");
  return fieldAt(parameter, "forceString") === !0 ? value2 : value2 === "true" ? !0 : value2 === "false" ? !1 : value2;
}

// src/mesh/installations/argo-applications.ts
function argoCdReleases(resources) {
  return resources.flatMap((resource) => resource.group !== "argoproj.io" ? [] : (resource.kind === "Application" ? argoReleases({
    name: resource.name,
    spec: mappingAt(resource.body, "spec"),
    at: (path) => resource.origin.at(["spec", ...path])
  }) : resource.kind === "ApplicationSet" ? applicationsOfSet(resource).flatMap(argoReleases) : []).map((release3) => ({ ...release3, resource })));
}

// src/mesh/installations/declared-charts.ts
function declaredReleases({ charts }) {
  return charts.flatMap((declared2) => {
    let { chart: name, repository, version } = declared2, recognised = istioChart({ name, repository, version });
    return recognised ? [release2(declared2, recognised)] : [];
  });
}
function release2(declared2, recognised) {
  return {
    ...recognised,
    releaseName: declared2.releaseName,
    namespace: declared2.namespace,
    version: declared2.version,
    versionAt: declared2.at,
    installer: declared2.installer,
    layers: [{ values: declared2.values, at: (path) => declared2.valueAt(path) }],
    valuesElsewhere: !1,
    resource: void 0
  };
}

// src/mesh/installations/flux-sources.ts
var SOURCES = "source.toolkit.fluxcd.io";
function fluxChart2(release3, resources) {
  let reference = mappingAt(release3.body, "spec", "chartRef");
  if (textAt(reference, "name") !== "") {
    let source2 = findSource(reference, release3.namespace, resources);
    return source2?.kind === "OCIRepository" ? ociChart(source2) : source2?.kind === "HelmChart" ? templateChart(source2, ["spec"], resources) : void 0;
  }
  return templateChart(release3, ["spec", "chart", "spec"], resources);
}
function ociChart(source2) {
  let url = textAt(source2.body, "spec", "url").replace(/\/$/, ""), field4 = fieldAt(source2.body, "spec", "ref", "semver") === void 0 ? "tag" : "semver";
  return {
    name: url.slice(url.lastIndexOf("/") + 1),
    repository: url,
    version: versionTextAt(source2.body, "spec", "ref", field4),
    versionAt: source2.origin.at(["spec", "ref", field4])
  };
}
function templateChart(holder, path, resources) {
  let spec = mappingAt(holder.body, ...path), reference = mappingAt(spec, "sourceRef"), source2 = findSource(reference, holder.namespace, resources), url = source2 && textAt(source2.body, "spec", "url");
  return {
    // A Git source names a folder: `./charts/istiod`.
    name: textAt(spec, "chart").replace(/\/$/, "").split("/").at(-1) ?? "",
    repository: url === void 0 || url === "" ? textAt(reference, "name") : url,
    version: versionTextAt(spec, "version"),
    versionAt: holder.origin.at([...path, fieldAt(spec, "version") === void 0 ? "chart" : "version"])
  };
}
function findSource(reference, ownNamespace, resources) {
  let kind = textAt(reference, "kind"), name = textAt(reference, "name"), namespace = textAt(reference, "namespace") || ownNamespace, named2 = resources.filter(
    (candidate) => candidate.group === SOURCES && candidate.kind === kind && candidate.name === name
  );
  return named2.find((candidate) => candidate.namespace === namespace) ?? named2[0];
}

// src/mesh/installations/flux-releases.ts
function fluxReleases(resources) {
  return resources.filter(({ group, kind }) => group === "helm.toolkit.fluxcd.io" && kind === "HelmRelease").flatMap((resource) => releaseOf3(resource, resources));
}
function releaseOf3(resource, resources) {
  let chart = fluxChart2(resource, resources), recognised = chart && istioChart(chart);
  if (!recognised) return [];
  let target = textAt(resource.body, "spec", "targetNamespace"), from = valuesFrom(resource, resources);
  return [
    {
      ...recognised,
      releaseName: releaseName(resource, target),
      namespace: target || resource.namespace,
      version: chart.version,
      versionAt: chart.versionAt,
      installer: "flux",
      layers: [...from.layers, inlineValues(resource)],
      valuesElsewhere: from.missing,
      resource
    }
  ];
}
function releaseName(resource, target) {
  let written2 = textAt(resource.body, "spec", "releaseName");
  return written2 !== "" ? written2 : target === "" ? resource.name : `${target}-${resource.name}`;
}
function inlineValues(resource) {
  return {
    values: mappingAt(resource.body, "spec", "values"),
    at: (path) => resource.origin.at(["spec", "values", ...path])
  };
}
function valuesFrom(resource, resources) {
  let references = listAt(resource.body, "spec", "valuesFrom"), layers = references.map((reference) => referenced(reference, resource, resources)), missing = layers.some((layer, index) => !layer && fieldAt(references[index], "optional") !== !0);
  return { layers: layers.filter((layer) => layer !== void 0), missing };
}
function referenced(reference, release3, resources) {
  let name = textAt(reference, "name");
  if (textAt(reference, "kind") !== "ConfigMap" || !isKnown(name)) return;
  let source2 = resources.find(
    (candidate) => candidate.kind === "ConfigMap" && candidate.group === "" && candidate.name === name && (candidate.namespace === release3.namespace || candidate.namespace === "")
  ), key = textAt(reference, "valuesKey") || "values.yaml", text2 = source2 && textAt(source2.body, "data", key);
  if (text2 === void 0 || text2 === "") return;
  let block = source2?.origin.at(["data", key]);
  if (!block) return;
  let target = textAt(reference, "targetPath");
  return target === "" ? embeddedYaml(text2, block) : { values: nested(target.split(".").slice(0, 20), text2), at: () => block };
}

// src/mesh/installations/k3s-helm-charts.ts
function k3sReleases(resources) {
  return resources.flatMap((resource) => {
    if (resource.group !== "helm.cattle.io" || resource.kind !== "HelmChart") return [];
    let repository = textAt(resource.body, "spec", "repo"), chart = textAt(resource.body, "spec", "chart").split("/").at(-1) ?? "", version = versionTextAt(resource.body, "spec", "version"), recognised = istioChart({ name: chart, repository, version });
    if (!recognised) return [];
    let text2 = textAt(resource.body, "spec", "valuesContent"), values = embeddedYaml(text2, resource.origin.at(["spec", "valuesContent"]));
    return [
      {
        ...recognised,
        releaseName: resource.name,
        namespace: textAt(resource.body, "spec", "targetNamespace") || resource.namespace,
        version,
        versionAt: resource.origin.at(["spec", version === "" ? "chart" : "version"]),
        installer: "helm",
        layers: values ? [values] : [],
        valuesElsewhere: text2 !== "" && !values || fieldAt(resource.body, "spec", "set") !== void 0,
        resource
      }
    ];
  });
}

// src/mesh/installations/chart-releases.ts
function chartReleases(environment) {
  return [
    ...fluxReleases(environment.resources),
    ...argoCdReleases(environment.resources),
    ...k3sReleases(environment.resources),
    ...declaredReleases(environment)
  ];
}

// src/mesh/installations/istio-images.ts
var PROGRAMS = /(?:^|\/)(?:pilot|proxyv2|install-cni|ztunnel|operator)(?:[-:@]|$)/;
function mayRunIstio({ kind, body }) {
  return kind !== "Deployment" && kind !== "DaemonSet" ? !1 : listAt(body, "spec", "template", "spec", "containers").some(
    (container) => textAt(container, "name") === "discovery" || PROGRAMS.test(textAt(container, "image"))
  );
}

// src/mesh/installations/istio-operator.ts
var WITHOUT_ISTIOD = /* @__PURE__ */ new Set(["empty"]);
function readIstioOperators(resources) {
  return resources.filter(({ group, kind }) => group === "install.istio.io" && kind === "IstioOperator").map(installationOf);
}
function installationOf(resource) {
  let spec = mappingAt(resource.body, "spec"), values = translated(resource, spec), revision = revisionOf(values.values), namespace = textAt(values.values, "global", "istioNamespace") || "istio-system", fact = imageVersion(
    values,
    [
      ["pilot", "tag"],
      ["global", "tag"]
    ],
    { version: void 0, versionText: "", at: objectAt(resource, spec), confidence: "certain" }
  ), gateways = gatewaysOf(resource, spec, values, namespace), components = [...fieldAt(spec, "components", "cni", "enabled") === !0 ? [cniOf(resource, values, namespace)] : [], ...gateways];
  return installsIstiod(spec) ? {
    controlPlanes: [{
      revision,
      ...fact,
      installer: "istioctl",
      release: resource.name,
      namespace,
      resource,
      ...istiodSettings(values)
    }],
    components,
    tags: tagNames(values.values).map(({ name, path }) => ({
      name,
      revision,
      at: values.at(path),
      resource
    }))
  } : { components };
}
function installsIstiod(spec) {
  let enabled = fieldAt(spec, "components", "pilot", "enabled");
  return typeof enabled == "boolean" ? enabled : !WITHOUT_ISTIOD.has(textAt(spec, "profile"));
}
function objectAt(resource, spec) {
  let written2 = ["revision", "profile"].find((field4) => fieldAt(spec, field4) !== void 0);
  return resource.origin.at(written2 === void 0 ? ["metadata", "name"] : ["spec", written2]);
}
function translated(resource, spec) {
  let layers = [], take2 = (field4, target) => {
    let value2 = fieldAt(spec, ...field4);
    if (value2 == null) return;
    let at2 = (path) => resource.origin.at(["spec", ...field4, ...path.slice(target.length)]);
    layers.push({ values: nested(target, value2), at: at2 });
  };
  take2(["namespace"], ["global", "istioNamespace"]), take2(["tag"], ["global", "tag"]), take2(["revision"], ["revision"]), take2(["meshConfig"], ["meshConfig"]), take2(["components", "pilot", "tag"], ["pilot", "tag"]), take2(["components", "cni", "tag"], ["cni", "tag"]);
  let env = envOf(spec);
  if (Object.keys(env).length > 0) {
    let at2 = () => resource.origin.at(["spec", "components", "pilot", "k8s", "env"]);
    layers.push({ values: nested(["pilot", "env"], env), at: at2 });
  }
  return layers.push({
    values: mappingAt(spec, "values"),
    at: (path) => resource.origin.at(["spec", "values", ...path])
  }), mergeLayers(layers, resource.origin.at(["spec"]));
}
function envOf(spec) {
  let env = /* @__PURE__ */ Object.create(null);
  for (let entry2 of listAt(spec, "components", "pilot", "k8s", "env")) {
    let name = textAt(entry2, "name"), value2 = fieldAt(entry2, "value");
    name !== "" && typeof value2 == "string" && (env[name] = value2);
  }
  return env;
}
function gatewaysOf(resource, spec, values, namespace) {
  return ["ingressGateways", "egressGateways"].flatMap(
    (field4) => listAt(spec, "components", field4).flatMap((gateway, index) => {
      if (fieldAt(gateway, "enabled") !== !0) return [];
      let path = ["spec", "components", field4, index], own3 = {
        values: mappingAt(gateway),
        at: (inner) => resource.origin.at([...path, ...inner])
      }, nothing = {
        version: void 0,
        versionText: "",
        at: own3.at(["name"]),
        confidence: "certain"
      }, fact = imageVersion(own3, [["tag"]], imageVersion(values, [["global", "tag"]], nothing)), where = textAt(gateway, "namespace") || namespace;
      return [component2(resource, "gateway", textAt(gateway, "name"), where, fact)];
    })
  );
}
function cniOf(resource, values, namespace) {
  let spec = mappingAt(resource.body, "spec"), nothing = { version: void 0, versionText: "", at: resource.origin.at(["spec", "components", "cni"]), confidence: "certain" }, fact = imageVersion(
    values,
    [
      ["cni", "tag"],
      ["global", "tag"]
    ],
    nothing
  ), where = textAt(spec, "components", "cni", "namespace") || namespace;
  return component2(resource, "cni", "istio-cni", where, fact);
}
function component2(resource, kind, name, namespace, fact) {
  return {
    component: kind,
    name: name === "" ? resource.name : name,
    namespace,
    revision: void 0,
    ...fact,
    installer: "istioctl"
  };
}

// src/mesh/installations/rendered-version.ts
var VERSION_LABELS = ["app.kubernetes.io/version", "operator.istio.io/version", "helm.sh/chart"];
function objectVersion(resource, container) {
  let tag2 = parseImage(container.image).tag, imageAt = resource.origin.at([...container.path, "image"]), parsed = parseIstioVersion(tag2);
  if (parsed) return { version: parsed, versionText: tag2, at: imageAt, confidence: "certain" };
  for (let label of VERSION_LABELS) {
    let text2 = (resource.labels[label] ?? "").replace(/^[a-z-]+-(?=\d)/, ""), version = parseIstioVersion(text2);
    if (!version) continue;
    let at2 = resource.origin.at(["metadata", "labels", label]);
    return { version, versionText: text2, at: at2, confidence: "likely" };
  }
  return { version: void 0, versionText: tag2, at: imageAt, confidence: "certain" };
}

// src/mesh/installations/rendered-components.ts
function readRenderedComponents(workloads) {
  return workloads.flatMap((workload) => {
    let found2 = componentIn(workload);
    if (!found2) return [];
    let { kind, container } = found2;
    return [
      {
        component: kind,
        name: workload.name,
        namespace: workload.namespace,
        revision: kind === "gateway" ? workload.labels["istio.io/rev"] ?? void 0 : void 0,
        ...objectVersion(workload.resource, container),
        installer: "manifests"
      }
    ];
  });
}
function componentIn({ kind, containers }) {
  let application2 = containers.filter(({ init }) => !init), [first] = application2;
  if (!first) return;
  let image = parseImage(first.image);
  return kind === "DaemonSet" && image.name === "install-cni" ? { kind: "cni", container: first } : kind === "DaemonSet" && image.name === "ztunnel" ? { kind: "ztunnel", container: first } : image.name === "operator" && /istio/.test(image.hub) ? { kind: "operator", container: first } : application2.every((container) => parseImage(container.image).name === "proxyv2") ? { kind: "gateway", container: first } : void 0;
}

// src/mesh/installations/rendered-control-planes.ts
function readRenderedControlPlanes(workloads, resources) {
  return {
    controlPlanes: workloads.flatMap((workload) => {
      let container = istiodContainer(workload);
      return container ? [controlPlaneOf(workload, container, resources)] : [];
    }),
    tags: renderedTags(resources)
  };
}
function istiodContainer({ kind, name, labels: labels2, containers }) {
  if (kind !== "Deployment") return;
  let named2 = /^(?:istiod|istio-pilot)(?:-|$)/.test(name), labelled2 = labels2.app === "istiod" || labels2.istio === "pilot";
  if (!named2 && !labelled2) return;
  let application2 = containers.filter(({ init }) => !init);
  return application2.find(({ image }) => /^pilot(?:-|$)/.test(parseImage(image).name)) ?? application2.find((container) => container.name === "discovery");
}
function controlPlaneOf(workload, container, resources) {
  let { resource, namespace } = workload, revision = revisionOf2(workload, container), suffix = revision === "default" ? "" : `-${revision}`, near = resources.filter(
    (candidate) => candidate.kind === "ConfigMap" && candidate.namespace === namespace
  ), mesh = configMapText(near, `istio${suffix}`, "mesh"), injector = configMapText(near, `istio-sidecar-injector${suffix}`, "config"), policy = textAt(injector?.values, "policy"), values = configMapText(near, `istio-sidecar-injector${suffix}`, "values"), fact = objectVersion(resource, container);
  return {
    revision,
    ...fact.versionText === "" && values ? injectorVersion(values, fact) : fact,
    installer: "manifests",
    release: resource.name,
    namespace: namespace === "" ? "istio-system" : namespace,
    resource,
    meshConfig: mesh?.values ?? {},
    ...mesh ? { meshConfigAt: (path) => mesh.at(path) } : {},
    env: container.env,
    injectsByDefault: injectsByDefault(resources, revision),
    neverInject: listAt(injector?.values, "neverInjectSelector"),
    alwaysInject: listAt(injector?.values, "alwaysInjectSelector"),
    ...policy === "" ? {} : { autoInject: policy }
  };
}
function injectorVersion(values, image) {
  let fact = imageVersion(values, [["global", "tag"]], image);
  return fact.version ? { ...fact, confidence: "likely" } : image;
}
function revisionOf2({ resource, labels: labels2, name }, container) {
  let written2 = container.env.REVISION ?? labels2["istio.io/rev"] ?? resource.labels["istio.io/rev"];
  return written2 !== void 0 ? written2 === "" ? "default" : written2 : /^istiod-(.+)$/.exec(name)?.[1] ?? "default";
}
function configMapText(configMaps, name, key) {
  let source2 = configMaps.findLast((candidate) => candidate.name === name), text2 = source2 && textAt(source2.body, "data", key);
  return source2 && text2 ? embeddedYaml(text2, source2.origin.at(["data", key])) : void 0;
}
function isWebhookConfiguration(resource) {
  return resource.kind === "MutatingWebhookConfiguration";
}
function injectsByDefault(resources, revision) {
  return resources.some(
    (resource) => isWebhookConfiguration(resource) && resource.labels["istio.io/rev"] === revision && listAt(resource.body, "webhooks").some((entry2) => textAt(entry2, "name").startsWith("auto."))
  );
}
function renderedTags(resources) {
  let webhooks = resources.filter(isWebhookConfiguration).flatMap(tagOf), names2 = new Set(webhooks.map(({ name }) => name)), services = resources.filter(({ kind, group }) => kind === "Service" && group === "").flatMap(tagOf);
  return [...webhooks, ...services.filter(({ name }) => !names2.has(name))];
}
function tagOf(resource) {
  let name = resource.labels["istio.io/tag"], revision = resource.labels["istio.io/rev"];
  return !name || !revision ? [] : [{ name, revision, at: resource.origin.at(["metadata", "labels", "istio.io/rev"]), resource }];
}

// src/mesh/installations/sail.ts
var SAIL = "sailoperator.io";
function readSail(resources) {
  let objects = resources.filter(({ group }) => group === SAIL);
  return objects.map((resource) => {
    switch (resource.kind) {
      case "Istio":
      case "IstioRevision":
        return istiod2(resource);
      case "IstioRevisionTag":
        return { tags: [tag(resource, objects)] };
      case "IstioCNI":
        return { components: [component3(resource, "cni")] };
      case "ZTunnel":
        return { components: [component3(resource, "ztunnel")] };
      default:
        return {};
    }
  });
}
function istiod2(resource) {
  let values = {
    values: mappingAt(resource.body, "spec", "values"),
    at: (path) => resource.origin.at(["spec", "values", ...path])
  };
  return { controlPlanes: [{
    revision: activeRevision(resource),
    ...versionOf2(resource),
    installer: "sail",
    release: resource.name,
    namespace: systemNamespace(resource),
    resource,
    ...istiodSettings(values)
  }] };
}
function activeRevision(resource) {
  let inPlace = textAt(resource.body, "spec", "updateStrategy", "type") !== "RevisionBased";
  if (resource.kind === "IstioRevision" || inPlace) return resource.name;
  let version = versionTextAt(resource.body, "spec", "version");
  return version === "" ? UNKNOWN_REVISION : isKnown(version) ? `${resource.name}-${version.replaceAll(".", "-")}` : UNKNOWN_REVISION;
}
function tag(resource, objects) {
  let target = mappingAt(resource.body, "spec", "targetRef"), name = textAt(target, "name"), istio = objects.find((candidate) => candidate.kind === "Istio" && candidate.name === name), followed = istio ? activeRevision(istio) : UNKNOWN_REVISION, revision = textAt(target, "kind") === "Istio" ? followed : name;
  return { name: resource.name, revision, at: resource.origin.at(["spec", "targetRef", "name"]), resource };
}
function component3(resource, kind) {
  return {
    component: kind,
    name: resource.name,
    namespace: systemNamespace(resource),
    revision: void 0,
    ...versionOf2(resource),
    installer: "sail"
  };
}
function versionOf2(resource) {
  let versionText = versionTextAt(resource.body, "spec", "version");
  return {
    version: parseIstioVersion(versionText),
    versionText,
    at: resource.origin.at(versionText === "" ? ["metadata", "name"] : ["spec", "version"]),
    confidence: "certain"
  };
}
var DEFAULT_NAMESPACES = /* @__PURE__ */ new Map([
  ["IstioCNI", "istio-cni"],
  ["ZTunnel", "ztunnel"]
]);
function systemNamespace(resource) {
  return textAt(resource.body, "spec", "namespace") || (DEFAULT_NAMESPACES.get(resource.kind) ?? "istio-system");
}

// src/mesh/kinds.ts
var ISTIO_GROUPS = /* @__PURE__ */ new Set([
  "networking.istio.io",
  "security.istio.io",
  "telemetry.istio.io",
  "extensions.istio.io",
  "install.istio.io"
]), CORE_GROUPS = /* @__PURE__ */ new Set([
  "",
  "apps",
  // Deployments, DaemonSets and ReplicaSets until Kubernetes 1.15.
  "extensions",
  "batch",
  "admissionregistration.k8s.io",
  "apiextensions.k8s.io",
  "policy",
  "autoscaling",
  "rbac.authorization.k8s.io"
]);
function kindName(group, kind) {
  return CORE_GROUPS.has(group) || ISTIO_GROUPS.has(group) ? kind : group === "gateway.networking.k8s.io" ? kind === "Gateway" ? "KubernetesGateway" : kind : `${kind}.${group}`;
}
var CLUSTER_SCOPED2 = /* @__PURE__ */ new Set([
  "Namespace",
  "Node",
  "CustomResourceDefinition",
  "MutatingWebhookConfiguration",
  "ValidatingWebhookConfiguration",
  "ClusterRole",
  "ClusterRoleBinding",
  "GatewayClass",
  "Istio.sailoperator.io",
  "IstioRevision.sailoperator.io",
  "IstioRevisionTag.sailoperator.io",
  "IstioCNI.sailoperator.io",
  "ZTunnel.sailoperator.io"
]);
function isClusterScoped2(kind) {
  return CLUSTER_SCOPED2.has(kind);
}

// src/mesh/workloads.ts
var TEMPLATE_PATHS = /* @__PURE__ */ new Map([
  ["Deployment", ["spec", "template"]],
  ["StatefulSet", ["spec", "template"]],
  ["DaemonSet", ["spec", "template"]],
  ["ReplicaSet", ["spec", "template"]],
  ["ReplicationController", ["spec", "template"]],
  ["Job", ["spec", "template"]],
  ["CronJob", ["spec", "jobTemplate", "spec", "template"]],
  ["Pod", []],
  ["PodTemplate", ["template"]],
  ["Rollout.argoproj.io", ["spec", "template"]],
  ["Service.serving.knative.dev", ["spec", "template"]],
  ["Configuration.serving.knative.dev", ["spec", "template"]],
  ["DeploymentConfig.apps.openshift.io", ["spec", "template"]]
]);
function makesPods(resource) {
  return TEMPLATE_PATHS.has(kindName(resource.group, resource.kind));
}
function workloadsOf(resources) {
  let workloads = [];
  for (let resource of resources) {
    let template2 = TEMPLATE_PATHS.get(kindName(resource.group, resource.kind));
    template2 !== void 0 && resource.name !== "" && workloads.push(workloadOf(resource, template2));
  }
  return workloads;
}
function workloadOf(resource, template2) {
  let metadataPath = [...template2, "metadata"], specPath2 = [...template2, "spec"], metadata = mappingAt(resource.body, ...metadataPath), spec = mappingAt(resource.body, ...specPath2), elsewhere2 = templateElsewhere(resource, template2);
  return {
    resource,
    kind: resource.kind,
    namespace: resource.namespace,
    name: resource.name,
    labels: textMapAt(metadata, "labels"),
    annotations: textMapAt(metadata, "annotations"),
    spec,
    containers: containersOf(spec, specPath2),
    hostNetwork: fieldAt(spec, "hostNetwork") === !0,
    metadataPath,
    specPath: specPath2,
    ...elsewhere2 === void 0 ? {} : { templateElsewhere: elsewhere2 }
  };
}
function templateElsewhere(resource, template2) {
  if (fieldAt(resource.body, ...template2) !== void 0) return;
  let borrowed = mappingAt(resource.body, "spec", "workloadRef");
  if (Object.keys(borrowed).length !== 0)
    return `its pod template is that of ${textAt(borrowed, "kind")} ${textAt(borrowed, "name")}`;
}
function containersOf(spec, specPath2) {
  return ["containers", "initContainers"].flatMap(
    (field4) => listAt(spec, field4).flatMap((body, index) => {
      let container = mappingAt(body), path = [...specPath2, field4, index];
      return container === body ? [containerOf(container, field4 === "initContainers", path)] : [];
    })
  );
}
function containerOf(body, init, path) {
  let env = /* @__PURE__ */ Object.create(null);
  for (let entry2 of listAt(body, "env")) {
    let name = textAt(entry2, "name"), value2 = textMapAt(entry2).value;
    name !== "" && value2 !== void 0 && (env[name] = value2);
  }
  return {
    name: textAt(body, "name"),
    image: textAt(body, "image"),
    init,
    command: textsAt(body, "command"),
    args: textsAt(body, "args"),
    env,
    ports: listAt(body, "ports").flatMap((entry2) => {
      let port = numberAt(entry2, "containerPort");
      return port === void 0 ? [] : [{ name: textAt(entry2, "name"), port, protocol: textAt(entry2, "protocol") || "TCP" }];
    }),
    body,
    path
  };
}

// src/mesh/installations/gateway-chart.ts
function gatewayChartLabels(releaseName2, values) {
  let name = textAt(values, "name") || releaseName2, own3 = textMapAt(values, "labels"), revision = fieldAt(values, "revision"), network = textAt(values, "networkGateway"), labels2 = {
    ...own3,
    "sidecar.istio.io/inject": "true",
    app: own3.app ?? name,
    istio: own3.istio ?? name.replace(/^istio-/, ""),
    "app.kubernetes.io/name": name,
    "app.kubernetes.io/instance": releaseName2
  };
  return typeof revision == "string" && revision !== "" && (labels2["istio.io/rev"] = revision), network !== "" && (labels2["topology.istio.io/network"] = network), labels2;
}
function chartWorkloads(environment) {
  return chartReleases(environment).filter(({ chart }) => chart === "gateway" || chart === "legacy-gateway").map((release3) => {
    let { values } = mergeLayers(release3.layers, release3.versionAt), known = release3.chart === "gateway" && isKnown(release3.releaseName) && !release3.valuesElsewhere, { resource } = release3;
    return {
      name: textAt(values, "name") || release3.releaseName,
      namespace: release3.namespace,
      labels: known ? gatewayChartLabels(release3.releaseName, values) : void 0,
      what: resource ? `${resource.kind} ${resource.namespace === "" ? "" : `${resource.namespace}/`}${resource.name}` : `chart gateway as ${release3.releaseName}`,
      at: release3.versionAt
    };
  });
}

// src/mesh/control-planes.ts
function readInstallations(environment) {
  let { resources } = environment, workloads = workloadsOf(resources.filter(mayRunIstio)), declared2 = [
    ...readSail(resources),
    ...readIstioOperators(resources),
    ...chartReleases(environment).map(chartInstallation)
  ], rendered = [
    readRenderedControlPlanes(workloads, resources),
    { components: readRenderedComponents(workloads) }
  ], found2 = [...declared2, ...rendered], components = found2.flatMap((part) => part.components ?? []), operators = components.filter(({ component: component4 }) => component4 === "operator"), controlPlanes = withoutRenderings(found2.flatMap((part) => part.controlPlanes ?? [])).map(
    (controlPlane) => withOperatorVersion(controlPlane, operators)
  ), tags = found2.flatMap((part) => part.tags ?? []), incomplete = whyIncomplete(environment, controlPlanes, operators.length > 0);
  return {
    controlPlanes,
    components: [
      ...controlPlanes.map(istiodComponent),
      ...components.filter(({ component: component4 }) => component4 !== "istiod")
    ],
    tags: tags.filter((tag2, index) => tags.findIndex(sameAs(tag2)) === index),
    ...incomplete === void 0 ? {} : { incomplete }
  };
}
function sameAs(one) {
  return (other) => other.name === one.name && other.revision === one.revision;
}
function withoutRenderings(controlPlanes) {
  return controlPlanes.filter(
    (one) => !isRendering(one) || !controlPlanes.some(
      (other) => other.installer !== "manifests" && other.revision === one.revision && other.namespace === one.namespace
    )
  );
}
function isRendering({ installer, resource }) {
  return installer === "manifests" && (resource?.origin.through ?? []).some((step2) => /helm/i.test(step2));
}
function withOperatorVersion(controlPlane, operators) {
  let [only, ...others2] = operators;
  if (!only || others2.length > 0 || controlPlane.versionText !== "" || controlPlane.resource?.kind !== "IstioOperator") return controlPlane;
  let { version, versionText, at: at2 } = only;
  return { ...controlPlane, version, versionText, at: at2, confidence: "likely" };
}
function istiodComponent(controlPlane) {
  let { release: release3, revision, version, versionText, namespace, installer, at: at2, confidence } = controlPlane;
  return { component: "istiod", name: release3 ?? "istiod", namespace, revision, version, versionText, installer, at: at2, confidence };
}
var MAY_BRING_ISTIO = /istio|mesh|\basm\b|tetrate|gloo|kubeflow|knative|rancher|remote/i;
function whyIncomplete(environment, controlPlanes, hasOperator) {
  if (controlPlanes.length === 0) return "no control plane is written in this repository";
  if (!controlPlanes.every(({ revision }) => isKnown(revision)))
    return "a control plane gets its revision where this repository cannot show it";
  let byHand = controlPlanes.find(
    ({ installer, revision }) => installer === "istioctl" && revision === "default"
  );
  if (byHand && !hasOperator)
    return `istioctl may be told another revision than ${byHand.at.file} names`;
  let unsure = controlPlanes.find(
    ({ confidence, installer }) => confidence !== "certain" && installer !== "istioctl"
  );
  if (unsure) return `it is not certain what ${unsure.at.file} installs`;
  let opaque = environment.opaque.find(({ what }) => MAY_BRING_ISTIO.test(what));
  return opaque && `${opaque.what} may bring another control plane`;
}

// src/mesh/multimap.ts
function append(lists, key, value2) {
  let list2 = lists.get(key);
  list2 ? list2.push(value2) : lists.set(key, [value2]);
}
function remembered(compute) {
  let answers = /* @__PURE__ */ new Map();
  return (key) => {
    let known = answers.get(key);
    if (known !== void 0 || answers.has(key)) return known;
    let answer3 = compute(key);
    return answers.set(key, answer3), answer3;
  };
}

// src/mesh/resource-index.ts
var SYSTEM_NAMESPACES = /* @__PURE__ */ new Set(["kube-system", "kube-public", "kube-node-lease", "local-path-storage"]), ResourceIndex = class {
  /** Named resources in document order, with the namespace the settings give to those that name none. */
  all;
  #byKind = /* @__PURE__ */ new Map();
  #byIdentity = /* @__PURE__ */ new Map();
  #byNamespace = /* @__PURE__ */ new Map();
  #kindIndexes = /* @__PURE__ */ new Map();
  constructor(resources, settings) {
    let placed2 = resources.filter((resource) => resource.name !== "").map((resource) => placeInNamespace(resource, settings.namespace));
    this.all = settings.world === "closed" ? asIstioStores(placed2) : placed2;
    for (let resource of this.all) {
      let kind = kindName(resource.group, resource.kind);
      append(this.#byKind, kind, resource), append(this.#byNamespace, resource.namespace, resource), this.#byIdentity.set(identity(kind, resource.namespace, resource.name), resource);
    }
  }
  /** In document order. */
  ofKind(kind) {
    return this.#byKind.get(kind) ?? [];
  }
  inNamespace(namespace) {
    return this.#byNamespace.get(namespace) ?? [];
  }
  /** The resource of that identity; of several the last, which is what applying them in order leaves behind. */
  find(kind, namespace, name) {
    return this.#byIdentity.get(identity(kind, isClusterScoped2(kind) ? "" : namespace, name));
  }
  ofKindIn(kind, namespace) {
    return this.#kindIndex(kind).byNamespace.get(namespace) ?? [];
  }
  /** Resources of a kind with that name, in whichever namespace. */
  ofKindNamed(kind, name) {
    return this.#kindIndex(kind).byName.get(name) ?? [];
  }
  /** Resources of a kind whose namespace is not written, or whose namespace or name is filled in later. */
  vagueOfKind(kind) {
    return this.#kindIndex(kind).vague;
  }
  /** The namespaces that objects live in, sorted; only those whose name is written plainly. */
  namespaceNames() {
    return [...this.#byNamespace.keys()].filter(isPlace).sort();
  }
  #kindIndex(kind) {
    let known = this.#kindIndexes.get(kind);
    if (known) return known;
    let byNamespace3 = /* @__PURE__ */ new Map(), byName3 = /* @__PURE__ */ new Map(), vague = [];
    for (let resource of this.ofKind(kind))
      append(byNamespace3, resource.namespace, resource), append(byName3, resource.name, resource), (!isPlace(resource.namespace) || !isKnown(resource.name)) && vague.push(resource);
    let index = { byNamespace: byNamespace3, byName: byName3, vague };
    return this.#kindIndexes.set(kind, index), index;
  }
};
function isPlace(namespace) {
  return namespace !== "" && isKnown(namespace);
}
function placeInNamespace(resource, fallback) {
  return isClusterScoped2(kindName(resource.group, resource.kind)) ? resource.namespace === "" ? resource : { ...resource, namespace: "" } : resource.namespace === "" && fallback !== "" ? { ...resource, namespace: fallback } : resource;
}
function asIstioStores(resources) {
  let stored = /* @__PURE__ */ new Map();
  for (let resource of resources) {
    let kind = kindName(resource.group, resource.kind), home = kind === "Namespace" ? resource.name : resource.namespace;
    SYSTEM_NAMESPACES.has(home) || stored.set(identity(kind, resource.namespace, resource.name), resource);
  }
  return [...stored.values()];
}
function identity(kind, namespace, name) {
  return `${kind}\0${namespace}\0${name}`;
}

// src/mesh/deployers.ts
var GITOPS_KINDS = [
  "Application.argoproj.io",
  "ApplicationSet.argoproj.io",
  "GitRepo.fleet.cattle.io",
  "HelmChart.helm.cattle.io",
  "HelmRelease.helm.fluxcd.io",
  "HelmRelease.helm.toolkit.fluxcd.io",
  "Kustomization.kustomize.toolkit.fluxcd.io"
], HARMLESS = /* @__PURE__ */ new Map([
  ["gateway.networking.k8s.io", "*"],
  ["networking.k8s.io", "*"],
  ["storage.k8s.io", "*"],
  ["snapshot.storage.k8s.io", "*"],
  ["scheduling.k8s.io", "*"],
  ["coordination.k8s.io", "*"],
  ["apiregistration.k8s.io", "*"],
  ["discovery.k8s.io", "*"],
  ["autoscaling.k8s.io", "*"],
  ["cert-manager.io", "*"],
  ["external-secrets.io", "*"],
  ["generators.external-secrets.io", "*"],
  ["bitnami.com", "*"],
  ["secrets-store.csi.x-k8s.io", "*"],
  ["apps.openshift.io", "*"],
  ["route.openshift.io", "*"],
  ["security.openshift.io", "*"],
  ["image.openshift.io", "*"],
  ["source.toolkit.fluxcd.io", "*"],
  ["image.toolkit.fluxcd.io", "*"],
  ["notification.toolkit.fluxcd.io", "*"],
  // HelmReleases and Kustomizations are deployers, judged by where they deploy to.
  ["helm.toolkit.fluxcd.io", "*"],
  ["kustomize.toolkit.fluxcd.io", "*"],
  ["helm.cattle.io", "*"],
  ["helm.fluxcd.io", "*"],
  ["fleet.cattle.io", "*"],
  ["keda.sh", "*"],
  ["traefik.io", "*"],
  ["traefik.containo.us", "*"],
  ["projectcontour.io", "*"],
  ["cilium.io", "*"],
  ["crd.projectcalico.org", "*"],
  ["metallb.io", "*"],
  ["networking.gke.io", "*"],
  ["cloud.google.com", "*"],
  ["elbv2.k8s.aws", "*"],
  ["config.istio.io", "*"],
  ["authentication.istio.io", "*"],
  ["rbac.istio.io", "*"],
  [
    "monitoring.coreos.com",
    /* @__PURE__ */ new Set([
      "ServiceMonitor",
      "PodMonitor",
      "PrometheusRule",
      "Probe",
      "AlertmanagerConfig",
      "ScrapeConfig"
    ])
  ],
  [
    "argoproj.io",
    /* @__PURE__ */ new Set(["Application", "ApplicationSet", "AppProject", "Rollout", "AnalysisTemplate", "AnalysisRun"])
  ]
]);
function mayCreateObjects(resource) {
  if (!kindName(resource.group, resource.kind).includes(".")) return !1;
  let harmless = HARMLESS.get(resource.group);
  return harmless !== "*" && !harmless?.has(resource.kind);
}
function deployersOf(environment, index) {
  let folders = remembered(() => foldersOf(index.all)), ofIstio = new Set(chartReleases(environment).map(({ resource }) => resource?.digest)), isHidden = (object) => ofIstio.has(object.digest) && sourcesOf2(object).length <= 1 ? !1 : object.kind.startsWith("Helm") || !deploysVisiblePath(object, folders("")), objects = GITOPS_KINDS.flatMap((kind) => index.ofKind(kind)).filter(isHidden), found2 = [
    ...environment.opaque,
    ...objects.map(asDeployer),
    ...index.ofKind("IstioOperator").map(istioOperator)
  ];
  return [...new Map(found2.map((source2) => [sourceKey(source2), source2])).values()];
}
function sourceKey({ what, namespaces }) {
  return `${what}\0${namespaces === void 0 ? "*" : [...namespaces].sort().join("\0")}`;
}
function foldersOf(resources) {
  let folders = /* @__PURE__ */ new Set([""]);
  for (let { origin } of resources) {
    let folder = origin.file;
    for (let slash = folder.lastIndexOf("/"); slash > 0 && (folder = folder.slice(0, slash), !folders.has(folder)); slash = folder.lastIndexOf("/"))
      folders.add(folder);
  }
  return folders;
}
function deploysVisiblePath(object, folders) {
  let paths = sourcesOf2(object).map((source2) => staticFolder(textAt(source2, "path"))), generated = paths.includes("") ? gitPaths(listAt(object.body, "spec", "generators")) : [], all2 = [...paths.filter((path) => path !== ""), ...generated.map(staticFolder)];
  return all2.length > 0 && all2.every((path) => path !== "" && folders.has(path));
}
function gitPaths(generators, depth = 0) {
  return generators.flatMap((generator) => [
    ...listAt(generator, "git", "directories").map((entry2) => textAt(entry2, "path")),
    ...listAt(generator, "git", "files").map((entry2) => textAt(entry2, "path")),
    ...depth < 2 ? ["matrix", "merge"].flatMap((kind) => gitPaths(listAt(generator, kind, "generators"), depth + 1)) : []
  ]);
}
function sourcesOf2(object) {
  let from = (object.kind === "ApplicationSet" ? fieldAt(object.body, "spec", "template", "spec") : void 0) ?? fieldAt(object.body, "spec");
  if (object.kind === "Kustomization") return [from];
  let several = listAt(from, "sources");
  return (several.length > 0 ? several : [fieldAt(from, "source")]).filter(
    (source2) => textAt(source2, "chart") !== "" || textAt(source2, "path") !== ""
  );
}
function staticFolder(path) {
  let plain = [];
  for (let part of path.split("/"))
    if (!(part === "" || part === ".")) {
      if (!isKnown(part) || part.includes("*")) break;
      plain.push(part);
    }
  return plain.join("/");
}
function asDeployer(object) {
  let destination = textAt(object.body, "spec", "destination", "namespace") || textAt(object.body, "spec", "template", "spec", "destination", "namespace") || textAt(object.body, "spec", "targetNamespace"), byDefault = object.kind.startsWith("Helm") ? object.namespace : "";
  return deployer(object, [destination || byDefault]);
}
function istioOperator(object) {
  let gateways = ["ingressGateways", "egressGateways"].flatMap(
    (field4) => listAt(object.body, "spec", "components", field4).map((entry2) => textAt(entry2, "namespace"))
  ), own3 = textAt(object.body, "spec", "namespace") || object.namespace;
  return deployer(
    object,
    [.../* @__PURE__ */ new Set(["istio-system", own3, ...gateways])].filter((name) => name !== "")
  );
}
function deployer(object, namespaces) {
  return {
    what: `${object.kind} ${object.namespace === "" ? "" : `${object.namespace}/`}${object.name}`,
    namespaces: namespaces.every(isPlace) ? [...namespaces].sort() : void 0,
    at: object.origin.at(["metadata", "name"])
  };
}

// src/mesh/creators.ts
var Creators = class {
  #indexed;
  #deployers;
  #gatewayCharts;
  #istioCharts;
  constructor(indexed2) {
    this.#indexed = indexed2;
  }
  /** Sources that deploy objects we cannot see. */
  get deployers() {
    return this.#deployers ??= deployersOf(this.#indexed.environment, this.#indexed.index), this.#deployers;
  }
  /** Everything that may create the target. */
  of(target) {
    return [
      ...this.deployers.filter((source2) => reaches(source2, target.namespace)).map(asCreator),
      ...this.#chartOf(target),
      ...this.#objectsFor(target).map(objectCreator)
    ];
  }
  /** Releases of Istio's own charts into a namespace: they create few objects, but may create those that others lose. */
  istioChartsIn(namespace) {
    return this.#istioCharts ??= chartReleases(this.#indexed.environment).map((release3) => ({
      what: `chart ${release3.chart} (release ${release3.releaseName})`,
      at: release3.versionAt,
      key: `${release3.chart}\0${release3.releaseName}\0${release3.namespace}`,
      namespace: release3.namespace
    })), this.#istioCharts.filter((chart) => chart.namespace === namespace || chart.namespace === "");
  }
  /** Does something fill this very namespace, be it a source that names it or an operator in it? */
  fills(namespace) {
    return this.deployers.some((source2) => source2.namespaces?.includes(namespace)) || this.#operatorsIn(namespace).length > 0;
  }
  /** Istio's gateway chart creates a Service and a Deployment of its release's name. */
  #chartOf({ namespace, name }) {
    return this.#gatewayCharts ??= chartWorkloads(this.#indexed.environment), this.#gatewayCharts.filter((made) => made.name === name && (made.namespace === namespace || made.namespace === "")).map(({ what, at: at2 }) => ({ what, at: at2, key: what }));
  }
  /** Objects in the target's namespace that may create it: those of operators, and a Gateway for its own Service. */
  #objectsFor({ namespace, name }) {
    let gateways = this.#indexed.index.ofKindIn("KubernetesGateway", namespace);
    return [...this.#operatorsIn(namespace), ...gateways.filter((gateway) => name.startsWith(gateway.name))];
  }
  #operatorsIn = remembered(
    (namespace) => this.#indexed.index.inNamespace(namespace).filter(mayCreateObjects)
  );
};
function asCreator(source2) {
  return { what: source2.what, at: source2.at, key: sourceKey(source2) };
}
function objectCreator(resource) {
  let what = labelOf(resource);
  return { what, at: resource.origin.at(["metadata", "name"]), key: what };
}
function reaches(source2, namespace) {
  return source2.namespaces === void 0 || namespace === "" || source2.namespaces.includes(namespace);
}
function labelOf({ kind, namespace, name }) {
  return namespace === "" ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
}

// src/mesh/externals.ts
function globMatches(pattern, text2) {
  let p = 0, star = -1, resume = 0;
  for (let t = 0; t < text2.length; )
    if (pattern[p] === "*")
      star = p++, resume = t;
    else if (pattern[p] === text2[t])
      p++, t++;
    else if (star >= 0)
      p = star + 1, t = ++resume;
    else
      return !1;
  for (; pattern[p] === "*"; ) p++;
  return p === pattern.length;
}
var Externals = class {
  #globs;
  constructor(globs) {
    this.#globs = globs;
  }
  /** The entry that covers one of these names (`Service payments/ledger`, `host api.example.com`). */
  covering(...names2) {
    return this.#globs.find((glob) => names2.some((name) => globMatches(glob.trim(), name)));
  }
};

// src/mesh/near-misses.ts
var SimilarNames = class {
  #names;
  #budget;
  constructor(names2, budget) {
    this.#budget = budget, this.#names = [...new Set(names2)].sort().map((name) => ({ name, letters: lettersOf(name) }));
  }
  /**
   * The name that differs from `written` by a slip of the finger: one letter missing, doubled, wrong or swapped with its
   * neighbour, two such slips in names of 8 letters and more, or its parts in another order. Names that differ in digits
   * (`reviews-v1`, `reviews-v2`) or in a short part (`shop-a`, `shop-b`) differ on purpose.
   */
  nearest(written2) {
    if (written2.length < 4 || written2.length > 253) return;
    let letters = lettersOf(written2), best;
    for (let candidate of this.#names) {
      let most = Math.min(written2.length, candidate.name.length) >= 8 ? 2 : 1;
      if (Math.abs(candidate.name.length - written2.length) > most || bitsIn(candidate.letters ^ letters) > 2 * most || this.#budget.left <= 0) continue;
      this.#budget.left--;
      let distance2 = slips(written2, candidate.name, most);
      distance2 <= most && (!best || distance2 < best.distance) && (best = { name: candidate.name, distance: distance2 });
    }
    return best?.name;
  }
};
function slips(a, b, most) {
  if (a === b || a.replace(/\D/g, "") !== b.replace(/\D/g, "")) return most + 1;
  let [left, right] = [a.split(/[-.]/), b.split(/[-.]/)];
  return left.length !== right.length ? editDistance(a, b, most) : [...left].sort().join("-") === [...right].sort().join("-") ? 1 : left.some((part, i) => {
    let other = right[i] ?? "";
    return part !== other && Math.min(part.length, other.length) < 4;
  }) ? most + 1 : editDistance(a, b, most);
}
function editDistance(a, b, most) {
  let far = most + 1;
  if (Math.abs(a.length - b.length) > most) return far;
  let blank = () => new Array(b.length + 1).fill(far), [beforeLast, last] = [blank(), blank().map((_, j) => Math.min(j, far))];
  for (let i = 1; i <= a.length; i++) {
    let row = blank();
    row[0] = Math.min(i, far);
    for (let j = Math.max(1, i - most); j <= Math.min(b.length, i + most); j++) {
      let replace = (last[j - 1] ?? far) + (a[i - 1] === b[j - 1] ? 0 : 1), least = Math.min(replace, (last[j] ?? far) + 1, (row[j - 1] ?? far) + 1, far);
      i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] && (least = Math.min(least, (beforeLast[j - 2] ?? far) + 1)), row[j] = least;
    }
    [beforeLast, last] = [last, row];
  }
  return last[b.length] ?? far;
}
function lettersOf(name) {
  let letters = 0;
  for (let i = 0; i < name.length; i++) letters |= 1 << (name.charCodeAt(i) & 31);
  return letters;
}
function bitsIn(value2) {
  let bits = 0;
  for (let rest = value2; rest !== 0; rest &= rest - 1) bits++;
  return bits;
}

// src/mesh/absence.ts
var SELDOM_WHOLE = /* @__PURE__ */ new Set(["Secret", "ConfigMap", "Pod", "Node"]), SHARED_NAMESPACES = /* @__PURE__ */ new Set([
  "default",
  "istio-system",
  "kube-system",
  "kube-public",
  "kube-node-lease"
]), IN_EVERY_CLUSTER = /* @__PURE__ */ new Set([
  "Service default/kubernetes",
  "Service kube-system/kube-dns",
  "Namespace default",
  "Namespace kube-system",
  "Namespace kube-public",
  "Namespace kube-node-lease"
]), MOST_COMPARISONS = 1e5, AbsenceJudge = class {
  #index;
  #creators;
  #baseIndex;
  #baseCreators;
  #world;
  #externals;
  #budget = { left: MOST_COMPARISONS };
  constructor(head, base, settings) {
    this.#index = head.index, this.#creators = new Creators(head), this.#baseIndex = base?.index, this.#baseCreators = base && new Creators(base), this.#world = settings.world, this.#externals = new Externals(settings.externals);
  }
  /** To be asked about something that was looked up and not found; otherwise the answer means nothing. */
  absenceOf(target) {
    let label = labelOf(target), declared2 = this.#externals.covering(label);
    return declared2 !== void 0 ? unknown(`declared as existing elsewhere (${declared2})`) : this.#world === "closed" ? { absent: "yes", confidence: "certain", because: "these files are the whole mesh" } : !isKnown(target.name) || !isKnown(target.namespace) ? unknown("its name is filled in later") : IN_EVERY_CLUSTER.has(label) ? unknown("every cluster has it") : this.#elsewhere(target) ?? this.#removed(target) ?? this.#notWhole(target) ?? whole(target);
  }
  /** The object of the same kind and namespace whose name differs from the target's by a slip of the finger. */
  nearMissOf({ kind, namespace, name }) {
    return isPlace(namespace) ? this.#similar(`${kind}\0${namespace}`).nearest(name) : void 0;
  }
  /** Does the environment plainly describe this namespace, apart from sources that could reach any namespace? */
  describes(namespace) {
    return this.#isHome(namespace) && !this.#creators.fills(namespace);
  }
  /** Why pods may run in a namespace (`undefined`: in any) that this repository knows nothing of, if they may. */
  podsElsewhere(namespace) {
    return this.#world === "closed" ? void 0 : namespace === void 0 || !isPlace(namespace) ? "pods of namespaces outside this repository" : !this.#hasWorkloads("") && !SHARED_NAMESPACES.has(namespace) && this.#hasWorkloads(namespace) ? void 0 : `pods of namespace ${namespace} outside this repository`;
  }
  /** Sources that deploy objects we cannot see. */
  get deployers() {
    return this.#creators.deployers;
  }
  /** Something of this kind that may be the target, though it is not written under its namespace and name. */
  #elsewhere({ kind, namespace, name }) {
    if (isClusterScoped2(kind)) return;
    if (namespace === "") {
      let [namesake] = this.#index.ofKindNamed(kind, name);
      if (namesake) return unknown(`${labelOf(namesake)} may be it`, at(namesake));
    }
    let vague = this.#index.vagueOfKind(kind).find(
      (resource) => (resource.namespace === namespace || namespace === "" || !isPlace(resource.namespace)) && (resource.name === name || !isKnown(resource.name))
    );
    return vague && unknown(`${labelOf(vague)} may be it, once all of its name is filled in`, at(vague));
  }
  /** The base held it: this change takes it away, unless it also brings something that may put it back. */
  #removed(target) {
    let before2 = this.#baseIndex?.find(target.kind, target.namespace, target.name);
    if (!before2) return;
    let newcomer = this.#newcomer(target);
    return newcomer ? unknown(`this change removes it, but ${newcomer.what} may create it`, newcomer.at) : {
      absent: "yes",
      confidence: "certain",
      because: "this change removes or renames it",
      at: at(before2)
    };
  }
  /** What this change adds that may create the target. */
  #newcomer(target) {
    let all2 = (creators) => [...creators.of(target), ...creators.istioChartsIn(target.namespace)], before2 = new Set((this.#baseCreators ? all2(this.#baseCreators) : []).map(({ key }) => key));
    return all2(this.#creators).find(({ key }) => !before2.has(key));
  }
  /** The reason why the environment cannot be said to hold everything of this kind in the target's namespace. */
  #notWhole(target) {
    let { kind, namespace } = target;
    if (isClusterScoped2(kind)) return unknown("it may be created outside this repository");
    if (SELDOM_WHOLE.has(kind)) return unknown(`a ${kind} is often created outside the repository`);
    if (namespace === "") return unknown("its namespace is not written in this repository");
    if (SHARED_NAMESPACES.has(namespace)) return unknown(`others write into namespace ${namespace} too`);
    if (this.#index.ofKindIn(kind, "").length > 0)
      return unknown(`other ${kind} objects here name no namespace: whoever applies them chooses it`);
    if (this.#index.ofKindIn(kind, namespace).length === 0) return unknown(`this repository holds no ${kind} in namespace ${namespace}`);
    if (!this.#isHome(namespace)) return unknown(`namespace ${namespace} is only partly in this repository`);
    let [creator] = this.#creators.of(target);
    return creator && unknown(`${creator.what} may create it`, creator.at);
  }
  /** The namespace's manifest or workloads of it are here. */
  #isHome(namespace) {
    return this.#index.find("Namespace", "", namespace) !== void 0 || this.#hasWorkloads(namespace);
  }
  #hasWorkloads = remembered((namespace) => this.#index.inNamespace(namespace).some(makesPods));
  #similar = remembered((kindAndNamespace) => {
    let [kind = "", namespace = ""] = kindAndNamespace.split("\0"), names2 = this.#index.ofKindIn(kind, namespace).map((resource) => resource.name);
    return new SimilarNames(names2.filter(isKnown), this.#budget);
  });
};
function whole({ namespace }) {
  return {
    absent: "yes",
    confidence: "likely",
    because: `namespace ${namespace} is written plainly in this repository, and it is not there`
  };
}
function unknown(because, place) {
  return { absent: "unknown", confidence: "certain", because, ...place === void 0 ? {} : { at: place } };
}
function at(resource) {
  return resource.origin.at(["metadata", "name"]);
}

// src/mesh/host-names.ts
var CLUSTER_SUFFIX = ".svc.cluster.local";
function serviceHost(name, namespace) {
  return `${name}.${namespace}${CLUSTER_SUFFIX}`;
}
function toFqdn(host, namespace) {
  return host.startsWith("*") || host.includes(".") ? host : serviceHost(host, namespace);
}
function serviceOfHost(host, namespace) {
  if (host.endsWith(CLUSTER_SUFFIX)) {
    let stem = host.slice(0, -CLUSTER_SUFFIX.length), dot = stem.lastIndexOf(".");
    if (dot > 0 && dot < stem.length - 1)
      return { namespace: stem.slice(dot + 1), name: stem.slice(0, dot) };
  }
  return { namespace, name: host };
}
function isWildcard(host) {
  return host.startsWith("*");
}
function hostsOverlap(a, b) {
  if (isWildcard(a) && isWildcard(b)) {
    let [longer, shorter] = a.length >= b.length ? [a, b] : [b, a];
    return longer.slice(1).endsWith(shorter.slice(1));
  }
  return isWildcard(a) ? b.endsWith(a.slice(1)) : isWildcard(b) ? a.endsWith(b.slice(1)) : a === b;
}
function subsetOf(a, b) {
  if (!isWildcard(b)) return a === b;
  let suffix = b.slice(1);
  return isWildcard(a) ? a.length >= b.length && a.slice(1).endsWith(suffix) : a.endsWith(suffix);
}

// src/mesh/host-registry.ts
var EVERYWHERE = "*", LONGEST_HOST = 253, HostRegistry = class {
  #scopes = /* @__PURE__ */ new Map();
  #providers = [];
  constructor(serviceEntries, services) {
    for (let entry2 of serviceEntries) this.#addServiceEntry(entry2);
    for (let service of services) this.#addService(service);
  }
  /** Every provider once per host, in document order; ServiceEntries before Services. */
  get providers() {
    return this.#providers;
  }
  /**
   * Istio's lookup for a host written in a resource of namespace `from` that is exported to `exportTo`: exported to all;
   * exported to the referrer's namespace or scopes; a wildcard entry. Of several wildcards the longest wins (Istio picks
   * one at random).
   */
  find(host, from, exportTo) {
    let fqdn = toFqdn(host, from), scopes = exportTo.length === 0 ? [from] : exportTo.map((scope) => scope === "." ? from : scope);
    for (let scope of [EVERYWHERE, ...scopes]) {
      let found2 = this.#scopes.get(scope)?.hosts.get(fqdn);
      if (found2) return found2;
    }
    return this.#findWildcard(host.startsWith("*") ? host.slice(1) : host, from);
  }
  #findWildcard(host, from) {
    let scopes = [this.#scopes.get(EVERYWHERE), this.#scopes.get(from)].filter(
      (scope) => scope !== void 0 && scope.suffixes.size > 0
    );
    if (!(scopes.length === 0 || host.length > LONGEST_HOST))
      for (let start = 0; start <= host.length; start++) {
        let suffix = host.slice(start);
        for (let scope of scopes) {
          let found2 = scope?.suffixes.get(suffix);
          if (found2) return found2;
        }
      }
  }
  #addServiceEntry(entry2) {
    let exportTo = textsAt(entry2.body, "spec", "exportTo"), ports = listAt(entry2.body, "spec", "ports").map((port) => numberAt(port, "number") ?? 0), workloadSelector = textMapAt(entry2.body, "spec", "workloadSelector", "labels"), everywhere = exportTo.length === 0;
    for (let written2 of textsAt(entry2.body, "spec", "hosts")) {
      let host = toFqdn(written2, entry2.namespace), provider = { resource: entry2, host, ports, workloadSelector };
      this.#providers.push(provider);
      for (let scope of everywhere ? [EVERYWHERE] : exportTo)
        if (this.#add(scope === "." ? entry2.namespace : scope, provider), scope === EVERYWHERE) {
          everywhere = !0;
          break;
        }
    }
  }
  #addService(service) {
    let provider = {
      resource: service.resource,
      host: serviceHost(service.name, service.namespace),
      ports: service.ports.map(({ port }) => port),
      workloadSelector: {}
    };
    this.#providers.push(provider);
    for (let scope of serviceScopes(service)) this.#add(scope, provider);
  }
  #add(name, provider) {
    let scope = this.#scopes.get(name);
    scope || (scope = { hosts: /* @__PURE__ */ new Map(), suffixes: /* @__PURE__ */ new Map() }, this.#scopes.set(name, scope)), scope.hosts.set(provider.host, provider), provider.host.startsWith("*") && scope.suffixes.set(provider.host.slice(1), provider);
  }
};
function serviceScopes(service) {
  let written2 = textAt(service.resource.annotations, "networking.istio.io/exportTo").trim();
  return written2 === "" ? [EVERYWHERE] : written2.split(",").map((scope) => scope.trim() === "." ? service.namespace : scope.trim());
}

// src/mesh/hosts.ts
var COMMON_TOP_LEVEL_DOMAINS = new Set(
  "ai app art auto bank biz blog bot build cafe chat city cloud club co codes com community company data design dev digital direct earth edu email events exchange express finance foundation fun games global gmbh group health host house inc info insure int io it jobs legal life link live llc local ltd market marketing me media mobi money name net network news ngo one online org page partners pay photos plus press pro pub report reviews run sale school science search security services sh shop site social software solutions space store studio support systems taxi team tech test tools top town trade training travel tv university video vip wiki work works world xyz zone".split(" ")
), HostLookup = class {
  #sources;
  constructor(sources) {
    this.#sources = sources;
  }
  lookup(host, from, exportTo) {
    let question = { host, from, exportTo, fqdn: toFqdn(host, from) }, { registry, world } = this.#sources;
    if (!isKnown(host)) return answer(question, "unknown", "the host is filled in later");
    let provider = registry.find(host, from, exportTo);
    if (provider) return provided(question, provider, world);
    if (world === "closed")
      return answer(question, "no", "no Service or ServiceEntry of the mesh provides it");
    if (host === "") return answer(question, "unknown", "no host is written");
    let declared2 = this.#sources.externals.covering(`host ${host}`, `host ${question.fqdn}`);
    return declared2 !== void 0 ? answer(question, "unknown", `declared as existing elsewhere (${declared2})`) : this.#taken(question) ?? this.#openWorld(question);
  }
  /** The base's ServiceEntry provided the host, and this change takes it away. */
  #taken(question) {
    let { baseRegistry, index, absence } = this.#sources, before2 = baseRegistry?.find(question.host, question.from, question.exportTo);
    if (before2?.resource.kind !== "ServiceEntry") return;
    let target = idOf2(before2.resource);
    if (index.find(target.kind, target.namespace, target.name))
      return answer(question, "no", `this change takes the host out of ${labelOf(target)}`);
    let { absent, confidence, because } = absence.absenceOf(target);
    return absent === "unknown" ? answer(question, "unknown", `${labelOf(target)}: ${because}`) : answer(question, "no", `${labelOf(target)}, which provided it: ${because}`, { confidence });
  }
  #openWorld(question) {
    let { host, from } = question;
    if (host.startsWith("*")) return this.#wildcard(question);
    let { namespace, name } = serviceOfHost(host, from);
    return name.includes(".") ? this.#uncompleted(question) ?? this.#outside(question) : this.#service(question, { kind: "Service", namespace, name });
  }
  /** A wildcard of a DestinationRule stands for the hosts it covers. */
  #wildcard(question) {
    let covered = this.#sources.registry.providers.find(({ host }) => subsetOf(host, question.host));
    return covered ? answer(question, "yes", `it covers ${covered.host}`, { confidence: "likely" }) : answer(question, "unknown", "no host of this repository is covered by it");
  }
  #service(question, target) {
    let { index, absence } = this.#sources;
    if (index.find(target.kind, target.namespace, target.name)) {
      let because2 = `${labelOf(target)} is not exported to namespace ${question.from}`;
      return answer(question, "no", because2, { confidence: "likely" });
    }
    let near = absence.nearMissOf(target), nearHost = near === void 0 ? void 0 : serviceHost(near, target.namespace), { absent, confidence, because } = absence.absenceOf(target);
    if (absent === "yes")
      return answer(question, "no", `${labelOf(target)}: ${because}`, { confidence, nearMiss: nearHost });
    if (near !== void 0 && absence.describes(target.namespace)) {
      let slip = `namespace ${target.namespace} has a Service ${near}, and none of this name`;
      return answer(question, "no", slip, { confidence: "likely", nearMiss: nearHost });
    }
    return answer(question, "unknown", `${labelOf(target)}: ${because}`, { nearMiss: nearHost });
  }
  /** `svc.ns`, `svc.ns.svc`: Istio completes no host with a dot, so these name no Service. */
  #uncompleted(question) {
    let { index } = this.#sources, [name = "", namespace = "", ...rest] = question.host.split("."), tail = rest.join(".");
    if (tail !== "" && tail !== "svc" && tail !== "svc.cluster") return;
    let because = "Istio completes only host names without a dot";
    if (index.find("Service", namespace, name))
      return answer(question, "no", because, { nearMiss: serviceHost(name, namespace) });
    if (!(!(index.inNamespace(namespace).length > 0 || index.find("Namespace", "", namespace)) || tail === "" && COMMON_TOP_LEVEL_DOMAINS.has(namespace)))
      return answer(question, "no", because, { confidence: "likely" });
  }
  #outside(question) {
    return answer(question, "unknown", "no ServiceEntry of this repository names it; one may exist elsewhere");
  }
};
function provided(question, provider, world) {
  let { resource, ports, workloadSelector } = provider, vague = world === "open" && ports.includes(0), confidence = resource.namespace === "" && world === "open" ? "likely" : "certain";
  return answer(question, "yes", `${labelOf(idOf2(resource))} provides it`, {
    provider: resource,
    ports: vague ? [] : ports,
    workloadSelector,
    confidence
  });
}
function idOf2({ kind, namespace, name }) {
  return { kind, namespace, name };
}
function answer({ fqdn }, known, because, rest = {}) {
  return {
    known,
    because,
    fqdn,
    provider: void 0,
    ports: [],
    workloadSelector: {},
    confidence: "certain",
    nearMiss: void 0,
    ...rest
  };
}

// src/mesh/namespaces.ts
var NAME_LABEL = "kubernetes.io/metadata.name";
function namespacesOf(index, world) {
  let managed = managedLabels(index), names2 = /* @__PURE__ */ new Set([...index.namespaceNames(), ...managed.keys()]);
  for (let manifest of index.ofKind("Namespace")) isKnown(manifest.name) && names2.add(manifest.name);
  return new Map(
    [...names2].sort().map((name) => [
      name,
      namespaceModel(name, index.find("Namespace", "", name), world, managed.get(name))
    ])
  );
}
function namespaceModel(name, manifest, world, managed) {
  let labels2 = Object.assign(/* @__PURE__ */ Object.create(null), manifest?.labels, managed);
  return name !== "" && (labels2[NAME_LABEL] = name), {
    name,
    resource: manifest,
    labels: labels2,
    labelsKnown: manifest !== void 0 || managed !== void 0 || world === "closed" ? "yes" : "unknown"
  };
}
function managedLabels(index) {
  let labels2 = /* @__PURE__ */ new Map();
  for (let application2 of index.ofKind("Application.argoproj.io")) {
    let namespace = textAt(application2.body, "spec", "destination", "namespace"), metadata = mappingAt(application2.body, "spec", "syncPolicy", "managedNamespaceMetadata");
    isPlace(namespace) && Object.keys(metadata).length > 0 && labels2.set(namespace, { ...labels2.get(namespace), ...textMapAt(metadata, "labels") });
  }
  return labels2;
}

// src/mesh/pod-sources.ts
function chartGatewayPods(environment) {
  return chartWorkloads(environment).map(({ what, namespace, labels: labels2, at: at2 }) => ({
    what,
    namespace,
    at: at2,
    labels: labels2 ?? {},
    ...labels2 === void 0 ? { templateElsewhere: "some values stand outside this repository" } : {}
  }));
}
function podSourcesOf(resources) {
  return resources.flatMap((resource) => {
    let { kind, namespace, name } = resource;
    return labelsOfPods(resource).map((labels2) => ({
      what: `${kind} ${namespace === "" ? "" : `${namespace}/`}${name}`,
      namespace,
      labels: labels2 ?? {},
      ...labels2 === void 0 ? { templateElsewhere: "an operator decides" } : {}
    }));
  });
}
function labelsOfPods(resource) {
  let { body, name } = resource;
  switch (kindName(resource.group, resource.kind)) {
    // Istio deploys a proxy for each Gateway API Gateway, named and labelled after it (automated deployment, since 1.6).
    case "KubernetesGateway":
      return [
        {
          ...resource.labels,
          ...textMapAt(body, "spec", "infrastructure", "labels"),
          "gateway.networking.k8s.io/gateway-name": name,
          "istio.io/gateway-name": name
        }
      ];
    case "WorkloadEntry":
      return [{ ...resource.labels, ...textMapAt(body, "spec", "labels") }];
    case "WorkloadGroup":
      return [
        {
          ...textMapAt(body, "spec", "metadata", "labels"),
          ...textMapAt(body, "spec", "template", "labels")
        }
      ];
    case "ServiceEntry":
      return listAt(body, "spec", "endpoints").map((endpoint) => textMapAt(endpoint, "labels"));
    default:
      return mayCreateObjects(resource) && !makesPods(resource) ? [void 0] : [];
  }
}

// src/mesh/services.ts
function servicesOf(resources) {
  return resources.filter((resource) => resource.name !== "" && kindName(resource.group, resource.kind) === "Service").map((resource) => ({
    resource,
    namespace: resource.namespace,
    name: resource.name,
    selector: textMapAt(resource.body, "spec", "selector"),
    type: textAt(resource.body, "spec", "type") || "ClusterIP",
    headless: textAt(resource.body, "spec", "clusterIP") === "None",
    ports: listAt(resource.body, "spec", "ports").map(portOf)
  }));
}
function portOf(entry2, index) {
  let port = numberAt(entry2, "port") ?? 0, target = fieldAt(entry2, "targetPort");
  return {
    name: textAt(entry2, "name"),
    port,
    targetPort: typeof target == "number" || typeof target == "string" && target !== "" ? target : port,
    protocol: textAt(entry2, "protocol") || "TCP",
    appProtocol: textAt(entry2, "appProtocol"),
    index
  };
}

// src/mesh/selectors.ts
function matchesLabels(selector, labels2) {
  return all(Object.entries(selector), ([key, value2]) => hasLabel(labels2, key, [value2]));
}
function matchesLabelSelector(selector, labels2) {
  if (selector == null) return "yes";
  if (typeof selector == "string" && !isKnown(selector)) return "unknown";
  if (!isMapping(selector)) return "no";
  let pairs = Object.entries(mappingAt(selector, "matchLabels")), expressions = listAt(selector, "matchExpressions");
  return allOf([
    all(pairs, ([key, value2]) => requirement(key, "In", [value2], labels2)),
    all(expressions, (expression) => matchesExpression(expression, labels2))
  ]);
}
function matchesExpression(expression, labels2) {
  let values = fieldAt(expression, "values"), list2 = Array.isArray(values) ? values : [];
  return typeof values == "string" && !isKnown(values) ? "unknown" : requirement(textAt(expression, "key"), textAt(expression, "operator"), list2, labels2);
}
function requirement(key, operator, values, labels2) {
  if (!isKnown(key) || !isKnown(operator)) return "unknown";
  if (!isLabelKey(key)) return "no";
  switch (operator) {
    case "In":
    case "NotIn": {
      if (values.length === 0 || !values.every(isLabelValueOrPlaceholder)) return "no";
      let held = hasLabel(labels2, key, values);
      return operator === "In" ? held : opposite(held);
    }
    case "Exists":
    case "DoesNotExist": {
      if (values.length > 0) return "no";
      let held = hasKey(labels2, key);
      return operator === "Exists" ? held : opposite(held);
    }
    default:
      return "no";
  }
}
function hasKey(labels2, key) {
  return Object.hasOwn(labels2, key) ? "yes" : Object.keys(labels2).every(isKnown) ? "no" : "unknown";
}
function hasLabel(labels2, key, values) {
  if (!isKnown(key)) return "unknown";
  let present = hasKey(labels2, key);
  if (present !== "yes") return present;
  let actual = labels2[key] ?? "";
  return isKnown(actual) ? values.includes(actual) ? "yes" : values.every(isKnown) ? "no" : "unknown" : "unknown";
}
var NAME = /^[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?$/, SUBDOMAIN = /^[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?$/;
function isLabelKey(key) {
  let slash = key.indexOf("/"), prefix = slash < 0 ? void 0 : key.slice(0, slash), name = key.slice(slash + 1);
  return prefix !== void 0 && (prefix.length > 253 || !SUBDOMAIN.test(prefix)) ? !1 : name.length <= 63 && NAME.test(name);
}
function isLabelValueOrPlaceholder(value2) {
  return typeof value2 != "string" ? !1 : value2 === "" || !isKnown(value2) || value2.length <= 63 && NAME.test(value2);
}
function allOf(answers) {
  return all(answers, (answer3) => answer3);
}
function opposite(answer3) {
  return answer3 === "unknown" ? "unknown" : answer3 === "yes" ? "no" : "yes";
}
function all(items, test) {
  let result = "yes";
  for (let item of items) {
    let answer3 = test(item);
    if (answer3 === "no") return "no";
    answer3 === "unknown" && (result = "unknown");
  }
  return result;
}

// src/mesh/label-index.ts
var ADDED_LATER = /* @__PURE__ */ new Set([
  "pod-template-hash",
  "controller-revision-hash",
  "pod-template-generation",
  "rollouts-pod-template-hash",
  "statefulset.kubernetes.io/pod-name",
  "apps.kubernetes.io/pod-index",
  "job-name",
  "controller-uid",
  "batch.kubernetes.io/",
  "serving.knative.dev/",
  "deploymentconfig",
  "deployment",
  "istio.io/rev",
  "security.istio.io/tlsMode",
  "service.istio.io/canonical-name",
  "service.istio.io/canonical-revision",
  "topology.kubernetes.io/",
  "topology.istio.io/",
  "kubernetes.io/hostname"
]), ENOUGH = 20, LabelIndex = class {
  #items;
  #openWorld;
  #byPair = /* @__PURE__ */ new Map();
  /** Workloads whose value of a label is filled in later, by label. */
  #vagueByKey = /* @__PURE__ */ new Map();
  /** Workloads that may have any label: a key is filled in later, or the template stands elsewhere. */
  #vague = [];
  constructor(items, openWorld) {
    this.#items = items, this.#openWorld = openWorld;
    for (let item of items) this.#add(item);
  }
  matching(selector) {
    let firm = this.#openWorld ? firmPairs(selector) : selector, certain = Object.keys(firm).length === Object.keys(selector).length, { plain, vague } = this.#candidates(firm), yes = [], maybe = [];
    for (let item of plain) {
      if (item.templateElsewhere !== void 0) continue;
      let answer3 = matchesLabels(firm, item.labels);
      answer3 === "yes" && (certain || matchesLabels(selector, item.labels) === "yes") ? yes.push(item) : answer3 !== "no" && maybe.length < ENOUGH && maybe.push(item);
    }
    for (let item of vague) {
      if (maybe.length >= ENOUGH) break;
      (matchesLabels(firm, item.labels) === "unknown" || item.templateElsewhere !== void 0) && maybe.push(item);
    }
    return { yes, maybe };
  }
  /** Every item that may match is among these; one that matches for certain is among the plain ones. */
  #candidates(selector) {
    let best;
    for (let [key, value2] of Object.entries(selector)) {
      if (!isKnown(key) || !isKnown(value2)) continue;
      let plain = this.#byPair.get(key)?.get(value2) ?? [];
      (!best || plain.length < best.plain.length) && (best = { plain, vague: this.#vagueByKey.get(key) ?? [] });
    }
    return best ? this.#vague.length === 0 ? best : { ...best, vague: [...best.vague, ...this.#vague] } : { plain: this.#items, vague: this.#vague };
  }
  #add(item) {
    let anyLabel = item.templateElsewhere !== void 0;
    for (let [key, value2] of Object.entries(item.labels))
      if (!isKnown(key)) anyLabel = !0;
      else if (!isKnown(value2)) append(this.#vagueByKey, key, item);
      else {
        let values = this.#byPair.get(key) ?? /* @__PURE__ */ new Map();
        values.size === 0 && this.#byPair.set(key, values), append(values, value2, item);
      }
    anyLabel && this.#vague.push(item);
  }
};
function firmPairs(selector) {
  let firm = /* @__PURE__ */ Object.create(null);
  for (let [key, value2] of Object.entries(selector)) isAddedLater(key) || (firm[key] = value2);
  return firm;
}
function isAddedLater(key) {
  return ADDED_LATER.has(key) || ADDED_LATER.has(key.slice(0, key.indexOf("/") + 1));
}

// src/mesh/selector-near-misses.ts
var USUAL_GATEWAYS = /* @__PURE__ */ new Set(["ingressgateway", "egressgateway", "eastwestgateway"]);
function selectorNearMiss(selector, pods, budget) {
  let pairs = Object.entries(selector);
  if (pairs.flat().every(isKnown))
    for (let pod of pods) {
      if (budget.left-- <= 0) return;
      let wrong = pairs.filter(([key, value3]) => pod.labels[key] !== value3), [label, written2] = wrong[0] ?? ["", ""], value2 = pod.labels[label];
      if (!(wrong.length !== 1 || value2 === void 0 || !isKnown(value2)) && isMisread(label, written2, value2, budget))
        return { what: pod.what, label, value: value2, at: pod.at(label) };
    }
}
function isMisread(label, written2, value2, budget) {
  if (label === "istio") {
    if (USUAL_GATEWAYS.has(written2)) return !1;
    if (written2 === `istio-${value2}`) return !0;
  }
  return new SimilarNames([value2], budget).nearest(written2) !== void 0;
}

// src/mesh/workload-selection.ts
var MOST_COMPARISONS2 = 1e5, WorkloadSelection = class {
  #sources;
  #workloads;
  #podSources;
  #budget = { left: MOST_COMPARISONS2 };
  #known = /* @__PURE__ */ new Map();
  #before;
  constructor(sources) {
    let open = sources.world === "open";
    this.#sources = sources, this.#workloads = new LabelledByNamespace(sources.workloads, open);
    let others2 = open ? [...sources.podSources, ...sources.gatewayPods] : [];
    this.#podSources = new LabelledByNamespace(others2, open);
  }
  /** Many selectors are alike (`version: v1` in every DestinationRule): each is worked out once. */
  select(labels2, namespace) {
    let pairs = Object.entries(labels2).sort(([a], [b]) => a < b ? -1 : 1), key = JSON.stringify([namespace ?? null, pairs]), known = this.#known.get(key);
    if (known) return known;
    let selection = this.#select(labels2, namespace);
    return this.#known.set(key, selection), selection;
  }
  #select(labels2, namespace) {
    let { yes, maybe } = this.#workloads.matching(labels2, namespace), others2 = this.#podSources.matching(labels2, namespace), perhaps = /* @__PURE__ */ new Set([
      ...maybe.map(workloadLabel),
      ...[...others2.yes, ...others2.maybe].map(({ what }) => what),
      ...this.#reaching(namespace ?? "")
    ]);
    if (yes.length > 0) return { selected: yes, maybe: [...perhaps].sort() };
    let elsewhere2 = this.#sources.podsElsewhere(namespace);
    elsewhere2 !== void 0 && !this.#selectedBefore(labels2, namespace) && perhaps.add(elsewhere2);
    let nearMiss = others2.yes.length === 0 ? this.#nearMiss(labels2, namespace) : void 0;
    return { selected: yes, maybe: [...perhaps].sort(), ...nearMiss ? { nearMiss } : {} };
  }
  #nearMiss(labels2, namespace) {
    let { world, workloads, gatewayPods } = this.#sources;
    if (world === "closed") return;
    let isAsked = (pods) => namespace === void 0 || pods.namespace === namespace, charts = gatewayPods.filter(isAsked).map(({ at: at2, ...pods }) => ({ ...pods, at: () => at2 })), nearby = namespace === void 0 ? workloads.filter((workload) => Object.hasOwn(workload.labels, "istio")) : this.#sources.describes(namespace) ? this.#workloads.inNamespace(namespace) : [];
    return selectorNearMiss(labels2, [...charts, ...nearby.map(podsOf)], this.#budget);
  }
  /** Then the repository owns what is selected, and pods elsewhere are no excuse. */
  #selectedBefore(labels2, namespace) {
    return this.#before ??= new LabelledByNamespace(this.#sources.baseWorkloads(), !0), this.#before.matching(labels2, namespace).yes.length > 0;
  }
  #reaching = remembered(
    (namespace) => (this.#sources.world === "open" ? this.#sources.deployers : []).filter(
      ({ namespaces }) => namespaces === void 0 || !isPlace(namespace) || namespaces.includes(namespace)
    ).map(({ what }) => what)
  );
}, LabelledByNamespace = class {
  #all;
  #openWorld;
  #byNamespace = /* @__PURE__ */ new Map();
  #indexes = /* @__PURE__ */ new Map();
  /** Namespaces that are not written, or filled in later. */
  #unplaced;
  constructor(all2, openWorld) {
    this.#all = all2, this.#openWorld = openWorld;
    for (let item of all2) append(this.#byNamespace, item.namespace, item);
    this.#unplaced = openWorld ? [...this.#byNamespace.keys()].filter((name) => !isPlace(name)).sort() : [];
  }
  inNamespace(namespace) {
    return this.#byNamespace.get(namespace) ?? [];
  }
  /** What matches in a namespace, or in any. What is not placed may be in the asked namespace, and the other way round. */
  matching(labels2, namespace) {
    let here = this.#index(namespace).matching(labels2);
    if (namespace === void 0 || !this.#openWorld) return here;
    let maybe = (isPlace(namespace) ? this.#unplaced : [void 0]).flatMap((other) => {
      let { yes, maybe: perhaps } = this.#index(other).matching(labels2);
      return [...yes, ...perhaps].filter((item) => item.namespace !== namespace);
    });
    return { yes: here.yes, maybe: [...here.maybe, ...maybe] };
  }
  #index(namespace) {
    let index = this.#indexes.get(namespace);
    if (!index) {
      let members = namespace === void 0 ? this.#all : this.inNamespace(namespace);
      index = new LabelIndex(members, this.#openWorld), this.#indexes.set(namespace, index);
    }
    return index;
  }
};
function podsOf(workload) {
  let { resource, labels: labels2, metadataPath } = workload;
  return {
    what: workloadLabel(workload),
    labels: labels2,
    at: (label) => resource.origin.at([...metadataPath, "labels", label])
  };
}
function workloadLabel({ kind, namespace, name }) {
  return namespace === "" ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
}

// src/mesh/environment-mesh.ts
var EnvironmentMesh = class {
  environment;
  world;
  problems;
  #parts;
  #externals;
  #absence;
  #upgrades;
  #namespaces;
  #workloads;
  #services;
  #hosts;
  #selection;
  #injections = /* @__PURE__ */ new Map();
  #namespaceInjections = /* @__PURE__ */ new Map();
  constructor(parts) {
    this.environment = parts.head.environment.name, this.world = parts.settings.world, this.problems = parts.head.environment.problems ?? [], this.#parts = parts, this.#externals = new Externals(parts.settings.externals), this.#absence = new AbsenceJudge(parts.head, parts.base, parts.settings);
  }
  resources(kind) {
    return this.#parts.head.index.ofKind(kind);
  }
  find(kind, namespace, name) {
    return this.#parts.head.index.find(kind, namespace, name);
  }
  get namespaces() {
    return this.#namespaces ??= namespacesOf(this.#parts.head.index, this.world), this.#namespaces;
  }
  get workloads() {
    let { head, standIn } = this.#parts;
    return this.#workloads ??= [...workloadsOf(head.index.all), ...standIn ? [standIn.workload] : []], this.#workloads;
  }
  get services() {
    let { head, standIn } = this.#parts;
    return this.#services ??= [...servicesOf(head.index.ofKind("Service")), ...standIn ? [standIn.service] : []], this.#services;
  }
  get controlPlanes() {
    return this.#parts.istio.controlPlanes;
  }
  get upgrades() {
    return this.#upgrades ??= this.#parts.upgrades();
  }
  get components() {
    return this.#parts.istio.components;
  }
  get tags() {
    return this.#parts.istio.tags;
  }
  meaningOfRevision(name) {
    return this.#parts.istio.meaningOf(name);
  }
  injectionOf(workload) {
    let injection = this.#injections.get(workload);
    return injection || (injection = this.#parts.istio.forWorkload(this.#namespace(workload.namespace), workload), this.#injections.set(workload, injection)), injection;
  }
  namespaceInjection(namespace) {
    let injection = this.#namespaceInjections.get(namespace);
    return injection || (injection = this.#parts.istio.forNamespace(this.#namespace(namespace)), this.#namespaceInjections.set(namespace, injection)), injection;
  }
  #namespace(name) {
    return this.namespaces.get(name) ?? namespaceModel(name, void 0, this.world);
  }
  lookupHost(host, fromNamespace, exportTo) {
    let { head, base } = this.#parts;
    return this.#hosts ??= new HostLookup({
      world: this.world,
      index: head.index,
      registry: new HostRegistry(head.index.ofKind("ServiceEntry"), this.services),
      baseRegistry: base && new HostRegistry(base.index.ofKind("ServiceEntry"), servicesOf(base.index.ofKind("Service"))),
      absence: this.#absence,
      externals: this.#externals
    }), this.#hosts.lookup(host, fromNamespace, exportTo);
  }
  meshConfig(revision) {
    return this.#parts.istio.meshConfig(revision);
  }
  get rootNamespace() {
    let written2 = this.meshConfig().rootNamespace;
    return typeof written2 == "string" && isKnown(written2) && written2 !== "" ? written2 : "istio-system";
  }
  absenceOf(target) {
    return this.#absence.absenceOf(target);
  }
  select(labels2, namespace) {
    let { head, base } = this.#parts;
    return this.#selection ??= new WorkloadSelection({
      world: this.world,
      workloads: this.workloads,
      podSources: podSourcesOf(head.index.all),
      gatewayPods: chartGatewayPods(head.environment),
      describes: (place) => this.#absence.describes(place),
      deployers: this.#absence.deployers,
      podsElsewhere: (place) => this.#absence.podsElsewhere(place),
      baseWorkloads: () => base ? workloadsOf(base.index.all) : []
    }), this.#selection.select(labels2, namespace);
  }
};

// src/mesh/ingress-stand-in.ts
var SYSTEM_NAMESPACE = "istio-system", LABELS = { istio: "ingressgateway" }, PORTS = [
  { name: "http2", port: 80 },
  { name: "https", port: 443 },
  { name: "tcp", port: 31400 },
  { name: "tls", port: 15443 }
];
function ingressStandIn(meshConfig) {
  if (meshConfig.ingressControllerMode === "OFF") return;
  let written2 = meshConfig.ingressService, name = typeof written2 == "string" && written2 !== "" ? written2 : "istio-ingressgateway", [workload] = workloadsOf([
    unwritten("Pod", `${name}-dummypod`, { containers: [{ name: "istio-proxy" }] })
  ]), [service] = servicesOf([
    unwritten("Service", name, {
      selector: LABELS,
      ports: PORTS.map(({ name: portName, port }) => ({
        name: portName,
        port,
        protocol: "TCP",
        targetPort: port
      }))
    })
  ]);
  return workload && service && { workload, service };
}
var NOWHERE3 = {
  file: "",
  at: () => ({ file: "", line: 1, column: 1, endLine: 1 }),
  through: []
};
function unwritten(kind, name, spec) {
  return {
    apiVersion: "v1",
    group: "",
    kind,
    namespace: SYSTEM_NAMESPACE,
    name,
    labels: LABELS,
    annotations: {},
    body: { apiVersion: "v1", kind, metadata: { name, namespace: SYSTEM_NAMESPACE, labels: LABELS }, spec },
    origin: NOWHERE3,
    digest: `stand-in ${kind} ${name}`
  };
}

// src/mesh/deciding-label.ts
var INJECTION = "istio-injection", REVISION = "istio.io/rev", INJECT = "sidecar.istio.io/inject";
function decidingLabel(namespace, pod) {
  let injection = own2(namespace, INJECTION);
  if (injection !== void 0)
    return { on: "namespace", key: INJECTION, value: injection, asksFor: injection === "enabled" ? "default" : void 0 };
  let revision = own2(namespace, REVISION);
  if (revision !== void 0) return { on: "namespace", key: REVISION, value: revision, asksFor: revision };
  let podRevision = own2(pod, REVISION);
  if (podRevision !== void 0)
    return { on: "pod", key: REVISION, value: podRevision, asksFor: podRevision };
  let wish = own2(pod, INJECT);
  if (wish !== void 0)
    return { on: "pod", key: INJECT, value: wish, asksFor: wish === "true" ? "default" : void 0 };
}
function labelText({ on, key, value: value2 }) {
  return `${on} label ${key}=${value2}`;
}
function namespaceLabelPath(key) {
  return ["metadata", "labels", key];
}
function own2(labels2, key) {
  return Object.hasOwn(labels2, key) ? labels2[key] : void 0;
}

// src/mesh/injection-policy.ts
var INJECT2 = "sidecar.istio.io/inject";
function injectorDecision(injector, pod) {
  return byWish(injector?.version, pod) ?? bySelectors(injector?.neverInject ?? [], pod, "no", "neverInjectSelector") ?? bySelectors(injector?.alwaysInject ?? [], pod, "yes", "alwaysInjectSelector") ?? byPolicy(injector?.autoInject ?? "enabled");
}
function byWish(version, pod) {
  let decidedBy = readsLabel(version) && Object.hasOwn(pod.labels, INJECT2) ? "label" : "annotation", value2 = (decidedBy === "label" ? pod.labels[INJECT2] : pod.annotations[INJECT2]) ?? "", because = `pod ${decidedBy} ${INJECT2}=${value2}`;
  if (value2 === "") return;
  if (!isKnown(value2))
    return { inject: "unknown", because: `${because}, which is filled in later`, decidedBy };
  if (value2 === "true") return { inject: "yes", because, decidedBy };
  if (value2 === "false") return { inject: "no", because, decidedBy };
  let before2 = /^(?:y|yes|true|on)$/i.test(value2) ? "yes" : "no", strict = atLeast(version, 27);
  if (strict !== !0)
    return strict === !1 ? { inject: before2, because, decidedBy } : before2 === "yes" ? void 0 : { inject: "unknown", because: `${because} means no until 1.26 and nothing since 1.27`, decidedBy };
}
function readsLabel(version) {
  return atLeast(version, 9) !== !1;
}
function bySelectors(selectors, pod, inject, name) {
  let answers = selectors.filter((selector) => isMapping(selector) && Object.keys(selector).length > 0).map((selector) => matchesLabelSelector(selector, pod.labels));
  if (answers.includes("yes")) return { inject, because: `${name} of the injector` };
  if (answers.includes("unknown"))
    return { inject: "unknown", because: `${name} of the injector, for labels that are filled in later` };
}
function byPolicy(policy) {
  return isKnown(policy) ? { inject: policy === "enabled" ? "yes" : "no", because: `the injector's policy is ${policy}` } : { inject: "unknown", because: "the injector's policy is filled in later" };
}

// src/mesh/injector-webhooks.ts
var INJECT3 = "sidecar.istio.io/inject", REVISION2 = "istio.io/rev", INJECTION2 = "istio-injection", SYSTEM_NAMESPACES2 = ["kube-system", "kube-public", "kube-node-lease", "local-path-storage"];
function injectorWebhooks({ controlPlanes, tags }, manifests) {
  let written2 = manifests.flatMap(writtenWebhooks), has = (revision, tag2) => written2.some((webhook) => webhook.tag === tag2 && (tag2 !== void 0 || webhook.revision === revision)), rendered = controlPlanes.filter(({ revision }) => !has(revision, void 0)).flatMap((controlPlane) => renderedWebhooks(controlPlane, void 0)), ofTags = tags.filter(({ name, revision }) => !has(revision, name)).flatMap((tag2) => renderedWebhooks(targetOf(tag2, controlPlanes), tag2));
  return [...written2, ...rendered, ...ofTags];
}
function writtenWebhooks(manifest) {
  return listAt(manifest.body, "webhooks").flatMap((entry2, index) => /(?:^|\.)sidecar-injector\.istio\.io$/.test(textAt(entry2, "name")) ? [
    {
      revision: manifest.labels[REVISION2] ?? "default",
      tag: manifest.labels["istio.io/tag"],
      namespaceSelector: fieldAt(entry2, "namespaceSelector"),
      objectSelector: fieldAt(entry2, "objectSelector"),
      at: manifest.origin.at(["webhooks", index])
    }
  ] : []);
}
function targetOf(tag2, controlPlanes) {
  let target = controlPlanes.findLast(({ revision }) => revision === tag2.revision);
  return target ? { ...target, at: tag2.at } : { revision: tag2.revision, version: void 0, injectsByDefault: !1, at: tag2.at };
}
function renderedWebhooks(owner, tag2) {
  let { revision, version, at: at2 } = owner;
  return (tag2 === void 0 && usesLegacySelectors(owner) ? legacySelectors(owner, atLeast(version, 9) === !0) : selectorsSince110(tag2?.name ?? revision, owner)).map(([namespaceSelector, objectSelector]) => ({
    revision,
    tag: tag2?.name,
    namespaceSelector: labelSelector(namespaceSelector),
    objectSelector: labelSelector(objectSelector),
    at: at2
  }));
}
function usesLegacySelectors({ version, legacySelectors: legacySelectors2 }) {
  return atLeast(version, 9) === !1 ? !0 : atLeast(version, 10) === !1 ? legacySelectors2 ?? !0 : atLeast(version, 11) === !1 && legacySelectors2 === !0;
}
function legacySelectors({ revision, injectsByDefault: injectsByDefault2 }, optOut) {
  let object = optOut ? [[INJECT3, "NotIn", "false"]] : [];
  return injectsByDefault2 ? [
    [
      [
        ["name", "NotIn", "istio-system"],
        [INJECTION2, "NotIn", "disabled"],
        ["istio-env", "DoesNotExist"],
        [REVISION2, "DoesNotExist"]
      ],
      object
    ]
  ] : revision === "default" ? [[[[INJECTION2, "In", "enabled"]], object]] : [
    [
      [
        [INJECTION2, "DoesNotExist"],
        [REVISION2, "In", revision]
      ],
      object
    ]
  ];
}
function selectorsSince110(name, { version, injectsByDefault: injectsByDefault2 }) {
  let unlabelled = [
    [INJECTION2, "DoesNotExist"],
    [REVISION2, "DoesNotExist"]
  ], notFalse = [INJECT3, "NotIn", "false"], byRevision = [
    [
      [
        [REVISION2, "In", name],
        [INJECTION2, "DoesNotExist"]
      ],
      [notFalse]
    ],
    [unlabelled, [notFalse, [REVISION2, "In", name]]]
  ];
  if (name !== "default") return byRevision;
  let byDefault = [
    [[[INJECTION2, "In", "enabled"]], [notFalse]],
    [
      unlabelled,
      [
        [INJECT3, "In", "true"],
        [REVISION2, "DoesNotExist"]
      ]
    ]
  ], auto = [
    [
      atLeast(version, 16) !== !1 ? [...unlabelled, ["kubernetes.io/metadata.name", "NotIn", ...SYSTEM_NAMESPACES2]] : unlabelled,
      [
        [INJECT3, "DoesNotExist"],
        [REVISION2, "DoesNotExist"]
      ]
    ]
  ];
  return [...atLeast(version, 10) === !1 ? [] : byRevision, ...byDefault, ...injectsByDefault2 ? auto : []];
}
function labelSelector(expressions) {
  return {
    matchExpressions: expressions.map(
      ([key, operator, ...values]) => values.length === 0 ? { key, operator } : { key, operator, values }
    )
  };
}

// src/mesh/revisions.ts
var MANAGED = [/^asm-managed(?:-|$)/, /^asm-\d+-\d+/, /^[\w-]+\.istio-system$/, /^i?cp-v\d/], RevisionNames = class {
  #installations;
  #world;
  #externals;
  constructor(installations, world, externals) {
    this.#installations = installations, this.#world = world, this.#externals = new Externals(externals);
  }
  /** What the label value `name` stands for. `default` means the default revision, tag or not. */
  meaningOf(name) {
    if (!isKnown(name)) return { is: "placeholder" };
    let { controlPlanes, tags, incomplete } = this.#installations, tag2 = tags.findLast((candidate) => candidate.name === name);
    if (tag2) {
      let controlPlane2 = this.controlPlane(tag2.revision);
      return { is: "tag", tag: name, revision: tag2.revision, controlPlane: controlPlane2 };
    }
    let controlPlane = this.controlPlane(name);
    if (controlPlane) return { is: "revision", revision: name, controlPlane };
    let elsewhere2 = this.#elsewhere(name);
    return elsewhere2 !== void 0 ? { is: "elsewhere", because: elsewhere2, declared: !0 } : controlPlanes.length === 0 ? { is: "elsewhere", because: "no control plane is written here", declared: !1 } : this.#world === "closed" || incomplete === void 0 ? { is: "nothing" } : { is: "elsewhere", because: incomplete, declared: !1 };
  }
  controlPlane(revision) {
    return this.#installations.controlPlanes.findLast((candidate) => candidate.revision === revision);
  }
  #elsewhere(name) {
    let declared2 = this.#externals.covering(`revision ${name}`, `tag ${name}`);
    if (declared2 !== void 0) return `declared as existing elsewhere (${declared2})`;
    if (MANAGED.some((pattern) => pattern.test(name))) return "the name is that of a managed control plane";
  }
};

// src/mesh/webhook-matcher.ts
var WebhookMatcher = class {
  #webhooks;
  #podKeys;
  #known = /* @__PURE__ */ new WeakMap();
  constructor(webhooks) {
    this.#webhooks = webhooks;
    let keys = webhooks.flatMap(({ objectSelector }) => selectedKeys(objectSelector));
    this.#podKeys = [...new Set(keys)].sort();
  }
  match({ labels: labels2 }, pod) {
    let known = this.#known.get(labels2);
    known || this.#known.set(labels2, known = /* @__PURE__ */ new Map());
    let values = this.#podKeys.map((key2) => Object.hasOwn(pod, key2) ? pod[key2] : null), key = JSON.stringify([Object.keys(pod).every(isKnown), ...values]), match = known.get(key);
    return match || known.set(key, match = this.#evaluate(labels2, pod)), match;
  }
  /** One certain match settles it, whatever else may match. */
  #evaluate(namespace, pod) {
    let answer3 = "no";
    for (let webhook of this.#webhooks) {
      let matches2 = allOf([
        matchesLabelSelector(webhook.namespaceSelector, namespace),
        matchesLabelSelector(webhook.objectSelector, pod)
      ]);
      if (matches2 === "yes") return { answer: "yes", webhook };
      matches2 === "unknown" && (answer3 = "unknown");
    }
    return { answer: answer3, webhook: void 0 };
  }
};
function selectedKeys(selector) {
  return [
    ...Object.keys(mappingAt(selector, "matchLabels")),
    ...listAt(selector, "matchExpressions").map((expression) => textAt(expression, "key"))
  ];
}

// src/mesh/injection.ts
var INJECT4 = "sidecar.istio.io/inject", UNMARKED = { labels: {}, annotations: {}, workload: void 0 }, Injectors = class {
  #names;
  #webhooks;
  #hasControlPlanes;
  /** Before 1.9 pods were kept out by annotation only. */
  #podLabelCounts;
  constructor(installations, webhooks, settings) {
    this.#names = new RevisionNames(installations, settings.world, settings.externals), this.#webhooks = new WebhookMatcher(injectorWebhooks(installations, webhooks)), this.#hasControlPlanes = installations.controlPlanes.length > 0, this.#podLabelCounts = installations.controlPlanes.every(({ version }) => atLeast(version, 9) !== !1);
  }
  /** A pod without labels of its own in this namespace. */
  forNamespace(namespace) {
    return this.#decide(namespace, UNMARKED);
  }
  forWorkload(namespace, workload) {
    let { labels: labels2, annotations } = workload;
    return this.#decide(namespace, { labels: labels2, annotations, workload });
  }
  #decide(namespace, pod) {
    let refusal = this.#refusal(namespace, pod);
    if (refusal) return refusal;
    if (pod.workload?.templateElsewhere !== void 0)
      return undecided3(pod.workload.templateElsewhere);
    if (namespace.labelsKnown !== "yes")
      return undecided3(`the labels of namespace ${namespace.name || "not written here"} are set elsewhere`);
    let label = decidingLabel(namespace.labels, pod.labels), caller = this.#caller(namespace, pod, label), place = () => locate(label, namespace, pod);
    if (caller.calls !== "yes") return answer2(caller.calls, caller, caller.because, place);
    let decision2 = injectorDecision(this.#names.controlPlane(caller.revision), pod);
    if (decision2.inject === "yes") return answer2("yes", caller, caller.because, place);
    let { decidedBy } = decision2;
    return answer2(
      decision2.inject,
      { ...caller, revision: "" },
      decision2.because,
      () => decidedBy === void 0 ? place() : podPlace(pod, decidedBy)
    );
  }
  /** What keeps a pod out whoever would call: it holds even where the namespace's labels are not known. */
  #refusal({ name }, pod) {
    let { workload, labels: labels2, annotations } = pod;
    if (workload?.hostNetwork === !0)
      return refused(
        "pods on the host network get no sidecar",
        () => workload.resource.origin.at([...workload.specPath, "hostNetwork"])
      );
    if (SYSTEM_NAMESPACES2.includes(name)) return refused(`no pod of ${name} gets a sidecar`, () => {
    });
    let labelled2 = Object.hasOwn(labels2, INJECT4) && this.#podLabelCounts;
    if (labelled2 && labels2[INJECT4] === "false")
      return refused(`pod label ${INJECT4}=false`, () => podPlace(pod, "label"));
    if (!labelled2 && annotations[INJECT4] === "false" && Object.keys(labels2).every(isKnown))
      return refused(`pod annotation ${INJECT4}=false`, () => podPlace(pod, "annotation"));
  }
  #caller(namespace, pod, label) {
    let match = this.#webhooks.match(namespace, pod.labels);
    if (match.answer === "unknown")
      return { calls: "unknown", revision: "", because: "a label is filled in later" };
    if (match.webhook) {
      let { revision, tag: tag2 } = match.webhook, rule = label ? labelText(label) : "enableNamespacesByDefault", because = tag2 === void 0 ? rule : `${rule}, a tag of ${revision}`;
      return { calls: "yes", revision, tag: tag2, because };
    }
    return label ? this.#uncalled(label) : { calls: "no", revision: "", because: "no label of the namespace or the pod asks for one" };
  }
  /** No webhook of this environment matches: the label says no, asks for something elsewhere, or for nothing. */
  #uncalled(label) {
    let rule = labelText(label);
    if (!isKnown(label.value))
      return { calls: "unknown", revision: "", because: `${rule}, which is filled in later` };
    if (label.asksFor === void 0) return { calls: "no", revision: "", because: rule };
    let meaning = this.#names.meaningOf(label.asksFor);
    return meaning.is === "elsewhere" && !(label.asksFor === "default" && this.#hasControlPlanes) ? { calls: "yes", revision: label.asksFor, because: rule } : meaning.is === "nothing" && label.asksFor !== "default" ? { calls: "no", revision: "", because: `${rule}, which no control plane or tag here has`, dangling: label.asksFor } : meaning.is === "elsewhere" || meaning.is === "nothing" ? noDefault(rule) : { calls: "no", revision: "", because: `${rule}, which this version does not answer to` };
  }
};
function noDefault(rule) {
  return {
    calls: "unknown",
    revision: "",
    because: `${rule}, but no default revision or tag is written here`
  };
}
function answer2(injected, { revision, tag: tag2, dangling }, because, place) {
  return {
    injected,
    revision: injected === "yes" ? revision : "",
    tag: tag2,
    because,
    // Places are looked up when they are shown: parsing ten thousand documents again for nothing would cost seconds.
    get at() {
      return place();
    },
    dangling
  };
}
function refused(because, place) {
  return answer2("no", { calls: "no", revision: "", because }, because, place);
}
function undecided3(because) {
  return answer2("unknown", { calls: "unknown", revision: "", because }, because, () => {
  });
}
function locate(label, namespace, pod) {
  return label ? label.on === "namespace" ? namespace.resource?.origin.at(namespaceLabelPath(label.key)) : pod.workload?.resource.origin.at([...pod.workload.metadataPath, "labels", label.key]) : namespace.resource?.origin.at(["metadata", "name"]);
}
function podPlace({ workload }, holder) {
  return workload?.resource.origin.at([...workload.metadataPath, `${holder}s`, INJECT4]);
}

// src/mesh/mesh-config.ts
var DEFAULTS = {
  rootNamespace: "istio-system",
  trustDomain: "cluster.local",
  ingressService: "istio-ingressgateway",
  ingressSelector: "ingressgateway",
  ingressControllerMode: "STRICT",
  ingressClass: "istio",
  enableAutoMtls: !0,
  outboundTrafficPolicy: { mode: "ALLOW_ANY" },
  inboundTrafficPolicy: { mode: "PASSTHROUGH" },
  defaultProviders: {},
  extensionProviders: [
    { name: "prometheus", prometheus: {} },
    { name: "stackdriver", stackdriver: {} },
    { name: "envoy", envoyFileAccessLog: { path: "/dev/stdout" } }
  ],
  defaultConfig: { proxyMetadata: {} },
  discoverySelectors: []
}, MERGED = /* @__PURE__ */ new Set(["defaultConfig", "defaultProviders"]);
function effectiveMeshConfig(controlPlanes, override, revision) {
  let own3 = chosen(controlPlanes, revision)?.meshConfig ?? {};
  return { ...apply(apply(DEFAULTS, own3), override ?? {}) };
}
function chosen(controlPlanes, revision) {
  if (revision !== void 0) return controlPlanes.findLast((one) => one.revision === revision);
  let [only, ...others2] = controlPlanes;
  return others2.length === 0 ? only : controlPlanes.findLast((one) => one.revision === "default");
}
function apply(under, over) {
  let result = Object.assign(/* @__PURE__ */ Object.create(null), under);
  for (let [field4, value2] of Object.entries(over))
    value2 != null && (field4 === "extensionProviders" ? result[field4] = mergedProviders(listAt(under, field4), value2) : field4 === "trustDomainAliases" ? result[field4] = union(textsAt(under, field4), textsAt(over, field4)) : MERGED.has(field4) && isMapping(value2) ? result[field4] = merged2(mappingAt(under, field4), value2) : result[field4] = value2);
  return result;
}
function mergedProviders(under, over) {
  if (!Array.isArray(over)) return under;
  let added = over, names2 = new Set(added.map((provider) => textAt(provider, "name")));
  return [...under.filter((provider) => !names2.has(textAt(provider, "name"))), ...added];
}
function union(one, other) {
  return [.../* @__PURE__ */ new Set([...one, ...other])].sort();
}
function merged2(under, over) {
  let result = Object.assign(/* @__PURE__ */ Object.create(null), under, over);
  return (fieldAt(under, "proxyMetadata") !== void 0 || fieldAt(over, "proxyMetadata") !== void 0) && (result.proxyMetadata = Object.assign(
    /* @__PURE__ */ Object.create(null),
    mappingAt(under, "proxyMetadata"),
    mappingAt(over, "proxyMetadata")
  )), result;
}

// src/mesh/version-steps.ts
function versionSteps(before2, after) {
  return after.flatMap((now) => {
    let then = counterpart(now, before2, after);
    return !then?.version || !now.version || compareVersions(then.version, now.version) === 0 ? [] : [{ before: then, after: now, from: then.version, to: now.version }];
  });
}
function counterpart(now, before2, after) {
  let sort = before2.filter(({ component: component4 }) => component4 === now.component), same = sort.filter(
    ({ name, namespace, revision }) => name === now.name && namespace === now.namespace && revision === now.revision
  );
  return same.length > 0 ? same.length === 1 ? same[0] : same.find(({ at: at2 }) => at2.file === now.at.file) : sort.length === 1 && after.filter(({ component: component4 }) => component4 === now.component).length === 1 && sort[0]?.revision === now.revision ? sort[0] : void 0;
}

// src/mesh/build.ts
function buildMesh(environment, settings, other, side = "head") {
  let head = indexed(environment, settings), istio = istioSide(head, settings);
  return new EnvironmentMesh({
    head,
    base: other && indexed(other, settings),
    upgrades: () => other && side === "head" ? versionSteps(readInstallations(other).components, istio.components) : [],
    settings,
    istio,
    standIn: settings.world === "closed" ? ingressStandIn(istio.meshConfig()) : void 0
  });
}
function indexed(environment, settings) {
  return { environment, index: new ResourceIndex(environment.resources, settings) };
}
function istioSide({ environment, index }, settings) {
  let installations = readInstallations(environment), webhooks = index.ofKind("MutatingWebhookConfiguration"), injectors = new Injectors(installations, webhooks, settings), names2 = new RevisionNames(installations, settings.world, settings.externals), configs = /* @__PURE__ */ new Map();
  return {
    controlPlanes: installations.controlPlanes,
    components: installations.components,
    tags: installations.tags,
    meaningOf: (name) => names2.meaningOf(name),
    forNamespace: (namespace) => injectors.forNamespace(namespace),
    forWorkload: (namespace, workload) => injectors.forWorkload(namespace, workload),
    meshConfig(revision) {
      let known = configs.get(revision);
      if (known) return known;
      let config = effectiveMeshConfig(installations.controlPlanes, settings.meshConfig, revision);
      return configs.set(revision, config), config;
    }
  };
}

// src/rules/body.ts
var NO_FIELDS = Object.freeze({});
function isFields2(value2) {
  return typeof value2 == "object" && value2 !== null && !Array.isArray(value2);
}
var SNAKE_NAMES = /* @__PURE__ */ new Map();
function snakeCase(name) {
  let known = SNAKE_NAMES.get(name);
  if (known !== void 0) return known;
  let snake = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return SNAKE_NAMES.set(name, snake), snake;
}
function fieldName(owner, name) {
  if (!isFields2(owner) || Object.hasOwn(owner, name)) return name;
  let snake = snakeCase(name);
  return Object.hasOwn(owner, snake) ? snake : name;
}
function field3(owner, name) {
  if (!isFields2(owner)) return;
  if (Object.hasOwn(owner, name)) return owner[name] ?? void 0;
  let snake = snakeCase(name);
  return Object.hasOwn(owner, snake) ? owner[snake] ?? void 0 : void 0;
}
function fields(owner, name) {
  let value2 = field3(owner, name);
  return isFields2(value2) ? value2 : NO_FIELDS;
}
function list(owner, name) {
  let value2 = field3(owner, name);
  return Array.isArray(value2) ? value2 : [];
}
function text(owner, name) {
  let value2 = field3(owner, name);
  return typeof value2 == "string" ? value2 : "";
}
function integer2(owner, name) {
  let value2 = field3(owner, name);
  return typeof value2 == "number" ? value2 : typeof value2 == "string" && /^-?\d{1,15}$/.test(value2) ? Number(value2) : void 0;
}
function texts(owner, name) {
  return list(owner, name).filter((item) => typeof item == "string");
}
function labels(owner, name) {
  let entries = Object.entries(fields(owner, name)).filter(
    (entry2) => typeof entry2[1] == "string"
  );
  return Object.fromEntries(entries);
}
function selectorText(selector) {
  return Object.keys(selector).sort().map((key) => `${key}=${selector[key] ?? ""}`).join(",");
}
function qualifiedName({ namespace, name }) {
  return namespace === "" ? name : `${namespace}/${name}`;
}
function hasPlaceholder(text2) {
  return !isKnown(text2);
}

// src/rules/istio/ist0002-deprecated.ts
var ist0002_deprecated_default = {
  id: "IST0002",
  name: "deprecated",
  level: "warning",
  inputs: ["VirtualService", "Sidecar", "Telemetry", "meshConfig"],
  summary: "A resource uses something that Istio has deprecated.",
  messages: {
    delayPercent: "fault.delay.percent is deprecated.",
    egressProxy: "outboundTrafficPolicy.egressProxy is ignored.",
    lightstep: "The tracing provider {provider} is of the deprecated type lightstep."
  },
  advice: {
    delayPercent: "Use fault.delay.percentage.value.",
    egressProxy: "Remove it; route unknown traffic with a ServiceEntry and a VirtualService.",
    lightstep: "Send traces with the opentelemetry provider."
  },
  check(context) {
    checkDelays(context), checkEgressProxies(context), checkLightstep(context);
  }
};
function checkDelays({ mesh, report }) {
  for (let virtualService of mesh.resources("VirtualService"))
    list(fields(virtualService.body, "spec"), "http").forEach((route, index) => {
      let delay = fields(fields(route, "fault"), "delay");
      (integer2(delay, "percent") ?? 0) <= 0 || report(virtualService, ["spec", "http", index, "fault", "delay", "percent"], "delayPercent");
    });
}
function checkEgressProxies({ mesh, report }) {
  for (let sidecar of mesh.resources("Sidecar")) {
    let spec = fields(sidecar.body, "spec"), policy = fields(spec, "outboundTrafficPolicy");
    if (field3(policy, "egressProxy") === void 0) continue;
    let path = ["spec", fieldName(spec, "outboundTrafficPolicy"), fieldName(policy, "egressProxy")];
    report(sidecar, path, "egressProxy");
  }
}
function checkLightstep({ mesh, report }) {
  let deprecated = new Set(
    list(mesh.meshConfig(), "extensionProviders").filter((provider) => field3(provider, "lightstep") !== void 0).map((provider) => text(provider, "name"))
  );
  for (let telemetry of mesh.resources("Telemetry"))
    list(fields(telemetry.body, "spec"), "tracing").forEach((tracing, index) => {
      list(tracing, "providers").forEach((entry2, position) => {
        let provider = text(entry2, "name");
        if (!deprecated.has(provider)) return;
        report(telemetry, ["spec", "tracing", index, "providers", position, "name"], "lightstep", { provider });
      });
    });
}

// src/rules/per-resource.ts
function perResource(derive) {
  let known = /* @__PURE__ */ new WeakMap();
  return (resource) => {
    let before2 = known.get(resource);
    if (before2 !== void 0) return before2;
    let derived = derive(resource);
    return known.set(resource, derived), derived;
  };
}

// src/rules/istio/gateway-references.ts
var GENERATED = "~istio-autogenerated-k8s-gateway~";
function splitReference(written2, ownNamespace) {
  let slash = written2.indexOf("/");
  return slash < 0 ? { namespace: ownNamespace, name: written2 } : { namespace: written2.slice(0, slash), name: written2.slice(slash + 1) };
}
function isGenerated(reference) {
  return reference.name.includes(GENERATED);
}
var gatewayReferencesOf = perResource(
  (virtualService) => list(fields(virtualService.body, "spec"), "gateways").flatMap(
    (written2, index) => typeof written2 == "string" && written2 !== "mesh" ? [{ written: written2, ...splitReference(written2, virtualService.namespace), path: ["spec", "gateways", index] }] : []
  )
);

// src/rules/istio/ist0101-credentials.ts
function checkCredentials(context) {
  for (let gateway of context.mesh.resources("Gateway")) {
    let spec = fields(gateway.body, "spec"), namespace = workloadNamespace(context.mesh, gateway);
    namespace !== void 0 && list(spec, "servers").forEach((server, index) => {
      let tls = fields(server, "tls"), credential = text(tls, "credentialName");
      if (credential === "" || hasPlaceholder(credential)) return;
      let secret = splitReference(credential, namespace);
      if (context.mesh.find("Secret", secret.namespace, secret.name)) return;
      let absence = context.mesh.absenceOf({ kind: "Secret", ...secret });
      if (absence.absent !== "yes" || absence.confidence !== "certain") return;
      let path = ["spec", "servers", index, "tls", fieldName(tls, "credentialName")], evidence2 = context.mesh.world === "closed" ? [] : [{ says: absence.because }];
      context.report(gateway, path, "credential", { credential, namespace: secret.namespace }, { evidence: evidence2 });
    });
  }
}
function workloadNamespace(mesh, gateway) {
  let selector = labels(fields(gateway.body, "spec"), "selector"), [workload] = mesh.select(selector, void 0).selected;
  return workload === void 0 || workload.namespace === "" ? void 0 : workload.namespace;
}

// src/rules/absent.ts
function supportedBy(mesh, answer3) {
  return mesh.world === "closed" ? { confidence: answer3.confidence } : {
    confidence: answer3.confidence,
    evidence: [{ says: answer3.because, ...answer3.at && { at: answer3.at } }]
  };
}
function reportAbsent(context, target, resource, path, message, data, options = {}) {
  let absence = context.mesh.absenceOf(target);
  absence.absent === "yes" ? context.report(resource, path, message, data, { ...supportedBy(context.mesh, absence), ...options }) : context.unchecked(`references to a ${target.kind}`, absence.because, resource, path);
}
function reportUnknownHost(context, answer3, resource, path, message, data) {
  answer3.known === "no" ? context.report(resource, path, message, data, supportedBy(context.mesh, answer3)) : answer3.known === "unknown" && context.unchecked("references to a host", answer3.because, resource, path);
}

// src/rules/istio/ist0101-gateways.ts
function checkGateways(context) {
  for (let virtualService of context.mesh.resources("VirtualService"))
    for (let reference of gatewayReferencesOf(virtualService)) {
      if (isGenerated(reference) || hasPlaceholder(reference.written) || hasPlaceholder(reference.namespace) || findGateway(context.mesh, reference, virtualService)) continue;
      let { namespace, name, path, written: written2 } = reference;
      reportAbsent(context, { kind: "Gateway", namespace, name }, virtualService, path, "gateway", { gateway: written2 });
    }
}
function findGateway(mesh, reference, virtualService) {
  let { namespace, name, written: written2 } = reference, found2 = findByName(mesh, namespace, name);
  if (found2 || mesh.world === "closed") return found2;
  if (namespace === ".") return findByName(mesh, virtualService.namespace, name);
  let [legacyName, legacyNamespace] = written2.split(".");
  if (!(written2.includes("/") || legacyName === void 0 || legacyNamespace === void 0))
    return findByName(mesh, legacyNamespace, legacyName);
}
function findByName(mesh, namespace, name) {
  return mesh.find("Gateway", namespace, name) ?? mesh.find("KubernetesGateway", namespace, name);
}

// src/rules/istio/virtual-service-destinations.ts
var PROTOCOLS = ["tcp", "tls", "http"], destinationsOf = perResource((virtualService) => {
  let found2 = [], spec = fields(virtualService.body, "spec");
  for (let protocol of PROTOCOLS)
    list(spec, protocol).forEach((route, index) => {
      let path = ["spec", protocol, index];
      list(route, "route").forEach((target, position) => {
        found2.push({
          role: "destination",
          protocol,
          fields: isFields2(target) ? fields(target, "destination") : NO_FIELDS,
          path: [...path, "route", position, "destination"]
        });
      }), protocol === "http" && found2.push(...mirrorsOf(route, path));
    });
  return found2;
});
function mirrorsOf(route, path) {
  let found2 = [];
  return isFields2(field3(route, "mirror")) && found2.push({
    role: "mirror",
    protocol: "http",
    fields: fields(route, "mirror"),
    path: [...path, "mirror"]
  }), list(route, "mirrors").forEach((mirror, index) => {
    found2.push({
      role: "mirror",
      protocol: "http",
      fields: fields(mirror, "destination"),
      path: [...path, fieldName(route, "mirrors"), index, "destination"]
    });
  }), found2;
}
function within(destination, name) {
  return [...destination.path, fieldName(destination.fields, name)];
}

// src/rules/istio/ist0101-hosts.ts
function checkHosts(context) {
  for (let virtualService of context.mesh.resources("VirtualService")) {
    let exportTo = texts(fields(virtualService.body, "spec"), "exportTo");
    for (let destination of destinationsOf(virtualService))
      checkHost(context, virtualService, destination, exportTo);
  }
}
function checkHost(context, virtualService, destination, exportTo) {
  let { mesh } = context, host = text(destination.fields, "host");
  if (host === "" ? mesh.world === "open" : hasPlaceholder(host)) return;
  let answer3 = mesh.lookupHost(host, virtualService.namespace, exportTo);
  if (answer3.known === "yes") {
    checkPort(context, virtualService, destination, answer3);
    return;
  }
  let message = answer3.nearMiss === void 0 ? "host" : "hostSlip", data = { host, role: roleOf(destination), nearMiss: answer3.nearMiss ?? "" };
  reportUnknownHost(context, answer3, virtualService, within(destination, "host"), message, data);
}
function checkPort(context, virtualService, destination, answer3) {
  let port = field3(destination.fields, "port");
  if (port === void 0) return;
  let number = integer2(port, "number") ?? (field3(port, "number") === void 0 ? 0 : void 0);
  number === void 0 || answer3.ports.includes(number) || context.mesh.world === "open" && (answer3.ports.length === 0 || number === 0) || context.report(
    virtualService,
    [...within(destination, "port"), "number"],
    "port",
    {
      host: text(destination.fields, "host"),
      port: number,
      role: roleOf(destination),
      ports: answer3.ports.map(String)
    },
    portEvidence(answer3)
  );
}
function portEvidence(answer3) {
  let { provider } = answer3;
  if (!provider || provider.origin.file === "") return {};
  let says = `${provider.kind} ${provider.name} exposes ${answer3.ports.join(", ") || "no port"}`;
  return {
    confidence: answer3.confidence,
    evidence: [{ says, at: provider.origin.at(["spec", "ports"], "key") }]
  };
}
function roleOf(destination) {
  return destination.role === "mirror" ? "mirror host" : "host";
}

// src/rules/istio/ist0101-selectors.ts
var MOST_COMPARISONS3 = 1e3;
function checkSelectors(context) {
  let { mesh } = context;
  for (let gateway of mesh.resources("Gateway")) {
    let selector = labels(fields(gateway.body, "spec"), "selector");
    checkSelector(context, gateway, selector, ["spec", "selector"], void 0);
  }
  for (let sidecar of mesh.resources("Sidecar")) {
    let spec = fields(sidecar.body, "spec"), selector = labels(fields(spec, "workloadSelector"), "labels"), path = ["spec", fieldName(spec, "workloadSelector"), "labels"];
    hasLabels(selector) && checkSelector(context, sidecar, selector, path, sidecar.namespace);
  }
  for (let telemetry of mesh.resources("Telemetry")) {
    let wanted = fields(fields(telemetry.body, "spec"), "selector"), selector = labels(wanted, "matchLabels"), path = ["spec", "selector", fieldName(wanted, "matchLabels")];
    hasLabels(selector) && checkSelector(context, telemetry, selector, path, telemetry.namespace);
  }
}
function hasLabels(selector) {
  return Object.keys(selector).length > 0;
}
function checkSelector(context, resource, selector, path, namespace) {
  let { mesh } = context;
  if (Object.entries(selector).flat().some(hasPlaceholder)) return;
  let selection = mesh.select(selector, namespace);
  if (selection.selected.length > 0) return;
  let where = namespace === void 0 || namespace === "" ? "any namespace" : `namespace ${namespace}`, data = { selector: selectorText(selector), where }, first = Object.keys(selector).sort().slice(0, 1);
  if (mesh.world === "closed") {
    context.report(resource, [...path, ...first], "selector", data);
    return;
  }
  let reason = resource.kind === "Gateway" ? slipOf(mesh, selector) : neighboursDiffer(mesh, selection, namespace ?? "");
  if ("doubt" in reason) {
    context.unchecked(`what a ${resource.kind} selects`, reason.doubt, resource, path);
    return;
  }
  let options = { confidence: "likely", level: "warning", evidence: [reason.evidence] };
  context.report(resource, [...path, ...first], "selector", data, options);
}
function neighboursDiffer(mesh, { maybe }, namespace) {
  let [source2] = maybe;
  return source2 !== void 0 ? { doubt: `it may select what ${source2} holds` } : mesh.workloads.find((workload) => workload.namespace === namespace) === void 0 || namespace === "" ? { doubt: "the workloads of its namespace are not in this repository" } : { evidence: { says: `every workload of namespace ${namespace} in this repository carries other labels` } };
}
function slipOf(mesh, selector) {
  let gateways = gatewaysOf2(mesh);
  for (let [key, value2] of Object.entries(selector)) {
    let values = gateways.flatMap(({ labels: { [key]: label } }) => label === void 0 ? [] : [label]), meant = new SimilarNames(values, { left: MOST_COMPARISONS3 }).nearest(value2), gateway = meant === void 0 ? void 0 : gateways.find((one) => one.labels[key] === meant);
    if (!gateway) continue;
    let at2 = gateway.resource.origin.at([...gateway.metadataPath, "labels", key]);
    return { evidence: { says: `the gateway ${gateway.name} carries ${key}=${meant ?? ""}`, at: at2 } };
  }
  return releaseInsteadOfLabel(mesh, selector) ?? { doubt: "its gateway workload is not in this repository" };
}
function releaseInsteadOfLabel(mesh, selector) {
  let wanted = selector.istio;
  if (wanted === void 0 || !wanted.startsWith("istio-")) return;
  let gateways = mesh.components.filter(({ component: component4 }) => component4 === "gateway"), release3 = gateways.find(({ name }) => name === wanted);
  return !release3 || gateways.some(({ name }) => name === `istio-${wanted}`) ? void 0 : { evidence: { says: `the gateway chart of release ${wanted} labels its pods istio=${wanted.slice(6)}`, at: release3.at } };
}
var GATEWAYS = /* @__PURE__ */ new WeakMap();
function gatewaysOf2(mesh) {
  let known = GATEWAYS.get(mesh);
  if (known) return known;
  let gateways = mesh.workloads.filter(
    ({ labels: { istio }, containers }) => istio !== void 0 && containers.some(({ init, name }) => !init && name === "istio-proxy")
  );
  return GATEWAYS.set(mesh, gateways), gateways;
}

// src/rules/istio/ist0101-source-namespaces.ts
function checkSourceNamespaces(context) {
  for (let policy of context.mesh.resources("AuthorizationPolicy"))
    list(fields(policy.body, "spec"), "rules").forEach((rule, ruleIndex) => {
      list(rule, "from").forEach((from, fromIndex) => {
        let source2 = field3(from, "source");
        for (let name of ["namespaces", "notNamespaces"]) {
          let path = ["spec", "rules", ruleIndex, "from", fromIndex, "source", fieldName(source2, name)];
          list(source2, name).forEach((pattern, index) => {
            typeof pattern == "string" && checkPattern(context, policy, pattern, [...path, index]);
          });
        }
      });
    });
}
function checkPattern(context, policy, pattern, path) {
  let { mesh } = context;
  if (hasPlaceholder(pattern) || matchesSome(mesh, pattern)) return;
  if (mesh.world === "closed") {
    context.report(policy, path, "namespace", { namespace: pattern });
    return;
  }
  if (pattern.includes("*")) return;
  let absence = mesh.absenceOf({ kind: "Namespace", namespace: "", name: pattern });
  absence.absent === "yes" && absence.confidence === "certain" && context.report(
    policy,
    path,
    "namespace",
    { namespace: pattern },
    { evidence: [{ says: absence.because }] }
  );
}
function matchesSome(mesh, pattern) {
  for (let { name, resource } of mesh.namespaces.values())
    if (!(resource === void 0 && mesh.world === "closed") && matches(pattern, name))
      return !0;
  return !1;
}
function matches(pattern, name) {
  return pattern === "*" ? !0 : pattern.startsWith("*") ? name.endsWith(pattern.slice(1)) : pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : pattern.toLowerCase() === name.toLowerCase();
}

// src/rules/istio/ist0101-subsets.ts
var Subsets = class {
  #rules = /* @__PURE__ */ new Map();
  #mesh;
  constructor(mesh) {
    this.#mesh = mesh;
    for (let rule of mesh.resources("DestinationRule")) {
      let key = this.#key(text(fields(rule.body, "spec"), "host"), rule.namespace);
      this.#rules.set(key, [...this.#rules.get(key) ?? [], rule]);
    }
  }
  rulesFor(host, namespace) {
    return this.#rules.get(this.#key(host, namespace)) ?? [];
  }
  /** Istio's analyzers compare service names; a mesh compares complete hosts, which also tells external hosts apart. */
  #key(host, namespace) {
    if (this.#mesh.world === "open") return this.#mesh.lookupHost(host, namespace, []).fqdn;
    let parts = /^(.+)\.([^.]+)\.svc\.cluster\.local$/.exec(host);
    return parts ? `${parts[2] ?? ""}/${parts[1] ?? ""}` : `${namespace}/${host}`;
  }
};
function checkSubsets(context) {
  let subsets = new Subsets(context.mesh);
  for (let virtualService of context.mesh.resources("VirtualService"))
    for (let destination of destinationsOf(virtualService))
      checkSubset(context, virtualService, destination, subsets);
}
function checkSubset(context, virtualService, destination, subsets) {
  let host = text(destination.fields, "host"), subset = text(destination.fields, "subset");
  if (subset === "" || hasPlaceholder(subset) || hasPlaceholder(host)) return;
  let rules = subsets.rulesFor(host, virtualService.namespace);
  if (rules.some((rule2) => mayDefine(rule2, subset))) return;
  let path = within(destination, "subset"), data = { host, subset, role: destination.role === "mirror" ? "mirror" : "host" }, [rule] = rules;
  if (context.mesh.world === "closed")
    context.report(virtualService, within(destination, "host"), "subset", data);
  else if (rule) {
    let says = `DestinationRule ${rule.name} is for this host and defines other subsets`, at2 = rule.origin.at(["spec", "subsets"], "key");
    context.report(virtualService, path, "subset", data, { evidence: [{ says, at: at2 }] });
  } else
    checkRuleAbsent(context, virtualService, destination, data);
}
function checkRuleAbsent(context, virtualService, destination, data) {
  let { mesh } = context, [name = "", serviceNamespace = ""] = mesh.lookupHost(data.host, virtualService.namespace, []).fqdn.split("."), answers = [virtualService.namespace, serviceNamespace].map(
    (namespace) => mesh.absenceOf({ kind: "DestinationRule", namespace, name })
  ), unknown2 = answers.find((answer3) => answer3.absent === "unknown"), path = within(destination, "subset");
  if (unknown2) {
    context.unchecked("references to a subset", unknown2.because, virtualService, path);
    return;
  }
  let evidence2 = answers.slice(0, 1).map(({ because }) => ({ says: because }));
  context.report(virtualService, path, "subset", data, { confidence: "likely", evidence: evidence2 });
}
function mayDefine(rule, subset) {
  return list(fields(rule.body, "spec"), "subsets").some((entry2) => {
    let name = text(entry2, "name");
    return name === subset || hasPlaceholder(name);
  });
}

// src/rules/istio/ist0101-reference-not-found.ts
var ist0101_reference_not_found_default = {
  id: "IST0101",
  name: "reference-not-found",
  level: "error",
  inputs: [
    "VirtualService",
    "DestinationRule",
    "Gateway",
    "KubernetesGateway",
    "Sidecar",
    "Telemetry",
    "AuthorizationPolicy",
    "Secret",
    "namespaces",
    "workloads",
    "components",
    "hosts",
    "absence"
  ],
  summary: "A resource refers to a host, port, subset, Gateway, workload, Secret or namespace that does not exist.",
  messages: {
    host: "No service provides the {role} {host}.",
    hostSlip: "No service provides the {role} {host}; there is one called {nearMiss}.",
    port: "The {role} {host} does not expose port {port}; it exposes {ports}.",
    gateway: "There is no Gateway {gateway}.",
    subset: "No DestinationRule defines the subset {subset} of {role} {host}.",
    selector: "The selector {selector} matches no workload in {where}.",
    credential: "The gateway reads its certificate from the Secret {namespace}/{credential}, which does not exist.",
    namespace: "No namespace matches {namespace}."
  },
  advice: {
    host: "Correct the host, or add the Service or ServiceEntry that provides it. A host with a dot is taken as it stands: a Service of another namespace is written name.namespace.svc.cluster.local.",
    hostSlip: "Write {nearMiss}.",
    port: "Route to one of the ports {ports}, or expose port {port} on the service.",
    gateway: "Correct the name (namespace/name for a Gateway of another namespace), or add the Gateway in the same change.",
    subset: "Add the subset to the DestinationRule of this host, or route to one that exists: requests to an undefined subset fail with 503.",
    selector: "Correct the labels, so that they equal those of the pods (not of the Deployment).",
    credential: "Create the Secret in the namespace of the gateway pods, not in that of the Gateway.",
    namespace: "Correct the name, or remove the entry."
  },
  check(context) {
    checkHosts(context), checkSubsets(context), checkGateways(context), checkSelectors(context), checkCredentials(context), checkSourceNamespaces(context);
  }
};

// src/rules/istio/injector-config.ts
var PREFIX = "istio-sidecar-injector", LONGEST_VALUES = 5e5, InjectorConfigs = class {
  #values = /* @__PURE__ */ new Map();
  constructor(mesh) {
    for (let configMap of mesh.resources("ConfigMap"))
      configMap.name.startsWith(PREFIX) && this.#values.set(configMap.name, parseValues(text(fields(configMap.body, "data"), "values")));
  }
  get size() {
    return this.#values.size;
  }
  /** The values of a revision's injector; `undefined` without one. The empty revision is `default`. */
  of(revision) {
    return this.#values.get(revision === "" || revision === "default" ? PREFIX : `${PREFIX}-${revision}`);
  }
  /** `sidecarInjectorWebhook.enableNamespacesByDefault` of a revision; `undefined` without a ConfigMap. */
  enablesByDefault(revision) {
    let values = this.of(revision);
    return values && field3(fields(values, "sidecarInjectorWebhook"), "enableNamespacesByDefault") === !0;
  }
};
function parseValues(json) {
  if (json.length > LONGEST_VALUES) return NO_FIELDS;
  try {
    let parsed = JSON.parse(json);
    return isFields2(parsed) ? parsed : NO_FIELDS;
  } catch {
    return NO_FIELDS;
  }
}

// src/rules/istio/namespace-labels.ts
var INJECTION3 = "istio-injection", REVISION3 = "istio.io/rev", DATAPLANE_MODE = "istio.io/dataplane-mode", KUBERNETES_OWN = /* @__PURE__ */ new Set(["kube-system", "kube-public", "kube-node-lease", "local-path-storage"]);
function applicationNamespaces(mesh) {
  let written2 = [];
  for (let namespace of mesh.namespaces.values()) {
    let { name, resource } = namespace;
    resource === void 0 || name === "istio-system" || KUBERNETES_OWN.has(name) || written2.push({ ...namespace, resource });
  }
  return written2.sort((a, b) => a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
}
function isAmbient(labels2) {
  return labels2[INJECTION3] !== "enabled" && (labels2[REVISION3] ?? "") === "" && labels2[DATAPLANE_MODE] === "ambient";
}

// src/rules/istio/ist0102-namespace-not-injected.ts
var MESH_CONFIGURATION = [
  "VirtualService",
  "DestinationRule",
  "Sidecar",
  "PeerAuthentication",
  "AuthorizationPolicy",
  "RequestAuthentication"
], ist0102_namespace_not_injected_default = {
  id: "IST0102",
  name: "namespace-not-injected",
  level: "info",
  inputs: ["namespaces", "ConfigMap", "controlPlanes", "injection", "workloads", ...MESH_CONFIGURATION],
  summary: "A namespace says neither that its pods are injected nor that they are not.",
  messages: {
    silent: "Namespace {namespace} carries no injection label, so its pods get no sidecar."
  },
  advice: "Label it istio-injection=enabled (or istio.io/rev=<revision or tag>) to bring it into the mesh, or istio-injection=disabled to say that this is meant.",
  check({ mesh, report }) {
    let injectors = new InjectorConfigs(mesh), configured = namespacesWithMeshConfiguration(mesh), byDefault = mesh.controlPlanes.some((controlPlane) => controlPlane.injectsByDefault);
    for (let namespace of applicationNamespaces(mesh)) {
      let { labels: labels2, name, resource } = namespace;
      labels2[DATAPLANE_MODE] !== "ambient" && (byDefault = injectors.enablesByDefault(labels2[REVISION3] ?? "") ?? byDefault, !((labels2[INJECTION3] ?? "") !== "" || Object.hasOwn(labels2, REVISION3) || byDefault) && (mesh.world === "open" && !isForgotten(mesh, namespace, configured) || report(resource, ["metadata", "name"], "silent", { namespace: name })));
    }
  }
};
function namespacesWithMeshConfiguration(mesh) {
  return new Set(
    MESH_CONFIGURATION.flatMap((kind) => mesh.resources(kind).map(({ namespace }) => namespace))
  );
}
function isForgotten(mesh, namespace, configured) {
  if (namespace.labelsKnown !== "yes" || !meshIsUsed(mesh)) return !1;
  let workloads = mesh.workloads.filter((workload) => workload.namespace === namespace.name);
  return workloads.some((workload) => mesh.injectionOf(workload).injected !== "no") ? !1 : configured.has(namespace.name) || workloads.length > 0;
}
function meshIsUsed(mesh) {
  if (mesh.controlPlanes.length === 0) return !1;
  for (let { labels: labels2 } of mesh.namespaces.values())
    if (labels2[INJECTION3] === "enabled" || (labels2[REVISION3] ?? "") !== "") return !0;
  return !1;
}

// src/rules/istio/ist0103-pod-without-proxy.ts
var INJECT5 = "sidecar.istio.io/inject", ist0103_pod_without_proxy_default = {
  id: "IST0103",
  name: "pod-without-proxy",
  level: "warning",
  inputs: ["namespaces", "workloads"],
  summary: "A Pod of an injected namespace runs without the proxy (closed world only).",
  messages: {
    missing: "Pod {pod} of the injected namespace {namespace} has no proxy container."
  },
  advice: "Restart the workload, so that its pods are created anew.",
  check({ mesh, report }) {
    if (mesh.world !== "open")
      for (let workload of mesh.workloads) {
        let namespace = mesh.namespaces.get(workload.namespace), enabled = namespace?.resource !== void 0 && namespace.labels[INJECTION3] === "enabled";
        if (workload.kind !== "Pod" || !enabled || workload.namespace === "istio-system" || isOptedOut(workload) || hasProxy(workload)) continue;
        let data = { pod: workload.name, namespace: workload.namespace };
        report(workload.resource, ["metadata", "name"], "missing", data);
      }
  }
};
function isOptedOut({ labels: labels2, annotations, hostNetwork }) {
  return hostNetwork || (labels2[INJECT5] ?? annotations[INJECT5] ?? "").toLowerCase() === "false";
}
function hasProxy({ containers }) {
  return (containers.find(({ name }) => name === "istio-proxy")?.image ?? "") !== "";
}

// src/rules/istio/port-protocol.ts
var PROTOCOLS2 = /* @__PURE__ */ new Set([
  "tcp",
  "udp",
  "grpc",
  "grpc-web",
  "http",
  "http_proxy",
  "http2",
  "https",
  "tls",
  "mongo",
  "redis",
  "mysql"
]), KUBERNETES_APP_PROTOCOLS = /* @__PURE__ */ new Set(["kubernetes.io/h2c", "kubernetes.io/ws", "kubernetes.io/wss"]), SERVER_FIRST_PORTS = /* @__PURE__ */ new Set([25, 53, 3306, 27017]), MANAGED2 = /* @__PURE__ */ new Set([
  "istio.io-gateway-controller",
  "istio.io-mesh-controller",
  "istio.io-eastwest-controller"
]);
function isKnownProtocol(protocol) {
  return PROTOCOLS2.has(protocol.toLowerCase());
}
function isUnsupportedPort(port) {
  if (port.protocol === "UDP" || KUBERNETES_APP_PROTOCOLS.has(port.appProtocol)) return !1;
  let said = (port.appProtocol === "" ? port.name : port.appProtocol).toLowerCase();
  if (said.startsWith("grpc-web")) return !1;
  let [prefix = ""] = said.split("-");
  return !PROTOCOLS2.has(prefix) && !SERVER_FIRST_PORTS.has(port.port);
}
function isGatewayService(service) {
  return MANAGED2.has(service.resource.labels["gateway.istio.io/managed"] ?? "");
}

// src/rules/validation/scalars.ts
var DNS_LABEL = /^[a-zA-Z0-9](?:[-a-zA-Z0-9]{0,61}[a-zA-Z0-9])?$/, WILDCARD_LABEL = /^(?:\*|(?:\*-?)?[a-zA-Z0-9](?:[-a-zA-Z0-9]{0,61}[a-zA-Z0-9])?)$/, LONGEST_DOMAIN = 255, LONGEST_REGEX = 1024;
function isDnsLabel(text2) {
  return DNS_LABEL.test(text2);
}
function domainProblem(domain) {
  if (domain === "") return "must not be empty";
  if (domain.length > LONGEST_DOMAIN) return `is longer than ${LONGEST_DOMAIN} characters`;
  let parts = domain.replace(/\.$/, "").split(".");
  if (/^\d+$/.test(parts.at(-1) ?? "")) return `is no domain name: ${domain} ends with a number`;
  let wrong = parts.find((label) => !isDnsLabel(label));
  return wrong === void 0 ? void 0 : `is no domain name: ${domain} has the part "${wrong}"`;
}
function wildcardDomainProblem(domain) {
  if (domain === "") return "must not be empty";
  let [first = "", ...rest] = domain.split(".");
  return WILDCARD_LABEL.test(first) ? rest.length === 0 ? void 0 : domainProblem(rest.join(".")) : `is no domain name: ${domain} has the part "${first}"`;
}
function isIpAddress(text2) {
  let parts = text2.split(".");
  return parts.length === 4 ? parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255) : text2.includes(":") && /^[\da-fA-F:.]{2,45}$/.test(text2);
}
function isSubnet(text2) {
  let [address = "", bits, ...rest] = text2.split("/");
  return !isIpAddress(address) || rest.length > 0 ? !1 : bits === void 0 || /^\d{1,3}$/.test(bits) && Number(bits) <= (address.includes(":") ? 128 : 32);
}
function checkPortNumber(port) {
  let { number } = port;
  port.isSet ? (number === void 0 || !Number.isInteger(number) || number < 1 || number > 65535) && port.refuse("must be a port from 1 to 65535") : port.refuse("is missing");
}
function checkPortName(name) {
  isDnsLabel(name.text) || name.refuse("must be a name of letters, digits and dashes");
}
function checkProtocol(protocol) {
  protocol.isFilled && !isKnownProtocol(protocol.text) && protocol.refuse("is no protocol that Istio knows");
}
var UNITS = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1e3,
  m: 6e4,
  h: 36e5
};
function milliseconds(text2) {
  if (text2.length > 60 || !/^[-+]?(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|ms|s|m|h))+$/.test(text2))
    return text2 === "0" ? 0 : void 0;
  let total = 0;
  for (let [, amount, unit2] of text2.matchAll(/(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h)/g))
    total += Number(amount) * (UNITS[unit2 ?? ""] ?? 0);
  return text2.startsWith("-") ? -total : total;
}
function checkDuration(duration) {
  if (!duration.isSet) return;
  let value2 = milliseconds(duration.text);
  value2 === void 0 ? duration.refuse("must be a duration such as 5s or 1m30s") : value2 < 1 ? duration.refuse("must be at least 1ms") : Math.abs(value2 - Math.round(value2)) > 1e-9 && duration.refuse("must be in whole milliseconds");
}
function checkPercent(percent) {
  let { number } = percent;
  number !== void 0 && (number < 0 || number > 100) && percent.refuse("must be from 0 to 100");
}
function checkNotNegative(amount) {
  (amount.number ?? 0) < 0 && amount.refuse("must not be negative");
}
var NOT_IN_RE2 = /\(\?(?:=|!|<=|<!|>)|\\[1-9]/;
function checkRegex(regex) {
  !regex.isSet || regex.isOpen || (regex.text === "" ? regex.refuse("must not be empty") : regex.text.length > LONGEST_REGEX ? regex.refuse(`is longer than ${LONGEST_REGEX} characters`) : NOT_IN_RE2.test(regex.text.replace(/\\\\/g, "")) && regex.refuse("uses look-around or back-references, which RE2 does not have"));
}
function checkStringMatch(match, options = {}) {
  let prefix = match.field("prefix");
  prefix.isSet && prefix.value === "" && !options.emptyPrefix && prefix.refuse("must not be empty"), checkRegex(match.field("regex"));
}

// src/rules/validation/shared-fields.ts
var LABEL_NAME = /^[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
function checkLabels(labels2) {
  for (let [key, value2] of labels2.entries()) {
    if (hasPlaceholder(key)) continue;
    let name = key.slice(key.lastIndexOf("/") + 1);
    LABEL_NAME.test(name) ? value2.text !== "" && !LABEL_NAME.test(value2.text) && value2.refuse("is no value of a label") : value2.refuse("has a key that is no label");
  }
}
function checkSelectorLabels(labels2) {
  let fine = !0;
  for (let [key, value2] of labels2.entries()) {
    let problem = key === "" ? "has an empty key" : `${key}${value2.text}`.includes("*") ? "must not hold a wildcard" : void 0;
    problem !== void 0 && (value2.refuse(problem), fine = !1);
  }
  return fine;
}
function checkSelector2(selector) {
  if (!selector.isSet) return;
  let labels2 = selector.field("matchLabels");
  checkSelectorLabels(labels2), labels2.isFilled || selector.warn("selects everything, for it has no labels");
}
function checkWorkloadSelector(selector) {
  if (!selector.isSet) return !0;
  let labels2 = selector.field("labels");
  return labels2.isFilled || selector.warn("has no labels and so is for the whole namespace"), checkSelectorLabels(labels2);
}
var TARGETS = /* @__PURE__ */ new Set([
  "/Service",
  "core/Service",
  "networking.istio.io/ServiceEntry",
  "gateway.networking.k8s.io/Gateway",
  "gateway.networking.k8s.io/GatewayClass"
]);
function checkTargets(spec) {
  let single = spec.field("targetRef"), several = spec.field("targetRefs"), selector = spec.field("selector"), used = [
    ...selector.isSet ? [selector] : [],
    ...[single, several].filter(({ isFilled }) => isFilled)
  ];
  used.length > 1 && used[1]?.refuse("cannot be set together with another way to choose workloads");
  for (let target of [...single.isSet ? [single] : [], ...several.items()]) {
    let group = target.field("group"), kind = target.field("kind");
    target.field("name").isFilled || target.refuse("must have a name"), target.field("namespace").isFilled && target.field("namespace").refuse("must not be set"), !(group.isOpen || kind.isOpen) && (TARGETS.has(`${group.text}/${kind.text}`) || kind.refuse("must be a Service, ServiceEntry, Gateway or GatewayClass, with its group"));
  }
}
function checkExportTo(exportTo, resource) {
  let entries = exportTo.items(), seen = /* @__PURE__ */ new Set();
  for (let entry2 of entries) {
    let { text: text2 } = entry2, namespace = text2 === "." && resource.namespace !== "" ? resource.namespace : text2;
    seen.has(namespace) && entry2.refuse("is repeated"), seen.add(namespace), (text2 === "~" && resource.kind !== "ServiceEntry" || ![".", "*", "~"].includes(text2) && !isDnsLabel(text2)) && entry2.refuse("must be . or * or a namespace");
  }
  let alone = entries.find(({ text: text2 }) => text2 === "*" || text2 === "~");
  alone && entries.length > 1 && alone.refuse("must stand alone");
}
function checkWildcardHost(host) {
  if (host.isOpen) return;
  if (isIpAddress(host.text)) {
    host.refuse("is an IP address, where a host name belongs");
    return;
  }
  let problem = wildcardDomainProblem(host.text);
  problem !== void 0 && host.refuse(problem);
}
function checkNamespacedHost(entry2, kind) {
  if (entry2.isOpen) return;
  let { text: text2 } = entry2, slash = text2.indexOf("/");
  if (slash < 0 && kind === "Sidecar") {
    entry2.refuse("must be of the form namespace/host");
    return;
  }
  let namespace = text2.slice(0, Math.max(slash, 0)), host = text2.slice(slash + 1);
  if (slash >= 0 && (namespace === "" || host === "")) {
    entry2.refuse("must have both a namespace and a host");
    return;
  }
  let plain = kind === "Sidecar" ? namespace.replace(/^~/, "") : namespace, anywhere = ["", "*", "."].includes(plain);
  slash >= 0 && !anywhere && !isDnsLabel(plain) && entry2.refuse(`has "${namespace}", which is no namespace`), checkPlainHost(entry2, host);
}
function checkPlainHost(entry2, host) {
  if (host === "*" || isIpAddress(host)) return;
  if (!host.includes(".")) {
    entry2.refuse("must be * or a complete host name with a dot");
    return;
  }
  let problem = wildcardDomainProblem(host);
  problem !== void 0 ? entry2.refuse(problem) : host.includes("*") && !host.startsWith("*.") && entry2.refuse("may have a wildcard as *. only");
}

// src/rules/validation/authentication.ts
function validatePeerAuthentication(spec) {
  checkSelector2(spec.field("selector"));
  let ports = spec.field("portLevelMtls");
  if (ports.isFilled) {
    spec.field("selector").field("matchLabels").isFilled || ports.refuse("needs a selector");
    for (let [port, mode] of ports.entries()) {
      let number = Number(port);
      /^\d{1,20}$/.test(port) && (number < 1 || number > 65535) && mode.refuse("is for a port outside 1 to 65535");
    }
  }
}
function validateRequestAuthentication(spec) {
  checkTargets(spec), checkSelector2(spec.field("selector"));
  for (let rule of spec.field("jwtRules").items()) checkJwtRule(rule);
}
function checkJwtRule(rule) {
  let uri = rule.field("jwksUri");
  !rule.field("issuer").isFilled && !uri.isFilled && rule.field("issuer").refuse("is missing"), uri.isFilled && !/^https?:\/\//.test(uri.text) && uri.refuse("must be an http or https URL");
  for (let name of ["audiences", "fromParams", "fromCookies", "spaceDelimitedClaims"])
    for (let item of rule.field(name).items()) item.isFilled || item.refuse("must not be empty");
  for (let header of rule.field("fromHeaders").items())
    header.field("name").isFilled || header.field("name").refuse("is missing");
  for (let output of rule.field("outputClaimToHeaders").items()) {
    for (let name of ["header", "claim"])
      output.field(name).isFilled || output.field(name).refuse("is missing");
    let header = output.field("header");
    header.isFilled && !/^[-_A-Za-z0-9]+$/.test(header.text) && header.refuse("is no header that can be set");
  }
  checkJwks(rule.field("jwks")), checkDuration(rule.field("timeout"));
}
function checkJwks(jwks) {
  if (!(!jwks.isFilled || jwks.isOpen || jwks.text.length > 1e6))
    try {
      JSON.parse(jwks.text);
    } catch {
      jwks.refuse("must be a JSON Web Key Set");
    }
}

// src/rules/validation/authorization-policy.ts
var SOURCE_LISTS = [
  "principals",
  "requestPrincipals",
  "namespaces",
  "ipBlocks",
  "remoteIpBlocks",
  "serviceAccounts",
  "trustDomains"
], OPERATION_LISTS = ["hosts", "ports", "methods", "paths"], NOT_FOR_CUSTOM = ["namespaces", "serviceAccounts", "trustDomains", "principals", "requestPrincipals"], TCP_SOURCES = ["principals", "namespaces", "ipBlocks", "remoteIpBlocks", "serviceAccounts"], KEYS = /* @__PURE__ */ new Set([
  "source.ip",
  "remote.ip",
  "source.namespace",
  "source.serviceAccount",
  "source.principal",
  "source.trustDomain",
  "request.auth.principal",
  "request.auth.audiences",
  "request.auth.presenter",
  "destination.ip",
  "destination.port",
  "connection.sni"
]), BRACKETED = ["request.headers", "request.auth.claims", "experimental.envoy.filters."];
function validateAuthorizationPolicy(spec) {
  checkTargets(spec), checkSelector2(spec.field("selector"));
  let action = spec.field("action").text || "ALLOW", rules = spec.field("rules"), provider = spec.field("provider");
  spec.field("action").isOpen || ((action === "CUSTOM" || action === "DENY") && !rules.isFilled && spec.refuse(`must have rules: the action ${action} without rules never applies`), action === "CUSTOM" && rules.isFilled && !provider.field("name").isFilled && provider.refuse("must have a name"), action !== "CUSTOM" && provider.isSet && provider.refuse("is for the action CUSTOM only"));
  for (let rule of rules.items()) {
    for (let from of rule.field("from").items()) checkSource(from.field("source"), action);
    for (let to of rule.field("to").items()) checkOperation(to.field("operation"));
    for (let when of rule.field("when").items()) checkCondition(when);
    action === "DENY" && warnOfTcp(rule);
  }
}
function both(view, names2) {
  return view.entries().length === 0 ? [] : names2.flatMap((name) => [view.field(name), view.field(`not${name.charAt(0).toUpperCase()}${name.slice(1)}`)]).filter(({ value: value2 }) => value2 !== void 0);
}
function checkSource(source2, action) {
  if (!both(source2, SOURCE_LISTS).some(({ isFilled }) => isFilled)) {
    source2.refuse("must not be empty");
    return;
  }
  for (let list2 of both(source2, SOURCE_LISTS))
    for (let item of list2.items()) item.value === "" && item.refuse("must not be empty");
  for (let list2 of both(source2, ["ipBlocks", "remoteIpBlocks"]))
    for (let item of list2.items())
      item.isFilled && !isSubnet(item.text) && item.refuse("must be an IP address or a CIDR range");
  let accounts = both(source2, ["serviceAccounts"]).find(({ isFilled }) => isFilled);
  accounts && both(source2, ["principals", "namespaces"]).some(({ isFilled }) => isFilled) && accounts.refuse("cannot be set together with principals or namespaces");
  for (let account of accounts?.items() ?? [])
    account.text.includes("*") ? account.refuse("must not hold a wildcard") : /^[^/]+(?:\/[^/]+)?$/.test(account.text) || account.refuse("must be serviceAccount or namespace/serviceAccount");
  if (action !== "CUSTOM") return;
  both(source2, NOT_FOR_CUSTOM).find(({ isFilled }) => isFilled)?.refuse("cannot be asked for with the action CUSTOM");
}
function checkOperation(operation) {
  if (!both(operation, OPERATION_LISTS).some(({ isFilled }) => isFilled)) {
    operation.refuse("must not be empty");
    return;
  }
  for (let list2 of both(operation, OPERATION_LISTS))
    for (let item of list2.items()) item.value === "" && item.refuse("must not be empty");
  for (let port of both(operation, ["ports"]).flatMap((list2) => list2.items())) {
    let { number } = port;
    port.text !== "" && (number === void 0 || number < 0 || number > 65535) && port.refuse("must be a port");
  }
}
function checkCondition(condition2) {
  let key = condition2.field("key");
  key.isFilled ? key.isOpen || checkKey(key) : key.refuse("is missing"), !condition2.field("values").isFilled && !condition2.field("notValues").isFilled && condition2.refuse("must have values or notValues");
}
function checkKey(key) {
  let { text: text2 } = key;
  KEYS.has(text2) || (BRACKETED.some((prefix) => text2.startsWith(prefix)) ? /\[.*\]$/.test(text2) || key.refuse("must be of the form name[key]") : key.refuse(`has "${text2}", which is no attribute`));
}
function warnOfTcp(rule) {
  let from = rule.field("from"), to = rule.field("to"), tcpSource = from.items().some((entry2) => both(entry2.field("source"), TCP_SOURCES).some(({ isFilled }) => isFilled)), portless = to.items().some((entry2) => !both(entry2.field("operation"), ["ports"]).some(({ isFilled }) => isFilled));
  (from.isFilled && !to.isFilled && !tcpSource || portless) && rule.warn(
    "denies all traffic to TCP ports too, because it asks for HTTP attributes only: name the ports"
  );
}

// src/rules/validation/connection-pool.ts
var HTTP_LIMITS = [
  "http1MaxPendingRequests",
  "http2MaxRequests",
  "maxRequestsPerConnection",
  "maxRetries",
  "maxConcurrentStreams"
];
function checkConnectionPool(pool) {
  if (!pool.isSet) return;
  let http = pool.field("http"), tcp = pool.field("tcp");
  if (!http.isSet && !tcp.isSet) {
    pool.refuse("must set http or tcp");
    return;
  }
  for (let name of HTTP_LIMITS) checkNotNegative(http.field(name));
  checkDuration(http.field("idleTimeout")), http.field("h2UpgradePolicy").text === "UPGRADE" && http.field("useClientProtocol").value === !0 && http.field("useClientProtocol").refuse("cannot be set together with h2UpgradePolicy UPGRADE");
  let keepAlive2 = http.field("http2KeepAlive");
  for (let name of keepAlive2.isSet ? ["interval", "timeout"] : [])
    keepAlive2.field(name).isSet || keepAlive2.field(name).refuse("is missing"), checkDuration(keepAlive2.field(name));
  checkNotNegative(tcp.field("maxConnections"));
  for (let name of ["connectTimeout", "maxConnectionDuration"]) checkDuration(tcp.field(name));
  for (let name of ["time", "interval"]) checkDuration(tcp.field("tcpKeepalive").field(name));
}

// src/rules/validation/load-balancer.ts
var LARGEST_TABLE = 5000011;
function checkLoadBalancer(balancer) {
  if (!balancer.isSet) return;
  checkHash(balancer.field("consistentHash"));
  let locality = balancer.field("localityLbSetting");
  locality.isSet && balancer.field("zoneAwareLbSetting").isSet && locality.refuse("cannot be set together with zoneAwareLbSetting"), checkLocality(locality);
  let warmup = balancer.field("warmup");
  warmup.isSet && (warmup.field("duration").isSet || warmup.field("duration").refuse("is missing"), checkDuration(warmup.field("duration")), (warmup.field("minimumPercent").number ?? 0) > 100 && warmup.field("minimumPercent").refuse("must be at most 100"), (warmup.field("aggression").number ?? 1) <= 0 && warmup.field("aggression").refuse("must be greater than 0"));
}
function checkHash(hash) {
  let cookie = hash.field("httpCookie");
  cookie.isSet && !cookie.field("name").isFilled && cookie.field("name").refuse("is missing");
  let ring = hash.field("minimumRingSize"), maglev = hash.field("maglev");
  (ring.number ?? 0) !== 0 && (ring.warn("is deprecated: use ringHash.minimumRingSize"), (maglev.isSet || hash.field("ringHash").isSet) && ring.refuse("cannot be set together with ringHash or maglev"));
  let size = maglev.field("tableSize");
  if (!maglev.isSet || size.isOpen) return;
  let entries = size.number ?? 0;
  entries > LARGEST_TABLE ? size.refuse(`must be at most ${LARGEST_TABLE}`) : isPrime(entries) || size.refuse("must be a prime number");
}
function isPrime(number) {
  if (!Number.isInteger(number) || number < 2) return !1;
  for (let divisor = 2; divisor * divisor <= number; divisor += 1) if (number % divisor === 0) return !1;
  return !0;
}
function checkLocality(setting) {
  let distribute = setting.field("distribute");
  if (distribute.isFilled && setting.field("failover").isFilled) {
    distribute.refuse("cannot be set together with failover");
    return;
  }
  for (let entry2 of distribute.items()) {
    let weights = entry2.field("to").entries(), wrong = weights.find(([, { number }]) => number !== void 0 && (number < 1 || number > 100));
    wrong && wrong[1].refuse("must be from 1 to 100");
    let total = weights.reduce((sum, [, { number }]) => sum + (number ?? Number.NaN), 0);
    !wrong && !Number.isNaN(total) && total !== 100 && entry2.field("to").refuse(`has weights that add up to ${total}, not 100`);
  }
  for (let entry2 of setting.field("failover").items()) {
    let from = entry2.field("from");
    from.text !== "" && from.text === entry2.field("to").text && from.refuse("must be another region than the one it fails over to");
    for (let region of [from, entry2.field("to")])
      /[/*]/.test(region.text) && region.refuse("must be a region, without zone and wildcard");
  }
}

// src/rules/validation/traffic-policy.ts
var PORT_FIELDS = ["outlierDetection", "connectionPool", "loadBalancer", "tls"], FIELDS = [...PORT_FIELDS, "portLevelSettings", "tunnel", "proxyProtocol", "retryBudget"];
function checkTrafficPolicy(policy) {
  if (!FIELDS.some((name) => policy.field(name).isSet)) {
    policy.refuse("must set at least one of its fields");
    return;
  }
  if (policy.field("tunnel").isSet && policy.field("proxyProtocol").isSet) {
    policy.field("tunnel").refuse("cannot be set together with proxyProtocol");
    return;
  }
  checkCommon(policy), checkTunnel(policy.field("tunnel"));
}
function checkPortPolicy(policy) {
  policy.field("port").isSet || policy.field("port").refuse("is missing"), PORT_FIELDS.some((name) => policy.field(name).isSet) || policy.refuse("must set at least one of its fields"), checkCommon(policy);
}
function checkCommon(policy) {
  checkOutlierDetection(policy.field("outlierDetection")), checkConnectionPool(policy.field("connectionPool")), checkLoadBalancer(policy.field("loadBalancer")), checkClientTls(policy.field("tls"));
}
function checkOutlierDetection(detection) {
  checkDuration(detection.field("baseEjectionTime")), checkDuration(detection.field("interval")), (detection.field("consecutiveErrors").number ?? 0) !== 0 && detection.field("consecutiveErrors").warn("is deprecated: use consecutive5xxErrors or consecutiveGatewayErrors");
  let local = detection.field("consecutiveLocalOriginFailures");
  (local.number ?? 0) > 0 && detection.field("splitExternalLocalOriginErrors").value !== !0 && local.refuse("needs splitExternalLocalOriginErrors"), checkPercent(detection.field("maxEjectionPercent")), checkPercent(detection.field("minHealthPercent"));
}
function checkClientTls(tls) {
  let mode = tls.field("mode").text, set2 = (name) => tls.field(name).isFilled;
  if (tls.field("insecureSkipVerify").value === !0 && (mode === "SIMPLE" || mode === "MUTUAL") && [
    "caCertificates",
    "subjectAltNames",
    ...mode === "SIMPLE" ? ["credentialName"] : []
  ].some(set2) && tls.field("insecureSkipVerify").refuse("contradicts what is to be verified"), !(mode !== "SIMPLE" && mode !== "MUTUAL")) {
    if (set2("credentialName")) {
      let file = ["clientCertificate", "caCertificates", "privateKey", "caCrl"].find(set2);
      file !== void 0 && tls.field(file).refuse("cannot be set together with credentialName");
      return;
    }
    if (mode === "MUTUAL")
      for (let name of ["clientCertificate", "privateKey"])
        set2(name) || tls.field(name).refuse("is missing, and the mode is MUTUAL");
  }
}
function checkTunnel(tunnel) {
  if (!tunnel.isSet) return;
  let protocol = tunnel.field("protocol");
  protocol.isFilled && !["CONNECT", "POST"].includes(protocol.text) && protocol.refuse("must be CONNECT or POST"), tunnel.field("targetHost").isFilled || tunnel.field("targetHost").refuse("is missing");
  let port = tunnel.field("targetPort");
  (port.number === void 0 || port.number < 1 || port.number > 65535) && port.refuse("must be a port");
}

// src/rules/validation/destination-rule.ts
function validateDestinationRule(spec, resource) {
  checkWildcardHost(spec.field("host")), checkPolicies(spec.field("trafficPolicy"));
  let names2 = /* @__PURE__ */ new Set();
  for (let subset of spec.field("subsets").items()) {
    let name = subset.field("name");
    !name.isOpen && names2.has(name.text) && name.refuse("is the name of another subset, too"), names2.add(name.text), name.isFilled ? isDnsLabel(name.text) || name.refuse("must be a name of letters, digits and dashes") : name.refuse("is missing"), checkLabels(subset.field("labels")), checkPolicies(subset.field("trafficPolicy"));
  }
  checkExportTo(spec.field("exportTo"), resource), checkSelector2(spec.field("workloadSelector"));
}
function checkPolicies(policy) {
  if (policy.isSet) {
    checkTrafficPolicy(policy);
    for (let port of policy.field("portLevelSettings").items()) checkPortPolicy(port);
  }
}

// src/rules/validation/envoy-filter.ts
var LISTENER_CLASS = /* @__PURE__ */ new Set(["LISTENER", "FILTER_CHAIN", "NETWORK_FILTER", "HTTP_FILTER"]), ROUTE_CLASS = /* @__PURE__ */ new Set(["ROUTE_CONFIGURATION", "VIRTUAL_HOST", "HTTP_ROUTE"]), CONNECTION_MANAGERS = /* @__PURE__ */ new Set([
  "envoy.filters.network.http_connection_manager",
  "envoy.http_connection_manager"
]);
function validateEnvoyFilter(spec) {
  if (checkWorkloadSelector(spec.field("workloadSelector")))
    for (let patch of spec.field("configPatches").items()) checkPatch(patch);
}
function checkPatch(entry2) {
  let match = entry2.field("match");
  if (match.field("context").text === "WAYPOINT") {
    checkWaypointMatch(match);
    return;
  }
  let applyTo = entry2.field("applyTo"), patch = entry2.field("patch"), operation = patch.field("operation");
  applyTo.isFilled ? patch.isSet ? operation.isFilled ? operation.text !== "REMOVE" && !operation.isOpen && !patch.field("value").isSet ? patch.field("value").refuse(`is missing, and the operation is ${operation.text}`) : checkMatch(applyTo.text, match) : operation.refuse("is missing") : patch.refuse("is missing") : applyTo.refuse("is missing");
}
function checkMatch(applyTo, match) {
  checkRegex(match.field("proxy").field("proxyVersion"));
  let [listener, route, cluster] = ["listener", "routeConfiguration", "cluster"].map(
    (name) => match.field(name)
  ), wrong = (...fields2) => fields2.find((field4) => field4?.isSet)?.refuse(`does not match a ${applyTo}`);
  LISTENER_CLASS.has(applyTo) ? wrong(route, cluster) : ROUTE_CLASS.has(applyTo) ? wrong(listener, cluster) : applyTo === "CLUSTER" && wrong(listener, route), LISTENER_CLASS.has(applyTo) && checkFilterMatch(applyTo, match.field("listener").field("filterChain").field("filter"));
}
function checkFilterMatch(applyTo, filter) {
  if (!filter.isSet) return;
  (applyTo === "LISTENER" || applyTo === "FILTER_CHAIN") && filter.warn(`has no effect on a ${applyTo}`);
  let name = filter.field("name");
  name.isFilled || name.refuse("is missing");
  let inner = filter.field("subFilter");
  inner.isSet && (applyTo !== "HTTP_FILTER" ? inner.refuse("is for HTTP_FILTER only") : !CONNECTION_MANAGERS.has(name.text) && !name.isOpen && inner.refuse("needs a match of envoy.filters.network.http_connection_manager"), inner.field("name").isFilled || inner.field("name").refuse("is missing"));
}
function checkWaypointMatch(match) {
  for (let name of ["listener", "routeConfiguration", "cluster"]) {
    let field4 = match.field(name);
    field4.isSet && field4.refuse("cannot be set with the context WAYPOINT: use waypoint");
  }
  let port = match.field("waypoint").field("portNumber"), { number } = port;
  number !== void 0 && (number < 0 || number > 65535) && port.refuse("must be a port");
}

// src/rules/validation/extensions.ts
var SCHEMES = /* @__PURE__ */ new Set(["", "file", "http", "https", "oci"]);
function validateWasmPlugin(spec) {
  checkTargets(spec), checkSelector2(spec.field("selector")), checkWasm(spec), checkPorts(spec.field("match"));
}
function validateTrafficExtension(spec) {
  checkTargets(spec), checkSelector2(spec.field("selector"));
  let wasm = spec.field("wasm"), lua = spec.field("lua");
  wasm.isSet === lua.isSet && spec.refuse("must have either wasm or lua"), wasm.isSet && checkWasm(wasm);
  let code = lua.field("inlineCode");
  lua.isSet && !code.isFilled && code.refuse("is missing"), code.text.length > 65536 && code.refuse("is larger than 64 KB"), checkPorts(spec.field("match"));
}
function checkWasm(wasm) {
  let url = wasm.field("url");
  url.isFilled || url.refuse("is missing");
  let scheme = /^([A-Za-z][A-Za-z0-9+.-]*):\/\//.exec(url.text)?.[1] ?? "";
  SCHEMES.has(scheme) || url.refuse("must be an oci, http, https or file URL");
  let sum = wasm.field("sha256");
  sum.isFilled && !/^[a-f0-9]{64}$/.test(sum.text) && sum.refuse("must be 64 hexadecimal digits in lower case"), wasm.field("imagePullSecret").text.length > 253 && wasm.field("imagePullSecret").refuse("is too long");
  let name = wasm.field("pluginName");
  name.value === "" ? name.refuse("must not be empty") : name.text.length > 256 && name.refuse("is too long"), checkEnv(wasm.field("vmConfig").field("env"));
}
function checkEnv(env) {
  let names2 = /* @__PURE__ */ new Set();
  for (let entry2 of env.items()) {
    let name = entry2.field("name");
    name.isFilled ? names2.has(name.text) && name.refuse("is repeated") : name.refuse("is missing"), names2.add(name.text), (entry2.field("valueFrom").text || "INLINE") !== "INLINE" && entry2.field("value").isFilled && entry2.field("value").refuse("cannot be set with valueFrom HOST");
  }
}
function checkPorts(match) {
  for (let entry2 of match.items())
    for (let port of entry2.field("ports").items()) checkPortNumber(port.field("number"));
}

// src/rules/validation/field-view.ts
var FieldView = class _FieldView {
  value;
  #sink;
  #parent;
  #key;
  constructor(value2, sink, parent, key = "") {
    this.value = value2, this.#sink = sink, this.#parent = parent, this.#key = key;
  }
  /** From the root of the resource. Built when asked for: hardly any of the fields that are looked at is objected to. */
  get path() {
    return this.#parent ? [...this.#parent.path, this.#key] : [];
  }
  /** `null` counts as absent, as everywhere in Kubernetes. */
  get isSet() {
    return this.value !== void 0 && this.value !== null;
  }
  /** Whether it is set to something other than an empty text, list or mapping. */
  get isFilled() {
    return Array.isArray(this.value) ? this.value.length > 0 : isFields2(this.value) ? Object.keys(this.value).length > 0 : this.isSet && this.value !== "";
  }
  /** The text, '' for anything else. */
  get text() {
    return typeof this.value == "string" ? this.value : "";
  }
  /** The number, also one in quotes; `undefined` for anything else. */
  get number() {
    return typeof this.value == "number" ? this.value : /^-?\d{1,15}(?:\.\d{1,15})?$/.test(this.text) ? Number(this.text) : void 0;
  }
  /** Whether it is to be filled in later. */
  get isOpen() {
    return typeof this.value == "string" && hasPlaceholder(this.value);
  }
  field(name) {
    let written2 = fieldName(this.value, name), value2 = isFields2(this.value) && Object.hasOwn(this.value, written2) ? this.value[written2] : void 0;
    return new _FieldView(value2, this.#sink, this, written2);
  }
  /** The elements of a list; [] for anything else. */
  items() {
    return (Array.isArray(this.value) ? this.value : []).map((item, index) => new _FieldView(item, this.#sink, this, index));
  }
  /** The entries of a mapping, in the order in which they are written. */
  entries() {
    return isFields2(this.value) ? Object.entries(this.value).map(([key, value2]) => [
      key,
      new _FieldView(value2, this.#sink, this, key)
    ]) : [];
  }
  /** Says why the field is wrong; the sentence goes on after the field's name: `must be a port`. */
  refuse(problem) {
    this.isOpen || this.#sink("error", this, problem);
  }
  warn(problem) {
    this.isOpen || this.#sink("warning", this, problem);
  }
};

// src/rules/validation/server-tls.ts
var CERTIFICATE_FIELDS = [
  "serverCertificate",
  "privateKey",
  "caCertificates",
  "tlsCertificates",
  "credentialName",
  "credentialNames"
];
function checkServerTls(tls) {
  let mode = tls.field("mode");
  if (mode.isOpen) return;
  let name = mode.text || "PASSTHROUGH";
  if (checkVersions(tls), name === "ISTIO_MUTUAL") {
    for (let field4 of CERTIFICATE_FIELDS.map((one) => tls.field(one)))
      field4.isFilled && field4.refuse("cannot be set with ISTIO_MUTUAL, which brings its own certificates");
    return;
  }
  if (name === "PASSTHROUGH" || name === "AUTO_PASSTHROUGH") {
    [...CERTIFICATE_FIELDS, "caCrl"].map((one) => tls.field(one)).find(({ isFilled }) => isFilled)?.warn(`is ignored with the mode ${name}`);
    return;
  }
  checkSources(tls), !(tls.field("credentialName").isSet || tls.field("credentialNames").isFilled) && checkCertificates(tls, name);
}
function checkVersions(tls) {
  let minimum = tls.field("minProtocolVersion");
  ["TLSV1_0", "TLSV1_1"].includes(minimum.text) && !tls.field("cipherSuites").isFilled && minimum.warn("needs cipherSuites that such clients know");
}
function isFile(field4) {
  return field4.isFilled && field4.text !== "sds";
}
function checkSources(tls) {
  [
    isFile(tls.field("serverCertificate")) && isFile(tls.field("privateKey")),
    tls.field("credentialName").isFilled,
    tls.field("credentialNames").isFilled,
    tls.field("tlsCertificates").isFilled
  ].filter(Boolean).length > 1 && tls.refuse("names its certificate in several ways");
}
function checkCertificates(tls, mode) {
  mode.endsWith("MUTUAL") && !tls.field("caCertificates").isFilled && tls.field("caCertificates").refuse(`is missing, and the mode ${mode} verifies clients with it`);
  let several = tls.field("tlsCertificates").items();
  for (let certificate of several.length > 0 ? several : [tls])
    for (let name of ["serverCertificate", "privateKey"]) {
      let field4 = certificate.field(name);
      field4.isFilled || field4.refuse(`is missing, and the mode is ${mode}`);
    }
}

// src/rules/validation/gateway.ts
var PROTOCOLS3 = /* @__PURE__ */ new Set([
  "HTTP",
  "HTTPS",
  "HTTP2",
  "GRPC",
  "GRPC-WEB",
  "MONGO",
  "REDIS",
  "MYSQL",
  "TCP",
  "TLS",
  "HTTP_PROXY",
  "UDP"
]), PLAIN_HTTP = /* @__PURE__ */ new Set(["HTTP", "HTTP2", "GRPC", "GRPC-WEB", "HTTP_PROXY"]), WITH_TLS = /* @__PURE__ */ new Set(["HTTPS", "TLS"]);
function validateGateway(spec, resource, body) {
  !isDnsLabel(resource.name) && !hasPlaceholder(resource.name) && body.field("metadata").field("name").refuse("must be a name of letters, digits and dashes");
  let servers = spec.field("servers");
  servers.isFilled || servers.refuse("must hold at least one server");
  let names2 = /* @__PURE__ */ new Set();
  for (let server of servers.items()) {
    checkServer(server);
    let name = server.field("port").field("name");
    name.text !== "" && !name.isOpen && names2.has(name.text) && name.refuse("is the name of another port, too"), names2.add(name.text);
  }
}
function checkServer(server) {
  let hosts = server.field("hosts");
  hosts.isFilled || hosts.refuse("must hold at least one host");
  for (let host of hosts.items()) checkNamespacedHost(host, "Gateway");
  let port = server.field("port");
  if (!port.isSet) {
    port.refuse("is missing");
    return;
  }
  let bind = server.field("bind").text;
  checkPort2(port, bind), bind !== "" && !bind.startsWith("unix://") && !isIpAddress(bind) && server.field("bind").refuse("must be an IP address or a unix:// path"), checkTlsAgainstProtocol(server, port.field("protocol"));
}
function checkPort2(port, bind) {
  let number = port.field("number");
  bind.startsWith("unix://") ? (number.number ?? 0) !== 0 && number.refuse("must be 0 for a unix domain socket") : checkPortNumber(number);
  let protocol = port.field("protocol");
  PROTOCOLS3.has(protocol.text.toUpperCase()) || protocol.refuse("must be a protocol that Gateways know"), (port.field("targetPort").number ?? 0) > 0 && port.field("targetPort").refuse("has no effect on a Gateway"), port.field("name").isFilled || port.field("name").refuse("is missing");
}
function checkTlsAgainstProtocol(server, protocol) {
  let tls = server.field("tls"), name = protocol.text.toUpperCase();
  if (!(protocol.isOpen || !PROTOCOLS3.has(name))) {
    if (!tls.isSet) {
      WITH_TLS.has(name) && tls.refuse(`is missing, and the protocol is ${name}`);
      return;
    }
    tls.isOpen || (PLAIN_HTTP.has(name) ? hasCertificates(tls) && tls.refuse(`holds certificates, and the protocol is ${name}`) : WITH_TLS.has(name) || tls.refuse(`cannot be set for the protocol ${name}`), tls.field("httpsRedirect").value === !0 && !PLAIN_HTTP.has(name) && tls.field("httpsRedirect").warn("is for HTTP servers only"), WITH_TLS.has(name) && checkServerTls(tls));
  }
}
function hasCertificates(tls) {
  let mode = tls.field("mode");
  return !(!mode.isSet || mode.isOpen || ["PASSTHROUGH", "AUTO_PASSTHROUGH"].includes(mode.text)) || ["caCertificates", "privateKey", "serverCertificate"].some((name) => tls.field(name).isFilled);
}

// src/rules/validation/proxy-config.ts
function validateProxyConfig(spec) {
  checkSelector2(spec.field("selector")), checkNotNegative(spec.field("concurrency"));
}

// src/rules/validation/workload-entry.ts
function validateWorkloadEntry(spec) {
  checkEndpoint(spec, { fqdn: !0 });
}
function checkEndpoint(entry2, rules) {
  let address = entry2.field("address"), ports = entry2.field("ports").entries();
  address.isFilled ? address.text.startsWith("unix://") ? checkSocket(address, ports.length > 0) : !isIpAddress(address.text) && !(rules.fqdn && domainProblem(address.text) === void 0) && address.refuse(rules.fqdn ? "must be an IP address or a host name" : "must be an IP address") : entry2.field("network").isFilled ? address.warn("is missing, so the network gateway is used") : address.refuse("is missing");
  for (let [name, port] of ports)
    isDnsLabel(name) || checkPortName(port), checkPortNumber(port), rules.portNames?.has(name) === !1 && port.refuse("is for a port that the ServiceEntry does not have");
  checkLabels(entry2.field("labels"));
}
function checkSocket(address, hasPorts) {
  let path = address.text.slice(7), isFile2 = path.startsWith("/") && !path.endsWith("/");
  !path.startsWith("@") && !isFile2 && address.refuse("must be the absolute path of a socket file"), hasPorts && address.refuse("cannot have ports");
}

// src/rules/validation/service-entry.ts
var BY_DNS = /* @__PURE__ */ new Set(["DNS", "DNS_ROUND_ROBIN"]), DYNAMIC_PROTOCOLS = /* @__PURE__ */ new Set(["HTTP", "TLS", "GRPC", "HTTP2"]), HOST_PROTOCOLS = /* @__PURE__ */ new Set(["HTTP", "HTTP2", "HTTP_PROXY", "GRPC", "GRPC-WEB", "HTTPS", "TLS"]);
function validateServiceEntry(spec, resource) {
  let selector = spec.field("workloadSelector");
  if (!checkWorkloadSelector(selector)) return;
  let endpoints = spec.field("endpoints");
  selector.isSet && endpoints.isFilled && endpoints.refuse("cannot be set together with workloadSelector");
  let hosts = spec.field("hosts");
  hosts.isFilled || hosts.refuse("must hold at least one host");
  let resolution = spec.field("resolution"), mode = resolution.text || "NONE";
  for (let host of hosts.items()) checkHost2(host, mode);
  checkAddresses(spec.field("addresses"), resolution, mode), checkPorts2(spec.field("ports")), resolution.isOpen || checkResolution(spec, mode), checkExportTo(spec.field("exportTo"), resource);
}
function checkHost2(host, mode) {
  host.text === "*" ? host.refuse("cannot be *") : checkWildcardHost(host), host.text.includes("*") && !host.text.startsWith("*.") && host.text !== "*" && mode !== "DYNAMIC_DNS" && host.warn("has a wildcard that is not a whole first part");
}
function checkAddresses(addresses, resolution, mode) {
  for (let address of addresses.items())
    address.isOpen || typeof address.value != "string" || (isSubnet(address.text) ? address.text.includes("/") && !["NONE", "STATIC"].includes(mode) && !resolution.isOpen && address.refuse(`cannot be a CIDR range with the resolution ${mode}`) : address.refuse("must be an IP address or a CIDR range"));
}
function checkPorts2(ports) {
  let names2 = /* @__PURE__ */ new Set(), numbers = /* @__PURE__ */ new Set();
  for (let port of ports.items()) {
    let name = port.field("name"), number = port.field("number");
    checkPortName(name), checkPortNumber(number), port.field("targetPort").isSet && port.field("targetPort").value !== 0 && checkPortNumber(port.field("targetPort")), checkProtocol(port.field("protocol")), name.isFilled && !name.isOpen && names2.has(name.text) && name.refuse("is the name of another port, too"), number.number !== void 0 && numbers.has(number.number) && number.refuse("is the number of another port, too"), names2.add(name.text), number.number !== void 0 && numbers.add(number.number);
  }
}
function checkResolution(spec, mode) {
  let endpoints = spec.field("endpoints"), hosts = spec.field("hosts").items();
  if (mode === "NONE") {
    endpoints.isFilled && endpoints.refuse("cannot be set without a resolution"), spec.field("workloadSelector").isSet && spec.field("workloadSelector").warn("has no effect without a resolution");
    return;
  }
  mode === "DYNAMIC_DNS" && checkDynamic(spec, hosts);
  let portNames = new Set(
    spec.field("ports").items().map((port) => port.field("name").text)
  );
  for (let endpoint of endpoints.items()) checkEndpoint(endpoint, { fqdn: mode !== "STATIC", portNames });
  BY_DNS.has(mode) && !endpoints.isFilled && !spec.field("workloadSelector").isSet && hosts.find((host) => !host.isOpen && domainProblem(host.text) !== void 0)?.refuse(`must be a complete name for the resolution ${mode} without endpoints`), mode === "DNS_ROUND_ROBIN" && endpoints.items().length > 1 && endpoints.refuse("must hold one endpoint at most for the resolution DNS_ROUND_ROBIN");
  let opaque = spec.field("ports").items().find((port) => {
    let protocol = port.field("protocol");
    return !protocol.isOpen && !HOST_PROTOCOLS.has(protocol.text.toUpperCase());
  });
  hosts.length > 1 && opaque && opaque.refuse("carries no host name, and the ServiceEntry has several hosts");
}
function checkDynamic(spec, hosts) {
  for (let host of hosts)
    !host.isOpen && !host.text.startsWith("*.") && host.refuse("must have a wildcard for the resolution DYNAMIC_DNS");
  for (let name of ["addresses", "endpoints"])
    spec.field(name).isFilled && spec.field(name).refuse("cannot be set for the resolution DYNAMIC_DNS");
  for (let port of spec.field("ports").items()) {
    let protocol = port.field("protocol");
    DYNAMIC_PROTOCOLS.has(protocol.text.toUpperCase()) || protocol.refuse("must be HTTP, TLS, GRPC or HTTP2 for the resolution DYNAMIC_DNS");
  }
}

// src/rules/validation/sidecar.ts
var ENDPOINT = /^(?:127\.0\.0\.1|0\.0\.0\.0|\[::1\]|\[::\]|):\d{1,5}$/;
function validateSidecar(spec) {
  if (!checkWorkloadSelector(spec.field("workloadSelector"))) return;
  let parts = ["egress", "ingress"].map((name) => spec.field(name)), others2 = ["outboundTrafficPolicy", "inboundConnectionPool"].map((name) => spec.field(name));
  if (!parts.some(({ isFilled }) => isFilled) && !others2.some(({ isSet }) => isSet)) {
    spec.refuse("must say something: egress, ingress or outboundTrafficPolicy");
    return;
  }
  for (let listener of spec.field("ingress").items()) checkIngress(listener);
  checkEgress(spec.field("egress")), checkConnectionPool(spec.field("inboundConnectionPool"));
  let policy = spec.field("outboundTrafficPolicy"), proxy = policy.field("egressProxy");
  proxy.isSet && policy.field("mode").text !== "ALLOW_ANY" && proxy.refuse("needs the mode ALLOW_ANY");
}
function checkIngress(listener) {
  let port = listener.field("port");
  if (!port.isSet) {
    port.refuse("is missing");
    return;
  }
  checkPortNumber(port.field("number")), checkProtocol(port.field("protocol")), (port.field("targetPort").number ?? 0) > 0 && port.field("targetPort").refuse("has no effect on a Sidecar");
  let bind = listener.field("bind");
  bind.isFilled && !isIpAddress(bind.text) && bind.refuse("must be an IP address");
  let endpoint = listener.field("defaultEndpoint");
  endpoint.isFilled && !endpoint.text.startsWith("unix://") && !ENDPOINT.test(endpoint.text) && endpoint.refuse("must be 127.0.0.1:port, 0.0.0.0:port, [::1]:port, [::]:port or a unix:// path"), checkConnectionPool(listener.field("connectionPool"));
}
function checkEgress(egress) {
  let listeners = egress.items();
  listeners.forEach((listener, index) => {
    let port = listener.field("port"), last = index === listeners.length - 1;
    !port.isSet && !last && listener.refuse("has no port and so must be the last one");
    let socket = listener.field("bind").text.startsWith("unix://");
    if (port.isSet) {
      let zero = (port.field("number").number ?? 0) === 0;
      zero && !socket ? checkPortNumber(port.field("number")) : zero || checkPortNumber(port.field("number")), checkProtocol(port.field("protocol"));
    }
    checkEgressHosts(listener.field("hosts"));
  });
}
function checkEgressHosts(hosts) {
  hosts.isFilled || hosts.refuse("must hold at least one host");
  let items = hosts.items(), seen = /* @__PURE__ */ new Set();
  for (let host of items)
    checkNamespacedHost(host, "Sidecar"), seen.has(host.text) && host.warn("is repeated"), seen.add(host.text);
  let all2 = items.find(({ text: text2 }) => text2 === "*/*");
  all2 && items.length > 1 && all2.warn("selects everything, so the other hosts add nothing");
}

// src/rules/validation/telemetry.ts
function validateTelemetry(spec) {
  checkTargets(spec), checkSelector2(spec.field("selector"));
  for (let part of ["metrics", "tracing", "accessLogging"])
    for (let entry2 of spec.field(part).items())
      for (let provider of entry2.field("providers").items())
        provider.field("name").isFilled || provider.field("name").refuse("is missing");
  checkTracing(spec.field("tracing"));
  for (let metrics of spec.field("metrics").items())
    for (let override of metrics.field("overrides").items()) checkOverride(override);
}
function checkTracing(tracing) {
  tracing.items().length > 1 && tracing.warn("holds several entries, of which one is used");
  for (let entry2 of tracing.items()) {
    entry2.field("providers").items().length > 1 && entry2.field("providers").warn("holds several providers, of which one is used");
    let sampling = entry2.field("randomSamplingPercentage"), number = sampling.number ?? 0;
    (number < 0 || number > 100) && sampling.refuse("must be from 0 to 100");
    for (let [, tag2] of entry2.field("customTags").entries()) checkTag(tag2);
  }
}
function checkTag(tag2) {
  let required = { literal: "value", header: "name", environment: "name" };
  for (let [kind, name] of Object.entries(required)) {
    let source2 = tag2.field(kind);
    source2.isSet && !source2.field(name).isFilled && source2.field(name).refuse("is missing");
  }
}
function checkOverride(override) {
  for (let [, tag2] of override.field("tagOverrides").entries()) {
    let operation = tag2.field("operation"), value2 = tag2.field("value");
    operation.isOpen || (operation.text === "REMOVE" ? value2.isFilled && value2.refuse("cannot be set with the operation REMOVE") : value2.isFilled || value2.refuse("is missing, and the operation is UPSERT"));
  }
  let custom = override.field("match").field("customMetric");
  custom.isSet && !custom.isFilled && custom.refuse("must not be empty");
}

// src/rules/validation/http-fault.ts
var GRPC_STATUSES = /* @__PURE__ */ new Set([
  "OK",
  "CANCELLED",
  "UNKNOWN",
  "INVALID_ARGUMENT",
  "DEADLINE_EXCEEDED",
  "NOT_FOUND",
  "ALREADY_EXISTS",
  "PERMISSION_DENIED",
  "RESOURCE_EXHAUSTED",
  "FAILED_PRECONDITION",
  "ABORTED",
  "OUT_OF_RANGE",
  "UNIMPLEMENTED",
  "INTERNAL",
  "UNAVAILABLE",
  "DATA_LOSS",
  "UNAUTHENTICATED"
]);
function checkFault(fault) {
  if (!fault.isSet) return;
  let abort = fault.field("abort"), delay = fault.field("delay");
  !abort.isSet && !delay.isSet && fault.refuse("must have an abort or a delay"), checkPercentage(abort.field("percentage").field("value")), checkPercentage(delay.field("percentage").field("value")), checkDuration(delay.field("fixedDelay"));
  for (let field4 of [abort.field("http2Error"), delay.field("exponentialDelay")])
    field4.isFilled && field4.refuse("is not supported yet");
  let grpc = abort.field("grpcStatus");
  grpc.isFilled && !GRPC_STATUSES.has(grpc.text) && grpc.refuse("must be the name of a gRPC status such as UNAVAILABLE");
  let status = abort.field("httpStatus");
  status.number !== void 0 && (status.number < 200 || status.number > 600) && status.refuse("must be an HTTP status from 200 to 599");
}
function checkPercentage(value2) {
  let number = value2.number ?? 0;
  number !== 0 && (number < 1e-4 || number > 100) && value2.refuse("must be 0, or from 0.0001 to 100");
}

// src/rules/validation/http-match.ts
var PSEUDO_HEADERS = /* @__PURE__ */ new Set([":method", ":scheme", ":authority", ":path", ":status"]), HEADER_NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
function checkMatches(matches2) {
  for (let match of matches2.items()) {
    for (let name of ["headers", "withoutHeaders"])
      for (let [header, value2] of match.field(name).entries())
        checkHeaderName(header, value2), name === "withoutHeaders" && value2.field("regex").text === "*" || checkStringMatch(value2);
    checkStringMatch(match.field("uri"), { emptyPrefix: !0 });
    for (let name of ["scheme", "method", "authority"]) checkStringMatch(match.field(name));
    for (let [, value2] of match.field("queryParams").entries()) checkStringMatch(value2);
    match.field("port").isSet && checkPortNumber(match.field("port")), checkLabels(match.field("sourceLabels"));
    let namespace = match.field("sourceNamespace");
    namespace.isFilled && !isDnsLabel(namespace.text) && namespace.refuse("must be a namespace");
  }
}
function checkHeaderName(name, value2) {
  PSEUDO_HEADERS.has(name) || name.toLowerCase().startsWith("@request.auth.claims") || !HEADER_NAME.test(name) && !name.includes("{") && value2.refuse("is for a name that no header can have");
}

// src/rules/validation/http-route-parts.ts
var METHODS = /* @__PURE__ */ new Set([
  "GET",
  "HEAD",
  "POST",
  "PUT",
  "PATCH",
  "DELETE",
  "CONNECT",
  "OPTIONS",
  "TRACE",
  "*"
]), RETRY_CONDITIONS = /* @__PURE__ */ new Set([
  "5xx",
  "gateway-error",
  "reset",
  "reset-before-request",
  "connect-failure",
  "retriable-4xx",
  "refused-stream",
  "retriable-status-codes",
  "retriable-headers",
  "envoy-ratelimited",
  "http3-post-connect-failure",
  "cancelled",
  "deadline-exceeded",
  "internal",
  "resource-exhausted",
  "unavailable"
]);
function checkHeaders(headers) {
  for (let side of ["request", "response"]) {
    for (let operation of ["add", "set"])
      for (let [name, value2] of headers.field(side).field(operation).entries())
        checkHeader(name, value2, side === "request");
    for (let entry2 of headers.field(side).field("remove").items()) checkHeader(entry2.text, entry2, !1);
  }
}
function checkHeader(name, view, authority) {
  authority && [":authority", "host"].includes(name.toLowerCase()) || (name.startsWith(":") ? view.refuse("cannot change a pseudo header") : name.toLowerCase() === "host" && view.refuse("cannot change the Host header"));
}
function checkCors(cors) {
  for (let origin of cors.field("allowOrigins").items())
    origin.isFilled || origin.refuse("must be exact, prefix or regex"), checkRegex(origin.field("regex"));
  for (let method of cors.field("allowMethods").items())
    !method.isOpen && !METHODS.has(method.text) && method.refuse("is no HTTP method");
  let age = cors.field("maxAge");
  checkDuration(age), (milliseconds(age.text) ?? 0) % 1e3 !== 0 && age.refuse("must be in whole seconds");
}
function checkRedirect(redirect, matches2) {
  if (!redirect.isSet) return;
  let uri = redirect.field("uri"), prefix = redirect.field("prefixRewrite"), code = redirect.field("redirectCode"), scheme = redirect.field("scheme"), parts = ["uri", "prefixRewrite", "authority", "scheme", "port", "derivePort"];
  uri.isFilled && prefix.isFilled ? prefix.refuse("cannot be set together with uri") : prefix.isFilled && matches2.items().some((match) => !match.field("uri").field("prefix").isSet) ? prefix.refuse("needs matches that are all by URI prefix") : parts.some((name) => redirect.field(name).isSet) ? code.number !== void 0 && code.number !== 0 && Math.floor(code.number / 100) !== 3 ? code.refuse("must be a 3xx status") : scheme.isFilled && !["http", "https"].includes(scheme.text) ? scheme.refuse("must be http or https") : (redirect.field("port").number ?? 0) !== 0 && checkPortNumber(redirect.field("port")) : redirect.refuse("must say where to");
}
function checkDirectResponse(response) {
  if (!response.isSet) return;
  let { number } = response.field("status");
  number !== void 0 && (number < 200 || number > 600) && response.field("status").refuse("must be an HTTP status from 200 to 599");
  let size = response.field("body").field("string").text.length;
  size > 1048576 ? response.field("body").refuse("is larger than 1 MB") : size > 102400 && response.field("body").warn("is large, which slows the control plane down");
}
function checkRetries(retries) {
  if (!retries.isSet) return;
  let attempts = retries.field("attempts");
  (attempts.number ?? 0) < 0 && attempts.refuse("must not be negative");
  let others2 = ["perTryTimeout", "retryOn", "retryRemoteLocalities"].map((name) => retries.field(name));
  !attempts.isOpen && (attempts.number ?? 0) === 0 && others2.find(({ isFilled }) => isFilled)?.refuse("has no effect: without attempts nothing is retried"), checkDuration(retries.field("perTryTimeout")), checkDuration(retries.field("backoff"));
  let on = retries.field("retryOn");
  if (on.text === "") return;
  let unknown2 = on.text.split(",").find((part) => !RETRY_CONDITIONS.has(part) && !/^[1-5]\d\d$/.test(part));
  unknown2 !== void 0 && on.refuse(`has "${unknown2}", which is no condition to retry on`);
}
function checkRewrite(rewrite) {
  if (!rewrite.isSet) return;
  let uri = rewrite.field("uri"), regex = rewrite.field("uriRegexRewrite");
  if (uri.isFilled && regex.isSet ? regex.refuse("cannot be set together with uri") : !uri.isSet && !regex.isSet && !rewrite.field("authority").isFilled && rewrite.refuse("must say what to write"), !!regex.isSet) {
    for (let name of ["match", "rewrite"])
      regex.field(name).isFilled || regex.field(name).refuse("is missing");
    checkRegex(regex.field("match"));
  }
}

// src/rules/validation/route-destinations.ts
function checkDestinations(destinations) {
  let items = destinations.items();
  for (let item of items) {
    checkDestination(item.field("destination"));
    let weight = item.field("weight");
    (weight.number ?? 0) < 0 && weight.refuse("must not be negative");
  }
  let open = items.some((item) => item.field("weight").isOpen), total = items.reduce((sum, item) => sum + (item.field("weight").number ?? 0), 0);
  items.length > 1 && total === 0 && !open && destinations.refuse("has weights that add up to 0");
}
function checkDestination(destination) {
  if (!destination.isSet) {
    destination.refuse("is missing");
    return;
  }
  let host = destination.field("host");
  host.text === "*" ? host.refuse("must be a host, not *") : checkWildcardHost(host);
  let subset = destination.field("subset");
  subset.isFilled && !isDnsLabel(subset.text) && subset.refuse("must be a name of letters, digits and dashes"), destination.field("port").isSet && checkPortNumber(destination.field("port").field("number"));
}

// src/rules/validation/http-route.ts
function checkHttpRoute(route, isDelegate) {
  if (!route.isOpen) {
    route.field("delegate").isSet ? checkRoot(route, isDelegate) : checkAction(route), checkMatches(route.field("match")), checkHeaders(route.field("headers"));
    for (let destination of route.field("route").items()) checkHeaders(destination.field("headers"));
    checkDestinations(route.field("route")), checkCors(route.field("corsPolicy")), checkFault(route.field("fault")), checkMirrors(route), checkRedirect(route.field("redirect"), route.field("match")), checkDirectResponse(route.field("directResponse")), checkRetries(route.field("retries")), checkRewrite(route.field("rewrite")), checkDuration(route.field("timeout"));
  }
}
function checkRoot(route, isDelegate) {
  isDelegate && route.field("delegate").refuse("cannot be set in a delegate");
  for (let name of ["redirect", "route"])
    route.field(name).isFilled && route.field(name).refuse("cannot be set together with delegate");
}
function checkAction(route) {
  let forwards = route.field("route"), redirect = route.field("redirect"), answer3 = route.field("directResponse");
  for (let action of [redirect, answer3])
    if (action.isSet)
      for (let name of ["route", "fault", "rewrite"]) {
        let other = route.field(name);
        other.isFilled && other.refuse(`cannot be set together with ${String(action.path.at(-1))}`);
      }
  redirect.isSet && answer3.isSet && answer3.refuse("cannot be set together with redirect"), !forwards.isFilled && !redirect.isSet && !answer3.isSet && route.refuse("must have a route, a redirect or a directResponse");
}
function checkMirrors(route) {
  let mirror = route.field("mirror"), mirrors = route.field("mirrors");
  mirror.isSet && mirrors.isFilled && mirrors.refuse("cannot be set together with mirror"), mirror.isSet && checkDestination(mirror);
  let percent = route.field("mirrorPercent");
  percent.isSet && percent.warn("is deprecated: use mirrorPercentage"), checkShare(percent), checkShare(route.field("mirrorPercentage").field("value"));
  for (let item of mirrors.items())
    checkDestination(item.field("destination")), checkShare(item.field("percentage").field("value"));
}
function checkShare(share) {
  let number = share.number ?? 0;
  (number < 0 || number > 100) && share.refuse("must be from 0 to 100");
}

// src/rules/validation/virtual-service.ts
function validateVirtualService(spec, resource) {
  let hosts = spec.field("hosts"), isDelegate = !hosts.isFilled, protocols = ["http", "tls", "tcp"].map((name) => spec.field(name));
  isDelegate && checkDelegate(spec), checkGatewayNames(spec.field("gateways")), checkHosts2(hosts, servesMesh(spec.field("gateways")), spec), protocols.some(({ isFilled }) => isFilled) || spec.refuse("must hold routes: http, tls or tcp"), checkExportTo(spec.field("exportTo"), resource);
  for (let route of spec.field("http").items()) checkHttpRoute(route, isDelegate);
  for (let route of spec.field("tls").items()) checkTlsRoute(route, hosts);
  for (let route of spec.field("tcp").items()) checkTcpRoute(route);
}
function servesMesh(gateways) {
  let names2 = gateways.items();
  return !gateways.isFilled || names2.some(({ text: text2 }) => text2 === "mesh");
}
function checkDelegate(spec) {
  for (let name of ["gateways", "tls", "tcp"]) {
    let field4 = spec.field(name);
    field4.isFilled && field4.refuse("cannot be set in a delegate, which is a VirtualService without hosts");
  }
}
function checkGatewayNames(gateways) {
  for (let gateway of gateways.items()) {
    let { text: text2 } = gateway;
    if (text2 === "mesh" || gateway.isOpen) continue;
    let [namespace = "", name, ...rest] = text2.split("/");
    if (name === void 0) {
      if (text2.includes(".")) {
        gateway.warn("is in an outdated form: write namespace/name");
        return;
      }
      domainProblem(text2) !== void 0 && gateway.refuse("is no name of a Gateway");
    } else namespace === "" || name === "" || rest.length > 0 ? gateway.refuse("must be namespace/name") : namespace !== "." && !isDnsLabel(namespace) ? gateway.refuse(`has "${namespace}", which is no namespace`) : domainProblem(name) !== void 0 && !name.includes("~") && gateway.refuse("is no name of a Gateway");
  }
}
function checkHosts2(hosts, mesh, spec) {
  let sni = spec.field("tls").items().some(
    (route) => route.field("match").items().some((match) => match.field("sniHosts").isFilled)
  ), items = hosts.items().filter(({ isOpen: isOpen2 }) => !isOpen2);
  for (let host of items)
    host.text === "*" && mesh ? host.refuse("cannot be * for the sidecars of the mesh") : !isIpAddress(host.text) && !(sni && host.text.startsWith("outbound_")) && checkWildcardHost(host);
  items.forEach((host, index) => {
    let other = items.slice(0, index).find(({ text: text2 }) => hostsOverlap(text2, host.text));
    other && host.refuse(`is a duplicate of ${other.text}`);
  });
}
function checkTlsRoute(route, hosts) {
  let matches2 = route.field("match");
  matches2.isFilled || matches2.refuse("must hold at least one match");
  for (let match of matches2.items()) {
    let names2 = match.field("sniHosts");
    names2.isFilled || names2.refuse("must hold at least one host");
    for (let name of names2.items()) checkSniHost(name, hosts);
    checkConnectionMatch(match);
  }
  route.field("route").isFilled || route.field("route").refuse("is missing"), checkDestinations(route.field("route"));
}
function checkSniHost(name, hosts) {
  if (name.isOpen) return;
  isIpAddress(name.text) ? name.warn("is an IP address, which most clients never send") : name.text.startsWith("outbound_") || checkWildcardHost(name);
  let known = hosts.items();
  hosts.isOpen || known.some((host) => host.isOpen || subsetOf(name.text, host.text)) || name.refuse("is covered by none of the hosts of the VirtualService");
}
function checkTcpRoute(route) {
  route.field("route").isFilled || route.field("route").refuse("is missing");
  for (let match of route.field("match").items()) checkConnectionMatch(match);
  checkDestinations(route.field("route"));
}
function checkConnectionMatch(match) {
  for (let subnet of match.field("destinationSubnets").items())
    !subnet.isOpen && !isSubnet(subnet.text) && subnet.refuse("must be an IP address or a CIDR range");
  match.field("port").isSet && checkPortNumber(match.field("port")), checkLabels(match.field("sourceLabels"));
}

// src/rules/validation/workload-group.ts
var COUNTS = [
  "periodSeconds",
  "initialDelaySeconds",
  "timeoutSeconds",
  "successThreshold",
  "failureThreshold"
];
function validateWorkloadGroup(spec) {
  let template2 = spec.field("template");
  if (!template2.isSet) {
    template2.refuse("is missing");
    return;
  }
  checkLabels(spec.field("metadata").field("labels"));
  let probe = spec.field("probe");
  if (!probe.isSet) return;
  for (let name of COUNTS) checkNotNegative(probe.field(name));
  let http = probe.field("httpGet");
  if (http.isSet) {
    checkPortNumber(http.field("port"));
    let scheme = http.field("scheme");
    scheme.isFilled && !["HTTP", "HTTPS"].includes(scheme.text) && scheme.refuse("must be HTTP or HTTPS");
  }
  let tcp = probe.field("tcpSocket");
  tcp.isSet && checkPortNumber(tcp.field("port"));
  let exec = probe.field("exec");
  exec.isSet && !exec.field("command").isFilled && exec.field("command").refuse("is missing");
}

// src/rules/validation/kinds.ts
var VALIDATORS = {
  AuthorizationPolicy: validateAuthorizationPolicy,
  DestinationRule: validateDestinationRule,
  EnvoyFilter: validateEnvoyFilter,
  Gateway: validateGateway,
  PeerAuthentication: validatePeerAuthentication,
  ProxyConfig: validateProxyConfig,
  RequestAuthentication: validateRequestAuthentication,
  ServiceEntry: validateServiceEntry,
  Sidecar: validateSidecar,
  Telemetry: validateTelemetry,
  TrafficExtension: validateTrafficExtension,
  VirtualService: validateVirtualService,
  WasmPlugin: validateWasmPlugin,
  WorkloadEntry: validateWorkloadEntry,
  WorkloadGroup: validateWorkloadGroup
}, VALIDATED_KINDS = Object.keys(VALIDATORS), problemsIn = perResource((resource) => {
  let problems = [], isStub = !1, body = new FieldView(resource.body, (severity, { path, value: value2 }, text2) => {
    problems.push({ severity, path, text: text2, mayBeFilled: isStub || value2 === null });
  }), spec = body.field("spec");
  return isStub = !spec.isFilled, VALIDATORS[resource.kind]?.(spec, resource, body), problems;
});
function problemsOf(mesh, severity) {
  return VALIDATED_KINDS.flatMap(
    (kind) => mesh.resources(kind).flatMap(
      (resource) => problemsIn(resource).filter((problem) => problem.severity === severity).filter(({ mayBeFilled }) => mesh.world === "closed" || !mayBeFilled).map((problem) => ({ resource, ...problem }))
    )
  );
}
function pathText(path) {
  return path.map((segment) => typeof segment == "number" ? `[${segment}]` : `.${segment}`).join("").replace(/^\./, "");
}

// src/rules/istio/ist0106-invalid-resource.ts
var ist0106_invalid_resource_default = {
  id: "IST0106",
  name: "invalid-resource",
  level: "error",
  inputs: VALIDATED_KINDS,
  summary: "A resource of Istio holds something that the cluster will refuse.",
  messages: {
    invalid: "{field} {problem}."
  },
  advice: "Correct the field; as it is, the resource is refused when it is applied.",
  check({ mesh, report }) {
    for (let { resource, path, text: text2 } of problemsOf(mesh, "error"))
      report(resource, path, "invalid", { field: pathText(path), problem: text2 });
  }
};

// src/facts/annotations.ts
var ANNOTATIONS = {
  "alpha.istio.io/canonical-serviceaccounts": {
    stage: "Alpha",
    kinds: ["Service"],
    since: 3,
    deprecatedSince: 9
  },
  "alpha.istio.io/identity": { stage: "Alpha", kinds: ["Pod"], since: 3, until: 23 },
  "alpha.istio.io/kubernetes-serviceaccounts": {
    stage: "Alpha",
    kinds: ["Service"],
    since: 3,
    deprecatedSince: 9
  },
  "ambient.istio.io/bypass-inbound-capture": { stage: "Alpha", kinds: ["Pod"], since: 24 },
  "ambient.istio.io/dns-capture": { stage: "Alpha", kinds: ["Pod"], since: 25 },
  "ambient.istio.io/redirection": { stage: "Beta", kinds: ["Pod"], since: 24 },
  "ambient.istio.io/waypoint-inbound-binding": {
    stage: "Alpha",
    kinds: ["GatewayClass", "Gateway"],
    since: 24
  },
  "galley.istio.io/analyze-suppress": { stage: "Alpha", kinds: ["Any"], since: 5 },
  "gateway.istio.io/controller-version": { stage: "Alpha", kinds: ["Any"], since: 18 },
  "gateway.istio.io/name-override": { stage: "Alpha", kinds: ["Gateway"], since: 24 },
  "gateway.istio.io/service-account": { stage: "Alpha", kinds: ["Gateway"], since: 24 },
  "inject.istio.io/templates": { stage: "Alpha", kinds: ["Pod"], since: 11 },
  "install.operator.istio.io/chart-owner": { stage: "Alpha", kinds: ["Any"], since: 4, until: 23 },
  "install.operator.istio.io/owner-generation": { stage: "Alpha", kinds: ["Any"], since: 4, until: 23 },
  "install.operator.istio.io/version": { stage: "Alpha", kinds: ["Any"], since: 4, until: 23 },
  "istio.io/autoRegistrationGroup": { stage: "Alpha", kinds: ["WorkloadEntry"], since: 13 },
  "istio.io/connectedAt": { stage: "Alpha", kinds: ["WorkloadEntry"], since: 13 },
  "istio.io/disconnectedAt": { stage: "Alpha", kinds: ["WorkloadEntry"], since: 13 },
  "istio.io/dry-run": { stage: "Alpha", kinds: ["AuthorizationPolicy"], since: 10 },
  "istio.io/reroute-virtual-interfaces": { stage: "Alpha", kinds: ["Pod"], since: 25 },
  "istio.io/rev": { stage: "Alpha", kinds: ["Pod"], since: 18 },
  "istio.io/use-waypoint-canary-weight": {
    stage: "Alpha",
    kinds: ["Service", "ServiceEntry", "Namespace"],
    since: 31
  },
  "istio.io/workloadController": { stage: "Alpha", kinds: ["WorkloadEntry"], since: 13 },
  "kubernetes.io/ingress.class": { stage: "Stable", kinds: ["Ingress"], since: 3 },
  "networking.alpha.istio.io/endpointsVersion": {
    stage: "Alpha",
    kinds: ["ServiceEntry"],
    since: 3,
    until: 5
  },
  "networking.alpha.istio.io/notReadyEndpoints": {
    stage: "Alpha",
    kinds: ["ServiceEntry"],
    since: 3,
    until: 5
  },
  "networking.alpha.istio.io/serviceVersion": { stage: "Alpha", kinds: ["ServiceEntry"], since: 3, until: 5 },
  "networking.istio.io/exportTo": { stage: "Alpha", kinds: ["Service"], since: 3 },
  "networking.istio.io/gatewayPort": { stage: "Alpha", kinds: ["Service"], since: 13, until: 13 },
  "networking.istio.io/service-type": { stage: "Alpha", kinds: ["Gateway"], since: 24 },
  "networking.istio.io/traffic-distribution": {
    stage: "Alpha",
    kinds: ["Namespace", "Service", "ServiceEntry"],
    since: 24
  },
  "policy.istio.io/check": { stage: "Alpha", kinds: ["Pod"], since: 3, until: 7 },
  "policy.istio.io/checkBaseRetryWaitTime": { stage: "Alpha", kinds: ["Pod"], since: 3, until: 7 },
  "policy.istio.io/checkMaxRetryWaitTime": { stage: "Alpha", kinds: ["Pod"], since: 3, until: 7 },
  "policy.istio.io/checkRetries": { stage: "Alpha", kinds: ["Pod"], since: 3, until: 7 },
  "policy.istio.io/lang": { stage: "Alpha", kinds: ["Pod"], since: 3, until: 7 },
  "prometheus.istio.io/merge-metrics": { stage: "Alpha", kinds: ["Pod"], since: 6 },
  "proxy.istio.io/config": { stage: "Beta", kinds: ["Pod"], since: 6 },
  "proxy.istio.io/overrides": { stage: "Alpha", kinds: ["Pod"], since: 11 },
  "readiness.status.sidecar.istio.io/applicationPorts": { stage: "Alpha", kinds: ["Pod"], since: 3 },
  "readiness.status.sidecar.istio.io/failureThreshold": { stage: "Alpha", kinds: ["Pod"], since: 3 },
  "readiness.status.sidecar.istio.io/initialDelaySeconds": { stage: "Alpha", kinds: ["Pod"], since: 3 },
  "readiness.status.sidecar.istio.io/periodSeconds": { stage: "Alpha", kinds: ["Pod"], since: 3 },
  "security.istio.io/autoMTLS": { stage: "Alpha", kinds: ["Pod"], since: 4, until: 5 },
  "security.istio.io/tlsMode": { stage: "Alpha", kinds: ["Pod"], since: 6, until: 9 },
  "sidecar.istio.io/agentLogLevel": { stage: "Alpha", kinds: ["Pod"], since: 10 },
  "sidecar.istio.io/bootstrapOverride": { stage: "Alpha", kinds: ["Pod"], since: 3 },
  "sidecar.istio.io/componentLogLevel": { stage: "Alpha", kinds: ["Pod"], since: 3 },
  "sidecar.istio.io/controlPlaneAuthPolicy": { stage: "Alpha", kinds: ["Pod"], since: 3, until: 23 },
  "sidecar.istio.io/discoveryAddress": { stage: "Alpha", kinds: ["Pod"], since: 3, deprecatedSince: 9 },
  "sidecar.istio.io/enableCoreDump": { stage: "Alpha", kinds: ["Pod"], since: 5, until: 24 },
  "sidecar.istio.io/extraStatTags": { stage: "Alpha", kinds: ["Pod"], since: 12, deprecatedSince: 21 },
  "sidecar.istio.io/inject": { stage: "Beta", kinds: ["Pod"], since: 3, deprecatedSince: 15 },
  "sidecar.istio.io/interceptionMode": { stage: "Alpha", kinds: ["Pod"], since: 3 },
  "sidecar.istio.io/logLevel": { stage: "Alpha", kinds: ["Pod"], since: 3 },
  "sidecar.istio.io/nativeSidecar": { stage: "Alpha", kinds: ["Pod"], since: 24 },
  "sidecar.istio.io/proxyCPU": { stage: "Alpha", kinds: ["Pod"], since: 3 },
  "sidecar.istio.io/proxyCPULimit": { stage: "Alpha", kinds: ["Pod"], since: 6 },
  "sidecar.istio.io/proxyImage": { stage: "Alpha", kinds: ["Pod"], since: 3 },
  "sidecar.istio.io/proxyImageType": { stage: "Alpha", kinds: ["Pod"], since: 13 },
  "sidecar.istio.io/proxyMemory": { stage: "Alpha", kinds: ["Pod"], since: 3 },
  "sidecar.istio.io/proxyMemoryLimit": { stage: "Alpha", kinds: ["Pod"], since: 6 },
  "sidecar.istio.io/rewriteAppHTTPProbers": { stage: "Alpha", kinds: ["Pod"], since: 3 },
  "sidecar.istio.io/statsCompression": { stage: "Alpha", kinds: ["Pod"], since: 26, deprecatedSince: 29 },
  "sidecar.istio.io/statsEvictionInterval": { stage: "Alpha", kinds: ["Pod"], since: 28 },
  "sidecar.istio.io/statsFlushInterval": { stage: "Alpha", kinds: ["Pod"], since: 28 },
  "sidecar.istio.io/statsHistogramBins": { stage: "Alpha", kinds: ["Pod"], since: 28 },
  "sidecar.istio.io/statsHistogramBuckets": { stage: "Alpha", kinds: ["Pod"], since: 19 },
  "sidecar.istio.io/statsInclusionPrefixes": { stage: "Alpha", kinds: ["Pod"], since: 3, deprecatedSince: 9 },
  "sidecar.istio.io/statsInclusionRegexps": { stage: "Alpha", kinds: ["Pod"], since: 3, deprecatedSince: 9 },
  "sidecar.istio.io/statsInclusionSuffixes": { stage: "Alpha", kinds: ["Pod"], since: 3, deprecatedSince: 9 },
  "sidecar.istio.io/status": { stage: "Alpha", kinds: ["Pod"], since: 3 },
  "sidecar.istio.io/userVolume": { stage: "Alpha", kinds: ["Pod"], since: 3 },
  "sidecar.istio.io/userVolumeMount": { stage: "Alpha", kinds: ["Pod"], since: 3 },
  "status.sidecar.istio.io/port": { stage: "Alpha", kinds: ["Pod"], since: 3 },
  "topology.istio.io/controlPlaneClusters": { stage: "Alpha", kinds: ["Namespace"], since: 15 },
  "traffic.istio.io/excludeInboundPorts": { stage: "Alpha", kinds: ["Pod"], since: 22, until: 22 },
  "traffic.istio.io/excludeInterfaces": { stage: "Alpha", kinds: ["Pod"], since: 22, until: 22 },
  "traffic.istio.io/excludeOutboundIPRanges": { stage: "Alpha", kinds: ["Pod"], since: 22, until: 22 },
  "traffic.istio.io/excludeOutboundPorts": { stage: "Alpha", kinds: ["Pod"], since: 22, until: 22 },
  "traffic.istio.io/includeInboundPorts": { stage: "Alpha", kinds: ["Pod"], since: 22, until: 22 },
  "traffic.istio.io/includeOutboundIPRanges": { stage: "Alpha", kinds: ["Pod"], since: 22, until: 22 },
  "traffic.istio.io/includeOutboundPorts": { stage: "Alpha", kinds: ["Pod"], since: 22, until: 22 },
  "traffic.istio.io/nodeSelector": { stage: "Stable", kinds: ["Service"], since: 15 },
  "traffic.sidecar.istio.io/excludeInboundPorts": { stage: "Alpha", kinds: ["Pod"], since: 3 },
  "traffic.sidecar.istio.io/excludeInterfaces": { stage: "Alpha", kinds: ["Pod"], since: 15 },
  "traffic.sidecar.istio.io/excludeOutboundIPRanges": { stage: "Alpha", kinds: ["Pod"], since: 3 },
  "traffic.sidecar.istio.io/excludeOutboundPorts": { stage: "Alpha", kinds: ["Pod"], since: 3 },
  "traffic.sidecar.istio.io/includeInboundPorts": { stage: "Alpha", kinds: ["Pod"], since: 3 },
  "traffic.sidecar.istio.io/includeOutboundIPRanges": { stage: "Alpha", kinds: ["Pod"], since: 3 },
  "traffic.sidecar.istio.io/includeOutboundPorts": { stage: "Alpha", kinds: ["Pod"], since: 7 },
  "traffic.sidecar.istio.io/kubevirtInterfaces": {
    stage: "Alpha",
    kinds: ["Pod"],
    since: 3,
    deprecatedSince: 25
  }
};

// src/rules/istio/annotated-objects.ts
var ANNOTATED_KINDS = ["Namespace", "Service", "Pod", "Deployment"], NEVER_CHECKED = /* @__PURE__ */ new Set([
  "sidecar.istio.io/status",
  "gateway.istio.io/controller-version",
  "istio.io/rev"
]);
function istioAnnotations(mesh) {
  return ANNOTATED_KINDS.flatMap((kind) => mesh.resources(kind)).flatMap(
    (resource) => Object.entries(resource.annotations).filter(([name]) => isIstios(name) && !NEVER_CHECKED.has(name)).map(([name, value2]) => {
      let known = Object.hasOwn(ANNOTATIONS, name) ? ANNOTATIONS[name] : void 0, fact = known?.until === void 0 ? known : void 0, kinds = fact?.kinds ?? [];
      return {
        resource,
        name,
        value: value2,
        fact,
        allowedHere: kinds.includes("Any") || kinds.includes(resource.kind)
      };
    })
  );
}
function isIstios(name) {
  if (name === "kubernetes.io/ingress.class") return !0;
  let slash = name.indexOf("/");
  return slash > 0 && name.slice(0, slash).endsWith("istio.io");
}

// src/rules/istio/ist0107-misplaced-annotation.ts
var ist0107_misplaced_annotation_default = {
  id: "IST0107",
  name: "misplaced-annotation",
  level: "warning",
  inputs: [...ANNOTATED_KINDS],
  summary: "An annotation of Istio stands on an object where it has no effect.",
  messages: {
    misplaced: "The annotation {annotation} is for {kinds} and has no effect on a {kind}."
  },
  advice: "Move it: what is for a Pod belongs to spec.template.metadata of the workload.",
  check({ mesh, report }) {
    for (let { resource, name, fact, allowedHere } of istioAnnotations(mesh)) {
      if (!fact || allowedHere) continue;
      let data = { annotation: name, kinds: fact.kinds, kind: resource.kind };
      report(resource, ["metadata", "annotations", name], "misplaced", data, { atKey: !0 });
    }
  }
};

// src/rules/istio/ist0108-unknown-annotation.ts
var ist0108_unknown_annotation_default = {
  id: "IST0108",
  name: "unknown-annotation",
  level: "warning",
  inputs: [...ANNOTATED_KINDS],
  summary: "An annotation in the name of Istio is none that Istio knows.",
  messages: {
    unknown: "Istio knows no annotation {annotation}.",
    removed: "Istio knows the annotation {annotation} no more; 1.{minor} was the last release that did."
  },
  advice: "Correct its name, or remove it.",
  check({ mesh, report }) {
    for (let { resource, name, fact } of istioAnnotations(mesh)) {
      if (fact || hasPlaceholder(name)) continue;
      let until = Object.hasOwn(ANNOTATIONS, name) ? ANNOTATIONS[name]?.until : void 0, path = ["metadata", "annotations", name];
      until === void 0 ? report(resource, path, "unknown", { annotation: name }, { atKey: !0 }) : report(resource, path, "removed", { annotation: name, minor: until }, { atKey: !0 });
    }
  }
};

// src/rules/istio/sole-resources.ts
function soleResources(mesh, kind) {
  let byName3 = /* @__PURE__ */ new Map();
  for (let resource of mesh.resources(kind)) {
    let key = `${resource.namespace}/${resource.name}`, twins = byName3.get(key);
    twins ? twins.push(resource) : byName3.set(key, [resource]);
  }
  let sole = [];
  for (let twins of byName3.values()) {
    let last = twins.at(-1);
    last && (twins.length === 1 || mesh.world === "closed") && sole.push(last);
  }
  return sole;
}

// src/rules/istio/ist0109-conflicting-mesh-hosts.ts
var ist0109_conflicting_mesh_hosts_default = {
  id: "IST0109",
  name: "conflicting-mesh-hosts",
  level: "error",
  inputs: ["VirtualService"],
  summary: "Two VirtualServices for the sidecars define the same host.",
  messages: {
    conflict: "The VirtualServices {resources} all define the host {host} for the sidecars of the mesh."
  },
  advice: "Merge them into one VirtualService, or bind all but one of them to a gateway only. Of several, sidecars apply one alone.",
  check({ mesh, report }) {
    let reported = /* @__PURE__ */ new Set(), scoped = scopedHosts(soleResources(mesh, "VirtualService").filter(appliesToSidecars), mesh.world), wildcards = scoped.filter(({ scope }) => scope === "*");
    for (let entry2 of scoped) {
      let seen = entry2.scope === "*" ? [] : wildcards.filter(({ host }) => hostsOverlap(host, entry2.host)), candidates = [...entry2.resources, ...seen.flatMap(({ resources }) => resources)];
      if (candidates.length < 2 || mesh.world === "open" && new Set(candidates).size < 2) continue;
      let names2 = [...new Set(candidates.map(qualifiedName))].sort();
      for (let resource of candidates) {
        if (reported.has(resource)) continue;
        reported.add(resource);
        let data = { resources: names2, host: entry2.host };
        report(resource, ["metadata", "name"], "conflict", data, { evidence: others(candidates, resource) });
      }
    }
  }
};
function others(candidates, self) {
  return [...new Set(candidates)].filter((resource) => resource !== self).slice(0, 5).map((resource) => ({
    says: `VirtualService ${qualifiedName(resource)} defines it too`,
    at: resource.origin.at(["spec", "hosts"])
  }));
}
function appliesToSidecars(virtualService) {
  let gateways = texts(fields(virtualService.body, "spec"), "gateways");
  return gateways.length === 0 || gateways.includes("mesh");
}
function scopedHosts(virtualServices, world) {
  let index = /* @__PURE__ */ new Map();
  for (let resource of virtualServices) {
    let spec = fields(resource.body, "spec");
    for (let scope of scopesOf(texts(spec, "exportTo"), resource.namespace))
      for (let written2 of texts(spec, "hosts")) {
        let host = completeHost(written2, resource.namespace);
        if (hasPlaceholder(host) || hasPlaceholder(scope) || world === "open" && resource.namespace === "" && !written2.includes(".")) continue;
        let key = `${scope}/${host}`, entry2 = index.get(key) ?? { scope, host, resources: [] };
        index.set(key, entry2), entry2.resources.push(resource);
      }
  }
  return [...index.values()];
}
function scopesOf(exportTo, namespace) {
  return exportTo.length === 0 || exportTo.includes("*") ? ["*"] : exportTo.map((scope) => scope === "." ? namespace : scope);
}
function completeHost(host, namespace) {
  return host.startsWith("*") || host.includes(".") ? host : `${host}.${namespace}.svc.cluster.local`;
}

// src/rules/istio/mesh-membership.ts
var INJECT6 = "sidecar.istio.io/inject";
function isInMesh(mesh, workload) {
  if (mesh.world === "open") return mesh.injectionOf(workload).injected === "yes";
  if ((workload.containers.filter(({ init }) => !init || workload.kind === "Pod").find(({ name }) => name === "istio-proxy")?.image ?? "") !== "") return !0;
  let said = workload.labels[INJECT6] ?? workload.annotations[INJECT6];
  return said !== void 0 ? said === "true" : mesh.namespaces.get(workload.namespace)?.labels[INJECTION3] === "enabled";
}
function isInAmbient(mesh, workload) {
  return workload.annotations["ambient.istio.io/redirection"] === "enabled" ? !0 : mesh.world === "open" && isNamespaceAmbient(mesh, workload.namespace);
}
function isNamespaceAmbient(mesh, namespace) {
  let model = mesh.namespaces.get(namespace);
  return model?.resource !== void 0 && isAmbient(model.labels);
}

// src/rules/istio/sidecar-selectors.ts
function sidecarSelector(sidecar) {
  return labels(fields(fields(sidecar.body, "spec"), "workloadSelector"), "labels");
}
function defaultSidecars(mesh) {
  return soleResources(mesh, "Sidecar").filter(
    (sidecar) => Object.keys(sidecarSelector(sidecar)).length === 0
  );
}

// src/rules/istio/workload-conflicts.ts
function contestedWorkloads(mesh, kind, selectorOf) {
  let selecting = /* @__PURE__ */ new Map();
  for (let resource of soleResources(mesh, kind)) {
    let selector = selectorOf(resource);
    if (!(Object.keys(selector).length === 0 || Object.entries(selector).flat().some(hasPlaceholder)) && !(mesh.world === "open" && resource.namespace === ""))
      for (let workload of mesh.select(selector, resource.namespace).selected)
        mesh.world === "closed" && workload.kind !== "Pod" || selecting.set(workload, [...selecting.get(workload) ?? [], resource]);
  }
  return [...selecting].filter(([, resources]) => resources.length > 1).map(([workload, resources]) => ({ workload, resources }));
}
function byNamespace(resources) {
  let groups2 = /* @__PURE__ */ new Map();
  for (let resource of resources) {
    let group = groups2.get(resource.namespace);
    group ? group.push(resource) : groups2.set(resource.namespace, [resource]);
  }
  return groups2;
}

// src/rules/istio/ist0110-conflicting-sidecars.ts
var ist0110_conflicting_sidecars_default = {
  id: "IST0110",
  name: "conflicting-sidecars",
  level: "error",
  inputs: ["Sidecar", "workloads", "namespaces"],
  summary: "Several Sidecars select the same workload.",
  messages: {
    conflict: "The Sidecars {names} all select {kind} {workload}: one of them is ignored."
  },
  advice: "Make the selectors exclude each other, or merge the Sidecars.",
  check({ mesh, report }) {
    for (let { workload, resources } of contestedWorkloads(mesh, "Sidecar", sidecarSelector)) {
      if (isInAmbient(mesh, workload)) continue;
      let data = { names: resources.map(({ name }) => name).sort(), kind: workload.kind, workload: workload.name };
      for (let sidecar of resources) report(sidecar, ["metadata", "name"], "conflict", data);
    }
  }
};

// src/rules/istio/ist0111-several-default-sidecars.ts
var ist0111_several_default_sidecars_default = {
  id: "IST0111",
  name: "several-default-sidecars",
  level: "error",
  inputs: ["Sidecar", "namespaces"],
  summary: "A namespace has several Sidecars without workload selector.",
  messages: {
    several: "The Sidecars {names} of namespace {namespace} have no workload selector: one of them is ignored."
  },
  advice: "Merge them into one, or give all but one a workload selector.",
  check({ mesh, report }) {
    for (let [namespace, sidecars] of byNamespace(defaultSidecars(mesh))) {
      if (sidecars.length < 2 || isNamespaceAmbient(mesh, namespace) || mesh.world === "open" && namespace === "") continue;
      let names2 = sidecars.map(({ name }) => name).sort();
      for (let sidecar of sidecars) report(sidecar, ["metadata", "name"], "several", { names: names2, namespace });
    }
  }
};

// src/rules/istio/ist0112-destination-port-required.ts
var ist0112_destination_port_required_default = {
  id: "IST0112",
  name: "destination-port-required",
  level: "error",
  inputs: ["VirtualService", "hosts"],
  summary: "A route to a service with several ports names none of them.",
  messages: {
    required: "{host} has the ports {ports}, and the destination names none of them."
  },
  advice: "Add port.number to the destination.",
  check({ mesh, report }) {
    for (let virtualService of mesh.resources("VirtualService")) {
      let exportTo = texts(fields(virtualService.body, "spec"), "exportTo");
      for (let destination of destinationsOf(virtualService)) {
        let host = text(destination.fields, "host");
        if (host === "" || hasPlaceholder(host) || field3(destination.fields, "port") !== void 0) continue;
        let { known, ports, provider } = mesh.lookupHost(host, virtualService.namespace, exportTo);
        if (known !== "yes" || ports.length < 2) continue;
        let level = mesh.world === "open" && servesSidecars(virtualService.body) ? "warning" : "error", evidence2 = provider && provider.origin.file !== "" ? [
          {
            says: `${provider.kind} ${provider.name} has these ports`,
            at: provider.origin.at(["spec", "ports"], "key")
          }
        ] : [], data = { host, ports: ports.map(String) };
        report(virtualService, within(destination, "host"), "required", data, { level, evidence: evidence2 });
      }
    }
  }
};
function servesSidecars(body) {
  let gateways = texts(fields(body, "spec"), "gateways");
  return gateways.length === 0 || gateways.includes("mesh");
}

// src/rules/istio/services-of-deployment.ts
function servedDeployments(mesh) {
  let byWorkload = /* @__PURE__ */ new Map();
  for (let service of mesh.services)
    if (Object.keys(service.selector).length !== 0)
      for (let workload of mesh.select(service.selector, service.namespace).selected) {
        let services = byWorkload.get(workload) ?? [];
        services.length === 0 && byWorkload.set(workload, services), services.push(service);
      }
  return mesh.workloads.filter(({ kind }) => kind === "Deployment").filter(({ resource }) => resource.labels["gateway.istio.io/managed"] !== "istio.io-mesh-controller").flatMap((workload) => {
    let services = byWorkload.get(workload);
    return services && isInMesh(mesh, workload) ? [{ workload, services }] : [];
  });
}

// src/rules/istio/ist0116-port-with-several-protocols.ts
var ist0116_port_with_several_protocols_default = {
  id: "IST0116",
  name: "port-with-several-protocols",
  level: "warning",
  inputs: ["services", "workloads", "namespaces", "injection"],
  summary: "Services give the same port of a Deployment different transport protocols.",
  messages: {
    several: "Deployment {deployment} is served on port {port} with different protocols by {services}."
  },
  advice: "Use different port numbers for different transport protocols.",
  check({ mesh, report }) {
    for (let { workload, services } of servedDeployments(mesh)) {
      let byPort = /* @__PURE__ */ new Map();
      for (let service of services)
        for (let { port, protocol } of service.ports) {
          let uses = byPort.get(port) ?? [];
          byPort.set(port, uses), uses.push({ protocol, service: qualifiedName(service) });
        }
      for (let [port, uses] of byPort) {
        if (new Set(uses.map(({ protocol }) => protocol)).size < 2 || mesh.world === "open" && new Set(uses.map(({ service }) => service)).size < 2) continue;
        let names2 = [...new Set(uses.map(({ service }) => service))].sort(), data = { deployment: workload.name, port, services: names2 };
        report(workload.resource, ["metadata", "name"], "several", data);
      }
    }
  }
};

// src/rules/istio/control-plane-labels.ts
function isControlPlaneResource({ labels: labels2 }) {
  return Object.hasOwn(labels2, "istio") || labels2.release === "istio";
}

// src/rules/istio/ist0118-port-name.ts
var ist0118_port_name_default = {
  id: "IST0118",
  name: "port-name",
  level: "info",
  inputs: ["services", "workloads", "injection"],
  summary: "A Service port does not say its protocol in the way Istio reads it.",
  messages: {
    convention: "Port {name} ({port}) of Service {service} names no protocol that Istio knows.",
    unnamed: "Port {port} of Service {service} has no name and no appProtocol."
  },
  advice: "Set appProtocol, or name the port <protocol>[-<suffix>], such as http, grpc-api or tcp-db. Otherwise Istio detects the protocol, which fails where the server speaks first.",
  check({ mesh, report }) {
    for (let service of mesh.services)
      if (!(service.type === "ExternalName" || isControlPlaneResource(service.resource)) && !(isGatewayService(service) || !isServedByMesh(mesh, service)))
        for (let port of service.ports) {
          if (!isUnsupportedPort(port) || hasPlaceholder(port.name) || hasPlaceholder(port.appProtocol))
            continue;
          let data = { name: port.name, port: port.port, service: service.name }, message = port.name === "" ? "unnamed" : "convention";
          report(service.resource, ["spec", "ports", port.index, "port"], message, data);
        }
  }
};
function isServedByMesh(mesh, service) {
  return mesh.world === "closed" ? !0 : Object.keys(service.selector).length === 0 ? !1 : mesh.select(service.selector, service.namespace).selected.some((workload) => mesh.injectionOf(workload).injected === "yes");
}

// src/rules/istio/ist0123-several-injection-labels.ts
var ist0123_several_injection_labels_default = {
  id: "IST0123",
  name: "several-injection-labels",
  level: "warning",
  inputs: ["namespaces"],
  summary: "A namespace has more than one label that decides about injection.",
  messages: {
    several: "Namespace {namespace} has several injection labels: {labels}."
  },
  advice: "Keep one of them. istio-injection wins over istio.io/rev, so a namespace with both does not follow its revision; ambient mode and sidecars exclude each other.",
  check({ mesh, report }) {
    for (let { labels: labels2, name, resource } of applicationNamespaces(mesh)) {
      let injection = labels2[INJECTION3], found2 = injection === void 0 ? [] : [[INJECTION3, injection]];
      for (let key of [REVISION3, DATAPLANE_MODE]) {
        let value2 = labels2[key];
        value2 !== void 0 && (injection === void 0 || injection === "enabled") && found2.push([key, value2]);
      }
      let last = found2.at(-1);
      found2.length < 2 || last === void 0 || found2.some(([, value2]) => hasPlaceholder(value2)) || mesh.world === "open" && isHarmless(labels2) || report(resource, ["metadata", "labels", last[0]], "several", {
        namespace: name,
        labels: found2.map(([key, value2]) => `${key}=${value2}`)
      });
    }
  }
};
function isHarmless(labels2) {
  let deciding = [
    labels2[INJECTION3] !== void 0,
    (labels2[REVISION3] ?? "") !== "",
    (labels2[DATAPLANE_MODE] ?? "none") !== "none"
  ];
  return labels2[INJECTION3] === void 0 && labels2[DATAPLANE_MODE] === "ambient" || deciding.filter(Boolean).length < 2;
}

// src/rules/istio/annotation-values.ts
var QUANTITY = /^[+-]?[0-9.]+(?:[eEinumkKMGTP]*[-+]?[0-9]*)$/, INTERFACE = /^[A-Za-z][A-Za-z0-9_.-]{0,14}$/, isPort = (value2) => /^\d{1,5}$/.test(value2.trim()) && Number(value2) <= 65535, isPortList = (value2) => value2 === "" || value2.split(",").every(isPort), isUnsigned32 = (value2) => /^\d{1,10}$/.test(value2) && Number(value2) < 4294967296, isQuantity = (value2) => value2.length < 64 && QUANTITY.test(value2), isInterfaceList = (value2) => value2.split(",").every((item) => INTERFACE.test(item.trim())), isCidrList = (value2) => value2 === "" || value2.split(",").every((item) => {
  let [address = "", bits = "", ...rest] = item.split("/");
  if (rest.length > 0 || !/^\d{1,3}$/.test(bits)) return !1;
  if (address.includes(":")) return /^[\da-fA-F:.]+$/.test(address) && Number(bits) <= 128;
  let parts = address.split(".");
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255) && Number(bits) <= 32;
});
function orStar(check2) {
  return (value2) => value2 === "*" || check2(value2);
}
var PORTS2 = { check: isPortList, expected: "a list of ports, separated by commas" }, COUNT = { check: isUnsigned32, expected: "a whole number" }, INTERFACES = { check: isInterfaceList, expected: "a list of interface names, separated by commas" }, AMOUNT = { check: isQuantity, expected: "a Kubernetes quantity such as 100m or 128Mi" }, VALUES = {
  "sidecar.istio.io/interceptionMode": {
    check: (value2) => ["REDIRECT", "TPROXY", "NONE"].includes(value2),
    expected: "REDIRECT, TPROXY or NONE"
  },
  "status.sidecar.istio.io/port": { check: isPort, expected: "a port" },
  "readiness.status.sidecar.istio.io/initialDelaySeconds": COUNT,
  "readiness.status.sidecar.istio.io/periodSeconds": COUNT,
  "readiness.status.sidecar.istio.io/failureThreshold": COUNT,
  "traffic.sidecar.istio.io/includeOutboundIPRanges": {
    check: orStar(isCidrList),
    expected: "* or a list of CIDRs, separated by commas"
  },
  "traffic.sidecar.istio.io/excludeOutboundIPRanges": {
    check: isCidrList,
    expected: "a list of CIDRs, separated by commas"
  },
  "traffic.sidecar.istio.io/includeInboundPorts": {
    check: orStar(isPortList),
    expected: "* or a list of ports, separated by commas"
  },
  "traffic.sidecar.istio.io/excludeInboundPorts": PORTS2,
  "traffic.sidecar.istio.io/excludeOutboundPorts": PORTS2,
  "traffic.sidecar.istio.io/excludeInterfaces": INTERFACES,
  "traffic.sidecar.istio.io/kubevirtInterfaces": INTERFACES,
  "istio.io/reroute-virtual-interfaces": INTERFACES,
  "prometheus.istio.io/merge-metrics": {
    check: (value2) => ["1", "t", "T", "TRUE", "true", "True", "0", "f", "F", "FALSE", "false", "False"].includes(value2),
    expected: "true or false"
  },
  "sidecar.istio.io/proxyCPU": AMOUNT,
  "sidecar.istio.io/proxyMemory": AMOUNT,
  "sidecar.istio.io/proxyCPULimit": AMOUNT,
  "sidecar.istio.io/proxyMemoryLimit": AMOUNT
};
function problemOf(annotation, value2) {
  let rule = Object.hasOwn(VALUES, annotation) ? VALUES[annotation] : void 0;
  return rule && !rule.check(value2) ? rule.expected : void 0;
}

// src/rules/istio/ist0125-invalid-annotation.ts
var ist0125_invalid_annotation_default = {
  id: "IST0125",
  name: "invalid-annotation",
  level: "warning",
  inputs: [...ANNOTATED_KINDS],
  summary: "The value of an annotation of Istio cannot be read.",
  messages: {
    invalid: "The annotation {annotation} is to be {expected}, and is {value}."
  },
  advice: "Correct the value.",
  check({ mesh, report }) {
    for (let { resource, name, value: value2, fact, allowedHere } of istioAnnotations(mesh)) {
      if (!fact || !allowedHere || fact.kinds.includes("Any") || hasPlaceholder(value2)) continue;
      let expected = problemOf(name, value2);
      if (expected === void 0) continue;
      report(resource, ["metadata", "annotations", name], "invalid", { annotation: name, expected, value: value2 });
    }
  }
};

// src/rules/istio/ist0127-policy-without-workloads.ts
var ist0127_policy_without_workloads_default = {
  id: "IST0127",
  name: "policy-without-workloads",
  level: "warning",
  inputs: ["AuthorizationPolicy", "workloads", "namespaces", "injection", "meshConfig"],
  summary: "An AuthorizationPolicy applies to no workload of the mesh.",
  messages: {
    selector: "No workload of the mesh carries {selector}, so the policy applies to nothing.",
    namespace: "Namespace {namespace} holds no workload of the mesh, so the policy applies to nothing."
  },
  advice: "Correct the selector (it compares pod labels), or remove the policy. What it was to deny is not denied.",
  check(context) {
    let { mesh } = context;
    for (let policy of mesh.resources("AuthorizationPolicy")) {
      let spec = fields(policy.body, "spec"), selector = labels(field3(spec, "selector"), "matchLabels"), selects2 = field3(spec, "selector") !== void 0 && Object.keys(selector).length > 0, isRoot = policy.namespace === mesh.rootNamespace;
      if (isRoot && !selects2 || Object.entries(selector).flat().some(hasPlaceholder)) continue;
      let { selected, maybe } = mesh.select(selector, isRoot ? void 0 : policy.namespace);
      if (selected.some((workload) => isMember(mesh, workload)) || mesh.world === "open" && isUndecided(context, policy, selected, maybe)) continue;
      let wanted = field3(spec, "selector"), path = selects2 ? ["spec", "selector", fieldName(wanted, "matchLabels")] : ["metadata", "name"], data = { selector: selectorText(selector), namespace: policy.namespace }, confidence = mesh.world === "closed" ? "certain" : "likely";
      context.report(policy, path, selects2 ? "selector" : "namespace", data, { confidence });
    }
  }
};
function isMember(mesh, workload) {
  return mesh.world === "closed" && workload.kind !== "Pod" ? !1 : isInMesh(mesh, workload) || isInAmbient(mesh, workload);
}
function isUndecided({ mesh, unchecked: unchecked2 }, policy, selected, maybe) {
  let spec = fields(policy.body, "spec");
  if (field3(spec, "targetRef") !== void 0 || list(spec, "targetRefs").length > 0 || field3(spec, "selector") === void 0 || selected.length > 0) return !0;
  let [source2] = maybe, neighbours = mesh.workloads.some(
    (workload) => workload.namespace === policy.namespace && policy.namespace !== ""
  );
  if (source2 === void 0 && neighbours) return !1;
  let why = source2 === void 0 ? "the workloads of its namespace are not in this repository" : `it may select what ${source2} holds`;
  return unchecked2("what an AuthorizationPolicy selects", why, policy, ["spec", "selector"]), !0;
}

// src/rules/istio/destination-rule-verification.ts
var VERIFYING_MODES = /* @__PURE__ */ new Set(["SIMPLE", "MUTUAL"]);
function verifiesNothing(tls, rule) {
  return !VERIFYING_MODES.has(text(tls, "mode")) || text(tls, "caCertificates") !== "" ? !1 : !(field3(fields(rule.body, "spec"), "workloadSelector") !== void 0 && text(tls, "credentialName") !== "");
}

// src/rules/istio/system-certificates.ts
function verifiesBySystem(mesh) {
  return mesh.world === "closed" || mesh.controlPlanes.some(({ env }) => env.VERIFY_CERTIFICATE_AT_CLIENT === "false") ? !1 : mesh.controlPlanes.every(
    ({ version }) => version === void 0 || compareVersions(version, { major: 1, minor: 21, patch: 0 }) >= 0
  );
}

// src/rules/istio/ist0128-no-ca-certificates.ts
var ist0128_no_ca_certificates_default = {
  id: "IST0128",
  name: "no-ca-certificates",
  level: "warning",
  inputs: ["DestinationRule", "controlPlanes"],
  summary: "A DestinationRule originates TLS and does not say which CA signs the server certificate.",
  messages: {
    unverified: "TLS mode {mode} for {host} names no caCertificates, so the server is not verified."
  },
  advice: "Set caCertificates (system for the public CAs) and sni or subjectAltNames. Since Istio 1.21 the public CAs are the default.",
  check({ mesh, report }) {
    if (!verifiesBySystem(mesh))
      for (let rule of mesh.resources("DestinationRule")) {
        let spec = fields(rule.body, "spec"), policy = fields(spec, "trafficPolicy"), tls = field3(policy, "tls");
        if (!verifiesNothing(tls, rule)) continue;
        let path = ["spec", fieldName(spec, "trafficPolicy"), "tls", "mode"];
        report(rule, path, "unverified", { mode: text(tls, "mode"), host: text(spec, "host") });
      }
  }
};

// src/rules/istio/ist0129-no-ca-certificates-for-port.ts
var ist0129_no_ca_certificates_for_port_default = {
  id: "IST0129",
  name: "no-ca-certificates-for-port",
  level: "warning",
  inputs: ["DestinationRule", "controlPlanes"],
  summary: "A DestinationRule originates TLS for a port and does not say which CA signs the server certificate.",
  messages: {
    unverified: "TLS mode {mode} for port {port} of {host} names no caCertificates, so the server is not verified."
  },
  advice: "Set caCertificates (system for the public CAs) and sni or subjectAltNames. Since Istio 1.21 the public CAs are the default.",
  check({ mesh, report }) {
    if (!verifiesBySystem(mesh))
      for (let rule of mesh.resources("DestinationRule")) {
        let spec = fields(rule.body, "spec"), policy = fields(spec, "trafficPolicy"), path = ["spec", fieldName(spec, "trafficPolicy"), fieldName(policy, "portLevelSettings")];
        list(policy, "portLevelSettings").forEach((settings, index) => {
          let tls = field3(settings, "tls");
          if (!verifiesNothing(tls, rule)) return;
          let port = integer2(field3(settings, "port"), "number") ?? "(none)", data = { mode: text(tls, "mode"), host: text(spec, "host"), port };
          report(rule, [...path, index, "tls", "mode"], "unverified", data);
        });
      }
  }
};

// src/rules/istio/route-coverage.ts
var MOST_MATCHES = 2e3, coveredRoutes = perResource(
  (virtualService) => ["http", "tls", "tcp"].flatMap((protocol) => {
    let routes = list(fields(virtualService.body, "spec"), protocol);
    return coveredIn(routes, ["spec", protocol], protocol === "http");
  })
);
function coveredIn(routes, path, http) {
  let covered = [], seen = /* @__PURE__ */ new Map(), prefixes2 = [], catchAll;
  return routes.forEach((route, index) => {
    let label = text(route, "name") || `#${index}`, here = [...path, index], matches2 = list(route, "match").slice(0, MOST_MATCHES);
    if (matches2.length === 0) {
      catchAll !== void 0 && covered.push({ what: "second-catch-all", route: catchAll, by: label, path: here }), catchAll = label;
      return;
    }
    if (catchAll !== void 0) {
      covered.push({ what: "route-after-catch-all", route: label, by: catchAll, path: here });
      return;
    }
    matches2.filter((match, position) => {
      let key = canonical(match, http), first = seen.get(key);
      return first === void 0 ? (seen.set(key, label), http && isFields2(match) && prefixes2.push({ fields: match, route: label, path: [...here, "match", position] })) : covered.push({ what: "match", route: label, by: first, path: [...here, "match", position] }), first !== void 0;
    }).length === matches2.length && covered.push({ what: "all-matches", route: label, by: "", path: here });
  }), [...covered, ...coveredPrefixes(prefixes2.slice(0, MOST_MATCHES))];
}
function canonical(match, http) {
  return JSON.stringify(sorted(match, http ? "name" : ""));
}
function sorted(value2, except) {
  return Array.isArray(value2) ? value2.map((item) => sorted(item, "")) : isFields2(value2) ? Object.keys(value2).filter((key) => key !== except).sort().map((key) => [key, sorted(value2[key], "")]) : value2;
}
function coveredPrefixes(matches2) {
  let withPrefix = matches2.filter((match) => prefixOf(match) !== "");
  return withPrefix.flatMap(
    (later, index) => withPrefix.slice(0, index).filter((earlier) => prefixOf(earlier) !== prefixOf(later) && covers(earlier.fields, later.fields)).map((earlier) => ({
      what: "match",
      route: later.route,
      by: earlier.route,
      path: later.path
    }))
  );
}
function prefixOf({ fields: match }) {
  return text(fields(match, "uri"), "prefix");
}
function covers(earlier, later) {
  return text(fields(later, "uri"), "prefix").startsWith(text(fields(earlier, "uri"), "prefix")) && field3(earlier, "port") === field3(later, "port") && condition(field3(earlier, "method"), "exact:GET").startsWith(
    condition(field3(later, "method"), "exact:GET")
  ) && condition(field3(earlier, "authority"), "").startsWith(condition(field3(later, "authority"), "")) && ["headers", "queryParams", "withoutHeaders"].every(
    (name) => coversMap(fields(earlier, name), fields(later, name))
  );
}
function condition(match, absent) {
  return isFields2(match) ? text(match, "exact") !== "" ? `exact:${text(match, "exact")}` : text(match, "prefix") === "" ? "" : `prefix:${text(match, "prefix")}` : absent;
}
function coversMap(earlier, later) {
  let keys = Object.keys(earlier);
  return keys.length === Object.keys(later).length && keys.every(
    (key) => Object.hasOwn(later, key) && condition(earlier[key], "").startsWith(condition(later[key], ""))
  );
}

// src/rules/istio/ist0130-unreachable-route.ts
var ist0130_unreachable_route_default = {
  id: "IST0130",
  name: "unreachable-route",
  level: "warning",
  inputs: ["VirtualService"],
  summary: "A route of a VirtualService is never used.",
  messages: {
    after: "Route {route} is never used: route {by} before it matches everything.",
    second: "Route {by} is never used: route {route} before it matches everything, too.",
    matches: "Route {route} is never used: routes before it have all its matches."
  },
  advice: "Put the route without match last, or remove what is never used. Routes are tried in their order.",
  check({ mesh, report }) {
    for (let virtualService of mesh.resources("VirtualService"))
      for (let { what, route, by, path } of coveredRoutes(virtualService))
        what === "route-after-catch-all" && report(virtualService, path, "after", { route, by }), what === "second-catch-all" && report(virtualService, path, "second", { route, by }), what === "all-matches" && report(virtualService, path, "matches", { route });
  }
};

// src/rules/istio/ist0131-ineffective-match.ts
var ist0131_ineffective_match_default = {
  id: "IST0131",
  name: "ineffective-match",
  level: "info",
  inputs: ["VirtualService"],
  summary: "A match of a route is never used.",
  messages: {
    covered: "A match of route {route} is never used: route {by} takes the same requests."
  },
  advice: "Put the narrower match first, or remove it. Routes are tried in their order.",
  check({ mesh, report }) {
    for (let virtualService of mesh.resources("VirtualService"))
      for (let { what, route, by, path } of coveredRoutes(virtualService))
        what === "match" && report(virtualService, path, "covered", { route, by });
  }
};

// src/rules/istio/ist0132-host-not-in-gateway.ts
var ist0132_host_not_in_gateway_default = {
  id: "IST0132",
  name: "virtual-service-host-not-in-gateway",
  level: "warning",
  inputs: ["VirtualService", "Gateway", "KubernetesGateway"],
  summary: "None of the hosts of a VirtualService is a host of the Gateway it is bound to.",
  messages: {
    none: "Gateway {gateway} serves none of the hosts {hosts}; it serves {served}.",
    missing: "Gateway {gateway}, which is to serve {hosts}, was not found."
  },
  advice: "Add the host to the Gateway's servers, or correct the VirtualService. A Gateway host with a namespace part (team/*.example.com) admits VirtualServices of that namespace only.",
  check({ mesh, report }) {
    for (let virtualService of mesh.resources("VirtualService")) {
      let hosts = texts(fields(virtualService.body, "spec"), "hosts");
      for (let reference of gatewayReferencesOf(virtualService)) {
        if (isGenerated(reference)) continue;
        let gateway = findGateway(mesh, reference, virtualService), served = gateway && hostsServedTo(gateway, virtualService.namespace, mesh);
        if (!mayConflict(mesh, hosts, served) || served?.some((host) => hosts.some((wanted) => hostsOverlap(host, wanted))) === !0) continue;
        let data = { gateway: reference.written, hosts, served: served ?? [] }, evidence2 = gateway && {
          says: `Gateway ${qualifiedName(gateway)} lists its hosts here`,
          at: gateway.origin.at(
            ["spec", gateway.group === "networking.istio.io" ? "servers" : "listeners"],
            "key"
          )
        };
        report(virtualService, reference.path, gateway ? "none" : "missing", data, {
          evidence: evidence2 ? [evidence2] : []
        });
      }
    }
  }
};
function mayConflict(mesh, hosts, served) {
  return [...hosts, ...served ?? []].some(hasPlaceholder) ? !1 : mesh.world === "closed" || served !== void 0 && served.length > 0 && hosts.length > 0;
}
function hostsServedTo(gateway, namespace, mesh) {
  return gateway.group === "gateway.networking.k8s.io" ? listenerHosts(gateway) : list(fields(gateway.body, "spec"), "servers").flatMap((server) => {
    let written2 = texts(server, "hosts");
    return written2.includes("*/*") ? ["*"] : written2.flatMap((host) => {
      let slash = host.indexOf("/");
      if (slash < 0) return [host];
      let scope = host.slice(0, slash), allowed = scope === "." ? gateway.namespace : scope, unknown2 = mesh.world === "open" && (namespace === "" || allowed === "");
      return scope === "*" || allowed === namespace || unknown2 ? [host.slice(slash + 1)] : [];
    });
  });
}
function listenerHosts(gateway) {
  return list(fields(gateway.body, "spec"), "listeners").map((listener) => text(listener, "hostname") || "*");
}

// src/rules/istio/ist0133-doubtful-resource.ts
var ist0133_doubtful_resource_default = {
  id: "IST0133",
  name: "doubtful-resource",
  level: "warning",
  inputs: VALIDATED_KINDS,
  summary: "A resource of Istio holds something that has no effect, or a surprising one.",
  messages: {
    doubtful: "{field} {problem}."
  },
  advice: "Correct the field, or remove it.",
  check({ mesh, report }) {
    for (let { resource, path, text: text2 } of problemsOf(mesh, "warning"))
      report(resource, path, "doubtful", { field: pathText(path), problem: text2 });
  }
};

// src/rules/istio/ist0134-service-entry-addresses.ts
var ist0134_service_entry_addresses_default = {
  id: "IST0134",
  name: "service-entry-addresses",
  level: "warning",
  inputs: ["ServiceEntry", "meshConfig", "controlPlanes"],
  summary: "A ServiceEntry for TCP has no addresses, so its port takes the traffic of every other host on that port.",
  messages: {
    required: "Port {port} is TCP, and the ServiceEntry has no addresses."
  },
  advice: "Set addresses, or a protocol that names its host (TLS, HTTPS, HTTP). With DNS capture and automatic addresses (the default since Istio 1.25) none are needed.",
  check({ mesh, report }) {
    if (!allocatesAddresses(mesh))
      for (let entry2 of mesh.resources("ServiceEntry")) {
        let spec = fields(entry2.body, "spec"), status = fields(entry2.body, "status");
        list(spec, "addresses").length > 0 || list(status, "addresses").length > 0 || list(spec, "ports").forEach((port, index) => {
          let protocol = text(port, "protocol").toLowerCase();
          if (protocol !== "" && protocol !== "tcp") return;
          let data = { port: text(port, "name") || index };
          report(entry2, ["spec", "ports", index, "name"], "required", data);
        });
      }
  }
};
function allocatesAddresses(mesh) {
  let metadata = fields(fields(mesh.meshConfig(), "defaultConfig"), "proxyMetadata"), captures = metadata.ISTIO_META_DNS_CAPTURE === "true", allocates = ["ISTIO_META_DNS_AUTO_ALLOCATE", "PILOT_ENABLE_IP_AUTOALLOCATE"].some(
    (name) => metadata[name] === "true"
  );
  return captures && allocates ? !0 : mesh.world === "closed" ? !1 : mesh.controlPlanes.every(
    ({ version }) => version === void 0 || compareVersions(version, { major: 1, minor: 25, patch: 0 }) >= 0
  );
}

// src/rules/istio/ist0135-deprecated-annotation.ts
var INJECT7 = "sidecar.istio.io/inject", ist0135_deprecated_annotation_default = {
  id: "IST0135",
  name: "deprecated-annotation",
  level: "info",
  inputs: [...ANNOTATED_KINDS],
  summary: "An annotation of Istio is deprecated.",
  messages: {
    deprecated: "The annotation {annotation} is deprecated since 1.{minor}.",
    inject: "The annotation {annotation} is deprecated since 1.{minor}; there is a label of that name."
  },
  advice: {
    deprecated: "Remove it, or use what has replaced it: a later release may ignore it.",
    inject: "Use the label sidecar.istio.io/inject. An annotation cannot bring a pod into the mesh."
  },
  check({ mesh, report }) {
    for (let { resource, name, fact } of istioAnnotations(mesh)) {
      let minor = fact?.deprecatedSince;
      if (minor === void 0 || name === INJECT7 && Object.hasOwn(resource.labels, INJECT7)) continue;
      report(
        resource,
        ["metadata", "annotations", name],
        name === INJECT7 ? "inject" : "deprecated",
        { annotation: name, minor },
        { atKey: !0 }
      );
    }
  }
};

// src/rules/istio/ist0136-alpha-annotation.ts
var WRITTEN_BY_INJECTION = /* @__PURE__ */ new Set([
  "sidecar.istio.io/interceptionMode",
  "traffic.sidecar.istio.io/includeInboundPorts",
  "traffic.sidecar.istio.io/excludeInboundPorts",
  "traffic.sidecar.istio.io/includeOutboundIPRanges"
]), ist0136_alpha_annotation_default = {
  id: "IST0136",
  name: "alpha-annotation",
  level: "info",
  inputs: [...ANNOTATED_KINDS],
  summary: "An annotation belongs to a feature of Istio in its alpha phase (closed world only).",
  messages: {
    alpha: "The annotation {annotation} belongs to a feature in its alpha phase."
  },
  advice: "Know that a later release may change or drop it.",
  check({ mesh, report }) {
    if (mesh.world !== "open")
      for (let { resource, name, fact } of istioAnnotations(mesh)) {
        if (fact?.stage !== "Alpha" || WRITTEN_BY_INJECTION.has(name) && resource.kind === "Pod" && !hasInitContainer(resource.body)) continue;
        report(resource, ["metadata", "annotations", name], "alpha", { annotation: name }, { atKey: !0 });
      }
  }
};
function hasInitContainer(pod) {
  return list(fields(pod, "spec"), "initContainers").some(
    (container) => text(container, "name") === "istio-init"
  );
}

// src/rules/istio/ist0137-target-port-with-several-ports.ts
var ist0137_target_port_with_several_ports_default = {
  id: "IST0137",
  name: "target-port-with-several-ports",
  level: "warning",
  inputs: ["services", "workloads", "namespaces", "injection"],
  summary: "Services lead different ports to the same target port of a Deployment.",
  messages: {
    several: "Deployment {deployment} is served on target port {target} through the ports {ports} of {services}."
  },
  advice: "Use one Service port for a target port, or give the container a port for each.",
  check({ mesh, report }) {
    for (let { workload, services } of servedDeployments(mesh))
      for (let [target, ports] of portsByTarget(services)) {
        if (ports.size < 2) continue;
        let numbers = [...ports.keys()].sort((a, b) => a - b).map(String), data = {
          deployment: workload.name,
          target,
          ports: numbers,
          services: [...ports.values()].sort()
        };
        report(workload.resource, ["metadata", "name"], "several", data);
      }
  }
};
function portsByTarget(services) {
  let targets2 = /* @__PURE__ */ new Map();
  for (let service of services)
    for (let { port, targetPort } of service.ports) {
      let target = String(targetPort === 0 ? port : targetPort), ports = targets2.get(target) ?? /* @__PURE__ */ new Map();
      targets2.set(target, ports.set(port, service.name));
    }
  return targets2;
}

// src/rules/istio/ist0138-duplicate-certificate.ts
var ist0138_duplicate_certificate_default = {
  id: "IST0138",
  name: "duplicate-certificate",
  level: "warning",
  inputs: ["Gateway"],
  summary: "Two Gateways of the same workload show the same certificate, so reused connections get 404.",
  messages: {
    duplicate: "The Gateways {gateways} show the same certificate: clients that reuse HTTP/2 connections may get 404."
  },
  advice: "Serve hosts that share a certificate from one Gateway, or give each Gateway its own certificate.",
  check({ mesh, report }) {
    let gateways = soleResources(mesh, "Gateway").map(certified);
    for (let one of gateways)
      if (one.certificates.size !== 0)
        for (let other of gateways) {
          if (other === one || !includes(other.selector, one.selector)) continue;
          let shared = [...one.certificates].find(([certificate]) => other.certificates.has(certificate));
          if (!shared) continue;
          let names2 = [qualifiedName(one.gateway), qualifiedName(other.gateway)];
          report(one.gateway, ["spec", "servers", shared[1], "tls"], "duplicate", { gateways: names2 });
        }
  }
};
function certified(gateway) {
  let spec = fields(gateway.body, "spec"), certificates = /* @__PURE__ */ new Map();
  return list(spec, "servers").forEach((server, index) => {
    let certificate = certificateOf(field3(server, "tls"));
    certificate !== void 0 && !certificates.has(certificate) && certificates.set(certificate, index);
  }), { gateway, selector: labels(spec, "selector"), certificates };
}
function certificateOf(tls) {
  let credential = text(tls, "credentialName");
  if (credential !== "") return hasPlaceholder(credential) ? void 0 : `credential ${credential}`;
  let certificate = text(tls, "serverCertificate"), key = text(tls, "privateKey");
  return certificate !== "" && key !== "" ? `files ${certificate} ${key}` : void 0;
}
function includes(all2, some) {
  return Object.entries(some).every(([key, value2]) => all2[key] === value2);
}

// src/rules/istio/injection-webhooks.ts
function injectionWebhooks(configurations) {
  return configurations.flatMap((configuration) => {
    let webhooks = list(configuration.body, "webhooks").filter(isFields2);
    return webhooks.some((webhook) => text(webhook, "name").endsWith("istio.io")) || revisionsOf(configuration).length > 0 ? webhooks.map((webhook, index) => ({
      configuration,
      name: `${configuration.name}/${text(webhook, "name")}`,
      fields: webhook,
      path: ["webhooks", index]
    })) : [];
  });
}
function revisionsOf(configuration) {
  let label = configuration.labels[REVISION3], mentioned = list(configuration.body, "webhooks").flatMap((webhook) => [
    ...mentionedIn(field3(webhook, "namespaceSelector")),
    ...mentionedIn(field3(webhook, "objectSelector"))
  ]);
  return [...label === void 0 ? [] : [label], ...mentioned];
}
function mentionedIn(selector) {
  let exact = fields(selector, "matchLabels")[REVISION3], expressions = list(selector, "matchExpressions").filter(
    (expression) => text(expression, "key") === REVISION3
  );
  return [
    ...typeof exact == "string" ? [exact] : [],
    ...expressions.flatMap((expression) => texts(expression, "values"))
  ];
}
function isCalledFor(webhook, namespace, pod) {
  return matchesLabelSelector(field3(webhook.fields, "namespaceSelector"), namespace) === "yes" && matchesLabelSelector(field3(webhook.fields, "objectSelector"), pod) === "yes";
}

// src/rules/istio/ist0139-webhook-overlap.ts
var MOST_REVISIONS = 40, ist0139_webhook_overlap_default = {
  id: "IST0139",
  name: "webhook-overlap",
  level: "error",
  inputs: ["MutatingWebhookConfiguration", "Service", "absence"],
  summary: "Two injection webhooks match the same pods, or one calls a control plane that does not exist.",
  messages: {
    overlap: "The webhook configuration matches pods that {others} matches too, such as {example}.",
    noService: "Webhook {webhook} calls the Service {service}, which does not exist."
  },
  advice: {
    overlap: "Leave one of them: two revisions must not both be the default. Remove the default tag, or install the other control plane with a revision.",
    noService: "Point it at the Service of a control plane that runs. While it calls nobody, pods that it matches cannot be created."
  },
  check(context) {
    let configurations = soleResources(context.mesh, "MutatingWebhookConfiguration"), webhooks = injectionWebhooks(configurations);
    checkOverlaps(context, webhooks, configurations);
    for (let webhook of webhooks) checkService(context, webhook);
  }
};
function checkOverlaps(context, webhooks, configurations) {
  let revisions = [...new Set(configurations.flatMap(revisionsOf))].sort().slice(0, MOST_REVISIONS), reported = /* @__PURE__ */ new Set();
  for (let namespace of combinations(INJECTION3, ["enabled", "disabled"], revisions))
    for (let pod of combinations("sidecar.istio.io/inject", ["true", "false"], revisions)) {
      let called = webhooks.filter((webhook) => isCalledFor(webhook, namespace, pod));
      if (!(called.length < 2))
        for (let webhook of context.mesh.world === "closed" ? called : toMend(called)) {
          let others2 = called.filter((other) => other !== webhook).map(({ name }) => name), key = JSON.stringify([webhook.configuration.name, others2.sort()]);
          if (reported.has(key)) continue;
          reported.add(key);
          let example = `a pod with ${shown(pod)} in a namespace with ${shown(namespace)}`;
          context.report(webhook.configuration, webhook.path, "overlap", { others: others2, example });
        }
    }
}
function toMend(called) {
  let webhook = called.find(({ configuration }) => configuration.labels["istio.io/tag"] !== void 0) ?? called.at(-1);
  return webhook ? [webhook] : [];
}
function shown(labels2) {
  let entries = Object.entries(labels2).map(([key, value2]) => `${key}=${value2}`);
  return entries.length > 0 ? entries.join(" and ") : "no labels";
}
function combinations(key, values, revisions) {
  return [{}, ...values.map((value2) => ({ [key]: value2 }))].flatMap((labels2) => [
    labels2,
    ...revisions.map((revision) => ({ ...labels2, [REVISION3]: revision }))
  ]);
}
function checkService(context, webhook) {
  let service = fields(fields(webhook.fields, "clientConfig"), "service"), target = { kind: "Service", namespace: text(service, "namespace"), name: text(service, "name") };
  if (target.name === "" || hasPlaceholder(target.name) || hasPlaceholder(target.namespace) || context.mesh.find("Service", target.namespace, target.name)) return;
  let path = [...webhook.path, "clientConfig", "service", "name"], data = { webhook: webhook.name, service: qualifiedName(target) };
  reportAbsent(context, target, webhook.configuration, path, "noService", data);
}

// src/rules/istio/ist0140-subset-without-effect-on-ingress.ts
var ist0140_subset_without_effect_on_ingress_default = {
  id: "IST0140",
  name: "subset-without-effect-on-ingress",
  level: "warning",
  inputs: ["VirtualService"],
  summary: "A gateway routes to a host whose subsets are chosen by a VirtualService for the sidecars only.",
  messages: {
    ineffective: "The subsets that {splitter} chooses for {host} have no effect on what this VirtualService routes."
  },
  advice: "Name the subset in this destination too, or bind the splitting VirtualService to the gateway.",
  check({ mesh, report }) {
    let splitters = /* @__PURE__ */ new Map();
    for (let virtualService of mesh.resources("VirtualService")) {
      let own3 = texts(fields(virtualService.body, "spec"), "hosts");
      for (let { protocol, role, fields: target } of destinationsOf(virtualService)) {
        let host = text(target, "host");
        protocol !== "http" || role !== "destination" || text(target, "subset") === "" || own3.includes(host) && !hasPlaceholder(host) && splitters.set(host, qualifiedName(virtualService));
      }
    }
    for (let virtualService of mesh.resources("VirtualService")) {
      let gateways = list(fields(virtualService.body, "spec"), "gateways");
      if (!(gateways.length === 0 || mesh.world === "open" && gateways.every((name) => name === "mesh")))
        for (let destination of destinationsOf(virtualService)) {
          let host = text(destination.fields, "host"), splitter = splitters.get(host), plain = destination.protocol === "http" && destination.role === "destination";
          splitter === void 0 || !plain || text(destination.fields, "subset") !== "" || report(virtualService, within(destination, "host"), "ineffective", { host, splitter });
        }
    }
  }
};

// src/listeners/exposure.ts
var Exposures = class {
  #byNamespace = /* @__PURE__ */ new Map();
  constructor(services) {
    for (let service of services) {
      let { selector, type, namespace } = service;
      if (type === "ExternalName" || Object.keys(selector).length === 0) continue;
      let neighbours = this.#byNamespace.get(namespace);
      neighbours ? neighbours.push(service) : this.#byNamespace.set(namespace, [service]);
    }
  }
  /** The TCP ports that certainly select this workload. UDP and SCTP never pass a sidecar. */
  of(workload) {
    return (this.#byNamespace.get(workload.namespace) ?? []).filter(({ selector }) => matchesLabels(selector, workload.labels) === "yes").flatMap(
      (service) => service.ports.flatMap((port) => {
        let target = port.protocol === "TCP" ? targetOf2(port, workload) : void 0;
        return target === void 0 ? [] : [{ service, port, target }];
      })
    );
  }
};
function targetOf2({ targetPort }, { containers }) {
  if (typeof targetPort == "number") return targetPort > 0 ? targetPort : void 0;
  if (/^\d{1,5}$/.test(targetPort)) return Number(targetPort);
  for (let container of containers) {
    let named2 = container.ports.find(({ name }) => name === targetPort);
    if (named2) return named2.port;
  }
}

// src/facts/bind-settings.ts
var LISTEN_FLAG_ENDS = [
  "listen",
  "listen-addr",
  "listen-address",
  "listenaddr",
  "bind",
  "bind-addr",
  "bind-address",
  "bindaddr"
], ADDRESS_FLAGS = /* @__PURE__ */ new Set([
  "addr",
  "address",
  "http",
  "http-addr",
  "http-address",
  "http.addr",
  "https-address",
  "grpc",
  "grpc-addr",
  "grpc-address",
  "metrics-addr",
  "metrics-address",
  "health-addr",
  "host-port"
]), PROGRAM_FLAGS = [
  { programs: ["gunicorn"], names: ["b", "bind"], defaultPort: 8e3 },
  { programs: ["uvicorn", "fastapi"], names: ["host"], ports: ["port"], defaultPort: 8e3 },
  { programs: ["hypercorn"], names: ["b", "bind"], defaultPort: 8e3 },
  { programs: ["daphne"], names: ["b", "bind"], ports: ["p", "port"], defaultPort: 8e3 },
  { programs: ["waitress-serve"], names: ["listen", "host"], ports: ["port"], defaultPort: 8080 },
  { programs: ["flask"], names: ["h", "host"], ports: ["p", "port"], defaultPort: 5e3 },
  { programs: ["streamlit"], names: ["server.address"], ports: ["server.port"], defaultPort: 8501 },
  { programs: ["jupyter", "jupyter-lab"], names: ["ip"], ports: ["port"], defaultPort: 8888 },
  { programs: ["next"], names: ["h", "hostname"], ports: ["p", "port"], defaultPort: 3e3 },
  { programs: ["ng"], names: ["host"], ports: ["port"], defaultPort: 4200 },
  { programs: ["json-server"], names: ["host"], ports: ["p", "port"], defaultPort: 3e3 },
  { programs: ["http-server"], names: ["a"], ports: ["p", "port"], defaultPort: 8080 },
  { programs: ["rails"], names: ["b", "binding"], ports: ["p", "port"], defaultPort: 3e3 },
  { programs: ["artisan"], names: ["host"], ports: ["port"], defaultPort: 8e3 },
  { programs: ["redis-server", "valkey-server"], names: ["bind"], ports: ["port"], defaultPort: 6379 },
  { programs: ["memcached"], names: ["l", "listen"], ports: ["p", "port"], defaultPort: 11211 },
  { programs: ["mongod"], names: ["bind-ip"], ports: ["port"], defaultPort: 27017 },
  { programs: ["mysqld", "mariadbd"], names: ["bind-address"], ports: ["port"], defaultPort: 3306 },
  { programs: ["nats-server"], names: ["a", "addr"], ports: ["p", "port"], defaultPort: 4222 },
  { programs: ["etcd"], names: ["listen-client-urls"], defaultPort: 2379 },
  { programs: ["kubectl"], names: ["address"], ports: ["port", "p"], defaultPort: 8001 },
  { programs: ["argocd-server"], names: ["address"], ports: ["port"], defaultPort: 8080 },
  { programs: ["kube-state-metrics"], names: ["host"], ports: ["port"], defaultPort: 8080 },
  { names: ["server.address"], ports: ["server.port"], defaultPort: 8080 },
  { names: ["quarkus.http.host"], ports: ["quarkus.http.port"], defaultPort: 8080 },
  { names: ["urls"] }
], LISTEN_ENV_ENDS = [
  "LISTEN",
  "LISTEN_ADDR",
  "LISTEN_ADDRESS",
  "LISTENADDR",
  "LISTEN_ON",
  "LISTEN_HOST",
  "LISTEN_IP",
  "BIND",
  "BIND_ADDR",
  "BIND_ADDRESS",
  "BIND_HOST",
  "BIND_IP",
  "BINDADDR"
], PROGRAM_ENV = [
  { names: ["UVICORN_HOST"], ports: ["UVICORN_PORT"], defaultPort: 8e3 },
  { names: ["FLASK_RUN_HOST"], ports: ["FLASK_RUN_PORT"], defaultPort: 5e3 },
  { names: ["SERVER_ADDRESS"], ports: ["SERVER_PORT"], defaultPort: 8080 },
  { names: ["QUARKUS_HTTP_HOST"], ports: ["QUARKUS_HTTP_PORT"], defaultPort: 8080 },
  { names: ["MICRONAUT_SERVER_HOST"], ports: ["MICRONAUT_SERVER_PORT"], defaultPort: 8080 },
  { names: ["ROCKET_ADDRESS"], ports: ["ROCKET_PORT"], defaultPort: 8e3 },
  { names: ["NITRO_HOST"], ports: ["NITRO_PORT", "PORT"], defaultPort: 3e3 },
  { names: ["FASTIFY_ADDRESS"], ports: ["FASTIFY_PORT", "PORT"], defaultPort: 3e3 },
  { names: ["N8N_LISTEN_ADDRESS"], ports: ["N8N_PORT"], defaultPort: 5678 },
  { names: ["GF_SERVER_HTTP_ADDR"], ports: ["GF_SERVER_HTTP_PORT"], defaultPort: 3e3 },
  { names: ["PGRST_SERVER_HOST"], ports: ["PGRST_SERVER_PORT"], defaultPort: 3e3 },
  { names: ["ASPNETCORE_URLS", "DOTNET_URLS"] },
  { names: ["ETCD_LISTEN_CLIENT_URLS"], defaultPort: 2379 },
  { names: ["KAFKA_LISTENERS", "KAFKA_CFG_LISTENERS"] },
  { names: ["OAUTH2_PROXY_HTTP_ADDRESS"], defaultPort: 4180 },
  { names: ["REGISTRY_HTTP_ADDR"], defaultPort: 5e3 },
  { names: ["MEILI_HTTP_ADDR"], defaultPort: 7700 },
  { names: ["LEPTOS_SITE_ADDR"], defaultPort: 3e3 }
], CLIENT_COMMANDS = /* @__PURE__ */ new Set([
  "curl",
  "wget",
  "nc",
  "ncat",
  "grpc_health_probe",
  "grpcurl",
  "psql",
  "pg_isready",
  "mysql",
  "mysqladmin",
  "redis-cli",
  "mongo",
  "mongosh",
  "until",
  "while",
  "test",
  "["
]);

// src/listeners/address.ts
var LOOPBACK_NAMES = /* @__PURE__ */ new Set([
  "localhost",
  "localhost.localdomain",
  "ip6-localhost",
  "ip6-loopback",
  "::1",
  "0:0:0:0:0:0:0:1"
]), EVERYWHERE2 = /* @__PURE__ */ new Set(["", "*", "+", "0.0.0.0", "::", "::0"]);
function addressesIn(value2) {
  return value2.length > 300 ? [] : value2.split(/[,;\s]/).filter((item) => item !== "").map(addressIn);
}
function addressIn(item) {
  if (item.startsWith("/") || item.startsWith("unix:") || item.startsWith("fd:") || item.startsWith("@"))
    return { host: item, port: void 0, reach: "unknown" };
  let scheme = item.indexOf("://"), authority = (scheme < 0 ? item : item.slice(scheme + 3)).split("/")[0] ?? "", { host, port } = splitPort(authority);
  return port === "invalid" ? { host, port: void 0, reach: "unknown" } : { host, port, reach: reachOf2(host) };
}
function splitPort(authority) {
  if (authority.startsWith("[")) {
    let end = authority.indexOf("]");
    if (end < 0) return { host: authority, port: "invalid" };
    let rest = authority.slice(end + 1);
    return { host: authority.slice(1, end), port: rest === "" ? void 0 : portNumber(rest.slice(1)) };
  }
  let colon = authority.lastIndexOf(":");
  return colon < 0 || authority.indexOf(":") !== colon ? { host: authority, port: void 0 } : { host: authority.slice(0, colon), port: portNumber(authority.slice(colon + 1)) };
}
function portNumber(text2) {
  let port = /^\d{1,5}$/.test(text2) ? Number(text2) : 0;
  return port > 0 && port < 65536 ? port : "invalid";
}
function reachOf2(host) {
  let plain = host.toLowerCase().replace(/^-/, "").split("%")[0] ?? "";
  return EVERYWHERE2.has(plain) ? "everywhere" : LOOPBACK_NAMES.has(plain) || /^(?:::ffff:)?127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(plain) ? "loopback" : "unknown";
}

// src/listeners/variables.ts
function variablesOf({ body, path, env }, configMaps) {
  let variables = /* @__PURE__ */ new Map();
  return listOf(body.envFrom).forEach((entry2, index) => {
    let name = textOf2(mappingOf(mappingOf(entry2).configMapRef).name), source2 = name === "" ? void 0 : configMaps(name);
    if (!source2) return;
    let prefix = textOf2(mappingOf(entry2).prefix);
    for (let [key, value2] of Object.entries(dataOf2(source2))) {
      let place = { resource: source2, path: ["data", key] };
      typeof value2 == "string" && variables.set(prefix + key, { value: value2, path: [...path, "envFrom", index], source: place });
    }
  }), listOf(body.env).forEach((entry2, index) => {
    let name = textOf2(mappingOf(entry2).name), at2 = [...path, "env", index], literal = Object.hasOwn(mappingOf(entry2), "value") ? env[name] : void 0, variable = literal === void 0 ? fromConfigMap(entry2, at2, configMaps) : { value: literal, path: [...at2, "value"] };
    variable ? variables.set(name, { ...variable, value: expanded2(variable.value, variables) }) : variables.delete(name);
  }), variables;
}
function fromConfigMap(entry2, at2, configMaps) {
  let reference = mappingOf(mappingOf(mappingOf(entry2).valueFrom).configMapKeyRef), [name, key] = [textOf2(reference.name), textOf2(reference.key)], resource = name === "" ? void 0 : configMaps(name), data = resource ? dataOf2(resource) : {}, value2 = Object.hasOwn(data, key) ? data[key] : void 0;
  if (!(!resource || typeof value2 != "string"))
    return { value: value2, path: [...at2, "valueFrom"], source: { resource, path: ["data", key] } };
}
var LONGEST_TEXT = 2e4, LONGEST_VALUE = 1e3;
function expanded2(text2, variables) {
  return !text2.includes("$(") || text2.length > LONGEST_TEXT ? text2 : text2.replace(/(\$?)\$\(([A-Za-z_][A-Za-z0-9_.-]*)\)/g, (written2, escape, name) => {
    let value2 = escape === "" ? variables.get(name)?.value : void 0;
    return value2 === void 0 || value2.length > LONGEST_VALUE ? written2 : value2;
  });
}
function dataOf2({ body }) {
  return mappingOf(body.data);
}
function listOf(value2) {
  return Array.isArray(value2) ? value2 : [];
}
function mappingOf(value2) {
  return typeof value2 == "object" && value2 !== null && !Array.isArray(value2) ? value2 : {};
}
function textOf2(value2) {
  return typeof value2 == "string" ? value2 : "";
}

// src/listeners/command-line.ts
var LONGEST_SCRIPT = 2e4;
function wordsOf(container, variables) {
  let words = [], script = !1;
  for (let field4 of ["command", "args"]) {
    let written2 = container.body[field4];
    container[field4].forEach((text2, index) => {
      let path = Array.isArray(written2) && written2.length === container[field4].length ? [...container.path, field4, index] : [...container.path, field4], filled3 = expanded2(text2, variables);
      script || /[\n;&|]/.test(filled3) ? words.push(...scriptWords(filled3).map((word) => ({ text: word, path }))) : words.push({ text: filled3, path }), script = /^-[a-z]*c$/.test(text2) && isShell(words[0]?.text ?? "");
    });
  }
  return words;
}
function isShell(command2) {
  return ["sh", "bash", "ash", "dash", "zsh", "busybox"].includes(command2.split("/").at(-1) ?? "");
}
function scriptWords(script) {
  return script.length > LONGEST_SCRIPT ? [] : script.replace(/\\\n/g, " ").split(/[\n;&|]+/).map(
    (command2) => command2.split(/\s+/).filter((word) => word !== "").map(unquoted2)
  ).filter((words) => !words.some((word) => CLIENT_COMMANDS.has(word.split("/").at(-1) ?? ""))).flat();
}
function unquoted2(word) {
  return word.replace(/^["']|["']$/g, "");
}
function flagsOf(words) {
  return words.flatMap((word, index) => {
    let match = /^(-{1,2}[A-Za-z][\w.-]{0,80})(?:=([\s\S]*))?$/.exec(word.text), written2 = match?.[1];
    if (written2 === void 0) return [];
    let name = flagName(written2);
    if (match?.[2] !== void 0) return [{ name, written: written2, value: unquoted2(match[2]), path: word.path }];
    let next = words[index + 1];
    return !next || next.text.startsWith("-") ? [] : [{ name, written: written2, value: next.text, path: next.path }];
  });
}
function flagName(written2) {
  let property = written2.startsWith("-D") && written2.includes(".");
  return written2.slice(property || written2.startsWith("--") ? 2 : 1).replace(/([a-z0-9])([A-Z])/g, "$1-$2").replaceAll("_", "-").toLowerCase();
}

// src/listeners/binds.ts
function bindsOf(container, configMaps) {
  let variables = variablesOf(container, configMaps), words = wordsOf(container, variables), flags = flagsOf(words);
  return [...flagBinds(container, words, flags), ...variableBinds(container, variables)];
}
function flagBinds(container, words, flags) {
  return flags.flatMap((flag) => {
    let program = PROGRAM_FLAGS.find(
      (entry2) => entry2.names.includes(flag.name) && runs(entry2, container, words)
    ), setting = program ?? genericFlag(flag, flags, container);
    if (!setting) return [];
    let separator = flag.written.startsWith("--") || program === void 0 ? "=" : " ";
    return bindsFrom(addressesIn(flag.value), siblingPort(setting, flags), setting.defaultPort, {
      setting: `${flag.written}${separator}${flag.value}`,
      path: flag.path,
      known: program !== void 0,
      source: "argument"
    });
  });
}
function genericFlag(flag, flags, container) {
  if (LISTEN_FLAG_ENDS.some((end) => flag.name === end || /[.-]/.test(before(flag.name, end))) || ADDRESS_FLAGS.has(flag.name)) return { names: [flag.name] };
  if (flag.name !== "host") return;
  let port = flags.find(({ name }) => name === "port")?.value;
  return container.ports.some((entry2) => String(entry2.port) === port) ? { names: ["host"], ports: ["port"] } : void 0;
}
function before(name, end) {
  return name.endsWith(end) ? name.charAt(name.length - end.length - 1) : "";
}
function runs(setting, container, words) {
  if (setting.programs === void 0) return !0;
  let image = container.image.split("@")[0]?.split("/").at(-1)?.split(":")[0] ?? "", names2 = /* @__PURE__ */ new Set([image, ...words.map(({ text: text2 }) => text2.split("/").at(-1) ?? "")]);
  return setting.programs.some((program) => names2.has(program));
}
function siblingPort(setting, flags) {
  let sibling = flags.find(({ name }) => setting.ports?.includes(name));
  return sibling && /^\d{1,5}$/.test(sibling.value) ? Number(sibling.value) : void 0;
}
function variableBinds(container, variables) {
  return [...variables].flatMap(([name, { value: value2, path, source: source2 }]) => {
    let program = PROGRAM_ENV.find((entry2) => entry2.names.includes(name)), setting = program ?? genericVariable(name, container, variables);
    if (!setting) return [];
    let port = setting.ports?.map((sibling) => numberIn(variables, sibling)).find((number) => number > 0);
    return bindsFrom(addressesIn(value2), port, setting.defaultPort ?? onlyPort(container), {
      setting: `${name}=${value2}`,
      path,
      known: program !== void 0,
      source: "variable",
      ...source2 && { configMap: source2 }
    });
  });
}
function numberIn(variables, name) {
  return Number(variables.get(name)?.value);
}
function genericVariable(name, { ports }, variables) {
  let end = LISTEN_ENV_ENDS.find((ending) => name === ending || name.endsWith(`_${ending}`));
  if (end !== void 0) {
    let prefix = name.slice(0, name.length - end.length);
    return { names: [name], ports: [`${prefix}LISTEN_PORT`, `${prefix}BIND_PORT`, `${prefix}PORT`, "PORT"] };
  }
  let declared2 = ports.some(({ port }) => port === numberIn(variables, "PORT"));
  return name === "HOST" && declared2 ? { names: ["HOST"], ports: ["PORT"] } : void 0;
}
function onlyPort({ ports }) {
  return ports.length === 1 ? ports[0]?.port : void 0;
}
function bindsFrom(addresses, siblingPort2, defaultPort, written2) {
  return addresses.flatMap(({ host, port: own3, reach }) => {
    let port = own3 ?? siblingPort2 ?? defaultPort;
    return port === void 0 ? [] : [{ host, reach, port, ...written2 }];
  });
}

// src/listeners/loopback-listeners.ts
function loopbackListeners(workload, exposures, configMaps = () => {
}) {
  let binds = workload.containers.filter(({ init, body }) => !init || body.restartPolicy === "Always").flatMap((container) => bindsOf(container, configMaps).map((bind) => ({ container, bind })));
  return binds.some(({ bind }) => bind.reach === "loopback") ? exposures.of(workload).flatMap((exposure) => {
    let here = effective(binds.filter(({ bind }) => bind.port === exposure.target)), [first] = here;
    return !first || !here.every(({ bind }) => bind.reach === "loopback") ? [] : workload.containers.some(
      ({ name, ports }) => name !== first.container.name && ports.some(({ port }) => port === exposure.target)
    ) ? [] : [{ ...first, exposure }];
  }) : [];
}
function effective(binds) {
  let byArgument = binds.filter(({ bind }) => bind.source === "argument"), wins = byArgument.length > 0 ? byArgument : binds, known = wins.filter(({ bind }) => bind.known);
  return known.length > 0 ? known : wins;
}

// src/rules/istio/ist0143-exemptions.ts
var V1_10 = { major: 1, minor: 10, patch: 0 }, V1_21 = { major: 1, minor: 21, patch: 0 }, V1_22 = { major: 1, minor: 22, patch: 0 };
function deliveryOf(mesh, controlPlane, revision) {
  let version = controlPlane?.version;
  return version && compareVersions(version, V1_10) < 0 ? "served-for-now" : controlPlane?.env.PILOT_ENABLE_INBOUND_PASSTHROUGH === "false" && (!version || compareVersions(version, V1_21) < 0) || text(fields(mesh.meshConfig(revision), "inboundTrafficPolicy"), "mode") === "LOCALHOST" && (!version || compareVersions(version, V1_22) >= 0) ? "served" : "refused";
}
function isExempt(mesh, workload, port) {
  return workload.hostNetwork || bypassesProxy(workload, port) || hasOwnEndpoint(mesh, workload, port);
}
function bypassesProxy({ annotations }, port) {
  let excluded = annotations["traffic.sidecar.istio.io/excludeInboundPorts"];
  if (excluded !== void 0 && portsIn(excluded).has(String(port))) return !0;
  let included = annotations["traffic.sidecar.istio.io/includeInboundPorts"];
  return included !== void 0 && included !== "*" && !portsIn(included).has(String(port));
}
function portsIn(value2) {
  return new Set(value2.split(",").map((port) => port.trim()));
}
function hasOwnEndpoint(mesh, workload, port) {
  return mesh.resources("Sidecar").some((sidecar) => {
    let spec = fields(sidecar.body, "spec"), selector = labels(fields(spec, "workloadSelector"), "labels");
    return (sidecar.namespace === workload.namespace || sidecar.namespace === "") && matchesLabels(selector, workload.labels) !== "no" && list(spec, "ingress").some(
      (listener) => integer2(field3(listener, "port"), "number") === port && /^(?:127\.|\[::1\]|unix:)/.test(text(listener, "defaultEndpoint"))
    );
  });
}

// src/rules/istio/ist0143-localhost-listener.ts
var ist0143_localhost_listener_default = {
  id: "IST0143",
  name: "localhost-listener",
  level: "error",
  inputs: [
    "workloads",
    "services",
    "injection",
    "controlPlanes",
    "meshConfig",
    "Sidecar",
    "VirtualService",
    "ConfigMap",
    "hosts"
  ],
  summary: "A port that a Service exposes listens on localhost, where the sidecar of Istio 1.10 and later cannot reach it.",
  messages: {
    refused: "Service {service} sends port {port} to {target}, but container {container} listens on {host}: the sidecar cannot reach it.",
    later: "Service {service} sends port {port} to {target}, and container {container} listens on {host}: that ends with Istio 1.10."
  },
  advice: "Listen on 0.0.0.0 (or ::). If the program cannot, add a Sidecar for this workload whose ingress maps port {target} to 127.0.0.1:{target}.",
  check(context) {
    let { mesh } = context, exposures = new Exposures(mesh.services), isRouted = routedServices(mesh);
    for (let workload of mesh.workloads) {
      if (isProxy(workload)) continue;
      let listeners = loopbackListeners(
        workload,
        exposures,
        (name) => mesh.find("ConfigMap", workload.namespace, name)
      );
      listeners.length > 0 && checkWorkload(context, workload, listeners, isRouted);
    }
  }
};
function routedServices(mesh) {
  let routed;
  return ({ resource }) => (routed ??= new Set(
    mesh.resources("VirtualService").flatMap(
      (virtualService) => destinationsOf(virtualService).map((destination) => {
        let host = text(destination.fields, "host");
        return mesh.lookupHost(host, virtualService.namespace, []).provider;
      })
    )
  ), routed.has(resource));
}
function isProxy({ containers }) {
  return containers.some(({ name, init }) => name === "istio-proxy" && !init);
}
function checkWorkload(context, workload, listeners, isRouted) {
  let { mesh } = context, injection = mesh.injectionOf(workload);
  if (injection.injected === "no") return;
  let controlPlane = mesh.controlPlanes.find(({ revision }) => revision === injection.revision), delivery = deliveryOf(mesh, controlPlane, injection.revision);
  if (delivery !== "served")
    for (let listener of listeners) {
      let { bind, container, exposure } = listener;
      if (isExempt(mesh, workload, exposure.target)) continue;
      if (injection.injected === "unknown" && !isRouted(exposure.service)) {
        context.unchecked("a port that listens on localhost", "whether its pods get a sidecar is not known", workload.resource, bind.path);
        continue;
      }
      let data = {
        service: qualifiedName(exposure.service),
        port: exposure.port.port,
        target: exposure.target,
        container: container.name,
        host: bind.host
      };
      context.report(workload.resource, bind.path, delivery === "refused" ? "refused" : "later", data, {
        confidence: bind.known && injection.injected === "yes" ? "certain" : "likely",
        evidence: evidenceFor(mesh, workload, listener, injection, controlPlane),
        ...delivery === "served-for-now" && { level: "info" }
      });
    }
}
function evidenceFor(mesh, { resource }, { bind, exposure }, injection, controlPlane) {
  let { service, port } = exposure, evidence2 = [
    { says: `the container is told ${bind.setting}`, at: resource.origin.at(bind.path) },
    ...bind.configMap ? [configMapEvidence(bind.configMap)] : [],
    {
      says: `Service ${service.name} sends its port ${port.port} there`,
      at: service.resource.origin.at(["spec", "ports", port.index])
    },
    {
      says: injection.injected === "yes" ? `its pods get a sidecar: ${injection.because}` : "a VirtualService routes to it",
      ...injection.at && { at: injection.at }
    }
  ];
  return controlPlane?.version ? evidence2.push({ says: `the control plane is ${controlPlane.versionText}`, at: controlPlane.at }) : mesh.controlPlanes.length === 0 && evidence2.push({ says: "no version of the control plane is written here: taken for 1.10 or later" }), evidence2;
}
function configMapEvidence({ resource, path }) {
  return { says: `the value stands in ConfigMap ${resource.name}`, at: resource.origin.at(path) };
}

// src/rules/istio/ist0144-proxy-user-id.ts
var PROXY_USER = 1337, OWN_CONTAINERS = /* @__PURE__ */ new Set(["istio-proxy", "istio-operator"]), PROXY_IMAGE = /(?:^|\/)proxyv2(?:[:@]|$)/, ist0144_proxy_user_id_default = {
  id: "IST0144",
  name: "proxy-user-id",
  level: "warning",
  inputs: ["workloads", "injection"],
  summary: "An application runs as user 1337, which is the proxy, so its traffic bypasses the sidecar.",
  messages: {
    pod: "The pods run as user 1337, which is reserved for the sidecar.",
    container: "Container {container} runs as user 1337, which is reserved for the sidecar."
  },
  advice: "Run the application as another user.",
  check({ mesh, report }) {
    for (let workload of mesh.workloads) {
      if (isControlPlaneResource(workload.resource) || mesh.world === "closed" && workload.kind !== "Pod" && workload.kind !== "Deployment" || mesh.world === "open" && mesh.injectionOf(workload).injected !== "yes") continue;
      let containers = list(workload.spec, "containers");
      if (mesh.world === "open" && isProxyOnly(containers)) continue;
      if (runsAsProxy(workload.spec)) {
        report(workload.resource, [...workload.specPath, "securityContext", "runAsUser"], "pod");
        continue;
      }
      let index = containers.findIndex(
        (container) => !OWN_CONTAINERS.has(text(container, "name")) && runsAsProxy(container)
      );
      if (index < 0) continue;
      let path = [...workload.specPath, "containers", index, "securityContext", "runAsUser"];
      report(workload.resource, path, "container", { container: text(containers[index], "name") });
    }
  }
};
function runsAsProxy(owner) {
  let context = field3(owner, "securityContext");
  return isFields2(context) && integer2(fields(owner, "securityContext"), "runAsUser") === PROXY_USER;
}
function isProxyOnly(containers) {
  return containers.every((container) => {
    let image = text(container, "image");
    return OWN_CONTAINERS.has(text(container, "name")) || image === "auto" || PROXY_IMAGE.test(image);
  });
}

// src/rules/istio/ist0145-conflicting-gateways.ts
var ist0145_conflicting_gateways_default = {
  id: "IST0145",
  name: "conflicting-gateways",
  level: "error",
  inputs: ["Gateway", "workloads"],
  summary: "Two Gateways define the same host on the same port of the same gateway workload.",
  messages: {
    conflict: "The Gateway and {others} both serve {hosts} on port {port} of the pods selected by {selector}."
  },
  advice: "Give each host to one Gateway only, or let the Gateways select different workloads.",
  check({ mesh, report }) {
    let byPort = /* @__PURE__ */ new Map();
    for (let server of soleResources(mesh, "Gateway").flatMap(serversOf)) {
      let sharing = byPort.get(server.port);
      sharing ? sharing.push(server) : byPort.set(server.port, [server]);
    }
    let related = new SelectorRelation(mesh);
    for (let servers of byPort.values()) {
      let byHost = indexByHost(servers);
      for (let server of servers) {
        let others2 = [...new Set(server.hosts.flatMap((host) => byHost.get(hostKey(server, host)) ?? []))].filter(
          (other) => other.gateway !== server.gateway && related.has(server, other)
        ), [first] = others2;
        if (first === void 0) continue;
        let at2 = first.gateway.origin.at(["spec", "servers", first.index]), data = {
          others: [...new Set(others2.map(({ gateway }) => qualifiedName(gateway)))].sort(),
          hosts: server.hosts,
          port: server.port,
          selector: server.selectorText
        };
        report(server.gateway, ["spec", "servers", server.index, "hosts"], "conflict", data, {
          evidence: [{ says: `Gateway ${qualifiedName(first.gateway)} serves it here`, at: at2 }]
        });
      }
    }
  }
};
function serversOf(gateway) {
  let spec = fields(gateway.body, "spec"), selector = labels(spec, "selector");
  return list(spec, "servers").flatMap((server, index) => {
    let hosts = texts(server, "hosts"), port = integer2(field3(server, "port"), "number") ?? 0, unknown2 = [...hosts, ...Object.values(selector)].some(hasPlaceholder), bind = text(server, "bind");
    return unknown2 ? [] : [{ gateway, selector, selectorText: selectorText(selector), port, bind, hosts, index }];
  });
}
function hostKey({ bind }, host) {
  return `${bind} ${host}`;
}
function indexByHost(servers) {
  let index = /* @__PURE__ */ new Map();
  for (let server of servers)
    for (let host of server.hosts) {
      let key = hostKey(server, host), sharing = index.get(key);
      sharing ? sharing.push(server) : index.set(key, [server]);
    }
  return index;
}
var SelectorRelation = class {
  #mesh;
  #answers = /* @__PURE__ */ new Map();
  constructor(mesh) {
    this.#mesh = mesh;
  }
  has(a, b) {
    if (a.selectorText === b.selectorText) return !0;
    let [short, long] = a.selectorText.length < b.selectorText.length ? [a, b] : [b, a];
    if (!long.selectorText.includes(short.selectorText)) return !1;
    let key = `${short.selectorText} ${long.selectorText}`, answer3 = this.#answers.get(key) ?? this.#mesh.select({ ...short.selector, ...long.selector }, void 0).selected.length > 0;
    return this.#answers.set(key, answer3), answer3;
  }
};

// src/rules/istio/auto-image.ts
function hasAutoImage({ containers }) {
  let proxy = containers.find(
    ({ name, image, init }) => name === "istio-proxy" && image === "auto" && !init
  );
  return proxy && [...proxy.path, "image"];
}
function isMatchedByInjector(mesh, workload) {
  if (mesh.world === "open") return mesh.injectionOf(workload).injected;
  let webhooks = injectionWebhooks(mesh.resources("MutatingWebhookConfiguration")).filter(
    ({ fields: fields2 }) => text(fields2, "name").endsWith("istio.io")
  ), namespace = mesh.namespaces.get(workload.namespace || "default"), labels2 = namespace?.resource === void 0 ? {} : namespace.labels;
  return webhooks.some((webhook) => isCalledFor(webhook, labels2, workload.labels)) ? "yes" : "no";
}

// src/rules/istio/ist0146-image-auto-not-injected.ts
var ist0146_image_auto_not_injected_default = {
  id: "IST0146",
  name: "image-auto-not-injected",
  level: "warning",
  inputs: ["workloads", "namespaces", "MutatingWebhookConfiguration", "injection"],
  summary: "A Deployment with the proxy image auto is matched by no injection webhook.",
  messages: {
    unmatched: "Deployment {name} has the image auto, but injection does not apply to it: its pods cannot start."
  },
  advice: "Label the pod template sidecar.istio.io/inject=true (with istio.io/rev for a revision), or the namespace.",
  check({ mesh, report }) {
    for (let workload of mesh.workloads) {
      if (workload.kind !== "Deployment") continue;
      let path = hasAutoImage(workload);
      !path || isMatchedByInjector(mesh, workload) !== "no" || report(workload.resource, path, "unmatched", { name: workload.name });
    }
  }
};

// src/rules/istio/ist0147-image-auto-in-pod.ts
var ist0147_image_auto_in_pod_default = {
  id: "IST0147",
  name: "image-auto-in-pod",
  level: "error",
  inputs: ["workloads"],
  summary: "A Pod still has the proxy image auto (closed world only).",
  messages: {
    pod: "Pod {name} has the image auto, so injection did not apply to it."
  },
  advice: "Mend the labels that injection looks at, and create the pod anew.",
  check({ mesh, report }) {
    if (mesh.world !== "open")
      for (let workload of mesh.workloads) {
        let path = workload.kind === "Pod" ? hasAutoImage(workload) : void 0;
        path && report(workload.resource, path, "pod", { name: workload.name });
      }
  }
};

// src/rules/istio/ist0148-injected-by-default.ts
var ist0148_injected_by_default_default = {
  id: "IST0148",
  name: "injected-by-default",
  level: "info",
  inputs: ["namespaces", "ConfigMap"],
  summary: "A namespace without injection label is injected, because the mesh injects by default (closed world only).",
  messages: {
    injected: "Namespace {namespace} carries no injection label and is injected by default."
  },
  advice: "Label it istio-injection=enabled or disabled, so that it does not depend on the default.",
  check({ mesh, report }) {
    if (mesh.world === "open") return;
    let injectors = new InjectorConfigs(mesh), byDefault = !1;
    for (let { labels: labels2, name, resource } of applicationNamespaces(mesh))
      labels2[DATAPLANE_MODE] !== "ambient" && (byDefault = injectors.enablesByDefault(labels2[REVISION3] ?? "") ?? byDefault, !(!byDefault || (labels2[INJECTION3] ?? "") !== "" || Object.hasOwn(labels2, REVISION3)) && report(resource, ["metadata", "name"], "injected", { namespace: name }));
  }
};

// src/rules/istio/ist0149-jwt-claim-routing.ts
var ist0149_jwt_claim_routing_default = {
  id: "IST0149",
  name: "jwt-claim-routing",
  level: "error",
  inputs: ["VirtualService", "Gateway", "RequestAuthentication", "workloads", "absence"],
  summary: "A VirtualService routes by a JWT claim, and no RequestAuthentication verifies tokens at its gateway.",
  messages: {
    unverified: "Routing by {claim} needs a RequestAuthentication for {workload}, which serves the Gateway {gateway}."
  },
  advice: "Add a RequestAuthentication that selects the gateway pods, in their namespace.",
  check({ mesh, report, unchecked: unchecked2 }) {
    for (let virtualService of mesh.resources("VirtualService")) {
      let claim = firstClaim(virtualService);
      if (claim)
        for (let reference of gatewayReferencesOf(virtualService)) {
          let gateway = mesh.find("Gateway", reference.namespace, reference.name);
          if (!gateway) continue;
          let selector = labels(fields(gateway.body, "spec"), "selector");
          for (let workload of mesh.select(selector, void 0).selected) {
            if (mesh.world === "closed" && workload.kind !== "Pod" || isVerified(mesh, workload)) continue;
            let absence = mesh.absenceOf({
              kind: "RequestAuthentication",
              namespace: workload.namespace,
              name: gateway.name
            });
            if (absence.absent === "unknown") {
              unchecked2("token verification at a gateway", absence.because, virtualService, claim.path);
              continue;
            }
            let data = { claim: claim.key, workload: workload.name, gateway: qualifiedName(gateway) };
            report(virtualService, claim.path, "unverified", data, { confidence: absence.confidence });
          }
        }
    }
  }
};
function firstClaim(virtualService) {
  for (let [index, route] of list(fields(virtualService.body, "spec"), "http").entries())
    for (let [position, match] of list(route, "match").entries())
      for (let name of ["headers", "withoutHeaders"]) {
        let key = Object.keys(fields(match, name)).sort().find(isClaim), path = ["spec", "http", index, "match", position, fieldName(match, name)];
        if (key !== void 0) return { key, path: [...path, key] };
      }
}
function isClaim(header) {
  return /^@request\.auth\.claims(?:\..|\[.+\])/i.test(header);
}
function isVerified(mesh, workload) {
  return mesh.resources("RequestAuthentication").some((request) => {
    if (request.namespace !== "istio-system" && request.namespace !== workload.namespace) return !1;
    let selector = labels(field3(fields(request.body, "spec"), "selector"), "matchLabels");
    return matchesLabels(selector, workload.labels) !== "no";
  });
}

// src/rules/istio/ist0150-external-name-port-name.ts
var ist0150_external_name_port_name_default = {
  id: "IST0150",
  name: "external-name-port-name",
  level: "warning",
  inputs: ["services", "controlPlanes"],
  summary: "A port of an ExternalName Service is TCP, or its name says no protocol.",
  messages: {
    invalid: "Port {port} of the ExternalName Service {service} is treated as TCP: it may take traffic for other hosts."
  },
  advice: "Name the port by its protocol (https-..., tls-..., http-...), or leave the ports out.",
  check({ mesh, report }) {
    if (!(mesh.world === "open" && mesh.controlPlanes.length === 0)) {
      for (let service of mesh.services)
        if (!(service.type !== "ExternalName" || isControlPlaneResource(service.resource)) && !isGatewayService(service))
          for (let port of service.ports) {
            if (!isUnsupportedPort(port) && port.name !== "tcp" || hasPlaceholder(port.name) || hasPlaceholder(port.appProtocol)) continue;
            let data = { port: port.name || port.port, service: service.name };
            report(service.resource, ["spec", "ports", port.index, "port"], "invalid", data);
          }
    }
  }
};

// src/rules/istio/envoy-filter-patches.ts
function envoyPatches(mesh) {
  return mesh.resources("EnvoyFilter").flatMap((filter) => {
    let spec = fields(filter.body, "spec"), entries = list(spec, "configPatches"), end = entries.findIndex((entry2) => !isFields2(field3(entry2, "patch")));
    return entries.slice(0, end < 0 ? entries.length : end).map((entry2, index) => ({
      filter,
      applyTo: text(entry2, "applyTo"),
      operation: text(fields(entry2, "patch"), "operation"),
      prioritised: (integer2(spec, "priority") ?? 0) !== 0,
      proxyVersion: text(fields(fields(entry2, "match"), "proxy"), "proxyVersion"),
      key: filterKey(entry2),
      besideOwn: isBesideOwn(entry2),
      path: ["spec", fieldName(spec, "configPatches"), index, "patch", "operation"]
    }));
  });
}
function filterKey(entry2) {
  let value2 = fields(fields(entry2, "patch"), "value");
  if (Object.keys(value2).length === 0) return "";
  let name = field3(value2, "name");
  if (name !== void 0) return JSON.stringify(name);
  let listener = fields(fields(entry2, "match"), "listener"), matched = field3(fields(fields(listener, "filterChain"), "filter"), "name");
  return matched === void 0 ? "" : JSON.stringify(matched);
}
var OWN_FILTERS = /* @__PURE__ */ new Set([
  "",
  "envoy.filters.http.router",
  "envoy.router",
  "envoy.filters.network.http_connection_manager",
  "envoy.http_connection_manager",
  "envoy.filters.network.tcp_proxy",
  "envoy.tcp_proxy"
]);
function isBesideOwn(entry2) {
  if (!text(fields(entry2, "patch"), "operation").startsWith("INSERT_")) return !1;
  let match = fields(fields(fields(entry2, "match"), "listener"), "filterChain"), filter = fields(match, "filter");
  return OWN_FILTERS.has(text(filter, "name")) && OWN_FILTERS.has(text(fields(filter, "subFilter"), "name"));
}
var ROUTES = /* @__PURE__ */ new Set(["ROUTE_CONFIGURATION", "HTTP_ROUTE"]), REPLACEABLE = /* @__PURE__ */ new Set(["NETWORK_FILTER", "HTTP_FILTER", "VIRTUAL_HOST"]);
function addsToRoutes({ applyTo, operation }) {
  return operation === "ADD" && ROUTES.has(applyTo);
}
function removesRoutes({ applyTo, operation }) {
  return operation === "REMOVE" && ROUTES.has(applyTo);
}
function replacesInVain({ applyTo, operation }) {
  return operation === "REPLACE" && !REPLACEABLE.has(applyTo);
}
function isRelative(patch) {
  return patch.prioritised ? !1 : patch.operation === "INSERT_BEFORE" || patch.operation === "INSERT_AFTER" ? !0 : patch.operation === "REMOVE" && !removesRoutes(patch) || patch.operation === "REPLACE" && !replacesInVain(patch);
}
function relativePatches(mesh) {
  let seen = /* @__PURE__ */ new Set(), found2 = [];
  for (let patch of envoyPatches(mesh))
    isRelative(patch) && found2.push({ patch, versioned: seen.has(patch.key) }), patch.proxyVersion !== "" && seen.add(patch.key);
  return mesh.world === "closed" ? found2 : firstOfEach(found2.filter(({ patch }) => !isShipped(patch.filter)));
}
function levelOf(mesh, { besideOwn }) {
  return mesh.world === "open" && besideOwn ? { level: "info" } : {};
}
function firstOfEach(patches) {
  let told = { true: /* @__PURE__ */ new Set(), false: /* @__PURE__ */ new Set() };
  return patches.filter(({ patch: { filter }, versioned: versioned2 }) => {
    let filters = told[`${versioned2}`];
    return !filters.has(filter) && filters.add(filter);
  });
}
var SHIPPED_NAME = /^(?:tcp-)?(?:stats-filter|metadata-exchange|stackdriver-filter|stackdriver-sampling-accesslog-filter)-1\.\d/, INSTALLER_LABELS = ["operator.istio.io/component", "install.operator.istio.io/owning-resource"];
function isShipped({ name, namespace, labels: labels2 }) {
  return INSTALLER_LABELS.some((label) => Object.hasOwn(labels2, label)) ? !0 : SHIPPED_NAME.test(name) && (namespace === "istio-system" || Object.hasOwn(labels2, "istio.io/rev"));
}

// src/rules/istio/ist0151-relative-envoy-patch.ts
var ist0151_relative_envoy_patch_default = {
  id: "IST0151",
  name: "relative-envoy-patch",
  level: "warning",
  inputs: ["EnvoyFilter"],
  summary: "An EnvoyFilter places its patch relative to others and has no priority.",
  messages: {
    relative: "The patch {operation} depends on the order of EnvoyFilters, and this one has no priority."
  },
  advice: "Set spec.priority, or use INSERT_FIRST or ADD: a patch relative to something that is not there yet is not applied.",
  check({ mesh, report }) {
    for (let { patch, versioned: versioned2 } of relativePatches(mesh))
      versioned2 || report(patch.filter, patch.path, "relative", { operation: patch.operation }, levelOf(mesh, patch));
  }
};

// src/rules/istio/ist0152-replace-in-envoy-patch.ts
var ist0152_replace_in_envoy_patch_default = {
  id: "IST0152",
  name: "replace-in-envoy-patch",
  level: "error",
  inputs: ["EnvoyFilter"],
  summary: "An EnvoyFilter replaces something that cannot be replaced.",
  messages: {
    ignored: "REPLACE has no effect on {applyTo}."
  },
  advice: "Use MERGE, or REMOVE and ADD: REPLACE works on HTTP_FILTER, NETWORK_FILTER and VIRTUAL_HOST only.",
  check({ mesh, report }) {
    for (let patch of envoyPatches(mesh).filter(replacesInVain))
      report(patch.filter, patch.path, "ignored", { applyTo: patch.applyTo });
  }
};

// src/rules/istio/ist0153-add-to-routes-in-envoy-patch.ts
var ist0153_add_to_routes_in_envoy_patch_default = {
  id: "IST0153",
  name: "add-to-routes-in-envoy-patch",
  level: "error",
  inputs: ["EnvoyFilter"],
  summary: "An EnvoyFilter adds to routes, which Istio ignores.",
  messages: {
    ignored: "ADD has no effect on {applyTo}."
  },
  advice: "Use MERGE, or for HTTP_ROUTE one of the INSERT operations.",
  check({ mesh, report }) {
    for (let patch of envoyPatches(mesh).filter(addsToRoutes))
      report(patch.filter, patch.path, "ignored", { applyTo: patch.applyTo });
  }
};

// src/rules/istio/ist0154-remove-routes-in-envoy-patch.ts
var ist0154_remove_routes_in_envoy_patch_default = {
  id: "IST0154",
  name: "remove-routes-in-envoy-patch",
  level: "error",
  inputs: ["EnvoyFilter"],
  summary: "An EnvoyFilter removes routes, which Istio ignores.",
  messages: {
    ignored: "REMOVE has no effect on {applyTo}."
  },
  advice: "Change the VirtualService that makes the route instead.",
  check({ mesh, report }) {
    for (let patch of envoyPatches(mesh).filter(removesRoutes))
      report(patch.filter, patch.path, "ignored", { applyTo: patch.applyTo });
  }
};

// src/rules/istio/ist0155-relative-envoy-patch-by-version.ts
var ist0155_relative_envoy_patch_by_version_default = {
  id: "IST0155",
  name: "relative-envoy-patch-by-version",
  level: "warning",
  inputs: ["EnvoyFilter"],
  summary: "An EnvoyFilter without priority patches relative to a filter that another one brings for a certain proxy version.",
  messages: {
    relative: "The patch {operation} has no priority and concerns a filter that is patched by proxyVersion: during an upgrade it may not apply."
  },
  advice: "Set spec.priority, or use INSERT_FIRST or ADD, so that it applies whatever version the proxy has.",
  check({ mesh, report }) {
    for (let { patch, versioned: versioned2 } of relativePatches(mesh))
      versioned2 && report(patch.filter, patch.path, "relative", { operation: patch.operation }, levelOf(mesh, patch));
  }
};

// src/rules/istio/ist0157-telemetry-without-provider.ts
var ist0157_telemetry_without_provider_default = {
  id: "IST0157",
  name: "telemetry-without-provider",
  level: "warning",
  inputs: ["Telemetry", "meshConfig", "controlPlanes"],
  summary: "A Telemetry switches access logging on without a provider to log to.",
  messages: {
    ignored: "This access logging names no provider, and the mesh has no default one: it is ignored."
  },
  advice: "Name a provider, such as envoy, or set meshConfig.defaultProviders.accessLogging.",
  check({ mesh, report }) {
    if (!(mesh.world === "open" && mesh.controlPlanes.length === 0) && !(list(fields(mesh.meshConfig(), "defaultProviders"), "accessLogging").length > 0))
      for (let telemetry of mesh.resources("Telemetry")) {
        let spec = fields(telemetry.body, "spec"), index = list(spec, "accessLogging").findIndex(
          (entry2) => field3(entry2, "disabled") !== !0 && list(entry2, "providers").length === 0
        );
        index < 0 || report(telemetry, ["spec", fieldName(spec, "accessLogging"), index], "ignored");
      }
  }
};

// src/rules/istio/proxy-image-type.ts
var ANNOTATION = "proxy.istio.io/config", LONGEST = 1e4;
function proxyImageType(mesh, pod) {
  let configs = mesh.resources("ProxyConfig"), last = [
    imageType(fields(mesh.meshConfig(), "defaultConfig")),
    ...configs.filter(({ namespace }) => namespace === mesh.rootNamespace).map(imageTypeOf),
    ...configs.filter((config) => config.namespace === pod.namespace && !hasSelector(config)).map(imageTypeOf),
    ...configs.filter((config) => isFor(config, pod)).map(imageTypeOf),
    annotated(pod)
  ].findLast((type) => type !== "") ?? "";
  return last === "default" ? "" : last;
}
function imageType(proxyConfig) {
  return text(fields(proxyConfig, "image"), "imageType");
}
function imageTypeOf({ body }) {
  return imageType(fields(body, "spec"));
}
function hasSelector({ body }) {
  return field3(fields(body, "spec"), "selector") !== void 0;
}
function isFor(config, { labels: own3, namespace }) {
  let wanted = labels(fields(fields(config.body, "spec"), "selector"), "matchLabels");
  return config.namespace === namespace && hasSelector(config) && matchesLabels(wanted, own3) === "yes";
}
function annotated({ annotations, resource, metadataPath }) {
  let written2 = annotations[ANNOTATION] ?? "";
  if (written2 === "" || written2.length > LONGEST) return "";
  let at2 = resource.origin.at([...metadataPath, "annotations", ANNOTATION]);
  return imageType(embeddedYaml(written2, at2)?.values);
}

// src/rules/istio/ist0158-proxy-image.ts
var ist0158_proxy_image_default = {
  id: "IST0158",
  name: "proxy-image",
  level: "warning",
  inputs: ["namespaces", "workloads", "ConfigMap", "ProxyConfig", "meshConfig"],
  summary: "Pods run a proxy of another image than the injector gives now (closed world only).",
  messages: {
    outdated: "In namespace {namespace} the proxies of {pods} are of another image than new pods get."
  },
  advice: "Restart the workloads, so that their pods get the present proxy.",
  check({ mesh, report }) {
    if (mesh.world === "open") return;
    let injectors = new InjectorConfigs(mesh);
    if (injectors.size === 0) return;
    let outdated = /* @__PURE__ */ new Map();
    for (let pod of mesh.workloads) {
      let revision = pod.kind === "Pod" ? revisionOf3(mesh, pod.namespace) : void 0, values = revision === void 0 ? void 0 : injectors.of(revision);
      !values || !isOutdated(mesh, pod, imageIn(values)) || outdated.set(pod.namespace, [...outdated.get(pod.namespace) ?? [], pod.name]);
    }
    for (let [namespace, pods] of outdated) {
      let resource = mesh.namespaces.get(namespace)?.resource;
      resource && report(resource, ["metadata", "name"], "outdated", { namespace, pods: pods.sort() });
    }
  }
};
function revisionOf3({ namespaces }, namespace) {
  let labels2 = namespaces.get(namespace)?.labels ?? {};
  return labels2[REVISION3] ?? (labels2[INJECTION3] === "enabled" ? "default" : void 0);
}
function imageIn(values) {
  let global = fields(values, "global"), image = text(fields(global, "proxy"), "image");
  return image.includes("/") ? image : `${text(global, "hub")}/${image}:${text(global, "tag")}`;
}
function isOutdated(mesh, pod, expected) {
  if (Object.hasOwn(pod.annotations, "sidecar.istio.io/proxyImage")) return !1;
  let proxies2 = pod.containers.filter(({ name }) => name === "istio-proxy");
  if (proxies2.every(({ image }) => image === expected)) return !1;
  let variant = `${expected}-${proxyImageType(mesh, pod)}`;
  return proxies2.some(({ image }) => image !== expected && image !== variant);
}

// src/rules/istio/ist0159-conflicting-telemetries.ts
var ist0159_conflicting_telemetries_default = {
  id: "IST0159",
  name: "conflicting-telemetries",
  level: "error",
  inputs: ["Telemetry", "workloads"],
  summary: "Several Telemetries select the same workload.",
  messages: {
    conflict: "The Telemetries {names} all select {kind} {workload}: one of them is ignored."
  },
  advice: "Make the selectors exclude each other, or merge the Telemetries.",
  check({ mesh, report }) {
    let contested = contestedWorkloads(
      mesh,
      "Telemetry",
      (telemetry) => labels(fields(fields(telemetry.body, "spec"), "selector"), "matchLabels")
    );
    for (let { workload, resources } of contested) {
      let data = { names: resources.map(({ name }) => name).sort(), kind: workload.kind, workload: workload.name };
      for (let telemetry of resources) report(telemetry, ["metadata", "name"], "conflict", data);
    }
  }
};

// src/rules/istio/ist0160-several-default-telemetries.ts
var ist0160_several_default_telemetries_default = {
  id: "IST0160",
  name: "several-default-telemetries",
  level: "error",
  inputs: ["Telemetry"],
  summary: "A namespace has several Telemetries without selector.",
  messages: {
    several: "The Telemetries {names} of namespace {namespace} have no selector: one of them is ignored."
  },
  advice: "Merge them into one, or give all but one a selector.",
  check({ mesh, report }) {
    let byNamespace3 = /* @__PURE__ */ new Map();
    for (let telemetry of soleResources(mesh, "Telemetry")) {
      let spec = fields(telemetry.body, "spec");
      if (field3(spec, "selector") !== void 0) continue;
      let targets2 = field3(spec, "targetRef") !== void 0 || list(spec, "targetRefs").length > 0;
      mesh.world === "open" && (targets2 || telemetry.namespace === "") || byNamespace3.set(telemetry.namespace, [...byNamespace3.get(telemetry.namespace) ?? [], telemetry]);
    }
    for (let [namespace, telemetries] of byNamespace3) {
      if (telemetries.length < 2) continue;
      let names2 = telemetries.map(({ name }) => name).sort();
      for (let telemetry of telemetries)
        report(telemetry, ["metadata", "name"], "several", { names: names2, namespace });
    }
  }
};

// src/rules/istio/ist0161-invalid-gateway-credential.ts
var ist0161_invalid_gateway_credential_default = {
  id: "IST0161",
  name: "invalid-gateway-credential",
  level: "error",
  inputs: ["Gateway", "Secret", "workloads"],
  summary: "The Secret that a Gateway reads its certificate from does not hold one.",
  messages: {
    invalid: "The Secret {secret} of namespace {namespace} holds no certificate and key for the gateway."
  },
  advice: "Give it tls.crt and tls.key (kind kubernetes.io/tls), or cert and key.",
  check({ mesh, report }) {
    for (let gateway of mesh.resources("Gateway")) {
      let namespace = workloadNamespace(mesh, gateway);
      namespace !== void 0 && list(fields(gateway.body, "spec"), "servers").forEach((server, index) => {
        let credential = text(field3(server, "tls"), "credentialName");
        if (credential === "" || hasPlaceholder(credential)) return;
        let reference = splitReference(credential, namespace), secret = mesh.find("Secret", reference.namespace, reference.name);
        if (!secret || holdsCertificate(secret.body, mesh.world)) return;
        let path = ["spec", "servers", index, "tls", "credentialName"], evidence2 = [{ says: "the Secret is written here", at: secret.origin.at([]) }], data = { secret: reference.name, namespace: reference.namespace };
        report(gateway, path, "invalid", data, { evidence: evidence2 });
      });
    }
  }
};
function holdsCertificate(body, world) {
  let data = fields(body, "data"), written2 = world === "open" ? { ...data, ...fields(body, "stringData") } : data;
  if (world === "open" && Object.keys(written2).length === 0) return !0;
  let has = (name) => world === "open" ? Object.hasOwn(written2, name) : !["", null, void 0].includes(written2[name]);
  return has("cert") && has("key") || has("tls.crt") && has("tls.key");
}

// src/rules/istio/ist0162-gateway-port-not-on-service.ts
var ist0162_gateway_port_not_on_service_default = {
  id: "IST0162",
  name: "gateway-port-not-on-service",
  level: "warning",
  inputs: ["Gateway", "workloads", "services"],
  summary: "A Gateway server has a port that the Service of its workload does not expose.",
  messages: {
    port: "Port {port} of the Gateway is on no Service of the pods selected by {selector}."
  },
  advice: "Add the port to the Service of the gateway, or use one that it has.",
  check({ mesh, report, unchecked: unchecked2 }) {
    for (let gateway of mesh.resources("Gateway")) {
      let spec = fields(gateway.body, "spec"), selector = labels(spec, "selector");
      if (Object.entries(selector).flat().some(hasPlaceholder)) continue;
      let services = servicesBehind(mesh, selector);
      if (services === void 0) continue;
      if (mesh.world === "open" && services.length === 0) {
        unchecked2("the ports of a Gateway", "the Service of its workload is not in this repository", gateway, ["spec", "servers"]);
        continue;
      }
      let ports = new Set(services.flatMap((service) => acceptablePorts(service, mesh.world)));
      list(spec, "servers").forEach((server, index) => {
        let port = integer2(field3(server, "port"), "number");
        if (port === void 0 || ports.has(port)) return;
        let evidence2 = services.filter(({ resource }) => resource.origin.file !== "").slice(0, 3).map((service) => ({
          says: `Service ${qualifiedName(service)} exposes ${service.ports.map((one) => one.port).join(", ")}`,
          at: service.resource.origin.at(["spec", "ports"], "key")
        })), data = { port, selector: selectorText(selector) };
        report(gateway, ["spec", "servers", index, "port", "number"], "port", data, { evidence: evidence2 });
      });
    }
  }
};
function servicesBehind(mesh, selector) {
  let pods = mesh.select(selector, void 0).selected.filter(({ kind }) => mesh.world === "open" || kind === "Pod");
  if (pods.length !== 0)
    return mesh.services.filter(
      (service) => pods.some(
        (pod) => pod.namespace === service.namespace && matchesLabels(service.selector, pod.labels) === "yes"
      )
    );
}
function acceptablePorts({ ports, resource }, world) {
  let written2 = list(fields(resource.body, "spec"), "ports");
  return ports.flatMap(({ port, targetPort, protocol, index }) => {
    let declared2 = field3(written2[index], "protocol");
    if (world === "closed" ? declared2 !== "TCP" : protocol !== "TCP") return [];
    let target = Number(targetPort);
    return Number.isInteger(target) && target > 0 ? [port, target] : [port];
  });
}

// src/rules/istio/external-control-plane-webhooks.ts
function externalWebhooks(mesh) {
  let validating = mesh.resources("ValidatingWebhookConfiguration").filter(({ name }) => name === "istiod-default-validator" || name.startsWith("istio-validator")), mutating = mesh.resources("MutatingWebhookConfiguration").filter(({ name }) => name.startsWith("istio-sidecar-injector"));
  return [...validating, ...mutating].flatMap(
    (configuration) => list(configuration.body, "webhooks").map((webhook, index) => ({
      configuration,
      name: text(webhook, "name"),
      client: field3(webhook, "clientConfig"),
      path: ["webhooks", index, "clientConfig"]
    }))
  );
}
function hostOfUrl(url) {
  return URL.canParse(url) ? new URL(url).hostname.replace(/^\[|\]$/g, "") : void 0;
}
function isIpAddress2(host) {
  return /^\d{1,3}(?:\.\d{1,3}){3}$/.test(host) || host.includes(":") && /^[\da-fA-F:.]+$/.test(host);
}

// src/rules/istio/ist0163-external-control-plane-address.ts
var ist0163_external_control_plane_address_default = {
  id: "IST0163",
  name: "external-control-plane-address",
  level: "warning",
  inputs: ["ValidatingWebhookConfiguration", "MutatingWebhookConfiguration"],
  summary: "A webhook of an external control plane has no address, or one that is no URL.",
  messages: {
    blank: "Webhook {webhook} has neither a URL nor a Service to call.",
    invalid: "Webhook {webhook} is to call {url}, which is not a URL."
  },
  advice: "Give the address of the gateway in front of the external control plane: https://<host>:15017/inject.",
  check({ mesh, report }) {
    for (let { configuration, name, client, path } of externalWebhooks(mesh)) {
      let url = text(client, "url");
      url === "" && field3(client, "service") === void 0 ? report(configuration, path, "blank", { webhook: name }) : url !== "" && !hasPlaceholder(url) && hostOfUrl(url) === void 0 && report(configuration, [...path, "url"], "invalid", { webhook: name, url });
    }
  }
};

// src/rules/istio/ist0164-external-control-plane-ip.ts
var ist0164_external_control_plane_ip_default = {
  id: "IST0164",
  name: "external-control-plane-ip",
  level: "info",
  inputs: ["ValidatingWebhookConfiguration", "MutatingWebhookConfiguration"],
  summary: "A webhook calls an external control plane by its IP address.",
  messages: {
    address: "Webhook {webhook} calls the external control plane by its IP address {address}."
  },
  advice: "Use a host name for production.",
  check({ mesh, report }) {
    for (let { configuration, name, client, path } of externalWebhooks(mesh)) {
      let url = text(client, "url"), host = hasPlaceholder(url) ? void 0 : hostOfUrl(url);
      host === void 0 || !isIpAddress2(host) || report(configuration, [...path, "url"], "address", { webhook: name, address: host });
    }
  }
};

// src/rules/istio/ist0165-generated-gateway.ts
var ist0165_generated_gateway_default = {
  id: "IST0165",
  name: "generated-gateway",
  level: "warning",
  inputs: ["VirtualService"],
  summary: "A VirtualService is bound to a Gateway that Istio generates.",
  messages: {
    generated: "The Gateway {gateway} is generated by Istio and is no name to rely on."
  },
  advice: "Use an HTTPRoute for a Gateway API Gateway.",
  check({ mesh, report }) {
    for (let virtualService of mesh.resources("VirtualService"))
      for (let reference of gatewayReferencesOf(virtualService).filter(isGenerated))
        report(virtualService, reference.path, "generated", { gateway: reference.written });
  }
};

// src/rules/istio/ist0166-selector-on-gateway-pods.ts
var GATEWAY_NAME = "gateway.networking.k8s.io/gateway-name", POLICIES = ["AuthorizationPolicy", "RequestAuthentication", "Telemetry", "WasmPlugin"], ist0166_selector_on_gateway_pods_default = {
  id: "IST0166",
  name: "selector-on-gateway-pods",
  level: "warning",
  inputs: [...POLICIES, "workloads"],
  summary: "A policy selects the pods of a Gateway API Gateway by labels, which has no effect.",
  messages: {
    ineffective: "The selector chooses pods of the Gateway {gateway}, where it has no effect."
  },
  advice: "Use targetRefs with group gateway.networking.k8s.io, kind Gateway and the name of the Gateway.",
  check({ mesh, report }) {
    for (let policy of POLICIES.flatMap((kind) => mesh.resources(kind))) {
      let spec = fields(policy.body, "spec");
      if (field3(spec, "selector") === void 0 || field3(spec, "targetRef") !== void 0) continue;
      let selector = labels(field3(spec, "selector"), "matchLabels");
      if (!Object.entries(selector).flat().some(hasPlaceholder))
        for (let workload of mesh.select(selector, policy.namespace).selected) {
          let gateway = workload.labels[GATEWAY_NAME];
          gateway === void 0 || mesh.world === "closed" && workload.kind !== "Pod" || report(policy, ["spec", "selector"], "ineffective", { gateway });
        }
    }
  }
};

// src/rules/istio/ist0167-sidecar-in-ambient.ts
var ist0167_sidecar_in_ambient_default = {
  id: "IST0167",
  name: "sidecar-in-ambient",
  level: "warning",
  inputs: ["Sidecar", "workloads", "namespaces"],
  summary: "A Sidecar is for workloads in ambient mode, where it has no effect.",
  messages: {
    workload: "Sidecar {name} selects {workload}, which is in ambient mode: it has no effect there.",
    namespace: "Namespace {namespace} is in ambient mode: Sidecar {name} has no effect."
  },
  advice: "Remove the Sidecar, or take the workload out of ambient mode.",
  check({ mesh, report }) {
    for (let sidecar of defaultSidecars(mesh)) {
      let { name, namespace } = sidecar;
      isNamespaceAmbient(mesh, namespace) && report(sidecar, ["metadata", "name"], "namespace", { name, namespace });
    }
    for (let sidecar of mesh.resources("Sidecar")) {
      let selector = sidecarSelector(sidecar);
      if (Object.keys(selector).length === 0) continue;
      let { selected } = mesh.select(selector, sidecar.namespace), ambient2 = selected.find((workload) => isInAmbient(mesh, workload));
      ambient2 !== void 0 && report(sidecar, ["metadata", "name"], "workload", { name: sidecar.name, workload: ambient2.name });
    }
  }
};

// src/rules/istio/ist0171-negative-condition.ts
var BOUND_BY_WAYPOINT = ["istio.io/WaypointBound"], ACCEPTED_POLICY = ["ZtunnelAccepted", "WaypointAccepted"], GATEWAY_API = ["Accepted", "Programmed", "ResolvedRefs"], ist0171_negative_condition_default = {
  id: "IST0171",
  name: "negative-condition",
  level: "warning",
  inputs: [
    "Service",
    "ServiceEntry",
    "WorkloadEntry",
    "AuthorizationPolicy",
    "KubernetesGateway",
    "HTTPRoute",
    "GRPCRoute"
  ],
  summary: "The status of an object says that Istio does not serve it.",
  messages: {
    negative: "Condition {type} is not met ({reason}): {message}"
  },
  advice: "Mend what the condition names. Keep the status out of manifests: it is written by the cluster.",
  check(context) {
    let { mesh } = context;
    for (let kind of ["Service", "ServiceEntry", "WorkloadEntry"])
      for (let resource of mesh.resources(kind)) checkOwn(context, resource, BOUND_BY_WAYPOINT);
    for (let resource of mesh.resources("AuthorizationPolicy"))
      checkOwn(context, resource, ACCEPTED_POLICY);
    for (let resource of mesh.resources("KubernetesGateway")) checkOwn(context, resource, GATEWAY_API);
    for (let kind of ["HTTPRoute", "GRPCRoute"])
      for (let resource of mesh.resources(kind))
        list(fields(resource.body, "status"), "parents").forEach((parent, index) => {
          checkConditions(context, resource, parent, ["status", "parents", index], GATEWAY_API);
        });
  }
};
function checkOwn(context, resource, types) {
  checkConditions(context, resource, fields(resource.body, "status"), ["status"], types);
}
function checkConditions({ report }, resource, owner, path, types) {
  list(owner, "conditions").forEach((condition2, index) => {
    let type = text(condition2, "type"), reason = text(condition2, "reason"), partial = type === "WaypointAccepted" && reason === "PartiallyInvalid";
    if (!types.includes(type) || text(condition2, "status") !== "False" && !partial) return;
    let data = { type, reason, message: text(condition2, "message") };
    report(resource, [...path, "conditions", index], "negative", data);
  });
}

// src/rules/istio/node-labels.ts
var REGION = "topology.kubernetes.io/region", ZONE = "topology.kubernetes.io/zone", SUBZONE = "topology.istio.io/subzone";
function selectsPodOnNode(mesh, wanted) {
  return mesh.resources("Node").some(
    (node) => mesh.workloads.some(
      (workload) => runsOn(workload, node) && matchesLabels(wanted, { ...workload.labels, ...localityOf(node) }) === "yes"
    )
  );
}
function runsOn({ kind, spec }, node) {
  return kind === "Pod" && text(spec, "nodeName") === node.name;
}
function localityOf({ labels: labels2, name }) {
  let region = labels2[REGION] ?? "", zone = labels2[ZONE] ?? "", subzone = zone === "" ? "" : labels2[SUBZONE] ?? "", locality = { [REGION]: region, [ZONE]: zone, [SUBZONE]: subzone, "kubernetes.io/hostname": name };
  return Object.fromEntries(Object.entries(locality).filter(([, value2]) => value2 !== ""));
}

// src/rules/istio/ist0173-subset-without-pods.ts
var ADDED_AT_RUN_TIME = [
  "rollouts-pod-template-hash",
  "pod-template-hash",
  "controller-revision-hash",
  "statefulset.kubernetes.io/pod-name",
  "apps.kubernetes.io/pod-index",
  "serving.knative.dev/revision",
  "kubernetes.io/hostname",
  "topology.kubernetes.io/region",
  "topology.kubernetes.io/zone",
  "topology.istio.io/subzone",
  "topology.istio.io/network",
  "topology.istio.io/cluster"
], ist0173_subset_without_pods_default = {
  id: "IST0173",
  name: "subset-without-pods",
  level: "error",
  inputs: ["DestinationRule", "Node", "hosts", "workloads", "services"],
  summary: "The labels of a DestinationRule subset select no pod.",
  messages: {
    none: "Subset {subset} of {host} asks for {labels}, which no pod carries."
  },
  advice: "Make the labels equal to those of the pod template (not of the Deployment), or remove the subset together with the routes to it.",
  check(context) {
    for (let rule of context.mesh.resources("DestinationRule")) {
      let spec = fields(rule.body, "spec"), host = text(spec, "host");
      if (host === "" || hasPlaceholder(host)) continue;
      let answer3 = context.mesh.lookupHost(host, rule.namespace, texts(spec, "exportTo"));
      if (answer3.known === "yes")
        for (let [name, { wanted, index }] of subsetsOf(spec))
          checkSubset2(context, rule, { name, host, wanted, index }, answer3);
    }
  }
};
function subsetsOf(spec) {
  let subsets = /* @__PURE__ */ new Map();
  return list(spec, "subsets").forEach((subset, index) => {
    subsets.set(text(subset, "name"), { wanted: labels(subset, "labels"), index });
  }), subsets;
}
function checkSubset2({ mesh, report, unchecked: unchecked2 }, rule, subset, answer3) {
  let wanted = { ...answer3.workloadSelector, ...subset.wanted };
  if (Object.entries(wanted).flat().some(hasPlaceholder) || mesh.select(wanted, void 0).selected.length > 0 || selectsPodOnNode(mesh, wanted)) return;
  let path = ["spec", "subsets", subset.index, "labels"], data = { subset: subset.name, host: subset.host, labels: selectorText(wanted) };
  if (mesh.world === "closed") {
    report(rule, path, "none", data);
    return;
  }
  let served = workloadsBehind(mesh, answer3), doubt = doubtAbout(mesh, answer3, wanted);
  if (served.length === 0 || doubt !== void 0) {
    unchecked2("what a subset selects", doubt ?? "the workloads of its service are not in this repository", rule, path);
    return;
  }
  let evidence2 = served.slice(0, 3).map((workload) => ({
    says: `${workload.kind} ${workload.name} of this service carries ${selectorText(workload.labels)}`,
    at: workload.resource.origin.at([...workload.metadataPath, "labels"], "key")
  }));
  report(rule, path, "none", data, { confidence: "likely", evidence: evidence2 });
}
var SERVICES = /* @__PURE__ */ new WeakMap();
function servicesByResource(mesh) {
  let known = SERVICES.get(mesh) ?? new Map(mesh.services.map((service) => [service.resource, service]));
  return SERVICES.set(mesh, known), known;
}
function workloadsBehind(mesh, { provider }) {
  if (provider?.kind !== "Service") return [];
  let service = servicesByResource(mesh).get(provider);
  return !service || Object.keys(service.selector).length === 0 ? [] : mesh.select(service.selector, service.namespace).selected;
}
function doubtAbout(mesh, { provider }, wanted) {
  if (ADDED_AT_RUN_TIME.some((label) => Object.hasOwn(wanted, label)))
    return "its labels are added to pods at run time";
  let [maybe] = mesh.select(wanted, provider?.namespace).maybe;
  return maybe === void 0 ? void 0 : `it may select what ${maybe} holds`;
}

// src/rules/istio/ist0174-unknown-destination-rule-host.ts
var ist0174_unknown_destination_rule_host_default = {
  id: "IST0174",
  name: "unknown-destination-rule-host",
  level: "warning",
  inputs: ["DestinationRule", "hosts"],
  summary: "The host of a DestinationRule is not in the service registry.",
  messages: {
    host: "No service provides the host {host}, so the DestinationRule has no effect.",
    hostSlip: "No service provides the host {host}, so the DestinationRule has no effect; there is one called {nearMiss}."
  },
  advice: {
    host: "Correct the host, or remove the DestinationRule. A Service of another namespace is written name.namespace.svc.cluster.local.",
    hostSlip: "Write {nearMiss}."
  },
  check(context) {
    let { mesh } = context;
    for (let rule of mesh.resources("DestinationRule")) {
      let spec = fields(rule.body, "spec"), host = text(spec, "host");
      if (hasPlaceholder(host) || mesh.world === "open" && (host === "" || host.startsWith("*"))) continue;
      let answer3 = mesh.lookupHost(host, rule.namespace, texts(spec, "exportTo")), message = answer3.nearMiss === void 0 ? "host" : "hostSlip", data = { host, nearMiss: answer3.nearMiss ?? "" };
      reportUnknownHost(context, answer3, rule, ["spec", "host"], message, data);
    }
  }
};

// src/rules/istio/ist0175-jwks-unrestricted.ts
var VARIABLE2 = "BLOCKED_CIDRS_IN_JWKS_URIS", FIRST_MINOR = 29, ist0175_jwks_unrestricted_default = {
  id: "IST0175",
  name: "jwks-unrestricted",
  level: "warning",
  inputs: ["RequestAuthentication", "workloads", "controlPlanes"],
  summary: "istiod fetches key sets from any address that a RequestAuthentication names.",
  messages: {
    unrestricted: "istiod fetches the key sets of {count} RequestAuthentications ({examples}), and BLOCKED_CIDRS_IN_JWKS_URIS restricts it to no network."
  },
  advice: "Set BLOCKED_CIDRS_IN_JWKS_URIS on istiod to the networks it must not reach, such as 169.254.0.0/16.",
  check({ mesh, report }) {
    let requests = mesh.resources("RequestAuthentication");
    if (requests.length !== 0)
      for (let workload of mesh.workloads) {
        if (workload.kind !== "Deployment" || workload.resource.labels.app !== "istiod" || workload.containers.some(({ env, init }) => !init && (env[VARIABLE2] ?? "") !== "") || mesh.world === "open" && !hasSetting(mesh, workload)) continue;
        let data = { count: requests.length, examples: requests.slice(0, 5).map(qualifiedName) };
        report(workload.resource, ["metadata", "name"], "unrestricted", data);
      }
  }
};
function hasSetting({ controlPlanes }, { resource }) {
  let controlPlane = controlPlanes.find((candidate) => candidate.resource === resource);
  return atLeast(controlPlane?.version, FIRST_MINOR) === !0;
}

// src/rules/istio/ist0176-gateway-api-crd-version.ts
var BUNDLE_VERSION = "gateway.networking.k8s.io/bundle-version", MINIMUM = {
  "grpcroutes.gateway.networking.k8s.io": [1, 1, 0],
  "backendtlspolicies.gateway.networking.k8s.io": [1, 4, 0],
  "tlsroutes.gateway.networking.k8s.io": [1, 5, 0],
  "tcproutes.gateway.networking.k8s.io": [1, 6, 0]
}, ist0176_gateway_api_crd_version_default = {
  id: "IST0176",
  name: "gateway-api-crd-version",
  level: "warning",
  inputs: ["CustomResourceDefinition", "controlPlanes"],
  summary: "A Gateway API CRD is older than Istio needs.",
  messages: {
    old: "The CRD {name} is of Gateway API {version}; Istio reads this kind from {minimum} on."
  },
  advice: "Upgrade the Gateway API CRDs before Istio.",
  check({ mesh, report }) {
    let asks = mesh.controlPlanes.some(({ version }) => (version?.minor ?? 0) >= 31);
    if (!(mesh.world === "open" && !asks))
      for (let definition of mesh.resources("CustomResourceDefinition")) {
        let minimum = Object.hasOwn(MINIMUM, definition.name) ? MINIMUM[definition.name] : void 0, written2 = definition.annotations[BUNDLE_VERSION], version = /^v?(\d{1,5})(?:\.(\d{1,5}))?(?:\.(\d{1,5}))?(?:[-+].*)?$/.exec(written2 ?? "");
        if (!minimum || !version) continue;
        let parts = [1, 2, 3].map((group) => Number(version[group] ?? 0));
        if (!isLower(parts, minimum)) continue;
        let data = { name: definition.name, version: parts.join("."), minimum: minimum.join(".") };
        report(definition, ["metadata", "annotations", BUNDLE_VERSION], "old", data);
      }
  }
};
function isLower(version, minimum) {
  let index = minimum.findIndex((part, position) => part !== version[position]);
  return index >= 0 && (version[index] ?? 0) < (minimum[index] ?? 0);
}

// src/rules/istio/ist0177-conflicting-entry-protocol.ts
var ist0177_conflicting_entry_protocol_default = {
  id: "IST0177",
  name: "conflicting-entry-protocol",
  level: "warning",
  inputs: ["ServiceEntry"],
  summary: "ServiceEntries give the same port of the same host different protocols.",
  messages: {
    conflict: "{entries} give port {port} of {host} different protocols: {protocols}."
  },
  advice: "Agree on one protocol, or merge the ServiceEntries.",
  check({ mesh, report }) {
    let ports = soleResources(mesh, "ServiceEntry").flatMap(portsOf), groups2 = /* @__PURE__ */ new Map();
    for (let port of ports) {
      let key = groupKey(port.scope, port);
      groups2.set(key, [...groups2.get(key) ?? [], port]);
    }
    let reported = /* @__PURE__ */ new Set();
    for (let group of groups2.values()) {
      let [first] = group;
      if (!first) continue;
      let everywhere = first.scope === "*" ? [] : groups2.get(groupKey("*", first)) ?? [], sharing = [...group, ...everywhere], protocols = [...new Set(sharing.map(({ protocol }) => protocol))].sort();
      if (protocols.length < 2) continue;
      let entries = [...new Set(sharing.map(({ entry: entry2 }) => qualifiedName(entry2)))].sort();
      for (let { entry: entry2, index, host, port } of sharing)
        reported.has(entry2) || (reported.add(entry2), report(entry2, ["spec", "ports", index], "conflict", { entries, host, port, protocols }));
    }
  }
};
function groupKey(scope, { host, port }) {
  return JSON.stringify([scope, host, port]);
}
function portsOf(entry2) {
  let spec = fields(entry2.body, "spec"), exportTo = texts(spec, "exportTo"), scopes = exportTo.length === 0 || exportTo.includes("*") ? ["*"] : exportTo.map((scope) => scope === "." ? entry2.namespace : scope), hosts = texts(spec, "hosts").filter((host) => !hasPlaceholder(host));
  return list(spec, "ports").flatMap((written2, index) => {
    let port = integer2(written2, "number") ?? 0, protocol = text(written2, "protocol").toUpperCase();
    return hasPlaceholder(protocol) ? [] : scopes.flatMap((scope) => hosts.map((host) => ({ entry: entry2, scope, host, port, protocol, index })));
  });
}

// src/rules/upgrade/component-finding.ts
var TITLES = {
  base: "base chart (CRDs)",
  istiod: "control plane",
  cni: "istio-cni",
  ztunnel: "ztunnel",
  gateway: "gateway",
  operator: "Istio operator"
};
function titleOf({ component: component4, name, namespace }) {
  return `${TITLES[component4]} ${namespace === "" ? name : `${namespace}/${name}`}`;
}
function asResource({ component: component4, name, namespace, at: at2 }) {
  return {
    apiVersion: "",
    group: "",
    kind: component4 === "istiod" ? "ControlPlane" : "Component",
    namespace,
    name: component4 === "istiod" ? name : `${component4} ${name}`,
    labels: {},
    annotations: {},
    body: {},
    origin: { file: at2.file, through: [], at: () => at2 },
    digest: ""
  };
}

// src/rules/upgrade/component-lags-behind.ts
var SUPPORTED_LAG = 1, component_lags_behind_default = {
  id: "component-lags-behind",
  name: "component-lags-behind",
  level: "warning",
  inputs: ["components"],
  summary: "istio-cni or ztunnel is more than one minor older than every control plane.",
  messages: {
    behind: "The {title} is {version}, {lag} minors behind the control plane ({other})."
  },
  advice: "Upgrade it to the minor of the control plane; it may lag by one.",
  check({ mesh, report }) {
    let planes = mesh.components.filter(({ component: component4 }) => component4 === "istiod"), oldest = oldestOf(planes);
    if (oldest)
      for (let part of nodeAgents(mesh)) {
        if (!part.version) continue;
        let lag = minorDistance(part.version, oldest.version);
        if (lag <= SUPPORTED_LAG) continue;
        let data = {
          title: titleOf(part),
          version: minorOf(part.version),
          lag,
          other: minorOf(oldest.version)
        }, evidence2 = [
          { says: `${titleOf(oldest.part)} is ${oldest.part.versionText}`, at: oldest.part.at }
        ];
        report(asResource(part), [], "behind", data, { confidence: part.confidence, evidence: evidence2 });
      }
  }
};
function nodeAgents(mesh) {
  return mesh.components.filter(({ component: component4 }) => component4 === "cni" || component4 === "ztunnel");
}
function oldestOf(planes) {
  let oldest;
  for (let part of planes) {
    if (!part.version) return;
    (!oldest || minorDistance(oldest.version, part.version) < 0) && (oldest = { part, version: part.version });
  }
  return oldest;
}
function minorOf({ major, minor }) {
  return `${major}.${minor}`;
}

// src/rules/upgrade/crosses-1.10.ts
var crosses_1_10_default = {
  id: "crosses-1.10",
  name: "crosses-1.10",
  level: "warning",
  inputs: ["upgrades", "controlPlanes", "workloads", "services"],
  summary: "An upgrade in place to 1.10 or later sends inbound traffic to the address of the pod, not to localhost.",
  messages: {
    some: "From {from} to {to}, sidecars send inbound traffic to the pod’s address instead of localhost. In this repository {workloads} listen on localhost only.",
    none: "From {from} to {to}, sidecars send inbound traffic to the pod’s address instead of localhost. As far as this repository shows, no Service leads to a port that listens on localhost only."
  },
  advice: {
    some: "Let them listen on 0.0.0.0 first, or give each a Sidecar whose ingress maps its port to localhost.",
    none: "Run `istioctl x precheck` of 1.10 against the cluster for workloads whose manifests are elsewhere."
  },
  check({ mesh, report }) {
    let step2 = crossing(mesh);
    if (!step2) return;
    let { before: before2, after, from, to } = step2, bound = boundToLocalhost(mesh), data = { from: `${from.major}.${from.minor}`, to: `${to.major}.${to.minor}` }, evidence2 = [
      { says: `before: ${before2.versionText}`, at: before2.at },
      ...bound.slice(0, 5)
    ], confidence = after.confidence;
    if (bound.length === 0) report(asResource(after), [], "none", data, { evidence: evidence2, confidence });
    else {
      let workloads = bound.map(({ says }) => says);
      report(asResource(after), [], "some", { ...data, workloads }, { evidence: evidence2, confidence });
    }
  }
};
function crossing({ upgrades, controlPlanes }) {
  let crossings = upgrades.filter(
    ({ from, to }) => atLeast(from, 10) === !1 && atLeast(to, 10) === !0
  ), brings = controlPlanes.length === 0 ? "operator" : "istiod";
  return crossings.find(({ after }) => after.component === brings);
}
function boundToLocalhost(mesh) {
  let exposures = new Exposures(mesh.services);
  return mesh.workloads.flatMap((workload) => {
    let [listener] = loopbackListeners(workload, exposures);
    if (!listener) return [];
    let { kind, namespace, name, resource } = workload;
    return [{ says: `${kind} ${namespace === "" ? "" : `${namespace}/`}${name}`, at: resource.origin.at(listener.bind.path) }];
  });
}

// src/rules/upgrade/downgrade.ts
var MATTERS = /* @__PURE__ */ new Set([
  "base",
  "istiod",
  "operator",
  "cni",
  "ztunnel"
]), downgrade_default = {
  id: "downgrade",
  name: "downgrade",
  level: "warning",
  inputs: ["upgrades"],
  summary: "A part of Istio goes back to an older release.",
  messages: {
    older: "The {title} goes back from {from} to {to}.",
    crds: "The {title} goes back from {from} to {to}: fields and versions that came since are gone from the CRDs.",
    patch: "The {title} goes back from {from} to {to}, an older patch of the same minor."
  },
  advice: {
    older: "Go back one minor at a time, and check that no proxy, istio-cni or ztunnel is left newer than the control plane.",
    crds: "Leave the CRDs of the newer release in: older control planes run with them. Else check first that no object uses what they lack.",
    patch: "Check that the newer patch fixes nothing that matters here; its release notes list security fixes."
  },
  check({ mesh, report }) {
    for (let { before: before2, after, from, to } of mesh.upgrades) {
      if (!MATTERS.has(after.component)) continue;
      let minors = minorDistance(from, to), older = (to.patch ?? 1 / 0) < (from.patch ?? 0);
      if (minors > 0 || minors === 0 && !older) continue;
      let message = minors === 0 ? "patch" : after.component === "base" ? "crds" : "older", data = { title: titleOf(after), from: before2.versionText, to: after.versionText };
      report(asResource(after), [], message, data, {
        confidence: after.confidence,
        evidence: [{ says: `before: ${before2.versionText}`, at: before2.at }],
        ...message === "patch" && { level: "info" }
      });
    }
  }
};

// src/facts/releases.ts
var END_OF_LIFE = /* @__PURE__ */ new Map([
  [5, "2020-08-24"],
  [6, "2020-11-21"],
  [7, "2021-02-25"],
  [8, "2021-05-12"],
  [9, "2021-10-08"],
  [10, "2022-01-07"],
  [11, "2022-03-25"],
  [12, "2022-07-12"],
  [13, "2022-10-12"],
  [14, "2022-12-27"],
  [15, "2023-04-04"],
  [16, "2023-07-25"],
  [17, "2023-10-27"],
  [18, "2024-01-04"],
  [19, "2024-04-24"],
  [20, "2024-06-25"],
  [21, "2024-09-27"],
  [22, "2025-01-22"],
  [23, "2025-04-16"],
  [24, "2025-06-24"],
  [25, "2025-09-30"],
  [26, "2025-12-22"],
  [27, "2026-04-07"],
  [28, "2026-07-01"],
  [29, "2026-10-12"]
]);
function endOfLife({ major, minor }) {
  return major === 1 ? END_OF_LIFE.get(minor) : void 0;
}

// src/rules/subject.ts
function subjectAt({ kind, namespace, name }, at2) {
  return { kind, namespace, name, annotations: {}, origin: { file: at2.file, at: () => at2 } };
}
function placedAt(owner, at2) {
  let { kind, namespace, name, annotations } = owner;
  return { kind, namespace, name, annotations, origin: { file: owner.origin.file, at: () => at2 } };
}

// src/rules/revisions/revision-names.ts
var REVISION4 = "istio.io/rev";
function nameUses(mesh) {
  return [...namespaceUses(mesh), ...workloadUses(mesh), ...gatewayUses(mesh), ...mesh.tags.map(tagUse)];
}
function namespaceUses(mesh) {
  return [...mesh.namespaces.values()].flatMap(({ name, labels: labels2, resource }) => {
    let label = resource && decidingLabel(labels2, {});
    if (!resource || label?.asksFor === void 0) return [];
    let at2 = () => resource.origin.at(namespaceLabelPath(label.key));
    return [{ name: label.asksFor, by: `namespace ${name}`, kind: "namespace", subject: resource, at: at2 }];
  });
}
function workloadUses(mesh) {
  return mesh.workloads.flatMap(({ kind, namespace, name, labels: labels2, resource, metadataPath }) => {
    let around = mesh.namespaces.get(namespace)?.labels ?? {}, label = decidingLabel(around, labels2);
    if (label?.on !== "pod" || label.key !== REVISION4 || label.asksFor === void 0) return [];
    let at2 = () => resource.origin.at([...metadataPath, "labels", REVISION4]), by = `${kind} ${namespace === "" ? "" : `${namespace}/`}${name}`;
    return [{ name: label.asksFor, by, kind: "workload", subject: resource, at: at2 }];
  });
}
function gatewayUses(mesh) {
  return mesh.components.flatMap(({ component: component4, installer, revision, name, namespace, at: at2 }) => {
    if (component4 !== "gateway" || installer === "manifests" || revision === void 0) return [];
    if (decidingLabel(mesh.namespaces.get(namespace)?.labels ?? {}, {})) return [];
    let subject = subjectAt({ kind: "Component", namespace, name: `gateway ${name}` }, at2);
    return [{ name: revision, by: `gateway ${name}`, kind: "gateway", subject, at: () => at2 }];
  });
}
function tagUse(tag2) {
  return {
    name: tag2.revision,
    by: `tag ${tag2.name}`,
    kind: "tag",
    subject: tagSubject(tag2),
    at: () => tag2.at
  };
}
function tagSubject({ name, at: at2 }) {
  return subjectAt({ kind: "RevisionTag", namespace: "", name }, at2);
}
function controlPlaneSubject({ release: release3, namespace, at: at2 }) {
  return subjectAt({ kind: "ControlPlane", namespace, name: release3 ?? "istiod" }, at2);
}
function revisionChange(before2, after) {
  if (![before2.controlPlanes, after.controlPlanes].every((side) => side.length > 0 && side.every(({ revision }) => isKnown(revision)))) return { added: [], removed: [] };
  let has = ({ controlPlanes }, name) => controlPlanes.some(({ revision }) => revision === name);
  return {
    added: after.controlPlanes.filter(({ revision }) => !has(before2, revision)),
    removed: before2.controlPlanes.filter(
      ({ revision, installer }) => installer !== "istioctl" && !has(after, revision)
    )
  };
}
var PRUNING = /* @__PURE__ */ new Set(["helm", "argocd", "flux"]);
function renamedInPlace({
  added,
  removed
}) {
  return removed.flatMap((gone) => {
    let successor = added.find(
      ({ installer, release: release3, namespace }) => PRUNING.has(installer) && installer === gone.installer && release3 !== void 0 && release3 === gone.release && namespace === gone.namespace
    );
    return successor ? [[gone, successor]] : [];
  });
}
function movedTo(added, before2, after) {
  if (added.length === 0) return [];
  let names2 = new Set(added.map(({ revision }) => revision)), earlier = new Map(nameUses(before2).map(({ by, name }) => [by, name]));
  return nameUses(after).filter(({ by, name }) => {
    let was = earlier.get(by);
    return was !== void 0 && was !== name && names2.has(name);
  });
}

// src/rules/upgrade/end-of-life.ts
var end_of_life_default = {
  id: "end-of-life",
  name: "end-of-life",
  level: "info",
  inputs: ["controlPlanes"],
  summary: "A control plane runs a minor of Istio that gets no more security fixes.",
  messages: {
    ended: "Support for Istio {minor} ended on {day}: this control plane gets no more security fixes."
  },
  advice: "Plan the way to a supported minor, one minor at a time in place, or two at a time by revision.",
  check({ mesh, today, report }) {
    for (let controlPlane of mesh.controlPlanes) {
      let { version, confidence } = controlPlane, day = version && endOfLife(version);
      if (day === void 0 || today <= day) continue;
      let minor = `${version?.major ?? 1}.${version?.minor ?? 0}`;
      report(controlPlaneSubject(controlPlane), [], "ended", { minor, day }, { confidence });
    }
  }
};

// src/rules/upgrade/floating-version.ts
var MATTERS2 = ["istiod", "base", "cni", "ztunnel"], FLOATS = /[<>^~*|]|(?:^|\.)[xX](?:\.|$)|\s-\s|(?:^|-)latest$/, floating_version_default = {
  id: "floating-version",
  name: "floating-version",
  level: "warning",
  inputs: ["components"],
  summary: "A part of Istio follows a range of versions, so that it is upgraded without a pull request.",
  messages: {
    range: "The {title} follows a range of versions: it is upgraded when a release appears, not when somebody decides."
  },
  advice: "Write one version, and let a bot propose the next. The parts of Istio are to be upgraded in order.",
  check({ mesh, report }) {
    let floating = MATTERS2.flatMap(
      (kind) => mesh.components.filter(({ component: component4, versionText }) => component4 === kind && floats(versionText))
    ), told = /* @__PURE__ */ new Set();
    for (let part of floating) {
      if (told.has(part.versionText)) continue;
      told.add(part.versionText);
      let evidence2 = floating.filter(({ versionText }) => versionText === part.versionText).map((one) => ({ says: `the ${titleOf(one)} follows ${one.versionText}`, at: one.at }));
      report(asResource(part), [], "range", { title: titleOf(part) }, { evidence: evidence2 });
    }
  }
};
function floats(versionText) {
  return isKnown(versionText) && FLOATS.test(versionText);
}

// src/rules/upgrade/dependence.ts
function dependenceOn(mesh, namespace) {
  return [...strictMtls(mesh, namespace), ...policies(mesh, namespace)];
}
function strictMtls(mesh, namespace) {
  let places = /* @__PURE__ */ new Set([namespace, mesh.rootNamespace]);
  return mesh.resources("PeerAuthentication").flatMap((resource) => {
    let spec = fields(resource.body, "spec"), isWhole = Object.keys(labels(fields(spec, "selector"), "matchLabels")).length === 0;
    if (!(resource.namespace === namespace || places.has(resource.namespace) && isWhole) || text(fields(spec, "mtls"), "mode") !== "STRICT") return [];
    let at2 = resource.origin.at(["spec", "mtls", "mode"]);
    return [{ says: `PeerAuthentication ${qualifiedName(resource)} demands mTLS`, at: at2 }];
  });
}
function policies(mesh, namespace) {
  return mesh.resources("AuthorizationPolicy").flatMap((resource) => {
    let name = `AuthorizationPolicy ${qualifiedName(resource)}`;
    return resource.namespace === namespace ? [{ says: `${name} is enforced by the proxies of ${namespace}`, at: resource.origin.at([]) }] : namesIdentityOf(resource.body, namespace) ? [
      { says: `${name} knows callers by an identity in ${namespace}`, at: resource.origin.at(["spec"]) }
    ] : [];
  });
}
function namesIdentityOf(body, namespace) {
  return list(field3(body, "spec"), "rules").some(
    (rule) => list(rule, "from").some((from) => {
      let source2 = fields(from, "source");
      return texts(source2, "namespaces").includes(namespace) || texts(source2, "principals").some((principal) => principal.includes(`/ns/${namespace}/`));
    })
  );
}

// src/mesh/ambient.ts
var MODE = "istio.io/dataplane-mode";
function ambientOf(namespace, workload, injection) {
  if (workload?.hostNetwork === !0) return { ambient: "no", because: "host network", at: void 0 };
  let enrolled = enrolment(namespace, workload);
  return enrolled.ambient === "no" || injection === void 0 || injection.injected === "no" ? enrolled : injection.injected === "yes" ? { ambient: "no", because: `its sidecar (${injection.because})`, at: injection.at } : { ...enrolled, ambient: "unknown", because: `${enrolled.because}, unless it gets a sidecar` };
}
function enrolment(namespace, workload) {
  let own3 = workload && value(workload.labels);
  if (workload && own3 !== void 0 && (own3 === "ambient" || own3 === "none" || !isKnown(own3))) {
    let at2 = workload.resource.origin.at([...workload.metadataPath, "labels", MODE]);
    return { ambient: answerFor(own3), because: `pod label ${MODE}=${own3}`, at: at2 };
  }
  let inherited = value(namespace.labels);
  if (inherited !== void 0) {
    let at2 = namespace.resource?.origin.at(namespaceLabelPath(MODE));
    return { ambient: answerFor(inherited), because: `namespace label ${MODE}=${inherited}`, at: at2 };
  }
  return namespace.labelsKnown === "yes" ? { ambient: "no", because: `no label ${MODE}`, at: void 0 } : { ambient: "unknown", because: "the labels of its namespace are set elsewhere", at: void 0 };
}
function answerFor(mode) {
  return isKnown(mode) ? mode === "ambient" ? "yes" : "no" : "unknown";
}
function value(labels2) {
  return Object.hasOwn(labels2, MODE) ? labels2[MODE] : void 0;
}

// src/rules/upgrade/membership.ts
function requestOf(namespace) {
  let label = decidingLabel(namespace.labels, {});
  if (label?.asksFor !== void 0) {
    let at3 = namespace.resource?.origin.at(["metadata", "labels", label.key]);
    return { mode: "sidecar", because: `${label.key}=${label.value}`, at: at3 };
  }
  let { ambient: ambient2, because, at: at2 } = ambientOf(namespace);
  return ambient2 === "yes" ? { mode: "ambient", because, at: at2 } : void 0;
}
function sharedNamespaces(before2, after) {
  return [...after.namespaces.values()].flatMap((now) => {
    let then = before2.namespaces.get(now.name);
    return then?.resource && now.resource ? [[then, now]] : [];
  });
}
function writtenProxy({ containers }) {
  let proxy = containers.find(({ name, image }) => name === "istio-proxy" && image !== "auto");
  return containers.some(({ name, init }) => !init && name !== "istio-proxy") ? proxy : void 0;
}

// src/rules/upgrade/losing-namespaces.ts
function losingNamespaces(before2, after) {
  let [earlier, later] = [byNamespace2(before2), byNamespace2(after)];
  return sharedNamespaces(before2, after).flatMap(([then, now]) => {
    if (!now.resource || ambientOf(now).ambient !== "no") return [];
    let off = after.namespaceInjection(now.name), turnedOff = asked(then) && !asked(now) && off.injected === "no" && before2.namespaceInjection(then.name).injected !== "no", was = new Map((earlier.get(now.name) ?? []).map((one) => [titleOf2(one), one])), here = later.get(now.name) ?? [], workloads = here.filter((workload) => {
      let one = was.get(titleOf2(workload));
      return one !== void 0 && losesProxy(before2, after, one, workload, turnedOff);
    });
    if (workloads.length === 0 && !(turnedOff && here.length === 0)) return [];
    let [first] = turnedOff ? [] : workloads, at2 = first ? after.injectionOf(first).at : off.at;
    return [{ namespace: now.name, owner: first?.resource ?? now.resource, workloads, at: at2 }];
  });
}
function byNamespace2({ workloads }) {
  let groups2 = /* @__PURE__ */ new Map();
  for (let workload of workloads) append(groups2, workload.namespace, workload);
  return groups2;
}
function losesProxy(before2, after, was, workload, turnedOff) {
  if (workload.templateElsewhere !== void 0) return !1;
  if (writtenProxy(workload)) return turnedOff;
  let { injected, dangling } = after.injectionOf(workload);
  return injected !== "no" || dangling !== void 0 ? !1 : before2.injectionOf(was).injected === "yes" || turnedOff && !isOptedOut2(was);
}
function asked({ labels: labels2 }) {
  let injection = labels2["istio-injection"];
  return injection === void 0 ? Object.hasOwn(labels2, "istio.io/rev") : injection === "enabled";
}
function isOptedOut2({ labels: labels2, annotations, hostNetwork }) {
  let wish = labels2["sidecar.istio.io/inject"] ?? annotations["sidecar.istio.io/inject"];
  return hostNetwork || wish !== void 0 && wish !== "true";
}
function titleOf2({ kind, name }) {
  return `${kind} ${name}`;
}

// src/rules/upgrade/injection-turned-off.ts
var injection_turned_off_default = {
  id: "injection-turned-off",
  name: "injection-turned-off",
  level: "warning",
  inputs: ["namespaces", "workloads", "injection", "meshConfig", "PeerAuthentication", "AuthorizationPolicy"],
  summary: "This change takes workloads out of the mesh that policies rely on being in it.",
  messages: {
    leaves: "New pods of {what} in namespace {namespace} start without a proxy, while policies rely on it.",
    pinned: "Injection is turned off for namespace {namespace}, and {what} carry their proxy in their own manifests: they stay in the mesh, at the version written there ({versions})."
  },
  advice: {
    leaves: "Mend the policies first, or keep the proxies. Without a proxy a policy is not enforced, and peers that demand mTLS refuse the workload.",
    pinned: "From now on upgrade these images with the control plane: restarting the pods no longer does it."
  },
  check({ before: before2, after, report }) {
    for (let { namespace, owner, workloads, at: at2 } of losingNamespaces(before2, after)) {
      let pinned = workloads.filter((workload) => writtenProxy(workload) !== void 0), leaving = workloads.filter((workload) => writtenProxy(workload) === void 0), subject = placedAt(owner, at2 ?? owner.origin.at(["metadata", "name"]));
      if (pinned.length > 0) {
        let data = { namespace, what: titles(pinned), versions: versionsOf(pinned) };
        report(subject, [], "pinned", data, { evidence: proxies(pinned) });
      }
      let relied = dependenceOn(after, namespace);
      if (relied.length === 0 || leaving.length === 0 && pinned.length > 0) continue;
      let what = leaving.length > 0 ? titles(leaving) : ["whatever runs"], confidence = leaving.length > 0 ? "certain" : "likely";
      report(subject, [], "leaves", { namespace, what }, { confidence, evidence: relied.slice(0, 5) });
    }
  }
};
function titles(workloads) {
  return workloads.map(titleOf2).sort();
}
function versionsOf(workloads) {
  let tags = workloads.map((workload) => parseImage(writtenProxy(workload)?.image ?? "").tag);
  return [...new Set(tags.filter((tag2) => tag2 !== ""))].sort();
}
function proxies(workloads) {
  return workloads.slice(0, 5).flatMap((workload) => {
    let proxy = writtenProxy(workload), at2 = proxy && workload.resource.origin.at([...proxy.path, "image"]);
    return at2 ? [{ says: `${titleOf2(workload)} runs ${proxy.image}`, at: at2 }] : [];
  });
}

// src/rules/upgrade/install-method-changes.ts
var SHARE_RELEASES = /* @__PURE__ */ new Set(["helm", "flux"]), install_method_changes_default = {
  id: "install-method-changes",
  name: "install-method-changes",
  level: "warning",
  inputs: ["controlPlanes"],
  summary: "The same revision is installed by another tool than before.",
  messages: {
    moves: "Control plane {revision} moves from {from} to {to}: the old owner deletes its objects, or the new one refuses to take them over."
  },
  advice: "Install the new one as a revision of its own beside the old one, or let it adopt the objects (Helm ownership labels and annotations) with pruning off. Read what is deleted before merging.",
  check({ before: before2, after, report }) {
    for (let now of distinct2(after.controlPlanes)) {
      let then = counterparts(before2, now), [was] = then;
      if (!was || !isKnown(now.revision) || !hasMoved(then, counterparts(after, now)) || SHARE_RELEASES.has(was.installer) && SHARE_RELEASES.has(now.installer) && was.release === now.release) continue;
      let data = { revision: now.revision, from: was.installer, to: now.installer }, evidence2 = [{ says: `before: installed by ${was.installer}`, at: was.at }];
      report(controlPlaneSubject(now), [], "moves", data, { evidence: evidence2 });
    }
  }
};
function distinct2(controlPlanes) {
  let first = /* @__PURE__ */ new Map();
  for (let one of controlPlanes) {
    let key = JSON.stringify([one.revision, one.namespace]);
    first.has(key) || first.set(key, one);
  }
  return [...first.values()];
}
function counterparts({ controlPlanes }, like) {
  return controlPlanes.filter(
    ({ revision, namespace }) => revision === like.revision && namespace === like.namespace
  );
}
function hasMoved(then, now) {
  let installers = new Set(then.map(({ installer }) => installer));
  return [...then, ...now].every(({ installer }) => installer !== "unknown") && now.every(({ installer }) => !installers.has(installer));
}

// src/rules/upgrade/mass-injection.ts
var MANY2 = 5, SERVES_WEBHOOKS = /* @__PURE__ */ new Set([
  "cert-manager",
  "external-secrets",
  "gatekeeper-system",
  "kafka-operator",
  "keda",
  "knative-eventing",
  "knative-serving",
  "kyverno",
  "linkerd",
  "metallb-system",
  "opentelemetry-operator-system",
  "velero",
  "vault"
]), mass_injection_default = {
  id: "mass-injection",
  name: "mass-injection",
  level: "warning",
  inputs: ["namespaces", "controlPlanes", "MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"],
  summary: "One change takes many namespaces into the mesh.",
  messages: {
    sidecar: "{count} namespaces ask for sidecars at once: {namespaces}.",
    ambient: "{count} namespaces join the ambient mesh at once, their running pods included: {namespaces}.",
    everywhere: "Control plane {revision} now injects every namespace that does not opt out, system namespaces of Kubernetes excepted."
  },
  advice: {
    sidecar: "Begin with one or two, restart, and watch them. Leave out what the API server calls ({callees}): it has no sidecar.",
    ambient: "Begin with one or two and watch them. Leave out what the API server or nodes call ({callees}) until it is tested.",
    everywhere: "Label the namespaces that are meant instead, or opt out the others first."
  },
  check({ before: before2, after, report }) {
    for (let mode of ["sidecar", "ambient"]) {
      let joining = sharedNamespaces(before2, after).filter(([then, now]) => requestOf(now)?.mode === mode && requestOf(then) === void 0).map(([, now]) => now).sort((a, b) => a.name < b.name ? -1 : 1), resource = joining[0]?.resource;
      if (!resource || joining.length < MANY2) continue;
      let namespaces = joining.map(({ name }) => name), called = webhookNamespaces(after), callees = namespaces.filter((name) => SERVES_WEBHOOKS.has(name) || called.has(name)), evidence2 = joining.slice(0, MANY2).map((namespace) => {
        let { because = "", at: at2 } = requestOf(namespace) ?? {};
        return { says: `namespace ${namespace.name}: ${because}`, ...at2 && { at: at2 } };
      }), key = mode === "sidecar" ? "istio-injection" : "istio.io/dataplane-mode", data = {
        count: namespaces.length,
        namespaces,
        callees: callees.length > 0 ? callees : ["webhooks"]
      };
      report(resource, ["metadata", "labels", key], mode, data, { evidence: evidence2 });
    }
    for (let controlPlane of after.controlPlanes) {
      let earlier = before2.controlPlanes.filter(({ revision }) => revision === controlPlane.revision);
      !(controlPlane.injectsByDefault && earlier.every((one) => !one.injectsByDefault)) || earlier.length === 0 || report(controlPlaneSubject(controlPlane), [], "everywhere", { revision: controlPlane.revision });
    }
  }
};
function webhookNamespaces(mesh) {
  let configurations = [
    ...mesh.resources("MutatingWebhookConfiguration"),
    ...mesh.resources("ValidatingWebhookConfiguration")
  ];
  return new Set(
    configurations.flatMap(
      ({ body }) => list(body, "webhooks").map(
        (webhook) => text(field3(field3(webhook, "clientConfig"), "service"), "namespace")
      )
    )
  );
}

// src/rules/upgrade/mesh-config-misplaced.ts
var mesh_config_misplaced_default = {
  id: "mesh-config-misplaced",
  name: "mesh-config-misplaced",
  level: "error",
  inputs: ["controlPlanes"],
  summary: "Mesh configuration stands under `global.meshConfig`, where no chart reads it.",
  messages: {
    global: "The mesh config under values.global.meshConfig ({fields}) is not read: the istiod chart reads values.meshConfig."
  },
  advice: "Move it to `meshConfig` at the top of the values. Policies that name a provider set there deny or fail until then.",
  check({ mesh, report }) {
    for (let controlPlane of mesh.controlPlanes) {
      let { unreadMeshConfig, confidence } = controlPlane;
      if (!unreadMeshConfig) continue;
      let subject = placedAt(controlPlaneSubject(controlPlane), unreadMeshConfig.at);
      report(subject, [], "global", { fields: unreadMeshConfig.fields }, { confidence });
    }
  }
};

// src/rules/upgrade/sail-values-misplaced.ts
var KINDS = [
  "Istio.sailoperator.io",
  "IstioRevision.sailoperator.io",
  "IstioCNI.sailoperator.io",
  "ZTunnel.sailoperator.io"
], VALUES2 = /* @__PURE__ */ new Set([
  "base",
  "cni",
  "defaultRevision",
  "env",
  "experimental",
  "gateways",
  "global",
  "istiodRemote",
  "meshConfig",
  "pilot",
  "revision",
  "revisionTags",
  "sidecarInjectorWebhook",
  "telemetry",
  "ztunnel"
]), sail_values_misplaced_default = {
  id: "sail-values-misplaced",
  name: "sail-values-misplaced",
  level: "error",
  inputs: KINDS,
  summary: "An object of the Sail operator holds Helm values outside `spec.values`, or variables that are no text.",
  messages: {
    misplaced: "{kind} {name} has Helm values directly under spec, where they are not read: {names}.",
    variables: "{kind} {name} sets environment variables to something that is no text: {names}."
  },
  advice: {
    misplaced: "Move them under `spec.values`. The API server refuses the fields, or drops them and Istio runs with its defaults.",
    variables: "Put the values in quotes. The API server refuses the object as it is."
  },
  check(context) {
    for (let resource of KINDS.flatMap((kind) => context.mesh.resources(kind))) {
      let spec = fields(resource.body, "spec"), misplaced = Object.keys(spec).filter((key) => VALUES2.has(key));
      reportNames(context, resource, "misplaced", ["spec"], misplaced);
      for (let path of [
        ["values", "pilot", "env"],
        ["pilot", "env"]
      ]) {
        let env = path.reduce((owner, step2) => fields(owner, step2), spec);
        reportNames(context, resource, "variables", ["spec", ...path], variablesThatAreNoText(env));
      }
    }
  }
};
function variablesThatAreNoText(env) {
  return Object.keys(env).filter((name) => ["boolean", "number"].includes(typeof env[name]));
}
function reportNames({ report }, resource, message, path, names2) {
  let [first] = names2;
  if (first === void 0) return;
  let data = { kind: resource.kind, name: resource.name, names: [...names2].sort() };
  report(resource, [...path, first], message, data, { atKey: !0 });
}

// src/rules/upgrade/skipped-minor.ts
var IN_PLACE = /* @__PURE__ */ new Set(["base", "istiod", "operator"]), skipped_minor_default = {
  id: "skipped-minor",
  name: "skipped-minor",
  level: "warning",
  inputs: ["upgrades"],
  summary: "An in-place upgrade of Istio jumps over a minor release.",
  messages: {
    skipped: "The {title} goes from {from} to {to} in one step and skips {skipped}."
  },
  advice: "Go one minor at a time, or install the new version as a revision of its own and move the namespaces. What the skipped releases changed applies all at once.",
  check({ mesh, report }) {
    for (let { before: before2, after, from, to } of mesh.upgrades) {
      if (!IN_PLACE.has(after.component) || minorDistance(from, to) < 2 || after.component === "operator" && bringsVersion(mesh, after)) continue;
      let skipped2 = Array.from(
        { length: to.minor - from.minor - 1 },
        (_, step2) => `1.${from.minor + 1 + step2}`
      );
      report(
        asResource(after),
        [],
        "skipped",
        { title: titleOf(after), from: before2.versionText, to: after.versionText, skipped: skipped2 },
        {
          confidence: after.confidence,
          evidence: [{ says: `before: ${before2.versionText}`, at: before2.at }]
        }
      );
    }
  }
};
function bringsVersion({ upgrades }, { at: at2 }) {
  return upgrades.some(
    ({ after }) => after.component === "istiod" && after.at.file === at2.file && after.at.line === at2.line
  );
}

// src/rules/upgrade/version-skew.ts
var version_skew_default = {
  id: "version-skew",
  name: "version-skew",
  level: "warning",
  inputs: ["components"],
  summary: "Parts of Istio are at minors that are not meant to run together.",
  messages: {
    crds: "The {title} is {version}, and its CRDs come from {other}: the control plane is newer than its CRDs.",
    ahead: "The {title} is {version}, newer than every control plane here ({other}).",
    operator: "The {title} is to be {version}, and the operator that installs it is {other}: it puts new images into the manifests of the older release."
  },
  advice: {
    crds: "Upgrade the base chart (CRDs) first, in the same change or one before it.",
    operator: "Upgrade the operator first, to the minor of the control plane it is to install.",
    ahead: "Upgrade the control plane first; what it serves may lag behind it by a minor, not run ahead."
  },
  check({ mesh, report }) {
    let planes = versioned(mesh, "istiod"), bases = versioned(mesh, "base"), newestBase = bases.length < count(mesh, "base") ? void 0 : newest(bases);
    for (let plane of newestBase ? planes : [])
      newestBase && minorDistance(newestBase.version, plane.version) > 0 && report(asResource(plane), [], "crds", pair(plane, newestBase), evidence(newestBase));
    checkOperator(mesh, planes, report);
    let newestPlane = newest(planes);
    if (!newestPlane || planes.length < count(mesh, "istiod")) return;
    let served = [...versioned(mesh, "cni"), ...versioned(mesh, "ztunnel"), ...gatewaysWithAnImage(mesh)];
    for (let part of served)
      minorDistance(newestPlane.version, part.version) > 0 && report(asResource(part), [], "ahead", pair(part, newestPlane), evidence(newestPlane));
  }
};
function checkOperator(mesh, planes, report) {
  let operators = versioned(mesh, "operator"), newestOperator = newest(operators);
  if (!(!newestOperator || operators.length < count(mesh, "operator")))
    for (let plane of planes.filter(({ installer }) => installer === "istioctl"))
      minorDistance(newestOperator.version, plane.version) > 0 && report(asResource(plane), [], "operator", pair(plane, newestOperator), evidence(newestOperator));
}
function pair(part, other) {
  return { title: titleOf(part), version: minorOf2(part.version), other: minorOf2(other.version) };
}
function gatewaysWithAnImage(mesh) {
  return versioned(mesh, "gateway").filter(({ installer }) => installer === "manifests");
}
function evidence(other) {
  return { evidence: [{ says: `${titleOf(other)} is ${other.versionText}`, at: other.at }] };
}
function minorOf2({ major, minor }) {
  return formatVersion({ major, minor, patch: void 0 });
}
function versioned(mesh, component4) {
  return mesh.components.filter(
    (part) => part.component === component4 && part.version !== void 0
  );
}
function count(mesh, component4) {
  return mesh.components.filter((part) => part.component === component4).length;
}
function newest(parts) {
  return [...parts].sort((a, b) => minorDistance(a.version, b.version))[0];
}

// src/rules/upgrade/written-proxy-skew.ts
var written_proxy_skew_default = {
  id: "written-proxy-skew",
  name: "written-proxy-skew",
  level: "warning",
  inputs: ["workloads", "controlPlanes", "upgrades"],
  summary: "A proxy that is written into a manifest does not fit the version of the control plane.",
  messages: {
    ahead: "Proxies written into manifests of namespace {namespace} are {version}, newer than every control plane here ({other}).",
    behind: "Proxies written into manifests of namespace {namespace} are {version}, {lag} minors behind the control plane ({other}).",
    left: "The control plane goes to {other}, and the proxies written into manifests of namespace {namespace} stay at {version}."
  },
  advice: {
    ahead: "Upgrade the control plane first: proxies may lag behind it by one minor, not run ahead.",
    behind: "Upgrade the images: a proxy may be one minor older than its control plane.",
    left: "Upgrade the images too, in this change or the next: no restart does it for proxies that the injector did not write."
  },
  check({ mesh, report }) {
    let { newest: newest2, oldest } = controlPlaneRange(mesh);
    if (!newest2 || !oldest) return;
    let upgraded = mesh.upgrades.some(
      ({ after, from, to }) => after.component === "istiod" && minorDistance(from, to) > 0
    );
    for (let [first, ...more] of groups(mesh)) {
      let { workload, proxy, version } = first, lag = minorDistance(version, oldest), skew = skewOf(minorDistance(version, newest2), lag, upgraded);
      if (!skew) continue;
      let other = minorOf3(skew === "ahead" ? newest2 : oldest), data = { namespace: workload.namespace, version: minorOf3(version), other }, evidence2 = [first, ...more].slice(0, 5).map((one) => ({
        says: `${one.workload.kind} ${one.workload.name} runs ${one.proxy.image}`,
        at: one.workload.resource.origin.at([...one.proxy.path, "image"])
      })), path = [...proxy.path, "image"];
      report(workload.resource, path, skew, skew === "behind" ? { ...data, lag } : data, { evidence: evidence2 });
    }
  }
};
function skewOf(toNewest, toOldest, upgraded) {
  return toNewest < 0 ? "ahead" : toOldest > 1 ? "behind" : toOldest === 1 && upgraded ? "left" : void 0;
}
function controlPlaneRange({ controlPlanes }) {
  let versions = controlPlanes.flatMap(({ version }) => version ?? []);
  if (versions.length < controlPlanes.length) return {};
  let [oldest] = versions.toSorted((a, b) => minorDistance(b, a)), newest2 = versions.toSorted((a, b) => minorDistance(b, a)).at(-1);
  return oldest && newest2 ? { newest: newest2, oldest } : {};
}
function groups(mesh) {
  let byMinor = /* @__PURE__ */ new Map();
  for (let workload of mesh.workloads) {
    let proxy = writtenProxy(workload), version = proxy && parseIstioVersion(parseImage(proxy.image).tag);
    if (!version) continue;
    let key = JSON.stringify([workload.namespace, minorOf3(version)]), group = byMinor.get(key);
    group ? group.push({ workload, proxy, version }) : byMinor.set(key, [{ workload, proxy, version }]);
  }
  return [...byMinor.keys()].sort().flatMap((key) => {
    let group = byMinor.get(key);
    return group ? [group] : [];
  });
}
function minorOf3({ major, minor }) {
  return `${major}.${minor}`;
}

// src/rules/revisions/canary-skips-minors.ts
var FARTHEST = 2, canary_skips_minors_default = {
  id: "canary-skips-minors",
  name: "canary-skips-minors",
  level: "warning",
  inputs: ["controlPlanes"],
  summary: "A new revision is more than two minors ahead of the revision it is installed beside.",
  messages: {
    far: "Revision {revision} is {to}, {minors} minors ahead of the newest control plane so far ({from})."
  },
  advice: "Go two minors at a time by revision: both revisions share CRDs and root certificates while they run.",
  check({ before: before2, after, report }) {
    let newest2 = newestOf(before2);
    if (newest2)
      for (let added of revisionChange(before2, after).added) {
        let { version, revision, confidence } = added, minors = version ? minorDistance(newest2.version, version) : 0;
        if (!version || minors <= FARTHEST) continue;
        let data = { revision, minors, to: minorOf4(version), from: minorOf4(newest2.version) }, evidence2 = [{ says: `before: ${newest2.controlPlane.versionText}`, at: newest2.controlPlane.at }];
        report(controlPlaneSubject(added), [], "far", data, { confidence, evidence: evidence2 });
      }
  }
};
function newestOf({
  controlPlanes
}) {
  let newest2;
  for (let controlPlane of controlPlanes) {
    let { version } = controlPlane;
    if (!version) return;
    (!newest2 || minorDistance(newest2.version, version) > 0) && (newest2 = { controlPlane, version });
  }
  return newest2;
}
function minorOf4({ major, minor }) {
  return `${major}.${minor}`;
}

// src/rules/revisions/dangling-revision.ts
var REVISION5 = "istio.io/rev", dangling_revision_default = {
  id: "dangling-revision",
  name: "dangling-revision",
  level: "error",
  inputs: ["namespaces", "workloads", "injection", "controlPlanes", "tags"],
  summary: "A namespace, pod template or gateway asks for a revision or tag that no control plane provides.",
  messages: {
    namespace: "Namespace {namespace} asks for the revision {revision}, which no control plane and no tag provides.",
    workload: "{kind} {name} asks for the revision {revision}, which no control plane and no tag provides.",
    gateway: "The gateway {name} asks for the revision {revision}, which no control plane and no tag provides: its pods will not start."
  },
  advice: "Name one of {known}, or install the revision or tag before anything asks for it. Until then new pods start without a sidecar, silently.",
  check(context) {
    let { mesh } = context;
    if (mesh.controlPlanes.length === 0) {
      noteUnseen(context);
      return;
    }
    for (let { name, resource } of mesh.namespaces.values()) {
      if (resource === void 0) continue;
      let injection = mesh.namespaceInjection(name);
      reportDangling(context, resource, ["metadata", "labels", REVISION5], "namespace", injection, { namespace: name });
    }
    for (let workload of mesh.workloads) {
      if (!Object.hasOwn(workload.labels, REVISION5) || mesh.namespaceInjection(workload.namespace).dangling !== void 0) continue;
      let path = [...workload.metadataPath, "labels", REVISION5], message = isGateway(workload) ? "gateway" : "workload", data = { kind: workload.kind, name: workload.name };
      reportDangling(context, workload.resource, path, message, mesh.injectionOf(workload), data);
    }
  }
};
function isGateway(workload) {
  return workload.containers.some(({ name, image }) => name === "istio-proxy" && image === "auto");
}
function reportDangling(context, resource, path, message, injection, data) {
  let revision = injection.dangling;
  if (revision === void 0 || revision === "" || hasPlaceholder(revision)) return;
  let known = knownNames(context.mesh);
  if (known.some(hasPlaceholder)) {
    context.unchecked(
      "revisions that a label asks for",
      "a control plane here has a revision to be filled in",
      resource,
      path
    );
    return;
  }
  let evidence2 = providers(context.mesh);
  context.report(resource, path, message, { ...data, revision, known }, { evidence: evidence2 });
}
function knownNames(mesh) {
  return [
    .../* @__PURE__ */ new Set([...mesh.controlPlanes.map(({ revision }) => revision), ...mesh.tags.map(({ name }) => name)])
  ].sort();
}
function providers(mesh) {
  return [
    ...mesh.controlPlanes.map(({ revision, at: at2 }) => ({
      says: `a control plane provides the revision ${revision}`,
      at: at2
    })),
    ...mesh.tags.map(({ name, revision, at: at2 }) => ({ says: `the tag ${name} stands for ${revision}`, at: at2 }))
  ].slice(0, 5);
}
function noteUnseen({ mesh, unchecked: unchecked2 }) {
  for (let { labels: labels2, resource } of mesh.namespaces.values()) {
    if (resource === void 0 || (labels2[REVISION5] ?? "") === "") continue;
    unchecked2("revisions that a label asks for", "no control plane is described in this repository", resource, ["metadata", "labels", REVISION5]);
  }
}

// src/rules/revisions/default-revision-ambiguous.ts
var default_revision_ambiguous_default = {
  id: "default-revision-ambiguous",
  name: "default-revision-ambiguous",
  level: "error",
  inputs: ["controlPlanes", "components", "tags"],
  summary: "The default revision has two owners.",
  messages: {
    owners: "The default control plane is installed twice, by {installer} ({release}) and by {other} ({otherRelease}): both write the same istiod and webhooks.",
    tag: "Tag default points to revision {revision}, and an unnamed control plane answers to the same labels: two webhooks match."
  },
  advice: {
    owners: "Leave one of them in, and remove the other in a change of its own, once the first one runs.",
    tag: "Remove the unnamed control plane once nothing uses it, or let the tag point to default until then."
  },
  check({ mesh, report }) {
    let owners = mesh.controlPlanes.filter(({ revision }) => revision === "default"), [first, second] = competing(mesh, owners);
    if (first && second) {
      let data = { ...named(second), other: first.installer, otherRelease: first.release ?? "istiod" }, evidence3 = [{ says: `${first.installer} installs it here`, at: first.at }];
      report(controlPlaneSubject(second), [], "owners", data, { confidence: "likely", evidence: evidence3 });
    }
    let [unnamed] = owners, tag2 = mesh.tags.find(({ name }) => name === "default");
    if (!tag2 || !unnamed || tag2.revision === "default" || !isKnown(tag2.revision) || unnamed.installer === "manifests" && tag2.resource?.kind === WEBHOOKS) return;
    let evidence2 = [{ says: "the unnamed control plane", at: unnamed.at }];
    report(tagSubject(tag2), [], "tag", { revision: tag2.revision }, { level: "warning", evidence: evidence2 });
  }
}, WEBHOOKS = "MutatingWebhookConfiguration";
function named({ installer, release: release3 }) {
  return { installer, release: release3 ?? "istiod" };
}
function competing(mesh, owners) {
  let hasOperator = mesh.components.some(({ component: component4 }) => component4 === "operator"), reconciled = owners.filter(
    ({ installer }) => CONTINUOUS.has(installer) || installer === "istioctl" && hasOperator
  ), operated = reconciled.find(({ installer }) => installer === "sail" || installer === "istioctl"), other = operated && reconciled.find(
    ({ installer, namespace }) => installer !== operated.installer && namespace === operated.namespace
  );
  return operated && other ? [other, operated] : [];
}
var CONTINUOUS = /* @__PURE__ */ new Set(["sail", "flux", "argocd", "helm"]);

// src/rules/revisions/duplicate-tag.ts
var duplicate_tag_default = {
  id: "duplicate-tag",
  name: "duplicate-tag",
  level: "warning",
  inputs: ["tags"],
  summary: "A revision tag is defined twice, with different targets.",
  messages: {
    differs: "Tag {tag} points to revision {revision} here and to {other} elsewhere: whatever is applied last decides."
  },
  advice: "Give the tag one owner: one release or one manifest. Helm refuses a tag that another release owns, and removing it there first leaves a gap without sidecars.",
  check({ mesh, report }) {
    let first = /* @__PURE__ */ new Map();
    for (let tag2 of mesh.tags) {
      let other = first.get(tag2.name);
      if (first.set(tag2.name, other ?? tag2), !other || ![tag2.name, tag2.revision, other.revision].every(isKnown)) continue;
      let data = { tag: tag2.name, revision: tag2.revision, other: other.revision }, evidence2 = [{ says: `tag ${tag2.name} points to ${other.revision}`, at: other.at }];
      report(tagSubject(tag2), [], "differs", data, { evidence: evidence2 });
    }
  }
};

// src/rules/revisions/revision-removed-in-use.ts
var revision_removed_in_use_default = {
  id: "revision-removed-in-use",
  name: "revision-removed-in-use",
  level: "error",
  inputs: ["controlPlanes", "tags", "revisions", "namespaces", "workloads", "components"],
  summary: "This change removes a revision or tag that something still names.",
  messages: {
    revision: "This change removes revision {name}, which {by} still names.",
    tag: "This change removes tag {name}, which {by} still names."
  },
  advice: "Move what is listed to another revision and restart it, then remove {name} in a later change. New pods of these start without a sidecar, and running ones cannot renew their certificates.",
  check({ before: before2, after, report, unchecked: unchecked2 }) {
    let removed = removedNames(before2, after);
    for (let [name, { kind, at: at2 }] of [...removed].sort(([a], [b]) => a < b ? -1 : 1)) {
      let meaning = after.meaningOfRevision(name), uses = nameUses(after).filter((use) => use.name === name && !isToldElsewhere(use, meaning.is)), [first] = uses;
      if (!first || meaning.is === "elsewhere" && meaning.declared) continue;
      if (!after.controlPlanes.every(({ revision }) => isKnown(revision))) {
        unchecked2(
          `whether ${name} is still installed`,
          "a control plane here has a revision to be filled in"
        );
        continue;
      }
      let evidence2 = [
        { says: `before this change: ${kind} ${name}`, at: at2 },
        ...uses.slice(0, MANY3).map((use) => ({ says: `${use.by} names it`, at: use.at() }))
      ], subject = { ...first.subject, origin: { file: first.at().file, at: first.at } };
      report(subject, [], kind, { name, by: shown2(uses) }, { confidence: "likely", evidence: evidence2 });
    }
  }
}, MANY3 = 8;
function isToldElsewhere({ kind }, meaning) {
  return meaning === "nothing" && kind !== "gateway";
}
function shown2(uses) {
  return [...new Set(uses.map(({ by }) => by))].sort();
}
function removedNames(before2, after) {
  let removed = /* @__PURE__ */ new Map();
  if (after.controlPlanes.length === 0) return removed;
  for (let { revision, installer, at: at2 } of before2.controlPlanes)
    installer !== "istioctl" && isKnown(revision) && removed.set(revision, { kind: "revision", at: at2 });
  for (let { name, at: at2 } of before2.tags)
    isKnown(name) && removed.set(name, { kind: "tag", at: at2 });
  for (let { revision } of after.controlPlanes) removed.delete(revision);
  for (let { name } of after.tags) removed.delete(name);
  return removed.delete("default"), removed;
}

// src/rules/revisions/revision-renamed-in-place.ts
var revision_renamed_in_place_default = {
  id: "revision-renamed-in-place",
  name: "revision-renamed-in-place",
  level: "warning",
  inputs: ["controlPlanes", "namespaces", "workloads", "components", "tags"],
  summary: "One release changes its revision, which removes the old control plane in the same step.",
  messages: {
    renamed: "Release {release} becomes revision {to} instead of {from}: its upgrade deletes istiod, webhooks and configuration of {from} while proxies still use them."
  },
  advice: "Install {to} as a release of its own beside {from}, move the namespaces, restart them, and remove {from} last.",
  check({ before: before2, after, report }) {
    for (let [gone, successor] of renamedInPlace(revisionChange(before2, after))) {
      let data = { release: gone.release ?? "istiod", from: gone.revision, to: successor.revision }, used = nameUses(before2).filter(({ name }) => name === gone.revision), evidence2 = [
        { says: `before: revision ${gone.revision}`, at: gone.at },
        ...used.slice(0, 5).map(({ by }) => ({ says: `${by} used it` }))
      ];
      report(controlPlaneSubject(successor), [], "renamed", data, { evidence: evidence2 });
    }
  }
};

// src/rules/revisions/stage-skipped.ts
var stage_skipped_default = {
  id: "stage-skipped",
  name: "stage-skipped",
  level: "warning",
  inputs: ["controlPlanes", "tags", "namespaces", "workloads", "components"],
  summary: "One change installs a revision, moves what runs to it, and removes the old one.",
  messages: {
    all: "This change installs revision {to}, moves {moved} to it, and removes {from}: nothing has run on {to} yet, and there is no way back."
  },
  advice: "Make it three changes: install {to}; move and restart; remove {from} once no pod uses it. Until then the old one is the way back.",
  check({ before: before2, after, report }) {
    let change4 = revisionChange(before2, after), [gone] = change4.removed, [successor] = change4.added;
    if (!gone || !successor || gone.installer === "sail" || renamedInPlace(change4).length > 0) return;
    let moved = movedTo(change4.added, before2, after);
    if (moved.length === 0) return;
    let data = { to: successor.revision, from: gone.revision, moved: moved.map(({ by }) => by) }, evidence2 = [
      { says: `revision ${gone.revision}, at base`, at: gone.at },
      ...moved.slice(0, 5).map((use) => ({ says: `${use.by} now names ${use.name}`, at: use.at() }))
    ];
    report(controlPlaneSubject(successor), [], "all", data, { evidence: evidence2 });
  }
};

// src/rules/revisions/tag-moved-before-canary.ts
var tag_moved_before_canary_default = {
  id: "tag-moved-before-canary",
  name: "tag-moved-before-canary",
  level: "warning",
  inputs: ["controlPlanes", "tags", "namespaces", "workloads", "components"],
  summary: "A tag moves to a revision that the same change installs, before anything has tried it.",
  messages: {
    tag: "Tag {tag} moves to revision {revision}, which only this change installs: everything under the tag is its first user."
  },
  advice: "Install {revision} first, let one namespace use it by name, and move the tag in a later change.",
  check({ before: before2, after, report }) {
    let { added, removed } = revisionChange(before2, after);
    if (!(removed.length > 0))
      for (let { kind, name, subject } of movedTo(added, before2, after)) {
        if (kind !== "tag") continue;
        let evidence2 = added.filter(({ revision }) => revision === name).map(({ at: at2 }) => ({ says: `revision ${name} is new`, at: at2 }));
        report(subject, [], "tag", { tag: subject.name, revision: name }, { evidence: evidence2 });
      }
  }
};

// src/rules/revisions/tag-shadows-revision.ts
var tag_shadows_revision_default = {
  id: "tag-shadows-revision",
  name: "tag-shadows-revision",
  level: "warning",
  inputs: ["tags", "controlPlanes"],
  summary: "A revision tag has the name of a revision, so that two webhooks match the same label.",
  messages: {
    same: "Tag {tag} has the name of a revision: the label istio.io/rev={tag} matches the webhooks of both."
  },
  advice: "Give the tag a name that no revision has, such as prod or stable.",
  check({ mesh, report }) {
    for (let tag2 of mesh.tags) {
      if (tag2.name === "default" || !isKnown(tag2.name)) continue;
      let revision = mesh.controlPlanes.find((one) => one.revision === tag2.name);
      if (!revision) continue;
      let evidence2 = [{ says: `a control plane has the revision ${tag2.name}`, at: revision.at }];
      report(tagSubject(tag2), [], "same", { tag: tag2.name }, { evidence: evidence2 });
    }
  }
};

// src/rules/revisions/tag-without-revision.ts
var tag_without_revision_default = {
  id: "tag-without-revision",
  name: "tag-without-revision",
  level: "error",
  inputs: ["tags", "revisions", "controlPlanes"],
  summary: "A revision tag points to a revision that no control plane has.",
  messages: { missing: "Tag {tag} points to revision {revision}, which no control plane here has." },
  advice: "Point it to one of {known}, or install the revision first. Until then pods of what is labelled istio.io/rev={tag} cannot be created.",
  check({ mesh, report, unchecked: unchecked2 }) {
    for (let tag2 of mesh.tags) {
      let { name, revision } = tag2, meaning = mesh.meaningOfRevision(revision);
      if (meaning.is === "elsewhere" && !meaning.declared && unchecked2("revisions that a tag points to", meaning.because, tagSubject(tag2)), meaning.is !== "nothing") continue;
      let known = [...new Set(mesh.controlPlanes.map((one) => one.revision))].filter(isKnown).sort(), evidence2 = mesh.controlPlanes.map((one) => ({
        says: `a control plane has the revision ${one.revision}`,
        at: one.at
      }));
      report(
        tagSubject(tag2),
        [],
        "missing",
        { tag: name, revision, known },
        { evidence: evidence2.slice(0, 5) }
      );
    }
  }
};

// src/facts/former-fields.ts
var FORMER_FIELDS = /* @__PURE__ */ new Set([
  "appendHeaders",
  "appendRequestHeaders",
  "appendResponseHeaders",
  "removeRequestHeaders",
  "removeResponseHeaders",
  "websocketUpgrade",
  "configScope",
  "percent",
  "sourceSubnet",
  "localhostClientTls",
  "localhostServerTls",
  "localhost",
  "user",
  "groups",
  "subjects",
  "peers",
  "peerIsOptional",
  "origins",
  "originIsOptional",
  "principalBinding",
  "jwt",
  "triggerRules",
  "trigger_rules"
]), FORMER_ENVOY_FILTER_FIELDS = /* @__PURE__ */ new Set(["filters", "workloadLabels"]), ENVOY_FILTER_CHANGED_IN_MINOR = 6;

// src/facts/generated/istio-fields.ts
var ISTIO_FIELDS = {
  AuthorizationPolicy: { spec: { action: null, provider: { name: null }, rules: { from: { source: { ipBlocks: null, namespaces: null, notIpBlocks: null, notNamespaces: null, notPrincipals: null, notRemoteIpBlocks: null, notRequestPrincipals: null, notServiceAccounts: null, principals: null, remoteIpBlocks: null, requestPrincipals: null, serviceAccounts: null } }, to: { operation: { hosts: null, methods: null, notHosts: null, notMethods: null, notPaths: null, notPorts: null, paths: null, ports: null } }, when: { key: null, notValues: null, values: null } }, selector: { matchLabels: null }, targetRef: { group: null, kind: null, name: null, namespace: null }, targetRefs: { group: null, kind: null, name: null, namespace: null } } },
  DestinationRule: { spec: { exportTo: null, host: null, subsets: { labels: null, name: null, trafficPolicy: { connectionPool: { http: { h2UpgradePolicy: null, http1MaxPendingRequests: null, http2MaxRequests: null, idleTimeout: null, maxConcurrentStreams: null, maxRequestsPerConnection: null, maxRetries: null, useClientProtocol: null }, tcp: { connectTimeout: null, idleTimeout: null, maxConnectionDuration: null, maxConnections: null, tcpKeepalive: { interval: null, probes: null, time: null } } }, loadBalancer: { consistentHash: { httpCookie: { attributes: { name: null, value: null }, name: null, path: null, ttl: null }, httpHeaderName: null, httpQueryParameterName: null, maglev: { tableSize: null }, minimumRingSize: null, ringHash: { minimumRingSize: null }, useSourceIp: null }, localityLbSetting: { distribute: { from: null, to: null }, enabled: null, failover: { from: null, to: null }, failoverPriority: null }, simple: null, warmup: { aggression: null, duration: null, minimumPercent: null }, warmupDurationSecs: null }, outlierDetection: { baseEjectionTime: null, consecutive5xxErrors: null, consecutiveErrors: null, consecutiveGatewayErrors: null, consecutiveLocalOriginFailures: null, interval: null, maxEjectionPercent: null, minHealthPercent: null, splitExternalLocalOriginErrors: null }, portLevelSettings: { connectionPool: { http: { h2UpgradePolicy: null, http1MaxPendingRequests: null, http2MaxRequests: null, idleTimeout: null, maxConcurrentStreams: null, maxRequestsPerConnection: null, maxRetries: null, useClientProtocol: null }, tcp: { connectTimeout: null, idleTimeout: null, maxConnectionDuration: null, maxConnections: null, tcpKeepalive: { interval: null, probes: null, time: null } } }, loadBalancer: { consistentHash: { httpCookie: { attributes: { name: null, value: null }, name: null, path: null, ttl: null }, httpHeaderName: null, httpQueryParameterName: null, maglev: { tableSize: null }, minimumRingSize: null, ringHash: { minimumRingSize: null }, useSourceIp: null }, localityLbSetting: { distribute: { from: null, to: null }, enabled: null, failover: { from: null, to: null }, failoverPriority: null }, simple: null, warmup: { aggression: null, duration: null, minimumPercent: null }, warmupDurationSecs: null }, outlierDetection: { baseEjectionTime: null, consecutive5xxErrors: null, consecutiveErrors: null, consecutiveGatewayErrors: null, consecutiveLocalOriginFailures: null, interval: null, maxEjectionPercent: null, minHealthPercent: null, splitExternalLocalOriginErrors: null }, port: { number: null }, tls: { caCertificates: null, caCrl: null, clientCertificate: null, credentialName: null, insecureSkipVerify: null, mode: null, privateKey: null, sni: null, subjectAltNames: null } }, proxyProtocol: { version: null }, retryBudget: { minRetryConcurrency: null, percent: null }, tls: { caCertificates: null, caCrl: null, clientCertificate: null, credentialName: null, insecureSkipVerify: null, mode: null, privateKey: null, sni: null, subjectAltNames: null }, tunnel: { protocol: null, targetHost: null, targetPort: null } } }, trafficPolicy: { connectionPool: { http: { h2UpgradePolicy: null, http1MaxPendingRequests: null, http2MaxRequests: null, idleTimeout: null, maxConcurrentStreams: null, maxRequestsPerConnection: null, maxRetries: null, useClientProtocol: null }, tcp: { connectTimeout: null, idleTimeout: null, maxConnectionDuration: null, maxConnections: null, tcpKeepalive: { interval: null, probes: null, time: null } } }, loadBalancer: { consistentHash: { httpCookie: { attributes: { name: null, value: null }, name: null, path: null, ttl: null }, httpHeaderName: null, httpQueryParameterName: null, maglev: { tableSize: null }, minimumRingSize: null, ringHash: { minimumRingSize: null }, useSourceIp: null }, localityLbSetting: { distribute: { from: null, to: null }, enabled: null, failover: { from: null, to: null }, failoverPriority: null }, simple: null, warmup: { aggression: null, duration: null, minimumPercent: null }, warmupDurationSecs: null }, outlierDetection: { baseEjectionTime: null, consecutive5xxErrors: null, consecutiveErrors: null, consecutiveGatewayErrors: null, consecutiveLocalOriginFailures: null, interval: null, maxEjectionPercent: null, minHealthPercent: null, splitExternalLocalOriginErrors: null }, portLevelSettings: { connectionPool: { http: { h2UpgradePolicy: null, http1MaxPendingRequests: null, http2MaxRequests: null, idleTimeout: null, maxConcurrentStreams: null, maxRequestsPerConnection: null, maxRetries: null, useClientProtocol: null }, tcp: { connectTimeout: null, idleTimeout: null, maxConnectionDuration: null, maxConnections: null, tcpKeepalive: { interval: null, probes: null, time: null } } }, loadBalancer: { consistentHash: { httpCookie: { attributes: { name: null, value: null }, name: null, path: null, ttl: null }, httpHeaderName: null, httpQueryParameterName: null, maglev: { tableSize: null }, minimumRingSize: null, ringHash: { minimumRingSize: null }, useSourceIp: null }, localityLbSetting: { distribute: { from: null, to: null }, enabled: null, failover: { from: null, to: null }, failoverPriority: null }, simple: null, warmup: { aggression: null, duration: null, minimumPercent: null }, warmupDurationSecs: null }, outlierDetection: { baseEjectionTime: null, consecutive5xxErrors: null, consecutiveErrors: null, consecutiveGatewayErrors: null, consecutiveLocalOriginFailures: null, interval: null, maxEjectionPercent: null, minHealthPercent: null, splitExternalLocalOriginErrors: null }, port: { number: null }, tls: { caCertificates: null, caCrl: null, clientCertificate: null, credentialName: null, insecureSkipVerify: null, mode: null, privateKey: null, sni: null, subjectAltNames: null } }, proxyProtocol: { version: null }, retryBudget: { minRetryConcurrency: null, percent: null }, tls: { caCertificates: null, caCrl: null, clientCertificate: null, credentialName: null, insecureSkipVerify: null, mode: null, privateKey: null, sni: null, subjectAltNames: null }, tunnel: { protocol: null, targetHost: null, targetPort: null } }, workloadSelector: { matchLabels: null } } },
  EnvoyFilter: { spec: { configPatches: { applyTo: null, match: { cluster: { name: null, portNumber: null, service: null, subset: null }, context: null, listener: { filterChain: { applicationProtocols: null, destinationPort: null, filter: { name: null, subFilter: { name: null } }, name: null, sni: null, transportProtocol: null }, listenerFilter: null, name: null, portName: null, portNumber: null }, proxy: { metadata: null, proxyVersion: null }, routeConfiguration: { gateway: null, name: null, portName: null, portNumber: null, vhost: { domainName: null, name: null, route: { action: null, name: null } } }, waypoint: { filter: { name: null, subFilter: { name: null } }, portNumber: null, route: { name: null } } }, patch: { filterClass: null, operation: null, value: null } }, priority: null, targetRefs: { group: null, kind: null, name: null, namespace: null }, workloadSelector: { labels: null } } },
  Gateway: { spec: { selector: null, servers: { bind: null, defaultEndpoint: null, hosts: null, name: null, port: { name: null, number: null, protocol: null, targetPort: null }, tls: { caCertCredentialName: null, caCertificates: null, caCrl: null, cipherSuites: null, credentialName: null, credentialNames: null, httpsRedirect: null, maxProtocolVersion: null, minProtocolVersion: null, mode: null, privateKey: null, serverCertificate: null, subjectAltNames: null, tlsCertificates: { caCertificates: null, privateKey: null, serverCertificate: null }, verifyCertificateHash: null, verifyCertificateSpki: null } } } },
  PeerAuthentication: { spec: { mtls: { mode: null }, portLevelMtls: { "*": { mode: null } }, selector: { matchLabels: null } } },
  ProxyConfig: { spec: { concurrency: null, environmentVariables: null, image: { imageType: null }, selector: { matchLabels: null } } },
  RequestAuthentication: { spec: { jwtRules: { audiences: null, forwardOriginalToken: null, fromCookies: null, fromHeaders: { name: null, prefix: null }, fromParams: null, issuer: null, jwks: null, jwksUri: null, jwks_uri: null, outputClaimToHeaders: { claim: null, header: null }, outputPayloadToHeader: null, spaceDelimitedClaims: null, timeout: null }, selector: { matchLabels: null }, targetRef: { group: null, kind: null, name: null, namespace: null }, targetRefs: { group: null, kind: null, name: null, namespace: null } } },
  ServiceEntry: { spec: { addresses: null, endpoints: { address: null, labels: null, locality: null, network: null, ports: null, serviceAccount: null, weight: null }, exportTo: null, hosts: null, location: null, ports: { name: null, number: null, protocol: null, targetPort: null }, resolution: null, subjectAltNames: null, workloadSelector: { labels: null } } },
  Sidecar: { spec: { egress: { bind: null, captureMode: null, hosts: null, port: { name: null, number: null, protocol: null, targetPort: null } }, inboundConnectionPool: { http: { h2UpgradePolicy: null, http1MaxPendingRequests: null, http2MaxRequests: null, idleTimeout: null, maxConcurrentStreams: null, maxRequestsPerConnection: null, maxRetries: null, useClientProtocol: null }, tcp: { connectTimeout: null, idleTimeout: null, maxConnectionDuration: null, maxConnections: null, tcpKeepalive: { interval: null, probes: null, time: null } } }, ingress: { bind: null, captureMode: null, connectionPool: { http: { h2UpgradePolicy: null, http1MaxPendingRequests: null, http2MaxRequests: null, idleTimeout: null, maxConcurrentStreams: null, maxRequestsPerConnection: null, maxRetries: null, useClientProtocol: null }, tcp: { connectTimeout: null, idleTimeout: null, maxConnectionDuration: null, maxConnections: null, tcpKeepalive: { interval: null, probes: null, time: null } } }, defaultEndpoint: null, port: { name: null, number: null, protocol: null, targetPort: null }, tls: { caCertCredentialName: null, caCertificates: null, caCrl: null, cipherSuites: null, credentialName: null, credentialNames: null, httpsRedirect: null, maxProtocolVersion: null, minProtocolVersion: null, mode: null, privateKey: null, serverCertificate: null, subjectAltNames: null, tlsCertificates: { caCertificates: null, privateKey: null, serverCertificate: null }, verifyCertificateHash: null, verifyCertificateSpki: null } }, outboundTrafficPolicy: { egressProxy: { host: null, port: { number: null }, subset: null }, mode: null }, workloadSelector: { labels: null } } },
  Telemetry: { spec: { accessLogging: { disabled: null, filter: { expression: null }, match: { mode: null }, providers: { name: null } }, metrics: { overrides: { disabled: null, match: { customMetric: null, metric: null, mode: null }, tagOverrides: { "*": { operation: null, value: null } } }, providers: { name: null }, reportingInterval: null }, selector: { matchLabels: null }, targetRef: { group: null, kind: null, name: null, namespace: null }, targetRefs: { group: null, kind: null, name: null, namespace: null }, tracing: { customTags: { "*": { environment: { defaultValue: null, name: null }, formatter: { value: null }, header: { defaultValue: null, name: null }, literal: { value: null } } }, disableSpanReporting: null, enableIstioTags: null, match: { mode: null }, providers: { name: null }, randomSamplingPercentage: null, useRequestIdForTraceSampling: null } } },
  VirtualService: { spec: { exportTo: null, gateways: null, hosts: null, http: { corsPolicy: { allowCredentials: null, allowHeaders: null, allowMethods: null, allowOrigin: null, allowOrigins: { exact: null, prefix: null, regex: null }, exposeHeaders: null, maxAge: null, unmatchedPreflights: null }, delegate: { name: null, namespace: null }, directResponse: { body: { bytes: null, string: null }, status: null }, fault: { abort: { grpcStatus: null, http2Error: null, httpStatus: null, percentage: { value: null } }, delay: { exponentialDelay: null, fixedDelay: null, percent: null, percentage: { value: null } } }, headers: { request: { add: null, remove: null, set: null }, response: { add: null, remove: null, set: null } }, match: { authority: { exact: null, prefix: null, regex: null }, gateways: null, headers: { "*": { exact: null, prefix: null, regex: null } }, ignoreUriCase: null, method: { exact: null, prefix: null, regex: null }, name: null, port: null, queryParams: { "*": { exact: null, prefix: null, regex: null } }, scheme: { exact: null, prefix: null, regex: null }, sourceLabels: null, sourceNamespace: null, statPrefix: null, uri: { exact: null, prefix: null, regex: null }, withoutHeaders: { "*": { exact: null, prefix: null, regex: null } } }, mirror: { host: null, port: { number: null }, subset: null }, mirrorPercent: null, mirrorPercentage: { value: null }, mirror_percent: null, mirrors: { destination: { host: null, port: { number: null }, subset: null }, percentage: { value: null } }, name: null, redirect: { authority: null, derivePort: null, port: null, redirectCode: null, scheme: null, uri: null }, retries: { attempts: null, backoff: null, perTryTimeout: null, retryIgnorePreviousHosts: null, retryOn: null, retryRemoteLocalities: null }, rewrite: { authority: null, uri: null, uriRegexRewrite: { match: null, rewrite: null } }, route: { destination: { host: null, port: { number: null }, subset: null }, headers: { request: { add: null, remove: null, set: null }, response: { add: null, remove: null, set: null } }, weight: null }, timeout: null }, tcp: { match: { destinationSubnets: null, gateways: null, port: null, sourceLabels: null, sourceNamespace: null, sourceSubnet: null }, route: { destination: { host: null, port: { number: null }, subset: null }, weight: null } }, tls: { match: { destinationSubnets: null, gateways: null, port: null, sniHosts: null, sourceLabels: null, sourceNamespace: null }, route: { destination: { host: null, port: { number: null }, subset: null }, weight: null } } } },
  WasmPlugin: { spec: { failStrategy: null, imagePullPolicy: null, imagePullSecret: null, match: { mode: null, ports: { number: null } }, phase: null, pluginConfig: null, pluginName: null, priority: null, selector: { matchLabels: null }, sha256: null, targetRef: { group: null, kind: null, name: null, namespace: null }, targetRefs: { group: null, kind: null, name: null, namespace: null }, type: null, url: null, verificationKey: null, vmConfig: { env: { name: null, value: null, valueFrom: null } } } },
  WorkloadEntry: { spec: { address: null, labels: null, locality: null, network: null, ports: null, serviceAccount: null, weight: null } },
  WorkloadGroup: { spec: { metadata: { annotations: null, labels: null }, probe: { exec: { command: null }, failureThreshold: null, grpc: { port: null, service: null }, httpGet: { host: null, httpHeaders: { name: null, value: null }, path: null, port: null, scheme: null }, initialDelaySeconds: null, periodSeconds: null, successThreshold: null, tcpSocket: { host: null, port: null }, timeoutSeconds: null }, template: { address: null, labels: null, locality: null, network: null, ports: null, serviceAccount: null, weight: null } } }
};

// src/rules/fields/field-hints.ts
var ONE_SLIP_FROM = 4, TWO_SLIPS_FROM = 8, LONGEST2 = 60;
function camelCase(name) {
  return name.replace(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase());
}
function meantField(written2, tree) {
  if (written2.length > LONGEST2) return;
  let name = camelCase(written2), lower = name.toLowerCase(), fields2 = Object.keys(tree).sort(), alike = fields2.find((field4) => field4.toLowerCase() === lower || isPlural(field4, name));
  if (alike !== void 0) return alike;
  for (let most of [1, 2]) {
    if (name.length < (most === 1 ? ONE_SLIP_FROM : TWO_SLIPS_FROM)) return;
    let near = fields2.find(
      (field4) => field4.length >= ONE_SLIP_FROM && editDistance(name, field4, most) <= most
    );
    if (near !== void 0) return near;
  }
}
function isPlural(one, other) {
  return ["s", "es"].some((ending) => one === `${other}${ending}` || other === `${one}${ending}`);
}
function placesOf(written2, levels) {
  let name = camelCase(written2), here = levels.at(-1);
  if (here === void 0) return [];
  let inside = Object.keys(here.tree).sort().filter((field4) => Object.hasOwn(here.tree[field4] ?? {}, name)).map((field4) => joined2(here.place, field4, name));
  if (inside.length > 0) return inside;
  let outside = levels.slice(0, -1).findLast(({ tree }) => Object.hasOwn(tree, name));
  return outside ? [joined2(outside.place, name)] : [];
}
function joined2(...parts) {
  return parts.filter((part) => part !== "").join(".");
}

// src/rules/fields/unknown-fields.ts
var DESCRIBED_KINDS = Object.keys(ISTIO_FIELDS), SELECTORS = ["selector", "workloadSelector", "targetRefs", "targetRef"], MOST = 50, unknownFieldsOf = perResource((resource) => {
  let tree = ISTIO_FIELDS[resource.kind];
  if (!tree) return [];
  let found2 = [], { spec, ...others2 } = resource.body;
  for (let name of Object.keys(others2)) {
    let places = placesOf(name, [{ tree, place: "" }]);
    !ROOT.has(name) && places.length > 0 && found2.push({ path: [name], name, because: { sort: "misplaced", places }, selects: isSelector(name) });
  }
  let below = tree.spec;
  return below && visit(spec, [{ tree: below, place: "spec" }], ["spec"], resource.kind, found2), found2.slice(0, MOST);
}), ROOT = /* @__PURE__ */ new Set([
  "apiVersion",
  "kind",
  "metadata",
  "spec",
  "status",
  "name",
  "namespace",
  "labels",
  "annotations"
]);
function visit(value2, levels, path, kind, found2) {
  if (found2.length >= MOST) return;
  if (Array.isArray(value2)) {
    value2.forEach((item, index) => {
      visit(item, levels, [...path, index], kind, found2);
    });
    return;
  }
  let here = levels.at(-1);
  if (!(!isFields2(value2) || !here))
    for (let [name, child] of Object.entries(value2)) {
      let known = knownField(here.tree, name), at2 = [...path, name];
      if (known === void 0) {
        let because = child === null || isOpen(name) ? void 0 : clueTo(name, levels, kind);
        because && found2.push({ path: at2, name, because, selects: isChoice(value2, name, because, path) });
      } else {
        let below = here.tree[known];
        below && visit(child, [...levels, { tree: below, place: joined2(here.place, known) }], at2, kind, found2);
      }
    }
}
function knownField(tree, name) {
  return [name, camelCase(name), "*"].find((candidate) => Object.hasOwn(tree, candidate));
}
function isOpen(name) {
  return name.startsWith("$") || hasPlaceholder(name);
}
function clueTo(name, levels, kind) {
  let here = levels.at(-1), isSpec = levels.length === 1;
  if (!here) return;
  if (kind === "EnvoyFilter" && isSpec && FORMER_ENVOY_FILTER_FIELDS.has(name)) return { sort: "former" };
  if (FORMER_FIELDS.has(name)) return;
  let meant = meantField(name, here.tree) ?? (isSpec ? otherSelector(name, here.tree) : void 0);
  if (meant !== void 0) return { sort: "misspelt", meant };
  let places = placesOf(name, levels);
  return places.length > 0 ? { sort: "misplaced", places } : void 0;
}
function isSelector(name) {
  return SELECTORS.includes(camelCase(name));
}
function otherSelector(name, tree) {
  return isSelector(name) ? SELECTORS.find((selector) => Object.hasOwn(tree, selector)) : void 0;
}
function isChoice(owner, name, because, path) {
  if (because.sort === "former") return name === "workloadLabels";
  let meant = because.sort === "misspelt" ? because.meant : name;
  return path.length === 1 ? isSelector(meant) && !SELECTORS.some((other) => Object.hasOwn(owner, other)) : path.length === 2 && isSelector(String(path[1])) && ["matchLabels", "labels"].includes(meant) && !Object.hasOwn(owner, meant);
}

// src/rules/fields/unknown-field.ts
var unknown_field_default = {
  id: "unknown-field",
  name: "unknown-field",
  level: "warning",
  inputs: [...DESCRIBED_KINDS, "controlPlanes"],
  summary: "A resource of Istio has a misspelt or misplaced field, which Istio never reads.",
  messages: {
    misspelt: "{field} is no field of {owner} in this kind, so it is dropped. Probably {meant} is meant.",
    misplaced: "{field} is no field of {owner} in this kind, so it is dropped. There is {places}.",
    former: "{field} left the API in Istio 1.6, which no longer reads it."
  },
  advice: {
    misspelt: "Write {meant}.",
    misplaced: "Move it to {places}.",
    former: "Rewrite the EnvoyFilter with configPatches and workloadSelector."
  },
  check(context) {
    let minors = minorsOf(context.mesh);
    for (let kind of DESCRIBED_KINDS)
      for (let resource of context.mesh.resources(kind))
        for (let field4 of unknownFieldsOf(resource)) tell(context, resource, field4, minors);
  }
};
function minorsOf({ controlPlanes }) {
  return controlPlanes.flatMap(({ version }) => version?.major === 1 ? [version.minor] : []);
}
function tell({ report }, resource, found2, minors) {
  let { because, name, path, selects: selects2 } = found2, data = { field: name, owner: ownerOf(path) }, level = selects2 ? { level: "error" } : {}, options = (sure) => ({
    ...level,
    atKey: !0,
    confidence: sure ? "certain" : "likely"
  }), isNewer = minors.some((minor) => minor > 29);
  if (because.sort === "misspelt")
    report(resource, path, "misspelt", { ...data, meant: because.meant }, options(!isNewer));
  else if (because.sort === "misplaced") {
    if (isNewer) return;
    report(resource, path, "misplaced", { ...data, places: because.places }, options(minors.length > 0));
  } else minors.some((minor) => minor < ENVOY_FILTER_CHANGED_IN_MINOR) || report(resource, path, "former", data, options(minors.length > 0));
}
function ownerOf(path) {
  return path.slice(0, -1).filter((segment) => typeof segment == "string").join(".") || "the root";
}

// src/rules/files/unreadable-manifest.ts
var TOLD = /* @__PURE__ */ new Set(["syntax", "duplicate-key", "encoding", "limit"]), unreadable_manifest_default = {
  id: "unreadable-manifest",
  name: "unreadable-manifest",
  level: "warning",
  inputs: ["problems"],
  summary: "A file that is deployed holds a document that kubectl, kustomize or Flux cannot read.",
  messages: { fault: "{fault}" },
  advice: "Mend the text. Until then whoever applies this file refuses it, and nothing in the document is checked.",
  check({ mesh, report }) {
    for (let problem of mesh.problems)
      TOLD.has(problem.problem.kind) && report(asResource2(problem), [], "fault", { fault: problem.problem.message });
  }
};
function asResource2({ path, problem }) {
  let { line, column } = problem;
  return {
    apiVersion: "",
    group: "",
    kind: "File",
    namespace: "",
    name: path,
    labels: {},
    annotations: {},
    body: {},
    origin: { file: path, through: [], at: () => ({ file: path, line, column, endLine: line }) },
    digest: path
  };
}

// src/rules/registry.ts
var RULES = [
  ist0002_deprecated_default,
  ist0101_reference_not_found_default,
  ist0102_namespace_not_injected_default,
  ist0103_pod_without_proxy_default,
  ist0106_invalid_resource_default,
  ist0107_misplaced_annotation_default,
  ist0108_unknown_annotation_default,
  ist0109_conflicting_mesh_hosts_default,
  ist0110_conflicting_sidecars_default,
  ist0111_several_default_sidecars_default,
  ist0112_destination_port_required_default,
  ist0116_port_with_several_protocols_default,
  ist0118_port_name_default,
  ist0123_several_injection_labels_default,
  ist0125_invalid_annotation_default,
  ist0127_policy_without_workloads_default,
  ist0128_no_ca_certificates_default,
  ist0129_no_ca_certificates_for_port_default,
  ist0130_unreachable_route_default,
  ist0131_ineffective_match_default,
  ist0132_host_not_in_gateway_default,
  ist0133_doubtful_resource_default,
  ist0134_service_entry_addresses_default,
  ist0135_deprecated_annotation_default,
  ist0136_alpha_annotation_default,
  ist0137_target_port_with_several_ports_default,
  ist0138_duplicate_certificate_default,
  ist0139_webhook_overlap_default,
  ist0140_subset_without_effect_on_ingress_default,
  ist0143_localhost_listener_default,
  ist0144_proxy_user_id_default,
  ist0145_conflicting_gateways_default,
  ist0146_image_auto_not_injected_default,
  ist0147_image_auto_in_pod_default,
  ist0148_injected_by_default_default,
  ist0149_jwt_claim_routing_default,
  ist0150_external_name_port_name_default,
  ist0151_relative_envoy_patch_default,
  ist0152_replace_in_envoy_patch_default,
  ist0153_add_to_routes_in_envoy_patch_default,
  ist0154_remove_routes_in_envoy_patch_default,
  ist0155_relative_envoy_patch_by_version_default,
  ist0157_telemetry_without_provider_default,
  ist0158_proxy_image_default,
  ist0159_conflicting_telemetries_default,
  ist0160_several_default_telemetries_default,
  ist0161_invalid_gateway_credential_default,
  ist0162_gateway_port_not_on_service_default,
  ist0163_external_control_plane_address_default,
  ist0164_external_control_plane_ip_default,
  ist0165_generated_gateway_default,
  ist0166_selector_on_gateway_pods_default,
  ist0167_sidecar_in_ambient_default,
  ist0171_negative_condition_default,
  ist0173_subset_without_pods_default,
  ist0174_unknown_destination_rule_host_default,
  ist0175_jwks_unrestricted_default,
  ist0176_gateway_api_crd_version_default,
  ist0177_conflicting_entry_protocol_default,
  component_lags_behind_default,
  crosses_1_10_default,
  dangling_revision_default,
  default_revision_ambiguous_default,
  downgrade_default,
  duplicate_tag_default,
  end_of_life_default,
  floating_version_default,
  mesh_config_misplaced_default,
  sail_values_misplaced_default,
  skipped_minor_default,
  tag_shadows_revision_default,
  tag_without_revision_default,
  unknown_field_default,
  unreadable_manifest_default,
  version_skew_default,
  written_proxy_skew_default
], CHANGE_RULES = [
  canary_skips_minors_default,
  injection_turned_off_default,
  install_method_changes_default,
  mass_injection_default,
  revision_removed_in_use_default,
  revision_renamed_in_place_default,
  stage_skipped_default,
  tag_moved_before_canary_default
], RULE_HEADS = [...RULES, ...CHANGE_RULES], BY_ID = new Map(RULES.map((rule) => [rule.id, rule]));
var HEAD_BY_ID = new Map(RULE_HEADS.map((head) => [head.id, head]));
function ruleHeadById(id) {
  return HEAD_BY_ID.get(id);
}

// src/vocabulary.ts
var LEVELS = ["error", "warning", "info"];

// src/rules/fingerprint.ts
import { createHash as createHash2 } from "node:crypto";
function fingerprintOf(rule, resource, message, data) {
  let values = Object.keys(data).sort().map((name) => [name, data[name]]), identity4 = [rule, resource.kind, resource.namespace, resource.name, message, values];
  return createHash2("sha256").update(JSON.stringify(identity4)).digest("hex").slice(0, 32);
}

// src/rules/message-text.ts
var HIDDEN2 = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu;
function showValue(value2) {
  let clean = (value2.length > 640 ? value2.slice(0, 640) : value2).replace(HIDDEN2, " ").trim(), characters = Array.from(clean);
  return characters.length <= 160 ? clean : `${characters.slice(0, 159).join("")}…`;
}
function showDatum(datum) {
  if (datum === void 0) return "";
  if (typeof datum == "number") return String(datum);
  if (typeof datum == "string") return showValue(datum);
  let shown5 = datum.slice(0, 8).map(showValue).join(", ");
  return datum.length > 8 ? `${shown5} and ${datum.length - 8} more` : shown5;
}
function messageText(template2, data) {
  return template2.replace(
    /\{([a-zA-Z]+)\}/g,
    (_, name) => Object.hasOwn(data, name) ? showDatum(data[name]) : ""
  );
}

// src/rules/suppress.ts
var ISTIO_ANNOTATION = "galley.istio.io/analyze-suppress";
function friendlyName({ kind, namespace, name }) {
  return namespace === "" ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
}
function globMatches2(glob, text2) {
  if (glob === "") return !1;
  let [first = "", ...rest] = glob.split("*");
  if (!text2.startsWith(first)) return !1;
  let last = rest.pop();
  if (last === void 0) return text2 === glob;
  let position = first.length;
  for (let part of rest) {
    let found2 = text2.indexOf(part, position);
    if (found2 < 0) return !1;
    position = found2 + part.length;
  }
  return text2.length - last.length >= position && text2.endsWith(last);
}
function annotationSuppresses(rule, resource) {
  let codes = resource.annotations[ISTIO_ANNOTATION];
  return codes === void 0 ? !1 : codes.split(",").some((code) => code.trim() === "*" || code.trim() === rule);
}
function inForce(suppression, today) {
  return suppression.until === void 0 || today <= suppression.until;
}
function isSuppressed(rule, resource, settings) {
  if (annotationSuppresses(rule, resource)) return !0;
  let name = friendlyName(resource);
  return settings.suppressions.some(
    (entry2) => (entry2.rule === rule || entry2.rule === "*") && inForce(entry2, settings.today) && globMatches2(entry2.resource, name)
  );
}

// src/rules/unchecked-tally.ts
function byText2(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}
function byPlace(a, b) {
  return byText2(a.file, b.file) || a.line - b.line || a.column - b.column;
}
var UncheckedTally = class {
  #entries = /* @__PURE__ */ new Map();
  add(what, why, at2) {
    let key = JSON.stringify([what, why]), entry2 = this.#entries.get(key) ?? { what, why, count: 0, places: /* @__PURE__ */ new Map() };
    this.#entries.set(key, entry2);
    let place = at2 && `${at2.file}:${at2.line}:${at2.column}`;
    place !== void 0 && entry2.places.has(place) || (entry2.count += 1, at2 && place !== void 0 && entry2.places.set(place, at2));
  }
  /** Sorted by what, then why. */
  list() {
    return withFewReasons([...this.#entries.values()]).map(({ what, why, count: count2, places }) => ({
      what,
      why,
      count: count2,
      examples: [...places.values()].sort(byPlace).slice(0, 3)
    })).sort((a, b) => byText2(a.what, b.what) || byText2(a.why, b.why));
  }
};
function withFewReasons(entries) {
  let byWhat = /* @__PURE__ */ new Map();
  for (let entry2 of entries) {
    let same = byWhat.get(entry2.what);
    same ? same.push(entry2) : byWhat.set(entry2.what, [entry2]);
  }
  return [...byWhat.values()].flatMap((same) => {
    if (same.length <= 4) return same;
    let sorted4 = same.toSorted((a, b) => b.count - a.count || byText2(a.why, b.why)), rest = sorted4.slice(3);
    return [...sorted4.slice(0, 3), merged3(rest)];
  });
}
function merged3(entries) {
  let [first] = entries;
  return {
    what: first?.what ?? "",
    why: `${first?.why ?? ""}; and ${entries.length - 1} reasons like it`,
    count: entries.reduce((sum, { count: count2 }) => sum + count2, 0),
    places: new Map(entries.flatMap(({ places }) => [...places]))
  };
}

// src/rules/run.ts
function runRules(mesh, rules, settings, options = {}) {
  let { today } = settings;
  return runEach(rules, settings, options, (rule, reporting) => rule.check({ mesh, today, ...reporting }));
}
function runChangeRules(before2, after, rules, settings, options = {}) {
  let { findings, unchecked: unchecked2 } = runEach(
    rules,
    settings,
    options,
    (rule, reporting) => rule.check({ before: before2, after, ...reporting })
  );
  return { findings: findings.map((finding) => ({ ...finding, status: "introduced" })), unchecked: unchecked2 };
}
function runEach(rules, settings, options, check2) {
  let findings = /* @__PURE__ */ new Map(), tally = new UncheckedTally();
  for (let rule of rules)
    if (isWanted(rule, settings))
      try {
        check2(rule, reportingFor(rule, settings, findings, tally));
      } catch (error) {
        if (options.strict) throw error;
        tally.add(`rule ${rule.id}`, `it failed: ${showValue(String(error))}`);
      }
  return { findings: [...findings.values()].sort(byImportance), unchecked: tally.list() };
}
function isWanted(rule, settings) {
  return settings.rules !== void 0 && !settings.rules.includes(rule.id) ? !1 : levelPolicy(rule, settings) !== "off";
}
function levelPolicy(rule, settings) {
  return Object.hasOwn(settings.levels, rule.id) ? settings.levels[rule.id] : void 0;
}
function reportingFor(rule, settings, findings, tally) {
  return {
    report(subject, path, message, data = {}, options = {}) {
      if (subject.origin.file === "" || isSuppressed(rule.id, subject, settings)) return;
      let { kind, namespace, name } = subject, finding = {
        rule: rule.id,
        level: levelOf2(rule, settings, options),
        confidence: options.confidence ?? "certain",
        resource: { kind, namespace, name },
        at: subject.origin.at(path, options.atKey ? "key" : "value"),
        message: messageText(rule.messages[message] ?? "", data),
        evidence: options.evidence ?? [],
        advice: adviceOf(rule, message, data),
        ...options.fix && { fix: options.fix },
        fingerprint: fingerprintOf(rule.id, subject, message, data)
      }, { file, line, column } = finding.at, identity4 = JSON.stringify([finding.fingerprint, file, line, column]);
      findings.has(identity4) || findings.set(identity4, finding);
    },
    unchecked(what, why, subject, path = []) {
      tally.add(what, why, subject?.origin.at(path));
    }
  };
}
function levelOf2(rule, settings, options) {
  let policy = levelPolicy(rule, settings);
  return policy !== void 0 && policy !== "off" ? policy : options.level ?? rule.level;
}
function adviceOf(rule, message, data) {
  let advice = typeof rule.advice == "string" ? rule.advice : rule.advice[message] ?? "";
  return messageText(advice, data);
}
function byImportance(a, b) {
  return LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) || byPlace(a.at, b.at) || byText2(a.rule, b.rule) || byText2(a.message, b.message) || byText2(a.fingerprint, b.fingerprint);
}

// src/compare/assumed-values.ts
function underAssumptions(findings, { assumed }) {
  return findings.map((finding) => {
    if (!assumed?.has(finding.at.file)) return finding;
    let level = finding.level === "error" ? "warning" : finding.level, evidence2 = [...finding.evidence, { says: "the chart, with its own default values" }];
    return { ...finding, level, confidence: "likely", evidence: evidence2 };
  });
}

// src/compare/changed-files.ts
function changedFiles(base, head) {
  let before2 = blobs(base?.list() ?? []), after = blobs(head.list()), changed = /* @__PURE__ */ new Set();
  for (let [path, blob] of after) before2.get(path) !== blob && changed.add(path);
  for (let path of before2.keys()) after.has(path) || changed.add(path);
  let manifests = [...changed].filter((path) => isManifestPath(path)).sort();
  return { total: changed.size, paths: changed, manifests };
}
function blobs(entries) {
  return new Map(entries.map(({ path, blob }) => [path, blob]));
}

// src/compare/findings.ts
function compareFindings(base, head) {
  let before2 = countByFingerprint(base), after = countByFingerprint(head), now = head.map((finding) => withStatus(finding, take(before2, finding) ? "existing" : "introduced")), gone = base.filter((finding) => !take(after, finding) && !now.some((one) => isWorse(one, finding)));
  return [...now, ...gone.map(asFixed)].sort(byImportance2);
}
function isWorse(now, before2) {
  let { kind, namespace, name } = before2.resource;
  return now.status === "introduced" && now.rule === before2.rule && now.resource.name === name && now.resource.namespace === namespace && now.resource.kind === kind && LEVELS.indexOf(now.level) < LEVELS.indexOf(before2.level);
}
function byImportance2(a, b) {
  return LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) || compareText(a.at.file, b.at.file) || a.at.line - b.at.line || compareText(a.rule, b.rule) || a.at.column - b.at.column || compareText(a.message, b.message) || compareText(a.fingerprint, b.fingerprint);
}
function countByFingerprint(findings) {
  let counts2 = /* @__PURE__ */ new Map();
  for (let { fingerprint } of findings) counts2.set(fingerprint, (counts2.get(fingerprint) ?? 0) + 1);
  return counts2;
}
function take(counts2, { fingerprint }) {
  let left = counts2.get(fingerprint) ?? 0;
  return counts2.set(fingerprint, left - 1), left > 0;
}
function withStatus(finding, status) {
  return { ...finding, status };
}
function asFixed(finding) {
  return { ...withStatus(finding, "fixed"), evidence: [] };
}
function compareText(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

// src/compare/changes/blast-radius.ts
var NOTHING_TOUCHED = { namespaces: [], workloads: [], services: [] };
function workloadLabel2({ kind, namespace, name }) {
  return `${kind} ${namespace === "" ? "" : `${namespace}/`}${name}`;
}
function blastRadius(mesh, workloads, namespaces = []) {
  let touched = workloads.map(({ namespace }) => namespace).filter((namespace) => namespace !== "");
  return {
    namespaces: sorted2([...namespaces, ...touched]),
    workloads: sorted2(workloads.map(workloadLabel2)),
    services: sorted2(
      workloads.flatMap(
        (workload) => servicesOf2(mesh, workload).map(({ namespace, name }) => `${namespace}/${name}`)
      )
    )
  };
}
var SERVICES2 = /* @__PURE__ */ new WeakMap();
function servicesOf2(mesh, { namespace, labels: labels2 }) {
  let index = SERVICES2.get(mesh);
  return index || SERVICES2.set(mesh, index = selectingServices(mesh)), (index.get(namespace) ?? []).filter(({ selector }) => matchesLabels(selector, labels2) === "yes");
}
function selectingServices(mesh) {
  let index = /* @__PURE__ */ new Map();
  for (let service of mesh.services) {
    if (Object.keys(service.selector).length === 0) continue;
    let same = index.get(service.namespace);
    same ? same.push(service) : index.set(service.namespace, [service]);
  }
  return index;
}
function sorted2(texts2) {
  return [...new Set(texts2)].sort();
}

// src/compare/changes/injection-shifts.ts
function namespaceShifts(base, head) {
  return sharedNamespaces2(base, head).flatMap(([from, to]) => {
    let cause = sameLabels(from, to) ? "names" : "namespace", before2 = base.namespaceInjection(from.name), after = head.namespaceInjection(to.name), kind = kindOf(before2, after, cause !== "names");
    return kind ? [{ kind, cause, namespace: to.name, before: before2, after, workload: void 0 }] : [];
  });
}
function workloadShifts(base, head) {
  let before2 = new Map(base.workloads.map((workload) => [workloadLabel2(workload), workload])), seen = /* @__PURE__ */ new Set();
  return head.workloads.flatMap((workload) => {
    let label = workloadLabel2(workload), earlier = before2.get(label);
    return !earlier || seen.has(label) ? [] : (seen.add(label), shiftOf(base, head, earlier, workload));
  });
}
function shiftOf(base, head, earlier, workload) {
  let before2 = base.injectionOf(earlier), after = head.injectionOf(workload);
  if (before2.injected === after.injected && before2.revision === after.revision) return [];
  let cause = causeOf(base, head, earlier, workload), kind = kindOf(before2, after, !1);
  return kind ? [{ kind, cause, namespace: workload.namespace, before: before2, after, workload }] : [];
}
function kindOf(before2, after, labelChanged) {
  if (before2.injected === "unknown" || after.injected === "unknown")
    return labelChanged ? "unclear" : void 0;
  if (before2.injected !== after.injected) return after.injected === "yes" ? "gains" : "loses";
  if (!(after.injected === "no" || before2.revision === after.revision))
    return isKnown(before2.revision) && isKnown(after.revision) ? "moves" : void 0;
}
function causeOf(base, head, earlier, workload) {
  let from = base.namespaces.get(earlier.namespace), to = head.namespaces.get(workload.namespace);
  return from && to && !sameLabels(from, to) ? "namespace" : sameWishes(earlier, workload) ? "names" : "workload";
}
function sameWishes(earlier, workload) {
  let wishes = ({ labels: labels2, annotations, hostNetwork }) => JSON.stringify([
    labels2["istio.io/rev"],
    labels2["sidecar.istio.io/inject"],
    annotations["sidecar.istio.io/inject"],
    hostNetwork
  ]);
  return wishes(earlier) === wishes(workload);
}
function sharedNamespaces2(base, head) {
  return [...head.namespaces.values()].flatMap((to) => {
    let from = base.namespaces.get(to.name);
    return from?.resource && to.resource ? [[from, to]] : [];
  });
}
function sameLabels(from, to) {
  return labelOf2(from) === labelOf2(to);
}
function labelOf2({ labels: labels2 }) {
  let label = decidingLabel(labels2, {});
  return label ? `${label.key}=${label.value}` : "";
}

// src/compare/changes/ambient-changes.ts
function ambientChanges(base, head) {
  return sharedNamespaces2(base, head).flatMap(([from, to]) => {
    let before2 = ambientOf(from), after = ambientOf(to);
    return before2.ambient === "unknown" || after.ambient === "unknown" ? [] : before2.ambient === after.ambient ? [] : (after.ambient === "yes" ? head : base).namespaceInjection(to.name).injected === "yes" ? [] : [change(base, head, to, before2, after)];
  });
}
function change(base, head, { name, resource }, before2, after) {
  let enters = after.ambient === "yes", at2 = after.at ?? resource?.origin.at(["metadata", "labels"]);
  return {
    kind: enters ? "namespace-becomes-ambient" : "namespace-leaves-ambient",
    subject: name,
    message: enters ? `Namespace ${name} joins the ambient mesh, its running pods at once: ${after.because}.` : `Namespace ${name} leaves the ambient mesh, its running pods at once: ${after.because}.`,
    ...at2 ? { at: at2 } : {},
    evidence: [{ says: `before: ${before2.because}`, ...before2.at && { at: before2.at } }],
    blastRadius: blastRadius(head, followers(base, head, name), [name])
  };
}
function followers(base, head, name) {
  let earlier = new Map(base.workloads.map((workload) => [workloadLabel2(workload), workload])), [from, to] = [base.namespaces.get(name), head.namespaces.get(name)];
  return !from || !to ? [] : head.workloads.filter((workload) => {
    if (workload.namespace !== name) return !1;
    let was = earlier.get(workloadLabel2(workload)), now = ambientOf(to, workload, head.injectionOf(workload)).ambient;
    return !was || ambientOf(from, was, base.injectionOf(was)).ambient !== now;
  });
}

// src/compare/changes/pairs.ts
function pairUp(base, head, identity4, file) {
  let both2 = [], removed = [...base], added = [...head];
  for (let key of [(one) => `${identity4(one)} ${file(one)}`, identity4]) {
    let waiting = /* @__PURE__ */ new Map();
    for (let one of removed) waiting.set(key(one), [...waiting.get(key(one)) ?? [], one]);
    let left = [], paired = /* @__PURE__ */ new Set();
    for (let one of added) {
      let match = waiting.get(key(one))?.shift();
      match === void 0 ? left.push(one) : (both2.push([match, one]), paired.add(match));
    }
    removed = removed.filter((one) => !paired.has(one)), added = left;
  }
  return { both: both2, removed, added };
}

// src/compare/changes/component-changes.ts
function componentChanges(base, head) {
  let { both: both2, removed, added } = renamed2(
    pairUp(
      notIstiod(base),
      notIstiod(head),
      ({ component: component4, name, namespace }) => `${component4} ${namespace}/${name}`,
      ({ at: at2 }) => at2.file
    )
  );
  return [
    ...both2.flatMap(([before2, after]) => [
      ...versionChange(before2, after),
      ...gatewayMove(head, before2, after)
    ]),
    ...removed.map((one) => presence(one, "removed")),
    ...added.map((one) => presence(one, "added"))
  ];
}
function notIstiod(mesh) {
  return mesh.components.filter(({ component: component4 }) => component4 !== "istiod");
}
function renamed2({ both: both2, removed, added }) {
  let pairs = removed.flatMap((gone) => {
    let isSame2 = ({ component: component4 }) => component4 === gone.component, [only, ...others2] = added.filter(isSame2);
    return only && others2.length === 0 && removed.filter(isSame2).length === 1 ? [[gone, only]] : [];
  });
  return {
    both: [...both2, ...pairs],
    removed: removed.filter((one) => !pairs.some(([gone]) => gone === one)),
    added: added.filter((one) => !pairs.some(([, come]) => come === one))
  };
}
function versionChange(before2, after) {
  if (before2.versionText === after.versionText) return [];
  let from = before2.versionText || "a version not written here", to = after.versionText || "a version not written here";
  return [
    {
      kind: "component-version-changed",
      subject: subjectOf(after),
      from,
      to,
      message: `The ${titleOf3(after)} goes from ${from} to ${to}.`,
      at: after.at,
      evidence: [{ says: `before: ${from}`, at: before2.at }],
      blastRadius: NOTHING_TOUCHED
    }
  ];
}
function presence(component4, what) {
  let version = component4.versionText, shown5 = version === "" ? "" : ` (${version})`;
  return {
    kind: "component-version-changed",
    subject: subjectOf(component4),
    ...version === "" ? {} : { [what === "added" ? "to" : "from"]: version },
    message: `The ${titleOf3(component4)}${shown5} is ${what === "added" ? "new" : "removed"}.`,
    at: component4.at,
    evidence: [],
    blastRadius: NOTHING_TOUCHED
  };
}
function gatewayMove(head, before2, after) {
  let from = before2.revision ?? "default", to = after.revision ?? "default";
  if (after.component !== "gateway" || from === to) return [];
  let labels2 = head.namespaces.get(after.namespace)?.labels ?? {};
  return decidingLabel(labels2, {}) ? [] : [
    {
      kind: "gateway-moves-revision",
      subject: subjectOf(after),
      from,
      to,
      message: `The ${titleOf3(after)} moves from revision ${from} to ${to} at once, since its own pod template changes.`,
      at: after.at,
      evidence: [],
      blastRadius: { ...NOTHING_TOUCHED, namespaces: after.namespace === "" ? [] : [after.namespace] }
    }
  ];
}
function subjectOf({ component: component4, name }) {
  return name === "" || name === component4 ? component4 : `${component4} ${name}`;
}
var TITLES2 = {
  base: "base chart (CRDs)",
  istiod: "control plane",
  cni: "CNI plugin",
  ztunnel: "ztunnel",
  gateway: "gateway",
  operator: "operator"
};
function titleOf3({ component: component4, name }) {
  let title = TITLES2[component4];
  return component4 === "gateway" && name !== "" ? `${title} ${name}` : title;
}

// src/compare/changes/names.ts
function followersOf(mesh, name) {
  let namespaces = [...mesh.namespaces.values()].filter(
    ({ labels: labels2, resource }) => resource !== void 0 && decidingLabel(labels2, {})?.asksFor === name
  ), workloads = mesh.workloads.filter((workload) => {
    let labels2 = mesh.namespaces.get(workload.namespace)?.labels ?? {};
    return decidingLabel(labels2, workload.labels)?.asksFor !== name ? !1 : workload.labels["sidecar.istio.io/inject"] !== "false" && !workload.hostNetwork;
  });
  return { namespaces: namespaces.map((namespace) => namespace.name), workloads };
}
function injectedBy(mesh, revision) {
  let isHis = ({ injected, revision: by }) => injected === "yes" && by === revision;
  return {
    namespaces: [...mesh.namespaces.values()].filter(({ resource, name }) => resource !== void 0 && isHis(mesh.namespaceInjection(name))).map(({ name }) => name),
    workloads: mesh.workloads.filter((workload) => isHis(mesh.injectionOf(workload)))
  };
}
function defaultRevision(mesh) {
  let tag2 = mesh.tags.findLast(({ name }) => name === "default");
  return tag2 ? tag2.revision : mesh.controlPlanes.some(({ revision }) => revision === "default") ? "default" : void 0;
}

// src/compare/changes/control-plane-changes.ts
function controlPlaneChanges(base, head) {
  let { both: both2, added, removed } = pairUp(
    base.controlPlanes,
    head.controlPlanes,
    ({ revision, namespace }) => `${revision} ${namespace}`,
    ({ at: at2 }) => at2.file
  );
  return [
    ...distinct3(removed.filter((one) => !stillThere(one, head))).map(
      (one) => removal(base, head, one, added)
    ),
    ...distinct3(added.filter((one) => !stillThere(one, base))).map((one) => addition(head, one)),
    ...both2.flatMap(([before2, after]) => upgrade(head, before2, after) ?? [])
  ];
}
function distinct3(controlPlanes) {
  let first = /* @__PURE__ */ new Map();
  for (let one of controlPlanes) {
    let key = `${one.revision} ${one.namespace}`;
    first.has(key) || first.set(key, one);
  }
  return [...first.values()];
}
function stillThere({ revision, namespace }, mesh) {
  return mesh.controlPlanes.some((one) => one.revision === revision && one.namespace === namespace);
}
function removal(base, head, gone, added) {
  let { namespaces, workloads } = injectedBy(base, gone.revision), successor = added.find(
    ({ release: release3, namespace }) => release3 === gone.release && namespace === gone.namespace
  );
  return {
    kind: "revision-removed",
    subject: gone.revision,
    ...fromVersion(gone),
    message: `Control plane ${nameOf(gone)} is removed: proxies it serves keep their last configuration and cannot renew their certificates.`,
    at: gone.at,
    evidence: [...successor ? [replacedBy(successor)] : [], ...stillAskingFor(head, gone.revision)],
    blastRadius: blastRadius(base, workloads, namespaces)
  };
}
function replacedBy({ release: release3 = "", revision, at: at2 }) {
  return { says: `release ${release3} installs ${revision} instead, so both change at once`, at: at2 };
}
function stillAskingFor(head, revision) {
  let tags = head.tags.filter((tag2) => tag2.revision === revision).map(({ name, at: at2 }) => ({ says: `tag ${name} still points to it`, at: at2 })), { namespaces } = followersOf(head, revision), labelled2 = namespaces.map((name) => ({ says: `namespace ${name} still asks for it` }));
  return [...tags, ...labelled2.slice(0, MANY4)];
}
var MANY4 = 5;
function addition(head, added) {
  let { namespaces, workloads } = injectedBy(head, added.revision);
  return {
    kind: "revision-added",
    subject: added.revision,
    ...toVersion(added),
    message: `Control plane ${nameOf(added)} is new.`,
    at: added.at,
    evidence: [],
    blastRadius: blastRadius(head, workloads, namespaces)
  };
}
function upgrade(head, before2, after) {
  if (before2.versionText === after.versionText || before2.versionText === "" || after.versionText === "") return;
  let known = before2.version !== void 0 && after.version !== void 0, step2 = known ? direction(before2.version, after.version) : 0, { namespaces, workloads } = injectedBy(head, after.revision);
  return {
    kind: "revision-upgraded-in-place",
    subject: after.revision,
    ...fromVersion(before2),
    ...toVersion(after),
    message: `Control plane ${after.revision} ${verb(step2)} from ${versionOf3(before2)} to ${versionOf3(after)} in place: it serves all its proxies at once, and pods get the new proxy when they are next created.`,
    at: after.at,
    evidence: [
      { says: `before: ${versionOf3(before2)}`, at: before2.at },
      ...known ? skipped(minorDistance(before2.version, after.version)) : []
    ],
    blastRadius: blastRadius(head, workloads, namespaces)
  };
}
function skipped(minors) {
  return minors <= 1 ? [] : [{ says: `${minors} minors in one step; Istio supports one at a time in place` }];
}
function direction(before2, after) {
  let minors = minorDistance(before2, after), open = before2.patch === void 0 || after.patch === void 0;
  return minors === 0 && open ? 0 : compareVersions(after, before2);
}
function verb(step2) {
  return step2 < 0 ? "is downgraded" : step2 > 0 ? "is upgraded" : "changes";
}
function nameOf(controlPlane) {
  let version = versionOf3(controlPlane);
  return version === "a version not written here" ? controlPlane.revision : `${controlPlane.revision} (${version})`;
}
function versionOf3({ version, versionText }) {
  return versionText !== "" ? versionText : version ? formatVersion(version) : "a version not written here";
}
function fromVersion(controlPlane) {
  return controlPlane.versionText === "" ? {} : { from: controlPlane.versionText };
}
function toVersion(controlPlane) {
  return controlPlane.versionText === "" ? {} : { to: controlPlane.versionText };
}

// src/mesh/discovery.ts
var NAME_LABEL2 = "kubernetes.io/metadata.name";
function isDiscovered(meshConfig, namespace) {
  let selectors = listAt(meshConfig, "discoverySelectors");
  if (selectors.length === 0) return "yes";
  let answers = selectors.map((selector) => namespace.labelsKnown === "yes" || looksAtNameOnly(selector) ? matchesLabelSelector(selector, namespace.labels) : "unknown");
  return answers.includes("yes") ? "yes" : answers.includes("unknown") ? "unknown" : "no";
}
function looksAtNameOnly(selector) {
  return [
    ...Object.keys(fieldAt(selector, "matchLabels") ?? {}),
    ...listAt(selector, "matchExpressions").map((expression) => fieldAt(expression, "key"))
  ].every((key) => key === NAME_LABEL2);
}

// src/compare/changes/discovery-changes.ts
function discoveryChanges(base, head) {
  return sharedRevisions(base, head).flatMap(
    (revision) => [...head.namespaces.values()].flatMap((to) => {
      let from = base.namespaces.get(to.name);
      if (!from) return [];
      let before2 = isDiscovered(base.meshConfig(revision), from), after = isDiscovered(head.meshConfig(revision), to);
      return before2 === after || before2 === "unknown" || after === "unknown" ? [] : [change2(head, revision, from, to, after === "yes")];
    })
  );
}
function sharedRevisions(base, head) {
  let before2 = new Set(base.controlPlanes.map(({ revision }) => revision)), shared = head.controlPlanes.map(({ revision }) => revision).filter((name) => before2.has(name));
  return [...new Set(shared)].sort();
}
function change2(head, revision, from, to, enters) {
  let relabelled = JSON.stringify(sorted3(from.labels)) !== JSON.stringify(sorted3(to.labels)), controlPlane = head.controlPlanes.findLast((one) => one.revision === revision), at2 = relabelled ? to.resource?.origin.at(["metadata", "labels"]) : controlPlane?.meshConfigAt?.(["discoverySelectors"]) ?? controlPlane?.at, cause = relabelled ? "its labels changed" : "meshConfig.discoverySelectors changed", inside = head.workloads.filter(({ namespace }) => namespace === to.name);
  return {
    kind: enters ? "namespace-enters-discovery" : "namespace-leaves-discovery",
    subject: to.name,
    message: enters ? `Revision ${revision} begins to watch namespace ${to.name}, at once for all its proxies: ${cause}.` : `Revision ${revision} stops watching namespace ${to.name}, at once for all its proxies: ${cause}.`,
    ...at2 ? { at: at2 } : {},
    evidence: [],
    blastRadius: blastRadius(head, inside, [to.name])
  };
}
function sorted3(labels2) {
  return Object.entries(labels2).sort(([a], [b]) => a < b ? -1 : 1);
}

// src/compare/changes/injection-wording.ts
function sentence(subject, { kind, before: before2, after }, several) {
  switch (kind) {
    case "gains":
      return `${subject} ${several ? "get" : "gets"} a sidecar of revision ${after.revision} when pods are next created: ${after.because}`;
    case "loses":
      return `${subject} ${several ? "lose their" : "loses its"} sidecar when pods are next created: ${after.because}`;
    case "moves":
      return `${subject} ${several ? "move" : "moves"} from revision ${before2.revision} to ${after.revision} when pods are next created: ${after.because}`;
    case "unclear": {
      let unknown2 = after.injected === "unknown" ? after : before2;
      return `${subject} changes the label that decides injection, and what follows is not known here: ${unknown2.because}`;
    }
  }
}
function ends({ kind, before: before2, after }) {
  let from = kind === "gains" ? "" : before2.revision, to = kind === "loses" ? "" : after.revision;
  return {
    ...from !== "" && isKnown(from) ? { from } : {},
    ...to !== "" && isKnown(to) ? { to } : {}
  };
}
function labelEnds(base, head, namespace) {
  return { from: labelIn(base, namespace), to: labelIn(head, namespace) };
}
function labelIn(mesh, name) {
  let namespace = mesh.namespaces.get(name);
  return namespace && labelOf2(namespace) || "no label";
}
function evidenceOf2(base, head, { cause, namespace, before: before2 }) {
  if (cause !== "namespace") return [decision("before", before2)];
  let { from, to } = labelEnds(base, head, namespace);
  return [{ says: `namespace ${namespace} goes from ${from} to ${to}`, ...before2.at && { at: before2.at } }];
}
function decision(when, { because, at: at2 }) {
  return { says: `${when}: ${because}`, ...at2 && { at: at2 } };
}

// src/compare/changes/injection-changes.ts
function injectionChanges(base, head) {
  let groups2 = grouped(workloadShifts(base, head).filter((shift) => !followsName(shift))), told = new Set(groups2.keys()), alone = namespaceShifts(base, head).filter(
    (shift) => shift.cause === "namespace" && !told.has(groupKey2(shift))
  );
  return [
    ...[...groups2.values()].map((shifts) => ofWorkloads(base, head, shifts)),
    ...alone.map((shift) => ofNamespaceAlone(base, head, shift))
  ];
}
function followsName({ kind, cause, before: before2, after }) {
  return kind !== "moves" || cause !== "names" ? !1 : before2.tag !== void 0 || after.tag !== void 0 || before2.revision === "default" || after.revision === "default";
}
function groupKey2({ namespace, kind, cause, before: before2, after }) {
  return JSON.stringify([namespace, kind, cause, before2.revision, after.revision]);
}
function grouped(shifts) {
  let groups2 = /* @__PURE__ */ new Map();
  for (let shift of shifts) {
    let group = groups2.get(groupKey2(shift));
    group ? group.push(shift) : groups2.set(groupKey2(shift), [shift]);
  }
  return groups2;
}
var WORKLOAD_KINDS = {
  gains: "workload-gains-sidecar",
  loses: "workload-loses-sidecar",
  moves: "workload-moves-revision",
  unclear: "namespace-moves-revision"
};
function ofWorkloads(base, head, shifts) {
  let [first] = shifts, { kind, cause, namespace } = first, workloads = shifts.flatMap(({ workload }) => workload ?? []), whole2 = cause === "namespace" && kind === "moves", subject = whole2 ? namespace : subjectOf2(workloads, namespace), several = !whole2 && workloads.length > 1;
  return {
    kind: whole2 ? "namespace-moves-revision" : WORKLOAD_KINDS[kind],
    subject,
    ...ends(first),
    message: `${sentence(whole2 ? `Namespace ${namespace}` : subject, first, several)}.`,
    ...placeOf(base, head, first),
    evidence: evidenceOf2(base, head, first),
    blastRadius: blastRadius(head, workloads, cause === "namespace" && namespace !== "" ? [namespace] : [])
  };
}
function subjectOf2(workloads, namespace) {
  let [first, ...more] = workloads;
  return first && more.length === 0 ? workloadLabel2(first) : `${workloads.length} workloads in namespace ${namespace}`;
}
function ofNamespaceAlone(base, head, shift) {
  let { kind, namespace } = shift, moves = kind === "moves" || kind === "unclear", note = head.workloads.some((workload) => workload.namespace === namespace) ? "no workload of it here depends on that label" : "its workloads are not in this repository", subject = moves ? `Namespace ${namespace}` : `What runs in namespace ${namespace}`;
  return {
    kind: moves ? "namespace-moves-revision" : WORKLOAD_KINDS[kind],
    subject: moves ? namespace : `namespace ${namespace}`,
    ...kind === "unclear" ? labelEnds(base, head, namespace) : ends(shift),
    message: `${sentence(subject, shift, !1)} (${note}).`,
    ...placeOf(base, head, shift),
    evidence: evidenceOf2(base, head, shift),
    blastRadius: { namespaces: [namespace], workloads: [], services: [] }
  };
}
function placeOf(base, head, { cause, namespace, before: before2, after, workload }) {
  if (cause === "namespace") {
    let [from, to] = [base.namespaces.get(namespace), head.namespaces.get(namespace)], label = to && labelOf2(to) || from && labelOf2(from) || "", at2 = to?.resource?.origin.at(namespaceLabelPath(label.split("=")[0] ?? ""), "key");
    return at2 ? { at: at2 } : {};
  }
  if (cause === "names" || !workload) {
    let at2 = after.at ?? before2.at;
    return at2 ? { at: at2 } : {};
  }
  let decidesItself = after.because.startsWith("pod ") || after.because.startsWith("pods "), { resource, metadataPath } = workload;
  return { at: (decidesItself ? after.at : void 0) ?? resource.origin.at([...metadataPath, "labels"]) };
}

// src/compare/changes/mesh-config-changes.ts
function meshConfigChanges(base, head) {
  return sharedRevisions(base, head).flatMap((revision) => {
    let controlPlane = head.controlPlanes.findLast((one) => one.revision === revision), before2 = base.meshConfig(revision), after = head.meshConfig(revision);
    return differences(before2, after, []).map((difference) => change3(revision, controlPlane, difference));
  });
}
function differences(before2, after, path) {
  return [.../* @__PURE__ */ new Set([...Object.keys(before2), ...Object.keys(after)])].sort().flatMap((field4) => {
    let here = [...path, field4], [from, to] = [before2[field4], after[field4]];
    return canonical2(from) === canonical2(to) ? [] : field4 === "defaultConfig" && path.length === 0 && isMapping(from) && isMapping(to) ? differences(from, to, here) : [{ path: here, from, to }];
  });
}
function change3(revision, controlPlane, { path, from, to }) {
  let field4 = ["meshConfig", ...path].join("."), at2 = controlPlane && placeOf2(controlPlane, path);
  return {
    kind: "mesh-config-changed",
    subject: field4,
    from: shown3(from),
    to: shown3(to),
    message: `${field4} of revision ${revision} goes from ${shown3(from)} to ${shown3(to)}.`,
    ...at2 ? { at: at2 } : {},
    evidence: [],
    blastRadius: NOTHING_TOUCHED
  };
}
function placeOf2(controlPlane, path) {
  return controlPlane.meshConfigAt?.(path) ?? controlPlane.at;
}
var SHOWN2 = 80;
function shown3(value2) {
  if (value2 === void 0) return "not set";
  let text2 = typeof value2 == "string" ? value2 : canonical2(value2);
  return text2.length > SHOWN2 ? `${text2.slice(0, SHOWN2)}…` : text2;
}
function canonical2(value2) {
  return JSON.stringify(
    value2,
    (_, inner) => isMapping(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => a < b ? -1 : a > b ? 1 : 0)) : inner
  ) ?? "not set";
}

// src/compare/changes/tag-changes.ts
function tagChanges(base, head) {
  let before2 = byName2(base), after = byName2(head);
  return [
    ...[.../* @__PURE__ */ new Set([...before2.keys(), ...after.keys()])].sort().flatMap((name) => tagChange(base, head, name, before2.get(name), after.get(name)) ?? []),
    ...defaultChange(base, head)
  ];
}
function byName2(mesh) {
  return new Map(mesh.tags.filter(({ name }) => name !== "default").map((tag2) => [tag2.name, tag2]));
}
function tagChange(base, head, name, before2, after) {
  if (before2?.revision === after?.revision) return;
  let { namespaces, workloads } = followersOf(head, name), common = { subject: name, blastRadius: blastRadius(head, workloads, namespaces) };
  return before2 && after ? {
    ...common,
    kind: "tag-retargeted",
    from: before2.revision,
    to: after.revision,
    message: `Tag ${name} points to revision ${after.revision} instead of ${before2.revision}: what is labelled istio.io/rev=${name} moves when its pods are next created.`,
    at: after.at,
    evidence: [...pointing(before2, after), ...missingTarget(head, after)]
  } : after ? {
    ...common,
    kind: "tag-created",
    to: after.revision,
    message: `Tag ${name} is new and points to revision ${after.revision}.`,
    at: after.at,
    evidence: missingTarget(head, after)
  } : before2 && { ...common, ...removal2(base, head, before2) };
}
function removal2(base, head, { name, revision, at: at2 }) {
  let { namespaces, workloads } = followersOf(head, name), isRevision = head.controlPlanes.some((controlPlane) => controlPlane.revision === name), effect = namespaces.length + workloads.length > 0 && !isRevision ? `new pods of what is still labelled istio.io/rev=${name} start without a sidecar` : "nothing in this repository asks for it any more";
  return {
    kind: "tag-removed",
    from: revision,
    message: `Tag ${name}, which pointed to revision ${revision}, is removed: ${effect}.`,
    at: at2,
    evidence: followersOf(base, name).namespaces.map((namespace) => ({
      says: `namespace ${namespace} asked for it before`
    }))
  };
}
function pointing(before2, after) {
  return [
    { says: `before: ${before2.name} points to ${before2.revision}`, at: before2.at },
    { says: `now: ${after.name} points to ${after.revision}`, at: after.at }
  ];
}
function missingTarget(head, { revision }) {
  let { controlPlanes } = head;
  return !(controlPlanes.length > 0 && controlPlanes.every((one) => isKnown(one.revision))) || !isKnown(revision) || controlPlanes.some((one) => one.revision === revision) ? [] : [
    { says: `no control plane written here has revision ${revision}; without one, pods cannot be created` }
  ];
}
function defaultChange(base, head) {
  if (base.controlPlanes.length === 0 || head.controlPlanes.length === 0) return [];
  let from = defaultRevision(base), to = defaultRevision(head);
  if (from === to) return [];
  let { namespaces, workloads } = followersOf(head, "default"), at2 = (to === void 0 ? void 0 : defaultPlace(head)) ?? defaultPlace(base);
  return [
    {
      kind: "default-revision-moved",
      subject: "default",
      ...from === void 0 ? {} : { from },
      ...to === void 0 ? {} : { to },
      message: `The default revision moves from ${from ?? "none"} to ${to ?? "none"}: ${to === void 0 ? "no control plane or tag here answers to istio-injection=enabled any more" : "what asks for injection without naming a revision follows when its pods are next created"}.`,
      ...at2 ? { at: at2 } : {},
      evidence: [],
      blastRadius: blastRadius(head, workloads, namespaces)
    }
  ];
}
function defaultPlace(mesh) {
  return mesh.tags.findLast(({ name }) => name === "default")?.at ?? mesh.controlPlanes.find(({ revision }) => revision === "default")?.at;
}

// src/compare/mesh-changes.ts
var ORDER = [
  "workload-loses-sidecar",
  "revision-removed",
  "tag-removed",
  "default-revision-moved",
  "tag-retargeted",
  "namespace-moves-revision",
  "workload-moves-revision",
  "workload-gains-sidecar",
  "revision-upgraded-in-place",
  "gateway-moves-revision",
  "namespace-leaves-ambient",
  "namespace-becomes-ambient",
  "namespace-leaves-discovery",
  "namespace-enters-discovery",
  "mesh-config-changed",
  "revision-added",
  "tag-created",
  "component-version-changed"
];
function meshChanges(base, head) {
  let changes = [
    ...controlPlaneChanges(base, head),
    ...tagChanges(base, head),
    ...injectionChanges(base, head),
    ...ambientChanges(base, head),
    ...discoveryChanges(base, head),
    ...meshConfigChanges(base, head),
    ...componentChanges(base, head)
  ];
  return merged4(changes.sort(inOrder));
}
function merged4(sorted4) {
  let told = /* @__PURE__ */ new Map();
  for (let change4 of sorted4) {
    let { kind, subject, message, at: at2 } = change4, key = JSON.stringify([kind, subject, message]), first = told.get(key);
    first ? at2 && told.set(key, { ...first, evidence: [...first.evidence, { says: "also written here", at: at2 }] }) : told.set(key, change4);
  }
  return [...told.values()];
}
function inOrder(a, b) {
  return ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || compareText2(a.subject, b.subject) || compareText2(a.at?.file ?? "", b.at?.file ?? "") || (a.at?.line ?? 0) - (b.at?.line ?? 0) || compareText2(a.message, b.message);
}
function compareText2(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

// src/compare/not-judged.ts
var UNREAD = /* @__PURE__ */ new Set(["template", "limit"]);
function notJudgedFiles({ manifests }, head, environments) {
  return manifests.filter((path) => {
    let file = head.files.get(path);
    return !file || environments.some(({ rendered }) => rendered?.has(path)) ? !1 : file.parsed.problems.some(({ kind }) => UNREAD.has(kind)) || isValuesOfUnknown(path, head, environments) ? !0 : file.resources.length > 0 && !environments.some((environment) => environment.files.has(path));
  });
}
function isValuesOfUnknown(path, head, environments) {
  let slash = path.lastIndexOf("/") + 1, dir = path.slice(0, slash);
  return !/^values[\w.-]*\.ya?ml$/.test(path.slice(slash)) || !head.has(`${dir}Chart.yaml`) || environments.flatMap(({ charts }) => charts).some(({ at: at2 }) => at2.file.startsWith(dir)) ? !1 : [...head.files.keys()].some((file) => file.startsWith(`${dir}templates/`));
}
function stillUnread(files, environments) {
  let charts = environments.flatMap((environment) => [...environment.rendered ?? []]).flatMap((path) => chartOfTemplate(path, (name) => files.has(name)) ?? []), read2 = new Set(charts.map(templatesOf));
  return files.unchecked.filter(({ what }) => !read2.has(what));
}

// src/compare/verdict.ts
var HARMLESS2 = /* @__PURE__ */ new Set([
  "tag-created",
  "revision-added",
  "component-version-changed"
]);
function verdictOf(findings, changes, uncheckedFiles) {
  let introduced = findings.filter(({ status }) => status === "introduced");
  return introduced.some(({ level }) => level === "error") ? "unsafe" : introduced.some(({ level }) => level === "warning") || changes.some(({ kind }) => !HARMLESS2.has(kind)) ? "caution" : uncheckedFiles > 0 ? "unknown" : "safe";
}

// src/review.ts
async function review(base, head, settings, observe = () => {
}, renderers) {
  observe("read");
  let content = new ContentCache(), headFiles = await readRepository(head, content), baseFiles = base && await readRepository(base, content), files = changedFiles(base, head);
  observe("environments");
  let shared = new EnvironmentCache(), rendering = renderers && { renderers, changed: files.paths }, after = await environmentsOf(headFiles, settings, shared, rendering), before2 = baseFiles ? await environmentsOf(baseFiles, settings, shared, rendering) : NO_ENVIRONMENTS, pairs = pairByName(before2.environments, after.environments, settings), touched = pairs.filter((pair2) => reaches2(files, pair2));
  observe("review");
  let environments = touched.map((pair2) => reviewEnvironment(pair2, settings)), notJudged = notJudgedFiles(files, headFiles, after.environments);
  return {
    ...frame("review", base?.ref ?? "", head),
    verdict: verdictOf(
      environments.flatMap(({ findings }) => findings),
      environments.flatMap(({ changes }) => changes),
      notJudged.length
    ),
    environments,
    untouched: pairs.filter((pair2) => !touched.includes(pair2)).map(({ name }) => name),
    unchecked: [...stillUnread(headFiles, after.environments), ...after.unchecked],
    changedFiles: { total: files.total, read: files.manifests.length - notJudged.length },
    notJudged
  };
}
async function analyze(head, settings, observe = () => {
}, renderers) {
  observe("read");
  let files = await readRepository(head, new ContentCache());
  observe("environments");
  let rendering = renderers && { renderers, changed: void 0 }, found2 = await environmentsOf(files, settings, new EnvironmentCache(), rendering);
  observe("review");
  let environments = found2.environments.filter(({ name }) => settings.environment === void 0 || name === settings.environment).map((environment) => analyzeEnvironment(environment, settings)), findings = environments.flatMap((environment) => environment.findings);
  return {
    ...frame("analyze", "", head),
    verdict: verdictOf(asIntroduced(findings), [], 0),
    environments,
    untouched: [],
    unchecked: [...stillUnread(files, found2.environments), ...found2.unchecked],
    changedFiles: { total: 0, read: 0 },
    notJudged: []
  };
}
var NO_ENVIRONMENTS = {
  environments: [],
  unchecked: []
};
function pairByName(before2, after, { environment: only }) {
  return [...new Set([...before2, ...after].map(({ name }) => name))].sort().filter((name) => only === void 0 || name === only).map((name) => ({
    name,
    base: before2.find((environment) => environment.name === name),
    head: after.find((environment) => environment.name === name)
  }));
}
function reaches2(files, { base, head }) {
  return base === void 0 || head === void 0 ? !0 : [...files.paths].some((path) => base.files.has(path) || head.files.has(path));
}
function reviewEnvironment({ name, base, head }, settings) {
  let headSide = head ?? emptied(name, base), headMesh = buildMesh(headSide, settings, base), headResult = runRules(headMesh, RULES, settings);
  if (base === void 0)
    return describe(headSide, headMesh, compareFindings([], headResult.findings), [], headResult.unchecked);
  let baseMesh = buildMesh(base, settings, headSide, "base"), baseResult = runRules(baseMesh, RULES, settings), stepResult = runChangeRules(baseMesh, headMesh, CHANGE_RULES, settings), findings = [
    ...compareFindings(baseResult.findings, headResult.findings),
    ...stepResult.findings
  ].sort(byImportance2), unchecked2 = [...headResult.unchecked, ...stepResult.unchecked];
  return describe(headSide, headMesh, findings, meshChanges(baseMesh, headMesh), unchecked2);
}
function analyzeEnvironment(environment, settings) {
  let mesh = buildMesh(environment, settings), { findings, unchecked: unchecked2 } = runRules(mesh, RULES, settings);
  return describe(environment, mesh, [...findings].sort(byImportance2), [], unchecked2);
}
function emptied(name, base) {
  let roots = base?.roots ?? [];
  return { name, roots, because: "removed by this change", resources: [], files: /* @__PURE__ */ new Set(), charts: [], opaque: [], unchecked: [] };
}
function describe(environment, mesh, findings, changes, unchecked2) {
  let { name, roots, because } = environment;
  return {
    name,
    roots,
    because,
    controlPlanes: mesh.controlPlanes,
    components: mesh.components,
    tags: mesh.tags,
    changes,
    findings: underAssumptions(findings, environment).sort(byImportance2),
    unchecked: [...environment.unchecked, ...unchecked2],
    resources: environment.resources.length
  };
}
function asIntroduced(findings) {
  return findings.map((finding) => ({ ...finding, status: "introduced" }));
}
function frame(mode, base, head) {
  return { version: 1, tool: TOOL, mode, base, head: head.ref };
}

// src/source/paths.ts
import { realpathSync as realpathSync2, statSync as statSync2 } from "node:fs";
import { dirname, relative, resolve as resolve2, sep } from "node:path";

// src/source/directory.ts
import { lstatSync, readdirSync, readlinkSync, realpathSync, statSync } from "node:fs";
import { join, resolve } from "node:path";

// src/source/blob-id.ts
import { createHash as createHash3 } from "node:crypto";
function blobId(content, format = "sha1") {
  return createHash3(format).update(`blob ${content.byteLength}\0`).update(content).digest("hex");
}

// src/source/disk-file.ts
import { closeSync, constants, fstatSync, openSync, readFileSync, readSync } from "node:fs";
import { createHash as createHash4 } from "node:crypto";

// src/source/listing.ts
var NOT_FOLLOWED = "a symbolic link, which is not followed", ANOTHER_REPOSITORY = "another repository (a submodule), which is not read", NO_PATH = "its name is not one a repository may hold", Listing = class {
  entries;
  omitted;
  #byPath;
  #why;
  #limits;
  constructor(entries, limits, notes = {}) {
    let { safe, omitted } = withoutUnsafePaths(entries);
    this.entries = safe.sort(byPath).slice(0, limits.maxEntries);
    let absent = notes.absent ?? [], missing = [...notes.omitted ?? [], ...absent.filter(({ path }) => isManifestPath(path))], elsewhere2 = this.entries.flatMap((entry2) => notFollowed(entry2, notes)), unread2 = omissionsByLimit(this.entries, limits), beyond = overflow(safe, limits), all2 = new Map([...unread2, ...elsewhere2, ...missing, ...omitted, ...beyond].map((o) => [o.path, o]));
    this.omitted = [...all2.values()].sort(byPath), this.#byPath = new Map(this.entries.map((entry2) => [entry2.path, entry2])), this.#why = new Map([...absent, ...this.omitted].map(({ path, why }) => [path, why])), this.#limits = limits;
  }
  /**
   * The entry to read for `path`.
   * @throws SourceError `unreadable` when it is not listed, not a file, or omitted.
   */
  file(path) {
    let entry2 = this.#byPath.get(path);
    if (entry2?.kind !== "file") throw unreadable(path, "no such file in this tree");
    let why = this.#why.get(path);
    if (why !== void 0) throw unreadable(path, why);
    if ((entry2.size ?? 0) > this.#limits.maxFileBytes) throw unreadable(path, tooLarge(this.#limits));
    return entry2;
  }
};
function unreadable(path, why) {
  return new SourceError("unreadable", `${path} cannot be read: ${why}.`);
}
function byPath(a, b) {
  return a.path < b.path ? -1 : +(a.path > b.path);
}
var UNSAFE = /(?:^|\/)(?:\.{0,2}|\.git)(?:\/|$)/i;
function withoutUnsafePaths(entries) {
  let safe = [], omitted = [];
  for (let entry2 of entries)
    UNSAFE.test(entry2.path) ? omitted.push({ path: entry2.path, why: NO_PATH }) : safe.push(entry2);
  return { safe, omitted };
}
function notFollowed({ path, kind }, { linkTarget: linkTarget2 }) {
  return kind === "submodule" ? [{ path, why: ANOTHER_REPOSITORY }] : kind === "file" ? [] : isManifestPath(path) || isManifestPath(linkTarget2?.(path) ?? "") ? [{ path, why: NOT_FOLLOWED }] : [];
}
function overflow(entries, { maxEntries }) {
  let next = entries[maxEntries];
  return next ? [{ path: next.path, why: `this and all later files: more than ${maxEntries} of them` }] : [];
}

// src/source/disk-file.ts
var SAFELY = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
function readDiskFile(absolute, path, limits) {
  return withFile(absolute, path, (file, size) => {
    if (size > limits.maxFileBytes) throw unreadable(path, tooLarge(limits));
    return readFileSync(file);
  });
}
function diskBlobId(absolute, path, format) {
  return withFile(absolute, path, (file, size) => {
    if (size <= CHUNK) return blobId(readFileSync(file), format);
    let hash = createHash4(format).update(`blob ${size}\0`), chunk = Buffer.allocUnsafe(CHUNK);
    for (let read2 = readSync(file, chunk); read2 > 0; read2 = readSync(file, chunk))
      hash.update(chunk.subarray(0, read2));
    return hash.digest("hex");
  });
}
var CHUNK = 4 * 1024 * 1024;
function withFile(absolute, path, use) {
  let file;
  try {
    file = openSync(absolute, SAFELY);
    let stat = fstatSync(file);
    if (!stat.isFile()) throw unreadable(path, "not a regular file");
    return use(file, stat.size);
  } catch (error) {
    throw isSystemError(error) ? unreadable(path, error.code ?? error.message) : error;
  } finally {
    file !== void 0 && closeSync(file);
  }
}
function isSystemError(error) {
  return typeof error == "object" && error !== null && "syscall" in error;
}

// src/source/directory.ts
function openDirectorySnapshot(directory, limits = LIMITS) {
  return Promise.resolve().then(() => {
    let root = existingDirectory(directory);
    return diskSnapshot(directory, root, walkDirectory(root, "", limits), limits);
  });
}
function diskSnapshot(ref, root, found2, limits) {
  let listing = new Listing(found2.entries, limits, {
    omitted: found2.omitted,
    linkTarget: (path) => found2.links.get(path)
  });
  return {
    ref,
    list: () => listing.entries,
    read: (path) => new Promise((done) => done(readDiskFile(join(root, listing.file(path).path), path, limits))),
    omitted: listing.omitted,
    close: () => Promise.resolve()
  };
}
function walkDirectory(root, start, limits) {
  let entries = [], links = /* @__PURE__ */ new Map(), omitted = [], waiting = [start];
  for (let path = waiting.pop(); path !== void 0; path = waiting.pop()) {
    let inside = childrenOf2(join(root, path));
    if (typeof inside == "string" ? omitted.push({ path, why: `a directory that cannot be read: ${inside}` }) : path !== start && inside.some(({ name }) => name === ".git") ? entries.push(submodule(path)) : inside.forEach((child) => visit2(child, path === "" ? child.name : `${path}/${child.name}`)), entries.length > limits.maxEntries) break;
  }
  return { entries, links, omitted };
  function visit2(child, path) {
    if (child.isDirectory())
      isForeignDirectory(child.name) || waiting.push(path);
    else if (child.isSymbolicLink()) {
      let target = linkTarget(join(root, path));
      links.set(path, target), entries.push(symlink(path, target, "sha1"));
    } else if (child.isFile()) {
      let entry2 = fileEntry(root, path, "sha1");
      "why" in entry2 ? omitted.push(entry2) : entries.push(entry2);
    }
  }
}
var MAX_HASHED_BYTES = 64 * 1024 * 1024;
function fileEntry(root, path, format) {
  let absolute = join(root, path);
  try {
    let { size, mtimeMs } = lstatSync(absolute), blob = size <= MAX_HASHED_BYTES ? diskBlobId(absolute, path, format) : `unhashed:${mtimeMs}:${absolute}`;
    return { path, blob, kind: "file", size };
  } catch {
    return { path, why: "a file that cannot be read" };
  }
}
function symlink(path, target, format) {
  return {
    path,
    blob: blobId(Buffer.from(target), format),
    kind: "symlink",
    size: Buffer.byteLength(target)
  };
}
function linkTarget(absolute) {
  try {
    return readlinkSync(absolute);
  } catch {
    return "";
  }
}
function submodule(path) {
  return { path, blob: "submodule", kind: "submodule" };
}
function existingDirectory(directory) {
  try {
    let root = realpathSync(resolve(directory));
    if (statSync(root).isDirectory()) return root;
    throw new SourceError("missing-path", `${directory} is not a directory.`);
  } catch (error) {
    throw isSystemError(error) ? new SourceError("missing-path", `There is no directory ${directory} that can be read.`) : error;
  }
}
function childrenOf2(directory) {
  try {
    return readdirSync(directory, { withFileTypes: !0 }).sort(
      (a, b) => byPath({ path: a.name }, { path: b.name })
    );
  } catch (error) {
    if (isSystemError(error)) return error.code ?? error.message;
    throw error;
  }
}

// src/source/memory.ts
function memorySnapshot(ref, files, limits = LIMITS) {
  let contents = new Map(
    Object.entries(files).map(([path, content]) => [
      path,
      typeof content == "string" ? new TextEncoder().encode(content) : content
    ])
  ), entries = [...contents].map(([path, bytes]) => ({
    path,
    blob: blobId(bytes),
    kind: "file",
    size: bytes.byteLength
  })), listing = new Listing(entries, limits);
  function read2(path) {
    let bytes = contents.get(listing.file(path).path);
    if (bytes === void 0) throw unreadable(path, "no such file");
    return bytes;
  }
  return {
    ref,
    list: () => listing.entries,
    read: (path) => new Promise((resolve9) => resolve9(read2(path))),
    omitted: listing.omitted,
    close: () => Promise.resolve()
  };
}

// src/source/paths.ts
var STDIN_PATH = "stdin.yaml", NOT_A_MANIFEST = "its name does not end in .yaml, .yml or .json";
async function openPaths(paths, options) {
  let limits = options.limits ?? LIMITS, named2 = paths.filter((path) => path !== "-").map((path) => locate2(path, options.cwd)), root = named2.reduce((directory, { real }) => sharedAncestor(directory, real), realpath(options.cwd)), disk = diskSnapshot(paths.join(" "), root, collect(root, named2, limits), limits);
  return paths.includes("-") ? withStdin(disk, memorySnapshot("-", { [STDIN_PATH]: options.stdin ?? new Uint8Array() }, limits)) : Promise.resolve(disk);
}
function locate2(path, cwd) {
  try {
    let real = realpathSync2(resolve2(cwd, path));
    return { real, isDirectory: statSync2(real).isDirectory() };
  } catch (error) {
    throw isSystemError(error) ? new SourceError("missing-path", `There is no file or directory ${path} that can be read.`) : error;
  }
}
function realpath(cwd) {
  return locate2(".", cwd).real;
}
function collect(root, named2, limits) {
  let entries = /* @__PURE__ */ new Map(), links = /* @__PURE__ */ new Map(), omitted = [];
  for (let { real, isDirectory } of named2) {
    let path = relative(root, real).split(sep).join("/"), found2 = isDirectory ? walkDirectory(root, path, limits) : oneFile(root, path);
    for (let entry2 of found2.entries) entries.set(entry2.path, entry2);
    for (let [link, target] of found2.links) links.set(link, target);
    omitted.push(...found2.omitted);
  }
  return { entries: [...entries.values()], links, omitted };
}
function oneFile(root, path) {
  let links = /* @__PURE__ */ new Map(), entry2 = fileEntry(root, path, "sha1");
  if ("why" in entry2) return { entries: [], links, omitted: [entry2] };
  let omitted = isManifestPath(path) ? [] : [{ path, why: NOT_A_MANIFEST }];
  return { entries: [entry2], links, omitted };
}
function sharedAncestor(directory, path) {
  let ancestor = directory;
  for (; !holds(ancestor, path) && dirname(ancestor) !== ancestor; ) ancestor = dirname(ancestor);
  return ancestor;
}
function holds(directory, path) {
  let between = relative(directory, path);
  return between !== ".." && !between.startsWith(`..${sep}`);
}
function withStdin(disk, stdin) {
  let [entry2] = stdin.list(), entries = [...disk.list().filter(({ path }) => path !== STDIN_PATH), ...entry2 ? [entry2] : []].sort((a, b) => a.path < b.path ? -1 : 1);
  return {
    ref: disk.ref,
    list: () => entries,
    read: (path) => (path === STDIN_PATH ? stdin : disk).read(path),
    omitted: [...disk.omitted.filter(({ path }) => path !== STDIN_PATH), ...stdin.omitted],
    close: () => disk.close()
  };
}

// src/cli/render-tools.ts
import { resolve as resolve3 } from "node:path";

// src/render/kustomize-path.ts
function isRemote2(text2) {
  return text2.includes("://") || text2.includes("?ref=") || text2.includes("?version=") || /^[^/]*[:@]/.test(text2) || /\.git(?:[/?]|$)/.test(text2) || text2.includes("/_git/") ? !0 : /^(?:[\w-]+\.)+[a-z]{2,}\/.*\/\//i.test(text2) || /^(?:www\.)?(?:github|gitlab|bitbucket)\.(?:com|org)\//i.test(text2);
}
function relativePath(dir, text2) {
  if (text2 === "" || text2.startsWith("/") || /[\0\\]/.test(text2)) return;
  let steps = dir === "" ? [] : dir.split("/");
  for (let step2 of text2.split("/"))
    if (step2 === "..") {
      if (steps.pop() === void 0) return;
    } else step2 !== "" && step2 !== "." && steps.push(step2);
  return steps.join("/");
}

// src/render/rendered.ts
function unchecked(what, why, at2) {
  return { what, why, count: 1, examples: at2 ? [at2] : [] };
}
function failure(why, files, at2) {
  return { resources: [], unchecked: [], failed: at2 ? { why, at: at2 } : { why }, files };
}
function byText3(a, b) {
  return a < b ? -1 : +(a > b);
}

// src/render/helm-closure.ts
var MAX_DEPTH4 = 5, DOCUMENTATION = /(?:^|\/)(?:readme|license|changelog|contributing|codeowners|notice)[^/]*$|\.(?:md|gotmpl|png|svg)$/i, SCHEMA = "values.schema.json";
async function chartClosure(dir, files) {
  let walk = new Walk(files);
  await walk.chart(dir, "", 0);
  let { library, placed: placed2, dependencies, refused: refused2 } = walk;
  return { library, placed: placed2, dependencies, refused: refused2 };
}
var Walk = class {
  library = !1;
  placed = /* @__PURE__ */ new Map();
  dependencies = /* @__PURE__ */ new Map();
  refused = [];
  #files;
  #paths;
  constructor(files) {
    this.#files = files, this.#paths = new Set(files.list());
  }
  /** @param place the directory inside the chart Helm gets: '' or `charts/cart/` */
  async chart(dir, place, depth) {
    let prefix = dir === "" ? "" : `${dir}/`;
    if (!this.#paths.has(`${prefix}Chart.yaml`)) {
      this.refused.push(unchecked(`chart ${dir || "."}`, "it has no Chart.yaml in this repository"));
      return;
    }
    for (let path of this.#paths)
      path.startsWith(prefix) && !path.endsWith(`/${SCHEMA}`) && path !== SCHEMA && this.placed.set(place + path.slice(prefix.length), path);
    for (let { path, why } of this.#files.omitted ?? [])
      path.startsWith(prefix) && !DOCUMENTATION.test(path) && this.refused.push(unchecked(path, why));
    for (let file of ["Chart.yaml", "requirements.yaml"]) {
      let document = await this.#document(prefix + file);
      if (document) {
        depth === 0 && (this.library ||= field2(document.value, "type") === "library");
        for (let [index, dependency] of asList(field2(document.value, "dependencies")).entries()) {
          let at2 = { file: prefix + file, ...document.locate(["dependencies", index]) }, name = asText(field2(dependency, "name")), alias = asText(field2(dependency, "alias")) || name;
          depth === 0 && this.dependencies.set(alias, { name, at: at2 }), await this.#dependency(dependency, dir, place, depth, at2);
        }
      }
    }
  }
  /** Vendored under `charts/`, or beside the chart in the repository; everything else is elsewhere. */
  async #dependency(dependency, dir, place, depth, at2) {
    let name = asText(field2(dependency, "name")), repository = asText(field2(dependency, "repository"));
    if (await this.#isVendored(name, dir)) return;
    let local = repository.startsWith("file://") ? relativePath(dir, repository.slice(7)) : void 0, isPlain = /^[\w][\w.-]*$/.test(name);
    local !== void 0 && isPlain && depth < MAX_DEPTH4 && this.#paths.has(local === "" ? "Chart.yaml" : `${local}/Chart.yaml`) ? await this.chart(local, `${place}charts/${name}/`, depth + 1) : this.refused.push(unchecked(`chart ${name} of ${repository || "no repository"}`, "it is not vendored under charts/ and is never fetched", at2));
  }
  async #isVendored(name, dir) {
    let charts = dir === "" ? "charts/" : `${dir}/charts/`;
    for (let path of this.#paths) {
      if (!path.startsWith(charts)) continue;
      let inside = path.slice(charts.length);
      if (inside.endsWith(".tgz") && inside.startsWith(`${name}-`) && !inside.includes("/") || /^[^/]+\/Chart\.yaml$/.test(inside) && field2((await this.#document(path))?.value, "name") === name)
        return !0;
    }
    return !1;
  }
  async #document(path) {
    if (!this.#paths.has(path)) return;
    let { documents } = parseFile(await this.#files.read(path), { json: !1 });
    return documents.find(({ value: value2 }) => asMap(value2) !== void 0);
  }
};

// src/render/helm-output.ts
import { createHash as createHash5 } from "node:crypto";

// src/render/helm-values.ts
var HelmValues = class {
  #layers;
  #texts = /* @__PURE__ */ new Map();
  /** @param layers from the weakest to the strongest */
  constructor(layers) {
    this.#layers = layers;
  }
  /** What `.Values.<path>` is in a template of `chart`, and the strongest layer's line for it. */
  find(chart, path) {
    for (let layer of this.#layers.toReversed()) {
      let inside = pathInLayer(layer, chart, path), value2 = inside && valueAt(layer.value, inside);
      if (inside && value2 !== void 0 && value2 !== null) return { value: value2, at: layer.at(inside) };
    }
  }
  /**
   * The key whose value reads as `text`, when that is beyond doubt: the only one that the template line mentions by its
   * name, or the only one at all for a text that is not common.
   */
  giving(chart, text2, isMentioned) {
    let paths = this.#textsOf(chart).get(text2) ?? [], mentioned = paths.filter((path2) => isMentioned(String(path2.at(-1)))), [path, second] = mentioned.length === 1 || isCommon(text2) ? mentioned : paths;
    return path && !second ? this.find(chart, path)?.at : void 0;
  }
  #textsOf(chart) {
    let id = chart.join("/"), known = this.#texts.get(id);
    if (known) return known;
    let places = /* @__PURE__ */ new Map();
    for (let layer of this.#layers) {
      let start = pathInLayer(layer, chart, []);
      for (let { path, text: text2 } of start ? scalarsIn(valueAt(layer.value, start)) : [])
        scalarText3(this.find(chart, path)?.value) === text2 && places.set(text2, (places.get(text2) ?? /* @__PURE__ */ new Map()).set(JSON.stringify(path), path));
    }
    let texts2 = new Map([...places].map(([text2, paths]) => [text2, [...paths.values()]]));
    return this.#texts.set(id, texts2), texts2;
  }
};
function isCommon(text2) {
  return text2.length < 3 || text2 === "true" || text2 === "false";
}
function pathInLayer(layer, chart, path) {
  if (layer.chart.every((step2, index) => step2 === chart[index]))
    return path[0] === "global" ? path : [...chart.slice(layer.chart.length), ...path];
}
function scalarText3(value2) {
  return typeof value2 == "string" ? value2 : typeof value2 == "number" || typeof value2 == "boolean" ? String(value2) : void 0;
}
function* scalarsIn(value2, path = []) {
  let text2 = scalarText3(value2);
  if (text2 !== void 0) yield { path, text: text2 };
  else if (Array.isArray(value2))
    for (let [index, item] of value2.entries()) yield* scalarsIn(item, [...path, index]);
  else
    for (let [key, item] of Object.entries(asMap(value2) ?? {})) yield* scalarsIn(item, [...path, key]);
}

// src/render/helm-template.ts
var MAX_LINE = 1e3;
function templateLines(text2) {
  return text2.split(`
`).map((line) => line.slice(0, MAX_LINE));
}
function placeInTemplate(lines2, object, path) {
  let { start, end } = sectionOf(lines2, object), block = { line: start, from: start, end, indent: -1 }, found2 = 0;
  for (let [index, step2] of path.entries()) {
    let next = typeof step2 == "number" ? entryOf(lines2, block, step2) : keyOf2(lines2, block, step2);
    if (!next) break;
    block = next, found2 = index + 1;
  }
  return { line: block.line, found: found2 };
}
function sectionOf(lines2, { kind, name, ordinal }) {
  let breaks = [...lines2.keys()].filter((line) => lines2[line]?.startsWith("---")), ofKind = [0, ...breaks.map((line) => line + 1)].map((start, index) => ({ start, end: breaks[index] ?? lines2.length })).filter(
    ({ start, end }) => lines2.slice(start, end).some((line) => valueOfKey(line, "kind") === kind)
  ), fitting = ofKind.filter(({ start, end }) => {
    let written2 = lines2.slice(start, end).map((line) => valueOfKey(line, "name"));
    return fits(written2.find((text2) => text2 !== void 0) ?? "", name);
  }), candidates = fitting.length > 0 ? fitting : ofKind, section = candidates[Math.min(ordinal, candidates.length - 1)] ?? { start: 0, end: lines2.length }, first = lines2.findIndex(
    (line, at2) => at2 >= section.start && at2 < section.end && /^(?:apiVersion|kind):/.test(line)
  );
  return { start: first < 0 ? section.start : first, end: section.end };
}
function fits(written2, name) {
  return written2.split(/\{\{[^}]*\}\}/).every((part) => name.includes(part.trim()));
}
function keyOf2(lines2, block, key) {
  let level;
  for (let line = block.from; line < block.end; line++) {
    let text2 = lines2[line] ?? "", indent = contentIndent(text2);
    if (!(isSkipped(text2) || indent <= block.indent) && (level ??= indent, indent <= level && valueOfKey(text2, key) !== void 0))
      return blockAt(lines2, line, indent, block.end, !0);
  }
}
function entryOf(lines2, block, index) {
  let seen = -1, level;
  for (let line = block.from; line < block.end; line++) {
    let text2 = lines2[line] ?? "", indent = text2.length - text2.trimStart().length;
    if (text2.trimStart().startsWith("- ") && (level ??= indent, indent === level && (seen += 1), seen === index))
      return { ...blockAt(lines2, line, indent, block.end, !1), from: line };
  }
}
function blockAt(lines2, line, indent, limit, isKey) {
  let mayHoldEntries = isKey && lines2[line]?.trimEnd().endsWith(":") === !0, end = line + 1;
  for (; end < limit; ) {
    let text2 = lines2[end] ?? "", isEntry = mayHoldEntries && text2.startsWith("- ", indent);
    if (!(isSkipped(text2) || text2.length - text2.trimStart().length > indent || isEntry)) break;
    end += 1;
  }
  return { line, from: line + 1, end, indent };
}
function isSkipped(text2) {
  let content = text2.trimStart();
  return content === "" || content.startsWith("#") || content.startsWith("{{");
}
function contentIndent(text2) {
  return /^[ ]*(?:- +)*/.exec(text2)?.[0].length ?? 0;
}
function valueOfKey(line, key) {
  let content = line.slice(contentIndent(line)), written2 = [key, `"${key}"`, `'${key}'`].find((text2) => content.startsWith(`${text2}:`));
  return written2 === void 0 ? void 0 : content.slice(written2.length + 1).trim().replace(/^(["'])(.*)\1$/, "$2");
}
function referencesIn(line) {
  return [...line.matchAll(/\$?\.Values((?:\.[A-Za-z_]\w*)+)/g)].map(
    (match) => (match[1] ?? "").split(".").slice(1)
  );
}
function mentions2(line, key) {
  return [...line.matchAll(/\.([A-Za-z_]\w*)/g)].some(([, name]) => name === key) && line.includes("{{");
}
function saysLiterally(line, value2) {
  let text2 = scalarText3(value2);
  return text2 !== void 0 && text2 !== "" && line.replace(/\{\{[^}]*\}\}/g, "").includes(text2);
}

// src/render/helm-origin.ts
var HelmOrigin = class {
  file;
  through;
  #body;
  #object;
  #template;
  #values;
  constructor(body, object, template2, values, through) {
    this.file = template2.home.file, this.through = through, this.#body = body, this.#object = object, this.#template = template2, this.#values = values;
  }
  at(path) {
    let { lines: lines2, home } = this.#template, there = existingPart(this.#body, path), place = placeInTemplate(lines2, this.#object, there), inValues = this.#placeInValues(there, place);
    if (inValues) return inValues;
    if (lines2.length === 0) return home;
    let text2 = lines2[place.line] ?? "", column = text2.length - text2.trimStart().length + 1;
    return { file: home.file, line: place.line + 1, column, endLine: place.line + 1 };
  }
  #placeInValues(path, { line, found: found2 }) {
    let { lines: lines2, chart } = this.#template, text2 = lines2[line] ?? "", value2 = valueAt(this.#body, path);
    if (found2 === path.length && saysLiterally(text2, value2)) return;
    let near = text2.trimEnd().endsWith(":") ? `${text2} ${lines2[line + 1]?.trim() ?? ""}` : text2;
    for (let reference of referencesIn(near))
      for (let asked2 of [[...reference, ...path.slice(found2)], reference]) {
        let given = this.#values.find(chart, asked2);
        if (given && isGivenBy(value2, given)) return given.at;
      }
    let scalar = scalarText3(value2);
    return scalar === void 0 ? void 0 : this.#values.giving(chart, scalar, (key) => mentions2(text2, key));
  }
};
function isGivenBy(value2, given) {
  let text2 = scalarText3(given.value);
  return text2 === void 0 ? isSame(value2, given.value) : text2 !== "" && (scalarText3(value2)?.includes(text2) ?? !1);
}

// src/render/helm-output.ts
var SOURCE = "# Source: ", HelmOutput = class {
  /** Chart.yaml of the chart. */
  chartFile;
  #chart;
  #source;
  #values;
  #through;
  #digest;
  #templates = /* @__PURE__ */ new Map();
  constructor(dir, release3, chart, source2) {
    this.chartFile = firstLine2(dir === "" ? "Chart.yaml" : `${dir}/Chart.yaml`), this.#chart = chart, this.#source = source2, this.#values = new HelmValues(this.#layers(release3)), this.#through = [`helm ${dir || "."}`];
    let values = [...chart.placed.values(), ...release3.valuesFiles].filter(
      (path) => /values[^/]*$/.test(path)
    );
    this.#digest = [...values, ...release3.valuesFiles].map((path) => `${path}=${source2.blob(path)}`).join(",");
  }
  resources(parsed, text2) {
    let lines2 = text2.split(`
`), seen = /* @__PURE__ */ new Map();
    return resourcesOf(parsed, "").flatMap((rendered) => {
      let name = sourceAbove(lines2, rendered.origin.at([]).line - 1), template2 = this.#template(name), count2 = `${name} ${rendered.kind}`, ordinal = seen.get(count2) ?? 0;
      seen.set(count2, ordinal + 1);
      let object = { kind: rendered.kind, name: rendered.name, ordinal }, origin = new HelmOrigin(rendered.body, object, template2, this.#values, this.#through), written2 = `${template2.home.file}=${this.#source.blob(template2.home.file)}`, digest = createHash5("sha256").update(JSON.stringify([rendered.body, written2, this.#digest])).digest("hex"), resource = toResource(rendered.body, origin, digest);
      return resource ? [resource] : [];
    });
  }
  /** The place that an error message of Helm names. */
  placeIn(message) {
    let [, name = "", line] = /([\w.-]{1,100}\/[\w./-]{1,500})(?::(\d{1,7}))?/.exec(message) ?? [], file = this.#chart.placed.get(inChart(name));
    return file === void 0 ? void 0 : { ...firstLine2(file), ...line ? { line: Number(line), endLine: Number(line) } : {} };
  }
  #template(name) {
    let known = this.#templates.get(name);
    if (known) return known;
    let path = inChart(name), chart = chartsIn(path), file = this.#chart.placed.get(path) ?? this.#chart.placed.get(this.#unaliased(path)), template2 = file === void 0 ? { home: this.#chart.dependencies.get(chart[0] ?? "")?.at ?? this.chartFile, lines: [], chart } : { home: firstLine2(file), lines: templateLines(this.#source.text(file)), chart };
    return this.#templates.set(name, template2), template2;
  }
  /** Helm calls a subchart by its alias; its directory has its name. */
  #unaliased(path) {
    let [, alias = "", inside = ""] = /^charts\/([^/]+)\/(.*)$/s.exec(path) ?? [];
    return `charts/${this.#chart.dependencies.get(alias)?.name ?? alias}/${inside}`;
  }
  /** From the weakest: values.yaml of the subcharts, of the chart, the values files, the values given in place. */
  #layers({ valuesFiles: valuesFiles2, values, valuesAt }) {
    let own3 = [...this.#chart.placed].flatMap(([placed2, file]) => {
      let inside = /^((?:charts\/[^/]+\/)*)values\.yaml$/.exec(placed2)?.[1];
      return inside === void 0 ? [] : this.#namesOf(chartsIn(inside)).map((chart) => this.#layer(file, chart));
    });
    own3.sort((a, b) => b.chart.length - a.chart.length);
    let inPlace = { chart: [], value: values, at: valuesAt ?? (() => this.chartFile) };
    return [...own3, ...valuesFiles2.map((file) => this.#layer(file, [])), inPlace];
  }
  /** A chart takes part under its name, or once under each of its aliases. */
  #namesOf([first, ...rest]) {
    if (first === void 0) return [[]];
    let aliases = [...this.#chart.dependencies].flatMap(
      ([alias, { name }]) => name === first ? [alias] : []
    );
    return (aliases.length > 0 ? aliases : [first]).map((alias) => [alias, ...rest]);
  }
  #layer(file, chart) {
    let [document] = this.#source.parsed(file).documents;
    return {
      chart,
      value: document?.value,
      at: (path) => document ? { file, ...document.locate(path) } : firstLine2(file)
    };
  }
};
function firstLine2(file) {
  return { file, line: 1, column: 1, endLine: 1 };
}
function sourceAbove(lines2, line) {
  for (let at2 = line; at2 >= 0; at2--) {
    let text2 = lines2[at2] ?? "";
    if (text2.startsWith(SOURCE)) return text2.slice(SOURCE.length).trim();
  }
  return "";
}
function chartsIn(path) {
  return [...path.matchAll(/(?:^|\/)charts\/([^/]+)(?=\/)/g)].map((match) => match[1] ?? "");
}
function inChart(name) {
  return name.slice(name.indexOf("/") + 1);
}

// src/render/helm-release.ts
var ISTIO_API_VERSIONS = [
  "networking.istio.io/v1",
  "networking.istio.io/v1beta1",
  "networking.istio.io/v1alpha3",
  "security.istio.io/v1",
  "security.istio.io/v1beta1",
  "telemetry.istio.io/v1",
  "telemetry.istio.io/v1alpha1",
  "gateway.networking.k8s.io/v1",
  "gateway.networking.k8s.io/v1beta1"
];
function identity2(release3) {
  let { valuesAt } = release3, lines2 = valuesAt ? [...scalarsIn(release3.values)].map(({ path }) => valuesAt(path)) : [];
  return [JSON.stringify({ ...release3, path: "" }), JSON.stringify(lines2)];
}
function wrongArgument({
  releaseName: releaseName2,
  namespace,
  kubeVersion,
  apiVersions
}) {
  if (!/^[a-z0-9](?:[a-z0-9.-]{0,51}[a-z0-9])?$/.test(releaseName2)) return "its release name is none";
  if (!/^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)?$/.test(namespace)) return "its namespace is none";
  if (kubeVersion !== void 0 && !/^v?\d{1,3}(?:\.\d{1,3}){1,2}[\w.+-]{0,40}$/.test(kubeVersion))
    return "its Kubernetes version is none";
  let isVersion = (text2) => /^[\w.-]{1,100}(?:\/[\w.-]{1,100}){0,2}$/.test(text2);
  return apiVersions?.every(isVersion) === !1 ? "its API versions are none" : void 0;
}
function argumentsOf(release3, chart, values) {
  return [
    "template",
    release3.releaseName,
    `./${chart}`,
    ...release3.namespace === "" ? [] : [`--namespace=${release3.namespace}`],
    ...[...values].map((path) => `--values=${path}`),
    ...release3.kubeVersion === void 0 ? [] : [`--kube-version=${release3.kubeVersion}`],
    ...(release3.apiVersions ?? ISTIO_API_VERSIONS).map((version) => `--api-versions=${version}`),
    ...release3.includeCrds === !0 ? ["--include-crds"] : [],
    "--no-hooks",
    "--skip-tests",
    "--skip-schema-validation"
  ];
}

// src/render/source-files.ts
var SourceFiles = class {
  #contents;
  #blob;
  #parsed = /* @__PURE__ */ new Map();
  #resources = /* @__PURE__ */ new Map();
  constructor(contents, blob) {
    this.#contents = contents, this.#blob = blob;
  }
  has(path) {
    return this.#contents.has(path);
  }
  blob(path) {
    return this.#blob(path);
  }
  /** Decoded text; '' for a file that is not there. */
  text(path) {
    return new TextDecoder().decode(this.#contents.get(path) ?? new Uint8Array());
  }
  parsed(path) {
    let known = this.#parsed.get(path);
    if (known) return known;
    let parsed = parseFile(this.#contents.get(path) ?? new Uint8Array(), { json: path.endsWith(".json") });
    return this.#parsed.set(path, parsed), parsed;
  }
  /** The objects of a manifest. */
  resources(path) {
    let known = this.#resources.get(path);
    if (known) return known;
    let resources = resourcesOf(this.parsed(path), path, this.#blob(path));
    return this.#resources.set(path, resources), resources;
  }
};

// src/render/tool-message.ts
function toolMessage(stderr, root) {
  let text2 = stderr.replaceAll(`${root}/`, "").replaceAll(root, "."), clean = (text2.slice(Math.max(0, text2.search(/^error:/im))).split(/\n\s*\n/, 1)[0] ?? "").replace(/^error: */i, "").replace(/[\p{Cc}\p{Cf}\s]+/gu, " ").trim();
  return clean.length > 300 ? `${clean.slice(0, 150)} ... ${clean.slice(-150)}` : clean;
}

// src/render/tree.ts
import { rmSync } from "node:fs";
import { mkdir, mkdtemp, realpath as realpath2, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname as dirname2, join as join2 } from "node:path";
function readableFiles(snapshot) {
  let omitted = new Map(snapshot.omitted.map((omission) => [omission.path, omission])), blobs2 = /* @__PURE__ */ new Map();
  for (let { path, kind, blob } of snapshot.list())
    kind === "file" && !omitted.has(path) && blobs2.set(path, blob), kind !== "file" && omitted.set(path, { path, why: NOT_A_FILE[kind] });
  let paths = [...blobs2.keys()];
  return {
    list: () => paths,
    read: (path) => snapshot.read(path),
    blob: (path) => blobs2.get(path) ?? "",
    omitted: [...omitted.values()]
  };
}
var NOT_A_FILE = {
  symlink: "a symbolic link, which is not followed",
  submodule: "a submodule, which is not read"
};
async function gather(placed2, files, limits) {
  if (placed2.size > limits.treeFiles) return { refused: `it needs more than ${limits.treeFiles} files` };
  let contents = /* @__PURE__ */ new Map(), total = 0;
  for (let [path, source2] of placed2) {
    let bytes = await files.read(source2);
    if (total += bytes.byteLength, total > limits.treeBytes) return { refused: `its files are larger than ${limits.treeBytes} bytes` };
    contents.set(path, bytes);
  }
  return contents;
}
async function withTree(contents, use) {
  let unsafe = [...contents.keys()].find((path) => !isSafePath(path));
  if (unsafe !== void 0) return { refused: `${JSON.stringify(unsafe)} is not a path inside a tree` };
  let base = await mkdtemp(join2(await realpath2(tmpdir()), `istio-upgrade-guard-${process.pid}-`));
  removeOnExit(base);
  try {
    let tree = { root: join2(base, "tree"), home: join2(base, "home") };
    return await mkdir(tree.root), await mkdir(tree.home), await write(contents, tree.root) ?? await use(tree);
  } finally {
    await rm(base, { recursive: !0, force: !0 }), alive.delete(base);
  }
}
function isSafePath(path) {
  return path === "" || path.length > 1024 || /[\0\\]/.test(path) ? !1 : path.split("/").every((segment) => segment !== "" && segment !== "." && segment !== "..");
}
async function write(contents, root) {
  for (let [path, bytes] of contents) {
    let target = join2(root, path);
    try {
      await mkdir(dirname2(target), { recursive: !0 }), await writeFile(target, bytes, { flag: "wx" });
    } catch (error) {
      if (!isSystemError(error)) throw error;
      return { refused: `${JSON.stringify(path)} could not be written: ${error.code}` };
    }
  }
}
var alive = /* @__PURE__ */ new Set();
function removeOnExit(base) {
  alive.size === 0 && !process.listeners("exit").includes(removeAll) && process.once("exit", removeAll), alive.add(base);
}
function removeAll() {
  for (let base of alive) rmSync(base, { recursive: !0, force: !0 });
}

// src/render/helm.ts
var CHART = "chart";
async function renderHelm(release3, files, renderer) {
  let dir = relativePath("", release3.path === "" ? "." : release3.path);
  if (dir === void 0) return failure("its directory is outside the repository", []);
  let wrong = wrongArgument(release3);
  if (wrong !== void 0) return failure(wrong, []);
  let listed = new Set(files.list()), missing = release3.valuesFiles.find((path) => !listed.has(path)), chart = await chartClosure(dir, files), closure = [.../* @__PURE__ */ new Set([...chart.placed.values(), ...release3.valuesFiles])].filter(
    (path) => listed.has(path)
  );
  if (closure.sort(byText3), missing !== void 0) return failure(`values file ${missing}: it is not in the repository`, closure);
  let [first] = chart.refused;
  if (first)
    return {
      ...failure(`${first.what}: ${first.why}`, closure, first.examples[0]),
      unchecked: chart.refused
    };
  if (chart.library) return { resources: [], unchecked: [], files: closure };
  let tool = renderer.tools.helm;
  if (!tool) return failure(renderer.tools.missing.helm ?? "there is no helm", closure);
  let key = { tool: tool.name, version: tool.version, args: [dir, ...identity2(release3)], files: closure };
  return renderer.cache.remember(
    key,
    files,
    () => template(dir, release3, chart, closure, files, renderer, tool)
  );
}
async function template(dir, release3, chart, closure, files, { limits, cache, tools: { sandbox } }, tool) {
  let contents = await gather(new Map(closure.map((path) => [path, path])), files, limits);
  if ("refused" in contents) return failure(contents.refused, closure);
  let source2 = new SourceFiles(contents, (path) => files.blob(path)), output = new HelmOutput(dir, release3, chart, source2), values = valuesIn(release3, contents), tree = new Map([...chartIn(chart, contents), ...values]), result = await withTree(tree, async ({ root, home }) => {
    let command2 = [...tool.command, ...argumentsOf(release3, CHART, values.keys())], ran = await cache.run(command2, { cwd: root, home, limits: limits.tool, sandbox });
    if (ran.outcome === "stopped") return failure(`helm ${ran.why}`, closure, output.chartFile);
    if (ran.code === 0) return ran.stdout;
    let message = toolMessage(ran.stderr, root);
    return failure(`helm: ${message}`, closure, output.placeIn(message) ?? output.chartFile);
  });
  if ("refused" in result) return failure(result.refused, closure);
  if (!Buffer.isBuffer(result)) return result;
  let parsed = parseFile(result, { json: !1 });
  return { resources: output.resources(parsed, result.toString()), unchecked: [], files: closure };
}
function chartIn({ placed: placed2 }, contents) {
  return [...placed2].map(([path, from]) => [`${CHART}/${path}`, contents.get(from) ?? new Uint8Array()]);
}
function valuesIn({ valuesFiles: valuesFiles2, values }, contents) {
  let given = valuesFiles2.map((path) => contents.get(path) ?? new Uint8Array());
  return values !== void 0 && given.push(new TextEncoder().encode(JSON.stringify(values))), new Map(given.map((bytes, index) => [`values-${index}.yaml`, bytes]));
}

// src/render/kustomize.ts
import { createHash as createHash6 } from "node:crypto";

// src/render/kustomize-file.ts
var KUSTOMIZATION_NAMES2 = ["kustomization.yaml", "kustomization.yml", "Kustomization"], NAMING_FIELDS = [
  "resources",
  "bases",
  "components",
  "crds",
  "configurations",
  "generators",
  "transformers",
  "validators",
  "patches",
  "patchesStrategicMerge",
  "patchesJson6902",
  "replacements",
  "configMapGenerator",
  "secretGenerator",
  "helmCharts",
  "helmChartInflationGenerator",
  "openapi",
  "path",
  "paths",
  "files",
  "env",
  "envs"
], SPELLED = new Set(NAMING_FIELDS), FOLDED = new Set(NAMING_FIELDS.map(folded));
async function readKustomization2(file, files) {
  let parsed = parseFile(await files.read(file), { json: !1 }), [document, second] = parsed.documents, value2 = asMap(document?.value);
  if (!document || second || !value2 || parsed.problems.length > 0) return "it is not one plain YAML mapping";
  let odd = oddSpelling(value2);
  if (odd !== void 0) return `it spells ${JSON.stringify(odd)} in a way of its own`;
  let slash = file.lastIndexOf("/");
  return {
    file,
    dir: file.slice(0, Math.max(0, slash)),
    value: value2,
    at: (path, what) => ({ file, ...document.locate(path, what) })
  };
}
function oddSpelling(kustomization) {
  let inEntries = Object.entries(kustomization).filter(([key]) => SPELLED.has(key)).flatMap(
    ([, value2]) => [value2, ...asList(value2)].flatMap((item) => Object.keys(asMap(item) ?? {}))
  );
  return [...Object.keys(kustomization), ...inEntries].find(
    (key) => !SPELLED.has(key) && FOLDED.has(folded(key))
  );
}
function folded(key) {
  return key.normalize("NFKC").toLowerCase();
}

// src/render/kustomize-references.ts
function namedFiles(value2) {
  let named2 = (key, under) => asList(field2(value2, key)).flatMap(
    (item, index) => under(item).map(({ text: text2, path }) => ({ text: text2, path: [key, index, ...path] }))
  ), itself = (item) => [{ text: asText(item), path: [] }], byPath2 = (item) => {
    let text2 = field2(item, "path");
    return text2 === void 0 || text2 === "" ? [] : [{ text: asText(text2), path: ["path"] }];
  }, input = (item) => [
    ...asList(field2(item, "files")).map((text2, index) => ({
      text: asText(text2).replace(/^[^=]*=/, ""),
      path: ["files", index]
    })),
    ...asList(field2(item, "envs")).map((text2, index) => ({ text: asText(text2), path: ["envs", index] })),
    ...asText(field2(item, "env")) === "" ? [] : [{ text: asText(field2(item, "env")), path: ["env"] }]
  ];
  return [
    ...named2("crds", itself),
    ...named2("configurations", itself),
    ...named2("patchesStrategicMerge", itself).filter(({ text: text2 }) => !isInline(text2)),
    ...["patches", "patchesJson6902", "replacements"].flatMap((key) => named2(key, byPath2)),
    ...["configMapGenerator", "secretGenerator"].flatMap((key) => named2(key, input)),
    ...byPath2(field2(value2, "openapi")).map(({ text: text2 }) => ({ text: text2, path: ["openapi", "path"] }))
  ];
}
function isInline(text2) {
  if (!text2.includes(`
`) && !text2.startsWith("{")) return !1;
  let { documents } = parseFile(new TextEncoder().encode(text2), { json: !1 });
  return documents.length > 0 && documents.every(({ value: value2 }) => asMap(value2) !== void 0 || Array.isArray(value2));
}

// src/render/kustomize-closure.ts
async function kustomizeClosure(root, files) {
  let walk = new Walk2(files);
  return await walk.directory(root), { files: [...walk.files].sort(byText3), kustomizations: walk.kustomizations, refused: walk.refused };
}
var MAX_DIRECTORIES = 2e3, ELSEWHERE = "it is not in this repository and is never fetched", Walk2 = class {
  files = /* @__PURE__ */ new Set();
  kustomizations = /* @__PURE__ */ new Map();
  refused = [];
  #source;
  #paths;
  #omitted;
  #visited = /* @__PURE__ */ new Set();
  constructor(source2) {
    this.#source = source2, this.#paths = new Set(source2.list()), this.#omitted = new Map(source2.omitted?.map(({ path, why }) => [path, why]));
  }
  async directory(root) {
    let pending = [root];
    for (let dir = pending.pop(); dir !== void 0; dir = pending.pop()) {
      if (this.#visited.has(dir)) continue;
      if (this.#visited.add(dir), this.#visited.size > MAX_DIRECTORIES) {
        this.#refuse(`kustomization ${dir}`, `more than ${MAX_DIRECTORIES} directories are included`);
        return;
      }
      let kustomization = await this.#open(dir);
      kustomization && pending.push(...this.#included(kustomization), ...await this.#configured(kustomization));
    }
  }
  async #open(dir) {
    let candidates = this.#kustomizationsIn(dir), [file, second] = candidates;
    for (let candidate of candidates) this.files.add(candidate);
    if (file === void 0 || second !== void 0) {
      this.#refuse(
        `kustomization ${dir}`,
        file === void 0 ? this.#whyMissing(dir) : "there are two in one directory"
      );
      return;
    }
    let kustomization = await readKustomization2(file, this.#source);
    if (typeof kustomization == "string") {
      this.#refuse(`kustomization ${file}`, kustomization, { file, line: 1, column: 1, endLine: 1 });
      return;
    }
    return this.kustomizations.set(file, kustomization), kustomization;
  }
  /** Files and directories whose objects become part of the build, and the charts and files that shape them. */
  #included(kustomization) {
    let { value: value2 } = kustomization;
    for (let key of ["helmCharts", "helmChartInflationGenerator"])
      asList(field2(value2, key)).forEach((chart, index) => {
        let name = asText(field2(chart, "name")) || asText(field2(chart, "chartName")), at2 = kustomization.at([key, index]);
        this.#refuse(`Helm chart ${name}`, "charts inside a kustomization are not rendered", at2);
      });
    let entries = ["resources", "bases", "components"].flatMap(
      (key) => asList(field2(value2, key)).map(
        (entry2, index) => this.#entry(asText(entry2), kustomization, [key, index], "any")
      )
    );
    for (let { text: text2, path } of namedFiles(value2)) this.#entry(text2, kustomization, path, "file");
    return entries.flatMap((dir) => dir === void 0 ? [] : [dir]);
  }
  /** Generators, transformers and validators: a file, a directory, or the configuration itself. */
  async #configured(kustomization) {
    let directories = [];
    for (let key of ["generators", "transformers", "validators"])
      for (let [index, entry2] of asList(field2(kustomization.value, key)).entries()) {
        let text2 = asText(entry2), path = [key, index];
        if (isInline(text2)) {
          this.#plugin(new TextEncoder().encode(text2), kustomization, path);
          continue;
        }
        let before2 = new Set(this.files), dir = this.#entry(text2, kustomization, path, "any");
        dir !== void 0 && directories.push(dir);
        for (let file of this.files)
          before2.has(file) || this.#plugin(await this.#source.read(file), kustomization, path);
      }
    return directories;
  }
  /** What configures a plugin may name files, addresses and programs under any key. */
  #plugin(bytes, kustomization, path) {
    let at2 = kustomization.at(path), { documents, problems } = parseFile(bytes, { json: !1 });
    documents.every(({ value: value2 }) => asMap(value2) !== void 0) && problems.length === 0 || this.#refuse("kustomize plugin", "its configuration cannot be read", at2);
    for (let { value: value2 } of documents) {
      let kind = asText(field2(value2, "kind")), annotations = field2(field2(value2, "metadata"), "annotations");
      (!(field2(value2, "apiVersion") === "builtin" && !kind.includes("Helm")) || field2(annotations, "config.kubernetes.io/function") !== void 0) && this.#refuse(`kustomize plugin ${kind}`, "plugins that run programs are not started", at2);
      for (let { text: text2 } of textsIn(value2)) {
        /^\s*[a-z][a-z0-9+.-]*:\/\//i.test(text2) && this.#refuse(`${kind} ${text2}`, ELSEWHERE, at2);
        let named2 = relativePath(kustomization.dir, text2.replace(/^[^=]*=/, ""));
        named2 !== void 0 && this.#paths.has(named2) && this.files.add(named2);
      }
    }
  }
  /** Adds the file that `text` names, or gives the directory to walk. */
  #entry(text2, { dir, file, at: at2 }, path, what) {
    let label = `${asText(path[0])} ${text2}`;
    if (text2 === "") return this.#refuse(`an entry of ${file}`, "it is not a path", at2(path));
    if (isRemote2(text2)) return this.#refuse(label, ELSEWHERE, at2(path));
    let target = relativePath(dir, text2);
    if (target === void 0) return this.#refuse(label, "it leaves the repository", at2(path));
    if (this.#paths.has(target)) {
      dir === "" || target.startsWith(`${dir}/`) ? this.files.add(target) : this.#refuse(label, "kustomize reads no file outside the directory of the kustomization", at2(path));
      return;
    }
    return what === "any" && this.#kustomizationsIn(target).length > 0 ? target : this.#refuse(label, this.#whyMissing(target), at2(path));
  }
  #kustomizationsIn(dir) {
    return KUSTOMIZATION_NAMES2.map((name) => dir === "" ? name : `${dir}/${name}`).filter(
      (path) => this.#paths.has(path)
    );
  }
  /** A link on the way explains more than a path that is not there. */
  #whyMissing(path) {
    for (let step2 = path; step2 !== ""; step2 = step2.slice(0, Math.max(0, step2.lastIndexOf("/")))) {
      let why = this.#omitted.get(step2);
      if (why !== void 0) return step2 === path ? why : `${step2} is ${why}`;
    }
    return "it is not in the repository";
  }
  #refuse(what, why, at2) {
    this.refused.push(unchecked(what, why, at2));
  }
};

// src/render/aligned-path.ts
var MERGE_KEYS2 = ["name", "containerPort", "port", "mountPath", "key", "ip", "devicePath", "topologyKey"];
function alignedPath(from, path, to) {
  let aligned = [];
  for (let [length, step2] of path.entries()) {
    let sequence = asList(valueAt(to, aligned)), entry2 = typeof step2 == "number" ? valueAt(from, path.slice(0, length + 1)) : void 0;
    aligned.push(typeof step2 == "number" ? indexOf(entry2, sequence) ?? step2 : step2);
  }
  return aligned;
}
function indexOf(entry2, sequence) {
  let key = MERGE_KEYS2.find((name) => field2(entry2, name) !== void 0), index = sequence.findIndex(
    (other) => key === void 0 ? isSame(entry2, other) : field2(entry2, key) === field2(other, key)
  );
  return index < 0 ? void 0 : index;
}

// src/render/kustomize-field.ts
function placeInFields(kustomization, path, value2) {
  let place = placeOf3(kustomization.value, path, value2);
  return place && kustomization.at(place);
}
function placeOf3(kustomization, path, value2) {
  let step2 = String(path.at(-1) ?? ""), above = String(path.at(-2) ?? ""), has = (key) => field2(kustomization, key) !== void 0;
  if (step2 === "namespace") return field2(kustomization, "namespace") === value2 ? ["namespace"] : void 0;
  if (step2 === "replicas" && has("replicas")) return entry(kustomization, "replicas", ["count"], value2);
  if (step2 === "image") return imagePlace(kustomization, asText(value2));
  if (above === "annotations" && field2(field2(kustomization, "commonAnnotations"), step2) === value2)
    return ["commonAnnotations", step2];
  if (["labels", "selector", "matchLabels"].includes(above)) return labelPlace(kustomization, step2, value2);
  if (step2 === "name" && above !== "metadata" || step2 === "host") {
    let affix = ["namePrefix", "nameSuffix"].find(
      (key) => has(key) && asText(value2).includes(asText(field2(kustomization, key)))
    );
    return affix === void 0 ? void 0 : [affix];
  }
}
function labelPlace(kustomization, label, value2) {
  return field2(field2(kustomization, "commonLabels"), label) === value2 ? ["commonLabels", label] : entry(kustomization, "labels", ["pairs", label], value2);
}
function entry(kustomization, key, path, value2) {
  let index = asList(field2(kustomization, key)).findIndex((item) => path.reduce(field2, item) === value2);
  return index < 0 ? void 0 : [key, index, ...path];
}
function imagePlace(kustomization, image) {
  let items = asList(field2(kustomization, "images"));
  for (let [index, item] of items.entries()) {
    let name = asText(field2(item, "newName")) || asText(field2(item, "name"));
    if (name === "" || !(image === name || image.startsWith(`${name}:`) || image.startsWith(`${name}@`)))
      continue;
    let key = ["newTag", "digest", "newName"].find((candidate) => field2(item, candidate) !== void 0);
    return ["images", index, ...key === void 0 ? [] : [key]];
  }
}

// src/render/kustomize-patch.ts
function patchesOf2(kustomization, source2) {
  let documents = [], files = [], read2 = (text2, path, targeted) => {
    let named2 = relativePath(kustomization.dir, text2);
    if (named2 !== void 0 && source2.has(named2)) {
      files.push(named2);
      for (let document of source2.parsed(named2).documents) {
        let at2 = (inner, what) => ({ file: named2, ...document.locate(inner, what) });
        documents.push({ value: document.value, at: at2, targeted });
      }
    } else
      documents.push(...inlinePatch(text2, kustomization.at(path), source2, targeted));
  }, { value: value2 } = kustomization;
  asList(field2(value2, "patchesStrategicMerge")).forEach(
    (entry2, index) => read2(asText(entry2), ["patchesStrategicMerge", index], !1)
  );
  for (let key of ["patches", "patchesJson6902"])
    asList(field2(value2, key)).forEach((entry2, index) => {
      let inline = asText(field2(entry2, "patch")), step2 = inline === "" ? "path" : "patch";
      read2(inline || asText(field2(entry2, "path")), [key, index, step2], field2(entry2, "target") !== void 0);
    });
  return { documents, files };
}
function inlinePatch(text2, written2, source2, targeted) {
  let { documents } = parseFile(new TextEncoder().encode(text2), { json: !1 }), isBlock2 = written2.endLine > written2.line, first = isBlock2 ? source2.text(written2.file).split(`
`)[written2.line] ?? "" : "", indent = first.length - first.trimStart().length;
  return documents.map((document) => ({
    value: document.value,
    targeted,
    at(path, what) {
      if (!isBlock2) return written2;
      let { line, column, endLine } = document.locate(path, what);
      return {
        file: written2.file,
        line: written2.line + line,
        column: indent + column,
        endLine: written2.line + endLine
      };
    }
  }));
}
function placeInPatch({ value: value2, at: at2, targeted }, object, path, what) {
  let wanted = valueAt(object.body, path);
  if (Array.isArray(value2)) {
    let place = placeInOperations(value2, path, wanted);
    return place && at2(place, what);
  }
  let kind = field2(value2, "kind"), name = asText(field2(field2(value2, "metadata"), "name"));
  if (!targeted && (kind !== object.body.kind || !object.names.includes(name))) return;
  let aligned = alignedPath(object.body, path, value2);
  return isSame(valueAt(value2, aligned), wanted) ? at2(aligned, what) : void 0;
}
function placeInOperations(operations, path, wanted) {
  for (let index = operations.length - 1; index >= 0; index--) {
    let pointer2 = asText(field2(operations[index], "path")).split("/").slice(1).map(unescapePointer);
    if (!(pointer2.length <= path.length && pointer2.every((step2, at2) => step2 === "-" || step2 === String(path[at2])))) continue;
    let rest = path.slice(pointer2.length);
    if (isSame(valueAt(field2(operations[index], "value"), rest), wanted)) return [index, "value", ...rest];
  }
}
function unescapePointer(step2) {
  return step2.replaceAll("~1", "/").replaceAll("~0", "~");
}

// src/render/kustomize-origin.ts
function layerOf(kustomization, source2) {
  let patches = patchesOf2(kustomization, source2), digest = [kustomization.file, ...patches.files].map((file) => `${file}=${source2.blob(file)}`).join(",");
  return { kustomization, patches, digest };
}
var KustomizeOrigin = class {
  file;
  through;
  #object;
  constructor(object) {
    this.file = object.base?.origin.file ?? object.home.file, this.through = object.through, this.#object = object;
  }
  at(path, what = "value") {
    let { body, base, home } = this.#object, there = existingPart(body, path);
    if (!base) return this.#placeOfChange(there, what) ?? home;
    let value2 = valueAt(body, there), inBase = alignedPath(body, there, base.body), before2 = valueAt(base.body, inBase);
    return ((asMap(value2) && asMap(before2) ? !0 : isSame(value2, before2)) ? void 0 : this.#placeOfChange(there, what)) ?? base.origin.at(existingPart(base.body, inBase), what);
  }
  #placeOfChange(path, what) {
    let { body, base, layers } = this.#object, names2 = [String(valueAt(body, ["metadata", "name"])), ...base ? [base.name] : []];
    for (let { kustomization, patches } of layers.toReversed()) {
      for (let patch of patches.documents.toReversed()) {
        let place2 = placeInPatch(patch, { body, names: names2 }, path, what);
        if (place2) return place2;
      }
      let place = placeInFields(kustomization, path, valueAt(body, path));
      if (place) return place;
    }
  }
};

// src/render/kustomize.ts
var REPOSITORY = "repo", WRAPPER = "wrapper", ORIGIN = "config.kubernetes.io/origin", TRANSFORMATIONS = "alpha.config.kubernetes.io/transformations";
async function renderKustomize(root, files, renderer) {
  let dir = relativePath("", root === "" ? "." : root);
  if (dir === void 0) return failure("its directory is outside the repository", []);
  let closure = await kustomizeClosure(dir, files), [first] = closure.refused;
  if (first)
    return { ...failure(`${first.what}: ${first.why}`, closure.files, first.examples[0]), unchecked: closure.refused };
  let tool = renderer.tools.kustomize;
  if (!tool) return failure(renderer.tools.missing.kustomize ?? "there is no kustomize", closure.files);
  let key = { tool: tool.name, version: tool.version, args: [dir], files: closure.files };
  return renderer.cache.remember(key, files, () => build(dir, closure, files, renderer, tool));
}
async function build(dir, closure, files, { limits, cache, tools: { sandbox } }, tool) {
  let contents = await gather(new Map(closure.files.map((path) => [path, path])), files, limits);
  if ("refused" in contents) return failure(contents.refused, closure.files);
  let result = await withTree(treeOf(dir, contents), async ({ root, home }) => {
    let options = { cwd: root, home, limits: limits.tool, sandbox }, ran = await cache.run([...tool.command, WRAPPER], options);
    return ran.outcome === "stopped" ? { refused: `kustomize ${ran.why}` } : ran.code === 0 ? ran.stdout : { refused: `kustomize: ${toolMessage(ran.stderr, `${root}/${REPOSITORY}`)}` };
  });
  if ("refused" in result) return failure(result.refused, closure.files, rootLocation(closure));
  let source2 = new SourceFiles(contents, (path) => files.blob(path));
  return {
    resources: new Reader(dir, closure, source2).resources(result),
    unchecked: [],
    files: closure.files
  };
}
function treeOf(dir, contents) {
  let wrapper = {
    resources: [`../${REPOSITORY}${dir === "" ? "" : `/${dir}`}`],
    buildMetadata: ["originAnnotations", "transformerAnnotations"]
  };
  return new Map([
    ...[...contents].map(([path, bytes]) => [`${REPOSITORY}/${path}`, bytes]),
    [`${WRAPPER}/kustomization.yaml`, new TextEncoder().encode(JSON.stringify(wrapper))]
  ]);
}
function rootLocation({ kustomizations }) {
  let [root] = kustomizations.values();
  return root?.at([]);
}
var Reader = class {
  #through;
  #closure;
  #source;
  #layers = /* @__PURE__ */ new Map();
  constructor(dir, closure, source2) {
    this.#through = [`kustomize ${dir || "."}`], this.#closure = closure, this.#source = source2;
  }
  resources(output) {
    return parseFile(output, { json: !1 }).documents.flatMap(({ value: value2 }) => {
      let resource = this.#resource(asMap(value2) ?? {});
      return resource ? [resource] : [];
    });
  }
  #resource(annotated2) {
    let annotations = field2(field2(annotated2, "metadata"), "annotations"), body = withoutOwnAnnotations(annotated2), origin = yamlOf(field2(annotations, ORIGIN)), layers = this.#applied(yamlOf(field2(annotations, TRANSFORMATIONS))), base = this.#base(pathInRepository(field2(origin, "path")), body, layers), home = base?.origin.at([]) ?? this.#generator(origin, body), made = { body, base, home, layers, through: this.#through }, digest = createHash6("sha256").update(JSON.stringify([body, base?.digest ?? home, layers.map((layer) => layer.digest)])).digest("hex");
    return toResource(body, new KustomizeOrigin(made), digest);
  }
  /** The object of the manifest that became `body`, perhaps under a name with prefixes and suffixes. */
  #base(file, body, layers) {
    if (!this.#source.has(file)) return;
    let alike = this.#source.resources(file).filter(({ kind, apiVersion }) => kind === body.kind && apiVersion === body.apiVersion), { name, namespace } = asMap(body.metadata) ?? {}, sameName = alike.filter((resource) => withAffixes2(resource.name, layers) === name);
    return sameName.find((resource) => resource.namespace === namespace) ?? sameName[0] ?? alike[0];
  }
  /** The entry of the kustomization that generated an object. */
  #generator(origin, body) {
    let file = pathInRepository(field2(origin, "configuredIn")) || pathInRepository(field2(origin, "path")), kustomization = this.#closure.kustomizations.get(file);
    if (!kustomization) return { file, line: 1, column: 1, endLine: 1 };
    let key = body.kind === "Secret" ? "secretGenerator" : "configMapGenerator", name = asText(field2(field2(body, "metadata"), "name")), index = asList(field2(kustomization.value, key)).findIndex((entry2) => name.includes(asText(field2(entry2, "name")) || "\0"));
    return kustomization.at(index < 0 ? [] : [key, index]);
  }
  /** Each kustomization once, where it was last at work. */
  #applied(transformations) {
    let files = asList(transformations).map((item) => pathInRepository(field2(item, "configuredIn")));
    return [...new Set(files.toReversed())].toReversed().flatMap((file) => {
      let kustomization = this.#closure.kustomizations.get(file);
      if (!kustomization) return [];
      let layer = this.#layers.get(file) ?? layerOf(kustomization, this.#source);
      return this.#layers.set(file, layer), [layer];
    });
  }
};
function withAffixes2(name, layers) {
  return layers.reduce((inner, { kustomization: { value: value2 } }) => `${asText(field2(value2, "namePrefix"))}${inner}${asText(field2(value2, "nameSuffix"))}`, name);
}
function pathInRepository(text2) {
  return relativePath(WRAPPER, asText(text2))?.replace(new RegExp(`^${REPOSITORY}/`), "") ?? "";
}
function yamlOf(text2) {
  return parseFile(new TextEncoder().encode(asText(text2)), { json: !1 }).documents[0]?.value;
}
function withoutOwnAnnotations(body) {
  let metadata = { ...asMap(field2(body, "metadata")) }, annotations = { ...asMap(metadata.annotations) };
  return Reflect.deleteProperty(annotations, ORIGIN), Reflect.deleteProperty(annotations, TRANSFORMATIONS), Object.keys(annotations).length > 0 ? metadata.annotations = annotations : Reflect.deleteProperty(metadata, "annotations"), { ...body, metadata };
}

// src/render/render-cache.ts
import { createHash as createHash7 } from "node:crypto";

// src/render/exec.ts
import { spawn } from "node:child_process";
import { accessSync, constants as constants2 } from "node:fs";
var MAX_STDERR = 64 * 1024, CLOSE_MILLISECONDS = 2e3;
function runTool(command2, options) {
  return new Run(options.limits).start([...options.sandbox.prefix(options.limits), ...command2], options);
}
function toolEnvironment(home) {
  let nowhere = "http://127.0.0.1:9";
  return {
    PATH: "/nonexistent",
    HOME: home,
    TMPDIR: home,
    LC_ALL: "C",
    GOMAXPROCS: "2",
    GOTRACEBACK: "none",
    HTTP_PROXY: nowhere,
    HTTPS_PROXY: nowhere,
    http_proxy: nowhere,
    https_proxy: nowhere
  };
}
var Run = class {
  #limits;
  #chunks = [];
  #began = performance.now();
  #bytes = 0;
  #stderr = "";
  #killed;
  constructor(limits) {
    this.#limits = limits;
  }
  start(command2, { cwd, home, stdin }) {
    let { milliseconds: milliseconds2 } = this.#limits;
    return new Promise((resolve9) => {
      let [program = "", ...args] = command2, options = { cwd, env: toolEnvironment(home), detached: !0, windowsHide: !0 }, child = spawn(program, args, { ...options, stdio: ["pipe", "pipe", "pipe"] });
      process.listeners("exit").includes(killAll) || process.once("exit", killAll), running.add(child);
      let timer = setTimeout(
        () => this.#kill(child, `took longer than ${milliseconds2 / 1e3} s`),
        milliseconds2
      ), finish = (result) => {
        clearTimeout(timer), running.delete(child), resolve9(result);
      };
      child.stdin.on("error", () => {
      }).end(stdin ?? ""), child.stdout.on("data", (chunk) => this.#keep(child, chunk)), child.stderr.on("data", (chunk) => {
        this.#stderr.length < MAX_STDERR && (this.#stderr += chunk.toString("utf8", 0, MAX_STDERR));
      }), child.on("error", (error) => finish(this.#stopped(`could not be started: ${error.message}`))), child.on("exit", () => {
        killGroup(child), setTimeout(
          () => [child.stdout, child.stderr].map((pipe) => pipe.destroy()),
          CLOSE_MILLISECONDS
        ).unref();
      }), child.on("close", (code, signal) => finish(this.#result(code, signal)));
    });
  }
  #keep(child, chunk) {
    this.#bytes += chunk.length, this.#bytes <= this.#limits.outputBytes ? this.#chunks.push(chunk) : this.#kill(child, `wrote more than ${inMegabytes(this.#limits.outputBytes)}`);
  }
  #kill(child, why) {
    this.#killed ??= why, this.#chunks.length = 0, killGroup(child);
  }
  #result(code, signal) {
    if (this.#killed !== void 0) return this.#stopped(this.#killed);
    if (/^(?:fatal error: )?(?:runtime: )?(?:out of memory|cannot allocate memory)/m.test(this.#stderr))
      return this.#stopped(`needed more than ${inMegabytes(this.#limits.memoryBytes)} of memory`);
    if (code === null)
      return this.#stopped(STOPPED_BY[signal ?? "SIGKILL"] ?? `was killed by ${signal ?? "a signal"}`);
    let stdout = Buffer.concat(this.#chunks);
    return { outcome: "done", code, stdout, stderr: this.#stderr, milliseconds: this.#elapsed() };
  }
  #stopped(why) {
    return { outcome: "stopped", why, milliseconds: this.#elapsed() };
  }
  #elapsed() {
    return performance.now() - this.#began;
  }
}, STOPPED_BY = {
  SIGXCPU: "needed more processor time than it may have",
  SIGKILL: "was killed: it needed more processor time or memory than it may have",
  SIGXFSZ: "wrote a larger file than it may"
}, running = /* @__PURE__ */ new Set(), killAll = () => running.forEach(killGroup);
function killGroup(child) {
  if (child.pid !== void 0)
    try {
      process.kill(-child.pid, "SIGKILL");
    } catch {
      child.kill("SIGKILL");
    }
}
function inMegabytes(bytes) {
  return `${Math.round(bytes / (1024 * 1024))} MB`;
}
var SHELL = "/bin/sh";
async function findSandbox(home, limits) {
  let open = { memoryCapped: !1, networkClosed: !1, prefix: () => [] }, succeeds = async (command2) => {
    let result = await runTool(command2, { cwd: home, home, limits, sandbox: open });
    return result.outcome === "done" && result.code === 0;
  }, shell = isExecutable(SHELL), memoryCapped = shell && await succeeds([SHELL, "-c", `ulimit -v ${limits.memoryBytes / 1024}`]), unshare = ["/usr/bin/unshare", "/bin/unshare"].find(isExecutable), apart = [];
  for (let flags of unshare !== void 0 && shell ? [["--net"], ["--net", "--map-root-user"]] : []) {
    let candidate = [unshare ?? "", ...flags, "--"];
    apart.length === 0 && await succeeds([...candidate, SHELL, "-c", ":"]) && (apart = candidate);
  }
  return {
    memoryCapped,
    networkClosed: apart.length > 0,
    prefix: (caps) => [...apart, ...shell ? [SHELL, "-c", shellLimits(caps), SHELL] : []]
  };
}
function shellLimits({ memoryBytes, cpuSeconds, fileBytes }) {
  return `${[
    "-c 0",
    `-v ${Math.floor(memoryBytes / 1024)}`,
    `-t ${cpuSeconds}`,
    `-f ${Math.ceil(fileBytes / 512)}`
  ].map((cap) => `ulimit ${cap} 2>/dev/null`).join("; ")}; exec "$@"`;
}
function isExecutable(path) {
  try {
    return accessSync(path, constants2.X_OK), !0;
  } catch {
    return !1;
  }
}

// src/render/render-cache.ts
var RenderCache = class {
  #limits;
  #rendered = /* @__PURE__ */ new Map();
  #waiting = [];
  #running = 0;
  #started = 0;
  #spent = 0;
  constructor(limits) {
    this.#limits = limits;
  }
  /** How many tools were started. */
  get started() {
    return this.#started;
  }
  /** The rendering for `key`, made when it is asked for the first time. */
  remember(key, files, make) {
    let id = identity3(key, files), known = this.#rendered.get(id);
    if (known) return known;
    let made = make();
    return this.#rendered.set(id, made), made;
  }
  /** As `runTool`, when it is this one's turn. */
  async run(command2, options) {
    this.#running >= this.#limits.parallel ? await new Promise((turn) => this.#waiting.push(turn)) : this.#running += 1;
    try {
      if (this.#spent > this.#limits.totalMilliseconds) return TOO_LATE;
      this.#started += 1;
      let result = await runTool(command2, options);
      return this.#spent += result.milliseconds, result;
    } finally {
      let next = this.#waiting.shift();
      next ? next() : this.#running -= 1;
    }
  }
}, TOO_LATE = {
  outcome: "stopped",
  why: "was not started: the time for rendering is used up",
  milliseconds: 0
};
function identity3({ tool, version, args, files }, content) {
  let closure = [...files].sort().map((path) => [path, content.blob(path)]);
  return createHash7("sha256").update(JSON.stringify([tool, version, args, closure])).digest("hex");
}

// src/render/render-limits.ts
var RENDER_LIMITS = {
  tool: {
    milliseconds: 2e4,
    cpuSeconds: 20,
    memoryBytes: 3145728e3,
    outputBytes: 33554432,
    fileBytes: 67108864
  },
  treeFiles: 5e3,
  treeBytes: 67108864,
  parallel: 2,
  totalMilliseconds: 3e5
};

// src/render/renderers.ts
function toolRenderers(tools, limits = RENDER_LIMITS) {
  let renderer = { tools, cache: new RenderCache(limits), limits }, known = /* @__PURE__ */ new WeakMap(), filesOf2 = (snapshot) => {
    let files = known.get(snapshot) ?? readableFiles(snapshot);
    return known.set(snapshot, files), files;
  };
  return {
    kustomize: (dir, snapshot) => renderKustomize(dir, filesOf2(snapshot), renderer),
    helm: (release3, snapshot) => renderHelm(release3, filesOf2(snapshot), renderer)
  };
}

// src/render/tools.ts
import { accessSync as accessSync2, constants as constants3, statSync as statSync3 } from "node:fs";
import { delimiter, isAbsolute, join as join3, relative as relative2, sep as sep2 } from "node:path";
var VERSION = /^v?(\d{1,3}\.\d{1,4}\.\d{1,4})(?:[-+][\w.+-]{1,80})?$/, CANDIDATES = {
  helm: [
    {
      program: "helm",
      render: [],
      versionArgs: ["version", "--template", "{{.Version}}"],
      version: (output) => VERSION.exec(output.trim())?.[1]
    }
  ],
  kustomize: [
    {
      program: "kustomize",
      render: ["build"],
      versionArgs: ["version"],
      // kustomize 5: `v5.4.3`. kustomize 4: `{Version:kustomize/v4.5.7 GitCommit:... }`.
      version: (output) => VERSION.exec(/^\{Version:kustomize\/(\S{1,80}) /.exec(output)?.[1] ?? output.trim())?.[1]
    },
    {
      program: "kubectl",
      render: ["kustomize"],
      versionArgs: ["version", "--client", "-o", "json"],
      version: (output) => VERSION.exec(/"kustomizeVersion": ?"([^"]{1,80})"/.exec(output)?.[1] ?? "")?.[1]
    }
  ]
}, NOT_FOUND = {
  helm: "there is no helm on the PATH",
  kustomize: "there is neither kustomize nor kubectl on the PATH"
}, KNOWN = {
  helm: ([major = 0, minor = 0]) => major === 3 && minor >= 16 || major === 4,
  kustomize: ([major = 0, minor = 0, patch = 0]) => major === 5 || major === 4 && (minor > 5 || minor === 5 && patch >= 5)
}, PROBE = { ...RENDER_LIMITS.tool, milliseconds: 5e3, outputBytes: 64 * 1024 };
async function findTools(environment) {
  let tools = await withTree(/* @__PURE__ */ new Map(), async ({ home }) => {
    let sandbox = await findSandbox(home, PROBE), helm = await findTool("helm", environment, home, sandbox), kustomize = await findTool("kustomize", environment, home, sandbox);
    return {
      ...typeof helm == "string" ? {} : { helm },
      ...typeof kustomize == "string" ? {} : { kustomize },
      missing: {
        ...typeof helm == "string" ? { helm } : {},
        ...typeof kustomize == "string" ? { kustomize } : {}
      },
      sandbox
    };
  });
  if ("refused" in tools) throw new Error(tools.refused);
  return tools;
}
async function findTool(name, environment, home, sandbox) {
  let why;
  for (let candidate of CANDIDATES[name]) {
    let program = programOn(environment, candidate.program);
    if (program === void 0) continue;
    let answer3 = await versionOf4(program, candidate, home, sandbox);
    if ("unusable" in answer3)
      why ??= answer3.unusable;
    else {
      if (KNOWN[name](answer3.version.split(".").map(Number)))
        return { name, version: answer3.version, command: [program, ...candidate.render] };
      why ??= `${program} is version ${answer3.version}, which is not one this program knows`;
    }
  }
  return why ?? NOT_FOUND[name];
}
async function versionOf4(program, { versionArgs, version: versionIn }, home, sandbox) {
  let result = await runTool([program, ...versionArgs], { cwd: home, home, limits: PROBE, sandbox });
  if (result.outcome === "stopped")
    return { unusable: `${program} ${result.why} when asked for its version` };
  let version = result.code === 0 ? versionIn(result.stdout.toString()) : void 0;
  return version === void 0 ? { unusable: `${program} does not tell its version as the program of that name does` } : { version };
}
function programOn({ path, untrusted = [] }, name) {
  let names2 = process.platform === "win32" ? [`${name}.exe`] : [name];
  return path.split(delimiter).filter((directory) => isAbsolute(directory) && !untrusted.some((outer) => isInside(directory, outer))).flatMap((directory) => names2.map((file) => join3(directory, file))).find(isProgram);
}
function isInside(directory, outer) {
  let between = relative2(outer, directory);
  return between !== ".." && !between.startsWith(`..${sep2}`) && !isAbsolute(between);
}
function isProgram(path) {
  try {
    return accessSync2(path, constants3.X_OK), statSync3(path).isFile();
  } catch {
    return !1;
  }
}

// src/cli/render-tools.ts
var DIRECTORIES = ["repo", "base-dir", "head-dir"];
async function renderersFor(args, io) {
  if (args.has("no-render")) return;
  let named2 = [...DIRECTORIES.flatMap((name) => args.text(name) ?? []), ...args.positionals], untrusted = (named2.length > 0 ? named2 : ["."]).map((path) => resolve3(io.cwd, path)), tools = await findTools({ path: io.env.PATH ?? "", untrusted });
  return tools.helm || tools.kustomize ? toolRenderers(tools) : void 0;
}

// src/cli/report-output.ts
import { writeFile as writeFile2 } from "node:fs/promises";
import { resolve as resolve4 } from "node:path";

// src/report/json.ts
function toJson(review2) {
  return jsonText(reviewValue(review2));
}
function reviewValue(review2) {
  let { version, tool, mode, base, head, verdict, untouched, changedFiles: changedFiles2, notJudged } = review2;
  return {
    version,
    tool: { name: tool.name, version: tool.version },
    mode,
    base,
    head,
    verdict,
    environments: review2.environments.map(environmentValue),
    untouched: [...untouched],
    changedFiles: { total: changedFiles2.total, read: changedFiles2.read },
    notJudged: [...notJudged],
    unchecked: review2.unchecked.map(uncheckedValue)
  };
}
function environmentValue(environment) {
  let { name, roots, because, resources } = environment;
  return {
    name,
    roots: [...roots],
    because,
    resources,
    controlPlanes: environment.controlPlanes.map(controlPlaneValue),
    components: environment.components.map(componentValue),
    tags: environment.tags.map(tagValue),
    changes: environment.changes.map(changeValue),
    findings: environment.findings.map(findingValue),
    unchecked: environment.unchecked.map(uncheckedValue)
  };
}
function controlPlaneValue(plane) {
  let { revision, version, versionText, installer, namespace, confidence, at: at2 } = plane;
  return {
    revision,
    version: version ? formatVersion(version) : null,
    versionText,
    installer,
    namespace,
    confidence,
    at: locationValue(at2)
  };
}
function componentValue(part) {
  let { component: component4, name, namespace, revision, version, versionText, installer, confidence, at: at2 } = part;
  return {
    component: component4,
    name,
    namespace,
    ...revision !== void 0 && { revision },
    version: version ? formatVersion(version) : null,
    versionText,
    installer,
    confidence,
    at: locationValue(at2)
  };
}
function tagValue({ name, revision, at: at2 }) {
  return { name, revision, at: locationValue(at2) };
}
function changeValue(change4) {
  let { kind, subject, from, to, message, at: at2, evidence: evidence2, blastRadius: blastRadius2 } = change4;
  return {
    kind,
    subject,
    ...from !== void 0 && { from },
    ...to !== void 0 && { to },
    message,
    ...at2 && { at: locationValue(at2) },
    evidence: evidence2.map(evidenceValue),
    blastRadius: blastRadiusValue(blastRadius2)
  };
}
function findingValue(finding) {
  let { rule, level, status, confidence, resource, at: at2, message, evidence: evidence2, advice } = finding, { fix, blastRadius: blastRadius2, fingerprint } = finding;
  return {
    rule,
    level,
    ...status && { status },
    confidence,
    resource: { kind: resource.kind, namespace: resource.namespace, name: resource.name },
    at: locationValue(at2),
    message,
    evidence: evidence2.map(evidenceValue),
    advice,
    ...fix && { fix: fixValue(fix) },
    ...blastRadius2 && { blastRadius: blastRadiusValue(blastRadius2) },
    fingerprint
  };
}
function fixValue({ title, file, startLine, endLine, text: text2 }) {
  return { title, file, startLine, endLine, text: text2 };
}
function evidenceValue({ says, at: at2 }) {
  return { says, ...at2 && { at: locationValue(at2) } };
}
function blastRadiusValue({ namespaces, workloads, services }) {
  return { namespaces: [...namespaces], workloads: [...workloads], services: [...services] };
}
function uncheckedValue({ what, why, count: count2, examples }) {
  return { what, why, count: count2, examples: examples.map(locationValue) };
}
function locationValue({ file, line, column, endLine }) {
  return { file, line, column, endLine };
}

// src/report/sections.ts
function sectionsOf(review2) {
  let sections = /* @__PURE__ */ new Map();
  for (let environment of review2.environments) {
    let section = sectionOf2(environment);
    if (isQuiet(section)) continue;
    let story = JSON.stringify([section.changes, section.findings, section.fixed]), told = sections.get(story);
    sections.set(story, told ? { ...told, environments: [...told.environments, environment.name] } : section);
  }
  return [...sections.values()];
}
function quietEnvironments(review2) {
  return review2.environments.filter((environment) => isQuiet(sectionOf2(environment))).map(({ name }) => name);
}
function sectionOf2({ name, changes, findings }) {
  return {
    environments: [name],
    changes,
    findings: findings.filter(({ status }) => status === void 0 || status === "introduced"),
    fixed: findings.filter(({ status }) => status === "fixed")
  };
}
function isQuiet({ changes, findings, fixed }) {
  return changes.length + findings.length + fixed.length === 0;
}
function findingsOf(review2, status) {
  return distinctFindings(review2).filter((finding) => finding.status === status);
}
function currentFindings(review2) {
  return distinctFindings(review2).filter(({ status }) => status === void 0 || status === "introduced");
}
function distinctFindings(review2) {
  let distinct4 = /* @__PURE__ */ new Map();
  for (let finding of review2.environments.flatMap(({ findings }) => findings)) {
    let { at: at2, fingerprint, message, status } = finding, identity4 = JSON.stringify([fingerprint, status, at2.file, at2.line, at2.column, message]);
    distinct4.has(identity4) || distinct4.set(identity4, finding);
  }
  return [...distinct4.values()];
}
function allUnchecked(review2) {
  let together = /* @__PURE__ */ new Map();
  for (let entry2 of [review2, ...review2.environments].flatMap(({ unchecked: unchecked2 }) => unchecked2)) {
    let identity4 = JSON.stringify([entry2.what, entry2.why]), seen = together.get(identity4);
    together.set(identity4, seen ? merged5(seen, entry2) : entry2);
  }
  return [...together.values()];
}
var MOST_EXAMPLES = 3;
function merged5(a, b) {
  let examples = /* @__PURE__ */ new Map();
  for (let at2 of [...a.examples, ...b.examples]) examples.set(`${at2.file}:${at2.line}`, at2);
  return { ...a, count: a.count + b.count, examples: [...examples.values()].slice(0, MOST_EXAMPLES) };
}

// src/report/threshold.ts
function reaches3(level, failOn) {
  return failOn !== "never" && LEVELS.indexOf(level) <= LEVELS.indexOf(failOn);
}
function fails(review2, failOn) {
  return currentFindings(review2).some(({ level }) => reaches3(level, failOn));
}

// src/report/wording.ts
function plural(count2, noun) {
  return `${count2} ${noun}${count2 === 1 ? "" : "s"}`;
}
var LONGEST_ENUMERATION = 12;
function enumeration(parts) {
  let named2 = parts.slice(0, LONGEST_ENUMERATION), rest = parts.length - named2.length, words = rest > 0 ? [...named2, `${rest} more`] : named2, last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}
var LEVEL_NOUNS = { error: "error", warning: "warning", info: "note" };
function levelCounts(findings) {
  return enumeration(
    LEVELS.map((level) => ({ level, count: countLevel(findings, level) })).filter(({ count: count2 }) => count2 > 0).map(({ level, count: count2 }) => plural(count2, LEVEL_NOUNS[level]))
  );
}
function countLevel(findings, level) {
  return findings.filter((finding) => finding.level === level).length;
}
function placeText({ file, line }) {
  return `${file}:${line}`;
}
function fixPlace({ file, startLine, endLine }) {
  return endLine > startLine ? `${file}:${startLine}-${endLine}` : `${file}:${startLine}`;
}
function blastRadiusText({ namespaces, workloads, services }) {
  return [
    [namespaces, "namespace"],
    [workloads, "workload"],
    [services, "service"]
  ].filter(([touched]) => touched.length > 0).map(([touched, noun]) => plural(touched.length, noun)).join(", ");
}
function controlPlaneText({ revision, version, versionText }) {
  let shown5 = version ? formatVersion(version) : versionText;
  return shown5 === "" ? revision : `${revision} (${shown5})`;
}
function verdictSentence(review2) {
  return review2.mode === "analyze" ? analyzeSentence(review2) : REVIEW_SENTENCES[review2.verdict](review2);
}
function analyzeSentence(review2) {
  let resources = review2.environments.reduce((sum, environment) => sum + environment.resources, 0), counts2 = levelCounts(currentFindings(review2));
  return `${counts2 === "" ? "No findings" : sentenceCase(counts2)} in ${plural(resources, "resource")}.`;
}
var REVIEW_SENTENCES = {
  unsafe: introducedSentence,
  caution: introducedSentence,
  unknown: ({ notJudged }) => `Nothing wrong was seen, but ${plural(notJudged.length, "changed file")} could not be judged.`,
  safe: (review2) => review2.environments.length === 0 ? "This change touches no part of the mesh." : introducedSentence(review2)
};
function introducedSentence(review2) {
  let counts2 = levelCounts(findingsOf(review2, "introduced"));
  if (counts2 !== "") return `This change introduces ${counts2}.`;
  let changes = review2.environments.reduce((sum, environment) => sum + environment.changes.length, 0);
  return changes === 0 ? "This change introduces no findings." : `This change introduces no findings; it makes ${plural(changes, "change")} to the mesh.`;
}
function otherFindingsSentence(review2) {
  let fixed = levelCounts(findingsOf(review2, "fixed")), existing2 = levelCounts(findingsOf(review2, "existing"));
  return [fixed && `It fixes ${fixed}.`, existing2 && `As before: ${existing2}.`].filter((part) => part !== "").join(" ");
}
function sentenceCase(text2) {
  return text2.charAt(0).toUpperCase() + text2.slice(1);
}

// src/report/junit.ts
function toJunit(review2, failOn) {
  let suites = review2.environments.map((environment) => suiteOf(environment, failOn)), cases = suites.flatMap((suite) => suite.cases);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="istio-upgrade-guard" ${counts(cases)}>`,
    ...suites.flatMap(({ name, cases: cases2 }) => [
      `  <testsuite name="${xmlText(name)}" ${counts(cases2)}>`,
      ...cases2.flatMap(({ lines: lines2 }) => lines2),
      "  </testsuite>"
    ]),
    "</testsuites>",
    ""
  ].join(`
`);
}
function suiteOf({ name, findings }, failOn) {
  let cases = findings.filter(({ status }) => status !== "fixed").map((finding) => caseOf(finding, name, failOn));
  return { name, cases: cases.length > 0 ? cases : [passedSuite(name)] };
}
function passedSuite(name) {
  return { outcome: "passed", lines: [`    <testcase classname="${xmlText(name)}" name="no findings"/>`] };
}
function caseOf(finding, suite, failOn) {
  let { rule, resource, at: at2, message, advice, evidence: evidence2, level, status } = finding, title = xmlText(`${rule} ${friendlyName(resource)} (${placeText(at2)})`), opening = `    <testcase classname="${xmlText(suite)}" name="${title}" file="${xmlText(at2.file)}" line="${at2.line}">`, text2 = [message, ...evidence2.map(({ says }) => `because ${says}`), advice].filter((line) => line !== "").map(xmlText).join(`
`), enclosed = (outcome, body) => ({
    outcome,
    lines: [opening, `      ${body}`, "    </testcase>"]
  });
  return status === "existing" ? enclosed("skipped", '<skipped message="as before this change"/>') : reaches3(level, failOn) ? enclosed("failed", `<failure type="${level}" message="${xmlText(message)}">${text2}</failure>`) : enclosed("passed", `<system-out>${level}: ${text2}</system-out>`);
}
function counts(cases) {
  let count2 = (outcome) => cases.filter((each) => each.outcome === outcome).length;
  return `tests="${cases.length}" failures="${count2("failed")}" skipped="${count2("skipped")}" errors="0"`;
}

// src/report/markdown-entries.ts
var LEVEL_MARKS = { error: "🔴", warning: "🟡", info: "🔵" }, MarkdownEntries = class {
  linkTo;
  constructor(linkTo = () => {
  }) {
    this.linkTo = linkTo;
  }
  change({ message, at: at2, blastRadius: blastRadius2, evidence: evidence2 }) {
    let touched = blastRadiusText(blastRadius2), facts = [at2 ? this.place(at2) : "", touched && `touches ${touched}`].filter((fact) => fact !== ""), tail = facts.length > 0 ? `<br>${facts.join(" · ")}` : "";
    return lines(
      `- ${markdownText(message)}${tail}`,
      evidence2.map((each) => this.evidence(each))
    );
  }
  /** A finding with everything that explains it. */
  finding(finding) {
    let { evidence: evidence2, advice, fix, blastRadius: blastRadius2 } = finding, touched = blastRadius2 ? blastRadiusText(blastRadius2) : "", below = [
      ...evidence2.map((each) => this.evidence(each)),
      ...touched === "" ? [] : [`touches ${touched}`],
      ...advice === "" ? [] : [`**What to do:** ${markdownText(advice)}`],
      ...fix ? [`**Fix:** ${markdownText(fix.title)} (${markdownCode(fixPlace(fix))})`] : []
    ], suggestion2 = fix && fix.text !== "" ? `

${indented(markdownFence(fix.text, "yaml"))}
` : "";
    return `${lines(this.findingHead(finding), below)}${suggestion2}`;
  }
  /** A finding in one line, for those that need no action. */
  shortFinding(finding) {
    return this.findingHead(finding);
  }
  unchecked({ what, why, count: count2, examples }) {
    let [example] = examples, where = `${count2 > 1 ? `${plural(count2, "place")}${example ? ", such as " : ""}` : ""}${example ? this.place(example) : ""}`;
    return `- ${markdownText(what)}: ${markdownText(why)}${where === "" ? "" : ` (${where})`}`;
  }
  /** What an environment looks like at head. */
  environment({ name, because, controlPlanes, tags, resources }) {
    let planes = controlPlanes.map((plane) => `control plane ${markdownText(controlPlaneText(plane))}`), pointers = tags.map((tag2) => `tag ${markdownCode(tag2.name)} → ${markdownCode(tag2.revision)}`), facts = [plural(resources, "resource"), ...planes, ...pointers].join(", ");
    return `- **${markdownText(name)}** (${markdownText(because)}): ${facts}`;
  }
  findingHead({ level, rule, resource, confidence, at: at2, message }) {
    let sure = confidence === "likely" ? " (likely)" : "", name = markdownCode(friendlyName(resource)), place = this.place(at2);
    return `- ${LEVEL_MARKS[level]} **${markdownText(rule)}** ${name}${sure} ${markdownText(message)}<br>${place}`;
  }
  evidence({ says, at: at2 }) {
    return `because ${markdownText(says)}${at2 ? ` (${this.place(at2)})` : ""}`;
  }
  place(at2) {
    let text2 = markdownCode(placeText(at2)), url = this.linkTo(at2);
    return url === void 0 ? text2 : `[${text2}](${url})`;
  }
};
function lines(first, below) {
  return [first, ...below.map((line) => `  - ${line}`)].join(`
`);
}
function indented(block) {
  return block.split(`
`).map((line) => `  ${line}`).join(`
`);
}

// src/report/markdown-page.ts
var encoder = new TextEncoder(), RESERVE = 200, MarkdownPage = class {
  blocks = [];
  room;
  used = 0;
  cut = 0;
  constructor(maxBytes) {
    this.room = maxBytes - RESERVE;
  }
  /** A paragraph or heading of its own. */
  block(text2) {
    this.take(text2) || (this.cut += 1);
  }
  /** Entries under a heading; each is kept whole or left out. */
  list(heading3, entries) {
    this.group(heading3, entries, "");
  }
  /** Entries that a reader opens when wanted. `summary` is HTML. */
  details(summary, entries) {
    this.group(`<details><summary>${summary}</summary>`, entries, "</details>");
  }
  /** The page, with a final newline. */
  text() {
    let last = this.cut > 0 ? [`_${this.cut} more did not fit on this page; \`--format json\` shows everything._`] : [];
    return `${[...this.blocks, ...last].join(`

`)}
`;
  }
  group(opening, entries, closing) {
    if (entries.length === 0) return;
    let frame2 = byteLength(opening) + byteLength(closing) + 6, kept = [], size = frame2;
    for (let entry2 of entries) {
      let next = size + byteLength(entry2) + 1;
      if (this.used + next > this.room) break;
      kept.push(entry2), size = next;
    }
    this.cut += entries.length - kept.length, kept.length !== 0 && this.take([opening, kept.join(`
`), closing].filter((part) => part !== "").join(`

`));
  }
  take(text2) {
    let size = byteLength(text2) + 2;
    return this.used + size > this.room ? !1 : (this.blocks.push(text2), this.used += size, !0);
  }
};
function byteLength(text2) {
  return encoder.encode(text2).length;
}

// src/report/markdown.ts
var DEFAULT_MAX_BYTES = 6e4, FIRST_CHANGES = 8, FIRST_FINDINGS = 5, OPEN_SECTIONS = 3;
function toMarkdown(review2, options = {}) {
  let { maxBytes = DEFAULT_MAX_BYTES, linkTo } = options, page = new MarkdownPage(maxBytes), entries = new MarkdownEntries(linkTo), sections = sectionsOf(review2), several = review2.environments.length > 1;
  heading(page, review2);
  for (let section of sections.slice(0, OPEN_SECTIONS))
    several && page.block(`#### ${sectionNoun(section)} ${markdownText(enumeration(section.environments))}`), openSection(page, entries, review2, section);
  for (let section of sections.slice(0, OPEN_SECTIONS))
    foldedRest(page, entries, section, several ? ` in ${htmlText(enumeration(section.environments))}` : "");
  for (let section of sections.slice(OPEN_SECTIONS))
    page.details(`${sectionNoun(section)} ${htmlText(enumeration(section.environments))}`, [
      ...section.changes.map((change4) => entries.change(change4)),
      ...section.findings.map((finding) => entries.finding(finding))
    ]);
  let shortly = (status) => findingsOf(review2, status).map((finding) => entries.shortFinding(finding));
  return folded2(page, "What this change fixes", shortly("fixed")), folded2(page, "What could not be checked", uncheckedEntries(review2, entries)), folded2(page, "Findings as before", shortly("existing")), folded2(
    page,
    "Environments",
    review2.environments.map((environment) => entries.environment(environment))
  ), page.text();
}
function heading(page, review2) {
  let { mode, verdict, base, head } = review2;
  page.block(`### Istio Upgrade Guard${mode === "review" ? `: ${verdict}` : ""}`);
  let others2 = otherFindingsSentence(review2);
  if (page.block(`**${verdictSentence(review2)}**${others2 === "" ? "" : ` ${others2}`}`), mode !== "review") return;
  let from = base === "" ? "no base (a first commit)" : markdownCode(base), quiet = quietEnvironments(review2), rest = quiet.length > 0 && review2.environments.length > 1 ? ` Nothing changes in ${markdownText(enumeration(quiet))}.` : "";
  page.block(`Compared: ${from} → ${markdownCode(head)}.${rest}`);
}
function openSection(page, entries, { mode }, { changes, findings }) {
  page.list(
    "**What changes in the mesh**",
    changes.slice(0, FIRST_CHANGES).map((change4) => entries.change(change4))
  ), page.list(
    mode === "review" ? "**What this change introduces**" : "**Findings**",
    findings.slice(0, FIRST_FINDINGS).map((finding) => entries.finding(finding))
  );
}
function foldedRest(page, entries, { changes, findings }, where) {
  let moreChanges = changes.slice(FIRST_CHANGES).map((change4) => entries.change(change4)), moreFindings = findings.slice(FIRST_FINDINGS).map((finding) => entries.finding(finding));
  page.details(`${plural(moreChanges.length, "more change")}${where}`, moreChanges), page.details(`${plural(moreFindings.length, "more finding")}${where}`, moreFindings);
}
function folded2(page, title, entries) {
  page.details(`${title} (${entries.length})`, entries);
}
function uncheckedEntries(review2, entries) {
  return [
    ...review2.notJudged.map((file) => `- ${markdownCode(file)}: changed, but no environment deploys it`),
    ...allUnchecked(review2).map((entry2) => entries.unchecked(entry2))
  ];
}
function sectionNoun({ environments }) {
  return `Environment${environments.length > 1 ? "s" : ""}`;
}

// src/report/sarif.ts
var SCHEMA2 = "https://json.schemastore.org/sarif-2.1.0.json", SARIF_LEVELS = { error: "error", warning: "warning", info: "note" }, BASELINE = {
  introduced: "new",
  existing: "unchanged"
};
function toSarif(review2, rules) {
  let indexes = new Map(rules.map(({ id }, index) => [id, index])), results = distinctFindings(review2).filter(({ status }) => status !== "fixed").map((finding) => resultOf(finding, indexes.get(finding.rule))), { name, version } = review2.tool;
  return jsonText({
    $schema: SCHEMA2,
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name, version, semanticVersion: version, rules: rules.map(ruleValue) } },
        automationDetails: { id: `${name}/${review2.mode}/` },
        columnKind: "utf16CodeUnits",
        originalUriBaseIds: { "%SRCROOT%": { description: { text: "The root of the repository." } } },
        invocations: [
          {
            executionSuccessful: !0,
            toolExecutionNotifications: allUnchecked(review2).map(notificationOf)
          }
        ],
        results
      }
    ]
  });
}
function ruleValue({ id, name, summary, level, advice }) {
  let help = typeof advice == "string" ? [advice] : Object.values(advice), text2 = [summary, ...new Set(help)].filter((line) => line !== "").join(`

`);
  return {
    id,
    name: pascalCase(name),
    shortDescription: { text: plainText(summary) },
    fullDescription: { text: plainText(summary) },
    help: { text: plainText(text2) },
    defaultConfiguration: { level: SARIF_LEVELS[level] },
    properties: { tags: ["istio"] }
  };
}
function pascalCase(name) {
  return name.split(/[^a-zA-Z0-9]+/).map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}
function resultOf(finding, ruleIndex) {
  let { rule, level, status, confidence, resource, at: at2, message, evidence: evidence2, advice, fix } = finding, text2 = [message, ...evidence2.map(({ says }) => `because ${says}`), advice], related = evidence2.flatMap((each) => relatedLocation(each));
  return {
    ruleId: rule,
    ...ruleIndex !== void 0 && { ruleIndex },
    level: SARIF_LEVELS[level],
    message: { text: plainText(text2.filter((line) => line !== "").join(`
`)) },
    locations: [
      {
        physicalLocation: physicalLocation(at2),
        logicalLocations: [{ fullyQualifiedName: friendlyName(resource), kind: "resource" }]
      }
    ],
    ...related.length > 0 && { relatedLocations: related },
    partialFingerprints: { "istioUpgradeGuard/v1": finding.fingerprint },
    ...status && status !== "fixed" && { baselineState: BASELINE[status] },
    ...fix && { fixes: [fixValue2(fix)] },
    properties: { confidence }
  };
}
function relatedLocation({ says, at: at2 }) {
  return at2 ? [{ physicalLocation: physicalLocation(at2), message: { text: plainText(says) } }] : [];
}
function physicalLocation({ file, line, column, endLine }) {
  return {
    artifactLocation: artifact(file),
    // Without an end column a region of one line ends with that line, and of several it may not begin within one.
    region: endLine > line ? { startLine: line, endLine } : { startLine: line, startColumn: column }
  };
}
function artifact(file) {
  return { uri: uriPath(file), uriBaseId: "%SRCROOT%" };
}
function fixValue2({ title, file, startLine, endLine, text: text2 }) {
  return {
    description: { text: plainText(title) },
    artifactChanges: [
      {
        artifactLocation: artifact(file),
        replacements: [{ deletedRegion: { startLine, endLine }, insertedContent: { text: text2 } }]
      }
    ]
  };
}
function notificationOf({ what, why, count: count2, examples }) {
  return {
    level: "note",
    message: { text: plainText(`Not checked: ${what}: ${why}${count2 > 1 ? ` (${count2} places)` : ""}`) },
    ...examples.length > 0 && {
      locations: examples.map((at2) => ({ physicalLocation: physicalLocation(at2) }))
    }
  };
}
function plainText(text2) {
  return text2.replaceAll("](", "] (");
}

// src/report/terminal-layout.ts
var CODES = {
  error: "31",
  warning: "33",
  info: "36",
  good: "32",
  quiet: "2",
  strong: "1"
};
function painter(color) {
  return color ? (style, text2) => `\x1B[${CODES[style]}m${text2}\x1B[0m` : (_, text2) => text2;
}
function wrapped(text2, width, paint, line) {
  let { indent, hanging = 0, style } = line, lines2 = [], current = "";
  for (let word of terminalText(text2).split(" ")) {
    let room = width - indent - (lines2.length === 0 ? 0 : hanging);
    current !== "" && current.length + 1 + word.length > room ? (lines2.push(current), current = word) : current = current === "" ? word : `${current} ${word}`;
  }
  return lines2.push(current), lines2.map((each, i) => `${" ".repeat(indent + (i === 0 ? 0 : hanging))}${style ? paint(style, each) : each}`);
}

// src/report/terminal.ts
var DEFAULT_WIDTH = 100, MOST_CHANGES = 40, MOST_UNCHECKED = 8, LEVEL_MARKS2 = { error: "✖", warning: "▲", info: "•" }, VERDICT_STYLES = {
  unsafe: "error",
  caution: "warning",
  unknown: "warning",
  safe: "good"
};
function toTerminal(review2, { color, width = DEFAULT_WIDTH }) {
  let page = new Page(painter(color), width);
  heading2(page, review2);
  let several = review2.environments.length > 1;
  for (let section of sectionsOf(review2)) showSection(page, review2, section, several);
  return showQuiet(page, review2), showUnchecked(page, review2), showControlPlanes(page, review2, several), page.text();
}
var Page = class {
  lines = [];
  paint;
  width;
  constructor(paint, width) {
    this.paint = paint, this.width = width;
  }
  blank() {
    this.lines.push("");
  }
  /** A line of ours that is already escaped and painted. */
  ready(line) {
    this.lines.push(line);
  }
  write(text2, line) {
    this.lines.push(...wrapped(text2, this.width, this.paint, line));
  }
  title(text2) {
    this.blank(), this.write(text2, { indent: 0, style: "strong" });
  }
  text() {
    return `${this.lines.join(`
`)}
`;
  }
};
function heading2(page, review2) {
  let { mode, verdict, base, head } = review2;
  if (mode === "review") {
    page.write(`${base === "" ? "first commit" : base} → ${head}`, { indent: 0, style: "quiet" });
    let word = page.paint(VERDICT_STYLES[verdict], verdict.toUpperCase());
    page.ready(`${word}  ${verdictSentence(review2)}`);
  } else
    page.ready(page.paint("strong", verdictSentence(review2)));
  let others2 = otherFindingsSentence(review2);
  others2 !== "" && page.write(others2, { indent: 0, style: "quiet" });
}
function showSection(page, { mode }, section, several) {
  if (several) {
    let noun = section.environments.length > 1 ? "Environments" : "Environment";
    page.title(`${noun} ${enumeration(section.environments)}`);
  }
  section.changes.length > 0 && page.title("What changes in the mesh");
  for (let change4 of section.changes.slice(0, MOST_CHANGES)) showChange(page, change4);
  showRest(page, section.changes.length - MOST_CHANGES), section.findings.length > 0 && page.title(mode === "review" ? "What this change introduces" : "Findings"), section.findings.forEach((finding, i) => {
    i > 0 && page.blank(), showFinding(page, finding);
  }), section.fixed.length > 0 && page.title("What it fixes");
  for (let finding of section.fixed) showFixed(page, finding);
}
function showChange(page, { message, at: at2, blastRadius: blastRadius2, evidence: evidence2 }) {
  page.write(`~ ${message}`, { indent: 2, hanging: 2 });
  let facts = [at2 ? placeText(at2) : "", blastRadiusText(blastRadius2)].filter((fact) => fact !== "");
  facts.length > 0 && page.write(facts.join("  ·  "), { indent: 4, style: "quiet" });
  for (let each of evidence2) showEvidence(page, each);
}
function showFinding(page, finding) {
  let { level, rule, resource, confidence, at: at2, message, evidence: evidence2, advice, fix, blastRadius: blastRadius2 } = finding, mark = page.paint(level, `${LEVEL_MARKS2[level]} ${level}`), sure = confidence === "likely" ? page.paint("quiet", "  (likely)") : "", name = terminalText(friendlyName(resource));
  page.ready(`  ${mark}  ${page.paint("strong", terminalText(rule))}  ${name}${sure}`), page.write(placeText(at2), { indent: 4, style: "quiet" }), page.write(message, { indent: 4 });
  for (let each of evidence2) showEvidence(page, each);
  let touched = blastRadius2 ? blastRadiusText(blastRadius2) : "";
  touched !== "" && page.write(`touches ${touched}`, { indent: 4, style: "quiet" }), advice !== "" && page.write(`→ ${advice}`, { indent: 4, hanging: 2 }), fix && page.write(`fix: ${fix.title} (${fixPlace(fix)})`, { indent: 4, hanging: 2 });
}
function showEvidence(page, { says, at: at2 }) {
  page.write(`because ${says}${at2 ? ` (${placeText(at2)})` : ""}`, { indent: 4, hanging: 2, style: "quiet" });
}
function showFixed(page, { rule, resource, message }) {
  let mark = page.paint("good", "✔");
  page.ready(
    `  ${mark} ${page.paint("strong", terminalText(rule))}  ${terminalText(friendlyName(resource))}`
  ), page.write(message, { indent: 4, style: "quiet" });
}
function showQuiet(page, review2) {
  let quiet = quietEnvironments(review2);
  if (review2.environments.length < 2 || quiet.length === 0) return;
  let verb2 = review2.mode === "review" ? "Nothing changes in" : "No findings in";
  page.blank(), page.write(`${verb2} ${enumeration(quiet)}.`, { indent: 0, hanging: 2 });
}
function showUnchecked(page, review2) {
  let unchecked2 = allUnchecked(review2), { notJudged } = review2;
  if (unchecked2.length + notJudged.length !== 0) {
    if (page.title("What could not be checked"), notJudged.length > 0) {
      let [first = ""] = notJudged, others2 = notJudged.length > 1 ? ` and ${notJudged.length - 1} more` : "";
      page.write(`· changed files that no environment deploys: ${first}${others2}`, { indent: 2, hanging: 2 });
    }
    for (let { what, why, count: count2, examples } of unchecked2.slice(0, MOST_UNCHECKED)) {
      let [example] = examples, where = example ? `${count2 > 1 ? ", such as" : " at"} ${placeText(example)}` : "", places = count2 > 1 ? `${plural(count2, "place")}${where}` : where.trim();
      page.write(`· ${what}: ${why}${places === "" ? "" : ` (${places})`}`, { indent: 2, hanging: 2 });
    }
    showRest(page, unchecked2.length - MOST_UNCHECKED);
  }
}
function showRest(page, count2) {
  count2 > 0 && page.write(`and ${count2} more (--format json shows all)`, { indent: 4, style: "quiet" });
}
function showControlPlanes(page, { environments }, several) {
  let known = environments.filter(({ controlPlanes, tags }) => controlPlanes.length + tags.length > 0);
  if (known.length !== 0) {
    page.title("Control planes");
    for (let { name, controlPlanes, tags } of known) {
      let planes = controlPlanes.map(controlPlaneText), pointers = tags.map((tag2) => `tag ${tag2.name} → ${tag2.revision}`), who = several ? `${name}: ` : "";
      page.write(`${who}${[...planes, ...pointers].join(", ")}`, { indent: 2, hanging: 2 });
    }
  }
}

// src/report/workflow-commands.ts
var COMMANDS = { error: "error", warning: "warning", info: "notice" };
function toWorkflowCommands(review2) {
  let changes = new Set(
    review2.environments.flatMap((environment) => environment.changes.map(changeCommand))
  );
  return `${[...currentFindings(review2).map(findingCommand), ...changes, verdictCommand(review2)].join(`
`)}
`;
}
function findingCommand({ level, rule, resource, at: at2, message, evidence: evidence2, advice }) {
  let lines2 = [message, ...evidence2.map(({ says }) => `because ${says}`), advice].filter(
    (line) => line !== ""
  );
  return command(COMMANDS[level], `${rule} ${friendlyName(resource)}`, at2, lines2);
}
function changeCommand({ message, at: at2 }) {
  return command("notice", "Change of the mesh", at2, [message]);
}
function verdictCommand(review2) {
  let sentence2 = `${verdictSentence(review2)} ${otherFindingsSentence(review2)}`.trim(), verdict = review2.mode === "review" ? `: ${review2.verdict}` : "";
  return command("notice", `Istio Upgrade Guard${verdict}`, void 0, [sentence2]);
}
function command(name, title, at2, lines2) {
  let place = at2 ? [`file=${commandProperty(at2.file)}`, `line=${at2.line}`, `endLine=${at2.endLine}`, `col=${at2.column}`] : [];
  return `::${name} ${[...place, `title=${commandProperty(title)}`].join(",")}::${commandMessage(lines2)}`;
}

// src/report/formats.ts
var FORMATS = ["terminal", "markdown", "json", "sarif", "junit", "github"];
function formatReview(review2, format, options) {
  return FORMATTERS[format](review2, options);
}
var FORMATTERS = {
  terminal: (review2, { color, width }) => toTerminal(review2, { color, ...width !== void 0 && { width } }),
  markdown: (review2) => toMarkdown(review2),
  json: toJson,
  sarif: (review2, { rules }) => toSarif(review2, rules),
  junit: (review2, { failOn }) => toJunit(review2, failOn),
  github: toWorkflowCommands
};

// src/cli/exit-code.ts
var EXIT = {
  /** Nothing at the level of `--fail-on`. */
  ok: 0,
  /** Findings at that level. */
  findings: 1,
  /** The command line or the settings are wrong. */
  usage: 2,
  /** No review came about: no such commit, unreadable files, a defect of ours. */
  failed: 3
};

// src/cli/usage-error.ts
var UsageError = class extends Error {
  name = "UsageError";
  advice;
  constructor(message, advice = "") {
    super(message), this.advice = advice;
  }
};

// src/cli/report-output.ts
var WIDEST = 110;
async function deliver(review2, { failOn }, args, io) {
  let format = args.choice("format", FORMATS) ?? "terminal", file = args.text("output"), { columns } = io.stdout, text2 = formatReview(review2, format, {
    color: file === void 0 && usesColor(io),
    ...columns !== void 0 && columns > 40 && { width: Math.min(columns, WIDEST) },
    failOn,
    rules: RULE_HEADS
  });
  return file === void 0 ? io.stdout.write(text2) : await writeReport(resolve4(io.cwd, file), file, text2), fails(review2, failOn) ? EXIT.findings : EXIT.ok;
}
function usesColor({ stdout, env }) {
  return stdout.isTTY === !0 && (env.NO_COLOR ?? "") === "" && env.TERM !== "dumb";
}
async function writeReport(path, shown5, text2) {
  try {
    await writeFile2(path, text2);
  } catch {
    throw new UsageError(`--output ${shown5} cannot be written.`, "Does its directory exist?");
  }
}
function requireEnvironment(review2, { environment }) {
  if (!(environment === void 0 || [...review2.environments.map(({ name }) => name), ...review2.untouched].includes(environment)))
    throw new UsageError(
      `This repository has no environment "${environment}".`,
      "Without --environment the report names them."
    );
}

// src/cli/run-settings.ts
import { readFile } from "node:fs/promises";
import { resolve as resolve5 } from "node:path";

// src/config/json-schema.ts
function schemaProblems(schema, value2) {
  return new Validation(schema.$defs ?? {}).check(schema, value2, []);
}
var Validation = class {
  definitions;
  constructor(definitions) {
    this.definitions = definitions;
  }
  check(schema, value2, path) {
    if (schema.$ref !== void 0) return this.check(this.resolve(schema.$ref), value2, path);
    let wrong = wrongValue(schema, value2);
    return wrong !== void 0 ? [{ path, at: "value", message: wrong }] : Array.isArray(value2) ? this.checkItems(schema, value2, path) : isObject(value2) ? this.checkKeys(schema, value2, path) : [];
  }
  checkItems(schema, values, path) {
    let { items } = schema;
    return items ? values.flatMap((value2, i) => this.check(items, value2, [...path, i])) : [];
  }
  checkKeys(schema, value2, path) {
    let missing = (schema.required ?? []).filter((key) => !Object.hasOwn(value2, key)).map((key) => ({ path, at: "value", message: `"${key}" is missing` })), present = Object.keys(value2).flatMap((key) => this.checkKey(schema, key, value2[key], path));
    return [...missing, ...present];
  }
  checkKey(schema, key, value2, path) {
    let properties = schema.properties ?? {}, known = Object.hasOwn(properties, key) ? properties[key] : void 0;
    if (known) return this.check(known, value2, [...path, key]);
    let others2 = schema.additionalProperties;
    if (others2 === void 0) return [];
    if (others2) return this.check(others2, value2, [...path, key]);
    let message = `unknown key "${key}"${suggestion(key, Object.keys(properties))}`;
    return [{ path: [...path, key], at: "key", message }];
  }
  resolve(reference) {
    let name = reference.replace("#/$defs/", "");
    return (Object.hasOwn(this.definitions, name) ? this.definitions[name] : void 0) ?? {};
  }
};
function wrongValue(schema, value2) {
  let { type, enum: choices, const: only, pattern, minLength, minimum, minItems, maxItems } = schema, types = type === void 0 ? [] : [type].flat();
  if (types.length > 0 && !types.some((name) => hasType(value2, name)))
    return `must be ${types.map((name) => TYPE_NAMES[name]).join(" or ")}, not ${shown4(value2)}`;
  if (choices && !choices.includes(value2))
    return `must be one of ${choices.map(String).join(", ")}, not ${shown4(value2)}${suggestion(String(value2), choices.map(String))}`;
  if (only !== void 0 && value2 !== only) return `must be ${JSON.stringify(only)}, not ${shown4(value2)}`;
  if (typeof value2 == "string") {
    if (minLength !== void 0 && value2.length < minLength) return "must not be empty";
    if (pattern !== void 0 && !new RegExp(pattern, "u").test(value2))
      return `must be ${schema.description ?? `like ${pattern}`}, not ${shown4(value2)}`;
  }
  if (typeof value2 == "number" && minimum !== void 0 && value2 < minimum)
    return `must be at least ${minimum}`;
  if (Array.isArray(value2)) {
    if (minItems !== void 0 && value2.length < minItems) return "must not be empty";
    if (maxItems !== void 0 && value2.length > maxItems) return `must have at most ${maxItems} entries`;
  }
}
var TYPE_NAMES = {
  object: "a mapping",
  array: "a list",
  string: "text",
  integer: "a whole number",
  boolean: "true or false",
  null: "null"
};
function hasType(value2, type) {
  return type === "null" ? value2 === null : type === "array" ? Array.isArray(value2) : type === "object" ? isObject(value2) : type === "integer" ? Number.isInteger(value2) : typeof value2 === type;
}
function isObject(value2) {
  return typeof value2 == "object" && value2 !== null && !Array.isArray(value2);
}
var LONGEST_SHOWN = 60;
function shown4(value2) {
  if (Array.isArray(value2)) return "a list";
  if (isObject(value2)) return "a mapping";
  let text2 = JSON.stringify(value2) ?? "nothing";
  return text2.length > LONGEST_SHOWN ? `${text2.slice(0, LONGEST_SHOWN)}…` : text2;
}
function suggestion(word, candidates) {
  let near = nearest(word, candidates);
  return near === void 0 ? "" : `; did you mean "${near}"?`;
}

// src/config/settings-schema.ts
function settingsSchema(rules) {
  let text2 = { type: "string", minLength: 1 }, texts2 = { type: "array", items: text2 };
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Istio Upgrade Guard settings",
    ...mapping("Everything has a default; the file is optional. Read from the base of a pull request.", {
      environments: listOf2(
        mapping(
          "The manifests deployed together into one cluster.",
          { name: text2, paths: { ...texts2, minItems: 1, description: "Globs over repository paths." } },
          ["name", "paths"]
        ),
        "Which paths make up which environment. Left out: they are found by the structure of the repository."
      ),
      rules: mapping(
        "The level of a rule, or `off`.",
        Object.fromEntries(rules.map((rule) => [rule.id, levelOf3(rule)]))
      ),
      failOn: {
        description: "The mildest introduced finding that fails a review.",
        enum: [...LEVELS, "never"],
        default: "error"
      },
      suppressions: listOf2(
        mapping(
          "Findings the repository has decided to live with.",
          {
            rule: { enum: [...rules.map(({ id }) => id), "*"], description: "A rule, or `*` for all." },
            resource: { ...text2, description: "Glob over `Kind namespace/name`." },
            reason: text2,
            until: {
              type: "string",
              pattern: "^\\d{4}-\\d{2}-\\d{2}$",
              description: "a day such as 2030-01-31"
            }
          },
          ["rule", "resource"]
        )
      ),
      externals: {
        ...texts2,
        description: "What exists outside the repository: `Service payments/ledger`, `host *.example.com`. Globs."
      },
      comment: {
        description: "When a pull request gets a comment.",
        enum: ["always", "on-findings", "never"],
        default: "always"
      },
      waves: listOf2(
        mapping(
          "Namespaces that move to a new revision together.",
          { name: text2, namespaces: { ...texts2, minItems: 1 } },
          ["namespaces"]
        ),
        "The order in which namespaces are promoted."
      )
    })
  };
}
function levelOf3({ summary }) {
  return { description: summary, enum: [...LEVELS, "off", !1] };
}
function mapping(description2, properties, required = []) {
  return {
    description: description2,
    type: "object",
    properties,
    ...required.length > 0 && { required },
    additionalProperties: !1
  };
}
function listOf2(items, description2) {
  return { ...description2 !== void 0 && { description: description2 }, type: "array", items };
}

// src/config/load.ts
var SETTINGS_PATHS = [
  ".github/istio-upgrade-guard.yml",
  ".github/istio-upgrade-guard.yaml"
], NOTHING3 = { settings: {}, problems: [] };
async function loadSettings(snapshot, rules) {
  let entry2 = snapshot?.list().find(({ path: path2 }) => SETTINGS_PATHS.some((known) => known === path2));
  if (!snapshot || !entry2) return NOTHING3;
  let { path } = entry2;
  if (entry2.kind !== "file") return unread(path, "must be a plain file, not a link");
  try {
    return parseSettings(await snapshot.read(path), path, rules);
  } catch (error) {
    if (error instanceof SourceError && error.code === "unreadable") return unread(path, error.message);
    throw error;
  }
}
function unread(file, message) {
  return { settings: {}, problems: [{ file, line: 1, column: 1, message }] };
}
function parseSettings(bytes, file, rules) {
  let { documents, problems } = parseFile(bytes, { json: !1 });
  if (problems.length > 0)
    return {
      settings: {},
      problems: problems.map((each) => ({ file, ...positionOf(each), message: each.message }))
    };
  let [document, second] = documents;
  return !document || document.value === null ? NOTHING3 : second ? { settings: {}, problems: [{ file, line: second.line, column: 1, message: "settings are one document; this file begins another" }] } : check(document, file, rules);
}
function check(document, file, rules) {
  let broken = schemaProblems(settingsSchema(rules), document.value), problems = broken.map(({ path, at: at2, message }) => ({
    file,
    ...positionOf(document.locate(path, at2)),
    message: `${pathText2(path, at2)}${message}`
  }));
  if (broken.some(({ path }) => path.length === 0)) return { settings: {}, problems };
  let unusable = new Set(broken.map(({ path }) => path[0])), usable = Object.entries(document.value).filter(([key]) => !unusable.has(key));
  return { settings: settingsOf(Object.fromEntries(usable)), problems };
}
function settingsOf({ rules, ...others2 }) {
  if (!rules) return others2;
  let levels = Object.entries(rules).map(([id, level]) => [id, level === !1 ? "off" : level]);
  return { ...others2, levels: Object.fromEntries(levels) };
}
function positionOf({ line, column }) {
  return { line, column };
}
function pathText2(path, at2) {
  let text2 = (at2 === "key" ? path.slice(0, -1) : path).map((segment) => typeof segment == "number" ? `[${segment}]` : `.${segment}`).join("");
  return text2 === "" ? "" : `${text2.replace(/^\./, "")}: `;
}

// src/config/settings.ts
var DEFAULT_SETTINGS = {
  world: "open",
  namespace: "",
  meshConfig: void 0,
  meshNetworks: void 0,
  environments: [],
  environment: void 0,
  rules: void 0,
  levels: {},
  failOn: "error",
  suppressions: [],
  externals: [],
  comment: "always",
  waves: [],
  today: "1970-01-01"
};

// src/cli/settings-error.ts
var SettingsError = class extends Error {
  name = "SettingsError";
  problems;
  constructor(problems) {
    super("The settings cannot be used."), this.problems = problems;
  }
};

// src/cli/run-settings.ts
async function reviewSettings(args, io, base, head) {
  let override = await overrideFile(args, io);
  if (override) return mergedSettings(args, io, accepted(override));
  let atHead = accepted(await loadSettings(head, RULE_HEADS));
  return mergedSettings(args, io, base ? (await loadSettings(base, RULE_HEADS)).settings : atHead);
}
async function analyzeSettings(args, io, tree) {
  let loaded = await overrideFile(args, io) ?? await ownFile(io, tree);
  return {
    ...mergedSettings(args, io, accepted(loaded)),
    world: args.has("closed-world") ? "closed" : "open",
    namespace: args.text("namespace") ?? "",
    meshConfig: await mappingFile(args, io, "mesh-config"),
    meshNetworks: await mappingFile(args, io, "mesh-networks")
  };
}
function accepted({ settings, problems }) {
  if (problems.length > 0) throw new SettingsError(problems);
  return settings;
}
async function overrideFile(args, io) {
  let file = args.text("config");
  return file === void 0 ? void 0 : parseSettings(await fileOf("config", file, io), file, RULE_HEADS);
}
async function ownFile(io, tree) {
  if (tree.list().some(({ path }) => SETTINGS_PATHS.some((known) => known === path)))
    return loadSettings(tree, RULE_HEADS);
  for (let path of SETTINGS_PATHS) {
    let bytes = await readFile(resolve5(io.cwd, path)).catch(() => {
    });
    if (bytes) return parseSettings(bytes, path, RULE_HEADS);
  }
  return { settings: {}, problems: [] };
}
function mergedSettings(args, io, repository) {
  let failOn = args.choice("fail-on", [...LEVELS, "never"]), suppressed = args.list("suppress").map(suppressionOf);
  return {
    ...DEFAULT_SETTINGS,
    ...repository,
    environment: args.text("environment"),
    rules: args.text("rules")?.split(",").map(knownRule),
    ...failOn && { failOn },
    suppressions: [...repository.suppressions ?? [], ...suppressed],
    today: io.now.toISOString().slice(0, 10)
  };
}
function knownRule(text2) {
  let id = text2.trim();
  if (ruleHeadById(id)) return id;
  let near = nearest(
    id,
    RULE_HEADS.map((rule) => rule.id)
  );
  throw new UsageError(
    `There is no rule "${id}"${near === void 0 ? "" : ` (did you mean ${near}?)`}.`,
    "The command `rules` lists them."
  );
}
function suppressionOf(text2) {
  let [rule = "", resource = ""] = splitOnce(text2, "=");
  if (resource === "")
    throw new UsageError(
      `--suppress "${text2}" names no resource.`,
      "It takes RULE=Kind namespace/name, such as 'IST0101=VirtualService shop/*'."
    );
  return { rule: rule.trim() === "*" ? "*" : knownRule(rule), resource: resource.trim() };
}
function splitOnce(text2, separator) {
  let index = text2.indexOf(separator);
  return index < 0 ? [text2] : [text2.slice(0, index), text2.slice(index + 1)];
}
async function mappingFile(args, io, option) {
  let file = args.text(option);
  if (file === void 0) return;
  let { documents, problems } = parseFile(await fileOf(option, file, io), { json: !1 }), [problem] = problems;
  if (problem) throw new UsageError(`${file}:${problem.line}: ${problem.message}`);
  let value2 = documents[0]?.value ?? {};
  if (documents.length > 1 || !isMapping2(value2))
    throw new UsageError(`--${option} ${file} does not hold one YAML mapping.`);
  return value2;
}
function isMapping2(value2) {
  return typeof value2 == "object" && value2 !== null && !Array.isArray(value2);
}
async function fileOf(option, file, io) {
  try {
    return await readFile(resolve5(io.cwd, file));
  } catch {
    throw new UsageError(`--${option} ${file} cannot be read.`);
  }
}

// src/cli/analyze-command.ts
async function analyzeCommand(args, io) {
  let clusters = args.list("cluster").map((text2) => clusterOf(text2, io)), paths = [...args.positionals, ...clusters.map(({ path }) => path)];
  if (paths.length === 0)
    throw new UsageError("analyze needs at least one path.", "analyze . looks at the working directory.");
  let stdin = paths.includes("-") ? { stdin: await io.stdin() } : {}, tree = await openPaths(paths, { cwd: io.cwd, ...stdin });
  try {
    let settings = { ...await analyzeSettings(args, io, tree), ...environmentsOf2(clusters) }, result = await analyze(tree, settings, void 0, await renderersFor(args, io));
    return requireEnvironment(result, settings), await deliver(result, settings, args, io);
  } finally {
    await tree.close();
  }
}
function clusterOf(text2, io) {
  let equals = text2.indexOf("="), name = text2.slice(0, Math.max(equals, 0)).trim(), path = text2.slice(equals + 1).trim();
  if (name === "" || path === "") throw new UsageError(`--cluster "${text2}" is not NAME=PATH.`);
  let inside = relative3(io.cwd, resolve6(io.cwd, path)).split(sep3).join("/");
  if (inside === ".." || inside.startsWith("../"))
    throw new UsageError(`--cluster ${name}: ${path} is outside the working directory.`);
  return { name, path: inside };
}
function environmentsOf2(clusters) {
  if (clusters.length === 0) return {};
  let names2 = [...new Set(clusters.map(({ name }) => name))], pathsOf = (name) => clusters.filter((cluster) => cluster.name === name).map(({ path }) => path === "" ? "**" : path);
  return { environments: names2.map((name) => ({ name, paths: pathsOf(name) })) };
}

// src/cli/arguments.ts
import { parseArgs } from "node:util";
var Arguments = class {
  positionals;
  values;
  constructor(positionals, values) {
    this.positionals = positionals, this.values = values;
  }
  /** The value of an option that takes one. */
  text(name) {
    return this.values.get(name)?.[0];
  }
  /** All values of an option that may be repeated. */
  list(name) {
    return this.values.get(name) ?? [];
  }
  /** Whether the option is there. */
  has(name) {
    return this.values.has(name);
  }
  /**
   * The value of an option that takes one of a few.
   * @throws UsageError
   */
  choice(name, choices) {
    let value2 = this.text(name);
    if (value2 === void 0) return;
    let chosen2 = choices.find((choice) => choice === value2);
    if (chosen2 !== void 0) return chosen2;
    throw new UsageError(
      `--${name} does not know "${value2}"${suggested(nearest(value2, choices))}.`,
      `It takes ${choices.join(", ")}.`
    );
  }
};
function readArguments(args, options) {
  let types = Object.entries(options).map(([name, { value: value2 }]) => [name, { type: value2 === void 0 ? "boolean" : "string" }]), { tokens } = parseArgs({
    args: [...args],
    options: { ...Object.fromEntries(types), h: { type: "boolean" } },
    strict: !1,
    tokens: !0
  }), positionals = [], values = /* @__PURE__ */ new Map();
  for (let token of tokens) {
    if (token.kind === "positional" && positionals.push(token.value), token.kind !== "option") continue;
    let name = token.name === "h" ? "help" : token.name, value2 = checkedValue(options, name, token.rawName, token.value, token.inlineValue === !0), given = values.get(name) ?? [];
    if (given.length > 0 && !options[name]?.repeatable)
      throw new UsageError(`${token.rawName} is given twice.`);
    values.set(name, [...given, value2]);
  }
  return new Arguments(positionals, values);
}
function checkedValue(options, name, rawName, value2, inline) {
  let option = Object.hasOwn(options, name) ? options[name] : void 0;
  if (!option) {
    let near = nearest(name, Object.keys(options));
    throw new UsageError(`There is no option ${rawName}${suggested(near && `--${near}`)}.`, "Try --help.");
  }
  if (option.value === void 0) {
    if (value2 !== void 0) throw new UsageError(`${rawName} takes no value.`);
    return "";
  }
  if (value2 === void 0 || value2 === "" || !inline && value2.length > 1 && value2.startsWith("-"))
    throw new UsageError(`${rawName} needs a value: ${rawName} ${option.value}.`);
  return value2;
}
function suggested(near) {
  return near === void 0 ? "" : ` (did you mean ${near}?)`;
}

// src/cli/options.ts
var HELP = { help: { help: "show this help" } }, REPORT = {
  format: { value: "FORMAT", help: FORMATS.join(", ") },
  output: { value: "FILE", help: "write the report to FILE instead of standard output" },
  config: { value: "FILE", help: "settings file, instead of .github/istio-upgrade-guard.yml" },
  rules: { value: "A,B", help: "check only these rules" },
  environment: { value: "NAME", help: "look only at this environment" },
  "fail-on": { value: "LEVEL", help: "error (default), warning, info or never: what exit code 1 is for" },
  "no-render": { help: "start no helm and no kustomize, even where they are on the PATH" },
  suppress: {
    value: "RULE=RESOURCE",
    repeatable: !0,
    help: "leave out findings: 'IST0101=VirtualService shop/*'"
  }
}, REVIEW = {
  repo: { value: "DIR", help: "the git repository (default: the working directory)" },
  base: { value: "REF", help: "compare with this commit (default: merge base with the default branch)" },
  head: { value: "REF", help: "the commit to review (default: HEAD)" },
  worktree: { help: "review the working tree instead of a commit" },
  "base-dir": { value: "DIR", help: "compare directories, without git" },
  "head-dir": { value: "DIR", help: "the directory to review" },
  ...REPORT,
  ...HELP
}, COMMANDS2 = {
  review: {
    summary: "what a change does to the mesh: changes of revisions and injection, findings it introduces or fixes",
    usage: [
      "review [--repo DIR] [--base REF] [--head REF | --worktree]",
      "review --base-dir DIR --head-dir DIR"
    ],
    options: REVIEW
  },
  analyze: {
    summary: "every rule over one tree, without comparison",
    usage: ["analyze PATH...   (files or directories; - is standard input)"],
    options: {
      "closed-world": { help: "these files are the whole mesh: what they lack does not exist" },
      namespace: { value: "NS", help: "namespace of objects that name none" },
      "mesh-config": { value: "FILE", help: "a MeshConfig, instead of the one in the files" },
      "mesh-networks": { value: "FILE", help: "a MeshNetworks, instead of the one in the files" },
      cluster: { value: "NAME=PATH", repeatable: !0, help: "this path is an environment of its own" },
      ...REPORT,
      ...HELP
    }
  },
  rules: {
    summary: "list every rule",
    usage: ["rules [--format terminal|markdown|json]"],
    options: { format: { value: "FORMAT", help: "terminal, markdown, json" }, ...HELP }
  },
  explain: {
    summary: "what one rule checks, why, and what to do",
    usage: ["explain RULE"],
    options: HELP
  },
  plan: { summary: "the promotion plan", usage: ["plan"], options: HELP, unavailable: !0 },
  precheck: { summary: "checks of a live cluster", usage: ["precheck"], options: HELP, unavailable: !0 },
  serve: { summary: "the GitHub App", usage: ["serve"], options: HELP, unavailable: !0 }
};
function isCommand(name) {
  return Object.hasOwn(COMMANDS2, name);
}

// src/cli/help.ts
var EXIT_CODES = `Exit codes:
  0  nothing at the level of --fail-on
  1  findings at that level
  2  the command line or the settings are wrong
  3  no review came about
`;
function generalHelp() {
  let rows = Object.entries(COMMANDS2).filter(([, { unavailable }]) => !unavailable).map(([name, { summary }]) => [name, summary]);
  return [
    `${TOOL.name} ${TOOL.version}: reviews changes of Istio manifests before they are merged.`,
    "",
    "Commands:",
    ...table(rows),
    "",
    `Options of a command: ${TOOL.name} COMMAND --help`,
    "Also: --version, --help",
    "",
    EXIT_CODES
  ].join(`
`);
}
function commandHelp(name) {
  let { summary, usage, options } = COMMANDS2[name];
  return [
    `${TOOL.name} ${name}: ${summary}`,
    "",
    "Usage:",
    ...usage.map((line) => `  ${TOOL.name} ${line}`),
    "",
    "Options:",
    ...table(optionRows(options)),
    "",
    EXIT_CODES
  ].join(`
`);
}
function optionRows(options) {
  return Object.entries(options).map(([name, { value: value2, repeatable, help }]) => [
    value2 === void 0 ? `--${name}` : `--${name} ${value2}`,
    `${help}${repeatable ? " (may be repeated)" : ""}`
  ]);
}
function table(rows) {
  let width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}

// src/cli/review-command.ts
import { resolve as resolve8 } from "node:path";

// src/source/git.ts
import { join as join6 } from "node:path";

// src/source/git-discovery.ts
import { lstatSync as lstatSync2, realpathSync as realpathSync3 } from "node:fs";
import { join as join4, resolve as resolve7 } from "node:path";

// src/source/git-command.ts
import { spawn as spawn2 } from "node:child_process";
var MAX_OUTPUT = 256 * 1024 * 1024, MAX_STDERR2 = 64 * 1024, SAFE_CONFIG = [
  "-c",
  "core.fsmonitor=false",
  "-c",
  "core.hooksPath=/dev/null",
  "-c",
  "protocol.allow=never",
  "-c",
  "core.quotePath=false"
], KEPT = /^GIT_(?:CONFIG_GLOBAL|CONFIG_COUNT|CONFIG_(?:KEY|VALUE)_\d+|CEILING_DIRECTORIES|EXEC_PATH)$/;
function gitEnvironment(inherited = process.env) {
  let kept = Object.entries(inherited).filter(([name]) => !name.startsWith("GIT_") || KEPT.test(name));
  return {
    ...Object.fromEntries(kept),
    LC_ALL: "C",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_TERMINAL_PROMPT: "0",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_NO_LAZY_FETCH: "1",
    GIT_ALLOW_PROTOCOL: "none",
    GIT_NO_REPLACE_OBJECTS: "1"
  };
}
function startGit(directory, args) {
  let options = { env: gitEnvironment(), windowsHide: !0 };
  return spawn2("git", ["--no-pager", ...SAFE_CONFIG, "-C", directory, ...args], options);
}
function runGit(directory, args) {
  return new Promise((resolve9, reject) => {
    let child = startGit(directory, args), chunks = [], bytes = 0, stderr = "";
    child.stdin.on("error", ignoreBrokenPipe).end(), child.stdout.on("data", (chunk) => {
      bytes += chunk.length, bytes > MAX_OUTPUT ? child.kill("SIGKILL") : chunks.push(chunk);
    }), child.stderr.on("data", (chunk) => {
      stderr.length < MAX_STDERR2 && (stderr += chunk.toString());
    }), child.on("error", (error) => reject(notStarted(error))), child.on("close", (code) => {
      code === null ? reject(new SourceError("git-failed", `git ${args[0] ?? ""} was stopped.`)) : resolve9({ code, stdout: Buffer.concat(chunks), stderr: stderr.trim() });
    });
  });
}
async function runGitOrFail(directory, args) {
  let answer3 = await runGit(directory, args);
  if (answer3.code === 0) return answer3.stdout;
  throw gitFailed(args[0] ?? "", answer3.stderr);
}
function gitFailed(command2, stderr) {
  let said = printable(stderr.split(`
`).find((line) => line.startsWith("fatal:")) ?? stderr);
  return new SourceError("git-failed", `git ${command2} failed: ${said === "" ? "it gave no reason" : said}`);
}
function notStarted(error) {
  return "code" in error && error.code === "ENOENT" ? new SourceError(
    "git-failed",
    "git was not found on the PATH.",
    "Install git, or compare two directories with --base-dir and --head-dir."
  ) : new SourceError("git-failed", `git could not be started: ${error.message}`);
}
function printable(text2) {
  let clean = text2.replace(/[\p{Cc}\p{Cf}]+/gu, " ").trim();
  return clean.length > 200 ? `${clean.slice(0, 200)}...` : clean;
}
function ignoreBrokenPipe() {
}

// src/source/git-discovery.ts
async function findRepository(directory) {
  let start = existing(directory), format = await ask(directory, start, "--show-object-format"), bare = await ask(directory, start, "--is-inside-work-tree") !== "true", root = await ask(directory, start, bare ? "--absolute-git-dir" : "--show-toplevel");
  if (!bare && !lstatSync2(join4(root, ".git"), { throwIfNoEntry: !1 })) throw notARepository(directory, "");
  return { root, bare, format: format === "sha256" ? "sha256" : "sha1" };
}
async function ask(directory, start, question) {
  let { code, stdout, stderr } = await runGit(start, ["rev-parse", question]);
  if (code !== 0) throw notARepository(directory, stderr);
  return stdout.toString("utf8").replace(/\r?\n$/, "");
}
function notARepository(directory, stderr) {
  if (stderr.includes("dubious ownership")) {
    let message = `git refuses ${directory}: it belongs to another user.`, advice2 = `If you trust it: git config --global --add safe.directory ${directory}`;
    return new SourceError("git-failed", message, advice2);
  }
  let advice = "Name a git repository with --repo, or compare two directories with --base-dir and --head-dir.";
  return new SourceError("not-a-repository", `${directory} is not inside a git repository.`, advice);
}
function existing(directory) {
  try {
    return realpathSync3(resolve7(directory));
  } catch {
    throw new SourceError("missing-path", `There is no directory ${directory}.`);
  }
}

// src/source/git-base.ts
var DEEPEN = "Fetch more history: `git fetch --deepen=100`, `git fetch --unshallow`, or `fetch-depth: 0` for actions/checkout.";
async function chooseBase(repository, head) {
  let tip = head === void 0 ? await repository.find("HEAD") : await repository.resolve(head);
  if (tip === void 0) return;
  let branch = await repository.defaultBranch();
  if (branch === void 0) return withoutDefaultBranch(repository, tip);
  let shared = await repository.mergeBase(tip, branch);
  return shared === void 0 ? unrelated(repository, head ?? "HEAD", branch) : shared !== tip ? shared : head === void 0 ? tip : firstParent(repository, tip);
}
async function withoutDefaultBranch(repository, tip) {
  if ((await repository.parents(tip)).length === 0) return;
  let advice = await repository.isShallow() ? DEEPEN : "Name the commit to compare with: --base REF.";
  throw new SourceError("missing-base", "This clone has no default branch to compare with.", advice);
}
async function unrelated(repository, head, branch) {
  let shown5 = branch.replace(/^refs\/(?:heads|remotes)\//, "");
  if (await repository.isShallow()) {
    let message2 = `The clone is too shallow to find where ${printable(head)} left ${shown5}.`;
    throw new SourceError("missing-base", message2, DEEPEN);
  }
  let message = `${printable(head)} and ${shown5} share no commit.`;
  throw new SourceError("missing-base", message, "Name the commit to compare with: --base REF.");
}
async function firstParent(repository, commit) {
  let [parent] = await repository.parents(commit);
  if (parent === void 0 || await repository.find(parent) !== void 0) return parent;
  let message = `The clone is too shallow: it ends at ${commit.slice(0, 10)}, without the commit before it.`;
  throw new SourceError("missing-base", message, DEEPEN);
}

// src/source/git-history.ts
var GitHistory = class {
  /** Top of the work tree; the repository itself when it is bare. */
  root;
  bare;
  constructor(root, bare) {
    this.root = root, this.bare = bare;
  }
  /**
   * The full commit id that `ref` means: a branch, a tag (annotated or not), a short id, `HEAD~1`.
   * @throws SourceError `unknown-ref`.
   */
  async resolve(ref) {
    let id = await this.find(ref);
    if (id !== void 0) return id;
    let shown5 = printable(ref);
    if (!await this.#hasCommits())
      throw new SourceError("unknown-ref", `${shown5} names nothing: the repository has no commits yet.`);
    let advice = await this.isShallow() ? "The clone is shallow: fetch the rest with `git fetch --unshallow`, or check out with `fetch-depth: 0`." : "Name a branch, a tag or a commit of this repository; `git fetch` may be needed first.";
    throw new SourceError("unknown-ref", `${shown5} is not a commit of this repository.`, advice);
  }
  /** As resolve, with `undefined` for a ref that names no commit. */
  async find(ref) {
    if (ref === "" || ref.startsWith("-") || /[\0\n]/.test(ref)) return;
    let args = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`], { code, stdout } = await runGit(this.root, args), id = stdout.toString("latin1").trim();
    return code === 0 && /^[0-9a-f]{40,64}$/.test(id) ? id : void 0;
  }
  /**
   * The best common ancestor of two refs; `undefined` when their histories share none.
   * @throws SourceError `unknown-ref`.
   */
  async mergeBase(a, b) {
    let [first, second] = [await this.resolve(a), await this.resolve(b)], { code, stdout, stderr } = await runGit(this.root, ["merge-base", first, second]);
    if (code > 1) throw gitFailed("merge-base", stderr);
    return code === 0 ? stdout.toString("latin1").trim() : void 0;
  }
  /**
   * The branch that changes are merged into, as a ref `resolve` understands: what the remote calls its HEAD, else
   * the configured name, `main` or `master` (of the remote before local), else the only branch there is.
   */
  async defaultBranch() {
    let head = await this.#line("symbolic-ref", "--quiet", "refs/remotes/origin/HEAD"), names2 = [await this.#line("config", "--get", "init.defaultBranch"), "main", "master"].filter((name) => name !== void 0), own3 = this.bare ? await this.#line("symbolic-ref", "--quiet", "HEAD") : void 0, candidates = [
      head,
      ...names2.map((name) => `refs/remotes/origin/${name}`),
      own3,
      ...names2.map((name) => `refs/heads/${name}`)
    ];
    for (let ref of candidates) if (ref !== void 0 && await this.find(ref)) return ref;
    let branches = await this.#line("for-each-ref", "--format=%(refname)", "refs/heads", "refs/remotes");
    return branches !== void 0 && !branches.includes(`
`) ? branches : void 0;
  }
  /**
   * What to compare `head` with when nobody says: the merge base with the default branch; for what is already in the
   * default branch its first parent; `undefined` for a first commit.
   * @param head a ref, or `undefined` for the working tree, whose base may be HEAD itself.
   * @returns a full commit id.
   * @throws SourceError `missing-base` when the clone does not reach back far enough, or no default branch is known.
   */
  defaultBase(head) {
    return chooseBase(this, head);
  }
  /** Ids of the parents that a commit names, whether or not this clone has them. */
  async parents(commit) {
    let text2 = (await runGitOrFail(this.root, ["cat-file", "commit", commit])).toString("latin1");
    return [...text2.slice(0, Math.max(text2.indexOf(`

`), 0)).matchAll(/^parent ([0-9a-f]+)$/gm)].map(([, id = ""]) => id);
  }
  async isShallow() {
    return await this.#line("rev-parse", "--is-shallow-repository") === "true";
  }
  async #hasCommits() {
    return await this.#line("rev-list", "--all", "--max-count=1") !== void 0;
  }
  /** What git prints, or `undefined` when it prints nothing or refuses. */
  async #line(...args) {
    let { code, stdout } = await runGit(this.root, args), text2 = stdout.toString("utf8").trim();
    return code === 0 && text2 !== "" ? text2 : void 0;
  }
};

// src/source/git-object-parser.ts
var NOT_FOUND2 = { found: !1, type: "", size: 0, content: void 0 }, CatFileParser = class {
  #maxBytes;
  #emit;
  #header = "";
  /** The object whose bytes are arriving, and how many of them plus the final newline are still to come. */
  #current;
  #remaining = 0;
  constructor(maxBytes, emit) {
    this.#maxBytes = maxBytes, this.#emit = emit;
  }
  /** @returns false when this is not the protocol; the stream is then of no further use. */
  push(chunk) {
    let at2 = 0;
    for (; at2 < chunk.length; ) {
      if (this.#current) {
        at2 += this.#takeContent(this.#current, chunk, at2);
        continue;
      }
      let end = chunk.indexOf(10, at2);
      if (this.#header += chunk.toString("latin1", at2, end < 0 ? chunk.length : end), this.#header.length > 1024) return !1;
      if (end < 0) return !0;
      if (at2 = end + 1, !this.#takeHeader()) return !1;
    }
    return !0;
  }
  #takeHeader() {
    let [, type, length] = this.#header.split(" ");
    if (this.#header = "", length === void 0)
      return type !== "missing" && type !== "ambiguous" ? !1 : (this.#emit(NOT_FOUND2), !0);
    let size = Number(length);
    if (type === void 0 || !Number.isSafeInteger(size)) return !1;
    let content = size <= this.#maxBytes ? Buffer.allocUnsafe(size) : void 0;
    return this.#current = { found: !0, type, size, content }, this.#remaining = size + 1, !0;
  }
  /** @returns how many bytes of the chunk belonged to the object. */
  #takeContent(object, chunk, at2) {
    let taken = Math.min(this.#remaining, chunk.length - at2);
    return object.content && chunk.copy(object.content, object.size + 1 - this.#remaining, at2, at2 + taken), this.#remaining -= taken, this.#remaining === 0 && (this.#current = void 0, this.#emit(object)), taken;
  }
};

// src/source/git-objects.ts
var MAX_DEATHS = 16, IN_FLIGHT = 256, GitObjects = class {
  #directory;
  #maxBytes;
  #process;
  #waiting = [];
  #sent = [];
  #deaths = 0;
  /** @param maxBytes larger objects are skipped without keeping them. */
  constructor(directory, maxBytes) {
    this.#directory = directory, this.#maxBytes = maxBytes;
  }
  /**
   * The object with this full id; ids that no object has are an answer, not an error.
   * @throws SourceError `git-failed` when git cannot be started or keeps dying; `unreadable` for a corrupt object.
   */
  read(id) {
    return new Promise((resolve9, reject) => {
      this.#waiting.push({ id, resolve: resolve9, reject }), this.#pump();
    });
  }
  /** Ends the process; unanswered reads fail. A later read starts a new one. */
  async stop() {
    let process2 = this.#process;
    this.#process = void 0, this.#failAll(new SourceError("git-failed", "The repository was closed while it was being read.")), !(!process2 || process2.exitCode !== null || process2.signalCode !== null) && (keepAlive(process2, !0), await new Promise((ended) => {
      process2.once("close", ended), process2.kill("SIGKILL");
    }));
  }
  #pump() {
    let room = IN_FLIGHT - this.#sent.length;
    if (room <= 0 || this.#waiting.length === 0) return;
    this.#process ??= this.#start(), keepAlive(this.#process, !0);
    let next = this.#waiting.splice(0, room);
    this.#sent.push(...next), this.#process.stdin.write(next.map(({ id }) => `${id}
`).join(""));
  }
  #start() {
    let process2 = startGit(this.#directory, ["cat-file", "--batch"]), parser = new CatFileParser(this.#maxBytes, (object) => this.#answer(process2, object)), stderr = "";
    return process2.stdin.on("error", ignoreBrokenPipe), process2.stderr.on("data", (chunk) => stderr = (stderr + chunk.toString()).slice(-4096)), process2.stdout.on("data", (chunk) => {
      parser.push(chunk) || process2.kill("SIGKILL");
    }), process2.on("error", (error) => this.#died(process2, notStarted(error), !0)), process2.on("close", () => this.#died(process2, gitFailed("cat-file", stderr), !1)), process2;
  }
  #answer(process2, object) {
    process2 === this.#process && (this.#sent.shift()?.resolve(object), this.#sent.length <= IN_FLIGHT / 2 && this.#pump(), this.#sent.length === 0 && keepAlive(process2, !1));
  }
  /** The request being answered is to blame; the others are asked again. */
  #died(process2, why, forGood) {
    if (process2 === this.#process) {
      if (this.#process = void 0, this.#deaths += 1, forGood || this.#deaths > MAX_DEATHS) return this.#failAll(why);
      this.#sent.shift()?.reject(new SourceError("unreadable", why.message)), this.#waiting = [...this.#sent, ...this.#waiting], this.#sent = [], this.#pump();
    }
  }
  #failAll(why) {
    let all2 = [...this.#sent, ...this.#waiting];
    this.#sent = [], this.#waiting = [], all2.forEach(({ reject }) => reject(why));
  }
};
function keepAlive(process2, wanted) {
  for (let handle of [process2, process2.stdin, process2.stdout, process2.stderr])
    handle[wanted ? "ref" : "unref"]?.call(handle);
}

// src/source/git-tree.ts
var LINE = /^(\d{6}) \w+ ([0-9a-f]+)(?: +(\d+|-))?\t([^]*)$/;
async function listTree(directory, commit, withSizes) {
  let args = ["ls-tree", "-r", "-z", "--full-tree", ...withSizes ? ["-l"] : [], commit];
  return zeroSeparated(await runGitOrFail(directory, args)).flatMap(parseLine);
}
function zeroSeparated(output) {
  let parts = output.toString("utf8").split("\0");
  return parts.at(-1) === "" && parts.pop(), parts;
}
function kindOfMode(mode) {
  return mode === "120000" ? "symlink" : mode === "160000" ? "submodule" : "file";
}
async function missingObjects(directory, commit) {
  let args = ["rev-list", "--objects", "--no-walk", "--missing=print", commit], { code, stdout } = await runGit(directory, args);
  if (code !== 0) return /* @__PURE__ */ new Set();
  let lines2 = stdout.toString("latin1").split(`
`);
  return new Set(lines2.filter((line) => line.startsWith("?")).map((line) => line.slice(1)));
}
async function isPartialClone(directory) {
  return (await runGit(directory, ["config", "--get-regexp", "^(extensions\\.partialclone|remote\\..*\\.promisor)$"])).code === 0;
}
function parseLine(line) {
  let [, mode, blob, size, path] = LINE.exec(line) ?? [];
  if (mode === void 0 || blob === void 0 || path === void 0) return [];
  let known = size === void 0 || size === "-" ? {} : { size: Number(size) };
  return [{ path, blob, kind: kindOfMode(mode), ...known }];
}

// src/source/worktree.ts
import { lstatSync as lstatSync3 } from "node:fs";
import { dirname as dirname3, join as join5 } from "node:path";
var STAGED = /^(\S) (\d{6}) ([0-9a-f]+) \d\t([^]*)$/;
async function worktreeFiles(root, format, limits) {
  let staged = zeroSeparated(await runGitOrFail(root, ["ls-files", "-z", "--stage", "-t"])), others2 = await runGitOrFail(root, ["ls-files", "-z", "--others", "--exclude-standard"]), found2 = new Finder(root, format, limits);
  for (let line of staged) {
    let [, tag2, mode, blob, path] = STAGED.exec(line) ?? [];
    tag2 && mode && blob && path && found2.tracked(path, mode, blob, tag2 === "S");
  }
  for (let path of zeroSeparated(others2)) found2.untracked(path);
  let { byPath: byPath2, links, omitted, indexed: indexed2, withCrlf } = found2;
  return { entries: [...byPath2.values()], links, omitted, indexed: indexed2, withCrlf };
}
var Finder = class {
  byPath = /* @__PURE__ */ new Map();
  links = /* @__PURE__ */ new Map();
  omitted = [];
  indexed = /* @__PURE__ */ new Set();
  withCrlf = /* @__PURE__ */ new Set();
  #root;
  #format;
  #limits;
  /** Whether a directory is one, all the way from the root, and not a link to elsewhere. */
  #directories = /* @__PURE__ */ new Map([[".", !0]]);
  constructor(root, format, limits) {
    this.#root = root, this.#format = format, this.#limits = limits;
  }
  tracked(path, mode, blob, leftOut) {
    let kind = kindOfMode(mode);
    if (kind === "submodule") return void this.byPath.set(path, { path, blob, kind });
    let stat = this.#stat(path);
    !stat && leftOut ? (this.indexed.add(path), this.byPath.set(path, { path, blob, kind })) : stat?.isSymbolicLink() ? this.#link(path) : stat?.isFile() && kind === "symlink" ? this.byPath.set(path, { path, blob, kind }) : stat?.isFile() && this.#file(path, blob);
  }
  untracked(path) {
    if (path.split("/").some(isForeignDirectory)) return;
    if (path.endsWith("/")) {
      let nested2 = path.slice(0, -1);
      this.byPath.set(nested2, { path: nested2, blob: "submodule", kind: "submodule" });
      return;
    }
    let stat = this.#stat(path);
    stat?.isSymbolicLink() ? this.#link(path) : stat?.isFile() && this.#file(path, void 0);
  }
  #link(path) {
    let target = linkTarget(join5(this.#root, path));
    this.links.set(path, target), this.byPath.set(path, symlink(path, target, this.#format));
  }
  #file(path, committed) {
    let entry2 = fileEntry(this.#root, path, this.#format);
    if ("why" in entry2) return void this.omitted.push(entry2);
    committed !== void 0 && entry2.blob !== committed && this.#differsByCrlf(entry2, committed) ? (this.withCrlf.add(path), this.byPath.set(path, { ...entry2, blob: committed })) : this.byPath.set(path, entry2);
  }
  #differsByCrlf({ path, size = 0 }, committed) {
    if (!isManifestPath(path) || size > this.#limits.maxFileBytes) return !1;
    let bytes = readDiskFile(join5(this.#root, path), path, this.#limits);
    return blobId(withoutCarriageReturns(bytes), this.#format) === committed;
  }
  #stat(path) {
    if (this.#isDirectory(dirname3(path)))
      return lstatSync3(join5(this.#root, path), { throwIfNoEntry: !1 });
  }
  #isDirectory(path) {
    let known = this.#directories.get(path);
    if (known !== void 0) return known;
    let isOne = this.#isDirectory(dirname3(path)) && lstatSync3(join5(this.#root, path), { throwIfNoEntry: !1 })?.isDirectory() === !0;
    return this.#directories.set(path, isOne), isOne;
  }
};
function withoutCarriageReturns(bytes) {
  return Buffer.from(Buffer.from(bytes).toString("latin1").replaceAll(`\r
`, `
`), "latin1");
}

// src/source/git.ts
var NOT_FETCHED = "its content is not in this partial clone", GitRepository = class _GitRepository extends GitHistory {
  #format;
  #limits;
  #objects;
  #open = 0;
  constructor(facts, limits) {
    super(facts.root, facts.bare), this.#format = facts.format, this.#limits = limits, this.#objects = new GitObjects(facts.root, limits.maxFileBytes);
  }
  /**
   * The repository that holds `directory`: a clone or any directory in it, a linked worktree, a bare repository.
   * @throws SourceError `not-a-repository`; `missing-path` when there is no such directory; `git-failed`.
   */
  static async open(directory, limits = LIMITS) {
    return new _GitRepository(await findRepository(directory), limits);
  }
  /**
   * The files of the commit that `ref` means now; later movements of the ref do not matter. A file whose content a
   * partial clone lacks is omitted; reading it, or a corrupt one, rejects with SourceError `unreadable`.
   * @throws SourceError `unknown-ref`, `git-failed`.
   */
  async snapshot(ref) {
    let commit = await this.resolve(ref), partial = await isPartialClone(this.root), entries = await listTree(this.root, commit, !partial), missing = partial ? await missingObjects(this.root, commit) : /* @__PURE__ */ new Set(), links = await this.#linkTargets(entries.filter(({ blob }) => !missing.has(blob))), listing = new Listing(entries, this.#limits, {
      absent: entries.filter(({ blob }) => missing.has(blob)).map(notFetched),
      linkTarget: (path) => links.get(path)
    }), name = /^[0-9a-f]{40,64}$/.test(ref) ? ref.slice(0, 10) : printable(ref);
    return this.#shared(name, listing, (path) => this.#read(path, listing.file(path).blob));
  }
  /**
   * The files as they are on disk: tracked ones, and new ones that are not ignored.
   * @throws SourceError `not-a-repository` for a bare repository, which has none.
   */
  async worktree() {
    if (this.bare) {
      let message = `${this.root} is a bare repository: it has no working tree.`;
      throw new SourceError("not-a-repository", message, "Name a commit with --head.");
    }
    let files = await worktreeFiles(this.root, this.#format, this.#limits), listing = new Listing(files.entries, this.#limits, {
      omitted: files.omitted,
      linkTarget: (path) => files.links.get(path)
    });
    return this.#shared("the working tree", listing, async (path) => {
      let { blob } = listing.file(path);
      if (files.indexed.has(path)) return this.#read(path, blob);
      let bytes = readDiskFile(join6(this.root, path), path, this.#limits);
      return files.withCrlf.has(path) ? withoutCarriageReturns(bytes) : bytes;
    });
  }
  /** Ends the reading process. Idempotent. */
  close() {
    return this.#objects.stop();
  }
  #shared(ref, listing, read2) {
    let closed = !1;
    this.#open += 1;
    let close = async () => {
      closed || (closed = !0, this.#open -= 1, this.#open === 0 && await this.close());
    };
    return {
      ref,
      list: () => listing.entries,
      read: async (path) => read2(path),
      omitted: listing.omitted,
      close
    };
  }
  async #read(path, blob) {
    let { found: found2, content } = await this.#objects.read(blob);
    if (!found2) throw unreadable(path, "git does not have its content");
    if (content === void 0) throw unreadable(path, tooLarge(this.#limits));
    return content;
  }
  async #linkTargets(entries) {
    let targets2 = entries.filter(({ kind, size = 0 }) => kind === "symlink" && size <= MAX_LINK).map(async ({ path, blob }) => {
      let { content } = await this.#objects.read(blob).catch(() => NO_CONTENT);
      return [path, Buffer.from(content ?? []).toString("utf8")];
    });
    return new Map(await Promise.all(targets2));
  }
}, NO_CONTENT = { content: void 0 }, MAX_LINK = 4096;
function notFetched({ path }) {
  return { path, why: NOT_FETCHED };
}

// src/cli/review-command.ts
async function reviewCommand(args, io) {
  let [stray] = args.positionals;
  if (stray !== void 0)
    throw new UsageError(
      `review takes no path such as "${stray}".`,
      "To review a repository elsewhere: --repo DIR. For a tree without comparison: analyze PATH."
    );
  let sides = await openSides(args, io), { base, head } = sides;
  try {
    let settings = await reviewSettings(args, io, base, head), result = await review(base, head, settings, void 0, await renderersFor(args, io));
    return requireEnvironment(result, settings), await deliver(result, settings, args, io);
  } finally {
    await sides.close();
  }
}
function openSides(args, io) {
  if (!(args.has("base-dir") || args.has("head-dir"))) return openGitSides(args, io);
  let git = ["repo", "base", "head", "worktree"].find((name) => args.has(name));
  if (git) throw new UsageError(`--${git} is about git; with --base-dir and --head-dir there is none.`);
  return openDirectories(args, io);
}
async function openDirectories(args, io) {
  let headDirectory = args.text("head-dir"), baseDirectory = args.text("base-dir");
  if (headDirectory === void 0 || baseDirectory === void 0)
    throw new UsageError(
      "--base-dir and --head-dir belong together.",
      "To look at one directory: analyze DIR."
    );
  let head = await openDirectory(headDirectory, io), base = await openDirectory(baseDirectory, io);
  return { base, head, close: () => head.close().then(() => base.close()) };
}
async function openDirectory(directory, io) {
  return { ...await openDirectorySnapshot(resolve8(io.cwd, directory)), ref: directory };
}
async function openGitSides(args, io) {
  if (args.has("head") && args.has("worktree"))
    throw new UsageError("--head and --worktree exclude each other.");
  let repository = await GitRepository.open(resolve8(io.cwd, args.text("repo") ?? "."));
  try {
    let headRef = args.has("worktree") ? void 0 : args.text("head") ?? "HEAD", head = headRef === void 0 ? await repository.worktree() : await repository.snapshot(headRef), baseRef = args.text("base") ?? await repository.defaultBase(headRef);
    return { base: baseRef === void 0 ? void 0 : await repository.snapshot(baseRef), head, close: () => repository.close() };
  } catch (error) {
    throw await repository.close(), error;
  }
}

// src/cli/rule-commands.ts
import { readFile as readFile2 } from "node:fs/promises";
var LIST_FORMATS = ["terminal", "markdown", "json"];
function rulesCommand(args, io) {
  let format = args.choice("format", LIST_FORMATS) ?? "terminal";
  return io.stdout.write(LISTS[format](RULE_HEADS)), EXIT.ok;
}
var LISTS = {
  terminal: (rules) => {
    let width = Math.max(0, ...rules.map(({ id }) => id.length));
    return rules.map((rule) => `${rule.id.padEnd(width)}  ${rule.level.padEnd(7)}  ${rule.summary}
`).join("");
  },
  markdown: (rules) => ["| rule | level | what it finds |", "|---|---|---|", ...rules.map(
    (rule) => `| ${markdownCode(rule.id)} | ${rule.level} | ${markdownText(rule.summary)} |`
  ), ""].join(`
`),
  json: (rules) => jsonText(rules.map(({ id, name, level, summary }) => ({ id, name, level, summary })))
};
async function explainCommand(args, io) {
  let [id, ...more] = args.positionals;
  if (id === void 0 || more.length > 0) throw new UsageError("explain takes one rule.", "explain IST0101");
  let rule = ruleHeadById(id) ?? RULE_HEADS.find((each) => each.name === id || each.id === id.toUpperCase());
  if (!rule) throw unknownRule(id);
  return io.stdout.write(await pageOf(rule, io) ?? description(rule)), EXIT.ok;
}
function unknownRule(id) {
  let near = nearest(
    id,
    RULE_HEADS.flatMap((rule) => [rule.id, rule.name])
  ), hint = near === void 0 ? "" : ` (did you mean ${near}?)`;
  return new UsageError(`There is no rule "${id}"${hint}.`, "The command `rules` lists them.");
}
async function pageOf({ id }, { rulePages }) {
  if (rulePages)
    return readFile2(new URL(`${id}.md`, rulePages), "utf8").catch(() => {
    });
}
function description({ id, name, level, summary, messages, advice }) {
  let advices = typeof advice == "string" ? [advice] : Object.values(advice);
  return [
    `${id} (${name}), ${level}`,
    "",
    summary,
    "",
    "It says:",
    ...Object.values(messages).map((text2) => `  ${text2}`),
    "",
    "What to do:",
    ...[...new Set(advices)].map((text2) => `  ${text2}`),
    ""
  ].join(`
`);
}

// src/cli/main.ts
async function main(argv, io) {
  try {
    return await dispatch(argv, io);
  } catch (error) {
    return explainTrouble(error, io);
  }
}
function dispatch([name, ...rest], io) {
  if (name === void 0)
    return io.stderr.write(generalHelp()), EXIT.usage;
  if (name === "--version") return say(io, `${TOOL.name} ${TOOL.version}
`);
  if (name === "--help" || name === "-h" || name === "help") {
    let [topic] = rest;
    return say(io, topic !== void 0 && isCommand(topic) ? commandHelp(topic) : generalHelp());
  }
  if (!isCommand(name)) throw unknownCommand(name);
  let run = RUNNERS[name];
  if (!run) throw new UsageError(`${name} is not available in this version.`, "See --help for what is.");
  let args = readArguments(rest, COMMANDS2[name].options);
  return args.has("help") ? say(io, commandHelp(name)) : run(args, io);
}
var RUNNERS = {
  review: reviewCommand,
  analyze: analyzeCommand,
  rules: rulesCommand,
  explain: explainCommand
};
function say(io, text2) {
  return io.stdout.write(text2), EXIT.ok;
}
function unknownCommand(name) {
  let near = nearest(name, Object.keys(COMMANDS2)), hint = near === void 0 ? "" : ` (did you mean ${near}?)`;
  return new UsageError(`There is no command "${name}"${hint}.`, "See --help for what there is.");
}
function explainTrouble(error, io) {
  if (error instanceof SettingsError) {
    for (let { file, line, column, message } of error.problems)
      io.stderr.write(`${terminalText(file)}:${line}:${column}: ${terminalText(message)}
`);
    return complain(io, error.message, "Mend the lines above; the README describes every key.", EXIT.usage);
  }
  if (error instanceof UsageError) return complain(io, error.message, error.advice, EXIT.usage);
  if (error instanceof SourceError) return complain(io, error.message, error.advice, EXIT.failed);
  let defect = error instanceof Error ? error.stack ?? error.message : String(error);
  for (let line of defect.split(`
`)) io.stderr.write(`${terminalText(line)}
`);
  return complain(io, "This is a defect of the tool; nothing was reviewed.", "Please report it, with the lines above and the manifests that caused it.", EXIT.failed);
}
function complain(io, message, advice, code) {
  let text2 = advice === "" ? message : `${message} ${advice}`;
  return io.stderr.write(`${TOOL.name}: ${terminalText(text2)}
`), code;
}

// src/cli/entry.ts
var MOST_STDIN = 256 * 1024 * 1024;
async function readStdin() {
  let chunks = [], size = 0;
  for await (let chunk of process.stdin) {
    if (size += chunk.length, size > MOST_STDIN) break;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
for (let stream of [process.stdout, process.stderr])
  stream.on("error", (error) => {
    if (error.code !== "EPIPE") throw error;
  });
process.exitCode = await main(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  stdin: readStdin,
  cwd: process.cwd(),
  env: process.env,
  now: /* @__PURE__ */ new Date(),
  rulePages: new URL("../docs/rules/", import.meta.url)
});
