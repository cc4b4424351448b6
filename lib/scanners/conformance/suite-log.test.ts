import { expect, it } from 'vitest';
import { recordedLog } from '../../../test/support/suite-recording.ts';
import { progressText } from './progress-text.ts';
import { readSuiteLog } from './suite-log.ts';

const failures = [
  '[sig-node] ConfigMap should be consumable via the environment [NodeConformance] [Conformance]',
  '[sig-node] ConfigMap should be consumable as environment variable names with various prefixes [Conformance]',
  '[sig-cli] Kubectl client Kubectl diff should check if kubectl diff finds a difference for Deployments [Conformance]',
];

it('counts what passed and failed, and names failures, at the end', async () => {
  const read = readSuiteLog(await recordedLog());
  expect(read).toMatchObject({ selected: 24, passed: 21, failed: 3, runId: 'cac5fda9-0a1d-4744-b851-59c5664f2786' });
  expect(read.failures.map(({ name }) => name)).toEqual(failures);
  expect(read.failures[2]?.output).toContain('executable file not found in $PATH');
});

it('only grows while the log does, wherever it is cut', async () => {
  const log = await recordedLog();
  let before = { passed: 0, failed: 0 };
  for (let end = 0; end <= log.length; end += 97) {
    const { passed, failed, failures: some } = readSuiteLog(log.slice(0, end));
    expect(passed).toBeGreaterThanOrEqual(before.passed);
    expect(failed).toBeGreaterThanOrEqual(before.failed);
    expect(some.length).toBeGreaterThanOrEqual(failed - 1);
    before = { passed, failed };
  }
});

it('is not fooled by what a test prints', () => {
  const log = [
    'Will run 2 of 9 specs',
    '------------------------------',
    '• [FAILED] [1.0 seconds]',
    '[sig-a] x [It] should y [Conformance] [sig-a, Conformance]',
    '  • [FAILED] [1.0 seconds]',
    '  Will run 99 of 99 specs',
    '••••',
    '  << Timeline',
    '  [FAILED] boom',
    '------------------------------',
    '• [2.5 seconds]',
    'SS•S',
  ].join('\n');
  expect(readSuiteLog(log)).toMatchObject({
    selected: 2,
    passed: 2,
    failed: 1,
    failures: [{ name: '[sig-a] x should y [Conformance]', output: '[FAILED] boom' }],
  });
});

it('says how far it is, and how long it may take', () => {
  const some = [{ name: '[sig-a] x should y [Conformance]', output: '' }];
  expect(progressText({ selected: 446, passed: 5, failed: 0, failures: [] }, 10)).toBe('5 passed, 0 failed, 441 to go, about 2 h 5 min');
  expect(progressText({ selected: 446, passed: 99, failed: 1, failures: some }, 1_000)).toBe(
    '99 passed, 1 failed, 346 to go, about 58 min; failed: [sig-a] x should y',
  );
  expect(progressText({ passed: 0, failed: 0, failures: [] }, 1)).toBe('0 passed, 0 failed');
});
