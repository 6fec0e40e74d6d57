import { terraformErrors } from "../../delivery/error-excerpt";

test("cdktf's margin, empty lines and summary are left out", () => {
  const log = `demo-a  terraform_data.b: Creating...
demo-a  Error: Reference to undeclared input variable

          on cdk.tf.json line 1, in resource.terraform_data.b:
           1: "input": "\${var.q}"
demo-a  An input variable with the name "q" has not been declared.


0 Stacks deploying     1 Stack done     0 Stacks waiting
Invoking Terraform CLI failed with exit code 1
`;

  expect(terraformErrors(log)).toBe(`Error: Reference to undeclared input variable
  on cdk.tf.json line 1, in resource.terraform_data.b:
   1: "input": "\${var.q}"
An input variable with the name "q" has not been declared.`);
});

test("an error in the middle of what cdktf prints at once is found", () => {
  const log = `demo-a  terraform_data.b (local-exec): a pipe | Error: no

        Error: local-exec provisioner error

          with terraform_data.b,
        Error running command 'false | Error: no': exit status 1.

Invoking Terraform CLI failed with exit code 1
`;

  expect(terraformErrors(log)).toBe(`Error: local-exec provisioner error
  with terraform_data.b,
Error running command 'false | Error: no': exit status 1.`);
});

test("Terraform's own output has no margin", () => {
  expect(
    terraformErrors(`Planning...\n\nError: No value\n\n  on main.tf line 3\n\nSet it.\n`),
  ).toBe("Error: No value\n  on main.tf line 3\nSet it.");
});

test("frames and colours are left out", () => {
  const log = `\u001b[31m╷\u001b[0m
\u001b[31m│\u001b[0m \u001b[1mError: \u001b[0mNo value
\u001b[31m│\u001b[0m
\u001b[31m│\u001b[0m   on main.tf line 3: a | b
\u001b[31m╵\u001b[0m
`;

  expect(terraformErrors(log)).toBe("Error: No value\n  on main.tf line 3: a | b");
});

test("what comes before the first error is left out, and what follows stays", () => {
  expect(terraformErrors("Warning: old\r\n\r\nError: one\r\n\r\nError: two\r\n")).toBe(
    "Error: one\nError: two",
  );
});

test("a long error is cut after twelve lines", () => {
  const lines = Array.from({ length: 15 }, (_, index) => `line ${index + 1}`);

  expect(terraformErrors(["Error: long", ...lines].join("\n")).split("\n")).toEqual([
    "Error: long",
    ...lines.slice(0, 11),
    "… 4 more lines in the log",
  ]);
});

test.each(["", "Apply complete!\n", "An Error: is not at the beginning\n"])(
  "there is none in %j",
  (log) => {
    expect(terraformErrors(log)).toBe("");
  },
);
