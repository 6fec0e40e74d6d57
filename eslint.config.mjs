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
      "NewExpression:not([callee.name=/Stack$/]) > ObjectExpression > Property:matches([key.name='credentials'], [key.value='credentials'])",
    message:
      "A key in a resource stays in its state and dies with the key: configure the provider alias.",
  },
  {
    selector:
      "NewExpression[callee.name=/^Flink(Statement|MaterializedTable)/] > ObjectExpression > Property:matches([key.name=/^(principal|computePool)$/], [key.value=/^(principal|computePool)$/])",
    message:
      "With Flink's key in the provider block the provider takes the alias's principal and pool, and reports these: give the statement its alias.",
  },
  {
    selector: "CallExpression[callee.object.name='Fn'][callee.property.name='timestamp']",
    message: "timestamp() is unknown at every plan, and so changes something each time: PlanClock.",
  },
  {
    selector: "Property[key.name='disableWaitForReady']",
    message: "Without the provider's wait the next call may meet a role or key that is not there.",
  },
  {
    selector:
      "NewExpression[callee.name=/^DataConfluent/] > ObjectExpression > Property[key.name='displayName']",
    message: "A display name is not unique, and looking it up waits for apply: pass the id.",
  },
  {
    selector: "ImportSpecifier[imported.name=/^Terraform(Hcl)?Module$/]",
    message: "A module from elsewhere changes without us: write a construct.",
  },
  {
    selector: "TSInterfaceDeclaration[id.name=/Props$/] TSPropertySignature:not([readonly=true])",
    message: "Props are readonly.",
  },
];

/** Further forms that the application's own folders do without. */
const application = [
  ...structure,
  {
    selector:
      "CallExpression[callee.property.name='addOverride']:not([callee.object.type='ThisExpression'])",
    message: "An override from outside hides from whoever reads the owner: give the owner a prop.",
  },
  {
    selector:
      ":matches(NewExpression, CallExpression[callee.type='Super']) > :matches(TemplateLiteral, BinaryExpression).arguments:nth-child(2):has(Identifier[name='id'])",
    message: "A construct's path holds its parent's id already: give it an id of its own.",
  },
  {
    selector:
      "Property[key.name='imageUri']:matches([value.type='Literal'], [value.type='TemplateLiteral'], [value.type='BinaryExpression'])",
    message: "What a tag names changes, and Terraform does not see it: take a ContainerImage.",
  },
];

/** Everywhere but in the one construct that calls twice. */
const invocations = [
  {
    selector: "NewExpression[callee.name=/^LambdaInvocation/]",
    message:
      "One call forgets a change that failed, or deletes nothing when it goes: FlinkApplication.",
  },
];

/** Everywhere but in constructs/aws. */
const vendorNames = [
  {
    selector:
      ":matches(TemplateLiteral > TemplateElement[value.raw=/^(arn|crn):/], Literal[value=/^(arn|crn):/])",
    message: "ARNs and CRNs are made by the construct that owns the thing.",
  },
];

/** What a selector cannot see: comments. */
const local = {
  rules: {
    "explain-depends-on": {
      meta: {
        type: "suggestion",
        schema: [],
        messages: {
          unexplained:
            "A reference orders by itself: where there is none, say in a comment above why this must wait.",
        },
      },
      create: (context) => ({
        "ObjectExpression > Property[key.name='dependsOn']": (node) => {
          if (context.sourceCode.getCommentsBefore(node).length === 0) {
            context.report({ node, messageId: "unexplained" });
          }
        },
      }),
    },
  },
};

export default tseslint.config(
  {
    ignores: [
      "dist/",
      "cdktf.out/",
      ".sandbox/",
      ".python/",
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
          patterns: [
            {
              regex: "^@cdktf/provider-(aws|confluent|snowflake)(/lib(/index)?)?$",
              message: "The barrel loads every resource: import from lib/<resource>.",
            },
            {
              regex: "^@cdktf/provider-(null|random|time|tls)(/|$)",
              message:
                "Names are hashes of content, and time is the plan's: nothing here needs it.",
            },
          ],
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
    plugins: { jsdoc, local },
    rules: {
      "local/explain-depends-on": "error",
      "no-console": "error",
      "no-restricted-syntax": ["error", ...application, ...vendorNames, ...invocations],
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
    files: ["constructs/aws/**"],
    rules: { "no-restricted-syntax": ["error", ...application, ...invocations] },
  },
  {
    files: ["constructs/patterns/flink-deployer/invocations.ts"],
    rules: { "no-restricted-syntax": ["error", ...application, ...vendorNames] },
  },
  {
    files: ["stacks/**"],
    rules: {
      "no-restricted-syntax": [
        "error",
        ...application,
        ...vendorNames,
        ...invocations,
        {
          selector: "MemberExpression[object.name='Fn']",
          message: "Terraform functions belong into a construct's named method.",
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
            "CallExpression[callee.property.name=/^toHaveResource/][callee.object.property.name='not']",
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
