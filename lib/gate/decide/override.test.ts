import { expect, it } from 'vitest';
import { approveOverride, requestOverride } from './override.ts';

const now = '2026-11-23T12:00:00.000Z';
const ada = { id: 'u-1', name: 'Ada' };
const request = {
  id: 'ovr-1',
  clusterId: 'c-1',
  target: 'v1.36.3',
  reason: 'A flaw must be closed today.',
  requestedBy: ada,
  expires: '2026-11-24T12:00:00.000Z',
};

it.each([
  [{}, true],
  [{ reason: 'because' }, false],
  [{ expires: 'tomorrow' }, false],
  [{ expires: now }, false],
  [{ expires: '2026-11-26T12:00:00.001Z' }, false],
  [{ expires: '2026-11-26T12:00:00.000Z' }, true],
])('asking for %o: %s', (change, ok) => expect(requestOverride({ ...request, ...change }, now).ok).toBe(ok));

it('needs a second person, once, in time', () => {
  const asked = requestOverride(request, now);
  if (!asked.ok) throw new Error(asked.failure.say);
  expect(approveOverride(asked.value, ada, now)).toMatchObject({ failure: { code: 'permission-missing' } });
  expect(approveOverride(asked.value, { id: 'u-2', name: 'Grace' }, '2026-11-25T00:00:00.000Z')).toMatchObject({
    failure: { code: 'conflict' },
  });
  const approved = approveOverride(asked.value, { id: 'u-2', name: 'Grace' }, now);
  expect(approved).toMatchObject({ value: { approvedBy: { name: 'Grace' }, approvedAt: now } });
  if (approved.ok)
    expect(approveOverride(approved.value, { id: 'u-3', name: 'Joan' }, now)).toMatchObject({ failure: { code: 'conflict' } });
});
