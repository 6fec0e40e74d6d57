import { memberType } from "../cty/equality";
import { decodeValue, encodeValue } from "../cty/msgpack";
import type { Path } from "../cty/path";
import type { CtyType } from "../cty/type";
import type { Value } from "../cty/value";
import type { Diagnostic } from "../diagnostic";
import type {
  AttributePathMessage,
  AttributePathStep,
  DiagnosticMessage,
  DynamicValue,
} from "../plugin/messages";

/** Reads a value of a message; a missing one is null. */
export function readValue(type: CtyType, message: DynamicValue | undefined): Value {
  return message?.msgpack === undefined ? null : decodeValue(type, message.msgpack);
}

export function writeValue(type: CtyType, value: Value): DynamicValue {
  return { msgpack: encodeValue(type, value) };
}

export function writeDiagnostics(
  type: CtyType,
  diagnostics: readonly Diagnostic[],
): DiagnosticMessage[] {
  return diagnostics.map(({ severity, summary, detail, attribute }) => ({
    severity: severity === "error" ? "ERROR" : "WARNING",
    summary,
    ...(detail === undefined ? {} : { detail }),
    ...(attribute === undefined ? {} : { attribute: writePath(type, attribute) }),
  }));
}

/** Writes a path; the type tells an attribute from a map's key. */
export function writePath(type: CtyType, path: Path): AttributePathMessage {
  const steps: AttributePathStep[] = [];
  let current = type;
  for (const step of path) {
    if (typeof step === "number") {
      // Terraform cannot address an element of a set; the path to the set itself is understood.
      if (current.kind === "set") break;
      steps.push({ elementKeyInt: step });
    } else {
      steps.push(current.kind === "map" ? { elementKeyString: step } : { attributeName: step });
    }
    current = memberType(current, step);
  }
  return { steps };
}
