import type { Construct, IConstruct } from "constructs";

import { ContainerImage } from "../../aws/container-image";
import type { ImageRepository } from "../../aws/image-repository";
import type { LambdaCode } from "../../aws/lambda-function";
import { ZipAsset } from "../../aws/zip-asset";
import { digestOf, readTree, under, type TreeFile } from "../../core/file-tree";
import { readSourceFile } from "../../core/source-file";
import type { Pipeline } from "./pipeline";

const SOURCE = "functions/flink-deployer/src";

/** What the image is built with, besides Python files. */
const RECIPE = [
  "functions/flink-deployer/Dockerfile",
  "python/build.txt",
  "python/table-api.txt",
] as const;

/** How AWS calls the function. */
const HANDLER = "flink_deployer.handler.handle";
const RUNTIME = "python3.12";

/** The deployer with one pipeline, for the engine `compiled`: some hundred kilobytes of Python and SQL. */
export function deployerZip(scope: Construct, pipeline: Pipeline): LambdaCode {
  const files = [
    ...readTree(scope, SOURCE, isPython),
    ...under(`pipelines/${pipeline.name}`, pipeline.files),
  ];
  return { zip: new ZipAsset(scope, "Zip", files), runtime: RUNTIME, handler: HANDLER };
}

/**
 * The image with the Table API, which was built of the files as they are here. Its tag is a hash of them, so that an image
 * of other files is never taken for it, and the same files are never built twice.
 *
 * @throws ValidationError when a file of the recipe cannot be read
 */
export function deployerImage(
  scope: Construct,
  id: string,
  repository: ImageRepository,
): ContainerImage {
  const tag = `inputs-${digestOf(imageInputs(scope)).slice(0, 16)}`;
  return new ContainerImage(scope, id, { repository, tag });
}

/** All that the image is built of, by path in the project. */
function imageInputs(scope: IConstruct): readonly TreeFile[] {
  const isPipeline = (path: string): boolean =>
    isPython(path) || /(^|\/)pipeline\.json$/.test(path);
  return [
    ...RECIPE.map((path) => ({ path, content: Buffer.from(readSourceFile(scope, path)) })),
    ...under(SOURCE, readTree(scope, SOURCE, isPython)),
    ...under("pipelines", readTree(scope, "pipelines", isPipeline)),
  ];
}

function isPython(path: string): boolean {
  return path.endsWith(".py");
}
