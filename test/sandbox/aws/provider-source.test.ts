import { chmodSync, symlinkSync } from "node:fs";
import { join } from "node:path";

import { UserError } from "../../../delivery/user-error";
import {
  type AwsProviderSearch,
  type AwsProviderSource,
  locateAwsProvider,
} from "../../../sandbox/aws/provider-source";
import { temporaryDirectory, writeFiles } from "../../support/temporary-directory";

const AWS = "registry.terraform.io/hashicorp/aws";

/** Puts an unpacked provider into a mirror. */
function unpack(mirror: string, version = "5.100.0", platform = "linux_amd64"): void {
  const program = `terraform-provider-aws_v${version}_x5`;
  writeFiles(mirror, { [`${AWS}/${version}/${platform}/${program}`]: "" });
}

/** A machine of its own for each test, with nothing on it. */
class Machine {
  readonly root = temporaryDirectory();
  readonly home = join(this.root, "home");
  readonly opt = join(this.root, "opt");
  readonly mirror = join(this.root, "mirror");
  /** The files of a CLI configuration that an environment variable names. */
  readonly configuration = join(this.root, "terraform.tfrc");

  configure(text: string): void {
    writeFiles(this.root, { "terraform.tfrc": text });
  }

  locate({ env = {}, ...search }: Partial<AwsProviderSearch> = {}): AwsProviderSource {
    return locateAwsProvider({
      env: { XDG_DATA_DIRS: join(this.root, "usr-share"), ...env },
      home: this.home,
      prefixes: [this.opt],
      platform: "linux_amd64",
      ...search,
    });
  }

  locateConfigured(): AwsProviderSource {
    return this.locate({ env: { TF_CLI_CONFIG_FILE: this.configuration } });
  }
}

describe("a machine without an AWS provider", () => {
  test("gets it from the registry", () => {
    expect(new Machine().locate()).toEqual({ kind: "registry" });
  });

  test("gets it from the registry when the configuration file that is named does not exist", () => {
    expect(new Machine().locateConfigured()).toEqual({ kind: "registry" });
  });
});

describe("the Terraform CLI configuration", () => {
  const found = ({ mirror, configuration }: Machine): AwsProviderSource => ({
    kind: "mirror",
    directory: mirror,
    version: "5.100.0",
    from: `the Terraform CLI configuration ${configuration}`,
  });

  test("leads to its mirror, in HCL, among settings of other things", () => {
    const machine = new Machine();
    unpack(machine.mirror);
    machine.configure(`
      disable_checkpoint = true
      plugin_cache_dir   = "/nowhere"
      credentials "app.terraform.io" { token = "x" }
      provider_installation {
        filesystem_mirror {
          path    = "${machine.mirror}"
          include = ["${AWS}"]
        }
        direct { exclude = ["${AWS}"] }
      }`);

    expect(machine.locateConfigured()).toEqual(found(machine));
  });

  test("leads to its mirror, in JSON", () => {
    const machine = new Machine();
    unpack(machine.mirror);
    const mirror = { path: machine.mirror, include: ["hashicorp/*"] };
    machine.configure(
      JSON.stringify({
        provider_installation: [{ filesystem_mirror: [mirror] }, { direct: [{}] }],
      }),
    );

    expect(machine.locateConfigured()).toEqual(found(machine));
  });

  test.each([
    ["", true],
    [`include = ["*/*"]`, true],
    [`include = ["*/*/*"]`, true],
    [`include = ["registry.terraform.io/hashicorp/*"]`, true],
    [`include = ["confluentinc/*"]`, false],
    [`include = ["example.com/*/*"]`, false],
    [`include = []`, false],
    [`exclude = ["hashicorp/aws"]`, false],
    [`include = ["*/*"], exclude = ["hashicorp/random"]`, true],
  ])("a mirror with %j serves the AWS provider: %j", (patterns, serves) => {
    const machine = new Machine();
    unpack(machine.mirror);
    machine.configure(
      `provider_installation { filesystem_mirror { path = "${machine.mirror}" ${patterns} } }`,
    );

    expect(machine.locateConfigured().kind).toBe(serves ? "mirror" : "registry");
  });

  test("gives the highest version of all its mirrors", () => {
    const machine = new Machine();
    const other = join(machine.root, "other");
    unpack(machine.mirror, "5.100.0");
    unpack(other, "6.9.0");
    unpack(other, "6.10.0");
    machine.configure(`provider_installation {
      filesystem_mirror { path = "${machine.mirror}" }
      filesystem_mirror { path = "${other}" }
    }`);

    expect(machine.locateConfigured()).toMatchObject({ directory: other, version: "6.10.0" });
  });

  test("is read from the home directory when no variable names one", () => {
    const machine = new Machine();
    unpack(machine.mirror);
    const text = `provider_installation { filesystem_mirror { path = "${machine.mirror}" } }`;
    writeFiles(machine.home, { ".terraformrc": text });

    expect(machine.locate()).toMatchObject({
      directory: machine.mirror,
      from: `the Terraform CLI configuration ${join(machine.home, ".terraformrc")}`,
    });
  });

  test("is read from all tfrc files in ~/.terraform.d, unless a variable names a file", () => {
    const machine = new Machine();
    unpack(machine.mirror);
    const text = `provider_installation { filesystem_mirror { path = "${machine.mirror}" } }`;
    writeFiles(machine.home, { ".terraform.d/company.tfrc": text, ".terraform.d/other.txt": "{" });
    machine.configure("disable_checkpoint = true");

    expect(machine.locate()).toMatchObject({ directory: machine.mirror });
    expect(machine.locateConfigured()).toEqual({ kind: "registry" });
  });

  test("fails with the file and the line when it cannot be read", () => {
    const machine = new Machine();
    machine.configure("provider_installation {\n  filesystem_mirror = [");

    const locate = (): unknown => machine.locateConfigured();
    expect(locate).toThrow(UserError);
    expect(locate).toThrow(
      `the Terraform CLI configuration ${machine.configuration} cannot be read: line 2: the end of the file is not expected there`,
    );
  });
});

