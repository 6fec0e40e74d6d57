import { isRecord } from "../../delivery/json";
import { parseJson } from "./parse-json";

/** A value of Terraform's CLI configuration. Blocks and objects are records; a block's labels are left out. */
export type HclValue = string | number | boolean | readonly HclValue[] | HclBody;

/** Every value that a name was given, in order: a block may be repeated. */
export type HclBody = ReadonlyMap<string, readonly HclValue[]>;

/**
 * Reads the part of HCL that Terraform's CLI configuration consists of: comments, attributes with literal values, and
 * blocks. There is no expression in such a file. As Terraform does, takes a text that begins with `{` as JSON.
 *
 * @see https://developer.hashicorp.com/terraform/cli/config/config-file
 * @throws Error that names the line
 */
export function parseHcl(text: string): HclBody {
  if (text.trimStart().startsWith("{")) {
    const json = parseJson(text);
    if (!isRecord(json)) {
      throw new Error("it begins as JSON and is not JSON");
    }
    return fromJson(json);
  }
  return new Parser(text).document();
}

/** In the JSON form, a repeated block is an array of objects. */
function fromJson(object: Record<string, unknown>): HclBody {
  const entries = Object.entries(object).map(([name, value]) => {
    const repeated = Array.isArray(value) && value.every(isRecord) ? value : [value];
    return [name, repeated.map(valueFromJson)] as const;
  });
  return new Map(entries);
}

function valueFromJson(value: unknown): HclValue {
  if (isRecord(value)) return fromJson(value);
  if (Array.isArray(value)) return value.map(valueFromJson);
  return typeof value === "number" || typeof value === "boolean" ? value : String(value);
}

interface Token {
  readonly kind: "text" | "word" | "mark" | "end";
  readonly value: string;
  readonly line: number;
}

/** Each pattern is tried at the end of the last token; what none of them matches is an error. */
const PATTERNS = [
  ["blank", /\s+|#.*|\/\/.*|\/\*[^]*?\*\//y],
  ["text", /"(?:[^"\\\n]|\\.)*"/y],
  ["word", /[\w.-]+/y],
  ["mark", /[{}[\]=,:]/y],
] as const;

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let line = 1;
  for (let offset = 0; offset < text.length;) {
    const [kind, value] = tokenAt(text, offset) ?? fail(line, text.charAt(offset));
    if (kind === "text") {
      tokens.push({ kind, value: unquoted(value) ?? fail(line, value), line });
    } else if (kind !== "blank") {
      tokens.push({ kind, value, line });
    }
    line += value.split("\n").length - 1;
    offset += value.length;
  }
  return [...tokens, { kind: "end", value: "the end of the file", line }];
}

function tokenAt(text: string, offset: number) {
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = offset;
    const value = pattern.exec(text)?.[0];
    if (value !== undefined) {
      return [kind, value] as const;
    }
  }
  return undefined;
}

/** The value of a quoted string, whose escapes are those of JSON; undefined when one of them is not. */
function unquoted(text: string): string | undefined {
  const value = parseJson(text);
  return typeof value === "string" ? value : undefined;
}

function fail(line: number, found: string): never {
  throw new Error(`line ${line}: ${found} is not expected there`);
}

class Parser {
  private readonly tokens: Token[];
  private position = 0;

  constructor(text: string) {
    this.tokens = tokenize(text);
  }

  document(): HclBody {
    const body = this.body();
    return this.next.kind === "end" ? body : fail(this.next.line, this.next.value);
  }

  private body(): HclBody {
    const values = new Map<string, HclValue[]>();
    while (this.next.kind === "word" || this.next.kind === "text") {
      const name = this.take().value;
      values.set(name, [...(values.get(name) ?? []), this.attributeOrBlock()]);
      this.skip(",");
    }
    return values;
  }

  private attributeOrBlock(): HclValue {
    if (this.skip("=") || this.skip(":")) {
      return this.value();
    }
    while (this.next.kind === "text") {
      this.take(); // a label
    }
    return this.skip("{") ? this.object() : fail(this.next.line, this.next.value);
  }

  private value(): HclValue {
    if (this.skip("{")) return this.object();
    if (this.skip("[")) return this.list();
    const { kind, value, line } = this.take();
    if (kind === "text") return value;
    if (value === "true" || value === "false") return value === "true";
    return kind === "word" && !Number.isNaN(Number(value)) ? Number(value) : fail(line, value);
  }

  private object(): HclBody {
    const body = this.body();
    return this.skip("}") ? body : fail(this.next.line, this.next.value);
  }

  private list(): HclValue[] {
    const items: HclValue[] = [];
    while (!this.skip("]")) {
      items.push(this.value());
      this.skip(",");
    }
    return items;
  }

  private get next(): Token {
    return this.tokens[this.position] ?? fail(0, "the end of the file");
  }

  private take(): Token {
    const token = this.next;
    this.position += 1;
    return token;
  }

  /** Passes over a mark if it comes next. */
  private skip(mark: string): boolean {
    const found = this.next.kind === "mark" && this.next.value === mark;
    this.position += found ? 1 : 0;
    return found;
  }
}
