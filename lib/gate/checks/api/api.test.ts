import { expect, it } from 'vitest';
import { seen } from '../../../core/facts/index.ts';
import { type GateFacts, type GateVersion, readGateVersion } from '../../../core/gate/index.ts';
import { removals } from '../../data/removals.ts';
import { runChecks } from '../../run-checks.ts';
import { exampleService } from '../../shared/examples.ts';
import { beside, crd, use } from './examples.ts';
import { apiChecks } from './index.ts';

const facts = {
  cluster: { id: 'a', name: 'a', kubernetesVersion: 'v1.37.2' },
  observedAt: '2026-11-23T12:00:00Z',
  oldObjects: seen([]),
  apiUse: seen(use('2026-11-01T00:00:00Z')),
  servedApis: seen([]),
  crds: seen([crd({ conversion: { strategy: 'Webhook', service: { namespace: 'guard', name: 'guard', port: 443 } } })]),
  services: seen([exampleService()]),
  ...beside(),
} as Partial<GateFacts> as GateFacts;
const version = (text: string): GateVersion => readGateVersion(text) as GateVersion;
const answers = (current: string, target: string) =>
  runChecks(apiChecks, facts, { current: version(current), target: version(target), supportWindow: 3 }).map(({ answer }) => answer);

it('lets a clean cluster go to the newest minor of the data', () =>
  expect(answers('v1.36.3', `v${removals.newestMinor}.2`).map(({ outcome }) => outcome)).toEqual(Array(5).fill('pass')));

it('is unknown in every check for a target that is newer than the data, and names its date', () => {
  for (const { outcome, message } of answers('v1.37.2', 'v1.38.0')) {
    expect(outcome).toBe('unknown');
    expect(message).toContain(removals.dataAsOf);
  }
});
