import { DeliveryProgram, type ProgramEnd } from "./support/delivery-program";
import { deliveryPrograms } from "./support/programs";

const modules = JSON.stringify(deliveryPrograms().program);
const errors = modules.replace("program.js", "user-error.js");

/** Runs a program with this body. */
async function run(body: string): Promise<ProgramEnd> {
  const source = `
    const { print, runProgram } = require(${modules});
    const { Interrupted, UserError } = require(${errors});
    runProgram(async () => { ${body} });`;
  return new DeliveryProgram("-e", [source], __dirname, process.env).ended;
}

test("the exit code is what the program says", async () => {
  expect(await run(`print("a line"); return 2;`)).toEqual({
    exitCode: 2,
    stdout: "a line\n",
    stderr: "",
  });
});

test.each([
  ["a problem of the user", `new UserError("no manifest")`, 1, "no manifest\n"],
  ["SIGINT", `new Interrupted("SIGINT", "stopped")`, 130, "stopped\n"],
  ["SIGTERM", `new Interrupted("SIGTERM", "stopped")`, 143, "stopped\n"],
  ["what is no error", `"thrown"`, 1, "thrown\n"],
])("%s is a sentence", async (_, error, exitCode, stderr) => {
  expect(await run(`throw ${error};`)).toEqual({ exitCode, stdout: "", stderr });
});

test("a defect has its stack trace", async () => {
  const { exitCode, stderr } = await run(`throw new TypeError("oops");`);

  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/^TypeError: oops\n {4}at /);
});
