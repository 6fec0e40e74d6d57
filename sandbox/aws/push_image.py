"""Puts an image's manifest into ECR, which is all that a deployment sees of an image.

    python push_image.py --url <url> --region <region> --repository <name> --tag <tag> --manifest <JSON>

An image that is there under the tag already is no error when it is the same one.
"""

import argparse
import hashlib
import sys
from typing import Any

import boto3


def main() -> int:
    """Returns the exit code: 1 when the tag belongs to another image."""
    parser = argparse.ArgumentParser(description="Puts an image's manifest into ECR.")
    for name in ("url", "region", "repository", "tag", "manifest"):
        parser.add_argument(f"--{name}", required=True)
    arguments = parser.parse_args()
    session = boto3.Session(region_name=arguments.region, aws_access_key_id="sandbox", aws_secret_access_key="sandbox")
    ecr: Any = session.client("ecr", endpoint_url=arguments.url)
    place = {"repositoryName": arguments.repository}
    tags = {"imageIds": [{"imageTag": arguments.tag}]}
    digest = f"sha256:{hashlib.sha256(arguments.manifest.encode()).hexdigest()}"
    held = ecr.batch_get_image(**place, **tags)["images"]
    if not held:
        ecr.put_image(**place, imageManifest=arguments.manifest, imageTag=arguments.tag)
        return 0
    if held[0]["imageId"]["imageDigest"] == digest:
        return 0
    print(
        f"the tag {arguments.tag} is another image's, {held[0]['imageId']['imageDigest']}: "
        "what the image consists of is not all that its tag is computed from",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
