import { randomBytes, webcrypto } from "node:crypto";
import { BitString, Integer, OctetString, PrintableString } from "asn1js";
import {
  AttributeTypeAndValue,
  BasicConstraints,
  Certificate,
  Extension,
  ExtKeyUsage,
  GeneralName,
  GeneralNames,
} from "pkijs";

/** The name under which every certificate is valid. */
const HOST = "localhost";

const COMMON_NAME = "2.5.4.3";
const SUBJECT_KEY_IDENTIFIER = "2.5.29.14";
const KEY_USAGE = "2.5.29.15";
const SUBJECT_ALTERNATIVE_NAME = "2.5.29.17";
const BASIC_CONSTRAINTS = "2.5.29.19";
const EXTENDED_KEY_USAGE = "2.5.29.37";
const SERVER_AND_CLIENT_AUTHENTICATION = ["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"];
/** The bits digitalSignature and keyCertSign. */
const SIGNS = new Uint8Array([0b1000_0100]).buffer;
const DNS_NAME = 2;
const IP_ADDRESS = 7;
const VALIDITY_MS = 24 * 60 * 60 * 1000;

/** A self-signed certificate and its private key. */
export interface OneTimeCertificate {
  /** PEM. */
  readonly privateKey: string;
  /** PEM. */
  readonly certificate: string;
  readonly der: Buffer;
}

export interface OneTimeCertificateOptions {
  /** An IPv4 address under which the server is reached as well. @default - under its name only */
  readonly address?: string;
  /**
   * Whether clients read it as the certificate of an authority, which is how Python and Java trust one.
   *
   * @default false
   */
  readonly authority?: boolean;
  /** Milliseconds from now. @default - one day */
  readonly validity?: number;
}

/**
 * Makes the certificate for one life of a server on this machine: of a plugin, which Terraform trusts because it reads
 * it from the handshake line, or of a service whose clients are told the file that it is in.
 *
 * Built from pkijs alone: loading one of the friendlier wrappers costs every plugin process, and
 * Terraform starts three of them a command, more time than all the rest of its start.
 */
export async function createOneTimeCertificate({
  address,
  authority = false,
  validity = VALIDITY_MS,
}: OneTimeCertificateOptions = {}): Promise<OneTimeCertificate> {
  const keys = await webcrypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, [
    "sign",
    "verify",
  ]);
  const certificate = new Certificate();
  certificate.version = 2; // counted from 0: X.509 version 3, the one with extensions
  certificate.serialNumber = new Integer({ value: 1 });
  const name = new AttributeTypeAndValue({
    type: COMMON_NAME,
    value: new PrintableString({ value: HOST }),
  });
  certificate.issuer.typesAndValues.push(name);
  certificate.subject.typesAndValues.push(name);
  const now = Date.now();
  certificate.notBefore.value = new Date(now - VALIDITY_MS);
  certificate.notAfter.value = new Date(now + validity);
  certificate.extensions = [
    extension(SUBJECT_ALTERNATIVE_NAME, new GeneralNames({ names: alternativeNames(address) })),
    extension(
      EXTENDED_KEY_USAGE,
      new ExtKeyUsage({ keyPurposes: SERVER_AND_CLIENT_AUTHENTICATION }),
    ),
    ...(authority ? authorityExtensions() : []),
  ];
  await certificate.subjectPublicKeyInfo.importKey(keys.publicKey);
  await certificate.sign(keys.privateKey, "SHA-256");

  const der = Buffer.from(certificate.toSchema().toBER());
  const key = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", keys.privateKey));
  return { der, certificate: pem("CERTIFICATE", der), privateKey: pem("PRIVATE KEY", key) };
}

function alternativeNames(address: string | undefined): GeneralName[] {
  const host = new GeneralName({ type: DNS_NAME, value: HOST });
  if (address === undefined) return [host];
  const bytes = new Uint8Array(address.split(".").map(Number)).buffer;
  return [host, new GeneralName({ type: IP_ADDRESS, value: new OctetString({ valueHex: bytes }) })];
}

/** What strict clients ask of an authority. */
function authorityExtensions(): Extension[] {
  const identifier = new OctetString({ valueHex: Uint8Array.from(randomBytes(20)).buffer });
  const usage = new BitString({ valueHex: SIGNS, unusedBits: 2 });
  return [
    extension(BASIC_CONSTRAINTS, new BasicConstraints({ cA: true }), true),
    new Extension({ extnID: KEY_USAGE, critical: true, extnValue: usage.toBER() }),
    new Extension({ extnID: SUBJECT_KEY_IDENTIFIER, extnValue: identifier.toBER() }),
  ];
}

function extension(
  extnID: string,
  value: GeneralNames | ExtKeyUsage | BasicConstraints,
  critical = false,
): Extension {
  return new Extension({ extnID, critical, extnValue: value.toSchema().toBER() });
}

function pem(label: string, der: Buffer): string {
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n");
}
