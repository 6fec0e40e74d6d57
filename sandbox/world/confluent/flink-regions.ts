/** A region with Flink. */
export interface FlinkRegion {
  readonly cloud: string;
  readonly region: string;
}

/** Regions with Flink, by cloud. @see https://docs.confluent.io/cloud/current/flink/reference/op-supported-features.html */
const byCloud = {
  AWS: [
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-south-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "ca-central-1",
    "eu-central-1",
    "eu-central-2",
    "eu-north-1",
    "eu-west-1",
    "eu-west-2",
    "sa-east-1",
    "us-east-1",
    "us-east-2",
    "us-west-2",
  ],
  AZURE: [
    "centralus",
    "eastus",
    "eastus2",
    "northeurope",
    "southeastasia",
    "westeurope",
    "westus2",
  ],
  GCP: [
    "asia-south1",
    "europe-west1",
    "europe-west3",
    "us-central1",
    "us-east1",
    "us-east4",
    "us-west4",
  ],
} as const;

export const flinkRegions: readonly FlinkRegion[] = Object.entries(byCloud).flatMap(
  ([cloud, regions]) => regions.map((region) => ({ cloud, region })),
);

/** The provider takes a cloud in any case. */
export function findFlinkRegion(cloud: string, region: string): FlinkRegion | undefined {
  return flinkRegions.find(
    (candidate) => candidate.cloud === cloud.toUpperCase() && candidate.region === region,
  );
}

export function flinkEndpoint({ cloud, region }: FlinkRegion): string {
  return `https://flink.${region}.${cloud.toLowerCase()}.confluent.cloud`;
}
