import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

import { messageOf, UserError } from "../../delivery/user-error";
import { childEnvironment } from "../aws/child-environment";
import { ISOLATED, pythonFile } from "../aws/python-files";
import { readFinalStage } from "./dockerfile";
import { visibleFiles } from "./ignored-files";
import { assembleImage, sha256 } from "./image-content";
import type { WantedImages } from "./wanted-images";

/** Where the image's recipe lies, relative to the application. */
const DOCKERFILE = join("functions", "flink-deployer", "Dockerfile");

/** What {@link pushImages} needs. */
export interface ImagePush {
  /** The application: the project, or a changed copy of it. */
  readonly application: string;
  readonly images: WantedImages;
  /** Where the content of images is kept, below the digits of their digests. */
  readonly directory: string;
  /** The python that `ensureMotoEnvironment` returns. */
  readonly python: string;
  /** The endpoint of AWS. */
  readonly awsUrl: string;
  readonly region: string;
}

/**
 * Does what a person's pipeline does with a builder of images, without one: keeps what the image has in its function's
 * folder, and puts a manifest that stands for it into ECR under the tag that the application looks up. The packages and
 * the Java of the image are this machine's.
 *
 * @returns the image's digest, such as `sha256:…`
 * @throws UserError when the image cannot be put together, or when ECR refuses it
 */
export async function pushImages(push: ImagePush): Promise<string> {
  mkdirSync(push.directory, { recursive: true });
  const draft = mkdtempSync(join(push.directory, "draft-"));
  try {
    const recipe = readFileSync(join(push.application, DOCKERFILE), "utf8");
    const ignored = readFileSync(join(push.application, `${DOCKERFILE}.dockerignore`), "utf8");
    const context = { directory: push.application, sees: visibleFiles(ignored) };
    const content = assembleImage(readFinalStage(recipe, DOCKERFILE), context, draft);
    const manifest = manifestOf(content);
    const digest = sha256(manifest);
    const place = join(push.directory, digest);
    rmSync(place, { recursive: true, force: true });
    renameSync(draft, place);
    for (const tag of push.images.tags) await putImage(push, tag, manifest);
    return `sha256:${digest}`;
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    throw new UserError(`the image could not be pushed: ${messageOf(error)}`, { cause: error });
  }
}

/** @see https://github.com/opencontainers/image-spec/blob/main/manifest.md */
function manifestOf(content: string): string {
  const descriptor = { digest: `sha256:${content}`, size: 0 };
  const type = "application/vnd.oci.image";
  return JSON.stringify({
    schemaVersion: 2,
    mediaType: `${type}.manifest.v1+json`,
    config: { mediaType: `${type}.config.v1+json`, ...descriptor },
    layers: [{ mediaType: `${type}.layer.v1.tar+gzip`, ...descriptor }],
  });
}

async function putImage(push: ImagePush, tag: string, manifest: string): Promise<void> {
  const { python, awsUrl, region, images } = push;
  const args = ["--url", awsUrl, "--region", region, "--repository", images.repository];
  await promisify(execFile)(
    python,
    [...ISOLATED, pythonFile("push_image.py"), ...args, "--tag", tag, "--manifest", manifest],
    { env: childEnvironment(process.env) },
  );
}