describe("Terraform's implied mirrors", () => {
  test.each([
    ["linux_amd64", "home/.terraform.d/plugins"],
    ["linux_amd64", "home/.local/share/terraform/plugins"],
    ["linux_amd64", "usr-share/terraform/plugins"],
    ["darwin_arm64", "home/.terraform.d/plugins"],
    ["darwin_arm64", "home/Library/Application Support/io.terraform/plugins"],
  ])("on %s, %s is one", (platform, path) => {
    const machine = new Machine();
    unpack(join(machine.root, path), "5.100.0", platform);

    expect(machine.locate({ platform })).toEqual({
      kind: "mirror",
      directory: join(machine.root, path),
      version: "5.100.0",
      from: "one of Terraform's implied mirrors",
    });
  });

  test("XDG_DATA_HOME moves one of them", () => {
    const machine = new Machine();
    const data = join(machine.root, "data");
    unpack(join(data, "terraform/plugins"));

    expect(machine.locate({ env: { XDG_DATA_HOME: data } }).kind).toBe("mirror");
    expect(machine.locate({ env: { XDG_DATA_HOME: "" } }).kind).toBe("registry");
  });
});

describe("installation prefixes", () => {
  test.each([".", "tf-plugins", "company/terraform-mirror"])("a mirror is found in %s", (path) => {
    const machine = new Machine();
    const directory = join(machine.opt, path);
    unpack(directory);

    expect(machine.locate()).toEqual({
      kind: "mirror",
      directory,
      version: "5.100.0",
      from: `a folder found under ${machine.opt}`,
    });
  });

  test("a mirror three levels under a prefix is not looked for", () => {
    const machine = new Machine();
    unpack(join(machine.opt, "a/b/c"));

    expect(machine.locate()).toEqual({ kind: "registry" });
  });

  test("links are followed, and files and unreadable folders are no obstacle", () => {
    const machine = new Machine();
    const target = join(machine.root, "target");
    unpack(target);
    writeFiles(machine.opt, { file: "", "closed/file": "" });
    symlinkSync(target, join(machine.opt, "linked"));
    symlinkSync(join(machine.root, "gone"), join(machine.opt, "dangling"));
    chmodSync(join(machine.opt, "closed"), 0);

    expect(machine.locate()).toMatchObject({ directory: join(machine.opt, "linked") });
  });
});

describe("the order of sources", () => {
  test("a configured mirror wins over an implied one, and that over a found one", () => {
    const machine = new Machine();
    const implied = join(machine.home, ".terraform.d/plugins");
    const env = { TF_CLI_CONFIG_FILE: machine.configuration };

    unpack(join(machine.opt, "found"), "6.3.0");
    expect(machine.locate({ env })).toMatchObject({ version: "6.3.0" });

    unpack(implied, "6.2.0");
    expect(machine.locate({ env })).toMatchObject({ version: "6.2.0" });

    unpack(machine.mirror, "6.1.0");
    machine.configure(`provider_installation { filesystem_mirror { path = "${machine.mirror}" } }`);
    expect(machine.locate({ env })).toMatchObject({ version: "6.1.0" });
  });

  test("a configured mirror without a version that serves is passed over", () => {
    const machine = new Machine();
    unpack(machine.mirror, "5.99.1");
    unpack(join(machine.opt, "found"), "6.3.0");
    machine.configure(`provider_installation { filesystem_mirror { path = "${machine.mirror}" } }`);

    expect(machine.locateConfigured()).toMatchObject({ version: "6.3.0" });
  });
});

describe("what counts as a provider", () => {
  test.each([
    ["5.99.1", false],
    ["5.100.0", true],
    ["6.99.12", true],
    ["7.0.0", false],
    ["6.0.0-beta1", false],
    ["latest", false],
  ])("version %s is taken: %j", (version, taken) => {
    const machine = new Machine();
    unpack(join(machine.opt, "mirror"), version);

    expect(machine.locate().kind).toBe(taken ? "mirror" : "registry");
  });

  test("a higher version for another platform is passed over", () => {
    const machine = new Machine();
    unpack(join(machine.opt, "mirror"), "6.2.0", "darwin_arm64");
    unpack(join(machine.opt, "mirror"), "5.100.0");

    expect(machine.locate()).toMatchObject({ version: "5.100.0" });
  });

  test.each([
    ["packed beside the versions", `${AWS}/terraform-provider-aws_5.100.0_linux_amd64.zip`],
    ["packed in its folder", `${AWS}/5.100.0/linux_amd64/terraform-provider-aws_5.100.0.zip`],
    ["an empty platform folder", `${AWS}/5.100.0/linux_amd64/LICENSE.txt`],
  ])("%s is passed over", (_, file) => {
    const machine = new Machine();
    writeFiles(join(machine.opt, "mirror"), { [file]: "" });

    expect(machine.locate()).toEqual({ kind: "registry" });
  });
});
