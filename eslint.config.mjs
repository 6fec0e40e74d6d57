import eslint from "@eslint/js";
import jest from "eslint-plugin-jest";
import jsdoc from "eslint-plugin-jsdoc";
import tseslint from "typescript-eslint";

/** Calls and shapes that CDKTF accepts and that do not do what they look like; see docs/architecture.md. */
const structure = [
  {
    selector:
      "CallExpression[callee.property.name='addDependency'][callee.object.property.name='node']",
    message:
      "node.addDependency emits nothing in CDKTF: use a reference, or dependsOn with a comment.",
  },
  {
    selector: "Property[key.name='replaceTriggeredBy']",
    message:
      "replace_triggered_by does not converge after a failed create: hash the cause into the name.",
  },
  {
    selector:
      "NewExpression > ObjectExpression > Property[key.name='credentials'][shorthand=false]",
    message:
      "A key in a resource stays in its state and dies with the key: configure the provider alias.",
  },
  {
    selector: "TSInterfaceDeclaration[id.name=/Props$/] TSPropertySignature:not([readonly=true])",
    message: "Props are readonly.",
  },
];

export default tseslint.config(
  {
    ignores: [
      "dist/",
      "cdktf.out/",
      ".sandbox/",
      "coverage/",
      "reports/",
      ".stryker-tmp/",
      "packages/*/lib/",
      "packages/*/.build-*/",
      "bench/stock/",
    ],
  },
  {
    files: ["**/*.ts"],
    extends: [
      eslint.configs.recommended,
      tseslint.configs.strictTypeChecked,
      tseslint.configs.stylisticTypeChecked,
    ],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      // An index signature is read with brackets, so that a reader sees that it may be absent.
      "@typescript-eslint/dot-notation": "off",
      "no-restricted-imports": [
        "error",
        {
          paths: [
            "@cdktf/provider-aws",
            "@cdktf/provider-confluent",
            "@cdktf/provider-snowflake",
          ].map((name) => ({
            name,
            message: "The barrel loads every resource: import from lib/<resource>.",
          })),
        },
      ],
      "no-restricted-syntax": ["error", ...structure],
      "max-lines": ["error", { max: 300 }],
    },
  },
  {
    // Constructs exist by being made.
    files: ["main.ts", "stacks/**", "constructs/**", "test/**", "bench/**"],
    rules: { "no-new": "off", "@typescript-eslint/no-unused-expressions": "off" },
  },
  {
    files: ["stacks/**", "constructs/**", "config/**"],
    plugins: { jsdoc },
    rules: {
      "max-params": ["error", { max: 3 }],
      "no-restricted-globals": [
        "error",
        { name: "process", message: "Only main.ts reads the environment." },
      ],
      "jsdoc/require-jsdoc": [
        "error",
        { publicOnly: true, require: { ClassDeclaration: true, FunctionDeclaration: false } },
      ],
      "max-lines-per-function": ["error", { max: 100 }],
    },
  },
  {
    files: ["stacks/**"],
    rules: {
      "no-restricted-syntax": [
        "error",
        ...structure,
        {
          selector: "MemberExpression[object.name='Fn']",
          message: "Terraform functions belong into a construct's named method.",
        },
        {
          selector: "TemplateLiteral > TemplateElement[value.raw=/^(arn|crn):/]",
          message: "ARNs and CRNs are made by the construct that owns the thing.",
        },
      ],
    },
  },
  {
    files: ["test/**/*.ts"],
    extends: [jest.configs["flat/recommended"]],
    rules: {
      "no-restricted-syntax": [
        "error",
        {
          selector:
            "MemberExpression[property.name='not'] ~ Identifier, CallExpression[callee.property.name=/^toHaveResource/][callee.object.property.name='not']",
          message: "A misspelt attribute makes a negated matcher pass: compare the parsed object.",
        },
      ],
      "jest/expect-expect": [
        "error",
        { assertFunctionNames: ["expect", "expect*", "fc.assert", "fc.check"] },
      ],
      "max-lines": ["error", { max: 400 }],
      // A property decides by its input which of two outcomes to expect.
      "jest/no-conditional-expect": "off",
      // expect.any and expect.stringMatching are typed as any.
      "@typescript-eslint/no-unsafe-assignment": "off",
    },
  },
);
