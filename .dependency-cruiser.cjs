/** Imports go one way: main → stacks → constructs/patterns → constructs/<vendor> → constructs/core. */
module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "core-knows-no-vendor",
      severity: "error",
      from: { path: "^constructs/core/" },
      to: { path: "^(constructs/(?!core/)|stacks/|config/|main|@cdktf/|packages/)" },
    },
    {
      name: "vendors-meet-only-in-patterns",
      severity: "error",
      from: { path: "^constructs/(aws|confluent|snowflake)/" },
      to: {
        path: "^(constructs/(aws|confluent|snowflake|patterns)/|stacks/|config/)",
        pathNot: "^constructs/$1/",
      },
    },
    {
      name: "patterns-know-no-stack",
      severity: "error",
      from: { path: "^constructs/patterns/" },
      to: { path: "^(stacks|config)/" },
    },
    {
      name: "constructs-are-reusable",
      severity: "error",
      comment: "Constructs receive values, never the environment's configuration.",
      from: { path: "^constructs/" },
      to: { path: "^(config|stacks|delivery|sandbox|python)/" },
    },
    {
      name: "tools-work-on-the-output",
      severity: "error",
      comment:
        "Delivery and sandbox read cdktf.out; nothing in the application knows that they exist.",
      from: { path: "^(delivery|sandbox|python)/" },
      to: { path: "^(constructs|stacks|config)/" },
    },
    {
      name: "application-knows-no-tools",
      severity: "error",
      from: { path: "^(main\\.ts|application\\.ts|stacks/|config/|constructs/)" },
      to: { path: "^(delivery|sandbox|python|bench|lineage|test)/" },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(dist|cdktf\\.out|\\.sandbox|\\.python)/" },
  },
};
