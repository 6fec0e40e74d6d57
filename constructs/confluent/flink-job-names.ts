import { canonicalJson } from "../core/canonical-json";
import { sha256 } from "../core/file-tree";

const HASH_LENGTH = 10;

/** Confluent takes 100 characters; a deployer may put a few behind the name. */
const NAME_LIMIT = 90;

/** What makes a job's statement what it is. Pool and principal do not: both can change while it keeps its place. */
export interface JobStatement {
  /** The statement's place in its application, which the next version takes. */
  readonly logical: string;

  /** Of all that the pipeline is made of, 64 hexadecimal digits. */
  readonly pipelineDigest: string;

  readonly sink: string;

  /** `earliest`, `latest`, or a time in RFC 3339. */
  readonly start: string;

  readonly properties: Readonly<Record<string, string>>;

  /** Another text makes another statement of the same content. */
  readonly redeployNonce: string;
}

/** The place in its application of the statement that fills a table. */
export function logicalOf(sink: string): string {
  return sink.replaceAll("_", "-");
}

/**
 * The name of a statement: the same for the same content, wherever and however often it is deployed, so that what runs
 * already is told from what is new. The readable part is cut, never the hash.
 */
export function jobStatementName(application: string, statement: JobStatement): string {
  const { logical, pipelineDigest, properties, redeployNonce, sink, start } = statement;
  const content = canonicalJson({
    logical,
    pipeline_digest: pipelineDigest,
    properties,
    redeploy_nonce: redeployNonce,
    sink,
    start,
  });
  const hash = sha256(content).slice(0, HASH_LENGTH);
  const readable = `${application}-${logical}`.slice(0, NAME_LIMIT - HASH_LENGTH - 1);
  return `${readable.replace(/-+$/, "")}-${hash}`;
}

/**
 * One hash for all that a deployment shall leave running.
 *
 * @param names of the statements by their places
 */
export function deployIdOf(names: Readonly<Record<string, string>>): string {
  return sha256(canonicalJson({ contract: 1, statements: names }));
}
