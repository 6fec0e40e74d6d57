import { mkdirSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { AssetType, TerraformAsset } from "cdktf";
import { Construct } from "constructs";

import type { TreeFile } from "../core/file-tree";
import { zipArchive } from "../core/zip-archive";

/** Files that are uploaded as one archive. The synthesis puts it beside the stack, so a plan needs nothing else. */
export class ZipAsset extends Construct {
  /** Relative to the folder in which Terraform runs. */
  readonly path: string;

  /** SHA-256 of the archive in base64, as Lambda reports it. */
  readonly sourceCodeHash: string;

  constructor(scope: Construct, id: string, files: readonly TreeFile[]) {
    super(scope, id);
    const archive = zipArchive(files);
    const hash = createHash("sha256").update(archive).digest();
    const assetHash = hash.toString("hex").slice(0, 32);
    // CDKTF copies a file that is there when it synthesizes; the name is the content's, so two runs never disagree.
    const directory = join(tmpdir(), `zip-asset-${assetHash}`);
    mkdirSync(directory, { recursive: true });
    const path = join(directory, "function.zip");
    writeFileSync(path, archive);
    this.path = new TerraformAsset(this, "Asset", { path, type: AssetType.FILE, assetHash }).path;
    this.sourceCodeHash = hash.toString("base64");
  }
}
