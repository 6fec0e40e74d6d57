import type { EnvironmentConfig } from "../../config/environment-config";
import { sandbox } from "../../config/environments/sandbox";

/** Runs the program on an environment, or on the error with which looking for one ends. */
function run(load: () => EnvironmentConfig): { printed: unknown[]; exitCode: unknown } {
  const print = jest.spyOn(console, "error").mockReturnValue();
  const before = process.exitCode;
  try {
    jest.isolateModules(() => {
      jest.doMock("../../config/load-environment", () => ({ loadEnvironment: load }));
      jest.requireActual("../../main");
    });
    return { printed: print.mock.calls.flat(), exitCode: process.exitCode };
  } finally {
    process.exitCode = before;
    print.mockRestore();
  }
}

test("a value that a person got wrong is told in a sentence, without a stack trace", () => {
  expect(run(() => ({ ...sandbox, system: "Lake_House" }))).toEqual({
    printed: [
      'system must be lower-case words joined by "-" and start with a letter, got "Lake_House"',
    ],
    exitCode: 1,
  });
});

test("any other error is a defect and keeps its stack trace", () => {
  const defect = new TypeError("undefined is not a function");
  expect(() =>
    run(() => {
      throw defect;
    }),
  ).toThrow(defect);
});
