/** The region that the sandbox's environment names; nothing is made in another one. */
export const SANDBOX_REGION = "us-east-1";
