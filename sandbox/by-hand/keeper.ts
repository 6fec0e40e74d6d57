/**
 * Keeps the world and moto for work by hand: `up` starts it, `down` ends it. It holds the other end of their standard
 * inputs, so they end with it, however it ends. When they answer, it writes the run record.
 *
 * Usage: keeper.js <run directory> <nonce> <python> [<python of images> <Java home of images>]
 */
import { Interruption } from "../../delivery/interruption";
import { ownIdentity } from "../../delivery/process-table";
import { runProgram } from "../../delivery/program";
import { RunDirectory } from "../run/directories";
import { writeRunRecord } from "../run/run-record";
import { type ImagePackages, startServices } from "../services/services";

async function keep(
  run: RunDirectory,
  nonce: string,
  python: string,
  packages: ImagePackages | undefined,
): Promise<number> {
  const interruption = new Interruption();
  interruption.listenToProcess();
  const services = await startServices(run, nonce, python, packages);
  const { worldUrl, awsUrl } = services;
  if (!interruption.signal) {
    writeRunRecord(run, {
      nonce,
      owner: ownIdentity(),
      startedAt: new Date().toISOString(),
      services: { worldUrl, awsUrl },
      engine: packages === undefined ? "compiled" : "table-api",
      ended: false,
    });
  }
  const alive = setInterval(() => undefined, 60_000); // waiting for a signal alone would end the program
  await new Promise<void>((resolve) => {
    interruption.onRequest(() => {
      resolve();
    });
  });
  clearInterval(alive);
  await services.stop();
  return 0;
}

const [directory, nonce, python, imagePython, javaHome] = process.argv.slice(2);
if (directory === undefined || nonce === undefined || python === undefined) {
  throw new Error("usage: keeper <run directory> <nonce> <python> [<python> <Java home>]");
}
const packages =
  imagePython === undefined || javaHome === undefined
    ? undefined
    : { python: imagePython, javaHome };
runProgram(() => keep(new RunDirectory(directory), nonce, python, packages));
