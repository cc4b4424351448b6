/** How a client reaches the emulator. Its credentials are made up: whoever runs the tests with real ones in the environment sends them nowhere. */
export const emulated = () => {
  const endpoint = process.env.GATEHOUSE_AWS_ENDPOINT;
  if (!endpoint) throw new Error('GATEHOUSE_AWS_ENDPOINT is not set: run these tests with `npm run test:aws`.');
  return { endpoint, region: 'eu-central-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
};

/** A promise of AWS that the emulator does not hold. */
export interface Gap {
  readonly promise: string;
  /** What the emulator does instead, and the emulator's test sees it do: should it learn better, that test fails and the row goes. */
  readonly instead: string;
  /** Where the promise is asserted then. */
  readonly asserted: string;
}

const requests = 'lib/adapters/aws/requests.test.ts, on the exact request';

/** Everything AWS promises and the emulator does not hold; `emulator.test.ts` proves each row and prints them. */
export const gaps = {
  checksum: { promise: 'S3 refuses a body whose SHA-256 is not the one announced', instead: 'the body is stored', asserted: requests },
  tamperedLink: { promise: 'S3 refuses a presigned link that was changed', instead: 'it leads to the object', asserted: requests },
  expiredLink: { promise: 'S3 refuses a presigned link that is past', instead: 'it leads to the object', asserted: requests },
  goneMarker: { promise: 'S3 lists on from the place of a key that is gone', instead: 'the next key is left out', asserted: requests },
  digest: { promise: 'KMS signs a hash as it is (MessageType DIGEST)', instead: 'it hashes the hash, and signs that', asserted: requests },
  durable: {
    promise: 'Lambda begins one durable execution of a name, and tells of it',
    instead: 'it knows no durable executions',
    asserted: 'test/aws/scan-runs.test.ts, on the exact request, and the contract over a stand-in',
  },
  threads: {
    promise: 'DynamoDB and S3 let one of many concurrent conditional writers win',
    instead: 'with threads, now and then two win',
    asserted: 'the contracts, with an emulator that does one request at a time (test/aws/run.sh)',
  },
} as const satisfies Record<string, Gap>;
