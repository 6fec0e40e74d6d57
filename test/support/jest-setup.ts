import { Testing } from "cdktf";
import fc from "fast-check";

Testing.setupJest();

// One seed for everybody, so that a failure is the change's and not the draw's; another draw is one variable away.
fc.configureGlobal({ seed: Number(process.env["FAST_CHECK_SEED"] ?? 1) });
