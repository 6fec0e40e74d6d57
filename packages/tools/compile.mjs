import { readdirSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

/**
 * Compiles generated source to CommonJS with declarations, the form of published
 * `@cdktf/provider-*` packages. Compiled bindings keep the project's stricter compiler options and
 * linter away from code that nobody writes, and load faster in tests.
 *
 * @param {string} source holds `<resource>/index.ts`
 * @param {string} output gets `<resource>/index.js` and `<resource>/index.d.ts`
 * @throws {Error} with the compiler's messages
 */
export function compile(source, output) {
  const program = ts.createProgram({
    rootNames: readdirSync(source).map((folder) => join(source, folder, "index.ts")),
    options: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.Node16,
      moduleResolution: ts.ModuleResolutionKind.Node16,
      lib: ["lib.es2022.d.ts"],
      types: [],
      strict: true,
      skipLibCheck: true,
      declaration: true,
      // Generated classes redeclare members of cdktf's: a define would reset what `super` has set.
      useDefineForClassFields: false,
      rootDir: source,
      outDir: output,
      noEmitOnError: true,
    },
  });
  const problems = [...ts.getPreEmitDiagnostics(program), ...program.emit().diagnostics];
  if (problems.length > 0) throw new Error(ts.formatDiagnostics(problems, diagnosticsHost));
}

/** @type {ts.FormatDiagnosticsHost} */
const diagnosticsHost = {
  getCanonicalFileName: (name) => name,
  getCurrentDirectory: () => process.cwd(),
  getNewLine: () => "\n",
};
