import { webcrypto } from "node:crypto";
import { Integer, PrintableString } from "asn1js";
import {
  AttributeTypeAndValue,
  Certificate,
  Extension,
  ExtKeyUsage,
  GeneralName,
  GeneralNames,
} from "pkijs";

/** The name under which Terraform expects to meet a plugin. */
const HOST = "localhost";

const COMMON_NAME = "2.5.4.3";
const SUBJECT_ALTERNATIVE_NAME = "2.5.29.17";
const EXTENDED_KEY_USAGE = "2.5.29.37";
const SERVER_AND_CLIENT_AUTHENTICATION = ["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"];
const DNS_NAME = 2;
const VALIDITY_MS = 24 * 60 * 60 * 1000;

/** A self-signed certificate and its private key. */
export interface OneTimeCertificate {
  /** PEM. */
  readonly privateKey: string;
  /** PEM. */
  readonly certificate: string;
  readonly der: Buffer;
}

/**
 * Makes the certificate for one life of the plugin. Terraform trusts it because it reads it from the
 * handshake line; nothing else ever does.
 *
 * Built from pkijs alone: loading one of the friendlier wrappers costs every plugin process, and
 * Terraform starts three of them a command, more time than all the rest of its start.
 */
export async function createOneTimeCertificate(): Promise<OneTimeCertificate> {
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
  certificate.notAfter.value = new Date(now + VALIDITY_MS);
  const alternativeNames = new GeneralNames({
    names: [new GeneralName({ type: DNS_NAME, value: HOST })],
  });
  const usage = new ExtKeyUsage({ keyPurposes: SERVER_AND_CLIENT_AUTHENTICATION });
  certificate.extensions = [
    extension(SUBJECT_ALTERNATIVE_NAME, alternativeNames),
    extension(EXTENDED_KEY_USAGE, usage),
  ];
  await certificate.subjectPublicKeyInfo.importKey(keys.publicKey);
  await certificate.sign(keys.privateKey, "SHA-256");

  const der = Buffer.from(certificate.toSchema().toBER());
  const key = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", keys.privateKey));
  return { der, certificate: pem("CERTIFICATE", der), privateKey: pem("PRIVATE KEY", key) };
}

function extension(extnID: string, value: GeneralNames | ExtKeyUsage): Extension {
  return new Extension({ extnID, extnValue: value.toSchema().toBER() });
}

function pem(label: string, der: Buffer): string {
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n");
}
