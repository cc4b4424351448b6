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
