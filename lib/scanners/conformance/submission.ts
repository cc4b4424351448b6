import { gunzipSync } from 'node:zlib';
import { stringify } from 'yaml';
import type { ConformanceFacts } from './facts.ts';
import { suiteVersion } from './suite-image.ts';

/** A file beside the report. */
export interface SuiteFile {
  readonly name: string;
  readonly contentType: string;
  readonly body: Uint8Array;
}

const fillIn = 'FILL IN';

/** What a submission to the conformance programme says of the product: who submits it fills in what only they know. */
const productYaml = ({ cluster }: ConformanceFacts): string => {
  const version = suiteVersion(cluster.kubernetesVersion);
  const head = `# For a submission to https://github.com/cncf/k8s-conformance, in a folder named after the Kubernetes minor and the product.\n# Kubernetes ${version.ok ? version.value : cluster.kubernetesVersion}; replace every "${fillIn}".\n`;
  return (
    head +
    stringify({
      vendor: fillIn,
      name: fillIn,
      version: cluster.kubernetesVersion,
      website_url: fillIn,
      repo_url: fillIn,
      documentation_url: fillIn,
      product_logo_url: fillIn,
      type: fillIn,
      description: fillIn,
      contact_email_address: fillIn,
    })
  );
};

const unpack = (packed: string): Uint8Array => gunzipSync(Buffer.from(packed, 'base64'));

/** The files of the suite as it wrote them; with a certified run, also the skeleton of what the conformance programme asks for. */
export const suiteFiles = (facts: ConformanceFacts): readonly SuiteFile[] => [
  ...(facts.files.log === undefined ? [] : [{ name: 'e2e.log', contentType: 'text/plain', body: unpack(facts.files.log) }]),
  ...(facts.files.junit === undefined ? [] : [{ name: 'junit_01.xml', contentType: 'application/xml', body: unpack(facts.files.junit) }]),
  ...(facts.mode === 'certified' && !facts.cut && facts.files.junit !== undefined
    ? [{ name: 'PRODUCT.yaml', contentType: 'application/yaml', body: Buffer.from(productYaml(facts)) }]
    : []),
];
